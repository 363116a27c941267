"""Delimited text: dialects, line ends, quotation marks, ragged rows, encodings."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omics_standards.errors import ReadError, UsageError
from omics_standards.tables import DEFAULT_LIMITS, Limits, Sheet, Workbook, read
from omics_standards.tables.delimited import DelimitedSource
from omics_standards.tables.dialect import Dialect, find_dialect
from omics_standards.tables.encoding import guess_encoding
from omics_standards.tables.notes import Notes


def write(folder: Path, content: str | bytes, name: str = "samples.tsv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def rows_of(sheet: Sheet, size: int = 1024) -> list[tuple[int, list[str]]]:
    return [pair for batch in sheet.batches(size) for pair in zip(batch.numbers, batch.rows, strict=True)]


def codes_of(book: Workbook) -> list[str]:
    return [f.code for f in (*book.findings, *(f for sheet in book.sheets for f in sheet.findings))]


# --- encodings, delimiters and line ends ------------------------------------------------------------------------------

HEADERS = {"gb18030": ["样本名称", "组织来源", "采集日期说明"], "cp1252": ["Größe der Probe", "tissue", "température"]}
WORDS = {
    "gb18030": ["肝脏", "心脏组织", "北京市", "S1", "7", "NA", "007", "1E5"],
    "cp1252": ["Zürich", "5 µm", "-80 °C", "S1", "7", "NA", "007", "Universität"],
    "utf": ["肝脏", "Zürich", "-80 °C", "S1", "7", "NA", "007", " lead", "trail ", "a\u2028b", "x\x0by", "\u3000", "  ", "\xa0", "😀"],
}
MARKS = ["", '"', "a\nb", "c\r\nd", "\t", ",", ";", "|", "'", 'a "b" c', "#x"]


def quoted(cell: str, delimiter: str) -> str:
    # The writer of the csv module leaves a line feed bare where lines end with a carriage return.
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in (delimiter, '"', "\r", "\n")) else cell


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "cp1252"])
@pytest.mark.parametrize("delimiter", ["\t", ",", ";", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@settings(max_examples=20)
@given(data=st.data())
def test_any_text_is_read_back_exactly(
    encoding: str, delimiter: str, end: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    words = WORDS.get(encoding, WORDS["utf"])
    header = HEADERS.get(encoding, ["样本", "tissue", "age"])
    cell = st.sampled_from([*words, *MARKS])
    table = data.draw(st.lists(st.lists(cell, min_size=3, max_size=3), min_size=3, max_size=12))
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes("".join(delimiter.join(quoted(c, delimiter) for c in row) + end for row in [header, *table]).encode(encoding))

    sheet = read(path).sheets[0].with_header(1)

    blank = [["" if c.isspace() else c for c in row] for row in table]
    # Comment rows right below the header are structure.
    begin = sheet.data_row - 2
    assert rows_of(sheet) == [(i, row) for i, row in enumerate(blank, 2) if any(row) and i - 2 >= begin]
    assert sheet.cells == 3 + sum(bool(c) for row in blank for c in row)
    assert sheet.structural == 3 + sum(bool(c) for row in blank[:begin] for c in row)


def test_each_encoding_is_named_and_a_guess_is_found(tmp_path: Path) -> None:
    text = "样本名称\t组织\nS1\t肝脏\n"
    for encoding, named, guessed in [
        ("utf-8", "utf-8", False),
        ("utf-8-sig", "utf-8", False),
        ("utf-16", "utf-16", False),
        ("gb18030", "gb18030", True),
        ("utf-16-le", "utf-16-le", True),
    ]:
        book = read(write(tmp_path, text.encode(encoding)))
        assert (book.encoding, "encoding-guessed" in codes_of(book)) == (named, guessed)
        assert book.sheets[0].headers == ("样本名称", "组织")
    western = read(write(tmp_path, "sample\ttemp\nS1\t-80 °C\nÅrhus\t5 µm\n".encode("cp1252")))
    assert western.encoding == "cp1252"
    assert rows_of(western.sheets[0])[1][1] == ["Århus", "5 µm"]


def test_the_encoding_may_be_decided_far_down_and_may_be_given(tmp_path: Path) -> None:
    filler = b"S1\tliver\tplain text\n" * 90_000  # more than a megabyte
    content = b"sample\ttissue\tnote\n" + filler + "样本一\t肝脏\t北京市的样本\n".encode("gb18030")
    book = read(write(tmp_path, content))
    assert book.encoding == "gb18030"
    assert rows_of(book.sheets[0])[-1] == (90_002, ["样本一", "肝脏", "北京市的样本"])
    assert read(write(tmp_path, "a\tb\nx\té\n".encode("latin-1")), encoding="latin-1").encoding == "iso8859-1"
    assert read(write(tmp_path, "a\tb\nx\té\n".encode("utf-8-sig")), encoding="utf-8").sheets[0].headers == ("a", "b")
    with pytest.raises(UsageError, match="not known"):
        read(write(tmp_path, "a\tb\n"), encoding="utf-99")
    with pytest.raises(UsageError, match="one character"):
        read(write(tmp_path, "a\tb\n"), delimiter="::")


def test_bytes_that_fit_no_encoding_are_replaced_and_located(tmp_path: Path) -> None:
    lines = ["样本\t组织"] + [f"样本{i}\t肝脏组织" for i in range(50)]
    content = "\n".join(lines).encode() + b"\nS51\tbad \xff\xfe here\nS52\tfine\n"
    book = read(write(tmp_path, content))
    rows = rows_of(book.sheets[0])
    assert rows[50] == (52, ["S51", "bad \ufffd\ufffd here"])
    (found,) = [f for f in book.sheets[0].findings if f.code == "encoding-damaged"]
    assert (found.address.row, found.address.column, found.header) == (52, 2, "组织")


@pytest.mark.parametrize(
    ("sample", "name"),
    [
        (b"plain", "utf-8"),
        ("a\tb\nü".encode()[:-1], "utf-8"),  # a character cut off by the end of the sample
        ("Ünïcödé".encode("cp1252"), "cp1252"),
        ("Größe °C".encode("cp1252"), "cp1252"),
        ("中文样本".encode("gb18030"), "gb18030"),
        ("采集日期：二〇一九年".encode("gb18030"), "gb18030"),
        (b"\xe9 ", "cp1252"),
    ],
)
def test_guess_encoding(sample: bytes, name: str) -> None:
    assert guess_encoding(sample).name == name


def test_a_broken_character_at_the_very_end_is_no_utf8() -> None:
    assert guess_encoding(b"caf\xe9", complete=True).name == "cp1252"
    assert guess_encoding(b"caf\xe9").name == "utf-8"


def test_a_nul_in_utf8_stays_and_is_no_utf16(tmp_path: Path) -> None:
    book = read(write(tmp_path, b"id\tname\nS1\ta\x00b\n"))
    assert book.encoding == "utf-8"
    assert rows_of(book.sheets[0]) == [(2, ["S1", "a\x00b"])]


# --- dialect ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sample", "suffix", "delimiter"),
    [
        ("a\tb\n1,2\t3,4\n", "", "\t"),
        ("a;b;c\n1,5;2,5;x\n3,5;1,0;y\n", "", ";"),
        ("a|b\n1|2\n", "", "|"),
        ('a,b\n"x;y",2\n"z;w",3\n', ".csv", ","),
        ("name\ncomma, here\nnone\nnone\n", "", "\t"),
        ("h1\tsize; colour; shape\nx\ta; b; c\ny\td; e; f\n", ".tsv", "\t"),
        ("# a, b, c, d\nid\tage\n1\t2\n", "", "\t"),
        ("", "", "\t"),
        ("one\n", ".csv", ","),
    ],
)
def test_find_dialect(sample: str, suffix: str, delimiter: str) -> None:
    assert find_dialect(sample, suffix).delimiter == delimiter


def test_fields_may_follow_the_delimiter_after_a_blank(tmp_path: Path) -> None:
    book = read(write(tmp_path, 'id, title, age\nS1, "liver, left", 7\nS2, "heart, right", 8\n', "a.csv"))
    assert rows_of(book.sheets[0]) == [(2, ["S1", "liver, left", "7"]), (3, ["S2", "heart, right", "8"])]


# --- rows and their numbers -------------------------------------------------------------------------------------------


def test_row_numbers_count_comments_blank_rows_and_records(tmp_path: Path) -> None:
    book = read(write(tmp_path, '# comment\n\nid\ttitle\nS1\t"two\nlines"\n\n\t  \nS2\tx\n'))
    sheet = book.sheets[0]
    assert (sheet.header_row, sheet.comments) == (3, ((1, "# comment"),))
    (batch,) = sheet.batches()
    assert (batch.rows, list(batch.numbers)) == ([["S1", "two\nlines"], ["S2", "x"]], [4, 7])


def test_batches_are_cut_at_the_size_and_may_be_read_again(tmp_path: Path) -> None:
    sheet = read(write(tmp_path, "id\tn\n" + "".join(f"S{i}\t{i}\n" for i in range(5000)))).sheets[0]
    first = list(sheet.batches(1000))
    assert [len(b.rows) for b in first] == [1000] * 5
    assert [b.numbers for b in first] == [range(2 + 1000 * i, 1002 + 1000 * i) for i in range(5)]
    assert sheet.cells == 10_002
    assert next(sheet.batches(700)).rows[0] == ["S0", "0"]
    assert rows_of(sheet, 4096) == [p for b in first for p in zip(b.numbers, b.rows, strict=True)]


def test_short_rows_are_padded_and_told(tmp_path: Path) -> None:
    sheet = read(write(tmp_path, "id\tage\tsex\n" + "S\t7\tmale\n" * 20 + "S21\t8\n")).sheets[0]
    assert rows_of(sheet)[-1] == (22, ["S21", "8", ""])
    (found,) = sheet.findings
    assert (found.code, found.severity, found.address.row, found.count) == ("row-too-short", "warning", 22, 1)


def test_rows_of_a_writer_that_trims_blanks_are_no_warning(tmp_path: Path) -> None:
    sheet = read(write(tmp_path, "id\tage\tsex\n" + "S1\t7\nS2\t8\tmale\nS3\t9\n" * 5)).sheets[0]
    rows_of(sheet)
    (found,) = sheet.findings
    assert (found.code, found.severity, found.count, found.rows) == ("row-too-short", "info", 10, "2,4-5,7-8,10-11,13-14,16")


def test_long_rows_keep_their_cells_and_only_filled_ones_are_told(tmp_path: Path) -> None:
    sheet = read(write(tmp_path, "id\tage\nS1\t7\t\t\nS2\t8\tmore\nS3\t9\n")).sheets[0]
    (batch,) = sheet.batches()
    assert batch.rows == [["S1", "7", ""], ["S2", "8", "more"], ["S3", "9", ""]]
    (found,) = sheet.findings
    assert (found.code, found.address.cell) == ("row-too-long", "C3")
    assert sheet.cells == 9


@pytest.mark.parametrize("fields", [["1", "2", "3"], ["1", "2", "3", "4", "5"]])
def test_all_rows_of_another_width_than_the_header_are_a_shift(fields: list[str], tmp_path: Path) -> None:
    lines = ["id,country_(and/or,sea),age"] if len(fields) == 3 else ["id,country,sea,age"]
    sheet = read(write(tmp_path, "\n".join([*lines, *[",".join(fields)] * 3]), "a.csv")).sheets[0]
    rows_of(sheet)
    (found,) = sheet.findings
    assert (found.code, found.severity) == ("columns-shifted", "error")
    assert f"header's 4 fields in every row; all 3 rows have {len(fields)}" in found.expected


def test_one_row_or_a_trailing_delimiter_is_no_shift(tmp_path: Path) -> None:
    one = read(write(tmp_path, "a,b,c\n1,2\n", "a.csv")).sheets[0]
    rows_of(one)
    assert [f.code for f in one.findings] == ["row-too-short"]
    trailing = read(write(tmp_path, "a,b,c\n1,2,3,\n4,5,6,\n", "a.csv")).sheets[0]
    assert rows_of(trailing) == [(2, ["1", "2", "3"]), (3, ["4", "5", "6"])]
    assert trailing.findings == []


# --- quotation marks --------------------------------------------------------------------------------------------------


def test_a_mark_within_a_cell_is_text(tmp_path: Path) -> None:
    sheet = read(write(tmp_path, "id\tprimer\nS1\t5\" end\nS2\t3' end\n")).sheets[0]
    assert rows_of(sheet) == [(2, ["S1", '5" end']), (3, ["S2", "3' end"])]
    assert sheet.findings == []


def test_marks_that_swallow_rows_are_taken_as_text(tmp_path: Path) -> None:
    # american_gut/PGP: `"American Indian / Alaska Native` opens, and closes many lines on.
    lines = ["id\trace\tage"] + [f"S{i}\t{chr(34) + 'A / B' if i in (3, 7) else 'C'}\t{i}" for i in range(10)]
    sheet = read(write(tmp_path, "\n".join(lines) + "\n")).sheets[0]
    rows = rows_of(sheet)
    assert len(rows) == 10
    assert rows[3] == (5, ["S3", '"A / B', "3"])
    assert rows[7] == (9, ["S7", '"A / B', "7"])
    (found,) = sheet.findings
    assert (found.code, found.address.cell, found.value) == ("quote-unclosed", "B5", '"A / B')


def test_a_mark_that_is_never_closed_costs_one_line(tmp_path: Path) -> None:
    lines = [f"S{i}\ttissue\t{i}" for i in range(60_000)]
    lines[10] = 'S10\t"open\t10'
    sheet = read(write(tmp_path, "id\ttissue\tage\n" + "\n".join(lines))).sheets[0]
    rows = rows_of(sheet)
    assert len(rows) == 60_000
    assert rows[10] == (12, ["S10", '"open', "10"])
    assert rows[-1] == (60_001, ["S59999", "tissue", "59999"])
    assert [f.code for f in sheet.findings] == ["quote-unclosed"]


def test_quoted_line_ends_across_blocks_stay(tmp_path: Path) -> None:
    long = "line\r\n" * 30_000  # several blocks of the reader
    text = io.StringIO(newline="")
    csv.writer(text, delimiter="\t").writerows([["id", "note"], ["S1", long], ["S2", "x"]])
    sheet = read(write(tmp_path, text.getvalue())).sheets[0]
    assert rows_of(sheet) == [(2, ["S1", long]), (3, ["S2", "x"])]


@given(
    pieces=st.lists(st.sampled_from(["a", "b\t", '"', '""', "\n", "\r", "\r\n", "\t", " ", '"\t', '\t"', "é"]), max_size=60),
    block=st.integers(1, 7),
)
def test_blocks_make_no_difference(pieces: list[str], block: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """However the text is cut into blocks, the rows are those of the csv module over the whole."""
    text = "".join(pieces) + '"closed"\n'
    path = tmp_path_factory.getbasetemp() / "blocks.tsv"
    path.write_bytes(text.encode())
    source = DelimitedSource(path, "utf-8", Dialect("\t"), DEFAULT_LIMITS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("omics_standards.tables.delimited._BLOCK", block)
        notes = Notes()
        rows = [row for chunk in source.chunks(notes) for row in chunk.rows]
    if notes.count("quote-unclosed"):
        return
    expected = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    assert [row if any(row) else [] for row in rows] == [
        r if any(r) else [] for r in ([("" if c.isspace() else c) for c in row] for row in expected)
    ]


# --- limits -----------------------------------------------------------------------------------------------------------


def test_a_cell_of_ten_megabytes_is_cut_and_told(tmp_path: Path) -> None:
    sheet = read(write(tmp_path, "id\tnote\nS1\t" + "x" * 10_000_000 + '\nS2\t"' + "y" * 2_000_000 + '"\n')).sheets[0]
    rows = rows_of(sheet)
    assert [len(row[1]) for _, row in rows] == [1_000_000, 1_000_000]
    found = [f for f in sheet.findings if f.code == "too-long"]
    assert [f.address.cell for f in found] == ["B2", "B3"]
    assert "10,000,000" in found[0].expected


def test_a_line_or_a_row_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="has a line of over 100,000 characters"):
        read(write(tmp_path, "a\tb\n" + "x" * 300_000), limits=Limits(max_line=100_000))
    with pytest.raises(ReadError, match="has 20,000 columns in row 1, more than a spreadsheet can hold"):
        read(write(tmp_path, "\t".join(f"g{i}" for i in range(20_000)) + "\n"))


def test_formula_texts_and_errors_are_told_and_kept(tmp_path: Path) -> None:
    cells = [
        "=cmd|' /C calc'!A0",
        "=U434/49710",
        "+SUM(A1:A2)",
        "@SUM(1)",
        "-2+3+cmd|'/C'!A0",
        "#REF!",
        "-80 C",
        "+",
        "@home",
        "= ",
        "key=value",
    ]
    sheet = read(write(tmp_path, "id\tx\n" + "".join(f"S{i}\t{c}\n" for i, c in enumerate(cells)))).sheets[0]
    assert [row[1] for _, row in rows_of(sheet)] == cells
    assert {f.value: f.code for f in sheet.findings} == dict.fromkeys(cells[:5], "formula-text") | {"#REF!": "formula-error"}
    assert {f.header for f in sheet.findings} == {"x"}


def test_the_same_trouble_in_many_rows_is_one_finding(tmp_path: Path) -> None:
    sheet = read(write(tmp_path, "id\tx\n" + "S\t=1+1\n" * 3000 + "".join(f"S\t=1+{i}\n" for i in range(100)))).sheets[0]
    rows_of(sheet)
    found = sheet.findings
    assert len(found) == 21
    assert (found[0].count, found[0].rows) == (3000 + 1, "2-3001,3003")
    assert sum(f.count for f in found) == 3100
    assert found[-1].value is None
