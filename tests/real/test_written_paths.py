"""SDRF-Proteomics, MAGE-TAB and ISA-Tab of real datasets: read, written and read again, and looked at by the tools of their communities.

The tools pin old packages and live in an environment of their own: ``python -m venv peers; peers/bin/pip install sdrf-pipelines
isatools altamisa; PEERS_PYTHON=peers/bin/python pytest tests/real/test_written_paths.py``.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from paths import read, said, write
from realfiles import SHARED, real_files

CASES = SHARED / "cases"
# Files of a moderate size; the larger ones take minutes and say nothing new.
LARGEST = 250_000
SDRF = [
    p for p in real_files("sdrf_proteomics", "sdrf_legacy_2024", "sdrf_spec_examples") if p.suffix == ".tsv" and p.stat().st_size < LARGEST
]
MAGE = [p for p in (CASES / "magetab").iterdir() if p.is_dir() and p.name != "scea"] if (CASES / "magetab").exists() else []
ISA = [i.parent for i in sorted((CASES / "isatab").rglob("i_*")) if i.parent.name != "sdata201411-isa1"]
INPUTS = [("sdrf-proteomics", p) for p in SDRF] + [("magetab-sdrf", p) for p in MAGE] + [("isa-tab", p) for p in ISA]
PEERS = os.environ.get("PEERS_PYTHON", "")

pytestmark = pytest.mark.skipif(not INPUTS, reason="0 real files at hand (../shared/cases is absent)")


@pytest.mark.parametrize(("profile", "source"), INPUTS, ids=lambda s: s if isinstance(s, str) else s.name)
def test_reading_what_was_written_gives_the_same_records(profile: str, source: Path, tmp_path: Path) -> None:
    records = read(source)
    composed = write(profile, records, tmp_path / "one")
    again = read(tmp_path / "one")
    before, after = said(records), said(again)
    told = {(loss.cls, loss.id) for loss in composed.losses}
    # Ontologies that nobody declared are declared, and are named; nothing else is new.
    unsaid = {k for k, facts in before.items() if facts - after.get(k, set())} - told
    assert not {k for k in unsaid if k[0] != "Entry"}
    assert not {
        (k, f) for k, facts in after.items() if k in before and k[0] != "Entry" for f in facts - before[k] if f[0] != "derived_from"
    }
    values = sum(map(len, before.values()))
    kept = sum(len(facts & after.get(k, set())) for k, facts in before.items())
    assert kept >= 0.95 * values
    write(profile, again, tmp_path / "two")
    assert {p.name: p.read_bytes() for p in (tmp_path / "two").iterdir()} == {p.name: p.read_bytes() for p in (tmp_path / "one").iterdir()}


def _complaints(script: str, *arguments: str) -> set[str]:
    """What a tool complains of, one line each; numbers of rows and columns left out, since columns stand in another order."""
    run = subprocess.run([PEERS, "-c", script, *arguments], capture_output=True, text=True, check=False, timeout=600)
    assert run.returncode == 0, run.stderr[-2000:]
    return {line for line in run.stdout.splitlines() if line.startswith("! ")}


_SDRF = """
import sys, logging; logging.disable(logging.CRITICAL)
from sdrf_pipelines.sdrf.sdrf import read_sdrf
from sdrf_pipelines.sdrf.schemas import SchemaRegistry, SchemaValidator
found = SchemaValidator(SchemaRegistry()).validate(read_sdrf(sys.argv[1]), "ms-proteomics", skip_ontology=True)
for e in found: print("!", getattr(e, "column", ""), str(getattr(e, "message", e)).split("'")[0])
"""
_ISA = """
import sys, os, io, logging, contextlib; logging.disable(logging.CRITICAL)
from isatools import isatab
name = next(f for f in os.listdir(sys.argv[1]) if f.lower().startswith("i_"))
with contextlib.redirect_stdout(io.StringIO()), open(os.path.join(sys.argv[1], name)) as fp: report = isatab.validate(fp)
for e in report["errors"]: print("!", e.get("code"), e.get("message"))
"""


@pytest.mark.skipif(not PEERS, reason="PEERS_PYTHON names no environment with sdrf-pipelines and isatools")
@pytest.mark.parametrize("source", SDRF, ids=lambda p: p.name)
def test_sdrf_pipelines_complains_of_nothing_new(source: Path, tmp_path: Path) -> None:
    composed = write("sdrf-proteomics", read(source), tmp_path)
    assert _complaints(_SDRF, str(tmp_path / composed.grids[0].name)) <= _complaints(_SDRF, str(source))


@pytest.mark.skipif(not PEERS, reason="PEERS_PYTHON names no environment with sdrf-pipelines and isatools")
@pytest.mark.parametrize("source", ISA, ids=lambda p: p.name)
def test_isatools_complains_of_nothing_new(source: Path, tmp_path: Path) -> None:
    write("isa-tab", read(source), tmp_path)
    assert _complaints(_ISA, str(tmp_path)) <= _complaints(_ISA, str(source))
