"""The JSON of values, origins and records, as the model's container class holds them."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from ..findings import Address
from ..models.slots import MODEL
from ..records import BLANK, Attribute, GeoPoint, Missing, Place, Quantity, Rejected, Term
from .encode import term_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..records import Field, Reading, Record, Value

__all__ = [
    "TAIL",
    "around_row",
    "cell_text",
    "encode",
    "encode_sorted",
    "indented",
    "plain_slots",
    "ranks_of",
    "record_text",
    "record_to_dict",
    "value_to_json",
]

# Slots that every record ends with, in this order.
TAIL = ("attributes", "missing", "rejected")


def _number(text: str) -> int | float | str:
    """Write a decimal as a JSON number where that loses nothing, as its text elsewhere (35.50 keeps its zero)."""
    try:
        number = float(text)
    except ValueError:
        return text
    if number.is_integer() and str(int(number)) == text:
        return int(number)
    return number if repr(number) == text else text


def value_to_json(slot: str, value: Value) -> object:
    """Return the JSON form of a value in a slot.

    Examples
    --------
    >>> value_to_json("tissue", Term("UBERON:0002107", "liver"))
    {'id': 'UBERON:0002107', 'label': 'liver'}
    >>> value_to_json("title", "x")
    'x'
    """
    match value:
        case Term():
            return {"id": term_id(slot, value), "label": value.label}
        case Quantity():
            parts = {"value": value.value, "minimum": value.minimum, "maximum": value.maximum}
            numbers: dict[str, object] = {k: _number(v) for k, v in parts.items() if v is not None}
            return numbers | ({"unit": value.unit} if value.unit is not None else {})
        case GeoPoint():
            return {"latitude": _number(value.latitude), "longitude": _number(value.longitude)}
        case Attribute():
            plain: dict[str, object] = {"name": value.name, "value": value.value}
            if value.unit is not None:
                plain["unit"] = value.unit
            if value.term is not None:
                plain["term"] = value_to_json("attributes", value.term)
            return plain
        case Place() | Missing() | Rejected():
            return {k: v for k, v in value._asdict().items() if v is not None}
    kind = MODEL.slots[slot].kind
    if kind == "integer":
        return int(value)
    return _number(str(value)) if kind == "decimal" else value


# Made once: json.dumps makes an encoder for each call that is not all defaults.
encode = json.JSONEncoder(ensure_ascii=False).encode
encode_sorted = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


@cache
def _at_depth(depth: int) -> json.JSONEncoder:
    return json.JSONEncoder(ensure_ascii=False, separators=(",\n" + " " * depth, ": "))


def indented(value: object, depth: int = 0) -> Iterator[str]:
    """Yield the text that ``json.dumps(value, ensure_ascii=False, indent=1)`` gives, which is slow for it leaves the fast encoder.

    Parameters
    ----------
    value
        Of dictionaries whose keys are text, lists, and what stands in them.
    depth
        How many of these it is in.

    Examples
    --------
    >>> "".join(indented({"a": [], "b": [{"c": 1}]})) == json.dumps({"a": [], "b": [{"c": 1}]}, indent=1)
    True
    """
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    if not inside:
        yield encode(value)
        return
    start, end = "{}" if isinstance(value, dict) else "[]"
    between = "\n" + " " * (depth + 1)
    yield start + between
    if any(isinstance(v, dict | list | tuple) and v for v in inside):
        for i, one in enumerate(value.items() if isinstance(value, dict) else inside):
            lead = f",{between}" if i else ""
            if isinstance(value, dict):
                yield f"{lead}{encode(one[0])}: "
                yield from indented(one[1], depth + 1)
            else:
                yield lead
                yield from indented(one, depth + 1)
    else:
        yield _at_depth(depth + 1).encode(value)[1:-1]
    yield "\n" + " " * depth + end


@cache
def ranks_of(cls: str) -> dict[str, int]:
    """Places of the slots of a class in the model's order."""
    return {slot: i for i, slot in enumerate(MODEL.classes[cls].slots)}


@cache
def plain_slots() -> frozenset[str]:
    """Slots whose values are written as they are."""
    return frozenset(name for name, slot in MODEL.slots.items() if slot.kind in ("string", "enum", "uri", "date", "boolean", "reference"))


