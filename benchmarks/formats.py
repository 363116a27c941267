"""Converts real files of every format and keeps what became of their cells in docs/formats.tsv, from which docs/formats.md is made.

    python benchmarks/formats.py [--cases ../shared/cases] [--write] [FORMAT ...]

The folder holds one folder per format and MANIFEST.tsv with the columns path, format and role. It is not part of this repository:
where it is absent, the script says so and does nothing. Files of role ``values`` (lists of texts) are left out; shares are
taken over files of role ``filled``. The figures depend on nothing but the files, the package and the ontology bundle.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections import Counter
from pathlib import Path

from omics_standards.conversion import Options, convert_to
from omics_standards.errors import OmicsStandardsError

HERE = Path(__file__).resolve().parent
CASES = HERE.parents[1] / "shared" / "cases"
TABLE = HERE.parent / "docs" / "formats.tsv"
FATES = ("mapped", "kept", "missing", "structural", "rejected")
LEVELS = ("error", "warning", "info")
COLUMNS = ("format", "files", "families", "recognised", "refused", "rows", "cells", *FATES, "share", *LEVELS)
# Any day: it only decides which dates lie in the future.
TODAY = "2026-01-01"


def convert(path: Path) -> Counter[str]:
    """Convert one file into a folder that is thrown away; count its cells, rows, families and findings."""
    found: Counter[str] = Counter(files=1)
    with tempfile.TemporaryDirectory() as folder:
        try:
            outcome = convert_to([path], folder, "turtle", Options(today=TODAY))
        except OmicsStandardsError as e:
            print(f"refused {path.name}: {e}", file=sys.stderr)
            return found + Counter(refused=1)
    if not outcome.ledger.closes:
        raise SystemExit(f"{path}: the ledger does not close: {outcome.ledger}")
    sheets = [s for i in outcome.inputs for s in i["sheets"]]  # type: ignore[attr-defined]
    families = {s["family"] for s in sheets if s.get("family")}
    found.update({f"family {f}": 1 for f in families})
    found["recognised"] = int(bool(families))
    found["rows"] = sum(s.get("rows") or 0 for s in sheets)
    ledger = outcome.ledger.to_dict()
    found.update({name: ledger[name] for name in ("cells", *FATES)})
    found.update(f.severity for f in outcome.findings)
    return found


def row_of(name: str, found: Counter[str]) -> list[str]:
    """One line of the table."""
    data = found["mapped"] + found["kept"] + found["rejected"]
    families = ", ".join(sorted(k.removeprefix("family ") for k in found if k.startswith("family ")))
    values = {**found, "format": name, "families": families, "share": f"{found['mapped'] / data:.3f}" if data else ""}
    return [str(values.get(c, 0)) for c in COLUMNS]


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="What became of the cells of real files")
    parser.add_argument("formats", nargs="*", help="folders of the cases; all where none is named")
    parser.add_argument("--cases", type=Path, default=CASES)
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.relative_to(HERE.parent)}")
    args = parser.parse_args(argv)
    manifest = args.cases / "MANIFEST.tsv"
    if not manifest.is_file():
        print(f"no real files at hand ({manifest} is absent): nothing measured", file=sys.stderr)
        return 0
    with manifest.open(encoding="utf-8") as f:
        entries = [e for e in csv.DictReader(f, delimiter="\t") if e["role"] != "values"]
    totals: dict[str, Counter[str]] = {}
    for entry in sorted(entries, key=lambda e: e["path"]):
        name = entry["path"].split("/", 1)[0]
        if args.formats and name not in args.formats:
            continue
        found = convert(args.cases / entry["path"])
        if entry["role"] != "filled":
            # Templates and definitions are recognised; their cells are no data.
            found = Counter({k: v for k, v in found.items() if k in ("files", "recognised", "refused") or k.startswith("family ")})
        totals.setdefault(name, Counter()).update(found)
        print(f"\r{name} {totals[name]['files']}   ", end="", file=sys.stderr)
    lines = ["\t".join(COLUMNS), *("\t".join(row_of(name, found)) for name, found in sorted(totals.items()))]
    print("", file=sys.stderr)
    print("\n".join(lines))
    if args.write:
        TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
