"""Which format a sheet is: every table of every profile scored against it, with the evidence and the runner-up.

A score is between 0 and 1. Most of it is the share of the table's core headers that the sheet has, then the share of the
sheet's headers that the table knows; names of sheet and file and comment rows only tip the balance. Headers that must be
there, and are not, end the matter.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from ..tables import read
from ..tables.blocks import as_example, cut, has_signs, has_title
from .headers import header_forms, match_headers, spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..profiles.schema import Profile, Table
    from ..tables import Sheet, Workbook

__all__ = ["Candidate", "Recognition", "recognise", "recognise_parts", "recognise_sheet", "recognise_stacked", "told_by_name"]

# Weights of the evidence; they sum to 1. Core headers are what a format cannot do without, so they weigh most.
_CORE, _KNOWN, _HINT = 0.55, 0.35, 0.10
# What is left of a score where the table has to be told by a name, and neither file, sheet nor comments have it.
_UNNAMED = 0.25
# A runner-up this close makes the choice worth a look; the report names it.
CLOSE = 0.1
# How many rows may stand above the header when the reader's own choice fits no profile.
_HEADER_SEARCH = 25
# How many rows down the header of a table below another one is looked for.
_STACK_SEARCH = 200


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
    first = next((h for h in headers if h.strip()), "")
    if wants.first and not set().union(*spellings(wants.first)) & set(header_forms(first)):
        return 0.0, (f"does not begin with {wants.first[0]}",)
    core = spellings([*wants.all, *wants.core])
    core_share = sum(bool(forms & have) for forms in core) / len(core) if core else 0.0
    matches = match_headers(table, headers)
    named = [m for m in matches if m.how != "blank"]
    # A table of definitions or results has no columns to read: the headers that it is told by are those it knows.
    told = set().union(*core) if table.holds != "records" else set()
    known = [m.how in ("column", "pattern", "alias", "owner") or bool(told & set(header_forms(m.header))) for m in named]
    known_share = sum(known) / max(1, len(known))
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
    if wants.named and not hints:
        # Never enough by itself, but a person may ask for the profile by name.
        return round(_UNNAMED * total, 4), ("neither name nor comments say so", *evidence)
    return round(total, 4), evidence


def _candidates(profiles: Iterable[Profile], sheet: Sheet, file_name: str) -> list[Candidate]:
    comments = [text for _, text in sheet.comments]
    found = []
    for profile in profiles:
        for table in profile.tables if profile.layout == "table" else ():
            if table.below:
                continue  # looked for below the other one
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
    fits = bool(ranked) and ranked[0].score >= ranked[0].table.recognise.threshold
    best = Recognition(sheet, ranked[0] if fits else None, tuple(ranked))
    if fits and ranked[0].table.recognise.headers == "first":
        return best
    if sheet.reason not in ("hidden", "empty") and not sheet.tree:
        for number, cells in sheet.preview(_HEADER_SEARCH):
            if number == sheet.header_row or sum(bool(c.strip()) for c in cells) < 2:
                continue
            other = sheet.with_header(number)
            again = _candidates(profiles, other, file_name)
            if not again or again[0].score < again[0].table.recognise.threshold:
                continue
            # Of two rows that are known alike the lower one is the header: what stands between them explains the columns.
            lower = best.best is not None and again[0].score == ranked[0].score
            if not ranked or again[0].score > ranked[0].score or lower:
                best, ranked = Recognition(other, again[0], tuple(again)), again
                if again[0].table.recognise.headers == "first":
                    break
        if best.best is None:
            for profile in profiles:
                for table in profile.tables:
                    if (known := _by_values(sheet, profile, table)) is not None:
                        return known._replace(candidates=(*known.candidates, *ranked))
    return best


def told_by_name(file_name: str, profiles: Iterable[Profile]) -> Candidate | None:
    """Say what a file without contents would be, by its name alone; None where the names of several formats fit, or of none.

    Examples
    --------
    >>> from omics_standards.profiles import load_profiles
    >>> told_by_name("a_metabolites.txt", load_profiles()).profile.family
    'isa-tab'
    >>> told_by_name("table.txt", load_profiles()) is None
    True
    """
    found = [
        Candidate(profile, table, 0.0, (f"file name {file_name!r}",))
        for profile in profiles
        for table in profile.tables
        # Only a format that says how its files' names begin can be told by a name.
        if any(p.startswith("^") and re.search(p, file_name, re.IGNORECASE) for p in table.recognise.files)
    ]
    return found[0] if len({c.profile.family for c in found}) == 1 else None


def recognise_parts(sheet: Sheet, profile: Profile, others: Sequence[Candidate] = ()) -> list[Recognition]:
    """Cut a sheet into the parts of a format whose sheets hold several blocks.

    Parameters
    ----------
    sheet
        The sheet.
    profile
        A profile that says how its sheets are cut.
    others
        What else the sheet resembles.

    Returns
    -------
    list of Recognition
        One per part, the last of what belongs to no part.
    """
    assert profile.blocks is not None
    found = []
    for name, part in cut(sheet, profile.blocks.spec):
        best = _as_part(profile, name, part) if name else None
        found.append(Recognition(part, best, (best, *others) if best else ()))
    return found


def _blocks_of(book: Workbook, profiles: Sequence[Profile]) -> Profile | None:
    """The first profile of blocks whose signs a sheet of the workbook bears."""
    open_sheets = [s for s in book.sheets if s.reason not in ("hidden", "empty", "chart")]
    wanted = [p for p in profiles if p.blocks is not None]
    return next((p for p in wanted if p.blocks is not None and any(has_signs(s, p.blocks.spec) for s in open_sheets)), None)


def _cut_anew(book: Workbook, profile: Profile) -> Workbook:
    """The same text with the delimiter of its format: lines of a key and a value seldom tell it."""
    wanted = profile.blocks.delimiter if profile.blocks is not None else None
    if wanted is None or book.delimiter in (None, wanted) or not book.path:
        return book
    return read(book.path, encoding=book.encoding, delimiter=wanted).rename(book.name)


def _as_part(profile: Profile, name: str, part: Sheet) -> Candidate:
    """The table of a part; where several begin with its name, the one that knows most of its keys."""
    tables = [t for t in profile.tables if t.id == name or t.id.startswith(f"{name}-")]
    shares = []
    for table in tables:
        named = [m for m in match_headers(table, part.headers) if m.how != "blank"]
        shares.append(sum(m.how in ("column", "pattern", "alias") for m in named) / len(named) if named else 0.0)
    known = max(shares)
    evidence = ("the signs of the layout", f"{known:.0%} of the part's keys known")
    return Candidate(profile, tables[shares.index(known)], round(1 - _KNOWN + _KNOWN * known, 4), evidence)


def _by_values(sheet: Sheet, profile: Profile, table: Table) -> Recognition | None:
    """Know a table that has no header row by what its cells look like; None where it is not this one."""
    wanted = table.recognise.values
    rows = [cells for _, cells in sheet.preview(_HEADER_SEARCH) if any(c.strip() for c in cells)] if wanted else []
    if not rows:
        return None
    width = max(map(len, rows))
    columns = [[r[i].strip() for r in rows if i < len(r) and r[i].strip()] for i in range(width)]
    names = [""] * width
    for header, pattern in wanted.items():
        # The first row counts too: where it is a header, it fits none.
        fits = [i for i, cells in enumerate(columns) if len(cells) == len(rows) and all(re.fullmatch(pattern, c) for c in cells)]
        if len(fits) == 1 and not names[fits[0]]:
            names[fits[0]] = header
    have = {form for n in names if n for form in header_forms(n)}
    must = spellings([t for t in table.recognise.all if any(h in wanted for h in (p.strip() for p in t.split("|")))])
    if not must or any(not forms & have for forms in must) or len(have) < 3:
        return None
    share = sum(map(bool, names)) / len(wanted)
    candidate = Candidate(profile, table, round(0.5 + 0.3 * share, 4), (f"values of {', '.join(n for n in names if n)}", "no header row"))
    return Recognition(sheet.named(names), candidate, (candidate,))


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
        One per sheet (or per part of a sheet that holds several blocks), in order; ``best`` is None for a sheet of no known format.

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
        from .isajson import recognise_isa
        from .trees import recognise_tree

        parts = recognise_isa(book, profiles) or recognise_tree(book, profiles, forced=forced)
        if parts:
            return parts
    name = PurePath(book.name).name
    profile = _blocks_of(book, profiles)
    found: list[Recognition] = []
    for sheet in _cut_anew(book, profile).sheets if profile is not None else book.sheets:
        if profile is None or profile.blocks is None or sheet.reason in ("hidden", "empty", "chart"):
            found += recognise_stacked(sheet, name, profiles)
        elif any(re.search(p, sheet.name, re.IGNORECASE) for p in profile.blocks.examples):
            found.append(Recognition(sheet if sheet.kind == "skipped" else as_example(sheet), None, ()))
        elif has_signs(sheet, profile.blocks.spec) or has_title(sheet, profile.blocks.spec):
            others = _candidates(profiles, sheet, name) if sheet.kind == "table" else []
            found += recognise_parts(sheet, profile, others)
        else:
            found += recognise_stacked(sheet, name, profiles)
    return found


def recognise_stacked(sheet: Sheet, file_name: str, profiles: Sequence[Profile]) -> list[Recognition]:
    """Recognise a sheet, and the tables that its profile says may stand below the first one, each with its own header.

    Returns
    -------
    list of Recognition
        One in nearly all cases; of stacked tables one each, from the top.
    """
    whole = recognise_sheet(sheet, file_name, profiles)
    if whole.best is None:
        return [whole]
    profile, upper = whole.best.profile, whole.best.table.id
    lower = [t for t in profile.tables if t.below == upper]
    if not lower:
        return [whole]
    found: list[tuple[int, Candidate]] = []
    for number, cells in whole.sheet.preview(_STACK_SEARCH):
        if number <= whole.sheet.header_row or len(found) == len(lower):
            continue
        for table in lower:
            points, evidence = score(table, cells, sheet.name, file_name, ())
            if points >= table.recognise.threshold and all(c.table is not table for _, c in found):
                found.append((number, Candidate(profile, table, points, evidence)))
                break
    starts = [number for number, _ in found]
    ends: list[int | None] = [*(n - 1 for n in starts[1:]), None]
    if not found:
        return [whole]
    first = whole._replace(sheet=whole.sheet.part(whole.sheet.header_row, 1, starts[0] - 1))
    rest = [Recognition(sheet.part(n, n, end), c, (c,)) for (n, c), end in zip(found, ends, strict=True)]
    return [first, *rest]
