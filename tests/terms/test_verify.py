from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards.findings import CODES
from omics_standards.terms import Bundle, NoBundle
from terms.tiny import VERSION

ANATOMY = ("UBERON", "CL")


@pytest.mark.parametrize(
    ("curie", "name", "within", "expected", "step", "codes"),
    [
        ("MS:1001911", "Q Exactive", ("MS",), "MS:1001911", "accession-and-name", []),
        ("MS:1000422", "HCD", ("MS",), "MS:1000422", "accession-and-name", []),
        ("UBERON:0000178", "Whole Blood", ANATOMY, "UBERON:0000178", "accession-and-name", []),
        ("NCBITaxon:1386", "Bacillus", ("NCBITaxon",), "NCBITaxon:1386", "accession-and-name", []),  # decides an ambiguous name
        ("UBERON:0002107", "", ANATOMY, "UBERON:0002107", "accession", []),
        ("", "liver", ANATOMY, "UBERON:0002107", "label", []),
        (" ", "live", ANATOMY, None, "no-match", ["term-not-found"]),
        ("MS:1001911", "Q Exactive Plus", ("MS",), None, "accession-and-name-disagree", ["term-label-mismatch"]),
        ("MS:1001310", "Lys-C", ("MS",), None, "accession-and-name-disagree", ["term-label-mismatch"]),
        ("UBERON:9999999", "liver", ANATOMY, "UBERON:9999999", "accession-not-in-bundle", ["term-unverifiable"]),
        ("ENVO:00002010", "sea water", ("ENVO",), "ENVO:00002010", "ontology-not-in-bundle", ["term-unverifiable"]),
        # repaired spellings
        ("Unimod:4", "Carbamidomethyl", ("UNIMOD",), "UNIMOD:4", "accession-and-name", ["term-id-malformed"]),
        ("1001911", "Q Exactive", ("MS",), "MS:1001911", "accession-and-name", ["term-id-malformed"]),
        ("MS 1001911", "Q Exactive", ("MS",), "MS:1001911", "accession-and-name", ["term-id-malformed"]),
        ("36", "year", ("UO",), "UO:0000036", "accession-and-name", ["term-id-malformed"]),
        ("UO:36", "year", ("UO",), "UO:0000036", "accession-and-name", ["term-id-malformed"]),
        ("9606", "", ("NCBITaxon",), "NCBITaxon:9606", "accession", ["term-id-malformed"]),
        ("NEWT:9606", "Homo sapiens", ("NCBITaxon",), "NCBITaxon:9606", "accession-and-name", ["term-id-malformed"]),
        ("http://purl.obolibrary.org/obo/CL_0000182", "hepatocyte", ANATOMY, "CL:0000182", "accession-and-name", ["term-id-malformed"]),
        ("NCIT_C49152", "x", ("NCIT",), "NCIT:C49152", "ontology-not-in-bundle", ["term-id-malformed", "term-unverifiable"]),
        ("PRIDE_0000568", "", ("PRIDE",), "PRIDE:0000568", "ontology-not-in-bundle", ["term-id-malformed", "term-unverifiable"]),
        # obsolete
        ("EFO:0000887", "liver", ANATOMY, "UBERON:0002107", "obsolete-replaced", ["term-obsolete"]),
        ("UBERON:9000002", "old toe", ANATOMY, "UBERON:0001466", "obsolete-replaced", ["term-obsolete"]),
        ("UBERON:0000027", "pedal digit", ANATOMY, "UBERON:0001466", "obsolete-replaced", ["term-obsolete"]),
        ("UBERON:0000027", "brain", ANATOMY, None, "accession-and-name-disagree", ["term-obsolete", "term-label-mismatch"]),
        ("HsapDv:0000087", "adult stage", ("HsapDv",), "HsapDv:0000258", "name-beside-accession", ["term-obsolete"]),
        ("UBERON:9000003", "", ANATOMY, None, "accession-obsolete", ["term-obsolete"]),
        # of another ontology or branch
        ("MONDO:0100096", "COVID-19", ANATOMY, None, "accession-wrong-ontology", ["term-wrong-ontology"]),
        ("PRIDE:0000568", "liver", ANATOMY, "UBERON:0002107", "name-beside-accession", ["term-wrong-ontology"]),
        ("MONDO:0100096", "liver", ANATOMY, None, "accession-wrong-ontology", ["term-wrong-ontology"]),
        ("MOP:0000673", "liver", ANATOMY, "UBERON:0002107", "name-beside-accession", ["term-wrong-ontology"]),
        # no accession at all
        ("see notes", "liver", ANATOMY, "UBERON:0002107", "label", ["term-id-malformed"]),
        ("36", "liver", ANATOMY, "UBERON:0002107", "label", ["term-id-malformed"]),
    ],
)  # fmt: skip
def test_accession_against_name(
    bundle: Bundle, curie: str, name: str, within: tuple[str, ...], expected: str | None, step: str, codes: list[str]
) -> None:
    answer, issues = bundle.verify(curie, name, within)
    assert (answer.id, answer.step, [i.code for i in issues]) == (expected, step, codes)
    assert all(issue.expected and issue.fix for issue in issues)


