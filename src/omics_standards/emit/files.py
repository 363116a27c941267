"""The files of a conversion: written into a hidden folder first, put in place together at the end, or not at all."""

from __future__ import annotations

import os
from contextlib import ExitStack, nullcontext, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Protocol

from ..errors import MissingDependencyError, UsageError
from ..records import records_of
from ..whole import REPLACE, WholeFolder
from .description import FILE as DESCRIPTION
from .description import describe, description_text
from .framed import FramedWriter
from .jsonfile import JsonWriter
from .jsonld import JsonLdWriter
from .ntriples import NQuadsWriter, NTriplesWriter
from .provenance import traces
from .rdfxml import RdfXmlWriter
from .report import REDACTIONS
from .tables import TsvTables, XlsxTables
from .turtle import TurtleWriter
from .typedfiles import ParquetTables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from types import TracebackType

    from ..records import Block, Record
    from .description import Made

__all__ = ["FORMATS", "OutputFolder", "Writer", "encode", "encode_blocks", "parse_formats", "parse_names"]


class Writer(Protocol):
    """Writes records in one syntax."""

    def encode(self, records: Sequence[Record]) -> Any:
        """Make the text of some records."""

    def write(self, encoded: Any) -> None:
        """Take over what :meth:`encode` made."""

    def close(self) -> None:
        """Write what was kept back."""


# Name on the command line → name of the one file, or of the folder, and the writer.
FORMATS: Final[dict[str, tuple[str, Callable[[Any, str], Writer]]]] = {
    "json": ("dataset.json", JsonWriter),
    "turtle": ("dataset.ttl", TurtleWriter),
    "ntriples": ("dataset.nt", NTriplesWriter),
    "nquads": ("dataset.nq", NQuadsWriter),
    "jsonld": ("dataset.jsonld", JsonLdWriter),
    "jsonld-framed": ("dataset.framed.jsonld", FramedWriter),
    "rdfxml": ("dataset.rdf", RdfXmlWriter),
    "tsv": ("tables", TsvTables),
    "xlsx": ("dataset.xlsx", XlsxTables),
    "parquet": ("tables", ParquetTables),
}
# These make their files themselves: several, or not of text.
_OWN_FILES: Final = {"tsv", "xlsx", "parquet"}
# These are RDF, and described.
_RDF: Final = {"turtle", "ntriples", "nquads", "jsonld", "jsonld-framed", "rdfxml"}
# These can say where values come from.
_TRACING: Final = (TurtleWriter, NTriplesWriter, JsonLdWriter, RdfXmlWriter)
# Formats that need an optional package, and the extra that brings it.
_PACKAGES: Final = {"xlsx": ("xlsxwriter", "excel"), "parquet": ("pyarrow", "parquet")}


def parse_formats(text: str | Iterable[str]) -> tuple[str, ...]:
    """Read a list of output formats.

    Raises
    ------
    UsageError
        One of them does not exist; the message lists those that do.

    Examples
    --------
    >>> parse_formats("turtle,json")
    ('turtle', 'json')
    >>> parse_formats("pdf")
    Traceback (most recent call last):
    omics_standards.errors.UsageError: no output format 'pdf'; there are: json, turtle, ...
    """
    return parse_names(text, FORMATS, "output format")


def parse_names(text: str | Iterable[str], known: Iterable[str], what: str) -> tuple[str, ...]:
    """Read a list of names, separated by commas, each of them once.

    Parameters
    ----------
    text
        The list, as a text or as it is.
    known
        Names that there are.
    what
        What they name, for the message.

    Raises
    ------
    UsageError
        One of them does not exist; the message lists those that do.

    Examples
    --------
    >>> parse_names(" b, a,b", "abc", "letter")
    ('b', 'a')
    >>> parse_names("a,,b", "abc", "letter")
    Traceback (most recent call last):
    omics_standards.errors.UsageError: no letter ''; there are: a, b, c
    """
    known = tuple(known)
    names = [t.strip() for t in (text.split(",") if isinstance(text, str) else text)]
    for name in names:
        if name not in known:
            raise UsageError(f"no {what} {name!r}; there are: {', '.join(known)}")
    return tuple(dict.fromkeys(names))


# Marks the texts of origins among those of a chunk.
_LINEAGE: Final = "+provenance"


def encode(writers: Mapping[str, Writer], records: Sequence[Record], *, provenance: bool = False) -> dict[str, object]:
    """Make the texts of some records in all formats; with their origins, where the format can hold them."""
    texts: dict[str, object] = {}
    # Those that write lines of triples share them: readings remember their lines once.
    lines: object = None
    for name, writer in writers.items():
        if isinstance(writer, NTriplesWriter):
            lines = lines if lines is not None else writer.encode(records)
            texts[name] = lines
        else:
            texts[name] = writer.encode(records)
    return texts | (_lineages(writers, records) if provenance else {})


