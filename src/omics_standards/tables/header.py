"""Where a table begins: the first rows of a sheet enter, the header's place and what stands around it leave.

Nothing here knows what the columns mean. A header is a row of short, distinct texts, about as many as the rows below
have cells, and its texts do not come back in the rows below. Rows that begin with ``#`` are comments, unless they are
the only header there is.
"""

from __future__ import annotations

import re
from math import sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["REPORT_MARK", "Layout", "Row", "lay_out", "purpose"]

Row = tuple[int, "list[str]"]

# Rows with cells in which the header is looked for: below the 35 rows of instructions above the samples of a GEO
# submission template.
_SEARCHED: Final = 60
# Rows above and below a candidate that it is compared with.
_NEAR: Final = 12
# The first row that is at least this good, measured by the best, is the header: data rows of texts come close to a
# header but follow it.
_GOOD: Final = 0.7
# A header scores 0.8 to 1; rows of data with numbers, dates and repeated words below 0.3. Between them the header is
# doubtful.
_DOUBTFUL: Final = 0.35
# Characters of a header at most; longer texts are sentences.
_SHORT: Final = 60
# Cells of a row that are compared; the first five hundred columns tell.
_COLUMNS: Final = 500
# How much better a row is for asterisks at its cells: NCBI, DDBJ, NGDC and EGA mark what they require, before the
# name or behind it.
_MARKED: Final = 1.25
# Comment rows that are kept for whoever recognises the format.
_COMMENTS: Final = 100

_NUMBER_OR_DATE: Final = re.compile(
    r"[<>~≤≥+\-]?\s*\d[\d.,:/\-\s]*(?:[eE][+\-]?\d+)?\s*%?"
    r"|\d{4}-\d\d-\d\dT.*|\d{1,2}[-/ ][A-Za-z]{3}[-/ ]\d{2,4}|TRUE|FALSE"
)
_DIGIT: Final = re.compile(r"\d")
_RUN: Final = re.compile(r"[0-9]+|[A-Za-z]+|[^\W\d_]+")


class Layout(NamedTuple):
    """Where things stand in a sheet.

    Attributes
    ----------
    header_row
        1 for the first; 0 where all rows are data.
    headers
        Texts of the header without surrounding blanks; blank ones at the end left out.
    band
        Texts of the grouping row above, one per column, or ().
    comments
        Row and text of rows that are neither data nor header nor band.
    data_row
        The first row that may hold data.
    structural
        Non-blank cells above ``data_row``.
    doubtful
        True where no row looks like a header and the first one was taken.
    """

    header_row: int
    headers: tuple[str, ...]
    band: tuple[str, ...]
    comments: tuple[tuple[int, str], ...]
    data_row: int
    structural: int
    doubtful: bool = False


def lay_out(rows: Sequence[Row], merged: Callable[[int], list[tuple[int, int]]], *, header_row: int | None = None) -> Layout:
    """Find the header and say what each row around it is.

    Parameters
    ----------
    rows
        The first rows of the sheet without gaps, each with its number.
    merged
        Gives the merged cells of a row as (first column, last column).
    header_row
        The header's row where it is known; None to find it.

    Examples
    --------
    >>> rows = [(1, ["# made for S1", ""]), (2, ["*name", "age"]), (3, ["S1", "7"])]
    >>> lay_out(rows, lambda row: []).headers
    ('*name', 'age')
    >>> lay_out([(1, ["", " "])], lambda row: []).header_row
    0
    """
    filled = [(number, [c.strip() for c in cells]) for number, cells in rows if any(map(str.strip, cells))]
    doubtful = False
    if header_row is None:
        header_row, doubtful = _find(filled)
    if not header_row:
        width = max((len(cells) for _, cells in filled), default=0)
        return Layout(0, ("",) * width, (), (), 1, 0)
    header = next((cells for number, cells in filled if number == header_row), [])
    width = max((j for j, cell in enumerate(header, 1) if cell), default=0)
    band_row, band = _band(filled, header_row, header[:width], merged(header_row - 1))
    data_row = header_row + 1
    comments = [(n, _text(cells)) for n, cells in filled if n < header_row and n != band_row]
    if not _is_comment(header):
        directives = _directives([row for row in filled if row[0] > header_row])
        comments += [(n, _text(cells)) for n, cells in directives]
        data_row = directives[-1][0] + 1 if directives else data_row
    structural = sum(1 for n, cells in filled if n < data_row for cell in cells if cell)
    return Layout(header_row, tuple(header[:width]), band, tuple(comments[:_COMMENTS]), data_row, structural, doubtful)


