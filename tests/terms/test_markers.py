from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards.terms.markers import read_cell_markers

FOUND = [
    ("CD8+ T cells", "T cell", "CD8+", "CD8-positive, alpha-beta T cell"),
    ("CD8 Tcells", "T cell", "CD8+", "CD8-positive, alpha-beta T cell"),
    ("CD8-positive T-cells", "T cell", "CD8+", "CD8-positive, alpha-beta T cell"),
    ("CD4+ CD25+ Treg", "regulatory T cell", "CD4+ CD25+", "CD4-positive, CD25-positive, alpha-beta regulatory T cell"),
    ("CD4+CD25+ Tregs", "regulatory T cell", "CD4+ CD25+", "CD4-positive, CD25-positive, alpha-beta regulatory T cell"),
    ("naive CD4+ T cell", "naive T cell", "CD4+", "naive thymus-derived CD4-positive, alpha-beta T cell"),
    ("CD8+ TEM", "effector memory T cell", "CD8+", "effector memory CD8-positive, alpha-beta T cell"),
    ("CD4 cytotoxic", "cytotoxic T cell", "CD4+", "CD4-positive, alpha-beta cytotoxic T cell"),
    ("CD3\u2212 CD56+ NK", "natural killer cell", "CD3- CD56+", "natural killer cell"),
    ("CD3-CD56+ NK cells", "natural killer cell", "CD3- CD56+", "CD3-CD56+ NK cell"),
    ("CD16+CD56dim NK cells", "natural killer cell", "CD16+ CD56dim", "CD16-positive, CD56-dim NK cell"),
    ("CD34 positive HSC", "hematopoietic stem cell", "CD34+", "hematopoietic stem cell"),
    ("CD14+ CD16- classical monocytes", "classical monocyte", "CD14+ CD16-", "CD14-positive, CD16-negative classical monocyte"),
    ("Lin- Sca-1+ c-Kit+ cells", "cell", "Lin- Sca-1+ c-Kit+", "Lin-negative, Sca-1-positive, c-Kit-positive cell"),
    ("HLA-DR+ dendritic cells", "dendritic cell", "HLA-DR+", "HLA-DR-positive dendritic cell"),
]
_SIGNS = {"positive": "+", "negative": "-"}


@pytest.mark.parametrize(("text", "base", "markers", "name"), FOUND)
def test_markers_are_taken_from_the_name(text: str, base: str, markers: str, name: str) -> None:
    found = read_cell_markers(text)
    assert found is not None
    assert found.base == base
    assert sorted(m.name + _SIGNS.get(m.sign, m.sign) for m in found.markers) == sorted(markers.split())
    assert name in found.names
    assert len(set(found.names)) == len(found.names)


@pytest.mark.parametrize(
    "text",
    ["", "hepatocyte", "T-cell", "B-cell lymphoma", "beta-cell", "NK-cell", "non-small", "alpha-beta T cell", "double-negative thymocyte",
     "low grade", "Na+ channel", "CD8-alpha", "ABCD8", "x" * 5000],
)  # fmt: skip
def test_names_without_markers_are_left_alone(text: str) -> None:
    assert read_cell_markers(text) is None


@given(st.text(alphabet=st.sampled_from("CDcd0123456789+-() ,/TNKcellbright"), max_size=40))
def test_any_text_is_taken_apart_without_failing(text: str) -> None:
    found = read_cell_markers(text)
    assert found is None or (found.markers and found.base and all(found.names))


@given(st.integers(1, 371), st.sampled_from("+-"), st.sampled_from(["T cell", "B cell", "monocyte", "thymocyte"]))
def test_a_sign_is_never_lost(number: int, sign: str, cell: str) -> None:
    found = read_cell_markers(f"CD{number}{sign} {cell}s")
    assert found is not None
    assert [(m.name, _SIGNS[m.sign]) for m in found.markers] == [(f"CD{number}", sign)]
    assert found.base == cell
