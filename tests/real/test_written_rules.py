"""What we write for ENA and DDBJ, under the archives' own rules: what they would send back, the preflight has said before, and no more."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

import archiverules as rules
import omics_standards as om
from omics_standards.conversion.exporting import export_dataset
from omics_standards.conversion.preflighting import preflight_dataset
from omics_standards.emit.preflight.check import FAILING
from omics_standards.errors import UsageError
from omics_standards.profiles.requirements import kinds, requirements
from omics_standards.values.text import normal
from realfiles import SHARED

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
FAMILIES = (
    "ddbj", "ddbj-biosample-json", "ddbj-biosample-xml", "ebi-biosamples", "ena", "ena-xml", "faang", "geo-template", "isa-tab", "mixs",
    "ncbi-biosample", "ncbi-sra-metadata", "ngdc-biosample", "ngdc-gsa", "nmdc-sheet", "qiime2", "sdrf-proteomics",
)  # fmt: skip
REAL = ("ena_templates", "ena_xml", "ddbj_validator_cases", "ncbi_biosample", "ngdc_gsa")
SOME = ("sdrf_proteomics", "qiime2", "wild_values", "emp")
# Of tables of thousands of rows the small ones say as much.
LARGEST = 60_000
CASES = SHARED / "cases"

pytestmark = pytest.mark.skipif(not (SHARED / "fields").is_dir(), reason="0 rules of archives at hand (../shared/fields is absent)")


def _inputs() -> dict[str, list[Path]]:
    found = {}
    for family in FAMILIES:
        for folder in sorted(p for p in (GOLDEN / family).glob("*") if p.is_dir()):
            found[f"{family}/{folder.name}"] = sorted(folder.glob("input*"))
    for family, most in [*[(f, None) for f in REAL], *[(f, 3) for f in SOME]]:
        files = [p for p in sorted((CASES / family).rglob("*")) if p.is_file() and p.stat().st_size < LARGEST]
        found |= {f"{family}/{p.name}": [p] for p in files[:most]}
    return {name: files for name, files in found.items() if files}


INPUTS = _inputs()
# A word that ENA's own expression takes for a date and a country, against the mandate that it published for both.
BARE = {("collectiondate", "missing"), ("geographiclocationcountryandorsea", "missing")}


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter="\t"))


def _ena(folder: Path, files: list[str]) -> list[tuple[str, rules.Breach]]:
    found = []
    for name in files:
        rows = _rows(folder / name)
        heads = {h for row in rows[:2] for h in row}
        if "library_strategy" in heads:
            found += [("experiments", b) for b in rules.ena_table("experiment", rows)]
        elif "file_name" in heads:
            found += [("runs", b) for b in rules.ena_table("run", rows)]
        elif "study_type" in heads:
            found += [("studies", b) for b in rules.ena_table("study", rows)]
        else:
            found += [("samples", b) for b in rules.ena_samples(rows)]
    return found


def _ddbj(folder: Path, files: list[str]) -> list[tuple[str, rules.Breach]]:
    if "biosample.tsv" not in files:
        return []
    header, *body = (r for r in _rows(folder / "biosample.tsv") if not r[0].startswith("#"))
    names = [h.lstrip("*") for h in header]
    at = names.index("_package") if "_package" in names else -1
    package = body[0][at] if at >= 0 and body else ""
    samples = [[(n, t) for n, t in zip(names, row, strict=True) if n != "_package"] for row in body]
    return [("samples", b) for b in rules.ddbj_samples(package, samples, sheet=True)]


# Where a document says what a sheet has a column for.
PATHS = {
    "sample_name": "Description/SampleName", "sample_title": "Description/Title", "description": "Description/Comment/Paragraph",
    "organism": "Description/Organism/OrganismName", "sample_alias": "@alias", "tax_id": "SAMPLE_NAME/TAXON_ID",
    "scientific_name": "SAMPLE_NAME/SCIENTIFIC_NAME",
}  # fmt: skip
PACKAGE = {"BS_R0025", "BS_R0026"}


def _ddbj_xml(folder: Path, files: list[str]) -> list[tuple[str, rules.Breach]]:
    found = []
    for name in files:
        samples, packages = [], []
        for sample in ElementTree.parse(folder / name).getroot().iter("BioSample"):
            pairs = [(n, sample.findtext(PATHS[n]) or "") for n in ("sample_name", "sample_title", "description", "organism")]
            organism = sample.find("Description/Organism")
            pairs.append(("taxonomy_id", organism.get("taxonomy_id", "") if organism is not None else ""))
            pairs += [(a.get("attribute_name", ""), a.text or "") for a in sample.iter("Attribute")]
            samples.append([(n, t) for n, t in pairs if t])
            packages.append(sample.findtext("Models/Model") or "")
        found += [("sample", b) for b in rules.ddbj_samples(packages[0], samples, sheet=False)] if samples else []
    return found


def _ddbj_json(folder: Path, files: list[str]) -> list[tuple[str, rules.Breach]]:
    samples = [[(e["key"], e["value"]) for e in sample] for name in files for sample in json.loads((folder / name).read_text("utf-8"))]
    found = [] if len({tuple(n for n, _ in sample) for sample in samples}) == 1 else [("sample", rules.Breach("", "", "BS_R0125"))]
    package = next((t for n, t in samples[0] if n == "_package"), "")
    told = [[(n, t) for n, t in sample if n != "_package"] for sample in samples]
    return [*found, *(("sample", b) for b in rules.ddbj_samples(package, told, sheet=True))]


def _ena_xml(folder: Path, files: list[str]) -> list[tuple[str, rules.Breach]]:
    found = []
    for sample in (s for name in files for s in ElementTree.parse(folder / name).getroot().iter("SAMPLE")):
        told = [(a.findtext("TAG") or "", a.findtext("VALUE") or "", a.findtext("UNITS") or "") for a in sample.iter("SAMPLE_ATTRIBUTE")]
        # A sample that names no checklist is one of the default.
        checklist = next((v for t, v, _ in told if t == "ENA-CHECKLIST"), "ERC000011")
        for name, path in [*((n, PATHS[n]) for n in ("tax_id", "scientific_name")), ("sample_title", "TITLE")]:
            told.append((name, sample.findtext(path) or "", ""))
        told.append(("sample_alias", sample.get("alias") or sample.get("accession") or "", ""))
        first = {t: (v, u) for t, v, u in reversed(told)}
        units = ["#units", *(u for _, u in first.values())]
        table = [["#checklist_accession", checklist], ["", *first], units, ["", *(v for v, _ in first.values())]]
        found += [("sample", b) for b in rules.ena_samples(table)]
    return found


SHEETS = {"ena": _ena, "ddbj": _ddbj}
DOCUMENTS = {"ddbj-biosample-xml": _ddbj_xml, "ddbj-json": _ddbj_json, "ena-xml": _ena_xml}


def _key(table: str, field: str, value: str) -> tuple[str, str, str]:
    """A cell, however its country and place are set apart."""
    return table, normal(field), "".join(value.split())


@pytest.mark.parametrize("target", SHEETS)
@pytest.mark.parametrize("name", INPUTS)
def test_what_an_archive_would_send_back_is_said_before(target: str, name: str, tmp_path: Path) -> None:
    files = INPUTS[name]
    dataset = om.convert(files if len(files) > 1 else files[0], today="2026-01-01")
    try:
        written = export_dataset(dataset, target, tmp_path, verify=False)
    except UsageError:
        pytest.skip("nothing of it has a place there")
    breaches = SHEETS[target](tmp_path, written.files)
    said, failing = set(), set()
    for report in preflight_dataset(dataset, [target]).fields:
        for problem in report.problems:
            header = report.header.replace("whole rows", "")
            # A group, a field of it.
            keys = {_key(report.table, part, problem.value) for part in header.split("|")}
            said |= keys
            if problem.what in FAILING:
                failing.add((report.header, problem.what, frozenset(keys)))
    silent = [(t, b) for t, b in breaches if not {_key(t, part, b.value) for part in b.field.split("|")} & said]
    assert silent == []
    broken = {_key(t, part, b.value) for t, b in breaches for part in b.field.split("|")}
    alarms = [(h, what, keys) for h, what, keys in failing if not keys & broken and any(_judged(target, *key) for key in keys)]
    assert alarms == []


@pytest.mark.parametrize("target", DOCUMENTS)
@pytest.mark.parametrize("name", [n for i, n in enumerate(INPUTS) if i % 3 == 0 or "xml" in n])
def test_what_an_archive_would_send_back_of_a_document_is_said_before(target: str, name: str, tmp_path: Path) -> None:
    files = INPUTS[name]
    dataset = om.convert(files if len(files) > 1 else files[0], today="2026-01-01")
    try:
        written = export_dataset(dataset, target, tmp_path, verify=False)
    except UsageError:
        pytest.skip("nothing of it has a place there")
    found = preflight_dataset(dataset, [target], kind="ERC000011" if target == "ena-xml" and "ERC" not in str(dataset.records()) else "")
    said = {
        _key(f.table, part, problem.value)
        for f in found.fields
        for problem in f.problems
        for part in f.header.replace("whole rows", "").split("|")
    }
    # Without a package nothing else is looked at.
    said |= (
        {("sample", "", "")}
        if any(normal(f.header.lstrip("*")) in ("package", normal("Models/Model")) for f in found.fields if f.failing)
        else set()
    )
    silent = []
    for table, breach in DOCUMENTS[target](tmp_path, written.files):
        if breach.rule in PACKAGE:
            assert any(f.failing and f.slot == "checklists" for f in found.fields)
            continue
        parts = [p.strip() for p in breach.field.split("|")]
        if not {_key(table, n, breach.value) for p in parts for n in (p, PATHS.get(p, p), "TITLE")} & said:
            silent.append((table, breach))
    assert silent == []


def _judged(target: str, table: str, field: str, value: str) -> bool:
    """Tell whether the archives' files say anything of a field, so that a verdict on it can be wrong."""
    if target == "ddbj" or table == "samples":
        return table == "samples" and (target == "ddbj" or (field, value) not in BARE)
    told = rules.ena_objects()[{"experiments": "experiment", "runs": "run", "studies": "study"}[table]]
    return any(normal(n) == field and (wanted or listed) for n, (wanted, listed) in told.items())


