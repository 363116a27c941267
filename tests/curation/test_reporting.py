"""Files are written in one piece: a full disk leaves what was there."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from omics_standards.curation.ooxml import Package, Unsupported
from omics_standards.curation.reporting import parse_reports, put
from omics_standards.errors import ReadError, UsageError


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a" / "report.html"
    put(path, b"old")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ReadError, match="No space left"):
        put(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in path.parent.iterdir()] == ["report.html"]


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(ReadError, match="choose another place"):
        put(tmp_path / "out" / "report.html", b"new")


def test_files_are_as_readable_as_others(tmp_path: Path) -> None:
    put(tmp_path / "a", b"")
    (tmp_path / "b").touch()
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_reports_are_named() -> None:
    assert parse_reports(" html , xlsx,html") == ("html", "xlsx")
    with pytest.raises(UsageError, match="there are: html, xlsx"):
        parse_reports("html,")


def test_what_is_no_workbook(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook xmlns='http://purl.oclc.org/ooxml/spreadsheetml/main'><sheets/></workbook>")
        archive.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises((Unsupported, ReadError)):
        Package(path)
