"""The public verbs that answer one question: :func:`ground` a text, :func:`recognise` a workbook."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ..mapping.recognise import recognise as recognise_book
from ..profiles.load import load_profiles
from ..terms import get_terms, load_decisions, with_decisions

if TYPE_CHECKING:
    from ..mapping.recognise import Recognition
    from ..tables import Workbook
    from ..terms import Grounding, Terms

__all__ = ["ground", "recognise"]


@lru_cache(maxsize=4)
def _terms(bundle: str | None) -> Terms:
    return with_decisions(get_terms(bundle), load_decisions())


def ground(text: str, within: str | tuple[str, ...], *, branch: str | tuple[str, ...] = (), bundle: str | None = None) -> Grounding:
    """Find the ontology term of a text; what the user and the project decided for all slots comes first.

    Parameters
    ----------
    text
        A name or an accession.
    within
        Prefix of the ontology to look in, or several in order of preference.
    branch
        Accessions of terms that the answer must lie below; () for anywhere.
    bundle
        Path of the bundle; None for the one in the user's cache.

    Returns
    -------
    Grounding
        With status ``mapped``, ``ambiguous``, ``unmapped`` or ``unverifiable``; only ``mapped`` ones carry an accepted term.

    Examples
    --------
    >>> ground("hepatocyte", within="CL", bundle="/no/such/bundle").status
    'unverifiable'
    """
    prefixes = (within,) if isinstance(within, str) else tuple(within)
    roots = (branch,) if isinstance(branch, str) else tuple(branch)
    return _terms(bundle).ground(text, prefixes, roots)


def recognise(book: Workbook, *, profiles: tuple[str, ...] = ()) -> list[Recognition]:
    """Say which format each sheet of a workbook is.

    Parameters
    ----------
    book
        What :func:`omics_standards.read` gave.
    profiles
        Folders of further profiles.

    Returns
    -------
    list of Recognition
        One per sheet, with the best candidate (None for a sheet of no known format), all candidates, and the runner-up.
    """
    return recognise_book(book, load_profiles(profiles))
