"""Ontology terms, offline: text in, groundings out; the bundle they are looked up in, and how it is built.

Looking up needs the standard library only. What changes a bundle is not imported here: ``terms.build`` (``build``),
``terms.adding`` (``add_file``), ``terms.fetch`` (``fetch_ontology``), ``terms.installed`` (``use_version``,
``remove_ontology``); nor is what compares versions, ``terms.diff`` (``diff_ontologies``).
"""

from __future__ import annotations

from .answers import Grounding, Name, OntologyInfo, Suggestion, TermInfo
from .bundle import BUILD_COMMAND, Bundle, NoBundle, default_path, get_terms, open_bundle
from .decisions import Decision, Decisions, load_decisions
from .replay import DecidedTerms, Terms, terms_for, with_decisions
from .verify import issues_of

__all__ = [
    "BUILD_COMMAND",
    "Bundle",
    "DecidedTerms",
    "Decision",
    "Decisions",
    "Grounding",
    "Name",
    "NoBundle",
    "OntologyInfo",
    "Suggestion",
    "TermInfo",
    "Terms",
    "default_path",
    "get_terms",
    "issues_of",
    "load_decisions",
    "open_bundle",
    "terms_for",
    "with_decisions",
]
