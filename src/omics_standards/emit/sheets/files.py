"""The files of what was composed: a workbook, delimited text, or documents."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Literal

from ...errors import UsageError
from ...whole import REPLACE
from ..books import new_workbook
from ..tables import MAX_CELL, NOT_XML

if TYPE_CHECKING:
    from pathlib import Path

    from .composed import Composed, SheetGrid

__all__ = ["write_files"]

# Names of worksheets: at most 31 characters, none of these (support.microsoft.com, "Rename a worksheet").
_LONGEST_NAME = 31
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def write_files(composed: Composed, folder: Path) -> list[str]:
    """Write grids and documents into a folder.

    Parameters
    ----------
    composed
        What a profile writes of some records.
    folder
        An existing folder.

    Returns
    -------
    list of str
        Names of the files.

    Raises
    ------
    MissingDependencyError
        A workbook is wanted and xlsxwriter is not installed.
    UsageError
        A cell is longer than a worksheet's can be.
    """
    names = []
    for document in composed.documents:
        (folder / document.name).write_text(document.text, encoding="utf-8", newline="\n", errors=REPLACE)
        names.append(document.name)
    for name in dict.fromkeys(grid.file for grid in composed.grids):
        grids = [grid for grid in composed.grids if grid.file == name]
        if name.endswith(".xlsx"):
            _workbook(grids, folder / name)
        else:
            delimiter = "," if name.endswith(".csv") else "\t"
            with (folder / name).open("w", encoding="utf-8", newline="", errors=REPLACE) as out:
                quoting: Literal[0, 1] = csv.QUOTE_ALL if grids[0].quoted else csv.QUOTE_MINIMAL
                csv.writer(out, delimiter=delimiter, lineterminator="\n", quoting=quoting).writerows(grids[0].rows)
        names.append(name)
    return names


def _workbook(grids: list[SheetGrid], path: Path) -> None:
    with new_workbook(path, stream=True) as book:
        bold, text = book.add_format({"bold": True, "num_format": "@"}), book.add_format({"num_format": "@"})
        for grid in grids:
            sheet = book.add_worksheet(grid.name.translate(_NOT_IN_NAMES)[:_LONGEST_NAME])
            sheet.freeze_panes(grid.header + 1, 0)
            for i, row in enumerate(grid.rows):
                for j, cell in enumerate(row):
                    if len(cell) > MAX_CELL:
                        raise UsageError(f"a cell of {len(cell)} characters does not fit into a worksheet ({MAX_CELL})")
                    if cell:
                        sheet.write_string(i, j, NOT_XML.sub("\ufffd", cell), bold if i == grid.header else text)
