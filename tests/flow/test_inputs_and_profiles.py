"""What a run is told: profiles of its own, a base, folders with outputs in them, files of one name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import omics_standards as om
from omics_standards.conversion import Options, convert_to
from omics_standards.emit.encode import iri
from omics_standards.emit.tables import neutral
from omics_standards.errors import ProfileError, ReadError, UsageError
from omics_standards.mapping.parsers import PARSERS
from omics_standards.profiles import load_profile
from omics_standards.profiles.schema import STEPS
from omics_standards.tables import from_rows

if TYPE_CHECKING:
    from pathlib import Path

PROFILE = """
id: lab
family: lab
title: a laboratory's own sheet
tables:
  - id: rows
    join: one-record-per-row
    recognise: {all: [sid]}
    records:
      sample: {class: Biosample, id: [sid], links: {subject: [donor]}}
      donor: {class: Subject, id: [donor], shared: true}
    main: sample
    columns:
      sid: sample.name
      donor: donor.name
      sex: donor.sex
"""
ROWS = "sid\tdonor\tsex\n" + "".join(f"S{i}\tD{i % 7}\t{'male' if i % 2 else 'female'}\n" for i in range(40))


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    file = tmp_path / "lab.yaml"
    file.write_text(PROFILE, encoding="utf-8")
    return file


def test_rows_of_a_stream_that_contradict_each_other_are_told(profile: Path) -> None:
    rows = [["S1", "D1", "male"], ["S2", "D1", "female"], ["S3", "D1", "male"]]
    data = om.convert(from_rows(["sid", "donor", "sex"], rows), str(profile), bundle="/no/bundle")
    assert [(f.code, f.value) for f in data.findings if f.severity == "error"] == [("conflict", "female")]
    assert data.ledger.closes
    assert data.ledger.counts["rejected"] == 1


def test_a_profile_of_its_own_works_in_several_processes(profile: Path, tmp_path: Path) -> None:
    table = tmp_path / "rows.tsv"
    table.write_text(ROWS, encoding="utf-8")
    texts = []
    for jobs in (1, 2):
        convert_to([table], tmp_path / f"out{jobs}", "turtle", Options(profile=str(profile), jobs=jobs, bundle="/no/bundle"))
        texts.append((tmp_path / f"out{jobs}" / "dataset.ttl").read_bytes())
    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("donor.sex", "donor.nonsense", "no slot 'nonsense'"),
        ("donor.sex", "donor", "no slot ''"),
        ("donor.sex", "{to: donor.sex, as: nonsense}", "no step 'nonsense'"),
        ("donor.sex", "{to: donor.sex, with: {colour: sid}}", "no companion"),
        ("class: Subject", "class: Nonsense", "not in the model"),
        ("class: Subject", "class: Assay", "abstract"),
        ("id: lab", "id: [", "line"),
        ("id: lab", "id: \x07", "not YAML"),
    ],
)
def test_a_wrong_profile_is_told_with_its_file(profile: Path, old: str, new: str, said: str) -> None:
    profile.write_text(PROFILE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ProfileError, match=r"lab\.yaml") as told:
        load_profile(profile)
    assert said in str(told.value)


def test_profiles_may_name_all_steps_and_no_others() -> None:
    assert set(PARSERS) == STEPS


@pytest.mark.parametrize("base", ["data", "https://example.org/#", "https://example.org/?x=", "https://example.org/a/../b/", "http://a b/"])
def test_a_base_that_would_be_lost_is_refused(base: str) -> None:
    with pytest.raises(UsageError):
        om.convert(from_rows(["sample_name", "organism"], [["S1", "x"]]), "ncbi-biosample", base=base)


def test_folders_leave_out_hidden_files_and_earlier_outputs(tmp_path: Path) -> None:
    text = "sample_name\torganism\tcollection_date\tsex\n{}\tHomo sapiens\t2020\tmale\n"
    for folder in ("", ".hidden", "a", "b"):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "s.tsv").write_text(text.format(f"S{folder.strip('.')}"), encoding="utf-8")
    for _ in range(2):
        data = om.convert(tmp_path, bundle="/no/bundle")
        data.write(tmp_path / "out", "json,tsv")
        assert [i["file"] for i in data.inputs] == ["a/s.tsv", "b/s.tsv", "s.tsv"]
    with pytest.raises(ReadError):
        om.convert("")
    with pytest.raises(UsageError):
        om.convert(5)  # type: ignore[arg-type]


def test_an_output_folder_holds_one_conversion_only(tmp_path: Path) -> None:
    data = om.convert(from_rows(["sample_name", "organism"], [["S1", "x"]]), "ncbi-biosample", bundle="/no/bundle")
    data.write(tmp_path / "out", "json,turtle,tsv")
    (tmp_path / "out" / "mine.txt").write_text("kept", encoding="utf-8")
    data.write(tmp_path / "out", "turtle")
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["dataset.ttl", "description.ttl", "mine.txt", "report.json"]


@pytest.mark.parametrize(
    ("text", "safe"), [("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"), ("-1.5e-3", "-1.5e-3"), ("@x", "'@x"), ("a=1", "a=1")]
)
def test_only_signed_numbers_are_left_as_they_are(text: str, safe: str) -> None:
    assert neutral(text) == safe


@pytest.mark.parametrize("text", ["http://a/b[1]", "http://a/%zz", "http://a/#b#c", "http://a:port/", "http://a b", "1a:b", "//a/b"])
def test_no_iri_is_written_that_a_parser_refuses(text: str) -> None:
    assert iri(text) is None
