"""Rows around the header of a table: what the archive wants to know of all rows at once, and the units of the columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ...models.slots import MODEL
from ..tables import show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...profiles.schema import Table
    from ...records import Record
    from .composed import SheetGrid

__all__ = ["surround"]

_SLOT: Final = re.compile(r"\{(\w+)\}")
# A number, or a range of two, and its unit behind a blank.
_MEASURED: Final = re.compile(r"(-?\d[\d.]*(?:-\d[\d.]*)?) (\S+)")
# Half a point, as a number: what the archives with a row of units call it.
_DEGREES: Final = re.compile(r"[+-]?\d+(\.\d+)?")
_DEGREE: Final = "DD"


def surround(grid: SheetGrid, table: Table, mains: Sequence[Record]) -> SheetGrid:
    """Put the rows around a table that its profile says.

    Parameters
    ----------
    grid
        A header and rows, as the table alone has them.
    table
        Its ``around``.
    mains
        The main records of the rows.

    Returns
    -------
    SheetGrid
        The same, changed in place: units that all numbers of a column share stand in a row of their own.
    """
    if table.around.units:
        units = [_unit_of(grid, column) for column in range(len(grid.rows[grid.header]))]
        if any(units):
            for column, unit in enumerate(units):
                for row in grid.rows[grid.header + 1 :] if unit else ():
                    row[column] = row[column].removesuffix(f" {unit}")
            # The first column names the record; it has no unit.
            _insert(grid, grid.header + 1, [table.around.units, *units[1:]])
    above = [cells for told in table.around.above if (cells := _filled(told, mains)) is not None]
    for number, cells in enumerate(above):
        _insert(grid, number, cells)
    grid.header += len(above)
    return grid


def _insert(grid: SheetGrid, at: int, cells: list[str]) -> None:
    grid.rows.insert(at, cells)
    if grid.records:
        grid.records.insert(at, None)


def _unit_of(grid: SheetGrid, column: int) -> str:
    """The unit that all numbers of a column have; '' where they differ, or where one stands without it."""
    target = grid.targets[column] if column < len(grid.targets) else None
    kind = MODEL.slots[target[1]].kind if target is not None and target[1] in MODEL.slots else ""
    texts = [row[column] for row in grid.rows[grid.header + 1 :] if row[column]]
    if kind == "geopoint" and any(_DEGREES.fullmatch(t) for t in texts):
        return _DEGREE
    if kind != "quantity":
        return ""
    found = [_MEASURED.fullmatch(text) for text in texts]
    units = {hit[2] for hit in found if hit is not None}
    # Words for absence have no unit; a number that lacks one would get it from the row.
    bare = any(hit is None and text[:1].isdigit() for hit, text in zip(found, texts, strict=True))
    return units.pop() if len(units) == 1 and not bare else ""


def _filled(told: str, mains: Sequence[Record]) -> list[str] | None:
    """The cells of a row with the values of slots in them; None where the records have none, or not one and the same."""
    missing = False

    def value(hit: re.Match[str]) -> str:
        nonlocal missing
        said = {tuple(show(v) for v in record.values(hit[1])) for record in mains}
        one = said.pop() if len(said) == 1 else ()
        missing |= len(one) != 1
        return one[0] if len(one) == 1 else ""

    text = _SLOT.sub(value, told)
    return None if missing else text.split("\t")
