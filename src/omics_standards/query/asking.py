"""What a dataset and the ontologies know of a word: the terms and records that a person means by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ..emit.encode import escape
from ..errors import TermIndexError
from ..models.prefixes import compress, expand, is_iri
from ..models.slots import MODEL
from ..sparql.results import read_table
from ..terms import Bundle

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ..sparql import Session
    from ..terms import NoBundle

__all__ = ["DatasetWords", "Known"]

_SHOWN = 8  # of the words that a dataset has, in a message


class Known(Protocol):
    """Finds what is meant by a word."""

    def terms(self, slot: str, word: str) -> list[str]:
        """Return the IRIs of the terms of a slot that a label, an accession or an IRI stands for."""

    def records(self, word: str) -> list[str]:
        """Return the IRIs of the records that an id, an accession or a name stands for."""


class DatasetWords:
    """Finds words in a dataset, and in the ontologies where a bundle is there.

    Parameters
    ----------
    session
        Holds the dataset.
    work
        A file to write results to.
    bases
        What local ids are relative to.
    bundle
        The ontologies; their names and synonyms are known as well.
    subterms
        Take the terms below those that are meant, too.
    timeout
        Seconds that looking up one word may take.
    tell
        Told how a word was understood, where that is not plain.
    """

    def __init__(
        self,
        session: Session,
        work: Path,
        bases: Sequence[str],
        bundle: Bundle | NoBundle,
        *,
        subterms: bool = False,
        timeout: float | None = None,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        if subterms and not bundle:
            from ..terms import BUILD_COMMAND

            raise TermIndexError(f"terms below a term are known from the ontologies, and no bundle is built: {BUILD_COMMAND}")
        self._session = session
        self._work = work
        self._bases = tuple(bases)
        self._bundle = bundle
        self._subterms = subterms
        self._timeout = timeout
        self._tell = tell

    def _rows(self, text: str) -> list[list[str]]:
        self._session.ask(text, self._work, timeout=self._timeout)
        return [["" if cell is None else cell.text for cell in row] for row in read_table(self._work).rows]

    def terms(self, slot: str, word: str) -> list[str]:
        """Return the IRIs of a slot's terms in the dataset that are meant by a word, sorted; [] where there is none, which is told.

        Parameters
        ----------
        slot
            A slot of terms.
        word
            A label (cases do not matter), a name that the ontologies know, an accession, or an IRI.
        """
        predicate = expand(MODEL.slots[slot].uri)
        used = {
            row[0]: row[1]
            for row in self._rows(f"SELECT DISTINCT ?term ?label {{ ?record <{predicate}> ?term OPTIONAL {{ ?term rdfs:label ?label }} }}")
        }
        wanted = word.casefold()
        asked = expand(word) or word
        found = {iri for iri, label in used.items() if label.casefold() == wanted or iri == asked}
        roots = {curie for iri in found if (curie := compress(iri))} | ({word} if expand(word) else set())
        grounded = None if asked in used or expand(word) else self._ground(slot, word)
        if grounded is not None:
            roots.add(grounded)
            if (iri := expand(grounded) or "") in used:
                found.add(iri)
        if self._subterms:
            below = {iri for iri in used if self._is_below(compress(iri) or "", roots)} - found
            if below:
                self._tell(f"{slot}: {word!r} with {len(below)} below it: {_some(sorted(used[i] or i for i in below))}")
            found |= below
        if not found:
            there = _some(sorted({label for label in used.values() if label}, key=str.casefold)) or "none"
            hint = "" if self._subterms or not self._bundle else "; --with-subterms takes what lies below a term, too"
            self._tell(f"{slot}: no term {word!r} in this dataset; there are: {there}{hint}")
        elif grounded and not any(used[iri].casefold() == wanted for iri in found):
            self._tell(f"{slot}: {word!r} is {grounded}")
        return sorted(iri for iri in found if is_iri(iri))

    def _ground(self, slot: str, word: str) -> str | None:
        if not self._bundle:
            return None
        found = self._bundle.ground(word, MODEL.slots[slot].ontologies, MODEL.slots[slot].branch)
        return found.id if found.status == "mapped" else None

    def _is_below(self, curie: str, roots: set[str]) -> bool:
        own = [root for root in roots if root.partition(":")[0] == curie.partition(":")[0]]
        return bool(curie and own and isinstance(self._bundle, Bundle) and self._bundle.is_under(curie, own))

    def records(self, word: str) -> list[str]:
        """Return the IRIs of the records that a word names, sorted; [] where there is none, which is told.

        Parameters
        ----------
        word
            An id as tables show it, an accession, an IRI, a name, a title or an alternative name.
        """
        asked = [iri for iri in (expand(word), word, *(base + word for base in self._bases)) if iri and is_iri(iri)]
        named = self._rows(
            f'SELECT DISTINCT ?record {{ VALUES ?name {{ "{escape(word)}" }} '
            "?record omst:name|omst:title|omst:alternative_names|omst:file_name ?name . ?record a ?class . "
            "FILTER(?class NOT IN (omst:Attribute, omst:OntologyTerm)) } ORDER BY ?record"
        )
        ids = self._rows(f"SELECT DISTINCT ?record {{ VALUES ?record {{ {' '.join(f'<{iri}>' for iri in asked)} }} ?record a ?class }}")
        found = sorted({row[0] for row in (*named, *ids)})
        if not found:
            self._tell(f"no record {word!r} in this dataset, neither by id or accession nor by name")
        return found


def _some(words: Sequence[str]) -> str:
    return ", ".join(words[:_SHOWN]) + (f" and {len(words) - _SHOWN} more" if len(words) > _SHOWN else "")
