import pytest

from omics_standards.findings import CODES
from omics_standards.values.missing import REASONS, is_missing, none_missing, read_missing


@pytest.mark.parametrize("reason", REASONS)
def test_read_missing_when_insdc_term_then_that_term(reason):
    for text in (reason, reason.upper(), reason.replace(" ", "_"), f" {reason} "):
        found = read_missing(text)
        assert found is not None
        assert found.reason == reason
        assert not found.misspelled
        assert found.bare == (reason == "missing")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("not appliacable", "not applicable"),
        ("not appicable", "not applicable"),
        ("not application", "not applicable"),
        ("not aplicable", "not applicable"),
        ("not pplicable", "not applicable"),
        ("not applicable'", "not applicable"),
        ("not availalble", "missing"),
        ("misssing", "missing"),
        ("unkown", "missing"),
        ("not colected", "not collected"),
        ("restriced access", "restricted access"),
    ],
)
def test_read_missing_when_misspelled_then_reason_and_issue(text, reason):
    found = read_missing(text)
    assert found.reason == reason
    if text.rstrip("'") != reason:
        assert found.misspelled
        assert found.issues[0].code == "missing-misspelled"
        assert repr(reason) in found.issues[0].fix


@pytest.mark.parametrize(
    "text",
    [
        "NA",
        "N/A",
        "n.a.",
        "na",
        "NULL",
        "None",
        "nan",
        "-",
        "--",
        "—",
        "?",
        ".",
        "/",
        "unknown",
        "Unknown,",
        "<NA>",
        "#N/A",
        "nd",
        "NA_NA",
        "not available_not available",
        "XXQIITAXX",
        "uncalculated",
        "无",
        "未知",
        "不详",
        "缺失",
        "<not available>",
    ],
)
def test_read_missing_when_no_reason_is_said_then_bare(text):
    found = read_missing(text)
    assert found.reason == "missing"
    assert found.bare
    assert [i.code for i in found.issues] == ["missing-bare"]
    assert is_missing(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Missing: Not provided", "not provided"),
        ("Missing:Not reported", "not provided"),
        ("not provided, Unknown, Unknown", "not provided"),
        ("Not Applicable (NA)", "not applicable"),
        ("not available: not collected", "not collected"),
        ("<not provided>", "not provided"),
        ("not determined", "not collected"),
        ("anonymized", "restricted access"),
        ("不适用", "not applicable"),
        ("未采集", "not collected"),
        ("未提供", "not provided"),
        ("保密", "restricted access"),
        ("missing: control sample", "missing: control sample"),
    ],
)
def test_read_missing_when_a_reason_is_said_then_it_wins(text, reason):
    found = read_missing(text)
    assert found.reason == reason
    assert not found.bare


@pytest.mark.parametrize(
    ("text", "reason", "trailing"),
    [
        ("not collected material3", "not collected", "material3"),
        ("not available, , Cologne", "missing", "Cologne"),
        ("Unknown :Obtained from a farmer's market", "missing", "Obtained from a farmer's market"),
        ("not provided; submitted under MIGS 2.1", "not provided", "submitted under MIGS 2.1"),
        ("missisng_135", "missing", "135"),
    ],
)
def test_read_missing_when_more_is_said_then_not_certain(text, reason, trailing):
    found = read_missing(text)
    assert (found.reason, found.trailing) == (reason, trailing)
    assert not is_missing(text)


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "0.0",
        "999",
        "-9999",
        "pooled",
        "normal",
        "nose",
        "NA12878",
        "Na+",
        "no",
        "mission",
        "not detected",
        "not treated",
        "unknown species",
        "missing tooth",
        "node",
        "notochord",
        "mitochondria",
        "unaffected",
        "control sample",
        "other",
        "Nagoya",
        "nada",
        "+",
        "absent",
        "Nanjing",
    ],
)
def test_read_missing_when_it_is_a_value_then_none(text):
    assert read_missing(text) is None


def test_read_missing_when_kept_then_value():
    assert read_missing("none", keep={"none"}) is None
    assert read_missing("None", keep={"none"}) is None
    assert read_missing("-", keep={"-"}) is None
    assert read_missing("NA", keep={"NA"}) is None
    assert read_missing("NA", keep={"none"}) is not None


def test_read_missing_when_quiet_then_no_issue():
    assert read_missing("Not available", quiet={"not available"}).issues == ()
    assert read_missing("N/A", quiet={"not available"}).issues != ()


def test_issues_when_made_then_codes_are_known():
    for text in ("NA", "not aplicable", "not collected 5"):
        assert all(i.code in CODES for i in read_missing(text).issues)


@pytest.mark.parametrize("reason", [*REASONS, "NA", "-", "无", "not aplicable"])
def test_none_missing_when_one_text_is_then_false(reason):
    assert none_missing(["S1", "liver", "", "0"])
    assert not none_missing(["S1", "liver", "", reason])
