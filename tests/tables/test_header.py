"""Where the header stands, and what stands around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from omics_standards.tables import Sheet, from_rows, read
from omics_standards.tables.header import lay_out, purpose


def sheet_of(folder: Path, text: str) -> Sheet:
    path = folder / "x.tsv"
    path.write_text(text, encoding="utf-8")
    return read(path).sheets[0]


def data_of(sheet: Sheet) -> list[tuple[int, list[str]]]:
    return [pair for batch in sheet.batches() for pair in zip(batch.numbers, batch.rows, strict=True)]


def test_the_header_of_a_biosample_template_stands_below_its_comments(tmp_path: Path) -> None:
    comments = "".join(f"# line {i} of the instructions, which is long\n" for i in range(12))
    sheet = sheet_of(tmp_path, comments + "*sample_name\tsample_title\t*organism\t*collection_date\nS1\tone\tMus musculus\t2019\n")
    assert (sheet.header_row, sheet.headers[0], len(sheet.comments)) == (13, "*sample_name", 12)
    assert (sheet.structural, data_of(sheet)) == (16, [(14, ["S1", "one", "Mus musculus", "2019"])])


def test_comments_may_be_padded_with_tabs(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "# Package: MIGS.ba; version 1\t\t\n# more\t\t\n_package\t*sample_name\t*organism\nMIGS.ba\tS1\tE. coli\n")
    assert (sheet.header_row, sheet.comments) == (3, ((1, "# Package: MIGS.ba; version 1"), (2, "# more")))


def test_ena_directives_around_the_header_are_structure(tmp_path: Path) -> None:
    sheet = sheet_of(
        tmp_path,
        "#checklist_accession\tERC000011\n#unique_name_prefix\nsample_alias\ttax_id\tcollection date\tdepth\n"
        "#template\n#units\t\t\tm\nS1\t9606\t2019-10\t5\nS2\t9606\t2019-11\t6\n",
    )
    assert sheet.header_row == 3
    assert [n for n, _ in sheet.comments] == [1, 2, 4, 5]
    assert dict(sheet.comments)[5] == "#units\t\t\tm"
    assert [n for n, _ in data_of(sheet)] == [6, 7]
    assert sheet.cells == sheet.structural + 8 == 3 + 4 + 1 + 2 + 8


def test_a_header_that_begins_with_a_hash_is_one(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "#SampleID\tBarcodeSequence\tDescription\n550.L1\tACGT\tstool\n550.L2\tACGA\tskin\n")
    assert (sheet.header_row, sheet.headers[0]) == (1, "#SampleID")
    assert len(data_of(sheet)) == 2


def test_data_that_begin_with_a_hash_are_data(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "id\tage\n" + "".join(f"#{i}\t{i}\n" for i in range(1, 9)))
    assert (sheet.header_row, len(data_of(sheet)), sheet.comments) == (1, 8, ())


def test_a_band_above_the_header_is_spread(tmp_path: Path) -> None:
    sheet = sheet_of(
        tmp_path,
        "Submission info\t\tSample info\t\t\nsample_name\tbioproject\ttitle\torganism\thost\n"
        "S1\tPRJNA1\tone\tE. coli\tHomo sapiens\nS2\tPRJNA1\ttwo\tE. coli\tHomo sapiens\n",
    )
    assert sheet.header_row == 2
    assert sheet.band == ("Submission info", "Submission info", "Sample info", "Sample info", "Sample info")
    assert (sheet.structural, sheet.comments) == (7, ())


def test_a_title_above_the_header_is_a_comment_not_a_band(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "Table S1. Samples\n\nid\ttissue\tage\nS1\tliver\t7\nS2\theart\t8\n")
    assert (sheet.header_row, sheet.band, sheet.comments) == (3, (), ((1, "Table S1. Samples"),))


def test_repeated_headers_stay_repeated(tmp_path: Path) -> None:
    headers = ["source name", "comment[modification parameters]", "comment[modification parameters]", "comment[data file]"]
    sheet = sheet_of(tmp_path, "\t".join(headers) + "\nS1\tNT=Oxidation\tNT=Acetyl\ta.raw\nS2\tNT=Oxidation\tNT=Acetyl\tb.raw\n")
    assert (sheet.header_row, list(sheet.headers)) == (1, headers)


def test_rows_of_numbers_alone_make_the_header_doubtful(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "RNA-Seq\t100\tPRJNA495860\tSAMN1\n" + "RNA-Seq\t75\tPRJNA495860\tSAMN2\n" * 4)
    assert sheet.header_row == 1
    assert [(f.code, f.address.row) for f in sheet.findings] == [("header-doubtful", 1)]


def test_all_texts_below_a_short_header_do_not_replace_it() -> None:
    rows = [["name", "tissue", "notes"], ["mouse one", "liver", "from the left"], ["mouse two", "heart", "all"], ["rat", "lung", "half"]]
    assert lay_out(list(enumerate(rows, 1)), lambda row: []).header_row == 1


def test_blanks_at_the_end_of_the_header_are_left_out(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "id\t age \t\t\nS1\t7\t\t\n")
    assert (sheet.headers, data_of(sheet)) == (("id", "age"), [(2, ["S1", "7"])])


def test_with_header_reads_from_another_row_and_counts_the_same_cells(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "A unique id\tAge of it\nid\tage\nS1\t7\n")
    other = sheet.with_header(2)
    assert (other.headers, other.header_row, data_of(other)) == (("id", "age"), 2, [(3, ["S1", "7"])])
    data_of(sheet)
    assert sheet.cells == other.cells == 6
    none = sheet.with_header(0)
    assert (none.header_row, none.headers, [n for n, _ in data_of(none)], none.structural) == (0, ("", ""), [1, 2, 3], 0)
    assert none.findings == []
    with pytest.raises(ValueError, match="no row 4"):
        sheet.with_header(4)


def test_preview_gives_rows_as_they_stand(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "# c\n\nid\tage\n" + "".join(f"S{i}\t{i}\n" for i in range(400)))
    assert sheet.preview(3) == [(1, ["# c"]), (2, [""]), (3, ["id", "age"])]
    assert len(sheet.preview(300)) == 300
    assert sheet.preview(9999)[-1] == (403, ["S399", "399"])
    sheet.preview(3)[2][1][0] = "changed"
    assert sheet.preview(3)[2] == (3, ["id", "age"])


def test_a_sheet_of_comments_alone_has_no_data(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "# one\n# two\n")
    assert data_of(sheet) == [] or sheet.header_row
    assert sheet.cells == 2


@pytest.mark.parametrize(
    ("name", "rows", "reason"),
    [
        ("Readme", [["v1"], ["This file is used for submission"]], "instructions"),
        (
            "Contact Info and Instructions",
            [["Instructions:"], ["Each column that has a red header is required and must be filled in"]],
            "instructions",
        ),
        ("填写说明", [["请先阅读本说明"], ["每一列"]], "instructions"),
        ("Notes", [["A sentence that goes on for much longer than any header of a table would ever do."]] * 6, "instructions"),
        ("Library and Platform Terms", [["Strategy"], ["WGA", "Random sequencing"]], "vocabulary"),
        ("cv_sample", [["No", "Afghanistan"]], "vocabulary"),
        ("empty", [["", " "]], "empty"),
        ("Sample", [["id", "age"], ["S1", "7"]], ""),
        ("Instructions", [["id", "age"], ["S1", "7"]], ""),
        ("guide RNAs", [["id", "sequence"], ["g1", "ACGT"]], ""),
        ("CV patients", [["id"], ["S1"]], "vocabulary"),
    ],
)
def test_purpose(name: str, rows: list[list[str]], reason: str) -> None:
    numbered = list(enumerate(rows, 1))
    assert purpose(name, numbered, alone=False) == reason
    assert purpose(name, numbered, alone=True) == ("empty" if reason == "empty" else "")


def test_sheets_from_memory_have_the_same_interface() -> None:
    sheet = from_rows(["id", "age"], [["S1", "7", "more"], ["S2"], ["", ""]], "Sample").sheets[0]
    assert data_of(sheet) == [(2, ["S1", "7", "more"]), (3, ["S2", "", ""])]
    assert [(f.code, f.address.cell) for f in sheet.findings] == [("row-too-long", "Sample!C2")]
