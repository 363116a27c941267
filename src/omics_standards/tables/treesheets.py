"""Trees as tables: the leaves of a tree and a description of what is a row enter, sheets like any other leave.

A :class:`~omics_standards.tables.treerows.Kind` says which element or object is a row. Its leaves become columns under their path,
relative to the row; a list of names and values (``TAG`` with ``VALUE``, ``attribute_name`` with a text) becomes columns under those
names. The sheets are read by the mapping as sheets of a workbook are; what differs is the address of a cell, which is a path.

Each leaf is one cell of one sheet: that of the innermost row that holds it. A cell that repeats another one (a value of the
row around it, the name of an element or key) is *derived* and counted nowhere.

A file is read once, whatever its size: its rows wait in a temporary file until the columns of all of them are known.
"""

from __future__ import annotations

import marshal
from tempfile import SpooledTemporaryFile, gettempdir
from typing import TYPE_CHECKING, Final

from omics_standards.errors import ReadError
from omics_standards.findings import Address, Issue, Paths

from .cells import Chunk, chunk_of, cut_long
from .header import Layout
from .leaves import BrokenTree
from .treerows import Column, Kind, Names, Pair, Row, Splitter, fits, parts_of
from .workbook import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from omics_standards.findings import Finding

    from .leaves import Leaf, Part
    from .limits import Limits
    from .notes import Notes
    from .trees import Tree

__all__ = ["Kind", "Pair", "TreeSheet", "fits", "guess_kinds", "lay_out_tree", "parts_of"]

_CHUNK: Final = 256
# Bytes of rows that wait in memory; more of them wait on disk.
_IN_MEMORY: Final = 32 << 20
# Rows of a kind that are looked at to see what it is.
_HEAD: Final = 20


class _Store:
    """The rows of the kinds of a tree, written down as they are met.

    A row is the numbers of its columns, in the order in which the columns of its kind were first met, and their texts; then the
    same of what it repeats.
    """

    def __init__(self, kinds: int) -> None:
        self.file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - it lives as long as the sheets do
        self.places: list[list[tuple[int, int]]] = [[] for _ in range(kinds)]
        self.waiting: list[list[_Stored]] = [[] for _ in range(kinds)]

    def put(self, kind: int, row: _Stored) -> None:
        """Add a row."""
        rows = self.waiting[kind]
        rows.append(row)
        if len(rows) >= _CHUNK:
            self.flush(kind)

    def flush(self, kind: int) -> None:
        """Write down the rows that wait."""
        rows = self.waiting[kind]
        if rows:
            data = marshal.dumps(rows)
            try:
                self.places[kind].append((self.file.seek(0, 2), len(data)))
                self.file.write(data)
            except OSError as error:
                raise ReadError(f"no room for temporary files in {gettempdir()} ({error.strerror}): free some, or set TMPDIR") from error
            rows.clear()

    def rows(self, kind: int) -> Iterator[list[_Stored]]:
        """Yield the rows of a kind, some hundreds at a time."""
        self.flush(kind)
        for place, length in self.places[kind]:
            self.file.seek(place)
            yield marshal.loads(self.file.read(length))


_Stored = tuple[list[int], list[str], list[int], list[str]]


class _Found:
    """What the reading of the tree found out about one kind: its columns in the order they were met, and what is no cell."""

    def __init__(self) -> None:
        self.columns: dict[Column, int] = {}
        self.paths: list[str] = []
        self.base: Names | None = None
        self.named: set[str] = set()
        self.derived: dict[str, int] = {}
        self.structural = 0
        self.repeated = 0
        self.head: list[_Stored] = []

    def see(self, row: Row, paths: dict[Column, str]) -> _Stored:
        """Take note of a row; returns it as it is written down."""
        columns, derived = self.columns, self.derived
        if not row.cells.keys() <= columns.keys():
            for column in row.cells:
                if column not in columns:
                    self._column(column, paths[column])
        for header in row.derived:
            derived.setdefault(header, len(derived))
        names = row.key[0]
        if self.base is None:
            self.base = names
        elif self.base != names:
            self.base = tuple(a if a == b else "*" for a, b in zip(self.base, names, strict=False))
        self.named |= row.named
        self.structural += row.structural
        self.repeated += len(row.derived)
        stored = ([columns[c] for c in row.cells], [*row.cells.values()], [derived[d] for d in row.derived], [*row.derived.values()])
        if len(self.head) < _HEAD:
            self.head.append(stored)
        return stored

    def _column(self, column: Column, path: str) -> None:
        """Take note of a column; the first of several of a header stand before the later ones, though they were not met yet."""
        if column.place > 1 and not column.part and (before := column._replace(place=column.place - 1)) not in self.columns:
            bare = path.removesuffix(f"[{column.place}]")
            self._column(before, f"{bare}[{before.place}]" if before.place > 1 else bare)
        self.columns[column] = len(self.columns)
        self.paths.append(path)

    def spread(self, rows: Iterable[_Stored]) -> list[list[str]]:
        """Write rows out to the width of all columns."""
        width, more = len(self.columns), len(self.derived)
        spread = []
        for columns, texts, derived, repeated in rows:
            row = [""] * (width + more)
            for i, text in zip(columns, texts, strict=True):
                row[i] = text
            for i, text in zip(derived, repeated, strict=True):
                row[width + i] = text
            spread.append(row)
        return spread


