"""Rules across the slots of a record and across the records of a container.

In: the rules that ``models/*.yaml`` declares for a class (one line each, in the slot table) and plain values: what JSON
holds, what :mod:`omics_standards.records` holds, or what the generated classes hold. Out: finding codes. The generated
classes raise them; the bulk checks report them.

A rule is a word and the slots it looks at:

``order A B``
    A is not later (dates) or greater (numbers, quantities of one unit) than B -> end-before-start.
``some A B ...``
    At least one of the slots is filled -> rule-violated.
``all A B ... [code]``
    All of the slots are filled -> else the code named last.
``need A B ...``
    All of the slots are filled -> else value-required.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Final, NamedTuple

from . import edtf
from .slots import MODEL, part

__all__ = ["ContainerViolation", "Violation", "check_container", "check_mates", "check_record", "rule_slots"]


class Violation(NamedTuple):
    """A rule that a record breaks: the slot to look at, the finding code, and the sentence for a person."""

    slot: str
    code: str
    message: str


class ContainerViolation(NamedTuple):
    """A rule that records break together: class and id of the record to look at, then as in :class:`Violation`."""

    cls: str
    id: str
    slot: str
    code: str
    message: str


def _filled(value: object) -> bool:
    return value is not None and value not in ("", [], ())


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, (str, int, float, Decimal)):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _backwards(first: object, second: object) -> bool:
    """Say whether the second of two dates, numbers or quantities lies before the first; False where none can say."""
    if isinstance(first, str) and isinstance(second, str):
        a, b = edtf.bounds(first), edtf.bounds(second)
        if a is not None and b is not None:
            return b[1] < a[0]
    low, high = _number(first), _number(second)
    if low is not None and high is not None:
        return high < low
    unit = part(first, "unit")
    if unit is not None and unit == part(second, "unit"):
        low, high = _number(part(first, "value")), _number(part(second, "value"))
        return low is not None and high is not None and high < low
    return False


# Decimal texts in a quantity are numbers even where four digits could be read as a year.
_NUMERIC: Final = frozenset({"decimal", "integer"})


def _order(cls: str, slots: Sequence[str], values: Mapping[str, object]) -> Violation | None:
    first, second = values.get(slots[0]), values.get(slots[1])
    if first is None or second is None:
        return None
    definition = MODEL.slot(cls, slots[0])
    if definition is not None and definition.kind in _NUMERIC:
        low, high = _number(first), _number(second)
        wrong = low is not None and high is not None and high < low
    else:
        wrong = _backwards(first, second)
    if not wrong:
        return None
    return Violation(slots[1], "end-before-start", f"{slots[1]} {_show(second)} lies before {slots[0]} {_show(first)}")


def _show(value: object) -> str:
    number = part(value, "value")
    return repr(value) if number is None else f"{number} {part(value, 'unit')}"


def _some(_cls: str, slots: Sequence[str], values: Mapping[str, object]) -> Violation | None:
    if any(_filled(values.get(s)) for s in slots):
        return None
    return Violation(slots[0], "rule-violated", f"one of {', '.join(slots)} is needed")


def _all(_cls: str, slots: Sequence[str], values: Mapping[str, object]) -> Violation | None:
    *names, code = slots
    empty = [s for s in names if not _filled(values.get(s))]
    return Violation(empty[0], code, f"{empty[0]} is missing") if empty else None


def _need(cls: str, slots: Sequence[str], values: Mapping[str, object]) -> Violation | None:
    return _all(cls, [*slots, "value-required"], values)


_RULES: Final = {"need": _need, "order": _order, "some": _some, "all": _all}


@cache
def _compiled(cls: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    rules = MODEL.classes[cls].rules if cls in MODEL.classes else ()
    return tuple((word, tuple(slots)) for word, *slots in (r.split() for r in rules))


@cache
def rule_slots(cls: str) -> frozenset[str]:
    """Return the slots that the rules of a class look at: a record that fills none of them need not be shown to them.

    A rule that asks for something to be there (``some``, ``all``, ``need``) looks at records that fill none as well.

    Examples
    --------
    >>> sorted(rule_slots("Process")), sorted(rule_slots("Person"))
    (['end_date', 'start_date'], [])
    """
    return frozenset(s for _, slots in _compiled(cls) for s in slots if MODEL.slot(cls, s) is not None)


def check_record(cls: str, values: Mapping[str, object]) -> Iterator[Violation]:
    """Yield what is wrong across the slots of one record.

    Parameters
    ----------
    cls
        Name of the class; one that the model does not know has no rules.
    values
        Slot to value (JSON values, values of records.py or of the generated classes). A multivalued slot holds a list.

    Returns
    -------
    iterator of Violation
        At most one per rule, in the order of the model. A stub is never judged.

    Findings
    --------
    end-before-start, rule-violated, coordinates-half

    Examples
    --------
    >>> [v.code for v in check_record("Process", {"start_date": "2021-05", "end_date": "2021-04-30"})]
    ['end-before-start']
    >>> list(check_record("Process", {"start_date": "2021-05", "end_date": "2021-05-01"}))
    []
    """
    rules = _compiled(cls)
    if not rules or values.get("stub") is True:
        return
    for word, slots in rules:
        found = _RULES[word](cls, slots, values)
        if found is not None:
            yield found


# --- containers -------------------------------------------------------------------------------------------------------

# Files that hold both reads of a pair on their own.
_FASTQ: Final = re.compile(r"\.(?:fastq|fq)(?:\.(?:gz|bz2|xz|zst))?$", re.IGNORECASE)
_MATE: Final = re.compile(r"(?:^|[._-])(?:R|read|mate)?([12])(?=[._-]|$)", re.IGNORECASE)


def check_mates(layout: str | None, files: Iterable[tuple[str | None, str | None, str | None]]) -> str | None:
    """Return the code of what is wrong between a library's layout and the read files of a run, None where all is well.

    Parameters
    ----------
    layout
        ``PAIRED``, ``SINGLE`` or None (nothing is known, nothing is wrong).
    files
        File format, file name and read index of each file of the run; each may be None.

    Findings
    --------
    paired-without-mates, single-with-mates

    Examples
    --------
    >>> check_mates("PAIRED", [("fastq", "a_1.fq.gz", None)])
    'paired-without-mates'
    >>> check_mates("PAIRED", [("fastq", "a_1.fq.gz", None), ("fastq", "a_2.fq.gz", None)]) is None
    True
    """
    reads = [
        (name or "", index)
        for file_format, name, index in files
        if (file_format or "").lower() == "fastq" or (not file_format and _FASTQ.search(name or ""))
    ]
    if layout == "PAIRED" and len(reads) == 1 and reads[0][1] != "interleaved":
        return "paired-without-mates"
    if layout == "SINGLE" and len(reads) == 2:
        indices = {index for _, index in reads}
        if indices == {"read1", "read2"} or _are_mates(reads[0][0], reads[1][0]):
            return "single-with-mates"
    return None


def _are_mates(first: str, second: str) -> bool:
    """Say whether two file names differ in nothing but the number of the mate (the last one that stands alone)."""
    a, b = list(_MATE.finditer(first)), list(_MATE.finditer(second))
    if not a or not b or {a[-1][1], b[-1][1]} != {"1", "2"}:
        return False
    cut = a[-1].start(1)
    return cut == b[-1].start(1) and first[:cut] == second[:cut] and first[cut + 1 :] == second[cut + 1 :]


def check_container(container: Mapping[str, object]) -> Iterator[ContainerViolation]:
    """Yield what is wrong between the records of a container.

    Parameters
    ----------
    container
        Container slot (``runs``, ``data_files`` ...) to its records, as JSON objects or instances of the generated
        classes.

    Findings
    --------
    id-duplicate, paired-without-mates, single-with-mates

    Examples
    --------
    >>> parts = {"sequencing_assays": [{"id": "x", "library_layout": "PAIRED"}],
    ...          "data_files": [{"id": "f", "file_format": "fastq"}],
    ...          "runs": [{"id": "r", "assay": "x", "data_files": ["f"]}]}
    >>> [(v.id, v.slot, v.code) for v in check_container(parts)]
    [('r', 'data_files', 'paired-without-mates')]
    >>> list(check_container({"runs": parts["runs"]}))
    []
    """
    layouts: dict[object, str] = {}
    files: dict[object, tuple[str | None, str | None, str | None]] = {}
    for slot, cls in MODEL.containers.items():
        seen: set[str] = set()
        for record in _records(container, slot):
            key = str(part(record, "id"))
            if key in seen:
                yield ContainerViolation(cls, key, "id", "id-duplicate", f"two records of {slot} have the id {key!r}")
            seen.add(key)
            layout = part(record, "library_layout")
            if isinstance(layout, str):
                layouts[key] = layout
            if cls == "DataFile":
                files[key] = tuple(part(record, s) for s in ("file_format", "file_name", "read_index"))
    for run in _records(container, "runs"):
        names = part(run, "data_files") or ()
        # A file that is only referred to may be anything: nothing can be said about the run then.
        if not isinstance(names, (list, tuple)) or any(n not in files for n in names):
            continue
        code = check_mates(layouts.get(part(run, "assay")), [files[n] for n in names])
        if code:
            layout = layouts.get(part(run, "assay"))
            yield ContainerViolation("Run", str(part(run, "id")), "data_files", code, f"{len(names)} file(s), layout {layout}")


def _records(container: Mapping[str, object], slot: str) -> Iterable[object]:
    records = container.get(slot)
    return records if isinstance(records, (list, tuple)) else ()
