"""Which columns a table needs for the records that its rows hold, under which headers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...mapping.headers import alias_slots, header_forms, is_pattern, matches
from ...models.slots import MODEL
from ...records import Attribute
from ...values.text import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ...profiles.schema import Column, Table
    from ...records import Record
    from .graph import Row

__all__ = ["Used", "headings", "is_known_by"]


class Used:
    """What the records of a table's rows say.

    Per role: its slots, the names of its attributes, how many records stand in one row, and how many values one record has at most
    in a slot, and under a name. ``fresh``, ``fresh_names``: the same of what ``told`` does not hold yet.
    """

    def __init__(self, rows: Iterable[Row], told: Mapping[tuple[str, str], set[tuple[str, object]]] | None = None) -> None:
        self.told = told or {}
        self.fresh: dict[str, dict[str, None]] = {}
        self.fresh_names: dict[tuple[str, str], dict[str, None]] = {}
        self.slots: dict[str, dict[str, None]] = {}
        self.names: dict[tuple[str, str], dict[str, None]] = {}
        self.counts: dict[str, int] = {}
        self.most: dict[tuple[str, ...], int] = {}
        seen: dict[str, set[int]] = {}
        for row in rows:
            for role, players in row.items():
                self.counts[role] = max(self.counts.get(role, 0), len(players))
                known = seen.setdefault(role, set())
                for record in players:
                    if id(record) not in known:
                        known.add(id(record))
                        self._note(role, record)

    def _note(self, role: str, record: Record) -> None:
        slots = self.slots.setdefault(role, {})
        here: dict[tuple[str, ...], int] = {}
        known = self.told.get((record.cls, record.id), ())
        for reading in record.readings:
            slot = reading.slot
            here[role, slot] = here.get((role, slot), 0) + len(reading.values)
            for value in reading.values:
                named = isinstance(value, Attribute)
                if named:
                    self.names.setdefault((role, slot), {}).setdefault(value.name)  # type: ignore[union-attr]
                    key: tuple[str, ...] = (role, slot, value.name)  # type: ignore[union-attr]
                    here[key] = here.get(key, 0) + 1
                if (slot, value) not in known:
                    self.fresh.setdefault(role, {}).setdefault(slot)
                    if named:
                        self.fresh_names.setdefault((role, slot), {}).setdefault(value.name)  # type: ignore[union-attr]
            if reading.values:
                slots.setdefault(slot)
            for kind, entry in (("missing", reading.missing), ("rejected", reading.rejected)):
                if entry is not None and (kind, entry) not in known:
                    self.fresh.setdefault(role, {}).setdefault(entry.slot)
                    self.fresh_names.setdefault((role, "attributes"), {}).setdefault(entry.slot)
                if entry is not None and entry.slot in MODEL.slots:
                    slots.setdefault(entry.slot)
                    here[role, entry.slot] = here.get((role, entry.slot), 0) + 1
                elif entry is not None:
                    self.names.setdefault((role, "attributes"), {}).setdefault(entry.slot)
        for what, count in here.items():
            if count > self.most.get(what, 0):
                self.most[what] = count

    def has(self, role: str, slot: str) -> bool:
        """Tell whether a record in a role says anything of a slot."""
        return slot in self.slots.get(role, {})

    def named(self, role: str, slot: str) -> list[str]:
        """Names of the attributes that records in a role have in a slot."""
        return list(self.names.get((role, slot), ()))


def headings(
    table: Table, used: Used, language: str = "en", *, extra: bool = True, others: frozenset[tuple[str, str]] = frozenset()
) -> list[str]:
    """Return the headers of a table, in the profile's order, then those of other slots and of attributes.

    Parameters
    ----------
    table
        A table of a profile.
    used
        What the rows say.
    language
        ``en`` for the first spelling of each header, ``zh`` for the first Chinese one where the profile has one.
    extra
        Whether there are columns for what the profile names none for.
    others
        Class and slot of what other tables of the same submission have columns for.
    """
    found: dict[str, None] = {}
    fed: set[tuple[str, str]] = set()
    for key, spec in table.columns.items():
        if spec.to and (_wanted(table, spec, used, fed) or is_known_by(table, key) or _names(table, key, used)):
            for header in _spelt(table, key, spec, used, language):
                for one in _beside(spec, header, language):
                    found.setdefault(one)
            fed.update(_target(t) for t in spec.to)
    heads = list(found)
    taken = {form for header in heads for form in header_forms(header)[:1]}
    fed.update((role, slot) for role, spec in table.records.items() for cls, slot in others if cls == spec.cls)
    more = (*((h, 1) for h in _other_slots(table, used, fed)), *_attributes(table, used)) if extra else ()
    for header, times in more:
        if header_forms(header)[0] not in taken:
            taken.add(header_forms(header)[0])
            heads += [header] * times
    for told in table.recognise.all:
        parts = told.split("|")
        if not taken & {header_forms(part.strip())[0] for part in parts}:
            heads.append(_choice(told, language))
    return heads


def is_known_by(table: Table, key: str) -> bool:
    """Tell whether a table is recognised by a column, which then stands in it whether it holds something or not."""
    forms = {form for part in key.split("|") for form in header_forms(part.strip())}
    return any(forms & {normal(part) for part in told.split("|")} for told in table.recognise.all)


def _names(table: Table, key: str, used: Used) -> bool:
    """Tell whether a column may name a record of the table's own."""
    forms = {normal(part) for part in key.split("|")}
    roles = (spec for role, spec in table.records.items() if role in used.counts and not spec.stub)
    return any(forms & {normal(part) for part in told.split("|")} for spec in roles for told in spec.id)


