"""The plan of a sheet: a profile's table joined to the headers found, compiled into readers and record templates.

A plan is pure: the same batch of rows gives the same records in any process.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..findings import Finding, Issue, column_letter
from ..models.slots import MODEL
from ..profiles.schema import Column
from ..records import Attribute, Field, Missing, Reading, Source, Term
from ..tables.treesheets import TreeSheet
from ..values.missing import read_missing
from ..values.text import clean, split_header
from .chain import lay_path, respelled, steps_of
from .headers import auto_target, beside, header_forms, match_headers, qualifier_of
from .ids import segment
from .parsers import measured
from .readers import Reader
from .spare import Spare, same_slot
from .species import is_specific
from .spread import piece_of, spread_out
from .steps import build_step
from .tagged import denied, tagged_reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..findings import Address
    from ..profiles.schema import Profile, Table
    from ..tables import Sheet
    from .chain import Path
    from .headers import Match
    from .steps import Environment

__all__ = ["Plan", "Template", "compile_plan", "field_of"]


class IdPart(NamedTuple):
    """One way to name a record: the columns whose texts, joined, are its id."""

    columns: tuple[int, ...]


class Template(NamedTuple):
    """One record that each row may yield.

    ``readers`` are positions in the plan's reader list; ``links`` pairs a slot with the template it points to;
    ``constants`` are readings that every record of the template has.
    """

    role: str
    cls: str
    ids: tuple[IdPart, ...]
    readers: tuple[int, ...]
    links: tuple[tuple[str, int], ...]
    constants: tuple[Reading, ...]
    fields: tuple[Field, ...]
    shared: bool
    stub: bool
    unique: bool
    kind: str = ""
    optional: bool = False

    @property
    def numbered(self) -> bool:
        """True for one of the records that a row may have several of (``file#2``)."""
        return "#" in self.role


class Plan:
    """What to do with the rows of one sheet."""

    def __init__(self, profile: Profile, table: Table, sheet: Sheet, env: Environment) -> None:
        self.profile = profile
        self.table = table
        self.source = Source(env.file, sheet.name, sheet.grid, sheet.paths if isinstance(sheet, TreeSheet) else None, env.among)
        self.derived = sheet.derived if isinstance(sheet, TreeSheet) else frozenset()
        # Cells that show what another one shows, by column; and the file that local names hold in.
        self.repeated = sheet.repeated if isinstance(sheet, TreeSheet) else {}
        self.own_file = (sheet.own_file if isinstance(sheet, TreeSheet) else "") or env.file
        self.env = env
        self.headers = sheet.headers
        self.width = len(sheet.headers)
        self.readers: list[Reader] = []
        self.structural: list[int] = []
        self.templates: list[Template] = []
        self.findings: list[Finding] = []
        self.carried = sheet.grid.carried if sheet.grid is not None else frozenset()
        self.skip = re.compile("|".join(f"(?:{p})" for p in table.skip_rows), re.IGNORECASE) if table.skip_rows else None
        self.header_row = sheet.header_row
        # The last of the rows that explain the columns; 0 where there are none.
        self.explained = sheet.header_row + table.explained if table.explained else 0
        self.main_index = 0
        self.path: Path | None = None
        self.matches: tuple[Match, ...] = ()

    @property
    def streams(self) -> bool:
        """True where every row is a record of its own and nothing needs to be joined."""
        return self.table.join == "one-record-per-row"

    def address(self, row: int | None, column: int) -> Address:
        """Address of a cell; ``column`` is 0-based."""
        return self.source.address(row, column + 1)

    def column_finding(self, code: str, column: int, expected: str, fix: str, **more: str) -> None:
        """Note a finding on a header cell."""
        header = self.headers[column] if column < len(self.headers) else ""
        at = self.address(self.header_row, column)
        self.findings.append(Issue(code, expected, fix).at(at, value=header or None, header=header, **more))

    def widen(self, width: int) -> None:
        """Give columns beyond the header a reader that keeps their cells under the column's letter."""
        while self.width < width:
            name = f"column {column_letter(self.width + 1)}"
            main = self.templates[self.main_index]
            reader = _keep(self, self.width, name, main.role)
            self.readers.append(reader)
            field = Field("attributes", (self.width + 1,), (name,), self.source)
            self.templates[self.main_index] = main._replace(
                readers=(*main.readers, len(self.readers) - 1), fields=_insert_field(main, field)
            )
            self.width += 1


def _insert_field(template: Template, field: Field) -> tuple[Field, ...]:
    """Fields run: readers, links, constants; a new reader's field goes behind the readers."""
    n = len(template.readers)
    return (*template.fields[:n], field, *template.fields[n:])


def _beside(targets: _Targets, match: Match, spec: Column) -> dict[str, int]:
    """Positions of the companions that go with a column, by part."""
    found = {part: targets.companion(match, header) for part, header in spec.companions.items()}
    return {p: c for p, c in found.items() if c is not None and targets.companions.get(c) == match.column}


def _keep(plan: Plan, column: int, name: str, role: str, beside: dict[str, int] | None = None, *, within: bool = False) -> Reader:
    """Make the reader of a column that no slot takes: an attribute of a record instance, under the column's header.

    ``beside`` are the columns of its unit and of the accession of the term it is; ``within`` says that its unit ends its text.
    """
    name = name or f"column {column_letter(column + 1)}"

    def read(text: str) -> Reading:
        absent = read_missing(text, quiet=plan.env.quiet, keep=plan.env.keep)
        if absent is not None and not absent.trailing:
            reading = Reading("missing", fate="missing", missing=Missing(name, absent.reason, text), steps=("missing",))
            reading.raw = text
            return reading
        tidy = clean(text) or text
        value = measured(Attribute(name, tidy)) if within else Attribute(name, tidy)
        reading = Reading("attributes", (value,), "kept", steps=("kept",))
        reading.raw = None if tidy == text else text
        return reading

    if not beside:
        return Reader((column,), role, "attributes", name, read, kept=True)
    parts = list(beside)

    def read_all(texts: tuple[str, ...]) -> Reading:
        more = {p: clean(t) for p, t in zip(parts, texts[1:], strict=True) if t}
        reading = read(texts[0] or next(t for t in texts if t))
        if reading.missing is not None or not texts[0]:
            return _told(reading, texts)
        label = clean(texts[0]) or texts[0]
        term = Term(more["accession"], label) if "accession" in more else None
        value = Attribute(name, label, more.get("unit"), term)
        return _told(Reading("attributes", (value,), "kept", steps=("kept",)), texts)

    return Reader((column, *beside.values()), role, "attributes", name, read_all, kept=True)


def _told(reading: Reading, raw: tuple[str, ...]) -> Reading:
    reading.raw = raw
    return reading


class _Targets:
    """Which columns feed which slot of which record instance (``role`` or ``role#n`` for repeated records)."""

    def __init__(self, plan: Plan, matches: Sequence[Match]) -> None:
        self.plan = plan
        self.table = plan.table
        self.matches = matches
        self.by_form: dict[str, int] = {}
        for m in sorted(matches, key=lambda m: m.spec is None):
            for form in header_forms(m.header):
                self.by_form.setdefault(form, m.column)
        self.taken: dict[tuple[str, str], list[int]] = {}
        self.companions: dict[int, int] = {}
        self.repeats: dict[int, list[int]] = {}
        self.qualified: dict[int, list[tuple[str, int]]] = {}
        self.tags: dict[str, list[int]] = {}
        self.steps = steps_of(plan.table, matches)
        self.instances: dict[str, list[str]] = {role: ([] if r.repeat else [role]) for role, r in self.table.records.items()}

    def find(self, header: str, number: str = "") -> int | None:
        """Position of a column by one of the spellings of a header (``{n}`` filled in); None where the sheet lacks it."""
        for part in header.split("|"):
            if "{n}" in part:
                for m in self.matches:
                    if (m.number or "1") == (number or "1") and m.how == "pattern" and part.strip() in m.key:
                        return m.column
                continue
            if self.steps and number:
                form = header_forms(part.strip())[0]
                own = next((m for m in self.matches if m.number == number and form in header_forms(m.header)), None)
                if own is not None:
                    return own.column
                continue
            for form in header_forms(part.strip())[:1]:
                if form in self.by_form:
                    return self.by_form[form]
        return None

    def companion(self, match: Match, header: str) -> int | None:
        """Position of the cell beside a column: by its header, or right (``> Unit``) or left (``< Tag``) of it, where headers repeat."""
        if header[:1] not in "<>":
            return self.find(header, match.number)
        forms = {header_forms(part.strip())[0] for part in header[1:].split("|")}
        step = 1 if header.startswith(">") else -1
        near = next((m for m in self.matches if m.column == match.column + step), None)
        return near.column if near is not None and forms & set(header_forms(near.header)) else None

    def instance(self, role: str, number: str) -> str:
        """Name of the record instance that a column with this number feeds."""
        if not self.table.records[role].repeat:
            return role
        name = f"{role}#{number or '1'}"
        if name not in self.instances[role]:
            self.instances[role].append(name)
        return name

    def numbers(self, role: str) -> list[str]:
        """The numbers that the headers of a repeated record have."""
        known = {m.number or "1" for m in self.matches if m.spec and "{n}" in m.key and any(t.startswith(f"{role}.") for t in m.spec.to)}
        return sorted(known, key=lambda n: (len(n), n)) if self.table.records[role].repeat else []

    def join(self) -> None:
        """Give each companion cell to the one column that it goes with; a companion has no companions of its own."""
        for match in self.matches:
            if match.spec is None or match.column in self.companions:
                continue
            for header in match.spec.companions.values():
                column = self.companion(match, header)
                if column is not None and column != match.column:
                    self.companions.setdefault(column, match.column)
        self._join_repeats()
        self._join_qualifiers()

    def _join_qualifiers(self) -> None:
        """Give each qualifier to the column on its left; what qualifies a unit stands beside it."""
        last, united, heads = -1, False, set(self.steps.values())
        for match in self.matches if self.table.qualifiers else ():
            part = qualifier_of(self.table, match.header)
            if part is None:
                last, united = (-1 if match.how == "blank" or match.column in heads else match.column), False
            elif last >= 0:
                self.companions[match.column] = last
                self.qualified.setdefault(last, []).append((part if not united else "beside", match.column))
                united = united or part == "unit"

    def _join_repeats(self) -> None:
        """Give the further columns of a text that goes on from one to the next to the first of them."""
        first: dict[tuple[str, str, str], int] = {}
        for match in self.matches:
            if match.spec is not None and match.spec.join is not None and match.column not in self.companions:
                head = first.setdefault((match.key, match.number, match.name), match.column)
                if head != match.column:
                    self.companions[match.column] = head
                    self.repeats.setdefault(head, []).append(match.column)

    def claim(self, match: Match, instance: str, slot: str) -> bool:
        """Take a slot for a column; a second column for a slot of one value is turned away."""
        if MODEL.slots[slot].multivalued:
            return True
        columns = self.taken.setdefault((instance, slot), [])
        if match.column not in columns:
            columns.append(match.column)
        return columns[0] == match.column


def compile_plan(profile: Profile, table: Table, sheet: Sheet, env: Environment) -> Plan:
    """Join a profile's table to the headers of a sheet.

    Parameters
    ----------
    profile, table
        What the sheet was recognised as.
    sheet
        The sheet; its headers are read, its rows are not.
    env
        What steps need from outside: terms, today's date, the way to look ahead in a column.

    Returns
    -------
    Plan
        With findings on the header: duplicate, empty and unknown columns, required columns that are absent.
    """
    plan = Plan(profile, table, sheet, env)
    matches = match_headers(table, sheet.headers)
    matches = spread_out(beside(matches, table, sheet) if isinstance(sheet, TreeSheet) else matches, sheet)
    plan.matches = tuple(matches)
    targets = _Targets(plan, matches)
    targets.join()
    # Columns that the profile names come before those an alias found, and a name with its accession before a bare number.
    order = {"column": 0, "pattern": 1, "alias": 2}
    readers: list[tuple[int, int, Reader]] = []
    ranked = sorted(matches, key=lambda m: (order.get(m.how, 3), m.spec is None or "accession" not in m.spec.companions, m.column))
    for match in ranked:
        if match.column not in targets.companions:
            readers += [(match.column, k, r) for k, r in enumerate(_readers_of(plan, targets, match))]
    # Where a column was turned away, its companions have to answer for themselves.
    read = {c for _, _, r in readers if r.counted for c in r.columns} | set(plan.structural)
    for match in ranked:
        if match.column not in read:
            readers += [(match.column, k, r) for k, r in enumerate(_readers_of(plan, targets, match))]
    readers.sort(key=lambda r: r[:2])
    plan.readers = [r for _, _, r in readers]
    _repeated_keys(plan, matches)
    if sheet.grid is not None:
        for reader in plan.readers:
            # A cell that is carried here from elsewhere is counted there.
            reader.counted = reader.counted and not sheet.grid.carried & set(reader.columns)
    for column, wanted in respelled(table, matches) if table.chain is not None else ():
        plan.column_finding("header-respelled", column, repr(wanted), "write it so: other programs may not know it otherwise")
    _required(plan, targets)
    _templates(plan, targets)
    return plan


def _repeated_keys(plan: Plan, matches: Sequence[Match]) -> None:
    """Say which keys of a block stand there twice although they say one thing; several values of a slot are no repeat."""
    seen: dict[str, int | None] = {}
    for match in matches if plan.source.grid is not None and plan.source.grid.keyed else ():
        spec = match.spec
        several = spec is not None and (spec.join is not None or any(MODEL.slots[t.split(".")[1]].multivalued for t in spec.to))
        row = plan.address(plan.header_row, match.column).row
        if (
            seen.setdefault(match.header, row) != row
            and spec is not None
            and not several
            and "{n}" not in match.key
            and (spec.keep or spec.auto)
        ):
            plan.column_finding("key-repeated", match.column, "the key once", "leave one of the two lines out, or name them apart")


def _readers_of(plan: Plan, targets: _Targets, match: Match) -> list[Reader]:
    """Make the readers of one column."""
    spec, table = match.spec, plan.table
    main = targets.instance(table.main, "")
    if match.how == "blank":
        name = f"column {column_letter(match.column + 1)}"
        plan.column_finding(
            "header-empty", match.column, "a header that says what the column holds", f"name the column; its cells are kept as {name!r}"
        )
        return [_keep(plan, match.column, name, main)]
    name = clean(match.header).lstrip("* ").strip()
    if spec is None and match.column in plan.derived:
        return []
    if spec is None:
        plan.column_finding(
            "column-unknown", match.column, f"a column of {plan.profile.title}", "nothing, if it is meant as an attribute of its own"
        )
        return [_kept(plan, targets, match, table.main)]
    if spec.ignore:
        beside = [c for _, c in targets.qualified.get(match.column, [])]
        plan.structural += [c for c in (match.column, *beside) if c not in plan.carried]
        return []
    if spec.keep is not None:
        if plan.table.path:
            kept_as = match.name if "[" in match.key else name
            return [_keep(plan, match.column, kept_as, targets.instance(spec.keep, match.number), _beside(targets, match, spec))]
        return [_kept(plan, targets, match, spec.keep)]
    if spec.auto is not None:
        if "name" in spec.companions and "name" in (near := _beside(targets, match, spec)):
            return [tagged_reader(plan, targets, match, near)]
        target = auto_target(match, table)
        if target is None:
            return [_kept(plan, targets, match, spec.auto)]
        spec = Column(to=[target], within=spec.within)
    return _for_slots(plan, targets, match, spec)


def _for_slots(plan: Plan, targets: _Targets, match: Match, spec: Column) -> list[Reader]:
    """Make the readers of a column for the slots that it feeds."""
    table = plan.table
    made: list[Reader] = []
    for target in spec.to:
        role, slot = target.split(".", 1)
        if spec.each and targets.numbers(role):
            made += _echoes(plan, targets, match, spec, role, slot, counted=not made)
            continue
        instance = targets.instance(role, match.number)
        if not targets.claim(match, instance, slot):
            if made or match.column in plan.derived:
                continue
            # In a tree that is joined, a name and its number in another place are two ways to say one thing, not a mistake.
            if not table.path or plan.streams:
                same_slot(plan, match.column, targets.taken[instance, slot][0], slot)
            return [_spare(plan, targets, match, spec, instance, slot, role)]
        made.append(_reader(plan, targets, match, spec, instance, slot, counted=not made and match.column not in plan.derived))
    return made


def _kept(plan: Plan, targets: _Targets, match: Match, role: str, *, named: bool = False) -> Reader:
    """Keep a column as an attribute of a record, with what qualifies it."""
    name = clean(match.header).lstrip("* ").strip()
    instance = targets.instance(role, match.number)
    if match.name and ("[" in match.key or "{name} (" in match.key or named):
        name = match.name
    qualified = targets.qualified.get(match.column, [])
    if not qualified:
        return _keep(plan, match.column, name, instance, within=match.spec is not None and match.spec.as_ == "measured")
    columns = (match.column, *(c for _, c in qualified))
    parts = ("value", *(p for p, _ in qualified))
    read, _ = build_step(
        "attributes",
        Column(keep=role, as_="attribute"),
        plan.env,
        header=f"[{name}]",
        parts=parts,
        column=match.column,
        headers=tuple(plan.headers[c] for c in columns),
    )

    def kept(texts: tuple[str, ...]) -> Reading:
        known: Reading = read(texts)
        if known.fate != "mapped":
            return known
        reading = Reading(known.slot, known.values, "kept", known.issues, ("kept",))
        reading.raw = known.raw
        return reading

    return Reader(columns, instance, "attributes", name, kept, kept=True)


def _spare(plan: Plan, targets: _Targets, match: Match, spec: Column, instance: str, slot: str, role: str) -> Reader:
    """Read a further column of a slot of one value: for rows in which the others are silent, or say the same; else it is kept."""
    kept = _kept(plan, targets, match, role, named=True)
    if not plan.streams and len(kept.columns) == 1:
        read, _ = build_step(slot, spec, plan.env, header=match.header, column=match.column, headers=(match.header,))
        columns = targets.taken[instance, slot]
        others = tuple(columns[: columns.index(match.column)])
        spare = Spare(read, kept.read, slot, plan.headers[others[0]])
        return Reader((match.column,), instance, slot, match.header, spare, context=others)
    return kept


def _reader(plan: Plan, targets: _Targets, match: Match, spec: Column, instance: str, slot: str, *, counted: bool) -> Reader:
    parts = ["value"]
    columns = [match.column]
    if counted:
        for part, header in spec.companions.items():
            column = targets.companion(match, header)
            if column is not None and targets.companions.get(column) == match.column:
                parts.append(part)
                columns.append(column)
        repeats = targets.repeats.get(match.column, [])
        parts += ["more"] * len(repeats)
        columns += repeats
        for part, column in targets.qualified.get(match.column, []):
            parts.append(part)
            columns.append(column)
    counted = counted and match.piece < 2
    context = _organism(targets, instance, slot, spec) if len(columns) == 1 and counted else ()
    read, clean_batch = build_step(
        slot,
        spec,
        plan.env,
        header=match.header,
        parts=tuple(parts),
        column=match.column,
        counted=counted,
        headers=tuple(plan.headers[c] for c in columns),
        context=bool(context),
    )
    if match.piece:
        read, clean_batch = piece_of(read, slot, spec.spread or ";", match.piece), None
    # A star marks a column as mandatory in the templates of several archives.
    required = counted and (spec.required or split_header(match.header).required)
    made = Reader(
        tuple(columns), instance, slot, match.header, read, clean=clean_batch, counted=counted, required=required, context=context
    )
    return made if spec.unless is None else denied(made, targets.find(spec.unless))


def _echoes(plan: Plan, targets: _Targets, match: Match, spec: Column, role: str, slot: str, *, counted: bool) -> list[Reader]:
    """Make the readers of a column that says the same of each of a repeated record; the first answers for the cell."""
    found = []
    for k, number in enumerate(targets.numbers(role)):
        found.append(_reader(plan, targets, match, spec, targets.instance(role, number), slot, counted=counted and not k))
        found[-1].echo = k > 0
    return found


def _organism(targets: _Targets, instance: str, slot: str, spec: Column) -> tuple[int, ...]:
    """Find the column of the row's organism for a slot that has ontologies of single species."""
    definition = MODEL.slots[slot]
    if definition.kind != "term" or spec.split or not is_specific(tuple(spec.within) or definition.ontologies):
        return ()
    role = instance.partition("#")[0]
    wanted = f"{role}.host" if slot.startswith("host_") else f"{role}.organism"
    for match in targets.matches:
        if match.spec is not None and (wanted in match.spec.to or auto_target(match, targets.table) == wanted):
            return (match.column,)
    return ()


def _required(plan: Plan, targets: _Targets) -> None:
    """Say which columns that the archive requires are not there."""
    for key, column in plan.table.columns.items():
        if column.required and targets.find(key) is None and not any(m.key == key for m in targets.matches):
            at = plan.source.address(plan.header_row, None)
            issue = Issue("column-required", f"a column {key.split('|')[0]!r}", f"add the column; {plan.profile.title} requires it")
            plan.findings.append(issue.at(at))


def _templates(plan: Plan, targets: _Targets) -> None:
    """Make the record templates, each with its readers, links and ids."""
    names = [(role, instance) for role in plan.table.records for instance in sorted(targets.instances[role], key=_by_number)]
    position = {instance: i for i, (_, instance) in enumerate(names)}
    for role, instance in names:
        spec = plan.table.records[role]
        number = instance.partition("#")[2]
        mine = tuple(i for i, r in enumerate(plan.readers) if r.role == instance)
        ids = _ids(targets, role, instance)
        links = tuple(
            (slot, position[i])
            for slot, roles in spec.links.items()
            for r in roles
            for i in targets.instances.get(r, ())
            # Of two repeated records, the first goes with the first.
            if i in position and not (spec.repeat and plan.table.records[r].repeat and i.partition("#")[2] != number)
        )
        constants = tuple(_constant(plan, slot, text) for slot, text in sorted(spec.set.items()))
        fields = [field_of(plan, plan.readers[i].slot, plan.readers[i].columns) for i in mine]
        for slot, target in links:
            part = next(iter(_ids(targets, *names[target])), None)
            fields.append(field_of(plan, slot, part.columns if part else ()))
        fields += [Field(c.slot, (), (), plan.source) for c in constants]
        kind = "/".join(filter(None, (spec.kind, segment(plan.own_file) if spec.local else "")))
        rest = (spec.shared, spec.stub, spec.unique, kind, spec.optional)
        plan.templates.append(Template(instance, spec.cls, ids, mine, links, constants, tuple(fields), *rest))
    plan.main_index = next(i for i, (role, _) in enumerate(names) if role == plan.table.main)
    plan.path = lay_path(plan.table, targets.steps, plan.templates, plan.main_index)


def _ids(targets: _Targets, role: str, instance: str) -> tuple[IdPart, ...]:
    """The ways to name a record: as the profile says, else, for a step of a chain, by the column that begins it."""
    number = instance.partition("#")[2]
    told = [t for t in targets.table.records[role].id if t[:1] not in ("<", ">")]
    found = tuple(p for p in (_id_part(targets, text, number) for text in told) if p)
    return found or ((IdPart((targets.steps[instance],)),) if instance in targets.steps else ())


def field_of(plan: Plan, slot: str, columns: tuple[int, ...]) -> Field:
    """The field of a slot that columns of the sheet feed."""
    headers = (plan.headers[c] if c < len(plan.headers) else f"column {column_letter(c + 1)}" for c in columns)
    return Field(slot, tuple(c + 1 for c in columns), tuple(headers), plan.source)


def _by_number(instance: str) -> tuple[int, str]:
    number = instance.partition("#")[2]
    return (int(number) if number.isdigit() else 0, instance)


def _id_part(targets: _Targets, text: str, number: str) -> IdPart | None:
    columns = [
        targets.find(piece.strip().replace("{n}", number) if "{n}" not in piece else piece.strip(), number) for piece in text.split(" + ")
    ]
    return IdPart(tuple(c for c in columns if c is not None)) if all(c is not None for c in columns) else None


def _constant(plan: Plan, slot: str, text: str) -> Reading:
    read, _ = build_step(slot, Column(to=[f"x.{slot}"]), plan.env, header="", counted=False)
    reading: Reading = read(text)
    if not reading.values:
        raise ValueError(f"profile {plan.profile.id}: constant {slot} = {text!r} is not a value of that slot")
    return reading
