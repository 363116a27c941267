"""Filling the cells of a row: for each column the text that its own readers read back as what the records say."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ...mapping.headers import header_forms
from ...mapping.ids import record_id
from ...models.slots import MODEL
from ...profiles.schema import Column
from ...records import Attribute, Missing, Reading, Record, Rejected, Term
from ...values.text import clean, normal
from .spelling import absences, name_in, spellings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...mapping.headers import Match
    from ...mapping.plan import Plan, Template
    from ...mapping.readers import Reader
    from ...records import Value
    from .graph import Row

__all__ = ["Filler", "Told", "alike"]

Told = dict[tuple[str, str], set[tuple[str, object]]]
"""By class and id of a record, the slots and values that cells carry."""


class _Place(NamedTuple):
    """A reader of a cell, and the template whose record it feeds; ``piece``: which piece of a list in the cell, 0 where it is none."""

    reader: Reader
    template: int
    match: Match
    piece: int = 0

    @property
    def spec(self) -> Column:
        return self.match.spec or Column(keep="x")

    @property
    def parts(self) -> tuple[str, ...]:
        step = getattr(self.reader.read, "step", None)
        count = len(self.reader.columns)
        known = step.parts if step is not None else tuple(getattr(self.reader.read, "parts", ("value",)))
        return known[:count] if len(known) >= count else (*known, *["other"] * (count - len(known)))


def alike(one: Value, other: Value) -> bool:
    """Tell whether two values are one: terms by their ids, labels where they have none.

    Examples
    --------
    >>> alike(Term("UBERON:0002107", "liver"), Term("UBERON:0002107", "Liver")), alike(Term(None, "liver"), Term("UBERON:0002107", "liver"))
    (True, False)
    """
    if isinstance(one, Term) and isinstance(other, Term):
        return one.id == other.id if one.id or other.id else normal(one.label) == normal(other.label)
    return one == other or (not isinstance(one, bool) and not isinstance(other, bool) and str(one) == str(other))


def _same(said: Sequence[Value], wanted: Sequence[Value]) -> bool:
    return len(said) == len(wanted) and all(any(alike(a, b) for b in wanted) for a in said)


class Filler:
    """Fills rows of a table whose headers were joined to a profile.

    Parameters
    ----------
    plan
        The table's columns joined to the headers.
    told
        Filled with what the cells carry.
    """

    def __init__(self, plan: Plan, told: Told) -> None:
        self.plan = plan
        self.told = told
        self.quiet = plan.env.quiet
        groups: dict[int, list[_Place]] = defaultdict(list)
        matches: dict[int, list[Match]] = defaultdict(list)
        for match in plan.matches:
            matches[match.column].append(match)
        for t, template in enumerate(plan.templates):
            number = template.role.partition("#")[2]
            for index in template.readers:
                reader = plan.readers[index]
                among = matches[reader.columns[0]]
                match = next((m for m in among if m.piece and str(m.piece) == number), among[0])
                groups[reader.columns[0]].append(_Place(reader, t, match, match.piece))
        for places in groups.values():
            places.sort(key=lambda p: not p.reader.counted)
        # Cells that others look at are filled before those.
        self.groups = sorted(groups.items(), key=lambda g: (any(p.reader.context for p in g[1]), g[0]))
        self._known: dict[tuple[object, ...], Reading] = {}

    def row(self, row: Row) -> list[str]:
        """Return the cells of a row."""
        players = [_player(template, row) for template in self.plan.templates]
        cells = [""] * self.plan.width
        left: dict[tuple[int, str], list[Value]] = {}
        for column, places in self.groups:
            if cells[column]:
                continue
            here = [p for p in places if players[p.template] is not None]
            if here and here[0].piece:
                self._list(column, here, players, cells, left)
            elif here:
                self._group(here, players, cells, left)
        for t, record in enumerate(players):
            if record is not None:
                self._name(t, record, cells, players)
        self._note_links(players)
        return cells

    # --- one cell, or a few that belong together ---

    def _group(
        self, places: list[_Place], players: Sequence[Record | None], cells: list[str], left: dict[tuple[int, str], list[Value]]
    ) -> None:
        best: tuple[int, tuple[str, ...], list[tuple[_Place, Reading]]] | None = None
        first = places[0].reader
        for place in places:
            for texts in self._candidates(place, players, left):
                whole = texts if place.reader.columns == first.columns else (texts[0], *[""] * (len(first.columns) - 1))
                score, met = self._tried(whole, places, players, cells, left)
                if score > 0 and (best is None or score > best[0]):
                    best = (score, whole, met)
                if score >= len(places):
                    break
            if best is not None:
                break
        if best is None:
            best = self._forced(places[0], players, left)
        if best is None:
            return
        for column, text in zip(first.columns, best[1], strict=True):
            cells[column] = cells[column] or text
        for place, reading in best[2]:
            self._note(place, reading, players, left)

    def _tried(
        self,
        texts: tuple[str, ...],
        places: list[_Place],
        players: Sequence[Record | None],
        cells: list[str],
        left: dict[tuple[int, str], list[Value]],
    ) -> tuple[int, list[tuple[_Place, Reading]]]:
        """Read the cells with all their readers: how many bring back what their record says, less those that bring something else."""
        score, met = 0, []
        for place in places:
            reading = self._read(place, texts, cells)
            record = players[place.template]
            assert record is not None
            if _empty(reading):
                continue
            if self._true(reading, record):
                score += 1
                met.append((place, reading))
            elif place.reader.counted:
                return 0, []
        del left
        return score, met

    def _read(self, place: _Place, texts: tuple[str, ...], cells: list[str]) -> Reading:
        reader = place.reader
        own = texts[: len(reader.columns)]
        given = (*own, *(cells[c] for c in reader.context))
        key = (id(reader), given)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = reader.read(given if len(given) > 1 else given[0])
        return known

    def _true(self, reading: Reading, record: Record) -> bool:
        """Tell whether a record says all that a reading says."""
        for value in reading.values:
            if not any(alike(value, own) for own in record.values(reading.slot)):
                return reading.slot in ("name", "accessions") and self._names(str(value), record)
        for entry in (reading.missing, reading.rejected):
            if entry is not None and not any(_matches(entry, own) for own in _entries(record)):
                return False
        return True

    @staticmethod
    def _names(text: str, record: Record) -> bool:
        """Tell whether a text is what a record without a name is named by."""
        return text == record.id or (not record.values("name") and text == name_in(record.id))

    def _candidates(
        self, place: _Place, players: Sequence[Record | None], left: dict[tuple[int, str], list[Value]]
    ) -> Iterator[tuple[str, ...]]:
        """Ways to fill the cells of a reader, the best first."""
        record = players[place.template]
        assert record is not None
        reader, spec, parts = place.reader, place.spec, place.parts
        rest = ("",) * (len(parts) - 1)
        slot = reader.slot
        header = {f for f in header_forms(reader.header) if f}
        values = self._left(record, slot, left)
        if slot == "attributes" or (values and isinstance(values[0], Attribute) and spec.as_ != "pairs" and "name" not in parts):
            named = header | {normal(place.match.name)} if place.match.name else header
            values = [v for v in values if isinstance(v, Attribute) and normal(v.name) in named]
        for entry in _entries(record):
            if isinstance(entry, Rejected) and (entry.slot == slot or normal(entry.slot) in header):
                yield (entry.raw, *rest)
        if values and spec.split:
            yield from self._joined(place, values, spec.split)
        size = record.values("file_size") if spec.as_ == "file" and any(t.endswith(".file_size") for t in spec.to) else ()
        for value in values:
            if size and slot == "file_name":
                yield (f"{value} ({size[0]} bytes)", *rest)
            yield from spellings(value, spec, parts, _unit(place))
        for entry in _entries(record):
            if isinstance(entry, Missing) and (entry.slot == slot or (slot == "attributes" and normal(entry.slot) in header)):
                yield from ((word, *rest) for word in absences(entry, self.quiet))
        # What the slot did not take was kept under the header of its column.
        for value in self._left(record, "attributes", left) if slot != "attributes" else ():
            if isinstance(value, Attribute) and normal(value.name) in header:
                yield (value.value, *rest)
        beside = {f: k for k, c in enumerate(reader.columns[1:], 1) for f in header_forms(self.plan.headers[c]) if f}
        for value in self._left(record, "attributes", left):
            if isinstance(value, Attribute) and (at := beside.get(normal(value.name))):
                yield tuple(value.value if k == at else "" for k in range(len(parts)))
        if slot in ("name", "accessions") and not values:
            yield (name_in(record.id), *rest)

    def _joined(self, place: _Place, values: list[Value], between: str) -> Iterator[tuple[str, ...]]:
        """All values that the column can hold, in one cell."""
        parts, spec = place.parts, place.spec
        told: list[tuple[str, ...]] = []
        for value in values:
            for texts in spellings(value, spec, parts, _unit(place)):
                if any(between in t for t in texts):
                    continue
                reading = self._read(place, texts, [""] * self.plan.width)
                if _same(reading.values, [value]):
                    told.append(texts)
                    break
        if len(told) > 1:
            joint = between if between.strip() not in (";", ",") else f"{between.strip()} "
            yield tuple(joint.join(t[k] for t in told) if any(t[k] for t in told) else "" for k in range(len(parts)))
            yield tuple(between.join(t[k] for t in told) if any(t[k] for t in told) else "" for k in range(len(parts)))

    def _forced(
        self, place: _Place, players: Sequence[Record | None], left: dict[tuple[int, str], list[Value]]
    ) -> tuple[int, tuple[str, ...], list[tuple[_Place, Reading]]] | None:
        """The label of a term whose id no cell can say: people read it; that the id is lost is said elsewhere."""
        record = players[place.template]
        assert record is not None
        values = self._left(record, place.reader.slot, left)
        if len(values) != 1 or not isinstance(values[0], Term) or not values[0].label:
            return None
        return 0, (values[0].label, *("",) * (len(place.parts) - 1)), []

    # --- lists of a cell whose pieces belong to several records ---

    def _list(
        self,
        column: int,
        places: list[_Place],
        players: Sequence[Record | None],
        cells: list[str],
        left: dict[tuple[int, str], list[Value]],
    ) -> None:
        delimiter = places[0].spec.spread or ";"
        pieces: dict[int, str] = {}
        for place in places:
            record = players[place.template]
            assert record is not None
            for texts in self._candidates(place, players, left) if place.piece not in pieces else ():
                padded = delimiter.join([*[""] * (place.piece - 1), texts[0]])
                reading = self._read(place, (padded,), cells)
                if delimiter not in texts[0] and not _empty(reading) and self._true(reading, record):
                    pieces[place.piece] = texts[0]
                    break
        if not pieces:
            return
        cells[column] = delimiter.join(pieces.get(k, "") for k in range(1, max(pieces) + 1))
        for place in places:
            record = players[place.template]
            reading = self._read(place, (cells[column],), cells)
            if record is not None and not _empty(reading) and self._true(reading, record):
                self._note(place, reading, players, left)

    # --- names ---

    def _name(self, t: int, record: Record, cells: list[str], players: Sequence[Record | None]) -> None:
        """Fill a cell that names a record where none of those that do says its id yet."""
        template = self.plan.templates[t]
        if any(all(cells[c] for c in part.columns) for part in template.ids):
            return
        text = name_in(record.id)
        if "/" in record.id.partition("/")[2] or (":" not in record.id and record_id(template.cls, text) != record.id):
            return
        for part in template.ids:
            if len(part.columns) == 1 and not cells[part.columns[0]]:
                places = next((g for c, g in self.groups if c == part.columns[0]), [])
                mine = [p for p in places if players[p.template] is not None]
                score, met = self._tried((text,), mine, players, cells, {}) if mine else (1, [])
                if score > 0:
                    cells[part.columns[0]] = text
                    for place, reading in met:
                        self._note(place, reading, players, {})
                    return

    # --- what has been told ---

    def _left(self, record: Record, slot: str, left: dict[tuple[int, str], list[Value]]) -> list[Value]:
        key = (id(record), slot)
        if key not in left:
            left[key] = list(dict.fromkeys(record.values(slot)))
        return left[key]

    def _note(self, place: _Place, reading: Reading, players: Sequence[Record | None], left: dict[tuple[int, str], list[Value]]) -> None:
        record = players[place.template]
        assert record is not None
        told = self.told.setdefault((record.cls, record.id), set())
        waiting = self._left(record, reading.slot, left)
        for value in reading.values:
            own = next((v for v in waiting if alike(v, value)), None)
            if own is not None:
                waiting.remove(own)
            told.update((reading.slot, v) for v in record.values(reading.slot) if alike(v, value))
        for entry in (reading.missing, reading.rejected):
            if entry is not None:
                told.update(("missing" if isinstance(e, Missing) else "rejected", e) for e in _entries(record) if _matches(entry, e))

    def _note_links(self, players: Sequence[Record | None]) -> None:
        for template, record in zip(self.plan.templates, players, strict=True):
            if record is None:
                continue
            told = self.told.setdefault((record.cls, record.id), set())
            for slot, target in template.links:
                other = players[target]
                if other is not None:
                    told.add((slot, other.id))
            told.update((c.slot, v) for c in template.constants for v in record.values(c.slot) if alike(v, c.values[0]))


def _player(template: Template, row: Row) -> Record | None:
    role, _, number = template.role.partition("#")
    players = row.get(role, [])
    at = int(number) - 1 if number.isdigit() else 0
    return players[at] if at < len(players) else None


def _empty(reading: Reading) -> bool:
    return not (reading.values or reading.missing or reading.rejected)


def _entries(record: Record) -> Iterator[Missing | Rejected]:
    for reading in record.readings:
        if reading.missing is not None:
            yield reading.missing
        if reading.rejected is not None:
            yield reading.rejected


def _matches(one: Missing | Rejected, other: Missing | Rejected) -> bool:
    if isinstance(one, Missing) and isinstance(other, Missing):
        return (normal(one.slot), one.reason) == (normal(other.slot), other.reason)
    if isinstance(one, Rejected) and isinstance(other, Rejected):
        return (one.slot, clean(one.raw)) == (other.slot, clean(other.raw))
    return False


def _unit(place: _Place) -> str:
    """The unit that the column gives to bare numbers."""
    from ...mapping.parsers import unit_of

    step = getattr(place.reader.read, "step", None)
    return unit_of(step) if step is not None and MODEL.slots[place.reader.slot].kind in ("quantity", "integer") else ""
