"""Frames: wide and tidy, with types, and with the facts of linked records."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import omics_standards as om
from omics_standards.conversion import Dataset, Outcome
from omics_standards.conversion.linking import ASIDE, DOWNWARD, Links
from omics_standards.emit.tables import columns_of, row_of
from omics_standards.errors import UsageError
from omics_standards.models.slots import MODEL
from omics_standards.records import (
    Attribute,
    Field,
    GeoPoint,
    Link,
    Missing,
    Place,
    Quantity,
    Reading,
    Record,
    Rejected,
    Source,
    Term,
)  # fmt: skip

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "gsa-liver.xlsx"


@pytest.fixture(scope="module")
def liver(tiny_bundle: Path) -> Dataset:
    return om.convert(EXAMPLE, bundle=str(tiny_bundle), today="2026-01-01")


def record(cls: str, id: str, *readings: Reading) -> Record:
    return Record(cls, id, readings, tuple(Field(r.slot, (), (), Source("", "")) for r in readings), 2)


def dataset(*records: Record) -> Dataset:
    return Dataset(Outcome(base="https://example.org/"), records)


POOLED = dataset(
    record("Subject", "subject/A", Reading("sex", ("male",))),
    record("Subject", "subject/B", Reading("sex", ("female",))),
    record("Biosample", "biosample/1", Link("subject", "Subject", "subject/A"), Reading("age", (Quantity("8", unit="wk"),)), Reading("tissue", (Term("UBERON:0002107", "liver"),))),
    record("Biosample", "biosample/2", Link("subject", "Subject", "subject/B"), Reading("age", (Quantity("9", unit="wk"),)), Reading("tissue", (Term("UBERON:0002107", "liver"),))),
    record("SequencingAssay", "assay/pool", Link("samples", "Biosample", "biosample/1"), Link("samples", "Biosample", "biosample/2")),
    record("SequencingAssay", "assay/one", Link("samples", "Biosample", "biosample/1")),
    record("Run", "run/pool", Link("assay", "Assay", "assay/pool"), Link("data_files", "DataFile", "file/x"), Reading("spots", (7,))),
    record("Run", "run/one", Link("assay", "Assay", "assay/one"), Link("data_files", "DataFile", "file/y")),
    record("DataFile", "file/x", Reading("file_name", ("x",))),
    record("DataFile", "file/y", Reading("file_name", ("y",))),
    record("DataFile", "file/lonely"),
)  # fmt: skip


def test_wide_without_types_is_what_the_tables_hold(liver: Dataset) -> None:
    for cls in liver.classes:
        rows = [row_of(r) for r in liver.records(cls)]
        frame = liver.to_frame(cls)
        assert list(frame.columns) == columns_of(cls, rows)
        assert [{k: v for k, v in row.items() if pd.notna(v)} for row in frame.to_dict("records")] == rows
        assert set(map(str, frame.dtypes)) == {"string"}


def test_ids_may_be_left_out(liver: Dataset) -> None:
    gone = set(liver.to_frame("Biosample").columns) - set(liver.to_frame("Biosample", ids=False).columns)
    assert gone == {"organism_id", "tissue_id", "disease_id"}
    typed = set(liver.to_frame("Biosample", typed=True).columns) - set(liver.to_frame("Biosample", typed=True, ids=False).columns)
    assert typed == gone


def test_types(liver: Dataset) -> None:
    frame = liver.to_frame("Biosample", typed=True)
    assert frame["age"].dtype == "Float64"
    assert frame["age"].max() == 12
    assert frame["age_unit"].dropna().unique().tolist() == ["wk"]
    assert frame.columns.get_loc("age_unit") == frame.columns.get_loc("age") + 1
    assert frame["collection_place_country"].eq("China").all()
    assert frame.loc[0, "collection_location_latitude"] == 39.9
    assert liver.to_frame("SequencingAssay", typed=True)["read_length_1"].dtype == "Int64"


def test_types_of_single_values() -> None:
    sample = record(
        "Biosample", "biosample/1",
        Reading("age", (Quantity(None, "1", "2", "a"),)), Reading("collection_location", (GeoPoint("1.50", "-2"),)),
        Reading("collection_place", (Place("China", "Yunnan"),)), Reading("is_pooled", (True,)), Reading("ploidy", ("diploid",)),
        Reading("attributes", (Attribute("wing", "3.5", "mm"),)), Reading("attributes", (Attribute("cage", "12"),)),
        Reading("", missing=Missing("sex", "not collected", "NC")), Reading("", rejected=Rejected("height", "tall", "quantity-unreadable")),
    )  # fmt: skip
    row = dataset(sample).to_frame("Biosample", typed=True).iloc[0].to_dict()
    assert row == {
        "id": "biosample/1", "age_minimum": 1.0, "age_maximum": 2.0, "age_unit": "a", "is_pooled": True, "ploidy": "diploid",
        "collection_place_country": "China", "collection_place_region": "Yunnan",
        "collection_location_latitude": 1.5, "collection_location_longitude": -2.0,
        "attribute: cage": "12", "attribute: wing": 3.5, "attribute: wing (unit)": "mm",
        "height (rejected)": "tall", "sex (missing)": "not collected",
    }  # fmt: skip


def test_several_values_make_a_column_text() -> None:
    two = dataset(record("Biosample", "biosample/1", Reading("age", (Quantity("8", unit="wk"), Quantity("9.5", unit="wk")))))
    row = two.to_frame("Biosample", typed=True).iloc[0]
    assert (row["age"], row["age_unit"]) == ("8; 9.5", "wk")


def test_an_abstract_class_says_which() -> None:
    both = dataset(record("SequencingAssay", "assay/1"), record("ProteomicsAssay", "assay/2", Reading("title", ("p",))))
    frame = both.to_frame("Assay")
    assert frame.columns[:2].tolist() == ["class", "id"]
    assert frame["class"].tolist() == ["SequencingAssay", "ProteomicsAssay"]
    assert list(both.to_frames()) == ["SequencingAssay", "ProteomicsAssay"]


def test_a_class_without_records_is_an_empty_frame(liver: Dataset) -> None:
    assert liver.to_frame("Publication").shape == (0, 0)
    assert liver.to_frame("Publication", with_="Study").shape == (0, 0)
    assert len(dataset().to_frame(layout="tidy")) == 0


def test_tidy_has_a_row_per_value_with_its_cell(liver: Dataset) -> None:
    frame = liver.to_frame("Biosample", "tidy")
    values = sum(len(r.values) for s in liver.records("Biosample") for r in s.readings)
    told = sum((r.missing is not None) + (r.rejected is not None) for s in liver.records("Biosample") for r in s.readings)
    assert len(frame) == values + told
    of = frame[frame["id"] == "ngdc.biosample:SAMC990002"].set_index("slot")
    assert of.loc["sex", ["value", "raw", "cell", "header", "status"]].tolist() == ["female", "雌", "Sample!I3", "Sex", "value"]
    assert of.loc["tissue", ["value", "term_id", "raw"]].tolist() == ["liver", "UBERON:0002107", "Liver"]
    assert of.loc["age", ["value", "number", "unit", "raw", "cell"]].tolist() == ["8 wk", 8.0, "wk", "8; week", "Sample!J3; Sample!K3"]
    assert of.loc["disease", ["status", "reason"]].tolist() == ["missing", "not applicable"]
    kept = of.loc["attributes"]
    assert kept["name"] == "Batch of mice"
    rejected = frame[(frame["status"] == "rejected")].iloc[0]
    assert rejected[["slot", "raw", "reason"]].tolist() == ["collection_date", "2023-02-30", "date-impossible"]
    assert "term_id" not in liver.to_frame("Biosample", "tidy", ids=False)


def test_tidy_of_all_classes_and_of_a_loaded_dataset(liver: Dataset, tmp_path: Path) -> None:
    frame = liver.to_frame(layout="tidy")
    assert frame["class"].unique().tolist() == [c for c in liver.classes if any(s.readings for s in liver.records(c))]
    liver.write(tmp_path, "json")
    again = om.load(tmp_path).to_frame(layout="tidy")
    columns = ["class", "id", "slot", "status", "value", "term_id", "reason", "number", "unit"]

    def rows(side: pd.DataFrame, columns: list[str]) -> list[tuple[str, ...]]:
        return sorted(tuple(map(str, row)) for row in side[columns].itertuples(index=False))

    assert rows(frame, columns) == rows(again, columns)
    # Two values of one slot from two cells of a row: dataset.json does not say which is whose, so each has both.
    once = (side[side["slot"] != "data_files"] for side in (frame, again))
    assert len({tuple(rows(side, [*columns, "cell"])) for side in once}) == 1


def test_a_row_per_file_with_the_facts_of_its_sample(liver: Dataset) -> None:
    frame = liver.to_frame("DataFile", with_=["Run", "Assay", "Biosample"], typed=True)
    assert len(frame) == len(liver.records("DataFile"))
    one = frame[frame["file_name"] == "CRR990005_f1.fastq.gz"].iloc[0]
    assert (one["Run.id"], one["Assay.library_strategy"], one["Biosample.tissue"], one["Biosample.age"]) == (
        "ngdc.gsa:CRR990005",
        "RNA-Seq",
        "lung",
        12.0,
    )
    names = [c.partition(".")[0] for c in frame.columns if "." in c]
    assert list(dict.fromkeys(names)) == ["Run", "Assay", "Biosample"]


def test_several_samples_are_joined_or_exploded() -> None:
    joined = POOLED.to_frame("Run", with_=["Biosample", "Subject"])
    pool = joined.set_index("id").loc["run/pool"]
    assert (pool["Biosample.id"], pool["Biosample.age"], pool["Biosample.tissue"]) == ("biosample/1; biosample/2", "8 wk; 9 wk", "liver")
    assert pool["Subject.sex"] == "male; female"
    exploded = POOLED.to_frame("Run", with_=["Biosample", "Subject"], many="explode", typed=True)
    rows = exploded[["id", "Biosample.id", "Biosample.age", "Subject.sex"]].values.tolist()
    assert rows == [
        ["run/pool", "biosample/1", 8.0, "male"], ["run/pool", "biosample/2", 9.0, "female"], ["run/one", "biosample/1", 8.0, "male"]
    ]  # fmt: skip
    text = POOLED.to_frame("Run", with_=["Biosample"], typed=True)
    assert text["Biosample.age"].tolist() == ["8; 9", "8"]


def test_what_is_linked_to_nothing_stays() -> None:
    frame = POOLED.to_frame("DataFile", with_="Biosample", many="explode")
    assert frame["id"].tolist() == ["file/x", "file/x", "file/y", "file/lonely"]
    assert frame["Biosample.id"].isna().tolist() == [False, False, False, True]


def test_downwards() -> None:
    frame = POOLED.to_frame("Subject", with_=["DataFile"])
    assert frame["DataFile.file_name"].tolist() == ["x; y", "x"]


def test_neither_controls_nor_projects_tie_files_to_samples() -> None:
    data = dataset(
        record("Project", "project/P"),
        record("Biosample", "biosample/1", Link("projects", "Project", "project/P")),
        record("Biosample", "biosample/2", Link("projects", "Project", "project/P")),
        record("EpigenomicsAssay", "assay/1", Link("samples", "Biosample", "biosample/1"), Link("control_assay", "Assay", "assay/2"), Link("projects", "Project", "project/P")),
        record("EpigenomicsAssay", "assay/2", Link("samples", "Biosample", "biosample/2"), Link("projects", "Project", "project/P")),
        record("MeasuringPlatform", "platform/G", Link("samples", "Biosample", "biosample/1"), Link("samples", "Biosample", "biosample/2")),
    )  # fmt: skip
    frame = data.to_frame("Assay", with_=["Biosample", "Project"])
    assert frame["Biosample.id"].tolist() == ["biosample/1", "biosample/2"]
    assert data.to_frame("Project", with_="Biosample")["Biosample.id"].tolist() == ["biosample/1; biosample/2"]
    assert data.to_frame("Biosample", with_="MeasuringPlatform")["MeasuringPlatform.id"].tolist() == ["platform/G"] * 2


def test_the_nearer_of_two_samples_counts_and_circles_end() -> None:
    data = dataset(
        record("Biosample", "biosample/organ", Link("derived_from", "Biosample", "biosample/cells")),
        record("Biosample", "biosample/cells", Link("derived_from", "Biosample", "biosample/organ")),
        record("SequencingAssay", "assay/1", Link("samples", "Biosample", "biosample/cells")),
    )
    links = Links(data.records())
    assert [r.id for r in links.nearest(data.records("Assay")[0], "Biosample")] == ["biosample/cells"]
    assert [r.id for r in links.nearest(data.records("Biosample")[0], "Biosample")] == ["biosample/cells"]
    assert links.nearest(data.records("Biosample")[0], "Subject") == []


def test_every_reference_of_the_model_has_a_direction() -> None:
    """A new reference that names what comes of a thing must be declared, or files will meet samples that are not theirs."""
    ups = {
        "parent_projects", "contacts", "organizations", "publications", "projects", "factors", "protocols", "platforms", "studies",
        "access_policy", "parents", "derived_from", "subject", "protocol", "inputs", "samples", "datasets", "labelled_extract", "assay",
        "run", "source_files", "affiliations", "parent_organizations", "authors",
    }  # fmt: skip
    references = {
        (c.name, s) for c in MODEL.classes.values() if not c.abstract for s in c.slots
        if (d := MODEL.slot(c.name, s)) is not None and d.kind == "reference"
    }  # fmt: skip
    assert references >= DOWNWARD
    assert {s for c, s in references if (c, s) not in DOWNWARD} == ups | ASIDE


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        (("Wing",), KeyError, "no class 'Wing'"),
        ((None,), UsageError, "say which class"),
        (("Biosample", "long"), UsageError, "'wide' or 'tidy'"),
    ],
)
def test_misuse(liver: Dataset, arguments: tuple[str, ...], error: type[Exception], sentence: str) -> None:
    with pytest.raises(error, match=sentence):
        liver.to_frame(*arguments)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="leave out typed and with_"):
        liver.to_frame("Biosample", "tidy", typed=True)
    with pytest.raises(KeyError, match="no class 'Wing'"):
        liver.to_frame("Biosample", with_="Wing")
    with pytest.raises(UsageError, match="'join' or 'explode'"):
        liver.to_frame("Biosample", with_="Run", many="first")  # type: ignore[arg-type]
