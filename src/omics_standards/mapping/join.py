"""The one stage with a memory: records of the same class and id, from any row, sheet or file, become one.

Most records of most tables are told by one row. Batches therefore wait as they were read, by column; only the rows of records that
several rows speak of are taken apart. A slot of one value that two rows fill differently is a conflict: the first value stays, the
other goes to the record's ``rejected`` list, and the finding names both cells. A record that the input calls by its name in one
place and by its accession in another becomes one under the accession.
"""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from ..findings import Finding, Issue
from ..records import Block, Link, LinkColumn, Reading, Record
from .columns import in_order, rows_that_meet, without_repeats
from .ids import is_local, local_path
from .merge import Merger, record_of
from .store import CELL_LIMIT, MEMORY_LIMIT, BatchStore, Merged, RecordStore

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

__all__ = ["Join"]

Key = tuple[str, str]


class Join:
    """Gathers the records of all sheets of an input.

    Parameters
    ----------
    limit
        Records that several rows speak of kept in memory; beyond it they wait in a temporary file.
    cells
        Cells kept in memory; beyond it batches wait in a temporary file.
    """

    def __init__(self, limit: int = MEMORY_LIMIT, cells: int = CELL_LIMIT) -> None:
        self._batches = BatchStore(cells)
        self._records = RecordStore(limit)
        # Eight bytes for each record of a batch; two ids of one hash are taken apart for nothing, and that is all.
        self._met: dict[str, array[int]] = {}
        self._local: set[str] = set()
        self._merger = Merger()
        self._dangling: list[Finding] = []

    @property
    def findings(self) -> list[Finding]:
        """What joining has to say; whole when :meth:`finish` has ended."""
        return [*self._merger.findings, *self._dangling]

    def add(self, records: Iterable[Record]) -> None:
        """Take over single records."""
        blocks = [Block(r.cls, [r.id], [[x] for x in r.readings], r.fields, [r.row_of(0)], stub=r.stub) for r in records]
        if blocks:
            self.add_blocks(blocks)

    def add_blocks(self, blocks: Sequence[Block]) -> None:
        """Take over the records of a batch of rows."""
        fresh = [without_repeats(b) for b in blocks]
        for block in fresh:
            met = self._met.setdefault(block.cls, array("q"))
            met.extend(hash(i) for i in block.ids if i is not None)
            if block.cls not in self._local and any(i is not None and is_local(i) for i in block.ids):
                self._local.add(block.cls)
        self._batches.add(fresh)

    def finish(self, fates: Counter[str], *, expect: frozenset[str] = frozenset()) -> Iterator[list[Block]]:
        """Join names with accessions and yield the records, batch by batch, in the order in which they were first met.

        Parameters
        ----------
        fates
            The ledger's counts; a cell that loses a conflict moves from ``mapped`` to ``rejected``.
        expect
            Classes that the input describes itself: a record of these that is only referred to is a finding.

        Findings
        --------
        conflict, reference-dangling
        """
        renamed = self._renamed()
        several = {cls: _repeated(met) for cls, met in self._met.items()}
        for cls, source in renamed:
            several[cls] |= {hash(source), hash(renamed[cls, source])}
        if any(several.values()):
            for blocks in self._batches:
                for block in blocks:
                    self._gather(relinked(block, renamed), several[block.cls], renamed, fates)
        for blocks in self._batches:
            yield [self._ready(relinked(b, renamed), several[b.cls], renamed, fates, expect) for b in blocks]
        self._batches.close()
        self._records.close()

    def _gather(self, block: Block, several: Set[int], renamed: Mapping[Key, str], fates: Counter[str]) -> None:
        """Join the rows of a batch that speak of records of which others speak, too."""
        if not any(i is not None and hash(i) in several for i in block.ids):
            return
        for record in block:
            if record is not None and hash(record.id) in several:
                key = (record.cls, renamed.get((record.cls, record.id), record.id))
                self._merger.add(self._records.get(key) or self._records.make(key), record, fates)
        self._records.settle()

    def _ready(self, block: Block, several: Set[int], renamed: Mapping[Key, str], fates: Counter[str], expect: frozenset[str]) -> Block:
        """Put the joined records of a batch into the places where they were first met."""
        cls, ids, joined = block.cls, list(block.ids), {}
        for place, record_id in enumerate(block.ids) if several else ():
            if record_id is not None and hash(record_id) in several:
                ids[place] = None
                merged = self._records.take((cls, renamed.get((cls, record_id), record_id)))
                if merged is not None:
                    joined[place] = record_of(merged)
        ordered = in_order(Block(cls, ids, block.columns, block.fields, block.rows, stub=block.stub))
        ready, meeting = rows_that_meet(ordered)
        for place, record in enumerate(ordered) if meeting else ():
            if record is not None and place in meeting:
                merged = Merged(cls, record.id)
                self._merger.add(merged, record, fates)
                ids[place], joined[place] = None, record_of(merged)
        whole = Block(cls, ids, ready.columns, ready.fields, ready.rows, stub=ready.stub, joined=joined)
        if cls in expect and (block.stub or any(r.stub for r in joined.values())):
            self._dangling += [f for r in whole if r is not None and r.stub for f in _dangling(r)]
        return whole

    def _renamed(self) -> dict[Key, str]:
        """Records known by a name of which one accession goes: by class and local id, the accession's id."""
        if not self._local:
            return {}
        names: dict[Key, str | None] = {}
        local: set[Key] = set()
        for blocks in self._batches:
            for block in blocks:
                if block.cls not in self._local:
                    continue
                column = [c for c, f in zip(block.columns, block.fields, strict=True) if f.slot == "name"]
                for readings in column:
                    for record_id, reading in zip(block.ids, readings, strict=True):
                        if record_id is not None and not is_local(record_id) and reading.slot == "name":
                            for value in reading.values:
                                key = (block.cls, local_path(block.cls, str(value)))
                                names[key] = record_id if names.setdefault(key, record_id) == record_id else None
                local |= {(block.cls, i) for i in block.ids if i is not None and is_local(i)}
        return {key: target for key, target in names.items() if target is not None and key in local}


