"""Drag-filled columns: dates, coordinates, descriptions, vocabulary words and accessions of projects that count up from row to row.

A spreadsheet that copies a cell down counts its last number up. Nobody samples at ``39.90 N 116.41 E``, ``116.42 E``, ``116.43 E``;
yet each of these cells alone is a good position. What is told is the run: where it begins and ends, and what would undo it.

Looked at are rows one below the other whose texts are equal but for one number, which goes up or down by one (in its last decimal
place, or whole); dates by calendar. Names, titles and identifiers count up by nature and are not looked at.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from ..findings import Issue
from .watch import Detector, shown_rows, told

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from ..findings import Finding
    from ..mapping.plan import Plan
    from .watch import Columns, Seen, View

__all__ = ["series"]

# Beyond so many batches one in four is looked at, until a series was found: a filled column is filled all over.
_ALL: Final = 16
_EVERY: Final = 4
# Texts whose numbers are remembered.
_KNOWN: Final = 4_096
# Longest text that is looked at; numbers of at most 15 digits are exact.
_LONGEST: Final = 2_000
_NUMBER: Final = re.compile(r"(?<![\d.])\d{1,15}(?:\.\d{1,12})?(?![\d.]*\d)")

# Slots of free text that says how or what, and names nothing.
_PROSE: Final = re.compile(r"description|design|assay_design|biomaterial_provider|collected_by|.*_(protocol|method|conditions)")
# Records that many samples or runs share: their accessions do not count up with the rows.
_SHARED: Final = frozenset({"Project", "Study", "Publication", "Dataset", "Protocol", "Organization"})


class _Point(NamedTuple):
    """A text as a point of a series: two are neighbours where ``frame`` is equal and ``number`` differs by one."""

    frame: Hashable
    number: int


class _Kind(NamedTuple):
    """What is special about the series of one kind of column."""

    code: str
    least: int
    points: Callable[[str], tuple[_Point, ...]]
    expected: str


class _Run:
    """A series that is still open: where it began, and the last text of it."""

    __slots__ = ("first", "last", "point", "rows", "step")

    def __init__(self, row: int, text: str, point: _Point, step: int) -> None:
        self.first = self.last = text
        self.rows = [row]
        self.point = point
        self.step = step


class Series(Detector):
    """Looks for runs of texts that count up in one column."""

    def __init__(self, plan: Plan, seen: Seen, kind: _Kind, names: Sequence[int] = ()) -> None:
        self._plan = plan
        self._seen = seen
        self._kind = kind
        self._names = names
        self._points: dict[str, tuple[_Point, ...]] = {}
        self._run: _Run | None = None
        self._tail: list[tuple[int, str, str]] = []
        self._batches = 0
        self._found: list[_Run] = []

    def see(self, view: View) -> None:
        """Look at a batch."""
        self._batches += 1
        if self._batches > _ALL and self._batches % _EVERY and not self._found:
            self._end()
            self._tail = []
            return
        if len(view.distinct(self._seen.column)) < 3 and self._run is None:
            self._tail = []
            return
        texts = view.columns[self._seen.column]
        names = self._names_of(view)
        rows = [*self._tail, *zip(view.numbers, texts, names, strict=True)]
        self._tail = rows[-2:]
        self._walk(rows, 2 if len(rows) > len(texts) + 1 else len(rows) - len(texts))

    def _names_of(self, view: View) -> Iterable[str]:
        if not self._names:
            return [""] * len(view.numbers)
        return map(" ".join, zip(*(view.columns[c] for c in self._names), strict=True))

    def _walk(self, rows: Sequence[tuple[int, str, str]], begin: int) -> None:
        """Go down the rows; while no run is open, leave out as many as no run of the least length can hide between."""
        at = max(begin - 2, 0) if self._run is None else begin
        end = len(rows)
        while at < end:
            if self._run is not None:
                if not self._goes_on(rows[at]):
                    self._end()
                    continue
                at += 1
            elif at + 2 < end and self._begins(rows, at):
                at = self._open(rows, at)
            else:
                at += self._kind.least - 2

    def _begins(self, rows: Sequence[tuple[int, str, str]], at: int) -> bool:
        first, second, third = rows[at][1], rows[at + 1][1], rows[at + 2][1]
        if not first or not second or second in (first, third) or abs(len(first) - len(second)) > 1:
            return False
        return self._step(first, second) is not None and self._step(second, third) is not None

    def _step(self, first: str, second: str) -> tuple[_Point, int] | None:
        """The point of the second text and the step to it, where the two are neighbours in a series."""
        after = self._of(second)
        for point in self._of(first):
            for other in after:
                if point.frame == other.frame and abs(other.number - point.number) == 1:
                    return other, other.number - point.number
        return None

    def _of(self, text: str) -> tuple[_Point, ...]:
        known = self._points.get(text)
        if known is None:
            known = self._kind.points(text)
            if len(self._points) < _KNOWN:
                self._points[text] = known
        return known

    def _open(self, rows: Sequence[tuple[int, str, str]], at: int) -> int:
        """Open a run at a row, or at those above it that belong to it; return the row to go on with."""
        found = self._step(rows[at][1], rows[at + 1][1])
        assert found is not None
        point, step = found
        before = _Point(point.frame, point.number - step)
        after = at + 1
        while at and _Point(point.frame, before.number - step) in self._of(rows[at - 1][1]):
            at -= 1
            before = _Point(point.frame, before.number - step)
        number, text, name = rows[at]
        if self._named(before, name):
            return after + 1
        self._run = _Run(number, text, before, step)
        return at + 1

    def _named(self, point: _Point, name: str) -> bool:
        """Tell whether the number that counts is that of the row's own name."""
        return bool(name) and str(point.number) in [n.lstrip("0") or "0" for n in re.findall(r"\d+", name)]

    def _goes_on(self, row: tuple[int, str, str]) -> bool:
        run = self._run
        assert run is not None
        number, text, _ = row
        wanted = _Point(run.point.frame, run.point.number + run.step)
        if not text or wanted not in self._of(text):
            return False
        run.point, run.last = wanted, text
        run.rows.append(number)
        return True

    def _end(self) -> None:
        run, self._run = self._run, None
        if run is not None and len(run.rows) >= self._kind.least:
            self._found.append(run)

    def findings(self) -> Iterator[Finding]:
        """Tell each run once.

        Findings
        --------
        drag-fill-date, drag-fill-coordinates, drag-fill-text, drag-fill-reference
        """
        self._end()
        for run in self._found:
            if self._kind.code == "drag-fill-text" and not self._damaged(run):
                continue
            count = len(run.rows)
            rest = shown_rows(run.rows[1:])
            first, last = repr(run.first[:60]), repr(run.last[:60])
            expected = f"{self._kind.expected}, and not {count} that count {'up' if run.step > 0 else 'down'} from {first} to {last}"
            fix = f"if the cell of row {run.rows[0]} was dragged down, write {first} in {rest}; nothing, if the rows truly differ so"
            yield told(self._plan, self._seen, Issue(self._kind.code, expected, fix), run.rows, run.first)

    def _damaged(self, run: _Run) -> bool:
        """Tell of a run of texts whether it is no numbering: one of words of a vocabulary breaks them, one of prose begins anywhere."""
        if self._seen.kind == "enum":
            return self._seen.reader.read(run.first).fate == "mapped" and self._seen.reader.read(run.last).fate != "mapped"
        return run.point.number - run.step * (len(run.rows) - 1) > 1


