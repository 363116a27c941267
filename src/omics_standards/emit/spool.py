"""Rows of a table in a temporary file: a table needs all of its columns before its first row, and rows may be many."""

from __future__ import annotations

import marshal
import tempfile
from typing import IO, TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["Cell", "RowSpool"]

Cell = str | tuple[str, ...] | None
"""A cell: one text, several, or none."""

# Rows that are in memory at once.
_BATCH: Final = 2048
# Below this size a table never reaches the disk.
_MEMORY: Final = 4 << 20


class RowSpool:
    """Gathers the rows of one table and gives them back, column by name, once the columns are known.

    Attributes
    ----------
    columns
        Names in the order in which they were first met.
    rows
        Number of rows.

    Examples
    --------
    >>> spool = RowSpool(); spool.add([{"id": "S1"}, {"id": "S2", "tissue": "liver"}])
    >>> list(spool.columns), list(spool.read(["tissue", "id"]))
    (['id', 'tissue'], [[[None, 'S1'], ['liver', 'S2']]])
    >>> list(spool.read(["sex"]))
    [[[None], [None]]]
    """

    def __init__(self) -> None:
        self.columns: dict[str, int] = {}
        self.rows = 0
        self._batches = 0
        # Bytes of marshal: private to this process, several times faster than any text form.
        self._file = tempfile.SpooledTemporaryFile(_MEMORY)  # noqa: SIM115

    def add(self, rows: Sequence[Mapping[str, Cell]]) -> None:
        """Take over some rows; a cell that is not there is None."""
        columns = self.columns
        for start in range(0, len(rows), _BATCH):
            batch: list[list[Cell]] = []
            for row in rows[start : start + _BATCH]:
                if not columns.keys() >= row.keys():
                    for name in row:
                        columns.setdefault(name, len(columns))
                batch.append([row.get(name) for name in columns])
            marshal.dump(batch, cast("IO[bytes]", self._file))
            self._batches += 1
        self.rows += len(rows)

    def read(self, columns: Iterable[str]) -> Iterator[list[list[Cell]]]:
        """Yield the rows in batches, their cells in the order of ``columns``."""
        places = [self.columns.get(name, -1) for name in columns]
        self._file.seek(0)
        for _ in range(self._batches):
            batch: list[list[Cell]] = marshal.load(cast("IO[bytes]", self._file))
            # A row is as long as the columns that were known when it came.
            yield [[row[k] if 0 <= k < len(row) else None for k in places] for row in batch]

    def close(self) -> None:
        """Give the temporary file back."""
        self._file.close()
