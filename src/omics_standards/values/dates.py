"""Dates of any spelling to EDTF. In: a cell's text and the column's day/month order; out: an EDTF string.

The output is Extended Date/Time Format (https://www.loc.gov/standards/datetime/, ISO 8601-2:2019): it says as much as
the text did and no more (``2019``, ``2019-10``, ``2019-10-05``, ``2016-12/2017-01``, ``2010~``, ``199X``). Whether
``6/7/2011`` is June or July is never guessed from one cell: :class:`DateOrder` looks at the whole column, and where
the column does not tell either, nobody does.
"""

from __future__ import annotations

import re
from calendar import monthrange
from typing import TYPE_CHECKING, Final

from ..findings import Issue
from ..models import edtf
from .date_words import MONTHS, SEASONS
from .parsed import Parsed
from .text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

__all__ = ["DateOrder", "edtf_key", "is_edtf", "read_date", "xsd_type"]

_EXPECTED: Final = "a date such as 2019-10-05, 2019-10 or 2019, or a range such as 2019-10-05/2019-10-08"
_LIMIT: Final = 80  # the longest date text met in archives has 44 characters

_ISO: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_TIME: Final = (
    r"(?P<h>[0-9]{1,2})(?:[:.h](?P<mi>[0-9]{2})(?:[:.](?P<s>[0-9]{2})(?:[.,](?P<f>[0-9]+))?)?)?\s*(?P<ap>[ap]\.?m\.?)?"
    r"\s*(?P<z>Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}|[+-][0-9]{2})?"
)
_DATE_TIME: Final = re.compile(
    rf"(?P<date>[^:T]{{4,30}}?|[^:]{{4,30}}?)(?:\s*[T,]\s*|\s+)(?=[0-9]{{1,2}}(?:[:.h][0-9]{{2}}|Z|\s*[ap]\.?m))(?:at\s+)?{_TIME}",
    re.IGNORECASE,
)
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})\s*([-/. ])\s*([0-9]{1,2})(?:\s*\2\s*([0-9]{1,2}))?")
_NUMBERS: Final = re.compile(r"([0-9]{1,2})\s*([-/. ])\s*([0-9]{1,2})\s*\2\s*([0-9]{4}|[0-9]{2})")
_MONTH_YEAR: Final = re.compile(r"([0-9]{1,2})\s*[-/.]\s*([0-9]{4})")
_COMPACT: Final = re.compile(r"(1[6-9]|20|21)([0-9]{2})([0-9]{2})([0-9]{2})")
_CHINESE: Final = re.compile(r"([0-9]{4})\s*年(?:\s*([0-9]{1,2})\s*月(?:份)?(?:\s*([0-9]{1,2})\s*[日号])?)?")
_WORD: Final = r"(?P<m>[^\W\d_]{3,10}|[一二三四五六七八九十]{1,2}月)\.?"
_SEP: Final = r"[\s,\-/._]*"
_DAY: Final = r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th|\.)?"
_YEAR: Final = r"(?P<y>[0-9]{4}|'?[0-9]{2})"
_TEXTUAL: Final = tuple(
    re.compile(p, re.IGNORECASE)
    for p in (
        rf"{_DAY}{_SEP}(?:de\s+|of\s+)?{_WORD}{_SEP}(?:de\s+|of\s+)?{_YEAR}",  # 05-Jan-2011, 5th of January 2011
        rf"{_WORD}{_SEP}{_DAY}(?:\s*,\s*|[\s\-/._]+){_YEAR}",  # Jun 16 2010, may 13th, 2006
        rf"(?P<y>[0-9]{{4}}){_SEP}{_WORD}{_SEP}{_DAY}",  # 2011-Jan-05
        rf"{_WORD}[\s,\-/._]*(?:de\s+|of\s+)?(?P<y>[0-9]{{4}})(?P<d>)",  # Jun-2016
        rf"(?P<y>[0-9]{{4}}){_SEP}{_WORD}(?P<d>)",  # 2016 June
        rf"{_WORD}(?:-|')(?P<y>[0-9]{{2}})(?P<d>)",  # avr-11: the mmm-yy format of spreadsheets
    )
)
_DAY_MONTH_ONLY: Final = re.compile(rf"(?:[0-9]{{1,2}}[\s\-/.]*{_WORD}|{_WORD.replace('?P<m>', '?P<m2>')}\s+[0-9]{{1,2}})", re.IGNORECASE)
_WEEKDAY: Final = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+(?=\S)", re.IGNORECASE)
_ABOUT: Final = re.compile(r"^(?:ca?\.?|circa|about|around|approx(?:imately|\.)?|~|约)\s*(?=[0-9A-Za-z])", re.IGNORECASE)
_BOUND: Final = re.compile(r"^(before|after|since|until|prior to|pre-|post-|<|>)\s*(?=[0-9A-Za-z])", re.IGNORECASE)
_DECADE: Final = re.compile(r"(?:the\s+)?([0-9]{3})0'?s")
_CENTURY: Final = re.compile(r"(?:the\s+)?([0-9]{1,2})(?:st|nd|rd|th)\s+century", re.IGNORECASE)
_SEASON: Final = re.compile(r"(?:(?P<s>[^\W\d]+)[\s,\-_]*(?:of\s+)?(?P<y>[0-9]{4})|(?P<y2>[0-9]{4})年?[\s,\-_]*(?P<s2>[^\W\d年]+))")
_SERIAL: Final = re.compile(r"([2-7][0-9]{4})(?:\.[0-9]+)?")
_FLOAT_YEAR: Final = re.compile(r"((?:19|20)[0-9]{2})\.0+")
# Words and signs that join the two ends of a range, the safest first. A lone hyphen is tried last, where both ends
# read.
_RANGE: Final = (
    re.compile(r"\s*(?:/|\.\.)\s*"),
    re.compile(r"\s+(?:to|until|till|and|through|bis|au)\s+|\s*(?:至|到|~)\s*|\s+-{1,2}\s+|--", re.IGNORECASE),
    re.compile(r"\s*-\s*"),
)
_ISO_SHORT_END: Final = re.compile(r"([0-9]{4}-[0-9]{2}-)([0-9]{2})/([0-9]{2})")  # 2019-10-05/08
_BETWEEN: Final = re.compile(r"^(?:between|from)\s+", re.IGNORECASE)
_SHARED_YEAR: Final = re.compile(rf"{_WORD}\s*(?:-|/|to|and|&)\s*(?P<m2>[^\W\d_]{{3,10}})\.?[\s,\-]*(?P<y>[0-9]{{4}})", re.IGNORECASE)
_SHARED_MONTH: Final = re.compile(
    rf"(?P<d>[0-9]{{1,2}})\s*(?:-|to)\s*(?P<d2>[0-9]{{1,2}})[\s,]*{_WORD}[\s,]*(?P<y>[0-9]{{4}})", re.IGNORECASE
)


