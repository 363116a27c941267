"""Compares what is read from a raw table with the curated table of the same records, field by field, for docs/quality.md.

    python benchmarks/agreement.py [--cases ../shared/cases] [--show FIELD] [--write]

Two sources hold both: IHEC's metadata as laboratories registered it and as the harmonisation group corrected it, joined by EpiRR
id; and studies of curatedMetagenomicData, whose curators began with NCBI's run table, joined by run. Both tables are converted on
their own, and what their records say is compared slot by slot. The tables are not part of this repository: where they are absent,
the script says so and does nothing.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import omics_standards as om
from omics_standards.records import Attribute, Link, Place, Quantity, Record, Term
from omics_standards.terms import Bundle, open_bundle

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "quality.md"
CASES = HERE.parents[1] / "shared" / "cases"

# Slots that name or describe records rather than say a fact of biology, and what is kept without being understood.
LEFT_OUT = frozenset(
    {"accessions", "alternative_names", "attributes", "comments", "factor_values", "file_name", "locations", "name", "title"}
)
# Where the raw table says a thing more precisely, in another slot.
ELSEWHERE = {"platform_name": ("instrument_model",)}
KINDS = ("agree", "related", "disagree", "raw holds it, not found", "raw does not hold it")


class Pair(NamedTuple):
    """Two tables of the same records. ``key``: class of the record that both name."""

    name: str
    raw: Path
    curated: Path
    key: str


class Verdict(NamedTuple):
    """What became of a fact of the curated table. ``raw``: what was read from the raw one."""

    pair: str
    field: str
    kind: str
    key: str
    curated: str
    raw: str


def pairs(cases: Path) -> Iterator[Pair]:
    """Yield the pairs of tables below a folder."""
    ihec = [next(cases.glob(f"ihec/{word}*.csv"), None) for word in ("raw", "harmonised")]
    if ihec[0] and ihec[1]:
        yield Pair("ihec", ihec[0], ihec[1], "Dataset")
    folders = (cases / "paired_raw_curated", *sorted((cases / "cmd" / "curated").glob("*")))
    seen = set()
    for raw in (path for folder in folders for path in sorted(folder.glob("*_sra_meta.tsv"))):
        curated = raw.with_name(raw.name.replace("_sra_meta", "_sample"))
        study = raw.name.rpartition("__")[2].removesuffix("_sra_meta.tsv")
        if curated.is_file() and study not in seen:
            seen.add(study)
            yield Pair(study, raw, curated, "Run")


# --- facts ------------------------------------------------------------------------------------------------------------


def facts(data: om.Dataset, start: Record) -> dict[str, set[Any]]:
    """What a record and those that it points to say, by slot."""
    found: dict[str, set[Any]] = defaultdict(set)
    waiting, seen = [start], {(start.cls, start.id)}
    while waiting:
        record = waiting.pop()
        for reading in record.readings:
            if isinstance(reading, Link):
                target = data.record(reading.target, str(reading.values[0]))
                if target is not None and (target.cls, target.id) not in seen and target.cls not in ("Dataset", "Project"):
                    seen.add((target.cls, target.id))
                    waiting.append(target)
            elif reading.slot not in LEFT_OUT:
                found[reading.slot].update(reading.values)
    return found


def keyed(data: om.Dataset, cls: str) -> dict[str, tuple[Record, dict[str, set[Any]]]]:
    """Facts by the names or accessions of the records of a class; where the sample is the key's namesake, from there."""
    found = {}
    for record in data.records(cls):
        start = record
        if cls == "Dataset":
            start = next((s for s in data.records("Biosample") if s.id.rpartition("/")[2] == record.id.rpartition("/")[2]), record)
        for value in (*record.values("accessions"), *record.values("name")):
            found[str(value).rpartition(":")[2]] = (start, facts(data, start))
    return found


def shown(value: Any) -> str:
    """A value as a person reads it."""
    if isinstance(value, Term):
        return f"{value.label} ({value.id})" if value.id else value.label
    if isinstance(value, Quantity):
        number = value.value or f"{value.minimum or ''}-{value.maximum or ''}"
        return f"{number} {value.unit or ''}".strip()
    if isinstance(value, Attribute):
        return f"{value.name}: {value.value}"
    return " ".join(str(v) for v in value if v) if isinstance(value, tuple) else str(value)


def plain(text: str) -> str:
    """A text without case and punctuation."""
    return " ".join(re.findall(r"[\w+]+", text.casefold()))


def same(one: Any, two: Any) -> bool:
    """Tell whether two values say the same."""
    if isinstance(one, Term) and isinstance(two, Term):
        return (one.id is not None and one.id == two.id) or plain(one.label) == plain(two.label)
    if isinstance(one, Quantity) and isinstance(two, Quantity):
        return one[:3] == two[:3] and (one.unit == two.unit or None in (one.unit, two.unit))
    return one == two or plain(shown(one)) == plain(shown(two))


