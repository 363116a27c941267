"""Measures looking up terms, beside its peers: whole processes, alternately, medians; the machinery is that of run.py.

    python benchmarks/terms.py [--repeats 5] [--build [--wheels FOLDER]] [--write]

Needs a built bundle with UBERON and CL. ``--build`` measures building as well, which takes minutes; ``--write`` puts the tables
into benchmarks/README.md. Texts and names are made from the bundle, with a fixed seed, into benchmarks/data/terms.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from run import DATA, HERE, OURS, Run, alternately, keep, measure, measured, peers

FOLDER = DATA / "terms"
PREFIXES = ("UBERON", "CL")
EXACT, SLIPS, LINES = 20_000, 1_000, 100_000
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_PURL = "http://purl.obolibrary.org/obo/"

# How many texts each program gets: all, unless it would take minutes.
COUNTS = {
    "exact": {"bundle": EXACT, "plain": EXACT, "gilda": EXACT, "oaklib": EXACT, "text2term": 1_000, "rapidfuzz": 500},
    "slips": {"bundle": SLIPS, "gilda": SLIPS, "oaklib": SLIPS, "text2term": SLIPS, "rapidfuzz": 500},
}
TITLES = {
    "bundle": "omics_standards.terms",
    "plain": "a dictionary of the names",
    "gilda": "gilda, custom terms",
    "oaklib": "oaklib, lexical index, whole text",
    "text2term": "text2term, TF-IDF, default threshold",
    "rapidfuzz": "rapidfuzz, token_sort_ratio, extractOne",
}


class Told(NamedTuple):
    """A process as the system saw it, and what it told of itself."""

    run: Run
    said: dict[str, Any]


# --- names and texts


def slip(name: str, rng: random.Random) -> str:
    """Return a name with one slip of the keyboard inside a word."""
    places = [i for i in range(1, len(name) - 1) if name[i].isalpha() and name[i + 1].isalpha() and name[i] != name[i + 1]]
    if not places:
        return name
    i = rng.choice(places)
    kind = rng.choice(("swapped", "left out", "doubled", "neighbour"))
    if kind == "swapped":
        return name[:i] + name[i + 1] + name[i] + name[i + 2 :]
    row = next((keys for keys in _KEYS if name[i].lower() in keys), "")
    if kind == "left out" or not row:
        return name[:i] + name[i + 1 :]
    if kind == "doubled":
        return name[:i] + name[i] + name[i:]
    at = row.find(name[i].lower())
    return name[:i] + (row[at - 1] if at else row[1:2]) + name[i + 1 :]


def make_data() -> None:
    """Write the names as a table, as OBO and as OWL, and the texts."""
    from omics_standards.terms import open_bundle
    from omics_standards.terms.keys import exact_key, folded_key

    FOLDER.mkdir(parents=True, exist_ok=True)
    bundle = open_bundle()
    if bundle is None or any(bundle.info(prefix) is None for prefix in PREFIXES):
        raise SystemExit("there is no bundle with UBERON and CL; build it with: omics-standards ontologies build")
    import sqlite3

    db = sqlite3.connect(f"{bundle.path.as_uri()}?mode=ro&immutable=1", uri=True)
    terms: dict[str, list[tuple[str, str]]] = {}
    for prefix in PREFIXES:
        rows = db.execute("SELECT local FROM terms WHERE ontology=? AND flags=0 AND label<>''", (bundle.number_of(prefix),))
        for (local,) in rows:
            curie = f"{prefix}:{local}"
            terms[curie] = [(n.scope, " ".join(n.text.split())) for n in bundle.names(curie) if n.scope in ("label", "exact")]
    write_names(terms)
    right: dict[str, dict[str, None]] = {}
    for curie, names in terms.items():
        for _, name in names:
            right.setdefault(exact_key(name), {})[curie] = None
    rng = random.Random("texts")
    names = sorted({name for found in terms.values() for _, name in found if len(right[exact_key(name)]) == 1})
    exact = rng.sample(names, EXACT)
    known = {folded_key(key) for key in right}
    pairs = ((name, slip(name, rng)) for name in rng.sample([n for n in names if len(n) >= 8], 4 * SLIPS))
    slips = [(text, name) for name, text in pairs if folded_key(exact_key(text)) not in known][:SLIPS]
    for file, texts in (("exact.tsv", [(n, n) for n in exact]), ("slips.tsv", slips)):
        lines = (f"{text}\t{'|'.join(right[exact_key(name)])}\n" for text, name in texts)
        (FOLDER / file).write_text("".join(lines), encoding="utf-8")
    lines = (f"{name}\n" for name in rng.choices(names, k=LINES))
    (FOLDER / "lines.txt").write_text("".join(lines), encoding="utf-8")


def write_names(terms: dict[str, list[tuple[str, str]]]) -> None:
    """Write the names in the forms that the programs read."""
    table, obo, owl = [], ["format-version: 1.2", "ontology: bench", ""], []
    for curie, names in terms.items():
        table += [f"{curie}\t{scope}\t{name}\n" for scope, name in names]
        obo += ["[Term]", f"id: {curie}"]
        owl.append(f'<owl:Class rdf:about="{_PURL}{curie.replace(":", "_")}">')
        for scope, name in names:
            quoted = name.replace("\\", "\\\\").replace('"', '\\"')
            plain = name.replace("\\", "\\\\").replace("{", "\\{").replace("!", "\\!")
            obo.append(f"name: {plain}" if scope == "label" else f'synonym: "{quoted}" EXACT []')
            tag = "rdfs:label" if scope == "label" else "oboInOwl:hasExactSynonym"
            owl.append(f"<{tag}>{escape(name)}</{tag}>")
        obo.append("")
        owl.append("</owl:Class>")
    head = (
        '<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:owl="http://www.w3.org/2002/07/owl#" '
        'xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#" xmlns:oboInOwl="http://www.geneontology.org/formats/oboInOwl#">\n'
        f'<owl:Ontology rdf:about="{_PURL}bench.owl"/>\n<owl:AnnotationProperty rdf:about="http://www.geneontology.org/formats/oboInOwl#hasExactSynonym"/>\n'
    )
    (FOLDER / "names.tsv").write_text("".join(table), encoding="utf-8")
    (FOLDER / "terms.obo").write_text("\n".join(obo), encoding="utf-8")
    (FOLDER / "terms.owl").write_text(head + "\n".join(owl) + "\n</rdf:RDF>\n", encoding="utf-8")


# --- measuring


def program(name: str, texts: str, count: int) -> list[str]:
    """Return the command that lets a program answer texts."""
    interpreter = (
        sys.executable if name in ("bundle", "facade", "opening", "plain") else peers("terms", "gilda", "text2term", "oaklib", "rapidfuzz")
    )
    return [
        interpreter,
        str(HERE / "terms_peers.py"),
        name,
        str(FOLDER),
        str(FOLDER / texts),
        str(count),
        str(FOLDER / f"{name}-{texts}.json"),
    ]


def told(commands: dict[str, list[str]], repeats: int) -> dict[str, list[Told]]:
    """Run in turn; what a process tells of itself is its last argument's file."""
    found: dict[str, list[Told]] = {name: [] for name in commands}
    for _ in range(repeats):
        for name, runs in alternately(commands, 1).items():
            found[name].append(Told(runs[0], json.loads(Path(commands[name][-1]).read_text(encoding="utf-8"))))
    return found


