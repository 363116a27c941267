"""Detectors over whole columns and tables: each finds what it is for, and leaves alone what only looks like it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import omics_standards as om
from omics_standards.findings import CODES, Finding
from omics_standards.tables import from_rows

PROFILE = """
id: bench
family: bench
title: bench sheet
tables:
  - id: rows
    join: one-record-per-row
    recognise: {all: [sid]}
    records:
      sample: {class: Biosample, id: [sid], links: {projects: [project]}}
      project: {class: Project, id: [project], shared: true, stub: true}
      library: {class: SequencingAssay, id: [sid], links: {samples: [sample]}}
      run: {class: Run, id: [sid], links: {assay: [library], data_files: [file]}}
      file: {class: DataFile, id: ["file {n}"], repeat: true}
    main: sample
    columns:
      sid: sample.name
      project: project.accessions
      taxon: {to: sample.organism, as: term}
      day: sample.collection_date
      where: sample.collection_location
      lat: {to: sample.collection_location, as: point, with: {longitude: lon}}
      depth: sample.depth
      heat: sample.temperature
      about: sample.description
      source: sample.biomaterial_provider
      sex: sample.sex
      age: sample.age
      tissue: sample.tissue
      machine: library.instrument_model
      strategy: library.library_strategy
      layout: library.library_layout
      library source: library.library_source
      design: library.description
      kind: file.file_format
      "file {n}": file.file_name
      "md5 {n}": file.md5
