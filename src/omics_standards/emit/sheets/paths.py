"""From the graph of records to rows that are paths: sources, samples, extracts, processes, assays and files from left to right.

Reading such a row links each step to the nearest step of a kind beside it (:mod:`omics_standards.mapping.chain`). Rows are laid so that
reading them makes the links that the records have, and none besides: a path is walked backwards from where it ends, and a step is put
before it only where all links that this would make are there. A pool has a row for each thing pooled, a run one for each channel.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from ...models.slots import MODEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ...profiles.schema import RecordSpec, Table
    from ...records import Record

__all__ = ["Key", "Network", "Step", "Way", "key_of", "kind_in", "role_in"]

Key = tuple[str, str]
# Paths to one end beyond which only those are laid that say something new: pools of pools would have millions.
_MOST = 64
# Walks that found nothing new after which there is nothing new to find.
_IDLE = 64


class Step(NamedTuple):
    """A record and the role that it plays in a row."""

    role: str
    record: Record


Way = tuple[Step, ...]
"""The steps of a row, from left to right."""


def _ids(way: Way) -> tuple[str, ...]:
    return tuple(step.record.id for step in way)


def key_of(record: Record) -> Key:
    """Class and id of a record."""
    return record.cls, record.id


def kind_in(record: Record) -> list[str]:
    """The pieces of a local id behind its class, escaped as they stand; [] for an accession.

    Examples
    --------
    >>> from omics_standards.records import Record
    >>> kind_in(Record("Biosample", "biosample/source/S%201", (), (), 0)), kind_in(Record("Biosample", "biosample:SAMN1", (), (), 0))
    (['source', 'S%201'], [])
    """
    path = MODEL.classes[record.cls].path or record.cls
    return record.id.removeprefix(f"{path}/").split("/") if record.id.startswith(f"{path}/") else []


def role_in(tables: Sequence[Table], record: Record) -> tuple[Table, str] | None:
    """The step of a table's rows that a record is, and the table.

    Its class, its kind, and what a table sets for a role decide; of several that fit, the first that fits best.
    """
    found: list[tuple[int, Table, str]] = []
    for table in tables:
        for role in table.chain.steps if table.chain is not None else ():
            fit = _fit(table.records[role], record)
            if fit is not None:
                found.append((fit, table, role))
    best = max(found, key=lambda f: f[0], default=None)
    return best[1:] if best else None


def _fit(spec: RecordSpec, record: Record) -> int | None:
    """How well a record plays a role; None where something speaks against it."""
    if record.cls != spec.cls:
        return None
    pieces, fit = kind_in(record), 0
    if spec.kind and len(pieces) > 1 and pieces[0] == spec.kind:
        pieces, fit = pieces[1:], 4
    elif spec.kind:
        # Records from elsewhere are not named by their kind; what the role sets has to say it.
        if not spec.set:
            return None
        fit = -3
    for slot, text in spec.set.items():
        said = {str(getattr(v, "label", v)) for v in record.values(slot)}
        if said and text not in said:
            return None
        fit += 2 if said else -1
    if spec.local:
        # The name of a file stands before that of the record.
        fit += 1 if len(pieces) > 1 and "." in pieces[0] else -1
    if record.cls == "Process":
        applied = bool(record.values("protocol"))
        if applied and "protocol" not in spec.links:
            return None
        fit += 3 if applied else -1 if "protocol" in spec.links else 0
    return fit


class Network:
    """The records that are steps of rows, and what stands before and behind each.

    Parameters
    ----------
    tables
        Tables with one and the same chain; each record is a step of the one that it fits best.
    records
        Those that rows are made of.
    """

    def __init__(self, tables: Sequence[Table], records: Iterable[Record]) -> None:
        assert tables[0].chain is not None
        self.chain = tables[0].chain
        self.roles: dict[Key, str] = {}
        self.homes: dict[Key, Table] = {}
        self.by_id: dict[str, list[Record]] = {}
        self.runs: list[Record] = []
        for record in records:
            if record.cls == "Run":
                self.runs.append(record)
            known = role_in(tables, record)
            if known is not None:
                self.homes[key_of(record)], self.roles[key_of(record)] = known
                self.by_id.setdefault(record.id, []).append(record)
        self.steps = [r for rs in self.by_id.values() for r in rs]
        self.makers: dict[str, list[Record]] = {}
        for record in self.steps:
            for target in map(str, record.values("outputs")) if "outputs" in self.spec(record).links else ():
                self.makers.setdefault(target, []).append(record)
        self.assays: dict[str, list[Record]] = {}
        self.runs_of: dict[str, list[Record]] = {}
        for run in self.runs:
            owners = self._found(run.values("assay"), ("assay",))
            for owner in owners:
                self.runs_of.setdefault(owner.id, []).append(run)
            for file in map(str, run.values("data_files")):
                self.assays.setdefault(file, []).extend(o for o in owners if o not in self.assays.get(file, ()))
        self._before: dict[Key, list[Record]] = {}
        self._edges: dict[tuple[str, str, str], list[tuple[str, frozenset[str]]]] = {}
        self._linked: dict[tuple[int, str], frozenset[str]] = {}
        # Links that records of a role have at all: what a dataset never says of any, a row may imply.
        self._said = {(self.role(r), slot) for r in self.steps for slot in self.spec(r).links if r.values(slot)}

    def role(self, record: Record) -> str:
        """The role that a record plays."""
        return self.roles[key_of(record)]

    def spec(self, record: Record) -> RecordSpec:
        """What the table says of records of that role."""
        return self.homes[key_of(record)].records[self.role(record)]

    def _found(self, ids: Iterable[object], roles: Sequence[str] = ()) -> list[Record]:
        return [r for i in dict.fromkeys(map(str, ids)) for r in self.by_id.get(i, ()) if not roles or self.role(r) in roles]

    def before(self, record: Record) -> list[Record]:
        """The steps that may stand right before a step."""
        known = self._before.get(key_of(record))
        if known is None:
            known = self._before[key_of(record)] = sorted((r for r in self._find_before(record) if r is not record), key=key_of)
        return known

    def _find_before(self, record: Record) -> list[Record]:
        links = self.spec(record).links
        role = self.role(record)
        if "inputs" in links:
            return self._found(record.values("inputs"))
        if role == "sample" and "source" not in self.chain.steps:
            return []
        makers = self.makers.get(record.id, [])
        # The last of several protocols in a row: the others lead to it.
        inner = {i for p in makers for i in self.linked(p, "inputs")}
        last = [p for p in makers if p.id not in inner]
        if last:
            return last
        direct = [a for a in self.assays.get(record.id, ()) if role != "derived"]
        if direct:
            return direct
        for slot in ("source_files", "samples", "derived_from"):
            targets = links.get(slot, [])
            if targets and targets[0].startswith("<") and slot in MODEL.classes[record.cls].slots:
                found = self._found(record.values(slot), self.chain.roles(targets[0].lstrip("<> ")))
                if found:
                    return found
        return []

    def all_ways(self, ends: Sequence[Record]) -> list[Way]:
        """The rows that end at some steps, and those that it takes to make every link that the records have."""
        whole: list[Way] = []
        parts: list[Way] = []
        for end in ends:
            for way in self.ways(end):
                (parts if self.before(way[0].record) else whole).append(self._widened(way))
        made: set[tuple[Key, str, str]] = set()
        met: set[Key] = set()
        kept: list[Way] = []
        for way, always in (*((w, True) for w in whole), *((w, False) for w in sorted(parts, key=len, reverse=True))):
            links, steps = self.links_of(way), {key_of(s.record) for s in way}
            if always or not links <= made or not steps <= met:
                kept.append(way)
                made |= links
                met |= steps
        return [*kept, *self._repairs(made)]

    def _repairs(self, made: set[tuple[Key, str, str]]) -> list[Way]:
        """Short rows for links that no path makes: a sample from which nobody says by what protocol the extract was made."""
        wanted, found = self.all_links(), list[Way]()
        for key, slot, target in sorted(wanted - made):
            if (key, slot, target) in made:
                continue
            record = next(r for r in self.by_id[key[1]] if key_of(r) == key)
            for other in self.by_id.get(target, ()):
                rightward = any(t.startswith(">") for t in self.spec(record).links.get(slot, ()))
                first, second = (record, other) if rightward else (other, record)
                for start in islice(self._walk((Step(self.role(first), first),)), _MOST):
                    way = self._onwards((*start, Step(self.role(second), second)))
                    links = self.links_of(way)
                    if (key, slot, target) in links and links <= wanted:
                        found.append(way)
                        made |= links
                        break
        return found

    def _news(self, way: Way, made: set[tuple[Key, str, str]]) -> int:
        return sum((key_of(record), slot, target) not in made for record, slot, target in self._made_by(way))

    def _onwards(self, way: Way) -> Way:
        """Go on to what came of a process, which is what names it."""
        last = way[-1]
        if any(i[:1] in "<>" for i in self.spec(last.record).id):
            for output in self._found(last.record.values("outputs"), self.chain.roles("node")):
                if self._named_so(last, step := Step(self.role(output), output)):
                    return (*way, step)
        return way

    def _widened(self, way: Way) -> Way:
        """Put the files that a process yields beside each other, where it is named by one of them."""
        steps = list(way)
        for step in way:
            if any(i[:1] in "<>" for i in self.spec(step.record).id):
                at = steps.index(step) + 1
                near = steps[at] if at < len(steps) else None
                if near is not None and near.record.cls == "DataFile":
                    known = {key_of(s.record) for s in steps}
                    more = [Step(near.role, r) for r in self._found(step.record.values("outputs"), (near.role,)) if key_of(r) not in known]
                    if all(not self._named_so(step, m) for m in more):
                        steps[at + 1 : at + 1] = more
        return tuple(steps)

    def ways(self, end: Record) -> list[Way]:
        """The paths that end at a step, none of which makes a link that is not there."""
        found = list(islice(self._walk((Step(self.role(end), end),)), _MOST + 1))
        return found if len(found) <= _MOST else self._covering(end)

    def _covering(self, end: Record) -> list[Way]:
        """Paths to an end that together make every link, each going where the others have been least."""
        used: Counter[tuple[str, ...]] = Counter()
        made: set[tuple[Key, str, str]] = set()
        found: list[Way] = []
        idle = 0
        while idle < _IDLE:
            way: Way = (Step(self.role(end), end),)
            while (longer := self._onto(way, used, made)) is not None:
                used[_ids(longer)] += 1
                used[_ids(longer[:1])] += 1
                way = longer
            links = self.links_of(way)
            idle = 0 if links - made else idle + 1
            if links - made:
                found.append(way)
                made |= links
        return found

    def _walk(self, way: Way) -> Iterator[Way]:
        """Put steps before a path until there are none."""
        first = way[0].record
        seen = {key_of(s.record) for s in way}
        any_before = False
        for step in self.before(first):
            longer = (Step(self.role(step), step), *way)
            if key_of(step) in seen or not self._holds(longer):
                continue
            any_before = True
            yield from self._walk(longer)
        if not any_before:
            yield way

    def _onto(self, way: Way, used: Counter[tuple[str, ...]], made: set[tuple[Key, str, str]]) -> Way | None:
        """Put a step before a path: of those least gone by, the first that makes a new link, else the first of all."""
        seen, tail = {s.record.id for s in way}, _ids(way)
        open_to = [b for b in self.before(way[0].record) if b.id not in seen]
        open_to.sort(key=lambda b: (used[b.id, *tail], used[b.id,]))
        spare: Way | None = None
        for record in open_to:
            longer = (Step(self.role(record), record), *way)
            if self._news(longer, made) and self._holds(longer):
                return longer
            if spare is None and self._holds(longer):
                spare = longer
        return spare

    def _holds(self, way: Way) -> bool:
        """Tell whether the links that the first step of a path makes with those behind it are links of the records."""
        for record, slot, target in self._made_by(way):
            if (self.role(record), slot) in self._said and target not in self.linked(record, slot):
                return False
        first, rest = way[0], way[1:]
        near = next((s for s in rest if s.role in self.chain.roles("node")), rest[0] if rest else None)
        return near is None or self._named_so(first, near)

    def _made_by(self, way: Way) -> list[tuple[Record, str, str]]:
        """The links that the first step of a path makes with those behind it."""
        first, rest = way[0], way[1:]
        found: list[tuple[Record, str, str]] = []
        for place, step in enumerate(rest):
            for slot, groups in self._along(step, "<"):
                if first.role in groups and not any(s.role in groups for s in rest[:place]):
                    found.append((step.record, slot, first.record.id))
        for slot, groups in self._along(first, ">"):
            near = next((s for s in rest if s.role in groups), None)
            if near is not None:
                found.append((first.record, slot, near.record.id))
        return found

    def _named_so(self, step: Step, near: Step) -> bool:
        """Tell whether a process that is named by what came of it is named by this."""
        if not any(i[:1] in "<>" for i in self.spec(step.record).id) or step.role == near.role:
            return True
        outputs = [str(o) for o in step.record.values("outputs")]
        named = [o for o in outputs if step.record.id.partition("/")[2].find(o.replace(":", "%3A")) > 0]
        return not named or near.record.id in named

    def _along(self, step: Step, sign: str) -> Sequence[tuple[str, frozenset[str]]]:
        """The links of a step along the row: slot and the roles of which the nearest is meant."""
        key = (self.homes[key_of(step.record)].id, step.role, sign)
        if key not in self._edges:
            slots = MODEL.classes[step.record.cls].slots
            self._edges[key] = [
                (slot, frozenset(self.chain.roles(target.lstrip("<> "))))
                for slot, targets in self.spec(step.record).links.items()
                for target in targets
                if slot in slots and target.startswith(sign) and not target.startswith(">>")
            ]
        return self._edges[key]

    def linked(self, record: Record, slot: str) -> frozenset[str]:
        """Ids of the records that a record points to."""
        key = (id(record), slot)
        if key not in self._linked:
            self._linked[key] = frozenset(map(str, record.values(slot)))
        return self._linked[key]

    def links_of(self, way: Way) -> set[tuple[Key, str, str]]:
        """The links that reading a row makes: record, slot, id of the target."""
        found: set[tuple[Key, str, str]] = set()
        for place, step in enumerate(way):
            for sign, others in (("<", way[:place][::-1]), (">", way[place + 1 :])):
                for slot, groups in self._along(step, sign):
                    near = next((s for s in others if s.role in groups), None)
                    if near is not None and near.record.id != step.record.id:
                        found.add((key_of(step.record), slot, near.record.id))
                        found |= {(key_of(step.record), slot, b) for b in self._beside(others, near)}
        return found

    @staticmethod
    def _beside(others: Sequence[Step], near: Step) -> list[str]:
        """Files that stand side by side with the nearest one."""
        at = others.index(near)
        found = []
        for step in others[at + 1 :] if near.record.cls == "DataFile" else ():
            if step.role != near.role:
                break
            found.append(step.record.id)
        return found

    def all_links(self) -> set[tuple[Key, str, str]]:
        """The links along rows that the records have."""
        found: set[tuple[Key, str, str]] = set()
        for record in self.steps:
            for slot, targets in self.spec(record).links.items():
                if targets[0][:1] in "<>" and slot in MODEL.classes[record.cls].slots:
                    found |= {(key_of(record), slot, str(v)) for v in record.values(slot) if str(v) in self.by_id}
        return found
