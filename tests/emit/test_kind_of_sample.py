"""The kind of sample stands where the archive looks for it, and units in its spelling; a preflight knows rules across cells."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import omics_standards as om
from omics_standards.conversion.exporting import export_dataset
from omics_standards.conversion.preflighting import preflight_dataset
from omics_standards.errors import UsageError
from omics_standards.tables import from_rows

if TYPE_CHECKING:
    from pathlib import Path

HEADER = ["*sample_name", "*organism", "taxonomy_id", "geo_loc_name", "lat_lon", "temp", "depth", "strain", "collection_date"]
ROWS = [
    ["S1", "soil metagenome", "410658", "Japan: Oita", "33.30 N 131.46 E", "12 Cel", "3 m", "", "2020-05-06"],
    ["S2", "soil metagenome", "410658", "Turkey: Ankara", "39.90 N 32.80 E", "14 Cel", "4 m", "", "2020-05-07"],
]


def dataset(*rows: list[str]) -> om.Dataset:
    return om.convert(from_rows(HEADER, list(rows or ROWS), name="biosample"), profile="ddbj", today="2026-01-01")


def lines(folder: Path, name: str) -> list[list[str]]:
    return [line.split("\t") for line in (folder / name).read_text("utf-8").splitlines()]


def test_a_sheet_for_ena_names_its_checklist_and_its_units(tmp_path: Path) -> None:
    written = export_dataset(dataset(), "ena", tmp_path, kind="ERC000021")
    above, header, units, *rows = lines(tmp_path, "ena.tsv")
    assert above == ["#checklist_accession", "ERC000021"]
    told = dict(zip(header, units, strict=False))
    assert (told["geographic location (latitude)"], told["temperature"], told["depth"]) == ("DD", "ºC", "m")
    assert dict(zip(header, rows[0], strict=False))["temperature"] == "12"
    assert {slot for _, _, slot in written.made} == {"checklists"}
    assert written.differing == []


def test_a_sheet_for_ddbj_names_its_package_and_has_its_columns(tmp_path: Path) -> None:
    export_dataset(dataset(), "ddbj", tmp_path, kind="MIMS.me.soil")
    header, *rows = lines(tmp_path, "biosample.tsv")
    first, second = (dict(zip(header, row, strict=False)) for row in rows)
    assert first["_package"] == second["_package"] == "MIMS.me.soil"
    assert {"*sample_title", "description", "bioproject_id"} <= set(header)
    assert (first["*geo_loc_name"], second["*geo_loc_name"]) == ("Japan:Oita", "Turkiye:Ankara")


def test_a_kind_that_the_archive_has_not_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="ERC000021"):
        export_dataset(dataset(), "ena", tmp_path / "out", kind="ERC00021")
    with pytest.raises(UsageError, match="no kinds"):
        export_dataset(dataset(), "pep", tmp_path / "out", kind="human")
    assert not (tmp_path / "out").exists()


def test_samples_of_a_json_have_the_same_names_in_the_same_order(tmp_path: Path) -> None:
    export_dataset(dataset(ROWS[0], [*ROWS[1][:4], "", "", "5 m", "X1", ""]), "ddbj-json", tmp_path)
    first, second = json.loads((tmp_path / "biosample.json").read_text("utf-8"))
    assert [e["key"] for e in first] == [e["key"] for e in second]
    assert [e["key"] for e in first][:3] == ["_package", "sample_name", "sample_title"]
    assert next(e["value"] for e in second if e["key"] == "lat_lon") == ""
    assert all(isinstance(e["value"], str) for e in (*first, *second))


def problems(*rows: list[str], kind: str = "") -> dict[str, set[tuple[str, str]]]:
    found = preflight_dataset(dataset(*rows), ["ddbj"], kind=kind)
    return {f.header.lstrip("*"): {(p.what, p.value) for p in f.problems} for f in found.fields}


def row(**cells: str) -> list[str]:
    told = {"strain": "X1", **cells}
    return [told.get(h.lstrip("*"), text) for h, text in zip(HEADER, ROWS[0], strict=True)]


@pytest.mark.parametrize(
    ("cells", "kind", "field", "what"),
    [
        ({"sample_name": "S#1"}, "", "sample_name", "pattern"),
        ({"sample_name": "ś1"}, "", "sample_name", "not allowed"),
        ({"strain": "soil metagenome 4"}, "", "strain", "not allowed"),
        ({"strain": "soil"}, "", "strain", "pattern"),
        ({"organism": "Mus musculus", "taxonomy_id": "10090"}, "MIMS.me.soil", "organism", "not allowed"),
        ({"collection_date": "not collected"}, "", "collection_date", "missing word"),
        ({"strain": "not collected"}, "MIGS.ba.soil", "strain", "missing"),
        ({"strain": "not collected"}, "Generic", "strain", "warning"),
    ],
)
def test_rules_across_cells(cells: dict[str, str], kind: str, field: str, what: str) -> None:
    clean = problems(row(), kind=kind)
    planted = problems(row(**cells), kind=kind)
    assert what in {w for w, _ in planted.get(field, set()) - clean.get(field, set())}


def test_rows_that_nothing_tells_apart_are_warned_of_and_repeated_names_refused() -> None:
    alike = problems(row(), row(sample_name="S2"))
    assert alike["whole rows"] == {("warning", "")}
    assert "whole rows" not in problems(row(), row(sample_name="S2", depth="9 m"))
