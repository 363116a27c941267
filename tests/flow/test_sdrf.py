"""What SDRF says beyond one row per sample: templates, members of pools, fractions of one assay, words of the specification."""

from __future__ import annotations

from typing import TYPE_CHECKING

import omics_standards as om
from omics_standards.tables import from_rows

if TYPE_CHECKING:
    from pathlib import Path

HEADERS = ["source name", "characteristics[organism]", "assay name", "technology type", "comment[data file]", "comment[label]"]


def _convert(more: list[list[str]], *rows: list[str]) -> om.Dataset:
    """Convert rows with more columns, each a header and its cells."""
    table = [[*row, *(column[k] for column in more)] for k, row in enumerate(rows, 1)]
    data = om.convert(from_rows([*HEADERS, *(c[0] for c in more)], table), "sdrf-proteomics", bundle="/no/bundle", today="2026-01-01")
    assert data.ledger.closes
    return data


ROW = ["s1", "Mus musculus", "a1", "proteomic profiling by mass spectrometry", "1.raw", "TMT126"]
OTHER = ["s2", "Mus musculus", "a1", "proteomic profiling by mass spectrometry", "2.raw", "TMT127"]


def test_templates_that_a_file_declares_are_recorded() -> None:
    data = _convert([["comment[sdrf template]", "NT=human;VV=v1.1.0"], ["comment[sdrf template]", "ms-proteomics v1.0.0"]], ROW)
    assert data.records("ProteomicsAssay")[0].values("conforms_to") == ("human v1.1.0", "ms-proteomics v1.0.0")


def test_members_of_a_pool_are_linked_and_a_sample_that_is_none_has_none() -> None:
    data = _convert([["characteristics[pooled sample]", "not pooled", "SN=s1;SN=s 3"]], ROW, OTHER)
    pools = {r.id: (r.values("is_pooled"), r.values("derived_from")) for r in data.records("Biosample")}
    assert pools.pop("biosample/s%203") == ((), ())  # no row describes it: it is only referred to
    assert pools == {"biosample/s1": ((False,), ()), "biosample/s2": ((True,), ("biosample/s1", "biosample/s%203"))}
    assert [r.id for r in data.records("Biosample") if r.stub] == ["biosample/s%203"]


def test_fractions_of_one_assay_are_told_by_their_files() -> None:
    data = _convert([["comment[fraction identifier]", "1", "2"]], ROW, OTHER)
    assert not [f for f in data.findings if f.code == "conflict"]
    fractions = {r.values("data_files"): r.values("fraction_identifier") for r in data.records("Run")}
    assert fractions == {("file/1.raw",): ("1",), ("file/2.raw",): ("2",)}


def test_a_channel_keeps_its_sample() -> None:
    data = _convert([], ROW, [*OTHER[:4], "1.raw", "TMT127"])
    assert {r.id: r.values("derived_from") for r in data.records("Material")} == {
        "material/s1/TMT126": ("biosample/s1",),
        "material/s2/TMT127": ("biosample/s2",),
    }
    assert set(data.records("ProteomicsAssay")[0].values("samples")) == {"material/s1/TMT126", "material/s2/TMT127"}


def test_a_word_of_the_specification_is_its_term_where_the_ontology_has_it(tmp_path: Path) -> None:
    from terms.tiny import build_tiny_bundle

    profile = tmp_path / "lab.yaml"
    profile.write_text(
        "id: lab\nfamily: lab\ntitle: x\ntables:\n  - id: t\n    records: {s: {class: Biosample, id: [Nr]}}\n    main: s\n"
        "    columns: {Nr: s.name, Organ: {to: s.tissue, means: {the big gland: 'UBERON:0002107', no such: 'UBERON:9999999'}}}\n",
        encoding="utf-8",
    )
    build_tiny_bundle(tmp_path / "tiny.sqlite")
    book = from_rows(["Nr", "Organ"], [["1", "The big gland"], ["2", "no such"]])
    data = om.convert(book, "lab", profiles=[str(tmp_path)], bundle=str(tmp_path / "tiny.sqlite"))
    assert [r.values("tissue")[0] for r in data.records("Biosample")] == [("UBERON:0002107", "liver"), (None, "no such")]
    assert [f.value for f in data.findings if f.code.startswith("term-")] == ["no such"]
