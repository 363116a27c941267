"""What is generated: up to date, the same from any folder, and of one mind in JSON Schema, SHACL, OWL and JSON-LD."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pyoxigraph
import pyshacl
import pytest
import rdflib
import yaml

from omics_standards.models import MODEL

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "omics_standards" / "models"
ONTOLOGIES = ROOT.parent / "shared" / "ontologies"
OMST = "https://w3id.org/omics-standards/"
BASE = "https://example.org/d/"
EXAMPLES = sorted((ROOT / "models" / "examples" / "valid").glob("*.yaml"))


def test_generated_files_are_up_to_date_from_another_folder(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "models" / "generate.py"), "--check"]
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=environment)
    assert done.returncode == 0, done.stderr


def test_generated_classes_name_no_folder_and_no_linkml() -> None:
    text = (PACKAGE / "_classes.py").read_text(encoding="utf-8")
    assert "linkml" not in text
    assert str(ROOT) not in text


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft202012Validator:
    text = (PACKAGE / "_schema.json").read_text(encoding="utf-8")
    loaded = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(loaded)
    return jsonschema.Draft202012Validator(loaded)


def in_container(path: Path) -> bool:
    name = path.stem.split("-")[0]
    return name == "OmicsDataset" or MODEL.classes[name].container is not None


@pytest.mark.parametrize("path", [p for p in EXAMPLES if in_container(p)], ids=lambda p: p.stem)
def test_json_schema_accepts_the_valid_examples(path: Path, schema: jsonschema.Draft202012Validator) -> None:
    name = path.stem.split("-")[0]
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    if name != "OmicsDataset":
        data = {str(MODEL.classes[name].container): [data]}
    assert [e.message for e in schema.iter_errors(data)] == []


@pytest.mark.parametrize(
    "record",
    [{}, {"id": "a", "sex": "blue"}, {"id": "a", "wings": 2}, {"id": "a", "age": {"value": "old"}}, {"id": "a b"}],
    ids=["no id", "vocabulary", "unknown slot", "number", "blank in id"],
)
def test_json_schema_refuses(record: dict[str, object], schema: jsonschema.Draft202012Validator) -> None:
    assert list(schema.iter_errors({"biosamples": [record]}))


# --- RDF: the shape of the data as it is written ----------------------------------------------------------------------


def _value(kind: str, value: Any, count: list[int]) -> Any:
    """Turn a JSON value of an example into JSON-LD as the writers make it."""
    if kind == "term":
        return {**value, "id": _iri(value["id"]), "type": "OntologyTerm"}
    if kind in ("reference", "uri"):
        return _iri(value)
    names = {"quantity": "Quantity", "place": "Place", "geopoint": "GeoPoint", "attribute": "Attribute"}
    names |= {"missing": "MissingValue", "rejected": "RejectedValue"}
    if kind in names:
        count[0] += 1
        inner = {k: v if isinstance(v, dict) else str(v) for k, v in value.items()}
        if "term" in inner:
            inner["term"] = _value("term", inner["term"], count)
        return {**inner, "id": f"{OMST}v/{count[0]}", "type": names[kind]}
    if kind == "decimal":
        return str(value)
    if kind == "date":
        from omics_standards.models.edtf import datatype

        return {"@value": value, "@type": datatype(value)}
    return value


def _iri(identifier: str) -> str:
    from omics_standards.models.prefixes import expand

    return expand(identifier) or identifier


def _node(name: str, data: dict[str, Any], count: list[int]) -> dict[str, Any]:
    node: dict[str, Any] = {"type": name, "id": _iri(str(data["id"]))}
    for slot, value in data.items():
        definition = MODEL.slot(name, slot)
        if definition is None or slot in ("id", "origin"):
            continue
        values = value if isinstance(value, list) else [value]
        node[slot] = [_value(definition.kind, v, count) for v in values]
    return node


@pytest.fixture(scope="module")
def document() -> str:
    count = [0]
    context = json.loads((PACKAGE / "_context.jsonld").read_text(encoding="utf-8"))["@context"]
    graph = []
    pointed: dict[str, str] = {}
    for path in EXAMPLES:
        name = path.stem.split("-")[0]
        if name not in MODEL.records:
            continue
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        graph.append(_node(name, data, count))
        for slot, value in data.items():
            definition = MODEL.slot(name, slot)
            if definition is not None and definition.kind == "reference" and definition.range != "NamedThing":
                target = next(iter(MODEL.below(definition.range)))
                pointed |= dict.fromkeys(map(_iri, value if isinstance(value, list) else [value]), target)
    known = {n["id"] for n in graph}
    graph += [{"id": i, "type": t, "stub": True} for i, t in pointed.items() if i not in known]
    return json.dumps({"@context": [context, {"@base": BASE}], "@graph": graph})


def test_context_gives_the_same_graph_in_rdflib_and_oxigraph(document: str) -> None:
    one = rdflib.Graph().parse(data=document, format="json-ld")
    triples = pyoxigraph.parse(document.encode(), format=pyoxigraph.RdfFormat.JSON_LD)
    lines = "\n".join(f"{q.subject} {q.predicate} {q.object} ." for q in triples)
    assert set(one) == set(rdflib.Graph().parse(data=lines, format="nt"))
    assert not [s for s in one.subjects() if isinstance(s, rdflib.BNode)]
    amounts = set(one.objects(None, rdflib.URIRef(f"{OMST}value")))
    assert rdflib.Literal("161.5", datatype=rdflib.XSD.decimal) in amounts
    assert rdflib.Literal("A3") in amounts


def test_shapes_accept_the_examples_and_refuse_what_is_wrong(document: str) -> None:
    graph = rdflib.Graph().parse(data=document, format="json-ld")
    shapes = rdflib.Graph().parse(PACKAGE / "_shapes.ttl")
    fine, _, text = pyshacl.validate(graph, shacl_graph=shapes)
    assert fine, text
    sample = rdflib.URIRef(f"{BASE}biosample/ww1")
    wrong = {
        "sex": rdflib.Literal("blue"),
        "ph": rdflib.Literal("acid"),
        "collection_date": rdflib.Literal("spring"),
        "tissue": rdflib.Literal("liver"),
        "age": sample,
    }
    for slot, value in wrong.items():
        predicate = rdflib.URIRef(f"{OMST}{slot}")
        before = list(graph.objects(sample, predicate))
        graph.remove((sample, predicate, None))
        graph.add((sample, predicate, value))
        refused, _, text = pyshacl.validate(graph, shacl_graph=shapes)
        assert not refused, slot
        assert f"omsh:{slot}" in text
        graph.remove((sample, predicate, value))
        for old in before:
            graph.add((sample, predicate, old))


def test_ontology_names_every_class_and_slot_in_two_languages() -> None:
    graph = rdflib.Graph().parse(PACKAGE / "_model.owl.ttl")
    for name in MODEL.classes:
        languages = {label.language for label in graph.objects(rdflib.URIRef(OMST + name), rdflib.RDFS.label)}
        assert languages == {"en", "zh"}, name
    written = {str(s) for s in graph.subjects(rdflib.RDF.type)}
    missing = {n for n, s in MODEL.slots.items() if s.uri.startswith("omst:") and n not in ("id", "origin")}
    assert not {n for n in missing if OMST + n not in written}


# --- terms that the model names ---------------------------------------------------------------------------------------


def _ids(path: Path, prefix: str) -> set[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".obo":
        stanzas = [s for s in text.split("\n[Term]\n")[1:] if "is_obsolete: true" not in s]
        return {s.split("\n", 1)[0].removeprefix("id: ").strip() for s in stanzas}
    if path.suffix == ".json":
        return {m.replace("_", ":") for m in re.findall(rf"{prefix}_\d+", text)}
    return {f"EDAM:{m}" for m in re.findall(r'rdf:about="http://edamontology\.org/((?:format|topic)_\d+)"', text)}


FILES = {"OBI": "obi.obo", "PATO": "pato-simple.obo", "MS": "psi-ms.obo", "UO": "uo.json", "EDAM": "EDAM_1.25.owl"}


@pytest.mark.skipif(not ONTOLOGIES.is_dir(), reason="needs the ontology files of ../shared")
@pytest.mark.parametrize(("prefix", "file"), FILES.items())
def test_meanings_and_branches_exist_in_their_ontology(prefix: str, file: str) -> None:
    named = {v.meaning for values in MODEL.enums.values() for v in values.values() if v.meaning}
    named |= {b for s in MODEL.slots.values() for b in s.branch}
    wanted = {m for m in named if m.startswith(f"{prefix}:")}
    known = _ids(ONTOLOGIES / file, prefix)
    assert wanted
    assert wanted <= known, wanted - known
