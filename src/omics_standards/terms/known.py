"""Closed concepts that are written in ways no name matches: sexes, and the absence of disease. A text in, a CURIE out.

Both are PATO's. That a healthy person has no disease is said by *normal*; none of MONDO, DOID and HP has a term for it, and
EFO's *control* is a part in an experiment, not a state of health.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from ..values.sex import read_sex
from ..values.text import clean, normal

__all__ = ["NORMAL", "KnownReading", "read_known"]

NORMAL: Final = "PATO:0000461"
"""*normal*: what a slot for diseases says of the healthy."""


class KnownReading(NamedTuple):
    """A term known by its CURIE.

    Parameters
    ----------
    curie
        The term.
    step
        ``known-sex`` or ``known-healthy``.
    accept
        False where a person should decide.
    """

    curie: str
    step: str
    accept: bool


_SEXES: Final = {
    "female": "PATO:0000383",
    "male": "PATO:0000384",
    "hermaphrodite": "PATO:0001340",
    "pooled male and female": "PATO:0001338",  # "mixed sex"
}

# Says that there is no disease.
_HEALTHY: Final = (
    "healthy|health|normal|normal control|normal controls|healthy control|healthy controls|healthy normal|normal healthy|healthy donor|"
    "healthy donors|healthy volunteer|healthy volunteers|healthy subject|healthy subjects|healthy individual|healthy individuals|"
    "healthy person|healthy people|healthy adult|normal donor|normal subject|apparently healthy|no disease|no known disease|"
    "no known disorder|no disease present|without disease|non diseased|nondiseased|not diseased|disease free control|"
    "健康|健康人|健康对照|健康对照组|健康志愿者|正常|正常人|正常对照|正常对照组|无疾病|无病|健康个体|健康组|正常组"
)
# "Control" is a part in a design: the controls of a study of one disease may have another, or be the untreated half of the
# patients. "Disease free" is also said of patients after a cure, "unaffected" of carriers and relatives, "normal tissue" of
# the margin of a tumour. All may mean *normal*, and one who knows the study sees at once.
_PERHAPS: Final = (
    "control|controls|ctrl|ctl|hc|nc|control group|control subject|control donor|reference|disease free|unaffected|not affected|"
    "non disease|normal tissue|no|none|no diagnosis|对照|对照组|未患病|正常组织"
)
_WORDS: Final = {
    **{normal(word): False for word in _PERHAPS.split("|")},
    **{normal(word): True for word in _HEALTHY.split("|")},
}


def read_known(text: str, prefix: str) -> KnownReading | None:
    """Read a sex or the absence of disease as a term.

    The caller keeps to the slot's branch: a slot for diseases allows *normal* of PATO and nothing else of it.

    Parameters
    ----------
    text
        A cell's text that is neither label nor synonym in that ontology.
    prefix
        Of the ontology the term is wanted in; only PATO has these concepts.

    Returns
    -------
    KnownReading or None
        None for a miss. A bare number is never a sex here: what it stands for is said by no cell.

    Findings
    --------
    None.

    References
    ----------
    PATO: http://purl.obolibrary.org/obo/pato.owl. That *normal* stands for "no disease" is the rule of the cellxgene schema
    (https://github.com/chanzuckerberg/single-cell-curation, ``disease_ontology_term_id``) and of SDRF-Proteomics
    (https://github.com/bigbio/proteomics-sample-metadata).

    Examples
    --------
    >>> read_known("Healthy control", "PATO")
    KnownReading(curie='PATO:0000461', step='known-healthy', accept=True)
    >>> read_known("control", "PATO").accept, read_known("雌", "PATO").curie
    (False, 'PATO:0000383')
    >>> read_known("wild type", "PATO") is None, read_known("healthy", "MONDO") is None, read_known("2", "PATO") is None
    (True, True, True)
    """
    if prefix != "PATO" or len(text) > 80:
        return None
    form = normal(clean(text))
    if (accept := _WORDS.get(form)) is not None:
        return KnownReading(NORMAL, "known-healthy", accept)
    sex = read_sex(text)
    if sex is None or not isinstance(sex.value, str) or sex.value not in _SEXES:
        return None
    return KnownReading(_SEXES[sex.value], "known-sex", accept=not sex.issues)
