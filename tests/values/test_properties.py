"""What holds for every text: nothing raises, time is bounded, reading what was written gives it back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omics_standards.findings import CODES
from omics_standards.records import GeoPoint, Place, Quantity
from omics_standards.values.accessions import match_accession, read_accession, read_accessions
from omics_standards.values.ages import read_age
from omics_standards.values.dates import DateOrder, is_edtf, read_date
from omics_standards.values.enums import EnumIndex
from omics_standards.values.files import read_file_cell, read_md5, read_sha256, read_size
from omics_standards.values.geo import format_lat_lon, read_coordinate, read_lat_lon, read_point
from omics_standards.values.lists import split_cell, split_parallel
from omics_standards.values.missing import read_missing
from omics_standards.values.numbers import DecimalMark, as_decimal, read_boolean, read_decimal, read_integer
from omics_standards.values.places import COUNTRIES, format_place, read_place
from omics_standards.values.quantities import format_quantity, read_quantity
from omics_standards.values.sex import read_sex
from omics_standards.values.text import clean, looks_garbled, normal, plain, split_header, words
from omics_standards.values.units import read_unit
from omics_standards.values.uris import read_uri

INDEX = EnumIndex({"RNA-Seq": ["rna sequencing"], "WGS": ["whole genome sequencing"], "OTHER": []})

PARSERS = {
    "accession": read_accession,
    "age": read_age,
    "boolean": read_boolean,
    "date": read_date,
    "date dmy": lambda t: read_date(t, order="dmy", today="2026-08-01"),
    "decimal": read_decimal,
    "decimal comma": lambda t: read_decimal(t, decimal=","),
    "enum": INDEX.read,
    "file": read_file_cell,
    "integer": read_integer,
    "latitude": lambda t: read_coordinate(t, "latitude"),
    "lat_lon": read_lat_lon,
    "md5": read_md5,
    "missing": read_missing,
    "place": read_place,
    "point": lambda t: read_point(t, t),
    "quantity": read_quantity,
    "quantity of length": lambda t: read_quantity(t, default_unit="cm", allowed=("cm", "m"), decimal=",", convert=True),
    "sex": read_sex,
    "sha256": read_sha256,
    "size": read_size,
    "uri": read_uri,
}
OTHERS = {
    "clean": clean,
    "plain": plain,
    "normal": normal,
    "words": words,
    "header": split_header,
    "garbled": looks_garbled,
    "accessions": read_accessions,
    "unit": read_unit,
    "order": lambda t: DateOrder().collect([t]),
    "mark": lambda t: DecimalMark().collect([t]),
    "split": lambda t: split_cell(t, ";"),
    "parallel": lambda t: split_parallel([t, t], [";"]),
    "as_decimal": as_decimal,
    "edtf": is_edtf,
    "match": match_accession,
}

# Pieces of real cells, so that texts come near to what the parsers know; surrogates, NUL and controls are among the characters.
PIECES = st.sampled_from(
    [
        "2019",
        "-",
        "/",
        "10",
        "05",
        "Jan",
        "年",
        "月",
        " to ",
        "~",
        "°",
        "'",
        '"',
        "N",
        "W",
        "E",
        "S",
        ".",
        ",",
        "5",
        "0.5",
        "e9",
        "x10^",
        "±",
        "<",
        "kg",
        "µl",
        "years",
        "Y",
        "M",
        "P",
        "E14",
        "not ",
        "applicable",
        "missing",
        "NA",
        "China",
        ":",
        "USA",
        "Georgia",
        "SRR",
        "000001",
        "(",
        ")",
        "[",
        "{",
        "bytes",
        ".fastq.gz",
        "_R1",
        "http://",
        "10.1000/",
        "\u00a0",
        "\ufffd",
        "\ud800",
        "\x00",
        "Â",
        "¡",
        "ã",
        "中国",
        "：",
        "adult",
        "+",
        "&amp;",
        "\\",
    ]
)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=60),
    st.lists(PIECES, max_size=9).map("".join),
    st.lists(PIECES, max_size=6).map(" ".join),
)


@pytest.mark.parametrize("name", PARSERS)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS)
def test_parsers_when_any_text_then_pure_and_never_raise(name, text):
    parse = PARSERS[name]
    parsed = parse(text)
    assert parse(text) == parsed
    if parsed is not None:
        assert all(i.code in CODES for i in parsed.issues)
        if name not in ("file", "missing"):
            assert parsed.value is not None or parsed.issues


@pytest.mark.parametrize("name", OTHERS)
@settings(deadline=None)
@given(text=TEXTS)
def test_functions_when_any_text_then_never_raise(name, text):
    OTHERS[name](text)


@pytest.mark.parametrize("name", [*PARSERS, *OTHERS])
@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "1",
        " ",
        "-",
        "1 ",
        "1-",
        "N ",
        "not ",
        "a,",
        "Â",
        "°",
        "china: ",
        "/",
        "1/1/",
        "\u00a0x",
        "年1",
        ".1",
        "[(",
        "SRR1 ",
        "_1",
        "Ａ",
        "to 1 ",
    ],
)
def test_every_function_when_text_is_long_then_it_ends(name, unit):
    text = unit * (100_000 // len(unit))
    (PARSERS.get(name) or OTHERS[name])(text)


@given(TEXTS)
def test_normal_forms_when_twice_then_as_once(text):
    assert clean(clean(text)) == clean(text)
    assert plain(plain(text)) == plain(text)
    assert normal(normal(text)) == normal(text)
    assert words(words(text)) == words(text)


@given(TEXTS)
def test_clean_when_blanks_are_added_then_nothing_changes(text):
    assert clean(f" \u00a0{text}\u3000 ") == clean(text)


@given(TEXTS)
def test_split_header_when_starred_then_the_same(text):
    assert split_header("* " + text).normal == split_header(text).normal


@settings(deadline=None)
@given(TEXTS)
def test_dates_when_read_then_reading_the_value_gives_it_back(text):
    parsed = read_date(text)
    if parsed is not None and parsed.value is not None:
        assert is_edtf(parsed.value)
        assert read_date(parsed.value) == (parsed.value, (), ())


DIGITS = st.from_regex(r"\A-?(0|[1-9][0-9]{0,6})(\.[0-9]{1,6})?\Z").filter(lambda t: not t.startswith("-0") or t.strip("-0."))
UNITS = st.sampled_from([None, "cm", "kg", "mg/L", "Cel", "[ppm]", "{cells}/uL", "mol/L", "%", "[degF]", "umol/m2/s", "a", "{bp}"])


@given(DIGITS, DIGITS, UNITS, st.sampled_from(["value", "range", "least", "most"]))
def test_quantities_when_written_then_read_back(a, b, unit, form):
    low, high = sorted((a, b), key=float)
    quantity = {
        "value": Quantity(a, unit=unit),
        "range": Quantity(minimum=low, maximum=high, unit=unit),
        "least": Quantity(minimum=a, unit=unit),
        "most": Quantity(maximum=a, unit=unit),
    }[form]
    assert read_quantity(format_quantity(quantity)).value == quantity


@given(st.decimals(-90, 90, places=4), st.decimals(-180, 180, places=5))
def test_points_when_written_then_read_back(latitude, longitude):
    def text(number):
        return f"{abs(number):f}" if not number else f"{number:f}"

    point = GeoPoint(text(latitude), text(longitude))
    assert read_lat_lon(format_lat_lon(point)).value == point
    assert read_point(*point).value == point
    assert read_lat_lon(f"{point.latitude}, {point.longitude}").value == point


@given(st.sampled_from(COUNTRIES), st.from_regex(r"\A[A-Z][a-z]{4,9}( [a-z]{3,8})?\Z"))
def test_places_when_written_then_read_back(country, region):
    place = Place(country, region)
    parsed = read_place(format_place(place))
    assert parsed.value == place or "repeated country left out" in parsed.steps or parsed.value.region is None


@given(st.from_regex(r"\A[SED]R[PSXRZA][0-9]{6,9}\Z|\ASAMC[0-9]{6}\Z|\AGSE[1-9][0-9]{0,6}\Z"))
def test_accessions_when_written_as_curie_then_read_back(accession):
    curie = read_accession(accession).value
    assert read_accession(curie).value == curie
    assert match_accession(accession).curie == curie


@given(st.from_regex(r"\A[+-]?[0-9]{1,9}(\.[0-9]{0,9})?([eE][+-]?[0-9]{1,2})?\Z"))
def test_as_decimal_when_number_then_equal_and_without_exponent(text):
    value = as_decimal(text)
    if value is not None:
        assert float(value) == pytest.approx(float(text))
        assert "e" not in value.lower()
        assert as_decimal(value) == value
