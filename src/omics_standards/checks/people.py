"""What is told once for a whole sheet of people: columns that say too much in many rows, and how few people share what neighbours know."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ..findings import Issue
from .private_columns import private_columns

if TYPE_CHECKING:
    from ..findings import Finding
    from ..mapping.plan import Plan

__all__ = ["MOST", "SMALLEST", "PeopleMet"]

# Groups of fewer people than this are small: what k-anonymity is most often asked for (El Emam and Dankar 2008, JAMIA 15:627).
SMALLEST: Final = 5
# People whose groups are counted; whoever looks at more of them knows already that groups are small.
MOST: Final = 50_000


class PeopleMet:
    """What the batches of a sheet came to.

    Attributes
    ----------
    groups
        People, each with what neighbours would know of them.
    columns
        Per issue and column (0-based): the first row that has it, and how many do.
    people
        Whose rows were met: ``human``, ``other``.
    """

    __slots__ = ("columns", "groups", "people")

    def __init__(self) -> None:
        self.groups: set[tuple[str, tuple[str, ...]]] = set()
        self.columns: dict[tuple[Issue, int], tuple[int, int]] = {}
        self.people: set[str] = set()

    def note(self, issue: Issue, column: int, first: int, count: int) -> None:
        """Count rows of a column."""
        before = self.columns.get((issue, column))
        self.columns[issue, column] = (before[0], before[1] + count) if before else (first, count)

    def merge(self, other: PeopleMet) -> None:
        """Take over what a later batch came to."""
        if len(self.groups) < MOST:
            self.groups |= other.groups
        for (issue, column), (first, count) in other.columns.items():
            self.note(issue, column, first, count)
        self.people |= other.people

    def findings(self, plan: Plan) -> list[Finding]:
        """Tell it.

        Parameters
        ----------
        plan
            The plan of the sheet.

        Findings
        --------
        privacy-date, privacy-coordinates, privacy-free-text, privacy-small-cells
        """
        columns, _, _, _ = private_columns(plan, plan.width)
        found = [
            replace(issue.at(plan.address(first, at), header=columns[at].header, slot=columns[at].slot), count=count)
            for (issue, at), (first, count) in self.columns.items()
        ]
        if len({person for person, _ in self.groups}) < SMALLEST:
            return found
        sizes = Counter(c for _, c in self.groups)
        small = sum(n for n in sizes.values() if n < SMALLEST)
        if not small:
            return found
        names = ", ".join(dict.fromkeys(c.quasi for c in columns if c.quasi))
        most = f" of the first {MOST:,}" if len(self.groups) >= MOST else ""
        expected = (
            f"at least {SMALLEST} people for each combination of {names}; {small} of {len(self.groups)}{most} stand in groups of fewer"
        )
        issue = Issue("privacy-small-cells", expected, "give ages as ranges, places as countries, or ask for controlled access")
        return [*found, issue.at(plan.source.address(plan.header_row or None, None))]
