import pytest

from omics_standards.records import Quantity
from omics_standards.values.ages import read_age, read_age_unit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("38 years", Quantity("38", unit="a")),
        ("54y", Quantity("54", unit="a")),
        ("38 y/o", Quantity("38", unit="a")),
        ("38-year-old", Quantity("38", unit="a")),
        ("3w", Quantity("3", unit="wk")),
        ("2mo", Quantity("2", unit="mo")),
        ("3m", Quantity("3", unit="mo")),
        ("1726D", Quantity("1726", unit="d")),
        ("10.7 years", Quantity("10.7", unit="a")),
        ("40Y-85Y", Quantity(minimum="40", maximum="85", unit="a")),
        ("40-85Y", Quantity(minimum="40", maximum="85", unit="a")),
        ("8-10 weeks", Quantity(minimum="8", maximum="10", unit="wk")),
        ("6-8 weeks old", Quantity(minimum="6", maximum="8", unit="wk")),
        ("30Y6M", Quantity("366", unit="mo")),
        ("1 year 6 months", Quantity("18", unit="mo")),
        ("0Y6M", Quantity("6", unit="mo")),
        ("2W3D", Quantity("17", unit="d")),
        ("P38Y", Quantity("38", unit="a")),
        ("P2Y6M", Quantity("30", unit="mo")),
        ("P56", Quantity("56", unit="d")),
        ("post natal day 21", Quantity("21", unit="d")),
        ("38岁", Quantity("38", unit="a")),
        ("3个月", Quantity("3", unit="mo")),
        ("≥90 years", Quantity(minimum="90", unit="a")),
        ("90+ years", Quantity(minimum="90", unit="a")),
        ("day 21", Quantity("21", unit="d")),
    ],
)
def test_read_age_when_spelled_so_then_time(text, expected):
    parsed = read_age(text)
    assert parsed.value == expected
    assert parsed.issues == ()


@pytest.mark.parametrize("text", ["24471", "65-70", "90+", "0", "65.0", "66_TO_70", "36 to 80"])
def test_read_age_when_no_unit_then_warned(text):
    parsed = read_age(text)
    assert parsed.value.unit is None
    assert [i.code for i in parsed.issues] == ["unit-missing"]


@pytest.mark.parametrize("text", ["adult", "Fetus", "E14.5", "stage 1", "embryonic day 12", "Elderly", "human adult stage", "成人", "L4"])
def test_read_age_when_life_stage_then_said(text):
    parsed = read_age(text)
    assert parsed.value is None
    assert [i.code for i in parsed.issues] == ["age-is-stage"]
    assert text in parsed.issues[0].fix


@pytest.mark.parametrize(
    ("text", "code", "fix"),
    [
        ("16.7 years; Other: Post-ALL", "age-unreadable", "write '16.7 years'"),
        ("1 month years", "age-unreadable", "month or years"),
        ("1Y2D", "age-unreadable", "one unit"),
        ("3 kg", "unit-not-allowed", ""),
        ("3 bananas", "unit-unknown", ""),
        ("-3", "age-unreadable", ""),
        ("NCIT:C49685", "age-unreadable", ""),
        ("40y-30y", "end-before-start", ""),
        ("1,5 years", "age-unreadable", "1.5"),
        ("2-Jan", "range-became-date", "write 1-2"),
    ],
)
def test_read_age_when_it_cannot_be_told_then_no_value(text, code, fix):
    parsed = read_age(text)
    assert parsed.value is None
    assert parsed.issues[-1].code == code
    assert fix in parsed.issues[-1].fix


@pytest.mark.parametrize(
    ("text", "value"), [("12 pcw", Quantity("12", unit="wk")), ("5 dpf", Quantity("5", unit="d")), ("~40 years", Quantity("40", unit="a"))]
)
def test_read_age_when_qualified_then_carried_and_said(text, value):
    parsed = read_age(text)
    assert parsed.value == value
    assert [i.code for i in parsed.issues] == ["quantity-qualified"]


def test_read_age_when_a_unit_cell_stands_beside_then_used():
    assert read_age("2", "Year").value == Quantity("2", unit="a")
    assert read_age("2", "UO:0000033").value == Quantity("2", unit="d")
    assert read_age("5-6", "M").value == Quantity(minimum="5", maximum="6", unit="mo")
    assert read_age("2 d", "Year").issues[0].code == "conflict"
    assert read_age("2y", "years").value == Quantity("2", unit="a")
    assert read_age("2", "kg").issues[0].code == "unit-unknown"
    assert read_age("2", default_unit="weeks").value == Quantity("2", unit="wk")
    assert read_age("", "Year") is None


def test_read_age_unit_when_letter_then_time_unit():
    assert [read_age_unit(t).code for t in ("Y", "M", "W", "D", "years old", "周龄")] == ["a", "mo", "wk", "d", "a", "wk"]
    assert read_age_unit("cm") is None
