"""Scores drafted profiles on real tables whose own format was hidden, and keeps the figures in docs/quality.md.

    python benchmarks/drafts.py [--cases ../shared/cases] [--formats a,b] [--misses FILE] [--write]

For every table of a known format the profile of that format, and all others of its family, are taken away with every name that
they contribute; the draft then has to find what the format's own profile says of each column. The tables are not part of this
repository: where they are absent, the script says so and does nothing.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from omics_standards.errors import OmicsStandardsError
from omics_standards.mapping.drafting import Names, known_names, propose
from omics_standards.mapping.drafting.names import Target, kind_of
from omics_standards.mapping.plan import compile_plan
from omics_standards.mapping.recognise import Candidate, recognise
from omics_standards.mapping.steps import Environment
from omics_standards.models.slots import MODEL
from omics_standards.profiles import load_profiles
from omics_standards.tables import Sheet, read
from omics_standards.terms import NoBundle, get_terms

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "quality.md"
CASES = HERE.parents[1] / "shared" / "cases"
BEGIN, END = "<!-- drafts: made by benchmarks/drafts.py -->", "<!-- end of drafts -->"


class Wanted(NamedTuple):
    """A column of a real table: ``target`` is what the format's profile feeds with it, None where it keeps it as an attribute."""

    header: str
    target: Target | None


class Verdict(NamedTuple):
    """What the draft made of a column. ``rank``: position of the right proposal from 1, 0 where it is not among three;
    ``slot_rank``: the same where the kind of record does not count. ``used``: a proposal was likely enough to be used."""

    wanted: Wanted
    rank: int
    slot_rank: int
    used: bool
    certain: bool
    told: str
    named: bool = False


def truth(candidate: Candidate, sheet: Sheet, name: str) -> dict[int, Wanted]:
    """Return what a format's profile says of the columns of a sheet, by position.

    Left out are columns that only say more of another one (units, accessions of names, longitudes), furniture, and those that
    feed a list of attributes: to keep such a column is as right as to map it.
    """
    plan = compile_plan(candidate.profile, candidate.table, sheet, Environment(name, NoBundle(), sheet=sheet))
    found: dict[int, Wanted] = {}
    beside: set[int] = set(plan.structural)
    for reader in plan.readers:
        beside |= set(reader.columns[1:])
        if not reader.counted:
            continue
        column = reader.columns[0]
        if reader.kept:
            found[column] = Wanted(plan.headers[column], None)
        elif MODEL.slots[reader.slot].kind != "attribute":
            cls = candidate.table.records[reader.role.partition("#")[0]].cls
            found[column] = Wanted(plan.headers[column], Target(kind_of(cls), reader.slot))
    return {c: w for c, w in found.items() if c not in beside}


def tables(cases: Path, formats: Sequence[str]) -> Iterator[tuple[str, Candidate, Sheet, str]]:
    """Yield the filled tables of known formats: format, what it is, sheet, name of the file."""
    profiles = load_profiles()
    with (cases / "MANIFEST.tsv").open(encoding="utf-8", newline="") as lines:
        listed = [r for r in csv.DictReader(lines, delimiter="\t") if r["role"] == "filled"]
    for row in listed:
        if formats and row["format"] not in formats:
            continue
        try:
            book = read(cases / row["path"])
        except OmicsStandardsError:
            continue
        if book.tree is not None:
            continue
        for found in recognise(book, profiles):
            best = found.best
            if best is not None and best.profile.layout == "table" and best.table.holds == "records":
                yield row["format"], best, found.sheet, book.name


def judge(wanted: dict[int, Wanted], sheet: Sheet, names: Names, bundle: str | None = None) -> list[Verdict]:
    """Draft a sheet and compare."""
    verdicts = []
    model = known_names(())
    for draft in propose(sheet, names, get_terms(bundle)):
        want = wanted.get(draft.column)
        if want is None or draft.beside is not None:
            continue
        targets = [p.target for p in draft.proposals[:3]]
        slots = [t.slot for t in targets]
        rank = targets.index(want.target) + 1 if want.target in targets else 0
        slot_rank = slots.index(want.target.slot) + 1 if want.target is not None and want.target.slot in slots else 0
        told = "; ".join(f"{p.target.kind}.{p.target.slot} {p.confidence:.2f}" for p in draft.proposals[:3])
        named = draft.best is not None and any(m.exact and m.target == draft.best.target for m in model.meanings(draft.header))
        verdicts.append(Verdict(want, rank, slot_rank, draft.best is not None, draft.certain, told, named))
    return verdicts


class Tally(Counter[str]):
    """Weights of columns by what became of them; a header that many files of a format repeat counts once."""

    def add(self, verdict: Verdict, weight: float) -> None:
        """Count a column."""
        has_slot = verdict.wanted.target is not None
        told = {
            "slot" if has_slot else "none": True,
            "first": has_slot and verdict.used and verdict.rank == 1,
            "three": verdict.rank > 0,
            "slot first": has_slot and verdict.used and verdict.slot_rank == 1,
            "slot three": verdict.slot_rank > 0,
            "false": not has_slot and verdict.used,
            "false named": not has_slot and verdict.used and verdict.named,
            "certain": verdict.certain,
            "certain right": verdict.certain and verdict.rank == 1,
            "certain slot": verdict.certain and verdict.slot_rank == 1,
        }
        for key, true in told.items():
            self[key] += weight if true else 0.0  # type: ignore[assignment]

    def line(self, name: str) -> str:
        """Write a row of the table."""
        cells = [
            f"{self['slot']:.0f}", *(self.share(k, "slot") for k in ("first", "three", "slot first", "slot three")),
            f"{self['none']:.0f}", self.share("false", "none"), self.share("false named", "none"),
            f"{self['certain']:.0f}", self.share("certain right", "certain"), self.share("certain slot", "certain"),
        ]  # fmt: skip
        return f"| {name} | " + " | ".join(cells) + " |"

    def share(self, part: str, whole: str) -> str:
        """Write a share."""
        return f"{self[part] / self[whole]:.2f}" if self[whole] else "-"


