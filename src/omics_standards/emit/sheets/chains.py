"""Writing tables whose rows are paths: SDRF-Proteomics, MAGE-TAB's SDRF, the study and assay files of ISA-Tab."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ...mapping.headers import header_forms
from ...profiles.schema import Column
from ...records import Attribute, GeoPoint, Missing, Quantity, Term
from .composed import SheetGrid
from .lanes import put_in_order
from .paths import key_of
from .telling import Fact, Speller, Told, facts_of
from .wording import Wording, planned

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...mapping.plan import Plan
    from ...mapping.readers import Reader
    from ...profiles.schema import Profile, Table
    from ...records import Record
    from ...terms import Terms
    from .lanes import Order, Row
    from .paths import Key

__all__ = ["Laid", "compose_rows"]


class Laid(NamedTuple):
    """The rows of a sheet.

    ``lanes``: the role of each step. ``rows``: per row, the record of each step. ``beside``: per row, records that are told of in the
    columns of a step: role to record. ``homes``: the step that tells of each such role. ``named``: records that are named here and
    described in another sheet.
    """

    lanes: list[str]
    rows: list[Row]
    beside: list[dict[str, Record]]
    homes: Mapping[str, str] = {}
    named: frozenset[Key] = frozenset()


class _Cells(NamedTuple):
    """A column, and those that qualify it.

    ``copy``: which of the values that a record has under this header. ``shown``: the header, where the sheet spells it otherwise.
    """

    lane: int
    role: str
    header: str
    parts: tuple[str, ...]
    copy: int
    shown: str = ""


# The order of the columns of SDRF-Proteomics (version 1.1, "Format rules").
_SECTIONS = ("source name", "characteristics", "material type", "assay name", "technology type", "comment", "factor value")
_QUALIFIED = {"source": "Term Source REF", "accession": "Term Accession Number", "unit": "Unit"}


def compose_rows(profile: Profile, table: Table, laid: Laid, terms: Terms, name: str, order: Order, *, keyed: bool = False) -> SheetGrid:
    """Write rows of steps as a grid of cells.

    Parameters
    ----------
    profile, table
        The format.
    laid
        The rows.
    terms
        What the reader of the sheet will look texts up in.
    name
        Of the sheet; with its ending where it is a file of its own.
    order
        The place of each record among those of the dataset.
    keyed
        Whether terms may be written as ``NT=name;AC=accession``.
    """
    return _Composer(profile, table, laid, terms, name, keyed=keyed).grid(order)


def _declared(laid: Laid) -> set[str]:
    """The templates that the records of some rows declare, without their versions."""
    there = {key_of(r): r for row, more in zip(laid.rows, laid.beside, strict=True) for r in (*row, *more.values()) if r is not None}
    said = [str(v).split() for r in there.values() for v in r.values("conforms_to")]
    return {words[0].casefold() for words in said if words}


class _Composer:
    """Makes one grid."""

    def __init__(self, profile: Profile, table: Table, laid: Laid, terms: Terms, name: str, *, keyed: bool) -> None:
        self.profile, self.table, self.laid, self.terms, self.name = profile, table, laid, terms, name
        self.words = Wording(profile, table, terms, _declared(laid))
        self.speller = Speller(frozenset(profile.missing.quiet), keyed=keyed)
        self._told: dict[tuple[Key, str], dict[str, Told]] = {}
        self.bare: set[tuple[str, str]] = set()

    def told(self, role: str, beside: str, record: Record) -> dict[str, Told]:
        """What a record says here, by header."""
        key = (key_of(record), role)
        if key not in self._told:
            self._told[key] = {} if key_of(record) in self.laid.named else facts_of(self.words, role, beside, record)
        return self._told[key]

    def members(self, lane: int) -> list[tuple[str, Record]]:
        """The records that the columns of a step tell of, with their roles."""
        found: dict[tuple[str, Key], tuple[str, Record]] = {}
        role = self.laid.lanes[lane]
        for row, beside in zip(self.laid.rows, self.laid.beside, strict=True):
            for one, record in self.at(lane, role, row, beside):
                found.setdefault((one, key_of(record)), (one, record))
        return list(found.values())

    def at(self, lane: int, role: str, row: Row, beside: Mapping[str, Record]) -> list[tuple[str, Record]]:
        """The records of a row that a step's columns tell of."""
        own = row[lane]
        if own is None:
            return []
        return [(role, own), *((r, x) for r, x in beside.items() if self.laid.homes.get(r) == role)]

    def columns(self) -> list[_Cells]:
        """All columns, in the order of the format."""
        found: list[_Cells] = []
        late: list[_Cells] = []
        last = {role: i for i, role in enumerate(self.laid.lanes)}
        for lane, role in enumerate(self.laid.lanes):
            counts: dict[str, int] = defaultdict(int)
            values: dict[str, list[Fact]] = defaultdict(list)
            for one, record in self.members(lane):
                for header, told in self.told(one, role, record).items():
                    split = (spec := self.words.spec(header)) is not None and spec.split
                    counts[header] = max(counts[header], 1 if split or not told.facts else len(told.facts))
                    values[header] += [*told.facts, *told.others]
                for header in self.words.id_texts(one, record):
                    counts[header] = max(counts[header], 1)
            head = self.words.head(role)
            shown = self.words.last_head(role) if lane == len(self.laid.lanes) - 1 else head
            if head:
                found.append(_Cells(lane, role, head, ("value",), 0, shown))
            for header in sorted(counts, key=lambda h: (self._second(role, h, values[h]), self.words.rank(h))):
                if header == head or (self.table.chain is None and self._elsewhere(header, role)):
                    continue
                parts = self._parts(role, header, values[header])
                cells = [_Cells(lane, role, header, parts, k) for k in range(counts[header])]
                factor = header.casefold().startswith("factor") and last[role] == lane
                (late if factor else found).extend(cells)
            found += self._skipped(lane)
        whole = [*found, *late]
        if self.table.chain is None:
            # What kind of fact a column holds says where it stands, not whose fact it is.
            whole.sort(key=lambda c: next((i for i, s in enumerate(_SECTIONS) if c.header.startswith(s)), len(_SECTIONS)))
        return whole

    def _skipped(self, lane: int) -> list[_Cells]:
        """Columns of a step that the rows skip, but say something of: a label without a labelled extract belongs to the step before it."""
        if self.table.chain is None:
            return []
        role = self.laid.lanes[lane]
        names = {name for one, record in self.members(lane) for name in self.stray(one, role, record)}
        found: list[_Cells] = []
        for other in self.table.chain.steps:
            own = [h for h in sorted(names, key=self.words.rank) if self.words.head_of(h) == other]
            if own and other != role:
                head = self.words.head(other)
                terms = [("value", "source", "accession") if self._has_terms(lane, h) else ("value",) for h in own]
                found.append(_Cells(lane, other, head, ("value",), 0))
                found += [_Cells(lane, other, h, p, 0) for h, p in zip(own, terms, strict=True) if h != head]
        return found

    def _has_terms(self, lane: int, header: str) -> bool:
        role = self.laid.lanes[lane]
        return any(
            isinstance(f.value, Attribute) and f.value.term is not None
            for one, r in self.members(lane)
            for f in self.stray(one, role, r).get(header, ())
        )

    def stray(self, role: str, beside: str, record: Record) -> dict[str, list[Fact]]:
        """What a record says under the headers of steps that its rows skip."""
        found: dict[str, list[Fact]] = {}
        for reading in record.readings if key_of(record) not in self.laid.named and role == beside else ():
            for value in reading.values:
                if isinstance(value, Attribute) and reading.slot == "attributes" and self._is_stray(role, value.name):
                    found.setdefault(value.name, []).append(Fact("attributes", value))
            if reading.missing is not None and self._is_stray(role, reading.missing.slot):
                found.setdefault(reading.missing.slot, []).append(Fact("attributes", reading.missing))
        return found

    def _is_stray(self, role: str, name: str) -> bool:
        owner = self.words.head_of(name)
        return owner is not None and owner != role

    def _second(self, role: str, header: str, facts: Sequence[Fact]) -> bool:
        """Tell whether a header is another name of a slot, and stands behind the column of the slot for what that does not hold."""
        first = next(iter(self.words.readers(role, header)), None)
        return bool(facts) and first is not None and first[1].slot != "attributes" and all(f.slot == "attributes" for f in facts)

    def _elsewhere(self, header: str, role: str) -> bool:
        """Tell whether a header begins another step."""
        return any(header == self.words.head(other) for other in self.laid.lanes if other != role)

    def _parts(self, role: str, header: str, facts: Sequence[Fact]) -> tuple[str, ...]:
        """Which cells stand beside a value: accession and source of a term, a unit."""
        kinds = {*self.table.qualifiers.values(), *(((known := self.words.spec(header)) is not None and known.companions) or ())}
        # A name whose accession is another's is no term, and stands beside that accession where somebody knows it.
        terms = any(
            v.id is not None or len(f.raw) == len(("name", "source", "accession")) for f in facts if isinstance(v := _term_in(f), Term)
        )
        units = any(isinstance(f.value, Quantity | Attribute) and f.value.unit for f in facts)
        spec = self.words.spec(header)
        if spec is not None and any(isinstance(f.value, GeoPoint) for f in facts):
            return ("value", *(p for p in spec.companions if p == "longitude"))
        terms = terms and (role, header) not in self.bare
        wanted = [*(("source", "accession") if terms else ()), *(("unit",) if units else ())]
        # Cells that the profile names stand in its order, and are read in it.
        told = list(spec.companions) if spec is not None else []
        wanted.sort(key=lambda p: told.index(p) if p in told else len(told))
        return ("value", *(p for p in wanted if p in kinds))

    def grid(self, order: Order) -> SheetGrid:
        """The grid."""
        beside = {id(row): b for row, b in zip(self.laid.rows, self.laid.beside, strict=True)}
        ordered = put_in_order(list(self.laid.rows), order)
        first = self._filled(ordered, beside)
        doubtful = {k for k in first.unsaid if k in first.qualified}
        if doubtful:
            # Terms that depend on the row's organism are known by their names, and by their names only.
            self.bare = doubtful
            second = self._filled(ordered, beside)
            self.bare = {k for k in doubtful if second.unsaid[k] < first.unsaid[k]}
            first = second if self.bare == doubtful else self._filled(ordered, beside)
        headers, missing, cells, rows = first.headers, first.missing, first.cells, first.rows
        distinct = list(dict.fromkeys(map(tuple, rows)))
        main = next((i for i, r in enumerate(self.laid.lanes) if r == self.table.main), 0)
        # A row that ends before the step which the table is about is of the last step that it has.
        ends = [row[main] or next((r for r in reversed(row) if r is not None), None) for row in ordered]
        firsts = {tuple(cells): end for cells, end in zip(reversed(rows), reversed(ends), strict=True)}
        records = [key_of(r) if (r := firsts[t]) is not None else None for t in distinct]
        targets = [t for c in cells for t in [self._target(c), *[None] * (len(c.parts) - 1)]]
        return SheetGrid(
            self.name,
            [[*headers, *missing], *map(list, distinct)],
            table=self.table.id,
            records=[None, *records],
            targets=[*targets, *[None] * len(missing)],
        )

    def _filled(self, rows: Sequence[Row], beside: Mapping[int, Mapping[str, Record]]) -> _Filling:
        cells = self.columns()
        headers = [h for c in cells for h in (c.shown or c.header, *(self._beside(c.header, p) for p in c.parts[1:]))]
        missing = self._required(headers)
        plan = planned(self.profile, self.table, [*headers, *missing], self.terms, self.name)
        filled = _Filling(self, plan, cells, headers, missing)
        filled.rows = [filled.row(row, beside[id(row)]) + [""] * len(missing) for row in rows]
        return filled

    def _beside(self, header: str, part: str) -> str:
        """The header of a cell beside a value."""
        spec = self.words.spec(header)
        if spec is not None and part in spec.companions and part not in self.table.qualifiers.values():
            return spec.companions[part].partition("|")[0].strip()
        return _QUALIFIED[part]

    def _required(self, headers: Sequence[str]) -> list[str]:
        """Headers without which the table is not known as what it is."""
        forms = {header_forms(h)[0] for h in headers}
        wanted = [[p.strip() for p in text.split("|")] for text in self.table.recognise.all]
        return [w[0] for w in wanted if not any(header_forms(p)[0] in forms for p in w)]

    def _target(self, cells: _Cells) -> tuple[str, str] | None:
        first = next(iter(self.words.readers(cells.role, cells.header)), None)
        return (self.table.records[first[0]].cls, first[1].slot) if first is not None else None


