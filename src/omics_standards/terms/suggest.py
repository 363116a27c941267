"""Terms that a person may want where nothing can be accepted: a folded key in, scored suggestions out.

Names that are narrower, broader or related, names outside the branch, and names that share rare groups of letters with the
text (about a millisecond a text); in the taxonomy, which has no such index, names that stand next to the text in the alphabet,
and the text with two letters swapped or one left out. The answer depends on nothing but the text and the bundle, so that it is
the same in every process.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from .answers import SCOPES, Suggestion
from .forms import forms_of
from .index import initials_hash, words_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .bundle import Bundle
    from .candidates import Candidate
    from .lookups import Hit, Local, Plan, Search

__all__ = ["Near", "near_names", "similarity", "suggest"]

_NEIGHBOURS: Final = 12
_PART: Final = 0.75  # a run of words that is a term: it stands behind near names, before doubtful ones
_ABBREVIATED: Final = 0.7
_FEW: Final = 4  # terms with one abbreviation; more say nothing
_MOST_WORDS: Final = 12
_CLASS_WORDS: Final = ("atom", "cell", "tissue", "syndrome", "disease", "biome", "area", "material", "organism", "agent", "stage")
_SAME_BUT_CLASS: Final = 0.92  # "calcium" and "calcium atom": the name adds only what kind of thing it is
_OUTSIDE: Final = 0.6  # outside the branch that the slot allows
_OTHER_NUMBER: Final = 0.9
_DIGIT = re.compile(r"[0-9]")
_LATIN = re.compile(r"[\x00-\xff]*")
_OBSOLETE: Final = SCOPES.index("obsolete")
_NEAR: Final = 30
_ENOUGH: Final = 12
_LEAST: Final = 0.2
_LONGEST: Final = 100  # a longer text is a description; no name is near it
_LONGEST_TYPO: Final = 14
_SAME_NAME: Final = (0.7, 0.7, 0.85, 0.6, 0.75, 0.8)
"""Score of a term that has the very name, by scope (label and exact ones are those outside the branch).

A narrow synonym means that the text is narrower than the term, which is nearer to what is wanted than a broader word.
"""


def _pairs(text: str) -> set[str]:
    padded = f" {text} "
    return {padded[i : i + 2] for i in range(len(padded) - 1)}


def similarity(a: str, b: str) -> float:
    """Return how alike two keys are: Dice's coefficient of their letter pairs, blanks at both ends included.

    Examples
    --------
    >>> round(similarity("live", "liver"), 2), similarity("liver", "liver"), similarity("liver", "bone")
    (0.73, 1.0, 0.0)
    """
    left, right = _pairs(a), _pairs(b)
    return 2 * len(left & right) / (len(left) + len(right))


class Near(NamedTuple):
    """A name near a text, and the ontology it is of."""

    search: Search
    candidate: Candidate


def near_names(bundle: Bundle, plan: Plan, key: str) -> list[Near]:
    """Return the names nearest to a text in each ontology, nearest first; of equals the order of the ontologies counts."""
    if len(key) > _LONGEST:
        return []
    bag = forms_of(key).bag
    found: list[Near] = []
    for search in plan.searches:
        index = bundle.candidates(search.number)
        if index is not None:
            found += [Near(search, candidate) for candidate in index.near(bag, _NEAR)]
    if not _LATIN.fullmatch(bag):
        # The index has one letter for all beyond Latin-1: to it, any two words in Chinese are alike.
        found = [n._replace(candidate=n.candidate._replace(score=similarity(bag, n.candidate.bag))) for n in found]
        found = [n for n in found if n.candidate.score >= _LEAST]
    numbers = _numbers(bag)
    # "… dysplasia 3" is nearer to "… dysplasia, familial, 3" than to "… dysplasia, familial, 5".
    found = [
        n if _numbers(n.candidate.bag) == numbers else n._replace(candidate=n.candidate._replace(score=n.candidate.score * _OTHER_NUMBER))
        for n in found
    ]
    found.sort(key=lambda near: -round(near.candidate.score, 4))
    return found


def _numbers(bag: str) -> set[str]:
    return {word for word in bag.split() if any(c.isdigit() for c in word)} if _DIGIT.search(bag) else set()


def suggest(
    bundle: Bundle,
    plan: Plan,
    key: str,
    inexact: list[tuple[Search, Hit]],
    near: list[Near],
    offered: list[Suggestion],
    count: int,
) -> tuple[Suggestion, ...]:
    """Return up to ``count`` terms, best first.

    Parameters
    ----------
    bundle
        An open bundle.
    plan
        The ontologies to look in.
    key
        Folded key of the text.
    inexact
        Terms that have the very name, but may not be accepted (scope, branch, or obsolete).
    near
        Names near the text, from :func:`near_names`.
    offered
        Terms that the text was read as, with doubt.
    count
        At most.
    """
    scores: dict[str, tuple[float, str]] = {s.id: (s.score, s.label) for s in offered}

    def offer(search: Search, local: int | str, label: str, score: float) -> None:
        curie = f"{search.prefix}:{local}"
        score = min(score, 0.99)
        if score >= _LEAST and (curie not in scores or score > scores[curie][0]):
            scores[curie] = (score, label)

    for search, hit in inexact:
        if hit.flags & 1:
            _offer_replacements(bundle, f"{search.prefix}:{hit.local}", scores)
        else:
            offer(search, hit.local, hit.label, _SAME_NAME[hit.scope])
    for search, candidate in near:
        if len(scores) >= _ENOUGH:
            break  # nearest first: what follows would not be among those shown
        curie = f"{search.prefix}:{candidate.local}"
        term = bundle.term(curie) if curie not in scores or candidate.scope == _OBSOLETE else None
        if term is not None and term.obsolete:
            _offer_replacements(bundle, curie, scores, candidate.score)
        elif term is not None:
            inside = not search.roots or bundle.place_is_under(search.number, candidate.local, search.roots) is not False
            factor = (0.98 if candidate.scope < 2 else 0.85) * (1 if inside else _OUTSIDE)
            offer(search, candidate.local, term.label, candidate.score * factor)
    for search, row in _with_class(bundle, plan, key):
        offer(search, row[1], row[2], _SAME_BUT_CLASS)
    for search, row in _abbreviated(bundle, plan, key):
        offer(search, row[1], row[2], _ABBREVIATED)
    for score, search, row in _parts(bundle, plan, key):
        offer(search, row[1], row[2], score)
    for search in plan.searches:
        # A slip in the first letters of a short word changes most of its groups of letters.
        if (" " not in key and len(key) <= _LONGEST_TYPO) or (len(key) <= _LONGEST and bundle.candidates(search.number) is None):
            _alphabetical(bundle, search, key, offer)
    best = sorted(scores.items(), key=lambda item: (-item[1][0], item[0]))[:count]
    return tuple(Suggestion(curie, label, round(score, 3)) for curie, (score, label) in best)


def _with_class(bundle: Bundle, plan: Plan, key: str) -> Iterator[tuple[Search, tuple[int, Local, str, int]]]:
    """Yield the terms whose names are the text and a word for the kind of thing."""
    if len(key) <= _LONGEST:
        words = forms_of(key).bag.split()
        forms = [words_hash([*words, word]) for word in _CLASS_WORDS]
        for search in plan.searches:
            for form in forms:
                yield from ((search, row) for row in bundle.by_form(search.number, form) if row[0] < 2 and not row[3] & 1)


def _abbreviated(bundle: Bundle, plan: Plan, key: str) -> Iterator[tuple[Search, tuple[int, Local, str, int]]]:
    """Yield the terms whose names have the text (or the text without a last "cells") as their words' first letters, if they are few."""
    letters = key.removesuffix(" cells").removesuffix(" cell")
    if letters.isalpha() and 3 <= len(letters) <= 6:
        for search in plan.searches:
            rows = [row for row in bundle.by_form(search.number, initials_hash(letters)) if not row[3] & 1]
            if len({row[1] for row in rows}) <= _FEW:
                yield from ((search, row) for row in rows)


