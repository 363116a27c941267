"""The row of units below a header: where it stands, and how the archive spells what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...values.units import read_unit

if TYPE_CHECKING:
    from ...profiles.requirements import FieldRule
    from ...profiles.schema import Table
    from .composed import SheetGrid

__all__ = ["spelled_unit", "units_of"]


def units_of(grid: SheetGrid, table: Table) -> list[str] | None:
    """Return the units of the columns of a table; None where its format has no row for them, [] where the row is not there.

    Parameters
    ----------
    grid
        The table as composed.
    table
        The table of the profile that composed it.
    """
    mark = table.around.units
    if not mark:
        return None
    return next((row for row in grid.rows[grid.header + 1 : grid.header + 2] if row and row[0] == mark), [])


def spelled_unit(rule: FieldRule, text: str) -> str | None:
    """Return the archive's own spelling of a unit; None where it lists no such unit.

    Examples
    --------
    >>> from ...profiles.requirements import requirements
    >>> fields = {r.name: r for r in requirements("ena", "samples", "ERC000021")}
    >>> spelled_unit(fields["temperature"], "Cel"), spelled_unit(fields["depth"], "cm"), spelled_unit(fields["depth"], "")
    ('ºC', None, None)
    """
    if not text or text in rule.units:
        return text or None
    code = read_unit(text)
    return next((u for u in rule.units if code is not None and read_unit(u) == code), None)
