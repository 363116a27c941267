"""Formats that are trees, written: records and a profile enter, documents of XML, JSON or YAML leave.

The profile says where each value is read; the writer goes the same way back. What its paths do not say, such as the order of
elements, stands under ``document`` and ``element`` (:mod:`omics_standards.profiles.documents`).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from ...errors import UsageError
from ...mapping.ids import is_local
from ...records import Missing, Rejected
from ...tables.treerows import parts_of
from ...terms import get_terms
from .composed import Composed, Document, Loss, as_lost
from .graph import Fact, Graph, facts_of, free_roles, kin, row_of
from .markup import to_json, to_xml, to_yaml
from .nesting import Node, align, nest, sort
from .spelling import name_in
from .treecells import RowCells, Speller
from .treecolumns import TreeColumns
from .treegrids import TreeRow, grids_of
from .treespelling import Respelling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ...profiles.schema import Profile, Table
    from ...records import Record
    from ...terms import Terms
    from .graph import Key

__all__ = ["compose_tree"]


class _Kind(NamedTuple):
    """A table that is written: where its rows stand, and in the rows of which other table."""

    table: Table
    columns: TreeColumns
    path: tuple[str, ...]
    parent: str
    above: str
    slot: str
    inward: bool
    free: list[str]
    respelling: Respelling


def _path(table: Table) -> tuple[str, ...]:
    return parts_of(table.element.path or table.path[0])


class _Composer:
    """Writes the records of a dataset in one format."""

    def __init__(self, profile: Profile, records: Iterable[Record], terms: Terms) -> None:
        self.profile = profile
        self.syntax = profile.document.syntax if profile.document is not None else "xml"
        self.graph = Graph(records)
        self.speller = Speller(profile, terms)
        self.kinds = {k.table.id: k for k in self._kinds()}
        self.carried: set[Fact] = set()
        self.why: dict[Fact, str] = {}
        self.met: set[Key] = set()
        self.lonely: dict[tuple[str, str], list[Record]] = {}
        self.bare: Counter[str] = Counter()
        self.rows: list[TreeRow] = []
        self.chosen = self._chosen()

    # --- what is written where ---------------------------------------------------------------------------------------

    def _kinds(self) -> Iterator[_Kind]:
        tables = [t for t in self.profile.tables if t.element.written and t.holds == "records" and t.main]
        for table in tables:
            path = _path(table)
            around = [t for t in tables if t is not table and len(_path(t)) < len(path) and path[: len(_path(t))] == _path(t)]
            parent = max(around, key=lambda t: len(_path(t)), default=None)
            above, slot, inward = self._bond(table, parent) if parent is not None else ("", "", False)
            named = parent.id if parent is not None and (above or _path(parent)) else ""
            columns = TreeColumns(table, self.syntax)
            respelling = Respelling(self.profile.id, columns)
            yield _Kind(table, columns, path, named, above, slot, inward, free_roles(table), respelling)

    @staticmethod
    def _bond(table: Table, parent: Table) -> tuple[str, str, bool]:
        """The role of a nested table that stands in the row around it, and the link between them.

        Returns
        -------
        tuple
            Role, slot, and whether the link leads from the record around to the nested one; empty where there is none.
        """
        classes = [s.cls for s in parent.records.values()]
        for role, spec in table.records.items():
            if role == table.main or not any(kin(spec.cls, c) for c in classes):
                continue
            for slot, targets in spec.links.items():
                if table.main in targets:
                    return role, slot, True
            for slot, targets in table.records[table.main].links.items():
                if role in targets:
                    return role, slot, False
        return "", "", False

    def _chosen(self) -> dict[Key, str]:
        """Say for each record that is described which table has its row; records in rows of others come with them."""
        nested = {key for kind in self.kinds.values() if kind.above for key in self._nested(kind)}
        found: dict[Key, str] = dict.fromkeys(nested, "")
        for key, record in self.graph.by_key.items():
            if record.stub or key in nested:
                continue
            able = [k for k in self.kinds.values() if not k.above and kin(k.table.records[k.table.main].cls, record.cls)]
            # A key is a name: what has none cannot stand under one.
            able = [k for k in able if k.path[-1:] != ("*",) or "/row/" not in record.id]
            own = [k for k in able if k.table.records[k.table.main].cls == record.cls] or able
            if own:
                found[key] = max(own, key=lambda k, r=record: k.columns.fit(k.table.main, r)).table.id  # type: ignore[misc]
        return found

    def _nested(self, kind: _Kind) -> Iterator[Key]:
        parent = self.kinds_of(kind.parent)
        wanted = kind.table.records[kind.above].cls
        cls = kind.table.records[kind.table.main].cls
        own = {s.cls for s in parent.records.values()}
        for record in self.graph.by_key.values():
            if kin(record.cls, wanted) and any(kin(record.cls, c) for c in own):
                for child in self._children(kind, record, cls):
                    yield child.cls, child.id

    def kinds_of(self, table_id: str) -> Table:
        """The table of an id."""
        return self.profile.table(table_id)

    def _children(self, kind: _Kind, record: Record, cls: str) -> list[Record]:
        """Records that stand in the row of a record, as a nested table has them."""
        found = self.graph.held(record, kind.slot, cls) if kind.inward else self.graph.sources(record, kind.slot, cls)
        parent = self.profile.table(kind.parent)
        rival = [o for s in parent.records.values() for o in s.links.get(kind.slot, ()) if kin(parent.records[o].cls, cls)]
        # Where the row itself has a place for one of them, a list is for several.
        return found if len(found) > 1 or not rival else []

    # --- rows --------------------------------------------------------------------------------------------------------

    def compose(self) -> Composed:
        """Write everything."""
        documents = self._documents()
        if self._stand_beside():
            # What no row has come for stands beside rows that have a place for it.
            self.carried, self.why, self.met, self.rows = set(), {}, set(), []
            documents = self._documents()
        spec = self.profile.document
        assert spec is not None
        write = {"json": to_json, "yaml": to_yaml}.get(spec.syntax)
        made = []
        for name, root in documents.items():
            if write is not None:
                made.append(Document(f"{name}.{spec.syntax}", write(root)))
            else:
                made += [Document(f"{name}.xml", to_xml(child, spec.attributes)) for child in root.children]
        composed = Composed([], made, self._losses(), grids_of(self.rows))
        for fact in self.carried:
            composed.told.setdefault((fact.cls, fact.id), set()).add((fact.slot, fact.value))
        return composed

    def _documents(self) -> dict[str, Node]:
        documents: dict[str, Node] = {}
        for kind in self.kinds.values():
            if not kind.parent:
                self._table(kind, documents)
        return documents

    def _stand_beside(self) -> bool:
        """Find places for records that no row has come for, in rows of tables that have such a role; True where there are any."""
        rows = Counter(self.chosen.values())
        for key, record in self.graph.by_key.items():
            if key in self.met or record.stub or self.chosen.get(key):
                continue
            able = [(k, role) for k in self.kinds.values() for role in k.free if k.table.records[role].cls == record.cls]
            room = [(k, role) for k, role in able if len(self.lonely.get((k.table.id, role), ())) < rows[k.table.id]]
            if not room and able:
                # A row of its own, which no main record shares.
                kind = next((k for k, _ in able if not k.parent), able[0][0])
                rows[kind.table.id] += 1
                self.bare[kind.table.id] += 1
                room = [(k, role) for k, role in able if k is kind]
            if room:
                kind, role = max(room, key=lambda p, x=record: p[0].columns.fit(p[1], x))  # type: ignore[misc]
                self.lonely.setdefault((kind.table.id, role), []).append(record)
        return bool(self.lonely)

    def _table(self, kind: _Kind, documents: dict[str, Node]) -> None:
        records: list[Record | None] = [self.graph.by_key[k] for k, t in self.chosen.items() if t == kind.table.id]
        records += [None] * self.bare[kind.table.id]
        below = [k for k in self.kinds.values() if k.parent == kind.table.id and not k.above]
        loose = {k.table.id: [self.graph.by_key[key] for key, t in self.chosen.items() if t == k.table.id] for k in below}
        if not records and any(loose.values()):
            records = [None]
        several = len(records) > 1
        made_rows: list[Node] = []
        for number, record in enumerate(records):
            made = Node("")
            node = made
            for i, part in enumerate(kind.path):
                last = i == len(kind.path) - 1
                named = name_in(record.id) if last and part == "*" and record is not None else part
                own = last or part == kind.table.element.own
                node = node.child(named, (kind.table.id, number) if own else 1, listed=last and part != "*")
            told = self._row(kind, record, node)
            for other in below if number == 0 else ():
                for n, child in enumerate(loose[other.table.id]):
                    told |= self._row(other, child, self._below(node, other, kind, child, n, {}))
            if told:
                sort(node, kind.columns)
                made_rows.append(node)
                documents.setdefault(self._file(kind, record, several=several), Node("")).take(made)

        if kind.table.element.aligned:
            align(made_rows, kind.columns)

    def _file(self, kind: _Kind, record: Record | None, *, several: bool) -> str:
        spec = self.profile.document
        assert spec is not None
        name = kind.table.element.file or spec.name
        if several and not kind.path and record is not None:
            # One document per record: told apart by its name, as far as a file name holds it.
            safe = "".join(c if c.isalnum() or c in "._-" else "_" for c in name_in(record.id))
            name = f"{name}-{safe}"
        return name

    def _below(self, node: Node, kind: _Kind, around: _Kind, record: Record, number: int, answers: dict[str, str]) -> Node:
        """Make the element of a nested row."""
        parts = kind.path[len(around.path) :]
        so_far = ""
        for i, part in enumerate(parts):
            last = i == len(parts) - 1
            named = answers.get(so_far, "") if part == "*" else part
            if last and part == "*" and not named:
                named = name_in(record.id)
            so_far = f"{so_far}/{part}".lstrip("/")
            node = node.child(named or part, (kind.table.id, number) if last else 1, listed=last and part != "*")
        return node

    def _row(self, kind: _Kind, record: Record | None, node: Node, given: dict[str, list[Record]] | None = None) -> bool:
        """Write a row, and the rows within it; False where it says nothing."""
        table = kind.table
        beside = {r: [self.lonely[table.id, r].pop(0)] for r in kind.free if self.lonely.get((table.id, r))}
        roles = row_of(self.graph, table, record, kind.columns.fit, self._takes(table), {**beside, **(given or {})})
        below = [k for k in self.kinds.values() if k.parent == table.id and k.above]
        children = {k.table.id: self._in_row(k, roles) for k in below}
        for other in below:
            if children[other.table.id]:
                for spec in table.records.values():
                    for rival in spec.links.get(other.slot, ()):
                        if kin(table.records[rival].cls, other.table.records[other.table.main].cls):
                            roles.pop(rival, None)
        row = RowCells(kind.columns, self.speller)
        # What a nested row repeats of the row around it stands there.
        inherited = {r for r in given or () if set(table.records[r].id) & set(table.inherit)}
        for role in table.records:
            if role in roles and role not in inherited:
                row.write(role, roles[role], full=lambda r, x: r == table.main or (x.cls, x.id) not in self.chosen)
        row.finish()
        if not row.cells and not any(children.values()) and (kind.path or [""])[-1] != "*":
            return False
        self._note(table, roles, row)
        row.cells = [*map(kind.respelling, row.cells)]
        self.rows.append(TreeRow(table.id, next(((r.cls, r.id) for r in roles.get(table.main, ())), None), row.cells))
        answers = nest(node, row.cells, kind.columns)
        for other in below:
            for number, (parent, child) in enumerate(children[other.table.id]):
                fact = (parent, child) if other.inward else (child, parent)
                self.carried.add(Fact(fact[0].cls, fact[0].id, other.slot, fact[1].id))
                self._row(other, child, self._below(node, other, kind, child, number, answers), {other.above: [parent]})
        sort(node, kind.columns)
        return True

    def _in_row(self, kind: _Kind, roles: dict[str, list[Record]]) -> list[tuple[Record, Record]]:
        """Pairs of a record of a row and one that is nested in the row because of it."""
        cls, wanted = kind.table.records[kind.table.main].cls, kind.table.records[kind.above].cls
        found: dict[Key, tuple[Record, Record]] = {}
        for records in roles.values():
            for record in records:
                if kin(record.cls, wanted):
                    for child in self._children(kind, record, cls):
                        found.setdefault((child.cls, child.id), (record, child))
        return list(found.values())

    @staticmethod
    def _takes(table: Table) -> Callable[[str, Record, Record], bool]:
        def takes(role: str, source: Record, target: Record) -> bool:
            """A record that points to one of the row stands in it under the row's own name, or where the row has a name for it."""
            own = set(table.records[role].id) - set(table.records[table.main].id)
            if own or role == table.main:
                return True
            names = {name_in(target.id), *(name_in(str(v)) for v in (*target.values("accessions"), *target.values("name")))}
            return is_local(source.id) and name_in(source.id) in names

        return takes

    def _note(self, table: Table, roles: dict[str, list[Record]], row: RowCells) -> None:
        """Take note of what the row carries: values, and links between its records."""
        self.carried |= row.carried
        for fact, why in row.why.items():
            self.why.setdefault(fact, why)
        for role, records in roles.items():
            for record in records:
                self.met.add((record.cls, record.id))
                for slot, others in table.records[role].links.items():
                    for other in others:
                        for target in roles.get(other.lstrip("<> "), ()):
                            self.carried.add(Fact(record.cls, record.id, slot, target.id))

    # --- what is lost ------------------------------------------------------------------------------------------------

    def _losses(self) -> list[Loss]:
        found = []
        for key, record in self.graph.by_key.items():
            if key not in self.met:
                if not record.stub:
                    found.append(Loss(record.cls, record.id, "", "", "no table"))
                continue
            found += [_loss(f, self.why.get(f, "no column")) for f in facts_of(record) if f not in self.carried]
        return sorted(set(found))


def _loss(fact: Fact, why: str) -> Loss:
    """Say which value is lost: an attribute by its slot, what a cell said instead of a value by the slot that it was of."""
    value = fact.value
    if isinstance(value, Missing):
        return Loss(fact.cls, fact.id, value.slot, value.reason, why)
    if isinstance(value, Rejected):
        return Loss(fact.cls, fact.id, value.slot, value.raw, why)
    return Loss(fact.cls, fact.id, fact.slot, as_lost(value), why)


def compose_tree(profile: Profile, records: Iterable[Record], *, terms: Terms | None = None) -> Composed:
    """Write records as documents of a format that is a tree.

    Parameters
    ----------
    profile
        Of layout ``tree``, with a ``document``.
    records
        Any records; where they came from does not matter.
    terms
        The ontology bundle that spellings of terms are checked with; None for the default one.

    Returns
    -------
    Composed
        Documents, and what they do not hold.

    Raises
    ------
    UsageError
        The profile does not say how its files are written.
    """
    if profile.document is None:
        raise UsageError(f"{profile.title} is read and not written: its profile {profile.id!r} has no 'document'")
    return _Composer(profile, records, terms if terms is not None else get_terms()).compose()
