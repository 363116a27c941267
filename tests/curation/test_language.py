"""Findings in Chinese: complete, by reading the code for every message that it can make and by converting files."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards.conversion.api import check
from omics_standards.curation.language import Language, get_language
from omics_standards.curation.page import _COLUMNS, _FATE_WORDS, _LABELS, _WORDS
from omics_standards.errors import UsageError
from omics_standards.findings import CODES, SEVERITIES, Address, Issue
from omics_standards.mapping.steps import expected_of
from omics_standards.models.slots import MODEL
from realfiles import SHARED
from sourcemessages import messages

GOLDEN = Path(__file__).parents[1] / "golden"
DATA = Path(get_language.__wrapped__.__code__.co_filename).parent
ZH = get_language("zh")
CHINESE = re.compile("[\u4e00-\u9fff]")
# Values, names of commands and words of vocabularies stay as they are.
KEPT = re.compile(r"'[^']*'|\"[^\"]*\"|omics-standards [a-z ]+|pooled male and female|pooled、not pooled|terms review")


def rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("# ")]


def left_in_english(said: str) -> list[str]:
    return re.findall(r"\b[a-z]{2,}(?: [a-z]{2,})+\b", KEPT.sub("", said))


def test_every_code_has_a_title_and_a_meaning() -> None:
    told = {code: (title, meaning) for code, title, meaning in rows("zh-codes.tsv")}
    assert told.keys() == CODES.keys()
    assert all(CHINESE.search(t) and CHINESE.search(m) for t, m in told.values())
    assert not [c for c, (t, m) in told.items() if left_in_english(t) or left_in_english(m)]


@pytest.mark.parametrize("name", ["zh-messages.tsv", "zh-slots.tsv", "zh-page.tsv"])
def test_catalogues_are_well_formed(name: str) -> None:
    table = rows(name)
    assert all(len(r) == 2 and all(map(str.strip, r)) for r in table)
    english = [r[0] for r in table]
    assert sorted({e for e in english if english.count(e) > 1}) == []
    for template, said in table:
        holes = [sorted(re.findall(r"\{(\w+)", text)) for text in (template, said)]
        assert holes[0] == holes[1], template
        assert CHINESE.search(said) or not re.search(r"[a-z]{2}", re.sub(r"\{[^}]*\}", "", said)), template


def test_every_message_that_the_code_can_make_is_known() -> None:
    known = messages()
    assert len(known) > 400, "the reader of the source finds no messages: it has to follow the code"
    # An alternative that is blank leaves half a message, which nobody ever sees.
    whole = {t: where for t, where in known.items() if t == t.strip()}
    assert {t: where for t, where in whole.items() if ZH.find(t) is None} == {}
    assert {t: ZH.say(t) for t in whole if left_in_english(ZH.say(t))} == {}


def test_what_slots_take_is_known() -> None:
    # Texts of any form fit the other kinds: nothing is expected of them.
    free = ("string", "reference", "attribute", "missing", "rejected", "origin")
    slots = [s for s in MODEL.slots.values() if s.kind not in free or s.pattern]
    assert len(slots) > 150
    said = {s.name: ZH.say(expected_of(s)) for s in slots}
    assert {n: t for n, t in said.items() if not CHINESE.search(t) or left_in_english(t)} == {}


def test_a_new_message_would_be_missed() -> None:
    assert ZH.find("a moon that is full, not Q7") is None
    # A short template would swallow it; what it keeps is seen to be English.
    assert left_in_english(ZH.say("write the moon that is full")) == ["the moon that is full"]


def golden_inputs() -> list[Path]:
    found = []
    for case in sorted(p for p in GOLDEN.glob("*/*") if p.is_dir()):
        found += [p for p in sorted(case.iterdir()) if p.name.startswith("input")][:1]
    return found


def untold(paths: list[Path]) -> set[str]:
    missed = set()
    for path in paths:
        for finding in check(str(path), today="2026-01-01"):
            missed |= {t for t in (finding.expected, finding.fix) if ZH.find(t) is None}
    return missed


def test_every_finding_of_the_golden_cases_is_told_in_chinese() -> None:
    paths = golden_inputs()
    assert len(paths) > 40
    assert untold(paths[::2]) == set()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real files are not at hand")
def test_every_finding_of_real_files_is_told_in_chinese() -> None:
    folders = [p for p in sorted((SHARED / "cases").iterdir()) if p.is_dir()]
    paths = [next((f for f in sorted(d.rglob("*")) if f.is_file() and 0 < f.stat().st_size < 60_000), None) for d in folders]
    assert untold([p for p in paths if p is not None and p.suffix in (".tsv", ".csv", ".xlsx", ".txt")]) == set()


def test_words_of_the_page_are_known() -> None:
    words = {*_LABELS.values(), *_FATE_WORDS, *_FATE_WORDS.values(), *_COLUMNS, *_WORDS, *SEVERITIES}
    assert {w for w in words if ZH.find(w) is None} == set()


def test_embedded_parts_are_said_too() -> None:
    said = ZH.say("write UBERON:0002107 in all of these rows: the cell was dragged down, which counts its number up")
    assert said == "请在这些行中都写 UBERON:0002107：单元格曾被向下拖动，编号因此递增"
    assert ZH.say("did you mean 'liver' (UBERON:0002107)?  correct the cell") == "您是指 'liver' (UBERON:0002107) 吗？请更正该单元格"


def test_text_form() -> None:
    finding = Issue("missing-misspelled", "'not collected', as the INSDC list spells it", "write 'not collected' instead of 'not colected'")
    told = ZH.finding(finding.at(Address("a.tsv", "", 3, 2), value="not colected", header="date", slot="Biosample.collection_date"))
    assert told.splitlines() == [
        "a.tsv, B3  提示 missing-misspelled：缺失原因拼写有误",
        "  列　date  (Biosample.collection_date)",
        "  原文　'not colected'",
        "  应为　INSDC 名单的写法 'not collected'",
        "  改法　请写 'not collected' 而不是 'not colected'",
    ]
    assert get_language("en").finding(finding.at()) == str(finding.at())


def test_unknown_language() -> None:
    with pytest.raises(UsageError, match="there are: en, zh"):
        get_language("fr")


@given(st.text(alphabet=string.printable + "中文。；", max_size=80))
def test_any_text_is_said(text: str) -> None:
    assert isinstance(ZH.say(text), str)
    assert Language("en").say(text) == text


@given(st.text(alphabet=string.ascii_letters + string.digits + " ';:,", min_size=1, max_size=30).filter(lambda t: t.strip() == t))
def test_values_come_through_untouched(value: str) -> None:
    assert value in ZH.say(f"write {value!r} instead of 'x'") or "\\" in repr(value)
