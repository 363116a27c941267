"""Sex. In: a cell's text; out: a permissible value of the model's vocabulary.

Words and letters are understood; a number is a code that only its legend explains, and none is guessed.
"""

from __future__ import annotations

from typing import Final

from ..findings import Issue
from .parsed import Parsed
from .text import clean, normal

__all__ = ["SEXES", "read_sex"]

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
_EXPECTED: Final = "male, female, hermaphrodite, pooled male and female, or a reason for absence"


def read_sex(text: str) -> Parsed | None:
    """Read a sex.

    Parameters
    ----------
    text
        The cell's text; words for absence are to be read before (:func:`.missing.read_missing`).

    Returns
    -------
    Parsed or None
        With one of :data:`SEXES`; None for a blank text.

    Findings
    --------
    sex-unknown, code-without-legend

    Examples
    --------
    >>> read_sex("Female ").value, read_sex("雄").value, read_sex("mixed").value
    ('female', 'male', 'pooled male and female')
    >>> read_sex("2").issues[0].code, read_sex("green").issues[0].code
    ('code-without-legend', 'sex-unknown')
    """
    if text in SEXES:
        return Parsed(text)
    cleaned = clean(text)
    if not cleaned:
        return None
    form = normal(cleaned[:80]).removesuffix(" 0").removesuffix(".0")
    if (value := _WORDS.get(form)) is not None:
        return Parsed(value, ("word of the vocabulary",) if cleaned.lower() != value else ("in lower case",))
    if form in _CODES:
        fix = "write male or female: 1 and 2 stand for either in one table or another"
        return Parsed(None, (), (Issue("code-without-legend", _EXPECTED, fix),))
    return Parsed(None, (), (Issue("sex-unknown", _EXPECTED),))
