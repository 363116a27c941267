"""Formats that are trees: what is written is read back as it was, in the order that the archive's schema asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

import omics_standards as om
from omics_standards.conversion.exporting import export_dataset
from omics_standards.emit.sheets.trees import compose_tree
from omics_standards.profiles.load import load_profiles
from omics_standards.terms import NoBundle

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
PROFILES = {p.id: p for p in load_profiles()}
WRITTEN = sorted(p.id for p in PROFILES.values() if p.document is not None)
CASES = sorted(
    (profile, next(f for f in sorted(case.iterdir()) if f.name.startswith("input")))
    for profile in WRITTEN
    if (GOLDEN / profile).is_dir()
    for case in (GOLDEN / profile).iterdir()
    if case.is_dir() and any(f.name.startswith("input") for f in case.iterdir())
)


def written(dataset: om.Dataset, profile: str) -> list[tuple[str, str]]:
    return [(d.name, d.text) for d in compose_tree(PROFILES[profile], dataset.records(), terms=NoBundle()).documents]


def converted(text: str, name: str, folder: Path, profile: str | None = None) -> om.Dataset:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return om.convert(path, profile=profile)


@pytest.mark.parametrize(("profile", "path"), CASES, ids=[f"{p}-{f.parent.name}" for p, f in CASES])
def test_what_is_written_is_read_back(profile: str, path: Path, tmp_path: Path) -> None:
    dataset = om.convert(path, profile=profile)
    if not dataset.records():
        pytest.skip("an input of definitions")
    done = export_dataset(dataset, profile, tmp_path / "out")
    # Records without a name are called after the file they stand in, which is another one now.
    differing = [d for d in done.differing if "/row/" not in f"{d.id} {d.before} {d.after}"]
    assert not differing, differing[:3]
    files = [tmp_path / "out" / n for n in done.files]
    again = om.convert(files if len(files) > 1 else files[0], profile=profile)
    assert written(again, profile) == written(dataset, profile)
