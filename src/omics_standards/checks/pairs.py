"""Columns that say the same thing twice and contradict each other: sample and file names, checksums and files, headers alike."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Final

from ..findings import Issue
from .unique import repeated
from .watch import Detector, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..findings import Finding
    from ..mapping.plan import Plan
    from .watch import Columns, View, WatchedColumn

__all__ = ["checksums", "headers_alike", "names_and_files"]

# --- sample names in file names ---------------------------------------------------------------------------------------

# Rows that are remembered (some 300 bytes each): a table whose names were swapped shows it in its first rows.
_ROWS: Final = 2_048
# Share of the rows whose file carries a sample's name from which on file names are known to be made of sample names.
_SHARE: Final = 0.6
_LEAST: Final = 3
# Shorter names, and such without a digit, stand in file names by chance.
_SHORTEST: Final = 3
_BETWEEN: Final = re.compile(r"[^a-z0-9]+")
_ENDS: Final = re.compile(r"(?:[_.-](?:r?[12]|read[12]|l00\d|s\d+|00\d))*(?:\.[a-z0-9]{1,8}){1,3}$")


def _words(text: str) -> tuple[str, ...]:
    return tuple(w for w in _BETWEEN.split(text.casefold()) if w)


class NamesAndFiles(Detector):
    """Looks for rows whose file carries the name of the sample of another row."""

    def __init__(self, plan: Plan, name: WatchedColumn, files: Sequence[WatchedColumn]) -> None:
        self._plan = plan
        self._name = name
        self._files = files
        self._rows: list[tuple[int, str, WatchedColumn, str]] = []

    def see(self, view: View) -> None:
        """Look at a batch."""
        if len(self._rows) >= _ROWS:
            return
        names = view.columns[self._name.column]
        for seen in self._files:
            files = view.columns[seen.column]
            self._rows += [(r, n, seen, f) for r, n, f in zip(view.numbers, names, files, strict=True) if n and f]

    def findings(self) -> Iterator[Finding]:
        """Tell all contradicting rows at once.

        Findings
        --------
        names-contradict
        """
        names: dict[tuple[str, ...], str] = {}
        for _, name, _, _ in self._rows:
            names.setdefault(_words(name), name)
        names = {w: n for w, n in names.items() if len("".join(w)) >= _SHORTEST and any(c.isdigit() for c in n)}
        # A file of several samples (a pool, a plate) belongs to none of them alone.
        shared = Counter(f for f, _ in {(f, n) for _, n, _, f in self._rows})
        longest = max(map(len, names), default=0)
        own, other, rows = 0, [], 0
        for row, name, seen, file in self._rows:
            words = _words(name)
            if shared[file] > 1 or words not in names:
                continue
            rows += 1
            said = _named_in(_words(file.rpartition("/")[2]), names, longest)
            if words in said or _within(words, _words(file)):
                own += 1
            elif len(said) == 1:
                other.append((row, name, seen, file, names[next(iter(said))]))
        if rows and len(other) >= _LEAST and own + len(other) >= _SHARE * rows:
            row, name, seen, file, meant = other[0]
            issue = Issue(
                "names-contradict",
                f"a file of {name!r} beside {name!r}, as in {own} other rows; {file!r} carries the name of {meant!r}"
                if own
                else f"a file of {name!r} beside {name!r}; {file!r} carries the name of {meant!r}",
                "look whether one of the two columns was sorted without the other, and bring names and files together again",
            )
            yield told(self._plan, seen, issue, sorted({r for r, *_ in other}), file)


def _within(words: tuple[str, ...], file: tuple[str, ...]) -> bool:
    """Tell whether a name stands in a file name in whatever way it is cut into words there."""
    return "".join(words) in "".join(file)


def _named_in(file: tuple[str, ...], names: dict[tuple[str, ...], str], longest: int) -> set[tuple[str, ...]]:
    """The longest of the names that a file name carries, word for word; several where they are equally long.

    Examples
    --------
    >>> known = {("c1", "fwb", "start"): "", ("c1", "fwb"): "", ("d2",): ""}
    >>> _named_in(("c1", "fwb", "start", "1", "fq", "gz"), known, 3), _named_in(("x", "1"), known, 3)
    ({('c1', 'fwb', 'start')}, set())
    """
    for length in range(min(longest, len(file)), 0, -1):
        found = {file[i : i + length] for i in range(len(file) - length + 1)} & names.keys()
        if found:
            return found
    return set()


def names_and_files(columns: Columns) -> Iterator[NamesAndFiles]:
    """Make the detector of a sheet that has one column of sample names, and files."""
    names = [s for s in columns.seen if s.name == "name" and s.cls in ("Biosample", "Material") and s.part == "value"]
    files = [s for s in columns.seen if s.name == "file_name" and s.part == "value"]
    if names and files:
        yield NamesAndFiles(columns.plan, names[0], files)


# --- checksums --------------------------------------------------------------------------------------------------------

# Hexadecimal digits of an MD5, the shortest.
_DIGITS: Final = 32


class Checksums(Detector):
    """Looks for one checksum beside two files: twelve bytes a file; names are looked up where a checksum came twice."""

    def __init__(self, plan: Plan, pairs: Sequence[tuple[WatchedColumn, WatchedColumn]]) -> None:
        self._plan = plan
        self._pairs = pairs
        self._sums = [array("q") for _ in pairs]
        self._rows: list[list[Sequence[int]]] = [[] for _ in pairs]

    def see(self, view: View) -> None:
        """Look at a batch."""
        for i, (checksum, _) in enumerate(self._pairs):
            sums = view.columns[checksum.column]
            # Words for absence are shorter than any checksum.
            if len("".join(sums)) != _DIGITS * len(sums):
                chosen = [k for k, text in enumerate(sums) if len(text) >= _DIGITS]
                self._sums[i].extend(hash(sums[k]) for k in chosen)
                self._rows[i].append(array("I", (view.numbers[k] for k in chosen)))
            else:
                self._sums[i].extend(map(hash, sums))
                self._rows[i].append(view.numbers)

    def findings(self) -> Iterator[Finding]:
        """Tell each checksum that stands beside several files once.

        Findings
        --------
        checksum-duplicate
        """
        again = repeated(self._sums[0] if len(self._sums) == 1 else array("q", chain.from_iterable(self._sums)))
        if not again:
            return
        places: dict[int, list[tuple[int, int]]] = {}
        for i, (sums, rows) in enumerate(zip(self._sums, self._rows, strict=True)):
            for checksum, row in zip(sums, chain.from_iterable(rows), strict=True):
                if checksum in again:
                    places.setdefault(checksum, []).append((row, i))
        twice = {c: sorted(where) for c, where in places.items()}
        names = self._names({row for where in twice.values() for row, _ in where})
        for where in twice.values():
            if len({names.get(place) for place in where}) > 1:
                yield self._told(where)

    def _names(self, rows: set[int]) -> dict[tuple[int, int], str]:
        """Names of the files of some rows, by row and pair: read again, since hardly a table needs them."""
        sheet = self._plan.env.sheet
        found = {}
        for batch in sheet.with_header(sheet.header_row).batches() if sheet is not None else ():
            for number, cells in zip(batch.numbers, batch.rows, strict=True):
                if number in rows:
                    found.update({(number, i): cells[file.column] for i, (_, file) in enumerate(self._pairs) if file.column < len(cells)})
        return found

    def _told(self, where: Sequence[tuple[int, int]]) -> Finding:
        cells = ", ".join(self._plan.address(row, self._pairs[i][0].column).cell for row, i in where[:4])
        cells += ", …" if len(where) > 4 else ""
        expected = f"a checksum of its own for each file; {cells} hold the same one beside different files"
        fix = "compute the checksums again; if they are right, the files are copies of one another"
        first = where[0][1]
        return told(self._plan, self._pairs[first][0], Issue("checksum-duplicate", expected, fix), sorted({r for r, _ in where}))


def checksums(columns: Columns) -> Iterator[Checksums]:
    """Make the detector of a sheet that names files and their checksums."""
    files = {s.role: s for s in columns.seen if s.name == "file_name" and s.part == "value"}
    pairs = [(s, files[s.role]) for s in columns.seen if s.name in ("md5", "sha256") and s.part == "value" and s.role in files]
    if pairs:
        yield Checksums(columns.plan, pairs)


# --- headers ----------------------------------------------------------------------------------------------------------

_SEPARATORS: Final = re.compile(r"[\s_.-]+")


class HeadersAlike(Detector):
    """Says of headers that differ by nothing but case, blanks or punctuation."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def findings(self) -> Iterator[Finding]:
        """Tell it on the second of the two.

        Findings
        --------
        header-alike
        """
        first: dict[str, int] = {}
        plan = self._plan
        duplicate = {f.address.column for f in plan.findings if f.code == "header-duplicate"}
        for column, header in enumerate(plan.headers):
            # A star marks a column as mandatory.
            spelt = header.strip(" *")
            form = _SEPARATORS.sub(" ", spelt.casefold())
            other = first.setdefault(form, column) if form else column
            known = plan.headers[other]
            at = plan.address(plan.header_row or None, column)
            if known.strip(" *") != spelt and at.column not in duplicate:
                place = plan.address(plan.header_row or None, other).cell
                expected = f"headers that differ in more than case and punctuation; {known!r} stands in {place}"
                issue = Issue("header-alike", expected, "join the two columns, or name them for what they hold")
                yield issue.at(at, value=header, header=header)


def headers_alike(columns: Columns) -> Iterator[HeadersAlike]:
    """Make the detector of a table; the names in a tree are no headers that a person wrote."""
    if columns.plan.source.paths is None:
        yield HeadersAlike(columns.plan)
