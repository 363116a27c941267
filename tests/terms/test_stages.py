from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards.terms.stage_tables import FISH_STAGES, FLY_EMBRYO, FLY_PUPA, HUMAN_CARNEGIE, MOUSE_THEILER
from omics_standards.terms.stage_text import read_marks
from omics_standards.terms.stages import STAGE_ONTOLOGIES, read_stage
from realfiles import SHARED

ACCEPTED = [
    ("HsapDv", "37 y", "37-year-old stage"),
    ("HsapDv", "37yo", "37-year-old stage"),
    ("HsapDv", "37-year-old human stage", "37-year-old stage"),
    ("HsapDv", "Age: 37 Years", "37-year-old stage"),
    ("HsapDv", "thirty", None),
    ("HsapDv", "37岁", "37-year-old stage"),
    ("HsapDv", "5个月", "5-month-old stage"),
    ("HsapDv", "62Y4M", "62-year-old stage"),
    ("HsapDv", "P62Y", "62-year-old stage"),
    ("HsapDv", "1.5 years", "18-month-old stage"),
    ("HsapDv", "30 months", "2-year-old stage"),
    ("HsapDv", "adult, 37 years", "37-year-old stage"),
    ("HsapDv", "20-29 years", "third decade stage"),
    ("HsapDv", "seventh decade", "seventh decade stage"),
    ("HsapDv", "80 years or over", "80 year-old and over stage"),
    ("HsapDv", "CS9", "Carnegie stage 09"),
    ("HsapDv", "Carnegie stage 17", "Carnegie stage 17"),
    ("HsapDv", "CS16 (5 PCW)", "Carnegie stage 16"),
    ("HsapDv", "10 pcw", "11th week post-fertilization stage"),
    ("HsapDv", "PCW 10", "11th week post-fertilization stage"),
    ("HsapDv", "11th week post-fertilization", "11th week post-fertilization stage"),
    ("HsapDv", "20 weeks LMP", "19th week post-fertilization stage"),
    ("HsapDv", "newborn", "newborn stage (0-28 days)"),
    ("HsapDv", "foetal", "fetal stage"),
    ("HsapDv", "成年", "adult stage"),
    ("HsapDv", "71", "71-year-old stage"),
    ("HsapDv", "40-45 (43 in ABC)", "43-year-old stage"),
    ("MmusDv", "P7", "7-day-old stage"),
    ("MmusDv", "postnatal day 2", "Theiler stage 27"),
    ("MmusDv", "P56", "8-week-old stage"),
    ("MmusDv", "8-10 weeks old", "2-month-old stage"),
    ("MmusDv", "E8.5", "Theiler stage 13"),
    ("MmusDv", "e14.5 d.p.c.", "Theiler stage 22"),
    ("MmusDv", "E14.5 embryo", "Theiler stage 22"),
    ("MmusDv", "14.5 day embryo", "Theiler stage 22"),
    ("MmusDv", "embryonic day (E) 12.5", "Theiler stage 20"),
    ("MmusDv", "8 wks.", "8-week-old stage"),
    ("MmusDv", "TS23", "Theiler stage 23"),
    ("MmusDv", "2 years", "24-month-old stage"),
    ("MmusDv", "adult mouse", "mature stage"),
    ("MmusDv", "adult (9 weeks)", "9-week-old stage"),
    ("FBdv", "24h APF", "pupal stage P6"),
    ("FBdv", "48 h after puparium formation", "pupal stage P8"),
    ("FBdv", "3rd instar larvae", "third instar larval stage"),
    ("FBdv", "L3 wandering larva", "wandering third instar larval stage"),
    ("FBdv", "三龄幼虫", "third instar larval stage"),
    ("FBdv", "WPP", "white puparium stage"),
    ("FBdv", "stage 12 embryo", "embryonic stage 12"),
    ("FBdv", "4 day old adult", "day 4 of adulthood"),
    ("FBdv", "0-24 h embryos", "embryonic stage"),
    ("WBls", "L2 stage larvae", "L2 larva Ce"),
    ("WBls", "2nd larval stage", "L2 larva Ce"),
    ("WBls", "L4 + 48h", "2-days post-L4 adult hermaphrodite Ce"),
    ("WBls", "day 3 adult", "3-days post-L4 adult hermaphrodite Ce"),
    ("WBls", "arrested L1", "L1 arrest Ce"),
    ("WBls", "dauer larvae", "dauer larva Ce"),
    ("WBls", "1.5-fold", "1.5-fold embryo Ce"),
    ("ZFS", "48 hpf", "hatching:long-pec"),
    ("ZFS", "5 dpf", "larval:day 5"),
    ("ZFS", "受精后24小时", "pharyngula:prim-5"),
    ("ZFS", "day 5 larvae", "larval:day 5"),
    ("ZFS", "50% epiboly", "gastrula:50%-epiboly"),
    ("ZFS", "18 somites", "segmentation:14-19 somites"),
    ("ZFS", "shield stage", "gastrula:shield"),
    ("UBERON", "neonatal", "neonate stage"),
    ("RnorDv", "8 weeks old", "8-week-old stage"),
]


