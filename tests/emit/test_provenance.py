"""Where values come from: in every syntax the same, without blank nodes, from the cell to the value and back."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph
import pytest

from omics_standards.conversion import Options, convert_to
from omics_standards.conversion.api import convert
from omics_standards.models.slots import MODEL

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "gsa-liver.xlsx"
BASE = "https://example.org/data/"
SYNTAXES = "turtle,ntriples,nquads,jsonld,rdfxml"
FORMATS = {
    "dataset.ttl": pyoxigraph.RdfFormat.TURTLE,
    "dataset.nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "dataset.nq": pyoxigraph.RdfFormat.N_QUADS,
    "dataset.jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "dataset.rdf": pyoxigraph.RdfFormat.RDF_XML,
}


def options(bundle: Path, **more: object) -> Options:
    return Options(base=BASE, today="2026-01-01", bundle=str(bundle), **more)  # type: ignore[arg-type]


def triples(path: Path) -> set[tuple[str, str, str]]:
    quads = pyoxigraph.parse(path.read_bytes(), format=FORMATS[path.name])
    default = pyoxigraph.DefaultGraph()
    inner = path.name == "dataset.nq"
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in quads if not inner or q.graph_name != default}


def test_all_syntaxes_say_the_same_of_origins(tmp_path: Path, tiny_bundle: Path) -> None:
    convert_to([EXAMPLE], tmp_path, SYNTAXES, options(tiny_bundle, provenance=True))
    found = {name: triples(tmp_path / name) for name in FORMATS}
    first = found["dataset.nt"]
    assert sum(p.endswith("/origin>") for _, p, _ in first) > 100
    for name, graph in found.items():
        assert graph == first, (name, sorted(graph - first)[:3], sorted(first - graph)[:3])
    assert not any(x.startswith(("_:", "<<")) for t in first for x in t)


def test_from_a_value_to_its_cell_and_raw_text(tmp_path: Path, tiny_bundle: Path) -> None:
    convert_to([EXAMPLE], tmp_path, "turtle", options(tiny_bundle, provenance=True))
    store = pyoxigraph.Store()
    store.bulk_load((tmp_path / "dataset.ttl").read_bytes(), format=pyoxigraph.RdfFormat.TURTLE)
    rows = store.query(
        f"""PREFIX omst: <{MODEL.namespace}>
        SELECT ?cell ?raw ?steps WHERE {{
          ?sample a omst:Biosample ; omst:tissue ?tissue ; omst:origin ?origin .
          ?origin omst:cell ?cell ; omst:reading ?reading .
          ?reading omst:slot "tissue" ; omst:result ?tissue ; omst:raw ?raw ; omst:steps ?steps . }}"""
    )
    got = {tuple(v.value for v in row) for row in rows}  # type: ignore[union-attr]
    data = convert(EXAMPLE, base=BASE, today="2026-01-01", bundle=str(tiny_bundle))
    expected = set()
    for record in data.records("Biosample"):
        (origin,) = record.origin("tissue")
        (reading,) = [r for r in record.readings if r.slot == "tissue" and r.values]
        expected.add((origin.address.cell, reading.raw_text(), "\n".join(origin.steps)))
    assert got == expected
    assert len(got) == 6


def test_a_name_stands_on_the_origin_of_its_cell(tmp_path: Path, tiny_bundle: Path) -> None:
    convert_to([EXAMPLE], tmp_path, "ntriples", options(tiny_bundle, provenance=True))
    text = (tmp_path / "dataset.nt").read_text(encoding="utf-8")
    cell = re.search(rf'<({BASE}origin/[^>]+)> <{MODEL.namespace}cell> "Sample!B2"', text)
    assert cell is not None
    assert f"<{cell[1]}> <{MODEL.namespace}result> " in text


def test_the_bytes_are_the_same_with_every_number_of_processes(tmp_path: Path, tiny_bundle: Path) -> None:
    rows = "".join(f"S{i}\tMus musculus\tliver{i % 7}\t{i % 90}.50 years\todd {i % 3}\n" for i in range(33_500))
    table = tmp_path / "many.tsv"
    table.write_text("*sample_name\t*organism\ttissue\tage\todd\n" + rows, encoding="utf-8")
    texts = []
    for jobs in (1, 2):
        out = tmp_path / str(jobs)
        convert_to([table], out, "turtle,nquads", options(tiny_bundle, provenance=True, jobs=jobs, profile="ncbi-biosample"))
        texts.append({name: (out / name).read_bytes() for name in ("dataset.ttl", "dataset.nq", "description.ttl")})
    assert texts[0] == texts[1]


def test_without_asking_nothing_of_it_is_written(tmp_path: Path, tiny_bundle: Path) -> None:
    convert_to([EXAMPLE], tmp_path, SYNTAXES, options(tiny_bundle))
    for name in FORMATS:
        assert not any(p in (f"<{MODEL.namespace}origin>", f"<{MODEL.namespace}position>") for _, p, _ in triples(tmp_path / name)), name


def test_quads_keep_data_origins_and_description_apart(tmp_path: Path, tiny_bundle: Path) -> None:
    convert_to([EXAMPLE], tmp_path, "nquads,ntriples", options(tiny_bundle, provenance=True))
    graphs: dict[str, set[str]] = {}
    for quad in pyoxigraph.parse((tmp_path / "dataset.nq").read_bytes(), format=pyoxigraph.RdfFormat.N_QUADS):
        graphs.setdefault(str(quad.graph_name), set()).add(str(quad.predicate))
    assert set(graphs) == {f"<{BASE}>", f"<{BASE}provenance>", "DEFAULT"}
    assert f"<{MODEL.namespace}origin>" in graphs[f"<{BASE}provenance>"] - graphs[f"<{BASE}>"]
    assert "<http://www.w3.org/ns/prov#used>" in graphs["DEFAULT"] - graphs[f"<{BASE}>"]


def test_a_base_that_stands_in_a_graph_changes_no_literal(tmp_path: Path) -> None:
    import pandas as pd

    frame = pd.DataFrame({"*sample_name": ["S1"], "*organism": ["Mus musculus"], "description": ['ends with .\n and " . \n goes on']})
    convert(frame, base=BASE).write(tmp_path, "ntriples,nquads")
    one = triples(tmp_path / "dataset.nt")
    assert one == triples(tmp_path / "dataset.nq")


@pytest.mark.parametrize("order", ["nquads,ntriples", "ntriples,nquads"])
def test_lines_made_for_one_syntax_serve_the_other(order: str, tmp_path: Path, tiny_bundle: Path) -> None:
    convert_to([EXAMPLE], tmp_path / "both", order, options(tiny_bundle, provenance=True))
    for name, syntax in (("dataset.nt", "ntriples"), ("dataset.nq", "nquads")):
        convert_to([EXAMPLE], tmp_path / syntax, syntax, options(tiny_bundle, provenance=True))
        assert (tmp_path / syntax / name).read_bytes() == (tmp_path / "both" / name).read_bytes()
