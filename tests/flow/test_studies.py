"""One study in several files: samples once, identifiers that meet, contradictions with both addresses, folders."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

import omics_standards as om
from omics_standards.conversion import Dataset, load
from omics_standards.conversion.inputs import search
from omics_standards.emit.jsontext import record_to_dict
from omics_standards.errors import ReadError

DAY = {"today": "2026-01-01", "bundle": "/no/bundle"}

SAMPLES = [["sample_name", "organism", "collection_date", "geo_loc_name", "tissue", "sex"],
           ["S1", "Mus musculus", "2020", "China", "liver", "male"], ["S2", "Mus musculus", "2021", "China", "liver", "female"]]  # fmt: skip
LIBRARIES = [["sample_name", "library_ID", "title", "library_strategy", "library_source", "library_selection", "library_layout", "platform",
              "instrument_model", "design_description", "filetype", "filename"],
             ["S1", "L1", "t", "WGS", "GENOMIC", "RANDOM", "single", "ILLUMINA", "Illumina MiSeq", "d", "fastq", "l1.fastq.gz"],
             ["S2", "L2", "t", "WGS", "GENOMIC", "RANDOM", "single", "ILLUMINA", "Illumina MiSeq", "d", "fastq", "l2.fastq.gz"]]  # fmt: skip
RUNS = [["Run", "ReleaseDate", "spots", "bases", "size_MB", "Experiment", "LibraryName", "LibraryStrategy", "LibrarySelection", "LibrarySource",
         "LibraryLayout", "Platform", "Model", "SRAStudy", "BioProject", "Sample", "BioSample", "TaxID", "ScientificName", "SampleName"],
        ["SRR990001", "2024-05-06 07:08:09", "10", "1000", "1", "SRX990001", "L1", "WGS", "RANDOM", "GENOMIC", "SINGLE", "ILLUMINA",
         "Illumina MiSeq", "SRP990001", "PRJNA990001", "SRS990001", "SAMN99000001", "10090", "Mus musculus", "S1"],
        ["SRR990002", "2024-05-06 07:08:09", "10", "1000", "1", "SRX990002", "L2", "WGS", "RANDOM", "GENOMIC", "SINGLE", "ILLUMINA",
         "Illumina MiSeq", "SRP990001", "PRJNA990001", "SRS990002", "SAMN99000002", "10090", "Mus musculus", "S2"]]  # fmt: skip
SELECTOR = [["Run", "Assay Type", "Bytes", "BioProject", "BioSample", "Experiment", "LibraryLayout", "Organism", "Platform", "ReleaseDate",
             "SRA Study", "Collection_Date"],
            ["SRR990001", "WGS", "1100000", "PRJNA990001", "SAMN99000001", "SRX990001", "SINGLE", "Mus musculus", "ILLUMINA",
             "2024-05-06T00:00:00Z", "SRP990001", "2020-07"],
            ["SRR990002", "WGS", "1200000", "PRJNA990001", "SAMN99000002", "SRX990002", "SINGLE", "Mus musculus", "ILLUMINA",
             "2024-05-06T00:00:00Z", "SRP990001", "2022"]]  # fmt: skip
FILEREPORT = [["run_accession", "study_accession", "secondary_study_accession", "sample_accession", "secondary_sample_accession",
               "experiment_accession", "tax_id", "scientific_name", "instrument_model", "library_layout", "fastq_ftp", "fastq_md5", "fastq_bytes"],
              ["ERR990001", "PRJEB990001", "ERP990001", "SAMEA9900001", "ERS9900001", "ERX990001", "10090", "Mus musculus",
               "Illumina MiSeq", "SINGLE", "ftp.example.org/e1.fastq.gz", "d41d8cd98f00b204e9800998ecf8427e", "5"]]  # fmt: skip


def write(folder: Path, name: str, rows: list[list[str]]) -> Path:
    path = folder / name
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    return path


def study(folder: Path, **tables: list[list[str]]) -> Dataset:
    data = om.convert([write(folder, f"{name}.tsv", rows) for name, rows in tables.items()], **DAY)
    assert data.ledger.closes
    return data


def ids(data: Dataset, cls: str) -> list[str]:
    return [r.id for r in data.records(cls)]


def codes(data: Dataset, *wanted: str) -> list[str]:
    return [f.code for f in data.findings if f.code in wanted]


@pytest.mark.parametrize("order", [("samples", "libraries", "runs"), ("runs", "libraries", "samples"), ("libraries", "runs", "samples")])
def test_template_submission_and_run_table_are_one_study(tmp_path: Path, order: tuple[str, ...]) -> None:
    tables = {"samples": SAMPLES, "libraries": LIBRARIES, "runs": RUNS}
    data = study(tmp_path, **{name: tables[name] for name in order})
    assert sorted(ids(data, "Biosample")) == ["biosample:SAMN99000001", "biosample:SAMN99000002"]
    assert sorted(ids(data, "SequencingAssay")) == ["insdc.sra:SRX990001", "insdc.sra:SRX990002"]
    sample = data.record("Biosample", "biosample:SAMN99000001")
    assert sample is not None
    assert sample.values("name") == ("S1",)
    assert set(sample.values("accessions")) == {"biosample:SAMN99000001", "insdc.sra:SRS990001"}
    assert [str(v.label) for v in sample.values("tissue")] == ["liver"]  # type: ignore[union-attr]
    library = data.record("SequencingAssay", "insdc.sra:SRX990001")
    assert library is not None
    assert library.values("samples") == ("biosample:SAMN99000001",)
    assert not codes(data, "conflict", "reference-dangling", "identifiers-contradict", "name-ambiguous")


def test_contradictions_between_files_name_both_cells(tmp_path: Path) -> None:
    data = study(tmp_path, samples=SAMPLES, runs=RUNS, selector=SELECTOR)
    (conflict,) = [f for f in data.findings if f.code == "conflict"]
    assert [(a.file, a.cell) for a in conflict.addresses] == [("selector.tsv", "L3"), ("samples.tsv", "C3")]
    assert conflict.value == "2022"
    assert conflict.to_dict()["also"] == ["[samples.tsv]C3"]
    assert "[samples.tsv]C3" in str(conflict)
    sample = data.record("Biosample", "biosample:SAMN99000002")
    assert sample is not None
    assert sample.values("collection_date") == ("2021",)
    assert [r.rejected.raw for r in sample.readings if r.rejected] == ["2022"]


def test_the_more_precise_of_two_values_is_taken_and_said(tmp_path: Path) -> None:
    for number, order in enumerate((("runs", "selector"), ("selector", "runs"))):
        folder = tmp_path / str(number)
        folder.mkdir()
        tables = {"samples": SAMPLES, "runs": RUNS, "selector": SELECTOR}
        data = study(folder, samples=SAMPLES, **{name: tables[name] for name in order})
        run = data.record("Run", "insdc.sra:SRR990001")
        assert run is not None
        assert (run.values("release_date"), run.values("data_volume")) == (("2024-05-06T07:08:09",), (1100000,))
        sample = data.record("Biosample", "biosample:SAMN99000001")
        assert sample is not None
        assert sample.values("collection_date") == ("2020-07",)
        # Both cells are where the value comes from.
        assert {o.address.file for o in sample.origin("collection_date")} == {"samples.tsv", "selector.tsv"}
        told = [f for f in data.findings if f.code == "less-precise" and f.header in ("collection_date", "Collection_Date")]
        assert [f.value for f in told] == ["2020"]


def test_secondary_accessions_join(tmp_path: Path) -> None:
    other = [RUNS[0], [*RUNS[1]]]
    for header, text in (
        ("Run", "ERR990001"),
        ("Experiment", "ERX990001"),
        ("Sample", "ERS9900001"),
        ("BioSample", ""),
        ("SampleName", ""),
    ):
        other[1][RUNS[0].index(header)] = text
    data = study(tmp_path, report=FILEREPORT, runs=other)
    assert ids(data, "Biosample") == ["biosample:SAMEA9900001"]
    apart = [other[0], [*other[1]]]
    apart[1][RUNS[0].index("Sample")] = "ERS9900009"
    assert len(ids(study(tmp_path, report=FILEREPORT, runs=apart), "Biosample")) == 2


def test_a_run_tells_which_library_an_accession_is(tmp_path: Path) -> None:
    """Two files that share nothing but the run: each names one library, and each library one sample."""
    curated = [["study_name", "sample_id", "subject_id", "body_site", "ncbi_accession", "country", "sex", "age"],
               ["Doe_2020", "D1", "P1", "feces", "SRR990001", "China", "Male", "40"]]  # fmt: skip
    runs = [RUNS[0], [*RUNS[1]]]
    runs[1][RUNS[0].index("SampleName")] = ""
    runs[1][RUNS[0].index("LibraryName")] = ""
    data = study(tmp_path, sample=curated, runs=runs)
    assert ids(data, "Run") == ["insdc.sra:SRR990001"]
    assert ids(data, "Assay") == ["insdc.sra:SRX990001"]
    assert data.records("Assay")[0].cls == "MetagenomicsAssay"
    assert ids(data, "Biosample") == ["biosample:SAMN99000001"]
    assert not codes(data, "conflict")


SERIES = """\
!Series_title\t"Hearts"
!Series_geo_accession\t"GSE900002"
!Series_sample_id\t"GSM9000011 "

