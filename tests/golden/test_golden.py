"""Golden cases: a folder with an input and what must come of it. Adding a case adds no code.

pytest tests/golden --update-golden     writes the expectations; read the difference before committing it
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from omics_standards.conversion import Options, convert_to

HERE = Path(__file__).resolve().parent
CASES = sorted(p for p in HERE.glob("*/*") if p.is_dir() and any(p.glob("input*")))


def _inputs(case: Path) -> list[Path]:
    return sorted(p for p in case.iterdir() if p.name.startswith("input"))


def _findings(report: dict[str, object]) -> str:
    lines = []
    for f in report["findings"]:  # type: ignore[attr-defined]
        parts = [f["severity"], f["code"], f.get("cell", ""), repr(f["value"]) if "value" in f else "", f.get("fix", "")]
        lines.append(" | ".join(parts) + (f" | rows {f['rows']}" if "rows" in f else ""))
    return "\n".join(lines) + "\n"


def test_there_are_cases_for_every_profile() -> None:
    from omics_standards.profiles import load_profiles

    assert {p.id for p in load_profiles()} <= {c.parent.name for c in CASES}


def _expected_families(case: Path) -> set[str]:
    """Those a case names in family.txt, one a line; else that of the profile whose folder it lies in."""
    from omics_standards.profiles import load_profiles

    named = case / "family.txt"
    if named.exists():
        return set(named.read_text(encoding="utf-8").split())
    return {p.family for p in load_profiles() if p.id == case.parent.name}


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.parent.name}/{c.name}")
def test_golden(case: Path, tmp_path: Path, tiny_bundle: Path, request: pytest.FixtureRequest) -> None:
    if any(p.suffix == ".h5ad" for p in _inputs(case)):
        pytest.importorskip("h5py")
    options = Options(base="https://example.org/data/", today="2026-01-01", bundle=str(tiny_bundle))
    convert_to([str(p) for p in _inputs(case)], tmp_path, "json,ntriples", options)
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert {s["family"] for i in report["inputs"] for s in i["sheets"]} - {None} == _expected_families(case)
    got = {
        "ledger.json": json.dumps(report["ledger"]) + "\n",
        "findings.txt": _findings(report),
        "dataset.json": (tmp_path / "dataset.json").read_text(encoding="utf-8"),
        "graph.nt": "".join(sorted((tmp_path / "dataset.nt").read_text(encoding="utf-8").splitlines(keepends=True))),
    }
    if request.config.getoption("--update-golden"):
        for name, text in got.items():
            (case / name).write_text(text, encoding="utf-8")
    for name, text in got.items():
        assert text == (case / name).read_text(encoding="utf-8"), (
            f"{case / name} differs; if that is meant: pytest tests/golden --update-golden"
        )
