"""Archives' own sheets, written from records: the profile that reads a format writes it.

Records and a profile in, :class:`~omics_standards.emit.sheets.composed.Composed` out: grids of text cells or whole documents,
and what the format cannot hold. No file is touched here but by :mod:`.files`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import UsageError
from .composed import Composed, Document, Loss, SheetGrid
from .files import write_files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...profiles.schema import Profile
    from ...records import Record
    from ...terms import Terms
    from .fill import Told

__all__ = ["PATHED", "Composed", "Document", "Loss", "SheetGrid", "compose", "write_files"]


# Families of formats whose rows are paths from sources to files.
PATHED = frozenset({"sdrf", "mage-tab", "isa-tab"})


def compose(
    profile: Profile,
    records: Sequence[Record],
    terms: Terms,
    *,
    tables: Sequence[str] = (),
    language: str = "en",
    told: Told | None = None,
) -> Composed:
    """Write records in the format of a profile.

    Parameters
    ----------
    profile, records, terms, tables, language, told
        As in :func:`~omics_standards.emit.sheets.tables.compose_tables`.

    Raises
    ------
    UsageError
        The format can be read, not written.
    """
    if profile.family in PATHED:
        from .pathed import compose_paths

        composed = compose_paths(profile, records, terms)
        for grid in composed.grids:
            grid.quoted = profile.family == "isa-tab"
        return composed
    if profile.layout == "table" and all(table.chain is None for table in profile.tables):
        from .tables import compose_tables

        return compose_tables(profile, records, terms, tables=tables, language=language, told=told)
    if profile.document is not None:
        from .trees import compose_tree

        return compose_tree(profile, records, terms=terms)
    if profile.sections:
        from .sections import compose_sections

        return compose_sections(profile, records, terms=terms)
    raise UsageError(f"{profile.title} can be read, not written yet")
