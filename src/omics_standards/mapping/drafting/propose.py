"""Proposals: for every header of a sheet the slots that it may mean, each with its reasons and a confidence from 0 to 1."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, NamedTuple

from ...models.slots import MODEL
from ...values.text import clean, normal, split_header
from .agree import fit, speaks_for
from .beside import join_columns
from .evidence import gather
from .names import GENERAL, Target
from .words import KINDS, NAMING, kind_of_words, split_words, variants

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...tables import Sheet
    from ...terms import Terms
    from .evidence import Evidence
    from .names import Meaning, Names

__all__ = ["CERTAIN", "LIKELY", "ColumnDraft", "Proposal", "propose"]

# From here on a proposal is put into the profile; below, the column is kept as an attribute and the proposal only named.
LIKELY, LIKELY_ALIKE = 0.45, 0.5
# From here on nobody needs to look, if the name is a known one and the cells agree.
CERTAIN = 0.8
# A proposal that is this near to the next one is no certain one.
_CLEAR = 0.12
# How many proposals a column shows.
_SHOWN = 4
# Looks at the whole sheet: the second one knows what the first one made of its columns.
_ROUNDS = 2
# So many headers that begin with the same word.
_SHARED = 3
# What standing first in the sheet adds to a name.
_LEADS = 1.1
# How sure it is that a first column of values that differ names the rows, whatever its header;
# more where the header ends in a word such as ID.
_UNNAMED, _SAYS_SO = 0.55, 0.1
# What is left of a name whose cells do not fit: of a known one, of one that is only like a known one.
_UNFIT_EXACT, _UNFIT = 0.55, 0.3
# How much the whole sheet weighs against the four columns nearby.
_WHOLE = 0.7
# A slot of another kind of record than the header names, and one of another kind of assay than the other columns speak of.
_UNSAID, _OTHER_ASSAY = 0.85, 0.85
# Records that headers mention for the sake of others, and what is left of them where no other column speaks of them.
_MENTIONED, _AROUND = frozenset({"Organization", "Person", "Protocol"}), 0.75
# Slots that name a record; a column that is this sure to hold one names its kind, and a kind without one weighs less.
_NAMES = frozenset({"name", "file_name", "accessions"})
_NAMED_BY, _NAMELESS = 0.6, 0.5
# A slot goes to a kind that a column names rather than to one that none does.
_NAMELESS_OWNER = 0.85
# Words of headers that hold ids, and how sure it is that the name beside an id is the title.
_IDS, _TITLE = frozenset({"id", "identifier", "alias", "code"}), 0.9
# A file's name says of these what a row is; "study", "lab" and "submission" are said of what the file is part of.
_FILES = frozenset({"Biosample", "Subject", "Assay", "Run", "DataFile"})
# Sheets are called so for what they describe, columns are not.
_SHEETS = {"method": "Protocol", "condition": "Factor"}
# What is left of a name where the cells are accessions of another kind of record.
_OTHERS_ACCESSION = 0.5
# What cells of a telling kind add to a name that is only like a known one.
_CONFIRMED = 0.3
# A second column for a slot of one value is worth this much of what it would be alone.
_TAKEN, _TAKEN_EXACT = 0.55, 0.75


class Proposal(NamedTuple):
    """A slot that a column may mean.

    ``confidence``: from 0 to 1. ``reasons``: what speaks for it, for people. ``exact``: the header is a known name of the slot.
    ``agrees``: share of cells that fit; None where they cannot tell.
    """

    target: Target
    confidence: float
    reasons: tuple[str, ...]
    exact: bool = False
    agrees: float | None = None


@dataclass
class ColumnDraft:
    """One column and what it may mean.

    Attributes
    ----------
    column
        0-based position.
    proposals
        The likeliest first, at most four.
    kept
        How sure it is, by its name, that formats keep such a column as an attribute.
    companions
        Headers of columns that are read together with this one, by part (``longitude``, ``unit``).
    beside
        The header of the column that this one is read together with; None for a column of its own.
    unit
        The unit that the header says, '' where it says none.
    """

    column: int
    header: str
    evidence: Evidence
    proposals: list[Proposal] = field(default_factory=list)
    kept: float = 0.0
    companions: dict[str, str] = field(default_factory=dict)
    beside: str | None = None
    unit: str = ""

    @property
    def best(self) -> Proposal | None:
        """The likeliest proposal, where it is likely enough to be used."""
        first = self.proposals[0] if self.proposals else None
        if first is None:
            return None
        # A name that is only like a known one needs more, unless the cells tell.
        known = first.exact or ((first.agrees or 0.0) >= 0.8 and _is_telling(first.target))
        return first if first.confidence >= (LIKELY if known else LIKELY_ALIKE) else None

    @property
    def certain(self) -> bool:
        """True where nobody needs to look: a known name, cells that agree, and nothing else near."""
        best = self.best
        if best is None or not best.exact or best.confidence < CERTAIN or not self.evidence.filled:
            return False
        if best.agrees is not None and best.agrees < 0.8:
            return False
        return len(self.proposals) < 2 or best.confidence - self.proposals[1].confidence >= _CLEAR


def propose(sheet: Sheet, names: Names, terms: Terms) -> list[ColumnDraft]:
    """Propose slots for the columns of a sheet.

    Parameters
    ----------
    sheet
        The sheet.
    names
        What names are known.
    terms
        Where names of terms are looked up.

    Returns
    -------
    list of ColumnDraft
        One per header that has letters or digits and does not repeat another one, in order.
    """
    found = gather(sheet)
    drafts: list[ColumnDraft] = []
    raw: list[list[Proposal]] = []
    shared = _shared_words(sheet.headers)
    file = _last_kind(PurePath(sheet.file).name.split(".")[0])
    about = _last_kind(sheet.name) if sheet.name else file if file in _FILES else ""
    seen: set[str] = set()
    for i, (header, evidence) in enumerate(zip(sheet.headers, found, strict=True)):
        form = normal(header)
        if not clean(header) or not form or form in seen:
            continue
        seen.add(form)
        draft = ColumnDraft(i, header, evidence, unit=split_header(header).unit)
        raw.append(_candidates(draft, names, terms, shared, about))
        drafts.append(draft)
    context = Context(names, about, file)
    for _ in range(_ROUNDS):
        context.look(drafts, raw)
        for i, (draft, proposals) in enumerate(zip(drafts, raw, strict=True)):
            ranked = [p._replace(confidence=round(p.confidence * context.weight(p, draft, i), 3)) for p in proposals]
            draft.proposals = sorted(ranked, key=_order)
        if drafts:
            _lead(drafts[0], context.prior)
    _title(drafts)
    _settle(drafts)
    join_columns(drafts, Proposal)
    return drafts


def _shared_words(headers: Sequence[str]) -> frozenset[str]:
    """Words that several headers begin with and that name no kind of record (``lab7_sex``, ``lab7_age``)."""
    first = Counter(w[0] for h in headers if len(w := split_words(h)) > 1)
    return frozenset(w for w, n in first.items() if n >= _SHARED and w not in KINDS and w != "host")


# Of kinds that are as likely, the one that more sheets are about comes first.
_USUAL: Final = {
    k: i for i, k in enumerate(("Biosample", "Subject", "Assay", "Run", "DataFile", "Study", "Project", "Dataset", "Analysis"))
}


def _order(proposal: Proposal) -> tuple[float, bool, int, Target]:
    # Between a name and an accession the name is the weaker claim.
    target = proposal.target
    return -proposal.confidence, target.slot == "accessions", _USUAL.get(target.kind, len(_USUAL)), target


def _lead(draft: ColumnDraft, prior: dict[str, float]) -> None:
    """The first column of a sheet usually names its rows, the more so where each value stands there once."""
    found = [p._replace(confidence=round(min(0.98, p.confidence * _LEADS), 3)) if p.target.slot in _NAMES else p for p in draft.proposals]
    about = max((k for k in prior if k in KINDS.values() and k != "DataFile"), key=lambda k: prior[k], default="")
    target = Target(about, "name")
    if about and draft.evidence.unique and not draft.evidence.share("long"):
        ends = split_words(draft.header)[-1:]
        sure = _UNNAMED + (_SAYS_SO if ends and ends[0] in NAMING else 0.0)
        if all(p.confidence < sure for p in found if p.target == target):
            found = [p for p in found if p.target != target]
            found.append(Proposal(target, sure, ("the first column, and no value stands there twice",)))
    draft.proposals = sorted(found, key=_order)


def _candidates(draft: ColumnDraft, names: Names, terms: Terms, shared: frozenset[str], about: str) -> list[Proposal]:
    meanings = names.meanings(draft.header, shared, about)
    draft.kept = max((m.weight for m in meanings if m.target is None), default=0.0)
    by_name = {m.target: m for m in meanings[:12] if m.target is not None}
    named = any(m.weight > 0.6 for m in by_name.values()) or draft.kept > 0.8
    spoken = {t: (w, r) for t, w, r in speaks_for(draft.evidence, terms, named=named)}
    proposals = []
    for target in [*by_name, *(t for t in spoken if t not in by_name)]:
        proposals.append(_weighed(target, by_name.get(target), spoken.get(target), draft, terms))
    return proposals


def _weighed(target: Target, meaning: Meaning | None, spoken: tuple[float, str] | None, draft: ColumnDraft, terms: Terms) -> Proposal:
    """Put the evidence of name and cells together."""
    agreement = fit(target, draft.evidence, terms)
    reasons = []
    by_name = 0.0
    if meaning is not None:
        reasons.append(f"name: {meaning.reason}")
        by_name = meaning.weight
        if agreement.share is not None:
            # Cells that fit confirm a name, cells that do not refute it.
            least = _UNFIT_EXACT if meaning.exact else _UNFIT
            by_name *= least + (1 - least) * agreement.share if agreement.share < 0.8 else 1.0
            if agreement.share >= 0.8 and not meaning.exact and _is_telling(target):
                by_name = 1 - (1 - by_name) * (1 - _CONFIRMED)
        else:
            by_name *= 0.95
        if target.slot == "accessions" and agreement.share == 0.0 and draft.evidence.share("accession") > 0.5:
            by_name *= _OTHERS_ACCESSION
    by_cells = 0.0
    if spoken is not None:
        by_cells = spoken[0] * (0.5 if draft.kept > 0.8 else 1.0)
        reasons.append(f"values: {spoken[1]}")
    elif agreement.words:
        reasons.append(f"values: {agreement.words}")
    confidence = 1 - (1 - by_name) * (1 - by_cells * (0.5 if meaning else 1.0))
    return Proposal(target, min(confidence, 0.99), tuple(reasons), bool(meaning and meaning.exact), agreement.share)


def _is_telling(target: Target) -> bool:
    """Tell whether few texts would fit a slot by chance: dates and addresses are known by their form, numbers and names are not."""
    return MODEL.slots[target.slot].kind in ("uri", "date", "geopoint", "enum", "place") or target.slot in ("md5", "sha256", "file_name")


def _names_one_kind(draft: ColumnDraft, *, first: bool) -> bool:
    """Tell whether a column surely names records, and of one kind: its header says which, or it is the first of the sheet."""
    best = draft.proposals[0] if draft.proposals else None
    if best is None or best.target.slot not in _NAMES or best.confidence < _NAMED_BY:
        return False
    if best.target.kind not in _said(draft.header) and not (first and draft.evidence.unique):
        return False
    return all(p.target.kind == best.target.kind or p.confidence < best.confidence - 0.05 for p in draft.proposals)


def _said(header: str) -> set[str]:
    """The kinds of record that a header names."""
    return {v.kind for v in variants(header) if v.kind} | {KINDS[w] for w in split_words(header) if w in KINDS}


def _last_kind(name: str) -> str:
    """The kind of record that a sheet's or file's name speaks of: the last one named, as in "sample files"."""
    known = {**KINDS, **_SHEETS}
    return next((known[w] for w in reversed(split_words(name)) if w in known), "")


class Context:
    """What the whole sheet says of a column: which kinds of record it speaks of, all over and nearby.

    Parameters
    ----------
    names
        What names are known.
    about, file
        The kinds of record that the names of sheet and file speak of, '' for none.
    """

    def __init__(self, names: Names, about: str, file: str) -> None:
        self.names = names
        self.about = about
        self.file = file
        self.prior: dict[str, float] = {}
        self.assays: frozenset[str] = frozenset()
        self.named: set[str] = set()
        self._told: list[str] = []

    def look(self, drafts: Sequence[ColumnDraft], raw: Sequence[Sequence[Proposal]]) -> None:
        """Take in what is known of the columns so far."""
        mass: dict[str, float] = defaultdict(float)
        assays: Counter[str] = Counter()
        self._told = []
        for draft, proposals in zip(drafts, raw, strict=True):
            known = draft.proposals or sorted(proposals, key=_order)
            top = max((p.confidence for p in known), default=0.0)
            near = [p for p in known if p.confidence > top - 0.1 and p.confidence > 0.4]
            for p in near:
                # A slot that several kinds have says little of the row; one that it shares with none says much.
                mass[p.target.kind] += p.confidence / len(near) / len(self.names.kinds(p.target.slot) or "x")
            self._told.append(near[0].target.kind if near and all(p.target.kind == near[0].target.kind for p in near) else "")
            if near and near[0].target.slot in ("name", "accessions") and draft.evidence.unique:
                mass[near[0].target.kind] += 1 + 0.1 * len(drafts)
            if near and near[0].target.kind == "Assay":
                assays.update(c for c in MODEL.below("Assay") if near[0].target.slot in MODEL.classes[c].slots)
        for kind, share in ((self.about, 0.5), (self.file, 0.2)):
            if kind:
                mass[kind] += share * len(drafts)
        self.named = named = {d.proposals[0].target.kind for i, d in enumerate(drafts) if _names_one_kind(d, first=i == 0)}
        for kind in mass:
            # What no column names is less likely to be described.
            mass[kind] *= 1.0 if not named or kind in named else _NAMELESS
        most = max(mass.values(), default=0.0) or 1.0
        self.prior = {kind: m / most for kind, m in mass.items()}
        self.assays = frozenset(c for c, n in assays.items() if n == max(assays.values()))

    def weight(self, proposal: Proposal, draft: ColumnDraft, place: int) -> float:
        """What the sheet does to a proposal; a header that names the kind of record itself needs no context."""
        target = proposal.target
        said = _said(draft.header)
        if target.kind in said:
            # A "center" is named where somebody did something, more often than as an organization of its own.
            return self._of_assay(target) * (
                _AROUND + (1 - _AROUND) * self._others(target.kind, place) if target.kind in _MENTIONED else 1.0
            )
        if target.slot == "accessions" and (proposal.agrees or 0.0) > 0.6:
            return 1.0  # whose they are is written in them
        owners = self.names.kinds(target.slot)
        kinds = len(owners)
        nameless = target.kind not in self.named and any(k in self.named for k in owners)
        least = 0.55 if kinds >= GENERAL else 0.75 if kinds > 1 else 0.92
        around = self._told[max(0, place - 2) : place] + self._told[place + 1 : place + 3]
        near = sum(k == target.kind for k in around) / len(around) if around else 0.0
        whole = self.prior.get(target.kind, 0.0)
        if kinds >= GENERAL and self.about and not said:
            return 1.0 if target.kind == self.about else _UNSAID * least
        found = least + (1 - least) * (_WHOLE * whole + (1 - _WHOLE) * near)
        return found * (_UNSAID if said else 1.0) * (_NAMELESS_OWNER if nameless else 1.0) * self._of_assay(target)

    def _others(self, kind: str, place: int) -> float:
        """Whether other columns than this one speak of a kind of record: 1 where three do."""
        return min(1.0, sum(k == kind for i, k in enumerate(self._told) if i != place) / 3)

    def _of_assay(self, target: Target) -> float:
        """Slots of sequencing seldom stand beside those of mass spectrometry."""
        if target.kind != "Assay" or any(target.slot in MODEL.classes[c].slots for c in self.assays or ("SequencingAssay",)):
            return 1.0
        return _OTHER_ASSAY


def _title(drafts: Sequence[ColumnDraft]) -> None:
    """Where one column holds the id of a record and a later one its name, the id names it and the name is its title."""
    ids: set[str] = set()
    for draft in drafts:
        best = draft.proposals[0] if draft.proposals else None
        if best is not None and best.target.slot in _NAMES and _ends(draft.header) in _IDS:
            ids.add(best.target.kind)
        if best is None or best.target.slot != "name" or best.target.kind not in ids or _ends(draft.header) != "name":
            continue
        reasons = (*best.reasons, "another column holds the id")
        sure = round(best.confidence * _TITLE, 3)
        titled = best._replace(target=Target(best.target.kind, "title"), confidence=sure, reasons=reasons, exact=False)
        rest = [p._replace(confidence=round(p.confidence * _TAKEN_EXACT, 3)) if p is best else p for p in draft.proposals]
        draft.proposals = sorted([titled, *(p for p in rest if p.target != titled.target)], key=_order)


def _ends(header: str) -> str:
    """The word that a header ends in."""
    return next(reversed(split_words(header)), "")


def _settle(drafts: Sequence[ColumnDraft]) -> None:
    """Give each slot of one value to the column that is surest of it; the others fall back."""
    order = sorted(drafts, key=lambda d: (-(d.proposals[0].confidence if d.proposals else 0), d.column))
    taken: set[Target] = set()
    for draft in order:
        left = [_fallen(p) if p.target in taken and not _several(p.target, draft.header) else p for p in draft.proposals]
        draft.proposals = sorted(left, key=_order)[:_SHOWN]
        if draft.best is not None:
            taken.add(draft.best.target)


def _fallen(proposal: Proposal) -> Proposal:
    """A proposal whose slot another column has."""
    reasons = (*proposal.reasons, "another column is surer of this slot")
    # A known name of the slot is another way to say it: a taxon's number beside its name.
    return proposal._replace(confidence=round(proposal.confidence * (_TAKEN_EXACT if proposal.exact else _TAKEN), 3), reasons=reasons)


def _several(target: Target, header: str) -> bool:
    """Tell whether several columns may feed a slot: one of several values, or one of records that a row may have several of."""
    if MODEL.slots[target.slot].multivalued or target.kind in ("DataFile", "Protocol", "Person"):
        return True
    # A sample and its extract are two materials.
    return target == Target("Biosample", "name") and kind_of_words(split_words(header)) == "Biosample"
