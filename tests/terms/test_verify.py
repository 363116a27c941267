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
        ("UBERON:9999999", "flux capacitor", ANATOMY, "UBERON:9999999", "accession-not-in-bundle", ["term-unverifiable"]),
        ("UBERON:9999999", "liver", ANATOMY, None, "accession-and-name-disagree", ["term-id-unknown"]),
        ("NCBITaxon:99999999", "Homo sapiens", ("NCBITaxon",), None, "accession-and-name-disagree", ["term-id-unknown"]),
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
        ("２１０７", "liver", ANATOMY, "UBERON:0002107", "accession-and-name", ["term-id-malformed"]),
        ("2107.0", "liver", ANATOMY, "UBERON:0002107", "accession-and-name", ["term-id-malformed"]),
        ("2.107E3", "liver", ANATOMY, "UBERON:0002107", "accession-and-name", ["term-id-malformed"]),
        ("UBERON:2107", "liver", ANATOMY, "UBERON:0002107", "accession-and-name", ["term-id-malformed"]),
        ("UBERON:2107.0", "", ANATOMY, "UBERON:0002107", "accession", ["term-id-malformed"]),
        ("UBERON:0002 107", "liver", ANATOMY, "UBERON:0002107", "accession-and-name", ["term-id-malformed"]),
        ("UBERON:OOO2107", "liver", ANATOMY, "UBERON:0002107", "accession-and-name", ["term-id-malformed"]),
        ("UBERON:UBERON:0002107.", "liver", ANATOMY, "UBERON:0002107", "accession-and-name", ["term-id-malformed"]),
        ("ＵＢＥＲＯＮ：0002107", "liver", ANATOMY, "UBERON:0002107", "accession-and-name", ["term-id-malformed"]),
        ("4", "Carbamidomethyl", (), "UNIMOD:4", "accession-and-name", ["term-id-malformed"]),  # only one ontology fits the name
        ("35", "lump", (), None, "ontology-not-in-bundle", ["term-id-malformed", "term-unverifiable"]),
        ("NCIT_C49152", "x", ("NCIT",), "NCIT:C49152", "ontology-not-in-bundle", ["term-id-malformed", "term-unverifiable"]),
        ("PRIDE_0000568", "", ("PRIDE",), "PRIDE:0000568", "ontology-not-in-bundle", ["term-id-malformed", "term-unverifiable"]),
        # obsolete
        ("EFO:0000887", "liver", ANATOMY, "UBERON:0002107", "obsolete-replaced", ["term-obsolete"]),
        ("UBERON:9000002", "old toe", ANATOMY, "UBERON:0001466", "obsolete-replaced", ["term-obsolete"]),
        ("UBERON:0000027", "pedal digit", ANATOMY, "UBERON:0001466", "obsolete-replaced", ["term-obsolete"]),
        ("UBERON:0000027", "brain", ANATOMY, None, "accession-and-name-disagree", ["term-obsolete", "term-label-mismatch"]),
        ("HsapDv:0000087", "adult stage", ("HsapDv",), "HsapDv:0000258", "name-beside-accession", ["term-obsolete"]),
        ("UBERON:9000003", "", ANATOMY, None, "accession-obsolete", ["term-obsolete"]),
        ("UBERON:9000009", "organ of the belly", ANATOMY, None, "accession-obsolete", ["term-obsolete"]),
        # a name that is no name of the term, but the name of nothing else
        ("MS:1002481", "HCD", ("MS",), "MS:1002481", "accession-and-near-name", ["term-name-near"]),
        ("MS:1000422", "beam-type CID", ("MS",), None, "accession-and-name-disagree", ["term-label-mismatch"]),
        ("CHEBI:18320", "dithiothreitol", ("CHEBI",), "CHEBI:18320", "accession-and-near-name", ["term-name-near"]),
        ("MS:1002732", "Fusion Lumos", ("MS",), "MS:1002732", "accession-and-near-name", ["term-name-near"]),
        ("CL:0000057", "fibroblasts", ANATOMY, "CL:0000057", "accession-and-name", []),
        ("CL:0000182", "hepatocyt", ANATOMY, "CL:0000182", "accession-and-near-name", ["term-name-near"]),
        ("UBERON:0002107", "liver tissue", ANATOMY, "UBERON:0002107", "accession-and-near-name", ["term-name-near"]),
        ("UBERON:9000009", "flux capacitor", ANATOMY, None, "accession-obsolete", ["term-obsolete"]),
        ("UBERON:0002107", "UBERON_0002107", ANATOMY, "UBERON:0002107", "accession-and-name", []),
        ("UBERON:0002107", "UBERON_0002048", ANATOMY, None, "accession-and-name-disagree", ["term-label-mismatch"]),
        # broader and narrower than the text
        ("MONDO:0007254", "carcinoma of breast", ("MONDO",), None, "accession-and-name-disagree", ["term-broader-than-text"]),
        ("MONDO:0004970", "adenocarcinoma of elsewhere", ("MONDO",), None, "accession-and-name-disagree", ["term-broader-than-text"]),
        ("MONDO:0004989", "breast cancer", ("MONDO",), None, "accession-and-name-disagree", ["term-narrower-than-text"]),
        ("UBERON:0002048", "left lung", ANATOMY, None, "accession-and-name-disagree", ["term-broader-than-text"]),
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


