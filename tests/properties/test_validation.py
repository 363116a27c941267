"""Bulk validation, per distinct text, and full Pydantic validation of the same records find the same faults."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards import models
from omics_standards.conversion import Options
from omics_standards.conversion.flow import Flow
from omics_standards.conversion.memory import Memory
from omics_standards.emit.jsontext import record_to_dict, value_to_json
from omics_standards.findings import Finding
from omics_standards.records import Reading, Record
from omics_standards.tables import from_rows

PROFILE = """
id: everything
family: everything
title: one row of everything
tables:
  - id: rows
    recognise: {all: [sample]}
    join: one-record-per-row
    records:
      project: {class: Project, id: [sample]}
      subject: {class: Subject, id: [sample]}
      sample: {class: Biosample, id: [sample], links: {subject: [subject], projects: [project]}}
      library: {class: SequencingAssay, id: [sample], links: {samples: [sample]}}
      file: {class: DataFile, repeat: true, id: ['file {n}']}
      run: {class: Run, id: [sample], links: {assay: [library], data_files: [file]}}
    main: sample
    columns:
      sample: sample.name
      start: project.start_date
      end: project.end_date
      born: subject.birth_date
      died: subject.death_date
      height: subject.height
      organ: sample.tissue
      age: sample.age
      sex: sample.sex
      weight: sample.body_weight
      ph: sample.ph
      taken: sample.collection_date
      place: sample.collection_place
      point: sample.collection_location
      layout: library.library_layout
      strategy: library.library_strategy
      length: library.read_length_1
      file {n}: file.file_name
      md5 {n}: file.md5
      size {n}: file.file_size
      type: run.file_format
      page: run.reference_url
