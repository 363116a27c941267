"""SDRF-Proteomics: a row for each sample, label and file."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ...mapping.ids import segment
from ...records import Reading, Record
from .chains import Laid, compose_rows
from .composed import Composed
from .paths import key_of, kind_in
from .reread import account

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...profiles.schema import Profile
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
    apart = _told_apart([r for r in known if r.cls in _MEASURED])
    laid = _lay(known, apart)
    order = {key_of(apart.get(r.id, r)): (1, i) for i, r in enumerate(known)}
    grids = [compose_rows(profile, table, laid, terms, name, order, keyed=True)] if laid.rows else []
    for grid in grids:
        grid.file = grid.name
    losses, renamed = account(profile, grids, known, terms)
    return Composed(grids, [], losses, renamed=renamed)


def _told_apart(assays: list[Record]) -> dict[str, Record]:
    """Assays of one name, by their ids, under names that tell them apart: elsewhere a name may hold within its file only."""
    named: dict[str, list[Record]] = defaultdict(list)
    for assay in assays:
        for name in map(str, assay.values("name")[:1]):
            named[name].append(assay)
    found: dict[str, Record] = {}
    for name, several in named.items():
        for assay in several if len({a.id for a in several}) > 1 else ():
            file = unquote((kind_in(assay) or [""])[0])
            whole = f"{name} {file.rpartition('.')[0]}" if "." in file else name
            readings = tuple(Reading("name", (whole,)) if r.slot == "name" else r for r in assay.readings)
            path = assay.id.partition("/")[0]
            found[assay.id] = Record(assay.cls, f"{path}/{segment(whole)}", readings, assay.fields, assay.rows, stub=assay.stub)
    return found


def _lay(records: list[Record], apart: dict[str, Record]) -> Laid:
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
                        rows.append([source, apart.get(assay.id, assay)])
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
