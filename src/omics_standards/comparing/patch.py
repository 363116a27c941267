"""The differences of two datasets as an RDF patch: statements to delete, then statements to add.

Applied to the graph of the first dataset it gives the graph of the second one under the first one's base. Statements are compared
as they are written: 12 and 12.0 are two literals. Value nodes (quantities, terms with labels, …) are shared between records, so
those that records without a change still use are kept.

References
----------
https://jena.apache.org/documentation/rdf-patch/
"""

from __future__ import annotations

import json
import tempfile
import uuid
from collections import Counter
from functools import lru_cache
from hashlib import sha256
from io import StringIO
from itertools import chain
from typing import IO, TYPE_CHECKING, Any, Final

from ..conversion.entries import read_record, read_value
from ..emit.encode import nodes_of
from ..emit.jsontext import encode_sorted
from ..emit.ntriples import NTriplesWriter, node_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .comparison import Comparison, Key

__all__ = ["write_patch"]

# Below this size the statements wait in memory.
_SPOOL: Final = 16 << 20


def write_patch(comparison: Comparison, out: IO[str], base: str | None = None) -> int:
    """Write what turns one dataset's graph into the other's.

    Parameters
    ----------
    comparison
        Of both datasets.
    out
        Text stream.
    base
        IRI that local ids of both are relative to; None for the first dataset's.

    Returns
    -------
    int
        Number of statements that are deleted or added.
    """
    maker = _Maker(comparison, base or comparison.before.base)
    with _spool() as deleted, _spool() as added:
        maker.own(deleted, added)
        maker.unchanged()
        old, new = maker.node_lines()
        count = 0
        with _spool() as body:
            for code, spool, nodes in (("D", deleted, sorted(old - new)), ("A", added, sorted(new - old))):
                spool.seek(0)
                for line in chain(spool, nodes):
                    if line not in maker.kept:
                        body.write(f"{code} {line}")
                        count += 1
            _write(out, body)
    return count


def _spool() -> Any:
    return tempfile.SpooledTemporaryFile(_SPOOL, "w+", encoding="utf-8", newline="\n")


def _write(out: IO[str], body: IO[str]) -> None:
    """The patch: its name is made of its contents, so that the same change has the same name."""
    body.seek(0)
    digest = sha256()
    for line in body:
        digest.update(line.encode())
    out.write(f"H id <urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest.hexdigest())}> .\nTX .\n")
    body.seek(0)
    for line in body:
        out.write(line)
    out.write("TC .\n")


class _Maker:
    """Makes the statements of records that differ, and learns what others still say.

    A node is described where it first occurs (:mod:`~omics_standards.emit.ntriples`). Nodes named by their content have one
    description only, but a term may have several labels: texts that differ in case are one local term.
    """

    def __init__(self, comparison: Comparison, base: str) -> None:
        self._comparison = comparison
        self._base = base
        # Statements that records without a change make as well.
        self.kept: set[str] = set()
        # Statements of ids that several records have: each is deleted and added once.
        self._gone: set[str] = set()
        self._come: set[str] = set()
        # Node → where it first occurs, and its description there; before and after.
        self._nodes: tuple[dict[str, tuple[int, str]], dict[str, tuple[int, str]]] = {}, {}
        self._places = comparison.places(after=False), comparison.places(after=True)
        told = Counter(i for e in comparison.events for i in {k.id for k in e if k is not None})
        self._subjects = frozenset(told)
        self._several = frozenset(i for i, n in told.items() if n > 1)

    def own(self, deleted: IO[str], added: IO[str]) -> None:
        """Write the statements of the records that differ, and gather their nodes."""
        for event in self._comparison.events:
            old, new = self._statements(event.old, after=False), self._statements(event.new, after=True)
            gone, come = old - new, new - old
            if any(k is not None and k.id in self._several for k in event):
                self.kept |= new & old  # another record of that id may have let go of it
                gone, come = gone - self._gone, come - self._come
                self._gone |= gone
                self._come |= come
            deleted.writelines(sorted(gone))
            added.writelines(sorted(come))
            for side, key in enumerate(event):
                if key is not None:
                    for name, block in self._blocks(key, after=bool(side)):
                        self._meet(side, key, name, block)

    def unchanged(self) -> None:
        """Look through the records that did not change for what the others let go of, or take up."""
        doubtful = self._nodes[0].keys() | self._nodes[1].keys()
        for key in self._comparison.same():
            if key.id in self._subjects:  # two records of two classes may have one id
                self.kept |= self._statements(key, after=True)
            for name, block in self._blocks(key, after=True) if doubtful else ():
                if name in doubtful:
                    self._meet(0, key, name, block)
                    self._meet(1, key, name, block)

    def node_lines(self) -> tuple[set[str], set[str]]:
        """Return the statements on nodes of records that differ: before, after."""
        old, new = ({line for _, block in side.values() for line in block.splitlines(keepends=True)} for side in self._nodes)
        return old, new

    def _meet(self, side: int, key: Key, name: str, block: str) -> None:
        place, known = self._places[side][key], self._nodes[side].get(name)
        if known is None or place < known[0]:
            self._nodes[side][name] = place, block

    def _statements(self, key: Key | None, *, after: bool) -> set[str]:
        """The statements of a record, without those of its nodes."""
        if key is None:
            return set()
        records = [read_record(key.cls, entry) for entry in self._comparison.entries(key, after=after)]
        return set(NTriplesWriter(StringIO(), self._base).encode(records).text.splitlines(keepends=True))

    def _blocks(self, key: Key, *, after: bool) -> Iterator[tuple[str, str]]:
        """Names and descriptions of the nodes of a record."""
        for entry in self._comparison.entries(key, after=after):
            for slot, values in entry.items():
                if slot not in ("id", "origin", "stub"):
                    for value in values if isinstance(values, list) else (values,):
                        if isinstance(value, dict):
                            yield from _described(slot, encode_sorted(value), self._base)


@lru_cache(maxsize=100_000)
def _described(slot: str, text: str, base: str) -> tuple[tuple[str, str], ...]:
    """Names and descriptions of the nodes of a value."""
    return tuple((node.name, node_lines(node, base)) for node in nodes_of(slot, read_value(slot, json.loads(text))))
