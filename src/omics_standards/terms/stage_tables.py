"""Which ages the stages of each ontology span: numbers and labels only.

The numbers are facts that the ontologies state of their own terms: the ``start_…`` and ``end_…`` properties of HsapDv and
MmusDv (https://github.com/obophenotype/developmental-stage-ontologies, release 2025-01-23), the definitions of FBdv (release
2026-04-02, https://github.com/FlyBase/drosophila-developmental-ontology) and WBls (WS298,
https://github.com/obophenotype/c-elegans-development-ontology). ZFS states none; its hours are those of ZFIN's table of stages
(https://zfin.org/zf_info/zfbook/stages/index.html), after Kimmel et al. 1995, Developmental Dynamics 203:253-310.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from .stage_text import Staged

__all__ = [
    "FISH_STAGES",
    "FLY_EMBRYO",
    "FLY_LARVA",
    "FLY_PUPA",
    "HUMAN_BIRTH",
    "HUMAN_CARNEGIE",
    "HUMAN_RANGES",
    "HUMAN_WORDS",
    "MONTH",
    "MOUSE_BIRTH",
    "MOUSE_RANGES",
    "MOUSE_THEILER",
    "MOUSE_WORDS",
    "UBERON_STAGES",
    "UBERON_WORDS",
    "YEAR",
    "Choice",
    "ordinal",
]


class Choice(NamedTuple):
    """What one statement of a text may mean.

    Parameters
    ----------
    names
        Labels or exact synonyms, best first; none: the statement means nothing in this ontology.
    low, high
        The time it spans, in the unit of the species' axis; wide where the words are loose.
    accept
        False for a suggestion.
    step
        How it was read.
    """

    names: tuple[str, ...]
    low: float
    high: float
    accept: bool = True
    step: str = "stage-word"


YEAR: Final = 365.25
MONTH: Final = YEAR / 12


def ordinal(number: int) -> str:
    """Write a number as an ordinal.

    Examples
    --------
    >>> ordinal(11), ordinal(22), ordinal(31)
    ('11th', '22nd', '31st')
    """
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{({1: 'st', 2: 'nd', 3: 'rd'}).get(number % 10, 'th')}"


_Words = dict[str, tuple[tuple[str, ...], float, float, bool]]


def _rows(days: float, rows: str, *, numbered: bool) -> tuple[tuple[float, float, str, bool], ...]:
    """Read lines of "start end label" whose numbers are in a unit of so many days."""
    split = (line.split(maxsplit=2) for line in rows.strip().splitlines())
    return tuple((float(start) * days, float(end) * days, label.strip(), numbered) for start, end, label in split)


# --- human: days since fertilisation; birth at 266 (HsapDv prenatal stage, end_dpf) -----------------------------------

HUMAN_BIRTH: Final = 266.0

_CARNEGIE_STARTS: Final = (
    0, 2.5, 4.5, 5.5, 7, 13, 15, 17, 19, 22, 23, 26, 28, 31, 35, 37, 42, 44, 48, 51, 53, 54, 56,
)  # start_dpf of Carnegie stages 1 to 23  # fmt: skip
# Stage 23 is said to start on day 56, where the embryonic stage ends; O'Rahilly and Müller 2010 give days 56 to 60.
_CARNEGIE_ENDS: Final = (*_CARNEGIE_STARTS[1:], 60)
HUMAN_CARNEGIE: Final = tuple(
    (float(start), float(end), f"Carnegie stage {n:02d}")
    for n, (start, end) in enumerate(zip(_CARNEGIE_STARTS, _CARNEGIE_ENDS, strict=True), 1)
)

HUMAN_RANGES: Final = (  # days since birth; the last column: numbered, not a phase of life
    *_rows(YEAR, "1 2 1-year-old stage", numbered=True),
    *_rows(
        YEAR,
        """20 30 third decade stage
        30 40 fourth decade stage
        40 50 fifth decade stage
        50 60 sixth decade stage
        60 70 seventh decade stage
        70 80 eighth decade stage
        80 90 ninth decade stage
        90 100 tenth decade stage
        100 110 eleventh decade stage
        15 20 15-19 year-old
        60 80 60-79 year-old stage""",
        numbered=True,
    ),
    *_rows(
        YEAR,
        """2 5 2-4 year-old child stage
        1 5 child stage (1-4 yo)
        5 15 juvenile stage (5-14 yo)
        15 40 young adult stage
        40 60 middle aged stage
        15 60 prime adult stage
        60 130 late adult stage
        15 130 adult stage
        0 1 nursing stage (0-11 months)
        0 15 pediatric stage
        0 130 postnatal stage""",
        numbered=False,
    ),
    *_rows(1, "0 29 newborn stage (0-28 days)", numbered=False),
    *_rows(MONTH, "0.92 12 infant stage", numbered=False),
)


def _human_years(low: float, high: float) -> tuple[float, float]:
    return HUMAN_BIRTH + low * YEAR, HUMAN_BIRTH + high * YEAR


HUMAN_WORDS: Final[_Words] = {
    # Label, the widest span that people mean by the word, and whether the word alone is the term.
    "embryo": (("embryonic stage",), 0, 63, True),
    "fetus": (("fetal stage",), 49, 300, True),
    "prenatal": (("prenatal stage",), 0, 300, True),
    "postnatal": (("postnatal stage",), HUMAN_BIRTH, 1e6, True),
    "newborn": (("newborn stage (0-28 days)",), HUMAN_BIRTH, HUMAN_BIRTH + 62, True),
    "infant": (("infant stage",), HUMAN_BIRTH, HUMAN_BIRTH + 2 * YEAR, True),
    "pediatric": (("pediatric stage",), *_human_years(0, 19), True),
    "immature": (("pediatric stage",), *_human_years(0, 19), False),
    "child": (("child stage (1-4 yo)", "juvenile stage (5-14 yo)", "pediatric stage"), *_human_years(0, 19), False),
    "juvenile": (("juvenile stage (5-14 yo)", "pediatric stage"), *_human_years(0, 19), False),
    "adolescent": (("15-19 year-old", "juvenile stage (5-14 yo)"), *_human_years(9, 25), False),
    "adult": (("adult stage",), *_human_years(15, 130), True),
    "young adult": (("young adult stage",), *_human_years(15, 46), True),
    "early adult": (("young adult stage", "prime adult stage"), *_human_years(15, 46), False),
    "middle aged": (("middle aged stage",), *_human_years(35, 66), True),
    "late adult": (("late adult stage",), *_human_years(45, 130), True),
    "elderly": (("late adult stage", "60-79 year-old stage", "80 year-old and over stage"), *_human_years(55, 130), False),
    "zygote": (("Carnegie stage 01",), 0, 3, False),
    "cleavage": (("Carnegie stage 02",), 0, 5, False),
    "morula": (("morula stage",), 0, 6, True),
    "blastula": (("blastula stage",), 0, 14, True),
    "blastocyst": (("blastula stage", "Carnegie stage 03"), 0, 14, False),
    "gastrula": (("gastrula stage",), 7, 23, True),
    "neurula": (("neurula stage",), 13, 30, True),
    "organogenesis": (("organogenesis stage",), 15, 63, True),
}

# --- mouse: days post coitum; birth at 19 (MmusDv prenatal stage, end_dpc) --------------------------------------------

MOUSE_BIRTH: Final = 19.0

# start_dpc of Theiler stages 1 to 27; a stage ends where the next begins. Theiler 1989 gives ranges that overlap (they
# are MmusDv's exact synonyms "E6.25-7.25"); the starts are what MmusDv itself orders its terms by.
_THEILER_STARTS: Final = (
    0.45, 1, 2, 3, 4, 4.5, 5, 6, 6.5, 7, 7.5, 8, 8.5, 9, 9.5, 10, 10.5, 11, 11.5, 12, 13, 14, 15, 16, 17, 18, 19,
)  # fmt: skip
MOUSE_THEILER: Final = tuple(
    (start, end, f"Theiler stage {n:02d}")
    for n, (start, end) in enumerate(zip(_THEILER_STARTS, (*_THEILER_STARTS[1:], 23), strict=True), 1)
)

MOUSE_RANGES: Final = (  # days since birth
    *_rows(
        1,
        """0 4 Theiler stage 27
        4 7 4-6 days""",
        numbered=True,
    ),
    *_rows(
        7,
        """1 2 1-week-old stage
        2 3 2-week-old stage
        8 12 2-month-old stage
        12 16 3-month-old stage
        16 21 4-month-old stage
        21 25 5-month-old stage
        25 30 6-month-old stage"""
        + "".join(f"\n{n} {n + 1} {n}-week-old stage" for n in range(4, 30)),
        numbered=True,
    ),
    *_rows(1, "0 23 nursing stage\n4 23 infant stage\n23 42 juvenile stage\n0 42 immature stage", numbered=False),
    *_rows(
        MONTH,
        """3 7 3-6 month-old mature stage
        10 18 middle aged stage
        18 60 late adult stage""",
        numbered=False,
    ),
    (42.0, 10 * MONTH, "young adult stage", False),
    (42.0, 18 * MONTH, "prime adult stage", False),
    (42.0, 60 * MONTH, "mature stage", False),
)

MOUSE_WORDS: Final[_Words] = {
    # "Embryo" and "embryonic" are said of mice until birth; MmusDv's embryonic stage ends at E15, its fetal stage follows.
    "embryo": (("prenatal stage", "embryonic stage"), 0, 21, False),
    "fetus": (("fetal stage",), 12, 21, True),
    "prenatal": (("prenatal stage",), 0, 21, True),
    "postnatal": (("postnatal stage",), MOUSE_BIRTH, 1e6, True),
    "newborn": (("newborn stage",), MOUSE_BIRTH, MOUSE_BIRTH + 8, True),
    "pup": (("nursing stage", "infant stage"), MOUSE_BIRTH, MOUSE_BIRTH + 30, False),
    "infant": (("infant stage",), MOUSE_BIRTH, MOUSE_BIRTH + 30, True),
    "weanling": (("juvenile stage",), MOUSE_BIRTH + 17, MOUSE_BIRTH + 45, False),
    "juvenile": (("juvenile stage",), MOUSE_BIRTH + 14, MOUSE_BIRTH + 64, True),
    "immature": (("immature stage",), MOUSE_BIRTH, MOUSE_BIRTH + 64, True),
    # HsapDv gives "mature stage" as exact synonym of its adult stage; MmusDv defines it as the "sexually mature adult mouse".
    "adult": (("mature stage",), MOUSE_BIRTH + 42, 1e6, True),
    "young adult": (("young adult stage",), MOUSE_BIRTH + 35, MOUSE_BIRTH + 320, True),
    "early adult": (("young adult stage",), MOUSE_BIRTH + 35, MOUSE_BIRTH + 320, False),
    "middle aged": (("middle aged stage",), MOUSE_BIRTH + 240, MOUSE_BIRTH + 600, True),
    "late adult": (("late adult stage",), MOUSE_BIRTH + 400, 1e6, True),
    "elderly": (("late adult stage",), MOUSE_BIRTH + 400, 1e6, False),
    "zygote": (("Theiler stage 01",), 0, 2, False),
    "morula": (("Theiler stage 03", "Theiler stage 04"), 1, 4, False),
    "cleavage": (("cleavage stage",), 0, 4, True),
    "blastocyst": (("blastula stage", "Theiler stage 05", "Theiler stage 04"), 2, 6, False),
    "blastula": (("blastula stage",), 2, 7, True),
    "gastrula": (("gastrula stage",), 6, 9, True),
    "organogenesis": (("organogenesis stage",), 7, 16, True),
}

# --- fly: hours after egg laying, and after puparium formation, at 25 degrees -----------------------------------------

FLY_EMBRYO: Final = tuple(  # minutes after egg laying, from the definitions of FBdv
    (start / 60, end / 60, f"embryonic stage {n}")
    for n, (start, end) in enumerate(
        (
            (0, 25), (25, 65), (65, 80), (80, 130), (130, 170), (170, 180), (180, 190), (190, 220), (220, 260), (260, 320),
            (320, 440), (440, 560), (560, 620), (620, 680), (680, 780), (780, 960), (960, 1440),
        ),
        1,
    )
)  # fmt: skip

FLY_LARVA: Final = (
    (24.0, 49.0, "first instar larval stage"),
    (49.0, 72.0, "second instar larval stage"),
    (72.0, 120.0, "third instar larval stage"),
)

_PUPAL_ENDS: Final = (0.3, 2, 6.75, 12.2, 18.7, 32.4, 44.3, 56.6, 74.5, 74.6, 76.6, 78.6, 81.9, 91.5, 100)
# Every one of P1 to P15 has the exact synonym (or label) "pupal stage Pn".
FLY_PUPA: Final = tuple(
    (start, end, f"pupal stage P{n}") for n, (start, end) in enumerate(zip((0, *_PUPAL_ENDS[:-1]), _PUPAL_ENDS, strict=True), 1)
)

# --- zebrafish: hours post fertilisation at 28.5 degrees --------------------------------------------------------------

_FISH: Final = """0 zygote:1-cell
0.75 cleavage:2-cell
1 cleavage:4-cell
1.25 cleavage:8-cell
1.5 cleavage:16-cell
1.75 cleavage:32-cell
2 cleavage:64-cell
2.25 blastula:128-cell
2.5 blastula:256-cell
2.75 blastula:512-cell
3 blastula:1k-cell
3.33 blastula:high
3.66 blastula:oblong
4 blastula:sphere
4.33 blastula:dome
4.66 blastula:30%-epiboly
5.25 gastrula:50%-epiboly
5.66 gastrula:germ-ring
6 gastrula:shield
8 gastrula:75%-epiboly
9 gastrula:90%-epiboly
10 gastrula:bud
10.33 segmentation:1-4 somites
11.66 segmentation:5-9 somites
14 segmentation:10-13 somites
16 segmentation:14-19 somites
19 segmentation:20-25 somites
22 segmentation:26+ somites
24 pharyngula:prim-5
30 pharyngula:prim-15
36 pharyngula:prim-25
42 pharyngula:high-pec
48 hatching:long-pec
60 hatching:pec-fin
72 larval:protruding-mouth
96 larval:day 4
120 larval:day 5
144 larval:day 6
168 larval:days 7-13
336 larval:days 14-20
504 larval:days 21-29
720 juvenile:days 30-44
1080 juvenile:days 45-89
2160 adult"""
_FISH_ROWS: Final = tuple((float(line.split(maxsplit=1)[0]), line.split(maxsplit=1)[1]) for line in _FISH.splitlines())
FISH_STAGES: Final = tuple((start, end, name) for (start, name), (end, _) in zip(_FISH_ROWS, (*_FISH_ROWS[1:], (1e5, "")), strict=True))

# --- all animals ------------------------------------------------------------------------------------------------------

UBERON_WORDS: Final[dict[str, tuple[tuple[str, ...], bool]]] = {
    "adult": (("post-juvenile adult stage",), True),  # "sexually mature adult animal"; fully formed stage has juveniles too
    "young adult": (("prime adult stage", "post-juvenile adult stage"), False),
    "early adult": (("prime adult stage", "post-juvenile adult stage"), False),
    "middle aged": (("prime adult stage",), False),
    "late adult": (("late adult stage",), True),
    "elderly": (("late adult stage",), False),
    "embryo": (("embryo stage",), True),
    "fetus": (("late embryonic stage",), False),
    "newborn": (("neonate stage",), True),
    "infant": (("infant stage",), True),
    "juvenile": (("juvenile stage",), True),
    "immature": (("sexually immature stage",), True),
    "larva": (("larval stage",), True),
    "pupa": (("pupal stage",), True),
    "perinatal": (("perinatal stage",), True),
    "zygote": (("zygote stage",), True),
    "cleavage": (("cleavage stage",), True),
    "blastula": (("blastula stage",), True),
    "blastocyst": (("blastula stage",), False),
    "gastrula": (("gastrula stage",), True),
    "neurula": (("neurula stage",), True),
    "organogenesis": (("organogenesis stage",), True),
    "pharyngula": (("pharyngula stage",), True),
}
UBERON_STAGES: Final = {
    Staged("cells", "1"): ("zygote stage",),
    Staged("cells", "2"): ("2 cell stage",),
    Staged("cells", "4"): ("4 cell stage",),
    Staged("cells", "8"): ("8 cell stage",),
}