def kin(one: Any, two: Any, bundle: Bundle | None) -> bool:
    """Tell whether one value says less than the other: terms of one line, a country without its region, a family of instruments."""
    if isinstance(one, str) and isinstance(two, str):
        short, long = sorted((plain(one).replace(" ", ""), plain(two).replace(" ", "")), key=len)
        return len(short) > 5 and long.startswith(short)
    if isinstance(one, Term) and isinstance(two, Term) and one.id and two.id and bundle is not None:
        return one.id in bundle.ancestors(two.id) or two.id in bundle.ancestors(one.id)
    return isinstance(one, Place) and isinstance(two, Place) and one.country == two.country and None in (one.region, two.region)


def compare(raw: set[Any], curated: set[Any], bundle: Bundle | None) -> str:
    """Say how two sets of values of one slot stand to each other."""
    if all(any(same(r, c) for r in raw) for c in curated):
        return "agree"
    if all(any(same(r, c) or kin(r, c, bundle) for r in raw) for c in curated):
        return "related"
    return "disagree"


def held(row: Iterable[str], curated: set[Any], bundle: Bundle | None) -> bool:
    """Tell whether the raw row has the text of a value, its accession or one of its names in some cell."""
    cells = f" | {' | '.join(plain(cell) for cell in row)} | "
    for value in curated:
        names = [value.label, value.id or ""] if isinstance(value, Term) else [shown(value)]
        if isinstance(value, Term) and value.id and bundle is not None:
            names += [n.text for n in bundle.names(value.id)]
        if any(len(name) > 1 and f" {plain(name)} " in cells for name in names):
            return True
    return False


# --- judging ----------------------------------------------------------------------------------------------------------


def judged(pair: Pair, bundle: Bundle | None) -> tuple[list[Verdict], Counter[str]]:
    """Compare the tables of a pair.

    Returns
    -------
    list of Verdict
        One for each slot that a curated record fills.
    Counter
        Records: in both, raw alone, curated alone.
    """
    one, two = (om.convert(path, today="2026-01-01") for path in (pair.raw, pair.curated))
    raw, curated = keyed(one, pair.key), keyed(two, pair.key)
    with pair.raw.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.reader(handle, delimiter="\t" if pair.raw.suffix == ".tsv" else ","))
    counts = Counter({"in both": len(raw.keys() & curated.keys()), "raw only": len(raw.keys() - curated.keys())})
    counts["curated only"] = len(curated.keys() - raw.keys())
    verdicts = []
    for key in sorted(raw.keys() & curated.keys()):
        start, mine = raw[key]
        row = next((o.address.row for slot in ("name", "accessions") for o in start.origin(slot) if o.address.row), None)
        row = row or next((start.row_of(i) for i in range(len(start.readings))), 1)
        for slot, wanted in sorted(curated[key][1].items()):
            if wanted:
                got = mine.get(slot) or {v for other in ELSEWHERE.get(slot, ()) for v in mine.get(other, ())}
                kind = compare(got, wanted, bundle) if got else KINDS[3] if held(rows[row - 1], wanted, bundle) else KINDS[4]
                texts = [" | ".join(sorted(map(shown, values))) for values in (wanted, got)]
                verdicts.append(Verdict(pair.name, slot, kind, key, *texts))
    return verdicts, counts


def table(verdicts: Sequence[Verdict]) -> list[str]:
    """A row per field, those with most facts first."""
    fields = Counter(v.field for v in verdicts)
    lines = [f"| field | {' | '.join(KINDS)} | agree or related, of what raw holds |", f"| --- |{' --- |' * (len(KINDS) + 1)}"]
    for field in sorted(fields, key=lambda f: (-fields[f], f)):
        counts = Counter(v.kind for v in verdicts if v.field == field)
        holds = sum(counts[k] for k in KINDS[:4])
        share = f"{(counts['agree'] + counts['related']) / holds:.3f}" if holds else "–"
        lines.append(f"| {field} | {' | '.join(f'{counts[k]:,}' for k in KINDS)} | {share} |")
    return [*lines, ""]


def page(found: Sequence[tuple[Pair, list[Verdict], Counter[str]]]) -> str:
    """The section of docs/quality.md."""
    lines = ["## Raw and curated tables of the same records\n", HOW_TO_READ]
    ihec = [v for p, verdicts, _ in found if p.name == "ihec" for v in verdicts]
    others = [v for p, verdicts, _ in found if p.name != "ihec" for v in verdicts]
    lines += ["| tables | records in both | raw only | curated only |", "| --- | --- | --- | --- |"]
    lines += [f"| {p.name} | {c['in both']:,} | {c['raw only']:,} | {c['curated only']:,} |" for p, _, c in found]
    lines += ["", "### IHEC: as registered and as harmonised\n", *table(ihec), IHEC, "### Run tables and curatedMetagenomicData\n"]
    return "\n".join([*lines, *table(others), RUNS])


