"""Joining: rows, sheets and files that speak of the same record; conflicts, names, memory."""

from __future__ import annotations

import pickle
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards.conversion import Dataset, Options, convert_to
from omics_standards.conversion import flow as flow_module
from omics_standards.conversion.flow import Flow
from omics_standards.conversion.memory import Memory
from omics_standards.mapping import join as join_module
from omics_standards.mapping import merge as merge_module
from omics_standards.mapping.join import Join
from omics_standards.records import BLANK, Field, Link, Plain, Reading, Record, Source
from omics_standards.tables import from_rows

SDRF = ["source name", "characteristics[organism]", "characteristics[organism part]", "characteristics[age]", "assay name", "technology type",
        "comment[label]", "comment[instrument]", "comment[data file]"]  # fmt: skip


def convert(headers: list[str], rows: list[list[str]], limit: int | None = None) -> Dataset:
    sink = Memory()
    flow = Flow([from_rows(headers, rows, name="t")], Options(today="2026-01-01"))
    if limit is not None:
        flow._join = Join(limit, cells=limit)
    return Dataset(flow.run(sink), sink.records)


def row(source: str, age: str, run: str, file: str, organ: str = "liver") -> list[str]:
    return [source, "Homo sapiens", organ, age, run, "proteomic profiling by mass spectrometry", "label free sample", "Q Exactive", file]


def test_rows_of_one_source_are_one_sample() -> None:
    data = convert(SDRF, [row("S1", "40Y", "r1", "a.raw"), row("S1", "40Y", "r2", "b.raw")])
    assert len(data.records("Biosample")) == 1
    assert len(data.records("ProteomicsAssay")) == 2
    assert not [f for f in data.findings if f.severity == "error"]
    assert data.ledger.closes


def test_a_conflict_keeps_the_first_value_and_names_both_cells() -> None:
    data = convert(SDRF, [row("S1", "40Y", "r1", "a.raw"), row("S1", "41Y", "r2", "b.raw")])
    (conflict,) = [f for f in data.findings if f.code == "conflict"]
    assert [a.cell for a in conflict.addresses] == ["t!D3", "t!D2"]
    sample = data.records("Biosample")[0]
    assert [v.value for v in sample.values("age")] == ["40"]  # type: ignore[union-attr]
    assert [r.rejected.raw for r in sample.readings if r.rejected] == ["41Y"]
    assert data.ledger.to_dict()["rejected"] == 1
    assert data.ledger.closes


def test_a_name_meets_the_accession_that_goes_by_it(tmp_path: Path) -> None:
    samples = "Sample name\tAccession\tPublic description\tSample title\tProject accession\tOrganism\tCollection date\nWH1\tSAMC990001\td\tt\tPRJCA990001\tMus musculus\t2020\n"
    runs = "Experiment title\tAccession\tBioSample name\tPlatform\tLibrary Construction / Experimental Design\tStrategy\tSource\tSelection\tLayout\nE\tCRX990001\tWH1\tIllumina MiSeq\tx\tWGS\tGENOMIC\tRANDOM\tSINGLE\n"
    (tmp_path / "a.tsv").write_text(samples)
    (tmp_path / "b.tsv").write_text(runs)
    for order in (["a.tsv", "b.tsv"], ["b.tsv", "a.tsv"]):
        outcome = convert_to([tmp_path / n for n in order], tmp_path / "out", "turtle", Options(today="2026-01-01"))
        assert outcome.records["Biosample"] == 1
        assert "omst:samples <https://" not in (tmp_path / "out" / "dataset.ttl").read_text()
        assert "omst:samples ngdc.biosample:SAMC990001" in (tmp_path / "out" / "dataset.ttl").read_text()
        assert not [f for f in outcome.findings if f.code == "reference-dangling"]


def test_a_reference_to_nothing_is_a_finding_and_a_stub() -> None:
    headers = [
        "Experiment title",
        "Accession",
        "BioSample accession",
        "Platform",
        "Library Construction / Experimental Design",
        "Strategy",
        "Source",
        "Selection",
        "Layout",
    ]
    sample = ["Sample name", "Accession", "Public description", "Sample title", "Organism", "Collection date"]
    books = [
        from_rows(sample, [["WH1", "SAMC990001", "d", "t", "Mus musculus", "2020"]], name="Sample"),
        from_rows(
            headers, [["E", "CRX990001", "SAMC990009", "Illumina MiSeq", "x", "WGS", "GENOMIC", "RANDOM", "SINGLE"]], name="Experiment"
        ),
    ]
    sink = Memory()
    data = Dataset(Flow(books, Options(today="2026-01-01")).run(sink), sink.records)
    (found,) = [f for f in data.findings if f.code == "reference-dangling"]
    assert found.address.cell == "Experiment!C2"
    stub = data.record("Biosample", "ngdc.biosample:SAMC990009")
    assert stub is not None
    assert stub.stub


