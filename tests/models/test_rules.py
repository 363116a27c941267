"""Dates and rules, by example; and bulk checks against the generated classes, over random records."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from omics_standards import models
from omics_standards.findings import CODES
from omics_standards.models import MODEL, check_value, edtf
from omics_standards.models.rules import check_container, check_mates, check_record
from omics_standards.models.slots import SlotDef
from omics_standards.records import Attribute, GeoPoint, Missing, Place, Quantity, Rejected, Term

# --- dates ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "2021",
        "2021-03",
        "2021-03-04",
        "2021-03-04T05:06:07Z",
        "199X",
        "19XX",
        "2021-XX",
        "2021-03-XX",
        "1990~",
        "2021-22",
        "2019/2021",
        "2019-05/..",
        "../2020",
        "2000-02-29",
        "-0044-03-15",
        "2021-03-04T05:06",
    ],
)
def test_date_is_understood(text: str) -> None:
    assert edtf.check(text) is None
    assert edtf.bounds(text) is not None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "date-unreadable"),
        ("soon", "date-unreadable"),
        ("21-03-04", "date-unreadable"),
        ("2021/03/04", "date-unreadable"),
        ("2021-3-4", "date-unreadable"),
        ("2021-13", "date-impossible"),
        ("1900-02-29", "date-impossible"),
        ("2021-04-31", "date-impossible"),
        ("2021/2019", "end-before-start"),
        ("../..", "date-unreadable"),
        ("2021-03-04T25:00", "date-impossible"),
        (2021, "date-unreadable"),
        ("2021-XX-04", "date-unreadable"),
    ],
)
def test_text_that_is_no_date(text: object, code: str) -> None:
    assert edtf.check(text) == code


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("2021", "xsd:gYear"),
        ("2021-03", "xsd:gYearMonth"),
        ("2021-03-04", "xsd:date"),
        ("2021-03-04T05:06:07Z", "xsd:dateTime"),
        ("2021-22", edtf.EDTF),
        ("1990~", edtf.EDTF),
        ("2019/2020", edtf.EDTF),
        ("199X", edtf.EDTF),
        ("2021-03-04T05", edtf.EDTF),
    ],
)
def test_datatype_is_the_narrowest(text: str, datatype: str) -> None:
    assert edtf.datatype(text) == datatype


@given(st.dates())
def test_every_day_of_the_calendar_is_a_date(day: Any) -> None:
    assert edtf.bounds(day.isoformat()) == ((day.year, day.month, day.day),) * 2
    assert edtf.datatype(day.isoformat()) == "xsd:date"


# --- rules ------------------------------------------------------------------------------------------------------------


def codes(cls: str, **values: object) -> list[tuple[str, str]]:
    return [(v.slot, v.code) for v in check_record(cls, values)]


def test_order_compares_what_is_known_only() -> None:
    assert codes("Process", start_date="2021-05", end_date="2021-04") == [("end_date", "end-before-start")]
    assert codes("Process", start_date="2021-05-20", end_date="2021-05") == [], "the end may be the 31st"
    assert codes("Process", start_date="2021") == []
    assert codes("Process", start_date="long ago", end_date="2021") == []


def test_order_compares_numbers_and_quantities_of_one_unit() -> None:
    assert codes("MassSpectrometryAssay", minimum_mz="1000.0", maximum_mz=350) == [("maximum_mz", "end-before-start")]
    late, early = {"value": "90", "unit": "min"}, {"value": "5", "unit": "min"}
    key = ("maximum_retention_time", "end-before-start")
    assert codes("ProteomicsAssay", minimum_retention_time=late, maximum_retention_time=early) == [key]
    other = {"value": "6", "unit": "s"}
    assert codes("ProteomicsAssay", minimum_retention_time=late, maximum_retention_time=other) == []


def test_a_stub_is_not_judged() -> None:
    assert codes("DataFile", stub=True) == []
    assert codes("DataFile") == [("file_name", "rule-violated")]


def test_a_class_that_the_model_does_not_know_has_no_rules() -> None:
    assert codes("Unicorn", start_date="2021", end_date="2020") == []


@pytest.mark.parametrize(
    ("layout", "files", "code"),
    [
        ("PAIRED", [("fastq", "a.fq.gz", None)], "paired-without-mates"),
        ("PAIRED", [(None, "a_1.fastq", None)], "paired-without-mates"),
        ("PAIRED", [("fastq", "a.fq.gz", "interleaved")], None),
        ("PAIRED", [("bam", "a.bam", None)], None),
        ("PAIRED", [("fastq", "a_1.fq", None), ("fastq", "a_2.fq", None)], None),
        ("PAIRED", [("fastq", "a_1.fq", None), ("bam", "a.bam", None)], "paired-without-mates"),
        ("SINGLE", [("fastq", "a_1.fq", None), ("fastq", "a_2.fq", None)], "single-with-mates"),
        ("SINGLE", [("fastq", "s1_R1_001.fq", None), ("fastq", "s1_R2_001.fq", None)], "single-with-mates"),
        ("SINGLE", [("fastq", "lane1.fq", None), ("fastq", "lane2.fq", None)], None),
        ("SINGLE", [("fastq", "a.fq", "read1"), ("fastq", "b.fq", "read2")], "single-with-mates"),
        ("PAIRED", [], None),
        (None, [("fastq", "a_1.fq", None)], None),
    ],
)
def test_layout_against_files(layout: str | None, files: list[Any], code: str | None) -> None:
    assert check_mates(layout, files) == code


def test_a_run_with_unknown_files_is_not_judged() -> None:
    parts: dict[str, object] = {
        "sequencing_assays": [{"id": "x", "library_layout": "PAIRED"}],
        "runs": [{"id": "r", "assay": "x", "data_files": ["elsewhere"]}],
    }
    assert list(check_container(parts)) == []


# --- bulk checks against the generated classes ------------------------------------------------------------------------

numbers = st.sampled_from(["0", "1", "35.50", "-4", "1e3", "x", "", "1,5", 7, -1, 2.5, True, None, "99999999"])
texts = st.sampled_from(["liver", "", "a b", "x:y", "10.1000/x", "a@b.c", "0123456789abcdef0123456789abcdef", "7", "\n"])
dates = st.sampled_from(["2021", "2021-03", "2021-02-30", "3/4/21", "2020/2019", "2019/..", "1990?", "", 2021])
term_ids = st.sampled_from(
    [
        "UBERON:0002107",
        "MONDO:1",
        "CL:0000236",
        "omst:term/tissue/paw",
        "liver",
        "UBERON 1",
        "EFO:0000001",
        "PO:1",
        None,
        "http://purl.obolibrary.org/obo/UBERON_0002107",
        "https://example.org/x",
        "NCBITaxon:9606",
        "omst:term/a b",
        "MS:1000031",
    ]
)
identifiers = st.sampled_from(["biosample/1", "biosample:SAMN1", "a b", "", "https://example.org/x?y=1", "x<y>", "样本1", "ftp://a/b"])
units = st.sampled_from(["a", "kg", "cm", "Cel", "", None, "parsec"])


def compound(kind: str, slot: SlotDef) -> st.SearchStrategy[Any]:
    """Values of records.py, so that the bulk side sees what a conversion sees."""
    unit = st.one_of(units, st.sampled_from(slot.units)) if slot.units else units
    return {
        "term": st.builds(Term, term_ids, st.sampled_from(["liver", "x"])),
        "quantity": st.builds(Quantity, numbers, st.none() | numbers, st.none() | numbers, unit),
        "place": st.builds(Place, st.sampled_from(["China", "china", "Atlantis", None]), st.sampled_from([None, "x"])),
        "geopoint": st.builds(GeoPoint, numbers, numbers),
        "attribute": st.builds(Attribute, texts, texts, units, st.none() | st.builds(Term, term_ids, st.just("x"))),
        "missing": st.builds(Missing, texts, st.sampled_from(["not collected", "lost"]), texts),
        "rejected": st.builds(Rejected, texts, texts, st.sampled_from(["enum-unknown", "no-such-code"])),
    }[kind]


def values_of(slot: SlotDef) -> st.SearchStrategy[Any]:
    simple = {
        "string": texts,
        "integer": st.sampled_from([0, 1, -5, "3", 2**40, True, 1.5]),
        "decimal": numbers.filter(lambda n: n is not None),
        "boolean": st.sampled_from([True, False, "yes", 1]),
        "date": dates,
        "uri": identifiers,
        "reference": identifiers,
    }
    if slot.kind in simple:
        return simple[slot.kind]
    if slot.kind == "enum":
        return st.sampled_from([*list(MODEL.enums[slot.range])[:5], "no such word", ""])
    if slot.kind == "origin":
        return st.just({"slot": "x", "cell": "A1"})
    return compound(slot.kind, slot)


@st.composite
def records(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    cls = draw(st.sampled_from(MODEL.records))
    slots = draw(st.lists(st.sampled_from(MODEL.classes[cls].slots), max_size=6, unique=True))
    paired = [
        "start_date",
        "end_date",
        "birth_date",
        "death_date",
        "collection_date",
        "minimum_mz",
        "maximum_mz",
        "file_name",
    ]
    slots += [s for s in draw(st.lists(st.sampled_from(paired), max_size=3)) if s in MODEL.classes[cls].slots]
    record: dict[str, Any] = {"id": draw(identifiers)}
    for name in dict.fromkeys(slots):
        slot = MODEL.slot(cls, name)
        assert slot is not None
        if name not in ("id", "stub"):
            value = values_of(slot)
            record[name] = draw(st.lists(value, min_size=1, max_size=3) if slot.multivalued else value)
    return cls, record


def as_json(value: Any) -> Any:
    if isinstance(value, list):
        return [as_json(v) for v in value]
    if isinstance(value, dict):
        return {k: as_json(v) for k, v in value.items()}
    if isinstance(value, Term) and value.id is None:  # what the writers make of a local term
        return {"id": "omst:term/any/x", "label": value.label}
    if hasattr(value, "_asdict"):
        return {k: as_json(v) for k, v in value._asdict().items() if v is not None}
    return value


def in_bulk(cls: str, record: dict[str, Any]) -> set[tuple[str, str]]:
    found = set()
    for name, value in record.items():
        slot = MODEL.slot(cls, name)
        assert slot is not None
        for one in value if slot.multivalued and isinstance(value, list) else [value]:
            if (code := check_value(slot, one)) is not None:
                found.add((name, code))
    return found | {(v.slot, v.code) for v in check_record(cls, record)}


@settings(max_examples=400, deadline=None)
@given(records())
@example(("Biosample", {"id": "b", "age": Quantity("35", None, None, None), "sex": "blue"}))
@example(("Biosample", {"id": "b", "birth_date": "2021", "death_date": "2020", "collection_date": "2019"}))
@example(("DataFile", {"id": "f", "md5": "x"}))
def test_bulk_checks_and_generated_classes_find_the_same(case: tuple[str, dict[str, Any]]) -> None:
    cls, record = case
    model: type[BaseModel] = getattr(models, cls)
    expected = in_bulk(cls, record)
    findings: list[tuple[str, str, str]] = []
    model.model_validate(as_json(record), context={"findings": findings})
    assert {(slot, code) for _, slot, code in findings} == expected
    assert {i for i, _, _ in findings} <= {str(record["id"]), ""}
    try:
        model.model_validate(as_json(record))
        raised: set[str] = set()
    except ValidationError as error:
        raised = {str(e["type"]) for e in error.errors()}
    assert bool(raised) == bool(expected)
    assert raised <= {code for _, code in expected} <= set(CODES)
