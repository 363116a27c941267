"""Drag-filled columns: dates, coordinates, descriptions, vocabulary words and accessions of projects that count up from row to row.

A spreadsheet that copies a cell down counts its last number up. Nobody samples at ``39.90 N 116.41 E``, ``116.42 E``, ``116.43 E``;
yet each of these cells alone is a good position. What is told is the run: where it begins and ends, and what would undo it.

Looked at are rows one below the other whose texts are equal but for one number, which goes up or down by one (in its last decimal
place, or whole); dates by calendar. Names, titles and identifiers count up by nature and are not looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import count, islice
from typing import TYPE_CHECKING, Final, NamedTuple

from ..findings import Issue
from .watch import Detector, shown_rows, told

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from ..findings import Finding
    from ..mapping.plan import Plan
    from .watch import Columns, View, WatchedColumn

__all__ = ["series"]

# Beyond so many batches the first rows of one in four are looked at, until a series was found: a filled column is filled all over.
_ALL: Final = 2
_EVERY: Final = 4
_WINDOW: Final = 128
# The texts of a run that a cell was dragged to stand nowhere else; a few may by chance.
_AGAIN: Final = 1.25
# Texts whose numbers are remembered.
_KNOWN: Final = 4_096
# New texts of a batch that are looked at one by one before the rows are.
_FRESH: Final = 100
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
    """A series that is still open; ``named`` where it counts as the names of its rows do."""

    __slots__ = ("named", "point", "rows", "step", "texts")

    def __init__(self, row: int, text: str, point: _Point, step: int, *, named: bool) -> None:
        self.texts = [text]
        self.rows = [row]
        self.point = point
        self.step = step
        self.named = named


class Series(Detector):
    """Looks for runs of texts that count up in one column."""

    def __init__(self, plan: Plan, seen: WatchedColumn, kind: _Kind, names: Sequence[int] = ()) -> None:
        self._plan = plan
        self._seen = seen
        self._kind = kind
        self._names = names
        self._points: dict[str, tuple[_Point, ...]] = {}
        self._run: _Run | None = None
        self._tail: list[tuple[int, str, str]] = []
        self._batches = 0
        self._names_rows = False
        self._counts: Counter[str] = Counter()
        self._weighed: set[str] = set()
        self._numbers: dict[Hashable, set[int]] = {}
        self._chained = False
        self._found: list[_Run] = []

    def see(self, view: View) -> None:
        """Look at a batch."""
        self._batches += 1
        if self._names_rows:
            return
        sampled = self._batches > _ALL and not self._found and self._run is None
        if sampled:
            self._tail = []
            if self._batches % _EVERY:
                return
        if len(self._counts) < _KNOWN:
            self._counts.update(view.columns[self._seen.column])
        window = _WINDOW if sampled else None
        if self._run is None and not self._possible(view.distinct(self._seen.column)):
            self._tail = []
            return
        rows = zip(view.numbers, view.columns[self._seen.column], self._names_of(view), strict=True)
        self._look([*self._tail, *islice(rows, window)], len(self._tail))
        if window and self._run is not None:
            # What began in the window may go on below it.
            self._look(list(rows), 0)

    def _look(self, rows: Sequence[tuple[int, str, str]], begin: int) -> None:
        self._walk(rows, begin)
        self._tail = list(rows[-2:])

    def _possible(self, texts: set[str]) -> bool:
        """Tell whether the texts met so far could make a run at all; where many differ, they may."""
        if self._chained or len(texts) < 3:
            return self._chained and len(texts) >= 3
        fresh = texts - self._weighed
        self._weighed |= fresh
        if len(fresh) > _FRESH or len(self._weighed) > _KNOWN:
            self._chained = True
            return True
        for point in (p for text in fresh for p in self._of(text)):
            numbers = self._numbers.setdefault(point.frame, set())
            numbers.add(point.number)
            up = next(i for i in count(1) if point.number + i not in numbers)
            down = next(i for i in count(1) if point.number - i not in numbers)
            self._chained = self._chained or up + down > self._kind.least
        return self._chained

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
                if self._run.named and len(self._run.rows) >= self._kind.least:
                    self._end()
                    return
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
        for _ in range(self._kind.least - 3):
            if at and _Point(point.frame, before.number - step) in self._of(rows[at - 1][1]):
                at -= 1
                before = _Point(point.frame, before.number - step)
        number, text, name = rows[at]
        self._run = _Run(number, text, before, step, named=self._named(before, name))
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
        run.point = wanted
        run.rows.append(number)
        run.texts.append(text)
        return True

    def _end(self) -> None:
        run, self._run = self._run, None
        if run is not None and len(run.rows) >= self._kind.least:
            # A column that counts with the names of its rows is one more name of them.
            if run.named:
                self._names_rows = True
            elif not self._recurs(run):
                self._found.append(run)

    def _recurs(self, run: _Run) -> bool:
        """Tell whether the texts of a run stand elsewhere, too: courses of time, numbered protocols; a dragged cell makes new ones."""
        return sum(self._counts[text] for text in run.texts) > _AGAIN * len(run.rows)

    def findings(self) -> Iterator[Finding]:
        """Tell each run once.

        Findings
        --------
        drag-fill-date, drag-fill-coordinates, drag-fill-text, drag-fill-reference
        """
        self._end()
        for run in self._found:
            if self._recurs(run):
                continue
            if self._kind.code == "drag-fill-text" and not self._damaged(run):
                continue
            total = len(run.rows)
            rest = shown_rows(run.rows[1:])
            first, last = repr(run.texts[0][:60]), repr(run.texts[-1][:60])
            expected = f"{self._kind.expected}, and not {total} that count {'up' if run.step > 0 else 'down'} from {first} to {last}"
            fix = f"if the cell of row {run.rows[0]} was dragged down, write {first} in {rest}; nothing, if the rows truly differ so"
            yield told(self._plan, self._seen, Issue(self._kind.code, expected, fix), run.rows, run.texts[0])

    def _damaged(self, run: _Run) -> bool:
        """Tell of a run of texts whether it is no numbering: one of words of a vocabulary breaks them, one of prose begins anywhere."""
        if self._seen.kind == "enum":
            return self._seen.reader.read(run.texts[0]).fate == "mapped" and self._seen.reader.read(run.texts[-1]).fate != "mapped"
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


def _dates(seen: WatchedColumn) -> Callable[[str], tuple[_Point, ...]]:
    """Points of a calendar: days where the day is given, else months, else years."""

    def points(text: str) -> tuple[_Point, ...]:
        values = seen.reader.alone(text).values
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