def _text(cells: list[str]) -> str:
    return "\t".join(cells).rstrip("\t")


def _is_comment(cells: list[str]) -> bool:
    return next((c for c in cells if c), "").startswith("#")


def _directives(below: Sequence[Row]) -> list[Row]:
    """Return the comment rows right below the header (ENA: ``#units``), if the data do not begin with ``#`` themselves."""
    found: list[Row] = []
    for row in below:
        if not _is_comment(row[1]):
            return found if all(not _is_comment(cells) for _, cells in below[len(found) : len(found) + _NEAR]) else []
        found.append(row)
    return found if len(found) <= 3 else []


def _find(filled: Sequence[Row]) -> tuple[int, bool]:
    """Return the header's row number and whether it is doubtful; (0, False) where there are no cells."""
    if not filled:
        return 0, False
    window = filled[:_SEARCHED]
    counts = sorted(sum(map(bool, cells)) for _, cells in filled)
    # The widest rows set the measure, but one stray row among many does not.
    widest = counts[-1] if len(counts) < 20 else max(counts[-2], counts[int(len(counts) * 0.9)])
    plain = [i for i, (_, cells) in enumerate(window) if not _is_comment(cells)]
    scores: list[float] = []
    for i, (_, cells) in enumerate(window):
        comment = _is_comment(cells)
        if comment and (widest == 1 or sum(map(bool, cells)) < 0.5 * widest) and plain:
            scores.append(0.0)
            continue
        around = [c for _, c in (*filled[max(0, i - _NEAR) : i], *filled[i + 1 : i + 1 + _NEAR]) if not _same(cells, c)]
        scores.append(_score(cells, around, widest) * (0.8 if comment else 1.0))
        if scores[i] >= _GOOD * _MARKED:
            break  # no later row can be so much better
    best = max(scores)
    first = next(i for i, score in enumerate(scores) if score >= _GOOD * best)
    if best < _DOUBTFUL:
        return window[plain[0] if plain else 0][0], True
    return window[first][0], False


def _same(cells: list[str], other: list[str]) -> bool:
    """Whether a row is nearly the same as another: a header that stands above each of several blocks."""
    texts = [(j, c) for j, c in enumerate(cells) if c]
    return sum(j < len(other) and other[j] == c for j, c in texts) >= 0.8 * len(texts)


def _score(cells: list[str], around: Sequence[list[str]], widest: int) -> float:
    """How much a row looks like a header, from 0 to 1."""
    texts = [(j, c) for j, c in enumerate(cells) if c]
    cover = min(1.0, len(texts) / widest)
    texts = texts[:_COLUMNS]
    n = len(texts)
    # Archives repeat headers on purpose (SDRF "comment[modification parameters]", GEO "raw file", EGA "TAG"): the
    # root is mild on that.
    distinct = sqrt(len({c.casefold() for _, c in texts}) / n)
    words = sum(1 for _, c in texts if len(c) > _SHORT or not _NUMBER_OR_DATE.fullmatch(c)) / n
    short = sum(1 for _, c in texts if len(c) <= _SHORT) / n
    new = 1 - sum(1 for j, c in texts if _comes_back(c, j, around)) / n
    marked = _MARKED if sum(1 for _, c in texts if c[0] == "*" or c[-1] == "*") > 1 else 1.0
    return cover * distinct * words * short * new * marked


def _comes_back(text: str, column: int, around: Sequence[list[str]]) -> bool:
    """Whether a cell is like those above and below it: the same text, or one of the same build that holds digits."""
    others = [cells[column] for cells in around if column < len(cells) and cells[column]]
    if text in others:
        return True
    if not others or not _DIGIT.search(text):
        return False
    build = _build(text)
    return sum(_build(other) == build for other in others) * 2 > len(others)


def _build(text: str) -> str:
    return _RUN.sub(lambda m: "9" if m[0][0].isdigit() else "a", text[:_SHORT])


