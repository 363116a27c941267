"""Chunks: the number of processes and the size of batches change nothing in the output."""

from __future__ import annotations

from pathlib import Path

import pytest

from omics_standards.conversion import Options, convert_to
from omics_standards.conversion import flow as flow_module

PROFILE = """
id: flat
family: flat
title: flat table
tables:
  - id: rows
    recognise: {all: [sample no, organ]}
    join: one-record-per-row
    records:
      project: {class: Project, id: [project], stub: true, shared: true}
      sample: {class: Biosample, id: [sample no], links: {projects: [project]}}
    main: sample
    auto: [sample]
    columns:
      sample no: sample.name
      organ: sample.tissue
      project: project.accessions
      taken: sample.collection_date
      weight: {to: sample.body_weight, unit: g}
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "flat.yaml").write_text(PROFILE)
    lines = ["sample no\torgan\tproject\ttaken\tweight\tnote"]
    organs = ["liver", "lung", "livre", "", "NA", "brain"]
    for i in range(5000):
        taken = f"{i % 28 + 1}/{i % 12 + 1}/2020"
        name = f"S{i if i != 4321 else 17}"
        lines.append(f"{name}\t{organs[i % 6]}\tPRJNA{100000 + i % 3}\t{taken}\t{i % 40 or 'heavy'}\tnote {i}")
    path = tmp_path / "flat.tsv"
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow_module, "BATCH_ROWS", 256)
    monkeypatch.setattr(flow_module, "CHUNK_BATCHES", 3)


def test_two_processes_write_the_same_bytes_as_one(table: Path, tmp_path: Path, tiny_bundle: Path) -> None:
    options = {"profiles": (str(tmp_path / "profiles"),), "today": "2026-01-01", "bundle": str(tiny_bundle)}
    to = "json,turtle,ntriples,jsonld"
    one = convert_to([table], tmp_path / "one", to, Options(**options, jobs=1))  # type: ignore[arg-type]
    convert_to([table], tmp_path / "two", to, Options(**options, jobs=2))  # type: ignore[arg-type]
    for name in ("dataset.json", "dataset.ttl", "dataset.nt", "dataset.jsonld", "report.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
    assert one.ledger.closes
    codes = {f.code for f in one.findings}
    assert {"id-duplicate", "quantity-unreadable", "missing-bare"} <= codes
    assert "date-ambiguous" not in codes, "other cells of the column decide which of day and month stands first"


def test_duplicate_names_both_rows(table: Path, tmp_path: Path) -> None:
    outcome = convert_to([table], tmp_path / "one", "turtle", Options(profiles=(str(tmp_path / "profiles"),), today="2026-01-01"))
    (found,) = [f for f in outcome.findings if f.code == "id-duplicate"]
    assert [a.row for a in found.addresses] == [19, 4323]