def record_to_dict(record: Record, *, origin: bool = True) -> dict[str, Any]:
    """Return a record as the model's JSON: slots in the model's order, multivalued slots as sorted sets.

    Parameters
    ----------
    record
        A record.
    origin
        With the list of cells that its values came from.
    """
    slots: dict[str, list[object]] = {}
    ranks, plain = ranks_of(record.cls), plain_slots()
    for reading in record.readings:
        values, slot = reading.values, reading.slot
        if values:
            known = slots.setdefault(slot, [])
            if slot in plain:
                known += values
            else:
                known += [value_to_json(slot, v) for v in values]
        if reading.missing is not None:
            slots.setdefault("missing", []).append(value_to_json("missing", reading.missing))
        if reading.rejected is not None:
            slots.setdefault("rejected", []).append(value_to_json("rejected", reading.rejected))
    entry: dict[str, Any] = {"id": record.id}
    for slot in sorted((s for s in slots if s not in TAIL and s in ranks), key=ranks.__getitem__):
        entry[slot] = _set_of(slots[slot]) if MODEL.slots[slot].multivalued else slots[slot][0]
    if record.stub:
        entry["stub"] = True
    for slot in TAIL:
        if slot in slots:
            entry[slot] = _set_of(slots[slot])
    if origin:
        origins = origins_of(record)
        if origins:
            entry["origin"] = origins
    return entry


def _set_of(values: list[object]) -> list[object]:
    if len(values) == 1:
        return values
    return [v for _, v in sorted({encode_sorted(v): v for v in values}.items())]


def origins_of(record: Record) -> list[dict[str, object]]:
    """Return the cells of a record: slot, address, header, steps (the raw text stands where it differs from the value)."""
    found: list[dict[str, object]] = []
    for i, (reading, field) in enumerate(zip(record.readings, record.fields, strict=True)):
        if reading is BLANK or not field.columns:
            continue
        row = record.row_of(i)
        for k, column in enumerate(field.columns):
            if reading.raw_text(k) != "":  # a companion that is blank in this row
                found.append(_origin(reading, field, k, cell_text(field, row, column, k)))
    return found


def _origin(reading: Reading, field: Field, k: int, cell: str) -> dict[str, object]:
    """One cell of a field, as ``origin`` tells it."""
    slot = reading.missing.slot if reading.missing else reading.slot
    entry = {
        "slot": slot,
        "file": field.source.file if field.source.among else "",
        "cell": cell,
        "header": field.headers[k],
        "steps": list(reading.steps),
        "raw": reading.raw_text(k),
    }
    return {key: value for key, value in entry.items() if value}


def cell_text(field: Field, row: int, column: int, k: int) -> str:
    """The address of a cell as text; that of a plain sheet without the way over an Address."""
    source = field.source
    if source.grid is None and source.paths is None and row:
        return _before_row(source.sheet, column) + str(row)
    return field.address(row, k).cell


@lru_cache(maxsize=4096)
def _before_row(sheet: str, column: int) -> str:
    return Address("", sheet, None, column).cell


def record_text(record: Record, around: dict[tuple[int, int, object], tuple[str, str]]) -> str:
    """Write a record as :func:`record_to_dict` tells it; its origins, which differ from row to row in a number, as text at once.

    ``around`` remembers what stands before and behind the row number, by field, cell and reading.
    """
    if any((f.source.grid is not None or f.source.paths is not None) and f.columns for f in record.fields):
        return encode(record_to_dict(record))
    texts = []
    for i, (reading, field) in enumerate(zip(record.readings, record.fields, strict=True)):
        if reading is BLANK or not field.columns:
            continue
        row = record.row_of(i)
        if not row:
            return encode(record_to_dict(record))
        # Readings without steps and raw text differ in their value only, which an origin does not tell.
        plain = reading.raw is None and not reading.steps and reading.missing is None
        for k in range(len(field.columns)):
            if not plain and reading.raw_text(k) == "":
                continue  # a companion that is blank in this row
            key = (id(field), k, reading.slot if plain else id(reading))
            found = around.get(key)
            if found is None:
                found = around[key] = around_row(reading, field, k)
            texts.append(f"{found[0]}{row}{found[1]}")
    whole = encode(record_to_dict(record, origin=False))
    return f'{whole[:-1]}, "origin": [{", ".join(texts)}]}}' if texts else whole


def around_row(reading: Reading, field: Field, k: int) -> tuple[str, str]:
    """The JSON of an origin, but for the row number in its cell."""
    entry = _origin(reading, field, k, _before_row(field.source.sheet, field.columns[k]) + _MARK)
    before, _, after = encode(entry).partition(_MARK)
    return before, after


# No sheet is called so, and JSON has no escape for it.
_MARK = "\ue001ROW\ue001"
