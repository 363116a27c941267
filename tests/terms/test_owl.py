"""OWL in RDF/XML and obograph JSON: what is read, what is passed over, and that pronto reads the same where it reads at all."""

from __future__ import annotations

import contextlib
import io
import json
import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards.errors import TermIndexError
from omics_standards.terms import Bundle
from omics_standards.terms import obograph as obograph_module
from omics_standards.terms.adding import add_file, read_terms
from omics_standards.terms.imports import _term, imported_terms
from omics_standards.terms.obograph import ObographFile
from omics_standards.terms.owl import OwlFile, merged
from omics_standards.terms.reading import curie_of
from omics_standards.terms.sources import SourceTerm

HEAD = """<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [<!ENTITY obo "http://purl.obolibrary.org/obo/">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:owl="http://www.w3.org/2002/07/owl#"
  xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#" xmlns:obo="http://purl.obolibrary.org/obo/" xmlns:dc="http://purl.org/dc/terms/"
  xmlns:oio="http://www.geneontology.org/formats/oboInOwl#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
<owl:Ontology rdf:about="http://purl.obolibrary.org/obo/my.owl">
  <owl:versionIRI rdf:resource="http://purl.obolibrary.org/obo/my/releases/2026-01-02/my.owl"/>
  {imports}<dc:title>My things</dc:title><dc:license rdf:resource="http://example.org/by"/>
</owl:Ontology>
"""
PROPERTY = (
    '<owl:ObjectProperty rdf:about="http://purl.obolibrary.org/obo/BFO_0000050"><rdfs:label>part of</rdfs:label></owl:ObjectProperty>\n'
)


def owl_class(number: int, inside: str = "") -> str:
    return f'<owl:Class rdf:about="&obo;MY_{number:07}">{inside}</owl:Class>\n'


def owl(*classes: str, imports: str = "") -> str:
    return HEAD.format(imports=imports) + PROPERTY + "".join(classes) + "</rdf:RDF>\n"


FULL = owl_class(
    1,
    """<rdfs:label xml:lang="de">Leber</rdfs:label><rdfs:label xml:lang="en">liver</rdfs:label>
  <oio:hasExactSynonym>iecur</oio:hasExactSynonym><oio:hasNarrowSynonym>left
     liver</oio:hasNarrowSynonym><oio:hasBroadSynonym>gland</oio:hasBroadSynonym><oio:hasRelatedSynonym>bile</oio:hasRelatedSynonym>
  <obo:IAO_0000118>other</obo:IAO_0000118>
  <rdfs:subClassOf rdf:resource="&obo;MY_0000002"/>
  <rdfs:subClassOf><owl:Restriction><owl:onProperty rdf:resource="&obo;BFO_0000050"/><owl:someValuesFrom rdf:resource="&obo;MY_0000003"/>
  </owl:Restriction></rdfs:subClassOf>
  <rdfs:subClassOf><owl:Restriction><owl:onProperty rdf:resource="&obo;RO_1"/><owl:someValuesFrom rdf:resource="&obo;MY_0000009"/>
  </owl:Restriction></rdfs:subClassOf>
  <owl:equivalentClass><owl:Class><owl:intersectionOf rdf:parseType="Collection"><rdf:Description rdf:about="&obo;MY_0000008"/>
  </owl:intersectionOf></owl:Class></owl:equivalentClass>
  <oio:hasAlternativeId>MY:0000099</oio:hasAlternativeId><oio:hasDbXref>NCI:C1</oio:hasDbXref><oio:hasDbXref>PMID:1</oio:hasDbXref>
  <skos:exactMatch rdf:resource="http://purl.obolibrary.org/obo/NCIT_C2"/>""",
)
OBSOLETE = owl_class(
    2,
    """<rdfs:label>obsolete gland</rdfs:label><owl:deprecated rdf:datatype="http://www.w3.org/2001/XMLSchema#boolean">true</owl:deprecated>
  <obo:IAO_0100001 rdf:resource="&obo;MY_0000001"/><oio:consider>MY:0000003</oio:consider>""",
)