def is_edtf(text: str) -> bool:
    """Tell whether a text is an EDTF string of a date that exists.

    Examples
    --------
    >>> is_edtf("2016-12/2017-01"), is_edtf("2016-02-30")
    (True, False)
    """
    return len(text) <= _LIMIT and text.isascii() and edtf.check(text) is None


def edtf_key(text: str) -> edtf.Bounds | None:
    """Return the earliest and the latest day that an EDTF string may mean, comparable as tuples; None where it is none.

    Examples
    --------
    >>> edtf_key("2016-02")
    ((2016, 2, 1), (2016, 2, 29))
    >>> edtf_key("8/6/2011") is None
    True
    """
    return edtf.bounds(text)


def xsd_type(text: str) -> str | None:
    """Return the narrowest XSD type that an EDTF string is a literal of, None where it is of none.

    Examples
    --------
    >>> xsd_type("2016"), xsd_type("2016-12"), xsd_type("2016-12-05"), xsd_type("2016-12-05T09:30:00Z")
    ('gYear', 'gYearMonth', 'date', 'dateTime')
    >>> xsd_type("2016-12/2017-01") is None
    True
    """
    name = edtf.datatype(text)
    return name[4:] if name.startswith("xsd:") else None


class _Failed(Exception):
    def __init__(self, code: str, fix: str = "", expected: str = _EXPECTED) -> None:
        super().__init__(code)
        self.issue = Issue(code, expected, fix)


# --- day/month order --------------------------------------------------------------------------------------------------


