"""Names of records: a CURIE for an archive's accession, ``class path / local name`` for everything else.

Local names are relative to the dataset's base IRI, so that the ``S1`` of two laboratories never meet.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from ..models.slots import MODEL
from ..values.accessions import match_accession

__all__ = ["fits_class", "is_local", "local_path", "nested_path", "of_kind", "record_id", "row_path", "segment"]

# Characters that need no escape in an IRI path segment (RFC 3987 unreserved, ASCII part).
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*").fullmatch


class _Escapes(dict):  # type: ignore[type-arg]
    """Code point to what stands for it in a path segment, worked out where it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = letter if letter.isalnum() else quote(letter.encode("utf-8", "surrogatepass"), safe="-_~")
        return str(self[code])


_ESCAPES = _Escapes()


def segment(text: str) -> str:
    """Escape a local name for an IRI path segment; letters of other scripts stay as they are written.

    Examples
    --------
    >>> segment("a b"), segment("S1")
    ('a%20b', 'S1')
    """
    if _SAFE(text):
        return text
    escaped = text.translate(_ESCAPES)
    # '.' and '..' alone would be resolved away against the base.
    return escaped.replace(".", "%2E") if not text.strip(".") else escaped


def local_path(cls: str, *names: str) -> str:
    """Return the base-relative path of a record with a local name.

    Examples
    --------
    >>> local_path("Biosample", "WH 01")
    'biosample/WH%2001'
    >>> local_path("Biosample", "..")
    'biosample/%2E%2E'
    """
    return "/".join((MODEL.classes[cls].path or cls, *map(segment, names)))


def row_path(cls: str, file: str, sheet: str, row: int, role: str = "") -> str:
    """Return the path of a record that has no name of its own: where it stands, and which record of the row it is.

    Examples
    --------
    >>> row_path("Biosample", "a.xlsx", "Sheet 1", 7)
    'biosample/row/a.xlsx/Sheet%201/7'
    >>> row_path("DataFile", "a.tsv", "", 7, "file#2")
    'file/row/a.tsv/7/file%232'
    """
    return "/".join(p for p in (f"{MODEL.classes[cls].path}/row", segment(file), segment(sheet), str(row), segment(role)) if p)


def nested_path(path: str, other: str) -> str:
    """Return the path of a record that is told from its like by another record.

    Examples
    --------
    >>> nested_path("process/extraction", "material/E1"), nested_path("process/collection", "biosample:SAMN1")
    ('process/extraction/material/E1', 'process/collection/biosample%3ASAMN1')
    """
    return f"{path}/{other.replace(':', '%3A')}"


def of_kind(cls: str, record_id: str, kind: str) -> str:
    """Set a record apart from those of the same name in its class, by its kind: of one accession, the source is not the sample.

    Examples
    --------
    >>> of_kind("Biosample", "biosample/S1", "source"), of_kind("Biosample", "biosample:SAMN1", "source")
    ('biosample/source/S1', 'biosample/source/SAMN1')
    """
    path = MODEL.classes[cls].path or cls
    return f"{path}/{kind}/{record_id.removeprefix(path + '/') if is_local(record_id) else record_id.partition(':')[2]}"


def record_id(cls: str, text: str) -> str:
    """Return the id of a record named by a cell.

    Parameters
    ----------
    cls
        The record's class; an accession of another kind of object is a local name here.
    text
        The cleaned text of the cell.

    Examples
    --------
    >>> record_id("Biosample", "SAMN02905883")
    'biosample:SAMN02905883'
    >>> record_id("Run", "SAMN02905883")
    'run/SAMN02905883'
    """
    accession = match_accession(text)
    return accession.curie if accession is not None and fits_class(cls, text) else local_path(cls, text)


def fits_class(cls: str, text: str) -> bool:
    """Tell whether a text is the accession of a record of a class.

    Examples
    --------
    >>> fits_class("SequencingAssay", "SRX000001"), fits_class("Run", "SRX000001"), fits_class("Run", "S1")
    (True, False, False)
    """
    accession = match_accession(text)
    return accession is not None and any(MODEL.is_a(cls, kind) or MODEL.is_a(kind, cls) for kind in accession.kinds)


def is_local(record_id: str) -> bool:
    """Tell whether an id is a base-relative path rather than a CURIE or an IRI."""
    return ":" not in record_id
