"""What an answer tells a person, in words: groundings and comparisons in, issues out; nothing is decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from omics_standards.findings import Issue

from .answers import BUILD_COMMAND, Grounding, Suggestion
from .ground import LOOSE, UNVERIFIED

if TYPE_CHECKING:
    from .agreement import Agreement
    from .bundle import Bundle
    from .lookups import Plan

__all__ = [
    "did_you_mean",
    "example",
    "fix_by",
    "issue_of_accession",
    "issue_of_agreement",
    "issue_of_unknown",
    "issues_of",
    "label_issue",
    "malformed_issue",
]

_SHOWN: Final = 3  # suggestions in a message


def did_you_mean(suggestions: tuple[Suggestion, ...]) -> str:
    """Offer suggestions; '' where there is none."""
    shown = " or ".join(f"{s.label!r} ({s.id})" for s in suggestions[:_SHOWN])
    return f"did you mean {shown}?" if shown else ""


def fix_by(answer: Grounding) -> str:
    """Say what to write according to the grounding of a name; '' where it gives nothing."""
    return f"write {answer.id} ({answer.label})" if answer.status == "mapped" else did_you_mean(answer.suggestions)


def example(bundle: Bundle, plan: Plan) -> str:
    """Return an accession as the slot's first ontology writes them."""
    for search in plan.searches:
        info = bundle.number_info(search.number)
        return f"{info.prefix}:{'1'.zfill(info.width or 1)}"
    return f"{plan.absent[0]}:0000001" if plan.absent else "UBERON:0002107"


def _allowed(within: tuple[str, ...]) -> str:
    # The first ontologies are the ones a slot prefers; a list of fourteen helps nobody.
    return ", ".join(within[:_SHOWN]) + (" or others" if len(within) > _SHOWN else "") if within else "an ontology"


def _term(suggestion: Suggestion, name: str = "") -> str:
    """An id, and its label where that is not what the cell says."""
    return suggestion.id + (f" ({suggestion.label})" if suggestion.label and suggestion.label.casefold() != name.strip().casefold() else "")


def _terms(suggestions: tuple[Suggestion, ...], name: str) -> str:
    return " or ".join(_term(s, name) for s in suggestions[:_SHOWN])


# --- one accession


def issue_of_accession(bundle: Bundle, curie: str, answer: Grounding, plan: Plan) -> Issue | None:
    """Say what is wrong with an accession, whatever stands beside it; None where nothing is."""
    within = (*(search.prefix for search in plan.searches), *plan.absent)
    step = answer.step.removesuffix(UNVERIFIED)
    term = bundle.term(curie)
    what = f"{curie} ({term.label})" if term and term.label else curie
    others = did_you_mean(tuple(s for s in answer.suggestions if s.id != curie))
    if step in ("obsolete-replaced", "accession-obsolete"):
        return _obsolete_issue(what, answer)
    if step == "accession-wrong-ontology":
        fix = others or f"name a term of {_allowed(within)}"
        return Issue("term-wrong-ontology", f"a term of {_allowed(within)}, not {what}", fix)
    if step == "accession-wrong-branch":
        return Issue("term-wrong-branch", f"a term under {_branch(bundle, plan)}, not {what}", others or "choose a term of that branch")
    if step == "accession-not-in-bundle":
        return _absent_issue(bundle, curie, answer)
    return _unverifiable_issue(curie, answer) if answer.status == "unverifiable" else None


def _branch(bundle: Bundle, plan: Plan) -> str:
    """The roots that the slot allows, by name."""
    roots = sorted(root for search in plan.searches for root in search.roots)
    terms = [bundle.term(root) for root in roots[:_SHOWN]]
    return " or ".join(f"{t.id} ({t.label})" if t else r for t, r in zip(terms, roots, strict=False)) or "the slot's branch"


def _obsolete_issue(what: str, answer: Grounding) -> Issue:
    if answer.status == "mapped":
        return Issue("term-obsolete", f"{answer.id} ({answer.label}), which replaced {what}", f"write {answer.id}")
    if len(answer.suggestions) > 1:
        fix = f"choose one of {', '.join(_term(s) for s in answer.suggestions)}"
        return Issue("term-obsolete", f"a current term instead of {what}, which several may stand in for", fix)
    fix = did_you_mean(answer.suggestions) or "name a current term; the ontology gives no replacement that fits the slot"
    return Issue("term-obsolete", f"a current term instead of {what}", fix)


def _absent_issue(bundle: Bundle, curie: str, answer: Grounding) -> Issue:
    """The bundle has the ontology but not the id: newer than the bundle, withdrawn, or a slip."""
    fix = did_you_mean(answer.suggestions) or f"check {curie}, or build the bundle from a newer version"
    return Issue("term-unverifiable", f"an id of {_held(bundle, curie, answer.version)}", fix, "warning")


