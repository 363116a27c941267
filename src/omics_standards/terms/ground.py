"""Text to term: one text and the ontologies its slot allows in, one :class:`Grounding` out.

Only safe steps are accepted.

Order: an accession that stands in the text; then, in each ontology in order of priority, exact label, exact synonym,
and both again with accents and separating punctuation folded; then the looser forms of
:mod:`omics_standards.terms.forms`; what is read rather than matched (stages, :mod:`omics_standards.terms.stages`); the
text without words that say nothing here (:mod:`omics_standards.terms.variants`); one slip of the keyboard. The name of an
obsolete term is a suggestion of the one replacement. A hit in the first ontology wins over later ones. Names that are
narrower, broader or merely related, parts of the text, and near spellings are suggested, never accepted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..values.missing import is_missing
from .answers import SCOPES, Grounding, Suggestion
from .curies import Accession, embedded_accession, label_after_prefix, parse_accession, split
from .forms import agree, forms_of
from .index import bag_hash, compact_hash
from .keys import exact_key, folded_key
from .known import read_known
from .lookups import Hit, Query
from .markers import read_cell_abbreviations, read_cell_markers
from .schema import encode_local
from .stages import STAGES_OF_SPECIES, read_stage
from .steps import LOOSE, STEPS, UNVERIFIED
from .suggest import near_names
from .suggest import suggest as suggest_terms
from .variants import (
    LONGEST_BARE,
    SHARED_CODES,
    after_rank,
    is_bare_abbreviation,
    is_class_of_compounds,
    is_head_moved,
    is_same_but_for_title,
    is_slip,
    split_off,
    variants_of,
)

if TYPE_CHECKING:
    from .answers import OntologyInfo
    from .bundle import Bundle
    from .forms import Forms
    from .lookups import Local, Plan, Search
    from .suggest import Near

__all__ = ["LOOSE", "STEPS", "UNVERIFIED", "ground", "ground_accession", "ground_name"]

_TIERS: Final = ("label", "synonym", "label-folded", "synonym-folded")
_ACCEPTED_REWRITTEN: Final = frozenset({*_TIERS, "wording"})
_CELLS: Final = "CL"
_COMPOUNDS: Final = "CHEBI:"
_OFFERED: Final = 0.9  # what was read and is doubtful stands before near names
_FORM_STEPS: Final = ("wording", "word-order", "spacing")
_NO_SLIPS: Final = frozenset({"CHEBI", "CVCL", "XLMOD", "MOD", "UNIMOD", "NCBITaxon"})  # one letter makes another compound, line, species
_CASE_TELLS: Final = frozenset({"CVCL", "CLO", "EFO", "BTO", "UO", "CHEBI", "UNIMOD", "MOD", "XLMOD", "MS"})  # in others it is chance
_MAX_TEXT: Final = 2000  # characters; the longest name in the default set has fewer, longer texts are prose
_SUGGESTIONS: Final = 5
_OBSOLETE: Final = SCOPES.index("obsolete")
_RELATED: Final = SCOPES.index("related")


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
        fallback = _with_accession(bundle, text, plan) or _after_prefix(bundle, text, plan)
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


def _after_prefix(bundle: Bundle, text: str, plan: Plan) -> Grounding | None:
    """Ground a name after its ontology's prefix or its rank (``ENVO:marine biome``, ``s__Bos_taurus``); None where that finds nothing."""
    parts = label_after_prefix(text, bundle.known) or after_rank(text)
    search = next((s for s in plan.searches if parts and s.prefix == parts[0]), None)
    if parts is None or search is None:
        return None
    answer = ground_name(bundle, parts[1], plan._replace(searches=(search,)), suggest=False)
    if answer.status != "mapped":
        return None
    mark = UNVERIFIED if answer.step.endswith(UNVERIFIED) else ""
    return answer._replace(step="name-after-prefix" + mark, confidence=min(answer.confidence, STEPS["name-after-prefix"]))


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
    query = _query(text)
    key = query.key
    inexact: list[tuple[Search, Hit]] = []
    answer = _by_key(bundle, plan, query, inexact) if key else None
    if answer is not None and answer.step == "label" and not plan.staged:
        return answer  # what nearly all texts are
    if not key or is_missing(query.text):
        # "NA" is a synonym of the nasal artery, and no cell that has it means one.
        return Grounding("unmapped", step="no-match", version=plan.version)
    offered: list[Suggestion] = []
    answer = _read_before(bundle, plan, answer, query.text)
    # Where the ontology has the text itself as a name that is not exact ("integument" of skin), it has said what it thinks of it.
    known = any(not hit.flags & 1 for _, hit in inexact)
    if answer is None:
        answer = _by_looser_steps(bundle, plan, query, inexact, offered, known=known)
    if answer is not None and answer.status == "mapped":
        return answer if answer.confidence >= STEPS[_TIERS[-1]] or not suggest else _with_broader(bundle, answer)
    if inexact:
        replaced = _by_obsolete_name(bundle, inexact, plan)
        if replaced is not None and replaced.id is not None:
            # A term was retired because it was not what its replacement is ("fetus" became "late embryo"): a person decides.
            offer = Suggestion(replaced.id, replaced.label, STEPS["obsolete-replaced"])
            return Grounding("unmapped", step="name-obsolete", suggestions=(offer,), version=replaced.version)
    return answer or _by_near_names(bundle, plan, query, inexact, offered, known=known, suggest=suggest)


