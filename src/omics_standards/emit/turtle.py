"""Turtle, written as a stream: each record a block, the value nodes they share at the end (or earlier, when many have gathered).

The text of a reading is made once and reused by every row that repeats it; a record is then a join of ready pieces.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import IO, TYPE_CHECKING, Final

from ..models.slots import MODEL
from ..records import BLANK, CurieColumn, LinkColumn, PlainColumn
from .encode import PREFIXES, Written, escaped, predicate, resource, statements
from .pieces import Pieces, complete, joined
from .provenance import DATASET, MARK, Lineage, Positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..records import Block, Reading, Record
    from .encode import Node
    from .provenance import Trace

__all__ = ["Chunk", "TurtleWriter", "encode_records", "forget_texts", "header"]

# Value nodes waiting to be written: a bound of memory.
_PENDING: Final = 20_000
_STUB_END: Final = ' ;\n    omst:stub "true"^^xsd:boolean .\n'
_END: Final = " .\n"
# Lines that are CURIEs of letters and digits, which Turtle writes as they are.
_CURIES: Final = re.compile(r"(?:[A-Za-z0-9._-]+:[A-Za-z0-9_]+(?:\n|\Z))*").fullmatch
_ALWAYS: Final = ("loc", "omst", "rdfs", "xsd")

BLANK.ttl = ""
BLANK.nt = ()


def header(base: str) -> str:
    """Return the start of a file: the base and the prefixes that every file uses; the others are declared where they first occur."""
    return f"@base <{base}> .\n" + declare(_ALWAYS)


def declare(prefixes: Iterable[str]) -> str:
    """Return prefix declarations."""
    return "".join(f"@prefix {p}: <{PREFIXES[p]}> .\n" for p in sorted(prefixes))


def _prefix(term: str) -> str:
    """Prefix of a CURIE, '' for IRIs and literals."""
    return "" if term[0] in '<"' else term.partition(":")[0]


class Chunk:
    """The text of some records, the value nodes they need for the first time, and the prefixes of both."""

    __slots__ = ("nodes", "prefixes", "text")

    def __init__(self) -> None:
        self.text = ""
        self.nodes: dict[str, str] = {}
        self.prefixes: set[str] = set()


def encode(reading: Reading, chunk: Chunk) -> str:
    """Make the Turtle text of a reading, remember it there, and note the nodes and prefixes it needs."""

    def described(node: Node) -> str:
        chunk.prefixes.update(map(_prefix, node.names()))
        return node.turtle()

    pairs = statements(reading, chunk.nodes, described)
    chunk.prefixes.update([_prefix(o) for _, o in pairs])
    text = reading.ttl = "".join([f" ;\n    {p} {o}" for p, o in pairs])
    return text


def encode_records(records: Iterable[Record]) -> Chunk:
    """Return the blocks of records with the nodes and prefixes that they need for the first time."""
    chunk = Chunk()
    chunk.text = "".join([_record_text(record, chunk) for record in records])
    return chunk


def _record_text(record: Record, chunk: Chunk) -> str:
    subject = resource(record.id)
    if subject[0] != "<":
        chunk.prefixes.add(subject.partition(":")[0])
    pieces = [r.ttl if r.ttl is not None else encode(r, chunk) for r in record.readings]
    return f"{subject} a {MODEL.classes[record.cls].uri}{''.join(pieces)}{_STUB_END if record.stub else _END}"


def encode_blocks(blocks: Sequence[Block]) -> Chunk:
    """Return what :func:`encode_records` gives for the records of one batch, without making the records."""
    chunk = Chunk()
    chunk.text = joined(blocks, lambda b, pieces: _block_pieces(b, pieces, chunk), lambda r: _record_text(r, chunk))
    return chunk


def _block_pieces(block: Block, pieces: Pieces, chunk: Chunk) -> None:
    """Add the pieces of a block's records."""
    _resources(block.ids, pieces, chunk)
    pieces.constant(f" a {MODEL.classes[block.cls].uri}")
    for column in block.columns:
        if isinstance(column, PlainColumn):
            _plain_pieces(column, pieces, chunk)
        elif isinstance(column, LinkColumn):
            before = f" ;\n    {predicate(column.slot)} "
            if complete(column.ids):
                pieces.constant(before)
                _resources(column.ids, pieces, chunk)
            else:
                objects = [resource(i) if i is not None else "" for i in column.ids]
                chunk.prefixes.update({_prefix(o) for o in objects if o})
                pieces.varying([before + o if o else "" for o in objects])
        else:
            pieces.varying([r.ttl if r.ttl is not None else encode(r, chunk) for r in column])
    pieces.constant(_STUB_END if block.stub else _END)


