"""What is wrong, doubtful or worth knowing in the data: values, never exceptions.

An *issue* is what a reading says about a text (it has no address: the same text may stand in a thousand rows).
A *finding* is an issue with the cells it was met in. Every code stands in :data:`CODES` with its severity and its meaning;
a code never changes its meaning.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from .codes import DETECTED, PRIVATE, TERMS, Code, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = [
    "CODES",
    "SEVERITIES",
    "Address",
    "Code",
    "Finding",
    "Issue",
    "Paths",
    "Severity",
    "column_letter",
    "fold",
    "row_numbers",
    "row_ranges",
]

SEVERITIES: Final[dict[str, int]] = {"error": 0, "warning": 1, "info": 2}


# One table for the whole package, in the order of the flow. docs/findings.md is generated from it.
CODES: Final[dict[str, Code]] = {
    # --- files and sheets
    "encoding-guessed": Code("info", "text encoding was worked out", "The file is not UTF-8; the encoding named was the best fit."),
    "encoding-damaged": Code(
        "warning", "characters lost or garbled", "Bytes that no encoding explains, or text that was decoded wrongly once before (mojibake)."
    ),
    "file-broken": Code(
        "error", "the file breaks off", "It is not well-formed from some line on: the records before were read, what follows is not known."
    ),
    "sheet-skipped": Code(
        "info", "sheet holds no records", "An instruction, vocabulary, hidden or empty sheet: its cells are counted as structure."
    ),
    "file-left-out": Code(
        "info", "file that is not read", "A file of the folder that is of no kind that holds metadata, hidden, or not in the folder itself."
    ),
    "sheet-unknown": Code(
        "warning",
        "sheet is of no known format",
        "No profile fits well enough; what is not certain of its columns is kept as attributes. The nearest profiles are named.",
    ),
    "columns-by-name": Code(
        "info",
        "columns of an unknown sheet were read",
        "Their headers are known names of slots, and their cells are values of that kind; the sheet as a whole is of no known format.",
    ),
    "column-doubtful": Code(
        "info",
        "column of an unknown sheet may have a slot",
        "Name or cells speak for the slots named, but not surely enough; the cells are kept as attributes.",
    ),
    "block-unclosed": Code(
        "error", "a block has no end", "The line that ends a table of results is not there: what follows was taken for part of it."
    ),
    "line-stray": Code(
        "warning", "line outside all blocks", "A line that stands under no title of the format; its cells are counted as structure."
    ),
    "key-repeated": Code("warning", "key given twice", "One key stands twice in a cell, or twice in a block that says each thing once."),
    "sheet-definitions": Code(
        "info",
        "sheet defines fields or values",
        "A data dictionary, a checklist or a vocabulary: its cells are counted as structure, no records come of it.",
    ),
    "sheet-results": Code(
        "info",
        "table of results",
        "Abundances, intensities or assignments: recorded as a file with its numbers of rows and columns, its cells counted as structure.",
    ),
    "file-unreadable": Code(
        "error", "file of the folder cannot be read", "It is empty, no table, or damaged; the rest of the folder was read without it."
    ),
    "template-empty": Code("info", "template without records", "The sheet is a known template with a header and no data rows."),
    "row-too-long": Code(
        "warning", "row has more cells than the header", "The extra cells are kept under the letter of their column; nothing is shifted."
    ),
    "row-too-short": Code(
        "warning",
        "row has fewer cells than the header",
        "Delimited text whose row ends early: the missing cells are taken as empty, nothing is shifted.",
    ),
    "columns-shifted": Code(
        "error",
        "columns do not line up with the header",
        "All rows differ from the header in width, or the values fit the headers beside them: every later column may be off by one.",
    ),
    "quote-unclosed": Code(
        "warning",
        "quotation mark that is never closed",
        "Taken as it is, it would swallow the lines below it: the line was read as if the mark were part of the text.",
    ),
    "header-doubtful": Code(
        "warning", "no row looks like a header", "The first row was taken as the header; if it holds data, they are not read."
    ),
    "header-duplicate": Code(
        "warning", "two columns share a header", "Both are kept; the second and later ones are read where the profile allows repeats."
    ),
    "slot-shared": Code(
        "info",
        "two columns mean one slot",
        "The first one fills it; the other is read where that one is silent or says the same, and kept as an attribute where it does not.",
    ),
    "columns-disagree": Code(
        "warning",
        "two columns of one slot say different things",
        "The row's cell in the column that comes first fills the slot; this one is kept as an attribute.",
    ),
    "header-respelled": Code(
        "info",
        "header written otherwise than the format has it",
        "Another case, or blanks beside a bracket: it was read as the format's own.",
    ),
    "header-empty": Code("warning", "column without a header", "Its cells are kept under the letter of the column."),
    "column-unknown": Code("info", "column is not part of the format", "Its cells are kept as attributes under their header."),
    "column-required": Code("error", "column that the archive requires is absent", "The archive refuses the sheet without it."),
    "date-precision-unknown": Code(
        "warning",
        "date shown by a format that hides its precision",
        "The workbook stores a full date; how much of it was meant cannot be told.",
    ),
    "cells-merged": Code(
        "warning", "merged cells in the data", "Only the first cell of a merged range holds the text; the others are blank."
    ),
    "display-hides": Code(
        "info",
        "cell stores more than it shows",
        "The cell's format hides digits, a day or a time: what a person sees was read, what is stored is named.",
    ),
    "formula-unsaved": Code(
        "warning",
        "formula without a saved value",
        "The workbook was written by a program that does not calculate: the cell has a formula but no value.",
    ),
    "formula-error": Code("warning", "formula gave an error", "The cell shows #REF!, #N/A or the like instead of a value."),
    "formula-text": Code(
        "warning", "text that a spreadsheet would run as a formula", "Kept as it is; neutralised in every table that is written."
    ),
    # --- values
    "value-required": Code(
        "error",
        "value that the archive requires is absent",
        "The archive refuses a record without it; a reason for its absence may be accepted.",
    ),
    "missing-bare": Code("info", "absent without a reason", "A word such as NA or '-' says that the value is absent but not why."),
    "missing-misspelled": Code("info", "reason for absence is misspelled", "Understood as the INSDC reason named."),
    "missing-not-accepted": Code(
        "warning",
        "the archive does not accept this reason here",
        "The reason is understood, but the archive wants another one in this column.",
    ),
    "date-unreadable": Code("error", "not a date", "The text is not understood as a date, a range of dates or a reason for absence."),
    "date-ambiguous": Code(
        "warning",
        "day and month cannot be told apart",
        "No cell of the column decides whether the day or the month stands first; kept as text.",
    ),
    "date-impossible": Code("error", "date that does not exist", "Such as 30 February, or month 13."),
    "date-future": Code("warning", "date lies in the future", "Sampling happens before submission; often a slip or a drag-fill."),
    "date-year-short": Code(
        "warning", "year written with two digits", "Taken as the last year that ends in them; the century is not said."
    ),
    "date-order-decided": Code(
        "info", "day and month order decided by the column", "Other cells of the column leave only one order possible."
    ),
    "quantity-unreadable": Code(
        "error", "not a number with a unit", "The text is not understood as a number, a range or a number with a unit."
    ),
    "quantity-qualified": Code(
        "info", "number with a qualifier", "About, ±, or an open bound: the number is carried, the qualifier stays in the origin."
    ),
    "range-became-date": Code(
        "error",
        "range that a spreadsheet turned into a date",
        "'2-Jan' was '1-2' before a spreadsheet read it: month number and day are the two ends.",
    ),
    "unit-missing": Code("warning", "number without a unit", "The unit stands neither in the cell, nor in the header, nor beside it."),
    "unit-unknown": Code("error", "unit is not known", "The unit is not a UCUM unit nor a common spelling of one."),
    "unit-not-allowed": Code("error", "unit does not fit the slot", "A length where a mass is expected, and the like."),
    "unit-without-value": Code("warning", "unit without a number", "The unit cell is filled, the value cell is empty."),
    "age-unreadable": Code("error", "not an age", "The text is not understood as an age, an age range or a life stage."),
    "age-is-stage": Code(
        "warning",
        "life stage where an age is expected",
        "Adult, fetal and the like belong to the developmental stage; an age has a number.",
    ),
    "coordinates-unreadable": Code(
        "error",
        "not a pair of coordinates",
        "Neither decimal degrees with hemispheres nor signed degrees nor degrees, minutes and seconds.",
    ),
    "coordinates-impossible": Code("error", "coordinates outside the globe", "Latitude beyond 90 or longitude beyond 180 degrees."),
    "coordinates-swapped": Code(
        "warning", "latitude and longitude look swapped", "The first number is beyond 90 degrees, the second is not."
    ),
    "coordinates-sign-and-hemisphere": Code(
        "warning", "sign and hemisphere letter together", "'-80.5 W' says west twice or says east; taken as the hemisphere says."
    ),
    "coordinates-half": Code("error", "only one of two coordinates", "A latitude without a longitude, or the reverse."),
    "country-unknown": Code(
        "warning",
        "country is not on the INSDC list",
        "The INSDC list of countries and seas does not hold this name or a common spelling of it.",
    ),
    "sex-unknown": Code("warning", "not a known sex", "Neither a word of the vocabulary nor a common code."),
    "sex-inferred": Code(
        "info", "sex inferred from something near it", "Chromosomes, a mother, 'both' of a pair: read as the sex that it implies."
    ),
    "modification-part-unknown": Code(
        "warning",
        "part of a modification is not understood",
        "A type, position, target or mass that SDRF's notation does not know; kept as it is.",
    ),
    "modification-unnamed": Code(
        "warning", "modification without name and accession", "Neither NT nor AC says which modification is meant."
    ),
    "code-without-legend": Code("warning", "coded value without a legend", "1 and 2, and the like: what they stand for is said nowhere."),
    "enum-unknown": Code(
        "error", "not in the vocabulary", "The text is neither a word of the controlled vocabulary nor a known spelling of one."
    ),
    "enum-respelled": Code("info", "spelling normalised", "The word differs from the vocabulary in case or punctuation only."),
    "accession-unknown": Code("warning", "not an accession of a known archive", "The text has the form of no archive's accession."),
    "accession-wrong-kind": Code("error", "accession of another kind of object", "A run's accession in a sample column, and the like."),
    "checksum-malformed": Code("error", "not a checksum", "An MD5 has 32, a SHA-256 64 hexadecimal digits."),
    "file-name-unsafe": Code(
        "warning", "file name that archives refuse", "Blanks, slashes or characters outside letters, digits, dot, dash and underscore."
    ),
    "lists-unequal": Code(
        "warning",
        "lists side by side differ in length",
        "Two cells hold lists whose members belong together, and one has more of them; none is paired.",
    ),
    "number-unreadable": Code("error", "not a number", "A number is expected."),
    "number-damaged": Code(
        "warning", "identifier damaged by a spreadsheet", "Scientific notation or a trailing .0 where an identifier is expected."
    ),
    "boolean-unreadable": Code("error", "neither yes nor no", "A yes or no is expected."),
    "pattern-mismatch": Code("error", "text does not have the form of the slot", "The model declares a pattern for this slot."),
    "out-of-range": Code("error", "number outside the possible range", "The model declares a least or a greatest value for this slot."),
    "uri-malformed": Code("error", "not a web address", "An IRI with a scheme and without blanks is expected."),
    "text-invisible": Code("warning", "cell that only looks blank", "It holds nothing but characters that cannot be seen."),
    "too-long": Code("error", "text beyond the limit", "The cell is longer than the declared limit; it is kept in the origin only."),
    **TERMS,
    # --- records
    "id-missing": Code("warning", "record without an identifier", "Neither an accession nor a name: the sheet and row stand in for it."),
    "id-duplicate": Code(
        "error", "identifier used twice", "Two rows describe the same record in a sheet of one record per row; what they say is joined."
    ),
    "conflict": Code(
        "error",
        "two cells contradict each other",
        "One record, one slot, two values: the first is kept in the slot, the other in the rejected list.",
    ),
    "less-precise": Code(
        "info", "less precise than another cell", "Two cells say the same of one record, one of them more precisely; that one is taken."
    ),
    "names-differ": Code(
        "info", "one record, two names", "Two sheets name a record differently; the second is kept as an alternative name."
    ),
    "name-ambiguous": Code(
        "warning",
        "a name of several records",
        "A record is known by a name that several accessions go by, or two sheets give one name to different accessions; nothing is joined.",
    ),
    "identifiers-contradict": Code(
        "error",
        "identifiers that contradict each other",
        "What two rows say of identifiers would make two accessions of one archive one record; they stay apart.",
    ),
    "name-undeclared": Code(
        "warning", "factor or parameter is not declared", "The investigation declares its factors and the parameters of its protocols."
    ),
    "reference-dangling": Code("warning", "refers to a record that is not here", "No sheet holds the record named; a stub stands for it."),
    "path-circular": Code(
        "error", "processes that lead back to where they began", "What came of a process went into one before it; the link is left out."
    ),
    "path-parted": Code(
        "warning",
        "nobody tells what came of what",
        "A great number of things went into a process and a great number came of it; they are read, but not linked across it.",
    ),
    "rule-violated": Code("error", "values that do not go together", "A rule of the model across slots of a record."),
    "end-before-start": Code("error", "end before start", "A range or a pair of dates runs backwards."),
    "paired-without-mates": Code(
        "error", "paired layout with one read file", "PAIRED reads are two FASTQ files per run (or one interleaved, BAM or archive file)."
    ),
    "single-with-mates": Code(
        "warning", "single layout with two mate files", "The file names are those of two mates, the layout says SINGLE."
    ),
    **PRIVATE,
    **DETECTED,
}


def column_letter(index: int) -> str:
    """Return the letters of a column as spreadsheets show them.

    Parameters
    ----------
    index
        The column's number, 1 for the first.

    Examples
    --------
    >>> column_letter(4), column_letter(28)
    ('D', 'AB')
    >>> column_letter(0)
    ''
    """
    letters = ""
    while index > 0:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def row_ranges(rows: Iterable[int]) -> str:
    """Write row numbers as a person would: runs joined by a dash.

    Examples
    --------
    >>> row_ranges([2, 3, 4, 9])
    '2-4,9'
    >>> row_ranges([])
    ''
    """
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


_SHOWN_ROWS: Final = 60  # characters of row numbers in the text form; all of them are in the report


def _shortened(rows: str) -> str:
    """Cut a long list of rows to its beginning and its end.

    Examples
    --------
    >>> _shortened("2-4,9"), _shortened(",".join(map(str, range(2, 100, 2))))
    ('2-4,9', '2,4,6,8,10,12,14,16,18,20,22,24,26,28,30,32,34,36,38,40,42 … 98')
    """
    if len(rows) <= _SHOWN_ROWS + 12:
        return rows
    return f"{rows[:_SHOWN_ROWS].rpartition(',')[0]} … {rows.rpartition(',')[2]}"


class Address(NamedTuple):
    """Where a cell stands: file, sheet, row and column as Excel shows them, or a path inside a tree."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: int | None = None
    path: str | None = None

    @property
    def cell(self) -> str:
        """``Sheet1!D17``, ``D17`` where there is no sheet name, the path for trees, or ''."""
        if self.path is not None:
            return self.path
        place = column_letter(self.column or 0) + (str(self.row) if self.row else "")
        if not self.sheet:
            return place
        name = f"'{self.sheet}'" if " " in self.sheet else self.sheet
        return f"{name}!{place}" if place else name

    def beside(self, other: Address) -> str:
        """The cell, with its file in brackets, as spreadsheets write it, where that is not the other's.

        Examples
        --------
        >>> Address("b.tsv", "", 2, 1).beside(Address("a.tsv", "", 9, 9)), Address("a.tsv", "", 2, 1).beside(Address("a.tsv"))
        ('[b.tsv]A2', 'A2')
        """
        return self.cell if self.file == other.file else f"[{self.file}]{self.cell}"


