"""Every notebook runs from top to bottom."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

HERE = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(HERE.glob("*.ipynb"))


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebook_runs(path: Path, monkeypatch: pytest.MonkeyPatch, tiny_bundle: Path) -> None:
    monkeypatch.setenv("OMICS_STANDARDS_BUNDLE", str(tiny_bundle))
    book = nbformat.read(path, as_version=4)
    done = NotebookClient(book, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(HERE)}}).execute()
    outputs = [o for c in done.cells if c.cell_type == "code" for o in c.outputs]
    assert len(outputs) >= sum(c.cell_type == "code" for c in done.cells) - 1
    assert any("text/html" in o.get("data", {}) for o in outputs)
