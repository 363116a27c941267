"""What two formats both have a place for, from their profiles: the measure of trips from one to the other and back."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from omics_standards.records import Attribute, Link, Quantity, Reading, Record, Value

FILE = Path(__file__).resolve().parents[2] / "benchmarks" / "holding.py"


@pytest.fixture(scope="module")
def holding() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmarks_holding", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _record(cls: str, record_id: str, links: dict[str, tuple[str, str]] | None = None, **slots: Value) -> Record:
    readings = [Reading(slot, (value,)) for slot, value in slots.items()]
    readings += [Link(slot, target, to) for slot, (target, to) in (links or {}).items()]
    return Record(cls, record_id, tuple(readings), (None,) * len(readings), 0)  # type: ignore[arg-type]


def _study(assay: str) -> list[Record]:
    """A sample, its extract, an assay and a run of it with a file."""
    return [
        _record("Biosample", "biosample/S1", name="S1", age=Quantity("3", unit="d"), attributes=Attribute("mood", "fine")),
        _record("Material", "material/E1", {"derived_from": ("MaterialEntity", "biosample/S1")}, name="E1", material_kind="extract"),
        _record(assay, "assay/A1", {"samples": ("MaterialEntity", "material/E1")}, name="A1"),
        _record("Run", "run/A1", {"assay": ("Assay", "assay/A1"), "data_files": ("DataFile", "file/1.raw")}, name="A1"),
        _record("DataFile", "file/1.raw", file_name="1.raw"),
        _record("Protocol", "protocol/P1", name="P1", description="shaken"),
    ]


def test_what_both_have_is_read_from_the_profiles(holding: ModuleType) -> None:
    found = set(holding.shared("isa-tab", "sdrf").values(_study("ProteomicsAssay")))
    assert ("Biosample", "name", '"S1"') in found
    assert ("Biosample", "attributes", '{"name": "mood", "value": "fine"}') in found
    # An SDRF has neither protocols nor names of extracts, and all its extracts are labelled.
    assert {cls for cls, _, _ in found} == {"Biosample", "Material", "ProteomicsAssay", "Run", "DataFile"}
    assert {slot for cls, slot, _ in found if cls == "Material"} == {"derived_from"}
    # What has no name of its own is called by the sample that it was made of.
    assert ("ProteomicsAssay", "samples", "Material S1") in found
    assert ("Run", "data_files", "DataFile 1.raw") in found


def test_a_file_of_a_run_that_a_format_has_no_assay_for_has_no_place_there(holding: ModuleType) -> None:
    found = set(holding.shared("isa-tab", "sdrf").values(_study("NMRAssay")))
    assert {cls for cls, _, _ in found} == {"Biosample"}


def test_what_a_sample_was_taken_from_is_no_member_of_a_pool(holding: ModuleType) -> None:
    one = _record("Biosample", "biosample/S1", {"derived_from": ("MaterialEntity", "biosample/source/P1")}, name="S1")
    source = _record("Biosample", "biosample/source/P1", name="P1")
    shared = holding.shared("isa-tab", "sdrf")
    assert {s for _, s, _ in shared.values([one, source])} == {"name"}
    pool = _record("Biosample", "biosample/S1", {"derived_from": ("MaterialEntity", "biosample/source/P1")}, name="S1", is_pooled=True)
    assert ("Biosample", "derived_from", "Biosample P1") in set(shared.values([pool, source]))


def test_a_format_shares_with_itself_all_that_it_has(holding: ModuleType) -> None:
    shared = holding.shared("isa-tab", "isa-tab")
    found = {(c, s) for c, s, _ in shared.values(_study("NMRAssay"))}
    assert {("Protocol", "description"), ("Material", "name"), ("Material", "material_kind"), ("NMRAssay", "samples")} <= found
