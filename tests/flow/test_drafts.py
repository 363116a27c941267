"""Drafted profiles: what is proposed for the columns of an invented table, and that the draft converts it as it stands."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import omics_standards as om
from omics_standards.errors import UsageError
from omics_standards.mapping.drafting import known_names
from omics_standards.mapping.drafting.agree import fit
from omics_standards.mapping.drafting.beside import numbered
from omics_standards.mapping.drafting.evidence import looked_at
from omics_standards.mapping.drafting.names import Target
from omics_standards.mapping.drafting.words import split_words, variants
from omics_standards.profiles import load_profile, load_profiles
from omics_standards.tables import from_rows
from omics_standards.terms import NoBundle

HEADERS = [
    "Probe ID", "Donor", "Organism", "Tissue", "Collected on", "Age (years)", "Gender", "lat", "long", "reads_1", "reads_2", "md5_1", "md5_2",
    "Library Strategy", "Zebra score", "a|b {n}", "采样地点", "no",
]  # fmt: skip
ROWS = [
    ["P1", "D1", "Homo sapiens", "liver", "2020-01-03", "34", "M", "31.2", "121.4", "a_1.fq.gz", "a_2.fq.gz", "0" * 31 + "1", "0" * 31 + "2",
     "RNA-Seq", "7", "x", "China: Shanghai", "1"],
    ["P2", "D1", "Homo sapiens", "kidney", "2020-01-04", "34", "M", "31.2", "121.5", "b_1.fq.gz", "b_2.fq.gz", "0" * 31 + "3", "0" * 31 + "4",
     "RNA-Seq", "9", "", "China: Beijing", "2"],
    ["P3", "D2", "Homo sapiens", "lung", "2020-02-04", "50", "F", "30.2", "120.5", "c_1.fq.gz", "c_2.fq.gz", "0" * 31 + "5", "0" * 31 + "6",
     "RNA-Seq", "8", "y", "China: Beijing", "3"],
]  # fmt: skip


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("drafts") / "lab.tsv"
    path.write_text("\n".join("\t".join(r) for r in [HEADERS, *ROWS]) + "\n", encoding="utf-8")
    return path


def proposals(draft: om.conversion.Draft) -> dict[str, tuple[str, str] | None]:  # type: ignore[name-defined]
    return {c.header: tuple(c.best.target) if c.best else None for _, c in draft.columns()}  # type: ignore[misc]


def test_columns_get_the_slots_that_their_names_and_cells_say(lab: Path) -> None:
    found = proposals(om.draft_profile(lab))
    assert found["Donor"] == ("Subject", "name")
    assert found["Organism"] == ("Biosample", "organism")
    assert found["Collected on"] == ("Biosample", "collection_date")
    assert found["Age (years)"] == ("Biosample", "age")
    assert found["reads_2"] == ("DataFile", "file_name")
    assert found["md5_1"] == ("DataFile", "md5")
    assert found["Library Strategy"] == ("Assay", "library_strategy")
    assert found["采样地点"] == ("Biosample", "collection_place")
    assert found["Zebra score"] is None


def test_latitude_and_longitude_are_one_place(lab: Path) -> None:
    columns = {c.header: c for _, c in om.draft_profile(lab).columns()}
    assert columns["lat"].companions == {"longitude": "long"}
    assert columns["long"].beside == "lat"


def test_the_draft_loads_and_converts_the_file_as_it_stands(lab: Path, tmp_path: Path) -> None:
    path = tmp_path / "lab.yaml"
    path.write_text(om.draft_profile(lab).text, encoding="utf-8")
    profile = load_profile(path)
    assert profile.table("rows").records["file"].repeat
    data = om.convert(lab, str(path))
    counts = Counter({cls: len(data.records(cls)) for cls in ("Biosample", "Subject", "DataFile", "SequencingAssay")})
    assert counts == Counter({"Biosample": 3, "Subject": 2, "DataFile": 6, "SequencingAssay": 3})
    assert data.ledger.counts["rejected"] == 0
    assert data.ledger.closes
    sample = next(r for r in data.records("Biosample") if r.id == "biosample/P1")
    assert [a.name for a in sample.values("attributes")] == ["Zebra score", "a|b {n}", "no"]


def test_the_draft_is_recognised_beside_all_other_formats(lab: Path, tmp_path: Path) -> None:
    (tmp_path / "lab.yaml").write_text(om.draft_profile(lab).text, encoding="utf-8")
    data = om.convert(lab, profiles=[str(tmp_path)])
    assert data.report()["inputs"][0]["sheets"][0]["profile"] == "lab"


def test_a_draft_says_why_and_names_alternatives(lab: Path) -> None:
    text = om.draft_profile(lab).text
    assert "3 of 3 are dates" in text or "certain" in text
    assert "# --- Certain" in text
    assert text == om.draft_profile(lab).text


def test_cells_that_contradict_a_name_cost_its_confidence() -> None:
    good = om.draft_profile(from_rows(["sample", "collection_date"], [["a", "2020-01-02"], ["b", "2020-01-03"]], name="x"))
    bad = om.draft_profile(from_rows(["sample", "collection_date"], [["a", "liver"], ["b", "lung"]], name="x"))
    sure = {c.header: c for _, c in good.columns()}["collection_date"]
    unsure = {c.header: c for _, c in bad.columns()}["collection_date"]
    assert sure.certain
    assert not unsure.certain
    assert unsure.proposals[0].confidence < sure.proposals[0].confidence - 0.2


def test_a_sheet_that_says_nothing_keeps_its_cells() -> None:
    book = from_rows(["q1", "q2"], [["1", "2"], ["3", "4"]], name="x.csv")
    draft = om.draft_profile(book)
    assert draft.tables[0].main == "entry"
    assert yaml.safe_load(draft.text)["tables"][0]["columns"]["q1"] == {"keep": "entry"}


def test_a_tree_and_an_empty_sheet_are_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('[{"a": 1}]', encoding="utf-8")
    with pytest.raises(UsageError, match="not a table"):
        om.draft_profile(path)


def test_a_draft_does_not_take_the_name_of_a_known_format() -> None:
    book = from_rows(["sample"], [["a"]]).rename("mixs.tsv")
    assert om.draft_profile(book).id == "mixs-draft"


def test_names_of_a_hidden_format_are_not_known() -> None:
    every = load_profiles()
    without = known_names([p for p in every if p.family != "refinebio"])
    assert known_names(every).meanings("refinebio_accession_code")[0].weight > 0.8
    assert all(m.weight < 0.8 for m in without.meanings("refinebio_accession_code"))


def test_fit_tells_dates_from_words() -> None:
    dates, words = looked_at(Counter(["2020-01-02", "2021"])), looked_at(Counter(["liver", "lung"]))
    target = Target("Biosample", "collection_date")
    assert fit(target, dates, NoBundle()).share == 1.0
    assert fit(target, words, NoBundle()).share == 0.0


def test_words_and_variants() -> None:
    assert split_words("HostAgeUnits") == ("host", "age", "unit")
    assert split_words("") == ()
    assert variants("Characteristics[sex]")[1].form == "sex"
    assert variants("***") == ()


def test_numbered_headers() -> None:
    assert numbered(["read1_file", "read2_file"]) == "read{n}_file"
    assert numbered(["a", "b"]) == ""


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=6),
    st.lists(st.sampled_from(["", "NA", "1.5", "2020", "x: y", "# z", "it's", "a;b", "M"]), min_size=6, max_size=6),
)
def test_any_headers_give_a_profile_that_loads_and_loses_nothing(
    tmp_path_factory: pytest.TempPathFactory, headers: list[str], cells: list[str]
) -> None:
    book = from_rows(headers, [cells[: len(headers)], cells[: len(headers)][::-1]], name="any.csv")
    try:
        draft = om.draft_profile(book)
    except UsageError:
        return
    path = tmp_path_factory.mktemp("any") / "any.yaml"
    path.write_text(draft.text, encoding="utf-8")
    load_profile(path)


def test_convert_reads_what_is_certain_of_an_unknown_sheet_and_asks_for_the_rest() -> None:
    headers = ["sample id", "tissue", "collection_date", "donor condition", "mood"]
    book = from_rows(headers, [["S1", "liver", "2020-05-01", "x", "fine"], ["S2", "lung", "2020-06", "y", "NA"]]).rename("lab.csv")
    data = om.convert(book)
    sample = data.record("Biosample", "biosample/S1")
    assert sample is not None
    assert sample.values("collection_date") == ("2020-05-01",)
    assert {a.name for a in sample.values("attributes")} >= {"mood"}
    assert data.classes() == ["Biosample"] if callable(data.classes) else data.classes == ["Biosample"]
    by_code = {f.code: f for f in data.findings}
    assert "profiles draft" in by_code["sheet-unknown"].fix
    assert "tissue is Biosample.tissue" in by_code["columns-by-name"].expected
    assert data.ledger.closes


def test_convert_does_not_use_a_column_whose_cells_contradict_its_name() -> None:
    book = from_rows(["specimen name", "tissue", "collection_date"], [["S1", "liver", "red"], ["S2", "lung", "blue"]]).rename("lab.csv")
    data = om.convert(book)
    assert data.record("Biosample", "biosample/S1").values("collection_date") == ()  # type: ignore[union-attr]
    assert [f.header for f in data.findings if f.code == "column-doubtful"] == ["collection_date"]


def test_convert_makes_entries_where_nobody_knows_what_a_row_is() -> None:
    data = om.convert(from_rows(["date", "q1", "q2"], [["2020-05-01", "1", "2"]]).rename("lab.csv"))
    assert len(data.records("Entry")) == 1
    assert "columns-by-name" not in {f.code for f in data.findings}


def drafted(headers: list[str], rows: list[list[str]], name: str = "lab.csv") -> dict[str, om.mapping.drafting.ColumnDraft]:  # type: ignore[name-defined]
    return {c.header: c for _, c in om.draft_profile(from_rows(headers, rows).rename(name)).columns()}


def test_accessions_are_read_beside_the_names_of_their_terms() -> None:
    rows = [["S1", "liver", "UBERON:0002107", "x:1"], ["S2", "lung", "UBERON:0002048", "x:2"]]
    columns = drafted(["sample name", "tissue", "tissue_ontology_term_id", "tissue note"], rows)
    assert columns["tissue"].companions == {"accession": "tissue_ontology_term_id"}
    assert columns["tissue_ontology_term_id"].beside == "tissue"
    assert columns["tissue note"].beside is None


def test_the_name_beside_an_id_is_a_title_and_alone_it_is_the_name() -> None:
    both = drafted(["sample_id", "sample_name"], [["S1", "mouse one"], ["S2", "mouse two"]])
    alone = drafted(["sample_name", "tissue"], [["mouse one", "liver"], ["mouse two", "lung"]])
    assert both["sample_id"].best.target == Target("Biosample", "name")  # type: ignore[union-attr]
    assert both["sample_name"].best.target == Target("Biosample", "title")  # type: ignore[union-attr]
    assert alone["sample_name"].best.target == Target("Biosample", "name")  # type: ignore[union-attr]


def test_accessions_say_themselves_whose_they_are() -> None:
    columns = drafted(["sample name", "archive no"], [["S1", "SRR1234567"], ["S2", "SRR1234568"]])
    assert columns["archive no"].proposals[0].target == Target("Run", "accessions")


def test_a_stray_column_makes_no_record_of_its_own() -> None:
    rows = [[f"S{i}", "liver", str(i / 10)] for i in range(5)]
    draft = om.draft_profile(from_rows(["sample name", "tissue", "flow rate in the lab"], rows).rename("lab.csv"))
    assert [r.cls for r in draft.tables[0].roles] == ["Biosample"]


def test_words_that_all_headers_share_are_left_out() -> None:
    rows = [["S1", "liver", "2020-01-02", "M"], ["S2", "lung", "2020-01-03", "F"]]
    columns = drafted(["zz-sample name", "zz-tissue", "zz-collection date", "zz-sex"], rows)
    assert [c.best.target.slot for c in columns.values() if c.best] == ["name", "tissue", "collection_date", "sex"]


def test_subjects_are_what_a_sheet_without_samples_is_about() -> None:
    rows = [["P1", "M", "34"], ["P2", "F", "50"]]
    patients = drafted(["patient_id", "sex", "age (years)"], rows)
    samples = drafted(["sample_id", "sex", "age (years)"], rows)
    assert {c.best.target.kind for c in patients.values() if c.best} == {"Subject"}
    assert {c.best.target.kind for c in samples.values() if c.best} == {"Biosample"}


def test_numbers_without_a_unit_ask_for_one() -> None:
    bare = om.draft_profile(from_rows(["sample name", "age", "tissue"], [["S1", "34", "liver"], ["S2", "50", "lung"]]).rename("x.csv")).text
    said = om.draft_profile(
        from_rows(["sample name", "age (years)", "tissue"], [["S1", "34", "liver"], ["S2", "50", "lung"]]).rename("x.csv")
    ).text
    assert "numbers without a unit" in bare
    assert "numbers without a unit" not in said
