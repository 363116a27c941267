"""The wheel alone, in an environment of its own: installs, imports, converts; nothing of the tools that made it is needed."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(out), str(ROOT)], check=True, timeout=300
    )
    (path,) = out.glob("*.whl")
    return path


def test_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {n.split("/")[0] for n in names if ".dist-info" not in n} == {"omics_standards"}
    for needed in (
        "models/_slots.json",
        "models/_schema.json",
        "models/_shapes.ttl",
        "models/_context.jsonld",
        "terms/manifest.yaml",
        "terms/decisions.sssom.tsv",
        "profiles/data/ngdc-gsa.yaml",
        "query/questions/files-of-samples.rq",
        "py.typed",
    ):
        assert f"omics_standards/{needed}" in names


def test_wheel_alone_converts_the_example(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "env"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)], check=True, timeout=600)
    installed = json.loads(subprocess.run([str(python), "-m", "pip", "list", "--format", "json"], capture_output=True, check=True).stdout)
    names = {p["name"].lower() for p in installed}
    assert not names & {"linkml", "linkml-runtime", "pytest", "openpyxl", "pyoxigraph", "hypothesis"}
    command = home / "bin" / "omics-standards"
    done = subprocess.run(
        [str(command), "convert", str(ROOT / "examples" / "gsa-liver.xlsx"), "-o", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    report = json.loads((tmp_path / "out" / "report.json").read_text())
    assert report["records"]["Biosample"] == 6
    assert report["ledger"]["cells"] == sum(v for k, v in report["ledger"].items() if k != "cells")
    script = "import omics_standards as om, sys; d = om.convert(sys.argv[1]); d.to_frame('Biosample'); d.to_graph(); list(d.models('Biosample')); print(len(d))"
    done = subprocess.run(
        [str(python), "-c", script, str(ROOT / "examples" / "gsa-liver.xlsx")], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert int(done.stdout) > 20
