"""What a format has a place for, from its profiles alone: classes, slots, and the classes that its links lead to.

Two formats share a slot where both say so. That a value of it was lost on the way is then no excuse of either.
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from omics_standards.emit.normal import normal_form
from omics_standards.mapping.headers import alias_slots
from omics_standards.models.slots import MODEL
from omics_standards.profiles.load import load_profiles
from omics_standards.profiles.targets import writers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from omics_standards.profiles.schema import Column, Profile, Table
    from omics_standards.records import Record

__all__ = ["Holding", "Shared", "shared"]

# Families whose sheets stand beside files with a profile of their own: the investigation, the IDF.
SEVERAL = frozenset({"isa-tab", "mage-tab"})

# What a record is called by, the first that both formats have a place for; else by the samples that it was made of, and its label.
NAMES = ("name", "file_name")
LABELS = ("sample_label",)


class Holding:
    """What the profiles of a target have a place for.

    Parameters
    ----------
    profiles
        Those that write the target.
    """

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self.slots: set[tuple[str, str]] = set()
        self.links: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.constants: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.pools: set[tuple[str, str]] = set()
        for profile in profiles:
            for table in profile.tables:
                self._add(table)
        self._note_dependents(profiles)
        # What a column holds may be any value.
        self.constants = {key: words for key, words in self.constants.items() if key not in self.slots}

    def _add(self, table: Table) -> None:
        for spec in table.records.values():
            for slot, targets in spec.links.items():
                self.links[spec.cls, slot] |= {table.records[r].cls for t in targets for r in self._roles(table, t.lstrip("<> "))}
            for slot, word in spec.set.items():
                self.constants[spec.cls, slot].add(word)
        # Of the records beside the main one, an archive's sheet has the columns that its profile names, whatever else would be understood.
        for role in table.auto:
            if role == table.main:
                self._any(table, role)
        for header, column in table.columns.items():
            self._add_column(table, header, column)
        if table.main:
            # A column that nothing knows is kept as an attribute of the main record.
            self.slots.add((table.records[table.main].cls, "attributes"))

    def _add_column(self, table: Table, header: str, column: Column) -> None:
        for target in column.to:
            name, _, slot = target.partition(".")
            for role in self._roles(table, name):
                cls = table.records[role].cls
                if slot in MODEL.classes[cls].slots:
                    if MODEL.slots[slot].kind == "reference":
                        self.links[cls, slot].add(MODEL.slots[slot].range)
                    if column.as_ == "pool":
                        self.pools.add((cls, slot))
                    self.slots.add((cls, slot))
                elif "{name}" in header:
                    self.slots.add((cls, "attributes"))
        for name in filter(None, (column.auto, column.keep)):
            for role in self._roles(table, name):
                if column.auto:
                    self._any(table, role)
                elif "{name}" in header:
                    self.slots.add((table.records[role].cls, "attributes"))

    def _any(self, table: Table, role: str) -> None:
        """Columns by the names of slots, and any others."""
        cls = table.records[role].cls
        self.slots |= {(cls, slot) for slot in (*alias_slots(cls).values(), "attributes")}

    def _note_dependents(self, profiles: Sequence[Profile]) -> None:
        """Find classes whose records stand in the rows of others only, and those that are named by others only.

        A file stands in the row of a run; without one there is no cell for it. A run whose name is that of its assay and its file
        needs an assay that the format knows.
        """
        tables = [t for p in profiles for t in p.tables]
        mains = {t.records[t.main].cls for t in tables if t.main}
        # Of what repeats in a row none stands without the row.
        outgoing = {spec.cls for t in tables for spec in t.records.values() if spec.links and not spec.repeat}
        incoming = {cls for classes in self.links.values() for cls in classes}
        named = {cls for cls, slot in self.slots if slot in NAMES}
        self.dependent = (incoming - mains) - (outgoing & named)
        self.named_by: dict[str, set[str]] = defaultdict(set)
        for table in tables:
            for role, spec in table.records.items():
                parts = [{self._owner(table, h) for h in told.split(" + ")} for told in spec.id if told[:1] not in "<>"]
                if parts and all(part and not part & {role, ""} for part in parts) and all(len(part) > 1 for part in parts):
                    near = {t.lstrip("<> ") for targets in spec.links.values() for t in targets}
                    self.named_by[spec.cls] |= {
                        slot for slot, targets in spec.links.items() for t in targets if t in near & set.union(*parts)
                    }

    @staticmethod
    def _owner(table: Table, header: str) -> str:
        """The role that a column tells of first."""
        spec = next((c for key, c in table.columns.items() if header in [p.strip() for p in key.split("|")]), None)
        return spec.to[0].partition(".")[0] if spec is not None and spec.to else ""

    def placed(self, records: Sequence[Record]) -> set[tuple[str, str]]:
        """Class and id of the records that the format has rows for."""
        by_id: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            by_id[record.id].append(record)
        known: set[tuple[str, str]] = set()
        for record in records:
            if record.cls not in self.dependent and all(
                any(self._kin(r.cls, record.cls, slot) for v in record.values(slot) for r in by_id[str(v)])
                for slot in self.named_by.get(record.cls, ())
            ):
                known.add((record.cls, record.id))
        waiting = [r for r in records if (r.cls, r.id) in known]
        while waiting:
            record = waiting.pop()
            for slot in {s for c, s in self.links if c == record.cls}:
                for target in (r for v in record.values(slot) for r in by_id[str(v)]):
                    if target.cls in self.dependent and (target.cls, target.id) not in known:
                        known.add((target.cls, target.id))
                        waiting.append(target)
        return known

    def _kin(self, cls: str, owner: str, slot: str) -> bool:
        """Tell whether a record of a class may stand where a link of the format leads: of one kind, as assays of mass spectrometry are."""
        return any(_lineage(cls) & _lineage(other) for other in self.links.get((owner, slot), ()))

    @staticmethod
    def _roles(table: Table, name: str) -> list[str]:
        return table.chain.roles(name) if table.chain is not None else [name]


class Shared:
    """What two targets both have a place for.

    Parameters
    ----------
    one, other
        What each has.
    """

    def __init__(self, one: Holding, other: Holding) -> None:
        self.both = (one, other)

    def has(self, cls: str, slot: str) -> bool:
        """Tell whether both have a column for a slot."""
        return all((cls, slot) in side.slots for side in self.both)

    def _takes(self, cls: str, slot: str, value: Any) -> bool:
        """Tell whether both can say a value of a slot that is no reference."""
        if slot in ("missing", "rejected"):
            name = value["slot"]
            return self.has(cls, name if name in MODEL.classes[cls].slots else "attributes")
        said = value["label"] if isinstance(value, dict) and "label" in value else value
        return all((cls, slot) in side.slots or said in side.constants.get((cls, slot), ()) for side in self.both)

    def values(self, records: Iterable[Record], ids: Mapping[str, str] | None = None) -> Iterator[tuple[str, str, str]]:
        """Yield class, slot and text of the values that both have a place for.

        A record that another points to is told by what it is called, since its id is another in a format that names it otherwise;
        ``ids``: what exports said of that.
        """
        known = _Called(records, self, ids or {})
        placed = self.both[0].placed(known.records) & self.both[1].placed(known.records)
        for record in known.records:
            if (record.cls, record.id) not in placed:
                continue
            for slot, values in normal_form(record, raw=False).items():
                # A column for the members of a pool is no place for what a sample was taken from.
                pooled = len(values) > 1 or any(record.values("is_pooled"))
                if slot == "stub" or (not pooled and any((record.cls, slot) in side.pools for side in self.both)):
                    continue
                for value in values:
                    if slot in MODEL.slots and MODEL.slots[slot].kind == "reference":
                        cls = known.cls(slot, str(value))
                        if all(_leads(side.links.get((record.cls, slot), set()), cls) for side in self.both):
                            yield record.cls, slot, f"{cls} {known.name(cls, str(value))}"
                    elif self._takes(record.cls, slot, value):
                        yield record.cls, slot, json.dumps(value, sort_keys=True, ensure_ascii=False)


def _lineage(cls: str) -> set[str]:
    """A class and those above it that records can be of."""
    return {c for c in MODEL.classes if MODEL.is_a(cls, c) and not MODEL.classes[c].abstract}


def _leads(classes: set[str], cls: str) -> bool:
    """Tell whether a link to records of some classes leads to one of this class."""
    return any(MODEL.is_a(cls, c) and (c == cls or MODEL.classes[c].abstract) for c in classes)


def shared(one: str, other: str) -> Shared:
    """What two targets both have a place for, by their names."""
    return Shared(*(Holding(_profiles(target)) for target in (one, other)))


def _profiles(target: str) -> list[Profile]:
    writers = writers_of(target)
    families = {w.family for w in writers} & SEVERAL
    return [*writers, *(p for p in load_profiles() if p.family in families and p not in writers)]


class _Called:
    """What records are called in two formats."""

    def __init__(self, records: Iterable[Record], shared: Shared, ids: Mapping[str, str]) -> None:
        self.records = list(records)
        self.ids = ids
        self.shared = shared
        self.names: dict[tuple[str, str], str] = {}

    @cached_property
    def by_id(self) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = defaultdict(list)
        for record in self.records:
            found[record.id].append(record)
        return found

    def cls(self, slot: str, target: str) -> str:
        """Class of what a record points to."""
        wanted = MODEL.slots[slot].range
        found = [r.cls for r in self.by_id.get(target, ())]
        return next((c for c in found if MODEL.is_a(c, wanted)), found[0] if found else wanted)

    def name(self, cls: str, target: str) -> str:
        """What a record is called."""
        if (cls, target) not in self.names:
            record = next((r for r in self.by_id.get(target, ()) if r.cls == cls), None)
            self.names[cls, target] = self._name(record) if record is not None else target.rpartition("/")[2].rpartition(":")[2]
        return self.names[cls, target]

    def _name(self, record: Record) -> str:
        for slot in NAMES:
            if self.shared.has(record.cls, slot) and (said := record.values(slot)):
                return str(said[0])
        origins = self._origins(record)
        if origins:
            labels = [str(getattr(v, "label", v)) for slot in LABELS for v in record.values(slot)]
            return " + ".join(sorted({self.name(o.cls, o.id) for o in origins}) + labels)
        # An accession and a name made of it are one: an archive that gives no accessions there has it as a name.
        return unquote(self.ids.get(record.id, record.id).rpartition("/")[2].rpartition(":")[2])

    def _origins(self, record: Record) -> list[Record]:
        """The samples that a material was made of."""
        level, seen = [record], {record.id}
        while level:
            above = [r for one in level for i in map(str, one.values("derived_from")) for r in self.by_id.get(i, ()) if i not in seen]
            samples = [r for r in above if r.cls == "Biosample"]
            if samples:
                return samples
            seen.update(r.id for r in above)
            level = above
        return []
