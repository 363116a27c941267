from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards import convert
from omics_standards.values.modifications import pairs_of, read_modification

KEYS = ["NT", "AC", "MT", "TA", "PP", "MM", "CF", "TS", "PMID"]
PAIRS = st.lists(st.tuples(st.sampled_from(KEYS), st.text(alphabet="abcXYZ019.:,-()", min_size=1, max_size=8)), min_size=1, max_size=6)


@given(PAIRS, st.sampled_from([";", " ; ", "; "]), st.sampled_from(["=", " = ", "= "]))
def test_no_key_and_no_value_is_lost(pairs: list[tuple[str, str]], between: str, sign: str) -> None:
    parsed = read_modification(between.join(f"{key}{sign}{value}" for key, value in pairs))
    assert parsed is not None
    assert pairs_of(str(parsed.value)) == pairs
    again = read_modification(str(parsed.value))
    assert again is not None
    assert again.value == parsed.value


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("NT=Oxidation;AC=UNIMOD:35;MT=Variable;TA=M,K;PP=Anywhere;MM=15.99", []),
        ("MT=fixed; TA=C; AC=UNIMOD:4", []),
        ("NT=Acetyl;MT=annotated;PP=protein N-term", []),
        ("NT=Acetyl;MT=often", ["modification-part-unknown"]),
        ("NT=Phospho;TA=STY", ["modification-part-unknown"]),
        ("NT=Phospho;TA=N-term", ["modification-part-unknown"]),
        ("NT=Phospho;PP=somewhere;MM=eighty", ["modification-part-unknown", "modification-part-unknown"]),
        ("MT=Fixed;TA=C", ["modification-unnamed"]),
        ("NT=;AC=;MT=Fixed", ["modification-unnamed"]),
        ("NT=Acetyl;and so on", ["modification-part-unknown"]),
        ("Oxidation (M)", []),
    ],
)
def test_what_the_notation_does_not_know_is_said(text: str, codes: list[str]) -> None:
    parsed = read_modification(text)
    assert parsed is not None
    assert [issue.code for issue in parsed.issues] == codes


def test_letters_without_commas_are_shown_with_them() -> None:
    parsed = read_modification("NT=Phospho;TA=STY")
    assert parsed is not None
    assert parsed.issues[0].fix == "write TA=S,T,Y"


def test_a_blank_is_no_modification() -> None:
    assert read_modification("  ") is None


def test_a_sheet_carries_all_keys_and_the_terms_beside_them(tiny_bundle: Path) -> None:
    cells = {
        "source name": "s1", "characteristics[organism]": "homo sapiens", "characteristics[organism part]": "liver", "assay name": "run 1",
        "technology type": "proteomic profiling by mass spectrometry", "comment[label]": "label free sample",
        "comment[instrument]": "NT=Q Exactive", "comment[cleavage agent details]": "NT=Trypsin;CS=(?<=[KR])",
        "comment[fraction identifier]": "1", "comment[data file]": "a.raw",
    }  # fmt: skip
    name = "comment[modification parameters]"
    texts = [
        "MM=57.02; NT=Carbamidomethyl; TA=C; MT=Fixed",
        "MT=Variable;AC=UNIMOD:35;TA=M,K;PP=Anywhere",
        "NT=Acetyl;AC=UNIMOD:21;MT=rarely;TA=1",
    ]
    frame = pd.DataFrame([[*cells.values(), *texts]], columns=[*cells, name, name, name])
    data = convert(frame, "sdrf-proteomics", bundle=str(tiny_bundle))
    (assay,) = data.records("ProteomicsAssay")
    assert set(assay.values("modification_parameters")) == {text.replace("; ", ";") for text in texts}
    assert {"UNIMOD:4", "UNIMOD:35"} <= {term.id for term in assay.values("modifications")}
    assert [(a.name, a.value) for a in assay.values("attributes")] == [("cleavage agent details", "NT=Trypsin;CS=(?<=[KR])")]
    said = {finding.code for finding in data.findings if finding.header == name}
    assert "modification-part-unknown" in said
    assert any(code.startswith("term-") for code in said)
