"""An accession beside a name, do they say the same? And what an answer tells a person: groundings in, issues out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from omics_standards.findings import Issue

from .answers import BUILD_COMMAND, Grounding, Suggestion
from .curies import Accession, parse_accession
from .ground import STEPS, UNVERIFIED, ground, ground_accession, ground_name
from .keys import exact_key, folded_key

if TYPE_CHECKING:
    from .bundle import Bundle
    from .lookups import Plan

__all__ = ["agrees", "check_pair", "issues_of", "verify"]

_NUMBER = re.compile(r"[0-9]{1,9}\Z")
_WELL_FORMED = re.compile(r"([A-Za-z][A-Za-z_.]*):([0-9]{3,12})\Z")
_SHOWN: Final = 3  # suggestions in a message


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
    key = folded_key(exact_key(name))
    for known in bundle.names(curie):
        exact = exact_key(known.text)
        if folded_key(exact) == key or (exact.startswith("obsolete") and folded_key(exact[8:].lstrip(" _:-.")) == key):
            return True
    return False


def verify(
    bundle: Bundle, curie: str, label: str, within: tuple[str, ...], branch: tuple[str, ...] = ()
) -> tuple[Grounding, tuple[Issue, ...]]:
    """Check an accession against the name beside it.

    Parameters
    ----------
    bundle
        An open bundle.
    curie
        The accession as the cell has it, in any spelling; '' where there is none.
    label
        The name as the cell has it; '' where there is none.
    within, branch
        As in :func:`omics_standards.terms.ground.ground`.

    Returns
    -------
    Grounding
        Mapped where accession and name agree, where one of them stands alone and holds, where an obsolete id has its
        one replacement, or where the accession is of no use to the slot but the name is (always with an issue). Where
        they disagree neither is taken: ambiguous, and both are suggested.
    tuple of Issue
        What a person should know.

    Findings
    --------
    term-id-malformed, term-label-mismatch, term-obsolete, term-wrong-ontology, term-wrong-branch, term-unverifiable,
    term-ambiguous, term-not-found
    """
    if not curie.strip():
        answer = ground(bundle, label, within, branch)
        return answer, issues_of(label, answer, within)
    plan = bundle.plan(within, branch)
    accession = (
        parse_accession(curie, bundle.known, loose=True)
        or _from_number(bundle, curie.strip(), label, plan)
        or _of_unknown_ontology(curie.strip())
    )
    if accession is None:
        answer = ground(bundle, label or curie, within, branch)
        expected = f"an accession such as {_example(bundle, plan)}"
        malformed = Issue("term-id-malformed", expected, _fix_by(answer) or "write PREFIX:number, or leave the cell empty")
        return answer, (malformed, *(issues_of(label, answer, within) if label.strip() else ()))
    answer, issues = check_pair(bundle, accession, label, plan)
    shown = answer.id if answer.status == "mapped" and answer.step.startswith("accession") else accession.curie
    if shown != curie.strip():
        issues = (Issue("term-id-malformed", f"the form {shown}", f"read as {shown}", "info"), *issues)
    return answer, issues


def _of_unknown_ontology(text: str) -> Accession | None:
    """Read what has an accession's form and a prefix that nobody here knows; only for cells that should hold an accession."""
    match = _WELL_FORMED.match(text)
    return Accession(match[1], match[2], repaired=False) if match else None


def _from_number(bundle: Bundle, text: str, label: str, plan: Plan) -> Accession | None:
    """Read a bare number as an id: where the term has the name beside it, else where only one ontology has it."""
    if not _NUMBER.match(text):
        return None
    found = []
    for search in plan.searches:
        info = bundle.number_info(search.number)
        accession = Accession(info.prefix, text.zfill(info.width), repaired=True)
        if bundle.term(accession.curie) is not None:
            found.append(accession)
    fitting = [a for a in found if label.strip() and agrees(bundle, a.curie, label)]
    if fitting:
        return fitting[0]
    return found[0] if len(found) == 1 else None


