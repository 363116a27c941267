"""How large an input may be before it is refused: what enters is nothing, what leaves is a set of numbers.

Delimited text is streamed and may be of any length. A workbook has to be unpacked and held in memory, so it is
measured before it is opened; beyond a limit the reader raises :class:`~omics_standards.errors.ReadError`, whose
sentence says what to do instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["DEFAULT_LIMITS", "MAX_COLUMNS", "MAX_ROWS", "Limits"]

# "Total number of rows and columns on a worksheet", support.microsoft.com, Excel specifications and limits (read
# 2026-11).
MAX_ROWS: Final = 1_048_576
MAX_COLUMNS: Final = 16_384

# Bytes that a stream takes in at once.
BLOCK: Final = 1 << 16
# Elements, brackets or lists within each other. Real metadata has a dozen levels.
DEPTH: Final = 100


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what a reader takes in.

    Parameters
    ----------
    max_unpacked
        Bytes of all parts of a workbook after unpacking. 1 GiB: a sheet of 50,000 rows and 30 columns unpacks to 70 MB.
    max_ratio
        Unpacked bytes per packed byte, looked at beyond 16 MiB. Deflate reaches 1,032 at most (RFC 1951: 258 bytes in
        two bits); 44 real workbooks reach 11, their single parts 32, a sheet of a million blank formatted rows 11.
    max_members
        Parts of a workbook; Excel writes about three for each sheet.
    max_packed
        Bytes of a workbook that is not a zip archive (.xls).
    max_cells
        Cells of the rectangle that a sheet's filled cells span. python-calamine holds the whole rectangle at 32 bytes
        a cell and its texts besides, so ten million cells are about one GB.
    max_columns
        Columns of a sheet or of delimited text: what a spreadsheet program can show.
    max_cell
        Characters of a cell; a longer one is cut there and reported (``too-long``). Excel itself ends at 32,767.
    max_line
        Characters of one line of delimited text.
    sample
        Bytes from which the encoding of a text is worked out.
    preview
        Rows that are looked at to find the header.
    """

    max_unpacked: int = 1 << 30
    max_ratio: int = 200
    max_members: int = 10_000
    max_packed: int = 256 << 20
    max_cells: int = 10_000_000
    max_columns: int = MAX_COLUMNS
    max_cell: int = 1_000_000
    max_line: int = 64_000_000
    sample: int = 4 << 20
    preview: int = 200


DEFAULT_LIMITS: Final = Limits()
