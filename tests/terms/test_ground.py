from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards.findings import CODES
from omics_standards.terms import Bundle, NoBundle, get_terms, issues_of, open_bundle
from omics_standards.terms.ground import STEPS, UNVERIFIED
from omics_standards.values.missing import is_missing
from terms.tiny import TERMS, VERSION, prefixes

ANATOMY = ("UBERON", "CL")
TAXA = ("NCBITaxon",)


@pytest.mark.parametrize(
    ("text", "within", "curie", "step"),
    [
        ("liver", ANATOMY, "UBERON:0002107", "label"),
        ("  LIVER ", ANATOMY, "UBERON:0002107", "label"),
        ("jecur", ANATOMY, "UBERON:0002107", "synonym"),
        ("skin", ANATOMY, "UBERON:0000014", "synonym"),
        ("bone-marrow", ANATOMY, "UBERON:0002371", "label-folded"),
        ("T-cell", ANATOMY, "CL:0000084", "synonym"),
        ("T lymphocyte", ANATOMY, "CL:0000084", "synonym-folded"),
        ("hepatocyte", ANATOMY, "CL:0000182", "label"),
        ("COVID-19", ("MONDO",), "MONDO:0100096", "label"),
        ("Alzheimer\u2019s disease", ("MONDO",), "MONDO:0004975", "synonym"),
        ("(+)-menthol", ("CHEBI",), "CHEBI:76306", "label"),
        ("Homo sapiens", TAXA, "NCBITaxon:9606", "label"),
        ("human", TAXA, "NCBITaxon:9606", "synonym"),
        ("escherichia coli", TAXA, "NCBITaxon:562", "label"),
        ("SARS-CoV-2", TAXA, "NCBITaxon:2697049", "synonym"),
        ("gut metagenome", TAXA, "NCBITaxon:749906", "label"),
        ("q exactive", ("MS",), "MS:1001911", "label"),
        ("HCD", ("MS",), "MS:1000422", "synonym"),
        ("Hydroxylation", ("UNIMOD",), "UNIMOD:35", "synonym"),
        ("UBERON:0002107", ANATOMY, "UBERON:0002107", "accession"),
        ("uberon_0002107", ANATOMY, "UBERON:0002107", "accession"),
        ("UBERON:2107", ANATOMY, "UBERON:0002107", "accession"),
        ("http://purl.obolibrary.org/obo/CL_0000182", ANATOMY, "CL:0000182", "accession"),
        ("Unimod:4", ("UNIMOD",), "UNIMOD:4", "accession"),
        ("taxid:9606", TAXA, "NCBITaxon:9606", "accession"),
        ("liver (UBERON:0002107)", ANATOMY, "UBERON:0002107", "accession-and-name"),
        ("whole blood [UBERON:0000178]", ANATOMY, "UBERON:0000178", "accession-and-name"),  # a related name confirms an id
        ("EFO:0000887", ANATOMY, "UBERON:0002107", "obsolete-replaced"),
        ("UBERON:9000002", ANATOMY, "UBERON:0001466", "obsolete-replaced"),  # two replacements in a chain
        ("Tuareg", ("HANCESTRO",), "AfPO:0000145", "label"),
    ],
)
def test_text_is_grounded_by_the_step_named(bundle: Bundle, text: str, within: tuple[str, ...], curie: str, step: str) -> None:
    answer = bundle.ground(text, within)
    assert (answer.status, answer.id, answer.step) == ("mapped", curie, step)
    assert answer.confidence == STEPS[step] > 0.5
    assert answer.version == VERSION
    term = bundle.term(curie)
    assert term is not None
    assert answer.label == term.label


