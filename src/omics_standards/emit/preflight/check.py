"""The cells that would be written, against what the archive asks for. Nothing is written and nothing is changed here."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ...errors import UsageError
from ...mapping.headers import match_headers
from ...profiles.requirements import FieldRule, default_kind, field_rule, find_kind, kinds, requirements
from ...profiles.tablerules import TableRules, table_rules
from ...values.missing import read_missing
from ...values.text import normal
from ..sheets import compose
from ..sheets.dressing import columns_of, target_of
from ..sheets.unitrow import spelled_unit, units_of
from .documents import Checked, checked_as, told_as
from .sections import tables_of
from .together import Cells, What, complaints

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ...profiles.schema import Profile
    from ...records import Record
    from ...terms import Terms
    from ..sheets import SheetGrid
    from ..sheets.fill import Told
    from .together import Complaint

__all__ = ["FAILING", "FieldReport", "Preflight", "Problem", "check_grids", "kind_of", "preflight"]

# What the archive sends back; a spelling that differs by case or signs alone is told, and put right when the sheet is written.
FAILING: Final = frozenset({"missing", "not allowed", "missing word", "pattern", "too long", "unit"})
# Records that are named before they are only counted.
_NAMED: Final = 5

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Problem:
    """One kind of trouble with one field.

    Attributes
    ----------
    what
        ``missing`` (nothing stands where something must), ``not allowed`` (the archive lists its values, and this is none of
        them), ``missing word`` (a word for absence that it does not take here), ``pattern``, ``too long``, ``unit`` (a number in a
        unit that it does not list, or in none), ``spelling``, or ``warning`` (it takes that, and says something about it).
    value
        The text, '' where it is missing.
    expected
        What the archive takes instead: its nearest value, its pattern, its words.
    count
        Rows that have it.
    records
        Ids of the first records that they are about.
    """

    what: What
    value: str
    expected: str
    count: int
    records: tuple[str, ...]


@dataclass(slots=True)
class FieldReport:
    """A field of an archive's table, and how the records stand to it.

    ``cls``, ``slot``: what feeds it, '' where nothing is known of that. ``header``: the field's, or those of a group (``strain |
    isolate``). ``records``: rows of the table; ``filled``: those that have a value, words for absence included.
    """

    target: str
    profile: str
    table: str
    kind: str
    header: str
    requirement: str
    cls: str = ""
    slot: str = ""
    records: int = 0
    filled: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def name(self) -> str:
        """``Class.slot``, or the header where no slot feeds the field."""
        return f"{self.cls}.{self.slot}" if self.slot else self.header

    @property
    def failing(self) -> bool:
        """The archive would send a record back because of this field."""
        return any(p.what in FAILING for p in self.problems)


@dataclass(slots=True)
class Preflight:
    """The fields of all tables of all targets, in the order in which they were asked for."""

    fields: list[FieldReport] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    """Tables of whose requirements nothing is known, as ``profile/table``; documents of which nothing is, as ``profile``."""

    @property
    def failing(self) -> bool:
        """Something is missing or not allowed."""
        return any(f.failing for f in self.fields)


def preflight(
    records: Sequence[Record],
    targets: Mapping[str, Sequence[Profile]],
    terms: Terms,
    *,
    kind: str = "",
    tables: Sequence[str] = (),
) -> Preflight:
    """Say what archives would send back.

    Parameters
    ----------
    records
        Those of a dataset.
    targets
        Name of each target and the profiles that write it.
    terms
        As for writing.
    kind
        Sample type, package, checklist or template; '' takes what the records name, else what their organism says, else the
        archive's default. A kind that only some of the targets have is used for these.
    tables
        Ids of the tables to write; () for those that the records need.

    Returns
    -------
    Preflight
        Fields that are required or recommended, or that have a problem.

    Raises
    ------
    UsageError
        No target has the kind, or a format can be read only.
    """
    found = Preflight()
    refused: list[UsageError] = []
    known = 0
    for target, profiles in targets.items():
        told: Told = {}
        for profile in profiles:
            composed = compose(profile, records, terms, tables=tables, told=told)
            for key, values in composed.told.items():
                told.setdefault(key, set()).update(values)
            asked: list[Checked] = [Checked(g, profile, g.table, {}) for g in tables_of(composed.grids, profile)]
            asked += checked_as(composed.cells, profile)
            if not asked and composed.documents:
                found.unknown.append(profile.id)
            for one in asked:
                chosen, meant = _chosen(one, kind, records, refused)
                known += meant
                part = check_grids([one.grid], one.profile, {one.grid.table: chosen}, target=target)
                part.fields += nameless(one, chosen, target) if one.profile is not profile else []
                found.fields += [told_as(f, one, profile) for f in part.fields]
                found.unknown += [f"{profile.id}/{one.table}" for _ in part.unknown]
    if kind and refused and not known:
        raise refused[0]
    return found


def _chosen(one: Checked, kind: str, records: Sequence[Record], refused: list[UsageError]) -> tuple[str, bool]:
    """The kind that a table is taken for, and whether that is the one that was asked for; what speaks against it goes to ``refused``."""
    try:
        found = find_kind(one.profile.id, one.grid.table, kind) if kind else ""
    except UsageError as e:
        refused.append(e)
        found = ""
    return found or kind_of(one.profile.id, one.grid, records), bool(found)


def check_grids(grids: Iterable[SheetGrid], profile: Profile, chosen: Mapping[str, str], *, target: str = "") -> Preflight:
    """Check the cells that would be written.

    Parameters
    ----------
    grids
        Tables as a writer composed them.
    profile
        The profile that composed them.
    chosen
        Kind of sample by table; the archive's default for a table that is not there.
    target
        What the caller calls the archive; '' for the profile's id.
    """
    found = Preflight()
    for grid in grids:
        kind = chosen.get(grid.table, default_kind(profile.id, grid.table))
        rules = requirements(profile.id, grid.table, kind)
        if not rules:
            found.unknown.append(f"{profile.id}/{grid.table}")
            continue
        found.fields += _GridCheck(grid, profile, rules, target or profile.id, kind).reports()
    return found


def nameless(one: Checked, kind: str, target: str) -> list[FieldReport]:
    """Say that samples of a document name no kind, or one that the archive has not; a sheet gets it when it is written.

    Parameters
    ----------
    one
        The table of the document, with the profile whose rules it is under.
    kind
        What its rows are taken for.
    target
        What the caller calls the archive.
    """
    field = table_rules(one.profile.id, one.grid.table).kind
    if not field or field.startswith("#"):
        return []
    known = {k.name for k in kinds(one.profile.id, one.grid.table)}
    columns = [c for c, h in enumerate(one.grid.rows[one.grid.header]) if h == field]
    met = _Met()
    rows = [(key[1], row) for key, row in zip(one.grid.records, one.grid.rows, strict=True) if key is not None]
    filled = 0
    for record, row in rows:
        said = [row[c] for c in columns if row[c]]
        filled += bool(said)
        if not said:
            met.add("missing", "", f"the name of a package, such as {kind}", record)
        elif not known & set(said):
            met.add("not allowed", said[0], f"the name of a package, such as {kind}", record)
    report = FieldReport(target, one.profile.id, one.grid.table, kind, field, "required", "Biosample", "checklists", len(rows), filled)
    report.problems = met.problems()
    return [report]


def kind_of(profile: str, grid: SheetGrid, records: Sequence[Record]) -> str:
    """Say which kind of sample a table is about: the one that the records name, else the one whose fields they fill best.

    Parameters
    ----------
    profile
        Id of the profile that composed the table.
    grid
        The table.
    records
        Those of the dataset.

    Returns
    -------
    str
        A name of :func:`~omics_standards.profiles.requirements.kinds`; '' for a table that is the same for all.
    """
    known = [k.name for k in kinds(profile, grid.table)]
    if not known:
        return ""
    mine = {key for key in grid.records if key is not None}
    said: Counter[str] = Counter()
    organisms: set[str] = set()
    for record in records:
        if (record.cls, record.id) in mine:
            values = dict(record.items())
            said.update(str(v) for v in values.get("checklists", ()))
            organisms |= {str(getattr(v, "label", v)).casefold() for v in values.get("organism", ())}
    for name, _ in said.most_common():
        try:
            return find_kind(profile, grid.table, name)
        except UsageError:
            continue
    filled = {normal(h) for h in grid.rows[grid.header]} if grid.rows else set()
    default = default_kind(profile, grid.table)
    asked = {k: {normal(r.name): r.required for r in requirements(profile, grid.table, k)} for k in known}
    unmet = {k: sum(required and form not in filled for form, required in forms.items()) for k, forms in asked.items()}
    meant = {k: unmet[k] for k in known if _about(k, organisms) >= 0}
    if default in meant and meant[default] == min(meant.values()):
        return default
    # How well a kind's fields are those that the records fill: what is required and not there weighs double.
    return max(known, key=lambda k: (len(filled & asked[k].keys()) - 2 * unmet[k] + _about(k, organisms), k == default))


# How kinds begin that are of anybody but people.
_OF_OTHERS: Final = ("plant", "animal", "model", "microbe", "virus", "pathogen", "invertebrate", "sars-cov")


def _about(kind: str, organisms: set[str]) -> int:
    """What the organisms say for or against a kind that bears the name of people, of other beings or of metagenomes."""
    if not organisms:
        return 0
    name = kind.casefold()
    if name.startswith(("human.", "human")) and "gut" not in name:
        return 4 if organisms == {"homo sapiens"} else -20
    if name.startswith(("metagenome", "mims", "mimarks.survey")):
        return 4 if all("metagenome" in o for o in organisms) else -20
    return -20 if organisms == {"homo sapiens"} and name.startswith(_OF_OTHERS) else 0


class _Met:
    """Problems of one field in the making."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[What, str, str]] = Counter()
        self.records: defaultdict[tuple[What, str, str], list[str]] = defaultdict(list)

    def add(self, what: What, value: str, expected: str, record: str) -> None:
        key = (what, value, expected)
        self.counts[key] += 1
        if len(self.records[key]) < _NAMED and record not in self.records[key]:
            self.records[key].append(record)

    def problems(self) -> list[Problem]:
        return [Problem(*key, count, tuple(self.records[key])) for key, count in self.counts.items()]


