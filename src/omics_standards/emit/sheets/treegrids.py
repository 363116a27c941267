"""The rows of a document as tables of cells: a header is a path, or the name of an attribute; for those who check what is written."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from .composed import SheetGrid

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .treecells import Cell

__all__ = ["UNITS", "TreeRow", "grids_of"]

UNITS = "#units"


class TreeRow(NamedTuple):
    """A row of a document: the table that it is of, class and id of its main record, its cells."""

    table: str
    key: tuple[str, str] | None
    cells: Sequence[Cell]


def grids_of(rows: Iterable[TreeRow]) -> list[SheetGrid]:
    """Lay rows out as tables.

    Parameters
    ----------
    rows
        In the order in which they stand in the documents.

    Returns
    -------
    list of SheetGrid
        One per table. A header that a row has several times stands there as often. Where all numbers of a column have one unit, a
        row of units (``#units`` first) follows the header.
    """
    tables: dict[str, list[TreeRow]] = {}
    for row in rows:
        tables.setdefault(row.table, []).append(row)
    return [_grid(table, told) for table, told in tables.items()]


def _grid(table: str, rows: Sequence[TreeRow]) -> SheetGrid:
    # The first column names nothing, so that the mark of the units has a place.
    at: dict[tuple[str, int], int] = {}
    laid: list[dict[int, str]] = []
    units: dict[int, set[str]] = {}
    for row in rows:
        seen: Counter[str] = Counter()
        cells: dict[int, str] = {}
        for cell in row.cells:
            seen[cell.place.header] += 1
            column = at.setdefault((cell.place.header, seen[cell.place.header]), len(at) + 1)
            cells[column] = cell.text
            if cell.text[:1].isdigit() or cell.unit:
                units.setdefault(column, set()).add(cell.unit)
        laid.append(cells)
    width = len(at) + 1
    header = ["", *(name for name, _ in at)]
    grid = SheetGrid(table, [header, *([cells.get(c, "") for c in range(width)] for cells in laid)], table=table)
    # A row of which nobody says whose it is stands for itself.
    grid.records = [None, *(row.key or (table, f"row {i}") for i, row in enumerate(rows, 1))]
    told = [next(iter(units[c])) if len(units.get(c, ())) == 1 else "" for c in range(1, width)]
    if any(told):
        grid.rows.insert(1, [UNITS, *told])
        grid.records.insert(1, None)
    return grid
