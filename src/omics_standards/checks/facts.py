"""Cells of a row that do not go together, and columns that say too little: what curators of archives send back.

Rules over two columns look at the distinct pairs of their texts; a pair is judged once.
"""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING, Final, NamedTuple

from ..findings import Issue
from ..values.files import read_file_cell
from ..values.missing import is_missing
from ..values.places import read_place
from .watch import ALL_BATCHES, DISTINCT_LIMIT, Detector, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..findings import Finding
    from ..mapping.plan import Plan
    from .watch import Columns, View, WatchedColumn

__all__ = ["formats_and_names", "identical_samples", "prose", "together"]

# Beyond the first batches one in sixteen is looked at, until a pair was found.
_EVERY: Final = 16


class Rule(NamedTuple):
    """Two slots and what is wrong with a pair of their values; ``judge`` takes the values as they were read, or the texts."""

    first: str
    second: str
    judge: Callable[[str, str], Issue | None]


_SINGLE_CELL: Final = re.compile(
    r"10x\s?(?:genomics|chromium)|chromium\s(?:single|next|controller)|\bsc-?rna-?seq|\bsn-?rna-?seq|\bsc-?atac|\bdrop-?seq|\bsmart-?seq[23]?\b"
    r"|\bsingle[\s-](?:cell|nucle(?:us|i))\s(?:rna|atac|transcriptom|library|librar|sequenc|gene|3'|5')",
    re.IGNORECASE,
)
# Organisms that are hosts of what a metagenomic library is of; a pathogen may be what was looked for.
_HOSTS: Final = frozenset(
    {
        "homo sapiens", "human", "mus musculus", "mouse", "rattus norvegicus", "sus scrofa", "bos taurus", "ovis aries", "capra hircus",
        "gallus gallus", "canis lupus familiaris", "felis catus", "equus caballus", "danio rerio", "macaca mulatta", "macaca fascicularis",
        "oryctolagus cuniculus", "drosophila melanogaster", "apis mellifera", "arabidopsis thaliana", "oryza sativa", "zea mays",
        "triticum aestivum", "glycine max",
    }
)  # fmt: skip
# Platforms whose machines give reads with qualities.
_READS: Final = frozenset({"ILLUMINA", "BGISEQ", "DNBSEQ", "ION_TORRENT", "ELEMENT", "AVITI", "ULTIMA", "GENEMIND"})


def _single_cell(source: str, text: str) -> Issue | None:
    """Libraries of single cells have sources of their own.

    Examples
    --------
    >>> _single_cell("TRANSCRIPTOMIC", "10x Genomics 3' v3").fix
    "write 'TRANSCRIPTOMIC SINGLE CELL', if the library was made of single cells"
    >>> _single_cell("TRANSCRIPTOMIC", "bulk RNA-seq") is _single_cell("TRANSCRIPTOMIC SINGLE CELL", "scRNA-seq") is None
    True
    """
    if source not in ("TRANSCRIPTOMIC", "GENOMIC") or not _SINGLE_CELL.search(text) or "bulk" in text.casefold():
        return None
    fix = f"write '{source} SINGLE CELL', if the library was made of single cells"
    return Issue("source-not-single-cell", f"a source that says that the library is of single cells, as {text[:60]!r} does", fix)


def _metagenome(source: str, organism: str) -> Issue | None:
    """What a metagenome is sequenced from is a metagenome to the taxonomy.

    Examples
    --------
    >>> _metagenome("METAGENOMIC", "Homo sapiens").code, _metagenome("METAGENOMIC", "human gut metagenome")
    ('organism-not-metagenome', None)
    >>> _metagenome("METAGENOMIC", "Zika virus")
    """
    if source not in ("METAGENOMIC", "METATRANSCRIPTOMIC") or organism.casefold() not in _HOSTS:
        return None
    expected = f"a metagenome as the organism of a {source.lower()} library, not {organism!r}"
    return Issue("organism-not-metagenome", expected, f"write the metagenome, such as 'gut metagenome', and name {organism!r} as the host")


def _reads(format_: str, platform: str) -> Issue | None:
    if format_ != "fasta" or platform not in _READS:
        return None
    expected = f"FASTQ or BAM: machines of {platform} give reads with qualities"
    return Issue("format-without-qualities", expected, "submit the files of the machine")


