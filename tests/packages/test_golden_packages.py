"""One dataset of every format that is read: its package follows the rules of each kind, whatever its records look like."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from datacite import schema45
from frictionless import Package
from pyshacl import validate
from rdflib import Graph

from omics_standards.packages import Given, package
from packages.dcat_ap import shapes
from packages.everything import write

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
GIVEN = Given(
    title="A title", description="What it is.", publisher="Institute of Nowhere", licence="CC0", creators=("Example, Ada",),
    identifier="10.1234/x", url="https://example.org/x", issued="2024-01-01", keywords=("k",), stamp="2024-01-02",
)  # fmt: skip


def cases() -> list[Path]:
    """The first case of each family that has records."""
    found: dict[str, Path] = {}
    for path in sorted(GOLDEN.glob("*/*/dataset.json")):
        if len(json.loads(path.read_text(encoding="utf-8"))) > 1:
            found.setdefault(path.parts[-3], path)
    return list(found.values())


@pytest.mark.parametrize("path", cases(), ids=lambda p: p.parts[-3])
def test_a_dataset_of_every_format_makes_a_package_that_its_readers_accept(path: Path, tmp_path: Path) -> None:
    done = package(write(tmp_path / "in", json.loads(path.read_text(encoding="utf-8"))), tmp_path / "out", given=GIVEN)
    assert not [lack for lack in done.lacks if lack.severity == "error"]
    fits, _, text = validate(Graph().parse(tmp_path / "out" / "dcat.ttl"), shacl_graph=shapes())
    assert fits, text
    report = Package(str(tmp_path / "out" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note", "fieldName"])
    assert list(schema45.validator.iter_errors(json.loads((tmp_path / "out" / "datacite.json").read_text(encoding="utf-8")))) == []
    graph = {n["@id"]: n for n in json.loads((tmp_path / "out" / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]}
    assert {"name", "description", "license", "datePublished", "publisher", "author", "identifier"} <= set(graph["./"])
    # What is there once is there under one id.
    assert all(p["@id"] in graph for p in graph["./"]["hasPart"])
