"""The processes of a study or an assay of ISA-JSON as a graph, and the paths through it: from sources to files, a row each.

What went into a process and what came of it are joined each with each, as the document says. Where paths meet in a material and part
again, a row ends there and others begin: what stands on both sides of a material is told by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from .isatree import Node

__all__ = ["Graph", "Thing", "ways"]

# Where paths meet in a process or a file and part again, each is joined with each: so many rows of a table may come of that.
_MANY: Final = 50_000
# As many files of one kind that came of one process stand side by side.
_FEW: Final = 8
# What files that came of others are called: they stand behind those.
_LATE: Final = ("Derived", "Metabolite", "Protein", "Peptide", "Post Translational", "Array Data Matrix")


class Thing(NamedTuple):
    """A step: ``header`` is that of its column, ``kind`` one of ``material``, ``data`` and ``process``."""

    kind: str
    header: str
    node: Node


class Graph:
    """Steps and what follows on what.

    Attributes
    ----------
    steps
        By key, in the order of the document; a key is a step's id, or for files side by side the tuple of theirs.
    after, before
        The keys that follow on a key, and those that it follows on.
    rank
        In which order rows begin, by the key that they begin with.
    parted
        Processes at which paths were parted, since nothing tells which go on as which.
    broken
        Pairs of keys whose link was left out, since it closed a circle.
    """

    def __init__(self) -> None:
        self.steps: dict[Hashable, tuple[Thing, ...]] = {}
        self.after: dict[Hashable, dict[Hashable, None]] = {}
        self.before: dict[Hashable, dict[Hashable, None]] = {}
        self.rank: dict[Hashable, int] = {}
        self.parted: list[Hashable] = []
        self.broken: list[tuple[Hashable, Hashable]] = []

    def add(self, key: Hashable, *things: Thing) -> None:
        """Add a step, unless it is there."""
        if key not in self.steps:
            self.steps[key] = things
            self.after[key], self.before[key] = {}, {}

    def link(self, first: Hashable, second: Hashable) -> None:
        """Let one step follow on another."""
        if first != second:
            self.after[first][second] = None
            self.before[second][first] = None
        else:
            self.broken.append((first, second))

    def kind(self, key: Hashable) -> str:
        """The kind of a step."""
        return self.steps[key][0].kind

    def _cut(self, first: Hashable, second: Hashable) -> None:
        del self.after[first][second]
        del self.before[second][first]

    def untangle(self) -> list[Hashable]:
        """Leave out links that close a circle; return the keys in an order in which none stands before what it follows on."""
        state: dict[Hashable, int] = {}
        order: list[Hashable] = []
        for start in self.steps:
            if start in state:
                continue
            state[start] = 1
            waiting = [(start, iter([*self.after[start]]))]
            while waiting:
                key, rest = waiting[-1]
                for other in rest:
                    if state.get(other) == 1:
                        self.broken.append((key, other))
                        self._cut(key, other)
                    elif other not in state:
                        state[other] = 1
                        waiting.append((other, iter([*self.after[other]])))
                        break
                else:
                    state[key] = 2
                    order.append(key)
                    waiting.pop()
        return order[::-1]

    def side_by_side(self) -> None:
        """Join files that came of one process and went into the same to one step, in the order of their columns."""
        joined: dict[Hashable, None] = {}
        for process in [k for k in self.steps if self.kind(k) == "process"]:
            groups: dict[frozenset[Hashable], list[Hashable]] = {}
            for key in self.after[process]:
                if self.kind(key) == "data" and not isinstance(key, tuple):
                    groups.setdefault(frozenset(self.after[key]), []).append(key)
            for keys in groups.values():
                headers = [self.steps[k][0].header for k in keys]
                if len(keys) == 1 or max(map(headers.count, headers)) > _FEW:
                    continue
                together = tuple(keys)
                things = [self.steps[k][0] for k in keys]
                self.add(together, *sorted(things, key=lambda t: "Raw" not in t.header and t.header.startswith(_LATE)))
                for key in keys:
                    self._cut(process, key)
                self.link(process, together)
                for after in [*self.after[keys[0]]]:
                    self.link(together, after)
                joined.update(dict.fromkeys(keys))
        for key in joined:
            if not self.before[key]:
                self._remove(key)

    def _remove(self, key: Hashable) -> None:
        for before in [*self.before[key]]:
            self._cut(before, key)
        for after in [*self.after[key]]:
            self._cut(key, after)
        del self.steps[key], self.after[key], self.before[key]


def ways(graph: Graph) -> list[list[Thing]]:
    """Return the rows of a graph; every step stands in one, and every link.

    Notes
    -----
    Paths are laid each with each where they meet, but for materials, and for processes and files in which so many meet and part that
    thousands of rows would come of it: there rows end and begin anew, and ``graph.parted`` says so.
    """
    graph.untangle()
    graph.side_by_side()
    order = graph.untangle()
    out: dict[Hashable, int] = {}
    for key in reversed(order):
        out[key] = sum(out[k] for k in graph.after[key]) or 1
    into: dict[Hashable, int] = {}
    cut: set[Hashable] = set()
    left = _MANY
    for key in order:
        into[key] = sum(into[k] if k not in cut else 1 for k in graph.before[key]) or 1
        if min(into[key], out[key]) < 2:
            continue
        if graph.kind(key) == "material":
            cut.add(key)
        elif into[key] * out[key] <= left:
            left -= into[key] * out[key]
        else:
            cut.add(key)
            graph.parted.append(key)
    last = len(graph.rank)
    place = {key: (graph.rank.get(key, last), i) for i, key in enumerate(graph.steps)}
    rows: list[list[Thing]] = []
    for key in sorted((k for k in order if not graph.before[k] or (k in cut and graph.after[k])), key=place.__getitem__):
        rows += _from(graph, key, cut)
    return rows


def _from(graph: Graph, start: Hashable, cut: set[Hashable]) -> list[list[Thing]]:
    """The paths that begin with a step and end where nothing follows, or at a cut."""
    rows: list[list[Thing]] = []
    waiting: list[tuple[Hashable, ...]] = [(start,)]
    while waiting:
        way = waiting.pop()
        following: Sequence[Hashable] = [*graph.after[way[-1]]]
        if not following or (way[-1] in cut and len(way) > 1):
            rows.append([thing for key in way for thing in graph.steps[key]])
        else:
            waiting += [(*way, key) for key in reversed(following)]
    return rows
