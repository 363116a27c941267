"""Accessions in any of the spellings met in spreadsheets, brought to ``PREFIX:local``; no look-ups.

Text and the prefixes that are known go in; an :class:`Accession` (with what was wrong about its spelling) or None
comes out. Whether the term exists is asked of the bundle.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PREFIXES", "Accession", "Embedded", "embedded_accession", "join", "parse_accession", "split"]

# Other names for the prefixes, met in SDRF and ISA-Tab files: "NEWT" is the old name of UniProt's taxonomy,
# "NCIBTaxon" a slip found in many ISA-Tab studies. Keys are casefolded with blanks, '-' and '_' taken out.
_ALIASES: Final[dict[str, str]] = {
    "taxon": "NCBITaxon", "taxid": "NCBITaxon", "taxonid": "NCBITaxon", "taxonomy": "NCBITaxon", "txid": "NCBITaxon",
    "ncbitaxon": "NCBITaxon", "ncbitaxonomy": "NCBITaxon", "ncbitaxid": "NCBITaxon", "ncibtaxon": "NCBITaxon",
    "newt": "NCBITaxon", "psims": "MS", "ms": "MS", "psimod": "MOD", "mod": "MOD", "unimod": "UNIMOD", "xlmod": "XLMOD",
    "cellosaurus": "CVCL", "cvcl": "CVCL", "uo": "UO", "pato": "PATO", "uberon": "UBERON", "cl": "CL", "mondo": "MONDO",
    "efo": "EFO", "hancestro": "HANCESTRO", "afpo": "AfPO", "hsapdv": "HsapDv", "mmusdv": "MmusDv", "fbbt": "FBbt",
    "fbdv": "FBdv", "wbbt": "WBbt", "wbls": "WBls", "zfa": "ZFA", "zfs": "ZFS", "chebi": "CHEBI", "go": "GO",
}  # fmt: skip

# Ontologies that no carrier holds: their accessions are recognised (and said to be unverifiable).
_ELSEWHERE: Final = (
    "PRIDE NCIT ENVO OBI BTO PO TO HP DOID EDAM DUO SO FOODON CLO GAZ ORDO SNOMED MESH GNO BFO IAO OGMS RO STATO "
    "CHMO NCRO SCDO GENEPIO OBIB PCO PPO AGRO APOLLO_SV MP MA EMAPA VT XAO DPO CARO SIO ICD10 OMIT OPL RS VO"
)
PREFIXES: Final[dict[str, str]] = {**_ALIASES, **{p.casefold().replace("_", ""): p for p in _ELSEWHERE.split()}}
"""Casefolded spelling of a prefix → its canonical form."""

_BODY = r"[A-Za-z]{0,9}_?[0-9][A-Za-z0-9]*|[A-Z0-9]{4}"
_FULL = re.compile(rf"([A-Za-z][\w.\-]*?)\s*([:_])\s*({_BODY})\Z")
_LOOSE = re.compile(rf"([A-Za-z][A-Za-z.]*(?:[-_][A-Za-z]+)?)[\s:_#/\-]*({_BODY})\Z")
_EMBEDDED = re.compile(rf"(?<![\w:/.])([A-Za-z][A-Za-z]*(?:[-_][A-Za-z]+)?)([:_])({_BODY})(?![\w:])")
_WRAPPED = re.compile(r"""\A[\s<\[("']*(.*?)[\s>\])"'.;,]*\Z""", re.DOTALL)
_OBO_LEAD = re.compile(r"obo[:./]", re.IGNORECASE)
_TAIL = re.compile(r"[/#?&=]+")
_MAX_LENGTH: Final = 400  # longer texts are prose; no IRI of an ontology term comes near


class Accession(NamedTuple):
    """An accession in canonical spelling; ``repaired`` is True where the text spelled it otherwise."""

    prefix: str
    local: str
    repaired: bool

    @property
    def curie(self) -> str:
        """``PREFIX:local``."""
        return f"{self.prefix}:{self.local}"


class Embedded(NamedTuple):
    """An accession found beside other words, and those words."""

    accession: Accession
    rest: str


def split(curie: str) -> tuple[str, str]:
    """Split a canonical CURIE at its first colon.

    Examples
    --------
    >>> split("UBERON:0002107")
    ('UBERON', '0002107')
    >>> split("liver")
    ('', 'liver')
    """
    prefix, colon, local = curie.partition(":")
    return (prefix, local) if colon else ("", curie)


def join(prefix: str, local: int | str) -> str:
    """Return ``PREFIX:local``."""
    return f"{prefix}:{local}"


def _canonical(spelling: str, known: Mapping[str, str]) -> str | None:
    folded = spelling.casefold()
    return known.get(folded) or known.get(re.sub(r"[\s_\-]+", "", folded))


def _accept(text: str, match: re.Match[str] | None, known: Mapping[str, str], groups: tuple[int, int]) -> Accession | None:
    if match is None:
        return None
    prefix = _canonical(match[groups[0]], known)
    local = match[groups[1]]
    if prefix is None or not (local[-1].isdigit() or prefix == "CVCL" or any(c.isdigit() for c in local)):
        return None
    return Accession(prefix, local, text != f"{prefix}:{local}")


def parse_accession(text: str, known: Mapping[str, str] = PREFIXES, *, loose: bool = False) -> Accession | None:
    """Read a text that is an accession and nothing else.

    Parameters
    ----------
    text
        ``UBERON:0002107``, ``uberon_0002107``, an OBO, EFO, bioportal, OLS or identifiers.org IRI, ``txid9606`` …
    known
        Casefolded prefix → canonical prefix; a text with another prefix is not taken for an accession.
    loose
        For cells that should hold an accession: also ``MS 1001911`` and ``MS1001911``.

    Returns
    -------
    Accession or None
        None where the text is not an accession of a known prefix.

    Examples
    --------
    >>> parse_accession("http://purl.obolibrary.org/obo/UBERON_0002107").curie
    'UBERON:0002107'
    >>> parse_accession("Unimod:4"), parse_accession("CVCL_0030").curie
    (Accession(prefix='UNIMOD', local='4', repaired=True), 'CVCL:0030')
    >>> parse_accession("liver"), parse_accession("lot:12345")
    (None, None)
    """
    raw = text.strip()
    if not raw or len(raw) > _MAX_LENGTH:
        return None
    body = _WRAPPED.sub(r"\1", raw)
    found = _from_iri(body, known) if "://" in body else _from_text(body, known, loose=loose)
    if found is not None and found.curie != raw:
        return found._replace(repaired=True)
    return found


def _from_text(body: str, known: Mapping[str, str], *, loose: bool) -> Accession | None:
    lead = _OBO_LEAD.match(body)
    if lead:
        body = body[lead.end() :]
    # "EFO:EFO_0000001", "CVCL:CVCL_0030": the prefix stands twice.
    head, separator, rest = body.partition(":")
    if separator and rest[: len(head) + 1].casefold() in (f"{head}_".casefold(), f"{head}:".casefold()):
        body = rest
    found = _accept(body, _FULL.match(body), known, (1, 3))
    if found is None and loose:
        match = _LOOSE.match(body)
        if match and len(match[2]) >= 4:
            found = _accept(body, match, known, (1, 2))
    return found


def _from_iri(body: str, known: Mapping[str, str]) -> Accession | None:
    parts = [p for p in _TAIL.split(unquote(unquote(body))) if p]
    for i in range(len(parts) - 1, 0, -1):
        found = _from_text(parts[i], known, loose=False)
        if found is not None:
            return found
        if parts[i - 1].casefold() == "edamontology.org":  # …/format_1930: the local part is the whole of it
            return Accession("EDAM", parts[i], repaired=True)
        # bioportal and NCBI put the number after the ontology's name: …/ontology/NCBITAXON/9606, …/taxonomy/9606
        prefix = _canonical(parts[i - 1], known) if parts[i].isascii() and parts[i].isdigit() else None
        if prefix is not None:
            return Accession(prefix, parts[i], repaired=True)
    return None


def embedded_accession(text: str, known: Mapping[str, str] = PREFIXES) -> Embedded | None:
    """Find the one accession that stands beside a name: ``liver (UBERON:0002107)``, ``UBERON:0002107|liver``.

    Parameters
    ----------
    text
        Any text.
    known
        As in :func:`parse_accession`.

    Returns
    -------
    Embedded or None
        None where there is no accession, or more than one.

    Examples
    --------
    >>> embedded_accession("liver [UBERON:0002107]").rest
    'liver'
    >>> embedded_accession("UBERON:0002107 and UBERON:0002048")
    """
    if len(text) > _MAX_LENGTH or "://" in text:
        return None
    found: list[tuple[re.Match[str], Accession]] = []
    for match in _EMBEDDED.finditer(text):
        accession = _accept(match[0], match, known, (1, 3))
        if accession is not None:
            found.append((match, accession))
    if len(found) != 1:
        return None
    match, accession = found[0]
    return Embedded(accession, f"{text[: match.start()]} {text[match.end() :]}".strip(" \t\r\n()[]{}<>|;,:=-\"'"))