@pytest.mark.parametrize(("prefix", "text", "name"), ACCEPTED)
def test_what_is_said_plainly_is_accepted(prefix: str, text: str, name: str | None) -> None:
    reading = read_stage(text, prefix)
    if name is None:
        assert reading is None
    else:
        assert reading is not None
        assert reading.accept
        assert reading.names == (name,)


SUGGESTED = [
    # Gestational weeks count from one of two days; weeks alone from birth or before it.
    ("HsapDv", "GW 20", "19th week post-fertilization stage"),
    ("HsapDv", "20 weeks gestation", "21st week post-fertilization stage"),
    ("HsapDv", "孕20周", "19th week post-fertilization stage"),
    ("HsapDv", "week 10 post conception", "10th week post-fertilization stage"),
    ("HsapDv", "20-week-old fetus", "19th week post-fertilization stage"),
    ("HsapDv", "14 weeks", "15th week post-fertilization stage"),
    # Ranges over several stages; more than the term says, or less.
    ("HsapDv", "40Y-85Y", "adult stage"),
    ("HsapDv", "65 years or over", "late adult stage"),
    ("HsapDv", "61-62 years", "seventh decade stage"),
    ("HsapDv", "6 pcw", "embryonic stage"),
    ("MmusDv", "6-8 weeks", "young adult stage"),
    ("MmusDv", "E12.5-E13.5", "Theiler stage 20"),
    ("MmusDv", "day 14", "2-week-old stage"),
    ("MmusDv", "embryo", "prenatal stage"),
    ("FBdv", "3-5 day old adult", "adult stage"),
    ("FBdv", "0-2h embryo", "embryonic stage"),
    ("WBls", "young adult", "1-day post-L4 adult hermaphrodite Ce"),
    ("WBls", "late L4", "L4 larva Ce"),
    ("ZFS", "24-48 hpf", "pharyngula:prim-5"),
    ("ZFS", "6 months", "adult"),
    # A part of the cell, or a doubt.
    ("HsapDv", "37 years, smoker", "37-year-old stage"),
    ("HsapDv", "about 37 years", "37-year-old stage"),
    ("HsapDv", "16", "16-year-old stage"),
    ("HsapDv", "neonate, 37 years", "37-year-old stage"),
    ("MmusDv", "adult P7", "7-day-old stage"),
    ("HsapDv", "CS9 (8 PCW)", "Carnegie stage 09"),
]


@pytest.mark.parametrize(("prefix", "text", "name"), SUGGESTED)
def test_what_leaves_a_doubt_is_suggested(prefix: str, text: str, name: str) -> None:
    reading = read_stage(text, prefix)
    assert reading is not None
    assert not reading.accept
    assert name in reading.names


@pytest.mark.parametrize(
    ("prefix", "text"),
    [
        ("HsapDv", ""),
        ("HsapDv", "liver"),
        ("HsapDv", "2020"),
        ("HsapDv", "55 kg"),
        ("HsapDv", "under 1 year"),
        ("HsapDv", "x" * 100_000),
        ("HsapDv", "9" * 5000),
        ("MmusDv", "25"),
        ("WBls", "50h"),
        ("EFO", "adult"),
        ("MONDO", "37 years"),
    ],
)
def test_what_is_no_stage_is_none(prefix: str, text: str) -> None:
    assert read_stage(text, prefix) is None


