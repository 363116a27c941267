"""The text of a batch of rows from pieces, column by column: what Turtle and N-Triples have in common."""

from __future__ import annotations

from itertools import chain, repeat
from typing import TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ..records import Block, Record

__all__ = ["Pieces", "complete", "joined"]


class Pieces:
    """The pieces of each row's text, column by column: constant texts are joined where they meet, the rest is taken as it is."""

    def __init__(self) -> None:
        self.columns: list[Iterable[str]] = []
        self._constant = ""

    def constant(self, text: str) -> None:
        """Add a text that every row has here."""
        self._constant += text

    def varying(self, texts: Sequence[str]) -> None:
        """Add a text of its own for every row."""
        if self._constant:
            self.columns.append(repeat(self._constant))
            self._constant = ""
        self.columns.append(texts)

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Yield the pieces of each row."""
        if self._constant:
            self.columns.append(repeat(self._constant))
        return zip(*self.columns, strict=False)


def complete(ids: Sequence[str | None]) -> TypeGuard[Sequence[str]]:
    """Tell whether every row has an id."""
    return None not in ids


def joined(blocks: Sequence[Block], add: Callable[[Block, Pieces], None], record_text: Callable[[Record], str]) -> str:
    """Join the text of the records of one batch, row by row.

    Parameters
    ----------
    blocks
        The records of one batch, a block per kind.
    add
        Adds the pieces of a block's records.
    record_text
        Makes the text of a record that more than its row makes.
    """
    if all(complete(b.ids) for b in blocks) and not any(b.joined for b in blocks):
        # The usual case: every row holds every record, and one join over all pieces makes the text of the batch.
        pieces = Pieces()
        for block in blocks:
            add(block, pieces)
        return "".join(chain.from_iterable(pieces.rows()))
    texts = []
    for block in blocks:
        pieces = Pieces()
        add(block, pieces)
        own = ["".join(row) if i is not None else "" for row, i in zip(pieces.rows(), block.ids, strict=False)]
        for place, record in block.joined.items():
            own[place] = record_text(record)
        texts.append(own)
    return "".join(chain.from_iterable(zip(*texts, strict=True)))