def check_pair(bundle: Bundle, accession: Accession, name: str, plan: Plan) -> tuple[Grounding, tuple[Issue, ...]]:
    """Check an accession in canonical spelling against a name ('' for none); returns as :func:`verify`."""
    answer = ground_accession(bundle, accession, plan)
    step = answer.step.removesuffix(UNVERIFIED)
    curie = _known_spelling(bundle, accession)
    issue = _issue_of_accession(bundle, curie, answer, plan)
    issues = (issue,) if issue else ()
    if not name.strip():
        return answer, issues
    if answer.status == "mapped":
        if agrees(bundle, curie, name) or (answer.id and answer.id != curie and agrees(bundle, answer.id, name)):
            if step == "accession":
                answer = answer._replace(step=answer.step.replace("accession", "accession-and-name"))
            return answer, issues
        answer, issue = _disagreement(bundle, answer, curie, name, plan)
        return answer, (*issues, issue)
    by_name = ground_name(bundle, name, plan)
    answer = answer._replace(suggestions=_merge(by_name, answer))
    issue = _issue_of_accession(bundle, curie, answer, plan)  # again, now that the name's term can be suggested
    issues = (issue,) if issue else ()
    # The accession is of no use here; the name stands for itself where the accession cannot contradict it.
    unknown = bundle.number_of(accession.prefix) is None
    usable = answer.status == "unmapped" and (unknown or agrees(bundle, curie, name))
    if usable and by_name.status == "mapped" and by_name.id:
        mark = UNVERIFIED if by_name.step.endswith(UNVERIFIED) else ""
        accepted = "name-beside-accession"
        return by_name._replace(step=accepted + mark, confidence=STEPS[accepted]), issues
    return answer, issues


def _known_spelling(bundle: Bundle, accession: Accession) -> str:
    """Return the CURIE with leading zeros put back where only then there is such a term."""
    info = bundle.info(accession.prefix)
    if info is not None and accession.local.isdigit() and bundle.term(accession.curie) is None:
        padded = f"{accession.prefix}:{accession.local.zfill(info.width)}"
        if bundle.term(padded) is not None:
            return padded
    return accession.curie


def _disagreement(
    bundle: Bundle,
    answer: Grounding,
    curie: str,
    name: str,
    plan: Plan,
) -> tuple[Grounding, Issue]:
    by_name = ground_name(bundle, name, plan)
    term = bundle.term(curie)
    label = term.label if term and term.label else answer.label
    fix = f"check which is meant: the accession says {label!r}"
    if by_name.status == "mapped" and by_name.id:
        fix = f"{name.strip()!r} is {by_name.id}" + (f" ({by_name.label})" if by_name.label != name.strip() else "")
        fix += f"; correct the accession, or write {label!r}"
    elif by_name.suggestions:
        fix += "; " + _did_you_mean(by_name.suggestions)
    named = curie if term and term.label else answer.id
    issue = Issue("term-label-mismatch", f"a name of {named}, which is {label!r}", fix)
    both = _merge(by_name, answer)
    step = "accession-and-name-disagree"
    return Grounding("ambiguous", step=step, suggestions=both, version=answer.version), issue


def _merge(*answers: Grounding) -> tuple[Suggestion, ...]:
    """Put the terms of several answers, accepted or suggested, into one list without repeats."""
    merged: dict[str, Suggestion] = {}
    for answer in answers:
        if answer.status == "mapped" and answer.id:
            merged.setdefault(answer.id, Suggestion(answer.id, answer.label, round(answer.confidence * 0.9, 3)))
        for suggestion in answer.suggestions:
            merged.setdefault(suggestion.id, suggestion)
    return tuple(merged.values())[:5]


# --- words


def _did_you_mean(suggestions: tuple[Suggestion, ...]) -> str:
    shown = " or ".join(f"{s.label!r} ({s.id})" for s in suggestions[:_SHOWN])
    return f"did you mean {shown}?" if shown else ""


def _fix_by(answer: Grounding) -> str:
    return f"write {answer.id} ({answer.label})" if answer.status == "mapped" else _did_you_mean(answer.suggestions)


def _example(bundle: Bundle, plan: Plan) -> str:
    for search in plan.searches:
        info = bundle.number_info(search.number)
        return f"{info.prefix}:{'1'.zfill(info.width or 1)}"
    return f"{plan.absent[0]}:0000001" if plan.absent else "UBERON:0002107"


def _allowed(within: tuple[str, ...]) -> str:
    # The first ontologies are the ones a slot prefers; a list of fourteen helps nobody.
    return ", ".join(within[:_SHOWN]) + (" or others" if len(within) > _SHOWN else "") if within else "an ontology"