HOW_TO_READ = """\
`python benchmarks/agreement.py` converts both tables on their own, joins the records (by EpiRR id, by run) and compares each fact of the curated
one with what was read from the raw one (the tables are not part of this repository):

* **agree**: the same term, number or word. **related**: one term is a kind or a part of the other. **disagree**: neither.
* **raw holds it, not found**: nothing was read into the slot, although some cell of the raw row has the value's text, its accession or one
  of its synonyms. **raw does not hold it**: no cell has; the curators took it from elsewhere.
"""

IHEC = """\
What disagrees, read one by one:

* **disease**: the harmonised table names the disease and its group (leukaemia, psychiatric disorder), the raw one the disease; where the ontologies have
  the one under the other this is *related*, else it counts as a disagreement although both name one disease. Others are texts with the site in
  front ("blood-peripheral leukemia-chronic lymphocytic leukemia"), two diseases in one cell, and grades and stages that the curators took from the
  Metathesaurus; they stay local terms with a finding. Donors with a disease whose sample is healthy tissue have both in the curated table. "None" in
  these columns says that there is no disease and is read so; in others it is a word for absence.
* **tissue**: the curated table has Brodmann areas, in one cell several of them, and the vermis where the raw cell has the lobe or the cerebellum; names with
  a qualifier in brackets ("placenta (basal plate and villi) tissue") are for a person to decide. Where the raw cell is blank, the tissue stands in
  the column of origin, within the name of a cell, or as one of the accessions of several ontologies in one cell, which no column takes;
  so does the disease of two cell lines, which stands under phenotype.
* **cell_type**: free wording, slips ("stroaml"), markers as names, states and sites that the curated term has and the raw text has not, or the reverse. What is no
  name of a term is not taken for one.
* **cell_line**, **cell_subtype**, **material_type**: a spelling that the curators made uniform, another registry (Cellosaurus, EFO), and values that they changed.
"""

RUNS = """\
Run tables hold runs, libraries and accessions; what the curators added (disease, site, age, country) comes from the articles. Of what is compared, the
run table holds next to nothing, so that these figures say which facts a run table lacks rather than what was missed:

* **host**: no column of a host is filled. The word that is found is the "human" of *human gut metagenome*, the organism; to make it a host would be a guess.
* **platform_name**: the curators' word names the family ("IlluminaHiSeq") of the instrument whose model the run table names.
* **time_point**: numbers that stand in some other cell by chance.
* **Tables without a record in both** are not of one study: beside the curated samples of YuJ_2015 lies the run table of PRJEB7774, which is that of
  FengQ_2015; beside BackhedF_2015 that of PRJNA339914, which is AsnicarF_2017's; beside QinN_2014 that of PRJNA1309012, a project of 2025. Runs
  that are in the run table alone (DavidLA_2015) have no row in the curated table.
"""


def main(arguments: Sequence[str] | None = None, tell: Callable[[str], None] = print) -> int:
    """Compare, print, and write where that is wanted."""
    options = argparse.ArgumentParser()
    options.add_argument("--cases", type=Path, default=CASES)
    options.add_argument("--show", metavar="FIELD", help="print what is not the same in a field, most frequent first")
    options.add_argument("--write", action="store_true", help="renew the section in docs/quality.md")
    args = options.parse_args(arguments)
    chosen = list(pairs(args.cases))
    if not chosen:
        tell(f"skipped: there are no pairs of tables in {args.cases}")
        return 0
    bundle = open_bundle()
    found = [(pair, *judged(pair, bundle)) for pair in chosen]
    if args.show:
        differing = Counter(
            (v.pair, v.kind, v.curated, v.raw) for _, vs, _ in found for v in vs if v.field == args.show and v.kind in KINDS[1:4]
        )
        for (name, kind, curated, raw), count in differing.most_common(60):
            tell(f"{count:5} {name}: {kind}: curated {curated!r}, read {raw!r}")
        return 0
    text = page(found)
    tell(text)
    if args.write:
        keep(text, "agreement", PAGE)
    return 0


def keep(text: str, mark: str, page: Path) -> None:
    """Put a section into its place in a page, or at its end."""
    section = f"<!-- {mark} -->\n{text.rstrip()}\n<!-- end {mark} -->\n"
    old = page.read_text(encoding="utf-8")
    before, found, rest = old.partition(f"<!-- {mark} -->\n")
    after = rest.partition(f"<!-- end {mark} -->\n")[2] if found else ""
    page.write_text(f"{before if found else before.rstrip() + chr(10) * 2}{section}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
