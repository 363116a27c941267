"""One record of what several rows say of it; what contradicts goes to its ``rejected`` list, with a finding that names both cells."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from ..findings import Finding, Issue
from ..models.slots import MODEL
from ..records import BLANK, Link, Reading, Record, Rejected
from .agree import finer
from .columns import order_of
from .ids import is_local, record_id
from .store import Merged, RecordPart, RecordStore

if TYPE_CHECKING:
    from collections import Counter

__all__ = ["Gathered", "GatheredInFile", "Merger", "record_of"]


class Merger:
    """Adds what rows say to records.

    Attributes
    ----------
    findings
        The contradictions met.
    """

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def add(self, merged: Merged, record: Record, fates: Counter[str]) -> None:
        """Add what a row says; a cell that loses a conflict moves from ``mapped`` to ``rejected`` in ``fates``.

        A value that says the same more precisely takes the place of the other (a time for its date, a term for its bare label, bytes for
        megabytes); of two names that two sheets give one record, the later is an alternative name.

        Findings
        --------
        conflict, less-precise, names-differ
        """
        merged.stub = merged.stub and record.stub
        for i, reading in enumerate(record.readings):
            if reading is not BLANK:
                self._merge(merged, RecordPart(reading, record.fields[i], record.row_of(i)), fates)

    def say(self, merged: Merged, record: Record, fates: Counter[str], *, again: bool) -> None:
        """Add what a row says, unless it repeats an earlier one: that adds nothing, but that its cells lose a conflict as that one's do."""
        if merged.disputed or not again:
            self.add(merged, record, fates)

    def _merge(self, merged: Merged, part: RecordPart, fates: Counter[str]) -> None:
        reading, slot = part.reading, part.reading.slot
        if not reading.values:
            entry = reading.missing or reading.rejected
            if entry is not None and ("", entry) not in merged.values:
                merged.values.update((("", entry), ("", (entry, reading.raw))))
                merged.parts.append(part)
            elif entry is not None and ("", (entry, reading.raw)) not in merged.values:
                # The same answer with another text beside it: its cells are origins, too.
                merged.values.add(("", (entry, reading.raw)))
                merged.parts.append(part._replace(reading=_again(entry.slot, reading, reading.raw)))
            return
        definition = MODEL.slots[slot]
        if definition.multivalued:
            fresh = [v for v in reading.values if (slot, v) not in merged.values]
            if fresh or reading.rejected is not None:
                merged.values.update((slot, v) for v in fresh)
                merged.parts.append(part)
            elif not isinstance(reading, Link) and all(p.field != part.field for p in merged.parts if p.reading.slot == slot):
                # Another column says the same: its cell is an origin of the value too.
                raw = reading.raw if reading.raw is not None else str(reading.values[0])
                merged.parts.append(part._replace(reading=_again(slot, reading, raw)))
            return
        known = merged.single.setdefault(slot, len(merged.parts))
        if known == len(merged.parts):
            merged.parts.append(part)
        elif merged.parts[known].reading.values != reading.values:
            self._differ(merged, known, part, fates)
        elif merged.parts[known].field.source.file != part.field.source.file and not isinstance(reading, Link):
            self._same(merged, part)

    def _same(self, merged: Merged, part: RecordPart) -> None:
        """Note another cell that says the same: it is an origin of the value, too."""
        place = ("", (part.reading.slot, part.field))
        if place not in merged.values:
            merged.values.add(place)
            raw = part.reading.raw if part.reading.raw is not None else str(part.reading.values[0])
            merged.parts.append(part._replace(reading=_again(part.reading.slot, part.reading, raw)))

    def _differ(self, merged: Merged, known: int, part: RecordPart, fates: Counter[str]) -> None:
        """Take the more precise of two values that do not contradict each other; a second name as a second name; else it is a conflict."""
        first, slot = merged.parts[known], part.reading.slot
        apart = first.field.source[:2] != part.field.source[:2]
        better = finer(first.reading, part.reading)
        if better:
            merged.parts[known], less = (first, part) if better == 1 else (part, first)
            self._less(merged, merged.parts[known], less)
            self._same(merged, less)
        elif slot == "name" and apart and "alternative_names" in order_of(merged.cls):
            self._second_name(merged, first, part, fates)
        else:
            merged.disputed = True
            self._conflict(merged, first, part, fates)

    def _less(self, merged: Merged, more: RecordPart, less: RecordPart) -> None:
        issue = Issue(
            "less-precise", f"{_shown(more.reading)!r}, as {_elsewhere(more, less)} says", "nothing: the more precise one is taken"
        )
        at, also = less.field.address(less.row), more.field.address(more.row)
        slot = f"{merged.cls}.{more.reading.slot}"
        self.findings.append(issue.at(at, also, value=_shown(less.reading), header=less.field.header, slot=slot))

    def _second_name(self, merged: Merged, first: RecordPart, part: RecordPart, fates: Counter[str]) -> None:
        """Keep what another sheet calls a record as an alternative name; its own accession is no other name."""
        name = record_id(merged.cls, str(part.reading.values[0]))
        if name == merged.id or ("accessions", name) in merged.values:
            self._same(merged, part)
            return
        second = Reading("alternative_names", part.reading.values, part.reading.fate, (), part.reading.steps)
        second.raw = part.reading.raw
        if ("alternative_names", second.values[0]) not in merged.values:
            said = f"{_shown(first.reading)!r}, as {_elsewhere(first, part)} calls {merged.id}"
            places = part.field.address(part.row), first.field.address(first.row)
            issue = Issue("names-differ", said, "nothing, if both are its names")
            self.findings.append(
                issue.at(*places, value=_shown(part.reading), header=part.field.header, slot=f"{merged.cls}.name"),
            )
        self._merge(merged, part._replace(reading=second), fates)

    def _conflict(self, merged: Merged, first: RecordPart, second: RecordPart, fates: Counter[str]) -> None:
        slot = second.reading.slot
        raw, shown = _shown(second.reading), _shown(first.reading)
        said = f"{shown!r}, as {_elsewhere(first, second)} says of {merged.id}"
        issue = Issue("conflict", said, "correct one of the two cells, or name the records apart")
        at, also = second.field.address(second.row), first.field.address(first.row)
        self.findings.append(issue.at(at, also, value=raw, header=second.field.header, slot=f"{merged.cls}.{slot}"))
        # A link has no cell of its own: the cell that names its target is carried there.
        if second.field.columns and not isinstance(second.reading, Link) and second.reading.fate in ("mapped", "kept"):
            elsewhere = second.field.source.grid.carried if second.field.source.grid is not None else ()
            cells = sum(second.reading.raw_text(k) != "" and c - 1 not in elsewhere for k, c in enumerate(second.field.columns))
            fates[second.reading.fate] -= cells
            fates["rejected"] += cells
        entry = Rejected(slot, raw, "conflict")
        if ("", entry) not in merged.values:
            merged.values.add(("", entry))
            refused = Reading(slot, fate="rejected", rejected=entry)
            refused.raw = second.reading.raw or raw
            merged.parts.append(RecordPart(refused, second.field, second.row))


