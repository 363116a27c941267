"""Files of typed tables: Parquet with types of its own, and TSV for which a schema says the types."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from ..errors import MissingDependencyError
from ..models.slots import MODEL
from .tables import neutral, tsv_writer
from .typed import TypedTables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .spool import Cell
    from .typed import Column, TypedTable

__all__ = ["ParquetTables", "write_parquet", "write_tsv"]

# Rows of a row group: small enough to be held, large enough to compress; fixed, so that the file does not depend on how rows came.
_GROUP: Final = 65_536
# Widest decimal of Arrow (decimal128).
_DIGITS: Final = 38
_READ: Final[dict[str, Callable[[str], Any]]] = {
    "integer": int,
    "number": float,
    "decimal": Decimal,
    "boolean": lambda text: text == "true",
    "date": date.fromisoformat,
    "year": int,
}


def _pyarrow() -> Any:
    try:
        import pyarrow as pa
        import pyarrow.parquet
    except ImportError as e:
        raise MissingDependencyError("Parquet output needs pyarrow: pip install 'omics-standards[parquet]'") from e
    return pa


def _arrow_type(pa: Any, column: Column, table: TypedTable) -> Any:
    """Return the Arrow type of a column."""
    simple = {"integer": pa.int64, "number": pa.float64, "boolean": pa.bool_, "date": pa.date32, "year": pa.int32}
    kind = simple[column.type]() if column.type in simple else pa.string()
    if column.type == "decimal":
        whole, scale = _digits(column, table)
        kind = pa.decimal128(whole + scale, scale) if whole + scale <= _DIGITS else pa.string()
    return pa.list_(kind) if column.several else kind


def _digits(column: Column, table: TypedTable) -> tuple[int, int]:
    """Count the digits before and behind the point that the longest numbers of a column have."""
    whole = scale = 0
    for batch in table.spool.read([column.name]):
        for (cell,) in batch:
            for text in (cell,) if isinstance(cell, str) else cell or ():
                _, digits, exponent = Decimal(text).as_tuple()
                assert isinstance(exponent, int)
                scale = max(scale, -exponent)
                whole = max(whole, len(digits) + exponent)
    return whole, scale


def _values(column: Column, cells: list[Cell], *, as_text: bool) -> list[Any]:
    """Return cells as Python values of the column's type."""
    read = None if as_text else _READ.get(column.type)
    if column.several:
        if read is None:
            return [(cell,) if isinstance(cell, str) else cell for cell in cells]
        return [None if c is None else [read(t) for t in ((c,) if isinstance(c, str) else c)] for c in cells]
    if read is None:
        return cells
    return [None if c is None else read(c) for c in cells]  # type: ignore[arg-type]


def write_parquet(table: TypedTable, path: Path) -> None:
    """Write a table as a Parquet file: integers, doubles, decimals, dates, booleans, texts, and lists of them.

    Each column carries its meaning in the model as ``description``; the file carries the class and the model's version.

    Raises
    ------
    MissingDependencyError
        pyarrow is not installed.
    """
    pa = _pyarrow()
    fields = [
        pa.field(c.name, _arrow_type(pa, c, table), nullable=c.name != "id", metadata={"description": c.describe(table.cls)})
        for c in table.columns
    ]
    as_text = [pa.types.is_string(f.type.value_type if c.several else f.type) for f, c in zip(fields, table.columns, strict=True)]
    schema = pa.schema(fields, metadata={"class": MODEL.classes[table.cls].uri, "model": MODEL.version})
    with pa.parquet.ParquetWriter(path, schema, compression="zstd") as out:
        waiting: list[Any] = []
        for batch in table.batches():
            cells = [list(column) for column in zip(*batch, strict=True)]
            made = [
                pa.array(_values(c, part, as_text=t), type=f.type)
                for c, part, t, f in zip(table.columns, cells, as_text, fields, strict=True)
            ]
            waiting.append(pa.record_batch(made, schema=schema))
            if sum(len(b) for b in waiting) >= _GROUP:
                whole = pa.Table.from_batches(waiting)
                out.write_table(whole.slice(0, _GROUP), row_group_size=_GROUP)
                waiting = whole.slice(_GROUP).to_batches()
        if waiting:
            out.write_table(pa.Table.from_batches(waiting), row_group_size=_GROUP)


def write_tsv(table: TypedTable, path: Path) -> None:
    """Write a table as tab-separated text; several values of a cell are joined by the column's delimiter.

    Text that a spreadsheet program would run as a formula gets a leading apostrophe.
    """
    with path.open("w", encoding="utf-8", newline="", errors="replace") as out:
        lines = tsv_writer(out)
        lines.writerow([neutral(c.name) for c in table.columns])
        for batch in table.batches():
            lines.writerows([[neutral(c.text(cell)) for c, cell in zip(table.columns, row, strict=True)] for row in batch])


class ParquetTables(TypedTables):
    """A folder of Parquet files, one per class."""

    def save(self) -> None:
        """Write the tables."""
        self.path.mkdir(exist_ok=True)
        for table in self.tables():
            write_parquet(table, self.path / f"{table.name}.parquet")
