"""Workbooks from memory, and what all workbooks have in common."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from omics_standards.errors import UsageError
from omics_standards.tables import Batch, from_frame, from_rows, read


def test_a_frame_becomes_text() -> None:
    frame = pd.DataFrame(
        {
            "id": ["S1", "007", None],
            "age": [7.0, 8.5, float("nan")],
            "n": [1, 2, 3],
            "day": pd.to_datetime(["2019-10-05", "2019-10-05 13:30", None], format="mixed"),
            "ok": [True, False, None],
            "note": ["=1+1", " ", "x"],
        }
    )
    sheet = from_frame(frame).sheets[0]
    (batch,) = sheet.batches()
    assert sheet.headers == ("id", "age", "n", "day", "ok", "note")
    assert batch.rows == [
        ["S1", "7", "1", "2019-10-05", "TRUE", "=1+1"],
        ["007", "8.5", "2", "2019-10-05T13:30:00", "FALSE", ""],
        ["", "", "3", "", "", "x"],
    ]
    assert [f.code for f in sheet.findings] == ["formula-text"]


def test_only_a_named_index_is_a_column() -> None:
    frame = pd.DataFrame({"age": [7, 8]}, index=pd.Index(["S1", "S2"], name="id"))
    assert from_frame(frame).sheets[0].headers == ("id", "age")
    assert from_frame(frame.rename_axis(None)).sheets[0].headers == ("age",)


def test_repeated_columns_of_a_frame_stay() -> None:
    frame = pd.DataFrame([["a", "b"]], columns=["x", "x"])
    sheet = from_frame(frame).sheets[0]
    assert (sheet.headers, next(iter(sheet.batches())).rows) == (("x", "x"), [["a", "b"]])


def test_an_empty_frame_has_a_header_and_no_rows() -> None:
    book = from_frame(pd.DataFrame({"id": [], "age": []}))
    assert (book.sheets[0].headers, list(book.sheets[0].batches()), book.format) == (("id", "age"), [], "frame")
    assert from_frame(pd.DataFrame()).sheets[0].reason == "empty"


def test_rows_are_not_changed_by_reading() -> None:
    rows = [["S1", " "], ["S2"]]
    book = from_rows(["id", "age"], rows, "Sample")
    assert list(book.sheets[0].batches()) == [Batch([["S1", ""], ["S2", ""]], range(2, 4))]
    assert rows == [["S1", " "], ["S2"]]
    with pytest.raises(UsageError, match="row 2 holds None"):
        from_rows(["id"], [[None]])  # type: ignore[list-item]


def test_the_same_rows_have_the_same_hash() -> None:
    assert from_rows(["id"], [["S1"]]).sha256 == from_rows(["id"], [["S1"]]).sha256 != from_rows(["id"], [["S2"]]).sha256


def test_the_hash_of_a_file_is_that_of_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_bytes(b"id\tage\r\nS1\t7\r\n")
    book = read(path)
    assert book.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (book.path, book.name) == (str(path), "a.tsv")
    assert repr(book) == "<Workbook 'a.tsv' (tsv): 1 sheets>"
    assert repr(book.sheets[0]) == "<Sheet text: header in row 1, 2 columns>"


def test_importing_the_layer_is_light() -> None:
    code = (
        "import sys, omics_standards.tables;"
        "heavy = {'pandas', 'openpyxl', 'python_calamine', 'charset_normalizer', 'rdflib', 'zipfile', 'pydantic'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
