"""Runs the whole conversion against its peers: whole processes, CPU seconds and peak memory, alternately, medians and ratios.

    python benchmarks/run.py [--rows 10000,100000,1000000] [--repeats 5] [--write]

``--write`` puts the tables into benchmarks/README.md. Data and the peers' environments lie in benchmarks/data.
"""

from __future__ import annotations

import argparse
import datetime
import filecmp
import os
import platform
import statistics
import subprocess
import sys
import venv
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
DATA = HERE / "data"
BIN = Path(sys.executable).parent
OURS = str(BIN / "omics-standards")
BASE = "https://example.org/bench/"


class Run(NamedTuple):
    """One process: CPU seconds (user and system) and peak memory in MB."""

    cpu: float
    memory: float


# The peak that the system reports of a process counts what its parent was when it was made: a parent that is no more than the bare
# interpreter stands between. It passes on how the process ended, its CPU seconds (user and system) and its peak in kB.
_BETWEEN = """
import os, sys
silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
_, status, usage = os.wait4(os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=silent), 0)
print(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
"""


def measure(command: list[str]) -> Run:
    """Run a command to its end and measure it."""
    done = subprocess.run([sys.executable, "-I", "-S", "-c", _BETWEEN, *command], capture_output=True, cwd=DATA, check=False)
    ended, cpu, peak = done.stdout.split() or (b"-1", b"0", b"0")
    if int(ended) not in (0, 1):
        raise SystemExit(f"{' '.join(command)}\nended with {int(ended)}: {done.stderr.decode(errors='replace')[-2000:]}")
    return Run(float(cpu), int(peak) / 1024)


def script(name: str, *args: object) -> None:
    """Run one of the scripts beside this one."""
    subprocess.run([sys.executable, str(HERE / name), *map(str, args)], check=True, cwd=HERE)


def make_data(rows: list[int]) -> None:
    """Make tables and bundle."""
    import workload

    from omics_standards.terms.adding import add_file

    if not (DATA / "bundle.sqlite").exists():
        for path in workload.write_ontologies(DATA / "obo"):
            add_file(path, target=DATA / "bundle.sqlite")
    for n in sorted({*rows, 1_000, 100_000}):
        table = DATA / f"{n}.tsv"
        if not table.exists():
            workload.write_tsv(table, n)
    for n in (1_000, 50_000):
        if not (DATA / f"{n}.xlsx").exists():
            workload.write_xlsx(DATA / f"{n}.xlsx", n)


def peers(name: str, *packages: str) -> str:
    """Return the interpreter of an environment that holds other people's packages; made where it is not there yet."""
    folder = DATA / f"venv-{name}"
    if not folder.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([str(folder / "bin/pip"), "install", "--quiet", *packages], check=True)
    return str(folder / "bin/python")


def prepare(rows: list[int]) -> None:
    """Make tables, bundle, the bare programs and the peers' inputs, where they are not there yet."""
    DATA.mkdir(exist_ok=True)
    script("run.py", "--step", "data", "--rows", ",".join(map(str, rows)))
    for n in rows:
        script("make_bare.py", DATA / f"{n}.tsv", DATA / "bundle.sqlite", DATA / f"bare_{n}.py")
        if n <= 100_000:
            script("make_peers.py", DATA / f"{n}.tsv", DATA / "bundle.sqlite", DATA / f"morph_{n}")
    peers("morph", "morph-kgc")
    subprocess.run([*ours(1_000)[:-1], "json,turtle"], check=True)
    script("make_linkml.py", DATA / "out", DATA / "linkml.json")


def ours(rows: int) -> list[str]:
    """The whole conversion to Turtle."""
    table = str(DATA / f"{rows}.tsv")
    return [
        OURS,
        "convert",
        table,
        "-o",
        str(DATA / "out"),
        "-q",
        "--profiles",
        str(HERE / "profiles"),
        "--bundle",
        str(DATA / "bundle.sqlite"),
        "--base",
        BASE,
        "--to",
        "turtle",
    ]


def bare(rows: int) -> list[str]:
    """The bare writer."""
    return [sys.executable, str(DATA / f"bare_{rows}.py"), str(DATA / f"{rows}.tsv"), str(DATA / "bare.ttl")]


def check_outputs(rows: int) -> None:
    """See that we and the bare writer wrote the same bytes, and that morph-kgc wrote the same triples."""
    if not filecmp.cmp(DATA / "out" / "dataset.ttl", DATA / "bare.ttl", shallow=False):
        raise SystemExit(f"{rows} rows: the bare writer's Turtle is not ours")
    if rows <= 10_000:
        subprocess.run([*ours(rows)[:-1], "ntriples"], check=True)
        mine, theirs = (
            set(p.read_text(encoding="utf-8").splitlines()) for p in (DATA / "out" / "dataset.nt", DATA / f"morph_{rows}" / "morph.nt")
        )
        if mine != theirs:
            raise SystemExit(f"{rows} rows: morph-kgc's triples are not ours: {len(mine - theirs)} and {len(theirs - mine)} differ")


