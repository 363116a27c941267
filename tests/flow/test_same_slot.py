"""Two columns of one sheet that mean one slot."""

from __future__ import annotations

import pandas as pd

import omics_standards as om


def _convert(**columns: list[str]) -> tuple[om.Dataset, dict[str, list[str]]]:
    frame = pd.DataFrame({"sample_name": ["S1", "S2", "S3"], "organism": ["Mus musculus"] * 3, **columns})
    data = om.convert(frame, profile="ncbi-biosample", bundle="/no/bundle")
    said: dict[str, list[str]] = {}
    for f in data.findings:
        said.setdefault(f.code, []).append(f"{f.address.column}{f.address.row}" if f.address.row else str(f.address.column))
    return data, said


def test_a_second_column_fills_gaps_and_repeats_in_silence() -> None:
    data, said = _convert(sex=["male", "", "female"], gender=["male", "female", ""])
    assert [r.values("sex") for r in data.records("Biosample")] == [("male",), ("female",), ("female",)]
    assert len(said["slot-shared"]) == 1
    assert "columns-disagree" not in said
    assert not data.records("Biosample")[0].values("attributes")


def test_where_the_two_disagree_the_cell_is_named_and_kept() -> None:
    data, said = _convert(sex=["male", "female", "female"], gender=["male", "male", "female"])
    assert [r.values("sex") for r in data.records("Biosample")] == [("male",), ("female",), ("female",)]
    assert len(said["columns-disagree"]) == 1
    (kept,) = data.records("Biosample")[1].values("attributes")
    assert "male" in str(kept)


def test_a_laboratory_host_is_no_host() -> None:
    data, said = _convert(host=["Gallus gallus"] * 3, lab_host=["MDCK cells"] * 3)
    assert "slot-shared" not in said
    assert data.records("Biosample")[0].values("laboratory_host") == ("MDCK cells",)
