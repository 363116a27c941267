"""A drafted profile as text: YAML that loads as it is, with what a person should know beside every column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from ...findings import column_letter
from ...models.slots import MODEL
from .words import split_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .layout import ColumnUse, TableDraft

__all__ = ["write_profile"]

_PLAIN: Final = re.compile(r"[A-Za-z_\u3400-\u9fff][\w ./()%+-]*", re.ASCII)
# Words that YAML 1.1 takes for something else than text.
_RESERVED: Final = frozenset({"y", "n", "yes", "no", "true", "false", "on", "off", "null", "none"})
# Units that headers say in words: "days to death".
_SPANS: Final = {"year": "a", "month": "mo", "week": "wk", "day": "d", "hour": "h", "minute": "min"}
_GROUPS: Final = (
    ("look", "Look at these: likely, not certain; the least sure first."),
    ("kept", "No slot is likely: kept as attributes, nothing is lost. Put in a proposal where it is right."),
    ("certain", "Certain: a known name, and the cells agree."),
)


def scalar(text: str) -> str:
    """Write a text as YAML reads it back.

    Examples
    --------
    >>> scalar("Sample name"), scalar("no"), scalar("a: b"), scalar("it's #1")
    ('Sample name', "'no'", "'a: b'", "'it''s #1'")
    """
    if _PLAIN.fullmatch(text) and text.casefold() not in _RESERVED and text == text.strip():
        return text
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in text) + '"'


def flow(value: Any) -> str:
    """Write lists, mappings and texts in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(str(k))}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(v) for v in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    # Within brackets a comma or a bracket would end the text.
    text = scalar(str(value))
    return text if text[0] in "'\"" or not re.search(r"[,\[\]{}]", text) else f"'{text}'"


def write_profile(profile_id: str, source: str, tables: Sequence[TableDraft]) -> str:
    """Return a profile as YAML.

    Parameters
    ----------
    profile_id
        Its id and family.
    source
        Name of the file it was drafted from.
    tables
        Its tables.
    """
    counts = {group: sum(u.group == group for t in tables for u in t.uses) for group, _ in _GROUPS}
    lines = [
        f"# Drafted from {_one_line(source)}.",
        f"# {counts['certain']} columns certain, {counts['look']} to look at, {counts['kept']} kept as attributes.",
        "# Above each column: what speaks for the proposal, and other proposals with their confidence (0 to 1).",
        "# Edit it, then: omics-standards convert FILE --profile THIS.yaml. See docs/unknown-sheets.md, docs/model.md.",
        f"id: {profile_id}",
        f"family: {profile_id}",
        f"title: {scalar(source)}",
        "tables:",
    ]
    for table in tables:
        lines += _table(table)
    return "\n".join(lines) + "\n"


def _table(table: TableDraft) -> list[str]:
    spec = table.spec()
    lines = [f"  - id: {table.id}", "    recognise:"]
    lines += [f"      {key}: {flow(value)}" for key, value in spec["recognise"].items()]
    lines += [f"    join: {spec['join']}", "    records:"]
    lines += [f"      {role}: {flow(record)}" for role, record in spec["records"].items()]
    lines += [f"    main: {table.main}"]
    shown: set[str] = set()
    body: list[str] = []
    for group, heading in _GROUPS:
        uses = [u for u in table.uses if u.group == group]
        if group == "look":
            uses.sort(key=lambda u: (u.draft.proposals[0].confidence, u.draft.column))
        if uses:
            body += ["", f"      # --- {heading}"]
        for use in uses:
            body += _column(use, table, again=use.key in shown)
            shown.add(use.key)
    for use in table.uses:
        if use.group == "beside":
            body.append(f"      # {_one_line(use.draft.header)}: read together with {_one_line(use.draft.beside or '')}")
    return [*lines, "    columns:", *body] if shown else [*lines, "    columns: {}", *body]


def _column(use: ColumnUse, table: TableDraft, *, again: bool) -> list[str]:
    draft = use.draft
    lines = []
    values = ", ".join(repr(_short(t)) for t in draft.evidence.sample[:3]) or "no values"
    if use.group == "certain":
        lines.append(f"      # {column_letter(draft.column + 1)}, {draft.proposals[0].confidence:.2f}: {values}")
    else:
        lines.append(f"      # {column_letter(draft.column + 1)}: {values}")
        if use.group == "look":
            best = draft.proposals[0]
            lines.append(f"      #   {best.confidence:.2f}: {_one_line('; '.join(best.reasons))}")
        rest = draft.proposals[1:] if use.group == "look" else draft.proposals
        lines += [
            f"      #   or {_target(p.target.kind, p.target.slot, table)} {p.confidence:.2f}: {_one_line('; '.join(p.reasons))}"
            for p in rest[:3]
            if p.confidence >= 0.15
        ]
    if (unit := _unit_wanted(use)) is not None:
        lines.append(f"      #   numbers without a unit: add one, such as {{to: …, unit: {unit}}}")
    entry = f"      {scalar(use.key)}: {flow(use.spec) if isinstance(use.spec, dict) else scalar(use.spec)}"
    return [*lines, f"      # {entry.strip()}" if again else entry]


def _target(kind: str, slot: str, table: TableDraft) -> str:
    """A slot as the profile would write it; with the class where the table has no such record yet."""
    role = next((r.name for r in table.roles if r.kind == kind), None)
    return f"{role}.{slot}" if role else f"{slot} of a record of class {kind}"


def _unit_wanted(use: ColumnUse) -> str | None:
    """A unit that the slot takes, where the cells are bare numbers and the slot is one of quantities."""
    best = use.draft.best
    if use.group == "kept" or best is None or "unit" in use.draft.companions:
        return None
    slot = MODEL.slots[best.target.slot]
    if slot.kind != "quantity" or use.draft.evidence.share("number") < 0.5 or use.draft.unit:
        return None
    said = next((_SPANS[w] for w in split_words(use.draft.header) if w in _SPANS), None)
    return said or ("a" if slot.name.endswith("age") else slot.units[0] if slot.units else "mg")


def _short(text: str) -> str:
    line = _one_line(text)
    return line if len(line) <= 40 else line[:37] + "..."


def _one_line(text: str) -> str:
    """A text that cannot break out of a comment."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
