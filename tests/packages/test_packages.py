"""Packages as those read them who get one: each by its own rules, the policy in every one, nothing invented, nothing half written."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF

from omics_standards.errors import ReadError, UsageError
from omics_standards.packages import KINDS, Given, Lack, package, told
from packages.dcat_ap import shapes
from packages.everything import POLICY, records, write

ROOT = Path(__file__).resolve().parents[2]
GIVEN = Given(
    publisher="Institute of Nowhere <https://ror.org/05gq02987>",
    identifier="10.1234/data.1",
    stamp="2024-08-01",
    access_url="https://example.org/ask",
)
# Kind of package → the file that describes the dataset.
FILES = {kind: file for kind, (file, _) in KINDS.items()}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("converted") / "in")


@pytest.fixture(scope="module")
def made(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of all kinds, of a dataset that says everything."""
    out = tmp_path_factory.mktemp("package") / "out"
    assert package(source, out, given=GIVEN, tables=("tsv", "parquet")).lacks == ()
    return out


def load(folder: Path, kind: str) -> Any:
    return json.loads((folder / FILES[kind]).read_text(encoding="utf-8"))


# --- what every package says ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_duo_terms_and_the_policy_s_own_words_are_in_every_package(made: Path, kind: str) -> None:
    text = (made / FILES[kind]).read_text(encoding="utf-8")
    for term in ("DUO_0000007", "DUO_0000018", "disease specific research", "not for profit, non commercial use only"):
        assert term in text
    if kind == "dcat":
        graph = Graph().parse(data=text, format="turtle")
        assert any(str(o).startswith(POLICY) for o in graph.objects(None, DCTERMS.description))
    else:
        whole = json.dumps(json.loads(text), ensure_ascii=False)
        assert json.dumps(POLICY, ensure_ascii=False)[1:-1] in whole
        assert "Approval: 2020-123" in whole


@pytest.mark.parametrize("kind", KINDS)
def test_licence_title_funding_and_source_are_in_every_package(made: Path, kind: str) -> None:
    text = (made / FILES[kind]).read_text(encoding="utf-8")
    assert "creativecommons.org/licenses/by-nc/4.0/" in text
    assert "Liver RNA of three donors" in text
    assert "ab" * 32 in text  # sha256 of the file that was converted
    assert "10.1234/data.1" in text


def test_the_same_bytes_each_time(source: Path, made: Path, tmp_path: Path) -> None:
    package(source, tmp_path / "again", given=GIVEN, tables=("tsv", "parquet"))
    files = sorted(p.relative_to(made) for p in made.rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(tmp_path / "again") for p in (tmp_path / "again").rglob("*") if p.is_file())
    assert [f for f in files if (made / f).read_bytes() != (tmp_path / "again" / f).read_bytes()] == []


# --- RO-Crate -------------------------------------------------------------------------------------------------------------


def test_the_crate_opens_in_the_reference_library(made: Path) -> None:
    from rocrate.rocrate import ROCrate

    crate = ROCrate(made)
    assert (crate.version, crate.root_dataset["name"]) == ("1.2", "Liver RNA of three donors")
    assert str(crate.root_dataset["datePublished"])[:10] == "2024-06-01"
    parts = {e.id: e for e in crate.data_entities}
    assert parts["tables/biosamples.tsv"]["sha256"] == hashlib.sha256((made / "tables" / "biosamples.tsv").read_bytes()).hexdigest()
    assert parts["https://download.example.org/HRA990001/R1_1.fastq.gz"]["contentSize"] == "1001"


def test_every_file_of_the_package_is_in_the_crate_and_the_other_way_round(made: Path) -> None:
    graph = {n["@id"]: n for n in load(made, "ro-crate")["@graph"]}
    inside = {p["@id"] for p in graph["./"]["hasPart"] if "://" not in p["@id"]}
    there = {p.relative_to(made).as_posix() for p in made.rglob("*") if p.is_file()}
    assert inside == there - {"ro-crate-metadata.json", "ro-crate-preview.html"}
    assert all(int(graph[name]["contentSize"]) == (made / name).stat().st_size for name in inside)