class DateOrder:
    """What a column says about the order of day and month in its slash dates.

    ``collect`` its texts, at once or batch by batch; ``order`` is then ``dmy`` or ``mdy`` where at least one date of
    the column is possible in one order only and none in the other only, ``conflict`` where both occur, ``ambiguous``
    where dates are there and none decides, '' where the column has no such date.

    Examples
    --------
    >>> DateOrder().collect(["8/6/2011", "18/12/2016"]).order
    'dmy'
    >>> DateOrder().collect(["8/6/2011"]).order, DateOrder().collect(["2011"]).order
    ('ambiguous', '')
    """

    __slots__ = ("dates", "day_first", "month_first")

    def __init__(self) -> None:
        self.dates = 0
        self.day_first: str | None = None
        self.month_first: str | None = None

    def collect(self, texts: Iterable[str]) -> DateOrder:
        """Take the texts of a column, or of a part of it, as evidence (distinct ones are enough); returns itself."""
        for text in texts:
            self.add(text)
        return self

    def add(self, text: str) -> None:
        """Take one text as evidence; texts without a date of numbers only change nothing."""
        if len(text) > _LIMIT or not any(c.isdigit() for c in text):
            return
        for found in _NUMBERS.finditer(plain(text)):
            a, b = int(found[1]), int(found[3])
            if _inside_longer(found):
                continue
            self.dates += 1
            if 12 < a <= 31 and 1 <= b <= 12:
                self.day_first = self.day_first or text
            elif 12 < b <= 31 and 1 <= a <= 12:
                self.month_first = self.month_first or text

    @property
    def order(self) -> str:
        """``dmy``, ``mdy``, ``ambiguous``, ``conflict`` or ''."""
        if self.day_first and self.month_first:
            return "conflict"
        if self.day_first or self.month_first:
            return "dmy" if self.day_first else "mdy"
        return "ambiguous" if self.dates else ""

    @property
    def evidence(self) -> str:
        """The text that decided, '' where none did; both texts where they contradict each other."""
        return " and ".join(repr(t) for t in (self.day_first, self.month_first) if t)


def _inside_longer(found: re.Match[str]) -> bool:
    """Tell whether the numbers are a piece of a longer number or of a date that begins with the year."""
    text, start, end = found.string, found.start(), found.end()
    return (start > 0 and text[start - 1].isalnum()) or (end < len(text) and text[end].isdigit())


# --- reading ----------------------------------------------------------------------------------------------------------


