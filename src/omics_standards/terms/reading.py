"""Ontology files of any form that is read here, told apart by their content: a path in, a reader of its terms out.

OBO 1.2 and 1.4, OWL as RDF/XML, obograph JSON; each also gzipped. What a file says of itself comes as :class:`About`.
"""

from __future__ import annotations

import contextlib
import gzip
import re
import zlib
from typing import IO, TYPE_CHECKING, Final, NamedTuple, Protocol, cast

from omics_standards.errors import TermIndexError

from .curies import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .obo import Problem
    from .sources import SourceTerm

__all__ = ["About", "OntologyReader", "curie_of", "open_ontology"]

_HEAD: Final = 4096
_DAMAGED: Final = (OSError, EOFError, ValueError, zlib.error)

# IRIs whose last part is not PREFIX_local. The others (OBO, EFO, NCIT, Orphanet …) say their prefix themselves.
_BASES: Final[tuple[tuple[str, str], ...]] = (
    ("edamontology.org/", "EDAM"),
    ("id.nlm.nih.gov/mesh/", "MESH"),
    ("snomed.info/id/", "SNOMEDCT"),
    ("identifiers.org/hgnc/", "HGNC"),
    ("omim.org/entry/", "OMIM"),
)
_LAST = re.compile(r"[/#?]([A-Za-z][A-Za-z0-9.\-]*(?:_[A-Z]+)?)_([A-Za-z0-9]*[0-9][A-Za-z0-9]*)\Z")
_LOCAL = re.compile(r"[A-Za-z0-9][\w.\-]*\Z", re.ASCII)
_SCHEME = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)

_OTHER_FORMS: Final = (
    (re.compile(rb"\s*(@prefix|@base|PREFIX\s|BASE\s)", re.IGNORECASE), "Turtle"),
    (re.compile(rb"\s*(Prefix|Ontology)\s*\("), "OWL in functional syntax"),
    (re.compile(rb"\s*(Prefix|Ontology):\s*\S"), "OWL in Manchester syntax"),
    (re.compile(rb"\s*<\?xml.*<Ontology\b|\s*<Ontology\b", re.DOTALL), "OWL/XML"),
    (re.compile(rb"PK\x03\x04"), "a zip archive"),
    (re.compile(rb"(BZh|\xfd7zXZ|\x28\xb5\x2f\xfd)"), "packed otherwise than by gzip"),
)


class About(NamedTuple):
    """What a file says of its ontology; '' or () where it says nothing.

    Attributes
    ----------
    ontology
        Its id or IRI.
    version
        As written: a date, a number, a version IRI.
    iri
        Version IRI.
    imports
        IRIs or paths of the ontologies that it imports.
    """

    ontology: str = ""
    version: str = ""
    iri: str = ""
    title: str = ""
    licence: str = ""
    imports: tuple[str, ...] = ()


class OntologyReader(Protocol):
    """A file that is read once, by :meth:`terms`.

    Attributes
    ----------
    line
        Where the stanza of the term that was yielded last begins.
    problems, skipped
        What was passed over, at most 1,000 of it, and how many in all.
    extras
        More about terms that were yielded already: parents, names.
    cut
        True where the file ends within a line or a text.
    """

    line: int
    problems: list[Problem]
    skipped: int
    extras: dict[str, SourceTerm]
    cut: bool

    def terms(self) -> Iterator[SourceTerm]:
        """Yield each term that can be understood."""

    def about(self) -> About:
        """Return what the file says of itself; complete when the terms are exhausted."""


def curie_of(iri: str) -> str:
    """Return the CURIE of a class, '' where its IRI is not made of a prefix and a number.

    Examples
    --------
    >>> curie_of("http://purl.obolibrary.org/obo/UBERON_0002107"), curie_of("http://edamontology.org/format_1930")
    ('UBERON:0002107', 'EDAM:format_1930')
    >>> curie_of("UBERON:0002107"), curie_of("http://www.geneontology.org/formats/oboInOwl#ObsoleteClass")
    ('UBERON:0002107', '')
    """
    if "://" not in iri:
        prefix, colon, local = iri.partition(":")
        return f"{PREFIXES.get(prefix.casefold(), prefix)}:{local}" if colon and prefix and _LOCAL.match(local) else ""
    body = _SCHEME.sub("", iri, count=1)
    for base, prefix in _BASES:
        if body.startswith(base):
            local = body[len(base) :]
            return f"{prefix}:{local}" if _LOCAL.match(local) else ""
    match = _LAST.search(body)
    return f"{PREFIXES.get(match[1].casefold(), match[1])}:{match[2]}" if match else ""


@contextlib.contextmanager
def open_ontology(path: Path) -> Iterator[OntologyReader]:
    """Open an ontology file; what it is is seen from its first bytes, not from its name.

    Raises
    ------
    TermIndexError
        It cannot be read, is damaged, or is of a form that is not read here; also while its terms are iterated.
    """
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            stream = cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if packed else raw
            head = stream.read(_HEAD)
            stream.seek(0)
            yield _reader(head, stream, path)
    except _DAMAGED as error:
        text = "it ends early; it is cut or still being written" if isinstance(error, EOFError) else str(error)
        raise TermIndexError(f"{path} {'' if text.startswith('is cut') else 'cannot be read: '}{text}") from error


def _reader(head: bytes, stream: IO[bytes], path: Path) -> OntologyReader:
    from .obo import OboFile
    from .obograph import ObographFile
    from .owl import OwlFile

    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise TermIndexError(f"{path} is empty")
    for form, name in _OTHER_FORMS:
        if form.match(start):
            raise TermIndexError(f"{path} is {name}; needed is OBO, OWL as RDF/XML, or obograph JSON (robot convert makes them)")
    if b"\0" in head:
        raise TermIndexError(f"{path} is a binary file, not an ontology in OBO, OWL (RDF/XML) or obograph JSON")
    if start.startswith(b"<"):
        return OwlFile(stream)
    if start.startswith((b"{", b"[{", b"[\n", b"[ ")):
        return ObographFile(stream)
    return OboFile(stream, path.name)
