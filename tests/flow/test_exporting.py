"""What is converted goes back out: written by the profile that reads it, read again, the same records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import omics_standards as om
from omics_standards.conversion.exporting import export_dataset, read_back
from omics_standards.errors import ReadError, UnknownFormatError, UsageError
from omics_standards.profiles import load_profiles
from omics_standards.profiles.targets import targets, writers_of

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
WRITABLE = {p.id: p for p in load_profiles() if p.layout == "table" and p.write.targets and not any(t.chain for t in p.tables)}
CASES = sorted(c for p in WRITABLE for c in (GOLDEN / p).iterdir() if c.is_dir())
BASE = "https://example.org/data/"

# Cases of a layout that is read and not written: what is written instead names some records otherwise.
RENAMED = {
    "ddbj/jga-workbook": "JGA names samples by their alias; the sheet of BioSample by their name",
    "ena/runs": "a file whose run has no name belongs to no run, and its experiment to nothing",
}


def read(case: Path, bundle: Path) -> om.Dataset:
    inputs = sorted(p for p in case.iterdir() if p.name.startswith("input"))
    return om.convert(inputs, base=BASE, bundle=str(bundle), privacy=False)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.parent.name}/{c.name}")
def test_written_and_read_again_the_records_are_the_same(case: Path, tmp_path: Path, tiny_bundle: Path) -> None:
    """Beyond what the loss report says, nothing differs; and a second write gives the same bytes."""
    pytest.importorskip("xlsxwriter")
    data = read(case, tiny_bundle)
    profile = next(iter(WRITABLE[case.parent.name].write.targets), case.parent.name)
    if set(data.classes) <= {"Entry"}:
        with pytest.raises(UsageError, match="none of these records"):
            export_dataset(data, profile, tmp_path / "a", bundle=str(tiny_bundle))
        return
    first = export_dataset(data, profile, tmp_path / "a", bundle=str(tiny_bundle))
    if f"{case.parent.name}/{case.name}" not in RENAMED:
        assert first.differing == []
    assert first.kept > 0.7
    writers = writers_of(profile)
    paths = [tmp_path / "a" / name for name in first.files if not any(name in w.write.documents for w in writers)]
    again = om.convert(paths, writers[0].id if len(writers) == 1 else None, base=BASE, bundle=str(tiny_bundle), privacy=False)
    second = export_dataset(again, profile, tmp_path / "b", bundle=str(tiny_bundle), verify=False)
    assert second.files == first.files
    assert [(tmp_path / "b" / n).read_bytes() for n in second.files] == [(tmp_path / "a" / n).read_bytes() for n in first.files]


def test_every_target_is_listed_and_known() -> None:
    known = {t.name: t for t in targets() if t.writers}
    assert {"gsa", "gsa-human", "ncbi", "sra", "ena", "ddbj", "mixs", "nf-core", "pep"} <= set(known)
    assert [p.id for p in writers_of("ena")] == ["ena"]
    with pytest.raises(UnknownFormatError, match="nothing to write is called 'enna'"):
        writers_of("enna")


@pytest.fixture
def gsa(tiny_bundle: Path) -> om.Dataset:
    return read(next(c for c in CASES if c.parent.name == "ngdc-gsa"), tiny_bundle)


def test_a_gsa_workbook_goes_to_ncbi_and_what_does_not_is_said(gsa: om.Dataset, tmp_path: Path, tiny_bundle: Path) -> None:
    written = export_dataset(gsa, "ncbi", tmp_path, bundle=str(tiny_bundle))
    assert written.files == ["biosample.tsv", "SRA_metadata.tsv"]
    report = json.loads((tmp_path / "export.json").read_text(encoding="utf-8"))
    assert report["values"] == sum(len(v) for r in gsa.records() for _, v in r.items()) + len([
        r for record in gsa.records() for r in record.readings if r.missing or r.rejected
    ])  # fmt: skip
    assert report["lost"] == len(report["losses"]) > 0
    lost = {(loss["class"], loss["slot"]) for loss in report["losses"]}
    # SRA's sheet has no column for checksums, and a run has no title there.
    assert ("DataFile", "md5") in lost
    header, first = ((tmp_path / "biosample.tsv").read_text(encoding="utf-8").splitlines())[:2]
    assert header.startswith("*sample_name\t")
    assert first.split("\t")[0] in {v for r in gsa.records("Biosample") for v in r.values("name")}


LIBRARY = {
    "sample_name": "S1", "library_ID": "L1", "title": "Liver", "library_strategy": "RNA-Seq", "library_source": "TRANSCRIPTOMIC",
    "library_selection": "cDNA", "library_layout": "paired", "platform": "ILLUMINA", "instrument_model": "Illumina NovaSeq 6000",
    "filetype": "fastq",
}  # fmt: skip


def rows_in(path: Path) -> list[dict[str, str]]:
    import csv

    with path.open(encoding="utf-8") as f:
        return list(csv.DictReader((line for line in f if not line.startswith("#")), delimiter="\t"))


def there_and_back(data: om.Dataset, way: tuple[str, ...], folder: Path, bundle: Path) -> om.Dataset:
    """Write for one archive after the other, each from what the one before reads as."""
    for k, target in enumerate(way):
        written = export_dataset(data, target, folder / str(k), bundle=str(bundle), verify=False)
        data = read_back(folder / str(k), written.files, writers_of(target), base=BASE, bundle=str(bundle))
    return data


def several_runs(path: Path, bundle: Path) -> om.Dataset:
    """Two runs of one library of two files each, and a library of one run."""
    sheet = {
        "Experiment": [
            ["ID", "Experiment title", "BioSample name", "Platform", "Library name", "Strategy", "Source", "Selection", "Layout"],
            ["E1", "Liver", "S1", "Illumina NovaSeq 6000", "lib1", "RNA-Seq", "TRANSCRIPTOMIC", "cDNA", "PAIRED"],
            ["E2", "Brain", "S2", "Illumina NovaSeq 6000", "lib2", "RNA-Seq", "TRANSCRIPTOMIC", "cDNA", "PAIRED"],
        ],
        "Run": [
            ["ID", "Run title", "Experiment ID", "Run data file type", "File name 1", "File name 2"],
            ["R1", "Liver, lane 1", "E1", "fastq", "s1_l1_1.fq.gz", "s1_l1_2.fq.gz"],
            ["R2", "Liver, lane 2", "E1", "fastq", "s1_l2_1.fq.gz", "s1_l2_2.fq.gz"],
            ["R3", "Brain", "E2", "fastq", "s2_1.fq.gz", "s2_2.fq.gz"],
        ],
        "Sample": [
            ["Sample name", "Public description", "Sample title", "Organism", "Collection date", "Geographic location"],
            ["S1", "Liver of an invented mouse", "Liver", "Mus musculus", "2021-05", "China: Beijing"],
            ["S2", "Brain of an invented mouse", "Brain", "Mus musculus", "2021-05", "China: Beijing"],
        ],
    }
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheet.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(path)
    return om.convert(path, base=BASE, bundle=str(bundle), privacy=False)


def test_runs_of_one_library_stand_in_its_row_beside_their_files(tmp_path: Path, tiny_bundle: Path) -> None:
    """SRA wants one row per library, its library_ID once; the runs come back from the columns beside the files."""
    data = several_runs(tmp_path / "gsa.xlsx", tiny_bundle)
    written = export_dataset(data, "ncbi", tmp_path / "ncbi", bundle=str(tiny_bundle))
    assert written.differing == []
    rows = rows_in(tmp_path / "ncbi" / "SRA_metadata.tsv")
    names = [r["library_ID"] for r in rows]
    assert len(names) == len(set(names)) == 2
    assert [rows[0][f"filename{n}"] for n in ("", "2", "3", "4")] == ["s1_l1_1.fq.gz", "s1_l1_2.fq.gz", "s1_l2_1.fq.gz", "s1_l2_2.fq.gz"]
    assert [rows[0][f"run_name{n}"] for n in ("", "2", "3", "4")] == ["R1", "R1", "R2", "R2"]
    assert [rows[1][f"run_name{n}"] for n in ("", "2", "3", "4")] == ["R3", "R3", "", ""]
    # That the sheet has no place for the title of a run is said; that a run is called so is what the sheet says beyond the records.
    assert ("Run", "title") in {(loss.cls, loss.slot) for loss in written.losses}
    assert {i for cls, i, slot in written.made if (cls, slot) == ("Run", "name")} == {"run/R1", "run/R2", "run/R3"}
    back = read_back(tmp_path / "ncbi", written.files, writers_of("ncbi"), base=BASE, bundle=str(tiny_bundle))
    runs = {r.id: (r.values("assay"), sorted(r.values("data_files")), r.values("file_format")) for r in back.records("Run")}
    assert runs == {r.id: (r.values("assay"), sorted(r.values("data_files")), r.values("file_format")) for r in data.records("Run")}


def test_runs_of_one_library_come_back_to_gsa(tmp_path: Path, tiny_bundle: Path) -> None:
    data = several_runs(tmp_path / "gsa.xlsx", tiny_bundle)
    back = there_and_back(data, ("ncbi", "gsa"), tmp_path, tiny_bundle)
    for cls, slots in {
        "Run": ("assay", "data_files", "file_format"),
        "SequencingAssay": ("samples", "title", "library_name", "library_strategy", "library_layout", "instrument_model"),
        "Biosample": ("name", "title", "description", "organism", "collection_date", "collection_place"),
    }.items():
        for slot in slots:
            assert sorted((r.id, r.values(slot)) for r in back.records(cls)) == sorted((r.id, r.values(slot)) for r in data.records(cls)), (
                slot
            )


def test_a_run_that_is_named_as_its_library_needs_no_column(tmp_path: Path, tiny_bundle: Path) -> None:
    import pandas as pd

    frame = pd.DataFrame({**{k: [v] for k, v in LIBRARY.items()}, "filename": ["a_1.fq.gz"], "filename2": ["a_2.fq.gz"]})
    data = om.convert(frame, "ncbi-sra-metadata", base=BASE, bundle=str(tiny_bundle))
    export_dataset(data, "sra", tmp_path, bundle=str(tiny_bundle))
    assert not any(h.startswith("run_name") for h in rows_in(tmp_path / "SRA_metadata.tsv")[0])


def test_a_run_that_nobody_names_in_the_sheet_of_runs_is_none(tiny_bundle: Path) -> None:
    """A blank beside a blank makes no third run of what the row says of all its runs."""
    import pandas as pd

    frame = pd.DataFrame(
        {
            **{k: [v, v] for k, v in LIBRARY.items()}, "library_ID": ["L1", "L2"], "filename": ["a.bam", "c.bam"], "filename2": ["b.bam", ""],
            "run_name": ["R1", "R3"], "run_name2": ["R2", ""],
        }
    )  # fmt: skip
    data = om.convert(frame, "ncbi-sra-metadata", base=BASE, bundle=str(tiny_bundle))
    assert [(r.id, r.values("data_files"), r.values("assay"), r.values("file_format")) for r in data.records("Run")] == [
        ("run/R1", ("file/a.bam",), ("assay/L1",), ("fastq",)),
        ("run/R2", ("file/b.bam",), ("assay/L1",), ("fastq",)),
        ("run/R3", ("file/c.bam",), ("assay/L2",), ("fastq",)),
    ]


def test_what_is_named_otherwise_is_told_and_nothing_differs(tmp_path: Path, tiny_bundle: Path) -> None:
    """A library known by its sample and its instrument gets one name in SRA's sheet, and with it another id."""
    data = read(GOLDEN / "ncbi-biosample" / "public-health-workbook", tiny_bundle)
    written = export_dataset(data, "ncbi", tmp_path, bundle=str(tiny_bundle))
    assert written.differing == []
    renamed = json.loads((tmp_path / "export.json").read_text(encoding="utf-8"))["renamed"]
    libraries = {r.id for r in data.records("SequencingAssay")}
    assert libraries
    assert libraries <= set(renamed)
    back = read_back(tmp_path, written.files, writers_of("ncbi"), base=BASE, bundle=str(tiny_bundle))
    assert {renamed[i] for i in libraries} == {r.id for r in back.records("SequencingAssay")}
    made = {(cls, slot) for cls, _, slot in written.made}
    assert {("SequencingAssay", "name"), ("Run", "name")} <= made


