"""Readers of ontology data, one per form it is carried in: bytes in, :class:`SourceTerm` out; nothing is written."""

from __future__ import annotations

from typing import Literal, NamedTuple

__all__ = ["Relation", "SourceTerm"]

Relation = Literal["is_a", "part_of", "merged"]
"""``merged`` stands for is_a or part_of where a source does not keep them apart."""


class SourceTerm(NamedTuple):
    """A term as a source has it.

    Attributes
    ----------
    id
        Canonical CURIE.
    label
        '' where the source has none (obsolete ids often).
    names
        (scope, text) of each synonym: ``exact``, ``narrow``, ``broad`` or ``related``.
    parents
        (relation, CURIE) of each direct parent.
    obsolete, replaced_by, consider
        Whether the term is retired, what took its place (CURIEs), and what may.
    alternatives
        Further ids of the same term (OBO's ``alt_id``).
    xrefs
        CURIEs of the same thing elsewhere, as :func:`omics_standards.terms.xrefs.canonical_xref` spells them.
    """

    id: str
    label: str
    names: tuple[tuple[str, str], ...] = ()
    parents: tuple[tuple[Relation, str], ...] = ()
    obsolete: bool = False
    replaced_by: tuple[str, ...] = ()
    consider: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    xrefs: tuple[str, ...] = ()
