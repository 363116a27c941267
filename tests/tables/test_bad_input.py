"""What cannot be read: one clear sentence, in bounded time and memory."""

from __future__ import annotations

import gc
import gzip
import os
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from omics_standards.errors import ReadError
from omics_standards.tables import Limits, read
from tables.builders import HEAD, compound, ods_row, text_cell, write_ods, write_xls, write_xlsb, write_zip, xlsx_parts


def refused(path: Path, **options: object) -> str:
    def read_all() -> None:
        for sheet in read(path, **options).sheets:  # type: ignore[arg-type]
            list(sheet.batches())

    with pytest.raises(ReadError) as caught:
        read_all()
    message = str(caught.value)
    assert message.startswith(path.name)
    assert ": " in message
    assert "\n" not in message
    assert not message.endswith(".")
    return message


SMALL = f'<row r="1">{text_cell("A1", "id")}{text_cell("B1", "age")}</row><row r="2">{text_cell("A2", "S1")}{text_cell("B2", "7")}</row>'


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"id\tage\nS1\t7\n", "is a text file, not a workbook: rename it"),
        ("a.xls", b"id\tage\nS1\t7\n", "is a text file, not a workbook"),
        ("a.xlsx", b"<html><table><tr><td>id</td></tr></table></html>", "is a web page"),
        (
            "a.xls",
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>',
            "XML spreadsheet of Excel 2003",
        ),
        ("a.tsv", b"", "is empty"),
        ("a.xlsx", b"", "is empty"),
        ("a.xml", b'<?xml version="1.0"?>\n<SAMPLE_SET><SAMPLE></SAMPLE_SET>', "is not well-formed XML (line 2"),
        ("a.txt", b"<SAMPLE_SET>\n<SAMPLE/></SAMPLES>", "is not well-formed XML"),
        ("a.json", b'{"id": "S1", ', "is not well-formed JSON"),
        ("a.json", b'[{"id": "S1"]', "is not well-formed JSON"),
        ("a.txt", b'\xef\xbb\xbf [\n  "a", "b"', "is not well-formed JSON"),
        ("a.yaml", b"id: [S1\n", "is not well-formed YAML"),
        ("a.xlsx.gz", gzip.compress(b"PK\x03\x04rest", mtime=0), "is a gzip archive of no text: unpack it"),
        ("a.tsv.gz", gzip.compress(b"id\n", mtime=0)[:-6], "is a gzip archive that is damaged or cut short"),
        ("a.pdf", b"%PDF-1.7", "is a PDF document"),
        ("a.h5ad", b"\x89HDF\r\n\x1a\n", "a.h5ad is "),
        ("a.parquet", b"PAR1....", "is a Parquet file"),
        ("a.tsv", bytes(range(256)) * 40, "holds binary data"),
        ("a.tsv", bytes(5000), "holds binary data"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), "damaged or cut short"),
        ("a.xls", compound("WordDocument", bytes(4096)), "an old Office document but no workbook"),
        ("a.xlsx", compound("EncryptedPackage", bytes(4096)), "protected by a password"),
        ("a.xlsx", b"PK\x03\x04 and nothing more", "damaged or cut short"),
        ("a.xlsx", b"PK\x05\x06" + bytes(18), "zip archive without a workbook"),
    ],
)
def test_what_it_really_is_is_said(name: str, content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert words in refused(path)


@pytest.mark.parametrize("head", ["<not provided>\tage", "{age}\tid", "[sample]\tage", "a <b>\tc", '"id"\t"age"', "< 5\tx"])
def test_tables_that_only_begin_like_something_else_are_read(head: str, tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(head + "\nS1\t7\n")
    assert len(read(path).sheets[0].headers) == 2


def test_missing_files_folders_and_forbidden_files(tmp_path: Path) -> None:
    assert "does not exist" in refused(tmp_path / "none.tsv")
    assert "is a folder" in refused(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert "not a regular file" in refused(tmp_path / "pipe")
    if os.name == "posix" and os.geteuid() != 0:
        path = tmp_path / "a.tsv"
        path.write_text("id\n")
        path.chmod(0)
        assert "permission denied" in refused(path)


def test_permission_errors_are_put_into_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("id\n")
    monkeypatch.setattr(Path, "stat", lambda self, **_: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
    assert "may not be read (permission denied)" in refused(path)


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("kind", ["xlsx", "xls", "xlsb", "ods"])
def test_truncated_workbooks(kind: str, keep: float, tmp_path: Path) -> None:
    path = tmp_path / f"a.{kind}"
    if kind == "xlsx":
        write_zip(path, xlsx_parts(SMALL))
    elif kind == "ods":
        write_ods(path, ods_row("id", "age") + ods_row("S1", "7"))
    elif kind == "xlsb":
        write_xlsb(path, {(0, 0): "id", (1, 0): "S1"})
    else:
        write_xls(path, {(0, 0): "id", (1, 0): "S1"})
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])
    refused(path)


def test_parts_that_are_damaged_or_missing(tmp_path: Path) -> None:
    parts = xlsx_parts(SMALL)
    broken = dict(parts) | {"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row><c><v>1</v></row></sheetData>"}
    assert "damaged" in refused(write_zip(tmp_path / "a.xlsx", broken))
    broken = dict(parts) | {"xl/styles.xml": "<styleSheet"}
    assert "damaged" in refused(write_zip(tmp_path / "b.xlsx", broken))
    assert "damaged" in refused(write_zip(tmp_path / "c.xlsx", {k: v for k, v in parts.items() if k != "xl/worksheets/sheet1.xml"}))
    assert "without its main part" in refused(write_zip(tmp_path / "d.xlsx", {k: v for k, v in parts.items() if k != "xl/workbook.xml"}))
    assert "Word document" in refused(write_zip(tmp_path / "e.xlsx", {"word/document.xml": "<w/>"}))
    assert "without a workbook" in refused(write_zip(tmp_path / "f.zip", {"a.tsv": "id\n"}))
    flipped = bytearray(write_zip(tmp_path / "g.xlsx", parts).read_bytes())
    spot = flipped.find(b"sheet1.xml") + 40
    flipped[spot : spot + 8] = b"\xff" * 8
    (tmp_path / "g.xlsx").write_bytes(bytes(flipped))
    assert "damaged" in refused(tmp_path / "g.xlsx")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.xlsx", xlsx_parts(SMALL + " " * (64 << 20)))
    assert path.stat().st_size < 1 << 20
    assert "times its size" in refused(path)
    assert "unpacks to 64 MB, more than is read at once (32 MB)" in refused(path, limits=Limits(max_unpacked=32 << 20))
    many = write_zip(tmp_path / "b.xlsx", xlsx_parts(SMALL) | {f"xl/x{i}.bin": "" for i in range(200)})
    assert "has 206 parts" in refused(many, limits=Limits(max_members=100))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_bomb_that_lies_about_its_size_is_not_believed(part: str, tmp_path: Path) -> None:
    parts = xlsx_parts(SMALL)
    parts["xl/_rels/workbook.xml.rels"] = str(parts["xl/_rels/workbook.xml.rels"]).replace(
        "</Relationships>",
        '<Relationship Id="rId50" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>',
    )
    parts["xl/sharedStrings.xml"] = HEAD + "<sst>" + "<si><t>a</t></si>" * 10 + "</sst>"
    parts[part] = str(parts[part]) + " " * (8 << 20)
    path = write_zip(tmp_path / "a.xlsx", parts)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        true = struct.pack("<I", archive.getinfo(part).file_size)
    assert content.count(true) == 2  # in the part's own head and in the directory
    path.write_bytes(bytes(content).replace(true, struct.pack("<I", 5000)))
    assert "damaged" in refused(path, limits=Limits(max_unpacked=1 << 20))


def test_a_million_blank_formatted_rows_are_nothing(tmp_path: Path) -> None:
    blank = "".join(f'<row r="{i}" s="1" customFormat="1"><c r="A{i}" s="1"/></row>' for i in range(3, 1_048_577))
    path = write_zip(tmp_path / "a.xlsx", xlsx_parts(SMALL + blank))
    sheet = read(path).sheets[0]
    assert [b.rows for b in sheet.batches()] == [[["S1", "7"]]]
    assert sheet.cells == 4
    only = write_zip(tmp_path / "b.xlsx", xlsx_parts(blank))
    assert read(only).sheets[0].reason == "empty"


def test_ten_thousand_columns_are_read(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    for row in range(4):
        sheet.write_row(row, 0, [f"r{row} c{i}" if row else f"header {i} of all" for i in range(10_000)])
    book.close()
    read_back = read(tmp_path / "a.xlsx").sheets[0]
    (batch,) = read_back.batches()
    assert (len(read_back.headers), len(batch.rows), batch.rows[-1][-1]) == (10_000, 3, "r3 c9999")


def test_a_cell_of_ten_megabytes_is_cut_and_said(tmp_path: Path) -> None:
    rows = SMALL + f'<row r="3">{text_cell("A3", "x" * 10_000_000)}</row>'
    sheet = read(write_zip(tmp_path / "a.xlsx", xlsx_parts(rows))).sheets[0]
    (batch,) = sheet.batches()
    assert len(batch.rows[1][0]) == 1_000_000
    assert [(f.code, f.address.cell) for f in sheet.findings] == [("too-long", "Sheet1!A3")]


@pytest.mark.parametrize("far", ["XFD1048576", "ZZ20000", "XFD1"])
@pytest.mark.parametrize("declared", ["", '<dimension ref="A1:B2"/>'])
def test_two_cells_far_apart_do_not_take_all_memory(far: str, declared: str, tmp_path: Path) -> None:
    row = "".join(c for c in far if c.isdigit())
    rows = SMALL + "".join(f'<row r="{i}">{text_cell(f"A{i}", "x")}</row>' for i in range(3, 1000)) if far == "XFD1" else SMALL
    rows = rows.replace("</row>", f"{text_cell(far, 'x')}</row>", 1) if row == "1" else rows + f'<row r="{row}">{text_cell(far, "x")}</row>'
    parts = xlsx_parts(rows)
    parts["xl/worksheets/sheet1.xml"] = str(parts["xl/worksheets/sheet1.xml"]).replace("<sheetData>", declared + "<sheetData>")
    assert "delete stray cells far from the table" in refused(write_zip(tmp_path / "a.xlsx", parts), limits=Limits(max_cells=8_000_000))


def test_a_dimension_that_lies_does_no_harm(tmp_path: Path) -> None:
    parts = xlsx_parts(SMALL)
    parts["xl/worksheets/sheet1.xml"] = str(parts["xl/worksheets/sheet1.xml"]).replace(
        "<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'
    )
    assert read(write_zip(tmp_path / "a.xlsx", parts)).sheets[0].headers == ("id", "age")


def test_far_cells_in_other_workbooks(tmp_path: Path) -> None:
    assert "stray cells" in refused(write_xls(tmp_path / "a.xls", {(0, 0): "id", (65_000, 250): "x"}))
    assert "stray cells" in refused(write_xlsb(tmp_path / "a.xlsb", {(0, 0): "id", (1_000_000, 16_000): "x"}))
    wide = '<table:table-row><table:table-cell office:value-type="string" table:number-columns-repeated="16000"><text:p>x</text:p></table:table-cell></table:table-row>'
    assert "stray cells" in refused(
        write_ods(tmp_path / "b.ods", wide.replace("<table:table-row>", '<table:table-row table:number-rows-repeated="1000000">'))
    )
    assert "stray cells" in refused(write_ods(tmp_path / "c.ods", wide + ods_row("", repeat=1_000_000) + ods_row("x")))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "content.xml"])
def test_entities_in_a_workbook_are_refused(part: str, tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!-- a comment --><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    if part == "content.xml":
        path = write_ods(tmp_path / "a.ods", ods_row("id"))
        with zipfile.ZipFile(path) as archive:
            parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
        parts[part] = bomb.encode() + bytes(parts[part]).removeprefix(HEAD.encode())
    else:
        parts = xlsx_parts(SMALL.replace("S1", "&b;"))
        parts[part] = bomb + str(parts[part]).removeprefix(HEAD)
    assert "declares XML entities" in refused(write_zip(tmp_path / f"b.{'ods' if part == 'content.xml' else 'xlsx'}", parts))


def test_encrypted_members_are_named(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.xlsx", xlsx_parts(SMALL))
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(bytes(content))
    assert "protected by a password" in refused(path)


def test_a_reader_leaves_no_open_file(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["id"])
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "b.tsv").write_text("id\tage\n" + "S\t1\n" * 50_000)
    if not Path("/proc/self/fd").exists():
        pytest.skip("needs /proc")
    gc.collect()  # what earlier tests left open must not be closed while we count
    before = len(list(Path("/proc/self/fd").iterdir()))
    books = [read(tmp_path / name) for name in ("a.xlsx", "b.tsv")]
    next(iter(books[1].sheets[0].batches()))
    assert len(list(Path("/proc/self/fd").iterdir())) <= before


@pytest.mark.parametrize(
    "cell", ["+" + "A" * 900_000, "1" + " " * 900_000 + "x", "=" * 900_000, "#" * 900_000, '"' * 900_001, "(" * 900_000]
)
def test_no_long_cell_takes_long(cell: str, tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(f"id\tx\nS1\t{cell}\nS2\tAA(|!\n")
    assert sum(len(b.rows) for b in read(path).sheets[0].batches()) >= 1


def test_a_main_part_too_large_for_a_tree_is_refused(tmp_path: Path) -> None:
    parts = xlsx_parts(SMALL)
    parts["xl/styles.xml"] = "<styleSheet>" + "".join(f"<x y='{i}'/>" for i in range(2_500_000)) + "</styleSheet>"
    assert "has a part xl/styles.xml of" in refused(write_zip(tmp_path / "a.xlsx", parts))


def test_sectors_that_run_in_a_circle_end(tmp_path: Path) -> None:
    content = bytearray(compound("Workbook", bytes(4096)))
    table = len(content) - 512
    content[table + 4 * 3 : table + 4 * 4] = struct.pack("<I", 1)  # sector 3 is followed by sector 1
    path = tmp_path / "a.xls"
    path.write_bytes(bytes(content))
    assert "its parts do not fit together" in refused(path)


def test_a_panic_of_the_library_is_a_sentence_and_leaves_no_other_trace(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_xls(tmp_path / "a.xls", {(0, 0): "id", (1, 0): "S1"})
    panic = type("PanicException", (BaseException,), {})

    def broken(*_: object) -> None:
        os.write(2, b"thread panicked at src/cfb.rs")
        raise panic("range end index 8 out of range")

    monkeypatch.setattr("omics_standards.tables.excel._open", broken)
    assert "range end index 8 out of range" in refused(path)
    assert capfd.readouterr().err == ""
    monkeypatch.setattr("omics_standards.tables.excel._open", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        read(path)
