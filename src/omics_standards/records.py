"""The middle types of the flow: what a text means (Reading), what it belongs to (Record), where every cell went (Ledger).

Nothing here reads a file or knows an ontology. A :class:`Reading` is shared by all rows that repeat its text, so it is never
changed after it was made (the two text caches that the RDF writers fill are the exception, and say nothing new).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from .findings import Address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

    from .findings import Issue, Paths

__all__ = [
    "BLANK",
    "FATES",
    "Attribute",
    "Block",
    "CurieColumn",
    "Field",
    "GeoPoint",
    "Grid",
    "Ledger",
    "Link",
    "LinkColumn",
    "Missing",
    "Origin",
    "Place",
    "Plain",
    "PlainColumn",
    "Quantity",
    "Reading",
    "Record",
    "Rejected",
    "Source",
    "Term",
    "Value",
    "counts_of",
    "records_of",
]

FATES: Final = ("mapped", "kept", "missing", "structural", "rejected")


# --- values -----------------------------------------------------------------------------------------------------------
# The light twins of the generated classes: converting a million cells must not cost a million Pydantic objects.


class Term(NamedTuple):
    """An ontology term, or a *local term* (id None): text that no ontology is known to hold."""

    id: str | None
    label: str


class Quantity(NamedTuple):
    """A number or a range with a UCUM unit; numbers are kept as their decimal text so that 35.50 stays 35.50."""

    value: str | None = None
    minimum: str | None = None
    maximum: str | None = None
    unit: str | None = None


class GeoPoint(NamedTuple):
    """A position in signed decimal degrees (WGS 84), as decimal text."""

    latitude: str
    longitude: str


class Place(NamedTuple):
    """A country or sea of the INSDC list, and the rest of the place's name."""

    country: str | None
    region: str | None = None


class Attribute(NamedTuple):
    """A value that has no slot of its own: kept under its header."""

    name: str
    value: str
    unit: str | None = None
    term: Term | None = None


class Missing(NamedTuple):
    """A slot whose value is absent, with the INSDC reason and the text that said so."""

    slot: str
    reason: str
    raw: str


class Rejected(NamedTuple):
    """A text that its slot cannot carry, with the code of the finding that says why."""

    slot: str
    raw: str
    finding: str


Value = str | int | bool | Term | Quantity | GeoPoint | Place | Attribute | Missing | Rejected


# --- readings ---------------------------------------------------------------------------------------------------------


class Reading:
    """What one distinct text (or tuple of texts) means in one slot.

    Attributes
    ----------
    slot
        Name of the slot that carries ``values``; '' for a blank or structural cell.
    values
        The values, in order; empty where the text is missing, rejected or blank.
    fate
        One of :data:`FATES`; '' for a blank cell, which the ledger does not count.
    issues
        What a person should know about the text.
    steps
        Names of the steps that led from the raw text to the values.
    missing, rejected
        The entry for the record's ``missing`` or ``rejected`` list, or None.
    candidate
        The value that validation refused (what ``values`` would hold if it had passed), or None.
    raw
        The text as it stands in the cell, or the texts of the cells that were read together; None where the value is the text.
    odd
        True where a row with this reading needs more than its values: an issue, or a fate other than ``mapped``.
    """

    __slots__ = ("candidate", "fate", "issues", "missing", "nt", "odd", "raw", "rejected", "slot", "steps", "ttl", "values")

    slot: str
    values: tuple[Value, ...]
    fate: str
    issues: tuple[Issue, ...]
    steps: tuple[str, ...]
    missing: Missing | None
    rejected: Rejected | None
    candidate: Value | None
    raw: str | tuple[str | None, ...] | None
    odd: bool
    ttl: str | None
    nt: tuple[str, ...] | None

    def __init__(
        self,
        slot: str,
        values: tuple[Value, ...] = (),
        fate: str = "mapped",
        issues: tuple[Issue, ...] = (),
        steps: tuple[str, ...] = (),
        missing: Missing | None = None,
        rejected: Rejected | None = None,
        candidate: Value | None = None,
    ) -> None:
        self.slot = slot
        self.values = values
        self.fate = fate
        self.issues = issues
        self.steps = steps
        self.missing = missing
        self.rejected = rejected
        self.candidate = candidate
        self.raw = None
        self.odd = bool(issues) or fate not in ("mapped", "")
        self.ttl = None
        self.nt = None

    def raw_text(self, cell: int = 0) -> str | None:
        """Return the raw text of one of the cells that were read; None where it is the value itself."""
        if isinstance(self.raw, tuple):
            return self.raw[cell] if cell < len(self.raw) else None
        return self.raw

    def __repr__(self) -> str:
        return f"Reading({self.slot!r}, {self.values!r}, {self.fate!r}, {[i.code for i in self.issues]})"


