"""Readers: a function from the texts of one column (or of a few that belong together) to readings, remembered per text.

Each distinct text is understood once; rows that repeat it cost one dictionary look-up. Columns in which nearly every text
differs (identifiers, file names, checksums) are not remembered: a batch of them is looked at as a whole, and where each of its
texts is a value as it stands, no reading is made at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..records import BLANK

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..findings import Issue
    from ..records import PlainColumn, Reading
    from .bulk import Clean, CleanAccessions

__all__ = ["Memo", "Reader"]

# At most this many distinct texts of one column are remembered: at some 400 bytes each about 13 MB a column, and a column
# that has more of them is an identifier, whose texts do not come back.
MEMO_LIMIT = 32_768
# A first batch in which more than this share of the texts differ shows a column of identifiers.
DIRECT_SHARE = 0.7
# Below this many texts a share says nothing.
DIRECT_LEAST = 500


class Memo(dict):  # type: ignore[type-arg]
    """Texts (or tuples of texts) to readings; a new text is read when it is first asked for.

    ``odd`` tells whether any of the readings needs a look of its own (an issue, or a fate other than mapped).
    """

    __slots__ = ("odd", "read")

    def __init__(self, read: Callable[[object], Reading]) -> None:
        super().__init__()
        self.read = read
        self.odd = False

    def __missing__(self, key: object) -> Reading:
        reading = self.read(key)
        self.odd = self.odd or reading.odd
        if len(self) < MEMO_LIMIT:
            self[key] = reading
        return reading


class Reader:
    """Reads the cells of its column(s) for one slot of one record.

    Attributes
    ----------
    columns
        0-based positions of its cells; the first is the one findings point to.
    context
        0-based positions of cells that it looks at but does not own (the row's organism).
    role, slot
        Which record of the row, and which slot of it.
    header
        The first column's header.
    read
        From a text (a tuple of texts) to a reading.
    clean
        Tells whether all texts of a batch are values as they stand; None where that cannot be told.
    counted
        True for the reader that answers for the cells in the ledger; a second reader of the same cell does not count.
    kept
        True where its cells are kept as attributes rather than mapped.
    echo
        True where it tells a record what the cell says of several, which alone makes no record.
    """

    __slots__ = ("clean", "columns", "context", "counted", "direct", "echo", "header", "kept", "memo", "read", "required", "role", "slot")

    def __init__(
        self,
        columns: tuple[int, ...],
        role: str,
        slot: str,
        header: str,
        read: Callable[..., Reading],
        *,
        clean: Clean | CleanAccessions | None = None,
        counted: bool = True,
        kept: bool = False,
        required: bool = False,
        context: tuple[int, ...] = (),
    ) -> None:
        self.columns = columns
        self.role = role
        self.slot = slot
        self.header = header
        self.read = read
        self.clean = clean
        self.counted = counted
        self.kept = kept
        self.required = required
        self.context = context
        self.echo = False
        self.direct: bool | None = None
        self.forget()

    @property
    def notes(self) -> list[Issue]:
        """What the column as a whole has to say (which of day and month stands first, for instance)."""
        step = getattr(self.read, "step", None)
        return step.notes if step is not None else []

    def forget(self) -> None:
        """Drop what is remembered; a chunk of rows must not depend on the chunks before it."""
        self.memo = Memo(self.read)
        together = len(self.columns) + len(self.context)
        self.memo["" if together == 1 else ("",) * together] = BLANK

    def alone(self, text: str) -> Reading:
        """Read a text of the first column by itself, as if the cells beside it were blank."""
        together = len(self.columns) + len(self.context)
        return self.read(text) if together == 1 else self.read((text, *("",) * (together - 1)))

    def column(self, columns: Sequence[Sequence[str]]) -> list[Reading] | PlainColumn:
        """Read a batch, given column by column; one reading per row, :data:`BLANK` for an empty cell."""
        if len(self.columns) + len(self.context) > 1:
            keys = zip(*(columns[i] for i in (*self.columns, *self.context)), strict=True)
            return list(map(self.memo.__getitem__, keys))
        texts = columns[self.columns[0]]
        if self.direct is None and len(texts) >= DIRECT_LEAST:
            self.direct = len(set(texts)) > DIRECT_SHARE * (len(texts) - texts.count("")) > 0
        if not self.direct:
            return list(map(self.memo.__getitem__, texts))
        plain = self.clean.column(self.slot, texts) if self.clean is not None and self.counted else None
        if plain is not None:
            return plain
        read = self.read
        readings = [read(t) if t else BLANK for t in texts]
        self.memo.odd = self.memo.odd or any(r.odd for r in readings)
        return readings
