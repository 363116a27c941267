"""Their own workbook, returned: with colours and comments on the cells that findings speak of, and a sheet that lists them.

Workbooks (.xlsx, .xlsm) are changed in place; texts and older workbooks come back as a new workbook whose cells are text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..errors import UsageError
from ..findings import SEVERITIES, row_numbers
from ..tables.limits import MAX_COLUMNS, MAX_ROWS
from ..whole import write_whole
from .findings_sheet import put_sheet, shown_offers
from .marking import COMMENTS, FILLS, Mark, clear, mark
from .ooxml import Package, Unsupported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..findings import Finding
    from ..tables import Workbook
    from .language import Language
    from .offers import Offers

__all__ = ["check_targets", "return_workbooks", "returned_name"]

# Cells of a text that comes back as a workbook: beyond, it takes longer to open than anybody waits.
_CELLS: Final = 2_000_000
_PLACE: Final = {"xlsx", "xlsm"}


def returned_name(book: Workbook) -> str:
    """Name of the workbook that is returned for an input.

    Examples
    --------
    >>> from omics_standards.tables import from_rows
    >>> book = from_rows(["id"], [["S1"]])
    >>> [returned_name(book.rename(name)) for name in ("a.xlsx", "a.checked.xlsx", "b/a.tsv.gz")]
    ['a.checked.xlsx', 'a.checked.xlsx', 'b_a.tsv.checked.xlsx']
    """
    name = book.name.replace("/", "_").removesuffix(".gz")
    stem, dot, _ending = name.rpartition(".")
    stem = stem if dot and book.format in {*_PLACE, "xls", "xlsb", "ods", "rows"} and not name.endswith((".tsv", ".csv", ".txt")) else name
    return f"{stem.removesuffix('.checked') or 'input'}.checked.{'xlsm' if book.format == 'xlsm' else 'xlsx'}"


def _targets(books: Sequence[Workbook], folder: Path) -> list[tuple[Workbook, Path]]:
    return [(book, folder / returned_name(book)) for book in books if book.path and book.tree is None]


def check_targets(books: Sequence[Workbook], folder: Path, *, force: bool) -> None:
    """See whether the workbooks can go where they are to go.

    Raises
    ------
    UsageError
        One would take the place of an input, or of a workbook that somebody may have worked in.
    """
    for book, path in _targets(books, folder):
        if path.exists() and path.samefile(book.path):
            raise UsageError(f"{path} is an input, which is never overwritten: choose another folder with -o")
        if path.exists() and not force:
            raise UsageError(f"{path} is there already, and somebody may have worked in it: --force overwrites it, -o names another folder")


def return_workbooks(
    books: Sequence[Workbook], folder: Path, findings: Sequence[Finding], language: Language, offers: Offers, *, force: bool = False
) -> list[str]:
    """Write the workbooks.

    Parameters
    ----------
    books
        The inputs.
    folder
        Where they go.
    findings
        Of all inputs.
    language, offers
        As in :func:`omics_standards.curation.findings_sheet.put_sheet`.
    force
        Overwrite workbooks that are there already; inputs never.

    Returns
    -------
    list of str
        What was written, and what was not and why.

    Raises
    ------
    UsageError
        As in :func:`check_targets`.
    ReadError
        The folder cannot be written to.
    """
    check_targets(books, folder, force=force)
    elsewhere = "its findings are in the page and the report"
    said = [f"{b.name} is no table and cannot come back as a workbook: {elsewhere}" for b in books if b.tree is not None]
    by_file: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_file[finding.address.file].append(finding)
    for book, path in _targets(books, folder):
        try:
            content, more = _returned(book, by_file[book.name], language, offers)
        except Unsupported as reason:
            said.append(f"{book.name} does not come back as a workbook: {reason}; {elsewhere}")
            continue
        write_whole(path, content, force=force)
        said.append(f"{language.phrase('written {path}', path=path)}{more}")
    return said


def _returned(book: Workbook, findings: Sequence[Finding], language: Language, offers: Offers) -> tuple[bytes, str]:
    names: dict[str, str] = {}
    if book.format in _PLACE:
        package = Package(Path(book.path))
        names = {name: name for name in package.sheets}
    else:
        from .plain_workbook import plain_workbook

        package, names = plain_workbook(book, _CELLS)
    for part in package.sheets.values():
        clear(package, part)
    fills = dict(zip(FILLS, range(package.add_style("dxfs", [_fill(c) for c in FILLS.values()]), 10_000_000), strict=False))
    silent = 0
    for sheet, marks in _marks(findings, language, offers).items():
        part = package.sheets.get(names.get(sheet, sheet), "")
        if part:
            silent += mark(package, part, marks, fills)
    put_sheet(package, findings, names, language, offers)
    more = f" ({silent:,} cells have a comment of their own, or stand beyond the first {COMMENTS:,} of their sheet: coloured only)"
    return package.pack(), more if silent else ""


def _fill(colour: str) -> str:
    return f'<dxf><fill><patternFill patternType="solid"><fgColor rgb="{colour}"/><bgColor rgb="{colour}"/></patternFill></fill></dxf>'


def _marks(findings: Sequence[Finding], language: Language, offers: Offers) -> dict[str, list[Mark]]:
    """Gather what is said of each cell, by sheet."""
    cells: defaultdict[str, dict[tuple[int, int], list[Finding]]] = defaultdict(dict)
    for finding in findings:
        at = finding.address
        if at.path is None and at.column:
            for row in row_numbers(finding):
                if row <= MAX_ROWS and at.column <= MAX_COLUMNS:
                    cells[at.sheet].setdefault((row, at.column), []).append(finding)
    said: dict[int, str] = {}
    marks: dict[str, list[Mark]] = {}
    for sheet, found in cells.items():
        marks[sheet] = []
        for (row, column), own in sorted(found.items()):
            worst = min((f.severity for f in own), key=SEVERITIES.__getitem__)
            told = [said.setdefault(id(f), _comment(f, language, offers)) for f in own if f.severity != "info"]
            marks[sheet].append(Mark(row, column, worst, "\n\n".join(dict.fromkeys(told))))
    return marks


def _comment(finding: Finding, language: Language, offers: Offers) -> str:
    """What the comment on a cell says of a finding: the cell itself shows what was found."""
    lines = [f"{language.say(finding.severity)}: {language.title(finding.code)}"]
    if finding.expected:
        lines.append(f"{language.say('expected')}: {language.say(finding.expected)}")
    if finding.fix:
        lines.append(f"{language.say('fix')}: {language.say(finding.fix)}")
    if terms := shown_offers(offers, finding):
        lines.append(f"{language.say('suggestions')}: {terms}")
    return re.sub(r"[ \t]+", " ", "\n".join(lines))
