"""Rows around the header of a table: the checklist of all samples, the units of the columns."""

from __future__ import annotations

from pathlib import Path

import pytest

import omics_standards as om
from omics_standards.conversion.exporting import export_dataset
from omics_standards.emit.sheets.around import surround
from omics_standards.emit.sheets.composed import SheetGrid
from omics_standards.profiles.load import load_profiles
from omics_standards.records import Field, Reading, Record, Source

TABLE = next(p for p in load_profiles() if p.id == "ena").table("samples")


def grid(*depths: str) -> SheetGrid:
    rows = [["alias", "depth"], *([f"S{n}", depth] for n, depth in enumerate(depths, 1))]
    return SheetGrid("samples", rows, records=[None, *[("Biosample", f"biosample/S{n}") for n in range(1, len(rows))]],
                     targets=[("Biosample", "name"), ("Biosample", "depth")])  # fmt: skip


def sample(checklist: str) -> Record:
    return Record("Biosample", "biosample/S1", (Reading("checklists", (checklist,)),), (Field("checklists", (), (), Source("", "")),), 0)


def test_a_unit_that_all_numbers_share_stands_once() -> None:
    made = surround(grid("10 m", "not collected", "0.5-2 m"), TABLE, [])
    assert made.rows[1:] == [["#units", "m"], ["S1", "10"], ["S2", "not collected"], ["S3", "0.5-2"]]
    assert made.records[1] is None
    assert made.header == 0


@pytest.mark.parametrize("depths", [("10 m", "3 cm"), ("10 m", "7"), ("deep",)])
def test_units_that_differ_stay_with_their_numbers(depths: tuple[str, ...]) -> None:
    made = surround(grid(*depths), TABLE, [])
    assert [row[1] for row in made.rows[1:]] == list(depths)


def test_a_checklist_stands_above_where_it_is_that_of_all() -> None:
    assert surround(grid("1"), TABLE, [sample("ERC000011")] * 2).rows[0] == ["#checklist_accession", "ERC000011"]
    made = surround(grid("1"), TABLE, [sample("ERC000011"), sample("ERC000012")])
    assert made.rows[0] == ["alias", "depth"]


def test_the_table_with_its_rows_reads_as_the_one_without(tmp_path: Path) -> None:
    text = (
        "sample_alias\ttax_id\tscientific_name\tsample_title\tcollection date\tgeographic location (country and/or sea)\tdepth\tchecklists\n"
        "S1\t9606\tHomo sapiens\tone\t2020-01-01\tArgentina\t10 m\tERC000011\n"
        "S2\t9606\tHomo sapiens\ttwo\t2020-01-02\tBelgium\t12 m\tERC000011\n"
    )
    (tmp_path / "samples.tsv").write_text(text, encoding="utf-8")
    done = export_dataset(om.convert(tmp_path / "samples.tsv", profile="ena"), "ena", tmp_path / "out")
    lines = (tmp_path / "out" / done.files[0]).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#checklist_accession\tERC000011"
    assert lines[2].startswith("#units\t")
    assert (done.losses, done.differing) == ([], [])
