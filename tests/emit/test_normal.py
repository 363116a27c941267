"""Normal forms and differences: what is the same, what is not, and that both say so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import omics_standards as om
from omics_standards.emit.normal import Difference, compare, differences, normal_entry, normal_form
from omics_standards.records import Attribute, Field, Link, Missing, Place, Quantity, Reading, Record, Rejected, Source, Term

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "gsa-liver.xlsx"
NOWHERE = Source("", "")


def record(*readings: Reading, id: str = "biosample/S1", cls: str = "Biosample", stub: bool = False) -> Record:
    return Record(cls, id, readings, tuple(Field(r.slot, (), (), NOWHERE) for r in readings), 2, stub=stub)


def quantity(text: str, unit: str = "wk") -> Record:
    return record(Reading("age", (Quantity(text, unit=unit),)))


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (quantity("12"), quantity("12.0"), True),
        (quantity("35.50"), quantity("35.5"), True),
        (quantity("-0.0"), quantity("0"), True),
        (quantity("0.1"), quantity("0.10000000000000000001"), False),
        (quantity("1", "kg"), quantity("1000", "g"), False),
        (record(Reading("description", ("Liver",))), record(Reading("description", ("liver",))), False),
        (record(Reading("description", ("e\u0301",))), record(Reading("description", ("\u00e9",))), False),
        (record(Reading("description", ("a\ud800",))), record(Reading("description", ("a\ufffd",))), True),
        (record(Reading("alternative_names", ("x", "y"))), record(Reading("alternative_names", ("y",)), Reading("alternative_names", ("x",))), True),
        (record(stub=True), record(), False),
        (record(Reading("attributes", (Attribute("cage", "12"),))), record(Reading("attributes", (Attribute("cage", "12.0"),))), False),
        (
            record(Reading("tissue", (Term("http://purl.obolibrary.org/obo/UBERON_0002107", "liver"),))),
            record(Reading("tissue", (Term("UBERON:0002107", "liver"),))),
            True,
        ),
        (record(Reading("tissue", (Term(None, "some organ"),))), record(Reading("tissue", (Term("omst:term/tissue/some-organ", "some organ"),))), True),
        (record(Reading("missing", missing=Missing("age", "missing", "NA"))), record(Reading("missing", missing=Missing("age", "missing", "-"))), False),
        (record(Reading("age", rejected=Rejected("age", "old", "age-unreadable"))), record(), False),
    ],
)  # fmt: skip
def test_what_is_the_same(a: Record, b: Record, same: bool) -> None:
    assert (normal_form(a) == normal_form(b)) is same
    assert (differences([a], [b]) == []) is same


def test_the_words_for_absence_may_be_left_out() -> None:
    a, b = (record(Reading("missing", missing=Missing("age", "not collected", raw))) for raw in ("NC", "not collected"))
    assert differences([a], [b])
    assert differences([a], [b], raw=False) == []
    assert differences([a], [b], leave_out=["missing"]) == []


def test_a_number_that_no_decimal_can_write_out_is_left_alone() -> None:
    assert normal_entry("Biosample", {"id": "x", "age": {"value": "1E999999999"}})["age"] == ({"value": "1E999999999"},)


def test_each_kind_of_difference() -> None:
    a = [
        record(Reading("sex", ("male",)), Reading("tissue", (Term("UBERON:0002107", "liver"),))),
        record(Reading("sex", ("male",)), id="biosample/old"),
        record(id="biosample/gone"),
        record(id="assay/A1", cls="SequencingAssay"),
    ]
    b = [
        record(Reading("sex", ("female",)), Reading("tissue", (Term("UBERON:0002107", "hepar"),))),
        record(Reading("sex", ("male",)), id="biosample/new"),
        record(id="biosample/here", stub=True),
        record(Link("samples", "Biosample", "biosample/new"), id="assay/A1", cls="SingleCellAssay"),
    ]
    found = differences(a, b, ids={"biosample/old": "biosample/new"})
    assert found == [
        Difference("changed", "Biosample", "biosample/S1", "tissue", ({"id": "UBERON:0002107", "label": "liver"},),
                   ({"id": "UBERON:0002107", "label": "hepar"},))._replace(kind="relabelled"),
        Difference("changed", "Biosample", "biosample/S1", "sex", ("male",), ("female",)),
        Difference("removed", "Biosample", "biosample/gone", before=({},)),
        Difference("added", "Biosample", "biosample/here", after=({"stub": [True]},)),
        Difference("renamed", "Biosample", "biosample/new", before=("biosample/old",), after=("biosample/new",)),
        Difference("changed", "SingleCellAssay", "assay/A1", "@type", ("SequencingAssay",), ("SingleCellAssay",)),
        Difference("changed", "SingleCellAssay", "assay/A1", "samples", (), ("biosample/new",)),
    ]  # fmt: skip
    json.dumps([d.to_dict() for d in found])


def test_references_follow_a_renamed_record() -> None:
    a = [record(), record(Link("samples", "Biosample", "biosample/S1"), id="assay/A", cls="SequencingAssay")]
    b = [record(id="biosample/T1"), record(Link("samples", "Biosample", "biosample/T1"), id="assay/A", cls="SequencingAssay")]
    assert [d.kind for d in differences(a, b, ids={"biosample/S1": "biosample/T1"})] == ["renamed"]
    assert [d.kind for d in differences(a, b)] == ["removed", "added", "changed"]


def test_records_of_one_id_are_joined() -> None:
    halves = [record(Reading("sex", ("male",))), record(Reading("title", ("x",)))]
    assert differences(halves, [record(Reading("title", ("x",)), Reading("sex", ("male",)))]) == []


def test_what_is_written_is_what_was_converted(tmp_path: Path, tiny_bundle: Path) -> None:
    data = om.convert(EXAMPLE, bundle=str(tiny_bundle))
    data.write(tmp_path, "json")
    entries = json.loads((tmp_path / "dataset.json").read_text())
    from omics_standards.models.slots import MODEL

    written = {(MODEL.containers[c], e["id"]): normal_entry(MODEL.containers[c], e) for c in entries if c != "base" for e in entries[c]}
    assert written == {(r.cls, r.id): normal_form(r) for r in data}
    assert differences(data, om.load(tmp_path)) == []


SLOTS = st.sampled_from(["title", "description", "sex"])
FORMS = st.dictionaries(SLOTS, st.lists(st.text(max_size=5), min_size=1, max_size=2).map(lambda v: tuple(sorted(set(v)))))


@given(FORMS, FORMS)
def test_differences_lead_from_one_side_to_the_other(a: dict[str, tuple[str, ...]], b: dict[str, tuple[str, ...]]) -> None:
    told = {d.slot: d for d in compare("Biosample", "biosample/S1", a, b)}
    assert all(d.before == a.get(d.slot, ()) and d.after == b.get(d.slot, ()) and d.before != d.after for d in told.values())
    patched = {s: told[s].after if s in told else a[s] for s in a.keys() | told.keys()}
    assert {s: v for s, v in patched.items() if v} == b
    assert [(d.slot, d.after, d.before) for d in compare("Biosample", "biosample/S1", b, a)] == [
        (d.slot, d.before, d.after) for d in told.values()
    ]


RECORDS = st.lists(
    st.builds(
        lambda i, sex, place: record(Reading("sex", (sex,)), Reading("collection_place", (Place("China", place),)), id=f"biosample/{i}"),
        st.integers(0, 6), st.sampled_from(["male", "female"]), st.text(max_size=3),
    ),
    unique_by=lambda r: r.id,
)  # fmt: skip


@given(RECORDS, RECORDS)
def test_sides_swap(a: list[Record], b: list[Record]) -> None:
    swap = {"added": "removed", "removed": "added"}
    there = [(swap.get(d.kind, d.kind), d.id, d.slot, d.after, d.before) for d in differences(a, b)]
    assert sorted(map(repr, there)) == sorted(repr((d.kind, d.id, d.slot, d.before, d.after)) for d in differences(b, a))
    assert differences(a, list(reversed(a))) == []
