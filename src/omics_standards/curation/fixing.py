"""Safe fixes: what the reader understands without doubt is written so that everybody does.

In: a file. Out: the same file with some cells changed, and what was changed and why. A fix is taken only where the file, converted
again, gives the same records and nothing new to say: this is tried, not argued. What needs a person (a suggestion, an ambiguous
date, a correction that changes a value) is never touched.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ..conversion.inputs import open_inputs
from ..emit.jsontext import record_to_dict
from ..errors import ReadError, UsageError
from ..findings import Address, column_letter
from ..models.slots import MODEL
from ..records import BLANK, Link, Place, Term
from ..values.places import format_place
from ..values.text import clean, normal, plain
from .keeping import convert_books
from .ooxml import Package, Unsupported
from .writing_cells import cells_of, edit_text, edit_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..conversion.flow import Options
    from ..findings import Finding
    from ..records import Record, Value
    from ..tables import Workbook

__all__ = ["Change", "Fixed", "fix"]

WHY: Final = {
    "blanks": "blanks and characters that cannot be seen",
    "width": "full-width characters",
    "date": "date written as ISO 8601",
    "missing": "reason for absence as INSDC spells it",
    "enum": "word as the vocabulary spells it",
    "decimal": "decimal point instead of the column's decimal comma",
    "place": "place as INSDC writes it",
    "accession": "accession as the archive writes it",
    "obsolete": "obsolete accession with one replacement",
}
"""Why a cell is changed, by kind."""

_ISO: Final = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_BY_COLUMN: Final = "as the column has it"
_CURIE: Final = re.compile(r"[A-Za-z][A-Za-z0-9.]*[:_][A-Za-z0-9]+")
_COMMA: Final = re.compile(r"(?<![0-9,.])([0-9]+),([0-9]+)(?![0-9,.])")
_TYPED: Final = frozenset({"date", "quantity", "integer", "decimal", "enum", "boolean", "term", "geopoint", "place"})
_PLACES: Final = frozenset({"separator for the colon", "country as the INSDC list spells it", "tidied"})
_ROUNDS: Final = 6
_BASE: Final = "https://example.org/fix/"


@dataclass(frozen=True, slots=True)
class Change:
    """One text of one column that is written otherwise, in all rows that hold it.

    Attributes
    ----------
    address
        The first of its cells.
    header, slot
        The column's header, and what it feeds.
    before, after
        The text as it stood, and as it stands now.
    kind
        A key of :data:`WHY`.
    rows
        All rows that it was changed in.
    """

    address: Address
    header: str
    slot: str
    before: str
    after: str
    kind: str
    rows: tuple[int, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return the change as ``--json`` writes it."""
        at = self.address
        entry = {"file": at.file, "sheet": at.sheet, "cell": at.cell, "header": self.header, "slot": self.slot}
        return {**entry, "from": self.before, "to": self.after, "why": WHY[self.kind], "count": len(self.rows), "rows": list(self.rows)}


class Fixed(NamedTuple):
    """What came of a file: its new content, the changes, and how many findings there were before and are now."""

    content: bytes
    changes: list[Change]
    before: int
    after: int


class _Seen(NamedTuple):
    """What a conversion says, in the form in which two are compared."""

    records: Counter[str]
    slots: dict[tuple[str, str], dict[str, object]]
    findings: Counter[tuple[object, ...]]
    total: int


def fix(path: Path, options: Options) -> Fixed:
    r"""Apply the safe fixes to a file.

    Parameters
    ----------
    path
        A workbook (.xlsx, .xlsm) or delimited text; it is not written to.
    options
        As for a conversion.

    Returns
    -------
    Fixed
        The new content: formats, formulas, encoding and delimiter are the file's own.

    Raises
    ------
    UsageError
        The file is of a kind whose cells cannot be changed in place.
    ReadError
        It cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> from omics_standards.conversion import Options
    >>> path = Path(tempfile.mkdtemp(), "a.tsv")
    >>> rows = "S1\tMus musculus\t5 October 2019\nS2\tMus musculus\t03/04/2021\n"
    >>> _ = path.write_text("*sample_name\t*organism\t*collection_date\n" + rows)
    >>> done = fix(path, Options(profile="ncbi-biosample", bundle="/no/such/bundle"))
    >>> [(c.address.cell, c.before, c.after) for c in done.changes]
    [('C2', '5 October 2019', '2019-10-05')]
    >>> done.content.decode().splitlines()[2]
    'S2\tMus musculus\t03/04/2021'
    """
    options = replace(options, base=options.base or _BASE, progress=None)
    book = _editable(path)
    kept = convert_books(open_inputs(str(path)), options)
    changes = _located(book, _proposed(kept.records))
    first = _seen(kept.records, kept.outcome.findings)
    content = path.read_bytes()
    for _ in range(_ROUNDS):
        if not changes:
            return Fixed(content, [], first.total, first.total)
        try:
            edited, done = _edited(book, path, changes)
        except Unsupported as reason:
            raise UsageError(f"{path.name} cannot be changed in place: {reason}") from reason
        second = _again(edited, path.name, options)
        bad = _harmed(first, second, done)
        if not bad:
            return Fixed(edited if done else content, done, first.total, second.total)
        changes = [c for c in done if c not in bad]
    return Fixed(content, [], first.total, first.total)


