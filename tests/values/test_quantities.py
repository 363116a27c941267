import pytest

from omics_standards.records import Quantity
from omics_standards.values.quantities import format_quantity, read_quantity
from omics_standards.values.units import convert, read_unit, same_dimension


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("degrees Celcius", "Cel"),
        ("ºC", "Cel"),
        ("℃", "Cel"),
        ("C", "Cel"),
        ("摄氏度", "Cel"),
        ("ul", "uL"),
        ("µl", "uL"),
        ("μL", "uL"),
        ("yrs", "a"),
        ("岁", "a"),
        ("个月", "mo"),
        ("Da", "u"),
        ("mmu", "mu"),
        ("NCE", "{NCE}"),
        ("% NCE", "{NCE}"),
        ("psu", "{psu}"),
        ("M", "mol/L"),
        ("mM", "mmol/L"),
        ("m", "m"),
        ("mg/kg", "mg/kg"),
        ("bp", "{bp}"),
        ("kb", "{kbp}"),
        ("x coverage", "{fold}"),
        ("cells/µl", "{cells}/uL"),
        ("mg L-1", "mg/L"),
        ("mg.L-1", "mg/L"),
        ("umol m-2 s-1", "umol/m2/s"),
        ("kg/m^2", "kg/m2"),
        ("kg/m²", "kg/m2"),
        ("ppm", "[ppm]"),
        ("parts/million", "[ppm]"),
        ("mm Hg", "mm[Hg]"),
        ("UO:0000036", "a"),
        ("UO_0000187", "%"),
        ("http://purl.obolibrary.org/obo/UO_0000015", "cm"),
        ("ng/µl", "ng/uL"),
        ("纳克每微升", "ng/uL"),
        ("bpm", "/min"),
        ("KG", "kg"),
        ("(cm)", "cm"),
        ("millilitres", "mL"),
        ("per minute", "/min"),
        ("°F", "[degF]"),
        ("inches", "[in_i]"),
        ("feet", "[ft_i]"),
    ],
)
def test_read_unit_when_common_spelling_then_ucum(text, code):
    assert read_unit(text).code == code
    assert read_unit(code).code == code


@pytest.mark.parametrize("text", ["", "bananas", "ppt", "5", "mg//kg", "k", "/", "a b c d e f g", "{x", "sample"])
def test_read_unit_when_no_unit_or_two_then_none(text):
    assert read_unit(text) is None


@pytest.mark.parametrize(
    ("number", "code", "target", "expected"),
    [
        ("35.5", "mm", "cm", "3.55"),
        ("98.6", "[degF]", "Cel", "37"),
        ("0", "Cel", "K", "273.15"),
        ("1", "a", "mo", "12"),
        ("2", "wk", "d", "14"),
        ("1", "mol/L", "umol/L", "1000000"),
        ("1", "d", "wk", "0.142857142857143"),
        ("1", "cm", "g", None),
        ("x", "cm", "m", None),
        ("1", "bananas", "m", None),
        ("1e9", "m", "km", None),
        ("-40", "[degF]", "Cel", "-40"),
    ],
)
def test_convert_when_one_dimension_then_exact(number, code, target, expected):
    assert convert(number, code, target) == expected


def test_same_dimension_when_kinds_differ_then_false():
    assert same_dimension("mg/mL", "g/L")
    assert same_dimension("cm3", "mL")
    assert not same_dimension("{bp}", "{cells}")
    assert not same_dimension("Da", "g")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 m", Quantity("5", unit="m")),
        ("35.50 kg", Quantity("35.50", unit="kg")),
        ("0-20cm", Quantity(minimum="0", maximum="20", unit="cm")),
        ("200-400bp", Quantity(minimum="200", maximum="400", unit="{bp}")),
        ("5–10 cm", Quantity(minimum="5", maximum="10", unit="cm")),
        ("10 to 20 m", Quantity(minimum="10", maximum="20", unit="m")),
        ("-5 - 2 Cel", Quantity(minimum="-5", maximum="2", unit="Cel")),
        ("0cm-20cm", Quantity(minimum="0", maximum="20", unit="cm")),
        (".1,g", Quantity("0.1", unit="g")),
        ("-80 degrees Celcius", Quantity("-80", unit="Cel")),
        ("minus 80C", Quantity("-80", unit="Cel")),
        ("-80Ã\x82Â°C", Quantity("-80", unit="Cel")),
        ("5 ľL", Quantity("5", unit="uL")),
        ("297g", Quantity("297", unit="g")),
        ("20.0 ppm", Quantity("20.0", unit="[ppm]")),
        ("30% NCE", Quantity("30", unit="{NCE}")),
        ("3.0x10^7 cells/ml", Quantity("30000000", unit="{cells}/mL")),
        ("1.5E-3 g", Quantity("0.0015", unit="g")),
        ("1,234,567 reads", Quantity("1234567", unit="{reads}")),
        ("５ｃｍ", Quantity("5", unit="cm")),
        ("x50", Quantity("50", unit="{fold}")),
        ("pH 7.4", Quantity("7.4", unit="[pH]")),
        ("Day 21", Quantity("21", unit="d")),
        ("5 (m)", Quantity("5", unit="m")),
        ("≤5 m", Quantity(maximum="5", unit="m")),
        ("at least 5 m", Quantity(minimum="5", unit="m")),
    ],
)
def test_read_quantity_when_number_with_unit_then_quantity(text, expected):
    parsed = read_quantity(text)
    assert parsed.value == expected
    assert parsed.issues == ()
    assert read_quantity(format_quantity(parsed.value)).value == expected


