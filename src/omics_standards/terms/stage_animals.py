"""Stages of fly, worm and zebrafish: what a text says in, labels of FBdv, WBls and ZFS out. Rules as in :mod:`.stages`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .stage_tables import FISH_STAGES, FLY_EMBRYO, FLY_LARVA, FLY_PUPA, Choice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .stage_text import Age, Reading

__all__ = ["fish_choices", "fly_choices", "worm_choices"]

_HOURS: Final = {"h": 1.0, "d": 24.0, "w": 168.0, "m": 730.5, "y": 8766.0}
_SEXES: Final = frozenset({"male", "female"})
_MOST: Final = 5


def _only(reading: Reading, *words: str) -> bool:
    """Tell whether a text says no other word than these (or a sex) and no number."""
    return not reading.ages and not reading.staged and set(reading.words) - _SEXES <= set(words)


def _in_stages(low: float, high: float, table: tuple[tuple[float, float, str], ...]) -> tuple[str, ...]:
    return tuple(name for start, end, name in table if start <= low < end or low <= start < high)[:_MOST]


# --- fly --------------------------------------------------------------------------------------------------------------

_INSTARS: Final = ("first", "second", "third")
_FLY_WORDS: Final = {
    "embryo": "embryonic stage",
    "larva": "larval stage",
    "pupa": "pupal stage",
    "prepupa": "prepupal stage",
    "white prepupa": "white puparium stage",
    "pharate adult": "pharate adult stage",
    "adult": "adult stage",
}


def fly_choices(reading: Reading) -> Iterator[Choice]:
    """Read a fly's stage: embryonic stages 1 to 17, instars, pupal stages, days of adulthood.

    Parameters
    ----------
    reading
        What the text says.

    Yields
    ------
    Choice
        Labels of FBdv.
    """
    words = set(reading.words) - _SEXES
    if instars := [mark.code for mark in reading.staged if mark.series == "larva" and mark.code in "123"]:
        yield _instar(int(instars[0]), words, reading, alone=len(instars) == 1)
        return
    if "wandering" in words and words <= {"wandering", "larva"} and not reading.ages:
        # Only larvae of the third instar wander.
        yield Choice(("wandering third instar larval stage",), 0, 1)
        return
    for mark in reading.staged:
        if mark.series == "stage":
            first, _, last = mark.code.partition("-")
            numbers = range(int(first), int(last or first) + 1)
            names = tuple(f"embryonic stage {n}" for n in numbers if 1 <= n <= len(FLY_EMBRYO))[:_MOST]
            yield Choice(names, 0, 1, len(numbers) == 1 and words <= {"embryo"} and not reading.ages, "stage-number")
        elif mark.series == "pupa":
            yield Choice((f"pupal stage P{mark.code}",), 0, 1, not reading.ages, "stage-number")
    for age in reading.ages:
        yield _fly_age(age, words)
    if not reading.ages and not reading.staged:
        for word in _FLY_WORDS:
            if word in words:
                yield Choice((_FLY_WORDS[word],), 0, 1, words == {word})
        if {"newly", "adult"} <= words:
            yield Choice(("immature adult stage", "day 0 of adulthood"), 0, 1, accept=False)


def _instar(number: int, words: set[str], reading: Reading, *, alone: bool) -> Choice:
    name = f"{_INSTARS[number - 1]} instar larval stage"
    rest = words - {"larva"}
    if number == 3 and rest and alone and not reading.ages:
        if rest <= {"wandering", "late"} and "wandering" in rest:
            return Choice(("wandering third instar larval stage",), 0, 1, accept=True, step="stage-number")
        if rest in ({"early"}, {"late"}):
            return Choice((f"{next(iter(rest))} third instar larval stage",), 0, 1, accept=True, step="stage-number")
    return Choice((name,), 0, 1, alone and not rest and not reading.ages, "stage-number")


def _fly_age(age: Age, words: set[str]) -> Choice:
    if age.open or age.unit not in _HOURS:
        return Choice((), 0, 0)
    low, high = age.low * _HOURS[age.unit], age.high * _HOURS[age.unit]
    if age.clock == "puparium":
        names = _in_stages(low, high, FLY_PUPA)
        return Choice(names, 0, 1, len(names) == 1 and words <= {"pupa", "prepupa", "pharate adult"}, "stage-age")
    adult = words <= {"adult"}
    if age.clock == "eclosion" or (adult and words and age.unit == "d" and age.clock in ("", "birth")):
        days = range(int(age.low), int(age.high) + 1)
        each = tuple(f"day {n} of adulthood" for n in days)
        if len(each) == 1 and age.unit == "d" and age.low == int(age.low):
            return Choice(each, 0, 1, adult, "stage-age")
        return Choice(("adult stage", *(each if age.unit == "d" else ()))[:_MOST], 0, 1, accept=False, step="stage-age-range")
    if age.unit == "d" and age.clock == "birth" and not words:
        each = tuple(f"day {n} of adulthood" for n in range(int(age.low), int(age.high) + 1))
        return Choice(("adult stage", *each)[:_MOST], 0, 1, accept=False, step="stage-age")
    if age.unit in "hd" and (age.clock == "egg" or (words == {"embryo"} and age.clock in ("", "fertilisation"))):
        if low <= 2 and high >= 20:
            # Eggs of a day: all of embryogenesis (22 to 24 hours).
            return Choice(("embryonic stage",), 0, 1, high <= 26 and words <= {"embryo"}, "stage-age-range")
        if low >= 24:
            # Larvae grow apart: food and crowding move the moults by hours.
            return Choice(_in_stages(low, high, FLY_LARVA), 0, 1, accept=False, step="stage-age")
        names = _in_stages(low, high, FLY_EMBRYO)
        inside = len(names) == 1 and words <= {"embryo"}
        return Choice(names if inside else ("embryonic stage", *names)[:_MOST], 0, 1, inside, "stage-age")
    return Choice((), 0, 0)


# --- worm -------------------------------------------------------------------------------------------------------------

_LETHARGUS: Final = ("L1-L2", "L2-L3", "L3-L4", "L4-adult")
_WORM_RANGES: Final = frozenset({(4, 7), (7, 10), (11, 15), (16, 18)})


def worm_choices(reading: Reading) -> Iterator[Choice]:
    """Read a stage of *C. elegans*: larval stages, days of adulthood, cell and fold stages of the embryo.

    The day that a worm is an adult is counted from the fourth larval stage: "day 1 adult" is one day after it, as
    ``1-day post-L4 adult``.

    Parameters
    ----------
    reading
        What the text says.

    Yields
    ------
    Choice
        Labels of WBls.
    """
    words = set(reading.words)
    series = {mark.series: mark.code for mark in reading.staged}
    if reading.ages:
        for age in reading.ages:
            yield _worm_age(age, words, larva="larva" in series)
        return
    if "larva" in series:
        yield _worm_larva(int(series["larva"]), words, alone=len(reading.staged) == 1)
    elif "cells" in series or "fold" in series:
        name = f"{series['cells']}-cell" if "cells" in series else f"{series['fold']}-fold"
        yield Choice((f"{name} embryo Ce",), 0, 1, words <= {"embryo"} and len(series) == 1, "stage-number")
    else:
        yield from _worm_words(words)


def _worm_larva(number: int, words: set[str], *, alone: bool) -> Choice:
    name = f"L{number} larva Ce"
    rest = words - {"larva"}
    if rest == {"lethargus"}:
        return Choice((f"{_LETHARGUS[number - 1]} lethargus Ce",), 0, 1, alone, "stage-number")
    if rest == {"arrest"} and number == 1:
        return Choice(("L1 arrest Ce",), 0, 1, alone, "stage-number")
    if rest == {"newly"} and number == 1:
        return Choice(("newly hatched L1 larval stage Ce", name), 0, 1, accept=False)
    if rest == {"male"} and number == 4:
        return Choice(("L4 larva male Ce",), 0, 1, alone, "stage-number")
    return Choice((name,), 0, 1, alone and not rest, "stage-number")


def _worm_age(age: Age, words: set[str], *, larva: bool) -> Choice:
    adult = words <= {"adult", "hermaphrodite", "young adult"} and not larva
    size = {"d": 1.0, "h": 24.0}.get(age.unit)
    if size is None or age.open or not (age.clock == "l4" or (words & {"adult", "hermaphrodite"} and age.clock in ("", "birth"))):
        return Choice((), 0, 0)
    low, high = age.low / size, age.high / size
    if low != int(low) or high != int(high) or not low:
        return Choice(("adult hermaphrodite Ce",), 0, 1, accept=False, step="stage-age")
    name = f"{int(low)}-day{'s' if low > 1 else ''} post-L4 adult hermaphrodite Ce"
    if low == high:
        # Hours of an adult are not days of adulthood unless they are counted from L4.
        sure = adult and "young adult" not in words and (age.clock == "l4" or age.unit == "d")
        return Choice((name,) if sure else (name, "adult hermaphrodite Ce"), 0, 1, sure, "stage-age")
    if (low, high) in _WORM_RANGES:
        return Choice((f"{int(low)}-{int(high)} days post-L4 adult hermaphrodite Ce",), 0, 1, adult, "stage-age-range")
    each = tuple(f"{n}-day{'s' if n > 1 else ''} post-L4 adult hermaphrodite Ce" for n in range(int(low), int(high) + 1))
    return Choice(("adult hermaphrodite Ce", *each)[:_MOST], 0, 1, accept=False, step="stage-age-range")


def _worm_words(words: set[str]) -> Iterator[Choice]:
    plain = {
        frozenset({"adult"}): "adult Ce",
        frozenset({"adult", "hermaphrodite"}): "adult hermaphrodite Ce",
        frozenset({"adult", "male"}): "adult male Ce",
        frozenset({"embryo"}): "embryo Ce",
        frozenset({"larva"}): "larva Ce",
        frozenset({"dauer"}): "dauer larva Ce",
        frozenset({"dauer", "larva"}): "dauer larva Ce",
        frozenset({"comma"}): "comma embryo Ce",
        frozenset({"comma", "embryo"}): "comma embryo Ce",
        frozenset({"bean", "embryo"}): "bean embryo Ce",
        frozenset({"gastrula"}): "gastrulating embryo Ce",
        frozenset({"l2d"}): "L2d larva Ce",
    }
    if name := plain.get(frozenset(words)):
        yield Choice((name,), 0, 1, accept="gastrula" not in words)
    elif "young adult" in words:
        # Newly molted, or one day after L4: both are called so.
        names = ("newly molted young adult hermaphrodite Ce", "1-day post-L4 adult hermaphrodite Ce", "adult Ce")
        yield Choice(names, 0, 1, accept=False)
    elif "gravid" in words:
        yield Choice(("reproductive stage adult hermaphrodite Ce", "adult hermaphrodite Ce"), 0, 1, accept=False)
    elif "mixed" in words:
        yield Choice(("embryo Ce",) if "embryo" in words else ("larva Ce",) if "larva" in words else ("all stages Ce",), 0, 1, accept=False)
    elif "egg" in words or "embryo" in words:
        yield Choice(("embryo Ce",), 0, 1, accept=False)
    elif "larva" in words:
        yield Choice(("larva Ce",), 0, 1, accept=False)
    elif "adult" in words:
        yield Choice(("adult Ce", "adult hermaphrodite Ce"), 0, 1, accept=False)


# --- zebrafish --------------------------------------------------------------------------------------------------------

_FISH_NAMES: Final = tuple(name for _, _, name in FISH_STAGES)
_FISH_PHASES: Final = {
    "larva": "larva",
    "juvenile": "juvenile",
    "adult": "adult",
    "cleavage": "cleavage",
    "blastula": "blastula",
    "gastrula": "gastrula",
    "segmentation": "segmentation",
    "pharyngula": "pharyngula",
    "hatching": "hatching",
}
_FISH_LARVA: Final = 168.0  # hours: from here on a "day" of a fish is no longer a stage of its own


def fish_choices(reading: Reading) -> Iterator[Choice]:
    """Read a zebrafish stage: hours, days and months after fertilisation, and the names of Kimmel's series.

    Parameters
    ----------
    reading
        What the text says.

    Yields
    ------
    Choice
        Labels of ZFS, on an axis of hours.
    """
    words = set(reading.words) - _SEXES
    for age in reading.ages:
        yield _fish_age(age, words)
    for mark in reading.staged:
        if name := _fish_number(mark.series, mark.code):
            start, end = next((s, e) for s, e, n in FISH_STAGES if n == name)
            yield Choice((name,), start, end, accept=True, step="stage-number")
    for word in words:
        if word in _FISH_PHASES:
            spans = [(s, e) for s, e, n in FISH_STAGES if n.startswith((word, "larval" if word == "larva" else word))]
            # Larvae are also called so from hatching on, on the third day or before.
            start = 48.0 if word == "larva" else spans[0][0]
            yield Choice((_FISH_PHASES[word],), start, spans[-1][1], accept=True)
        elif word == "zygote":
            yield Choice(("zygote:1-cell",), 0, 0.75)
        else:
            exact = [(s, e, n) for s, e, n in FISH_STAGES if n.partition(":")[2] == word]
            yield from (Choice((n,), s, e, accept=True, step="stage-number") for s, e, n in exact)


def _fish_number(series: str, code: str) -> str:
    """Return the label of a stage by its number: cells, per cent of epiboly, somites, primordium."""
    if series == "cells":
        code = {"1000": "1k", "1024": "1k"}.get(code, code)
        return next((n for n in _FISH_NAMES if n.endswith(f":{code}-cell")), "")
    if series == "epiboly":
        return next((n for n in _FISH_NAMES if n.endswith(f":{code}%-epiboly")), "")
    if series == "prim":
        return next((n for n in _FISH_NAMES if n.endswith(f":prim-{code}")), "")
    if series == "somites":
        low, _, high = code.rstrip("+").partition("-")
        for name in _FISH_NAMES:
            if not name.endswith("somites"):
                continue
            first, _, last = name.partition(":")[2].removesuffix(" somites").partition("-")
            if first == "26+":
                first, last = "26", "99"
            if int(first) <= int(low) and int(high or low) <= int(last) and ("+" not in code or first == "26"):
                return name
    return ""


def _fish_age(age: Age, words: set[str]) -> Choice:
    if age.open or age.unit not in _HOURS or age.clock not in ("", "fertilisation", "birth", "coitum"):
        return Choice((), 0, 0)
    low, high = age.low * _HOURS[age.unit], age.high * _HOURS[age.unit]
    names = tuple(name for start, end, name in FISH_STAGES if start <= low + 1e-6 < end or low < start <= high)[:_MOST]
    step = "stage-age" if low == high else "stage-age-range"
    # Young fish are dated from fertilisation whatever is said; an age in months is no stage: "6 months" is suggested as adult.
    young = age.unit in "hd" and bool(words & {"embryo", "larva"})
    dated = age.clock == "fertilisation" or (age.unit == "h" and not age.ordinal) or young
    said = dated or (low >= _FISH_LARVA and bool(words & {"adult", "juvenile", "larva"}))
    if names == ("adult",) and "adult" not in words:
        said = age.clock == "fertilisation"
    accept = len(names) == 1 and said and low < 2 * _HOURS["y"]
    start, end = next(((s, e) for s, e, n in FISH_STAGES if n == names[0]), (low, high)) if len(names) == 1 else (low, high)
    return Choice(names, start, end, accept, step)
