"""What the tables of communities need beyond one header and one cell: parallel lists, explained columns, definitions, weak headers."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from omics_standards.conversion import Options, convert_to
from omics_standards.mapping.parsers import PARSERS
from omics_standards.mapping.recognise import recognise
from omics_standards.mapping.steps import Environment, Step, build_step
from omics_standards.models.slots import MODEL
from omics_standards.profiles import load_profiles
from omics_standards.profiles.schema import Column, Profile
from omics_standards.records import Attribute, Term
from omics_standards.tables import from_rows, read
from omics_standards.terms import get_terms


def _convert(text: str, tmp_path: Path, name: str = "input.tsv", bundle: str | None = None) -> dict[str, object]:
    import json

    source = tmp_path / name
    source.write_text(text, encoding="utf-8")
    convert_to([str(source)], tmp_path / "out", "json", Options(base="https://example.org/d/", today="2026-01-01", bundle=bundle))
    report: dict[str, object] = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    report["dataset"] = json.loads((tmp_path / "out" / "dataset.json").read_text(encoding="utf-8"))
    ledger = report["ledger"]
    assert ledger["cells"] == sum(v for k, v in ledger.items() if k != "cells")  # type: ignore[index,attr-defined]
    return report


def _best(headers: list[str], path: Path) -> str | None:
    delimiter = "," if path.suffix == ".csv" else "\t"
    path.write_text(delimiter.join(headers) + "\n" + delimiter.join("1" for _ in headers) + "\n", encoding="utf-8")
    found = recognise(read(path), load_profiles())[0].best
    return found.name if found else None


def test_every_companion_of_a_shipped_profile_is_taken_by_its_step(tiny_bundle: Path) -> None:
    env = Environment("x", get_terms(str(tiny_bundle)))
    for profile in load_profiles():
        for table in profile.tables:
            for key, column in table.columns.items():
                for target in column.to[:1]:
                    step = Step(MODEL.slots[target.split(".")[1]], column, env, key, ("value",), -1, True)
                    parse = PARSERS[step.kind](step)
                    parse = getattr(parse, "read", parse)
                    takes = set(inspect.signature(parse).parameters)
                    assert set(column.companions) <= takes, (profile.id, table.id, key)


@pytest.mark.parametrize(
    ("headers", "name", "expected"),
    [
        (["sample-id", "barcode-sequence", "body-site"], "m.csv", "qiime2/samples"),
        (["id", "col1", "col2"], "m.tsv", "qiime2/bare"),
        (["id", "col1", "col2"], "m.csv", None),
        (["col1", "id", "col2"], "m.tsv", None),
        (["feature-id", "Taxon", "Confidence"], "taxonomy.tsv", "qiime2/features"),
        (["Run", "LibraryStrategy", "BioSample", "SRAStudy", "BioProject", "ScientificName", "size_MB"], "A_sra_meta.tsv",
         "curated-metagenomic-data/runs"),
    ],
)  # fmt: skip
def test_weak_headers_need_their_place_or_their_name(headers: list[str], name: str, expected: str | None, tmp_path: Path) -> None:
    assert _best(headers, tmp_path / name) == expected


def test_a_run_table_without_the_name_is_not_taken_for_a_curated_one(tmp_path: Path) -> None:
    headers = ["Run", "LibraryStrategy", "BioSample", "SRAStudy", "BioProject", "ScientificName", "size_MB"]
    assert _best(headers, tmp_path / "SraRunInfo.csv") != "curated-metagenomic-data/runs"


def test_lists_side_by_side_are_paired(tiny_bundle: Path) -> None:
    column = Column.model_validate({"to": ["x.measurements"], "as": "attribute", "split": ";", "with": {"name": "n", "unit": "u"}})
    env = Environment("x", get_terms(str(tiny_bundle)))
    step, _ = build_step("measurements", column, env, header="v", parts=("value", "name", "unit"), headers=("v", "n", "u"))
    reading = step(("3.9;70", "Albumin;Creatinine", "g/dL;umol/L"))
    assert reading.values == (Attribute("Albumin", "3.9", "g/dL"), Attribute("Creatinine", "70", "umol/L"))
    assert reading.fate == "mapped"
    short = step(("3.9;70", "Albumin", "g/dL;umol/L"))
    assert [i.code for i in short.issues] == ["lists-unequal"]
    assert short.rejected is not None
    assert "Albumin" in short.rejected.raw
    assert step(("", "Albumin;Creatinine", "")).fate == "kept"


def test_an_attribute_carries_the_accession_beside_it(tiny_bundle: Path) -> None:
    column = Column.model_validate({"to": ["x.factor_values"], "as": "attribute", "with": {"accession": "a"}})
    env = Environment("x", get_terms(str(tiny_bundle)))
    step, _ = build_step("factor_values", column, env, header="control", parts=("value", "accession"), headers=("control", "a"))
    assert step(("Case", "NCIT_C49152")).values == (Attribute("control", "Case", None, Term("NCIT:C49152", "Case")),)
    assert step(("Case", "no id")).values == (Attribute("control", "Case (no id)"),)


def test_directives_and_remarks_are_no_samples(tmp_path: Path, tiny_bundle: Path) -> None:
    text = "sample-id\tsex\tbarcode\n#q2:types\tcategorical\tcategorical\nS1\tmale\tACGT\n# a remark\nS2\tfemale\tACGA\n"
    report = _convert(text, tmp_path, bundle=str(tiny_bundle))
    assert report["records"]["Biosample"] == 2  # type: ignore[index]
    assert not [f for f in report["findings"] if f["severity"] == "error"]  # type: ignore[attr-defined]


def test_a_data_dictionary_is_recognised_and_gives_no_records(tmp_path: Path, tiny_bundle: Path) -> None:
    report = _convert("col.name,col.class,description,unique\nage,double,Age,FALSE\n", tmp_path, "d.csv", str(tiny_bundle))
    assert report["inputs"][0]["sheets"][0]["family"] == "curatedmetagenomicdata"  # type: ignore[index]
    assert [f["code"] for f in report["findings"]] == ["sheet-definitions"]  # type: ignore[attr-defined]
    assert report["records"] == {}
    assert report["ledger"]["structural"] == 8  # type: ignore[index]


def test_rows_that_explain_the_columns_are_structure() -> None:
    from omics_standards.mapping.plan import compile_plan
    from omics_standards.mapping.rows import read_batch

    profile = Profile.model_validate(
        {"id": "x", "family": "x", "title": "X", "tables": [{
            "id": "t", "explained": 2, "records": {"s": {"class": "Biosample", "id": ["alias"]}}, "main": "s", "columns": {"alias": "s.name"}}]}
    )  # fmt: skip
    sheet = from_rows(["alias"], [["string"], ["required"], ["S1"]], name="x").sheets[0]
    plan = compile_plan(profile, profile.tables[0], sheet, Environment("x", get_terms(None), sheet=sheet))
    results = [read_batch(plan, batch) for batch in sheet.batches()]
    assert [r.fates for r in results] == [{"structural": 2, "mapped": 1}]


def test_numbers_of_taxa_stand_for_their_names(tiny_bundle: Path) -> None:
    env = Environment("x", get_terms(str(tiny_bundle)))
    step, _ = build_step("organism", Column(to=["s.organism"]), env, header="taxon_id")
    assert step("9606").values[0].id == "NCBITaxon:9606"
    assert step("1").values[0].id != "NCBITaxon:9606"


def test_alive_and_dead_answer_one_question_only(tiny_bundle: Path) -> None:
    env = Environment("x", get_terms(str(tiny_bundle)))
    alive, _ = build_step("is_alive", Column(to=["s.is_alive"]), env, header="vital_status")
    control, _ = build_step("is_control", Column(to=["s.is_control"]), env, header="control")
    assert (alive("Alive").values, alive("Deceased").values, alive("perhaps").fate) == ((True,), (False,), "rejected")
    assert control("dead").fate == "rejected"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("q.tsv", "sample-id\tbarcode\tsex\nS1\tACGT\n\t\tmale\nS1\tACGT\tmale\textra\n"),
        ("q.tsv", "#SampleID\tBarcodeSequence\n"),
        ("c.tsv", "study_name\tsubject_id\tsample_id\tbody_site\tdisease\tdisease_ontology_term_id\tcountry\n"
                  "A_2020\tP1\tS1\tfeces\t;\tNCIT:C1;NCIT:C2\tItaly\nA_2020\t\t\t\t;;\t;\t\n"),
        ("g.tsv", "case_id\tproject_id\tsubmitter_id\tgender\tvital_status\tprimary_diagnosis\tage_at_diagnosis\n"
                  "c1\tP\ts1\t--\tzombie\t--\tminus one\n"),
        ("i.tsv", "program_id\tsubmitter_donor_id\tsubmitter_specimen_id\tsubmitter_sample_id\n\t\t\t\nP\t\ts\t\n"),
        ("h.tsv", "first_name\tlast_name\torcid\taffiliation\nA\tB\tnot an orcid\t\n"),
        ("e.csv", "EpiRR,project,biomaterial_type,cell_type,age,donor_age_unit\n,,,,65-,year\nI1,P,,,-,\n"),
        ("r.tsv", "refinebio_accession_code\texperiment_accession\trefinebio_organism\nnone\t\tNOBODY\n"),
        ("m.tsv", "samp_name\tnucl_acid_ext\tenv_broad_scale\tgeo_loc_name\tdepth\nW\tx\t[ENVO:1]\tnowhere\tdeep\n"),
    ],
)  # fmt: skip
def test_broken_inputs_close_the_ledger(name: str, text: str, tmp_path: Path, tiny_bundle: Path) -> None:
    report = _convert(text, tmp_path, name, str(tiny_bundle))
    assert report["inputs"][0]["sheets"][0]["family"]  # type: ignore[index]


def test_the_cell_to_the_right_is_a_companion_only_under_its_header() -> None:
    from omics_standards.mapping.plan import compile_plan

    profile = Profile.model_validate(
        {"id": "x", "family": "x", "title": "X", "tables": [{
            "id": "t", "records": {"s": {"class": "Biosample", "id": ["name"]}}, "main": "s",
            "columns": {"name": "s.name", "Weight|Length": {"to": "s.measurements", "as": "attribute", "with": {"unit": "> Unit"}}}}]}
    )  # fmt: skip
    sheet = from_rows(["name", "Weight", "Unit", "Length", "Note", "Unit"], [["S1", "5", "g", "3", "cm", "?"]], name="x").sheets[0]
    plan = compile_plan(profile, profile.tables[0], sheet, Environment("x", get_terms(None), sheet=sheet))
    assert sorted(r.columns for r in plan.readers) == [(0,), (1, 2), (3,), (4,), (5,)]


def test_the_best_of_several_header_rows_is_taken(tmp_path: Path) -> None:
    lines = ["PROJECT SHORT NAME\tProject title", "project.project_core.project_short_name\tproject.project_core.project_title", "P\tT"]
    xlsx = Path(__file__).resolve().parents[1] / "golden" / "hca" / "workbook" / "input.xlsx"
    rows = {r.sheet.name: r.sheet.header_row for r in recognise(read(xlsx), load_profiles()) if r.best}
    assert set(rows.values()) == {4}
    path = tmp_path / "Project.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert recognise(read(path), load_profiles())[0].best is None  # a text file has no sheet of that name
