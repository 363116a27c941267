"""What a cell names and no row describes becomes a typed stub, and a finding where the input describes its kind."""

from __future__ import annotations

from omics_standards.conversion import Dataset, Options
from omics_standards.conversion.flow import Flow
from omics_standards.conversion.memory import Memory
from omics_standards.mapping.join import Join
from omics_standards.models.slots import MODEL
from omics_standards.records import Block, Field, Plain, Reading, Record, Source, records_of
from omics_standards.tables import from_rows

HEADERS = ["source name", "characteristics[organism]", "characteristics[pooled sample]", "assay name", "technology type", "comment[label]", "comment[data file]"]  # fmt: skip


def convert(*pools: str) -> Dataset:
    tail = ["proteomic profiling by mass spectrometry", "label free sample"]
    rows = [[f"S{i}", "Homo sapiens", pool, f"r{i}", *tail, f"{i}.raw"] for i, pool in enumerate(pools)]
    sink = Memory()
    return Dataset(Flow([from_rows(HEADERS, rows, name="t")], Options(today="2026-01-01")).run(sink), sink.records)


def test_a_sample_that_a_pool_names_and_no_row_describes_is_a_stub() -> None:
    data = convert("SN=S1;SN=S9", "not pooled")
    stub = data.record("Biosample", "biosample/S9")
    assert stub is not None
    assert stub.stub
    found = [f for f in data.findings if f.code == "reference-dangling"]
    assert [(f.address.cell, f.header) for f in found] == [("t!C2", "characteristics[pooled sample]")]
    assert "biosample/S9" in found[0].expected
    known = data.record("Biosample", "biosample/S1")
    assert known is not None
    assert not known.stub
    assert data.ledger.closes


def test_what_rows_describe_needs_no_stub() -> None:
    data = convert("SN=S1;SN=S2", "not pooled", "not pooled")
    assert len(data.records("Biosample")) == 3
    assert not [f for f in data.findings if f.code == "reference-dangling"]


def joined(*records: Record) -> list[Record]:
    join = Join()
    join.add(records)
    from collections import Counter

    return [r for blocks in join.finish(Counter()) for r in records_of(blocks)]


def assay(*samples: str) -> Record:
    field = Field("samples", (1,), ("samples",), Source("t", ""))
    return Record("SequencingAssay", "assay/1", (Reading("samples", samples),), (field,), 2)


def test_each_is_made_once_and_only_of_what_is_not_there_under_any_class_of_the_range() -> None:
    name = Field("name", (1,), ("name",), Source("t", ""))
    there = Record("Material", "material/M", (Plain("name", "M"),), (name,), 3)
    made = [r for r in joined(assay("biosample:SAMN1", "material/M", "biosample:SAMN1"), there) if r.stub]
    assert [(r.cls, r.id) for r in made] == [("Biosample", "biosample:SAMN1")]


def test_a_stub_is_written_in_every_way() -> None:
    from omics_standards.emit.jsoncolumns import block_lines
    from omics_standards.emit.turtle import encode_blocks

    block = Block("Biosample", ["biosample:SAMN1"], [], (), [1], stub=True)
    assert block_lines(block) == ['{"id": "biosample:SAMN1", "stub": true}']
    assert encode_blocks([block]).text == f'biosample:SAMN1 a {MODEL.classes["Biosample"].uri} ;\n    omst:stub "true"^^xsd:boolean .\n'