def _issue_of_accession(bundle: Bundle, curie: str, answer: Grounding, plan: Plan) -> Issue | None:
    """Say what is wrong with an accession, whatever stands beside it; None where nothing is."""
    within = (*(search.prefix for search in plan.searches), *plan.absent)
    step = answer.step.removesuffix(UNVERIFIED)
    term = bundle.term(curie)
    what = f"{curie} ({term.label})" if term and term.label else curie
    others = _did_you_mean(tuple(s for s in answer.suggestions if s.id != curie))
    if step in ("obsolete-replaced", "accession-obsolete"):
        return _obsolete_issue(what, answer)
    if step == "accession-wrong-ontology":
        fix = others or f"name a term of {_allowed(within)}"
        return Issue("term-wrong-ontology", f"a term of {_allowed(within)}, not {what}", fix)
    if step == "accession-wrong-branch":
        fix = others or "choose a term of that branch"
        return Issue("term-wrong-branch", f"a term of the branch that the slot uses, not {what}", fix)
    if answer.status == "unverifiable":
        return _unverifiable_issue(curie, answer)
    return None


def _obsolete_issue(what: str, answer: Grounding) -> Issue:
    if answer.status == "mapped":
        return Issue("term-obsolete", f"{answer.id} ({answer.label}), which replaced {what}", f"write {answer.id}")
    fix = _did_you_mean(answer.suggestions) or "name a current term; the ontology gives no replacement that fits the slot"
    return Issue("term-obsolete", f"a current term instead of {what}", fix)


def _unverifiable_issue(curie: str, answer: Grounding) -> Issue:
    if answer.step == "no-bundle":
        return Issue("term-unverifiable", "an ontology bundle to look it up in", f"build it once with: {BUILD_COMMAND}")
    if answer.step == "accession-not-in-bundle":
        expected = f"an id of {answer.version}, the version in the bundle; it may be newer, or a slip"
        return Issue("term-unverifiable", expected, _did_you_mean(answer.suggestions) or f"check {curie}")
    fix = "add the ontology with: omics-standards ontologies add FILE"
    return Issue("term-unverifiable", "an ontology that the bundle holds", fix)


def issues_of(text: str, answer: Grounding, within: tuple[str, ...]) -> tuple[Issue, ...]:
    """Say what a person should know about a grounding.

    Parameters
    ----------
    text
        The text that was grounded.
    answer
        Its grounding.
    within
        The ontologies asked for.

    Returns
    -------
    tuple of Issue
        () for a name that was found.

    Findings
    --------
    term-not-found, term-ambiguous, term-unverifiable, term-obsolete, term-label-mismatch, term-wrong-ontology,
    term-wrong-branch, term-id-malformed

    Examples
    --------
    >>> issues_of("live", Grounding("unmapped", None, step="no-match"), ("UBERON",))[0].expected
    'a term or synonym of UBERON'
    >>> issues_of("liver", Grounding("mapped", "UBERON:0002107", "liver", 1.0, "label"), ("UBERON",))
    ()
    """
    step = answer.step.removesuffix(UNVERIFIED)
    if answer.status == "mapped":
        if step == "obsolete-replaced":
            return (_obsolete_issue(repr(text.strip()), answer),)
        if step == "accession" and text.strip() != answer.id:
            return (Issue("term-id-malformed", f"the form {answer.id}", f"read as {answer.id}", "info"),)
        return ()
    if answer.status == "unverifiable":
        return (_unverifiable_issue(answer.id or text.strip(), answer),)
    found = _did_you_mean(answer.suggestions)
    if step == "ambiguous-name":
        return (Issue("term-ambiguous", f"a name that only one term of {_allowed(within)} has", found),)
    if step == "accession-and-name-disagree":
        return (Issue("term-label-mismatch", "a name and an accession of one term", found),)
    if step in ("accession-obsolete", "name-obsolete"):
        return (_obsolete_issue(text.strip(), answer),)
    if step == "accession-wrong-ontology":
        return (Issue("term-wrong-ontology", f"a term of {_allowed(within)}", f"name a term of {_allowed(within)}"),)
    if step == "accession-wrong-branch":
        return (Issue("term-wrong-branch", "a term of the branch that the slot uses", "choose a term of that branch"),)
    fix = f"{found}  correct the cell" if found else "correct the cell, or use a name that the ontology has"
    return (Issue("term-not-found", f"a term or synonym of {_allowed(within)}", fix),)
