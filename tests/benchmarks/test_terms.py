"""What the benchmark of terms makes itself: texts with a slip, and its place in the page."""

from __future__ import annotations

import importlib.util
import random
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks"


@cache
def load(name: str) -> ModuleType:
    # The folder is no package, and its terms.py has the name of a folder of tests.
    spec = importlib.util.spec_from_file_location(f"benchmarks_{name}", FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    sys.path.insert(0, str(FOLDER))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(FOLDER))
        sys.modules.pop("run", None)
    return module


@given(st.text(alphabet="abcdehlrstvxéλ -,3", min_size=1, max_size=20), st.integers())
def test_a_slip_changes_one_letter_or_swaps_two(name: str, seed: int) -> None:
    slip = load("terms").slip
    text = slip(name, random.Random(seed))
    assert text == slip(name, random.Random(seed))
    if text == name:
        assert not any(a != b and a.isalpha() and b.isalpha() for a, b in pairwise(name[1:]))
        return
    assert abs(len(text) - len(name)) <= 1
    assert text[0] == name[0]
    if len(text) == len(name):
        changed = [i for i, (a, b) in enumerate(zip(text, name, strict=True)) if a != b]
        assert len(changed) == 1 or (changed == [changed[0], changed[0] + 1] and sorted(text) == sorted(name))
    else:
        long, short = sorted((text, name), key=len, reverse=True)
        assert any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def test_results_go_to_their_own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = load("run")
    monkeypatch.setattr(run, "HERE", tmp_path)
    page = tmp_path / "README.md"
    page.write_text("# A\n<!-- results -->\nold\n<!-- end -->\n# B\n<!-- terms -->\n<!-- end -->\nafter\n", encoding="utf-8")
    run.keep("new terms", "terms")
    run.keep("new", "results")
    assert page.read_text(encoding="utf-8") == (
        "# A\n<!-- results -->\nnew\n<!-- end -->\n# B\n<!-- terms -->\nnew terms\n<!-- end -->\nafter\n"
    )


def test_a_ratio_keeps_the_digits_that_count() -> None:
    factor = load("terms").factor
    assert [factor(x) for x in (0.0432, 0.271, 7.13, 538.6, 1234.5)] == ["0.043", "0.27", "7.13", "539", "1,234"]
