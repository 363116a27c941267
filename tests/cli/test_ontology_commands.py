"""``ontologies``: what its commands print, and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from omics_standards.cli import app
from omics_standards.errors import TermIndexError


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["ontologies", *map(str, arguments)])


def write(folder: Path, version: str, name: str = "thing") -> Path:
    path = folder / f"my-{version}.obo"
    path.write_text(f"data-version: {version}\nontology: my\n\n[Term]\nid: MY:1\nname: {name}\n\n[Term]\nname: none\n", encoding="utf-8")
    return path


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    done = run("add", write(tmp_path, "2"), write(tmp_path, "1"), "--bundle", tmp_path / "b.sqlite")
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    assert "in use stays MY@2: it is newer; to change that: omics-standards ontologies use MY@1" in done.stderr
    assert "my-1.obo: 1 findings\n  line 8: stanza without an id" in done.stderr
    return tmp_path / "b.sqlite"


def listed(bundle: Path) -> dict[str, bool]:
    rows = [json.loads(line) for line in run("list", "--json", "--bundle", bundle).stdout.splitlines()]
    return {f"{row['prefix']}@{row['version']}": row["used"] for row in rows}


def test_all_versions_are_listed_and_the_one_in_use_is_marked(bundle: Path) -> None:
    assert listed(bundle) == {"MY@2": True, "MY@1": False}
    assert run("list", "--bundle", bundle).stdout == "* MY\t2\t1 terms\t\tmy\n  MY\t1\t1 terms\t\tmy\n"


def test_a_version_is_chosen_and_removed(bundle: Path, tmp_path: Path) -> None:
    assert "in use: MY@1" in run("use", "MY@1", "--bundle", bundle).stderr
    assert listed(bundle) == {"MY@2": False, "MY@1": True}
    assert "in use: MY@2, the newest" in run("use", "MY", "--bundle", bundle).stderr
    assert "removed: MY@2 (1 terms)" in run("remove", "MY@2", "--bundle", bundle).stderr
    assert listed(bundle) == {"MY@1": True}
    run("add", write(tmp_path, "0"), "--use", "--bundle", bundle)
    assert listed(bundle) == {"MY@1": False, "MY@0": True}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("use", "MY@9"), "the bundle has no MY@9; of MY it has 2, 1"),
        (("remove", "NONE"), "the bundle has no NONE; it has MY"),
        (("fetch", "NONE"), "the manifest has no ontology NONE; it has UBERON"),
        (("add", "no-such.obo"), "no-such.obo does not exist"),
        (("diff", "MY@2", "MY@9"), "the bundle has no MY@9"),
        (("build", "--only", "ENVO"), "download it with: omics-standards ontologies fetch ENVO"),
    ],
)
def test_what_cannot_be_done_ends_in_one_sentence(arguments: tuple[str, ...], said: str, bundle: Path) -> None:
    before = bundle.read_bytes()
    done = run(*arguments, "--bundle", bundle)
    assert isinstance(done.exception, TermIndexError)
    assert said in str(done.exception)
    assert bundle.read_bytes() == before


def test_without_a_bundle_there_is_nothing_to_change(tmp_path: Path) -> None:
    for arguments in (("use", "MY"), ("remove", "MY"), ("diff", "MY@1", "MY@2")):
        done = run(*arguments, "--bundle", tmp_path / "none.sqlite")
        assert "there is no bundle at" in str(done.exception)
    assert "ontologies build" in run("list", "--bundle", tmp_path / "none.sqlite").stderr


def test_a_bundle_that_cannot_be_used_is_as_good_as_absent(bundle: Path, tmp_path: Path) -> None:
    done = run("build", "--if-absent", "--bundle", bundle)
    assert (done.exit_code, "is there: 1 ontologies" in done.stderr) == (0, True)
    bundle.write_bytes(b"SQLite format 3\0" + b"of something else" * 99)
    done = run("build", "--if-absent", "--wheels", tmp_path, "--bundle", bundle)
    assert "is not a complete ontology bundle" in done.stderr
    assert "does not hold cellxgene" in str(done.exception)  # it went on to build