def _editable(path: Path) -> Workbook:
    books = open_inputs(str(path))
    if len(books) != 1 or path.is_dir():
        raise UsageError(f"{path} is a folder: name one file")
    book = books[0]
    if book.tree is not None or book.format in ("xls", "xlsb", "ods", "h5ad"):
        raise UsageError(f"{path.name} is of a kind whose cells are not changed in place ({book.format}): save it as .xlsx or .tsv")
    if path.name.endswith(".gz"):
        raise UsageError(f"{path.name} is packed: unpack it first")
    return book


def _edited(book: Workbook, path: Path, changes: list[Change]) -> tuple[bytes, list[Change]]:
    """Write the changes; return those that could be written, each with the rows that it was written in."""
    if book.format in ("xlsx", "xlsm"):
        package = Package(path)
        done = edit_workbook(
            package, {(c.address.sheet, column_letter(c.address.column or 0), r): c.after for c in changes for r in c.rows}
        )
        content = package.pack()
    else:
        content = edit_text(book, path, {(r, (c.address.column or 0) - 1): c.after for c in changes for r in c.rows})
        done = {(c.address.sheet, column_letter(c.address.column or 0), r) for c in changes for r in c.rows}
    written = []
    for change in changes:
        rows = tuple(r for r in change.rows if (change.address.sheet, column_letter(change.address.column or 0), r) in done)
        if rows:
            written.append(replace(change, address=change.address._replace(row=rows[0]), rows=rows))
    return content, written


# --- proposals


def _proposed(records: Iterable[Record]) -> dict[tuple[str, str, int], dict[str, Change]]:
    """What each text of each column would be written as; a text that two readers would write in two ways is left alone."""
    found: dict[tuple[str, str, int], dict[str, Change]] = {}
    torn: set[tuple[tuple[str, str, int], str]] = set()
    by_column: set[tuple[str, str, int]] = set()
    for record in records:
        for index, (reading, field) in enumerate(zip(record.readings, record.fields, strict=True)):
            if reading is BLANK or isinstance(reading, Link) or not field.columns or field.source.paths or field.source.grid:
                continue
            place = (field.source.file, field.source.sheet, field.columns[0])
            if any(_BY_COLUMN in s and "decimal" not in s for s in reading.steps):
                by_column.add(place)
            raw = (reading.raw_text() or "") if reading.raw is not None else str(reading.values[0]) if reading.values else ""
            offer = _offer(record, index, raw) if raw else None
            if offer is None:
                continue
            after, kind = offer
            address = field.address(record.row_of(index))
            change = Change(address, field.header, f"{record.cls}.{reading.slot}", raw, after, kind)
            known = found.setdefault(place, {}).setdefault(raw, change)
            if known.after != after:
                torn.add((place, raw))
    for place, raw in torn:
        found[place].pop(raw, None)
    # Where the column decides for some cells, those that decide stay as they are.
    return {p: {t: c for t, c in texts.items() if c.kind != "date"} if p in by_column else texts for p, texts in found.items()}


def _offer(record: Record, index: int, raw: str) -> tuple[str, str] | None:
    """What a cell would be written as, and why; None where it is well as it is, or nobody can be sure."""
    reading = record.readings[index]
    codes = {i.code for i in reading.issues}
    if reading.missing is not None:
        reason = reading.missing.reason
        told = [i.fix for i in reading.issues if i.code == "missing-misspelled"]
        # Another word for absence may mean another reason; a slip, or a capital, means this one.
        slip = bool(told) and all(f.startswith(f"write {reason!r} instead of ") for f in told)
        sure = not codes - {"missing-misspelled", "missing-not-accepted"} and (slip or normal(raw) == normal(reason))
        return (reason, "missing") if sure and reason != raw else None
    if reading.fate != "mapped" or len(reading.values) != 1:
        return None
    slot = MODEL.slots[reading.slot]
    offer = _offer_for(slot.kind, reading.values[0], raw, reading.steps, codes)
    if offer is not None and offer[0] != raw:
        return offer
    # One cell alone: of a name and what stands beside it nobody knows which of the two a step was about.
    tidy = clean(raw)
    if slot.kind in _TYPED and plain(raw) != tidy and not codes:
        return plain(raw), "width"
    return (tidy, "blanks") if tidy and tidy != raw and not codes & {"encoding-damaged"} else None


