"""A table as its archive wants to see it: its headers with their stars, in its order, listed values in its spelling.

What our reader makes of the sheet stays the same: a header that it would read otherwise is left as it was.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ...mapping.headers import auto_target, match_headers
from ...models.slots import MODEL
from ...values.text import normal
from .unitrow import spelled_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...mapping.headers import Match
    from ...profiles.requirements import FieldRule
    from ...profiles.schema import Table
    from .composed import SheetGrid

__all__ = ["columns_of", "dressed", "spelt", "target_of"]

_LIST: Final = re.compile(r",\s*(?=\S)")
_AGAIN: Final = re.compile(r"\s*:\s*")


def _goal(match: Match, table: Table) -> str:
    """``record.slot`` that a header feeds; '' where it feeds none."""
    if match.spec is None:
        return ""
    return match.spec.to[0] if match.spec.to else auto_target(match, table) or ""


def _place(match: Match) -> tuple[str, str]:
    """Number and bracketed name of a header: ``filename`` is ``filename1``, ``comment[lot]`` is not ``comment[plate]``."""
    return (match.number or "1", normal(match.name))


def target_of(match: Match, table: Table) -> tuple[str, str]:
    """Class and slot that a header feeds; two empty texts where it feeds none."""
    goal = _goal(match, table)
    return (table.record_of(goal).cls, goal.partition(".")[2]) if goal else ("", "")


def columns_of(rules: Sequence[FieldRule], header: Sequence[str], table: Table) -> list[list[int]]:
    """Positions of the columns that hold each field: those of its header, else those that our reader reads as the same.

    Parameters
    ----------
    rules
        Fields of an archive's table.
    header
        Header of a grid.
    table
        The table of the profile.
    """
    goals = match_headers(table, [r.header for r in rules])
    matches = match_headers(table, header)
    by_form: dict[str, list[int]] = defaultdict(list)
    for c, text in enumerate(header):
        by_form[normal(text)].append(c)
    # A name in brackets is a header, too.
    for m in matches:
        if m.name and m.spec is not None and m.spec.auto is not None and not by_form.get(normal(m.name)):
            by_form[normal(m.name)] = [m.column]
    asked = {normal(r.header) for r in rules}
    found = []
    for rule, goal in zip(rules, goals, strict=True):
        columns = by_form.get(normal(rule.header), [])
        # That a record has another name says nothing of the register that a field asks for (virus identifier, culture number).
        if not columns and goal.spec is not None and not all(t.endswith(".alternative_names") for t in goal.spec.to or [""]):
            wanted = _place(goal)
            same = [m.column for m in matches if m.spec is not None and (m.key, _place(m)) == (goal.key, wanted)]
            aim = _goal(goal, table)
            # One of several facts with names of their own is not another.
            alone = aim and not _of_any_name(aim)
            alike = [m.column for m in matches if alone and _goal(m, table) == aim and _place(m)[0] == wanted[0]]
            # A column that bears the name of another field is that field's.
            columns = [c for c in same or alike if normal(header[c]) not in asked]
        found.append(columns)
    return found


def _of_any_name(goal: str) -> bool:
    slot = goal.partition(".")[2]
    return slot in MODEL.slots and MODEL.slots[slot].kind == "attribute"


def dressed(grid: SheetGrid, table: Table, rules: Sequence[FieldRule], always: Sequence[str] = ()) -> SheetGrid:
    """Give a grid its archive's headers, order and spelling.

    Parameters
    ----------
    grid
        A table with one header row.
    table
        The table of the profile that composed it.
    rules
        What the archive asks of it; with () the grid comes back as it is.
    always
        Names of the fields whose columns stand there, filled or not.

    Returns
    -------
    SheetGrid
        A new one: fields of the archive first, in its order, all other columns behind them.
    """
    if not rules or not grid.rows:
        return grid
    grid = _completed(grid, table, rules, always)
    header = grid.rows[grid.header]
    columns = columns_of(rules, header, table)
    owner = {c: i for i, held in reversed(list(enumerate(columns))) for c in held}
    order = sorted(range(len(header)), key=lambda c: (owner.get(c, len(rules)), c))
    alone = {c for held in columns if len(held) == 1 for c in held}
    heads = _heads(table, [header[c] for c in order], [rules[owner[c]].header if c in alone else "" for c in order])
    rows = []
    for index, (row, key) in enumerate(zip(grid.rows, grid.records, strict=True)):
        padded = [*row, *[""] * (len(header) - len(row))]
        if index == grid.header:
            rows.append(heads)
        elif key is None:
            told = [spelled_unit(rules[owner[c]], t) or t if c in owner and c else t for c, t in enumerate(row)]
            rows.append(_turned(told, order) if index > grid.header and len(row) == len(header) else row)
        else:
            rows.append([spelt(rules[owner[c]], padded[c]) if c in owner else padded[c] for c in order])
    return replace(grid, rows=rows, targets=[grid.targets[c] for c in order] if len(grid.targets) == len(header) else grid.targets)


def _completed(grid: SheetGrid, table: Table, rules: Sequence[FieldRule], always: Sequence[str]) -> SheetGrid:
    """A grid with columns for the fields that are always there."""
    held = columns_of(rules, grid.rows[grid.header], table)
    heads = [r.header for r, columns in zip(rules, held, strict=True) if r.name in always and not columns]
    if not heads:
        return grid
    width = len(grid.rows[grid.header])
    rows = []
    for index, row in enumerate(grid.rows):
        beside = heads if index == grid.header else [""] * len(heads)
        rows.append([*row, *[""] * (width - len(row)), *beside] if index >= grid.header else row)
    targets = [*grid.targets, *[None] * len(heads)] if len(grid.targets) == width else grid.targets
    return replace(grid, rows=rows, targets=targets)


def _turned(row: list[str], order: Sequence[int]) -> list[str]:
    """A row that says something of the columns (#units), in their new order; the mark that it begins with stays first."""
    mark = row[0] if row[0].startswith("#") else ""
    cells = ["" if c == 0 and mark else row[c] for c in order]
    return [mark, *cells[1:]] if mark else cells


def _heads(table: Table, old: list[str], wanted: Sequence[str]) -> list[str]:
    """The archive's spelling of headers, where our reader reads the row as before."""
    before = match_headers(table, old)
    heads = [new or text for text, new in zip(old, wanted, strict=True)]
    while True:
        again = match_headers(table, heads)
        moved = _naming(table, old) ^ _naming(table, heads)
        wrong = [
            i
            for i, (a, b) in enumerate(zip(before, again, strict=True))
            if heads[i] != old[i] and (_read(a, table) != _read(b, table) or any(c == i for _, c in moved))
        ]
        if not wrong:
            break
        heads = [old[i] if i in wrong else h for i, h in enumerate(heads)]
    same = all(_read(a, table) == _read(b, table) for a, b in zip(before, match_headers(table, heads), strict=True))
    return heads if same else old


def _read(match: Match, table: Table) -> tuple[object, ...]:
    keep = match.spec.keep or match.spec.auto if match.spec is not None else None
    goal = _goal(match, table)
    return (goal, None if goal else keep, match.number or "1")


def _naming(table: Table, heads: Sequence[str]) -> set[tuple[str, int]]:
    """Which columns name the records of a row, by the profile's words for it."""
    forms = [normal(h) for h in heads]
    words = {one.strip() for spec in table.records.values() for told in spec.id for one in told.split(" + ")}
    return {(w, c) for w in words for c, form in enumerate(forms) if form in {normal(p) for p in w.split("|")}}


def spelt(rule: FieldRule, text: str) -> str:
    """Return a text as an archive spells it; as it is where the archive lists no such value.

    Examples
    --------
    >>> from ...profiles.requirements import field_rule
    >>> spelt(field_rule("ddbj", "geo_loc_name"), "japan: Oita,Beppu"), spelt(field_rule("ddbj", "geo_loc_name"), "Atlantis: north")
    ('Japan:Oita, Beppu', 'Atlantis: north')
    """
    told = (rule.spelled(text) or text) if rule.values and text else text
    if rule.upto and rule.upto in told and f"{rule.upto} " not in rule.notation and rule.listed(told) in rule.values:
        # Where the archive has no blank between a country and its place, a second sign of that kind is none, and lists have blanks.
        first, _, rest = told.partition(rule.upto)
        rest = _LIST.sub(", ", _AGAIN.sub(", ", rest.strip()))
        return f"{first.strip()}{rule.upto}{rest}"
    return told
