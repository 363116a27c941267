"""Tables: the same cells however the records came, columns of one type, nothing that only looks like a list."""

from __future__ import annotations

import csv
import io
import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards.emit.spool import RowSpool
from omics_standards.emit.tables import TsvTables, XlsxTables, tsv_writer
from omics_standards.emit.typed import DELIMITERS, TypedTable, TypedTables
from omics_standards.emit.typedfiles import ParquetTables, write_tsv
from omics_standards.records import Attribute, Field, GeoPoint, Missing, Place, Quantity, Reading, Record, Rejected, Source, Term, Value

SOURCE = Source("a.tsv", "")


def record(cls: str, name: str, *readings: Reading, stub: bool = False) -> Record:
    fields = tuple(Field(r.slot, (k,), (r.slot,), SOURCE) for k, r in enumerate(readings))
    return Record(cls, name, readings, fields, 2, stub=stub)


def sample(name: str, stub: bool = False, **slots: Value | tuple[Value, ...]) -> Record:
    said = {k: v if type(v) is tuple else (v,) for k, v in slots.items()}
    return record("Biosample", name, *(Reading(k, v) for k, v in said.items()), stub=stub)


def parquet(records: list[Record], folder: Path, chunk: int = 1000) -> pq.ParquetFile:
    tables = ParquetTables(folder / "tables", "")
    for start in range(0, len(records), chunk):
        tables.write(tables.encode(records[start : start + chunk]))
    tables.close()
    return pq.ParquetFile(folder / "tables" / "biosamples.parquet")


def types(file: pq.ParquetFile) -> dict[str, str]:
    return {f.name: str(f.type) for f in file.schema_arrow}


def test_parts_of_values_have_columns_and_types(tmp_path: Path) -> None:
    file = parquet(
        [
            sample("S1", age=Quantity("35.5", unit="a"), collection_date="2020-05-01", ph="7.10", collection_location=GeoPoint("39.9", "-116.25")),
            sample("S2", age=Quantity(minimum="3", maximum="4", unit="mo"), collection_place=Place("China", "Beijing"), tissue=Term("UBERON:0002107", "liver")),
            sample("S3", stub=True, tissue=Term(None, "livre"), disease=(Term("MONDO:0005138", "lung carcinoma"), Term(None, "cough"))),
        ],
        tmp_path,
    )  # fmt: skip
    assert types(file) == {
        "id": "string", "stub": "bool",
        "tissue": "string", "tissue_id": "string",
        "disease": "list<element: string>", "disease_id": "list<element: string>",
        "age": "double", "age_minimum": "double", "age_maximum": "double", "age_unit": "string",
        "collection_date": "date32[day]", "ph": "double",
        "collection_place_country": "string", "collection_place_region": "string",
        "collection_location_latitude": "double", "collection_location_longitude": "double",
    }  # fmt: skip
    first, second, third = file.read().to_pylist()
    assert (first["age"], first["age_unit"], first["age_minimum"]) == (35.5, "a", None)
    assert first["collection_date"] == date(2020, 5, 1)
    assert first["collection_location_longitude"] == -116.25
    assert (second["age"], second["age_minimum"], second["age_maximum"]) == (None, 3.0, 4.0)
    assert second["collection_place_country"] == "China"
    assert third["tissue_id"] == "omst:term/tissue/livre"
    assert third["disease_id"] == ["MONDO:0005138", "omst:term/disease/cough"]
    assert (first["stub"], third["stub"]) == (None, True)
    assert b"when the material was taken" in file.schema_arrow.field("age").metadata[b"description"]


def test_one_value_of_another_form_makes_a_column_of_texts(tmp_path: Path) -> None:
    assert (
        types(parquet([sample("S1", collection_date="2020-05-01"), sample("S2", collection_date="2020-05")], tmp_path))["collection_date"]
        == "string"
    )
    assert (
        types(parquet([sample("S1", collection_date="2020-05"), sample("S2", collection_date="2020-06")], tmp_path))["collection_date"]
        == "string"
    )
    assert (
        types(parquet([sample("S1", collection_date="2020"), sample("S2", collection_date="1999")], tmp_path))["collection_date"] == "int32"
    )
    assert types(parquet([sample("S1", collection_date="2020-02-30")], tmp_path))["collection_date"] == "string"


def test_numbers_that_a_double_cannot_hold_are_decimals(tmp_path: Path) -> None:
    file = parquet([sample("S1", ph="7.1234567890123456789"), sample("S2", ph="-12")], tmp_path)
    assert types(file)["ph"] == "decimal128(21, 19)"
    assert [r["ph"] for r in file.read().to_pylist()] == [Decimal("7.1234567890123456789"), Decimal(-12)]
    assert types(parquet([sample("S1", ph="7." + "1" * 40)], tmp_path))["ph"] == "string"


