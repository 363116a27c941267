"""Cross-references: what a source writes for "the same thing elsewhere" in, canonical CURIEs out; no look-ups.

References
----------
The spellings are those met in the sources that a bundle is built from: DOID, HP, MONDO, EFO, UBERON, GO (2023 to 2026).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .curies import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["canonical_xref", "canonical_xrefs"]

# One vocabulary goes by many names. Keys are casefolded with '-', '_', '.' and blanks taken out; the canonical forms
# are those of Bioregistry where it has one in common use (https://bioregistry.io).
_NAMES: Final[dict[str, str]] = {
    "msh": "MESH", "mesh": "MESH", "meshid": "MESH", "umls": "UMLS", "umlscui": "UMLS", "nci": "NCIT", "ncithesaurus": "NCIT",
    "ncit": "NCIT", "snomedct": "SNOMEDCT", "snomedctus": "SNOMEDCT", "sctid": "SNOMEDCT", "snomed": "SNOMEDCT",
    "orpha": "Orphanet", "ordo": "Orphanet", "orphanet": "Orphanet", "omim": "OMIM", "mim": "OMIM", "omimps": "OMIMPS",
    "icd10cm": "ICD10CM", "icd10": "ICD10", "icd9": "ICD9", "icd9cm": "ICD9CM", "icd11": "ICD11", "icdo": "ICDO",
    "meddra": "MedDRA", "gard": "GARD", "kegg": "KEGG", "wikidata": "Wikidata", "cas": "CAS", "ec": "EC",
}  # fmt: skip

# Where a statement was read, who made it, what a page is called: no term elsewhere.
_SAYS_WHERE_FROM: Final = (
    "http https ftp url mailto pmid pmc doi isbn orcid person github githubissue ghissue wikipedia dc dcterms rdfs skos "
    "curator curators citation reference ref spd submitter database def nlm source"
)
_NO_TERM: Final = frozenset(_SAYS_WHERE_FROM.split())
_SHAPE = re.compile(r"([A-Za-z][\w.\-]*)\s*:\s*([^\s:\"{}|\\]+)\Z")
_SNOMED_RELEASE = re.compile(r"snomedctus\d*\Z")
_FILLING = re.compile(r"[\s_.\-]+")


def canonical_xref(text: str) -> str:
    """Return the canonical CURIE of a cross-reference, '' where it names no term.

    Examples
    --------
    >>> canonical_xref("UMLS_CUI:C0018916"), canonical_xref("SNOMEDCT_US_2023_03_01:154625006"), canonical_xref("MSH:D006391")
    ('UMLS:C0018916', 'SNOMEDCT:154625006', 'MESH:D006391')
    >>> canonical_xref("https://en.wikipedia.org/wiki/Liver"), canonical_xref("PMID:1234"), canonical_xref("liver")
    ('', '', '')
    """
    match = _SHAPE.match(text.strip())
    if match is None:
        return ""
    folded = _FILLING.sub("", match[1]).casefold()
    if folded in _NO_TERM:
        return ""
    if _SNOMED_RELEASE.match(folded):
        folded = "snomedct"
    return f"{_NAMES.get(folded) or PREFIXES.get(folded) or match[1]}:{match[2]}"


def canonical_xrefs(texts: Iterable[str], own: str = "") -> tuple[str, ...]:
    """Return the canonical CURIEs of cross-references, each once, in their order, without the term's own.

    Examples
    --------
    >>> canonical_xrefs(["NCI:C3085", "NCIT:C3085", "X:1", "PMID:9"], own="X:1")
    ('NCIT:C3085',)
    """
    return tuple(dict.fromkeys(x for x in map(canonical_xref, texts) if x and x != own))
