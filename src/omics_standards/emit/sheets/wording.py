"""Under which header of a table a fact of a step is written: the profile's columns run backwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...mapping.headers import alias_slots, header_forms, qualifier_of
from ...mapping.ids import segment
from ...mapping.plan import compile_plan
from ...mapping.steps import Environment
from ...models.slots import MODEL
from ...profiles.requirements import headers_of
from ...records import Attribute
from ...tables.reader import from_rows
from ...values.text import clean, normal
from .paths import kind_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ...mapping.plan import Plan
    from ...mapping.readers import Reader
    from ...profiles.schema import Column, Profile, Table
    from ...records import Record
    from ...terms import Terms

__all__ = ["Wording", "planned"]

# What a step of a kind is called whatever the technology.
_GENERIC = ("Assay Name", "Raw Data File", "Derived Data File")
# Slots for facts of any name: what one format has as attributes of an assay another has as its parameters.
_OTHER = {"attributes": ("parameters",), "parameters": ("attributes",)}
_NAMES = frozenset({"name", "file_name"})


def planned(profile: Profile, table: Table, headers: Sequence[str], terms: Terms, file: str = "") -> Plan:
    """Make the plan that will read a sheet with these headers."""
    words = profile.missing
    sheet = from_rows(headers, [["x"] * len(headers)]).sheets[0]
    return compile_plan(profile, table, sheet, Environment(file, terms, None, None, frozenset(words.quiet), frozenset(words.keep)))


class _Memory:
    """What was found of the headers of a table: to find it again takes a plan for each header that is tried."""

    def __init__(self, profile: Profile, table: Table, terms: Terms, official: dict[str, int]) -> None:
        self.of = (profile, table, terms)
        self.official = official
        self.headers: dict[tuple[str, str, str, bool], str | None] = {}
        self.readers: dict[tuple[str, str], list[tuple[str, Reader]]] = {}


# The tables of the formats that one process writes are few.
_MOST = 32
_MEMORIES: list[_Memory] = []


def _remembered(profile: Profile, table: Table, terms: Terms, official: dict[str, int]) -> _Memory:
    for memory in _MEMORIES:
        if all(a is b for a, b in zip(memory.of, (profile, table, terms), strict=True)) and memory.official == official:
            return memory
    del _MEMORIES[: max(0, len(_MEMORIES) - _MOST + 1)]
    _MEMORIES.append(_Memory(profile, table, terms, official))
    return _MEMORIES[-1]


class Wording:
    """The headers of a table.

    Parameters
    ----------
    profile, table
        The format.
    terms
        What its reader will look texts up in.
    kinds
        Templates that the records declare: of several columns for one thing theirs comes first.
    """

    def __init__(self, profile: Profile, table: Table, terms: Terms, kinds: Iterable[str] = ()) -> None:
        self.profile = profile
        self.table = table
        self.terms = terms
        self.wanted = [part.strip() for text in table.recognise.all for part in text.split("|")]
        self.official = headers_of(profile.id, table.id, frozenset(kinds))
        memory = _remembered(profile, table, terms, self.official)
        self._known = memory.headers
        self._readers = memory.readers
        self._heads: dict[str, str] = {}
        # The same headers are asked for in every row, and the same records in every column.
        self._own: dict[str, str] = {}
        self._ranks: dict[str, tuple[int, str]] = {}
        self._id_texts: dict[tuple[str, str, str], dict[str, str]] = {}
        self._specs: dict[str, Column] = {}
        for key, spec in table.columns.items():
            for part in key.split("|"):
                self._specs.setdefault(part.strip(), spec)

    def roles(self, name: str | None) -> list[str]:
        """The roles that a name of the profile stands for."""
        return [] if name is None else self.table.chain.roles(name) if self.table.chain is not None else [name]

    def head(self, role: str) -> str:
        """The header of the column that begins a step."""
        if role not in self._heads:
            found = [
                part.strip()
                for key, spec in self.table.columns.items()
                if spec.to and spec.to[0].partition(".")[0] == role and spec.to[0].partition(".")[2] in _NAMES
                for part in key.split("|")
            ]
            plain = [h for h in found if "[" not in h] or found
            usual = [p.strip() for text in self.table.recognise.core for p in text.split("|")]
            told = [h for h in plain if h in usual and h in _GENERIC] or [h for h in plain if h in self.wanted and role != "derived"]
            if not told and role == "derived" and len(plain) > 1:
                # The kind of raw file says the kind of derived file.
                told = [h for h in plain if h == f"Derived {self.head('raw').removeprefix('Raw ')}"]
            generic = [h for h in plain if h in _GENERIC]
            self._heads[role] = (told or generic or plain or [""])[0]
        return self._heads[role]

    def last_head(self, role: str) -> str:
        """The header of the last step of a row: that of files by which the table is known, where it is known by such."""
        known = [
            part.strip()
            for key, spec in self.table.columns.items()
            if spec.to and spec.to[0] == f"{role}.file_name"
            for part in key.split("|")
            if part.strip() in self.wanted
        ]
        return known[0] if known and role == "derived" else self.head(role)

    def head_of(self, header: str) -> str | None:
        """The step that a column which stands for one fact alone belongs to; None for other columns."""
        spec = self.spec(header)
        if spec is None or not spec.to or "[" in header:
            return None
        role = spec.to[0].partition(".")[0]
        return role if self.table.chain is not None and role in self.table.chain.steps else None

    def own(self, header: str) -> str:
        """The header by which this sheet calls what the profile has several headers for."""
        if header not in self._own:
            self._own[header] = self._find_own(header)
        return self._own[header]

    def _find_own(self, header: str) -> str:
        for key in self.table.columns:
            parts = [p.strip() for p in key.split("|")]
            if header in parts and len(parts) > 1:
                heads = [h for role in (self.table.chain.steps if self.table.chain is not None else ()) if (h := self.head(role)) in parts]
                return heads[0] if heads else header
        return header

    def spec(self, header: str) -> Column | None:
        """The profile's word on a header; None where a pattern or nothing knows it."""
        return self._specs.get(header)

    def units(self, header: str) -> dict[str, str]:
        """How numbers of a unit are written under a header that the profile knows by its pattern."""
        outside = normal(header.partition("[")[0])
        found = (s.units for k, s in self.table.columns.items() if "{name}" in k and normal(k.partition("[")[0]) == outside)
        return next(found, {})

    def rank(self, header: str) -> tuple[int, str]:
        """The place of a header among others: that of the profile, then by name."""
        if header not in self._ranks:
            self._ranks[header] = self._find_rank(header)
        return self._ranks[header]

    def _find_rank(self, header: str) -> tuple[int, str]:
        form = header_forms(header)[0]
        for place, key in enumerate(self.table.columns):
            if any(header_forms(p.strip())[0] == form for p in key.split("|")):
                return place, ""
        outside = normal(header.partition("[")[0])
        for place, key in enumerate(self.table.columns):
            if any("{name}" in p and normal(p.partition("[")[0]) == outside for p in key.split("|")):
                return place, header.casefold()
        return len(self.table.columns), header.casefold()

    def find(self, role: str, beside: str, slot: str, name: str = "", *, absent: bool = False) -> str | None:
        """Return the header under which a step says something; None where the table has none for it.

        Parameters
        ----------
        role
            Of the record.
        beside
            The step in whose columns it stands: the role itself, for others the step that tells of them.
        slot, name
            What is said; the name of an attribute.
        absent
            That there is no value: only the first of those that read a cell says so.
        """
        key = (f"{role}@{beside}", slot, name, absent)
        if key not in self._known:
            # A column that qualifies its neighbour says nothing of its own.
            headers = [h for h in dict.fromkeys(self._candidates(role, slot, name)) if qualifier_of(self.table, h) is None]
            # What the archive itself calls the column comes before other names that its reader knows.
            headers.sort(key=lambda h: self.official.get(h.casefold(), 2))
            found = (h for h in headers if self._tells(role, beside, h, slot, name, absent=absent))
            self._known[key] = (
                next(found, None)
                or next((h for h in headers if name and self._fills(role, beside, h)), None)
                or next((h for other in _OTHER.get(slot, ()) if name and (h := self._find_as(role, beside, other, name))), None)
            )
        return self._known[key]

    def _find_as(self, role: str, beside: str, slot: str, name: str) -> str | None:
        """The header of a fact that the format has in another slot for facts of any name."""
        if slot not in MODEL.classes[self.table.records[role].cls].slots:
            return None
        return next((h for h in self._candidates(role, slot, name) if self._tells(role, beside, h, slot, name)), None)

    def _fills(self, role: str, beside: str, header: str) -> bool:
        """Tell whether a header is another name of a slot of one value: what it says beside the first column is kept."""
        first = next(iter(self.readers(beside, header)), None)
        return first is not None and first[0] == role and not MODEL.slots[first[1].slot].multivalued

    def _candidates(self, role: str, slot: str, name: str) -> Iterator[str]:
        cls = self.table.records[role].cls
        exact: list[tuple[int, str]] = []
        patterns: list[str] = []
        for key, spec in self.table.columns.items():
            parts = [p.strip() for p in key.split("|")]
            place = next(
                (i for i, t in enumerate(spec.to) if t.partition(".")[2] == slot and role in self.roles(t.partition(".")[0])), None
            )
            open_to = role in self.roles(spec.auto) or role in self.roles(spec.keep)
            if slot == "attributes" and not open_to:
                # What goes to a slot of some steps is an attribute of steps that lack the slot.
                targets = [t.partition(".") for t in spec.to]
                open_to = any(role in self.roles(t[0]) and t[2] not in MODEL.classes[cls].slots for t in targets)
            for part in parts:
                if "{name}" not in part and "{n}" not in part:
                    if place is not None and (not name or normal(name) in (normal(part), normal(_inside(part)))):
                        exact.append((place, self.own(part)))
                    elif (
                        name
                        and spec.keep is not None
                        and role in self.roles(spec.keep)
                        and normal(name) in (normal(part), normal(_inside(part)))
                    ):
                        exact.append((0, part))
                elif "{name}" in part and (open_to or place is not None):
                    if name:
                        patterns.append(part.replace("{name}", name))
                    elif spec.auto is not None:
                        patterns += [part.replace("{name}", n) for n in _names_of(cls, slot)]
        yield from (h for _, h in sorted(exact, key=lambda e: e[0]))
        # A cell that its column does not take is kept under the whole header, however that was spelt.
        if name and "[" in name:
            form = normal(name)
            yield from (p.strip() for key in self.table.columns for p in key.split("|") if normal(p) == form)
            inside = _inside(name)
            yield from (
                h
                for key in self.table.columns
                for p in key.split("|")
                if "{name}" in p and normal(h := p.strip().replace("{name}", inside.lower())) == form
            )
            yield name
        # The first spelling of each pattern in turn.
        yield from patterns
        if name:
            yield name

    def _tells(self, role: str, beside: str, header: str, slot: str, name: str, *, absent: bool = False) -> bool:
        same = normal(header) == normal(name)
        for owner, reader in self.readers(beside, header):
            if owner != role or (absent and not reader.counted):
                continue
            if not name:
                if reader.slot == slot and not reader.kept:
                    return True
            elif reader.kept or MODEL.slots[reader.slot].kind == "attribute":
                reading = reader.alone("x1")
                if reading.slot == slot and any(isinstance(v, Attribute) and v.name == name for v in reading.values):
                    return True
            elif slot == "attributes" and (clean(header) == name or (same and not MODEL.slots[reader.slot].multivalued)):
                # Beside a column of the right spelling another one is kept; alone it may take its place where that holds one value.
                return True
        return False

    def readers(self, beside: str, header: str) -> list[tuple[str, Reader]]:
        """Who reads a column of that header behind a step: roles and readers, the one that answers for the cells first."""
        key = (beside, header)
        if key not in self._readers:
            head = self.head(beside) if self.table.chain is not None else ""
            headers = [head, header] if head and head != header else [header]
            plan = planned(self.profile, self.table, headers, self.terms, "x")
            at = len(headers) - 1
            found = [r for r in plan.readers if r.columns[0] == at]
            found.sort(key=lambda r: not r.counted)
            self._readers[key] = [(r.role.partition("#")[0], r) for r in found]
        return self._readers[key]

    def _holds(self, role: str, record: Record, header: str, text: str) -> bool:
        """Tell whether a record says a text under a header."""
        slots = {r.slot for owner, r in self.readers(role, header) if owner == role}
        return any(str(v).rpartition(":")[2] == text or str(v) == text for slot in slots for v in record.values(slot))

    def id_texts(self, role: str, record: Record) -> dict[str, str]:
        """The texts of the cells that a record's id is made of, by header."""
        key = (role, record.cls, record.id)
        if key not in self._id_texts:
            self._id_texts[key] = self._find_id_texts(role, record)
        return self._id_texts[key]

    def _find_id_texts(self, role: str, record: Record) -> dict[str, str]:
        spec = self.table.records[role]
        pieces = kind_in(record)
        if spec.kind and pieces[:1] == [spec.kind]:
            pieces = pieces[1:]
        if spec.local and len(pieces) > 1:
            pieces = pieces[1:]
        from urllib.parse import unquote

        texts = [unquote(p) for p in pieces]
        if not pieces:
            texts = [record.id.partition(":")[2]]
        found = []
        for told in spec.id:
            headers = told.split(" + ")
            if told[:1] not in "<>" and len(headers) == len(texts) and all(segment(t) for t in texts):
                found.append({self.own(h.partition("|")[0].strip()): t for h, t in zip(headers, texts, strict=True)})
        if len(found) > 1:
            # Of several ways to name a record, the one by what it says.
            found = [f for f in found if all(self._holds(role, record, h, t) for h, t in f.items())][:1]
        if found or len(spec.id) > 1:
            return found[0] if found else {}
        return {self.head(role): texts[0]} if len(texts) == 1 or (role == "process" and texts) else {}


def _inside(header: str) -> str:
    return header.partition("[")[2].rpartition("]")[0]


def _names_of(cls: str, slot: str) -> list[str]:
    """Names by which a class knows a slot: its own in words, then others."""
    known = alias_slots(cls)
    own = slot.replace("_", " ")
    aliases = MODEL.slots[slot].aliases.get("en", ())
    return [n for n in dict.fromkeys((own, *aliases)) if known.get(normal(n)) == slot]
