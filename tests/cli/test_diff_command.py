"""``omics-standards diff`` as other programs see it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEADER = "*sample_name\t*organism\t*collection_date\t*tissue\n"
A = HEADER + "S1\tMus musculus\t2020-05-01\tliver\nS2\tMus musculus\t2020-05-01\tlung\n"
B = HEADER + "S1\tMus musculus\t2020-05-01\tlung\nS3\tMus musculus\t2020-05-02\tlung\n"


def run(*args: object, **env: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([sys.executable, "-c", "from omics_standards.cli import main; main()", *map(str, args)], capture_output=True,
                          env={**os.environ, **env}, timeout=120, check=False)  # fmt: skip
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def sheets(tmp_path: Path) -> tuple[Path, Path]:
    a, b = tmp_path / "a.tsv", tmp_path / "b.tsv"
    a.write_text(A)
    b.write_text(B)
    return a, b


def test_the_same_ends_with_0_and_says_nothing_on_stdout(sheets: tuple[Path, Path]) -> None:
    done = run("diff", sheets[0], sheets[0])
    assert (done.returncode, done.stdout) == (0, "")
    assert "no difference in 2 records" in done.stderr


def test_differences_end_with_1(sheets: tuple[Path, Path], tiny_bundle: Path) -> None:
    done = run("diff", *sheets, "--bundle", tiny_bundle)
    assert done.returncode == 1, done.stderr
    lines = done.stdout.splitlines()
    assert lines[:2] == [f"--- {sheets[0]}", f"+++ {sheets[1]}"]
    assert lines[2:5] == ["@@ Biosample biosample/S1", "- tissue: liver (UBERON:0002107)", "+ tissue: lung (UBERON:0002048)"]
    assert lines[-1] == "Biosample: 1 removed, 1 added, 1 changed, 0 same"
    assert "\x1b" not in done.stdout
    assert "\x1b[31m- tissue" in run("diff", *sheets, "--bundle", tiny_bundle, "--color", "always").stdout


def test_json_lines_and_counts(sheets: tuple[Path, Path]) -> None:
    done = run("diff", *sheets, "--json")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(r["kind"], r["class"], r["id"], r["slot"]) for r in rows] == [
        ("changed", "Biosample", "biosample/S1", "tissue"), ("removed", "Biosample", "biosample/S2", ""), ("added", "Biosample", "biosample/S3", "")
    ]  # fmt: skip
    (row,) = map(json.loads, run("diff", *sheets, "--json", "--stat").stdout.splitlines())
    assert row == {"class": "Biosample", "removed": 1, "added": 1, "renamed": 0, "changed": 1, "same": 0, "slots": {"tissue": 1}}
    assert run("diff", *sheets, "--to", "json").stdout == done.stdout


def test_a_patch_on_stdout(sheets: tuple[Path, Path]) -> None:
    done = run("diff", *sheets, "--to", "rdf-patch", "--base", "https://x.org/d")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert (lines[0].split()[:2], lines[1], lines[-1]) == (["H", "id"], "TX .", "TC .")
    assert 'A <https://x.org/d/biosample/S3> <https://w3id.org/omics-standards/name> "S3" .' in lines
    same = run("diff", sheets[0], sheets[0], "--to", "rdf-patch")
    assert (same.returncode, same.stdout.splitlines()[1:]) == (0, ["TX .", "TC ."])
    assert "relative to https://w3id.org/omics-standards/data/" in run("diff", *sheets, "--to", "rdf-patch").stderr


def test_two_bundles_for_one_sheet(sheets: tuple[Path, Path], tiny_bundle: Path, tmp_path: Path) -> None:
    done = run("diff", sheets[0], sheets[0], "--bundle", tmp_path / "none.sqlite", "--bundle-after", tiny_bundle)
    assert done.returncode == 1
    assert "found tissue: 'liver': liver (omst:term/tissue/liver)" not in done.stdout
    assert "  found tissue: 'liver': omst:term/tissue/liver liver → UBERON:0002107 liver" in done.stdout.splitlines()
    assert "    ontology UBERON: none → " in done.stdout


@pytest.mark.parametrize(
    ("args", "code", "sentence"),
    [
        (["--ignore", "wings"], 2, "no slot of the model"),
        (["--to", "rdf-patch", "--stat"], 2, "a patch is of all statements"),
        (["--base", "https://x.org/"], 2, "--base is for --to rdf-patch"),
        (["--to", "rdf-patch", "--base", "no iri"], 2, "base"),
        (["--profile", "nothing"], 2, "nothing"),
    ],
)
def test_misuse_is_one_sentence(sheets: tuple[Path, Path], args: list[str], code: int, sentence: str) -> None:
    done = run("diff", *sheets, *args)
    assert (done.returncode, done.stdout) == (code, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_what_cannot_be_read(sheets: tuple[Path, Path], tmp_path: Path) -> None:
    broken = tmp_path / "dataset.json"
    broken.write_text('{"base": "https://x.org/",\n"biosamples": [\n')
    for side in (tmp_path / "absent", broken):
        done = run("diff", sheets[0], side)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1), done.stderr
