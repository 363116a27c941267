"""From undecided texts to decisions that are replayed: convert, review, fill in, accept, convert again."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import omics_standards as om
from omics_standards.conversion import Options, accept, convert_to
from omics_standards.conversion import flow as flow_module
from omics_standards.conversion.review import review
from omics_standards.conversion.review_table import COLUMNS, read_table, table_text, write_table
from omics_standards.errors import DecisionError, ReadError, UsageError
from omics_standards.terms.sssom import read_file

DAY = "2026-01-31"
SHEET = """\
sample_name	organism	collection_date	tissue	disease
S1	Homo sapiens	2020-05-01	livvre	brest canser
S2	Homo sapiens	2020-05-01	lobe of the liver	zork
S3	Homo sapiens	2020-05-01	Livvre	neoplasm
S4	Homo sapiens	2020-05-01	lobe of the liver	=1+2
S5	Homo sapiens	2020-05-01	livvre	zork
S6	Homo sapiens	2020-05-01	UBERON:0000027	Alzheimer's disease
S7	Homo sapiens	2020-05-01	lung	missing
"""
PAIRS = """
id: pairs
family: pairs
title: names with accessions
tables:
  - id: rows
    recognise: {all: [sample no, organ, organ id]}
    join: one-record-per-row
    records: {sample: {class: Biosample, id: [sample no]}}
    main: sample
    columns:
      sample no: sample.name
      organ: {to: sample.tissue, with: {accession: organ id, source: organ source}}
      many: {to: sample.disease, split: ";"}
