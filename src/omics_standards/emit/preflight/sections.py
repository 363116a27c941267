"""Sheets of titled sections as the tables that they hold, so that each can be checked like any other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..sheets import SheetGrid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ...profiles.schema import Part, Profile

__all__ = ["tables_of"]


def tables_of(grids: Iterable[SheetGrid], profile: Profile) -> list[SheetGrid]:
    """Take sheets of sections apart; sheets of one table come back as they are.

    Parameters
    ----------
    grids
        As composed.
    profile
        The profile that composed them.

    Returns
    -------
    list of SheetGrid
        One per table, in order. Lines of a form (a name and its value) become one row under their names.
    """
    if profile.blocks is None:
        return list(grids)
    found: dict[str, SheetGrid] = {}
    for grid in grids:
        for part, rows, records in _sections(grid, profile.blocks.parts):
            if part.shape == "keys":
                form = found.setdefault(
                    part.table, SheetGrid(grid.name, [[], []], table=part.table, records=[None, (part.table, grid.name)])
                )
                for row in rows:
                    form.rows[0].append(row[0])
                    form.rows[1].append("; ".join(c for c in row[1:] if c))
            elif part.shape == "rows" and rows:
                # A row of which nobody says whose it is stands for itself.
                keys = [key or (part.table, f"row {i}") for i, key in enumerate(records[1:], start=1)]
                found.setdefault(part.table, SheetGrid(grid.name, list(rows), table=part.table, records=[None, *keys]))
    return list(found.values())


def _sections(grid: SheetGrid, parts: Sequence[Part]) -> Iterator[tuple[Part, list[list[str]], list[tuple[str, str] | None]]]:
    """Yield each titled section: its part, its rows without the title, and whose they are."""
    part: Part | None = None
    rows: list[list[str]] = []
    records: list[tuple[str, str] | None] = []
    for row, key in zip(grid.rows, grid.records, strict=True):
        filled = [c for c in row if c.strip()]
        title = _titled(filled[0], parts) if len(filled) == 1 and key is None else None
        if title is not None:
            if part is not None:
                yield part, rows, records
            part, rows, records = title, [], []
        elif filled:
            rows.append(row)
            records.append(key)
    if part is not None:
        yield part, rows, records


def _titled(text: str, parts: Sequence[Part]) -> Part | None:
    return next((p for p in parts if any(re.search(t, text, re.IGNORECASE) for t in p.titles)), None)
