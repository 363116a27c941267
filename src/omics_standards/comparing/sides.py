"""What is compared: the records of one side, read one by one, found again by place.

A converted dataset is a file with a line per record; the lines are hashed as they pass, so that of a hundred thousand records
only those that differ are ever understood. Files that somebody else has laid out are read whole.
"""

from __future__ import annotations

import json
import re
import tempfile
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from ..conversion import Dataset, convert_to, load
from ..conversion.flow import Options
from ..conversion.graphs import RDF_FILES
from ..emit.jsonlines import JsonLines, NotInLines
from ..emit.jsontext import encode_sorted, record_to_dict
from ..errors import ReadError
from ..models.slots import MODEL

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping, Sequence

    from ..records import Record

__all__ = ["Entry", "Side", "open_side"]

_HEAD: Final = re.compile(rb'\{"id": ("(?:[^"\\]|\\.)*")')
_DATASET: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"base"\s*:')
# A quotation mark inside a JSON string stands behind a backslash, so this cannot be part of a text.
_ORIGIN: Final = b', "origin": ['
_HASH_BYTES: Final = 16


class Entry(NamedTuple):
    """One record of a side: its class, its id, where to find it again, and a hash of what it says."""

    cls: str
    id: str
    place: int
    digest: bytes


class Side(Protocol):
    """One of the two sides of a comparison.

    ``name``: for people. ``base``: IRI that local ids are relative to. ``report``: what ``report.json`` holds; {} where it is not
    at hand.
    """

    name: str
    base: str
    report: Mapping[str, Any]

    def __iter__(self) -> Iterator[Entry]:
        """Yield all records in the order in which they stand."""
        ...

    def read(self, cls: str, place: int, *, origin: bool = False) -> dict[str, Any]:
        """Return a record as ``dataset.json`` holds it; its origins on request only."""
        ...


def _hash(text: bytes) -> bytes:
    return blake2b(text, digest_size=_HASH_BYTES).digest()


class LinesSide:
    """A ``dataset.json`` with a line per record; places are offsets in the file."""

    def __init__(self, name: str, file: IO[bytes], report: Mapping[str, Any]) -> None:
        self.name = name
        self.report = report
        self._lines = JsonLines(file)
        self._met: list[Entry] | None = None
        self.base = self._lines.base

    def look(self) -> None:
        """Look at every line: what is damaged is said before anything is compared."""
        self._met = list(self._entries())

    def __iter__(self) -> Iterator[Entry]:
        met, self._met = self._met, None
        return self._entries() if met is None else iter(met)

    def _entries(self) -> Iterator[Entry]:
        for cls, place, line in self._lines:
            hit = _HEAD.match(line)
            if hit is None:
                raise NotInLines
            named = hit[1].decode()
            plain = named.isascii() and named.isprintable() and "\\" not in named
            yield Entry(cls, named[1:-1] if plain else json.loads(named), place, _hash(_said(line)))

    def read(self, cls: str, place: int, *, origin: bool = False) -> dict[str, Any]:  # noqa: ARG002
        """Return the record of a line."""
        line = self._lines.line(place)
        try:
            entry: dict[str, Any] = json.loads((line.rstrip(b",\r\n") if origin else _said(line) + b"}").decode())
        except ValueError as e:
            raise ReadError(f"{self.name}: not JSON as a conversion writes it (at byte {place}: {e})") from e
        return entry


def _said(line: bytes) -> bytes:
    """The part of a record's line that stands before its origins, without the closing brace."""
    at = line.find(_ORIGIN)
    return line[:at] if at >= 0 else line.rstrip(b",\r\n")[:-1]


