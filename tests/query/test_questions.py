"""Each named question has the one right answer on a small dataset, and what is set cannot be anything but a value."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

import omics_standards as om
from omics_standards.errors import TermIndexError, UsageError
from omics_standards.query.asking import DatasetWords
from omics_standards.query.folders import opened
from omics_standards.query.questions import load_questions, question
from omics_standards.sparql import Session
from omics_standards.sparql.results import read_table, shorten
from omics_standards.sparql.session import DECLARED
from omics_standards.terms import NoBundle, get_terms
from query.cases import BASE, write

EXAMPLE = Path(__file__).parents[2] / "examples" / "gsa-liver.xlsx"


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with opened([write(tmp_path_factory.mktemp("small"))]) as sources, Session(sources) as made:
        yield made


class Asked:
    def __init__(self, session: Session, work: Path, bundle: object = None, base: str = BASE, **options: bool) -> None:
        self.told: list[str] = []
        self._session, self._work = session, work
        self.words = DatasetWords(session, work / "words", [base], bundle or NoBundle(), tell=self.told.append, **options)  # type: ignore[arg-type]

    def __call__(self, name: str, /, **given: str) -> list[tuple[str, ...]]:
        text = question(name).query(given, self.words)
        table = read_table(self._session.ask(text, self._work / "result", base=BASE).path)
        return [tuple("" if c is None else shorten(c.text, BASE) if c.kind == "uri" else c.text for c in row) for row in table.rows]


@pytest.fixture
def ask(session: Session, tmp_path: Path) -> Asked:
    return Asked(session, tmp_path)


HUMAN, MOUSE = ("NCBITaxon:9606", "Homo sapiens"), ("NCBITaxon:10090", "Mus musculus")
LIVER, LOBE, LUNG = ("UBERON:0002107", "liver"), ("UBERON:0001115", "left lobe of liver"), ("UBERON:0002048", "lung")
F1 = ("file/f1", "f1.fastq.gz", "biosample/L1", "liver-1", *HUMAN, *LIVER, "RNA-Seq", "TRANSCRIPTOMIC")
F2 = ("file/f2", "f2.fastq.gz", "biosample/L3", "cells-1", *HUMAN, *LIVER, "RNA-Seq", "TRANSCRIPTOMIC SINGLE CELL")
F3 = ("file/f3", "f3.fastq.gz", *F2[2:])
F4 = ("file/f4", "f4.raw", "biosample/L2", "lobe-1", *HUMAN, *LOBE, "", "")
F5 = ("file/f5", "f5.fastq.gz", "biosample/G1", "lung-1", *MOUSE, *LUNG, "ATAC-seq", "GENOMIC")


def test_every_file_stands_with_its_nearest_sample(ask: Asked) -> None:
    assert ask("files-of-samples") == [F5, F1, F4, F2, F3]


def test_files_of_all_human_liver_single_cell_rna_samples(ask: Asked) -> None:
    got = ask("files-of-samples", organism="Homo sapiens", tissue="LIVER", strategy="rna-seq", single_cell="yes")
    assert got == [F2, F3]
    assert ask("files-of-samples", organism="NCBITaxon:9606", tissue="http://purl.obolibrary.org/obo/UBERON_0002107", single_cell="no") == [
        F1
    ]
    assert ask("files-of-samples", source="TRANSCRIPTOMIC SINGLE CELL|genomic") == [F5, F2, F3]
    assert ask("files-of-samples", cell_type="hepatocyte") == [F2, F3]
    assert ask("files-of-samples", disease="type 2 diabetes mellitus", tissue="liver") == [F1, F2, F3]
    assert ask.told == []


def test_files_of_a_sample_that_is_described_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "dataset.ttl").write_text(
        "@prefix omst: <https://w3id.org/omics-standards/> . @base <https://example.org/d/> .\n<r> a omst:Run ; omst:assay <a> . <a> a omst:SequencingAssay ;\n"
        "omst:samples <https://ngdc.cncb.ac.cn/biosample/browse/SAMC1> . <f> a omst:DataFile ; omst:run <r> ."
    )
    with opened([tmp_path]) as sources, Session(sources) as session:
        assert [row[:3] for row in Asked(session, tmp_path)("files-of-samples")] == [("f", "", "ngdc.biosample:SAMC1")]


def test_terms_below_are_taken_where_asked_for(session: Session, tmp_path: Path, tiny_bundle: Path) -> None:
    terms = get_terms(tiny_bundle)
    assert Asked(session, tmp_path, terms)("files-of-samples", tissue="liver") == [F1, F2, F3]
    below = Asked(session, tmp_path, terms, subterms=True)
    assert below("files-of-samples", tissue="liver") == [F1, F4, F2, F3]
    assert below.told == ["tissue: 'liver' with 1 below it: left lobe of liver"]
    # A term that the dataset itself does not have still has terms below it.
    assert below("files-of-samples", tissue="hepatobiliary system") == [F1, F4, F2, F3]
    assert below("files-of-samples", tissue="UBERON:0002423") == [F1, F4, F2, F3]
    assert below("files-of-samples", tissue="brain") == []


def test_synonyms_are_known_where_the_ontologies_are(session: Session, tmp_path: Path, tiny_bundle: Path) -> None:
    asked = Asked(session, tmp_path, get_terms(tiny_bundle))
    assert asked("files-of-samples", tissue="iecur") == [F1, F2, F3]
    assert asked.told == ["tissue: 'iecur' is UBERON:0002107"]


def test_terms_below_need_a_bundle(session: Session, tmp_path: Path) -> None:
    with pytest.raises(TermIndexError, match="ontologies build"):
        Asked(session, tmp_path, subterms=True)


def test_a_term_that_is_not_there_gives_nothing_and_says_what_is(ask: Asked) -> None:
    assert ask("files-of-samples", tissue="livr") == []
    assert ask.told == ["tissue: no term 'livr' in this dataset; there are: left lobe of liver, liver, livre, lung"]


def test_samples_lacking_a_slot_with_the_reason(ask: Asked) -> None:
    assert ask("samples-lacking", slot="sex|collection-date") == [
        *((f"biosample/{s}", n, "collection_date", "", "") for s, n in (("G1", "lung-1"), ("L3", "cells-1"), ("X1", "spare"))),
        ("biosample/G1", "lung-1", "sex", "", ""),
        ("biosample/L1", "liver-1", "sex", "not collected", "NA"),
        ("biosample/L2", "lobe-1", "sex", "", ""),
        ("biosample/L3", "cells-1", "sex", "not collected", "NA"),
        ("biosample/X1", "spare", "sex", "", ""),
    ]


def test_what_an_archive_requires_comes_from_its_profile(ask: Asked) -> None:
    got = ask("lacking-for-archive", archive="ddbj")
    assert [row for row in got if row[3] == "organism"] == [
        ("biosample/G1", "lung-1", "Biosample", "organism", "*organism", "BioSample batch template", ""),
        ("biosample/L3", "cells-1", "Biosample", "organism", "*organism", "BioSample batch template", ""),
    ]
    assert ask("lacking-for-archive", archive="DDBJ", slot="organism") == [row for row in got if row[3] == "organism"]
    assert {row[0] for row in got if row[3] == "library_layout"} == {"assay/A4"}
    assert {row[0] for row in got if row[3] == "md5"} == {"file/f2", "file/f3"}
    # A stub is described elsewhere.
    assert not any(row[0] == "biosample/S1" for row in got)
    assert {row[5] for row in ask("lacking-for-archive", archive="ngdc-gsa", sheet="cell line") if row[3] == "cell_line"} == {"Cell line"}
    # The name that export knows it by stands for all its sheets.
    assert set(ask("lacking-for-archive", archive="ngdc-gsa")) <= set(ask("lacking-for-archive", archive="gsa"))
    with pytest.raises(UsageError, match=r"no profile 'ngdc-gs' says what it requires; do you mean ngdc-gsa"):
        ask("lacking-for-archive", archive="ngdc-gs")


def test_subjects_with_several_layers(ask: Asked) -> None:
    assert ask("subjects-with-several-layers") == [("subject/D1", "Donor 1", "3", "proteomics, single_cell, transcriptomics")]
    assert ask("subjects-with-several-layers", minimum="4") == []
    assert ask("subjects-with-several-layers", minimum="1")[1] == ("subject/M1", "Mouse 1", "1", "epigenomics")


def test_files_without_checksum(ask: Asked) -> None:
    assert ask("files-without-checksum") == [("file/f3", "f3.fastq.gz", "run/R2", "assay/A2", "xyz")]


def test_samples_by_organism_and_tissue(ask: Asked) -> None:
    assert ask("samples-by-organism-and-tissue") == [
        ("", "", "", "", "1"),
        (*MOUSE, *LUNG, "1"),
        (*HUMAN, *LOBE, "1"),
        (*HUMAN, *LIVER, "1"),
        (*HUMAN, "omst:term/tissue/livre", "livre", "1"),
    ]


def test_terms_in_use_and_terms_that_no_ontology_knows(ask: Asked) -> None:
    assert ask("local-terms") == [("tissue", "livre", "omst:term/tissue/livre", "1")]
    assert ask("local-terms", slot="cell_type") == []
    assert ask("terms-in-use", slot="organism") == [("organism", *HUMAN, "4"), ("organism", *MOUSE, "1")]
    assert [row[0] for row in ask("terms-in-use")] == [
        "cell_type",
        "disease",
        "duo_codes",
        "organism",
        "organism",
        "tissue",
        "tissue",
        "tissue",
    ]


def test_attributes_missing_and_rejected_values(ask: Asked) -> None:
    assert ask("attributes-by-name") == [("Batch", "2", "1", "b1"), ("Host diet", "1", "1", "chow")]
    assert ask("attributes-by-name", name="host DIET") == [("Host diet", "1", "1", "chow")]
    assert ask("missing-by-reason") == [("Biosample", "sex", "not collected", "2"), ("Biosample", "age", "missing", "1")]
    assert ask("missing-by-reason", slot="age") == [("Biosample", "age", "missing", "1")]
    assert ask("rejected-values") == [
        ("Biosample", "collection_date", "2023-02-30", "date-impossible", "1"),
        ("DataFile", "md5", "xyz", "checksum-malformed", "1"),
    ]


def test_datasets_with_their_policy_and_all_their_files(ask: Asked) -> None:
    policy = ("controlled", "policy/1", "DUO:0000042", "general research use", "Ask the committee")
    assert ask("datasets-and-access") == [
        ("dataset/HRA1", "Controlled data", *policy, "2"),
        ("dataset/OPEN", "Open data", "open", "", "", "", "", "0"),
    ]


def test_libraries_by_strategy_and_platform(ask: Asked) -> None:
    rest = ("PAIRED", "ILLUMINA", "Illumina NovaSeq 6000", "1")
    assert ask("libraries-by-strategy-and-platform") == [
        ("ATAC-seq", "GENOMIC", "", "", "", "1"),
        ("RNA-Seq", "TRANSCRIPTOMIC", *rest),
        ("RNA-Seq", "TRANSCRIPTOMIC SINGLE CELL", *rest),
    ]
    assert len(ask("libraries-by-strategy-and-platform", strategy="ATAC-seq")) == 1
    with pytest.raises(UsageError, match="there is no 'RNAseq'; do you mean"):
        ask("libraries-by-strategy-and-platform", strategy="RNAseq")


def test_publications(ask: Asked) -> None:
    assert ask("publications") == [("publication/1", "An invented paper", "10.1234/x", "1", "", "2024", "project/P")]


def test_what_was_made_of_a_sample(ask: Asked) -> None:
    expected = [
        ("biosample/L1", "biosample/L3", "cells-1", "Biosample", "", "biosample/L1"),
        ("biosample/L1", "file/f1", "f1.fastq.gz", "DataFile", "", "run/R1"),
        ("biosample/L1", "file/f2", "f2.fastq.gz", "DataFile", "", "run/R2"),
        ("biosample/L1", "file/f3", "f3.fastq.gz", "DataFile", "", "run/R2"),
        ("biosample/L1", "material/E1", "extract", "Material", "extract", "biosample/L1"),
        ("biosample/L1", "run/R1", "", "Run", "", "assay/A1"),
        ("biosample/L1", "run/R2", "", "Run", "", "assay/A2"),
        ("biosample/L1", "assay/A1", "", "SequencingAssay", "", "material/E1"),
        ("biosample/L1", "assay/A2", "", "SingleCellAssay", "", "biosample/L3"),
    ]
    for word in ("liver-1", "biosample/L1", BASE + "biosample/L1"):
        assert ask("derived-from-sample", sample=word) == expected
    assert [row[1] for row in ask("derived-from-sample", sample="lobe-1")] == ["file/f4", "assay/A3"]
    assert ask("derived-from-sample", sample="nobody") == []
    assert ask.told == ["no record 'nobody' in this dataset, neither by id or accession nor by name"]


def test_samples_without_data(ask: Asked) -> None:
    assert ask("samples-without-data") == [("biosample/X1", "spare", "omst:term/tissue/livre", "livre")]


def test_files_by_format_and_samples_by_place(ask: Asked) -> None:
    assert ask("files-by-format") == [("FASTQ", "4", "2", "123"), ("", "1", "0", "0")]
    assert ask("samples-by-place") == [("China", "Beijing", "2", "2023-03", "2023-04-01")]
    assert ask("samples-by-place", country="Japan") == []


def test_a_run_says_the_format_of_files_that_do_not(tmp_path: Path) -> None:
    own = '<f3> a omst:DataFile ; omst:run <r2> ; omst:file_format "BAM" ; omst:file_size 5 .'
    rest = "<f1> a omst:DataFile ; omst:file_size 2 . <f2> a omst:DataFile ; omst:run <r2> . <f4> a omst:DataFile ."
    runs = '<r1> a omst:Run ; omst:data_files <f1>, <f3> ; omst:file_format "fastq" . <r2> a omst:Run ; omst:file_format "fastq" .'
    (tmp_path / "dataset.ttl").write_text(
        f"@base <{BASE}> . @prefix omst: <https://w3id.org/omics-standards/> . {own} {rest} {runs}", encoding="utf-8"
    )
    with opened([tmp_path]) as sources, Session(sources) as session:
        assert Asked(session, tmp_path)("files-by-format") == [("fastq", "2", "1", "2"), ("", "1", "0", "0"), ("BAM", "1", "1", "5")]


def test_where_values_come_from_changes_no_answer(tmp_path: Path, tiny_bundle: Path) -> None:
    data = om.convert(EXAMPLE, bundle=str(tiny_bundle))
    answers: dict[bool, dict[str, list[tuple[str, ...]]]] = {}
    for provenance in (False, True):
        folder = tmp_path / f"data-{provenance}"
        data.write(folder, "turtle", provenance=provenance)
        with opened([folder]) as sources, Session(sources) as session:
            asked = Asked(session, tmp_path)
            first = data.records("Biosample")[0].id
            given = {"record": first, "sample": first, "archive": "ngdc-gsa", "slot": "tissue"}
            answers[provenance] = {
                name: asked(name, **{p: given[p] for p, told in q.parameters.items() if told.required})
                for name, q in load_questions().items()
            }
    assert answers[True] == answers[False]
    assert sum(map(bool, answers[True].values())) > 8


def test_records_by_class(ask: Asked) -> None:
    got = {row[0]: row[1:] for row in ask("records-by-class")}
    assert got["Biosample"] == ("6", "1")
    assert got["DataFile"] == ("5", "0")
    assert set(got) == {
        "AccessPolicy", "Biosample", "DataFile", "Dataset", "Material", "Process", "Project", "ProteomicsAssay", "Publication", "Run", "SequencingAssay",
        "SingleCellAssay", "Subject",
    }  # fmt: skip


def test_all_about_a_record(ask: Asked) -> None:
    got = {(row[1], row[2]): row[3:] for row in ask("about-record", record="cells-1")}
    assert got["class", "omst:Biosample"] == ("", "")
    assert got["cell_type", "CL:0000182"] == ("hepatocyte", "")
    assert got["missing", "m/2"] == ("", "raw: -, reason: missing, slot: age")
    assert got["attributes", "a/2"] == ("", "name: Host diet, value: chow")
    assert len(got) == 8


@pytest.mark.parametrize("name", load_questions())
def test_every_question_reads_as_it_stands_says_what_it_is_and_has_an_order(name: str) -> None:
    one = question(name)
    pyoxigraph.Store().query(one.text, prefixes=DECLARED)
    assert one.title
    assert one.description.endswith(".")
    assert "ORDER BY" in one.text.splitlines()[-1]
    assert all(p.description and (p.example or not p.required) for p in one.parameters.values())


@pytest.mark.parametrize("name", load_questions())
def test_every_question_is_tested_here(name: str) -> None:
    assert f'ask("{name}"' in Path(__file__).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("publications", {"title": "x"}, "publications has no parameter 'title'; there are: none"),
        ("samples-lacking", {}, "samples-lacking needs slot: .* such as --set slot='tissue'"),
        ("samples-lacking", {"slot": "tisue"}, "Biosample has no slot 'tisue'; do you mean tissue"),
        ("files-of-samples", {"organsm": "x"}, "do you mean organism"),
        ("files-of-samples", {"single_cell": "maybe"}, "yes or no is expected, not 'maybe'"),
        ("subjects-with-several-layers", {"minimum": "two"}, "a number is expected, not 'two'"),
        ("subjects-with-several-layers", {"minimum": "NaN"}, "a number is expected"),
    ],
)
def test_what_does_not_fit_is_said(ask: Asked, name: str, given: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        ask(name, **given)


class _Nothing:
    def terms(self, slot: str, word: str) -> list[str]:
        return []

    def records(self, word: str) -> list[str]:
        return []


@given(
    st.text(max_size=30),
    st.sampled_from(['"', "\\", "'", "\n", '" } #', "\\u0022", '")) } DELETE WHERE { ?s ?p ?o } #', "$list", "\ud800"]),
)
def test_a_text_stays_one_literal(text: str, tail: str) -> None:
    value = (text + tail).replace("|", "")
    if not value.strip():
        return
    made = question("attributes-by-name").query({"name": value}, _Nothing())
    results = pyoxigraph.Store().query(made, prefixes={"omst": "https://w3id.org/omics-standards/"})
    assert [v.value for v in results.variables] == ["name", "records", "different", "first"]


def test_questions_of_one_s_own(tmp_path: Path, ask: Asked) -> None:
    (tmp_path / "runs.rq").write_text("#+ title: Runs\n#+ description: All runs.\nSELECT ?run { ?run a omst:Run } ORDER BY ?run\n")
    assert question("runs", str(tmp_path)).title == "Runs"
    assert "publications" in load_questions(str(tmp_path))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * {}", "its first lines must be"),
        ("#+ title: [\nSELECT * {}", "its first lines must be"),
        ("#+ title: a\n#+ description: b\n#+ parameters: {x: {kind: guess, description: c}}\nSELECT * {\n#? x: FILTER($list)\n}", "guess"),
        ("#+ title: a\n#+ description: b\n#+ parameters: {x: {description: c}}\nSELECT * {}", r"parameters \['x'\]"),
        ("#+ title: a\n#+ description: b\nSELECT * {\n#? y: FILTER($list)\n}", r"parameters \['y'\]"),
    ],
)
def test_a_broken_question_names_its_file(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "broken.rq").write_text(text)
    with pytest.raises(UsageError, match=rf"(?s)broken\.rq.*{said}"):
        load_questions(str(tmp_path))
