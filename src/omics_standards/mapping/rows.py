"""A batch of rows to records, ledger counts and findings: a pure function of the plan and the batch.

The work is done column by column, because that is where the repeats are, and in C loops (``map`` over a dictionary) where the
number of cells is: a row then costs a look-up per cell and an object per record.
"""

from __future__ import annotations

from array import array
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from ..findings import Finding, Issue, row_ranges
from ..records import BLANK, Attribute, Block, Field, LinkColumn, Reading, Term
from .ids import row_path
from .naming import identify
from .plan import field_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..records import PlainColumn, Record, Value
    from ..tables import Batch
    from .plan import Plan, Template
    from .readers import Reader

__all__ = ["BatchResult", "Hits", "data_rows", "note_findings", "read_batch", "with_rows"]


class Hits:
    """Where readings with an issue were met: per reader and text, the rows; kept apart from findings until the end.

    A column of a million bad cells holds few distinct texts; their rows take four bytes each here.
    """

    def __init__(self) -> None:
        self.rows: dict[tuple[int, object], array[int]] = {}
        self.readings: dict[tuple[int, object], Reading] = {}
        # Of one batch: what became of the cells of each reader.
        self.fates: Counter[tuple[int, str]] = Counter()

    def add(self, reader: int, text: object, reading: Reading, rows: Sequence[int]) -> None:
        """Note that a reader met a reading with issues in some rows."""
        key = (reader, text)
        if key not in self.rows:
            self.rows[key] = array("I")
            self.readings[key] = reading
        self.rows[key].extend(rows)

    def merge(self, other: Hits) -> None:
        """Take over the hits of a later batch."""
        for key, rows in other.rows.items():
            if key in self.rows:
                self.rows[key].extend(rows)
            else:
                self.rows[key] = rows
                self.readings[key] = other.readings[key]

    def findings(self, plan: Plan) -> list[Finding]:
        """Turn the hits into findings, one per reader, text and issue, with all their rows."""
        found = []
        for (index, text), rows in self.rows.items():
            reader = plan.readers[index]
            texts = (text,) if isinstance(text, str) else tuple(text)[: len(reader.columns)]  # type: ignore[arg-type]
            # A unit that stands alone is what the finding is about, not the blank cell beside it.
            at, raw = next(((c, t) for c, t in zip(reader.columns, texts, strict=True) if t), (reader.columns[0], ""))
            role = reader.role.partition("#")[0]
            slot = f"{plan.table.records[role].cls}.{reader.slot}" if not reader.kept else ""
            for issue in self.readings[index, text].issues:
                # Hundreds of names that no bundle could check are one thing to know, not hundreds.
                value = None if issue.code == "term-unverifiable" and issue.severity is None else raw
                header = plan.headers[at] if at < len(plan.headers) else reader.header
                finding = issue.at(plan.address(rows[0], at), value=value, header=header, slot=slot)
                found.append(with_rows(finding, rows, [plan.address(r, at).row or r for r in rows] if plan.source.grid else rows))
        return found


def note_findings(plan: Plan, notes: Iterable[tuple[int, Issue]]) -> list[Finding]:
    """Turn what whole columns have to say into findings on their headers."""
    found = []
    for index, issue in notes:
        reader = plan.readers[index]
        role = reader.role.partition("#")[0]
        at = plan.address(plan.header_row, reader.columns[0])
        found.append(issue.at(at, header=reader.header, slot=f"{plan.table.records[role].cls}.{reader.slot}"))
    return found


def with_rows(finding: Finding, rows: Sequence[int], shown: Sequence[int] = ()) -> Finding:
    """Return a finding with all rows that it was met in; ``shown`` where they have other numbers in the file."""
    if len(rows) == 1:
        return finding
    from dataclasses import replace

    return replace(finding, count=len(rows), rows=row_ranges(shown or rows))


class BatchResult(NamedTuple):
    """What a batch of rows came to.

    ``blocks`` hold the records, a block per kind; ``shared`` are those that many rows name, once each. ``notes`` are what whole
    columns had to say so far, by reader.
    """

    blocks: list[Block]
    shared: list[Record]
    fates: Counter[str]
    hits: Hits
    findings: list[Finding]
    rows: int
    notes: frozenset[tuple[int, Issue]] = frozenset()


