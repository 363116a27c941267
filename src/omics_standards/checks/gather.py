"""What the issues of single cells come to when they are seen together: a unit that a column lacks, values that share a cell, moved rows."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from ..findings import Issue
from .shift import TYPED, fits
from .watch import columns_of, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..findings import Finding
    from ..mapping.plan import Plan
    from ..mapping.rows import Hits
    from ..records import Reading
    from .watch import WatchedColumn

__all__ = ["gather"]

# --- a unit for the whole column --------------------------------------------------------------------------------------

# From so many different numbers on, the lack is one of the column and not one of its cells.
_NUMBERS: Final = 3


def _units(plan: Plan, hits: Hits, columns: dict[int, WatchedColumn]) -> Iterator[Finding]:
    """Say once of a column what each of its numbers would say, and take it out of the hits."""
    lacking: dict[int, list[object]] = {}
    for (index, text), reading in hits.readings.items():
        if any(i.code == "unit-missing" for i in reading.issues):
            lacking.setdefault(index, []).append(text)
    for index, texts in lacking.items():
        seen = columns.get(index)
        if seen is None or len(texts) < _NUMBERS:
            continue
        issue = next(i for i in hits.readings[index, texts[0]].issues if i.code == "unit-missing")
        rows = sorted(row for text in texts for row in hits.rows[index, text])
        whole = issue._replace(
            expected=f"a unit in the header or in each cell ({issue.expected})"
            if issue.expected
            else "a unit in the header or in each cell",
            fix="write the unit into the header, as in 'depth (m)', if it is the same in all rows",
        )
        yield told(plan, seen, whole, rows)
        for text in texts:
            _without(hits, (index, text), "unit-missing")


def _without(hits: Hits, key: tuple[int, object], code: str) -> None:
    """Take an issue out of a hit; a reading is shared by its rows and never changed, so another one takes its place."""
    known = hits.readings[key]
    rest = tuple(i for i in known.issues if i.code != code)
    if not rest:
        del hits.readings[key], hits.rows[key]
        return
    fewer = type(known)(known.slot, known.values, known.fate, rest, known.steps)
    fewer.missing, fewer.rejected, fewer.candidate, fewer.raw = known.missing, known.rejected, known.candidate, known.raw
    hits.readings[key] = fewer


# --- several values in one cell ---------------------------------------------------------------------------------------

_BETWEEN: Final = re.compile(r"\s*[;|,、，；]\s*|\s*/\s*|\s+(?:and|&|\+|und|et|y|和|及)\s+")
_SINGLE: Final = TYPED | {"term", "quantity", "age"}
_MOST: Final = 6
# Distinct texts of a column that are tried: a column of which hundreds are wrong is wrong in another way.
_TRIED: Final = 200


def _several(plan: Plan, hits: Hits, columns: dict[int, WatchedColumn]) -> Iterator[Finding]:
    """Say of cells that cannot be read as one value that they can be read as several."""
    tried: Counter[int] = Counter()
    for (index, text), reading in hits.readings.items():
        seen = columns.get(index)
        if seen is None or not isinstance(text, str) or seen.kind not in _SINGLE or not _unread(reading) or len(text) > 300:
            continue
        step = getattr(seen.reader.read, "step", None)
        parts = [p for p in _BETWEEN.split(text) if p]
        if step is None or step.spec.split or not 2 <= len(parts) <= _MOST or tried[index] >= _TRIED:
            continue
        tried[index] += 1
        if all(any(c.isalnum() for c in p) and fits(seen, p) for p in parts) and len(set(parts)) > 1:
            shown = ", ".join(map(repr, parts))
            issue = Issue(
                "values-several", f"one value, not {len(parts)}: {shown}", "give each value a row or a column of its own, or leave one"
            )
            yield told(plan, seen, issue, hits.rows[index, text], text)


def _unread(reading: Reading) -> bool:
    return reading.fate == "rejected" or any(i.code in ("term-not-found", "accession-unknown") for i in reading.issues)


# --- rows whose cells moved -------------------------------------------------------------------------------------------

_WRONG: Final = 3
_ROWS: Final = 1_000


def _moved(plan: Plan, hits: Hits, columns: dict[int, WatchedColumn]) -> Iterator[Finding]:
    """Find rows in which the cells stand beside the columns that they belong to."""
    wrong: dict[int, list[WatchedColumn]] = {}
    for (index, text), rows in hits.rows.items():
        seen, reading = columns.get(index), hits.readings[index, text]
        if seen is not None and seen.kind in TYPED and len(seen.reader.columns) == 1 and reading.fate == "rejected":
            for row in rows:
                wrong.setdefault(row, []).append(seen)
    suspect = {row: w for row, w in wrong.items() if len(w) >= _WRONG}
    sheet = plan.env.sheet
    if not suspect or len(suspect) > _ROWS or sheet is None:
        return
    moved: dict[int, list[int]] = {1: [], -1: []}
    first: dict[int, WatchedColumn] = {}
    # A reading of its own: the one that the flow has finished counted the cells.
    for batch in sheet.with_header(sheet.header_row).batches():
        for number, cells in zip(batch.numbers, batch.rows, strict=True):
            for step in moved if number in suspect else ():
                right = [s for s in suspect[number] if 0 <= s.column + step < len(cells) and fits(s, cells[s.column + step])]
                if len(right) >= _WRONG and 2 * len(right) > len(suspect[number]) and len({s.kind for s in right}) > 1:
                    moved[step].append(number)
                    first.setdefault(step, min(right, key=lambda s: s.column))
                    break
    for step, numbers in moved.items():
        if numbers:
            where = "right" if step > 0 else "left"
            issue = Issue(
                "row-shifted",
                f"cells under the headers that they belong to; from {first[step].header!r} on they stand one column further {where}",
                "look in these rows for a cell too many or too few, and move the others back",
            )
            yield told(plan, first[step], issue, numbers)


def gather(plan: Plan, hits: Hits) -> list[Finding]:
    """Say what the issues of a sheet come to when they are seen together.

    Parameters
    ----------
    plan
        The plan of the sheet.
    hits
        Where issues were met; those that are told here as one are taken out.

    Findings
    --------
    unit-missing, values-several, row-shifted
    """
    if not hits.rows:
        return []
    numbers = {id(reader): i for i, reader in enumerate(plan.readers)}
    columns = {numbers[id(s.reader)]: s for s in columns_of(plan) if s.part == "value"}
    return [*_moved(plan, hits, columns), *_several(plan, hits, columns), *_units(plan, hits, columns)]
