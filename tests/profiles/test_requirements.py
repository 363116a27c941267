"""What archives ask of their sheets: tables of facts that hold together, and the questions that are asked of them."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from omics_standards.errors import UsageError
from omics_standards.profiles.load import builtin_folder, load_profiles
from omics_standards.profiles.requirements import default_kind, find_kind, kinds, profiles_with_rules, requirements
from omics_standards.values.missing import REASONS

SHEETS = [
    (profile.id, table.id, kind)
    for profile in load_profiles()
    if profile.id in profiles_with_rules()
    for table in profile.tables
    for kind in ([k.name for k in kinds(profile.id, table.id)] or [""])
    if requirements(profile.id, table.id, kind)
]


def rule(profile: str, table: str, name: str, kind: str = ""):
    return next(r for r in requirements(profile, table, kind) if r.name == name)


def test_every_profile_named_there_exists() -> None:
    assert set(profiles_with_rules()) <= {p.id for p in load_profiles()}
    assert {p for p, _, _ in SHEETS} == set(profiles_with_rules())


def test_every_kind_belongs_to_a_table_of_its_profile() -> None:
    for profile in load_profiles():
        assert {k.table for k in kinds(profile.id)} <= {t.id for t in profile.tables}


@pytest.mark.parametrize("profile", profiles_with_rules())
def test_facts_hold_together(profile: str) -> None:
    for _, table, kind in [s for s in SHEETS if s[0] == profile]:
        rules = requirements(profile, table, kind)
        headers = [r.header for r in rules]
        assert len(set(headers)) == len(headers), (table, kind)
        assert any(r.requirement in ("required", "group") for r in rules), (table, kind)
        for r in rules:
            pattern = re.compile(r.pattern)
            assert len(set(r.values)) == len(r.values), (table, kind, r.name)
            assert all(v == v.strip() and v for v in (*r.values, *r.missing)), (table, kind, r.name)
            assert not set(r.values) & set(REASONS), (table, kind, r.name)
            assert (r.requirement == "group") == bool(r.group)
            if r.example:
                assert pattern.fullmatch(r.example) or not r.pattern, (table, kind, r.name, r.example)


def test_no_field_is_described_that_no_kind_has() -> None:
    folder = builtin_folder().with_name("archives")
    # Some share the tables of another.
    for profile in (p for p in profiles_with_rules() if (folder / f"{p}.fields.tsv").is_file()):
        described = {line.split("\t")[0] for line in (folder / f"{profile}.fields.tsv").read_text("utf-8").splitlines()[1:]}
        lines = [line.split("\t") for line in (folder / f"{profile}.kinds.tsv").read_text("utf-8").splitlines()[1:]]
        used = {re.sub(r"^([*+]|\{[^}]*\})", "", f) for line in lines if len(line) > 4 for f in line[4].split("|")}
        assert described == used, profile


@pytest.mark.parametrize(
    ("profile", "table", "kind", "headers"),
    [
        ("ngdc-gsa", "sample", "human", ["*Sample name", "*Public description", "Project accession", "*Sample title", "*Organism"]),
        ("ngdc-gsa", "experiment", "", ["*ID", "*Experiment title", "*BioProject accession", "*BioSample name", "*Platform"]),
        ("ncbi-biosample", "samples", "Human.1.0", ["*sample_name", "sample_title", "bioproject_accession", "*organism", "*age"]),
        ("ncbi-sra-metadata", "libraries", "", ["sample_name", "biosample_accession", "library_ID", "title", "library_strategy"]),
        ("ddbj", "samples", "Human", ["_package", "*sample_name", "*sample_title", "description", "*organism"]),
        ("ena", "runs", "", ["alias", "experiment_alias", "file_name", "file_format", "file_checksum"]),
        ("geo-template", "sample", "", ["*library name", "*title", "*library strategy", "*organism", "**tissue"]),
    ],
)
def test_columns_stand_as_the_archive_has_them(profile: str, table: str, kind: str, headers: list[str]) -> None:
    assert [r.header for r in requirements(profile, table, kind)][: len(headers)] == headers


def test_a_package_has_the_fields_of_its_checklist_and_of_its_environment() -> None:
    soil = {r.name: r.requirement for r in requirements("ncbi-biosample", "samples", "MIMARKS.survey.soil.6.0")}
    assert soil["depth"] == soil["env_medium"] == "required"
    assert soil["al_sat"] == "optional"
    assert "num_replicons" not in soil  # of isolates


def test_words_for_absence_differ_between_archives() -> None:
    ncbi = rule("ncbi-biosample", "samples", "collection_date", "Human")
    ena = rule("ena", "samples", "collection date")
    assert "missing" in ncbi.missing
    assert "missing" not in ena.missing
    assert {"not collected", "restricted access", "missing: lab stock"} <= set(ena.missing) & set(ncbi.missing)
    assert rule("ncbi-sra-metadata", "libraries", "library_strategy").missing == ()
    assert rule("sdrf-proteomics", "rows", "characteristics[age]").missing == ("not available", "anonymized", "pooled")


def test_values_keep_the_archives_spelling() -> None:
    assert "RNA-Seq" in rule("ngdc-gsa", "experiment", "Strategy").values
    assert rule("ncbi-sra-metadata", "libraries", "library_layout").values == ("single", "paired")
    assert rule("ena", "experiments", "library_layout").values == ("SINGLE", "PAIRED")
    assert "Ribo-seq" in rule("ncbi-sra-metadata", "libraries", "library_strategy").values
    assert "Ribo-Seq" in rule("ena", "experiments", "library_strategy").values


def test_a_country_may_be_followed_by_a_place() -> None:
    place = rule("ncbi-biosample", "samples", "geo_loc_name", "Human")
    assert (place.upto, place.open) == (":", False)
    assert "China" in place.values


@pytest.mark.parametrize("date", ["2020", "2020-05", "2020-05-06", "06-May-2020", "May-2020", "2020-05/2020-07", "2020-05-06T12:30Z"])
def test_dates_that_ncbi_takes(date: str) -> None:
    assert re.fullmatch(rule("ncbi-biosample", "samples", "collection_date", "Human").pattern, date)


@pytest.mark.parametrize("date", ["05/06/2020", "6 May 2020", "20-05-06", "spring 2020", ""])
def test_dates_that_ncbi_does_not_take(date: str) -> None:
    assert not re.fullmatch(rule("ncbi-biosample", "samples", "collection_date", "Human").pattern, date)


@pytest.mark.parametrize(
    ("profile", "table", "asked", "found"),
    [
        ("ncbi-biosample", "samples", "human", "Human.1.0"),
        ("ncbi-biosample", "samples", "MIMS.me.soil", "MIMS.me.soil.6.0"),
        ("ncbi-biosample", "samples", "model organism or animal", "Model.organism.animal.1.0"),
        ("ena", "samples", "erc000033", "ERC000033"),
        ("ena", "samples", "ENA virus pathogen reporting standard checklist", "ERC000033"),
        ("ngdc-gsa", "sample", "Plant", "plant"),
        ("ngdc-gsa", "sample", "", "human"),
        ("ngdc-gsa", "run", "whatever", ""),
    ],
)
def test_kinds_are_found_as_people_call_them(profile: str, table: str, asked: str, found: str) -> None:
    assert find_kind(profile, table, asked) == found


@pytest.mark.parametrize(("asked", "near"), [("soil", "MIMS.me.soil.6.0"), ("Humann.1.0", "Human.1.0")])
def test_an_unknown_kind_is_answered_with_those_that_are_near(asked: str, near: str) -> None:
    with pytest.raises(UsageError, match=re.escape(near)):
        requirements("ncbi-biosample", "samples", asked)


def test_defaults_are_kinds() -> None:
    for profile, table, _ in SHEETS:
        default = default_kind(profile, table)
        assert bool(default) == bool(kinds(profile, table))
        assert not default or default in {k.name for k in kinds(profile, table)}


def test_what_is_not_known_is_empty_and_no_error() -> None:
    assert requirements("mwtab", "study", "anything") == []
    assert requirements("ena", "reads") == []
    assert kinds("no-such-profile") == []


def test_a_conversion_does_not_read_the_facts() -> None:
    code = "import sys, omics_standards.conversion.flow; print('omics_standards.profiles.requirements' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "False"
