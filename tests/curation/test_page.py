"""The page: complete, inert to what cells say, the same bytes twice, and looked at by a parser of HTML."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from omics_standards.conversion.api import examine
from omics_standards.conversion.flow import Options
from omics_standards.curation.coverage import Coverage
from omics_standards.curation.language import get_language
from omics_standards.curation.page import Told, need_of, page
from omics_standards.findings import Address, Issue
from omics_standards.records import Ledger
from omics_standards.terms import Suggestion

GOLDEN = Path(__file__).parents[1] / "golden"
HOSTILE = '</script><script>alert(1)</script><img src=x onerror="alert(2)">'


class Reader(HTMLParser):
    """What a browser would make of the page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "input", "br", "rect", "link"):
            self.open.append(tag)
            if tag in self.raw:
                self.raw[tag].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in self.raw:
            self.raw[self.open[-1]][-1] += data
        else:
            self.texts.append(data)


def made(frame: pd.DataFrame, lang: str = "en", **offers: tuple[Suggestion, ...]) -> str:
    coverage = Coverage()
    outcome = examine(frame, Options(observer=coverage, today="2026-01-01", bundle="/no/such/bundle"))
    found = {("Biosample.tissue", k): v for k, v in offers.items()}
    told = Told(outcome.inputs, outcome.ledger, outcome.records, outcome.findings, outcome.versions, coverage.sheets, found)
    return page(told, get_language(lang))


FRAME = pd.DataFrame(
    {
        "sample_name": ["S1", "S2", HOSTILE],
        "organism": ["Mus musculus", HOSTILE, "<!--"],
        "collection_date": ["2020-05", "31 February 2020", HOSTILE],
        HOSTILE: ["a", "b", "{{c}}"],
    }
)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_hostile_cells_are_inert(lang: str) -> None:
    text = made(FRAME, lang)
    read = Reader(text)
    assert [t for t, _ in read.tags if t in ("img", "iframe", "link", "object")] == []
    assert len(read.raw["script"]) == 2
    assert not [a for _, attrs in read.tags for a in attrs if a.startswith("on") or a == "style"]
    assert HOSTILE in "".join(read.texts)
    assert read.open == []


def test_the_page_allows_its_own_script_and_style_alone() -> None:
    read = Reader(made(FRAME))
    policy = next(a["content"] or "" for t, a in read.tags if t == "meta" and a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none';")
    for text in (read.raw["script"][1], read.raw["style"][0]):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert not re.search(r"https?://", read.raw["script"][1] + read.raw["style"][0])
    assert [a for _, attrs in read.tags for k, a in attrs.items() if k in ("src", "href") and not (a or "").startswith("#")] == []


def test_data_of_the_page() -> None:
    text = made(FRAME, S2=())
    island = json.loads(Reader(text).raw["script"][0])
    texts, findings = island["texts"], island["findings"]
    dates = [f for f in findings if texts[f[1]] == "date-impossible"]
    assert [(texts[f[4]], texts[f[5]], texts[f[7]]) for f in dates] == [("C3", "collection_date", "31 February 2020")]
    assert island["codes"]["date-impossible"] == "date that does not exist"
    assert max(n for f in findings for n in f[:10]) < len(texts)


def test_what_a_person_reads_first() -> None:
    lead = re.search(
        r'<p class="lead">(.*?)</p>', made(pd.DataFrame({"sample_name": ["S1", "S2"], "collection_date": ["2020", "2020-13"]}))
    )
    assert lead is not None
    assert lead[1] == "1 cell needs you (1 with errors, 0 with warnings); 3 are done."
    clean = re.search(
        r'<p class="lead">(.*?)</p>', made(pd.DataFrame({"sample_name": ["S1", "S2"], "collection_date": ["2020", "2021"]}), "zh")
    )
    assert clean is not None
    assert clean[1] == "无需您处理：全部 4 个数据单元格都已写入。"


def test_columns_add_up_to_the_ledger() -> None:
    for case in ("ngdc-gsa/typical", "sdrf-proteomics/typical", "ncbi-biosample/typical"):
        folder = GOLDEN / case
        inputs = sorted(folder.glob("input*"))
        if not inputs:
            continue
        coverage = Coverage()
        ledger = examine(str(inputs[0]), Options(observer=coverage, bundle="/no/such/bundle")).ledger.to_dict()
        counted = {f: sum(c.fates.get(f, 0) for s in coverage.sheets for c in s.columns) for f in ("mapped", "kept", "missing", "rejected")}
        assert sum(counted.values()) == ledger["cells"] - ledger["structural"]
        assert counted["missing"] == ledger["missing"]


def test_page_in_chinese() -> None:
    text = made(FRAME, "zh")
    assert '<html lang="zh-CN">' in text
    assert "不存在的日期" in text
    assert "检查结果" in text
    assert "Where the cells went" not in text


def test_terms_are_offered() -> None:
    said = Issue("term-not-found", "a term or synonym of UBERON", "correct the cell").at(
        Address("a.tsv", "", 2, 3), value="livr", slot="Biosample.tissue"
    )
    offers = {("Biosample.tissue", "livr"): (Suggestion("UBERON:0002107", "liver", 0.91),)}
    text = page(Told([], Ledger({"mapped": 1}), {}, [said], {}, (), offers), get_language("en"))
    assert "<code>UBERON:0002107</code> liver" in text
    island = json.loads(Reader(text).raw["script"][0])
    assert [[island["texts"][i], island["texts"][label], score] for i, label, score in island["findings"][0][13]] == [
        ["UBERON:0002107", "liver", 0.91]
    ]


def test_many_findings_stay_small() -> None:
    many = [
        Issue("date-impossible", "a day of the calendar", "correct it").at(Address("a.tsv", "", n, 3), value=f"2020-13-{n}")
        for n in range(2, 20_002)
    ]
    text = page(Told([], Ledger({"mapped": 1}), {}, many, {}), get_language("en"))
    assert text.count("<article") == 200
    assert len(text) < 20_000 * 120
    assert "The first 200 of 20,000 findings" in text


def test_same_bytes() -> None:
    assert made(FRAME) == made(FRAME)


def test_cells_count_once() -> None:
    at = Address("a.tsv", "", 2, 3)
    folded = Issue("date-future").at(at)
    assert need_of([folded, folded, Issue("date-impossible").at(at)]) == {"error": 1, "warning": 0, "info": 0}
