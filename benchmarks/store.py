"""Loading a converted dataset into the store of ``query``, beside rdflib's store in memory: whole processes, in the same run.

    python benchmarks/store.py [--rows 81743] [--repeats 1] [--write]

81,743 rows of the workload are 2.97 million triples. Each program loads and counts the triples. ``--write`` puts the table into
benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import datetime
import platform
import re
import shutil
import statistics
import subprocess
import sys

from run import BASE, DATA, HERE, OURS, Run, measure

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
RDFLIB = "import rdflib, sys; g = rdflib.Graph().parse(sys.argv[1], format=sys.argv[2]); print(len(g))"


def prepare(rows: int) -> None:
    """Make the table, the bundle and the RDF, where they are not there yet."""
    folder = DATA / f"store-{rows}"
    if (folder / "dataset.nt").exists():
        return
    DATA.mkdir(exist_ok=True)
    subprocess.run([sys.executable, str(HERE / "run.py"), "--step", "data", "--rows", str(rows)], check=True, cwd=HERE)
    settings = ["--profiles", str(HERE / "profiles"), "--bundle", str(DATA / "bundle.sqlite"), "--base", BASE, "-q"]
    subprocess.run([OURS, "convert", str(DATA / f"{rows}.tsv"), "-o", str(folder), "--to", "turtle,ntriples", *settings], check=True)


def table(rows: int, repeats: int) -> list[str]:
    """Measure, and return the rows of the table."""
    folder, kept = DATA / f"store-{rows}", DATA / f"store-{rows}-kept"
    ask = [OURS, "query", str(folder), COUNT]
    commands = {
        "omics-standards query, Turtle": [*ask, "--rdf", "ttl"],
        "omics-standards query, N-Triples": [*ask, "--rdf", "nt"],
        "omics-standards query --store, loading": [*ask, "--store", str(kept)],
        "omics-standards query --store, again": [*ask, "--store", str(kept)],
        "rdflib in memory, N-Triples": [sys.executable, "-c", RDFLIB, str(folder / "dataset.nt"), "nt"],
    }
    start = statistics.median(measure([sys.executable, "-I", "-S", "-c", "pass"]).memory for _ in range(5))
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(repeats):
        shutil.rmtree(kept, ignore_errors=True)
        for name, command in commands.items():
            runs[name].append(measure(command))
            print(name, runs[name][-1], file=sys.stderr)
    rdflib = runs["rdflib in memory, N-Triples"]
    with (folder / "dataset.nt").open("rb") as f:
        count = sum(1 for _ in f)
    lines = [
        f"Measured {datetime.date.today()} on {platform.machine()}, {platform.system()}, Python {platform.python_version()}; "
        f"{count:,} lines of N-Triples, {repeats} alternating runs, medians; in brackets least and greatest ratio.",
        "",
        "| program | CPU s | rdflib takes longer by | MB over the bare interpreter |",
        "| --- | --- | --- | --- |",
    ]
    for name, done in runs.items():
        ratios = sorted(r.cpu / d.cpu for r, d in zip(rdflib, done, strict=True))
        cpu, memory = (statistics.median(values) for values in zip(*done, strict=True))
        ratio = f"{statistics.median(ratios):.1f} ({ratios[0]:.1f}-{ratios[-1]:.1f})"
        lines.append(f"| {name} | {cpu:.2f} | {ratio} | {memory - start:,.0f} |")
    return lines


def main() -> None:
    """Measure and print or write."""
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int, default=81_743)
    options.add_argument("--repeats", type=int, default=1)
    options.add_argument("--write", action="store_true")
    asked = options.parse_args()
    prepare(asked.rows)
    text = "\n".join(table(asked.rows, asked.repeats)) + "\n"
    print(text)
    if asked.write:
        page = HERE / "README.md"
        whole = page.read_text(encoding="utf-8")
        page.write_text(
            re.sub(r"(<!-- store -->\n).*?(<!-- end -->)", lambda m: m[1] + text + m[2], whole, flags=re.DOTALL), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
