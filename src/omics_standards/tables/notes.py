"""Findings on the way through a sheet, folded as they come: cells enter one by one, a short list of findings leaves.

A sheet may repeat the same trouble a million times; what is kept here is the first address, a count and the runs of
rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from omics_standards.findings import CODES, Address, Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omics_standards.findings import Severity

__all__ = ["Notes"]

# Distinct texts that are told apart in one column under one code; the rest are counted together.
_TEXTS: Final = 20
# Runs of rows that are written out.
_RUNS: Final = 200

_Key = tuple[str, "int | None", "str | None", str, str]


class _Note:
    """One finding in the making."""

    __slots__ = ("count", "key", "row", "runs", "severity")

    def __init__(self, key: _Key, row: int | None, severity: Severity | None) -> None:
        self.key = key
        self.row = row
        self.severity = severity
        self.count = 0
        self.runs: list[list[int]] = []

    def meet(self, row: int | None) -> None:
        """Count one more cell."""
        self.count += 1
        if row is None:
            return
        if self.runs and self.runs[-1][0] <= row <= self.runs[-1][1] + 1:
            self.runs[-1][1] = max(row, self.runs[-1][1])
        else:
            self.runs.append([row, row])

    def rows(self) -> str:
        """Write the rows as ``2-4,9``; the empty text for a single cell, as a finding has it."""
        if self.count < 2:
            return ""
        shown = ",".join(str(a) if a == b else f"{a}-{b}" for a, b in self.runs[:_RUNS])
        return shown + (",..." if len(self.runs) > _RUNS else "")


class Notes:
    """The findings of one pass over one sheet.

    Parameters
    ----------
    file, sheet
        What the addresses say.
    """

    __slots__ = ("_notes", "_texts", "file", "sheet")

    def __init__(self, file: str = "", sheet: str = "") -> None:
        self.file = file
        self.sheet = sheet
        self._notes: dict[_Key, _Note] = {}
        self._texts: dict[tuple[str, int | None], int] = {}

    def add(
        self,
        code: str,
        row: int | None = None,
        column: int | None = None,
        value: str | None = None,
        *,
        expected: str = "",
        fix: str = "",
        severity: Severity | None = None,
        fold: bool = False,
    ) -> None:
        """Note one cell (``column`` counts from 1).

        The same text in the same column is counted, not repeated; with ``fold`` the whole column is, whatever its
        texts.
        """
        key: _Key = (code, column, None, "", fix) if fold else (code, column, value, expected, fix)
        note = self._notes.get(key)
        if note is None and fold:
            note = self._notes[key] = _Note((code, column, value, expected, fix), row, severity)
        if note is None:
            place = (code, column)
            if self._texts.get(place, 0) >= _TEXTS:
                key = (code, column, None, "", fix)
                note = self._notes.get(key)
            if note is None:
                self._texts[place] = self._texts.get(place, 0) + 1
                note = self._notes[key] = _Note(key, row, severity)
        note.meet(row)

    def drop(self, code: str) -> None:
        """Forget what was noted under a code, because something noted since says it better."""
        self._notes = {k: n for k, n in self._notes.items() if k[0] != code}

    def count(self, code: str) -> int:
        """Cells noted under a code."""
        return sum(n.count for k, n in self._notes.items() if k[0] == code)

    def findings(self, headers: Sequence[str] = (), header_row: int = 0) -> list[Finding]:
        """Return what was noted, in the order of the rows.

        Parameters
        ----------
        headers, header_row
            A cell below the header row is named by its column's header.
        """
        found = []
        for note in sorted(self._notes.values(), key=lambda n: (n.row or 0, n.key[1] or 0, n.key[0])):
            code, column, value, expected, fix = note.key
            below = column is not None and note.row is not None and note.row > header_row
            header = headers[column - 1] if below and column is not None and column <= len(headers) else ""
            found.append(
                Finding(
                    code,
                    note.severity or CODES[code].severity,
                    (Address(self.file, self.sheet, note.row, column),),
                    value,
                    expected,
                    fix,
                    header=header,
                    count=note.count,
                    rows=note.rows(),
                )
            )
        return found
