from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards.terms.keys import exact_key, folded_key


def folded(text: str) -> str:
    return folded_key(exact_key(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Liver", "liver"),
        ("  bone   marrow ", "bone marrow"),
        ("Alzheimer\u2019s disease", "alzheimer's disease"),
        ("Lys\u2013C", "Lys-C"),
        ("\uff4c\uff49ver", "liver"),
        ("li\u200bver", "liver"),
        ("Straße", "strasse"),
    ],
)
def test_exact_key_forgives_spelling(one: str, other: str) -> None:
    assert exact_key(one) == exact_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("T-cell", "T cell"),
        ("carcinoma, breast", "carcinoma breast"),
        ("Alzheimer's disease", "Alzheimer s disease"),
        ("Graves' disease", "Graves disease"),
        ("Sjögren syndrome", "Sjogren syndrome"),
        ("whole_blood", "whole blood"),
        ("Trypsin / P", "Trypsin/P"),
        ("Bacillus sp.", "Bacillus sp"),
    ],
)
def test_folded_key_forgives_punctuation_that_separates(one: str, other: str) -> None:
    assert exact_key(one) != exact_key(other)
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("(-)-menthol", "(+)-menthol"),
        ("(-)-menthol", "menthol"),
        ("CD4+ T cell", "CD4- T cell"),
        ("CD4+ T cell", "CD4 T cell"),
        ("N,N'-dimethyl", "N,N-dimethyl"),
        ("5'-GMP", "5-GMP"),
        ("Trypsin/P", "Trypsin P"),
        ("PC(16:0/18:1)", "PC(16:0_18:1)"),
        ("sp. 1.2", "sp. 12"),
        ("A-204", "A204"),
    ],
)
def test_folded_key_keeps_what_tells_things_apart(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@given(st.text())
def test_keys_of_any_text(text: str) -> None:
    key = exact_key(text)
    assert exact_key(key) == key
    assert key == " ".join(key.split())
    assert folded_key(key).strip() == folded_key(key)
    assert bool(folded_key(key)) == bool(key)
    key.encode("utf-8")


@given(st.text(st.characters(categories=["Cs", "Cc", "Cf", "Mn", "Po", "Sm", "Ll"])))
def test_keys_of_odd_characters_can_be_stored(text: str) -> None:
    folded(text).encode("utf-8")
