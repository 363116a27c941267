"""Ontologies as the cellxgene-ontology-guide wheel holds them: Zstandard-compressed JSON in, :class:`SourceTerm` out.

One object per file: CURIE → label, synonyms (exact ones only), deprecated, replaced_by, consider, ``ancestors``
(CURIE → distance, is_a and part_of merged). The largest, the Metazoa part of the NCBI taxonomy, is 844 MB of JSON in
one object, so entries are decoded one by one from a sliding buffer.

References
----------
chanzuckerberg/cellxgene-ontology-guide, tools/ontology-builder/src/all_ontology_generator.py
(read 2026-11): what is kept and dropped.
"""

from __future__ import annotations

import codecs
import json
import re
import sys
from typing import IO, TYPE_CHECKING, Any, Final, Protocol

from omics_standards.terms.curies import parse_accession

from . import SourceTerm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Entry", "open_zst", "read_cellxgene", "read_entries", "source_term"]

_CHUNK: Final = 1 << 20
_MAX_ENTRY: Final = 64 << 20  # one entry is a few kB; more means that the file is not what it should be
_SEPARATOR = re.compile(r"[\s,]*")
_COLON = re.compile(r"\s*:\s*")

Entry = dict[str, Any]


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Decompressed:
    """A decompressing reader whose complaint about damaged data is a ValueError, whichever library it comes from."""

    def __init__(self, reader: _Readable, complaint: type[Exception]) -> None:
        self._reader = reader
        self._complaint = complaint

    def read(self, size: int, /) -> bytes:
        try:
            return self._reader.read(size)
        except self._complaint as error:
            raise ValueError(f"damaged Zstandard data: {error}") from error


def open_zst(stream: IO[bytes]) -> _Readable:
    """Return a reader of the decompressed bytes; before Python 3.14, which can do it itself, by ``zstandard``."""
    if sys.version_info >= (3, 14):
        from compression import zstd  # type: ignore[import-not-found,unused-ignore] # pragma: no cover

        return _Decompressed(zstd.ZstdFile(stream), zstd.ZstdError)  # pragma: no cover
    import zstandard

    return _Decompressed(zstandard.ZstdDecompressor().stream_reader(stream, read_size=_CHUNK), zstandard.ZstdError)


def read_entries(stream: _Readable) -> Iterator[tuple[str, Entry]]:
    """Yield key and value of one JSON object, one by one; memory holds one chunk and one entry.

    Parameters
    ----------
    stream
        Binary, UTF-8, holding one JSON object whose values are objects.

    Raises
    ------
    ValueError
        The text is not one JSON object, or ends early.

    Examples
    --------
    >>> import io
    >>> list(read_entries(io.BytesIO(b'{"X:1": {"label": "liver"}, "X:2": {}}')))
    [('X:1', {'label': 'liver'}), ('X:2', {})]
    >>> list(read_entries(io.BytesIO(b'{"X:1": {"label"')))
    Traceback (most recent call last):
    ValueError: the JSON ends in the middle of an entry
    """
    decode = codecs.getincrementaldecoder("utf-8")().decode
    raw_decode = json.JSONDecoder().raw_decode
    buffer, position = decode(stream.read(_CHUNK)).lstrip(), 1
    if not buffer.startswith("{"):
        raise ValueError("not a JSON object")
    while True:
        try:
            start = _SEPARATOR.match(buffer, position).end()  # type: ignore[union-attr]
            if buffer.startswith("}", start):
                return
            key, end = raw_decode(buffer, start)
            value, end = raw_decode(buffer, _COLON.match(buffer, end).end())  # type: ignore[union-attr]
        except (ValueError, AttributeError, IndexError):
            chunk = stream.read(_CHUNK)
            if not chunk:
                raise ValueError("the JSON ends in the middle of an entry") from None
            buffer, position = buffer[position:] + decode(chunk), 0
            if len(buffer) > _MAX_ENTRY:
                raise ValueError("an entry of the JSON is larger than any term") from None
            continue
        yield key, value
        position = end


def _curie(identifier: str) -> str:
    # Cellosaurus ids are written CVCL_0001 in the file; replacements now and then "obo.MONDO_0018037" or a whole IRI.
    if ":" in identifier and "/" not in identifier:
        return identifier
    accession = parse_accession(identifier)
    return accession.curie if accession else ""


def _curies(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value] if isinstance(value, str) else []
    return tuple(filter(None, (_curie(v) for v in values if isinstance(v, str))))


def _bridge(terms: object) -> tuple[str, ...]:
    """Return the terms of the species-neutral ontologies that a fly's, worm's or fish's term stands for."""
    values = terms.values() if isinstance(terms, dict) else ()
    return tuple(sorted({curie for value in values for curie in _curies(value)}))


def source_term(identifier: str, entry: Entry, parents: Iterable[str]) -> SourceTerm:
    """Make the term of one entry, with the parents given."""
    synonyms = entry.get("synonyms")
    return SourceTerm(
        identifier if ":" in identifier else _curie(identifier),
        entry.get("label") or "",
        tuple([("exact", s) for s in synonyms if s]) if synonyms else (),
        tuple([("merged", p) for p in parents]),
        bool(entry.get("deprecated")),
        _curies(entry["replaced_by"]) if "replaced_by" in entry else (),
        _curies(entry["consider"]) if "consider" in entry else (),
        xrefs=_bridge(entry["cross_ontology_terms"]) if "cross_ontology_terms" in entry else (),
    )


def _nearest(ancestors: dict[str, int], known: dict[str, Entry]) -> list[str]:
    """Return the fewest parents from which all ancestors are reached.

    Distance 1 alone would lose some: where a term of another ontology stood between (it is dropped from the file), the
    nearest ancestor is at distance 2 or more (nearly all of EFO under EFO:0000001).
    """
    parents: list[str] = []
    reached: set[str] = set()
    for ancestor in sorted(ancestors, key=lambda a: (ancestors[a], a)):
        if ancestor not in reached:
            parents.append(ancestor)
            reached.add(ancestor)
            reached.update(known.get(ancestor, {}).get("ancestors") or ())
    return parents


def read_cellxgene(stream: IO[bytes], *, whole: bool = True) -> Iterator[SourceTerm]:
    """Read one compressed ontology file.

    Parameters
    ----------
    stream
        The ``.json.zst`` file.
    whole
        False for ChEBI: read term by term, parents are the ancestors at distance 1 (all its ancestors are its own).
    """
    entries = read_entries(open_zst(stream))
    if not whole:
        for identifier, entry in entries:
            yield source_term(identifier, entry, [a for a, d in (entry.get("ancestors") or {}).items() if d == 1])
        return
    known = dict(entries)
    for identifier, entry in known.items():
        yield source_term(identifier, entry, _nearest(entry.get("ancestors") or {}, known))
