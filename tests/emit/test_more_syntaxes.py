"""JSON-LD flat, compact and as a tree, RDF/XML, units: the graph of the N-Triples in every dress."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
import rdflib
from pyld import jsonld

from omics_standards.conversion import Dataset, Options, convert_to
from omics_standards.conversion.flow import Outcome
from omics_standards.emit.framed import frame
from omics_standards.emit.jsonld import context
from omics_standards.emit.units import ucum_local_name, unit_facts
from omics_standards.models.slots import MODEL
from omics_standards.records import Field, Link, Plain, Quantity, Reading, Record, Source

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "gsa-liver.xlsx"
BASE = "https://example.org/data/"
CASES = sorted({p.parent for p in (ROOT / "tests" / "golden").glob("*/*/input*") if p.suffix != ".h5ad"})


@pytest.fixture(autouse=True)
def _literals_as_written() -> object:
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    yield
    rdflib.NORMALIZE_LITERALS = before


@pytest.mark.parametrize("case", CASES[::3], ids=lambda p: f"{p.parent.name}/{p.name}")
def test_the_tree_and_rdf_xml_hold_the_graph(case: Path, tmp_path: Path, tiny_bundle: Path) -> None:
    options = Options(base=BASE, today="2026-01-01", bundle=str(tiny_bundle))
    convert_to(sorted(case.glob("input*")), tmp_path, "ntriples,jsonld-framed,rdfxml", options)
    plain = set(rdflib.Graph().parse(tmp_path / "dataset.nt", format="nt"))
    assert set(rdflib.Graph().parse(tmp_path / "dataset.framed.jsonld", format="json-ld")) == plain
    assert set(rdflib.Graph().parse(tmp_path / "dataset.rdf", format="xml")) == plain


@pytest.fixture
def documents(tmp_path: Path, tiny_bundle: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    convert_to([EXAMPLE], tmp_path, "jsonld,jsonld-framed", Options(base=BASE, today="2026-01-01", bundle=str(tiny_bundle)))
    flat, tree = (json.loads((tmp_path / f"dataset.{n}").read_text(encoding="utf-8")) for n in ("jsonld", "framed.jsonld"))
    return flat, tree


def down(node: dict[str, Any], *path: str) -> dict[str, Any]:
    for name in path:
        found = node[name]
        node = next(n for n in (found if isinstance(found, list) else [found]) if isinstance(n, dict) and len(n) > 2)
    return node


PATH = ("project_members", "sample_uses", "assay_runs", "data_files")


def test_the_tree_goes_from_project_to_file(documents: tuple[dict[str, Any], dict[str, Any]]) -> None:
    (top,) = documents[1]["@graph"]
    assert top["type"] == "Project"
    assert [down(top, *PATH[:k])["type"] for k in range(5)] == ["Project", "Biosample", "SequencingAssay", "Run", "DataFile"]


def test_each_record_stands_in_the_tree_once(documents: tuple[dict[str, Any], dict[str, Any]]) -> None:
    flat, tree = documents
    met: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if value.get("type") in MODEL.records:
                met.append(value["id"])
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(tree["@graph"])
    assert sorted(met) == sorted(o["id"] for o in flat["@graph"])


def test_a_stranger_who_frames_the_flat_document_gets_such_a_tree(documents: tuple[dict[str, Any], dict[str, Any]]) -> None:
    framed = jsonld.frame(documents[0], frame())
    top = framed["@graph"][0] if "@graph" in framed else framed
    assert top["type"] == "Project"
    assert down(top, *PATH[:3])["type"] == "Run"
    assert len(top["project_members"]) >= 6


def test_the_flat_document_is_compact(documents: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """Compacting it again with its own context changes no property's name and no value."""
    flat = documents[0]
    again = jsonld.compact(flat, flat["@context"])
    names = {"id", "type", *MODEL.slots, "has_unit", "ucum_code", "exact_match"}
    before = {o["id"]: set(o) for o in flat["@graph"]}
    for entry in again["@graph"]:
        assert set(entry) <= names, set(entry) - names
        local = entry["id"].partition(":")[2] or entry["id"]
        (identifier,) = [i for i in before if i == entry["id"] or i.endswith("/" + local)]
        assert set(entry) == before[identifier]
    assert "https://w3id.org/omics-standards/" not in {k for o in flat["@graph"] for k in o}
    assert flat["@context"] == {**context(), "@base": BASE}


