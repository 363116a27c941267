"""The scorer of drafted profiles, on an invented table of a known format: what is hidden, what counts, and where the page keeps it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS = "sample_name\torganism\tcollection_date\tgeo_loc_name\tmy mood\nS1\tMus musculus\t2020-05-01\tChina\tfine\nS2\tMus musculus\t2020-05-02\tChina\t\n"


def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"benchmarks_{name}", ROOT / "benchmarks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def drafts() -> ModuleType:
    return _module("drafts")


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases")
    (folder / "a.tsv").write_text(ROWS, encoding="utf-8")
    (folder / "b.tsv").write_text(ROWS, encoding="utf-8")
    (folder / "empty.tsv").write_text(ROWS, encoding="utf-8")
    listed = "format\tpath\trole\nncbi\ta.tsv\tfilled\nncbi\tb.tsv\tfilled\nncbi\tempty.tsv\ttemplate\n"
    (folder / "MANIFEST.tsv").write_text(listed, encoding="utf-8")
    return folder


def test_columns_of_files_of_one_format_count_once_and_templates_do_not(drafts: ModuleType, cases: Path) -> None:
    scored = drafts.measure(cases, bundle=None)["ncbi"]
    tally = drafts.Tally()
    for verdict, weight in scored:
        tally.add(verdict, weight)
    assert len(scored) == 10
    assert tally["slot"] == pytest.approx(4)
    assert tally["none"] == pytest.approx(1)
    assert tally["first"] == pytest.approx(4)
    assert tally["false"] == 0


def test_a_verdict_tells_the_right_slot_from_the_right_record(drafts: ModuleType) -> None:
    wanted = drafts.Wanted("sex", drafts.Target("Subject", "sex"))
    tally = drafts.Tally()
    tally.add(drafts.Verdict(wanted, 2, 1, used=True, certain=True, told=""), 1.0)
    assert (tally["first"], tally["three"], tally["slot first"], tally["certain right"]) == (0, 1, 1, 0)


def test_absent_tables_are_said_and_no_failure(drafts: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert drafts.main(["--cases", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("skipped")


def test_the_page_keeps_what_others_write(drafts: ModuleType, tmp_path: Path) -> None:
    quality = _module("quality")
    page = tmp_path / "quality.md"
    part = f"{drafts.BEGIN}\nfigures\n{drafts.END}"
    page.write_text(drafts.put_into("# Page\n", part), encoding="utf-8")
    assert quality.kept_sections(page).strip() == part
    again = drafts.put_into(page.read_text(encoding="utf-8"), part.replace("figures", "others"))
    assert again.count("others") == 1
    assert "figures" not in again