def read(text: str) -> tuple[list[SourceTerm], OwlFile]:
    reader = OwlFile(io.BytesIO(text.encode()))
    return list(reader.terms()), reader


def test_all_of_a_class_is_read() -> None:
    (liver, gland), reader = read(owl(FULL, OBSOLETE))
    assert liver == SourceTerm(
        "MY:0000001",
        "liver",
        (("exact", "iecur"), ("narrow", "left liver"), ("broad", "gland"), ("related", "bile"), ("related", "other"), ("exact", "Leber")),
        (("is_a", "MY:0000002"), ("part_of", "MY:0000003")),
        alternatives=("MY:0000099",),
        xrefs=("NCIT:C1", "NCIT:C2"),
    )
    assert (gland.obsolete, gland.replaced_by, gland.consider) == (True, ("MY:0000001",), ("MY:0000003",))
    assert reader.problems == []
    about = reader.about()
    assert about.iri == about.version == "http://purl.obolibrary.org/obo/my/releases/2026-01-02/my.owl"
    assert (about.title, about.licence, about.ontology) == ("My things", "http://example.org/by", "http://purl.obolibrary.org/obo/my.owl")


def test_classes_that_cannot_be_understood_are_named_by_their_line() -> None:
    text = owl(
        owl_class(1, "<rdfs:label>a</rdfs:label>"),
        '<owl:Class rdf:about="http://x.org/page/Y"/>\n',
        owl_class(1, "<rdfs:label>b</rdfs:label>"),
    )
    terms, reader = read(text)
    assert [t.label for t in terms] == ["a"]
    line = text[: text.index("http://x.org/page")].count("\n") + 1
    assert [str(p) for p in reader.problems] == [
        f"line {line}: class whose IRI is not made of a prefix and a number: http://x.org/page/Y",
        f"line {line + 1}: class MY:0000001 is labelled twice; the first label is kept",
    ]


def test_what_a_second_description_adds_is_not_lost(tmp_path: Path) -> None:
    more = (
        '<rdf:Description rdf:about="&obo;MY_0000001"><rdf:type rdf:resource="http://www.w3.org/2002/07/owl#Class"/>{}</rdf:Description>\n'
    )
    text = owl(
        owl_class(1, "<rdfs:label>a</rdfs:label>"),
        more.format("<oio:hasExactSynonym>b</oio:hasExactSynonym>"),
        more.format('<rdfs:subClassOf rdf:resource="&obo;MY_0000002"/>'),
        owl_class(2, "<rdfs:label>c</rdfs:label>"),
    )
    path = tmp_path / "my.owl"
    path.write_text(text, encoding="utf-8")
    versions, terms = read_terms(path)
    assert versions == {"MY": "2026-01-02"}
    assert terms[0].names == (("exact", "b"),)
    assert terms[0].parents == (("is_a", "MY:0000002"),)


def test_elements_may_not_be_nested_without_end() -> None:
    with pytest.raises(ValueError, match="more than 200 deep"):
        read(HEAD.format(imports="") + "<a>" * 300)