def read_batch(plan: Plan, batch: Batch) -> BatchResult:
    """Read a batch of rows.

    Parameters
    ----------
    plan
        The plan of the sheet.
    batch
        Rows of equal width with their row numbers.

    Returns
    -------
    BatchResult
        The counts cover every non-blank cell of the batch once.
    """
    fates: Counter[str] = Counter()
    batch = data_rows(plan, batch, fates)
    rows, numbers = batch.rows, batch.numbers
    if not rows:
        return BatchResult([], [], fates, Hits(), [], 0)
    plan.widen(len(rows[0]))
    # Batches before this one may have been wider.
    columns = [*batch.columns, *[("",) * len(rows)] * (plan.width - len(batch.columns))]
    hits, findings = Hits(), []
    count = len(rows)
    for column in plan.structural:
        fates["structural"] += count - columns[column].count("") - len(_twice(plan, column, columns, numbers))
    read: list[list[Reading] | PlainColumn] = []
    for index, reader in enumerate(plan.readers):
        readings = reader.column(columns)
        read.append(readings)
        if reader.counted:
            _count(index, reader, readings, columns, numbers, fates, hits)
            if plan.repeated:
                _uncount(plan, index, reader, readings, columns, numbers, fates, hits)
        if reader.required:
            findings += _required(plan, reader, readings, numbers)
    blocks, shared, more = _blocks(plan, columns, read, numbers)
    notes = frozenset((i, note) for i, reader in enumerate(plan.readers) for note in reader.notes)
    return BatchResult(blocks, shared, fates, hits, findings + more, count, notes)


def _count(
    index: int,
    reader: Reader,
    readings: list[Reading] | PlainColumn,
    columns: Sequence[Sequence[str]],
    numbers: Sequence[int],
    fates: Counter[str],
    hits: Hits,
) -> None:
    """Count the fate of every cell of a reader, and note where its issues were met."""
    total = sum(len(readings) - columns[c].count("") for c in reader.columns)
    normal = "kept" if reader.kept else "mapped"
    # Where no reading of the column is odd, all its cells have one fate and none has anything to say.
    odd = [i for i, reading in enumerate(readings) if reading.odd] if reader.memo.odd else ()
    alike: dict[str | tuple[str, ...], list[int]] = {}
    together = (*reader.columns, *reader.context)
    for i in odd:
        text: str | tuple[str, ...] = columns[together[0]][i] if len(together) == 1 else tuple(columns[c][i] for c in together)
        rows = alike.get(text)
        if rows is None:
            alike[text] = [i]
        else:
            rows.append(i)
    for text, places in alike.items():
        reading = readings[places[0]]  # type: ignore[index]
        if reading.fate != normal:
            cells = len(places) * (1 if len(together) == 1 else sum(map(bool, text[: len(reader.columns)])))
            fates[reading.fate] += cells
            hits.fates[index, reading.fate] += cells
            total -= cells
        if reading.issues:
            hits.add(index, text, reading, [numbers[i] for i in places])
    fates[normal] += total
    hits.fates[index, normal] += total


def _twice(plan: Plan, column: int, columns: Sequence[Sequence[str]], numbers: Sequence[int]) -> list[int]:
    """Places in the batch of the cells of a column that show what another cell shows, and is counted there."""
    rows = plan.repeated.get(column)
    return [i for i, n in enumerate(numbers) if n in rows and columns[column][i]] if rows else []


def _uncount(
    plan: Plan,
    index: int,
    reader: Reader,
    readings: list[Reading] | PlainColumn,
    columns: Sequence[Sequence[str]],
    numbers: Sequence[int],
    fates: Counter[str],
    hits: Hits,
) -> None:
    """Take cells that are counted elsewhere out of the counts of a reader."""
    normal = "kept" if reader.kept else "mapped"
    for column in reader.columns:
        for i in _twice(plan, column, columns, numbers):
            fate = readings[i].fate if isinstance(readings, list) else normal
            fates[fate] -= 1
            hits.fates[index, fate] -= 1


def _required(plan: Plan, reader: Reader, readings: list[Reading] | PlainColumn, numbers: Sequence[int]) -> list[Finding]:
    blank = [n for n, r in zip(numbers, readings, strict=True) if r is BLANK]
    if not blank:
        return []
    issue = Issue(
        "value-required",
        f"a value, or a reason for its absence such as 'not collected' ({plan.profile.title} requires it)",
        "fill the cell",
    )
    first = plan.address(blank[0], reader.columns[0])
    return [with_rows(issue.at(first, header=reader.header), blank)]