!Sample_title\t"heart"
!Sample_geo_accession\t"GSM9000011"
!Sample_type\t"SRA"
!Sample_source_name_ch1\t"heart"
!Sample_organism_ch1\t"Mus musculus"
!Sample_molecule_ch1\t"total RNA"
!Sample_library_strategy\t"RNA-Seq"
{}!series_matrix_table_begin
"ID_REF"\t"GSM9000011"
!series_matrix_table_end
"""
RELATIONS = """\
!Sample_relation\t"BioSample: https://www.ncbi.nlm.nih.gov/biosample/SAMN99000001"
!Sample_relation\t"SRA: https://www.ncbi.nlm.nih.gov/sra?term=SRX990001"
"""


@pytest.mark.parametrize(("relations", "sample_name"), [(RELATIONS, ""), ("", "GSM9000011"), (RELATIONS, "GSM9000011")])
def test_a_series_matrix_meets_the_run_table(tmp_path: Path, relations: str, sample_name: str) -> None:
    """By the relations that GEO gives, or by the GSM that the run table has for a sample's name."""
    matrix = tmp_path / "GSE900002_series_matrix.txt"
    matrix.write_text(SERIES.format(relations), encoding="utf-8")
    runs = [RUNS[0], [*RUNS[1]]]
    runs[1][RUNS[0].index("SampleName")] = sample_name
    for order in ((matrix, write(tmp_path, "runs.tsv", runs)), (tmp_path / "runs.tsv", matrix)):
        data = om.convert(order, **DAY)
        assert ids(data, "Biosample") == ["biosample:SAMN99000001"]
        assert ids(data, "SequencingAssay") == ["insdc.sra:SRX990001"]
        assert data.record("Run", "insdc.sra:SRR990001").values("assay") == ("insdc.sra:SRX990001",)  # type: ignore[union-attr]
        assert data.ledger.closes
    runs[1][RUNS[0].index("BioSample")] = "SAMN99000009"
    runs[1][RUNS[0].index("Experiment")] = "SRX990009"
    runs[1][RUNS[0].index("SampleName")] = ""
    other = om.convert([matrix, write(tmp_path, "runs.tsv", runs)], **DAY)
    assert len(ids(other, "Biosample")) == len(ids(other, "SequencingAssay")) == 2


