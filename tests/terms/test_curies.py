from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards.terms.curies import bare_number, embedded_accession, label_after_prefix, parse_accession, with_source


@pytest.mark.parametrize(
    ("text", "curie"),
    [
        ("UBERON:0002107", "UBERON:0002107"),
        ("UBERON_0002107", "UBERON:0002107"),
        ("uberon:0002107", "UBERON:0002107"),
        ("hsapdv:0000258", "HsapDv:0000258"),
        ("HSAPDV_0000258", "HsapDv:0000258"),
        ("Unimod:4", "UNIMOD:4"),
        ("NCIT_C49152", "NCIT:C49152"),
        ("PRIDE_0000568", "PRIDE:0000568"),
        ("pride:0000568", "PRIDE:0000568"),
        ("CVCL_0030", "CVCL:0030"),
        ("CVCL_IQ58", "CVCL:IQ58"),
        ("CVCL:CVCL_0030", "CVCL:0030"),
        ("EFO:EFO_0001086", "EFO:0001086"),
        ("obo:UBERON_0002107", "UBERON:0002107"),
        ("obo.MONDO_0018037", "MONDO:0018037"),
        ("[UBERON:0002107]", "UBERON:0002107"),
        ("<http://purl.obolibrary.org/obo/UBERON_0002107>", "UBERON:0002107"),
        ("http://www.ebi.ac.uk/efo/EFO_0001086", "EFO:0001086"),
        ("http://purl.bioontology.org/ontology/NCBITAXON/9606", "NCBITaxon:9606"),
        ("https://www.ncbi.nlm.nih.gov/taxonomy/9606", "NCBITaxon:9606"),
        ("https://identifiers.org/taxonomy:9606", "NCBITaxon:9606"),
        ("https://www.cellosaurus.org/CVCL_0030", "CVCL:0030"),
        (
            "https://www.ebi.ac.uk/ols4/ontologies/cl/classes?iri=http%3A%2F%2Fpurl.obolibrary.org%2Fobo%2FCL_0000182",
            "CL:0000182",
        ),
        ("NCBI_TaxID:9606", "NCBITaxon:9606"),
        ("NCIBTaxon:9606", "NCBITaxon:9606"),
        ("NEWT:9606", "NCBITaxon:9606"),
        ("PSI-MS:1001911", "MS:1001911"),
        ("EDAM:format_1929", "EDAM:format_1929"),
        ("EFO:EFO:EFO_0001086", "EFO:0001086"),
        ("OBI:EFO_0001086", "EFO:0001086"),
        ("UBERON : 0002107", "UBERON:0002107"),
        ("UBERON:0002107.", "UBERON:0002107"),
        ("UBERON:0002107:", "UBERON:0002107"),
        ("UBERON:OOO21O7", "UBERON:0002107"),
        ("MS:l001911", "MS:1001911"),
        ("\uff35\uff22\uff25\uff32\uff2f\uff2e\uff1a\uff10\uff10\uff10\uff12\uff11\uff10\uff17", "UBERON:0002107"),
        ("urn:miriam:taxonomy:9606", "NCBITaxon:9606"),
        ("https://identifiers.org/taxonomy/9606", "NCBITaxon:9606"),
        ("https://identifiers.org/uberon/UBERON:0002107", "UBERON:0002107"),
        ("http://identifiers.org/efo/0001086", "EFO:0001086"),
        ("http://purl.bioontology.org/ontology/NCIT/C49152", "NCIT:C49152"),
        ("http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl#C49152", "NCIT:C49152"),
        ("http://www.unimod.org/modifications_view.php?editid1=4", "UNIMOD:4"),
        ("https://www.ncbi.nlm.nih.gov/Taxonomy/Browser/wwwtax.cgi?id=9606", "NCBITaxon:9606"),
        (
            "https://bioportal.bioontology.org/ontologies/EFO?p=classes&conceptid=http%3A%2F%2Fwww.ebi.ac.uk%2Fefo%2FEFO_0001086",
            "EFO:0001086",
        ),
        ("https://www.ebi.ac.uk/ols4/ontologies/efo/classes/http%253A%252F%252Fwww.ebi.ac.uk%252Fefo%252FEFO_0001086", "EFO:0001086"),
    ],
)
def test_accession_in_any_spelling_is_read(text: str, curie: str) -> None:
    accession = parse_accession(text)
    assert accession is not None
    assert accession.curie == curie
    assert accession.repaired == (text != curie)


@pytest.mark.parametrize(
    "text",
    ["", "liver", "lot:12345", "sample_1", "9606", "10:30", "Homo sapiens", "CL", "UBERON:", "MS:", "https://example.org/x/12",
     "MS 1001911", "a:b:c", "UBERON:0002107 liver", "Q Exactive: MS", "MONDO:disease"],
)  # fmt: skip
def test_other_text_is_not_an_accession(text: str) -> None:
    assert parse_accession(text) is None


