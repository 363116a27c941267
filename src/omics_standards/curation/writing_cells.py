"""Single cells of a file written anew, all else as it was: in a workbook's XML, and in the bytes of a delimited text."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from ..tables.delimited import DelimitedSource
from ..tables.notes import Notes
from .ooxml import Package, Unsupported

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ..tables import Workbook

__all__ = ["cells_of", "edit_text", "edit_workbook"]

_CELL: Final = re.compile(
    r'<(\w+:)?c\s([^>]*?)\br="([A-Z]{1,3})([0-9]{1,7})"([^>]*?)(?:/>|(?<!/)>(.*?)</(?:\w+:)?c>)',
    re.DOTALL,
)
_TYPE: Final = re.compile(r'\bt="(\w+)"')
# Types of cells that hold a text (ECMA-376-1, 18.18.11); what a formula gives ("str") is not theirs to be written.
_TEXTS: Final = ("s", "inlineStr")


def cells_of(book: Workbook) -> Iterator[tuple[str, int, list[str]]]:
    """Yield sheet, number and cells of every row of a file, as it stands."""
    for sheet in book.sheets:
        number = 0
        for chunk in sheet.chunks(Notes()):
            for row in chunk.rows:
                number += 1
                yield sheet.name, number, row


def edit_workbook(package: Package, texts: Mapping[tuple[str, str, int], str]) -> set[tuple[str, str, int]]:
    """Write texts into cells that hold a text now; numbers, dates and formulas stay as they are.

    Parameters
    ----------
    package
        The workbook.
    texts
        Sheet, column letters and row to the new text.

    Returns
    -------
    set
        The cells that were written.
    """
    done: set[tuple[str, str, int]] = set()
    for sheet in {s for s, _, _ in texts}:
        part = package.sheets.get(sheet, "")
        if not part:
            continue

        def write(found: re.Match[str], sheet: str = sheet) -> str:
            prefix, before, column, row, after, body = found.groups()
            key = (sheet, column, int(row))
            kind = _TYPE.search(before + after)
            if key not in texts or body is None or kind is None or kind[1] not in _TEXTS or re.search(r"<(?:\w+:)?f\b", body):
                return found[0]
            done.add(key)
            p = prefix or ""
            before, after = (_TYPE.sub("", a).rstrip() for a in (before, after))
            lead = f"{before} " if before else ""
            text = escape(texts[key])
            return f'<{p}c {lead}r="{column}{row}"{after} t="inlineStr"><{p}is><{p}t xml:space="preserve">{text}</{p}t></{p}is></{p}c>'

        package.write(part, _CELL.sub(write, package.read(part).decode()).encode())
    return done


# --- delimited text


def edit_text(book: Workbook, path: Path, texts: Mapping[tuple[int, int], str]) -> bytes:
    r"""Write texts into cells of a delimited text; every other byte stays as it is.

    Parameters
    ----------
    book, path
        The file.
    texts
        Row (from 1) and column (from 0) to the new text.

    Raises
    ------
    Unsupported
        Its encoding does not come back the same, or its quotation marks are not those of a table.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from omics_standards.tables import read
    >>> path = pathlib.Path(tempfile.mkdtemp(), "a.csv")
    >>> _ = path.write_bytes(b'id,"place"\r\n1,"a, b"\r\n')
    >>> edit_text(read(path), path, {(2, 1): 'c "d" e'})
    b'id,"place"\r\n1,"c ""d"" e"\r\n'
    """
    source = book.sheets[0].source
    if not isinstance(source, DelimitedSource):
        raise Unsupported("it is no delimited text")
    data = path.read_bytes()
    encoding = source.encoding
    if encoding == "utf-8-sig" and not data.startswith(codecs.BOM_UTF8):
        encoding = "utf-8"
    try:
        text = data.decode(encoding)
        same = text.encode(encoding) == data
    except UnicodeError:
        same = False
    if not same:
        raise Unsupported(f"its characters do not come back the same in {source.encoding}: save it as UTF-8 first")
    fields = _fields(text, source.dialect.delimiter, skip=source.dialect.skip_blanks)
    rows = [row for chunk in source.chunks(Notes()) for row in chunk.rows]
    seen = [[_shown(text[a:b]) for a, b in row] for row in fields]
    if [[c.strip() for c in row] for row in seen] != [[c.strip() for c in row] for row in rows]:
        raise Unsupported("its quotation marks are not closed as in a table: correct them first")
    pieces, last = [], 0
    for number, row in enumerate(fields, 1):
        for column, (start, end) in enumerate(row):
            if (number, column) in texts:
                pieces += [text[last:start], _quoted(texts[number, column], text[start:end], source.dialect.delimiter)]
                last = end
    try:
        return ("".join(pieces) + text[last:]).encode(encoding)
    except UnicodeEncodeError as e:
        raise Unsupported(f"{e.object[e.start]!r} is no character of its encoding ({encoding}): save it as UTF-8 first") from e


def _shown(field: str) -> str:
    """The text of a field as it stands between two delimiters."""
    return field[1:-1].replace('""', '"') if len(field) > 1 and field[0] == '"' == field[-1] else field


def _quoted(text: str, old: str, delimiter: str) -> str:
    """A new text in the way of the old one: between quotation marks where that stood so, or where it must."""
    if old.startswith('"') or delimiter in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def _fields(text: str, delimiter: str, *, skip: bool) -> list[list[tuple[int, int]]]:
    """Where each field of each row begins and ends in a text."""
    rows: list[list[tuple[int, int]]] = [[]]
    at, size = 0, len(text)
    stop = re.compile(f"[{re.escape(delimiter)}\r\n]")
    while at < size:
        if skip and rows[-1]:
            while at < size and text[at] == " ":
                at += 1
        start = at
        if at < size and text[at] == '"':
            at += 1
            while at < size and not (text[at] == '"' and text[at + 1 : at + 2] != '"'):
                at += 2 if text[at] == '"' else 1
            at += 1
        found = stop.search(text, at)
        at = found.start() if found else size
        rows[-1].append((start, at))
        if found is None:
            break
        ending = text[at]
        at += 2 if text.startswith("\r\n", at) else 1
        if ending != delimiter:
            if at < size:
                rows.append([])
        elif at == size:
            rows[-1].append((at, at))
    return rows if rows[-1] else rows[:-1]
