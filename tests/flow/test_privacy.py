"""What points at a person is found where rows are of people, and nothing else is taken for it: each code with a true and a false case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from omics_standards.checks.private_columns import human
from omics_standards.conversion import Options, convert_to
from omics_standards.conversion.api import check
from omics_standards.errors import UsageError
from omics_standards.findings import CODES
from omics_standards.values.person_names import find_names, initials, is_name, pinyin_names
from omics_standards.values.personal import find_personal

if TYPE_CHECKING:
    from pathlib import Path

MANY = 12


def _codes(organism: str = "Homo sapiens", **columns: str | list[str]) -> set[str]:
    """Codes of privacy that a table with these columns gives, twelve rows unless lists say otherwise."""
    rows = max((len(v) for v in columns.values() if isinstance(v, list)), default=MANY)
    table = {"sample_name": [f"S{i}" for i in range(rows)], "organism": [organism] * rows}
    table |= {k.replace("__", " "): v if isinstance(v, list) else [v] * rows for k, v in columns.items()}
    findings = check(pd.DataFrame(table), "ncbi-biosample", bundle="/no/bundle", today="2026-01-01")
    return {f.code for f in findings if f.code.startswith("privacy-")}


@pytest.mark.parametrize(
    ("code", "true", "false"),
    [
        ("privacy-age", {"age": "93 years"}, {"age": "89 years"}),
        ("privacy-age", {"age": "1100 months"}, {"age": ">89 years"}),
        ("privacy-age", {"host_age": "91"}, {"age": "999"}),
        ("privacy-birth-date", {"birth_date": "1980-04-01"}, {"birth_date": "1980"}),
        ("privacy-birth-date", {"出生日期": "1980年4月1日"}, {"出生日期": "1980"}),
        ("privacy-birth-date", {"birth_date": "1921"}, {"birth_date": "not collected"}),
        ("privacy-date", {"collection_date": "2020-04-01"}, {"collection_date": "2020"}),
        ("privacy-coordinates", {"lat_lon": "31.2304 N 121.4737 E"}, {"lat_lon": "31.23 N 121.47 E"}),
        ("privacy-national-id", {"comment": "no. 11010519491231002X"}, {"comment": "no. 110105194912310021"}),
        ("privacy-national-id", {"patient_ssn": "219-09-9999"}, {"description": "CAS 7732-18-5"}),
        ("privacy-record-number", {"住院号": "0023911"}, {"batch": "0023911"}),
        ("privacy-telephone", {"description": "reach her at +44 161 496 0000"}, {"description": "reads 1000000-2000000, +0.5 V"}),
        ("privacy-telephone", {"patient_phone": "138 0013 8000"}, {"collected_by": "+44 161 496 0000"}),
        ("privacy-email", {"description": "write to ada@example.org"}, {"collected_by": "ada@example.org"}),
        ("privacy-email", {"isolate": "ada@example.org"}, {"description": "submitted by ada@example.org"}),
        ("privacy-address", {"home_address": "5 Nowhere Lane"}, {"geo_loc_name": "China: Beijing"}),
        ("privacy-name", {"患者姓名": "Zhang San"}, {"患者姓名": "P001"}),
        ("privacy-name", {"sample_title": "王小明 肝癌"}, {"sample_title": "肝癌 高血压 江苏省"}),
        ("privacy-name", {"isolate": ["ZhangSan", "LiNa", "WangFang", "ChenJie"]}, {"isolate": ["HeLa", "MaLme", "HuH", "LoVo"]}),
        (
            "privacy-name",
            {"isolate": ["zhangwei", "lijing", "wangfang", "liuyang", "chenjie"]},
            {"isolate": ["wuhan", "jinan", "suzhou", "xian", "yantai"]},
        ),
        ("privacy-name", {"isolate": ["Wei Zhang", "Jing Li", "Fang Wang"]}, {"isolate": ["Tissue A", "Tissue B", "Tissue C"]}),
        ("privacy-date", {"admission__date": "2020-03-04"}, {"admission__date": "2020"}),
        ("privacy-free-text", {"description": [f"{i} " * 14 for i in range(MANY)]}, {"description": "one text for all " * 4}),
        ("privacy-small-cells", {"age": [f"{30 + i} years" for i in range(MANY)], "sex": "male"}, {"age": "30 years", "sex": "male"}),
    ],
)
def test_true_and_false(code: str, true: dict[str, str | list[str]], false: dict[str, str | list[str]]) -> None:
    assert code in CODES
    assert code in _codes(**true)
    assert code not in _codes(**false)


@pytest.mark.parametrize("organism", ["Mus musculus", "Human immunodeficiency virus 1", "soil metagenome"])
def test_rows_of_others_are_left_alone(organism: str) -> None:
    said = {"age": "93", "birth_date": "1980-04-01", "lat_lon": "31.23041 N 121.47371 E", "description": "ada@example.org"}
    assert _codes(organism, **said) == set()


def test_who_has_an_identity_card_is_a_person() -> None:
    frame = pd.DataFrame({"样本": ["S1", "S2"], "年龄": ["93", "40"], "身份证号": ["110105194912310021", "11010519491231002X"]})
    codes = {f.code for f in check(frame, bundle="/no/bundle", today="2026-01-01")}
    assert {"privacy-national-id", "privacy-age"} <= codes
    assert "privacy-age" not in {f.code for f in check(frame.drop(columns="身份证号"), bundle="/no/bundle", today="2026-01-01")}


@pytest.mark.parametrize(
    ("name", "code"), [("王小明.tsv", "privacy-name"), ("11010519491231002X.tsv", "privacy-national-id"), ("肝癌样本.tsv", "")]
)
def test_names_of_files(name: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text("sample_name\torganism\ttissue\nS1\tHomo sapiens\tliver\n")
    found = {f.code for f in check(path, "ncbi-biosample", bundle="/no/bundle", today="2026-01-01") if f.code.startswith("privacy-")}
    assert found == ({code} if code else set())


def test_the_host_counts() -> None:
    assert "privacy-age" in _codes("gut metagenome", host="Homo sapiens", host_age="93 years")
    assert "privacy-age" not in _codes("gut metagenome", host="Sus scrofa", host_age="93 weeks")


def test_a_cell_line_has_no_day_and_no_place() -> None:
    assert _codes(cell_line="HeLa", collection_date="2020-04-01", lat_lon="31.23041 N 121.47371 E") == set()


def test_off_by_option(tmp_path: Path) -> None:
    frame = pd.DataFrame({"sample_name": ["S1"], "organism": ["Homo sapiens"], "age": ["93 years"]})
    found = check(frame, "ncbi-biosample", bundle="/no/bundle", privacy=False)
    assert not [f for f in found if f.code.startswith("privacy-")]
    with pytest.raises(UsageError, match="leave out --no-privacy"):
        convert_to([], tmp_path / "out", "json", Options(privacy=False, redact=True))


def test_initials_need_a_chinese_sheet() -> None:
    names = [f"{n}_T" for n in ("ZXM", "LH", "WJG", "CYQ", "LXY", "ZQ", "HWB", "GLL", "SYF", "XM")]
    assert "privacy-initials" in _codes(isolate=[f"{n} 肝" for n in names])
    assert "privacy-initials" not in _codes(isolate=names)


def test_many_rows_are_looked_at_as_a_whole_and_one_by_one() -> None:
    rows = [f"S{i}" for i in range(3000)]
    rows[2_777] = "ada@example.org"
    frame = pd.DataFrame({"sample_name": [f"x{i}" for i in range(3000)], "organism": "Homo sapiens", "isolate": rows})
    found = [f for f in check(frame, "ncbi-biosample", bundle="/no/bundle", today="2026-01-01") if f.code == "privacy-email"]
    assert [(f.value, f.address.row) for f in found] == [("ada@example.org", 2779)]


@pytest.mark.parametrize(
    "text",
    ["SRR12345678", "SAMEA104228123", "d41d8cd98f00b204e9800998ecf8427e", "2019-03-04T10:00:00Z", "1-123-456", "GSE12345_family.soft.gz",
     "ftp://user@host.org/a", "10.1016/j.cell.2018.05.015", "192.168.100.100", "0000-0002-1825-0097", "12345678901234567890", "NM_001126112.2:c.743G>A"],
)  # fmt: skip
def test_ids_of_things_are_no_ids_of_people(text: str) -> None:
    assert find_personal(text) == []
    assert find_names(text) == []


@pytest.mark.parametrize(
    "number", ["11010519491231002X", "529.982.247-25", "943 476 5919", "RSSMRA85T10A562S", "900101-1234568", "2363 5870 1254"]
)
def test_a_wrong_check_digit_is_no_number(number: str) -> None:
    assert [h.kind for h in find_personal(f"id {number} ")] == ["national-id"]
    for place, sign in enumerate(number):
        if sign.isdigit() and place > len(number) - 4:
            changed = number[:place] + str((int(sign) + 1) % 10) + number[place + 1 :]
            assert find_personal(f"id {changed} ") == []


def test_names_in_columns() -> None:
    assert pinyin_names(["Shenzhen_1", "Wuhan_2", "Xian_3", "Lanzhou_4"]) == {}
    assert initials(["CTL", "ADX", "PDX", "DNA", "RNA", "WGS", "TMT", "ITR"]) == {}
    assert not any(map(is_name, ["case", "NA12878", "未知", "", "tumour tissue"]))
    assert human("Human gut metagenome")
    assert not human("humanized mouse")
