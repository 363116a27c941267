"""Formats that are trees: what is written is read back as it was, in the order that the archive's schema asks for."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

import omics_standards as om
from omics_standards.conversion.exporting import export_dataset
from omics_standards.emit.sheets import compose, write_files
from omics_standards.emit.sheets.markup import to_json, to_xml, to_yaml, writable
from omics_standards.emit.sheets.nesting import Node
from omics_standards.emit.sheets.treecolumns import within
from omics_standards.emit.sheets.trees import compose_tree
from omics_standards.errors import UsageError
from omics_standards.models.slots import MODEL
from omics_standards.profiles.load import load_profiles
from omics_standards.records import Attribute, Field, Reading, Record, Source
from omics_standards.tables.trees import Tree
from omics_standards.terms import NoBundle

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
PROFILES = {p.id: p for p in load_profiles()}
WRITTEN = sorted(p.id for p in PROFILES.values() if p.document is not None)
CASES = sorted(
    (profile, next(f for f in sorted(case.iterdir()) if f.name.startswith("input")))
    for profile in WRITTEN
    if (GOLDEN / profile).is_dir()
    for case in (GOLDEN / profile).iterdir()
    if case.is_dir() and any(f.name.startswith("input") for f in case.iterdir())
)


def written(dataset: om.Dataset, profile: str) -> list[tuple[str, str]]:
    return [(d.name, d.text) for d in compose_tree(PROFILES[profile], dataset.records(), terms=NoBundle()).documents]


def converted(text: str, name: str, folder: Path, profile: str | None = None) -> om.Dataset:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return om.convert(path, profile=profile)


@pytest.mark.parametrize(("profile", "path"), CASES, ids=[f"{p}-{f.parent.name}" for p, f in CASES])
def test_what_is_written_is_read_back(profile: str, path: Path, tmp_path: Path) -> None:
    dataset = om.convert(path, profile=profile)
    if not dataset.records():
        pytest.skip("an input of definitions")
    done = export_dataset(dataset, profile, tmp_path / "out")
    # Records without a name are called after the file they stand in, which is another one now.
    differing = [d for d in done.differing if "/row/" not in f"{d.id} {d.before} {d.after}"]
    assert not differing, differing[:3]
    files = [tmp_path / "out" / n for n in done.files]
    again = om.convert(files if len(files) > 1 else files[0], profile=profile)
    assert written(again, profile) == written(dataset, profile)


SAMPLES = """<?xml version="1.0"?>
<SAMPLE_SET>
  <SAMPLE alias="WH 1" center_name="A &amp; B">
    <DESCRIPTION>Drawn &lt;before&gt; noon</DESCRIPTION>
    <SAMPLE_NAME><SCIENTIFIC_NAME>Homo sapiens</SCIENTIFIC_NAME><TAXON_ID>9606</TAXON_ID></SAMPLE_NAME>
    <TITLE>First</TITLE>
    <SAMPLE_ATTRIBUTES>
      <SAMPLE_ATTRIBUTE><TAG>collection date</TAG><VALUE>2020-02-03</VALUE></SAMPLE_ATTRIBUTE>
      <SAMPLE_ATTRIBUTE><TAG>moon</TAG><VALUE>3</VALUE><UNITS>quarters</UNITS></SAMPLE_ATTRIBUTE>
      <SAMPLE_ATTRIBUTE><TAG>sex</TAG><VALUE>not collected</VALUE></SAMPLE_ATTRIBUTE>
    </SAMPLE_ATTRIBUTES>
  </SAMPLE>
