"""Names of records: a CURIE for an archive's accession, ``class path / local name`` for everything else.

Local names are relative to the dataset's base IRI, so that the ``S1`` of two laboratories never meet.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from ..models.slots import MODEL
from ..values.accessions import match_accession

__all__ = ["fits_class", "is_local", "local_path", "record_id", "row_path"]

# Characters that need no escape in an IRI path segment (RFC 3987 unreserved, ASCII part).
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*").fullmatch


def _segment(text: str) -> str:
    """Escape a local name for an IRI path segment; letters of other scripts stay as they are written."""
    if _SAFE(text):
        return text
    escaped = "".join(c if c.isalnum() else quote(c.encode("utf-8", "surrogatepass"), safe="-_~") for c in text)
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
    return "/".join((MODEL.classes[cls].path or cls, *map(_segment, names)))


def row_path(cls: str, file: str, sheet: str, row: int, role: str = "") -> str:
    """Return the path of a record that has no name of its own: where it stands, and which record of the row it is.

    Examples
    --------
    >>> row_path("Biosample", "a.xlsx", "Sheet 1", 7)
    'biosample/row/a.xlsx/Sheet%201/7'
    >>> row_path("DataFile", "a.tsv", "", 7, "file#2")
    'file/row/a.tsv/7/file%232'
    """
    return "/".join(p for p in (f"{MODEL.classes[cls].path}/row", _segment(file), _segment(sheet), str(row), _segment(role)) if p)


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
