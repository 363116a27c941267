"""``dataset.json``: the records by class, with their origins, as the model's container class; written as a stream.

Records of one class stand together, so each class is gathered in a temporary file and the files are joined at the end.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from typing import IO, TYPE_CHECKING, Any

from ..models.slots import MODEL
from ..records import BLANK, Attribute, GeoPoint, Missing, Place, Quantity, Rejected, Term
from .encode import term_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..records import Record, Value

__all__ = ["JsonWriter", "record_to_dict", "value_to_json"]

# Slots that every record ends with, in this order.
_TAIL = ("attributes", "missing", "rejected")
# Lone surrogates, which no encoding of Unicode can hold.
_SURROGATE = re.compile("[\ud800-\udfff]")
# Below this size a class is gathered in memory.
_SPOOL = 4 << 20


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


def _sort_key(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


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
    for reading in record.readings:
        if reading.values:
            slots.setdefault(reading.slot, []).extend(value_to_json(reading.slot, v) for v in reading.values)
        if reading.missing is not None:
            slots.setdefault("missing", []).append(value_to_json("missing", reading.missing))
        if reading.rejected is not None:
            slots.setdefault("rejected", []).append(value_to_json("rejected", reading.rejected))
    entry: dict[str, Any] = {"id": record.id}
    for slot in MODEL.classes[record.cls].slots:
        if slot in slots and slot not in _TAIL:
            entry[slot] = _set_of(slots[slot]) if MODEL.slots[slot].multivalued else slots[slot][0]
    if record.stub:
        entry["stub"] = True
    entry |= {slot: _set_of(slots[slot]) for slot in _TAIL if slot in slots}
    if origin:
        origins = origins_of(record)
        if origins:
            entry["origin"] = origins
    return entry


def _set_of(values: list[object]) -> list[object]:
    if len(values) == 1:
        return values
    return [v for _, v in sorted({_sort_key(v): v for v in values}.items())]


def origins_of(record: Record) -> list[dict[str, object]]:
    """Return the cells of a record: slot, address, header, steps (the raw text stands where it differs from the value)."""
    found: list[dict[str, object]] = []
    for i, (reading, field) in enumerate(zip(record.readings, record.fields, strict=True)):
        if reading is BLANK or not field.columns:
            continue
        slot = reading.missing.slot if reading.missing else reading.slot
        row = record.row_of(i)
        for k in range(len(field.columns)):
            entry: dict[str, object] = {
                "slot": slot,
                "file": field.source.file if field.source.among else "",
                "cell": field.address(row, k).cell,
                "header": field.headers[k],
                "steps": list(reading.steps),
            }
            raw = reading.raw_text(k)
            if raw == "":
                continue  # a companion that is blank in this row
            entry |= {"raw": raw} if raw is not None else {}
            found.append({k: v for k, v in entry.items() if v not in ("", [])})
    return found


class JsonWriter:
    """Gathers records by class and writes the container at the end."""

    suffix = "json"

    def __init__(self, out: IO[str], base: str) -> None:
        self._out = out
        self._base = base
        self._classes: dict[str, IO[str]] = {}

    def encode(self, records: Iterable[Record]) -> dict[str, str]:
        """Make the JSON lines of a chunk of records, by class."""
        lines: dict[str, list[str]] = {}
        for record in records:
            lines.setdefault(record.cls, []).append(json.dumps(record_to_dict(record), ensure_ascii=False))
        return {cls: _SURROGATE.sub("\ufffd", ",\n".join(texts)) for cls, texts in lines.items()}

    def write(self, encoded: Mapping[str, str]) -> None:
        """Take over an encoded chunk."""
        for cls, text in encoded.items():
            if cls not in self._classes:
                self._classes[cls] = tempfile.SpooledTemporaryFile(_SPOOL, "w+", encoding="utf-8")  # noqa: SIM115
                self._classes[cls].write(text)
            else:
                self._classes[cls].write(",\n" + text)

    def close(self) -> None:
        """Join the classes in the model's order."""
        self._out.write("{")
        parts = {"base": self._base}
        self._out.write(",\n".join(f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in parts.items()))
        for container, cls in MODEL.containers.items():
            if cls in self._classes:
                spool = self._classes[cls]
                spool.seek(0)
                self._out.write(f',\n"{container}": [\n')
                shutil.copyfileobj(spool, self._out, 1 << 20)
                self._out.write("\n]")
                spool.close()
        self._out.write("}\n")
