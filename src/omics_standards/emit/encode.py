"""Values as RDF terms: the one place that says how a slot's value looks in a graph.

Every value becomes a predicate and an object; terms, quantities, places, points, attributes, missing and rejected entries are
nodes of their own, named by their content, so that equal values are one node and no blank node is needed.

Text forms are Turtle's; :mod:`.ntriples` expands them. All text is escaped here and all IRIs are checked here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from ..models.edtf import EDTF
from ..models.prefixes import is_iri
from ..models.slots import MODEL
from ..records import Attribute, GeoPoint, Missing, Place, Quantity, Rejected, Term
from ..values.dates import xsd_type
from ..values.local_terms import local_term_id
from .units import UNIT_NAMESPACES, unit_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ..records import Reading, Value

__all__ = [
    "NAMESPACE",
    "PREFIXES",
    "Node",
    "Written",
    "content_hash",
    "escape",
    "escaped",
    "iri",
    "node_of",
    "nodes_of",
    "pair_of",
    "predicate",
    "resource",
    "said_by",
    "statements",
    "term_id",
    "unit_node",
]

NAMESPACE: Final = MODEL.namespace

# Names of value nodes and of EDTF literals, beside the model's own prefixes.
PREFIXES: Final[dict[str, str]] = {
    **MODEL.prefixes,
    **{kind: f"{NAMESPACE}{kind}/" for kind in ("attribute", "missing-value", "place", "point", "quantity", "reading", "rejected-value")},
    **UNIT_NAMESPACES,
    "void": "http://rdfs.org/ns/void#",
    "loc": EDTF.rpartition("edtf")[0],
}

# Turtle 1.1, PN_LOCAL restricted to what needs no escape.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?").fullmatch
_TO_ESCAPE = re.compile(r'[\x00-\x1f"\\\x7f]').search
_ESCAPES: Final = {
    **{chr(c): f"\\u{c:04X}" for c in [*range(0x20), 0x7F]},
    "\t": "\\t", "\b": "\\b", "\n": "\\n", "\r": "\\r", "\f": "\\f", '"': '\\"', "\\": "\\\\",
}  # fmt: skip
_TRANSLATE: Final = {ord(k): v for k, v in _ESCAPES.items()}
_SURROGATE = re.compile("[\ud800-\udfff]")

_REMEMBERED: Final = 200_000

# Bits of the hash that names a value node: 80 bits make a clash among 10^9 values less likely than 10^-6.
_HASH_BYTES: Final = 10


def escape(text: str) -> str:
    r"""Escape a text for a double-quoted Turtle or N-Triples literal; lone surrogates, which no encoding can write, become U+FFFD.

    Examples
    --------
    >>> escape('say "hi"')
    'say \\"hi\\"'
    >>> escape("plain")
    'plain'
    """
    if _TO_ESCAPE(text):
        text = text.translate(_TRANSLATE)
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def escaped(texts: Sequence[str]) -> Sequence[str]:
    """Escape plain texts, which hold no control characters; a look at all of them together is cheaper than one at each."""
    together = "".join(texts)
    if '"' in together or "\\" in together:
        return [t.replace("\\", "\\\\").replace('"', '\\"') for t in texts]
    return texts


def iri(text: str) -> str | None:
    """Return ``<text>`` where the text can be an absolute IRI, None where it cannot.

    Examples
    --------
    >>> iri("ftp://host/a.fastq.gz"), iri("no scheme"), iri("http://a b")
    ('<ftp://host/a.fastq.gz>', None, None)
    """
    return f"<{text}>" if is_iri(text) else None


def resource(identifier: str) -> str:
    """Return the Turtle form of a record's or term's id: a CURIE, an IRI, or a path relative to the base.

    Examples
    --------
    >>> resource("biosample/S1"), resource("UBERON:0002107")
    ('<biosample/S1>', 'UBERON:0002107')
    """
    prefix, colon, local = identifier.partition(":")
    if not colon:
        return f"<{identifier}>"
    if prefix in PREFIXES and _LOCAL(local):
        return identifier
    full = PREFIXES[prefix] + local if prefix in PREFIXES else identifier
    return iri(full) or f"<{NAMESPACE}term/{content_hash(identifier)}>"


def predicate(slot: str) -> str:
    """Return a slot's predicate as a CURIE."""
    return MODEL.slots[slot].uri


