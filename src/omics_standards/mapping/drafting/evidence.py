"""What the cells of a column look like: a sample of them, and which kinds of value they read as.

The sample is the same for the same sheet: distinct texts of the first rows, spread evenly. The readers of
:mod:`omics_standards.values` decide; no pattern is made up here where they know better.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from ...findings import CODES
from ...models.slots import MODEL
from ...terms.curies import parse_accession
from ...values.accessions import match_accession
from ...values.ages import read_age
from ...values.dates import read_date
from ...values.files import read_file_cell, read_md5, read_sha256
from ...values.geo import read_lat_lon
from ...values.missing import read_missing
from ...values.numbers import read_boolean
from ...values.quantities import read_quantity
from ...values.sex import read_sex
from ...values.text import clean, normal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...tables import Sheet
    from ...values.parsed import Parsed

__all__ = ["Evidence", "gather", "looked_at", "words_of_enums"]

# Rows that are read, and texts of a column that are looked at closely. Twenty-four tell a column of dates from one of names
# that has a date in it; 500 columns of 24 are read in about a second.
ROWS = 2_000
_SAMPLE = 24
# Longer texts are descriptions, whatever they begin with.
_LONG = 120
_POINT = 6

_NUMBER: Final = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?%?")
_INTEGER: Final = re.compile(r"[-+]?\d{1,18}|\d{1,3}(?:,\d{3})+")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_BINOMIAL: Final = re.compile(r"[A-Z][a-z]{2,} (?:[a-z]{3,}|sp\.)(?: .*)?|(?:[a-z]+ )?metagenome|human|mouse|rat")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
_PMID: Final = re.compile(r"(?:PMID:?\s*)?\d{6,8}", re.IGNORECASE)
_DOI: Final = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.\d{4,9}/\S+", re.IGNORECASE)
_WEB: Final = re.compile(r"(?:https?|ftp|s3|gs)://\S+|ftp\.\S+/\S+", re.IGNORECASE)
# Names of files end in one of these, whatever else the reader of file names forgives.
_FILE: Final = re.compile(
    r".+\.(?:gz|bz2|zip|tar|tgz|fastq|fq|bam|cram|sra|fast5|pod5|bcl|fa|fasta|fna|faa|gff3?|gtf|vcf|bed|bw|bigwig|raw|wiff2?|mzml|mzxml|mgf|d|"
    r"cel|idat|txt|tsv|csv|xlsx?|h5|h5ad|mtx|rds|pdf|tiff?|png|jpe?g|json|xml|cdf|nmr|fid|mzid|mztab|dat|hdf5|loom|zarr|gpr|chp|exp|rpt)",
    re.IGNORECASE,
)
# Lists in a cell, and what their pieces may be.
_LIST: Final = re.compile(r"[;|]|,\s?")
_LISTED: Final = ("accession", "file", "web", "curie", "md5")
_PAIRS: Final = re.compile(r"\w+=[^;]+(?:;\s*\w+=[^;]+)*;?")


@dataclass
class Evidence:
    """What is known of a column's cells.

    Attributes
    ----------
    filled, distinct
        Cells with a value among those read, and how many differ.
    absent
        Cells that say that there is no value.
    sample
        The texts looked at.
    counts
        How many texts of the sample read as what: ``date``, ``number``, ``md5``, ``enum:Sex``, ``accession:Run``, ``curie:UBERON`` …
    """

    filled: int = 0
    distinct: int = 0
    absent: int = 0
    sample: tuple[str, ...] = ()
    counts: Counter[str] = field(default_factory=Counter)

    def share(self, kind: str) -> float:
        """Share of the sample that reads as a kind of value, from 0 to 1; 0 for an empty column."""
        return self.counts[kind] / len(self.sample) if self.sample else 0.0

    @property
    def unique(self) -> bool:
        """True where no two rows hold the same text."""
        return self.filled > 1 and self.distinct == self.filled

    def named(self, prefix: str) -> list[tuple[str, float]]:
        """Kinds of value that begin with a prefix, the commonest first, without it."""
        found = [(k.removeprefix(prefix), self.share(k)) for k in self.counts if k.startswith(prefix)]
        return sorted(found, key=lambda f: (-f[1], f[0]))


def gather(sheet: Sheet) -> list[Evidence]:
    """Look at the columns of a sheet.

    Parameters
    ----------
    sheet
        A sheet; its first rows are read anew.

    Returns
    -------
    list of Evidence
        One per header, in order.
    """
    width = len(sheet.headers)
    values: list[Counter[str]] = [Counter() for _ in range(width)]
    rows = 0
    for batch in sheet.with_header(sheet.header_row).batches():
        columns = list(zip(*batch.rows, strict=True))[:width] if batch.rows else []
        for counter, cells in zip(values, columns, strict=False):
            counter.update(cells)
        rows += len(batch.rows)
        if rows >= ROWS:
            break
    return [looked_at(counter) for counter in values]


def looked_at(values: Counter[str]) -> Evidence:
    """Look at the texts of one column, given with how often each stands there.

    Examples
    --------
    >>> found = looked_at(Counter({"2019-04-30": 2, "2020-01-02": 1, "not collected": 1, "": 5}))
    >>> found.filled, found.absent, found.share("date"), found.share("sex")
    (3, 1, 1.0, 0.0)
    >>> looked_at(Counter()).sample
    ()
    """
    texts = [t for t in values if t]
    absent = {t for t in texts if _absent(t)}
    present = [t for t in texts if t not in absent]
    step = max(1, len(present) // _SAMPLE)
    sample = tuple(present[::step][:_SAMPLE])
    found = Evidence(sum(values[t] for t in present), len(present), sum(values[t] for t in absent), sample)
    if len(present) > 1 and present[0] in ("0", "1") and present == [str(i + int(present[0])) for i in range(len(present))]:
        found.counts["row number"] = len(sample)
    for text in sample:
        found.counts.update(dict.fromkeys(_kinds(clean(text)), 1))
    return found


def _absent(text: str) -> bool:
    known = read_missing(text)
    return known is not None and not known.trailing


def _sound(parsed: Parsed | None) -> bool:
    """Tell whether a reader made a value of a text, without finding it wrong."""
    if parsed is None or parsed.value is None:
        return False
    return not any((i.severity or CODES[i.code].severity) == "error" for i in parsed.issues)


def _kinds(text: str) -> Iterator[str]:
    """All kinds of value that one text reads as."""
    if len(text) > _LONG:
        yield "web" if _WEB.fullmatch(text) else "long"
        return
    number = _NUMBER.fullmatch(text) is not None
    if number:
        yield "number"
        if _INTEGER.fullmatch(text):
            yield "integer"
            if _YEAR.fullmatch(text):
                yield "year"
    elif " " in text:
        yield "words"
    yield from _written(text, number=number)
    if (between := _LIST.search(text)) is not None:
        pieces = [p.strip() for p in text.split(between[0].strip() or between[0])]
        if all(p and " " not in p for p in pieces):
            yield from (k for k in _written(pieces[0], number=_NUMBER.fullmatch(pieces[0]) is not None) if k.startswith(_LISTED))
    for enum in words_of_enums().get(normal(text), ()):
        yield f"enum:{enum}"
    if not number:
        yield from _spoken(text)


def _written(text: str, *, number: bool) -> Iterator[str]:
    """Kinds that are told by how a text is written."""
    if any(c.isdigit() for c in text):
        if not number:
            yield from (kind for kind, longest, read in _READERS if len(text) <= longest and _sound(read(text)))
        if _PMID.fullmatch(text):
            yield "pmid"
        if (known := match_accession(text)) is not None:
            yield "accession"
            yield from (f"accession:{kind}" for kind in known.kinds)
    if len(text) in (32, 64) and _sound(read_md5(text) if len(text) == 32 else read_sha256(text)):
        yield "md5" if len(text) == 32 else "sha256"
    yield from _named(text, number=number)
    if _PAIRS.fullmatch(text):
        yield "pairs"


def _read_point(text: str) -> Parsed | None:
    """Read coordinates; what is shorter than two numbers with their decimals is a name that looks like one ("3D7")."""
    return read_lat_lon(text) if len(text) > _POINT else None


# Readers of texts with a digit, and the longest text that each is asked about.
_READERS: Final = (("date", _LONG, read_date), ("geopoint", _LONG, _read_point), ("age", 40, read_age), ("quantity", 40, read_quantity))


def _named(text: str, *, number: bool) -> Iterator[str]:
    """Kinds of names: terms, addresses, files."""
    term = parse_accession(text) if ":" in text or "_" in text else None
    if term is not None:
        yield f"curie:{term.prefix}"
        yield "curie"
    elif _WEB.fullmatch(text):
        yield "web"
    elif _DOI.fullmatch(text):
        yield "doi"
    elif _EMAIL.fullmatch(text):
        yield "email"
    elif not number and _FILE.fullmatch(text) and read_file_cell(text) is not None:
        yield "file"


def _spoken(text: str) -> Iterator[str]:
    """Kinds that are told by the words of a text."""
    if _BINOMIAL.fullmatch(text):
        yield "taxon"
    # The reader of places looks for what may be meant; a column of places names countries that are known.
    if len(text) < 80 and "InsdcCountry" in words_of_enums().get(normal(re.split(r"[:,：，]", text)[0]), ()):
        yield "place"
    if len(text) < 30:
        if _sound(read_sex(text)):
            yield "sex"
        if _sound(read_boolean(text)):
            yield "boolean"


@cache
def words_of_enums() -> dict[str, tuple[str, ...]]:
    """Map the normal form of every word of a vocabulary, and of its other spellings, to the vocabularies that have it."""
    found: dict[str, dict[str, None]] = {}
    for enum, words in MODEL.enums.items():
        for word, value in words.items():
            for text in (word, *value.aliases):
                found.setdefault(normal(text), {})[enum] = None
    return {form: tuple(enums) for form, enums in found.items() if form}