def _target(text: str) -> tuple[str, str]:
    role, _, slot = text.partition(".")
    return role, slot


def _wanted(table: Table, spec: Column, used: Used, fed: set[tuple[str, str]]) -> bool:
    targets = [_target(t) for t in spec.to]
    if all(t in fed and not MODEL.slots[t[1]].multivalued for t in targets):
        return False
    naming = any(role in used.counts and slot in ("name", "accessions", "file_name", "title") for role, slot in targets[:1])
    # Of what many rows share, and another file says, the name is enough.
    wanted = spec.required or spec.fill or bool(spec.derive) or naming
    return wanted or any(slot in (used.fresh if table.records[r].shared else used.slots).get(r, {}) for r, slot in targets)


def _choice(key: str, language: str) -> str:
    """The spelling of a header in a language."""
    parts = [p.strip() for p in key.split("|")]
    chinese = next((p for p in parts if any("\u4e00" <= c <= "\u9fff" for c in p)), None) if language == "zh" else None
    return chinese or parts[0]


def _spelt(table: Table, key: str, spec: Column, used: Used, language: str) -> Iterator[str]:
    role, slot = _target(spec.to[0])
    if MODEL.slots[slot].kind == "attribute" and not is_pattern(key):
        # Each spelling is the name of a fact of its own.
        forms = {normal(part) for part in key.split("|")}
        named = [n for n in used.named(role, slot) if normal(n) in forms]
        always = spec.required or "name" in spec.companions or spec.as_ == "pairs"
        yield from named or ([_choice(key, language)] if always else [])
    elif "{name}" in key:
        yield from (h for t in spec.to for name in used.named(*_target(t)) if (h := _under(key, name)))
    elif "{n}" in key:
        part = next(p.strip() for p in key.split("|") if "{n}" in p)
        first = _choice(key, language)
        many = max(1, used.counts.get(role, 1) if table.records[role].repeat else used.most.get((role, slot), 1))
        bare = first.replace("{n}", "")
        # filename, filename2: the first has no number where the format is known by it without.
        plain = "{n}" not in first or any(normal(bare) == normal(told.split("|")[0]) for told in table.recognise.all)
        if plain:
            yield bare
        yield from (part.replace("{n}", str(n)) for n in range(2 if plain else 1, many + 1))
    else:
        # Several values of a slot stand under as many of the headers that the profile has for it.
        first = _choice(key, language)
        others = [p for p in map(str.strip, key.split("|")) if p != first]
        many = used.most.get((role, slot), 1) if MODEL.slots[slot].multivalued and spec.split is None and spec.spread is None else 1
        yield from [first, *others][: max(many, 1)]


