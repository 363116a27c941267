"""Records as pandas frames: a row per record, a row per value, or a row per file or run with the facts of its samples.

In: records. Out: frames whose columns are in the model's order. Text is what the tables of ``--to tsv`` hold; with types, numbers are
numbers and units stand beside them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from ..emit.encode import term_id
from ..emit.tables import columns_of, row_of, show
from ..errors import UsageError
from ..models.slots import MODEL
from ..records import BLANK, Attribute, GeoPoint, Place, Quantity, Term
from .linking import Links

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pandas as pd

    from ..records import Reading, Record, Value

__all__ = ["Layout", "Many", "frame_of", "joined_frame", "tidy_frame"]

Layout = Literal["wide", "tidy"]
Many = Literal["join", "explode"]

# What stands beside a slot's own column, in this order.
_BESIDE: Final = ("", "_id", "_minimum", "_maximum", "_unit", "_country", "_region", "_latitude", "_longitude")
_TIDY: Final = (
    "class", "id", "slot", "name", "status", "value", "term_id", "number", "unit", "reason", "raw", "file", "cell", "header", "steps",
)  # fmt: skip

# Types of a column's values → its type; others are text.
_DTYPES: Final = {
    frozenset({bool}): "boolean",
    frozenset({int}): "Int64",
    frozenset({float}): "Float64",
    frozenset({int, float}): "Float64",
}

Cells = dict[str, list[Any]]


def _storable(text: str) -> str:
    """Frames hold UTF-8, which has no lone surrogates."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _parts(slot: str, value: Value, ids: bool) -> Iterator[tuple[str, Any]]:
    """A value as typed cells: column and what stands there."""
    kind = MODEL.slots[slot].kind if slot in MODEL.slots else "string"
    match value:
        case Attribute():
            column = f"{'attribute' if slot == 'attributes' else slot}: {value.name}"
            # A number without a unit may be a name of something (cage 12, batch 3): it stays text.
            yield column, _number(value.value) if value.unit else value.value
            if value.unit:
                yield f"{column} (unit)", value.unit
            if value.term is not None and ids:
                yield f"{column} (id)", term_id("attributes", value.term)
        case Term():
            yield slot, show(value)
            if ids:
                yield f"{slot}_id", term_id(slot, value)
        case Quantity():
            for name, text in (("", value.value), ("_minimum", value.minimum), ("_maximum", value.maximum)):
                if text is not None:
                    yield f"{slot}{name}", _number(text)
            if value.unit is not None:
                yield f"{slot}_unit", value.unit
        case GeoPoint():
            yield f"{slot}_latitude", _number(value.latitude)
            yield f"{slot}_longitude", _number(value.longitude)
        case Place():
            yield from ((f"{slot}_{n}", text) for n, text in (("country", value.country), ("region", value.region)) if text)
        case bool():
            yield slot, value
        case _:
            yield slot, int(str(value)) if kind == "integer" else _number(str(value)) if kind == "decimal" else str(value)


def _cells(record: Record, *, ids: bool, typed: bool) -> Cells:
    """A record as cells: per column its values."""
    if not typed:
        row = row_of(record)
        return {c: [text] for c, text in row.items() if ids or not _is_id(c, row)}
    cells: Cells = {"id": [record.id]}
    for reading in record.readings:
        for value in reading.values:
            for column, cell in _parts(reading.slot, value, ids):
                cells.setdefault(_storable(column), []).append(_storable(cell) if isinstance(cell, str) else cell)
        if reading.missing is not None:
            cells.setdefault(f"{reading.missing.slot} (missing)", []).append(reading.missing.reason)
        if reading.rejected is not None:
            cells.setdefault(f"{reading.rejected.slot} (rejected)", []).append(_storable(reading.rejected.raw))
    return cells


def _is_id(column: str, row: Mapping[str, str]) -> bool:
    slot = column.removesuffix("_id")
    return slot != column and slot in row and slot in MODEL.slots and MODEL.slots[slot].kind == "term"