@pytest.mark.parametrize(
    ("text", "within", "curie", "step"),
    [
        ("hepatocytes", ANATOMY, "CL:0000182", "wording"),
        ("cancers of the breast", ("MONDO",), "MONDO:0007254", "word-order"),
        ("Diabetes Mellitus, Type II", ("MONDO",), "MONDO:0005148", "word-order"),
        ("CD4+ alpha-beta T cells", ANATOMY, "CL:0000624", "wording"),
        ("α-β T cell, CD4 positive", ANATOMY, "CL:0000624", "word-order"),
        ("A549", ("CVCL",), "CVCL:0023", "spacing"),
        ("QExactive", ("MS",), "MS:1001911", "spacing"),
        ("liver tissue", ANATOMY, "UBERON:0002107", "plain-words"),
        ("human kidney biopsy", ANATOMY, "UBERON:0002113", "plain-words"),
        ("HeLa cells", ("CVCL",), "CVCL:0030", "plain-words"),
        ("Alzheimer's disease (AD)", ("MONDO",), "MONDO:0004975", "plain-words"),
        ("hepatobiliary system - liver", ANATOMY, "UBERON:0002107", "part-beside-whole"),
        ("Type 2 diabetes disease", ("MONDO",), None, "no-match"),  # the text has more than the name
        ("breast cancer syndrome", ("MONDO",), None, "no-match"),
        ("Q Exactiv Plus", ("MS",), "MS:1002634", "spelling"),
        ("hepatocites", ANATOMY, "CL:0000182", "spelling"),
        ("hepatocites", ("CHEBI",), None, "no-match"),
        ("whole blood", ANATOMY, "UBERON:0000178", "plain-words"),  # blood has it as a related name, and it is blood, whole
        ("whole encephalon", ANATOMY, None, "no-match"),  # related, but to what no plain word leads
        ("Brain - Putamen (basal nuclei)", ANATOMY, "UBERON:0001874", "part-beside-whole"),
        ("Liver - Putamen (basal nuclei)", ANATOMY, None, "no-match"),
        ("brain (putamen) tissue", ANATOMY, "UBERON:0001874", "part-beside-whole"),
        ("brain/putamen", ANATOMY, None, "no-match"),
        ("endothelial", ("CL", "UBERON"), "CL:0000115", "plain-words"),
        ("endothelial", ANATOMY, None, "no-match"),  # a tissue as well as a cell, where tissues are asked for first
        ("s__Mus_musculus", TAXA, "NCBITaxon:10090", "name-after-prefix"),
        ("s__Mus_", TAXA, None, "no-match"),
        ("mouse Escherichia coli", TAXA, None, "no-match"),
        ("bovine insulin", ("CHEBI",), None, "no-match"),
        ("human Alzheimer disease", ("MONDO",), None, "no-match"),
        ("Thermo Scientific Q Exactive HF", ("MS",), "MS:1002523", "plain-words"),
        ("Bruker Q", ("MS",), None, "no-match"),
        ("NextSeq 550", ("MS", "EFO"), "EFO:9000001", "plain-words"),
        ("NextSeq 551", ("MS", "EFO"), None, "no-match"),
        ("HeLa (ATCC CCL-2)", ("CVCL",), "CVCL:0030", "plain-words"),
        ("HeLa passage 12", ("CVCL",), "CVCL:0030", "plain-words"),
        ("HeLa clone 12", ("CVCL",), None, "no-match"),
        ("Vero E6", ("CVCL",), None, "no-match"),  # "E6-S" is another line
        ("2", ("CVCL", "EFO"), None, "no-match"),
        ("hippurate", ("CHEBI",), None, "no-match"),  # the plural is a class
        ("cell", ("EFO",), None, "no-match"),
        ("simple", ("EFO",), None, "no-match"),
        ("well water", ("EFO",), None, "no-match"),
        ("Well (water)", ("EFO",), "EFO:9000004", "word-order"),
        ("NA", ANATOMY, None, "no-match"),
        ("N/A", ANATOMY, None, "no-match"),
        ("CD4- alpha-beta T cell", ANATOMY, None, "no-match"),  # the sign is the meaning
        ("hand grip (left)", ANATOMY, None, "no-match"),
        ("kidney/liver", ANATOMY, None, "no-match"),
    ],
)
def test_looser_forms_are_accepted_step_by_step(bundle: Bundle, text: str, within: tuple[str, ...], curie: str | None, step: str) -> None:
    answer = bundle.ground(text, within)
    assert (answer.id, answer.step) == (curie, step)
    assert (answer.confidence > 0) == (curie is not None)
    assert answer == bundle.ground(text, within)


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("live", ANATOMY),
        ("portion of whole blood", ANATOMY),
        ("integument", ANATOMY),  # broader than the term
        ("mucinous adenocarcinoma of somewhere", ("MONDO",)),  # narrower than the term: mapping it would lose what it says
        ("adenocarcinoma of lung", ("MONDO",)),
        ("liver/lung", ANATOMY),
        ("fetal liver", ANATOMY),  # narrower
        ("menthol", ("CHEBI",)),
        ("A594", ("CVCL",)),
        ("lump of the liver", ANATOMY),  # obsolete, nothing took its place
        ("old toe", ANATOMY),  # obsolete, replaced: what the replacement is worth is for a person to say
        ("circle one", ANATOMY),  # replaced in a circle
        ("9606", TAXA),
        ("Escherichia", TAXA),
        ("liver", ("MONDO",)),
        ("", ANATOMY),
        ("   ", ANATOMY),
        ("-", ANATOMY),
        ("liver " * 500, ANATOMY),
    ],
)
def test_what_is_not_the_same_is_never_accepted(bundle: Bundle, text: str, within: tuple[str, ...]) -> None:
    answer = bundle.ground(text, within)
    assert (answer.status, answer.id, answer.confidence) == ("unmapped", None, 0.0)