_RULES: Final = (
    *(
        Rule("library_source", slot, _single_cell)
        for slot in ("library_strategy", "title", "description", "library_construction_protocol", "single_cell_method", "library_selection")
    ),
    Rule("library_source", "organism", _metagenome),
    Rule("file_format", "platform", _reads),
)
_AS_WRITTEN: Final = frozenset({"library_strategy", "title", "description", "library_construction_protocol", "single_cell_method"})


class Together(Detector):
    """Looks at the pairs of texts of two columns."""

    def __init__(self, plan: Plan, first: WatchedColumn, second: WatchedColumn, judge: Callable[[str, str], Issue | None]) -> None:
        self._plan = plan
        self._columns = (first, second)
        self._judge = judge
        self._values: tuple[dict[str, str], dict[str, str]] = ({}, {})
        self._known: dict[tuple[str, str], None] = {}
        self._rows: dict[tuple[str, str], tuple[Issue, list[int]]] = {}
        self._batches = 0

    def see(self, view: View) -> None:
        """Look at a batch."""
        self._batches += 1
        if len(self._known) > DISTINCT_LIMIT or (self._batches > ALL_BATCHES and self._batches % _EVERY and not self._rows):
            return
        first, second = (view.columns[s.column] for s in self._columns)
        pairs = set(zip(first, second, strict=True))
        fresh = pairs - self._known.keys()
        for pair in dict.fromkeys(zip(first, second, strict=True)) if fresh else ():
            if pair in fresh:
                self._meet(pair)
        rows = self._rows
        if rows and not rows.keys().isdisjoint(pairs):
            both = zip(first, second, strict=True)
            for number, pair in [(n, p) for n, p in zip(view.numbers, both, strict=True) if p in rows]:
                rows[pair][1].append(number)

    def _meet(self, pair: tuple[str, str]) -> None:
        self._known[pair] = None
        values = [self._read(i, text) for i, text in enumerate(pair)]
        issue = self._judge(*values) if all(values) else None
        if issue is not None:
            self._rows[pair] = (issue, [])

    def _read(self, column: int, text: str) -> str:
        """The value of a text, which stands in many pairs."""
        known = self._values[column].get(text)
        if known is None:
            known = self._values[column][text] = _value(self._columns[column], text)
        return known

    def findings(self) -> Iterator[Finding]:
        """Tell each pair once.

        Findings
        --------
        source-not-single-cell, organism-not-metagenome, format-without-qualities
        """
        for (text, _), (issue, rows) in self._rows.items():
            yield told(self._plan, self._columns[0], issue, rows, text)


def _value(seen: WatchedColumn, text: str) -> str:
    """What a cell says: the value where it was read, the text of prose; '' where it says nothing."""
    if not text or is_missing(text):
        return ""
    if seen.name in _AS_WRITTEN:
        return text
    values = seen.reader.alone(text).values
    return (getattr(values[0], "label", None) or str(values[0])) if values else ""


def together(columns: Columns) -> Iterator[Together]:
    """Make the detectors of pairs of columns that a row has of the same library, run and sample."""
    by_slot: dict[str, WatchedColumn] = {}
    for seen in columns.seen:
        # A title or a description is that of the library, not of the sample.
        library = seen.cls.endswith("Assay")
        if seen.part == "value" and seen.name and (library or seen.name in ("organism", "file_format", "platform")):
            by_slot.setdefault(seen.name, seen)
    for rule in _RULES:
        if rule.first in by_slot and rule.second in by_slot:
            yield Together(columns.plan, by_slot[rule.first], by_slot[rule.second], rule.judge)


# --- formats and names ------------------------------------------------------------------------------------------------

_PACKED: Final = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".zip")
# Genome Analyzers called their FASTQ files s_1_sequence.txt.
_SUFFIXES: Final = {"fastq": (".fastq", ".fq", "_sequence.txt"), "ab1": (".ab1",), "bam": (".bam",), "cram": (".cram",)}
_PRESSED: Final = re.compile(r"\.(?:gz|bz2|xz|zst|z)$", re.IGNORECASE)


