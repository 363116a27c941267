"""Whether an ontology has a name at all: one look-up, no near names, nothing decided. For those who ask of thousands of texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .answers import SCOPES
from .bundle import Bundle
from .keys import exact_key, folded_key
from .replay import DecidedTerms

if TYPE_CHECKING:
    from .replay import Terms

__all__ = ["is_named"]

_OBSOLETE: Final = SCOPES.index("obsolete")
# Names of one or two characters are abbreviations of anything.
_LEAST: Final = 3


def is_named(terms: Terms, text: str, within: tuple[str, ...]) -> bool:
    """Tell whether one of the ontologies has a text as a name of a term that is in use.

    Parameters
    ----------
    terms
        Where names are looked up; without a bundle nothing is named.
    text
        A cell's text.
    within
        Prefixes of ontologies.

    Examples
    --------
    >>> from omics_standards.terms import NoBundle
    >>> is_named(NoBundle(), "liver", ("UBERON",))
    False
    """
    base = terms.base if isinstance(terms, DecidedTerms) else terms
    key = folded_key(exact_key(text))
    if not isinstance(base, Bundle) or len(key) < _LEAST:
        return False
    return any(row[0] != _OBSOLETE for s in base.plan(within).searches for row in base.rows(s.number, key))
