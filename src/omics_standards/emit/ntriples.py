"""N-Triples: the same statements as the Turtle, one per line, every name written out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import IO, TYPE_CHECKING

from ..models.slots import MODEL
from .encode import PREFIXES, nodes_of, pair_of, resource, said_by

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..records import Reading, Record

__all__ = ["NTriplesWriter", "absolute"]

_TYPED = re.compile(r'(".*")\^\^([a-z]+:[A-Za-z]+)', re.DOTALL)
_RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_REMEMBERED = 200_000


@lru_cache(maxsize=65_536)
def absolute(term: str, base: str) -> str:
    """Write out a Turtle term (as :mod:`.encode` makes them): prefixes, datatypes and the base.

    Examples
    --------
    >>> absolute("<biosample/S1>", "http://x/")
    '<http://x/biosample/S1>'
    >>> absolute('"plain"', "http://x/")
    '"plain"'
    """
    if term[0] == '"':
        typed = _TYPED.fullmatch(term)
        return f"{typed[1]}^^{absolute(typed[2], base)}" if typed else term
    if term[0] == "<":
        return term if ":" in term else f"<{base}{term[1:]}"
    prefix, _, local = term.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


class NTriplesWriter:
    """Writes records to a text stream as N-Triples."""

    suffix = "nt"

    def __init__(self, out: IO[str], base: str) -> None:
        self._out = out
        self._base = base
        self._written: set[str] = set()

    def _pairs(self, reading: Reading, nodes: dict[str, str]) -> tuple[str, ...]:
        base, lines = self._base, []
        for slot, value in said_by(reading):
            p, o = pair_of(slot, value)
            lines.append(f"{absolute(p, base)} {absolute(o, base)} .\n")
            for node in nodes_of(slot, value):
                if node.name not in nodes:
                    subject = absolute(node.name, base)
                    own = [(_RDF_TYPE, absolute(node.type, base)), *((absolute(p, base), absolute(o, base)) for p, o in node.pairs)]
                    nodes[node.name] = "".join(f"{subject} {p} {o} .\n" for p, o in own)
        reading.nt = tuple(lines)
        return reading.nt

    def encode(self, records: Iterable[Record]) -> tuple[str, dict[str, str]]:
        """Make the lines of a chunk of records and of the nodes it needs."""
        nodes: dict[str, str] = {}
        out = []
        for record in records:
            subject = absolute(resource(record.id), self._base) + " "
            out.append(f"{subject}{_RDF_TYPE} {absolute(MODEL.classes[record.cls].uri, self._base)} .\n")
            if record.stub:
                out.append(f'{subject}{absolute("omst:stub", self._base)} "true"^^{absolute("xsd:boolean", self._base)} .\n')
            for reading in record.readings:
                lines = reading.nt if reading.nt is not None else self._pairs(reading, nodes)
                out += [subject + line for line in lines]
        return "".join(out), nodes

    def write(self, encoded: tuple[str, dict[str, str]]) -> None:
        """Write an encoded chunk, its new nodes behind it."""
        text, nodes = encoded
        self._out.write(text)
        for name, block in nodes.items():
            if name not in self._written:
                self._out.write(block)
                if len(self._written) < _REMEMBERED:
                    self._written.add(name)

    def close(self) -> None:
        """Nothing is kept back."""
