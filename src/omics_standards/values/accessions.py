"""Accessions of the archives. In: a cell's text; out: which archive's, what kind of object, and its CURIE.

The table is facts: the archives' own documentation and the files they give out, as collected in 2026. Prefixes are
those of bioregistry; NGDC and CNGB, which it lacks, have prefixes of this package
(:mod:`omics_standards.models.prefixes` expands them all).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ..findings import Issue
from .parsed import Parsed
from .text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

__all__ = [
    "PATTERNS",
    "Accession",
    "Pattern",
    "fits_kinds",
    "match_accession",
    "match_all",
    "read_accession",
    "read_accessions",
    "spelt_out",
]


class Pattern(NamedTuple):
    """One row of the table.

    ``leads``: the letters accessions begin with. ``rest``: pattern of what follows them. ``kinds``: classes of the
    model that the object may be. ``prefix``: of the CURIE.
    """

    archive: str
    kinds: tuple[str, ...]
    leads: tuple[str, ...]
    rest: str
    prefix: str


def _leads(firsts: str, rest: str) -> tuple[str, ...]:
    return tuple(f + rest for f in firsts)


_SIX: Final = r"[0-9]{6,12}"
_SAMPLE: Final = ("Biosample", "Material")
_ASSAY: Final = ("Assay",)
_RUN: Final = ("Run",)
_DATASET: Final = ("Dataset",)
_STUDY: Final = ("Study",)

PATTERNS: Final[tuple[Pattern, ...]] = (
    # --- NGDC (China National Center for Bioinformation)
    Pattern(
        "NGDC BioProject",
        ("Project", "Study"),
        tuple(f"PRJC{c}" for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        _SIX,
        "ngdc.bioproject",
    ),
    Pattern("NGDC BioSample", _SAMPLE, ("SAMC",), _SIX, "ngdc.biosample"),
    Pattern("NGDC GSA", _DATASET, ("CRA",), _SIX, "ngdc.gsa"),
    Pattern("NGDC GSA", _ASSAY, ("CRX",), _SIX, "ngdc.gsa"),
    Pattern("NGDC GSA", _RUN, ("CRR",), _SIX, "ngdc.gsa"),
    Pattern("NGDC GSA", ("Analysis",), ("CRZ",), _SIX, "ngdc.gsa"),
    Pattern("NGDC GSA-Human", _DATASET, ("HRA",), _SIX, "ngdc.gsahuman"),
    Pattern("NGDC GSA-Human", ("Subject",), ("HRI",), _SIX, "ngdc.gsahuman"),
    Pattern("NGDC GSA-Human", _SAMPLE, ("HRS",), _SIX, "ngdc.gsahuman"),
    Pattern("NGDC GSA-Human", _ASSAY, ("HRX",), _SIX, "ngdc.gsahuman"),
    Pattern("NGDC GSA-Human", _RUN, ("HRR",), _SIX, "ngdc.gsahuman"),
    # early numbers have three digits; files are OMIX001234-01
    Pattern("NGDC OMIX", ("Dataset", "DataFile"), ("OMIX",), r"[0-9]{3,6}(?:-[0-9]{2,})?", "ngdc.omix"),
    Pattern("NGDC GWH", ("Analysis",), ("GWH",), r"[A-Z]{4}[0-9]{8}(?:\.[0-9]+)?", "ngdc.gwh"),
    Pattern("NGDC GVM", ("Analysis", "Dataset"), ("GVM",), _SIX, "ngdc.gvm"),
    Pattern("NGDC GEN", _DATASET, ("GEND",), r"[0-9]{6}", "ngdc.gen"),
    Pattern("NGDC GenBase", ("DataFile",), ("C",), r"_[A-Z]{2}[0-9]{6}(?:\.[0-9]+)?", "genbase"),
    # --- CNGB (China National GeneBank)
    Pattern("CNGB CNSA", ("Project", "Study"), ("CNP",), r"[0-9]{7}", "cngb.project"),
    Pattern("CNGB CNSA", _SAMPLE, ("CNS",), r"[0-9]{7}", "cngb.sample"),
    Pattern("CNGB CNSA", _ASSAY, ("CNX",), r"[0-9]{7}", "cngb.experiment"),
    Pattern("CNGB CNSA", _RUN, ("CNR",), r"[0-9]{7}", "cngb.run"),
    Pattern("CNGB CNSA", ("Analysis",), ("CNA",), r"[0-9]{7}", "cngb.assembly"),
    Pattern("CNGB STOmics", ("Project", "Study"), ("STT",), r"[0-9]{7}", "cngb.stomics"),
    Pattern("CNGB STOmics", _SAMPLE, ("STSA", "STTS"), r"[0-9]{7}", "cngb.stomics"),
    Pattern("CNGB STOmics", _ASSAY, ("STEP",), r"[0-9]{7}", "cngb.stomics"),
    Pattern("CNGB STOmics", _RUN, ("STRN",), r"[0-9]{7}", "cngb.stomics"),
    # --- INSDC
    Pattern("BioProject", ("Project", "Study"), ("PRJNA", "PRJEA", "PRJEB", "PRJDA", "PRJDB"), r"[0-9]{1,9}", "bioproject"),
    Pattern("BioSample", _SAMPLE, ("SAMN",), r"[0-9]{8,10}", "biosample"),
    Pattern("BioSample", _SAMPLE, ("SAME", "SAMEA", "SAMEG"), r"[0-9]{4,12}", "biosample"),
    Pattern("BioSample", _SAMPLE, ("SAMD",), r"[0-9]{8}", "biosample"),
    Pattern("SRA", ("Study", "Project"), _leads("SED", "RP"), _SIX, "insdc.sra"),
    Pattern("SRA", _SAMPLE, _leads("SED", "RS"), _SIX, "insdc.sra"),
    Pattern("SRA", _ASSAY, _leads("SED", "RX"), _SIX, "insdc.sra"),
    Pattern("SRA", _RUN, _leads("SED", "RR"), _SIX, "insdc.sra"),
    Pattern("SRA", ("Analysis",), _leads("SED", "RZ"), _SIX, "insdc.sra"),
    Pattern("SRA", ("Submission",), _leads("SED", "RA"), _SIX, "insdc.sra"),
    Pattern("INSDC assembly", ("Analysis",), ("GCA", "GCF"), r"_[0-9]{9}(?:\.[0-9]+)?", "insdc.gca"),
    # --- expression
    Pattern("GEO", ("Study", "Dataset"), ("GSE",), r"[0-9]{1,8}", "geo"),
    Pattern("GEO", ("Biosample", "Material", "Assay"), ("GSM",), r"[0-9]{1,9}", "geo"),
    Pattern("GEO", ("Platform",), ("GPL",), r"[0-9]{1,7}", "geo"),
    Pattern("GEO", _DATASET, ("GDS",), r"[0-9]{1,7}", "geo"),
    Pattern("GEA", _STUDY, ("E-GEAD",), r"-[0-9]{1,6}", "gea"),
    Pattern("ArrayExpress", ("Study", "Dataset"), ("E", "A", "P"), r"-(?!GEAD)[A-Z]{4}-[0-9]{1,6}", "arrayexpress"),
    Pattern("BioStudies", _STUDY, ("S",), r"-[A-Z]{3,6}[-_A-Z0-9]{1,20}", "biostudies"),
    # --- controlled access
    Pattern("EGA", _STUDY, ("EGAS",), r"[0-9]{11}", "ega.study"),
    Pattern("EGA", _DATASET, ("EGAD",), r"[0-9]{11}", "ega.dataset"),
    Pattern("EGA", _SAMPLE, ("EGAN",), r"[0-9]{11}", "ega.sample"),
    Pattern("EGA", _ASSAY, ("EGAX",), r"[0-9]{11}", "ega.experiment"),
    Pattern("EGA", _RUN, ("EGAR",), r"[0-9]{11}", "ega.run"),
    Pattern("EGA", ("Analysis",), ("EGAZ",), r"[0-9]{11}", "ega.analysis"),
    Pattern("EGA", ("DataFile",), ("EGAF",), r"[0-9]{11}", "ega.file"),
    Pattern("dbGaP", ("Study", "Dataset"), ("phs",), r"[0-9]{6}(?:\.v[0-9]+(?:\.p[0-9]+)?(?:\.c[0-9]+)?)?", "dbgap"),
    Pattern("JGA", _STUDY, ("JGAS",), _SIX, "jga"),
    Pattern("JGA", _DATASET, ("JGAD",), _SIX, "jga"),
    Pattern("JGA", _SAMPLE, ("JGAN",), _SIX, "jga"),
    Pattern("JGA", _ASSAY, ("JGAX",), _SIX, "jga"),
    Pattern("JGA", _RUN, ("JGAR",), _SIX, "jga"),
    Pattern("JGA", ("Analysis",), ("JGAZ",), _SIX, "jga"),
    Pattern("JGA", ("AccessPolicy",), ("JGAP",), _SIX, "jga"),
    # --- proteomics, metabolomics
    Pattern("ProteomeXchange", ("Dataset", "Study", "Project"), ("PXD", "RPXD"), _SIX, "px"),
    Pattern("PRIDE", ("Dataset", "Project"), ("PRD",), r"[0-9]{6}", "pride.project"),
    Pattern("iProX", ("Project", "Dataset"), ("IPX",), r"[0-9]{10}", "iprox"),
    Pattern("jPOST", ("Project", "Dataset"), ("JPST",), r"[0-9]{6}", "jpost"),
    Pattern("MassIVE", _DATASET, ("MSV", "RMSV"), r"[0-9]{9}", "massive"),
    Pattern("MetaboLights", ("Study", "Dataset"), ("MTBLS",), r"[0-9]{1,6}", "metabolights"),
    Pattern("MetaboBank", ("Study", "Dataset"), ("MTBKS",), r"[0-9]{1,6}", "metabobank"),
    Pattern("Metabolomics Workbench", ("Study", "Dataset"), ("ST",), r"[0-9]{6}", "mw.study"),
    Pattern("Metabolomics Workbench", ("Project",), ("PR",), r"[0-9]{6}", "mw.project"),
    # --- others
    Pattern("NODE", ("Project",), ("OEP",), r"[0-9]{6,8}", "node"),
    Pattern("NODE", _ASSAY, ("OEX",), r"[0-9]{6,8}", "node"),
    Pattern("NODE", _SAMPLE, ("OES",), r"[0-9]{6,8}", "node"),
    Pattern("NODE", _RUN, ("OER",), r"[0-9]{6,8}", "node"),
    Pattern("NODE", ("Analysis",), ("OEZ",), r"[0-9]{6,8}", "node"),
    Pattern("NODE", ("DataFile",), ("OED",), r"[0-9]{6,8}", "node"),
    Pattern("KBDS", ("Project", "Study"), ("KAP", "PRJKA"), _SIX, "kobic"),
    Pattern("KBDS", _SAMPLE, ("KAS", "SAMK"), _SIX, "kobic"),
)
"""All patterns; no accession fits two of them."""


class Accession(NamedTuple):
    """An accession that was recognised.

    Attributes
    ----------
    id
        As the archive writes it.
    prefix
        Prefix of its CURIE.
    kinds
        Classes of the model that the object may be, the likeliest first.
    archive
        Name of the archive.
    """

    id: str
    prefix: str
    kinds: tuple[str, ...]
    archive: str

    @property
    def kind(self) -> str:
        """The likeliest of ``kinds``."""
        return self.kinds[0]

    @property
    def curie(self) -> str:
        """``prefix:id``."""
        return f"{self.prefix}:{self.id}"


_LEAD: Final = re.compile(r"E-GEAD|[A-Za-z]+")
_BY_LEAD: Final = {lead: pattern for pattern in PATTERNS for lead in pattern.leads}


def _known_lead(text: str) -> str | None:
    """The letters that an accession begins with, where there are accessions that do."""
    found = _LEAD.match(text)
    if found is None or found[0] in _BY_LEAD:
        return found and found[0]
    # GWH runs into four letters of its own.
    return "GWH" if found[0].startswith("GWH") else None


@cache
def _form_of(lead: str) -> re.Pattern[str]:
    return re.compile(re.escape(lead) + _BY_LEAD[lead].rest, re.ASCII)


def match_accession(text: str) -> Accession | None:
    """Recognise an accession that stands alone and as its archive writes it.

    Parameters
    ----------
    text
        A text without blanks around it.

    Examples
    --------
    >>> match_accession("SAMC703641").curie, match_accession("phs000747.v2.p1").kinds
    ('ngdc.biosample:SAMC703641', ('Study', 'Dataset'))
    >>> match_accession("S17") is None
    True
    """
    if not 4 <= len(text) <= 40:
        return None
    lead = _known_lead(text)
    if lead is None or _form_of(lead).fullmatch(text) is None:
        return None
    pattern = _BY_LEAD[lead]
    return Accession(text, pattern.prefix, pattern.kinds, pattern.archive)


@cache
def _column_of(pattern: Pattern) -> Callable[[str], object]:
    return re.compile(rf"(?:(?:(?:{'|'.join(map(re.escape, pattern.leads))}){pattern.rest})?\n)*", re.ASCII).fullmatch


def match_all(texts: Sequence[str]) -> Accession | None:
    """Recognise a column of accessions of one archive and kind; each stands alone and as the archive writes it, or is blank.

    Returns
    -------
    Accession or None
        The first of them; None where one of the texts is something else, or all are blank.

    Examples
    --------
    >>> match_all(["SRR000001", "", "ERR000002"]).prefix
    'insdc.sra'
    >>> match_all(["SRR000001", "SRX000001"]) is None
    True
    """
    first = next((t for t in texts if t), "")
    known = match_accession(first)
    if known is None:
        return None
    lead = _known_lead(first)
    assert lead is not None
    return known if _column_of(_BY_LEAD[lead])("\n".join(texts) + "\n") else None


_CURIE: Final = re.compile(r"([A-Za-z][A-Za-z0-9._-]*)\s*:\s*(\S+)")
# Addresses end in the accession, or carry it in a parameter: acc.cgi?acc=GSE1, browse/CRA006587/CRR456568.
_ADDRESS: Final = re.compile(r"https?://\S+?[/=:]([A-Za-z][A-Za-z0-9_.-]{3,39})/?(?:\?[^=\s]*)?", re.IGNORECASE)
_GLUED: Final = re.compile(r"[A-Za-z_-]+[\s_-]*[0-9]\S*")
_IN_TEXT: Final = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z_-]{0,8}[0-9][0-9.vpc-]{2,20}(?![A-Za-z0-9])")
# Prefixes as people write them before an accession ("BioSample: SAMN01", "GEO:GSE1", "sra:SRR1").
_PREFIXES: Final = frozenset(
    {
        "accession",
        "geo",
        "sra",
        "ena",
        "ddbj",
        "biosample",
        "bioproject",
        "arrayexpress",
        "insdc",
        "dbgap",
        "ega",
        "gsa",
        "pride",
        "px",
        "ncbi",
        "id",
        "ae",
    }
)


def _recognise(text: str) -> tuple[Accession | None, str]:
    """Recognise an accession in a cleaned text; says the step taken."""
    if (known := match_accession(text)) is not None:
        return known, ""
    if found := _CURIE.fullmatch(text):
        known = match_accession(found[2]) or match_accession(found[2].upper())
        if known is not None:
            prefix = found[1].lower()
            if prefix == known.prefix:
                return known, "CURIE"
            if prefix in _PREFIXES or prefix in known.prefix or prefix == known.archive.lower():
                return known, "prefix left out"
        if found[1].lower() not in ("http", "https"):
            return None, ""
    if (found := _ADDRESS.fullmatch(text)) and (known := match_accession(found[1])) is not None:
        return known, "accession of an address"
    if _GLUED.fullmatch(text):
        joined = re.sub(r"\s+", "", text)
        for candidate in (joined.upper(), joined.lower()):
            if candidate != text and (known := match_accession(candidate)) is not None:
                return known, "as the archive writes it"
    return None, ""


_EXPECTED: Final = "an accession of a public archive, such as SAMN41019184, SAMC703641 or GSM11805"


def read_accession(text: str, kinds: Collection[str] | None = None) -> Parsed | None:
    """Read one accession.

    Parameters
    ----------
    text
        The cell's text: an accession, its CURIE, or the address of its page.
    kinds
        Classes of the model that are expected; None: any.

    Returns
    -------
    Parsed or None
        With the CURIE; None for a blank text.

    Findings
    --------
    accession-unknown, accession-wrong-kind

    Examples
    --------
    >>> read_accession("srr28752446").value, read_accession("https://www.ncbi.nlm.nih.gov/biosample/SAMN41019184").value
    ('insdc.sra:SRR28752446', 'biosample:SAMN41019184')
    >>> read_accession("SRR28752446", kinds=("Biosample",)).issues[0].code
    'accession-wrong-kind'
    """
    if (known := match_accession(text)) is not None:
        return Parsed(known.curie) if kinds is None or fits_kinds(known, kinds) else _wrong(known, kinds, ())
    cleaned = clean(text)
    if not cleaned:
        return None
    known, step = _recognise(cleaned) if len(cleaned) <= 300 else (None, "")
    steps = (step,) if step and step != "CURIE" else ("tidied",) if cleaned != text else ()
    if known is None:
        if kinds is not None and set(kinds) & {"Taxon"} and cleaned.isascii() and cleaned.isdigit() and len(cleaned) <= 8:
            return Parsed(f"NCBITaxon:{cleaned}", ("number of the NCBI taxonomy",))
        inside = [a for a in (match_accession(m) for m in _IN_TEXT.findall(cleaned[:2000])) if a is not None]
        fix = f"write {inside[0].id} alone" if len(inside) == 1 else "write one accession to a cell" if inside else ""
        return Parsed(None, (), (Issue("accession-unknown", _EXPECTED, fix),))
    return Parsed(known.curie, steps) if kinds is None or fits_kinds(known, kinds) else _wrong(known, kinds, steps)


def fits_kinds(known: Accession, kinds: Collection[str]) -> bool:
    """Tell whether one of the kinds is what the accession stands for; assays have subclasses of many names."""
    return any(k in kinds or (k == "Assay" and any(x.endswith("Assay") for x in kinds)) for k in known.kinds)


def _wrong(known: Accession, kinds: Collection[str], steps: tuple[str, ...]) -> Parsed:
    is_one = " or ".join(known.kinds)
    issue = Issue(
        "accession-wrong-kind",
        f"an accession of a {' or '.join(kinds)}",
        f"{known.id} is that of a {is_one} of {known.archive}",
    )
    return Parsed(None, steps, (issue,))


_SEPARATORS: Final = re.compile(r"[,;|\s，；、]+")
_RANGE: Final = re.compile(r"([A-Za-z]+)([0-9]+)\s*(?:-|–|~|\.\.|\bto\b)\s*([A-Za-z]+)?([0-9]+)")
_RANGE_LIMIT: Final = 10_000  # a range beyond this is a slip or an attack


def read_accessions(text: str, kinds: Collection[str] | None = None) -> tuple[Parsed, ...]:
    """Read a list of accessions: separated by commas, semicolons, bars or blanks, with ranges as DDBJ writes them.

    Parameters
    ----------
    text
        The cell's text.
    kinds
        As in :func:`read_accession`.

    Returns
    -------
    tuple of Parsed
        One per accession, in order; () for a blank text.

    Examples
    --------
    >>> [p.value for p in read_accessions("SAMD00005658-SAMD00005660")]
    ['biosample:SAMD00005658', 'biosample:SAMD00005659', 'biosample:SAMD00005660']
    >>> read_accessions("SRR000001; nothing")[1].issues[0].code
    'accession-unknown'
    """
    cleaned = clean(text)
    if not cleaned:
        return ()
    cleaned = re.sub(r":\s+", ":", cleaned)
    cleaned = re.sub(r"\s*(-|–|~|\.\.)\s+(?=[A-Za-z]*[0-9])|\s+(-|–|~|\.\.)\s*(?=[A-Za-z]*[0-9])", "-", cleaned)
    answers: list[Parsed] = []
    for piece in _SEPARATORS.split(cleaned):
        if piece:
            answers += _ranged(piece, kinds)
    return tuple(answers)


def spelt_out(text: str) -> list[str]:
    """Write out a range of accessions; any other text stays as it is.

    Examples
    --------
    >>> spelt_out("SAMD00005658-SAMD00005660")
    ['SAMD00005658', 'SAMD00005659', 'SAMD00005660']
    >>> spelt_out("mouse 1-3")
    ['mouse 1-3']
    """
    if "-" not in text:
        return [text]
    found = read_accessions(text)
    if len(found) < 2 or any(not isinstance(p.value, str) for p in found):
        return [text]
    return [str(p.value).partition(":")[2] for p in found]


def _ranged(piece: str, kinds: Collection[str] | None) -> list[Parsed]:
    found = _RANGE.fullmatch(piece)
    if found is None or match_accession(piece) is not None or len(piece) > 80:
        one = read_accession(piece, kinds)
        return [one] if one else []
    lead, start, other, end = found.groups()
    first, last = int(start), int(end)
    known = match_accession(lead + start)
    if known is None or (other is not None and other != lead) or not 0 <= last - first <= _RANGE_LIMIT or len(end) != len(start):
        issue = Issue("accession-unknown", "a range of accessions of one kind, such as SAMD00005658-SAMD00005660")
        return [Parsed(None, (), (issue,))]
    numbers = (f"{n:0{len(start)}d}" for n in range(first, last + 1))
    each = [read_accession(lead + n, kinds) for n in numbers]
    return [p._replace(steps=(*p.steps, "one of a range")) for p in each if p is not None]
