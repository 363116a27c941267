"""ISA-JSON: read as the tables of ISA-Tab, written from them, broken, tangled and large."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import omics_standards as om
from complaints import ISA_JSON_TOOL, ISA_TO_JSON, PEERS, complaints
from isastudy import write_study
from omics_standards.conversion.exporting import export_dataset
from omics_standards.errors import ReadError
from omics_standards.tables.isagraph import Graph, Thing, ways
from omics_standards.tables.isatree import Node
from paths import said

LEAVES = Path(__file__).resolve().parents[1] / "golden" / "isa-json" / "leaves" / "input.json"
DOCUMENT: dict[str, Any] = json.loads(LEAVES.read_text(encoding="utf-8"))


def read(path: Path) -> om.Dataset:
    return om.convert(path, privacy=False, today="2026-01-01")


def leaves_of(value: object) -> int:
    """Scalars that say something."""
    if isinstance(value, dict):
        return sum(map(leaves_of, value.values()))
    if isinstance(value, list):
        return sum(map(leaves_of, value))
    return int(value is not None and bool(str(value).strip()))


def test_a_study_says_the_same_in_both_formats(tmp_path: Path) -> None:
    write_study(tmp_path / "tab")
    tab = read(tmp_path / "tab")
    first = export_dataset(tab, "isa-json", tmp_path / "one")
    assert (first.files, first.losses, first.differing) == (["isa.json"], [], [])
    again = read(tmp_path / "one" / "isa.json")
    before, after = said(tab.records()), said(again.records())
    assert {k: f for k, f in before.items() if k[0] != "Entry"} == {k: f for k, f in after.items() if k[0] != "Entry"}
    export_dataset(again, "isa-json", tmp_path / "two")
    assert (tmp_path / "two" / "isa.json").read_bytes() == (tmp_path / "one" / "isa.json").read_bytes()


def test_every_leaf_has_one_fate(tmp_path: Path) -> None:
    data = read(LEAVES)
    assert data.ledger.cells == leaves_of(DOCUMENT) == sum(data.ledger.counts.values())
    assert data.ledger.counts["rejected"] == 0
    # A sample that stands in several rows is told of where it is declared.
    plant = next(r for r in data.records() if r.id == "biosample/source/plant%201")
    assert plant.origin("organism")[0].address.path == "/studies[1]/materials/sources[1]/characteristics[1]/value/annotationValue"


@pytest.mark.skipif(not PEERS, reason="make setup makes .venv-peers, with isatools")
def test_isatools_and_this_agree(tmp_path: Path) -> None:
    write_study(tmp_path / "tab")
    tab = read(tmp_path / "tab")
    export_dataset(tab, "isa-json", tmp_path / "out")
    assert complaints(ISA_JSON_TOOL, str(tmp_path / "out" / "isa.json")) == set()
    complaints(ISA_TO_JSON, str(tmp_path / "tab"), str(tmp_path / "theirs.json"))
    ours, theirs = said(tab.records()), said(read(tmp_path / "theirs.json").records())
    facts = {(k, f) for k, own in theirs.items() for f in own if k[0] != "Entry"}
    assert len(facts) > 50
    assert facts <= {(k, f) for k, own in ours.items() for f in own}


@pytest.mark.parametrize("share", [0.02, 0.1, 0.3, 0.5, 0.9, 0.999])
def test_a_document_that_breaks_off(share: float, tmp_path: Path) -> None:
    text = LEAVES.read_text(encoding="utf-8")
    broken = tmp_path / "isa.json"
    broken.write_text(text[: int(len(text) * share)], encoding="utf-8")
    if share < 0.05:
        with pytest.raises(ReadError, match=r"not well-formed|no table"):
            read(broken)
        return
    data = read(broken)
    assert "file-broken" in {f.code for f in data.findings}
    assert data.ledger.cells == sum(data.ledger.counts.values())


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """All values of a document, by their keys."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(p for key, one in inner for p in places(one, (*path, key)))]


PLACES = [p for p in places(DOCUMENT) if len(p) > 2]
ODD = st.sampled_from(
    [None, "", "x", 7, -1.5, True, [], {}, [[]], [{}], {"@id": "#sample/1"}, {"@id": "#process/4"}, ["#data/1", None], "#data/3"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.sampled_from(PLACES), ODD), min_size=1, max_size=4))
