"""Workbooks: what cannot be written is an error of the environment, and what is written says nothing of its moment."""

from __future__ import annotations

import errno
import zipfile
from pathlib import Path

import pytest

from omics_standards.emit.books import new_workbook


def test_a_place_that_cannot_be_written_to_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file") as caught, new_workbook(tmp_path / "no such folder" / "a.xlsx") as book:
        book.add_worksheet("x").write_string(0, 0, "liver")
    assert caught.value.errno == errno.ENOENT
    assert type(caught.value).__module__ == "builtins"


def test_a_disk_that_is_full_is_an_error_of_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "write", full)
    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(OSError, match="No space left") as caught, new_workbook(tmp_path / "a.xlsx", stream=True) as book:
        book.add_worksheet("x").write_string(0, 0, "liver")
    assert caught.value.errno == errno.ENOSPC


def test_texts_stay_texts_and_the_bytes_are_the_same(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        with new_workbook(tmp_path / name, title="two cells") as book:
            book.add_worksheet("x").write_row(0, 0, ["007", "=1+1"])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
        assert b"007" in parts.read("xl/sharedStrings.xml")
