"""Sheets of text cells with addresses: a source of rows enters, batches of data rows and an account of the rest leave.

The types of this module know neither files nor formats: :class:`Sheet` works over any :class:`Source`. No biology, no
guessing: ``007`` stays ``007``, ``NA`` stays ``NA``, a repeated header stays repeated.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from omics_standards.findings import CODES, Address, Finding, Issue

from .header import Layout, Row, lay_out
from .notes import Notes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .blocks import Grid
    from .cells import Chunk
    from .trees import Tree

__all__ = ["Batch", "Sheet", "Source", "Workbook", "first_rows"]

# Rows of a batch unless the caller says otherwise. 1,024 rows of 30 columns are about 2 MB: they stay in a
# processor's cache between reading and use, which is a fifth faster than 4,096.
_BATCH = 1024

# Delimited text whose rows end early in at least this share of cases was written by a program that leaves trailing
# blanks out.
_TRIMMED_SHARE = 0.2


class Source(Protocol):
    """Where a sheet's rows come from; may be read any number of times."""

    delimited: bool
    """True where a row may be shorter than another, as in delimited text."""

    def chunks(self, notes: Notes) -> Iterator[Chunk]:
        """Yield all rows from row 1 on, without gaps, and note what the cells have to say."""
        ...

    def merged(self, row: int) -> list[tuple[int, int]]:
        """Return the merged cells of a row as (first column, last column), counted from 1."""
        ...

    def spans(self) -> list[tuple[int, int, int, int]]:
        """Return all merged cells as (first row, first column, last row, last column), counted from 1."""
        ...


@dataclass(slots=True)
class Batch:
    """Data rows of a sheet.

    Attributes
    ----------
    rows
        Cells as text, all rows of one width, at least that of the headers. A cell of white space is ''; any other
        text is exact.
    numbers
        The number of each row as a spreadsheet shows it; a range where no row was left out.
    """

    rows: list[list[str]]
    numbers: Sequence[int]
    _columns: list[tuple[str, ...]] | None = field(default=None, repr=False, compare=False)

    @property
    def columns(self) -> list[tuple[str, ...]]:
        """The same cells by column; made once, for all who look at columns."""
        if self._columns is None:
            self._columns = list(zip(*self.rows, strict=True))
        return self._columns

    def __reduce__(self) -> tuple[object, ...]:
        # The other process turns the rows itself: to send them twice takes longer.
        return (Batch, (self.rows, self.numbers))


