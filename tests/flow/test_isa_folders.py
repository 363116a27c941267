"""ISA-Tab as people have it: a folder of an investigation, studies, assays and assignment files, some of them damaged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import omics_standards as om
from omics_standards.errors import ReadError

if TYPE_CHECKING:
    from pathlib import Path

INVESTIGATION = """INVESTIGATION
Investigation Identifier\tI1
STUDY
Study Identifier\tS1
Study Description\t"lines with <b>marks</b>
and ""quotes"" in them"
STUDY FACTORS
Study Factor Name\tdose
STUDY PROTOCOLS
Study Protocol Name\textraction\tmass spectrometry
Study Protocol Parameters Name\tSolvent;Volume\t
STUDY CONTACTS
Study Person Last Name\tVega
"""
STUDY = "Source Name\tProtocol REF\tSample Name\tFactor Value[{factor}]\nplant\textraction\tleaf\t5\n"
ASSAY = "Sample Name\tProtocol REF\tParameter Value[{parameter}]\tMS Assay Name\tRaw Spectral Data File\nleaf\textraction\tx\tm1\t1.raw\n"


def _folder(place: Path, factor: str = "dose", parameter: str = "Solvent") -> Path:
    (place / "i_study.txt").write_text(INVESTIGATION, encoding="utf-8")
    (place / "s_study.txt").write_text(STUDY.format(factor=factor), encoding="utf-8")
    (place / "a_study.txt").write_text(ASSAY.format(parameter=parameter), encoding="utf-8")
    return place


def _convert(place: Path) -> om.Dataset:
    data = om.convert(place, bundle="/no/bundle", today="2026-01-01")
    assert data.ledger.closes
    assert {s["family"] for i in data.inputs for s in i["sheets"]} <= {"isa-tab", None}  # type: ignore[attr-defined]
    return data


def test_a_folder_is_one_dataset(tmp_path: Path) -> None:
    data = _convert(_folder(tmp_path))
    assert [r.id for r in data.records("Biosample")] == ["biosample/leaf", "biosample/source/plant"]
    protocols = {r.id: r.stub for r in data.records("Protocol")}
    assert protocols == {"protocol/extraction": False, "protocol/mass%20spectrometry": False}
    assert not [f for f in data.findings if f.code in ("name-undeclared", "reference-dangling")]


def test_undeclared_factors_parameters_and_protocols_are_findings(tmp_path: Path) -> None:
    place = _folder(tmp_path, factor="dosage", parameter="Detector")
    (place / "s_study.txt").write_text(STUDY.format(factor="dosage").replace("extraction", "picking"), encoding="utf-8")
    found = {(f.code, f.value) for f in _convert(place).findings if f.code in ("name-undeclared", "reference-dangling")}
    assert found == {("name-undeclared", "dosage"), ("name-undeclared", "Detector"), ("reference-dangling", "picking")}


def test_without_an_investigation_nothing_need_be_declared(tmp_path: Path) -> None:
    place = _folder(tmp_path, factor="dosage", parameter="Detector")
    (place / "i_study.txt").unlink()
    assert not [f for f in _convert(place).findings if f.code in ("name-undeclared", "reference-dangling")]


@pytest.mark.parametrize("content", [b"", b"<html><body>log in</body></html>", b"\x00\x01\x02" * 400])
def test_a_file_that_cannot_be_read_is_a_finding_of_its_folder(content: bytes, tmp_path: Path) -> None:
    place = _folder(tmp_path)
    (place / "a_second.txt").write_bytes(content)
    data = _convert(place)
    assert [(f.code, f.address.file) for f in data.findings if f.severity == "error"] == [("file-unreadable", "a_second.txt")]
    assert len(data.records("MassSpectrometryAssay")) == 1


def test_an_empty_file_is_known_by_its_name_or_refused(tmp_path: Path) -> None:
    known, unknown = tmp_path / "a_assay.txt", tmp_path / "table.txt"
    known.touch()
    unknown.touch()
    data = om.convert(known, bundle="/no/bundle")
    assert [s["family"] for s in data.inputs[0]["sheets"]] == ["isa-tab"]  # type: ignore[attr-defined]
    assert [f.code for f in data.findings] == ["file-unreadable"]
    with pytest.raises(ReadError, match="is empty"):
        om.convert(unknown, bundle="/no/bundle")


def test_headers_of_another_case_or_with_blanks_are_read_and_told(tmp_path: Path) -> None:
    headers = ["Source name", "Characteristics [Colour]", "Term Source Ref", "Protocol REF", "Sample Name"]
    path = tmp_path / "s_x.txt"
    path.write_text("\t".join(headers) + "\n" + "a\tred\tX\ttake\ts\n", encoding="utf-8")
    data = _convert(path)
    told = {f.value: f.expected for f in data.findings if f.code == "header-respelled"}
    assert told == {
        "Source name": "'Source Name'",
        "Characteristics [Colour]": "'Characteristics[Colour]'",
        "Term Source Ref": "'Term Source REF'",
    }
    assert len(data.records("Biosample")) == 2
