"""The command line as other programs see it: exit codes, streams, contracts, one clear sentence for what is broken."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from omics_standards.terms import Bundle

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "gsa-liver.xlsx"
CLEAN = "*sample_name\t*organism\t*collection_date\t*geo_loc_name\t*tissue\nS1\tMus musculus\t2020-05-01\tChina: Beijing\tliver\n"


def run(*args: object, stdin: str | bytes | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run([sys.executable, "-c", "from omics_standards.cli import main; main()", *map(str, args)], input=data, capture_output=True,
                          env={**os.environ, **env}, timeout=120, check=False)  # fmt: skip
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "clean.tsv"
    path.write_text(CLEAN)
    return path


def test_clean_input_ends_with_0_and_writes_report_json_turtle(clean: Path, tmp_path: Path, tiny_bundle: Path) -> None:
    done = run("convert", clean, "-o", tmp_path / "out", "--bundle", tiny_bundle)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"report.json", "dataset.json", "dataset.ttl", "description.ttl"}
    report = json.loads((tmp_path / "out" / "report.json").read_text())
    assert set(report) == {"inputs", "ledger", "records", "findings", "versions"}
    (sheet,) = report["inputs"][0]["sheets"]
    assert set(sheet) == {"sheet", "family", "profile", "score", "runner_up", "rows", "header_row"}
    assert sheet["family"] == "ncbi-biosample"
    assert report["ledger"]["cells"] == sum(v for k, v in report["ledger"].items() if k != "cells") == 10


def test_findings_end_with_1_and_have_the_contract_s_keys(tiny_bundle: Path) -> None:
    done = run("check", EXAMPLE, "--json", "--bundle", tiny_bundle)
    assert done.returncode == 1
    findings = [json.loads(line) for line in done.stdout.splitlines()]
    allowed = {
        "code",
        "severity",
        "file",
        "sheet",
        "row",
        "column",
        "header",
        "cell",
        "path",
        "slot",
        "value",
        "expected",
        "fix",
        "count",
        "rows",
        "also",
    }
    assert all(set(f) <= allowed for f in findings)
    date = next(f for f in findings if f["code"] == "date-impossible")
    assert (date["cell"], date["row"], date["column"], date["value"], date["slot"]) == (
        "Sample!M7",
        7,
        "M",
        "2023-02-30",
        "Biosample.collection_date",
    )
    assert all(f["expected"] and f["fix"] for f in findings if f["severity"] != "info")


def test_fail_on_warning(clean: Path, tiny_bundle: Path) -> None:
    text = CLEAN.replace("liver", "livre")
    assert run("check", "-", stdin=text, OMICS_STANDARDS_BUNDLE=str(tiny_bundle)).returncode == 0
    assert run("check", "-", "--fail-on", "warning", stdin=text, OMICS_STANDARDS_BUNDLE=str(tiny_bundle)).returncode == 1


def test_strict_without_a_bundle_ends_with_4_and_says_the_command(clean: Path) -> None:
    done = run("check", clean, "--strict")
    assert done.returncode == 4
    assert "omics-standards ontologies build" in done.stdout


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["convert", "no-such-file.xlsx", "-o", "OUT"], 3),
        (["convert", "CLEAN", "-o", "OUT", "--to", "pdf"], 2),
        (["convert", "CLEAN", "-o", "OUT", "--profile", "no-such-profile"], 2),
        (["convert", "CLEAN", "-o", "OUT", "--profile", "sdrf-proteomics"], 2),
        (["convert", "CLEAN", "-o", "OUT", "--base", "not an iri"], 2),
        (["convert", "CLEAN", "-o", "/proc/nowhere"], 3),
        (["convert", "CLEAN"], 2),
        (["profiles", "show", "no-such-profile"], 2),
        (["terms", "ground", "--slot", "wings"], 2),
        (["check", "FOLDER"], 3),
        (["check", "CLEAN", "--bundle", "CLEAN"], 3),
        (["convert", "CLEAN", "-o", "OUT", "--profiles", "/no/such/folder"], 2),
    ],
)
def test_what_is_broken_ends_in_one_sentence(args: list[str], code: int, clean: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    places = {"CLEAN": clean, "OUT": tmp_path / "out", "FOLDER": tmp_path / "empty"}
    done = run(*(places.get(a, a) for a in args), stdin="")
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()
    assert not (tmp_path / "out").exists()


def test_standard_input_and_stamp(tmp_path: Path, tiny_bundle: Path) -> None:
    done = run("convert", "-", "-o", tmp_path / "out", "--stamp", "2019-01-01", "--bundle", tiny_bundle, "-q", stdin=CLEAN)
    assert done.returncode == 0
    assert done.stderr == ""
    report = json.loads((tmp_path / "out" / "report.json").read_text())
    assert [f["code"] for f in report["findings"]] == ["date-future"]


def test_look_shows_header_columns_and_nearest_profiles(clean: Path) -> None:
    done = run("look", clean, "--json")
    (sheet,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert sheet["header_row"] == 1
    assert sheet["nearest"][0]["profile"].startswith("ncbi-biosample")
    assert sheet["columns"][4] == {"column": "E", "header": "*tissue", "values": ["liver"], "to": ["sample.tissue"]}
    assert "ncbi-biosample" in run("look", clean).stdout


def test_terms_ground_answers_one_line_per_text(tiny_bundle: Path) -> None:
    done = run("terms", "ground", "--in", "UBERON,CL", "--bundle", tiny_bundle, "-", stdin="liver\nhepatocyte\nlivre\n\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(a["text"], a["status"], a["id"]) for a in answers[:3]] == [
        ("liver", "mapped", "UBERON:0002107"), ("hepatocyte", "mapped", "CL:0000182"), ("livre", "unmapped", None)]  # fmt: skip
    assert answers[2]["suggestions"][0]["id"] == "UBERON:0002107"
    assert set(answers[0]) == {"text", "status", "id", "label", "confidence", "step", "suggestions"}
    assert len(answers) == 4
    by_slot = run("terms", "ground", "--slot", "tissue", "--bundle", tiny_bundle, stdin="liver\n")
    assert json.loads(by_slot.stdout)["id"] == "UBERON:0002107"


def test_terms_search_finds_by_beginning_and_nearness(tiny_bundle: Path) -> None:
    found = [
        json.loads(line) for line in run("terms", "search", "live", "--in", "UBERON", "--json", "--bundle", tiny_bundle).stdout.splitlines()
    ]
    assert found[0] == {"id": "UBERON:0002107", "label": "liver", "name": "liver", "scope": "label", "score": found[0]["score"]}
    assert [f["score"] for f in found] == sorted((f["score"] for f in found), reverse=True)
    assert len({f["id"] for f in found}) == len(found)
    plain = run("terms", "search", "jecur", "--bundle", tiny_bundle)
    assert plain.stdout.splitlines()[0] == "UBERON:0002107\tliver\texact: jecur"
    nothing = run("terms", "search", "qqqq", "--in", "UBERON", "--bundle", tiny_bundle)
    assert (nothing.returncode, nothing.stdout, nothing.stderr.strip()) == (0, "", "nothing like 'qqqq' in UBERON")
    assert run("terms", "search", "liver", "-n", "1", "--bundle", tiny_bundle).stdout.count("\n") == 1
    missing = run("terms", "search", "liver", "--bundle", tiny_bundle.with_name("none.sqlite"))
    assert missing.returncode == 3
    assert "ontologies build" in missing.stderr


def test_terms_show_tells_all_of_a_term(tiny_bundle: Path) -> None:
    (shown,) = [json.loads(line) for line in run("terms", "show", "UBERON_2107", "--json", "--bundle", tiny_bundle).stdout.splitlines()]
    assert (shown["id"], shown["iri"]) == ("UBERON:0002107", "http://purl.obolibrary.org/obo/UBERON_0002107")
    assert {"scope": "related", "text": "hepatic gland"} in shown["names"]
    assert {"relation": "part_of", "id": "UBERON:0002423", "label": "hepatobiliary system"} in shown["parents"]
    assert [c["id"] for c in shown["children"]] == ["UBERON:0001114", "UBERON:0001115"]
    text = run("terms", "show", "UBERON:9000002", "NOPE:1", "--bundle", tiny_bundle)
    assert text.returncode == 1
    assert "(obsolete)" in text.stdout
    assert "replaced by UBERON:0000027" in text.stdout
    assert text.stderr.startswith("NOPE:1: no such term")


def test_terms_ground_answers_before_its_input_ends(tiny_bundle: Path) -> None:
    command = "from omics_standards.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", command, "terms", "ground", "--in", "UBERON,CL", "--bundle", str(tiny_bundle)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        process.stdin.write("liver\npoumon à ".encode() + "é".encode()[:1])
        assert json.loads(process.stdout.readline())["id"] == "UBERON:0002107"
        process.stdin.write("é".encode()[1:] + b"\r\n")
        assert json.loads(process.stdout.readline())["text"] == "poumon à é"
        process.stdin.write(b"T cell")
        process.stdin.close()
        assert json.loads(process.stdout.readline())["id"] == "CL:0000084"
        assert process.stdout.readline() == b""


def test_terms_ground_reads_a_file_as_it_reads_standard_input(tmp_path: Path, tiny_bundle: Path) -> None:
    texts = ["liver", "", "liver", 'a "quoted" \\ text', "Leber\u2028Niere", "肝", *(f"liver {i}" for i in range(1_200)), "liver"]
    data = "\r\n".join(texts).encode() + b"\n\xff\xfeliver"
    (tmp_path / "texts.txt").write_bytes(data)
    of_file = run("terms", "ground", "--in", "UBERON", "--bundle", tiny_bundle, tmp_path / "texts.txt")
    of_pipe = run("terms", "ground", "--in", "UBERON", "--bundle", tiny_bundle, stdin=data)
    assert of_file.stdout == of_pipe.stdout
    answers = [json.loads(line) for line in of_file.stdout.split("\n")[:-1]]
    assert [a["text"] for a in answers] == [*texts, "\udcff\udcfeliver"]
    with Bundle(tiny_bundle) as bundle:
        found = bundle.ground("liver 7", ("UBERON",))
    assert found.suggestions
    whole = {"text": "liver 7", **found._asdict(), "suggestions": [s._asdict() for s in found.suggestions]}
    del whole["version"]
    assert answers[texts.index("liver 7")] == whole


def test_profiles_and_ontologies_lists(tiny_bundle: Path) -> None:
    assert "ngdc-gsa\tngdc-gsa\t" in run("profiles", "list").stdout
    assert run("profiles", "show", "sdrf").stdout.startswith("# SDRF")
    assert "UBERON\t" in run("ontologies", "list", "--bundle", tiny_bundle).stdout
    assert "ontologies build" in run("ontologies", "list").stderr


def test_a_folder_is_one_dataset(tmp_path: Path, tiny_bundle: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "samples.tsv").write_text(CLEAN)
    (tmp_path / "in" / "deep" / "sra.tsv").write_text(
        "sample_name\tlibrary_ID\ttitle\tlibrary_strategy\tlibrary_source\tlibrary_selection\tlibrary_layout\tplatform\tinstrument_model\t"
        "design_description\tfiletype\tfilename\nS1\tL1\tt\tWGS\tGENOMIC\tRANDOM\tsingle\tILLUMINA\tIllumina MiSeq\tx\tfastq\ta.fq.gz\n"
    )
    assert run("convert", tmp_path / "in", "-o", tmp_path / "out", "--bundle", tiny_bundle).returncode == 0
    report = json.loads((tmp_path / "out" / "report.json").read_text())
    assert report["records"]["Biosample"] == 1
    assert {s["family"] for i in report["inputs"] for s in i["sheets"]} == {"ncbi-biosample", "ncbi-sra-metadata"}


def test_a_wrong_profile_file_names_file_and_line(clean: Path, tmp_path: Path) -> None:
    bad = tmp_path / "profiles"
    bad.mkdir()
    (bad / "bad.yaml").write_text(
        "id: bad\nfamily: bad\ntitle: bad\ntables:\n  - id: rows\n    records: {s: {class: Biosample}}\n    main: s\n    columns:\n      A: {to: s.name, keep: s}\n"
    )
    done = run("check", clean, "--profiles", bad)
    assert done.returncode == 2
    assert "bad.yaml, line 9" in done.stderr


def test_help_of_every_command_works() -> None:
    for command in (
        [],
        ["convert"],
        ["check"],
        ["look"],
        ["terms"],
        ["terms", "ground"],
        ["ontologies"],
        ["ontologies", "build"],
        ["profiles"],
    ):
        done = run(*command, "--help")
        assert done.returncode == 0
        assert "Usage" in done.stdout


def test_profiles_draft_writes_a_profile_that_convert_takes(tmp_path: Path) -> None:
    sheet, profile = tmp_path / "cohort.csv", tmp_path / "cohort.yaml"
    sheet.write_text("Sample ID,Tissue,Mood\nS1,liver,fine\nS2,lung,\n", encoding="utf-8")
    done = run("profiles", "draft", str(sheet), "-o", str(profile))
    assert done.returncode == 0
    assert "kept as attributes" in done.stderr
    assert "Sample ID: sample.name" in profile.read_text(encoding="utf-8")
    again = run("convert", str(sheet), "--profile", str(profile), "-o", str(tmp_path / "out"))
    assert "2 Biosample" in again.stdout + again.stderr


def test_profiles_draft_refuses_a_tree_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('[{"a": 1}]', encoding="utf-8")
    done = run("profiles", "draft", str(tmp_path / "x.json"))
    assert done.returncode == 2
    assert done.stderr.startswith("omics-standards: x.json is json, not a table")