@given(rows=st.lists(st.tuples(st.sampled_from(["S1", "S2", "S3", ""]), st.sampled_from(["40Y", "41Y", "NA", ""]), st.sampled_from(["r1", "r2", "r3"]),
                               st.sampled_from(["a.raw", "b.raw", ""]), st.sampled_from(["liver", "lung"])), min_size=1, max_size=12))  # fmt: skip
def test_records_in_a_file_are_the_same_as_in_memory(rows: list[tuple[str, str, str, str, str]]) -> None:
    table = [row(*r) for r in rows]
    one, two = convert(SDRF, table), convert(SDRF, table, limit=0)
    assert one.ledger.to_dict() == two.ledger.to_dict()
    assert one.ledger.closes
    assert [f.to_dict() for f in one.findings] == [f.to_dict() for f in two.findings]
    from omics_standards.emit.jsontext import record_to_dict

    assert [record_to_dict(r) for r in one] == [record_to_dict(r) for r in two]


def test_readings_travel_and_stay_what_they_are() -> None:
    assert pickle.loads(pickle.dumps(BLANK)) is BLANK
    plain = pickle.loads(pickle.dumps(Plain("name", "S1")))
    assert (type(plain), plain.values, plain.fate) == (Plain, ("S1",), "mapped")
    link = pickle.loads(pickle.dumps(Link("samples", "Biosample", "biosample/S1")))
    assert (type(link), link.values, link.target) == (Link, ("biosample/S1",), "Biosample")


def test_the_join_uses_its_files_beyond_the_limits() -> None:
    join = Join(limit=1, cells=1)
    name, tissue = (Field(slot, (c,), (slot,), Source("f", "s")) for c, slot in ((1, "name"), (2, "tissue")))
    for i in (0, 1, 2, 3, 0, 1):
        readings = (Reading("name", (str(i),)), Reading("tissue", ("liver",)) if i else BLANK)
        join.add([Record("Biosample", f"biosample/{i}", readings, (name, tissue), 2 + i)])
    assert join._batches.spilled
    found = [r for blocks in join.finish(Counter()) for b in blocks for r in b if r is not None]
    assert [r.id for r in found] == [f"biosample/{i}" for i in range(4)]
    assert [r.values("tissue") for r in found] == [(), ("liver",), ("liver",), ("liver",)]
    assert [f.slot for f in found[1].fields] == ["name", "tissue"]
    assert flow_module.Join is join_module.Join


def test_a_run_table_is_not_taken_apart_row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty thousand runs of one study: the study is merged once per batch, samples and runs not at all."""
    merged = Counter[str]()
    add = merge_module.Merger.add
    monkeypatch.setattr(merge_module.Merger, "add", lambda self, m, r, f: (merged.update([r.cls]), add(self, m, r, f))[1])
    headers = ["Run", "Assay Type", "BioProject", "BioSample", "Experiment", "LibraryLayout", "Organism", "organism", "SRA Study", "AGE"]
    rows = [[f"SRR{70000000 + i}", "WGS", "PRJNA990001", f"SAMN{70000000 + i // 2}", f"SRX{70000000 + i}", "SINGLE", "Mus musculus",
             "Mus musculus", "SRP990001", str(i // 2 % 90)] for i in range(3_000)]  # fmt: skip
    data = convert(headers, rows)
    assert {c: len(data.records(c)) for c in data.classes} == {
        "Project": 1,
        "Study": 1,
        "Biosample": 1500,
        "SequencingAssay": 3000,
        "Run": 3000,
    }
    assert merged["Run"] == merged["SequencingAssay"] == 0
    assert merged["Biosample"] <= 2 * 3  # those whose two rows stand in two batches
    assert merged["Study"] == 3


def test_a_record_without_a_name_is_named_by_sheet_and_row() -> None:
    data = convert(["sample_name", "organism", "collection_date", "tissue", "sex"], [["", "Mus musculus", "2020", "liver", "male"]])
    assert [r.id for r in data.records("Biosample")] == ["biosample/row/t/2"]
    assert "id-missing" in {f.code for f in data.findings}


@pytest.mark.parametrize("missing", ["NA", "not collected"])
def test_a_name_that_says_missing_is_no_name(missing: str) -> None:
    data = convert(["sample_name", "organism", "collection_date", "tissue", "sex"], [[missing, "Mus musculus", "2020", "liver", "male"]])
    assert [r.id for r in data.records("Biosample")] == ["biosample/row/t/2"]
    assert data.ledger.closes