def _verified(bundle: Bundle, curie: str, name: str, within: tuple[str, ...]) -> tuple[str, str, str]:
    """Severity, expectation and fix of the last issue."""
    _, issues = bundle.verify(curie, name, within)
    return issues[-1].severity or CODES[issues[-1].code].severity, issues[-1].expected, issues[-1].fix


def test_only_the_name_of_another_term_of_the_ontology_is_an_error(bundle: Bundle) -> None:
    assert _verified(bundle, "MS:1001911", "Q Exactive Plus", ("MS",))[0] == "error"
    assert _verified(bundle, "NCBITaxon:99999999", "Homo sapiens", ("NCBITaxon",))[0] == "error"
    # The label may have several ids, one of them in another ontology: a warning.
    assert _verified(bundle, "CL:0000182", "liver", ANATOMY)[0] == "warning"
    assert _verified(bundle, "UBERON:0002107", "flux capacitor", ANATOMY)[0] == "warning"
    # What is only taken for the name of another term refutes nothing.
    assert _verified(bundle, "MS:1002523", "Q Exactiv Plus", ("MS",))[:2] == ("warning", "a name of MS:1002523, which is 'Q Exactive HF'")
    assert bundle.verify("MS:7000000", "Q Exactiv Plus", ("MS",))[1][0].code == "term-unverifiable"
    assert _verified(bundle, "MONDO:0004970", "adenocarcinoma of elsewhere", ("MONDO",))[0] == "warning"
    assert _verified(bundle, "MS:1002481", "HCD", ("MS",))[0] == "info"


def test_no_alarm_where_any_term_of_the_name_fits(bundle: Bundle) -> None:
    for curie in ("UBERON:0001114", "UBERON:0001115"):
        answer, issues = bundle.verify(curie, "Lobe of the liver", ANATOMY)
        assert (answer.id, issues) == (curie, ())


def test_a_broader_accession_is_told_with_the_right_one(bundle: Bundle) -> None:
    answer, (issue,) = bundle.verify("MONDO:0007254", "carcinoma of breast", ("MONDO",))
    assert [s.id for s in answer.suggestions] == ["MONDO:0004989", "MONDO:0007254"]
    assert issue.expected == (
        "an accession as narrow as the text: 'carcinoma of breast' is MONDO:0004989 (breast carcinoma), "
        "and MONDO:0007254 (breast cancer) is broader"
    )
    assert issue.fix == "write MONDO:0004989"


def test_a_text_that_says_more_than_the_accession_is_not_taken_for_it(bundle: Bundle) -> None:
    # No term here has the whole name: it is told all the same.
    answer, (issue,) = bundle.verify("MONDO:0004970", "adenocarcinoma of lung", ("MONDO",))
    assert (answer.status, issue.code) == ("ambiguous", "term-broader-than-text")
    assert issue.expected == "an accession that says all of 'adenocarcinoma of lung'; MONDO:0004970 (adenocarcinoma) says less"


def test_a_narrower_accession_is_told_with_the_right_one(bundle: Bundle) -> None:
    _, expected, fix = _verified(bundle, "MONDO:0004989", "breast cancer", ("MONDO",))
    assert "'breast cancer' is MONDO:0007254, and MONDO:0004989 (breast carcinoma) is only a kind or part of it" in expected
    assert fix == "write MONDO:0007254, or 'breast carcinoma' if that is what is meant"


