from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from omics_standards.errors import TermIndexError
from omics_standards.terms import Bundle
from omics_standards.terms.adding import add_file
from omics_standards.terms.build import build
from omics_standards.terms.locking import exclusive
from terms.carrier_wheels import MEMBERS, carriers, zst
from terms.tiny import VERSION, obo_text

TESTS = Path(__file__).resolve().parents[1]


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    return tmp_path / "wheels"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "bundle.sqlite"


def leftovers(target: Path) -> list[str]:
    return sorted(p.name for p in target.parent.iterdir() if p.name not in (target.name, target.name + ".lock"))


def test_all_sources_are_built(wheels: Path, target: Path) -> None:
    said: list[str] = []
    report = build(target, wheels=wheels, manifest=carriers(wheels), progress=said.append)
    assert not report.reused
    assert report.size == target.stat().st_size
    assert [info.prefix for info in report.ontologies] == ["UBERON", "CVCL", "MS", "UNIMOD", "NCBITaxon"]
    assert any(line.startswith("UBERON v1: 6 terms") for line in said)
    assert leftovers(target) == []
    with Bundle(target) as bundle:
        assert bundle.versions()["UBERON"] == "v1"
        assert bundle.ground("jecur", ("UBERON",)).id == "UBERON:0002107"
        assert bundle.ground("HeLa", ("CVCL",)).id == "CVCL:0030"
        assert bundle.ground("Q Exactive", ("MS",), ("MS:1000031",)).id == "MS:1001911"
        assert bundle.ground("Carboxyamidomethylation", ("UNIMOD",)).label == "Carbamidomethyl"
        assert bundle.ground("Hydroxylation", ("UNIMOD",)).label == "Oxidation"
        assert bundle.resolve("UBERON:0000027") == "UBERON:0002107"
        assert bundle.term("UBERON:0000360").consider == ("UBERON:0002107",)  # type: ignore[union-attr]


def test_ancestors_without_a_parent_between_are_kept(wheels: Path, target: Path) -> None:
    build(target, wheels=wheels, manifest=carriers(wheels))
    with Bundle(target) as bundle:
        assert bundle.parents("UBERON:0002107") == (("merged", "UBERON:0000061"),)
        assert bundle.parents("UBERON:0002048") == (("merged", "UBERON:0001062"),)
        assert bundle.ancestors("UBERON:0002107") == {"UBERON:0000061", "UBERON:0001062"}


def test_taxa_of_all_kingdoms_are_built(wheels: Path, target: Path) -> None:
    build(target, wheels=wheels, manifest=carriers(wheels))
    with Bundle(target) as bundle:
        taxa = ("NCBITaxon",)
        assert bundle.ground("human", taxa, ("NCBITaxon:33208",)).id == "NCBITaxon:9606"
        assert bundle.ground("Escherichia coli", taxa).id == "NCBITaxon:562"
        assert bundle.is_under("NCBITaxon:562", ["NCBITaxon:33208"]) is None
        # Taxa above Metazoa have their parents from the chain of a taxon below, their names from the other source.
        assert bundle.ancestors("NCBITaxon:9606") == {f"NCBITaxon:{i}" for i in (40674, 33208, 2759, 1)}
        assert bundle.term("NCBITaxon:2759").label == "Eukaryota"  # type: ignore[union-attr]
        assert bundle.ground("Bacillus", taxa).status == "ambiguous"
        assert bundle.info("NCBITaxon").terms == 8  # type: ignore[union-attr]


def test_the_same_input_gives_the_same_bytes(wheels: Path, tmp_path: Path) -> None:
    manifest = carriers(wheels)
    one = build(tmp_path / "1" / "b.sqlite", wheels=wheels, manifest=manifest).path.read_bytes()
    other = build(tmp_path / "2" / "b.sqlite", wheels=wheels, manifest=manifest).path.read_bytes()
    assert one == other