def test_a_name_of_two_accessions_is_a_finding_and_joins_nothing(tmp_path: Path) -> None:
    runs = [RUNS[0], RUNS[1], [*RUNS[2]]]
    runs[2][RUNS[0].index("SampleName")] = "S1"
    data = study(tmp_path, samples=SAMPLES, runs=runs)
    (found,) = [f for f in data.findings if f.code == "name-ambiguous"]
    assert [(a.file, a.cell) for a in found.addresses] == [("samples.tsv", "A2"), ("runs.tsv", "T2"), ("runs.tsv", "T3")]
    assert {"biosample/S1", "biosample:SAMN99000001", "biosample:SAMN99000002"} <= set(ids(data, "Biosample"))


def test_two_files_that_give_one_name_to_two_accessions(tmp_path: Path) -> None:
    other = [RUNS[0], [*RUNS[1]]]
    for header, text in (("Run", "SRR990009"), ("Experiment", "SRX990009"), ("Sample", "SRS990009"), ("BioSample", "SAMN99000009")):
        other[1][RUNS[0].index(header)] = text
    data = study(tmp_path, one=RUNS[:2], two=other)
    found = [f for f in data.findings if f.code == "name-ambiguous" and f.slot == "Biosample.name"]
    assert [[a.file for a in f.addresses] for f in found] == [["one.tsv", "two.tsv"]]
    assert not codes(study(tmp_path, one=RUNS), "name-ambiguous")


def test_two_accessions_of_one_archive_never_become_one(tmp_path: Path) -> None:
    other = [RUNS[0], [*RUNS[1]]]
    for header, text in (("Run", "SRR990009"), ("Experiment", "SRX990009"), ("BioSample", "SAMN99000009"), ("SampleName", "S9")):
        other[1][RUNS[0].index(header)] = text
    third = [["Run", "spots", "bases", "LibraryStrategy", "LibraryLayout", "Experiment", "Sample", "BioSample", "TaxID", "ScientificName", "SRAStudy"],
             ["SRR990011", "1", "1", "WGS", "SINGLE", "SRX990011", "SRS990001", "", "10090", "Mus musculus", "SRP990001"]]  # fmt: skip
    data = study(tmp_path, third=third, one=RUNS[:2], two=other)
    found = [f for f in data.findings if f.code == "identifiers-contradict"]
    assert [f.value for f in found] == ["SRS990001"]
    assert found[0].severity == "error"
    assert {a.file for a in found[0].addresses} == {"two.tsv", "third.tsv"}
    assert {"biosample:SAMN99000001", "biosample:SAMN99000009"} <= set(ids(data, "Biosample"))


