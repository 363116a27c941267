"""``report.json``: what was read, where every cell went, what a person should look at."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any

from .tables import neutral

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..findings import Address, Finding
    from ..records import Ledger

__all__ = ["REDACTIONS", "report_to_dict", "write_redactions", "write_report"]

REDACTIONS = "redactions.tsv"
"""The file beside ``report.json`` that says what a run has redacted."""


def report_to_dict(
    inputs: Sequence[Mapping[str, object]],
    ledger: Ledger,
    records: Mapping[str, int],
    findings: Iterable[Finding],
    versions: Mapping[str, object],
    redactions: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """Return the report in the form that other programs rely on (see docs/contracts.md).

    ``redactions`` are the cells that were changed by rule; None where the run did not redact, and the report says nothing of it.
    """
    report: dict[str, Any] = {
        "inputs": list(inputs),
        "ledger": ledger.to_dict(),
        "records": dict(sorted(records.items())),
        "findings": [f.to_dict() for f in findings],
        "versions": dict(versions),
    }
    return report | ({"redactions": dict(redactions)} if redactions is not None else {})


def write_redactions(out: IO[str], table: Iterable[tuple[Address, str, str, str]]) -> None:
    """Write what was changed, a row a cell: where it stands, under which header, by which rule, and what was put there.

    What stood there is written nowhere.
    """
    out.write("file\tcell\theader\trule\treplacement\n")
    for address, header, rule, replacement in table:
        out.write("\t".join(neutral(" ".join(t.split())) for t in (address.file, address.cell, header, rule, replacement)) + "\n")


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
