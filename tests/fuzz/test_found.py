"""What broken files have shown, each once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from omics_standards.conversion import Options, convert_to

if TYPE_CHECKING:
    from pathlib import Path


PROFILE = """
id: flat
family: flat
title: A flat table
people: true
tables:
  - id: samples
    recognise: {all: [sample_name, organ]}
    join: one-record-per-row
    records: {sample: {class: Biosample, id: [sample_name]}}
    main: sample
    columns: {sample_name: sample.name, organ: sample.tissue}
"""


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("at", [10, 40_000])
def test_a_wide_row_before_narrow_ones(jobs: int, at: int, tmp_path: Path) -> None:
    rows = [["sample_name", "organ"], *([f"S{i}", "liver"] for i in range(40_100))]
    rows[at] += ["x", "NA", "ada@example.org"]
    path = tmp_path / "a.tsv"
    path.write_text("\n".join("\t".join(row) for row in rows))
    (tmp_path / "flat.yaml").write_text(PROFILE)
    options = Options(profiles=(str(tmp_path),), bundle="/no/bundle", today="2026-01-01", jobs=jobs)
    outcome = convert_to([path], tmp_path / "out", "json", options)
    assert outcome.ledger.closes
    assert {"privacy-email", "row-too-long"} <= {f.code for f in outcome.findings}
    report = json.loads((tmp_path / "out" / "report.json").read_text())
    assert report["records"]["Biosample"] == 40_100