@pytest.mark.parametrize("text", ["UBERON:0002048 LIVER", "LIVER (UBERON:0002048)", "UBERON_0002048|liver"])
def test_a_name_and_another_terms_accession_in_one_cell_give_neither(bundle: Bundle, text: str) -> None:
    answer, (issue,) = bundle.verify("", text, ANATOMY)
    assert (answer.status, answer.id) == ("ambiguous", None)
    assert {s.id for s in answer.suggestions} == {"UBERON:0002107", "UBERON:0002048"}
    assert issue.code == "term-label-mismatch"
    assert issue.expected == "a name of UBERON:0002048, which is 'lung'"
    assert bundle.ground(text, ANATOMY) == answer


def test_an_accession_and_its_name_in_one_cell_are_taken(bundle: Bundle) -> None:
    answer, issues = bundle.verify("", "UBERON:0002048 LUNG", ANATOMY)
    assert (answer.id, issues) == ("UBERON:0002048", ())


@pytest.mark.parametrize("text", ["UBERON:liver", "UBERON: Liver", "uberon_liver"])
def test_a_name_behind_a_prefix_is_looked_up_in_that_ontology(bundle: Bundle, text: str) -> None:
    for curie, name in ((text, ""), (text, "liver"), ("", text)):
        answer, issues = bundle.verify(curie, name, ANATOMY)
        assert answer.id == "UBERON:0002107"
        assert (issues[0].code, issues[0].fix) == ("term-id-malformed", "write UBERON:0002107")
    answer, issues = bundle.verify("UBERON:liver", "lung", ANATOMY)
    assert answer.status == "ambiguous"
    assert [i.code for i in issues] == ["term-id-malformed", "term-label-mismatch"]


def test_a_name_behind_the_prefix_of_an_ontology_that_is_not_here(bundle: Bundle) -> None:
    answer, issues = bundle.verify("ENVO:marine biome", "", ("ENVO",))
    assert (answer.status, answer.id) == ("unverifiable", None)
    assert issues[0].expected == "an accession behind the prefix, such as ENVO:0000001, not the name 'marine biome'"
    assert issues[0].fix == "look 'marine biome' up in ENVO and write its accession"
    assert bundle.verify("", "note: marine biome", ("UBERON",))[1][0].code == "term-not-found"


def test_several_accessions_in_one_cell_are_told_so(bundle: Bundle) -> None:
    for text in ("UBERON:0002107;UBERON:0002048", "UBERON:0002107||UBERON:0002048", "CL:0000182, UBERON:0002048"):
        answer, issues = bundle.verify(text, "liver", ANATOMY)
        assert issues[0].expected.startswith("one accession; this cell holds 2: ")
        assert answer.id == "UBERON:0002107"  # by its name


def test_digits_that_a_spreadsheet_hid_are_not_made_up(bundle: Bundle) -> None:
    answer, issues = bundle.verify("1.0019E+06", "Q Exactive", ("MS",))
    assert (answer.id, answer.step) == ("MS:1001911", "label")  # by its name alone
    assert "with all its digits" in issues[0].expected
    assert bundle.verify("1.001911E+06", "Q Exactive", ("MS",))[0].step == "accession-and-name"


def test_a_choice_of_replacements_is_offered_whole(bundle: Bundle) -> None:
    _, expected, fix = _verified(bundle, "UBERON:9000009", "", ANATOMY)
    assert "UBERON:9000009 (obsolete organ of the belly), which several may stand in for" in expected
    assert fix == "choose one of UBERON:0002107 (liver), UBERON:0002106 (spleen)"


def test_a_wrong_branch_names_the_right_one(bundle: Bundle) -> None:
    _, (issue,) = bundle.verify("MS:1001251", "Trypsin", ("MS",), ("MS:1000031",))
    assert issue.expected == "a term under MS:1000031 (instrument model), not MS:1001251 (Trypsin)"


def test_an_id_beyond_the_bundle_may_be_newer(bundle: Bundle) -> None:
    _, expected, fix = _verified(bundle, "MS:7000000", "", ("MS",))
    assert f"MS {VERSION}, the version in the bundle, which ends at MS:1002732; this one may be newer" in expected
    assert "newer version" in fix
    _, expected, _ = _verified(bundle, "MS:1001912", "", ("MS",))
    assert f"MS {VERSION}, the version in the bundle; it may be newer, withdrawn, or a slip" in expected


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
    for curie in ("MONDO:0100096", "PRIDE:0000568", "UBERON:9000003"):
        _, (issue,) = bundle.verify(curie, "liver", ANATOMY)
        assert "did you mean 'liver' (UBERON:0002107)" in issue.fix, curie
