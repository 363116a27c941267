"""Real sheets of archives: written by the profiles that read them and read again, the records are the same, and what is lost is said."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

import pytest

import omics_standards as om
from omics_standards.conversion.exporting import Exported, export_dataset, read_back
from omics_standards.errors import UsageError
from omics_standards.mapping.ids import is_local
from omics_standards.profiles.targets import writers_of
from omics_standards.records import Term
from realfiles import real_files

TARGETS = {
    "ngdc_gsa": "gsa", "ncbi_biosample": "ncbi", "ncbi_sra_metadata": "sra", "ena_templates": "ena", "ddbj": "ddbj", "qiita": "qiime2",
}  # fmt: skip
# Formats of whose real files a second write gives the first one's bytes.
EXACT = {"gsa", "ncbi", "sra", "ena"}
# A run table stands among the sheets of SRA.
INPUTS = [(t, p) for f, t in TARGETS.items() for p in real_files(f) if "clarkii-SRA-metadata" not in p.name and p.suffix != ".xml"]


def trips() -> ModuleType:
    """The script that measures the same, as a module."""
    folder = Path(__file__).resolve().parents[2] / "benchmarks"
    spec = importlib.util.spec_from_file_location("benchmarks_trips", folder / "trips.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # It imports what stands beside it.
    with patch.object(sys, "path", [str(folder), *sys.path]):
        spec.loader.exec_module(module)
    return module


def without_place(data: om.Dataset, written: Exported) -> set[tuple[str, str]]:
    """Class and id of the records of which each value is lost."""
    lost = Counter((loss.cls, loss.id) for loss in written.losses)
    return {(r.cls, r.id) for r in data.records() if lost[r.cls, r.id] >= sum(len(v) for _, v in r.items()) > 0}


# There and back through another archive.
WAYS = (
    ("ngdc_gsa", ("ncbi", "gsa")),
    ("ena_templates", ("ncbi", "ena")),
    ("ncbi_biosample", ("ena", "ncbi")),
    ("ncbi_biosample", ("gsa", "ncbi")),
)
TRIPS = [(way, p) for folder, way in WAYS for p in real_files(folder) if p.suffix != ".xml"]

pytestmark = pytest.mark.skipif(not INPUTS, reason="0 real files at hand (../shared/cases is absent)")


@pytest.mark.parametrize(("target", "source"), INPUTS, ids=lambda s: s if isinstance(s, str) else s.name)
def test_what_was_written_reads_as_what_it_was(target: str, source: Path, tmp_path: Path, tiny_bundle: Path) -> None:
    data = om.convert(source, bundle=str(tiny_bundle), privacy=False)
    if not set(data.classes) - {"Entry"}:
        pytest.skip("a template that nobody filled in")
    written = export_dataset(data, target, tmp_path, bundle=str(tiny_bundle))
    assert written.differing == []
    # The sheets of public-health tools tell of assemblies, their authors and laboratories as well, which GenBank asks for.
    assert written.kept > (0.7 if target == "ncbi" else 0.9)
    back = read_back(tmp_path, written.files, writers_of(target), base=data.base, bundle=str(tiny_bundle))
    whole = {r.cls for r in data.records() if (r.cls, r.id) not in without_place(data, written)}
    assert set(back.classes) - {"Entry"} == whole - {"Entry"}
    if target in EXACT:
        again = export_dataset(back, target, tmp_path / "again", bundle=str(tiny_bundle), verify=False)
        assert again.files == written.files
        assert [n for n in again.files if (tmp_path / n).read_bytes() != (tmp_path / "again" / n).read_bytes()] == []


@pytest.mark.parametrize(("way", "source"), TRIPS, ids=lambda s: s.name if isinstance(s, Path) else "-".join(s))
def test_what_both_archives_have_comes_back(way: tuple[str, str], source: Path) -> None:
    """Each value of a slot that the other archive's files fill at all, of each record that has a place there."""
    data = om.convert(source, privacy=False)
    try:
        found = trips().cross_trip(data, way[1], way[0])
    except UsageError as e:
        if "none of these records" not in str(e):
            raise
        pytest.skip("a template that nobody filled in, or one table of a submission alone")
    assert found["values"] > 0
    # Without a bundle a number of the taxonomy has no name, and a column of names cannot hold it.
    nameless = sum(isinstance(v, Term) and v.id == v.label for r in data.records() for _, values in r.items() for v in values)
    # A project that no archive has registered has no accession for a column of accessions.
    unregistered = sum(is_local(str(v)) for r in data.records() for v in r.values("projects"))
    assert found["kept"] >= found["values"] - nameless - unregistered
