"""The tables of this layer agree with the model, which other people edit."""

import pytest

from omics_standards.models.prefixes import PREFIXES
from omics_standards.models.slots import MODEL
from omics_standards.values import accessions, files
from omics_standards.values.enums import EnumIndex
from omics_standards.values.missing import REASONS, read_missing
from omics_standards.values.numbers import DecimalMark, read_boolean, read_decimal, read_integer
from omics_standards.values.places import COUNTRIES, read_place
from omics_standards.values.sex import SEXES, read_sex, read_sex_legend
from omics_standards.values.units import read_unit


def test_tables_when_compared_with_the_model_then_the_same_words():
    assert set(COUNTRIES) == set(MODEL.enums["InsdcCountry"])
    assert set(SEXES) == set(MODEL.enums["Sex"])
    assert set(REASONS) == set(MODEL.enums["MissingReason"])
    assert set(files._FORMATS.values()) | set(files._DOUBLE.values()) <= set(MODEL.enums["FileFormat"])
    assert {f"{kind}{n}" for kind in ("read", "index") for n in (1, 2)} <= set(MODEL.enums["ReadIndex"])
    assert {p.prefix for p in accessions.PATTERNS} <= set(PREFIXES)


def test_units_when_a_slot_allows_one_then_it_is_known():
    unknown = {u for s in MODEL.slots.values() for u in s.units if read_unit(u) is None}
    assert unknown == set()


def test_names_when_chinese_then_read_as_the_model_says():
    for name, known in MODEL.enums["InsdcCountry"].items():
        for alias in known.aliases:
            if not alias.isascii() and "国" in alias:
                assert read_place(alias).value.country == name


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("F", "female"),
        ("Male ", "male"),
        ("♀", "female"),
        ("雄性", "male"),
        ("公", "male"),
        ("NCIT:C16576", "female"),
        ("PATO:0000384", "male"),
        ("pooled male and female", "pooled male and female"),
        ("M/F", "pooled male and female"),
        ("MALE_SEX_FOR_CLINICAL_USE", "male"),
        ("hermaphrodite", "hermaphrodite"),
        ("castrated male", "neuter"),
        ("雌雄同体", "hermaphrodite"),
    ],
)
def test_read_sex_when_known_then_permissible_value(text, value):
    parsed = read_sex(text)
    assert parsed.value == value
    assert parsed.issues == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [("1", "code-without-legend"), ("2.0", "code-without-legend"), ("O positive", "sex-unknown"), ("pooled", "sex-unknown")],
)
def test_read_sex_when_not_known_then_no_value(text, code):
    parsed = read_sex(text)
    assert parsed.value is None
    assert [i.code for i in parsed.issues] == [code]


@pytest.mark.parametrize(
    ("text", "value"),
    [("1 (male)", "male"), ("female=2", "female"), ("0: 女", "female"), ("M (male)", "male"), ("男=1", "male"), ("2＝女", "female")],
)
def test_read_sex_when_the_cell_has_a_legend_then_its_word(text, value):
    assert read_sex(text) == (value, ("by the legend in the cell",), ())


@pytest.mark.parametrize("text", ["F (male)", "1=2", "1 (green)"])
def test_read_sex_when_the_legend_contradicts_then_no_value(text):
    assert read_sex(text).value is None


@pytest.mark.parametrize(("text", "value"), [("XX", "female"), ("maternal", "female"), ("both", "pooled male and female")])
def test_read_sex_when_only_near_then_flagged(text, value):
    parsed = read_sex(text)
    assert (parsed.value, [i.code for i in parsed.issues]) == (value, ["sex-inferred"])


@pytest.mark.parametrize(
    ("header", "legend"),
    [
        ("Sex (1=male, 2=female)", {"1": "male", "2": "female"}),
        ("gender 0: F; 1: M", {"0": "female", "1": "male"}),
        ("性别（男=1，女=2）", {"1": "male", "2": "female"}),
        ("sex", {}),
        ("sex [1=yes]", {}),
        ("sex 1=male, 1=female", {}),
    ],
)
def test_a_header_explains_its_codes(header, legend):
    assert read_sex_legend(header) == legend
    for code, value in legend.items():
        assert read_sex(code, legend).value == value
    assert read_sex("9", legend).issues[0].code == "code-without-legend"


