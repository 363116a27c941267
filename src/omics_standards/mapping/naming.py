"""How the records of a batch are named: by the cells that the profile names them by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..models.slots import MODEL
from ..records import BLANK, CurieColumn, PlainColumn
from ..values.missing import read_missing
from ..values.text import clean
from .bulk import safe_names
from .ids import fits_class, local_path, of_kind, record_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..records import Reading
    from .plan import Plan, Template

__all__ = ["NAMING", "identify", "named_by"]

# Slots whose values name a record.
NAMING = frozenset({"name", "accessions", "doi", "file_name", "pmid", "title"})


def identify(
    plan: Plan, template: Template, columns: Sequence[Sequence[str]], read: Sequence[list[Reading] | PlainColumn], count: int
) -> Sequence[str | None]:
    """Name the records of a batch.

    A record is named by what a cell means where the template reads the cell (the file's name without its size, the accession at
    the end of an address), by the cell's text elsewhere.

    Returns
    -------
    sequence of str or None
        An id per row: a CURIE for an accession, ``path/name`` for a local name, None where no id cell is filled.
    """
    found: Sequence[str | None] = [None] * count
    for number, part in enumerate(template.ids):
        if len(part.columns) == 1:
            ids = _identified(template.cls, columns[part.columns[0]], _reading_of(plan, template, part.columns[0], read))
        else:
            ids = [_joined(template.cls, cells) for cells in zip(*(columns[c] for c in part.columns), strict=True)]
        found = ids if number == 0 else [a if a is not None else b for a, b in zip(found, ids, strict=True)]
        if None not in found:
            break
    return [i if i is None else of_kind(template.cls, i, template.kind) for i in found] if template.kind else found


def _reading_of(
    plan: Plan, template: Template, column: int, read: Sequence[list[Reading] | PlainColumn]
) -> list[Reading] | PlainColumn | None:
    """The readings of a column for one of the slots that name a record of the template."""
    for index in template.readers:
        reader = plan.readers[index]
        if reader.columns == (column,) and reader.slot in NAMING:
            return read[index]
    return None


def _identified(cls: str, texts: Sequence[str], readings: list[Reading] | PlainColumn | None) -> list[str | None]:
    path = MODEL.classes[cls].path
    if isinstance(readings, CurieColumn) and fits_class(cls, next(filter(None, texts))):
        return [f"{readings.prefix}:{t}" if t else None for t in texts]
    if (readings is None or isinstance(readings, PlainColumn)) and safe_names(texts, values=readings is not None):
        return [f"{path}/{t}" for t in texts]
    if readings is None or isinstance(readings, PlainColumn):
        known: dict[str, str | None] = {"": None}
        return [known[t] if t in known else known.setdefault(t, _name(cls, t)) for t in texts]
    named: dict[Reading, str | None] = {}
    return [named[r] if r in named else named.setdefault(r, named_by(cls, r, t)) for r, t in zip(readings, texts, strict=True)]


def named_by(cls: str, reading: Reading | None, text: str) -> str | None:
    """Name a record by the value of a reading; by the text where the reading has none but the cell says something.

    Examples
    --------
    >>> named_by("Run", None, "SRR000001"), named_by("Run", None, "R 1"), named_by("Run", None, "not applicable")
    ('insdc.sra:SRR000001', 'run/R%201', None)
    """
    if reading is None:
        return _name(cls, text)
    if reading is BLANK:
        return None
    if reading.values and isinstance(reading.values[0], str):
        value = reading.values[0]
        prefix, colon, local = value.partition(":")
        return record_id(cls, local) if colon and prefix in MODEL.prefixes else record_id(cls, value)
    return None if reading.missing is not None or not text else _name(cls, text)


def _name(cls: str, text: str) -> str | None:
    tidy = clean(text)
    return record_id(cls, tidy) if tidy and read_missing(text) is None else None


def _joined(cls: str, cells: Iterable[str]) -> str | None:
    """Name a record by several cells; None where one of them is blank, since then it does not tell the record from others."""
    texts = [clean(c) for c in cells]
    return local_path(cls, *texts) if all(t and read_missing(t) is None for t in texts) else None
