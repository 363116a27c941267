"""The cells of one row of a tree: what its records say, each value under a header that the reader gives it back from."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from ...mapping.ids import is_local, record_id
from ...mapping.steps import Environment, build_step
from ...models.slots import MODEL
from ...profiles.schema import Column
from ...records import Attribute, Missing, Reading, Rejected, Term
from ...values.missing import read_missing
from ...values.text import clean
from .graph import Fact, facts_of
from .markup import writable
from .spelling import absences, name_in, spellings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ...profiles.schema import Profile
    from ...records import Record, Value
    from ...terms import Terms
    from .treecolumns import Place, TreeColumns

__all__ = ["Cell", "RowCells", "Speller"]

# What may stand beside a value in a list of names and values, by the kind of its slot (as the mapping reads it).
_BESIDE = {"quantity": ("unit",), "term": ("accession",), "attribute": ("unit", "accession")}
_NUMBERS = frozenset({"integer", "decimal", "boolean"})


# Texts, and how much of the value they say: see _likeness.
_Spelt = tuple[tuple[str, ...] | None, int]
_EXACT = 3


class Cell(NamedTuple):
    """A text of a row: where it stands, which of several of its header it is, and what stands beside it in a list."""

    place: Place
    text: str
    turn: int = 1
    unit: str = ""
    accession: str = ""
    number: bool = False


class Speller:
    """Finds the text that a value is read back from, and remembers it."""

    def __init__(self, profile: Profile, terms: Terms) -> None:
        words = profile.missing
        self.quiet = frozenset(words.quiet)
        self.keep = frozenset(words.keep)
        self.env = Environment("", terms, None, None, self.quiet, self.keep)
        self._steps: dict[tuple[int, str, str, tuple[str, ...]], Callable[..., Reading]] = {}
        self._known: dict[tuple[int, str, str, tuple[str, ...], Value], _Spelt] = {}
        self._alive: list[Column] = []

    def texts(self, slot: str, value: Value, place: Place, parts: tuple[str, ...]) -> _Spelt:
        """Return the texts of a value and what stands beside it, and how much of it is read back; None where nothing is."""
        key = (id(place.spec), place.header, slot, parts, value)
        if key not in self._known:
            self._alive.append(place.spec)
            self._known[key] = self._spelt(slot, value, place, parts)
        return self._known[key]

    def _spelt(self, slot: str, value: Value, place: Place, parts: tuple[str, ...]) -> _Spelt:
        spec = place.spec.model_copy(update={"split": None, "join": None})
        key = (id(place.spec), place.header, slot, parts)
        if key not in self._steps:
            self._steps[key] = build_step(slot, spec, self.env, header=place.header, parts=parts, headers=(place.header,) * len(parts))[0]
        read = self._steps[key]
        made = spellings(value, spec, parts, spec.unit or "")
        best: _Spelt = (None, 0)
        for texts in [(name_in(str(value)), *("" for _ in parts[1:]))] if MODEL.slots[slot].kind == "reference" else made:
            said = read(texts if len(parts) > 1 else texts[0])
            rank = max((_likeness(value, known) for known in said.values), default=0) if said.slot == slot else 0
            if rank > best[1]:
                best = (texts, rank)
            if rank == _EXACT:
                break
        return best

    def keeps(self, text: str) -> bool:
        """Tell whether a text of an attribute is read back as it is, and not as a word for absence."""
        absent = read_missing(text, quiet=self.quiet, keep=self.keep)
        return (clean(text) or text) == text and (absent is None or bool(absent.trailing))

    def constant(self, slot: str, text: str, step: str = "") -> Value | None:
        """Return what a text means in a slot; None where it means nothing."""
        said = build_step(slot, Column(to=[f"x.{slot}"], as_=step or None), self.env, header="", counted=False)[0](text)
        return said.values[0] if said.values else None

    def reads(self, slot: str, value: Value, place: Place, text: str) -> bool:
        """Tell whether a text alone is read as a value."""
        self.texts(slot, value, place, ("value",))
        said = self._steps[id(place.spec), place.header, slot, ("value",)](text)
        return said.slot == slot and value in said.values

    def absent(self, missing: Missing) -> str:
        """Return the word that says why a value is absent."""
        for text in absences(missing, self.quiet):
            known = read_missing(text, quiet=self.quiet, keep=self.keep)
            if known is not None and known.reason == missing.reason and not known.trailing:
                return text
        return missing.raw


def _likeness(value: Value, other: Value) -> int:
    """Say how much of a value is in another: 0 nothing, then the name of a term, its id, all."""
    if value == other:
        return _EXACT
    if isinstance(value, Term) and isinstance(other, Term):
        if value.id and value.id == other.id:
            return _EXACT - 1
        return 1 if value.label == other.label and not (value.id and other.id) else 0
    return 0


class RowCells:
    """Writes the records of one row."""

    def __init__(self, columns: TreeColumns, speller: Speller) -> None:
        self.columns = columns
        self.table = columns.table
        self.speller = speller
        self.cells: list[Cell] = []
        self.carried: set[Fact] = set()
        self.why: dict[Fact, str] = {}
        self._used: Counter[str] = Counter()
        self._texts: dict[str, list[str]] = {}
        self._nameless: list[tuple[str, Record, int]] = []

    def write(self, role: str, records: Sequence[Record], *, full: Callable[[str, Record], bool]) -> None:
        """Write the records of a role."""
        for number, record in enumerate(records, 1):
            turn = number if self.table.records[role].repeat else 0
            facts = facts_of(record)
            if not full(role, record):
                self._name(role, record, facts, turn)
                continue
            waiting = list(facts)
            # What has a column comes before attributes, which may repeat a column's header.
            for fact in sorted(waiting, key=lambda f: (f.slot in ("attributes", "missing", "rejected"), not self._is_answer(role, f.slot))):
                self._fact(role, fact, turn)
            self._nameless.append((role, record, turn))

    def finish(self) -> None:
        """See to it that the row gives its records their ids; told when all that they say is written."""
        for role, record, turn in self._nameless:
            self._identify(role, record, turn)
        self._nameless.clear()
        for header, told in self.columns.element.derive.items():
            source, _, step = told.partition(" as ") if isinstance(told, str) else ("", "", "")
            for text in self._texts.get(source.strip(), ())[:1]:
                self._derive(header, text, step.strip())

    # --- one value ---------------------------------------------------------------------------------------------------

    def _fact(self, role: str, fact: Fact, turn: int) -> None:
        value, spec = fact.value, self.table.records[role]
        if isinstance(value, Missing):
            done = self._told(role, value.slot, self.speller.absent(value), turn)
        elif isinstance(value, Rejected):
            done = self._told(role, value.slot, value.raw, turn)
        elif isinstance(value, Attribute) and fact.slot == "attributes":
            done = self._kept(role, value, turn)
        elif fact.slot in spec.set and self.speller.constant(fact.slot, spec.set[fact.slot]) == value:
            done = ""
        elif fact.slot not in MODEL.slots or (MODEL.slots[fact.slot].kind == "reference" and fact.slot in spec.links):
            return
        else:
            done = self._value(role, fact.slot, value, turn)
        if done:
            self.why.setdefault(fact, done)
        else:
            self.carried.add(fact)

    def _value(self, role: str, slot: str, value: Value, turn: int) -> str:
        """Write a value; returns why not, '' where it is written."""
        places = self.columns.places(role, slot)
        if isinstance(value, Attribute):
            named = self.columns.meaning(value.name).spec
            if named is not None and f"{role}.{slot}" in named.to:
                own = self.columns.place(value.name, named)
                places = [own, *places] if own is not None else places
        if not places:
            return "no column"
        why = "one value"
        spelt = [(p, b, *self.speller.texts(slot, value, p, ("value", *b))) for p in places for b in [self._beside(p, slot)]]
        if all(texts is None for _, _, texts, _ in spelt):
            return "spelling"
        # Of several columns the first that holds the value whole.
        for place, beside, texts, rank in sorted(spelt, key=lambda s: -s[3]):
            if texts is None or not self._answered(place, texts[0]):
                continue
            if not all(writable(text, self.columns.syntax) for text in texts):
                return "spelling"
            if not self.columns.fits(place, texts[0]):
                if not (self.columns.fits(place, texts[0].upper()) and self.speller.reads(slot, value, place, texts[0].upper())):
                    continue
                texts = (texts[0].upper(), *texts[1:])  # noqa: PLW2901
            if self._put(place, slot, dict(zip(("value", *beside), texts, strict=True)), turn):
                return "" if rank >= _EXACT - 1 else "spelling"
        return why

    def _is_answer(self, role: str, slot: str) -> bool:
        """Tell whether a slot is written as the name of an element, below which others stand."""
        return slot in MODEL.slots and any(p.header.endswith("/name()") for p in self.columns.places(role, slot))

    def _answered(self, place: Place, text: str) -> bool:
        """Tell whether the row says the name that stands in a path as ``*``, or the text itself says it."""
        if place.pair is not None or "*" not in place.header.split("/"):
            return True
        choice = next((c for c in self.table.choices if place.header.startswith(f"{c}/*")), None)
        name = f"{choice}/name()"
        words = self.columns.element.derive.get(name, {})
        if name in self._used or choice is None or not isinstance(words, dict):
            return choice is not None and name in self._used
        told = next((word for pattern, word in words.items() if re.search(pattern, text)), None)
        return told is not None and self._derive(name, told)

    def _derive(self, header: str, text: str, step: str = "") -> bool:
        """Write what the text of another column says; False where it says nothing of it."""
        spec = self.columns.meaning(header).spec
        place = self.columns.place(header, spec) if spec is not None and spec.to else None
        if place is None or header in self._used:
            return False
        value = self.speller.constant(place.spec.to[0].partition(".")[2], text, step)
        if value is None or not self.columns.fits(place, str(value)):
            return False
        self._used[place.header] += 1
        self._texts.setdefault(place.header, []).append(str(value))
        self.cells.append(Cell(place, str(value)))
        return True

    def _beside(self, place: Place, slot: str) -> tuple[str, ...]:
        """What stands beside a value under a header."""
        kind = place.spec.as_ or MODEL.slots[slot].kind
        found = [p for p, h in place.spec.companions.items() if self._companion(place, p) is not None and h[:1] not in "<>"]
        if place.pair is not None:
            inside = {"unit": place.pair.unit, "accession": place.pair.accession}
            found += [p for p in _BESIDE.get("quantity" if kind == "age" else kind, ()) if inside[p] and p not in found]
        return tuple(found)

    def _companion(self, place: Place, part: str) -> Place | None:
        header = place.spec.companions.get(part)
        return self.columns.place(header.split("|")[0].strip(), Column(ignore=True)) if header else None

    def _put(self, place: Place, slot: str, texts: dict[str, str], turn: int) -> bool:
        """Put a text under a header if it has room for it."""
        text, header = texts["value"], place.header
        said = self._texts.setdefault(header, [])
        if not place.many and not turn and header in self._used:
            if text in said:
                return True
            if place.spec.split and place.spec.split not in text:
                self._extend(header, place.spec.split, text)
                said.append(text)
                return True
            return False
        pieces = text.split(place.spec.join) if place.spec.join and place.many else [text]
        if place.many and not turn and text in said and not texts.get("unit"):
            return True
        beside = {p: t for p, t in texts.items() if p != "value" and t}
        for piece in pieces:
            self._used[header] += 1
            kind = MODEL.slots[slot].kind
            number = kind in _NUMBERS or (kind == "quantity" and not beside)
            own = {p: t for p, t in beside.items() if self._companion(place, p) is None}
            self.cells.append(Cell(place, piece, turn or self._used[header], own.get("unit", ""), own.get("accession", ""), number))
        said.append(text)
        for part, told in beside.items():
            other = self._companion(place, part)
            if other is not None:
                self._used[other.header] += 1
                self._texts.setdefault(other.header, []).append(told)
                self.cells.append(Cell(other, told, turn or self._used[other.header]))
        return True

    def _extend(self, header: str, between: str, text: str) -> None:
        at = next(i for i, c in enumerate(self.cells) if c.place.header == header)
        blank = "" if between.endswith(" ") else " "
        self.cells[at] = self.cells[at]._replace(text=f"{self.cells[at].text}{between}{blank}{text}")

    # --- what has no slot --------------------------------------------------------------------------------------------

    def _kept(self, role: str, value: Attribute, turn: int) -> str:
        place = self.columns.kept(role, value.name)
        if place is None:
            return "no column"
        if not place.many and place.header in self._used:
            return "one value"
        if not writable(value.value, self.columns.syntax):
            return "spelling"
        pair = place.pair
        accession = value.term.id if value.term is not None and value.term.id else ""
        beside = {
            "unit": value.unit or "" if pair is not None and pair.unit else "",
            "accession": accession if pair is not None and pair.accession else "",
        }
        self._used[place.header] += 1
        self._texts.setdefault(place.header, []).append(value.value)
        self.cells.append(Cell(place, value.value, turn or self._used[place.header], beside["unit"], beside["accession"]))
        whole = beside["unit"] == (value.unit or "") and beside["accession"] == accession and self.speller.keeps(value.value)
        return "" if whole else "spelling"

    def _told(self, role: str, slot: str, text: str, turn: int) -> str:
        """Write what a cell said instead of a value: under a header of the slot, of the record that the slot points to, or its own."""
        places: list[Place] = []
        if slot in MODEL.slots and slot in MODEL.classes[self.table.records[role].cls].slots:
            places = list(self.columns.places(role, slot))
            for other in self.table.records[role].links.get(slot, ()):
                places += self._id_places(other)
        if not places:
            kept = self.columns.kept(role, slot)
            places = [kept] if kept is not None else []
        for place in places if writable(text, self.columns.syntax) else ():
            if place.header not in self._used or (place.many and text not in self._texts[place.header]):
                self._used[place.header] += 1
                self._texts.setdefault(place.header, []).append(text)
                self.cells.append(Cell(place, text, turn or self._used[place.header]))
                return ""
        return "one value" if places else "no column"

    # --- names -------------------------------------------------------------------------------------------------------

    def _id_places(self, role: str) -> list[Place]:
        """Headers that name a record of a role, as they are tried."""
        found = []
        for told in self.table.records[role].id:
            for header in told.split("|"):
                if " + " in told or told[:1] in ("<", ">"):
                    continue
                match = self.columns.meaning(header.replace("{n}", "").strip())
                place = self.columns.place(header.strip(), match.spec or Column(keep=self.table.main))
                if place is not None:
                    found.append(place)
        return found

    def _name(self, role: str, record: Record, facts: Iterable[Fact], turn: int) -> None:
        """Write what names a record that is described elsewhere."""
        places = {p.header for p in self._id_places(role)}
        for fact in sorted(facts, key=lambda f: (str(f.value) != record.id, f.slot != "accessions")):
            own = [p for p in self.columns.places(role, fact.slot) if p.header in places] if fact.slot in MODEL.slots else []
            for place in own:
                texts, _ = self.speller.texts(fact.slot, fact.value, place, ("value",))
                known = texts is not None and record.id in (str(fact.value), record_id(record.cls, texts[0]))
                if texts and known and self.columns.fits(place, texts[0]) and self._put(place, fact.slot, {"value": texts[0]}, turn):
                    self.carried.add(fact)
                    return
        self._nameless.append((role, record, turn))

    def _identify(self, role: str, record: Record, turn: int) -> None:
        """See to it that the row gives a record its id."""
        if "/row/" in record.id:
            return
        places = self._id_places(role)
        for place in places:
            for text in self._texts.get(place.header, ()):
                if record_id(record.cls, text) == record.id:
                    return
        accessions = {str(v) for v in record.values("accessions")}
        held = {record_id(record.cls, t) for p in places for t in self._texts.get(p.header, ())}
        if held & accessions:
            return
        text = name_in(record.id)
        for place in places:
            if place.many or place.header not in self._used or turn:
                if is_local(record.id) and (
                    not self.columns.fits(place, text) or "accessions" in {t.partition(".")[2] for t in place.spec.to}
                ):
                    continue
                self._used[place.header] += 1
                self._texts.setdefault(place.header, []).append(text)
                self.cells.append(Cell(place, text, turn or self._used[place.header]))
                self.carried |= {Fact(record.cls, record.id, t.partition(".")[2], text) for t in place.spec.to if t.startswith(f"{role}.")}
                return