@pytest.mark.parametrize(
    ("text", "within", "first"),
    [
        ("live", ANATOMY, "UBERON:0002107"),
        ("barin", ANATOMY, "UBERON:0000955"),
        ("kidny", ANATOMY, "UBERON:0002113"),
        ("hepatic glands", ANATOMY, "UBERON:0002107"),
        ("lump of the liver", ANATOMY, "UBERON:0002107"),
        ("Q Exactive Pro", ("MS",), "MS:1001911"),
        ("hepatcits", ANATOMY, "CL:0000182"),
    ],
)
def test_near_texts_are_suggested(bundle: Bundle, text: str, within: tuple[str, ...], first: str) -> None:
    suggestions = bundle.ground(text, within).suggestions
    assert suggestions[0].id == first
    assert len(suggestions) <= 5
    assert [s.score for s in suggestions] == sorted((s.score for s in suggestions), reverse=True)
    assert not bundle.ground(text, within, suggest=False).suggestions


def test_ambiguous_names_are_reported_not_chosen(bundle: Bundle) -> None:
    answer = bundle.ground("lobe of the liver", ANATOMY)
    assert (answer.status, answer.id, answer.step) == ("ambiguous", None, "ambiguous-name")
    assert [s.id for s in answer.suggestions] == ["UBERON:0001114", "UBERON:0001115"]
    assert bundle.ground("Bacillus", TAXA).status == "ambiguous"  # bacteria and walking sticks
    assert bundle.ground("mouse", TAXA).status == "ambiguous"  # genus and species


@pytest.mark.parametrize(
    ("text", "within", "offered"),
    [
        ("M", ("PATO",), "PATO:0001345"),
        ("SN", ANATOMY, "UBERON:2000442"),
        ("Vip", ("CL",), "CL:9000001"),  # the ontology's own spelling says that it is an abbreviation
        ("H9", ("CVCL",), "CVCL:1240"),
        ("H9 (passage 3)", ("CVCL", "EFO"), "CVCL:1240"),
    ],
)
def test_what_is_too_short_to_say_which_is_left_to_a_person(bundle: Bundle, text: str, within: tuple[str, ...], offered: str) -> None:
    answer = bundle.ground(text, within)
    assert (answer.status, answer.id, answer.step) == ("ambiguous", None, "abbreviation")
    assert [s.id for s in answer.suggestions] == [offered]