def relinked(block: Block, renamed: Mapping[Key, str]) -> Block:
    """Let the links of a batch point to what their targets have become."""
    if not renamed:
        return block
    columns = [
        LinkColumn(c.slot, c.target, [i and renamed.get((c.target, i), i) for i in c.ids])
        if isinstance(c, LinkColumn)
        else [_relink(r, renamed) for r in c]
        if isinstance(c, list)
        else c
        for c in block.columns
    ]
    return Block(block.cls, block.ids, columns, block.fields, block.rows, stub=block.stub)


def _relink(reading: Reading, renamed: Mapping[Key, str]) -> Reading:
    if isinstance(reading, Link):
        target = renamed.get((reading.target, str(reading.values[0])))
        if target is not None:
            return Link(reading.slot, reading.target, target)
    return reading


def _repeated(hashes: array[int]) -> set[int]:
    """Return the values that stand there more than once."""
    if len(set(hashes)) == len(hashes):
        return set()
    return {a for a, b in pairwise(sorted(hashes)) if a == b}


def _dangling(record: Record) -> Iterator[Finding]:
    """Say of a record that no row describes where it is referred to."""
    named = [i for i, r in enumerate(record.readings) if r.slot in ("accessions", "name") and r.values]
    first = min(named, key=lambda i: record.readings[i].slot, default=None)
    if first is not None:
        issue = Issue("reference-dangling", f"a row that describes {record.id}", "add the row, or correct the name")
        reading, field = record.readings[first], record.fields[first]
        value = reading.raw_text() or str(reading.values[0])
        yield issue.at(field.address(record.row_of(first)), value=value, header=field.header, slot=f"{record.cls}.id")