</SAMPLE_SET>
"""


def test_elements_stand_in_the_order_of_the_schema(tmp_path: Path) -> None:
    ((name, text),) = written(converted(SAMPLES, "s.xml", tmp_path), "ena-xml")
    sample = ElementTree.fromstring(text)[0]
    assert name == "sample.xml"
    assert [child.tag for child in sample] == ["TITLE", "SAMPLE_NAME", "DESCRIPTION", "SAMPLE_ATTRIBUTES"]
    assert [child.tag for child in sample.find("SAMPLE_NAME") or ()] == ["TAXON_ID", "SCIENTIFIC_NAME"]
    assert sample.attrib == {"alias": "WH 1", "center_name": "A & B"}
    assert sample.findtext("DESCRIPTION") == "Drawn <before> noon"


def test_attributes_keep_their_unit_and_absences_their_reason(tmp_path: Path) -> None:
    ((_, text),) = written(converted(SAMPLES, "s.xml", tmp_path), "ena-xml")
    told = {a.findtext("TAG"): (a.findtext("VALUE"), a.findtext("UNITS")) for a in ElementTree.fromstring(text).iter("SAMPLE_ATTRIBUTE")}
    assert told["moon"] == ("3", "quarters")
    assert told["sex"] == ("not collected", None)
    assert told["collection date"] == ("2020-02-03", None)


EXPERIMENT = """<EXPERIMENT_SET><EXPERIMENT alias="X1">
<STUDY_REF refname="ST"/>
<DESIGN><DESIGN_DESCRIPTION>d</DESIGN_DESCRIPTION><SAMPLE_DESCRIPTOR refname="{sample}"/>
<LIBRARY_DESCRIPTOR><LIBRARY_STRATEGY>WGS</LIBRARY_STRATEGY><LIBRARY_SOURCE>GENOMIC</LIBRARY_SOURCE>
<LIBRARY_SELECTION>RANDOM</LIBRARY_SELECTION><LIBRARY_LAYOUT><PAIRED NOMINAL_LENGTH="300"/></LIBRARY_LAYOUT></LIBRARY_DESCRIPTOR></DESIGN>
<PLATFORM><ILLUMINA><INSTRUMENT_MODEL>Illumina MiSeq</INSTRUMENT_MODEL></ILLUMINA></PLATFORM></EXPERIMENT></EXPERIMENT_SET>
"""


def test_a_record_of_another_document_is_named_and_not_repeated(tmp_path: Path) -> None:
    (tmp_path / "s.xml").write_text(SAMPLES, encoding="utf-8")
    (tmp_path / "x.xml").write_text(EXPERIMENT.format(sample="WH 1"), encoding="utf-8")
    files = dict(written(om.convert([tmp_path / "s.xml", tmp_path / "x.xml"]), "ena-xml"))
    experiment = ElementTree.fromstring(files["experiment.xml"])[0]
    descriptor = experiment.find("DESIGN/SAMPLE_DESCRIPTOR")
    assert descriptor is not None
    assert (descriptor.attrib, len(descriptor)) == ({"refname": "WH 1"}, 0)
    assert "Drawn" not in files["experiment.xml"]
    layout = experiment.find("DESIGN/LIBRARY_DESCRIPTOR/LIBRARY_LAYOUT/PAIRED")
    assert layout is not None
    assert layout.attrib == {"NOMINAL_LENGTH": "300"}


def made(cls: str, name: str, **slots: object) -> Record:
    said = [Reading(slot, value if isinstance(value, tuple) else (value,)) for slot, value in {"name": name, **slots}.items()]  # type: ignore[arg-type]
    fields = tuple(Field(r.slot, (), (), Source("", "")) for r in said)
    return Record(cls, f"{MODEL.classes[cls].path}/{name}", tuple(said), fields, 0)


def test_what_has_no_place_is_said_to_be_lost() -> None:
    records = [
        made("Biosample", "S1", attributes=(Attribute("moon", "3"), Attribute("tide", "missing"))),
        made("Subject", "P1"),
        made("Run", "R1", run_date="2020-01-01", alternative_names=("R_1", "R_one")),
    ]
    losses = compose_tree(PROFILES["ena-xml"], records, terms=NoBundle()).losses
    assert [tuple(x) for x in losses] == [
        ("Biosample", "biosample/S1", "attributes", "tide: missing", "spelling"),
        ("Subject", "subject/P1", "", "", "no table"),
    ]


def test_records_of_a_kind_stand_in_one_document() -> None:
    records = [made("Biosample", n, title=f"title {n}") for n in ("S1", "S2")]
    one = compose_tree(PROFILES["ena-xml"], records, terms=NoBundle()).documents
    assert one[0].text.count("<SAMPLE ") == 2
    assert compose_tree(PROFILES["ena-xml"], [made("Biosample", "S1")], terms=NoBundle()).documents[0].name == "sample.xml"


def test_a_format_that_is_only_read_is_refused() -> None:
    with pytest.raises(UsageError, match="read and not written"):
        compose_tree(PROFILES["ena-checklist"], [])


def test_numbers_stand_in_json_as_numbers_and_texts_as_texts(tmp_path: Path) -> None:
    text = '[{"name": "S1", "taxId": 9606, "release": "2020-01-01", "characteristics": {"plate": [{"text": "007"}]}}]'
    ((_, made),) = written(converted(text, "a.json", tmp_path, "ebi-biosamples"), "ebi-biosamples")
    sample = json.loads(made)[0]
    assert sample["characteristics"]["plate"] == [{"text": "007"}]
    assert sample["name"] == "S1"


def test_the_innermost_element_that_may_be_repeated() -> None:
    assert within("A/B/C", ("A", "A/B")) == "A/B"
    assert within("A/B", ("C",)) == ""


TEXTS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(lambda t: t.strip() == t and t)


@given(st.lists(st.tuples(st.sampled_from(["@a", "B", "C"]), TEXTS), max_size=6))
def test_any_text_comes_back_from_xml(tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]]) -> None:
    told = {(name if name.startswith("@") else f"{name}{i}"): text for i, (name, text) in enumerate(cells) if writable(text, "xml")}
    root = Node("ROOT", children=[Node(name, text) for name, text in told.items()])
    path = tmp_path_factory.mktemp("xml") / "a.xml"
    path.write_text(to_xml(root, {}), encoding="utf-8", newline="\n")
    assert {leaf.names[1]: leaf.text for leaf in Tree(path, "xml").leaves() if len(leaf.names) > 1} == told


@given(st.lists(TEXTS, min_size=1, max_size=5))
@pytest.mark.parametrize(("kind", "write"), [("json", to_json), ("yaml", to_yaml)])
def test_any_text_comes_back_from_json_and_yaml(
    tmp_path_factory: pytest.TempPathFactory, kind: str, write: object, texts: list[str]
) -> None:
    root = Node("", children=[Node("a", text, listed=True) for text in texts])
    path = tmp_path_factory.mktemp(kind) / f"a.{kind}"
    path.write_text(write(root), encoding="utf-8", newline="\n")  # type: ignore[operator]
    assert [leaf.text for leaf in Tree(path, kind).leaves()] == texts


def test_numbers_are_written_as_they_were_told() -> None:
    root = Node("", children=[Node("n", "35.50", number=True), Node("t", "1e", number=True), Node("b", "yes", number=True)])
    assert to_json(root) == '{\n  "n": 35.50,\n  "t": "1e",\n  "b": true\n}\n'
    assert to_yaml(root) == "n: 35.50\nt: 1e\nb: true\n"


def test_documents_are_files(tmp_path: Path) -> None:
    composed = compose(PROFILES["ena-xml"], converted(SAMPLES, "s.xml", tmp_path).records(), NoBundle())
    assert write_files(composed, tmp_path) == ["sample.xml"]
    assert (tmp_path / "sample.xml").read_text(encoding="utf-8") == composed.documents[0].text


@pytest.mark.parametrize(
    ("instrument", "platform"), [("Illumina MiSeq", "ILLUMINA"), ("DNBSEQ-T7", "DNBSEQ"), ("MinION", "OXFORD_NANOPORE")]
)
def test_an_instrument_says_whose_it_is(instrument: str, platform: str) -> None:
    text = (
        compose_tree(PROFILES["ena-xml"], [made("SequencingAssay", "X", instrument_model=instrument)], terms=NoBundle()).documents[0].text
    )
    assert ElementTree.fromstring(text).findtext(f"EXPERIMENT/PLATFORM/{platform}/INSTRUMENT_MODEL") == instrument


def test_what_stands_below_a_name_that_nobody_gives_is_an_attribute() -> None:
    records = [made("SequencingAssay", "X", nominal_length=300)]
    (document,) = compose_tree(PROFILES["ena-xml"], records, terms=NoBundle()).documents
    assert "LIBRARY_LAYOUT" not in document.text
    assert "<TAG>nominal_length</TAG>" in document.text


def test_the_name_of_a_file_says_its_type() -> None:
    file = made("DataFile", "a.fastq.gz", file_name="a.fastq.gz")
    run = made("Run", "R1", data_files=(file.id,))
    text = compose_tree(PROFILES["ena-xml"], [run, file], terms=NoBundle()).documents[0].text
    assert '<FILE filename="a.fastq.gz" filetype="fastq" checksum_method="MD5"' in text


def test_what_xml_cannot_hold_is_lost_and_said_so() -> None:
    records = [made("Biosample", "S1", title="a\x01b", attributes=(Attribute("moon", "\x02"),))]
    composed = compose_tree(PROFILES["ena-xml"], records, terms=NoBundle())
    assert {(x.slot, x.why) for x in composed.losses} == {("title", "spelling"), ("attributes", "spelling")}
    ElementTree.fromstring(composed.documents[0].text)