def test_ena_checklists_are_what_we_hold_them_for() -> None:
    assert set(rules.ena_checklists()) == {k.name for k in kinds("ena", "samples")}
    texts = [*(r["term"] for r in rules.tsv("missing_values_insdc.tsv")), "12", "-3.5", "1e5", "2020", "2020-05-06", "2020-05/2020-06", "x"]
    for checklist, fields in rules.ena_checklists().items():
        ours = {r.name: r for r in requirements("ena", "samples", checklist)}
        for label, field in fields.items():
            rule = ours[label]
            wanted = {"mandatory": "required"}.get(field.requirement, field.requirement)
            assert (rule.requirement, set(rule.units)) == (wanted, set(field.units)), (checklist, label)
            for text in (*texts, *field.choices[:3], *field.choices[-3:]):
                takes = text in rule.missing or ((not rule.values or text in rule.values) and rule.takes(text))
                assert takes == field.takes(text) or (normal(label), text) in BARE, (checklist, label, text)


def test_ddbj_packages_are_what_we_hold_them_for() -> None:
    assert set(rules.ddbj_packages()) == {k.name for k in kinds("ddbj", "samples")}
    listed = rules.conf("controlled_terms")
    assert isinstance(listed, dict)
    absent = {"", *rules.conf("null_accepted")}
    for package, uses in rules.ddbj_packages().items():
        ours = {r.name: r for r in requirements("ddbj", "samples", package)}
        for name, use in uses.items():
            # What may stand several times is in no sheet of a package.
            if name in ours:
                assert ours[name].requirement == {"M": "required", "E": "group"}.get(use[0], "optional"), (package, name)
                assert name not in listed or set(ours[name].values) == set(listed[name]) - absent, (package, name)
            else:
                assert use == "-:N", (package, name)


