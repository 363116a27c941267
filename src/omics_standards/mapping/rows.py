"""A batch of rows to records, ledger counts and findings: a pure function of the plan and the batch.

The work is done column by column, because that is where the repeats are, and in C loops (``map`` over a dictionary) where the
number of cells is: a row then costs a look-up per cell and an object per record.
"""

from __future__ import annotations

from array import array
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from ..findings import Finding, Issue, row_ranges
from ..records import BLANK, Record
from .ids import row_path
from .plan import identify, link_column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..records import Reading
    from ..tables import Batch
    from .plan import Plan, Template
    from .readers import Reader

__all__ = ["BatchResult", "Hits", "read_batch"]


class Hits:
    """Where readings with an issue were met: per reader and text, the rows; kept apart from findings until the end.

    A column of a million bad cells holds few distinct texts; their rows take four bytes each here.
    """

    def __init__(self) -> None:
        self.rows: dict[tuple[int, object], array[int]] = {}
        self.readings: dict[tuple[int, object], Reading] = {}

    def add(self, reader: int, text: object, reading: Reading, row: int) -> None:
        """Note that a reader met a reading with issues in a row."""
        key = (reader, text)
        if key not in self.rows:
            self.rows[key] = array("I")
            self.readings[key] = reading
        self.rows[key].append(row)

    def merge(self, other: Hits) -> None:
        """Take over the hits of a later batch."""
        for key, rows in other.rows.items():
            if key in self.rows:
                self.rows[key].extend(rows)
            else:
                self.rows[key] = rows
                self.readings[key] = other.readings[key]

    def findings(self, plan: Plan) -> list[Finding]:
        """Turn the hits into findings, one per reader, text and issue, with all their rows."""
        found = []
        for (index, text), rows in self.rows.items():
            reader = plan.readers[index]
            raw = text if isinstance(text, str) else next((t for t in text if t), "")  # type: ignore[attr-defined]
            role = reader.role.partition("#")[0]
            slot = f"{plan.table.records[role].cls}.{reader.slot}" if not reader.kept else ""
            for issue in self.readings[index, text].issues:
                # Hundreds of names that no bundle could check are one thing to know, not hundreds.
                value = None if issue.code == "term-unverifiable" else raw
                first = plan.address(rows[0], reader.columns[0])
                finding = issue.at(first, value=value, header=reader.header, slot=slot)
                found.append(_with_rows(finding, rows))
        return found


def _with_rows(finding: Finding, rows: Sequence[int]) -> Finding:
    if len(rows) == 1:
        return finding
    from dataclasses import replace

    return replace(finding, count=len(rows), rows=row_ranges(rows))


class BatchResult(NamedTuple):
    """What a batch of rows came to.

    ``records`` in row order, and within a row in the order of the profile's records; ``shared`` are those that many rows name,
    once each.
    """

    records: list[Record]
    shared: list[Record]
    fates: Counter[str]
    hits: Hits
    findings: list[Finding]
    rows: int


def read_batch(plan: Plan, batch: Batch) -> BatchResult:
    """Read a batch of rows.

    Parameters
    ----------
    plan
        The plan of the sheet.
    batch
        Rows of equal width with their row numbers.

    Returns
    -------
    BatchResult
        The counts cover every non-blank cell of the batch once.
    """
    fates: Counter[str] = Counter()
    rows, numbers = batch.rows, batch.numbers
    if plan.skip is not None:
        rows, numbers = _without_examples(plan, batch, fates)
    if not rows:
        return BatchResult([], [], fates, Hits(), [], 0)
    plan.widen(len(rows[0]))
    columns = list(zip(*rows, strict=True))
    hits, findings = Hits(), []
    count = len(rows)
    for column in plan.structural:
        fates["structural"] += count - columns[column].count("")
    read: list[list[Reading]] = []
    for index, reader in enumerate(plan.readers):
        readings = reader.column(columns)
        read.append(readings)
        if reader.counted:
            _count(index, reader, readings, columns, numbers, fates, hits)
        if reader.required:
            findings += _required(plan, reader, readings, numbers)
    records, shared, more = _records(plan, columns, read, numbers)
    return BatchResult(records, shared, fates, hits, findings + more, count)


