"""Workbooks through python-calamine, with what it leaves out: a path enters, a workbook of sheets leaves."""

from __future__ import annotations

import datetime as dt
import os
from contextlib import contextmanager, nullcontext
from itertools import islice
from typing import TYPE_CHECKING, Final

from omics_standards.errors import ReadError

from .cells import Chunk, chunk_of, cut_long, inspect
from .extents import check_ods, check_xlsb
from .header import is_report, lay_out, purpose
from .notes import Notes
from .numberformats import plain
from .parts import Archive, WorkbookParts, kind_of
from .sniff import refusal
from .workbook import Sheet, Workbook, first_rows
from .worksheets import specials, survey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any

    from python_calamine import CalamineSheet, CalamineWorkbook

    from .limits import Limits
    from .worksheets import Special, Survey

__all__ = ["read_workbook"]

# Rows of a chunk: what is converted is still in the processor's cache when its cells are looked at.
_ROWS: Final = 256


class _Special:
    """Where the special cells of a sheet come from."""

    def __init__(self, archive: Archive, part: str, main: WorkbookParts, look: Survey) -> None:
        self._archive = archive
        self._part = part
        self._main = main
        self._look = look

    def rows(self) -> Iterator[tuple[int, dict[int, Special]]]:
        """Yield the special cells row by row."""
        if self._look.special:
            yield from specials(self._archive, self._part, self._main.formats, self._look, date_1904=self._main.date_1904)


