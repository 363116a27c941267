"""How the name beside an accession relates to the accession's term: a term and a text in, an :class:`Agreement` out.

Names beside accessions are short, misspelt, or of another term altogether; only the last is a fault worth a person's time.
What tells them apart is evidence from the ontology: which term the text names itself, and whether it lies above or below.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from .answers import Grounding, Suggestion
from .curies import parse_accession, split
from .ground import LOOSE, ground_name
from .keys import exact_key, folded_key

if TYPE_CHECKING:
    from .bundle import Bundle
    from .lookups import Plan

__all__ = ["Agreement", "Relation", "agrees", "compare", "is_firm"]

Relation = Literal["same", "near", "broader", "narrower", "other", "unknown"]

_WORD = re.compile(r"[^\s\-/]+")
_LEAST_WORD: Final = 5  # letters of a word in which one slip still leaves no doubt which word was meant
_SHORT: Final = 8  # characters of an abbreviation, at most
# Below the confidence of a name but for word order and spacing, a text is only taken to name a term: no ground for an error.
_FIRM: Final = 0.87
# Words that say of what kind a thing is and narrow nothing: "10x 3' v2 sequencing", "brain tissue".
_GENERIC: Final = frozenset({"tissue", "sample", "instrument", "sequencing"})


class Agreement(NamedTuple):
    """What a name says of the term that an accession names.

    Attributes
    ----------
    relation
        ``same``: it is a name of the term. ``near``: a short, abbreviated or misspelt form of one, and the name of no
        other. ``broader``: the term is broader than the text. ``narrower``: the term is narrower than the text.
        ``other``: the text names another term. ``unknown``: it names no term that is known here.
    named
        The terms that the text names itself, those of the accession's own ontology first.
    here
        True where they are surely of the accession's own ontology; one thing may have a term in each of several ontologies.
    form
        For ``near``: how it is so, in words.
    by_name
        The grounding of the name where the slot looks.
    """

    relation: Relation
    named: tuple[Suggestion, ...] = ()
    here: bool = False
    form: str = ""
    by_name: Grounding | None = None


def agrees(bundle: Bundle, curie: str, name: str) -> bool:
    """Say whether a text is a name of a term, of any scope; case, accents and punctuation are forgiven.

    Parameters
    ----------
    bundle
        An open bundle.
    curie
        The term, current or obsolete.
    name
        The text that stands beside it.
    """
    return _scope(bundle, curie, name) is not None


def _scope(bundle: Bundle, curie: str, name: str) -> str | None:
    """Return the scope of the best name that is this text."""
    key = folded_key(exact_key(name))
    for known in bundle.names(curie):
        exact = exact_key(known.text)
        if folded_key(exact) == key or (exact.startswith("obsolete") and folded_key(exact[8:].lstrip(" _:-.")) == key):
            return known.scope
    return None


def compare(bundle: Bundle, curies: tuple[str, ...], name: str, plan: Plan) -> Agreement:
    """Find how a name relates to a term.

    Parameters
    ----------
    bundle
        An open bundle.
    curies
        The accession's term; where it is obsolete also the one that replaced it, last.
    name
        The text beside the accession, not blank.
    plan
        Where the slot looks.

    Returns
    -------
    Agreement
        ``same`` as soon as one of the terms that the text names is one of ``curies``: a name may have several ids.
    """
    scopes = [scope for curie in curies if (scope := _scope(bundle, curie, name)) is not None]
    if "label" in scopes or "exact" in scopes:
        return Agreement("same")
    written = parse_accession(name, bundle.known)
    if written is not None and (term := bundle.term(written.curie)) is not None:
        # The cell of the name holds an accession too.
        if term.id in curies:
            return Agreement("same")
        return Agreement("other", (Suggestion(term.id, term.label, 1.0),), split(curies[0])[0] == term.ontology)
    by_name = ground_name(bundle, name, plan, suggest=False)
    own_plan = bundle.plan((split(curies[0])[0],))
    own = by_name if own_plan.numbers == plan.numbers and not _roots(plan) else ground_name(bundle, name, own_plan, suggest=False)
    here, there = _named(own), _named(by_name)
    if any(s.id in curies for s in (*here, *there)):
        loose = LOOSE.get((own if here else by_name).step.partition("+")[0])
        # What the ontology itself calls the term, if loosely, is no liberty ("whole blood").
        return Agreement("near", form=f"{loose} of {curies[-1]}") if loose and not scopes else Agreement("same")
    retired = next((s for g in (own, by_name) if g.step.startswith("name-obsolete") for s in g.suggestions if s.id in curies), None)
    if retired is not None:
        return Agreement("near", form=f"the name of a retired term that {retired.id} replaced")
    target = curies[-1]
    names = tuple(folded_key(exact_key(n.text)) for n in bundle.names(target) if n.scope in ("label", "exact"))
    if here:
        relation = _place(bundle, target, here)
        if relation in ("broader", "narrower") and _is_abbreviation(name, names):
            return Agreement("near", form=f"short for a name of {target}")
        if relation == "other" and scopes:
            return Agreement("same")  # the ontology itself calls the term so, if loosely
        firm = is_firm(own)
        form = "" if firm else _nearness(name, names)
        if form:
            return Agreement("near", form=f"{form} of {target}")
        return Agreement(relation, here, firm, by_name=by_name)
    if scopes:
        return Agreement("same")
    if there:
        return Agreement("other", there, False, by_name=by_name)
    form = _nearness(name, names)
    if form:
        return Agreement("near", form=f"{form} of {target}")
    by_name = ground_name(bundle, name, plan)
    return Agreement("broader" if _says_more(name, names) else "unknown", by_name=by_name)


def is_firm(answer: Grounding) -> bool:
    """Say whether a name is so surely that of the terms found that another accession beside it is wrong."""
    return answer.step == "ambiguous-name" or (answer.status == "mapped" and answer.confidence >= _FIRM)


def _roots(plan: Plan) -> bool:
    return any(search.roots for search in plan.searches)


def _named(answer: Grounding) -> tuple[Suggestion, ...]:
    """The terms that have the very name: the one accepted, or those it is ambiguous between."""
    if answer.status == "mapped" and answer.id:
        return (Suggestion(answer.id, answer.label, answer.confidence),)
    return answer.suggestions if answer.step == "ambiguous-name" else ()


def _place(bundle: Bundle, target: str, named: tuple[Suggestion, ...]) -> Relation:
    """Say whether the accession's term lies above or below a term that the text names."""
    if any(target in bundle.ancestors(s.id) for s in named):
        return "broader"
    above = bundle.ancestors(target)
    return "narrower" if any(s.id in above for s in named) else "other"