class _GridCheck:
    """One table against the rules of its kind."""

    def __init__(self, grid: SheetGrid, profile: Profile, rules: Sequence[FieldRule], target: str, kind: str) -> None:
        self.profile = profile
        self.table = profile.table(grid.table)
        self.kind = kind
        self.target = target
        self.told = table_rules(profile.id, grid.table)
        self.rules = [*rules, *self._elsewhere(grid, rules)]
        rules = self.rules
        self.words = frozenset(profile.missing.keep)
        self.rows = [(key[1], row) for key, row in zip(grid.records, grid.rows, strict=True) if key is not None]
        self.header = grid.rows[grid.header] if grid.rows else []
        self.fed = grid.targets
        self.columns = columns_of(rules, self.header, self.table)
        self.units = units_of(grid, self.table)
        self.more = self._together()
        self.targets = [target_of(m, self.table) for m in match_headers(self.table, [r.header for r in rules])]

    def reports(self) -> list[FieldReport]:
        """A report per field that is required or recommended or has a problem; a group of fields has one."""
        found: list[FieldReport] = []
        groups: dict[str, list[int]] = defaultdict(list)
        for index, rule in enumerate(self.rules):
            if rule.group:
                groups[rule.group].append(index)
            report = self._field(index, rule)
            if rule.requirement in ("required", "recommended") or report.problems:
                found.append(report)
        for name, members in groups.items():
            found.append(self._group(name, members))
        # What is left is about columns of nobody's, about several, or about whole rows.
        owned = {c for columns in self.columns for c in columns}
        left: dict[str, list[Complaint]] = defaultdict(list)
        for complaint in self.more:
            if complaint.column not in owned and complaint.field not in {r.name for r in self.rules}:
                left[complaint.field or "whole rows"].append(complaint)
        return [*found, *(self._rest(header, told) for header, told in left.items())]

    def _elsewhere(self, grid: SheetGrid, rules: Sequence[FieldRule]) -> list[FieldRule]:
        """What is asked of fields of other kinds of sample, where it is asked of them everywhere."""
        mine = {normal(r.name) for r in rules}
        heads = dict.fromkeys(h.lstrip("*") for h in grid.rows[grid.header]) if grid.rows and self.told.everywhere else ()
        found = (field_rule(self.profile.id, h) for h in heads if normal(h) not in mine)
        return [rule for rule in found if rule is not None]

    def _together(self) -> list[Complaint]:
        """What the archive has against cells because of others, or of their signs."""
        told = self.told
        if told == TableRules():
            return []
        names = [r.name for r in self.rules]
        cells = Cells(self.header, [row for _, row in self.rows], dict(zip(names, self.columns, strict=True)))
        words = {k: v for k, v in self.table.element.derive.items() if isinstance(v, dict)}
        return list(complaints(cells, told, dict(zip(names, self.rules, strict=True)), self.kind, words=words))

    def _rest(self, header: str, told: Sequence[Complaint]) -> FieldReport:
        fed = self.fed[told[0].column] if 0 <= told[0].column < len(self.fed) else None
        report = FieldReport(self.target, self.profile.id, self.table.id, self.kind, header, "optional", *(fed or ("", "")), len(self.rows))
        report.filled = (
            sum(any(c.column < len(row) and row[c.column] for c in told[:1]) for _, row in self.rows) if told[0].column >= 0 else 0
        )
        met = _Met()
        for complaint in told:
            met.add(complaint.what, complaint.value, complaint.expected, self.rows[complaint.row][0])
        report.problems = met.problems()
        return report

    def _blank(self, header: str, requirement: str, index: int) -> FieldReport:
        cls, slot = self.targets[index]
        return FieldReport(self.target, self.profile.id, self.table.id, self.kind, header, requirement, cls, slot, len(self.rows))

    def _field(self, index: int, rule: FieldRule) -> FieldReport:
        report = self._blank(rule.header, rule.requirement, index)
        columns = self.columns[index]
        met = _Met()
        verdicts: dict[str, tuple[What, str] | None] = {}
        for record, row in self.rows:
            texts = [row[c] for c in columns if c < len(row) and row[c].strip()]
            report.filled += bool(texts)
            if not texts and rule.required:
                met.add("missing", "", _wanted(rule), record)
            for text in texts:
                if text not in verdicts:
                    verdicts[text] = _trouble(rule, text, self.words) or self._unit(rule, text, columns)
                trouble = verdicts[text]
                if trouble is not None:
                    met.add(trouble[0], text, trouble[1], record)
        for complaint in self.more:
            if complaint.field == rule.name:
                met.add(complaint.what, complaint.value, complaint.expected, self.rows[complaint.row][0])
        report.problems = met.problems()
        return report

    def _unit(self, rule: FieldRule, text: str, columns: Sequence[int]) -> tuple[What, str] | None:
        """Say that a number stands in a unit that the archive does not list; None where it does, or where units have no row."""
        if self.units is None or not rule.units or not re.match(r"[+-]?\d", text):
            return None
        said = next((self.units[c] for c in columns if c < len(self.units) and self.units[c]), "")
        if spelled_unit(rule, said) is not None:
            return None
        return ("unit", f"a number in {' or '.join(rule.units)}, not in {said or 'a unit that nobody names'}")

    def _group(self, name: str, members: Sequence[int]) -> FieldReport:
        header = " | ".join(self.rules[i].header for i in members)
        report = self._blank(header, f"one of group {name}", members[0])
        fed = [self.targets[i] for i in members]
        one = len({cls for cls, _ in fed}) == 1 and all(slot for _, slot in fed)
        report.cls, report.slot = (fed[0][0], " | ".join(sorted({slot for _, slot in fed}))) if one else ("", "")
        met = _Met()
        for record, row in self.rows:
            if any(c < len(row) and row[c].strip() for i in members for c in self.columns[i]):
                report.filled += 1
            else:
                met.add("missing", "", f"a value for at least one of: {header}", record)
        report.problems = met.problems()
        return report


