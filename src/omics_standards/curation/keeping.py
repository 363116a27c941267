"""A conversion whose records stay at hand: workbooks enter, the outcome and the records leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..conversion.flow import Flow
from ..records import records_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..conversion.flow import Options, Outcome
    from ..records import Block, Record
    from ..tables import Workbook

__all__ = ["Kept", "convert_books"]


class Kept(NamedTuple):
    """What a conversion gave."""

    outcome: Outcome
    records: list[Record]


class _Keeping:
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


def convert_books(books: Sequence[Workbook], options: Options) -> Kept:
    """Convert workbooks that were opened before.

    Examples
    --------
    >>> from omics_standards.conversion import Options
    >>> from omics_standards.tables import from_rows
    >>> kept = convert_books([from_rows(["sample_name", "organism"], [["S1", "missing"]])], Options())
    >>> [r.id for r in kept.records]
    ['biosample/S1']
    """
    sink = _Keeping()
    return Kept(Flow(books, options).run(sink), sink.records)