GRAPH = {
    "graphs": [
        {
            "id": "http://purl.obolibrary.org/obo/my.json",
            "meta": {"version": "http://purl.obolibrary.org/obo/my/releases/2026-01-02/my.json"},
            "nodes": [
                {"id": "http://purl.obolibrary.org/obo/MY_0000001", "lbl": "liver", "type": "CLASS",
                 "meta": {"synonyms": [{"pred": "hasExactSynonym", "val": "iecur"}, {"pred": "hasBroadSynonym", "val": "gland"}],
                          "xrefs": [{"val": "NCI:C1"}]}},
                {"id": "http://purl.obolibrary.org/obo/MY_0000002", "lbl": "obsolete gland", "type": "CLASS",
                 "meta": {"deprecated": True, "basicPropertyValues": [
                     {"pred": "http://purl.obolibrary.org/obo/IAO_0100001", "val": "http://purl.obolibrary.org/obo/MY_0000001"},
                     {"pred": "http://www.geneontology.org/formats/oboInOwl#hasAlternativeId", "val": "MY:0000099"}]}},
                {"id": "http://purl.obolibrary.org/obo/BFO_0000050", "lbl": "part of", "type": "PROPERTY"},
                {"id": "http://purl.obolibrary.org/obo/MY_0000003", "lbl": "body", "type": "CLASS"},
            ],
            "edges": [
                {"sub": "http://purl.obolibrary.org/obo/MY_0000001", "pred": "is_a", "obj": "http://purl.obolibrary.org/obo/MY_0000003"},
                {"sub": "http://purl.obolibrary.org/obo/MY_0000001", "pred": "http://purl.obolibrary.org/obo/BFO_0000050",
                 "obj": "http://purl.obolibrary.org/obo/MY_0000003"},
                {"sub": "http://purl.obolibrary.org/obo/MY_0000001", "pred": "http://x.org/other",
                 "obj": "http://purl.obolibrary.org/obo/MY_0000003"},
            ],
        }
    ]
}  # fmt: skip


