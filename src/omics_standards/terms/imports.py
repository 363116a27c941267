"""What an ontology file imports, read by pronto: names of ontologies in, their terms out.

Finding what an import names, following the imports of imports and merging them is what pronto does well; the file
itself is read by this package's own readers, which pass over a bad stanza where pronto gives up the file.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Final

from omics_standards.errors import TermIndexError

from .reading import curie_of
from .sources import SourceTerm
from .xrefs import canonical_xrefs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .carriers import Progress
    from .sources import Relation

__all__ = ["imported_terms"]

_SECONDS: Final = 60
_PART_OF: Final = ("part_of", "BFO:0000050")


def imported_terms(path: Path, imports: tuple[str, ...], progress: Progress) -> Iterator[SourceTerm]:
    """Yield the terms of the ontologies that a file imports.

    Parameters
    ----------
    path
        The file that imports them: a file of an import's name beside it is read instead of its address.
    imports
        IRIs or paths.
    progress
        Told what is read.

    Raises
    ------
    TermIndexError
        An import cannot be had or read.
    """
    from pronto.ontology import Ontology

    for place in imports:
        beside = path.parent / place.rpartition("/")[2]
        source = str(beside) if beside.is_file() else place
        progress(f"reading what the file imports: {source}")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of what pronto does not support; what matters here it does
                ontology = Ontology(source, timeout=_SECONDS)
        except Exception as error:
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            raise TermIndexError(f"{path} imports {place}, which cannot be read: {reason}; leave --imports out to do without it") from error
        for term in ontology.terms():
            yield _term(term)


def _term(term: Any) -> SourceTerm:
    parents: list[tuple[Relation, str]] = []
    for above in term.superclasses(distance=1, with_self=False):
        parents.append(("is_a", curie_of(above.id)))
    for relation, targets in term.relationships.items():
        if relation.id in _PART_OF:
            parents += [("part_of", curie_of(target.id)) for target in targets]
    identifier = curie_of(term.id) or term.id
    return SourceTerm(
        identifier,
        term.name or "",
        tuple(sorted((s.scope.lower(), s.description) for s in term.synonyms)),
        tuple(sorted((relation, curie) for relation, curie in parents if curie)),
        bool(term.obsolete),
        tuple(sorted(filter(None, (curie_of(t.id) for t in term.replaced_by)))),
        tuple(sorted(filter(None, (curie_of(t.id) for t in term.consider)))),
        tuple(sorted(filter(None, map(curie_of, term.alternate_ids)))),
        canonical_xrefs(sorted(x.id for x in term.xrefs), identifier),
    )
