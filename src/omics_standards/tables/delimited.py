"""Delimited text as a stream of rows: a path, an encoding and a dialect enter, chunks of rows leave.

The text is cut into blocks of whole lines. A block without a quotation mark is split as it stands, which is exact and
several times faster than the csv module; any other block goes through the csv module. Row numbers count records,
blank and comment ones too, as a spreadsheet program shows them.
"""

from __future__ import annotations

import codecs
import csv
import io
from itertools import repeat
from typing import TYPE_CHECKING, Final

from omics_standards.errors import ReadError

from .cells import Chunk, chunk_of, cut_long, inspect
from .packed import open_text
from .sniff import refusal

if TYPE_CHECKING:
    from _csv import Reader as CsvReader
    from collections.abc import Iterator
    from pathlib import Path

    from .dialect import Dialect
    from .limits import Limits
    from .notes import Notes

__all__ = ["DelimitedSource"]

# Bytes of a block: 150 rows of 30 columns. What is parsed is still in the processor's cache when its cells are looked
# at.
_BLOCK: Final = 1 << 16
# A line that no table holds, behind each block: where it does not come back as a row of its own, a quotation mark is
# still open.
_END: Final = "\x02\x03\x02"


class DelimitedSource:
    """The rows of a delimited text; see :class:`omics_standards.tables.workbook.Source`."""

    delimited = True

    def __init__(self, path: Path, encoding: str, dialect: Dialect, limits: Limits) -> None:
        self.path = path
        self.encoding = encoding
        self.dialect = dialect
        self.limits = limits

    def merged(self, row: int) -> list[tuple[int, int]]:  # noqa: ARG002 - text has none
        """Return nothing: text has no merged cells."""
        return []

    def spans(self) -> list[tuple[int, int, int, int]]:
        """Return nothing, as :meth:`merged` does."""
        return []

    def chunks(self, notes: Notes) -> Iterator[Chunk]:
        """Yield all rows from row 1 on and note what their cells have to say."""
        number, open_record = 1, ""
        delimiter = self.dialect.delimiter
        for block, last in self._blocks():
            text = open_record + block if open_record else block
            open_record = ""
            if '"' in text:
                rows, open_record = self._quoted(text, last, number, notes)
            else:
                rows = self._plain(text)
            if not rows:
                continue
            chunk = chunk_of(rows)
            self._measure(chunk.rows, number, len(text), notes)
            inspect(chunk.rows, number, text, delimiter, notes)
            number += len(rows)
            yield chunk

    def _blocks(self) -> Iterator[tuple[str, bool]]:
        """Yield the text in pieces that end with a line, and whether it is the last one."""
        decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        parts: list[str] = []
        length, held = 0, ""
        try:
            with open_text(self.path, self.limits) as handle:
                while data := handle.read(_BLOCK):
                    text = held + decoder.decode(data)
                    # A carriage return at the very end may be half of CR LF: it waits for what follows.
                    held = "\r" if text.endswith("\r") else ""
                    if held:
                        text = text[:-1]
                    cut = text.rfind("\n") + 1 or text.rfind("\r") + 1
                    if cut:
                        yield "".join((*parts, text[:cut])), False
                        parts, length = [text[cut:]], len(text) - cut
                    else:
                        parts.append(text)
                        length += len(text)
                        self._check_line(length)
        except OSError as error:
            raise ReadError(refusal(self.path.name, error)) from error
        yield "".join((*parts, held, decoder.decode(b"", True))), True

    def _check_line(self, length: int) -> None:
        if length > self.limits.max_line:
            raise ReadError(
                f"{self.path.name} has a line of over {self.limits.max_line:,} characters, so it is hardly a table: "
                "look whether its line ends were lost"
            )

    def _plain(self, text: str) -> list[list[str]]:
        """Split a text that holds no quotation mark (or whose quotation marks are text)."""
        lines = text.split("\n")
        if not lines[-1]:
            lines.pop()
        if "\r" in text:
            lines = _without_returns(text, lines)
        rows = list(map(str.split, lines, repeat(self.dialect.delimiter)))
        if self.dialect.skip_blanks:
            rows = [[row[0], *(cell.lstrip(" ") for cell in row[1:])] for row in rows]
        return rows

    def _quoted(self, text: str, last: bool, number: int, notes: Notes) -> tuple[list[list[str]], str]:
        """Parse a text with quotation marks; return its rows, and what a mark that is still open has swallowed."""
        lines = text.split("\n")
        if not lines[-1]:
            lines.pop()
        if "\r" in text and text.count("\r") != sum(map(str.endswith, lines, repeat("\r"))):
            return self._records(text, last, number, notes)  # a carriage return within a line ends one
        count = len(lines)
        lines.append(_END)
        rows = list(self._reader(lines))
        if len(rows) == count + 1 and rows[-1] == [_END]:  # one record a line: no field holds a line end
            rows.pop()
            return rows, ""
        return self._records(text, last, number, notes)

    def _reader(self, lines: list[str], *, strict: bool = False) -> CsvReader:
        # The limit of the csv module is global to the process. A field cannot be longer than the block, which is
        # bounded by max_line and max_cell, so the limit is only ever raised.
        longest = self.limits.max_line + self.limits.max_cell + 2 * _BLOCK
        if csv.field_size_limit() < longest:
            csv.field_size_limit(longest)
        return csv.reader(lines, delimiter=self.dialect.delimiter, skipinitialspace=self.dialect.skip_blanks, strict=strict)

    def _records(self, text: str, last: bool, number: int, notes: Notes) -> tuple[list[list[str]], str]:
        """Parse a text whose fields hold line ends, record by record."""
        lines = list(io.StringIO(text, newline=""))
        rows: list[list[str]] = []
        begin = 0
        while begin < len(lines):
            start = begin
            found: list[list[str]] = []
            ends = [0]
            reader = self._reader([*lines[begin:], _END])
            for row in reader:
                found.append(row)
                ends.append(reader.line_num)
            closed = found[-1] == [_END]
            found.pop()
            for i, row in enumerate(found):
                rows += self._literal(lines[start + ends[i] : start + ends[i + 1]], row, number + len(rows), notes)
            if closed:
                break
            begin = start + ends[-2]
            rest = "".join(lines[begin:])
            if not last and len(rest) <= self.limits.max_cell:
                return rows, rest
            self._note_open(number + len(rows), lines[begin], notes)
            rows += self._plain(lines[begin])
            begin += 1
        return rows, ""

    def _literal(self, lines: list[str], row: list[str], number: int, notes: Notes) -> list[list[str]]:
        """Return a record as it was parsed, or its lines as rows where the quotation marks evidently are text.

        A mark such as that of ``"Candidatus Soleaferrea`` opens at the start of a field and the next one, many lines on,
        closes it. Each of those lines has the right number of fields as it stands; the record that swallowed them has
        not, or the mark that closes it stands where no writer would put it.
        """
        width = self.dialect.width
        if len(lines) == 1 or width < 2:
            return [row]
        plain = [cells for line in lines for cells in self._plain(line)]
        if any(len(cells) != width for cells in plain) or (len(row) == width and self._well_formed(lines)):
            return [row]
        self._note_open(number, lines[0], notes)
        return plain

    def _well_formed(self, lines: list[str]) -> bool:
        try:
            list(self._reader(lines, strict=True))
        except csv.Error:
            return False
        return True

    def _note_open(self, number: int, line: str, notes: Notes) -> None:
        cells = line.rstrip("\r\n").split(self.dialect.delimiter)
        column = next(
            (j for j, cell in enumerate(cells, 1) if cell.startswith('"') and (len(cell) == 1 or not cell.endswith('"'))),
            None,
        )
        notes.add(
            "quote-unclosed",
            number,
            column,
            cells[column - 1][: self.limits.max_cell] if column else None,
            expected="a quotation mark at both ends of the cell, or none",
            fix="close the quotation mark, or write it twice within a quoted cell; the line was read as it stands",
        )

    def _measure(self, rows: list[list[str]], first: int, length: int, notes: Notes) -> None:
        """Cut cells beyond the limit and refuse rows that are too wide; a block below the limits cannot hold either."""
        if length > self.limits.max_columns and (widest := max(map(len, rows))) > self.limits.max_columns:
            number = next(i for i, row in enumerate(rows, first) if len(row) == widest)
            raise ReadError(
                f"{self.path.name} has {widest:,} columns in row {number}, more than a spreadsheet can hold "
                f"({self.limits.max_columns:,}): is it a matrix of results rather than metadata?"
            )
        cut_long(rows, first, length, self.limits.max_cell, notes)


def _without_returns(text: str, lines: list[str]) -> list[str]:
    """Cut lines at carriage returns too: all lines of one text mostly end alike."""
    if text.count("\r") == len(lines) and all(map(str.endswith, lines, repeat("\r"))):
        return [line[:-1] for line in lines]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not lines[-1]:
        lines.pop()
    return lines
