"""How large the sheets of an .xlsb or .ods are: an archive enters, nothing leaves but a ReadError where it is too much.

python-calamine holds the whole rectangle of a sheet's filled cells; two cells at opposite corners would end the
process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from omics_standards.errors import ReadError

from .worksheets import check_rectangle

if TYPE_CHECKING:
    from .parts import Archive

__all__ = ["check_ods", "check_xlsb"]

# [MS-XLSB] 2.3.2: BrtRowHdr is record 0, cells with content are records 2 (BrtCellRk) to 11 (BrtFmlaError).
_ROW_HEADER: Final = 0
_CELLS: Final = range(2, 12)


def check_xlsb(archive: Archive) -> None:
    """Refuse an .xlsb with a sheet that spans too much."""
    for part in archive.members:
        if part.startswith("xl/worksheets/") and part.endswith(".bin"):
            _check_records(archive, archive.read(part))


def _check_records(archive: Archive, data: bytes) -> None:
    position, row, end = 0, 0, len(data)
    top, bottom, left, right = 1 << 32, -1, 1 << 32, -1
    while position < end:
        kind = data[position]
        position += 1
        if kind & 0x80 and position < end:
            kind = (kind & 0x7F) | (data[position] & 0x7F) << 7
            position += 1
        size = shift = 0
        while position < end:
            byte = data[position]
            position += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80 or shift > 21:
                break
        if kind == _ROW_HEADER:
            row = int.from_bytes(data[position : position + 4], "little")
        elif kind in _CELLS:
            column = int.from_bytes(data[position : position + 4], "little")
            top, bottom, left, right = min(top, row), max(bottom, row), min(left, column), max(right, column)
        position += size
    check_rectangle(archive, bottom - top + 1, right - left + 1)


class _Tables:
    """The rectangles of the tables of an .ods; repeated cells and rows are written once, with a count."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._rows = self._columns = self._column = self._right = self._repeat = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take in the start of an element."""
        if tag == "table:table":
            self._rows = self._columns = 0
        elif tag == "table:table-row":
            self._column = self._right = 0
            self._repeat = _count(attributes.get("table:number-rows-repeated"))
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._column += _count(attributes.get("table:number-columns-repeated"))
            if any(name.endswith(":value-type") for name in attributes):
                self._right = self._column

    def end(self, tag: str) -> None:
        """Take in the end of an element."""
        if tag == "table:table-row":
            self._rows += self._repeat
            if self._right:
                self._columns = max(self._columns, self._right)
                check_rectangle(self._archive, self._rows, self._columns)


def _count(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 1


def check_ods(archive: Archive) -> None:
    """Refuse an .ods with a sheet that spans too much."""
    tables = _Tables(archive)
    parser = expat.ParserCreate()
    parser.StartElementHandler = tables.start
    parser.EndElementHandler = tables.end
    try:
        for data in archive.chunks("content.xml") if "content.xml" in archive.members else ():
            parser.Parse(data, False)
    except expat.ExpatError as error:
        raise ReadError(f"{archive.path.name} is damaged (its XML cannot be read): save it again from a spreadsheet program") from error
