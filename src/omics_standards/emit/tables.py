"""Tables for people and frames: one per class, a row per record, labels beside ids; TSV and xlsx, all cells as text.

Tables for programs, with types, are in :mod:`.typed`.

Text that a spreadsheet program would run as a formula is neutralised with a leading apostrophe in TSV and xlsx.
"""

from __future__ import annotations

import csv
import re
from typing import IO, TYPE_CHECKING, Final

from ..errors import UsageError
from ..models.slots import MODEL
from ..records import Attribute, GeoPoint, Place, Quantity, Term
from .books import new_workbook
from .encode import term_id
from .spool import RowSpool

if TYPE_CHECKING:
    import _csv
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ..records import Record, Value

__all__ = [
    "MAX_CELL", "NOT_XML", "TsvTables", "XlsxTables", "columns_of", "neutral", "row_of", "show", "storable", "tsv_writer", "xlsx_text",
]  # fmt: skip

# Signed numbers are the only texts with such a start that no program runs (OWASP, CSV injection).
_SIGNED = re.compile(r"[+-](?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel's limits (support.microsoft.com, "Excel specifications and limits").
MAX_CELL: Final = 32_767
_MAX_ROWS: Final = 1_048_576


def neutral(text: str) -> str:
    """Return the text as no spreadsheet program runs it.

    Examples
    --------
    >>> neutral("=cmd|' /C calc'!A0"), neutral("-12.5"), neutral("-2+3+cmd|' /C calc'!A0")
    ("'=cmd|' /C calc'!A0", '-12.5', "'-2+3+cmd|' /C calc'!A0")
    """
    return "'" + text if text and text[0] in "=+-@\t\r" and not _SIGNED.fullmatch(text) else text


def show(value: Value) -> str:
    """Return a value as a person writes it."""
    match value:
        case Term():
            return value.label or value.id or ""
        case Quantity():
            number = value.value if value.value is not None else f"{value.minimum or ''}-{value.maximum or ''}"
            return f"{number} {value.unit}" if value.unit else number
        case Place():
            return ": ".join(x for x in (value.country, value.region) if x)
        case GeoPoint():
            return f"{value.latitude}, {value.longitude}"
        case Attribute():
            return value.value
    return "true" if value is True else "false" if value is False else str(value)


def row_of(record: Record) -> dict[str, str]:
    """Return a record as a flat row: a column per slot, ``<slot>_id`` beside a term's label, attributes under their names.

    Several values of a slot are joined by ``; ``.
    """
    row: dict[str, list[str]] = {"id": [record.id]}
    for reading in record.readings:
        for value in reading.values:
            if isinstance(value, Attribute):
                row.setdefault(f"attribute: {value.name}" if reading.slot == "attributes" else f"{reading.slot}: {value.name}", []).append(
                    value.value
                )
                continue
            row.setdefault(reading.slot, []).append(show(value))
            if isinstance(value, Term):
                row.setdefault(f"{reading.slot}_id", []).append(term_id(reading.slot, value))
        if reading.missing is not None:
            row.setdefault(f"{reading.missing.slot} (missing)", []).append(reading.missing.reason)
        if reading.rejected is not None:
            row.setdefault(f"{reading.rejected.slot} (rejected)", []).append(reading.rejected.raw)
    return {storable(k): storable("; ".join(dict.fromkeys(v))) for k, v in row.items()}


def columns_of(cls: str, rows: Iterable[dict[str, str]]) -> list[str]:
    """Return the columns of a class's table: slots in the model's order, then what is kept, missing and rejected, by name."""
    seen = {c for row in rows for c in row}
    ordered = [c for slot in MODEL.classes[cls].slots for c in (slot, f"{slot}_id") if c in seen]
    return ordered + sorted(seen - set(ordered))


class _Tables:
    """Gathers the rows of each class: a table needs all columns before its first row."""

    def __init__(self, path: Path, _base: str) -> None:
        self.path = path
        self.spools: dict[str, RowSpool] = {}

    def encode(self, records: Iterable[Record]) -> dict[str, list[dict[str, str]]]:
        """Make the rows of a chunk, by class."""
        rows: dict[str, list[dict[str, str]]] = {}
        for record in records:
            rows.setdefault(record.cls, []).append(row_of(record))
        return rows

    def write(self, encoded: Mapping[str, Sequence[dict[str, str]]]) -> None:
        """Take over the rows of a chunk."""
        for cls, rows in encoded.items():
            self.spools.setdefault(cls, RowSpool()).add(rows)

    def tables(self) -> Iterator[tuple[str, list[str], RowSpool]]:
        """Yield name, columns and rows of each table, in the model's order."""
        for container, cls in MODEL.containers.items():
            if cls in self.spools:
                spool = self.spools[cls]
                yield container, columns_of(cls, [dict.fromkeys(spool.columns, "")]), spool

    def close(self) -> None:
        """Write the tables."""
        self.save()
        for spool in self.spools.values():
            spool.close()

    def save(self) -> None:
        """Write the tables."""
        raise NotImplementedError


class _Lines:
    """A file that gets whole lines, which end in CR LF, and keeps LF only."""

    def __init__(self, out: IO[str]) -> None:
        self._out = out

    def write(self, line: str) -> int:
        """Take a line."""
        return self._out.write(line[:-2] + "\n")


def tsv_writer(out: IO[str]) -> _csv.Writer:
    """Return a writer of tab-separated lines that end in LF.

    The module quotes a lone CR only where lines end in it, and most readers take a bare one for the end of a line.
    """
    return csv.writer(_Lines(out), delimiter="\t", lineterminator="\r\n")


class TsvTables(_Tables):
    """A folder of tab-separated files, one per class."""

    def save(self) -> None:
        """Write the tables."""
        self.path.mkdir(exist_ok=True)
        for name, columns, spool in self.tables():
            with (self.path / f"{name}.tsv").open("w", encoding="utf-8", newline="", errors="replace") as out:
                table = tsv_writer(out)
                table.writerow(map(neutral, columns))
                for batch in spool.read(columns):
                    table.writerows([[neutral(cell) if isinstance(cell, str) else "" for cell in row] for row in batch])


class XlsxTables(_Tables):
    """A workbook with a sheet per class."""

    def save(self) -> None:
        """Write the workbook."""
        for name, _, spool in self.tables():
            if spool.rows >= _MAX_ROWS:
                raise UsageError(f"{spool.rows} {name} do not fit into a worksheet ({_MAX_ROWS} rows); write --to tsv or parquet")
        with new_workbook(self.path, stream=True) as book:
            bold = book.add_format({"bold": True})
            for name, columns, spool in self.tables():
                sheet = book.add_worksheet(name[:31])
                sheet.freeze_panes(1, 1)
                for j, column in enumerate(columns):
                    sheet.write_string(0, j, xlsx_text(column), bold)
                rows = (row for batch in spool.read(columns) for row in batch)
                for i, row in enumerate(rows, start=1):
                    for j, cell in enumerate(row):
                        if cell is not None:
                            sheet.write_string(i, j, xlsx_text(str(cell)))


def xlsx_text(text: str) -> str:
    """Return the text as a worksheet can hold it: no control characters, no formula, at most so many characters.

    Examples
    --------
    >>> xlsx_text("liver"), xlsx_text("=1+1")
    ('liver', "'=1+1")
    """
    text = neutral(NOT_XML.sub("\ufffd", text))
    # What is cut off is in the other formats; the sign says that something is.
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - 1] + "…"


def storable(text: str) -> str:
    """Tables and frames hold UTF-8, which has no lone surrogates."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
