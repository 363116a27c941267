"""Sheets that no profile knows: what is certain of their columns is used, everything else stays an attribute, nothing is guessed.

Without a record that the sheet is clearly about, every row is an entry and every cell an attribute, which claims nothing.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ..findings import Issue
from ..profiles.schema import Profile
from .drafting import lay_out, propose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..findings import Finding
    from ..tables import Sheet
    from ..terms import Terms
    from .drafting import ColumnDraft, Names, TableDraft
    from .plan import Plan

__all__ = ["Understood", "understand", "unknown_profile"]

# A record that no certain column names is what a row is about from so many certain columns on.
_CLEAR = 3
# Proposals that a finding names.
_NAMED = 3


class Understood(NamedTuple):
    """How a sheet of no known format is read.

    ``used``: header → ``Class.slot`` of the columns that are read. ``doubtful``: columns that a person should look at.
    """

    profile: Profile
    used: dict[str, str]
    doubtful: tuple[ColumnDraft, ...]

    def findings(self, plan: Plan) -> Iterator[Finding]:
        """Yield what a person should know: what was used, and which columns wait for an answer."""
        if self.used:
            told = ", ".join(f"{header} is {slot}" for header, slot in self.used.items())
            yield Issue("columns-by-name", f"what their names and cells say: {told}", "nothing, if that is right").at(
                plan.address(plan.header_row, 0), value=f"{len(self.used)} of {plan.width} columns"
            )
        for draft in self.doubtful:
            told = " or ".join(f"{p.target.kind}.{p.target.slot} ({p.confidence:.2f})" for p in draft.proposals[:_NAMED])
            fix = "decide in a profile that 'omics-standards profiles draft' writes; until then the cells are attributes"
            yield Issue("column-doubtful", told, fix).at(
                plan.address(plan.header_row, draft.column), value=draft.header, header=draft.header
            )


@cache
def unknown_profile() -> Profile:
    """Return the profile that keeps all and claims nothing."""
    return _profile(
        {"id": "rows", "join": "one-record-per-row", "records": {"entry": {"class": "Entry"}}, "main": "entry", "columns": {}},
    )


def _profile(table: dict[str, object]) -> Profile:
    return Profile.model_validate({"id": "unknown", "family": "unknown", "title": "sheet of no known format", "tables": [table]})


def understand(sheet: Sheet, names: Names, terms: Terms) -> Understood:
    """Say how a sheet of no known format is to be read.

    Parameters
    ----------
    sheet
        A table; its first rows are read to see what its cells are.
    names
        What names are known.
    terms
        Where names of terms are looked up.

    Returns
    -------
    Understood
        Certain columns are those whose header is a known name of a slot and whose cells are values of its kind.

    Examples
    --------
    >>> from omics_standards.tables import from_rows
    >>> from omics_standards.terms import NoBundle
    >>> from .drafting import Names
    >>> sheet = from_rows(["sample_name", "collection_date", "mood"], [["S1", "2020-05-01", "fine"], ["S2", "2020-06", ""]]).sheets[0]
    >>> understand(sheet, Names([]), NoBundle()).used
    {'sample_name': 'Biosample.name', 'collection_date': 'Biosample.collection_date'}
    >>> understand(from_rows(["p", "q"], [["1", "2"]]).sheets[0], Names([]), NoBundle()).used
    {}
    """
    if sheet.tree or not sheet.headers:
        return Understood(unknown_profile(), {}, ())
    drafts = propose(sheet, names, terms)
    table = lay_out(sheet, drafts, table_id="rows", only_certain=True)
    if not _is_clear(table):
        return Understood(unknown_profile(), {}, tuple(d for d in drafts if d.best is not None))
    classes = {r.name: r.cls for r in table.roles}
    used: dict[str, str] = {}
    for use in table.uses:
        if use.group in ("certain", "look"):
            target = use.spec if isinstance(use.spec, str) else use.spec["to"]
            role, _, slot = str(target if isinstance(target, str) else target[0]).partition(".")
            used[use.draft.header] = f"{classes[role]}.{slot}"
    doubtful = tuple(u.draft for u in table.uses if u.group == "kept" and u.draft.best is not None)
    return Understood(_profile(table.spec()), used, doubtful)


def _is_clear(table: TableDraft) -> bool:
    """Tell whether it is clear what a row describes: a column names it, or several columns say so."""
    main = next(r for r in table.roles if r.name == table.main)
    if main.cls == "Entry":
        return False
    mine = [u for u in table.uses if u.group in ("certain", "look") and _feeds(u.spec, main.name)]
    named = any(u.key in main.ids for u in mine)
    return len(mine) >= (2 if named else _CLEAR)


def _feeds(spec: object, role: str) -> bool:
    target = spec["to"] if isinstance(spec, dict) else spec
    return str(target if isinstance(target, str) else target[0]).startswith(f"{role}.")  # type: ignore[index]
