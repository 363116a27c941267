"""The columns that steps of rows stand in: rows of different shapes are laid over each other so that like steps share a column."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from .paths import key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...records import Record
    from .paths import Way

__all__ = ["Order", "lay_over", "put_in_order"]

Token = tuple[str, str]
Row = list["Record | None"]
Order = dict[tuple[str, str], tuple[int, int]]

# Columns of protocols beyond those of the longest row: more of them, and protocols share columns whatever they are.
_SPARE = 4
# Times that rows are put in order; nearly all are after two.
_TRIES = 12


def _token(way: Way, place: int, *, named: bool) -> Token:
    step = way[place]
    if step.role != "process" or not named:
        return step.role, ""
    return step.role, str(next(iter(step.record.values("protocol") or step.record.values("name")), ""))


def _longer(one: list[Token], other: list[Token]) -> list[Token]:
    """The shortest sequence that holds two others in their orders."""
    n, m = len(one), len(other)
    best = [[0] * (m + 1) for _ in range(n + 1)]
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            best[i][j] = best[i + 1][j + 1] + 1 if one[i] == other[j] else max(best[i + 1][j], best[i][j + 1])
    found: list[Token] = []
    i = j = 0
    while i < n and j < m:
        if one[i] == other[j]:
            found.append(one[i])
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            found.append(one[i])
            i += 1
        else:
            found.append(other[j])
            j += 1
    return [*found, *one[i:], *other[j:]]


def lay_over(ways: Sequence[Way]) -> tuple[list[str], list[Row]]:
    """Lay rows over each other.

    Parameters
    ----------
    ways
        Paths, in any order.

    Returns
    -------
    lanes : list of str
        The role of each column.
    rows : list of list
        Per path, the record in each column, None where it skips one.

    Examples
    --------
    >>> from omics_standards.records import Record
    >>> from .paths import Step
    >>> s, e, f = (Step(r, Record("Biosample", r, (), (), 0)) for r in ("sample", "extract", "raw"))
    >>> lanes, rows = lay_over([(s, f), (s, e, f)])
    >>> lanes, [[r and r.id for r in row] for row in rows]
    (['sample', 'extract', 'raw'], [['sample', None, 'raw'], ['sample', 'extract', 'raw']])
    """
    longest = max(map(len, ways), default=0)
    for named in (True, False):
        shapes = Counter(tuple(_token(w, k, named=named) for k in range(len(w))) for w in ways)
        lanes: list[Token] = []
        for shape, _ in sorted(shapes.items(), key=lambda s: (-len(s[0]), -s[1], s[0])):
            lanes = _longer(lanes, list(shape))
        if len(lanes) <= longest + _SPARE:
            break
    return [role for role, _ in lanes], [_placed(w, lanes, named=named) for w in ways]


def _placed(way: Way, lanes: Sequence[Token], *, named: bool) -> Row:
    row: Row = [None] * len(lanes)
    at = 0
    for place, step in enumerate(way):
        token = _token(way, place, named=named)
        while lanes[at] != token:
            at += 1
        row[at] = step.record
        at += 1
    return row


def put_in_order(rows: list[Row], order: Order) -> list[Row]:
    """Put rows into the order of their records, in such a way that records read from the rows give the same order again.

    Parameters
    ----------
    rows
        As :func:`lay_over` gives them.
    order
        The place of each record: (1, place in the dataset), or (0, place) for those that stand in an earlier sheet. Records of these
        rows get a place of that kind.
    """
    trial = dict(order)
    ordered = rows
    for _ in range(_TRIES):
        ordered = sorted(rows, key=lambda row: [(r is None, trial[key_of(r)] if r is not None else (0, 0)) for r in row])
        met = [key_of(r) for row in ordered for r in row if r is not None]
        fresh = dict.fromkeys(k for k in met if order[k][0])
        again = dict(order) | {k: (1, i) for i, k in enumerate(fresh)}
        if again == trial:
            break
        trial = again
    count = sum(not place[0] for place in order.values())
    for row in ordered:
        for record in row:
            if record is not None and order[key_of(record)][0]:
                order[key_of(record)] = (0, count)
                count += 1
    return ordered
