"""Records by id and by what points to them, and the rows that they make in a table of a profile.

A row starts at the record that points to all others (a run points to its library, that to its sample) and follows the links that
the profile declares. A record that several others share stands in several rows, as it does in the sheets that are read.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ...models.slots import MODEL
from ...records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ...profiles.schema import RecordSpec, Table

__all__ = ["Graph", "Row", "is_such", "rows_of"]

# Who plays which role in a row; a repeated role has several.
Row = dict[str, list[Record]]

# Slots that lead from a material to what it was made of, and to whom it was taken from.
_UPWARDS = ("derived_from", "subject")
# Slots that say the same from both ends.
_INVERSE = {"data_files": "run", "run": "data_files"}
# A material is derived from another in at most so many steps; a circle ends here.
_DEEP = 12


class Graph:
    """The records of a dataset, found by id and by what points to them."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.records = list(records)
        self._by_id: dict[str, list[Record]] = {}
        self._lent: dict[tuple[str, str, str], Record] = {}
        self._extended: dict[int, Record] = {}
        self._plain: dict[int, Record] = {}
        self._pointing: dict[tuple[str, str], list[Record]] = {}
        for record in self.records:
            self._by_id.setdefault(record.id, []).append(record)
        for record in self.records:
            for slot, values in record.items():
                if slot in MODEL.slots and MODEL.slots[slot].kind == "reference":
                    for value in values:
                        known = self._pointing.setdefault((slot, str(value)), [])
                        if record not in known[-1:]:
                            known.append(record)

    def find(self, slot: str, record_id: str) -> Record | None:
        """The record that a value of a slot points to, None where the dataset does not hold it."""
        wanted = MODEL.slots[slot].range
        return next((r for r in self._by_id.get(record_id, ()) if MODEL.is_a(r.cls, wanted) or MODEL.is_a(wanted, r.cls)), None)

    def targets(self, record: Record, slot: str) -> list[Record]:
        """The records that a record points to; a stub for each that the dataset does not hold."""
        found = []
        back = _INVERSE.get(slot)
        wanted = MODEL.slots[slot].range
        behind = [r for r in self.pointing(back, record) if MODEL.is_a(r.cls, wanted)] if back else []
        for value in dict.fromkeys((*map(str, record.values(slot)), *(r.id for r in behind))):
            target = self.find(slot, value)
            found.append(target if target is not None else Record(MODEL.slots[slot].range, value, (), (), 0, stub=True))
        return found

    def pointing(self, slot: str, record: Record) -> list[Record]:
        """The records that point to a record with a slot, in their own order."""
        return self._pointing.get((slot, record.id), [])

    def above(self, record: Record) -> Iterator[Record]:
        """What a material was made of and whom it was taken from, the nearest first."""
        seen, level = {(record.cls, record.id)}, [record]
        for _ in range(_DEEP):
            level = [t for r in level for slot in _UPWARDS if slot in MODEL.classes[r.cls].slots for t in self.targets(r, slot)]
            level = [r for r in level if (r.cls, r.id) not in seen]
            seen.update((r.cls, r.id) for r in level)
            yield from level
            if not level:
                return

    def with_lent(self, record: Record) -> Record:
        """A material with the facts that only what it was made of, or whom it was taken from, says: its organism, the donor's sex.

        For tables that have no place for those others.
        """
        known = self._extended.get(id(record))
        if known is not None:
            return known
        own = {r.slot for r in record.readings if r.values} | {r.missing.slot for r in record.readings if r.missing}
        readings, fields, rows = list(record.readings), list(record.fields), [record.row_of(i) for i in range(len(record.readings))]
        for other in self.above(record):
            for i, reading in enumerate(other.readings):
                if reading.values and reading.slot not in own and _lendable(record.cls, reading.slot):
                    readings.append(reading)
                    fields.append(other.fields[i])
                    rows.append(other.row_of(i))
                    self._lent[record.cls, record.id, reading.slot] = other
            own |= {r.slot for r in readings}
        made = record
        if len(readings) > len(record.readings):
            made = Record(record.cls, record.id, tuple(readings), tuple(fields), tuple(rows), stub=record.stub)
        self._extended[id(record)] = made
        self._plain[id(made)] = record
        return made

    def lender(self, record: Record) -> Record:
        """The record itself, where it was given what others lent it."""
        return self._plain.get(id(record), record)

    def give_back(self, told: dict[tuple[str, str], set[tuple[str, object]]]) -> None:
        """Note what was told of a record that lent it to another."""
        for (cls, record_id, slot), owner in self._lent.items():
            values = {(s, v) for s, v in told.get((cls, record_id), ()) if s == slot}
            if values:
                told.setdefault((owner.cls, owner.id), set()).update(values)


@cache
def _lendable(cls: str, slot: str) -> bool:
    """Tell whether a slot holds a fact that is as true of what is made of a thing as of the thing itself."""
    return slot in MODEL.classes[cls].slots and MODEL.slots[slot].kind not in ("reference", "attribute", "uri") and slot not in _OWN


