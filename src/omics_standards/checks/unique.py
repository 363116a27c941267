"""No two rows of a one-record-per-row table describe the same record: found with eight bytes per row."""

from __future__ import annotations

from array import array
from itertools import pairwise
from typing import TYPE_CHECKING

from ..findings import Address, Finding, Issue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..mapping.plan import Plan

__all__ = ["UniqueIds", "duplicate_ids"]


class UniqueIds:
    """Ids of the records of one template, as 64-bit hashes beside their rows.

    Two different ids of one hash would be called duplicates: among a million rows that happens once in some 10^7 tables.
    """

    def __init__(self, source: Address, header: str, slot: str) -> None:
        self._source = source
        self._header = header
        self._slot = slot
        self._hashes = array("q")
        self._rows = array("I")

    def add(self, ids: Sequence[str | None], rows: Sequence[int]) -> None:
        """Take over the ids of a batch with their rows; None where a row holds no record."""
        if None in ids:
            pairs = [(i, r) for i, r in zip(ids, rows, strict=True) if i is not None]
            ids, rows = [i for i, _ in pairs], [r for _, r in pairs]
        self._hashes.extend(map(hash, ids))
        self._rows.extend(rows)

    def findings(self) -> list[Finding]:
        """Name the rows that share an id, one finding per id.

        Findings
        --------
        id-duplicate
        """
        if len(set(self._hashes)) == len(self._hashes):
            return []
        ordered = sorted(self._hashes)
        twice = {a for a, b in pairwise(ordered) if a == b}
        places: dict[int, list[int]] = {}
        for position, value in enumerate(self._hashes):
            if value in twice:
                places.setdefault(value, []).append(self._rows[position])
        found = []
        for rows in places.values():
            issue = Issue(
                "id-duplicate",
                "one row per record",
                f"rows {', '.join(map(str, rows[:5]))} name the same record: remove one, or name them apart",
            )
            where = [self._source._replace(row=r) for r in rows[:4]]
            found.append(issue.at(*where, header=self._header, slot=self._slot))
        return found


def duplicate_ids(plan: Plan, template: int) -> UniqueIds:
    """Return an empty register for the records of a template."""
    chosen = plan.templates[template]
    part = chosen.ids[0].columns[0] if chosen.ids else 0
    header = plan.headers[part] if part < len(plan.headers) else ""
    return UniqueIds(plan.address(None, part), header, f"{chosen.cls}.id")