def measure(cases: Path, formats: Sequence[str] = (), bundle: str | None = None) -> dict[str, list[tuple[Verdict, float]]]:
    """Draft all tables; return the verdicts by format, each with its weight."""
    profiles = load_profiles()
    names: dict[str, Names] = {}
    known: dict[str, list[tuple[str, Verdict]]] = defaultdict(list)
    for form, best, sheet, file in tables(cases, formats):
        family = best.profile.family
        if family not in names:
            names[family] = Names([p for p in profiles if p.family != family])
        known[form] += [(best.table.id, v) for v in judge(truth(best, sheet, file), sheet, names[family], bundle)]
    weighted = {}
    for form, found in known.items():
        repeats = Counter((table, _alike(v.wanted)) for table, v in found)
        weighted[form] = [(v, 1 / repeats[table, _alike(v.wanted)]) for table, v in found]
    return weighted


def _alike(wanted: Wanted) -> tuple[str, Target | None]:
    """Headers that differ by numbers only are one."""
    return re.sub(r"\d+", "#", wanted.header), wanted.target


def section(scored: dict[str, list[tuple[Verdict, float]]]) -> str:
    """Return the part of the page."""
    every, each, lines = Tally(), Tally(), []
    for form in sorted(scored):
        tally = Tally()
        for verdict, weight in scored[form]:
            tally.add(verdict, weight)
            every.add(verdict, weight)
            each.add(verdict, 1.0)
        lines.append(tally.line(form))
    head = [
        BEGIN,
        "# Quality of drafted profiles\n",
        "`profiles draft` on the filled tables of known formats, each time with the format's own profile (and all of its family) hidden, and with it every name",
        "that it contributes. A column is right where the draft says what the hidden profile says. `make quality` measures again (`benchmarks/drafts.py`).\n",
        "* **with a slot**: columns that the format's profile feeds to a slot; headers that several files of a format share, and those that differ by numbers only, count once.",
        "* **first, among three**: the right slot of the right kind of record is the proposal that the draft uses, or stands among the first three.",
        "  **slot first, slot among three**: the same, where the kind of record does not count (`sex` of the subject or of the sample).",
        "* **without**: columns that the format's profile keeps as attributes. **false**: the draft uses a proposal for them all the same. Many of those are right, since",
        "  profiles leave out what a slot could hold: **of these named so** are those whose header is a name or alias of the proposed slot in the model.",
        "* **certain**: columns that the draft calls certain (`convert` reads such columns of an unknown sheet), and how many of them are right.",
        "* Left out: columns that only say more of another one (units, accessions beside names), those that feed lists of attributes, and files that are no tables.",
        "* The aliases of the model's slots were not hidden, and they were gathered from the documentation of these formats among others. On sheets of people who know none",
        "  of them the figures are likely to be lower.\n",
        "| format | with a slot | first | among three | slot first | slot among three | without | false | of these named so | certain | right | slot right |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        every.line("**all**"),
        each.line("**all, every column of every file**"),
    ]
    return "\n".join([*head, *lines, END])


def put_into(page: str, part: str) -> str:
    """Replace the part of the page between the marks; put it at the end where there are none."""
    before, begin, rest = page.partition(BEGIN)
    if not begin:
        return page.rstrip() + "\n\n" + part + "\n"
    _, _, after = rest.partition(END)
    return before + part + after


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write where that is wanted."""
    options = argparse.ArgumentParser()
    options.add_argument("--cases", type=Path, default=CASES, help="folder with MANIFEST.tsv and the tables")
    options.add_argument("--formats", default="", help="formats, separated by commas; left out, all")
    options.add_argument("--misses", type=Path, help="where the columns go that were not right, tab-separated")
    options.add_argument("--bundle", help="the ontology bundle to use")
    options.add_argument("--write", action="store_true", help="write docs/quality.md")
    args = options.parse_args(arguments)
    if not (args.cases / "MANIFEST.tsv").is_file():
        print(f"skipped: there is no {args.cases / 'MANIFEST.tsv'}")
        return 0
    scored = measure(args.cases, [f for f in args.formats.split(",") if f], args.bundle)
    text = section(scored)
    print(text)
    if args.misses:
        with args.misses.open("w", encoding="utf-8") as out:
            for form, found in sorted(scored.items()):
                for v, weight in found:
                    wrong = v.used if v.wanted.target is None else not (v.used and v.rank == 1)
                    if wrong:
                        want = ".".join(v.wanted.target) if v.wanted.target else "-"
                        print(form, f"{weight:.2f}", v.wanted.header, want, v.told, sep="\t", file=out)
    if args.write:
        PAGE.write_text(put_into(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
