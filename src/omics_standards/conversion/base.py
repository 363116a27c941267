"""Facts on a run: the base IRI of its local ids, and the version of this package."""

from __future__ import annotations

import re
from functools import cache
from importlib import metadata
from pathlib import PurePath
from typing import TYPE_CHECKING

from ..models.slots import MODEL
from ..values.accessions import match_accession

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["base_iri", "version"]


@cache
def version() -> str:
    """Return the installed version of this package."""
    try:
        return metadata.version("omics-standards")
    except metadata.PackageNotFoundError:
        return "0"


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
