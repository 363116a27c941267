"""Datasets out to an archive: composed by the archive's profiles, written, read back, and compared with what was to be written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..emit.jsontext import indented
from ..emit.normal import differences
from ..emit.sheets import PATHED, Composed, Loss, compose, write_files
from ..emit.sheets.composed import as_lost
from ..errors import UnknownFormatError, UsageError
from ..profiles.targets import writers_of
from ..terms import get_terms
from ..whole import WholeFolder
from .api import convert
from .finishing import check_kind, finish
from .flow import collector_at_rest

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping, Sequence

    from ..emit.normal import Difference
    from ..emit.sheets.fill import Told
    from ..profiles.schema import Profile
    from ..records import Record
    from ..terms import Terms
    from .dataset import Dataset

__all__ = ["Exported", "export_dataset", "read_back", "summary"]

REPORT = "export.json"


@dataclass
class Exported:
    """What came of an export.

    Attributes
    ----------
    target
        Its name.
    files
        Names of the files written, in order.
    rows
        Rows by file and sheet.
    values
        How many values the records hold.
    losses
        Those that the format cannot hold.
    differing
        What reads back otherwise than it was, beyond the losses; [] where it was not read back.
    made
        Class, id and slot of what the files say beyond the records: names that the archive wants, and what follows from other cells.
    renamed
        Ids of records that the files name otherwise, with the ids that they go by when read back: a library that was known by its sample
        and its instrument, where the archive has one column for a name.
    """

    target: str
    files: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    values: int = 0
    losses: list[Loss] = field(default_factory=list)
    differing: list[Difference] = field(default_factory=list)
    made: set[tuple[str, str, str]] = field(default_factory=set)
    renamed: dict[str, str] = field(default_factory=dict)

    @property
    def kept(self) -> float:
        """Share of the values that the files hold, from 0 to 1; 1 where there are none."""
        return 1 - len(self.losses) / self.values if self.values else 1.0

    def to_dict(self) -> dict[str, Any]:
        """What ``export.json`` holds."""
        return {
            "target": self.target,
            "files": self.files,
            "rows": self.rows,
            "values": self.values,
            "lost": len(self.losses),
            "losses": [{"class": loss.cls, "id": loss.id, "slot": loss.slot, "value": loss.value, "why": loss.why} for loss in self.losses],
            "made": [{"class": cls, "id": i, "slot": slot} for cls, i, slot in sorted(self.made)],
            "renamed": dict(sorted(self.renamed.items())),
            "differing": [d.to_dict() for d in self.differing],
        }


def export_dataset(
    dataset: Dataset,
    target: str,
    folder: str | os.PathLike[str],
    *,
    force: bool = False,
    language: str = "en",
    tables: Sequence[str] = (),
    verify: bool = True,
    kind: str = "",
    profiles: tuple[str, ...] = (),
    bundle: str | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Exported:
    """Write a dataset as an archive's own files.

    Parameters
    ----------
    dataset
        What was converted or loaded.
    target
        Name of a target (``gsa``, ``ncbi``), id of a profile, or family.
    folder
        Where the files and ``export.json`` go; made where it does not exist.
    force
        Whether files of the same names may be replaced.
    language
        Of headers: ``en`` or ``zh``.
    tables
        Ids of the tables to write; () for those that the records need.
    verify
        Whether the files are read back and compared with the records.
    kind
        Sample type, package or checklist that the samples go to; '' for what the records say of themselves.
    profiles, bundle
        As in :func:`~omics_standards.conversion.api.convert`.
    progress
        Told what is being done, as it begins.

    Returns
    -------
    Exported
        With every value that the format cannot hold.

    Raises
    ------
    UsageError
        A file is there already, nothing can be written, or the target has no such kind.
    ReadError
        The folder cannot be written to.
    """
    writers = writers_of(target, profiles)
    check_kind(kind, writers)
    with WholeFolder(folder, force=force, own=(REPORT,)) as out:
        progress(f"writing {len(dataset)} records for {target}")
        with collector_at_rest():
            written = _written(dataset.records(), writers, out.work, get_terms(bundle), tables, language, kind)
        if not written.files:
            raise UsageError(f"none of these records has a place in {target}: {', '.join(dataset.classes) or 'there are none'}")
        written.target = target
        if verify:
            progress(f"reading back {', '.join(written.files)}")
            back = read_back(out.work, written.files, writers, base=dataset.base, profiles=profiles, bundle=bundle)
            progress("comparing what reads back with the records")
            with collector_at_rest():
                written.differing = _unexplained(dataset.records(), back.records(), written)
        out.text(REPORT, "".join(indented(written.to_dict())) + "\n")
    return written


def _written(
    records: Sequence[Record],
    writers: Sequence[Profile],
    folder: Path,
    terms: Terms,
    tables: Sequence[str],
    language: str,
    kind: str,
) -> Exported:
    """Compose and write what each of the profiles of a target has a place for."""
    written, parts = Exported(""), []
    told: Told = {}
    for profile in writers:
        composed = compose(profile, records, terms, tables=tables, language=language, told=told)
        for key, values in composed.told.items():
            told.setdefault(key, set()).update(values)
        if language == "en":
            # In Chinese the headers are the profile's, since archives spell theirs in English.
            finish(composed, profile, records, kind)
        written.made |= composed.made
        written.renamed |= composed.renamed
        names = write_files(composed, folder)
        written.files += names
        written.rows |= _rows(composed)
        if names:
            parts.append(composed.losses)
    written.losses = _lost(parts, records) if parts else []
    written.renamed = _one_to_one(written.renamed, records)
    written.values = sum(len(v) for r in records for _, v in r.items()) + sum(_entries(r) for r in records)
    return written


def read_back(
    folder: str | os.PathLike[str],
    files: Sequence[str],
    writers: Sequence[Profile],
    *,
    base: str,
    profiles: tuple[str, ...] = (),
    bundle: str | None = None,
) -> Dataset:
    """Read what an export wrote.

    Parameters
    ----------
    folder, files
        Where the files are, and their names.
    writers
        The profiles that wrote them. One format is read as what it is; the files of several are told apart.
    base
        IRI that local ids are relative to.
    profiles, bundle
        As in :func:`~omics_standards.conversion.api.convert`.

    Returns
    -------
    Dataset
    """
    only = writers[0].id if len(writers) == 1 and writers[0].family not in PATHED else None
    paths = [Path(folder) / name for name in files if not any(name in w.write.documents for w in writers)]
    try:
        return convert(paths, only, base=base, profiles=profiles, bundle=bundle, privacy=False)
    except UnknownFormatError:
        # A table of names alone shows no format; what it is taken for then is what a reader of it gets.
        return convert(paths, base=base, profiles=profiles, bundle=bundle, privacy=False)


def _rows(composed: Composed) -> dict[str, int]:
    """Rows by file, and by sheet where there are several."""
    counts = {}
    for grid in composed.grids:
        label = f"{grid.file} / {grid.name}" if grid.file.endswith(".xlsx") else grid.file
        counts[label] = sum(r is not None for r in grid.records) or len(grid.rows) - grid.header - 1
    return counts


def _entries(record: Record) -> int:
    return sum((r.missing is not None) + (r.rejected is not None) for r in record.readings)


def _lost(parts: Sequence[Sequence[Loss]], records: Sequence[Record]) -> list[Loss]:
    """What none of several profiles holds; a record without a place is lost with each of its values."""
    by_id = {(r.cls, r.id): r for r in records}
    told = [{loss[:4]: loss for whole in part for loss in _values_of(whole, by_id)} for part in parts]
    return sorted(loss for key, loss in told[0].items() if all(key in other for other in told[1:]))


def _values_of(loss: Loss, by_id: dict[tuple[str, str], Record]) -> list[Loss]:
    record = by_id.get((loss.cls, loss.id))
    if loss.slot or record is None:
        return [loss]
    return [Loss(loss.cls, loss.id, slot, as_lost(v), loss.why) for slot, values in record.items() for v in values] or [loss]


def _declares_source(difference: Difference) -> bool:
    """Tell whether a record is new because the format declares the ontologies that its terms come from, and the records do not."""
    if (difference.kind, difference.cls) != ("added", "Entry"):
        return False
    said = [a["name"] for whole in difference.after for a in whole.get("attributes", ())]
    return bool(said) and all(name.startswith("Term Source ") for name in said)


def _nameless(before: Sequence[Record], after: Sequence[Record]) -> dict[str, str]:
    """Ids of records that are named by the row they stand in, which is another one in the files written."""
    rows = [[(r.cls, r.id) for r in records if "/row/" in r.id] for records in (before, after)]
    classes = dict.fromkeys(cls for cls, _ in rows[0])
    pairs: dict[str, str] = {}
    for cls in classes:
        old, new = ([i for c, i in part if c == cls] for part in rows)
        if len(old) == len(new):
            pairs |= dict(zip(old, new, strict=True))
    return pairs


def _one_to_one(renamed: Mapping[str, str], records: Sequence[Record]) -> dict[str, str]:
    """Of new ids those that one record alone goes by: records that fall together are not the same under another name."""
    counts = Counter([*renamed.values(), *(r.id for r in records if r.id not in renamed)])
    return {old: new for old, new in renamed.items() if counts[new] == 1}


def _unexplained(before: Sequence[Record], after: Sequence[Record], written: Exported) -> list[Difference]:
    """What reads back otherwise, and no loss says so."""
    losses = written.losses
    there = {r.id for r in after}
    renamed = {old: new for old, new in written.renamed.items() if old not in there and new in there}
    made = written.made | {(cls, renamed[i], slot) for cls, i, slot in written.made if i in renamed}
    told = {(loss.cls, i, loss.slot) for loss in losses for i in (loss.id, renamed.get(loss.id, loss.id))}
    gone = {(cls, i) for cls, i, _ in told}
    unnamed = {loss.value for loss in losses}
    left = []
    for difference in differences(before, after, raw=False, ids=renamed | _nameless(before, after)):
        if difference.kind == "renamed" or _declares_source(difference):
            continue
        key = (difference.cls, difference.id)
        # What others only referred to goes with the reference.
        if difference.kind == "removed" and (key in gone or difference.id in unnamed):
            continue
        # A record that is made as a whole stands there without a slot.
        if difference.kind in ("added", "changed") and not difference.before and (*key, difference.slot) in made:
            continue
        if difference.kind == "changed" and (*key, difference.slot) in told:
            extra = [v for v in difference.after if v not in difference.before]
            if not extra:
                continue
        if difference.kind == "changed" and difference.slot in ("missing", "rejected") and key in gone:
            continue
        left.append(difference)
    return left


def summary(written: Exported) -> list[str]:
    """What a person wants to know of an export, a line each."""
    lines = [f"{name}: {count} rows" for name, count in written.rows.items()]
    lost = Counter((loss.cls, loss.slot, loss.why) for loss in written.losses)
    lines.append(f"{written.values - len(written.losses)} of {written.values} values written")
    for (cls, slot, why), count in lost.most_common(20):
        lines.append(f"not held: {cls}{'.' + slot if slot else ''} ({why}), {count} values")
    if len(lost) > 20:
        lines.append(f"and {len(lost) - 20} more kinds of loss, see {REPORT}")
    made = Counter(f"{cls}.{slot}" if slot else cls for cls, _, slot in written.made)
    if made:
        lines.append(f"made for the archive: {', '.join(f'{n} {what}' for what, n in sorted(made.items()))}")
    if written.differing:
        kinds = Counter((d.kind, d.cls, d.slot) for d in written.differing)
        said = ", ".join(f"{n} {k} {c}{'.' + s if s else ''}" for (k, c, s), n in kinds.most_common(5))
        lines.append(f"reads back otherwise: {said}; see {REPORT}")
    return lines