def read_graph(text: str) -> tuple[dict[str, SourceTerm], ObographFile]:
    reader = ObographFile(io.BytesIO(text.encode()))
    terms = {term.id: term for term in reader.terms()}
    return {k: merged(t, reader.extras[k]) if k in reader.extras else t for k, t in terms.items()}, reader


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("chunk", [1, 7, 1 << 18])
def test_an_obograph_is_read_piece_by_piece(indent: int | None, chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(obograph_module, "_CHUNK", chunk)
    terms, reader = read_graph(json.dumps(GRAPH, indent=indent))
    assert list(terms) == ["MY:0000001", "MY:0000002", "MY:0000003"]
    liver = terms["MY:0000001"]
    assert liver.names == (("exact", "iecur"), ("broad", "gland"))
    assert liver.parents == (("is_a", "MY:0000003"), ("part_of", "MY:0000003"))
    assert liver.xrefs == ("NCIT:C1",)
    gland = terms["MY:0000002"]
    assert (gland.obsolete, gland.replaced_by, gland.alternatives) == (True, ("MY:0000001",), ("MY:0000099",))
    assert reader.about().version.endswith("/releases/2026-01-02/my.json")
    assert reader.problems == []


def test_nodes_that_cannot_be_understood_are_named_by_their_line() -> None:
    nodes = [
        '{"id": "MY:1", "lbl": "a"}',
        "7",
        '{"lbl": "no id"}',
        '{"id": "MY:1", "lbl": "b"}',
        '{"id": "MY:2", "meta": {"synonyms": 3}}',
        "null",
    ]
    text = '{"graphs": [{"nodes": [\n' + ",\n".join(nodes) + '\n], "edges": [\n{"sub": 1}\n]}, {"nodes": []}]}'
    terms, reader = read_graph(text)
    assert {k: t.label for k, t in terms.items()} == {"MY:1": "a"}
    assert [(p.line, p.text.split(" ")[0]) for p in reader.problems] == [
        (3, "a"), (4, "a"), (5, "id"), (6, "node"), (7, "a"), (9, "an"), (10, "a"),
    ]  # fmt: skip


@given(st.integers(1, 400))
def test_an_obograph_cut_anywhere_is_refused(end: int) -> None:
    text = json.dumps(GRAPH)
    with pytest.raises(ValueError, match=r"is cut|damaged|no obograph"):
        read_graph(text[: len(text) * end // 401])


@given(st.integers(1, 400))
def test_owl_cut_anywhere_is_refused(end: int) -> None:
    text = owl(FULL, OBSOLETE)
    with pytest.raises(ValueError, match=r"is cut|damaged"):
        read(text[: len(text.rstrip()) * end // 401])


@given(st.binary(max_size=300))
def test_bytes_of_any_kind_are_read_or_refused(data: bytes) -> None:
    for reader in (OwlFile(io.BytesIO(data)), ObographFile(io.BytesIO(data))):
        with contextlib.suppress(ValueError):
            list(reader.terms())


@pytest.mark.parametrize("encoding", ["nonsense", "utf-16", "gb18030", "base64"])
def test_an_encoding_that_cannot_be_is_refused(encoding: str) -> None:
    with pytest.raises(ValueError, match=r"is cut|damaged|not supported"):
        read(f'<?xml version="1.0" encoding="{encoding}"?><a>')


@given(st.text(max_size=60))
def test_what_is_taken_for_a_curie_looks_like_one(text: str) -> None:
    curie = curie_of(text)
    if curie:
        prefix, _, local = curie.partition(":")
        assert prefix
        assert local
        assert "/" not in local


# --- against pronto


SIMPLE = [
    owl_class(1, "<rdfs:label>organ</rdfs:label>"),
    owl_class(2, '<rdfs:label>liver</rdfs:label><oio:hasExactSynonym>iecur</oio:hasExactSynonym><oio:hasDbXref>NCIT:C1</oio:hasDbXref>'
                 '<oio:hasRelatedSynonym>bile</oio:hasRelatedSynonym><rdfs:subClassOf rdf:resource="&obo;MY_0000001"/>'),
    owl_class(3, '<rdfs:label>gland</rdfs:label><oio:hasAlternativeId>MY:0000009</oio:hasAlternativeId>'
                 '<rdfs:subClassOf rdf:resource="&obo;MY_0000001"/><rdfs:subClassOf rdf:resource="&obo;MY_0000002"/>'),
]  # fmt: skip


def by_pronto(path: Path) -> dict[str, SourceTerm]:
    from pronto.ontology import Ontology

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return {t.id: t for t in map(_term, Ontology(str(path), import_depth=0).terms())}


def as_sets(term: SourceTerm) -> tuple[object, ...]:
    return tuple(frozenset(value) if isinstance(value, tuple) else value for value in term)


@pytest.mark.parametrize("form", ["owl", "json"])
def test_pronto_reads_the_same(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"my.{form}"
    graph = {"graphs": [{**GRAPH["graphs"][0], "edges": GRAPH["graphs"][0]["edges"][:1]}]}  # type: ignore[dict-item]
    path.write_text(owl(*SIMPLE) if form == "owl" else json.dumps(graph), encoding="utf-8")
    _, terms = read_terms(path)
    theirs = by_pronto(path)
    assert {t.id for t in terms} == set(theirs)
    for term in terms:
        # pronto passes over what replaces a term where it is written as a resource
        assert as_sets(term._replace(replaced_by=())) == as_sets(theirs[term.id]._replace(replaced_by=()))


def test_imports_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    other = HEAD.format(imports="").replace("/my", "/other") + owl_class(7, "<rdfs:label>from elsewhere</rdfs:label>").replace(
        "MY_", "OTHER_"
    )
    (tmp_path / "other.owl").write_text(other + "</rdf:RDF>", encoding="utf-8")
    path = tmp_path / "my.owl"
    path.write_text(owl(*SIMPLE, imports='<owl:imports rdf:resource="http://localhost:9/obo/other.owl"/>'), encoding="utf-8")
    said: list[str] = []
    add_file(path, target=tmp_path / "b.sqlite", progress=said.append)
    assert "left out: what the file imports (other.owl); --imports reads it as well" in said
    add_file(path, "MY,OTHER", target=tmp_path / "b.sqlite", imports=True, progress=said.append)
    with Bundle(tmp_path / "b.sqlite") as bundle:
        assert bundle.ground("from elsewhere", ("OTHER",)).id == "OTHER:0000007"
        assert bundle.ancestors("MY:0000003") == {"MY:0000001", "MY:0000002"}


def test_an_import_that_cannot_be_had_is_named(tmp_path: Path) -> None:
    with pytest.raises(TermIndexError, match=r"imports no/such.owl, which cannot be read: .*leave --imports out"):
        list(imported_terms(tmp_path / "my.owl", ("no/such.owl",), lambda _: None))
