"""Which column of a table means what: a profile's columns joined to the headers that a sheet really has.

Headers in, one :class:`Match` per column out. Nothing is guessed: a header is known by its normal form, by a pattern of the
profile, or by an alias of a slot in the model; what is left is kept as an attribute.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ..models.slots import MODEL
from ..profiles.schema import Column
from ..values.text import clean, normal, split_header
from .chain import in_chain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..profiles.schema import Table
    from ..tables.treesheets import TreeSheet

__all__ = ["Match", "alias_slots", "header_forms", "is_pattern", "match_headers", "matches", "qualifier_of"]

_BRACKETED = re.compile(r"\[(.*)\]")
_PLACE = re.compile(r"\\\{(name|n)\\\}")


class Match(NamedTuple):
    """One column of a sheet and what the profile says of it.

    ``column``: 0-based position. ``number``: the ``{n}`` of a repeated column ('' elsewhere). ``name``: the bracketed name of
    a pattern. ``how``: ``column``, ``pattern``, ``alias``, ``owner``, ``unknown`` or ``blank``. ``spec`` is None where nothing
    is known. ``piece``: which piece of a list in its cells, from 1; 0 where they are no lists.
    """

    column: int
    header: str
    spec: Column | None
    key: str = ""
    number: str = ""
    name: str = ""
    how: str = "unknown"
    piece: int = 0


# A column that qualifies another; one that stands where it qualifies nothing is structure.
_QUALIFIER = Column(ignore=True)


@lru_cache(maxsize=4096)
def header_forms(header: str) -> tuple[str, ...]:
    """Return the normal forms under which a header may be known, the fullest first.

    Examples
    --------
    >>> header_forms("* Read length for mate 1(bp)")
    ('readlengthformate1bp', 'readlengthformate1')
    >>> header_forms("")
    ('',)
    """
    if header == "name()":
        # The name of an element or a key is not a column called name.
        return (header,)
    whole = normal(header)
    parts = split_header(header)
    return (whole,) if parts.normal in (whole, "") else (whole, parts.normal)


@lru_cache(maxsize=512)
def _pattern(key: str) -> re.Pattern[str]:
    """Compile a column key with ``{name}`` or ``{n}``: blanks and case do not matter, brackets do."""
    text = re.escape(_squeeze(key))
    text = _PLACE.sub(lambda m: r"(?P<name>.+?)" if m[1] == "name" else r"(?P<n>\d*)", text)
    return re.compile(text)


@lru_cache(maxsize=4096)
def _squeeze(header: str) -> str:
    """Lower case, without blanks beside brackets and digits, without the mark of required columns."""
    text = clean(header).casefold().lstrip("*").strip()
    return re.sub(r"\s*([\[\]()])\s*", r"\1", re.sub(r"\s+(?=\{n\}|\d+$)", "", text))


def is_pattern(key: str) -> bool:
    """Tell whether a column key has a ``{name}`` or ``{n}`` to fill in."""
    return "{n}" in key or "{name}" in key


def matches(part: str, header: str) -> bool:
    """Tell whether a header is one of those that a pattern stands for.

    Examples
    --------
    >>> matches("number_of_{name}", "number_of_children"), matches("Factor Value[{name}]", "age")
    (True, False)
    """
    return _pattern(part).fullmatch(_squeeze(header)) is not None


# Slots that a conversion fills itself.
_OURS = frozenset({"id", "stub"})
_NOT_BY_NAME = frozenset({"reference", "attribute", "missing", "rejected", "origin"})


def _names(slot: str) -> list[str]:
    """All other names of a slot, in every language."""
    known = MODEL.slots[slot]
    return [*(a for language in known.aliases.values() for a in language), *known.title.values()]


@lru_cache(maxsize=64)
def alias_slots(cls: str) -> dict[str, str]:
    """Map normal forms of slot names, aliases and members to slots of a class; a form that two slots share is left out.

    The slot's own name always wins over an alias of another slot, and that over a member of a third.
    """
    # References are left out: a column that names another record needs a profile to say how that record is made.
    slots = [s for s in MODEL.classes[cls].slots if MODEL.slots[s].kind not in _NOT_BY_NAME and s not in _OURS]
    names = {normal(s): s for s in slots}
    found: dict[str, str | None] = dict(names)
    for slot in slots:
        for alias in _names(slot):
            form = normal(alias)
            if form not in names and found.setdefault(form, slot) != slot:
                found[form] = None
    for slot in MODEL.classes[cls].slots:
        # What has no slot of its own but belongs to a kind of fact that has one: a condition of the site, a regimen.
        for member in MODEL.slots[slot].members:
            found.setdefault(normal(member), slot)
    return {k: v for k, v in found.items() if v is not None and k}


def match_headers(table: Table, headers: Sequence[str]) -> list[Match]:
    """Join a table's columns to the headers of a sheet.

    Parameters
    ----------
    table
        A table of a profile.
    headers
        The header texts in column order.

    Returns
    -------
    list of Match
        One per header, in order.
    """
    exact: dict[str, str] = {}
    patterns: list[str] = []
    for key in table.columns:
        for part in key.split("|"):
            if is_pattern(part):
                patterns.append(key)
            else:
                exact.setdefault(header_forms(part.strip())[0], key)
    aliases = [(role, alias_slots(table.records[role].cls)) for role in table.auto]
    found = [
        Match(i, h, _QUALIFIER, h, how="column") if qualifier_of(table, h) else _match(i, h, table, exact, patterns, aliases)
        for i, h in enumerate(headers)
    ]
    return in_chain(table, found) if table.chain is not None else _told_apart(_numbered(found))


def qualifier_of(table: Table, header: str) -> str | None:
    """What a column says of the one to its left (``accession``, ``source``, ``unit``); None for a column of its own."""
    squeezed = _squeeze(header)
    return next((part for key, part in table.qualifiers.items() if _pattern(key).fullmatch(squeezed)), None)


def _numbered(matches: list[Match]) -> list[Match]:
    """Number the repeats of a column that may be numbered and is not: ``raw file``, ``raw file`` are the first and the second."""
    seen: Counter[str] = Counter()
    for i, match in enumerate(matches):
        if match.how == "pattern" and "{n}" in match.key and not match.number:
            seen[match.key] += 1
            if seen[match.key] > 1:
                matches[i] = match._replace(number=str(seen[match.key]))
    return matches


def _told_apart(matches: list[Match]) -> list[Match]:
    """Where headers differ by case or suffix only, leave a column of the profile to the one that is spelt as the profile has it."""
    taken: dict[str, list[Match]] = {}
    for match in matches:
        if match.how == "column":
            taken.setdefault(match.key, []).append(match)
    for key, same in taken.items():
        spelt = {part.strip() for part in key.split("|")}
        right = [m for m in same if clean(m.header).removesuffix(split_header(m.header).suffix) in spelt]
        # Repeats that are one text in several columns are told apart by nothing.
        joined = any(m.spec is not None and m.spec.join is not None for m in same)
        if len(same) > 1 and len(right) == 1 and not joined:
            for match in same:
                if match is not right[0] and header_forms(match.header)[-1] == header_forms(right[0].header)[-1]:
                    # A slot of one value may still learn from it where the other column is silent.
                    one = match.spec is not None and not any(MODEL.slots[t.partition(".")[2]].multivalued for t in match.spec.to)
                    spare = match._replace(how="alias") if one else Match(match.column, match.header, None)
                    matches[match.column] = spare
    return matches


def _match(
    index: int,
    header: str,
    table: Table,
    exact: dict[str, str],
    patterns: Sequence[str],
    aliases: Sequence[tuple[str, dict[str, str]]],
) -> Match:
    if not clean(header):
        return Match(index, header, None, how="blank")
    forms = header_forms(header)
    for form in forms:
        if form in exact:
            return Match(index, header, table.columns[exact[form]], exact[form], how="column")
    squeezed = _squeeze(header)
    for key in patterns:
        for part in key.split("|"):
            hit = _pattern(part.strip()).fullmatch(squeezed) if is_pattern(part) else None
            if hit:
                groups = hit.groupdict()
                name = groups.get("name") or ""
                if name and (inside := _BRACKETED.search(header)) and normal(inside[1]) == normal(name):
                    name = clean(inside[1])  # as it is written: BB carotene, not bb carotene
                elif name and "{name} (" in part and (at := clean(header).casefold().find(name)) >= 0:
                    name = clean(header)[at : at + len(name)]
                return Match(index, header, table.columns[key], key, groups.get("n") or "", name, "pattern")
    owner = table.owners.get(split_header(header).owner) if table.owners else None
    # The owner's own slots come first; what it has none for may still be a fact of another record of the row.
    for role, slots in sorted(aliases, key=lambda a: a[0] != owner):
        for form in forms:
            if form in slots:
                return Match(index, header, Column(to=[f"{role}.{slots[form]}"]), header, how="alias")
    return Match(index, header, Column(keep=owner) if owner else None, header, how="owner" if owner else "unknown")


def auto_target(match: Match, table: Table) -> str | None:
    """Return ``record.slot`` for the bracketed name of an ``auto`` pattern, None where no slot has that name."""
    role = match.spec.auto if match.spec else None
    if role is None:
        return None
    slot = alias_slots(table.records[role].cls).get(normal(match.name))
    return f"{role}.{slot}" if slot else None


# What may stand beside a value of a kind, where a list of names and values has it.
_BESIDE = {"quantity": {"unit"}, "age": {"unit"}, "term": {"accession", "source"}, "attribute": {"unit", "accession"}}


def beside(matches: Sequence[Match], table: Table, sheet: TreeSheet) -> list[Match]:
    """Give the columns of a list of names and values what stands beside them: units, accessions.

    The names of such a list are anybody's: one that no slot has is an attribute, not a column unknown to the format.
    """
    standing = {c for parts in sheet.beside.values() for c in parts.values()}
    alone = Column(keep=table.main)
    known = [m._replace(spec=alone) if m.spec is None and m.column in standing else m for m in matches]
    return [_with_companions(m, table, sheet) if m.column in sheet.beside else m for m in known]


def _with_companions(match: Match, table: Table, sheet: TreeSheet) -> Match:
    spec = match.spec or Column(keep=table.main)
    target = spec.to[0] if spec.to else None
    parts = sheet.beside[match.column]
    if target is not None:
        kind = spec.as_ or MODEL.slots[target.partition(".")[2]].kind
        parts = {p: c for p, c in parts.items() if p in _BESIDE.get(kind, ())}
    named = {p: sheet.headers[c] for p, c in parts.items()}
    return match._replace(spec=spec.model_copy(update={"companions": {**spec.companions, **named}}))


def spellings(texts: Iterable[str]) -> list[set[str]]:
    """Split evidence entries at ``|`` into sets of normal forms."""
    return [{header_forms(part.strip())[0] for part in text.split("|")} for text in texts]
