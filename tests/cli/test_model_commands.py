"""``model``: the forms of the model on standard output or in a file, never over one that is there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rdflib
from typer.testing import CliRunner

from omics_standards.cli.app import app
from omics_standards.errors import UsageError
from omics_standards.models.forms import FORMS, form_text


def run(*args: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["model", *map(str, args)])
    return done.exit_code, done.output


def test_list_names_every_form() -> None:
    code, text = run("list")
    assert code == 0
    assert [line.split("\t")[0] for line in text.splitlines()] == list(FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_printed_as_it_ships(form: str) -> None:
    assert run("show", form) == (0, form_text(form))
    if FORMS[form][0].endswith(".ttl"):
        assert len(rdflib.Graph().parse(data=form_text(form), format="turtle")) > 1_000
    else:
        assert json.loads(form_text(form))


def test_an_unknown_form_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError, match="there are: owl, shacl"):
        form_text("shex")
    assert CliRunner().invoke(app, ["model", "show", "shex"]).exit_code != 0


def test_a_file_is_replaced_only_where_asked(tmp_path: Path) -> None:
    place = tmp_path / "shapes.ttl"
    assert run("show", "shacl", "-o", place)[0] == 0
    assert place.read_text(encoding="utf-8") == form_text("shacl")
    place.write_text("mine")
    assert run("show", "owl", "-o", place)[0] != 0
    assert place.read_text() == "mine"
    assert run("show", "owl", "-o", place, "--force")[0] == 0
    assert place.read_text(encoding="utf-8") == form_text("owl")
    assert [p.name for p in tmp_path.iterdir()] == ["shapes.ttl"]
