"""Detectors: what whole columns and tables show that no single cell does. Batches of rows pass, findings come out at the end.

A maker of detectors takes the columns of a sheet and chooses those that it has something to look for in. A detector either asks for
the distinct texts of a column, which are gathered once for all of them, or looks at the batches itself, in the order of the rows;
it remembers little: counts, samples, open runs. It goes by the slot and the kind of a column, never by its header, so that
it works in every format that has the slot. All of them stand in :data:`omics_standards.checks.detectors.DETECTORS`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from ..findings import row_ranges
from ..mapping.rows import data_rows, with_rows
from ..models.slots import MODEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ..findings import Finding, Issue
    from ..mapping.plan import Plan
    from ..mapping.readers import Reader
    from ..models.slots import SlotDef
    from ..tables import Batch

__all__ = ["Columns", "Detector", "Texts", "View", "Watch", "WatchedColumn", "columns_of", "shown_rows", "told"]

# From so many distinct texts on, a column is one of identifiers or of free text: what is counted of its texts no longer says anything.
DISTINCT_LIMIT: Final = 1_000
_FEW: Final = 100
# Beyond so many batches one in four is looked at, until one of the texts asked for was met.
ALL_BATCHES: Final = 4
_EVERY: Final = 4


class WatchedColumn(NamedTuple):
    """A column of the sheet, and what the plan reads in it.

    Attributes
    ----------
    column
        0-based position.
    kind
        Name of the step that reads it (``date``, ``geopoint``, ``string``, …), ``kept`` for a column that no slot takes.
    part
        ``value``, or what a companion is of the column it goes with (``unit``, ``longitude``, …).
    cls, slot
        Class and slot that it feeds; slot None for a kept column.
    """

    column: int
    header: str
    reader: Reader
    kind: str
    part: str
    role: str
    cls: str
    slot: SlotDef | None

    @property
    def name(self) -> str:
        """Name of the slot, '' for a kept column."""
        return self.slot.name if self.slot else ""


def columns_of(plan: Plan) -> list[WatchedColumn]:
    """Describe the columns of a plan, each once: as the reader sees it that answers for its cells.

    Parameters
    ----------
    plan
        The plan of a sheet.

    Returns
    -------
    list of WatchedColumn
        In the order of the readers; columns of furniture are left out.
    """
    found: dict[int, WatchedColumn] = {}
    for reader in plan.readers:
        step = getattr(reader.read, "step", None)
        parts = step.parts if step is not None and len(step.parts) == len(reader.columns) else ("value",) * len(reader.columns)
        role = reader.role.partition("#")[0]
        for part, column in zip(parts, reader.columns, strict=True):
            if not reader.counted or column in found or column >= len(plan.headers):
                continue
            kept = reader.kept or step is None
            slot = None if kept else MODEL.slot(plan.table.records[role].cls, reader.slot)
            kind = "kept" if kept else step.kind  # type: ignore[union-attr]
            found[column] = WatchedColumn(column, plan.headers[column], reader, kind, part, reader.role, plan.table.records[role].cls, slot)
    return list(found.values())


class View:
    """A batch of rows, by column."""

    def __init__(self, batch: Batch) -> None:
        self.numbers = batch.numbers
        self.columns = batch.columns
        self._distinct: dict[int, set[str]] = {}

    def distinct(self, column: int) -> set[str]:
        """The distinct texts of a column in this batch; '' among them where a cell is blank."""
        known = self._distinct.get(column)
        if known is None:
            known = self._distinct[column] = set(self.columns[column])
        return known

    def rows_of(self, column: int, text: str) -> list[int]:
        """Numbers of the rows that have a text in a column."""
        return [n for n, t in zip(self.numbers, self.columns[column], strict=True) if t == text]


class Texts:
    """The distinct texts of a column, as long as they are few, with the rows of those that a detector asks for.

    Attributes
    ----------
    known
        Distinct texts in the order of the rows; blank ones are left out.
    many
        True from the row on in which they became too many: nothing was remembered after it.
    filled
        Number of rows whose cell is not blank, as far as it was looked at.
    """

    def __init__(self, column: int) -> None:
        self.column = column
        self.known: dict[str, None] = {}
        self.many = False
        self.filled = 0
        self._batches = 0
        self._wanted: list[tuple[Callable[[str], object], dict[str, list[int]]]] = []
        self._rows: dict[str, list[int]] = {}

    def want(self, wanted: Callable[[str], object]) -> dict[str, list[int]]:
        """Ask for the rows of the texts that a test holds for; the answer fills while the batches pass."""
        found: dict[str, list[int]] = {}
        self._wanted.append((wanted, found))
        return found

    def see(self, view: View) -> None:
        """Look at a batch."""
        self._batches += 1
        if self.many or (self._batches > ALL_BATCHES and self._batches % _EVERY and not self._rows):
            return
        texts = view.distinct(self.column)
        fresh = texts - self.known.keys()
        if len(fresh) > 1:
            # In the order of the rows, so that the outcome never depends on how a set is ordered.
            self._meet([t for t in dict.fromkeys(view.columns[self.column]) if t in fresh and t])
        elif fresh:
            self._meet([t for t in fresh if t])
        self.filled += len(view.numbers) - view.columns[self.column].count("")
        for text in self._rows.keys() & texts if self._rows else ():
            self._rows[text] += view.rows_of(self.column, text)

    def _meet(self, fresh: Sequence[str]) -> None:
        self.many = len(self.known) + len(fresh) > DISTINCT_LIMIT
        # Of a column of identifiers a few texts are enough to know what it holds.
        for text in fresh[:_FEW] if self.many else fresh:
            self.known[text] = None
            for wanted, found in self._wanted:
                if wanted(text):
                    found[text] = self._rows.setdefault(text, [])


class Columns:
    """The columns of a sheet, for the detectors to choose from.

    Parameters
    ----------
    plan
        The plan of the sheet.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.seen = columns_of(plan)
        self.watched: dict[int, Texts] = {}

    def texts(self, seen: WatchedColumn) -> Texts:
        """The distinct texts of a column; shared by all detectors that ask for it."""
        return self.watched.setdefault(seen.column, Texts(seen.column))


