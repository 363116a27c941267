"""Records of the entries that ``dataset.json`` holds: what each cell was read as, and where it stands.

What a hundred thousand entries have in common is made once: which cell of a row feeds which slot, and what a text was read as.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ..emit.encode import term_id
from ..findings import Address, Paths
from ..models.slots import MODEL
from ..records import Attribute, Field, GeoPoint, Link, Missing, Place, Quantity, Reading, Record, Rejected, Source, Term

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..records import Value

__all__ = ["Rebuilder", "column_number", "read_address", "read_record", "read_value"]

# Another file's cell, as Address.beside writes it.
_NAMED = re.compile(r"\[([^\[\]]+)\](.*)")
_CELL = re.compile(r"(?:(?P<sheet>.*)!)?(?P<column>[A-Z]+)(?P<row>\d+)")
_DIGITS = "0123456789"
# Parts of an entry that are no values of a slot.
_NO_VALUES = frozenset({"id", "origin", "stub", "missing", "rejected"})
_TEXTS = frozenset({"string", "enum", "date", "uri", "decimal"})
_TEXT = "text"
# 1 and true are one key of a dictionary, and two values.
_NOT_REMEMBERED = frozenset(name for name, slot in MODEL.slots.items() if slot.kind in ("integer", "boolean"))
# Readings that are remembered of a slot, which is more than most columns have texts; names and checksums never come again.
_READINGS = 4096


def column_number(letters: str) -> int:
    """Return the number of a column from its letters, 0 for none.

    Examples
    --------
    >>> column_number("AB"), column_number("")
    (28, 0)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def read_address(text: str, file: str) -> Address:
    """Return the address that a text says; what is no cell of a sheet is a path in a tree.

    Parameters
    ----------
    text
        As :attr:`~omics_standards.findings.Address.cell` or ``beside`` writes it.
    file
        The file, where the text does not name one.

    Examples
    --------
    >>> read_address("Sheet 1!B3", "a.xlsx")[:4], read_address("/samples/2", "a.json").path
    (('a.xlsx', 'Sheet 1', 3, 2), '/samples/2')
    """
    named = _NAMED.fullmatch(text)
    if named is not None:
        file, text = named.groups()
    hit = _CELL.fullmatch(text)
    if hit is None:
        return Address(file, path=text or None)
    return Address(file, (hit["sheet"] or "").strip("'"), int(hit["row"]), column_number(hit["column"]))


class _Told(Paths):
    """Where cells of a tree stand, as their origins say it."""

    __slots__ = ()

    def __init__(self, paths: tuple[str, ...]) -> None:
        super().__init__("", paths)

    def at(self, _row: int | None, column: int | None) -> str:
        """The path of a cell."""
        return self.below[(column or 1) - 1]


@lru_cache(maxsize=65_536)
def _term(slot: str, term: str, label: str) -> Term:
    local = Term(None, label)
    return local if term_id(slot, local) == term else Term(term, label)


def read_value(slot: str, raw: Any) -> Value:
    """Return the value of a slot that ``dataset.json`` holds."""
    match MODEL.slots[slot].kind:
        case "term":
            return _term(slot, raw["id"], raw.get("label", ""))
        case "quantity":
            return Quantity(*(None if raw.get(k) is None else str(raw[k]) for k in ("value", "minimum", "maximum", "unit")))
        case "geopoint":
            return GeoPoint(str(raw["latitude"]), str(raw["longitude"]))
        case "place":
            return Place(raw.get("country"), raw.get("region"))
        case "attribute":
            term = raw.get("term")
            return Attribute(raw["name"], raw["value"], raw.get("unit"), Term(term["id"], term.get("label", "")) if term else None)
        case "missing":
            return Missing(raw["slot"], raw["reason"], raw.get("raw", ""))
        case "rejected":
            return Rejected(raw["slot"], raw["raw"], raw["finding"])
        case "integer" | "boolean":
            return raw  # type: ignore[no-any-return]
    return str(raw)


# What a record says in a slot, for which its origins may name cells: values, or what is missing or was refused, and the class that a
# link points to ('' for what is no link). A bare tuple, since a hundred thousand records have millions.
_Wanted = tuple[tuple["Value", ...], Missing | None, Rejected | None, str]


