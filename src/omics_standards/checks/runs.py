"""Runs of one experiment that are replicates, and aligned reads without their assembly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..findings import Issue
from ..values.missing import is_missing
from .watch import Detector, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..findings import Finding
    from ..mapping.plan import Plan
    from .watch import Columns, View, WatchedColumn

__all__ = ["assemblies", "replicates"]

# Rows whose experiments are remembered.
_ROWS: Final = 16_384
_REPLICATE: Final = re.compile(r"(?:^|[^a-z])(?:bio|tech)?_?rep(?:l|licate)?[\s_.-]?(\d{1,2})(?!\d)", re.IGNORECASE)


class Replicates(Detector):
    """Looks for runs of one experiment whose names count replicates."""

    def __init__(self, plan: Plan, experiment: int, named: Sequence[WatchedColumn]) -> None:
        self._plan = plan
        self._experiment = experiment
        self._named = named
        self._runs: dict[str, dict[str, list[int]]] = {}
        self._seen = 0

    def see(self, view: View) -> None:
        """Look at a batch."""
        if self._seen >= _ROWS:
            return
        self._seen += len(view.numbers)
        experiments = view.columns[self._experiment]
        for seen in self._named:
            for number, experiment, text in zip(view.numbers, experiments, view.columns[seen.column], strict=True):
                hit = _REPLICATE.search(text) if experiment and "ep" in text else None
                if hit is not None:
                    self._runs.setdefault(experiment, {}).setdefault(str(int(hit[1])), []).append(number)

    def findings(self) -> Iterator[Finding]:
        """Tell all experiments at once.

        Findings
        --------
        runs-are-replicates
        """
        several = {e: r for e, r in self._runs.items() if len({row for rows in r.values() for row in rows}) > 1 and len(r) > 1}
        if several:
            name, runs = next(iter(several.items()))
            rows = sorted({row for r in several.values() for found in r.values() for row in found})
            issue = Issue(
                "runs-are-replicates",
                f"an experiment for each library; the runs of {name!r} are named as replicates {', '.join(sorted(runs))}",
                "give each replicate an experiment of its own (a sample, where it is a biological one)",
            )
            yield told(self._plan, self._named[0], issue, rows)


def replicates(columns: Columns) -> Iterator[Replicates]:
    """Make the detector of a table of runs that names their experiments."""
    plan = columns.plan
    if plan.table.records[plan.table.main].cls != "Run":
        return
    assays = [t for t in plan.templates if t.cls.endswith("Assay") and t.ids and len(t.ids[0].columns) == 1]
    named = [s for s in columns.seen if s.part == "value" and s.name in ("title", "name", "file_name") and s.cls in ("Run", "DataFile")]
    if assays and named:
        yield Replicates(plan, assays[0].ids[0].columns[0], named)


class Assemblies(Detector):
    """Looks for aligned reads whose row has a blank cell where the assembly is asked for."""

    def __init__(self, plan: Plan, format_: WatchedColumn, assembly: WatchedColumn) -> None:
        self._plan = plan
        self._format, self._assembly = format_, assembly
        self._aligned: dict[str, bool] = {}
        self._rows: list[int] = []

    def see(self, view: View) -> None:
        """Look at a batch."""
        for text in view.distinct(self._format.column) - self._aligned.keys():
            values = self._format.reader.alone(text).values if text and len(self._aligned) < _ROWS else ()
            self._aligned[text] = bool(values) and values[0] in ("bam", "cram")
        if not any(self._aligned[t] for t in view.distinct(self._format.column)):
            return
        formats, assemblies = view.columns[self._format.column], view.columns[self._assembly.column]
        for number, text, assembly in zip(view.numbers, formats, assemblies, strict=True):
            if self._aligned[text] and (not assembly or is_missing(assembly)):
                self._rows.append(number)

    def findings(self) -> Iterator[Finding]:
        """Tell it once, with all rows.

        Findings
        --------
        assembly-missing
        """
        if self._rows:
            issue = Issue("assembly-missing", "the assembly that the reads are aligned to", "write its name or accession, such as GRCh38")
            yield told(self._plan, self._assembly, issue, self._rows)


def assemblies(columns: Columns) -> Iterator[Assemblies]:
    """Make the detector of a table that has a format and an assembly."""
    formats = [s for s in columns.seen if s.name == "file_format" and len(s.reader.columns) == 1]
    asked = [s for s in columns.seen if s.name == "reference_assembly" and s.part == "value"]
    if formats and asked:
        yield Assemblies(columns.plan, formats[0], asked[0])
