"""The GEO workbook: sections as the archive's template has them, read back as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

import omics_standards as om
from omics_standards.conversion.exporting import export_dataset
from omics_standards.emit.sheets.sections import compose_sections
from omics_standards.errors import UsageError
from omics_standards.profiles.load import load_profiles
from omics_standards.records import Field, Reading, Record, Source
from omics_standards.terms import NoBundle

PROFILES = {p.id: p for p in load_profiles()}
CASES = sorted((Path(__file__).resolve().parent.parent / "golden" / "geo-template").glob("*/input*"))
GEO = PROFILES["geo-template"]


@pytest.mark.parametrize("path", CASES, ids=[p.parent.name for p in CASES])
def test_what_is_written_is_read_back(path: Path, tmp_path: Path) -> None:
    dataset = om.convert(path, profile="geo-template")
    if not dataset.records():
        pytest.skip("a template that nobody filled in")
    done = export_dataset(dataset, "geo-template", tmp_path / "a")
    assert done.files == ["seq_template.xlsx"]
    differing = [d for d in done.differing if "/row/" not in f"{d.id} {d.before} {d.after}"]
    assert not differing, differing[:3]
    again = om.convert(tmp_path / "a" / "seq_template.xlsx", profile="geo-template")
    export_dataset(again, "geo-template", tmp_path / "b")
    assert (tmp_path / "a" / "seq_template.xlsx").read_bytes() == (tmp_path / "b" / "seq_template.xlsx").read_bytes()


def grid_of(dataset: om.Dataset) -> list[list[str]]:
    grid, sums = compose_sections(GEO, dataset.records(), terms=NoBundle()).grids
    assert (grid.name, sums.name) == ("2. Metadata Template", "MD5 Checksums")
    assert len(grid.records) == len(grid.rows)
    return grid.rows


def test_sections_stand_in_the_order_of_the_template() -> None:
    rows = grid_of(om.convert(CASES[-1], profile="geo-template"))
    titles = [row[0] for row in rows if len(row) == 1 and row[0].isupper()]
    assert titles == ["STUDY", "SAMPLES", "PROTOCOLS", "PAIRED-END EXPERIMENTS"]
    header = rows[rows.index(["SAMPLES"]) + 1]
    assert header[:7] == ["*library name", "*title", "*library strategy", "*organism", "**tissue", "**cell line", "**cell type"]
    assert header.index("*molecule") < header.index("*single or paired-end") < header.index("*instrument model")


def test_layouts_are_spelt_as_the_archive_spells_them() -> None:
    rows = grid_of(om.convert(CASES[-1], profile="geo-template"))
    at = rows.index(["SAMPLES"]) + 1
    column = rows[at].index("*single or paired-end")
    assert {row[column] for row in rows[at + 1 :] if len(row) > column and row[0].startswith("L")} <= {"single", "paired-end", ""}


def test_each_study_has_a_sheet_of_its_own(tmp_path: Path) -> None:
    both = [r for path in CASES for r in om.convert(path, profile="geo-template").records()]
    grids = compose_sections(GEO, both, terms=NoBundle()).grids
    studies = {r.id for r in both if r.cls == "Study" and not r.stub}
    names = [g.name for g in grids if g.name.startswith("2.")]
    assert names == ["2. Metadata Template", *(f"2. Metadata Template {n}" for n in range(2, len(studies) + 1))]


def test_checksums_stand_side_by_side(tmp_path: Path) -> None:
    def file(name: str, kind: str, md5: str) -> Record:
        said = [Reading(s, (v,)) for s, v in (("file_name", name), ("data_category", kind), ("md5", md5))]
        return Record("DataFile", f"file/{name}", tuple(said), tuple(Field(r.slot, (), (), Source("", "")) for r in said), 0)

    files = [file("a.fq.gz", "raw", "0" * 32), file("b.fq.gz", "raw", "1" * 32), file("counts.txt", "processed", "2" * 32)]
    sums = compose_sections(GEO, files, terms=NoBundle()).grids[1]
    assert sums.rows == [
        ["RAW FILES", "", "", "", "", "PROCESSED DATA FILES"],
        ["file name", "file checksum", "", "", "", "file name", "file checksum"],
        ["a.fq.gz", "0" * 32, "", "", "", "counts.txt", "2" * 32],
        ["b.fq.gz", "1" * 32],
    ]


def test_a_format_without_sections_is_refused() -> None:
    with pytest.raises(UsageError, match="read and not written"):
        compose_sections(PROFILES["mwtab"], [])


def test_a_library_of_the_sample_itself_shares_its_row_with_the_files_of_all_its_runs() -> None:
    def record(cls: str, key: str, /, **slots: tuple[str, ...]) -> Record:
        said = [Reading(s, v) for s, v in slots.items()]
        return Record(cls, key, tuple(said), tuple(Field(r.slot, (), (), Source("", "")) for r in said), 0)

    records = [
        record("Biosample", "biosample/S1", name=("S1",)),
        record("SequencingAssay", "assay/L1", library_strategy=("WGS",), samples=("biosample/S1",)),
        *(record("Run", f"run/R{n}", assay=("assay/L1",), data_files=(f"file/f{n}.fq.gz",)) for n in (1, 2)),
        *(record("DataFile", f"file/f{n}.fq.gz", file_name=(f"f{n}.fq.gz",), md5=(str(n) * 32,)) for n in (1, 2)),
    ]
    grid, sums = compose_sections(GEO, records, terms=NoBundle()).grids
    at = grid.rows.index(["SAMPLES"]) + 1
    told = list(zip(grid.rows[at], grid.rows[at + 1], strict=False))
    assert ("*library name", "S1") in told
    assert ("*library strategy", "WGS") in told
    assert [text for header, text in told if header == "*raw file"] == ["f1.fq.gz", "f2.fq.gz"]
    assert [row[0] for row in sums.rows[2:]] == ["f1.fq.gz", "f2.fq.gz"]
    assert all(len(row) == 2 for row in sums.rows[2:]), "a file that is raw is not processed, too"
