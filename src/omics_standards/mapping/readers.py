"""Readers: a function from the texts of one column (or of a few that belong together) to readings, remembered per text.

Each distinct text is understood once; rows that repeat it cost one dictionary look-up. Columns in which nearly every text
differs (identifiers, file names, checksums) are read directly after the first batch has shown it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..records import BLANK

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..records import Reading

__all__ = ["Memo", "Reader"]

# At most this many distinct texts of one column are remembered: at some 400 bytes each about 13 MB a column, and a column
# that has more of them is an identifier, whose texts do not come back.
MEMO_LIMIT = 32_768
# A batch in which more than this share of the texts was new shows a column of identifiers.
DIRECT_SHARE = 0.7
# Below this many texts a share says nothing.
DIRECT_LEAST = 1_000


class Memo(dict):  # type: ignore[type-arg]
    """Texts (or tuples of texts) to readings; a new text is read when it is first asked for."""

    __slots__ = ("read",)

    def __init__(self, read: Callable[[object], Reading]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, key: object) -> Reading:
        reading = self.read(key)
        if len(self) < MEMO_LIMIT:
            self[key] = reading
        return reading


class Reader:
    """Reads the cells of its column(s) for one slot of one record.

    Attributes
    ----------
    columns
        0-based positions of its cells; the first is the one findings point to.
    role, slot
        Which record of the row, and which slot of it.
    header
        The first column's header.
    counted
        True for the reader that answers for the cells in the ledger; a second reader of the same cell does not count.
    kept
        True where its cells are kept as attributes rather than mapped.
    """

    __slots__ = ("columns", "counted", "direct", "header", "kept", "memo", "read", "required", "role", "slot")

    def __init__(
        self,
        columns: tuple[int, ...],
        role: str,
        slot: str,
        header: str,
        read: Callable[..., Reading],
        *,
        counted: bool = True,
        kept: bool = False,
        required: bool = False,
    ) -> None:
        self.columns = columns
        self.role = role
        self.slot = slot
        self.header = header
        self.read = read
        self.counted = counted
        self.kept = kept
        self.required = required
        self.direct = False
        self.memo = Memo(read)
        self.memo["" if len(columns) == 1 else ("",) * len(columns)] = BLANK

    def column(self, columns: Sequence[Sequence[str]]) -> list[Reading]:
        """Read a batch, given column by column; one reading per row, :data:`BLANK` for an empty cell."""
        if len(self.columns) > 1:
            return list(map(self.memo.__getitem__, zip(*(columns[i] for i in self.columns), strict=True)))
        texts = columns[self.columns[0]]
        if self.direct:
            read = self.read
            return [read(t) if t else BLANK for t in texts]
        before = len(self.memo)
        readings = list(map(self.memo.__getitem__, texts))
        if (len(self.memo) - before) > DIRECT_SHARE * (len(texts) - texts.count("")) > DIRECT_SHARE * DIRECT_LEAST:
            self.direct = True
            self.memo.clear()
            self.memo[""] = BLANK
        return readings

    def forget(self) -> None:
        """Drop what is remembered; a chunk of rows must not depend on the chunks before it."""
        self.memo.clear()
        self.memo["" if len(self.columns) == 1 else ("",) * len(self.columns)] = BLANK
        self.direct = False
