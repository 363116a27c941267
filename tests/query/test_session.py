"""The store in its own process: answers, refusals, limits, and what becomes of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import omics_standards as om
from omics_standards.errors import MissingDependencyError, QueryStopped, ReadError, UsageError
from omics_standards.sparql import Session, Source
from omics_standards.sparql.results import read_table

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?q ?r ?s . ?t ?u ?v . ?w ?x ?y }"


@pytest.fixture
def dataset(tiny_bundle: Path, monkeypatch: pytest.MonkeyPatch) -> om.Dataset:
    import pandas as pd

    monkeypatch.setenv("OMICS_STANDARDS_BUNDLE", str(tiny_bundle))
    table = {
        "*sample_name": ["S1", "S2"],
        "*organism": ["Mus musculus"] * 2,
        "tissue": ["liver", "lung"],
        "*collection_date": ["2020-05-01", "2020"],
    }
    return om.convert(pd.DataFrame(table), base="https://example.org/d/")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "data.nt"
    path.write_text("".join(f'<http://x/{i}> <http://x/p> "{i}" .\n' for i in range(300)))
    return path


def test_a_dataset_answers_with_a_frame_whose_ids_are_those_of_its_frames(dataset: om.Dataset) -> None:
    got = dataset.query("SELECT ?sample ?tissue ?label { ?sample omst:tissue ?tissue . ?tissue rdfs:label ?label } ORDER BY ?sample")
    assert got.to_dict("list") == {
        "sample": ["biosample/S1", "biosample/S2"],
        "tissue": ["UBERON:0002107", "UBERON:0002048"],
        "label": ["liver", "lung"],
    }
    assert set(got["sample"]) == set(dataset.to_frame("Biosample")["id"])


def test_numbers_truth_and_missing_values_have_their_types(dataset: om.Dataset) -> None:
    got = dataset.query(
        "SELECT (COUNT(*) AS ?n) (1.5 AS ?half) (true AS ?yes) (SAMPLE(?none) AS ?nothing) { ?s a omst:Biosample OPTIONAL { ?s omst:disease ?none } }"
    )
    assert got.dtypes.astype(str).to_dict() == {"n": "Int64", "half": "Float64", "yes": "boolean", "nothing": "string"}
    assert got.iloc[0].tolist()[:3] == [2, 1.5, True]
    assert got["nothing"].isna().all()


def test_whole_numbers_beyond_64_bits_stay_text(dataset: om.Dataset) -> None:
    got = dataset.query('SELECT ("99999999999999999999"^^xsd:integer AS ?big) {}')
    assert got["big"].tolist() == ["99999999999999999999"]


def test_ask_and_graphs_are_frames_too(dataset: om.Dataset) -> None:
    assert dataset.query("ASK { ?s omst:tissue UBERON:0002107 }")["answer"].tolist() == [True]
    assert dataset.query("ASK { ?s omst:tissue UBERON:0000955 }")["answer"].tolist() == [False]
    graph = dataset.query("CONSTRUCT { ?s rdfs:label ?name } WHERE { ?s a omst:Biosample ; omst:name ?name }")
    assert graph.values.tolist() == [["biosample/S1", "rdfs:label", "S1"], ["biosample/S2", "rdfs:label", "S2"]]


def test_ids_of_the_dataset_may_be_written_relative_to_its_base(dataset: om.Dataset) -> None:
    assert dataset.query("SELECT ?name { <biosample/S1> omst:name ?name }")["name"].tolist() == ["S1"]


def test_the_graph_is_that_of_to_graph(dataset: om.Dataset) -> None:
    assert len(dataset.query("SELECT * { ?s ?p ?o }")) == len(dataset.to_graph())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT ?x {", "cannot be read: error at 1:"),
        ("INSERT DATA { <a:b> <c:d> 1 }", "changes data"),
        ("PREFIX a: <b> DELETE WHERE { ?s ?p ?o }", "changes data"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "asks another server"),
    ],
)
def test_what_does_not_only_read_is_refused_in_one_sentence(dataset: om.Dataset, text: str, said: str) -> None:
    before = len(dataset.query("SELECT * { ?s ?p ?o }"))
    with pytest.raises(UsageError, match=said) as caught:
        dataset.query(text)
    assert "\n" not in str(caught.value)
    assert len(dataset.query("SELECT * { ?s ?p ?o }")) == before


def test_a_query_that_does_not_end_is_stopped_and_the_next_one_is_answered(dataset: om.Dataset) -> None:
    with pytest.raises(QueryStopped, match=r"stopped after 0\.5 s"):
        dataset.query(RUNAWAY, timeout=0.5)
    assert dataset.query("ASK { ?s a omst:Biosample }")["answer"].tolist() == [True]


def test_the_process_of_a_stopped_query_is_gone(file: Path, tmp_path: Path) -> None:
    with Session([Source(file, "nt")]) as session:
        session.open()
        process = session._process
        assert process is not None
        with pytest.raises(QueryStopped):
            session.ask(RUNAWAY, tmp_path / "out", timeout=0.5)
        assert process.poll() is not None


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_process_that_is_killed_is_reported_in_a_sentence(file: Path, tmp_path: Path) -> None:
    with Session([Source(file, "nt")]) as session:
        session.open()
        assert session._process is not None
        os.kill(session._process.pid, signal.SIGKILL)
        with pytest.raises(QueryStopped, match="want of memory"):
            session.ask("ASK {}", tmp_path / "out")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes")
def test_the_process_ends_with_the_object(dataset: om.Dataset) -> None:
    from omics_standards.sparql import results

    dataset.query("ASK {}")
    process = results._OPEN[dataset][0]._process
    assert process is not None
    assert process.poll() is None
    results._OPEN.pop(dataset)
    for _ in range(100):
        if process.poll() is not None:
            break
        time.sleep(0.05)
    assert process.poll() is not None


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes")
def test_a_query_without_a_limit_ends_with_the_program_that_asked(file: Path, tmp_path: Path) -> None:
    code = (
        "import sys, threading; from pathlib import Path; from omics_standards.sparql import Session, Source\n"
        "session = Session([Source(Path(sys.argv[1]), 'nt')]); session.open(); print(session._process.pid, flush=True)\n"
        "session.ask(sys.argv[3], Path(sys.argv[2]), timeout=None)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(file), str(tmp_path / "out"), RUNAWAY], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    time.sleep(0.5)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    status = Path(f"/proc/{child}/stat")
    for _ in range(600):
        # Who takes over an orphan may leave it as a zombie, which runs no more.
        if not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.1)
    os.kill(child, signal.SIGKILL)
    pytest.fail("the process runs on")


def test_broken_rdf_names_the_file_and_the_place(tmp_path: Path) -> None:
    path = tmp_path / "bad.ttl"
    path.write_text("<a:b> <c:d> .\n")
    with Session([Source(path, "ttl")]) as session, pytest.raises(ReadError, match=r"bad\.ttl.* line 1"):
        session.open()
    with Session([Source(tmp_path / "absent.nt", "nt")]) as session, pytest.raises(ReadError, match="No such file"):
        session.open()


def test_quads_count_once_without_graph_and_are_found_by_graph(tmp_path: Path) -> None:
    path = tmp_path / "data.nq"
    path.write_text('<a:s> <a:p> "1" <a:g1> .\n<a:s> <a:p> "1" <a:g2> .\n')
    with Session([Source(path, "nq")]) as session:
        session.ask("SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?g) AS ?graphs) { { ?s ?p ?o } UNION { GRAPH ?g {} } }", tmp_path / "out")
        assert [c.text for c in read_table(tmp_path / "out").rows[0] if c] == ["3", "2"]
        session.ask("SELECT ?s ?o { ?s ?p ?o }", tmp_path / "out", to="csv")
        assert (tmp_path / "out").read_text().splitlines() == ["s,o", "a:s,1"]


def test_without_the_store_s_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyoxigraph", None)
    monkeypatch.setattr("omics_standards.sparql.session.find_spec", lambda _: None)
    with pytest.raises(MissingDependencyError, match=r"pip install 'omics-standards\[query\]'"):
        Session()
