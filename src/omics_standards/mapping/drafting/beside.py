"""Columns that belong together: latitude with longitude, numbers with units, terms with accessions, files that are numbered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ...models.slots import MODEL
from .names import Target
from .words import split_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .propose import ColumnDraft, Proposal

__all__ = ["join_columns", "numbered"]

_PLACE: Final = Target("Biosample", "collection_location")
_UNITS: Final = frozenset({"unit", "units", "uom"})
_OF_TERM: Final = frozenset({"ontology", "term", "id", "accession", "number", "curie", "source", "ref"})
# What is left of the proposals for accessions whose names have no slot for terms.
_NO_TERMS: Final = 0.6
_DIGITS: Final = re.compile(r"\d+")


def join_columns(drafts: Sequence[ColumnDraft], proposal: type[Proposal]) -> None:
    """Mark columns that are read together with another one.

    Parameters
    ----------
    drafts
        The columns of a sheet; changed in place.
    proposal
        How a proposal is made.
    """
    by_words = {split_words(d.header): d for d in drafts}
    for words, draft in by_words.items():
        if "latitude" in words and draft.evidence.share("number") > 0.5:
            other = by_words.get(tuple("longitude" if w == "latitude" else w for w in words))
            if other is not None and other.evidence.share("number") > 0.5:
                found = proposal(_PLACE, 0.9, (f"name: latitude, with the longitude in {other.header!r}", "values: numbers"), True, 1.0)
                draft.proposals = [found, *(p for p in draft.proposals if p.target != _PLACE)][:4]
                draft.companions["longitude"] = other.header
                other.beside = draft.header
        if draft.evidence.share("curie") > 0.5 and (other := _described(words, by_words)) is not None:
            _accessions(draft, other)
        if words and words[-1] in _UNITS:
            other = by_words.get(words[:-1])
            if other is not None and other.best is not None and MODEL.slots[other.best.target.slot].kind == "quantity":
                other.companions["unit"] = draft.header
                draft.beside = other.header


def _described(words: tuple[str, ...], by_words: dict[tuple[str, ...], ColumnDraft]) -> ColumnDraft | None:
    """The column whose terms a column of accessions gives: ``tissue`` for ``tissue_ontology_term_id``."""
    short = list(words)
    while short and short[-1] in _OF_TERM:
        short.pop()
    return by_words.get(tuple(short)) if short and len(short) < len(words) else None


def _accessions(draft: ColumnDraft, other: ColumnDraft) -> None:
    """Read accessions beside the names of their terms; where the names have no slot for terms, they say nothing of their own."""
    best = other.best
    if best is not None and MODEL.slots[best.target.slot].kind == "term" and not best.target.slot.startswith("organisms"):
        other.companions["accession"] = draft.header
        draft.beside = other.header
    else:
        draft.proposals = [p._replace(confidence=round(p.confidence * _NO_TERMS, 3)) for p in draft.proposals]


def numbered(headers: Sequence[str]) -> str:
    """Return the pattern that all headers have in common but for one number, '' where there is none.

    Examples
    --------
    >>> numbered(["fastq_1", "fastq_2"]), numbered(["filename", "filename2"])
    ('fastq_{n}', 'filename{n}')
    >>> numbered(["R1 file", "checksum"])
    ''
    """
    if len(headers) < 2:
        return ""
    patterns = [{h[: m.start()] + "{n}" + h[m.end() :] for m in _DIGITS.finditer(h)} or {h + "{n}"} for h in headers]
    common = set.intersection(*patterns)
    return min(common) if common else ""
