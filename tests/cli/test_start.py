"""What a start of the program loads: the command that is called, and of it what the input needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from omics_standards.cli import app
from omics_standards.cli.homes import HOMES, load_command

EXAMPLE = Path(__file__).parents[2] / "examples" / "gsa-liver.xlsx"
# What reads, writes, drafts or compares, and packages that only some inputs or outputs need.
IDLE = {"pandas", "rdflib", "pronto", "openpyxl", "xlsxwriter", "rich", "sssom", "omics_standards.emit", "omics_standards.conversion.dataset",
        "omics_standards.conversion.review", "omics_standards.conversion.loading", "omics_standards.mapping.drafting"}  # fmt: skip


def loaded(*args: str) -> set[str]:
    """The modules that a run of the program leaves behind."""
    code = "import atexit, sys; from omics_standards.cli import main;atexit.register(lambda: print(*sys.modules, file=sys.stderr)); main()"
    done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("name", HOMES)
def test_the_list_says_of_a_command_what_the_command_says(name: str) -> None:
    first = (load_command(name).help or "").partition("\n\n")[0]
    assert HOMES[name][1] == " ".join(first.split())


def test_every_module_of_commands_is_reached() -> None:
    import omics_standards.cli

    modules = {p.stem for p in Path(omics_standards.cli.__file__).parent.glob("*_commands.py")} - {"review_commands"}
    assert modules == {module for module, _ in HOMES.values()}
    assert {"ground", "search", "show", "review", "accept", "decisions"} == set(load_command("terms").commands)


@pytest.mark.parametrize("args", [["--version"], ["--help"]])
def test_version_and_help_load_no_command(args: list[str]) -> None:
    ours = {m for m in loaded(*args) if m.startswith("omics_standards")}
    assert ours == {
        "omics_standards", "omics_standards.cli", "omics_standards.cli.app", "omics_standards.cli.homes", "omics_standards.errors",
    } | ({"omics_standards._version"} if args == ["--version"] else set())  # fmt: skip


def test_the_help_lists_every_command_and_a_slip_is_answered() -> None:
    listed = CliRunner().invoke(app, ["--help"])
    assert listed.exit_code == 0
    assert [name for name in HOMES if f" {name} " not in listed.output] == []
    slip = CliRunner().invoke(app, ["chekc"])
    assert slip.exit_code == 2
    assert "Did you mean 'check'?" in slip.output


def test_a_command_brings_its_options() -> None:
    assert "--fail-on" in CliRunner().invoke(app, ["check", "--help"]).output
    assert "--to" in CliRunner().invoke(app, ["convert", "--help"], env={"COLUMNS": "200"}).output


def test_a_check_loads_neither_writers_nor_yaml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMICS_STANDARDS_CACHE", str(tmp_path))
    assert "yaml" in loaded("check", str(EXAMPLE))
    again = loaded("check", str(EXAMPLE))
    assert again & (IDLE | {"yaml"}) == set()
    assert "omics_standards.checks" in again


def test_a_conversion_loads_no_second_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMICS_STANDARDS_CACHE", str(tmp_path / "cache"))
    used = loaded("convert", str(EXAMPLE), "-o", str(tmp_path / "out"), "-q")
    assert used & (IDLE - {"omics_standards.emit"}) == set()
    assert "omics_standards.emit.turtle" in used