def test_a_bundle_of_the_same_recipe_is_reused(wheels: Path, target: Path) -> None:
    manifest = carriers(wheels)
    build(target, wheels=wheels, manifest=manifest)
    before = target.stat().st_mtime_ns
    assert build(target, wheels="/no/such/folder", manifest=manifest).reused
    assert target.stat().st_mtime_ns == before
    assert not build(target, wheels=wheels, manifest=manifest, only=["uberon"]).reused
    assert not build(target, wheels=wheels, manifest=manifest, only=["UBERON"], force=True).reused
    with Bundle(target) as bundle:
        assert list(bundle.versions()) == ["UBERON"]


def test_only_what_is_asked_for_is_needed(wheels: Path, target: Path) -> None:
    manifest = carriers(wheels)
    for path in wheels.glob("omst_test_names*"):
        path.unlink()
    assert [i.prefix for i in build(target, wheels=wheels, manifest=manifest, only=["UBERON", "MS"]).ontologies] == ["UBERON", "MS"]
    with pytest.raises(TermIndexError, match="no ontology nonsense; it has UBERON"):
        build(target, wheels=wheels, manifest=manifest, only=["nonsense"])


def test_a_wheel_that_is_not_the_one_expected_is_refused(wheels: Path, target: Path) -> None:
    manifest = carriers(wheels)
    build(target, wheels=wheels, manifest=manifest)
    before = target.read_bytes()
    wheel = wheels / manifest.carriers["omst-test-guide"].wheel
    wheel.write_bytes(wheel.read_bytes() + b"x")
    with pytest.raises(TermIndexError, match="sha256") as error:
        build(target, wheels=wheels, manifest=manifest, force=True)
    assert manifest.carriers["omst-test-guide"].sha256 in str(error.value)
    assert target.read_bytes() == before
    assert leftovers(target) == []


def test_a_wheel_that_is_absent_is_named_with_what_to_do(wheels: Path, target: Path) -> None:
    manifest = carriers(wheels)
    (wheels / manifest.carriers["omst-test-vocab"].wheel).unlink()
    with pytest.raises(TermIndexError) as error:
        build(target, wheels=wheels, manifest=manifest)
    for part in (
        "omst_test_vocab-1.0-py3-none-any.whl",
        manifest.carriers["omst-test-vocab"].sha256,
        "omics-standards ontologies build --wheels DIR",
    ):
        assert part in str(error.value)
    assert not target.exists()


@pytest.mark.parametrize(
    ("package", "member", "data"),
    [
        ("guide", "guide/uberon.json.zst", b"no archive"),
        ("guide", "guide/uberon.json.zst", zst(b'{"UBERON:1": {"label"')),
        ("guide", "guide/uberon.json.zst", zst(b"[1, 2]")),
        ("guide", "guide/uberon.json.zst", zst(b'{"CL:1": {"label": "no term of the prefix"}}')),
        ("guide", "guide/metazoa.json.zst", zst(json.dumps({"NCBITaxon:1": {}}).encode())[:-9]),
        ("vocab", "vocab/ms.obo.gz", gzip.compress(obo_text("MS").encode(), mtime=0)[:-40]),
        ("vocab", "vocab/unimod.xml.gz", gzip.compress(b"<unimod>", mtime=0)),
        ("vocab", "vocab/unimod.xml.gz", gzip.compress(b'<!DOCTYPE x [<!ENTITY a "b">]><unimod/>', mtime=0)),
        ("names", "names/other", b""),
    ],
    ids=["no-archive", "cut-json", "no-object", "no-terms", "cut-zst", "cut-gzip", "cut-xml", "entities", "no-member"],
)
def test_a_damaged_source_leaves_the_old_bundle(package: str, member: str, data: bytes, wheels: Path, target: Path) -> None:
    build(target, wheels=wheels, manifest=carriers(wheels))
    before = target.read_bytes()
    broken = {name: dict(files) for name, files in MEMBERS.items()}
    if member not in broken[package]:
        broken[package].clear()
    broken[package][member] = data
    with pytest.raises(TermIndexError, match="cannot be read from"):
        build(target, wheels=wheels, manifest=carriers(wheels, broken), force=True)
    assert target.read_bytes() == before
    assert leftovers(target) == []


