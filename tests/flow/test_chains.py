"""Rows that are paths: steps, what stands beside them, links along the row, skipped steps."""

from __future__ import annotations

import pytest

import omics_standards as om
from omics_standards.errors import ProfileError
from omics_standards.mapping.chain import steps_of
from omics_standards.mapping.headers import match_headers
from omics_standards.profiles import load_profiles
from omics_standards.profiles.load import load_profile
from omics_standards.tables import from_rows

ISA = next(p for p in load_profiles() if p.id == "isa-tab")


def _convert(headers: list[str], *rows: list[str], profile: str = "isa-tab") -> om.Dataset:
    data = om.convert(from_rows(headers, list(rows)), profile, bundle="/no/bundle", today="2026-01-01")
    assert data.ledger.closes, data.ledger
    return data


def _graph(data: om.Dataset, cls: str, *slots: str) -> dict[str, tuple[object, ...]]:
    return {r.id: tuple(sorted(map(str, r.values(s))) for s in slots) for r in data.records(cls)}


def test_a_column_belongs_to_the_step_on_its_left() -> None:
    headers = [
        "Source Name",
        "Material Type",
        "Protocol REF",
        "Date",
        "Sample Name",
        "Material Type",
        "Protocol REF",
        "Date",
        "Sample Name",
    ]
    matches = match_headers(ISA.table("study"), headers)
    assert steps_of(ISA.table("study"), matches) == {"source#1": 0, "process#1": 2, "sample#1": 4, "process#2": 6, "sample#2": 8}
    assert [(m.spec.to[0], m.number) for m in matches if m.spec and m.header in ("Material Type", "Date")] == [
        ("source.material_type", "1"),
        ("process.start_date", "1"),
        ("sample.material_type", "1"),
        ("process.start_date", "2"),
    ]


def test_pooling_and_splitting() -> None:
    data = _convert(
        ["Source Name", "Protocol REF", "Sample Name"], ["a", "take", "p"], ["b", "take", "p"], ["c", "take", "q"], ["c", "take", "r"]
    )
    assert _graph(data, "Biosample", "derived_from")["biosample/p"] == (["biosample/source/a", "biosample/source/b"],)
    assert _graph(data, "Process", "inputs", "outputs") == {
        "process/take/biosample/p": (["biosample/source/a", "biosample/source/b"], ["biosample/p"]),
        "process/take/biosample/q": (["biosample/source/c"], ["biosample/q"]),
        "process/take/biosample/r": (["biosample/source/c"], ["biosample/r"]),
    }


def test_a_source_and_a_sample_of_one_name_are_two_things() -> None:
    data = _convert(["Source Name", "Protocol REF", "Sample Name"], ["a", "take", "a"])
    assert _graph(data, "Biosample", "derived_from") == {"biosample/source/a": ([],), "biosample/a": (["biosample/source/a"],)}


def test_two_protocols_in_a_row_follow_each_other_and_one_twice_is_applied_twice() -> None:
    data = _convert(["Source Name", "Protocol REF", "Protocol REF", "Protocol REF", "Sample Name"], ["a", "grow", "grow", "take", "s"])
    assert _graph(data, "Process", "inputs") == {
        "process/grow/biosample/s": (["biosample/source/a"],),
        "process/grow/biosample/s/2": (["process/grow/biosample/s"],),
        "process/take/biosample/s": (["process/grow/biosample/s/2"],),
    }


def test_an_empty_cell_or_an_arrow_skips_its_step() -> None:
    headers = ["Sample Name", "Protocol REF", "Extract Name", "Characteristics[batch]", "MS Assay Name", "Raw Spectral Data File"]
    data = _convert(headers, ["s", "extract", "", "7", "m", "f.raw"], ["t", "->", "->", "", "n", "g.raw"])
    assert len(data.records("Biosample")) == 2
    assert [r.cls for r in data if r.cls in ("Material", "Process", "Protocol")] == ["Protocol", "Process"]
    assert _graph(data, "MassSpectrometryAssay", "samples") == {"assay/m": (["biosample/s"],), "assay/n": (["biosample/t"],)}
    # What stands beside the extract that was skipped is told by the step on its left.
    process = data.records("Process")[0]
    assert [(a.name, a.value) for a in process.values("attributes")] == [("Characteristics[batch]", "7")]  # type: ignore[union-attr]


