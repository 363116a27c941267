"""ISA-JSON as the tables of ISA-Tab: which table of the profile each part of a document is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..tables.isasheets import is_isa_json, lay_out_isa
from .headers import match_headers
from .recognise import Candidate, Recognition, score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..profiles.schema import Profile
    from ..tables import Workbook
    from ..tables.isasheets import IsaPart

__all__ = ["recognise_isa"]

# Where a document names no files, its tables are scored as if it gave them the names that ISA-Tab asks for.
_FILE = "a_assay.txt"


def recognise_isa(book: Workbook, profiles: Sequence[Profile]) -> list[Recognition]:
    """Lay out a document of ISA-JSON, and say what its parts are.

    Parameters
    ----------
    book
        A workbook with a tree.
    profiles
        The profiles to choose from.

    Returns
    -------
    list of Recognition
        One per part; [] where the tree is no ISA-JSON, or no profile reads that. What has no place in ISA-Tab comes last, with no
        ``best``.
    """
    profile = next((p for p in profiles if p.layout == "graph"), None)
    if profile is None or book.tree is None or book.tree.kind != "json" or not is_isa_json(book.tree.head()):
        return []
    return [_recognised(profile, part) for part in lay_out_isa(book.tree, file=book.name)]


def _recognised(profile: Profile, part: IsaPart) -> Recognition:
    sheet = part.sheet
    if not part.name:
        return Recognition(sheet, None, ())
    if part.name == "assay-file":
        tables = [t for t in profile.tables if t.chain is not None and t.id.startswith("assay")]
        scored = sorted(((score(t, sheet.headers, "", sheet.own_file or _FILE, ()), -i, t) for i, t in enumerate(tables)), reverse=True)
        (_, _), _, table = scored[0]
        if not scored[0][0][0]:
            table = profile.table("assay-other")
    else:
        table = profile.table(part.name.removesuffix("-file"))
    known = [m.how in ("column", "pattern", "alias", "owner") for m in match_headers(table, sheet.headers) if m.how != "blank"]
    share = sum(known) / max(1, len(known))
    best = Candidate(profile, table, round(0.65 + 0.35 * share, 4), ("the keys of ISA-JSON", f"{share:.0%} of the columns known"))
    return Recognition(sheet, best, (best,))
