"""Run tables, upload tables and submission workbooks of the archives: what only their layouts ask of the mapping."""

from __future__ import annotations

import pytest

import omics_standards as om
from omics_standards.mapping.headers import match_headers
from omics_standards.mapping.spread import piece_of
from omics_standards.profiles import load_profiles
from omics_standards.profiles.schema import Table
from omics_standards.records import BLANK, Plain
from omics_standards.tables import from_rows
from omics_standards.values.accessions import spelt_out


def run_selector() -> Table:
    return next(p for p in load_profiles() if p.id == "ncbi-run-selector").table("runs")


RUNS = ["run_accession", "experiment_accession", "sample_accession", "study_accession", "fastq_ftp", "fastq_md5", "fastq_bytes"]
ACCESSIONS = ["ERR9900001", "ERX9900001", "SAMEA99000001", "PRJEB99001"]
ONE, TWO = "0" * 32, "1" * 32


def convert(headers: list[str], rows: list[list[str]], name: str = "table.tsv"):  # type: ignore[no-untyped-def]
    return om.convert(from_rows(headers, rows, name=name))


def filled(dataset, cls: str) -> list[dict]:  # type: ignore[type-arg,no-untyped-def]
    return [r.model_dump(exclude_none=True) for r in dataset.models(cls)]


def test_lists_in_parallel_give_a_file_each() -> None:
    names = "ftp.example.org/a/x_1.fastq.gz;ftp.example.org/a/x_2.fastq.gz"
    dataset = convert(RUNS, [[*ACCESSIONS, names, f"{ONE};{TWO}", "10;20"]])
    files = {f["file_name"]: f for f in filled(dataset, "DataFile")}
    assert {n: (f["md5"], f["file_size"]) for n, f in files.items()} == {"x_1.fastq.gz": (ONE, 10), "x_2.fastq.gz": (TWO, 20)}
    assert dataset.ledger.counts["mapped"] == 7


@pytest.mark.parametrize("broken", ["nonsense", f"{ONE};nonsense", f";{ONE}", ";"])
def test_a_broken_piece_is_said_and_the_ledger_closes(broken: str) -> None:
    dataset = convert(RUNS, [[*ACCESSIONS, "ftp.example.org/a/x_1.fastq.gz;ftp.example.org/a/x_2.fastq.gz", broken, "10;20"]])
    assert sum(dataset.ledger.counts.values()) == len(RUNS) + 7
    codes = {f.code for f in dataset.findings}
    assert ("checksum-malformed" in codes) == ("nonsense" in broken)
    assert {f.get("file_name") for f in filled(dataset, "DataFile")} == {"x_1.fastq.gz", "x_2.fastq.gz"}


def test_piece_of_answers_for_the_whole_cell_with_the_first() -> None:
    first = piece_of(lambda text: Plain("file_name", text), "file_name", ";", 1)
    assert first("a;b").raw == "a;b"
    assert first("a;b").values == ("a",)
    assert piece_of(lambda text: Plain("file_name", text), "file_name", ";", 3)("a;b") is BLANK


def test_headers_that_differ_by_case_are_told_apart() -> None:
    how = {m.header: (m.how, m.key) for m in match_headers(run_selector(), ["RUN_s", "Run_s", "Organism", "organism"])}
    assert how["Run_s"][0] == "column"
    assert how["RUN_s"][0] == "unknown"
    assert how["Organism"][0] == "column"
    assert how["organism"][0] == "alias"


def test_the_owner_behind_a_header_says_whose_attribute_it_is() -> None:
    found = {m.header: m.spec for m in match_headers(run_selector(), ["lsid (exp)", "lsid..run.", "lane (run)", "lsid"])}
    assert found["lsid (exp)"].keep == "library"  # type: ignore[union-attr]
    assert found["lsid..run."].keep == "run"  # type: ignore[union-attr]
    assert found["lane (run)"].to == ["run.lane"]  # type: ignore[union-attr]
    assert found["lsid"] is None


HEAD = ["Run", "BioSample", "Assay Type", "Experiment", "BioProject", "LibraryLayout", "Platform", "SRA Study", "Sex", "sex"]