@pytest.mark.parametrize(("case", "table"), [("database-prefixes", "prefixed"), ("public-health-workbook", "samples-and-libraries")])
def test_the_sheets_of_submission_tools_are_written_a_row_per_sample(case: str, table: str, tmp_path: Path, tiny_bundle: Path) -> None:
    """What NCBI takes apart (sample, libraries, assembly, paper) stands side by side there, and comes back."""
    data = read(GOLDEN / "ncbi-biosample" / case, tiny_bundle)
    written = export_dataset(data, "ncbi-biosample", tmp_path / "own", tables=(table,), bundle=str(tiny_bundle))
    assert len(rows_in(tmp_path / "own" / "biosample.tsv")) == len([r for r in data.records("Biosample") if not r.stub])
    assert written.differing == []
    assert written.kept > 0.9
    assert written.kept > export_dataset(data, "ncbi", tmp_path / "ncbi", bundle=str(tiny_bundle)).kept
    assert not [loss for loss in written.losses if loss.cls in ("SequencingAssay", "Run", "Analysis")]


def test_rows_of_one_sample_are_one_where_they_agree_and_two_where_not(tiny_bundle: Path) -> None:
    from omics_standards.emit.sheets.graph import Graph, rows_of
    from omics_standards.records import Field, Reading, Record, Source

    def made(cls: str, record_id: str, **slots: str) -> Record:
        readings = tuple(Reading(slot, (value,)) for slot, value in slots.items())
        return Record(cls, record_id, readings, tuple(Field(s, (), (), Source("", "")) for s in slots), 2)

    sample = made("Biosample", "biosample/S1", name="S1")
    illumina = made("SequencingAssay", "assay/L1", samples="biosample/S1", platform="ILLUMINA")
    nanopore = made("SequencingAssay", "assay/L2", samples="biosample/S1", platform="OXFORD_NANOPORE")
    assembly = made("Analysis", "analysis/A1", samples="biosample/S1")
    paper = made("Publication", "publication/P1", title="Invented")
    table = WRITABLE["ncbi-biosample"].table("samples-and-libraries")

    def roles(*records: Record) -> list[dict[str, list[str]]]:
        return [{role: [r.id for r in players] for role, players in row.items()} for row in rows_of(table, Graph(records), set())]

    one = {"sample": ["biosample/S1"], "illumina": ["assay/L1"], "nanopore": ["assay/L2"], "assembly": ["analysis/A1"]}
    assert roles(sample, illumina, nanopore, assembly) == [one]
    assert roles(sample, illumina, nanopore, assembly, paper) == [{**one, "publication": ["publication/P1"]}]
    # Two papers, and nothing that says whose they are.
    assert roles(sample, illumina, nanopore, assembly, paper, made("Publication", "publication/P2", title="Other")) == [one]
    second = made("SequencingAssay", "assay/L3", samples="biosample/S1", platform="ILLUMINA")
    assert [row["illumina"] for row in roles(sample, illumina, second)] == [["assay/L1"], ["assay/L3"]]


