"""The flow from files to records: read, recognise, plan, batches, join, checks; what comes out goes to a sink, chunk by chunk.

Work is done in chunks of a fixed number of rows. A chunk is a pure function of the plan and its rows, so it gives the same
bytes in this process and in a pool, and nothing that a chunk remembers outlives it.
"""

from __future__ import annotations

import gc
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple, Protocol

from .._version import version
from ..checks import (
    DETECTORS,
    Fills,
    Guard,
    PeopleMet,
    RecordChecker,
    Redaction,
    Screened,
    UniqueIds,
    Watch,
    check_blocks,
    check_names,
    duplicate_ids,
    gather,
)
from ..errors import UnknownFormatError, UsageError
from ..findings import Address, Finding, Issue, fold
from ..mapping.join import Join
from ..mapping.plan import compile_plan
from ..mapping.recognise import CLOSE, recognise, told_by_name
from ..mapping.results import shape_of
from ..mapping.rows import Hits, note_findings, read_batch
from ..mapping.steps import Environment
from ..models.slots import MODEL
from ..profiles.load import load_profiles, select
from ..profiles.validators import with_rules
from ..records import Ledger, counts_of
from ..terms import get_terms, load_decisions, with_decisions
from .base import base_iri, checked_base, checked_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ..mapping.plan import Plan
    from ..mapping.recognise import Candidate, Recognition
    from ..profiles.schema import Profile, Table
    from ..records import Block, Record
    from ..tables import Batch, Sheet, Workbook
    from ..terms import Terms

__all__ = ["Flow", "Options", "Outcome", "Sink"]

# Rows of a batch (one column-wise step) and batches of a chunk (one unit of work for a process). 1,024 rows of 30 columns are
# some 2 MB of texts, which a processor's cache holds; thirty-two of them make a chunk large enough that starting it costs nothing.
BATCH_ROWS = 1_024
CHUNK_BATCHES = 32

# Sheets that show how to fill in the table of another sheet.
_EXAMPLE_SHEET = ("example", "template", "description", "instruction", "readme", "示例", "说明", "模板")


class Observer(Protocol):
    """Looks on while the rows of a sheet are read, for those who report on columns."""

    def over(self, _plan: Plan, batches: Iterator[Batch], /) -> Iterator[Batch]:
        """Yield the batches of a sheet unchanged."""

    def done(self, plan: Plan, fates: Counter[tuple[int, str]]) -> None:
        """Take what became of the cells of each reader: counts by its place in the plan and the fate."""


class Sink(Protocol):
    """Takes records as they become ready."""

    def encode(self, records: Sequence[Record]) -> object:
        """Make what will be written of a chunk; called in the process that made the records."""

    def encode_blocks(self, blocks: Sequence[Block]) -> object:
        """The same for the records of one batch, given column by column."""

    def write(self, encoded: object) -> None:
        """Take over what was encoded; called in order, in the main process."""


@dataclass(frozen=True)
class Options:
    """How to convert.

    Attributes
    ----------
    profile
        Id or family of the profile to use; None to recognise each sheet.
    profiles
        Further folders of profiles.
    base
        IRI that local ids are relative to; None to make one from the dataset's accession or the input's hash.
    jobs
        Number of processes.
    today
        ISO date that sampling dates are compared with; None for the day of the run.
    bundle
        Path of the ontology bundle; None for the default one.
    decisions
        Files of curated decisions, which overrule the user's and the project's; later ones overrule earlier ones.
    privacy
        Whether rows of people are looked at for what points at one of them.
    redact
        Whether that is left out of everything that is written; the input is read twice for it.
    provenance
        Whether RDF says where each value comes from.
    by
        Who runs it, an ORCID or a name, and ``stamp``, when, for the description of the dataset; None for silence.
    progress
        Called with a text and the rows done so far; None for silence.
    observer
        Looks on at the rows of each sheet; None for nobody.
    """

    profile: str | None = None
    profiles: tuple[str, ...] = ()
    base: str | None = None
    jobs: int = 1
    today: str | None = None
    bundle: str | None = None
    decisions: tuple[str, ...] = ()
    privacy: bool = True
    redact: bool = False
    provenance: bool = False
    by: str | None = None
    stamp: str | None = None
    progress: Callable[[str, int], None] | None = field(default=None, compare=False)
    observer: Observer | None = field(default=None, compare=False)


