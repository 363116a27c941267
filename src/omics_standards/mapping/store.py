"""Where batches wait to be joined, and the records that several rows speak of: in memory while they are few, in temporary files beyond.

A batch waits as it was read, column by column: ten thousand rows that are told once are never taken apart. A record that is asked
for comes back into memory; what has not been asked for lately lies in the file.
"""

from __future__ import annotations

import pickle
import sqlite3
import tempfile
from typing import IO, TYPE_CHECKING, NamedTuple

from ..records import Block, Field, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


__all__ = ["CELL_LIMIT", "MEMORY_LIMIT", "BatchStore", "Merged", "RecordPart", "RecordStore"]

Key = tuple[str, str]

# Records in memory: some 6 kB each for twenty slots, so under 200 MB; real inputs seldom have as many that several rows speak of.
MEMORY_LIMIT = 30_000
# Cells in memory: eight bytes each for what repeats, up to some 300 where every text differs; a table of identifiers has few such
# columns, so that this comes to 50 to 200 MB.
CELL_LIMIT = 4_000_000


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
    disputed
        True where a row contradicted another.
    """

    __slots__ = ("cls", "disputed", "id", "parts", "single", "stub", "values")

    def __init__(self, cls: str, record_id: str) -> None:
        self.cls = cls
        self.id = record_id
        self.parts: list[RecordPart] = []
        self.single: dict[str, int] = {}
        self.values: set[tuple[str, object]] = set()
        self.stub = True
        self.disputed = False


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
        self._fields = _Numbered()

    def get(self, key: Key) -> Merged | None:
        """Return a record, None where there is none."""
        merged = self._memory.get(key)
        if merged is None and self._database is not None:
            row = self._database.execute("SELECT data FROM record WHERE class = ? AND id = ?", _storable(key)).fetchone()
            if row is not None:
                merged = self._memory[key] = self._unpack(row[0])
        return merged

    def make(self, key: Key) -> Merged:
        """Make a record that is not there yet."""
        merged = self._memory[key] = Merged(*key)
        return merged

    def take(self, key: Key) -> Merged | None:
        """Take a record out and return it; None where there is none, or it was taken out before."""
        merged = self.get(key)
        self._memory.pop(key, None)
        if merged is not None and self._database is not None:
            self._database.execute("DELETE FROM record WHERE class = ? AND id = ?", _storable(key))
        return merged

    def settle(self) -> None:
        """Move records to the file where too many are in memory."""
        if len(self._memory) > self._limit:
            self._spill()

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
            self._database.execute("CREATE TABLE record (class TEXT, id TEXT, data BLOB, PRIMARY KEY (class, id)) WITHOUT ROWID")
        rows = ((*_storable((m.cls, m.id)), self._pack(m)) for m in self._memory.values())
        self._database.execute("BEGIN")
        self._database.executemany("INSERT OR REPLACE INTO record VALUES (?, ?, ?)", rows)
        self._database.execute("COMMIT")
        self._memory.clear()

    def _pack(self, merged: Merged) -> bytes:
        parts = [(p.reading, self._fields.number(p.field), p.row) for p in merged.parts]
        state = (merged.cls, merged.id, parts, merged.single, merged.values, merged.stub, merged.disputed)
        return pickle.dumps(state, pickle.HIGHEST_PROTOCOL)

    def _unpack(self, data: bytes) -> Merged:
        # Only ever what _pack wrote into a file that this process alone has open.
        cls, record_id, parts, single, values, stub, disputed = pickle.loads(data)
        merged = Merged(cls, record_id)
        merged.parts = [RecordPart(reading, self._fields[number], row) for reading, number, row in parts]  # type: ignore[arg-type]
        merged.single, merged.values, merged.stub, merged.disputed = single, values, stub, disputed
        return merged


class BatchStore:
    """Batches in the order in which they were read; they may be gone through as often as need be.

    Parameters
    ----------
    limit
        How many cells may be in memory.
    """

    def __init__(self, limit: int = CELL_LIMIT) -> None:
        self._limit = limit
        self._memory: list[list[Block]] = []
        self._cells = 0
        self._file: IO[bytes] | None = None
        self._fields = _Numbered()

    def add(self, blocks: Sequence[Block]) -> None:
        """Take over the blocks of a batch."""
        self._memory.append(list(blocks))
        self._cells += sum(len(b.ids) * (len(b.columns) + 1) for b in blocks)
        if self._cells > self._limit:
            self._spill()

    def __iter__(self) -> Iterator[list[Block]]:
        if self._file is not None:
            self._file.seek(0)
            while True:
                try:
                    # Only ever what _spill wrote into a file that this process alone has open.
                    packed = pickle.load(self._file)
                except EOFError:
                    break
                yield [
                    Block(cls, ids, columns, self._fields[number], rows, stub=stub, again=again)  # type: ignore[arg-type]
                    for cls, ids, columns, number, rows, stub, again in packed
                ]
        yield from self._memory

    @property
    def spilled(self) -> bool:
        """True where some of the batches lie in the file."""
        return self._file is not None

    def close(self) -> None:
        """Let go of the file, which goes with it."""
        if self._file is not None:
            self._file.close()
            self._file = None
        self._memory.clear()

    def _spill(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed in close()
        for blocks in self._memory:
            packed = [(b.cls, b.ids, b.columns, self._fields.number(b.fields), b.rows, b.stub, b.again) for b in blocks]
            pickle.dump(packed, self._file, pickle.HIGHEST_PROTOCOL)
        self._memory.clear()
        self._cells = 0


class _Numbered:
    """Fields (or tuples of fields) by number: they name their sheets, which stay in memory and are told apart by identity."""

    def __init__(self) -> None:
        self._numbers: dict[object, int] = {}
        self._known: list[object] = []

    def number(self, item: object) -> int:
        """The number of an item."""
        number = self._numbers.setdefault(item, len(self._known))
        if number == len(self._known):
            self._known.append(item)
        return number

    def __getitem__(self, number: int) -> object:
        return self._known[number]


def _storable(key: Key) -> Key:
    """Ids are escaped and hold no lone surrogates, which SQLite could not store; accessions are ASCII."""
    return key[0], key[1].encode("utf-8", "replace").decode("utf-8")
