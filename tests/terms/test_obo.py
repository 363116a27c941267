from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards.terms import obo as obo_module
from omics_standards.terms.obo import OboFile
from omics_standards.terms.sources import SourceTerm

HEAD = "format-version: 1.2\ndata-version: releases/2026-01-01\n\n"


def read(text: str) -> tuple[list[SourceTerm], OboFile]:
    obo = OboFile(io.BytesIO(text.encode()))
    return list(obo.terms()), obo


def test_all_of_a_stanza_is_read() -> None:
    stanza = """[Term]
id: X:0000001 {source="y"} ! comment
name: organ\\, of kind \\"a\\"
synonym: "one" EXACT TYPE [PMID:1]
synonym: "two" NARROW []
synonym: "three" BROAD [] {a="b"}
synonym: "four" []
is_a: X:0000002 {is_inferred="true"} ! parent
relationship: part_of X:0000003 ! whole
relationship: BFO:0000050 X:0000004
relationship: has_part X:0000005
alt_id: X:0000006
"""
    ((term,), obo) = read(HEAD + stanza)
    assert term == SourceTerm(
        "X:0000001",
        'organ, of kind "a"',
        (("exact", "one"), ("narrow", "two"), ("broad", "three"), ("related", "four")),
        (("is_a", "X:0000002"), ("part_of", "X:0000003"), ("part_of", "X:0000004")),
        alternatives=("X:0000006",),
    )
    assert obo.header["data-version"] == "releases/2026-01-01"
    assert not obo.problems


def test_names_that_are_said_to_be_doubtful_are_related() -> None:
    lines = 'synonym: "one" EXACT obsolete_synonym []\nsynonym: "two" EXACT OMO:0003002 []\nsynonym: "three" EXACT layperson []\n'
    (term,), _ = read(f"[Term]\nid: X:1\nname: x\n{lines}")
    assert term.names == (("related", "one"), ("related", "two"), ("exact", "three"))


def test_the_header_says_what_the_ontology_is() -> None:
    head = (
        "format-version: 1.2\ndata-version: releases/2026-01-01\nontology: x\nimport: http://x.org/y.owl\nimport: z.obo ! text\n"
        'property_value: dcterms:license http://x.org/by xsd:string\nproperty_value: dc:title "The \\"X\\" ontology" xsd:string\n'
    )
    _, obo = read(head + "\n[Term]\nid: X:1\n")
    about = obo.about()
    assert about.version == "releases/2026-01-01"
    assert about.iri == "http://purl.obolibrary.org/obo/x/releases/2026-01-01/x.owl"
    assert (about.title, about.licence) == ('The "X" ontology', "http://x.org/by")
    assert about.imports == ("http://x.org/y.owl", "z.obo")


def test_obsolete_terms_name_what_replaces_them() -> None:
    (term,), _ = read("[Term]\nid: X:1\nname: obsolete y\nis_obsolete: true\nreplaced_by: X:2\nconsider: X:3\nconsider: X:4\n")
    assert (term.obsolete, term.replaced_by, term.consider) == (True, ("X:2",), ("X:3", "X:4"))


@pytest.mark.parametrize(
    ("stanza", "said"),
    [
        ("[Term]\nname: no id\n", "without an id"),
        ("[Term]\nid: ObsoleteClass\nname: x\n", "not PREFIX:local"),
        ("[Term]\nid: X:1\nid: X:9\nname: x\n", "two ids in one stanza"),
        ("[Term]\nid: X:2\nname: again\n", "stands twice"),
    ],
)
def test_a_bad_stanza_is_skipped_and_named_by_its_line(stanza: str, said: str) -> None:
    terms, obo = read(f"[Term]\nid: X:2\nname: good\n\n{stanza}\n[Term]\nid: X:3\nname: good too\n")
    assert [t.id for t in terms] == ["X:2", "X:3"]
    (problem,) = obo.problems
    assert problem.line == 5
    assert said in problem.text


def test_a_bad_line_costs_itself_alone() -> None:
    (term,), obo = read('[Term]\nid: X:1\nname: x\nsynonym: no quotes EXACT\nthis is no tag\nsynonym: "y" EXACT []\n')
    assert term.names == (("exact", "y"),)
    assert [p.line for p in obo.problems] == [5, 4]


def test_typedefs_and_instances_are_passed_over() -> None:
    terms, obo = read("[Typedef]\nid: part_of\nname: part of\n\n[Instance]\nid: X:9\n\n[Term]\nid: X:1\nname: x\n")
    assert [t.id for t in terms] == ["X:1"]
    assert not obo.problems


def test_a_line_beyond_the_limit_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(obo_module, "MAX_LINE", 100)
    (term,), obo = read("[Term]\nid: X:1\nname: x\ndef: " + "y" * 1000 + '\nsynonym: "z" EXACT []\n')
    assert term.names == (("exact", "z"),)
    assert [p.line for p in obo.problems] == [4]


def test_a_file_cut_in_half_gives_what_is_there() -> None:
    terms, _ = read('[Term]\nid: X:1\nname: whole\n\n[Term]\nid: X:2\nname: cut\nsynonym: "un')
    assert [t.label for t in terms] == ["whole", "cut"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_and_bom(end: str) -> None:
    text = "\ufeffformat-version: 1.2\n\n[Term]\nid: X:1\nname: lívér\n".replace("\n", end)
    (term,), obo = read(text)
    assert term.label == "lívér"
    assert obo.header["format-version"] == "1.2"


@given(st.binary(max_size=300))
def test_any_bytes_are_survived(data: bytes) -> None:
    for content in (data, b"[Term]\nid: X:1\n" + data):
        list(OboFile(io.BytesIO(content)).terms())


def test_a_stanza_without_end_is_not_held_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(obo_module, "MAX_STANZA", 5)
    names = "".join(f'synonym: "name {i}" EXACT []\n' for i in range(50))
    terms, obo = read(f"[Term]\nid: X:1\nname: x\n{names}\n[Term]\nid: X:2\nname: y\n")
    assert [(t.id, len(t.names)) for t in terms] == [("X:1", 3), ("X:2", 0)]
    assert [str(p) for p in obo.problems] == ["line 6: a stanza of more than 5 lines; the rest of it is left out"]