def _wanted(rule: FieldRule) -> str:
    if rule.values:
        return f"one of: {', '.join(rule.values[:_NAMED])}{', …' if len(rule.values) > _NAMED else ''}"
    return rule.form or ("a value, or one of: " + ", ".join(rule.missing[:_NAMED]) if rule.missing else "a value")


def _trouble(rule: FieldRule, text: str, keep: frozenset[str]) -> tuple[What, str] | None:
    """What the archive has against a text; None where it takes it."""
    if text in rule.missing:
        return None
    absent = None if text in keep or text in rule.values else read_missing(text, keep=keep)
    if absent is not None and not absent.trailing and (rule.values or rule.pattern or rule.requirement != "optional" or rule.missing):
        return _absence(rule, absent.reason)
    if rule.values and (trouble := _against_list(rule, text)) is not None:
        return trouble
    if not rule.takes(text):
        return ("pattern", rule.form)
    if rule.longest is not None and len(text) > rule.longest:
        return ("too long", f"at most {rule.longest} characters, not {len(text)}")
    return None


def _absence(rule: FieldRule, reason: str) -> tuple[What, str] | None:
    if reason in rule.missing:
        return ("spelling", reason)
    return ("missing word", f"a value, or one of: {', '.join(rule.missing)}" if rule.missing else "a value")


def _against_list(rule: FieldRule, text: str) -> tuple[What, str] | None:
    spelled = rule.spelled(text)
    if spelled == text:
        return None
    if spelled is not None:
        return ("spelling", spelled)
    if rule.open:
        return None
    near = rule.nearest(text)
    listed = _wanted(rule)
    return ("not allowed", f"{near!r}, or {listed}" if near else listed)