def _by_looser_steps(
    bundle: Bundle, plan: Plan, query: Query, inexact: list[tuple[Search, Hit]], offered: list[Suggestion], *, known: bool
) -> Grounding | None:
    """Read the text, or find the term that has it in another form, in plain words, or as a part beside its whole."""
    answer = _read(bundle, plan, query.text, offered) or _by_words(bundle, plan, query)
    return answer or _by_part(bundle, plan, query, inexact, known=known)


def _by_near_names(
    bundle: Bundle, plan: Plan, query: Query, inexact: list[tuple[Search, Hit]], offered: list[Suggestion], *, known: bool, suggest: bool
) -> Grounding:
    """Accept what differs by a title or a slip; else suggest."""
    if suggest:
        _offer_marked(bundle, plan, query.text, offered)
    near = near_names(bundle, plan, query.key)
    answer = None if known else _respelled(bundle, query.key, near)
    if answer is not None:
        return _with_broader(bundle, answer) if suggest else answer
    suggestions = suggest_terms(bundle, plan, query.key, inexact, near, offered, _SUGGESTIONS) if suggest else ()
    if plan.primary:
        return Grounding("unmapped", step="no-match", suggestions=suggestions, version=plan.version)
    return Grounding("unverifiable", step="ontology-not-in-bundle", suggestions=suggestions, version=plan.version)


def _by_part(bundle: Bundle, plan: Plan, query: Query, inexact: list[tuple[Search, Hit]], *, known: bool) -> Grounding | None:
    """Find the term of the text without what says nothing, or of the part it names beside the whole."""
    answer = _rewritten(bundle, plan, query)
    if known:
        return answer if answer is not None and _is_agreed(bundle, answer, inexact) else None
    return answer or _part_beside_whole(bundle, plan, query)


def _by_key(bundle: Bundle, plan: Plan, query: Query, inexact: list[tuple[Search, Hit]]) -> Grounding | None:
    """Find the term that has the text as its label or exact synonym; what has it in another scope is put into ``inexact``."""
    for search in plan.searches:
        rows = bundle.rows(search.number, query.key)
        if not rows:
            continue
        if len(rows) == 1 and not search.roots:
            # What nearly all texts are: the label or an exact synonym of one term.
            scope, local, altered, label, flags = rows[0]
            short = len(query.text) <= LONGEST_BARE and (scope or search.prefix in SHARED_CODES)
            if scope <= 1 and not flags & 1 and not short:
                plain = query.exact == query.key
                if plain != bool(altered) and (plain or (scope == 0 and exact_key(label) == query.exact)):
                    step = _TIERS[scope]
                    return Grounding("mapped", f"{search.prefix}:{local}", label, STEPS[step], step, (), search.version)
        hits = [Hit._make(row) for row in rows]
        answer = _choose(bundle, search, hits, query)
        if answer is not None:
            return answer
        inexact += [(search, hit) for hit in hits]
    return None


