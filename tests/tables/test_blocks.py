"""Sheets of several blocks: every cell lands in one part, and its address is that of the file."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards.errors import ReadError
from omics_standards.tables import from_rows, read
from omics_standards.tables.blocks import BlockSpec, MatrixSpec, PartSpec, cut, has_signs, has_title
from omics_standards.tables.limits import Limits
from omics_standards.tables.packed import open_text

if TYPE_CHECKING:
    from pathlib import Path

    from omics_standards.tables import Sheet


def _re(text: str) -> re.Pattern[str]:
    return re.compile(text)


STUDY = PartSpec("study", "keys", (_re("^STUDY$"), _re("^NOTES( (?P<about>.+))?$")), whole=True)
SAMPLES = PartSpec("samples", "rows", (_re("^SAMPLES$"),), carry=(("study", "study", "title"),))
FILES = PartSpec("files", "rows", (_re("^FILES$"),))
WIDE = PartSpec("wide", "columns", lines=(_re("^!(?P<key>.+)"),))
SHAPES = PartSpec("matrix", "keys")
SPEC = BlockSpec(
    (_re("^STUDY$"),),
    (STUDY, SAMPLES, FILES, WIDE, SHAPES),
    notes=(_re("^#"),),
    pairs=((_re("^trait"), ": "),),
    matrices=(MatrixSpec(_re("^BEGIN$"), _re("^END$"), "matrix"),),
)


def _sheet(rows: list[list[str]]) -> Sheet:
    return from_rows(rows[0], rows[1:], "s").sheets[0]


def _parts(rows: list[list[str]]) -> dict[str, list[Sheet]]:
    found: dict[str, list[Sheet]] = {}
    for name, part in cut(_sheet(rows), SPEC):
        found.setdefault(name, []).append(part)
    return found


def _cells(part: Sheet) -> list[tuple[str, str, tuple[int, int]]]:
    """Header, text and place in the file of each data cell."""
    grid = part.grid
    assert grid is not None
    return [
        (part.headers[j - 1], cell, grid.place(number, j))
        for batch in part.batches()
        for number, row in zip(batch.numbers, batch.rows, strict=True)
        for j, cell in enumerate(row, 1)
        if cell
    ]


ROWS = [
    ["# advice"],
    ["STUDY"],
    ["title", "T"],
    ["trait", "size: big"],
    ["trait", "no pair"],
    [],
    ["SAMPLES", "", "", "FILES"],
    ["name", "age", "", "file"],
    ["S1", "7", "", "a.txt"],
    ["", "", "", "b.txt"],
    ["!k", "v1", "", "v3"],
    ["!k", "w1"],
    ["NOTES on it"],
    ["aim", "A"],
    ["BEGIN"],
    ["g", "1", "2"],
    ["END"],
]


def test_keys_become_one_record_with_the_addresses_of_the_file() -> None:
    (study,) = _parts(ROWS)["study"]
    assert _cells(study) == [
        ("title", "T", (3, 2)),
        ("trait[size]", "big", (4, 2)),
        ("trait", "no pair", (5, 2)),
        ("about", "on it", (13, 1)),
        ("aim", "A", (14, 2)),
    ]


def test_tables_side_by_side_are_two() -> None:
    parts = _parts(ROWS)
    assert _cells(parts["samples"][0]) == [("study", "T", (3, 2)), ("name", "S1", (9, 1)), ("age", "7", (9, 2))]
    assert _cells(parts["files"][0]) == [("file", "a.txt", (9, 4)), ("file", "b.txt", (10, 4))]


def test_lines_of_one_value_per_record() -> None:
    (wide,) = _parts(ROWS)["wide"]
    assert [b.rows for b in wide.batches()] == [[["v1", "w1"], ["v3", ""]]]
    assert _cells(wide)[-1] == ("k", "v3", (11, 4))


def test_a_matrix_is_measured_and_not_read() -> None:
    (shape,) = _parts(ROWS)["matrix"]
    assert {h: c for h, c, _ in _cells(shape)} == {"line": "15", "rows": "1", "columns": "3"}
    assert shape.cells == 0


def test_a_carried_cell_is_counted_once() -> None:
    parts = _parts(ROWS)
    samples = parts["samples"][0]
    list(samples.batches())
    assert samples.cells == 4


def _total(rows: list[list[str]]) -> int:
    total = 0
    for parts in _parts(rows).values():
        for part in parts:
            list(part.batches())
            total += part.cells
    return total


CELLS = st.sampled_from(
    ["", "", "STUDY", "SAMPLES", "FILES", "NOTES", "NOTES on it", "# x", "!k", "!", "title", "trait", "size: big", "BEGIN", "END", "v", " "]
)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=14))
def test_every_cell_is_counted_once(rows: list[list[str]]) -> None:
    assert _total(rows) == sum(bool(c.strip()) for row in rows for c in row)


def test_signs_and_titles() -> None:
    assert has_signs(_sheet(ROWS), SPEC)
    assert not has_signs(_sheet([["id", "age"], ["S1", "7"]]), SPEC)
    assert has_title(_sheet([["x"], ["FILES"]]), SPEC)
    assert not has_title(_sheet([["x"], ["y"]]), SPEC)


def test_a_matrix_without_end_is_said() -> None:
    rest = _parts([["STUDY"], ["title", "T"], ["BEGIN"], ["g", "1"]])[""][0]
    assert [(f.code, f.addresses[0].row) for f in rest.findings] == [("block-unclosed", 3)]


def test_lines_outside_all_blocks_are_said() -> None:
    rest = _parts([["lost"], ["lost too", "x"], ["STUDY"], ["title", "T"]])[""][0]
    assert [(f.code, f.count) for f in rest.findings] == [("line-stray", 2)]


def test_a_packed_text_is_read_as_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv.gz"
    path.write_bytes(gzip.compress(b"id\tage\nS1\t7\nS2\t8\n"))
    assert read(path).sheets[0].headers == ("id", "age")


def _drain(path: Path) -> None:
    with open_text(path, Limits(max_ratio=2)) as text:
        while text.read(1 << 20):
            pass


def test_a_text_that_grows_beyond_measure_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv.gz"
    path.write_bytes(gzip.compress(b"id\tage\n" * (10 << 20), compresslevel=1))
    with pytest.raises(ReadError, match="unpacks to over"):
        _drain(path)