def _offer_for(kind: str, value: Value, raw: str, steps: tuple[str, ...], codes: set[str]) -> tuple[str, str] | None:
    match kind:
        case "date" if _ISO.fullmatch(str(value)) and not codes and not any(_BY_COLUMN in s for s in steps):
            return str(value), "date"
        case "enum" if codes == {"enum-respelled"}:
            return str(value), "enum"
        case "place" if isinstance(value, Place) and not codes and set(steps) <= _PLACES:
            return format_place(value), "place"
        case "quantity" | "decimal" | "integer" if any("decimal comma" in s for s in steps) and len(_COMMA.findall(raw)) == 1:
            return _COMMA.sub(r"\1.\2", raw), "decimal"
        case "term" if isinstance(value, Term) and value.id and _CURIE.fullmatch(clean(raw)):
            if codes == {"term-obsolete"}:
                return value.id, "obsolete"
            if codes == {"term-id-malformed"} and _bare(raw) == _bare(value.id):
                return value.id, "accession"
        case "string" | "uri" if "as the archive writes it" in steps and not codes:
            local = str(value).rpartition(":")[2]
            return (local, "accession") if local.casefold() == clean(raw).casefold() else None
    return None


def _bare(text: str) -> str:
    """Letters and digits alone: an accession in another form has the same ones."""
    return "".join(c for c in text.casefold() if c.isalnum())


def _located(book: Workbook, offers: dict[tuple[str, str, int], dict[str, Change]]) -> list[Change]:
    """Find all cells of each text, in the rows below the header."""
    rows: dict[tuple[str, str, int, str], list[int]] = {}
    wanted: dict[str, dict[int, dict[str, Change]]] = {}
    for (_, sheet, column), texts in offers.items():
        wanted.setdefault(sheet, {})[column] = texts
    for sheet_name, number, row in cells_of(book):
        for column, texts in wanted.get(sheet_name, {}).items():
            text = row[column - 1] if column <= len(row) else ""
            if text in texts and number >= (texts[text].address.row or 0):
                rows.setdefault((book.name, sheet_name, column, text), []).append(number)
    return [
        replace(change, rows=tuple(rows[file, sheet, column, text]))
        for (file, sheet, column), texts in offers.items()
        for text, change in texts.items()
        if (file, sheet, column, text) in rows
    ]


# --- the proof


def _again(content: bytes, name: str, options: Options) -> _Seen:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            kept = convert_books(open_inputs(str(path)), options)
        except ReadError as e:
            return _Seen(Counter([f"unreadable: {e}"]), {}, Counter(), 0)
    return _seen(kept.records, kept.outcome.findings)


def _seen(records: Iterable[Record], findings: Iterable[Finding]) -> _Seen:
    slots = {(r.cls, r.id): _plain_record(r) for r in records}
    said: Counter[tuple[object, ...]] = Counter()
    for f in findings:
        said[f.code, f.address.sheet, f.address.column, f.header] += f.count
    return _Seen(Counter(map(repr, slots.values())), slots, said, sum(said.values()))


def _plain_record(record: Record) -> dict[str, Any]:
    """A record without what its cells looked like: the raw texts of what is missing are what a fix may change."""
    entry = record_to_dict(record, origin=False)
    if "missing" in entry:
        entry["missing"] = sorted({(str(m["slot"]), str(m["reason"])) for m in entry["missing"]})
    return entry


def _harmed(first: _Seen, second: _Seen, changes: list[Change]) -> set[Change]:
    """The changes that may be to blame for what is not as it was; all of them where that cannot be told."""
    slots = {s for key in first.slots.keys() | second.slots.keys() for s in _differing(first.slots.get(key), second.slots.get(key))}
    more = {key for key, n in second.findings.items() if n > first.findings[key]}
    if not slots and not more:
        return set()
    columns = {(sheet, column) for _, sheet, column, _ in more}
    blamed = {c for c in changes if c.slot.partition(".")[2] in slots or (c.address.sheet, c.address.column) in columns}
    return blamed or set(changes)


def _differing(a: dict[str, Any] | None, b: dict[str, Any] | None) -> Iterator[str]:
    if a is None or b is None:
        yield "id"
        return
    yield from (s for s in a.keys() | b.keys() if a.get(s) != b.get(s))
