"""EDTF strings: whether a text is one, what time it spans, and which XSD type fits. In: EDTF text; out: keys and type names.

Understood is the part of EDTF (ISO 8601-2:2019) that metadata needs: years, months, days, times with and without a zone, seasons,
unspecified digits at the end of a year (``199X``), qualifiers at the end (``?``, ``~``, ``%``), ranges and open ranges.
"""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache
from typing import Final, Literal

__all__ = ["edtf_key", "is_edtf", "xsd_type"]

_ONE: Final = re.compile(
    r"(?P<y>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(?:-(?P<m>[0-9]{2})(?:-(?P<d>[0-9]{2})(?:T(?P<h>[0-9]{2})(?::(?P<mi>[0-9]{2})(?::(?P<s>[0-9]{2}))?)?(?P<z>Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?"
    r"(?P<q>[?~%]?)"
)
_FIRST: Final = "0000-01-01T00:00:00"
_LAST: Final = "9999-12-31T23:59:59"
# First months of the seasons, as the northern hemisphere has them; the span of a season is a year's quarter either way.
_SEASON_MONTHS: Final = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (1, 12)}

XsdType = Literal["date", "gYearMonth", "gYear", "dateTime"]


@lru_cache(maxsize=4096)
def edtf_key(text: str) -> tuple[str, str] | None:
    """Return the earliest and the latest moment that an EDTF string may mean.

    Parameters
    ----------
    text
        An EDTF string.

    Returns
    -------
    tuple of str or None
        Two times as ``YYYY-MM-DDThh:mm:ss``, comparable as text; times with a zone are turned to UTC. Open ends are the first
        and the last moment of the calendar. None for a text that is not EDTF.

    Examples
    --------
    >>> edtf_key("2016-02")
    ('2016-02-01T00:00:00', '2016-02-29T23:59:59')
    >>> edtf_key("8/6/2011") is None
    True
    """
    if "/" not in text:
        return _key(text)
    if text.count("/") != 1:
        return None
    start, end = text.split("/")
    if start in ("", "..") and end in ("", ".."):
        return None
    first = (_FIRST, "") if start in ("", "..") else _key(start)
    last = ("", _LAST) if end in ("", "..") else _key(end)
    return (first[0], last[1]) if first and last else None


def _key(text: str) -> tuple[str, str] | None:
    found = _ONE.fullmatch(text)
    if found is None:
        return None
    year, month, day = found["y"], found["m"], found["d"]
    if "X" in year:
        if month:
            return None
        return f"{year.replace('X', '0')}-01-01T00:00:00", f"{year.replace('X', '9')}-12-31T23:59:59"
    if year == "0000":
        return None
    if month is None:
        return f"{year}-01-01T00:00:00", f"{year}-12-31T23:59:59"
    y, m = int(year), int(month)
    if m in _SEASON_MONTHS and day is None:
        a, b = _SEASON_MONTHS[m]
        return f"{year}-{a:02}-01T00:00:00", f"{year}-{b:02}-{monthrange(y, b)[1]:02}T23:59:59"
    if not 1 <= m <= 12:
        return None
    if day is None:
        return f"{year}-{month}-01T00:00:00", f"{year}-{month}-{monthrange(y, m)[1]:02}T23:59:59"
    if not 1 <= int(day) <= monthrange(y, m)[1]:
        return None
    if found["h"] is None:
        return f"{year}-{month}-{day}T00:00:00", f"{year}-{month}-{day}T23:59:59"
    return None if found["q"] else _moment(found)


def _moment(found: re.Match[str]) -> tuple[str, str] | None:
    """Return the span of a date with a time, in UTC where it has a zone."""
    hour, minute, second = found["h"], found["mi"], found["s"]
    if int(hour) > 23 or int(minute or 0) > 59 or int(second or 0) > 59:
        return None
    stem = f"{found['y']}-{found['m']}-{found['d']}T{hour}:"
    first, last = stem + f"{minute or '00'}:{second or '00'}", stem + f"{minute or '59'}:{second or '59'}"
    zone = found["z"]
    if zone is None or zone == "Z":
        return first, last
    hours, minutes = int(zone[1:3]), int(zone[4:])
    if hours > 14 or minutes > 59:
        return None
    from datetime import datetime, timedelta

    shift = timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "+" else 1)
    try:
        return (datetime.fromisoformat(first) + shift).isoformat(), (datetime.fromisoformat(last) + shift).isoformat()
    except OverflowError:
        return None


def is_edtf(text: str) -> bool:
    """Tell whether a text is an EDTF string of a date that exists.

    Examples
    --------
    >>> is_edtf("2016-12/2017-01"), is_edtf("2016-02-30")
    (True, False)
    """
    return len(text) <= 80 and edtf_key(text) is not None


def xsd_type(text: str) -> XsdType | None:
    """Return the narrowest XSD type that an EDTF string is a literal of.

    Examples
    --------
    >>> xsd_type("2016"), xsd_type("2016-12"), xsd_type("2016-12-05"), xsd_type("2016-12-05T09:30:00Z")
    ('gYear', 'gYearMonth', 'date', 'dateTime')
    >>> xsd_type("2016-12/2017-01") is None
    True
    """
    if "/" in text or not is_edtf(text):
        return None
    found = _ONE.fullmatch(text)
    if found is None or found["q"] or "X" in found["y"]:
        return None
    if found["m"] is None:
        return "gYear"
    if found["d"] is None:
        return "gYearMonth" if int(found["m"]) <= 12 else None
    if found["h"] is None:
        return "date"
    return "dateTime" if found["s"] else None