@dataclass
class Outcome:
    """What is known when the flow has ended, beside the records."""

    base: str
    ledger: Ledger = field(default_factory=Ledger)
    records: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    inputs: list[dict[str, object]] = field(default_factory=list)
    versions: dict[str, object] = field(default_factory=dict)
    redaction: Redaction | None = None

    @property
    def redactions(self) -> dict[str, int] | None:
        """Cells that were changed, by rule; None where the run did not redact."""
        return self.redaction.counts() if self.redaction is not None else None

    @property
    def unverifiable(self) -> bool:
        """True where terms could not be checked for want of an ontology."""
        return any(f.code == "term-unverifiable" for f in self.findings)


class Part(NamedTuple):
    """What a batch of rows came to, ready to be written."""

    encoded: object
    shared: list[Record]
    ids: dict[int, tuple[Sequence[str | None], Sequence[int]]]
    classes: Counter[str]
    fates: Counter[str]
    hits: Hits
    findings: list[Finding]
    rows: int
    notes: frozenset[tuple[int, Issue]]
    seen: PeopleMet


class Flow:
    """One conversion.

    Parameters
    ----------
    inputs
        Workbooks that are read, in order; one dataset comes of them.
    options
        How.
    redaction
        What an earlier pass over the same input learned; None for none.

    Raises
    ------
    UsageError
        Redaction is asked for without the look that it needs.
    """

    def __init__(self, inputs: Sequence[Workbook], options: Options, redaction: Redaction | None = None) -> None:
        if options.redact and not options.privacy:
            raise UsageError("to redact, a conversion has to look for what to redact: leave out --no-privacy")
        self.books = list(inputs)
        self.redaction = redaction or (Redaction() if options.redact else None)
        # Sampling dates are compared with the day of the run unless the run names another.
        self.options = options = replace(options, today=checked_day(options.today) if options.today else date.today().isoformat())
        self.profiles = load_profiles(options.profiles)
        self.decisions = load_decisions(options.decisions)
        self.terms = with_decisions(get_terms(options.bundle), self.decisions)
        base = checked_base(options.base) if options.base else base_iri([b.name for b in self.books], [b.sha256 for b in self.books])
        self.outcome = Outcome(base)
        self._raw: list[Finding] = []
        self._join = Join()
        self._described: set[str] = set()
        self._people: set[str] = set(self.redaction.people) if self.redaction is not None else set()
        self._shared: frozenset[str] = frozenset()

    def run(self, sink: Sink) -> Outcome:
        """Convert; records go to the sink, everything else into the outcome.

        Raises
        ------
        UnknownFormatError
            A profile was asked for by name and fits no sheet.
        """
        with collector_at_rest():
            if self.redaction is not None and not self.redaction.applying:
                self._survey(self.redaction)
            return self._run(sink)

    def _survey(self, redaction: Redaction) -> None:
        """Read the input once to learn what must go wherever it stands."""
        survey = Flow(self.books, replace(self.options, jobs=1, progress=None, observer=None), redaction)
        survey._run(_Nowhere())
        redaction.begin(survey._people)
        self._people = set(redaction.people)
        for book in self.books:
            book.rename(redaction.named(book.name))
        self.outcome.redaction = redaction

    def _run(self, sink: Sink) -> Outcome:
        chosen = select(self.profiles, self.options.profile) if self.options.profile else list(self.profiles)
        used: dict[str, str] = {}
        recognised = [(book, self._recognise(book, chosen)) for book in self.books]
        self._shared = _shared([r for _, known in recognised for r in known])
        for book, known in recognised:
            self._raw += book.findings
            described = [self._sheet(book, r, known, used, sink) for r in known]
            if book.format == "unread" and (named := told_by_name(book.name, chosen)) is not None:
                described = [{"sheet": "", "family": named.profile.family, "profile": named.name, "score": 0.0, "rows": 0}]
            self.outcome.inputs.append({"file": book.name, "sha256": book.sha256, "sheets": described})
        self._finish(sink)
        self.outcome.versions = {
            "omics-standards": version(),
            "model": MODEL.version,
            "profiles": dict(sorted(used.items())),
            "ontologies": self.terms.versions(),
            **({"decisions": self.decisions.used()} if self.decisions else {}),
        }
        return self.outcome

    def _recognise(self, book: Workbook, chosen: Sequence[Profile]) -> list[Recognition]:
        """Recognise the sheets of a file; where a profile was asked for, one of the files has to be of it."""
        known = recognise(book, chosen, forced=bool(self.options.profile))
        return known if not self.options.profile or any(r.best for r in known) else self._forced(book, known)

    def _forced(self, book: Workbook, known: list[Recognition]) -> list[Recognition]:
        """Take the profile that was asked for, where it knows at least one header of a sheet."""
        taken = [r._replace(best=r.candidates[0]) if r.candidates and r.candidates[0].score > 0 else r for r in known]
        if not any(r.best for r in taken):
            why = "; ".join(f"{r.sheet.name or book.name}: {', '.join(r.candidates[0].evidence)}" for r in known if r.candidates)
            raise UnknownFormatError(
                f"{book.name} is not {self.options.profile!r} ({why or 'no table found'}); leave --profile out to see what it is"
            )
        return taken

    # --- one sheet ---------------------------------------------------------------------------------------------------

    def _sheet(
        self, book: Workbook, found: Recognition, all_found: Sequence[Recognition], used: dict[str, str], sink: Sink
    ) -> dict[str, object]:
        sheet, best = found.sheet, found.best
        if self._redacts is not None:
            self._redacts.sheet(sheet)
        entry: dict[str, object] = {
            "sheet": sheet.name,
            "family": None,
            "profile": None,
            "score": None,
            "runner_up": None,
            "rows": 0,
            "header_row": None,
        }
        if best is None and sheet.kind != "table":
            self._skip(sheet)
            return entry
        if sheet.tree and not sheet.headers:
            # Nothing but names, furniture and results stands there.
            self._skip(sheet)
            return entry | ({"family": best.profile.family, "profile": best.name, "score": best.score} if best else {})
        if _is_example(found, all_found):
            issue = Issue("sheet-skipped", "records", "rename the sheet if it holds data: by its name it shows how to fill in another one")
            if best is not None:
                issue = issue._replace(severity="warning")
            self._skip(sheet, issue.at(Address(book.name, sheet.name)))
            return entry | ({"family": best.profile.family, "profile": best.name, "score": best.score} if best else {})
        if best is None and book.searched and len(sheet.headers) < 2 and len(book.sheets) == 1:
            left = Issue("file-left-out", "a table with several columns", "nothing, unless it holds metadata: then name the file itself")
            self._skip(sheet, left.at(Address(book.name)))
            return entry
        if best is None:
            # What a known tree holds beside its records is its frame, not a sheet that nobody knows.
            frame = sheet.tree and any(o.best for o in all_found)
            return entry | self._unknown(book, found, sink, frame=frame)
        if best.table.holds == "definitions":
            known = Issue("sheet-definitions", "records", "nothing: it says what the columns of other tables mean")
            self._skip(sheet, known.at(Address(book.name, sheet.name)))
            used[best.profile.id] = best.profile.version
            return entry | _named(found, best)
        if best.table.holds == "results":
            used[best.profile.id] = best.profile.version
            return entry | _named(found, best) | {"rows": self._results(sheet, best.table)}
        plan = compile_plan(best.profile, best.table, sheet, self._environment(book, sheet, best.profile))
        used[best.profile.id] = best.profile.version
        rows = self._rows(book, sheet, plan, sink)
        if rows == 0:
            self._raw.append(
                Issue("template-empty", "rows below the header", "fill in the template").at(
                    Address(book.name, sheet.name, sheet.header_row)
                )
            )
        return entry | _named(found, best) | {"rows": rows}

    def _skip(self, sheet: Sheet, finding: Finding | None = None) -> None:
        """Count a sheet without records as structure."""
        cells = sheet.structural if sheet.kind == "skipped" else _exhaust(sheet)
        self.outcome.ledger.expect(cells)
        self.outcome.ledger.add("structural", cells)
        self._raw += sheet.findings
        if finding is not None:
            self._raw.append(finding)

    def _results(self, sheet: Sheet, table: Table) -> int:
        """Record a table of results as a file with its shape; its cells are data."""
        rows = sum(len(batch.rows) for batch in sheet.batches(BATCH_ROWS))
        record = shape_of(sheet, table, rows)
        known = Issue("sheet-results", "records", f"nothing: {rows:,} rows and {len(sheet.headers)} columns of results stand there")
        self._skip(sheet, known.at(Address(sheet.file, sheet.name)))
        self._join.add([record])
        return rows

    def _unknown(self, book: Workbook, found: Recognition, sink: Sink, *, frame: bool = False) -> dict[str, object]:
        """Read what is certain of a sheet of no known format, and keep all its other cells as attributes."""
        from ..mapping.drafting import known_names
        from ..mapping.unknown import understand

        sheet = found.sheet
        nearest = ", ".join(f"{c.name} {c.score:.2f}" for c in found.candidates[:3] if c.score > 0)
        issue = Issue(
            "sheet-unknown",
            f"a sheet of a known format (nearest: {nearest or 'none'})",
            "name a profile with --profile, or describe the sheet in a profile of your own: CONTRIBUTING.md"
            if sheet.tree
            else f"name a profile with --profile, or let one be drafted and edit it: omics-standards profiles draft {book.name} -o my.yaml",
        )
        if not frame:
            self._raw.append(issue.at(Address(book.name, sheet.name, sheet.header_row or None)))
        understood = understand(sheet, known_names(self.profiles), self.terms)
        profile = understood.profile
        plan = compile_plan(profile, profile.tables[0], sheet, self._environment(book, sheet, profile))
        plan.findings = [f for f in plan.findings if frame or f.code != "column-unknown"]
        plan.findings += understood.findings(plan)
        rows = self._rows(book, sheet, plan, sink)
        return {
            "rows": rows,
            "header_row": sheet.header_row,
            "by_name": understood.used,
            "runner_up": {"profile": found.candidates[0].name, "score": found.candidates[0].score} if found.candidates else None,
        }

    def _rows(self, book: Workbook, sheet: Sheet, plan: Plan, sink: Sink) -> int:
        """Take all rows of a sheet through the plan."""
        self._described |= {t.cls for t in plan.templates if not t.stub}
        hits, fills, watch, rows = Hits(), Fills(plan), Watch(plan, DETECTORS), 0
        seen = PeopleMet()
        guard = Guard(plan, self._whose(plan), self.redaction) if self.options.privacy else None
        uniques: dict[int, UniqueIds] = {}
        notes: frozenset[tuple[int, Issue]] = frozenset()
        observer = self.options.observer
        batches = watch.over(sheet.batches(BATCH_ROWS))
        columns: Counter[tuple[int, str]] = Counter()
        for part in self._parts(book, observer.over(plan, batches) if observer else batches, sheet, plan, sink, guard):
            sink.write(part.encoded)
            self._join.add(part.shared)
            for index, (ids, numbers) in part.ids.items():
                known = uniques.setdefault(index, duplicate_ids(plan, index))
                known.add(ids, numbers)
            self.outcome.records.update(part.classes)
            self.outcome.ledger.update(part.fates)
            hits.merge(fills.take(part.hits))
            columns.update(part.hits.fates)
            self._raw += part.findings
            rows += part.rows
            notes |= part.notes
            seen.merge(part.seen)
            if self.options.progress:
                self.options.progress(f"{book.name} {sheet.name}".strip(), rows)
        # One after the other, each let go with what it holds of a million ids.
        for index in list(uniques):
            self._raw += uniques.pop(index).findings()
        self.outcome.ledger.add("structural", sheet.structural)
        self.outcome.ledger.expect(sheet.cells)
        self._raw += [*fills.finish(hits), *gather(plan, hits)]
        if observer is not None:
            observer.done(plan, columns)
        of_file = [*watch.findings(), *note_findings(plan, notes), *sheet.findings]
        self._raw += [*plan.findings, *hits.findings(plan), *seen.findings(plan)]
        self._people |= seen.people
        if "human" in seen.people:
            self._raw += [issue.at(Address(book.name, sheet.name)) for issue in check_names(book.name, sheet.name)]
        self._raw += self._redacts.of_file(of_file) if self._redacts is not None else of_file
        return rows

    @property
    def _redacts(self) -> Redaction | None:
        return self.redaction if self.redaction is not None and self.redaction.applying else None

    def _whose(self, plan: Plan) -> bool | None:
        """Whose rows are that do not say it: of people, of others, or of nobody knows whom."""
        if plan.profile.people:
            return True
        return None if self._people not in ({"human"}, {"other"}) else self._people == {"human"}

    def _parts(self, book: Workbook, batches: Iterator[Batch], sheet: Sheet, plan: Plan, sink: Sink, guard: Guard | None) -> Iterator[Part]:
        chunks = chunked(batches)
        # Rows of a table go straight on, unless other tables speak of such records, too.
        streams = plan.streams and not any(t.cls in self._shared for t in plan.templates)
        # What is redacted is numbered in the order in which it is met.
        if streams and self.options.jobs > 1 and book.path and not sheet.tree and self.redaction is None:
            from .pool import run_pool

            yield from run_pool(plan, chunks, sink, self.options, book, guard)
            return
        for chunk in chunks:
            if streams:
                yield from read_chunk(plan, chunk, sink, guard)
            else:
                yield from map(partial(self._joined, plan, sink, guard), chunk)

    def _joined(self, plan: Plan, sink: Sink, guard: Guard | None, batch: Batch) -> Part:
        """Read a batch whose records have yet to be joined."""
        screened = screen(guard, batch)
        result = read_batch(plan, screened.batch)
        ids = {i: (b.ids, b.rows) for i, b in enumerate(result.blocks) if plan.templates[i].unique}
        self._join.add_blocks(result.blocks)
        self._join.add(result.shared)
        findings = [*screened.findings, *result.findings]
        said = (result.hits, findings, result.rows, result.notes, screened.seen)
        return Part(sink.encode([]), [], ids, Counter(), result.fates, *said)

    def _environment(self, book: Workbook, sheet: Sheet, profile: Profile) -> Environment:
        return replace(environment(book, sheet, profile, self.terms, self.options), among=len(self.books) > 1)

    # --- the end -----------------------------------------------------------------------------------------------------

    def _finish(self, sink: Sink) -> None:
        """Write what was joined or shared, check what needs all records, fold the findings."""
        fates: Counter[str] = Counter()
        checker = RecordChecker()
        for blocks in self._join.finish(fates, expect=frozenset(self._described)):
            self._raw += checker.see_blocks(blocks)
            self.outcome.records.update(counts_of(blocks))
            sink.write(sink.encode_blocks(blocks))
        self.outcome.ledger.update(fates)
        self._raw += [*self._join.findings, *checker.finish()]
        told = self._redacts.cleaned(self._raw) if self._redacts is not None else self._raw
        self.outcome.findings = with_rules(fold(told), self._families())

    def _families(self) -> dict[tuple[str, str], str]:
        """Family of each sheet that was recognised, by file and sheet."""
        sheets = ((i["file"], s) for i in self.outcome.inputs for s in i["sheets"])  # type: ignore[attr-defined]
        return {(str(file), str(s["sheet"])): str(s["family"]) for file, s in sheets if s["family"]}


