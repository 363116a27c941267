"""A place for records that stay at hand, where a conversion would otherwise write files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..records import records_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..records import Block, Record

__all__ = ["Memory"]


class Memory:
    """A sink that keeps the records."""

    def __init__(self) -> None:
        self.records: list[Record] = []

    def encode(self, records: Sequence[Record]) -> Sequence[Record]:
        """Nothing to make."""
        return records

    def encode_blocks(self, blocks: Sequence[Block]) -> Sequence[Record]:
        """Make the records."""
        return records_of(blocks)

    def write(self, encoded: object) -> None:
        """Keep them."""
        self.records.extend(encoded)  # type: ignore[arg-type]