"""
VALUES: dict[str, list[str]] = {
    "start": ["2020", "2021-05", "2019-01-01", "soon"],
    "end": ["2018", "2021-05-04", "2022"],
    "born": ["1950", "2001-02-03"],
    "died": ["1949-12-31", "2002", "NA"],
    "height": ["180 cm", "-5 cm", "3 kg", "1e9 m", "tall"],
    "organ": ["liver", "UBERON:0002107", "CHEBI:15377", "livre", "NCBITaxon:9606"],
    "age": ["8 weeks", "8", "-3 a", "5 kg", "900 a", "8-10 weeks", "10-8 weeks"],
    "sex": ["male", "F", "1", "purple"],
    "weight": ["20 g", "-1 g", "20 m"],
    "ph": ["7.4", "99", "-1", "acid"],
    "taken": ["2020-02-30", "2020-05", "2020-05/2019-01"],
    "place": ["China: Beijing", "Atlantis", "中国"],
    "point": ["39.9 N 116.4 E", "139 N 500 E"],
    "layout": ["PAIRED", "single", "triple"],
    "strategy": ["RNA-Seq", "rna seq", "guesswork"],
    "length": ["150", "-150", "0", "many"],
    "file 1": ["a_1.fq.gz", "a.bam"],
    "file 2": ["a_2.fq.gz", ""],
    "md5 1": ["d41d8cd98f00b204e9800998ecf8427e", "xyz"],
    "size 1": ["12", "-12", "1.5"],
    "type": ["fastq", "bam", "papyrus"],
    "page": ["https://example.org/a", "no address"],
}


@pytest.fixture(scope="module")
def profile_folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("profiles")
    (folder / "everything.yaml").write_text(PROFILE, encoding="utf-8")
    return str(folder)


CARRIED = {"unit-missing", "term-wrong-ontology"}


def candidate(record: Record) -> dict[str, Any]:
    """The record as JSON, with the values that bulk validation refused put back into their slots."""
    data = record_to_dict(record, origin=False)
    for reading in record.readings:
        if reading.rejected is not None and reading.candidate is not None:
            slot = reading.rejected.slot
            value = value_to_json(slot, reading.candidate)
            data[slot] = [*data.get(slot, []), value] if models.slots.MODEL.slots[slot].multivalued else value
    data.pop("rejected", None)
    return data


def by_pydantic(record: Record) -> set[tuple[str, str, str]]:
    """(record, slot, code) of all that the generated class has against a record, its rules included."""
    cls = getattr(models, record.cls)
    data = candidate(record)
    found: set[tuple[str, str, str]] = set()
    try:
        cls.model_validate(data, context={"findings": []})
    except pydantic.ValidationError as e:
        for error in e.errors():
            slot = str(error["loc"][0])
            found.add((record.id, slot, error["type"]))
            data.pop(slot, None)
    said: list[tuple[str, str, str]] = []
    cls.model_validate(data, context={"findings": said})
    return found | {(record.id, slot, code) for _, slot, code in said}


RULES = {"end-before-start", "rule-violated", "coordinates-half", "unit-missing"}


def by_bulk(records: list[Record], flow: Flow) -> set[tuple[str, str, str]]:
    """(record, slot, code) of what the conversion reported, told from the cells that its findings name."""
    found = set()
    named = {(r.cls, r.row_of(i), c): r.id for r in records for i, f in enumerate(r.fields) for c in f.columns}
    for finding in flow.outcome.findings:
        cls, _, slot = finding.slot.partition(".")
        # What a rule says is of a record, so its finding quotes no text.
        if finding.code in RULES and finding.value is None and finding.address.row is not None:
            found |= {(named[cls, row, finding.address.column or 0], slot, finding.code) for row in _rows(finding)}
    for record in records:
        refused: list[Reading] = [r for r in record.readings if r.rejected is not None and r.candidate is not None]
        found |= {(record.id, r.rejected.slot, r.rejected.finding) for r in refused if r.rejected}
        # Doubtful values are carried; the classes report them and keep them, too.
        found |= {
            (record.id, r.slot, i.code)
            for r in record.readings
            if r.values
            for i in r.issues
            if i.code in CARRIED and getattr(r.values[0], "id", "x") is not None
        }
    return found


def _rows(finding: Finding) -> list[int]:
    if not finding.rows:
        return [finding.address.row or 0]
    ranges = [part.split("-") for part in finding.rows.replace(" ", "").split(",")]
    return [row for r in ranges for row in range(int(r[0]), int(r[-1]) + 1)]


@given(data=st.data())
def test_bulk_and_pydantic_find_the_same(data: st.DataObject, profile_folder: str, tiny_bundle: Path) -> None:
    headers = data.draw(st.lists(st.sampled_from(sorted(VALUES)), unique=True, min_size=3))
    rows = [[f"S{i}", *(data.draw(st.sampled_from(["", *VALUES[h]])) for h in headers)] for i in range(data.draw(st.integers(1, 6)))]
    sink = Memory()
    flow = Flow(
        [from_rows(["sample", *headers], rows, name="x")], Options(profiles=(profile_folder,), today="2026-01-01", bundle=str(tiny_bundle))
    )
    outcome = flow.run(sink)
    assert outcome.ledger.closes
    by_class = by_bulk(sink.records, flow)
    assert by_class == {x for r in sink.records for x in by_pydantic(r)}
    # What bulk validation found stands in the report, with its cell.
    told = {f.code for f in outcome.findings}
    assert {code for _, _, code in by_class} <= told


def test_the_generator_of_tables_reaches_faults_of_every_kind(profile_folder: str, tiny_bundle: Path) -> None:
    """The property above would hold of tables without faults, too; this one sees that there are some."""
    codes: set[str] = set()
    for header, texts in VALUES.items():
        rows = [[f"S{i}", text] for i, text in enumerate(texts)]
        sink = Memory()
        flow = Flow(
            [from_rows(["sample", header], rows, name="x")],
            Options(profiles=(profile_folder,), today="2026-01-01", bundle=str(tiny_bundle)),
        )
        flow.run(sink)
        codes |= {code for _, _, code in by_bulk(sink.records, flow)}
    both = [["S1", "2020", "2018"]]
    sink = Memory()
    flow = Flow([from_rows(["sample", "start", "end"], both, name="x")], Options(profiles=(profile_folder,), bundle=str(tiny_bundle)))
    flow.run(sink)
    codes |= {code for _, _, code in by_bulk(sink.records, flow)}
    assert {"out-of-range", "end-before-start", "unit-missing"} <= codes
