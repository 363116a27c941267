"""The model's rules over converted records: what the generated classes raise, told as findings with addresses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ..findings import Address, Finding, Issue
from ..models.rules import check_mates, check_record, rule_slots
from ..models.slots import MODEL
from ..records import BLANK, PlainColumn, records_of
from .declared import DeclaredNames

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..records import Block, Field, Record

__all__ = ["RecordChecker", "check_blocks", "check_records"]


# Combinations of what rules look at, kept to tell rows that are alike.
_REMEMBERED = 10_000


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
    end-before-start, rule-violated, coordinates-half, paired-without-mates, single-with-mates, name-undeclared
    """
    checker = RecordChecker()
    for record in records:
        yield from checker.see(record)
    yield from checker.finish()


class RecordChecker:
    """Looks at records as they pass; what needs all of them is said at the end."""

    def __init__(self) -> None:
        self._mates = _Mates()
        self._sound: set[tuple[object, ...]] = set()
        self._declared = DeclaredNames()

    def see(self, record: Record) -> Iterator[Finding]:
        """Yield what is wrong across the slots of a record, and remember what its neighbours need to know of it."""
        watched, empty_matters = _rules(record.cls)
        if watched and not record.stub:
            present = _present(record.fields, watched)
            if empty_matters or len(present) > 1:
                yield from self._looked_at(record, watched)
        self._mates.see(record)
        self._declared.see(record)

    def _looked_at(self, record: Record, watched: frozenset[str]) -> Iterator[Finding]:
        """Look at what the rules ask for; rows that are alike in that are looked at once, unless something is wrong."""
        said = (record.cls, *(r for r in record.readings if r.slot in watched))
        if said not in self._sound:
            broken = list(_broken(record, watched))
            if not broken and len(self._sound) < _REMEMBERED:
                self._sound.add(said)
            yield from broken

    def see_blocks(self, blocks: Sequence[Block]) -> Iterator[Finding]:
        """The same for the records of a batch; they are made only where a rule may be broken, or where neighbours ask for them."""
        for block in blocks:
            if _may_break(block) or _beside_files(block) or block.cls in _DECLARING:
                for record in block:
                    if record is not None:
                        yield from self.see(record)
            else:
                self._declared.see_block(block)
                for record in block.joined.values():
                    yield from self.see(record)

    def finish(self) -> Iterator[Finding]:
        """Yield what is wrong between records."""
        yield from self._mates.findings()
        yield from self._declared.findings()


# What declares names, and what uses them under an owner that only the record knows.
_DECLARING = frozenset({"Factor", "Process", "Protocol"})

_last: tuple[object, frozenset[str], tuple[int, ...]] = ((), frozenset(), ())


def _present(fields: Sequence[Field], slots: frozenset[str]) -> tuple[int, ...]:
    """Positions of the fields that feed one of the slots; records of one template share their fields, so the last answer is kept."""
    global _last  # noqa: PLW0603 - a cache of one entry on the hot path
    if _last[0] is fields and _last[1] is slots:
        return _last[2]
    found = tuple(i for i, f in enumerate(fields) if f.slot in slots)
    _last = (fields, slots, found)
    return found


def _values(record: Record, watched: frozenset[str]) -> dict[str, object]:
    values: dict[str, object] = {}
    for slot, found in record.items():
        if slot not in watched:
            continue
        if MODEL.slots[slot].multivalued:
            values.setdefault(slot, [])
            values[slot] += list(found)  # type: ignore[operator]
        else:
            values.setdefault(slot, found[0])
    return values


def _broken(record: Record, watched: frozenset[str]) -> Iterator[Finding]:
    for violation in check_record(record.cls, _values(record, watched)):
        origin = record.origin(violation.slot)
        index = next((i for i, f in enumerate(record.fields) if f.columns and record.readings[i] is not BLANK), None)
        address = origin[0].address if origin else record.fields[index].address(record.row_of(index)) if index is not None else None
        issue = Issue(violation.code, violation.message, "correct the cells that contradict each other")
        header = origin[0].header if origin else ""
        yield issue.at(*([address] if address else []), header=header, slot=f"{record.cls}.{violation.slot}")


class _RunFiles(NamedTuple):
    """What is remembered of a run: its library, its files, their format, and where they were named."""

    assay: str | None
    files: tuple[str, ...]
    kind: str | None
    address: Address | None
    header: str


class _Mates:
    """Gathers what is needed to compare the layout of a library with the read files of its runs."""

    def __init__(self) -> None:
        self.layouts: dict[str, str] = {}
        self.files: dict[str, tuple[str | None, str | None, str | None]] = {}
        self.runs: list[_RunFiles] = []

    def see(self, record: Record) -> None:
        if record.cls == "DataFile":
            found = dict(record.items())
            known = [str(found[s][0]) if s in found else None for s in ("file_format", "file_name", "read_index")]
            self.files[record.id] = (known[0], known[1], known[2])
        elif record.cls == "Run":
            self._see_run(record)
        elif _sequenced(record.cls):
            for reading in record.readings:
                if reading.slot == "library_layout" and reading.values:
                    self.layouts[record.id] = str(reading.values[0])
                    break

    def _see_run(self, run: Record) -> None:
        files = tuple(str(v) for v in run.values("data_files"))
        assay, kind = run.values("assay"), run.values("file_format")
        if files and assay:
            origin = run.origin("data_files")[:1]
            address, header = (origin[0].address, origin[0].header) if origin else (None, "")
            self.runs.append(_RunFiles(str(assay[0]), files, str(kind[0]) if kind else None, address, header))

    def findings(self) -> Iterator[Finding]:
        for run in self.runs:
            layout = self.layouts.get(run.assay or "")
            if layout is None or any(n not in self.files for n in run.files):
                continue
            files = [(self.files[n][0] or run.kind, *self.files[n][1:]) for n in run.files]
            code = check_mates(layout, files)
            if code is not None:
                yield _mates_finding(run, code, layout, files[0][1])


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


def _beside_files(block: Block) -> bool:
    """Tell whether the batch says something that layout and files are compared by."""
    if block.cls == "Run":
        return any(f.slot == "data_files" for f in block.fields)
    return block.cls == "DataFile" or (_sequenced(block.cls) and any(f.slot == "library_layout" for f in block.fields))


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


def _mates_finding(run: _RunFiles, code: str, layout: str, name: str | None) -> Finding:
    wanted = "two FASTQ files" if layout == "PAIRED" else "one FASTQ file"
    said = f"{wanted} in the run, since the layout of its library is {layout}"
    fix = (
        "name the second file, or correct the layout"
        if layout == "PAIRED"
        else "correct the layout to PAIRED, or make two runs of the files"
    )
    return Issue(code, said, fix).at(*([run.address] if run.address else []), value=name, header=run.header, slot="Run.data_files")