def test_several_other_names_of_a_sample_go_to_each_archive_and_come_back(tmp_path: Path, tiny_bundle: Path) -> None:
    import pandas as pd

    frame = pd.DataFrame(
        {
            "sample_name": ["S1"], "organism": ["Mus musculus"], "collection_date": ["2020-05"], "geo_loc_name": ["China: Beijing"],
            "alternative_names": ["mouse 1"], "alternative_names2": ["M-0001"],
        }
    )  # fmt: skip
    data = om.convert(frame, "ncbi-biosample", base=BASE, bundle=str(tiny_bundle))
    names = {"mouse 1", "M-0001"}
    assert set(data.records("Biosample")[0].values("alternative_names")) == names
    for target in ("ena", "gsa", "ncbi-biosample"):
        back = there_and_back(data, (target, "ncbi-biosample"), tmp_path / target, tiny_bundle)
        assert set(back.records("Biosample")[0].values("alternative_names")) == names, target


def test_a_fact_of_a_library_stays_that_of_the_library(tmp_path: Path, tiny_bundle: Path) -> None:
    """NCBI's tables say behind a header whose fact it is; a header without that word is the sample's."""
    import pandas as pd

    frame = pd.DataFrame({**{k: [v] for k, v in LIBRARY.items()}, "filename": ["a.bam"], "Lane mix (exp)": ["pool 7"], "Coat": ["grey"]})
    data = om.convert(frame, "ncbi-sra-metadata", base=BASE, bundle=str(tiny_bundle))
    assert [(a.name, a.value) for a in data.records("SequencingAssay")[0].values("attributes")] == [("Lane mix", "pool 7")]
    assert [(a.name, a.value) for a in data.records("Biosample")[0].values("attributes")] == [("Coat", "grey")]
    written = export_dataset(data, "sra", tmp_path, bundle=str(tiny_bundle))
    assert written.losses == []
    assert written.differing == []
    assert rows_in(tmp_path / "SRA_metadata.tsv")[0]["Lane mix (exp)"] == "pool 7"


