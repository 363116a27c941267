from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards.models.slots import MODEL
from omics_standards.terms import Bundle
from omics_standards.terms.known import NORMAL, read_known


@pytest.mark.parametrize("text", ["healthy", "Healthy Control", "healthy_donor", "NORMAL", "no disease", "健康", "健康对照", "正常"])
def test_the_healthy_are_normal(text: str) -> None:
    assert read_known(text, "PATO") == (NORMAL, "known-healthy", True)


@pytest.mark.parametrize("text", ["control", "Controls", "reference", "disease-free", "unaffected", "normal tissue", "对照"])
def test_what_may_be_healthy_is_suggested(text: str) -> None:
    assert read_known(text, "PATO") == (NORMAL, "known-healthy", False)


@pytest.mark.parametrize(
    ("text", "curie", "accept"),
    [
        ("F", "PATO:0000383", True),
        ("男", "PATO:0000384", True),
        ("Males", "PATO:0000384", True),
        ("1 (male)", "PATO:0000384", True),
        ("pooled male and female", "PATO:0001338", True),
        ("hermaphroditic", "PATO:0001340", True),
        ("XY", "PATO:0000384", False),
    ],
)
def test_sexes_are_terms(text: str, curie: str, accept: bool) -> None:
    assert read_known(text, "PATO") == (curie, "known-sex", accept)


@pytest.mark.parametrize(
    "text", ["", "1", "2", "wild type", "WT control", "tumour control probability", "normal pressure hydrocephalus", "x" * 500]
)
def test_other_texts_are_not_known(text: str) -> None:
    assert read_known(text, "PATO") is None


@given(st.text(max_size=30), st.sampled_from(["MONDO", "DOID", "EFO", "HP", "NCIT"]))
def test_no_ontology_of_diseases_has_the_healthy(text: str, prefix: str) -> None:
    assert read_known(text, prefix) is None
    assert read_known("healthy", prefix) is None


@pytest.mark.parametrize("slot", ["disease", "host_disease"])
def test_a_slot_for_diseases_allows_normal_and_no_other_quality(bundle: Bundle, slot: str) -> None:
    allowed = MODEL.slots[slot]
    assert "PATO" in allowed.ontologies
    assert bundle.ground("normal", allowed.ontologies, allowed.branch).id == NORMAL
    assert bundle.ground("male", allowed.ontologies, allowed.branch).status == "unmapped"
