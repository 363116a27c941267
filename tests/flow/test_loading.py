"""Datasets read back from their folders, line by line and as a whole."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest

from omics_standards.conversion import convert, load
from omics_standards.conversion.entries import Rebuilder, read_record
from omics_standards.emit.jsonlines import JsonLines, NotInLines
from omics_standards.emit.jsontext import indented, record_to_dict
from omics_standards.errors import ReadError

SHEET = "sample_name,organism,sex,age,odd\nS1,Mus musculus,male,8 weeks,x\nS2,Mus musculus,NA,9 weeks,\nS3,Homo sapiens,maybe,,x\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "s.csv").write_text(SHEET)
    convert(tmp_path / "s.csv", "ncbi-biosample").write(tmp_path / "out", "json")
    return tmp_path / "out"


def test_what_is_loaded_says_what_was_written(folder: Path) -> None:
    written = json.loads((folder / "dataset.json").read_text())
    loaded = load(folder)
    assert [record_to_dict(r) for r in loaded.records("Biosample")] == written["biosamples"]


def test_a_file_laid_out_by_somebody_else_gives_the_same_records(folder: Path) -> None:
    before = [record_to_dict(r) for r in load(folder)]
    file = folder / "dataset.json"
    file.write_text(json.dumps(json.loads(file.read_text()), indent=2))
    assert [record_to_dict(r) for r in load(folder)] == before


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text.replace('{"id"', '{"id', 1),
        lambda text: text.replace("},\n", "}\n", 1),
        lambda text: text.rstrip()[:-1],
    ],
)
def test_a_damaged_file_is_refused(folder: Path, damage) -> None:
    file = folder / "dataset.json"
    file.write_text(damage(file.read_text()))
    with pytest.raises(ReadError):
        load(folder)


def test_records_share_what_they_have_in_common(folder: Path) -> None:
    entries = json.loads((folder / "dataset.json").read_text())["biosamples"]
    rebuilt = Rebuilder("s.csv")
    one, two = (rebuilt.record("Biosample", e) for e in entries[:2])
    organisms = [next(r for r in record.readings if r.slot == "organism") for record in (one, two)]
    assert organisms[0] is organisms[1]
    alone = read_record("Biosample", entries[1], "s.csv")
    assert record_to_dict(alone) == record_to_dict(two) == entries[1]
    assert [two.row_of(i) for i in range(len(two.readings))] == [3] * len(two.readings)


def test_a_row_without_number_is_no_cell_of_the_column_above() -> None:
    origin = {"slot": "name", "header": "x"}
    rebuilt = Rebuilder("a.json")
    records = [
        rebuilt.record("Biosample", {"id": f"biosample/{c}", "name": c, "origin": [{**origin, "cell": c}]}) for c in ("B2", "B", "B7")
    ]
    places = [record.fields[0].address(record.row_of(0)) for record in records]
    assert [(p.row, p.column, p.path) for p in places] == [(2, 2, None), (None, None, "B"), (7, 2, None)]


def test_lines_that_are_none_are_told() -> None:
    with pytest.raises(NotInLines):
        list(JsonLines(BytesIO(b'{"base": "x",\n"biosamples": [\n{"id": "a"}\n{"id": "b"}\n]}\n')))
    assert list(JsonLines(BytesIO(b'{"base": "x"}\n'))) == []


def test_indented_is_what_json_writes() -> None:
    value = {"a": [{"b": [1, "é\n"], "c": {}}, [], None], "d": {"e": True, "f": 1.5}, "g": ["x", "y"]}
    assert "".join(indented(value)) == json.dumps(value, ensure_ascii=False, indent=1)
