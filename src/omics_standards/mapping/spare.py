"""A second column for a slot of one value: read where the first one is silent, or says the same; kept where it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..findings import Issue
from ..records import BLANK, Reading, Term
from ..values.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from .plan import Plan

__all__ = ["Spare", "same_slot"]


def same_slot(plan: Plan, column: int, first: int, slot: str) -> None:
    """Note on a header that an earlier column fills its slot already.

    Parameters
    ----------
    plan
        The plan of the sheet.
    column, first
        The column and the one that came before it, from 0.
    slot
        The slot's name.

    Notes
    -----
    Findings: ``header-duplicate`` where the two have one header, ``slot-shared`` where their headers mean one thing.
    """
    words = slot.replace("_", " ")
    one, other = (clean(plan.headers[c]) for c in (first, column))
    if one == other:
        code, fix = "header-duplicate", "join the columns, or name the second one for what it holds"
    else:
        code, fix = "slot-shared", f"nothing where it repeats {one!r} or fills its gaps; else name it for what it holds"
    plan.column_finding(code, column, f"one column for {words}; {one!r} fills it", fix)


class Spare:
    """Reads a cell beside the cells of other columns that feed the same slot.

    Parameters
    ----------
    read
        Reads a text into the slot.
    keep
        Keeps a text as an attribute under the column's header.
    slot
        The slot's name.
    first
        Header of the column that comes first.
    """

    def __init__(self, read: Callable[..., Reading], keep: Callable[..., Reading], slot: str, first: str) -> None:
        self.read = read
        self.keep = keep
        self.slot = slot.replace("_", " ")
        self.first = clean(first)
        self.step = getattr(read, "step", None)

    def __call__(self, texts: tuple[str, ...]) -> Reading:
        """Read the column's own cell, given first, beside those of the columns before it."""
        own, *others = texts
        if not own:
            return BLANK
        reading = self.read(own)
        if reading.fate == "missing":
            return reading
        said = next(((t, r.values) for t in others if t and (r := self.read(t)).values and r.fate == "mapped"), None)
        if reading.fate == "mapped" and (said is None or said[1] == reading.values):
            return reading
        kept = self.keep(own)
        if reading.fate != "mapped" or said is None or _not_comparable(*reading.values, *said[1]):
            return kept
        issue = Issue(
            "columns-disagree",
            f"{clean(said[0])!r}, as the column {self.first!r} says of {self.slot}",
            "correct one of the two cells, or name the column for what it holds; it is kept as an attribute",
        )
        return Reading(kept.slot, kept.values, kept.fate, (*kept.issues, issue), kept.steps)


def _not_comparable(*values: object) -> bool:
    """Tell whether nobody knows if two values are one: a name that no ontology has may be another name of the same thing."""
    return any(isinstance(v, Term) and v.id is None for v in values)