class FormatsAndNames(Detector):
    """Looks for files whose name lacks the suffix of the format that is declared beside it."""

    def __init__(self, plan: Plan, file: WatchedColumn, format_: WatchedColumn) -> None:
        self._plan = plan
        self._file, self._format = file, format_
        self._batches = 0
        self._suffixes: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._rows: dict[str, tuple[str, list[int]]] = {}

    def see(self, view: View) -> None:
        """Look at a batch; where all names end as they should it costs one pass over them."""
        self._batches += 1
        if self._batches > ALL_BATCHES and self._batches % _EVERY and not self._rows:
            return
        formats = view.columns[self._format.column]
        for text in view.distinct(self._format.column):
            if text not in self._suffixes and len(self._suffixes) < DISTINCT_LIMIT:
                said = _value(self._format, text)
                plain = _SUFFIXES.get(said, ())
                every = tuple(p + z for p in plain for z in ("", ".gz", ".bz2")) + _PACKED if plain else ("",)
                self._suffixes[text] = (said, every)
        names = view.columns[self._file.column]
        if len(view.distinct(self._format.column)) == 1:
            endings = self._suffixes.get(formats[0], ("", ("",)))[1]
            if endings == ("",) or all(name.endswith(endings) for name in names):
                return
        for number, text, name in zip(view.numbers, formats, names, strict=True):
            said, endings = self._suffixes.get(text, ("", ("",)))
            if not name.endswith(endings) and name and self._wrong(name, endings):
                self._rows.setdefault(said, (name, []))[1].append(number)

    def _wrong(self, name: str, endings: tuple[str, ...]) -> bool:
        if is_missing(name) or "\n" in name:
            return False
        cell = read_file_cell(name)
        bare = _PRESSED.sub("", (cell.name if cell is not None else name).casefold())
        return not bare.endswith(endings)

    def findings(self) -> Iterator[Finding]:
        """Tell each format once, with all its rows.

        Findings
        --------
        format-contradicts-name
        """
        for said, (name, rows) in self._rows.items():
            wanted = " or ".join(_SUFFIXES[said][:2])
            issue = Issue(
                "format-contradicts-name",
                f"a name that ends in {wanted} (and .gz or .bz2, where it is compressed), since the format is {said}",
                "correct the format, or rename the file",
            )
            yield told(self._plan, self._file, issue, rows, name)


def formats_and_names(columns: Columns) -> Iterator[FormatsAndNames]:
    """Make the detectors of files that have a format beside them."""
    formats = {s.role: s for s in columns.seen if s.name == "file_format" and s.part == "value" and s.cls in ("DataFile", "Run")}
    shared = next(iter(formats.values()), None) if len(formats) == 1 else None
    for seen in columns.seen:
        beside = formats.get(seen.role, shared if shared is not None and shared.cls == "Run" else None)
        if seen.name == "file_name" and seen.part == "value" and beside is not None and not seen.reader.columns[1:]:
            yield FormatsAndNames(columns.plan, seen, beside)


# --- columns that say too little, or what belongs elsewhere -----------------------------------------------------------

_LIBRARY: Final = re.compile(
    r"\blibrar(?:y|ies)\s(?:was|were|construction|preparation|prep)\b|\b(?:sequenced|sequencing)\s(?:on|with|using)\b"
    r"|\b(?:paired|single)-end\b|\b(?:hiseq|novaseq|nextseq|miseq|dnbseq|mgiseq)\b|\badapters?\s(?:was|were|ligat)",
    re.IGNORECASE,
)
_INSTITUTION: Final = re.compile(
    r"universit|hospital|institut|college|school|center|centre|laborator|academy|clinic|company|\bco\.|\bltd|\binc\b|bank|museum|farm|zoo"
    r"|大学|医院|研究|学院|公司|中心|实验室|动物园",
    re.IGNORECASE,
)


class Prose(Detector):
    """Looks at what is said of samples in words."""

    def __init__(self, columns: Columns, seen: WatchedColumn, wrong: Callable[[str], bool], issue: Issue) -> None:
        self._plan = columns.plan
        self._seen = seen
        self._issue = issue
        self._found = columns.texts(seen).want(wrong)

    def findings(self) -> Iterator[Finding]:
        """Tell each column once.

        Findings
        --------
        description-misplaced, provider-is-place
        """
        if self._found:
            rows = sorted(r for rows in self._found.values() for r in rows)
            yield told(self._plan, self._seen, self._issue, rows, next(iter(self._found)))