NGDC = {"Experiment": "experiment", "Run": "run"}


def _ngdc(sheet: str) -> dict[str, bool]:
    """Columns of a sheet of GSA, and whether it refuses an empty cell."""
    told = [r for r in rules.tsv("ngdc_fields.tsv") if r["format"] == "GSA/GSA-Human submission" and r["sheet_or_section"] == sheet]
    return {r["field"].lstrip("* "): r["requirement"] == "required" for r in told}


def test_gsa_and_mixs_sheets_have_the_columns_that_we_hold_them_for() -> None:
    for sheet, table in NGDC.items():
        ours = {r.name.lstrip("* "): r.required for r in requirements("ngdc-gsa", table)}
        assert {name: ours[name] for name in _ngdc(sheet)} == _ngdc(sheet)
    slots: dict[str, list[str]] = {}
    for row in rules.tsv("mixs_template_slots.tsv"):
        slots.setdefault(row["template"].removesuffix(".xlsx"), []).append(row["slot"])
    assert {k.name for k in kinds("mixs", "samples")} == set(slots)
    for kind, names in slots.items():
        assert {r.name for r in requirements("mixs", "samples", kind)} == set(names), kind


@pytest.mark.parametrize("name", [n for n in INPUTS if n.startswith(("ngdc-gsa/", "ngdc_gsa/", "ena/", "ena-xml/", "ncbi-sra-metadata/"))])
def test_an_empty_cell_that_gsa_refuses_is_said_before(name: str, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    files = INPUTS[name]
    dataset = om.convert(files if len(files) > 1 else files[0], today="2026-01-01")
    try:
        export_dataset(dataset, "gsa", tmp_path, verify=False)
    except UsageError:
        pytest.skip("nothing of it has a place there")
    said = {_key(f.table, f.header.lstrip("* "), p.value) for f in preflight_dataset(dataset, ["gsa"]).fields for p in f.problems}
    book = openpyxl.load_workbook(tmp_path / "gsa.xlsx") if (tmp_path / "gsa.xlsx").is_file() else None
    for sheet in (s for s in NGDC if book is not None and s in book.sheetnames):
        header, *body = ([str(c) if c is not None else "" for c in row] for row in book[sheet].iter_rows(values_only=True))
        names = [h.lstrip("* ") for h in header]
        for field, required in _ngdc(sheet).items():
            for row in body if required else ():
                text = row[names.index(field)] if field in names else ""
                wrong = (
                    not text or (field == "Layout" and text not in ("SINGLE", "PAIRED")) or (field.startswith("MD5") and len(text) != 32)
                )
                assert not wrong or _key(NGDC[sheet], field, text) in said, (sheet, field, text)


# --- the second opinion itself -------------------------------------------------------------------------------------------

GOOD = [("sample_name", "S 1"), ("sample_title", "One"), ("description", ""), ("organism", "Mus musculus"), ("taxonomy_id", "10090"), ("bioproject_id", ""), ("collection_date", "2020-05-06"), ("geo_loc_name", "Japan:Oita")]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("sample_name", "S#1", "BS_R0101"), ("organism", "missing", "BS_R0020"), ("taxonomy_id", "mouse", "BS_R0093"),
        ("bioproject_id", "PRJCA001", "BS_R0005"), ("collection_date", "6 May 2020", "BS_R0007"), ("collection_date", "2999", "BS_R0040"),
        ("collection_date", "2021-02-30", "BS_R0007"), ("collection_date", "not collected", "BS_R0137"), ("geo_loc_name", "Atlantis", "BS_R0008"),
        ("geo_loc_name", "Japan: Oita", "BS_R0094"), ("geo_loc_name", "Japan:大分", "BS_R0058"), ("lat_lon", "33.3, 131.4", "BS_R0139"),
        ("sex", "Male", "BS_R0002"), ("sex", "boy", "BS_R0138"), ("strain", "soil", "BS_R0135"), ("host", "mus musculus", "BS_R0073"),
        ("tissue", "not collected", "BS_R0100"), ("tissue", "'liver'", "BS_R0013"), ("温度", "1", "BS_R0030"), ("sample_title", "", "BS_R0027"),
        ("tissue", "liver at 4℃", "BS_R0012"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(name: str, value: str, code: str) -> None:
    assert list(rules.ddbj_samples("Generic", [GOOD], sheet=True)) == []
    planted = list({**dict(GOOD), name: value}.items())
    assert code in {b.rule for b in rules.ddbj_samples("Generic", [planted], sheet=True)}


def test_a_planted_fault_of_an_ena_sheet_is_found() -> None:
    above, header = ["#checklist_accession", "ERC000021"], ["sample_alias", "tax_id", "scientific_name", "sample_title", "depth"]
    row = ["S1", "410658", "soil metagenome", "Soil", "12"]

    def found(*rows: list[str]) -> set[tuple[str, str]]:
        return {(b.field, b.value) for b in rules.ena_samples([above, *rows]) if b.value}

    assert found(header, ["#units", "", "", "", "m"], row) == set()
    assert found(header, row) == {("depth", "12")}
    assert found(header, ["#units", "", "", "", "cm"], row) == {("depth", "12")}
    assert found(header, ["#units", "", "", "", "m"], [*row[:-1], "12 m"]) == {("depth", "12 m")}
    assert found(header, ["#units", "", "", "", "m"], row, row) == {("sample_alias", "S1")}
    assert {b.rule for b in rules.ena_samples([header, row])} == {"no checklist is named"}