def _shared(found: Sequence[Recognition]) -> frozenset[str]:
    """Classes that more than one table speaks of: of them, or of a narrower or wider class."""
    tables = [{spec.cls for spec in r.best.table.records.values()} for r in found if r.best is not None]
    return frozenset(
        c
        for k, classes in enumerate(tables)
        for c in classes
        for i, others in enumerate(tables)
        if i != k and any(MODEL.is_a(o, c) or MODEL.is_a(c, o) for o in others)
    )


def environment(book: Workbook, sheet: Sheet, profile: Profile, terms: Terms, options: Options) -> Environment:
    """Gather what the steps of a plan need from outside."""
    words = profile.missing
    return Environment(book.name, terms, options.today, sheet, frozenset(words.quiet), frozenset(words.keep))


def chunked(batches: Iterator[Batch]) -> Iterator[Iterator[Batch]]:
    """Gather batches into chunks, without reading further ahead than the batch that is asked for."""
    for first in batches:
        yield chain((first,), islice(batches, CHUNK_BATCHES - 1))


def screen(guard: Guard | None, batch: Batch) -> Screened:
    """Look at a batch before it is read; as it is where nobody looks."""
    return guard.screen(batch) if guard is not None else Screened(batch, [], PeopleMet())


def read_chunk(plan: Plan, batches: Iterable[Batch], sink: Sink, guard: Guard | None = None) -> Iterator[Part]:
    """Read a chunk of a table of one record per row, batch by batch, and make its text."""
    for reader in plan.readers:
        reader.forget()
    for batch in batches:
        screened = screen(guard, batch)
        result = read_batch(plan, screened.batch)
        findings = [*screened.findings, *result.findings, *check_blocks(result.blocks)]
        classes: Counter[str] = Counter()
        ids: dict[int, tuple[Sequence[str | None], Sequence[int]]] = {}
        kinds = [i for i, t in enumerate(plan.templates) if not t.shared]
        for index, block in zip(kinds, result.blocks, strict=True) if result.blocks else ():
            classes += counts_of((block,))
            ids[index] = (block.ids, block.rows)
        said = (result.hits, findings, result.rows, result.notes, screened.seen)
        yield Part(sink.encode_blocks(result.blocks), result.shared, ids, classes, result.fates, *said)