def test_a_project_that_no_cell_names_is_said_to_be_lost(tmp_path: Path, tiny_bundle: Path) -> None:
    """Text that is no accession of a project is kept as it stands; NCBI's sheet has a column for accessions alone."""
    import pandas as pd

    frame = pd.DataFrame(
        {
            "sample_name": ["S1"], "ncbi-bioproject": ["TEST7"], "organism": ["Mus musculus"], "collection_date": ["2020-05"],
            "geo_loc_name": ["China: Beijing"], "illumina_library_strategy": ["WGS"], "illumina_sequencing_instrument": ["Illumina MiSeq"],
            "illumina_sra_file_path_1": ["a.fq.gz"],
        }
    )  # fmt: skip
    data = om.convert(frame, "ncbi-biosample", base=BASE, bundle=str(tiny_bundle))
    written = export_dataset(data, "ncbi", tmp_path, bundle=str(tiny_bundle))
    assert written.differing == []
    assert ("Biosample", "projects") in {(loss.cls, loss.slot) for loss in written.losses}


def test_a_field_of_a_checklist_that_no_slot_has_keeps_its_header(tmp_path: Path, tiny_bundle: Path) -> None:
    """As an attribute under a header of its own it would be read as the slot that its name is another name of."""
    import pandas as pd

    frame = pd.DataFrame(
        {
            "sample_alias": ["S1"], "tax_id": ["10090"], "scientific_name": ["Mus musculus"], "sample_title": ["x"],
            "collection date": ["2020-05"], "geographic location (country and/or sea)": ["China"], "host scientific name": ["Homo sapiens"],
            "host common name": ["human"],
        }
    )  # fmt: skip
    data = om.convert(frame, "ena", base=BASE, bundle=str(tiny_bundle))
    written = export_dataset(data, "ena", tmp_path, bundle=str(tiny_bundle))
    assert written.losses == []
    assert rows_in(tmp_path / written.files[0])[0]["host common name"] == "human"


