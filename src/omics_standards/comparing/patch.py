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
from typing import IO, TYPE_CHECKING, Any, Final

from ..conversion.loading import read_record, read_value
from ..emit.encode import nodes_of
from ..emit.jsontext import encode_sorted
from ..emit.ntriples import NTriplesWriter, absolute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .comparison import Comparison, Event, Key

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
        gone, new = sorted(maker.old_nodes - maker.new_nodes - maker.kept), sorted(maker.new_nodes - maker.old_nodes - maker.kept)
        count = 0
        with _spool() as body:
            for code, spool, nodes in (("D", deleted, gone), ("A", added, new)):
                spool.seek(0)
                for line in _both(spool, nodes):
                    if line not in maker.kept:
                        body.write(f"{code} {line}")
                        count += 1
            _write(out, body)
    return count


def _spool() -> Any:
    return tempfile.SpooledTemporaryFile(_SPOOL, "w+", encoding="utf-8", newline="\n")


def _both(spool: Iterable[str], nodes: Iterable[str]) -> Iterator[str]:
    yield from spool
    yield from nodes


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
    """Makes the statements of records that differ, and learns which nodes others still use."""

    def __init__(self, comparison: Comparison, base: str) -> None:
        self._comparison = comparison
        self._base = base
        self.old_nodes: set[str] = set()
        self.new_nodes: set[str] = set()
        # Statements that records without a change make as well.
        self.kept: set[str] = set()
        told = Counter(i for e in comparison.events for i in {k.id for k in e if k is not None})
        self._subjects = frozenset(told)
        self._several = frozenset(i for i, n in told.items() if n > 1)

    def own(self, deleted: IO[str], added: IO[str]) -> None:
        """Write the statements of the records that differ, and gather their nodes."""
        for event in self._comparison.events:
            old = self._statements(event.old, after=False, nodes=self.old_nodes)
            new = self._statements(event.new, after=True, nodes=self.new_nodes)
            deleted.writelines(sorted(old - new))
            added.writelines(sorted(new - old))
            if self._shared(event):
                self.kept |= new & old  # another record of that id may have let go of it

    def _shared(self, event: Event) -> bool:
        return any(k is not None and k.id in self._several for k in event)

    def _statements(self, key: Key | None, *, after: bool, nodes: set[str]) -> set[str]:
        """The statements of a record; those of its nodes go into ``nodes``."""
        if key is None:
            return set()
        records = [read_record(key.cls, entry) for entry in self._comparison.entries(key, after=after)]
        text, blocks, _ = NTriplesWriter(StringIO(), self._base).encode(records)
        for block in blocks.values():
            nodes.update(block.splitlines(keepends=True))
        return set(text.splitlines(keepends=True))

    def unchanged(self) -> None:
        """Look through the records that did not change for what the others let go of, or take up."""
        doubtful = self.old_nodes ^ self.new_nodes
        shared = self._subjects
        for key in self._comparison.same():
            if key.id in shared:  # two records of two classes may have one id
                nodes: set[str] = set()
                self.kept |= self._statements(key, after=True, nodes=nodes)
            if doubtful:
                self._keep(key, doubtful)

    def _keep(self, key: Key, doubtful: set[str]) -> None:
        for entry in self._comparison.entries(key, after=True):
            for slot, values in entry.items():
                if slot in ("id", "origin", "stub"):
                    continue
                for value in values if isinstance(values, list) else (values,):
                    if not isinstance(value, dict):
                        continue
                    lines = _node_lines(slot, encode_sorted(value), self._base)
                    self.kept.update(line for line in lines if line in doubtful)


@lru_cache(maxsize=100_000)
def _node_lines(slot: str, text: str, base: str) -> tuple[str, ...]:
    """The statements of the nodes of a value."""
    return tuple(
        f"{absolute(node.name, base)} {absolute(p, base)} {absolute(o, base)} .\n"
        for node in nodes_of(slot, read_value(slot, json.loads(text)))
        for p, o in [("rdf:type", node.type), *node.pairs]
    )
