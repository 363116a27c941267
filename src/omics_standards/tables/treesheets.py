"""Trees as tables: the leaves of a tree and a description of what is a row enter, sheets like any other leave.

A :class:`Kind` says which element or object is a row. Its leaves become columns under their path, relative to the row; a
list of names and values (``TAG`` with ``VALUE``, ``attribute_name`` with a text) becomes columns under those names. The sheets
are read by the mapping as sheets of a workbook are; what differs is the address of a cell, which is a path.

Each leaf is one cell of one sheet: that of the innermost row that holds it. A cell that repeats another one (a value of the
row around it, the name of an element or key) is *derived* and counted nowhere.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from omics_standards.errors import ReadError
from omics_standards.findings import Address, Paths

from .cells import Chunk, chunk_of, cut_long
from .header import Layout
from .workbook import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from omics_standards.findings import Finding

    from .limits import Limits
    from .notes import Notes
    from .trees import Leaf, Tree

__all__ = ["Kind", "Pair", "TreeSheet", "fits", "guess_kinds", "lay_out_tree", "parts_of"]

_CHUNK: Final = 256
# Distinct paths whose row is remembered.
_KNOWN: Final = 65_536
Names = tuple[str, ...]
Key = tuple[Names, tuple[int, ...]]


def parts_of(path: str) -> Names:
    """Split a path at its slashes.

    Examples
    --------
    >>> parts_of("/RUN_SET/RUN"), parts_of("/")
    (('RUN_SET', 'RUN'), ())
    """
    return tuple(p for p in path.split("/") if p)


class Pair(NamedTuple):
    """Entries of a row that hold a name and a value: ``at`` is their path, the others are paths within the entry.

    ``names`` are tried in order; ``name()`` is the entry's own name. ``companions`` stand beside the value (``unit``).
    """

    at: Names
    names: tuple[Names, ...]
    values: tuple[Names, ...]
    companions: tuple[tuple[str, Names], ...] = ()


class Kind(NamedTuple):
    """Which element or object of a tree is a row of a sheet.

    Attributes
    ----------
    name
        Of the sheet.
    paths
        Where its rows stand, from the root on; ``*`` stands for any text in a name.
    pairs
        Lists of names and values in it.
    choices
        Paths in it whose one child is an answer by its name (``LIBRARY_LAYOUT`` with ``PAIRED``).
    inherit
        Header → (kind, header) of the row around it that is repeated here.
    skip
        Paths in it that hold results or furniture.
    repeats
        Headers whose cell is furniture where it says the same as that of another header.
    """

    name: str
    paths: tuple[Names, ...]
    pairs: tuple[Pair, ...] = ()
    choices: tuple[Names, ...] = ()
    inherit: tuple[tuple[str, tuple[str, str]], ...] = ()
    skip: tuple[Names, ...] = ()
    repeats: tuple[tuple[str, str], ...] = ()


class Column(NamedTuple):
    """A column: its header, and which of several of this header it is; ``part`` is what stands beside a value (``unit``)."""

    header: str
    place: int = 1
    part: str = ""


class _Row:
    """One row in the making."""

    __slots__ = ("cells", "counts", "derived", "groups", "key", "kind", "named", "paths", "structural")

    def __init__(self, kind: int, key: Key) -> None:
        self.kind = kind
        self.key = key
        self.cells: dict[Column, str] = {}
        self.derived: dict[str, str] = {}
        self.paths: dict[Column, str] = {}
        self.counts: dict[str, int] = {}
        self.groups: dict[tuple[int, Key], list[tuple[Names, str]]] = {}
        self.named: set[str] = set()
        self.structural = 0

    def add(self, header: str, text: str, path: str) -> None:
        place = self.counts[header] = self.counts.get(header, 0) + 1
        column = Column(header, place)
        self.cells[column] = text
        self.paths[column] = path if place == 1 else f"{path}[{place}]"


def _matches(name: str, pattern: str) -> bool:
    """Tell whether a name is one of those that a pattern with ``*`` stands for."""
    return pattern == "*" or fnmatchcase(name, pattern)


def fits(pattern: Names, names: Names) -> bool:
    """Tell whether names begin as a pattern says."""
    return len(names) >= len(pattern) and all(p == n or ("*" in p and _matches(n, p)) for p, n in zip(pattern, names, strict=False))


class _Splitter:
    """Gathers leaves to rows of the kinds."""

    def __init__(self, kinds: Sequence[Kind]) -> None:
        self.kinds = kinds
        patterns = [(len(path), index, path) for index, kind in enumerate(kinds) for path in kind.paths]
        # The innermost row takes the leaf; of two kinds at one depth, the first.
        self.patterns = sorted(patterns, key=lambda p: (-p[0], p[1]))
        self.rest = next((i for i, k in enumerate(kinds) if () in k.paths), None)
        self.known: dict[Names, tuple[int, int] | None] = {}
        self.depths: dict[Names, int] = {}
        inherited = {of for kind in kinds for _, (of, _) in kind.inherit}
        self.whole = self.rest is not None and kinds[self.rest].name in inherited

    def home(self, names: Names) -> tuple[int, int] | None:
        """Kind and depth of the row that holds a leaf; None where no kind does."""
        if names not in self.known:
            if len(self.known) >= _KNOWN:
                self.known.clear()
            self.known[names] = next(((i, depth) for depth, i, path in self.patterns if len(names) > depth and fits(path, names)), None)
        return self.known[names]

    def outer(self, leaf: Leaf) -> Key | None:
        """The outermost row that holds a leaf, the document apart; None where the document alone does."""
        if self.whole:
            return None
        depth = self.depths.get(leaf.names, -1)
        if depth < 0:
            depth = min((d for d, _, path in self.patterns if 0 < d < len(leaf.names) and fits(path, leaf.names)), default=0)
            if len(self.depths) < _KNOWN:
                self.depths[leaf.names] = depth
        return (leaf.names[:depth], leaf.places[:depth]) if depth else None

    def rows(self, leaves: Iterable[Leaf]) -> Iterator[_Row]:
        """Yield rows; those of one outermost row together, the document's own at the end."""
        document: dict[tuple[int, Key], _Row] = {}
        for key, group in groupby(leaves, self.outer):
            if key is None:
                for leaf in group:
                    self._take(leaf, document)
            else:
                rows: dict[tuple[int, Key], _Row] = {}
                for leaf in group:
                    self._take(leaf, rows)
                yield from self._finished(rows)
        yield from self._finished(document)

    def _take(self, leaf: Leaf, rows: dict[tuple[int, Key], _Row]) -> None:
        home = self.home(leaf.names)
        index, depth = home if home is not None else (-1, 0)
        key = (index, (leaf.names[:depth], leaf.places[:depth]))
        row = rows.get(key)
        if row is None:
            row = rows[key] = _Row(*key)
        names, places = leaf.names[depth:], leaf.places[depth:]
        if names[-1:] == ("text()",) and len(names) > 1:
            names, places = names[:-1], places[:-1]
        kind = self.kinds[index] if index >= 0 else None
        blank = not leaf.text or leaf.text.isspace()
        if kind is not None:
            if any(fits(s, names) for s in kind.skip):
                row.structural += not blank
                return
            for number, pair in enumerate(kind.pairs):
                at = len(pair.at)
                if fits(pair.at, names):
                    if not blank:
                        group = (number, (leaf.names[: depth + at], leaf.places[: depth + at]))
                        row.groups.setdefault(group, []).append((names[at:] if names[at:] != ("text()",) else (), leaf.text))
                    return
            names = _choices(kind, names, row)
        if blank:
            return
        if names[-1:] and names[-1].startswith("@xsi:"):
            row.structural += 1
            return
        header = "/".join(names) or "text()"
        row.add(header, leaf.text, header)

    def _finished(self, rows: dict[tuple[int, Key], _Row]) -> Iterator[_Row]:
        for row in rows.values():
            kind = self.kinds[row.kind] if row.kind >= 0 else None
            if kind is None:
                continue
            for (number, key), parts in row.groups.items():
                _pair(kind.pairs[number], key, parts, row)
            for again, first in kind.repeats:
                if Column(again) in row.cells and _says_again(row.cells[Column(again)], row.cells.get(Column(first), "")):
                    del row.cells[Column(again)]
                    row.structural += 1
            if row.key[0]:
                row.derived["name()"] = row.key[0][-1]
        for row in rows.values():
            if row.kind >= 0:
                for header, (of, source) in self.kinds[row.kind].inherit:
                    text = self._inherited(row, of, source, rows)
                    if text:
                        row.derived[header] = text
        yield from rows.values()

    def _inherited(self, row: _Row, of: str, header: str, rows: dict[tuple[int, Key], _Row]) -> str:
        index = next((i for i, k in enumerate(self.kinds) if k.name == of), -1)
        for depth in range(len(row.key[0]) - 1, -1, -1):
            around = rows.get((index, (row.key[0][:depth], row.key[1][:depth])))
            if around is not None:
                return next((t for t in (_cell(around, h) for h in header.split("|")) if t), "")
        return ""


