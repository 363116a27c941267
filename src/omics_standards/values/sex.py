"""Sex. In: a cell's text; out: a permissible value of the model's vocabulary.

Words and letters are understood; a number is a code that only its legend explains, in the cell ("1 (male)") or in the header
("sex (1=male, 2=female)"), and none is guessed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..findings import Issue
from .parsed import Parsed
from .text import clean, normal, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SEXES", "read_sex", "read_sex_legend"]

SEXES: Final = (
    "female",
    "male",
    "hermaphrodite",
    "intersex",
    "neuter",
    "asexual",
    "pooled male and female",
    "not determined",
    "other",
)
"""The permissible values: those of INSDC's attribute ``sex``, with two that plants and other vocabularies need."""

# The PATO and NCIT terms are how HCA, cellxgene and curatedMetagenomicData write sex.
_SPELLINGS: Final = {
    "female": (
        "female|f|woman|women|girl|females|fem|femal|femaile|femela|weiblich|femme|femenino|femmina|♀|女|"
        "女性|女士|雌|雌性|母|メス|여성|여|PATO:0000383|NCIT:C16576|xx|female sex for clinical use|maternal"
    ),
    "male": (
        "male|m|man|men|boy|males|mal|männlich|homme|masculino|maschio|♂|男|男性|男士|雄|雄性|公|オス|남성|"
        "남|PATO:0000384|NCIT:C20197|xy|male sex for clinical use"
    ),
    "hermaphrodite": ("hermaphrodite|hermaphroditic|hermaphrodites|monoecious|雌雄同体|两性|PATO:0001340|bisexual flower"),
    "intersex": ("intersex|inter sex|pseudohermaphrodite|间性|雌雄间性|PATO:0001827"),
    "neuter": (
        "neuter|neutered|castrated|castrate|castrated male|spayed|spayed female|male castrated|female spayed|steer|gelding|阉割|去势|中性"
    ),
    "asexual": ("asexual|no sex|无性"),
    "pooled male and female": (
        "pooled male and female|pooled female and male|mixed|mixed sex|mixed sexes|mix|male and female|"
        "female and male|males and females|females and males|male/female|female/male|m/f|f/m|m,f|f,m|"
        "m and f|m & f|male & female|both|both sexes|pooled sexes|mixture of male and female|"
        "pool of male and female|pooled (male and female)|♀♂|♂♀|雌雄混合|混合性别|雌雄混样|男女混合|雌雄|"
        "男女|公母|PATO:0001338|equal parts male and female|multi-sex|multisex"
    ),
    "not determined": ("not determined|undetermined|indeterminate|could not be determined|未确定|未鉴定"),
    "other": ("other|other sex|others|其他|其它|其他性别"),
}
_WORDS: Final = {normal(w): value for value, spellings in _SPELLINGS.items() for w in spellings.split("|")}
_CODES: Final = frozenset({"0", "1", "2", "3", "9"})
# Something near the sex is said: chromosomes (which are another pair in birds, and say nothing of XXY or of a line that lost
# its Y), a mother's sample, "both" of a pair. Read, and flagged.
_INFERRED: Final = frozenset(map(normal, ("xx", "xy", "maternal", "both", "mix", "multi-sex", "multisex")))
_PAIR: Final = re.compile(r"(?P<left>[^=:()]+?)\s*[=:(]\s*(?P<right>[^=:()]+?)\s*\)?")
_LEGEND: Final = re.compile(r"(?P<code>[0-9])\s*[=:.-]\s*(?P<word>[^\W\d_]+)|(?P<word2>[^\W\d_]+)\s*[=:]\s*(?P<code2>[0-9])")
_EXPECTED: Final = "male, female, hermaphrodite, pooled male and female, or a reason for absence"


def read_sex_legend(header: str) -> dict[str, str]:
    """Read what the numbers in a column stand for, where its header says it.

    Parameters
    ----------
    header
        The header as it stands.

    Returns
    -------
    dict
        Code → permissible value; {} where the header says nothing, or says two things of one code.

    Examples
    --------
    >>> read_sex_legend("sex (1=male, 2=female)"), read_sex_legend("性别（女=0，男=1）")
    ({'1': 'male', '2': 'female'}, {'0': 'female', '1': 'male'})
    >>> read_sex_legend("sex"), read_sex_legend("sex 1=male 1=female")
    ({}, {})
    """
    legend: dict[str, str] = {}
    for found in _LEGEND.finditer(plain(header)):
        code, word = found["code"] or found["code2"], found["word"] or found["word2"]
        value = _WORDS.get(normal(word))
        if value is None:
            continue
        if legend.setdefault(code, value) != value:
            return {}
    return legend


def _with_code(text: str) -> str | None:
    """Read "1 (male)", "male = 1": the code and its word; None where the text has another form."""
    found = _PAIR.fullmatch(plain(text))
    if found is None:
        return None
    parts = normal(found["left"]), normal(found["right"])
    words = {value for part in parts if (value := _WORDS.get(part)) is not None}
    coded = any(part in _CODES for part in parts) or len(set(parts) & {"m", "f"}) == 1
    return words.pop() if coded and len(words) == 1 else None


def read_sex(text: str, legend: Mapping[str, str] | None = None) -> Parsed | None:
    """Read a sex.

    Parameters
    ----------
    text
        The cell's text; words for absence are to be read before (:func:`.missing.read_missing`).
    legend
        What numbers stand for, from :func:`read_sex_legend`; None: nothing is said of them.

    Returns
    -------
    Parsed or None
        With one of :data:`SEXES`; None for a blank text.

    Findings
    --------
    sex-unknown, code-without-legend, sex-inferred

    Examples
    --------
    >>> read_sex("Female ").value, read_sex("雄").value, read_sex("mixed").value
    ('female', 'male', 'pooled male and female')
    >>> read_sex("2").issues[0].code, read_sex("green").issues[0].code
    ('code-without-legend', 'sex-unknown')
    >>> read_sex("2", {"1": "male", "2": "female"}).value, read_sex("1 (male)").value, read_sex("XY").issues[0].code
    ('female', 'male', 'sex-inferred')
    """
    if text in SEXES:
        return Parsed(text)
    cleaned = clean(text)
    if not cleaned:
        return None
    form = normal(cleaned[:80]).removesuffix(" 0").removesuffix(".0")
    if (value := _WORDS.get(form)) is not None:
        if form in _INFERRED:
            return Parsed(value, ("inferred",), (Issue("sex-inferred", _EXPECTED, f"write {value!r}, if that is meant"),))
        return Parsed(value, ("word of the vocabulary",) if cleaned.lower() != value else ("in lower case",))
    if legend and (value := legend.get(form)) is not None:
        return Parsed(value, ("by the header's legend",))
    if (value := _with_code(cleaned[:80])) is not None:
        return Parsed(value, ("by the legend in the cell",))
    if form in _CODES:
        fix = "write male or female: 1 and 2 stand for either in one table or another"
        return Parsed(None, (), (Issue("code-without-legend", _EXPECTED, fix),))
    return Parsed(None, (), (Issue("sex-unknown", _EXPECTED),))
