"""Columns that stand beside their headers: none of their values fits the column, and all fit that of the neighbour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..findings import CODES, Issue
from ..values.missing import is_missing
from .watch import Detector

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..findings import Finding
    from ..mapping.plan import Plan
    from .watch import Columns, View, WatchedColumn

__all__ = ["TYPED", "fits", "shifted"]

TYPED: Final = frozenset({"date", "geopoint", "md5", "sha256", "integer", "decimal", "enum", "accession", "boolean", "uri"})
"""Kinds of columns whose values can be told from those of others."""

# Texts of a column that are tried: enough to know what it holds.
_SAMPLE: Final = 30
_LEAST: Final = 3


def fits(seen: WatchedColumn, text: str) -> bool:
    """Tell whether a text is a value of a column without anything to say against it."""
    if not text or is_missing(text):
        return False
    reading = seen.reader.alone(text)
    return reading.fate == "mapped" and all((i.severity or CODES[i.code].severity) == "info" for i in reading.issues)


class Shifted(Detector):
    """Compares the first values of typed columns with what their own and the neighbouring headers promise."""

    def __init__(self, plan: Plan, typed: Sequence[WatchedColumn]) -> None:
        self._plan = plan
        self._typed = typed
        self._samples: dict[int, list[str]] = {}

    def see(self, view: View) -> None:
        """Look at the first batch."""
        if not self._samples:
            for column, texts in enumerate(view.columns):
                self._samples[column] = [t for t in dict.fromkeys(texts[:200]) if t and not is_missing(t)][:_SAMPLE]

    def findings(self) -> Iterator[Finding]:
        """Tell it once, on the first header that is wrong.

        Findings
        --------
        columns-shifted
        """
        own = {s.column: self._share(s, s.column) for s in self._typed}
        wrong = [s for s in self._typed if own[s.column] is not None and own[s.column] == 0]
        if len(wrong) < _LEAST:
            return
        for step in (1, -1):
            right = [s for s in wrong if (self._share(s, s.column + step) or 0) >= 0.8]
            if len(right) < _LEAST or len({s.kind for s in right}) < 2 or 2 * len(right) <= len(wrong):
                continue
            first, last = right[0].column, right[-1].column
            # Columns between them that are right where they are speak against it.
            if sum(first <= c <= last and (share or 0) > 0.5 for c, share in own.items()) * 2 > len(right):
                continue
            where = "right" if step > 0 else "left"
            shown = ", ".join(repr(s.header) for s in right[:4])
            issue = Issue(
                "columns-shifted",
                f"values under the headers that they belong to; those of {shown} stand one column further {where}",
                "look in the header, before the first of them, for a name too many or too few",
            )
            yield issue.at(self._plan.address(self._plan.header_row or None, first), header=right[0].header)

    def _share(self, seen: WatchedColumn, column: int) -> float | None:
        """Share of the sample of a column that fits what another one promises; None where nothing is there to be tried."""
        texts = self._samples.get(column)
        return sum(fits(seen, t) for t in texts) / len(texts) if texts else None


def shifted(columns: Columns) -> Iterator[Shifted]:
    """Make the detector of a table with typed columns; the values of a tree stand where their names are."""
    typed = sorted((s for s in columns.seen if s.kind in TYPED and len(s.reader.columns) == 1), key=lambda s: s.column)
    if len(typed) >= _LEAST and columns.plan.source.paths is None:
        yield Shifted(columns.plan, typed)
