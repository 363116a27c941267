"""Writing alone: the CPU seconds from records to text, against the bare writers, which read their table, too.

    python benchmarks/writing.py [--rows 10000,100000] [--repeats 5] [--large 1000000] [--write]

``--write`` puts the table into benchmarks/README.md. What is measured is the writer: the records of all rows are made before the
clock starts. ``--large`` converts so many rows to Turtle and to N-Triples and looks at the memory of the whole conversion.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import os
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

from run import BASE, DATA, HERE, keep, make_data, measure, measured, ours, script

from omics_standards.conversion.flow import Flow, Options
from omics_standards.conversion.inputs import open_inputs
from omics_standards.emit.files import FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omics_standards.records import Block

SYNTAXES = ("turtle", "ntriples", "nquads", "rdfxml", "jsonld")
# These are written from columns and measured at every size; the others, which need each record, at the least.
BY_COLUMN = SYNTAXES[:3]
BARE = {"turtle": (), "ntriples": ("ntriples",)}


class _Batches:
    """Keeps the batches of a conversion."""

    def __init__(self) -> None:
        self.batches: list[Sequence[Block]] = []

    def encode(self, _records: object) -> None:
        """The workload has no other records."""

    def encode_blocks(self, blocks: Sequence[Block]) -> None:
        """Keep a batch."""
        self.batches.append(blocks)

    def write(self, _encoded: object) -> None:
        """Nothing is written."""


def write_alone(rows: int, syntax: str) -> dict[str, Any]:
    """Make the records of a table, then write them once, by the clock."""
    from omics_standards.emit.files import encode_blocks

    kept = _Batches()
    options = Options(base=BASE, bundle=str(DATA / "bundle.sqlite"), profiles=(str(HERE / "profiles"),))
    Flow(open_inputs([str(DATA / f"{rows}.tsv")]), options).run(kept)
    gc.disable()
    with (DATA / "alone.out").open("w", encoding="utf-8", newline="\n", buffering=1 << 20) as out:
        start = time.process_time()
        writer = FORMATS[syntax][1](out, BASE)
        for blocks in kept.batches:
            writer.write(encode_blocks({syntax: writer}, blocks)[syntax])
        writer.close()
        out.flush()
        seconds = time.process_time() - start
    return {"seconds": seconds, "triples": getattr(writer, "triples", None)}


def alone(rows: int, syntax: str) -> dict[str, Any]:
    """The same in a process of its own."""
    command = [sys.executable, str(HERE / "writing.py"), "--step", syntax, "--rows", str(rows)]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, cwd=HERE).stdout)
    return found


def speeds(rows: list[int], repeats: int) -> list[str]:
    """Measure the writers, alternately with the bare ones."""
    lines = [
        "| writer | rows | CPU s of writing | bare writer, reading included | speed, to the bare writer's | triples/s |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for n in rows:
        for syntax, more in BARE.items():
            script("make_bare.py", DATA / f"{n}.tsv", DATA / "bundle.sqlite", DATA / f"bare_{syntax}_{n}.py", *more)
        syntaxes = SYNTAXES if n == min(rows) else BY_COLUMN
        times: dict[str, list[float]] = {}
        triples = 0
        for i in range(repeats):
            for syntax in BARE:
                command = [sys.executable, str(DATA / f"bare_{syntax}_{n}.py"), str(DATA / f"{n}.tsv"), str(DATA / "bare.out")]
                times.setdefault(f"bare {syntax}", []).append(measure(command).cpu)
            for syntax in syntaxes:
                found = alone(n, syntax)
                triples = triples or found["triples"]
                times.setdefault(syntax, []).append(found["seconds"])
            print(f"  {n:,} rows, {i + 1}/{repeats}", file=sys.stderr)
        for syntax in syntaxes:
            bare = times[f"bare {syntax if syntax in BARE else 'ntriples'}"]
            ratios = [b / t for b, t in zip(bare, times[syntax], strict=True)]
            middle = statistics.median(times[syntax])
            lines.append(
                f"| {syntax} | {n:,} | {middle:.2f} | {statistics.median(bare):.2f} |"
                f" {statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f}) | {triples / middle:,.0f} |"
            )
    return lines


def memory(rows: int) -> list[str]:
    """Measure the memory of whole conversions of a large table, over the bare interpreter's."""
    start = measure([sys.executable, "-c", "pass"]).memory
    lines = ["| conversion | rows | CPU s | MB over the bare interpreter |", "| --- | --- | --- | --- |"]
    for syntax in BY_COLUMN:
        found = measure([*ours(rows)[:-1], syntax])
        lines.append(f"| to {syntax} | {rows:,} | {found.cpu:.1f} | {found.memory - start:.0f} |")
    return lines


def main() -> None:
    """Measure and print, or write."""
    options = argparse.ArgumentParser()
    options.add_argument("--rows", default="10000,100000")
    options.add_argument("--repeats", type=int, default=5)
    options.add_argument("--large", type=int, default=0)
    options.add_argument("--write", action="store_true")
    options.add_argument("--step", choices=SYNTAXES, help=argparse.SUPPRESS)
    args = options.parse_args()
    rows = [int(n) for n in args.rows.split(",")]
    if args.step:
        json.dump(write_alone(rows[0], args.step), sys.stdout)
        return
    os.environ.setdefault("PYTHONHASHSEED", "0")
    DATA.mkdir(exist_ok=True)
    make_data([*rows, *([args.large] if args.large else [])])
    out = io.StringIO()
    print(f"{measured()}; {args.repeats} alternating runs, medians; in brackets least and greatest ratio.\n", file=out)
    print(*speeds(rows, args.repeats), sep="\n", file=out)
    if args.large:
        print("", *memory(args.large), sep="\n", file=out)
    print(out.getvalue())
    if args.write:
        keep(out.getvalue().rstrip(), "writing")


if __name__ == "__main__":
    main()
