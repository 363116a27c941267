"""The README's first screen is true: its output is what the command prints, its Python runs, its links lead somewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_output_is_what_the_command_prints(tmp_path: Path) -> None:
    block = re.search(r"<!-- output: .*?-->\n```\n(.*?)```\n<!-- end -->", README, re.DOTALL)
    assert block
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    done = subprocess.run(
        [sys.executable, "-c", "from omics_standards.cli import main; main()", "convert", "examples/gsa-liver.xlsx", "-o", "out"],
        capture_output=True, text=True, cwd=tmp_path, check=False,
    )  # fmt: skip
    rest = done.stderr
    for part in block[1].split("...\n"):
        assert part in rest, f"the command no longer prints:\n{part}\nbut:\n{rest}"
        rest = rest[rest.index(part) + len(part) :]


def test_python_runs(tmp_path: Path) -> None:
    block = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert block
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    # Without a bundle terms have ids of their own, so every column that is shown is there.
    subprocess.run([sys.executable, "-c", block[1]], cwd=tmp_path, check=True, capture_output=True)


def test_links_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"
