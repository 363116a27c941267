"""What passes between a bundle and the grounding steps: rows that were found, and where to look; no files."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Hit", "Local", "Neighbour", "Plan", "Query", "Search"]

Local = int | str
"""The local part of an id as a bundle stores it, see :func:`omics_standards.terms.schema.encode_local`."""


class Hit(NamedTuple):
    """A term that has the name looked up: scope (position in SCOPES), id, whether its key was folded, label, flags."""

    scope: int
    local: Local
    altered: int
    label: str
    flags: int


class Query(NamedTuple):
    """A text to look up: itself without outer blanks, its exact key, its folded key."""

    text: str
    exact: str
    key: str


class Neighbour(NamedTuple):
    """A name near another in the alphabet, and its term."""

    key: str
    scope: int
    local: Local
    label: str
    flags: int


class Search(NamedTuple):
    """One ontology to search: its number, prefix and version, and the roots of the branch that are its own."""

    number: int
    prefix: str
    version: str
    roots: frozenset[str]


class Plan(NamedTuple):
    """What ``within`` and ``branch`` come to in this bundle.

    Attributes
    ----------
    searches
        The ontologies to search, in order of priority.
    numbers
        Their numbers.
    absent
        Ontologies asked for that are not in the bundle.
    version
        "UBERON v2026-04-01, CL v2026-03-26".
    primary
        True where the first ontology asked for is in the bundle.
    staged
        True where an ontology of stages of one species is among them.
    """

    searches: tuple[Search, ...]
    numbers: frozenset[int]
    absent: tuple[str, ...]
    version: str
    primary: bool
    staged: bool = False
