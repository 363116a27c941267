"""Text to term: one text and the ontologies its slot allows in, one :class:`Grounding` out.

Only safe steps are accepted.

Order: an accession that stands in the text; then, in each ontology in order of priority, exact label, exact synonym,
and both again with accents and separating punctuation folded; the name of an obsolete term is a suggestion of the one
replacement. A hit in the first ontology wins over later ones. Names that are narrower, broader or merely related,
parts of the text, and near spellings are suggested, never accepted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .answers import SCOPES, Grounding, Suggestion
from .curies import Accession, embedded_accession, parse_accession
from .keys import exact_key, folded_key
from .lookups import Hit, Query
from .suggest import suggest as suggest_terms

if TYPE_CHECKING:
    from .answers import OntologyInfo
    from .bundle import Bundle
    from .lookups import Local, Plan, Search

__all__ = ["STEPS", "UNVERIFIED", "ground", "ground_accession", "ground_name"]

STEPS: Final[dict[str, float]] = {
    # accepted, with the confidence each gives
    "accession": 1.0,
    "accession-and-name": 1.0,
    "accession-and-near-name": 0.9,
    "label": 1.0,
    "synonym": 0.97,
    "label-folded": 0.95,
    "synonym-folded": 0.92,
    "obsolete-replaced": 0.9,
    "name-beside-accession": 0.9,
    # not accepted
    "ambiguous-name": 0.0,
    "name-obsolete": 0.0,
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
_MAX_TEXT: Final = 2000  # characters; the longest name in the default set has fewer, longer texts are prose
_SUGGESTIONS: Final = 5
_OBSOLETE: Final = SCOPES.index("obsolete")


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
    ``bundle.ground("Hepatic organ", ("UBERON",))`` is *liver* by the step ``synonym``;
    ``bundle.ground("live", ("UBERON",))`` is unmapped and suggests *liver*.
    """
    plan = bundle.plan(within, branch)
    fallback: Grounding | None = None
    if ":" in text or "_" in text:
        fallback = _with_accession(bundle, text, plan)
        if fallback is not None and fallback.status in ("mapped", "ambiguous"):
            return fallback
    answer = ground_name(bundle, text, plan, suggest=suggest and fallback is None)
    return fallback if fallback is not None and answer.status != "mapped" else answer


def _with_accession(bundle: Bundle, text: str, plan: Plan) -> Grounding | None:
    """Ground a text by the accession it is or holds; None where there is none."""
    accession = parse_accession(text, bundle.known)
    if accession is not None:
        return ground_accession(bundle, accession, plan) if _is_plausible(bundle, accession, plan) else None
    embedded = embedded_accession(text, bundle.known)
    if embedded is None or not _is_plausible(bundle, embedded.accession, plan):
        return None
    if not embedded.rest:
        return ground_accession(bundle, embedded.accession, plan)
    from .verify import check_pair

    return check_pair(bundle, embedded.accession, embedded.rest, plan)[0]


def _is_plausible(bundle: Bundle, accession: Accession, plan: Plan) -> bool:
    """Tell an accession from a name that looks like one ("MA_12", "GO_term1")."""
    number = bundle.number_of(accession.prefix)
    if number is not None and bundle.number_info(number).width and not accession.local.isdigit():
        return False
    if number in plan.numbers or accession.prefix in plan.absent:
        return True
    return sum(c.isdigit() for c in accession.local) >= 4


def ground_name(bundle: Bundle, text: str, plan: Plan, *, suggest: bool = True) -> Grounding:
    """Find the term that has this text as its label or exact synonym.

    Parameters
    ----------
    bundle, text, suggest
        As in :func:`ground`.
    plan
        Where to search, from :meth:`omics_standards.terms.bundle.Bundle.plan`.
    """
    if not plan.searches:
        return Grounding("unverifiable", step="ontology-not-in-bundle")
    if len(text) > _MAX_TEXT:
        return Grounding("unmapped", step="no-match", version=plan.version)
    exact = exact_key(text)
    key = folded_key(exact)
    if not key:
        return Grounding("unmapped", step="no-match", version=plan.version)
    inexact: list[tuple[Search, Hit]] = []
    for search in plan.searches:
        rows = bundle.rows(search.number, key)
        if not rows:
            continue
        if len(rows) == 1 and not search.roots:
            scope, local, altered, label, flags = rows[0]
            if scope == 0 and not altered and not flags and exact == key:
                # What nearly all texts are: the plain label of one term.
                return Grounding("mapped", f"{search.prefix}:{local}", label, 1.0, "label", (), search.version)
        hits = [Hit._make(row) for row in rows]
        answer = _choose(bundle, search, hits, Query(text.strip(), exact, key))
        if answer is not None:
            return answer
        inexact += [(search, hit) for hit in hits]
    if inexact:
        replaced = _by_obsolete_name(bundle, inexact, plan)
        if replaced is not None and replaced.id is not None:
            # A term was retired because it was not what its replacement is ("fetus" became "late embryo"): a person decides.
            offer = Suggestion(replaced.id, replaced.label, STEPS["obsolete-replaced"])
            return Grounding("unmapped", step="name-obsolete", suggestions=(offer,), version=replaced.version)
    suggestions = suggest_terms(bundle, plan, key, inexact, _SUGGESTIONS) if suggest else ()
    if plan.primary:
        return Grounding("unmapped", step="no-match", suggestions=suggestions, version=plan.version)
    return Grounding("unverifiable", step="ontology-not-in-bundle", suggestions=suggestions, version=plan.version)


