"""Cells put into a tree: which element holds which, in which order, and which of several."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...tables.treerows import parts_of
from .treecolumns import within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .treecells import Cell
    from .treecolumns import TreeColumns

__all__ = ["Node", "align", "nest", "sort"]


@dataclass
class Node:
    """An element or object.

    ``listed``: in JSON an entry of a list, even where it is the only one. ``number``: its text is a number or an answer.
    """

    name: str
    text: str = ""
    children: list[Node] = field(default_factory=list)
    turn: object = 1
    listed: bool = False
    number: bool = False

    def child(self, name: str, turn: object = 1, *, listed: bool = False) -> Node:
        """Return a child by name and which of several it is; it is made where it is not there."""
        for node in self.children:
            if node.name == name and node.turn == turn:
                return node
        made = Node(name, turn=turn, listed=listed)
        self.children.append(made)
        return made

    def take(self, other: Node) -> None:
        """Take over the children of another tree; elements of one name and turn are one."""
        for theirs in other.children:
            mine = next((n for n in self.children if n.name == theirs.name and n.turn == theirs.turn), None)
            if mine is None:
                self.children.append(theirs)
            else:
                mine.take(theirs)

    def find(self, parts: Sequence[str]) -> list[Node]:
        """All elements at a path below."""
        if not parts:
            return [self]
        return [n for c in self.children if c.name == parts[0] or parts[0] == "*" for n in c.find(parts[1:])]


def nest(row: Node, cells: Sequence[Cell], columns: TreeColumns) -> dict[str, str]:
    """Put the cells of a row into its element.

    Parameters
    ----------
    row
        The element of the row.
    cells
        What it says.
    columns
        Of its table.

    Returns
    -------
    dict
        The answers that were given by a name: path → name.
    """
    answers: dict[str, str] = {}
    for cell in cells:
        if cell.place.pair is None and cell.place.header.endswith("/name()"):
            answers[cell.place.header.removesuffix("/name()")] = cell.text
            _at(row, f"{cell.place.header.removesuffix('/name()')}/{cell.text}", 1, columns)
    for number, cell in enumerate(cells):
        if cell.place.pair is not None:
            _entry(row, cell, number, columns)
        elif not cell.place.header.endswith("/name()"):
            path = _answered(cell.place.header, answers)
            if path is not None:
                node = _at(row, path, cell.turn, columns)
                node.text, node.number = cell.text, cell.number
    for path, told in columns.element.constants.items():
        *around, last = parts_of(path)
        text = next((n.text for n in row.find(parts_of(told[1:].strip()))), "") if told.startswith("=") else told
        for node in row.find(around):
            if not any(c.name == last for c in node.children) and (not around or node.children or node.text):
                node.children.append(Node(last, text))
    for path in columns.element.always:
        _at(row, path, 1, columns)
    sort(row, columns)
    return answers


def _answered(path: str, answers: dict[str, str]) -> str | None:
    """Fill the name that is an answer into a path; None where the row gives no such answer."""
    for choice, name in answers.items():
        if path.startswith(f"{choice}/*"):
            return f"{choice}/{name}{path[len(choice) + 2 :]}"
    return None if "*" in parts_of(path) else path


def _at(row: Node, path: str, turn: object, columns: TreeColumns) -> Node:
    """Return the element at a path of the row; of those that may stand several times the one of this turn."""
    repeated = within(path, columns.many) or (path if columns.syntax != "xml" else "")
    node, so_far = row, ""
    for part in parts_of(path):
        if part == "text()":
            break
        so_far = f"{so_far}/{part}".lstrip("/")
        # A list in a list: the outer one has one entry unless it is what is repeated.
        listed = bool(within(so_far, columns.many) == so_far)
        node = node.child(part, turn if so_far == repeated else 1, listed=listed)
    return node


def _entry(row: Node, cell: Cell, number: int, columns: TreeColumns) -> None:
    """Put an entry of a list of names and values into the row."""
    pair = cell.place.pair
    assert pair is not None
    name = cell.place.header
    named = cell.place.named
    parts = parts_of(pair.at) if named != "name()" else (*parts_of(pair.at)[:-1], name)
    repeated = within(pair.at, columns.many) or pair.at
    depth = len(parts_of(repeated))
    node = row
    for i, part in enumerate(parts, 1):
        listed = within("/".join(parts_of(pair.at)[:i]), columns.many) != "" and i == depth
        node = node.child(part, ("entry", number) if i == depth else 1, listed=listed or (i == depth and part == "item"))
    if named != "name()":
        _inner(node, named, name)
    _inner(node, pair.value[0], cell.text, number=cell.number)
    if pair.unit and cell.unit:
        _inner(node, pair.unit, cell.unit)
    if pair.accession and cell.accession:
        listed = bool(within(f"{pair.at}/{pair.accession}", columns.many) == f"{pair.at}/{pair.accession}")
        _inner(node, pair.accession, cell.accession).listed = listed


def _inner(node: Node, path: str, text: str, *, number: bool = False) -> Node:
    for part in parts_of(path):
        if part != "text()":
            node = node.child(part)
    node.text, node.number = text, number
    return node


def sort(row: Node, columns: TreeColumns) -> None:
    """Put the elements of a row into the order of the archive's schema; attributes first, what it does not list last."""
    order: dict[tuple[str, ...], dict[str, int]] = {}
    for path in columns.element.order:
        parts = parts_of(path)
        for i, part in enumerate(parts):
            level = order.setdefault(parts[:i], {})
            level.setdefault(part, len(level))
    _sort(row, (), order)


def align(rows: Sequence[Node], columns: TreeColumns) -> None:
    """Give all rows the same names of their list of names and values, in the same order, and all values as texts.

    Parameters
    ----------
    rows
        Elements of one table. What they have several times stays behind the first.
    columns
        Of the table: its first list, and the names that come first.
    """
    pair = columns.table.pairs[0]
    named = parts_of(pair.name[0])

    def name_of(entry: Node) -> str:
        return next((n.text for n in entry.find(named)), "")

    entries = [[(name_of(e), e) for e in row.find(parts_of(pair.at))] for row in rows]
    names = list(dict.fromkeys((*columns.element.aligned, *(name for told in entries for name, _ in told))))
    for row, told in zip(rows, entries, strict=True):
        held = {id(e) for _, e in told}
        full: list[Node] = []
        for name in names:
            mine = [e for n, e in told if n == name]
            for value in (v for e in mine for v in e.find(parts_of(pair.value[0]))):
                value.number = False
            if not mine:
                entry = Node(parts_of(pair.at)[-1], listed=True)
                _inner(entry, pair.name[0], name)
                _inner(entry, pair.value[0], "")
                mine = [entry]
            full += mine
        row.children = [*full, *(c for c in row.children if id(c) not in held)]


def _sort(node: Node, at: tuple[str, ...], order: dict[tuple[str, ...], dict[str, int]]) -> None:
    known = order.get(at, {})
    node.children.sort(key=lambda c: (not c.name.startswith("@"), known.get(c.name, len(known))))
    for child in node.children:
        below = (*at, child.name)
        _sort(child, below if below in order else (*at, "*"), order)