def content_hash(*parts: str | None) -> str:
    """Return the name of what consists of these parts."""
    text = "\x1f".join("\x00" if p is None else p for p in parts)
    if not text.isascii():
        text = _SURROGATE.sub("\ufffd", text)
    return blake2b(text.encode(), digest_size=_HASH_BYTES).hexdigest()


def term_id(slot: str, term: Term) -> str:
    """Return a term's id; a local term gets one from its slot and the normal form of its label.

    Examples
    --------
    >>> term_id("tissue", Term("UBERON:0002107", "liver"))
    'UBERON:0002107'
    >>> term_id("tissue", Term(None, "BALF and cultured virus"))
    'omst:term/tissue/balf-and-cultured-virus'
    >>> term_id("cell_type", Term(None, "CD4+")) == term_id("cell_type", Term(None, "CD4-"))
    False
    """
    if term.id is not None:
        return term.id
    return local_term_id(slot, term.label)


class Node:
    """A value that is a resource of its own: its Turtle name and the text of its block."""

    __slots__ = ("name", "pairs", "type")

    def __init__(self, name: str, kind: str, pairs: list[tuple[str, str]]) -> None:
        self.name = name
        self.type = kind
        self.pairs = pairs

    def names(self) -> Iterator[str]:
        """Names and literals that the block holds, the node's own first."""
        yield self.name
        yield self.type
        for pair in self.pairs:
            yield from pair

    def turtle(self) -> str:
        """The block that describes the node."""
        lines = "".join(f" ;\n    {p} {o}" for p, o in self.pairs)
        return f"{self.name} a {self.type}{lines} .\n"


def _text(value: str) -> str:
    return f'"{escape(value)}"'


def _decimal(value: str) -> str:
    return f'"{value}"^^xsd:decimal'


def _own(cls: str, slot: str) -> str:
    definition = MODEL.slot(cls, slot)
    assert definition is not None
    return definition.uri


def node_of(slot: str, value: Value) -> Node | None:
    """Return the node of a value, None for a value that is a literal."""
    match value:
        case Term():
            return Node(
                resource(term_id(slot, value)),
                "omst:OntologyTerm",
                [(_own("OntologyTerm", "label"), _text(value.label))] if value.label else [],
            )
        case Quantity():
            parts = [(s, v) for s, v in (("value", value.value), ("minimum", value.minimum), ("maximum", value.maximum)) if v is not None]
            pairs = [(_own("Quantity", s), _decimal(v)) for s, v in parts]
            if value.unit is not None:
                pairs += [(_own("Quantity", "unit"), _text(value.unit)), ("qudt:hasUnit", unit_node(value.unit).name)]
            return Node(f"quantity:{content_hash(*value)}", "omst:Quantity", pairs)
        case Place():
            named = [(s, v) for s, v in (("country", value.country), ("region", value.region)) if v]
            return Node(f"place:{content_hash(*value)}", "omst:Place", [(_own("Place", s), _text(v)) for s, v in named])
        case GeoPoint():
            pairs = [(_own("GeoPoint", "latitude"), _decimal(value.latitude)), (_own("GeoPoint", "longitude"), _decimal(value.longitude))]
            return Node(f"point:{content_hash(*value)}", "omst:GeoPoint", pairs)
        case Attribute():
            pairs = [(_own("Attribute", "name"), _text(value.name)), (_own("Attribute", "value"), _text(value.value))]
            if value.unit is not None:
                pairs.append((_own("Attribute", "unit"), _text(value.unit)))
            if value.term is not None:
                pairs.append((_own("Attribute", "term"), resource(term_id("attributes", value.term))))
            return Node(f"attribute:{attribute_hash(value)}", "omst:Attribute", pairs)
        case Missing():
            pairs = [(_own("MissingValue", s), _text(v)) for s, v in zip(("slot", "reason", "raw"), value, strict=True)]
            return Node(f"missing-value:{content_hash(*value)}", "omst:MissingValue", pairs)
        case Rejected():
            pairs = [(_own("RejectedValue", s), _text(v)) for s, v in zip(("slot", "raw", "finding"), value, strict=True)]
            return Node(f"rejected-value:{content_hash(*value)}", "omst:RejectedValue", pairs)
    return None


