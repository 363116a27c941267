"""What ``look`` tells of a file: sheets, headers, sample values, and which formats it resembles."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from ..findings import column_letter
from ..mapping.headers import match_headers
from ..mapping.recognise import recognise
from ..profiles.load import load_profiles
from ..tables import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..tables import Sheet

__all__ = ["look_at", "show_sheet"]

# Rows read for sample values.
_ROWS = 2_000


def _samples(sheet: Sheet, count: int) -> list[list[str]]:
    found: list[dict[str, None]] = [{} for _ in sheet.headers]
    for batch in islice(sheet.batches(_ROWS), 1):
        for row in batch.rows:
            for values, cell in zip(found, row, strict=False):
                if cell and len(values) < count:
                    values[cell] = None
    return [list(v) for v in found]


def look_at(path: str, folders: tuple[str, ...], samples: int) -> Iterator[dict[str, Any]]:
    """Yield one description per sheet."""
    book = read(path)
    profiles = load_profiles(folders)
    for found in recognise(book, profiles):
        used = found.sheet
        entry: dict[str, Any] = {
            "file": book.name,
            "sheet": used.name,
            "kind": used.kind,
            "reason": used.reason,
            "header_row": used.header_row,
            "encoding": book.encoding,
            "delimiter": book.delimiter,
            "profile": found.best.name if found.best else None,
            "nearest": [{"profile": c.name, "score": c.score, "evidence": list(c.evidence)} for c in found.candidates[:3]],
            "columns": [],
        }
        if used.kind == "table" or found.best:
            matches = match_headers(found.best.table, used.headers) if found.best else [None] * len(used.headers)
            for i, (header, values, match) in enumerate(zip(used.headers, _samples(used, samples), matches, strict=True)):
                column: dict[str, Any] = {"column": column_letter(i + 1), "header": header, "values": values}
                if match is not None and match.spec is not None:
                    column["to"] = match.spec.to or [match.spec.auto or match.spec.keep or ""]
                entry["columns"].append(column)
        yield entry


def show_sheet(entry: dict[str, Any]) -> str:
    """Return the description of a sheet as text for a terminal."""
    title = f"{entry['file']}{' / ' + entry['sheet'] if entry['sheet'] else ''}"
    if entry["kind"] != "table" and not entry["profile"]:
        return f"{title}: no table ({entry['reason']})\n"
    details = [
        f"header in row {entry['header_row']}",
        entry["encoding"],
        f"delimiter {entry['delimiter']!r}" if entry["delimiter"] else None,
    ]
    lines = [f"{title}: {', '.join(d for d in details if d)}"]
    lines.append(f"  format   {entry['profile'] or 'unknown'}")
    lines += [
        f"  {'nearest' if i == 0 else '       '}  {c['profile']} {c['score']:.2f} ({'; '.join(c['evidence'])})"
        for i, c in enumerate(entry["nearest"])
    ]
    for column in entry["columns"]:
        target = f"  → {', '.join(column['to'])}" if column.get("to") else ""
        values = ", ".join(repr(v if len(v) <= 40 else v[:37] + "...") for v in column["values"])
        lines.append(f"  {column['column']:>3}  {column['header']!r}{target}   {values}")
    return "\n".join(lines) + "\n"
