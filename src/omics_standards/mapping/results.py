"""Tables of results (abundances, intensities, assignments of features): one record for the file, which says how large the table is."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from ..records import Attribute, Field, Plain, Reading, Record, Source
from .ids import record_id

if TYPE_CHECKING:
    from ..profiles.schema import Table
    from ..tables import Sheet

__all__ = ["shape_of"]


def shape_of(sheet: Sheet, table: Table, rows: int) -> Record:
    """Make the record of a table of results.

    Parameters
    ----------
    sheet
        The sheet.
    table
        The profile's table; its main record is a file.
    rows
        Number of rows below the header.

    Examples
    --------
    >>> from omics_standards.profiles.schema import Table
    >>> from omics_standards.tables import from_rows
    >>> book = from_rows(["feature", "S1", "S2"], [["a", "1", "2"]])
    >>> table = Table.model_validate({"id": "x", "holds": "results", "records": {"file": {"class": "DataFile"}}, "main": "file"})
    >>> record = shape_of(book.sheets[0], table, 1)
    >>> [f"{a.name} {a.value}" for a in record.values("attributes")]
    ['rows 1', 'columns 3']
    """
    spec = table.records[table.main]
    name = PurePath(sheet.file).name
    shape = (Attribute("rows", str(rows)), Attribute("columns", str(len(sheet.headers))))
    readings: list[Reading] = [Plain("file_name", name)] if name else []
    readings += [Reading(slot, (text,), steps=("constant",)) for slot, text in sorted(spec.set.items())]
    readings.append(Reading("attributes", shape, steps=("counted",)))
    source = Source(sheet.file, sheet.name)
    fields = tuple(Field(r.slot, (), (), source) for r in readings)
    return Record(spec.cls, record_id(spec.cls, name or "results"), tuple(readings), fields, sheet.header_row)
