"""Bad input through the whole command: bounded, one clear sentence or findings, nothing half-written."""

from __future__ import annotations

import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

# 1 GiB of address space over what Python maps at its start: a bomb that unfolds in memory ends here.
_LIMIT = 3 << 30


def convert(path: Path, out: Path) -> subprocess.CompletedProcess[str]:
    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (_LIMIT, _LIMIT))

    return subprocess.run([sys.executable, "-c", "from omics_standards.cli import main; main()", "convert", str(path), "-o", str(out)], capture_output=True,
                          text=True, errors="replace", timeout=100, check=False, preexec_fn=bounded)  # fmt: skip


def workbook(path: Path, sheet_xml: bytes, *, extra: dict[str, bytes] | None = None) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("S").write_string(0, 0, "x")
    with zipfile.ZipFile(path) as old:
        parts = {n: old.read(n) for n in old.namelist()}
    parts["xl/worksheets/sheet1.xml"] = sheet_xml
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in {**parts, **(extra or {})}.items():
            new.writestr(name, data)


HEAD = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def text_named_xlsx(path: Path) -> None:
    path.write_text("a\tb\n1\t2\n")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def zip_bomb(path: Path) -> None:
    workbook(path, HEAD + b"<sheetData>" + b"<row>" + b" " * (600 << 20) + b"</row></sheetData></worksheet>")


def truncated(path: Path) -> None:
    workbook(path, HEAD + b"<sheetData/></worksheet>")
    path.write_bytes(path.read_bytes()[:-900])


def entities(path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    workbook(
        path,
        b'<?xml version="1.0"?>'
        + bomb
        + HEAD[21:]
        + b"<sheetData><row><c t='inlineStr'><is><t>&c;</t></is></c></row></sheetData></worksheet>",
    )


REFUSED = {
    "text.xlsx": text_named_xlsx,
    "empty.xlsx": empty,
    "empty.tsv": empty,
    "bomb.xlsx": zip_bomb,
    "cut.xlsx": truncated,
    "entities.xlsx": entities,
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_refused_in_one_sentence(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    REFUSED[name](path)
    done = convert(path, tmp_path / "out")
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith(f"omics-standards: {name}")
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_a_million_blank_formatted_rows(tmp_path: Path) -> None:
    rows = b"".join(
        b'<row r="%d" s="1" customFormat="1"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>' % (i, i, i) for i in range(3, 1_000_001)
    )
    head = b'<row r="1"><c r="A1" t="inlineStr"><is><t>sample_name</t></is></c><c r="B1" t="inlineStr"><is><t>organism</t></is></c></row>'
    first = b'<row r="2"><c r="A2" t="inlineStr"><is><t>S1</t></is></c><c r="B2" t="inlineStr"><is><t>Mus musculus</t></is></c></row>'
    workbook(tmp_path / "blank.xlsx", HEAD + b"<sheetData>" + head + first + rows + b"</sheetData></worksheet>")
    done = convert(tmp_path / "blank.xlsx", tmp_path / "out")
    assert done.returncode in (0, 1, 3), done.stderr
    assert "Traceback" not in done.stderr
    if done.returncode != 3:
        assert "cells: 4 " in done.stderr


def test_ten_thousand_columns(tmp_path: Path) -> None:
    path = tmp_path / "wide.tsv"
    path.write_text(
        "\t".join(["sample_name", "organism", *(f"c{i}" for i in range(10_000))])
        + "\n"
        + "\t".join(["S1", "Mus musculus", *("x" * 10_000)])
        + "\n"
    )
    done = convert(path, tmp_path / "out")
    assert done.returncode in (0, 1), done.stderr
    assert "cells: 20004 " in done.stderr


def test_a_cell_of_ten_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "big.tsv"
    path.write_text("sample_name\torganism\tcollection_date\nS1\tMus musculus\t" + "x" * 10_000_000 + "\n")
    done = convert(path, tmp_path / "out")
    assert done.returncode in (0, 1, 3), done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr) < 20_000


def test_formulas_as_text_are_flagged_and_neutralised(tmp_path: Path) -> None:
    path = tmp_path / "cmd.tsv"
    path.write_text("sample_name\torganism\tcollection_date\tnote\nS1\tMus musculus\t2020\t=cmd|' /C calc'!A0\n")
    done = convert(path, tmp_path / "out")
    assert "formula-text" in done.stderr
    from omics_standards.conversion import convert_to

    convert_to([path], tmp_path / "tables", "tsv")
    assert "\t=cmd" not in (tmp_path / "tables" / "tables" / "biosamples.tsv").read_text()