class WholeSide:
    """Records that are all in memory; places are numbers."""

    def __init__(self, name: str, base: str, report: Mapping[str, Any], entries: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        self.name = name
        self.base = base
        self.report = report
        self._entries = entries

    def __iter__(self) -> Iterator[Entry]:
        for place, (cls, entry) in enumerate(self._entries):
            told = {k: v for k, v in entry.items() if k != "origin"}
            yield Entry(cls, entry["id"], place, _hash(encode_sorted(told).encode("utf-8", "replace")))

    def read(self, cls: str, place: int, *, origin: bool = False) -> dict[str, Any]:  # noqa: ARG002
        """Return the record of a number."""
        return {k: v for k, v in self._entries[place][1].items() if origin or k != "origin"}


class RecordsSide:
    """The records of a :class:`~omics_standards.conversion.Dataset`; places are numbers."""

    def __init__(self, name: str, data: Dataset) -> None:
        self.name = name
        self.base = data.base
        self.report: Mapping[str, Any] = data.report()
        self._records: list[Record] = data.records()

    def __iter__(self) -> Iterator[Entry]:
        for place, record in enumerate(self._records):
            told = encode_sorted(record_to_dict(record, origin=False))
            yield Entry(record.cls, record.id, place, _hash(told.encode("utf-8", "replace")))

    def read(self, cls: str, place: int, *, origin: bool = False) -> dict[str, Any]:  # noqa: ARG002
        """Return the record of a number."""
        return record_to_dict(self._records[place], origin=origin)


@contextmanager
def open_side(source: str | os.PathLike[str] | Dataset, options: Options | None = None) -> Iterator[Side]:
    """Open one side of a comparison.

    Parameters
    ----------
    source
        A folder that a conversion wrote, its ``dataset.json``, the dataset in a syntax of RDF, a dataset in memory, or whatever can
        be converted; that is converted into a temporary folder first.
    options
        How to convert; None for the defaults.

    Raises
    ------
    ReadError
        There is nothing of the kind, or it is damaged.
    """
    if isinstance(source, Dataset):
        yield RecordsSide("dataset", source)
        return
    path = Path(source)
    file = path / "dataset.json" if path.is_dir() else path
    if path.is_dir() and not file.exists() and (path / "report.json").exists():
        written = [f for suffix in RDF_FILES if (f := path / f"dataset{suffix}").is_file()]
        if not written:
            raise ReadError(f"{path} was converted into neither JSON nor RDF; convert with --to json")
        file = written[0]
    if file.is_file() and file.suffix in RDF_FILES:
        yield RecordsSide(str(source), load(file))
        return
    if file.is_file() and _is_dataset(file):
        with file.open("rb") as opened:
            yield _converted(str(source), opened, file)
        return
    with tempfile.TemporaryDirectory() as folder:
        convert_to([path], folder, "json", options)
        made = Path(folder) / "dataset.json"
        with made.open("rb") as opened:
            yield _converted(str(source), opened, made)


def _is_dataset(file: Path) -> bool:
    with file.open("rb") as opened:
        return _DATASET.match(opened.read(1024)) is not None


def _converted(name: str, opened: IO[bytes], file: Path) -> Side:
    """The records of a ``dataset.json``, by line where it has one per record."""
    report = _report(file.with_name("report.json"))
    try:
        side = LinesSide(name, opened, report)
        side.look()
        return side
    except (NotInLines, ValueError):
        opened.seek(0)
    try:
        data = json.loads(opened.read().decode("utf-8-sig"))
        entries = [(cls, entry) for container, cls in MODEL.containers.items() for entry in data.get(container, ())]
        if not all(isinstance(entry.get("id"), str) for _, entry in entries):
            raise ValueError("a record without an id")
        return WholeSide(name, str(data["base"]), report, entries)
    except (ValueError, KeyError, AttributeError, TypeError) as e:
        raise ReadError(f"{name}: not JSON as a conversion writes it ({e})") from e


def _report(file: Path) -> Mapping[str, Any]:
    """What the report says; {} where there is none that can be read, since a dataset can be compared without."""
    try:
        report = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return report if isinstance(report, dict) else {}
