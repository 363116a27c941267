"""The triple check: name, accession and branch of one cell or of two cells side by side; groundings and issues out.

An accession is repaired where its spelling leaves one reading, looked up, and held against the name beside it. Where
the two say different things neither is taken.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from omics_standards.findings import Issue

from .agreement import agrees, compare, is_firm
from .answers import Grounding, Suggestion
from .curies import Accession, bare_number, embedded_accession, label_after_prefix, parse_accession
from .ground import STEPS, UNVERIFIED, ground, ground_accession, ground_name
from .wording import example, fix_by, issue_of_accession, issue_of_agreement, issue_of_unknown, issues_of, label_issue, malformed_issue

if TYPE_CHECKING:
    from .agreement import Agreement
    from .bundle import Bundle
    from .lookups import Plan

__all__ = ["agrees", "check_pair", "issues_of", "known_spelling", "verify"]

_LISTED = re.compile(r"[;,|<>\s]+")
_WELL_FORMED = re.compile(r"([A-Za-z][A-Za-z_.]*):([0-9]{3,12})\Z")
Answer = tuple[Grounding, tuple[Issue, ...]]


def verify(bundle: Bundle, curie: str, label: str, within: tuple[str, ...], branch: tuple[str, ...] = ()) -> Answer:
    """Check an accession against the name beside it.

    Parameters
    ----------
    bundle
        An open bundle.
    curie
        The accession as the cell has it, in any spelling; '' where there is none.
    label
        The name as the cell has it, with an accession inside perhaps; '' where there is none.
    within, branch
        As in :func:`omics_standards.terms.ground.ground`.

    Returns
    -------
    Grounding
        Mapped where accession and name agree, where one of them stands alone and holds, where an obsolete id has its
        one replacement, where the name is but a short form of the accession's, or where the accession is of no use to
        the slot but the name is (the last three always with an issue). Where they disagree neither is taken: ambiguous,
        and both are suggested.
    tuple of Issue
        What a person should know.

    Findings
    --------
    term-id-malformed, term-id-unknown, term-label-mismatch, term-name-near, term-broader-than-text,
    term-narrower-than-text, term-obsolete, term-wrong-ontology, term-wrong-branch, term-unverifiable, term-ambiguous,
    term-not-found
    """
    plan = bundle.plan(within, branch)
    if not curie.strip():
        return _in_one_cell(bundle, label, plan, within, branch)
    text = curie.strip()
    accession = parse_accession(text, bundle.known, loose=True) or _from_number(bundle, text, label, plan) or _of_unknown_ontology(text)
    if accession is None:
        return _without_accession(bundle, text, label, plan, within, branch)
    answer, issues = check_pair(bundle, accession, label, plan)
    shown = answer.id if answer.status == "mapped" and answer.step.startswith("accession") else known_spelling(bundle, accession)
    if shown != text:
        issues = (Issue("term-id-malformed", f"the form {shown}", f"read as {shown}", "info"), *issues)
    return answer, issues


def _in_one_cell(bundle: Bundle, text: str, plan: Plan, within: tuple[str, ...], branch: tuple[str, ...]) -> Answer:
    """Check a cell that holds a name, an accession, or both."""
    answer = ground(bundle, text, within, branch)
    if (":" in text or "_" in text) and answer.step not in ("label", "synonym"):
        inside = embedded_accession(text, bundle.known)
        if inside is not None and inside.rest:
            pair = check_pair(bundle, inside.accession, inside.rest, plan)
            if pair[0] == answer:
                return pair
        if inside is None and (answer.status != "mapped" or answer.step.startswith("name-after-prefix")):
            named = _named_after_prefix(bundle, text, "", plan)
            if named is not None:
                return named
    return answer, issues_of(text, answer, within)


def _without_accession(bundle: Bundle, text: str, label: str, plan: Plan, within: tuple[str, ...], branch: tuple[str, ...]) -> Answer:
    """Answer by the name where the cell of the accession holds something else."""
    named = _named_after_prefix(bundle, text, label, plan)
    if named is not None:
        return named
    answer = ground(bundle, label or text, within, branch)
    expected = f"an accession such as {example(bundle, plan)}"
    number = bare_number(text)
    several = [a.curie for piece in _LISTED.split(text) if (a := parse_accession(piece, bundle.known)) is not None]
    if len(several) > 1:
        expected = f"one accession; this cell holds {len(several)}: {', '.join(several[:3])}"
        issue = malformed_issue(expected, "give each accession a cell of its own, beside its own name")
        return answer, (issue, *(issues_of(label, answer, within) if label.strip() else ()))
    if number is not None and not number[1]:
        expected += ", with all its digits: the spreadsheet hid the last ones"
    malformed = malformed_issue(expected, fix_by(answer) or "write PREFIX:number, or leave the cell empty")
    return answer, (malformed, *(issues_of(label, answer, within) if label.strip() else ()))


def _named_after_prefix(bundle: Bundle, text: str, label: str, plan: Plan) -> Answer | None:
    """Read ``ENVO:marine biome``: look the name up in that ontology; None for any other text."""
    parts = label_after_prefix(text, bundle.known)
    if parts is None:
        return None
    prefix, name = parts
    own = bundle.plan((prefix,))
    if not label.strip() and own.numbers and not own.numbers <= plan.numbers and plan.searches:
        return None  # a name with a colon in it, which happens to begin like an ontology that has nothing to do with the slot
    found = ground_name(bundle, name, own)
    issue = label_issue(prefix, name, found, example(bundle, own))
    accession = parse_accession(found.id, bundle.known) if found.status == "mapped" and found.id else None
    if accession is None:
        if not label.strip() and prefix not in plan.absent and not own.numbers & plan.numbers:
            return None
        by_name = ground_name(bundle, label or name, plan)
        return by_name, (issue,)
    answer, issues = check_pair(bundle, accession, label if label.strip() else name, plan)
    return answer, (issue, *issues)


def _of_unknown_ontology(text: str) -> Accession | None:
    """Read what has an accession's form and a prefix that nobody here knows; only for cells that should hold an accession."""
    match = _WELL_FORMED.match(text)
    return Accession(match[1], match[2], repaired=False) if match else None


