from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from omics_standards.terms import Bundle


@pytest.fixture(scope="session")
def bundle(tiny_bundle: Path) -> Iterator[Bundle]:
    with Bundle(tiny_bundle) as opened:
        yield opened