def _by_words(bundle: Bundle, plan: Plan, query: Query) -> Grounding | None:
    """Find the term of the same looser form, unless it is of other words put in that order."""
    answer = _by_form(bundle, plan, forms_of(query.key))
    if answer is not None and answer.id and answer.step.startswith("word-order"):
        return None if is_head_moved(query.exact, exact_key(answer.label), split(answer.id)[0]) else answer
    return answer


def _by_form(bundle: Bundle, plan: Plan, forms: Forms) -> Grounding | None:
    """Find the term that has a label or exact synonym of the same looser form; ambiguous where several have."""
    ambiguous: Grounding | None = None
    for search in plan.searches:
        answer = _form_in(bundle, search, forms)
        if answer is not None and answer.status == "mapped":
            return answer
        ambiguous = ambiguous or answer
    return ambiguous


def _form_in(bundle: Bundle, search: Search, forms: Forms) -> Grounding | None:
    rows = bundle.by_form(search.number, bag_hash(forms))
    if forms.compact:
        rows += bundle.by_form(search.number, compact_hash(forms))
    found: dict[tuple[int, int], dict[Local, tuple[str, str]]] = {}
    for scope, local, label, flags in rows:
        if scope > 1 or flags & 1:
            continue
        mark = _mark(bundle, search, local)
        step = _agreement(bundle, f"{search.prefix}:{local}", scope, label, forms) if mark is not None else ""
        if step:
            found.setdefault((_FORM_STEPS.index(step), scope), {})[local] = (label, step + str(mark))
    for _, terms in sorted(found.items()):
        if len(terms) == 1:
            ((local, (label, step)),) = terms.items()
            confidence = STEPS[step.removesuffix(UNVERIFIED)]
            return Grounding("mapped", f"{search.prefix}:{local}", label, confidence, step, (), search.version)
        options = sorted(terms.items(), key=lambda item: str(item[0]))[:_SUGGESTIONS]
        suggestions = tuple(Suggestion(f"{search.prefix}:{local}", label, 0.95) for local, (label, _) in options)
        return Grounding("ambiguous", step="ambiguous-name", suggestions=suggestions, version=f"{search.prefix} {search.version}")
    return None


def _mark(bundle: Bundle, search: Search, local: Local) -> str | None:
    """Return what is added to the step for the term's place in the hierarchy; None where it is outside the branch."""
    under = bundle.place_is_under(search.number, local, search.roots) if search.roots else True
    return None if under is False else "" if under else UNVERIFIED


def _agreement(bundle: Bundle, curie: str, scope: int, label: str, forms: Forms) -> str:
    """Return by which form a text and one of the term's names of this scope are the same; '' for none."""
    texts = (label,) if scope == 0 else tuple(n.text for n in bundle.names(curie) if n.scope == "exact")
    if curie.startswith(_COMPOUNDS):
        texts = tuple(text for text in texts if not is_class_of_compounds(text))
    steps = {agree(forms, forms_of(folded_key(exact_key(text)))) for text in texts} - {""}
    return min(steps, key=_FORM_STEPS.index) if steps else ""


def _with_broader(bundle: Bundle, answer: Grounding) -> Grounding:
    """Add the terms right above one that was accepted by a looser step: whoever doubts it finds the next broader ones beside it."""
    if not answer.id:
        return answer
    found = (bundle.term(parent) for _, parent in bundle.parents(answer.id))
    broader = [Suggestion(term.id, term.label, 0.5) for term in found if term is not None and term.label and not term.obsolete]
    return answer._replace(suggestions=tuple(broader[:_SUGGESTIONS]))


