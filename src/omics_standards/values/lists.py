"""Several values in one cell. In: texts and their delimiter; out: the pieces, paired where lists stand side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..findings import Issue
from .text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Rows", "split_cell", "split_parallel"]


class Rows(NamedTuple):
    """Lists side by side, paired: one tuple per position. Empty where an issue says that they do not pair."""

    rows: tuple[tuple[str, ...], ...]
    issues: tuple[Issue, ...] = ()


def split_cell(text: str, delimiter: str, *, keep_empty: bool = False) -> tuple[str, ...]:
    """Split a cell at its delimiter and clean the pieces.

    Parameters
    ----------
    text
        The cell's text.
    delimiter
        What separates the values; '' for a cell that holds one.
    keep_empty
        Whether an empty piece keeps its place (in lists side by side) or is left out.

    Examples
    --------
    >>> split_cell("lung;; liver ;", ";")
    ('lung', 'liver')
    >>> split_cell("", ";")
    ()
    """
    if not clean(text):
        return ()
    pieces = tuple(clean(p) for p in (text.split(delimiter) if delimiter else (text,)))
    return pieces if keep_empty else tuple(p for p in pieces if p)


def split_parallel(texts: Sequence[str], delimiters: Sequence[str]) -> Rows:
    """Split cells whose pieces belong together by position: names with their accessions.

    A cell that is blank is blank for every position. Cells of different numbers of pieces are not paired.

    Parameters
    ----------
    texts
        The cells.
    delimiters
        One for all cells, or one per cell.

    Raises
    ------
    ValueError
        Where the delimiters are neither one nor as many as the cells.

    Findings
    --------
    lists-unequal

    Examples
    --------
    >>> split_parallel(["lung;liver", "UBERON:0002048; UBERON:0002107"], [";"]).rows
    (('lung', 'UBERON:0002048'), ('liver', 'UBERON:0002107'))
    >>> split_parallel(["a,b", "1;2;3"], [",", ";"]).issues[0].code
    'lists-unequal'
    """
    if len(delimiters) not in (1, len(texts)):
        raise ValueError(f"{len(texts)} cells need 1 or {len(texts)} delimiters, not {len(delimiters)}")
    marks = list(delimiters) * (len(texts) if len(delimiters) == 1 else 1)
    lists = [split_cell(_without_edge(t, d), d, keep_empty=True) for t, d in zip(texts, marks, strict=True)]
    length = max((len(pieces) for pieces in lists), default=0)
    if any(pieces and len(pieces) != length for pieces in lists):
        counts = " and ".join(str(len(pieces)) for pieces in lists if pieces)
        expected = f"as many pieces in each cell, not {counts}"
        return Rows(
            (),
            (Issue("lists-unequal", expected, "write one piece for each, with an empty one where nothing is known"),),
        )
    return Rows(tuple(tuple(pieces[i] if pieces else "" for pieces in lists) for i in range(length)))


def _without_edge(text: str, delimiter: str) -> str:
    """Drop one delimiter that closes a cell: it ends the list, it does not begin another piece."""
    text = clean(text)
    return text.removesuffix(delimiter) if delimiter else text
