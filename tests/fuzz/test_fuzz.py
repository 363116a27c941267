"""A bounded run of `make fuzz` over the look-alikes: broken files are read or refused, never more."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

import fuzzing
from fuzzing import GOLDEN, Case, plan, try_one

FILES = sorted(p for p in GOLDEN.glob("*/*/input*") if p.is_file())
PARTS = 10


@pytest.mark.parametrize(
    ("body", "outcome"),
    [("raise ValueError('x')", "ValueError"), ("while True: pass", "hang"), ("return 'ledger open', ''", "ledger open")],
)
def test_what_breaks_the_program_is_told_and_kept(body: str, outcome: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    space: dict[str, object] = {}
    exec(f"def broken(*_):\n    {body}", space)
    monkeypatch.setattr(fuzzing, "_convert", space["broken"])
    assert try_one(Case(FILES[0], 1), 1, tmp_path).outcome == outcome
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("part", range(PARTS))
def test_broken_files(part: int) -> None:
    for case in plan(FILES, 300, 1)[part::PARTS]:
        result = try_one(case, 20)
        assert result.outcome in ("read", "refused"), (case, result.outcome, result.detail)
