"""Reading a converted dataset back from its folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..emit.jsonlines import JsonLines, NotInLines
from ..errors import ReadError
from ..findings import Address, Finding
from ..models.slots import MODEL
from ..records import Ledger
from .dataset import Dataset
from .entries import Rebuilder, column_number, read_address
from .flow import Outcome, collector_at_rest
from .graphs import RDF_FILES, read_rdf

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from ..records import Record

__all__ = ["load"]

# What is known of a file of RDF that has no report beside it.
_NO_REPORT: dict[str, Any] = {"ledger": {"cells": 0}, "findings": [], "inputs": [], "versions": {}}


def load(place: str | os.PathLike[str]) -> Dataset:
    """Read back what a conversion wrote.

    Parameters
    ----------
    place
        A folder that holds ``dataset.json``, or else the dataset in one of the syntaxes of RDF; or one of these files. RDF that
        was written with its provenance gives the dataset that was written, records, order and cells; without, the records.
        Ledger, findings, inputs and versions stand in ``report.json`` beside the file; where a file of RDF has none beside it,
        they are empty.

    Raises
    ------
    ReadError
        The file, or the report of a folder, is absent or not what a conversion writes.

    Examples
    --------
    >>> load("no/such/folder")
    Traceback (most recent call last):
    omics_standards.errors.ReadError: no/such/folder holds no converted dataset (dataset.json: No such file or directory); ...
    """
    path = Path(place)
    file = path / "dataset.json" if path.is_dir() or not path.exists() else path
    if path.is_dir() and not file.exists():
        file = next((f for n in RDF_FILES if (f := path / f"dataset{n}").exists()), file)
    rdf = file.suffix in RDF_FILES
    if not file.is_file():
        _json(file, path)  # says so
    beside = file.with_name("report.json")
    report = _json(beside, path) if beside.exists() or not rdf else _NO_REPORT
    name = str(report["inputs"][0]["file"]) if len(report["inputs"]) == 1 else ""
    with collector_at_rest():
        base, records = _records(read_rdf(file), name) if rdf else _streamed(file, path, name)
    outcome = Outcome(
        base=base,
        ledger=Ledger({k: v for k, v in report["ledger"].items() if k != "cells"}),
        findings=[_finding(f) for f in report["findings"]],
        inputs=report["inputs"],
        versions=report["versions"],
    )
    outcome.ledger.expect(report["ledger"]["cells"])
    outcome.records.update(r.cls for r in records)
    return Dataset(outcome, records)


def _streamed(file: Path, asked: Path, name: str) -> tuple[str, list[Record]]:
    """Base and records of a file, line by line where it has one for each record, so that its text is never in memory as a whole."""
    rebuilt = Rebuilder(name)
    found: dict[str, list[Record]] = {}
    try:
        with file.open("rb") as opened:
            lines = JsonLines(opened)
            for cls, _, line in lines:
                found.setdefault(cls, []).append(rebuilt.record(cls, json.loads(line.decode().rstrip(",\r\n"))))
            return lines.base, [record for cls in MODEL.containers.values() for record in found.get(cls, ())]
    except (OSError, ValueError, NotInLines):
        # Laid out by somebody else, or damaged: what of it cannot be read is told of the whole.
        return _records(_json(file, asked), name)


def _records(data: Mapping[str, Any], name: str) -> tuple[str, list[Record]]:
    rebuilt = Rebuilder(name)
    return data.get("base", ""), [
        rebuilt.record(cls, entry) for container, cls in MODEL.containers.items() for entry in data.get(container, ())
    ]


def _json(file: Path, asked: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except OSError as e:
        raise ReadError(f"{asked} holds no converted dataset ({file.name}: {e.strerror}); convert with --to json") from e
    except ValueError as e:
        raise ReadError(f"{asked}: not JSON as a conversion writes it ({e})") from e
    if not isinstance(found, dict):
        raise ReadError(f"{asked}: not JSON as a conversion writes it (no object)")
    return found


def _finding(entry: Mapping[str, Any]) -> Finding:
    first = Address(
        entry.get("file", ""), entry.get("sheet", ""), entry.get("row"), column_number(entry.get("column", "")) or None, entry.get("path")
    )
    also = [read_address(cell, first.file) for cell in entry.get("also", ())]
    texts = {k: entry.get(k, "") for k in ("expected", "fix", "slot", "header", "rows")}
    rules = tuple(entry.get("rules", ()))
    return Finding(entry["code"], entry["severity"], (first, *also), entry.get("value"), count=entry.get("count", 1), rules=rules, **texts)