class Plain(Reading):
    """A reading of a text that needs no step and has no issue: identifiers, file names, titles that are clean as they stand."""

    __slots__ = ()

    # What all plain readings have in common is set here once instead of a million times; it hides the slots of the parent.
    fate = "mapped"
    issues = ()
    steps = ()
    missing = None
    rejected = None
    candidate = None
    raw = None
    odd = False

    def __init__(self, slot: str, value: str | int) -> None:
        self.slot = slot
        self.values = (value,)
        self.ttl = None
        self.nt = None

    def __reduce__(self) -> tuple[object, ...]:
        # The class attributes would otherwise be taken for state and set again, which they do not allow.
        return (type(self), (self.slot, self.values[0]))


class Link(Plain):
    """An edge to another record: ``values`` holds its id, ``target`` its class."""

    __slots__ = ("target",)

    def __init__(self, slot: str, target: str, record_id: str) -> None:
        super().__init__(slot, record_id)
        self.target = target

    def __reduce__(self) -> tuple[object, ...]:
        return (Link, (self.slot, self.target, self.values[0]))


class _Blank(Reading):
    """The type of :data:`BLANK`, which stays one object wherever it travels."""

    __slots__ = ()

    def __reduce__(self) -> str:
        return "BLANK"


BLANK: Final = _Blank("", fate="")
"""The reading of an empty cell: no value, no fate, no issue."""


# --- records ----------------------------------------------------------------------------------------------------------


class Grid(Protocol):
    """Where the cells of a part of a sheet stand in the file."""

    part: str
    carried: frozenset[int]
    keyed: bool

    def place(self, row: int, column: int) -> tuple[int, int]:
        """Return row and column in the file of a cell of the part."""
        ...


class Source(NamedTuple):
    """The sheet that fields come from; ``grid`` where it is a part that was cut out of one, ``paths`` where it is one of a tree.

    ``among`` where the dataset has several files: then origins name their file.
    """

    file: str
    sheet: str
    grid: Grid | None = None
    paths: Paths | None = None
    among: bool = False

    def address(self, row: int | None, column: int | None) -> Address:
        """Address of a cell of the sheet (both from 1)."""
        if self.paths is not None:
            return Address(self.file, self.sheet, path=self.paths.at(row, column))
        if self.grid is not None and row and column:
            row, column = self.grid.place(row, column)
        return Address(self.file, self.sheet, row, column)


class Field(NamedTuple):
    """Which column(s) of which sheet feed a slot of a record."""

    slot: str
    columns: tuple[int, ...]
    headers: tuple[str, ...]
    source: Source

    @property
    def header(self) -> str:
        """Header of the first column, '' for a value that no cell holds."""
        return self.headers[0] if self.headers else ""

    def address(self, row: int, cell: int = 0) -> Address:
        """Address of the field's cell in a row (the first of its columns unless another is asked for)."""
        column = self.columns[cell] if self.columns else None
        return self.source.address(row, column)


class Origin(NamedTuple):
    """Where a value came from: slot, address, and the steps from the raw text to the value."""

    slot: str
    address: Address
    header: str
    steps: tuple[str, ...]


