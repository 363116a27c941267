"""Which values say too much of a person, and what says less: ages over 89, dates finer than a year, positions finer than a grid.

References
----------
The safe harbour rule of HIPAA, 45 CFR 164.514(b)(2)(i): (B) places smaller than a state, (C) all elements of dates but the year, and all
ages over 89, which may be one group.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from ..records import GeoPoint, Quantity
from ..values.geo import format_lat_lon
from .redaction import WITHHELD

if TYPE_CHECKING:
    from ..records import Reading

__all__ = ["DECIMALS", "OLDEST", "coarse_age", "coarse_birth", "coarse_date", "coarse_point"]

OLDEST: Final = 89
"""Ages over this one are told as one group (45 CFR 164.514(b)(2)(i)(C))."""
DECIMALS: Final = 2
"""Digits behind the point of a position of people: 0.01 degree is 1.1 km along a meridian, the "medium" class of Chapman (2020, GBIF,
doi:10.15468/doc-5jp4-5g10, categories of generalisation 0.1, 0.01 and 0.001 degree); a third digit shows a block of houses."""
# No one is known to have lived longer than 122 years; greater numbers are codes for absence.
_LIMIT: Final = 125
_YEARS: Final = {"a": Decimal(1), "mo": Decimal(12), "wk": Decimal("52.1775"), "d": Decimal("365.2425"), "h": Decimal("8765.82")}
_NAMES: Final = {"a": "years", "mo": "months", "wk": "weeks", "d": "days", "h": "hours"}
_AGE: Final = re.compile(r"\D{0,12}?([0-9]{2,3}(?:\.[0-9]+)?)\s*(?:岁|周岁|y(?:ea)?rs?(?:[ -]old)?|y|yo)?\s*", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<![0-9])(1[89][0-9]{2}|20[0-9]{2})(?![0-9])")
_COMPACT: Final = re.compile(r"(?<![0-9])(1[89][0-9]{2}|20[0-9]{2})(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])(?![0-9])")
_FINER: Final = re.compile(r"[0-9]{4}-[0-9X]")
_LONG: Final = re.compile(rf"(?<![0-9])([0-9]{{1,3}}\.[0-9]{{{DECIMALS}}})[0-9]*[1-9][0-9]*")
_SECONDS: Final = re.compile("[0-9]\\s*(?:\"|''|″|”|秒)")


def coarse_age(text: str, reading: Reading | None) -> str | None:
    """Say an age over 89 as the group of these ages.

    Parameters
    ----------
    text
        The cell.
    reading
        What the cell was read as; None where no slot takes it.

    Returns
    -------
    str or None
        ``>89`` in the unit of the cell; None where the age is younger, none, or told as such a group already.

    Examples
    --------
    >>> from omics_standards.records import Reading
    >>> coarse_age("93 years", Reading("age", (Quantity("93", unit="a"),)))
    '>89 years'
    >>> coarse_age("1100", Reading("age", (Quantity("1100", unit="mo"),)))
    '>1068'
    >>> coarse_age(">89", Reading("age", (Quantity(None, "89", None, "a"),))), coarse_age("89", None), coarse_age("999", None)
    (None, None, None)
    >>> coarse_age("94岁", None)
    '>89 years'
    """
    values = [v for v in reading.values if isinstance(v, Quantity)] if reading is not None else []
    if reading is not None and not values and reading.missing is not None:
        return None
    if not values:
        found = _AGE.fullmatch(text.strip())
        values = [Quantity(found[1], unit="a")] if found else []
    for value in values:
        factor = _YEARS.get(value.unit or "a")
        low = _number(value.value if value.value is not None else value.minimum)
        if factor is None or low is None:
            continue
        years = low / factor
        grouped = value.value is None and value.maximum is None
        if (years > OLDEST + 1 if grouped else years >= OLDEST + 1) and years <= _LIMIT:
            number = (OLDEST * factor).to_integral_value()
            named = any(c.isalpha() for c in text)
            return f">{number} {_NAMES[value.unit or 'a']}" if named else f">{number}"
    return None


def _number(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text is not None else None
    except InvalidOperation:
        return None


def coarse_date(text: str, reading: Reading | None) -> str | None:
    """Say a date finer than a year as its year, a range as its years.

    Examples
    --------
    >>> from omics_standards.records import Reading
    >>> coarse_date("12/05/1950", Reading("birth_date", ("1950-05-12",))), coarse_date("1950", Reading("birth_date", ("1950",)))
    ('1950', None)
    >>> coarse_date("19500512", None), coarse_date("5 May", None), coarse_date("unknown", None)
    ('1950', None, None)
    """
    values = [v for v in reading.values if isinstance(v, str)] if reading is not None else []
    if values:
        if not any(_FINER.search(v) for v in values):
            return None
        return "/".join(dict.fromkeys(y for v in values for y in re.findall(r"(?<![0-9-])[0-9]{4}(?=-|/|$)", v))) or WITHHELD
    if reading is not None and reading.missing is not None:
        return None
    compact = _COMPACT.search(text)
    if compact is not None:
        return compact[1]
    year = _YEAR.search(text)
    # A month or a day beside the year, as digits or as a word.
    finer = year is not None and re.search(
        r"[0-9]|(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", text[: year.start()] + text[year.end() :]
    )
    if year is not None:
        return year[1] if finer else None
    return WITHHELD if sum(map(str.isdigit, text)) >= 5 else None


def coarse_birth(text: str, reading: Reading | None, today: int) -> str | None:
    """The same of a day of birth; a year that says an age over 89 is withheld.

    Examples
    --------
    >>> coarse_birth("1990-02-01", None, 2026), coarse_birth("1990", None, 2026), coarse_birth("1930", None, 2026)
    ('1990', None, 'restricted access')
    """
    coarse = coarse_date(text, reading)
    values = [v for v in reading.values if isinstance(v, str)] if reading is not None else [text]
    year = _YEAR.search(coarse or (values[0] if values else ""))
    if year is not None and OLDEST < today - int(year[1]) - 1 <= _LIMIT:
        return WITHHELD
    return coarse


def coarse_point(texts: tuple[str, ...], reading: Reading | None) -> tuple[str, ...] | None:
    """Say a position on a grid of 0.01 degree.

    Parameters
    ----------
    texts
        One cell with both, or latitude and longitude.
    reading
        What they were read as; None where no slot takes them.

    Returns
    -------
    tuple of str or None
        As many texts; None where none is finer than the grid.

    Examples
    --------
    >>> from omics_standards.records import Reading
    >>> coarse_point(("31.23042 N 121.4737 E",), Reading("collection_location", (GeoPoint("31.23042", "121.4737"),)))
    ('31.23 N 121.47 E',)
    >>> coarse_point(("31.23042", "121.4"), None), coarse_point(("31.2", "121.4"), None)
    (('31.23', '121.4'), None)
    """
    point = next((v for v in reading.values if isinstance(v, GeoPoint)), None) if reading is not None else None
    if point is not None:
        if not any(_is_fine(n) for n in point):
            return None
        coarse = GeoPoint(*map(_rounded, point))
        if len(texts) == 1:
            return (format_lat_lon(coarse),)
        return (coarse.latitude, coarse.longitude, *texts[2:])
    found = tuple(WITHHELD if _SECONDS.search(t) else _LONG.sub(r"\1", t) for t in texts)
    return found if found != texts else None


def _is_fine(text: str) -> bool:
    return len(text.partition(".")[2].rstrip("0")) > DECIMALS


def _rounded(text: str) -> str:
    return str(Decimal(text).quantize(Decimal(1).scaleb(-DECIMALS), ROUND_HALF_EVEN)) if _is_fine(text) else text
