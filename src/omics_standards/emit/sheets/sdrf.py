"""SDRF-Proteomics: a row for each sample, label and file."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from .chains import Laid, compose_rows
from .composed import Composed
from .paths import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...profiles.schema import Profile
    from ...records import Record
    from ...terms import Terms
    from .lanes import Row

__all__ = ["compose_sdrf"]

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
    return Composed([compose_rows(profile, table, laid, terms, name, order, keyed=True)] if laid.rows else [])


def _lay(records: list[Record]) -> Laid:
    by_id = {r.id: r for r in records}
    runs: dict[str, list[Record]] = defaultdict(list)
    for run in (r for r in records if r.cls == "Run"):
        for assay in map(str, run.values("assay")):
            runs[assay].append(run)
    rows: list[Row] = []
    beside: list[dict[str, Record]] = []
    told: set[str] = set()
    for assay in (r for r in records if r.cls == "ProteomicsAssay"):
        extracts = [by_id[i] for i in dict.fromkeys(map(str, assay.values("samples"))) if i in by_id]
        for run in runs.get(assay.id) or [None]:
            files = [by_id[i] for i in map(str, run.values("data_files")) if i in by_id] if run is not None else []
            # Where an assay has several runs, each says what it measured.
            measured = set(map(str, run.values("samples"))) if run is not None else set()
            for extract in [e for e in extracts if e.id in measured] or extracts or [None]:
                sources = _sources(extract, by_id)
                for source in sources or [None]:
                    for file in files or [None]:
                        rows.append([source, assay])
                        more = {"extract": extract if extract is not None and extract.cls == "Material" else None, "run": run, "file": file}
                        beside.append({k: v for k, v in (more | {"subject": _subject(source, by_id)}).items() if v is not None})
                told.update(s.id for s in sources)
    for source in (r for r in records if r.cls == "Biosample" and not r.stub and r.id not in told):
        rows.append([source, None])
        beside.append({k: v for k, v in {"subject": _subject(source, by_id)}.items() if v is not None})
    return Laid(["source", "assay"], rows, beside, _HOMES)


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
