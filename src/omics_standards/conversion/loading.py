"""Reading a converted dataset back from its folder."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..emit.encode import term_id
from ..errors import ReadError
from ..findings import Address, Finding, Paths
from ..models.slots import MODEL
from ..records import Attribute, Field, GeoPoint, Ledger, Link, Missing, Place, Quantity, Reading, Record, Rejected, Source, Term
from .dataset import Dataset
from .flow import Outcome
from .graphs import RDF_FILES, read_rdf

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from ..records import Value

__all__ = ["load", "read_record", "read_value"]

# What is known of a file of RDF that has no report beside it.
_NO_REPORT: dict[str, Any] = {"ledger": {"cells": 0}, "findings": [], "inputs": [], "versions": {}}
# Another file's cell, as Address.beside writes it.
_NAMED = re.compile(r"\[([^\[\]]+)\](.*)")
_CELL = re.compile(r"(?:(?P<sheet>.*)!)?(?P<column>[A-Z]+)(?P<row>\d+)")


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
    data = read_rdf(file) if rdf else _json(file, path)
    beside = file.with_name("report.json")
    report = _json(beside, path) if beside.exists() or not rdf else _NO_REPORT
    outcome = Outcome(
        base=data.get("base", ""),
        ledger=Ledger({k: v for k, v in report["ledger"].items() if k != "cells"}),
        findings=[_finding(f) for f in report["findings"]],
        inputs=report["inputs"],
        versions=report["versions"],
    )
    outcome.ledger.expect(report["ledger"]["cells"])
    name = str(report["inputs"][0]["file"]) if len(report["inputs"]) == 1 else ""
    records = [read_record(cls, entry, name) for container, cls in MODEL.containers.items() for entry in data.get(container, ())]
    outcome.records.update(r.cls for r in records)
    return Dataset(outcome, records)


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


class _Told(Paths):
    """Where cells of a tree stand, as their origins say it."""

    __slots__ = ()

    def __init__(self, paths: tuple[str, ...]) -> None:
        super().__init__("", paths)

    def at(self, _row: int | None, column: int | None) -> str:
        """The path of a cell."""
        return self.below[(column or 1) - 1]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _address(text: str, file: str) -> Address:
    named = _NAMED.fullmatch(text)
    if named is not None:
        file, text = named.groups()
    hit = _CELL.fullmatch(text)
    if hit is None:
        return Address(file, path=text or None)
    return Address(file, (hit["sheet"] or "").strip("'"), int(hit["row"]), _column(hit["column"]))


def _finding(entry: Mapping[str, Any]) -> Finding:
    first = Address(
        entry.get("file", ""), entry.get("sheet", ""), entry.get("row"), _column(entry.get("column", "")) or None, entry.get("path")
    )
    also = [_address(cell, first.file) for cell in entry.get("also", ())]
    texts = {k: entry.get(k, "") for k in ("expected", "fix", "slot", "header", "rows")}
    rules = tuple(entry.get("rules", ()))
    return Finding(entry["code"], entry["severity"], (first, *also), entry.get("value"), count=entry.get("count", 1), rules=rules, **texts)


def read_value(slot: str, raw: Any) -> Value:
    """Return the value of a slot that ``dataset.json`` holds."""
    kind = MODEL.slots[slot].kind
    match kind:
        case "term":
            term = Term(raw["id"], raw.get("label", ""))
            local = Term(None, term.label)
            return local if term_id(slot, local) == term.id else term
        case "quantity":
            return Quantity(*(None if raw.get(k) is None else str(raw[k]) for k in ("value", "minimum", "maximum", "unit")))
        case "geopoint":
            return GeoPoint(str(raw["latitude"]), str(raw["longitude"]))
        case "place":
            return Place(raw.get("country"), raw.get("region"))
        case "attribute":
            term = raw.get("term")
            return Attribute(raw["name"], raw["value"], raw.get("unit"), Term(term["id"], term.get("label", "")) if term else None)
        case "missing":
            return Missing(raw["slot"], raw["reason"], raw.get("raw", ""))
        case "rejected":
            return Rejected(raw["slot"], raw["raw"], raw["finding"])
        case "integer" | "boolean":
            return raw  # type: ignore[no-any-return]
    return str(raw)


def read_record(cls: str, entry: Mapping[str, Any], file: str = "") -> Record:
    """Rebuild a record of ``dataset.json``: a reading per row and slot that its origins name, in their order, then what no cell holds."""
    groups: list[tuple[tuple[str, str, str, int | None, tuple[str, ...]], list[tuple[Address, Mapping[str, Any]]]]] = []
    for origin in entry.get("origin", ()):
        place = _address(origin["cell"], origin.get("file", file))
        # Cells that were read together took the same steps and stand one after the other.
        key = (origin["slot"], place.file, place.sheet, place.row, tuple(origin.get("steps", ())))
        if not groups or groups[-1][0] != key:
            groups.append((key, []))
        groups[-1][1].append((place, origin))
    waiting = _said(cls, entry)
    filled: list[tuple[Reading, Field, int]] = []
    for (slot, named, sheet, row, steps), cells in groups:
        raws = tuple(o.get("raw") for _, o in cells)
        reading = _take(waiting.get(slot, []), raws) or Reading(slot)
        if isinstance(reading, Link) and (steps or any(raw is not None for raw in raws)):
            reading = Reading(slot, reading.values)  # a target that a text named in its own way
        if not isinstance(reading, Link):
            reading.steps = steps
            reading.raw = raws
        columns, headers = tuple(p.column or 0 for p, _ in cells), tuple(o.get("header", "") for _, o in cells)
        source = Source(named, sheet, among=not file)
        if cells[0][0].path is not None:
            columns = tuple(range(1, len(cells) + 1))
            source = source._replace(paths=_Told(tuple(p.path or "" for p, _ in cells)))
        filled.append((reading, Field(reading.slot, columns, headers, source), row or 0))
    for slot, rest in waiting.items():
        filled += [(reading, Field(slot, (), (), Source(file, "")), 0) for reading in rest]
    readings, fields, rows = zip(*filled, strict=True) if filled else ((), (), ())
    return Record(cls, entry["id"], tuple(readings), tuple(fields), tuple(rows), stub=bool(entry.get("stub")))


def _said(cls: str, entry: Mapping[str, Any]) -> dict[str, list[Reading]]:
    """What a record says, by the slot that its origins name: first its values, then what is missing or rejected there."""
    said: dict[str, list[Reading]] = {}
    for slot in MODEL.classes[cls].slots:
        if slot in ("id", "origin", "stub", "missing", "rejected") or slot not in entry:
            continue
        values = entry[slot] if isinstance(entry[slot], list) else [entry[slot]]
        if MODEL.slots[slot].kind == "reference":
            said[slot] = [Link(slot, MODEL.slots[slot].range, target) for target in values]
        else:
            said[slot] = [Reading(slot, tuple(read_value(slot, v) for v in values))]
    for raw in entry.get("missing", ()):
        missing = Missing(raw["slot"], raw["reason"], raw.get("raw", ""))
        said.setdefault(missing.slot, []).append(Reading("missing", fate="missing", missing=missing))
    for raw in entry.get("rejected", ()):
        rejected = Rejected(raw["slot"], raw["raw"], raw["finding"])
        said.setdefault(rejected.slot, []).append(Reading(rejected.slot, fate="rejected", rejected=rejected))
    return said


def _take(waiting: list[Reading], raws: tuple[str | None, ...]) -> Reading | None:
    """Take the reading that cells with these texts gave: what was missing or refused there, else the next value."""
    told = next((r for r in waiting if (e := r.missing or r.rejected) is not None and e.raw in raws), None)
    told = told or next((r for r in waiting if r.missing is None and r.rejected is None), None)
    if told is not None:
        waiting.remove(told)
    return told
