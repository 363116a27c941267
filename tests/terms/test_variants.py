from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards.terms.forms import agree, forms_of
from omics_standards.terms.variants import (
    after_rank,
    is_bare_abbreviation,
    is_class_of_compounds,
    is_head_moved,
    is_same_but_for_title,
    is_slip,
    split_off,
    variants_of,
)


@pytest.mark.parametrize(
    ("text", "prefix", "variant"),
    [
        ("B16 cells", "BTO", "B16"),
        ("cytotrophoblast cells", "BTO", "cytotrophoblast"),
        ("Blorp cells", "CVCL", "Blorp"),
        ("XK-7 (ATCC CRL-1234)", "CVCL", "XK-7"),
        ("XK-7 [CCL-12.1]", "CVCL", "XK-7"),
        ("XK-7, ECACC 90011801", "CVCL", "XK-7"),
        ("XK-7 passage no. 4", "CVCL", "XK-7"),
        ("XK-7, passage #4", "CVCL", "XK-7"),
        ("mouse spleen", "UBERON", "spleen"),
        ("SCIEX Wonder 5", "MS", "Wonder 5"),
        ("Revio", "EFO", "PacBio Revio"),
        ("Sequel II", "OBI", "PacBio Sequel II"),
        ("GridION", "EFO", "Oxford Nanopore GridION"),
        ("HiSeq2500", "OBI", "Illumina HiSeq2500"),
        ("mesothelial", "CL", "mesothelial cell"),
        ("cardiac progenitor", "CL", "cardiac progenitor cell"),
    ],
)
def test_words_that_say_nothing_are_left_out_and_makers_put_in(text: str, prefix: str, variant: str) -> None:
    assert variant in list(variants_of(text, prefix))


@pytest.mark.parametrize(
    ("text", "prefix"),
    [
        ("tonsil cells", "BTO"),  # the cells are no tonsil
        ("tonsil cell line", "EFO"),
        ("stem cells", "BTO"),  # nor a plant's stem
        ("16", "BTO"),  # an age
        ("XK-7 clone 4", "CVCL"),  # a line of its own
        ("XK-7 (p53)", "CVCL"),
        ("XK-7 CRL", "CVCL"),
        ("rat snake", "NCBITaxon"),
        ("human insulin", "CHEBI"),
        ("bovine tuberculosis", "MONDO"),
        ("Waters", "MS"),
        ("Sequela", "EFO"),
        ("normal", "CL"),
        ("proximal", "CL"),
        ("thermal", "CL"),
    ],
)
def test_words_that_say_something_stay(text: str, prefix: str) -> None:
    assert list(variants_of(text, prefix)) == []


def test_parts_are_taken_apart_at_what_separates_them() -> None:
    assert list(split_off("Brain - Cortex", "UBERON"))[:2] == [("Brain", ("Cortex",)), ("Cortex", ("Brain",))]
    assert ("lens", ("eye",)) in list(split_off("eye (lens) tissue", "UBERON"))
    assert list(split_off("eye/lens", "UBERON")) == []
    assert list(split_off("a; b; c; d; e; f; g", "UBERON")) == []


@given(st.text("ab -(),;/", max_size=24))
def test_every_part_has_all_other_parts_beside_it(text: str) -> None:
    for part, wholes in split_off(text, "UBERON"):
        assert part
        assert wholes
        assert all(wholes)


@pytest.mark.parametrize("text", ["s__", "s__1", "x__Bos", "k__A; p__B", "Bos_taurus", "s_Bos_taurus"])
def test_what_is_no_rank_and_name_is_none(text: str) -> None:
    assert after_rank(text) is None


def test_a_rank_is_left_out_before_a_name() -> None:
    assert after_rank(" g__Bacteroides ") == ("NCBITaxon", "Bacteroides")


def test_short_texts_are_abbreviations_where_several_share_them() -> None:
    assert is_bare_abbreviation("PV", "UBERON")
    assert not is_bare_abbreviation("eye", "UBERON")
    assert is_bare_abbreviation("H1", "CVCL")
    assert not is_bare_abbreviation("K562", "CVCL")
    assert not is_bare_abbreviation("K", "CHEBI")


def test_plural_names_of_compounds_are_classes() -> None:
    assert is_class_of_compounds("steroids")
    assert not is_class_of_compounds("cis")
    assert not is_class_of_compounds("phosphorus")


def test_a_slip_is_none_where_any_ontology_has_the_word() -> None:
    vocabularies = [{"endothelium"}, {"endothelial", "cell"}]
    assert not is_slip(["endothelial"], ["endothelium"], vocabularies)
    assert is_slip(["endotheliun"], ["endothelium"], vocabularies)
    assert not is_slip(["simple"], ["sample"], [{"sample"}])  # six letters alone
    assert is_slip(["kidney", "simple"], ["kidney", "sample"], [{"sample", "kidney"}])


@pytest.mark.parametrize(
    ("one", "other", "step"),
    [
        ("gout nos", "gout", "wording"),
        ("parkinson s disease", "parkinson disease", "wording"),
        ("ataxia type 3", "ataxia 3", "wording"),
        ("severe dysplasia neonatal form", "severe dysplasia neonatal", "wording"),
        ("vero e6", "vero e6 s", ""),
        ("2", "nos 2", ""),
        ("49", "s 49", ""),
        ("3 ca", "an 3 ca", ""),
        ("cell", "cell type", ""),
        ("organism", "organism form", ""),
    ],
)
def test_joining_words_count_where_they_are_codes_or_classes(one: str, other: str, step: str) -> None:
    assert agree(forms_of(one), forms_of(other)) == step
    assert agree(forms_of(other), forms_of(one)) == step


@pytest.mark.parametrize("text", ["well water", "house cow"])
def test_two_nouns_turned_round_are_another_thing(text: str) -> None:
    turned = " ".join(reversed(text.split()))
    assert is_head_moved(text, turned, "ENVO")
    assert not is_head_moved(text.replace(" ", ", "), turned, "ENVO")
    assert not is_head_moved(text, turned, "MONDO")
    assert not is_head_moved(text + " deep", turned, "ENVO")


def test_an_adjective_may_stand_behind() -> None:
    assert not is_head_moved("colon sigmoid", "sigmoid colon", "UBERON")


def test_what_has_a_cell_is_no_disease_by_a_title() -> None:
    assert not is_same_but_for_title(["sickle", "cell"], ["cell", "disease", "sickle"], "MONDO")
    assert is_same_but_for_title(["wobbly", "hedgehog"], ["hedgehog", "syndrome", "wobbly"], "MONDO")