def dataset(*records: Record) -> Dataset:
    return Dataset(Outcome(BASE), records)


def record(cls: str, identifier: str, *found: Reading) -> Record:
    fields = tuple(Field(r.slot, (i + 1,), (r.slot,), Source("a.tsv", "")) for i, r in enumerate(found))
    return Record(cls, identifier, found, fields, 2)


def test_circles_and_what_nothing_contains_stand_at_the_top(tmp_path: Path) -> None:
    one = record("Biosample", "biosample/1", Link("derived_from", "MaterialEntity", "biosample/2"))
    two = record("Biosample", "biosample/2", Link("derived_from", "MaterialEntity", "biosample/1"))
    alone = record("Person", "person/1", Plain("name", "A"))
    dataset(one, two, alone).write(tmp_path, "jsonld-framed,ntriples")
    tree = json.loads((tmp_path / "dataset.framed.jsonld").read_text())["@graph"]
    assert {t["id"] for t in tree} == {"biosample/1", "biosample/2", "person/1"}
    assert set(rdflib.Graph().parse(tmp_path / "dataset.framed.jsonld", format="json-ld")) == set(
        rdflib.Graph().parse(tmp_path / "dataset.nt", format="nt")
    )


def test_a_long_chain_of_samples_is_no_matter(tmp_path: Path) -> None:
    chain = [record("Biosample", "biosample/0", Plain("name", "0"))]
    chain += [record("Biosample", f"biosample/{i}", Link("derived_from", "MaterialEntity", f"biosample/{i - 1}")) for i in range(1, 200)]
    dataset(*chain).write(tmp_path, "jsonld-framed")
    (top,) = json.loads((tmp_path / "dataset.framed.jsonld").read_text())["@graph"]
    depth = 0
    while "derived_materials" in top:
        (top,) = top["derived_materials"]
        depth += 1
    assert depth == 199


def test_xml_says_which_texts_it_cannot_hold(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    found = record("Biosample", "biosample/1", Plain("name", "bell\x07"), Plain("title", "a\r\nb <&> ]]> \ufffe"), Plain("isolate", "ok"))
    with caplog.at_level(logging.WARNING, "omics_standards"):
        dataset(found).write(tmp_path, "rdfxml")
    assert "in 2 texts they became U+FFFD" in caplog.text
    graph = rdflib.Graph().parse(tmp_path / "dataset.rdf", format="xml")
    texts = {str(o) for o in graph.objects() if isinstance(o, rdflib.Literal)}
    assert texts == {"bell\ufffd", "a\r\nb <&> ]]> \ufffd", "ok"}


@pytest.mark.parametrize("code", sorted(MODEL.enums["UcumUnit"]))
def test_every_unit_of_the_model_is_a_resource_of_its_own(code: str, tmp_path: Path) -> None:
    dataset(record("Biosample", "biosample/1", Reading("age", (Quantity("35.50", unit=code),)))).write(tmp_path, "ntriples")
    graph = rdflib.Graph().parse(tmp_path / "dataset.nt", format="nt")
    qudt = rdflib.Namespace("http://qudt.org/schema/qudt/")
    (unit,) = graph.objects(None, qudt.hasUnit)
    assert str(graph.value(unit, qudt.ucumCode)) == code
    assert graph.value(unit, rdflib.RDFS.label) is not None
    names = {str(unit), *map(str, graph.objects(unit, rdflib.SKOS.exactMatch))}
    assert f"https://w3id.org/uom/{ucum_local_name(code)}" in names


def test_units_are_named_apart() -> None:
    names = [unit_facts(c)[0] for c in MODEL.enums["UcumUnit"]]
    assert len(set(names)) == len(names)
    assert ucum_local_name("m/s2") == ucum_local_name("m.s-2") == ucum_local_name("s-2.m")
