"""The kind of sample that a sheet is about, named where the archive looks for it: in a column, or in a line above the header."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...errors import UsageError
from ...mapping.headers import match_headers
from ...profiles.requirements import find_kind
from ..tables import show
from .composed import Loss

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...profiles.schema import Profile, Table
    from ...records import Record
    from .composed import SheetGrid

__all__ = ["Named", "with_kind"]

_SLOT = "checklists"
Named = tuple["SheetGrid", set[tuple[str, str, str]], list[Loss]]


def with_kind(
    grid: SheetGrid, profile: Profile, place: str, kind: str, records: Mapping[tuple[str, str], Record], *, asked: bool = False
) -> Named:
    """Name the kind of sample in a sheet.

    Parameters
    ----------
    grid
        As composed.
    profile
        The profile that composed it.
    place
        A field of the table, or the mark of a line above its header (``#checklist_accession``).
    kind
        What its rows are, where they do not say it themselves.
    records
        Records by class and id.
    asked
        The kind was asked for: it stands there whatever the records say.

    Returns
    -------
    tuple
        A new grid; class, id and slot of what it says beyond the records; the names that it has no place for.
    """
    table = profile.table(grid.table)
    mine = [records[key] for key in grid.records if key is not None and key in records]
    kinds = {(r.cls, r.id): kind if asked else _said(profile.id, table.id, r, kind) for r in mine}
    made = {(r.cls, r.id, _SLOT) for r in mine if not r.values(_SLOT)}
    if place.startswith("#"):
        known = set(kinds.values())
        line = [place, kind if len(known) != 1 else known.pop()]
        above = [row for row in grid.rows[: grid.header] if row[:1] != [place]]
        gone = [row for row in grid.rows[: grid.header] if row[:1] == [place]]
        rows = [line, *above, *grid.rows[grid.header :]]
        keys = [*[None] * (len(above) + 1), *grid.records[grid.header :]]
        told = replace(grid, rows=rows, records=keys, header=grid.header + 1 - len(gone))
        kinds = dict.fromkeys(kinds, line[1])
    else:
        told = _in_column(grid, table, place, kinds)
    lost = [Loss(r.cls, r.id, _SLOT, show(v), "spelling") for r in mine for v in r.values(_SLOT) if str(v) != kinds[r.cls, r.id]]
    return told, made, lost


def _said(profile: str, table: str, record: Record, kind: str) -> str:
    """The archive's name of the kind that a record says it is of, else the one that its table is of."""
    for value in record.values(_SLOT):
        try:
            return find_kind(profile, table, str(value))
        except UsageError:
            continue
    return kind


def _in_column(grid: SheetGrid, table: Table, place: str, kinds: Mapping[tuple[str, str], str]) -> SheetGrid:
    """A grid whose column of that name says the kind of each row, as the first column where there was none."""
    wanted = match_headers(table, [place])[0]
    header = grid.rows[grid.header]
    at = next((m.column for m in match_headers(table, header) if m.spec is not None and m.spec is wanted.spec), None)
    rows = []
    for index, (row, key) in enumerate(zip(grid.rows, grid.records, strict=True)):
        text = place if index == grid.header else kinds.get(key, "") if key is not None else ""
        if index < grid.header:
            rows.append(row)
        elif at is None:
            rows.append([text, *row])
        else:
            rows.append([*row[:at], row[at] if index == grid.header else text, *row[at + 1 :]])
    if at is None and len(grid.targets) == len(header):
        return replace(grid, rows=rows, targets=[None, *grid.targets])
    return replace(grid, rows=rows)