def _read_before(bundle: Bundle, plan: Plan, answer: Grounding | None, text: str) -> Grounding | None:
    """Let a stage that is read in an ontology of the species stand before the same word in a general one ("adult" of a mouse)."""
    if answer is None or not answer.id:
        return answer
    before = []
    for search in plan.searches:
        if answer.id.startswith(f"{search.prefix}:"):
            break
        if search.prefix in STAGES_OF_SPECIES:
            before.append(search)
    return (_read(bundle, plan._replace(searches=tuple(before)), text, []) if before else None) or answer


def _read(bundle: Bundle, plan: Plan, text: str, offered: list[Suggestion]) -> Grounding | None:
    """Read what no name matches: stages and ages, sexes, the absence of disease; what is doubtful is put into ``offered``."""
    for search in plan.searches:
        known = read_known(text, search.prefix)
        stage = read_stage(text, search.prefix)
        curies = [known.curie] if known else []
        if stage is not None:
            alone = plan._replace(searches=(search._replace(roots=frozenset()),))
            found = (_by_key(bundle, alone, _query(name), []) for name in stage.names)
            curies += [answer.id for answer in found if answer is not None and answer.id]
        accept = known.accept if known else stage is not None and stage.accept
        step = known.step if known else stage.step if stage is not None else ""
        for curie in curies:
            term = bundle.term(curie)
            mark = _mark(bundle, search, encode_local(split(curie)[1]))
            if term is None or term.obsolete or mark is None:
                continue
            if accept:
                return Grounding("mapped", curie, term.label, STEPS[step], step + mark, (), search.version)
            offered.append(Suggestion(curie, term.label, _OFFERED))
    return None


def _offer_marked(bundle: Bundle, plan: Plan, text: str, offered: list[Suggestion]) -> None:
    """Put the cells that a text with surface markers or abbreviations may mean into ``offered``."""
    for search in plan.searches:
        if search.prefix != _CELLS:
            continue
        marked = read_cell_markers(text)
        alone = plan._replace(searches=(search,))
        for place, name in enumerate(marked.names if marked else read_cell_abbreviations(text)):
            wanted = _query(name)
            answer = _by_key(bundle, alone, wanted, []) or _by_form(bundle, alone, forms_of(wanted.key))
            if answer is not None and answer.id and all(s.id != answer.id for s in offered) and len(offered) < _SUGGESTIONS - 1:
                offered.append(Suggestion(answer.id, answer.label, round(_OFFERED - 0.01 * place, 3)))


def _is_agreed(bundle: Bundle, answer: Grounding, inexact: list[tuple[Search, Hit]]) -> bool:
    """Say whether a name that is not exact leads where the text's plain words lead: "whole blood" is related to blood, and is blood."""
    label = folded_key(exact_key(answer.label))
    for search, hit in inexact:
        if hit.flags & 1:
            if hit.scope == _OBSOLETE and bundle.resolve(f"{search.prefix}:{hit.local}") == answer.id:
                return True
        elif hit.scope == _RELATED and folded_key(exact_key(hit.label)) == label:
            return True
    return False


def _query(text: str) -> Query:
    exact = exact_key(text)
    return Query(text.strip(), exact, folded_key(exact))


def _rewritten(bundle: Bundle, plan: Plan, query: Query) -> Grounding | None:
    """Find the term of the text without what says nothing here; None where there is none."""
    for search in plan.searches:
        for variant in variants_of(query.text, search.prefix, first=search == plan.searches[0]):
            alone = plan._replace(searches=(search,))
            wanted = _query(variant)
            answer = _by_key(bundle, alone, wanted, []) or _by_form(bundle, alone, forms_of(wanted.key))
            if answer is not None and answer.step == "abbreviation":
                return answer  # too short to say which, in whatever ontology
            # Words left out and others put in another order would be two liberties at once.
            if answer is not None and answer.step.removesuffix(UNVERIFIED) in _ACCEPTED_REWRITTEN:
                mark = UNVERIFIED if answer.step.endswith(UNVERIFIED) else ""
                return answer._replace(step="plain-words" + mark, confidence=STEPS["plain-words"])
    return None


