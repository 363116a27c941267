"""Accessions in any of the spellings met in spreadsheets, brought to ``PREFIX:local``; no look-ups.

Text and the prefixes that are known go in; an :class:`Accession` (with what was wrong about its spelling) or None
comes out. Whether the term exists is asked of the bundle.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "PREFIXES",
    "Accession",
    "Embedded",
    "bare_number",
    "canonical_prefix",
    "embedded_accession",
    "join",
    "label_after_prefix",
    "parse_accession",
    "split",
    "with_source",
]

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
    "CHMO NCRO SCDO GENEPIO OBIB PCO PPO AGRO APOLLO_SV MP MA EMAPA VT XAO DPO CARO SIO ICD10 OMIT OPL RS VO "
    "FAO FMA FBcv Orphanet WBPhenotype XPO BAO MTBLS"
)
PREFIXES: Final[dict[str, str]] = {**_ALIASES, **{p.casefold().replace("_", ""): p for p in _ELSEWHERE.split()}}
"""Casefolded spelling of a prefix → its canonical form."""

_BODY = r"[A-Za-z]{0,9}_?[0-9][A-Za-z0-9]*|[A-Z0-9]{4}"
_FULL = re.compile(rf"([A-Za-z][\w.\-]*?)\s*([:_])\s*({_BODY})\Z")
_LOOSE = re.compile(rf"([A-Za-z](?:[A-Za-z. ]*[A-Za-z.])?(?:[-_][A-Za-z]+)?)([\s:;_=#/.\-]*)({_BODY})\Z")
_EMBEDDED = re.compile(rf"(?<![\w:/.])([A-Za-z][A-Za-z]*(?:[-_][A-Za-z]+)?)([:_])({_BODY})(?![\w:])")
_WRAPPED = re.compile(r"""\A[\s<\[("']*(.*?)[\s>\])"'.;,:!?|]*\Z""", re.DOTALL)
# Words that stand before a CURIE and are no part of it: "obo:UBERON_0002107", "urn:miriam:obo.cl:CL:0000182".
_LEAD = re.compile(r"(?:urn:miriam:)?obo[:./]|urn:miriam:", re.IGNORECASE)
_TAIL = re.compile(r"[/#?&=]+")
_MAX_LENGTH: Final = 400  # longer texts are prose; no IRI of an ontology term comes near
# What stands before the local part in addresses that do not spell the prefix: NCI's thesaurus, Unimod's and NCBI's pages.
_ADDRESSES: Final[dict[str, str]] = {"thesaurus.owl": "NCIT", "editid1": "UNIMOD", "wwwtax.cgi": "NCBITaxon"}
_LETTERED = re.compile(r"[A-Z]{1,3}[0-9]{3,}\Z")
# A letter typed for the digit that it looks like ("OOO2107"): told where all else is digits.
_LOOKALIKES = str.maketrans("OoIl", "0011")
_LOOKS_NUMERIC = re.compile(r"(?=.*[0-9])(?=.*[OoIl])[0-9OoIl]{4,}\Z")
# Ontologies whose ids hold letters of their own: Cellosaurus CVCL_O030, ICD-10 I10.
_WITH_LETTERS: Final = frozenset({"CVCL", "ICD10"})
_SPACED_DIGITS = re.compile(r"([:_])\s*([0-9]+(?:\s+[0-9]+)+)\Z")
_DECIMALS = re.compile(r"(?<=[0-9])\.0+\Z")
# Numbers as a spreadsheet shows those it was not told to leave alone.
_NUMBER = re.compile(r"([0-9]{1,12})(?:\.0*)?\Z")
_SCIENTIFIC = re.compile(r"([0-9])(?:[.,]([0-9]*))?[eE]\+?([0-9]{1,2})\Z")
_LABELLED = re.compile(r"\s*([A-Za-z][\w.\-]*?)\s*[:_]\s*(\S.*?)\s*\Z", re.DOTALL)


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


def canonical_prefix(spelling: str, known: Mapping[str, str] = PREFIXES) -> str | None:
    """Return the prefix that a spelling stands for, None where it is not one that is known.

    Parameters
    ----------
    spelling
        ``uberon``, ``PSI-MS``, ``NCBI Taxonomy`` …
    known
        As in :func:`parse_accession`.

    Examples
    --------
    >>> canonical_prefix("NCIBTaxon"), canonical_prefix("psi-ms"), canonical_prefix("notes")
    ('NCBITaxon', 'MS', None)
    """
    folded = spelling.strip().casefold()
    return known.get(folded) or known.get(re.sub(r"[\s_\-]+", "", folded))


def _accept(text: str, match: re.Match[str] | None, known: Mapping[str, str], groups: tuple[int, int]) -> Accession | None:
    if match is None:
        return None
    prefix = canonical_prefix(match[groups[0]], known)
    local = match[groups[1]]
    if prefix is None or not (local[-1].isdigit() or prefix == "CVCL" or any(c.isdigit() for c in local)):
        return None
    if prefix not in _WITH_LETTERS and _LOOKS_NUMERIC.match(local):
        local = local.translate(_LOOKALIKES)
    return Accession(prefix, local, text != f"{prefix}:{local}")


def parse_accession(text: str, known: Mapping[str, str] = PREFIXES, *, loose: bool = False) -> Accession | None:
    """Read a text that is an accession and nothing else.

    Parameters
    ----------
    text
        ``UBERON:0002107``, ``uberon_0002107``, an OBO, EFO, bioportal, OLS or identifiers.org IRI (encoded once or twice),
        ``NEWT:9606``, ``OBI:EFO_0000001``, full-width characters, O typed for 0 …
    known
        Casefolded prefix → canonical prefix; a text with another prefix is not taken for an accession.
    loose
        For cells that should hold an accession: also ``MS 1001911``, ``MS1001911``, ``UBERON:0002 107``,
        ``UBERON:2107.0`` and addresses without ``http://``.

    Returns
    -------
    Accession or None
        None where the text is not an accession of a known prefix. Leading zeros that are missing stay missing: how many
        an ontology has is known to the bundle.

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
    body = raw if raw.isascii() else unicodedata.normalize("NFKC", raw)
    body = _WRAPPED.sub(r"\1", body)
    if "%" in body and ("://" in body or loose):
        body = _unquoted(body)
    found = _from_iri(body, known) if "://" in body else _from_text(body, known, loose=loose)
    if found is None and loose and "/" in body:
        found = _from_iri("http://" + body, known)
    if found is not None and found.curie != raw:
        return found._replace(repaired=True)
    return found


def _unquoted(text: str) -> str:
    """Undo percent encoding; addresses that hold an address were often encoded twice."""
    for _ in range(3):
        text, before = unquote(text), text
        if text == before:
            break
    return text


def _from_text(body: str, known: Mapping[str, str], *, loose: bool) -> Accession | None:
    lead = _LEAD.match(body)
    if lead:
        body = body[lead.end() :]
    # "EFO:EFO_0000001", "CVCL:CVCL_0030": the prefix stands twice, or more often.
    head, separator, rest = body.partition(":")
    while separator and rest[: len(head) + 1].casefold() in (f"{head}_".casefold(), f"{head}:".casefold()):
        body = rest
        head, separator, rest = body.partition(":")
    if loose:
        body = _DECIMALS.sub("", body)
        spaced = _SPACED_DIGITS.search(body)
        if spaced:
            body = body[: spaced.start()] + spaced[1] + "".join(spaced[2].split())
    # "OBI:EFO_0000001": a source's name before an accession that has its prefix.
    inner = _accept(rest, _FULL.match(rest.strip()), known, (1, 3)) if separator else None
    found = inner or _accept(body, _FULL.match(body), known, (1, 3))
    if found is None and loose:
        match = _LOOSE.match(body)
        if match and (match[2] or len(match[3]) >= 4):
            found = _accept(body, match, known, (1, 3))
    return found


def _from_iri(body: str, known: Mapping[str, str]) -> Accession | None:
    parts = [p for p in _TAIL.split(_unquoted(body)) if p]
    for i in range(len(parts) - 1, 0, -1):
        part = parts[i].rstrip(".;,:")
        found = _from_text(part, known, loose=False)
        if found is not None:
            return found
        if parts[i - 1].casefold() == "edamontology.org":  # …/format_1930: the local part is the whole of it
            return Accession("EDAM", part, repaired=True)
        # bioportal and NCBI put the local part after the ontology's name: …/ontology/NCBITAXON/9606, …/NCIT/C49152
        if part.isascii() and (part.isdigit() or _LETTERED.match(part)):
            before = [p.casefold() for p in (parts[i - 1], parts[i - 2] if parts[i - 1].casefold() == "id" else "")]
            prefix = next((_ADDRESSES[b] for b in before if b in _ADDRESSES), None) or canonical_prefix(before[0], known)
            if prefix is not None:
                return Accession(prefix, part, repaired=True)
    return None


def with_source(text: str, source: str, known: Mapping[str, str] = PREFIXES) -> str:
    """Put the ontology that a cell beside it names before an accession that has no prefix of its own.

    Parameters
    ----------
    text
        The accession as its cell has it: ``36``, ``UO_0000036``, ``http://…``.
    source
        What the cell beside it names as the source: ``EFO``, ``NCIBTaxon``, ``NEWT``, ``PSI-MS``; '' for none.
    known
        As in :func:`parse_accession`.

    Returns
    -------
    str
        A CURIE where the source is a known ontology and the text is a bare local id; else the text as it stands.

    Examples
    --------
    >>> with_source("36", "UO"), with_source("9606", "NEWT"), with_source("C49152", "NCIT"), with_source("1.001911E+6", "PSI-MS")
    ('UO:36', 'NCBITaxon:9606', 'NCIT:C49152', 'MS:1001911')
    >>> with_source("UO_0000036", "EFO"), with_source("36", "the lab")
    ('UO_0000036', '36')
    """
    prefix = canonical_prefix(source, known) if source.strip() else None
    if prefix is None or parse_accession(text, known, loose=True) is not None:
        return text
    number = bare_number(text)
    local = number[0] if number is not None and number[1] else text.strip()
    return f"{prefix}:{local}" if re.fullmatch(_BODY, local) else text


def bare_number(text: str) -> tuple[str, bool] | None:
    """Read a number without a prefix, also as a spreadsheet shows one.

    Parameters
    ----------
    text
        ``36``, ``2107.0``, ``2.107E3``.

    Returns
    -------
    tuple or None
        The digits, and whether all of them are known: a spreadsheet that shows ``1.0019E+06`` hides the last ones. None
        where the text is not a number.

    Examples
    --------
    >>> bare_number("2107.0"), bare_number("2.107E3"), bare_number("1.0019E+06"), bare_number("liver")
    (('2107', True), ('2107', True), ('1001900', False), None)
    """
    tidy = unicodedata.normalize("NFKC", text.strip())
    plain = _NUMBER.match(tidy)
    if plain:
        return plain[1], True
    shown = _SCIENTIFIC.match(tidy)
    if not shown:
        return None
    decimals, exponent = shown[2] or "", int(shown[3])
    if exponent > 12 or len(decimals) > exponent:
        return None
    return shown[1] + decimals.ljust(exponent, "0"), len(decimals) == exponent


def label_after_prefix(text: str, known: Mapping[str, str] = PREFIXES) -> tuple[str, str] | None:
    """Take apart a name that stands where the number of an accession should: ``ENVO:marine biome``.

    Parameters
    ----------
    text
        A cell's text.
    known
        As in :func:`parse_accession`.

    Returns
    -------
    tuple of str or None
        Canonical prefix and name; None where the prefix is not known or what follows is no name.

    Examples
    --------
    >>> label_after_prefix("ENVO: marine biome"), label_after_prefix("envo_marine biome")
    (('ENVO', 'marine biome'), ('ENVO', 'marine biome'))
    >>> label_after_prefix("ENVO:00000447"), label_after_prefix("lot: marine")
    (None, None)
    """
    match = _LABELLED.match(text) if len(text) <= _MAX_LENGTH else None
    prefix = canonical_prefix(match[1], known) if match else None
    if match is None or prefix is None or match[2].startswith("//") or parse_accession(text, known, loose=True) is not None:
        return None
    # Several accessions in one cell are no name.
    return (prefix, match[2]) if any(c.isalpha() for c in match[2]) and not _EMBEDDED.search(match[2]) else None


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