def _words(key: str) -> list[str]:
    return _WORD.findall(key)


def _nearness(name: str, known: tuple[str, ...]) -> str:
    """Say in words how a name that is no term's is near to one of a term's names; '' where it is not."""
    key = folded_key(exact_key(name))
    if _is_abbreviation(name, known):
        return "short for a name"
    for other in known:
        if _is_part(_words(key), _words(other)):
            return "part of a name"
        if _is_slip(_words(key), _words(other)):
            return "one letter away from a name"
    if any(key == f"{a} {b}" for a in known for b in known if key.startswith(a)):
        return "two names"
    if any(set(_words(other)) < set(_words(key)) and set(_words(key)) - set(_words(other)) <= _GENERIC for other in known):
        return "a longer name"
    return ""


def _is_part(few: list[str], many: list[str]) -> bool:
    """Say whether words stand in the same order in a longer name: its last one, or at least half of them."""
    if not few or len(few) >= len(many) or sum(map(len, few)) < 3:
        return False
    rest = iter(many)
    if not all(word in rest for word in few):
        return False
    return few[-1] == many[-1] or 2 * len(few) >= len(many)


def _is_abbreviation(name: str, known: tuple[str, ...]) -> bool:
    """Say whether capital letters are initials of a name, first and last among them: HCD, CID, PBMC."""
    letters = name.strip()
    if not 2 <= len(letters) <= _SHORT or not letters.isalpha() or letters[:-1] != letters[:-1].upper():
        return False
    letters = letters.casefold()
    for other in known:
        initials = "".join(word[0] for word in _words(other))
        if len(initials) < 2 or initials[0] != letters[0] or initials[-1] != letters[-1]:
            continue
        if letters == initials or (len(letters) >= 3 and 2 * len(letters) >= len(initials) - 1 and _in_order(letters, initials)):
            return True
    return False


def _in_order(letters: str, initials: str) -> bool:
    rest = iter(initials)
    return all(letter in rest for letter in letters)


def _is_slip(left: list[str], right: list[str]) -> bool:
    """Say whether two names differ by one letter of one long word; digits are never a slip ("TMT127", "TMT128")."""
    if len(left) != len(right):
        return False
    differing = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    if len(differing) != 1:
        return False
    a, b = sorted(differing[0], key=len)
    if b == a + "s" and len(a) > 2:
        return True
    if len(a) < _LEAST_WORD or not (a.isalpha() and b.isalpha()) or a[0] != b[0] or len(b) - len(a) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return a[start:] == b[start + 1 :]
    swapped = a[start : start + 2] == b[start : start + 2][::-1] and a[start + 2 :] == b[start + 2 :]
    return swapped or a[start + 1 :] == b[start + 1 :]


def _says_more(name: str, known: tuple[str, ...]) -> bool:
    """Say whether a name holds all words of one of a term's names, and more: it may mean something narrower."""
    words = _words(folded_key(exact_key(name)))
    return any(len(other) >= 3 and set(_words(other)) < set(words) for other in known)
