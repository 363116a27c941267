"""SDRF-Proteomics, MAGE-TAB and ISA-Tab of real datasets: read, written and read again, and looked at by the tools of their communities.

The tools pin old packages and live in an environment of their own, which ``make setup`` makes.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from complaints import ISA_TOOL, PEERS, SDRF_TOOL, complaints
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
    added = {(k, f) for k, facts in after.items() if k in before and k[0] != "Entry" for f in facts - before[k]}
    assert not {(k, f) for k, f in added if (*k, f[0]) not in composed.made}
    values = sum(map(len, before.values()))
    kept = sum(len(facts & after.get(k, set())) for k, facts in before.items())
    assert kept >= 0.99 * values
    write(profile, again, tmp_path / "two")
    assert {p.name: p.read_bytes() for p in (tmp_path / "two").iterdir()} == {p.name: p.read_bytes() for p in (tmp_path / "one").iterdir()}


@pytest.mark.skipif(not PEERS, reason="make setup makes .venv-peers, with sdrf-pipelines and isatools")
@pytest.mark.parametrize("source", SDRF, ids=lambda p: p.name)
def test_sdrf_pipelines_complains_of_nothing_new(source: Path, tmp_path: Path) -> None:
    composed = write("sdrf-proteomics", read(source), tmp_path)
    assert complaints(SDRF_TOOL, str(tmp_path / composed.grids[0].name)) <= complaints(SDRF_TOOL, str(source))


@pytest.mark.skipif(not PEERS, reason="make setup makes .venv-peers, with sdrf-pipelines and isatools")
@pytest.mark.parametrize("source", ISA, ids=lambda p: p.name)
def test_isatools_complains_of_nothing_new(source: Path, tmp_path: Path) -> None:
    write("isa-tab", read(source), tmp_path)
    assert complaints(ISA_TOOL, str(tmp_path)) <= complaints(ISA_TOOL, str(source))