def median(found: list[Told], key: str) -> float:
    """Return the median of what the runs told."""
    return statistics.median(t.said[key] for t in found)


def rate(found: list[Told]) -> float:
    """Return texts per second, in the median."""
    return statistics.median(t.said["n"] / max(t.said["answer"], 1e-6) for t in found)


def factor(ratio: float) -> str:
    """Write a ratio with two or three digits that count."""
    return f"{ratio:.3f}" if ratio < 0.1 else f"{ratio:.2f}" if ratio < 10 else f"{ratio:,.0f}"


def compare(texts: str, repeats: int, start: float) -> list[str]:
    """Measure us and the peers on the same texts."""
    counts = COUNTS[texts]
    found = told({name: program(name, f"{texts}.tsv", count) for name, count in counts.items()}, repeats)
    lines = [
        "| program | texts | CPU s in all | import s | load s | texts/s | ours is faster by | MB over the bare interpreter | first right | accepted and wrong |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, runs in found.items():
        ratios = [
            (mine.said["n"] / mine.said["answer"]) / (t.said["n"] / t.said["answer"]) for t, mine in zip(runs, found["bundle"], strict=True)
        ]
        said = runs[0].said
        lines.append(
            f"| {TITLES[name]} | {said['n']:,} | {statistics.median(t.run.cpu for t in runs):.2f} | {median(runs, 'import'):.2f} | {median(runs, 'load'):.2f} | {rate(runs):,.0f} | "
            f"{factor(statistics.median(ratios))} ({factor(min(ratios))}-{factor(max(ratios))}) | {statistics.median(t.run.memory for t in runs) - start:.0f} | "
            f"{said['right'] / said['n']:.3f} | {(said['accepted'] - said['accepted right']) / said['n']:.3f} |"
        )
    return [*lines, ""]


def own(repeats: int, start: float) -> list[str]:
    """Measure what is promised of looking up."""
    bare = {"pass": [sys.executable, "-c", "pass"], "import": [sys.executable, "-c", "import omics_standards.terms"]}
    alone = alternately(bare, repeats)
    importing = [a.cpu - b.cpu for a, b in zip(alone["import"], alone["pass"], strict=True)]
    found = told(
        {
            "opening": program("opening", "exact.tsv", 200),
            "exact": program("bundle", "exact.tsv", EXACT),
            "facade": program("facade", "exact.tsv", EXACT),
            "candidates": program("bundle", "slips.tsv", SLIPS),
        },
        repeats,
    )
    command = [OURS, "terms", "ground", "--in", ",".join(PREFIXES), str(FOLDER / "lines.txt")]
    lines = alternately({"command": command, "empty": [*command[:-1], "/dev/null"]}, repeats)
    whole = statistics.median(r.cpu for r in lines["command"])
    begin = statistics.median(r.cpu for r in lines["empty"])
    memory = statistics.median(r.memory for r in lines["command"]) - start
    distinct = len(set((FOLDER / "lines.txt").read_text(encoding="utf-8").split("\n"))) - 1

    def row(what: str, value: str, aim: str, mb: float) -> str:
        return f"| {what} | {value} | {aim} | {mb:.0f} |"

    def mb(name: str) -> float:
        return statistics.median(t.run.memory for t in found[name]) - start

    return [
        "| what | measured | aimed at | MB over the bare interpreter |",
        "| --- | --- | --- | --- |",
        row("`import omics_standards.terms`", f"{statistics.median(importing):.3f} s", "at most 0.3 s", statistics.median(r.memory for r in alone["import"]) - start),
        row("open a bundle and look one text up", f"{1000 / rate(found['opening']):.1f} ms", "at most 50 ms", mb("opening")),
        row("names as they are, `Bundle.ground`", f"{rate(found['exact']):,.0f} texts/s", "at least 100,000", mb("exact")),
        row("names as they are, `omics_standards.ground` of a list", f"{rate(found['facade']):,.0f} texts/s", "", mb("facade")),
        row("names with a slip, `Bundle.ground`", f"{rate(found['candidates']):,.0f} texts/s", "at least 1,000", mb("candidates")),
        row(f"`terms ground`, {LINES:,} lines, {distinct:,} of them distinct", f"{whole:.2f} s: {LINES / whole:,.0f} lines/s, start included", "", memory),
        row("`terms ground`, no lines", f"{begin:.2f} s", "", statistics.median(r.memory for r in lines["empty"]) - start),
        "",
    ]  # fmt: skip


def building(wheels: Path | None, start: float) -> list[str]:
    """Measure building the default set without the taxonomy, the taxonomy, and the same names from an OBO file."""
    folder = wheels or FOLDER / "carriers"
    if wheels is None:
        subprocess.run([sys.executable, str(HERE / "terms.py"), "--step", "carriers"], check=True)
    listed = subprocess.run(
        [sys.executable, str(HERE / "terms.py"), "--step", "prefixes"], check=True, capture_output=True, text=True
    ).stdout.split()
    base = [OURS, "ontologies", "build", "--force", "--wheels", str(folder), "--bundle", str(FOLDER / "built.sqlite"), "--only"]
    commands = {
        "the default set without the taxonomy": ([*base, ",".join(p for p in listed if p != "NCBITaxon")], "at most 60 s"),
        "the taxonomy": ([*base, "NCBITaxon"], "less than 1,000 MB"),
        "UBERON and CL, `ontologies add` of an OBO file": (
            [OURS, "ontologies", "add", str(FOLDER / "terms.obo"), "--prefix", "UBERON,CL", "--bundle", str(FOLDER / "added.sqlite")],
            "",
        ),
    }
    lines = ["| building | CPU s | MB over the bare interpreter | aimed at |", "| --- | --- | --- | --- |"]
    for name, (command, aim) in commands.items():
        for bundle in FOLDER.glob("*.sqlite"):
            bundle.unlink()
        run = measure(command)
        print(f"  {name}: {run.cpu:.1f} s, {run.memory:.0f} MB", file=sys.stderr)
        lines.append(f"| {name} | {run.cpu:.1f} | {run.memory - start:.0f} | {aim} |")
    return [*lines, ""]


def step(name: str) -> None:
    """Do what needs much memory, or the package, in a process of its own."""
    from omics_standards.terms.carriers import fetch_wheels, read_manifest

    if name == "data":
        make_data()
    elif name == "carriers":
        chosen = read_manifest().select(None)
        fetch_wheels(chosen.carriers.values(), FOLDER / "carriers", wheels=None, progress=print)
    else:
        print(*(entry.prefix for entry in read_manifest().select(None).entries))


def main() -> None:
    """Measure and print, or write."""
    options = argparse.ArgumentParser()
    options.add_argument("--repeats", type=int, default=5)
    options.add_argument("--build", action="store_true")
    options.add_argument("--wheels", type=Path)
    options.add_argument("--note", default="", help="said of the machine, such as what else it did")
    options.add_argument("--write", action="store_true")
    options.add_argument("--step", choices=["data", "carriers", "prefixes"], help=argparse.SUPPRESS)
    args = options.parse_args()
    if args.step:
        step(args.step)
        return
    subprocess.run([sys.executable, str(HERE / "terms.py"), "--step", "data"], check=True)
    start = measure([sys.executable, "-c", "pass"]).memory
    text = "\n".join(
        [
            f"{measured()}; {args.repeats} alternating runs (one of building), medians{'; ' + args.note if args.note else ''}.\n",
            *own(args.repeats, start),
            *(building(args.wheels and args.wheels.absolute(), start) if args.build else ()),
            "Names as they are:\n",
            *compare("exact", args.repeats, start),
            "Names with one slip of the keyboard:\n",
            *compare("slips", args.repeats, start),
        ]
    ).rstrip()
    print(text)
    if args.write:
        keep(text, "terms")


if __name__ == "__main__":
    main()