def _lineages(writers: Mapping[str, Writer], records: Sequence[Record]) -> dict[str, object]:
    found = list(traces(records))
    return {name + _LINEAGE: w.encode_lineage(found) for name, w in writers.items() if isinstance(w, _TRACING)}


def encode_blocks(writers: Mapping[str, Writer], blocks: Sequence[Block], *, provenance: bool = False) -> dict[str, object]:
    """Make the texts of a batch in all formats; records are made only for writers that need them."""
    records: list[Record] | None = records_of(blocks) if provenance else None
    lines: object = None
    texts: dict[str, object] = {}
    for name, writer in writers.items():
        if isinstance(writer, NTriplesWriter):
            lines = lines if lines is not None else writer.encode_blocks(blocks)
            texts[name] = lines
        elif isinstance(writer, TurtleWriter | JsonWriter):
            texts[name] = writer.encode_blocks(blocks)
        else:
            records = records if records is not None else records_of(blocks)
            texts[name] = writer.encode(records)
    return texts | (_lineages(writers, records or ()) if provenance else {})


def _ask_for_packages(name: str) -> None:
    """Find out before the work whether a format can be written, not after it.

    Raises
    ------
    MissingDependencyError
        Its package is not installed.
    """
    package, extra = _PACKAGES.get(name, ("", ""))
    if package and find_spec(package) is None:
        raise MissingDependencyError(f"{name} output needs {package}: pip install 'omics-standards[{extra}]'")


class OutputFolder:
    """Where a conversion writes to.

    Used as a context: files are written under a temporary name beside their place; leaving it without an error puts them in
    place one after the other by renaming, leaving it with one removes them.

    Parameters
    ----------
    folder
        Made where it does not exist.
    formats
        Keys of :data:`FORMATS`.
    base
        IRI that local ids are relative to.
    provenance
        Whether the RDF says where each value comes from.
    """

    def __init__(self, folder: str | os.PathLike[str], formats: Sequence[str], base: str, *, provenance: bool = False) -> None:
        self.folder = Path(folder)
        self.formats = formats
        self.base = base
        self.provenance = provenance
        self.writers: dict[str, Writer] = {}
        self._open: list[IO[str]] = []

    def __enter__(self) -> OutputFolder:
        for name in self.formats:
            _ask_for_packages(name)
        with ExitStack() as stack:
            self._whole = stack.enter_context(WholeFolder(self.folder, force=True))
            stack.push(self._close)
            self._open_writers()
            self._stack = stack.pop_all()
        return self

    def _open_writers(self) -> None:
        for name in self.formats:
            file, make = FORMATS[name]
            if name in _OWN_FILES:
                self.writers[name] = make(self._whole.work / file, self.base)
            else:
                self.writers[name] = make(self.text(file), self.base)

    def text(self, name: str) -> IO[str]:
        """Open a further text file of the folder."""
        out = (self._whole.work / name).open("w", encoding="utf-8", newline="\n", errors=REPLACE, buffering=1 << 20)
        self._open.append(out)
        return out

    def describe(self, made: Made) -> None:
        """Describe the dataset beside its RDF, and in its N-Quads; nothing where no RDF is written. To be called last.

        Raises
        ------
        UsageError
            Who made it looks like an ORCID, and is none.
        """
        if not _RDF & self.writers.keys():
            return
        counted = next((w for w in self.writers.values() if isinstance(w, TurtleWriter | NTriplesWriter)), None)
        numbers = (counted.triples, counted.values) if counted is not None else (None, None)
        nodes = describe(self.base, made, *numbers)
        self.text(DESCRIPTION).write(description_text(self.base, nodes))
        for writer in self.writers.values():
            if isinstance(writer, NQuadsWriter):
                writer.describe(nodes)

    def encode(self, records: Sequence[Record]) -> dict[str, object]:
        """Make the texts of some records in all formats."""
        return encode(self.writers, records, provenance=self.provenance)

    def encode_blocks(self, blocks: Sequence[Block]) -> dict[str, object]:
        """Make the texts of a batch in all formats."""
        return encode_blocks(self.writers, blocks, provenance=self.provenance)

    def write(self, encoded: object) -> None:
        """Take over an encoded chunk."""
        for name, part in encoded.items():  # type: ignore[attr-defined]
            if name.endswith(_LINEAGE):
                self.writers[name.removesuffix(_LINEAGE)].write_lineage(part)  # type: ignore[attr-defined]
            else:
                self.writers[name].write(part)

    def _close(self, kind: type[BaseException] | None, _error: BaseException | None, _trace: object) -> None:
        """Close the files; after an error, what they still hold goes with them."""
        if kind is None:
            for writer in self.writers.values():
                writer.close()
        for out in self._open:
            with suppress(OSError) if kind is not None else nullcontext():
                out.close()
        # What an earlier conversion wrote here and this one does not would contradict the report.
        if (self.folder / "report.json").is_file():
            self._whole.superseded = (REDACTIONS, DESCRIPTION, *(file for file, _ in FORMATS.values()))

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.__exit__(kind, error, trace)
