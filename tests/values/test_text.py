import pytest

from omics_standards.values.text import (
    clean,
    edit_distance,
    looks_garbled,
    normal,
    plain,
    split_header,
    words,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-12-30 ", "2019-12-30"),
        ("\u00a0collection_timestamp", "collection_timestamp"),
        ("a\u2003b\t c\n", "a b c"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("nul\x00", "nul"),
        ("", ""),
        (" \u3000 ", ""),
    ],
)
def test_clean_when_blanks_of_any_kind_then_single_blanks(text, expected):
    assert clean(text) == expected


def test_clean_when_nothing_to_clean_then_same_object():
    text = "Homo sapiens (human), 5 µm"
    assert clean(text) is text


def test_plain_when_full_width_then_ascii_but_superscripts_stay():
    assert plain("ＣＲＡ００１２，５–６：ｘ") == "CRA0012,5-6:x"
    assert plain("10² m½") == "10² m½"


@pytest.mark.parametrize(
    "spellings",
    [
        ("OrganismPart", "organism part", "*organism_part", "Organism.Part", "ORGANISM-PART", "organism  part*"),
        ("BioSample", "biosample", "Bio Sample", "bio_sample"),
        ("RNA-Seq", "RNASeq", "rna seq", "rna_seq"),
        ("样本名称", "*样本　名称", "样本-名称"),
        ("µm", "μm"),
    ],
)
def test_normal_when_only_case_and_punctuation_differ_then_equal(spellings):
    assert len({normal(s) for s in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("CD4+", "CD4-"), ("CD4- T cell", "CD4 T cell"), ("<5", ">5"), ("v1.2", "v12"), ("10-20", "1020"), ("♀", "♂")],
)
def test_normal_when_a_sign_tells_names_apart_then_different(one, other):
    assert normal(one) != normal(other)


def test_words_when_camel_case_then_not_split():
    assert words("BALF_and cultured-virus") == "balf and cultured virus"
    assert words("CD4-") == "cd4-"


@pytest.mark.parametrize(
    ("header", "name", "owner", "unit", "required"),
    [
        ("*Read length for mate1(bp)", "readlengthformate1", "", "bp", True),
        ("ENA-LAST-UPDATE (run)", "enalastupdate", "run", "", False),
        ("GEO_Accession..exp.", "geoaccession", "exp", "", False),
        ("age_s", "age", "", "", False),
        ("tissue_sam_ss", "tissue", "", "", False),
        ("Depth [m]", "depth", "", "m", False),
        ("Total Size, Mb", "totalsize", "", "Mb", False),
        ("年龄（岁）", "年龄", "", "岁", False),
        ("PROCESS ID (Required)", "processid", "", "", True),
        ("样本名称（必填）", "样本名称", "", "", True),
        ("geographic location (country and/or sea)", "geographiclocationcountryandorsea", "", "", False),
        ("Characteristics[day]", "characteristicsday", "", "", False),
        ("comment[modification parameters].1", "commentmodificationparameters", "", "", False),
        ("", "", "", "", False),
    ],
)
def test_split_header_when_real_header_then_its_parts(header, name, owner, unit, required):
    found = split_header(header)
    assert (found.normal, found.owner, found.unit, found.required) == (name, owner, unit, required)


def test_split_header_when_suffixes_are_off_then_kept():
    assert split_header("time_s", suffixes=False).normal == "times"
    assert split_header("time_s").suffix == "_s"
    assert split_header("Assay.Type").normal == split_header("AssayType_s").normal == "assaytype"


@pytest.mark.parametrize(
    ("garbled", "repaired"),
    [
        ("-80Ã\x82Â°C", "-80°C"),
        ("5 ľL", "5 μL"),
        ("60¡58'N, 7¡31'E", "60°58'N, 7°31'E"),
        ("ChinaÂ£ÂºShilin", "China：Shilin"),
        ("Finland/Kilpisj\x8arvi", "Finland/Kilpisjärvi"),
        ("28°15\x92 N", "28°15’ N"),
        ("QuÃ©bec", "Québec"),
    ],
)
def test_looks_garbled_when_mojibake_then_the_repair(garbled, repaired):
    assert looks_garbled(garbled) == repaired


@pytest.mark.parametrize("sound", ["Tübingen", "Perú", "5 µm", "中国：北京", "“quoted”", "ľudovít", "São Tomé", "Å", "plain", "3 × 5 °C"])
def test_looks_garbled_when_text_is_sound_then_none(sound):
    assert looks_garbled(sound) is None


@pytest.mark.parametrize(("a", "b", "edits"), [("vietman", "vietnam", 2), ("unkown", "unknown", 1), ("ab", "ba", 1), ("", "abc", 3)])
def test_edit_distance_when_words_then_number_of_edits(a, b, edits):
    assert edit_distance(a, b, 5) == edit_distance(b, a, 5) == edits
    assert edit_distance(a, b, edits - 1) == edits
