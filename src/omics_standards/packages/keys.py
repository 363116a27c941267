"""Which columns refer to which tables, found out from the records: a key that is declared is one that holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..models.slots import MODEL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..conversion import Dataset
    from ..emit.typed import Column

__all__ = ["Keys", "LinkTable"]


class LinkTable(NamedTuple):
    """The pairs of a slot that may refer to several records: ids of this table's records and of those they refer to."""

    name: str
    cls: str
    slot: str
    target: str
    pairs: list[tuple[str, str]]


class Keys:
    """The references between the tables of a dataset."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        home = {r.id: MODEL.classes[r.cls].container or "" for r in dataset}
        self._targets: dict[tuple[str, str], str] = {}
        self._pairs: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for cls in dataset.classes:
            slots = [s for s in MODEL.classes[cls].slots if MODEL.slots[s].kind == "reference"]
            for slot in slots:
                pairs = [(r.id, str(v)) for r in dataset.records(cls) if r.cls == cls for v in dict.fromkeys(r.values(slot))]
                tables = {self._home(slot, target, home) for _, target in pairs}
                if len(tables) == 1 and "" not in tables:
                    self._targets[cls, slot] = tables.pop()
                    self._pairs[cls, slot] = pairs

    def _home(self, slot: str, target: str, home: dict[str, str]) -> str:
        """Name of the table that holds a record; an id may stand in two tables, of which the slot's range is meant."""
        for cls in MODEL.below(MODEL.slots[slot].range):
            if self._dataset.record(cls, target) is not None:
                return MODEL.classes[cls].container or ""
        return home.get(target, "")

    def target(self, cls: str, column: Column) -> str:
        """Name of the one table that all values of a column refer to, '' where there is none."""
        return self._targets.get((cls, column.slot), "") if column.part == "" and not column.attribute else ""

    def links(self) -> Iterator[LinkTable]:
        """Yield the pairs of those slots that may refer to several records."""
        for (cls, slot), pairs in self._pairs.items():
            if MODEL.slots[slot].multivalued:
                container = MODEL.classes[cls].container or cls
                yield LinkTable(f"{container}.{slot}", cls, slot, self._targets[cls, slot], pairs)
