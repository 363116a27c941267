"""What the terms layer answers with: immutable tuples, no files and no look-ups."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

__all__ = ["BUILD_COMMAND", "SCOPES", "Grounding", "Name", "OntologyInfo", "Scope", "Status", "Suggestion", "TermInfo"]

BUILD_COMMAND: Final = "omics-standards ontologies build"
"""The one command that makes a bundle."""

Status = Literal["mapped", "ambiguous", "unmapped", "unverifiable"]

Scope = Literal["label", "exact", "narrow", "broad", "related", "obsolete"]

SCOPES: Final[tuple[Scope, ...]] = ("label", "exact", "narrow", "broad", "related", "obsolete")
"""Scopes of names, best first; a bundle stores the position. Only ``label`` and ``exact`` are ever accepted."""


class Suggestion(NamedTuple):
    """A term that a person may want; ``score`` runs from 0 to 1 and orders suggestions, no more."""

    id: str
    label: str
    score: float


class Grounding(NamedTuple):
    """What one text means in the ontologies asked for.

    Attributes
    ----------
    status
        ``mapped``: ``id`` and ``label`` are the term. ``ambiguous``: several terms fit equally well, or the name and
        the accession of one text disagree; none is taken. ``unmapped``: no term has this name. ``unverifiable``:
        nothing to look it up in, or an accession newer than the bundle.
    id
        CURIE of the term; for an unverifiable accession the accession as it stands, in canonical form; else None.
    label
        The term's own label; '' where there is no term.
    confidence
        1 for an accession or an exact label, less the more the spelling was forgiven, 0 where nothing is accepted.
    step
        How the answer came about, see :data:`omics_standards.terms.ground.STEPS`; a ``+branch-unverified`` at the end
        says that the term's place in the hierarchy is not in the bundle.
    suggestions
        Up to five terms, best first; never accepted by themselves.
    version
        Version of the ontology of ``id``; else of each ontology that was searched ("UBERON v2026-04-01, CL
        v2026-03-26").
    """

    status: Status
    id: str | None = None
    label: str = ""
    confidence: float = 0.0
    step: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    version: str = ""


class Name(NamedTuple):
    """A name of a term and how far it says the same as the label."""

    scope: Scope
    text: str


class TermInfo(NamedTuple):
    """A term as its ontology has it."""

    id: str
    label: str
    obsolete: bool = False
    replaced_by: tuple[str, ...] = ()
    consider: tuple[str, ...] = ()
    ontology: str = ""
    version: str = ""


class OntologyInfo(NamedTuple):
    """An ontology of a bundle: what it is, which version, and where it came from.

    Attributes
    ----------
    hierarchy
        What the bundle knows of its parents: ``is_a and part_of`` apart, ``merged`` (one relation for both),
        ``partial`` (for some terms only) or ``none``.
    includes
        Prefixes of further ontologies that are searched with this one (AfPO with HANCESTRO).
    added
        True where a person added it from a file; a rebuild keeps it.
    iri
        Version IRI, '' where the source does not say it.
    used
        True for the one version of an ontology that is looked up in, where the bundle holds several.
    chosen
        True where a person said so; else it is in use for being the newest.
    """

    prefix: str
    title: str
    version: str
    licence: str = ""
    homepage: str = ""
    source: str = ""
    source_sha256: str = ""
    hierarchy: str = "none"
    includes: tuple[str, ...] = ()
    width: int = 0
    terms: int = 0
    names: int = 0
    added: bool = False
    iri: str = ""
    used: bool = True
    chosen: bool = False

    @property
    def spec(self) -> str:
        """``PREFIX@VERSION``."""
        return f"{self.prefix}@{self.version}"