def _held(bundle: Bundle, curie: str, version: str) -> str:
    highest = bundle.highest(curie)
    number = curie.partition(":")[2]
    if highest and number.isdigit() and int(number) > int(highest.partition(":")[2]):
        return f"{version}, the version in the bundle, which ends at {highest}; this one may be newer, or a slip"
    return f"{version}, the version in the bundle; it may be newer, withdrawn, or a slip"


def issue_of_unknown(curie: str, name: str, version: str, named: tuple[Suggestion, ...]) -> Issue:
    """The bundle lacks the id, and the name beside it is that of a term that the same ontology has: no newer term is it."""
    expected = f"an id of {version}, the version in the bundle, in which {name!r} is {_terms(named, name)}"
    return Issue("term-id-unknown", expected, f"write {named[0].id}" if len(named) == 1 else f"check {curie}; {did_you_mean(named)}")


def _unverifiable_issue(curie: str, answer: Grounding) -> Issue:
    if answer.step == "no-bundle":
        return Issue("term-unverifiable", "an ontology bundle to look it up in", f"build it once with: {BUILD_COMMAND}")
    if answer.step == "accession-not-in-bundle":
        expected = f"an id of {answer.version}, the version in the bundle; it may be newer, withdrawn, or a slip"
        return Issue("term-unverifiable", expected, did_you_mean(answer.suggestions) or f"check {curie}", "warning")
    fix = "add the ontology with: omics-standards ontologies add FILE"
    return Issue("term-unverifiable", "an ontology that the bundle holds", fix)


def malformed_issue(expected: str, fix: str) -> Issue:
    """A cell that should hold an accession and holds something else."""
    return Issue("term-id-malformed", expected, fix)


def label_issue(prefix: str, name: str, found: Grounding, shape: str) -> Issue:
    """A name stands behind a prefix, where the number of an accession should."""
    if found.status == "mapped" and found.id:
        known = f"{name!r} is {_term(Suggestion(found.id, found.label, 1.0), name)}"
        return Issue("term-id-malformed", f"an accession behind the prefix, not a name: {known}", f"write {found.id}")
    fix = did_you_mean(found.suggestions) or f"look {name!r} up in {prefix} and write its accession"
    return Issue("term-id-malformed", f"an accession behind the prefix, such as {shape}, not the name {name!r}", fix)


# --- an accession and a name


def issue_of_agreement(bundle: Bundle, curie: str, name: str, found: Agreement) -> Issue | None:
    """Say how a name and an accession differ; None where they do not."""
    if found.relation == "same":
        return None
    term = bundle.term(curie)
    label = term.label if term else ""
    name = name.strip()
    if found.relation == "near":
        return Issue("term-name-near", f"a name of {curie}, such as {label!r}; this is {found.form}", f"write {label!r}, if it is meant")
    if found.relation in ("broader", "narrower"):
        return _granularity_issue(curie, label, name, found)
    expected = f"a name of {curie}, which is {label!r}"
    if found.named:
        fix = f"{name!r} is {_terms(found.named, name)}; correct the accession, or write {label!r}"
        # One thing may have a term in each of two ontologies; two terms of one ontology are two things.
        return Issue("term-label-mismatch", expected, fix, "error" if found.here else None)
    fix = f"check which is meant: the accession says {label!r}"
    offers = did_you_mean(found.by_name.suggestions) if found.by_name is not None else ""
    return Issue("term-label-mismatch", expected, f"{fix}; {offers}" if offers else fix)


def _granularity_issue(curie: str, label: str, name: str, found: Agreement) -> Issue:
    what = f"{curie} ({label})"
    if found.relation == "narrower":
        expected = f"an accession as broad as the text: {name!r} is {_terms(found.named, name)}, and {what} is only a kind or part of it"
        fix = f"write {found.named[0].id}, or {label!r} if that is what is meant"
        return Issue("term-narrower-than-text", expected, fix)
    if found.named:
        expected = f"an accession as narrow as the text: {name!r} is {_terms(found.named, name)}, and {what} is broader"
        return Issue("term-broader-than-text", expected, f"write {found.named[0].id}")
    expected = f"an accession that says all of {name!r}; {what} says less"
    others = tuple(s for s in found.by_name.suggestions if s.id != curie) if found.by_name is not None else ()
    return Issue("term-broader-than-text", expected, did_you_mean(others) or f"look for the narrower term, or write {label!r}")


# --- one text


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
        () for a name that was found as it is written.

    Findings
    --------
    term-not-found, term-ambiguous, term-unverifiable, term-obsolete, term-label-mismatch, term-wrong-ontology,
    term-wrong-branch, term-id-malformed, term-name-near

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
        if step in LOOSE:
            expected = f"a name of {answer.id}, such as {answer.label!r}; this is {LOOSE[step]}"
            return (Issue("term-name-near", expected, f"nothing, if {answer.label!r} is meant"),)
        return ()
    if answer.status == "unverifiable":
        return (_unverifiable_issue(answer.id or text.strip(), answer),)
    found = did_you_mean(answer.suggestions)
    if step == "abbreviation":
        return (Issue("term-ambiguous", "a name written out; so short an abbreviation has other meanings elsewhere", found),)
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
