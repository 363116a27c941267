"""Records by id and by what points to them, and the rows that they make in a table of a profile.

In a table of rows, a row starts at the record that points to all others (a run points to its library, that to its sample) and
follows the links that the profile declares; a record that several others share stands in several rows, as it does in the sheets
that are read. In a tree, a row is of one record, and others come to it along the same links.
"""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from ...models.slots import MODEL
from ...records import Link, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ...profiles.schema import RecordSpec, Table
    from ...records import Value

__all__ = ["Fact", "Graph", "Key", "Row", "facts_of", "free_roles", "is_such", "kin", "row_of", "rows_of"]

# Class and id of a record.
Key = tuple[str, str]
# Who plays which role in a row; a repeated role has several.
Row = dict[str, list[Record]]

# Slots that lead from a material to what it was made of, and to whom it was taken from.
_UPWARDS = ("derived_from", "subject")
# Slots that say the same from both ends.
_INVERSE = {"data_files": "run", "run": "data_files"}


class Fact(NamedTuple):
    """One value that a record holds; ``slot`` is ``missing`` or ``rejected`` for what a cell said instead of a value."""

    cls: str
    id: str
    slot: str
    value: Value


def facts_of(record: Record) -> list[Fact]:
    """All that a record says, each thing once, in its order."""
    found: dict[Fact, None] = {}
    for reading in record.readings:
        for value in reading.values:
            found.setdefault(Fact(record.cls, record.id, reading.slot, value))
        if reading.missing is not None:
            found.setdefault(Fact(record.cls, record.id, "missing", reading.missing))
        if reading.rejected is not None:
            found.setdefault(Fact(record.cls, record.id, "rejected", reading.rejected))
    return list(found)


def kin(cls: str, other: str) -> bool:
    """Tell whether one class is the other, or a kind of it."""
    return cls == other or MODEL.is_a(cls, other) or MODEL.is_a(other, cls)


class Graph:
    """The records of a dataset, found by id and by what points to them."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.by_key: dict[Key, Record] = {(r.cls, r.id): r for r in records}
        self.records = list(self.by_key.values())
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

    def find(self, record_id: str, wanted: str) -> Record | None:
        """The record of an id and a class, or of a kind of that class; None where the dataset does not hold it."""
        among = self._by_id.get(record_id, ())
        return next((r for r in among if r.cls == wanted), None) or next((r for r in among if kin(r.cls, wanted)), None)

    def targets(self, record: Record, slot: str) -> list[Record]:
        """The records that a record points to; a stub for each that the dataset does not hold."""
        found = []
        back = _INVERSE.get(slot)
        wanted = MODEL.slots[slot].range
        behind = [r for r in self.pointing(back, record) if MODEL.is_a(r.cls, wanted)] if back else []
        for value in dict.fromkeys((*map(str, record.values(slot)), *(r.id for r in behind))):
            target = self.find(value, wanted)
            found.append(target if target is not None else Record(wanted, value, (), (), 0, stub=True))
        return found

    def held(self, record: Record, slot: str, cls: str) -> list[Record]:
        """The records of a class that a record itself points to and the dataset holds, or the nearest that those were made of."""
        level = list(self._held(record, slot))
        for among in chain((level,), _levels(level, lambda r: self._held(r, "derived_from"))):
            found = [r for r in among if kin(r.cls, cls)]
            if found:
                return found
        return []

    def _held(self, record: Record, slot: str) -> Iterator[Record]:
        for reading in record.readings:
            if reading.slot == slot:
                wanted = reading.target if isinstance(reading, Link) else MODEL.slots[slot].range
                yield from (r for value in reading.values if (r := self.find(str(value), wanted)) is not None)

    def pointing(self, slot: str, record: Record) -> list[Record]:
        """The records that point to a record with a slot, in their own order."""
        return self._pointing.get((slot, record.id), [])

    def sources(self, record: Record, slot: str, cls: str) -> list[Record]:
        """The records of a class that point to a record, and not to another of the same id."""
        return [r for r in self.pointing(slot, record) if kin(r.cls, cls) and any(t is record for t in self._held(r, slot))]

    def above(self, record: Record) -> Iterator[Record]:
        """What a material was made of and whom it was taken from, the nearest first."""
        for level in _levels([record], self._upwards):
            yield from level

    def _upwards(self, record: Record) -> Iterator[Record]:
        for slot in _UPWARDS:
            if slot in MODEL.classes[record.cls].slots:
                yield from self.targets(record, slot)

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


def _levels(level: Sequence[Record], step: Callable[[Record], Iterable[Record]]) -> Iterator[list[Record]]:
    """What records lead to, step by step, each once."""
    seen = {(r.cls, r.id) for r in level}
    while level:
        reached = {(t.cls, t.id): t for r in level for t in step(r)}
        level = [t for key, t in reached.items() if key not in seen]
        seen |= reached.keys()
        yield level


@cache
def _lendable(cls: str, slot: str) -> bool:
    """Tell whether a slot holds a fact that is as true of what is made of a thing as of the thing itself."""
    return slot in MODEL.classes[cls].slots and MODEL.slots[slot].kind not in ("reference", "attribute", "uri") and slot not in _OWN


# What names or tells of one record alone.
_OWN = frozenset({"id", "name", "title", "description", "alternative_names", "accessions", "stub", "comments"})


def is_such(record: Record, spec: RecordSpec) -> bool:
    """Tell whether a record may play a role: of its class and kind, with nothing against the role's constants."""
    if not kin(record.cls, spec.cls):
        return False
    path = MODEL.classes[spec.cls].path
    if spec.kind and not record.id.startswith(f"{path}/{spec.kind}/"):
        return False
    for slot, text in spec.set.items():
        said = record.values(slot)
        if said and text not in {str(getattr(v, "label", v)) for v in said}:
            return False
    return True