def _cell(row: _Row, header: str) -> str:
    return row.derived.get(header, "") or row.cells.get(Column(header.strip()), "")


def _says_again(text: str, said: str) -> bool:
    """Tell whether a text says what another one says, or the day of its moment."""
    return text == said or (bool(text) and said.startswith(f"{text}T"))


def _choices(kind: Kind, names: Names, row: _Row) -> Names:
    """Put ``*`` in the place of a name that is an answer, and note the answer."""
    for choice in kind.choices:
        at = len(choice)
        if len(names) > at and fits(choice, names) and not names[at].startswith("@") and names[at] != "text()":
            row.derived.setdefault("/".join((*choice, "name()")), names[at])
            return (*names[:at], "*", *names[at + 1 :])
    return names


def _pair(pair: Pair, key: Key, parts: list[tuple[Names, str]], row: _Row) -> None:
    """Make cells of one entry of names and values."""
    left = list(parts)
    name = ""
    for wanted in pair.names:
        if wanted == ("name()",):
            name = name or key[0][-1]
            continue
        for said in [p for p in left if p[0] == wanted]:
            # The names are the header of the value, whichever of them is used.
            name = name or said[1].strip()
            left.remove(said)
            row.structural += 1
    base = "/".join(pair.at)
    name = name or base
    path = f"{base.replace('*', name)}" if "*" in base else f"{base}[{name}]"
    place = row.counts.get(name, 0) + 1
    taken = False
    for names, text in left:
        tail = "/".join(names)
        where = f"{path}/{tail}" if tail else path
        part = next((p for p, wanted in pair.companions if names == wanted), "")
        if names in pair.values:
            row.add(name, text, where)
            row.named.add(name)
            taken = True
        elif part and Column(name, place, part) not in row.cells:
            row.cells[Column(name, place, part)] = text
            row.paths[Column(name, place, part)] = where
        else:
            row.add(f"{name} {tail}".strip(), text, where)
            row.named.add(f"{name} {tail}".strip())
    if taken:
        row.counts[name] = max(place, row.counts.get(name, 0))


