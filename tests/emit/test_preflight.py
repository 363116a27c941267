"""Preflight: what an archive would send back is said, field by field; what it takes is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import omics_standards as om
from omics_standards.conversion.preflighting import preflight_dataset
from omics_standards.emit.preflight import FieldReport, check_grids, matrix_lines, to_dicts
from omics_standards.emit.preflight.sections import tables_of
from omics_standards.emit.sheets import SheetGrid
from omics_standards.errors import UnknownFormatError, UsageError
from omics_standards.profiles.load import load_profiles
from omics_standards.profiles.requirements import requirements
from omics_standards.tables import from_rows
from omics_standards.values.missing import REASONS

PROFILES = {p.id: p for p in load_profiles()}


def grid(table: str, header: list[str], *rows: list[str]) -> SheetGrid:
    names: list[tuple[str, str] | None] = [("Biosample", f"S{i}") for i, _ in enumerate(rows, start=1)]
    return SheetGrid("sheet", [header, *rows], table=table, records=[None, *names])


def reports(profile: str, table: str, kind: str, header: list[str], *rows: list[str]) -> dict[str, FieldReport]:
    found = check_grids([grid(table, header, *rows)], PROFILES[profile], {table: kind})
    return {f.header: f for f in found.fields}


def trouble(profile: str, table: str, kind: str, header: str, value: str) -> list[tuple[str, str]]:
    report = reports(profile, table, kind, [header], [value]).get(header)
    return [(p.what, p.expected) for p in report.problems] if report else []


HUMAN = ["*sample_name", "*organism", "*age", "*biomaterial_provider", "*collection_date", "*geo_loc_name", "*isolate", "*sex", "*tissue"]
GOOD = ["S1", "Homo sapiens", "30 years", "Institute of Examples", "2020-05-06", "China: Beijing", "donor 1", "female", "liver"]


def test_a_complete_record_passes() -> None:
    found = reports("ncbi-biosample", "samples", "Human.1.0", HUMAN, GOOD)
    assert {h for h, f in found.items() if f.failing} == set()
    assert found["*sex"].filled == found["*sex"].records == 1


def test_a_required_field_without_a_column_is_missing_in_every_record() -> None:
    found = reports("ncbi-biosample", "samples", "Human.1.0", HUMAN[:-1], *([GOOD[:-1]] * 7))
    (problem,) = found["*tissue"].problems
    assert (problem.what, problem.count, problem.records) == ("missing", 7, ("S1", "S2", "S3", "S4", "S5"))


def test_one_empty_cell_is_missing_in_its_record() -> None:
    found = reports("ncbi-biosample", "samples", "Human.1.0", HUMAN, GOOD, [*GOOD[:-2], "", "liver"])
    (problem,) = found["*sex"].problems
    assert (problem.what, problem.count, problem.records) == ("missing", 1, ("S2",))
    assert (found["*sex"].filled, found["*sex"].records) == (1, 2)


def test_one_field_of_a_group_is_enough() -> None:
    header = ["*sample_name", "strain", "isolate"]
    found = reports("ncbi-biosample", "samples", "Microbe.1.0", header, ["S1", "", "I1"], ["S2", "", ""])
    group = next(f for f in found.values() if f.requirement == "one of group Organism")
    assert "strain" in group.header
    assert [(p.what, p.count, p.records) for p in group.problems] == [("missing", 1, ("S2",))]


def test_a_value_that_is_not_listed_is_told_with_the_nearest() -> None:
    ((what, expected),) = trouble("ena", "experiments", "", "library_strategy", "RNA-Sequencing")
    assert what == "not allowed"
    assert expected.startswith("'RNA-Seq', or one of: WGS")


@pytest.mark.parametrize(
    ("profile", "table", "header", "value", "expected"),
    [
        ("ena", "experiments", "library_strategy", "RNA-seq", "RNA-Seq"),
        ("ncbi-sra-metadata", "libraries", "library_layout", "PAIRED", "paired"),
        ("ena", "experiments", "library_layout", "paired", "PAIRED"),
        ("ncbi-biosample", "samples", "*geo_loc_name", "china: Beijing", "China: Beijing"),
        ("ngdc-gsa", "experiment", "*Platform", "illumina novaseq 6000", "Illumina NovaSeq 6000"),
    ],
)
def test_another_spelling_is_told_and_passes(profile: str, table: str, header: str, value: str, expected: str) -> None:
    found = reports(profile, table, "", [header], [value])[header]
    assert [(p.what, p.expected) for p in found.problems] == [("spelling", expected)]
    assert not found.failing


@pytest.mark.parametrize(
    ("profile", "table", "kind", "header", "value", "what"),
    [
        # The same word, two verdicts.
        ("ncbi-biosample", "samples", "Human.1.0", "*collection_date", "missing", ""),
        ("ena", "samples", "ERC000011", "collection date", "missing", "missing word"),
        ("ena", "samples", "ERC000011", "geographic location (country and/or sea)", "missing", "missing word"),
        ("ena", "samples", "ERC000011", "collection date", "not collected", ""),
        ("ena", "samples", "ERC000011", "collection date", "restricted access", ""),
        ("ena", "samples", "ERC000011", "collection date", "missing: lab stock", ""),
        ("ncbi-sra-metadata", "libraries", "", "library_strategy", "not applicable", "missing word"),
        ("sdrf-proteomics", "rows", "ms-proteomics+human", "characteristics[age]", "not available", ""),
        ("sdrf-proteomics", "rows", "ms-proteomics+human", "characteristics[age]", "not collected", "missing word"),
        ("sdrf-proteomics", "rows", "ms-proteomics+human", "comment[instrument]", "not available", "missing word"),
        ("ddbj", "samples", "Human", "*collection_date", "missing: control sample", ""),
        ("ena", "samples", "ERC000021", "depth", "12 m", "pattern"),
        ("ena", "samples", "ERC000021", "depth", "12", "unit"),
        ("ena", "samples", "ERC000021", "project name", "12", ""),
        ("ncbi-biosample", "samples", "Human.1.0", "*collection_date", "06/05/2020", "pattern"),
        ("ncbi-biosample", "samples", "Human.1.0", "*geo_loc_name", "Atlantis: north", "not allowed"),
        ("ncbi-biosample", "samples", "Human.1.0", "*geo_loc_name", "China", ""),
        ("ncbi-biosample", "samples", "Human.1.0", "*sample_name", "x" * 51, "too long"),
        ("ncbi-biosample", "samples", "Human.1.0", "*sample_name", "x" * 50, ""),
        ("ngdc-gsa", "experiment", "", "*Platform", "A machine of our own", ""),
        ("ngdc-gsa", "run", "", "*MD5 checksum 1", "0123", "pattern"),
    ],
)
def test_verdicts(profile: str, table: str, kind: str, header: str, value: str, what: str) -> None:
    assert [w for w, _ in trouble(profile, table, kind, header, value)] == ([what] if what else [])


def test_the_words_that_are_taken_are_named() -> None:
    ((_, expected),) = trouble("ena", "samples", "ERC000011", "collection date", "missing")
    assert "not collected" in expected
    assert "missing: lab stock" in expected


def test_a_word_for_absence_in_another_spelling_is_told() -> None:
    assert trouble("ncbi-biosample", "samples", "Human.1.0", "*collection_date", "Not Collected") == [("spelling", "not collected")]


def test_columns_are_known_by_what_they_mean() -> None:
    # A writer says ``alias`` and ``taxon_id``, ENA's spreadsheet ``sample_alias`` and ``tax_id``.
    found = reports("ena", "samples", "ERC000011", ["alias", "taxon_id"], ["S1", "9606"])
    assert found["sample_alias"].problems == []
    assert (found["sample_alias"].cls, found["sample_alias"].slot) == ("Biosample", "name")


def test_a_table_of_which_nothing_is_known_is_said() -> None:
    found = check_grids([grid("reads", ["sample"], ["S1"])], PROFILES["ena"], {})
    assert found.unknown == ["ena/reads"]
    assert "not known" in matrix_lines(found)[-1]


@given(st.sampled_from(REASONS))
def test_a_word_passes_exactly_where_it_is_listed(word: str) -> None:
    for profile, table, kind, name in (
        ("ncbi-biosample", "samples", "Human.1.0", "collection_date"),
        ("ena", "samples", "ERC000021", "collection date"),
        ("ena", "samples", "ERC000021", "depth"),
        ("ncbi-sra-metadata", "libraries", "", "platform"),
        ("sdrf-proteomics", "rows", "ms-proteomics+human", "characteristics[organism part]"),
    ):
        rule = next(r for r in requirements(profile, table, kind) if r.name == name)
        assert bool(trouble(profile, table, kind, rule.header, word)) == (word not in rule.missing)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\t\n\r"), max_size=60))
def test_any_text_gets_a_verdict_and_no_exception(text: str) -> None:
    for header in ("*sex", "*collection_date", "*geo_loc_name", "*sample_name"):
        for what, expected in trouble("ncbi-biosample", "samples", "Human.1.0", header, text):
            assert what
            assert expected


def test_a_sheet_of_sections_is_checked_table_by_table() -> None:
    rows = [
        ["STUDY"], ["*title", "A study"], ["*summary (abstract)", ""], [],
        ["SAMPLES"], ["*library name", "*title", "*organism"], ["S1", "Liver 1", "Mus musculus"], ["S2", "", "Mus musculus"], [],
        ["PROTOCOLS"], ["*extract protocol", "Phenol"],
    ]  # fmt: skip
    keys = {6: ("Biosample", "S1"), 7: ("Biosample", "S2")}
    sheet = SheetGrid("Metadata", rows, table="sample", records=[keys.get(i) for i, _ in enumerate(rows)])
    study, sample = tables_of([sheet], PROFILES["geo-template"])
    assert study.rows == [["*title", "*summary (abstract)", "*extract protocol"], ["A study", "", "Phenol"]]
    assert sample.rows[0] == ["*library name", "*title", "*organism"]
    found = {(f.table, f.header): f for f in check_grids([study, sample], PROFILES["geo-template"], {}).fields}
    assert found["study", "*title"].problems == found["study", "*extract protocol"].problems == []
    assert [p.what for p in found["study", "*summary (abstract)"].problems] == ["missing"]
    assert [(p.what, p.records) for p in found["sample", "*title"].problems] == [("missing", ("S2",))]
    assert tables_of([sheet], PROFILES["ena"]) == [sheet]


def test_a_document_is_checked_under_the_names_that_it_has(dataset: om.Dataset) -> None:
    found = preflight_dataset(dataset, ["ena-xml"])
    assert found.unknown == []
    said = {f.header: f for f in found.fields}
    assert (said["TITLE"].problems, said["TITLE"].table, said["TITLE"].profile) == ([], "sample", "ena-xml")
    assert {p.what for p in said["geographic location (country and/or sea)"].problems} == {"missing"}
    assert [(p.what, p.value) for p in said["collection date"].problems] == [("missing word", "missing")]


def test_a_document_without_rules_is_said_to_be_unchecked(dataset: om.Dataset) -> None:
    found = preflight_dataset(dataset, ["nmdc"])
    assert found.fields == []
    assert all("nmdc" in name for name in found.unknown)
    assert found.unknown


EXPERIMENT = """<EXPERIMENT_SET><EXPERIMENT alias="E1"><STUDY_REF refname="P1"/><DESIGN><DESIGN_DESCRIPTION>d</DESIGN_DESCRIPTION>
<SAMPLE_DESCRIPTOR refname="S1"/><LIBRARY_DESCRIPTOR><LIBRARY_STRATEGY>{strategy}</LIBRARY_STRATEGY>{source}
<LIBRARY_SELECTION>cDNA</LIBRARY_SELECTION><LIBRARY_LAYOUT><PAIRED/></LIBRARY_LAYOUT></LIBRARY_DESCRIPTOR></DESIGN>
<PLATFORM><{platform}><INSTRUMENT_MODEL>Illumina MiSeq</INSTRUMENT_MODEL></{platform}></PLATFORM></EXPERIMENT></EXPERIMENT_SET>"""
SOURCE = "<LIBRARY_SOURCE>GENOMIC</LIBRARY_SOURCE>"


@pytest.mark.parametrize(
    ("strategy", "source", "platform", "failing"),
    [
        ("WGS", SOURCE, "ILLUMINA", set()),
        ("WGS", "", "ILLUMINA", {"DESIGN/LIBRARY_DESCRIPTOR/LIBRARY_SOURCE"}),
        ("WGS", SOURCE, "PACBIO_SMRT", {"PLATFORM/name()"}),
        ("reading of tea leaves", SOURCE, "ILLUMINA", {"DESIGN/LIBRARY_DESCRIPTOR/LIBRARY_STRATEGY"}),
    ],
)
def test_what_the_schema_of_a_document_asks_is_said(tmp_path: Path, strategy: str, source: str, platform: str, failing: set[str]) -> None:
    (tmp_path / "experiment.xml").write_text(EXPERIMENT.format(strategy=strategy, source=source, platform=platform), encoding="utf-8")
    found = preflight_dataset(om.convert(tmp_path / "experiment.xml"), ["ena-xml"])
    assert {f.header for f in found.fields if f.failing} == failing


SAMPLES = [
    ["*Sample name", "*Public description", "*Sample title", "*Organism", "*Sex", "*Age", "Age unit", "*Tissue", "*Collection date", "*Biomaterial provider"],
    ["S1", "Liver of the first mouse", "Liver 1", "Mus musculus", "male", "8", "week", "liver", "2023-03-05", "Institute of Examples"],
    ["S2", "Liver of the second mouse", "Liver 2", "Mus musculus", "male", "8", "week", "", "missing", "Institute of Examples"],
]  # fmt: skip


@pytest.fixture
def dataset() -> om.Dataset:
    return om.convert(from_rows(SAMPLES[0], SAMPLES[1:], name="BioSample"))


def test_a_dataset_is_checked_for_several_archives(dataset: om.Dataset) -> None:
    found = preflight_dataset(dataset, ["gsa", "ngdc-biosample"], kind="animal")
    assert {f.target for f in found.fields} == {"gsa", "ngdc-biosample"}
    assert {f.kind for f in found.fields} == {"animal"}
    tissue = [f for f in found.fields if f.slot == "tissue"]
    assert [[(p.what, p.count) for p in f.problems] for f in tissue] == [[("missing", 1)], [("missing", 1)]]
    assert all("S2" in p.records[0] for f in tissue for p in f.problems)
    assert found.failing
    lines = matrix_lines(found)
    assert lines[0].split() == ["slot", "gsa", "ngdc-biosample"]
    assert any(line.startswith("Biosample.tissue") and "1 missing" in line for line in lines)


def test_people_are_neither_plants_nor_animals(tmp_path: Path) -> None:
    sheet = tmp_path / "samples.tsv"
    sheet.write_text("*sample_name\t*organism\t*tissue\tdisease\nS1\tHomo sapiens\tbone marrow\tleukemia\n", encoding="utf-8")
    data = om.convert(sheet, "ncbi-biosample")
    assert {f.kind for f in preflight_dataset(data, ["ncbi-biosample"]).fields} == {"Human.1.0"}
    assert {f.kind for f in preflight_dataset(data, ["ngdc-biosample"]).fields} == {"human"}


def test_rows_without_what_the_table_is_about_are_rows(tmp_path: Path) -> None:
    sheet = tmp_path / "samples.tsv"
    sheet.write_text(
        "*sample_name\t*organism\t*tissue\t*sex\nS1\tHomo sapiens\tliver\tmale\nS2\tHomo sapiens\tlung\tmale\n", encoding="utf-8"
    )
    found = preflight_dataset(om.convert(sheet, "ncbi-biosample"), ["sdrf"])
    told = {f.header: f for f in found.fields}
    assert found.failing
    assert (told["source name"].filled, told["assay name"].filled, told["assay name"].records) == (2, 0, 2)


def test_the_kind_is_that_of_the_records_where_none_is_named(dataset: om.Dataset) -> None:
    assert {f.kind for f in preflight_dataset(dataset, ["ngdc-biosample"]).fields} == {"animal"}


def test_objects_for_programs_say_the_same(dataset: om.Dataset) -> None:
    found = preflight_dataset(dataset, ["ngdc-biosample"])
    entries = list(to_dicts(found))
    assert len(entries) == len(found.fields)
    assert {e["field"] for e in entries if not e["ok"]} == {f.header for f in found.fields if f.failing}


def test_a_target_or_kind_that_does_not_exist_is_refused(dataset: om.Dataset) -> None:
    with pytest.raises(UnknownFormatError):
        preflight_dataset(dataset, ["nowhere"])
    with pytest.raises(UsageError, match="unicorn"):
        preflight_dataset(dataset, ["ngdc-biosample"], kind="unicorn")
