"""Text to term: one text and the ontologies its slot allows in, one :class:`Grounding` out. Only safe steps are accepted.

Order: an accession that stands in the text; then, in each ontology in order of priority, exact label, exact synonym, and both
again with accents and separating punctuation folded; last the name of an obsolete term that has one replacement. A hit in the
first ontology wins over later ones. Names that are narrower, broader or merely related, parts of the text, and near spellings
are suggested, never accepted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .answers import Grounding, Suggestion
from .curies import Accession, embedded_accession, parse_accession
from .keys import exact_key, folded_key
from .schema import encode_local
from .suggest import suggest as suggest_terms

if TYPE_CHECKING:
    from .answers import OntologyInfo
    from .bundle import Bundle, Hit, Plan

__all__ = ["STEPS", "UNVERIFIED", "ground", "ground_accession", "ground_name"]

STEPS: Final[dict[str, float]] = {
    # accepted, with the confidence each gives
    "accession": 1.0,
    "accession-and-name": 1.0,
    "label": 1.0,
    "synonym": 0.97,
    "label-folded": 0.95,
    "synonym-folded": 0.92,
    "obsolete-replaced": 0.9,
    "name-beside-accession": 0.9,
    # not accepted
    "ambiguous-name": 0.0,
    "accession-and-name-disagree": 0.0,
    "accession-obsolete": 0.0,
    "accession-wrong-ontology": 0.0,
    "accession-wrong-branch": 0.0,
    "accession-not-in-bundle": 0.0,
    "ontology-not-in-bundle": 0.0,
    "no-bundle": 0.0,
    "no-match": 0.0,
}
"""Every step an answer may name, with its confidence."""

UNVERIFIED: Final = "+branch-unverified"
_TIERS: Final = ("label", "synonym", "label-folded", "synonym-folded")
_MAX_NAME: Final = 500  # characters; the longest name in the default set has 1,200, and is a chemical formula nobody types
_SUGGESTIONS: Final = 5


def ground(bundle: Bundle, text: str, within: tuple[str, ...], branch: tuple[str, ...] = (), *, suggest: bool = True) -> Grounding:
    """Find the term that a text names.

    Parameters
    ----------
    bundle
        An open bundle.
    text
        A cell's text.
    within
        Prefixes of the ontologies the slot allows, first the one to prefer.
    branch
        CURIEs of the terms under which an answer must lie. A root restricts the terms of its own ontology only.
    suggest
        False leaves suggestions out where nothing is accepted (faster by far).

    Returns
    -------
    Grounding
        See there for the outcomes. The text of an ambiguous, unmapped or unverifiable answer has no term.

    Findings
    --------
    None here; :func:`omics_standards.terms.verify.issues_of` turns an answer into issues.

    Examples
    --------
    ``bundle.ground("Hepatic organ", ("UBERON",))`` is *liver* by the step ``synonym``; ``bundle.ground("live", ("UBERON",))``
    is unmapped and suggests *liver*.
    """
    plan = bundle.plan(within)
    fallback: Grounding | None = None
    if ":" in text or "_" in text or text[:3].casefold() == "tax":
        fallback = _with_accession(bundle, text, plan, branch)
        if fallback is not None and fallback.status in ("mapped", "ambiguous"):
            return fallback
    answer = ground_name(bundle, text, plan, branch, suggest=suggest and fallback is None)
    return fallback if fallback is not None and answer.status != "mapped" else answer


def _with_accession(bundle: Bundle, text: str, plan: Plan, branch: tuple[str, ...]) -> Grounding | None:
    """Ground a text by the accession it is or holds; None where there is none."""
    accession = parse_accession(text, bundle.known)
    if accession is not None:
        return ground_accession(bundle, accession, plan, branch) if _is_plausible(bundle, accession, plan) else None
    embedded = embedded_accession(text, bundle.known)
    if embedded is None or not _is_plausible(bundle, embedded.accession, plan):
        return None
    if not embedded.rest:
        return ground_accession(bundle, embedded.accession, plan, branch)
    from .verify import check_pair

    return check_pair(bundle, embedded.accession, embedded.rest, plan, branch)[0]


def _is_plausible(bundle: Bundle, accession: Accession, plan: Plan) -> bool:
    """Tell an accession from a name that looks like one ("MA_12", "GO_term1"): by its digits, or because the slot expects it."""
    number = bundle.number_of(accession.prefix)
    if number is not None and bundle.number_info(number).width and not accession.local.isdigit():
        return False
    return len(accession.local) >= 4 or number in plan.numbers or accession.prefix in plan.absent


def ground_name(bundle: Bundle, text: str, plan: Plan, branch: tuple[str, ...], *, suggest: bool = True) -> Grounding:
    """Find the term that has this text as its label or exact synonym."""
    if not plan.numbers:
        return Grounding("unverifiable", step="ontology-not-in-bundle")
    exact = exact_key(text[: _MAX_NAME + 1])
    key = folded_key(exact)
    if not key or len(key) > _MAX_NAME:
        return Grounding("unmapped", step="no-match", version=plan.version)
    inexact: list[tuple[int, Hit]] = []
    for number in plan.numbers:
        hits = bundle.lookup(number, key)
        if hits:
            answer = _choose(bundle, number, hits, text, exact, key, branch)
            if answer is not None:
                return answer
            inexact += [(number, hit) for hit in hits]
    if inexact:
        replaced = _by_obsolete_name(bundle, inexact, plan, branch)
        if replaced is not None:
            return replaced
    suggestions = suggest_terms(bundle, plan, key, inexact, _SUGGESTIONS) if suggest else ()
    if plan.primary:
        return Grounding("unmapped", step="no-match", suggestions=suggestions, version=plan.version)
    return Grounding("unverifiable", step="ontology-not-in-bundle", suggestions=suggestions, version=plan.version)


def _choose(
    bundle: Bundle, number: int, hits: list[Hit], text: str, exact: str, key: str, branch: tuple[str, ...]
) -> Grounding | None:
    """Choose among the terms of one ontology that have the name; None where none of them may be accepted."""
    info = bundle.number_info(number)
    tiers: list[list[Hit]] = [[], [], [], []]
    unverified = False
    for hit in hits:
        if hit.scope > 1 or hit.flags & 1:
            continue
        if branch:
            under = _under(bundle, number, hit, branch)
            if under is False:
                continue
            unverified = unverified or under is None
        place = hit.scope if _is_exact(bundle, number, hit, exact, key) else 2 + hit.scope
        tiers[place].append(hit)
    for place, tier in enumerate(tiers):
        if not tier:
            continue
        terms = {hit.local: hit for hit in tier}
        if len(terms) > 1:
            terms = _same_letters(bundle, number, terms, text.strip()) or terms
        if len(terms) > 1:
            chosen = sorted(terms.values(), key=lambda h: str(h.local))[:_SUGGESTIONS]
            suggestions = tuple(Suggestion(bundle.curie(number, h.local), h.label, 1.0) for h in chosen)
            return Grounding("ambiguous", step="ambiguous-name", suggestions=suggestions, version=_version(info))
        (hit,) = terms.values()
        step = _TIERS[place]
        mark = UNVERIFIED if unverified else ""
        return Grounding("mapped", bundle.curie(number, hit.local), hit.label, STEPS[step], step + mark, (), info.version)
    return None


def _is_exact(bundle: Bundle, number: int, hit: Hit, exact: str, key: str) -> bool:
    """Say whether text and name are the same before folding.

    Where folding changed neither, they are; where it changed one of them, they are not; else the name itself is compared.
    """
    if not hit.altered:
        return exact == key
    if exact == key:
        return False
    if hit.scope == 0:
        return exact_key(hit.label) == exact
    names = bundle.names(bundle.curie(number, hit.local))
    return any(exact_key(name.text) == exact for name in names if name.scope == "exact")


def _same_letters(bundle: Bundle, number: int, terms: dict[int | str, Hit], text: str) -> dict[int | str, Hit]:
    """Keep the terms that have the text as a name letter by letter: case may be all that tells two cell lines apart."""
    return {
        local: hit
        for local, hit in terms.items()
        if hit.label == text
        or (hit.scope == 1 and any(n.text == text for n in bundle.names(bundle.curie(number, local)) if n.scope == "exact"))
    }


def _under(bundle: Bundle, number: int, hit: Hit, branch: tuple[str, ...]) -> bool | None:
    prefix = bundle.number_info(number).prefix + ":"
    roots = frozenset(root for root in branch if root.startswith(prefix))
    return bundle.place_is_under((number, hit.local), roots) if roots else True


def _version(info: OntologyInfo) -> str:
    return f"{info.prefix} {info.version}"


def _by_obsolete_name(bundle: Bundle, inexact: list[tuple[int, Hit]], plan: Plan, branch: tuple[str, ...]) -> Grounding | None:
    """Accept the one replacement of the obsolete terms of this name, where it lies within the slot's ontologies and branch."""
    curies = {bundle.curie(number, hit.local) for number, hit in inexact if hit.flags & 1 and hit.scope == _OBSOLETE}
    replacements = {bundle.resolve(curie) for curie in curies}
    if len(replacements) != 1:
        return None
    (replacement,) = replacements
    return _accept_replacement(bundle, replacement, plan, branch)


