"""The JSON of a batch of records, column by column: a text is made once for each value that recurs, and no record is made.

What comes out is, to the byte, what :func:`~omics_standards.emit.jsontext.record_text` makes of the records.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from json.encoder import encode_basestring as quoted
from typing import TYPE_CHECKING

from ..models.slots import MODEL
from ..records import BLANK, Attribute, CurieColumn, LinkColumn, Plain, PlainColumn, Term
from .encode import term_id
from .jsontext import TAIL, around_row, encode, encode_sorted, plain_slots, ranks_of, record_text, value_to_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..records import Block, Field, Reading, Value

__all__ = ["block_lines"]

Texts = tuple[str, ...]
"""What one cell says in one slot: the JSON of each value."""
Columns = dict[str, list[list[Texts]]]
"""By slot, what the fields that feed it say, row by row."""


def block_lines(block: Block) -> list[str | None]:
    """Make the JSON of a block's records.

    Returns
    -------
    list of str or None
        One per row; None where the row holds no such record.
    """
    ids, rows = block.ids, block.rows
    if not all(rows) or any((f.source.grid is not None or f.source.paths is not None) and f.columns for f in block.fields):
        return [None if record is None else record_text(record, {}) for record in block]
    slots: Columns = defaultdict(list)
    origins: list[list[str]] = []
    keys: dict[str, str] = {}
    for column, field in zip(block.columns, block.fields, strict=True):
        if isinstance(column, LinkColumn):
            slots[column.slot].append([(quoted(i),) if i is not None else () for i in column.ids])
            origins += _known_origins(Plain(column.slot, ""), field, rows, [i is not None for i in column.ids])
        elif isinstance(column, PlainColumn):
            slots[column.slot].append(_plain(column))
            origins += _plain_origins(column, field, rows)
        else:
            numbers = list(map(id, column))
            known = dict(zip(numbers, column, strict=True))
            _read(known, numbers, slots, keys)
            origins += _read_origins(known, numbers, field, rows)
    parts = [[f'"id": {quoted(i)}' if i is not None else "" for i in ids]]
    ranks = ranks_of(block.cls)
    for slot in sorted((s for s in slots if s not in TAIL and s in ranks), key=ranks.__getitem__):
        parts.append(_fragments(slot, slots[slot], keys))
    if block.stub:
        parts.append(['"stub": true'] * len(ids))
    parts += [_fragments(slot, slots[slot], keys) for slot in TAIL if slot in slots]
    if origins:
        told = (", ".join(filter(None, row)) for row in zip(*origins, strict=True))
        parts.append([f'"origin": [{texts}]' if texts else "" for texts in told])
    lines: list[str | None] = [
        f"{{{', '.join(filter(None, row))}}}" if i is not None else None for i, row in zip(ids, zip(*parts, strict=True), strict=True)
    ]
    for place, record in block.joined.items():
        lines[place] = record_text(record, {})
    return lines


# --- values -----------------------------------------------------------------------------------------------------------


def _plain(column: PlainColumn) -> list[Texts]:
    slot = column.slot
    if isinstance(column, CurieColumn):
        before = f"{column.prefix}:"
        return [(quoted(before + t),) if t else () for t in column.texts]
    if slot in plain_slots():
        return [(quoted(t),) if t else () for t in column.texts]
    return [(encode(value_to_json(slot, int(t) if column.number else t)),) if t else () for t in column.texts]


def _read(known: dict[int, Reading], numbers: Sequence[int], slots: Columns, keys: dict[str, str]) -> None:
    """Add what the readings of a column say, each of them made once."""
    said: dict[str, dict[int, Texts]] = defaultdict(lambda: dict.fromkeys(known, ()))
    for number, reading in known.items():
        if reading is BLANK:
            continue
        if reading.values:
            said[reading.slot][number] = tuple(_text(reading.slot, v, keys) for v in reading.values)
        if reading.missing is not None:
            said["missing"][number] = (_text("missing", reading.missing, keys),)
        if reading.rejected is not None:
            said["rejected"][number] = (_text("rejected", reading.rejected, keys),)
    for slot, texts in said.items():
        slots[slot].append(list(map(texts.__getitem__, numbers)))


def _text(slot: str, value: Value, keys: dict[str, str]) -> str:
    """The JSON of a value; ``keys`` remembers what a value of several parts is sorted by among others."""
    if slot in plain_slots():
        return quoted(value) if isinstance(value, str) else encode(value)
    if isinstance(value, Term):
        return f'{{"id": {quoted(term_id(slot, value))}, "label": {quoted(value.label)}}}'
    if isinstance(value, Attribute) and value.unit is None and value.term is None:
        return f'{{"name": {quoted(value.name)}, "value": {quoted(value.value)}}}'
    found = value_to_json(slot, value)
    text = encode(found)
    if isinstance(found, dict):
        keys[text] = encode_sorted(found)
    return text


def _fragments(slot: str, columns: Sequence[Sequence[Texts]], keys: dict[str, str]) -> list[str]:
    """A slot with its values, row by row; '' where a row says nothing."""
    start = f'"{slot}": '
    if not MODEL.slots[slot].multivalued:
        if len(columns) == 1:
            return [start + texts[0] if texts else "" for texts in columns[0]]
        return [start + texts[0] if texts else "" for texts in (next(filter(None, row), ()) for row in zip(*columns, strict=True))]
    if len(columns) == 1:
        rows: Sequence[Texts] = columns[0]
    else:
        rows = [tuple(chain.from_iterable(row)) for row in zip(*columns, strict=True)]
    return [f"{start}[{texts[0]}]" if len(texts) == 1 else f"{start}[{_set_of(texts, keys)}]" if texts else "" for texts in rows]


def _set_of(texts: Texts, keys: dict[str, str]) -> str:
    return ", ".join(text for _, text in sorted({keys.get(text, text): text for text in texts}.items()))


# --- origins ----------------------------------------------------------------------------------------------------------


def _known_origins(reading: Reading, field: Field, rows: Sequence[int], filled: Sequence[bool]) -> list[list[str]]:
    """Origins of a column whose readings are alike in all that an origin tells."""
    found = []
    for k in range(len(field.columns)):
        before, after = around_row(reading, field, k)
        found.append([f"{before}{row}{after}" if there else "" for row, there in zip(rows, filled, strict=True)])
    return found


def _plain_origins(column: PlainColumn, field: Field, rows: Sequence[int]) -> list[list[str]]:
    if not isinstance(column, CurieColumn):
        return _known_origins(Plain(column.slot, ""), field, rows, [bool(t) for t in column.texts])
    found = []
    for k in range(len(field.columns)):
        before, after = around_row(Plain(column.slot, ""), field, k)
        after = after.removesuffix("}")
        found.append([f'{before}{row}{after}, "raw": {quoted(t)}}}' if t else "" for row, t in zip(rows, column.texts, strict=True)])
    return found


def _read_origins(known: dict[int, Reading], numbers: Sequence[int], field: Field, rows: Sequence[int]) -> list[list[str]]:
    found = []
    for k in range(len(field.columns)):
        starts: dict[str, tuple[str, str]] = {}
        around = {number: _beside(reading, field, k, starts) for number, reading in known.items()}
        alike = set(around.values())
        if len(alike) == 1:
            ((before, after),) = alike
            found.append([f"{before}{row}{after}" for row in rows] if after else [""] * len(rows))
            continue
        pairs = map(around.__getitem__, numbers)
        found.append([f"{before}{row}{after}" if after else "" for row, (before, after) in zip(rows, pairs, strict=True)])
    return found


def _beside(reading: Reading, field: Field, k: int, starts: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """What stands before and behind the row number in an origin; two blanks where a cell says nothing."""
    raw, steps = reading.raw_text(k), reading.steps
    if reading is BLANK or (raw == "" and not (reading.raw is None and not steps and reading.missing is None)):
        return "", ""
    slot = reading.missing.slot if reading.missing is not None else reading.slot
    if slot not in starts:
        starts[slot] = around_row(Plain(slot, ""), field, k)
    before, after = starts[slot]
    if steps:
        after = f'{after[:-1]}, "steps": {encode(steps)}}}'
    return before, f'{after[:-1]}, "raw": {quoted(raw)}}}' if raw else after
