"""Formats that are trees: what their free names and values come to, and what is said of one fact in two places."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import omics_standards as om
from omics_standards.mapping.headers import alias_slots
from omics_standards.models.slots import MODEL

BIOSAMPLES = """<BioSampleSet>
<BioSample accession="SAMN99000001" access="public"><Ids><Id db="BioSample" is_primary="1">SAMN99000001</Id></Ids>
<Description><Title>one</Title><Organism taxonomy_id="10090" taxonomy_name="Mus musculus"/></Description><Owner><Name>Lab</Name></Owner>
<Models><Model>Metagenome or environmental</Model></Models><Package>Metagenome.environmental.1.0</Package>
<Attributes>{attributes}</Attributes><Status status="live" when="2020-01-02T03:04:05"/></BioSample>
<BioSample accession="SAMN99000002" access="public"><Ids><Id db="BioSample" is_primary="1">SAMN99000002</Id></Ids>
<Description><Title>two</Title><Organism taxonomy_id="10090" taxonomy_name="Mus musculus"/></Description><Owner><Name>Lab</Name></Owner>
<Attributes><Attribute attribute_name="depth" harmonized_name="depth">2 m</Attribute></Attributes><Status status="live"/></BioSample>
</BioSampleSet>"""


def converted(tmp_path: Path, name: str, text: str, bundle: Path) -> om.Dataset:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return om.convert(str(tmp_path / name), bundle=str(bundle), base="https://example.org/")


def samples(tmp_path: Path, bundle: Path, **attributes: str) -> om.Dataset:
    inside = "".join(f'<Attribute attribute_name="{k}">{v}</Attribute>' for k, v in attributes.items())
    return converted(tmp_path, "samples.xml", BIOSAMPLES.format(attributes=inside), bundle)


def records(dataset: om.Dataset, cls: str) -> list[om.Record]:
    return [r for r in dataset if r.cls == cls]


def values(record: om.Record, slot: str) -> list[object]:
    return [v for r in record.readings if r.slot == slot for v in r.values]


@pytest.mark.parametrize(
    ("name", "text", "slot"),
    [
        ("air_temp_regm", "12 C", "regimens"),
        ("air temperature regimen", "12 C", "regimens"),
        ("soil_type", "loam", "site_conditions"),
        ("ph_meth", "probe", "determination_methods"),
        ("influenza test result", "N", "laboratory_tests"),
        ("host_blood_press_diast", "80 mmHg", "measurements"),
        ("forma_specialis", "lycopersici", "organism_qualifiers"),
    ],
)
def test_a_standard_field_goes_to_its_kind_of_fact_under_its_own_name(
    tmp_path: Path, tiny_bundle: Path, name: str, text: str, slot: str
) -> None:
    first = records(samples(tmp_path, tiny_bundle, **{name: text}), "Biosample")[0]
    (value,) = values(first, slot)
    assert (value.name, value.value) == (name, text)  # type: ignore[attr-defined]


def test_a_name_of_nobody_s_standard_is_kept(tmp_path: Path, tiny_bundle: Path) -> None:
    first = records(samples(tmp_path, tiny_bundle, std_norm_factor="1.5"), "Biosample")[0]
    assert [(v.name, v.value) for v in values(first, "attributes")] == [("std_norm_factor", "1.5")]  # type: ignore[attr-defined]


def test_members_never_stand_in_for_a_slot_or_an_alias() -> None:
    for cls in ("Biosample", "Subject"):
        known = alias_slots(cls)
        for slot in MODEL.classes[cls].slots:
            assert known.get(slot.replace("_", ""), slot) == slot
    assert alias_slots("Biosample")["soiltype"] == "site_conditions"
    assert "soiltype" not in alias_slots("Run")


def test_an_assay_is_made_of_samples_that_say_something_of_it_only(tmp_path: Path, tiny_bundle: Path) -> None:
    dataset = samples(tmp_path, tiny_bundle, sequencing_machine="Illumina MiSeq")
    (assay,) = records(dataset, "SequencingAssay")
    assert assay.id.endswith("SAMN99000001")
    assert not records(samples(tmp_path, tiny_bundle, strain="x"), "SequencingAssay")


def test_package_model_and_status_are_facts_of_the_registration(tmp_path: Path, tiny_bundle: Path) -> None:
    first = records(samples(tmp_path, tiny_bundle, env_package="water"), "Biosample")[0]
    assert values(first, "checklists") == ["Metagenome or environmental", "Metagenome.environmental.1.0"]
    assert values(first, "environment_package") == ["water"]
    assert values(first, "registration_status") == ["live"]


EBI = """{"_embedded": {"samples": [{"accession": "SAMEA99000001", "name": "one", "release": "2019-01-24T00:00:00Z",
"update": "2019-01-25T00:00:00Z", "releaseDate": "2019-01-24", "updateDate": "2019-01-25", "taxId": 10090, "domain": "self.lab",
"characteristics": {"organism": [{"text": "Mus musculus", "ontologyTerms": ["http://purl.obolibrary.org/obo/NCBITaxon_10090"], "tag": "attribute"}]},
"relationships": [{"source": "SAMEA99000001", "type": "derived from", "target": "SAMEA99000002"},
 {"source": "SAMEG99000009", "type": "has member", "target": "SAMEA99000001"}],
"publications": [{"pubmed_id": "123456", "doi": "https://doi.org/10.1000/182"}],
"_links": {"self": {"href": "https://example.org/SAMEA99000001"}}}]}, "page": {"size": 20, "totalElements": 1}}"""


def test_a_page_of_samples_says_everything_once(tmp_path: Path, tiny_bundle: Path) -> None:
    dataset = converted(tmp_path, "page.json", EBI, tiny_bundle)
    assert {f.code for f in dataset.findings} <= {"reference-dangling"}
    (sample,) = [r for r in records(dataset, "Biosample") if r.id.endswith("SAMEA99000001")]
    assert [v.id for v in values(sample, "organism")] == ["NCBITaxon:10090"]  # type: ignore[attr-defined]
    assert [str(v) for v in values(sample, "derived_from")] == ["biosample:SAMEA99000002"]
    assert values(records(dataset, "Publication")[0], "doi") == ["10.1000/182"]
    assert dataset.ledger.counts["kept"] == 0


def test_several_contacts_are_several_people_each_with_its_own_name(tmp_path: Path, tiny_bundle: Path) -> None:
    contacts = """<Owner><Name>Lab</Name><Contacts><Contact email="a@example.org"><Name><Last>One</Last></Name></Contact>
    <Contact email="b@example.org"><Name><First>B</First><Last>Two</Last></Name></Contact></Contacts></Owner>"""
    text = BIOSAMPLES.format(attributes="").replace("<Owner><Name>Lab</Name></Owner>", contacts, 1)
    dataset = converted(tmp_path, "contacts.xml", text, tiny_bundle)
    people = {values(p, "email")[0]: (values(p, "given_name"), values(p, "family_name")) for p in records(dataset, "Person")}
    assert people == {"a@example.org": ([], ["One"]), "b@example.org": (["B"], ["Two"])}
    assert "header-duplicate" not in {f.code for f in dataset.findings}


def test_lists_in_parallel_in_a_report_as_json(tmp_path: Path, tiny_bundle: Path) -> None:
    row = {
        "run_accession": "ERR9900001", "experiment_accession": "ERX9900001", "sample_accession": "SAMEA99000001", "study_accession": "PRJEB99001",
        "fastq_ftp": "ftp.example.org/x_1.fastq.gz;ftp.example.org/x_2.fastq.gz", "fastq_md5": "0" * 32 + ";" + "1" * 32, "fastq_bytes": "10;20",
    }  # fmt: skip
    dataset = converted(tmp_path, "report.json", json.dumps([row]), tiny_bundle)
    files = {values(f, "file_name")[0]: (values(f, "md5"), values(f, "file_size")) for f in records(dataset, "DataFile")}
    assert files == {"x_1.fastq.gz": (["0" * 32], [10]), "x_2.fastq.gz": (["1" * 32], [20])}


def test_what_stands_beside_the_records_of_a_known_tree_is_no_unknown_sheet(tmp_path: Path, tiny_bundle: Path) -> None:
    text = '<SAMPLE_SET note="x"><SAMPLE alias="a" center_name="C"><TITLE>t</TITLE></SAMPLE></SAMPLE_SET>'
    dataset = converted(tmp_path, "set.xml", text, tiny_bundle)
    assert "sheet-unknown" not in {f.code for f in dataset.findings}
    assert dataset.ledger.counts["kept"] == 1
    unknown = converted(tmp_path, "other.xml", '<things><thing a="1"/><thing a="2"/></things>', tiny_bundle)
    assert "sheet-unknown" in {f.code for f in unknown.findings}
