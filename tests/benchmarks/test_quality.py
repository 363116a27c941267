"""The scorer of grounding, on a table of six invented rows: what counts as right, related, wrong and among five."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from omics_standards.terms import Bundle

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-c", "from omics_standards.cli import main; main()")

# text, target, expected, field, source
ROWS = """\
text\tfield\ttarget\texpected\texpected_label\tsource\tproject\ttier
Liver\ttissue\tUBERON\tUBERON:0002107\tliver\tfirst\tp\tA
iecur\ttissue\tUBERON|CL\tUBERON:0002048|UBERON:0002107\tliver\tfirst\tp\tA
left lung\ttissue\tUBERON\tUBERON:0002048\tlung\tfirst\tp\tA
kidney\ttissue\tUBERON\tUBERON:0000948\theart\tsecond\tp\tB
livre\ttissue\tUBERON\tUBERON:0002107\tliver\tsecond\tp\tB
cell of no kind\tcell type\tCL\tCL:0000057\tfibroblast\tsecond\tp\tB
"""


@pytest.fixture(scope="module")
def quality() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmarks_quality", ROOT / "benchmarks" / "quality.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def bundle(tiny_bundle: Path) -> Iterator[Bundle]:
    with Bundle(tiny_bundle) as opened:
        yield opened


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.tsv"
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.fixture
def scored(quality: ModuleType, gold: Path, bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("OMICS_STANDARDS_BUNDLE", str(bundle.path))
    return quality.score(quality.read_gold(gold), bundle, COMMAND)


def test_each_row_is_judged(scored: Any) -> None:
    _, verdicts = scored
    assert [(v.relation, v.five, v.step) for v in verdicts] == [
        ("right", True, "label"),
        ("right", True, "synonym"),
        ("related", False, "label"),
        ("unrelated", False, "label"),
        ("", True, "no-match"),
        ("", False, "no-match"),
    ]


def test_a_related_answer_is_wrong_and_counted_apart(quality: ModuleType, scored: Any) -> None:
    counts = quality.tally(scored[1])
    assert counts == (6, 2, 1, 1, 3)
    assert counts.wrong == 2
    assert quality.overall(counts)[2:] == [
        "| right | 0.333 | 2 | at least 0.85 |",
        "| wrong | 0.3333 | 2 | at most 0.015 |",
        "| among five | 0.500 | 3 | at least 0.95 |",
        "| right or related | 0.500 | 3 |  |",
        "| wrong and unrelated | 0.1667 | 1 |  |",
        "",
    ]


def test_an_ancestor_and_a_term_that_is_both_are_related(quality: ModuleType, bundle: Bundle) -> None:
    def relation(got: str, *expected: str) -> str:
        row = quality.Row("x", "UBERON", frozenset(expected), "tissue", "first")
        answer = {"status": "mapped", "id": got, "step": "label+branch-unverified", "suggestions": []}
        return str(quality.judge(row, answer, bundle).relation)

    assert relation("UBERON:0002107", "UBERON:0001114") == "related", "part of it"
    assert relation("UBERON:0000061", "UBERON:0000948", "UBERON:0002048") == "related"
    assert relation("UBERON:0002048", "UBERON:0000948") == "unrelated", "siblings"
    assert relation("UBERON:9000005", "UBERON:9000006") == "related", "a cycle ends"
    assert relation("UBERON:0002107", "CL:9999999") == "unrelated", "not in the bundle"


def test_the_page_has_the_figures_and_none_of_the_texts(quality: ModuleType, scored: Any, gold: Path, bundle: Bundle) -> None:
    text = quality.page(gold, scored, bundle)
    assert text == quality.page(gold, scored, bundle)
    assert "| tissue | 5 | 0.400 | 0.4000 | 0.2000 | 0.600 |" in text
    assert "| cell type | 1 | 0.000 | 0.0000 | 0.0000 | 0.000 |" in text
    assert "| first | 3 | 0.667 | 0.3333 | 0.0000 | 0.667 |" in text
    assert "| label | 1 | 2 | 1 | 0.333 |" in text
    assert "| synonym | 1 | 0 | 0 | 1.000 |" in text
    assert "| UBERON | tiny-1 | tests |" in text
    assert not any(row.text in text for row in scored[0])
    assert "MeSH" not in text


def test_an_ontology_that_the_bundle_lacks_is_said(quality: ModuleType, bundle: Bundle) -> None:
    rows = [quality.Row("lake", "ENVO", frozenset({"ENVO:00000020"}), "environment", "first")]
    assert "| ENVO | not in the bundle: all its rows stay open | |" in quality.ontologies(rows, bundle)


def test_without_the_table_nothing_is_done(quality: ModuleType, tmp_path: Path) -> None:
    said: list[str] = []
    assert quality.main(["--gold", str(tmp_path / "none.tsv"), "--write"], said.append) == 0
    assert said == [f"skipped: there is no {tmp_path / 'none.tsv'}"]


def test_without_a_bundle_the_command_that_builds_one_is_named(quality: ModuleType, gold: Path) -> None:
    said: list[str] = []
    assert quality.main(["--gold", str(gold)], said.append) == 1
    assert "omics-standards ontologies build" in said[0]
