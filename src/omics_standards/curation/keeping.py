"""A conversion whose records stay at hand: workbooks enter, the outcome and the records leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..conversion.flow import Flow
from ..conversion.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..conversion.flow import Options, Outcome
    from ..records import Record
    from ..tables import Workbook

__all__ = ["Kept", "convert_books"]


class Kept(NamedTuple):
    """What a conversion gave."""

    outcome: Outcome
    records: list[Record]


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
    sink = Memory()
    return Kept(Flow(books, options).run(sink), sink.records)
