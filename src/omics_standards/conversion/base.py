"""Facts on a run: the base IRI of its local ids, and the day that its dates are compared with."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from ..errors import UsageError
from ..models.prefixes import is_iri
from ..models.slots import MODEL
from ..values.accessions import match_accession

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["base_iri", "checked_base", "checked_day"]


def checked_base(base: str) -> str:
    """Return a base IRI that relative paths can be resolved against: with a slash at its end.

    Raises
    ------
    UsageError
        It is no absolute IRI, or has a query, a fragment or dots for folders, which resolving would drop.

    Examples
    --------
    >>> checked_base("https://example.org/data")
    'https://example.org/data/'
    >>> checked_base("data")
    Traceback (most recent call last):
    omics_standards.errors.UsageError: the base 'data' is not an IRI with a host and a path, such as https://example.org/data/
    """
    whole = base if base.endswith("/") else f"{base}/"
    if not is_iri(whole) or "://" not in whole or set("?#") & set(whole) or {".", ".."} & set(whole.split("/")):
        raise UsageError(f"the base {base!r} is not an IRI with a host and a path, such as https://example.org/data/")
    return whole


def checked_day(day: str) -> str:
    """Return an ISO date.

    Raises
    ------
    UsageError
        It is none.

    Examples
    --------
    >>> checked_day("2026-08-01")
    '2026-08-01'
    >>> checked_day("tomorrow")
    Traceback (most recent call last):
    omics_standards.errors.UsageError: 'tomorrow' is not a date such as 2026-08-01
    """
    from datetime import date

    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        raise UsageError(f"{day!r} is not a date such as 2026-08-01") from None


def base_iri(names: Sequence[str], hashes: Sequence[str]) -> str:
    """Make the IRI that local ids are relative to.

    Parameters
    ----------
    names
        File names; a dataset's or project's accession in the first one that has any names the base.
    hashes
        sha256 of the files, in the same order; they name the base elsewhere.

    Examples
    --------
    >>> base_iri(["PXD000547.sdrf.tsv"], ["0" * 64])
    'https://w3id.org/omics-standards/data/PXD000547/'
    >>> base_iri(["samples.xlsx"], ["0123456789abcdef" * 4])
    'https://w3id.org/omics-standards/data/0123456789abcdef/'
    """
    for name in names:
        for word in re.split(r"[^A-Za-z0-9-]+|__", PurePath(name).name):
            accession = match_accession(word)
            if accession is not None and accession.kind in ("Dataset", "Project", "Study"):
                return f"{MODEL.namespace}data/{word}/"
    from hashlib import sha256

    digest = hashes[0] if len(hashes) == 1 else sha256("".join(hashes).encode()).hexdigest()
    return f"{MODEL.namespace}data/{digest[:16]}/"