def _plays(table: Table, role: str, record: Record) -> bool:
    """Tell whether a record may play a role, and no other role says of itself what the record says (the Illumina library's)."""
    spec = table.records[role]
    if not is_such(record, spec):
        return False
    closer = (s for s in table.records.values() if s.set and not spec.set and s.cls == spec.cls)
    return not any(is_such(record, s) and all(record.values(slot) for slot in s.set) for s in closer)


def rows_of(table: Table, graph: Graph, taken: set[Key]) -> list[Row]:
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
            if record.stub or (record.cls, record.id) in taken or not _plays(table, role, record):
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
    found = _together(table, found)
    for role, record in _of_all(table, graph, found):
        for row in found:
            row[role] = [record]
        taken.add((record.cls, record.id))
    return found


def _of_all(table: Table, graph: Graph, rows: Sequence[Row]) -> Iterator[tuple[str, Record]]:
    """What many rows share and nothing links to them: the paper of a submission, where there is but one."""
    linked = {role for role, spec in table.records.items() if spec.links} | {
        t for spec in table.records.values() for targets in spec.links.values() for t in targets
    }
    others = ((role, spec) for role, spec in table.records.items() if role not in linked and role != table.main)
    free = [role for role, spec in others if spec.shared and not (spec.stub or spec.repeat or spec.set)]
    for role in free if rows else ():
        alike = [other for other in free if table.records[other].cls == table.records[role].cls]
        found = [r for r in graph.records if not r.stub and is_such(r, table.records[role])]
        if len(found) == 1 and alike == [role]:
            yield role, found[0]


def _same(one: Sequence[Record], other: Sequence[Record]) -> bool:
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))