class Record:
    """One thing described by the data: its class, its id, and a reading per filled field.

    ``readings`` and ``fields`` run in parallel; ``rows`` is one row number for a record made of one row,
    or one per reading where rows were merged.
    """

    __slots__ = ("cls", "fields", "id", "readings", "rows", "stub")

    def __init__(
        self,
        cls: str,
        id: str,
        readings: tuple[Reading, ...],
        fields: tuple[Field, ...],
        rows: int | tuple[int, ...],
        *,
        stub: bool = False,
    ) -> None:
        self.cls = cls
        self.id = id
        self.readings = readings
        self.fields = fields
        self.rows = rows
        self.stub = stub

    def items(self) -> Iterator[tuple[str, tuple[Value, ...]]]:
        """Yield slot and values in field order; slots that hold none are left out."""
        for reading in self.readings:
            if reading.values:
                yield reading.slot, reading.values

    def values(self, slot: str) -> tuple[Value, ...]:
        """Return all values of a slot, () where it has none."""
        return tuple(v for r in self.readings if r.slot == slot for v in r.values)

    def row_of(self, index: int) -> int:
        """Row number of the reading at ``index``."""
        return self.rows if isinstance(self.rows, int) else self.rows[index]

    def origin(self, slot: str) -> list[Origin]:
        """Say where the values of a slot came from: addresses and steps, in field order; [] where the slot is empty."""
        found = []
        for i, (reading, source) in enumerate(zip(self.readings, self.fields, strict=True)):
            if reading.slot == slot and reading is not BLANK:
                row = self.row_of(i)
                found += [
                    Origin(slot, source.address(row, k), source.headers[k], reading.steps)
                    for k in range(len(source.columns))
                    if reading.raw_text(k) != ""
                ]
        return found

    def __repr__(self) -> str:
        return f"<{self.cls} {self.id} ({len({s for s, _ in self.items()})} slots)>"


# --- columns ----------------------------------------------------------------------------------------------------------
# A batch of rows is worked on column by column; records are made of the columns only where somebody wants records.


class PlainColumn:
    """The cells of a column in a batch, all of which are values as they stand (or blank): no reading is made until it is asked for."""

    __slots__ = ("number", "slot", "texts")

    def __init__(self, slot: str, texts: Sequence[str], *, number: bool = False) -> None:
        self.slot = slot
        self.texts = texts
        self.number = number

    def __iter__(self) -> Iterator[Reading]:
        slot = self.slot
        if self.number:
            return (Plain(slot, int(t)) if t else BLANK for t in self.texts)
        return (Plain(slot, t) if t else BLANK for t in self.texts)

    def __len__(self) -> int:
        return len(self.texts)

    def with_texts(self, texts: Sequence[str]) -> PlainColumn:
        """A column of the same kind with other texts."""
        return PlainColumn(self.slot, texts, number=self.number)


class CurieColumn(PlainColumn):
    """A plain column of accessions of one archive: the value is the text behind the archive's prefix."""

    __slots__ = ("prefix",)

    def __init__(self, slot: str, texts: Sequence[str], prefix: str) -> None:
        super().__init__(slot, texts)
        self.prefix = prefix

    def __iter__(self) -> Iterator[Reading]:
        return (self._reading(t) if t else BLANK for t in self.texts)

    def _reading(self, text: str) -> Reading:
        reading = Reading(self.slot, (f"{self.prefix}:{text}",))
        reading.raw = text
        return reading

    def with_texts(self, texts: Sequence[str]) -> CurieColumn:
        """A column of the same archive with other texts."""
        return CurieColumn(self.slot, texts, self.prefix)


class LinkColumn:
    """The edges of a batch from one kind of record to another: an id per row, None where there is no target."""

    __slots__ = ("ids", "slot", "target")

    def __init__(self, slot: str, target: str, ids: Sequence[str | None]) -> None:
        self.slot = slot
        self.target = target
        self.ids = ids

    def __iter__(self) -> Iterator[Reading]:
        return (Link(self.slot, self.target, i) if i is not None else BLANK for i in self.ids)

    def __len__(self) -> int:
        return len(self.ids)


