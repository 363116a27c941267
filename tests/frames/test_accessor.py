"""``df.omics``: findings by the frame's own labels, datasets, terms, marked cells."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import omics_standards as om
import omics_standards.pandas  # registers the accessor
from omics_standards.errors import UsageError

FRAME = pd.DataFrame(
    {
        "*sample_name": ["S1", "S2", "S3", "S4"],
        "*organism": ["Mus musculus", "Mus musculus", "missing", "Mus musculus"],
        "*collection_date": ["2020-05-01", "soon", "2020-05-01", "soon"],
        "*tissue": ["liver", "lung", "liver", "liver"],
    },
    index=["m1", "m2", "m3", "m4"],
)


def test_findings_carry_the_labels_of_the_frame(tiny_bundle: Path) -> None:
    found = FRAME.omics.check("ncbi-biosample", bundle=str(tiny_bundle), at_least="error")
    assert found[["row", "column", "position", "code", "value", "count"]].values.tolist() == [
        ["m2", "*collection_date", 1, "date-unreadable", "soon", 2], ["m4", "*collection_date", 3, "date-unreadable", "soon", 2]
    ]  # fmt: skip
    assert FRAME.loc[found["row"], "*sample_name"].tolist() == ["S2", "S4"]
    everything = FRAME.omics.check("ncbi-biosample", bundle=str(tiny_bundle))
    assert ["m3", "*organism"] in everything[["row", "column"]].values.tolist()
    assert set(everything["code"]) == {f.code for f in om.check(FRAME, "ncbi-biosample", bundle=str(tiny_bundle))}


def test_a_finding_on_a_column_has_no_row() -> None:
    found = pd.DataFrame({"sample_name": ["S1"], "organism": ["Mus musculus"], "cage": ["7"]}).omics.check("ncbi-biosample")
    told = found[found["code"] == "column-unknown"].iloc[0]
    assert (told["column"], pd.isna(told["row"]), pd.isna(told["position"])) == ("cage", True, True)


def test_a_named_index_is_a_column_of_its_own() -> None:
    frame = FRAME.set_index("*sample_name")
    found = frame.omics.check("ncbi-biosample", at_least="error")
    dates = found[found["column"] == "*collection_date"]
    assert dates["row"].tolist() == ["S2", "S4"]
    levels = FRAME.assign(batch="b").set_index(["*sample_name", "batch"]).omics.check("ncbi-biosample", at_least="error")
    assert levels[levels["column"] == "*collection_date"]["row"].tolist() == [("S2", "b"), ("S4", "b")]


def test_labels_that_repeat_are_told_apart_by_position() -> None:
    found = FRAME.set_axis([0, 0, 0, 0]).omics.check("ncbi-biosample", at_least="error")
    dates = found[found["column"] == "*collection_date"]
    assert (dates["row"].tolist(), dates["position"].tolist()) == ([0, 0], [1, 3])


def test_a_clean_frame_gives_an_empty_one(tiny_bundle: Path) -> None:
    found = FRAME.iloc[:1].omics.check("ncbi-biosample", bundle=str(tiny_bundle), at_least="warning")
    assert found[found["column"] == "*tissue"].empty
    assert {"row", "column", "position", "severity", "code"} <= set(found.columns)
    with pytest.raises(UsageError, match="at_least='fatal'"):
        FRAME.omics.check(at_least="fatal")


def test_convert_is_convert(tiny_bundle: Path) -> None:
    data = FRAME.omics.convert("ncbi-biosample", bundle=str(tiny_bundle))
    assert [r.id for r in data] == [r.id for r in om.convert(FRAME, "ncbi-biosample", bundle=str(tiny_bundle))]
    assert data.to_frame("Biosample")["tissue_id"].tolist() == ["UBERON:0002107", "UBERON:0002048", "UBERON:0002107", "UBERON:0002107"]


def test_ground_keeps_the_index(tiny_bundle: Path) -> None:
    found = FRAME.omics.ground("*tissue", bundle=str(tiny_bundle))
    assert found.index.equals(FRAME.index)
    assert found.loc["m2", ["id", "label", "status"]].tolist() == ["UBERON:0002048", "lung", "mapped"]
    assert FRAME["*tissue"].omics.ground("UBERON", bundle=str(tiny_bundle))["id"].equals(found["id"])


@pytest.mark.parametrize("label", ["tissue", "Tissue", "* tissue", "organism part", "组织"])
def test_a_label_names_its_slot_in_any_language(label: str, tiny_bundle: Path) -> None:
    found = pd.DataFrame({label: ["liver", "no such organ"]}).omics.ground(label, bundle=str(tiny_bundle))
    assert found["status"].tolist() == ["mapped", "unmapped"]


def test_what_cannot_be_grounded() -> None:
    with pytest.raises(UsageError, match="'cage' names no slot that holds terms"):
        pd.DataFrame({"cage": ["liver"]}).omics.ground("cage")
    with pytest.raises(KeyError):
        FRAME.omics.ground("no such column")
    with pytest.raises(UsageError, match="2 columns are called 'tissue'"):
        pd.DataFrame([["liver", "lung"]], columns=["tissue", "tissue"]).omics.ground("tissue")


def test_marked_cells_and_headers(tiny_bundle: Path) -> None:
    pytest.importorskip("jinja2")
    frame = FRAME.assign(cage=["<b>", "", "", ""])
    page = frame.omics.marked("ncbi-biosample", at_least="info", bundle=str(tiny_bundle)).to_html()
    assert page.count("#f4c7c3") >= 1
    assert "not a date" in page
    assert "m2" in page
    plain = frame.omics.marked("ncbi-biosample", at_least="error", bundle=str(tiny_bundle)).to_html()
    assert "#fce8b2" not in plain
    with pytest.raises(UsageError, match="unique labels"):
        FRAME.set_axis([0, 0, 0, 0]).omics.marked()


def test_the_package_itself_loads_no_pandas_and_registers_nothing() -> None:
    code = "import omics_standards, sys; assert 'pandas' not in sys.modules; import pandas as pd; assert not hasattr(pd.DataFrame, 'omics')"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