def _about_library(text: str) -> bool:
    """Tell whether a description of a sample is about its library.

    Examples
    --------
    >>> _about_library("Libraries were sequenced on a HiSeq"), _about_library("liver of a mouse from the library garden")
    (True, False)
    """
    return _LIBRARY.search(text[:5_000]) is not None


def _bare_place(text: str) -> bool:
    """Tell whether a provider is a place and nothing else.

    Examples
    --------
    >>> _bare_place("China: Beijing"), _bare_place("Peking University, China"), _bare_place("Jackson")
    (True, False, False)
    """
    if len(text) > 120 or _INSTITUTION.search(text):
        return False
    found = read_place(text)
    return found is not None and getattr(found.value, "country", None) is not None and not found.issues


# Slots, what is wrong with a text of theirs, and what there is to say.
_WORDS: Final[tuple[tuple[str, Callable[[str], bool], Issue], ...]] = (
    (
        "Biosample.description",
        _about_library,
        Issue(
            "description-misplaced",
            "what the sample is; how its library was made and sequenced is said of the library",
            "move it to the description of the experiment, and say here what the sample is",
        ),
    ),
    (
        "Biosample.biomaterial_provider",
        _bare_place,
        Issue(
            "provider-is-place",
            "who provided the material: a person, a laboratory or an institution",
            "name them; a place has slots of its own",
        ),
    ),
)


def prose(columns: Columns) -> Iterator[Prose]:
    """Make the detectors of what is said of samples in words, in tables of samples; run tables repeat what archives wrote."""
    plan = columns.plan
    if plan.table.records[plan.table.main].cls == "Biosample":
        for seen in columns.seen:
            for slot, wrong, issue in _WORDS if seen.slot and seen.part == "value" else ():
                if slot == f"{seen.cls}.{seen.name}":
                    yield Prose(columns, seen, wrong, issue)


# --- samples that nothing tells apart ---------------------------------------------------------------------------------

_SAMPLES: Final = 2_048
_NAMING: Final = frozenset({"name", "title", "accessions", "alternative_names", "description"})
# What registries of samples ask for: elsewhere replicates are rows like any other.
_ASKED: Final = frozenset({"organism", "collection_date"})


class IdenticalSamples(Detector):
    """Looks for samples that differ in their names only, in a table that holds one sample a row."""

    def __init__(self, plan: Plan, name: WatchedColumn, columns: Sequence[int]) -> None:
        self._plan = plan
        self._name = name
        self._columns = columns
        self._hashes = array("q")
        self._rows = array("I")

    def see(self, view: View) -> None:
        """Look at a batch; a table of samples shows it in its first rows."""
        if len(self._rows) < _SAMPLES:
            self._hashes.extend(map(hash, zip(*(view.columns[c] for c in self._columns), strict=True)))
            self._rows.extend(view.numbers)

    def findings(self) -> Iterator[Finding]:
        """Tell it once, with all rows that have a double.

        Findings
        --------
        samples-identical
        """
        groups: dict[int, list[int]] = {}
        for known, row in zip(self._hashes, self._rows, strict=True):
            groups.setdefault(known, []).append(row)
        double = [rows for rows in groups.values() if len(rows) > 1]
        if double:
            issue = Issue(
                "samples-identical",
                f"samples that differ in more than their names; {len(double)} groups of rows do not",
                "say what tells them apart (replicate, time, tissue); libraries of one sample are no samples of their own",
            )
            yield told(self._plan, self._name, issue, sorted(r for rows in double for r in rows))


def identical_samples(columns: Columns) -> Iterator[IdenticalSamples]:
    """Make the detector of a table whose rows are samples, each named once, with the facts that registries ask for."""
    plan = columns.plan
    main = plan.table.records[plan.table.main]
    if main.cls != "Biosample" or not main.unique or plan.source.paths is not None:
        return
    names = [s for s in columns.seen if s.name == "name" and s.cls == "Biosample"]
    facts = [s.column for s in columns.seen if s.name not in _NAMING]
    if names and len(facts) > 2 and {s.name for s in columns.seen} >= _ASKED:
        yield IdenticalSamples(plan, names[0], facts)
