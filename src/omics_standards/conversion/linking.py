"""Ways between records: from a file to its run, its assay, its samples, their subjects, and back.

References point both ways in the model (a run names its assay, and its files). Here each of them is *upward* (towards what a thing
comes from), *downward* (towards what comes of it; walked in reverse), or *aside* (controls, relatives of a project), which is never
walked: else a project or a control would tie every file to every sample.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..models.slots import MODEL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..records import Record

__all__ = ["ASIDE", "DOWNWARD", "Links"]

DOWNWARD: Final = frozenset(
    {
        ("Dataset", "data_files"), ("Run", "data_files"), ("Process", "outputs"), ("Analysis", "outputs"),
        ("SpatialAssay", "tissue_images"), ("MetabolomicsAssay", "metabolite_assignment_files"),
        ("MeasuringPlatform", "samples"), ("MeasuringPlatform", "studies"),
    }
)  # fmt: skip
"""Class and slot of references that name what comes of a thing."""

ASIDE: Final = frozenset({"control_assay", "matched_control", "related_to"})
"""Slots of references that name what a thing neither comes from nor leads to."""

Key = tuple[str, str]


class Links:
    """The records of a dataset as a graph that is walked up or down.

    Parameters
    ----------
    records
        All of them.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        self._records: dict[Key, Record] = {}
        by_id: dict[str, list[Key]] = {}
        for record in records:
            key = (record.cls, record.id)
            self._records[key] = record
            by_id.setdefault(record.id, []).append(key)
        self._up: dict[Key, list[Key]] = {}
        self._down: dict[Key, list[Key]] = {}
        for key, record in self._records.items():
            for slot, values in record.items():
                definition = MODEL.slot(record.cls, slot)
                if definition is None or definition.kind != "reference" or slot in ASIDE:
                    continue
                for target in (k for v in values for k in by_id.get(str(v), ()) if MODEL.is_a(k[0], definition.range)):
                    low, high = (target, key) if (record.cls, slot) in DOWNWARD else (key, target)
                    self._up.setdefault(low, []).append(high)
                    self._down.setdefault(high, []).append(low)

    def nearest(self, record: Record, cls: str) -> list[Record]:
        """Return the nearest records of a class: above where there are any, else below; in the order in which they are met.

        Parameters
        ----------
        record
            Where to start; it is never part of the answer.
        cls
            Class to look for; an abstract one stands for all of its kind. What lies behind a record of it is not looked at: of a
            sample that derives from another the nearer one counts.
        """
        start = (record.cls, record.id)
        found = self._walk(start, cls, self._up)
        if not found and not MODEL.is_a(record.cls, cls):
            found = self._walk(start, cls, self._down)
        return [self._records[k] for k in found]

    def _walk(self, start: Key, cls: str, edges: dict[Key, list[Key]]) -> list[Key]:
        seen, level = {start}, [start]
        found: list[Key] = []
        while level:
            following: list[Key] = []
            for key in level:
                for target in edges.get(key, ()):
                    if target not in seen:
                        seen.add(target)
                        (found if MODEL.is_a(target[0], cls) else following).append(target)
            level = following
        return found