def _resources(ids: Sequence[str | None], pieces: Pieces, chunk: Chunk) -> None:
    if complete(ids) and ":" not in "".join(ids):
        pieces.constant("<")
        pieces.varying(ids)
        pieces.constant(">")
        return
    if (
        complete(ids)
        and len(prefixes := {i.partition(":")[0] for i in ids}) == 1
        and prefixes <= PREFIXES.keys()
        and _CURIES("\n".join(ids))
    ):
        chunk.prefixes |= prefixes
        pieces.varying(ids)
        return
    subjects = [resource(i) if i is not None else "<" for i in ids]
    chunk.prefixes.update({_prefix(s) for s in subjects})
    pieces.varying(subjects)


def _plain_pieces(column: PlainColumn, pieces: Pieces, chunk: Chunk) -> None:
    texts = escaped(column.texts)
    if isinstance(column, CurieColumn):
        before, after = f" ;\n    {predicate(column.slot)} {column.prefix}:", ""
        chunk.prefixes.add(column.prefix)
    else:
        before, after = f' ;\n    {predicate(column.slot)} "', '"^^xsd:integer' if column.number else '"'
    if "" in column.texts:
        pieces.varying([f"{before}{t}{after}" if t else "" for t in texts])
    else:
        pieces.constant(before)
        pieces.varying(texts)
        pieces.constant(after)


def forget_texts(records: Iterable[Record]) -> None:
    """Drop remembered texts: a new writer has yet to meet the nodes behind them."""
    for record in records:
        for reading in record.readings:
            if reading is not BLANK:
                reading.ttl = reading.nt = None


class TurtleWriter:
    """Writes records to a text stream.

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

    suffix = "ttl"

    def __init__(self, out: IO[str], base: str) -> None:
        self._out = out
        self._pending: dict[str, str] = {}
        self._written = Written()
        self._declared = {"", *_ALWAYS}
        self._positions = Positions()
        self.triples = 0
        self.values: Counter[str] = Counter()
        out.write(header(base))

    def encode(self, records: Iterable[Record]) -> Chunk:
        """Make the text of a chunk of records; pure, so that any process may do it."""
        return encode_records(records)

    def encode_blocks(self, blocks: Sequence[Block]) -> Chunk:
        """Make the text of a batch from its columns."""
        return encode_blocks(blocks)

    def write(self, chunk: Chunk) -> None:
        """Write an encoded chunk; nodes wait for the end, so that records come first."""
        fresh = chunk.prefixes - self._declared
        if fresh:
            self._out.write(declare(fresh))
            self._declared |= fresh
        self._out.write(chunk.text)
        # No literal holds a line end: a line is a statement.
        self.triples += chunk.text.count("\n")
        for name, block in self._written.new(chunk.nodes):
            self._pending[name] = block
            self.triples += block.count("\n")
            self.values[block[len(name) + 3 :].split(None, 1)[0]] += 1
        if len(self._pending) > _PENDING:
            self._flush()

    def encode_lineage(self, found: Sequence[Trace]) -> Lineage:
        """Make the text of the origins of some records."""
        prefixes: set[str] = set()
        nodes: dict[str, str] = {}
        out = []
        for trace in found:
            pointed = f" omst:origin {', '.join([n.name for n in trace.origins])} ;\n   " if trace.origins else ""
            out.append(f'{trace.subject}{pointed} omst:position "{trace.container}/{MARK}" .\n')
            out += [n.turtle() for n in trace.origins]
            for node in trace.readings:
                nodes[node.name] = node.turtle()
            # Of an origin, its results alone have names of other prefixes than those below.
            prefixes.update([_prefix(o) for n in trace.origins for p, o in n.pairs if p == "omst:result"])
            prefixes.update(map(_prefix, (trace.subject, "reading:", *(t for n in trace.readings for t in n.names()))))
        return Lineage("".join(out), [t.container for t in found], nodes, frozenset(prefixes))

    def write_lineage(self, lineage: Lineage) -> None:
        """Write the origins of an encoded chunk."""
        chunk = Chunk()
        named = "" if self._positions else f"<> a <{DATASET}> .\n"
        chunk.text, chunk.nodes, chunk.prefixes = named + self._positions.put(lineage), lineage.nodes, set(lineage.prefixes)
        counted = self.triples, self.values.copy()
        self.write(chunk)
        self.triples, self.values = counted

    def _flush(self) -> None:
        self._out.writelines(self._pending[name] for name in sorted(self._pending))
        self._pending.clear()

    def close(self) -> None:
        """Write the nodes that wait; the stream stays open."""
        self._flush()
