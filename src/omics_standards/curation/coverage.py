"""What became of each column: its slots, the fates of its cells, how many distinct texts it holds, and the first of them.

In: the rows of a conversion while they are read, and what the plan made of them. Out: a :class:`SheetCoverage` per sheet.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ..findings import column_letter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..mapping.plan import Plan
    from ..mapping.readers import Reader
    from ..tables import Batch

__all__ = ["ColumnCoverage", "Coverage", "SheetCoverage"]

# Distinct texts that are counted in a column; beyond, the page says that there are more. A set of so many short texts is 1 MB.
_DISTINCT: Final = 10_000
_SAMPLES: Final = 5


@dataclass(frozen=True, slots=True)
class ColumnCoverage:
    """One column, or several that were read together.

    Attributes
    ----------
    place
        Letters of its columns (``D`` or ``D, E``), or the path of a leaf of a tree.
    header
        Texts of its header cells, joined by `` + ``.
    slots
        ``Class.slot`` of each slot that it feeds; () for a column that is kept, or is structure.
    fates
        Non-blank cells by fate.
    distinct
        Number of distinct texts, at most 10,000.
    many
        True where there are more than that.
    samples
        The first distinct texts; () where they must not be shown.
    required
        True where the archive requires it.
    """

    place: str
    header: str
    slots: tuple[str, ...]
    fates: Mapping[str, int]
    distinct: int
    many: bool
    samples: tuple[str, ...]
    required: bool = False


@dataclass(slots=True)
class SheetCoverage:
    """The columns of one sheet, in their order."""

    file: str
    sheet: str
    profile: str
    rows: int = 0
    columns: list[ColumnCoverage] = field(default_factory=list)


class _Seen:
    """Texts of the columns of the sheet that is being read."""

    def __init__(self) -> None:
        self.rows = 0
        self.texts: list[dict[str, None]] = []
        self.many: set[int] = set()

    def add(self, batch: Batch) -> None:
        """Take the texts of a batch."""
        self.rows += len(batch.rows)
        for index, column in enumerate(batch.columns):
            if index == len(self.texts):
                self.texts.append({})
            known = self.texts[index]
            if index in self.many:
                continue
            known.update(dict.fromkeys(column))
            known.pop("", None)
            if len(known) > _DISTINCT:
                self.many.add(index)
                self.texts[index] = dict.fromkeys(list(known)[:_DISTINCT])


class Coverage:
    """Looks on at a conversion (see :class:`omics_standards.conversion.flow.Observer`).

    Parameters
    ----------
    samples
        Whether texts of the cells are kept as samples; False where the run leaves out what points at a person.

    Examples
    --------
    >>> import pandas as pd
    >>> from omics_standards.conversion.api import check
    >>> coverage = Coverage()
    >>> _ = check(pd.DataFrame({"sample_name": ["S1", "S2"], "sex": ["male", "NA"], "mood": ["good", ""]}), observer=coverage)
    >>> [(c.place, c.header, c.slots, sorted(c.fates.items()), c.distinct) for c in coverage.sheets[0].columns][1:]
    [('B', 'sex', ('Biosample.sex',), [('mapped', 1), ('missing', 1)], 2), ('C', 'mood', (), [('kept', 1)], 1)]
    >>> Coverage().sheets
    []
    """

    def __init__(self, *, samples: bool = True) -> None:
        self.sheets: list[SheetCoverage] = []
        self._samples = samples
        self._seen = _Seen()

    def over(self, _plan: Plan, batches: Iterator[Batch]) -> Iterator[Batch]:
        """Yield the batches of a sheet, and remember what texts its columns hold."""
        self._seen = seen = _Seen()
        for batch in batches:
            seen.add(batch)
            yield batch

    def done(self, plan: Plan, fates: Counter[tuple[int, str]]) -> None:
        """Take what became of the cells of the sheet that was read last."""
        seen = self._seen
        known = plan.profile.id != "unknown"
        sheet = SheetCoverage(plan.source.file, plan.source.sheet, plan.profile.title if known else "", seen.rows)
        rows: list[tuple[int, ColumnCoverage]] = []
        owners: dict[int, Reader] = {c: r for r in plan.readers if r.counted for c in r.columns}
        for index, reader in enumerate(plan.readers):
            if not reader.counted:
                continue
            also = [r for r in plan.readers if not r.counted and set(r.columns) & set(reader.columns)]
            slots = [_slot(plan, r) for r in (reader, *also) if not r.kept]
            counts = {fate: n for (i, fate), n in fates.items() if i == index and fate and n}
            rows.append((reader.columns[0], self._column(plan, reader.columns, tuple(dict.fromkeys(slots)), counts, reader.required)))
        rest = [c for c in range(plan.width) if c not in owners and c < len(seen.texts) and seen.texts[c]]
        rows += [(c, self._column(plan, (c,), (), {}, False)) for c in rest]
        sheet.columns = [column for _, column in sorted(rows, key=lambda r: r[0])]
        self.sheets.append(sheet)

    def _column(
        self, plan: Plan, columns: tuple[int, ...], slots: tuple[str, ...], counts: dict[str, int], required: bool
    ) -> ColumnCoverage:
        seen = self._seen
        texts = seen.texts[columns[0]] if columns[0] < len(seen.texts) else {}
        headers = " + ".join(plan.headers[c] if c < len(plan.headers) else "" for c in columns)
        samples = tuple(list(texts)[:_SAMPLES]) if self._samples else ()
        return ColumnCoverage(_place(plan, columns), headers, slots, counts, len(texts), columns[0] in seen.many, samples, required)


def _slot(plan: Plan, reader: Reader) -> str:
    return f"{plan.table.records[reader.role.partition('#')[0]].cls}.{reader.slot}"


def _place(plan: Plan, columns: tuple[int, ...]) -> str:
    places = []
    for column in columns:
        at = plan.address(None, column)
        places.append(at.path or column_letter(at.column or 0))
    return ", ".join(places)
