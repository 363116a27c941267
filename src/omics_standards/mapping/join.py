"""The one stage with a memory: records of the same class and id, from any row, sheet or file, become one.

A slot of one value that two rows fill differently is a conflict: the first value stays, the other goes to the record's
``rejected`` list, and the finding names both cells. A record that the input calls by its name in one place and by its
accession in another becomes one under the accession.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..findings import Finding, Issue
from ..models.slots import MODEL
from ..records import BLANK, Link, Reading, Record, Rejected
from .ids import is_local, local_path

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator

    from ..records import Field, Value

__all__ = ["Join"]


class _Part(NamedTuple):
    reading: Reading
    field: Field
    row: int


class _Merged:
    """A record in the making."""

    __slots__ = ("cls", "id", "parts", "single", "stub", "values")

    def __init__(self, cls: str, record_id: str) -> None:
        self.cls = cls
        self.id = record_id
        self.parts: list[_Part] = []
        self.single: dict[str, int] = {}
        self.values: set[tuple[str, Value]] = set()
        self.stub = True


class Join:
    """Gathers the records of all sheets of an input.

    Notes
    -----
    Records are kept in memory: some 2 kB for a record of ten slots. Profiles of large flat tables declare
    ``one-record-per-row`` and pass this stage by.
    """

    def __init__(self) -> None:
        self._records: dict[tuple[str, str], _Merged] = {}
        self.findings: list[Finding] = []
        self.fates: Counter[str] | None = None

    def __len__(self) -> int:
        return len(self._records)

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
            merged = self._records.get(key)
            if merged is None:
                merged = self._records[key] = _Merged(*key)
            merged.stub = merged.stub and record.stub
            for i, reading in enumerate(record.readings):
                if reading is not BLANK:
                    self._merge(merged, _Part(reading, record.fields[i], record.row_of(i)), fates)

    def _merge(self, merged: _Merged, part: _Part, fates: Counter[str]) -> None:
        reading, slot = part.reading, part.reading.slot
        if not reading.values:
            entry = reading.missing or reading.rejected
            if entry is not None and ("", entry) not in merged.values:
                merged.values.add(("", entry))
                merged.parts.append(part)
            return
        definition = MODEL.slots[slot]
        if definition.multivalued:
            fresh = [v for v in reading.values if (slot, v) not in merged.values]
            if fresh:
                merged.values.update((slot, v) for v in fresh)
                merged.parts.append(part)
            return
        known = merged.single.setdefault(slot, len(merged.parts))
        if known == len(merged.parts):
            merged.parts.append(part)
        elif merged.parts[known].reading.values != reading.values:
            self._conflict(merged, merged.parts[known], part, fates)

    def _conflict(self, merged: _Merged, first: _Part, second: _Part, fates: Counter[str]) -> None:
        slot = second.reading.slot
        raw = second.reading.raw_text() or str(second.reading.values[0])
        shown = first.reading.raw_text() or str(first.reading.values[0])
        issue = Issue(
            "conflict", f"{shown!r}, as the first row says of {merged.id}", "correct one of the two cells, or name the records apart"
        )
        at, also = second.field.address(second.row), first.field.address(first.row)
        self.findings.append(issue.at(at, also, value=raw, header=second.field.header, slot=f"{merged.cls}.{slot}"))
        if second.field.columns and not isinstance(second.reading, Link) and slot != "name":
            cells = sum(second.reading.raw_text(k) != "" for k in range(len(second.field.columns)))
            fates[second.reading.fate] -= cells
            fates["rejected"] += cells
        entry = Rejected(slot, raw, "conflict")
        if ("", entry) not in merged.values:
            merged.values.add(("", entry))
            merged.parts.append(_Part(Reading("rejected", fate="rejected", rejected=entry), second.field, second.row))

    def finish(self, *, expect: frozenset[str] = frozenset()) -> Iterator[Record]:
        """Join names with accessions and yield the records in the order in which they were first met.

        Parameters
        ----------
        expect
            Classes that the input describes itself: a record of these that is only referred to is a finding.

        Findings
        --------
        reference-dangling
        """
        renamed = self._aliases()
        for (cls, record_id), merged in list(self._records.items()):
            if (cls, record_id) in renamed:
                continue
            if merged.stub and cls in expect:
                self._dangling(merged)
            yield self._record(merged, renamed)

    def _dangling(self, merged: _Merged) -> None:
        part = merged.parts[0] if merged.parts else None
        issue = Issue("reference-dangling", f"a row that describes {merged.id}", "add the row, or correct the name")
        if part is not None:
            at = part.field.address(part.row)
            self.findings.append(
                issue.at(
                    at, value=part.reading.raw_text() or str(part.reading.values[0]), header=part.field.header, slot=f"{merged.cls}.id"
                )
            )

    def _aliases(self) -> dict[tuple[str, str], str]:
        """Find records known by a local name whose accession another row gives; merge them and say what each became."""
        named: dict[tuple[str, str], str | None] = {}
        for (cls, record_id), merged in self._records.items():
            if is_local(record_id):
                continue
            for part in merged.parts:
                if part.reading.slot == "name":
                    for value in part.reading.values:
                        key = (cls, local_path(cls, str(value)))
                        # Two accessions of one name: the name alone does not tell which is meant.
                        named[key] = record_id if named.setdefault(key, record_id) == record_id else None
        renamed = {key: target for key, target in named.items() if target is not None and key in self._records}
        from collections import Counter

        for key, target in renamed.items():
            source, into = self._records[key], self._records[key[0], target]
            into.stub = into.stub and source.stub
            for part in source.parts:
                self._merge(into, part, Counter())
        return renamed

    def _record(self, merged: _Merged, renamed: dict[tuple[str, str], str]) -> Record:
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


def _relink(reading: Reading, renamed: dict[tuple[str, str], str]) -> Reading:
    if isinstance(reading, Link):
        target = renamed.get((reading.target, str(reading.values[0])))
        if target is not None:
            return Link(reading.slot, reading.target, target)
    return reading
