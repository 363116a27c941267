"""What an archive has against cells because of their signs, or because of the cells beside and below them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from ...values.missing import REASONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ...profiles.requirements import FieldRule
    from ...profiles.tablerules import TableRules

__all__ = ["Cells", "Complaint", "What", "complaints"]

What = Literal["missing", "not allowed", "missing word", "pattern", "too long", "unit", "spelling", "warning"]

_QUOTED: Final = re.compile(r"\"[^\"]*\"|'[^']*'")
# Ids of a sample in other archives, as documents list them.
_IDS: Final = frozenset({"BioSample", "SRA", "GEO", "Sample name"})


class Complaint(NamedTuple):
    """Something against a cell.

    ``field``: name of the archive's field, or of several (``strain | isolate``); '' for whole rows. ``column``: position of the cell's
    column; -1 where there is none. ``what``, ``value``, ``expected``: as in a problem of a preflight. ``row``: of those of records.
    """

    field: str
    column: int
    what: What
    value: str
    expected: str
    row: int


class Cells:
    """The cells of a table by the names of the archive's fields.

    Parameters
    ----------
    header, rows
        Texts of the columns, and of the rows that are about records.
    fields
        By name of a field the positions of its columns.
    """

    def __init__(self, header: Sequence[str], rows: Sequence[Sequence[str]], fields: Mapping[str, Sequence[int]]) -> None:
        self.header = header
        self.rows = rows
        self.fields = fields
        self.names = {c: name for name, columns in fields.items() for c in columns}

    def each(self) -> Iterator[tuple[int, int, str]]:
        """Yield row, column and text of each cell that has one."""
        for r, row in enumerate(self.rows):
            yield from ((r, c, text) for c, text in enumerate(row) if text)

    def at(self, row: int, name: str) -> tuple[int, str]:
        """Column and text of a field in a row; -1 and '' where it has none."""
        for column in self.fields.get(name, ()):
            if column < len(self.rows[row]) and self.rows[row][column]:
                return column, self.rows[row][column]
        return -1, ""

    def name(self, column: int) -> str:
        """The archive's name of the field of a column; its header where it is none."""
        return self.names.get(column, self.header[column] if 0 <= column < len(self.header) else "")


def complaints(
    cells: Cells,
    told: TableRules,
    rules: Mapping[str, FieldRule],
    kind: str,
    *,
    words: Mapping[str, Mapping[str, str]] | None = None,
    today: date | None = None,
) -> Iterator[Complaint]:
    """Yield what an archive has against the cells of a table.

    Parameters
    ----------
    cells
        The table.
    told
        What is asked of it as a whole.
    rules
        What is asked of its fields, by name.
    kind
        Of sample; '' for a table that is the same for all.
    words
        By field the words that follow from another one, by the expressions that find them there; None for none.
    today
        Days behind it are in the future; None for the day of the clock.

    Examples
    --------
    >>> from ...profiles.tablerules import TableRules
    >>> table = Cells(["name", "site"], [["a", "Ōita"], ["a", "Kobe"]], {"name": [0]})
    >>> [(c.field, c.value, c.row) for c in complaints(table, TableRules(ascii=True, unique=("name",)), {}, "")]
    [('site', 'Ōita', 0), ('name', 'a', 0), ('name', 'a', 1)]
    >>> list(complaints(table, TableRules(), {}, ""))
    []
    """
    yield from _by_sign(cells, told)
    yield from _needless(cells, told, rules)
    yield from _below(cells, told)
    for row in range(len(cells.rows)):
        yield from _beside(cells, told, row, kind)
        yield from _following(cells, told, row, words or {})
        yield from _later(cells, told, row, today or date.today())


def _by_sign(cells: Cells, told: TableRules) -> Iterator[Complaint]:
    for column, head in enumerate(cells.header) if told.ascii else ():
        if not head.isascii():
            for row in range(len(cells.rows)):
                yield Complaint(head, column, "not allowed", "", "a header of ASCII signs", row)
    for row, column, text in cells.each() if told.ascii or told.tidy else ():
        if told.ascii and not text.isascii():
            yield Complaint(cells.name(column), column, "not allowed", text, "ASCII signs only", row)
        tidied = " ".join(text.split())
        if told.tidy and (tidied != text or _QUOTED.fullmatch(text)):
            bare = tidied[1:-1].strip() if _QUOTED.fullmatch(tidied) else tidied
            yield Complaint(cells.name(column), column, "warning", text, repr(bare), row)


