"""What stands in a template: the archive's columns, each with what our reader knows of it. No file is made here."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from ...errors import UsageError
from ...mapping.headers import Match, auto_target, is_pattern, match_headers
from ...models.slots import MODEL, SlotDef
from ...profiles.load import load_profiles
from ...profiles.requirements import FieldRule, find_kind, kinds, requirements
from ...profiles.targets import Layout, find_layout
from ...values.text import normal
from .examples import ExampleRow, theme_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...profiles.schema import Profile, Table
    from ...profiles.targets import BlockLayout, SheetLayout

__all__ = ["Language", "Template", "TemplateBlock", "TemplateColumn", "TemplateSheet", "build_template"]

Language = Literal["en", "zh", "both"]
Columns = Literal["all", "recommended", "required"]

_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
# Excel refuses more characters in the name of a sheet, and these.
_SHEET_NAME: Final = 31
_NOT_IN_A_NAME: Final = re.compile(r"[\[\]:*?/\\]")
_WANTED: Final = {"all": 3, "recommended": 2, "required": 1}
_RANK: Final = {"required": 0, "group": 1, "recommended": 2, "optional": 3}


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """A column (or, in a form, a line) of a template.

    ``header``: as written. ``chinese``: a Chinese name that our reader knows again as the same column; '' where there is none.
    ``cls``, ``slot``: what it feeds; '' for one that is kept as an attribute. ``choices``: for a drop-down; ``open``: other
    texts pass as well. ``example``: '' where the example row leaves it blank.
    """

    rule: FieldRule
    header: str
    chinese: str = ""
    cls: str = ""
    slot: str = ""
    choices: tuple[str, ...] = ()
    open: bool = False
    example: str = ""

    @property
    def definition(self) -> SlotDef | None:
        """The slot that the column feeds."""
        return (MODEL.classes[self.cls].own.get(self.slot) or MODEL.slots[self.slot]) if self.slot else None


@dataclass(frozen=True, slots=True)
class TemplateBlock:
    """A table of a template: its title line ('' for none), its shape and its columns."""

    table: str
    title: str
    shape: Literal["rows", "keys"]
    columns: tuple[TemplateColumn, ...]
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TemplateSheet:
    """A sheet with its blocks from the top; ``lead``: lines above them where it is written as text."""

    name: str
    blocks: tuple[TemplateBlock, ...]
    lead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """All sheets of a target for one kind of sample."""

    target: Layout
    kind: str
    title: str
    language: Language
    sheets: tuple[TemplateSheet, ...]

    @property
    def text_sheet(self) -> TemplateSheet | None:
        """The sheet that makes a tab-separated file; None where the target is a workbook only."""
        names = [layout.name for layout in self.target.sheets]
        return self.sheets[names.index(self.target.text)] if self.target.text else None


def build_template(target: str, kind: str = "", *, language: Language = "en", columns: Columns = "all", example: bool = True) -> Template:
    """Say what stands in a template.

    Parameters
    ----------
    target
        A name of :func:`~omics_standards.profiles.targets.layouts`.
    kind
        Sample type, package, checklist or template; '' for the target's default.
    language
        Of the headers: ``zh`` gives Chinese ones where our reader knows them again; ``both`` keeps the archive's and says the
        Chinese ones in their notes.
    columns
        ``all``; ``recommended`` leaves out optional ones; ``required`` leaves out all that may stay empty.
    example
        False for a template without the example row.

    Returns
    -------
    Template

    Raises
    ------
    UsageError
        There is no such target or kind.

    Examples
    --------
    >>> gsa = build_template("gsa", "human")
    >>> [s.name for s in gsa.sheets], gsa.sheets[0].blocks[0].columns[0].header
    (['Sample', 'Experiment', 'Run'], '*Sample name')
    >>> build_template("gsa", "unicorn")
    Traceback (most recent call last):
    omics_standards.errors.UsageError: ngdc-gsa has no kind 'unicorn'; ...
    """
    where = find_layout(target)
    profile = next(p for p in load_profiles() if p.id == where.profile)
    if kind and not where.kinds:
        raise UsageError(f"{where.name} has one template for all samples; leave {kind!r} out")
    name = find_kind(profile.id, where.kinds, kind) if where.kinds else ""
    title = next((k.title for k in kinds(profile.id, where.kinds) if k.name == name), "") if where.kinds else ""
    row = ExampleRow(theme_of(profile.id, name, title), name) if example else None
    asked = _Asked(where, profile, name, title, language, columns, row)
    return Template(where, name, title, language, tuple(_sheet(layout, asked) for layout in where.sheets))


class _Asked(NamedTuple):
    """What was asked for, as every sheet of the template needs it."""

    target: Layout
    profile: Profile
    kind: str
    title: str
    language: Language
    columns: Columns
    row: ExampleRow | None


def _sheet(layout: SheetLayout, asked: _Asked) -> TemplateSheet:
    blocks = tuple(_block(b, asked) for b in layout.blocks)
    name = _NOT_IN_A_NAME.sub(" ", layout.name.replace("{kind}", asked.kind))[:_SHEET_NAME]
    lead = asked.target.lead if layout.name == asked.target.text else ()
    return TemplateSheet(name, blocks, tuple(line.replace("{kind}", asked.kind).replace("{title}", asked.title) for line in lead))


def _block(layout: BlockLayout, asked: _Asked) -> TemplateBlock:
    profile = asked.profile.id
    table = asked.profile.table(layout.table)
    varies = table.id == asked.target.kinds
    rules = [
        r
        for r in requirements(profile, table.id, asked.kind if varies else "")
        if (not layout.fields or r.name in layout.fields) and _RANK[r.requirement] <= _WANTED[asked.columns]
    ]
    found = [_column(rule, match, table) for rule, match in zip(rules, match_headers(table, [r.header for r in rules]), strict=True)]
    found = _with_chinese(found, table)
    if asked.language == "zh":
        found = [replace(c, header=c.chinese) if c.chinese else c for c in found]
    if asked.row is not None:
        found = [replace(c, example=text) for c, text in zip(found, asked.row.of(profile, table.id, found), strict=True)]
    units = tuple(_unit(c) for c in found) if asked.target.units and varies else ()
    return TemplateBlock(table.id, layout.title, layout.shape, tuple(found), units)


def _unit(column: TemplateColumn) -> str:
    """The unit that the row of units proposes: the model's own, or the year, since archives list units in no order of use."""
    units = column.rule.units
    usual = (column.definition.units[:1] if column.definition is not None else ()) + ("years", "year")
    return next((u for u in usual if u in units), units[0] if units else "")


