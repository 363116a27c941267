"""RDF: what the writers say, three syntaxes, two parsers, one graph."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from omics_standards.conversion import Dataset, Options, convert_to
from omics_standards.conversion.flow import Flow
from omics_standards.conversion.memory import Memory
from omics_standards.models import slots
from omics_standards.tables import from_rows, read

ROOT = Path(__file__).resolve().parents[2]
BASE = "https://example.org/data/"
EXAMPLE = ROOT / "examples" / "gsa-liver.xlsx"

# Everything that breaks naive writers: quotes, backslashes, line ends, controls, other scripts, characters beyond the BMP,
# lone surrogates, text that looks like IRIs, CURIEs, prefixes or relative paths.
NASTY = [
    'say "hi"', "back\\slash", "two\nlines", "tab\there", "nul\x00bell\x07", "中文 标签", "emoji 🧬", "\ud800 lone", "<http://x>",
    "UBERON:0002107", "../../etc/passwd", "a b", "..", "'''", '"""', "%20", "#frag", "?q=1", "{x}", "^", "`", "|", "trailing\\", "é̀",
    "http://exa mple", "_:b0", "@prefix", "rdf:type", "\u2028line", "\x7f", "=cmd|' /C calc'!A0",
]  # fmt: skip


def dataset(book: object, bundle: Path | None = None) -> Dataset:
    sink = Memory()
    flow = Flow([book], Options(base=BASE, today="2026-01-01", bundle=str(bundle) if bundle else None))  # type: ignore[list-item]
    return Dataset(flow.run(sink), sink.records)


def graphs(folder: Path) -> dict[str, set[str]]:
    """Each file as a set of N-Triples lines, by each parser."""
    found: dict[str, set[str]] = {}
    for name, oxi, rdf in (
        ("dataset.ttl", pyoxigraph.RdfFormat.TURTLE, "turtle"),
        ("dataset.nt", pyoxigraph.RdfFormat.N_TRIPLES, "nt"),
        ("dataset.jsonld", None, "json-ld"),
    ):
        path = folder / name
        graph = rdflib.Graph().parse(path, format=rdf)
        found[f"{name} rdflib"] = {f"{s.n3()} {p.n3()} {o.n3()}" for s, p, o in graph}
        if oxi is not None:
            store = list(pyoxigraph.parse(path.read_bytes(), format=oxi))
            found[f"{name} oxigraph"] = {rdflib_line(t) for t in store}
    return found


def rdflib_line(triple: pyoxigraph.Quad) -> str:
    def node(x: object) -> str:
        if isinstance(x, pyoxigraph.Literal):
            kind = rdflib.URIRef(x.datatype.value)
            plain = x.datatype.value == "http://www.w3.org/2001/XMLSchema#string"
            return rdflib.Literal(x.value, datatype=None if plain else kind, normalize=False).n3()
        return rdflib.URIRef(x.value).n3()  # type: ignore[attr-defined]

    return f"{node(triple.subject)} {node(triple.predicate)} {node(triple.object)}"


@pytest.fixture(autouse=True)
def _literals_as_written() -> object:
    """rdflib rewrites 35.50 as 35.5 unless it is told not to; both parsers must see what was written."""
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    yield
    rdflib.NORMALIZE_LITERALS = before


def nasty_book() -> object:
    headers = ["sample_name", "sample_title", "organism", "collection_date", "geo_loc_name", "tissue", "lat_lon", "age", "odd column"]
    rows = [
        [f"S{i} {text}", text, text, "2020-05-01", f"China: {text}", text, "39.9 N 116.4 E", "35.50 years", text]
        for i, text in enumerate(NASTY)
    ]
    return from_rows(headers, rows, name="nasty")


@pytest.mark.parametrize("case", ["example", "nasty"])
def test_all_syntaxes_and_parsers_give_one_graph(case: str, tmp_path: Path, tiny_bundle: Path) -> None:
    data = dataset(read(EXAMPLE) if case == "example" else nasty_book(), tiny_bundle)
    data.write(tmp_path, "turtle,ntriples,jsonld")
    found = graphs(tmp_path)
    first = found["dataset.nt rdflib"]
    assert len(first) > 100
    for name, graph in found.items():
        assert graph == first, (name, sorted(graph - first)[:5], sorted(first - graph)[:5])


