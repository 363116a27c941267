"""Drafts of real tables, as if nobody knew their format: the profile loads, converts the very file, and no cell is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

import omics_standards as om
from realfiles import real_files

FORMATS = ("ncbi_sraruntable", "ncbi_biosample", "icgc_argo", "gdc", "ghga", "ngdc_gsa", "phenopackets", "qiita", "sdrf_spec_examples")
# One of each: the draft of every file is made by benchmarks/drafts.py.
FILES = [next(p for p in real_files(f) if p.suffix in (".tsv", ".csv", ".txt", ".xlsx")) for f in FORMATS if real_files(f)]

pytestmark = pytest.mark.skipif(not FILES, reason="0 real files at hand (../shared/cases is absent)")


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_the_draft_of_a_real_table_converts_it(path: Path, tmp_path: Path) -> None:
    draft = om.draft_profile(path, bundle="/no/bundle")
    profile = tmp_path / "draft.yaml"
    profile.write_text(draft.text, encoding="utf-8")
    data = om.convert(path, str(profile), bundle="/no/bundle")
    used = {s["profile"] for i in data.inputs for s in i["sheets"]} - {None}  # type: ignore[attr-defined]
    assert used
    assert data.ledger.closes
    assert draft.text == om.draft_profile(path, bundle="/no/bundle").text