def data_rows(plan: Plan, batch: Batch, fates: Counter[str]) -> Batch:
    """Return a batch without the rows that the profile knows as examples or explanations; their cells are counted as structure."""
    if plan.skip is None and not plan.table.skip_bare and not plan.explained:
        return batch
    rows, numbers = _without_examples(plan, batch, fates)
    return type(batch)(rows, numbers)


def _without_examples(plan: Plan, batch: Batch, fates: Counter[str]) -> tuple[list[list[str]], list[int]]:
    """Leave out rows that the profile knows as examples, explanations or template residue; their cells are counted as structure."""
    rows, numbers = [], []
    for row, number in zip(batch.rows, batch.numbers, strict=True):
        own = [c for i, c in enumerate(row) if c and i not in plan.carried]
        residue = number <= plan.explained or (plan.skip is not None and own and plan.skip.search(own[0]))
        if residue or (plan.table.skip_bare and len(own) == 1):
            fates["structural"] += len(own)
        else:
            rows.append(row)
            numbers.append(number)
    return rows, numbers


def _blocks(
    plan: Plan, columns: Sequence[Sequence[str]], read: Sequence[list[Reading] | PlainColumn], numbers: Sequence[int]
) -> tuple[list[Block], list[Record], list[Finding]]:
    """Gather the columns of a batch into blocks of records; those that many rows share apart, where nothing will join them."""
    count = len(numbers)
    ids = [_told_of(t, identify(plan, t, columns, read, count), read) for t in plan.templates]
    path = plan.path
    if path is not None:
        path.name(ids)
    nameless = [not named for named in path.named(ids)] if path is not None else []
    findings: list[Finding] = []
    homeless = _homeless(plan, ids, read)
    for t, template in enumerate(plan.templates):
        # A step of a path that a row skips is no record; the step beside it has taken over what the row says of it.
        skipped = path is not None and t in path.members and t != path.main
        taken = [column for home, _, column in homeless if home == t]
        if None in ids[t] and (template.readers or taken) and not template.stub and not skipped:
            if path is not None and t == path.main and t in path.members:
                own = [[r if bare else BLANK for r, bare in zip(read[i], nameless, strict=True)] for i in template.readers]
            else:
                own = [_said(template, read[i]) for i in template.readers if not plan.readers[i].echo]
            ids[t], more = _unnamed(plan, template, ids[t], own + taken, numbers)
            findings += more
    blocks: list[Block] = []
    shared: dict[tuple[object, ...], Record] = {}
    for t, template in enumerate(plan.templates):
        fields = template.fields
        parts: list[list[Reading] | PlainColumn | LinkColumn] = [read[i] for i in template.readers]
        parts += [LinkColumn(slot, plan.templates[target].cls, ids[target]) for slot, target in template.links]
        parts += [[c] * count for c in template.constants]
        for target, links in path.links(t, ids, plan.templates) if path is not None else ():
            parts.append(links)
            fields += (field_of(plan, links.slot, (path.columns[target],)),)  # type: ignore[union-attr]
        for home, field, column in homeless:
            if home == t:
                parts.append(column)
                fields += (field,)
        block = Block(template.cls, ids[t], parts, fields, numbers, stub=template.stub)
        if template.shared and plan.streams:
            for record in block:
                if record is not None:
                    # Equal cells give one reading: rows that say the same are told by it, those that do not are joined later.
                    shared.setdefault((record.cls, record.id, *map(id, record.readings)), record)
        else:
            blocks.append(block)
    return blocks, list(shared.values()), findings


def _told_of(template: Template, ids: Sequence[str | None], read: Sequence[list[Reading] | PlainColumn]) -> Sequence[str | None]:
    """The ids of a template's records; of optional ones those of rows that say something of them."""
    if not template.optional:
        return ids
    told = [any(r is not BLANK for r in row) for row in zip(*(read[i] for i in template.readers), strict=True)]
    return [known if said else None for known, said in zip(ids, told or [False] * len(ids), strict=True)]


