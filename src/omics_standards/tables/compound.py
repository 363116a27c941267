"""The compound file behind an .xls: its bytes enter, nothing leaves but a ReadError where it is broken, or is no workbook.

python-calamine follows the chains of sectors without end where they run in a circle, and holds the whole rectangle of a sheet's cells; so
both are looked at first.

References
----------
[MS-CFB] Compound File Binary File Format; [MS-XLS] Excel Binary File Format (.xls), both read 2026-11.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from omics_standards.errors import ReadError

if TYPE_CHECKING:
    from .limits import Limits

__all__ = ["check_xls"]

# [MS-CFB] 2.1: the numbers from here on are no sectors (end of chain, free, part of a table).
_LAST_SECTOR: Final = 0xFFFFFFFA
_IN_HEADER: Final = 109
# [MS-XLS] 2.4: cells begin with row and column, two bytes each. Blank ones (BLANK, MULBLANK) are left out.
_CELLS: Final = frozenset({0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, 0x0003, 0x0004, 0x0005, 0x0002})
_SEVERAL: Final = 0x00BD  # MULRK ends with its last column
_BEGINS: Final = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
_STRINGS: Final = 0x00FC
_PASSWORD: Final = 0x002F


class _BrokenError(Exception):
    """The structure contradicts itself."""


class _Compound:
    """The streams of a compound file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        if len(data) < 512:
            raise _BrokenError
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise _BrokenError
        self._size = 1 << shift
        self._sectors = len(data) // self._size
        self._table = self._allocation()
        (first_directory,) = struct.unpack_from("<I", data, 48)
        (first_mini,) = struct.unpack_from("<I", data, 60)
        self._mini_table = self._numbers(self._chain(first_mini))
        self.streams: dict[str, tuple[int, int]] = {}
        self._mini = b""
        self._read_directory(self._join(self._chain(first_directory)))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _join(self, chain: list[int]) -> bytes:
        return b"".join(map(self._sector, chain))

    def _numbers(self, chain: list[int]) -> list[int]:
        data = self._join(chain)
        return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))

    def _allocation(self) -> list[int]:
        """Return the table that says which sector follows which."""
        listed = list(struct.unpack_from(f"<{_IN_HEADER}I", self._data, 76))
        (more,) = struct.unpack_from("<I", self._data, 68)
        seen: set[int] = set()
        while more < _LAST_SECTOR:
            if more in seen or more >= self._sectors:
                raise _BrokenError
            seen.add(more)
            numbers = self._numbers([more])
            if not numbers:
                raise _BrokenError
            listed += numbers[:-1]
            more = numbers[-1]
        return self._numbers([n for n in listed if n < _LAST_SECTOR])

    def _chain(self, first: int, table: list[int] | None = None) -> list[int]:
        """Return the sectors of a chain; one that runs in a circle is broken."""
        table = self._table if table is None else table
        chain: list[int] = []
        number = first
        while number < _LAST_SECTOR:
            if number >= len(table) or len(chain) > len(table):
                raise _BrokenError
            chain.append(number)
            number = table[number]
        return chain

    def _read_directory(self, data: bytes) -> None:
        for at in range(0, len(data) - 127, 128):
            length, kind = struct.unpack_from("<HB", data, at + 64)
            if kind not in (1, 2, 5):
                continue
            name = data[at : at + min(length, 64)].decode("utf-16-le", "replace").rstrip("\0")
            first, size = struct.unpack_from("<II", data, at + 116)
            if kind == 5:
                self._mini = self._join(self._chain(first))
            elif kind == 2:
                self.streams[name] = (first, size)
        for name in self.streams:
            self.read(name)

    def read(self, name: str) -> bytes:
        """Return a stream; short ones lie within another, in sectors of 64 bytes."""
        first, size = self.streams[name]
        if size >= 4096:
            return self._join(self._chain(first))[:size]
        chain = self._chain(first, self._mini_table) if size else []
        return b"".join(self._mini[n * 64 : n * 64 + 64] for n in chain)[:size]


def check_xls(name: str, data: bytes, limits: Limits) -> None:
    """Refuse a compound file that is broken, encrypted, no workbook, or a workbook that spans too much.

    Parameters
    ----------
    name
        The file's name, for the sentence.
    data
        All its bytes.
    limits
        How large a sheet may be.
    """
    damaged = f"{name} is damaged or cut short (its parts do not fit together): copy it again, or save it as .xlsx"
    try:
        compound = _Compound(data)
    except (_BrokenError, struct.error) as error:
        raise ReadError(damaged) from error
    if "EncryptedPackage" in compound.streams:
        raise ReadError(f"{name} is protected by a password: save it without one")
    book = next((s for s in ("Workbook", "Book") if s in compound.streams), None)
    if book is None:
        raise ReadError(f"{name} is an old Office document but no workbook: save its table as .xlsx")
    _check_records(name, compound.read(book), limits, damaged)


def _check_records(name: str, stream: bytes, limits: Limits, damaged: str) -> None:
    position, end = 0, len(stream) - 4
    top, bottom, left, right = 1 << 16, -1, 1 << 16, -1
    while position <= end:
        kind, size = struct.unpack_from("<HH", stream, position)
        at = position + 4
        position = at + size
        if position > len(stream):
            break
        if kind in _CELLS and size >= 4:
            row, column = struct.unpack_from("<HH", stream, at)
            last = struct.unpack_from("<H", stream, position - 2)[0] if kind == _SEVERAL else column
            top, bottom, left, right = min(top, row), max(bottom, row), min(left, column), max(right, last)
            if (bottom - top + 1) * (right - left + 1) > limits.max_cells:
                raise ReadError(
                    f"{name} has a sheet whose filled cells span {bottom - top + 1:,} rows and {right - left + 1:,} columns, more than "
                    f"is read at once ({limits.max_cells:,} cells): delete stray cells far from the table, or save the sheet as .tsv"
                )
        elif kind in _BEGINS:
            top, bottom, left, right = 1 << 16, -1, 1 << 16, -1
        elif kind == _PASSWORD:
            raise ReadError(f"{name} is protected by a password: save it without one")
        elif kind == _STRINGS and size >= 8 and struct.unpack_from("<I", stream, at + 4)[0] > len(stream):
            raise ReadError(damaged)
