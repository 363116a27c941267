"""Rows that are paths through a graph: materials, processes and files from left to right, each with the columns that qualify it.

In ISA-Tab, MAGE-TAB and their kin a column means what it means by where it stands: ``Characteristics[sex]`` says something of the
material on its left, ``Parameter Value[flow rate]`` of the protocol applied there, and the second ``Sample Name`` of a row is another
sample than the first. An empty cell skips its step. What of this holds for a format is said by its profile (``chain``).

References
----------
Sansone et al. 2008, ISA-TAB 1.0 (release candidate 1), sections on study and assay files. Rayner et al. 2006, MAGE-TAB,
doi:10.1186/1471-2105-7-489.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ..models.slots import MODEL
from ..profiles.schema import Column
from ..records import LinkColumn
from ..values.text import clean, normal
from .ids import nested_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..profiles.schema import Chain, Table
    from .headers import Match
    from .plan import Template

__all__ = ["Path", "in_chain", "lay_path", "respelled", "steps_of"]

Ids = list[str | None]
# Slots whose column begins a step; an accession beside a name says more of the same step.
_HEADS = frozenset({"name", "file_name"})


def steps_of(table: Table, matches: Sequence[Match]) -> dict[str, int]:
    """Return the steps of a row, in its order: record instance (``sample#2``) → position of the column that begins it."""
    if table.chain is None:
        return {}
    begun = ((m, _begins(table.chain, m)) for m in matches)
    return {f"{role}#{m.number}": m.column for m, role in begun if role is not None}


def _begins(chain: Chain, match: Match) -> str | None:
    """The role of the step that a column begins: it feeds the step's name first of all."""
    target = match.spec.to[0] if match.spec is not None and match.spec.to else ""
    role, _, slot = target.partition(".")
    return role if role in chain.steps and slot in _HEADS and match.how == "column" else None


def in_chain(table: Table, matches: Sequence[Match]) -> list[Match]:
    """Give each column of a chain the number of the step that it says something of, and that step's role where it names a group.

    Parameters
    ----------
    table
        A table with a ``chain``.
    matches
        One per column, in their order.
    """
    chain = table.chain
    assert chain is not None
    begun: list[tuple[int, str, str]] = []
    counts: dict[str, int] = {}
    for match in matches:
        role = _begins(chain, match)
        if role is not None:
            counts[role] = counts.get(role, 0) + 1
            begun.append((match.column, role, str(counts[role])))
    starts = {column: (role, number) for column, role, number in begun}
    found: list[Match] = []
    last = ("", "")
    for match in matches:
        # A name has no unit and no accession: what qualifies one is kept beside it.
        stray = bool(last[0]) and match.spec is not None and match.spec.ignore and match.key not in table.columns
        last = starts.get(match.column, last if stray else ("", ""))
        if match.column in starts:
            found.append(match._replace(number=last[1]))
        elif stray:
            found.append(match._replace(spec=Column(keep=last[0]), number=last[1]))
        else:
            found.append(_beside_step(table, chain, match, begun))
    return found


def _beside_step(table: Table, chain: Chain, match: Match, begun: Sequence[tuple[int, str, str]]) -> Match:
    """Join a column to the nearest step of the roles that its spec speaks of."""
    spec = match.spec or Column(keep=table.main)
    named = next((n for n in (*(t.partition(".")[0] for t in spec.to), spec.auto, spec.keep) if n), "")
    roles = chain.roles(named)
    if not set(roles) & set(chain.steps):
        return match
    near = [s for s in begun if s[1] in roles]
    step = next((s for s in reversed(near) if s[0] < match.column), near[0] if near else None)
    if step is None:
        # None of the group is in the sheet: the record of the table answers.
        return match._replace(spec=Column(keep=table.main) if match.spec is not None and not match.spec.ignore else match.spec)
    if match.spec is None:
        return match._replace(number=step[2])
    to = [f"{step[1]}.{t.partition('.')[2]}" if t.partition(".")[0] == named else t for t in spec.to]
    to = [t for t in to if t.partition(".")[2] in MODEL.classes[table.records[t.partition(".")[0]].cls].slots]
    if spec.to and not to:
        return match._replace(spec=Column(keep=step[1]), number=step[2])
    changed = {"to": to, "auto": step[1] if spec.auto == named else spec.auto, "keep": step[1] if spec.keep == named else spec.keep}
    return match._replace(spec=spec.model_copy(update=changed), number=step[2])


def respelled(table: Table, matches: Sequence[Match]) -> list[tuple[int, str]]:
    """Return the columns whose headers are written otherwise than the format has them, and how it has them.

    What stands in brackets is the user's own, but for blanks beside them. Programs that read these formats compare headers as they are.
    """
    found = []
    keys = [part.strip() for key in (*table.columns, *table.qualifiers) for part in key.split("|")]
    outside: dict[str, str] = {}
    for key in keys:
        name = key.partition("[")[0]
        outside.setdefault(normal(name), name)  # of several spellings the first is the format's
    for match in matches:
        name, bracket, rest = match.header.partition("[")
        inside = f"[{clean(rest.rpartition(']')[0])}]" if bracket else ""
        right = outside.get(normal(name))
        if right is not None and right + inside != match.header:
            found.append((match.column, right + inside))
    return found


class _Edge(NamedTuple):
    """A link along the row: from a template to those it may point to, the nearest first.

    ``beside``: files of one kind side by side, each with the one before it. ``all``: to every one that is named.
    """

    template: int
    slot: str
    targets: tuple[int, ...]
    beside: dict[int, int]
    all: bool = False


class Path:
    """The steps of a sheet's rows, as positions of templates.

    Attributes
    ----------
    steps
        From left to right.
    members
        The same, and templates of steps that no column of the sheet begins.
    main
        The template that answers for what no step of a row can answer for.
    """

    def __init__(
        self,
        steps: Sequence[int],
        members: frozenset[int],
        main: int,
        edges: Sequence[_Edge],
        names: Sequence[_Edge],
        columns: dict[int, int],
    ) -> None:
        self.steps = tuple(steps)
        self.members = members
        self.main = main
        self.columns = columns
        self._edges = tuple(edges)
        self._names = tuple(names)
        self._place = {t: i for i, t in enumerate(self.steps)}

    def name(self, ids: list[Sequence[str | None]]) -> None:
        """Complete the ids of steps that are told apart by their neighbours: a protocol is applied anew for each thing it yields.

        ``ids`` holds those of all templates and is changed: the application of a protocol is named by the protocol and the
        nearest thing that came of it (that went in, where nothing came of it), so rows that pool into one thing share it.
        """
        plain = list(ids)
        given: list[dict[str, int]] = [{} for _ in ids[self.main]]
        for template in dict.fromkeys(e.template for e in self._names):
            beside: Ids = [None] * len(given)
            for edge in self._names:
                if edge.template == template:
                    beside = [b if b is not None else n for b, n in zip(beside, _first(plain, edge.targets, len(given)), strict=True)]
            own = plain[template]
            ids[template] = [_applied(i, b, seen) if i is not None else None for i, b, seen in zip(own, beside, given, strict=True)]

    def links(self, template: int, ids: Sequence[Sequence[str | None]], templates: Sequence[Template]) -> list[tuple[int, LinkColumn]]:
        """Return the links of a template along the row, each with the template it points to."""
        found = []
        for edge in self._edges:
            if edge.template != template:
                continue
            free = [i is not None for i in ids[template]]
            chosen: dict[int, Ids] = {}
            for target in edge.targets:
                before = chosen.get(edge.beside.get(target, -1), [None] * len(free))
                # What two steps call by one accession is one thing, and nothing comes of itself.
                open_to = zip(ids[target], ids[template], free, before, strict=True)
                column = [i if i != own and (f or b is not None) else None for i, own, f, b in open_to]
                if any(column):
                    chosen[target] = column
                    free = free if edge.all else [f and i is None for f, i in zip(free, column, strict=True)]
            found += [(target, LinkColumn(edge.slot, templates[target].cls, column)) for target, column in chosen.items()]
        return found

    def homes(self, template: int, ids: Sequence[Sequence[str | None]]) -> list[int]:
        """Say for each row which step answers for one that the row does not name: the nearest named on the left, else on the right."""
        place = self._place.get(template, len(self.steps))
        near = [*reversed(self.steps[:place]), *self.steps[place + 1 :]]
        homes = [self.main] * len(ids[template])
        for step in reversed(near):
            homes = [step if i is not None else h for i, h in zip(ids[step], homes, strict=True)]
        return homes

    def named(self, ids: Sequence[Sequence[str | None]]) -> list[bool]:
        """Tell for each row whether it names any step."""
        found = [False] * len(ids[self.main])
        for step in self.steps:
            found = [known or i is not None for known, i in zip(found, ids[step], strict=True)]
        return found


def _first(ids: Sequence[Sequence[str | None]], targets: Iterable[int], count: int) -> Ids:
    """The id of the first of some templates that each row names."""
    found: Ids = [None] * count
    for target in targets:
        found = [a if a is not None else b for a, b in zip(found, ids[target], strict=True)]
    return found


def _applied(own: str, other: str | None, seen: dict[str, int]) -> str:
    """Name an application; one that comes twice on the way to one thing has its number."""
    name = nested_path(own, other) if other is not None else own
    seen[name] = seen.get(name, 0) + 1
    return name if seen[name] == 1 else f"{name}/{seen[name]}"


def lay_path(table: Table, steps: dict[str, int], templates: Sequence[Template], main: int) -> Path | None:
    """Lay the steps of a sheet out as positions of templates; None for a table that is no chain.

    Parameters
    ----------
    table
        Says which links run along the row.
    steps
        As :func:`steps_of` gives them.
    templates
        Of the plan.
    main
        Position of the main one.
    """
    chain = table.chain
    if chain is None:
        return None
    position = {t.role: i for i, t in enumerate(templates)}
    order = [position[instance] for instance in sorted(steps, key=steps.__getitem__) if instance in position]
    columns = {position[instance]: column for instance, column in steps.items() if instance in position}
    edges: list[_Edge] = []
    names: list[_Edge] = []
    for index, template in enumerate(templates):
        spec = table.records[_role(template)]
        at = columns.get(index, template.ids[0].columns[0] if template.ids else None)
        if at is None:
            continue
        for slot, targets in spec.links.items():
            edges += [_edge(chain, index, slot, t, at, order, columns, templates) for t in targets if t[:1] in ("<", ">")]
        names += [_edge(chain, index, "", t, at, order, columns, templates) for t in spec.id if t[:1] in ("<", ">")]
    members = frozenset(i for i, t in enumerate(templates) if _role(t) in chain.steps)
    return Path(order, members, main, edges, names, columns)


def _edge(
    chain: Chain, index: int, slot: str, target: str, at: int, order: Sequence[int], columns: dict[int, int], templates: Sequence[Template]
) -> _Edge:
    roles = chain.roles(target.lstrip("<> "))
    fitting = [s for s in order if _role(templates[s]) in roles and s != index]
    leftward = target[0] == "<"
    near = [s for s in reversed(fitting) if columns[s] < at] if leftward else [s for s in fitting if columns[s] > at]
    alike = [(a, b) for a, b in pairwise(order) if templates[b].cls == "DataFile" and _role(templates[a]) == _role(templates[b])]
    beside = dict(alike) if leftward else {b: a for a, b in alike}
    return _Edge(index, slot, tuple(near), beside, target.startswith(">>"))


def _role(template: Template) -> str:
    return template.role.partition("#")[0]