def test_an_attribute_is_a_number_only_with_a_unit(tmp_path: Path) -> None:
    def kept(value: str, unit: str | None) -> Value:
        return Attribute("haemoglobin", value, unit)

    column = "attribute: haemoglobin"
    assert (
        types(parquet([sample("S1", attributes=kept("13.5", "g/dL")), sample("S2", attributes=kept("14", "g/dL"))], tmp_path))[column]
        == "double"
    )
    assert (
        types(parquet([sample("S1", attributes=kept("13.5", "g/dL")), sample("S2", attributes=kept("14", None))], tmp_path))[column]
        == "string"
    )
    assert types(parquet([sample("S1", attributes=kept("0013", "g/dL"))], tmp_path))[column] == "string"
    row = (
        parquet([sample("S1", attributes=Attribute("organ", "liver", None, Term("UBERON:0002107", "liver")))], tmp_path)
        .read()
        .to_pylist()[0]
    )
    assert row == {"id": "S1", "attribute: organ": "liver", "attribute: organ (id)": "UBERON:0002107"}


def test_what_is_missing_and_rejected_has_a_column(tmp_path: Path) -> None:
    told = record(
        "Biosample", "S1", Reading("missing", fate="missing", missing=Missing("sex", "not collected", "n.d.")),
        Reading("age", fate="rejected", rejected=Rejected("age", "old", "quantity-unreadable")),
    )  # fmt: skip
    assert parquet([told], tmp_path).read().to_pylist() == [{"id": "S1", "age (rejected)": "old", "sex (missing)": "not collected"}]


def test_the_same_bytes_however_the_rows_came(tmp_path: Path) -> None:
    rng = random.Random(5)
    records = [sample(f"S{k}", **({"ph": f"{rng.randint(1, 9)}.5"} if k % 3 else {"sex": "male"})) for k in range(5000)]
    contents = []
    for chunk in (5000, 700, 1):
        folder = tmp_path / str(chunk)
        folder.mkdir()
        parquet(records, folder, chunk)
        for make, name in ((TsvTables, "text"), (XlsxTables, "book.xlsx")):
            tables = make(folder / name, "")
            for start in range(0, len(records), chunk):
                tables.write(tables.encode(records[start : start + chunk]))
            tables.close()
        contents.append([p.read_bytes() for p in sorted(folder.rglob("*.*"))])
    assert contents[0] == contents[1] == contents[2]
    assert len(contents[0]) == 3


class Kept(TypedTables):
    def save(self) -> None:
        self.path.mkdir()
        for table in self.tables():
            write_tsv(table, self.path / f"{table.name}.tsv")

    def of(self, records: list[Record]) -> TypedTable:
        self.write(self.encode(records))
        return next(iter(self.tables()))


@pytest.mark.parametrize("nasty", ["a; b", "a;b | c", "a;b||c"])
def test_several_values_are_joined_by_what_is_in_none_of_them(tmp_path: Path, nasty: str) -> None:
    tables = Kept(tmp_path / "t")
    table = tables.of([sample("S1", treatment=(nasty, "x")), sample("S2", treatment="y")])
    (column,) = (c for c in table.columns if c.name == "treatment")
    assert column.several
    tables.close()
    rows = list(csv.DictReader((tmp_path / "t" / "biosamples.tsv").open(newline=""), delimiter="\t"))
    assert rows[0]["treatment"].split(column.delimiter) == [nasty, "x"]


def test_a_text_that_looks_like_a_list_is_not_split_when_a_later_record_has_two_values(tmp_path: Path) -> None:
    tables = Kept(tmp_path / "t")
    tables.write(tables.encode([sample("S1", sample_type="whole; fixed")]))
    table = tables.of([sample("S2", sample_type=("a", "b"))])
    (column,) = (c for c in table.columns if c.name == "sample_type")
    assert (column.several, column.delimiter) == (True, DELIMITERS[1])


@given(st.lists(st.dictionaries(st.sampled_from("abcdefgh"), st.text(max_size=3) | st.tuples(st.text(max_size=2), st.text(max_size=2)), max_size=8), max_size=30),
       st.integers(1, 7))  # fmt: skip
def test_a_spool_gives_back_what_it_got(rows: list[dict[str, str | tuple[str, ...]]], chunk: int) -> None:
    spool = RowSpool()
    for start in range(0, len(rows), chunk):
        spool.add(rows[start : start + chunk])
    names = sorted(spool.columns)
    assert set(names) == {name for row in rows for name in row}
    assert [row for batch in spool.read(names) for row in batch] == [[row.get(n) for n in names] for row in rows]
    assert spool.rows == len(rows)
    spool.close()


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), min_size=1, max_size=5))
def test_a_line_of_tsv_is_read_back_as_it_was(cells: list[str]) -> None:
    out = io.StringIO(newline="")
    tsv_writer(out).writerow(cells)
    assert "\r" not in out.getvalue() or '"' in out.getvalue()
    assert list(csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter="\t")) == [cells]


@pytest.mark.parametrize("make", [TsvTables, ParquetTables])
def test_memory_is_bounded_by_the_batch_not_by_the_rows(tmp_path: Path, make: type[TsvTables] | type[ParquetTables]) -> None:
    import tracemalloc

    tables = make(tmp_path / "tables", "")
    tables.write(tables.encode([sample("S", description="x")]))
    tracemalloc.start()
    for chunk in range(60):
        tables.write(tables.encode([sample(f"S{chunk}-{k}", description=f"{chunk}-{k}" + "x" * 400) for k in range(1000)]))
    tables.close()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # The texts alone are 24 MB; 4 MB of them wait in memory before the temporary file takes over.
    assert peak < 16_000_000