def _said(template: Template, readings: list[Reading] | PlainColumn) -> list[Reading]:
    """The readings that make a record; that a numbered one is absent makes none: there is no third file."""
    return [BLANK if r.missing else r for r in readings] if template.numbered else list(readings)


def _homeless(
    plan: Plan, ids: Sequence[Sequence[str | None]], read: Sequence[list[Reading] | PlainColumn]
) -> list[tuple[int, Field, list[Reading]]]:
    """Give a record of the row what the row says of a record that it does not name: an absent project, a lone title, no third file.

    Returns
    -------
    list
        Position of the template that takes over, field and readings, one per column.
    """
    found = []
    for t, template in enumerate(plan.templates):
        step = plan.path is not None and t in plan.path.members
        if not (template.stub or template.numbered) or None not in ids[t]:
            continue
        homes = plan.path.homes(t, ids) if step and plan.path is not None else [_home(plan, t)] * len(ids[t])
        for index in template.readers:
            reader = plan.readers[index]
            told = [
                r is not BLANK and i is None and not (step and h == t) and (template.stub or step or r.missing is not None)
                for r, i, h in zip(read[index], ids[t], homes, strict=True)
            ]
            for home in sorted({h for h, own in zip(homes, told, strict=True) if own}) if reader.counted else ():
                link = next((slot for slot, target in plan.templates[home].links if target == t), "")
                known: dict[int, Reading] = {}
                column = [
                    known.get(id(r)) or known.setdefault(id(r), _rehomed(r, link, reader.header)) if own and h == home else BLANK
                    for r, own, h in zip(read[index], told, homes, strict=True)
                ]
                found.append((home, field_of(plan, "attributes", reader.columns), column))
    return found


def _home(plan: Plan, stub: int) -> int:
    """The template that answers for a stub without a name: the first that points to it, else the main one, else any with cells."""
    described = [i for i, t in enumerate(plan.templates) if t.readers and not t.stub]
    pointing = [i for i in described if any(target == stub for _, target in plan.templates[i].links)]
    return next(iter([*pointing, *(i for i in described if i == plan.main_index), *described]), plan.main_index)


def _rehomed(reading: Reading, link: str, header: str) -> Reading:
    """The same cell as the main record carries it."""
    name = link or header
    moved = Reading("missing" if reading.missing else "attributes", (), reading.fate, reading.issues, reading.steps)
    moved.raw = reading.raw
    if reading.missing is not None:
        moved.missing = reading.missing._replace(slot=name)
    elif reading.rejected is not None:
        moved.rejected = reading.rejected._replace(slot=name)
    else:
        moved.values = tuple(v if isinstance(v, Attribute) else _as_attribute(header, reading, v) for v in reading.values)
    return moved


def _as_attribute(header: str, reading: Reading, value: Value) -> Attribute:
    text = reading.raw_text() or (value.label if isinstance(value, Term) else str(value))
    return Attribute(header, text, None, value if isinstance(value, Term) and value.id else None)


def _unnamed(
    plan: Plan, template: Template, ids: Sequence[str | None], parts: Sequence[list[Reading]], numbers: Sequence[int]
) -> tuple[list[str | None], list[Finding]]:
    """Give records without an id cell the sheet and row as their name; say so."""
    rows = []
    named = list(ids)
    # A second run or a third file of which every cell says that there is none is no record.
    optional = plan.table.records[template.role.partition("#")[0]].repeat and plan.path is None
    main = template.role == plan.table.main or (plan.path is not None and template is plan.templates[plan.path.main])
    for i, known in enumerate(ids):
        if known is None and any(p[i] is not BLANK and not (optional and p[i].fate == "missing") for p in parts):
            role = "" if main else template.role
            place = f"{plan.source.sheet} {plan.source.grid.part}".strip() if plan.source.grid else plan.source.sheet
            named[i] = row_path(template.cls, plan.source.file, place, numbers[i], role)
            rows.append(numbers[i])
    headers = plan.table.records[template.role.partition("#")[0]].id or [plan.headers[c] for part in template.ids for c in part.columns]
    if not rows or not main or not headers:
        return named, []
    wanted = " or ".join(map(repr, headers))
    issue = Issue("id-missing", f"a name or an accession in {wanted}", "name the record; until then sheet and row stand for it")
    return named, [with_rows(issue.at(plan.address(rows[0], 0)), rows)]
