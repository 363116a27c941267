"""Real sheets of archives: written by the profiles that read them and read again, the records are the same, and what is lost is said."""

from __future__ import annotations

from pathlib import Path

import pytest

import omics_standards as om
from omics_standards.conversion.exporting import export_dataset, read_back
from omics_standards.profiles.targets import writers_of
from realfiles import real_files

TARGETS = {"ngdc_gsa": "gsa", "ncbi_sra_metadata": "sra", "ena_templates": "ena", "ddbj": "ddbj", "qiita": "qiime2"}
# A run table stands among the sheets of SRA.
INPUTS = [(t, p) for f, t in TARGETS.items() for p in real_files(f) if "clarkii-SRA-metadata" not in p.name]

pytestmark = pytest.mark.skipif(not INPUTS, reason="0 real files at hand (../shared/cases is absent)")


@pytest.mark.parametrize(("target", "source"), INPUTS, ids=lambda s: s if isinstance(s, str) else s.name)
def test_what_was_written_reads_as_what_it_was(target: str, source: Path, tmp_path: Path, tiny_bundle: Path) -> None:
    data = om.convert(source, bundle=str(tiny_bundle), privacy=False)
    if not set(data.classes) - {"Entry"}:
        pytest.skip("a template that nobody filled in")
    written = export_dataset(data, target, tmp_path, bundle=str(tiny_bundle))
    assert written.differing == []
    assert written.kept > 0.9
    back = read_back(tmp_path, written.files, writers_of(target), base=data.base, bundle=str(tiny_bundle))
    assert set(back.classes) == set(data.classes) - {loss.cls for loss in written.losses if loss.why == "no table"}