def _goal(match: Match, table: Table) -> str:
    """What a header is read as: ``record.slot``; '' where it is kept under its own name."""
    if match.spec is None:
        return ""
    return match.spec.to[0] if match.spec.to else auto_target(match, table) or ""


def _column(rule: FieldRule, match: Match, table: Table) -> TemplateColumn:
    goal = _goal(match, table)
    cls, slot = "", ""
    if goal:
        role, _, slot = goal.partition(".")
        cls = table.record_of(goal).cls if table.chain is not None else table.records[role].cls
    choices, is_open = rule.values, rule.open or bool(rule.upto)
    if not choices and slot and not rule.pattern:
        known = MODEL.slots[slot]
        # Of a term or a text the model has no list; of an enumeration it has its own spelling, which no archive refuses for sure.
        choices = tuple(MODEL.enums[known.range]) if known.kind == "enum" else ()
        is_open = True
    return TemplateColumn(rule, rule.header, _chinese_name(match, slot, table), cls, slot, choices, is_open)


def _chinese_name(match: Match, slot: str, table: Table) -> str:
    form = normal(match.header)
    for spec in table.columns.values():
        for spellings in spec.companions.values():
            # What stands beside another column (the unit of a number) has a name there, if any.
            parts = [p.strip("<> ") for p in spellings.split("|")]
            if match.how != "column" and form in map(normal, parts):
                return next((p for p in parts if _CHINESE.search(p)), "")
    if match.how in ("column", "pattern"):
        for part in match.key.split("|"):
            if _CHINESE.search(part):
                return part.strip().replace("{n}", match.number) if is_pattern(part) else part.strip()
    if match.how == "alias" and slot:
        return MODEL.slots[slot].title.get("zh", "")
    return ""


def _with_chinese(columns: Sequence[TemplateColumn], table: Table) -> list[TemplateColumn]:
    """Give columns their Chinese names, those alone that our reader knows again as what they are."""
    found = [replace(c, chinese=f"{_star(c.header)}{c.chinese}") if c.chinese else c for c in columns]
    plain = match_headers(table, [c.header for c in columns])
    while True:
        headers = [c.chinese or c.header for c in found]
        forms = [normal(h) for h in headers]
        again = match_headers(table, headers)
        wrong = [
            i
            for i, (old, new) in enumerate(zip(plain, again, strict=True))
            if found[i].chinese and (_said(old, table) != _said(new, table) or forms.count(forms[i]) > 1)
        ]
        lost = [i for i, (old, new) in enumerate(zip(plain, again, strict=True)) if _said(old, table) != _said(new, table)]
        if not wrong and not lost:
            return found
        # A Chinese name may take away what belongs to a column beside it: then none of this table has one.
        found = [replace(c, chinese="") if i in wrong or not wrong else c for i, c in enumerate(found)]


def _said(match: Match, table: Table) -> tuple[str, str, str, frozenset[tuple[str, int]]]:
    keep = match.spec.keep or "" if match.spec is not None else ""
    return (_goal(match, table), keep, match.number, _names(match, table))


def _names(match: Match, table: Table) -> frozenset[tuple[str, int]]:
    """What a header names: records, by which of their names. A run finds its library by the header that names it, and by no other."""
    form = normal(match.header.lstrip("* "))
    return frozenset(
        (role, i)
        for role, record in table.records.items()
        for i, told in enumerate(record.id)
        if any(normal(part.strip("<> ").replace("{n}", match.number)) == form for whole in told.split(" + ") for part in whole.split("|"))
    )


def _star(header: str) -> str:
    return header[: len(header) - len(header.lstrip("* "))]
