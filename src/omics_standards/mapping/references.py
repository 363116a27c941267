"""References that a cell makes by a name alone: what they point at, and a stub for what no row describes.

Most references are links between the records of a row, which make a record of their target. A cell that names several samples, or files
(``to: experiment.samples, split``), makes none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..findings import Finding, Issue
from ..models.slots import MODEL
from ..records import Block, Link, LinkColumn, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set

    from ..records import Field

__all__ = ["References", "relink", "target_class"]

Key = tuple[str, str]


def target_class(slot: str) -> str | None:
    """Return the class of what a slot refers to by a bare name: its range, or the first concrete class below an abstract one.

    Returns
    -------
    str or None
        None where the slot refers to anything.

    Examples
    --------
    >>> target_class("samples"), target_class("studies"), target_class("related_to") is None
    ('Biosample', 'Study', True)
    """
    target = MODEL.slots[slot].range
    return None if target == "NamedThing" else next(iter(MODEL.below(target)), None)


def _named(column: object, field: Field) -> bool:
    """Tell whether the cells of a column name other records."""
    slot = MODEL.slots.get(field.slot)
    return slot is not None and slot.kind == "reference" and bool(field.columns) and not isinstance(column, LinkColumn)


def relink(reading: Reading, renamed: Mapping[Key, Key]) -> Reading:
    """Let a reading of names point to what its targets have become."""
    slot = MODEL.slots.get(reading.slot)
    target = target_class(reading.slot) if slot is not None and slot.kind == "reference" else None
    if target is None or not any((target, str(v)) in renamed for v in reading.values):
        return reading
    values = tuple(renamed.get((target, str(v)), ("", str(v)))[1] for v in reading.values)
    made = Reading(reading.slot, values, reading.fate, reading.issues, reading.steps)
    made.raw = reading.raw if reading.raw is not None else str(reading.values[0])
    return made


class References:
    """Gathers what cells refer to, and makes stubs of what nobody describes."""

    def __init__(self) -> None:
        self._named: dict[Key, tuple[str, Reading, Field, int]] = {}
        self.findings: list[Finding] = []

    def __bool__(self) -> bool:
        return bool(self._named)

    def see(self, blocks: Iterable[Block]) -> None:
        """Note what the cells of a batch refer to."""
        for block in blocks:
            for column, field in zip(block.columns, block.fields, strict=True):
                if not _named(column, field):
                    continue
                for row, reading in zip(block.rows, column, strict=True):
                    target = target_class(field.slot)
                    if target is not None and not isinstance(reading, Link):
                        for value in reading.values:
                            self._named.setdefault((target, str(value)), (field.slot, reading, field, row))

    def stubs(self, known: Callable[[str, str], bool], renamed: Mapping[Key, Key], expect: Set[str]) -> Iterator[list[Block]]:
        """Yield a batch of stubs per class.

        Parameters
        ----------
        known
            Tells whether a record of a class and id was met.
        renamed
            Ids that have become others.
        expect
            Classes that the input describes itself: a stub of these is a finding.

        Findings
        --------
        reference-dangling
        """
        made: dict[str, list[str]] = {}
        for key, (slot, reading, field, row) in self._named.items():
            target, identifier = renamed.get(key, key)
            if any(known(c, identifier) for c in MODEL.below(MODEL.slots[slot].range)) or identifier in made.get(target, ()):
                continue
            made.setdefault(target, []).append(identifier)
            if target in expect:
                issue = Issue("reference-dangling", f"a row that describes {identifier}", "add the row, or correct the name")
                value = reading.raw_text() or str(reading.values[0])
                self.findings.append(issue.at(field.address(row), value=value, header=field.header, slot=f"{target}.id"))
        for target, ids in made.items():
            rows: Sequence[int] = [1] * len(ids)
            yield [Block(target, ids, [], (), rows, stub=True)]
