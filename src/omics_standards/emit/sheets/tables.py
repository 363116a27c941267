"""Writing formats of plain tables: records and a profile in, a grid of cells per table out.

The plan that reads a table is made for the headers that the records need, and run backwards: each cell gets the text that its own
readers read back. Columns that stay blank are left out again, unless the archive requires them.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from ...mapping.plan import compile_plan
from ...mapping.steps import Environment
from ...models.slots import MODEL
from ...records import Missing
from ...tables.reader import from_rows
from .around import surround
from .composed import Composed, Document, Loss, SheetGrid, as_lost
from .fill import Filler, Told
from .graph import Graph, rows_of
from .headings import Used, headings, is_known_by
from .spelling import name_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...mapping.plan import Plan
    from ...profiles.schema import Profile, Table
    from ...records import Record
    from ...terms import Terms
    from .graph import Row

__all__ = ["compose_tables", "losses_of"]


def compose_tables(
    profile: Profile,
    records: Iterable[Record],
    terms: Terms,
    *,
    tables: Sequence[str] = (),
    language: str = "en",
    told: Told | None = None,
) -> Composed:
    """Write records as the tables of a profile.

    Parameters
    ----------
    profile
        A profile of layout ``table`` without chains.
    records
        The records of a dataset, in order.
    terms
        What texts are looked up in when a spelling is tried; the bundle that the reader of the sheet will have.
    tables
        Ids of the tables to write; () for those that the records need.
    language
        Of headers: ``en`` or ``zh``.
    told
        What other files of the same submission carry, which needs no columns of its own here; None for nothing.

    Returns
    -------
    Composed
        A grid per table that has rows, and what they do not hold.
    """
    graph = Graph(records)
    composed = Composed()
    before, told = told or {}, composed.told
    for table, rows, *_ in (chosen := _chosen(profile, graph, tables)):
        others = frozenset(t for other, *_ in chosen if other is not table for t in _columns_of(other))
        grid = _grid(profile, table, rows, terms, composed, _heads(profile, table, rows, before, told, language, others))
        grid.file = _file_name(profile, table, len(chosen) > 1)
        surround(grid, table, [record for row in rows for record in row.get(table.main, ())])
        composed.grids.append(grid)
    if composed.grids:
        composed.documents = [Document(name, text) for name, text in profile.write.documents.items()]
    graph.give_back(told)
    composed.losses = losses_of(graph, told)
    return composed


class Laid(NamedTuple):
    """A table, its rows, class and slot of what it has columns for, and what its records say."""

    table: Table
    rows: list[Row]
    said: frozenset[tuple[str, str]]
    used: Used


def _chosen(profile: Profile, graph: Graph, wanted: Sequence[str]) -> list[Laid]:
    """The tables to write and their rows: those that the profile names, else those that say something that no better one says."""
    if wanted or profile.write.tables:
        chosen = [_best(profile, graph, told.split("|")) for told in wanted or profile.write.tables]
        return [laid for laid in chosen if laid is not None]
    # Nobody has said which tables there are to write: each that says something more.
    found = [laid for t in profile.tables if (laid := _laid_out(t, graph)) is not None]
    covered: set[tuple[str, str]] = set()
    several: list[Laid] = []
    while found:
        best = max(found, key=lambda laid: len(laid.said - covered) - _alien(laid))
        if not best.said - covered:
            break
        found.remove(best)
        several.append(best)
        covered |= best.said
    order = {table.id: i for i, table in enumerate(profile.tables)}
    return sorted(several, key=lambda laid: order[laid.table.id])


def _best(profile: Profile, graph: Graph, names: Sequence[str]) -> Laid | None:
    """Of several tables for one thing, the one that says most of the records."""
    found = [laid for name in names if (laid := _laid_out(profile.table(name.strip()), graph)) is not None]
    best = max(found, key=lambda laid: (len(laid.said), -_unmet(laid), -_alien(laid)), default=None)
    return _laid_out(profile.table(best.table.apart), graph) if best is not None and _two_named_as_one(best) else best


def _two_named_as_one(laid: Laid) -> bool:
    """Tell whether one cell of a table names several records (a library and its run) that go by different names."""
    if not laid.table.apart:
        return False
    for spec in laid.table.columns.values():
        roles = [role for role, _, slot in (t.partition(".") for t in spec.to) if slot == "name"]
        behind: dict[tuple[str, str], tuple[str, str]] = {}
        for row in laid.rows:
            for first in row.get(roles[0], ()) if len(roles) > 1 else ():
                for other in (player for role in roles[1:] for player in row.get(role, ())):
                    known = behind.setdefault((first.cls, first.id), (other.cls, other.id))
                    named = bool(other.values("name") or ":" in other.id)
                    if known != (other.cls, other.id) or (named and name_in(other.id) != name_in(first.id)):
                        return True
    return False


def _unmet(laid: Laid) -> int:
    """How many of the columns that a table is known by the records have nothing for."""
    columns = [c for key, c in laid.table.columns.items() if c.to and is_known_by(laid.table, key)]
    return sum(not any(laid.used.has(*t.split(".", 1)) for t in c.to) for c in columns)


def _file_name(profile: Profile, table: Table, several: bool) -> str:
    """Name of the file that a table goes to."""
    form, stem = table.form or profile.write.form, profile.write.file or profile.id
    if form == "xlsx":
        return f"{stem}.xlsx"
    return f"{table.sheet or (f'{stem}-{table.id}' if several else stem)}.{form}"


def _laid_out(table: Table, graph: Graph) -> Laid | None:
    rows = rows_of(table, graph, set()) if table.holds == "records" and table.records else []
    own = [{role: [graph.lender(p) for p in players] for role, players in row.items()} for row in rows]
    used = Used(own)
    return Laid(table, rows, _said_in(table, used), used) if rows else None


def _said_in(table: Table, used: Used) -> frozenset[tuple[str, str]]:
    """Class and slot of what a table has columns for, for records that stand in its rows."""
    found: set[tuple[str, str]] = set()
    for header_target in (t for spec in table.columns.values() for t in spec.to):
        role, _, slot = header_target.partition(".")
        if used.has(role, slot) and not table.records[role].stub:
            found.add((table.records[role].cls, slot))
    for role in table.auto:
        named = (s for s in used.slots.get(role, ()) if s != "attributes" and MODEL.slots[s].kind != "reference")
        found.update((table.records[role].cls, slot) for slot in named)
    for role in used.counts:
        if not table.records[role].stub:
            found.update((table.records[role].cls, slot) for slot in table.records[role].links if used.has(role, slot))
    return frozenset(found)


def _alien(laid: Laid) -> float:
    """How little a table is meant for the records: a share below one, the smaller the more of its own columns they fill."""
    filled = sum(any(laid.used.has(*t.split(".", 1)) for t in spec.to) for spec in laid.table.columns.values())
    return 1 / (filled + 1)


def _columns_of(table: Table) -> Iterable[tuple[str, str]]:
    """Class and slot of the columns that a table has by itself."""
    for spec in table.columns.values():
        for target in spec.to:
            role, _, slot = target.partition(".")
            yield table.records[role].cls, slot


def _heads(
    profile: Profile, table: Table, rows: Sequence[Row], before: Told, told: Told, language: str, others: frozenset[tuple[str, str]]
) -> list[str]:
    """Headers of a table beside those that were filled before, and those that others have columns for."""
    known = {**before, **told, **{key: before[key] | told[key] for key in before.keys() & told.keys()}}
    return headings(table, Used(rows, known), language, extra=profile.write.extra, others=others)


def _grid(profile: Profile, table: Table, rows: Sequence[Row], terms: Terms, composed: Composed, heads: Sequence[str]) -> SheetGrid:
    plan = _planned(profile, table, heads, rows, terms)
    filler = Filler(plan, composed.told)
    cells = [filler.row(row) for row in rows]
    composed.made |= filler.notes.made
    composed.renamed |= filler.notes.renamed
    keep = [c for c, h in enumerate(heads) if any(row[c] for row in cells) or _required(plan, c)]
    targets = _targets(plan)
    main = [(r.cls, r.id) if (r := next(iter(row.get(table.main, ())), None)) is not None else None for row in rows]
    return SheetGrid(
        _sheet_name(table),
        [[heads[c] for c in keep], *([row[c] for c in keep] for row in cells)],
        table=table.id,
        records=[None, *main],
        targets=[targets.get(c) for c in keep],
    )


def _planned(profile: Profile, table: Table, heads: Sequence[str], rows: Sequence[Row], terms: Terms) -> Plan:
    """The plan of a sheet with these headers; where cells hold lists, one as long as the longest of them stands below."""
    most = max((len(p) for row in rows for role, p in row.items() if table.records[role].repeat), default=1)
    spreads = {part.strip(): spec.spread for key, spec in table.columns.items() if spec.spread for part in key.split("|")}
    sample = [(spreads[h] or "").join("x" * most) if h in spreads else "x" for h in heads]
    sheet = from_rows(heads, [sample]).sheets[0]
    words = profile.missing
    return compile_plan(profile, table, sheet, Environment("", terms, None, sheet, frozenset(words.quiet), frozenset(words.keep)))


def _required(plan: Plan, column: int) -> bool:
    spec = next((m.spec for m in plan.matches if m.column == column and m.spec is not None), None)
    return (spec is not None and spec.required) or is_known_by(plan.table, plan.headers[column])


def _sheet_name(table: Table) -> str:
    """The name that a table's sheet is recognised by."""
    names = [n for n in (table.sheet, table.title, table.id, table.id.replace("-", " "), table.id.replace("-", "_")) if n]
    patterns = [re.compile(p, re.IGNORECASE) for p in table.recognise.sheets]
    return next((n for n in names if any(p.search(n) for p in patterns)), names[0])