def _under(key: str, name: str) -> str | None:
    """The header of a pattern that gives an attribute its name: in brackets, before them, or all of it; None where it gives none."""
    parts = [p.strip() for p in key.split("|") if "{name}" in p]
    whole = next((p for p in parts if "[" not in p and matches(p, name)), None)
    if whole is not None:
        return name
    return next((p.replace("{name}", name) for p in parts if "[" in p or "{name} (" in p), None)


def _beside(spec: Column, header: str, language: str) -> list[str]:
    """A header with those of the cells beside it."""
    before = [_choice(h[1:], language) for h in spec.companions.values() if h.startswith("<")]
    number = header[len(header.rstrip("0123456789")) :]
    behind = [_choice(h.lstrip("> "), language).replace("{n}", number) for h in spec.companions.values() if not h.startswith("<")]
    return [*before, header, *behind]


def _other_slots(table: Table, used: Used, fed: set[tuple[str, str]]) -> Iterator[str]:
    """Headers of slots that the table takes by their names."""
    patterns = {
        spec.auto: next(p.strip() for p in key.split("|") if "{name}" in p)
        for key, spec in table.columns.items()
        if spec.auto is not None and "{name}" in key
    }
    known: set[str] = set()
    for role in dict.fromkeys((*table.auto, *patterns)):
        aliases = alias_slots(table.records[role].cls)
        pattern = patterns.get(role, "{name}")
        # In the model's order, so that the order of the input leaves no trace.
        rank = {slot: i for i, slot in enumerate(MODEL.classes[table.records[role].cls].slots)}
        for slot in sorted((s for s in used.fresh.get(role, ()) if s in rank), key=rank.__getitem__):
            if MODEL.slots[slot].kind == "attribute" and slot != "attributes":
                yield from (pattern.replace("{name}", n) for n in used.fresh_names.get((role, slot), ()) if aliases.get(normal(n)) == slot)
            elif (role, slot) not in fed and slot not in known and aliases.get(normal(slot)) == slot:
                known.add(slot)
                yield pattern.replace("{name}", slot)


def _attributes(table: Table, used: Used) -> Iterator[tuple[str, int]]:
    """Headers of attributes: those of the main record under their names, those of another where the table can say whose they are."""
    owners = {role: owner for owner, role in table.owners.items()}
    kept = {normal(part): spec.keep for key, spec in table.columns.items() if spec.keep for part in key.split("|")}
    patterns = {spec.auto or spec.keep: key for key, spec in table.columns.items() if (spec.auto or spec.keep) and "{name}" in key}
    # A pattern of the main record that only keeps is for names that the table would take for a slot's.
    spare = {role for role, key in patterns.items() if role == table.main and table.columns[key].keep}
    for role in _main_first(table, used.counts):
        for name in used.fresh_names.get((role, "attributes"), ()):
            if name in MODEL.slots and name not in used.names.get((role, "attributes"), ()):
                continue
            times = used.most.get((role, "attributes", name), 1)
            under = _under(patterns[role], name) if role in patterns else None
            if kept.get(normal(name)) == role or (role in spare and not _is_taken(table, name)):
                # A field of the archive that no slot has, or a name that nothing else has.
                yield name, times
            elif under is not None:
                yield under, times
            elif role == table.main:
                yield name, times
            elif role in owners:
                yield f"{name} ({owners[role]})", times


def _is_taken(table: Table, name: str) -> bool:
    """Tell whether a table would read an attribute of this name as a value of a slot."""
    form = normal(name)
    named = any(form == normal(part) for key, spec in table.columns.items() if spec.to for part in key.split("|"))
    return named or any(form in alias_slots(table.records[role].cls) for role in table.auto)


def _main_first(table: Table, roles: Iterable[str]) -> Sequence[str]:
    return sorted(roles, key=lambda role: role != table.main)
