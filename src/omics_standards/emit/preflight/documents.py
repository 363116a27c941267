"""Documents as the tables that an archive has rules for: the schema's own, or those of the sheet that asks the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from ...profiles.load import load_profiles
from ...profiles.tablerules import alike

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...profiles.schema import Profile
    from ..sheets import SheetGrid
    from .check import FieldReport

__all__ = ["Checked", "checked_as", "told_as"]


class Checked(NamedTuple):
    """A table of a document: ``grid`` as ``profile`` has it, ``table`` its own id, ``paths`` its headers by those of the grid."""

    grid: SheetGrid
    profile: Profile
    table: str
    paths: dict[str, str]


def checked_as(grids: Iterable[SheetGrid], profile: Profile) -> list[Checked]:
    """Say under which rules the tables of a document are.

    Parameters
    ----------
    grids
        As the writer of documents gave them.
    profile
        The profile that it wrote by.

    Returns
    -------
    list of Checked
        In order; a table without other rules comes as it is.
    """
    found = []
    for grid in grids:
        told = alike(profile.id, grid.table)
        if told is None:
            found.append(Checked(grid, profile, grid.table, {}))
            continue
        fields = {path: name for name, path in told.names.items()}
        header = [fields.get(h, h) for h in grid.rows[grid.header]]
        rows = [header if i == grid.header else row for i, row in enumerate(grid.rows)]
        other = next(p for p in load_profiles() if p.id == told.profile)
        found.append(Checked(replace(grid, rows=rows, table=told.table), other, grid.table, dict(told.names)))
    return found


def told_as(report: FieldReport, checked: Checked, profile: Profile) -> FieldReport:
    """Give a report the names that the document has."""
    parts = [checked.paths.get(h.lstrip("*"), h) for h in report.header.split(" | ")]
    report.header, report.profile, report.table = " | ".join(parts), profile.id, checked.table
    return report
