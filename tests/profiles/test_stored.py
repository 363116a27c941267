"""Profiles are read from a copy only as long as the copy says what the YAML says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from omics_standards.profiles import load_profile
from omics_standards.profiles.load import builtin_folder
from omics_standards.profiles.stored import stored_profiles

if TYPE_CHECKING:
    from pathlib import Path

    from omics_standards.profiles import Profile

YAML = """id: mine
family: mine
title: {title}
tables:
- id: t
  recognise: {{core: [Sample]}}
  main: s
  records: {{s: {{class: Biosample, id: Sample}}}}
  columns: {{Sample: s.name}}
"""


@pytest.fixture
def one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OMICS_STANDARDS_CACHE", str(tmp_path / "cache"))
    file = tmp_path / "mine.yaml"
    file.write_text(YAML.format(title="First"), encoding="utf-8")
    return file


def _refused(_file: Path) -> Profile:
    raise AssertionError("the YAML was read although there is a copy")


def test_second_time_the_copy_is_read(one: Path) -> None:
    first = stored_profiles([one], load_profile)
    assert stored_profiles([one], _refused) == first == [load_profile(one)]


def test_an_edited_profile_is_read_anew(one: Path) -> None:
    stored_profiles([one], load_profile)
    one.write_text(YAML.format(title="Second"), encoding="utf-8")
    assert [p.title for p in stored_profiles([one], load_profile)] == ["Second"]


@pytest.mark.parametrize("content", [b"", b"[{", b"[{}]", b"\xff\xfe"])
def test_a_damaged_copy_is_replaced(one: Path, tmp_path: Path, content: bytes) -> None:
    first = stored_profiles([one], load_profile)
    (copy,) = (tmp_path / "cache" / "profiles").glob("*.json")
    copy.write_bytes(content)
    assert stored_profiles([one], load_profile) == first
    assert stored_profiles([one], _refused) == first


def test_without_a_place_to_write_it_still_reads(one: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert [p.id for p in stored_profiles([one], load_profile)] == ["mine"]


def test_the_copy_of_the_package_says_what_its_files_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMICS_STANDARDS_CACHE", str(tmp_path))
    files = sorted(builtin_folder().glob("*.yaml"))
    read = stored_profiles(files, load_profile)
    assert len(files) > 40
    assert stored_profiles(files, _refused) == read
