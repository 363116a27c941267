"""Names beside accessions in real SDRF files: what was dragged, written without its prefix, or paired wrongly is found, and nothing else."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

import omics_standards as om
from omics_standards.terms.bundle import default_path
from realfiles import real_files, rows_of

if TYPE_CHECKING:
    from pathlib import Path

SDRF = [p for p in real_files("sdrf_proteomics", "sdrf_legacy_2024", "sdrf_spec_examples") if p.suffix == ".tsv"]
# Asked before the tests are given a bundle of their own.
BUNDLE = default_path()
# Names beside accessions of other terms, as found by hand in public files.
WRONG = {
    ("Q Exactive Plus", "MS:1001911"), ("Acetyl", "UNIMOD:67"), ("Oxidation", "UNIMOD:1914"), ("cyclization", "UNIMOD:28"),
    ("iodoacetamide", "CHEBI:53448"), ("dithioerythritol", "CHEBI:53425"),
}  # fmt: skip

pytestmark = [
    pytest.mark.skipif(not SDRF, reason="0 real files at hand (../shared/cases is absent)"),
    pytest.mark.skipif(not BUNDLE.is_file(), reason="no ontology bundle is installed"),
]


def pairs(path: Path) -> dict[int, dict[str, set[str]]]:
    """Accessions by column (from 1) and name."""
    headers, rows = rows_of(path)
    found: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        for i in range(len(headers)):
            name, accession = (re.search(rf"(?:^|;)\s*{key}\s*=\s*([^;]+)", row[i]) for key in ("NT", "AC"))
            if name and accession:
                found[i + 1][name[1].strip()].add(accession[1].strip())
    return found


@pytest.mark.parametrize("path", SDRF, ids=lambda p: f"{p.parent.parent.name}/{p.name}")
def test_names_and_accessions(path: Path) -> None:
    written = pairs(path)
    findings = om.check(str(path), today="2026-01-01", bundle=str(BUNDLE))
    said: dict[int, set[str]] = defaultdict(set)
    for f in findings:
        said[f.address.column or 0].add(f.code)
    dragged = {c for c, names in written.items() if any(len(a) > 5 for a in names.values())}
    assert {c for c in dragged if "drag-fill-accession" not in said[c]} == set()
    # One name beside one or two accessions is no series, however wrong.
    quiet = {c for c, names in written.items() if all(len(a) < 3 for a in names.values())}
    assert {c for c in quiet if "drag-fill-accession" in said[c]} == set()
    bare = {c for c, names in written.items() if any(a.isdigit() for several in names.values() for a in several)}
    assert {c for c in bare if "term-id-malformed" not in said[c]} == set()
    wrong = {c for c, names in written.items() for n, several in names.items() for a in several if (n, a.upper()) in WRONG}
    assert {c for c in wrong if not said[c] & {"term-label-mismatch", "term-id-unknown", "drag-fill-accession"}} == set()


def test_the_files_hold_what_is_looked_for() -> None:
    found = [pairs(p) for p in SDRF]
    assert sum(any(len(a) > 5 for names in f.values() for a in names.values()) for f in found) >= 3
    assert sum((n, a.upper()) in WRONG for f in found for names in f.values() for n, several in names.items() for a in several) >= 3
