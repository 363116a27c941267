"""What sheets do not hold, found by reading them as their reader will: the records less those that come back."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ...mapping.join import Join
from ...mapping.plan import compile_plan
from ...mapping.rows import read_batch
from ...mapping.steps import Environment
from ...models.slots import MODEL
from ...records import Attribute, Missing, Rejected, Term
from ...tables.reader import from_rows
from ...values.text import normal
from ..tables import show
from .composed import Loss
from .paths import key_of, kind_in

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

    from ...profiles.schema import Profile
    from ...records import Record, Value
    from ...terms import Terms
    from .composed import SheetGrid
    from .paths import Key

__all__ = ["Account", "account", "read_again"]

Said = dict["Key", dict["Hashable", tuple[str, str]]]


class Account(NamedTuple):
    """What became of records in sheets: the losses, and the ids of records that are read back under another, with those."""

    losses: list[Loss]
    renamed: dict[str, str]


def read_again(sheets: Iterable[tuple[Profile, SheetGrid]], terms: Terms) -> list[Record]:
    """Read grids as the sheets that they will be.

    Parameters
    ----------
    sheets
        Each with the profile that reads it.
    terms
        What texts are looked up in.
    """
    from ...records import records_of

    join = Join()
    fates: Counter[str] = Counter()
    for profile, grid in sheets:
        if len(grid.rows) < grid.header + 2:
            continue
        sheet = from_rows(grid.rows[grid.header], grid.rows[grid.header + 1 :], grid.name).sheets[0]
        words = profile.missing
        known = Environment(grid.name, terms, None, sheet, frozenset(words.quiet), frozenset(words.keep))
        plan = compile_plan(profile, profile.table(grid.table), sheet, known)
        for batch in sheet.batches():
            result = read_batch(plan, batch)
            join.add(result.shared)
            join.add_blocks(result.blocks)
    return [record for blocks in join.finish(fates) for record in records_of(blocks)]


def _alike(value: Value) -> Hashable:
    """What makes two values one: terms by their ids, names whatever their case."""
    match value:
        case Term():
            return value.id or normal(value.label)
        case Attribute():
            return normal(value.name), value.value, value.unit, value.term and value.term.id
        case Missing():
            return normal(value.slot), value.reason
        case Rejected():
            return normal(value.slot), value.raw
    return str(value)


def _said(records: Iterable[Record], ids: Mapping[str, str] | None = None) -> Said:
    """What records say: per record, slot and text of each thing said; references by the ids that those records have in the sheets."""
    found: Said = defaultdict(dict)
    for record in records:
        own = found[key_of(record)]
        for reading in record.readings:
            refers = reading.slot in MODEL.slots and MODEL.slots[reading.slot].kind == "reference"
            for value in reading.values:
                # One format's attributes of an assay are another's parameters of it.
                said = ids.get(str(value), value) if ids and refers else value
                own["attributes" if reading.slot == "parameters" else reading.slot, _alike(said)] = (reading.slot, show(value))
            for kind, entry in (("missing", reading.missing), ("rejected", reading.rejected)):
                if entry is not None:
                    own[kind, _alike(entry)] = (entry.slot, entry.reason if isinstance(entry, Missing) else entry.raw)
    return found


def _renamed(records: Sequence[Record], again: Sequence[Record], kinds: Collection[str]) -> dict[str, str]:
    """Ids of records that another format names otherwise: known by their accession here, by their name there, or within its file only."""
    there, mine = {key_of(r) for r in again}, {key_of(r) for r in records}
    called: dict[tuple[str, str], set[str]] = defaultdict(set)
    for record in again:
        # What a sample was taken from may bear its name and is another thing.
        if key_of(record) not in mine and not set(kind_in(record)[:1]) & set(kinds):
            for name in _names(record):
                called[record.cls, name].add(record.id)
    found: dict[str, str] = {}
    for record in (r for r in records if key_of(r) not in there and not r.stub):
        for name in _names(record):
            known = called.get((record.cls, name), set())
            if len(known) == 1:
                found[record.id] = next(iter(known))
                break
    found |= _by_links([r for r in records if key_of(r) not in there], [r for r in again if key_of(r) not in mine], found)
    # Two that fall together are not the same under another name.
    counts = Counter(found.values())
    return {old: new for old, new in found.items() if counts[new] == 1}


def _by_links(records: Sequence[Record], again: Sequence[Record], ids: Mapping[str, str]) -> dict[str, str]:
    """Ids of records without a name, as those that refer to the same things: a run to its assay and its file."""
    taken = set(ids.values())
    pointing: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for record in again:
        if record.id not in taken:
            for slot, target in _links(record):
                pointing[record.cls, slot, target].append(record.id)
    found: dict[str, str] = {}
    for record in (r for r in records if r.id not in ids and not r.stub and not r.values("name")):
        shared = Counter(i for slot, target in _links(record) for i in pointing.get((record.cls, slot, ids.get(target, target)), ()))
        best = shared.most_common(2)
        if best and (len(best) == 1 or best[0][1] > best[1][1]):
            found[record.id] = best[0][0]
    return found


def _links(record: Record) -> set[tuple[str, str]]:
    """The slots of a record that refer to others, with their ids."""
    slots = (slot for slot, _ in record.items() if slot in MODEL.slots and MODEL.slots[slot].kind == "reference")
    return {(slot, str(v)) for slot in slots for v in record.values(slot)}


def _names(record: Record) -> list[str]:
    """What a record may be known by: its id, its accessions, its name."""
    return [record.id, *(str(v) for slot in ("accessions", "name", "file_name") for v in record.values(slot))]


def account(
    profile: Profile,
    grids: Sequence[SheetGrid],
    records: Sequence[Record],
    terms: Terms,
    *more: tuple[Profile, Sequence[SheetGrid]],
    named: Iterable[str] = (),
) -> Account:
    """Compare records with what sheets say.

    Parameters
    ----------
    profile, grids
        The sheets and their reader.
    records
        Those that were written.
    terms
        What texts are looked up in.
    more
        Further sheets, with the profiles that read them.
    named
        Names of files that the format names where it names no record.
    """
    sheets = [(profile, g) for g in grids] + [(p, g) for p, own in more for g in own]
    again = read_again(sheets, terms)
    kinds = {s.kind for p, g in sheets for s in p.table(g.table).records.values() if s.kind}
    renamed = _renamed(records, again, kinds)
    wanted, found = _said(records, renamed), _said(again)
    columns = {t for _, g in sheets for t in g.targets if t is not None}
    links = {(s.cls, slot) for p, g in sheets for s in p.table(g.table).records.values() for slot in s.links}
    losses: set[Loss] = set()
    files = {*(g.name for g in grids), *named}
    for record in records:
        key = key_of(record)
        place = (record.cls, renamed.get(record.id, record.id))
        if place not in found:
            # A file of the format itself is no loss.
            if not record.stub and not files & set(map(str, record.values("file_name"))) and any(True for _ in record.items()):
                losses.add(Loss(*key, "", "", "no table"))
            continue
        for fact, (slot, text) in wanted[key].items():
            if fact in found[place]:
                continue
            column = (record.cls, slot) in columns or (record.cls, slot) in links
            others = any(s == slot for s, _ in found[place].values())
            single = slot in MODEL.slots and not MODEL.slots[slot].multivalued
            losses.add(Loss(*key, slot, text, "one value" if others and (single or column) else "spelling" if column else "no column"))
    return Account(sorted(losses), renamed)