class _ExcelSource:
    """The rows of a sheet; see :class:`omics_standards.tables.workbook.Source`."""

    delimited = False

    def __init__(self, sheet: CalamineSheet | None, special: _Special | None, limits: Limits) -> None:
        self._sheet = sheet
        self._special = special
        self._limits = limits
        self._spans: list[tuple[int, int, int, int]] | None = None

    def spans(self) -> list[tuple[int, int, int, int]]:
        """Return all merged cells as (first row, first column, last row, last column), counted from 1."""
        if self._spans is None:
            ranges = self._sheet.merged_cell_ranges if self._sheet is not None else None
            self._spans = [(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in ranges or ()]
        return self._spans

    def merged(self, row: int) -> list[tuple[int, int]]:
        """Return the merged cells of a row as (first column, last column), counted from 1."""
        return [(left, right) for top, left, _, right in self.spans() if top == row]

    def chunks(self, notes: Notes) -> Iterator[Chunk]:
        """Yield all rows from row 1 on and note what their cells have to say."""
        sheet = self._sheet
        if sheet is None:
            return
        # python-calamine yields the rows from row 1, but the cells from the first column that is filled.
        lead = [""] * (sheet.start[1] if sheet.start else 0)
        special = self._special.rows() if self._special else iter(())
        pending = next(special, None)
        values = sheet.iter_rows()
        first = 1
        while rows := list(islice(values, _ROWS)):
            if lead:
                rows = [lead + row for row in rows]
            while pending is not None and pending[0] < first + len(rows):
                _set_special(rows[pending[0] - first], pending[0], pending[1], notes)
                pending = next(special, None)
            yield self._chunk(rows, first, notes)
            first += len(rows)
        while pending is not None:  # errors and formulas below the last value
            rows = [[""] * len(lead) for _ in range(pending[0] - first + 1)]
            _set_special(rows[-1], pending[0], pending[1], notes)
            yield self._chunk(rows, first, notes)
            first += len(rows)
            pending = next(special, None)

    def _chunk(self, rows: list[list[Any]], first: int, notes: Notes) -> Chunk:
        try:
            texts = list(map("\t".join, rows))
        except TypeError:  # not all cells are text
            rows = [_texts(row, number, notes) for number, row in enumerate(rows, first)]
            texts = list(map("\t".join, rows))
        chunk = chunk_of(rows)
        text = "\n".join(texts)
        cut_long(chunk.rows, first, len(text), self._limits.max_cell, notes)
        inspect(chunk.rows, first, text, "\t", notes)
        return chunk


def _set_special(row: list[Any], number: int, cells: dict[int, Special], notes: Notes) -> None:
    """Put what special cells show in the place of what they store."""
    for column, cell in cells.items():
        if column > len(row):
            row.extend([""] * (column - len(row)))
        if cell.shown is not None:
            shown = cell.shown
            row[column - 1] = shown.text
            if shown.unknown:
                notes.add(
                    "date-precision-unknown",
                    number,
                    column,
                    shown.text,
                    expected=f"a date shown with its year; the cell stores {shown.stored or shown.text}",
                    fix="write the date as text, as precise as it is known: 2019, 2019-10 or 2019-10-05",
                    fold=True,
                )
            elif shown.stored:
                notes.add(
                    "display-hides",
                    number,
                    column,
                    shown.text,
                    expected=f"a format that shows all that is stored: {shown.stored}",
                    fix="widen the cell's number format if what it hides was meant",
                    fold=True,
                )
        elif cell.error:
            row[column - 1] = cell.error
        else:
            notes.add(
                "formula-unsaved",
                number,
                column,
                expected=f"the value of the formula ={cell.formula[:80]}" if cell.formula else "the value of the formula",
                fix="open the workbook in a spreadsheet program and save it",
                fold=True,
            )


def _texts(row: list[Any], number: int, notes: Notes) -> list[str]:
    return [cell if type(cell) is str else _text(cell, number, column, notes) for column, cell in enumerate(row, 1)]


def _text(value: object, row: int, column: int, notes: Notes) -> str:
    """Write a cell whose number format is not known, as in .xls, .xlsb and .ods."""
    text = plain(value)
    if type(value) is dt.date and value.day == 1:
        # Only the first of a month can be a month that was stored as a date.
        notes.add(
            "date-precision-unknown",
            row,
            column,
            text,
            expected="a date whose format can be read: this kind of workbook does not tell whether a month was meant",
            fix="save the workbook as .xlsx, or write the date as text: 2019-10 or 2019-10-01",
            fold=True,
        )
    return text


def read_workbook(file: Path, path: str, kind: str, limits: Limits) -> Workbook:
    """Open a workbook.

    Parameters
    ----------
    file, path
        The file, and its path as it was given.
    kind
        ``zip`` or ``xls``, as :func:`omics_standards.tables.sniff.sniff` says.
    limits
        How large it may be.

    Raises
    ------
    ReadError
        Where it is damaged, protected, too large, or no workbook.
    """
    archive = main = None
    if kind == "zip":
        archive = Archive(file, limits)
        kind = kind_of(archive)
        archive.check_markup()
        if kind in ("xlsx", "xlsm"):
            main = WorkbookParts.of(archive)
            archive.verify([main.strings])
        elif kind == "xlsb":
            archive.verify([p for p in archive.members if p.endswith(".bin")])
            check_xlsb(archive)
        else:
            check_ods(archive)
    book = _guarded(file, kind, lambda: _open(file, kind))
    sheets = []
    try:
        sources = [_source(file, kind, book, meta, archive, main, limits) for meta in book.sheets_metadata]
        # What was said of a workbook when it was returned is no sheet of its owner's.
        sources = [(source, known or ("report" if is_report(first_rows(source, 1)) else "")) for source, known in sources]
        filled = sum(1 for meta, (_, reason) in zip(book.sheets_metadata, sources, strict=True) if not reason)
        for index, (meta, (source, known)) in enumerate(zip(book.sheets_metadata, sources, strict=True)):
            head = first_rows(source, limits.preview)
            reason = known or purpose(meta.name, head, alone=filled == 1)
            layout = lay_out(head, source.merged)
            structural = _count(source) if reason else None
            sheets.append(
                Sheet(
                    source,
                    head,
                    layout,
                    file=file.name,
                    name=meta.name,
                    index=index,
                    reason=reason,
                    structural=structural,
                )
            )
    finally:
        book.close()
    if not sheets:
        raise ReadError(f"{file.name} has no sheets, so it is damaged: save it again from a spreadsheet program")
    return Workbook(path, kind, sheets)


def _open(file: Path, kind: str) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook

    if file.suffix.lower() == f".{kind}":
        return CalamineWorkbook.from_path(file)
    # By its path, python-calamine would believe the extension.
    with file.open("rb") as handle:
        return CalamineWorkbook.from_filelike(handle)


def _source(
    file: Path,
    kind: str,
    book: CalamineWorkbook,
    meta: Any,
    archive: Archive | None,
    main: WorkbookParts | None,
    limits: Limits,
) -> tuple[_ExcelSource, str]:
    """Open a sheet; also say why it is skipped if its cells need not be looked at for that."""
    if _name(meta.typ) != "WorkSheet":
        return _ExcelSource(None, None, limits), "chart"
    special = None
    if archive is not None and main is not None and meta.name in main.sheets:
        part = main.sheets[meta.name]
        look = survey(archive, part, main.formats)
        if not look.filled and not look.special:
            return _ExcelSource(None, None, limits), "empty"
        special = _Special(archive, part, main, look)
    sheet = _guarded(file, kind, lambda: book.get_sheet_by_name(meta.name))
    return _ExcelSource(sheet, special, limits), "" if _name(meta.visible) == "Visible" else "hidden"


def _name(member: object) -> str:
    return str(member).rpartition(".")[2]


def _count(source: _ExcelSource) -> int:
    return sum(sum(map(len, chunk.rows)) - sum(chunk.blanks) for chunk in source.chunks(Notes()))


def _guarded(file: Path, kind: str, action: Callable[[], Any]) -> Any:
    """Do something in python-calamine and put what goes wrong there into a sentence."""
    from python_calamine import CalamineError, PasswordError

    try:
        with nullcontext() if kind in ("xlsx", "xlsm") else _quiet():
            return action()
    except PasswordError as error:
        raise ReadError(f"{file.name} is protected by a password: save it without one") from error
    except (CalamineError, ValueError) as error:
        raise ReadError(_damage(file, kind, error)) from error
    except OSError as error:
        # An error without a number is python-calamine's own: the file ends before its content does.
        raise ReadError(refusal(file.name, error) if error.errno else _damage(file, kind, error)) from error
    except BaseException as error:
        # A panic of the Rust library derives from BaseException; nothing else of that sort is ours to catch.
        if type(error).__name__ != "PanicException":
            raise
        raise ReadError(_damage(file, kind, error)) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the report of a panic of the Rust library, which goes to the process's standard error, from the user's screen."""
    try:
        kept = os.dup(2)
    except OSError:  # there is no standard error
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _damage(file: Path, kind: str, error: BaseException) -> str:
    detail = " ".join(str(error).split())[:120]
    return f"{file.name} is damaged or not a readable .{kind} workbook ({detail}): open it and save it as .xlsx"
