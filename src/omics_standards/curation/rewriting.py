"""A dataset written again into a folder, in the formats that were there."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Final

from ..emit.files import FORMATS, OutputFolder
from ..emit.report import REDACTIONS, report_to_dict, write_report
from ..emit.turtle import forget_texts
from ..errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ..conversion.dataset import Dataset
    from ..records import Record

__all__ = ["check_place", "formats_of", "rewrite"]

# Two formats are a folder of files each: they are told apart by what stands in it.
_ENDINGS: Final = {"tsv": ".tsv", "parquet": ".parquet"}


def check_place(source: Path, target: Path, *, force: bool) -> None:
    """See whether a dataset may be written.

    Raises
    ------
    UsageError
        The folder holds a dataset already.
    """
    if force or not (target / "report.json").exists():
        return
    if target.resolve() == source.resolve():
        raise UsageError(f"{target} would be written anew: say so with --force, or name another folder with -o")
    raise UsageError(f"{target} holds a dataset already: --force overwrites it, -o names another folder")


def formats_of(folder: Path) -> tuple[str, ...]:
    """Return the formats that a folder holds a dataset in.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> (folder / "dataset.json").touch(); formats_of(folder)
    ('json',)
    >>> formats_of(folder / "nothing")
    ()
    """
    found = []
    for name, (file, *_) in FORMATS.items():
        path = folder / file
        ending = _ENDINGS.get(name)
        if path.exists() and (ending is None or any(p.suffix == ending for p in path.iterdir())):
            found.append(name)
    return tuple(found)


def rewrite(dataset: Dataset, records: Sequence[Record], inputs: Sequence[Mapping[str, object]], source: Path, target: Path) -> None:
    """Write records in the place of a dataset's, with its report.

    Parameters
    ----------
    dataset
        What was loaded from ``source``.
    records
        What is written.
    inputs
        Files that were read since, for the report.
    source, target
        The dataset's folder, and the one that is written.

    Raises
    ------
    ReadError
        The folder cannot be written to; what was there is still there.
    """
    old = json.loads((source / "report.json").read_text(encoding="utf-8"))
    known = {str(i["file"]) for i in dataset.inputs}
    every = [*dataset.inputs, *(i for i in inputs if str(i["file"]) not in known)]
    counts = Counter(r.cls for r in records)
    report = report_to_dict(every, dataset.ledger, counts, dataset.findings, dataset.versions, old.get("redactions"))
    redactions = source / REDACTIONS
    kept = redactions.read_text(encoding="utf-8") if redactions.is_file() else None
    forget_texts(records)
    with OutputFolder(target, formats_of(source), dataset.base) as out:
        out.write(out.encode(records))
        write_report(out.text("report.json"), report)
        if kept is not None:
            out.text(REDACTIONS).write(kept)
