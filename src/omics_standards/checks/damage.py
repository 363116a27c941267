"""What spreadsheets do to cells, seen beside the other cells of the column: ranges made dates, numbers made of identifiers.

Also numbers that stand for nothing: 999 and -9999 are no temperatures beside 4 and 21.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..findings import Issue
from ..values.date_words import MONTHS
from ..values.missing import is_missing
from ..values.numbers import as_decimal
from .watch import Detector, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..findings import Finding
    from ..mapping.plan import Plan
    from .watch import Columns, View, WatchedColumn

__all__ = ["became_dates", "damaged_ids", "sentinels"]

# --- numbers that stand for nothing -----------------------------------------------------------------------------------

_SENTINEL: Final = re.compile(r"(-?)(9{3,6}|9{2,5}\.9{1,2}|9{3,6}\.0{1,2})")
_NUMERIC: Final = frozenset({"quantity", "age", "integer", "decimal", "kept", "attribute", "string", "point"})
# Distinct numbers beside a sentinel from which on the column is known to be one of numbers of another size.
_OTHERS: Final = 3
# A sentinel lies so many times beyond all other numbers: a depth of 999 m beside 850 m is a depth.
_BEYOND: Final = 4


class Sentinels(Detector):
    """Looks for 999, -9999 and the like in one column of numbers."""

    def __init__(self, columns: Columns, seen: WatchedColumn) -> None:
        self._plan = columns.plan
        self._seen = seen
        self._texts = columns.texts(seen)
        self._rows = self._texts.want(_SENTINEL.fullmatch)

    def findings(self) -> Iterator[Finding]:
        """Tell each of them with its rows.

        Findings
        --------
        number-sentinel
        """
        if not self._rows:
            return
        others = [as_decimal(t.strip()) for t in self._texts.known if t not in self._rows and not is_missing(t)]
        numbers = [abs(float(n)) for n in others if n is not None]
        # A column of texts in which a number stands is none of numbers.
        if len(numbers) < _OTHERS or len(numbers) < 0.9 * len(others):
            return
        negative = any(n is not None and n.startswith("-") for n in others)
        for text, rows in self._rows.items():
            far = abs(float(text)) > _BEYOND * max(numbers)
            if far or (text.startswith("-") and not negative and float(text) < -900):
                issue = Issue(
                    "number-sentinel",
                    f"a number of the size of the others (up to {max(numbers):g}), or a reason for its absence",
                    "write 'not collected', or another reason that INSDC knows, if the number says that there is no value",
                )
                yield told(self._plan, self._seen, issue, rows, text)


def sentinels(columns: Columns) -> Iterator[Sentinels]:
    """Make the detectors of columns that may hold numbers."""
    return (Sentinels(columns, s) for s in columns.seen if s.kind in _NUMERIC and s.part in ("value", "longitude") and not _names(s))


# --- ranges that became dates -----------------------------------------------------------------------------------------

_DATE: Final = re.compile(r"(\d{1,2})-([A-Z][a-z]{2})|([A-Z][a-z]{2})-(\d{2})")
_RANGE: Final = re.compile(r"\d{1,3}\s*(?:-|–|to)\s*\d{1,3}")
_LEAST_RANGES: Final = 2


def _range_of(text: str) -> str:
    """The range that a date was: month and day.

    Examples
    --------
    >>> _range_of("2-Jan"), _range_of("Jun-12"), _range_of("12 May")
    ('1-2', '6-12', '')
    """
    found = _DATE.fullmatch(text.strip())
    month = MONTHS.get((found[2] or found[3]).lower()) if found else None
    return f"{month}-{int(found[1] or found[4])}" if found and month else ""


class BecameDates(Detector):
    """Looks for dates among ranges, in a column that is none of dates and whose kind does not look itself."""

    def __init__(self, columns: Columns, seen: WatchedColumn) -> None:
        self._plan = columns.plan
        self._seen = seen
        self._texts = columns.texts(seen)
        self._rows = self._texts.want(_range_of)

    def findings(self) -> Iterator[Finding]:
        """Tell each of them with its rows.

        Findings
        --------
        range-became-date
        """
        if not self._rows or sum(bool(_RANGE.fullmatch(t.strip())) for t in self._texts.known) < _LEAST_RANGES:
            return
        for text, rows in self._rows.items():
            fix = f"write {_range_of(text)}, if this was a range before a spreadsheet made a date of it"
            issue = Issue("range-became-date", "a range, as in the other rows", fix)
            yield told(self._plan, self._seen, issue, rows, text)


def became_dates(columns: Columns) -> Iterator[BecameDates]:
    """Make the detectors of columns of text; those of quantities and ages see such dates cell by cell."""
    return (BecameDates(columns, s) for s in columns.seen if s.kind in ("kept", "string", "attribute"))


# --- identifiers that became numbers ----------------------------------------------------------------------------------

_SCIENTIFIC: Final = re.compile(r"\d(?:\.\d+)?[Ee]\+\d{1,2}")
_FLOAT: Final = re.compile(r"\d+\.0")
_DIGITS: Final = re.compile(r"\d+")
# Texts at the head of a column that show whether it may be one of numbers.
_FIRST: Final = 200


def _names(seen: WatchedColumn) -> bool:
    """Tell whether a column names something: a record, or one beyond the table."""
    return (
        seen.name in ("name", "accessions", "alternative_names", "source_material_id", "family_id", "individual_name")
        or seen.kind in ("reference", "accession", "file", "path")
        or seen.name.endswith(("_id", "_identifier"))
    )


class DamagedIds(Detector):
    """Looks in one column of identifiers for scientific notation, for ``.0`` behind all numbers, and for zeros that are lost."""

    def __init__(self, plan: Plan, seen: WatchedColumn) -> None:
        self._plan = plan
        self._seen = seen
        self._scientific: dict[str, list[int]] = {}
        self._floats: list[int] = []
        self._first_float = ""
        self._zeros: dict[int, int] = {}
        self._short: list[tuple[int, str]] = []
        self._plain = 0
        self._numeric: bool | None = None

    def see(self, view: View) -> None:
        """Look at a batch; a column that does not begin with numbers is looked at for exponents alone."""
        texts = view.columns[self._seen.column]
        joined = "\n".join(texts)
        if "E+" in joined or "e+" in joined:
            for number, text in zip(view.numbers, texts, strict=True):
                if _SCIENTIFIC.fullmatch(text):
                    self._scientific.setdefault(text, []).append(number)
        if self._numeric is None:
            self._numeric = any(t[:1].isdigit() for t in texts[:_FIRST])
        if not self._numeric:
            return
        for number, text in zip(view.numbers, texts, strict=True):
            if _DIGITS.fullmatch(text):
                self._plain += 1
                if text[0] == "0" and len(text) > 1:
                    self._zeros[len(text)] = self._zeros.get(len(text), 0) + 1
                elif len(self._short) < 10_000:
                    self._short.append((number, text))
            elif _FLOAT.fullmatch(text):
                self._floats.append(number)
                self._first_float = self._first_float or text

    def findings(self) -> Iterator[Finding]:
        """Tell what was found.

        Findings
        --------
        number-damaged, zeros-lost
        """
        for text, rows in self._scientific.items():
            fix = f"look up the identifier in the source: {text} is what is left of it when a spreadsheet takes it for a number"
            yield told(self._plan, self._seen, Issue("number-damaged", "an identifier with all of its digits", fix), rows, text)
        if self._floats and not self._plain:
            fix = f"write {self._first_float[:-2]!r}, and so in all of these rows: a program read the column as decimal numbers"
            issue = Issue("number-damaged", "an identifier without a decimal point", fix, "warning")
            yield told(self._plan, self._seen, issue, self._floats, self._first_float)
        yield from self._lost()

    def _lost(self) -> Iterator[Finding]:
        """Zeros are lost where numbers of one width, some with leading zeros, stand beside shorter ones without."""
        if len(self._zeros) != 1:
            return
        width, padded = next(iter(self._zeros.items()))
        short = [(row, text) for row, text in self._short if len(text) < width]
        if short and padded >= 2:
            first = short[0][1]
            issue = Issue(
                "zeros-lost",
                f"identifiers of {width} digits, as in the {padded} rows that begin with a zero",
                f"write {first.zfill(width)!r} instead of {first!r}, and so in all of these rows, if the zeros were lost",
            )
            yield told(self._plan, self._seen, issue, [row for row, _ in short], first)


def damaged_ids(columns: Columns) -> Iterator[DamagedIds]:
    """Make the detectors of columns that name something."""
    return (DamagedIds(columns.plan, s) for s in columns.seen if _names(s) and s.part == "value" and s.kind != "file")
