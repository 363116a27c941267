"""The model's rules over converted records: what the generated classes raise, told as findings with addresses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ..findings import Finding, Issue
from ..models.rules import check_mates, check_record, rule_slots
from ..models.slots import MODEL
from ..records import PlainColumn, records_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..records import Block, Field, Record

__all__ = ["check_blocks", "check_records"]


@cache
def _rules(cls: str) -> tuple[frozenset[str], bool]:
    """Slots that a class's rules look at, and whether one of the rules can be broken by an empty slot alone."""
    return rule_slots(cls), any(rule.split()[0] in ("some", "need") for rule in MODEL.classes[cls].rules)


@cache
def _sequenced(cls: str) -> bool:
    return MODEL.is_a(cls, "SequencingAssay")


def check_records(records: Iterable[Record]) -> Iterator[Finding]:
    """Yield what is wrong across the slots of a record, and between runs, their files and their libraries.

    Parameters
    ----------
    records
        Records that belong together: all of a dataset, or those of a chunk of rows in a table of one record per row.

    Findings
    --------
    end-before-start, rule-violated, coordinates-half, paired-without-mates, single-with-mates
    """
    mates = _Mates()
    for record in records:
        watched, empty_matters = _rules(record.cls)
        if watched and not record.stub:
            present = _present(record.fields, watched)
            if empty_matters or len(present) > 1:
                yield from _broken(record)
        mates.see(record)
    yield from mates.findings()


_last: tuple[object, frozenset[str], tuple[int, ...]] = ((), frozenset(), ())


def _present(fields: Sequence[Field], slots: frozenset[str]) -> tuple[int, ...]:
    """Positions of the fields that feed one of the slots; records of one template share their fields, so the last answer is kept."""
    global _last  # noqa: PLW0603 - a cache of one entry on the hot path
    if _last[0] is fields and _last[1] is slots:
        return _last[2]
    found = tuple(i for i, f in enumerate(fields) if f.slot in slots)
    _last = (fields, slots, found)
    return found


def _values(record: Record) -> dict[str, object]:
    values: dict[str, object] = {}
    for slot, found in record.items():
        if MODEL.slots[slot].multivalued:
            values.setdefault(slot, [])
            values[slot] += list(found)  # type: ignore[operator]
        else:
            values.setdefault(slot, found[0])
    return values


def _broken(record: Record) -> Iterator[Finding]:
    for violation in check_record(record.cls, _values(record)):
        origin = record.origin(violation.slot)
        index = next((i for i, f in enumerate(record.fields) if f.columns), None)
        address = origin[0].address if origin else record.fields[index].address(record.row_of(index)) if index is not None else None
        issue = Issue(violation.code, violation.message, "correct the cells that contradict each other")
        header = origin[0].header if origin else ""
        yield issue.at(*([address] if address else []), header=header, slot=f"{record.cls}.{violation.slot}")


class _Mates:
    """Gathers what is needed to compare the layout of a library with the read files of its runs."""

    def __init__(self) -> None:
        self.layouts: dict[str, str] = {}
        self.files: dict[str, tuple[str | None, str | None, str | None]] = {}
        self.runs: list[Record] = []

    def see(self, record: Record) -> None:
        if record.cls == "DataFile":
            found = dict(record.items())
            self.files[record.id] = tuple(str(found[s][0]) if s in found else None for s in ("file_format", "file_name", "read_index"))  # type: ignore[assignment]
        elif record.cls == "Run":
            self.runs.append(record)
        elif _sequenced(record.cls):
            for reading in record.readings:
                if reading.slot == "library_layout" and reading.values:
                    self.layouts[record.id] = str(reading.values[0])
                    break

    def findings(self) -> Iterator[Finding]:
        if not self.layouts:
            return
        for run in self.runs:
            names: list[str] = []
            layout = kind = None
            for reading in run.readings:
                if reading.slot == "data_files":
                    names += [str(v) for v in reading.values]
                elif reading.slot == "assay" and reading.values:
                    layout = self.layouts.get(str(reading.values[0]))
                elif reading.slot == "file_format" and reading.values:
                    kind = str(reading.values[0])
            if layout is None or not names or any(n not in self.files for n in names):
                continue
            files = [(self.files[n][0] or kind, *self.files[n][1:]) for n in names]
            code = check_mates(layout, files)
            if code is not None:
                yield _mates_finding(run, code, layout, files)


def check_blocks(blocks: Sequence[Block]) -> Iterator[Finding]:
    """Yield what :func:`check_records` says of the records of a batch; records are made only where a rule may be broken."""
    if any(map(_may_break, blocks)) or _mates_may_differ(blocks):
        yield from check_records(records_of(blocks))


def _may_break(block: Block) -> bool:
    watched, empty_matters = _rules(block.cls)
    if not watched or block.stub:
        return False
    columns = [c for c, f in zip(block.columns, block.fields, strict=True) if f.slot in watched]
    if len(columns) > 1:
        return True
    return empty_matters and not any(isinstance(c, PlainColumn) and "" not in c.texts for c in columns)


def _mates_may_differ(blocks: Sequence[Block]) -> bool:
    """Tell whether the batch holds a paired library, or runs with more than one file: only then layout and files can contradict."""
    if not any(_sequenced(b.cls) and any(f.slot == "library_layout" for f in b.fields) for b in blocks):
        return False
    for block in blocks:
        if block.cls == "Run" and sum(f.slot == "data_files" for f in block.fields) > 1:
            return True
        for column, field in zip(block.columns, block.fields, strict=True):
            if field.slot == "library_layout" and any(r.values == ("PAIRED",) for r in set(column)):
                return True
    return False


def _mates_finding(run: Record, code: str, layout: str, files: Sequence[tuple[str | None, str | None, str | None]]) -> Finding:
    origin = run.origin("data_files")
    said = f"{'two FASTQ files' if layout == 'PAIRED' else 'one FASTQ file'} in the run, since the layout of its library is {layout}"
    fix = (
        "name the second file, or correct the layout"
        if layout == "PAIRED"
        else "correct the layout to PAIRED, or make two runs of the files"
    )
    where = [origin[0].address] if origin else []
    return Issue(code, said, fix).at(*where, value=files[0][1], header=origin[0].header if origin else "", slot="Run.data_files")