class _Reader:
    """Reads the text of one cell: holds the options, and the steps and issues on the way."""

    def __init__(self, order: str | None, today: str | None) -> None:
        self.order = order
        self.today = today
        self.steps: list[str] = []
        self.issues: list[Issue] = []

    def step(self, name: str) -> None:
        if name not in self.steps:
            self.steps.append(name)

    def flag(self, issue: Issue) -> None:
        if all(i.code != issue.code for i in self.issues):
            self.issues.append(issue)

    # - parts

    def year(self, text: str) -> int:
        """Read a year of two or four digits; two digits are taken as the last year that has them, and flagged."""
        text = text.lstrip("'")
        if len(text) == 4:
            return int(text)
        this_year = int(self.today[:4]) if self.today else 2068  # POSIX: 69 to 99 are of the 20th century
        century, pivot = this_year // 100 * 100, this_year % 100
        short = int(text)
        year = century + short if short <= pivot else century - 100 + short
        self.step("year of two digits")
        self.flag(Issue("date-year-short", "a year of four digits", f"write {year} if that is what '{text}' means"))
        return year

    def ymd(self, year: int, month: int | None = None, day: int | None = None) -> str:
        """Write the parts as EDTF; what does not exist fails."""
        if month is not None and not 1 <= month <= 12:
            fix = f"write {year:04}-{day:02}-{month:02} if day and month are swapped" if day and day <= 12 and month <= 31 else ""
            if day is None and month > year % 100:
                fix = f"write {year:04}/{year // 100}{month:02} if it is a range of years"
            raise _Failed("date-impossible", fix, f"a month between 1 and 12, not {month}")
        if year < 1000:
            raise _Failed("date-impossible", "", "a year of four digits")
        if day is not None and month is not None and not 1 <= day <= monthrange(year, month)[1]:
            raise _Failed(
                "date-impossible",
                f"month {month} of {year} has {monthrange(year, month)[1]} days",
                "a day of the calendar",
            )
        return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")

    # - whole dates

    def single(self, text: str) -> str:
        """Read one date without range; raises :class:`_Failed`."""
        if found := _ISO.fullmatch(text):
            return self.ymd(int(found[1]), _int(found[2]), _int(found[3]))
        for read in (self._edtf, self._numbers, self._textual, self._timed, self._vague):
            if (value := read(text)) is not None:
                return value
        raise _Failed("date-unreadable", _hint(text))

    def _edtf(self, text: str) -> str | None:
        return text if _settled(text) and "/" not in text else None

    def _numbers(self, text: str) -> str | None:
        if not text[:1].isdigit():
            return None
        if found := _FLOAT_YEAR.fullmatch(text):
            self.flag(Issue("number-damaged", "a year", f"write {found[1]}"))
            return found[1]
        if found := _YEAR_FIRST.fullmatch(text):
            self.step("written as ISO date")
            return self.ymd(int(found[1]), int(found[3]), _int(found[4]))
        if found := _NUMBERS.fullmatch(text):
            return self._triple(int(found[1]), int(found[3]), found[4], found[1])
        if found := _MONTH_YEAR.fullmatch(text):
            self.step("written as ISO date")
            return self.ymd(int(found[2]), int(found[1]))
        if found := _COMPACT.fullmatch(text):
            self.step("written as ISO date")
            return self.ymd(int(found[1] + found[2]), int(found[3]), int(found[4]))
        if found := _CHINESE.fullmatch(text):
            self.step("written as ISO date")
            return self.ymd(int(found[1]), _int(found[2]), _int(found[3]))
        return None

    def _triple(self, a: int, b: int, last: str, first: str) -> str:
        """Read day, month and year (or month, day and year) by the column's order or by what is possible."""
        if len(last) == 2 and a > 31:
            raise _Failed("date-unreadable", f"write the year with four digits, as in {self.year(first)}-{b:02}-{last}")
        year = self.year(last)
        if self.order == "dmy" or (self.order is None and a > 12):
            day, month = a, b
        elif self.order == "mdy" or (self.order is None and (b > 12 or a == b)):
            day, month = b, a
        else:
            options = f"{self.ymd(year, b, a)} (day first) or {self.ymd(year, a, b)} (month first)"
            raise _Failed("date-ambiguous", f"write {options}", "a date whose day and month can be told apart, such as 2019-10-05")
        if self.order and a != b and a <= 12 and b <= 12:
            self.step("day first, as the column has it" if self.order == "dmy" else "month first, as the column has it")
        self.step("written as ISO date")
        if month > 12 and day <= 12 and self.order:
            other = f"{year:04}-{day:02}-{month:02}"
            fix = f"write {other}, or correct the cells that put the {'day' if self.order == 'dmy' else 'month'} first"
            raise _Failed("date-impossible", fix, "the same order of day and month as in the rest of the column")
        return self.ymd(year, month, day)

    def _textual(self, text: str) -> str | None:
        for pattern in _TEXTUAL:
            if (found := pattern.fullmatch(text)) and (month := MONTHS.get(found["m"].lower())):
                self.step("month name written as number")
                return self.ymd(self.year(found["y"]), month, int(found["d"]) if found["d"] else None)
        return None

    def _timed(self, text: str) -> str | None:
        found = _DATE_TIME.fullmatch(text)
        if found is None:
            return None
        day = self.single(found["date"].strip(" ,"))
        if len(day) != 10 or not _ISO.fullmatch(day):
            raise _Failed("date-unreadable", "give the whole date beside the time of day")
        hour, minute, second = int(found["h"]), int(found["mi"] or 0), int(found["s"] or 0)
        if found["ap"]:
            if not 1 <= hour <= 12:
                raise _Failed("date-impossible", "", "an hour between 1 and 12 beside am or pm")
            hour = hour % 12 + (12 if found["ap"].lower().startswith("p") else 0)
            self.step("written as 24-hour time")
        if hour > 23 or minute > 59 or second > 59:
            raise _Failed("date-impossible", "", "a time of day between 00:00 and 23:59")
        zone = _zone(found["z"] or "")
        if zone is None:
            raise _Failed("date-impossible", "", "a time zone within 14 hours of UTC")
        if not zone and hour == minute == second == 0:
            # What a spreadsheet adds to a date without a time; a person who means midnight says the zone.
            self.step("midnight of a date without time left out")
            return day
        if not found["mi"]:
            return f"{day}T{hour:02}{zone}"
        return f"{day}T{hour:02}:{minute:02}" + (f":{second:02}" if found["s"] else "") + zone

    def _vague(self, text: str) -> str | None:
        if found := _SEASON.fullmatch(text):
            season = SEASONS.get((found["s"] or found["s2"]).lower())
            if season:
                self.step("season")
                return f"{found['y'] or found['y2']}-{season}"
        if found := _DECADE.fullmatch(text):
            self.step("decade")
            return found[1] + "X"
        if (found := _CENTURY.fullmatch(text)) and 1 <= int(found[1]) <= 21:
            self.step("century")
            return f"{int(found[1]) - 1:02}XX"
        if found := _ABOUT.match(text):
            value = self.single(text[found.end() :])
            if _ISO.fullmatch(value):
                self.step("approximate")
                return value + "~"
        if found := _WEEKDAY.match(text):
            self.step("day of the week left out")
            return self.single(text[found.end() :])
        return None

    # - ranges

    def whole(self, text: str) -> str:
        """Read a date or a range; raises :class:`_Failed`."""
        if _settled(text):
            return self._forwards(text) if "/" in text else text
        failed: _Failed | None = None
        try:
            return self.single(text)
        except _Failed as problem:
            failed = problem
        if failed.issue.code == "date-unreadable" and (value := self._range(text)) is not None:
            return value
        raise failed

    def _range(self, text: str) -> str | None:
        if found := _BOUND.match(text):
            value = self.single(text[found.end() :])
            self.step("open range")
            return f"../{value}" if found[1].lower() in ("before", "until", "prior to", "pre-", "<") else f"{value}/.."
        if (found := _SHARED_YEAR.fullmatch(text)) and (a := MONTHS.get(found["m"].lower())) and (b := MONTHS.get(found["m2"].lower())):
            self.step("range with one year")
            return self._forwards(f"{found['y']}-{a:02}/{found['y']}-{b:02}")
        if (found := _SHARED_MONTH.fullmatch(text)) and (a := MONTHS.get(found["m"].lower())):
            self.step("range within a month")
            ends = (self.ymd(int(found["y"]), a, int(found[d])) for d in ("d", "d2"))
            return self._forwards("/".join(ends))
        if found := _ISO_SHORT_END.fullmatch(text):
            self.step("range within a month")
            return self._forwards(f"{self.single(found[1] + found[2])}/{self.single(found[1] + found[3])}")
        text = _BETWEEN.sub("", text)
        for joint in _RANGE:
            ends_of = self._ends(text, joint)
            if ends_of:
                self.step("range")
                return self._forwards("/".join(ends_of))
        return None

    def _ends(self, text: str, joint: re.Pattern[str]) -> tuple[str, str] | None:
        """Split at the middle one of the joints: '1/2/2016-3/2/2016' and '2016-12-01-2016-12-05' come apart rightly."""
        joints = list(joint.finditer(text))
        if len(joints) % 2 == 0:
            return None
        middle = joints[len(joints) // 2]
        left, right = text[: middle.start()], text[middle.end() :]
        if not (4 <= len(left) <= 40 and 4 <= len(right) <= 40):
            return None
        if right.isdigit() != left.isdigit() and (right.isdigit() or left.isdigit()):
            return None  # "2010-07 - 2011" is fine with words between, but "Jan 5 - 2011" is no range
        kept = list(self.steps), list(self.issues)
        try:
            return self.single(left), self.single(right)
        except _Failed as problem:
            if problem.issue.code != "date-unreadable":
                raise
            self.steps, self.issues = kept
            return None

    def _forwards(self, value: str) -> str:
        start, end = value.split("/")
        a, b = edtf_key(start), edtf_key(end)
        if a and b and a[0] > b[1]:
            raise _Failed(
                "end-before-start",
                f"write {end}/{start} if the two dates are swapped",
                "a range that ends after it starts",
            )
        return value


def _settled(text: str) -> bool:
    """Tell whether a text is EDTF already; times are read all the same, for their zones are written in many ways."""
    return "T" not in text and is_edtf(text)


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _zone(text: str) -> str | None:
    """Write a zone as ISO 8601 has it; None where it does not exist."""
    if not text:
        return ""
    if text.upper() in ("Z", "UTC", "GMT"):
        return "Z"
    hours, minutes = int(text[1:3]), int(text[3:].lstrip(":") or 0)
    return f"{text[0]}{hours:02}:{minutes:02}" if hours <= 14 and minutes <= 59 else None


def _hint(text: str) -> str:
    """Say how to repair a text that is no date, where it can be told."""
    if found := _SERIAL.fullmatch(text):
        from datetime import date, timedelta

        meant = date(1899, 12, 30) + timedelta(days=int(found[1]))
        return f"write {meant.isoformat()} if this is a spreadsheet's day number"
    if re.fullmatch(r"(19|20)[0-9]{4}", text):
        return f"write {text[:4]}-{text[4:]} if it is a month"
    if re.fullmatch(r"[0-9]{1,2}[/\-.][0-9]{1,2}", text):
        return "add the year"
    if re.fullmatch(r"[0-9]{1,2}([/\-.])[0-9]{1,2}\1[0-9]", text):
        return "write the year with four digits"
    if (found := _DAY_MONTH_ONLY.fullmatch(text)) and ((found["m"] or found["m2"] or "").lower() in MONTHS):
        return "add the year"
    return ""


def read_date(text: str, *, order: str | None = None, today: date | str | None = None) -> Parsed | None:
    """Read a date or a range of dates.

    Parameters
    ----------
    text
        The cell's text.
    order
        What :attr:`DateOrder.order` says of the column; anything but ``dmy`` and ``mdy`` is as good as None.
    today
        The day (a date or its ISO text) against which dates of the future are noticed and years of two digits are
        taken; None: not noticed, and years from 69 on are of the 20th century.

    Returns
    -------
    Parsed or None
        With an EDTF string; None for a blank text.

    Findings
    --------
    date-unreadable, date-ambiguous, date-impossible, date-future, date-year-short, end-before-start, number-damaged

    Examples
    --------
    >>> read_date("05-Jan-2011").value, read_date("2019年10月").value, read_date("18/12/2016").value
    ('2011-01-05', '2019-10', '2016-12-18')
    >>> read_date("8/6/2011").issues[0].fix
    'write 2011-06-08 (day first) or 2011-08-06 (month first)'
    """
    today = today if today is None or isinstance(today, str) else today.isoformat()
    # Most dates stand as they should: no copy, no reader.
    if (found := _ISO.fullmatch(text)) and found[1] >= "1000" and _exists(found[2], found[3], found[1]):
        return Parsed(text, (), _future(text, today))
    cleaned = plain(text)
    if not cleaned:
        return None
    if len(cleaned) > _LIMIT:
        return Parsed(None, (), (Issue("date-unreadable", _EXPECTED, "keep the date alone in this column"),))
    reader = _Reader(order if order in ("dmy", "mdy") else None, today)
    try:
        value = reader.whole(cleaned)
    except _Failed as problem:
        return Parsed(None, tuple(reader.steps), (problem.issue,))
    return Parsed(value, tuple(reader.steps), (*reader.issues, *_future(value, today)))


_DAYS: Final = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _exists(month: str | None, day: str | None, year: str) -> bool:
    """Tell whether the parts of an ISO date are a date of the calendar, without building one."""
    if month is None:
        return True
    m = int(month)
    if not 1 <= m <= 12:
        return False
    return day is None or 1 <= int(day) <= _DAYS[m] or (m == 2 and day == "29" and monthrange(int(year), 2)[1] == 29)


def _future(value: str, today: str | None) -> tuple[Issue, ...]:
    if today is None:
        return ()
    if value[:4] < today[:4] and value[:4].isdigit():
        return ()
    key = edtf_key(value)
    if key is None or key[0] <= tuple(map(int, today[:10].split("-"))):
        return ()
    return (
        Issue(
            "date-future",
            f"a date up to {today[:10]}",
            "check the year and the day; a column filled by dragging counts up",
        ),
    )