class _Rows:
    """The rows of one kind as a source of a sheet: the first record is row 1."""

    delimited = False

    def __init__(self, store: _Store, index: int, found: _Found, limits: Limits) -> None:
        self.store = store
        self.index = index
        self.found = found
        self.limits = limits

    def merged(self, row: int) -> list[tuple[int, int]]:  # noqa: ARG002 - a tree has no merged cells
        """Return nothing."""
        return []

    def spans(self) -> list[tuple[int, int, int, int]]:
        """Return nothing."""
        return []

    def chunks(self, notes: Notes) -> Iterator[Chunk]:
        """Yield the rows."""
        number = 1
        for stored in self.store.rows(self.index):
            rows = self.found.spread(stored)
            longest = max((len(t) for _, texts, _, _ in stored for t in texts), default=0)
            cut_long(rows, number, longest, self.limits.max_cell, notes)
            if any("\ufffd" in t for _, texts, _, _ in stored for t in texts):
                from .cells import inspect

                inspect(rows, number, "\ufffd", "\t", notes)
            yield chunk_of(rows)
            number += len(rows)


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
    repeated
        For each column (from 0), the rows (from 1) in which it shows a leaf that another cell shows, too.
    own_file
        Name of a file of its own that the format knows the table by, which local names hold in; '' for none.
    """

    __slots__ = ("_made_of", "_repeated", "beside", "derived", "own_file", "paths", "repeated")

    tree = True

    def __init__(self, source: _Rows, kind: Kind, found: _Found, *, file: str, index: int, head: list[tuple[int, list[str]]]) -> None:
        columns = [*found.columns]
        headers = headers_of(columns, [*found.derived])
        layout = Layout(0, tuple(headers), (), (), 1, 0)
        super().__init__(source, head, layout, file=file, name=kind.name, index=index, structural=found.structural)
        self._made_of = (source, kind, found, head)
        base = "/" + "/".join(found.base or ())
        # Where records stand within other ones, the position counts all of them.
        self.paths = Paths(f"({base})" if len(found.base or ()) > 2 else base, (*found.paths, *found.derived))
        self._repeated = found.repeated
        self.repeated: dict[int, set[int]] = {}
        self.own_file = ""
        self.derived = frozenset(range(len(columns), len(headers)))
        place = found.columns
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
        Where the file is broken before its first record ended, or too large. Of a file that breaks further down the records before
        are read.

    Findings
    --------
    file-broken
    """
    if not any(() in k.paths for k in kinds):
        kinds = [*kinds, Kind("document", ((),))]
    found = [_Found() for _ in kinds]
    store = _Store(len(kinds))
    splitter = Splitter(kinds, tree.limits.max_columns, tree.path.name)
    blocks: Iterable[list[Part]] = tree.blocks() if leaves is None else [list(leaves)]
    broken: BrokenTree | None = None
    try:
        for row in splitter.rows(blocks):
            if row.cells:
                stored = found[row.kind].see(row, splitter.paths[row.kind])
                if leaves is None:
                    store.put(row.kind, stored)
            else:
                found[row.kind].structural += row.structural
    except BrokenTree as error:
        if not any(f.head for f in found):
            raise
        broken = error
    sheets: list[TreeSheet] = []
    for index, kind in enumerate(kinds):
        one = found[index]
        if not one.columns and not one.structural:
            continue
        head = list(enumerate(one.spread(one.head), 1))
        sheets.append(TreeSheet(_Rows(store, index, one, tree.limits), kind, one, file=file, index=len(sheets), head=head))
    if broken is not None:
        sheets[0].stand([_BROKEN.at(Address(file), value=f"line {broken.line}: {broken.why}")])
    return sheets


_BROKEN = Issue(
    "file-broken",
    "a file that is well-formed to its end",
    "download or export the file again: the records before this line were read but for the last one, which may be incomplete",
)


def guess_kinds(leaves: Iterable[Leaf]) -> list[Kind]:
    """Say what a row of an unknown tree may be: an entry of the list that the file is, else the outermost thing that is repeated.

    Examples
    --------
    >>> from .trees import Leaf
    >>> guess_kinds([Leaf(("item", "id"), (1, 1), "S1"), Leaf(("item", "id"), (2, 1), "S2")])[0].paths
    (('item',),)
    >>> guess_kinds([Leaf(("a", "b"), (1, 1), "once")])
    []
    """
    often: dict[Names, int] = {}
    listed = True
    for names, places, _ in leaves:
        listed = listed and names[0] == "item" and len(names) > 1
        for depth in range(1, len(names)):
            often[names[:depth]] = max(often.get(names[:depth], 0), places[depth - 1])
    if often and listed:
        # A list of one entry is a list.
        return [Kind("", (("item",),))]
    repeated = [(len(path), -count, path) for path, count in often.items() if count > 1]
    if not repeated:
        return []
    return [Kind("", (min(repeated)[2],))]
