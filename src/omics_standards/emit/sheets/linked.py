"""Records by what they point to: which records stand together in a row of a table.

The reader makes the records of a row and the links between them; a writer goes the other way: from the record that a row is of, along
the links that the profile's table says, to those that share its row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...models.slots import MODEL
from ...records import Link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ...profiles.schema import Table
    from ...records import Record, Value

__all__ = ["Fact", "Linked", "facts_of", "free_roles", "kin"]

Key = tuple[str, str]


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


def free_roles(table: Table) -> list[str]:
    """Roles of a table that no link joins to its main record: what stands beside it and is of the whole file."""
    joined = {table.main}
    while True:
        more = {r for r, s in table.records.items() for targets in s.links.values() if joined & {r, *targets} for r in (r, *targets)}
        if more <= joined:
            return [r for r in table.records if r not in joined]
        joined |= more


class Linked:
    """The records of a dataset, with their links in both directions."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.records: dict[Key, Record] = {}
        self.by_id: dict[str, list[Key]] = {}
        for record in records:
            key = (record.cls, record.id)
            self.records[key] = record
            self.by_id.setdefault(record.id, []).append(key)
        self._to: dict[Key, list[tuple[str, Key]]] = {}
        self._from: dict[Key, list[tuple[str, Key]]] = {}
        for key, record in self.records.items():
            for slot, target in self._links(record):
                self._to.setdefault(key, []).append((slot, target))
                self._from.setdefault(target, []).append((slot, key))

    def _links(self, record: Record) -> Iterator[tuple[str, Key]]:
        for reading in record.readings:
            if reading.slot not in MODEL.slots or MODEL.slots[reading.slot].kind != "reference":
                continue
            wanted = reading.target if isinstance(reading, Link) else MODEL.slots[reading.slot].range
            for value in reading.values:
                keys = self.by_id.get(str(value), ())
                target = next((k for k in keys if k[0] == wanted), None) or next((k for k in keys if kin(k[0], wanted)), None)
                if target is not None:
                    yield reading.slot, target

    def targets(self, record: Record, slot: str, cls: str) -> list[Record]:
        """Records of a class that a record points to."""
        linked = [k for s, k in self._to.get((record.cls, record.id), ()) if s == slot]
        found = [self.records[k] for k in linked if kin(k[0], cls)]
        return found or self._origins(linked, cls)

    def _origins(self, keys: Sequence[Key], cls: str) -> list[Record]:
        """Records of a class that others were made of, in the fewest steps: the sample of an extract."""
        seen: set[Key] = set(keys)
        while keys:
            above = [k for key in keys for s, k in self._to.get(key, ()) if s == "derived_from" and k not in seen]
            found = [self.records[k] for k in dict.fromkeys(above) if kin(k[0], cls)]
            if found:
                return found
            seen.update(above)
            keys = above
        return []

    def sources(self, record: Record, slot: str, cls: str) -> list[Record]:
        """Records of a class that point to a record."""
        return [self.records[k] for s, k in self._from.get((record.cls, record.id), ()) if s == slot and kin(k[0], cls)]

    def row(
        self,
        table: Table,
        main: Record | None,
        fit: Callable[[str, Record], int],
        takes: Callable[[str, Record, Record], bool],
        given: dict[str, list[Record]] | None = None,
    ) -> dict[str, list[Record]]:
        """Say which records share the row of a record.

        Parameters
        ----------
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
        roles: dict[str, list[Record]] = {**({table.main: [main]} if main is not None else {}), **(given or {})}
        waiting = list(roles)
        while waiting:
            role = waiting.pop(0)
            for slot, others in table.records[role].links.items():
                for record in list(roles[role]):
                    waiting += self._assign(table, roles, others, slot, record, fit)
            for other, spec in table.records.items():
                for slot, targets in spec.links.items():
                    if role in targets and other not in roles:
                        found = [
                            s for r in roles[role] for s in self.sources(r, slot, spec.cls) if s.cls == spec.cls and takes(other, s, r)
                        ]
                        if found:
                            roles[other] = found if spec.repeat else found[:1]
                            waiting.append(other)
        return roles

    def _assign(
        self,
        table: Table,
        roles: dict[str, list[Record]],
        others: Sequence[str],
        slot: str,
        record: Record,
        fit: Callable[[str, Record], int],
    ) -> list[str]:
        """Give the targets of a link to the roles that it names; returns the roles that are filled now."""
        names = [o.lstrip("<> ") for o in others]
        filled = []
        for cls in dict.fromkeys(table.records[n].cls for n in names if n in table.records):
            for target in self.targets(record, slot, cls):
                free = [
                    n
                    for n in names
                    if table.records[n].cls == cls and (n not in roles or (table.records[n].repeat and target not in roles[n]))
                ]
                if not free or any(target in roles.get(n, ()) for n in names):
                    continue
                best = max(free, key=lambda n, t=target: fit(n, t))  # type: ignore[misc]
                roles.setdefault(best, []).append(target)
                filled.append(best)
        return filled
