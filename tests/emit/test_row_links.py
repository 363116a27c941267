"""Records that a row only names: a file's row names the data set that the file is of, although the data set points to the file."""

from __future__ import annotations

from omics_standards.emit.sheets.tables import compose_tables
from omics_standards.profiles.load import load_profiles
from omics_standards.records import Link, Reading, Record
from omics_standards.terms import NoBundle


def _made(cls: str, path: str, name: str, *links: Reading) -> Record:
    readings = (Reading("name", (name,)), *links)
    return Record(cls, f"{path}/{name}", readings, (None,) * len(readings), 0)  # type: ignore[arg-type]


def test_a_record_that_a_row_only_names_is_found_by_its_link_to_the_row() -> None:
    files = [_made("DataFile", "file", name) for name in ("F1", "F2")]
    records = [_made("Dataset", "dataset", "D", Link("data_files", "DataFile", "file/F1")), *files]
    profile = next(p for p in load_profiles() if p.id == "ghga")
    composed = compose_tables(profile, records, NoBundle())
    grid = next(g for g in composed.grids if "dataset" in g.rows[0])
    told = {r[grid.rows[0].index("alias")]: r[grid.rows[0].index("dataset")] for r in grid.rows[1:]}
    assert told == {"F1": "D", "F2": ""}
    assert composed.losses == []
