"""Where the real files are: a folder beside the repository that not everybody has."""

from __future__ import annotations

import csv
import io
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"
# Words for absence that stand where names do.
ABSENT = ("n/a", "na", "-", "none", "not available", "not applicable")


def real_files(*formats: str) -> list[Path]:
    """Real files of these formats, [] where they are not at hand."""
    return [p for f in formats for p in sorted((SHARED / "cases" / f).rglob("*")) if p.is_file()]


def rows_of(path: Path) -> tuple[list[str], list[list[str]]]:
    """Headers in lower case without blanks before brackets, and rows of tidied cells, all equally wide."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    csv.field_size_limit(10**8)
    table = [
        [" ".join(c.split()) for c in r] for r in csv.reader(io.StringIO(text, newline=""), delimiter="\t") if any(c.strip() for c in r)
    ]
    headers = [h.lower().replace(" [", "[") for h in table[0]]
    table = [["" if c.lower() in ABSENT else c for c in r] for r in table]
    return headers, [(r + [""] * len(headers))[: len(headers)] for r in table[1:] if not r[0].startswith("#")]
