"""The one stage with a memory: records of the same class and id, from any row, sheet or file, become one.

Most records of most tables are told by one row. Batches therefore wait as they were read, by column; only the rows of records that
several rows speak of are taken apart (:mod:`.merge`). Which ids are one, names and accessions among them, is found before
(:mod:`.identity`).
"""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from ..findings import Finding, Issue
from ..records import Block, Link, LinkColumn, Reading, Record
from .columns import in_order, repeats_of, rows_that_meet
from .identity import Identities
from .merge import Gathered, GatheredInFile, Merger, record_of
from .references import References, relink
from .store import CELL_LIMIT, MEMORY_LIMIT, BatchStore, Merged

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
        self._limit = limit
        # Eight bytes for each record of a batch; two ids of one hash are taken apart for nothing, and that is all.
        self._met: dict[str, array[int]] = {}
        self._spaces: dict[str, set[str]] = {}
        self._sources: dict[str, set[tuple[str, str]]] = {}
        self._references = References()
        self._merger = Merger()
        self._gathered: Gathered | GatheredInFile
        self.findings: list[Finding] = []
        """What joining has to say; whole when :meth:`finish` has ended."""

    def add(self, records: Iterable[Record]) -> None:
        """Take over single records."""
        blocks = [Block(r.cls, [r.id], [[x] for x in r.readings], r.fields, [r.row_of(0)], stub=r.stub) for r in records]
        if blocks:
            self.add_blocks(blocks)

    def add_blocks(self, blocks: Sequence[Block]) -> None:
        """Take over the records of a batch of rows."""
        for block in blocks:
            ids = [i for i in block.ids if i is not None]
            block.again = repeats_of(block)
            fresh = [i for k, i in enumerate(block.ids) if i is not None and k not in block.again] if block.again else ids
            self._met.setdefault(block.cls, array("q")).extend(map(hash, fresh))
            self._spaces.setdefault(block.cls, set()).update({i[: i.find(":") + 1] for i in fresh})
            self._sources.setdefault(block.cls, set()).update({f.source[:2] for f in block.fields if fresh and not block.stub})
        self._references.see(blocks)
        self._batches.add(blocks)

    def finish(self, fates: Counter[str], *, expect: frozenset[str] = frozenset()) -> Iterator[list[Block]]:
        """Find which ids are one, and yield the records, batch by batch, in the order in which they were first met.

        Parameters
        ----------
        fates
            The ledger's counts; a cell that loses a conflict moves from ``mapped`` to ``rejected``.
        expect
            Classes that the input describes itself: a record of these that is only referred to is a finding.

        Findings
        --------
        conflict, identifiers-contradict, name-ambiguous, names-differ, reference-dangling
        """
        identities = Identities(self._spaces, self._sources)
        renamed = identities.renamed(self._batches)
        several = {cls: _repeated(met) for cls, met in self._met.items()}
        for source, target in renamed.items():
            for cls, record_id in (source, target):
                several[cls].add(hash(record_id))
        self._gathered = GatheredInFile(self._merger, fates, self._limit) if self._batches.spilled else Gathered(self._merger, fates)
        if any(several.values()):
            for blocks in self._batches:
                for block in blocks:
                    self._gather(relinked(block, renamed), several[block.cls], renamed)
        for blocks in self._batches:
            yield [self._ready(relinked(b, renamed), several[b.cls], renamed, fates, expect) for b in blocks]
        if self._references:
            met = {cls: set(hashes) for cls, hashes in self._met.items()}
            yield from self._references.stubs(lambda cls, i: hash(i) in met.get(cls, ()), renamed, expect)
        self.findings += [*identities.findings, *self._merger.findings, *self._references.findings]
        self._batches.close()
        self._gathered.close()

    def _gather(self, block: Block, several: Set[int], renamed: Mapping[Key, Key]) -> None:
        """Gather the rows of a batch that speak of records of which others speak, too."""
        if not any(i is not None and hash(i) in several for i in block.ids):
            return
        for place, record in enumerate(block):
            if record is not None and hash(record.id) in several:
                key = renamed.get((record.cls, record.id), (record.cls, record.id))
                self._gathered.add(key, record, again=place in block.again)
        self._gathered.settle()

    def _ready(self, block: Block, several: Set[int], renamed: Mapping[Key, Key], fates: Counter[str], expect: frozenset[str]) -> Block:
        """Put the joined records of a batch into the places where they were first met."""
        cls, ids = block.cls, [None if k in block.again else i for k, i in enumerate(block.ids)]
        joined: dict[int, Record] = {}
        for place, record_id in enumerate(ids) if several else ():
            if record_id is not None and hash(record_id) in several:
                ids[place] = None
                merged = self._gathered.take(renamed.get((cls, record_id), (cls, record_id)))
                if merged is not None:
                    joined[place] = record_of(merged)
        ordered = in_order(Block(cls, ids, block.columns, block.fields, block.rows, stub=block.stub))
        ready, meeting = rows_that_meet(ordered)
        for place, record in enumerate(ordered) if meeting else ():
            if record is not None and place in meeting:
                merged = Merged(cls, record.id)
                self._merger.add(merged, record, fates)
                ids[place], joined[place] = None, record_of(merged)
        if joined and meeting:
            ready = in_order(Block(cls, ids, ready.columns, ready.fields, ready.rows, stub=ready.stub))
        whole = Block(cls, ids, ready.columns, ready.fields, ready.rows, stub=ready.stub, joined=joined)
        if cls in expect and (block.stub or any(r.stub for r in joined.values())):
            self.findings += [f for r in whole if r is not None and r.stub for f in _dangling(r)]
        return whole


def relinked(block: Block, renamed: Mapping[Key, Key]) -> Block:
    """Let the links of a batch point to what their targets have become."""
    if not renamed:
        return block
    columns = [
        LinkColumn(c.slot, c.target, [i and renamed.get((c.target, i), ("", i))[1] for i in c.ids])
        if isinstance(c, LinkColumn)
        else [_relink(r, renamed) for r in c]
        if isinstance(c, list)
        else c
        for c in block.columns
    ]
    return Block(block.cls, block.ids, columns, block.fields, block.rows, stub=block.stub, again=block.again)


def _relink(reading: Reading, renamed: Mapping[Key, Key]) -> Reading:
    if isinstance(reading, Link):
        target = renamed.get((reading.target, str(reading.values[0])))
        return Link(reading.slot, reading.target, target[1]) if target is not None else reading
    return relink(reading, renamed)


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
