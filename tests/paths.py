"""Reading, writing and reading again of formats whose rows are paths, for the tests of invented and of real files."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from typing import TYPE_CHECKING

import omics_standards as om
from omics_standards.emit.sheets.pathed import compose_paths
from omics_standards.profiles.load import load_profiles
from omics_standards.records import Attribute, Missing, Rejected, Term
from omics_standards.terms import NoBundle, open_bundle
from omics_standards.values.text import normal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from omics_standards.emit.sheets.composed import Composed
    from omics_standards.records import Record
    from omics_standards.terms import Terms

PROFILES = {p.id: p for p in load_profiles()}
Said = dict[tuple[str, str], set[tuple[object, ...]]]


def said(records: Iterable[Record]) -> Said:
    """What records say, in normal form: terms by their ids, names whatever their case, reasons for absence without the words for them."""
    found: Said = defaultdict(set)
    for record in records:
        own = found[record.cls, record.id]
        for reading in record.readings:
            for value in (*reading.values, reading.missing, reading.rejected):
                match value:
                    case None:
                        continue
                    case Term():
                        own.add((reading.slot, value.id or normal(value.label)))
                    case Attribute():
                        own.add((reading.slot, normal(value.name), value.value, value.unit, value.term and value.term.id))
                    case Missing():
                        own.add(("missing", normal(value.slot), value.reason))
                    case Rejected():
                        own.add(("rejected", normal(value.slot), value.raw))
                    case _:
                        own.add((reading.slot, str(value)))
    return found


def files_of(composed: Composed, *, quoted: bool) -> dict[str, str]:
    """The files that a writer gives: name to text."""
    found = {d.name: d.text for d in composed.documents}
    for grid in composed.grids:
        out = io.StringIO()
        style = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
        csv.writer(out, delimiter="\t", lineterminator="\n", quoting=style).writerows(grid.rows)
        found[grid.name] = out.getvalue()
    return found


def write(profile: str, records: Iterable[Record], folder: Path, bundle: Path | None = None) -> Composed:
    """Write records into a folder."""
    terms: Terms = open_bundle(bundle) or NoBundle() if bundle is not None else NoBundle()
    composed = compose_paths(PROFILES[profile], records, terms)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files_of(composed, quoted=PROFILES[profile].family == "isa-tab").items():
        (folder / name).write_text(text, encoding="utf-8")
    return composed


def read(source: object, bundle: Path | None = None) -> list[Record]:
    """The records of files."""
    return om.convert(source, privacy=False, bundle=None if bundle is None else str(bundle), today="2026-01-01").records()  # type: ignore[arg-type]