@lru_cache(maxsize=1024)
def unit_node(code: str) -> Node:
    """Return the node of a unit: QUDT's own where it has one, so that the data joins with QUDT's factors and dimensions."""
    curie, name, same = unit_facts(code)
    pairs = [("qudt:ucumCode", _text(code)), *((("rdfs:label", _text(name)),) if name else ())]
    return Node(resource(curie), "qudt:Unit", [*pairs, *(("skos:exactMatch", resource(s)) for s in same)])


def attribute_hash(value: Attribute) -> str:
    """Hash of an attribute's content, its term by id."""
    term = value.term and (value.term.id or value.term.label)
    return content_hash(value.name, value.value, value.unit, term)


def node_name(slot: str, value: Value) -> str | None:
    """Return the Turtle name of a value's node without building the node."""
    node = node_of(slot, value)
    return node.name if node else None


_LITERAL_TYPE: Final = {"integer": "xsd:integer", "decimal": "xsd:decimal", "boolean": "xsd:boolean"}


def literal_of(slot: str, value: Value) -> str:
    """Return the Turtle form of a value that is no node: a literal, or the IRI of a reference."""
    kind = MODEL.slots[slot].kind
    text = str(value)
    if kind == "reference":
        return resource(text)
    if kind == "uri":
        return resource(text) if text.partition(":")[0] in MODEL.prefixes else (iri(text) or _text(text))
    if kind == "date":
        narrow = xsd_type(text)
        return f'"{escape(text)}"^^' + (f"xsd:{narrow}" if narrow else "loc:edtf")
    if kind == "boolean":
        return '"true"^^xsd:boolean' if value else '"false"^^xsd:boolean'
    if kind in _LITERAL_TYPE:
        return f'"{text}"^^{_LITERAL_TYPE[kind]}'
    return _text(text)


def nodes_of(slot: str, value: Value) -> Iterator[Node]:
    """Yield the node of a value and those it points to; nothing for a literal."""
    node = node_of(slot, value)
    if node is not None:
        yield node
        if isinstance(value, Quantity) and value.unit is not None:
            yield unit_node(value.unit)
        if isinstance(value, Attribute) and value.term is not None:
            yield from nodes_of("attributes", value.term)


def said_by(reading: Reading) -> Iterator[tuple[str, Value]]:
    """Yield slot and value of everything a reading says: its values, and its missing or rejected entry."""
    for value in reading.values:
        yield reading.slot, value
    if reading.missing is not None:
        yield "missing", reading.missing
    if reading.rejected is not None:
        yield "rejected", reading.rejected


def pair_of(slot: str, value: Value) -> tuple[str, str]:
    """Return predicate and object of a value, in Turtle's form."""
    return predicate(slot), node_name(slot, value) or literal_of(slot, value)


def statements(reading: Reading, nodes: dict[str, str], describe: Callable[[Node], str]) -> list[tuple[str, str]]:
    """Return predicates and objects of everything a reading says, and describe the nodes that it needs.

    Parameters
    ----------
    reading
        What is said.
    nodes
        Texts of nodes by name; those that are not among them yet are added.
    describe
        Makes the text of a node in a syntax.

    Returns
    -------
    list of tuple
        In Turtle's form.
    """
    pairs = []
    for slot, value in said_by(reading):
        pairs.append(pair_of(slot, value))
        for node in nodes_of(slot, value):
            if node.name not in nodes:
                nodes[node.name] = describe(node)
    return pairs


class Written:
    """The names of value nodes that are written already, as many as memory should hold.

    This bounds memory, not what the output means: a node written twice says the same thing twice.
    """

    def __init__(self) -> None:
        self._names: set[str] = set()

    def new(self, nodes: Mapping[str, str]) -> list[tuple[str, str]]:
        """Return those of some nodes, name and text, that are not written yet; from now on they are."""
        fresh = [(name, text) for name, text in nodes.items() if name not in self._names]
        room = _REMEMBERED - len(self._names)
        if room > 0:
            self._names.update([name for name, _ in fresh[:room]])
        return fresh