def test_capitals_do_not_choose_between_two_terms(bundle: Bundle) -> None:
    for text in ("White", "white", "WHITE"):
        answer = bundle.ground(text, ("HANCESTRO",))
        assert (answer.status, answer.step) == ("ambiguous", "ambiguous-name")
        assert [s.id for s in answer.suggestions] == ["HANCESTRO:0005", "HANCESTRO:0590"]


def test_branch_decides_between_terms_of_one_name(bundle: Bundle) -> None:
    assert bundle.ground("Bacillus", TAXA, ("NCBITaxon:40674",)).id == "NCBITaxon:1386"
    assert bundle.ground("mouse", TAXA, ("NCBITaxon:10090",)).id == "NCBITaxon:10090"


def test_order_of_ontologies_is_a_priority(bundle: Bundle) -> None:
    assert bundle.ground("A549", ("CVCL", "EFO")).id == "EFO:0001086"
    assert bundle.ground("A-549", ("EFO", "CVCL")).id == "CVCL:0023"
    assert bundle.ground("adult stage", ("HsapDv",)).id == "HsapDv:0000258"  # not the obsolete one of the same name


def test_branch_restricts_the_terms_of_its_own_ontology(bundle: Bundle) -> None:
    instrument = ("MS:1000031",)
    assert bundle.ground("Q Exactive", ("MS",), instrument).id == "MS:1001911"
    refused = bundle.ground("Trypsin", ("MS",), instrument)
    assert refused.status == "unmapped"
    assert refused.suggestions[0].id == "MS:1001251"
    assert bundle.ground("MS:1001251", ("MS",), instrument).step == "accession-wrong-branch"
    assert bundle.ground("hepatocyte", ANATOMY, ("UBERON:0001062",)).id == "CL:0000182"
    assert bundle.ground("right lobe of liver", ANATOMY, ("UBERON:0002107",)).status == "mapped"  # by part_of
    assert bundle.ground("lung", ANATOMY, ("UBERON:0002107",)).status == "unmapped"


def test_branch_that_cannot_be_checked_is_said_to_be_unverified(bundle: Bundle) -> None:
    answer = bundle.ground("Escherichia coli", TAXA, ("NCBITaxon:33208",))
    assert (answer.id, answer.step) == ("NCBITaxon:562", "label" + UNVERIFIED)
    assert bundle.ground("NCBITaxon:562", TAXA, ("NCBITaxon:33208",)).step == "accession" + UNVERIFIED
    assert bundle.ground("Homo sapiens", TAXA, ("NCBITaxon:33208",)).step == "label"


@pytest.mark.parametrize(
    ("text", "within", "status", "step", "curie"),
    [
        ("UBERON:9999999", ANATOMY, "unverifiable", "accession-not-in-bundle", "UBERON:9999999"),
        ("envo_00002010", ("ENVO",), "unverifiable", "ontology-not-in-bundle", "ENVO:00002010"),
        ("sea water", ("ENVO",), "unverifiable", "ontology-not-in-bundle", None),
        ("sea water", ("ENVO", "UBERON"), "unverifiable", "ontology-not-in-bundle", None),
        ("sea water", ("UBERON", "ENVO"), "unmapped", "no-match", None),
        ("MONDO:0100096", ANATOMY, "unmapped", "accession-wrong-ontology", None),
        ("BTO:0000759", ANATOMY, "unmapped", "accession-wrong-ontology", None),
        ("HsapDv:0000087", ("HsapDv",), "unmapped", "accession-obsolete", None),
        ("UBERON:9000003", ANATOMY, "unmapped", "accession-obsolete", None),
        ("lung (UBERON:0002107)", ANATOMY, "ambiguous", "accession-and-name-disagree", None),
    ],
)
def test_accessions_that_do_not_hold(bundle: Bundle, text: str, within: tuple[str, ...], status: str, step: str, curie: str | None) -> None:
    answer = bundle.ground(text, within)
    assert (answer.status, answer.step, answer.id) == (status, step, curie)