def _numbers(text: str) -> tuple[_Point, ...]:
    """Every number of a text as the one that may count: whole, or in its last decimal place.

    Examples
    --------
    >>> [p.number for p in _numbers("30.5 N 120.1 E")]
    [305, 30, 1201, 120]
    >>> _numbers("no number")
    ()
    """
    if len(text) > _LONGEST:
        return ()
    found = []
    for hit in _NUMBER.finditer(text):
        whole, point, part = hit[0].partition(".")
        around = (text[: hit.start()], text[hit.end() :])
        found.append(_Point((*around, len(part)), int(whole + part)))
        if point:
            found.append(_Point((*around, part), int(whole)))
    return tuple(found)


def _digits(text: str) -> tuple[_Point, ...]:
    """The number at the end of a text, as accessions and taxon numbers have it."""
    found = re.fullmatch(r"(\D*?[A-Za-z:_.-]*)(\d{1,15})", text)
    return (_Point((found[1], len(found[2]) if found[2][0] == "0" else 0), int(found[2])),) if found else ()


def _dates(seen: Seen) -> Callable[[str], tuple[_Point, ...]]:
    """Points of a calendar: days where the day is given, else months, else years."""

    def points(text: str) -> tuple[_Point, ...]:
        values = seen.reader.read(text).values
        parts = str(values[0]).partition("T")[0].split("-") if values else []
        if not all(p.isdigit() for p in parts) or not 1 <= len(parts) <= 3:
            return ()
        year, *rest = map(int, parts)
        if not rest:
            return (_Point("year", year),)
        if len(rest) == 1:
            return (_Point("month", 12 * year + rest[0]), _Point(("year", rest[0]), year))
        day = date(year, *rest).toordinal()
        return (_Point("day", day), _Point(("year", *rest), year), _Point(("month", rest[1]), 12 * year + rest[0]))

    return points


def series(columns: Columns) -> Iterator[Series]:
    """Make the detectors of the columns in which a series is no numbering.

    Parameters
    ----------
    columns
        The columns of a sheet.

    Yields
    ------
    Series
    """
    plan = columns.plan
    names = tuple(s.column for s in columns.seen if s.name in ("name", "title", "alternative_names"))
    for seen in columns.seen:
        if seen.kind == "date" and len(seen.reader.columns) == 1:
            yield Series(plan, seen, _Kind("drag-fill-date", 5, _dates(seen), "one date for what was done on one day"))
        elif seen.kind in ("geopoint", "point") and seen.part in ("value", "longitude"):
            yield Series(plan, seen, _Kind("drag-fill-coordinates", 4, _numbers, "one position for what was taken at one place"))
        elif seen.kind == "enum" and seen.name != "read_index":
            yield Series(plan, seen, _Kind("drag-fill-text", 3, _numbers, "one word of the vocabulary"))
        elif seen.kind == "string" and _PROSE.fullmatch(seen.name):
            yield Series(plan, seen, _Kind("drag-fill-text", 4, _numbers, "one text for what was done in one way"), names)
        elif seen.cls in _SHARED and seen.role != plan.table.main and seen.name in ("accessions", "name") and seen.part == "value":
            yield Series(plan, seen, _Kind("drag-fill-reference", 3, _digits, "one accession for what many rows belong to"))
        elif seen.kind == "term" and seen.slot is not None and seen.slot.ontologies == ("NCBITaxon",) and len(seen.reader.columns) == 1:
            yield Series(plan, seen, _Kind("drag-fill-reference", 3, _digits, "one taxon"))
