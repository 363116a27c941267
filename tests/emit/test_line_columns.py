"""Lines of triples made by column are, to the byte, those of the records; and so are the blocks of Turtle."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from omics_standards.conversion.flow import Flow, Options
from omics_standards.conversion.inputs import open_inputs
from omics_standards.emit.ntriples import NQuadsWriter, NTriplesWriter
from omics_standards.emit.turtle import TurtleWriter, forget_texts
from omics_standards.records import records_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omics_standards.records import Block, Record

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = sorted({p.parent for p in GOLDEN.glob("*/*/input*") if p.suffix != ".h5ad"})


class _Both:
    """Takes blocks, and compares the two ways of writing them."""

    def __init__(self, kind: type) -> None:
        self.writer = kind(io.StringIO(), "https://example.org/")
        self.compared = 0

    def encode(self, _records: Sequence[Record]) -> None:
        """Records that stand alone have one way only."""

    def encode_blocks(self, blocks: Sequence[Block]) -> None:
        records = records_of(blocks)
        forget_texts(records)
        by_column = self.writer.encode_blocks(blocks)
        forget_texts(records)
        by_record = self.writer.encode(records)
        assert by_column.text == by_record.text
        assert by_column.nodes == by_record.nodes
        self.compared += len(records)

    def write(self, _encoded: object) -> None:
        """Nothing is kept."""


@pytest.mark.parametrize("kind", [NTriplesWriter, NQuadsWriter, TurtleWriter])
@pytest.mark.parametrize("case", CASES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_look_alikes(case: Path, kind: type, tiny_bundle: Path) -> None:
    sink = _Both(kind)
    options = Options(today="2026-01-01", bundle=str(tiny_bundle))
    outcome = Flow(open_inputs(sorted(case.glob("input*"))), options).run(sink)
    assert sink.compared == sum(outcome.records.values())
