"""Accessions that an archive gave, merged into a converted dataset.

In: the folder of a dataset, and what the archive sent back (its own table with a column of accessions, a receipt, or two columns: name
and accession). Out: the records with their accessions. A record is found by its name within its kind, else by what it is linked to;
where that is not certain, nothing is attached and it is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from ..conversion.flow import Options
from ..conversion.inputs import open_inputs
from ..findings import Address
from ..models.slots import MODEL
from ..records import Field, Link, Reading, Record, Source
from ..values.accessions import match_accession
from ..values.text import clean, normal
from .keeping import convert_books

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..conversion.dataset import Dataset
    from ..tables import Workbook
    from ..values.accessions import Accession

__all__ = ["STATUSES", "Attached", "attach"]

STATUSES: Final = {
    "attached": "the record has it now",
    "known": "the record had it before",
    "conflict": "the record has another accession of that archive, or another record has this one; nothing was changed",
    "ambiguous": "several records have this name; nothing was changed",
    "unmatched": "no record of this kind has this name",
}
"""What may become of an accession."""

_NAMES: Final = ("name", "alternative_names", "library_name")
# What an archive's receipt says of the submission itself is of no record of the data.
_SUBMISSION: Final = "Entry"
# Links by which a record without a name of its own is found, where all that it is linked to is known.
_LINKS: Final = ("data_files", "assay", "samples", "sample")


@dataclass(frozen=True, slots=True)
class Attached:
    """What became of one accession.

    Attributes
    ----------
    accession
        As a CURIE.
    name
        What the archive's table calls its record; '' where it has no name there.
    address, header
        The cell that it stood in.
    status
        A key of :data:`STATUSES`.
    record
        Class and id of the record, '' where there is none.
    detail
        What it conflicts with, or which records share the name.
    """

    accession: str
    name: str
    address: Address
    header: str
    status: str
    record: str = ""
    detail: str = ""

    def to_dict(self) -> dict[str, object]:
        """Return it as ``--json`` writes it."""
        at = self.address
        entry = {"status": self.status, "accession": self.accession, "name": self.name, "record": self.record, "detail": self.detail}
        return {k: v for k, v in {**entry, "file": at.file, "sheet": at.sheet, "cell": at.cell}.items() if v}


class _Claim(NamedTuple):
    """An accession, and of what it is said to be."""

    curie: str
    kinds: tuple[str, ...]
    names: tuple[str, ...]
    titles: tuple[str, ...]
    links: dict[str, frozenset[str]]
    key: tuple[str, str]
    address: Address
    header: str


def attach(
    dataset: Dataset, files: Sequence[str], options: Options | None = None
) -> tuple[list[Record], list[Attached], list[dict[str, object]]]:
    """Merge accessions into the records of a dataset.

    Parameters
    ----------
    dataset
        As :func:`omics_standards.load` gives it; it is not changed.
    files
        What the archive sent back.
    options
        As for a conversion of these files.

    Returns
    -------
    list of Record
        All records of the dataset; those that an accession was attached to are new.
    list of Attached
        What became of each accession, in the order of the files.
    list of dict
        The files, as ``report.json`` lists inputs.

    Raises
    ------
    ReadError
        A file cannot be read.
    """
    options = options or Options()
    books = open_inputs(list(files))
    kept = convert_books(books, options)
    merger = _Merger(dataset.records(), among=len(dataset.inputs) + len(books) > 1)
    claims = [c for r in kept.records for c in _claims(r)]
    # What a table says under headers that nobody knows is found by what stands there: accessions, and names of records.
    known = {c.curie for c in claims}
    claims += [c for book in books for c in merger.claims_of(book) if c.curie not in known]
    done = merger.take(claims)
    inputs: list[dict[str, object]] = [{**i, "attached": True} for i in kept.outcome.inputs]
    return merger.finished(), done, inputs


# --- what the files say


def _claims(record: Record) -> Iterator[_Claim]:
    """The accessions that a table says of one record."""
    if record.cls == _SUBMISSION:
        return
    names = [str(v) for slot in _NAMES for v in record.values(slot)]
    titles = [str(v) for v in record.values("title")]
    path = f"{MODEL.classes[record.cls].path}/"
    if record.id.startswith(path):
        names.append(_unescaped(record.id.removeprefix(path)))
    links: dict[str, set[str]] = {}
    for reading in record.readings:
        if isinstance(reading, Link) and reading.slot in _LINKS:
            links.setdefault(reading.slot, set()).update(map(str, reading.values))
    for index, (reading, field) in enumerate(zip(record.readings, record.fields, strict=True)):
        if reading.slot != "accessions":
            continue
        for value in reading.values:
            curie = str(value)
            accession = match_accession(curie.rpartition(":")[2])
            if accession is not None and not _kin(record.cls, accession.kinds):
                continue
            own = tuple(dict.fromkeys(n for n in names if n and match_accession(n) is None))
            where = field.address(record.row_of(index))
            yield _Claim(
                curie,
                (record.cls,),
                own,
                tuple(titles),
                {k: frozenset(v) for k, v in links.items()},
                (record.cls, record.id),
                where,
                field.header,
            )


def _unescaped(text: str) -> str:
    from urllib.parse import unquote

    return unquote(text)


def _kin(cls: str, kinds: Iterable[str]) -> bool:
    """Whether a class is one of the kinds, or a wider or narrower one."""
    return any(k in MODEL.classes and (MODEL.is_a(cls, k) or MODEL.is_a(k, cls)) for k in kinds)


# --- merging


class _Merger:
    """The records of a dataset, found by name, title and link."""

    def __init__(self, records: Iterable[Record], *, among: bool) -> None:
        self.records = [_naming_files(r) if among else r for r in records]
        self._added: dict[int, list[tuple[Reading, Field, int]]] = {}
        self._names: dict[str, list[int]] = {}
        self._titles: dict[str, list[int]] = {}
        self._ids: dict[str, int] = {}
        self._owners: dict[str, int] = {}
        self._accessions: dict[int, list[str]] = {}
        for index, record in enumerate(self.records):
            self._ids.setdefault(record.id, index)
            path = f"{MODEL.classes[record.cls].path}/"
            local = [_unescaped(record.id.removeprefix(path))] if record.id.startswith(path) else []
            names = {normal(n) for n in [*local, *(str(v) for s in _NAMES for v in record.values(s))]}
            for name in names:
                self._names.setdefault(name, []).append(index)
            for title in {normal(str(v)) for v in record.values("title")}:
                self._titles.setdefault(title, []).append(index)
            self._accessions[index] = [str(v) for v in record.values("accessions")]
            for curie in self._accessions[index]:
                self._owners.setdefault(curie, index)

    def claims_of(self, book: Workbook) -> Iterator[_Claim]:
        """Rows of a table as claims: each accession of a row, under the name that stands in the column that names most records."""
        for sheet in book.sheets if book.tree is None else ():
            rows = [(n, [clean(c) for c in row]) for batch in sheet.batches() for n, row in zip(batch.numbers, batch.rows, strict=True)]
            columns: dict[int, list[tuple[int, list[str], Accession]]] = {}
            for number, row in rows:
                for column, cell in enumerate(row):
                    if (accession := match_accession(cell)) is not None:
                        columns.setdefault(column, []).append((number, row, accession))
            for column, cells in columns.items():
                name = self._name_column(column, cells)
                header = sheet.headers[column] if column < len(sheet.headers) else ""
                for number, row, accession in cells:
                    names = (row[name],) if row[name] and name != column else ()
                    at = Address(book.name, sheet.name, number, column + 1)
                    yield _Claim(accession.curie, accession.kinds, names, (), {}, ("", f"{at.cell}"), at, header)

    def _name_column(self, own: int, cells: Sequence[tuple[int, list[str], Accession]]) -> int:
        """The column whose texts name most of the records that the accessions of a column can be of; its own where none does."""
        width = max(len(row) for _, row, _ in cells)
        scores = [
            sum(any(_kin(self.records[i].cls, a.kinds) for i in self._names.get(normal(row[c]), ())) for _, row, a in cells if c < len(row))
            for c in range(width)
        ]
        best = max(scores)
        if best:
            return scores.index(best)
        # In a table of a name and accessions the other text is the name, though no record has it.
        others = [c for c in range(width) if match_accession(cells[0][1][c]) is None]
        return others[0] if len(others) == 1 else own

    def take(self, claims: Sequence[_Claim]) -> list[Attached]:
        """Attach what can be attached: first by name, then by what that has made known."""
        told: dict[int, Attached] = {}
        matched: dict[tuple[str, str], int] = {}
        waiting = list(enumerate(claims))
        for look in (self._by_name, self._by_link):
            rest = []
            for position, claim in waiting:
                found = look(claim, matched)
                if len(found) == 1:
                    matched.setdefault(claim.key, found[0])
                    told[position] = self._put(claim, found[0])
                elif found:
                    shown = ", ".join(self.records[i].id for i in found[:5])
                    told[position] = self._said(claim, "ambiguous", detail=shown)
                else:
                    rest.append((position, claim))
            waiting = rest
        told |= {position: self._said(claim, "unmatched") for position, claim in waiting}
        return [told[i] for i in sorted(told)]

    def _by_name(self, claim: _Claim, _matched: dict[tuple[str, str], int]) -> list[int]:
        if (owner := self._owners.get(claim.curie)) is not None and not claim.names:
            return [owner]
        for texts, known in ((claim.names, self._names), (claim.titles, self._titles)):
            found = sorted({i for t in texts for i in known.get(normal(t), ()) if self._fits(claim, i) and self._meant(claim, i, t)})
            # A record that describes is meant rather than a stub of the same name.
            found = [i for i in found if not self.records[i].stub] or found
            if found:
                return found
        owner = self._owners.get(claim.curie)
        return [owner] if owner is not None else []

    def _meant(self, claim: _Claim, index: int, name: str) -> bool:
        """Whether a name is no mere running number, which another table may have counted otherwise: then the titles have to agree."""
        titles = {normal(str(v)) for v in self.records[index].values("title")}
        return not (name.isdigit() and titles and claim.titles) or not titles.isdisjoint(map(normal, claim.titles))

    def _by_link(self, claim: _Claim, matched: dict[tuple[str, str], int]) -> list[int]:
        """Find a record by what it is linked to, in a table whose own links lead to records that were found by name."""
        ids = {key[1]: self.records[index].id for key, index in matched.items()}
        for slot in _LINKS:
            wanted = {ids.get(t, t) for t in claim.links.get(slot, ())}
            if not wanted:
                continue
            found = [i for i, r in enumerate(self.records) if self._fits(claim, i) and wanted & {str(v) for v in r.values(slot)}]
            if found:
                return found
        return []

    def _fits(self, claim: _Claim, index: int) -> bool:
        return _kin(self.records[index].cls, claim.kinds)

    def _put(self, claim: _Claim, index: int) -> Attached:
        own = self._accessions[index]
        if claim.curie in own:
            return self._said(claim, "known", index)
        if (other := self._owners.get(claim.curie)) is not None:
            return self._said(claim, "conflict", index, f"{self.records[other].id} has it")
        if rival := next((a for a in own if _same_kind(a, claim.curie)), ""):
            return self._said(claim, "conflict", index, f"it has {rival}")
        own.append(claim.curie)
        self._owners[claim.curie] = index
        reading = Reading("accessions", (claim.curie,), steps=("attached",))
        at = claim.address
        reading.raw = claim.curie.rpartition(":")[2]
        field = Field("accessions", (at.column or 0,), (claim.header,), Source(at.file, at.sheet, among=True))
        if at.path is not None:
            field = Field("accessions", (), (), Source(at.file, at.sheet, among=True))
        self._added.setdefault(index, []).append((reading, field, at.row or 0))
        return self._said(claim, "attached", index)

    def _said(self, claim: _Claim, status: str, index: int | None = None, detail: str = "") -> Attached:
        record = self.records[index].id if index is not None else ""
        name = next(iter((*claim.names, *claim.titles)), "")
        return Attached(claim.curie, name, claim.address, claim.header, status, record, detail)

    def finished(self) -> list[Record]:
        """Return the records, with what was attached."""
        return [_with(r, self._added[i]) if i in self._added else r for i, r in enumerate(self.records)]


def _same_kind(a: str, b: str) -> bool:
    """Whether two accessions are of one archive and one kind of thing: a record has one of them."""
    one, two = (match_accession(x.rpartition(":")[2]) for x in (a, b))
    return one is not None and two is not None and (one.prefix, one.kinds) == (two.prefix, two.kinds)


def _with(record: Record, more: Sequence[tuple[Reading, Field, int]]) -> Record:
    rows = tuple(record.row_of(i) for i in range(len(record.readings)))
    readings, fields, numbers = zip(*more, strict=True)
    stub = record.stub
    return Record(record.cls, record.id, (*record.readings, *readings), (*record.fields, *fields), (*rows, *numbers), stub=stub)


def _naming_files(record: Record) -> Record:
    """The same record, whose origins name their file: there are several now."""
    fields = tuple(f._replace(source=f.source._replace(among=True)) for f in record.fields)
    return Record(record.cls, record.id, record.readings, fields, record.rows, stub=record.stub)


def identified(records: Sequence[Record], done: Sequence[Attached]) -> list[Record]:
    """Give records the accession that was attached as their id, and lead every link there.

    Parameters
    ----------
    records
        With what was attached.
    done
        What became of each accession; the first that was attached to a record with a local id becomes its id.
    """
    local = {r.id: r for r in records if ":" not in r.id.partition("/")[0]}
    new: dict[str, str] = {}
    for entry in done:
        if entry.status == "attached" and entry.record in local:
            new.setdefault(entry.record, entry.accession)
    return [_renamed(r, new) for r in records]


def _renamed(record: Record, new: dict[str, str]) -> Record:
    readings = tuple(
        Link(r.slot, r.target, new[str(r.values[0])]) if isinstance(r, Link) and str(r.values[0]) in new else _led(r, new)
        for r in record.readings
    )
    return Record(record.cls, new.get(record.id, record.id), readings, record.fields, record.rows, stub=record.stub)


def _led(reading: Reading, new: dict[str, str]) -> Reading:
    """A reading whose values name records, which were given other ids."""
    slot = MODEL.slots.get(reading.slot)
    if slot is None or slot.kind != "reference" or not any(str(v) in new for v in reading.values):
        return reading
    led = Reading(reading.slot, tuple(new.get(str(v), v) for v in reading.values), reading.fate, reading.issues, reading.steps)
    led.missing, led.rejected, led.candidate, led.raw = reading.missing, reading.rejected, reading.candidate, reading.raw
    return led
