"""Decisions before everything: a bundle that answers first with what people settled.

:class:`DecidedTerms` stands where a :class:`~omics_standards.terms.bundle.Bundle` stands and asks it whatever is not decided.
A decision is looked up by the text's normal form and the slot. The term it names is verified in the bundle like any accession;
whatever is wrong with it becomes an issue that names the decision's file and line.

==================  ================================================================================================
step                the answer
==================  ================================================================================================
decision            the term that was decided on (unverifiable where no bundle can confirm it)
decision-none       no ontology has the text: it stays text, and nothing more is said of it
decision-not        a name whose only term it was decided not to be, or beside an accession of such a term
==================  ================================================================================================
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ..findings import Issue
from .answers import Grounding, Suggestion
from .bundle import Bundle, NoBundle
from .curies import parse_accession
from .ground import ground
from .verify import issues_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .answers import Name, OntologyInfo, TermInfo
    from .decisions import Decision, Decisions
    from .lookups import Local

    Row = tuple[int, Local, int, str, int]
    Answer = tuple[Grounding, tuple[Issue, ...]]

__all__ = ["DECISION_STEPS", "DecidedTerms", "Terms", "terms_for", "with_decisions"]

DECISION_STEPS: Final = ("decision", "decision-none", "decision-not")
"""Steps that an answer names where a decision had a say; a decision's confidence is its own."""

# What is said where name and accession are not of one term, or only nearly.
_APART = frozenset({"term-label-mismatch", "term-name-near", "term-broader-than-text", "term-narrower-than-text"})