def _term_in(fact: Fact) -> Term | None:
    value = fact.value
    return value if isinstance(value, Term) else value.term if isinstance(value, Attribute) else None


class _Filling:
    """Fills the rows of a grid."""

    def __init__(self, composer: _Composer, plan: Plan, cells: Sequence[_Cells], headers: Sequence[str], missing: Sequence[str]) -> None:
        self.composer = composer
        self.cells, self.headers, self.missing = cells, headers, missing
        self.rows: list[list[str]] = []
        self.places: list[tuple[int, _Cells]] = []
        at = 0
        for one in cells:
            self.places.append((at, one))
            at += len(one.parts)
        self.width = at
        self.readers: dict[int, list[Reader]] = defaultdict(list)
        for reader in plan.readers:
            self.readers[reader.columns[0]].append(reader)
        for readers in self.readers.values():
            readers.sort(key=lambda r: not r.counted)
        widths = {at: len(one.parts) for at, one in self.places}
        looking = {c for c, rs in self.readers.items() if any(r.context or len(r.columns) > widths.get(c, 1) for r in rs)}
        self.in_turn = sorted(self.places, key=lambda p: (p[0] in looking, p[0]))
        self.seen: dict[tuple[int, Key], int] = defaultdict(int)
        # How often the cells of a column, by role and header, do not say a fact; and which columns have an accession beside them.
        self.unsaid: Counter[tuple[str, str]] = Counter()
        self.qualified = {(c.role, c.header) for c in cells if "accession" in c.parts}

    def row(self, row: Row, beside: Mapping[str, Record]) -> list[str]:
        """The cells of a row."""
        texts = [""] * self.width
        lanes = self.composer.laid.lanes
        turns: dict[tuple[int, Key], int] = {}
        for at, cells in self.in_turn:
            for role, record in self.composer.at(cells.lane, lanes[cells.lane], row, beside):
                key = (cells.lane, key_of(record))
                turn = turns.setdefault(key, self.seen[key])
                found = self._texts(at, cells, role, record, turn, texts)
                if found is not None:
                    texts[at : at + len(found)] = found
                    break
        for key in turns:
            self.seen[key] += 1
        return texts

    def _texts(self, at: int, cells: _Cells, role: str, record: Record, turn: int, texts: Sequence[str]) -> tuple[str, ...] | None:
        lanes_role = self.composer.laid.lanes[cells.lane]
        words = self.composer.words
        if cells.role != lanes_role:
            return self._stray(cells, role, record)
        told = self.composer.told(role, cells.role, record).get(cells.header)
        named = words.id_texts(role, record).get(cells.header)
        rest = ("",) * (len(cells.parts) - 1)
        if told is None:
            # A file that a run is named by is told by the file.
            owners = [owner for owner, _ in words.readers(cells.role, cells.header)]
            own = not owners or role in owners
            return None if named is None or cells.copy or not own else (named, *rest)
        readers = self.readers.get(at, [])
        if not readers:
            return None
        facts = told.facts
        # The first row says what holds, the next ones what contradicts it.
        if 0 < turn <= len(told.others):
            facts = [told.others[turn - 1]] if not cells.copy else []
        elif not facts and told.others:
            facts = told.others[:1]
        spec = words.spec(cells.header) or Column(keep="x", units=words.units(cells.header))
        first = [named] if named is not None else []
        if spec.split and len(facts) > 1:
            joined = [t[0] for f in facts if (t := self._one(readers, record, f, spec, cells.parts, texts, [])) is not None]
            return (f"{spec.split}".join(joined), *rest)
        if cells.copy >= len(facts):
            return None
        found = self._one(readers, record, facts[cells.copy], spec, cells.parts, texts, first)
        if found is None:
            self.unsaid[cells.role, cells.header] += 1
        return found if found is not None else (named, *rest) if named is not None and not cells.copy else None

    def _stray(self, cells: _Cells, role: str, record: Record) -> tuple[str, ...] | None:
        """The cells of a step that the row skips."""
        facts = self.composer.stray(role, role, record).get(cells.header, [])
        if not facts:
            return None
        value = facts[0].value
        if isinstance(value, Missing):
            return (value.raw, *("",) * (len(cells.parts) - 1))
        assert isinstance(value, Attribute)
        if "accession" in cells.parts and value.term is not None and value.term.id:
            return value.value, value.term.id.partition(":")[0], value.term.id
        return (value.value, *("",) * (len(cells.parts) - 1))

    def _one(
        self,
        readers: Sequence[Reader],
        record: Record,
        fact: Fact,
        spec: Column,
        parts: tuple[str, ...],
        texts: Sequence[str],
        first: Sequence[str],
    ) -> tuple[str, ...] | None:
        # A cell has several readers; what the first does not take may be kept by another.
        for reader in sorted(readers, key=lambda r: r.slot != fact.slot):
            at = reader.columns[0]
            around: list[int | str] = [
                c - at if at <= c < at + len(parts) else texts[c] if c < len(texts) else "" for c in (*reader.columns, *reader.context)
            ]
            found = self.composer.speller.texts(reader, record, fact, spec, parts, around, first)
            if found is not None:
                return found
        return None
