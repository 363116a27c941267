"""The comparison of raw and curated tables, on two tables of four invented epigenomes."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]

RAW = """\
EpiRR,EpiRR_status,biomaterial_type,cell_type,tissue_type,donor_id,donor_health_status,donor_life_stage,sex,project,phenotype
IHECRE90000001.1,Complete,primary tissue,,liver,D1,none,adult,male,P,
IHECRE90000002.1,Complete,primary tissue,,liver,D2,unknown,adult,female,P,
IHECRE90000003.1,Complete,primary tissue,,,D3,healthy::none,adult,female,P,from left lung
IHECRE90000004.1,Complete,primary tissue,,liver,D4,none,adult,male,P,
"""
CURATED = """\
EpiRR,project,harmonized_biomaterial_type,harmonized_EpiRR_status,harmonized_cell_type,harmonized_tissue_type,harmonized_donor_id,harmonized_donor_life_stage,harmonized_donor_sex,harmonized_sample_disease
IHECRE90000001.1,P,primary tissue,Complete,,liver,D1,adult,male,None
IHECRE90000002.1,P,primary tissue,Complete,,left lung,D2,adult,male,None
IHECRE90000003.1,P,primary tissue,Complete,,left lung,D3,adult,female,None
"""


@pytest.fixture(scope="module")
def agreement() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmarks_agreement", ROOT / "benchmarks" / "agreement.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_each_fact_of_the_curated_table_is_judged_once(agreement: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "ihec"
    folder.mkdir()
    (folder / "raw_x.csv").write_text(RAW, encoding="utf-8")
    (folder / "harmonised_x.csv").write_text(CURATED, encoding="utf-8")
    (pair,) = agreement.pairs(tmp_path)
    verdicts, counts = agreement.judged(pair, None)
    assert counts == Counter({"in both": 3, "raw only": 1, "curated only": 0})
    kinds = {(v.key[-3:-2], v.field): v.kind for v in verdicts}
    assert [kinds[n, "sex"] for n in "123"] == ["agree", "disagree", "agree"]
    assert [kinds[n, "tissue"] for n in "123"] == ["agree", "disagree", "raw holds it, not found"]
    # 'none' in this column says that there is no disease; 'unknown' says nothing.
    assert [kinds[n, "disease"] for n in "123"] == ["agree", "raw does not hold it", "agree"]


def test_without_the_tables_nothing_is_said(agreement: ModuleType, tmp_path: Path) -> None:
    told: list[str] = []
    assert agreement.main(["--cases", str(tmp_path)], told.append) == 0
    assert told == [f"skipped: there are no pairs of tables in {tmp_path}"]


def test_a_section_is_renewed_in_its_place(agreement: ModuleType, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A\n\n<!-- other -->\nx\n<!-- end other -->\n", encoding="utf-8")
    for text in ("one", "two"):
        agreement.keep(text, "agreement", page)
    assert (
        page.read_text(encoding="utf-8")
        == "# A\n\n<!-- other -->\nx\n<!-- end other -->\n\n<!-- agreement: made by benchmarks/agreement.py -->\ntwo\n<!-- end of agreement -->\n"
    )
