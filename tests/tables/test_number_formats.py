"""Numbers and dates as a person sees them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards.tables import Sheet, read
from omics_standards.tables.numberformats import BUILTIN, Shown, general, number_format
from tables.builders import styles_of, write_zip, xlsx_parts

FORMATS = [
    ("000", "7", "007"),
    ("000", "1234", "1234"),
    ("00000", "-7", "-00007"),
    ("0.00", "1.5", "1.50"),
    ("0", "7", "7"),
    ("#,##0", "1234567", "1234567"),
    ("#,##0.00_);\\(#,##0.00\\)", "-1234.5", "-1234.50"),
    ('_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-', "0", "0"),
    ("0%", "0.15", "15%"),
    ("0.0%", "0.125", "12.5%"),
    ('"S"000', "7", "S007"),
    ('0.00\\ "mg"', "5", "5.00 mg"),
    ('General" mg"', "5", "5 mg"),
    ("00-00-0000", "12345678", "12-34-5678"),
    ("0.00E+00", "100000", "1.00E+05"),
    ("#.##", "5", "5"),
    ("0.0##", "5.25", "5.25"),
    ("#", "0", "0"),
    ("[$¥-804]#,##0.00", "12.5", "¥12.50"),
    ("[<100]0.0;0", "7", "7.0"),
    ("[<100]0.0;0", "700", "700"),
    ("[Red]-0.0;[Blue]0.0", "-3", "-3.0"),
    ('0.0,," M"', "12300000", "12.3 M"),
    ("General", "36.670000000000002", "36.67"),
    ("General", "1E-7", "1E-07"),
    ("@", "7", "7"),
    ("# ?/?", "0.5", "0.5"),
    (";;;", "5", "5"),
    ("0.000", "0.30000000000000004", "0.300"),
    ("d-mmm-yy", "43743", "2019-10-05"),
    ("yyyy-mm-dd", "43743", "2019-10-05"),
    ("m/d/yy", "43743", "2019-10-05"),
    ('yyyy"年"m"月"d"日"', "43743", "2019-10-05"),
    ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "43743", "2019-10-05"),
    ("[$-409]d\\-mmm\\-yyyy;@", "43743", "2019-10-05"),
    ("mmm-yy", "43739", "2019-10"),
    ('yyyy"年"m"月"', "43739", "2019-10"),
    ("mmmm yyyy", "43739", "2019-10"),
    ("yyyy", "43466", "2019"),
    ("yyyy-mm-dd h:mm", "43743.5625", "2019-10-05T13:30:00"),
    ("m/d/yy h:mm AM/PM", "43743", "2019-10-05T00:00:00"),
    ("h:mm", "0.5625", "13:30:00"),
    ("mm:ss", "0.01", "00:14:24"),
    ("[h]:mm", "1.5", "36:00:00"),
    ("[mm]:ss", "0.5", "720:00"),
    ("yyyy-mm-dd", "-5", "-5"),
    ("yyyy-mm-dd", "0", "0"),
    ("yyyy-mm-dd", "60", "1900-02-29"),
    ("yyyy-mm-dd", "59", "1900-02-28"),
    ("yyyy-mm-dd", "61", "1900-03-01"),
    ("yyyy-mm-dd", "99999999", "99999999"),
    ("yyyy-mm-dd", "not a number", "not a number"),
]


@pytest.mark.parametrize(("code", "stored", "text"), FORMATS)
def test_what_is_shown(code: str, stored: str, text: str) -> None:
    assert number_format(code).show(stored) == Shown(text)


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        ("0.00", "3.14159", Shown("3.14", "3.14159")),
        ("0", "3.7", Shown("4", "3.7")),
        ("0,", "12345", Shown("12", "12345")),
        ("mmm-yy", "43743", Shown("2019-10", "2019-10-05")),
        ("yyyy", "2019", Shown("1905", "1905-07-11")),
        ("yyyy-mm-dd", "43743.5625", Shown("2019-10-05", "2019-10-05T13:30:00")),
        ("h:mm", "43743.5625", Shown("13:30:00", "2019-10-05T13:30:00")),
        ("d-mmm", "43467", Shown("2-Jan", "2019-01-02", unknown=True)),
        ("m/d", "43467", Shown("1/2", "2019-01-02", unknown=True)),
        ("mmm", "43467", Shown("Jan", "2019-01-02", unknown=True)),
        ("g", "43467", Shown("2019-01-02", "2019-01-02", unknown=True)),
        ("dddd", "43467", Shown("Wednesday", "2019-01-02", unknown=True)),
        (BUILTIN[27], "43739", Shown("2019-10-01", "", unknown=True)),
        (BUILTIN[27], "43740", Shown("2019-10-02")),
    ],
)
def test_what_a_format_hides_is_said(code: str, stored: str, shown: Shown) -> None:
    assert number_format(code).show(stored) == shown


def test_days_may_be_counted_from_1904() -> None:
    assert number_format("yyyy-mm-dd").show("42281", date_1904=True).text == "2019-10-05"


@given(st.integers(0, 10**9), st.integers(1, 6))
def test_zeros_pad_whole_numbers(value: int, width: int) -> None:
    assert number_format("0" * width).show(str(value)) == Shown(str(value).zfill(width))


@given(st.dates(dt.date(1900, 3, 1), dt.date(9999, 12, 31)))
def test_every_day_comes_back(day: dt.date) -> None:
    serial = (day - dt.date(1899, 12, 30)).days
    assert number_format("yyyy-mm-dd").show(str(serial)) == Shown(day.isoformat())
    assert number_format("mmm-yy").show(str(serial)).text == day.isoformat()[:7]


@given(st.floats(allow_nan=False, allow_infinity=False), st.text('0#?.,%E+-;[]"\\_*/@ymdhs GeneralRed<>1', max_size=12))
def test_no_format_is_too_odd(value: float, code: str) -> None:
    shown = number_format(code).show(repr(value))
    assert shown.text.strip(), "a cell that holds a number never becomes blank"


@given(st.integers(-(2**53) + 1, 2**53 - 1))
def test_general_keeps_whole_numbers(value: int) -> None:
    assert general(float(value)) == str(value)


# --- in workbooks -----------------------------------------------------------------------------------------------------


def first_row(sheet: Sheet) -> list[str]:
    return next(iter(sheet.batches())).rows[0]


def test_formats_of_a_workbook_are_seen(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    values = [
        ("plain", 7, None),
        ("padded", 7, "000"),
        ("month", dt.datetime(2019, 10, 1), "mmm-yy"),
        ("year", dt.datetime(2019, 1, 1), "yyyy"),
        ("day", dt.datetime(2019, 10, 5), "d-mmm-yy"),
        ("moment", dt.datetime(2019, 10, 5, 13, 30), None),
        ("time", dt.time(13, 30), None),
        ("span", dt.timedelta(hours=26, minutes=30), None),
        ("share", 0.15, "0%"),
        ("two places", 1.5, "0.00"),
        ("sum", 0.1 + 0.2, None),
        ("yes", True, None),
        ("text", "007", None),
        ("text date", "2019-10", "mmm-yy"),
        ("blank with style", None, "000"),
        ("error", "#N/A", None),
    ]
    for column, (header, value, code) in enumerate(values, 1):
        sheet.cell(1, column, header)
        cell = sheet.cell(2, column, value)
        if code:
            cell.number_format = code
    book.save(tmp_path / "a.xlsx")
    read_back = read(tmp_path / "a.xlsx").sheets[0]
    assert first_row(read_back) == [
        "7", "007", "2019-10", "2019", "2019-10-05", "2019-10-05T13:30:00", "13:30:00", "26:30:00", "15%", "1.50", "0.3", "TRUE", "007",
        "2019-10", "", "#N/A",
    ]  # fmt: skip
    list(read_back.batches())
    assert [(f.code, f.header) for f in read_back.findings] == [("formula-error", "error")]


def test_hidden_parts_are_one_finding_per_column(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["id", "when", "size", "range"])
    for i in range(1, 30):
        sheet.append([f"S{i}", dt.datetime(2019, 10, i), i / 7, dt.datetime(2019, 1, i)])
        for column, code in ((2, "mmm-yy"), (3, "0.0"), (4, "d-mmm")):
            sheet.cell(i + 1, column).number_format = code
    book.save(tmp_path / "a.xlsx")
    read_back = read(tmp_path / "a.xlsx").sheets[0]
    (batch,) = read_back.batches()
    assert batch.rows[2] == ["S3", "2019-10", "0.4", "3-Jan"]
    found = {f.header: f for f in read_back.findings}
    assert {h: (f.code, f.value) for h, f in found.items()} == {
        "when": ("display-hides", "2019-10"),
        "size": ("display-hides", "0.1"),
        "range": ("date-precision-unknown", "1-Jan"),
    }
    assert (found["when"].count, found["when"].rows, found["when"].address.row) == (28, "3-30", 3)
    assert (found["size"].count, found["range"].count) == (25, 29)
    assert "2019-01-01" in found["range"].expected


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B2" s="1"><v>7</v></c>',
        '<c r="B2" s="1" t="n"><v>7</v></c>',
        '<c r="B2" t="n" s="1"><v>7</v></c>',
        '<c s="1" r="B2"><v>7</v></c>',
        '<c r="B2" s="1"><f>A1+1</f><v>7</v></c>',
        '<c r="B2" s="1"><f t="shared" si="0"/><v>7</v></c>',
        '<c r="B2" s="1">\n  <v>7</v>\n</c>',
        '<c s="1"><v>7</v></c>',
    ],
)
def test_the_format_is_found_however_the_cell_is_written(cell: str, tmp_path: Path) -> None:
    first = '<c r="A2" t="str"><v>S1</v></c>' if 'r="' in cell else '<c t="str"><v>S1</v></c>'
    a1 = '<c t="str" r="A1">' if cell.startswith('<c s="1" r=') else '<c r="A1" t="str">'
    rows = f'<row r="1">{a1}<v>id</v></c><c r="B1" t="str"><v>no</v></c></row><row r="2">{first}{cell}</row>'
    path = write_zip(tmp_path / "a.xlsx", xlsx_parts(rows, styles=styles_of("000")))
    assert first_row(read(path).sheets[0]) == ["S1", "007"]


def test_prefixed_xml_and_rows_out_of_order_are_read_too(tmp_path: Path) -> None:
    parts = xlsx_parts("", styles=styles_of("000"))
    parts["xl/worksheets/sheet1.xml"] = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        '<x:row r="3"><x:c r="A3" s="1"><x:v>3</x:v></x:c><x:c r="B3" t="e"><x:v>#REF!</x:v></x:c></x:row>'
        '<x:row r="2"><x:c r="A2" s="1"><x:v>2</x:v></x:c></x:row>'
        '<x:row r="1"><x:c r="A1" t="str"><x:v>no</x:v></x:c><x:c r="B1" t="str"><x:v>note</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    sheet = read(write_zip(tmp_path / "a.xlsx", parts)).sheets[0]
    (batch,) = sheet.batches()
    assert (batch.rows, list(batch.numbers)) == ([["002", ""], ["003", "#REF!"]], [2, 3])


def test_rows_out_of_order_in_a_regular_sheet(tmp_path: Path) -> None:
    filler = "".join(f'<row r="{i}"><c r="A{i}" s="1"><v>{i}</v></c></row>' for i in range(5000, 20_000))
    rows = filler + '<row r="1"><c r="A1" t="str"><v>no</v></c></row><row r="2"><c r="A2" s="1"><v>2</v></c></row>'
    sheet = read(write_zip(tmp_path / "a.xlsx", xlsx_parts(rows, styles=styles_of("000000")))).sheets[0]
    pairs = [p for b in sheet.batches() for p in zip(b.numbers, b.rows, strict=True)]
    assert (pairs[0], pairs[-1], len(pairs)) == ((2, ["000002"]), (19_999, ["019999"]), 15_001)


def test_a_workbook_may_count_from_1904(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="str"><v>day</v></c></row><row r="2"><c r="A2" s="1"><v>42281</v></c></row>'
    path = write_zip(tmp_path / "a.xlsx", xlsx_parts(rows, styles=styles_of("yyyy\\-mm\\-dd"), date_1904=True))
    assert first_row(read(path).sheets[0]) == ["2019-10-05"]
