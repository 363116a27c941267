"""The archive's own spelling of what stands in a document, as for sheets: its listed values, its units."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ...mapping.headers import match_headers
from ...models.slots import MODEL
from ...profiles.load import load_profiles
from ...profiles.requirements import field_rule, kinds, requirements
from ...profiles.tablerules import alike
from ...values.text import normal
from .dressing import spelt, target_of
from .unitrow import spelled_unit

if TYPE_CHECKING:
    from ...mapping.headers import Match
    from .treecells import Cell
    from .treecolumns import Place, TreeColumns

__all__ = ["Respelling"]

# What archives with units call the half of a point.
_DEGREES = ("DD",)


class Respelling:
    """Spells the cells of one table of a document.

    Parameters
    ----------
    profile
        Id of the profile that writes the document.
    columns
        Its table. Where the archive says nothing of it, cells stay as they are.
    """

    def __init__(self, profile: str, columns: TreeColumns) -> None:
        told = alike(profile, columns.table.id)
        self.owner = told.profile if told is not None else profile
        self.names = {path: name for name, path in told.names.items()} if told is not None else {}
        self.columns = columns
        self.fields = _fields(told.profile, told.table) if told is not None else {}
        self._known: dict[str, str] = {}

    def __call__(self, cell: Cell) -> Cell:
        """Return the cell as the archive spells it, its name in a list of names and values included."""
        place = cell.place
        header = self.names.get(place.header, place.header)
        # What a slot has no room for is kept under the name that it had.
        own = place.pair is not None and place.pair is self.columns.table.pairs[0] and place.spec.to
        if own and self.fields and place.header not in self.names:
            header = self._named(place)
            if header != place.header:
                place = place._replace(header=header)
        rule = field_rule(self.owner, header)
        if rule is None:
            return cell if place is cell.place else cell._replace(place=place)
        unit = cell.unit
        if place.pair is not None and place.pair.unit:
            degrees = rule.units == _DEGREES and rule.takes(cell.text) and cell.text not in rule.missing
            unit = spelled_unit(rule, unit) or unit or (_DEGREES[0] if degrees else "")
        return cell._replace(place=place, text=spelt(rule, cell.text), unit=unit)

    def _named(self, place: Place) -> str:
        """The archive's name of an attribute, where our reader takes it for the same; else the name that it has."""
        if place.header not in self._known:
            told = self.columns.meaning(place.header)
            goal = self._goal(told)
            found = self.fields.get(normal(place.header)) or self.fields.get(goal, "")
            same = found and self._goal(self.columns.meaning(found)) == goal
            self._known[place.header] = found if found and same else place.header
        return self._known[place.header]

    def _goal(self, match: Match) -> str:
        cls, slot = target_of(match, self.columns.table)
        return f"{cls}.{slot}" if slot else ""


@lru_cache(maxsize=32)
def _fields(profile: str, table: str) -> dict[str, str]:
    """The archive's names of fields, by their normal forms, and by class and slot where the usual kind has one field for these."""
    spec = next(p for p in load_profiles() if p.id == profile).table(table)
    found: dict[str, str] = {}
    names = [r.name for r in requirements(profile, table)]
    for kind in kinds(profile, table):
        found |= {normal(r.name): r.name for r in requirements(profile, table, kind.name)}
    # What the usual kind has comes before what another one has.
    for asked in (names, list(found.values())):
        goals = [target_of(m, spec) for m in match_headers(spec, asked)]
        for name, (cls, slot) in zip(asked, goals, strict=True):
            if slot and goals.count((cls, slot)) == 1 and (slot not in MODEL.slots or MODEL.slots[slot].kind != "attribute"):
                found.setdefault(f"{cls}.{slot}", name)
    return found