def _together(table: Table, rows: list[Row]) -> list[Row]:
    """Put rows of one main record into one where they contradict each other in nothing: its library, and its assembly."""
    joined: dict[tuple[str, str], list[Row]] = {}
    found: list[Row] = []
    for row in rows:
        main = row[table.main][0]
        mine = joined.setdefault((main.cls, main.id), [])
        # A row that says no more than one before it has a reason to be there.
        other = next(
            (r for r in mine if not row.keys() <= r.keys() and all(_same(r[role], row[role]) for role in row.keys() & r.keys())), None
        )
        if other is None:
            mine.append(row)
            found.append(row)
        else:
            other.update(row)
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
            told: set[Key] = set()
            for target in targets:
                known = row.get(target)
                if known is not None:
                    told.update((r.cls, r.id) for r in known)
                    continue
                specs = [table.records[t] for t in targets]
                reached = _reached(graph, row[role], slot, table.records[target], specs)
                found = [r for r in reached if (r.cls, r.id) not in told and _plays(table, target, r)]
                if not found:
                    continue
                if table.records[target].repeat:
                    filled: Row = {**row, target: found}
                    if table.records[role].repeat:
                        filled[role] = _side_by_side(graph, row[role], slot, found)
                    yield from _laid(table, graph, filled, unique)
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


def _side_by_side(graph: Graph, players: Sequence[Record], slot: str, found: Sequence[Record]) -> list[Record]:
    """Several records that point to others, each in the places of those: the first run twice beside its two files; those without last."""
    owners = {(t.cls, t.id): p for p in reversed(players) for t in graph.targets(p, slot)}
    placed = [owners[t.cls, t.id] for t in found]
    return [*placed, *(p for p in players if p not in placed)]


def _reached(graph: Graph, players: Sequence[Record], slot: str, spec: RecordSpec, others: Sequence[RecordSpec]) -> list[Record]:
    """The records of a role that others point to; where a library is made of an extract that has no role, the sample of that."""
    found: dict[Key, Record] = {}
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


def free_roles(table: Table) -> list[str]:
    """Roles of a table that no link joins to its main record: what stands beside it and is of the whole file."""
    joined = {table.main}
    while True:
        more = {r for r, s in table.records.items() for targets in s.links.values() if joined & {r, *targets} for r in (r, *targets)}
        if more <= joined:
            return [r for r in table.records if r not in joined]
        joined |= more


def row_of(
    graph: Graph,
    table: Table,
    main: Record | None,
    fit: Callable[[str, Record], int],
    takes: Callable[[str, Record, Record], bool],
    given: Row | None = None,
) -> Row:
    """Say which records share the row of a record.

    Parameters
    ----------
    graph
        The records.
    table
        Its ``records`` and their links.
    main
        The record that the row is of; None for a row of other records alone.
    fit
        How much of a record the columns of a role can hold; of two roles of one class the record takes the one that holds more.
    takes
        Whether a record that points to one of the row may stand in it (as a role, with what it points to): its name must be one
        that the row gives it.
    given
        Records of roles that are known already.

    Returns
    -------
    dict
        Records by role; a role that is not repeated has one.
    """
    roles: Row = {**({table.main: [main]} if main is not None else {}), **(given or {})}
    waiting = list(roles)
    while waiting:
        role = waiting.pop(0)
        for slot, others in table.records[role].links.items():
            for record in list(roles[role]):
                waiting += _assigned(graph, table, roles, others, slot, record, fit)
        for other, spec in table.records.items():
            for slot, targets in spec.links.items():
                if role in targets and other not in roles:
                    found = [s for r in roles[role] for s in graph.sources(r, slot, spec.cls) if s.cls == spec.cls and takes(other, s, r)]
                    if found:
                        roles[other] = found if spec.repeat else found[:1]
                        waiting.append(other)
    return roles


def _assigned(
    graph: Graph,
    table: Table,
    roles: Row,
    others: Sequence[str],
    slot: str,
    record: Record,
    fit: Callable[[str, Record], int],
) -> list[str]:
    """Give the targets of a link to the roles that it names; returns the roles that are filled now."""
    names = [o.lstrip("<> ") for o in others]
    filled = []
    for cls in dict.fromkeys(table.records[n].cls for n in names if n in table.records):
        for target in graph.held(record, slot, cls):
            free = [
                n for n in names if table.records[n].cls == cls and (n not in roles or (table.records[n].repeat and target not in roles[n]))
            ]
            if not free or any(target in roles.get(n, ()) for n in names):
                continue
            best = max(free, key=lambda n, t=target: fit(n, t))  # type: ignore[misc]
            roles.setdefault(best, []).append(target)
            filled.append(best)
    return filled
