"""No two rows of a one-record-per-row table describe the same record: found with eight bytes per row."""

from __future__ import annotations

from array import array
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from ..findings import Address, Finding, Issue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..mapping.plan import Plan

__all__ = ["UniqueIds", "duplicate_ids", "repeated"]


# From here on sorting in numpy saves more memory (64 bytes an id) than loading it takes.
_MANY = 250_000


class UniqueIds:
    """Ids of the records of one template, as 64-bit hashes beside their rows.

    Two different ids of one hash would be called duplicates: among a million rows that happens once in some 10^7 tables.
    """

    def __init__(self, source: Address, header: str, slot: str) -> None:
        self._source = source
        self._header = header
        self._slot = slot
        self._hashes = array("q")
        self._rows: list[Sequence[int]] = []

    def add(self, ids: Sequence[str | None], rows: Sequence[int]) -> None:
        """Take over the ids of a batch with their rows; None where a row holds no record."""
        if None in ids:
            pairs = [(i, r) for i, r in zip(ids, rows, strict=True) if i is not None]
            ids, rows = [i for i, _ in pairs], array("I", [r for _, r in pairs])
        self._hashes.extend(map(hash, ids))
        # Rows without gaps are a range, which takes no room.
        self._rows.append(rows if isinstance(rows, range | array) else array("I", rows))

    def findings(self) -> list[Finding]:
        """Name the rows that share an id, one finding per id.

        Findings
        --------
        id-duplicate
        """
        twice = repeated(self._hashes)
        if not twice:
            return []
        places: dict[int, list[int]] = {}
        for value, row in zip(self._hashes, chain.from_iterable(self._rows), strict=True):
            if value in twice:
                places.setdefault(value, []).append(row)
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


def repeated(hashes: array[int]) -> set[int]:
    """Return the values that stand there more than once."""
    if len(hashes) < _MANY:
        if len(set(hashes)) == len(hashes):
            return set()
        return {a for a, b in pairwise(sorted(hashes)) if a == b}
    import numpy as np

    ordered = np.sort(np.frombuffer(hashes, dtype=np.int64))
    return set(ordered[1:][ordered[1:] == ordered[:-1]].tolist())


def duplicate_ids(plan: Plan, template: int) -> UniqueIds:
    """Return an empty register for the records of a template."""
    chosen = plan.templates[template]
    part = chosen.ids[0].columns[0] if chosen.ids else 0
    header = plan.headers[part] if part < len(plan.headers) else ""
    return UniqueIds(plan.address(None, part), header, f"{chosen.cls}.id")