def test_enum_index_when_case_differs_then_silent_and_punctuation_then_noted():
    index = EnumIndex({"RNA-Seq": ["rna sequencing", "转录组测序"], "WGS": [], "other": [], "POSITIVE": ["+"], "NEGATIVE": ["-"]})
    assert index.read("WGS") == ("WGS", (), ())
    assert index.read("wgs").issues == ()
    assert index.read(" RNA-Seq").value == "RNA-Seq"
    assert [i.code for i in index.read("RNA_seq").issues] == ["enum-respelled"]
    assert index.read("转录组测序").value == "RNA-Seq"
    assert index.read("-").value == "NEGATIVE"
    assert index.read("+").value == "POSITIVE"
    assert index.read("") is None


def test_enum_index_when_unknown_then_at_most_three_nearest():
    index = EnumIndex({f"Illumina NovaSeq {n}": [] for n in ("6000", "5000", "X", "X Plus")})
    parsed = index.read("Illumina NovaSeq")
    assert parsed.value is None
    assert parsed.issues[0].code == "enum-unknown"
    assert 1 <= parsed.issues[0].fix.count("Illumina") <= 3
    assert index.read("banana").issues[0].fix == "write the word of the vocabulary that fits"


def test_enum_index_when_two_words_share_a_spelling_then_refused():
    index = EnumIndex({"first": ["one"], "second": ["one"]})
    assert index.read("one").value is None
    assert "'first' or 'second'" in index.read("one").issues[0].fix
    assert index.shared == {"one": ("first", "second")}


def test_enum_index_when_made_of_the_model_then_every_word_reads_as_itself():
    for name, values in MODEL.enums.items():
        index = EnumIndex({word: value.aliases for word, value in values.items()})
        assert all(index.read(word).value == word for word in values), name


def test_read_missing_when_the_model_knows_a_chinese_reason_then_read():
    assert read_missing("缺失：对照样本").reason == "missing: control sample"


@pytest.mark.parametrize(("text", "value"), [("150.0", 150), ("1e3", 1000), ("007", 7), ("-3", -3), ("1,234,567", 1234567), ("１２", 12)])
def test_read_integer_when_whole_then_int(text, value):
    assert read_integer(text).value == value


@pytest.mark.parametrize("text", ["1.5", "abc", "1,5", "12 reads", "1e99", ""])
def test_read_integer_when_not_whole_then_refused(text):
    parsed = read_integer(text)
    assert parsed is None or (parsed.value is None and parsed.issues[0].code == "number-unreadable")


def test_read_decimal_when_digits_then_kept():
    assert read_decimal("7.40") == ("7.40", (), ())
    assert read_decimal("+07.40").value == "7.40"
    assert read_decimal("-0.0").value == "0.0"
    assert read_decimal("7.4 pH").issues[0].fix == "write 7.4 alone"
    assert read_decimal("1,234").value is None


@pytest.mark.parametrize(
    ("text", "value"), [("yes", True), ("N", False), ("TRUE", True), ("是", True), ("否", False), ("1", True), ("0", False)]
)
def test_read_boolean_when_known_then_bool(text, value):
    parsed = read_boolean(text)
    assert parsed.value is value
    assert [i.code for i in parsed.issues] == (["code-without-legend"] if text in "10" else [])


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (["0,5", "12,25 m"], ","),
        (["0.5", "1"], "."),
        (["1,234"], None),
        (["0,5", "0.5"], None),
        (["1.234,5"], ","),
        (["1", "", "x" * 500, "a,b"], None),
    ],
)
def test_decimal_mark_when_column_then_evidence(texts, mark):
    assert DecimalMark().collect(texts).mark == mark
    assert DecimalMark().collect(reversed(texts)).mark == mark


def test_numbers_when_beyond_reason_then_refused():
    for parse in (read_integer, read_decimal):
        assert parse("1" * 500).value is None
        assert parse("  ") is None
    assert read_boolean("perhaps").issues[0].code == "boolean-unreadable"
    assert read_boolean(" ") is None
