"""Real studies as ISA-JSON: written, read again, and looked at by isatools; and what isatools makes of them, read."""

from __future__ import annotations

from pathlib import Path

import pytest

from complaints import ISA_JSON_TOOL, ISA_TO_JSON, PEERS, complaints
from paths import read, said, write
from realfiles import SHARED

CASES = SHARED / "cases"
STUDIES = [i.parent for i in sorted((CASES / "isatab").rglob("i_*")) if i.parent.name != "sdata201411-isa1"]
# A sample of two tissues; files that three assays share, so that the document does not say whose they are; and two assay files of one
# study, one of which the investigation does not name.
OTHERWISE = {"TEST-ISA-sample-pool-with-error", "BII-I-1", "MTBLS1755"}
# Studies that isatools turns into JSON in seconds and whose processes it tells apart.
THEIRS = [s for s in STUDIES if s.name in ("BII-S-3", "MTBLS2", "TEST-ISA-sample-pool", "TEST-ISA-repeated-measure")]
pytestmark = pytest.mark.skipif(not STUDIES, reason="0 real files at hand (../shared/cases is absent)")


@pytest.mark.parametrize("source", STUDIES, ids=lambda p: p.name)
def test_a_study_comes_back(source: Path, tmp_path: Path) -> None:
    records = read(source)
    composed = write("isa-json", records, tmp_path / "one")
    again = read(tmp_path / "one")
    before, after = said(records), said(again)
    told = {(loss.cls, loss.id) for loss in composed.losses}
    gone = {(k, f) for k, facts in before.items() for f in facts - after.get(k, set()) if k not in told and k[0] != "Entry"}
    new = {(k, f) for k, facts in after.items() if k in before and k[0] != "Entry" for f in facts - before[k]}
    if source.name in OTHERWISE:
        assert len(gone) + len(new) < 0.01 * sum(map(len, before.values())) + 2
        return
    assert (gone, new) == (set(), set())
    write("isa-json", again, tmp_path / "two")
    assert (tmp_path / "two" / "isa.json").read_bytes() == (tmp_path / "one" / "isa.json").read_bytes()


@pytest.mark.skipif(not PEERS, reason="make setup makes .venv-peers, with isatools")
@pytest.mark.parametrize("source", STUDIES, ids=lambda p: p.name)
def test_isatools_finds_no_error(source: Path, tmp_path: Path) -> None:
    write("isa-json", read(source), tmp_path)
    assert complaints(ISA_JSON_TOOL, str(tmp_path / "isa.json")) == set()


@pytest.mark.skipif(not PEERS, reason="make setup makes .venv-peers, with isatools")
@pytest.mark.parametrize("source", THEIRS, ids=lambda p: p.name)
def test_what_isatools_writes_says_nothing_else(source: Path, tmp_path: Path) -> None:
    complaints(ISA_TO_JSON, str(source), str(tmp_path / "theirs.json"))
    tab, theirs = said(read(source)), said(read(tmp_path / "theirs.json"))
    # isatools leaves out the accession of a label, and with it which term it is.
    facts = {(k, f) for k, own in theirs.items() for f in own if k[0] != "Entry" and f[0] != "sample_label"}
    known = {(k, f) for k, own in tab.items() for f in own if k[0] != "Entry"}
    assert facts <= known
    # isatools leaves out material types, components of protocols and all but one of several files.
    assert len(facts) >= 0.85 * len(known)
