"""The way out: whole processes that load, export, package and compare; CPU seconds and peak memory, medians.

    python benchmarks/exporting.py [--repeats 3] [--write] [--cases ../shared/cases] [--rows 10000] [--records 50000]

``--write`` puts the table into benchmarks/README.md. Tables are made (see ``wide``); the study whose rows are paths is PXD002815 of the
folder of real files, and is left out where that is absent.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import os
import platform
import random
import statistics
import sys
from pathlib import Path

import workload
from run import BASE, DATA, HERE, OURS, Run, alternately, measure

README = HERE / "README.md"
STUDY = Path("sdrf_proteomics/PXD002815/PXD002815.sdrf.tsv")
LOAD = "import sys; from omics_standards.conversion import load; load(sys.argv[1])"
BUNDLE = str(DATA / "bundle.sqlite")


def wide(path: Path, rows: int) -> None:
    """The workload's 30 columns and 60 of attributes: groups, scores that hardly repeat, notes, and yes or no with gaps."""
    rng = random.Random(7)
    kinds = ("trait", "score", "note", "flag")
    heads = [f"{kinds[i % 4]}_{i}" for i in range(60)]

    def cell(i: int) -> str:
        return (
            f"group {i} {rng.choice('ABCDEF')}" if i % 4 == 0
            else f"{rng.uniform(0, 100):.2f}" if i % 4 == 1
            else f"note {rng.randrange(200)} of {i}" if i % 4 == 2
            else rng.choice(("yes", "no", "", "NA"))
        )  # fmt: skip

    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, delimiter="\t", lineterminator="\n")
        table.writerow([*workload.HEADERS, *heads])
        table.writerows([*row, *map(cell, range(60))] for row in workload.rows(rows))


def converted(table: Path, folder: str, *more: str, renamed: bool = False) -> str:
    """Convert a table into a folder of the data, where it is not there yet; with other names on request."""
    out = DATA / folder
    if not (out / "dataset.json").exists():
        if renamed:
            other = table.with_name(f"{table.stem}-renamed.tsv")
            lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
            other.write_text(lines[0] + "".join(f"N{line}" for line in lines[1:]), encoding="utf-8")
            table = other
        measure([OURS, "convert", str(table), "-o", str(out), "-q", "--base", BASE, "--to", "json", *more])
    return str(out)


def tasks(rows: int, records: int, cases: Path) -> dict[str, list[str]]:
    """What is measured, by what it is called."""
    profiles = ("--profiles", str(HERE / "profiles"), "--bundle", BUNDLE)
    broad, long = DATA / f"wide{rows}.tsv", DATA / f"{records}.tsv"
    if not broad.exists():
        wide(broad, rows)
    if not long.exists():
        workload.write_tsv(long, records)
    large = converted(long, f"way-{records}", *profiles)
    other = converted(long, f"way-{records}-renamed", *profiles, renamed=True)
    out, force = str(DATA / "way-out"), ("--force", "-q")
    found = {
        f"load {records:,} samples ({4 * records:,} records)": [sys.executable, "-c", LOAD, large],
        f"package {records:,} samples": [OURS, "package", large, "-o", str(DATA / "way-package"), "--force"],
        f"diff of {records:,} samples, all renamed": [OURS, "diff", large, other, "--stat"],
        f"export {rows:,} rows of 90 columns to NCBI, read back and compared": [
            OURS, "export", converted(broad, f"way-wide{rows}", *profiles), "--to", "ncbi", "-o", out, "--bundle", BUNDLE, *force,
        ],
    }  # fmt: skip
    if (cases / STUDY).is_file():
        study = converted(cases / STUDY, "way-study")
        found["export an SDRF of 4,311 rows to ISA-Tab (13,793 paths)"] = [OURS, "export", study, "--to", "isa-tab", "-o", out, *force]
        found["export it as SDRF"] = [OURS, "export", study, "--to", "sdrf", "-o", out, *force]
    return found


def table(found: dict[str, list[Run]], floor: Run) -> str:
    """The table of the README."""
    when = datetime.datetime.now(datetime.UTC).date()
    lines = [
        f"Measured {when} on {os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {platform.python_version()}; "
        f"{len(next(iter(found.values())))} alternating runs, medians.",
        "",
        "| what | CPU s | MB over the bare interpreter |",
        "| --- | --- | --- |",
    ]
    for name, runs in found.items():
        cpu, memory = (statistics.median(getattr(r, what) for r in runs) for what in ("cpu", "memory"))
        lines.append(f"| {name} | {cpu:.1f} | {memory - floor.memory:,.0f} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--records", type=int, default=50_000)
    parser.add_argument("--cases", type=Path, default=HERE.parents[1] / "shared" / "cases")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if not (DATA / "bundle.sqlite").exists():
        raise SystemExit("python benchmarks/run.py --step data makes the ontologies that this needs")
    found = alternately(tasks(args.rows, args.records, args.cases.resolve()), args.repeats)
    text = table(found, measure([sys.executable, "-c", "pass"]))
    print(text)
    if args.write:
        before, _, rest = README.read_text(encoding="utf-8").partition("<!-- exporting -->\n")
        README.write_text(f"{before}<!-- exporting -->\n{text}\n<!-- end -->{rest.partition('<!-- end -->')[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
