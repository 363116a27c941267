"""What a converted folder gives a store: its RDF, or triples made from its ``dataset.json`` where no RDF was written."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..emit.ntriples import NTriplesWriter
from ..emit.turtle import forget_texts
from ..errors import ReadError, UsageError
from ..sparql import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["SYNTAXES", "base_of", "opened", "read_base", "stamps_of", "unchanged"]

SYNTAXES: Final = {"ttl": "dataset.ttl", "nt": "dataset.nt", "nq": "dataset.nq", "json": "dataset.json"}
"""Syntax by extension, the first that is there is loaded; measured on 3 million triples, Turtle loads a little faster than N-Triples."""

# A file may be of these as well, whoever wrote it.
_ALSO: Final = ("ttl", "nt", "nq", "trig", "jsonld", "rdf")

_BASE: Final = re.compile(r'@base\s*<([^>]*)>|"base":\s*("(?:[^"\\]|\\.)*")')
_HEAD: Final = 4096  # characters in which a file says what its base is
_BLOCK: Final = 1 << 20


def _file_of(place: Path, syntax: str | None) -> tuple[Path, str]:
    """The file to load from a folder, or the file itself, and its syntax."""
    if place.is_file():
        form = place.suffix.removeprefix(".")
        if form not in _ALSO:
            raise ReadError(f"{place}: a folder that convert wrote, or a file of {', '.join(_ALSO)} is expected")
        return place, form
    if not place.is_dir():
        raise ReadError(f"{place}: there is no such folder")
    for form, name in SYNTAXES.items():
        if syntax in (None, form) and (place / name).is_file():
            return place / name, form
    wanted = SYNTAXES.get(syntax or "", "dataset.ttl, dataset.nt, dataset.nq or dataset.json")
    raise ReadError(f"{place} holds no {wanted}; convert into it first: omics-standards convert INPUT -o {place}")


def read_base(path: Path) -> str | None:
    """Return the base that a file of Turtle or JSON says at its beginning, None where it says none."""
    with path.open(encoding="utf-8", errors="replace") as f:
        found = _BASE.search(f.read(_HEAD))
    if found is None:
        return None
    return found[1] if found[1] is not None else str(json.loads(found[2]))


def base_of(folder: str | Path) -> str | None:
    """Return the IRI that a folder's local ids are relative to, None where nothing in it says so."""
    place = Path(folder)
    files = [place] if place.is_file() else [place / SYNTAXES[form] for form in ("json", "ttl")]
    return next((base for file in files if file.is_file() and (base := read_base(file))), None)


@contextmanager
def opened(folders: Sequence[str | Path], syntax: str | None = None) -> Iterator[list[Source]]:
    """Give the RDF files of folders; triples that have to be made from records lie in a temporary folder meanwhile.

    Parameters
    ----------
    folders
        What conversions wrote, or single files.
    syntax
        ttl, nt, nq or json; None takes of each folder the first that is there.

    Raises
    ------
    ReadError
        A folder is not there, or holds nothing of the kind.
    UsageError
        There is no such syntax, or no folder.
    """
    if syntax is not None and syntax not in SYNTAXES:
        raise UsageError(f"no syntax {syntax!r}; there are: {', '.join(SYNTAXES)}")
    if not folders:
        raise UsageError("say which folder: omics-standards query DIR 'SELECT ...'")
    files = [_file_of(Path(folder), syntax) for folder in folders]
    with tempfile.TemporaryDirectory(prefix="omics-standards-") as work:
        made = []
        for number, (path, form) in enumerate(files):
            if form == "json":
                path = _triples(path, Path(work) / f"{number}.nt")  # noqa: PLW2901
                form = "nt"  # noqa: PLW2901
            made.append(Source(path.absolute(), form))
        yield made


def _triples(path: Path, to: Path) -> Path:
    """Write the triples of a ``dataset.json``."""
    from ..conversion import load

    dataset = load(path.parent)
    forget_texts(dataset.records())
    with to.open("w", encoding="utf-8", newline="\n", errors="replace") as out:
        writer = NTriplesWriter(out, dataset.base)
        writer.write(writer.encode(dataset.records()))
        writer.close()
    return to


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as f:
        while block := f.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def stamps_of(folders: Sequence[str | Path], syntax: str | None = None) -> list[dict[str, Any]]:
    """Return what tells the files of folders from changed ones: path, size in bytes, time of change in ns, SHA-256."""
    stamps = []
    for folder in folders:
        path = _file_of(Path(folder), syntax)[0].absolute()
        stat = path.stat()
        stamps.append({"path": str(path), "size": stat.st_size, "mtime_ns": stat.st_mtime_ns, "sha256": _sha256(path)})
    return stamps


def unchanged(stamps: Sequence[dict[str, Any]], folders: Sequence[str | Path], syntax: str | None = None) -> bool:
    """Tell whether the files of folders are still those of the stamps; a file is read only where its time differs and its size does not."""
    files = [_file_of(Path(folder), syntax)[0].absolute() for folder in folders]
    if [str(path) for path in files] != [stamp["path"] for stamp in stamps]:
        return False
    for path, stamp in zip(files, stamps, strict=True):
        stat = path.stat()
        if stat.st_size != stamp["size"]:
            return False
        if stat.st_mtime_ns != stamp["mtime_ns"] and _sha256(path) != stamp["sha256"]:
            return False
    return True
