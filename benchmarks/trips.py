"""Sends real files out and back, and keeps what came back in docs/trips.tsv, from which a table of docs/formats.md is made.

    python benchmarks/trips.py [--cases ../shared/cases] [--write] [FORMAT ...]

Round trips: a file is read, written by the profiles that read it, and read again. Cross trips: it is written for another archive,
read, written for its own again, and read; the share is that of the values that both have a place for, as their profiles say
(holding.py). The folder is not part of this repository: where it is absent, the script says so and does nothing.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections import Counter
from pathlib import Path

from holding import shared

import omics_standards as om
from omics_standards.conversion.exporting import export_dataset, read_back
from omics_standards.errors import OmicsStandardsError
from omics_standards.profiles.load import load_profiles
from omics_standards.profiles.targets import writers_of

HERE = Path(__file__).resolve().parent
CASES = HERE.parents[1] / "shared" / "cases"
TABLE = HERE.parent / "docs" / "trips.tsv"
COLUMNS = ("trip", "files", "values", "kept", "share", "otherwise", "bytes")
# From whose files, by which target there and back.
CROSS = (
    ("ngdc_gsa", "gsa", "ncbi"), ("ngdc_gsa", "gsa", "ena"), ("ngdc_gsa", "gsa", "ddbj"),
    ("ena_templates", "ena", "ncbi"), ("ncbi_biosample", "ncbi", "ena"), ("ncbi_sra_metadata", "ncbi", "ena"),
    ("ncbi_biosample", "ncbi", "gsa"), ("ncbi_sra_metadata", "ncbi", "gsa"),
    ("sdrf_proteomics", "sdrf", "isa-tab"), ("isatab", "isa-tab", "sdrf"),
)  # fmt: skip
# Other forms of a format, by the folder of its files.
ALSO = {"isatab": ("isa-json",)}
# Formats of which a folder, or the files of one name, are one study.
STUDIES = {"isatab", "isatab_genelab"}
# Larger studies are left out of the trips to another archive: a table of paths laid out as another one grows with its square.
LARGEST_CROSS = 300_000
TODAY = "2026-01-01"


def units(cases: Path, name: str) -> list[list[Path]]:
    """The files of a format, those of one study together."""
    with (cases / "MANIFEST.tsv").open(encoding="utf-8") as f:
        paths = [cases / r["path"] for r in csv.DictReader(f, delimiter="\t") if r["format"] == name and r["role"] != "values"]
    if name in STUDIES:
        return [[folder] for folder in dict.fromkeys(p.parent for p in paths)]
    if name == "magetab":
        return [[p for p in paths if p.name.partition(".")[0] == stem] for stem in dict.fromkeys(p.name.partition(".")[0] for p in paths)]
    return [[p] for p in paths]


def files_in(path: Path) -> list[Path]:
    """The file itself, or all files of a folder."""
    return [p for p in path.rglob("*") if p.is_file()] if path.is_dir() else [path]


def read(paths: list[Path]) -> om.Dataset | None:
    """Read files as one dataset, None where there are no records or they cannot be read."""
    try:
        data = om.convert(paths, privacy=False, today=TODAY)
    except OmicsStandardsError as e:
        print(f"refused {paths[0].name}: {e}", file=sys.stderr)
        return None
    return data if set(data.classes) - {"Entry"} else None


def targets_of(data: om.Dataset) -> list[str]:
    """Names of the targets that the dataset's own formats are written by."""
    by_id = {p.id: p for p in load_profiles()}
    by_family = {p.family: p.write.targets[0] for p in by_id.values() if p.write.targets}
    names = {s["profile"].split("/")[0] for i in data.inputs for s in i["sheets"] if s["profile"]}  # type: ignore[attr-defined]
    found = {(by_id[n].write.targets or [by_family.get(by_id[n].family)])[0] for n in names if n in by_id}
    return sorted(t for t in found if t)


def own_tables(data: om.Dataset) -> list[tuple[str, str]]:
    """Profile and table of sheets that are not what the profile writes unless asked: those of tools that submit to the archive."""
    by_id = {p.id: p for p in load_profiles()}
    names = {s["profile"] for i in data.inputs for s in i["sheets"] if s["profile"] and s["rows"]}  # type: ignore[attr-defined]
    found = [name.split("/") for name in sorted(names) if "/" in name]
    told = {p: {t for one in by_id[p].write.tables for t in one.split("|")} for p, _ in found}
    return [(p, t) for p, t in found if told[p] and t not in told[p] and t not in {x.apart for x in by_id[p].tables}]


