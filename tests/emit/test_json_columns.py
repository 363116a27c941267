"""JSON made by column is, to the byte, the JSON of the records."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from omics_standards.conversion.flow import Flow, Options
from omics_standards.conversion.inputs import open_inputs
from omics_standards.emit.jsonfile import JsonWriter
from omics_standards.records import records_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omics_standards.records import Block, Record

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = sorted({p.parent for p in GOLDEN.glob("*/*/input*")})


class _Both:
    """Takes blocks, and compares the two ways of writing them."""

    def __init__(self) -> None:
        self.writer = JsonWriter(io.StringIO(), "")
        self.compared = 0

    def encode(self, _records: Sequence[Record]) -> None:
        """Records that stand alone have one way only."""

    def encode_blocks(self, blocks: Sequence[Block]) -> None:
        by_column = self.writer.encode_blocks(blocks)
        by_record = self.writer.encode(records_of(blocks))
        assert by_column == by_record
        self.compared += sum(text.count("\n") + 1 for text in by_column.values())

    def write(self, _encoded: object) -> None:
        """Nothing is kept."""


@pytest.mark.parametrize("case", CASES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_look_alikes(case: Path, tiny_bundle: Path) -> None:
    sink = _Both()
    options = Options(today="2026-01-01", bundle=str(tiny_bundle))
    outcome = Flow(open_inputs(sorted(case.glob("input*"))), options).run(sink)
    assert sink.compared >= sum(outcome.records.values()) > 0 or not outcome.records
