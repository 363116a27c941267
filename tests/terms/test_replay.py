"""Decisions before the bundle: what they answer, what they leave alone, and what is wrong with them."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards.models.slots import MODEL
from omics_standards.terms import Bundle, NoBundle, Terms
from omics_standards.terms.decisions import Decision, DecisionFile, Decisions
from omics_standards.terms.keys import exact_key
from omics_standards.terms.replay import DECISION_STEPS, DecidedTerms, terms_for, with_decisions

TERM_SLOTS = [s.name for s in MODEL.slots.values() if s.kind == "term"]
TISSUE = ("UBERON", "CL")
LIVER = Decision("Livvre", "tissue", "is", "UBERON:0002107", "liver", confidence=0.8, file="lab.sssom.tsv", line=9)


def decided(base: Bundle | NoBundle, *found: Decision, slot: str = "tissue") -> Terms:
    return terms_for(with_decisions(base, Decisions([DecisionFile("lab.sssom.tsv", "0" * 64, found)])), slot)


def test_without_decisions_nothing_is_in_the_way(bundle: Bundle) -> None:
    assert with_decisions(bundle, Decisions()) is bundle
    assert terms_for(bundle, "tissue") is bundle


def test_a_decided_text_is_the_term(bundle: Bundle) -> None:
    terms = decided(bundle, LIVER)
    found = terms.ground("  livvre ", TISSUE)
    assert found == ("mapped", "UBERON:0002107", "liver", 0.8, "decision", (), "tiny-1")
    assert terms.verify("", "LIVVRE", TISSUE) == (found, ())
    assert terms.ground("livvres", TISSUE) == bundle.ground("livvres", TISSUE)
    assert terms.ground("lung", TISSUE) == bundle.ground("lung", TISSUE)
    assert terms.verify("UBERON:0002048", "lung", TISSUE) == bundle.verify("UBERON:0002048", "lung", TISSUE)


def test_it_comes_before_a_label_and_before_an_accession_in_the_text(bundle: Bundle) -> None:
    terms = decided(bundle, LIVER._replace(text="lung"), LIVER._replace(text="lung (UBERON:0002048)"))
    assert terms.ground("Lung", TISSUE).id == "UBERON:0002107"
    assert terms.ground("lung (UBERON:0002048)", TISSUE).id == "UBERON:0002107"


def test_it_holds_for_its_slot_only(bundle: Bundle) -> None:
    terms = decided(bundle, LIVER, slot="sampling_site")
    assert terms.ground("livvre", TISSUE) == bundle.ground("livvre", TISSUE)
    every = decided(bundle, LIVER._replace(slot=""), slot="sampling_site")
    assert every.ground("livvre", TISSUE).step == "decision"


def test_a_decision_for_all_slots_speaks_only_where_its_ontology_is_asked_for(bundle: Bundle) -> None:
    terms = decided(bundle, LIVER._replace(slot="", text="Q Exactive"), slot="instrument")
    assert terms.ground("Q Exactive", ("MS",)).id == "MS:1001911"
    assert terms.ground("Q Exactive", ("UBERON",)).id == "UBERON:0002107"
    assert terms.ground("Q Exactive", ()).id == "UBERON:0002107"
    tuareg = Decision("t", "", "is", "AfPO:0000145", "Tuareg")
    assert decided(bundle, tuareg, slot="ancestry").ground("t", ("HANCESTRO",)).id == "AfPO:0000145", "searched with HANCESTRO"


def test_no_term_found_keeps_the_text_and_is_silent(bundle: Bundle) -> None:
    terms = decided(bundle, Decision("lobe of the liver", "tissue", "none"))
    assert terms.verify("", "lobe of the liver", TISSUE) == (("unmapped", None, "", 0.0, "decision-none", (), ""), ())


def test_not_takes_a_name_away_from_one_term(bundle: Bundle) -> None:
    assert bundle.ground("lobe of the liver", TISSUE).status == "ambiguous"
    terms = decided(bundle, Decision("lobe of the liver", "tissue", "not", "UBERON:0001114", "right lobe of liver"))
    found = terms.ground("Lobe of the liver", TISSUE)
    assert (found.status, found.id, found.step) == ("mapped", "UBERON:0001115", "synonym"), "the other one is left"


def test_not_leaves_no_term_where_there_was_one_and_says_who_decided(bundle: Bundle) -> None:
    terms = decided(bundle, Decision("PBMC", "cell_type", "not", "CL:2000001", "PBMC", file="lab.sssom.tsv", line=12), slot="cell_type")
    assert bundle.ground("PBMC", ("CL",)).id == "CL:2000001"
    found, (issue,) = terms.verify("", "pbmc", ("CL",))
    assert (found.status, found.id) == ("unmapped", None)
    assert all(s.id != "CL:2000001" for s in found.suggestions)
    assert issue.code == "term-not-found"
    assert "lab.sssom.tsv, line 12" in issue.expected
    assert terms.ground("peripheral blood mononuclear cell", ("CL",)).id == "CL:2000001", "its other names stay"


def test_not_beside_the_very_accession_is_a_contradiction(bundle: Bundle) -> None:
    terms = decided(bundle, Decision("PBMC", "cell_type", "not", "CL:2000001", "PBMC", file="lab.sssom.tsv", line=12), slot="cell_type")
    found, issues = terms.verify("CL:2000001", "PBMC", ("CL",))
    assert (found.status, found.id, found.step) == ("ambiguous", None, "decision-not")
    assert [i.code for i in issues] == ["term-label-mismatch"]
    assert "lab.sssom.tsv, line 12" in issues[0].expected


def test_a_decision_settles_a_disagreement_only_where_it_names_the_same_id(bundle: Bundle) -> None:
    terms = decided(bundle, LIVER)
    assert bundle.verify("UBERON:0002107", "livvre", TISSUE)[1][0].code == "term-label-mismatch"
    found, issues = terms.verify("UBERON:0002107", "livvre", TISSUE)
    assert (found.id, found.step, issues) == ("UBERON:0002107", "decision", ())
    found, issues = terms.verify("UBERON_2107", "livvre", TISSUE)
    assert (found.id, found.step, [i.code for i in issues]) == ("UBERON:0002107", "decision", ["term-id-malformed"])
    assert terms.verify("UBERON:0002048", "livvre", TISSUE) == bundle.verify("UBERON:0002048", "livvre", TISSUE)


def test_an_accession_that_cannot_be_read_leaves_the_decision_on_the_name(bundle: Bundle) -> None:
    found, issues = decided(bundle, LIVER).verify("see notes", "livvre", TISSUE)
    assert (found.id, found.step, [i.code for i in issues]) == ("UBERON:0002107", "decision", ["term-id-malformed"])


@pytest.mark.parametrize(
    ("predicate", "word"), [("skos:broadMatch", "broader"), ("rdfs:subClassOf", "broader"), ("skos:narrowMatch", "narrower")]
)
def test_a_broader_or_narrower_term_is_carried_and_said(bundle: Bundle, predicate: str, word: str) -> None:
    found, (issue,) = decided(bundle, LIVER._replace(predicate=predicate)).verify("", "livvre", TISSUE)
    assert found.id == "UBERON:0002107"
    assert issue.code == "term-not-exact"
    assert word in issue.expected
    assert "lab.sssom.tsv, line 9" in issue.expected
    assert decided(bundle, LIVER._replace(predicate="skos:closeMatch")).verify("", "livvre", TISSUE)[1] == ()


def test_an_obsolete_term_is_replaced_or_not_taken_and_the_line_is_named(bundle: Bundle) -> None:
    found, (issue,) = decided(bundle, LIVER._replace(id="UBERON:9000002")).verify("", "livvre", TISSUE)
    assert (found.id, found.step) == ("UBERON:0001466", "decision")
    assert issue.code == "term-obsolete"
    assert issue.fix == "change the decision in lab.sssom.tsv, line 9: write UBERON:0001466"
    found, (issue,) = decided(bundle, LIVER._replace(id="UBERON:9000001")).verify("", "livvre", TISSUE)
    assert (found.status, found.id, issue.code) == ("unmapped", None, "term-obsolete")
    assert "lab.sssom.tsv, line 9" in issue.fix


@pytest.mark.parametrize(
    ("curie", "code"), [("UBERON:7777777", "term-unverifiable"), ("EFO:0001086", "term-wrong-branch"), ("CL:0000182", "term-wrong-branch")]
)
def test_a_term_that_does_not_fit_is_said_with_the_line(bundle: Bundle, curie: str, code: str) -> None:
    branch = ("EFO:0000635", "CL:0000084")
    found, (issue,) = decided(bundle, LIVER._replace(id=curie)).verify("", "livvre", ("UBERON", "EFO", "CL"), branch)
    assert found.status != "mapped"
    assert issue.code == code
    assert "lab.sssom.tsv, line 9" in issue.fix


def test_without_a_bundle_the_decision_stands_and_is_unverifiable() -> None:
    terms = decided(NoBundle(), LIVER)
    assert not terms
    found, (issue,) = terms.verify("", "livvre", TISSUE)
    assert (found.status, found.id, found.label, found.step) == ("unverifiable", "UBERON:0002107", "liver", "decision")
    assert issue.code == "term-unverifiable"
    assert "ontologies build" in issue.fix
    assert terms.ground("livvre", ("MS",)).id is None
    assert terms.verify("", "lump", TISSUE) == NoBundle().verify("", "lump", TISSUE)
    assert decided(NoBundle(), LIVER._replace(kind="none", id="")).verify("", "livvre", TISSUE)[1] == ()
    assert decided(NoBundle(), LIVER._replace(kind="not")).ground("livvre", TISSUE) == NoBundle().ground("livvre", TISSUE)


def test_the_bundle_s_interface_is_all_there(bundle: Bundle) -> None:
    terms = decided(bundle, LIVER)
    assert isinstance(terms, DecidedTerms)
    assert terms
    assert terms.versions() == bundle.versions()
    assert terms.ontologies() == bundle.ontologies()
    assert terms.term("UBERON:0002107") == bundle.term("UBERON:0002107")
    assert terms.names("UBERON:0002107") == bundle.names("UBERON:0002107")
    assert terms.is_under("UBERON:0002107", ("UBERON:0001062",)) is True
    assert terms.ancestors("UBERON:0002107") == bundle.ancestors("UBERON:0002107")
    assert terms.path == bundle.path
    assert terms_for(terms, "tissue") is terms
    assert terms_for(terms, "cell_type") is terms_for(terms, "cell_type")
    with pytest.raises(AttributeError):
        terms.nothing  # noqa: B018


def test_it_travels_to_another_process(bundle: Bundle) -> None:
    terms = pickle.loads(pickle.dumps(decided(bundle, LIVER)))
    assert terms.ground("livvre", TISSUE) == decided(bundle, LIVER).ground("livvre", TISSUE)


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(lambda t: bool(exact_key(t))),
    st.sampled_from(TERM_SLOTS),
)
def test_what_is_decided_is_answered_however_it_is_spelt(bundle: Bundle, text: str, slot: str) -> None:
    """Law: two texts of one normal form have one decision, in its slot and in no other."""
    one = Decision(text, slot, "none")
    known = Decisions([DecisionFile("lab", "0" * 64, (one,))])
    terms = with_decisions(bundle, known)
    for spelling in (text, f"  {text} ", text.replace(" ", "  "), *([text.upper(), text.lower()] if text.isascii() else [])):
        assert terms_for(terms, slot).ground(spelling, TISSUE).step == "decision-none"
    assert all(known.find(text, other) is None for other in TERM_SLOTS if other != slot)


def test_steps_have_names_of_their_own() -> None:
    from omics_standards.terms.ground import STEPS

    assert not set(DECISION_STEPS) & set(STEPS)