class Block:
    """The records of one kind in a batch of rows, column by column.

    Attributes
    ----------
    ids
        One per row, None where the row holds no such record.
    columns
        Readings per field, in the order of ``fields``; each as long as ``ids``.
    rows
        Row numbers.
    joined
        By place in the batch, records that more than this row makes; their id here is None.
    again
        Places of rows that say of a record, cell by cell, what an earlier row of the batch says.
    """

    __slots__ = ("again", "cls", "columns", "fields", "ids", "joined", "rows", "stub")

    def __init__(
        self,
        cls: str,
        ids: Sequence[str | None],
        columns: Sequence[list[Reading] | PlainColumn | LinkColumn],
        fields: tuple[Field, ...],
        rows: Sequence[int],
        *,
        stub: bool = False,
        joined: Mapping[int, Record] | None = None,
        again: Set[int] = frozenset(),
    ) -> None:
        self.cls = cls
        self.ids = ids
        self.columns = columns
        self.fields = fields
        self.rows = rows
        self.stub = stub
        self.joined = joined or {}
        self.again = again

    def __iter__(self) -> Iterator[Record | None]:
        cls, fields, stub = self.cls, self.fields, self.stub
        cells = zip(*self.columns, strict=True) if self.columns else ((),) * len(self.ids)
        made = (
            Record(cls, i, r, fields, n, stub=stub) if i is not None else None for i, r, n in zip(self.ids, cells, self.rows, strict=True)
        )
        if not self.joined:
            return made
        return (self.joined.get(k, record) for k, record in enumerate(made))


def records_of(blocks: Sequence[Block]) -> list[Record]:
    """Make the records of blocks of one batch, row by row."""
    return [r for row in zip(*blocks, strict=True) for r in row if r is not None]


def counts_of(blocks: Iterable[Block]) -> Counter[str]:
    """Count the records of blocks by class."""
    counts: Counter[str] = Counter()
    for block in blocks:
        if own := len(block.ids) - block.ids.count(None):
            counts[block.cls] += own
        counts.update(r.cls for r in block.joined.values())
    return counts


# --- ledger -----------------------------------------------------------------------------------------------------------


class Ledger:
    """Where every non-blank cell went. The five fates add up to the number of cells, always.

    Examples
    --------
    >>> ledger = Ledger(); ledger.add("mapped", 3); ledger.add("missing")
    >>> ledger.to_dict()
    {'cells': 4, 'mapped': 3, 'kept': 0, 'missing': 1, 'structural': 0, 'rejected': 0}
    >>> ledger.expect(5); ledger.closes
    False
    """

    __slots__ = ("_expected", "counts")

    def __init__(self, counts: Mapping[str, int] | None = None) -> None:
        self.counts: Counter[str] = Counter(counts or {})
        self._expected = 0

    def add(self, fate: str, cells: int = 1) -> None:
        """Count ``cells`` cells of one fate."""
        self.counts[fate] += cells

    def update(self, counts: Mapping[str, int] | Iterable[tuple[str, int]]) -> None:
        """Add counts by fate."""
        for fate, cells in dict(counts).items():
            self.counts[fate] += cells

    def expect(self, cells: int) -> None:
        """Say how many non-blank cells the reader of a sheet met; :attr:`closes` compares."""
        self._expected += cells

    @property
    def cells(self) -> int:
        """Number of cells that have a fate."""
        return sum(self.counts[f] for f in FATES)

    @property
    def closes(self) -> bool:
        """True where each cell that was read has exactly one fate."""
        return self.cells == self._expected and set(self.counts) <= set(FATES)

    @property
    def expected(self) -> int:
        """Number of cells that the readers met."""
        return self._expected

    def to_dict(self) -> dict[str, int]:
        """Return the counts as ``report.json`` writes them."""
        return {"cells": self.cells, **{f: self.counts[f] for f in FATES}}

    def __repr__(self) -> str:
        return "Ledger(" + ", ".join(f"{k} {v}" for k, v in self.to_dict().items()) + ")"
