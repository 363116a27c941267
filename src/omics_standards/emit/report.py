"""``report.json``: what was read, where every cell went, what a person should look at."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..findings import Finding
    from ..records import Ledger

__all__ = ["report_to_dict", "write_report"]


def report_to_dict(
    inputs: Sequence[Mapping[str, object]],
    ledger: Ledger,
    records: Mapping[str, int],
    findings: Iterable[Finding],
    versions: Mapping[str, object],
) -> dict[str, Any]:
    """Return the report in the form that other programs rely on (see docs/contracts.md)."""
    return {
        "inputs": list(inputs),
        "ledger": ledger.to_dict(),
        "records": dict(sorted(records.items())),
        "findings": [f.to_dict() for f in findings],
        "versions": dict(versions),
    }


def write_report(out: IO[str], report: Mapping[str, object]) -> None:
    """Write the report: one finding a line, so that reports compare well line by line."""
    out.write("{\n")
    parts = []
    for key, value in report.items():
        if key == "findings" and isinstance(value, list):
            lines = ",\n    ".join(json.dumps(f, ensure_ascii=False) for f in value)
            parts.append(f'  "findings": [\n    {lines}\n  ]' if value else '  "findings": []')
        else:
            parts.append(f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    out.write(",\n".join(parts) + "\n}\n")
