"""SDRF-Proteomics: a row for each sample, label and file."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from .chains import Laid, compose_rows
from .composed import Composed
from .paths import key_of
from .reread import lost

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...profiles.schema import Profile
    from ...records import Record
    from ...terms import Terms
    from .lanes import Row

__all__ = ["compose_sdrf"]

# Assays that the format describes: of mass spectrometry, whatever is measured.
_MEASURED = ("ProteomicsAssay", "MassSpectrometryAssay", "MetabolomicsAssay")
_HOMES = {"subject": "source", "extract": "assay", "run": "assay", "file": "assay"}


def compose_sdrf(profile: Profile, records: Iterable[Record], terms: Terms, name: str = "sdrf") -> Composed:
    """Write records as SDRF-Proteomics.

    Parameters
    ----------
    profile
        The profile that reads it.
    records
        The records of a dataset, in order.
    terms
        What its reader will look texts up in.
    name
        Of the sheet.
    """
    known = list(records)
    table = profile.tables[0]
    laid = _lay(known)
    order = {key_of(r): (1, i) for i, r in enumerate(known)}
    grids = [compose_rows(profile, table, laid, terms, name, order, keyed=True)] if laid.rows else []
    for grid in grids:
        grid.file = grid.name
    return Composed(grids, [], lost(profile, grids, known, terms))


def _lay(records: list[Record]) -> Laid:
    by_id = {r.id: r for r in records}
    runs: dict[str, list[Record]] = defaultdict(list)
    for one in (r for r in records if r.cls == "Run"):
        for target in map(str, one.values("assay")):
            runs[target].append(one)
    rows: list[Row] = []
    beside: list[dict[str, Record]] = []
    told: set[str] = set()
    for assay in (r for r in records if r.cls in _MEASURED):
        for run in _or_none(runs.get(assay.id, [])):
            files = _or_none([by_id[i] for i in map(str, run.values("data_files")) if i in by_id] if run is not None else [])
            for extract in _or_none(_measured(assay, run, by_id)):
                sources = _sources(extract, by_id)
                told.update(s.id for s in sources)
                for source in _or_none(sources):
                    for file in files:
                        rows.append([source, assay])
                        material = extract if extract is not None and extract.cls == "Material" else None
                        more = {"extract": material, "run": run, "file": file, "subject": _subject(source, by_id)}
                        beside.append({k: v for k, v in more.items() if v is not None})
    for lone in (r for r in records if r.cls == "Biosample" and not r.stub and r.id not in told):
        rows.append([lone, None])
        subject = _subject(lone, by_id)
        beside.append({"subject": subject} if subject is not None else {})
    return Laid(["source", "assay"], rows, beside, _HOMES)


def _or_none(records: list[Record]) -> list[Record | None]:
    return [*records] or [None]


def _measured(assay: Record, run: Record | None, by_id: dict[str, Record]) -> list[Record]:
    """What an assay measured; where it has several runs, each says what it measured."""
    extracts = [by_id[i] for i in dict.fromkeys(map(str, assay.values("samples"))) if i in by_id]
    own = set(map(str, run.values("samples"))) if run is not None else set()
    return [e for e in extracts if e.id in own] or extracts


def _sources(record: Record | None, by_id: dict[str, Record]) -> list[Record]:
    """The samples that something was made of."""
    level, seen = [record] if record is not None else [], set[str]()
    while level:
        found = [r for r in level if r.cls == "Biosample"]
        if found:
            return found
        seen.update(r.id for r in level)
        level = [by_id[i] for r in level for i in map(str, r.values("derived_from")) if i in by_id and i not in seen]
    return []


def _subject(source: Record | None, by_id: dict[str, Record]) -> Record | None:
    return next((by_id[i] for i in map(str, source.values("subject")) if i in by_id), None) if source is not None else None