def _parts(bundle: Bundle, plan: Plan, key: str) -> Iterator[tuple[float, Search, tuple[int, Local, str, int]]]:
    """Yield the terms that runs of the text's words name, longest run first: what it is about, said more broadly.

    At most two lengths of run, so that a long text does not fill the list with its words.
    """
    words = forms_of(key).words
    if not 2 <= len(words) <= _MOST_WORDS:
        return
    lengths: set[int] = set()
    for length in range(len(words) - 1, 0, -1):
        if len(lengths) == 2:
            return
        for first in range(len(words) - length + 1):
            run = words[first : first + length]
            if length == 1 and run[0] in _CLASS_WORDS:
                continue
            form = words_hash(run)
            for search in plan.searches:
                for row in bundle.by_form(search.number, form):
                    if row[0] < 2 and not row[3] & 1:
                        lengths.add(length)
                        yield _PART * (0.7 + 0.3 * length / len(words)), search, row


def _alphabetical(bundle: Bundle, search: Search, key: str, offer: Callable[[Search, Local, str, float], None]) -> None:
    """Offer what stands next to the text in the alphabet, where an ontology has no index of near names."""
    for start in dict.fromkeys((key, key[: max(3, 2 * len(key) // 3)])):
        for near in bundle.neighbours(search.number, start, _NEIGHBOURS):
            if not near.flags & 1:
                offer(search, near.local, near.label, similarity(key, near.key) * (0.98 if near.scope < 2 else 0.8))
    for spelling in _one_slip_away(key):
        for hit in bundle.lookup(search.number, spelling):
            if hit.scope < 2 and not hit.flags & 1:
                offer(search, hit.local, hit.label, 0.9)


def _offer_replacements(bundle: Bundle, curie: str, scores: dict[str, tuple[float, str]], near: float = 1.0) -> None:
    term = bundle.term(curie)
    if term is None:
        return
    for option in (*term.replaced_by, *term.consider):
        other = bundle.term(option)
        if other is not None and not other.obsolete:
            scores.setdefault(other.id, (_SAME_NAME[5] * near, other.label))


def _one_slip_away(key: str) -> Iterator[str]:
    """Yield a short word with two letters swapped or one left out: slips at the beginning, where neighbours fail."""
    if 4 <= len(key) <= _LONGEST_TYPO and " " not in key:
        for i in range(len(key) - 1):
            if key[i] != key[i + 1]:
                yield key[:i] + key[i + 1] + key[i] + key[i + 2 :]
        for i in range(len(key)):
            if i == 0 or key[i] != key[i - 1]:
                yield key[:i] + key[i + 1 :]