class Sheet:
    """One sheet of a workbook, or a delimited text.

    Attributes
    ----------
    name
        '' for delimited text.
    index
        Position in the workbook, 0 for the first.
    kind
        ``table``, or ``skipped`` where the sheet clearly holds no records.
    reason
        Why it is skipped: ``hidden``, ``empty``, ``instructions``, ``vocabulary``, ``chart``,
        ``example``, ``report`` (our own findings, of which nothing is said); '' for a table.
    header_row
        Number of the header's row; 0 for a skipped sheet, and where :meth:`with_header` was told that there is none.
    headers
        The header's texts without surrounding blanks, repeated ones repeated; blank ones at the end are left out.
    band
        Texts of the row above the header that groups columns, spread over the columns they stand for; () where there
        is none.
    structural
        Non-blank cells outside the data rows; of a skipped sheet, all.
    comments
        Row and text of the first 100 comment rows, and of other rows above the header.
    grid
        Where the cells stand in the file, for a part that was cut out of a sheet; None where they stand where they stand.
    """

    tree = False
    """True where addresses of cells are paths."""

    __slots__ = (
        *("_counted", "_file", "_head", "_last", "_notes", "_source", "_standing"),
        *("band", "comments", "data_row", "grid", "header_row", "headers", "index", "kind", "name", "reason", "structural"),
    )

    def __init__(
        self,
        source: Source,
        head: Sequence[Row],
        layout: Layout,
        *,
        file: str,
        name: str = "",
        index: int = 0,
        reason: str = "",
        structural: int | None = None,
        last: int | None = None,
    ) -> None:
        self._last = last
        self._source = source
        self._head = head
        self._file = file
        self.name = name
        self.index = index
        self.kind = "skipped" if reason else "table"
        self.reason = reason
        self.header_row = 0 if reason else layout.header_row
        self.headers = () if reason else layout.headers
        self.band = () if reason else layout.band
        self.comments = layout.comments
        self.data_row = layout.data_row
        self.structural = layout.structural if structural is None else structural
        self.grid: Grid | None = None
        self._counted = 0
        self._notes = Notes(file, name)
        self._standing: list[Finding] = []
        if reason and reason != "report":
            self._stand("sheet-skipped", reason, _SKIPPED.get(reason, ""))
        elif layout.doubtful:
            self._stand(
                "header-doubtful",
                "a row of short, distinct texts above the rows of data",
                "name each column in one row above the data",
                layout.header_row,
            )

        if not reason:
            self._merged_data()

    def _merged_data(self) -> None:
        """Say where cells of the data are merged: the rows below the first are blank, whatever the screen shows."""
        spans = [s for s in self._source.spans() if s[0] > self.header_row and self.header_row]
        if spans:
            shown = ", ".join(f"{Address(row=a, column=b).cell}:{Address(row=c, column=d).cell}" for a, b, c, d in spans[:5])
            issue = Issue(
                "cells-merged",
                "a value in each cell",
                f"unmerge {shown}{' and more' if len(spans) > 5 else ''}, and fill each cell: only the first one of each holds the text",
            )
            found = issue.at(Address(self._file, self.name, spans[0][0], spans[0][1]))
            self._standing.append(replace(found, count=len(spans)))

    def _stand(self, code: str, expected: str, fix: str, row: int | None = None) -> None:
        place = Address(self._file, self.name, row)
        self._standing.append(Finding(code, CODES[code].severity, (place,), expected=expected, fix=fix))

    def rename_file(self, name: str) -> None:
        """Give the file another name in addresses."""
        self._file = name
        self._notes = Notes(name, self.name)
        self._standing = [f.in_file(name) for f in self._standing]

    @property
    def file(self) -> str:
        """Name of the file, as addresses say it."""
        return self._file

    @property
    def source(self) -> Source:
        """Where the rows come from."""
        return self._source

    def chunks(self, notes: Notes) -> Iterator[Chunk]:
        """Yield all rows from row 1 on, whatever they hold, and note what their cells have to say."""
        return self._source.chunks(notes)

    def row(self, number: int) -> list[str]:
        """Return one row as it stands; [] where there is none."""
        rows = self._head if number <= len(self._head) else first_rows(self._source, number)
        return list(rows[number - 1][1]) if 0 < number <= len(rows) else []

    def stand(self, findings: Sequence[Finding]) -> None:
        """Add findings on the sheet as a whole."""
        self._standing += findings

    @property
    def cells(self) -> int:
        """Non-blank cells met so far, structural ones included; complete once :meth:`batches` is exhausted."""
        return self.structural + self._counted

    @property
    def findings(self) -> list[Finding]:
        """What was found in the sheet; complete once :meth:`batches` is exhausted, begun anew by its next call."""
        return self._standing + self._notes.findings(self.headers, self.header_row)

    def batches(self, size: int = _BATCH) -> Iterator[Batch]:
        """Read the data rows in order.

        Parameters
        ----------
        size
            The largest number of rows of a batch.

        Yields
        ------
        Batch
            At least one row each; rows without a non-blank cell are left out. Nothing for a skipped sheet.

        Raises
        ------
        ReadError
            Where the file turns out to be unreadable further down.

        Findings
        --------
        row-too-long, row-too-short, columns-shifted, and those of the cells: formula-error, formula-text,
        encoding-damaged, too-long, date-precision-unknown, display-hides, quote-unclosed, formula-unsaved.

        Examples
        --------
        >>> from omics_standards.tables import from_rows
        >>> sheet = from_rows(["id", "age"], [["S1", "7"], ["", " "], ["S2", ""]]).sheets[0]
        >>> [(batch.rows, list(batch.numbers)) for batch in sheet.batches()]
        [([['S1', '7'], ['S2', '']], [2, 4])]
        >>> sheet.cells, sheet.structural
        (5, 2)
        >>> list(from_rows(["id"], []).sheets[0].batches())
        []
        """
        if self.kind == "skipped":
            return
        self._counted = 0
        self._notes = notes = Notes(self._file, self.name)
        rows = _DataRows(self, notes)
        for batch in _gathered(rows.shaped(self._source.chunks(notes)), len(self.headers), size):
            if self.grid is not None and self.grid.carried:
                # Carried cells are counted where they stand.
                self._counted -= sum(bool(row[c]) for row in batch.rows for c in self.grid.carried)
            yield batch
        rows.finish(self._source.delimited)

    def preview(self, n: int = 20) -> list[tuple[int, list[str]]]:
        """Return the first ``n`` rows as they stand, each with its number; shorter where the sheet is."""
        rows = self._head if n <= len(self._head) else first_rows(self._source, n)
        return [(number, list(cells)) for number, cells in rows[:n]]

    def with_header(self, row: int) -> Sheet:
        """Return the same sheet read with another header row.

        Parameters
        ----------
        row
            Number of the row as a spreadsheet shows it; 0 where all rows are data.

        Raises
        ------
        ValueError
            Where the sheet has no such row.

        Examples
        --------
        >>> from omics_standards.tables import from_rows
        >>> sheet = from_rows(["sample", "age"], [["name", "years"], ["S1", "7"]]).sheets[0]
        >>> sheet.with_header(2).headers
        ('name', 'years')
        >>> sheet.with_header(9)
        Traceback (most recent call last):
        ...
        ValueError: sheet '' has no row 9 to take as the header
        """
        if self.grid is not None and row == self.header_row:
            same = Layout(row, self.headers, self.band, self.comments, self.data_row, self.structural)
            part = Sheet(self._source, self._head, same, file=self._file, name=self.name, index=self.index)
            part.grid = self.grid
            return part
        head = self._head if row <= len(self._head) else first_rows(self._source, row + 20)
        if row < 0 or row > len(head):
            raise ValueError(f"sheet {self.name!r} has no row {row} to take as the header")
        layout = lay_out(head, self._source.merged, header_row=row)
        return Sheet(self._source, head, layout, file=self._file, name=self.name, index=self.index)

    def named(self, names: Sequence[str]) -> Sheet:
        """Return the sheet as one without a header row, its columns named from outside ('' for those that stay nameless).

        Examples
        --------
        >>> from omics_standards.tables import from_rows
        >>> sheet = from_rows(["S1", "7"], [["S2", "8"]]).sheets[0].named(["sample", ""])
        >>> sheet.headers, [b.rows for b in sheet.batches()]
        (('sample', ''), [[['S1', '7'], ['S2', '8']]])
        """
        sheet = self.with_header(0)
        width = max(len(sheet.headers), len(names))
        sheet.headers = (*names, *("",) * (width - len(names)))
        issue = Issue(
            "header-doubtful", "a row of short, distinct texts above the rows of data", "name each column in one row above the data"
        )
        sheet._standing.append(issue.at(Address(self._file, self.name, 1)))
        return sheet

    def part(self, header_row: int, first: int, last: int | None) -> Sheet:
        """Return one of several tables that stand one below the other.

        Parameters
        ----------
        header_row
            Number of the row that holds the part's header.
        first, last
            The rows of the part, rows above its header included; None where it reaches to the sheet's end.

        Examples
        --------
        >>> from omics_standards.tables import from_rows
        >>> sheet = from_rows(["lab", "city"], [["Moor", "Bonn"], ["person", "mail"], ["Ada", "ada@example.org"]]).sheets[0]
        >>> upper, lower = sheet.part(1, 1, 2), sheet.part(3, 3, None)
        >>> [[b.rows for b in s.batches()] for s in (upper, lower)], upper.cells + lower.cells
        ([[[['Moor', 'Bonn']]], [[['Ada', 'ada@example.org']]]], 8)
        """
        head = self._head if header_row <= len(self._head) else first_rows(self._source, header_row + 20)
        inside = [row for row in head if row[0] >= first and (last is None or row[0] <= last)]
        layout = lay_out(inside, self._source.merged, header_row=header_row)
        return Sheet(self._source, head, layout, file=self._file, name=self.name, index=self.index, last=last)

    def as_table(self) -> Sheet:
        """Return the sheet as a table, also where it was skipped."""
        if self.kind == "table":
            return self
        layout = lay_out(self._head, self._source.merged)
        return Sheet(self._source, self._head, layout, file=self._file, name=self.name, index=self.index)

    def _count(self, cells: int) -> None:
        self._counted += cells

    def __repr__(self) -> str:
        name = repr(self.name) if self.name else "text"
        if self.kind == "skipped":
            return f"<Sheet {name}: skipped ({self.reason}), {self.structural} cells>"
        return f"<Sheet {name}: header in row {self.header_row}, {len(self.headers)} columns>"


