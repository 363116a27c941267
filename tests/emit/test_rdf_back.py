"""Records to RDF and back: for every class, every kind of slot and every syntax, what was written is what is read."""

from __future__ import annotations

import builtins
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import omics_standards as om
from omics_standards.conversion import Dataset, Options, convert_to
from omics_standards.conversion.flow import Outcome
from omics_standards.conversion.graphs import read_rdf
from omics_standards.emit.jsontext import record_to_dict
from omics_standards.errors import ReadError
from omics_standards.models.slots import MODEL
from omics_standards.records import Attribute, Field, Quantity, Reading, Record, Source, Term

from .recordmaking import record

if TYPE_CHECKING:
    from collections.abc import Sequence

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = sorted({p.parent for p in GOLDEN.glob("*/*/input*") if p.suffix != ".h5ad"})
BASE = "https://example.org/data/"
SYNTAXES = {"turtle": "dataset.ttl", "ntriples": "dataset.nt", "nquads": "dataset.nq", "jsonld": "dataset.jsonld", "rdfxml": "dataset.rdf"}


def written(records: Sequence[Record], folder: Path, to: str, *, provenance: bool = True) -> str:
    """Write records as JSON and otherwise; return the JSON."""
    inputs: list[dict[str, object]] = [{"file": "a.tsv", "sha256": "0" * 64, "sheets": []}]
    Dataset(Outcome(BASE, inputs=inputs), records).write(folder, f"json,{to}", provenance=provenance)
    return (folder / "dataset.json").read_text(encoding="utf-8")