_SCRIPT = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from omics_standards.terms.build import build
from terms.carrier_wheels import carriers
deadly = sys.argv[4]
def progress(line):
    print(line, flush=True)
    if deadly and line.startswith(deadly):
        os.kill(os.getpid(), signal.SIGKILL)
report = build(sys.argv[3], wheels=sys.argv[2], manifest=carriers(Path(sys.argv[2])), progress=progress, force=True)
print("reused", report.reused)
"""


def start(wheels: Path, target: Path, deadly: str = "") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _SCRIPT, str(TESTS), str(wheels), str(target), deadly]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
@pytest.mark.parametrize("moment", ["UBERON", "NCBITaxon", "sorting"])
def test_a_killed_build_leaves_the_old_bundle_and_the_next_one_works(moment: str, wheels: Path, target: Path) -> None:
    manifest = carriers(wheels)
    build(target, wheels=wheels, manifest=manifest, only=["MS"])
    before = target.read_bytes()
    process = start(wheels, target, moment)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert target.read_bytes() == before
    assert leftovers(target)
    build(target, wheels=wheels, manifest=manifest)
    assert leftovers(target) == []
    with Bundle(target) as bundle:
        assert len(bundle.versions()) == 5


def test_two_builds_at_once_leave_one_good_bundle(wheels: Path, target: Path) -> None:
    carriers(wheels)
    processes = [start(wheels, target) for _ in range(3)]
    outputs = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], outputs
    assert leftovers(target) == []
    with Bundle(target) as bundle:
        assert bundle.ground("liver", ("UBERON",)).status == "mapped"


def test_a_build_waits_for_another_and_then_uses_its_work(wheels: Path, target: Path) -> None:
    manifest = carriers(wheels)
    build(target, wheels=wheels, manifest=manifest)
    said: list[str] = []
    waiting = threading.Event()
    reports = []

    def progress(line: str) -> None:
        said.append(line)
        waiting.set()

    thread = threading.Thread(target=lambda: reports.append(build(target, wheels=wheels, manifest=manifest, progress=progress)))
    with exclusive(target.with_name(target.name + ".lock"), lambda: None):
        thread.start()
        assert waiting.wait(30)
        assert "waiting" in said[0]
    thread.join(30)
    assert reports[0].reused


def test_what_was_added_survives_a_rebuild(wheels: Path, target: Path, tmp_path: Path) -> None:
    file = tmp_path / "cl.obo.gz"
    file.write_bytes(gzip.compress(obo_text("CL").encode(), mtime=0))
    assert [i.prefix for i in add_file(file, target=target).ontologies] == ["CL"]  # there was no bundle
    build(target, wheels=wheels, manifest=carriers(wheels))
    build(target, wheels=wheels, manifest=carriers(wheels), force=True)
    with Bundle(target) as bundle:
        assert bundle.versions()["CL"] == VERSION
        assert bundle.ground("hepatic cell", ("UBERON", "CL"), ("CL:0000066",)).id == "CL:0000182"
        assert bundle.names("CL:0000182")[1] == ("exact", "hepatic cell")


def test_nothing_is_added_to_what_is_no_bundle(target: Path, tmp_path: Path) -> None:
    target.parent.mkdir()
    target.write_bytes(b"something else" * 1000)
    file = tmp_path / "cl.obo"
    file.write_text(obo_text("CL"), encoding="utf-8")
    with pytest.raises(TermIndexError, match="not a complete ontology bundle"):
        add_file(file, target=target)
    assert target.read_bytes() == b"something else" * 1000
    assert leftovers(target) == []


def test_a_build_replaces_a_broken_bundle(wheels: Path, target: Path) -> None:
    target.parent.mkdir()
    target.write_bytes(b"something else" * 1000)
    assert not build(target, wheels=wheels, manifest=carriers(wheels)).reused
    Bundle(target).close()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(wheels: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(TermIndexError, match="cannot be written"):
            build(tmp_path / "cache" / "b.sqlite", wheels=wheels, manifest=carriers(wheels))
    finally:
        tmp_path.chmod(0o700)