_SKIPPED = {
    "hidden": "unhide the sheet if it holds records",
    "empty": "nothing to do",
    "instructions": "nothing to do, unless it holds records: then keep them in a sheet of their own",
    "vocabulary": "nothing to do, unless it holds records: then give the sheet another name",
    "chart": "nothing to do",
    "example": "rename the sheet if it holds data: by its name it shows how to fill in another one",
}


class _DataRows:
    """The rows below the header: padded to its width, blank ones left out, widths and cells counted."""

    __slots__ = ("_long", "_notes", "_sheet", "_short", "_widths")

    def __init__(self, sheet: Sheet, notes: Notes) -> None:
        self._sheet = sheet
        self._notes = notes
        self._widths: Counter[int] = Counter()
        self._short: list[int] = []
        self._long = 0

    def shaped(self, chunks: Iterator[Chunk]) -> Iterator[tuple[list[list[str]], Sequence[int]]]:
        """Yield data rows and their numbers, chunk by chunk."""
        width, begin, end, number = len(self._sheet.headers), self._sheet.data_row, self._sheet._last, 1
        for chunk in chunks:
            rows, blanks = chunk
            first, number = number, number + len(rows)
            if end is not None:
                if first > end:
                    return
                rows, blanks = rows[: end - first + 1], blanks[: end - first + 1]
                number = first + len(rows)
            if number <= begin or not rows:
                continue
            if first < begin:
                rows, blanks, first = rows[begin - first :], blanks[begin - first :], begin
            if max(blanks) < width and set(map(len, rows)) == {width}:  # as nearly all chunks are: nothing to do row by row
                self._widths[width] += len(rows)
                self._sheet._count(width * len(rows) - sum(blanks))
                yield rows, range(first, number)
            else:
                yield self._row_by_row(rows, blanks, first)

    def _row_by_row(self, rows: list[list[str]], blanks: list[int], first: int) -> tuple[list[list[str]], Sequence[int]]:
        width, kept, numbers, cells = len(self._sheet.headers), [], [], 0
        for number, (row, blank) in enumerate(zip(rows, blanks, strict=True), first):
            length = len(row)
            if blank == length:
                continue
            cells += length - blank
            self._widths[length] += 1
            if length < width:
                self._short.append(number)
                row.extend([""] * (width - length))
            elif length > width:
                self._cut(row, number, width)
            kept.append(row)
            numbers.append(number)
        self._sheet._count(cells)
        contiguous = numbers and numbers[-1] - numbers[0] == len(numbers) - 1
        return kept, range(numbers[0], numbers[-1] + 1) if contiguous else numbers

    def _cut(self, row: list[str], number: int, width: int) -> None:
        """Leave out blank cells beyond the header; keep and note the others."""
        while len(row) > width and not row[-1]:
            row.pop()
        if len(row) > width:
            self._long += 1
            column = next(j for j, cell in enumerate(row[width:], width + 1) if cell)
            self._notes.add(
                "row-too-long",
                number,
                column,
                expected=f"{width} columns as in the header",
                fix="give the column a header, or move the cell to the column it belongs to",
            )

    def finish(self, delimited: bool) -> None:
        """Judge the widths once all rows were seen."""
        width, rows = len(self._sheet.headers), sum(self._widths.values())
        if not delimited or not width or not rows:
            return
        only = next(iter(self._widths)) if len(self._widths) == 1 else width
        # A shift is by a field or two. Rows of less than half the header are those of a writer that leaves trailing
        # blanks out.
        if rows > 1 and (width / 2 <= only < width or (only == width + 1 and self._long == rows)):
            self._notes.drop("row-too-long")
            self._notes.add(
                "columns-shifted",
                self._sheet.header_row,
                expected=f"the header's {width} fields in every row; all {rows} rows have {only}",
                fix="look in the header for a comma that is not quoted, or a column of row names without a header",
            )
        elif self._short:
            trimmed = len(self._short) >= _TRIMMED_SHARE * rows
            for number in self._short:
                self._notes.add(
                    "row-too-short",
                    number,
                    expected=f"{width} fields as in the header",
                    fix="nothing, if the program that wrote the file leaves blank fields out at the end of a row"
                    if trimmed
                    else "look whether the row was cut off, or lost a field: its last columns are taken as blank",
                    severity="info" if trimmed else None,
                )


