"""The forms of archives: which sheet is which, whatever the sample type, the language or the export."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omics_standards.conversion import Dataset, Options
from omics_standards.conversion.flow import Flow
from omics_standards.conversion.memory import Memory
from omics_standards.errors import ReadError
from omics_standards.mapping.recognise import recognise
from omics_standards.profiles import load_profiles
from omics_standards.tables import from_rows, read

RUN = ["*Run title", "*BioProject accession", "*Experiment accession", "*Run data file type", "*File name 1", "*MD5 checksum 1"]


def convert(*tables: tuple[str, list[list[str]]]) -> Dataset:
    sink = Memory()
    flow = Flow([from_rows(rows[0], rows[1:], name=name) for name, rows in tables], Options(today="2026-01-01"))
    return Dataset(flow.run(sink), sink.records)


def family(headers: list[str], name: str = "t") -> str | None:
    (found,) = recognise(from_rows(headers, [["x"] * len(headers)], name=name), load_profiles())
    return found.best.profile.family if found.best else None


@pytest.mark.parametrize("own", ["E1", "RNA of mouse 1", "小鼠一"])
def test_a_run_finds_its_experiment_by_the_submitters_id(own: str) -> None:
    experiment = [
        "*Experiment title",
        "*BioProject accession",
        "*BioSample name",
        "*Platform",
        "* Strategy",
        "*Source",
        "*Selection",
        "*Layout",
    ]
    row = ["RNA of mouse 1", "PRJCA990001", "m1", "DNBSEQ-T7", "RNA-Seq", "TRANSCRIPTOMIC", "cDNA", "SINGLE"]
    headed = [experiment, row] if own == "RNA of mouse 1" else [["*ID", *experiment], [own, *row]]
    data = convert(("Experiment", headed), ("Run", [RUN, ["lane 1", "PRJCA990001", own, "fastq", "m1.fq.gz", f"{7:032x}"]]))
    (assay,) = data.records("SequencingAssay")
    assert own in [str(v) for v in assay.values("alternative_names")]
    assert "accession-unknown" not in {f.code for f in data.findings}
    assert data.ledger.closes
    assert data.ledger.to_dict()["kept"] == 0


def test_what_looks_like_an_accession_must_be_one() -> None:
    data = convert(("Run", [RUN, ["lane 1", "PRJCA990001", "CRX12", "fastq", "m1.fq.gz", f"{7:032x}"]]))
    assert "accession-unknown" in {f.code for f in data.findings}
    assert data.ledger.closes


NGDC_SAMPLES = [
    ("Human", ["*Sample name", "*Public description", "*Organism", "*Sex", "*Age", "*Age unit", "*Tissue", "*Biomaterial provider"]),
    ("Plant", ["Sample name", "Public description", "Sample title", "Organism", "Cultivar", "Tissue", "Dev stage", "Biomaterial provider"]),
    ("Virus", ["Accession", "Sample name", "Public description", "Organism", "Isolate", "Host", "Collection date", "Geographic location"]),
    ("Cell line", ["Sample name", "Public description", "Sample title", "Organism", "Cell line", "Biomaterial provider"]),
    ("微生物", ["样本名称", "公开描述", "物种", "菌株", "分离来源", "采集日期", "采集地点"]),
]


@pytest.mark.parametrize(("sheet", "headers"), NGDC_SAMPLES)
def test_a_sheet_of_any_sample_type_is_ngdc_biosample(sheet: str, headers: list[str]) -> None:
    assert family(headers, sheet) == "ngdc-biosample"


def test_samples_of_ncbi_are_none_of_ngdc() -> None:
    assert family(["*sample_name", "*organism", "*collection_date", "*geo_loc_name", "*tissue"], "Human.1.0") == "ncbi-biosample"
    assert family(["Sample name", "Weight", "Comment"], "Human") != "ngdc-biosample"


def test_a_sheet_called_sample_belongs_to_gsa() -> None:
    assert family(NGDC_SAMPLES[1][1], "Sample") == "ngdc-gsa"


@pytest.mark.parametrize(
    ("headers", "name", "expected"),
    [
        (
            ["Project title", "Project description", "Data type", "Sample scope", "Relevance", "Release date"],
            "BioProject",
            "ngdc-bioproject",
        ),
        (["项目标题", "项目描述", "数据类型", "样本范围", "发布日期"], "生物项目", "ngdc-bioproject"),
        (["Title", "Description", "Date"], "notes", None),
        (["OMIX ID", "Title", "Description", "Data type", "BioProject accession", "Release date"], "OMIX000001", "ngdc-omix"),
        (["OMIX ID", "File ID", "File name", "File type", "File size", "MD5"], "omix files", "ngdc-omix"),
        (["File name", "File type", "MD5"], "list", None),
    ],
)
def test_projects_and_data_sets_of_ngdc(headers: list[str], name: str, expected: str | None) -> None:
    assert family(headers, name) == expected


def test_people_of_gsa_for_human_meet_their_samples_whatever_the_case_of_the_header() -> None:
    people = [["Accession", "Individual Name", "Gender", "Disease name"], ["HRI990001", "P1", "male", "asthma"]]
    samples = [
        ["Accession", "Sample Name", "Individual accession", "Public description", "Sample title", "Tissue", "Age", "Age unit"],
        ["HRS990001", "S1", "HRI990001", "Blood of a donor", "Blood", "blood", "30", "year"],
    ]
    data = convert(("Individual", people), ("Sample", samples))
    (person,) = data.records("Subject")
    assert [str(v) for v in person.values("name")] == ["P1"]
    assert len(data.records("Biosample")) == 1
    assert data.ledger.closes


EGA = ["Sample_alias*", "Center_name*", "Title*", "NCBI_taxid*", "Scientific_name*", *["Tag", "Value", "Units"] * 3]


def ega(*triples: str, title: str = "t") -> Dataset:
    cells = [*triples, *[""] * 9][:9]
    return convert(("sample", [EGA, ["s1", "Example Centre", title, "9606", "Homo sapiens", *cells]]))


def test_a_tag_that_names_a_slot_feeds_it_with_its_unit() -> None:
    data = ega("age", "41", "years", "sex", "female", "", "favourite colour", "green", "")
    (sample,) = data.records("Biosample")
    assert [(str(v.value), v.unit) for v in sample.values("age")] == [("41", "a")]  # type: ignore[union-attr]
    assert [str(v) for v in sample.values("sex")] == ["female"]
    assert [(a.name, a.value) for a in sample.values("attributes")] == [("favourite colour", "green")]  # type: ignore[union-attr]
    assert data.ledger.closes
    assert data.ledger.to_dict()["kept"] == 2  # the colour and its tag


def test_of_two_values_for_one_slot_the_first_is_taken_and_none_is_lost() -> None:
    data = ega("sex", "female", "", "sex", "male", "", "Title", "another", "")
    (sample,) = data.records("Biosample")
    assert [str(v) for v in sample.values("sex")] == ["female"]
    assert [str(v) for v in sample.values("title")] == ["t"]
    assert {(a.name, a.value) for a in sample.values("attributes")} == {("sex", "male"), ("Title", "another")}  # type: ignore[union-attr]
    assert data.ledger.closes


@pytest.mark.parametrize(
    "triple", [("", "7", ""), ("age", "", "years"), ("age", "unknown", ""), ("colour", "NA", ""), ("age", "-", "kg"), ("sex", "9", "x")]
)
def test_halves_of_triples_are_counted_once(triple: tuple[str, str, str]) -> None:
    data = ega(*triple)
    assert data.ledger.closes
    assert data.ledger.to_dict()["cells"] == len(EGA) + 5 + sum(map(bool, triple))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["", "age", "sex", "Title", "colour", "7", "NA", "years", "female", "kg", "-", "脾"]), min_size=9, max_size=9)
)
def test_whatever_stands_in_triples_each_cell_is_counted_once(cells: list[str]) -> None:
    data = ega(*cells)
    assert data.ledger.closes
    assert data.ledger.to_dict()["cells"] == len(EGA) + 5 + sum(map(bool, cells))


@pytest.mark.parametrize(("name", "text"), [("a.json", '{"a": [{"b": "ü"}]}'), ("a.xml", "<a><b>ü</b></a>"), ("a.yaml", "a:\n- b: ü\n")])
def test_trees_in_gzip_archives_are_read_as_they_are(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / f"{name}.gz").write_bytes(gzip.compress(text.encode()))
    leaves = [[tuple(leaf) for leaf in read(str(tmp_path / n)).tree.leaves()] for n in (name, f"{name}.gz")]  # type: ignore[union-attr]
    assert leaves[0] == leaves[1]
    assert any("ü" in str(leaf) for leaf in leaves[0])
    (tmp_path / f"cut-{name}.gz").write_bytes(gzip.compress(text.encode() * 9)[:-12])
    with pytest.raises(ReadError, match="damaged or cut short"):
        list(read(str(tmp_path / f"cut-{name}.gz")).tree.leaves())  # type: ignore[union-attr]


@pytest.mark.parametrize(("excluded", "found"), [("", ["HP:0001250"]), (', "excluded": false', ["HP:0001250"]), (', "excluded": true', [])])
def test_a_feature_that_was_looked_for_and_not_found_is_no_phenotype(tmp_path: Path, excluded: str, found: list[str]) -> None:
    feature = f'{{"type": {{"id": "HP:0001250", "label": "Seizure"}}{excluded}}}'
    (tmp_path / "p.json").write_text(
        f'{{"id": "p1", "subject": {{"id": "s1", "sex": "MALE"}}, "phenotypicFeatures": [{feature}], "metaData": {{"created": "2024-05-01"}}}}'
    )
    sink = Memory()
    data = Dataset(Flow([read(str(tmp_path / "p.json"))], Options(today="2026-01-01")).run(sink), sink.records)
    (person,) = data.records("Subject")
    assert ["HP:0001250" if "0001250" in str(v) or "eizure" in str(v) else str(v) for v in person.values("phenotype")] == found
    assert [a.value for a in person.values("attributes")] == ([] if found else ["Seizure HP:0001250"])  # type: ignore[union-attr]
    assert data.ledger.closes
