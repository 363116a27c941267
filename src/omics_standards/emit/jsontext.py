"""The JSON text of a record, put together from texts that are made once: of a reading, of a field, of a class's slots.

What comes out is, byte for byte, what :func:`json.dumps` makes of :func:`.jsonfile.record_to_dict`, without making the dict.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring as _quoted
from typing import TYPE_CHECKING, NamedTuple

from ..findings import column_letter
from ..models.slots import MODEL
from ..records import BLANK
from .jsonfile import TAIL, sort_key, value_to_json

if TYPE_CHECKING:
    from ..records import Field, Reading, Record

__all__ = ["RecordTexts"]

# Texts of fields that are kept: tables have tens to hundreds of columns, trees thousands of places.
_REMEMBERED = 20_000


class _Said(NamedTuple):
    """What a reading says: slot, key to sort by, and text of each value; and what its origins say behind the header, by cell."""

    values: tuple[tuple[str, str, str], ...]
    slot: str
    tails: tuple[str | None, ...]


class _Place(NamedTuple):
    """The text of an origin before and behind the row number; ``field`` keeps its identity from being given to another."""

    field: Field
    cells: tuple[tuple[str, str], ...] | None


# Made once: json.dumps makes an encoder for each call that does not go by its defaults.
_dumps = json.JSONEncoder(ensure_ascii=False).encode


def _texts(value: object) -> tuple[str, str]:
    """What a value is sorted by, and its text; for a plain text these are one."""
    if isinstance(value, str):
        text = _quoted(value)
        return text, text
    return sort_key(value), _dumps(value)


def _said(reading: Reading, cells: int) -> _Said:
    values = [(reading.slot, value_to_json(reading.slot, v)) for v in reading.values]
    values += [("missing", value_to_json("missing", reading.missing))] if reading.missing is not None else []
    values += [("rejected", value_to_json("rejected", reading.rejected))] if reading.rejected is not None else []
    steps = f', "steps": {_dumps(list(reading.steps))}' if reading.steps else ""
    tails: list[str | None] = []
    for k in range(cells):
        raw = reading.raw_text(k)
        tails.append(None if raw == "" else steps if raw is None else f'{steps}, "raw": {_quoted(raw)}')
    slot = reading.missing.slot if reading.missing is not None else reading.slot
    return _Said(tuple((s, *_texts(v)) for s, v in values), f'{{"slot": {_quoted(slot)}', tuple(tails))


class RecordTexts:
    """Makes the texts of records."""

    def __init__(self) -> None:
        self._places: dict[int, _Place] = {}
        self._ranks: dict[str, dict[str, int]] = {}

    def text(self, record: Record) -> str:
        """Return the record as JSON.

        Examples
        --------
        >>> from omics_standards.records import Field, Plain, Record, Source
        >>> field = Field("name", (1,), ("alias",), Source("a.tsv", ""))
        >>> RecordTexts().text(Record("Biosample", "biosample/S1", (Plain("name", "S1"),), (field,), 2))
        '{"id": "biosample/S1", "name": "S1", "origin": [{"slot": "name", "cell": "A2", "header": "alias"}]}'
        """
        found: dict[str, list[tuple[str, str]]] = {}
        origins: list[str] = []
        rows, fields = record.rows, record.fields
        for i, reading in enumerate(record.readings):
            if reading is BLANK:
                continue
            field = fields[i]
            count = len(field.columns)
            said: _Said | None = reading.js
            if said is None or len(said.tails) != count:
                said = reading.js = _said(reading, count)
            for slot, key, text in said.values:
                if slot in found:
                    found[slot].append((key, text))
                else:
                    found[slot] = [(key, text)]
            if count:
                self._origins(origins, field, rows if isinstance(rows, int) else rows[i], said)
        ranks = self._ranks.get(record.cls) or self._rank(record.cls)
        parts = [f'{{"id": {_quoted(record.id)}']
        if record.stub:
            found["stub"] = [("", "true")]
        for slot in sorted(found, key=ranks.__getitem__):
            values = found[slot]
            if slot != "stub" and MODEL.slots[slot].multivalued:
                texts = [values[0][1]] if len(values) == 1 else [text for _, text in sorted(dict(values).items())]
                parts.append(f'"{slot}": [{", ".join(texts)}]')
            else:
                parts.append(f'"{slot}": {values[0][1]}')
        if origins:
            parts.append(f'"origin": [{", ".join(origins)}]')
        return ", ".join(parts) + "}"

    def _rank(self, cls: str) -> dict[str, int]:
        """The order in which a class's slots are written."""
        last = ("stub", *TAIL)
        ranks = {slot: i for i, slot in enumerate(s for s in MODEL.classes[cls].slots if s not in last)}
        self._ranks[cls] = ranks | {slot: len(ranks) + i for i, slot in enumerate(last)}
        return self._ranks[cls]

    def _origins(self, origins: list[str], field: Field, row: int, said: _Said) -> None:
        place = self._places.get(id(field)) or self._place(field)
        if place.cells is None or not row:
            origins += _spelt_out(field, row, said)
            return
        for (before, behind), tail in zip(place.cells, said.tails, strict=True):
            if tail is not None:
                origins.append(f"{said.slot}{before}{row}{behind}{tail}}}")

    def _place(self, field: Field) -> _Place:
        source = field.source
        if len(self._places) > _REMEMBERED:
            self._places.clear()
        cells: list[tuple[str, str]] | None = None
        if source.grid is None and source.paths is None and 0 not in field.columns:
            sheet = f"'{source.sheet}'!" if " " in source.sheet else f"{source.sheet}!" if source.sheet else ""
            file = f', "file": {_quoted(source.file)}' if source.among and source.file else ""
            cells = []
            for column, header in zip(field.columns, field.headers, strict=True):
                cell = _quoted(f"{sheet}{column_letter(column)}")[:-1]
                cells.append((f'{file}, "cell": {cell}', f'"{_header(header)}'))
        place = self._places[id(field)] = _Place(field, tuple(cells) if cells is not None else None)
        return place


def _header(header: str) -> str:
    return f', "header": {_quoted(header)}' if header else ""


def _spelt_out(field: Field, row: int, said: _Said) -> list[str]:
    """Origins of which the row number is not a part of the address as it stands."""
    found = []
    file = f', "file": {_quoted(field.source.file)}' if field.source.among and field.source.file else ""
    for k, tail in enumerate(said.tails):
        if tail is not None:
            cell = field.address(row, k).cell
            found.append(f"{said.slot}{file}" + (f', "cell": {_quoted(cell)}' if cell else "") + f"{_header(field.headers[k])}{tail}}}")
    return found
