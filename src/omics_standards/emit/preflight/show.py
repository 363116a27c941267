"""A preflight as lines for people (one archive in detail, several as a matrix) and as JSON objects for programs."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .check import FieldReport, Preflight, Problem

__all__ = ["matrix_lines", "to_dicts"]

_LONGEST = 60
_UNKNOWN = "what the archive requires is not known here"
_DOCUMENT = "written as a document, whose fields are not checked here; ask for the archive's sheets"
# Values and records that a line names.
_NAMED = 5


def to_dicts(found: Preflight) -> Iterator[dict[str, Any]]:
    """Yield one JSON object per field, and one per table of which nothing is known.

    Examples
    --------
    >>> from .check import Preflight
    >>> list(to_dicts(Preflight(unknown=["mwtab/study"])))
    [{'unknown': 'mwtab/study'}]
    """
    for report in found.fields:
        yield {
            "target": report.target,
            "profile": report.profile,
            "table": report.table,
            "kind": report.kind,
            "field": report.header,
            "slot": f"{report.cls}.{report.slot}" if report.slot else "",
            "requirement": report.requirement,
            "records": report.records,
            "filled": report.filled,
            "ok": not report.failing,
            "problems": [{**asdict(p), "records": list(p.records)} for p in report.problems],
        }
    for name in found.unknown:
        yield {"unknown": name}


def matrix_lines(found: Preflight) -> list[str]:
    """Lines for people: with several targets a matrix of slots and targets first, then what is wrong, target by target.

    Examples
    --------
    >>> from .check import Preflight
    >>> matrix_lines(Preflight())
    ['nothing to check: no table of the target has a row']
    """
    if not found.fields and not found.unknown:
        return ["nothing to check: no table of the target has a row"]
    targets = list(dict.fromkeys(f.target for f in found.fields))
    lines = _matrix(found, targets) if len(targets) > 1 else []
    for target in targets:
        lines += [*([""] if lines else []), *_detail(target, [f for f in found.fields if f.target == target])]
    lines += [f"{name}: {_UNKNOWN if '/' in name else _DOCUMENT}" for name in found.unknown]
    return lines


def _matrix(found: Preflight, targets: list[str]) -> list[str]:
    """A line per slot, a column per target."""
    cells: dict[str, dict[str, list[FieldReport]]] = {}
    for report in found.fields:
        cells.setdefault(report.name, {}).setdefault(report.target, []).append(report)
    rows = [["slot", *targets]]
    for name, by_target in cells.items():
        # What is only recommended, and stays empty, is no row of its own.
        if all(r.requirement == "recommended" and not r.problems for same in by_target.values() for r in same):
            continue
        rows.append([name, *(_verdict(by_target.get(t, [])) for t in targets)])
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _verdict(reports: list[FieldReport]) -> str:
    if not reports:
        return "-"
    counts: Counter[str] = Counter()
    for report in reports:
        for problem in report.problems:
            counts[problem.what] += problem.count
    if not counts:
        filled, records = sum(r.filled for r in reports), sum(r.records for r in reports)
        return "ok" if filled == records else f"ok, {filled} of {records}"
    return ", ".join(f"{n} {what}" for what, n in counts.items())


def _detail(target: str, reports: list[FieldReport]) -> list[str]:
    kinds = list(dict.fromkeys(f"{r.table} as {r.kind}" for r in reports if r.kind))
    failing = sum(r.failing for r in reports)
    good = sum(not r.problems for r in reports)
    what = f"{target} ({', '.join(kinds)})" if kinds else target
    lines = [f"{what}: {good} fields as the archive wants them, {failing} to put right"]
    for report in reports:
        if not report.problems:
            continue
        slot = f" ({report.cls}.{report.slot})" if report.slot else ""
        lines.append(f"  {report.table}: {report.header}{slot}, {report.requirement}, filled in {report.filled} of {report.records}")
        lines += [f"    {line}" for line in _problems(report)]
    return lines


_SAID = {
    "missing": "missing",
    "not allowed": "not a value of the archive",
    "missing word": "a word for absence that is not taken here",
    "pattern": "not of the form that the archive takes",
    "too long": "too long",
    "unit": "a number without a unit that the archive takes",
    "warning": "taken with a warning",
    "spelling": "spelt otherwise (an export writes the archive's spelling)",
}


def _problems(report: FieldReport) -> Iterator[str]:
    """Problems of a field, those that expect the same folded into one line."""
    folded: dict[tuple[str, str], list[Problem]] = {}
    for problem in report.problems:
        folded.setdefault((problem.what, problem.expected), []).append(problem)
    for (what, expected), same in folded.items():
        rows = sum(p.count for p in same)
        values = [repr(_cut(p.value)) for p in same if p.value]
        said = ", ".join(values[:_NAMED]) + (f" and {len(values) - _NAMED} more values" if len(values) > _NAMED else "")
        named = list(dict.fromkeys(r for p in same for r in p.records))[:_NAMED]
        where = "all rows" if rows == report.records > 1 else f"{', '.join(named)}{f' ({rows} rows)' if rows > len(named) else ''}"
        yield f"{_SAID[what]}: {f'{said}; ' if said else ''}expected {expected}; in {where}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
