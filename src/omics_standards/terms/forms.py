"""Names brought to looser forms than :mod:`omics_standards.terms.keys` has: a folded key in, forms out; no files.

Two spellings of one name may differ in the order of words, number, national spelling, numerals and signs: "Carcinomas,
Merkel Cell" and "Merkel cell carcinoma"; "CD8+" and "CD8-positive"; "type II" and "type 2". Each form is computed for text
and name alike, so a rule that mangles a word ("pancreas" loses its last letter) does no harm as long as it does not make
two names one; where it does, the form has several terms and nothing is accepted.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FORMS_VERSION", "Forms", "agree", "forms_of", "initials_of", "words_of"]

FORMS_VERSION: Final = 1
"""Grows whenever a form of some text changes: a bundle built with another number is refused."""

_WORD = re.compile(r"[^\W_]+[+-]?(?![^\W_])|[^\W_]+|[+-]|[^\s\w,.'\"]")
_NUMBER = re.compile(r"[0-9]")
_DIGITS = re.compile(r"[0-9]+")
_BETWEEN = re.compile(r"[\s/._]+")  # not "-": what is left of it after folding is a sign
_LONGEST_COMPACT: Final = 32  # characters; longer names are not written without blanks

# Words that join and say nothing of their own. "a" is not among them (hepatitis A), nor is "without".
_JOINING: Final = frozenset(
    {"of", "the", "and", "in", "to", "for", "an", "by", "with", "s", "type", "form", "complementation", "nos", "nec", "unspecified"}
)
# These say something where they stand first ("NOS-2" and "AN3" are cell lines) ...
_NOT_FIRST: Final = frozenset({"of", "and", "in", "to", "for", "an", "by", "with", "s", "nos", "nec", "complementation"})
# ... these before a number ("IN-1", "Ca-NEC 8"); "s" stands for the possessive only inside a name ("Crohn s disease", not "Vero E6-S").
_BEFORE_WORDS: Final = frozenset({"an", "nos", "nec"})
_LEAST_OWNER: Final = 3  # letters of what may own something
# What says that the word before it is present or absent, so that the pair stays one when words are sorted.
_SIGNS: Final = {
    "positive": "+", "pos": "+", "negative": "-", "neg": "-", "low": "^low", "lo": "^low", "dim": "^dim", "high": "^high",
    "hi": "^high", "bright": "^bright",
}  # fmt: skip
_GREEK: Final = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta", "ι": "iota",
    "κ": "kappa", "λ": "lambda", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau",
    "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
_GREEK_RUN = re.compile("[" + "".join(_GREEK) + "]")
_NUMERALS: Final = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii"
_ROMAN: Final = {numeral: str(i) for i, numeral in enumerate(_NUMERALS.split(), start=1)}
_ROMAN_LETTER = re.compile(r"(i{1,3}|iv|vi{0,3}|ix|x)([a-z])\Z")
# After these a single letter, or a numeral with a letter, is a number: "type X", "type IIa"; not in "chromosome X" or "via".
_NUMBERED: Final = frozenset({"type", "stage", "grade", "class", "group", "factor", "layer", "phase", "glycosylation"})
_IRREGULAR: Final = {
    "testes": "testis", "metastases": "metastasis", "diagnoses": "diagnosis", "biopsies": "biopsy", "feces": "feces",
    "faeces": "feces", "mitochondria": "mitochondrion", "ganglia": "ganglion", "criteria": "criterion", "phenomena": "phenomenon",
    "spermatozoa": "spermatozoon", "protozoa": "protozoon", "taxa": "taxon", "neurons": "neuron", "neurone": "neuron",
    "neurones": "neuron", "feet": "foot", "teeth": "tooth", "children": "child", "mice": "mouse", "men": "man", "women": "woman",
    "leaves": "leaf", "calves": "calf", "halves": "half", "stomata": "stoma", "carcinomata": "carcinoma", "cortices": "cortex",
    "indices": "index", "matrices": "matrix", "apices": "apex", "vertices": "vertex", "appendices": "appendix", "cervices": "cervix",
    "meninges": "meninx", "phalanges": "phalanx", "species": "species",
    "gases": "gas", "series": "series", "data": "datum", "media": "medium",
    "disorder": "disease", "disorders": "disease", "grey": "gray", "foetal": "fetal", "foetus": "fetus", "aluminium": "aluminum",
    "programme": "program", "aging": "ageing", "mould": "mold", "plough": "plow", "tumours": "tumor", "tumour": "tumor",
    "oestrogen": "estrogen", "diarrhoea": "diarrhea", "orthopaedic": "orthopedic",
}  # fmt: skip
"""Plurals that no rule gives, spellings that no rule reaches; and disorder, which ontologies use for disease."""
_CARDINALS: Final = "one two three four five six seven eight nine ten eleven twelve"
_ORDINALS: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth"
)
_COUNTED: Final = {word: str(i) for names in (_CARDINALS, _ORDINALS) for i, word in enumerate(names.split(), start=1)}
_ORDINAL = re.compile(r"([0-9]+)(?:st|nd|rd|th)\Z")
_ADJECTIVES: Final = {
    "aortic": "aorta", "arterial": "artery", "bronchial": "bronchus", "cardiac": "heart", "colonic": "colon",
    "corneal": "cornea", "cutaneous": "skin", "duodenal": "duodenum", "embryonic": "embryo", "esophageal": "esophagus",
    "gastric": "stomach", "hepatic": "liver", "hypothalamic": "hypothalamus", "ileal": "ileum", "intestinal": "intestine",
    "jejunal": "jejunum", "laryngeal": "larynx", "orbital": "orbit", "ovarian": "ovary", "pancreatic": "pancrea",
    "pharyngeal": "pharynx", "placental": "placenta", "pleural": "pleura", "prostatic": "prostate", "pulmonary": "lung", "rectal": "rectum",
    "renal": "kidney", "splenic": "spleen", "testicular": "testis", "thymic": "thymus", "tracheal": "trachea", "uterine": "uterus",
    "vaginal": "vagina", "venous": "vein",
}  # fmt: skip
"""Adjectives of organs and the organ, as a word in its normal form ("pancreas" loses its s): "pancreatic duct" is the duct of the
pancreas. "Cervical" (neck, or uterus), "cerebral" and "oral" are left out because they may mean more than one thing."""
_RENAMED: Final = (
    # Two words that name what one other word or pair names, in every disease ontology ("tumour" for "neoplasm" alone is not
    # among them: ontologies keep the two apart).
    (frozenset({"malignant", "neoplasm"}), frozenset({"cancer"})),
    (frozenset({"malignant", "tumor"}), frozenset({"cancer"})),
    (frozenset({"infectious", "disease"}), frozenset({"infection"})),
    (frozenset({"mental", "retardation"}), frozenset({"intellectual", "disability"})),  # US Public Law 111-256, 2010
)

_SPELLINGS: Final = (
    (re.compile(r"(?<=[a-z])our(?=s?\Z|less|al|ed|ing)"), "or"),  # tumour, behavioural
    (re.compile(r"(?<=[a-z]{2})is(?=ation|ing|ed\Z|e\Z|es\Z|er\Z)"), "iz"),  # ionisation, ionised
    (re.compile(r"lys(?=ing\Z|ed\Z|er\Z)"), "lyz"),  # analysed, analyser
    (re.compile(r"(?<=[a-z])([tb])re(?=s?\Z)"), r"\1er"),  # fibre, litre, centre
    (re.compile(r"sulph"), "sulf"),
    (re.compile(r"ogue(?=s?\Z)"), "og"),
    (re.compile(r"(?<=[a-z])ll(?=ed\Z|ing\Z)"), "l"),  # labelled
    (re.compile(r"ae|oe"), "e"),  # haemoglobin, oesophagus
)
_FEWEST_TYPED: Final = 2  # other words; "organism form" is no organism, "severe dysplasia, neonatal form" is a neonatal one
_FEWEST_INITIALS: Final = 3
_MOST_INITIALS: Final = 6
_LOCANTS: Final = frozenset({"alpha", "beta", "gamma", "delta", "epsilon", "omega"})
_OPPOSITES: Final = (frozenset({"left", "right"}), frozenset({"upper", "lower"}), frozenset({"dominant", "recessive"}))
_LEAST_SPELLED: Final = 5  # letters; shorter words (toe, four) are not national spellings


class Forms(NamedTuple):
    """Forms of one name.

    Attributes
    ----------
    words
        Its words, each in its normal form, in their order, joining words left out.
    bag
        The distinct words sorted.
    compact
        The folded key without what separates its parts; '' where it is long.
    """

    words: tuple[str, ...]
    bag: str
    compact: str


def _singular(word: str) -> str:
    if len(word) < 4:
        return word
    if word.endswith("s"):
        if word.endswith(("ss", "us", "is")):
            return word
        if word.endswith("ies") and len(word) > 5:
            return word[:-3] + "y"
        if word.endswith(("sses", "xes", "ches", "shes", "uses")):
            return word[:-2]
        word = word[:-1]  # and on: "apraxias" must end where "apraxia" ends
    if word.endswith("ae"):
        return word[:-1]
    if len(word) > 4 and word.endswith("i"):
        return word[:-1] + "us"
    if len(word) > 5 and word.endswith("ia"):
        return word[:-1] + "um"
    return word


@lru_cache(maxsize=1 << 17)
def _normal_word(word: str) -> str:
    """Return a word in the singular and in one national spelling; words with digits, and short ones, stay as they are."""
    known = _IRREGULAR.get(word)
    if known is not None:
        return known
    if not word.isascii():
        if word[0] == "μ" and len(word) <= 3:  # µl, µm: the unit's prefix
            word = "u" + word[1:]
        word = _GREEK_RUN.sub(lambda m: _GREEK[m[0]], word.replace("μ", "mu"))
    if not word.isalpha():
        return _ORDINAL.sub(r"\1", word)
    if word in _COUNTED:
        return _COUNTED[word]
    plain = _singular(word)
    if len(plain) >= _LEAST_SPELLED and plain.isascii():
        for pattern, replacement in _SPELLINGS:
            plain = pattern.sub(replacement, plain)
    return _ADJECTIVES.get(plain, plain)


def words_of(key: str) -> list[str]:
    """Return the words of a folded key, each in its normal form, in their order; signs stay with what they belong to.

    Parameters
    ----------
    key
        What :func:`omics_standards.terms.keys.folded_key` returned.

    Examples
    --------
    >>> words_of("tumours of the oesophagus"), words_of("cd8 positive t cells"), words_of("cd8+ t cell")
    (['tumor', 'of', 'the', 'esophagus'], ['cd8+', 't', 'cell'], ['cd8+', 't', 'cell'])
    >>> words_of("glycosylation type iia"), words_of("chromosome x")
    (['glycosylation', 'type', '2a'], ['chromosome', 'x'])
    """
    words: list[str] = []
    before = ""
    for word in _WORD.findall(key):
        if word == "-" and words:
            continue  # "Artery - Tibial"; the sign of "(-)-menthol" stands first
        sign = _SIGNS.get(word)
        if sign is not None and words and words[-1][-1] not in "+-" and words[-1] not in _JOINING:
            words[-1] += sign
        elif word in _ROMAN and (word != "x" or before in _NUMBERED):
            words.append(_ROMAN[word])
        elif word == "linked" and words and len(words[-1]) == 1:
            words[-1] += word  # "X-linked" is one word wherever it stands
        elif before in _NUMBERED and (match := _ROMAN_LETTER.match(word)):
            words.append(_ROMAN[match[1]] + match[2])
        else:
            words.append(_normal_word(word))
        before = word
    return words


def forms_of(key: str) -> Forms:
    """Return the forms of a folded key.

    Parameters
    ----------
    key
        What :func:`omics_standards.terms.keys.folded_key` returned.

    Examples
    --------
    >>> forms_of("carcinomas merkel cell").bag == forms_of("merkel cell carcinoma").bag
    True
    >>> forms_of("diabetes type 1").bag == forms_of("diabetes type 2").bag
    False
    >>> forms_of("hec 1 a").compact, forms_of("hec1a").compact
    ('hec1a', 'hec1a')
    >>> forms_of("crohn s disease").bag, forms_of("vero e6 s").bag, forms_of("cell type").bag, forms_of("nos 2").bag
    ('crohn disease', 'e6 s vero', 'cell type', '2 nos')
    """
    every = words_of(key)
    words = tuple([w for i, w in enumerate(every) if w not in _JOINING or _tells(every, i)]) or tuple(every)
    compact = _BETWEEN.sub("", key) if len(key) <= _LONGEST_COMPACT else ""
    bag = set(words)
    for old, new in _RENAMED:
        if old <= bag:
            bag = bag - old | new
    return Forms(words, " ".join(sorted(bag)), compact)


def _tells(words: Sequence[str], place: int) -> bool:
    """Say whether a joining word says something where it stands: as a code of its own, or as what makes a class of a thing."""
    word = words[place]
    after = words[place + 1] if place + 1 < len(words) else ""
    if word in _NOT_FIRST and place == 0:
        return True
    if word in _BEFORE_WORDS:
        return bool(after) and not after.isalpha()
    if word == "s":
        owner = words[place - 1]
        return not after or not (owner.isalpha() and len(owner) >= _LEAST_OWNER)
    if word == "type":
        # "Diabetes type 2" may leave it out, "cell type" may not: it is no cell.
        return (not after or after.isalpha()) and len([w for w in words if w not in _JOINING]) < _FEWEST_TYPED
    if word == "form":
        return len([w for w in words if w not in _JOINING]) < _FEWEST_TYPED
    return False


def agree(text: Forms, name: Forms) -> str:
    """Say by which form a text and a name are the same: ``wording``, ``word-order``, ``spacing``, or ``''`` for none.

    Where two or more words are numbers, single letters or the like, words may only have been turned about a comma:
    "2-methyl-4-chloro" has the words of "4-methyl-2-chloro" and is another compound.

    Examples
    --------
    >>> agree(forms_of("melanocytes"), forms_of("melanocyte"))
    'wording'
    >>> agree(forms_of("deafness autosomal recessive 40"), forms_of("autosomal recessive deafness 40"))
    'word-order'
    >>> agree(forms_of("2 methyl 4 chloro acid"), forms_of("4 methyl 2 chloro acid"))
    ''
    >>> agree(forms_of("sk mel 28"), forms_of("skmel28")), agree(forms_of("zr 75 30"), forms_of("zr 7530"))
    ('spacing', '')
    """
    if text.words == name.words:
        return "wording"
    if text.bag == name.bag:
        placed = [w for w in text.words if len(w) == 1 or w in _LOCANTS or _NUMBER.search(w)]
        free = len(placed) < 2 and not any(pair <= set(text.words) for pair in _OPPOSITES)
        if free or _turned(text.words, name.words):
            return "word-order"
    if text.compact and text.compact == name.compact and _runs(text) == _runs(name):
        return "spacing"
    return ""


def initials_of(key: str) -> tuple[str, ...]:
    """Return what a name may be abbreviated to: its words' first letters, and those without a last "cell"; () for short and long ones.

    Parameters
    ----------
    key
        A folded key.

    Examples
    --------
    >>> initials_of("granulocyte monocyte progenitor cell"), initials_of("liver")
    (('gmpc', 'gmp'), ())
    >>> initials_of("chronic obstructive pulmonary disease")
    ('copd',)
    """
    words = [word for word in _WORD.findall(key) if word not in _JOINING]
    if not _FEWEST_INITIALS <= len(words) <= _MOST_INITIALS or not all(word[0].isalpha() for word in words):
        return ()
    letters = "".join(word[0] for word in words)
    return (letters, letters[:-1]) if words[-1] in ("cell", "cells") and len(words) > _FEWEST_INITIALS else (letters,)


def _turned(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Say whether one order of words is the other cut once and put together the other way round."""
    return len(a) == len(b) and any(a[i:] + a[:i] == b for i in range(1, len(a)))


def _runs(forms: Forms) -> list[str]:
    return [run for word in forms.words for run in _DIGITS.findall(word)]
