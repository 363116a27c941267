"""Their own workbook, returned: all of theirs is kept, ours is added, and a second run takes the first one's marks away."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from omics_standards.conversion.api import check, convert
from omics_standards.conversion.inputs import open_inputs
from omics_standards.curation.language import get_language
from omics_standards.curation.returning import return_workbooks
from omics_standards.emit.jsontext import record_to_dict
from omics_standards.errors import UsageError
from omics_standards.tables import read
from omics_standards.terms import Suggestion
from realfiles import SHARED

GOLDEN = Path(__file__).parents[1] / "golden"
EN = get_language("en")
SAME = {"base": "https://example.org/", "today": "2026-01-01", "bundle": "/no/such/bundle"}


def sheet(path: Path) -> Path:
    """A sheet with what people's workbooks have: colours, widths, a formula with its value, a list to choose from, notes."""
    with xlsxwriter.Workbook(str(path)) as book:
        bold, red = book.add_format({"bold": True, "bg_color": "#FF0000"}), book.add_format({"font_color": "#00FF00"})
        data, hidden = book.add_worksheet("Samples & more"), book.add_worksheet("lists")
        for j, header in enumerate(("sample_name", "organism", "collection_date", "sex", "count")):
            data.write(0, j, header, bold)
        rows = [
            ("S1", "Mus musculus", "2020-13-01", "male"),
            ("S2", "Mus musculus", "2021-05", "femal"),
            ("S3", "", "31 February 2020", "male"),
        ]
        for i, row in enumerate(rows, 1):
            for j, cell in enumerate(row):
                data.write(i, j, cell, red if j == 2 else None)
            data.write_formula(i, 4, f"=LEN(A{i + 1})", None, 2)
        data.set_column(1, 1, 33.7)
        data.data_validation(1, 3, 9, 3, {"validate": "list", "source": "=lists!$A$1:$A$2"})
        data.conditional_format(1, 4, 9, 4, {"type": "cell", "criteria": ">", "value": 1, "format": bold})
        data.write_comment("C4", "asked Ada about this", {"author": "Ada"})
        hidden.write_column(0, 0, ["male", "female"])
        hidden.hide()
    return path


def returned(path: Path, folder: Path, lang: str = "en", force: bool = False) -> Path:
    findings = check(
        str(path),
        "ncbi-biosample" if "golden" not in str(path) and path.suffix != ".xls" else None,
        **{k: SAME[k] for k in ("today", "bundle")},
    )
    said = return_workbooks(open_inputs(str(path)), folder, findings, get_language(lang), {}, force=force)
    assert said[0].startswith(("written", "已写入")), said
    return next(folder.glob("*.checked.*"))


def test_marks_stand_on_the_cells(tmp_path: Path) -> None:
    back = openpyxl.load_workbook(returned(sheet(tmp_path / "lab.xlsx"), tmp_path / "out"))
    data = back["Samples & more"]
    assert "date that does not exist" in data["C2"].comment.text
    assert data["C2"].comment.author == "omics-standards"
    assert "omics-standards" in str([r.formula for rules in data.conditional_formatting for r in rules.rules])
    ours = {str(rules.sqref) for rules in data.conditional_formatting for r in rules.rules if "omics-standards" in str(r.formula)}
    assert any("C2" in s for s in ours)
    # A note of theirs stays as it is, and nothing else is put over it.
    assert data["C4"].comment.text == "asked Ada about this"


def test_all_of_theirs_is_kept(tmp_path: Path) -> None:
    path = sheet(tmp_path / "lab.xlsx")
    back = returned(path, tmp_path / "out")
    book, values = openpyxl.load_workbook(back), openpyxl.load_workbook(back, data_only=True)
    data = book["Samples & more"]
    assert (data["E2"].value, values["Samples & more"]["E2"].value) == ("=LEN(A2)", 2)
    assert data["A1"].fill.fgColor.rgb == "FFFF0000"
    assert data["C2"].font.color.rgb == "FF00FF00"
    assert round(data.column_dimensions["B"].width) == 34
    assert [str(v.sqref) for v in data.data_validations.dataValidation] == ["D2:D10"]
    assert book["lists"].sheet_state == "hidden"
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(back) as after:
        untouched = {"xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/theme/theme1.xml", "docProps/core.xml"}
        assert all(before.read(n) == after.read(n) for n in untouched)