def _order(cls: str, rows: Iterable[Cells], *, typed: bool) -> list[str]:
    if not typed:
        return columns_of(cls, rows)  # type: ignore[arg-type] # it looks at the names only
    seen = {c for row in rows for c in row}
    ordered = [f"{s}{b}" for s in MODEL.classes[cls].slots for b in _BESIDE if f"{s}{b}" in seen]
    ordered = list(dict.fromkeys(ordered))
    return ordered + sorted(seen - set(ordered))


def _series(cells: Sequence[list[Any]], *, typed: bool) -> pd.Series[Any]:
    """A column: of the type that all its values have, else of text; several values of a row are joined."""
    import pandas as pd

    distinct = [c if len(c) < 2 else list(dict.fromkeys(c)) for c in cells]
    if all(len(c) < 2 for c in distinct):
        kinds = {type(c[0]) for c in distinct if c}
        dtype = "string" if kinds <= {str} else _DTYPES.get(frozenset(kinds), "") if typed else ""
        if dtype:
            return pd.Series([c[0] if c else pd.NA for c in distinct], dtype=dtype)
    return pd.Series(["; ".join(map(_text, c)) if c else pd.NA for c in distinct], dtype="string")


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return f"{cell:g}" if isinstance(cell, float) and float(f"{cell:g}") == cell else str(cell)


def _framed(rows: Sequence[Cells], columns: Sequence[str], *, typed: bool) -> pd.DataFrame:
    import pandas as pd

    made = {c: _series([row.get(c, []) for row in rows], typed=typed) for c in columns}
    return pd.DataFrame(made, columns=list(columns)) if made else pd.DataFrame(index=range(len(rows)))


def frame_of(cls: str, records: Sequence[Record], *, ids: bool = True, typed: bool = False) -> pd.DataFrame:
    """Return records of a class as a frame of one row each; see :meth:`.Dataset.to_frame`."""
    rows = [_cells(r, ids=ids, typed=typed) for r in records]
    columns = _order(cls, rows, typed=typed)
    if MODEL.classes[cls].abstract:
        for row, record in zip(rows, records, strict=True):
            row["class"] = [record.cls]
        columns = ["class", *columns]
    return _framed(rows, columns, typed=typed)


def joined_frame(
    cls: str, records: Sequence[Record], links: Links, with_: Sequence[str], *, ids: bool, typed: bool, many: Many
) -> pd.DataFrame:
    """Return records of a class with the facts of records that they are linked to; see :meth:`.Dataset.to_frame`."""
    for name in with_:
        if name not in MODEL.classes:
            raise KeyError(f"no class {name!r} in the model; docs/model.md lists them")
    if many not in ("join", "explode"):
        raise UsageError(f"many={many!r}: 'join' or 'explode' is expected")
    made: dict[tuple[str, str], Cells] = {}

    def cells(record: Record) -> Cells:
        key = (record.cls, record.id)
        if key not in made:
            made[key] = _cells(record, ids=ids, typed=typed)
        return made[key]

    rows: list[Cells] = []
    seen: dict[str, dict[str, None]] = {name: {} for name in with_}
    for record in records:
        own = cells(record) | ({"class": [record.cls]} if MODEL.classes[cls].abstract else {})
        for choice in _choices(record, links, with_) if many == "explode" else [_gathered(record, links, with_)]:
            row = dict(own)
            for name, linked in choice.items():
                for one in linked:
                    for column, values in cells(one).items():
                        seen[name][column] = None
                        row.setdefault(f"{name}.{column}", []).extend(values)
            rows.append(row)
    first = _order(cls, [cells(r) for r in records], typed=typed)
    columns = [*(["class"] if MODEL.classes[cls].abstract else []), *first]
    for name in with_:
        columns += [f"{name}.{c}" for c in _order(name, [{c: [] for c in seen[name]}], typed=typed)]
    return _framed(rows, columns, typed=typed)


