"""A filled-in review table becomes curated decisions: each row is checked, those that hold go into an SSSOM file."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from ..errors import UsageError
from ..findings import Issue
from ..models.slots import MODEL
from ..terms import Decision, get_terms
from ..terms.curies import PREFIXES, parse_accession
from ..terms.decisions import user_path
from ..terms.sssom import is_orcid, locked, read_file
from ..values.text import clean
from .base import checked_day
from .review_table import SUGGESTIONS, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..findings import Finding
    from ..terms import Bundle, NoBundle
    from .review_table import Row

__all__ = ["Accepted", "accept"]

_PREDICATES: Final = {
    "": "skos:exactMatch",
    "exact": "skos:exactMatch",
    "close": "skos:closeMatch",
    "broad": "skos:broadMatch",
    "narrow": "skos:narrowMatch",
}
_NOT = re.compile(r"not[\s:]+(?P<what>\S.*)", re.IGNORECASE)
_NONE: Final = ("none", "no term", "no term found", "sssom:notermfound")
_LIKE_ORCID = re.compile(r"(?:.*orcid.*|\d{4}-?\d{4}-?\d{4}-?\d{3}[\dXx])", re.IGNORECASE)
_FORMS: Final = "a term's id such as UBERON:0002107, the number of a suggestion, none, or not with an id"


class Accepted(NamedTuple):
    """What became of a table.

    Attributes
    ----------
    path
        The file of decisions.
    added, changed, unchanged
        How many decisions were new, took the place of others, and were there already.
    findings
        What is wrong with the rows that were refused, and what a person should know of the others.
    """

    path: Path
    added: int
    changed: int
    unchanged: int
    findings: list[Finding]


def accept(
    file: str | os.PathLike[str],
    *,
    by: str,
    to: str | os.PathLike[str] | None = None,
    bundle: str | os.PathLike[str] | None = None,
    date: str | None = None,
) -> Accepted:
    r"""Take the decisions of a filled-in review table into a file of decisions.

    Parameters
    ----------
    file
        What ``terms review`` wrote and a person filled in, as TSV, CSV or a workbook.
    by
        ORCID or name of the person who decided; several separated by ``|``.
    to
        The SSSOM file; None for the user's. It is made where it does not exist. What it says of other texts stays as it is.
    bundle
        Path of the ontology bundle that terms are checked in; None for the one in the user's cache.
    date
        ISO date of the decisions; None for ``$SOURCE_DATE_EPOCH``, else today.

    Returns
    -------
    Accepted
        Rows that cannot be taken are left out and are in the findings. The same table a second time changes nothing.

    Raises
    ------
    ReadError
        The table cannot be read, or is none.
    DecisionError
        The file of decisions is broken or cannot be written.
    UsageError
        Nobody is named, an ORCID is wrong, or the date is none.

    Findings
    --------
    decision-unreadable, decisions-contradict, term-unverifiable, term-obsolete, term-wrong-ontology, term-wrong-branch,
    term-label-mismatch

    Examples
    --------
    >>> import pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "review.tsv").write_text("slot\ttext\tdecision\ntissue\tlump\tnone\ntissue\tlivre\tmaybe\n")
    >>> done = accept(folder / "review.tsv", by="Ada", to=folder / "d.sssom.tsv", date="2026-01-31")
    >>> done.added, [f.code for f in done.findings]
    (1, ['decision-unreadable'])
    >>> accept(folder / "review.tsv", by="Ada", to=folder / "d.sssom.tsv", date="2026-02-01").added
    0
    """
    authors = _authors(by)
    day = checked_day(date) if date else _today()
    path = Path(to) if to is not None else user_path()
    if path is None:
        raise UsageError("OMICS_STANDARDS_DECISIONS is set to nothing; say where decisions go with --to FILE")
    checker = _Checker(get_terms(bundle), authors, day)
    for row in read_table(file):
        checker.see(row)
    decisions = checker.finish()
    if not decisions:
        return Accepted(path, 0, 0, 0, checker.findings)
    with locked(path):
        target = read_file(path, new=True)
        target.decisions()  # a file that contradicts itself is not built on
        added, changed, unchanged = target.update(decisions)
        if added or changed:
            target.save()
    return Accepted(path, added, changed, unchanged, checker.findings)


def _authors(by: str) -> tuple[str, ...]:
    names = [clean(name) for name in by.split("|")]
    found = []
    for name in filter(None, names):
        orcid = is_orcid(name)
        if orcid is None and _LIKE_ORCID.fullmatch(name):
            raise UsageError(f"{name!r} is not an ORCID (16 digits in fours, the last one a check digit); correct it, or give a name")
        found.append(orcid or name)
    if not found:
        raise UsageError("say who decided: --by ORCID or name")
    return tuple(found)


def _today() -> str:
    # Reproducible runs name their day (https://reproducible-builds.org/specs/source-date-epoch/).
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return time.strftime("%Y-%m-%d", time.gmtime(int(epoch)) if epoch else time.localtime())
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"SOURCE_DATE_EPOCH is {epoch!r}: a number of seconds since 1970 is expected") from None


class _Checker:
    """Takes rows, gives the decisions that hold."""

    def __init__(self, terms: Bundle | NoBundle, authors: tuple[str, ...], day: str) -> None:
        self.terms = terms
        self.authors = authors
        self.day = day
        self.known = getattr(terms, "known", PREFIXES)
        self.findings: list[Finding] = []
        self.taken: list[tuple[Decision, Row]] = []

    def see(self, row: Row) -> None:
        """Check a row and keep its decision."""
        said = clean(row.values["decision"])
        if not said:
            return
        decision = self._read(row, said)
        if decision is not None:
            self.taken.append((decision, row))

    def finish(self) -> list[Decision]:
        """Return the decisions of all rows, in their order, without those that contradict each other."""
        clashing = _contradictions([d for d, _ in self.taken])
        for i in sorted(clashing):
            decision, row = self.taken[i]
            others = ", ".join(str(self.taken[j][1].address.row) for j in sorted(clashing[i]))
            issue = Issue("decisions-contradict", f"one decision on {decision.text!r}; row {others} says another", "decide on one of them")
            self._say(issue, row)
        self.findings.sort(key=lambda f: (f.address.sheet, f.address.row or 0))
        return list(dict.fromkeys(d for i, (d, _) in enumerate(self.taken) if i not in clashing))

    def _say(self, issue: Issue, row: Row, column: str = "decision") -> None:
        place = row.at(column)
        self.findings.append(issue.at(place, value=row.values.get(column), header=column, slot=row.values["slot"]))

    def _read(self, row: Row, said: str) -> Decision | None:
        text, slot = clean(row.values["text"]), clean(row.values["slot"])
        if not text:
            self._say(Issue("decision-unreadable", "the text that was decided on", "fill in the text, or clear the decision"), row, "text")
            return None
        if slot and (slot not in MODEL.slots or MODEL.slots[slot].kind != "term"):
            fix = "write the slot as terms review gave it, or leave it blank for all slots"
            self._say(Issue("decision-unreadable", "a slot that holds terms", fix), row, "slot")
            return None
        confidence = self._confidence(row)
        predicate = _PREDICATES.get(clean(row.values.get("predicate", "")).lower().removeprefix("skos:").removesuffix("match"))
        if predicate is None:
            self._say(Issue("decision-unreadable", "exact, close, broad, narrow, or nothing", "choose one of them"), row, "predicate")
        if predicate is None or confidence is None:
            return None
        comment = clean(row.values.get("comment", ""))
        decision = Decision(text, slot, predicate=predicate, confidence=confidence, by=self.authors, date=self.day, comment=comment)
        if said.lower() in _NONE:
            return decision._replace(kind="none", predicate="skos:exactMatch")
        negated = _NOT.fullmatch(said)
        curie = self._curie(row, negated["what"] if negated else said)
        if curie is None:
            return None
        return self._refusing(row, decision, curie) if negated else self._naming(row, decision, curie)

    def _confidence(self, row: Row) -> float | None:
        text = clean(row.values.get("confidence", ""))
        try:
            number = float(text) if text else 1.0
        except ValueError:
            number = -1.0
        if 0 <= number <= 1:
            return number
        self._say(Issue("decision-unreadable", "a number from 0 to 1", "correct the confidence, or leave it blank"), row, "confidence")
        return None

    def _curie(self, row: Row, said: str) -> str | None:
        """Return the CURIE that a cell names or that the suggestion with its number has."""
        number = re.fullmatch(r"([1-9])(?:\.0)?", said)
        if number is not None:
            offer = clean(row.values.get(f"suggestion {number[1]}", "")) if int(number[1]) <= SUGGESTIONS else ""
            said, _, _ = offer.partition(" ")
            if not said:
                self._say(Issue("decision-unreadable", _FORMS, f"there is no suggestion {number[1]} in this row: name another"), row)
                return None
        accession = parse_accession(said.partition(" | ")[0], self.known, loose=True)
        if accession is None:
            fix = "write the id of the term, not its name" if said.replace(" ", "").isalpha() else "correct the cell"
            self._say(Issue("decision-unreadable", _FORMS, fix), row)
            return None
        return accession.curie

    def _naming(self, row: Row, decision: Decision, curie: str) -> Decision | None:
        """Check the term that a text was decided to be: it exists, is current, and is one that the slot takes."""
        definition = MODEL.slots.get(decision.slot)
        within, branch = (definition.ontologies, definition.branch) if definition is not None else ((), ())
        answer, issues = self.terms.verify(curie, "", within, branch)
        wrong = [i for i in issues if i.code != "term-id-malformed"]
        if wrong or answer.status != "mapped" or answer.id is None:
            for issue in wrong:
                self._say(issue._replace(severity="error"), row)
            return None
        beside = clean(row.values.get("accession", ""))
        read = parse_accession(beside, self.known, loose=True) if beside else None
        if read is not None and read.curie != answer.id:
            expected = f"{beside} beside the name, which is another term than {answer.id} ({answer.label})"
            fix = "correct the accession in the sheet: a decision on a name does not overrule the accession beside it"
            self._say(Issue("term-label-mismatch", expected, fix), row, "accession")
        return decision._replace(kind="is", id=answer.id, label=answer.label, version=answer.version)

    def _refusing(self, row: Row, decision: Decision, curie: str) -> Decision | None:
        """Check the term that a text was decided not to be: it exists."""
        answer, issues = self.terms.verify(curie, "", ())
        term = self.terms.term(curie) or (self.terms.term(answer.id) if answer.id else None)
        if term is None:
            for issue in issues:
                if issue.code != "term-id-malformed":
                    self._say(issue._replace(severity="error"), row)
            return None
        return decision._replace(kind="not", predicate="skos:exactMatch", id=term.id, label=term.label, version=term.version)


def _contradictions(decisions: Sequence[Decision]) -> dict[int, set[int]]:
    """Return which decisions say different things of one text in one slot, by position."""
    groups: dict[tuple[str, str], list[int]] = {}
    for i, decision in enumerate(decisions):
        groups.setdefault(decision.key, []).append(i)
    clashing: dict[int, set[int]] = {}
    for places in groups.values():
        for i, j in _pairs(places):
            one, other = decisions[i], decisions[j]
            negated = (one.kind == "not") + (other.kind == "not")
            if (not negated and one.outcome() != other.outcome()) or (negated == 1 and one.id == other.id):
                clashing.setdefault(i, set()).add(j)
                clashing.setdefault(j, set()).add(i)
    return clashing


def _pairs(places: Sequence[int]) -> Iterable[tuple[int, int]]:
    return ((places[a], places[b]) for a in range(len(places)) for b in range(a + 1, len(places)))