def _respelled(bundle: Bundle, key: str, near: list[Near]) -> Grounding | None:
    """Accept the one term whose name differs from the text by a title, or by a slip in a word that the ontology does not have."""
    words = forms_of(key).words
    indexes = {search.number: bundle.candidates(search.number) for search, _ in near}
    vocabularies = [index.vocabulary for index in indexes.values() if index is not None]
    # A slip is in the one word that none of the ontologies has; all others are the name's.
    unknown = {word for word in words if not any(word in vocabulary for vocabulary in vocabularies)}
    others = set(words) - unknown if len(unknown) == 1 else None
    found: dict[str, dict[str, Grounding]] = {"title": {}, "spelling": {}}
    for search, candidate in near:
        if candidate.scope > 1:
            continue
        name = candidate.bag.split()
        if is_same_but_for_title(words, name, search.prefix):
            step = "title"
        elif others is not None and others.issubset(name) and search.prefix not in _NO_SLIPS and is_slip(words, name, vocabularies):
            step = "spelling"
        else:
            continue
        mark = _mark(bundle, search, candidate.local)
        term = bundle.term(f"{search.prefix}:{candidate.local}")
        if mark is not None and term is not None and not term.obsolete:
            found[step][term.id] = Grounding("mapped", term.id, term.label, STEPS[step], step + mark, (), search.version)
    return next((answers.popitem()[1] for answers in found.values() if len(answers) == 1), None)


def _part_beside_whole(bundle: Bundle, plan: Plan, query: Query) -> Grounding | None:
    """Find the part that a text names beside the wholes it belongs to ("brain - hypothalamus")."""
    for search in plan.searches:
        alone = plan._replace(searches=(search,))
        for part, wholes in split_off(query.text, search.prefix):
            inner = _by_key(bundle, alone, _query(part), [])
            if inner is None or not inner.id:
                continue
            outer = [_by_key(bundle, alone, _query(whole), []) for whole in wholes]
            roots = [answer.id if answer is not None else None for answer in outer]
            if all(root and root != inner.id and bundle.is_under(inner.id, (root,)) for root in roots):
                mark = UNVERIFIED if inner.step.endswith(UNVERIFIED) else ""
                return inner._replace(step="part-beside-whole" + mark, confidence=STEPS["part-beside-whole"])
    return None


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
        if len(terms) > 1 and search.prefix in _CASE_TELLS:
            terms = _same_letters(bundle, search, terms, query.text) or terms
        if len(terms) > 1:
            chosen = sorted(terms.values(), key=lambda h: str(h.local))[:_SUGGESTIONS]
            suggestions = tuple(Suggestion(f"{search.prefix}:{h.local}", h.label, 1.0) for h in chosen)
            version = f"{search.prefix} {search.version}"
            return Grounding("ambiguous", step="ambiguous-name", suggestions=suggestions, version=version)
        (hit,) = terms.values()
        step = _TIERS[place]
        if (hit.scope or search.prefix in SHARED_CODES) and any(
            is_bare_abbreviation(name, search.prefix) for name in _as_written(bundle, search, hit, query)
        ):
            offer = (Suggestion(f"{search.prefix}:{hit.local}", hit.label, 0.9),)
            return Grounding("ambiguous", step="abbreviation", suggestions=offer, version=f"{search.prefix} {search.version}")
        mark = UNVERIFIED if hit.local in unverified else ""
        return Grounding("mapped", f"{search.prefix}:{hit.local}", hit.label, STEPS[step], step + mark, (), search.version)
    return None


def _as_written(bundle: Bundle, search: Search, hit: Hit, query: Query) -> tuple[str, ...]:
    """Return the text and, where it is short, the term's names of its letters: "Vip" for a VIP interneuron is an abbreviation too."""
    if len(query.text) > LONGEST_BARE:
        return (query.text,)
    names = bundle.names(f"{search.prefix}:{hit.local}")
    return (query.text, *(name.text for name in names if name.scope == "exact" and exact_key(name.text) == query.exact))


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