def alternately(commands: dict[str, list[str]], repeats: int) -> dict[str, list[Run]]:
    """Run the commands in turn, so that what else the machine does falls on all of them."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for i in range(repeats):
        for name, command in commands.items():
            runs[name].append(measure(command))
            print(f"  {i + 1}/{repeats} {name}: {runs[name][-1].cpu:.2f} s, {runs[name][-1].memory:.0f} MB", file=sys.stderr)
    return runs


def table(runs: dict[str, list[Run]], per_row: dict[str, int], base: str, start: float) -> list[str]:
    """Return table rows: medians, and the median of the paired ratios to ``base``, per row where the sizes differ."""
    lines = []
    for name, found in runs.items():
        ratios = [(r.cpu / per_row[name]) / (b.cpu / per_row[base]) for r, b in zip(found, runs[base], strict=True)]
        memory = statistics.median(r.memory for r in found) - start
        lines.append(
            f"| {name} | {per_row[name]:,} | {statistics.median(r.cpu for r in found):.2f} | {statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f}) | {memory:.0f} |"
        )
    return lines


def conversion(rows: list[int], repeats: int, start: float) -> list[str]:
    """Measure the whole conversion."""
    lines = [
        "| program | rows | CPU s | CPU per row, to the bare writer's | MB over the bare interpreter |",
        "| --- | --- | --- | --- | --- |",
    ]
    for n in rows:
        commands = {"bare writer": bare(n), "omics-standards convert": ours(n)}
        if n <= 100_000:
            commands["morph-kgc (maps only)"] = [
                peers("morph", "morph-kgc"),
                "-m",
                "morph_kgc",
                str(DATA / f"morph_{n}" / "morph.ini"),
            ]
        per_row = dict.fromkeys(commands, n)
        if n == 100_000:
            name = "linkml-convert --no-validate"
            commands[name] = [str(BIN / "linkml-convert"), "-s", str(HERE.parent / "models/omics_standards.yaml"), "-C", "OmicsDataset", "-f", "json",
                              "-t", "ttl", "--no-validate", str(DATA / "linkml.json"), "-o", str(DATA / "linkml.ttl")]  # fmt: skip
            per_row[name] = 1_000
        runs = alternately(commands, repeats if n <= 100_000 else 1)
        script("run.py", "--step", "compare", "--rows", n)
        lines += table(runs, per_row, "bare writer", start)
    return lines


def small_things(start: float) -> list[str]:
    """Measure what is felt at every call."""
    code = "from python_calamine import CalamineWorkbook as W; b = W.from_path(r'{}'); [b.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in b.sheet_names]"
    read = "from omics_standards.tables import read; b = read(r'{}'); [None for s in b.sheets for _ in s.batches()]"
    book = DATA / "50000.xlsx"
    head = DATA / "1000.xlsx"
    settings = ["--profiles", str(HERE / "profiles"), "--bundle", str(DATA / "bundle.sqlite")]
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "import omics_standards": [sys.executable, "-c", "import omics_standards"],
        "omics-standards --help": [OURS, "--help"],
        "check a workbook of 1,000 rows": [OURS, "check", str(head), *settings],
        "read 50,000 x 30 text cells, python-calamine": [sys.executable, "-c", code.format(book)],
        "read 50,000 x 30 text cells, omics_standards.read": [sys.executable, "-c", read.format(book)],
    }
    runs = alternately(commands, 5)
    lines = ["| what | CPU s | MB over the bare interpreter |", "| --- | --- | --- |"]
    return lines + [
        f"| {n} | {statistics.median(r.cpu for r in f):.2f} | {statistics.median(r.memory for r in f) - start:.0f} |"
        for n, f in runs.items()
    ]


def measured() -> str:
    """Say when and on what machine."""
    day = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    return f"Measured {day} on {os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {platform.python_version()}"


def keep(text: str, mark: str) -> None:
    """Put text into its place in README.md."""
    page = HERE / "README.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(f"<!-- {mark} -->")
    _, _, after = rest.partition("<!-- end -->")
    page.write_text(f"{before}<!-- {mark} -->\n{text}\n<!-- end -->{after}", encoding="utf-8")


def main() -> None:
    """Measure and print, or write."""
    options = argparse.ArgumentParser()
    options.add_argument("--rows", default="10000,100000,1000000")
    options.add_argument("--repeats", type=int, default=5)
    options.add_argument("--write", action="store_true")
    options.add_argument("--step", choices=["data", "compare"], help=argparse.SUPPRESS)
    args = options.parse_args()
    rows = [int(n) for n in args.rows.split(",")]
    # Programs are measured as they run where they are installed: compiled once, not at each start.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(DATA / "bytecode")
    if args.step == "data":
        make_data(rows)
        return
    if args.step == "compare":
        check_outputs(rows[0])
        return
    prepare(rows)
    start = measure([sys.executable, "-c", "pass"]).memory
    text = "\n".join([f"{measured()}; {args.repeats} alternating runs (one at 1,000,000 rows), medians; in brackets least and greatest ratio.\n",
                      *conversion(rows, args.repeats, start), "", *small_things(start)])  # fmt: skip
    print(text)
    if args.write:
        keep(text, "results")


if __name__ == "__main__":
    main()
