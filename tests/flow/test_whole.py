"""Files and folders are put in place whole or not at all."""

# ruff: noqa: PT012 - what a context does at its end needs something in it

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import NoReturn

import pytest

from omics_standards.errors import DecisionError, ReadError, UsageError
from omics_standards.whole import WholeFolder, refuse, whole_file, write_whole


def _full(*_: object, **__: object) -> NoReturn:
    raise OSError(errno.ENOSPC, "No space left on device")


def _held(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


# --- files -----------------------------------------------------------------------------------------------------------


def test_a_file_is_replaced_only_where_asked(tmp_path: Path) -> None:
    place = tmp_path / "new" / "a.tsv"
    write_whole(place, "one\n", force=False)
    with pytest.raises(UsageError, match=r"a\.tsv is there already; write elsewhere with -o, or replace it with --force"):
        write_whole(place, "two\n", force=False)
    assert place.read_bytes() == b"one\n"
    write_whole(place, b"two\r\n", force=True)
    assert place.read_bytes() == b"two\r\n"
    assert [p.name for p in place.parent.iterdir()] == ["a.tsv"]


@pytest.mark.parametrize("at", ["fsync", "replace"])
def test_a_full_disk_leaves_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    place = tmp_path / "report.html"
    write_whole(place, "old", force=False)
    monkeypatch.setattr(os, at, _full)
    with pytest.raises(ReadError, match=r"cannot write .*report\.html: No space left on device; choose another place with -o"):
        write_whole(place, "new", force=True)
    assert _held(tmp_path) == {"report.html": b"old"}


def test_an_error_of_the_writer_leaves_the_file(tmp_path: Path) -> None:
    place = tmp_path / "a.xlsx"
    with pytest.raises(ValueError, match="broken"), whole_file(place, force=False) as work:
        assert work.suffix == ".xlsx"
        work.write_text("half")
        raise ValueError("broken")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(ReadError, match="choose another place"):
        write_whole(tmp_path / "out" / "report.html", b"new", force=True)
    with pytest.raises(ReadError, match=r"cannot write into .*; choose another folder with -o"), WholeFolder(tmp_path / "out", force=True):
        pass
    assert (tmp_path / "out").read_text() == "a file"


def test_the_caller_may_say_it_otherwise(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(DecisionError, match=r"^no: "):
        write_whole(tmp_path / "out" / "a", b"", force=True, refused=lambda why: DecisionError(f"no: {why}"))


def test_files_are_as_readable_as_others(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"", force=False)
    (tmp_path / "b").touch()
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a").write_text("old")
    (tmp_path / "a").symlink_to(tmp_path / "real" / "a")
    write_whole(tmp_path / "a", "new", force=True)
    assert (tmp_path / "a").is_symlink()
    assert (tmp_path / "real" / "a").read_text() == "new"


def test_what_no_encoding_holds_is_marked(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", "x\ud800y", force=False)
    assert (tmp_path / "a").read_bytes() == "x\ufffdy".encode()


# --- folders ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def old(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    with WholeFolder(folder, force=False) as out:
        out.text("a", "old a")
        out.text("z", "old z")
        (out.work / "tables").mkdir()
        (out.work / "tables" / "t").write_text("old t")
    (folder / "mine").write_text("mine")
    return folder


def test_a_folder_is_replaced_name_by_name(old: Path) -> None:
    with WholeFolder(old, force=True) as out:
        out.text("a", "new a")
        (out.work / "tables").mkdir()
        (out.work / "tables" / "u").write_text("new u")
        out.superseded = ["z", "a", "never there"]
    assert _held(old) == {"a": b"new a", "mine": b"mine", "tables/u": b"new u"}
    assert sorted(p.name for p in old.iterdir()) == ["a", "mine", "tables"]


def test_a_folder_keeps_what_is_there_without_force(old: Path) -> None:
    before = _held(old)
    with pytest.raises(UsageError, match="out/z is there already"), WholeFolder(old, force=False, own=["a"]) as out:
        out.text("a", "new a")
        out.text("z", "new z")
    assert _held(old) == before
    with WholeFolder(old, force=False, own=["a"]) as out:
        out.text("a", "new a")
    assert _held(old) == {**before, "a": b"new a"}


@pytest.mark.parametrize("after", range(6))
def test_where_one_name_fails_all_are_as_they_were(old: Path, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Each of the renames in turn is refused."""
    before, real, count = _held(old), os.replace, 0

    def refusing(source: str, target: str, **more: int) -> None:
        nonlocal count
        count += 1
        if count == after + 1:
            raise PermissionError(errno.EACCES, "Permission denied")
        real(source, target, **more)

    with pytest.raises(ReadError, match="Permission denied"), WholeFolder(old, force=True) as out:
        out.text("a", "new a")
        out.text("b", "new b")
        (out.work / "tables").mkdir()
        (out.work / "tables" / "u").write_text("new u")
        out.text("w", "new w")
        out.superseded = ["z"]
        monkeypatch.setattr(os, "replace", refusing)
    assert _held(old) == before
    assert not [p for p in old.iterdir() if p.name.startswith(".")]


def test_a_folder_and_a_file_take_each_others_place(old: Path) -> None:
    with WholeFolder(old, force=True) as out:
        out.text("tables", "now a file")
        (out.work / "a").mkdir()
        (out.work / "a" / "b").write_text("now a folder")
    assert _held(old) == {"a/b": b"now a folder", "mine": b"mine", "tables": b"now a file", "z": b"old z"}


def test_file_systems_without_second_names(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> NoReturn:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", unknown)
    with WholeFolder(old, force=True) as out:
        out.text("a", "new a")
    assert _held(old)["a"] == b"new a"


def test_a_full_disk_leaves_the_folder_and_is_one_sentence(old: Path) -> None:
    before = _held(old)
    with pytest.raises(ReadError, match=r"cannot write into .*: No space left on device"), WholeFolder(old, force=True) as out:
        out.text("a", "new a")
        _full()
    assert _held(old) == before
    new = old.parent / "new"
    with pytest.raises(ReadError), WholeFolder(new, force=True):
        _full()
    assert not new.exists()


def test_errors_of_something_else_stay_what_they_are(old: Path) -> None:
    with pytest.raises(FileNotFoundError), WholeFolder(old, force=True):
        (old.parent / "absent").read_text()
    with pytest.raises(BrokenPipeError), WholeFolder(old, force=True):
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")
    with pytest.raises(KeyboardInterrupt), WholeFolder(old.parent / "new", force=True) as out:
        out.text("a", "half")
        raise KeyboardInterrupt
    assert sorted(p.name for p in old.parent.iterdir()) == ["out"]


def test_a_folder_that_somebody_uses_meanwhile_is_not_taken_away(tmp_path: Path) -> None:
    with pytest.raises(ReadError), WholeFolder(tmp_path / "out", force=True) as out:
        (out.folder / "theirs").write_text("theirs")
        _full()
    assert _held(tmp_path / "out") == {"theirs": b"theirs"}


def test_refusing_names_the_first_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "b").touch()
    refuse([tmp_path / "a", tmp_path / "b"], force=True)
    refuse([tmp_path / "a"], force=False)
    with pytest.raises(UsageError, match="b is there already"):
        refuse([tmp_path / "a", tmp_path / "b"], force=False)
