"""Profiles are read from a copy only as long as the copy says what the YAML says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from omics_standards.profiles import Profile, load_profile
from omics_standards.profiles.load import builtin_folder
from omics_standards.profiles.stored import stored
from omics_standards.profiles.validators import load_validators

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
    first = stored(Profile, [one], load_profile)
    assert stored(Profile, [one], _refused) == first == [load_profile(one)]


def test_an_edited_profile_is_read_anew(one: Path) -> None:
    stored(Profile, [one], load_profile)
    one.write_text(YAML.format(title="Second"), encoding="utf-8")
    assert [p.title for p in stored(Profile, [one], load_profile)] == ["Second"]


@pytest.mark.parametrize("content", [b"", b"[{", b"[{}]", b"\xff\xfe"])
def test_a_damaged_copy_is_replaced(one: Path, tmp_path: Path, content: bytes) -> None:
    first = stored(Profile, [one], load_profile)
    (copy,) = (tmp_path / "cache" / "profiles").glob("*.json")
    copy.write_bytes(content)
    assert stored(Profile, [one], load_profile) == first
    assert stored(Profile, [one], _refused) == first


def test_without_a_place_to_write_it_still_reads(one: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert [p.id for p in stored(Profile, [one], load_profile)] == ["mine"]


def test_the_copy_of_the_package_says_what_its_files_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMICS_STANDARDS_CACHE", str(tmp_path))
    files = sorted(builtin_folder().glob("*.yaml"))
    read = stored(Profile, files, load_profile)
    assert len(files) > 40
    assert stored(Profile, files, _refused) == read


def test_a_full_disk_leaves_nothing_behind(one: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert [p.id for p in stored(Profile, [one], load_profile)] == ["mine"]
    assert list((tmp_path / "cache" / "profiles").iterdir()) == []


def test_a_copy_is_not_checked_again_and_its_original_is(one: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    compiled = re.compile
    monkeypatch.setattr(re, "compile", lambda pattern, flags=0: seen.append(pattern) or compiled(pattern, flags))
    one.write_text(YAML.format(title="x").replace("core: [Sample]", "core: [Sample], sheets: [^only-here$]"), encoding="utf-8")
    stored(Profile, [one], load_profile)
    assert "^only-here$" in seen
    seen.clear()
    stored(Profile, [one], load_profile)
    assert "^only-here$" not in seen


def test_what_is_known_of_validators_is_kept_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMICS_STANDARDS_CACHE", str(tmp_path))
    load_validators.cache_clear()
    first = load_validators()
    load_validators.cache_clear()
    monkeypatch.setattr("omics_standards.profiles.validators._load", _refused)
    assert load_validators() == first
    assert [v.validator for v in first] == ["DDBJ"]