def _targets(plan: Plan) -> dict[int, tuple[str, str]]:
    """Class and slot that each column carries."""
    found: dict[int, tuple[str, str]] = {}
    for template in plan.templates:
        for index in template.readers:
            reader = plan.readers[index]
            for column in reader.columns if reader.counted else ():
                found.setdefault(column, (template.cls, reader.slot))
    return found


def losses_of(graph: Graph, told: Told) -> list[Loss]:
    """Return what records say and no cell carries.

    Parameters
    ----------
    graph
        The records.
    told
        What cells carry, by class and id.
    """
    slots = {(cls, slot) for (cls, _), values in told.items() for slot, _ in values}
    found: list[Loss] = []
    for record in graph.records:
        own = told.get((record.cls, record.id))
        if own is None:
            if not record.stub:
                found.append(Loss(record.cls, record.id, "", "", "no table"))
            continue
        said = dict.fromkeys([(slot, v) for slot, values in record.items() for v in values])
        left = [fact for fact in said if fact not in own and (fact[0], str(fact[1])) not in own]
        counts, held = (Counter(s for s, _ in said), {s for s, _ in own}) if left else (Counter(), set())
        for slot, value in left:
            several = counts[slot] > 1 and slot in held
            why = "one value" if several else "spelling" if (record.cls, slot) in slots else "no column"
            found.append(Loss(record.cls, record.id, slot, as_lost(value), why))
        for reading in record.readings:
            for kind, entry in (("missing", reading.missing), ("rejected", reading.rejected)):
                if entry is not None and (kind, entry) not in own:
                    text = entry.reason if isinstance(entry, Missing) else entry.raw
                    known = entry.slot in MODEL.slots and (record.cls, entry.slot) in slots
                    found.append(Loss(record.cls, record.id, entry.slot, text, "spelling" if known else "no column"))
    return sorted(set(found))
