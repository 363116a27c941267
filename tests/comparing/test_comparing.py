"""Two datasets compared: from folders, files, sheets and memory; renames; terms; patches that lead from one graph to the other."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pandas as pd
import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

import omics_standards as om
from omics_standards.comparing import compare_sources, write_patch
from omics_standards.comparing.text import Counts, stat_lines, text_lines
from omics_standards.conversion import Dataset
from omics_standards.emit.normal import differences
from omics_standards.errors import ReadError

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "gsa-liver.xlsx"
HEADERS = ["*sample_name", "*organism", "isolate", "age", "*tissue", "sample_title"]
ROWS = [
    ["S1", "Mus musculus", "i1", "8 weeks", "liver", "one"],
    ["S2", "Mus musculus", "i2", "8 weeks", "lung", "two"],
    ["S3", "Homo sapiens", "i3", "30 years", "liver", "three"],
]


def sheet(rows: list[list[str]], bundle: Path | None = None, **options: object) -> Dataset:
    frame = pd.DataFrame(rows, columns=HEADERS)
    return om.convert(frame, "ncbi-biosample", bundle=str(bundle) if bundle else None, today="2026-01-01", **options)  # type: ignore[arg-type]


def told(a: object, b: object, **options: object) -> list[tuple[str, str, str]]:
    with compare_sources(a, b, **options) as found:  # type: ignore[arg-type]
        return [(d.kind, d.id, d.slot) for d in found]


def edited(row: int, column: str, text: str) -> list[list[str]]:
    rows = [list(r) for r in ROWS]
    rows[row][HEADERS.index(column)] = text
    return rows


def test_versions_of_a_sheet_match_although_their_bases_differ(tiny_bundle: Path) -> None:
    a, b = sheet(ROWS, tiny_bundle), sheet(edited(0, "*tissue", "lung"), tiny_bundle)
    assert a.base != b.base
    with compare_sources(a, b) as found:
        (one,) = found
        assert one.before[0]["id"], one.after[0]["id"] == ("UBERON:0002107", "UBERON:0002048")
        assert (one.kind, one.id, one.slot) == ("changed", "biosample/S1", "tissue")
        assert found.terms() == []  # the sheet was edited, the ontology did not move


def test_folders_files_sheets_and_memory_say_the_same(tmp_path: Path, tiny_bundle: Path) -> None:
    a, b = sheet(ROWS), sheet([*edited(1, "isolate", "changed")[:2], ["S4", "Mus musculus", "i4", "", "", ""]])
    a.write(tmp_path / "a", "json")
    b.write(tmp_path / "b", "json")
    pretty = tmp_path / "pretty.json"
    pretty.write_text(json.dumps(json.loads((tmp_path / "b/dataset.json").read_text()), indent=1))
    expected = [("changed", "biosample/S2", "isolate"), ("removed", "biosample/S3", ""), ("added", "biosample/S4", "")]
    assert told(a, b) == told(tmp_path / "a", tmp_path / "b/dataset.json") == told(tmp_path / "a/dataset.json", pretty) == expected
    assert [(d.kind, d.id, d.slot) for d in differences(a, b)] == expected
    for name, data in (("a", ROWS), ("b", [*edited(1, "isolate", "changed")[:2], ["S4", "Mus musculus", "i4", "", "", ""]])):
        (tmp_path / f"{name}.tsv").write_text("\n".join("\t".join(r) for r in [HEADERS, *data]) + "\n")
    assert told(tmp_path / "a.tsv", tmp_path / "b") == expected


def test_the_same_is_the_same(tmp_path: Path) -> None:
    a = sheet(ROWS)
    a.write(tmp_path, "json")
    assert told(a, tmp_path) == told(tmp_path, a) == told(tmp_path, tmp_path) == []


def test_an_empty_dataset(tmp_path: Path) -> None:
    (tmp_path / "dataset.json").write_text('{"base": "https://x.org/"}\n')
    assert told(tmp_path, tmp_path) == []
    assert {k for k, _, _ in told(tmp_path, sheet(ROWS))} == {"added"}


@pytest.mark.parametrize(
    "text",
    [
        '{"base": "https://x.org/",\n"biosamples": [\n{"id": "biosample/S1"},\n',
        '{"base": "https://x.org/",\n"biosamples": [\n{"id": 1}\n]}\n',
        '{"base": "https://x.org/",\n"biosamples": {"id": "x"}}\n',
        '{"base": "https://x.org/",\n"biosamples": [\n{"id": "biosample/S1", "title": }\n]}\n',
    ],
)
def test_a_damaged_dataset_is_said_in_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "dataset.json").write_text(text)
    with pytest.raises(ReadError, match="not JSON as a conversion writes it"):
        told(tmp_path, sheet(ROWS))


def test_a_folder_without_dataset_json(tmp_path: Path) -> None:
    sheet(ROWS).write(tmp_path, "tsv")
    with pytest.raises(ReadError, match="convert with --to json"):
        told(tmp_path, tmp_path)


def test_rdf_is_a_side_as_well(tmp_path: Path, tiny_bundle: Path) -> None:
    a = sheet(ROWS, tiny_bundle)
    a.write(tmp_path / "rdf", "turtle")
    sheet(edited(0, "isolate", "x"), tiny_bundle).write(tmp_path / "b", "json,ntriples")
    assert told(a, tmp_path / "rdf") == told(tmp_path / "rdf" / "dataset.ttl", a) == []
    expected = [("changed", "biosample/S1", "isolate")]
    assert told(tmp_path / "rdf", tmp_path / "b") == told(a, tmp_path / "b" / "dataset.nt") == expected
    broken = tmp_path / "broken.ttl"
    broken.write_text("<a> <b> .")
    with pytest.raises(ReadError):
        told(broken, a)


def test_a_record_of_another_name_and_the_same_accession_is_renamed(tmp_path: Path) -> None:
    def dataset(name: str, record: dict[str, object]) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        assay = {"id": "assay/A1", "samples": [record["id"]]}
        (folder / "dataset.json").write_text(json.dumps({"base": "https://x.org/", "biosamples": [record], "sequencing_assays": [assay]}))
        return folder

    a = dataset("a", {"id": "biosample/S1", "name": "S1", "accessions": ["biosample:SAMN1"], "sex": "male"})
    b = dataset("b", {"id": "biosample/T1", "name": "T1", "accessions": ["biosample:SAMN1"], "sex": "female"})
    assert told(a, b) == [("renamed", "biosample/T1", ""), ("changed", "biosample/T1", "name"), ("changed", "biosample/T1", "sex")]
    assert told(a, b, renames=False) == [
        ("removed", "biosample/S1", ""), ("added", "biosample/T1", ""), ("changed", "assay/A1", "samples")
    ]  # fmt: skip


def test_contents_tell_a_renamed_record_only_where_they_are_of_one() -> None:
    renamed = edited(0, "*sample_name", "T1")
    assert told(sheet(ROWS), sheet(renamed)) == [("renamed", "biosample/T1", ""), ("changed", "biosample/T1", "name")]
    twice = [[*ROWS[0]], ["S9", *ROWS[0][1:]], *ROWS[1:]]
    again = [["T1", *ROWS[0][1:]], ["T9", *ROWS[0][1:]], *ROWS[1:]]
    assert sorted(told(sheet(twice), sheet(again))) == [
        ("added", "biosample/T1", ""), ("added", "biosample/T9", ""), ("removed", "biosample/S1", ""), ("removed", "biosample/S9", "")
    ]  # fmt: skip


def test_slots_may_be_left_out() -> None:
    assert told(sheet(ROWS), sheet(edited(0, "isolate", "x")), leave_out=["isolate"]) == []


def test_other_ontologies_are_told_apart_from_other_cells(tmp_path: Path, tiny_bundle: Path) -> None:
    a, b = tmp_path / "a", tmp_path / "b"
    sheet(ROWS).write(a, "json")  # without a bundle no text is a term
    sheet(edited(1, "*tissue", "heart"), tiny_bundle).write(b, "json")
    with compare_sources(a, b) as found:
        kinds = {(d.id, d.slot) for d in found}
        terms = found.terms()
        assert ("biosample/S2", "tissue") in kinds
        assert [(t.kind, t.slot, t.text, t.records) for t in terms if t.slot == "tissue"] == [("found", "tissue", "liver", 2)]
        assert any(name.startswith("ontology UBERON") for name, _, _ in found.versions())


def test_labels_that_changed_are_a_kind_of_their_own(tmp_path: Path, tiny_bundle: Path) -> None:
    a, b = tmp_path / "a", tmp_path / "b"
    for folder in (a, b):
        sheet(ROWS, tiny_bundle).write(folder, "json")
    file = b / "dataset.json"
    file.write_text(file.read_text().replace('"label": "liver"', '"label": "hepar"'))
    report = b / "report.json"
    changed = json.loads(report.read_text())
    changed["findings"].append({"code": "term-obsolete", "slot": "Biosample.tissue", "value": "lung", "fix": "UBERON:0000001"})
    report.write_text(json.dumps(changed))
    with compare_sources(a, b) as found:
        assert {(d.kind, d.slot) for d in found} == {("relabelled", "tissue")}
        assert [(t.kind, t.before, t.after, t.records) for t in found.terms()] == [
            ("obsolete", "lung", "UBERON:0000001", 0),
            ("relabelled", "UBERON:0002107 liver", "UBERON:0002107 hepar", 2),
        ]
        assert "~ tissue: liver (UBERON:0002107) → hepar (UBERON:0002107)\n" in list(text_lines(found, Counts()))


def test_the_text_counts_and_hides_what_would_reach_the_terminal() -> None:
    with compare_sources(sheet(ROWS), sheet(edited(0, "isolate", "\x1b[31mred")[:2])) as found:
        lines = list(text_lines(found, Counts()))
        assert "- isolate: i1\n" in lines
        assert any("removed" in line and line.startswith("@@ Biosample biosample/S3") for line in lines)
        assert lines[-1] == "Biosample: 1 removed, 1 changed, 1 same\n"
        assert not any("\x1b" in line for line in lines)
        assert any(line.startswith("\x1b[32m+ ") for line in text_lines(found, Counts(), colour=True))
        assert list(stat_lines(found, Counts())) == ["Biosample: 1 removed, 1 changed, 1 same\n", "  isolate  1 #\n"]


# --- patches ----------------------------------------------------------------------------------------------------------


def graph(data: Dataset, base: str, folder: Path) -> set[str]:
    data._outcome.base = base
    data.write(folder, "ntriples")
    return {str(t) for t in pyoxigraph.parse((folder / "dataset.nt").read_bytes(), format=pyoxigraph.RdfFormat.N_TRIPLES)}


def applied(statements: set[str], patch: str) -> set[str]:
    """A graph after a patch, which deletes only what is there and adds only what is not."""
    done = set(statements)
    for line in patch.splitlines():
        if line[:2] in ("A ", "D "):
            (triple,) = (str(t) for t in pyoxigraph.parse(line[2:].encode(), format=pyoxigraph.RdfFormat.N_TRIPLES))
            assert (triple in done) == (line[0] == "D"), line
            (done.add if line[0] == "A" else done.remove)(triple)
    return done


VALUES = st.sampled_from(["", "liver", "lung", "unheard-of", "Unheard-of", "NA"])
CELLS = st.tuples(VALUES, st.sampled_from(["", "8 weeks", "8.0 weeks", "old"]), st.sampled_from(["", "a", "b"]))
SHEETS = st.dictionaries(st.sampled_from(["S1", "S2", "S3", "S4"]), CELLS, min_size=1)


@given(a=SHEETS, b=SHEETS)
def test_a_patch_leads_from_one_graph_to_the_other(
    a: dict[str, tuple[str, str, str]], b: dict[str, tuple[str, str, str]], tmp_path: Path, tiny_bundle: Path
) -> None:
    first, second = (
        sheet([[n, "Mus musculus", t[2], t[1], t[0], ""] for n, t in side.items()], tiny_bundle) for side in (a, b)
    )  # fmt: skip
    out = StringIO()
    with compare_sources(first, second) as found:
        count = write_patch(found, out)
    before, after = graph(first, first.base, tmp_path / "a"), graph(second, first.base, tmp_path / "b")
    assert applied(before, out.getvalue()) == after
    assert (count == 0) is (before == after)


def test_a_patch_has_the_form_of_jena_and_the_same_bytes_each_time() -> None:
    texts = []
    for _ in range(2):
        out = StringIO()
        with compare_sources(sheet(ROWS), sheet(edited(0, "isolate", "x"))) as found:
            assert write_patch(found, out, "https://x.org/") == 2
        texts.append(out.getvalue())
    assert texts[0] == texts[1]
    lines = texts[0].splitlines()
    assert lines[0].startswith("H id <urn:uuid:")
    assert (lines[1], lines[-1]) == ("TX .", "TC .")
    assert lines[2:-1] == [
        'D <https://x.org/biosample/S1> <https://w3id.org/omics-standards/isolate> "i1" .',
        'A <https://x.org/biosample/S1> <https://w3id.org/omics-standards/isolate> "x" .',
    ]


def test_two_records_of_one_id_keep_what_they_share(tmp_path: Path) -> None:
    def dataset(name: str, title: str, sex: str) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        sample = {"id": "geo:GSM1", "title": title, "accessions": ["geo:GSM1"], "sex": sex or "male"}
        assay = {"id": "geo:GSM1", "title": "shared" if title != "gone" else "gone", "accessions": ["geo:GSM1"], "library_name": sex or "x"}
        text = json.dumps({"base": "https://x.org/", "biosamples": [sample], "sequencing_assays": [assay]})
        (folder / "dataset.json").write_text(text)
        (folder / "report.json").write_text(json.dumps({"inputs": [], "ledger": {"cells": 0}, "findings": [], "versions": {}}))
        return folder

    for n, (old, new) in enumerate(
        [(("shared", "male"), ("other", "female")), (("other", "male"), ("shared", "male")), (("shared", "male"), ("gone", ""))]
    ):
        a, b = dataset(f"a{n}", *old), dataset(f"b{n}", *new)
        out = StringIO()
        with compare_sources(a, b) as found:
            write_patch(found, out)
        before, after = (graph(om.load(f), "https://x.org/", tmp_path / f"{f.name}-nt") for f in (a, b))
        assert applied(before, out.getvalue()) == after


def test_a_newer_bundle_says_what_moved(tiny_bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from terms import tiny

    newer = tiny.TERMS.replace("UBERON:0002107 | liver | =iecur", "UBERON:0002107 | hepar | =liver | =iecur").replace(
        "UBERON:0002048 | lung | =pulmo | is_a UBERON:0000061",
        "UBERON:0002048 | lung | obsolete | replaced_by UBERON:9000100\nUBERON:9000100 | pulmonary organ | is_a UBERON:0000061",
    )
    monkeypatch.setattr(tiny, "TERMS", newer)
    monkeypatch.setattr(tiny, "VERSION", "tiny-2")
    bundle = tmp_path / "newer.sqlite"
    tiny.build_tiny_bundle(bundle)
    with compare_sources(sheet(ROWS, tiny_bundle), sheet(ROWS, bundle)) as found:
        kinds = {(d.kind, d.id) for d in found if d.slot == "tissue"}
        terms = [(t.kind, t.before, t.after, t.records) for t in found.terms() if t.slot == "tissue"]
        assert ("ontology UBERON", "tiny-1", "tiny-2") in found.versions()
    assert kinds == {("relabelled", "biosample/S1"), ("relabelled", "biosample/S3"), ("changed", "biosample/S2")}
    assert terms == [
        ("lost", "UBERON:0002048 lung", "omst:term/tissue/lung lung", 1),
        ("obsolete", "lung", "did you mean 'pulmonary organ' (UBERON:9000100)?", 0),
        ("relabelled", "UBERON:0002107 liver", "UBERON:0002107 hepar", 2),
    ]
