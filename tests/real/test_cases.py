"""The real files: recognised as what they are, ledger closed, no exception, same bytes twice."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from omics_standards.conversion import Options, convert_to
from realfiles import SHARED

CASES = SHARED / "cases"


def listed() -> list[tuple[str, str]]:
    """Path and family of each file, [] where they are not at hand; lists of texts are no files to convert."""
    if not (CASES / "MANIFEST.tsv").is_file():
        return []
    with (SHARED / "tools" / "families.tsv").open(encoding="utf-8") as f:
        family = {r["format"]: r["family"] for r in csv.DictReader(f, delimiter="\t")}
    with (CASES / "MANIFEST.tsv").open(encoding="utf-8") as f:
        return [(r["path"], family[r["path"].split("/")[0]]) for r in csv.DictReader(f, delimiter="\t") if r["role"] != "values"]


FILES = listed()
# Files of a folder that are another format, by how their names end; said here so that no one has to wonder.
OTHERWISE = {
    "__amphiprion-clarkii-SRA-metadata.csv": "ncbi-run-selector",  # a Run Selector table saved under another name
    "emp/data/ftp_contents.txt": None,  # the listing of a file server
    "emp/data/metadata-refine/envo_biome_name_is_a.txt": None,  # stanzas of an ontology
    "emp/data/metadata-refine/refine_emp_studies_ct112.txt": None,  # a list of numbers
}
OPTIONS = Options(today="2026-01-01", bundle="/no/bundle")

pytestmark = pytest.mark.skipif(not FILES, reason="0 real files at hand (../shared/cases is absent)")


@pytest.mark.parametrize(("name", "family"), FILES, ids=[name for name, _ in FILES])
def test_real_file(name: str, family: str, tmp_path: Path) -> None:
    path = CASES / name
    expected = {next((v for k, v in OTHERWISE.items() if name.endswith(k)), family)} | set(family.split(","))
    outcome = convert_to([path], tmp_path / "a", "json,turtle", OPTIONS)
    assert expected & {s["family"] for i in outcome.inputs for s in i["sheets"]}  # type: ignore[attr-defined]
    ledger = outcome.ledger
    assert ledger.closes, (ledger.expected, ledger)
    counted = independent_counts(path)
    # A line of QIIME 2's example of odd spaces holds quotes that end beyond it; all else agrees to the cell.
    assert not counted or min(abs(ledger.cells - n) for n in counted) <= (6 if "whitespace" in name else 0)
    convert_to([path], tmp_path / "b", "json,turtle", OPTIONS)
    for output in ("dataset.json", "dataset.ttl", "report.json"):
        assert (tmp_path / "a" / output).read_bytes() == (tmp_path / "b" / output).read_bytes()
    assert json.loads((tmp_path / "a" / "report.json").read_text())["ledger"] == ledger.to_dict()


def independent_counts(path: Path) -> set[int]:
    """Non-blank cells as another reader sees them, of texts with quotes and with quotes as plain letters; empty where it has no say."""
    if path.suffix in (".tsv", ".csv", ".txt"):
        text = path.read_bytes().decode("utf-8-sig", "replace")
        # The header decides: cells of SDRF hold more semicolons than the table has tabs.
        delimiter = max("\t,;", key=text.split("\n", 1)[0].count) if not text.startswith("#") else "\t"
        csv.field_size_limit(10**8)
        lines = text.splitlines(keepends=True)
        return {
            sum(1 for row in csv.reader(lines, delimiter=delimiter, quoting=quoting) for x in row if x.strip())
            for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE)
        }
    if path.suffix == ".xlsx":
        from python_calamine import CalamineWorkbook

        book = CalamineWorkbook.from_path(str(path))
        return {sum(1 for s in book.sheet_names for row in book.get_sheet_by_name(s).to_python() for x in row if str(x).strip())}
    return set()
