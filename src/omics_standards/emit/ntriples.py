"""N-Triples: the same statements as the Turtle, one per line, every name written out."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property, lru_cache
from typing import IO, TYPE_CHECKING, NamedTuple

from ..models.slots import MODEL
from ..records import CurieColumn, LinkColumn, PlainColumn
from .encode import NAMESPACE, PREFIXES, Written, escaped, predicate, resource, statements
from .pieces import Pieces, complete, joined
from .provenance import DATASET, GRAPH, MARK, Lineage, Positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..records import Block, Reading, Record
    from .encode import Node
    from .provenance import Trace

__all__ = ["TYPED", "Encoded", "NQuadsWriter", "NTriplesWriter", "absolute", "node_lines"]

Nodes = dict[str, str]
"""Lines of nodes by name."""

# A literal with its datatype, as :mod:`.encode` makes them.
TYPED = re.compile(r'(".*")\^\^([a-z]+:[A-Za-z]+)', re.DOTALL)
_RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_END = " .\n"


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
        typed = TYPED.fullmatch(term)
        return f"{typed[1]}^^{absolute(typed[2], base)}" if typed else term
    if term[0] == "<":
        return term if ":" in term else f"<{base}{term[1:]}"
    prefix, _, local = term.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def _class_of(block: str) -> str:
    """The class of a node, as a CURIE, from its first line."""
    whole = block.split(" ", 3)[2][1:-1]
    return f"qudt:{whole.removeprefix(PREFIXES['qudt'])}" if whole.startswith(PREFIXES["qudt"]) else f"omst:{whole.removeprefix(NAMESPACE)}"


class Encoded(NamedTuple):
    """The lines of some records, those of the nodes they need for the first time, and what all of them end in."""

    text: str
    nodes: Nodes
    end: str


def node_lines(node: Node, base: str, end: str = _END) -> str:
    """Return the lines that describe a node."""
    subject = absolute(node.name, base)
    own = [(_RDF_TYPE, absolute(node.type, base)), *((absolute(p, base), absolute(o, base)) for p, o in node.pairs)]
    return "".join([f"{subject} {p} {o}{end}" for p, o in own])


class NTriplesWriter:
    """Writes records to a text stream as N-Triples.

    Parameters
    ----------
    out
        Open for text, UTF-8.
    base
        IRI that local ids are relative to; ends in ``/``.

    Attributes
    ----------
    triples
        Statements written so far, those on origins apart; one that is said twice counts twice.
    values
        Value nodes by class.
    """

    suffix = "nt"

    def __init__(self, out: IO[str], base: str) -> None:
        self._out = out
        self._base = base
        self._end = self._line_end()
        self._written = Written()
        self._positions = Positions()
        self.triples = 0
        self.values: Counter[str] = Counter()

    def _line_end(self) -> str:
        return _END

    def _lines(self, reading: Reading, nodes: Nodes) -> tuple[str, ...]:
        """Make the ends of a reading's lines, remember them there, and note the nodes that they need."""
        base, end = self._base, self._end
        pairs = statements(reading, nodes, lambda node: node_lines(node, base, end))
        lines = reading.nt = tuple([f" {absolute(p, base)} {absolute(o, base)}{end}" for p, o in pairs])
        return lines

    def encode(self, records: Iterable[Record]) -> Encoded:
        """Make the lines of a chunk of records and of the nodes it needs."""
        nodes: Nodes = {}
        return Encoded("".join([self._record_text(record, nodes) for record in records]), nodes, self._end)

    def _record_text(self, record: Record, nodes: Nodes) -> str:
        subject = absolute(resource(record.id), self._base)
        out = [subject, self._start(record.cls, stub=record.stub).replace("\n<", f"\n{subject}")]
        for reading in record.readings:
            for line in reading.nt if reading.nt is not None else self._lines(reading, nodes):
                out += (subject, line)
        return "".join(out)

    def _start(self, cls: str, *, stub: bool) -> str:
        """The ends of the lines that every record of a class starts with; a further subject is left open as ``<``."""
        line = f" {_RDF_TYPE} {absolute(MODEL.classes[cls].uri, self._base)}{self._end}"
        return line + (f'< {absolute("omst:stub", self._base)} "true"^^{absolute("xsd:boolean", self._base)}{self._end}' if stub else "")

    def encode_blocks(self, blocks: Sequence[Block]) -> Encoded:
        """Make the lines of a batch from its columns."""
        nodes: Nodes = {}
        text = joined(blocks, lambda b, pieces: self._block(b, pieces, nodes), lambda r: self._record_text(r, nodes))
        return Encoded(text, nodes, self._end)

    def _block(self, block: Block, pieces: Pieces, nodes: Nodes) -> None:
        """Add the pieces of a block's records."""
        subjects = _Column(block.ids, self._base)
        for i, line in enumerate(self._start(block.cls, stub=block.stub).split("\n<")):
            subjects.add(pieces)
            pieces.constant(line if i or not block.stub else line + "\n")
        for column in block.columns:
            if isinstance(column, PlainColumn):
                self._plain(column, subjects, pieces)
            elif isinstance(column, LinkColumn):
                self._links(column, subjects, pieces)
            else:
                ends = [r.nt if r.nt is not None else self._lines(r, nodes) for r in column]
                if set(map(len, ends)) == {1}:
                    subjects.add(pieces)
                    pieces.varying([e[0] for e in ends])
                else:
                    pieces.varying(
                        [s + e[0] if len(e) == 1 else "".join([s + x for x in e]) for s, e in zip(subjects.texts, ends, strict=True)]
                    )

    def _links(self, column: LinkColumn, subjects: _Column, pieces: Pieces) -> None:
        before = f" {absolute(predicate(column.slot), self._base)} "
        objects = _Column(column.ids, self._base)
        if complete(column.ids):
            subjects.add(pieces)
            pieces.constant(before)
            objects.add(pieces)
            pieces.constant(self._end)
        else:
            pieces.varying([f"{s}{before}{o}{self._end}" if o else "" for s, o in zip(subjects.texts, objects.texts, strict=True)])

    def _plain(self, column: PlainColumn, subjects: _Column, pieces: Pieces) -> None:
        before, after = f' {absolute(predicate(column.slot), self._base)} "', f'"{self._end}'
        if isinstance(column, CurieColumn):
            before, after = f"{before[:-1]}<{PREFIXES[column.prefix]}", f">{self._end}"
        elif column.number:
            after = f'"^^{absolute("xsd:integer", self._base)}{self._end}'
        texts = escaped(column.texts)
        if "" in column.texts:
            pieces.varying([f"{s}{before}{t}{after}" if t else "" for s, t in zip(subjects.texts, texts, strict=True)])
        else:
            subjects.add(pieces)
            pieces.constant(before)
            pieces.varying(texts)
            pieces.constant(after)

    def write(self, encoded: Encoded) -> None:
        """Write an encoded chunk, its new nodes behind it."""
        self._out.write(self._ended(encoded.text, encoded.end))
        # No literal holds a line end: a line is a statement.
        self.triples += encoded.text.count("\n")
        for _, block in self._written.new(encoded.nodes):
            self._out.write(self._ended(block, encoded.end))
            self.triples += block.count("\n")
            self.values[_class_of(block)] += 1

    def _ended(self, text: str, end: str) -> str:
        """Lines that another writer of lines has made, ended as ours: no literal holds a line end."""
        return text if end == self._end else text.replace(end, self._end)

    def encode_lineage(self, found: Sequence[Trace]) -> Lineage:
        """Make the lines of the origins of some records."""
        base, end = self._base, self._lineage_end()
        nodes: Nodes = {}
        out = []
        link, place = (absolute(p, base) for p in ("omst:origin", "omst:position"))
        for trace in found:
            subject = absolute(trace.subject, base)
            out += [f"{subject} {link} {absolute(n.name, base)}{end}" for n in trace.origins]
            out.append(f'{subject} {place} "{trace.container}/{MARK}"{end}')
            out += [node_lines(n, base, end) for n in trace.origins]
            for node in trace.readings:
                nodes[node.name] = node_lines(node, base, end)
        return Lineage("".join(out), [t.container for t in found], nodes, frozenset())

    def write_lineage(self, lineage: Lineage) -> None:
        """Write the origins of an encoded chunk."""
        named = "" if self._positions else f"<{self._base}> {_RDF_TYPE} <{DATASET}>{self._lineage_end()}"
        counted = self.triples, self.values.copy()
        self.write(Encoded(named + self._positions.put(lineage), lineage.nodes, self._end))
        self.triples, self.values = counted

    def _lineage_end(self) -> str:
        return self._end

    def close(self) -> None:
        """Nothing is kept back."""


class _Column:
    """The names of the records of a column, written out; made as texts only where a line needs them whole."""

    def __init__(self, ids: Sequence[str | None], base: str) -> None:
        self._ids = ids
        self._base = base
        self._local = complete(ids) and ":" not in "".join(ids)

    @cached_property
    def texts(self) -> Sequence[str]:
        """One per row, '' where the row has none."""
        if self._local:
            before = f"<{self._base}"
            return [f"{before}{i}>" for i in self._ids]
        return [absolute(resource(i), self._base) if i is not None else "" for i in self._ids]

    def add(self, pieces: Pieces) -> None:
        """Add the names to the rows."""
        pieces.varying(self.texts)


class NQuadsWriter(NTriplesWriter):
    """Writes records as N-Quads: the lines of N-Triples, each in the dataset's graph, whose name is the base."""

    suffix = "nq"

    def _line_end(self) -> str:
        return f" <{self._base}> .\n"

    def _lineage_end(self) -> str:
        return f" <{self._base}{GRAPH}> .\n"

    def describe(self, nodes: Iterable[Node]) -> None:
        """Write the description of the dataset into the default graph."""
        self._out.writelines(node_lines(n, self._base) for n in nodes)
