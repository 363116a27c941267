"""Whatever stands in a sheet of a known format: the ledger closes, and each cell can be found again in a record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import omics_standards as om
from omics_standards.errors import UnknownFormatError
from omics_standards.models.slots import MODEL
from omics_standards.profiles import load_profiles
from omics_standards.records import BLANK
from omics_standards.tables import from_rows
from omics_standards.tables.dialect import find_dialect

if TYPE_CHECKING:
    from pathlib import Path

    from omics_standards.conversion import Dataset

TEXTS = [
    *("", "", "", "S1", "S2", "NA", "not collected", "missing: control sample", "liver", "Homo sapiens", "*", "-", "()", "none", "\u200b"),
    *("SAMN00000001", "SAMC000001", "PRJNA1", "PRJCA000001", "CRX000001", "CRR000001", "a_1.fq.gz", "a_2.fq.gz", "a.fq.gz (100 bytes)"),
    *("2020-01-02", "03/04/2020", "13/04/2020", "2021-05/2020-01", "5", "-5", "1,5", "5 years", "Year", "m", "male", "1", "0", "007", "1e5"),
    *("PAIRED", "WGS", "Illumina HiSeq 2000", "38.9 N 77.1 W", "38.9", "China: Beijing", "USA", "Ohio", "fastq", "d41d8cd98f00b204e9800998ecf8427e"),
    *("http://a/b", "http://a/b[1]%zz#x#y", "NT=Q Exactive;AC=MS:1001911", "NT=;AC=", "pooled", "SN=a;SN=b", "a;b", "a|NA", "é", "样本"),
    *("=1+1", '"q" \\', "a\nb", "UBERON:0002107", "foo:b[r", "10.1/x", "\ue000", "\ud800"),
]  # fmt: skip
OTHERS = ["", "*", "foo", "foo", "factor value[x]", "characteristics[]", "comment[ ]", "tissue", "sex", "age", "age unit", "Latitude", "ID"]


# Sheets of several blocks are cut before they are tables: tests/tables/test_blocks.py.
TABLES = [p for p in load_profiles() if p.blocks is None]


def _headers() -> dict[str, list[str]]:
    """The headers that each profile names, companions and numbered ones included."""
    found: dict[str, list[str]] = {}
    for profile in TABLES:
        for table in profile.tables:
            if not table.columns or table.holds == "definitions" or table.below:
                continue  # no records; no sheet of its own
            names = [p for key, c in table.columns.items() for x in (key, *c.companions.values()) for p in x.split("|")]
            names += list(table.qualifiers) * 4
            for number in ("", "1", "2"):
                found.setdefault(f"{profile.id} {table.id}", []).extend(
                    n.strip().replace("{n}", number).replace("{name}", "tissue") for n in names
                )
    return found


HEADERS = _headers()
NEEDED = {f"{p.id} {t.id}": [a.split("|")[0] for a in t.recognise.all] for p in TABLES for t in p.tables}


@st.composite
def sheets(draw: st.DrawFn) -> tuple[str, list[str], list[list[str]]]:
    table = draw(st.sampled_from(sorted(HEADERS)))
    more = draw(st.lists(st.sampled_from(HEADERS[table]) | st.sampled_from(OTHERS), max_size=9))
    headers = draw(st.permutations([*NEEDED[table], *more]))
    row = st.lists(st.sampled_from(TEXTS), min_size=len(headers), max_size=len(headers))
    rows = draw(st.lists(row, min_size=1, max_size=5))
    if draw(st.booleans()):
        rows[0] = [*rows[0], "beyond", "NA"]
    return table.split()[0], list(headers), rows


def _convert(profile: str, headers: list[str], rows: list[list[str]]) -> Dataset | None:
    try:
        return om.convert(from_rows(headers, rows, name="sheet"), profile, bundle="/no/bundle")
    except UnknownFormatError:
        return None


def _said(data: Dataset) -> tuple[set[tuple[int, int]], set[str]]:
    """Which cells the records' origins name, and all texts that they hold."""
    cells: set[tuple[int, int]] = set()
    texts: set[str] = set()
    for record in data:
        for i, (reading, field) in enumerate(zip(record.readings, record.fields, strict=True)):
            if reading is BLANK:
                continue
            cells.update((record.row_of(i), c) for c in field.columns)
            raw = (reading.raw,) if isinstance(reading.raw, str) else reading.raw or ()
            texts.update(t for t in raw if t)
            for value in reading.values:
                texts.add(str(value))
                texts.update(map(str, value if isinstance(value, tuple) else ()))
            texts.update(e.raw for e in (reading.missing, reading.rejected) if e)
    return cells, texts


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(sheets())
def test_each_cell_is_counted_once_and_found_again(sheet: tuple[str, list[str], list[list[str]]]) -> None:
    profile, headers, rows = sheet
    data = _convert(profile, headers, rows)
    if data is None:
        return
    assert data.ledger.closes, data.ledger
    header_row = data.inputs[0]["sheets"][0]["header_row"]  # type: ignore[index]
    cells, texts = _said(data)
    skipped = data.ledger.counts["structural"] > sum(map(bool, headers))
    for number, row in enumerate(rows, start=2):
        for column, text in enumerate(row, start=1):
            if header_row == 1 and not skipped and text.strip():
                assert (number, column) in cells or text in texts, (number, column, text)
    for record in data:
        for slot, _ in record.items():
            assert slot in MODEL.classes[record.cls].slots
    for cls in data.classes:
        assert len(list(data.models(cls))) == len(data.records(cls)) == len(data.to_frame(cls))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheet=sheets())