def test_findings_sheet_links_to_the_cells(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(returned(sheet(tmp_path / "lab.xlsx"), tmp_path / "out"))
    table = book["Findings"]
    rows = [[c.value for c in r] for r in table.iter_rows(min_row=3)]
    at = next(i for i, r in enumerate(rows, 3) if r[12] == "date-impossible" and r[3] == "C2")
    assert table.cell(at, 4).hyperlink.location == "'Samples & more'!C2"
    assert table.auto_filter.ref == f"A2:M{len(rows) + 2}"
    assert table.freeze_panes == "A3"
    assert book.sheetnames == ["Samples & more", "lists", "Findings"]


def test_converted_again_it_says_the_same(tmp_path: Path) -> None:
    path = sheet(tmp_path / "lab.xlsx")
    back = shutil.copy(returned(path, tmp_path / "out"), tmp_path / "again.xlsx")
    renamed = tmp_path / "second" / "lab.xlsx"
    renamed.parent.mkdir()
    shutil.copy(back, renamed)
    one, two = convert(path, "ncbi-biosample", **SAME), convert(renamed, "ncbi-biosample", **SAME)
    assert [record_to_dict(r) for r in one] == [record_to_dict(r) for r in two]
    assert list(map(str, one.findings)) == list(map(str, two.findings))
    # The third return looks like the second: marks are replaced, not heaped up.
    third = openpyxl.load_workbook(returned(renamed, tmp_path / "third"))
    second = openpyxl.load_workbook(renamed)
    marks = [[(s.title, c.coordinate, c.comment.text) for s in b for r in s.iter_rows() for c in r if c.comment] for b in (second, third)]
    assert marks[0] == marks[1]
    assert len(second["Samples & more"].conditional_formatting) == len(third["Samples & more"].conditional_formatting)
    assert third.sheetnames == second.sheetnames


def test_corrected_cells_lose_their_marks(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(returned(sheet(tmp_path / "lab.xlsx"), tmp_path / "out"))
    book["Samples & more"]["C2"] = "2020-12-01"
    book["Samples & more"]["A2"].comment = Comment("mine", "Ada")
    edited = tmp_path / "edited.xlsx"
    book.save(edited)
    again = openpyxl.load_workbook(returned(edited, tmp_path / "next"))["Samples & more"]
    assert again["C2"].comment is None
    assert again["A2"].comment.text == "mine"


def test_marks_are_known_after_a_program_forgot_their_author(tmp_path: Path) -> None:
    first = returned(sheet(tmp_path / "lab.xlsx"), tmp_path / "out")
    book = openpyxl.load_workbook(first)
    for cell in (c for s in book for r in s.iter_rows() for c in r if c.comment):
        cell.comment.author = " "
    book["Samples & more"]["C2"] = "2020-12-01"
    book.save(tmp_path / "edited.xlsx")
    again = openpyxl.load_workbook(returned(tmp_path / "edited.xlsx", tmp_path / "next"))["Samples & more"]
    assert again["C2"].comment is None
    assert again["C4"].comment.text == "asked Ada about this"


def test_macros_are_kept(tmp_path: Path) -> None:
    plain, path = sheet(tmp_path / "plain.xlsx"), tmp_path / "lab.xlsm"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "[Content_Types].xml":
                kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
                data = data.replace(kind, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
            new.writestr(info, data)
        new.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0macros")
    back = returned(path, tmp_path / "out")
    assert back.name == "lab.checked.xlsm"
    with zipfile.ZipFile(back) as archive:
        assert archive.read("xl/vbaProject.bin") == b"\xd0\xcf\x11\xe0macros"


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.csv", '"sample_name",organism\n007,"=1+1"\nS2,\n'), ("a.tsv", "# made by hand\nsample_name\torganism\n007\t=1+1\n")],
)
def test_texts_come_back_as_text_cells(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    back = returned(path, tmp_path / "out")
    assert back.name == f"{name}.checked.xlsx"
    before, after = read(path).sheets[0], read(back).sheets[0]
    assert before.headers == after.headers
    assert [b.rows for b in before.batches()] == [b.rows for b in after.batches()]
    assert openpyxl.load_workbook(back)["a"].cell(before.header_row + 1, 1).value == "007"


def test_told_in_chinese(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(returned(sheet(tmp_path / "lab.xlsx"), tmp_path / "out", "zh"))
    assert "检查结果" in book.sheetnames
    assert "不存在的日期" in book["Samples & more"]["C2"].comment.text


def test_suggestions_stand_in_the_comment(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("sample_name\ttissue\nS1\tlivr\n", encoding="utf-8")
    from omics_standards.findings import Address, Issue

    said = Issue("term-not-found", "a term", "correct the cell").at(Address("a.tsv", "", 2, 2), value="livr", slot="Biosample.tissue")
    offers = {("Biosample.tissue", "livr"): (Suggestion("UBERON:0002107", "liver", 0.91),)}
    return_workbooks(open_inputs(str(path)), tmp_path / "out", [said], EN, offers)
    book = openpyxl.load_workbook(tmp_path / "out" / "a.tsv.checked.xlsx")
    assert "UBERON:0002107 liver (0.91)" in book["a"]["B2"].comment.text


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = sheet(tmp_path / "lab.xlsx")
    back = returned(path, tmp_path / "out")
    before = back.read_bytes()
    with pytest.raises(UsageError, match="somebody may have worked in it"):
        returned(path, tmp_path / "out")
    assert back.read_bytes() == before
    assert returned(path, tmp_path / "out", force=True).read_bytes() == before  # the same bytes, too
    with pytest.raises(UsageError, match="never overwritten"):
        returned(back, tmp_path / "out", force=True)


def test_a_tree_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"sample": "S1"}]', encoding="utf-8")
    assert return_workbooks(open_inputs(str(path)), tmp_path / "out", [], EN, {}) == [
        "a.json is no table and cannot come back as a workbook: its findings are in the page and the report"
    ]


@pytest.mark.parametrize("case", sorted(p.parent.name + "/" + p.name for p in GOLDEN.glob("*/*") if (p / "input.xlsx").is_file())[::3])
def test_golden_workbooks_say_the_same_again(tmp_path: Path, case: str) -> None:
    same_again(GOLDEN / case / "input.xlsx", tmp_path)


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real files are not at hand")
@pytest.mark.parametrize(
    "path", [p for p in sorted((SHARED / "cases").rglob("*.xlsx")) if p.stat().st_size < 100_000], ids=lambda p: p.name
)
def test_real_workbooks_say_the_same_again(tmp_path: Path, path: Path) -> None:
    same_again(path, tmp_path)


def same_again(path: Path, folder: Path) -> None:
    one = convert(path, **SAME)
    said = return_workbooks(open_inputs(str(path)), folder / "out", one.findings, EN, {})
    assert said[0].startswith(("written", "已写入")), said
    renamed = folder / path.name
    shutil.copy(next((folder / "out").iterdir()), renamed)
    two = convert(renamed, **SAME)
    assert [record_to_dict(r) for r in one] == [record_to_dict(r) for r in two]
    assert list(map(str, one.findings)) == list(map(str, two.findings))
    assert {k: v for k, v in one.ledger.to_dict().items() if k not in ("cells", "structural")} == {
        k: v for k, v in two.ledger.to_dict().items() if k not in ("cells", "structural")
    }
