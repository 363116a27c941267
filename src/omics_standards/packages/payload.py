"""The files that a package carries: what the conversion wrote, and the tables made for the package."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from ..emit.typed import TypedTable

__all__ = ["MEDIA_TYPES", "Payload", "PayloadFile", "described"]

# IANA media types; Parquet's was registered in 2024.
MEDIA_TYPES: Final = {
    ".json": "application/json", ".jsonld": "application/ld+json", ".ttl": "text/turtle", ".nt": "application/n-triples",
    ".nq": "application/n-quads", ".rdf": "application/rdf+xml", ".tsv": "text/tab-separated-values", ".html": "text/html",
    ".parquet": "application/vnd.apache.parquet", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
_CHUNK: Final = 1 << 20


@dataclass(frozen=True)
class PayloadFile:
    """A file in the package.

    Attributes
    ----------
    path
        Relative to the package, with slashes.
    title
        What it is, for people.
    table
        The table that it holds, None for other files.
    """

    path: str
    title: str
    media_type: str
    size: int
    sha256: str
    table: TypedTable | None = None


@dataclass(frozen=True)
class Payload:
    """All files of the package that the descriptions speak of."""

    files: tuple[PayloadFile, ...] = ()

    @property
    def tables(self) -> tuple[PayloadFile, ...]:
        """The files that hold tables."""
        return tuple(f for f in self.files if f.table is not None)


def described(folder: Path, path: str, title: str, table: TypedTable | None = None) -> PayloadFile:
    """Describe a file that has been written into a package's folder: its size and its hash."""
    digest, size = hashlib.sha256(), 0
    with (folder / path).open("rb") as file:
        while block := file.read(_CHUNK):
            digest.update(block)
            size += len(block)
    media_type = MEDIA_TYPES.get((folder / path).suffix, "application/octet-stream")
    return PayloadFile(path, title, media_type, size, digest.hexdigest(), table)