class _Nowhere:
    """Takes records and drops them."""

    def encode(self, _records: Sequence[Record]) -> None:
        """Nothing to make."""

    def encode_blocks(self, _blocks: Sequence[Block]) -> None:
        """Nothing to make."""

    def write(self, _encoded: object) -> None:
        """Nothing to keep."""


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keep the cyclic garbage collector from walking over millions of cells that hold no cycles (a third of the time otherwise)."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _is_example(found: Recognition, all_found: Sequence[Recognition]) -> bool:
    """Tell whether a sheet shows how to fill in the table that another sheet of the workbook holds."""
    name = found.sheet.name.casefold()
    if not any(word in name for word in _EXAMPLE_SHEET):
        return False
    others = [o.best for o in all_found if o is not found and o.best and not any(w in o.sheet.name.casefold() for w in _EXAMPLE_SHEET)]
    # A sheet that is the only one of its kind holds data, whatever it is called.
    return any(found.best is None or o.name == found.best.name for o in others)


def _named(found: Recognition, best: Candidate) -> dict[str, object]:
    """Say as what a sheet was recognised, for the report."""
    runner = found.runner_up
    return {
        "family": best.profile.family,
        "profile": best.name,
        "score": best.score,
        "runner_up": {"profile": runner.name, "score": runner.score, "close": best.score - runner.score < CLOSE} if runner else None,
        "header_row": found.sheet.header_row,
    }


def _exhaust(sheet: Sheet) -> int:
    """Count the cells of a sheet by reading it through."""
    for _ in sheet.batches(BATCH_ROWS):
        pass
    return sheet.cells
