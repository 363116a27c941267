"""Tables for programs: one per class, a row per record, every column of one type.

A value with parts has a column for each: a term its label and ``<slot>_id``; a quantity its number, ``<slot>_minimum`` and
``<slot>_maximum`` where it is a range, and ``<slot>_unit``; a place ``<slot>_country`` and ``<slot>_region``; a position
``<slot>_latitude`` and ``<slot>_longitude``. Slots that may hold several values are lists. What has no slot stands under
``attribute: <name>`` (its unit and term beside it), why a value is absent under ``<slot> (missing)``, what no slot could carry
under ``<slot> (rejected)``.

The type of a column is the model's where all of its values have it, else text: ``2020-05`` among days makes a column of dates a
column of texts. A kept attribute is a number only where each of its values is one and has a unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from ..models.slots import MODEL
from ..records import Attribute, GeoPoint, Place, Quantity, Term
from .encode import term_id
from .spool import RowSpool
from .tables import storable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from ..records import Reading, Record, Value
    from .spool import Cell

__all__ = ["DELIMITERS", "Column", "Facts", "TypedTable", "TypedTables", "typed_rows"]

DELIMITERS: Final = ("; ", " | ", " || ", "\n")
"""What may stand between several values in a cell of text: the first that is in none of the column's values."""