def _needless(cells: Cells, told: TableRules, rules: Mapping[str, FieldRule]) -> Iterator[Complaint]:
    if not told.empty:
        return
    for row, column, text in cells.each():
        rule = rules.get(cells.name(column))
        if (rule is None or rule.requirement in ("optional", "recommended")) and (_absent(text) or re.fullmatch(told.empty, text)):
            yield Complaint(cells.name(column), column, "warning", text, "nothing, since the field may stay empty", row)


def _below(cells: Cells, told: TableRules) -> Iterator[Complaint]:
    for name in told.unique:
        found = [cells.at(row, name) for row in range(len(cells.rows))]
        counts = Counter(text for _, text in found)
        for row, (column, text) in enumerate(found):
            if text and counts[text] > 1:
                yield Complaint(name, column, "not allowed", text, f"another {name} in each row", row)
    if told.distinct and len(cells.rows) > 1:
        left = {c for name in told.distinct for c in cells.fields.get(name, ())}
        # What a document says around its attributes (ids, owners) is none of them.
        left |= {c for c, h in enumerate(cells.header) if c not in cells.names and ("/" in h or h.startswith("@") or h in _IDS)}
        alike: dict[tuple[tuple[int, str], ...], list[int]] = defaultdict(list)
        for row, texts in enumerate(cells.rows):
            alike[tuple((c, t) for c, t in enumerate(texts) if t and c not in left)].append(row)
        for rows in alike.values():
            for row in rows if len(rows) > 1 else ():
                yield Complaint("", -1, "warning", "", f"a value beside {', '.join(told.distinct)} that tells the samples apart", row)


def _beside(cells: Cells, told: TableRules, row: int, kind: str) -> Iterator[Complaint]:
    said: dict[str, str] = {}
    for name in told.differ:
        column, text = cells.at(row, name)
        form = "".join(text.split()).casefold()
        if text and not _absent(text):
            if form in said:
                yield Complaint(name, column, "warning", text, f"another value than that of {said[form]}", row)
            said.setdefault(form, name)
    for name, other in told.begins.items():
        column, text = cells.at(row, name)
        start = cells.at(row, other)[1]
        if text and start and not _absent(start) and text.casefold().startswith(start.casefold()):
            yield Complaint(name, column, "not allowed", text, f"a value that does not begin with {start!r}", row)
    for name, other in told.needs.items():
        if _said(cells, row, name) and not _said(cells, row, other):
            yield Complaint(other, cells.at(row, other)[0], "missing", cells.at(row, other)[1], f"a value, since {name} has one", row)
    levels: tuple[tuple[What, Mapping[str, tuple[str, ...]]], ...] = (("missing", told.named), ("warning", told.advised))
    for level, named in levels:
        names = next((n for start, n in named.items() if kind.startswith(start)), ())
        if names and not any(_said(cells, row, n) for n in names):
            yield Complaint(
                " | ".join(names), -1, level, "", f"a value, and no word for absence, for at least one of: {', '.join(names)}", row
            )
    for name, form in next((f for start, f in told.form.items() if kind.startswith(start)), {}).items():
        column, text = cells.at(row, name)
        if text and not _absent(text) and not re.fullmatch(form, text):
            yield Complaint(name, column, "not allowed", text, f"what {kind} is about: {form}", row)


def _following(cells: Cells, told: TableRules, row: int, words: Mapping[str, Mapping[str, str]]) -> Iterator[Complaint]:
    for name, source in told.follows.items():
        column, text = cells.at(row, name)
        said = cells.at(row, source)[1]
        wanted = next((word for pattern, word in words.get(name, {}).items() if re.search(pattern, said)), text)
        if text and wanted != text:
            yield Complaint(name, column, "not allowed", text, f"{wanted}, as {said!r} says", row)


def _later(cells: Cells, told: TableRules, row: int, today: date) -> Iterator[Complaint]:
    for name in told.past:
        column, text = cells.at(row, name)
        if any(
            day > today.isoformat()[: len(day)] for day in re.findall(r"(?<!\d)\d{4}(?:-\d\d(?:-\d\d)?)?(?!\d)", text.partition("T")[0])
        ):
            yield Complaint(name, column, "not allowed", text, "a day that has been", row)


def _said(cells: Cells, row: int, name: str) -> bool:
    text = cells.at(row, name)[1]
    return bool(text) and not _absent(text)


def _absent(text: str) -> bool:
    return text.casefold() in REASONS
