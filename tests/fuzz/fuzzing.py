"""Converts broken files and says which of them broke the program.

    python tests/fuzz/fuzzing.py [--files 10000] [--seed 1] [--jobs 2] [--seconds 60] [--keep out/fuzz] [--format sdrf_proteomics]

The files are the real ones beside the repository where they are, else the inputs of tests/golden. A run is right where it ends in time, raises
nothing but an OmicsStandardsError, its ledger closes, its exit code fits its findings, and its outputs can be read.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import signal
import sys
import tempfile
import traceback
from collections import Counter
from pathlib import Path
from typing import NamedTuple

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parent)]

from mutations import mutate  # noqa: E402 - found by the line above

from realfiles import SHARED  # noqa: E402

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
# Larger files are broken in the same ways by the same readers, and take longer.
LARGEST = 400_000
MEMORY = 4 << 30
FORMATS = ("json,turtle", "json,ntriples,tsv", "json,jsonld,xlsx", "json,turtle,parquet")


class Case(NamedTuple):
    """A file to break, and how."""

    path: Path
    seed: int

    @property
    def name(self) -> str:
        """Name of the broken file: what it was, and which one it is."""
        return f"{self.path.stem[:60]}-{self.seed}"


class Result(NamedTuple):
    """What became of it: ``read``, ``refused``, or what went wrong."""

    case: Case
    outcome: str
    detail: str = ""


class _TooSlow(BaseException):
    """The time is over; no handler of exceptions may take it."""


def _ring(_signal: int, _frame: object) -> None:
    raise _TooSlow


def sources(cases: Path = SHARED / "cases") -> list[Path]:
    """The files to break."""
    real = sorted(p for p in cases.rglob("*") if p.is_file() and p.name != "MANIFEST.tsv") if cases.is_dir() else []
    return [p for p in real or sorted(GOLDEN.glob("*/*/input*")) if 0 < p.stat().st_size <= LARGEST]


def plan(files: list[Path], count: int, seed: int) -> list[Case]:
    """Say which file is broken how: all files in turn."""
    return [Case(files[i % len(files)], seed + i // len(files)) for i in range(count)]


def try_one(case: Case, seconds: int, keep: Path | None = None) -> Result:
    """Break a file and convert it."""
    data = mutate(case.path.read_bytes(), f"{case.path.name}/{case.seed}")
    with tempfile.TemporaryDirectory() as folder:
        # The ending says what a file should be; readers have to find out what it is.
        path = Path(folder, f"{case.name}{''.join(case.path.suffixes[-2:])}")
        path.write_bytes(data)
        signal.signal(signal.SIGALRM, _ring)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            outcome, detail = _convert(path, Path(folder, "out"), case)
        except _TooSlow:
            outcome, detail = "hang", traceback.format_exc(limit=-6)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            outcome, detail = f"{type(error).__name__}", traceback.format_exc(limit=-6)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    if keep is not None and outcome not in ("read", "refused"):
        keep.mkdir(parents=True, exist_ok=True)
        (keep / path.name).write_bytes(data)
    return Result(case, outcome, detail)


def _convert(path: Path, out: Path, case: Case) -> tuple[str, str]:
    """Convert a broken file, every fourth time together with the whole one; every fourth time it is looked at before."""
    from omics_standards.cli.convert_commands import exit_code
    from omics_standards.cli.looking import look_at, show_sheet
    from omics_standards.conversion import Options, convert_to
    from omics_standards.conversion.loading import load
    from omics_standards.errors import OmicsStandardsError

    options = Options(today="2026-01-01", bundle="/no/bundle", redact=case.seed % 5 == 0)
    paths = [path, case.path] if case.seed % 4 == 3 else [path]
    try:
        if case.seed % 4 == 2:
            for sheet in look_at(str(path), (), 3):
                show_sheet(sheet)
        outcome = convert_to(paths, out, FORMATS[case.seed % len(FORMATS)], options)
    except OmicsStandardsError as error:
        if "\n" in str(error) or not str(error):
            return "not one sentence", repr(error)
        return ("refused", str(error)) if error.exit_code in (2, 3) and not out.exists() else ("left something", repr(error))
    if not outcome.ledger.closes:
        return "ledger open", f"{outcome.ledger!r}"
    code = exit_code(outcome.findings, "error", strict=False)
    if code != any(f.severity == "error" for f in outcome.findings):
        return "exit code", str(code)
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    data = json.loads((out / "dataset.json").read_text(encoding="utf-8"))
    counted = sum(len(v) for v in data.values() if isinstance(v, list))
    if counted != sum(report["records"].values()):
        return "records differ", f"{counted} in the dataset, {report['records']} in the report"
    if len(load(out)) != counted:
        return "read back otherwise", f"{counted} records were written"
    return "read", ""


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _try(job: tuple[Case, int, Path | None]) -> Result:
    return try_one(*job)


def main() -> int:
    """Run; 1 where a file broke the program."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--keep", type=Path, default=Path("out/fuzz"))
    parser.add_argument("--cases", type=Path, default=SHARED / "cases", help="folder of the real files")
    parser.add_argument("--format", default="", help="folder of the real files to take")
    options = parser.parse_args()
    files = [p for p in sources(options.cases) if not options.format or options.format in p.parts]
    jobs = [(case, options.seconds, options.keep) for case in plan(files, options.files, options.seed)]
    counts: Counter[str] = Counter()
    with multiprocessing.Pool(options.jobs, _limit) as pool:
        for done, result in enumerate(pool.imap_unordered(_try, jobs, chunksize=4), start=1):
            counts[result.outcome] += 1
            if result.outcome not in ("read", "refused"):
                print(f"{result.outcome}: {result.case.name} of {result.case.path}\n{result.detail}", flush=True)
            if done % 500 == 0:
                print(f"{done} of {len(jobs)}: {dict(counts)}", file=sys.stderr, flush=True)
    print(f"{sum(counts.values())} broken files of {len(files)}: {dict(sorted(counts.items()))}")
    return 0 if set(counts) <= {"read", "refused"} else 1


if __name__ == "__main__":
    sys.exit(main())
