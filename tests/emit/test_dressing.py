"""Tables as archives want to see them: their headers, order and spelling, and our reader none the wiser."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from omics_standards.emit.sheets import SheetGrid
from omics_standards.emit.sheets.dressing import columns_of, dressed
from omics_standards.mapping.headers import match_headers
from omics_standards.profiles.load import load_profiles
from omics_standards.profiles.requirements import requirements

PROFILES = {p.id: p for p in load_profiles()}


def dress(profile: str, table: str, header: list[str], row: list[str], kind: str = "") -> list[list[str]]:
    grid = SheetGrid("sheet", [header, row], table=table, records=[None, ("Biosample", "S1")], targets=[None] * len(header))
    return dressed(grid, PROFILES[profile].table(table), requirements(profile, table, kind)).rows


def test_headers_get_their_stars_and_the_archives_order() -> None:
    rows = dress("ncbi-biosample", "samples", ["tissue", "mood", "organism", "sample_name"], ["liver", "fine", "Mus musculus", "S1"])
    assert rows == [["*sample_name", "*organism", "*tissue", "mood"], ["S1", "Mus musculus", "liver", "fine"]]


def test_listed_values_get_the_archives_spelling_and_others_stay() -> None:
    header = ["library_layout", "library_strategy", "instrument_model"]
    rows = dress("ncbi-sra-metadata", "libraries", header, ["PAIRED", "rna-seq", "Our own"])
    assert rows[1] == ["RNA-Seq", "paired", "Our own"]
    assert dress("ena", "experiments", header, ["paired", "RNA-Seq", ""])[1] == ["RNA-Seq", "PAIRED", ""]


def test_two_columns_of_one_field_keep_their_headers() -> None:
    rows = dress("ngdc-gsa", "human-sample", ["Sample name", "Individual accession", "Individual name"], ["S1", "", "P1"])
    assert rows[0][0] == "*sample_name"
    assert {"Individual accession", "Individual name"} <= set(rows[0])


def test_nothing_is_known_nothing_is_changed() -> None:
    grid = SheetGrid("sheet", [["sample", "study"], ["S1", "P1"]], table="reads", records=[None, None])
    assert dressed(grid, PROFILES["ena"].table("reads"), []) is grid


@given(st.data())
def test_our_reader_reads_the_same(data: st.DataObject) -> None:
    profile, name, kind = data.draw(
        st.sampled_from(
            [
                ("ngdc-gsa", "sample", "animal"),
                ("ngdc-gsa", "human-sample", "general"),
                ("ngdc-gsa", "run", ""),
                ("ncbi-biosample", "samples", "Human.1.0"),
                ("ena", "samples", "ERC000011"),
                ("ddbj", "samples", "Human"),
            ]
        )
    )
    table = PROFILES[profile].table(name)
    known = [p.strip() for key in table.columns for p in key.split("|") if "{" not in p]
    header = data.draw(st.lists(st.sampled_from([*known, "mood", "Batch of mice"]), unique_by=str.casefold, min_size=1, max_size=8))
    row = [f"cell {i}" for i, _ in enumerate(header)]
    new, cells = dress(profile, name, header, row, kind)
    assert sorted(cells) == sorted(row)  # no cell is lost, and none changed that is no listed value

    def read(heads: list[str], texts: list[str]) -> dict[str, tuple[object, ...]]:
        matches = match_headers(table, heads)
        return {t: (m.spec and (tuple(m.spec.to), m.spec.keep), m.number or "1") for m, t in zip(matches, texts, strict=True)}

    assert read(new, cells) == read(header, row)


def test_a_number_is_the_first_where_none_is_said() -> None:
    rules = requirements("ncbi-sra-metadata", "libraries")
    found = columns_of(rules, ["filename1", "filename2"], PROFILES["ncbi-sra-metadata"].table("libraries"))
    at = {r.name: c for r, c in zip(rules, found, strict=True)}
    assert (at["filename"], at["filename2"], at["filename3"]) == ([0], [1], [])


def test_headers_of_one_pattern_are_told_apart_by_the_name_in_their_brackets() -> None:
    rules = requirements("sdrf-proteomics", "rows")
    header = ["source name", "comment[sdrf annotation tool]", "comment[instrument]"]
    found = columns_of(rules, header, PROFILES["sdrf-proteomics"].table("rows"))
    at = {r.name: c for r, c in zip(rules, found, strict=True)}
    assert at["comment[sdrf annotation tool]"] == [1]
    assert at["comment[ms min charge]"] == at["comment[lc batch]"] == []
