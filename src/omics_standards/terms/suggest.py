"""Terms that a person may want where nothing can be accepted: a folded key in, scored suggestions out.

Cheap means only (well under a millisecond a text): names that are narrower, broader or related, names outside the
branch, names that stand next to the text in the alphabet, and the text with two letters swapped or one left out. The
answer depends on nothing but the text and the bundle, so that it is the same in every process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .answers import Suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .bundle import Bundle
    from .lookups import Hit, Plan, Search

__all__ = ["similarity", "suggest"]

_NEIGHBOURS: Final = 12
_LEAST: Final = 0.55
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


def suggest(bundle: Bundle, plan: Plan, key: str, inexact: list[tuple[Search, Hit]], count: int) -> tuple[Suggestion, ...]:
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
    count
        At most.
    """
    scores: dict[str, tuple[float, str]] = {}

    def offer(search: Search, local: int | str, label: str, score: float) -> None:
        curie = f"{search.prefix}:{local}"
        if score >= _LEAST and (curie not in scores or score > scores[curie][0]):
            scores[curie] = (score, label)

    for search, hit in inexact:
        if hit.flags & 1:
            _offer_replacements(bundle, f"{search.prefix}:{hit.local}", scores)
        else:
            offer(search, hit.local, hit.label, _SAME_NAME[hit.scope])
    if len(key) <= _LONGEST:
        starts = (key, key[: max(3, 2 * len(key) // 3)])
        for search in plan.searches:
            for start in dict.fromkeys(starts):
                for near in bundle.neighbours(search.number, start, _NEIGHBOURS):
                    if not near.flags & 1:
                        offer(
                            search,
                            near.local,
                            near.label,
                            similarity(key, near.key) * (0.98 if near.scope < 2 else 0.8),
                        )
            for spelling in _one_slip_away(key):
                for hit in bundle.lookup(search.number, spelling):
                    if hit.scope < 2 and not hit.flags & 1:
                        offer(search, hit.local, hit.label, 0.9)
    best = sorted(scores.items(), key=lambda item: (-item[1][0], item[0]))[:count]
    return tuple(Suggestion(curie, label, round(score, 3)) for curie, (score, label) in best)


def _offer_replacements(bundle: Bundle, curie: str, scores: dict[str, tuple[float, str]]) -> None:
    term = bundle.term(curie)
    if term is None:
        return
    for option in (*term.replaced_by, *term.consider):
        other = bundle.term(option)
        if other is not None and not other.obsolete:
            scores.setdefault(other.id, (_SAME_NAME[5], other.label))


def _one_slip_away(key: str) -> Iterator[str]:
    """Yield a short word with two letters swapped or one left out: slips at the beginning, where neighbours fail."""
    if 4 <= len(key) <= _LONGEST_TYPO and " " not in key:
        for i in range(len(key) - 1):
            if key[i] != key[i + 1]:
                yield key[:i] + key[i + 1] + key[i] + key[i + 2 :]
        for i in range(len(key)):
            if i == 0 or key[i] != key[i - 1]:
                yield key[:i] + key[i + 1 :]