class _Spot:
    """A column of a sheet that was read for a slot, taking certain steps; ``among``: what cells that were read together share."""

    __slots__ = ("among", "column", "fields", "file", "header", "path", "sheet", "slot", "steps")

    def __init__(self, origin: Mapping[str, Any], place: Address, among: tuple[object, ...]) -> None:
        self.slot: str = origin["slot"]
        self.header: str = origin.get("header", "")
        self.steps: tuple[str, ...] = tuple(origin.get("steps", ()))
        self.file, self.sheet, self.column, self.path = place.file, place.sheet, place.column or 0, place.path
        self.among = among
        # By the slot that it feeds: that of the missing and rejected is another. And of the cells that follow it, where some do.
        self.fields: dict[str | tuple[str, tuple[_Spot, ...]], Field] = {}


class Rebuilder:
    """Rebuilds records of a ``dataset.json``.

    Parameters
    ----------
    file
        The file that cells stand in whose origins name none; '' where there are several.
    """

    def __init__(self, file: str = "") -> None:
        self._file = file
        self._spots: dict[tuple[object, ...], _Spot | None] = {}
        self._among: dict[tuple[object, ...], tuple[object, ...]] = {}
        self._orders: dict[tuple[str, ...], list[tuple[str, str, str]]] = {}
        self._readings: dict[str, dict[tuple[object, ...], Reading]] = {}
        self._bare: dict[str, Field] = {}
        self._together: dict[tuple[int, ...], tuple[Field, ...]] = {}

    def record(self, cls: str, entry: Mapping[str, Any]) -> Record:
        """Rebuild a record: a reading per row and slot that its origins name, in their order, then what no cell holds."""
        waiting = self._said(cls, entry)
        readings: list[Reading] = []
        fields: list[Field] = []
        rows: list[int] = []
        origins: Sequence[Mapping[str, Any]] = entry.get("origin", ())
        spots, numbers = self._places(origins)
        first, cells = 0, len(spots)
        while first < cells:
            spot, row = spots[first], numbers[first]
            end = first + 1
            while end < cells and spots[end].among is spot.among and numbers[end] == row:
                end += 1
            raws = (origins[first].get("raw"),) if end == first + 1 else tuple([o.get("raw") for o in origins[first:end]])
            wanted = waiting.get(spot.slot)
            reading = self._reading(spot.slot, _take(wanted, raws) if wanted else None, spot.steps, raws)
            readings.append(reading)
            alone = spot.fields.get(reading.slot) if end == first + 1 else None
            fields.append(alone if alone is not None else self._field(reading.slot, spots[first:end]))
            rows.append(row)
            first = end
        for slot, rest in waiting.items():
            for want in rest:
                readings.append(self._reading(slot, want, (), None))
                fields.append(self._without_cell(slot))
                rows.append(0)
        one = rows[0] if rows and rows.count(rows[0]) == len(rows) else None
        return Record(
            cls, entry["id"], tuple(readings), self._shared(fields), tuple(rows) if one is None else one, stub=bool(entry.get("stub"))
        )

    # --- cells ---

    def _places(self, origins: Sequence[Mapping[str, Any]]) -> tuple[list[_Spot], list[int]]:
        """Where cells stand: their columns, and the number of the row of each, 0 for what is no cell of a sheet."""
        spots: list[_Spot] = []
        numbers: list[int] = []
        last, number, known = "", 0, self._spots
        for origin in origins:
            cell = origin["cell"]
            before = cell.rstrip(_DIGITS)
            row = cell[len(before) :]
            get = origin.get
            steps = get("steps")
            key = (before, origin["slot"], get("header"), get("file"), tuple(steps) if steps else None)
            spot = known.get(key) if row else None
            if spot is None:
                spot, number, last = self._spot(key, origin), read_address(cell, "").row or 0, row
            elif row != last:
                number, last = int(row), row
            spots.append(spot)
            numbers.append(number)
        return spots, numbers

    def _spot(self, key: tuple[object, ...], origin: Mapping[str, Any]) -> _Spot:
        """Lay out a cell; where it is one of a sheet, others of its column are laid out alike."""
        place = read_address(origin["cell"], origin.get("file", self._file))
        told = (origin["slot"], place.file, place.sheet, tuple(origin.get("steps", ())))
        spot = _Spot(origin, place, self._among.setdefault(told, told))
        if place.path is None and place.row is not None and origin["cell"][-1] in _DIGITS:
            self._spots[key] = spot
        return spot

    def _field(self, slot: str, spots: Sequence[_Spot]) -> Field:
        """The field that cells feed which were read together."""
        first = spots[0]
        key = slot if len(spots) == 1 else (slot, tuple(spots[1:]))
        known = first.fields.get(key)
        if known is None:
            source = Source(first.file, first.sheet, among=not self._file)
            columns = tuple([spot.column for spot in spots])
            if first.path is not None:
                columns, source = tuple(range(1, len(spots) + 1)), source._replace(paths=_Told(tuple([s.path or "" for s in spots])))
            known = first.fields[key] = Field(slot, columns, tuple([spot.header for spot in spots]), source)
        return known

    def _without_cell(self, slot: str) -> Field:
        """The field of what no cell holds."""
        known = self._bare.get(slot)
        if known is None:
            known = self._bare[slot] = Field(slot, (), (), Source(self._file, ""))
        return known

    def _shared(self, fields: list[Field]) -> tuple[Field, ...]:
        """One tuple for all records with the same fields, which are objects that live as long as this one."""
        key = tuple(map(id, fields))
        known = self._together.get(key)
        if known is None:
            known = self._together[key] = tuple(fields)
        return known

    # --- values ---

    def _said(self, cls: str, entry: Mapping[str, Any]) -> dict[str, list[_Wanted]]:
        """What a record says, by the slot that its origins name: first its values, then what is missing or rejected there."""
        said: dict[str, list[_Wanted]] = {}
        for slot, kind, target in self._order(cls, entry):
            told = entry[slot]
            if kind == _TEXT and type(told) is str:
                said[slot] = [((told,), None, None, "")]
                continue
            several = told if isinstance(told, list) else [told]
            if kind == "reference":
                said[slot] = [((one,), None, None, target) for one in several]
            elif kind == _TEXT:
                said[slot] = [(tuple(map(str, several)), None, None, "")]
            else:
                said[slot] = [(tuple([read_value(slot, one) for one in several]), None, None, "")]
        for raw in entry.get("missing", ()):
            missing = Missing(raw["slot"], raw["reason"], raw.get("raw", ""))
            said.setdefault(missing.slot, []).append(((), missing, None, ""))
        for raw in entry.get("rejected", ()):
            rejected = Rejected(raw["slot"], raw["raw"], raw["finding"])
            said.setdefault(rejected.slot, []).append(((), None, rejected, ""))
        return said

    def _order(self, cls: str, entry: Mapping[str, Any]) -> list[tuple[str, str, str]]:
        """The slots of an entry in the model's order, with their kinds and what they point to."""
        key = (cls, *entry)
        known = self._orders.get(key)
        if known is None:
            slots = [s for s in MODEL.classes[cls].slots if s not in _NO_VALUES and s in entry]
            kinds = {s: MODEL.slots[s].kind for s in slots}
            known = self._orders[key] = [(s, _TEXT if kinds[s] in _TEXTS else kinds[s], MODEL.slots[s].range) for s in slots]
        return known

    def _reading(self, slot: str, want: _Wanted | None, steps: tuple[str, ...], raws: tuple[str | None, ...] | None) -> Reading:
        """The reading of cells; ``raws`` None where no cell holds it. One for all cells of one text."""
        if want is not None and want[3] and not steps and (raws is None or raws.count(None) == len(raws)):
            return Link(slot, want[3], want[0][0])  # type: ignore[arg-type]
        if slot in _NOT_REMEMBERED:
            return _made(slot, want, steps, raws)
        known = self._readings.get(slot)
        if known is None:
            known = self._readings[slot] = {}
        key = (want, steps, raws)
        reading = known.get(key)
        if reading is None:
            if len(known) >= _READINGS:
                known.clear()
            reading = known[key] = _made(slot, want, steps, raws)
        return reading


