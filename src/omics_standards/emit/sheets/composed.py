"""What a format's writer gives: grids of cells or documents, what they do not hold, and which records they carry."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ...records import Attribute
from ..tables import show

if TYPE_CHECKING:
    from ...records import Value

__all__ = ["Composed", "Document", "Loss", "SheetGrid", "as_lost"]


class Loss(NamedTuple):
    """A value that the format cannot hold.

    ``cls``, ``id``: the record. ``slot``: '' where the whole record has no place. ``value``: as :func:`as_lost` shows it.
    ``why``: one of ``no table`` (no table of the format has records of that class, or the record is not reached from one),
    ``no column`` (the table has no column for the slot, and takes no attributes), ``one value`` (the column holds one value and the
    record has several), ``spelling`` (the format has no way to write that value).
    """

    cls: str
    id: str
    slot: str
    value: str
    why: str


def as_lost(value: Value) -> str:
    """Return a value as a loss names it: as a person writes it, an attribute with its name.

    Examples
    --------
    >>> as_lost(Attribute("pool", "7")), as_lost("7")
    ('pool: 7', '7')
    """
    return f"{value.name}: {value.value}" if isinstance(value, Attribute) else show(value)


@dataclass
class SheetGrid:
    """One table as text cells.

    ``name``: of the sheet in a workbook. ``file``: name of the file; grids of one workbook share it.
    ``quoted``: whether each cell of a text stands in quotes.
    ``rows``: all rows in order, those above and below the header included. ``header``: index of the header row.
    ``records``: per row the main record's (class, id), None for other rows; as long as ``rows``.
    ``targets``: per column ``(class, slot)`` of what it carries, None for columns of the format itself.
    """

    name: str
    rows: list[list[str]]
    header: int = 0
    table: str = ""
    file: str = ""
    records: list[tuple[str, str] | None] = field(default_factory=list)
    targets: list[tuple[str, str] | None] = field(default_factory=list)
    quoted: bool = False


class Document(NamedTuple):
    """A file that is no table: its name and its whole text."""

    name: str
    text: str


@dataclass
class Composed:
    """All that a profile writes of some records: tables, documents, and the losses, which are sorted.

    ``cells``: what the documents hold, as a table for each kind of element, for those who check it.
    ``told``: by class and id of a record, the slots and values that cells carry. ``made``: class, id and slot of what cells say beyond
    the records, because the archive wants it. ``renamed``: ids of records that are written under another name, with the ids that follow.
    """

    grids: list[SheetGrid] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    cells: list[SheetGrid] = field(default_factory=list)
    told: dict[tuple[str, str], set[tuple[str, object]]] = field(default_factory=dict)
    made: set[tuple[str, str, str]] = field(default_factory=set)
    renamed: dict[str, str] = field(default_factory=dict)