def _count(
    index: int,
    reader: Reader,
    readings: Sequence[Reading],
    columns: Sequence[Sequence[str]],
    numbers: Sequence[int],
    fates: Counter[str],
    hits: Hits,
) -> None:
    """Count the fate of every cell of a reader, and note where its issues were met."""
    total = sum(len(readings) - columns[c].count("") for c in reader.columns)
    normal = "kept" if reader.kept else "mapped"
    single = len(reader.columns) == 1
    for i, reading in enumerate(readings):
        if reading.odd:
            texts = tuple(columns[c][i] for c in reader.columns)
            if reading.fate != normal:
                cells = 1 if single else sum(map(bool, texts))
                fates[reading.fate] += cells
                total -= cells
            if reading.issues:
                hits.add(index, texts[0] if single else texts, reading, numbers[i])
    fates[normal] += total


def _required(plan: Plan, reader: Reader, readings: Sequence[Reading], numbers: Sequence[int]) -> list[Finding]:
    if BLANK not in readings:
        return []
    blank = [n for n, r in zip(numbers, readings, strict=True) if r is BLANK]
    issue = Issue("value-required", f"a value, or a reason for its absence such as 'not collected' ({plan.profile.title} requires it)", "fill the cell")
    first = plan.address(blank[0], reader.columns[0])
    return [_with_rows(issue.at(first, header=reader.header), blank)]


def _without_examples(plan: Plan, batch: Batch, fates: Counter[str]) -> tuple[list[list[str]], list[int]]:
    """Leave out rows that the profile knows as examples or template residue; their cells are structure."""
    rows, numbers = [], []
    assert plan.skip is not None
    for row, number in zip(batch.rows, batch.numbers, strict=True):
        first = next((c for c in row if c), "")
        if plan.skip.search(first):
            fates["structural"] += sum(map(bool, row))
        else:
            rows.append(row)
            numbers.append(number)
    return rows, numbers


def _records(
    plan: Plan, columns: Sequence[Sequence[str]], read: Sequence[list[Reading]], numbers: Sequence[int]
) -> tuple[list[Record], list[Record], list[Finding]]:
    """Build the records of a batch, row by row; those that many rows share apart, where nothing will join them."""
    count = len(numbers)
    ids = [identify(t, columns, count) for t in plan.templates]
    findings: list[Finding] = []
    for t, template in enumerate(plan.templates):
        if None in ids[t] and template.readers and not template.stub:
            findings += _unnamed(plan, template, ids[t], [read[i] for i in template.readers], numbers)
    made: list[list[Record | None]] = []
    shared: dict[tuple[str, str], Record] = {}
    for t, template in enumerate(plan.templates):
        parts: list[list[Reading]] = [read[i] for i in template.readers]
        parts += [link_column(slot, plan.templates[target].cls, ids[target]) for slot, target in template.links]
        parts += [[c] * count for c in template.constants]
        cls, fields, stub = template.cls, template.fields, template.stub
        rows = zip(*parts, strict=True) if parts else [()] * count
        if template.shared and plan.streams:
            for i, r, n in zip(ids[t], rows, numbers, strict=True):
                if i is not None and (cls, i) not in shared:
                    shared[cls, i] = Record(cls, i, r, fields, n, stub=stub)
        else:
            made.append([Record(cls, i, r, fields, n, stub=stub) if i else None for i, r, n in zip(ids[t], rows, numbers, strict=True)])
    return [r for row in zip(*made, strict=True) for r in row if r is not None], list(shared.values()), findings


def _unnamed(
    plan: Plan, template: Template, ids: list[str | None], parts: Sequence[list[Reading]], numbers: Sequence[int]
) -> list[Finding]:
    """Give records without an id cell the sheet and row as their name; say so."""
    rows = []
    for i, known in enumerate(ids):
        if known is None and any(p[i] is not BLANK for p in parts):
            ids[i] = row_path(template.cls, plan.source.sheet or plan.source.file, numbers[i])
            rows.append(numbers[i])
    if not rows or template.role != plan.table.main:
        return []
    wanted = " or ".join(repr(x) for x in plan.table.records[template.role.partition('#')[0]].id) or "an identifier"
    issue = Issue("id-missing", f"a name or an accession in {wanted}", "name the record; until then sheet and row stand for it")
    return [_with_rows(issue.at(plan.address(rows[0], 0)), rows)]
