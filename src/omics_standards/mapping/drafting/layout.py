"""The records that the columns of a sheet make: which one a row is about, what names each, and how they point to each other.

Columns with their proposals in; the parts of a profile's table out, as plain data.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from ...models.slots import MODEL
from ...values.text import clean, normal
from .beside import numbered
from .names import Target
from .words import KINDS, split_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...tables import Sheet
    from .propose import ColumnDraft

__all__ = ["ColumnUse", "Role", "TableDraft", "lay_out"]

# Records in the order in which one is made of another; what stands further on is the finer one.
_ROLES: Final = {
    "Project": "project", "Study": "study", "Dataset": "dataset", "AccessPolicy": "policy", "Organization": "organization",
    "Person": "person", "Publication": "publication", "Protocol": "protocol", "Factor": "factor", "MeasuringPlatform": "platform",
    "Subject": "subject", "Biosample": "sample", "Process": "process", "Assay": "assay", "Analysis": "analysis", "Run": "run",
    "DataFile": "file",
}  # fmt: skip
# Records around the one of a row: many rows name the same.
_AROUND: Final = frozenset(list(_ROLES)[:10])
_NAMING: Final = ("accessions", "name", "file_name", "title", "doi", "pmid", "email")
# Slots by which one record points to another, the one that is looked for first standing first.
_LINKS: Final = (
    "derived_from", "subject", "samples", "assay", "data_files", "outputs", "projects", "studies", "datasets", "protocols", "protocol",
    "organizations", "contacts", "publications", "affiliations", "access_policy",
)  # fmt: skip
# What is used without a person's look has at least this confidence: more than the habit of one format can give.
SURE: Final = 0.85
# Classes of assay, the usual one first.
_ASSAYS: Final = ("SequencingAssay", *sorted(c for c in MODEL.below("Assay") if c != "SequencingAssay"))


@dataclass
class Role:
    """One record of a row."""

    name: str
    cls: str
    kind: str
    ids: list[str] = field(default_factory=list)
    links: dict[str, list[str]] = field(default_factory=dict)
    shared: bool = False
    repeat: bool = False

    def spec(self) -> dict[str, Any]:
        """As a profile writes it."""
        found: dict[str, Any] = {"class": self.cls}
        if self.ids:
            found["id"] = self.ids
        if self.links:
            found["links"] = self.links
        for flag in ("shared", "repeat"):
            if getattr(self, flag):
                found[flag] = True
        return found


@dataclass
class ColumnUse:
    """What becomes of a column: ``group`` is ``certain``, ``look``, ``kept`` or ``beside``."""

    draft: ColumnDraft
    key: str
    spec: dict[str, Any] | str
    group: str


@dataclass
class TableDraft:
    """A table of a drafted profile."""

    id: str
    sheet: str
    roles: list[Role]
    main: str
    uses: list[ColumnUse]
    recognise: dict[str, Any]

    def spec(self) -> dict[str, Any]:
        """As a profile writes it."""
        columns: dict[str, Any] = {}
        for use in self.uses:
            if use.group != "beside":
                columns.setdefault(use.key, use.spec)
        alone = len(self.roles) == 1 and not self.roles[0].shared
        return {
            "id": self.id,
            "recognise": self.recognise,
            "join": "one-record-per-row" if alone else "merge",
            "records": {r.name: r.spec() for r in self.roles},
            "main": self.main,
            "columns": columns,
        }


def key_of(header: str) -> str:
    """Return a header as a key of a profile; what means something there is left out, which changes no comparison.

    Examples
    --------
    >>> key_of("tissue | organ"), key_of("x {n}")
    ('tissue organ', 'x n')
    """
    return clean(re.sub(r"[|{}]", " ", header))


def lay_out(sheet: Sheet, drafts: Sequence[ColumnDraft], *, table_id: str, only_certain: bool = False) -> TableDraft:
    """Make a table of the columns' proposals.

    Parameters
    ----------
    sheet
        The sheet.
    drafts
        Its columns.
    table_id
        Name of the table in the profile.
    only_certain
        Use certain proposals only, and keep all other columns.
    """
    chosen: dict[int, Target] = {}
    for d in drafts:
        best = d.best
        if d.beside is None and best is not None and (not only_certain or (d.certain and best.confidence >= SURE)):
            chosen[d.column] = best.target
    columns = {d.column: d for d in drafts}
    _fold(chosen, columns)
    _drop_strays(chosen, columns)
    main = _main(chosen, columns)
    builder = _Builder(columns, chosen, main)
    builder.run()
    return TableDraft(table_id, sheet.name, builder.roles, builder.main, _uses(builder, drafts), _recognise(builder, drafts))


def _names(kind: str, chosen: dict[int, Target]) -> list[int]:
    """Columns that name the records of a kind, the best one first."""
    order = ("file_name", "accessions", "name") if kind == "DataFile" else ("accessions", "name")
    return [c for slot in order for c, t in sorted(chosen.items()) if t == Target(kind, slot)]


def _main(chosen: dict[int, Target], columns: dict[int, ColumnDraft]) -> str:
    """The kind of record that a row is about: most columns speak of it, and a column that never repeats names it."""
    best, most = "", 0.0
    for place, kind in enumerate(_ROLES):
        mine = [c for c, t in chosen.items() if t.kind == kind]
        if not mine or (kind == "DataFile" and sum(chosen[c].slot == "file_name" for c in mine) > 1):
            continue  # a row with several files is about what they belong to
        named = _names(kind, chosen)
        unique = any(columns[c].evidence.unique for c in named)
        points = len(mine) + (2 if named else 0) + (4 if unique else 0) - (0 if kind not in _AROUND or unique else 3) + place / 100
        if points > most or not best:
            best, most = kind, points
    return best


def _fold(chosen: dict[int, Target], columns: dict[int, ColumnDraft]) -> None:
    """Give to the main record what is said of a record that no column names, where the main one has that slot."""
    main = _main(chosen, columns)
    slots = _slots_of(main)
    for kind in {t.kind for t in chosen.values()} - {main}:
        if _names(kind, chosen):
            continue
        for c, t in list(chosen.items()):
            near = {kind, main} == {"Subject", "Biosample"} or t.slot in MODEL.classes["NamedThing"].slots
            if near and t.kind == kind and t.slot in slots and Target(main, t.slot) not in chosen.values():
                chosen[c] = Target(main, t.slot)


def _drop_strays(chosen: dict[int, Target], columns: dict[int, ColumnDraft]) -> None:
    """Make no records of a kind that one column alone speaks of, without certainty, and that its header does not name."""
    main = _main(chosen, columns)
    for kind in {t.kind for t in chosen.values()} - {main}:
        mine = [c for c, t in chosen.items() if t.kind == kind]
        if len(mine) > 1 or columns[mine[0]].certain:
            continue
        named = bool(_names(kind, chosen)) and any(KINDS.get(w) == kind for w in split_words(columns[mine[0]].header))
        if not named and kind != "DataFile":
            del chosen[mine[0]]


def _slots_of(kind: str) -> frozenset[str]:
    classes = list(MODEL.below("Assay")) if kind == "Assay" else [kind] if kind in MODEL.classes else []
    return frozenset(s for c in classes for s in MODEL.classes[c].slots)


class _Builder:
    """Makes roles and columns of the chosen slots."""

    def __init__(self, columns: dict[int, ColumnDraft], chosen: dict[int, Target], main_kind: str) -> None:
        self.columns = columns
        self.chosen = chosen
        self.main_kind = main_kind
        self.main = ""
        self.roles: list[Role] = []
        self.specs: dict[int, tuple[str, dict[str, Any] | str]] = {}
        self._by_kind: dict[str, list[Role]] = defaultdict(list)

    def run(self) -> None:
        """Make all."""
        present = [k for k in _ROLES if any(t.kind == k for t in self.chosen.values())]
        for kind in present:
            self._role(kind)
        if not self.roles:
            self.roles.append(Role("entry", "Entry", "Entry"))
            self.main = "entry"
            return
        self.main = self._by_kind[self.main_kind or self.roles[-1].kind][0].name
        self._identify()
        self._link()

    def _key(self, column: int) -> str:
        return key_of(self.columns[column].header)

    def _role(self, kind: str) -> None:
        mine = {c: t for c, t in sorted(self.chosen.items()) if t.kind == kind}
        cls = _assay_class(mine) if kind == "Assay" else kind
        first = Role(_ROLES[kind], cls, kind)
        self._by_kind[kind].append(first)
        if kind == "DataFile":
            self._files(mine)
        elif kind == "Biosample":
            self._materials(mine)
        taken: set[tuple[str, str]] = set()
        for column, target in mine.items():
            if column in self.specs:
                continue
            role = self._by_kind[kind][0]
            slot = MODEL.slots.get(target.slot)
            fits = slot is not None and target.slot in MODEL.classes[role.cls].slots
            exact = self.columns[column].proposals[0].exact
            if not fits or (not slot.multivalued and not exact and (role.name, target.slot) in taken):  # type: ignore[union-attr]
                del self.chosen[column]
                continue
            taken.add((role.name, target.slot))
            self.specs[column] = (self._key(column), self._spec(column, f"{role.name}.{target.slot}"))
        self.roles += self._by_kind[kind]

    def _spec(self, column: int, target: str) -> dict[str, Any] | str:
        """What a profile says of the column."""
        draft = self.columns[column]
        targets = [target]
        if target.endswith(".file_name") and draft.evidence.share("web") > 0.5:
            targets.append(target.replace(".file_name", ".locations"))
        spec: dict[str, Any] = {"to": targets if len(targets) > 1 else target}
        if "longitude" in draft.companions:
            spec["as"] = "point"
        if draft.companions:
            spec["with"] = {part: key_of(h) for part, h in draft.companions.items()}
        if MODEL.slots[target.partition(".")[2]].multivalued and (between := _delimiter(draft)):
            spec["split"] = between
        return target if list(spec) == ["to"] and len(targets) == 1 else spec

    def _files(self, mine: dict[int, Target]) -> None:
        """Several files of a row: numbered ones are one role that repeats, others get a role each."""
        named = [c for c, t in mine.items() if t.slot == "file_name"]
        if len(named) < 2:
            return
        pattern = numbered([self._key(c) for c in named])
        if not pattern:
            for number, column in enumerate(named[1:], 2):
                role = Role(f"file_{number}", "DataFile", "DataFile", [self._key(column)])
                self._by_kind["DataFile"].append(role)
                self.specs[column] = (self._key(column), self._spec(column, f"{role.name}.file_name"))
            return
        role = self._by_kind["DataFile"][0]
        role.repeat, role.ids = True, [pattern]
        by_slot: dict[str, list[int]] = defaultdict(list)
        for column, target in mine.items():
            by_slot[target.slot].append(column)
        for slot, same in by_slot.items():
            shared = numbered([self._key(c) for c in same])
            if shared:
                for column in same:
                    self.specs[column] = (shared, self._spec(column, f"{role.name}.{slot}"))

    def _materials(self, mine: dict[int, Target]) -> None:
        """Further names of materials: what was made of the sample, and of that again."""
        named = [c for c, t in mine.items() if t.slot == "name"]
        for number, column in enumerate(named[1:], 1):
            before = self._by_kind["Biosample"][-1]
            name = "material" if number == 1 else f"material_{number}"
            self._by_kind["Biosample"].append(
                Role(name, "Material", "Biosample", [self._key(column)], {"derived_from": [before.name]}, True)
            )
            self.specs[column] = (self._key(column), self._spec(column, f"{name}.name"))

    def _identify(self) -> None:
        main = next(r for r in self.roles if r.name == self.main)
        for role in self.roles:
            if role.ids:
                continue
            named = [c for c in _names(role.kind, self.chosen) if self._feeds(c, role)]
            if not named and role.kind in _AROUND:
                mine = [c for c in sorted(self.chosen) if self._feeds(c, role)]
                named = sorted(mine, key=lambda c: (_rank(self.chosen[c].slot), c))[:1]
            role.ids = [self._key(c) for c in named]
            if role is not main and (role.kind in _AROUND or (named and not any(self.columns[c].evidence.unique for c in named))):
                role.shared = True
        for role in self.roles:
            if not role.ids and not role.repeat and role is not main:
                role.ids, role.shared = list(main.ids), main.shared
        if main.ids and not any(self.columns[c].evidence.unique for c in self._columns_of(main.ids)):
            main.shared = len(self.roles) > 1

    def _columns_of(self, keys: list[str]) -> list[int]:
        return [c for c in self.columns if self._key(c) in keys]

    def _feeds(self, column: int, role: Role) -> bool:
        spec = self.specs.get(column)
        if spec is None:
            return False
        to = spec[1] if isinstance(spec[1], str) else spec[1]["to"]
        return str(to if isinstance(to, str) else to[0]).startswith(f"{role.name}.")

    def _link(self) -> None:
        """Let each record point to those that it is made of or belongs to, by the shortest way."""
        last = {kind: roles[-1] for kind, roles in self._by_kind.items()}
        for role in self.roles:
            for slot in _LINKS:
                if slot not in MODEL.classes[role.cls].slots or slot in role.links or slot == "derived_from":
                    continue
                wanted = MODEL.slots[slot].range
                kinds = [k for k, r in last.items() if r.kind != role.kind and MODEL.is_a(r.cls, wanted)]
                if slot == "outputs" and "Run" in last:
                    kinds = []
                if slot == "samples" and _reached(role.kind, frozenset(last)):
                    kinds = []
                for kind in kinds[:1]:
                    role.links[slot] = [r.name for r in (self._by_kind[kind] if kind == "DataFile" else [last[kind]])]


def _reached(kind: str, present: frozenset[str]) -> bool:
    """Tell whether a record leads to the sample by way of another one: a file by its run, a run by its assay."""
    way = {"DataFile": {"Run", "Analysis"}, "Run": {"Assay"}, "Process": {"Assay", "Run"}}
    return bool(way.get(kind, set()) & present)


def _rank(slot: str) -> int:
    return _NAMING.index(slot) if slot in _NAMING else len(_NAMING)


def _assay_class(mine: dict[int, Target]) -> str:
    """The class of assay that has most of the slots; sequencing where all are alike."""
    wanted = [t.slot for t in mine.values()]
    return max(_ASSAYS, key=lambda c: (sum(s in MODEL.classes[c].slots for s in wanted), -_ASSAYS.index(c)))


def _delimiter(draft: ColumnDraft) -> str:
    """What stands between the values of a cell; '' where cells hold one value each."""
    if any(draft.evidence.share(k) > 0.5 for k in ("long", "web")) and not draft.evidence.share("web"):
        return ""
    for mark in ("|", ";"):
        holding = sum(mark in t for t in draft.evidence.sample)
        if holding >= max(1, len(draft.evidence.sample) * 0.2):
            return mark
    return ""


def _uses(builder: _Builder, drafts: Sequence[ColumnDraft]) -> list[ColumnUse]:
    found = []
    for draft in drafts:
        if draft.beside is not None and any(draft.header in d.companions.values() and d.column in builder.specs for d in drafts):
            found.append(ColumnUse(draft, key_of(draft.header), "", "beside"))
        elif draft.column in builder.specs:
            key, spec = builder.specs[draft.column]
            found.append(ColumnUse(draft, key, spec, "certain" if draft.certain else "look"))
        else:
            found.append(ColumnUse(draft, key_of(draft.header), {"keep": builder.main}, "kept"))
    return found


def _recognise(builder: _Builder, drafts: Sequence[ColumnDraft]) -> dict[str, Any]:
    """By which headers the same table is known again: those that name the row's record must be there, most others should."""
    used = [key_of(d.header) for d in drafts if d.column in builder.chosen and normal(d.header)]
    rest = [key_of(d.header) for d in drafts if d.column not in builder.chosen]
    main = next((r for r in builder.roles if r.name == builder.main), None)
    must = [] if main is None or main.repeat or not main.ids else main.ids[:1]
    core = [h for h in [*used, *rest] if h not in must][:12]
    return {"all": must, "core": core} if must else {"core": core}
