"""A table of text, or a workbook of an older kind, as a new workbook whose cells are text: nothing in it is read as a number."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from ..emit.tables import NOT_XML
from ..findings import column_letter
from ..tables.limits import MAX_ROWS
from ..tables.notes import Notes
from .ooxml import MAIN, RELATIONS, Package, Unsupported

if TYPE_CHECKING:
    from ..tables import Sheet, Workbook

__all__ = ["plain_workbook"]

_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPES: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Excel's limits (support.microsoft.com, "Excel specifications and limits").
_NAME: Final = 31
_TEXT: Final = 32_767
# The second style shows a cell as text, so that nothing that is typed into it becomes a date.
_STYLES: Final = (
    f'{_HEAD}<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def plain_workbook(book: Workbook, most: int) -> tuple[Package, dict[str, str]]:
    """Make a workbook of the sheets of a file.

    Parameters
    ----------
    book
        The file.
    most
        How many cells a workbook may have.

    Returns
    -------
    Package
        The new workbook, row for row and column for column as the file.
    dict
        Names of its sheets by those of the file.

    Raises
    ------
    Unsupported
        It has more cells than that, or more rows than a worksheet.
    """
    names: dict[str, str] = {}
    parts: list[str] = []
    for sheet in book.sheets:
        if sheet.name not in names:
            names[sheet.name] = _named(sheet.name or Path(book.name).stem, set(names.values()))
            xml, cells = _sheet(sheet, most)
            most -= cells
            parts.append(xml)
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(_packed(list(names.values()), parts))
        file.flush()
        package = Package(Path(file.name))
        for name in package.sheets.values():  # the file goes away
            package.write(name, package.read(name))
        for part in ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"):
            package.write(part, package.read(part))
    return package, names


def _named(name: str, taken: set[str]) -> str:
    """A name that a sheet may have and no other has."""
    name = re.sub(r"[\[\]:*?/\\]", "_", NOT_XML.sub("_", name)).strip("'")[:_NAME] or "Sheet"
    free, number = name, 1
    while free.casefold() in {t.casefold() for t in taken}:
        number += 1
        free = f"{name[: _NAME - len(str(number)) - 1]} {number}"
    return free


def _sheet(sheet: Sheet, most: int) -> tuple[str, int]:
    rows, cells, number = [], 0, 0
    for chunk in sheet.chunks(Notes()):
        for row in chunk.rows:
            number += 1
            if number > MAX_ROWS:
                raise Unsupported(f"it has more rows than a worksheet ({MAX_ROWS:,})")
            filled = [(c, t) for c, t in enumerate(row, 1) if t]
            cells += len(filled)
            if cells > most:
                raise Unsupported(f"it has more cells than a new workbook gets ({most:,})")
            if filled:
                rows.append(f'<row r="{number}">{"".join(_cell(number, c, t) for c, t in filled)}</row>')
    view = ""
    if 0 < sheet.header_row < MAX_ROWS:
        below = sheet.header_row
        view = (
            '<sheetViews><sheetView workbookViewId="0">'
            f'<pane ySplit="{below}" topLeftCell="A{below + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        )
    columns = '<cols><col min="1" max="16384" width="16" style="1" customWidth="1"/></cols>'
    return f'{_HEAD}<worksheet xmlns="{MAIN}">{view}{columns}<sheetData>{"".join(rows)}</sheetData></worksheet>', cells


def _cell(row: int, column: int, text: str) -> str:
    # The text stands as it was: in a text cell nothing runs as a formula.
    shown = escape(NOT_XML.sub("\ufffd", text[:_TEXT])).replace("\r", "&#13;")
    return f'<c r="{column_letter(column)}{row}" s="1" t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'


def _packed(names: list[str], sheets: list[str]) -> bytes:
    numbers = range(1, len(names) + 1)
    entries = "".join(f'<sheet name={quoteattr(n)} sheetId="{i}" r:id="rId{i}"/>' for i, n in zip(numbers, names, strict=True))
    kinds = "".join(f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{_TYPES}.worksheet+xml"/>' for i in numbers)
    links = "".join(f'<Relationship Id="rId{i}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in numbers)
    last = len(names) + 1
    relations = f"{_PACKAGE}/relationships"
    parts = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>{kinds}</Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{relations}">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{relations}">{links}'
        f'<Relationship Id="rId{last}" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
        **{f"xl/worksheets/sheet{i}.xml": text for i, text in zip(numbers, sheets, strict=True)},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode("utf-8", "replace"))
    return out.getvalue()