def test_what_is_there_is_not_replaced_unless_asked(gsa: om.Dataset, tmp_path: Path, tiny_bundle: Path) -> None:
    (tmp_path / "biosample.tsv").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"biosample\.tsv is there already"):
        export_dataset(gsa, "ncbi", tmp_path, bundle=str(tiny_bundle))
    assert (tmp_path / "biosample.tsv").read_text(encoding="utf-8") == "mine"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["biosample.tsv"]
    export_dataset(gsa, "ncbi", tmp_path, bundle=str(tiny_bundle), force=True)
    assert (tmp_path / "biosample.tsv").read_text(encoding="utf-8") != "mine"


def test_a_place_that_cannot_be_written_to_is_one_sentence(gsa: om.Dataset, tmp_path: Path, tiny_bundle: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ReadError, match="cannot write into"):
        export_dataset(gsa, "ncbi", tmp_path / "file", bundle=str(tiny_bundle))


def test_chinese_headers_are_read_as_the_english_ones(gsa: om.Dataset, tmp_path: Path, tiny_bundle: Path) -> None:
    pytest.importorskip("xlsxwriter")
    written = export_dataset(gsa, "ngdc-gsa", tmp_path, language="zh", bundle=str(tiny_bundle))
    assert written.differing == []
    headers = {h for s in om.read(tmp_path / "gsa.xlsx").tables for h in s.headers}
    assert "样本名称" in headers


def test_a_table_without_donors_takes_their_facts(tmp_path: Path, tiny_bundle: Path) -> None:
    """The sex of a donor stands with the sample where the format knows no donors."""
    from omics_standards.emit.sheets.graph import Graph
    from omics_standards.records import Field, Reading, Record, Source

    def made(cls: str, record_id: str, **slots: str) -> Record:
        readings = tuple(Reading(slot, (value,)) for slot, value in slots.items())
        return Record(cls, record_id, readings, tuple(Field(s, (), (), Source("", "")) for s in slots), 2)

    donor = made("Subject", "subject/P1", name="P1", sex="female")
    sample = made("Biosample", "biosample/S1", name="S1", subject="subject/P1")
    graph = Graph([donor, sample])
    lent = graph.with_lent(sample)
    assert lent.values("sex") == ("female",)
    assert lent.values("name") == ("S1",)
    told = {("Biosample", "biosample/S1"): {("sex", "female")}}
    graph.give_back(told)
    assert ("sex", "female") in told["Subject", "subject/P1"]
    # A sample that says it itself borrows nothing.
    own = made("Biosample", "biosample/S2", name="S2", sex="male", subject="subject/P1")
    assert Graph([donor, own]).with_lent(own) is own


