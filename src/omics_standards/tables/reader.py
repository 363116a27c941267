"""Open a file: a path enters, a workbook of sheets leaves, or a ReadError in one sentence."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import TYPE_CHECKING

from omics_standards.errors import ReadError, UsageError
from omics_standards.findings import Address, Finding, Issue

from .cells import Chunk, chunk_of
from .delimited import DelimitedSource
from .dialect import Dialect, find_dialect
from .encoding import Encoding, guess_encoding, sample_of
from .header import lay_out
from .limits import DEFAULT_LIMITS, Limits
from .notes import Notes
from .packed import open_text
from .sniff import refusal, refusal_of_text, sniff
from .trees import Tree, tree_kind
from .workbook import Sheet, Workbook, first_rows

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    import pandas as pd

__all__ = ["from_frame", "from_rows", "read"]

# Characters in which the delimiter is looked for: 200 rows of 150 columns.
_DIALECT: int = 1 << 18


def read(
    path: str | os.PathLike[str],
    *,
    limits: Limits = DEFAULT_LIMITS,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Workbook:
    r"""Open a spreadsheet or a delimited text.

    Parameters
    ----------
    path
        A file: .xlsx, .xlsm, .xlsb, .xls, .ods, .h5ad (its observations and notes), or text with tab, comma, semicolon or
        bar between the fields. Its content decides, not its name.
    limits
        How large it may be.
    encoding, delimiter
        Of a text; None to work them out.

    Returns
    -------
    Workbook
        Its sheets in their order; hidden, empty, instruction and vocabulary sheets are there too, of kind ``skipped``.

    Raises
    ------
    ReadError
        Where the file cannot be read as a table: one sentence that says why and what to do.
    UsageError
        Where ``encoding`` is not an encoding that Python knows, or ``delimiter`` is not one character.

    Findings
    --------
    encoding-guessed on the workbook; sheet-skipped and header-doubtful on its sheets. The sheets find more while they
    are read.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> path = pathlib.Path(tempfile.mkdtemp(), "samples.tsv")
    >>> _ = path.write_text("# made by hand\nid\ttissue\nS1\tliver\n")
    >>> book = read(path)
    >>> book.format, book.sheets[0].header_row, book.sheets[0].headers
    ('tsv', 2, ('id', 'tissue'))
    >>> read(path.parent)
    Traceback (most recent call last):
    ...
    omics_standards.errors.ReadError: ... is a folder, not a file: name one of the files in it
    """
    file = Path(path)
    kind = sniff(file, limits)
    if kind == "text":
        return _read_text(file, str(path), limits, encoding, delimiter)
    if kind == "h5ad":
        from .h5ad import read_h5ad

        return read_h5ad(file, str(path), limits)
    from .excel import read_workbook

    return read_workbook(file, str(path), kind, limits)


def _read_text(file: Path, path: str, limits: Limits, encoding: str | None, delimiter: str | None) -> Workbook:
    if delimiter is not None and len(delimiter) != 1:
        raise UsageError(f"delimiter is {delimiter!r}: one character is expected")
    try:
        chosen = _named(encoding) if encoding else _guessed(file, limits)
        with open_text(file, limits) as handle:
            text = handle.read(4 * _DIALECT).decode(chosen.name, "replace")[:_DIALECT]
    except OSError as error:
        raise ReadError(refusal(file.name, error)) from error
    except LookupError as error:
        raise UsageError(f"encoding {encoding!r} is not known: try utf-8, gb18030, cp1252 or utf-16") from error
    if unreadable := refusal_of_text(file.name, text):
        raise ReadError(unreadable)
    if tree := tree_kind(text.lstrip("\ufeff"), file.name.removesuffix(".gz")):
        return Workbook(path, tree, [], tree=Tree(file, tree, limits))
    dialect = find_dialect(text, Path(file.name.removesuffix(".gz")).suffix.lower())
    if delimiter:
        dialect = Dialect(delimiter, dialect.width if dialect.delimiter == delimiter else 1)
    findings: list[Finding] = []
    if chosen.guessed:
        issue = Issue(
            "encoding-guessed",
            f"UTF-8; taken as {chosen.name} because {chosen.evidence}",
            "save the file as UTF-8 if characters look wrong",
        )
        findings.append(issue.at(Address(file.name)))
    source = DelimitedSource(file, chosen.name, dialect, limits)
    head = first_rows(source, limits.preview)
    layout = lay_out(head, source.merged)
    reason = "" if layout.header_row or _has_cells(source) else "empty"
    sheet = Sheet(source, head, layout, file=file.name, reason=reason)
    kind = {"\t": "tsv", ",": "csv", ";": "csv"}.get(dialect.delimiter, "txt")
    name = chosen.name.removesuffix("-sig")
    return Workbook(path, kind, [sheet], findings=findings, encoding=name, delimiter=dialect.delimiter)


def _guessed(file: Path, limits: Limits) -> Encoding:
    sample, complete = sample_of(file, limits.sample, limits)
    return guess_encoding(sample, complete=complete)


def _named(encoding: str) -> Encoding:
    """Return the encoding that the caller named; UTF-8 with or without a byte order mark."""
    name = codecs.lookup(encoding).name
    return Encoding("utf-8-sig" if name == "utf-8" else name)


def _has_cells(source: DelimitedSource) -> bool:
    """Whether a text whose first rows are blank has any cell at all."""
    return any(any(map(any, chunk.rows)) for chunk in source.chunks(Notes()))


class _Rows:
    """Rows that are in memory already."""

    delimited = False

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self._rows = rows

    def merged(self, row: int) -> list[tuple[int, int]]:  # noqa: ARG002 - there are none
        """Return nothing: rows in memory have no merged cells."""
        return []

    def spans(self) -> list[tuple[int, int, int, int]]:
        """Return nothing, as :meth:`merged` does."""
        return []

    def chunks(self, notes: Notes) -> Iterator[Chunk]:
        """Yield the rows, copied, since their cells may be changed."""
        from .cells import inspect

        for start in range(0, len(self._rows), 1024):
            chunk = chunk_of([list(row) for row in self._rows[start : start + 1024]])
            inspect(chunk.rows, start + 1, "\n".join("\t".join(row) for row in chunk.rows), "\t", notes)
            yield chunk


def from_rows(headers: Sequence[str], rows: Sequence[Sequence[str]], name: str = "") -> Workbook:
    """Make a workbook of one sheet from texts in memory.

    Parameters
    ----------
    headers
        Row 1.
    rows
        Row 2 and on.
    name
        The sheet's name.

    Raises
    ------
    UsageError
        Where a cell is not text.

    Examples
    --------
    >>> from_rows(["id"], [["S1"]], "Sample").sheets[0].headers
    ('id',)
    >>> from_rows(["id"], [[7]])
    Traceback (most recent call last):
    ...
    omics_standards.errors.UsageError: row 2 holds 7 (int): every cell must be text
    """
    table = [list(headers), *map(list, rows)]
    for number, row in enumerate(table, 1):
        for cell in row:
            if not isinstance(cell, str):
                raise UsageError(f"row {number} holds {cell!r} ({type(cell).__name__}): every cell must be text")
    return _workbook_of(table, "rows", name)


def from_frame(frame: pd.DataFrame, name: str = "") -> Workbook:
    """Make a workbook of one sheet from a pandas frame; its columns are row 1.

    Parameters
    ----------
    frame
        Missing values become blank cells; whole numbers are written without a fraction, dates as ISO 8601, everything
        else by ``str``. The index is left out unless it has a name. Read the frame with ``dtype=str,
        na_filter=False`` to keep texts such as ``007`` and ``NA``.
    name
        The sheet's name.

    Examples
    --------
    >>> import pandas as pd
    >>> sheet = from_frame(pd.DataFrame({"id": ["S1", None], "age": [7.0, 8.5]})).sheets[0]
    >>> [batch.rows for batch in sheet.batches()]
    [[['S1', '7'], ['', '8.5']]]
    >>> list(from_frame(pd.DataFrame({"id": []})).sheets[0].batches())
    []
    """
    from .numberformats import plain

    if any(level is not None for level in frame.index.names):
        frame = frame.reset_index()
    columns = []
    for position in range(frame.shape[1]):
        series = frame.iloc[:, position]
        absent = series.isna().to_numpy()
        columns.append(["" if gone else plain(value) for value, gone in zip(series.tolist(), absent, strict=True)])
    table = [[str(header) for header in frame.columns], *map(list, zip(*columns, strict=True))]
    return _workbook_of(table, "frame", name)


def _workbook_of(table: list[list[str]], kind: str, name: str) -> Workbook:
    source = _Rows(table)
    head = list(enumerate(table[:200], 1))
    layout = lay_out(head, source.merged, header_row=1)
    reason = "" if any(map(any, table)) else "empty"
    return Workbook("", kind, [Sheet(source, head, layout, file="", name=name, reason=reason)], name="", sha256=_digest(table))


def _digest(table: list[list[str]]) -> str:
    import hashlib

    digest = hashlib.sha256()
    for row in table:
        digest.update("\t".join(row).encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()