def _gathered(record: Record, links: Links, with_: Sequence[str]) -> dict[str, list[Record]]:
    """All linked records, by class."""
    return {name: links.nearest(record, name) for name in with_}


def _choices(record: Record, links: Links, with_: Sequence[str]) -> list[dict[str, list[Record]]]:
    """Each way to choose one linked record per class; the next class is looked for from what was chosen, so that facts belong together."""
    chosen: list[dict[str, list[Record]]] = [{}]
    for name in with_:
        longer = []
        for choice in chosen:
            starts = [r for linked in reversed(choice.values()) for r in linked]
            found = next((hits for start in (*starts, record) if (hits := links.nearest(start, name))), [])
            longer += [{**choice, name: [one]} for one in found] or [{**choice, name: []}]
        chosen = longer
    return chosen


# --- tidy -------------------------------------------------------------------------------------------------------------


def tidy_frame(records: Iterable[Record], *, ids: bool = True) -> pd.DataFrame:
    """Return records as a frame of one row per value; see :meth:`.Dataset.to_frame`."""
    import pandas as pd

    columns: dict[str, list[Any]] = {name: [] for name in _TIDY}
    add = tuple(columns[name].append for name in _TIDY)
    for record in records:
        for index, reading in enumerate(record.readings):
            if reading is BLANK:
                continue
            place = _place(record, index, reading)
            for told in _told(reading):
                # Of a loaded record, attributes of one row share a reading: each has the cell under its own name.
                own = _place(record, index, reading, told[1]) if told[1] and len(reading.values) > 1 else place
                for put, cell in zip(add, (record.cls, record.id, *told, *own), strict=True):
                    put(cell)
    kinds = {name: "Float64" if name == "number" else "string" for name in _TIDY if ids or name != "term_id"}
    return pd.DataFrame({name: pd.Series(columns[name], dtype=kind) for name, kind in kinds.items()})


def _told(reading: Reading) -> Iterator[tuple[Any, ...]]:
    """Slot, name, status, value, term_id, number, unit and reason of each thing that a reading says."""
    for value in reading.values:
        name = term = number = unit = None
        if isinstance(value, Attribute):
            name, unit, term = value.name, value.unit, value.term and term_id("attributes", value.term)
        elif isinstance(value, Term):
            term = term_id(reading.slot, value)
        elif isinstance(value, Quantity):
            unit = value.unit
            number = None if value.value is None else _number(value.value)
        elif reading.slot in MODEL.slots and MODEL.slots[reading.slot].kind in ("integer", "decimal"):
            number = _number(str(value))
        number = number if isinstance(number, float) else None
        yield reading.slot, name and _storable(name), "value", _storable(show(value)), term, number, unit, None
    if reading.missing is not None:
        yield reading.missing.slot, None, "missing", None, None, None, None, reading.missing.reason
    if reading.rejected is not None:
        yield reading.rejected.slot, None, "rejected", None, None, None, None, reading.rejected.finding


def _place(record: Record, index: int, reading: Reading, name: str = "") -> tuple[str | None, ...]:
    """Raw text, file, cells, headers and steps of a reading, or of the one of its attributes that has that name."""
    source, row = record.fields[index], record.row_of(index)
    cells = [k for k in range(len(source.columns)) if reading.raw_text(k) != ""]
    cells = [k for k in cells if source.headers[k] == name] or cells if name else cells
    if not cells:
        return None, source.source.file or None, None, None, "; ".join(reading.steps) or None
    # Where the text is the value as it stands, a reading does not keep it twice.
    own = show(reading.values[0]) if len(reading.values) == 1 else None
    raws = [own if (raw := reading.raw_text(k)) is None else raw for k in cells]
    told = "; ".join(_storable(r) for r in raws if r) or None
    addresses = "; ".join(source.address(row, k).cell for k in cells)
    return (
        told,
        source.source.file or None,
        addresses,
        "; ".join(_storable(source.headers[k]) for k in cells),
        "; ".join(reading.steps) or None,
    )
