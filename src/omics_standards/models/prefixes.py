"""The prefix map: CURIE to IRI and back.

In: nothing but this file. Out: :data:`PREFIXES`, :func:`expand`, :func:`compress`.

Names agree with bioregistry where bioregistry knows the resource; the objects of NGDC and CNGB, which it lacks or whose
accessions its patterns reject, have names of ours (``ngdc.*``, ``cngb.*``). An expansion is an identifier first and a
web page second: CRX and CRR pages, for instance, need their CRA in the path.

References
----------
https://bioregistry.io and the archives' own pages, as collected in ``accession_patterns.tsv`` (read 2026-08).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import Final

__all__ = ["PREFIXES", "compress", "expand", "is_iri", "is_iri_reference"]

# RFC 3987: characters of a path or a query, without those for private use (which only a query may hold), and escapes.
_CHAR: Final = r"(?:[^\x00-\x20<>\"{}|\\^`%\[\]#\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufff0-\uffff\U000f0000-\U0010ffff]|%[0-9A-Fa-f]{2})"
_HOST: Final = rf"//(?:(?:(?![/?@]){_CHAR})*@)?(?:\[[0-9A-Fa-f:.]+\]|(?:(?![/?@:]){_CHAR})*)(?::[0-9]*)?(?=[/?#]|$)"
_REST: Final = rf"{_CHAR}*(?:#{_CHAR}*)?"
_ABSOLUTE: Final = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:(?=.)(?:{_HOST}|(?!//)){_REST}")
_REFERENCE: Final = re.compile(rf"(?=.){_REST}")

_OBO: Final = (
    "BFO BTO CHEBI CHMO CL CLO DOID DUO ECO EMAPA ENVO FAO FBbt FBcv FBdv FMA FOODON GAZ GENEPIO GNO GO HANCESTRO HP "
    "HsapDv IAO MA MAXO MOD MONDO MP MS MmusDv NCBITaxon NCIT OBI PATO PCO PO PR PRIDE RO SO TO UBERON UNIMOD UO "
    "WBPhenotype WBbt WBls XAO XLMOD XPO ZFA ZFS"
)

PREFIXES: Final[dict[str, str]] = {
    # our own
    "omst": "https://w3id.org/omics-standards/",
    # vocabularies
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "http://schema.org/",
    # NGDC (China National Center for Bioinformation)
    "ngdc.bioproject": "https://ngdc.cncb.ac.cn/bioproject/browse/",
    "ngdc.biosample": "https://ngdc.cncb.ac.cn/biosample/browse/",
    "ngdc.gsa": "https://ngdc.cncb.ac.cn/gsa/browse/",
    "ngdc.gsahuman": "https://ngdc.cncb.ac.cn/gsa-human/browse/",
    "ngdc.omix": "https://ngdc.cncb.ac.cn/omix/release/",
    "ngdc.gwh": "https://ngdc.cncb.ac.cn/gwh/Assembly/",
    "ngdc.gvm": "https://ngdc.cncb.ac.cn/gvm/getProjectDetail?project=",
    "ngdc.gen": "https://ngdc.cncb.ac.cn/gen/browse/datasets/",
    "genbase": "https://ngdc.cncb.ac.cn/genbase/search/gb/",
    # CNGB (China National GeneBank) and other Chinese archives
    "cngb.project": "https://db.cngb.org/search/project/",
    "cngb.sample": "https://db.cngb.org/search/sample/",
    "cngb.experiment": "https://db.cngb.org/search/experiment/",
    "cngb.run": "https://db.cngb.org/search/run/",
    "cngb.assembly": "https://db.cngb.org/search/assembly/",
    "cngb.stomics": "https://db.cngb.org/stomics/project/",
    "node": "https://www.biosino.org/node/project/detail/",
    "iprox": "https://www.iprox.cn/page/project.html?id=",
    # INSDC
    "bioproject": "https://www.ncbi.nlm.nih.gov/bioproject/",
    "biosample": "https://www.ncbi.nlm.nih.gov/biosample/",
    "insdc.sra": "https://www.ncbi.nlm.nih.gov/sra/",
    "insdc.gca": "https://www.ncbi.nlm.nih.gov/datasets/genome/",
    "insdc": "https://www.ncbi.nlm.nih.gov/nuccore/",
    # expression, controlled access, proteomics, metabolomics
    "geo": "https://www.ncbi.nlm.nih.gov/geo/query/acc.cgi?acc=",
    "arrayexpress": "https://www.ebi.ac.uk/biostudies/arrayexpress/studies/",
    "biostudies": "https://www.ebi.ac.uk/biostudies/studies/",
    "gea": "https://ddbj.nig.ac.jp/public/ddbj_database/gea/experiment/",
    "ega.study": "https://ega-archive.org/studies/",
    "ega.dataset": "https://ega-archive.org/datasets/",
    "ega.sample": "https://ega-archive.org/samples/",
    "ega.experiment": "https://ega-archive.org/experiments/",
    "ega.run": "https://ega-archive.org/runs/",
    "ega.analysis": "https://ega-archive.org/analyses/",
    "ega.file": "https://ega-archive.org/files/",
    "dbgap": "https://www.ncbi.nlm.nih.gov/gap/?term=",
    "jga": "https://ddbj.nig.ac.jp/search/entry/jga-study/",
    "px": "https://proteomecentral.proteomexchange.org/cgi/GetDataset?ID=",
    "pride.project": "https://www.ebi.ac.uk/pride/archive/projects/",
    "massive": "https://massive.ucsd.edu/ProteoSAFe/dataset.jsp?task=",
    "jpost": "https://repository.jpostdb.org/entry/",
    "metabolights": "https://www.ebi.ac.uk/metabolights/",
    "metabobank": "https://mb2.ddbj.nig.ac.jp/study/",
    "mw.study": "https://www.metabolomicsworkbench.org/data/DRCCMetadata.php?Mode=Study&StudyID=",
    "mw.project": "https://www.metabolomicsworkbench.org/data/DRCCMetadata.php?Mode=Project&ProjectID=",
    "kobic": "https://kbds.re.kr/",
    # people, institutions, publications
    "orcid": "https://orcid.org/",
    "ror": "https://ror.org/",
    "doi": "https://doi.org/",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/",
    "pmc": "https://www.ncbi.nlm.nih.gov/pmc/articles/",
    # ontologies outside the OBO PURL
    "EFO": "http://www.ebi.ac.uk/efo/EFO_",
    "Orphanet": "http://www.orpha.net/ORDO/Orphanet_",
    "EDAM": "http://edamontology.org/",
    "CVCL": "https://www.cellosaurus.org/CVCL_",
    **{prefix: f"http://purl.obolibrary.org/obo/{prefix}_" for prefix in _OBO.split()},
}
"""CURIE prefix to the IRI that replaces it and the colon."""

_BY_IRI: Final = sorted((iri, prefix) for prefix, iri in PREFIXES.items())
_IRIS: Final = [iri for iri, _ in _BY_IRI]


def is_iri(text: str) -> bool:
    """Tell whether a text is an absolute IRI by the grammar of RFC 3987 (scheme, host, escapes, one fragment).

    Examples
    --------
    >>> is_iri("http://[::1]:80/a?b=c#d"), is_iri("urn:x")
    (True, True)
    >>> is_iri("http://a/b[1]"), is_iri("http://a/%zz"), is_iri("http://a/#b#c"), is_iri("//a/b"), is_iri("http://a b")
    (False, False, False, False, False)
    """
    return _ABSOLUTE.fullmatch(text) is not None


def is_iri_reference(text: str) -> bool:
    """Tell whether a text can be an IRI, a CURIE or a path that is relative to one.

    Examples
    --------
    >>> is_iri_reference("biosample/S1"), is_iri_reference("UBERON:0002107"), is_iri_reference("a b"), is_iri_reference("")
    (True, True, False, False)
    """
    return _REFERENCE.fullmatch(text) is not None or _ABSOLUTE.fullmatch(text) is not None


def expand(curie: str) -> str | None:
    """Return the IRI of a CURIE, None where the prefix is not known.

    Examples
    --------
    >>> expand("ngdc.gsa:CRA006587")
    'https://ngdc.cncb.ac.cn/gsa/browse/CRA006587'
    >>> expand("nothing:1") is None
    True
    """
    prefix, colon, local = curie.partition(":")
    namespace = PREFIXES.get(prefix)
    return namespace + local if colon and local and namespace is not None else None


@lru_cache(maxsize=65_536)
def compress(iri: str) -> str | None:
    """Return the CURIE of an IRI with the longest namespace that fits, None where none does.

    Examples
    --------
    >>> compress("http://purl.obolibrary.org/obo/UBERON_0002107")
    'UBERON:0002107'
    >>> compress("https://example.org/1") is None
    True
    """
    # The longest namespace that is a prefix of the IRI sorts last among those not greater than it, but a longer
    # unrelated one may stand between: step back as long as the entries can still share a beginning.
    at = bisect_right(_IRIS, iri) - 1
    while at >= 0:
        namespace, prefix = _BY_IRI[at]
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}" if len(iri) > len(namespace) else None
        if namespace[:12] != iri[:12]:
            return None
        at -= 1
    return None
