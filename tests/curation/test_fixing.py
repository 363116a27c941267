"""Safe fixes: taken where the file gives the same records, never where a person has to decide; formats and dialects stay."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from omics_standards.conversion import Options
from omics_standards.conversion.api import convert
from omics_standards.curation.fixing import _plain_record, fix
from omics_standards.errors import UsageError
from omics_standards.tables import read
from realfiles import SHARED

OPTIONS = Options(profile="ncbi-biosample", today="2026-01-01", bundle="/no/such/bundle")
HEADER = "*sample_name\t*organism\t*collection_date\t*geo_loc_name\tsex"


def changes(tmp_path: Path, *rows: str, header: str = HEADER, name: str = "a.tsv") -> tuple[list[tuple[str, str, str, str]], bytes]:
    path = tmp_path / name
    path.write_bytes(("\n".join((header, *rows)) + "\n").encode())
    done = fix(path, OPTIONS)
    return [(c.address.cell, c.before, c.after, c.kind) for c in done.changes], done.content


def test_what_is_sure_is_fixed(tmp_path: Path) -> None:
    row = "S1\tMus musculus\t5 October 2019\tChina:Beijing\tmale"
    more = "S2\tMus musculus\tNot Collected\tnot colected\tＭale"
    told, content = changes(tmp_path, row, more)
    assert ("C2", "5 October 2019", "2019-10-05", "date") in told
    assert ("C3", "Not Collected", "not collected", "missing") in told
    assert ("D2", "China:Beijing", "China: Beijing", "place") in told
    assert ("D3", "not colected", "not collected", "missing") in told
    assert content.decode().splitlines()[1] == "S1\tMus musculus\t2019-10-05\tChina: Beijing\tmale"


@pytest.mark.parametrize(
    "row",
    [
        "S1\tMus musculus\t03/04/2021\tChina: Beijing\tmale",  # nobody knows which is the month
        "S1\tMus musculus\t5.10.21\tChina: Beijing\tmale",  # nor the century
        "S1\tMus musculus\t2020-13-01\tChina: Beijing\tmale",
        "S1\tMus musculus\tNA\tChina: Beijing\tmale",  # absent, but why?
        "S1\tMus musculus\tunknown\tChina: Beijing\tmale",
        "S1\tMus musculus\t2020\tChinna: Beijing\tmale",  # a suggestion
        "S1\tmuose\t2020\tChina: Beijing\tmale",
        "S1\tMus musculus\t2020\tChina: Beijing\t1",
    ],
)
def test_what_needs_a_person_is_left_alone(tmp_path: Path, row: str) -> None:
    told, content = changes(tmp_path, row)
    assert told == []
    assert content.decode() == f"{HEADER}\n{row}\n"


def test_dates_that_the_column_decides_stay(tmp_path: Path) -> None:
    rows = [f"S{i}\tMus musculus\t{d}\tChina: Beijing\tmale" for i, d in enumerate(("25/12/2020", "03/04/2021", "05/06/2021"))]
    told, _ = changes(tmp_path, *rows)
    assert [c for c in told if c[3] == "date"] == []


def test_all_rows_of_a_text_are_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    rows = [f"S{i}\tMus musculus\tOct-2019\tChina: Beijing\tmale" for i in range(40)]
    path.write_text("\n".join((HEADER, *rows)), encoding="utf-8")
    done = fix(path, OPTIONS)
    assert [(c.before, len(c.rows)) for c in done.changes] == [("Oct-2019", 40)]
    assert done.content.count(b"2019-10") == 40


def test_dialect_and_encoding_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = [
        '"*sample_name";*organism;"*collection_date";"*geo_loc_name";note',
        'S1;"Mus musculus";"Oct 2019";"China:北京;海淀";"a ""b"" ；"',
        "",
    ]
    path.write_bytes("\r\n".join(lines).encode("gb18030"))
    done = fix(path, OPTIONS)
    assert ("Oct 2019", "2019-10") in [(c.before, c.after) for c in done.changes]
    expected = "\r\n".join(lines).replace("Oct 2019", "2019-10")
    assert done.content.decode("gb18030").replace("China: ", "China:") == expected
    bom = tmp_path / "b.tsv"
    bom.write_bytes(b"\xef\xbb\xbf" + f"{HEADER}\nS1\tMus musculus\tOct 2019\tJapan\tmale".encode())
    assert fix(bom, OPTIONS).content == bom.read_bytes().replace(b"Oct 2019", b"2019-10")


def test_workbooks_keep_their_formats(tmp_path: Path) -> None:
    path = tmp_path / "lab.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        red, day = book.add_format({"bg_color": "#FF0000"}), book.add_format({"num_format": "dd mmm yyyy"})
        sheet = book.add_worksheet("S")
        sheet.write_row(0, 0, HEADER.split("\t"))
        sheet.write_row(1, 0, ("S1", "Mus musculus", "Oct 2019", "Japan", "male"), red)
        sheet.write_row(2, 0, ("S2", "Mus musculus", 43743, "Japan", "male"))
        sheet.write_number(2, 2, 43743, day)
        sheet.write_row(3, 0, ("S3", "Mus musculus", "", "Japan", "male"))
        sheet.write_formula(3, 2, '="Nov 2019"', red, "Nov 2019")
    done = fix(path, OPTIONS)
    assert [(c.address.cell, c.before, c.after) for c in done.changes] == [("S!C2", "Oct 2019", "2019-10")]
    (tmp_path / "out.xlsx").write_bytes(done.content)
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["S"]
    assert sheet["C2"].value == "2019-10"
    assert sheet["C2"].fill.fgColor.rgb == "FFFF0000"
    assert sheet["C3"].is_date
    assert sheet["C4"].value == '="Nov 2019"'


def test_kinds_that_are_not_changed(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"sample": "S1"}]', encoding="utf-8")
    with pytest.raises(UsageError, match=r"save it as \.xlsx or \.tsv"):
        fix(tmp_path / "a.json", OPTIONS)
    (tmp_path / "q.tsv").write_text(f'{HEADER}\nS1\t"Mus\tOct 2019\tJapan\tmale\nS2\tMus"\tOct 2019\tJapan\tmale\n', encoding="utf-8")
    fixed = fix(tmp_path / "q.tsv", OPTIONS) if not _irregular(tmp_path / "q.tsv") else None
    assert fixed is None or fixed.content


def _irregular(path: Path) -> bool:
    try:
        fix(path, OPTIONS)
    except UsageError as e:
        return "quotation marks" in str(e)
    return False


def same_records(path: Path, options: Options) -> None:
    done = fix(path, options)
    out = path.parent / "fixed" / path.name
    out.parent.mkdir(exist_ok=True)
    out.write_bytes(done.content)
    how = {"profile": options.profile, "today": "2026-01-01", "bundle": options.bundle, "base": "https://example.org/"}
    one, two = convert(path, **how), convert(out, **how)
    assert [_plain_record(r) for r in one] == [_plain_record(r) for r in two]
    assert sum(f.count for f in two.findings) <= sum(f.count for f in one.findings)
    assert read(path).sheets[0].headers == read(out).sheets[0].headers
    assert fix(out, options).changes == []


CELL = st.sampled_from(
    [*("", "NA", "Not Applicable", "missing", "2020", "Oct 2019", "3/14/2020", "03/04/2020", " male", "Ｆemale", "12,5 mm", "liver "),
     *("China:Beijing", "USA: Texas", "5 ", "not colected", "“a”", "a\u00a0b", "UBERON_0002107", "samn01234567")]
)  # fmt: skip


@settings(max_examples=25)
@given(st.lists(st.tuples(CELL, CELL, CELL, CELL), min_size=1, max_size=6))
def test_any_table_gives_the_same_records(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]]) -> None:
    path = tmp_path_factory.mktemp("fix") / "a.tsv"
    lines = [f"S{i}\t" + "\t".join(row) for i, row in enumerate(rows)]
    path.write_text("\n".join(("*sample_name\t*organism\t*collection_date\t*geo_loc_name\tdepth", *lines)) + "\n", encoding="utf-8")
    same_records(path, OPTIONS)


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real files are not at hand")
def test_real_files_give_the_same_records(tmp_path: Path) -> None:
    import shutil

    for folder in ("ncbi_biosample", "ncbi_sra_metadata", "sdrf_proteomics", "magetab"):
        for path in [p for p in sorted((SHARED / "cases" / folder).rglob("*.t*")) if p.stat().st_size < 50_000][:6]:
            copy = tmp_path / folder / path.name
            copy.parent.mkdir(exist_ok=True)
            shutil.copy(path, copy)
            same_records(copy, Options(today="2026-01-01"))
