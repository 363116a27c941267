"""What a conversion reads: files as they are named, folders searched for metadata; what is left out of a folder is said.

A folder is searched without leaving it: links are not followed, archives of several files are not unpacked.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeGuard

from ..errors import ReadError, UsageError
from ..findings import Address, Finding, Issue
from ..mapping.recognise import told_by_name
from ..profiles.load import load_profiles
from ..tables import Workbook, from_frame, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

__all__ = ["open_inputs", "search"]

# Texts, which may be packed by gzip, and workbooks; other files (reads, images, documents) are no metadata.
_TEXTS: Final = (".csv", ".tsv", ".txt", ".tab", ".soft", ".xml", ".json", ".yaml", ".yml")
_READABLE: Final = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".h5ad", *_TEXTS, *(f"{t}.gz" for t in _TEXTS))
# Texts for people, by the names that people give them.
_PROSE: Final = ("readme", "license", "licence", "changelog", "changes", "citation", "copying", "notice", "contributing", "authors")
# A study has some dozen files; a folder with more than this is somebody's disk.
_MOST: Final = 2_000


def search(folder: Path) -> tuple[list[Path], dict[str, list[str]]]:
    """Search a folder and its subfolders for metadata.

    Parameters
    ----------
    folder
        Where to look. Hidden files and folders, and what an earlier conversion wrote into a subfolder, are passed over.

    Returns
    -------
    list of Path
        Files to read, sorted.
    dict of str to list of str
        What is left out, by reason: paths within the folder.

    Raises
    ------
    ReadError
        There are thousands of files to read.
    """
    found: list[Path] = []
    left: dict[str, list[str]] = {}
    for place, folders, files in os.walk(folder):
        own = Path(place) != folder and "report.json" in files
        links = [f for f in folders if Path(place, f).is_symlink()]
        folders[:] = [] if own else sorted(f for f in folders if not f.startswith(".") and f not in links)
        for name in [] if own else [*links, *sorted(files)]:
            path = Path(place, name)
            if not name.startswith((".", "~$")):
                reason = _reason(path)
                if reason:
                    left.setdefault(reason, []).append(path.relative_to(folder).as_posix())
                else:
                    found.append(path)
        if len(found) > _MOST:
            raise ReadError(f"the folder {folder} holds more than {_MOST:,} files to read: name the folder of one study")
    return sorted(found), left


def _reason(path: Path) -> str:
    """Why a file of a folder is not read; '' where it is."""
    name = path.name.lower()
    if path.is_symlink():
        return "links are not followed: what they name may lie outside the folder"
    if not path.is_file():
        return "no regular file"
    if name.endswith((".zip", ".tar", ".tgz", ".tar.gz", ".7z", ".rar")):
        return "archives of several files are not unpacked: unpack them first"
    if not name.endswith(_READABLE):
        return "no metadata by its kind"
    return "text for people by its name" if name.partition(".")[0] in _PROSE else ""


def _found(path: str | os.PathLike[str]) -> tuple[list[Path], dict[str, list[str]]]:
    if not os.fspath(path):
        raise ReadError("an empty file name; name a file or a folder")
    place = Path(path)
    if not place.is_dir():
        return [place], {}
    found, left = search(place)
    if not found:
        raise ReadError(f"the folder {place} holds no {', '.join(_READABLE[:9])} file")
    return found, left


def open_inputs(source: object) -> list[Workbook]:
    """Open what a conversion was given.

    Parameters
    ----------
    source
        A file, a folder, a workbook, a frame, or several of them.

    Raises
    ------
    ReadError
        A file cannot be read. One that was found in a folder among others is a finding instead.
    UsageError
        It is something else.

    Findings
    --------
    file-left-out, file-unreadable
    """
    if isinstance(source, Workbook):
        return [source]
    if _is_frame(source):
        return [from_frame(source)]
    if isinstance(source, str | os.PathLike):
        return _read_all([source])
    if isinstance(source, bytes) or not isinstance(source, Iterable):
        raise UsageError(f"cannot convert {type(source).__name__}: a file, a folder, several of them, a workbook or a frame is expected")
    parts = list(source)
    paths = [p for p in parts if isinstance(p, str | os.PathLike)]
    return _read_all(paths) + [b for p in parts if not isinstance(p, str | os.PathLike) for b in open_inputs(p)]


def _is_frame(source: object) -> TypeGuard[pd.DataFrame]:
    return hasattr(source, "columns") and hasattr(source, "dtypes")


def _read_all(sources: Sequence[str | os.PathLike[str]]) -> list[Workbook]:
    """Open files and folders; files of one name are told apart by as much of their path as differs."""
    books: list[tuple[Path, Workbook]] = []
    findings: list[Finding] = []
    for source in sources:
        files, left = _found(source)
        searched = Path(source).is_dir()
        for path in files:
            book = _opened(path, spare=searched and len(files) > 1)
            book.searched = searched
            books.append((path, book))
        findings += [_left_out(reason, names) for reason, names in left.items()]
    known = Counter(p.name for p, _ in books)
    folder = Path(os.path.commonpath([p.absolute().parent for p, _ in books])) if books else Path()
    opened = [b.rename(p.absolute().relative_to(folder).as_posix()) if known[p.name] > 1 else b for p, b in books]
    if opened:
        opened[0].findings = [*opened[0].findings, *findings]
    return opened


def _opened(path: Path, *, spare: bool) -> Workbook:
    """Read a file; one of a folder that cannot be read, or an empty one whose name says what it should be, is a finding."""
    try:
        return read(path)
    except ReadError as e:
        named = path.is_file() and not path.stat().st_size and told_by_name(path.name, load_profiles()) is not None
        if not (spare or named):
            raise
        issue = Issue("file-unreadable", "a table", str(e))
        return Workbook(str(path), "unread", [], findings=[issue.at(Address(path.name))])


def _left_out(reason: str, names: Sequence[str]) -> Finding:
    """Say what was left out, once for each reason."""
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    issue = Issue("file-left-out", f"a file with metadata; {reason}", "nothing, unless it holds metadata: then name the file itself")
    return issue.at(Address(names[0]), value=", ".join(names[:5]) + more)