def test_name_that_looks_like_an_accession_is_still_a_name(bundle: Bundle) -> None:
    assert bundle.ground("GO_term1", ANATOMY).step == "no-match"
    assert bundle.ground("MA_12", ANATOMY).step == "no-match"


def test_every_label_and_exact_synonym_leads_to_its_term_or_is_ambiguous(bundle: Bundle) -> None:
    seen = 0
    for line in TERMS.splitlines():
        curie = line.partition(" ")[0]
        term = bundle.term(curie) if curie else None
        if term is None or term.obsolete:
            continue
        for name in bundle.names(curie):
            if name.scope in ("label", "exact") and not is_missing(name.text):
                answer = bundle.ground(name.text, (curie.partition(":")[0],))
                seen += 1
                assert answer.id == curie or (answer.status == "ambiguous" and curie in {s.id for s in answer.suggestions})
    assert seen > 100


@given(text=st.text() | st.text("UBERON:_0123 liver/()[]<>\ud800\x00", max_size=40), slot=st.sampled_from([*prefixes(), "ENVO", ""]))
def test_any_text_is_survived(bundle: Bundle, text: str, slot: str) -> None:
    within = (slot,) if slot else ()
    for source in (bundle, NoBundle()):
        for branch in ((), ("UBERON:0001062", "NCBITaxon:33208")):
            answer = source.ground(text, within, branch)
            assert answer.status in ("mapped", "ambiguous", "unmapped", "unverifiable")
            assert answer.step.removesuffix(UNVERIFIED) in STEPS
            assert (answer.confidence > 0) == (answer.status == "mapped") == bool(answer.label)
            assert all(issue.code in CODES for issue in issues_of(text, answer, within))
            assert (answer.status == "mapped" and not answer.step.startswith(("accession", "obsolete"))) <= (
                issues_of(text, answer, within) == ()
            )


def test_answers_do_not_depend_on_what_was_asked_before(tiny_bundle: Path, bundle: Bundle) -> None:
    texts = ["live", "mouse", "Q Exactive", "lobe of the liver", "egg-and-chicken part", "chicken-and-egg part"]
    with Bundle(tiny_bundle) as fresh:
        for text in reversed(texts):
            for within in (ANATOMY, TAXA, ("MS",)):
                for branch in ((), ("UBERON:0001062", "MS:1000031", "NCBITaxon:10090")):
                    assert fresh.ground(text, within, branch) == bundle.ground(text, within, branch)


def test_without_a_bundle_everything_is_unverifiable(tmp_path: Path) -> None:
    assert open_bundle(tmp_path / "none.sqlite") is None
    terms = get_terms(tmp_path / "none.sqlite")
    assert not terms
    assert terms.versions() == {}
    assert terms.term("UBERON:0002107") is None
    answer = terms.ground("liver", ANATOMY)
    assert (answer.status, answer.id, answer.step) == ("unverifiable", None, "no-bundle")
    answer, issues = terms.verify("uberon_0002107", "liver", ANATOMY)
    assert (answer.status, answer.id) == ("unverifiable", "UBERON:0002107")
    assert [i.code for i in issues] == ["term-unverifiable"]
    assert "omics-standards ontologies build" in issues[0].fix


def test_a_pickled_bundle_opens_the_same_file(bundle: Bundle) -> None:
    with pickle.loads(pickle.dumps(bundle)) as copy:
        assert copy.ground("liver", ANATOMY) == bundle.ground("liver", ANATOMY)
