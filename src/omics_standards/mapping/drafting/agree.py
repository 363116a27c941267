"""Whether the cells of a column fit a slot, and which slots its cells speak for by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ...models.slots import MODEL
from ...terms.presence import is_named
from ...values.text import normal
from .evidence import words_of_enums
from .names import Target, kind_of

if TYPE_CHECKING:
    from ...terms import Terms
    from .evidence import Evidence

__all__ = ["Fit", "fit", "speaks_for"]

# Texts of a column that are looked up in an ontology; a look-up may take a thousandth of a second.
_LOOKED_UP = 5
# What is not text: cells of these kinds do not belong into a slot for text, unless it is named for them.
_TYPED: Final = ("md5", "sha256", "geopoint", "web", "email")


class Fit(NamedTuple):
    """How well cells fit a slot.

    ``share``: of the texts looked at, from 0 to 1; None where they cannot tell (text fits nearly everywhere, or there are none).
    ``words``: what was seen, for people.
    """

    share: float | None
    words: str = ""


def _counted(share: float, evidence: Evidence, what: str) -> Fit:
    return Fit(share, f"{round(share * len(evidence.sample))} of {len(evidence.sample)} are {what}")


def fit(target: Target, evidence: Evidence, terms: Terms) -> Fit:
    """Say how well the cells of a column fit a slot.

    Parameters
    ----------
    target
        The slot.
    evidence
        The column's cells.
    terms
        Where names of terms are looked up.

    Examples
    --------
    >>> from collections import Counter
    >>> from omics_standards.terms import NoBundle
    >>> from .evidence import looked_at
    >>> dates = looked_at(Counter(["2019-04-30", "2020-01"]))
    >>> fit(Target("Biosample", "collection_date"), dates, NoBundle()).share
    1.0
    >>> fit(Target("Biosample", "age"), dates, NoBundle()).share
    0.0
    """
    if not evidence.sample:
        return Fit(None, "no values")
    slot = MODEL.slots[target.slot]
    if target.slot == "file_name":
        return _counted(max(evidence.share("file"), 0.7 * evidence.share("web")), evidence, "files")
    special = _SPECIAL.get(target.slot)
    if special is not None:
        return _counted(max(evidence.share(k) for k in special), evidence, special[0])
    if slot.kind == "uri":
        return _of_uri(target, evidence)
    if slot.kind == "enum":
        share = evidence.share("sex") if slot.range == "Sex" else 0.0
        return _counted(max(share, evidence.share(f"enum:{slot.range}")), evidence, f"words of {slot.range}")
    if slot.kind == "term":
        return _of_terms(target, evidence, terms)
    if slot.kind in _READS:
        kinds, what = _READS[slot.kind]
        return _counted(min(1.0, sum(evidence.share(k) for k in kinds)), evidence, what)
    return _of_text(target, evidence)


_SPECIAL: Final = {
    "md5": ("md5",), "sha256": ("sha256",), "email": ("email",), "doi": ("doi",), "pmid": ("pmid",),
    "modification_parameters": ("pairs",),
}  # fmt: skip
_READS: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    "date": (("date", "year"), "dates"),
    "integer": (("integer",), "whole numbers"),
    "decimal": (("number",), "numbers"),
    "boolean": (("boolean",), "yes or no"),
    "quantity": (("number", "quantity"), "numbers with or without a unit"),
    "place": (("place",), "places"),
    "geopoint": (("geopoint",), "coordinates"),
}


def _of_uri(target: Target, evidence: Evidence) -> Fit:
    if target.slot != "accessions":
        return _counted(max(evidence.share("web"), evidence.share("curie")), evidence, "addresses")
    kinds = ["Biosample", "Material"] if target.kind == "Biosample" else [target.kind]
    share = max(evidence.share(f"accession:{k}") for k in kinds)
    return _counted(share, evidence, f"accessions of a {target.kind}")


def _of_terms(target: Target, evidence: Evidence, terms: Terms) -> Fit:
    slot = MODEL.slots[target.slot]
    prefixes = {p for p, share in evidence.named("curie:") if share > 0.3}
    if prefixes:
        hit = not slot.ontologies or bool(prefixes & set(slot.ontologies))
        return Fit(1.0 if hit else 0.1, f"accessions of {', '.join(sorted(prefixes))}")
    if target.slot in ("organism", "host", "organisms") and evidence.share("integer") > 0.9:
        return Fit(0.7, "numbers, as those of taxa")
    odd = max(evidence.share(k) for k in ("number", "date", "file", "accession", *_TYPED))
    if odd > 0.5:
        return Fit(0.0, "no names")
    if evidence.share("long") > 0.5:
        return Fit(0.2, "long texts")
    if not terms:
        return Fit(max(0.6, evidence.share("taxon")) if slot.ontologies == ("NCBITaxon",) else None, "names, not looked up")
    looked = [t for t in evidence.sample if len(t) < 80][:_LOOKED_UP]
    found = sum(is_named(terms, t, slot.ontologies) for t in looked) if slot.ontologies else 0
    if not slot.ontologies or not looked:
        return Fit(None, "names")
    # Names that no ontology has are common, and no reason to doubt the header; names that it has speak for the slot.
    share = found / len(looked)
    return Fit(0.6 + 0.4 * share, f"{found} of {len(looked)} looked up are terms of {', '.join(slot.ontologies[:2])}")


def _of_text(target: Target, evidence: Evidence) -> Fit:
    wrong = max(evidence.share(k) for k in _TYPED)
    if target.slot == "name":
        if target.kind == "DataFile" and evidence.share("file") > 0.5:
            return Fit(0.3, "names of files")
        if evidence.share("row number"):
            return Fit(0.2, "the rows' numbers")
        if evidence.share("long") > 0.3:
            return Fit(0.2, "long texts")
        return Fit(max(0.0, 1 - wrong), "names") if wrong > 0.5 else Fit(None, "names, each once" if evidence.unique else "names")
    if target.slot in ("title", "description") and (evidence.share("number") > 0.5 or evidence.share("accession") > 0.8):
        return Fit(0.3, "no sentences")
    return Fit(0.2, "no plain text") if wrong > 0.5 else Fit(None, "text")


def speaks_for(evidence: Evidence, terms: Terms, *, named: bool) -> list[tuple[Target, float, str]]:
    """Return the slots that the cells of a column speak for, whatever its header says.

    Parameters
    ----------
    evidence
        The column's cells.
    terms
        Where names of terms are looked up.
    named
        True where the header has a meaning already; what takes long is then left out.

    Returns
    -------
    list of (Target, weight, reason)
        Weights from 0 to 1.
    """
    found: list[tuple[Target, float, str]] = []
    for kind, words, target, weight in _SPEAKS:
        share = evidence.share(kind)
        if share >= 0.6:
            found.append((target, weight * share, _counted(share, evidence, words).words))
    for cls, share in evidence.named("accession:"):
        if share >= 0.6 and cls not in ("Material", "Submission", "Platform"):
            kind = kind_of(cls) if cls in MODEL.classes else ""
            if kind:
                found.append((Target(kind, "accessions"), 0.82 * share, _counted(share, evidence, f"accessions of a {cls}").words))
    for enum, share in evidence.named("enum:"):
        slots = _enum_slots().get(enum, ())
        distinct = min(evidence.distinct, 4)
        if share >= 0.75 and len(slots) == 1 and distinct and not evidence.share("number"):
            # One word alone may stand in many vocabularies; one that stands in this alone says more.
            own = sum(words_of_enums().get(normal(t)) == (enum,) for t in evidence.sample) / len(evidence.sample)
            found.append((slots[0], (0.35 + 0.1 * distinct + 0.15 * own) * share, _counted(share, evidence, f"words of {enum}").words))
    if not named and terms:
        found += _known_terms(evidence, terms)
    return found


# What cells of a kind usually are. Dates and places may be anybody's: these are hints, no more.
_SPEAKS: Final[tuple[tuple[str, str, Target, float], ...]] = (
    ("md5", "MD5 sums", Target("DataFile", "md5"), 0.9),
    ("sha256", "SHA-256 sums", Target("DataFile", "sha256"), 0.9),
    ("geopoint", "coordinates", Target("Biosample", "collection_location"), 0.85),
    ("taxon", "names of taxa", Target("Biosample", "organism"), 0.55),
    ("file", "names of files", Target("DataFile", "file_name"), 0.6),
    ("place", "places", Target("Biosample", "collection_place"), 0.5),
    ("sex", "sexes", Target("Biosample", "sex"), 0.5),
    ("date", "dates", Target("Biosample", "collection_date"), 0.3),
    ("email", "e-mail addresses", Target("Person", "email"), 0.6),
    ("doi", "DOIs", Target("Publication", "doi"), 0.7),
    ("web", "addresses", Target("DataFile", "locations"), 0.4),
)
_BY_NAME: Final = tuple(Target("Biosample", s) for s in ("organism", "tissue", "disease", "cell_type"))


def _enum_slots() -> dict[str, tuple[Target, ...]]:
    if not _ENUM_SLOTS:
        for cls in MODEL.records:
            for name in MODEL.classes[cls].slots:
                slot = MODEL.slots[name]
                if slot.kind == "enum":
                    known = _ENUM_SLOTS.setdefault(slot.range, ())
                    target = Target(kind_of(cls), name)
                    if target not in known:
                        _ENUM_SLOTS[slot.range] = (*known, target)
    return _ENUM_SLOTS


_ENUM_SLOTS: dict[str, tuple[Target, ...]] = {}


def _known_terms(evidence: Evidence, terms: Terms) -> list[tuple[Target, float, str]]:
    """Look names up in the ontologies that most tables need."""
    if any(evidence.share(k) > 0.4 for k in ("number", "accession", "date", "file", "long", "boolean")):
        return []
    looked = [t for t in evidence.sample if 3 < len(t) < 60][:_LOOKED_UP]
    found = []
    for target in _BY_NAME if looked else ():
        slot = MODEL.slots[target.slot]
        hits = sum(is_named(terms, t, slot.ontologies[:1]) for t in looked)
        if hits >= max(1, 0.6 * len(looked)):
            words = f"{hits} of {len(looked)} looked up are terms of {slot.ontologies[0]}"
            found.append((target, 0.6 * hits / len(looked) * (0.7 if len(looked) == 1 else 1), words))
    return found
