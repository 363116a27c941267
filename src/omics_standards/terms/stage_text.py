"""What a text says about a stage of life: a cell's text in, marks out (ages, numbered stages, words); no ontology here.

A text is read whole. What is not understood is kept as ``unread``, so that a caller accepts nothing from a part of a cell.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from .keys import exact_key

__all__ = ["Age", "Reading", "Staged", "read_marks"]


class Age(NamedTuple):
    """An age or a range of ages.

    Parameters
    ----------
    low, high
        First and last number said; equal where one number is said.
    unit
        ``h``, ``d``, ``w``, ``m``, ``y``, or ``""`` where none is said.
    clock
        The moment from which it counts: ``birth``, ``coitum``, ``fertilisation``, ``gestation``, ``menses``, ``egg``,
        ``hatching``, ``puparium``, ``eclosion``, ``l4``, ``development`` (no moment named), ``""`` where nothing is said.
    ordinal
        True for "10th week" and "day 3", which count from one or from zero as the writer likes.
    open
        ``+`` for "80 years or over", ``>`` for "over 80", else ``""``.
    """

    low: float
    high: float
    unit: str
    clock: str = ""
    ordinal: bool = False
    open: str = ""


class Staged(NamedTuple):
    """A stage by its number in a named series.

    Parameters
    ----------
    series
        ``carnegie``, ``theiler``, ``larva``, ``stage``, ``pupa``, ``cells``, ``epiboly``, ``somites``, ``prim``, ``fold``
        or ``decade``.
    code
        The number as it stands, without blanks ("5a", "10-12", "26+").
    """

    series: str
    code: str


class Reading(NamedTuple):
    """All that a text says.

    Parameters
    ----------
    ages, staged
        In the order of the text.
    words
        Canonical words (see :data:`_WORDS`), without repetition.
    unread
        What was not understood; a caller accepts nothing where there is any.
    doubtful
        True for "about", "approximately", "~".
    """

    ages: tuple[Age, ...] = ()
    staged: tuple[Staged, ...] = ()
    words: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    doubtful: bool = False


_LONGEST: Final = 200  # a longer text is a description, not a stage

# --- the text made plain ----------------------------------------------------------------------------------------------

_CHINESE: Final = (  # the longer word before its part
    ("一龄", " 1st instar "), ("二龄", " 2nd instar "), ("三龄", " 3rd instar "), ("四龄", " 4th instar "),
    ("周龄", " weeks old "), ("月龄", " months old "), ("日龄", " days old "), ("天龄", " days old "),
    ("周岁", " years old "), ("个月", " months "), ("小时", " hours "), ("岁", " years old "), ("年龄", " "),
    ("孕周", " gestational week "), ("妊娠", " gestational "), ("受精后", " postfertilization "),
    ("出生后", " postnatal "), ("生后", " postnatal "), ("孵化后", " posthatching "), ("羽化后", " posteclosion "),
    ("蛹化后", " afterpupariation "), ("化蛹后", " afterpupariation "), ("孕", " gestational "),
    ("新生儿", " newborn "), ("新生", " newborn "), ("胎儿", " fetus "), ("婴儿", " infant "), ("儿童", " child "),
    ("青少年", " adolescent "), ("老年", " elderly "), ("中年", " middle-aged "), ("青年", " young-adult "),
    ("成年人", " adult "), ("成年", " adult "), ("成人", " adult "), ("成体", " adult "), ("成虫", " adult "),
    ("胚胎期", " embryo "), ("胚胎", " embryo "), ("胚", " embryo "), ("幼虫", " larva "), ("幼体", " juvenile "),
    ("幼年", " juvenile "), ("蛹", " pupa "), ("龄", " instar "), ("周", " weeks "), ("天", " days "),
    ("日", " days "), ("月", " months "), ("年", " years "), ("第", " "), ("期", " stage "), ("人", " human "),
    ("小鼠", " mouse "), ("以上", " or over "), ("左右", " about "), ("约", " about "), ("斑马鱼", " zebrafish "),
    ("果蝇", " fly "), ("线虫", " worm "),
)  # fmt: skip
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_ORDINALS: Final = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"]
_CARDINALS: Final = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_ORDINAL: Final = re.compile(rf"\b(?:{'|'.join(_ORDINALS)})\b")
_CARDINAL: Final = re.compile(rf"\b({'|'.join(_CARDINALS)})(?=[ -](?:hour|day|week|month|year|cell|somite)s?\b)")
_SUFFIX: Final = {1: "st", 2: "nd", 3: "rd"}
_ABBREVIATED: Final = re.compile(r"\b([dhwm])\.?\s?p\.\s?([cfnh])\b\.?")  # d.p.c.
_YEARS_OLD: Final = re.compile(r"\by\.\s?o\.")
_DECIMAL_COMMA: Final = re.compile(r"\b(e\s?[0-9]+),([0-9]{1,2})\b")
_TOGETHER: Final = re.compile(r"(?<=[0-9])([yw])(?=[0-9]{1,2}[md]\b)")  # 58Y6M
_BETWEEN: Final = re.compile(r"\bbetween\s+([0-9.]+)\s+(?:and|to)\s+([0-9.]+)")
# "(29 in ABC)": who says so, not what is said. Capitals only: "(in vitro)" is a statement about the sample.
_WITNESS: Final = re.compile(
    r"\s(?:in|per|from|according to|based on)\s+(?:the\s+)?[A-Z][A-Z0-9-]+(?:\s(?:website|database|records?))?(?=\s*\))"
)


def _in_figures(word: re.Match[str]) -> str:
    number = _ORDINALS.index(word[0]) + 1
    return f"{number}{_SUFFIX.get(number, 'th')}"


def _plain(text: str) -> str:
    text = exact_key(_WITNESS.sub(" ", text))
    if _HAN.search(text):
        for word, english in _CHINESE:
            text = text.replace(word, english)
    text = _ORDINAL.sub(_in_figures, text)
    text = _CARDINAL.sub(lambda m: str(_CARDINALS.index(m[1]) + 1), text)
    text = _ABBREVIATED.sub(r"\1p\2", text)
    text = _YEARS_OLD.sub("yo", text)
    text = _TOGETHER.sub(r"\1 ", text)
    text = _DECIMAL_COMMA.sub(r"\1.\2", text)
    return _BETWEEN.sub(r"\1-\2", text)


# --- the pieces -------------------------------------------------------------------------------------------------------

_N: Final = r"[0-9]{1,4}(?:\.[0-9]{1,3})?"
_RANGE: Final = rf"(?P<a>{_N})(?:\s*(?:-|~|\bto\b)\s*(?P<b>{_N}))?"
_UNITS: Final = {
    "y": r"years?|yrs?|yo|y",
    "m": r"months?|mths?|mos?|m",
    "w": r"weeks?|wks?|w",
    "d": r"days?|d",
    "h": r"hours?|hrs?|h",
}
_UNIT: Final = "|".join(f"(?P<{letter}>{words})" for letter, words in _UNITS.items())
_AFTER: Final = r"(?:post|after|past|since|of|from)[\s-]*"
_CLOCKS: Final = {
    "coitum": rf"{_AFTER}(?:coitum|coitus|plug)",
    "fertilisation": rf"p\.?[cf]\b|{_AFTER}(?:conception(?:al)?|fertili[sz]ation)",
    "menses": rf"(?:{_AFTER})?(?:the\s)?(?:lmp|last menstrual period|menstrual(?:\s+age)?)|{_AFTER}menstrual(?:\s+age)?",
    "gestation": r"(?:of\s+)?(?:gestation(?:al)?(?:\s+age)?|ga\b|pregnancy)",
    "birth": rf"(?:{_AFTER})(?:birth|nat(?:al|ally))|pn\b",
    "puparium": rf"{_AFTER}(?:(?:the\s+)?pupari(?:um formation|um|ation)|pupation)|apf\b",
    "egg": rf"{_AFTER}egg[\s-]*(?:laying|deposition|collection)|ael\b|aed\b",
    "hatching": rf"{_AFTER}hatch(?:ing|ed)?|ph\b|ah\b",
    "eclosion": rf"{_AFTER}(?:eclosion|emergence)|ape\b|pe\b",
    "l4": rf"{_AFTER}(?:the\s+)?(?:mid[\s-]?)?l4(?:\s+stage|\s+larva[el]?)?",
    "development": r"of\s+(?:embryonic\s+)?development",
}
_CLOCK: Final = "|".join(f"(?P<c_{name}>{words})" for name, words in _CLOCKS.items())
_END: Final = r"(?![a-z0-9%]|\.[0-9])"

_AGE: Final = re.compile(
    rf"{_RANGE}(?P<plus>\s*\+)?\s*-?(?:(?:{_UNIT})(?![a-z]))(?:[\s-]*(?P<old>old|of\s+age)\b)?"
    rf"(?P<over>\s*(?:(?:or|and)\s+(?:over|older|above|more)|\+))?(?:[\s-]*(?:{_CLOCK}))?{_END}"
)
_REPEATED: Final = re.compile(rf"(?P<a>{_N})\s*(?P<u>{'|'.join(_UNITS.values())})\s*(?:-|~|to)\s*(?P<b>{_N})\s*(?P=u)(?![a-z])")
_COMPACT: Final = {
    "pcw": ("w", "fertilisation"), "wpc": ("w", "fertilisation"), "wpf": ("w", "fertilisation"), "pmw": ("w", "menses"),
    "dpf": ("d", "fertilisation"), "dpc": ("d", "coitum"), "hpf": ("h", "fertilisation"), "hpc": ("h", "coitum"),
    "mpf": ("m", "fertilisation"), "gw": ("w", "gestation"), "wga": ("w", "gestation"), "hapf": ("h", "puparium"),
    "dph": ("d", "hatching"), "hph": ("h", "hatching"), "dpe": ("d", "eclosion"), "dpp": ("d", "birth"), "dpn": ("d", "birth"),
}  # fmt: skip
_COMPACT_AGE: Final = re.compile(rf"{_RANGE}\s*-?(?P<u>{'|'.join(_COMPACT)})\b")
_LEADING: Final = tuple(
    (
        re.compile(rf"(?:{words})[\s:_-]*(?:\(?[ep]\)?\s*)?{_RANGE}(?:\s*(?:weeks?|wks?|days?|w|d)\b)?(?:\s*-?(?:dpc|pc))?{_END}"),
        unit,
        clock,
    )
    for words, unit, clock in (
        (r"embryonic[\s-]*day|embryo[\s-]*day|\bed|\be", "d", "coitum"),
        (r"post[\s-]*natal[\s-]*weeks?|\bpnw|\bpw", "w", "birth"),
        (r"post[\s-]*natal[\s-]*months?", "m", "birth"),
        (r"post[\s-]*natal(?:[\s-]*days?)?|\bpnd|\bpn|\bpd|\bp", "d", "birth"),
        (r"post[\s-]*fertili[sz]ation[\s-]*days?", "d", "fertilisation"),
        (r"gestation(?:al)?[\s-]*day|\bgd", "d", "gestation"),
        (r"gestation(?:al)?(?:[\s-]*(?:age|weeks?))*|\bgw|\bga", "w", "gestation"),
        (r"menstrual[\s-]*(?:age|weeks?)|\blmp", "w", "menses"),
        (r"post[\s-]*conception(?:al)?[\s-]*weeks?|\bpcw|\bwpc", "w", "fertilisation"),
    )
)
_CHINESE_AFTER: Final = re.compile(
    rf"(?P<what>postfertilization|posthatching|posteclosion|afterpupariation)\s*{_RANGE}\s*(?:{_UNIT})(?![a-z])"
)
_CHINESE_CLOCKS: Final = {
    "postfertilization": "fertilisation",
    "posthatching": "hatching",
    "posteclosion": "eclosion",
    "afterpupariation": "puparium",
}
_TWO_LETTERS: Final = re.compile(rf"\b(?P<k>e|p|pnd)\s?(?P<a>{_N})\s*(?:-|~|to)\s*(?P=k)\s?(?P<b>{_N}){_END}")  # E6.5-E7.5
_L4_PLUS: Final = re.compile(rf"l4\s*\+\s*{_RANGE}\s*(?:{_UNIT})(?![a-z])")
_UNDER: Final = re.compile(rf"(?:<=|≤|<|under|younger than|less than|up to)\s*{_N}\s*(?:(?:{'|'.join(_UNITS.values())})\b)?")
_ISO: Final = re.compile(rf"p(?={_N}[ymwd])")
_OVER: Final = re.compile(rf"(?P<sign>>=|≥|>|over|older than|above)\s*(?P<a>{_N})\s*(?:years?|yrs?|yo|y)?(?:[\s-]*old)?{_END}")
_DAY_N: Final = re.compile(rf"(?:(?P<u>day|week|month|year)s?\s*-?|\b(?P<v>d)(?=[0-9])){_RANGE}(?:\s*(?:{_CLOCK}))?{_END}")
_NTH: Final = re.compile(rf"(?P<a>[0-9]{{1,2}})(?:st|nd|rd|th)\s+(?P<u>day|week|month|year)(?:[\s-]*(?:{_CLOCK}))?\b")
_BARE: Final = re.compile(rf"{_RANGE}(?P<plus>\+)?{_END}")

_LARVAL: Final = re.compile(
    r"(?P<a>[1-4])(?:st|nd|rd|th)?[\s-]*(?:larval\s+instar|instar(?:\s+larva[el]?)?|larval(?:\s+stage)?|stage\s+larva[el]?)\b"
    r"|(?:larval\s+)?instar\s*(?P<b>[1-4])\b|larva[el]?\s+stage\s*l?(?P<c>[1-4])\b|\bl(?P<d>[1-4])\b(?!\.)"
)
_STAGED: Final = (
    ("carnegie", re.compile(r"(?:carnegie(?:[\s-]*stage)?|\bcs)[\s-]*(?P<n>[0-9]{1,2}[a-c]?)\b")),
    ("theiler", re.compile(r"(?:theiler(?:[\s-]*stage)?|\bts)[\s-]*(?P<n>[0-9]{1,2}[a-d]?)\b")),
    ("decade", re.compile(r"(?P<n>[0-9]{1,2})(?:st|nd|rd|th)\s+decade(?:\s+of\s+life)?\b")),
    ("pupa", re.compile(r"(?:(?:pre)?pupal?e?|pharate\s+adult)\s+(?:stage\s+)?p(?P<n>1[0-5]|[1-9])\b")),
    ("stage", re.compile(r"(?:embryo(?:nic|s)?\s+)?(?:stages?|st\.?)\s*(?P<n>[0-9]{1,2}(?:\s*-\s*[0-9]{1,2})?)(?:\s+embryos?)?\b(?!\s*-)")),
    ("cells", re.compile(r"(?P<n>[0-9]{1,4}k?)[\s-]*cells?(?:\s+stage)?\b")),
    ("epiboly", re.compile(r"(?P<n>[0-9]{1,3})\s*%[\s-]*epiboly\b")),
    ("somites", re.compile(r"(?P<n>[0-9]{1,2}(?:\s*-\s*[0-9]{1,2})?\+?)[\s-]*(?:somites?(?:\s+stage)?|ss)\b")),
    ("prim", re.compile(r"prim[\s-]*(?P<n>[0-9]{1,2})\b")),
    ("fold", re.compile(r"(?P<n>1\.5|2|3)[\s-]*folds?\b")),
)
_DECADE_S: Final = re.compile(r"(?:in\s+(?:his|her|their)\s+)?(?P<n>[2-9])0'?s\b")

# Canonical word ← what people write. Phrases before their parts.
_WORDS: Final = tuple(
    (name, re.compile(rf"(?:{words})\b"))
    for name, words in (
        ("white prepupa", r"white[\s-]*(?:pre[\s-]*pupa[el]?|pupari(?:um|a)|pupae?)|wpp"),
        ("prepupa", r"pre[\s-]*pupa[el]?"),
        ("pharate adult", r"pharate(?:[\s-]*adults?)?"),
        ("young adult", r"young(?:er)?[\s-]*adults?(?:hood)?|ya"),
        ("early adult", r"early[\s-]*adult(?:s|hood)?"),
        ("late adult", r"late[\s-]*adult(?:s|hood)?"),
        ("middle aged", r"middle[\s-]*aged?(?:[\s-]*adults?)?"),
        ("adult", r"(?:fully\s+grown\s+|mature\s+)?adult(?:s|hood)?|full-grown"),
        ("embryo", r"embryo(?:s|nic|nal)?"),
        ("fetus", r"fo?etus(?:es)?|fo?etal"),
        ("newborn", r"new[\s-]*borns?|neonat(?:es?|al)"),
        ("infant", r"infan(?:ts?|tile|cy)|baby|babies"),
        ("child", r"child(?:ren|hood)?"),
        ("pediatric", r"pa?ediatric"),
        ("adolescent", r"adolescen(?:ts?|ce)|teen(?:s|agers?)?"),
        ("juvenile", r"juveniles?"),
        ("elderly", r"elderly|geriatric|seniors?|old[\s-]*age|aged(?!\s*[0-9:=])"),
        ("pup", r"pups?"),
        ("weanling", r"weanlings?|weaned"),
        ("larva", r"larva[el]?"),
        ("pupa", r"pupa[el]?"),
        ("dauer", r"dauers?"),
        ("l2d", r"l2d(?:\s+larva[el]?)?"),
        ("egg", r"eggs?"),
        ("zygote", r"zygotes?|fertili[sz]ed\s+eggs?"),
        ("morula", r"morulae?"),
        ("blastocyst", r"blastocysts?"),
        ("blastula", r"blastulae?"),
        ("gastrula", r"gastrulae?|gastrulation"),
        ("neurula", r"neurulae?|neurulation"),
        ("segmentation", r"segmentation"),
        ("pharyngula", r"pharyngulae?"),
        ("cleavage", r"cleavage"),
        ("hatching", r"hatching"),
        ("organogenesis", r"organogenesis"),
        ("prenatal", r"pre[\s-]*natal|ante[\s-]*natal"),
        ("postnatal", r"post[\s-]*natal"),
        ("perinatal", r"peri[\s-]*natal"),
        ("wandering", r"wandering|crawling"),
        ("lethargus", r"lethargus"),
        ("arrest", r"arrest(?:ed)?|diapause"),
        ("gravid", r"gravid"),
        ("hermaphrodite", r"hermaphrodites?"),
        ("newly", r"newly(?:[\s-]*(?:eclosed|hatched|emerged|molted))?|freshly[\s-]*eclosed"),
        ("male", r"males?"),
        ("female", r"females?|virgins?"),
        ("immature", r"immature|sexually\s+immature"),
        ("shield", r"shield"),
        ("dome", r"dome"),
        ("sphere", r"sphere"),
        ("oblong", r"oblong"),
        ("bud", r"(?:tail)?bud"),
        ("germ-ring", r"germ[\s-]*ring"),
        ("high-pec", r"high[\s-]*pec"),
        ("high", r"high"),
        ("long-pec", r"long[\s-]*pec"),
        ("pec-fin", r"pec[\s-]*fin"),
        ("protruding-mouth", r"protruding[\s-]*mouth"),
        ("comma", r"comma"),
        ("bean", r"bean"),
        ("mixed", r"mixed(?:[\s-]*(?:stages?|population))?|asynchronous|all\s+stages"),
        ("early", r"early"),
        ("mid", r"mid(?:dle)?"),
        ("late", r"late"),
    )
)
_NOISE: Final = frozenset(
    [
        "stage",
        "stages",
        "phase",
        "phases",
        "old",
        "age",
        "ages",
        "aged",
        "of",
        "at",
        "the",
        "a",
        "an",
        "in",
        "human",
        "humans",
        "man",
        "woman",
        "men",
        "women",
        "people",
        "mouse",
        "mice",
        "murine",
        "homo",
        "sapiens",
        "mus",
        "musculus",
        "drosophila",
        "melanogaster",
        "fly",
        "flies",
        "worm",
        "worms",
        "caenorhabditis",
        "elegans",
        "c.",
        "c",
        "zebrafish",
        "danio",
        "rerio",
        "fish",
        "animal",
        "animals",
        "individual",
        "individuals",
        "life",
        "developmental",
        "development",
        "time",
        "is",
        "was",
        "synchronized",
        "synchronised",
        "yo",
        "donor",
        "patient",
        "subject",
        "person",
        "fully",
        "formed",
        "and",
        "organism",
    ]
)
_ABOUT: Final = re.compile(r"(?:about|approximately|approx\.?|around|ca\.?|circa|roughly|estimated|~|≈)(?![a-z])")
_WORD: Final = re.compile(r"[^\s(),;:\[\]]+")
_SKIP: Final = re.compile(r"[\s(),;:.\[\]-]+")


def _clock_of(found: re.Match[str]) -> str:
    return next((name[2:] for name, text in found.groupdict().items() if name.startswith("c_") and text), "")


def _unit_of(found: re.Match[str]) -> str:
    groups = found.groupdict()
    return next((letter for letter in _UNITS if groups.get(letter)), "")


def _age(found: re.Match[str], unit: str, clock: str, *, ordinal: bool = False, sign: str = "") -> Age:
    groups = found.groupdict()
    low = float(groups["a"])
    return Age(low, float(groups.get("b") or low), unit, clock, ordinal, sign)


class _Scanner:
    """Reads a plain text from left to right; at each place the first piece that fits is taken."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.ages: list[Age] = []
        self.staged: list[Staged] = []
        self.words: list[str] = []
        self.unread: list[str] = []
        self.doubtful = False

    def read(self) -> Reading:
        while self.at < len(self.text):
            if skipped := _SKIP.match(self.text, self.at):
                self.at = skipped.end()
            elif not (self._an_age() or self._a_stage() or self._a_word()):
                self._a_bare_number_or_unread()
        return Reading(tuple(self._joined()), tuple(self.staged), tuple(dict.fromkeys(self.words)), tuple(self.unread), self.doubtful)

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.at)
        if found is None or found.end() == self.at:
            return None
        self.at = found.end()
        return found

    def _an_age(self) -> bool:
        if found := self._take(_UNDER):
            self.unread.append(found[0])  # an upper bound alone is no age
        elif found := self._take(_TWO_LETTERS):
            self.ages.append(_age(found, "d", "coitum" if found["k"] == "e" else "birth"))
        elif found := self._take(_L4_PLUS):
            self.ages.append(_age(found, _unit_of(found), "l4"))
        elif found := self._take(_CHINESE_AFTER):
            self.ages.append(_age(found, _unit_of(found), _CHINESE_CLOCKS[found["what"]]))
        elif found := self._take(_OVER):
            self.ages.append(_age(found, "y", "birth", sign="+" if found["sign"] in (">=", "≥") else ">"))
        elif found := self._take(_REPEATED):
            letter = next(u for u, words in _UNITS.items() if re.fullmatch(words, found["u"]))
            self.at = self.text.rindex(found["b"], found.start(), found.end())
            rest = self._take(_AGE)
            clock = (_clock_of(rest) or ("birth" if rest["old"] else "")) if rest else ""
            self.at = max(self.at, found.end())
            self.ages.append(_age(found, letter, clock))
        elif found := self._take(_COMPACT_AGE):
            unit, clock = _COMPACT[found["u"]]
            self.ages.append(_age(found, unit, clock))
        elif found := self._take(_AGE):
            clock = _clock_of(found) or ("birth" if found["old"] or found["y"] else "")
            self.ages.append(_age(found, _unit_of(found), clock, sign="+" if found["over"] or found["plus"] else ""))
        elif found := self._take(_NTH):
            self.ages.append(_age(found, found["u"][0], _clock_of(found), ordinal=True))
        elif found := self._take(_DAY_N):
            # "Week 10 after conception" is the tenth, or ten weeks after.
            self.doubtful |= found["u"] == "week" and bool(_clock_of(found))
            self.ages.append(_age(found, (found["u"] or "d")[0], _clock_of(found), ordinal=True))
        elif self._take(_ISO):
            return True
        else:
            return self._a_leading_age()
        return True

    def _a_leading_age(self) -> bool:
        for pattern, unit, clock in _LEADING:
            if found := self._take(pattern):
                self.ages.append(_age(found, unit, clock))
                return True
        return False

    def _a_stage(self) -> bool:
        for series, pattern in _STAGED:
            if found := self._take(pattern):
                self.staged.append(Staged(series, found["n"].replace(" ", "")))
                return True
        if found := self._take(_DECADE_S):
            self.staged.append(Staged("decade", str(int(found["n"]) + 1)))
        elif found := self._take(_LARVAL):
            self.staged.append(Staged("larva", next(n for n in found.groups() if n)))
        else:
            return False
        return True

    def _a_word(self) -> bool:
        if self._take(_ABOUT):
            self.doubtful = True
            return True
        for name, pattern in _WORDS:
            if self._take(pattern):
                self.words.append(name)
                return True
        return False

    def _a_bare_number_or_unread(self) -> None:
        if found := self._take(_BARE):
            self.ages.append(_age(found, "", "", sign="+" if found["plus"] else ""))
            return
        found = self._take(_WORD)
        word = found[0] if found else self.text[self.at]
        if found is None:
            self.at += 1
        if word.strip(".-") not in _NOISE:
            self.unread.append(word)

    def _joined(self) -> list[Age]:
        """Join "30 years 6 months" and "10 weeks 3 days" into one age of the smaller unit."""
        joined: list[Age] = []
        for age in self.ages:
            last = joined[-1] if joined else None
            factor = {("y", "m"): 12, ("w", "d"): 7}.get((last.unit, age.unit)) if last else None
            single = last is not None and last.low == last.high and age.low == age.high and not age.ordinal
            if last and factor and single and age.low < factor and last.clock in ("", "birth", age.clock):
                total = last.low * factor + age.low
                joined[-1] = Age(total, total, age.unit, age.clock or last.clock)
            else:
                joined.append(age)
        return joined


def read_marks(text: str) -> Reading:
    """Read everything that a text says about a stage of life.

    Parameters
    ----------
    text
        A cell's text.

    Returns
    -------
    Reading
        Empty but for ``unread`` where nothing was understood.

    Examples
    --------
    >>> read_marks("8-10 weeks old").ages
    (Age(low=8.0, high=10.0, unit='w', clock='birth', ordinal=False, open=''),)
    >>> read_marks("green").unread
    ('green',)
    """
    if len(text) > _LONGEST:
        return Reading(unread=(text[:40],))
    return _Scanner(_plain(text)).read()
