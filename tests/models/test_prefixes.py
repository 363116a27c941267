"""CURIE to IRI and back."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards.models.prefixes import PREFIXES, compress, expand

PATTERNS = Path(__file__).resolve().parents[3] / "shared" / "fields" / "accession_patterns.tsv"

local_ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,15}", fullmatch=True)


@given(st.sampled_from(sorted(PREFIXES)), local_ids)
def test_expand_then_compress_gives_the_curie_back(prefix: str, local: str) -> None:
    iri = expand(f"{prefix}:{local}")
    assert iri == PREFIXES[prefix] + local
    assert iri is not None
    again = compress(iri)
    assert again is not None
    assert expand(again) == iri


@pytest.mark.parametrize("text", ["", "nothing", "nothing:1", "biosample:", ":x", "https://example.org/"])
def test_expand_of_what_is_no_known_curie_is_none(text: str) -> None:
    assert expand(text) is None


@pytest.mark.parametrize("text", ["", "x", "https://example.org/1", PREFIXES["biosample"]])
def test_compress_of_what_is_in_no_namespace_is_none(text: str) -> None:
    assert compress(text) is None


def test_compress_takes_the_longest_namespace() -> None:
    assert compress("https://w3id.org/omics-standards/tissue") == "omst:tissue"
    assert compress("https://www.ebi.ac.uk/biostudies/arrayexpress/studies/E-MTAB-1") == "arrayexpress:E-MTAB-1"
    assert compress("https://ngdc.cncb.ac.cn/gsa-human/browse/HRA000425") == "ngdc.gsahuman:HRA000425"


def test_namespaces_are_absolute_and_distinct() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert all(re.fullmatch(r"https?://\S+[/#_=]", iri) for iri in PREFIXES.values())
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_.]*", p) for p in PREFIXES)


@pytest.mark.skipif(not PATTERNS.exists(), reason="needs the accession table of ../shared")
def test_prefixes_agree_with_the_collected_ones() -> None:
    with PATTERNS.open(encoding="utf-8") as handle:
        rows = [r for r in csv.DictReader(handle, delimiter="\t") if r["curie_bioregistry"].endswith(":{id}")]
    assert rows
    for row in rows:
        assert row["curie_bioregistry"].removesuffix(":{id}") in PREFIXES, row["object"]