def round_trip(data: om.Dataset, target: str, tables: tuple[str, ...] = ()) -> Counter[str]:
    """Write, read, and write again."""
    with tempfile.TemporaryDirectory() as folder:
        one, two = Path(folder) / "one", Path(folder) / "two"
        first = export_dataset(data, target, one, tables=tables)
        back = read_back(one, first.files, writers_of(target), base=data.base)
        second = export_dataset(back, target, two, verify=False, tables=tables)
        same = first.files == second.files and all((one / n).read_bytes() == (two / n).read_bytes() for n in first.files)
    kept = first.values - len(first.losses)
    return Counter(files=1, values=first.values, kept=kept, otherwise=int(bool(first.differing)), bytes=int(same))


def cross_trip(data: om.Dataset, own: str, other: str) -> Counter[str]:
    """Write for another archive, read, write for the first one again, and read; what both have a place for is to come back."""
    both = shared(own, other)
    wanted = Counter(both.values(data.records()))
    with tempfile.TemporaryDirectory() as folder:
        for step, target in enumerate((other, own)):
            written = export_dataset(data, target, Path(folder) / str(step), verify=False)
            data = read_back(Path(folder) / str(step), written.files, writers_of(target), base=data.base)
    return Counter(files=1, values=wanted.total(), kept=(wanted & Counter(both.values(data.records()))).total())


def row_of(trip: str, found: Counter[str], *, cross: bool) -> list[str]:
    """One line of the table; of a cross trip nobody compares bytes."""
    share = f"{found['kept'] / found['values']:.3f}" if found["values"] else ""
    more = ["", ""] if cross else [str(found["otherwise"]), str(found["bytes"])]
    return [trip, str(found["files"]), str(found["values"]), str(found["kept"]), share, *more]


def measure(cases: Path, formats: list[str]) -> list[list[str]]:
    """All trips of the files of some formats."""
    rounds: dict[str, Counter[str]] = {}
    rows = []
    for name in formats:
        for paths in units(cases, name):
            data = read(paths)
            for target in [*targets_of(data), *ALSO.get(name, ())] if data is not None else ():
                assert data is not None
                try:
                    rounds.setdefault(f"{name} ({target})", Counter()).update(round_trip(data, target))
                except OmicsStandardsError as e:
                    print(f"{paths[0].name} to {target}: {e}", file=sys.stderr)
            for profile, table in own_tables(data) if data is not None else ():
                assert data is not None
                try:
                    rounds.setdefault(f"{name} ({profile}, its {table})", Counter()).update(round_trip(data, profile, (table,)))
                except OmicsStandardsError as e:
                    print(f"{paths[0].name} to {profile}, its {table}: {e}", file=sys.stderr)
        print(f"{name}: done", file=sys.stderr)
    rows += [row_of(trip, found, cross=False) for trip, found in sorted(rounds.items())]
    for name, own, other in CROSS:
        found: Counter[str] = Counter()
        for paths in units(cases, name) if name in formats else ():
            data = read(paths) if sum(p.stat().st_size for path in paths for p in files_in(path)) <= LARGEST_CROSS else None
            if data is not None and own in targets_of(data):
                try:
                    found += cross_trip(data, own, other)
                except OmicsStandardsError as e:
                    print(f"{paths[0].name} to {other} and back: {e}", file=sys.stderr)
        if found:
            rows.append(row_of(f"{name}: {own} to {other} and back", found, cross=True))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cases", type=Path, default=CASES)
    parser.add_argument("--write", action="store_true", help="keep the table in docs/trips.tsv")
    parser.add_argument("formats", nargs="*")
    args = parser.parse_args()
    if not (args.cases / "MANIFEST.tsv").is_file():
        print(f"no real files at {args.cases}; nothing was measured", file=sys.stderr)
        return
    with (args.cases / "MANIFEST.tsv").open(encoding="utf-8") as f:
        known = sorted({r["format"] for r in csv.DictReader(f, delimiter="\t")})
    rows = measure(args.cases, args.formats or known)
    lines = ["\t".join(COLUMNS), *("\t".join(row) for row in rows)]
    print("\n".join(lines))
    if args.write:
        TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
