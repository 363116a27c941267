"""The columns of a table of a tree, from the writer's side: which header takes a slot, and where in a row it stands."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ...mapping.headers import header_forms, match_headers
from ...models.slots import MODEL
from ...profiles.schema import Column
from ...tables.treerows import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...mapping.headers import Match
    from ...profiles.schema import PairSpec, Table
    from ...records import Record

# A header that is a path: names between slashes, or an attribute. Names of anything else have blanks, or no slash.
_PATH = re.compile(r"@[^\s/]+|[^\s/]+(?:/[^\s/]+)+")
# What an element or attribute of XML may be called (ASCII part of the production Name).
_XML_NAME = re.compile(r"@?[A-Za-z_][\w.:\-]*|\*|text\(\)|name\(\)")

__all__ = ["Place", "TreeColumns", "within"]


class Place(NamedTuple):
    """A header that a value may be written under.

    ``pair``: the list of names and values that it is written to; None where the header is a path. ``named``: where the name stands
    in an entry of that list. ``many``: there may be several of it in a row.
    """

    header: str
    spec: Column
    pair: PairSpec | None = None
    named: str = ""
    many: bool = False


@lru_cache(maxsize=8192)
def within(path: str, patterns: tuple[str, ...]) -> str:
    """Return the innermost element of a path that one of the patterns names, as a path; '' where none does.

    Examples
    --------
    >>> within("LINKS/LINK/URL", ("LINKS/LINK",)), within("tissue", ("*/LINK",)), within("a/b", ("*",))
    ('LINKS/LINK', '', 'a')
    """
    parts = parts_of(path)
    for depth in range(len(parts), 0, -1):
        for pattern in patterns:
            wanted = parts_of(pattern)
            if len(wanted) == depth and all(a == b or fnmatchcase(a, b) for a, b in zip(parts, wanted, strict=False)):
                return "/".join(parts[:depth])
    return ""


class TreeColumns:
    """What a table of a tree has places for."""

    def __init__(self, table: Table, syntax: str) -> None:
        self.table = table
        self.syntax = syntax
        self.element = table.element
        self.many = tuple(self.element.many)
        self._found: dict[tuple[str, str], list[Place]] = {}
        self._meanings: dict[str, Match] = {}
        self._never = {header_forms(h)[0] for h in self.element.never}

    @cached_property
    def paths(self) -> frozenset[str]:
        """Headers that are known to be paths."""
        known = {h for key in self.table.columns for h in _headers(key) if _PATH.fullmatch(h)}
        return frozenset({*known, *self.element.order, *self.element.many, *self.element.constants, *self.element.always})

    @cached_property
    def _roots(self) -> frozenset[str]:
        return frozenset(p.split("/")[0] for p in {*self.paths, *(h for k in self.table.columns for h in _headers(k))})

    def is_path(self, header: str) -> bool:
        """Tell whether a header is a path in the row, and no name in a list of names and values."""
        if header in self.paths or (not self.table.pairs and (self.syntax != "xml" or header.split("/", maxsplit=1)[0] in self._roots)):
            return True
        return _PATH.fullmatch(header) is not None and "/" in header and header.split("/", maxsplit=1)[0] in self._roots

    def meaning(self, header: str) -> Match:
        """What the reader takes a header for."""
        known = self._meanings.get(header)
        if known is None:
            known = self._meanings[header] = match_headers(self.table, [header])[0]
        return known

    def place(self, header: str, spec: Column) -> Place | None:
        """Where a header is written; None where the format has no such place."""
        if header_forms(header)[0] in self._never or header in self.table.inherit or header == "name()":
            return None
        bare = header.replace("{n}", "").strip()
        if self.is_path(bare):
            if self.syntax == "xml" and not all(_XML_NAME.fullmatch(part) for part in bare.split("/")):
                return None
            return Place(bare, spec, many="{n}" in header or bool(within(bare, self.many)) or self._listed(spec))
        return self._entry(bare, spec)

    def _listed(self, spec: Column) -> bool:
        """Tell whether what is in a column may be a list: in JSON and YAML, whatever has several values."""
        slots = [t.partition(".")[2] for t in spec.to]
        return self.syntax != "xml" and (not slots or any(MODEL.slots[s].multivalued for s in slots)) and not spec.ignore

    def _entry(self, bare: str, spec: Column) -> Place | None:
        """A place in a list of names and values; None where the table has no such list."""
        if not self.table.pairs:
            return None
        told = self.element.lists.get(bare) or self.element.lists.get("*") or ""
        at, _, named = (t.strip() for t in told.partition(">"))
        pair = next((p for p in self.table.pairs if p.at == at), None) if told else self.table.pairs[0]
        return Place(bare, spec, pair, named or (pair.name[0] if pair else ""), many=True) if pair is not None else None

    def places(self, role: str, slot: str) -> list[Place]:
        """Headers that feed a slot of a record, those of the profile first, else one of the slot's names."""
        key = (role, slot)
        if key not in self._found:
            target = f"{role}.{slot}"
            named = [(h, spec) for k, spec in self.table.columns.items() if target in spec.to for h in _headers(k)]
            named += [(h, Column(to=[target])) for h in self._named(role, slot) if all(h != other for other, _ in named)]
            told = self.element.names.get(slot)
            named.sort(key=lambda p: p[0] != told)
            self._found[key] = [p for h, s in named if (p := self.place(h, s)) is not None]
        return self._found[key]

    def _named(self, role: str, slot: str) -> Iterator[str]:
        if role not in self.table.auto or slot not in MODEL.slots:
            return
        known = MODEL.slots[slot]
        names = [slot, *(a for a in known.aliases.get("en", ()))]
        if slot in self.element.names:
            names.insert(0, self.element.names[slot])
        for name in names:
            spec = self.meaning(name).spec
            if spec is not None and spec.to and spec.to[0] == f"{role}.{slot}":
                yield name
                return

    def kept(self, role: str, name: str) -> Place | None:
        """Where an attribute of a record is written; None where the format has no place for it."""
        if not name.strip() or (self.is_path(name) and not _nameable(name)):
            return None
        for key, spec in self.table.columns.items():
            if spec.keep == role and any(header_forms(h)[0] == header_forms(name)[0] for h in _headers(key)):
                header = next(h for h in _headers(key) if header_forms(h)[0] == header_forms(name)[0])
                return self.place(header, spec) or self._entry(name, spec)
        found = self.meaning(name)
        owner = self.table.main if found.spec is None else (found.spec.keep or (found.spec.to[0].split(".")[0] if found.spec.to else ""))
        if owner != role:
            return None
        return self.place(name, Column(keep=role))

    def fits(self, place: Place, text: str) -> bool:
        """Tell whether a header may hold a text."""
        pattern = self.element.fits.get(place.header)
        return pattern is None or re.search(pattern, text) is not None

    def fit(self, role: str, record: Record) -> int:
        """Say how well a record fits a role: the slots that it has columns for, and what its constants say."""
        held = sum(1 for slot, _ in record.items() if self.places(role, slot))
        for slot, text in self.table.records[role].set.items():
            said = [str(v).casefold() for v in record.values(slot)]
            held += 50 if any(v == text.casefold() or v.endswith(text.casefold()) for v in said) else -50 if said else -1
        return held


def _headers(key: str) -> list[str]:
    return [part.strip() for part in key.split("|")]


def _nameable(path: str) -> bool:
    return all(part for part in path.split("/"))
