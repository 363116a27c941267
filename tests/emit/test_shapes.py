"""SHACL: every shape of the model refuses the fault that is planted for it, and what is written conforms."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pyshacl
import pytest
import rdflib
from rdflib import RDF, SH, XSD, BNode, Literal, URIRef
from rdflib.collection import Collection

from omics_standards.conversion import Options, convert_to
from omics_standards.models import slots
from omics_standards.models.slots import MODEL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = sorted({p.parent for p in GOLDEN.glob("*/*/input*") if p.suffix != ".h5ad"})
PLACE = "http://fault.example/"


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(Path(slots.__file__).with_name("_shapes.ttl"))


# --- planted faults ---------------------------------------------------------------------------------------------------


class Faults:
    """Plants one fault for each constraint of each property of each class."""

    def __init__(self, shapes: rdflib.Graph) -> None:
        self.shapes = shapes
        self.count = 0

    def fresh(self) -> URIRef:
        self.count += 1
        return URIRef(f"{PLACE}{self.count}")

    def _in(self, shape: Node) -> list[Node]:
        return [v for listed in self.shapes.objects(shape, SH["in"]) for v in Collection(self.shapes, listed)]

    def fine(self, shape: Node) -> Node:
        """A value that breaks no datatype of the property: used to plant one too many."""
        allowed = self._in(shape)
        kind = self.shapes.value(shape, SH.datatype)
        if allowed:
            return allowed[0]
        texts = {XSD.integer: "7", XSD.decimal: "7.5", XSD.boolean: "true"}
        if kind is not None:
            return Literal(texts.get(kind, "x"), datatype=kind)  # type: ignore[call-overload]
        return self.fresh() if (shape, SH.nodeKind, None) in self.shapes or (shape, SH["class"], None) in self.shapes else Literal("x")

    def of(self, shape: Node) -> Iterator[tuple[str, list[Node]]]:
        """Yield the constraint that must answer, and the values that it must refuse."""
        graph = self.shapes
        most = graph.value(shape, SH.maxCount)
        if most is not None:
            first = self.fine(shape)
            other = self._in(shape)[1] if len(self._in(shape)) > 1 else URIRef(f"{first}b") if isinstance(first, URIRef) else None
            other = other or Literal({"7": "8", "7.5": "8.5", "true": "false"}.get(str(first), "y"), datatype=first.datatype)  # type: ignore[union-attr]
            yield "MaxCount", [first, other]
        if (shape, SH.minCount, None) in graph:
            yield "MinCount", []
        if (shape, SH.datatype, None) in graph:
            yield "Datatype", [Literal("x", lang="en")]
        if (shape, SH.nodeKind, None) in graph:
            yield "NodeKind", [Literal("text")]
        if (shape, SH["class"], None) in graph:
            yield "Class", [self.fresh()]
        if (shape, SH["in"], None) in graph:
            yield "In", [Literal("no word of the vocabulary")]
        if (shape, SH["or"], None) in graph:
            yield "Or", [Literal("neither")]
        if (shape, SH.pattern, None) in graph:
            yield "Pattern", [Literal("\u2400 fits no pattern \u2400")]
        for bound, by, name in ((SH.minInclusive, -1, "MinInclusive"), (SH.maxInclusive, 1, "MaxInclusive")):
            limit = graph.value(shape, bound)
            if limit is not None:
                kind = graph.value(shape, SH.datatype)
                yield name, [Literal(str(int(float(limit)) + by), datatype=kind)]  # type: ignore[call-overload]

    def all(self) -> Iterator[tuple[URIRef, URIRef, URIRef, str, list[Node]]]:
        """Yield focus node, class, path, constraint and values of every fault."""
        for node_shape in self.shapes.subjects(RDF.type, SH.NodeShape):
            cls = self.shapes.value(node_shape, SH.targetClass)
            for shape in self.shapes.objects(node_shape, SH.property):
                path = self.shapes.value(shape, SH.path)
                for constraint, values in self.of(shape):
                    yield self.fresh(), cls, path, constraint, values  # type: ignore[misc]


def test_every_shape_refuses_the_fault_that_is_planted_for_it(shapes: rdflib.Graph) -> None:
    data = rdflib.Graph()
    planted = {}
    for focus, cls, path, constraint, values in Faults(shapes).all():
        data.add((focus, RDF.type, cls))
        for value in values:
            data.add((focus, path, value))
        planted[focus, path, constraint] = cls
    conforms, results, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    assert not conforms
    assert isinstance(results, rdflib.Graph)
    caught = {
        (
            results.value(r, SH.focusNode),
            results.value(r, SH.resultPath),
            str(results.value(r, SH.sourceConstraintComponent)).rpartition("#")[2].removesuffix("ConstraintComponent"),
        )
        for r in results.subjects(RDF.type, SH.ValidationResult)
    }
    missed = {key: cls for key, cls in planted.items() if key not in caught}
    assert not missed, [(str(c), str(p), k) for (_, p, k), c in list(missed.items())[:10]]
    assert len(planted) > 2_000


def test_there_is_no_shape_that_cannot_fail(shapes: rdflib.Graph) -> None:
    faults = Faults(shapes)
    free = {str(s).rpartition("/")[2] for s in shapes.subjects(RDF.type, SH.PropertyShape) if not list(faults.of(s))}
    assert free == set()
    used = set(shapes.objects(None, SH.property))
    assert {s for s in shapes.subjects(RDF.type, SH.PropertyShape) if s not in used} == set()


def test_classes_refuse_nodes_without_a_name(shapes: rdflib.Graph) -> None:
    data = rdflib.Graph()
    classes = set(shapes.objects(None, SH.targetClass))
    for cls in classes:
        data.add((BNode(), RDF.type, cls))
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    assert isinstance(results, rdflib.Graph)
    refused = set(results.objects(None, SH.sourceShape)) & set(shapes.subjects(SH.targetClass, None))
    assert len(refused) == len(classes)


# --- what is written ----------------------------------------------------------------------------------------------------


def own_names(text: str, case: int) -> str:
    """Give the records of a case names of their own, so that an accession of two cases does not make one record of them."""
    kinds = {MODEL.namespace + c for c in MODEL.records} | {f"{MODEL.namespace}Origin"}
    typed = re.finditer(r"^<([^>]+)> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <([^>]+)> \.$", text, re.MULTILINE)
    own = {m[1] for m in typed if m[2] in kinds}
    return re.sub(r"<([^>]+)>", lambda m: f"<{m[1]}/case/{case}>" if m[1] in own else m[0], text)


@pytest.mark.parametrize("part", range(4))
def test_what_is_written_of_every_look_alike_conforms(part: int, shapes: rdflib.Graph, tmp_path: Path, tiny_bundle: Path) -> None:
    options = Options(base="https://example.org/data/", today="2026-01-01", bundle=str(tiny_bundle), provenance=True)
    data = rdflib.Graph()
    for i, case in enumerate(CASES[part::4]):
        convert_to(sorted(case.glob("input*")), tmp_path, "ntriples", options)
        data.parse(data=own_names((tmp_path / "dataset.nt").read_text(encoding="utf-8"), i), format="nt")
    assert len(data) > 1_000
    conforms, _, text = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    assert conforms, text[:3000]