def runs(*sexes: tuple[str, str]) -> list[list[str]]:
    return [
        [f"SRR9900000{i}", f"SAMN9900000{i}", "WGS", f"SRX9900000{i}", "PRJNA990001", "PAIRED", "ILLUMINA", "SRP990001", *pair]
        for i, pair in enumerate(sexes, 1)
    ]


def test_a_second_column_for_a_slot_fills_in_agrees_or_is_kept() -> None:
    dataset = convert(HEAD, runs(("", "female"), ("male", "Male"), ("male", "female")))
    samples = {s["accessions"][0]: s for s in filled(dataset, "Biosample")}
    assert [str(s["sex"]) for s in samples.values()] == ["female", "male", "male"]
    assert [len(s.get("attributes", ())) for s in samples.values()] == [0, 0, 1]
    assert dataset.ledger.counts["kept"] == 1


def test_a_sample_that_many_runs_repeat_is_one_record_and_a_conflict_has_both_addresses() -> None:
    rows = runs(("male", ""), ("female", ""))
    rows[1][1] = rows[0][1]
    dataset = convert(HEAD, rows)
    assert len(filled(dataset, "Biosample")) == 1
    conflict = next(f for f in dataset.findings if f.code == "conflict")
    assert [a.cell.rpartition("!")[2] for a in conflict.addresses] == ["I3", "I2"]


def test_megabytes_and_megabases_are_written_out() -> None:
    dataset = convert([*HEAD[:8], "MBases", "MBytes"], [[*row[:8], "12", "0.5"] for row in runs(("", ""))])
    run = filled(dataset, "Run")[0]
    assert (run["bases"], run["data_volume"]) == (12_000_000, 500_000)


def test_a_taxon_number_stands_for_the_taxon() -> None:
    dataset = convert(["alias", "title", "taxon_id", "collection date", "geographic location (country and/or sea)"],
                      [["s1", "t", "9606", "2020", "Sweden"]])  # fmt: skip
    assert filled(dataset, "Biosample")[0]["organism"]["id"] == "NCBITaxon:9606"


def test_rows_that_explain_a_template_are_no_records() -> None:
    dataset = convert(["alias", "experiment_alias", "file_name", "file_format"], [["(Mandatory) name", "(Mandatory) ref", "x", "y"]])
    assert not filled(dataset, "Run")
    assert "template-empty" in {f.code for f in dataset.findings}


def test_stacked_tables_are_read_each_with_its_own_header() -> None:
    rows = [["Moor Lab", "2019-01-01", "PRJDB99001"], ["Submitter Name", "Submitter E-mail"], ["Ada Example", "ada@example.org"]]
    dataset = convert(["Submitting organization", "Hold Until", "BioProject accession"], rows)
    assert [o["name"] for o in filled(dataset, "Organization")] == ["Moor Lab"]
    assert [p["email"] for p in filled(dataset, "Person")] == ["ada@example.org"]
    assert sum(dataset.ledger.counts.values()) == 10


def test_definitions_yield_no_records() -> None:
    dataset = convert(["Package name", "Version", "sample_name", "organism", "sample_title"], [["Generic", "1.1", "M", "M", "M"]])
    assert dataset.ledger.counts["structural"] == 10
    assert not filled(dataset, "Biosample")


def test_ranges_of_accessions_are_written_out() -> None:
    assert spelt_out("SAMD99000008-SAMD99000010") == ["SAMD99000008", "SAMD99000009", "SAMD99000010"]
    assert spelt_out("SAMD99000010-SAMD99000008") == ["SAMD99000010-SAMD99000008"]


def test_a_table_of_definitions_has_no_columns() -> None:
    with pytest.raises(ValueError, match="neither records nor columns"):
        Table.model_validate({"id": "x", "holds": "definitions", "columns": {"a": {"ignore": True}}})


def test_a_run_table_without_a_header_is_known_by_its_values() -> None:
    first, *rest = [[*row[:8], "x"] for row in runs(*[("", "")] * 3)]
    dataset = convert(first, rest)
    assert len(filled(dataset, "Run")) == 3
    assert sum(dataset.ledger.counts.values()) == 27
    assert "header-doubtful" in {f.code for f in dataset.findings}


def test_two_columns_of_runs_without_a_header_are_not_guessed() -> None:
    first, *rest = [[*row[:8], row[0]] for row in runs(*[("", "")] * 3)]
    assert not filled(convert(first, rest), "Run")
