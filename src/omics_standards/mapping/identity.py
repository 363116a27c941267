"""Which ids of a dataset name one thing: accessions of several archives, and the names that a laboratory uses beside them.

Three kinds of evidence, in this order:

* An accession is the world's: records that carry the same one are one (SAMEA and ERS of a sample).
* A name is the dataset's: a record known by its name alone is the one record of its class that has both that name and an accession.
* A link of one target: where one file says that a run is of library L1 and another that it is of SRX1, L1 is SRX1.

Two accessions of one archive are never one thing, whatever the input says of them: that is a finding, and both stay apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..findings import Finding, Issue
from ..models.slots import MODEL
from ..records import BLANK, LinkColumn
from .ids import is_local, is_nested, local_path, record_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..findings import Address
    from ..records import Block, Field

__all__ = ["Identities", "space_of"]

Key = tuple[str, str]
Place = tuple["Field", int]

# Slots that hold names which a submitter chose and the archive repeats.
_NAMES = frozenset({"name", "alternative_names", "library_name"})
# Slots that point to the one thing of its kind that a record belongs to, however many the model allows.
_ONE = frozenset({"assay", "projects", "run", "samples", "studies", "subject"})
# The archive that a record's id is taken from where it has several: its registry first, then the read archive, then others.
_RANK = {"bioproject": 0, "biosample": 0, "ngdc.bioproject": 0, "ngdc.biosample": 0, "insdc.sra": 1, "": 9}


def space_of(record_id: str) -> str:
    """Return what an id is unique in: the prefix of an accession, '' for the names of a dataset.

    Examples
    --------
    >>> space_of("insdc.sra:SRS1"), space_of("biosample/S1")
    ('insdc.sra', '')
    """
    return "" if is_local(record_id) else record_id.partition(":")[0]


class _Claim(NamedTuple):
    """Where a record is said to have a name."""

    key: Key
    field: Field
    row: int


class Identities:
    """Finds which ids are one.

    Parameters
    ----------
    classes
        By class, the spaces of its ids and the sheets that describe it, as far as they are known.
    """

    def __init__(self, spaces: Mapping[str, set[str]], sources: Mapping[str, set[tuple[str, str]]]) -> None:
        self.findings: list[Finding] = []
        self._kin = {c: sorted(o for o in spaces if MODEL.is_a(o, c) or MODEL.is_a(c, o)) for c in spaces}
        self._classes = {c for c, kin in self._kin.items() if len(set[str]().union(*(spaces[o] for o in kin))) > 1 or len(kin) > 1}
        self._compared = {c for c, kin in self._kin.items() if len(set[tuple[str, str]]().union(*(sources[o] for o in kin))) > 1}
        self._parent: dict[Key, Key] = {}
        self._held: dict[Key, dict[str, str]] = {}
        self._first: dict[Key, Place] = {}
        self._names: dict[Key, list[_Claim]] = {}

    @property
    def needed(self) -> bool:
        """True where ids can meet at all: some class is known by names and accessions, or by accessions of several archives."""
        return bool(self._classes or self._compared)

    def renamed(self, batches: Iterable[Sequence[Block]]) -> dict[Key, Key]:
        """Return for each id that is not its record's own the class and id of the record.

        Parameters
        ----------
        batches
            Gone through several times.

        Findings
        --------
        identifiers-contradict, name-ambiguous
        """
        if not self.needed:
            return {}
        for blocks in batches:
            for block in blocks:
                if block.cls in self._classes or block.cls in self._compared:
                    self._read(block)
        self._by_names()
        while self._by_links(batches):
            pass
        members: dict[Key, list[Key]] = {}
        for key in self._parent:
            members.setdefault(self._root(key), []).append(key)
        met = {key: i for i, key in enumerate(self._first)}
        found: dict[Key, Key] = {}
        for keys in members.values():
            known = [k for k in keys if k in met]
            if len(known) > 1:
                cls = max((k[0] for k in known), key=lambda c: len(_ancestors(c)))
                best = min(keys, key=lambda k: (_RANK.get(space_of(k[1]), 2), met.get(k, len(met))))
                found |= {k: (cls, best[1]) for k in known if k != (cls, best[1])}
        return found

    # --- evidence ----------------------------------------------------------------------------------------------------

    def _read(self, block: Block) -> None:
        """Note the ids, accessions and names of a batch."""
        cls = block.cls
        naming = [(c, f) for c, f in zip(block.columns, block.fields, strict=True) if f.slot in _NAMES or f.slot == "accessions"]
        first = naming[0][1] if naming else block.fields[0] if block.fields else None
        for record, row in zip(block.ids, block.rows, strict=True):
            if record is not None and first is not None and (cls, record) not in self._first:
                self._first[cls, record] = (first, row)
                for other in self._kin[cls] if cls in self._classes and len(self._kin[cls]) > 1 else ():
                    if other != cls and (other, record) in self._first:
                        self._unite((cls, record), (other, record))
        for column, field in naming:
            for record, reading, row in zip(block.ids, column, block.rows, strict=True):
                if record is None or reading is BLANK:
                    continue
                for value in reading.values if reading.slot in _NAMES or reading.slot == "accessions" else ():
                    self._note(_Claim((cls, record), field, row), str(value), strong=field.slot == "accessions")

    def _note(self, claim: _Claim, value: str, *, strong: bool) -> None:
        cls, record = claim.key
        if strong:
            if value != record:
                self._claimed(claim, value)
            return
        if is_nested(cls, record):
            return  # told from others of its name by something else: its kind (of one name, the source is not the sample), its file
        named = record_id(cls, value)
        if named != record and not is_local(named):
            self._names.setdefault((cls, named), []).append(claim)
        elif not is_local(record):
            claims = self._names.setdefault((cls, local_path(cls, value)), [])
            if all(c.key != claim.key or c.field.source != claim.field.source for c in claims):
                claims.append(claim)

    def _claimed(self, claim: _Claim, accession: str) -> None:
        """Take a record and an accession that it carries as one; they may be two that the archive tells apart."""
        key = (claim.key[0], accession)
        clash = self._unite(claim.key, key)
        if clash is not None and key in self._first and claim.key in self._first:
            self._contradict(claim, accession, clash)

    def _by_names(self) -> None:
        for cls, known_as in list(self._parent):
            for other in self._kin[cls]:
                if other != cls and (other, known_as) in self._first:
                    self._unite((cls, known_as), (other, known_as))
        for (cls, name), claims in self._names.items():
            targets = {self._root(c.key) for c in claims}
            known = [(k, name) for k in self._kin[cls] if (k, name) in self._first]
            if len(targets) == 1:
                for key in known:
                    clash = self._unite(claims[0].key, key)
                    if clash is not None:
                        self._contradict(claims[0], name, clash)
            elif known or self._disagree(claims):
                self._ambiguous(claims, self._first[known[0]] if known else None)

    def _disagree(self, claims: Sequence[_Claim]) -> bool:
        """Tell whether two sheets each know one record of a name, and it is not the same one."""
        by_sheet: dict[object, set[Key]] = {}
        for claim in claims:
            by_sheet.setdefault(claim.field.source[:2], set()).add(self._root(claim.key))
        single = [keys for keys in by_sheet.values() if len(keys) == 1]
        held = [self._ids(key) for keys in single for key in keys]
        return any(a.get(s) not in (None, i) for a in held for b in held for s, i in b.items())

    def _by_links(self, batches: Iterable[Sequence[Block]]) -> bool:
        """Take the targets of a link as one where one sheet gives a name and others an accession; True where any were."""
        told: dict[tuple[Key, str], dict[Key, set[object]]] = {}
        measured: dict[Key, dict[Key, set[object]]] = {}
        for blocks in batches:
            for block in blocks:
                for column, field in zip(block.columns, block.fields, strict=True):
                    if isinstance(column, LinkColumn) and column.slot in _ONE and self._classes & {column.target, block.cls}:
                        for record, target in zip(block.ids, column.ids, strict=True):
                            if record is not None and target is not None:
                                one, other = self._root((block.cls, record)), self._root((column.target, target))
                                told.setdefault((one, column.slot), {}).setdefault(other, set()).add(field.source[:2])
                                if column.slot == "samples" and MODEL.is_a(block.cls, "Assay"):
                                    measured.setdefault(other, {}).setdefault(one, set()).add(field.source[:2])
        # What one sheet tells apart is not one.
        apart = [tuple(t) for t in told.values() if len(t) == 2 and set[object].isdisjoint(*t.values())]
        pairs = [(a, b) for a, b in apart if self._is_name(a) != self._is_name(b)]
        pairs += [pair for sample, assays in measured.items() if (pair := self._namesakes(sample, assays))]
        clashes = [self._unite(a, b) for a, b in pairs]
        return any(clash is None and self._root(a) == self._root(b) for clash, (a, b) in zip(clashes, pairs, strict=True))

    def _namesakes(self, sample: Key, assays: Mapping[Key, set[object]]) -> tuple[Key, Key] | None:
        """Find the one assay of a sample where another goes by an id of the sample: GEO gives a sample and its library one accession."""
        for space, own in self._ids(sample).items():
            namesake = next((self._root((c, own)) for c in {a[0] for a in assays} if space and (c, own) in self._first), None)
            others = [a for a in assays if a != namesake]
            if namesake and len(others) == 1 and space not in self._ids(others[0]):
                return (namesake, others[0]) if assays[others[0]].isdisjoint(assays.get(namesake, ())) else None
        return None

    def _ids(self, root: Key) -> dict[str, str]:
        """The ids of a set of ids, by what they are unique in."""
        return self._held.get(root) or {space_of(root[1]): root[1]}

    def _is_name(self, root: Key) -> bool:
        """True where no accession is known of a record."""
        return set(self._ids(root)) == {""}

    # --- sets of ids -------------------------------------------------------------------------------------------------

    def _root(self, key: Key) -> Key:
        while (parent := self._parent.get(key, key)) != key:
            key = parent
        return key

    def _unite(self, one: Key, two: Key) -> tuple[str, str] | None:
        """Make two sets of ids one; where they hold two ids of one archive, leave them and return those two."""
        a, b = self._root(one), self._root(two)
        if a == b:
            return None
        held_a, held_b = (self._held.setdefault(k, {space_of(k[1]): k[1]}) for k in (a, b))
        for space in held_a.keys() & held_b.keys():
            if held_a[space] != held_b[space]:
                return (held_a[space], held_b[space]) if space else None
        if not (MODEL.is_a(a[0], b[0]) or MODEL.is_a(b[0], a[0])):
            return None
        # The root is of the narrowest class, so that what is compared with it later is compared with that.
        if len(_ancestors(a[0])) < len(_ancestors(b[0])):
            a, b, held_a, held_b = b, a, held_b, held_a
        self._parent.setdefault(a, a)
        self._parent[b] = a
        held_a.update(held_b)
        self._held.pop(b, None)
        return None

    # --- findings ----------------------------------------------------------------------------------------------------

    def _contradict(self, claim: _Claim, value: str, clash: tuple[str, str]) -> None:
        issue = Issue(
            "identifiers-contradict",
            f"an identifier of one record; it would make {clash[0]} and {clash[1]} one",
            "correct the identifier in one of the two rows; until then the records stay apart",
        )
        other = self._first.get((claim.key[0], value)) or self._first.get((claim.key[0], clash[1]))
        self._say(issue, claim, [other] if other else [], value)

    def _ambiguous(self, claims: Sequence[_Claim], where: Place | None) -> None:
        targets = {self._root(c.key): c for c in claims}
        shown = " and ".join(list(dict.fromkeys(c.key[1] for c in targets.values()))[:4])
        issue = Issue(
            "name-ambiguous",
            f"a name of one record; it is that of {shown}",
            "name the record by its accession" if where else "correct the name, or the accession, in one of the two rows",
        )
        first, *rest = targets.values()
        places = [(c.field, c.row) for c in rest]
        if where is not None:
            first, places = _Claim(first.key, *where), [(c.field, c.row) for c in targets.values()]
        self._say(issue, first, places)

    def _say(self, issue: Issue, claim: _Claim, others: Sequence[Place], value: str | None = None) -> None:
        at: list[Address] = [claim.field.address(claim.row), *(f.address(r) for f, r in others[:3])]
        shown = value.rpartition(":")[2] if value else None
        self.findings.append(issue.at(*at, value=shown, header=claim.field.header, slot=f"{claim.key[0]}.{claim.field.slot}"))


def _ancestors(cls: str) -> list[str]:
    return [c for c in MODEL.classes if MODEL.is_a(cls, c)]