def test_odd_values_give_findings(changes: list[tuple[tuple[Any, ...], Any]], tmp_path: Path) -> None:
    document = copy.deepcopy(DOCUMENT)
    for path, value in changes:
        home: Any = document
        try:
            for key in path[:-1]:
                home = home[key]
            home[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue
    file = tmp_path / "isa.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    data = read(file)
    assert data.ledger.cells == sum(data.ledger.counts.values()) == leaves_of(document)


def test_a_large_document(tmp_path: Path) -> None:
    study = copy.deepcopy(DOCUMENT)
    one = study["studies"][0]
    for i in range(4, 4_000):
        source = copy.deepcopy(one["materials"]["sources"][0]) | {"@id": f"#source/{i}", "name": f"plant {i}"}
        sample = copy.deepcopy(one["materials"]["samples"][0]) | {"@id": f"#sample/{i}", "name": f"leaf {i}", "derivesFrom": []}
        one["materials"]["sources"].append(source)
        one["materials"]["samples"].append(sample)
        process = {"@id": f"#p/{i}", "executesProtocol": {"@id": "#protocol/harvest"}, "inputs": [{"@id": f"#source/{i}"}]}
        one["processSequence"].append({**process, "outputs": [{"@id": f"#sample/{i}"}]})
    file = tmp_path / "large.json"
    file.write_text(json.dumps(study), encoding="utf-8")
    data = read(file)
    assert data.ledger.cells == leaves_of(study) > 80_000
    leaf = next(r for r in data.records() if r.id == "biosample/leaf%203999")
    assert [str(v) for v in leaf.values("derived_from")] == ["biosample/source/plant%203999"]


def graph_of(*links: tuple[str, str]) -> Graph:
    """A graph; names that begin with p are processes, with d files, others materials."""
    graph = Graph()
    for name in dict.fromkeys(n for link in links for n in link):
        kind = {"p": "process", "d": "data"}.get(name[0], "material")
        header = {"process": "Protocol REF", "data": "Raw Data File"}.get(kind, "Sample Name")
        graph.add(name, Thing(kind, header, Node(None, name, 1)))
    for first, second in links:
        graph.link(first, second)
    return graph


def rows_of(graph: Graph) -> list[str]:
    return [" ".join(t.node.name for t in row) for row in ways(graph)]


def test_what_went_in_is_joined_to_what_came_out() -> None:
    assert rows_of(graph_of(("s", "p"), ("t", "p"), ("p", "u"), ("p", "v"))) == ["s p u", "s p v", "t p u", "t p v"]


def test_rows_end_where_paths_meet_in_a_material() -> None:
    graph = graph_of(("s", "p1"), ("t", "p1"), ("p1", "m"), ("m", "p2"), ("m", "p3"), ("p2", "d2"), ("p3", "d3"))
    assert rows_of(graph) == ["s p1 m", "t p1 m", "m p2 d2", "m p3 d3"]


def test_files_of_one_process_stand_side_by_side() -> None:
    assert rows_of(graph_of(("s", "p"), ("p", "d1"), ("p", "d2"))) == ["s p d1 d2"]
    apart = graph_of(("s", "p"), ("p", "d1"), ("p", "d2"), ("d1", "p2"), ("p2", "d3"))
    assert rows_of(apart) == ["s p d1 p2 d3", "s p d2"]


def test_a_circle_is_cut_and_said() -> None:
    graph = graph_of(("s", "p"), ("p", "d"), ("d", "p2"), ("p2", "d"))
    assert rows_of(graph) == ["s p d p2"]
    assert graph.broken == [("p2", "d")]


def test_a_crowd_is_parted_and_said() -> None:
    crowd = [(f"s{i}", "p") for i in range(300)] + [("p", f"t{i}") for i in range(300)]
    graph = graph_of(*crowd)
    rows = rows_of(graph)
    assert graph.parted == ["p"]
    assert len(rows) == 600
    assert rows_of(graph_of(*crowd[:20], *crowd[300:320])) == [f"s{i} p t{j}" for i in range(20) for j in range(20)]
