"""What is looked at in every cell: rows of text enter, the same rows leave with blank cells emptied and odd ones noted.

This runs over every cell of every input, so each check first asks the chunk's whole text whether any cell can be
concerned.
"""

from __future__ import annotations

import re
from itertools import chain, repeat
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .notes import Notes

__all__ = ["FORMULA_ERRORS", "Chunk", "chunk_of", "cut_long", "inspect", "note_error"]

# ECMA-376 part 1, 18.17.3, error values; #SPILL! and #CALC! came with dynamic arrays.
FORMULA_ERRORS: Final = frozenset(
    {
        "#NULL!",
        "#DIV/0!",
        "#VALUE!",
        "#REF!",
        "#NAME?",
        "#NUM!",
        "#N/A",
        "#GETTING_DATA",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
    }
)

# What spreadsheet programs run when a text file is opened: "=" and something to compute, or + - @ before a function
# call or a DDE command (OWASP, "CSV Injection", read 2026-11). A bare "-80 C", "+" or "@home" is none of these.
_FORMULA: Final = re.compile(r"""=\s*[\w"'(+\-@$\[{.\#]|[+\-@][\d.+\-*/(]*[A-Z][A-Z][A-Z0-9.]*\(|[+\-@=][^|]*\|[^!]*!""")
_CALL: Final = re.compile(r"\((?<=[A-Z][A-Z]\()")


class Chunk(NamedTuple):
    """Consecutive rows of a sheet, as wide as they stand in the file, and the number of blank cells of each."""

    rows: list[list[str]]
    blanks: list[int]


def chunk_of(rows: list[list[str]]) -> Chunk:
    """Empty the cells that hold nothing but white space, and count the blank cells of each row.

    Examples
    --------
    >>> chunk_of([["a", "  "], ["b", " c"]])
    Chunk(rows=[['a', ''], ['b', ' c']], blanks=[1, 0])
    >>> chunk_of([])
    Chunk(rows=[], blanks=[])
    """
    if next(filter(str.isspace, chain.from_iterable(rows)), None) is not None:
        for row in rows:
            row[:] = ["" if cell.isspace() else cell for cell in row]
    return Chunk(rows, list(map(list.count, rows, repeat(""))))


def inspect(rows: Sequence[Sequence[str]], first: int, text: str, delimiter: str, notes: Notes) -> None:
    """Note the cells of a chunk that hold an error of a formula, a text that would run as one, or damaged characters.

    Parameters
    ----------
    rows, first
        The rows and the number of the first.
    text, delimiter
        The rows as one text: what they were read from, or the cells joined.
    notes
        Where it is noted.

    Findings
    --------
    formula-error, formula-text, encoding-damaged
    """
    if "#" in text and any(error in text for error in FORMULA_ERRORS):
        for row, column, cell in _cells(rows, first):
            if cell in FORMULA_ERRORS:
                note_error(notes, row, column, cell)
    if _may_run(text, delimiter):
        for row, column, cell in _cells(rows, first):
            if cell[:1] in "=+-@" and _FORMULA.match(cell):
                notes.add(
                    "formula-text",
                    row,
                    column,
                    cell,
                    expected="text that does not begin like a formula",
                    fix="put the value in the place of the formula, or leave it: tables written from it are made safe",
                )
    if "\ufffd" in text:
        for row, column, cell in _cells(rows, first):
            if "\ufffd" in cell:
                notes.add(
                    "encoding-damaged",
                    row,
                    column,
                    cell,
                    expected="characters of the file's encoding",
                    fix="save the file as UTF-8 from the program that wrote it, and look at this cell",
                )


def cut_long(rows: list[list[str]], first: int, length: int, limit: int, notes: Notes) -> None:
    """Cut cells beyond ``limit`` characters; ``length`` is that of all rows together.

    Findings
    --------
    too-long
    """
    if length <= limit:
        return
    for i, row in enumerate(rows, first):
        for j, cell in enumerate(row):
            if len(cell) > limit:
                notes.add(
                    "too-long",
                    i,
                    j + 1,
                    cell[:60],
                    expected=f"at most {limit:,} characters; the cell has {len(cell):,} and was cut there",
                    fix="keep long texts in a file of their own and give its name here",
                )
                row[j] = cell[:limit]


def note_error(notes: Notes, row: int, column: int, cell: str) -> None:
    """Note a cell that shows the error of a formula."""
    notes.add("formula-error", row, column, cell, expected="a value", fix="repair the formula, or put the value there")


def _may_run(text: str, delimiter: str) -> bool:
    """Whether any cell of the text can look like a formula; a wrong yes costs time only."""
    starts = "=" if "=" in text else ""
    if ("|" in text and "!" in text) or ("(" in text and _CALL.search(text)):
        starts += "+-@"
    return any(text.startswith(s) or any(before + s in text for before in (delimiter, "\n", '"', "\r")) for s in starts)


def _cells(rows: Sequence[Sequence[str]], first: int) -> list[tuple[int, int, str]]:
    return [(first + i, j, cell) for i, row in enumerate(rows) for j, cell in enumerate(row, 1) if cell]
