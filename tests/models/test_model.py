"""The model itself: everything is named, described and found by one name; nothing is said twice."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest
import yaml

from omics_standards import models
from omics_standards.findings import CODES
from omics_standards.models import MODEL
from omics_standards.models.prefixes import PREFIXES

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "models").glob("*.yaml"))
COMMON = ("tissue", "sex", "age", "organism", "disease", "collection_date", "library_strategy", "file_name", "host")


def normal(alias: str) -> str:
    return re.sub(r"[\W_]+", " ", alias.casefold()).strip()


@pytest.mark.parametrize("name", MODEL.classes)
def test_class_has_uri_description_and_names_in_both_languages(name: str) -> None:
    cls = MODEL.classes[name]
    assert cls.uri == f"omst:{name}"
    assert len(cls.description) > 15
    assert cls.title["en"]
    assert re.search(r"[\u4e00-\u9fff]", cls.title["zh"])


@pytest.mark.parametrize("name", MODEL.slots)
def test_slot_has_uri_description_and_chinese_title(name: str) -> None:
    slot = MODEL.slots[name]
    assert slot.uri in (f"omst:{name}", "rdfs:label")
    assert len(slot.description) > 5
    assert slot.description[0].isupper()
    assert slot.description.endswith(".")
    assert slot.title["zh"], "the first Chinese alias is the title"


def test_only_the_identifier_is_required_of_a_record() -> None:
    for name in MODEL.records:
        needed = [s for s in MODEL.classes[name].slots if (d := MODEL.slot(name, s)) is not None and d.required]
        assert needed == ["id"], name


@pytest.mark.parametrize("name", MODEL.records)
def test_record_class_inherits_what_all_records_share(name: str) -> None:
    shared = MODEL.classes["NamedThing"].slots
    assert MODEL.classes[name].slots[: len(shared)] == shared
    assert {"id", "accessions", "attributes", "missing", "rejected", "origin", "stub"} <= set(shared)


def test_no_alias_stands_for_two_slots_of_one_class() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for name, slot in MODEL.slots.items():
        for alias in (*slot.aliases["en"], *slot.aliases["zh"]):
            owners[normal(alias)].add(name)
    used = {name: {c for c, d in MODEL.classes.items() if name in d.slots} for name in MODEL.slots}
    shared = {
        alias: sorted(pair) for alias, names in owners.items() for pair in combinations(sorted(names), 2) if used[pair[0]] & used[pair[1]]
    }
    assert not shared


@pytest.mark.parametrize("name", MODEL.enums)
def test_no_spelling_stands_for_two_values_of_one_vocabulary(name: str) -> None:
    seen: dict[str, str] = {}
    for text, value in MODEL.enums[name].items():
        for spelling in (text, *value.aliases):
            # UCUM codes are told apart by case: m is a metre, M is molar.
            key = spelling if name == "UcumUnit" else spelling.casefold()
            assert seen.setdefault(key, text) == text, spelling


def test_ranges_units_and_rules_exist() -> None:
    for slot in MODEL.slots.values():
        if slot.kind == "enum":
            assert slot.range in MODEL.enums
        if slot.kind == "reference":
            assert list(MODEL.below(slot.range))
        assert set(slot.units) <= set(MODEL.enums["UcumUnit"]), slot.name
        assert set(slot.ontologies) <= set(PREFIXES), slot.name
        assert {b.split(":")[0] for b in slot.branch} <= set(slot.ontologies), slot.name
        if slot.pattern:
            assert not re.search(r"\{[A-Za-z_]", slot.pattern), "a placeholder survived"
            re.compile(slot.pattern)
    for name, cls in MODEL.classes.items():
        for rule in cls.rules:
            word, *slots = rule.split()
            assert word in ("order", "some", "all", "need")
            assert all(s in cls.slots or s in CODES for s in slots), (name, rule)


def test_sources_change_no_range_per_class() -> None:
    for path in SOURCES:
        schema = yaml.safe_load(path.read_text(encoding="utf-8"))
        for name, cls in (schema.get("classes") or {}).items():
            assert "slot_usage" not in cls, (path.name, name)


def test_every_enum_value_with_a_meaning_has_a_known_prefix() -> None:
    for name, values in MODEL.enums.items():
        for text, value in values.items():
            assert value.meaning is None or value.meaning.split(":")[0] in PREFIXES, (name, text)


@pytest.mark.parametrize("name", COMMON)
def test_common_slot_is_mapped_to_another_standard(name: str) -> None:
    mapped = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "models" / "mappings").glob("*.sssom.tsv"))
    assert f"omst:{name}\t" in mapped


def test_public_names_are_those_of_the_generated_module() -> None:
    names = {*MODEL.classes, *MODEL.enums, "OmicsDataset", "MODEL", "check_value"}
    assert set(models.__all__) == names
    assert all(getattr(models, n) is not None for n in models.__all__)
    assert set(models.__all__) <= set(dir(models))
    with pytest.raises(AttributeError, match="Unicorn"):
        models.__getattr__("Unicorn")


def test_importing_the_model_loads_neither_pydantic_nor_linkml() -> None:
    code = (
        "import sys; import omics_standards.models, omics_standards.models.slots, omics_standards.models.rules;"
        "print([m for m in ('pydantic', 'linkml', 'linkml_runtime', 'rdflib', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
