"""Batches whose records join others: which rows repeat each other, in what order a record says things, which cells meet in a slot.

All of it is asked of a batch column by column, because the answer for most batches is that nothing of the kind occurs.
"""

from __future__ import annotations

from functools import cache
from itertools import compress
from typing import TYPE_CHECKING

from ..models.slots import MODEL
from ..records import BLANK, Block, LinkColumn, PlainColumn, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..records import Field

    Cells = list[Reading] | PlainColumn | LinkColumn

__all__ = ["in_order", "order_of", "repeats_of", "rows_that_meet"]


def repeats_of(block: Block) -> frozenset[int]:
    """Find rows of a batch that say of a record, cell by cell, what an earlier one says: a run table repeats its study in each row.

    Examples
    --------
    >>> liver, lung = Reading("tissue", ("liver",)), Reading("tissue", ("lung",))
    >>> repeats_of(Block("Biosample", ["a", "a", "a"], [[liver, liver, lung]], (), range(3)))
    frozenset({1})
    """
    if len(set(block.ids)) == len(block.ids):
        return frozenset()
    seen: set[tuple[object, ...]] = set()
    found: set[int] = set()
    for place, row in enumerate(zip(block.ids, *map(_compared, block.columns), strict=True)):
        if row[0] is not None:
            found.update((place,) if row in seen else ())
            seen.add(row)
    return frozenset(found)


def _compared(column: Cells) -> Sequence[object]:
    """What tells the cells of a column apart: equal cells give one reading, or are equal texts."""
    if isinstance(column, PlainColumn):
        return column.texts
    return column.ids if isinstance(column, LinkColumn) else column


@cache
def order_of(cls: str) -> dict[str, int]:
    """Places of a class's slots in the model."""
    return {slot: i for i, slot in enumerate(MODEL.classes[cls].slots)}


def in_order(block: Block) -> Block:
    """Put the columns into the order of the model's slots, without those that are blank.

    A cell that is missing, or kept although its column feeds a slot, stands with the missing, or with the attributes; those of rows
    that hold no record are left out.

    Examples
    --------
    >>> tissue, name = [Reading("tissue", ("liver",))], PlainColumn("name", ["S1"])
    >>> [next(iter(c)).slot for c in in_order(Block("Biosample", ["a"], [tissue, name, [BLANK]], (1, 2, 3), [2])).columns]
    ['name', 'tissue']
    """
    order = order_of(block.cls)
    parts: list[tuple[int, int, Cells, Field]] = []
    held = None if None not in block.ids else [i is not None for i in block.ids]
    for i, (full, field) in enumerate(zip(block.columns, block.fields, strict=True)):
        column = full if held is None else _held(full, held)
        if not isinstance(column, list):
            if any(_compared(column)):
                parts.append((order.get(column.slot, 999), i, column, field))
            continue
        distinct = set(column)
        said = {r for r in distinct if r.values or r.missing is not None or r.rejected is not None}
        slots = {r.slot for r in said}
        # A reading that says nothing (of a cell that another reader answers for) is no part of a record.
        whole = len(slots) == 1 and len(said) + (BLANK in distinct) == len(distinct)
        for slot in slots:
            cells = column if whole else [r if r in said and r.slot == slot else BLANK for r in column]
            parts.append((order.get(slot, 999), i, cells, field))
    parts.sort(key=lambda p: p[:2])
    columns, fields = [p[2] for p in parts], tuple(p[3] for p in parts)
    return Block(block.cls, block.ids, columns, fields, block.rows, stub=block.stub)


def _held(column: Cells, held: Sequence[bool]) -> Cells:
    """A column without the cells of rows that hold no record."""
    if isinstance(column, PlainColumn):
        return column.with_texts([t if h else "" for t, h in zip(column.texts, held, strict=True)])
    if isinstance(column, LinkColumn):
        return LinkColumn(column.slot, column.target, [i if h else None for i, h in zip(column.ids, held, strict=True)])
    return [r if h else BLANK for r, h in zip(column, held, strict=True)]


def rows_that_meet(block: Block) -> tuple[Block, set[int]]:
    """Find the rows in which two cells fill one slot of one value differently, or say the same: they need a look of their own.

    Parameters
    ----------
    block
        In the order of slots.

    Returns
    -------
    Block
        Without the cells that repeat what another column says of a slot of one value.
    set of int
        Places in the batch.

    Examples
    --------
    >>> def met(slot, *columns):
    ...     block, rows = rows_that_meet(Block("Biosample", ["x", "y"], [PlainColumn(slot, c) for c in columns], (1, 2), [2, 3]))
    ...     return len(block.columns), rows
    >>> met("title", ["a", "a"], ["", "b"]), met("title", ["a", "a"], ["", "a"]), met("alternative_names", ["a", "a"], ["a", "b"])
    ((2, {1}), (2, set()), (2, {0}))
    """
    places: dict[str, list[int]] = {}
    for i, column in enumerate(block.columns):
        places.setdefault(_slot(column), []).append(i)
    if len(places) == len(block.columns):
        return block, set()
    columns, found = list(block.columns), set[int]()
    for slot, among in places.items():
        if len(among) > 1 and MODEL.slots[slot].multivalued:
            found |= _alike([columns[i] for i in among])
        elif len(among) > 1:
            said = list(columns[among[0]])
            for i in among[1:]:
                said, columns[i], differing = _second(said, list(columns[i]))
                found |= differing
    return Block(block.cls, block.ids, columns, block.fields, block.rows, stub=block.stub), found


def _second(said: list[Reading], later: list[Reading]) -> tuple[list[Reading], list[Reading], set[int]]:
    """Leave out of a later column what repeats an earlier one.

    Returns
    -------
    list of Reading
        What the slot holds in each row.
    list of Reading
        The later column without repeats.
    set of int
        Rows in which the two differ.
    """
    told = {(a, b) for a, b in set(zip(said, later, strict=True)) if a.values == b.values != () and b.rejected is None}
    rest = [BLANK if pair in told else pair[1] for pair in zip(said, later, strict=True)]
    held = [b if a is BLANK else a for a, b in zip(said, rest, strict=True)]
    return held, rest, {i for i, (a, b) in enumerate(zip(said, rest, strict=True)) if a is not BLANK and b is not BLANK}


def _slot(column: Cells) -> str:
    return next(r.slot for r in column if r is not BLANK) if isinstance(column, list) else column.slot


def _alike(columns: Sequence[Cells]) -> set[int]:
    """Rows in which two columns may say the same: what they say is compared column by column, not row by row."""
    seen: dict[object, int] = {}
    twice: set[object] = set()
    for i, column in enumerate(columns):
        for value in _values(column):
            if seen.setdefault(value, i) != i:
                twice.add(value)
    if not twice:
        return set()
    counts = [0] * len(_compared(columns[0]))
    for column in columns:
        for i, cell in enumerate(_compared(column)):
            if cell and cell is not BLANK and not twice.isdisjoint(_said(cell)):
                counts[i] += 1
    return set(compress(range(len(counts)), (n > 1 for n in counts)))


def _values(column: Cells) -> Iterable[object]:
    return {v for cell in set(_compared(column)) if cell and cell is not BLANK for v in _said(cell)}


def _said(cell: object) -> Iterable[object]:
    if not isinstance(cell, Reading):
        return (cell,)
    entry = cell.missing or cell.rejected
    return cell.values if entry is None else (*cell.values, entry)
