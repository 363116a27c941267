"""Every step that an answer may name is on the page that explains them."""

from __future__ import annotations

from pathlib import Path

from omics_standards.terms.ground import LOOSE, STEPS

PAGE = (Path(__file__).parents[2] / "docs" / "terms.md").read_text(encoding="utf-8")


def test_every_accepting_step_is_explained_with_its_confidence() -> None:
    for step, confidence in STEPS.items():
        if confidence:
            line = next((line for line in PAGE.splitlines() if f"`{step}`" in line and line.startswith("|")), "")
            assert line, step
            if line.count("`") == 2:
                assert f"| {confidence} |" in line, line


def test_what_is_taken_with_a_liberty_is_said() -> None:
    for step in LOOSE:
        assert next(line for line in PAGE.splitlines() if f"`{step}`" in line).rstrip(" |").endswith("said"), step
