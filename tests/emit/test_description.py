"""What is said of a dataset as a whole: how much, of what, with what; by whom and when only where the run was told."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import rdflib
from rdflib import PROV, RDF, RDFS, VOID, XSD, Literal, URIRef

import omics_standards as om
from omics_standards.conversion import Options, convert_to
from omics_standards.emit.description import orcid_iri
from omics_standards.errors import UsageError
from omics_standards.models.slots import MODEL

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "gsa-liver.xlsx"
BASE = "https://example.org/data/"


def described(folder: Path, bundle: Path, to: str = "turtle,ntriples", **more: object) -> rdflib.Graph:
    convert_to([EXAMPLE], folder, to, Options(base=BASE, today="2026-01-01", bundle=str(bundle), **more))  # type: ignore[arg-type]
    return rdflib.Graph().parse(folder / "description.ttl")


def number(graph: rdflib.Graph, subject: URIRef, predicate: URIRef) -> int:
    return int(str(graph.value(subject, predicate)))


@pytest.mark.parametrize("to", ["turtle", "ntriples", "nquads"])
@pytest.mark.parametrize("provenance", [False, True])
def test_it_counts_what_was_written(to: str, provenance: bool, tmp_path: Path, tiny_bundle: Path) -> None:
    graph = described(tmp_path, tiny_bundle, f"{to},json", provenance=provenance)
    plain = rdflib.Graph()
    om.load(tmp_path).write(tmp_path / "plain", "ntriples")
    plain.parse(tmp_path / "plain" / "dataset.nt", format="nt")
    dataset = URIRef(BASE)
    assert number(graph, dataset, VOID.triples) == len(plain)
    for part in graph.objects(dataset, VOID.classPartition):
        cls = graph.value(part, VOID["class"])
        assert number(graph, part, VOID.entities) == len(set(plain.subjects(RDF.type, cls))), cls
    records = [s for c in MODEL.records for s in plain.subjects(RDF.type, URIRef(MODEL.namespace + c))]
    assert number(graph, dataset, VOID.entities) == len(records)


def test_it_names_sources_by_their_content_and_what_was_used(tmp_path: Path, tiny_bundle: Path) -> None:
    graph = described(tmp_path, tiny_bundle)
    digest = hashlib.sha256(EXAMPLE.read_bytes()).hexdigest()
    source = URIRef(f"{BASE}source/{digest}")
    assert (URIRef(BASE), PROV.wasDerivedFrom, source) in graph
    assert graph.value(source, RDFS.label) == Literal("gsa-liver.xlsx")
    assert graph.value(source, URIRef(f"{MODEL.namespace}sha256")) == Literal(digest)
    activity = graph.value(URIRef(BASE), PROV.wasGeneratedBy)
    used = {str(graph.value(u, RDFS.label)) for u in graph.objects(activity, PROV.used)}
    assert "gsa-liver.xlsx" in used
    assert f"omics_standards model {MODEL.version}" in used
    assert any(u.startswith("ngdc-gsa ") for u in used)
    assert any(u.startswith("UBERON ") for u in used)
    assert not any(isinstance(x, rdflib.BNode) for t in graph for x in t)
    assert "dcat" not in (tmp_path / "description.ttl").read_text().casefold()


def test_who_and_when_stand_there_only_where_told(tmp_path: Path, tiny_bundle: Path) -> None:
    silent = described(tmp_path / "a", tiny_bundle)
    assert not set(silent.subjects(RDF.type, PROV.Person)) | set(silent.subjects(RDF.type, PROV.Agent))
    assert not list(silent.triples((None, PROV.endedAtTime, None)))
    told = described(tmp_path / "b", tiny_bundle, by="https://orcid.org/0000-0002-1825-0097", stamp="2026-02-03T04:05:06Z")
    activity = told.value(URIRef(BASE), PROV.wasGeneratedBy)
    assert (activity, PROV.wasAssociatedWith, URIRef("https://orcid.org/0000-0002-1825-0097")) in told
    assert told.value(activity, PROV.endedAtTime) == Literal("2026-02-03T04:05:06Z", datatype=XSD.dateTime)
    named = described(tmp_path / "c", tiny_bundle, by="Example Curator", stamp="2026-02-03")
    (agent,) = named.subjects(RDF.type, PROV.Agent)
    assert named.value(agent, RDFS.label) == Literal("Example Curator")
    assert Literal("2026-02-03", datatype=XSD.date) in set(named.objects())


def test_the_same_input_gives_the_same_bytes(tmp_path: Path, tiny_bundle: Path) -> None:
    for name in "ab":
        described(tmp_path / name, tiny_bundle, by="Example Curator")
    assert (tmp_path / "a" / "description.ttl").read_bytes() == (tmp_path / "b" / "description.ttl").read_bytes()


def test_a_slip_in_an_orcid_is_told_before_the_work(tmp_path: Path, tiny_bundle: Path) -> None:
    with pytest.raises(UsageError, match="is no ORCID: its last digit"):
        described(tmp_path / "out", tiny_bundle, by="0000-0002-1825-0098")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("text", "iri"), [
    ("0000-0002-1694-233X", "https://orcid.org/0000-0002-1694-233X"),
    ("orcid:0000-0001-5109-3700", "https://orcid.org/0000-0001-5109-3700"),
    ("0000-0001-5109-370", None),
    ("", None),
])  # fmt: skip
def test_orcids(text: str, iri: str | None) -> None:
    assert orcid_iri(text) == iri


def test_without_rdf_there_is_none_and_an_old_one_goes(tmp_path: Path, tiny_bundle: Path) -> None:
    described(tmp_path, tiny_bundle)
    convert_to([EXAMPLE], tmp_path, "json", Options(base=BASE, today="2026-01-01", bundle=str(tiny_bundle)))
    assert {p.name for p in tmp_path.iterdir()} == {"dataset.json", "report.json"}


def test_the_command_line_passes_who_and_when_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from typer.testing import CliRunner

    from omics_standards.cli.app import app

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    done = CliRunner().invoke(app, ["convert", str(EXAMPLE), "-o", str(tmp_path / "a"), "--by", "Example Curator", "-q"])
    assert done.exit_code in (0, 1), done.output
    text = (tmp_path / "a" / "description.ttl").read_text()
    assert '"Example Curator"' in text
    assert '"2026-01-01T00:00:00Z"^^xsd:dateTime' in text
    CliRunner().invoke(app, ["convert", str(EXAMPLE), "-o", str(tmp_path / "b"), "--stamp", "2026-01-02", "-q"])
    assert '"2026-01-02"^^xsd:date' in (tmp_path / "b" / "description.ttl").read_text()
