"""The one door to the formats whose rows are paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...profiles.load import load_profiles
from .assays import compose_isa, compose_magetab
from .composed import Composed
from .isadocument import as_document
from .sdrf import compose_sdrf

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...profiles.schema import Profile
    from ...records import Record
    from ...terms import Terms

__all__ = ["compose_paths"]


def compose_paths(profile: Profile, records: Iterable[Record], terms: Terms, name: str = "") -> Composed:
    """Write records in a format whose rows are paths from sources to files.

    Parameters
    ----------
    profile
        One of the family ``sdrf``, ``mage-tab`` or ``isa-tab``; the files of a format that have a profile of their own (the IDF
        beside the SDRF, the investigation beside studies and assays) are written whichever of the two it is.
    records
        The records of a dataset, in order.
    terms
        What texts are looked up in when a spelling is tried; the bundle that the reader of the files will have.
    name
        What names of files begin with, where the records do not say it; '' for the name of the study.

    Returns
    -------
    Composed
        ``grids`` named as the files they are, tab-separated; ``documents`` are files as well. In ISA-Tab all cells are in quotes.

    Raises
    ------
    KeyError
        The profile is of another family.

    Examples
    --------
    >>> from omics_standards.profiles.load import load_profiles
    >>> from omics_standards.terms import NoBundle
    >>> profile = next(p for p in load_profiles() if p.id == "sdrf-proteomics")
    >>> compose_paths(profile, [], NoBundle()).grids
    []
    """
    if profile.family == "sdrf":
        return compose_sdrf(profile, records, terms, f"{name or 'dataset'}.sdrf.tsv")
    beside = {p.id: p for p in load_profiles() if p.family == profile.family} | {profile.id: profile}
    if profile.family == "mage-tab":
        return compose_magetab(beside["magetab-sdrf"], records, terms, name, beside["magetab-idf"])
    if profile.layout == "graph":
        return as_document(compose_isa(beside["isa-tab"], records, terms, beside["isa-investigation"]))
    if profile.family == "isa-tab":
        return compose_isa(beside["isa-tab"], records, terms, beside["isa-investigation"])
    raise KeyError(f"{profile.id} is no format whose rows are paths")
