"""What is said of a whole batch is what a look at each text would say."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from omics_standards.mapping.bulk import safe_names
from omics_standards.mapping.ids import record_id
from omics_standards.mapping.steps import Environment, build_step
from omics_standards.profiles.schema import Column
from omics_standards.records import BLANK, Plain
from omics_standards.terms import get_terms
from omics_standards.values.missing import is_missing

WORDS = [
    "", "S1", "S-2", "NA", "n/a", "none", "missing", "not collected", "not collected 3", "missing 2", "0", "007", "12", "1.0", "-5", "99999999999999999999",
    "a  b", " a", "a ", "a\tb", "a\nb", "é", "中文", "=1+1", 'say "x"', "back\\slash", "SAMN00000001", "PRJNA1", "CRR123456", ".", "..", "a.b", "~", "-",
    "d41d8cd98f00b204e9800998ecf8427e", "D41D8CD98F00B204E9800998ECF8427E", "\x00", "\u00a0", "\ud800", "x" * 300, "unknown", "?", "无",
]  # fmt: skip
TEXTS = st.lists(
    st.one_of(st.sampled_from(WORDS), st.text(max_size=12), st.from_regex(r"[A-Z]{1,4}[0-9]{1,9}", fullmatch=True)), min_size=1, max_size=30
)


@pytest.mark.parametrize("slot", ["name", "title", "md5", "file_size", "isolate", "read_length_1", "accessions"])
@given(texts=TEXTS)
@example(texts=["S1", "", "S2"])
@example(texts=["d41d8cd98f00b204e9800998ecf8427e", ""])
@example(texts=["1", "20", "300"])
@example(texts=["SRR000001", "", "ERR0000022"])
@example(texts=["SRR000001", "SRX000001"])
@example(texts=["GWHAAAA00000001", "GWHBBBB00000002.1"])
def test_a_clean_batch_reads_as_plain_values(slot: str, texts: list[str]) -> None:
    env = Environment("f", get_terms("/no/bundle"))
    read, clean = build_step(slot, Column(to=[f"x.{slot}"]), env, header=slot)
    assert clean is not None
    column = clean.column(slot, texts)
    for text, plain in zip(texts, column, strict=True) if column is not None else ():
        each = read(text) if text else BLANK
        assert each.values == plain.values
        assert each.issues == ()
        assert (each.raw or text, each.steps) == (plain.raw or text, plain.steps)
        assert (each is BLANK) == (plain is BLANK)
        if each is not BLANK:
            assert each.fate == plain.fate == "mapped"


@pytest.mark.parametrize(("slot", "texts"), [("name", ["S1", "S2", ""]), ("md5", ["0" * 32, "f" * 32]), ("file_size", ["1", "", "22"]),
                                             ("accessions", ["SAMN00000001", "", "SAMN00000002"])])  # fmt: skip
def test_ordinary_identifiers_are_clean(slot: str, texts: list[str]) -> None:
    _, clean = build_step(slot, Column(to=[f"x.{slot}"]), Environment("f", get_terms("/no/bundle")), header=slot)
    assert clean is not None
    assert clean.column(slot, texts) is not None


@given(texts=TEXTS)
@example(texts=["S1", "S.2"])
def test_safe_names_are_named_as_they_stand(texts: list[str]) -> None:
    if safe_names(texts):
        for text in texts:
            assert not is_missing(text)
            assert record_id("Biosample", text) == f"biosample/{text}"


def test_a_plain_reading_is_no_more_than_its_text() -> None:
    plain = Plain("name", "S1")
    assert (plain.values, plain.fate, plain.issues, plain.odd, plain.missing, plain.rejected) == (("S1",), "mapped", (), False, None, None)
