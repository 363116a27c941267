"""``template`` and ``export --preflight`` as other programs see them: streams, exit codes, files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = (
    "*sample_name\t*organism\t*collection_date\t*geo_loc_name\t*tissue\t*sex\nS1\tMus musculus\tmissing\tChina: Beijing\tliver\tmale\n"
)


def run(*args: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from omics_standards.cli import main; main()", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=os.environ, timeout=120, check=False)


def test_targets_and_kinds_are_listed() -> None:
    names = [line.split("\t")[0] for line in run("template", "--list").stdout.splitlines()]
    assert {"gsa", "gsa-human", "ncbi-biosample", "sra", "ena", "ddbj", "geo", "sdrf", "mixs"} <= set(names)
    assert "human\tHuman" in run("template", "gsa", "--list").stdout.splitlines()
    entries = [json.loads(line) for line in run("template", "--list", "--json").stdout.splitlines()]
    assert [e["target"] for e in entries] == names


def test_a_workbook_is_written_and_said_on_standard_error(tmp_path: Path) -> None:
    done = run("template", "gsa", "--sample-type", "human", "-o", tmp_path / "t.xlsx")
    assert (done.returncode, done.stdout) == (0, "")
    assert "Sample" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["t.xlsx"]
    again = run("template", "gsa", "-o", tmp_path / "t.xlsx")
    assert again.returncode == 2
    assert "--force" in again.stderr
    assert run("template", "gsa", "-o", tmp_path / "t.xlsx", "--force").returncode == 0


def test_a_text_template_is_data_on_standard_output() -> None:
    done = run("template", "ena", "--checklist", "ERC000033", "--no-example")
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.splitlines()[0].startswith("Checklist\tERC000033")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "template --list"),
        (("gsa",), ".xlsx"),
        (("nowhere",), "there are: gsa"),
        (("ncbi", "--package", "soil"), "did you mean"),
        (("gsa", "-o", "t.pdf"), ".xlsx or .tsv"),
    ],
)
def test_misuse_ends_with_2_and_a_sentence(args: tuple[str, ...], said: str) -> None:
    done = run("template", *args)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_preflight_writes_nothing_and_says_by_its_exit_code_what_it_found(tmp_path: Path) -> None:
    (tmp_path / "s.tsv").write_text(SAMPLES)
    bad = run("export", tmp_path / "s.tsv", "--to", "ngdc-biosample", "--kind", "human", "--preflight", "--json")
    assert bad.returncode == 1, bad.stderr
    fields = {e["field"]: e for e in map(json.loads, bad.stdout.splitlines())}
    assert [p["what"] for p in fields["*Public description"]["problems"]] == ["missing"]
    assert fields["*Organism"]["ok"]
    assert [p.name for p in tmp_path.iterdir()] == ["s.tsv"]
    run("template", "gsa", "-o", tmp_path / "t.xlsx")
    good = run("export", tmp_path / "t.xlsx", "--to", "gsa", "--preflight")
    assert good.returncode == 0, good.stdout
    assert "0 to put right" in good.stdout
    unknown = run("export", tmp_path / "s.tsv", "--to", "ngdc-biosample", "--kind", "unicorn", "--preflight")
    assert unknown.returncode == 2