def _made(slot: str, want: _Wanted | None, steps: tuple[str, ...], raws: tuple[str | None, ...] | None) -> Reading:
    values, missing, rejected, _ = want or ((), None, None, "")
    if missing is not None:
        reading = Reading("missing", fate="missing", missing=missing)
    elif rejected is not None:
        reading = Reading(rejected.slot, fate="rejected", rejected=rejected)
    else:
        reading = Reading(slot, values)
    reading.steps = steps
    reading.raw = raws
    return reading


def _take(waiting: list[_Wanted], raws: tuple[str | None, ...]) -> _Wanted | None:
    """Take what cells with these texts gave: what was missing or refused there, else the next value."""
    if len(waiting) == 1 and waiting[0][1] is None and waiting[0][2] is None:
        return waiting.pop()
    at = next((i for i, (_, *entries, _) in enumerate(waiting) for e in entries if e is not None and e.raw in raws), None)
    if at is None:
        at = next((i for i, (_, missing, rejected, _) in enumerate(waiting) if missing is None and rejected is None), None)
    return waiting.pop(at) if at is not None else None


def read_record(cls: str, entry: Mapping[str, Any], file: str = "") -> Record:
    """Rebuild one record of ``dataset.json``; of many, a :class:`Rebuilder` makes once what they have in common."""
    return Rebuilder(file).record(cls, entry)