def test_a_full_disk_leaves_what_was_there(gsa: om.Dataset, tmp_path: Path, tiny_bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    from omics_standards.conversion import exporting

    export_dataset(gsa, "ncbi", tmp_path / "out", bundle=str(tiny_bundle))
    before = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}

    def full(*_: object) -> list[str]:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(exporting, "write_files", full)
    with pytest.raises(ReadError, match="No space left on device"):
        export_dataset(gsa, "ena", tmp_path / "out", bundle=str(tiny_bundle), force=True)
    assert {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()} == before
    with pytest.raises(ReadError):
        export_dataset(gsa, "ena", tmp_path / "new", bundle=str(tiny_bundle))
    assert not (tmp_path / "new").exists()


def test_a_sample_sheet_that_names_people_is_one_of_people(tiny_bundle: Path) -> None:
    import pandas as pd

    frame = pd.DataFrame(
        {
            "Sample name": ["S1"], "Individual name": ["P1"], "Public description": ["Blood"], "Sample title": ["Blood of P1"],
            "Organism": ["Homo sapiens"], "Collection date": ["2021-05"], "Biomaterial provider": ["Example Hospital"],
        }
    )  # fmt: skip
    data = om.convert(frame, "ngdc-gsa", bundle=str(tiny_bundle))
    assert data.records("Biosample")[0].values("subject") == ("subject/P1",)


def test_units_stand_under_their_columns_whatever_the_order_is(gsa: om.Dataset, tmp_path: Path, tiny_bundle: Path) -> None:
    import csv

    import pandas as pd

    frame = pd.DataFrame(
        {"sample_name": ["S1", "S2"], "organism": ["Mus musculus"] * 2, "depth": ["3 m", "4 m"], "collection_date": ["2020-05"] * 2}
    )
    data = om.convert(frame, "ncbi-biosample", base=BASE, bundle=str(tiny_bundle))
    written = export_dataset(data, "ena", tmp_path, bundle=str(tiny_bundle))
    assert [d for d in written.differing if d.slot == "depth"] == []
    with (tmp_path / written.files[0]).open(encoding="utf-8") as f:
        rows = list(csv.reader(f, delimiter="\t"))
    header = next(r for r in rows if "scientific_name" in r)
    units = next(r for r in rows if r[0] == "#units")
    assert [units[i] for i, h in enumerate(header) if "depth" in h] == ["m"]


def test_a_long_process_holds_no_bundle_that_nobody_uses(gsa: om.Dataset, tmp_path: Path, tiny_bundle: Path) -> None:
    """A pipeline that converts thousands of files must not keep each one's look-ups."""
    import gc

    from omics_standards.terms.bundle import Bundle

    def opened() -> int:
        gc.collect()
        return sum(isinstance(o, Bundle) for o in gc.get_objects())

    before = opened()
    for k in range(3):
        data = read(next(c for c in CASES if c.parent.name == "ngdc-gsa"), tiny_bundle)
        export_dataset(data, "ncbi", tmp_path / str(k), bundle=str(tiny_bundle))
    del data
    assert opened() <= before + 1


def test_a_table_of_names_alone_is_written_and_what_it_is_taken_for_is_said(tmp_path: Path, tiny_bundle: Path) -> None:
    source = tmp_path / "minimal.tsv"
    source.write_text("id\na\n", encoding="utf-8")
    data = om.convert(source, base=BASE, bundle=str(tiny_bundle))
    written = export_dataset(data, "qiime2", tmp_path / "out", bundle=str(tiny_bundle))
    assert (tmp_path / "out" / written.files[0]).read_text(encoding="utf-8").splitlines()[1:] == ["a"]
    # One column is no sign of any format: the reader of the file cannot know that it names samples.
    assert [d.kind for d in written.differing] == ["removed"]


def test_the_type_of_a_file_follows_from_its_name(tmp_path: Path, tiny_bundle: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = tmp_path / "dra.csv"
    book.write_text(
        "*File Name,*Run contains files,*MD5 Checksum\na.fq.gz,R1,0123456789abcdef0123456789abcdef\nb.xyz,R1,\n", encoding="utf-8"
    )
    written = export_dataset(om.convert(book, "ddbj", bundle=str(tiny_bundle)), "ddbj", tmp_path / "out", bundle=str(tiny_bundle))
    sheet = openpyxl.load_workbook(tmp_path / "out" / "dra.xlsx")["DRA_Run-file"]
    heads, *rows = sheet.iter_rows(values_only=True)
    assert {r[heads.index("*File Name")]: r[heads.index("*File Type")] for r in rows} == {"a.fq.gz": "fastq", "b.xyz": None}
    assert [m for m in written.made if m[2] == "file_format"] == [("DataFile", "file/a.fq.gz", "file_format")]
