"""Sheets that hold several blocks: a sheet and the description of its blocks enter, a sheet per part leaves.

Three layouts come down to this: *sections* (blocks under titles on one sheet), *transposed* (keys down the first column, a
record in each further column) and *keyed* lines (``key = value``, a block per record). Every part becomes an ordinary sheet
with a header and rows, so that nothing behind this module needs to know; a :class:`Grid` leads each cell back to where it
stands in the file. Cells between the parts (titles, notes, result matrices) are counted as structure.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from omics_standards.findings import Address, Finding, Issue

from .cells import Chunk, chunk_of
from .header import Layout
from .notes import Notes
from .workbook import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .workbook import Source

__all__ = ["BlockSpec", "Grid", "MatrixSpec", "PartSpec", "as_example", "cut", "has_signs", "has_title"]

# Rows in which the signs of a layout are looked for: titles stand below a few lines of advice.
_SIGNS: Final = 150
_CHUNK: Final = 512


class PartSpec(NamedTuple):
    """What belongs to one part.

    Attributes
    ----------
    table
        Name of the part.
    shape
        ``rows``: a header and rows below it. ``keys``: lines of a key and its value(s), a record per block. ``columns``:
        lines of a key and one value per record.
    titles
        What the first cell of a block looks like; its named groups are cells of the block's record.
    lines
        What the first cell of a line looks like that belongs here wherever it stands; its group ``key`` names the column.
    headers
        Header of rows that have none.
    whole
        True where all blocks of the part make one record.
    carry
        (header, part, key): a value of a part of one record that every row repeats; it is counted where it stands. Where the part
        comes several times, what is below one of them repeats its value.
    """

    table: str
    shape: str
    titles: tuple[re.Pattern[str], ...] = ()
    lines: tuple[re.Pattern[str], ...] = ()
    headers: tuple[str, ...] = ()
    whole: bool = False
    carry: tuple[tuple[str, str, str], ...] = ()


class MatrixSpec(NamedTuple):
    """The lines around a table of results, which is data and not metadata.

    ``part``: where its shape is recorded, under the headers ``file``, ``line``, ``rows`` and ``columns``; '' for nowhere.
    """

    begin: re.Pattern[str]
    end: re.Pattern[str]
    part: str = ""


class BlockSpec(NamedTuple):
    """How a sheet is cut.

    Attributes
    ----------
    signs
        Each of these must match the first cell of one of the leading rows.
    notes
        What the first cell of a row of advice looks like.
    separator
        How a key and its value stand in one cell (groups ``key`` and ``value``); None where they have a cell each.
    pairs
        Keys whose cells hold ``name: value``, and what stands between the two; the name joins the key in brackets.
    """

    signs: tuple[re.Pattern[str], ...]
    parts: tuple[PartSpec, ...]
    notes: tuple[re.Pattern[str], ...] = ()
    separator: re.Pattern[str] | None = None
    pairs: tuple[tuple[re.Pattern[str], str], ...] = ()
    matrices: tuple[MatrixSpec, ...] = ()


class Grid:
    """Where the cells of a part stand in the file.

    Parameters
    ----------
    part
        Name of the part, which tells its unnamed records from those of other parts.
    places
        Row of the part → its cells' (row, column) in the file; a row that is absent stands where it stands.
    shift
        Columns to the left of the part.
    carried
        0-based columns that repeat a cell of another part.
    at
        Where each carried cell stands.
    """

    __slots__ = ("at", "carried", "keyed", "part", "places", "shift")

    def __init__(
        self,
        part: str,
        places: dict[int, list[tuple[int, int] | None]] | None = None,
        shift: int = 0,
        carried: frozenset[int] = frozenset(),
        at: dict[int, tuple[int, int]] | None = None,
    ) -> None:
        self.part = part
        # Lines of a key and a value: then a header that comes twice is a key that was given twice.
        self.keyed = places is not None
        self.places = places or {}
        self.shift = shift
        self.carried = carried
        self.at = at or {}

    def place(self, row: int, column: int) -> tuple[int, int]:
        """Return row and column in the file of a cell of the part (both from 1)."""
        if column - 1 in self.at:
            return self.at[column - 1]
        cells = self.places.get(row)
        if cells is None:
            return row, column + self.shift
        known = cells[column - 1] if 0 < column <= len(cells) else None
        return known or next((c for c in cells if c), (row, column))


class _Cell(NamedTuple):
    row: int
    column: int
    text: str


class _Block:
    """The lines of one block in the making."""

    __slots__ = ("cells", "header_row", "left", "right", "runs", "spec")

    def __init__(self, spec: PartSpec, row: int, left: int, right: int) -> None:
        self.spec = spec
        self.left = left
        self.right = right
        self.header_row = row if spec.headers else 0
        self.runs: list[list[int]] = []
        """First and last row of each run of data rows."""
        self.cells: list[tuple[str, _Cell, int]] = []
        """Key, cell, and number of the record within the block."""


def has_signs(sheet: Sheet, spec: BlockSpec) -> bool:
    """Tell whether the leading rows of a sheet bear all signs of a layout."""
    firsts = [next((c.strip() for c in cells if c.strip()), "") for _, cells in sheet.preview(_SIGNS)]
    return bool(spec.signs) and all(any(sign.search(text) for text in firsts) for sign in spec.signs)


def has_title(sheet: Sheet, spec: BlockSpec) -> bool:
    """Tell whether a row of a sheet begins a block."""
    firsts = [next((c.strip() for c in cells if c.strip()), "") for _, cells in sheet.preview(_SIGNS)]
    return any(t.search(text) for text in firsts for p in spec.parts for t in p.titles)


class _Cutter:
    """One pass over a sheet."""

    def __init__(self, sheet: Sheet, spec: BlockSpec) -> None:
        self.sheet = sheet
        self.spec = spec
        self.blocks: list[_Block] = []
        self.open: list[_Block] = []
        self.by_line: dict[str, _Block] = {}
        self.structural = 0
        self.matrix: MatrixSpec | None = None
        self.matrix_row = 0
        self.shape = (0, 0)
        self.comments: list[tuple[int, str]] = []
        self.findings: list[Finding] = []
        self.stray: list[int] = []

    def run(self) -> None:
        """Give every filled cell its block, or count it as structure."""
        notes = Notes(self.sheet.file, self.sheet.name)
        number = 0
        for rows, blanks in self.sheet.chunks(notes):
            for row, blank in zip(rows, blanks, strict=True):
                number += 1
                if blank < len(row):
                    self._row(number, row, len(row) - blank)
        self.findings += notes.findings()
        if self.matrix is not None:
            self._say(
                "block-unclosed",
                self.matrix_row,
                f"a line like {self.matrix.end.pattern!r} at the end of the matrix",
                "look whether the file was cut short; the rest of it was taken for results",
            )
            self._measured()
        if self.stray:
            self._say(
                "line-stray",
                self.stray[0],
                "a line of one of the format's blocks",
                "put the line under the title of its block",
                len(self.stray),
            )

    def _measured(self) -> None:
        """Record the shape of a matrix whose end was met."""
        assert self.matrix is not None
        part = next((p for p in self.spec.parts if self.matrix is not None and p.table == self.matrix.part), None)
        if part is not None:
            block = _Block(part, self.matrix_row, 1, 1)
            facts = {"file": self.sheet.file, "line": str(self.matrix_row), "rows": str(self.shape[0]), "columns": str(self.shape[1])}
            block.cells = [(key, _Cell(self.matrix_row, 1, text), -1) for key, text in facts.items()]
            self.blocks.append(block)
        self.matrix = None

    def _say(self, code: str, row: int, expected: str, fix: str, count: int = 1) -> None:
        from dataclasses import replace

        found = Issue(code, expected, fix).at(Address(self.sheet.file, self.sheet.name, row, 1))
        self.findings.append(replace(found, count=count))

    def _row(self, number: int, row: list[str], filled: int) -> None:
        column = next(i for i, c in enumerate(row, 1) if c)
        first = row[column - 1].strip()
        if self.matrix is not None:
            self.structural += filled
            if self.matrix.end.search(first):
                self._measured()
            else:
                self.shape = (self.shape[0] + 1, max(self.shape[1], len(row)))
            return
        begun = next((m for m in self.spec.matrices if m.begin.search(first)), None)
        if begun is not None:
            self.matrix, self.matrix_row, self.shape = begun, number, (0, 0)
            self.structural += filled
        elif self._title(number, row):
            return
        elif not self._line(number, row, first):
            if any(p.search(first) for p in self.spec.notes):
                self.structural += filled
                if len(self.comments) < 100:
                    self.comments.append((number, first))
            elif self.open:
                self._content(number, row)
            else:
                self.stray.append(number)
                self.structural += filled

    # --- titles ------------------------------------------------------------------------------------------------------

    def _title(self, number: int, row: list[str]) -> bool:
        opened: list[tuple[int, PartSpec, re.Match[str]]] = []
        for column, text in enumerate(row, 1):
            if not text:
                continue
            hit = next(((p, m) for p in self.spec.parts for t in p.titles if (m := t.search(text.strip()))), None)
            if hit is None and not opened:
                return False
            if hit is None:
                self.structural += 1
            else:
                opened.append((column, *hit))
        self.open = []
        for (column, part, match), after in zip(opened, [*(c for c, _, _ in opened[1:]), 1 << 20], strict=True):
            # The first title opens the width from the first column on, also where it stands further right.
            block = _Block(part, number, column if self.open else 1, after - 1)
            self.open.append(block)
            self.blocks.append(block)
            said = [(k, v) for k, v in match.groupdict().items() if v]
            for i, (key, value) in enumerate(said):
                # The title is one cell, whatever it says: its first word is counted, others are carried.
                block.cells.append((key, _Cell(number, column, value), 0 if i == 0 else -1))
            self.structural += not said
        return True

    # --- lines -------------------------------------------------------------------------------------------------------

    def _line(self, number: int, row: list[str], first: str) -> bool:
        hit = next(((p, m) for p in self.spec.parts for t in p.lines if (m := t.search(first))), None)
        if hit is None:
            return False
        part, named = hit
        block = next((b for b in self.open if b.spec is part), None) or self.by_line.get(part.table)
        if block is None:
            block = self.by_line[part.table] = _Block(part, number, 1, 1 << 20)
            self.blocks.append(block)
        self._keyed(block, number, row, named.groupdict().get("key"))
        return True

    def _content(self, number: int, row: list[str]) -> None:
        for block in self.open:
            cells = row[block.left - 1 : block.right]
            if not any(cells):
                continue
            if block.spec.shape == "rows":
                if not block.header_row:
                    block.header_row = number
                elif block.runs and block.runs[-1][1] == number - 1:
                    block.runs[-1][1] = number
                else:
                    block.runs.append([number, number])
            else:
                self._keyed(block, number, [""] * (block.left - 1) + cells)

    def _keyed(self, block: _Block, number: int, row: list[str], key: str | None = None) -> None:
        cells = [_Cell(number, i, c) for i, c in enumerate(row, 1) if c]
        hit = self.spec.separator.match(cells[0].text) if self.spec.separator else None
        if hit is not None:
            key, value = hit["key"].strip(), hit["value"].strip()
            if value:
                block.cells.append((key, cells[0]._replace(text=value), 0))
            else:
                self.structural += 1
        else:
            key = cells[0].text.strip() if key is None else key
            self.structural += 1
        for cell in cells[1:]:
            place = cell.column - cells[0].column - 1 if block.spec.shape == "columns" else 0
            block.cells.append((key, cell, place))


def as_example(sheet: Sheet) -> Sheet:
    """Return a sheet that shows how to fill in another one: all its cells are structure."""
    count = sum(sum(map(len, chunk.rows)) - sum(chunk.blanks) for chunk in sheet.chunks(Notes()))
    empty = Layout(0, (), (), (), 1, 0)
    return Sheet(sheet.source, [], empty, file=sheet.file, name=sheet.name, index=sheet.index, reason="example", structural=count)


class _Slice:
    """The rows of a block, at their numbers; rows outside are blank."""

    delimited = False

    def __init__(self, source: Source, block: _Block, more: Sequence[str]) -> None:
        self._source = source
        self._block = block
        self._more = list(more)

    def merged(self, row: int) -> list[tuple[int, int]]:  # noqa: ARG002 - a part of a sheet
        """Return nothing: what spans the cells of a part belongs to the sheet."""
        return []

    def spans(self) -> list[tuple[int, int, int, int]]:
        """Return nothing, as :meth:`merged` does."""
        return []

    def chunks(self, notes: Notes) -> Iterator[Chunk]:  # noqa: ARG002 - noted when the sheet was cut
        """Yield the rows."""
        block, number = self._block, 0
        runs = [*reversed(block.runs)]
        for chunk in self._source.chunks(Notes()):
            rows: list[list[str]] = []
            for row in chunk.rows:
                number += 1
                while runs and runs[-1][1] < number:
                    runs.pop()
                inside = bool(runs) and runs[-1][0] <= number
                cells = row[block.left - 1 : block.right] if inside else []
                if self._more and any(cells):
                    cells = [*self._more, *cells]
                rows.append(cells)
            yield chunk_of(rows)
            if not runs:
                return


class _Gathered:
    """Rows that were gathered from lines."""

    delimited = False

    def __init__(self, rows: list[list[str]]) -> None:
        self._rows = rows

    def merged(self, row: int) -> list[tuple[int, int]]:  # noqa: ARG002 - there are none
        """Return nothing: lines have no merged cells."""
        return []

    def spans(self) -> list[tuple[int, int, int, int]]:
        """Return nothing, as :meth:`merged` does."""
        return []

    def chunks(self, notes: Notes) -> Iterator[Chunk]:  # noqa: ARG002 - noted when the sheet was cut
        """Yield the rows, copied, since their cells may be changed."""
        for start in range(0, len(self._rows), _CHUNK):
            yield chunk_of([list(row) for row in self._rows[start : start + _CHUNK]])


class _Table:
    """Records under construction: a column per key and repeat of it."""

    def __init__(self) -> None:
        self.columns: dict[tuple[str, int], int] = {}
        self.records: list[dict[int, _Cell]] = []
        self.uncounted: set[int] = set()

    def add(self, spec: BlockSpec, cells: Sequence[tuple[str, _Cell, int]], carried: Sequence[tuple[str, _Cell]] = ()) -> None:
        """Take over the cells of a block, or of all blocks of a part that make one record, and what each of its records repeats."""
        made: dict[int, dict[int, _Cell]] = {}
        seen: Counter[tuple[int, str]] = Counter()
        for key, cell, place in cells:
            name, text = _paired(spec, key, cell.text)
            record = max(place, 0)
            again = seen[record, name]
            seen[record, name] += 1
            column = self.columns.setdefault((name, again), len(self.columns))
            if place < 0:
                self.uncounted.add(column)
            made.setdefault(record, {})[column] = cell._replace(text=text)
        for header, cell in carried:
            column = self.columns.setdefault((header, 0), len(self.columns))
            self.uncounted.add(column)
            for record_cells in made.values():
                record_cells[column] = cell
        self.records += [made[number] for number in sorted(made)]


def _paired(spec: BlockSpec, key: str, text: str) -> tuple[str, str]:
    for pattern, between in spec.pairs:
        if pattern.search(key):
            name, found, value = text.partition(between)
            if found and name.strip() and value.strip():
                return f"{key}[{name.strip()}]", value.strip()
    return key, text


def cut(sheet: Sheet, spec: BlockSpec) -> list[tuple[str, Sheet]]:
    """Cut a sheet into its parts.

    Parameters
    ----------
    sheet
        A sheet that bears the signs of the layout.
    spec
        How it is cut.

    Returns
    -------
    list of (str, Sheet)
        Name of the part and its sheet, in the order of the file; last, under the name '', what belongs to no part.

    Findings
    --------
    block-unclosed, line-stray, on the last sheet.
    """
    cutter = _Cutter(sheet, spec)
    cutter.run()
    tables: dict[str, _Table] = {}
    order: list[tuple[PartSpec, _Block | None]] = []
    for part in spec.parts:
        mine = [b for b in cutter.blocks if b.spec is part]
        if part.shape == "rows":
            order += [(part, b) for b in mine]
        elif mine:
            table = tables[part.table] = _Table()
            if part.whole:
                table.add(spec, [c for b in mine for c in b.cells])
            for one in mine if not part.whole else ():
                if one.cells:
                    table.add(spec, one.cells, _carried_below(part, one, cutter.blocks))
            order.append((part, None))
    found: list[tuple[str, Sheet]] = []
    structural = cutter.structural
    for part, block in order:
        carried = _carried(part, tables)
        if block is not None:
            made = _sliced(sheet, block, carried)
            if made is None:
                continue
            found.append((part.table, made))
        elif tables[part.table].records:
            found.append((part.table, _gathered(sheet, part, tables[part.table], carried)))
    rest = Sheet(_Gathered([]), [], Layout(0, (), (), tuple(cutter.comments), 1, 0), file=sheet.file, name=sheet.name, index=sheet.index)
    rest.kind, rest.structural = "skipped", structural
    rest.stand(cutter.findings)
    return [*found, ("", rest)]


def _carried_below(part: PartSpec, block: _Block, blocks: Sequence[_Block]) -> list[tuple[str, _Cell]]:
    """What the records of a block repeat of the block above it, where its part comes several times."""
    found = []
    for header, source, key in part.carry:
        above = [b for b in blocks if b.spec.table == source and b.cells]
        if len(above) > 1:
            before = above[: sum(blocks.index(b) < blocks.index(block) for b in above)]
            cell = next((c for name, c, _ in before[-1].cells if name == key), None) if before else None
            if cell is not None:
                found.append((header, cell))
    return found


def _carried(part: PartSpec, tables: dict[str, _Table]) -> list[tuple[str, _Cell]]:
    found = []
    for header, source, key in part.carry:
        table = tables.get(source)
        column = table.columns.get((key, 0)) if table else None
        if table is not None and column is not None and len(table.records) == 1 and column in table.records[0]:
            found.append((header, table.records[0][column]))
    return found


def _sliced(sheet: Sheet, block: _Block, carried: list[tuple[str, _Cell]]) -> Sheet | None:
    if not block.header_row:
        return None
    if block.spec.headers:
        own = block.spec.headers
        structural = 0
    else:
        row = sheet.row(block.header_row)[block.left - 1 : block.right]
        width = max((i for i, c in enumerate(row, 1) if c.strip()), default=0)
        own = tuple(c.strip() for c in row[:width])
        structural = sum(map(bool, own))
    # Carried columns stand in front: a row may be longer than its header.
    headers = (*(h for h, _ in carried), *own)
    at = {i: (c.row, c.column) for i, (_, c) in enumerate(carried)}
    grid = Grid(block.spec.table, None, block.left - 1 - len(carried), frozenset(at), at)
    source = _Slice(sheet.source, block, [c.text for _, c in carried])
    layout = Layout(block.header_row, headers, (), (), block.header_row + 1, structural)
    part = Sheet(source, [], layout, file=sheet.file, name=sheet.name, index=sheet.index)
    part.grid = grid
    return part


def _gathered(sheet: Sheet, part: PartSpec, table: _Table, carried: list[tuple[str, _Cell]]) -> Sheet:
    width = len(table.columns)
    headers = tuple(name for name, _ in table.columns)
    rows: list[list[str]] = [[*headers, *(h for h, _ in carried)]]
    places: dict[int, list[tuple[int, int] | None]] = {}
    first: list[tuple[int, int] | None] = [None] * width
    for number, record in enumerate(table.records, 2):
        cells = [record.get(i) for i in range(width)]
        rows.append([*(c.text if c else "" for c in cells), *(c.text for _, c in carried)])
        places[number] = [(c.row, c.column) if c else None for c in cells]
        first = [f or ((c.row, 1) if c else None) for f, c in zip(first, cells, strict=True)]
    places[1] = first
    columns = frozenset(range(width, len(rows[0]))) | frozenset(table.uncounted)
    at = {width + i: (c.row, c.column) for i, (_, c) in enumerate(carried)}
    made = Sheet(_Gathered(rows), [], Layout(1, tuple(rows[0]), (), (), 2, 0), file=sheet.file, name=sheet.name, index=sheet.index)
    made.grid = Grid(part.table, places, 0, columns, at)
    return made
