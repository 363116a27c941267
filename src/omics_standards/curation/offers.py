"""Terms to choose from, for texts that no term was surely found for: findings enter, suggestions with their scores leave."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..models.slots import MODEL
from ..terms import Suggestion, get_terms, load_decisions, terms_for, with_decisions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..findings import Finding

__all__ = ["Offers", "find_offers"]

Offers = dict[tuple[str, str], tuple[Suggestion, ...]]
"""Slot and text of a finding to terms, best first."""

_CODES: Final = frozenset(
    f"term-{what}"
    for what in (
        *("not-found", "ambiguous", "obsolete", "label-mismatch", "wrong-ontology", "wrong-branch"),
        *("broader-than-text", "narrower-than-text", "id-unknown"),
    )
)
# Looking for what comes near takes milliseconds: a page for a person has no use for more texts than these.
_MOST: Final = 2_000
_SHOWN: Final = 5
# "did you mean 'liver' (UBERON:0002107) or ...", as terms.wording writes it.
_NAMED: Final = re.compile(r"'([^']+)' \(([A-Za-z][\w.]*:[\w.-]+)\)")


def find_offers(findings: Iterable[Finding], *, bundle: str | None = None, decisions: Sequence[str] = ()) -> Offers:
    """Look up what terms may be meant.

    Parameters
    ----------
    findings
        Of a conversion.
    bundle
        Path of the ontology bundle; None for the one in the user's cache.
    decisions
        Files of decisions, as the conversion had them.

    Returns
    -------
    Offers
        Nothing for texts that nothing comes near, and where there is no bundle.

    Examples
    --------
    >>> from omics_standards.findings import Address, Issue
    >>> issue = Issue("term-not-found", "a term", "did you mean 'liver' (UBERON:0002107)?")
    >>> find_offers([issue.at(Address("a.tsv"), value="livr", slot="Biosample.tissue")], bundle="/no/such/bundle")
    {('Biosample.tissue', 'livr'): (Suggestion(id='UBERON:0002107', label='liver', score=0.0),)}
    >>> find_offers([])
    {}
    """
    wanted: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        if finding.code in _CODES and finding.value and finding.slot and len(wanted) < _MOST:
            wanted.setdefault((finding.slot, finding.value), finding)
    if not wanted:
        return {}
    terms = with_decisions(get_terms(bundle), load_decisions(decisions))
    offers: Offers = {}
    for (slot, text), finding in wanted.items():
        definition = MODEL.slots.get(slot.partition(".")[2])
        if definition is None or definition.kind != "term":
            continue
        answer, _ = terms_for(terms, definition.name).verify("", text, definition.ontologies, definition.branch)
        found = [s for s in answer.suggestions if s.id]
        if answer.status == "mapped" and answer.id:
            found.insert(0, Suggestion(answer.id, answer.label, answer.confidence))
        named = [Suggestion(i, label, 0.0) for label, i in _NAMED.findall(finding.fix) if i not in {s.id for s in found}]
        if found or named:
            offers[slot, text] = tuple(dict.fromkeys([*found, *named]))[:_SHOWN]
    return offers