_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,17})").fullmatch
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d{1,2})?").fullmatch
_PERIODS: Final = (
    ("date", re.compile(r"\d{4}-\d\d-\d\d")),
    ("yearmonth", re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")),
    ("year", re.compile(r"\d{4}")),
)
# Digits that a double always gives back (IEEE 754, DBL_DIG).
_DOUBLE: Final = 15
# In what order the parts of a slot's values stand.
_PARTS: Final = ("", "id", "minimum", "maximum", "unit", "country", "region", "latitude", "longitude")


@dataclass(slots=True)
class Facts:
    """What is known of a column's values.

    Attributes
    ----------
    slot, part
        The slot, '' for what has none; which part of its values.
    name
        Name of the attribute, '' for a slot.
    forms
        Forms of the values: text, integer, number, long (a number with more digits than a double holds), boolean, date, yearmonth, year.
    several, plural
        Whether a record may have several values here; whether one has.
    inside
        Those of :data:`DELIMITERS` that occur in values.
    """

    slot: str
    part: str = ""
    name: str = ""
    forms: set[str] = field(default_factory=set)
    several: bool = False
    plural: bool = False
    inside: set[str] = field(default_factory=set)

    def add(self, other: Facts) -> None:
        """Take over what another chunk tells of the same column."""
        self.forms |= other.forms
        self.several |= other.several
        self.plural |= other.plural
        self.inside |= other.inside


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a typed table.

    Attributes
    ----------
    type
        text, integer, number, decimal (a number that a double does not hold), boolean, date, yearmonth or year.
    several, plural
        Whether its cells are lists; whether one of them has more than one value.
    delimiter
        What stands between the values of a list in a cell of text.
    """

    name: str
    slot: str
    part: str
    attribute: str
    type: str
    several: bool
    plural: bool
    delimiter: str

    def text(self, cell: Cell) -> str:
        """Return a cell as one text."""
        return "" if cell is None else cell if isinstance(cell, str) else self.delimiter.join(cell)

    def describe(self, cls: str) -> str:
        """Say in a sentence what the column holds."""
        definition = MODEL.slot(cls, self.slot)
        said = definition.description if definition is not None else ""
        match self.part:
            case "id":
                return f"Identifier of the term of: {said}"
            case "missing":
                return f"Why there is no value (INSDC's words for missing values) of: {said}"
            case "rejected":
                return f"What stood in the source and could not be carried as: {said}"
            case "":
                return f"{self.attribute}, under the name that it has in the source." if self.attribute else said
        if self.attribute:
            return f"{self.part.capitalize()} of {self.attribute}."
        return f"{self.part.capitalize()} of: {said}"


def _form(kind: str, text: str) -> str:
    """Return the form of a text where the model expects a kind."""
    if kind == "number":
        if _NUMBER(text) is None:
            return "text"
        return "number" if sum(c.isdigit() for c in text.partition("e")[0]) <= _DOUBLE else "long"
    if kind == "integer":
        return "integer" if _INTEGER(text) else _form("number", text)
    if kind == "date":
        for name, pattern in _PERIODS:
            if pattern.fullmatch(text):
                return name if name != "date" or _is_day(text) else "text"
        return "text"
    return "boolean" if kind == "boolean" and text in ("true", "false") else "text"


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return text > "0000"


_KINDS: Final = {"integer": "integer", "decimal": "number", "boolean": "boolean", "date": "date"}
# Parts of a slot's values: suffix of the column, kind, text.
_Part = tuple[str, str, str | None]


def _parts(slot: str, value: Value) -> tuple[_Part, ...]:
    """Return the parts of a value that no attribute holds."""
    match value:
        case Term():
            return ("", "text", value.label or term_id(slot, value)), ("id", "text", term_id(slot, value))
        case Quantity():
            numbers = zip(("", "minimum", "maximum"), (value.value, value.minimum, value.maximum), strict=True)
            return *((part, "number", text) for part, text in numbers), ("unit", "text", value.unit)
        case Place():
            return ("country", "text", value.country), ("region", "text", value.region)
        case GeoPoint():
            return ("latitude", "number", value.latitude), ("longitude", "number", value.longitude)
    text = "true" if value is True else "false" if value is False else str(value)
    return (("", _KINDS.get(MODEL.slots[slot].kind, "text"), text),)


class _Rows:
    """Makes the rows of a chunk of records of one class, and finds out the facts on their columns."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Cell]] = []
        self.facts: dict[str, Facts] = {}
        self._forms: dict[tuple[str, str], str] = {}

    def add(self, record: Record) -> None:
        """Make the row of a record."""
        row: dict[str, list[str]] = {}
        self._cell(row, "id", Facts("id"), "text", record.id)
        for reading in record.readings:
            self._reading(row, reading)
        if record.stub:
            self._cell(row, "stub", Facts("stub"), "boolean", "true")
        self.rows.append({name: self._joined(name, texts) for name, texts in row.items()})

    def _reading(self, row: dict[str, list[str]], reading: Reading) -> None:
        slot = reading.slot
        for value in dict.fromkeys(reading.values):
            if isinstance(value, Attribute):
                self._attribute(row, slot, value)
                continue
            several = MODEL.slots[slot].multivalued
            for part, kind, text in _parts(slot, value):
                if text:
                    self._cell(row, f"{slot}_{part}" if part else slot, Facts(slot, part, several=several), kind, text)
        if reading.missing is not None:
            told = reading.missing
            self._cell(row, f"{told.slot} (missing)", Facts(told.slot, "missing"), "text", told.reason)
        if reading.rejected is not None:
            refused = reading.rejected
            self._cell(row, f"{refused.slot} (rejected)", Facts(refused.slot, "rejected"), "text", refused.raw)

    def _attribute(self, row: dict[str, list[str]], slot: str, value: Attribute) -> None:
        name = f"{'attribute' if slot == 'attributes' else slot}: {value.name}"
        self._cell(row, name, Facts(slot, name=storable(value.name)), "number" if value.unit else "text", value.value)
        if value.unit:
            self._cell(row, f"{name} (unit)", Facts(slot, "unit", name=storable(value.name)), "text", value.unit)
        if value.term is not None:
            self._cell(row, f"{name} (id)", Facts(slot, "id", name=storable(value.name)), "text", term_id("attributes", value.term))

    def _cell(self, row: dict[str, list[str]], name: str, new: Facts, kind: str, text: str) -> None:
        name, text = storable(name), storable(text)
        facts = self.facts.setdefault(name, new)
        if kind == "text":
            facts.forms.add("text")
        else:
            form = self._forms.get((kind, text))
            if form is None:
                form = self._forms[kind, text] = _form(kind, text)
            facts.forms.add(form)
        row.setdefault(name, []).append(text)

    def _joined(self, name: str, texts: list[str]) -> Cell:
        facts = self.facts[name]
        if len(texts) > 1:
            # The same value from two cells is one value; labels and ids of terms must stay side by side.
            texts = texts if facts.slot and (f"{facts.slot}_id" in self.facts or facts.part == "id") else list(dict.fromkeys(texts))
            facts.plural |= len(texts) > 1
            facts.several |= facts.plural
        for text in texts:
            if ";" in text or "|" in text or "\n" in text:
                facts.inside.update(d for d in DELIMITERS if (d.strip() or d) in text)
        return tuple(texts) if facts.several or len(texts) > 1 else texts[0]


def typed_rows(records: Iterable[Record]) -> dict[str, tuple[list[dict[str, Cell]], dict[str, Facts]]]:
    """Make the rows of some records and find out the facts on their columns, by class.

    Examples
    --------
    >>> from omics_standards.records import Field, Reading, Record, Source
    >>> reading = Reading("age", (Quantity("35.5", unit="a"),))
    >>> record = Record("Subject", "subject/D1", (reading,), (Field("age", (1,), ("age",), Source("a.tsv", "")),), 2)
    >>> rows, facts = typed_rows([record])["Subject"]
    >>> rows
    [{'id': 'subject/D1', 'age': '35.5', 'age_unit': 'a'}]
    >>> facts["age"].forms, facts["age_unit"].forms
    ({'number'}, {'text'})
    """
    made: dict[str, _Rows] = {}
    for record in records:
        made.setdefault(record.cls, _Rows()).add(record)
    return {cls: (m.rows, m.facts) for cls, m in made.items()}


def _type(forms: set[str]) -> str:
    if forms <= {"integer"}:
        return "integer"
    if forms <= {"integer", "number"}:
        return "number"
    if forms <= {"integer", "number", "long"}:
        return "decimal"
    return next(iter(forms)) if len(forms) == 1 else "text"


@dataclass(frozen=True, slots=True)
class TypedTable:
    """A table: the class, its container's name, the columns in order, and the rows."""

    cls: str
    name: str
    columns: tuple[Column, ...]
    spool: RowSpool

    @property
    def rows(self) -> int:
        """Number of rows."""
        return self.spool.rows

    def batches(self) -> Iterator[list[list[Cell]]]:
        """Yield the rows in batches."""
        return self.spool.read([c.name for c in self.columns])


class TypedTables:
    """Gathers typed rows by class; what kind of file is made of them, its children know."""

    def __init__(self, path: Path, _base: str = "") -> None:
        self.path = path
        self._spools: dict[str, RowSpool] = {}
        self._facts: dict[str, dict[str, Facts]] = {}

    def encode(self, records: Iterable[Record]) -> dict[str, tuple[list[dict[str, Cell]], dict[str, Facts]]]:
        """Make the rows of a chunk, by class."""
        return typed_rows(records)

    def write(self, encoded: Mapping[str, tuple[list[dict[str, Cell]], dict[str, Facts]]]) -> None:
        """Take over the rows of a chunk."""
        for cls, (rows, facts) in encoded.items():
            self._spools.setdefault(cls, RowSpool()).add(rows)
            known = self._facts.setdefault(cls, {})
            for name, more in facts.items():
                known.setdefault(name, more).add(more)

    def tables(self) -> Iterator[TypedTable]:
        """Yield the tables in the model's order."""
        for container, cls in MODEL.containers.items():
            if cls in self._spools:
                yield TypedTable(cls, container, tuple(self._columns(cls)), self._spools[cls])

    def _columns(self, cls: str) -> Iterator[Column]:
        places = {slot: k for k, slot in enumerate(MODEL.classes[cls].slots)}

        def place(item: tuple[str, Facts]) -> tuple[bool, int, int, str]:
            name, facts = item
            fixed = not facts.name and facts.part in _PARTS and facts.slot in places
            return (not fixed, places[facts.slot], _PARTS.index(facts.part), name) if fixed else (True, 0, 0, name)

        for name, facts in sorted(self._facts[cls].items(), key=place):
            free = [d for d in DELIMITERS if d not in facts.inside]
            between = free[0] if free else DELIMITERS[0]
            yield Column(name, facts.slot, facts.part, facts.name, _type(facts.forms), facts.several, facts.plural, between)

    def close(self) -> None:
        """Write the tables and give the temporary files back."""
        self.save()
        for spool in self._spools.values():
            spool.close()

    def save(self) -> None:
        """Write the tables."""
        raise NotImplementedError