@pytest.mark.parametrize(
    ("text", "value", "what"),
    [
        ("~5 m", Quantity("5", unit="m"), "about"),
        ("37 ± 2 °C", Quantity("37", unit="Cel"), "± 2"),
        ("<5 m", Quantity(maximum="5", unit="m"), "<"),
    ],
)
def test_read_quantity_when_qualified_then_carried_and_said(text, value, what):
    parsed = read_quantity(text)
    assert parsed.value == value
    assert [i.code for i in parsed.issues] == ["quantity-qualified"]
    assert what in parsed.issues[0].fix


@pytest.mark.parametrize(
    ("text", "code", "fix"),
    [
        ("surface", "quantity-unreadable", ""),
        ("2-Jan", "range-became-date", "write 1-2"),
        ("4-Mar", "range-became-date", "write 3-4"),
        ("1,000", "quantity-unreadable", "write 1000 or 1.000"),
        ("0,5 m", "quantity-unreadable", "write 0.5 m"),
        ("10-5 cm", "end-before-start", "write 5-10"),
        ("5 bananas", "unit-unknown", ""),
        ("10 cm from soil surface", "unit-unknown", "'cm'"),
        ("1e999 m", "quantity-unreadable", ""),
        ("2012-09-24", "quantity-unreadable", ""),
        ("5 cm - 10 kg", "quantity-unreadable", ""),
    ],
)
def test_read_quantity_when_it_cannot_be_told_then_no_value_and_a_fix(text, code, fix):
    parsed = read_quantity(text)
    assert parsed.value is None
    assert parsed.issues[-1].code == code
    assert fix in parsed.issues[-1].fix


def test_read_quantity_when_no_unit_then_warned_or_taken_from_elsewhere():
    assert [i.code for i in read_quantity("5").issues] == ["unit-missing"]
    assert read_quantity("5", unit_text="metres").value == Quantity("5", unit="m")
    assert read_quantity("5", default_unit="m").value == Quantity("5", unit="m")
    assert read_quantity("5 cm", default_unit="m").value == Quantity("5", unit="cm")
    assert read_quantity("5", allowed=("1",)) == (Quantity("5"), (), ())
    assert read_quantity("5", default_unit="bananas").issues[0].code == "unit-unknown"
    assert read_quantity("5", unit_text="bananas").issues[0].code == "unit-unknown"


def test_read_quantity_when_two_cells_disagree_then_conflict():
    assert read_quantity("5 kg", unit_text="g").issues[0].code == "conflict"
    assert read_quantity("5 kg", unit_text="KG").value == Quantity("5", unit="kg")


def test_read_quantity_when_the_slot_allows_others_then_refused_or_converted():
    refused = read_quantity("5 mm", allowed=("m", "cm"))
    assert refused.value is None
    assert refused.issues[0].code == "unit-not-allowed"
    assert refused.issues[0].fix == "write 0.005 m"
    converted = read_quantity("5-10 mm", allowed=("cm",), convert=True)
    assert converted.value == Quantity(minimum="0.5", maximum="1", unit="cm")
    assert converted.steps[-1] == "mm converted to cm"
    assert "mass" in read_quantity("5 kg", allowed=("m",), convert=True).issues[0].fix


def test_read_quantity_when_the_model_spells_the_unit_otherwise_then_its_spelling():
    assert read_quantity("5 mDa", allowed=("[ppm]", "mDa")).value == Quantity("5", unit="mDa")
    assert read_quantity("35 ppt", allowed=("{psu}", "[ppth]")).value == Quantity("35", unit="[ppth]")


def test_read_quantity_when_the_column_has_decimal_commas_then_read_so():
    assert read_quantity("0,5 m", decimal=",").value == Quantity("0.5", unit="m")
    assert read_quantity("1.234,5 m", decimal=",").value == Quantity("1234.5", unit="m")
    assert read_quantity("1,000 m", decimal=".").value == Quantity("1000", unit="m")
