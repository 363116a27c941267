"""Lists that stand in parallel: the second name, the second checksum and the second size in three cells are those of one file.

A column of the profile with ``spread`` becomes as many columns as its longest list has pieces, each feeding one record of a
repeated role. The cell stays one cell of the ledger: the first piece is counted, and what is wrong with any piece is said there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..records import BLANK, Reading, Rejected
from ..values.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..tables import Sheet
    from .headers import Match

__all__ = ["piece_of", "spread_out"]


def spread_out(matches: Sequence[Match], sheet: Sheet) -> list[Match]:
    """Put as many columns in the place of each that holds lists as its longest list has pieces; reads the sheet once for it."""
    lists = {m.column: m.spec.spread for m in matches if m.spec is not None and m.spec.spread}
    if not lists:
        return list(matches)
    longest = dict.fromkeys(lists, 1)
    for batch in sheet.with_header(sheet.header_row).batches():
        for row in batch.rows:
            for column, delimiter in lists.items():
                if column < len(row) and delimiter in row[column]:
                    longest[column] = max(longest[column], row[column].count(delimiter) + 1)
    # A trailing delimiter gives a piece without a text, which no record comes of.
    found: list[Match] = []
    for match in matches:
        many = longest.get(match.column, 0)
        found += [match._replace(number=str(k), piece=k) for k in range(1, many + 1)] if many else [match]
    return found


def piece_of(read: Callable[[str], Reading], slot: str, delimiter: str, number: int) -> Callable[[str], Reading]:
    """Make a reader of one piece of a list.

    Parameters
    ----------
    read
        Reads a piece.
    slot
        The slot it feeds.
    delimiter
        What stands between pieces.
    number
        Which piece, from 1. The reader of the first answers for the whole cell.

    Examples
    --------
    >>> from omics_standards.records import Plain
    >>> second = piece_of(lambda text: Plain("file_name", text), "file_name", ";", 2)
    >>> second("a.gz;b.gz").values, second("a.gz") is BLANK
    (('b.gz',), True)
    """

    def one(text: str) -> Reading:
        pieces = text.split(delimiter)
        piece = clean(pieces[number - 1]) if number <= len(pieces) else ""
        if number > 1:
            return read(piece) if piece else BLANK
        if len(pieces) == 1:
            return read(text)
        readings = [read(p) for p in (clean(p) for p in pieces) if p]
        first = readings[0] if piece and readings else BLANK
        issues = tuple(dict.fromkeys(i for r in readings for i in r.issues))
        refused = next((r.rejected.finding for r in readings if r.rejected), None)
        fate = "rejected" if refused and not first.values else (first.fate or "mapped")
        values = first.values if first.slot == slot else ()
        if first.fate == "kept":
            whole = Reading("attributes", first.values, "kept", issues, first.steps)
        else:
            whole = Reading(slot, values, fate, issues, ("split",), first.missing, Rejected(slot, text, refused) if refused else None)
        whole.raw = text
        return whole

    return one
