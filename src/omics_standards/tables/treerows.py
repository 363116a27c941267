"""Leaves gathered to rows: which element or object is a row, and which column of it a leaf is.

What a leaf comes to depends on its path alone, so it is worked out once per path and looked up after that.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final, NamedTuple

from omics_standards.errors import ReadError

from .leaves import BrokenTree
from .limits import MAX_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .leaves import Part

__all__ = ["Column", "Kind", "Names", "Pair", "Row", "Splitter", "fits", "parts_of"]

# Distinct paths whose meaning is remembered.
_KNOWN: Final = 65_536
# As many elements side by side are told apart by columns of their own (contacts, publications).
_FEW: Final = 8
Names = tuple[str, ...]
Places = tuple[int, ...]
Key = tuple[Names, Places]


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


class Row:
    """One row in the making."""

    __slots__ = ("cells", "counts", "derived", "groups", "key", "kind", "named", "structural")

    def __init__(self, kind: int, key: Key) -> None:
        self.kind = kind
        self.key = key
        self.cells: dict[Column, str] = {}
        self.derived: dict[str, str] = {}
        self.counts: dict[str, int] = {}
        self.groups: dict[tuple[int, Names, Places], list[tuple[Names, str]]] = {}
        self.named: set[str] = set()
        self.structural = 0


Rows = dict[tuple[int, Names, Places], Row]


def _matches(name: str, pattern: str) -> bool:
    """Tell whether a name is one of those that a pattern with ``*`` stands for."""
    return pattern == "*" or fnmatchcase(name, pattern)


def fits(pattern: Names, names: Names) -> bool:
    """Tell whether names begin as a pattern says."""
    return len(names) >= len(pattern) and all(p == n or ("*" in p and _matches(n, p)) for p, n in zip(pattern, names, strict=False))


class _Meaning:
    """What the leaves at one path are: cells under a header, parts of a pair, furniture, or nothing."""

    __slots__ = ("answer", "column", "depth", "furniture", "group", "home", "index", "outer", "outer_names", "pair", "tail")

    def __init__(self, names: Names, index: int, depth: int, outer: int) -> None:
        self.index = index
        self.depth = depth
        self.home = names[:depth]
        self.outer = outer
        self.outer_names = names[:outer]
        self.furniture = False
        self.pair = -1
        self.group = 0
        self.tail: Names = ()
        self.answer: tuple[str, str] | None = None
        self.column = Column("")


class Splitter:
    """Gathers leaves to rows of the kinds.

    Attributes
    ----------
    paths
        For each kind, the path within a row of each column met so far.
    limit
        Columns of a kind; more are no metadata.
    file
        Its name, for that sentence.
    """

    def __init__(self, kinds: Sequence[Kind], limit: int = MAX_COLUMNS, file: str = "the file") -> None:
        self.kinds = kinds
        self.limit = limit
        self.file = file
        patterns = [(len(path), index, path) for index, kind in enumerate(kinds) for path in kind.paths]
        # The innermost row takes the leaf; of two kinds at one depth, the first.
        self.patterns = sorted(patterns, key=lambda p: (-p[0], p[1]))
        self.known: dict[Names, _Meaning] = {}
        self.paths: list[dict[Column, str]] = [{} for _ in kinds]
        # Kinds whose rows, where they stand in no other row, repeat a cell of the document: they wait for its end.
        documents = {kind.name for kind in kinds if () in kind.paths}
        self.late = {i for i, kind in enumerate(kinds) if any(of in documents for _, (of, _) in kind.inherit)}
        self.document: Rows = {}
        # Rows of the outermost row that is being read, and which one that is.
        self.current: Rows = {}
        self.around: Key = ((), ())

    def meaning(self, names: Names) -> _Meaning:
        """What the leaves at a path are."""
        if len(self.known) >= _KNOWN:
            self.known.clear()
        index, depth = next(((i, d) for d, i, path in self.patterns if len(names) > d and fits(path, names)), (-1, 0))
        # The outermost row that holds the leaf, the document apart: rows are done with when it ends.
        around = min(((d, i) for d, i, path in self.patterns if 0 < d < len(names) and fits(path, names)), default=(0, -1))
        found = self.known[names] = _Meaning(names, index, depth, 0 if around[1] in self.late else around[0])
        inside = names[depth:]
        if inside[-1:] == ("text()",) and len(inside) > 1:
            inside = inside[:-1]
        kind = self.kinds[index] if index >= 0 else None
        if kind is not None:
            if any(fits(s, inside) for s in kind.skip):
                found.furniture = True
                return found
            for number, pair in enumerate(kind.pairs):
                at = len(pair.at)
                if fits(pair.at, inside):
                    found.pair, found.group = number, depth + at
                    found.tail = inside[at:] if inside[at:] != ("text()",) else ()
                    return found
            for choice in kind.choices:
                at = len(choice)
                if len(inside) > at and fits(choice, inside) and not inside[at].startswith("@") and inside[at] != "text()":
                    # ``*`` stands for the name that is the answer.
                    found.answer = ("/".join((*choice, "name()")), inside[at])
                    inside = (*inside[:at], "*", *inside[at + 1 :])
                    break
        found.furniture = bool(inside) and inside[-1].startswith("@xsi:")
        found.column = Column("/".join(inside) or "text()")
        return found

    def rows(self, blocks: Iterable[list[Part]]) -> Iterator[Row]:
        """Yield rows; those of one outermost row together, the document's own at the end.

        Raises
        ------
        BrokenTree
            Where the leaves break off; rows that are whole were yielded.
        """
        try:
            for block in blocks:
                yield from self._gathered(block)
        except BrokenTree as error:
            if error.whole:
                yield from self._finished(self.current)
            raise
        yield from self._finished(self.current)
        yield from self._finished(self.document)

    def _gathered(self, block: list[Part]) -> Iterator[Row]:
        """Put leaves into their rows; yield rows as soon as their outermost row is done with."""
        known, document, current = self.known, self.document, self.current
        around, around_at = self.around
        for names, places, text in block:
            meaning = known.get(names) or self.meaning(names)
            outer = places[: meaning.outer]
            if outer != around_at or meaning.outer_names != around:
                if current:
                    yield from self._finished(current)
                    current.clear()
                around, around_at = meaning.outer_names, outer
            rows = current if outer else document
            key = (meaning.index, meaning.home, places[: meaning.depth])
            row = rows.get(key)
            if row is None:
                row = rows[key] = Row(meaning.index, key[1:])
            if meaning.answer is not None:
                row.derived.setdefault(*meaning.answer)
            if not text or text.isspace():
                continue
            if meaning.furniture:
                row.structural += 1
            elif meaning.pair >= 0:
                at = meaning.group
                row.groups.setdefault((meaning.pair, names[:at], places[:at]), []).append((meaning.tail, text))
            else:
                self._add(row, meaning.column, text, meaning.column.header, _turn(places[meaning.depth :]))
        self.around = (around, around_at)

    def _add(self, row: Row, column: Column, text: str, path: str, turn: int = 1) -> None:
        """Put a text into the next free column of a header, or further on where it belongs to a later one of several elements."""
        header = column.header
        place = max(row.counts.get(header, 0) + 1, turn)
        row.counts[header] = place
        if place > 1:
            column = Column(header, place)
            path = f"{path}[{place}]"
        row.cells[column] = text
        paths = self.paths[row.kind]
        if column not in paths:
            if len(paths) >= self.limit:
                raise ReadError(f"{self.file} has more than {self.limit:,} different values in its records: it is data, not metadata")
            paths[column] = path

    def _finished(self, rows: Rows) -> Iterator[Row]:
        made = [row for row in rows.values() if row.kind >= 0]
        for row in made:
            kind = self.kinds[row.kind]
            for (number, names, _), parts in row.groups.items():
                self._pair(kind.pairs[number], names, parts, row)
            row.groups.clear()
            for again, first in kind.repeats:
                if Column(again) in row.cells and _says_again(row.cells[Column(again)], row.cells.get(Column(first), "")):
                    del row.cells[Column(again)]
                    row.structural += 1
            if row.key[0]:
                row.derived["name()"] = row.key[0][-1]
        for row in made:
            for header, (of, source) in self.kinds[row.kind].inherit:
                text = self._inherited(row, of, source, rows)
                if text:
                    row.derived[header] = text
        yield from made

    def _inherited(self, row: Row, of: str, header: str, rows: Rows) -> str:
        index = next((i for i, k in enumerate(self.kinds) if k.name == of), -1)
        for depth in range(len(row.key[0]) - 1, -1, -1):
            around = rows.get((index, row.key[0][:depth], row.key[1][:depth]))
            if around is not None:
                return next((t for t in (_cell(around, h) for h in header.split("|")) if t), "")
        return ""

    def _pair(self, pair: Pair, names: Names, parts: list[tuple[Names, str]], row: Row) -> None:
        """Make cells of one entry of names and values."""
        name = ""
        for wanted in pair.names:
            if wanted == ("name()",):
                name = name or names[-1]
                continue
            left = [p for p in parts if p[0] != wanted]
            if len(left) < len(parts):
                # The names are the header of the value, whichever of them is used.
                name = name or next(text for tail, text in parts if tail == wanted).strip()
                row.structural += len(parts) - len(left)
                parts = left
        base = "/".join(pair.at)
        name = name or base
        path = base.replace("*", name) if "*" in base else f"{base}[{name}]"
        place = row.counts.get(name, 0) + 1
        taken = False
        for inside, text in parts:
            tail = "/".join(inside)
            where = f"{path}/{tail}" if tail else path
            part = next((p for p, wanted in pair.companions if inside == wanted), "") if pair.companions else ""
            if inside in pair.values:
                self._add(row, Column(name), text, where)
                row.named.add(name)
                taken = True
            elif part and Column(name, place, part) not in row.cells:
                beside = Column(name, place, part)
                row.cells[beside] = text
                self.paths[row.kind].setdefault(beside, where)
            else:
                header = f"{name} {tail}".strip()
                self._add(row, Column(header), text, where)
                row.named.add(header)
        if taken:
            row.counts[name] = max(place, row.counts.get(name, 0))


def _turn(places: Places) -> int:
    """Which of several elements around it a leaf belongs to; 1 where there is one, no telling, or a long list of them.

    Examples
    --------
    >>> _turn((1, 3, 1)), _turn((1, 1, 2)), _turn((2, 3, 1)), _turn((1, 5000, 1))
    (3, 1, 1, 1)
    """
    later = [place for place in places[:-1] if place > 1]
    return later[0] if len(later) == 1 and later[0] <= _FEW else 1


def _says_again(text: str, said: str) -> bool:
    """Tell whether a text says what another one says, or the day of its moment."""
    return text == said or (bool(text) and said.startswith(f"{text}T"))


def _cell(row: Row, header: str) -> str:
    return row.derived.get(header, "") or row.cells.get(Column(header.strip()), "")