def _gathered(parts: Iterator[tuple[list[list[str]], Sequence[int]]], width: int, size: int) -> Iterator[Batch]:
    """Join the rows of chunks to batches of ``size`` rows."""
    rows: list[list[str]] = []
    runs: list[Sequence[int]] = []
    for part, numbers in parts:
        rows.extend(part)
        runs.append(numbers)
        while len(rows) >= size:
            yield _batch(rows[:size], (joined := _joined(runs))[:size], width)
            rows, runs = rows[size:], [joined[size:]]
    if rows:
        yield _batch(rows, _joined(runs), width)


def _joined(runs: list[Sequence[int]]) -> Sequence[int]:
    runs = [r for r in runs if r]
    if not runs:
        return range(0)
    if all(isinstance(r, range) for r in runs) and all(a[-1] + 1 == b[0] for a, b in pairwise(runs)):
        return range(runs[0][0], runs[-1][-1] + 1)
    return runs[0] if len(runs) == 1 else list(chain.from_iterable(runs))


def _batch(rows: list[list[str]], numbers: Sequence[int], width: int) -> Batch:
    widths = set(map(len, rows))
    if widths != {width}:
        width = max(widths)
        for row in rows:
            row.extend([""] * (width - len(row)))
    return Batch(rows, numbers)


