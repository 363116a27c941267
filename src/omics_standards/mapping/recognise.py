"""Which format a sheet is: every table of every profile scored against it, with the evidence and the runner-up.

A score is between 0 and 1. Most of it is the share of the table's core headers that the sheet has, then the share of the
sheet's headers that the table knows; names of sheet and file and comment rows only tip the balance. Headers that must be
there, and are not, end the matter.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from .headers import header_forms, match_headers, spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..profiles.schema import Profile, Table
    from ..tables import Sheet, Workbook

__all__ = ["Candidate", "Recognition", "recognise", "recognise_sheet"]

# Weights of the evidence; they sum to 1. Core headers are what a format cannot do without, so they weigh most.
_CORE, _KNOWN, _HINT = 0.55, 0.35, 0.10
# A runner-up this close makes the choice worth a look; the report names it.
CLOSE = 0.1
# How many rows may stand above the header when the reader's own choice fits no profile.
_HEADER_SEARCH = 25


class Candidate(NamedTuple):
    """A table of a profile with its score for one sheet and the reasons."""

    profile: Profile
    table: Table
    score: float
    evidence: tuple[str, ...]

    @property
    def name(self) -> str:
        """``profile/table`` (the profile's id alone where it has one table)."""
        return self.profile.id if len(self.profile.tables) == 1 else f"{self.profile.id}/{self.table.id}"


class Recognition(NamedTuple):
    """A sheet with the header that fits best and the candidates, best first; ``best`` is None for an unknown sheet."""

    sheet: Sheet
    best: Candidate | None
    candidates: tuple[Candidate, ...]

    @property
    def runner_up(self) -> Candidate | None:
        """The best candidate of another profile."""
        first = self.best or (self.candidates[0] if self.candidates else None)
        return next((c for c in self.candidates if first and c.profile.id != first.profile.id and c.score > 0), None)


def score(table: Table, headers: Sequence[str], sheet_name: str, file_name: str, comments: Iterable[str]) -> tuple[float, tuple[str, ...]]:
    """Score a table against headers and names.

    Returns
    -------
    (float, tuple of str)
        The score from 0 to 1, and the evidence in words.
    """
    have = {form for h in headers if h.strip() for form in header_forms(h)}
    if not have:
        return 0.0, ()
    wants = table.recognise
    lacking = [text for text, forms in zip(wants.all, spellings(wants.all), strict=True) if not forms & have]
    if lacking:
        return 0.0, (f"lacks {', '.join(lacking[:3])}",)
    against = [text for text, forms in zip(wants.none, spellings(wants.none), strict=True) if forms & have]
    if against:
        return 0.0, (f"has {', '.join(against[:3])}",)
    core = spellings([*wants.all, *wants.core])
    core_share = sum(bool(forms & have) for forms in core) / len(core) if core else 0.0
    matches = match_headers(table, headers)
    named = [m for m in matches if m.how != "blank"]
    known_share = sum(m.how in ("column", "pattern", "alias") for m in named) / len(named)
    hints = []
    if any(re.search(p, sheet_name, re.IGNORECASE) for p in wants.sheets):
        hints.append(f"sheet name {sheet_name!r}")
    if any(re.search(p, file_name, re.IGNORECASE) for p in wants.files):
        hints.append(f"file name {file_name!r}")
    texts = list(comments)
    if any(re.search(p, t, re.IGNORECASE) for p in wants.comments for t in texts):
        hints.append("comment rows")
    total = _CORE * core_share + _KNOWN * known_share + _HINT * bool(hints)
    evidence = (f"{core_share:.0%} of the core headers", f"{known_share:.0%} of the sheet's headers known", *hints)
    return round(total, 4), evidence


def _candidates(profiles: Iterable[Profile], sheet: Sheet, file_name: str) -> list[Candidate]:
    comments = [text for _, text in sheet.comments]
    found = []
    for profile in profiles:
        for table in profile.tables if profile.layout == "table" else ():
            points, evidence = score(table, sheet.headers, sheet.name, file_name, comments)
            found.append(Candidate(profile, table, points, evidence))
    found.sort(key=lambda c: (-c.score, c.profile.id, c.table.id))
    return found


def recognise_sheet(sheet: Sheet, file_name: str, profiles: Sequence[Profile]) -> Recognition:
    """Say which table of which profile a sheet is.

    Where the header row that the reader chose fits nothing, the other leading rows are tried: a profile that finds its
    headers there knows better than layout alone.

    Parameters
    ----------
    sheet
        A sheet; one that the reader skipped is looked at too, since a profile may know it.
    file_name
        Name of the file, weak evidence.
    profiles
        The profiles to choose from.
    """
    usable = sheet if sheet.kind == "table" else None
    ranked = _candidates(profiles, usable, file_name) if usable is not None else []
    if ranked and ranked[0].score >= ranked[0].table.recognise.threshold:
        return Recognition(sheet, ranked[0], tuple(ranked))
    if sheet.reason not in ("hidden", "empty") and not sheet.tree:
        for number, cells in sheet.preview(_HEADER_SEARCH):
            if number == sheet.header_row or sum(bool(c.strip()) for c in cells) < 2:
                continue
            other = sheet.with_header(number)
            again = _candidates(profiles, other, file_name)
            if again and again[0].score >= again[0].table.recognise.threshold and (not ranked or again[0].score > ranked[0].score):
                return Recognition(other, again[0], tuple(again))
    return Recognition(sheet, None, tuple(ranked))


def recognise(book: Workbook, profiles: Sequence[Profile], *, forced: bool = False) -> list[Recognition]:
    """Recognise every sheet of a workbook.

    Parameters
    ----------
    book, profiles
        The workbook, and the profiles to choose from.
    forced
        True where the profiles were asked for by name: a tree is then laid out by the one that fits best, however badly.

    Returns
    -------
    list of Recognition
        One per sheet, in order; ``best`` is None for a sheet of no known format.

    Examples
    --------
    >>> from omics_standards.profiles import load_profiles
    >>> from omics_standards.tables import from_rows
    >>> book = from_rows(["*sample_name", "*organism", "*collection_date"], [["S1", "Mus musculus", "2020"]], name="x")
    >>> [r.best.profile.family for r in recognise(book, load_profiles())]
    ['ncbi-biosample']
    >>> [r.best for r in recognise(from_rows(["a", "b"], [["1", "2"]], name="x"), load_profiles())]
    [None]
    """
    if book.tree is not None:
        from .trees import recognise_tree

        found = recognise_tree(book, profiles, forced=forced)
        if found:
            return found
    return [recognise_sheet(s, PurePath(book.name).name, profiles) for s in book.sheets]