def test_origins_name_their_file_and_come_back(tmp_path: Path) -> None:
    data = study(tmp_path, samples=SAMPLES, runs=RUNS)
    data.write(tmp_path / "out", "json")
    stored = json.loads((tmp_path / "out" / "dataset.json").read_text(encoding="utf-8"))
    assert {o["file"] for s in stored["biosamples"] for o in s["origin"]} == {"samples.tsv", "runs.tsv"}
    again = load(tmp_path / "out")
    assert [record_to_dict(r) for r in again] == [record_to_dict(r) for r in data]
    assert [f.to_dict() for f in again.findings] == [f.to_dict() for f in data.findings]
    alone = study(tmp_path, samples=SAMPLES)
    assert all("file" not in o for r in alone for o in record_to_dict(r).get("origin", ()))


def test_a_table_of_one_record_per_row_joins_others_too(tmp_path: Path) -> None:
    profile = "id: mylab\nfamily: mylab\ntitle: My table\ntables:\n  - id: animals\n    recognise: {all: [Mouse no], core: [Organ]}\n" \
        "    join: one-record-per-row\n    records:\n      sample: {class: Biosample, id: [Mouse no]}\n    main: sample\n" \
        "    columns: {Mouse no: sample.name, Organ: sample.tissue}\n"  # fmt: skip
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "mylab.yaml").write_text(profile, encoding="utf-8")
    mine = write(tmp_path, "mine.tsv", [["Mouse no", "Organ"], ["S1", "liver"], ["S2", "lung"]])
    runs = write(tmp_path, "runs.tsv", RUNS)
    data = om.convert([mine, runs], profiles=[str(tmp_path / "p")], **DAY)
    assert ids(data, "Biosample") == ["biosample:SAMN99000001", "biosample:SAMN99000002"]
    assert data.ledger.closes


# --- folders ----------------------------------------------------------------------------------------------------------


def test_a_folder_is_a_study_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    (folder / "more").mkdir(parents=True)
    write(folder, "samples.tsv", SAMPLES)
    (folder / "more" / "runs.tsv.gz").write_bytes(gzip.compress("".join("\t".join(r) + "\n" for r in RUNS).encode()))
    (folder / "README.txt").write_text("Samples of two mice.\n", encoding="utf-8")
    (folder / "notes.txt").write_text("The second mouse was tired.\nThe first was not.\n", encoding="utf-8")
    (folder / "paper.pdf").write_bytes(b"%PDF-1.4")
    (folder / "really.tsv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\0")
    (folder / "more.zip").write_bytes(b"PK\x03\x04")
    secret = write(tmp_path, "elsewhere.tsv", SAMPLES)
    (folder / "link.tsv").symlink_to(secret)
    (folder / "up").symlink_to(tmp_path)
    data = om.convert(folder, **DAY)
    assert sorted(ids(data, "Biosample")) == ["biosample:SAMN99000001", "biosample:SAMN99000002"]
    assert not data.records("Entry")
    assert data.ledger.closes
    left = {name for f in data.findings if f.code == "file-left-out" for name in (f.value or f.address.file).split(", ")}
    assert left == {"README.txt", "notes.txt", "paper.pdf", "more.zip", "link.tsv", "up"}
    # What calls itself a table and is none is an error: it may be the file that the study lives from.
    assert [f.address.file for f in data.findings if f.code == "file-unreadable"] == ["really.tsv"]
    # A file that is named is read, or refused by a sentence.
    assert om.convert([folder / "notes.txt"], **DAY).records("Entry")
    with pytest.raises(ReadError, match="picture"):
        om.convert([folder / "really.tsv"], **DAY)


def test_a_folder_without_metadata_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.fastq").write_text("@r\nA\n+\nI\n", encoding="utf-8")
    with pytest.raises(ReadError, match="holds no"):
        om.convert(tmp_path, **DAY)
    (tmp_path / "b.tsv").write_bytes(b"%PDF-1.4")
    with pytest.raises(ReadError, match="PDF"):
        om.convert(tmp_path, **DAY)


def test_a_disk_is_no_study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("omics_standards.conversion.inputs._MOST", 2)
    for i in range(3):
        write(tmp_path, f"{i}.tsv", SAMPLES)
    with pytest.raises(ReadError, match="name the folder of one study"):
        search(tmp_path)