def first_rows(source: Source, n: int) -> list[Row]:
    """Return the first rows of a source without gaps, each with its number."""
    rows: list[Row] = []
    for chunk in source.chunks(Notes()):
        rows.extend(enumerate(chunk.rows, len(rows) + 1))
        if len(rows) >= n:
            break
    return rows[:n]


class Workbook:
    """A file that was read: its sheets and what was found about the file as a whole.

    Attributes
    ----------
    path
        As it was given; '' for data that came from memory.
    name
        The file's name without folders: what addresses say.
    format
        ``xlsx``, ``xlsm``, ``xlsb``, ``xls``, ``ods``, ``tsv``, ``csv``, ``txt``, ``xml``, ``json``, ``yaml``, ``frame`` or ``rows``.
    tree
        The leaves of a file of XML, JSON or YAML; None for tables.
    encoding, delimiter
        Of delimited text, else None.
    searched
        True where nobody named the file: it was found in a folder.
    """

    __slots__ = ("_sha256", "_sheets", "delimiter", "encoding", "findings", "format", "name", "path", "searched", "tree")

    def __init__(
        self,
        path: str,
        format: str,
        sheets: list[Sheet],
        *,
        name: str | None = None,
        findings: list[Finding] | None = None,
        encoding: str | None = None,
        delimiter: str | None = None,
        sha256: str | None = None,
        tree: Tree | None = None,
    ) -> None:
        self.path = path
        self.name = Path(path).name if name is None else name
        self.format = format
        self._sheets = sheets
        self.tree = tree
        self.findings = findings or []
        self.encoding = encoding
        self.delimiter = delimiter
        self._sha256 = sha256
        self.searched = False

    @property
    def sheets(self) -> list[Sheet]:
        """The sheets in their order; of a tree, what a look at it takes for its records."""
        if self.tree is not None and not self._sheets:
            from .treesheets import guess_kinds, lay_out_tree

            self._sheets.extend(lay_out_tree(self.tree, guess_kinds(self.tree.head()), file=self.name))
        return self._sheets

    @property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of the file, worked out when it is first asked for."""
        if self._sha256 is None:
            with Path(self.path).open("rb") as handle:
                self._sha256 = hashlib.file_digest(handle, "sha256").hexdigest()
        return self._sha256

    def rename(self, name: str) -> Workbook:
        """Give the file another name in addresses, to tell it from one of the same name; returns itself."""
        self.name = name
        for sheet in self._sheets:
            sheet.rename_file(name)
        self.findings = [f.in_file(name) for f in self.findings]
        return self

    @property
    def tables(self) -> list[Sheet]:
        """The sheets that may hold records."""
        return [sheet for sheet in self.sheets if sheet.kind == "table"]

    def __repr__(self) -> str:
        skipped = len(self.sheets) - len(self.tables)
        more = f", {skipped} skipped" if skipped else ""
        return f"<Workbook {self.name!r} ({self.format}): {len(self.tables)} sheets{more}>"