def _band(filled: Sequence[Row], header_row: int, header: list[str], merged: list[tuple[int, int]]) -> tuple[int, tuple[str, ...]]:
    """Return number and texts of a grouping row right above the header, spread over their columns; (0, ()) if none."""
    cells = next((cells for number, cells in filled if number == header_row - 1), None)
    if not cells or _is_comment(cells):
        return 0, ()
    texts = [j for j, c in enumerate(cells) if c]
    spread = {first - 1: last for first, last in merged if last > first}
    grouped = len(texts) > 1 or any(j in spread for j in texts)
    if not grouped or len(texts) >= len([h for h in header if h]) or any(len(cells[j]) > _SHORT for j in texts):
        return 0, ()
    band = [""] * len(header)
    for k, j in enumerate(texts):
        # Without merged cells (delimited text, or a band that was only typed) a text holds until the next one.
        end = spread.get(j, j + 1) if spread else (texts[k + 1] if k + 1 < len(texts) else len(header))
        for column in range(j, min(end, len(header))):
            band[column] = cells[j]
    return header_row - 1, tuple(band)


# --- what a sheet is for ----------------------------------------------------------------------------------------------

# Names under which archives and their tools ship instructions: NCBI SRA ("Contact Info and Instructions"), DRA, MIxS
# and EGA ("Readme").
_INSTRUCTIONS: Final = re.compile(
    r"instruction|read[ _-]?me|how[ _-]?to|guideline|guidance|\bhelp\b|填写说明|填表说明|使用说明|说明", re.IGNORECASE
)
# ... and vocabularies: NCBI SRA ("Library and Platform Terms"), ENA ("cv_sample"), GEO ("Data validation"), FAANG
# ("faang_field_values").
_VOCABULARY: Final = re.compile(
    r"library and platform (terms|names)|(controlled[ _-])?vocabular(y|ies)|cv([ _-].*)?"
    r"|(pick|drop[ _-]?down|choice|validation)[ _-]?lists?"
    r"|data[ _-]?validation|.*[ _]field[ _]values|术语.*|词汇.*|下拉.*|选项.*",
    re.IGNORECASE,
)


REPORT_MARK: Final = "omics-standards report:"
"""How the first cell of a sheet of findings begins, which a returned workbook has."""


def is_report(rows: Sequence[Row]) -> bool:
    """Tell the sheet of findings of a returned workbook from its owner's sheets.

    Examples
    --------
    >>> is_report([(1, ["omics-standards report: correct the other sheets"])]), is_report([(1, ["sample", "age"])]), is_report([])
    (True, False, False)
    """
    return bool(rows) and rows[0][1][:1] != [] and rows[0][1][0].startswith(REPORT_MARK)


def purpose(name: str, rows: Sequence[Row], *, alone: bool) -> str:
    """Say why a sheet clearly holds no records.

    Parameters
    ----------
    name
        The sheet's name.
    rows
        Its first rows.
    alone
        True where the workbook has no other sheet to hold the records: then only an empty sheet is skipped.

    Returns
    -------
    str
        ``empty``, ``instructions``, ``vocabulary``, or '' where it may be a table.

    Examples
    --------
    >>> purpose("Instructions", [(1, ["How to fill in this sheet, and whom to ask"])], alone=False)
    'instructions'
    >>> purpose("Instructions", [(1, ["id", "age"]), (2, ["S1", "7"]), (3, ["S2", "8"])], alone=False)
    ''
    """
    filled = [[c.strip() for c in cells if c.strip()] for _, cells in rows]
    filled = [cells for cells in filled if cells]
    if not filled:
        return "empty"
    if alone:
        return ""
    texts = [c for cells in filled for c in cells]
    sentences = sum(1 for c in texts if len(c) > 60 or c.count(" ") >= 8) / len(texts)
    narrow = sum(1 for cells in filled if len(cells) <= 2) / len(filled)
    if _VOCABULARY.fullmatch(name.strip()):
        return "vocabulary"
    if _INSTRUCTIONS.search(name) and (sentences >= 0.25 or all(len(cells) == 1 for cells in filled)):
        return "instructions"
    if len(filled) >= 5 and narrow >= 0.9 and sentences >= 0.6:
        return "instructions"
    return ""
