"""Dates as precise as they are known: the part of EDTF that the model allows.

In: a date text. Out: whether it is one, the days it may mean, and the narrowest datatype for RDF. Pure functions
without state.

References
----------
Extended Date/Time Format, ISO 8601-2:2019; https://www.loc.gov/standards/datetime/ (level 0 and 1, read 2026-08).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

__all__ = ["EDTF", "Bounds", "bounds", "check", "datatype"]

EDTF: Final = "http://id.loc.gov/datatypes/edtf"
"""Datatype of dates that no XSD type can carry."""

Day = tuple[int, int, int]
Bounds = tuple[Day, Day]

_FIRST: Final[Day] = (-9999, 1, 1)
_LAST: Final[Day] = (9999, 12, 31)

_ONE: Final = re.compile(
    r"(?P<y>-?(?:\d{4}|\d{3}X|\d{2}XX))"
    r"(?:-(?P<m>\d\d|XX)(?:-(?P<d>\d\d|XX)"
    r"(?P<t>T(?P<H>\d\d)(?::(?P<M>\d\d)(?::(?P<S>\d\d)(?:\.\d+)?)?)?(?P<z>Z|[+-]\d\d(?::?\d\d)?)?)?)?)?"
    r"(?P<q>[?~%])?",
    re.ASCII,
)


def _days_in(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _one(text: str) -> Bounds | str:
    """Return the first and last day that one date may mean, or a finding code."""
    found = _ONE.fullmatch(text)
    if found is None:
        return "date-unreadable"
    year, month, day = found["y"], found["m"], found["d"]
    if "X" in year and month not in (None, "XX"):
        return "date-unreadable"
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if month is None or month == "XX":
        return "date-unreadable" if day not in (None, "XX") else ((low, 1, 1), (high, 12, 31))
    number = int(month)
    if 21 <= number <= 24 and day is None:  # a season: which months depends on the hemisphere
        return (low, 1, 1), (low, 12, 31)
    if not 1 <= number <= 12:
        return "date-impossible"
    last = _days_in(low, number)
    if day is None or day == "XX":
        return (low, number, 1), (low, number, last)
    if not 1 <= int(day) <= last:
        return "date-impossible"
    if found["t"] and (int(found["H"]) > 24 or int(found["M"] or 0) > 59 or int(found["S"] or 0) > 60):
        return "date-impossible"
    return (low, number, int(day)), (low, number, int(day))


@lru_cache(maxsize=65_536)
def _read(text: str) -> Bounds | str:
    if "/" not in text:
        return _one(text)
    start, _, end = text.partition("/")
    if start in ("", "..") and end in ("", ".."):
        return "date-unreadable"
    first = (_FIRST, _FIRST) if start in ("", "..") else _one(start)
    last = (_LAST, _LAST) if end in ("", "..") else _one(end)
    if isinstance(first, str):
        return first
    if isinstance(last, str):
        return last
    return "end-before-start" if last[1] < first[0] else (first[0], last[1])


def check(text: object) -> str | None:
    """Return the code of what is wrong with a date, None where it is one.

    Findings
    --------
    date-unreadable, date-impossible, end-before-start

    Examples
    --------
    >>> check("2021-03"), check("2019/2020"), check("1990~")
    (None, None, None)
    >>> check("2021-02-30"), check("3/4/2021"), check("2021/2019")
    ('date-impossible', 'date-unreadable', 'end-before-start')
    """
    read = _read(text) if isinstance(text, str) else "date-unreadable"
    return read if isinstance(read, str) else None


def bounds(text: object) -> Bounds | None:
    """Return the first and the last day that a date may mean, None where it is not a date.

    Examples
    --------
    >>> bounds("2020-02")
    ((2020, 2, 1), (2020, 2, 29))
    >>> bounds("soon") is None
    True
    """
    read = _read(text) if isinstance(text, str) else ""
    return None if isinstance(read, str) else read


def datatype(text: str) -> str:
    """Return the narrowest datatype of a date: a CURIE of XSD, or the EDTF IRI where no XSD type fits.

    Examples
    --------
    >>> datatype("2021-03-04"), datatype("2021-03"), datatype("2021")
    ('xsd:date', 'xsd:gYearMonth', 'xsd:gYear')
    >>> datatype("2019/2020")
    'http://id.loc.gov/datatypes/edtf'
    """
    found = _ONE.fullmatch(text)
    if found is None or found["q"] or "X" in text or isinstance(_read(text), str):
        return EDTF
    if found["t"]:
        return "xsd:dateTime" if found["S"] and (found["z"] is None or found["z"] == "Z" or ":" in found["z"]) else EDTF
    if found["d"]:
        return "xsd:date"
    if found["m"]:
        return "xsd:gYearMonth" if int(found["m"]) <= 12 else EDTF
    return "xsd:gYear"