class Paths:
    """Where the cells of a tree stand: the path of its rows, and that of each column within a row. Told apart by identity."""

    __slots__ = ("base", "below")

    def __init__(self, base: str, below: tuple[str, ...]) -> None:
        self.base = base
        self.below = below

    def at(self, row: int | None, column: int | None) -> str:
        """The path of a cell; of the column as a whole where there is no row.

        Examples
        --------
        >>> Paths("/RUN_SET/RUN", ("@alias",)).at(3, 1), Paths("/RUN_SET/RUN", ("@alias",)).at(None, 1)
        ('/RUN_SET/RUN[3]/@alias', '/RUN_SET/RUN/@alias')
        >>> Paths("/", ()).at(None, None)
        '/'
        """
        within = self.below[column - 1] if column and column <= len(self.below) else ""
        which = f"[{row}]" if row and self.base != "/" else ""
        return f"{self.base.rstrip('/')}{which}/{within}".rstrip("/") or "/"

    def scrubbed(self, change: Callable[[str], str]) -> Paths:
        """The same, with another text for each path."""
        return Paths(change(self.base), tuple(map(change, self.below)))


class Issue(NamedTuple):
    """What a reading has to say about a text; it becomes a finding where the text is met."""

    code: str
    expected: str = ""
    fix: str = ""
    severity: Severity | None = None

    def at(self, *addresses: Address, value: str | None = None, header: str = "", slot: str = "") -> Finding:
        """Make the finding of this issue at the addresses given."""
        severity = self.severity or CODES[self.code].severity
        return Finding(self.code, severity, addresses, value, self.expected, self.fix, slot, header)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a person should know, with the cells it was met in.

    Parameters
    ----------
    code
        A key of :data:`CODES`.
    severity
        ``error``, ``warning`` or ``info``.
    addresses
        The cells; the first is the one shown. Empty for a finding on a whole file.
    value
        The raw text, exactly as it stands in the cell; None where the finding is not about one text.
    expected, fix
        What would be right, and what to do.
    slot
        ``Class.slot`` of the model, where there is one.
    header
        The column's header.
    rows, count
        Set by :func:`fold`: all rows of the folded findings, and how many cells they are.
    rules
        What other validators call the same fault, such as ``DDBJ BS_R0009``.
    """

    code: str
    severity: Severity
    addresses: tuple[Address, ...] = ()
    value: str | None = None
    expected: str = ""
    fix: str = ""
    slot: str = ""
    header: str = ""
    count: int = 1
    rows: str = ""
    rules: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"finding code {self.code!r} is not in omics_standards.findings.CODES")

    def in_file(self, name: str) -> Finding:
        """Return the finding with its addresses in a file of another name."""
        return replace(self, addresses=tuple(a._replace(file=name) for a in self.addresses))

    @property
    def address(self) -> Address:
        """The first address, or an empty one."""
        return self.addresses[0] if self.addresses else Address()

    def to_dict(self) -> dict[str, object]:
        """Return the finding as ``report.json`` and ``--json`` write it (DESIGN contract; absent values left out)."""
        place = self.address
        entry: dict[str, object] = {
            "code": self.code,
            "severity": self.severity,
            "file": place.file,
            "sheet": place.sheet,
            "row": place.row,
            "column": column_letter(place.column or 0),
            "header": self.header,
            "cell": place.cell,
            "path": place.path,
            "slot": self.slot,
            "value": self.value,
            "expected": self.expected,
            "fix": self.fix,
            "count": self.count,
            "rows": self.rows,
        }
        if len(self.addresses) > 1:
            entry["also"] = [a.beside(place) for a in self.addresses[1:]]
        if self.rules:
            entry["rules"] = list(self.rules)
        return {k: v for k, v in entry.items() if v not in (None, "")}

    def __str__(self) -> str:
        place = self.address
        where = ", ".join(x for x in (place.file, f'sheet "{place.sheet}"' if place.sheet else "") if x)
        spot = place.path or Address(row=place.row, column=place.column).cell
        lines = [f"{where}{', ' if where and spot else ''}{spot}  {self.severity} {self.code}: {CODES[self.code].title}"]
        if self.header or self.slot:
            lines.append(f"  column    {self.header}{f'  ({self.slot})' if self.slot else ''}")
        if self.value is not None:
            shown = repr(self.value) if len(self.value) <= 120 else repr(self.value[:117]) + f"... ({len(self.value)} characters)"
            lines.append(f"  found     {shown}")
        if self.expected:
            lines.append(f"  expected  {self.expected}")
        if self.fix:
            lines.append(f"  fix       {self.fix}")
        if self.count > 1:
            lines.append(f"  rows      {self.count} cells, rows {_shortened(self.rows)}" if self.rows else f"  cells     {self.count}")
        if len(self.addresses) > 1:
            lines.append("  see also  " + ", ".join(a.beside(place) for a in self.addresses[1:4]))
        if self.rules:
            lines.append("  rules     " + ", ".join(self.rules))
        return "\n".join(lines)


def sort_key(finding: Finding) -> tuple[str, str, int, int, str, int, str]:
    """Order of findings: file, sheet, row, column, path, severity, code."""
    a = finding.address
    return (a.file, a.sheet, a.row or 0, a.column or 0, a.path or "", SEVERITIES[finding.severity], finding.code)


def fold(findings: Iterable[Finding]) -> list[Finding]:
    """Join findings that say the same of the same text in the same column; keep the first address and name all rows.

    Parameters
    ----------
    findings
        In any order.

    Returns
    -------
    list of Finding
        Sorted by file, sheet, row, column; each with ``count`` and ``rows``.

    Examples
    --------
    >>> spots = [Address("a.tsv", "", row, 3) for row in (2, 3, 9)]
    >>> one, = fold(Issue("sex-unknown").at(spot, value="x", header="sex") for spot in spots)
    >>> one.count, one.rows
    (3, '2-3,9')
    >>> fold([])
    []
    """
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        a = finding.address
        key = (finding.code, finding.severity, a.file, a.sheet, a.column, a.path if a.row is None and a.column is None else None)
        groups.setdefault((*key, finding.value, finding.expected, finding.fix, finding.slot, finding.header), []).append(finding)
    folded = [_fold_group(group) for group in groups.values()]
    folded.sort(key=sort_key)
    return folded


def _fold_group(group: Sequence[Finding]) -> Finding:
    first = min(group, key=sort_key)
    count = sum(f.count for f in group)
    if len(group) == 1:
        return first
    numbers = [n for f in group for n in row_numbers(f)]
    return replace(first, count=count, rows=row_ranges(numbers))


def row_numbers(finding: Finding) -> list[int]:
    """Return the numbers of all rows of a finding, which may have been folded before; of very many only those that are named.

    Examples
    --------
    >>> row_numbers(Finding("date-future", "warning", (Address("a.tsv", "", 2, 3),), count=3, rows="2-3,9"))
    [2, 3, 9]
    >>> row_numbers(Finding("file-broken", "error"))
    []
    """
    if not finding.rows:
        return [a.row for a in finding.addresses[:1] if a.row is not None]
    runs = (run.partition("-") for run in finding.rows.split(","))
    return [n for first, _, last in runs if first.isdigit() for n in range(int(first), int(last or first) + 1)]


def at_least(findings: Iterable[Finding], severity: str) -> Iterator[Finding]:
    """Yield the findings that are as bad as ``severity`` or worse."""
    limit = SEVERITIES[severity]
    return (f for f in findings if SEVERITIES[f.severity] <= limit)
