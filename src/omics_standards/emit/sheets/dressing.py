"""A table as its archive wants to see it: its headers with their stars, in its order, listed values in its spelling.

What our reader makes of the sheet stays the same: a header that it would read otherwise is left as it was.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from ...mapping.headers import auto_target, match_headers
from ...values.text import normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...mapping.headers import Match
    from ...profiles.requirements import FieldRule
    from ...profiles.schema import Table
    from .composed import SheetGrid

__all__ = ["columns_of", "dressed", "target_of"]


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
    asked = {normal(r.header) for r in rules}
    found = []
    for rule, goal in zip(rules, goals, strict=True):
        columns = by_form.get(normal(rule.header), [])
        # That a record has another name says nothing of the register that a field asks for (virus identifier, culture number).
        if not columns and goal.spec is not None and not all(t.endswith(".alternative_names") for t in goal.spec.to or [""]):
            wanted = _place(goal)
            same = [m.column for m in matches if m.spec is not None and (m.key, _place(m)) == (goal.key, wanted)]
            aim = _goal(goal, table)
            alike = [m.column for m in matches if aim and _goal(m, table) == aim and _place(m)[0] == wanted[0]]
            # A column that bears the name of another field is that field's.
            columns = [c for c in same or alike if normal(header[c]) not in asked]
        found.append(columns)
    return found


def dressed(grid: SheetGrid, table: Table, rules: Sequence[FieldRule]) -> SheetGrid:
    """Give a grid its archive's headers, order and spelling.

    Parameters
    ----------
    grid
        A table with one header row.
    table
        The table of the profile that composed it.
    rules
        What the archive asks of it; with () the grid comes back as it is.

    Returns
    -------
    SheetGrid
        A new one: fields of the archive first, in its order, all other columns behind them.
    """
    if not rules or not grid.rows:
        return grid
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
            rows.append(_turned(row, order) if index > grid.header and len(row) == len(header) else row)
        else:
            rows.append([_spelt(rules[owner[c]], padded[c]) if c in owner else padded[c] for c in order])
    return replace(grid, rows=rows, targets=[grid.targets[c] for c in order] if len(grid.targets) == len(header) else grid.targets)


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
    keep = match.spec.keep if match.spec is not None else None
    return (_goal(match, table), keep, match.number or "1")


def _naming(table: Table, heads: Sequence[str]) -> set[tuple[str, int]]:
    """Which columns name the records of a row, by the profile's words for it."""
    forms = [normal(h) for h in heads]
    words = {one.strip() for spec in table.records.values() for told in spec.id for one in told.split(" + ")}
    return {(w, c) for w in words for c, form in enumerate(forms) if form in {normal(p) for p in w.split("|")}}


def _spelt(rule: FieldRule, text: str) -> str:
    return (rule.spelled(text) or text) if rule.values and text else text