def test_all_syntaxes_say_the_same_and_load_back(sheet: tuple[str, list[str], list[list[str]]], tmp_path: Path) -> None:
    data = _convert(*sheet)
    if data is None:
        return
    first, second = tmp_path / "first", tmp_path / "second"
    data.write(first, "json,turtle,ntriples,jsonld")
    om.load(first).write(second, "json,ntriples")
    turtle = set(pyoxigraph.parse((first / "dataset.ttl").read_bytes(), format=pyoxigraph.RdfFormat.TURTLE))
    assert turtle == set(pyoxigraph.parse((first / "dataset.nt").read_bytes(), format=pyoxigraph.RdfFormat.N_TRIPLES))
    again = set(pyoxigraph.parse((second / "dataset.nt").read_bytes(), format=pyoxigraph.RdfFormat.N_TRIPLES))
    assert not turtle ^ again, [str(t) for t in turtle ^ again]
    before, after = (json.loads((folder / "dataset.json").read_text(encoding="utf-8")) for folder in (first, second))
    for container in MODEL.containers:
        for old, new in zip(before.get(container, ()), after.get(container, ()), strict=True):
            assert _unordered(old) == _unordered(new)
            assert not {json.dumps(o) for o in old.get("origin", ())} ^ {json.dumps(o) for o in new.get("origin", ())}


def _unordered(record: dict[str, object]) -> dict[str, object]:
    """A record without its origins; lists in one order, whatever stands for a lone surrogate."""
    return {k: sorted(map(json.dumps, v)) if isinstance(v, list) else v for k, v in record.items() if k != "origin"}


GSA = ["Sample name", "Public description", "Organism", "Collection date"]


def test_an_absent_project_is_told_by_the_sample() -> None:
    data = _convert("ngdc-gsa", [*GSA, "Project accession"], [["S1", "d", "Homo sapiens", "2020", "not applicable"]])
    assert data is not None
    assert [r.cls for r in data] == ["Biosample"]
    missing = [r.missing for r in data.records("Biosample")[0].readings if r.missing]
    assert [(m.slot, m.reason) for m in missing] == [("projects", "not applicable")]


def test_a_unit_beside_an_absent_number_is_absent_with_it() -> None:
    data = _convert("ngdc-gsa", [*GSA, "Host age", "Host age unit"], [["S1", "d", "Homo sapiens", "2020", "not collected", "Year"]])
    assert data is not None
    assert data.ledger.counts["missing"] == 2
    assert not [f for f in data.findings if f.slot.endswith("host_age") and f.severity == "error"]


def test_a_companion_whose_column_is_turned_away_is_kept() -> None:
    headers = ["sample_name", "organism", "geo_loc_name", "country", "state", "collection_date"]
    data = _convert("ncbi-biosample", headers, [["S1", "Homo sapiens", "USA: Ohio", "Canada", "Quebec", "2020"]])
    assert data is not None
    assert data.ledger.closes
    values = [a.value for a in data.records("Biosample")[0].values("attributes")]  # type: ignore[union-attr]
    assert "Quebec" in values
    assert "Canada" in values


def test_a_cell_that_only_looks_blank_is_kept_and_told() -> None:
    data = _convert("ncbi-biosample", ["sample_name", "organism", "collection_date", "tissue"], [["\u200b", "Homo sapiens", "2020", ""]])
    assert data is not None
    assert {f.code for f in data.findings} >= {"text-invisible", "id-missing"}
    assert [r.id for r in data] == ["biosample/row/sheet/2"]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [('id;a;b\n1;2,5;3,5\n2;2,7;3,1\n3;"x;y";4,4\n', ";"), ("sep=;\nid;a\n1;2,5\n", ";"), ("id,a\n1,x;y\n2,z;w\n", ",")],
)
def test_decimal_commas_do_not_make_a_comma_the_delimiter(text: str, delimiter: str) -> None:
    assert find_dialect(text, ".csv").delimiter == delimiter
