"""What may be relied on: names, import cost, layers of the wheel."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import omics_standards as om

ROOT = Path(__file__).resolve().parents[2]


def test_all_names_exist_and_are_sorted_and_few() -> None:
    assert om.__all__ == sorted(om.__all__)
    assert len(om.__all__) <= 15
    for name in om.__all__:
        assert getattr(om, name) is not None


def test_api_page_lists_exactly_the_public_names() -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    told = {n for row in re.findall(r"^\| (`om\..*?) \|", page, re.MULTILINE) for n in re.findall(r"`om\.(\w+)", row)}
    assert told == set(om.__all__)


def test_convert_stays_a_function_when_its_layer_is_loaded() -> None:
    import omics_standards.conversion

    assert callable(om.convert)
    assert omics_standards.conversion.convert is om.convert


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        om.nothing  # noqa: B018


HEAVY = ("pandas", "rdflib", "pronto", "openpyxl", "linkml", "linkml_runtime", "pydantic", "numpy")


@pytest.mark.parametrize(
    ("code", "barred"),
    [
        ("import omics_standards", HEAVY),
        ("from omics_standards import convert, check, read, ground, recognise, load", tuple(h for h in HEAVY if h != "pydantic")),
        ("import omics_standards.cli", HEAVY),
    ],
)
def test_import_loads_nothing_heavy(code: str, barred: tuple[str, ...]) -> None:
    script = f"{code}\nimport sys\nprint(*[m for m in {barred!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_every_finding_code_is_documented() -> None:
    from omics_standards.findings import CODES

    page = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    assert [c for c in CODES if f"`{c}`" not in page] == []


def test_every_code_that_is_used_exists() -> None:
    from omics_standards.findings import CODES

    used = set()
    for path in (ROOT / "src").rglob("*.py"):
        used |= set(re.findall(r'Issue\(\s*"([a-z-]+)"', path.read_text(encoding="utf-8")))
    assert used
    assert used - set(CODES) == set()