def test_a_mismatch_says_what_both_are(bundle: Bundle) -> None:
    answer, (issue,) = bundle.verify("MS:1001911", "Q Exactive Plus", ("MS",))
    assert answer.status == "ambiguous"
    assert [s.id for s in answer.suggestions] == ["MS:1002634", "MS:1001911"]
    assert issue.expected == "a name of MS:1001911, which is 'Q Exactive'"
    assert issue.fix == "'Q Exactive Plus' is MS:1002634; correct the accession, or write 'Q Exactive'"


def test_an_unknown_id_names_the_version_of_the_bundle(bundle: Bundle) -> None:
    _, (issue,) = bundle.verify("UBERON:9999999", "", ANATOMY)
    assert f"UBERON {VERSION}" in issue.expected


def test_an_obsolete_id_names_its_replacement(bundle: Bundle) -> None:
    _, (issue,) = bundle.verify("EFO:0000887", "", ANATOMY)
    assert issue.expected == "UBERON:0002107 (liver), which replaced EFO:0000887 (obsolete_liver)"
    assert issue.fix == "write UBERON:0002107"
    _, (issue,) = bundle.verify("HsapDv:0000087", "", ("HsapDv",))
    assert "HsapDv:0000258" in issue.fix


def test_a_repaired_spelling_is_only_worth_knowing(bundle: Bundle) -> None:
    _, (issue,) = bundle.verify("uberon:0002107", "liver", ANATOMY)
    assert issue == ("term-id-malformed", "the form UBERON:0002107", "read as UBERON:0002107", "info")
    _, (issue,) = bundle.verify("see notes", "liver", ANATOMY)
    assert issue.severity is None  # a warning: the cell holds something else


def test_wrong_branch_has_its_own_finding(bundle: Bundle) -> None:
    answer, (issue,) = bundle.verify("MS:1001251", "Trypsin", ("MS",), ("MS:1000031",))
    assert (answer.status, issue.code) == ("unmapped", "term-wrong-branch")
    assert "MS:1001251 (Trypsin)" in issue.expected


@given(curie=st.text() | st.text("UBERON:_0127 \ud800", max_size=16), name=st.text() | st.sampled_from(["liver", "Q Exactive", ""]))
def test_any_pair_is_survived(bundle: Bundle, curie: str, name: str) -> None:
    for terms in (bundle, NoBundle()):
        for within in (ANATOMY, ("UO", "MS"), ("ENVO",), ()):
            answer, issues = terms.verify(curie, name, within)
            assert all(issue.code in CODES for issue in issues)
            assert answer.status == "mapped" or answer.confidence == 0


def test_an_accession_of_no_use_is_answered_with_what_the_name_is(bundle: Bundle) -> None:
    for curie in ("UBERON:9999999", "MONDO:0100096", "PRIDE:0000568", "UBERON:9000003"):
        _, (issue,) = bundle.verify(curie, "liver", ANATOMY)
        assert "did you mean 'liver' (UBERON:0002107)" in issue.fix, curie