@pytest.mark.parametrize(
    ("text", "curie"),
    [("MS 1001911", "MS:1001911"), ("MS1001911", "MS:1001911"), ("UBERON-0002107", "UBERON:0002107"), ("txid9606", "NCBITaxon:9606"),
     ("NCBI Taxonomy:9606", "NCBITaxon:9606"), ("UBERON:0002 107", "UBERON:0002107"), ("UBERON:2107.0", "UBERON:2107"),
     ("UBERON::0002107", "UBERON:0002107"), ("UBERON;0002107", "UBERON:0002107"), ("EFO 1", "EFO:1"),
     ("purl.obolibrary.org/obo/UBERON_0002107", "UBERON:0002107"), ("UBERON%3A0002107", "UBERON:0002107")],
)  # fmt: skip
def test_loose_spelling_is_read_where_an_accession_is_expected(text: str, curie: str) -> None:
    assert parse_accession(text) is None
    accession = parse_accession(text, loose=True)
    assert accession is not None
    assert accession.curie == curie


@pytest.mark.parametrize(
    ("text", "curie", "rest"),
    [
        ("liver (UBERON:0002107)", "UBERON:0002107", "liver"),
        ("UBERON:0002107|liver", "UBERON:0002107", "liver"),
        ("ENVO:00002010 SEAWATER", "ENVO:00002010", "SEAWATER"),
        ("T cell [CL_0000084]", "CL:0000084", "T cell"),
    ],
)
def test_accession_beside_a_name_is_found(text: str, curie: str, rest: str) -> None:
    found = embedded_accession(text)
    assert found is not None
    assert (found.accession.curie, found.rest) == (curie, rest)


@pytest.mark.parametrize("text", ["liver", "UBERON:0002107;UBERON:0002048", "see http://purl.obolibrary.org/obo/CL_0000084", "a:1"])
def test_no_or_several_accessions_are_not_chosen_from(text: str) -> None:
    assert embedded_accession(text) is None


@pytest.mark.parametrize("text", ["CVCL_O030", "ICD10:I10"])
def test_letters_of_ids_that_have_them_stay(text: str) -> None:
    accession = parse_accession(text)
    assert accession is not None
    assert accession.local == text.replace("_", ":").partition(":")[2]


@pytest.mark.parametrize(
    ("text", "source", "joined"),
    [
        ("36", "UO", "UO:36"),
        ("36.0", "EFO", "EFO:36"),
        ("9606", "NCIBTaxon", "NCBITaxon:9606"),
        ("9606", "NEWT", "NCBITaxon:9606"),
        ("1001911", "PSI-MS", "MS:1001911"),
        ("C49152", "NCIT", "NCIT:C49152"),
        ("EFO_0001086", "OBI", "EFO_0001086"),
        ("http://purl.obolibrary.org/obo/CL_0000182", "EFO", "http://purl.obolibrary.org/obo/CL_0000182"),
        ("36", "", "36"),
        ("36", "our lab", "36"),
        ("see notes", "EFO", "see notes"),
        ("1.0019E+06", "MS", "1.0019E+06"),
    ],
)
def test_the_source_beside_it_gives_a_number_its_prefix(text: str, source: str, joined: str) -> None:
    assert with_source(text, source) == joined


@given(st.integers(1, 10**9))
def test_a_number_is_read_back_from_all_forms_a_spreadsheet_gives_it(number: int) -> None:
    digits = str(number)
    scientific = f"{digits[0]}.{digits[1:]}E+{len(digits) - 1:02}"
    assert bare_number(digits) == bare_number(f"{digits}.0") == bare_number(scientific) == (digits, True)
    cut = f"{digits[0]}.{digits[1:-1]}E+{len(digits) - 1:02}"
    assert len(digits) < 3 or bare_number(cut) == (digits[:-1] + "0", False)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ENVO:marine biome", ("ENVO", "marine biome")),
        ("envo : marine biome ", ("ENVO", "marine biome")),
        ("ENVO:00000447", None),
        ("ENVO:C2951;NCIT:C3095", None),
        ("note: marine biome", None),
        ("http://marine", None),
        ("ENVO:", None),
    ],
)
def test_a_name_behind_a_prefix(text: str, parts: tuple[str, str] | None) -> None:
    assert label_after_prefix(text) == parts


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    for loose in (False, True):
        found = parse_accession(text, loose=loose)
        if found is not None:
            again = parse_accession(found.curie)
            assert again is not None
            assert again.curie == found.curie
    embedded_accession(text)
    bare_number(text)
    label_after_prefix(text)
    assert with_source(text, "") == text


@given(st.sampled_from(["UBERON", "CL", "MS", "NCBITaxon", "HsapDv"]), st.integers(1, 9_999_999), st.sampled_from(":_"))
def test_format_then_parse_is_the_identity(prefix: str, number: int, separator: str) -> None:
    found = parse_accession(f"{prefix}{separator}{number:07}")
    assert found is not None
    assert found.curie == f"{prefix}:{number:07}"
