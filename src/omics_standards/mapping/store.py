"""Where records wait to be joined: in memory while they are few, in a temporary SQLite file beyond.

A record that is asked for comes back into memory; what has not been asked for lately lies in the file. The order in which
records were first met is kept, because the output's order is made of it.
"""

from __future__ import annotations

import pickle
import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from ..records import Field, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator


__all__ = ["MEMORY_LIMIT", "Merged", "RecordPart", "RecordStore"]

Key = tuple[str, str]

# Records in memory: some 6 kB each for twenty slots, so under 200 MB; real inputs that need joining seldom have as many.
MEMORY_LIMIT = 30_000


class RecordPart(NamedTuple):
    """A reading of a record with the field and the row it came from."""

    reading: Reading
    field: Field
    row: int


class Merged:
    """A record in the making.

    Attributes
    ----------
    parts
        What rows said of it, in the order they were met, without repeats.
    single
        Slot of one value → position in ``parts`` of what fills it.
    values
        What is known already, to tell repeats.
    stub
        True as long as rows only refer to it.
    """

    __slots__ = ("cls", "id", "parts", "rank", "single", "stub", "values")

    def __init__(self, cls: str, record_id: str, rank: int) -> None:
        self.cls = cls
        self.id = record_id
        self.rank = rank
        self.parts: list[RecordPart] = []
        self.single: dict[str, int] = {}
        self.values: set[tuple[str, object]] = set()
        self.stub = True


class RecordStore:
    """Records by class and id.

    Parameters
    ----------
    limit
        How many may be in memory between two calls of :meth:`settle`.
    """

    def __init__(self, limit: int = MEMORY_LIMIT) -> None:
        self._limit = limit
        self._memory: dict[Key, Merged] = {}
        self._database: sqlite3.Connection | None = None
        self._met = 0
        self._fields: dict[Field, int] = {}
        self._field_list: list[Field] = []

    def get(self, key: Key) -> Merged | None:
        """Return a record, None where there is none."""
        merged = self._memory.get(key)
        if merged is None and self._database is not None:
            row = self._database.execute("SELECT data FROM record WHERE class = ? AND id = ?", key).fetchone()
            if row is not None:
                merged = self._memory[key] = self._unpack(row[0])
        return merged

    def make(self, key: Key) -> Merged:
        """Make a record that is not there yet."""
        merged = self._memory[key] = Merged(*key, self._met)
        self._met += 1
        return merged

    def remove(self, key: Key) -> None:
        """Take a record out."""
        self._memory.pop(key, None)
        if self._database is not None:
            self._database.execute("DELETE FROM record WHERE class = ? AND id = ?", key)

    def settle(self) -> None:
        """Move records to the file where too many are in memory."""
        if len(self._memory) > self._limit:
            self._spill()

    def __iter__(self) -> Iterator[Merged]:
        """Yield all records in the order in which they were first met."""
        if self._database is None:
            yield from sorted(self._memory.values(), key=lambda m: m.rank)
            return
        self._spill()
        for (data,) in self._database.execute("SELECT data FROM record ORDER BY rank"):
            yield self._unpack(data)

    def close(self) -> None:
        """Let go of the file; SQLite removes it."""
        if self._database is not None:
            self._database.close()
            self._database = None
        self._memory.clear()

    def _spill(self) -> None:
        if self._database is None:
            # An empty name makes a temporary file that nobody else sees and that goes with the connection.
            self._database = sqlite3.connect("", isolation_level=None)
            self._database.execute("PRAGMA journal_mode = OFF")
            columns = "class TEXT, id TEXT, rank INTEGER, data BLOB, PRIMARY KEY (class, id)"
            self._database.execute(f"CREATE TABLE record ({columns}) WITHOUT ROWID")
            self._database.execute("CREATE INDEX by_rank ON record (rank)")
        rows = ((m.cls, _storable(m.id), m.rank, self._pack(m)) for m in self._memory.values())
        self._database.execute("BEGIN")
        self._database.executemany("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)", rows)
        self._database.execute("COMMIT")
        self._memory.clear()

    def _pack(self, merged: Merged) -> bytes:
        parts = [(p.reading, self._number(p.field), p.row) for p in merged.parts]
        return pickle.dumps((merged.cls, merged.id, merged.rank, parts, merged.single, merged.values, merged.stub), pickle.HIGHEST_PROTOCOL)

    def _unpack(self, data: bytes) -> Merged:
        # Only ever what _pack wrote into a file that this process alone has open.
        cls, record_id, rank, parts, single, values, stub = pickle.loads(data)
        merged = Merged(cls, record_id, rank)
        merged.parts = [RecordPart(reading, self._field_list[number], row) for reading, number, row in parts]
        merged.single, merged.values, merged.stub = single, values, stub
        return merged

    def _number(self, field: Field) -> int:
        number = self._fields.setdefault(field, len(self._field_list))
        if number == len(self._field_list):
            self._field_list.append(field)
        return number


def _storable(text: str) -> str:
    """Ids are escaped and hold no lone surrogates, which SQLite could not store; accessions are ASCII."""
    return text.encode("utf-8", "replace").decode("utf-8")