class DecidedTerms:
    """A bundle, or its stand-in, with decisions before it.

    Parameters
    ----------
    base
        What is asked where nothing is decided.
    decisions
        What is in force.
    slot
        The slot whose texts are asked about; '' leaves only the decisions that hold for all slots.

    Notes
    -----
    Safe to pickle where ``base`` is. Whatever is not defined here is the bundle's.
    """

    def __init__(self, base: Bundle | NoBundle, decisions: Decisions, slot: str = "") -> None:
        self.base = base
        self.decisions = decisions
        self.slot = slot
        self._slots: dict[str, DecidedTerms] = {}

    def __reduce__(self) -> tuple[type[DecidedTerms], tuple[object, ...]]:
        return DecidedTerms, (self.base, self.decisions, self.slot)

    def __bool__(self) -> bool:
        return bool(self.base)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.base, name)

    def for_slot(self, slot: str) -> DecidedTerms:
        """Return the same for the texts of a slot; one object per slot."""
        if slot == self.slot:
            return self
        known = self._slots.get(slot)
        if known is None:
            known = self._slots[slot] = DecidedTerms(self.base, self.decisions, slot)
        return known

    # --- the bundle's interface

    def versions(self) -> dict[str, str]:
        """Return the version of each ontology by prefix."""
        return self.base.versions()

    def ontologies(self) -> tuple[OntologyInfo, ...]:
        """Return the ontologies of the bundle."""
        return self.base.ontologies()

    def term(self, curie: str) -> TermInfo | None:
        """Return a term by its canonical CURIE; None where the bundle has no such id."""
        return self.base.term(curie)

    def names(self, curie: str) -> tuple[Name, ...]:
        """Return the names of a term."""
        return self.base.names(curie)

    def is_under(self, curie: str, roots: Iterable[str]) -> bool | None:
        """Say whether a term is one of the roots or below one of them; None where that is not known."""
        return self.base.is_under(curie, roots) if isinstance(self.base, Bundle) else None

    def ground(self, text: str, within: tuple[str, ...], branch: tuple[str, ...] = (), *, suggest: bool = True) -> Grounding:
        """Find the term that a text names; see :func:`omics_standards.terms.ground.ground`. A decision comes before it."""
        if not self.decisions.mention(text):
            return self.base.ground(text, within, branch, suggest=suggest)
        answer = self._decided(text, within, branch)
        if answer is not None:
            return answer[0]
        refused = self.decisions.refused(text, self.slot)
        if refused:
            return self._without(refused, text, within, branch, suggest=suggest)
        return self.base.ground(text, within, branch, suggest=suggest)

    def verify(self, curie: str, label: str, within: tuple[str, ...], branch: tuple[str, ...] = ()) -> Answer:
        """Check an accession against the name beside it; see :func:`omics_standards.terms.verify.verify`.

        A decision on the name settles a disagreement only where it names the same id: beside an accession that says something
        else the cells contradict each other, whatever was decided on the name.

        Findings
        --------
        Those of the bundle; and term-not-exact where the decided term is broader or narrower than the text.
        """
        text = label if label.strip() else curie
        if not self.decisions.mention(text):
            return self.base.verify(curie, label, within, branch)
        if not curie.strip() or not label.strip():
            decided = self._decided(text, within, branch)
            if decided is not None:
                return decided
        refused = self.decisions.refused(text, self.slot)
        if not curie.strip() and refused:
            answer = self._without(refused, label, within, branch)
            return answer, _blaming(issues_of(label, answer, within), refused)
        answer, issues = self.base.verify(curie, label, within, branch)
        if not label.strip() or not curie.strip():
            return answer, issues
        if answer.id in refused:
            return _refuse(answer, issues, refused[answer.id], label)
        return self._settle(answer, issues, (curie, label), within, branch)

    # --- how decisions are applied

    def decision(self, text: str) -> Decision | None:
        """Return what a text of this slot is decided to be; None where nothing is."""
        return self.decisions.find(text, self.slot)

    def _decided(self, text: str, within: tuple[str, ...], branch: tuple[str, ...]) -> Answer | None:
        """Answer with the decision on a text; None where there is none that the slot and the row's organism allow."""
        decision = self.decisions.find(text, self.slot)
        if decision is None:
            return None
        if decision.kind == "none":
            return Grounding("unmapped", step="decision-none"), ()
        if not self._takes(decision.id.partition(":")[0], within):
            return None
        answer, issues = self.base.verify(decision.id, "", within, branch)
        # Where nothing is built, that is what is wrong, not the decision.
        told = tuple(_placed(issue, decision) for issue in issues if issue.code != "term-id-malformed") if self.base else issues
        if answer.status == "unverifiable":
            return answer._replace(id=decision.id, label=decision.label, step="decision"), told
        if answer.status != "mapped" or answer.id is None:
            return answer, told
        if decision.match in ("broad", "narrow"):
            told = (*told, _inexact(answer, decision))
        return Grounding("mapped", answer.id, answer.label, decision.confidence, "decision", (), answer.version), told

    def _takes(self, prefix: str, within: tuple[str, ...]) -> bool:
        """Tell whether an ontology is among those asked for, or searched with one of them."""
        if not within:
            return True
        wanted = {w.casefold() for w in within}
        if isinstance(self.base, Bundle):
            infos = (self.base.info(self.base.known.get(w.casefold(), w)) for w in within)
            wanted |= {p.casefold() for info in infos if info is not None for p in (info.prefix, *info.includes)}
        return prefix.casefold() in wanted

    def _settle(
        self, answer: Grounding, issues: tuple[Issue, ...], pair: tuple[str, str], within: tuple[str, ...], branch: tuple[str, ...]
    ) -> Answer:
        """Let the decision on a name speak where the accession beside it cannot be read, or is the one that was decided on."""
        curie, label = pair
        unread = tuple(i for i in issues if i.code == "term-id-malformed" and i.severity is None)
        apart = [i for i in issues if i.code in _APART]
        if not unread and not apart:
            return answer, issues
        decided = self._decided(label, within, branch)
        if decided is None:
            return answer, issues
        if unread:
            return decided[0], (*unread, *decided[1])
        known = self.base.known if isinstance(self.base, Bundle) else None
        read = parse_accession(curie, known, loose=True) if known is not None else parse_accession(curie, loose=True)
        of_name, of_accession = decided[0].id, read.curie if read is not None else curie.strip()
        if of_name is not None and (of_name == of_accession or of_name in self._same_as(of_accession)):
            return decided[0], (*(i for i in issues if i.code not in _APART), *decided[1])
        return answer, issues

    def _same_as(self, curie: str) -> tuple[str, ...]:
        """The id with its leading zeros put back, and what took its place."""
        answer, _ = self.base.verify(curie, "", ())
        return (answer.id,) if answer.status == "mapped" and answer.id else ()

    def _without(
        self, refused: Mapping[str, Decision], text: str, within: tuple[str, ...], branch: tuple[str, ...], *, suggest: bool = True
    ) -> Grounding:
        """Find the term of a text as if the refused ones did not have this name."""
        if isinstance(self.base, Bundle):
            answer = ground(_Without(self.base, refused), text, within, branch, suggest=suggest)  # type: ignore[arg-type]
        else:
            answer = self.base.ground(text, within, branch, suggest=suggest)
        kept = tuple(s for s in answer.suggestions if s.id not in refused)
        if answer.id in refused:
            return Grounding("unmapped", step="decision-not", suggestions=kept, version=answer.version)
        return answer._replace(suggestions=kept)


