"""Which reports there are, and what is no workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from omics_standards.curation.ooxml import Package, Unsupported
from omics_standards.curation.reporting import parse_reports
from omics_standards.errors import ReadError, UsageError


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