class _Found:
    """What a pass over the tree found out about one kind: its columns in the order they were met, and what is no cell."""

    def __init__(self) -> None:
        self.columns: dict[Column, str] = {}
        self.base: Names | None = None
        self.named: set[str] = set()
        self.derived: dict[str, None] = {}
        self.rows = 0
        self.structural = 0
        self.repeated = 0
        self.cells = 0

    def see(self, row: _Row, path_limit: int, name: str) -> None:
        for column in row.cells:
            if column not in self.columns:
                self.columns[column] = row.paths[column]
        if len(self.columns) > path_limit:
            raise ReadError(f"{name} has more than {path_limit:,} different values in its records: it is data, not metadata")
        names = row.key[0]
        if self.base is None:
            self.base = names
        elif self.base != names:
            self.base = tuple(a if a == b else "*" for a, b in zip(self.base, names, strict=False))
        self.named |= row.named
        self.derived.update(dict.fromkeys(row.derived))
        self.structural += row.structural
        self.repeated += len(row.derived)
        self.cells += len(row.cells)
        self.rows += 1


class _Rows:
    """The rows of one kind as a source of a sheet: the first record is row 1."""

    delimited = False

    def __init__(self, tree: Tree, kinds: Sequence[Kind], index: int, columns: Sequence[Column], derived: Sequence[str]) -> None:
        self.tree = tree
        self.kinds = kinds
        self.index = index
        self.columns = columns
        self.derived = derived

    def merged(self, row: int) -> list[tuple[int, int]]:  # noqa: ARG002 - a tree has no merged cells
        """Return nothing."""
        return []

    def spans(self) -> list[tuple[int, int, int, int]]:
        """Return nothing."""
        return []

    def chunks(self, notes: Notes) -> Iterator[Chunk]:
        """Yield the rows."""
        number = 1
        waiting: list[list[str]] = []
        for row in _Splitter(self.kinds).rows(self.tree.leaves()):
            if row.kind != self.index or not row.cells:
                continue
            waiting.append([*(row.cells.get(c, "") for c in self.columns), *(row.derived.get(d, "") for d in self.derived)])
            if len(waiting) >= _CHUNK:
                yield self._chunk(waiting, number, notes)
                number += len(waiting)
                waiting = []
        if waiting:
            yield self._chunk(waiting, number, notes)

    def _chunk(self, rows: list[list[str]], first: int, notes: Notes) -> Chunk:
        limits: Limits = self.tree.limits
        cut_long(rows, first, max((len(c) for row in rows for c in row), default=0), limits.max_cell, notes)
        if any("\ufffd" in c for row in rows for c in row):
            from .cells import inspect

            inspect(rows, first, "\ufffd", "\t", notes)
        return chunk_of(rows)


def headers_of(columns: Sequence[Column], derived: Sequence[str]) -> list[str]:
    """Write the headers; what stands beside a value is named after it."""
    return [*(f"{c.header} {c.part}" if c.part else c.header for c in columns), *derived]