"""


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    path = tmp_path / "bench.yaml"
    path.write_text(PROFILE, encoding="utf-8")
    return path


def look(profile: Path, rows: int = 0, names: Sequence[str] = (), **columns: Sequence[str]) -> list[Finding]:
    """Findings on a sheet; ``file_1`` stands for ``file 1``. Without ``names`` the samples have names that say nothing."""
    count = rows or max(map(len, columns.values()))
    names = names or [f"s{chr(97 + i % 26)}{chr(97 + i // 26)}q" for i in range(count)]
    headers = ["sid", *(c.replace("_", " ") for c in columns)]
    cells = [[names[i], *(values[i] for values in columns.values())] for i in range(count)]
    data = om.convert(from_rows(headers, cells), str(profile), bundle="/no/bundle", today="2026-01-01")
    assert data.ledger.closes
    return data.findings


def found(findings: Sequence[Finding], code: str) -> list[tuple[str, str, str]]:
    """Cell, rows and value of the findings of a code."""
    assert code in CODES
    return [(f.address.cell, f.rows, f.value or "") for f in findings if f.code == code]


# --- columns that count up ---------------------------------------------------------------------------------------------


def test_coordinates_that_count_up_are_one_finding(profile: Path) -> None:
    where = [f"39.90 N {116.41 + i / 100:.2f} E" for i in range(25)]
    (one,) = [f for f in look(profile, where=["31.1 N 121.4 E", *where]) if f.code == "drag-fill-coordinates"]
    assert (one.address.cell, one.rows, one.count, one.value) == ("B3", "3-27", 25, "39.90 N 116.41 E")
    assert one.expected == (
        "one position for what was taken at one place, and not 25 that count up from '39.90 N 116.41 E' to '39.90 N 116.65 E'"
    )
    assert "write '39.90 N 116.41 E' in rows 4-27" in one.fix


def test_coordinates_in_two_columns_that_count_up_are_found(profile: Path) -> None:
    findings = look(profile, lat=[f"{30 + i}.5" for i in range(6)], lon=["120.1"] * 6)
    assert found(findings, "drag-fill-coordinates") == [("B2", "2-7", "30.5")]


@pytest.mark.parametrize(
    "where",
    [
        ["39.90 N 116.41 E"] * 20,
        ["39.90 N 116.41 E", "39.90 N 116.42 E", "39.90 N 116.43 E"],  # three may be neighbours
        [f"{39 + i * 0.37:.2f} N {116 - i * 0.41:.2f} E" for i in range(20)],  # both numbers move
        [f"39.90 N {116.41 + (i % 2) / 100:.2f} E" for i in range(20)],  # two places in turn
        [f"39.90 N {116.41 + i * i / 100:.2f} E" for i in range(10)],
    ],
)
def test_positions_that_differ_otherwise_are_left_alone(profile: Path, where: list[str]) -> None:
    assert found(look(profile, where=where), "drag-fill-coordinates") == []


def test_dates_that_count_up_are_found_across_the_end_of_a_month(profile: Path) -> None:
    days = ["2019-03-02", *(f"2020-01-{d}" for d in range(28, 32)), "2020-02-01", "2020-02-02", "2018-01-01"]
    assert found(look(profile, day=days), "drag-fill-date") == [("B3", "3-8", "2020-01-28")]
    years = [f"{2010 + i}-05-17" for i in range(6)]
    assert found(look(profile, day=years), "drag-fill-date") == [("B2", "2-7", "2010-05-17")]


@pytest.mark.parametrize(
    "days",
    [
        ["2020-01-01"] * 10,
        ["2020-01-01", "2020-01-02", "2020-01-03", "2020-01-04"],
        ["2020-01-01", "2020-01-01", "2020-01-02", "2020-01-02", "2020-01-03", "2020-01-03", "2020-01-04", "2020-01-04"],
        ["2020-01-01", "2020-01-08", "2020-01-15", "2020-01-22", "2020-01-29", "2020-02-05"],  # once a week
        ["not collected", "2020-01-01", "", "2020-01-02", "", "2020-01-03", "2020-01-04", "missing", "2020-01-05"],
    ],
)
def test_dates_of_a_plan_are_left_alone(profile: Path, days: list[str]) -> None:
    assert found(look(profile, day=days), "drag-fill-date") == []


def test_a_course_of_time_is_left_alone(profile: Path) -> None:
    days = [f"2020-01-{d:02}" for d in range(1, 9)]
    assert found(look(profile, day=days * 3), "drag-fill-date") == []
    assert found(look(profile, about=[f"protocol {n}" for n in (6, 3, 4, 5, 6, 7, 3, 9, 5, 6, 4)]), "drag-fill-text") == []


def test_descriptions_whose_number_counts_up_are_found(profile: Path) -> None:
    findings = look(profile, about=[f"16S rRNA gene, MiSeq 2 x {250 + i}" for i in range(5)])
    assert found(findings, "drag-fill-text") == [("B2", "2-6", "16S rRNA gene, MiSeq 2 x 250")]


def test_descriptions_that_number_their_samples_are_left_alone(profile: Path) -> None:
    assert found(look(profile, about=[f"mouse {1 + i} of the cohort" for i in range(9)]), "drag-fill-text") == []
    names = [f"M{17 + i:03}" for i in range(9)]
    assert found(look(profile, names=names, about=[f"mouse {17 + i} of the cohort" for i in range(9)]), "drag-fill-text") == []


def test_words_of_a_vocabulary_that_count_up_are_found(profile: Path) -> None:
    findings = look(profile, machine=[f"Illumina HiSeq {2000 + i}" for i in range(4)])
    assert found(findings, "drag-fill-text") == [("B2", "2-5", "Illumina HiSeq 2000")]
    assert found(look(profile, machine=["Illumina HiSeq 2000", "Illumina HiSeq 2500"] * 3), "drag-fill-text") == []


def test_accessions_of_projects_that_count_up_are_found(profile: Path) -> None:
    findings = look(profile, project=[f"PRJNA{100200 + i}" for i in range(4)])
    assert found(findings, "drag-fill-reference") == [("B2", "2-5", "PRJNA100200")]
    assert found(look(profile, project=["PRJNA100200", "PRJNA100201"] * 4), "drag-fill-reference") == []


def test_taxa_that_count_up_are_found(profile: Path) -> None:
    assert found(look(profile, taxon=["9606", "9607", "9608"]), "drag-fill-reference") == [("B2", "2-4", "9606")]
    assert found(look(profile, taxon=["9606", "10090", "10116"]), "drag-fill-reference") == []


def test_a_series_goes_on_over_the_end_of_a_batch(profile: Path) -> None:
    where = ["31.1 N 121.4 E"] * 1020 + [f"39.90 N {116.41 + i / 100:.2f} E" for i in range(12)]
    assert found(look(profile, where=where), "drag-fill-coordinates") == [("B1022", "1022-1033", "39.90 N 116.41 E")]


# --- numbers, dates and names that a spreadsheet changed ---------------------------------------------------------------


def test_numbers_that_stand_for_nothing_are_found(profile: Path) -> None:
    findings = look(profile, heat=["4 Cel", "12 Cel", "21 Cel", "4 Cel"], salt=["3", "999", "5", "4"])
    assert found(findings, "number-sentinel") == [("C3", "", "999")]
    findings = look(profile, salt=["0.2", "-9999", "1.5", "-9999", "0.9"])
    assert found(findings, "number-sentinel") == [("B3", "3,5", "-9999")]


@pytest.mark.parametrize(
    "salt",
    [
        ["999", "850", "700", "1200"],  # one number of many
        ["999", "999", "999"],
        ["999", "3"],
        ["999", "liver", "brain", "heart"],
        ["-99", "-80", "-60", "-20"],
        ["9999", "a1", "3", "4"],
    ],
)
def test_numbers_among_their_like_are_left_alone(profile: Path, salt: list[str]) -> None:
    assert found(look(profile, salt=salt), "number-sentinel") == []


def test_identifiers_are_no_sentinels(profile: Path) -> None:
    assert found(look(profile, names=["1", "2", "3", "999"], salt=["a", "b", "c", "d"]), "number-sentinel") == []


def test_ranges_that_became_dates_are_found_in_kept_columns_too(profile: Path) -> None:
    findings = look(profile, layer=["0-1", "2-Jan", "3-Feb", "4-5", "2-Jan"])
    assert found(findings, "range-became-date") == [("B3", "3,6", "2-Jan"), ("B4", "", "3-Feb")]
    assert next(f.fix for f in findings if f.code == "range-became-date").startswith("write 1-2, if")
    assert found(look(profile, depth=["0-1 m", "2-Jan", "4-5 m"]), "range-became-date") == [("B3", "", "2-Jan")]


def test_dates_among_dates_are_left_alone(profile: Path) -> None:
    assert found(look(profile, thawed=["2-Jan", "3-Feb", "14-Mar"]), "range-became-date") == []
    assert found(look(profile, gene=["SEPT2", "2-Sep", "TP53"]), "range-became-date") == []


def test_identifiers_that_became_numbers_are_found(profile: Path) -> None:
    findings = look(profile, names=["1.48646E+12", "1486460000002", "1.48646E+12"], about=["a", "b", "c"])
    assert found(findings, "number-damaged") == [("A2", "2,4", "1.48646E+12")]
    findings = look(profile, names=["12.0", "13.0", "14.0"], about=["a", "b", "c"])
    assert found(findings, "number-damaged") == [("A2", "2-4", "12.0")]
    assert [f.fix for f in findings if f.code == "number-damaged"] == [
        "write '12', and so in all of these rows: a program read the column as decimal numbers"
    ]


def test_identifiers_that_only_look_like_numbers_are_left_alone(profile: Path) -> None:
    assert found(look(profile, names=["1E5", "2E+", "E+12"], about=["a", "b", "c"]), "number-damaged") == []
    assert found(look(profile, names=["1.0", "1.1", "2"], about=["v1", "v2", "v3"]), "number-damaged") == []
    assert found(look(profile, ratio=["1.0", "2.0", "1.5E+12"]), "number-damaged") == []


def test_lost_zeros_are_found(profile: Path) -> None:
    findings = look(profile, names=["0021", "0022", "1190", "23"], about=["a", "b", "c", "d"])
    assert found(findings, "zeros-lost") == [("A5", "", "23")]
    assert "write '0023' instead of '23'" in next(f.fix for f in findings if f.code == "zeros-lost")


@pytest.mark.parametrize("names", [["8", "9", "10", "11"], ["0021", "0022", "1190"], ["01", "002", "3"], ["0021", "12", "13"]])
def test_numbers_of_several_widths_are_left_alone(profile: Path, names: list[str]) -> None:
    assert found(look(profile, names=names, about=["x"] * len(names)), "zeros-lost") == []


# --- what a template says ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "(Mandatory) The name of the sample",
        "(Required)",
        "Please enter the name of the hospital",
        "<insert description>",
        "your sample name",
        "e.g. soil from a field",
        "xxx",
        "请填写样本描述",
        "Lorem ipsum dolor",
    ],
)
def test_what_is_left_of_a_template_is_found(profile: Path, text: str) -> None:
    assert found(look(profile, about=["liver of a mouse", text, text]), "template-residue") == [("B3", "3-4", text)]


@pytest.mark.parametrize(
    "text", ["mandatory iron treatment", "select agent strain", "example of a healthy liver", "tagged with biotin", "foo1 mutant", "XX"]
)
def test_words_of_science_are_left_alone(profile: Path, text: str) -> None:
    assert found(look(profile, about=[text, "x"]), "template-residue") == []


def test_headers_of_the_form_are_found_where_the_column_holds_something(profile: Path) -> None:
    for header, cell, expected in (
        ("characteristics: tag", "3 weeks", [("B1", "", "characteristics: tag")]),
        ("characteristics: tag", "", []),
        ("characteristics: tag number", "3", []),
    ):
        findings = om.convert(from_rows(["sid", header, "note"], [["a", cell, "c"]]), str(profile), bundle="/no/bundle").findings
        assert found(findings, "template-residue") == expected


def test_a_run_table_whose_files_were_sorted_apart_is_found() -> None:
    names = [f"C{i}_FWB_pup_{when}" for i in range(1, 5) for when in ("start_2018A", "end_2018B")]
    rows = [
        [n, f"L{i}", "WGS", "GENOMIC", "PAIRED", "fastq", f"{names[i ^ 1]}_1.fq.gz", f"{names[i ^ 1]}_2.fq.gz"] for i, n in enumerate(names)
    ]
    headers = ["sample_name", "library_ID", "library_strategy", "library_source", "library_layout", "filetype", "filename", "filename2"]
    (one,) = [
        f for f in om.convert(from_rows(headers, rows), "ncbi-sra-metadata", bundle="/no/bundle").findings if f.code == "names-contradict"
    ]
    assert (one.severity, one.address.cell, one.count) == ("error", "G2", 8)


def test_cells_that_hold_several_values_are_found(profile: Path) -> None:
    notes = ["age: 45; sex: male", "age: 31; sex: female", "age: 22; sex: male", "age: 45; sex: male"]
    (one,) = [f for f in look(profile, notes=notes) if f.code == "cell-packed"]
    assert (one.address.cell, one.rows, one.fix) == ("B2", "2-5", "give each of these a column of its own: age, sex")
    assert found(look(profile, notes=["Trizol; 4 C overnight", "age: 31; sex: male", "x", "y"]), "cell-packed") == []


def test_garbled_text_is_found_in_columns_that_no_slot_takes(profile: Path) -> None:
    assert found(look(profile, stored=["-80Ã\x82Â°C", "-80°C"]), "encoding-damaged") == [("B2", "", "-80Ã\x82Â°C")]
    assert found(look(profile, town=["Tübingen", "Zürich"]), "encoding-damaged") == []


# --- columns that say one thing twice ----------------------------------------------------------------------------------

PLOTS = ["C1_FWB_start_18A", "C1_FWB_end_18B", "C2_FWB_start_18A", "C2_FWB_end_18B", "C3_LAB_start_18A", "C3_LAB_end_18B"]


def test_files_of_other_samples_are_found(profile: Path) -> None:
    swapped = [PLOTS[i ^ 1] + "_1.fq.gz" for i in range(6)]
    findings = look(profile, names=PLOTS, file_1=swapped)
    assert found(findings, "names-contradict") == [("B2", "2-7", "C1_FWB_end_18B_1.fq.gz")]
    shifted = [f"{p}_1.fq.gz" for p in [*PLOTS[:3], PLOTS[4], PLOTS[5], PLOTS[3]]]
    assert found(look(profile, names=PLOTS, file_1=shifted), "names-contradict") == [("B5", "5-7", "C3_LAB_start_18A_1.fq.gz")]


@pytest.mark.parametrize(
    "files",
    [
        [f"{p.lower().replace('_', '-')}.R1.fastq.gz" for p in PLOTS],
        [f"{p.replace('_', '')}.fastq.gz" for p in PLOTS],
        [f"run{i}.fastq.gz" for i in range(6)],
        [PLOTS[0] + ".raw"] * 6,  # one file of a pool
        [PLOTS[1] + ".fq", PLOTS[0] + ".fq", *(f"{p}.fq" for p in PLOTS[2:])],  # two rows: a slip that may be meant
    ],
)
def test_files_named_otherwise_are_left_alone(profile: Path, files: list[str]) -> None:
    assert found(look(profile, names=PLOTS, file_1=files), "names-contradict") == []


def test_numbers_of_samples_are_not_taken_for_those_of_others(profile: Path) -> None:
    names = [f"S{i}" for i in range(1, 13)]
    assert (
        found(look(profile, names=names, file_1=[f"{n}_S{13 - i}_L001_R1.fastq.gz" for i, n in enumerate(names, 1)]), "names-contradict")
        == []
    )


def test_checksums_of_several_files_are_found(profile: Path) -> None:
    sums = [c * 32 for c in "abca"]
    findings = look(profile, file_1=["a.fq", "b.fq", "c.fq", "d.fq"], md5_1=sums)
    assert [(cell, rows) for cell, rows, _ in found(findings, "checksum-duplicate")] == [("C2", "2,5")]
    findings = look(profile, file_1=["a_1.fq"], md5_1=["a" * 32], file_2=["a_2.fq"], md5_2=["a" * 32])
    assert [f.expected for f in findings if f.code == "checksum-duplicate"] == [
        "a checksum of its own for each file; C2, E2 hold the same one beside different files"
    ]


def test_checksums_of_one_file_are_left_alone(profile: Path) -> None:
    findings = look(profile, file_1=["a.fq", "b.fq", "a.fq", "c.fq", "d.fq"], md5_1=["a" * 32, "b" * 32, "a" * 32, "NA", "NA"])
    assert found(findings, "checksum-duplicate") == []


def test_headers_that_differ_by_case_are_found(profile: Path) -> None:
    rows = from_rows(["sid", "Organ", "organ", "note"], [["a", "b", "c", "d"]])
    findings = om.convert(rows, str(profile), bundle="/no/bundle").findings
    assert found(findings, "header-alike") == [("C1", "", "organ")]
    rows = from_rows(["sid", "note", "note", "notes"], [["a", "b", "c", "d"]])
    assert found(om.convert(rows, str(profile), bundle="/no/bundle").findings, "header-alike") == []


# --- values beside their columns, units, several values -----------------------------------------------------------------

RIGHT = {
    "day": ["2020-01-05", "2020-02-11", "2019-07-30", "2020-01-05"],
    "where": ["39.9 N 116.4 E", "31.2 N 121.5 E", "39.9 N 116.4 E", "30.0 N 120.0 E"],
    "sex": ["male", "female", "female", "male"],
    "strategy": ["WGS", "RNA-Seq", "WGS", "WGS"],
    "layout": ["PAIRED", "PAIRED", "SINGLE", "PAIRED"],
    "about": ["a liver", "a kidney", "a lung", "a liver"],
}


def test_values_under_the_neighbouring_header_are_found(profile: Path) -> None:
    assert found(look(profile, **RIGHT), "columns-shifted") == []
    values = list(RIGHT.values())
    moved = dict(zip(RIGHT, [["x", "y", "z", "x"], *values[:-1]], strict=True))
    (one,) = [f for f in look(profile, **moved) if f.code == "columns-shifted"]
    assert (one.address.cell, one.header) == ("B1", "day")
    assert one.expected.endswith("those of 'day', 'where', 'sex', 'strategy' stand one column further right")


def test_a_row_whose_cells_moved_is_found(profile: Path) -> None:
    rows = {k: [*v, *v] for k, v in RIGHT.items()}
    assert found(look(profile, **rows), "row-shifted") == []
    for key, text in zip(RIGHT, ["too many", "2020-01-05", "39.9 N 116.4 E", "male", "WGS", "PAIRED"], strict=True):
        rows[key][5] = text
    findings = look(profile, **rows)
    assert found(findings, "row-shifted") == [("B7", "", "")]
    assert found(findings, "columns-shifted") == []


def test_a_wrong_row_is_not_taken_for_a_moved_one(profile: Path) -> None:
    rows = {k: [*v, "?!x"] for k, v in RIGHT.items()}
    assert found(look(profile, **rows), "row-shifted") == []


def test_a_unit_that_a_column_lacks_is_one_finding(profile: Path) -> None:
    (one,) = [f for f in look(profile, depth=["5", "10", "15", "5", "20"]) if f.code == "unit-missing"]
    assert (one.address.cell, one.rows, one.count, one.value) == ("B2", "2-6", 5, None)
    findings = look(profile, depth=["5 m", "10", "15 m", "5 m", "20 m"])
    assert found(findings, "unit-missing") == [("B3", "", "10")]


def test_several_values_in_one_cell_are_found(profile: Path) -> None:
    findings = look(
        profile,
        sex=["male", "male and female; male", "female"],
        machine=["Illumina HiSeq 2000", "Illumina HiSeq 2000; NextSeq 500", "x; y"],
    )
    assert ("C3", "", "Illumina HiSeq 2000; NextSeq 500") in found(findings, "values-several")
    assert all(cell != "C4" for cell, _, _ in found(findings, "values-several"))
    fixes = [f.expected for f in findings if f.code == "values-several" and f.address.cell == "C3"]
    assert fixes == ["one value, not 2: 'Illumina HiSeq 2000', 'NextSeq 500'"]


# --- what curators of archives send back --------------------------------------------------------------------------------


def test_single_cells_under_a_source_of_bulk_are_found(profile: Path) -> None:
    design = ["10x Genomics 3' v3", "bulk RNA-seq", "10x Genomics 3' v3", "poly(A) selection"]
    findings = look(profile, library_source=["TRANSCRIPTOMIC"] * 4, design=design)
    assert found(findings, "source-not-single-cell") == [("B2", "2,4", "TRANSCRIPTOMIC")]
    assert found(look(profile, library_source=["TRANSCRIPTOMIC SINGLE CELL"] * 4, design=design), "source-not-single-cell") == []


def test_one_organism_of_a_metagenomic_library_is_found(profile: Path) -> None:
    findings = look(profile, library_source=["METAGENOMIC"] * 3, taxon=["Homo sapiens", "Zika virus", "Homo sapiens"])
    assert found(findings, "organism-not-metagenome") == [("B2", "2,4", "METAGENOMIC")]
    assert found(look(profile, library_source=["GENOMIC"], taxon=["Homo sapiens"]), "organism-not-metagenome") == []


def test_names_without_the_suffix_of_their_format_are_found(tmp_path: Path) -> None:
    path = tmp_path / "bench.yaml"
    path.write_text(PROFILE.replace("kind: file.file_format", "kind: run.file_format"), encoding="utf-8")
    findings = look(path, kind=["fastq"] * 3, file_1=["a.fq.gz", "b.gz", "c.txt"])
    assert found(findings, "format-contradicts-name") == [("C3", "3-4", "b.gz")]
    names = ["a.fq", "b.fastq.bz2", "c_10x.tar.gz", "D.FASTQ.GZ", "s_1_sequence.txt"]
    assert found(look(path, kind=["fastq"] * 5, file_1=names), "format-contradicts-name") == []


def test_libraries_described_where_samples_are_are_found(profile: Path) -> None:
    text = "Libraries were sequenced on a HiSeq"
    assert found(look(profile, about=["liver", text, "kidney"]), "description-misplaced") == [("B3", "", text)]
    assert found(look(profile, about=["liver of a single mouse", "from the library garden"]), "description-misplaced") == []


def test_providers_that_are_places_are_found(profile: Path) -> None:
    findings = look(profile, source=["China: Beijing", "Peking University, China", "Jackson Laboratory"])
    assert found(findings, "provider-is-place") == [("B2", "", "China: Beijing")]
    assert found(look(profile, source=["Georgia Biobank", "J. Doe"]), "provider-is-place") == []


def test_samples_that_differ_in_their_names_only_are_found(tmp_path: Path) -> None:
    path = tmp_path / "bench.yaml"
    path.write_text(PROFILE.replace("class: Biosample, id: [sid],", "class: Biosample, id: [sid], unique: true,"), encoding="utf-8")
    facts = {
        "taxon": ["10090"] * 3,
        "sex": ["male", "male", "female"],
        "tissue": ["liver"] * 3,
        "day": ["2020-01-02", "2020-01-02", "2020-01-05"],
    }
    assert found(look(path, **facts), "samples-identical") == [("A2", "2-3", "")]
    assert found(look(path, **{**facts, "day": ["2020-01-02", "2020-01-03", "2020-01-05"]}), "samples-identical") == []


RUNS = PROFILE.replace("main: sample", "main: run").replace(
    "library: {class: SequencingAssay, id: [sid],", "library: {class: SequencingAssay, id: [library],"
)
RUNS = RUNS.replace(
    "kind: file.file_format", "kind: run.file_format\n      assembly: run.reference_assembly\n      library: {ignore: true}"
)


def test_replicates_as_runs_of_one_experiment_are_found(tmp_path: Path) -> None:
    path = tmp_path / "bench.yaml"
    path.write_text(RUNS, encoding="utf-8")
    files = ["liver_rep1.fq.gz", "liver_rep2.fq.gz", "lung_rep1.fq.gz", "repeat_1.fq.gz"]
    findings = look(path, library=["L1", "L1", "L2", "L2"], file_1=files)
    assert [(cell, rows) for cell, rows, _ in found(findings, "runs-are-replicates")] == [("C2", "2-3")]
    assert found(look(path, library=["L1", "L2", "L3", "L4"], file_1=files), "runs-are-replicates") == []
    lanes = [f"liver_rep1_L00{i}.fq.gz" for i in range(4)]
    assert found(look(path, library=["L1"] * 4, file_1=lanes), "runs-are-replicates") == []


def test_aligned_reads_without_an_assembly_are_found(tmp_path: Path) -> None:
    path = tmp_path / "bench.yaml"
    path.write_text(RUNS, encoding="utf-8")
    findings = look(path, kind=["bam", "bam", "fastq"], assembly=["GRCh38", "", ""], file_1=["a.bam", "b.bam", "c.fq"])
    assert [(cell, rows) for cell, rows, _ in found(findings, "assembly-missing")] == [("C3", "")]
    assert found(look(path, kind=["fastq"] * 2, assembly=["", ""], file_1=["a.fq", "b.fq"]), "assembly-missing") == []
