"""The one stage with a memory: records of the same class and id, from any row, sheet or file, become one.

A slot of one value that two rows fill differently is a conflict: the first value stays, the other goes to the record's
``rejected`` list, and the finding names both cells. A record that the input calls by its name in one place and by its
accession in another becomes one under the accession.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from ..findings import Finding, Issue
from ..models.slots import MODEL
from ..records import BLANK, Link, Reading, Record, Rejected
from .ids import is_local, local_path
from .store import MEMORY_LIMIT, Merged, RecordPart, RecordStore

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator

__all__ = ["Join"]


class Join:
    """Gathers the records of all sheets of an input.

    Parameters
    ----------
    limit
        Records kept in memory; beyond it they wait in a temporary file.
    """

    def __init__(self, limit: int = MEMORY_LIMIT) -> None:
        self._records = RecordStore(limit)
        self._names: dict[tuple[str, str], str | None] = {}
        self._local = False
        self.findings: list[Finding] = []

    def add(self, records: Iterable[Record], fates: Counter[str]) -> None:
        """Take over the records of a batch.

        Parameters
        ----------
        records
            Of any classes.
        fates
            The ledger's counts; a cell that loses a conflict moves from ``mapped`` to ``rejected``.
        """
        for record in records:
            key = (record.cls, record.id)
            merged = self._records.get(key) or self._records.make(key)
            merged.stub = merged.stub and record.stub
            local = is_local(record.id)
            self._local = self._local or local
            for i, reading in enumerate(record.readings):
                if reading is not BLANK:
                    self._merge(merged, RecordPart(reading, record.fields[i], record.row_of(i)), fates)
                    if reading.slot == "name" and not local:
                        self._note_name(record, reading)
        self._records.settle()

    def _note_name(self, record: Record, reading: Reading) -> None:
        """Remember that an accession goes by a name; a name of two accessions does not tell which is meant."""
        for value in reading.values:
            key = (record.cls, local_path(record.cls, str(value)))
            self._names[key] = record.id if self._names.setdefault(key, record.id) == record.id else None

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
            self._conflict(merged, merged.parts[known], part, fates)

    def _conflict(self, merged: Merged, first: RecordPart, second: RecordPart, fates: Counter[str]) -> None:
        slot = second.reading.slot
        raw, shown = _shown(second.reading), _shown(first.reading)
        issue = Issue(
            "conflict", f"{shown!r}, as the first row says of {merged.id}", "correct one of the two cells, or name the records apart"
        )
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

    def finish(self, fates: Counter[str], *, expect: frozenset[str] = frozenset()) -> Iterator[Record]:
        """Join names with accessions and yield the records in the order in which they were first met.

        Parameters
        ----------
        fates
            As in :meth:`add`.
        expect
            Classes that the input describes itself: a record of these that is only referred to is a finding.

        Findings
        --------
        reference-dangling
        """
        renamed = self._aliases(fates)
        for merged in self._records:
            if merged.stub and merged.cls in expect:
                self._dangling(merged)
            yield self._record(merged, renamed)
        self._records.close()

    def _dangling(self, merged: Merged) -> None:
        named = [p for p in merged.parts if p.reading.slot in ("accessions", "name")]
        part = min(named, key=lambda p: p.reading.slot, default=None)
        issue = Issue("reference-dangling", f"a row that describes {merged.id}", "add the row, or correct the name")
        if part is not None:
            at = part.field.address(part.row)
            self.findings.append(
                issue.at(
                    at, value=part.reading.raw_text() or str(part.reading.values[0]), header=part.field.header, slot=f"{merged.cls}.id"
                )
            )

    def _aliases(self, fates: Counter[str]) -> dict[tuple[str, str], str]:
        """Merge records known by a name into those whose accession goes by that name; say what each became."""
        renamed: dict[tuple[str, str], str] = {}
        if not self._local:
            return renamed
        for key, target in self._names.items():
            source = self._records.get(key) if target is not None else None
            if target is None or source is None:
                continue
            into = self._records.get((key[0], target))
            assert into is not None
            renamed[key] = target
            into.stub = into.stub and source.stub
            for part in source.parts:
                self._merge(into, part, fates)
            self._records.remove(key)
            self._records.settle()
        return renamed

    def _record(self, merged: Merged, renamed: dict[tuple[str, str], str]) -> Record:
        parts = merged.parts
        if renamed:
            parts = [p._replace(reading=_relink(p.reading, renamed)) for p in parts]
        order = {slot: i for i, slot in enumerate(MODEL.classes[merged.cls].slots)}
        ranked = sorted(range(len(parts)), key=lambda i: (order.get(parts[i].reading.slot, 999), i))
        chosen = [parts[i] for i in ranked]
        return Record(
            merged.cls,
            merged.id,
            tuple(p.reading for p in chosen),
            tuple(p.field for p in chosen),
            tuple(p.row for p in chosen),
            stub=merged.stub,
        )


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


def _relink(reading: Reading, renamed: dict[tuple[str, str], str]) -> Reading:
    if isinstance(reading, Link):
        target = renamed.get((reading.target, str(reading.values[0])))
        if target is not None:
            return Link(reading.slot, reading.target, target)
    return reading