def test_no_blank_nodes_and_every_term_has_a_label(tmp_path: Path, tiny_bundle: Path) -> None:
    graph = dataset(read(EXAMPLE), tiny_bundle).to_graph()
    assert not any(isinstance(x, rdflib.BNode) for t in graph for x in t)
    omst = rdflib.Namespace(slots.MODEL.namespace)
    terms = set(graph.subjects(rdflib.RDF.type, omst.OntologyTerm))
    assert terms
    assert [t for t in terms if (t, rdflib.RDFS.label, None) not in graph] == []


@pytest.mark.parametrize("case", ["example", "nasty"])
def test_what_is_written_conforms_to_the_shapes(case: str, tiny_bundle: Path) -> None:
    import pyshacl

    data = dataset(read(EXAMPLE) if case == "example" else nasty_book(), tiny_bundle)
    shapes = Path(slots.__file__).with_name("_shapes.ttl")
    conforms, _, text = pyshacl.validate(data.to_graph(), shacl_graph=str(shapes), inference="none")
    assert conforms, text[:3000]


def test_shapes_catch_a_planted_fault(tiny_bundle: Path) -> None:
    import pyshacl

    graph = dataset(read(EXAMPLE), tiny_bundle).to_graph()
    omst = rdflib.Namespace(slots.MODEL.namespace)
    sample = next(graph.subjects(rdflib.RDF.type, omst.Biosample))
    graph.add((sample, omst.sex, rdflib.Literal("purple")))
    conforms, _, _ = pyshacl.validate(graph, shacl_graph=str(Path(slots.__file__).with_name("_shapes.ttl")), inference="none")
    assert not conforms


def test_dataset_json_validates_against_the_schema(tmp_path: Path, tiny_bundle: Path) -> None:
    import json

    import jsonschema

    schema = json.loads(Path(slots.__file__).with_name("_schema.json").read_text(encoding="utf-8"))
    for i, book in enumerate((read(EXAMPLE), nasty_book())):
        dataset(book, tiny_bundle).write(tmp_path / str(i), "json")
        data = json.loads((tmp_path / str(i) / "dataset.json").read_text(encoding="utf-8"))
        errors = [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in jsonschema.Draft202012Validator(schema).iter_errors(data)]
        assert errors == []


def test_records_survive_a_round_trip_through_the_folder(tmp_path: Path, tiny_bundle: Path) -> None:
    import omics_standards as om

    data = dataset(read(EXAMPLE), tiny_bundle)
    data.write(tmp_path / "a", "json,ntriples")
    again = om.load(tmp_path / "a")
    again.write(tmp_path / "b", "ntriples")
    assert sorted((tmp_path / "a" / "dataset.nt").read_text().splitlines()) == sorted(
        (tmp_path / "b" / "dataset.nt").read_text().splitlines()
    )
    assert again.ledger.to_dict() == data.ledger.to_dict()
    assert [f.to_dict() for f in again.findings] == [f.to_dict() for f in data.findings]


def test_tables_neutralise_formulas(tmp_path: Path) -> None:
    dataset(nasty_book()).write(tmp_path, "tsv,xlsx")
    text = (tmp_path / "tables" / "biosamples.tsv").read_text(encoding="utf-8")
    assert "'=cmd|" in text
    assert "\t=cmd|" not in text
    book = read(tmp_path / "dataset.xlsx")
    cells = [c for s in book.sheets for b in s.batches() for r in b.rows for c in r]
    assert any(c.startswith("'=cmd|") for c in cells)
    assert not any(c.startswith("=") for c in cells)


def test_a_failed_run_leaves_nothing_behind(tmp_path: Path) -> None:
    from omics_standards.errors import OmicsStandardsError

    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(OmicsStandardsError):
        convert_to([broken], tmp_path / "out", "json,turtle")
    assert not (tmp_path / "out").exists()


def test_a_run_that_breaks_while_writing_leaves_the_old_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    convert_to([EXAMPLE], out, "turtle", Options(today="2026-01-01"))
    before = {p.name: p.read_bytes() for p in out.iterdir()}
    monkeypatch.setattr("omics_standards.emit.turtle.TurtleWriter.close", lambda self: (_ for _ in ()).throw(MemoryError()))
    with pytest.raises(MemoryError):
        convert_to([EXAMPLE], out, "turtle", Options(today="2026-01-01", base="https://other.example/"))
    assert {p.name: p.read_bytes() for p in out.iterdir()} == before