def _from_number(bundle: Bundle, text: str, label: str, plan: Plan) -> Accession | None:
    """Read a bare number as an id: where the term has the name beside it, else where only one ontology has it."""
    number = bare_number(text)
    if number is None or not number[1]:
        return None
    found = []
    for info in [bundle.number_info(s.number) for s in plan.searches] or bundle.ontologies():
        accession = Accession(info.prefix, number[0].lstrip("0").zfill(info.width or 1), repaired=True)
        if bundle.term(accession.curie) is not None:
            found.append(accession)
    fitting = [a for a in found if label.strip() and agrees(bundle, a.curie, label)]
    if fitting:
        # Where the slot prefers none of the ontologies, two that fit are one too many.
        return fitting[0] if plan.searches or len(fitting) == 1 else None
    return found[0] if len(found) == 1 and plan.searches else None


def check_pair(bundle: Bundle, accession: Accession, name: str, plan: Plan) -> Answer:
    """Check an accession in canonical spelling against a name ('' for none); returns as :func:`verify`."""
    answer = ground_accession(bundle, accession, plan)
    curie = known_spelling(bundle, accession)
    issue = issue_of_accession(bundle, curie, answer, plan)
    issues = (issue,) if issue else ()
    if not name.strip():
        return answer, issues
    if answer.status == "mapped":
        targets = tuple(dict.fromkeys(c for c in (curie, answer.id) if c and bundle.term(c) is not None))
        found = compare(bundle, targets, name, plan) if targets else None
        return _of_two(bundle, answer, found, targets[-1] if targets else curie, name, issues)
    if answer.step == "accession-not-in-bundle":
        refuted = _refuted(bundle, answer, curie, name)
        if refuted is not None:
            return refuted
    return _by_name(bundle, accession, answer, curie, name, plan)


def _of_two(bundle: Bundle, answer: Grounding, found: Agreement | None, curie: str, name: str, issues: tuple[Issue, ...]) -> Answer:
    """Answer by an accession that holds, as far as the name beside it says the same."""
    step = answer.step.removesuffix(UNVERIFIED)
    mark = UNVERIFIED if answer.step.endswith(UNVERIFIED) else ""
    if found is None or found.relation == "same":
        return (answer._replace(step="accession-and-name" + mark) if step == "accession" else answer), issues
    issue = issue_of_agreement(bundle, curie, name, found)
    issues = (*issues, issue) if issue else issues
    if found.relation == "near":
        near = "accession-and-near-name"
        return (answer._replace(step=near + mark, confidence=STEPS[near]) if step == "accession" else answer), issues
    known = Grounding("unmapped", suggestions=found.named)
    both = _merge(*((known,) if found.by_name is None else (known, found.by_name)), answer)
    return Grounding("ambiguous", step="accession-and-name-disagree", suggestions=both, version=answer.version), issues


def _refuted(bundle: Bundle, answer: Grounding, curie: str, name: str) -> Answer | None:
    """Answer where the id is not in the bundle but the ontology there has the name under another id."""
    own = ground_name(bundle, name, bundle.plan((curie.partition(":")[0],)), suggest=False)
    named = _merge(own) if is_firm(own) else ()
    if not named:
        return None
    issue = issue_of_unknown(curie, name.strip(), answer.version, named)
    return Grounding("ambiguous", step="accession-and-name-disagree", suggestions=named, version=answer.version), (issue,)


def _by_name(bundle: Bundle, accession: Accession, answer: Grounding, curie: str, name: str, plan: Plan) -> Answer:
    """Answer by the name where the accession is of no use to the slot and cannot contradict it."""
    by_name = ground_name(bundle, name, plan)
    answer = answer._replace(suggestions=_merge(by_name, answer))
    issue = issue_of_accession(bundle, curie, answer, plan)  # now that the name's term can be suggested
    issues = (issue,) if issue else ()
    unknown = bundle.number_of(accession.prefix) is None
    usable = answer.status == "unmapped" and (unknown or agrees(bundle, curie, name))
    if usable and by_name.status == "mapped" and by_name.id:
        mark = UNVERIFIED if by_name.step.endswith(UNVERIFIED) else ""
        accepted = "name-beside-accession"
        return by_name._replace(step=accepted + mark, confidence=STEPS[accepted]), issues
    return answer, issues


def known_spelling(bundle: Bundle, accession: Accession) -> str:
    """Return the CURIE with leading zeros put back where only then there is such a term."""
    info = bundle.info(accession.prefix)
    if info is not None and accession.local.isdigit() and bundle.term(accession.curie) is None:
        padded = f"{accession.prefix}:{accession.local.zfill(info.width)}"
        if bundle.term(padded) is not None:
            return padded
    return accession.curie


def _merge(*answers: Grounding) -> tuple[Suggestion, ...]:
    """Put the terms of several answers, accepted or suggested, into one list without repeats."""
    merged: dict[str, Suggestion] = {}
    for answer in answers:
        if answer.status == "mapped" and answer.id:
            merged.setdefault(answer.id, Suggestion(answer.id, answer.label, round(answer.confidence * 0.9, 3)))
        for suggestion in answer.suggestions:
            merged.setdefault(suggestion.id, suggestion)
    return tuple(merged.values())[:5]