def json_of(dataset: Dataset, folder: Path) -> str:
    dataset.write(folder, "json")
    return (folder / "dataset.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("cls", MODEL.records)
@settings(max_examples=15)
@given(data=st.data())
def test_every_class_survives_with_its_provenance(cls: str, data: st.DataObject) -> None:
    records = data.draw(st.lists(record(cls), min_size=1, max_size=3, unique_by=lambda r: r.id))
    with tempfile.TemporaryDirectory() as name:
        before = written(records, Path(name), "turtle")
        assert json_of(om.load(Path(name) / "dataset.ttl"), Path(name) / "back") == before


@settings(max_examples=40)
@given(data=st.data(), cls=st.sampled_from(MODEL.records))
def test_every_syntax_survives(data: st.DataObject, cls: str) -> None:
    one = data.draw(record(cls))
    with tempfile.TemporaryDirectory() as name:
        before = written([one], Path(name), "ntriples,nquads,jsonld")
        for syntax in ("ntriples", "nquads", "jsonld"):
            assert json_of(om.load(Path(name) / SYNTAXES[syntax]), Path(name) / "back") == before, syntax


@settings(max_examples=60)
@given(data=st.data(), cls=st.sampled_from(MODEL.records))
def test_values_survive_without_provenance(data: st.DataObject, cls: str) -> None:
    one = data.draw(record(cls, f"{MODEL.classes[cls].path}/S1"))
    with tempfile.TemporaryDirectory() as name:
        written([one], Path(name), "turtle", provenance=False)
        (again,) = om.load(Path(name) / "dataset.ttl").records()
    before, after = record_to_dict(one, origin=False), record_to_dict(again, origin=False)
    assert set(before) == set(after)
    # A term that is read under two names has them both in the graph, and no saying which is whose.
    several = {"term", "attribute", "uri"}
    for slot in before:
        if slot in ("id", "stub") or MODEL.slots[slot].kind not in several:
            assert before[slot] == after[slot], slot


@settings(max_examples=40)
@given(data=st.data())
def test_two_records_of_one_name_stay_two(data: st.DataObject) -> None:
    pair = [data.draw(record(cls, "geo:GSM1")) for cls in ("Biosample", "ArrayAssay")]
    with tempfile.TemporaryDirectory() as name:
        before = written(pair, Path(name), "nquads")
        assert json_of(om.load(Path(name) / "dataset.nq"), Path(name) / "back") == before


@pytest.mark.parametrize("case", CASES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_look_alikes_come_back_to_the_byte(case: Path, tmp_path: Path, tiny_bundle: Path) -> None:
    options = Options(base=BASE, today="2026-01-01", bundle=str(tiny_bundle), provenance=True)
    outcome = convert_to(sorted(case.glob("input*")), tmp_path / "a", "json,turtle,ntriples,nquads,jsonld,rdfxml", options)
    before = (tmp_path / "a" / "dataset.json").read_text(encoding="utf-8")
    if not outcome.records:
        return
    assert json_of(om.load(tmp_path / "a"), tmp_path / "b") == before
    for file in SYNTAXES.values():
        assert json_of(om.load(tmp_path / "a" / file), tmp_path / "b") == before, file


def reading(slot: str, *values: object) -> Reading:
    return Reading(slot, values)  # type: ignore[arg-type]


def sample(*found: Reading) -> Record:
    fields = tuple(Field(r.slot, (i + 1,), (r.slot,), Source("a.tsv", "")) for i, r in enumerate(found))
    return Record("Biosample", "biosample/S1", found, fields, 2)


def test_names_under_which_a_term_was_read_are_kept_beside_its_one_label(tmp_path: Path) -> None:
    two = [sample(reading("tissue", Term(None, "Liver"))), Record("Biosample", "biosample/S2", *_one("tissue", Term(None, "liver")))]
    before = written(two, tmp_path, "turtle")
    assert '"label": "Liver"' in before
    assert '"label": "liver"' in before
    assert json_of(om.load(tmp_path / "dataset.ttl"), tmp_path / "back") == before
    assert (tmp_path / "dataset.ttl").read_text().count("a omst:OntologyTerm") == 1


def _one(slot: str, value: object) -> tuple[tuple[Reading, ...], tuple[Field, ...], int]:
    return (reading(slot, value),), (Field(slot, (1,), (slot,), Source("a.tsv", "")),), 3


def test_without_pyoxigraph_rdflib_reads_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Attribute("depth", "35.50", "m", Term("ENVO:1", "soil"))
    before = written([sample(reading("age", Quantity("35.50", unit="a")), reading("attributes", kept))], tmp_path, ",".join(SYNTAXES))
    real = builtins.__import__

    def without(name: str, *rest: object, **more: object) -> object:
        if name == "pyoxigraph":
            raise ImportError(name)
        return real(name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    for file in SYNTAXES.values():
        assert json_of(om.load(tmp_path / file), tmp_path / "back") == before, file


def test_the_base_is_found_without_provenance(tmp_path: Path) -> None:
    written([sample(reading("name", "S1"))], tmp_path, "ntriples", provenance=False)
    assert read_rdf(tmp_path / "dataset.nt")["base"] == BASE
    (tmp_path / "description.ttl").unlink()
    assert read_rdf(tmp_path / "dataset.nt")["base"] == BASE


def test_a_folder_of_rdf_alone_is_a_dataset(tmp_path: Path) -> None:
    written([sample(reading("name", "S1"))], tmp_path, "turtle")
    (tmp_path / "dataset.json").unlink()
    assert om.load(tmp_path).records()[0].values("name") == ("S1",)
    (tmp_path / "report.json").unlink()
    assert om.load(tmp_path).ledger.cells == 0


@pytest.mark.parametrize(("file", "text", "said"), [
    ("a.ttl", "this is no Turtle", "no turtle"),
    ("a.ttl", "<http://x> <http://y> <http://z> .", "holds no record of the model"),
    ("a.nt", "", "holds no record of the model"),
    ("a.rdf", "<open", "no xml"),
])  # fmt: skip
def test_what_is_no_dataset_is_told(file: str, text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / file).write_text(text)
    with pytest.raises(ReadError, match=said):
        om.load(tmp_path / file)
    with pytest.raises(ReadError, match="No such file"):
        om.load(tmp_path / "absent.ttl")