class TreeSheet(Sheet):
    """The rows of one kind of element or object of a tree.

    Attributes
    ----------
    derived
        0-based positions of columns that repeat what stands elsewhere: they are read but counted nowhere.
    beside
        For each column of a list of names and values, the columns that stand beside it by part (``unit``, ``accession``), 0-based.
    paths
        Path of the rows, and of each column within a row.
    """

    __slots__ = ("_made_of", "_repeated", "beside", "derived", "paths")

    tree = True

    def __init__(self, source: _Rows, kind: Kind, found: _Found, *, file: str, index: int, head: list[tuple[int, list[str]]]) -> None:
        headers = headers_of(source.columns, source.derived)
        layout = Layout(0, tuple(headers), (), (), 1, 0)
        super().__init__(source, head, layout, file=file, name=kind.name, index=index, structural=found.structural)
        self._made_of = (source, kind, found, head)
        base = "/" + "/".join(found.base or ())
        # Where records stand within other ones, the position counts all of them.
        self.paths = Paths(f"({base})" if len(found.base or ()) > 2 else base, (*found.columns.values(), *source.derived))
        self._repeated = found.repeated
        self.derived = frozenset(range(len(source.columns), len(headers)))
        place = {c: i for i, c in enumerate(source.columns)}
        self.beside: dict[int, dict[str, int]] = {}
        for column, at in place.items():
            value = place.get(Column(column.header, column.place)) if column.part else at
            if value is not None and column.header in found.named:
                self.beside.setdefault(value, {}).update({column.part: at} if column.part else {})

    @property
    def cells(self) -> int:
        """Leaves met so far."""
        return self.structural + max(0, self._counted - self._repeated)

    @property
    def findings(self) -> list[Finding]:
        """As of any sheet, with paths for addresses."""
        from dataclasses import replace

        return [replace(f, addresses=tuple(self._at(a) for a in f.addresses)) for f in super().findings]

    def _at(self, place: Address) -> Address:
        return place if place.row is None else self.address(place.row, place.column)

    def address(self, row: int | None, column: int | None) -> Address:
        """The path of a cell."""
        return Address(self._file, self.name, path=self.paths.at(row, column))

    def with_header(self, row: int) -> Sheet:  # noqa: ARG002 - the headers of a tree stand nowhere else
        """Return the sheet once more, to be read beside this one: a tree has no other header."""
        source, kind, found, head = self._made_of
        return TreeSheet(source, kind, found, file=self._file, index=self.index, head=head)

    def as_table(self) -> Sheet:
        """Return itself."""
        return self


def lay_out_tree(tree: Tree, kinds: Sequence[Kind], *, file: str, leaves: Sequence[Leaf] | None = None) -> list[TreeSheet]:
    """Make the sheets of a tree.

    Parameters
    ----------
    tree
        The file.
    kinds
        What is a row; leaves of no row of these are rows of a kind of their own, the document.
    file
        What addresses say.
    leaves
        The first leaves of the tree, to look at these only; None to look at all.

    Returns
    -------
    list of TreeSheet
        One per kind that has a leaf, in the order of the kinds.

    Raises
    ------
    ReadError
        Where the file is broken or too large.
    """
    if not any(() in k.paths for k in kinds):
        kinds = [*kinds, Kind("document", ((),))]
    found = [_Found() for _ in kinds]
    heads: list[list[_Row]] = [[] for _ in kinds]
    limit = tree.limits.max_columns
    for row in _Splitter(kinds).rows(tree.leaves() if leaves is None else leaves):
        if row.cells:
            found[row.kind].see(row, limit, tree.path.name)
            if len(heads[row.kind]) < 20:
                heads[row.kind].append(row)
        else:
            found[row.kind].structural += row.structural
    sheets: list[TreeSheet] = []
    for index, kind in enumerate(kinds):
        one = found[index]
        if not one.columns and not one.structural:
            continue
        columns, derived = list(one.columns), list(one.derived)
        head = [[*(r.cells.get(c, "") for c in columns), *(r.derived.get(d, "") for d in derived)] for r in heads[index]]
        source = _Rows(tree, kinds, index, columns, derived)
        sheets.append(TreeSheet(source, kind, one, file=file, index=len(sheets), head=list(enumerate(head, 1))))
    return sheets


def guess_kinds(leaves: Iterable[Leaf]) -> list[Kind]:
    """Say what a row of an unknown tree may be: the outermost element or object that is repeated.

    Examples
    --------
    >>> from .trees import Leaf
    >>> guess_kinds([Leaf(("item", "id"), (1, 1), "S1"), Leaf(("item", "id"), (2, 1), "S2")])[0].paths
    (('item',),)
    """
    often: dict[Names, int] = {}
    for names, places, _ in leaves:
        for depth in range(1, len(names)):
            often[names[:depth]] = max(often.get(names[:depth], 0), places[depth - 1])
    repeated = [(len(path), -count, path) for path, count in often.items() if count > 1]
    if not repeated:
        return []
    return [Kind("", (min(repeated)[2],))]
