"""What the cells of a sheet have told of the records: the values they carry, what they say beyond them, the names they give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...records import Missing, Quantity, Rejected, Term
from ...values.text import clean
from .views import form_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...mapping.plan import Plan
    from ...records import Reading, Value
    from .views import View

__all__ = ["Notes", "Players", "Told", "alike", "entries", "matching"]

Told = dict[tuple[str, str], set[tuple[str, object]]]
"""By class and id of a record, the slots and values that cells carry."""

Players = list["View | None"]
"""The record of each template in a row."""


def alike(one: Value, other: Value) -> bool:
    """Tell whether two values are one: terms by their ids, labels where they have none; numbers by value.

    Examples
    --------
    >>> alike(Term("UBERON:0002107", "liver"), Term("UBERON:0002107", "Liver")), alike(Term(None, "liver"), Term("UBERON:0002107", "liver"))
    (True, False)
    """
    if one == other:
        return True
    if isinstance(one, Term) and isinstance(other, Term):
        return one.id == other.id if one.id or other.id else form_of(one.label) == form_of(other.label)
    if isinstance(one, Quantity | bool) or isinstance(other, bool):
        return False
    return str(one) == str(other)


class Notes:
    """What the cells of a sheet have told.

    Parameters
    ----------
    plan
        The table's columns joined to the headers.
    told
        Filled with what the cells carry.

    Attributes
    ----------
    made
        Class, id and slot of what cells say that the records do not: names that the archive wants, and what follows from other cells.
    renamed
        Ids of records that the cells give another name, with the ids that follow from those.
    """

    def __init__(self, plan: Plan, told: Told) -> None:
        self.plan = plan
        self.told = told
        self.made: set[tuple[str, str, str]] = set()
        self.renamed: dict[str, str] = {}

    def carried(self, reading: Reading, view: View) -> None:
        """Note the values that a cell carries of a record."""
        slot, told = reading.slot, view.told
        own, waiting = view.slots.get(slot, {}), view.left.get(slot, {})
        for value in reading.values:
            same = [value] if value in own else [v for v in own if alike(v, value)]
            told.update([(slot, v) for v in same])
            for v in same[:1]:
                waiting.pop(v, None)
        self.beyond(reading, view)
        for entry in (reading.missing, reading.rejected):
            if entry is not None:
                told.update(("missing" if isinstance(e, Missing) else "rejected", e) for e in entries(view) if matching(entry, e))

    def beyond(self, reading: Reading, view: View) -> None:
        """Note what a cell says of a record that says nothing of it: its name, which mate a file is by its name."""
        if reading.values and not view.slots.get(reading.slot):
            self.made.add((view.record.cls, view.record.id, reading.slot))

    def links(self, players: Players, cells: Sequence[str]) -> None:
        """Note which records of a row refer to which, and what each of their role is."""
        for template, view in zip(self.plan.templates, players, strict=True):
            if view is None:
                continue
            for slot, target in template.links:
                other, ids = players[target], self.plan.templates[target].ids
                # Whom no cell names is not referred to.
                if other is not None and (not ids or any(all(cells[c] for c in part.columns) for part in ids)):
                    view.told.add((slot, other.record.id))
            view.told.update((c.slot, v) for c in template.constants for v in view.slots.get(c.slot, ()) if alike(v, c.values[0]))


def entries(view: View) -> Iterator[Missing | Rejected]:
    """All that a record's cells said instead of a value."""
    for absent in view.absent.values():
        yield from absent
    for refused in view.refused.values():
        yield from refused


def matching(one: Missing | Rejected, other: Missing | Rejected) -> bool:
    """Tell whether two cells said the same instead of a value of the same slot.

    Examples
    --------
    >>> matching(Missing("sex", "missing", "NA"), Missing("Sex", "missing", "-"))
    True
    >>> matching(Missing("sex", "missing", "NA"), Rejected("sex", "NA", "value-unknown"))
    False
    """
    if isinstance(one, Missing) and isinstance(other, Missing):
        return one.reason == other.reason and form_of(one.slot) == form_of(other.slot)
    if isinstance(one, Rejected) and isinstance(other, Rejected):
        return one.slot == other.slot and clean(one.raw) == clean(other.raw)
    return False
