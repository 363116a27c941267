"""The table that a curator fills in: written as TSV or xlsx, and read back row by row."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from ..emit.books import new_workbook
from ..emit.tables import neutral, xlsx_text
from ..errors import ReadError, UsageError
from ..findings import Address
from ..tables import read
from ..values.text import clean
from ..whole import REPLACE, whole_file
from .review import STATUSES

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    from ..terms import Suggestion
    from .review import Undecided

__all__ = ["COLUMNS", "Row", "read_table", "table_text", "write_table"]

SUGGESTIONS: Final = 5

COLUMNS: Final[dict[str, str]] = {
    "slot": "The slot of the model that the text stands in.",
    "text": "The text as it is written.",
    "accession": "What stands beside the text as its accession.",
    "count": "How many cells say it.",
    "cells": "The first of these cells.",
    "status": "; ".join(f"{status}: {meaning}" for status, meaning in STATUSES.items()),
    "answer": "The term that a conversion takes as long as nothing is decided: id, label, confidence.",
    "decision": "Fill in: the id of a term (UBERON:0002107); 1 to 5 for a suggestion; none: no ontology has it, it stays text; "
    "'not UBERON:0002107' or 'not 1': it is not this term. Leave blank what is not decided.",
    "predicate": "Fill in where the term is not quite the text: close, broad (the term is broader than the text), "
    "narrow (the term is narrower). Blank means exact.",
    "comment": "Fill in what others should know.",
    **{f"suggestion {i}": "id | label | score from 0 to 1" for i in range(1, SUGGESTIONS + 1)},
}
"""Columns in order, and what the note on each header says."""

FILLED: Final = ("decision", "predicate", "comment")
# A column that curators may add.
_OPTIONAL: Final = "confidence"
_NEEDED: Final = ("slot", "text", "decision")
_WIDTHS: Final = {"slot": 18, "text": 36, "accession": 18, "count": 8, "cells": 20, "status": 14, "answer": 34, "comment": 24}
_WIDTH: Final = 34


class Row(NamedTuple):
    """A row of a filled-in table: its texts by column, and where it stands."""

    values: dict[str, str]
    address: Address
    columns: dict[str, int]

    def at(self, column: str) -> Address:
        """The address of one of its cells."""
        return self.address._replace(column=self.columns.get(column))


def _shown(suggestion: Suggestion | None) -> str:
    return f"{suggestion.id} | {suggestion.label} | {suggestion.score:g}" if suggestion is not None else ""


def _cells(entry: Undecided) -> list[str]:
    offers = [_shown(s) for s in entry.suggestions[:SUGGESTIONS]]
    start = [entry.slot, entry.text, entry.accession, str(entry.count), ", ".join(entry.cells), entry.status, _shown(entry.answer)]
    return [*start, *[""] * len(FILLED), *offers, *[""] * (SUGGESTIONS - len(offers))]


def table_text(entries: Sequence[Undecided]) -> str:
    r"""Return the table as tab-separated text.

    Examples
    --------
    >>> table_text([]).split("\t")[:3]
    ['slot', 'text', 'accession']
    """
    out = io.StringIO(newline="")
    table = csv.writer(out, delimiter="\t", lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows([neutral(cell) for cell in _cells(entry)] for entry in entries)
    return out.getvalue()


def write_table(entries: Sequence[Undecided], path: str | os.PathLike[str], *, force: bool = False) -> None:
    """Write the table in one piece.

    Parameters
    ----------
    entries
        From :func:`omics_standards.conversion.review.review`.
    path
        Ends in ``.tsv`` or ``.xlsx``. The workbook has text cells, a drop-down for decisions, a header that stays in view, and notes
        on its columns.
    force
        Replace a table that is there; a person may have worked in it.

    Raises
    ------
    UsageError
        The ending is another, or there is a table already.
    MissingDependencyError
        xlsxwriter is not installed.
    ReadError
        The folder cannot be written to.
    """
    place = Path(path)
    kind = place.suffix.lower()
    if kind not in (".tsv", ".xlsx"):
        raise UsageError(f"a review table is written as .tsv or .xlsx, not as {place.name!r}")
    with whole_file(place, force=force) as work:
        if kind == ".tsv":
            work.write_text(table_text(entries), encoding="utf-8", errors=REPLACE, newline="\n")
        else:
            _write_workbook(entries, work)


def _write_workbook(entries: Sequence[Undecided], path: Path) -> None:
    names = list(COLUMNS)
    with new_workbook(path) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        fill = book.add_format({"bold": True, "bottom": 1, "bg_color": "#FFF2CC"})
        # '@': a program that opens it keeps ids and decisions as text.
        text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet("review")
        sheet.freeze_panes(1, 2)
        for j, name in enumerate(names):
            sheet.set_column(j, j, _WIDTHS.get(name, _WIDTH if name.startswith("sugg") else 12), text)
            sheet.write_string(0, j, name, fill if name in FILLED else head)
            sheet.write_comment(0, j, COLUMNS[name], {"author": "omics-standards", "x_scale": 2.5, "y_scale": 1.6})
        last = max(len(entries), 1)
        at = names.index("decision")
        # A list that lets other texts pass: a CURIE may be typed.
        choice = {"validate": "list", "source": [*map(str, range(1, SUGGESTIONS + 1)), "none"], "show_error": False, "ignore_blank": True}
        sheet.data_validation(1, at, last, at, choice)
        at = names.index("predicate")
        sheet.data_validation(1, at, last, at, {"validate": "list", "source": ["exact", "close", "broad", "narrow"], "ignore_blank": True})
        for i, entry in enumerate(entries, start=1):
            for name, j, cell in zip(names, range(len(names)), _cells(entry), strict=True):
                if name == "count":
                    sheet.write_number(i, j, entry.count)
                elif cell or name in FILLED:
                    sheet.write_string(i, j, xlsx_text(cell), text) if cell else sheet.write_blank(i, j, None, text)
        sheet.autofilter(0, 0, last, len(names) - 1)


def read_table(path: str | os.PathLike[str]) -> Iterator[Row]:
    """Yield the rows of a filled-in table; of a workbook those of every sheet that has the columns.

    Raises
    ------
    ReadError
        The file cannot be read, or has no columns slot, text and decision.
    """
    book = read(path)
    met = False
    for sheet in book.sheets:
        columns: dict[str, int] | None = None
        # The header is looked for here: what a table with few rows is, no layout can tell.
        for batch in sheet.as_table().with_header(0).batches():
            for number, cells in zip(batch.numbers, batch.rows, strict=True):
                if columns is None:
                    names = {clean(c).casefold(): j for j, c in reversed(list(enumerate(cells, start=1))) if c}
                    if set(_NEEDED) <= set(names):
                        columns = {c: names[c] for c in (*COLUMNS, _OPTIONAL) if c in names}
                        met = True
                    continue
                values = {c: _plain(cells[j - 1]) if j <= len(cells) else "" for c, j in columns.items()}
                yield Row(values, Address(Path(book.name).name, sheet.name, number), columns)
    if not met:
        raise ReadError(f"{path} is no review table: it needs the columns {', '.join(_NEEDED)}")


def _plain(cell: str) -> str:
    """Take away the sign that keeps a spreadsheet program from running a cell."""
    return cell[1:] if cell[:1] == "'" and neutral(cell[1:]) == cell else cell
