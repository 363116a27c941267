"""Workbooks: sheets, addresses, kinds of files, what is skipped."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from omics_standards.tables import Sheet, read
from omics_standards.tables.worksheets import column_number
from tables.builders import ods_row, text_cell, write_ods, write_xls, write_xlsb, write_zip, xlsx_parts


def grid(sheet: Sheet) -> dict[tuple[int, int], str]:
    """Every cell by row and column, read as data."""
    cells = {}
    for batch in sheet.with_header(0).batches():
        for number, row in zip(batch.numbers, batch.rows, strict=True):
            cells |= {(number, column): cell for column, cell in enumerate(row, 1) if cell}
    return cells


@settings(max_examples=25)
@given(
    cells=st.dictionaries(
        st.tuples(st.integers(1, 40), st.integers(1, 60)),
        st.sampled_from(["a", " lead", "trail ", "两", "<&>", "a\nb", 7, 1.5, True]),
        min_size=1,
    )
)
def test_addresses_are_those_that_openpyxl_sees(cells: dict[tuple[int, int], object], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "grid.xlsx"
    book = openpyxl.Workbook()
    for (row, column), value in cells.items():
        book.active.cell(row, column, value)
    book.save(path)
    seen = {
        (c.row, c.column): str(c.value).upper() if isinstance(c.value, bool) else str(c.value)
        for row in openpyxl.load_workbook(path).active.iter_rows()
        for c in row
        if c.value is not None
    }
    sheet = read(path).sheets[0].as_table()
    assert grid(sheet) == seen
    list(sheet.batches())
    assert sheet.cells == len(seen)


@given(st.integers(1, 16_384))
def test_column_number(number: int) -> None:
    assert column_number(get_column_letter(number).encode()) == number


def test_hidden_instruction_and_empty_sheets_are_skipped_and_said(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Instructions"
    book.active.append(["Please fill in every column whose header is red, and leave the order of the columns as it is."])
    for name, state in (("Sample", "visible"), ("cv_sample", "hidden"), ("secret", "veryHidden"), ("Sheet3", "visible")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        if name != "Sheet3":
            sheet.append(["id", "age"])
            sheet.append(["S1", 7])
    book.create_sheet("Library and Platform Terms").append(["Strategy", "WGS"])
    book.create_chartsheet("Chart1")
    book.save(tmp_path / "a.xlsx")
    read_back = read(tmp_path / "a.xlsx")
    assert [(s.name, s.kind, s.reason, s.structural, s.cells) for s in read_back.sheets] == [
        ("Instructions", "skipped", "instructions", 1, 1),
        ("Sample", "table", "", 2, 2),
        ("cv_sample", "skipped", "hidden", 4, 4),
        ("secret", "skipped", "hidden", 4, 4),
        ("Sheet3", "skipped", "empty", 0, 0),
        ("Library and Platform Terms", "skipped", "vocabulary", 2, 2),
        ("Chart1", "skipped", "chart", 0, 0),
    ]
    assert [s.name for s in read_back.tables] == ["Sample"]
    assert all([f.code for f in s.findings] == ["sheet-skipped"] for s in read_back.sheets if s.kind == "skipped")
    assert all(list(s.batches()) == [] for s in read_back.sheets if s.kind == "skipped")
    hidden = read_back.sheets[2].as_table()
    assert (hidden.kind, hidden.headers, grid(hidden)[2, 2]) == ("table", ("id", "age"), "7")


def test_the_only_sheet_is_never_skipped_for_its_name(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Readme"
    book.active.append(["id"])
    book.active.append(["S1"])
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx").sheets[0].kind == "table"


def test_a_band_of_merged_cells_is_spread_over_them_only(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["B1"], sheet["D1"] = "Sample info", "Case"
    sheet.merge_cells("B1:C1")
    sheet.append(["id", "title", "organism", "case", "note"])
    sheet.append(["S1", "one", "E. coli", "x", "y"])
    book.save(tmp_path / "a.xlsx")
    read_back = read(tmp_path / "a.xlsx").sheets[0]
    assert (read_back.header_row, read_back.band) == (2, ("", "Sample info", "Sample info", "Case", ""))


def test_leading_blank_rows_and_columns_keep_their_addresses(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row("C4", ["id", "age"])
    sheet.write_row("C5", ["S1", "7"])
    sheet.write_row("C9", ["S2", "8"])
    book.close()
    read_back = read(tmp_path / "a.xlsx").sheets[0]
    (batch,) = read_back.batches()
    assert (read_back.header_row, read_back.headers) == (4, ("", "", "id", "age"))
    assert (batch.rows, list(batch.numbers)) == ([["", "", "S1", "7"], ["", "", "S2", "8"]], [5, 9])


def test_formulas_are_read_by_their_value_and_said_without_one(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["id", "label", "sum", "broken"])
    sheet.write_string(1, 0, "S1")
    sheet.write_formula(1, 1, '="Laby-"&A2', None, "Laby-S1")
    sheet.write_formula(1, 2, "=1+1", None, 2)
    sheet.write_formula(1, 3, "=1/0", None, "#DIV/0!")
    book.close()
    saved = read(tmp_path / "a.xlsx").sheets[0]
    assert [b.rows for b in saved.batches()] == [[["S1", "Laby-S1", "2", "#DIV/0!"]]]
    assert [f.code for f in saved.findings] == ["formula-error"]

    plain = openpyxl.Workbook()
    plain.active.append(["id", "label"])
    plain.active.append(["S1", '="x"&"<1"'])
    plain.active.append(["S2", "=A2"])
    plain.save(tmp_path / "b.xlsx")
    unsaved = read(tmp_path / "b.xlsx").sheets[0]
    assert [b.rows for b in unsaved.batches()] == [[["S1", ""], ["S2", ""]]]
    (found,) = unsaved.findings
    assert (found.code, found.address.cell, found.count) == ("formula-unsaved", "Sheet!B2", 2)
    assert '="x"&"<1"' in found.expected


def test_texts_that_would_run_are_kept_and_said(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx", {"strings_to_formulas": False})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["id", "note"])
    sheet.write_row(1, 0, ["S1", "=cmd|' /C calc'!A0"])
    sheet.write_row(2, 0, ["S2", "-80 C"])
    book.close()
    read_back = read(tmp_path / "a.xlsx").sheets[0]
    assert [b.rows for b in read_back.batches()] == [[["S1", "=cmd|' /C calc'!A0"], ["S2", "-80 C"]]]
    assert [(f.code, f.address.cell) for f in read_back.findings] == [("formula-text", "Sheet1!B2")]


def test_errors_below_and_beside_the_last_value_are_cells_too(tmp_path: Path) -> None:
    rows = (
        f'<row r="1">{text_cell("A1", "id")}{text_cell("B1", "age")}</row><row r="2">{text_cell("A2", "S1")}<c r="D2" t="e"><v>#REF!</v></c></row>'
        '<row r="5"><c r="B5" t="e"><v>#N/A</v></c></row>'
    )
    sheet = read(write_zip(tmp_path / "a.xlsx", xlsx_parts(rows))).sheets[0]
    (batch,) = sheet.batches()
    assert (batch.rows, list(batch.numbers)) == ([["S1", "", "", "#REF!"], ["", "#N/A", "", ""]], [2, 5])
    assert sheet.cells == 5


def test_the_content_decides_not_the_name(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["id", "age"])
    book.active.append(["S1", "7"])
    for name in ("a.csv", "a.xls", "noname", "a.xlsx"):
        book.save(tmp_path / "b.xlsx")
        (tmp_path / name).write_bytes((tmp_path / "b.xlsx").read_bytes())
        read_back = read(tmp_path / name)
        assert (read_back.format, read_back.name, read_back.encoding, read_back.delimiter) == ("xlsx", name, None, None)
        assert [b.rows for b in read_back.sheets[0].batches()] == [[["S1", "7"]]]


def test_macro_workbooks_are_named_so(tmp_path: Path) -> None:
    parts = xlsx_parts(f'<row r="1">{text_cell("A1", "id")}</row>')
    parts["[Content_Types].xml"] = '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    assert read(write_zip(tmp_path / "a.xlsm", parts)).format == "xlsm"


def test_ods(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "a.ods", ods_row("", "") + ods_row("id", "age") + ods_row("S1", 7.0) + ods_row("", "", repeat=1_000_000))
    book = read(path)
    sheet = book.sheets[0]
    (batch,) = sheet.batches()
    assert (book.format, sheet.name, sheet.header_row) == ("ods", "Sample", 2)
    assert (batch.rows, list(batch.numbers)) == ([["S1", "7"]], [3])


def test_xlsb(tmp_path: Path) -> None:
    book = read(write_xlsb(tmp_path / "a.xlsb", {(1, 1): "id", (1, 2): "age", (2, 1): "样本", (2, 2): 7.5}))
    (batch,) = book.sheets[0].batches()
    assert (book.format, book.sheets[0].headers, batch.rows, list(batch.numbers)) == ("xlsb", ("", "id", "age"), [["", "样本", "7.5"]], [3])


def test_xls_cannot_tell_a_month_from_its_first_day(tmp_path: Path) -> None:
    cells: dict[tuple[int, int], str | float] = {(0, 0): "id", (0, 1): "day", (1, 0): "肝", (1, 1): 43739, (2, 1): 43740, (3, 1): 43800}
    book = read(write_xls(tmp_path / "a.xls", cells, frozenset({(1, 1), (2, 1), (3, 1)})))
    sheet = book.sheets[0]
    (batch,) = sheet.batches()
    assert (book.format, batch.rows) == ("xls", [["肝", "2019-10-01"], ["", "2019-10-02"], ["", "2019-12-01"]])
    assert [(f.code, f.count, f.rows) for f in sheet.findings] == [("date-precision-unknown", 2, "2,4")]


def test_batches_may_be_read_again(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    for i in range(1000):
        sheet.write_row(i, 0, [f"name {i}" if i else "name", f"text {i}" if i else "text"])
    book.close()
    read_back = read(tmp_path / "a.xlsx").sheets[0]
    first, second = list(read_back.batches(300)), list(read_back.batches(300))
    assert first == second
    assert [len(b.rows) for b in first] == [300, 300, 300, 99]
    assert read_back.cells == 2000


def test_merged_cells_in_the_data_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["sample", "tissue"], ["S1", "liver"], ["S2", None], ["S3", "lung"]):
        sheet.append(row)
    path = tmp_path / "merged.xlsx"
    book.save(path)
    assert [f.code for f in read(path).sheets[0].findings] == []
    sheet.merge_cells("B2:B3")
    book.save(path)
    found = read(path).sheets[0].findings
    assert [(f.code, f.address.cell) for f in found] == [("cells-merged", "Sheet!B2")]
    assert "B2:B3" in found[0].fix