def test_every_reference_of_the_crate_leads_to_a_node(made: Path) -> None:
    graph = {n["@id"]: n for n in load(made, "ro-crate")["@graph"]}
    wanted = {
        v["@id"]
        for n in graph.values()
        for value in n.values()
        for v in (value if isinstance(value, list) else [value])
        if isinstance(v, dict)
    }
    assert wanted - set(graph) == {"https://w3id.org/ro/crate/1.2"}
    assert all(
        set(v) == {"@id"}
        for n in graph.values()
        for value in n.values()
        for v in (value if isinstance(value, list) else [value])
        if isinstance(v, dict)
    )


def test_files_without_an_address_are_spoken_of_not_listed(made: Path) -> None:
    graph = {n["@id"]: n for n in load(made, "ro-crate")["@graph"]}
    file = graph["https://example.org/data/file/R0_1.fastq.gz"]
    assert (file["@type"], file["identifier"], file["contentSize"]) == ("CreativeWork", "md5:" + "01" * 16, "1000")
    assert {"@id": "https://example.org/data/file/R0_1.fastq.gz"} in graph["./"]["mentions"]


def test_the_preview_shows_the_dataset_and_runs_nothing(source: Path, tmp_path: Path) -> None:
    data = records()
    data["datasets"][0]["title"] = "<script>alert(1)</script>"
    package(write(tmp_path / "in", data), tmp_path / "out", "ro-crate")
    page = (tmp_path / "out" / "ro-crate-preview.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "tables/biosamples.tsv" in page


def peers() -> str | None:
    """A Python that has the validators whose versions do not agree with those of our other tools."""
    found = os.environ.get("OMICS_STANDARDS_PEERS") or str(ROOT / ".venv-peers" / "bin" / "python")
    return found if Path(found).exists() else None


@pytest.mark.skipif(peers() is None, reason="make setup makes .venv-peers")
def test_peers_accept_the_crate_and_read_all_tables(made: Path, source: Path, tmp_path: Path) -> None:
    package(source, tmp_path / "text", given=GIVEN)
    for folder in (made, tmp_path / "text"):
        done = subprocess.run(
            [str(peers()), str(Path(__file__).with_name("peers.py")), str(folder)], capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stderr
        said = json.loads(done.stdout.splitlines()[-1])
        assert said["crate"] == []
        assert said["croissant"] == ""
        assert (said["read"]["biosamples"], said["read"]["data_files"]) == (3, 6)


@pytest.mark.skipif(peers() is None, reason="make setup makes .venv-peers")
def test_peers_see_what_is_lacking_and_we_say_it(source: Path, tmp_path: Path) -> None:
    data = records()
    for level in ("datasets", "projects", "studies"):
        del data[level]
    found = package(write(tmp_path / "in", data), tmp_path / "out").lacks
    done = subprocess.run(
        [str(peers()), str(Path(__file__).with_name("peers.py")), str(tmp_path / "out")],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    said = " ".join(json.loads(done.stdout.splitlines()[-1])["crate"])
    for lack in found:
        if lack.kind == "ro-crate" and lack.severity == "error":
            assert f"`{lack.property}`" in said


# --- DCAT -----------------------------------------------------------------------------------------------------------------


def conforms(graph: Graph) -> tuple[bool, str]:
    from pyshacl import validate

    fits, _, text = validate(graph, shacl_graph=shapes())
    return fits, text


def test_the_catalogue_record_conforms_to_dcat_ap(made: Path) -> None:
    graph = Graph().parse(made / "dcat.ttl")
    fits, text = conforms(graph)
    assert fits, text
    assert not [s for s in graph.subjects() if not isinstance(s, URIRef)], "no blank nodes"
    root = URIRef("https://doi.org/10.1234/data.1")
    assert len(set(graph.objects(root, DCAT.distribution))) == 6
    assert set(graph.objects(root, DCTERMS.accessRights)) == {
        URIRef("http://publications.europa.eu/resource/authority/access-right/RESTRICTED")
    }


@pytest.mark.parametrize(
    ("subject", "predicate"),
    [
        (None, DCTERMS.title), (None, DCTERMS.description), (None, DCAT.accessURL), (None, URIRef("http://xmlns.com/foaf/0.1/name")),
        (None, URIRef("http://spdx.org/rdf/terms#checksumValue")), (None, URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")),
    ],
)  # fmt: skip
def test_the_shapes_catch_what_is_taken_away(made: Path, subject: None, predicate: URIRef) -> None:
    graph = Graph().parse(made / "dcat.ttl")
    graph.remove((subject, predicate, None))
    assert not conforms(graph)[0]


def test_the_shapes_catch_what_is_put_in_wrongly(made: Path) -> None:
    for triple in [(DCAT.byteSize, Literal("many")), (DCTERMS.issued, Literal("soon")), (DCTERMS.publisher, Literal("me"))]:
        graph = Graph().parse(made / "dcat.ttl")
        cls = DCAT.Distribution if triple[0] == DCAT.byteSize else DCAT.Dataset
        graph.add((next(graph.subjects(RDF.type, cls)), *triple))
        assert not conforms(graph)[0], triple


def test_several_data_sets_are_parts_of_the_project(tmp_path: Path) -> None:
    data = records()
    data["datasets"].append({"id": "ngdc.omix:OMIX990001", "title": "Proteins of the same donors", "licence": "CC0"})
    done = package(write(tmp_path / "in", data), tmp_path / "out", ("dcat", "ro-crate"))
    graph = Graph().parse(tmp_path / "out" / "dcat.ttl")
    root = URIRef("https://ngdc.cncb.ac.cn/bioproject/browse/PRJCA990001")
    parts = {str(o).rpartition("/")[2] for o in graph.objects(root, DCTERMS.hasPart)}
    assert parts == {"HRA990001", "OMIX990001"}
    assert conforms(graph)[0]
    assert str(graph.value(root, DCTERMS.title)) == "Ageing of the liver"
    # Two data sets have a licence each: neither is the licence of the whole.
    (line,) = {str(lack) for lack in done.lacks if lack.option == "--licence" and lack.severity == "error"}
    assert "2 records say different things" in line
    assert not graph.value(root, DCTERMS.license)


# --- schema.org, DataCite, Data Package -----------------------------------------------------------------------------------

# Bioschemas Dataset 1.0-RELEASE (12 July 2022).
MINIMUM = {"@context", "@type", "@id", "dct:conformsTo", "description", "identifier", "keywords", "license", "name", "url"}
RECOMMENDED = {"citation", "creator", "datePublished", "distribution", "measurementTechnique", "publisher", "version"}


def test_the_markup_has_what_bioschemas_asks_for(made: Path) -> None:
    markup = load(made, "schema-org")
    assert set(markup) >= MINIMUM | RECOMMENDED
    assert markup["dct:conformsTo"] == {"@id": "https://bioschemas.org/profiles/Dataset/1.0-RELEASE"}
    assert [s["@type"] for s in markup["isBasedOn"]] == ["CreativeWork", "Study"]
    samples = markup["mentions"]
    assert [s["@type"] for s in samples] == ["BioSample"] * 3
    assert samples[0]["taxonomicRange"]["@id"] == "http://purl.obolibrary.org/obo/NCBITaxon_9606"
    duo = markup["usageInfo"]["about"][0]
    assert (duo["@type"], duo["termCode"], duo["@id"]) == ("DefinedTerm", "DUO:0000007", "http://purl.obolibrary.org/obo/DUO_0000007")


def test_the_markup_means_what_it_says_and_ends_no_script(made: Path) -> None:
    assert "<" not in (made / "schema-org.jsonld").read_text(encoding="utf-8")
    markup = load(made, "schema-org")
    markup["@context"] = {"@vocab": "https://schema.org/", **markup["@context"][1]}
    graph = Graph().parse(data=json.dumps(markup), format="json-ld")
    schema = "https://schema.org/"
    (policy,) = graph.objects(URIRef("https://doi.org/10.1234/data.1"), URIRef(schema + "usageInfo"))
    duo = set(graph.objects(policy, URIRef(schema + "about")))
    assert duo == {URIRef(f"http://purl.obolibrary.org/obo/DUO_{n}") for n in ("0000007", "0000018")}
    assert all(graph.value(d, URIRef(schema + "name")) for d in duo)


def test_the_record_for_a_doi_follows_datacite_s_schema(made: Path) -> None:
    from datacite import schema45

    record = load(made, "datacite")
    assert list(schema45.validator.iter_errors(record)) == []
    assert record["doi"] == "10.1234/data.1"
    assert record["creators"][0]["nameIdentifiers"][0]["nameIdentifier"] == "https://orcid.org/0000-0002-1825-0097"
    assert {r.get("rightsIdentifier") for r in record["rightsList"]} >= {"DUO:0000007", "DUO:0000018", "CC-BY-NC-4.0", "c_16ec"}
    assert "biosamples: 3" in record["sizes"]
    assert {"date": "2020/2021", "dateType": "Collected", "dateInformation": "2020-05-01 to 2021"} in record["dates"]
    broken = {k: v for k, v in record.items() if k != "creators"}
    assert list(schema45.validator.iter_errors(broken))


def test_frictionless_accepts_tables_types_and_keys(made: Path) -> None:
    from frictionless import Package

    report = Package(str(made / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note"])
    resources = {r["name"]: r for r in load(made, "frictionless")["resources"]}
    fields = {f["name"]: f for f in resources["biosamples"]["schema"]["fields"]}
    assert {n: fields[n]["type"] for n in ("id", "age", "age_unit", "collection_date", "collection_location_latitude", "attribute: haemoglobin", "attribute: box")} == {
        "id": "string", "age": "number", "age_unit": "string", "collection_date": "string", "collection_location_latitude": "number",
        "attribute: haemoglobin": "number", "attribute: box": "string",
    }  # fmt: skip
    assert (fields["treatment"]["type"], fields["treatment"]["delimiter"]) == ("list", " | ")
    assert fields["sex"]["constraints"]["enum"]
    assert fields["tissue"]["rdfType"] == "https://w3id.org/omics-standards/tissue"
    keys = {(name, k["fields"][0], k["reference"]["resource"]) for name, r in resources.items() for k in r["schema"].get("foreignKeys", ())}
    assert {
        ("runs", "assay", "transcriptomics_assays"),
        ("data_files", "run", "runs"),
        ("biosamples.subject", "subject", "subjects"),
    } <= keys


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [("biosamples.tsv", "\t13.1\t", "\told\t", "type-error"), ("data_files.tsv", "HRR990001", "HRR999999", "foreign-key")],
)
def test_frictionless_sees_a_table_that_was_changed(source: Path, tmp_path: Path, file: str, old: str, new: str, code: str) -> None:
    from frictionless import Package

    package(source, tmp_path / "out", "frictionless")
    path = tmp_path / "out" / "tables" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert code in {e[0] for e in Package(str(tmp_path / "out" / "datapackage.json")).validate().flatten(["type"])}


def test_tables_of_pairs_say_which_record_refers_to_which(made: Path) -> None:
    rows = list(csv.DictReader((made / "tables" / "links" / "runs.data_files.tsv").open(newline="", encoding="utf-8"), delimiter="\t"))
    assert len(rows) == 6
    assert rows[0] == {"id": "ngdc.gsahuman:HRR990000", "data_files": "file/R0_1.fastq.gz"}


def test_text_that_a_spreadsheet_would_run_is_neutralised_in_tsv_and_whole_in_parquet(made: Path) -> None:
    import pyarrow.parquet as pq

    rows = list(csv.DictReader((made / "tables" / "biosamples.tsv").open(newline="", encoding="utf-8"), delimiter="\t"))
    assert rows[0]["name"] == "'=S0"
    assert pq.read_table(made / "tables" / "biosamples.parquet").to_pylist()[0]["name"] == "=S0"


# --- what nobody says -----------------------------------------------------------------------------------------------------


def test_what_nobody_says_is_told_and_not_invented(tmp_path: Path) -> None:
    bare = {"base": "https://example.org/data/", "biosamples": [{"id": "biosample/S1", "name": "S1"}]}
    done = package(write(tmp_path / "in", bare), tmp_path / "out")
    required = {(line.kind, line.option) for line in done.lacks if line.severity == "error"}
    assert {
        ("ro-crate", "--licence"),
        ("dcat", "--title"),
        ("datacite", "--publisher"),
        ("croissant", "--creator"),
        ("schema-org", "--description"),
    } <= required
    assert "license" not in json.loads((tmp_path / "out" / "schema-org.jsonld").read_text())
    assert (
        set(json.loads((tmp_path / "out" / "datacite.json").read_text())) & {"creators", "publisher", "titles", "publicationYear"} == set()
    )
    assert not Graph().parse(tmp_path / "out" / "dcat.ttl").value(URIRef("https://example.org/data/"), DCTERMS.title)


def test_words_for_what_a_vocabulary_lacks_are_no_keywords(tmp_path: Path) -> None:
    assays = [{"id": f"assay/A{n}", "samples": ["biosample/S1"], "library_strategy": word} for n, word in enumerate(("OTHER", "RNA-Seq"))]
    data = {"base": "https://example.org/data/", "biosamples": [{"id": "biosample/S1", "name": "S1"}], "sequencing_assays": assays}
    package(write(tmp_path / "in", data), tmp_path / "out")
    assert json.loads((tmp_path / "out" / "schema-org.jsonld").read_text())["keywords"] == "RNA-Seq"


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_options_say_is_no_longer_lacking(tmp_path: Path, kind: str) -> None:
    bare = {"base": "https://example.org/data/", "biosamples": [{"id": "biosample/S1", "name": "S1"}]}
    everything = Given(
        title="T", description="D", version="1", publisher="P", licence="CC0", creators=("Example, Ada",), contacts=("Bo <bo@example.org>",),
        identifier="10.1234/x", url="https://example.org/x", issued="2024-01-01", keywords=("k",),
    )  # fmt: skip
    assert package(write(tmp_path / "in", bare), tmp_path / "out", kind, everything).lacks == ()


def test_lines_group_by_option() -> None:
    lines = told(
        [
            Lack("dcat", "warning", "dct:publisher", "--publisher"),
            Lack("croissant", "error", "name", "--title"),
            Lack("dcat", "error", "dct:title", "--title"),
        ]
    )
    assert lines[0].startswith("error: nobody says name (croissant requires it) or dct:title (dcat requires it); give it with --title")
    assert lines[1].startswith("warning: ")


# --- the folder -----------------------------------------------------------------------------------------------------------


def test_a_package_is_replaced_only_by_force_and_leaves_other_files_alone(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    package(source, out, ("dcat", "frictionless"))
    (out / "notes.txt").write_text("mine")
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    with pytest.raises(UsageError, match="--force"):
        package(source, out, "dcat")
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before
    package(source, out, "datacite", force=True)
    assert sorted(p.name for p in out.iterdir()) == ["datacite.json", "notes.txt"]


def test_a_folder_of_a_conversion_is_no_place_for_a_package(source: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other")
    (other / "tables").mkdir()
    (other / "tables" / "biosamples.tsv").write_text("mine")
    for force in (False, True):
        with pytest.raises(UsageError, match="what a conversion wrote"):
            package(source, other, "dcat", force=force)
    assert sorted(p.name for p in other.iterdir()) == ["dataset.json", "report.json", "tables"]


def test_tables_that_no_package_has_written_are_left_alone(source: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / "tables").mkdir(parents=True)
    (tmp_path / "out" / "tables" / "mine.tsv").write_text("mine")
    package(source, tmp_path / "out", "dcat", force=True)
    assert (tmp_path / "out" / "tables" / "mine.tsv").exists()


def test_a_failed_run_leaves_the_old_package_as_it_was(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from omics_standards.packages import writing

    out = tmp_path / "out"
    package(source, out, given=GIVEN)
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}

    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "preview", full)
    with pytest.raises(ReadError, match="No space left"):
        package(source, out, force=True)
    with pytest.raises(ReadError, match="No space left"):
        package(source, tmp_path / "new")
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before
    assert not (tmp_path / "new").exists()


def test_wrong_use_is_one_sentence(source: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no package 'zip'"):
        package(source, tmp_path / "out", "zip")
    with pytest.raises(UsageError, match="cannot be written into it"):
        package(source, source)
    with pytest.raises(UsageError, match="is not a web address"):
        package(source, tmp_path / "out", given=Given(url="my page"))
    with pytest.raises(UsageError, match="is not a date"):
        package(source, tmp_path / "out", given=Given(issued="soon"))
    with pytest.raises(ReadError, match="no converted dataset"):
        package(tmp_path, tmp_path / "out")
    with pytest.raises(UsageError, match="no records"):
        package(write(tmp_path / "empty", {"base": "https://example.org/data/"}), tmp_path / "out")
    assert not (tmp_path / "out").exists()
