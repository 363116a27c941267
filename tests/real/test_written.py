"""Real files of trees and sections: read, written, read again; the same records but for what is said to be lost, the same bytes twice."""

from __future__ import annotations

from pathlib import Path

import pytest

import omics_standards as om
from omics_standards.conversion.exporting import export_dataset
from omics_standards.profiles.load import load_profiles
from realfiles import SHARED

CASES = SHARED / "cases"
FOLDERS = {
    "ddbj_validator_cases": ("*_ok.xml", "*_ok.json"),
    "ebi_biosamples_json": ("*.json",),
    "ena_xml": ("*.xml",),
    "ffq_json": ("*.json",),
    "geo_seq_template": ("*.xlsx",),
    "ghga": ("datapack.json",),
    "mwtab": ("ST*.json",),
    "ncbi_biosample": ("*.xml",),
    "ncbi_biosample_xml": ("EBIBioSamples*.xml", "kaiiam*.xml"),
    "nmdc": ("SampleData-*.yaml",),
}
FILES = sorted(f for folder, names in FOLDERS.items() for name in names for f in (CASES / folder).rglob(name))
WRITTEN = {p.id for p in load_profiles() if p.document is not None or p.sections}
# Two libraries that name one run, which the model holds once: the second has none when it is read alone.
SHARED_RUNS = ("interleaved_data-isolate_genome", "interleaved-data-isolate_transcriptome")

pytestmark = pytest.mark.skipif(not FILES, reason="0 real files at hand (../shared/cases is absent)")


@pytest.mark.parametrize("path", FILES, ids=[f.name for f in FILES])
def test_written_and_read_again(path: Path, tmp_path: Path) -> None:
    dataset = om.convert(path)
    profile = next((str(s["profile"]).partition("/")[0] for s in dataset.inputs[0]["sheets"] if s["profile"]), "")  # type: ignore[attr-defined]
    if profile not in WRITTEN or not any(not r.stub and r.cls != "Entry" for r in dataset.records()):
        pytest.skip("a template that nobody filled in, or a format that is only read")
    done = export_dataset(dataset, profile, tmp_path / "a")
    # Records without a name are called after the file they stand in, which is another one now.
    differing = [d for d in done.differing if "/row/" not in f"{d.id} {d.before} {d.after}"]
    assert not differing or any(s in path.name for s in SHARED_RUNS), differing[:3]
    assert done.kept > 0.95
    files = [tmp_path / "a" / name for name in done.files]
    again = om.convert(files if len(files) > 1 else files[0], profile=profile, base=dataset.base)
    assert export_dataset(again, profile, tmp_path / "b", verify=False).files == done.files
    for name in done.files:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name
