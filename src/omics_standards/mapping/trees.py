"""Which format a tree is: every profile of layout ``tree`` laid over its first leaves, and the one that fits best over all."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from ..errors import ReadError
from ..tables.treesheets import Kind, Pair, fits, lay_out_tree, parts_of
from .headers import header_forms, spellings
from .recognise import Candidate, Recognition, score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..profiles.schema import PairSpec, Profile, Table
    from ..tables import Workbook
    from ..tables.trees import Leaf
    from ..tables.treesheets import TreeSheet

__all__ = ["kinds_of", "recognise_tree"]

# Leaves whose texts may be evidence of a profile (``comments``).
_TEXTS = 500


def _inside(path: str) -> tuple[str, ...]:
    return () if path == "text()" else parts_of(path)


def _pair(spec: PairSpec) -> Pair:
    beside = {"unit": spec.unit, "accession": spec.accession}
    companions = tuple((part, _inside(path)) for part, path in beside.items() if path)
    return Pair(parts_of(spec.at), tuple(_inside(n) for n in spec.name), tuple(_inside(v) for v in spec.value), companions)


def _kind(table: Table) -> Kind:
    inherit = tuple((header, tuple(p.strip() for p in source.split(">", 1))) for header, source in table.inherit.items())
    return Kind(
        table.id,
        tuple(parts_of(p) for p in table.path),
        tuple(_pair(p) for p in table.pairs),
        tuple(parts_of(c) for c in table.choices),
        inherit,  # type: ignore[arg-type]
        tuple(parts_of(s) for s in table.skip),
        tuple(table.repeats.items()),
    )


def kinds_of(profile: Profile) -> list[Kind]:
    """What is a row of a tree, as a profile of layout ``tree`` says."""
    return [_kind(t) for t in profile.tables]


def _scored(profile: Profile, sheets: Sequence[TreeSheet], file_name: str, texts: Sequence[str]) -> list[Candidate]:
    """Score each table of a profile that the tree has."""
    by_name = {s.name: s for s in sheets}
    found = []
    for table in profile.tables:
        sheet = by_name.get(table.id)
        # Names of a list of names and values speak neither for nor against a format where the table does not ask for them.
        asked = {form for text in (*table.recognise.all, *table.recognise.core, *table.recognise.none) for form in spellings([text])[0]}
        headers = [h for i, h in enumerate(sheet.headers) if i not in sheet.beside or header_forms(h)[0] in asked] if sheet else []
        if headers:
            points, evidence = score(table, headers, "", file_name, texts)
            found.append(Candidate(profile, table, points, evidence))
    return found


def _present(kinds: Sequence[Kind], paths: set[tuple[str, ...]]) -> bool:
    """Tell whether a tree has a row of one of the kinds, the document as a whole apart."""
    wanted = [p for k in kinds for p in k.paths]
    return any(not w or any(len(p) > len(w) and fits(w, p) for p in paths) for w in wanted)


def recognise_tree(book: Workbook, profiles: Sequence[Profile], *, forced: bool = False) -> list[Recognition]:
    """Say which format a tree is, and lay it out as that format says.

    Parameters
    ----------
    book
        A workbook with a tree.
    profiles
        The profiles to choose from.
    forced
        True to take the best profile whatever its score.

    Returns
    -------
    list of Recognition
        One per kind of record that the tree has; [] where no profile fits. Leaves outside of all records are a sheet of their own,
        whose ``best`` is None.
    """
    assert book.tree is not None
    leaves: list[Leaf] = book.tree.head()
    paths = {leaf.names for leaf in leaves}
    texts = [f"{'/'.join(leaf.names)}={leaf.text}" for leaf in leaves[:_TEXTS]]
    file_name = PurePath(book.name).name
    best: list[Candidate] = []
    others: list[Candidate] = []
    for profile in profiles:
        kinds = kinds_of(profile) if profile.layout == "tree" else []
        if not kinds or not _present(kinds, paths):
            continue
        try:
            sheets = lay_out_tree(book.tree, kinds, file=book.name, leaves=leaves)
        except ReadError:
            # What this profile takes for one record is far too much for one.
            continue
        scored = sorted(_scored(profile, sheets, file_name, texts), key=lambda c: (-c.score, c.table.id))
        others += scored
        sure = [c for c in scored if forced or c.score >= c.table.recognise.threshold]
        if sure and (not best or sure[0].score > best[0].score):
            best = [sure[0], *(c for c in scored if c is not sure[0])]
    if not best or not best[0].score:
        return []
    others.sort(key=lambda c: (-c.score, c.profile.id, c.table.id))
    chosen = best[0].profile
    tables = {c.table.id: c for c in best}
    sheets = lay_out_tree(book.tree, kinds_of(chosen), file=book.name)
    return [Recognition(s, _best(chosen, s, tables), tuple(others)) for s in sheets]


def _best(profile: Profile, sheet: TreeSheet, scored: dict[str, Candidate]) -> Candidate | None:
    """The candidate of a sheet; a kind that the first leaves did not show fits as well as the best of its profile."""
    if sheet.name in scored:
        return scored[sheet.name]
    table = next((t for t in profile.tables if t.id == sheet.name), None)
    return Candidate(profile, table, max(c.score for c in scored.values()), ("further down",)) if table is not None else None
