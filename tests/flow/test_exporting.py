"""What is converted goes back out: written by the profile that reads it, read again, the same records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import omics_standards as om
from omics_standards.conversion.exporting import export_dataset
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
    "ncbi-biosample/database-prefixes": "SRA's sheet wants a name for each library, which is its run's name, too",
    "ncbi-biosample/public-health-workbook": "libraries are named by sample and instrument; SRA's sheet has one name for them",
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
