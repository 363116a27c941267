"""Turtle, written as a stream: each record a block, the value nodes they share at the end (or earlier, when many have gathered).

The text of a reading is made once and reused by every row that repeats it; a record is then a join of ready pieces.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Final

from ..models.slots import MODEL
from ..records import BLANK
from .encode import nodes_of, pair_of, resource, said_by

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..records import Reading, Record

__all__ = ["TurtleWriter", "encode_records", "header"]

# Value nodes waiting to be written, and names remembered as written: bounds of memory, not of the output's meaning. A node
# written twice says the same thing twice.
_PENDING: Final = 20_000
_REMEMBERED: Final = 200_000

BLANK.ttl = ""
BLANK.nt = ()


def header(base: str) -> str:
    """Return the prefix block."""
    lines = [f"@prefix {p}: <{i}> .\n" for p, i in sorted(MODEL.prefixes.items())]
    return "".join(lines) + f"@base <{base}> .\n\n"


def encode(reading: Reading, nodes: dict[str, str]) -> str:
    """Make the Turtle text of a reading, remember it there, and note the nodes it needs."""
    pieces = []
    for slot, value in said_by(reading):
        pieces.append(" ;\n    {} {}".format(*pair_of(slot, value)))
        for node in nodes_of(slot, value):
            if node.name not in nodes:
                nodes[node.name] = node.turtle()
    text = reading.ttl = "".join(pieces)
    return text


def encode_records(records: Iterable[Record], nodes: dict[str, str]) -> str:
    """Return the blocks of records; the nodes they need for the first time are added to ``nodes`` (name → block)."""
    out = []
    classes = {name: f" a {c.uri}" for name, c in MODEL.classes.items()}
    for record in records:
        out.append(resource(record.id) + classes[record.cls])
        out += [r.ttl if r.ttl is not None else encode(r, nodes) for r in record.readings]
        out.append(' ;\n    omst:stub "true"^^xsd:boolean .\n' if record.stub else " .\n")
    return "".join(out)


class TurtleWriter:
    """Writes records to a text stream.

    Parameters
    ----------
    out
        Open for text, UTF-8.
    base
        IRI that local ids are relative to; ends in ``/``.
    """

    suffix = "ttl"

    def __init__(self, out: IO[str], base: str) -> None:
        self._out = out
        self._pending: dict[str, str] = {}
        self._written: set[str] = set()
        out.write(header(base))

    def encode(self, records: Iterable[Record]) -> tuple[str, dict[str, str]]:
        """Make the text of a chunk of records and of the nodes it needs; pure, so that any process may do it."""
        nodes: dict[str, str] = {}
        return encode_records(records, nodes), nodes

    def write(self, encoded: tuple[str, dict[str, str]]) -> None:
        """Write an encoded chunk; nodes wait for the end, so that records come first."""
        text, nodes = encoded
        self._out.write(text)
        for name, block in nodes.items():
            if name not in self._written:
                self._pending[name] = block
                if len(self._written) < _REMEMBERED:
                    self._written.add(name)
        if len(self._pending) > _PENDING:
            self._flush()

    def _flush(self) -> None:
        self._out.writelines(self._pending[name] for name in sorted(self._pending))
        self._pending.clear()

    def close(self) -> None:
        """Write the nodes that wait; the stream stays open."""
        self._flush()
