"""Looking around in a bundle: a few letters in, terms out, as a person searches; and all that is known of one term."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from .answers import SCOPES
from .forms import forms_of
from .index import bag_hash
from .keys import exact_key, folded_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .bundle import Bundle
    from .lookups import Local, Search

__all__ = ["Found", "Neighbourhood", "neighbourhood", "search"]

_NEAR: Final = 4  # names read per term shown: several names of one term are near a text
_EXACT: Final = 1.0
_BEGINS: Final = 0.95
_CHILDREN: Final = 25


class Found(NamedTuple):
    """A term found by one of its names: how near (0 to 1), the name, and its scope."""

    id: str
    label: str
    name: str
    scope: str
    score: float


def search(bundle: Bundle, text: str, within: tuple[str, ...] = (), *, count: int = 20) -> tuple[Found, ...]:
    """Find the terms whose names have, begin with, or are near a text.

    Parameters
    ----------
    bundle
        An open bundle.
    text
        Some letters or words.
    within
        Prefixes of the ontologies to look in; () for all in use.
    count
        At most.

    Returns
    -------
    tuple of Found
        Names that are the text first, then those that begin with it, then near ones; a term stands once.

    Examples
    --------
    ``search(bundle, "hepat", ("CL",))`` begins with *hepatocyte*; ``search(bundle, "", ("CL",))`` is empty.
    """
    key = folded_key(exact_key(text))
    if not key:
        return ()
    plan = bundle.plan(within or tuple(dict.fromkeys(info.prefix for info in bundle.ontologies() if info.used)))
    best: dict[str, Found] = {}
    for one in plan.searches:
        for local, label, name, scope, score in _hits(bundle, one, key, count):
            curie = f"{one.prefix}:{local}"
            if curie not in best or score > best[curie].score:
                best[curie] = Found(curie, label, name, SCOPES[scope], round(score, 3))
    order = {one.prefix: place for place, one in enumerate(plan.searches)}
    ranked = sorted(best.values(), key=lambda f: (-f.score, SCOPES.index(f.scope), len(f.name), order[f.id.partition(":")[0]], f.id))
    return tuple(ranked[:count])


def _hits(bundle: Bundle, one: Search, key: str, count: int) -> Iterator[tuple[Local, str, str, int, float]]:
    for hit in bundle.lookup(one.number, key):
        yield hit.local, hit.label, key, hit.scope, _EXACT
    for scope, local, label, _ in bundle.by_form(one.number, bag_hash(forms_of(key))):
        yield local, label, label if scope == 0 else key, scope, _EXACT - 0.01
    for near in bundle.beginning(one.number, key, count):
        yield near.local, near.label, near.key, near.scope, _BEGINS - min(len(near.key) - len(key), 40) / 400
    index = bundle.candidates(one.number)
    for candidate in index.near(forms_of(key).bag, count * _NEAR) if index is not None else ():
        term = bundle.term(f"{one.prefix}:{candidate.local}")
        if term is not None:
            yield candidate.local, term.label, candidate.bag, candidate.scope, min(candidate.score, 0.9)


class Neighbourhood(NamedTuple):
    """What stands around a term: direct parents (relation, id, label), direct children (id, label; at most 25), how many there are."""

    parents: tuple[tuple[str, str, str], ...]
    children: tuple[tuple[str, str], ...]
    child_count: int


def neighbourhood(bundle: Bundle, curie: str) -> Neighbourhood:
    """Return the direct parents and children of a term, labels beside ids; empty where the bundle has none."""

    def label(other: str) -> str:
        term = bundle.term(other)
        return term.label if term is not None else ""

    children = bundle.children(curie)
    return Neighbourhood(
        tuple((relation, parent, label(parent)) for relation, parent in bundle.parents(curie)),
        tuple((child, label(child)) for child in children[:_CHILDREN]),
        len(children),
    )
