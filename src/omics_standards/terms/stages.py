"""Stages of life that no name matches: "37 years", "E6.5", "8-10 weeks old", "24h APF". A text and an ontology in, labels out.

Labels (or exact synonyms) to look up, the best first, and whether the first that exists may be accepted. No ontology is
opened here: which ages each stage spans stands in :mod:`.stage_tables`, copied as numbers from the ontologies themselves.

What is accepted:

- Nothing from a part of a cell: every word must be understood, and where a text says two things (a range and a number,
  "adult" and an age) the narrower must lie inside the wider.
- The narrowest numbered stage that holds the age: "37 years" is the *37-year-old stage*, never *adult stage*. A phase of
  life (adult, newborn) is accepted for its word, never for an age.
- A range, where one numbered stage holds it and the range fills at least half of it ("8-10 weeks": *2-month-old stage*,
  weeks 8 to 12).
- Weeks of pregnancy only where it is said from which day they count. "Gestational week" counts from the last menses in
  medicine and from conception in many papers, two weeks apart: a suggestion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from .stage_animals import fish_choices, fly_choices, worm_choices
from .stage_tables import (
    HUMAN_BIRTH,
    HUMAN_CARNEGIE,
    HUMAN_RANGES,
    HUMAN_WORDS,
    MONTH,
    MOUSE_BIRTH,
    MOUSE_RANGES,
    MOUSE_THEILER,
    MOUSE_WORDS,
    UBERON_STAGES,
    UBERON_WORDS,
    YEAR,
    Choice,
    ordinal,
)
from .stage_text import Age, read_marks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .stage_text import Reading, Staged

__all__ = ["STAGES_OF_SPECIES", "STAGE_ONTOLOGIES", "StageReading", "read_stage"]


class StageReading(NamedTuple):
    """What a text says, as names of terms.

    Parameters
    ----------
    names
        Labels or exact synonyms, best first; the first that the ontology has is meant.
    step
        How it was read: ``stage-age``, ``stage-age-range``, ``stage-number``, ``stage-word``, ``stage-bare-years``.
    accept
        False where a person should decide among ``names``.
    """

    names: tuple[str, ...]
    step: str
    accept: bool


_MOST: Final = 5


def read_stage(text: str, prefix: str) -> StageReading | None:
    """Read a stage of life or an age as names of terms of one ontology.

    Parameters
    ----------
    text
        A cell's text that is neither label nor synonym in that ontology.
    prefix
        Of the ontology, in its own case (:data:`STAGE_ONTOLOGIES`); any other that ends in ``Dv`` is read as an ontology
        with terms like "6-month-old stage". None of the rest is read.

    Returns
    -------
    StageReading or None
        None where nothing was understood.

    Findings
    --------
    None; a reading that is not to be accepted becomes suggestions.

    References
    ----------
    Ages of stages: https://github.com/obophenotype/developmental-stage-ontologies (life-stages.obo, release 2025-01-23).

    Examples
    --------
    >>> read_stage("37 years", "HsapDv")
    StageReading(names=('37-year-old stage',), step='stage-age', accept=True)
    >>> read_stage("E6.5", "MmusDv").names, read_stage("24h APF", "FBdv").names
    (('Theiler stage 09',), ('pupal stage P6',))
    >>> read_stage("GW 20", "HsapDv")
    StageReading(names=('19th week post-fertilization stage', '21st week post-fertilization stage'), step='stage-age', accept=False)
    >>> read_stage("green", "HsapDv") is None
    True
    """
    choose = STAGE_ONTOLOGIES.get(prefix) or (_generic if prefix.endswith("Dv") else None)
    if choose is None:
        return None
    reading = read_marks(text)
    if not (reading.ages or reading.staged or reading.words):
        return None
    if reading.unread and any(not age.unit for age in reading.ages):
        return None  # a number among words that are not understood: a dose, a date, a code
    choices = [choice for choice in choose(reading) if choice.names]
    if not choices:
        return None
    return _combine(choices, sure=not reading.unread and not reading.doubtful)


def _combine(choices: list[Choice], *, sure: bool) -> StageReading:
    """Let the narrowest statement speak if all others agree with it; else offer all of them."""
    best = min(choices, key=lambda c: (c.high - c.low, not c.accept))
    agree = all(c.low <= best.low and best.high <= c.high for c in choices)
    if sure and agree and best.accept:
        return StageReading(best.names[:1], best.step, accept=True)
    ordered = [best, *(c for c in choices if c is not best)]
    names = tuple(dict.fromkeys(name for choice in ordered for name in choice.names))
    return StageReading(names[:_MOST], best.step, accept=False)


# --- ages on an axis of days since conception -------------------------------------------------------------------------


def _days(age: Age, step: float = 1.0) -> tuple[float, float]:
    """Return the days that an age covers: "37 years" is the whole 39th year; "6.5 days" with step 0.5 the half day."""
    size = {"d": 1.0, "w": 7.0, "m": MONTH, "y": YEAR, "h": 1 / 24}[age.unit]
    return age.low * size, (age.high + step) * size


def _covering(low: float, high: float, table: tuple[tuple[float, float, str, bool], ...], birth: float) -> Choice | None:
    """Return the narrowest stage that holds a range; accepted where it is a numbered one that the range fills by half."""
    inside = [row for row in table if row[0] <= low + 1e-6 and high <= row[1] + 1e-6]
    if not inside:
        return None
    start, end, name, numbered = min(inside, key=lambda row: row[1] - row[0])
    filled = (high - low) / (end - start)
    accept = filled > 0.99 or (numbered and filled >= 0.5)
    return Choice((name,), birth + low, birth + high, accept, "stage-age-range")


def _each(names: Iterator[str], limit: int = _MOST) -> tuple[str, ...]:
    return tuple(name for _, name in zip(range(limit), names, strict=False))


# --- human ------------------------------------------------------------------------------------------------------------

_NTH: Final = ("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh")
_DECADES: Final = tuple(f"{nth} decade stage" for nth in _NTH)
_OLDEST: Final = 114
_FIRST_WEEK, _LAST_WEEK = 9, 38  # the post-fertilisation weeks that HsapDv names
_GROWN: Final = 18  # years; see _human_bare


def _week_name(week: int) -> str:
    if not _FIRST_WEEK <= week <= _LAST_WEEK:
        return ""
    return f"{ordinal(week)} week post-fertilization {'and over ' if week == _LAST_WEEK else ''}stage"


def _human(reading: Reading) -> Iterator[Choice]:
    for age in reading.ages:
        yield _human_age(age, reading)
    for mark in reading.staged:
        yield from _human_staged(mark)
    for word in reading.words:
        if word in HUMAN_WORDS:
            names, low, high, accept = HUMAN_WORDS[word]
            yield Choice(names, low, high, accept)


def _human_age(age: Age, reading: Reading) -> Choice:
    if age.open:
        return _human_open(age)
    if not age.unit:
        return _human_bare(age)
    if age.clock == "birth" and age.unit in "wd" and {"fetus", "embryo"} & set(reading.words):
        age = age._replace(clock="")  # "a fetus 20 weeks old"
    prenatal = age.clock in ("fertilisation", "coitum", "menses", "gestation", "development")
    if prenatal or (age.unit == "w" and not age.clock):
        return _human_weeks(age, reading)
    low, high = _days(age)
    if age.unit in "dwh":
        # No term is this narrow: the newborn stage has 28 days.
        covering = _covering(low, high, HUMAN_RANGES, HUMAN_BIRTH)
        return (covering or Choice((), 0, 0))._replace(accept=False, step="stage-age")
    return _human_years(age)


def _human_years(age: Age) -> Choice:
    low, high = (age.low * 12, age.high * 12) if age.unit == "y" else (age.low, age.high)  # months
    span = HUMAN_BIRTH + low * MONTH, HUMAN_BIRTH + (high + (12 if age.unit == "y" else 1)) * MONTH
    if low == high:
        names: tuple[str, ...] = ()
        if (age.unit == "m" or age.low % 1) and low == int(low) and 1 <= low < 24:
            names = (f"{int(low)}-month-old stage",)
        elif 12 <= low < (_OLDEST + 1) * 12:
            names = (f"{int(low // 12)}-year-old stage",)
        if names or low >= 12:
            return Choice(names, *span, accept=not age.ordinal, step="stage-age")
        return Choice(("infant stage", "newborn stage (0-28 days)"), *span, accept=False, step="stage-age")
    unit = YEAR if age.unit == "y" else MONTH
    covering = _covering(age.low * unit, (age.high + 1) * unit, HUMAN_RANGES, HUMAN_BIRTH)
    if covering is not None and covering.accept:
        return covering._replace(low=span[0], high=span[1])
    name = "year" if age.unit == "y" else "month"
    each = _each(f"{n}-{name}-old stage" for n in range(int(age.low), int(age.high) + 1))
    if age.unit == "y" and age.low % 10 == 0 and 20 <= age.low <= 100 and age.high == age.low + 10:
        each = (_DECADES[int(age.low // 10) - 2], *each)  # "20-30" is said of people in their twenties
    return Choice(((covering.names if covering else ()) + each)[:_MOST], *span, accept=False, step="stage-age-range")


def _human_bare(age: Age) -> Choice:
    """Read a number without a unit: the years of a grown person.

    An age of a person is in years where nothing else is said; weeks of pregnancy and months of infants are written with
    their unit, since a reader would take them for years. Below 18 the number may be a child's months, a grade or a code
    all the same: a suggestion.
    """
    if not 1 <= age.low <= age.high <= _OLDEST:
        return Choice((), 0, 0)
    years = _human_years(age._replace(unit="y"))
    if age.low != age.high:
        return years._replace(accept=False, step="stage-bare-years")
    return years._replace(accept=years.accept and age.low >= _GROWN and age.low == int(age.low), step="stage-bare-years")


def _human_open(age: Age) -> Choice:
    if age.unit not in ("y", "") or age.low != age.high:
        return Choice((), 0, 0)
    low = HUMAN_BIRTH + age.low * YEAR
    exact = {60: "late adult stage", 80: "80 year-old and over stage", 90: "90 year-old and over stage", 15: "adult stage"}
    if (name := exact.get(int(age.low))) and age.open == "+":
        return Choice((name,), low, HUMAN_BIRTH + 130 * YEAR, accept=True, step="stage-age-range")
    wider = tuple(exact[n] for n in (90, 80, 60, 15) if n <= age.low)
    return Choice(wider, low, HUMAN_BIRTH + 130 * YEAR, accept=False, step="stage-age-range")


def _human_weeks(age: Age, reading: Reading) -> Choice:
    """Read an age before birth, or weeks of which it is not said from when they count.

    "10 weeks post conception" is ten completed weeks, days 70 to 76, which HsapDv calls the *11th* week.
    "The 10th week" is the tenth.
    """
    factor = {"h": 1 / 24, "d": 1.0, "w": 7.0, "m": MONTH, "y": YEAR}[age.unit]
    shift = 14.0 if age.clock in ("menses", "gestation") else 0.0
    less = 1 if age.ordinal and age.unit == "w" else 0
    low, high = (age.low - less) * factor - shift, (age.high - less) * factor - shift
    first, last = int(low // 7) + 1, int(high // 7) + 1
    span = (low, (last * 7.0) if age.unit == "w" else high + factor)
    if age.clock in ("fertilisation", "coitum", "menses") and age.unit in "wd":
        if first == last and (name := _week_name(first)):
            spoken = age.ordinal and age.low != age.high
            return Choice((name,), *span, accept=not spoken, step="stage-age")
        stages = [name for start, end, name in HUMAN_CARNEGIE if start < span[1] and span[0] < end] if span[0] < 56 else []
        weeks = [n for n in map(_week_name, range(first, last + 1)) if n]
        wider = "embryonic stage" if span[1] <= 56 else "fetal stage" if span[0] >= 56 else "prenatal stage"
        return Choice((wider, *stages, *weeks)[:_MOST], *span, accept=False, step="stage-age")
    # Gestation: from the menses, or from conception, elapsed or ordinal: all that the words may mean.
    whole = int(age.low * factor // 7)
    offsets = (-1, 1, 0) if age.clock == "gestation" else (1, 0, -1)
    names = tuple(dict.fromkeys(n for n in (_week_name(whole + o) for o in offsets) if n))[: 2 if age.clock == "gestation" else 3]
    if not age.clock and "fetus" not in reading.words and "embryo" not in reading.words:
        months = int(age.low * 7 // MONTH)
        names += (f"{months}-month-old stage",) if 1 <= months < 24 else ()
    return Choice(names, (age.low - 3) * factor, (age.high + 1) * factor, accept=False, step="stage-age")


def _human_staged(mark: Staged) -> Iterator[Choice]:
    if mark.series == "carnegie":
        number, letter = int(mark.code.rstrip("abc")), mark.code.lstrip("0123456789")
        name = f"Carnegie stage {number:02d}"
        for start, end, stage in HUMAN_CARNEGIE:
            if stage == name:
                # The days of a stage are rounded and differ by author: two days more on both sides.
                yield Choice((name + letter,), start, min(end, start + 2), accept=True, step="stage-number")
    elif mark.series == "decade" and 3 <= int(mark.code) <= 11:
        number = int(mark.code)
        yield Choice(
            (_DECADES[number - 3],),
            HUMAN_BIRTH + (number - 1) * 10 * YEAR,
            HUMAN_BIRTH + number * 10 * YEAR,
            accept=True,
            step="stage-number",
        )


# --- mouse ------------------------------------------------------------------------------------------------------------


# Theiler's stages overlap in cells: stage 2 has 2 to 4, stage 3 has 4 to 16 (Theiler 1989; definitions of MmusDv).
_MOUSE_CELLS: Final = {
    "1": ("Theiler stage 01",),
    "2": ("Theiler stage 02",),
    "4": ("Theiler stage 02", "Theiler stage 03"),
    "8": ("Theiler stage 03",),
    "16": ("Theiler stage 03", "Theiler stage 04"),
}


def _mouse(reading: Reading) -> Iterator[Choice]:
    unborn = {"embryo", "fetus"} & set(reading.words)
    for age in reading.ages:
        # Days of an embryo that count from nothing said count from the plug: it has no other age.
        yield _mouse_age(age._replace(clock="coitum") if unborn and age.unit == "d" and not age.clock and not age.ordinal else age)
    for mark in reading.staged:
        if mark.series == "theiler":
            number, letter = int(mark.code.rstrip("abcd")), mark.code.lstrip("0123456789")
            for start, end, name in MOUSE_THEILER:
                if name == f"Theiler stage {number:02d}":
                    yield Choice((name + letter,), start, end, accept=True, step="stage-number")
        elif mark.series == "cells" and mark.code in _MOUSE_CELLS:
            yield Choice(_MOUSE_CELLS[mark.code], 0, 4, accept=False, step="stage-number")
    for word in reading.words:
        if word in MOUSE_WORDS:
            names, low, high, accept = MOUSE_WORDS[word]
            yield Choice(names, low, high, accept)


def _mouse_age(age: Age) -> Choice:
    if age.open or not age.unit or (age.unit == "h" and not age.clock):
        return Choice((), 0, 0)
    if age.clock in ("coitum", "fertilisation", "gestation", "development"):
        return _mouse_embryo(age)
    if age.clock not in ("", "birth"):
        return Choice((), 0, 0)
    if age.unit == "d" and not age.clock and age.high < MOUSE_BIRTH + 1:
        # "day 14" may be before birth or after it.
        before, after = _mouse_embryo(age), _mouse_postnatal(age)
        return Choice((*after.names, *before.names), 0, MOUSE_BIRTH + 20, accept=False, step="stage-age")
    return _mouse_postnatal(age)


def _mouse_embryo(age: Age) -> Choice:
    factor = {"h": 1 / 24, "d": 1.0, "w": 7.0}.get(age.unit)
    if factor is None or age.high * factor >= MOUSE_BIRTH + 2:
        return Choice((), 0, 0)
    low, high = age.low * factor, age.high * factor
    stages = [(start, end, name) for start, end, name in MOUSE_THEILER if start <= high and low < end]
    if len(stages) == 1 and age.clock == "coitum" and high < MOUSE_BIRTH:
        start, end, name = stages[0]
        return Choice((name,), start, end, accept=True, step="stage-age")
    names = tuple(name for _, _, name in stages)[:_MOST]
    return Choice(names, low, high + 1, accept=False, step="stage-age")


def _mouse_postnatal(age: Age) -> Choice:
    """Read an age after birth, in the unit it is said in where the ontology has it, else on the axis of days."""
    low, high = _days(age)
    span = MOUSE_BIRTH + low, MOUSE_BIRTH + high
    covering = _covering(low, high, MOUSE_RANGES, MOUSE_BIRTH)
    if age.low == age.high:
        if name := _mouse_single(age):
            return Choice((name,), *span, accept=not age.ordinal or age.unit == "d", step="stage-age")
        return Choice((*_mouse_near(low, high), *(covering.names if covering else ())), *span, accept=False, step="stage-age")
    if (age.low, age.high, age.unit) == (3, 6, "m"):
        return Choice(("3-6 month-old mature stage",), *span, accept=True, step="stage-age-range")
    if age.unit != "m" and covering is not None and covering.accept:
        return covering
    each: list[str] = []
    for n in range(int(age.low), min(int(age.high), int(age.low) + 40) + 1):
        name = _mouse_single(age._replace(low=float(n), high=float(n)))
        if name and name not in each:
            each.append(name)
    names = (*(covering.names if covering else ()), *each)[:_MOST]
    return Choice(names, *span, accept=False, step="stage-age-range")


def _mouse_near(low: float, high: float) -> tuple[str, ...]:
    """Return the numbered stages of the first and last day of a span that no stage holds whole."""
    days = (Age(day, day, "d", "birth") for day in (low, low + 2, low - 2, high - 1))
    return tuple(dict.fromkeys(name for name in map(_mouse_single, days) if name))[:2]


def _mouse_single(age: Age) -> str:
    """Return the numbered stage of one age; '' where there is none, or it lies on the border of two."""
    number = age.low
    if age.unit == "y":
        return _mouse_single(age._replace(low=number * 12, high=number * 12, unit="m"))
    if age.unit == "m":
        return f"{int(number)}-month-old stage" if number == int(number) and 2 <= number <= 30 else ""
    if age.unit == "w" and number == int(number) and (4 <= number <= 29 or number in (1, 2)):
        return f"{int(number)}-week-old stage"
    day = number * 7 if age.unit == "w" else number
    if age.unit == "w" and number < 4:
        return ""
    if day < 4:
        return "Theiler stage 27"
    if day < 14 or 21 <= day < 28:
        return f"{int(day)}-day-old stage"
    if day < 210:
        return f"{int(day // 7)}-week-old stage"
    # The months of the ontology have 4.3 weeks from the eighth on; near a border they are not decided by days.
    month, rest = divmod(day, MONTH)
    return f"{int(month)}-month-old stage" if 2 < rest < MONTH - 2 and month <= 30 else ""


# --- all animals ------------------------------------------------------------------------------------------------------


def _uberon(reading: Reading) -> Iterator[Choice]:
    for word in reading.words:
        if word in UBERON_WORDS:
            names, accept = UBERON_WORDS[word]
            # Words are not compared: "adult" and "larva" in one text are two offers.
            yield Choice(names, 0, 1, accept and len(reading.words) == 1 and not reading.ages)
    for mark in reading.staged:
        if found := UBERON_STAGES.get(mark):
            yield Choice(found, 0, 1, accept=not reading.ages, step="stage-number")


_GENERIC_UNITS: Final = {"y": "year", "m": "month", "w": "week", "d": "day"}


def _generic(reading: Reading) -> Iterator[Choice]:
    """Read an age for an ontology of another species: its label says the age, or there is none."""
    for age in reading.ages:
        if age.unit in _GENERIC_UNITS and age.clock in ("", "birth") and age.low == age.high == int(age.low) and not age.open:
            low, high = _days(age)
            accept = not age.ordinal and (age.clock == "birth" or age.unit in "ym")
            yield Choice((f"{int(age.low)}-{_GENERIC_UNITS[age.unit]}-old stage",), low, high, accept, "stage-age")
    for word in reading.words:
        if word in UBERON_WORDS:
            yield Choice((f"{word} stage", *UBERON_WORDS[word][0]), 0, 1e6, accept=False)


STAGE_ONTOLOGIES: Final[dict[str, Callable[[Reading], Iterator[Choice]]]] = {
    "HsapDv": _human,
    "MmusDv": _mouse,
    "FBdv": fly_choices,
    "WBls": worm_choices,
    "ZFS": fish_choices,
    "UBERON": _uberon,
}
"""The ontologies of stages that are read by tables of their own."""
STAGES_OF_SPECIES: Final = frozenset(STAGE_ONTOLOGIES) - {"UBERON"}
"""Those of one species; UBERON names organs first of all."""