"""

Fill = Callable[[Path, dict[str, str]], Path]


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "samples.tsv"
    path.write_text(SHEET)
    return path


def converted(sheet: Path, out: Path, bundle: Path | None, *decisions: Path, **more: object) -> Path:
    options = Options(bundle=str(bundle) if bundle else None, decisions=tuple(map(str, decisions)), today=DAY, **more)  # type: ignore[arg-type]
    convert_to([sheet], out, "json,turtle", options)
    return out


def fill_tsv(path: Path, said: dict[str, str]) -> Path:
    with path.open(newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    for row in rows:
        row["decision"] = said.get(row["text"].removeprefix("'"), "")
    with path.open("w", newline="") as out:
        table = csv.DictWriter(out, list(COLUMNS), delimiter="\t")
        table.writeheader()
        table.writerows(rows)
    return path


def fill_xlsx(path: Path, said: dict[str, str]) -> Path:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(path)
    names = [c.value for c in book.active[1]]
    for row in book.active.iter_rows(min_row=2):
        answer = said.get(row[names.index("text")].value, "")
        # People type numbers as numbers.
        row[names.index("decision")].value = int(answer) if answer.isdigit() else answer or None
    book.save(path)
    return path


ANSWERS = {"livvre": "1", "lobe of the liver": "UBERON:0001115", "zork": "none", "brest canser": "MONDO:0007254", "UBERON:0000027": "1"}


@pytest.mark.parametrize(("ending", "fill"), [("tsv", fill_tsv), ("xlsx", fill_xlsx)])
def test_decisions_are_replayed(sheet: Path, tmp_path: Path, tiny_bundle: Path, ending: str, fill: Fill) -> None:
    first = converted(sheet, tmp_path / "first", tiny_bundle)
    found = review(first, bundle=tiny_bundle)
    assert [(u.text, u.status, u.count, u.cells) for u in found] == [
        ("lobe of the liver", "ambiguous", 2, ("D3", "D5")),
        ("UBERON:0000027", "unsure", 1, ("D7",)),
        ("livvre", "suggested", 3, ("D2", "D4", "D6")),
        ("brest canser", "suggested", 1, ("E2",)),
        ("zork", "not found", 2, ("E3", "E6")),
        ("=1+2", "not found", 1, ("E5",)),
    ]
    assert found[1].answer is not None
    assert found[1].answer.id == found[1].suggestions[0].id == "UBERON:0001466"
    table, file = tmp_path / f"review.{ending}", tmp_path / "lab.sssom.tsv"
    write_table(found, table)
    done = accept(fill(table, ANSWERS), by="0000-0002-1825-0097", to=file, bundle=tiny_bundle, date=DAY)
    assert (done.added, done.changed, done.unchanged, done.findings) == (5, 0, 0, [])
    second = converted(sheet, tmp_path / "second", tiny_bundle, file)
    report = json.loads((second / "report.json").read_text())
    assert [(f["code"], f["value"]) for f in report["findings"] if f["code"].startswith("term-")] == [("term-not-found", "=1+2")]
    assert report["versions"]["decisions"] == [{"file": "lab.sssom.tsv", "sha256": om.read(file).sha256}]
    assert "decisions" not in json.loads((first / "report.json").read_text())["versions"]
    samples = {r.id: r for r in om.load(second).records("Biosample")}
    assert [samples[f"biosample/S{i}"].values("tissue")[0].id for i in range(1, 8)] == [  # type: ignore[union-attr]
        "UBERON:0002107", "UBERON:0001115", "UBERON:0002107", "UBERON:0001115", "UBERON:0002107", "UBERON:0001466", "UBERON:0002048",
    ]  # fmt: skip
    assert samples["biosample/S2"].values("disease")[0].id is None  # type: ignore[union-attr]
    steps = {o.cell: o.steps for i in (1, 2, 7) for slot in ("tissue", "disease") for o in _origins(second, f"biosample/S{i}", slot)}
    assert steps == {"D2": ["decision"], "E2": ["decision"], "D3": ["decision"], "E3": ["decision-none"], "D8": ["label"]}
    left = review(second, bundle=tiny_bundle, decisions=[file])
    assert [u.text for u in left] == ["=1+2"]
    assert [u.text for u in review(first, bundle=tiny_bundle, decisions=[file])] == ["=1+2"], "also of the old conversion"


class _Origin:
    def __init__(self, entry: dict[str, object]) -> None:
        self.cell, self.steps = entry["cell"], entry.get("steps")


def _origins(folder: Path, record: str, slot: str) -> list[_Origin]:
    data = json.loads((folder / "dataset.json").read_text())
    (entry,) = [r for r in data["biosamples"] if r["id"] == record]
    return [_Origin(o) for o in entry["origin"] if o["slot"] == slot and "missing" not in o.get("steps", ())]


def test_the_user_s_and_the_project_s_decisions_need_no_option(
    sheet: Path, tmp_path: Path, tiny_bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = tmp_path / "config" / "mine.sssom.tsv"
    monkeypatch.setenv("OMICS_STANDARDS_DECISIONS", str(user))
    table = tmp_path / "review.tsv"
    write_table(review(converted(sheet, tmp_path / "out", tiny_bundle), bundle=tiny_bundle), table)
    assert accept(fill_tsv(table, ANSWERS), by="Ada", bundle=tiny_bundle).path == user
    data = om.convert(sheet, bundle=str(tiny_bundle))
    assert data.records("Biosample")[0].values("tissue")[0].id == "UBERON:0002107"  # type: ignore[union-attr]
    other = tmp_path / "run.sssom.tsv"
    other.write_text(user.read_text().replace("UBERON:0002107\tliver", "UBERON:0002048\tlung"))
    data = om.convert(sheet, bundle=str(tiny_bundle), decisions=[other])
    assert data.records("Biosample")[0].values("tissue")[0].id == "UBERON:0002048"  # type: ignore[union-attr]
    assert [f["file"] for f in data.versions["decisions"]] == ["mine.sssom.tsv", "run.sssom.tsv"]  # type: ignore[attr-defined]


def test_the_same_table_twice_changes_nothing(sheet: Path, tmp_path: Path, tiny_bundle: Path) -> None:
    table, file = tmp_path / "review.tsv", tmp_path / "lab.sssom.tsv"
    write_table(review(converted(sheet, tmp_path / "out", tiny_bundle), bundle=tiny_bundle), table)
    fill_tsv(table, ANSWERS)
    accept(table, by="Ada", to=file, bundle=tiny_bundle, date=DAY)
    before, stamp = file.read_bytes(), file.stat().st_mtime_ns
    again = accept(table, by="Bob", to=file, bundle=tiny_bundle, date="2027-01-01")
    assert (again.added, again.changed, again.unchanged) == (0, 0, 5)
    assert (file.read_bytes(), file.stat().st_mtime_ns) == (before, stamp)
    fill_tsv(table, {"livvre": "none"})
    assert accept(table, by="Bob", to=file, bundle=tiny_bundle, date="2027-01-01")[1:4] == (0, 1, 0)
    (one,) = [d for d in read_file(file).decisions() if d.text == "livvre"]
    assert (one.kind, one.by, one.date) == ("none", ("Bob",), "2027-01-01")


def test_tables_are_the_same_bytes_each_time(sheet: Path, tmp_path: Path, tiny_bundle: Path) -> None:
    found = review(converted(sheet, tmp_path / "out", tiny_bundle), bundle=tiny_bundle)
    for ending in ("tsv", "xlsx"):
        write_table(found, tmp_path / f"a.{ending}")
        time.sleep(1.1 if ending == "xlsx" else 0)
        write_table(review(tmp_path / "out", bundle=tiny_bundle), tmp_path / f"b.{ending}")
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()
    assert (tmp_path / "a.tsv").read_text() == table_text(found)


def test_the_workbook_helps_who_fills_it_in(sheet: Path, tmp_path: Path, tiny_bundle: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    write_table(review(converted(sheet, tmp_path / "out", tiny_bundle), bundle=tiny_bundle), tmp_path / "review.xlsx")
    page = openpyxl.load_workbook(tmp_path / "review.xlsx").active
    assert [c.value for c in page[1]] == list(COLUMNS)
    assert all(c.comment is not None and c.comment.text for c in page[1])
    assert page.freeze_panes == "C2"
    lists = {str(v.sqref): (v.formula1, v.showErrorMessage) for v in page.data_validations.dataValidation}
    assert lists["H2:H7"] == ('"1,2,3,4,5,none"', False), "a CURIE may be typed as well"
    assert lists["I2:I7"][0] == '"exact,close,broad,narrow"'
    assert page["K2"].number_format == page["H2"].number_format == "@"


def test_texts_that_a_spreadsheet_would_run_come_back(sheet: Path, tmp_path: Path, tiny_bundle: Path) -> None:
    for ending in ("tsv", "xlsx"):
        table = tmp_path / f"review.{ending}"
        write_table(review(converted(sheet, tmp_path / "out", tiny_bundle), bundle=tiny_bundle), table)
        assert "=1+2" in [row.values["text"] for row in read_table(table)]
    assert "\t'=1+2\t" in (tmp_path / "review.tsv").read_text()


def test_two_processes_write_the_same_bytes_as_one(tmp_path: Path, tiny_bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow_module, "BATCH_ROWS", 64)
    monkeypatch.setattr(flow_module, "CHUNK_BATCHES", 2)
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "pairs.yaml").write_text(PAIRS)
    sheet, table, file = tmp_path / "pairs.tsv", tmp_path / "t.tsv", tmp_path / "lab.sssom.tsv"
    organs = ("livvre", "lump", "lung", "PBMC")
    lines = [f"S{i}\t{organs[i % 4]}\t\t\t" for i in range(1000)]
    sheet.write_text("\n".join(["sample no\torgan\torgan id\torgan source\tmany", *lines]) + "\n")
    table.write_text(
        "slot\ttext\tdecision\tpredicate\ntissue\tlivvre\tUBERON:2107\tbroad\ntissue\tlump\tnone\t\ntissue\tPBMC\tnot CL:2000001\t\n"
    )
    assert accept(table, by="Ada", to=file, bundle=tiny_bundle, date=DAY).added == 3
    profiles = (str(tmp_path / "profiles"),)
    for jobs in (1, 2):
        converted(sheet, tmp_path / str(jobs), tiny_bundle, file, profiles=profiles, jobs=jobs)
    for name in ("dataset.json", "dataset.ttl", "report.json"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes(), name
    findings = json.loads((tmp_path / "2" / "report.json").read_text())["findings"]
    assert [(f["code"], f["value"], f["count"]) for f in findings] == [("term-not-exact", "livvre", 250), ("term-not-found", "PBMC", 250)]
    assert "lab.sssom.tsv, line" in findings[0]["expected"]


def test_names_beside_accessions_and_several_in_one_cell(tmp_path: Path, tiny_bundle: Path) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "pairs.yaml").write_text(PAIRS)
    rows = [
        "sample no\torgan\torgan id\torgan source\tmany",
        "S1\tlivvre\t0002107\tUBERON\tneoplasm; zork",
        "S2\tlivvre\tUBERON:0002048\t\tzork; brest canser",
        "S3\tlivvre\t\t\t",
        "S4\t\tUBERON:0000027\t\t",
        "S5\tlung\tUBERON:0002048\t\t",
    ]
    (tmp_path / "pairs.tsv").write_text("\n".join(rows) + "\n")
    out = converted(tmp_path / "pairs.tsv", tmp_path / "out", tiny_bundle, profiles=(str(tmp_path / "profiles"),))
    found = review(out, bundle=tiny_bundle)
    assert [(u.slot, u.text, u.accession, u.status, u.cells) for u in found] == [
        ("tissue", "livvre", "UBERON:0002048", "contradiction", ("B3",)),
        ("tissue", "livvre", "UBERON:0002107", "contradiction", ("B2",)),
        ("tissue", "UBERON:0000027", "", "unsure", ("C5",)),
        ("disease", "brest canser", "", "suggested", ("E3",)),
        ("tissue", "livvre", "", "suggested", ("B4",)),
        ("disease", "zork", "", "not found", ("E2", "E3")),
    ]
    table, file = tmp_path / "review.tsv", tmp_path / "lab.sssom.tsv"
    write_table(found, table)
    done = accept(
        fill_tsv(table, {"livvre": "UBERON:0002107", "UBERON:0000027": "UBERON:0001466"}), by="Ada", to=file, bundle=tiny_bundle, date=DAY
    )
    assert done.added == 2
    (warned,) = done.findings
    assert (warned.code, warned.severity, warned.address.cell, warned.value) == ("term-label-mismatch", "warning", "C2", "UBERON:0002048")
    out = converted(tmp_path / "pairs.tsv", tmp_path / "out", tiny_bundle, file, profiles=(str(tmp_path / "profiles"),))
    left = [(u.text, u.accession) for u in review(out, bundle=tiny_bundle, decisions=[file]) if u.slot == "tissue"]
    assert left == [("livvre", "UBERON:0002048")], "the accession beside the name says something else"


def test_keyed_cells_of_sdrf(tmp_path: Path, tiny_bundle: Path) -> None:
    head = ["source name", "characteristics[organism]", "characteristics[organism part]", "assay name", "technology type", "comment[data file]",
            "comment[label]", "comment[instrument]", "comment[fraction identifier]", "comment[cleavage agent details]"]  # fmt: skip
    row = ["S1", "homo sapiens", "lung", "run 1", "proteomic profiling by mass spectrometry", "a.raw", "label free sample",
           "NT=Q Exakkdive;AC=MS:1001911", "1", "NT=Lys-X;AC=MS:1001251"]  # fmt: skip
    (tmp_path / "a.sdrf.tsv").write_text("\t".join(head) + "\n" + "\t".join(row) + "\n")
    out = converted(tmp_path / "a.sdrf.tsv", tmp_path / "out", tiny_bundle)
    found = {u.slot: u for u in review(out, bundle=tiny_bundle)}
    assert (found["instrument"].text, found["instrument"].accession) == ("Q Exakkdive", "MS:1001911")
    table, file = tmp_path / "t.tsv", tmp_path / "lab.sssom.tsv"
    table.write_text(
        "slot\ttext\taccession\tdecision\ninstrument\tQ Exakkdive\tMS:1001911\tMS:1001911\ncleavage_agents\tLys-X\tMS:1001251\tMS:1001309\n"
    )
    done = accept(table, by="Ada", to=file, bundle=tiny_bundle, date=DAY)
    assert [(f.code, f.address.row) for f in done.findings] == [("term-label-mismatch", 3)]
    out = converted(tmp_path / "a.sdrf.tsv", tmp_path / "out", tiny_bundle, file)
    assert {u.slot for u in review(out, bundle=tiny_bundle, decisions=[file])} == {*found} - {"instrument"}


def test_without_a_bundle(sheet: Path, tmp_path: Path, tiny_bundle: Path) -> None:
    out = converted(sheet, tmp_path / "out", None)
    found = review(out)
    assert {u.status for u in found} == {"unverifiable"}
    assert found[0].text == "Homo sapiens", "the most frequent first"
    table, file = tmp_path / "review.tsv", tmp_path / "lab.sssom.tsv"
    write_table(found, table)
    done = accept(fill_tsv(table, {"livvre": "UBERON:0002107", "zork": "none"}), by="Ada", to=file, date=DAY)
    assert done.added == 1, "that no ontology has it needs no ontology"
    assert [(f.code, f.severity, f.value) for f in done.findings] == [("term-unverifiable", "error", "UBERON:0002107")]
    assert "ontologies build" in done.findings[0].fix
    accept(table, by="Ada", to=file, bundle=tiny_bundle, date=DAY)
    out = converted(sheet, tmp_path / "out", None, file)
    sample = om.load(out).records("Biosample")[0]
    assert sample.values("tissue")[0] == ("UBERON:0002107", "liver")
    (said,) = [f for f in om.load(out).findings if f.code == "term-unverifiable" and f.slot == "Biosample.tissue"]
    assert "ontologies build" in said.fix
    assert said.count == 7, "what is decided is unverifiable like all others"
    assert [o.steps for o in _origins(out, "biosample/S1", "tissue")] == [["decision"]]
    assert [o.steps for o in _origins(out, "biosample/S2", "disease")] == [["decision-none"]]


@pytest.mark.parametrize(
    ("slot", "said", "predicate", "code", "fix"),
    [
        ("tissue", "UBERON:7777777", "", "term-unverifiable", "check UBERON:7777777"),
        ("tissue", "NCIT:C12392", "", "term-unverifiable", "ontologies add"),
        ("tissue", "UBERON:9000001", "", "term-obsolete", "liver"),
        ("tissue", "UBERON:0000027", "", "term-obsolete", "write UBERON:0001466"),
        ("tissue", "MONDO:0005070", "", "term-wrong-ontology", "name a term of UBERON"),
        ("dissociation_method", "MS:1001911", "", "term-wrong-branch", "branch"),
        ("tissue", "liver", "", "decision-unreadable", "not its name"),
        ("tissue", "7", "", "decision-unreadable", "no suggestion 7"),
        ("tissue", "2", "", "decision-unreadable", "no suggestion 2"),
        ("tissue", "not", "", "decision-unreadable", "not its name"),
        ("tissue", "not UBERON:7777777", "", "term-unverifiable", "check UBERON:7777777"),
        ("tissue", "1", "nearly", "decision-unreadable", "choose one of them"),
        ("tisue", "1", "", "decision-unreadable", "write the slot"),
        ("title", "1", "", "decision-unreadable", "write the slot"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, tiny_bundle: Path, slot: str, said: str, predicate: str, code: str, fix: str) -> None:
    table, file = tmp_path / "t.tsv", tmp_path / "lab.sssom.tsv"
    rows = f"slot\ttext\tdecision\tpredicate\tsuggestion 1\n{slot}\tx\t{said}\t{predicate}\tUBERON:0002107 | liver | 0.9\ntissue\ty\t1\t\tUBERON:0002107 | liver | 0.9\n"
    table.write_text(rows)
    done = accept(table, by="Ada", to=file, bundle=tiny_bundle, date=DAY)
    (found,) = done.findings
    assert (found.code, found.severity, found.address.row, found.address.file) == (code, "error", 2, "t.tsv")
    assert fix in found.fix
    assert [d.text for d in read_file(file).decisions()] == ["y"], "the other row is taken"


def test_rows_that_contradict_each_other_are_both_refused(tmp_path: Path, tiny_bundle: Path) -> None:
    table, file = tmp_path / "t.csv", tmp_path / "lab.sssom.tsv"
    rows = [
        "tissue,x,UBERON:0002107",
        "tissue,X,UBERON:0002048",
        "tissue,y,none",
        "tissue,z,not UBERON:0002107",
        "tissue,z,UBERON:0002107",
        "tissue,y,none",
    ]
    table.write_text("\n".join(["slot,text,decision", *rows]) + "\n")
    done = accept(table, by="Ada", to=file, bundle=tiny_bundle, date=DAY)
    assert [(f.code, f.address.row) for f in done.findings] == [("decisions-contradict", row) for row in (2, 3, 5, 6)]
    assert "row 3 says another" in done.findings[0].expected
    assert done.added == 1


def test_predicate_confidence_and_comment_are_kept(tmp_path: Path, tiny_bundle: Path) -> None:
    table, file = tmp_path / "t.tsv", tmp_path / "lab.sssom.tsv"
    table.write_text(
        "slot\ttext\tdecision\tpredicate\tconfidence\tcomment\n\tx\thttp://purl.obolibrary.org/obo/UBERON_0002107\tskos:broadMatch\t0.7\twhy not\n"
    )
    accept(table, by="Ada | 0000-0002-1825-0097", to=file, bundle=tiny_bundle, date=DAY)
    (one,) = read_file(file).decisions()
    assert (one.slot, one.id, one.match, one.confidence, one.comment) == ("", "UBERON:0002107", "broad", 0.7, "why not")
    assert (one.by, one.date, one.version) == (("orcid:0000-0002-1825-0097", "Ada"), DAY, "tiny-1")


def test_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table, file = tmp_path / "t.tsv", tmp_path / "lab.sssom.tsv"
    table.write_text("slot\ttext\tdecision\ntissue\tx\tnone\n")
    for by in ("", " | ", "0000-0002-1825-0098", "orcid:1234"):
        with pytest.raises(UsageError):
            accept(table, by=by, to=file)
    with pytest.raises(UsageError, match="not a date"):
        accept(table, by="Ada", to=file, date="tomorrow")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    accept(table, by="Ada", to=file)
    assert read_file(file).decisions()[0].date == "1970-01-02"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        accept(table, by="Ada", to=file)
    with pytest.raises(UsageError, match="--to"):
        accept(table, by="Ada", date=DAY)
    table.write_text("a\tb\n1\t2\n")
    with pytest.raises(ReadError, match="needs the columns slot, text, decision"):
        accept(table, by="Ada", to=file, date=DAY)
    with pytest.raises(UsageError, match=r"as \.tsv or \.xlsx"):
        write_table([], tmp_path / "review.ods")


def test_a_broken_file_is_not_built_on(tmp_path: Path) -> None:
    table, file = tmp_path / "t.tsv", tmp_path / "lab.sssom.tsv"
    table.write_text("slot\ttext\tdecision\ntissue\tx\tnone\n")
    file.write_text("half a file")
    with pytest.raises(DecisionError, match="is no SSSOM file"):
        accept(table, by="Ada", to=file, date=DAY)
    assert file.read_text() == "half a file"


@pytest.mark.parametrize("text", ["{", "[]", '{"biosamples": [7]}', '{"id": 1, ]'])
def test_a_folder_that_holds_no_dataset(tmp_path: Path, text: str) -> None:
    (tmp_path / "dataset.json").write_text(text)
    with pytest.raises(ReadError, match="not JSON as a conversion writes it"):
        review(tmp_path)


def test_a_dataset_without_records(tmp_path: Path) -> None:
    (tmp_path / "dataset.json").write_text('{"base": "https://example.org/"}')
    assert review(tmp_path) == []


# --- the command line


def run(*args: object, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from omics_standards.cli import main; main()", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **env}, timeout=120, check=False)


def test_commands(sheet: Path, tmp_path: Path, tiny_bundle: Path) -> None:
    file = tmp_path / "lab.sssom.tsv"
    env = {"OMICS_STANDARDS_BUNDLE": str(tiny_bundle), "OMICS_STANDARDS_DECISIONS": str(file)}
    assert run("convert", sheet, "-o", tmp_path / "out", **env).returncode == 0
    done = run("terms", "review", tmp_path / "out", **env)
    assert done.returncode == 0
    assert done.stdout.splitlines()[0].split("\t") == list(COLUMNS)
    done = run("terms", "review", tmp_path / "out", "-o", tmp_path / "review.tsv", **env)
    assert (done.returncode, done.stdout) == (0, "")
    assert "6 texts (1 ambiguous, 1 unsure, 2 suggested, 2 not found)" in done.stderr
    fill_tsv(tmp_path / "review.tsv", {**ANSWERS, "=1+2": "perhaps"})
    done = run("terms", "accept", tmp_path / "review.tsv", "--by", "Ada", "--date", DAY, **env)
    assert done.returncode == 1
    assert "decision-unreadable" in done.stdout
    assert "5 added, 0 changed, 0 as before; 1 refused" in done.stderr
    done = run("terms", "decisions", "--json", **env)
    listed = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(d["text"], d["kind"]) for d in listed if d["slot"] == "disease"] == [("brest canser", "is"), ("zork", "none")]
    assert run("convert", sheet, "-o", tmp_path / "out", "--fail-on", "warning", "-q", **env).returncode == 1
    assert len(run("terms", "review", tmp_path / "out", **env).stdout.splitlines()) == 2


def test_commands_say_one_sentence_and_end_with_3(sheet: Path, tmp_path: Path, tiny_bundle: Path) -> None:
    (tmp_path / "bad.sssom.tsv").write_text("nonsense")
    for args in (
        ("convert", sheet, "-o", tmp_path / "out", "--decisions", tmp_path / "bad.sssom.tsv"),
        ("check", sheet, "--decisions", tmp_path / "absent.sssom.tsv"),
        ("terms", "review", tmp_path / "nowhere"),
        ("terms", "accept", tmp_path / "absent.xlsx", "--by", "Ada", "--to", tmp_path / "x.sssom.tsv"),
        ("terms", "decisions", "--decisions", tmp_path / "bad.sssom.tsv"),
    ):
        done = run(*args, OMICS_STANDARDS_BUNDLE=str(tiny_bundle))
        assert done.returncode == 3, done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
        assert done.stdout == ""
    assert not (tmp_path / "out").exists()


def test_two_people_at_once(tmp_path: Path, tiny_bundle: Path) -> None:
    file = tmp_path / "lab.sssom.tsv"
    tables = []
    for name in "abcd":
        tables.append(tmp_path / f"{name}.tsv")
        tables[-1].write_text("slot\ttext\tdecision\n" + "".join(f"tissue\t{name} {i}\tnone\n" for i in range(20)))
    script = "import sys; from omics_standards.conversion import accept; accept(sys.argv[1], by='Ada', to=sys.argv[2])"
    working = [subprocess.Popen([sys.executable, "-c", script, str(table), str(file)]) for table in tables]
    assert [p.wait(timeout=120) for p in working] == [0, 0, 0, 0]
    assert len(read_file(file).decisions()) == 80