def test_a_row_that_names_nothing_is_kept_under_its_place() -> None:
    data = _convert(["Source Name", "Characteristics[colour]", "Sample Name"], ["", "red", ""], ["a", "", "b"])
    assert "id-missing" in {f.code for f in data.findings}
    assert [r.id for r in data.records("Biosample") if "/row/" in r.id] == ["biosample/row/2"]


def test_files_side_by_side_come_of_one_run() -> None:
    headers = [
        "Sample Name",
        "MS Assay Name",
        "Raw Spectral Data File",
        "Raw Spectral Data File",
        "Protocol REF",
        "Derived Spectral Data File",
    ]
    data = _convert(headers, ["s", "m", "1.wiff", "1.scan", "peaks", "1.txt"], ["s", "n", "", "2.scan", "peaks", "2.txt"])
    assert _graph(data, "Run", "data_files") == {
        "run/m": (["file/1.scan", "file/1.wiff"],),
        "run/n": (["file/2.scan"],),
    }
    assert _graph(data, "Process", "inputs")["process/peaks/file/1.txt"] == (["file/1.scan", "file/1.wiff"],)
    assert _graph(data, "DataFile", "source_files")["file/2.txt"] == (["file/2.scan"],)


def test_channels_stay_apart() -> None:
    headers = ["Source Name", "Protocol REF", "Labeled Extract Name", "Label", "Hybridization Name", "Array Design REF", "Array Data File"]
    data = _convert(
        headers, ["a", "label", "x", "Cy3", "h", "A1", "h.cel"], ["b", "label", "x", "Cy5", "h", "A1", "h.cel"], profile="magetab-sdrf"
    )
    assert _graph(data, "Material", "derived_from") == {
        "material/labelled/x/Cy3": (["biosample/a"],),
        "material/labelled/x/Cy5": (["biosample/b"],),
    }
    assert len(data.records("ArrayAssay")) == 1
    assert _graph(data, "DataFile", "samples")["file/h.cel"] == (["material/labelled/x/Cy3", "material/labelled/x/Cy5"],)


def test_an_accession_beside_a_name_begins_no_step() -> None:
    headers = ["Source Name", "Comment[ENA_SAMPLE]", "Protocol REF", "Extract Name", "Comment[LIBRARY_LAYOUT]", "Assay Name"]
    data = _convert(headers, ["a", "ERS206786", "P-1", "e", "SINGLE", "x"], profile="magetab-sdrf")
    assert _graph(data, "Biosample", "accessions") == {"biosample/a": (["insdc.sra:ERS206786"],)}


@pytest.mark.parametrize(
    ("chain", "records", "said"),
    [
        ("{steps: [sample]}", "sample: {class: Biosample}", "need 'repeat'"),
        ("{steps: [sample], groups: {any: [sample, stray]}}", "sample: {class: Biosample, repeat: true}", "stray"),
        ("{steps: [sample]}", "sample: {class: Biosample, repeat: true, links: {derived_from: ['< nobody']}}", "nobody"),
        ("{steps: [sample], groups: {any: [sample]}}", "sample: {class: Biosample, repeat: true}", "no slot"),
    ],
)
def test_what_a_profile_may_not_say(chain: str, records: str, said: str, tmp_path: pytest.TempPathFactory) -> None:
    path = tmp_path / "x.yaml"  # type: ignore[operator]
    column = "any.no_such_slot" if said == "no slot" else "sample.name"
    path.write_text(
        f"id: x\nfamily: x\ntitle: x\ntables:\n  - id: t\n    chain: {chain}\n    records:\n      {records}\n    main: sample\n"
        f"    columns: {{Name: {column}}}\n",
        encoding="utf-8",
    )
    with pytest.raises(ProfileError, match=said):
        load_profile(path)
