"""Laws of redaction: what is coarse stays as it is, what was learnt stands in no text, a number proves itself wherever it stands."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from omics_standards.checks.personal_values import coarse_age, coarse_date, coarse_point
from omics_standards.checks.redaction import Redaction
from omics_standards.records import GeoPoint, Quantity, Reading
from omics_standards.values.ages import read_age
from omics_standards.values.personal import Hit, find_personal, suspicious

NUMBERS = st.decimals(-90, 90, places=6, allow_nan=False, allow_infinity=False)


@st.composite
def chinese_numbers(draw: st.DrawFn) -> str:
    day = draw(st.dates(date(1900, 1, 1), date(2024, 12, 31)))
    body = f"{draw(st.sampled_from(['11', '31', '44', '65']))}{draw(st.integers(100, 9999)):04}{day:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return body + "10X98765432"[sum(int(d) * 2 ** (17 - i) for i, d in enumerate(body)) % 11]


@given(chinese_numbers(), st.text("ab _-:;,.患者 ", max_size=9), st.text("ab _-:;,.患者 ", max_size=9))
def test_a_number_is_found_where_it_stands_alone(number: str, before: str, after: str) -> None:
    text = f"{before} {number} {after}"
    assert number in [text[h.start : h.end] for h in find_personal(text)]
    assert suspicious("\n".join(["x" * 40, text, "y"]))


@given(st.dates(date(1800, 1, 1)))
def test_a_year_is_coarse(day: date) -> None:
    year = coarse_date(day.isoformat(), Reading("birth_date", (day.isoformat(),)))
    assert year == f"{day.year:04}"
    assert coarse_date(year, Reading("birth_date", (year,))) is None


@given(st.integers(90, 125), st.sampled_from(["a", "mo", "wk", "d"]))
def test_the_group_of_the_old_is_told_once(age: int, unit: str) -> None:
    number = age * {"a": 1, "mo": 12, "wk": 53, "d": 366}[unit]
    told = coarse_age(f"{number} {unit}", Reading("age", (Quantity(str(number), unit=unit),)))
    if told is not None:
        parsed = read_age(told)
        assert parsed is not None
        assert isinstance(parsed.value, Quantity)
        assert coarse_age(told, Reading("age", (parsed.value,))) is None


@given(NUMBERS, NUMBERS)
def test_a_coarse_point_is_coarse(latitude: object, longitude: object) -> None:
    texts = (f"{latitude:f}", f"{longitude:f}")
    told = coarse_point(texts, Reading("collection_location", (GeoPoint(*texts),)))
    if told is not None:
        assert coarse_point(told, Reading("collection_location", (GeoPoint(*told),))) is None


@given(
    st.lists(st.sampled_from(["王小明", "ZhangSan", "ada@example.org", "11010519491231002X", "Brown", "ZXM"]), min_size=1),
    st.text(max_size=30),
)
def test_what_was_learnt_stands_nowhere(tokens: list[str], between: str) -> None:
    known = Redaction()
    for token in tokens:
        known.learn(Hit("name", "", 0, len(token)), token)
    text = f" {between} ".join(tokens)
    told = known.scrub(text, weak=True)
    for token in tokens:
        assert token.casefold() not in told.casefold()
    assert known.scrub(told, weak=True) == told