class Gathered:
    """Rows of records that several rows speak of, until the record is asked for. The rows are those of batches that are in memory."""

    def __init__(self, merger: Merger, fates: Counter[str]) -> None:
        self._merger = merger
        self._fates = fates
        self._told: dict[tuple[str, str], list[tuple[Record, bool]]] = {}

    def add(self, key: tuple[str, str], record: Record, *, again: bool) -> None:
        """Note what a row says of a record; ``again`` where an earlier row of its batch says the same, cell by cell."""
        self._told.setdefault(key, []).append((record, again))

    def take(self, key: tuple[str, str]) -> Merged | None:
        """Return a record once, None after that."""
        told = self._told.pop(key, None)
        if told is None:
            return None
        merged = Merged(*key)
        for record, again in told:
            self._merger.say(merged, record, self._fates, again=again)
        return merged

    def settle(self) -> None:
        """Nothing waits elsewhere."""

    def close(self) -> None:
        """Nothing is open."""


class GatheredInFile:
    """The same where the batches lie in a file: records grow row by row, and those that are not asked for lie in a file too."""

    def __init__(self, merger: Merger, fates: Counter[str], limit: int) -> None:
        self._merger = merger
        self._fates = fates
        self._records = RecordStore(limit)
        self.take = self._records.take
        self.settle = self._records.settle
        self.close = self._records.close

    def add(self, key: tuple[str, str], record: Record, *, again: bool) -> None:
        """Add what a row says of a record."""
        merged = self._records.get(key) or self._records.make(key)
        self._merger.say(merged, record, self._fates, again=again)


def record_of(merged: Merged) -> Record:
    """Make the record, what it says in the order of the model's slots."""
    parts, order = merged.parts, order_of(merged.cls)
    chosen = [parts[i] for i in sorted(range(len(parts)), key=lambda i: (order.get(parts[i].reading.slot, 999), i))]
    readings, fields, rows = zip(*chosen, strict=True) if chosen else ((), (), ())
    return Record(merged.cls, merged.id, tuple(readings), tuple(fields), tuple(rows), stub=merged.stub)


def _elsewhere(first: RecordPart, second: RecordPart) -> str:
    """Name the place that a cell contradicts."""
    file, sheet = first.field.source[:2]
    if file != second.field.source.file:
        return file
    return f"sheet {sheet}" if sheet != second.field.source.sheet else f"{'the first' if first.row < second.row else 'another'} row"


def _again(slot: str, reading: Reading, raw: str | tuple[str | None, ...] | None) -> Reading:
    """A reading that adds nothing but the place where the same was said."""
    again = Reading(slot, (), reading.fate, (), reading.steps)
    again.raw = raw
    return again


def _shown(reading: Reading) -> str:
    """What a cell says, as it stands there; for a link, the name of its target."""
    raw = next((t for k in range(8) if (t := reading.raw_text(k))), None)
    value = str(reading.values[0])
    if raw is not None or not isinstance(reading, Link):
        return raw or value
    return unquote(value.rpartition("/")[2]) if is_local(value) else value.partition(":")[2]
