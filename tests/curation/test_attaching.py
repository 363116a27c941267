"""Accessions that came back: found by name within their kind, by what they are linked to; conflicts are said, nothing is overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from omics_standards.cli.app import app
from omics_standards.conversion import Options, convert_to
from omics_standards.conversion.loading import load
from omics_standards.curation.attaching import attach, identified
from omics_standards.curation.rewriting import formats_of
from omics_standards.emit.jsontext import record_to_dict
from omics_standards.findings import Finding

OPTIONS = Options(bundle="/no/such/bundle", today="2026-01-01", base="https://example.org/")
SAMPLES = "*sample_name\t*organism\t*collection_date\t*geo_loc_name\ttitle\n" + "".join(
    f"S{i}\tMus musculus\t2020-0{i}\tJapan\tmouse {i}\n" for i in (1, 2, 3)
)
LIBRARY = "x\tRNA-Seq\tTRANSCRIPTOMIC\tcDNA\tpaired\tILLUMINA\tNextSeq 500\tfastq\tS1_1.fq.gz\tS1_2.fq.gz"
SRA = (
    "sample_name\tlibrary_ID\ttitle\tdesign_description\tlibrary_strategy\tlibrary_source\tlibrary_selection\tlibrary_layout\tplatform"
    f"\tinstrument_model\tfiletype\tfilename\tfilename2\nS1\tL1\tRNA of S1\t{LIBRARY}\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "samples.tsv").write_text(SAMPLES, encoding="utf-8")
    (tmp_path / "sra.tsv").write_text(SRA, encoding="utf-8")
    convert_to([tmp_path / "samples.tsv", tmp_path / "sra.tsv"], tmp_path / "data", "json,turtle,tsv", OPTIONS)
    return tmp_path / "data"


def came_back(folder: Path, text: str, name: str = "back.tsv") -> list[tuple[str, str, str]]:
    path = folder.parent / name
    path.write_text(text, encoding="utf-8")
    _, done, _ = attach(load(folder), [str(path)], OPTIONS)
    return [(e.accession, e.status, e.record) for e in done]


def test_two_columns(folder: Path) -> None:
    assert came_back(folder, "what I call it\ttheirs\nS3\tSAMN99000003\nS1\tSAMN99000001\nS9\tSAMN99000009\n") == [
        ("biosample:SAMN99000003", "attached", "biosample/S3"),
        ("biosample:SAMN99000001", "attached", "biosample/S1"),
        ("biosample:SAMN99000009", "unmatched", ""),
    ]


def test_the_archive_s_own_table(folder: Path) -> None:
    head = "accession\tsample_name\torganism\tcollection_date\tgeo_loc_name\n"
    assert came_back(folder, head + "SAMN99000002\tS2\tMus musculus\t2020-02\tJapan\n") == [
        ("biosample:SAMN99000002", "attached", "biosample/S2")
    ]


def test_a_receipt(folder: Path) -> None:
    text = (
        '<?xml version="1.0"?><RECEIPT receiptDate="2026-01-05T10:00:00Z" success="true">'
        '<SAMPLE accession="ERS9900001" alias="S1" status="PRIVATE"><EXT_ID accession="SAMEA9900001" type="biosample"/></SAMPLE>'
        '<SAMPLE accession="ERS9900002" alias="S2" status="PRIVATE"/><SUBMISSION accession="ERA9900001" alias="x"/></RECEIPT>'
    )
    told = came_back(folder, text, "receipt.xml")
    assert sorted(told) == [
        ("biosample:SAMEA9900001", "attached", "biosample/S1"),
        ("insdc.sra:ERS9900001", "attached", "biosample/S1"),
        ("insdc.sra:ERS9900002", "attached", "biosample/S2"),
    ]


def test_a_run_is_found_by_its_library(folder: Path) -> None:
    rows = SRA.splitlines()
    text = f"accession\tbiosample_accession\t{rows[0]}\nSRR99000001\tSAMN99000001\t{rows[1]}\n"
    told = {a: (s, r) for a, s, r in came_back(folder, text)}
    assert told["insdc.sra:SRR99000001"] == ("attached", "run/L1")


def test_conflicts_change_nothing(folder: Path, tmp_path: Path) -> None:
    first = tmp_path / "first.tsv"
    first.write_text("name\tid\nS1\tSAMN99000001\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["attach", str(folder), str(first), "--force"])
    assert result.exit_code == 0, result.output
    assert came_back(folder, "name\tid\nS1\tSAMN99000077\nS2\tSAMN99000001\nS1\tSAMN99000001\n") == [
        ("biosample:SAMN99000077", "conflict", "biosample/S1"),
        ("biosample:SAMN99000001", "conflict", "biosample/S2"),
        ("biosample:SAMN99000001", "known", "biosample/S1"),
    ]


def test_a_shared_name_is_ambiguous(folder: Path) -> None:
    data = load(folder)
    one = data.records("Biosample")[0]
    twin = type(one)(one.cls, "biosample/twin", one.readings, one.fields, one.rows)
    from omics_standards.conversion.dataset import Dataset

    both = Dataset(data._outcome, [*data.records(), twin])
    path = folder.parent / "back.tsv"
    path.write_text("name\tid\nS1\tSAMN99000001\n", encoding="utf-8")
    _, done, _ = attach(both, [str(path)], OPTIONS)
    assert [(e.status, e.detail) for e in done] == [("ambiguous", "biosample/S1, biosample/twin")]


def test_nothing_else_changes(folder: Path) -> None:
    path = folder.parent / "back.tsv"
    path.write_text("name\tid\nS1\tSAMN99000001\n", encoding="utf-8")
    data = load(folder)
    records, _, _ = attach(data, [str(path)], OPTIONS)
    before, after = ([record_to_dict(r, origin=False) for r in rs] for rs in (data.records(), records))
    assert after[0].pop("accessions") == ["biosample:SAMN99000001"]
    assert before == after


def test_written_and_read_again(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "back.tsv"
    path.write_text("name\tid\nS1\tSAMN99000001\n", encoding="utf-8")
    refused = CliRunner().invoke(app, ["attach", str(folder), str(path)])
    assert refused.exit_code != 0
    assert "SAMN" not in (folder / "dataset.json").read_text()
    out = tmp_path / "out"
    result = CliRunner().invoke(app, ["attach", str(folder), str(path), "-o", str(out), "--json"])
    assert json.loads(result.stdout.splitlines()[0])["status"] == "attached"
    assert formats_of(out) == formats_of(folder) == ("json", "turtle", "tsv")
    assert "SAMN99000001" in (out / "dataset.ttl").read_text(encoding="utf-8")
    again = load(out)
    record = again.record("Biosample", "biosample/S1")
    assert record is not None
    assert [(o.address.file, o.address.cell) for o in record.origin("accessions")] == [("back.tsv", "B2")]
    assert {o.address.file for o in record.origin("organism")} == {"samples.tsv"}
    assert [i["file"] for i in again.inputs] == ["samples.tsv", "sra.tsv", "back.tsv"]
    assert all(isinstance(f, Finding) for f in again.findings)


def test_re_identified(folder: Path) -> None:
    path = folder.parent / "back.tsv"
    path.write_text("name\tid\nS1\tSAMN99000001\n", encoding="utf-8")
    records, done, _ = attach(load(folder), [str(path)], OPTIONS)
    renamed = identified(records, done)
    entries = [record_to_dict(r, origin=False) for r in renamed]
    assert [e["id"] for e in entries if "organism" in e] == ["biosample:SAMN99000001", "biosample/S2", "biosample/S3"]
    assert [e["samples"] for e in entries if "samples" in e] == [["biosample:SAMN99000001"]]
    assert "biosample/S1" not in json.dumps(entries)


def test_running_numbers_are_no_names(tmp_path: Path) -> None:
    head = "*sample_name\t*organism\t*title\n"
    (tmp_path / "a.tsv").write_text(head + "1\tMus musculus\tliver\n2\tMus musculus\tlung\n", encoding="utf-8")
    convert_to([tmp_path / "a.tsv"], tmp_path / "data", "json", OPTIONS)
    back = "accession\tsample_name\torganism\ttitle\nSAMN99000001\t1\tMus musculus\tlung\nSAMN99000002\t2\tMus musculus\tliver\n"
    told = came_back(tmp_path / "data", back)
    # The archive has counted otherwise: what the titles say holds.
    assert told == [("biosample:SAMN99000001", "attached", "biosample/2"), ("biosample:SAMN99000002", "attached", "biosample/1")]


def test_a_workbook_that_gsa_gave_back(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(Path(__file__).parents[2] / "examples" / "gsa-liver.xlsx")
    named = tmp_path / "returned.xlsx"
    book.save(named)
    for sheet in book:
        columns = [c.column for c in sheet[1] if c.value in ("Accession", "BioSample accession", "Experiment accession")]
        for column in columns:
            for row in range(2, sheet.max_row + 1):
                sheet.cell(row, column).value = None
    blank = tmp_path / "sent.xlsx"
    book.save(blank)
    convert_to([blank], tmp_path / "data", "json", OPTIONS)
    _, done, _ = attach(load(tmp_path / "data"), [str(named)], OPTIONS)
    samples = [e for e in done if ":SAMC" in e.accession]
    assert len(samples) == 6
    assert {e.status for e in samples} == {"attached"}
