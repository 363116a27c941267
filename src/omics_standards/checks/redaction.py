"""What is put in the place of what names a person: kept for a whole dataset, so that one thing has one stand-in everywhere.

Cells are changed where they enter the flow, before anything reads them: what no reader has seen no record, origin, finding, identifier
or link can hold. A first pass over the input (the survey) learns what must go; the second one, which is written, meets it wherever it
stands, in other sheets, titles and file names too.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from ..findings import Address
from ..tables.treesheets import TreeSheet
from ..values.person_names import find_names
from ..values.personal import find_personal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..findings import Finding
    from ..tables import Sheet
    from ..values.personal import Hit

__all__ = ["WITHHELD", "Redacted", "Redaction"]

WITHHELD: Final = "restricted access"
"""The INSDC term for a value that exists and must not be told (INSDC missing value reporting, 2023)."""

_STANDS: Final = {
    "name": "person",
    "initials": "person",
    "national-id": "id",
    "record-number": "id",
    "telephone": "contact",
    "email": "contact",
}
_START: Final = 2


class Redacted(NamedTuple):
    """One cell that was changed: where, under which header, by which rule, and what stands there now."""

    address: Address
    header: str
    rule: str
    replacement: str


class Redaction:
    """What a run knows of what must not be told.

    Attributes
    ----------
    applying
        False during the survey, True while cells are changed.
    table
        What was changed, in the order of the files, sheets, columns and rows.
    columns
        File, sheet and column in which names in Pinyin or initials were found, and which of the two.
    """

    def __init__(self) -> None:
        self.applying = False
        self.table: list[Redacted] = []
        self.columns: dict[tuple[str, str, int], str] = {}
        self.people: set[str] = set()
        self._strong: dict[str, tuple[str, str]] = {}
        self._weak: dict[str, tuple[str, str]] = {}
        self._index: tuple[dict[str, list[str]], dict[str, list[str]]] = ({}, {})
        self._counts: Counter[str] = Counter()
        self._cells: set[tuple[str, str, int | None]] = set()

    # --- learning ----------------------------------------------------------------------------------------------------

    def learn(self, hit: Hit, token: str) -> str:
        """Take in what must go; return what stands for it, the same for the same text.

        Examples
        --------
        >>> from omics_standards.values.personal import Hit
        >>> known = Redaction(); known.learn(Hit("name", "", 0, 2), "张三"), known.learn(Hit("name", "", 0, 2), "李四")
        ('person-1', 'person-2')
        >>> known.learn(Hit("name", "", 0, 2), "张三"), known.scrub("张三_R1.fastq.gz"), known.scrub("S1")
        ('person-1', 'person-1_R1.fastq.gz', 'S1')
        """
        key = token.casefold()
        known = self._strong.get(key) or self._weak.get(key)
        if known is not None:
            return known[0]
        kind = _STANDS.get(hit.kind, "")
        self._counts[kind] += 1
        stand = f"{kind}-{self._counts[kind]}" if kind else WITHHELD
        # One short word, a common one perhaps, is looked for in names and titles only.
        weak = hit.kind == "initials" or (token.isascii() and token.isalpha() and hit.kind == "name" and not _camel(token))
        place, index = (self._weak, self._index[1]) if weak else (self._strong, self._index[0])
        place[key] = (stand, f"privacy-{hit.kind}")
        index.setdefault(key[:_START], []).append(key)
        index[key[:_START]].sort(key=len, reverse=True)
        return stand

    def begin(self, people: Iterable[str]) -> None:
        """End the survey: from now on cells are changed."""
        self.people |= set(people)
        self.columns = {(self.name(file), self.name(sheet), column): kind for (file, sheet, column), kind in self.columns.items()}
        self.applying = True

    # --- changing ----------------------------------------------------------------------------------------------------

    def scrub(self, text: str, *, weak: bool = False) -> str:
        """Put the stand-ins into a text; ``weak`` where names and titles stand, in which a short word may be a name."""
        return self.scrubbed(text, weak=weak)[0]

    def scrubbed(self, text: str, *, weak: bool = False) -> tuple[str, list[tuple[str, str]]]:
        """The same, with rule and stand-in of each thing that was found."""
        if not text or not (self._strong or (weak and self._weak)):
            return text, []
        low = text.casefold()
        if len(low) != len(text):
            low = "".join(c.casefold()[:1] or c for c in text)
        done: list[tuple[str, str]] = []
        parts: list[str] = []
        last = at = 0
        while at < len(text):
            found = self._at(low, at, weak=weak)
            if found is None:
                at += 1
                continue
            key, (stand, rule) = found
            parts += (text[last:at], stand)
            done.append((rule, stand))
            at = last = at + len(key)
        return ("".join((*parts, text[last:])), done) if done else (text, [])

    def _at(self, low: str, at: int, *, weak: bool) -> tuple[str, tuple[str, str]] | None:
        start = low[at : at + _START]
        for index, known in zip(self._index, (self._strong, self._weak), strict=True) if weak else ((self._index[0], self._strong),):
            for key in index.get(start, ()):
                if low.startswith(key, at) and _alone(low, at, at + len(key)):
                    return key, known[key]
        return None

    def note(self, address: Address, header: str, rule: str, replacement: str) -> None:
        """Write down a change."""
        self.table.append(Redacted(address, header, rule, replacement))
        self._cells.add((address.file, address.sheet, address.column))

    # --- what else could tell -----------------------------------------------------------------------------------------

    def name(self, text: str) -> str:
        """Return the name of a file or a sheet without what names a person in it."""
        for hit in (*find_personal(text), *find_names(text)):
            self.learn(hit, text[hit.start : hit.end])
        return self.scrub(text, weak=True)

    def named(self, text: str, file: str = "") -> str:
        """The same, and write it down where it is a change; ``file`` is the one of a sheet."""
        told = self.name(text)
        if told != text:
            self.table.append(Redacted(Address(file, told) if file else Address(told), "", "privacy-name", told))
        return told

    def header(self, text: str) -> str:
        """Return a header or a path without what was found to name a person, and without numbers that prove it."""
        for hit in find_personal(text):
            self.learn(hit, text[hit.start : hit.end])
        return self.scrub(text)

    def sheet(self, sheet: Sheet) -> None:
        """Take out of a sheet's name and headers what names a person."""
        sheet.name = self.named(sheet.name, sheet.file)
        sheet.headers = tuple(map(self.header, sheet.headers))
        if isinstance(sheet, TreeSheet):
            sheet.paths = sheet.paths.scrubbed(self.header)
            sheet.own_file = self.name(sheet.own_file)

    def cleaned(self, findings: Iterable[Finding]) -> list[Finding]:
        """Take out of findings what must not be told: quoted cells, and names of files, sheets and columns."""
        return [
            replace(
                f,
                addresses=tuple(map(self._place, f.addresses)),
                value=self.scrub(f.value, weak=True) if f.value else f.value,
                expected=self.scrub(f.expected),
                fix=self.scrub(f.fix),
                header=self.scrub(f.header),
            )
            for f in findings
        ]

    def _place(self, address: Address) -> Address:
        path = self.scrub(address.path) if address.path else address.path
        return address._replace(file=self.scrub(address.file, weak=True), sheet=self.scrub(address.sheet, weak=True), path=path)

    def of_file(self, findings: Sequence[Finding]) -> list[Finding]:
        """The same for what was found while the file was read: it quotes cells as they stood, so those of changed columns go unquoted."""
        expected, fix = "not shown: the column was redacted", "correct the cell in the source"
        known = self.cleaned(findings)
        return [replace(f, value=None, expected=expected, fix=fix) if self._touches(f) else f for f in known]

    def _touches(self, finding: Finding) -> bool:
        return any((a.file, a.sheet, a.column) in self._cells for a in finding.addresses)

    def counts(self) -> dict[str, int]:
        """How many cells were changed, by rule."""
        return dict(sorted(Counter(r.rule for r in self.table).items()))


def _camel(word: str) -> bool:
    return any(a.islower() and b.isupper() for a, b in pairwise(word))


def _alone(low: str, start: int, end: int) -> bool:
    """Tell whether what stands there is no part of a longer word or number; Chinese characters stand beside each other."""
    before, after = low[start - 1 : start], low[end : end + 1]
    return not (_same(before, low[start]) or _same(low[end - 1], after))


def _same(one: str, other: str) -> bool:
    if not one or not other or not one.isascii() or not other.isascii():
        return False
    return (one.isalpha() and other.isalpha()) or (one.isdigit() and other.isdigit())
