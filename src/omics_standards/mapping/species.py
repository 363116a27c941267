"""Ontologies of one species or kingdom: which of a slot's ontologies may name a term of a row's organism.

A zebrafish stage is no stage of a mouse. Where the row names its organism, only the ontologies that are made for it, and those
made for all, are looked in; where it names none, only those made for all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from ..values.text import clean

if TYPE_CHECKING:
    from ..terms import Terms

__all__ = ["SPECIES", "is_specific", "ontologies_for"]

# Prefix → taxa whose members it describes, as each ontology says of itself (OBO Foundry registry, read 2026-11).
SPECIES: Final[dict[str, tuple[str, ...]]] = {
    "HsapDv": ("NCBITaxon:9606",),
    "FMA": ("NCBITaxon:9606",),
    "MmusDv": ("NCBITaxon:10088",),
    "EMAPA": ("NCBITaxon:10088",),
    "MA": ("NCBITaxon:10088",),
    "MP": ("NCBITaxon:40674",),
    "FBbt": ("NCBITaxon:7215",),
    "FBdv": ("NCBITaxon:7215",),
    "FBcv": ("NCBITaxon:7215",),
    "WBbt": ("NCBITaxon:6237",),
    "WBls": ("NCBITaxon:6237",),
    "WBPhenotype": ("NCBITaxon:6237",),
    "ZFA": ("NCBITaxon:7954",),
    "ZFS": ("NCBITaxon:7954",),
    "XAO": ("NCBITaxon:8353",),
    "XPO": ("NCBITaxon:8353",),
}
# Plants: the taxonomy's lineage is known for animals only, so these are left to whatever is no animal.
_PLANTS: Final = frozenset({"PO", "TO"})
_ANIMALS: Final = "NCBITaxon:33208"


def is_specific(within: tuple[str, ...]) -> bool:
    """Tell whether one of the ontologies is made for some organisms only."""
    return any(p in SPECIES or p in _PLANTS for p in within)


# What was found, by the terms it was found in; an opened bundle that nobody uses any more takes it along.
_FOUND: Final[WeakKeyDictionary[Terms, dict[tuple[str, tuple[str, ...]], tuple[str, ...]]]] = WeakKeyDictionary()


def ontologies_for(organism: str, within: tuple[str, ...], terms: Terms) -> tuple[str, ...]:
    """Return the ontologies that may name a term of an organism.

    Parameters
    ----------
    organism
        The row's organism as the cell has it; '' where there is none.
    within
        The slot's ontologies, in order of preference.
    terms
        Where the organism is looked up.

    Returns
    -------
    tuple of str
        In the same order, but for an organism that is no animal those of plants first.
    """
    known = _FOUND.setdefault(terms, {})
    if (organism, within) not in known:
        known[organism, within] = _ontologies_for(organism, within, terms)
    return known[organism, within]


def _ontologies_for(organism: str, within: tuple[str, ...], terms: Terms) -> tuple[str, ...]:
    name = clean(organism)
    # A column of numbers of the taxonomy names organisms as well as one of names.
    found = terms.ground(f"NCBITaxon:{name}" if name.isdecimal() else name, ("NCBITaxon",)) if name else None
    if not terms:
        return within
    curie = found.id if found is not None and found.status == "mapped" else None
    plant = curie is not None and not _below(curie, (_ANIMALS,), terms)

    # Sheets of metagenomes name the host's tissues, which are UBERON's; a stage of life is the organism's own.
    stages = any(p.casefold().endswith("dv") for p in within)

    def fits(prefix: str) -> bool:
        if prefix == "UBERON" and plant and stages:
            return False
        if prefix in SPECIES:
            return curie is not None and _below(curie, SPECIES[prefix], terms)
        return prefix not in _PLANTS or plant

    # "Embryo" of rice is a plant's, though the general ontology of animals has the word too.
    first = (lambda p: p not in _PLANTS) if plant else (lambda _: False)
    return tuple(sorted((p for p in within if fits(p)), key=first))


def _below(curie: str, roots: tuple[str, ...], terms: Terms) -> bool:
    return curie in roots or (bool(terms) and bool(terms.is_under(curie, roots)))  # type: ignore[union-attr]
