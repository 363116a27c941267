"""Web addresses. In: a cell's text; out: an absolute IRI that RDF can carry.

DOIs and bare host names get their scheme; blanks and characters that an IRI cannot hold are escaped where the address
is otherwise sound.
"""

from __future__ import annotations

import re
from typing import Final

from ..findings import Issue
from ..models.prefixes import is_iri
from .parsed import Parsed
from .text import clean

__all__ = ["read_doi", "read_uri"]

_LIMIT: Final = 4000
_IRI: Final = re.compile(
    r"(?:https?|ftps?|sftp|s3|gs|file|urn|doi|mailto|fasp|aspera|drs|globus):[^\s<>\"{}|\\^`\x00-\x20]+", re.IGNORECASE
)
_SCHEME: Final = re.compile(r"(https?|ftps?|sftp|s3|gs)\s*:\s*/{1,3}\s*(?=\S)", re.IGNORECASE)
_DOI: Final = re.compile(r"(?:doi\s*[:.]?\s*|(?:https?://)?(?:dx\.)?doi\.org/)?(10\.[0-9]{4,9}/\S+)", re.IGNORECASE)
_HOST: Final = re.compile(r"(?:www|ftp)\.[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?#]\S*)?", re.IGNORECASE)
_ESCAPES: Final = {ord(c): f"%{ord(c):02X}" for c in ' <>"{}|\\^`'}
_EXPECTED: Final = "an address with its scheme, such as https://example.org/data"


def read_uri(text: str) -> Parsed | None:
    """Read a web address.

    Parameters
    ----------
    text
        The cell's text.

    Returns
    -------
    Parsed or None
        With an absolute IRI; None for a blank text.

    Findings
    --------
    uri-malformed

    Examples
    --------
    >>> read_uri("doi: 10.1038/s41597-021-00815-z").value, read_uri("www.example.org/x").value
    ('https://doi.org/10.1038/s41597-021-00815-z', 'https://www.example.org/x')
    >>> read_uri("see the paper").issues[0].code
    'uri-malformed'
    """
    if _IRI.fullmatch(text) and len(text) <= _LIMIT and "://" in text and not _DOI.fullmatch(text) and is_iri(text):
        return Parsed(text)
    cleaned = clean(text)
    if not cleaned:
        return None
    if len(cleaned) > _LIMIT:
        return Parsed(None, (), (Issue("uri-malformed", _EXPECTED),))
    bare = cleaned[1:-1].strip() if cleaned[0] == "<" and cleaned[-1] == ">" else cleaned
    if found := _DOI.fullmatch(bare):
        value = _sound("https://doi.org/" + found[1].translate(_ESCAPES))
        if value:
            return Parsed(value, () if value == text else ("DOI as an address",))
    if _HOST.fullmatch(bare):
        scheme = "ftp" if bare[:4].lower() == "ftp." else "https"
        value = _sound(f"{scheme}://{bare}".translate(_ESCAPES))
        return Parsed(value, ("scheme added",)) if value else Parsed(None, (), (Issue("uri-malformed", _EXPECTED),))
    if found := _SCHEME.match(bare):
        value = _sound(f"{found[1].lower()}://" + bare[found.end() :].translate(_ESCAPES))
        if value:
            return Parsed(value, () if value == text else ("characters escaped",))
    if _IRI.fullmatch(bare) and is_iri(bare):
        return Parsed(bare, () if bare == text else ("tidied",))
    inside = _IRI.search(bare)
    fix = f"write {inside[0].rstrip('.,;)')} alone" if inside else ""
    return Parsed(None, (), (Issue("uri-malformed", _EXPECTED, fix),))


def read_doi(text: str) -> Parsed | None:
    """Read a digital object identifier, without the resolver or the word before it.

    Parameters
    ----------
    text
        The cell's text.

    Returns
    -------
    Parsed or None
        With the identifier alone, or the text as it is where it is none; None for a blank text.

    References
    ----------
    ISO 26324 (DOI): a prefix that begins with ``10.``, a slash, a suffix.

    Examples
    --------
    >>> read_doi("https://doi.org/10.1038/s41597-021-00815-z").value, read_doi("doi:10.1000/182").value
    ('10.1038/s41597-021-00815-z', '10.1000/182')
    >>> read_doi("in press").value
    'in press'
    """
    cleaned = clean(text)
    if not cleaned:
        return None
    found = _DOI.fullmatch(cleaned)
    value = found[1] if found else cleaned
    return Parsed(value, () if value == text else ("DOI alone",) if found else ("tidied",))


def _sound(address: str) -> str | None:
    """Escape brackets, lone percent signs and a second number sign where an address is otherwise an IRI; None where it is none."""
    if is_iri(address):
        return address
    scheme, _, rest = address.partition("://")
    path, mark, fragment = rest.partition("#")
    escaped = f"{scheme}://{_stray(path)}{mark}{_stray(fragment)}"
    return escaped if is_iri(escaped) and rest else None


def _stray(text: str) -> str:
    return re.sub(r"%(?![0-9A-Fa-f]{2})|[\[\]#]", lambda m: f"%{ord(m[0]):02X}", text)