# What names or tells of one record alone.
_OWN = frozenset({"id", "name", "title", "description", "alternative_names", "accessions", "stub", "comments"})


def is_such(record: Record, spec: RecordSpec) -> bool:
    """Tell whether a record may play a role: of its class and kind, with nothing against the role's constants."""
    if not (MODEL.is_a(record.cls, spec.cls) or MODEL.is_a(spec.cls, record.cls)):
        return False
    path = MODEL.classes[spec.cls].path
    if spec.kind and not record.id.startswith(f"{path}/{spec.kind}/"):
        return False
    for slot, text in spec.set.items():
        said = record.values(slot)
        if said and text not in {str(getattr(v, "label", v)) for v in said}:
            return False
    return True


def rows_of(table: Table, graph: Graph, taken: set[tuple[str, str]]) -> list[Row]:
    """Return the rows of a table.

    Parameters
    ----------
    table
        A table of a profile.
    graph
        The records.
    taken
        Class and id of records that have a row of their own already; those that get one here are added.

    Returns
    -------
    list of dict
        Role to the records that play it in the row.
    """
    found: list[Row] = []
    alone = not _goes_up(table)
    for role in _starts(table):
        spec = table.records[role]
        for record in graph.records:
            if record.stub or (record.cls, record.id) in taken or not is_such(record, spec):
                continue
            if alone and any(is_such(r, spec) for r in graph.pointing("derived_from", record)):
                continue  # what is made of it lends its facts, and stands in its place
            made = list(_laid(table, graph, {role: [record]}, spec.unique))
            if alone:
                made = [{name: [graph.with_lent(p) for p in players] for name, players in row.items()} for row in made]
            if not all(table.main in row for row in made):
                continue
            for row in made:
                for name, players in row.items():
                    if not table.records[name].stub:
                        taken.update((p.cls, p.id) for p in players)
            found += made
    return found


def _goes_up(table: Table) -> bool:
    """Tell whether a table says what a material was made of, or whom it was taken from."""
    links = {slot for spec in table.records.values() for slot in spec.links}
    fed = {t.partition(".")[2] for spec in table.columns.values() for t in spec.to}
    return bool((links | fed) & set(_UPWARDS))


def _starts(table: Table) -> list[str]:
    """Roles that rows start at: those that lead to the main one, the farthest first, then the main one."""
    links = {role: {t for targets in spec.links.values() for t in targets} for role, spec in table.records.items()}
    leading: list[str] = [table.main]
    for role in leading:
        leading += [
            r
            for r, targets in links.items()
            if role in targets and r not in leading and not table.records[r].stub and not table.records[r].repeat
        ]
    far = list(reversed(leading))
    # What stands in many rows has none of its own, unless the rows are about it.
    return [r for i, r in enumerate(far) if i == 0 or not table.records[r].shared]


def _laid(table: Table, graph: Graph, row: Row, unique: bool) -> Iterator[Row]:
    """Follow the links of a row's records; where one of a kind is wanted and several are there, a row for each."""
    for role in list(row):
        for slot, targets in table.records[role].links.items():
            told: set[tuple[str, str]] = set()
            for target in targets:
                known = row.get(target)
                if known is not None:
                    told.update((r.cls, r.id) for r in known)
                    continue
                specs = [table.records[t] for t in targets]
                found = [r for r in _reached(graph, row[role], slot, table.records[target], specs) if (r.cls, r.id) not in told]
                if not found:
                    continue
                if table.records[target].repeat:
                    yield from _laid(table, graph, {**row, target: found}, unique)
                    return
                # Of several roles of one link (father, mother), each takes one.
                for one in found[: 1 if unique or len(targets) > 1 else None]:
                    yield from _laid(table, graph, {**row, target: [one]}, unique)
                return
    behind = _pointing_back(table, graph, row)
    if behind:
        yield from _laid(table, graph, {**row, **behind}, unique)
    else:
        yield row


def _reached(graph: Graph, players: Sequence[Record], slot: str, spec: RecordSpec, others: Sequence[RecordSpec]) -> list[Record]:
    """The records of a role that others point to; where a library is made of an extract that has no role, the sample of that."""
    found: dict[tuple[str, str], Record] = {}
    for record in players:
        for target in graph.targets(record, slot) if slot in MODEL.classes[record.cls].slots else ():
            near: Record | None = target
            if not is_such(target, spec):
                own = any(is_such(target, other) for other in others)
                near = None if own else next((r for r in graph.above(target) if is_such(r, spec)), None)
            if near is not None:
                found.setdefault((near.cls, near.id), near)
    return list(found.values())


def _pointing_back(table: Table, graph: Graph, row: Row) -> Mapping[str, list[Record]]:
    """Repeated roles, and those that a row only names, whose records point to one of the row, which does not point to them."""
    for role, spec in table.records.items():
        if role in row or not (spec.repeat or spec.stub):
            continue
        for slot, targets in spec.links.items():
            found = [r for t in targets if t in row for p in row[t] for r in graph.pointing(slot, p) if is_such(r, spec)]
            if found:
                return {role: list(dict.fromkeys(found))[: None if spec.repeat else 1]}
    return {}
