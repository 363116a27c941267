from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards.terms import Bundle
from omics_standards.terms.agreement import agrees, compare
from terms.tiny import TERMS

CURRENT = [line.split(" | ")[0].strip() for line in TERMS.splitlines() if line and "obsolete" not in line]


def relation(bundle: Bundle, curie: str, name: str, *within: str) -> str:
    return compare(bundle, (curie,), name, bundle.plan(within or (curie.partition(":")[0],))).relation


@given(curie=st.sampled_from(CURRENT), data=st.data())
def test_every_name_of_a_term_is_the_same_in_any_case(bundle: Bundle, curie: str, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([n.text for n in bundle.names(curie) if n.scope in ("label", "exact")]))
    for spelling in (name, name.upper(), f"  {name.replace(' ', '  ')} "):
        assert relation(bundle, curie, spelling) == "same"
        assert agrees(bundle, curie, spelling)


@given(curie=st.sampled_from(CURRENT), other=st.sampled_from(CURRENT))
def test_above_and_below_are_each_others_reverse(bundle: Bundle, curie: str, other: str) -> None:
    prefix = curie.partition(":")[0]
    if other.partition(":")[0] != prefix or curie == other:
        return
    there, back = (bundle.term(c) for c in (other, curie))
    assert there is not None
    assert back is not None
    one, two = relation(bundle, curie, there.label), relation(bundle, other, back.label)
    if one == "broader" and two in ("broader", "narrower"):
        assert two == "narrower"
    assert (one == "broader") == (curie in bundle.ancestors(other)) or one in ("same", "near", "narrower")


@pytest.mark.parametrize(
    ("curie", "name", "expected"),
    [
        # short forms
        ("MS:1002481", "HCD", "near"),
        ("MS:1000133", "CID", "same"),
        ("MS:1000133", "CIDX", "unknown"),
        ("MS:1000133", "hcd", "other"),
        ("CL:2000001", "PBMCs", "same"),
        ("CL:0000624", "CD4 T cell", "near"),
        ("MS:1002732", "Lumos", "near"),
        ("MS:1002732", "Fusion Orbitrap", "unknown"),
        ("MS:1002732", "us", "unknown"),
        # one letter, and what grounding forgives
        ("UNIMOD:737", "TMT6plexx", "unknown"),
        ("UBERON:0001988", "faecas", "near"),
        ("CL:0000057", "fibroblast", "same"),
        ("CL:0000057", "fibrobalst", "near"),
        ("CL:0000057", "fibroblsat", "near"),
        ("CL:0000057", "fibrolast", "near"),
        ("CL:0000057", "libroblast", "near"),
        ("UNIMOD:737", "TMT5plex", "unknown"),  # digits are never a slip
        ("UO:0000036", "yeah", "unknown"),  # too short to tell
        ("UO:0000036", "years", "same"),
        # other terms
        ("MS:1001310", "Lys-C", "other"),
        ("MS:1002634", "Q Exactive", "other"),
        ("MS:1001313", "Trypsin", "other"),
        # above and below
        ("UBERON:0002048", "left lung", "broader"),
        ("UBERON:0002168", "lung", "narrower"),
        ("UBERON:0001114", "liver", "narrower"),  # part_of
        ("MONDO:0004970", "adenocarcinoma of lung", "broader"),
        ("UBERON:0002107", "liver tissue", "near"),
        ("UBERON:0002107", "liver lump", "broader"),
        # names that the ontology gives loosely
        ("UBERON:0002107", "hepatic gland", "same"),
        ("UBERON:0000178", "whole blood", "same"),
        ("MONDO:0004970", "mucinous adenocarcinoma of somewhere", "same"),
        # the retired name of the same thing
        ("UBERON:0001466", "old toe", "near"),
    ],
)
def test_how_a_name_relates_to_a_term(bundle: Bundle, curie: str, name: str, expected: str) -> None:
    assert relation(bundle, curie, name) == expected


def test_terms_of_the_accessions_own_ontology_come_first(bundle: Bundle) -> None:
    found = compare(bundle, ("CL:0000182",), "liver", bundle.plan(("UBERON", "CL")))
    assert (found.relation, found.here, [s.id for s in found.named]) == ("other", False, ["UBERON:0002107"])
    found = compare(bundle, ("UBERON:0002048",), "liver", bundle.plan(("CL", "UBERON")))
    assert (found.relation, found.here) == ("other", True)


@given(st.text())
def test_any_name_is_survived(bundle: Bundle, name: str) -> None:
    for curie in ("UBERON:0002107", "MS:1002481", "CVCL:0030"):
        assert relation(bundle, curie, name or " ") in ("same", "near", "broader", "narrower", "other", "unknown")
