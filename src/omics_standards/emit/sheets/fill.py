"""Filling the cells of a row: for each column the text that its own readers read back as what the records say."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from ...mapping.ids import local_path, record_id
from ...mapping.naming import NAMING, named_by
from ...models.slots import MODEL
from ...records import Reading, Term
from ..tables import show
from .noting import Notes, Told, alike, entries, matching
from .spelling import absences, name_in, spellings
from .views import Place, View, form_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ...mapping.headers import Match
    from ...mapping.plan import Plan, Template
    from ...records import Record, Value
    from .graph import Row
    from .noting import Players

__all__ = ["Filler", "Told", "alike"]

Met = list[tuple[Place, Reading]]


# Records, cells and values that are remembered: rows that share some of them stand near each other.
_REMEMBERED = 1 << 16


class Filler:
    """Fills rows of a table whose headers were joined to a profile.

    Parameters
    ----------
    plan
        The table's columns joined to the headers.
    told
        Filled with what the cells carry.

    Attributes
    ----------
    notes
        What the cells carry, what they say that the records do not, and the names that they give.
    """

    def __init__(self, plan: Plan, told: Told) -> None:
        self.plan = plan
        self.quiet = plan.env.quiet
        groups: dict[int, list[Place]] = defaultdict(list)
        matches: dict[int, list[Match]] = defaultdict(list)
        for match in plan.matches:
            matches[match.column].append(match)
        for t, template in enumerate(plan.templates):
            number = template.role.partition("#")[2]
            for index in template.readers:
                reader = plan.readers[index]
                among = matches[reader.columns[0]]
                match = next((m for m in among if m.piece and str(m.piece) == number), among[0])
                place = Place(reader, t, match, plan.headers)
                place.naming = any(part.columns == reader.columns for part in template.ids)
                groups[reader.columns[0]].append(place)
        for places in groups.values():
            places.sort(key=lambda p: not p.reader.counted)
        self.naming = {(p.template, c): p for c, g in groups.items() for p in g if p.reader.columns == (c,) and p.slot in NAMING}
        # Cells that others look at are filled before those.
        self.groups = sorted(groups.items(), key=lambda g: (any(p.reader.context for p in g[1]), g[0]))
        self._known: dict[tuple[object, ...], Reading] = {}
        self._views: dict[int, View] = {}
        self._single_known: dict[tuple[Place, Value], tuple[tuple[str, ...], Reading]] = {}
        self._met: Reading | None = None
        self.notes = Notes(plan, told)

    def row(self, row: Row) -> list[str]:
        """Return the cells of a row."""
        self._forget()
        players: Players = [self._player(template, row) for template in self.plan.templates]
        for view in players:
            if view is not None:
                view.refill()
        cells = [""] * self.plan.width
        for column, places in self.groups:
            if cells[column]:
                continue
            mine = [p for p in places if players[p.template] is not None]
            told = [p for p in mine if p.may_tell(players[p.template])]  # type: ignore[arg-type]
            if not told:
                continue
            single = told[0].only(_known(players, told[0])) if len(places) == 1 else None
            if told[0].piece:
                self._list(column, mine, players, cells)
            elif single is not None:
                self._single(told[0], single, cells, players)
            else:
                self._group(mine, players, cells)
        for t, view in enumerate(players):
            if view is not None:
                self._name(t, view, cells, players)
        for column, places in self.groups:
            view = players[places[0].template]
            if not cells[column] and view is not None:
                self._make(column, places, view, cells, players)
        self.notes.links(players, cells)
        for t, view in enumerate(players):
            if view is not None:
                self._rename(t, view.record, cells)
        return cells

    def _forget(self) -> None:
        if max(len(self._views), len(self._known), len(self._single_known)) > _REMEMBERED:
            self._views.clear()
            self._known.clear()
            self._single_known.clear()

    def _player(self, template: Template, row: Row) -> View | None:
        role, _, number = template.role.partition("#")
        players = row.get(role, [])
        at = int(number) - 1 if number.isdigit() else 0
        if at >= len(players):
            return None
        record = players[at]
        view = self._views.get(id(record))
        if view is None:
            view = self._views[id(record)] = View(record, self.notes.told.setdefault((record.cls, record.id), set()))
        return view

    # --- one cell, or a few that belong together ---

    def _single(self, place: Place, value: Value, cells: list[str], players: Players) -> None:
        """Fill cells that one reader reads with the one value that the record has for it: most cells, and the same ones many times."""
        known = self._single_known.get((place, value))
        if known is None:
            before = list(cells)
            self._group([place], players, cells)
            met = self._met
            if (
                any(cells[c] and not before[c] for c in place.reader.columns)
                and met is not None
                and (not place.named or met.values == (value,))
            ):
                self._single_known[place, value] = tuple(cells[c] for c in place.reader.columns), met
            return
        for column, text in zip(place.reader.columns, known[0], strict=True):
            cells[column] = cells[column] or text
        self.notes.carried(known[1], _known(players, place))

    def _group(self, places: list[Place], players: Players, cells: list[str]) -> None:
        best: tuple[int, tuple[str, ...], Met] | None = None
        first = places[0].reader
        for place in places:
            for texts in self._candidates(place, _known(players, place)):
                whole = texts if place.reader.columns == first.columns else (texts[0], *[""] * (len(first.columns) - 1))
                score, met = self._tried(whole, places, players, cells)
                if score > 0 and (best is None or score > best[0]):
                    best = (score, whole, met)
                if score >= len(places):
                    break
            if best is not None:
                break
        if best is None:
            best = self._forced(places[0], _known(players, places[0]))
        self._met = best[2][0][1] if best is not None and best[2] else None
        if best is None:
            return
        for column, text in zip(first.columns, best[1], strict=True):
            cells[column] = cells[column] or text
        for place, reading in best[2]:
            self.notes.carried(reading, _known(players, place))
        for place in places[1:]:
            self.notes.beyond(self._read(place, best[1], cells), _known(players, place))

    def _tried(self, texts: tuple[str, ...], places: list[Place], players: Players, cells: list[str]) -> tuple[int, Met]:
        """Read the cells with all their readers: how many bring back what their record says; none where the first brings something else."""
        met: Met = []
        for place in places:
            reading = self._read(place, texts, cells)
            if _empty(reading):
                continue
            if self._true(reading, _known(players, place)):
                met.append((place, reading))
            elif place.reader.counted:
                return 0, []
        return len(met), met

    def _read(self, place: Place, texts: tuple[str, ...], cells: list[str]) -> Reading:
        reader = place.reader
        own = texts[: len(reader.columns)]
        given = (*own, *[cells[c] for c in reader.context]) if reader.context else own
        key = (place, given)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = reader.read(given if len(given) > 1 else given[0])
        return known

    def _true(self, reading: Reading, view: View) -> bool:
        """Tell whether a record says all that a reading says."""
        own = view.slots.get(reading.slot, ())
        for value in reading.values:
            if value not in own and not any(alike(value, v) for v in own):
                return reading.slot in ("name", "accessions", "alternative_names") and self._names(str(value), view)
        return all(any(matching(entry, e) for e in entries(view)) for entry in (reading.missing, reading.rejected) if entry is not None)

    @staticmethod
    def _names(text: str, view: View) -> bool:
        """Tell whether a text is what a record without a name is named by."""
        return text in (view.record.id, name_in(view.record.id))

    def _candidates(self, place: Place, view: View) -> Iterator[tuple[str, ...]]:
        """Ways to fill the cells of a reader, the best first."""
        slot, spec, parts, forms = place.slot, place.spec, place.parts, place.forms
        rest = ("",) * (len(parts) - 1)
        if view.refused:
            for form in dict.fromkeys((place.slot_form, *forms)):
                yield from (t for entry in view.refused.get(form, ()) for t in _refused(entry.raw, place, view))
        values: Sequence[Value] = view.attributes(slot, forms) if place.named else tuple(view.left.get(slot, ()))
        if slot == "accessions" and len(values) > 1:
            # What a record is named by goes to a column that names it, and to no other.
            values = sorted(values, key=lambda v: (v == view.record.id) != place.naming)
        if values and spec.split:
            yield from self._joined(place, values, spec.split)
        sizes = view.slots.get("file_size", ()) if place.with_size else ()
        for value in values:
            yield from ((f"{value} ({size} bytes)", *rest) for size in sizes)
            yield from _ways(place, value)
        if view.absent:
            for form in forms if place.named else (place.slot_form,):
                yield from ((word, *rest) for entry in view.absent.get(form, ()) for word in absences(entry, self.quiet))
        if "attributes" in view.left:
            # What the slot did not take was kept under the header of its column, or of the one beside it.
            if slot != "attributes":
                yield from ((v.value, *rest) for v in view.attributes("attributes", forms))
            for form, at in place.beside.items():
                for v in view.attributes("attributes", (form,)):
                    yield tuple(v.value if k == at else "" for k in range(len(parts)))

    def _joined(self, place: Place, values: Iterable[Value], between: str) -> Iterator[tuple[str, ...]]:
        """All values that the column can hold, in one cell."""
        told: list[tuple[str, ...]] = []
        blank = [""] * self.plan.width
        for value in values:
            for texts in _ways(place, value):
                if not any(between in t for t in texts) and _same(self._read(place, texts, blank).values, [value]):
                    told.append(texts)
                    break
        if len(told) > 1:
            joints = [f"{between.strip()} ", between] if between.strip() in (";", ",") else [between]
            for joint in joints:
                yield tuple(joint.join(t[k] for t in told) if any(t[k] for t in told) else "" for k in range(len(place.parts)))

    def _forced(self, place: Place, view: View) -> tuple[int, tuple[str, ...], Met] | None:
        """The label of a term whose id no cell can say: people read it; that the id is lost is said elsewhere."""
        values = tuple(view.left.get(place.slot, ()))
        if len(values) != 1 or not isinstance(values[0], Term) or not values[0].label:
            return None
        return 0, (values[0].label, *("",) * (len(place.parts) - 1)), []

    # --- lists of a cell whose pieces belong to several records ---

    def _list(self, column: int, places: list[Place], players: Players, cells: list[str]) -> None:
        delimiter = places[0].spec.spread or ";"
        pieces: dict[int, str] = {}
        for place in places:
            view = _known(players, place)
            for texts in self._candidates(place, view) if place.piece not in pieces else ():
                padded = delimiter.join([*[""] * (place.piece - 1), texts[0]])
                reading = self._read(place, (padded,), cells)
                if delimiter not in texts[0] and not _empty(reading) and self._true(reading, view):
                    pieces[place.piece] = texts[0]
                    break
        if not pieces:
            return
        cells[column] = delimiter.join(pieces.get(k, "") for k in range(1, max(pieces) + 1))
        for place in places:
            view = _known(players, place)
            reading = self._read(place, (cells[column],), cells)
            if not _empty(reading) and self._true(reading, view):
                self.notes.carried(reading, view)

    # --- names ---

    def _name(self, t: int, view: View, cells: list[str], players: Players) -> None:
        """Fill a cell that names a record where none of those that do says its id yet."""
        template, record = self.plan.templates[t], view.record
        complete = next((i for i, part in enumerate(template.ids) if all(cells[c] for c in part.columns)), None)
        if complete is not None:
            told = [cells[c] for c in template.ids[complete].columns]
            if complete == 0 or template.kind or len(told) > 1 or record_id(template.cls, told[0]) == record.id:
                return
        # A name that the format cannot put together is put together here: others of the submission refer to it. A record that stands
        # in several places of the row has one name in all of them.
        text = next((cells[c] for c in self._named_by(view, template, players) if cells[c]), name_in(record.id))
        for part in template.ids[:complete]:
            if len(part.columns) == 1 and not cells[part.columns[0]]:
                places = next((g for c, g in self.groups if c == part.columns[0]), [])
                mine = [p for p in places if players[p.template] is not None]
                score, met = self._tried((text, *[""] * (len(mine[0].parts) - 1)), mine, players, cells) if mine else (1, [])
                if score > 0:
                    cells[part.columns[0]] = text
                    for place, reading in met:
                        self.notes.carried(reading, _known(players, place))
                    for place in mine:
                        self.notes.beyond(self._read(place, (text, *[""] * (len(place.parts) - 1)), cells), _known(players, place))
                    return

    def _rename(self, t: int, record: Record, cells: list[str]) -> None:
        """Note the id that a record is given by the cells that name it, where that is another one than its own."""
        template = self.plan.templates[t]
        part = next((p for p in template.ids if all(cells[c] for c in p.columns)), None)
        if part is None or template.kind or ":" in record.id:
            return
        texts = [cells[c] for c in part.columns]
        known = record.id if texts == [name_in(record.id)] and record.id.count("/") == 1 else None
        if len(texts) > 1:
            known = local_path(template.cls, *texts)
        elif known is None:
            place = self.naming.get((t, part.columns[0]))
            known = named_by(template.cls, self._read(place, (texts[0],), cells) if place is not None else None, texts[0])
        if known is not None and known != record.id:
            self.notes.renamed[record.id] = known

    def _named_by(self, view: View, template: Template, players: Players) -> Iterator[int]:
        """Columns that name a record elsewhere in the row."""
        for other, player in zip(self.plan.templates, players, strict=True):
            if player is view and other is not template and other.ids and len(other.ids[0].columns) == 1:
                yield other.ids[0].columns[0]

    def _make(self, column: int, places: list[Place], view: View, cells: list[str], players: Players) -> None:
        """Fill a cell that the archive wants with what follows from the others."""
        spec = places[0].spec
        text = name_in(view.record.id) if spec.fill else ""
        for header, words in spec.derive.items():
            said = next((cells[c] for c, h in enumerate(self.plan.headers) if form_of(h) == form_of(header) and cells[c]), "")
            text = text or next((word for pattern, word in words.items() if said and re.search(pattern, said, re.IGNORECASE)), "")
        if text:
            cells[column] = text
            told = ((player.record, place.slot) for place in places if (player := players[place.template]) is not None)
            self.notes.made.update((record.cls, record.id, slot) for record, slot in told)


def _known(players: Players, place: Place) -> View:
    view = players[place.template]
    assert view is not None
    return view


def _ways(place: Place, value: Value) -> Iterator[tuple[str, ...]]:
    """Ways to write a value: a reference by the name of what it refers to."""
    if place.slot in MODEL.slots and MODEL.slots[place.slot].kind == "reference":
        yield (name_in(str(value)), *("",) * (len(place.parts) - 1))
    yield from spellings(value, place.spec, place.parts, place.unit)


def _refused(raw: str, place: Place, view: View) -> Iterator[tuple[str, ...]]:
    """Ways to lay out a text that was refused: as it stands, or as the cells that did not go together."""
    rest = ("",) * (len(place.parts) - 1)
    yield (raw, *rest)
    delimiter = place.spec.split
    if delimiter and len(rest) == 1:
        cuts = [i for i in range(len(raw)) if raw.startswith(delimiter, i)]
        yield from ((raw[:i], raw[i + len(delimiter) :]) for i in cuts)
    elif delimiter is None and view.slots.get(place.slot):
        yield from ((show(v), *rest) for v in view.slots[place.slot] if raw.startswith(show(v)))


def _same(said: Sequence[Value], wanted: Sequence[Value]) -> bool:
    return len(said) == len(wanted) and all(any(alike(a, b) for b in wanted) for a in said)


def _empty(reading: Reading) -> bool:
    return not (reading.values or reading.missing or reading.rejected)
