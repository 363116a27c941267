"""``query`` as other programs see it: streams, exit codes, stores that are kept, refusals in a sentence."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from query.cases import BASE, write

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-c", "from omics_standards.cli import main; main()", "query"]
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?q ?r ?s }"
NAMES = "SELECT ?sample ?name { ?sample a omst:Biosample ; omst:name ?name } ORDER BY ?name"


def run(*args: object, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, args)], input=stdin, capture_output=True, text=True, env={**os.environ, **env}, timeout=300, check=False
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "small")


def test_a_table_for_people(folder: Path) -> None:
    done = run(folder, NAMES)
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines[0] == ["sample", "name"]
    assert lines[2:] == [
        ["biosample/L3", "cells-1"],
        ["biosample/L1", "liver-1"],
        ["biosample/L2", "lobe-1"],
        ["biosample/G1", "lung-1"],
        ["biosample/X1", "spare"],
    ]


def test_a_long_table_says_what_it_left_out_and_markup_stays_text(folder: Path) -> None:
    done = run(folder, 'SELECT ?x { VALUES ?x { "[red]a[/red]" "b\\nc" "d" } }', "--rows", 2)
    assert "[red]a[/red]" in done.stdout
    assert "b c" in done.stdout
    assert "2 of 3 rows; --rows 0 shows all" in done.stderr
    assert "d" in run(folder, 'SELECT ?x { VALUES ?x { "a" "b" "d" } }', "--rows", 0).stdout.split()


@pytest.mark.skipif(sys.platform == "win32", reason="terminals")
def test_a_terminal_gets_what_fits_its_width(folder: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    long = 'SELECT ?id ("{}" AS ?long) ("{}" AS ?other) {{ VALUES ?id {{ "S1" }} }}'.format("a" * 90, "b" * 60)
    subprocess.run(
        [*COMMAND, str(folder), long],
        stdout=theirs,
        stderr=subprocess.PIPE,
        env={**os.environ, "COLUMNS": "60", "TERM": "xterm"},
        check=True,
    )
    os.close(theirs)
    lines = re.sub(r"\x1b\[[0-9;]*m", "", os.read(ours, 10_000).decode()).split("\r\n")
    os.close(ours)
    assert "S1" in lines[2]
    assert "aaa…" in lines[2]
    assert "bbb…" in lines[2]
    assert max(map(len, lines)) <= 60
    # Where no terminal reads, nothing is cut.
    assert "a" * 90 in run(folder, long).stdout


def test_results_in_the_formats_of_the_standard(folder: Path) -> None:
    data = json.loads(run(folder, NAMES, "--to", "json").stdout)
    assert data["head"]["vars"] == ["sample", "name"]
    assert data["results"]["bindings"][0]["sample"] == {"type": "uri", "value": BASE + "biosample/L3"}
    csv = run(folder, NAMES, "--to", "csv").stdout.splitlines()
    assert csv[:2] == ["sample,name", f"{BASE}biosample/L3,cells-1"]
    tsv = run(folder, NAMES, "--to", "tsv").stdout.splitlines()
    assert tsv[:2] == ["?sample\t?name", f'<{BASE}biosample/L3>\t"cells-1"']
    assert run(folder, NAMES, "--to", "xml").stdout.startswith('<?xml version="1.0"?>')


def test_ask_prints_true_or_false_and_graphs_are_turtle(folder: Path) -> None:
    assert run(folder, "ASK { ?s omst:tissue UBERON:0002107 }").stdout == "true\n"
    assert run(folder, "ASK { ?s omst:tissue UBERON:0000955 }").stdout == "false\n"
    assert json.loads(run(folder, "ASK {}", "--to", "json").stdout) == {"head": {}, "boolean": True}
    graph = "CONSTRUCT { ?s rdfs:label ?n ; a omst:X } WHERE { ?s omst:name ?n ; a omst:Biosample }"
    first, second = run(folder, graph).stdout, run(folder, graph).stdout
    assert first == second
    assert "@prefix omst: <https://w3id.org/omics-standards/> ." in first
    assert 'rdfs:label "liver-1"' in first
    lines = run(folder, graph, "--to", "ntriples").stdout.splitlines()
    assert lines == sorted(lines)
    assert len(lines) == 10
    done = run(folder, graph, "--to", "csv")
    assert (done.returncode, done.stdout) == (2, "")
    assert "the result is a graph: --to turtle or ntriples" in done.stderr
    assert run(folder, NAMES, "--to", "turtle").returncode == 2


def test_the_sparql_comes_from_a_file_or_standard_input(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("\ufeff" + NAMES, encoding="utf-8")
    assert run(folder, "--file", tmp_path / "q.rq", "--to", "csv").stdout == run(folder, "-", "--to", "csv", stdin=NAMES).stdout
    (tmp_path / "latin.rq").write_bytes(b"# \xe9\nASK {}")
    assert "not UTF-8" in run(folder, "--file", tmp_path / "latin.rq").stderr


def test_a_folder_without_rdf_is_asked_by_its_records(tmp_path: Path, tiny_bundle: Path) -> None:
    import omics_standards as om
    from omics_standards.conversion import Options, convert_to

    for to in ("json", "turtle", "ntriples"):
        options = Options(base=BASE, today="2026-01-01", bundle=str(tiny_bundle))
        convert_to([str(ROOT / "examples" / "gsa-liver.xlsx")], tmp_path / to, "json" if to == "json" else to, options)
    everything = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"
    tables = {to: run(tmp_path / to, everything, "--to", "tsv").stdout for to in ("json", "turtle", "ntriples")}
    assert len(tables["json"].splitlines()) == len(om.load(tmp_path / "json").to_graph()) + 1
    assert tables["json"] == tables["turtle"] == tables["ntriples"]


def test_other_rdf_files_and_long_queries(tmp_path: Path) -> None:
    (tmp_path / "a.jsonld").write_text('{"@id": "http://a/s", "http://a/p": "1"}')
    (tmp_path / "b.trig").write_text("<http://a/g> { <http://a/s> <http://a/p> '2' }")
    (tmp_path / "c.rdf").write_text(
        '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="http://a/"><r:Description r:about="http://a/s"><a:p>3</a:p></r:Description></r:RDF>'
    )
    long = "SELECT ?o { ?s <http://a/p> ?o } ORDER BY ?o #" + "x" * 5000
    files = [tmp_path / name for name in ("a.jsonld", "b.trig", "c.rdf")]
    assert run(*files, long, "--to", "csv").stdout.split() == ["o", "1", "2", "3"]
    done = run(tmp_path / "a.xlsx", "ASK {}")
    assert (done.returncode, "no such folder" in done.stderr) == (3, True)
    (tmp_path / "a.xlsx").write_text("")
    assert "or a file of ttl, nt, nq, trig, jsonld, rdf is expected" in run(tmp_path / "a.xlsx", "ASK {}").stderr


def test_the_question_in_the_docs_is_one(folder: Path, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "querying.md").read_text(encoding="utf-8")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "of-a-sex.rq").write_text(page.partition("```sparql\n")[2].partition("```")[0])
    with (folder / "dataset.ttl").open("a") as out:
        out.write("<biosample/L1> omst:sex 'female' . <biosample/G1> omst:sex 'male' .\n")
    done = run(
        folder,
        "--question",
        "of-a-sex",
        "--questions",
        tmp_path / "own",
        "--set",
        "sex=Female",
        "--set",
        "tissue=liver|lung",
        "--to",
        "csv",
    )
    assert done.stdout.splitlines()[1:] == [f"{BASE}biosample/L1,female,http://purl.obolibrary.org/obo/UBERON_0002107"]


def test_several_folders_are_asked_together(folder: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other")
    (other / "dataset.ttl").write_text((other / "dataset.ttl").read_text().replace(BASE, "https://example.org/e/"))
    assert run(folder, other, "SELECT (COUNT(?s) AS ?n) { ?s a omst:Biosample }", "--to", "csv").stdout.split() == ["n", "12"]
    (other / "one.nt").write_text("<a:b> <c:d> <e:f> .\n")
    assert run(other / "one.nt", "SELECT * { ?s ?p ?o }", "--to", "csv").stdout.splitlines() == ["o,p,s", "e:f,c:d,a:b"]


def test_named_questions(folder: Path, tiny_bundle: Path) -> None:
    listed = run("--list")
    assert listed.returncode == 0
    assert "files-of-samples" in listed.stdout
    assert "--set organism='Homo sapiens'" in listed.stdout
    done = run(folder, "--question", "files-of-samples", "--set", "tissue=liver", "--with-subterms", "--bundle", tiny_bundle, "--to", "csv")
    assert [line.split(",")[1] for line in done.stdout.splitlines()[1:]] == ["f1.fastq.gz", "f4.raw", "f2.fastq.gz", "f3.fastq.gz"]
    assert "with 1 below it: left lobe of liver" in done.stderr
    shown = run(folder, "--question", "files-of-samples", "--set", "tissue=lung", "--show")
    assert "VALUES ?tissue { <http://purl.obolibrary.org/obo/UBERON_0002048> }" in shown.stdout
    assert len(run(folder, "-", "--to", "csv", stdin=shown.stdout).stdout.splitlines()) == 2


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        ((), 2, "say what to ask"),
        (("DIR",), 2, "say what to ask"),
        (("nowhere", "ASK {}"), 3, "nowhere: there is no such folder"),
        (("DIR", "SELECT"), 2, "the query cannot be read: error at 1:"),
        (("DIR", "INSERT DATA { <a:b> <c:d> 1 }"), 2, "changes data"),
        (("DIR", "ASK {}", "--update"), 2, "--update needs --store"),
        (
            ("DIR", "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }"),
            2,
            "asks another server (SERVICE), which it may not; query --allow-service lets it",
        ),
        (("DIR", "--question", "filse-of-samples"), 2, "do you mean files-of-samples"),
        (("DIR", "--question", "publications", "--set", "x"), 2, "name=value is expected"),
        (("DIR", "ASK {}", "--set", "a=b"), 2, "--set needs --question"),
        (("DIR", "ASK {}", "--rdf", "nq"), 3, "holds no dataset.nq"),
        (("DIR", "ASK {}", "--rdf", "owl"), 2, "no syntax 'owl'"),
        (("DIR", "--endpoint", "ftp://x/"), 2, "is no address of a server"),
        (("DIR", "--endpoint", "http://me:secret@x/"), 2, "shell's history"),
        (("DIR", "--endpoint", "http://x/", "--graph", "not an iri"), 2, "an IRI, or the word default"),
        (("DIR", "--endpoint", "http://x/", "--question", "publications"), 2, "do not go together"),
        (("--endpoint", "http://x/"), 2, "say which folder to send"),
        (("DIR", "--question", "files-of-samples", "--set", "tissue=liver", "--with-subterms"), 3, "ontologies build"),
    ],
)
def test_what_does_not_fit_ends_in_a_sentence_and_its_code(folder: Path, args: tuple[str, ...], code: int, said: str) -> None:
    done = run(*(str(folder) if a == "DIR" else a for a in args))
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr


def test_with_leave_another_server_is_asked(folder: Path) -> None:
    done = run(folder, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "--allow-service")
    assert done.returncode == 3
    assert "port 9" in done.stderr


def test_a_query_that_does_not_end_is_stopped(folder: Path) -> None:
    done = run(folder, RUNAWAY, "--timeout", 1)
    assert (done.returncode, done.stdout) == (3, "")
    assert "the query was stopped after 1 s" in done.stderr


def _children(pid: int) -> list[int]:
    return [int(p.parent.name) for p in Path("/proc").glob("[0-9]*/stat") if p.read_text().rpartition(")")[2].split()[1] == str(pid)]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes")
def test_ctrl_c_ends_both_processes(folder: Path) -> None:
    process = subprocess.Popen([*COMMAND, str(folder), RUNAWAY], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    children: list[int] = []
    for _ in range(200):
        children = children or _children(process.pid)
        time.sleep(0.05)
        if children and "pyoxigraph" in Path(f"/proc/{children[0]}/maps").read_text():
            break
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 128 + signal.SIGINT
    assert said.endswith("omics-standards: interrupted; nothing was written\n")
    assert "Traceback" not in said
    assert children
    assert not any(Path(f"/proc/{child}").exists() for child in children)


def test_a_kept_store_is_used_again_while_the_folder_is_the_same(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "kept"
    count = "SELECT (COUNT(*) AS ?n) { ?s a omst:Biosample }"
    first = run(folder, count, "--store", store, "--to", "csv")
    assert (first.stdout.split(), first.returncode) == (["n", "6"], 0)
    assert "loading" in first.stderr
    again = run(folder, count, "--store", store, "--to", "csv")
    assert (again.stdout, again.stderr) == (first.stdout, "")
    # Another time of change, the same content.
    os.utime(folder / "dataset.ttl", (1, 1))
    assert run(folder, count, "--store", store, "--to", "csv").stderr == ""
    with (folder / "dataset.ttl").open("a") as out:
        out.write("<biosample/new> a omst:Biosample .\n")
    changed = run(folder, count, "--store", store, "--to", "csv")
    assert (changed.stdout.split(), "loading" in changed.stderr) == (["n", "7"], True)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["kept", "small"]
    assert run(count, "--store", store, "--to", "csv").stdout.split() == ["n", "7"]


def test_a_store_is_changed_only_when_asked_and_updates_are_not_lost(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "kept"
    insert = "INSERT DATA { <biosample/own> a omst:Biosample }"
    assert run(folder, insert, "--store", store).returncode == 2
    done = run(folder, insert, "--store", store, "--update")
    assert (done.returncode, done.stdout) == (0, "")
    assert "now" in done.stderr
    asked = run(folder, "ASK { <biosample/own> a omst:Biosample }", "--store", store)
    assert asked.stdout == "true\n"
    with (folder / "dataset.ttl").open("a") as out:
        out.write("<biosample/new> a omst:Biosample .\n")
    refused = run(folder, "ASK {}", "--store", store)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "holds updates" in refused.stderr
    forced = run(folder, "ASK { <biosample/own> a omst:Biosample }", "--store", store, "--force")
    assert forced.stdout == "false\n"
    load = run(folder, "LOAD <http://127.0.0.1:9/>", "--store", store, "--update")
    assert (load.returncode, "asks another server" in load.stderr) == (2, True)


def test_a_folder_that_is_no_store_is_not_touched(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "precious"
    other.mkdir()
    (other / "thesis.txt").write_text("all of it")
    done = run(folder, "ASK {}", "--store", other)
    assert done.returncode == 2
    assert "is no store that query wrote" in done.stderr
    assert (other / "thesis.txt").read_text() == "all of it"


def test_a_load_that_fails_leaves_the_old_store(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "kept"
    assert run(folder, "ASK {}", "--store", store).stdout == "true\n"
    (folder / "dataset.ttl").write_text("this is no Turtle")
    failed = run(folder, "ASK {}", "--store", store)
    assert (failed.returncode, failed.stdout) == (3, "")
    assert "not RDF as its name says" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert run("ASK { ?s a omst:Biosample }", "--store", store).stdout == "true\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["kept", "small"]