class Detector:
    """One way of looking at a sheet."""

    def see(self, view: View) -> None:
        """Look at a batch; batches come in the order of the rows."""

    def findings(self) -> Iterable[Finding]:
        """Say what was seen; called once, when all rows have passed."""
        raise NotImplementedError


class Watch:
    """All detectors of a sheet.

    Parameters
    ----------
    plan
        The plan of the sheet.
    makers
        What makes the detectors: from the columns of a sheet to those that have something to look at in it.
    """

    def __init__(self, plan: Plan, makers: Iterable[Callable[[Columns], Iterable[Detector]]]) -> None:
        self._plan = plan
        columns = Columns(plan)
        self._detectors = [d for make in makers for d in make(columns)]
        self._texts = list(columns.watched.values())
        self._seeing = [d for d in self._detectors if type(d).see is not Detector.see]

    def over(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """Pass batches on, and look at each once it was read: its texts are hashed by then."""
        for batch in batches:
            yield batch
            self._see(data_rows(self._plan, batch, Counter()))
            # The next batch is made in the memory of this one, which the processor still has at hand.
            del batch

    def _see(self, batch: Batch) -> None:
        if batch.rows:
            view = View(batch)
            for texts in self._texts:
                texts.see(view)
            for detector in self._seeing:
                detector.see(view)

    def findings(self) -> list[Finding]:
        """Return what all of them have to say."""
        return [f for d in self._detectors for f in d.findings()]


def told(plan: Plan, seen: WatchedColumn, issue: Issue, rows: Sequence[int], value: str | None = None) -> Finding:
    """Make one finding of an issue of a column, with all of its rows; on the header where there are none.

    Parameters
    ----------
    plan, seen
        The sheet and the column.
    issue
        What there is to say.
    rows
        Row numbers; the first is the one shown.
    value
        The raw text of that row; None where it is about no one text.

    Returns
    -------
    Finding
    """
    slot = f"{seen.cls}.{seen.name}" if seen.slot else ""
    if not rows:
        return issue.at(plan.address(plan.header_row or None, seen.column), value=value, header=seen.header, slot=slot)
    finding = issue.at(plan.address(rows[0], seen.column), value=value, header=seen.header, slot=slot)
    shown = [plan.address(r, seen.column).row or r for r in rows] if plan.source.grid else ()
    return with_rows(finding, rows, shown)


def shown_rows(rows: Sequence[int]) -> str:
    """Row numbers for a sentence, the beginning of them where they are many.

    Examples
    --------
    >>> shown_rows([4]), shown_rows([4, 5, 6]), shown_rows([])
    ('row 4', 'rows 4-6', 'no row')
    """
    if not rows:
        return "no row"
    text = row_ranges(rows)
    cut = text if len(text) < 60 else text[:50].rpartition(",")[0] + ", …"
    return f"row {cut}" if len(rows) == 1 else f"rows {cut}"
