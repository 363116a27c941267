"""Records by id and by what points to them."""

from __future__ import annotations

from omics_standards.emit.sheets.graph import Graph, facts_of
from omics_standards.records import Field, Link, Missing, Reading, Record, Rejected, Source


def _made(cls: str, record_id: str, *readings: Reading) -> Record:
    return Record(cls, record_id, readings, tuple(Field(r.slot, (), (), Source("", "")) for r in readings), 2)


SAMPLE = _made("Biosample", "geo:GSM1", Reading("name", ("P1",)))
ASSAY = _made("SequencingAssay", "geo:GSM1", Reading("name", ("P1",)), Link("sample", "Biosample", "geo:GSM1"))
CELLS = _made("Biosample", "biosample/c", Link("derived_from", "Biosample", "biosample/b"))
EXTRACT = _made("Biosample", "biosample/b", Link("derived_from", "Biosample", "geo:GSM1"))
RUN = _made("Run", "run/1", Link("assay", "SequencingAssay", "geo:GSM1"), Link("data_files", "DataFile", "file/gone"))
GRAPH = Graph([SAMPLE, ASSAY, CELLS, EXTRACT, RUN])


def test_of_two_records_of_one_id_the_class_decides() -> None:
    assert GRAPH.find("geo:GSM1", "Biosample") is SAMPLE
    assert GRAPH.find("geo:GSM1", "Assay") is ASSAY
    assert GRAPH.find("geo:GSM1", "Person") is None
    assert GRAPH.held(RUN, "assay", "Assay") == [ASSAY]
    assert GRAPH.sources(ASSAY, "assay", "Run") == [RUN]
    # The run points to the id of the sample, too, and means the assay.
    assert GRAPH.pointing("assay", SAMPLE) == [RUN]
    assert GRAPH.sources(SAMPLE, "assay", "Run") == []


def test_what_is_not_held_is_a_stub_or_nothing() -> None:
    [file] = GRAPH.targets(RUN, "data_files")
    assert (file.id, file.stub) == ("file/gone", True)
    assert GRAPH.held(RUN, "data_files", "DataFile") == []


def test_the_nearest_of_a_class_that_something_was_made_of() -> None:
    assert [r.id for r in GRAPH.above(CELLS)] == ["biosample/b", "geo:GSM1"]
    library = _made("Library", "library/1", Link("derived_from", "Biosample", "biosample/c"))
    graph = Graph([*GRAPH.records, library])
    assert graph.held(library, "derived_from", "Biosample") == [CELLS]
    assert graph.held(library, "derived_from", "SequencingAssay") == []


def test_a_circle_ends() -> None:
    one = _made("Biosample", "biosample/1", Link("derived_from", "Biosample", "biosample/2"))
    two = _made("Biosample", "biosample/2", Link("derived_from", "Biosample", "biosample/1"))
    graph = Graph([one, two])
    assert list(graph.above(one)) == [two]
    assert graph.held(one, "derived_from", "Person") == []


def test_facts_are_told_once() -> None:
    gone = Reading("sex", missing=Missing("sex", "not provided", "NA"))
    bad = Reading("age", rejected=Rejected("age", "old", "value-not-understood"))
    record = _made("Subject", "subject/1", Reading("name", ("a", "a")), Reading("name", ("a",)), gone, bad)
    assert [f.slot for f in facts_of(record)] == ["name", "missing", "rejected"]
