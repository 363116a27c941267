"""The real files: recognised as what they are, ledger closed, no exception, same bytes twice."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from omics_standards.conversion import Options, convert_to
from realfiles import SHARED, real_files

FAMILIES = {"ngdc_gsa": "ngdc-gsa", "ncbi_sra_metadata": "ncbi-sra-metadata", "ncbi_biosample": "ncbi-biosample", "sdrf_proteomics": "sdrf"}
FILES = real_files(*FAMILIES)
# Files of these folders that are another format; said here so that no one has to wonder.
OTHERWISE = {
    "pinskylab_SRA-submission__amphiprion-clarkii-SRA-metadata.csv": "ncbi-run-selector",
}
OPTIONS = Options(today="2026-01-01", bundle="/no/bundle")

pytestmark = pytest.mark.skipif(not FILES, reason="0 real files at hand (../shared/cases is absent)")


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_real_file(path: Path, tmp_path: Path) -> None:
    expected = OTHERWISE.get(path.name, FAMILIES[path.relative_to(SHARED / "cases").parts[0]])
    outcome = convert_to([path], tmp_path / "a", "json,turtle", OPTIONS)
    assert expected in {s["family"] for i in outcome.inputs for s in i["sheets"]}  # type: ignore[attr-defined]
    ledger = outcome.ledger
    assert ledger.closes, (ledger.expected, ledger)
    counted = independent_count(path)
    if counted is not None:
        assert ledger.cells == counted
    convert_to([path], tmp_path / "b", "json,turtle", OPTIONS)
    for name in ("dataset.json", "dataset.ttl", "report.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    assert json.loads((tmp_path / "a" / "report.json").read_text())["ledger"] == ledger.to_dict()


def independent_count(path: Path) -> int | None:
    """Non-blank cells as another reader sees them."""
    if path.suffix in (".tsv", ".csv", ".txt"):
        text = path.read_bytes().decode("utf-8-sig", "replace")
        # The header decides: cells of SDRF hold more semicolons than the table has tabs.
        delimiter = max("\t,;", key=text.split("\n", 1)[0].count) if not text.startswith("#") else "\t"
        csv.field_size_limit(10**8)
        return sum(1 for row in csv.reader(text.splitlines(keepends=True), delimiter=delimiter) for x in row if x.strip())
    if path.suffix == ".xlsx":
        from python_calamine import CalamineWorkbook

        book = CalamineWorkbook.from_path(str(path))
        return sum(1 for s in book.sheet_names for row in book.get_sheet_by_name(s).to_python() for x in row if str(x).strip())
    return None
