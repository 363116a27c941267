"""Looking terms up is light: what builds, reads and downloads ontologies is imported where it is used."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from omics_standards.terms import Bundle
from omics_standards.terms.build import build
from terms.carrier_wheels import carriers

HEAVY = "pronto pandas numpy rdflib yaml zstandard urllib.request http.client xml.parsers.expat email ssl"


def test_importing_the_terms_loads_nothing_heavy() -> None:
    script = f"import sys, omics_standards.terms; print([m for m in {HEAVY!r}.split() if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_a_bundle_is_opened_in_milliseconds(tmp_path: Path) -> None:
    path = build(tmp_path / "b.sqlite", wheels=tmp_path / "wheels", manifest=carriers(tmp_path / "wheels")).path
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        with Bundle(path) as bundle:
            assert bundle.ground("liver", ("UBERON",)).status == "mapped"
        taken.append(time.perf_counter() - began)
    assert min(taken) < 0.05
