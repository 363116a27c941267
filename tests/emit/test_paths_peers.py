"""The tools of the communities complain of nothing in what we write that they do not complain of in what we read."""

from __future__ import annotations

from pathlib import Path

import pytest

from complaints import ALTAMISA_TOOL, ISA_TOOL, PEERS, SDRF_TOOL, complaints
from isastudy import write_study
from omics_standards.conversion import convert
from omics_standards.conversion.exporting import export_dataset

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
SDRF = sorted(p for p in (GOLDEN / "sdrf-proteomics").glob("*/input*.tsv"))

pytestmark = pytest.mark.skipif(not PEERS, reason="make setup makes .venv-peers, with sdrf-pipelines, isatools and altamisa")


@pytest.mark.parametrize("source", SDRF, ids=lambda p: p.parent.name)
def test_sdrf_pipelines(source: Path, tmp_path: Path, tiny_bundle: Path) -> None:
    data = convert(source, bundle=str(tiny_bundle), privacy=False)
    written = export_dataset(data, "sdrf", tmp_path, verify=False, bundle=str(tiny_bundle))
    assert complaints(SDRF_TOOL, str(tmp_path / written.files[0])) <= complaints(SDRF_TOOL, str(source))


@pytest.mark.parametrize("tool", [ISA_TOOL, ALTAMISA_TOOL], ids=["isatools", "altamisa"])
def test_isa_tab(tool: str, tmp_path: Path, tiny_bundle: Path) -> None:
    source = write_study(tmp_path / "read")
    assert complaints(tool, str(source)) == set()
    data = convert(source, bundle=str(tiny_bundle), privacy=False)
    written = export_dataset(data, "isa-tab", tmp_path / "written", bundle=str(tiny_bundle))
    assert written.losses == []
    assert complaints(tool, str(tmp_path / "written")) == set()


@pytest.mark.parametrize("tool", [ISA_TOOL, ALTAMISA_TOOL], ids=["isatools", "altamisa"])
def test_a_lost_study_file_is_complained_of(tool: str, tmp_path: Path) -> None:
    source = write_study(tmp_path / "read")
    (source / "s_ST1.txt").unlink()
    assert complaints(tool, str(source))


def test_a_planted_fault_is_complained_of(tmp_path: Path) -> None:
    text = SDRF[0].read_text(encoding="utf-8").splitlines()
    header = text[0].split("\t")
    gone = next(i for i, h in enumerate(header) if h.lower().startswith("characteristics[organism]"))
    lines = ["\t".join(c for i, c in enumerate(line.split("\t")) if i != gone) for line in text]
    (tmp_path / "broken.sdrf.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert complaints(SDRF_TOOL, str(tmp_path / "broken.sdrf.tsv")) - complaints(SDRF_TOOL, str(SDRF[0]))
