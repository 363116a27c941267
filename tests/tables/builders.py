"""Workbooks made byte by byte, for what no library writes: odd XML, .ods, .xlsb and .xls."""

from __future__ import annotations

import struct
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def write_zip(path: Path, parts: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def xlsx_parts(
    *sheets: str, styles: str = "", names: tuple[str, ...] = (), date_1904: bool = False, prologue: str = HEAD
) -> dict[str, str | bytes]:
    """Parts of an .xlsx whose sheets hold the given rows; ``styles`` are the insides of styleSheet."""
    names = names or tuple(f"Sheet{i}" for i in range(1, len(sheets) + 1))
    listed = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="rId{i}"/>' for i, name in enumerate(names, 1))
    linked = "".join(
        f'<Relationship Id="rId{i}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in range(1, len(sheets) + 1)
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": HEAD
        + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": HEAD
        + f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": HEAD
        + f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr date1904="{int(date_1904)}"/><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": HEAD
        + f'<Relationships xmlns="{PACKAGE}">{linked}<Relationship Id="rId99" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": HEAD + f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
    }
    for i, rows in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{i}.xml"] = prologue + f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return parts


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def styles_of(*codes: str) -> str:
    """Cell styles 1, 2, ... with the given number formats; style 0 is General."""
    formats = "".join(f'<numFmt numFmtId="{164 + i}" formatCode="{code}"/>' for i, code in enumerate(codes))
    used = "".join(f'<xf numFmtId="{164 + i}" applyNumberFormat="1"/>' for i in range(len(codes)))
    return f'<numFmts count="{len(codes)}">{formats}</numFmts><cellXfs count="{len(codes) + 1}"><xf numFmtId="0"/>{used}</cellXfs>'


def write_ods(path: Path, table: str) -> Path:
    """An .ods with one sheet; ``table`` are its rows as XML."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'{HEAD}<office:document-content xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="Sample">{table}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    manifest = f'{HEAD}<manifest:manifest xmlns:manifest="{office}:manifest:1.0"/>'
    return write_zip(
        path, {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content, "META-INF/manifest.xml": manifest}
    )


def ods_row(*cells: str | float, repeat: int = 1) -> str:
    written = []
    for cell in cells:
        if isinstance(cell, str):
            written.append(
                f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
                if cell
                else "<table:table-cell/>"
            )
        else:
            written.append(f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>')
    return f'<table:table-row table:number-rows-repeated="{repeat}">{"".join(written)}</table:table-row>'


# --- .xlsb: [MS-XLSB] 2.1.4 record: kind, size, data -----------------------------------------------------------------


def _record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(data)
    while True:
        byte, length = length & 0x7F, length >> 7
        size += bytes([byte | (0x80 if length else 0)])
        if not length:
            return head + size + data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def write_xlsb(path: Path, cells: dict[tuple[int, int], str | float]) -> Path:
    """An .xlsb with one sheet; cells by row and column, counted from 0."""
    corner = (max(r for r, _ in cells), max(c for _, c in cells))
    sheet = _record(129) + _record(148, struct.pack("<IIII", 0, corner[0], 0, corner[1])) + _record(145)
    last = -1
    for (row, column), value in sorted(cells.items()):
        if row != last:
            sheet += _record(0, struct.pack("<IIHBBBI", row, 0, 300, 0, 0, 0, 0))
            last = row
        place = struct.pack("<II", column, 0)
        sheet += _record(6, place + _wide(value)) if isinstance(value, str) else _record(5, place + struct.pack("<d", value))
    sheet += _record(146) + _record(130)
    bundle = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Sample")
    book = _record(131) + _record(143) + _record(156, bundle) + _record(144) + _record(132)
    return write_zip(
        path,
        {
            "[Content_Types].xml": HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": HEAD
            + f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
            "xl/worksheets/sheet1.bin": sheet,
        },
    )


# --- .xls: BIFF8 records in a compound file, [MS-XLS] and [MS-CFB] ---------------------------------------------------


def _biff(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def write_xls(path: Path, cells: dict[tuple[int, int], str | float], dates: frozenset[tuple[int, int]] = frozenset()) -> Path:
    """An .xls with one sheet; cells by row and column, counted from 0; ``dates`` have the built-in date format."""
    xf = b"".join(_biff(0x00E0, struct.pack("<HH", 0, number) + bytes(16)) for number in (0, 14))
    bof = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 0x0600)

    def globals_of(offset: int) -> bytes:
        sheet = struct.pack("<IBBBB", offset, 0, 0, 6, 0) + b"Sample"
        return _biff(0x0809, bof) + _biff(0x0042, struct.pack("<H", 1200)) + xf + _biff(0x0085, sheet) + _biff(0x000A)

    body = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 0x0600))
    for (row, column), value in sorted(cells.items()):
        style = 1 if (row, column) in dates else 0
        if isinstance(value, str):
            text = value.encode("utf-16-le")
            body += _biff(0x0204, struct.pack("<HHHHB", row, column, style, len(value), 1) + text)
        else:
            body += _biff(0x0203, struct.pack("<HHHd", row, column, style, value))
    body += _biff(0x000A)
    stream = globals_of(len(globals_of(0))) + body
    stream += bytes(max(0, 4096 - len(stream)))  # shorter streams live in another stream
    path.write_bytes(compound("Workbook", stream))
    return path


def compound(name: str, stream: bytes) -> bytes:
    stream += bytes(-len(stream) % 512)
    sectors = len(stream) // 512
    end, free, table = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    fat = [*range(1, sectors), end, end, table]  # the stream, the directory, the table itself
    fat += [free] * (128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, sectors, 0, 4096, end, 0, end, 0)
    header += struct.pack("<I", sectors + 1) + struct.pack("<I", free) * 108

    def entry(label: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = label.encode("utf-16-le") + b"\0\0"
        return (
            text.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(text), kind, 1, free, free, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    directory = entry("Root Entry", 5, 1, end, 0) + entry(name, 2, free, 0, len(stream)) + bytes(256)
    return header + stream + directory + struct.pack("<128I", *fat)
