"""What the steps of rows say, header by header, and the texts that say it: each is read by the reader that will read the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from ...models.slots import MODEL
from ...profiles.schema import Column
from ...records import Attribute, Missing, Quantity, Rejected, Term
from ...values.missing import read_missing
from ...values.quantities import format_quantity
from ...values.text import clean, normal
from .fill import alike
from .spelling import absences, name_in, spellings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...mapping.readers import Reader
    from ...profiles.schema import RecordSpec
    from ...records import Reading, Record, Value
    from .wording import Wording

__all__ = ["Fact", "Speller", "Told", "facts_of"]

# Units as people write them where UCUM's code is no word (SDRF-Proteomics has ppm and Da for tolerances).
_UNIT_WORDS = {"[ppm]": "ppm", "u": "Da", "[ppb]": "ppb", "[ppth]": "ppt"}
_NOT_TOLD = frozenset({"id", "origin", "stub", "missing", "rejected"})


class Fact(NamedTuple):
    """A value of a slot of a record, or the reason why there is none; ``raw``: the texts that said so, where somebody knows them."""

    slot: str
    value: Value
    raw: tuple[str, ...] = ()


class Told(NamedTuple):
    """What a record says under one header.

    ``facts``: values, each of which needs a cell in the same row. ``others``: what other rows said of the same slot, which
    contradicts them, or that there is no value.
    """

    facts: list[Fact]
    others: list[Fact]


def facts_of(wording: Wording, role: str, beside: str, record: Record) -> dict[str, Told]:
    """Return what a record says, by the header under which it is written.

    Parameters
    ----------
    wording
        The headers of the table.
    role, beside
        Of the record, and the step whose columns tell of it.
    record
        The record.
    """
    found: dict[str, Told] = {}
    second: list[tuple[str, Fact]] = []

    def put(header: str, fact: Fact, *, other: bool = False) -> None:
        told = found.setdefault(header, Told([], []))
        known = told.others if other else told.facts
        if all(f[:2] != fact[:2] for f in known):
            known.append(fact)

    for fact in _facts(wording.table.records[role], record):
        name = fact.value.name if isinstance(fact.value, Attribute) else ""
        if fact.slot == "attributes" and wording.head_of(name) not in (None, role):
            continue  # it is told in a step that the row skips
        header = wording.find(role, beside, fact.slot, name)
        if header is None:
            continue
        first = next(iter(wording.readers(beside, header)), None)
        if first is not None and (first[0] != role or first[1].slot != fact.slot) and not name:
            second.append((header, fact))
        else:
            put(header, fact)
    for told in found.values():
        # Of a slot of one value, what a second column said was kept under the header of that column.
        told.facts.sort(key=lambda f: f.slot == "attributes")
    for header, fact in second:
        # The cell of the first slot says this too; without one it has to be said in its place.
        if header not in found or all(f.slot == fact.slot for f in found[header].facts):
            put(header, fact)
    for reading in record.readings:
        for entry in (reading.missing, reading.rejected):
            if entry is not None and (header := _header_of(wording, role, beside, record, entry)) is not None:
                slot = entry.slot if entry.slot in MODEL.slots else "attributes"
                several = MODEL.slots[slot].multivalued and isinstance(entry, Rejected) and header not in found
                put(header, Fact(slot, entry, _raw(reading)), other=header in found and bool(found[header].facts) and not several)
    return found


def _facts(spec: RecordSpec, record: Record) -> Iterator[Fact]:
    """The values of a record that need a cell: not those that its role sets, nor the links that its row makes."""
    for reading in record.readings:
        slot = reading.slot
        linked = slot in MODEL.slots and MODEL.slots[slot].kind == "reference" and slot in spec.links and slot != "derived_from"
        for value in () if slot in _NOT_TOLD or linked else reading.values:
            if slot not in spec.set or str(getattr(value, "label", value)) != spec.set[slot]:
                yield Fact(slot, value, _raw(reading))


def _raw(reading: Reading) -> tuple[str, ...]:
    """The texts that were read, as a hint; () where nobody knows them."""
    raw = reading.raw
    return () if raw is None else (raw,) if isinstance(raw, str) else tuple(t or "" for t in raw)


def _header_of(wording: Wording, role: str, beside: str, record: Record, entry: Missing | Rejected) -> str | None:
    """The header under which it was said that a value is absent, or is not to be taken."""
    name = entry.slot
    if (owner := wording.head_of(name)) is not None and owner != role:
        return None
    if name in MODEL.classes[record.cls].slots:
        return wording.find(role, beside, name, absent=True)
    for slot in ("attributes", "parameters", "factor_values"):
        if slot in MODEL.classes[record.cls].slots:
            if "[" in name:
                inside = name.partition("[")[2].rpartition("]")[0]
                header = wording.find(role, beside, slot, inside)
                if header is not None and normal(header) == normal(name):
                    return header
            elif (header := wording.find(role, beside, slot, name)) is not None:
                return header
    return name if "[" in name and any(o == role for o, _ in wording.readers(beside, name)) else None


class Speller:
    """Finds texts for facts.

    Parameters
    ----------
    quiet
        Words for absence that the format reserves.
    keyed
        Whether terms are written as ``NT=name;AC=accession`` where their name alone does not say which is meant.
    """

    def __init__(self, quiet: frozenset[str], *, keyed: bool = False) -> None:
        self.quiet = quiet
        self.keyed = keyed
        self._known: dict[tuple[object, ...], tuple[str, ...] | None] = {}

    def texts(
        self,
        reader: Reader,
        record: Record,
        fact: Fact,
        spec: Column,
        parts: tuple[str, ...],
        around: Sequence[int | str],
        first: Sequence[str] = (),
    ) -> tuple[str, ...] | None:
        """Return the texts of a cell and of those beside it; None where none are read back as what the record says.

        Parameters
        ----------
        reader
            Reads the cell.
        record, fact
            Who says what.
        spec
            The profile's word on the column.
        parts
            What each cell is: ``value`` first.
        around
            The cells that the reader looks at: which of ``parts``, or the text of another cell.
        first
            Texts that are tried before others: those that name the record.
        """
        key = (reader, fact[:2], tuple(around), tuple(first), record.id if reader.slot in ("name", "file_name", "sample_label") else "")
        if key not in self._known:
            self._known[key] = self._find(reader, record, fact, spec, parts, around, first)
        return self._known[key]

    def _find(
        self,
        reader: Reader,
        record: Record,
        fact: Fact,
        spec: Column,
        parts: tuple[str, ...],
        around: Sequence[int | str],
        first: Sequence[str],
    ) -> tuple[str, ...] | None:
        rest = ("",) * (len(parts) - 1)
        near: tuple[str, ...] | None = None
        fallback: tuple[str, ...] | None = None
        own = self._as_keyed(fact, reader.header) if self.keyed else []
        tried = [*((t, *rest) for t in first), *((t, *rest) for t in own), *self._candidates(fact, spec, parts, rest)]
        # How it was written once is the last thing to try: records from elsewhere do not know it.
        if fact.raw:
            tried += [fact.raw] if len(fact.raw) == len(parts) else [(fact.raw[0], *rest)]
        tried = list(dict.fromkeys(tried))
        for texts in tried:
            if isinstance(fact.value, Term) and fact.value.id is not None and spec.means.get(texts[0]) == fact.value.id:
                return texts  # the word that the format asks for, whether or not there is a bundle to read it with
            given = tuple(texts[k] if isinstance(k, int) else k for k in around)
            reading = reader.read(given if len(given) > 1 else given[0])
            verdict = "all" if spec.as_ == "pool" and _names(reading, value=fact.value) else _says(reading, fact, record)
            if verdict == "all":
                return texts
            if verdict == "near":
                near = near or texts
            if verdict == "part":
                fallback = fallback or texts
        return near or fallback

    def _candidates(self, fact: Fact, spec: Column, parts: tuple[str, ...], rest: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        value = fact.value
        if isinstance(value, Rejected):
            yield (value.raw, *rest)
        elif isinstance(value, Missing):
            word = clean(value.raw)
            if word in self.quiet or not self.keyed:
                yield (value.raw, *rest)
            yield from ((w, *rest) for w in sorted(self.quiet) if w[:1].isalpha() and _reason(w, self.quiet) == value.reason)
            yield (value.raw, *rest)
            yield from ((w, *rest) for w in absences(value, self.quiet))
        elif isinstance(value, Term):
            yield from self._terms(value, spec, parts, rest)
        elif spec.as_ == "pool":
            yield (f"SN={_last(str(value))}" if fact.slot == "derived_from" else "pooled" if value else "not pooled", *rest)
        elif spec.as_ == "version" and isinstance(value, str) and " " in value:
            name, _, number = value.rpartition(" ")
            yield (f"NT={name};VV={number}", *rest)
            yield (value, *rest)
        else:
            if isinstance(value, Quantity) and value.unit in _UNIT_WORDS and value.unit not in spec.units:
                number, word = format_quantity(value._replace(unit=None)), _UNIT_WORDS[value.unit]
                yield tuple({"value": number, "unit": word}.get(p, "") for p in parts) if "unit" in parts else (f"{number} {word}", *rest)
            yield from spellings(value, spec, parts, spec.unit or "")
            if isinstance(value, Attribute):
                if self.keyed and value.term is not None and value.term.id and "accession" not in parts:
                    yield (f"NT={value.value};AC={value.term.id}", *rest)
                yield from _attributes(value, parts)
            elif isinstance(value, Quantity) and "unit" in parts:
                yield from ((t[0], *rest) for t in spellings(value, spec, ("value",), spec.unit or ""))

    @staticmethod
    def _as_keyed(fact: Fact, header: str) -> list[str]:
        """What SDRF-Proteomics writes in its own way: terms of the assay with their accessions.

        References
        ----------
        https://sdrf.quantms.org/ (the specification, on ontology terms)
        """
        value = fact.value
        if isinstance(value, Term) and value.id is not None and value.label and header.casefold().startswith("comment["):
            return [f"NT={value.label};AC={value.id}"]
        return []

    def _terms(self, term: Term, spec: Column, parts: tuple[str, ...], rest: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        yield from spellings(term, spec, parts)
        if self.keyed and term.id is not None:
            yield (f"NT={term.label};AC={term.id}", *rest)


def _last(record_id: str) -> str:
    """The name in an id, whatever kind of record of its class it is of."""
    return name_in(record_id) if ":" in record_id else unquote(record_id.rpartition("/")[2])


def _names(reading: Reading, value: Value) -> bool:
    """Tell whether what is read names the same member of a pool: a source and a sample of one name are one where rows have no other."""
    return reading.slot == "derived_from" and [_last(str(v)) for v in reading.values] == [_last(str(value))]


def _attributes(value: Attribute, parts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """An attribute whose accession stands in its own text, or whose parts have no cells beside it."""
    texts = {"value": value.value, "unit": value.unit or ""}
    if value.term is not None and value.term.id:
        prefix, _, local = value.term.id.partition(":")
        yield tuple({**texts, "source": prefix, "accession": local}.get(p, "") for p in parts)
    yield tuple(texts.get(p, "") for p in parts)
    yield (value.value, *("",) * (len(parts) - 1))


def _reason(word: str, quiet: frozenset[str]) -> str:
    found = read_missing(word, quiet=quiet)
    return found.reason if found is not None else ""


def _says(reading: Reading, fact: Fact, record: Record) -> str:
    """Tell whether a reading says a fact and nothing that the record does not say.

    Returns
    -------
    str
        ``all``, ``near`` (the term by another label), ``part`` (a label without its id), or ''.
    """
    value = fact.value
    if isinstance(value, Rejected):
        return "all"
    if isinstance(value, Missing):
        found = reading.missing
        return "all" if found is not None and found.reason == value.reason and not reading.values else ""
    if reading.missing is not None or (reading.rejected is not None and reading.rejected not in [r.rejected for r in record.readings]):
        return ""
    for said in reading.values:
        elsewhere = reading.slot in _ANY and any(alike(said, own) for slot in _ANY for own in record.values(slot))
        if not any(alike(said, own) for own in record.values(reading.slot)) and not _bare(said, value) and not elsewhere:
            return ""
    if reading.slot == fact.slot and any(alike(said, value) for said in reading.values):
        return "all" if value in reading.values or not isinstance(value, Term) else "near"
    return "part" if any(_bare(said, value) for said in reading.values) else ""


# Slots for facts of any name.
_ANY = ("attributes", "parameters")


def _bare(said: Value, value: Value) -> bool:
    """Tell whether what is read is the wanted value without its accession, or under another spelling of its name."""
    if isinstance(said, Term) and isinstance(value, Term):
        return said.id is None and normal(said.label) == normal(value.label)
    if isinstance(said, Attribute) and isinstance(value, Attribute):
        same = said._replace(term=None, name="") == value._replace(term=None, name="") and normal(said.name) == normal(value.name)
        return same and (said.term is None or said.term == value.term)
    return False
