"""Where the real files are: a folder beside the repository that not everybody has."""

from __future__ import annotations

from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"


def real_files(*formats: str) -> list[Path]:
    """Real files of these formats, [] where they are not at hand."""
    return [p for f in formats for p in sorted((SHARED / "cases" / f).rglob("*")) if p.is_file()]
