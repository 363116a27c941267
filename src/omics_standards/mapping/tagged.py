"""Columns whose name stands in a cell beside them: a tag, its value, and often the unit of the value, several times in a row.

The tag is taken for a slot of the record where it names one that no column feeds; else the value is kept as an attribute by that
name, as in the archives that lay their attributes out so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..models.slots import MODEL
from ..profiles.schema import Column
from ..records import BLANK, Attribute, Missing, Reading
from ..values.missing import read_missing
from ..values.text import clean
from .headers import alias_slots, header_forms
from .readers import Reader
from .steps import build_step

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from .headers import Match
    from .plan import Plan, _Targets
    from .steps import Environment

__all__ = ["denied", "tagged_reader"]


# What says that a feature was looked for and not found.
_YES = frozenset({"true", "yes", "1"})


class _Tagged:
    """Reads a value by the tag beside it."""

    __slots__ = ("cls", "env", "header", "instance", "parts", "steps", "taken")

    def __init__(
        self, cls: str, instance: str, header: str, parts: Sequence[str], taken: Collection[tuple[str, str]], env: Environment
    ) -> None:
        self.cls = cls
        self.instance = instance
        self.header = header
        self.parts = tuple(parts)
        self.taken = taken
        self.env = env
        self.steps: dict[tuple[str, bool], Callable[..., Reading]] = {}

    def slot(self, tag: str) -> str | None:
        """The slot that a tag names; None where it names none, or one that a column of the sheet feeds already."""
        slots = alias_slots(self.cls)
        found = next((slots[f] for f in header_forms(tag) if f in slots), None)
        return None if found is None or (self.instance, found) in self.taken else found

    def __call__(self, texts: tuple[str, ...]) -> Reading:
        own, earlier = texts[: len(self.parts)], texts[len(self.parts) :]
        beside = dict(zip(self.parts, own, strict=True))
        value, tag, unit = beside["value"], clean(beside.get("name", "")), beside.get("unit", "")
        if not any(own):
            return BLANK
        nameless = not tag or read_missing(tag) is not None
        absent = read_missing(value or tag, quiet=self.env.quiet, keep=self.env.keep)
        if nameless and absent is not None and not absent.trailing:
            return self._missing(self.header, absent.reason, value or tag, own)
        if not value or nameless:
            # A tag without a value, or a value that nobody named.
            return self._kept(self.header if value else "tag", value or tag or unit, unit if value else "", own)
        slot = self.slot(tag)
        if slot is not None and not MODEL.slots[slot].multivalued and slot in {self.slot(t) for t in map(clean, earlier) if t}:
            slot = None
        if slot is None and absent is not None and not absent.trailing:
            return self._missing(tag, absent.reason, value, own)
        return self._kept(tag, value, unit, own) if slot is None else self._read(slot, tag, value, unit, own)

    def _missing(self, name: str, reason: str, text: str, raw: tuple[str, ...]) -> Reading:
        reading = Reading("missing", fate="missing", missing=Missing(name, reason, text), steps=("missing",))
        reading.raw = raw
        return reading

    def _kept(self, name: str, value: str, unit: str, raw: tuple[str, ...]) -> Reading:
        known = Attribute(name, clean(value) or value, clean(unit) or None)
        reading = Reading("attributes", (known,), "kept", steps=("kept",))
        reading.raw = raw
        return reading

    def _read(self, slot: str, tag: str, value: str, unit: str, raw: tuple[str, ...]) -> Reading:
        with_unit = bool(unit) and MODEL.slots[slot].kind == "quantity"
        if unit and not with_unit:
            return self._kept(tag, value, unit, raw)
        step = self.steps.get((slot, with_unit))
        if step is None:
            parts = ("value", "unit") if with_unit else ("value",)
            step, _ = build_step(slot, Column(to=[f"{self.cls}.{slot}"]), self.env, header=tag, parts=parts)
            self.steps[slot, with_unit] = step
        found = step((value, unit) if with_unit else value)
        reading = Reading(found.slot, found.values, found.fate, found.issues, (*found.steps, "named by its tag"))
        if found.slot == "attributes":
            reading = Reading("attributes", (Attribute(tag, clean(value), unit or None),), "kept", found.issues, found.steps)
        reading.missing, reading.rejected, reading.candidate, reading.raw = found.missing, found.rejected, found.candidate, raw
        return reading


def tagged_reader(plan: Plan, targets: _Targets, match: Match, beside: dict[str, int]) -> Reader:
    """Make the reader of a value whose name stands in a cell.

    Parameters
    ----------
    plan, targets
        The plan of the sheet, and which columns feed which slot so far.
    match
        The column of values; its ``auto`` says whose they are.
    beside
        0-based positions of the cells that go with it: ``name``, and ``unit`` where there is one.

    Returns
    -------
    Reader
        Of all cells that stand together. Of two values for a slot of one value the left one is taken, the other kept.
    """
    role = (match.spec.auto if match.spec else None) or plan.table.main
    instance = targets.instance(role, match.number)
    tags = targets.tags.setdefault(instance, [])
    earlier = tuple(tags)
    tags.append(beside["name"])
    columns = {"value": match.column, **beside}
    read = _Tagged(plan.table.records[role].cls, instance, match.header, tuple(columns), targets.taken, plan.env)
    return Reader(tuple(columns.values()), instance, "attributes", match.header, read, context=earlier)


class _Denied:
    """Reads a value unless the cell beside it says that it does not hold."""

    __slots__ = ("count", "header", "read", "step")

    def __init__(self, read: Callable[..., Reading], count: int, header: str) -> None:
        self.read = read
        self.count = count
        self.header = header
        self.step = getattr(read, "step", None)

    def __call__(self, texts: tuple[str, ...]) -> Reading:
        own, flag = texts[: self.count], texts[-1]
        if not any(own):
            return BLANK
        if flag.strip().casefold() not in _YES:
            return self.read(own if self.count > 1 else own[0])
        said = " ".join(clean(t) for t in own if t)
        reading = Reading("attributes", (Attribute(f"not {self.header}", said),), "kept", steps=("denied",))
        reading.raw = own if self.count > 1 else own[0]
        return reading


def denied(reader: Reader, flag: int | None) -> Reader:
    """Let a reader look at the cell that may deny what it reads.

    Parameters
    ----------
    reader
        The reader of the value.
    flag
        0-based position of that cell; None where the sheet has none.

    Returns
    -------
    Reader
        The same; where the cell says yes its value becomes an attribute ``not …``.
    """
    if flag is None or reader.context:
        return reader
    return Reader(
        reader.columns, reader.role, reader.slot, reader.header, _Denied(reader.read, len(reader.columns), reader.header),
        counted=reader.counted, required=reader.required, context=(flag,),
    )  # fmt: skip
