"""Every real file of the collection beside the repository: no cell lost, none counted twice."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from omics_standards.errors import ReadError
from omics_standards.tables import Workbook, read

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "cases"
KINDS = {".csv", ".tsv", ".txt", ".xlsx", ".xls"}

# A field of one of these lines begins with a quotation mark that is part of the text; the csv module swallows ten rows.
LITERAL_QUOTES = {"PGP_100nt.txt"}


def files() -> list[Path]:
    return [p for p in sorted(CASES.rglob("*")) if p.is_file() and p.suffix.lower() in KINDS] if CASES.is_dir() else []


def counted_text(path: Path, book: Workbook) -> int:
    text = path.read_bytes().decode(book.encoding or "utf-8", "replace").removeprefix("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    quoting = csv.QUOTE_NONE if path.name in LITERAL_QUOTES else csv.QUOTE_MINIMAL
    reader = csv.reader(text.splitlines(keepends=True), delimiter=book.delimiter or "\t", quoting=quoting)
    return sum(1 for row in reader for cell in row if cell.strip())


def counted_workbook(path: Path) -> int:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    return sum(1 for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row if str(cell).strip())


@pytest.mark.skipif(not CASES.is_dir(), reason="the collection of real files is not at hand")
def test_every_cell_of_every_file_is_counted_once() -> None:
    refused, wrong, seen = [], [], 0
    for path in files():
        try:
            book = read(path)
        except ReadError as error:
            refused.append(str(error))
            continue
        for sheet in book.sheets:
            first = sheet.data_row
            for batch in sheet.batches():
                assert len({len(row) for row in batch.rows}) == 1
                assert len(batch.rows[0]) >= len(sheet.headers)
                assert len(batch.rows) == len(batch.numbers)
                assert all(any(row) for row in batch.rows)
                assert batch.numbers[0] >= first
                first = batch.numbers[-1] + 1
        seen += 1
        expected = counted_text(path, book) if book.encoding else counted_workbook(path)
        if sum(sheet.cells for sheet in book.sheets) != expected:
            wrong.append((path.name, sum(sheet.cells for sheet in book.sheets), expected))
    assert wrong == []
    assert seen > 250
    assert [message for message in refused if "is empty" not in message] == []


HEADERS = {
    "ngdc_gsa/niemasd_PRJCA008874-Analysis__CRA006587.xlsx": {"Sample": 1, "Experiment": 1, "Run": 1},
    "ncbi_biosample/pinskylab_SRA-submission__PADE_NCBI_biosamples.xlsx": {"Model.organism.animal.1.0": 13},
    "ncbi_biosample/pinskylab_SRA-submission__Model.organism.animal.1.0.tsv": {"": 12},
    "ncbi_biosample/tostadas__mpxv_test_metadata.xlsx": {"MPXV_Metadata": 2, "MPOX_metadata_template": 2, "MPXV_Examples": 2},
    "ncbi_sra_metadata/Sfeng666_SRA_submission__SRA_metadata.xlsx": {"SRA_data": 1},
    "geo_seq_template/03yuebing_RatColonicAnastomosisData__seq_template.xlsx": {"Metadata": 38},
    "ddbj_validator_cases/ddbj_validator/test/data/biosample/tsv/biosample_test_ok.tsv": {"": 14},
}


@pytest.mark.parametrize("name", sorted(HEADERS))
def test_headers_stand_where_a_person_sees_them(name: str) -> None:
    found = [p for p in files() if p.name == name.rpartition("/")[2]]
    if not found:
        pytest.skip("the real file is not at hand")
    book = read(found[0])
    assert {s.name: s.header_row for s in book.sheets if s.name in HEADERS[name]} == HEADERS[name]


def test_every_sdrf_has_its_header_in_row_1() -> None:
    folder = CASES / "sdrf_proteomics"
    paths = [p for p in sorted(folder.rglob("*")) if p.is_file()] if folder.is_dir() else []
    if not paths:
        pytest.skip("the real files are not at hand")
    for path in paths:
        sheet = read(path).sheets[0]
        assert (sheet.header_row, sheet.headers[0].casefold()) == (1, "source name")