class _Without:
    """A bundle in which some terms have no names."""

    def __init__(self, base: Bundle, refused: Mapping[str, Decision]) -> None:
        self._base = base
        self._refused = refused

    def __getattr__(self, name: str) -> Any:
        return getattr(self._base, name)

    def rows(self, number: int, key: str) -> list[Row]:
        """The bundle's rows of a name, without those of the refused terms."""
        prefix = self._base.number_info(number).prefix
        return [row for row in self._base.rows(number, key) if f"{prefix}:{row[1]}" not in self._refused]


def _placed(issue: Issue, decision: Decision) -> Issue:
    """Say of an issue which decision it is about."""
    fix = f"change the decision in {decision.place}" if decision.place else "change the decision"
    return issue._replace(fix=f"{fix}: {issue.fix}" if issue.fix else fix)


def _inexact(answer: Grounding, decision: Decision) -> Issue:
    relation = "broader" if decision.match == "broad" else "narrower"
    where = f" in {decision.place}" if decision.place else ""
    return Issue(
        "term-not-exact",
        f"a term of the same meaning; {answer.id} ({answer.label}) is {relation} than the text, as was decided{where}",
        "nothing, until the ontology has a term that fits",
    )


def _refuse(answer: Grounding, issues: tuple[Issue, ...], decision: Decision, label: str) -> Answer:
    """Take neither name nor accession where it was decided that they are not the same."""
    itself = (Suggestion(answer.id, answer.label, 0.5),) if answer.id else ()
    where = f" ({decision.place})" if decision.place else ""
    issue = Issue(
        "term-label-mismatch",
        f"another name than {label.strip()!r} beside {answer.id}: it was decided that it is not this term{where}",
        "correct the name or the accession, or change the decision",
    )
    refused = Grounding("ambiguous", step="decision-not", suggestions=itself, version=answer.version)
    return refused, (*(i for i in issues if i.code != "term-label-mismatch"), issue)


def _blaming(issues: tuple[Issue, ...], refused: Mapping[str, Decision]) -> tuple[Issue, ...]:
    """Say of what was not found that there would be a term, had it not been decided otherwise."""
    said = "; ".join(f"{d.said()}: {d.place}" if d.place else d.said() for d in refused.values())
    return tuple(i._replace(expected=f"{i.expected} (it was decided that {said})") for i in issues)


Terms = Bundle | NoBundle | DecidedTerms
"""What texts are looked up in: a bundle, the stand-in for none, either with decisions before it."""


def with_decisions(base: Bundle | NoBundle, decisions: Decisions) -> Terms:
    """Put decisions before a bundle; without any, the bundle itself is returned and costs nothing more.

    Parameters
    ----------
    base
        An open bundle, or its stand-in.
    decisions
        From :func:`omics_standards.terms.decisions.load_decisions`.
    """
    return DecidedTerms(base, decisions) if decisions else base


def terms_for(terms: Terms, slot: str) -> Terms:
    """Return what the texts of a slot are looked up in: with the decisions that were made for it.

    Parameters
    ----------
    terms
        From :func:`with_decisions`.
    slot
        Name of a slot of the model.

    Examples
    --------
    >>> none = NoBundle()
    >>> terms_for(none, "tissue") is none
    True
    """
    return terms.for_slot(slot) if isinstance(terms, DecidedTerms) else terms