def test_half_a_surrogate_pair_is_no_stage() -> None:
    assert read_stage("\ud800", "HsapDv") is None


@given(st.integers(2, 114), st.sampled_from(["{} years", "{}y", "{} yr old", "{}-year-old", "{}岁", "aged {} years", "{} Y"]))
def test_years_of_a_person_are_the_stage_of_that_year(years: int, form: str) -> None:
    reading = read_stage(form.format(years), "HsapDv")
    assert reading is not None
    assert (reading.names, reading.accept) == ((f"{years}-year-old stage",), True)


@given(st.integers(4, 29), st.integers(0, 6))
def test_days_and_weeks_of_a_mouse_say_the_same(weeks: int, days: int) -> None:
    in_weeks, in_days = read_stage(f"{weeks} weeks", "MmusDv"), read_stage(f"P{weeks * 7 + days}", "MmusDv")
    assert in_weeks is not None
    assert in_days is not None
    assert in_weeks.names == in_days.names


@given(st.integers(2, 75), st.integers(2, 75))
def test_a_later_embryonic_day_is_never_an_earlier_stage(a: int, b: int) -> None:
    first, second = (read_stage(f"E{quarter / 4:g}", "MmusDv") for quarter in sorted((a, b)))
    assert first is not None
    assert second is not None
    assert first.names[0] <= second.names[0]


@given(st.text(max_size=40), st.sampled_from([*STAGE_ONTOLOGIES, "RnorDv"]))
def test_any_text_is_read_without_failing(text: str, prefix: str) -> None:
    reading = read_stage(text, prefix)
    assert reading is None or (1 <= len(reading.names) <= 5 and all(reading.names))


@given(st.sampled_from([row for row in ACCEPTED if row[2]]), st.sampled_from(["xenograft", "wild-type", "? {}"]))
def test_a_part_of_a_cell_is_never_accepted(row: tuple[str, str, str], other: str) -> None:
    reading = read_stage(f"{row[1]} {other}", row[0])
    assert reading is None or not reading.accept


@pytest.mark.parametrize("table", [FISH_STAGES, FLY_EMBRYO, FLY_PUPA, HUMAN_CARNEGIE, MOUSE_THEILER])
def test_stages_of_a_series_follow_without_gap(table: tuple[tuple[float, float, str], ...]) -> None:
    assert all(a[1] == b[0] and a[0] < a[1] for a, b in pairwise(table))
    assert len({name for _, _, name in table}) == len(table)


def test_who_says_it_is_no_part_of_what_is_said() -> None:
    assert read_marks("40-45 (43 in ABC)").unread == ()
    assert read_marks("40-45 (43 in vitro)").unread != ()


LIFE_STAGES = SHARED / "ontologies" / "life-stages.obo"


@pytest.mark.skipif(not LIFE_STAGES.exists(), reason="the ontology file is not at hand")
def test_every_name_is_a_label_or_exact_synonym_of_the_ontology() -> None:
    names: dict[str, set[str]] = {}
    for stanza in LIFE_STAGES.read_text(encoding="utf-8").split("\n\n"):
        found = re.search(r"^id: (\w+):", stanza, re.MULTILINE)
        if found and "is_obsolete: true" not in stanza:
            texts = re.findall(r'^name: (.*)$|^synonym: "(.*)" EXACT', stanza, re.MULTILINE)
            names.setdefault(found[1], set()).update((a or b).lower() for a, b in texts)
    texts = [text for _, text, _ in ACCEPTED + SUGGESTED]
    texts += [f"{n} {unit}" for n in range(1, 120) for unit in ("years", "months", "weeks", "weeks old", "pcw", "days old", "dpf", "hpf")]
    texts += [f"E{n / 2}" for n in range(1, 40)] + [f"CS{n}" for n in range(1, 24)] + [f"{n}-{n + 5} weeks old" for n in range(40)]
    for prefix in ("HsapDv", "MmusDv", "ZFS", "UBERON"):
        said = {name for text in texts for reading in [read_stage(text, prefix)] if reading for name in reading.names}
        assert said
        assert {name for name in said if name.lower() not in names[prefix]} == set()
