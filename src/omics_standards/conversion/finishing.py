"""What an archive wants of a sheet beside the values: its own headers and order, and the kind of sample named where it looks for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..emit.preflight import kind_of
from ..emit.sheets import PATHED
from ..emit.sheets.dressing import dressed
from ..emit.sheets.kindnaming import with_kind
from ..errors import UsageError
from ..profiles.requirements import find_kind, kinds, profiles_with_rules, requirements
from ..profiles.tablerules import table_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..emit.sheets import Composed, SheetGrid
    from ..profiles.schema import Profile
    from ..records import Record

__all__ = ["check_kind", "finish"]


def check_kind(kind: str, writers: Sequence[Profile]) -> None:
    """See to it that some table of a target has a kind.

    Parameters
    ----------
    kind
        As a person calls it; '' for none.
    writers
        The profiles that write the target.

    Raises
    ------
    UsageError
        No table has it; the message lists the nearest.
    """
    refused: UsageError | None = None
    for profile in writers if kind else ():
        for table in profile.tables:
            if not kinds(profile.id, table.id):
                continue
            try:
                find_kind(profile.id, table.id, kind)
            except UsageError as e:
                refused = refused or e
            else:
                return
    if kind:
        raise refused or UsageError(f"{' and '.join(p.title for p in writers)}: no kinds of sample are known of them")


def finish(composed: Composed, profile: Profile, records: Sequence[Record], kind: str = "") -> None:
    """Put tables under their archive's own headers and in its order, where these are known, and name the kind of sample.

    Parameters
    ----------
    composed
        What a writer gave; changed in place.
    profile
        The profile that composed it. Where rows are paths, order has a meaning, and nothing is changed.
    records
        Those of the dataset.
    kind
        Sample type, package or checklist; '' for what the records say of themselves.
    """
    if profile.blocks is not None or profile.family in PATHED or profile.id not in profiles_with_rules():
        return
    known = {(r.cls, r.id): r for r in records}
    for index, grid in enumerate(composed.grids):
        told = table_rules(profile.id, grid.table)
        mine, asked = _kind(profile, grid, records, kind)
        if told.kind and mine:
            grid, made, lost = with_kind(grid, profile, told.kind, mine, known, asked=asked)  # noqa: PLW2901
            composed.made |= made
            composed.losses = sorted({*composed.losses, *lost})
        rules = requirements(profile.id, grid.table, mine)
        composed.grids[index] = dressed(grid, profile.table(grid.table), rules, told.always)


def _kind(profile: Profile, grid: SheetGrid, records: Sequence[Record], kind: str) -> tuple[str, bool]:
    """The kind that a table is of, and whether it was asked for."""
    if kind and kinds(profile.id, grid.table):
        try:
            return find_kind(profile.id, grid.table, kind), True
        except UsageError:
            # One that only another table of the target has is for that.
            pass
    return kind_of(profile.id, grid, records), False
