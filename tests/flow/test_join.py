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
from omics_standards.conversion.api import _Memory
from omics_standards.conversion.flow import Flow
from omics_standards.mapping import join as join_module
from omics_standards.mapping.join import Join
from omics_standards.records import BLANK, Field, Link, Plain, Reading, Record, Source
from omics_standards.tables import from_rows

SDRF = ["source name", "characteristics[organism]", "characteristics[organism part]", "characteristics[age]", "assay name", "technology type",
        "comment[label]", "comment[instrument]", "comment[data file]"]  # fmt: skip


def convert(headers: list[str], rows: list[list[str]], limit: int | None = None) -> Dataset:
    sink = _Memory()
    flow = Flow([from_rows(headers, rows, name="t")], Options(today="2026-01-01"))
    if limit is not None:
        flow._join = Join(limit)
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
    sink = _Memory()
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
    from omics_standards.emit.jsonfile import record_to_dict

    assert [record_to_dict(r) for r in one] == [record_to_dict(r) for r in two]


def test_readings_travel_and_stay_what_they_are() -> None:
    assert pickle.loads(pickle.dumps(BLANK)) is BLANK
    plain = pickle.loads(pickle.dumps(Plain("name", "S1")))
    assert (type(plain), plain.values, plain.fate) == (Plain, ("S1",), "mapped")
    link = pickle.loads(pickle.dumps(Link("samples", "Biosample", "biosample/S1")))
    assert (type(link), link.values, link.target) == (Link, ("biosample/S1",), "Biosample")


def test_the_join_uses_its_file_beyond_the_limit() -> None:
    join = Join(limit=1)
    field = Field("name", (1,), ("name",), Source("f", "s"))
    for i in range(5):
        join.add([Record("Biosample", f"biosample/{i}", (Reading("name", (str(i),)),), (field,), 2 + i)], Counter())
    assert join._records._database is not None
    assert [r.id for r in join.finish(Counter())] == [f"biosample/{i}" for i in range(5)]
    assert flow_module.Join is join_module.Join


def test_a_record_without_a_name_is_named_by_sheet_and_row() -> None:
    data = convert(["sample_name", "organism", "collection_date", "tissue", "sex"], [["", "Mus musculus", "2020", "liver", "male"]])
    assert [r.id for r in data.records("Biosample")] == ["biosample/row/t/2"]
    assert "id-missing" in {f.code for f in data.findings}


@pytest.mark.parametrize("missing", ["NA", "not collected"])
def test_a_name_that_says_missing_is_no_name(missing: str) -> None:
    data = convert(["sample_name", "organism", "collection_date", "tissue", "sex"], [[missing, "Mus musculus", "2020", "liver", "male"]])
    assert [r.id for r in data.records("Biosample")] == ["biosample/row/t/2"]
    assert data.ledger.closes