_OBSOLETE: Final = 5


def _accept_replacement(bundle: Bundle, curie: str | None, plan: Plan, branch: tuple[str, ...]) -> Grounding | None:
    term = bundle.term(curie) if curie else None
    if term is None or ((plan.numbers or plan.absent) and bundle.number_of(term.ontology) not in plan.numbers):
        return None
    under = bundle.is_under(term.id, branch) if branch else True
    if under is False:
        return None
    step = "obsolete-replaced"
    return Grounding("mapped", term.id, term.label, STEPS[step], step + (UNVERIFIED if under is None else ""), (), term.version)


def ground_accession(bundle: Bundle, accession: Accession, plan: Plan, branch: tuple[str, ...]) -> Grounding:
    """Check an accession: does it exist, is it current, is it of an ontology and branch that the slot allows?

    Parameters
    ----------
    bundle, branch
        As in :func:`ground`.
    accession
        In canonical spelling, or with leading zeros missing.
    plan
        The ontologies allowed; one without any allows all.
    """
    number = bundle.number_of(accession.prefix)
    restricted = bool(plan.numbers or plan.absent)
    if number is None:
        if restricted and accession.prefix not in plan.absent:
            return Grounding("unmapped", step="accession-wrong-ontology")
        return Grounding("unverifiable", accession.curie, step="ontology-not-in-bundle")
    info = bundle.number_info(number)
    term = bundle.term(accession.curie)
    if term is None and accession.local.isdigit() and len(accession.local) < info.width:
        accession = accession._replace(local=accession.local.zfill(info.width), repaired=True)
        term = bundle.term(accession.curie)
    if term is None:
        return Grounding("unverifiable", accession.curie, step="accession-not-in-bundle", version=_version(info))
    if term.obsolete:
        replaced = _accept_replacement(bundle, bundle.resolve(term.id), plan, branch)
        if replaced is not None:
            return replaced
        options = (bundle.term(c) for c in (*term.replaced_by, *term.consider))
        suggestions = tuple(Suggestion(t.id, t.label, 0.5) for t in options if t and not t.obsolete)[:_SUGGESTIONS]
        return Grounding("unmapped", step="accession-obsolete", suggestions=suggestions, version=_version(info))
    itself = (Suggestion(term.id, term.label, 0.5),)
    if restricted and number not in plan.numbers:
        return Grounding("unmapped", step="accession-wrong-ontology", suggestions=itself, version=_version(info))
    roots = frozenset(root for root in branch if root.startswith(info.prefix + ":"))
    under = bundle.place_is_under((number, encode_local(accession.local)), roots) if roots else True
    if under is False:
        return Grounding("unmapped", step="accession-wrong-branch", suggestions=itself, version=_version(info))
    mark = UNVERIFIED if under is None else ""
    return Grounding("mapped", term.id, term.label, 1.0, "accession" + mark, (), info.version)
