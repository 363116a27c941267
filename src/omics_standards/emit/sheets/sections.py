"""Workbooks of titled sections, written: a sheet per study, each block under its title as the archive's template has it.

A block is a table of the profile, filled as any table is; one of keys and values is a table of one row, turned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...errors import UsageError
from ...mapping.headers import match_headers
from ...mapping.plan import compile_plan
from ...mapping.steps import Environment
from ...records import Attribute
from ...tables.reader import from_rows
from ...terms import get_terms
from .composed import Composed, SheetGrid
from .fill import Filler
from .graph import Graph, free_roles, is_such, rows_of
from .headings import Used, headings
from .spelling import name_in
from .tables import losses_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...profiles.documents import SectionSpec
    from ...profiles.schema import Profile, Table
    from ...records import Record
    from ...terms import Terms
    from .fill import Told
    from .graph import Row

__all__ = ["compose_sections"]


class _Filled(NamedTuple):
    """A table with its cells: headers as the profile has them, and the records that the rows are of."""

    table: Table
    heads: list[str]
    cells: list[list[str]]
    rows: list[Row]


_Line = tuple[list[str], "Record | None"]


class _Composer:
    """Writes the records of a dataset into the sections of a format."""

    def __init__(self, profile: Profile, records: Iterable[Record], terms: Terms) -> None:
        self.profile = profile
        self.graph = Graph(records)
        self.terms = terms
        self.told: Told = {}
        self.keyed = {p.table for p in profile.blocks.parts if p.shape != "rows"} if profile.blocks else set()
        self.carried = {p.table: {h.lstrip("* ") for h in p.carry} for p in profile.blocks.parts} if profile.blocks else {}

    def compose(self) -> Composed:
        """Write a sheet for each record that the sheet as a whole is of."""
        names = dict.fromkeys(s.table for s in self.profile.sections)
        rows = self._apart({n: self._rows(self.profile.table(n)) for n in names})
        first = next((n for n in names if n in self.keyed), None)
        # All that stands in one sheet is of the one record that its keys describe.
        wholes: list[Row | None] = list(rows[first]) if first is not None and rows[first] else [None]
        composed = Composed()
        for number, whole in enumerate(wholes):
            own = {n: self._of(whole, among, first=number == 0) for n, among in rows.items() if n not in self.keyed}
            own |= {n: rows[n][number : number + 1] for n in rows if n in self.keyed}
            if any(own.values()):
                composed.grids += self._sheets(own, number)
        self.graph.give_back(self.told)
        composed.losses, composed.told = losses_of(self.graph, self.told), self.told
        return composed

    def _apart(self, rows: dict[str, list[Row]]) -> dict[str, list[Row]]:
        """Leave a record that several tables may hold, since nothing says which, to the first of them."""
        taken: set[tuple[str, str]] = set()
        found: dict[str, list[Row]] = {}
        for name, among in rows.items():
            table = self.profile.table(name)
            told = table.records[table.main].set
            mains = [row[table.main][0] for row in among]
            found[name] = [r for r, m in zip(among, mains, strict=True) if not told or (m.cls, m.id) not in taken]
            taken |= {(m.cls, m.id) for m in mains if told}
        return found

    def _rows(self, table: Table) -> list[Row]:
        found = [row for told in rows_of(table, self.graph, set()) for row in self._completed(table, told)]
        rows = [self._with_namesakes(table, row) for row in found]
        if table.id in self.keyed:
            return rows
        # Pairs of files that are told apart from the samples are all that there are; else those of the samples are told again.
        alone = [r for r in rows if table.records[table.main].cls == "Run" and not r[table.main][0].values("assay")]
        return alone or [r for r in rows if self._says_more(table, r)]

    def _completed(self, table: Table, row: Row) -> list[Row]:
        """Add what joins a row by a shorter way than the table's: a library of the sample itself, where the table has one of its extract.

        Returns
        -------
        list of dict
            One row per such record, where there are several.
        """
        rows = [row]
        for role, spec in table.records.items():
            if role in row or table.main not in row:
                continue
            longer: list[Row] = []
            for one in rows:
                found = self._joining(table, one, role)
                if not found:
                    longer.append(one)
                elif spec.repeat or any(table.records[t].repeat for targets in spec.links.values() for t in targets):
                    # The files of several runs stand in one row.
                    longer.append({**one, role: found})
                else:
                    longer += [{**one, role: [record]} for record in found]
            rows = longer
        return [self._led_to(table, one) for one in rows]

    def _joining(self, table: Table, row: Row, role: str) -> list[Record]:
        """Records that point past an absent role of a row to the one that it would point to, or to one that was found so."""
        spec = table.records[role]
        found: dict[str, Record] = {}
        for slot, targets in spec.links.items():
            beyond = [y for x in targets if x not in row for others in table.records[x].links.values() for y in others]
            for name in (*targets, *beyond):
                for record in row.get(name, ())[:1]:
                    for source in self.graph.pointing(slot, record):
                        if is_such(source, spec) and not source.stub:
                            found.setdefault(source.id, source)
        return list(found.values())

    def _led_to(self, table: Table, row: Row) -> Row:
        """Add what the records of a row point to and the row has not yet."""
        for role in list(row):
            for slot, targets in table.records[role].links.items():
                for name in targets if role in row else ():
                    linked = [t for one in row[role] for t in self.graph.targets(one, slot)] if name not in row else []
                    found = list({t.id: t for t in linked if is_such(t, table.records[name])}.values())
                    if found:
                        row = {**row, name: found if table.records[name].repeat else found[:1]}
        return row

    def _with_namesakes(self, table: Table, row: Row) -> Row:
        """Add the records that no link joins to the main one and that the cell that names it names, too."""
        main, named = row[table.main][0], set(table.records[table.main].id)
        for role in free_roles(table):
            spec = table.records[role]
            if role in row or not named & set(spec.id):
                continue
            same = [r for r in self.graph.records if r.cls == spec.cls and name_in(r.id) == name_in(main.id)]
            if same:
                row = {**row, role: same[:1]}
        return row

    def _says_more(self, table: Table, row: Row) -> bool:
        """Tell whether a row is worth writing: names of files alone stand with their samples."""
        spec = table.records[table.main]
        if spec.cls == "Run":
            return any(len(players) > 1 for role, players in row.items() if table.records[role].repeat)
        if spec.cls == "DataFile":
            main = row[table.main][0]
            slots = {t.partition(".")[2] for c in table.columns.values() for t in c.to if t.startswith(f"{table.main}.")} - {"file_name"}
            kept = {part.strip() for key, c in table.columns.items() if c.keep == table.main for part in key.split("|")}
            named = {v.name for v in main.values("attributes") if isinstance(v, Attribute)}
            return len(row) > 1 or any(main.values(s) for s in slots) or bool(kept & named) or self._alone(main)
        return True

    def _alone(self, file: Record) -> bool:
        return not file.values("samples") and not self.graph.pointing("data_files", file) and not self.graph.pointing("outputs", file)

    def _of(self, whole: Row | None, rows: Sequence[Row], *, first: bool) -> list[Row]:
        """The rows that belong to a sheet: those that share its record, and, on the first sheet, those that share none."""
        ids = {(r.cls, r.id) for players in (whole or {}).values() for r in players}
        mains = {r.cls for players in (whole or {}).values() for r in players[:1]}
        found = []
        for row in rows:
            shared = [(r.cls, r.id) for players in row.values() for r in players if r.cls in mains]
            if ids & set(shared) or (first and not shared):
                found.append(row)
        return found

    # --- sheets ------------------------------------------------------------------------------------------------------

    def _sheets(self, rows: dict[str, list[Row]], number: int) -> list[SheetGrid]:
        filled = {n: self._filled(self.profile.table(n), r) for n, r in rows.items()}
        grids: dict[str, SheetGrid] = {}
        for section in self.profile.sections:
            table = filled[section.table]
            if not section.always and not table.cells:
                continue
            name = section.sheet if not number else f"{section.sheet} {number + 1}"
            grid = grids.setdefault(section.sheet, SheetGrid(name, [], file=f"{self.profile.write.file or self.profile.id}.xlsx"))
            self._block(grid, section, table)
        return list(grids.values())

    def _filled(self, table: Table, rows: Sequence[Row]) -> _Filled:
        """Fill the cells of a table; headers that repeat a cell of another section stand there."""
        used = Used(rows)
        heads = [h for h in headings(table, used) if h not in self.carried.get(table.id, ())]
        if not rows:
            return _Filled(table, heads, [], [])
        sheet = from_rows(heads, [["x"] * len(heads)]).sheets[0]
        words = self.profile.missing
        env = Environment("", self.terms, None, sheet, frozenset(words.quiet), frozenset(words.keep))
        filler = Filler(compile_plan(self.profile, table, sheet, env), self.told)
        cells: dict[tuple[str, ...], Row] = {}
        for row in rows:
            # What is told twice, of a sample and of its run, is one row.
            cells.setdefault(tuple(filler.row(row)), row)
        return _Filled(table, heads, [list(c) for c in cells], list(cells.values()))

    def _block(self, grid: SheetGrid, section: SectionSpec, filled: _Filled) -> None:
        """Put a section below those that stand there, or right of the last one."""
        lines: list[_Line] = [([text], None) for text in (section.title, *section.notes)]
        order = self._order(section, filled)
        if section.table in self.keyed:
            for header, column in order:
                values = [row[column] for row in filled.cells] if column is not None else []
                lines.append(([header, *values] if any(values) else [header], None))
        else:
            kept = [(h, c) for h, c in order if c is not None or not self._optional(section, h)]
            if section.table == self._largest():
                grid.header, grid.table = len(grid.rows) + len(lines) + bool(grid.rows), section.table
            lines.append(([h for h, _ in kept], None))
            for cells, row in zip(filled.cells, filled.rows, strict=True):
                main = next(iter(row.get(filled.table.main, ())), None)
                lines.append(([cells[c] if c is not None else "" for _, c in kept], main))
        if section.beside and grid.rows:
            self._beside(grid, lines, section.beside)
        else:
            for told, record in [([], None), *lines] if grid.rows else lines:
                self._add(grid, told, record)

    def _beside(self, grid: SheetGrid, lines: Sequence[_Line], gap: int) -> None:
        """Put lines right of the last block of a sheet, with empty columns between the two."""
        top = max((i + 1 for i, row in enumerate(grid.rows) if not row), default=0)
        left = max(len(row) for row in grid.rows[top:]) + gap
        for number, (cells, record) in enumerate(lines, top):
            if number == len(grid.rows):
                self._add(grid, [], record)
            row = grid.rows[number]
            row += [*[""] * (left - len(row)), *cells]

    def _largest(self) -> str:
        """The table whose rows a sheet is read by: the first of rows."""
        return next((s.table for s in self.profile.sections if s.table not in self.keyed), "")

    @staticmethod
    def _add(grid: SheetGrid, cells: list[str], record: Record | None = None) -> None:
        grid.rows.append(cells)
        grid.records.append((record.cls, record.id) if record is not None else None)

    @staticmethod
    def _optional(section: SectionSpec, header: str) -> bool:
        return not header.startswith("*") and not section.always

    def _order(self, section: SectionSpec, filled: _Filled) -> list[tuple[str, int | None]]:
        """Join the headers of a section to the columns that are filled: header as written, and its column."""
        table = filled.table
        meant = [_meaning(table, h) for h in filled.heads]
        listed = {_meaning(table, h) for s in self.profile.sections if s.table == section.table for h in s.headers if h != "*"}
        found: list[tuple[str, int | None]] = []
        for header in section.headers:
            if header == "*":
                others = [i for i, m in enumerate(meant) if m not in listed and any(row[i] for row in filled.cells)]
                found += [(_plain(table, filled.heads[i]), i) for i in others]
                continue
            number = match_headers(table, [header])[0].number
            columns = [i for i, m in enumerate(meant) if m == _meaning(table, header) and _numbered(table, filled.heads[i], number)]
            found += [(header, i) for i in columns if any(row[i] for row in filled.cells)] or [(header, None)]
        return found


def _meaning(table: Table, header: str) -> str:
    """What a header means in a table: the column of the profile, or the slot or name that it is read as."""
    match = match_headers(table, [header])[0]
    if match.how in ("column", "pattern") and "{name}" not in match.key:
        return match.key if "{n}" in match.key or not match.number else f"{match.key} {match.number}"
    if match.spec is not None and match.spec.to:
        return match.spec.to[0]
    named = match_headers(table, [match.name])[0] if match.name else match
    return named.spec.to[0] if named.spec is not None and named.spec.to else (match.name or header).lstrip("* ").casefold()


def _numbered(table: Table, header: str, number: str) -> bool:
    """Tell whether a header has a number; where none is asked for, each has."""
    return not number or (match_headers(table, [header])[0].number or "1") == number


def _plain(table: Table, header: str) -> str:
    """A header without the words around a name (``characteristics: age``), where the name alone is read as the same."""
    match = match_headers(table, [header])[0]
    if "{name}" in match.key and match.name:
        bare = header.partition(":")[2].strip() or match.name
        if match_headers(table, [bare])[0].how in ("alias", "unknown"):
            return bare
    return header


def compose_sections(profile: Profile, records: Iterable[Record], *, terms: Terms | None = None) -> Composed:
    """Write records as sheets of titled sections.

    Parameters
    ----------
    profile
        Of layout ``sections``, with ``sections``.
    records
        Any records; where they came from does not matter.
    terms
        The ontology bundle that spellings of terms are checked with; None for the default one.

    Returns
    -------
    Composed
        A grid per sheet, and what they do not hold.

    Raises
    ------
    UsageError
        The profile does not say how its sheets are written.
    """
    if not profile.sections:
        raise UsageError(f"{profile.title} is read and not written: its profile {profile.id!r} has no 'sections'")
    return _Composer(profile, records, terms if terms is not None else get_terms()).compose()
