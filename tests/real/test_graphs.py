"""What graphs written as tables mean: sources, samples, protocol applications and files, counted by a plain csv reader, are the records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import omics_standards as om
from realfiles import real_files, rows_of

if TYPE_CHECKING:
    from pathlib import Path

TABLES = [p for p in real_files("isatab") if p.name.startswith(("s_", "a_")) and p.stat().st_size]
TABLES += [p for p in real_files("magetab") if ".sdrf." in p.name]
SDRF = [p for p in real_files("sdrf_proteomics", "sdrf_legacy_2024", "sdrf_spec_examples") if p.suffix == ".tsv"]
MATERIALS = ("source name", "sample name", "extract name", "labeled extract name")
READS = ("comment[read1 file]", "comment[read2 file]")
COMPUTED = ("normalization name", "data transformation name")

pytestmark = pytest.mark.skipif(not TABLES, reason="0 real files at hand (../shared/cases is absent)")


def is_file(header: str) -> bool:
    return header.endswith(" file") or header == "comment[submitted_file_name]"


def counted(headers: list[str], rows: list[list[str]]) -> dict[str, set[object]]:
    """Sources, samples, files by name; protocol applications by protocol and what came of them (else, what went in)."""
    found: dict[str, set[object]] = {"source name": set(), "sample name": set(), "files": set(), "applications": set()}
    nodes = [
        i
        for i, h in enumerate(headers)
        if h in MATERIALS or is_file(h) or h in COMPUTED or h.endswith(" assay name") or h in ("assay name", "hybridization name")
    ]
    labels = {i: i + 1 for i in nodes if headers[i] == "labeled extract name" and headers[i + 1 : i + 2] == ["label"]}
    for row in rows:
        said = {i: (kind(headers[i]), row[i], row[labels[i]] if i in labels else "") for i in nodes if row[i]}
        for i, node in said.items():
            key = "files" if node[0] == "file" else node[0]
            if key in found:
                found[key].add(row[i])
        found["files"].update(row[i] for i, h in enumerate(headers) if h in READS and row[i])
        times: dict[object, int] = {}
        for i, header in enumerate(headers):
            if header == "protocol ref" and row[i]:
                end = next((said[j] for j in nodes if j > i and j in said), None)
                end = end or next((said[j] for j in reversed(nodes) if j < i and j in said), None)
                times[row[i], end] = times.get((row[i], end), 0) + 1
                found["applications"].add((row[i], end, times[row[i], end]))
    return found


def kind(header: str) -> str:
    """Materials of one name in two columns are two things; a file is one wherever it is named, an assay by its file alone."""
    return header if header in MATERIALS else "file" if is_file(header) else header if header in COMPUTED else "assay"


def named(data: om.Dataset, cls: str, header: str) -> set[object]:
    return {r.values("name")[0] for r in data.records(cls) if any(o.header.strip().lower() == header for o in r.origin("name"))}


@pytest.mark.parametrize("path", TABLES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_isa_and_mage(path: Path) -> None:
    headers, rows = rows_of(path)
    data = om.convert(path, bundle="/no/bundle", today="2026-01-01")
    assert data.ledger.closes
    wanted = counted(headers, rows)
    for header in ("source name", "sample name"):
        assert named(data, "Biosample", header) == wanted[header]
    files = {str(r.values("file_name")[0]) for r in data.records("DataFile")}
    assert files == wanted["files"]
    applied = [r for r in data.records("Process") if r.values("protocol")]
    assert len(applied) == len(wanted["applications"])
    assert all(r.values("inputs") or r.values("outputs") for r in applied)


@pytest.mark.parametrize("path", SDRF, ids=lambda p: f"{p.parent.parent.name}/{p.name}")
def test_sdrf(path: Path) -> None:
    headers, rows = rows_of(path)
    data = om.convert(path, bundle="/no/bundle", today="2026-01-01")
    assert {s["family"] for i in data.inputs for s in i["sheets"]} == {"sdrf"}  # type: ignore[attr-defined]
    assert data.ledger.closes
    column = {h: i for i, h in reversed(list(enumerate(headers)))}
    said = [{h: row[i] for h, i in column.items()} for row in rows]

    def distinct(*names: str) -> int:
        return len({tuple(r.get(n, "") for n in names) for r in said if all(r.get(n) for n in names)})

    assert len(data.records("Biosample")) == distinct("source name")
    if "comment[label]" in column:
        assert len(data.records("Material")) == distinct("source name", "comment[label]")
    assert len(data.records("ProteomicsAssay")) == distinct("assay name")
    assert len(data.records("DataFile")) == distinct("comment[data file]")
    assert len(data.records("Run")) == distinct("assay name", "comment[data file]")