def _choose(bundle: Bundle, search: Search, hits: list[Hit], query: Query) -> Grounding | None:
    """Choose among the terms of one ontology that have the name; None where none of them may be accepted."""
    tiers: list[list[Hit]] = [[], [], [], []]
    unverified: set[Local] = set()
    for hit in hits:
        if hit.scope > 1 or hit.flags & 1:
            continue
        if search.roots:
            under = bundle.place_is_under(search.number, hit.local, search.roots)
            if under is False:
                continue
            if under is None:
                unverified.add(hit.local)
        tiers[hit.scope if _is_exact(bundle, search, hit, query) else 2 + hit.scope].append(hit)
    for place, tier in enumerate(tiers):
        if not tier:
            continue
        terms = {hit.local: hit for hit in tier}
        if len(terms) > 1:
            terms = _same_letters(bundle, search, terms, query.text) or terms
        if len(terms) > 1:
            chosen = sorted(terms.values(), key=lambda h: str(h.local))[:_SUGGESTIONS]
            suggestions = tuple(Suggestion(f"{search.prefix}:{h.local}", h.label, 1.0) for h in chosen)
            version = f"{search.prefix} {search.version}"
            return Grounding("ambiguous", step="ambiguous-name", suggestions=suggestions, version=version)
        (hit,) = terms.values()
        step = _TIERS[place]
        mark = UNVERIFIED if hit.local in unverified else ""
        return Grounding("mapped", f"{search.prefix}:{hit.local}", hit.label, STEPS[step], step + mark, (), search.version)
    return None


def _is_exact(bundle: Bundle, search: Search, hit: Hit, query: Query) -> bool:
    """Say whether text and name are the same before folding.

    Where folding changed neither, they are; where it changed one of them, they are not; else the name itself is
    compared.
    """
    if not hit.altered:
        return query.exact == query.key
    if query.exact == query.key:
        return False
    if hit.scope == 0:
        return exact_key(hit.label) == query.exact
    names = bundle.names(f"{search.prefix}:{hit.local}")
    return any(exact_key(name.text) == query.exact for name in names if name.scope == "exact")


def _same_letters(bundle: Bundle, search: Search, terms: dict[Local, Hit], text: str) -> dict[Local, Hit]:
    """Keep the terms that have the text as a name letter by letter: case may be all that tells two cell lines apart."""
    return {
        local: hit
        for local, hit in terms.items()
        if hit.label == text
        or (hit.scope == 1 and any(n.text == text for n in bundle.names(f"{search.prefix}:{local}") if n.scope == "exact"))
    }


def _version(info: OntologyInfo) -> str:
    return f"{info.prefix} {info.version}"


def _by_obsolete_name(bundle: Bundle, inexact: list[tuple[Search, Hit]], plan: Plan) -> Grounding | None:
    """Find the one replacement of the obsolete terms of this name, where the slot allows it."""
    curies = {f"{search.prefix}:{hit.local}" for search, hit in inexact if hit.flags & 1 and hit.scope == _OBSOLETE}
    replacements = {bundle.resolve(curie) for curie in curies}
    return _accept_replacement(bundle, replacements.pop(), plan) if len(replacements) == 1 else None


def _accept_replacement(bundle: Bundle, curie: str | None, plan: Plan) -> Grounding | None:
    term = bundle.term(curie) if curie else None
    if term is None or ((plan.numbers or plan.absent) and bundle.number_of(term.ontology) not in plan.numbers):
        return None
    under = _is_under(bundle, term.id, plan)
    if under is False:
        return None
    step = "obsolete-replaced"
    mark = UNVERIFIED if under is None else ""
    return Grounding("mapped", term.id, term.label, STEPS[step], step + mark, (), term.version)


def _is_under(bundle: Bundle, curie: str, plan: Plan) -> bool | None:
    roots = [root for search in plan.searches for root in search.roots]
    return bundle.is_under(curie, roots) if roots else True


def ground_accession(bundle: Bundle, accession: Accession, plan: Plan) -> Grounding:
    """Check that an accession exists, is current, and is of an ontology and branch that the slot allows.

    Parameters
    ----------
    bundle
        An open bundle.
    accession
        In canonical spelling, or with leading zeros missing.
    plan
        The ontologies and branch allowed; one without any ontology allows all.
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
        replaced = _accept_replacement(bundle, bundle.resolve(term.id), plan)
        if replaced is not None:
            return replaced
        options = (bundle.term(c) for c in (*term.replaced_by, *term.consider))
        suggestions = tuple(Suggestion(t.id, t.label, 0.5) for t in options if t and not t.obsolete)[:_SUGGESTIONS]
        return Grounding("unmapped", step="accession-obsolete", suggestions=suggestions, version=_version(info))
    itself = (Suggestion(term.id, term.label, 0.5),)
    if restricted and number not in plan.numbers:
        return Grounding("unmapped", step="accession-wrong-ontology", suggestions=itself, version=_version(info))
    under = _is_under(bundle, term.id, plan)
    if under is False:
        return Grounding("unmapped", step="accession-wrong-branch", suggestions=itself, version=_version(info))
    mark = UNVERIFIED if under is None else ""
    return Grounding("mapped", term.id, term.label, 1.0, "accession" + mark, (), info.version)
