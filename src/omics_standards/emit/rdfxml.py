"""RDF/XML, written as a stream: an element per record, its values inside, value nodes behind it.

XML cannot hold most control characters: they become U+FFFD, and a warning says how many texts that befell.
"""

from __future__ import annotations

import json
import logging
import re
from functools import lru_cache
from typing import IO, TYPE_CHECKING, Final, NamedTuple
from xml.sax.saxutils import quoteattr

from ..models.slots import MODEL
from .encode import PREFIXES, Written, resource, statements
from .ntriples import TYPED, absolute
from .provenance import DATASET, MARK, Lineage, Positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..records import Record
    from .encode import Node
    from .provenance import Trace

__all__ = ["RdfXmlWriter"]

_SPACES: Final = ("omst", "owl", "prov", "qudt", "rdf", "rdfs", "skos", "xsd")
# XML 1.0, production Char: everything else no document can hold, escaped or not.
_UNWRITABLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Encoded(NamedTuple):
    """The elements of some records, those of the nodes they need, and how many texts lost a character."""

    text: str
    nodes: dict[str, str]
    lost: int


@lru_cache(maxsize=65_536)
def _element(predicate: str, form: str, base: str) -> tuple[str, bool]:
    """Write a statement inside its subject's element; and tell whether its text lost a character."""
    if form[0] != '"':
        return f"  <{predicate} rdf:resource={quoteattr(absolute(form, base)[1:-1])}/>\n", False
    typed = TYPED.fullmatch(form)
    literal = typed[1] if typed else form
    # The literals of Turtle, as they are made here, are those of JSON.
    text = json.loads(literal, strict=False) if "\\" in literal else literal[1:-1]
    clean = _UNWRITABLE.sub("\ufffd", text)
    shown = clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    kind = f' rdf:datatype="{absolute(typed[2], base)[1:-1]}"' if typed else ""
    return f"  <{predicate}{kind}>{shown}</{predicate}>\n", clean != text


class RdfXmlWriter:
    """Writes records as RDF/XML.

    Parameters
    ----------
    out
        Open for text, UTF-8.
    base
        IRI that local ids are relative to; ends in ``/``.
    """

    suffix = "rdf"

    def __init__(self, out: IO[str], base: str) -> None:
        self._out = out
        self._base = base
        self._written = Written()
        self._positions = Positions()
        self._lost = 0
        spaces = "".join(f"\n  xmlns:{p}={quoteattr(PREFIXES[p])}" for p in _SPACES)
        out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>\n')

    def _subject(self, name: str, kind: str, pairs: Iterable[tuple[str, str]]) -> tuple[str, int]:
        """Write a subject with all that is said of it."""
        found = [_element(p, o, self._base) for p, o in pairs]
        about = quoteattr(absolute(name, self._base)[1:-1])
        return f"<{kind} rdf:about={about}>\n{''.join([t for t, _ in found])}</{kind}>\n", sum(lost for _, lost in found)

    def encode(self, records: Iterable[Record]) -> _Encoded:
        """Make the elements of a chunk of records and of the nodes it needs."""
        nodes: dict[str, str] = {}
        texts = []
        lost = 0

        def described(node: Node) -> str:
            nonlocal lost
            text, more = self._subject(node.name, node.type, node.pairs)
            lost += more
            return text

        for record in records:
            pairs = [pair for reading in record.readings for pair in statements(reading, nodes, described)]
            if record.stub:
                pairs.append(("omst:stub", '"true"^^xsd:boolean'))
            text, more = self._subject(resource(record.id), MODEL.classes[record.cls].uri, pairs)
            texts.append(text)
            lost += more
        return _Encoded("".join(texts), nodes, lost)

    def write(self, encoded: _Encoded) -> None:
        """Write an encoded chunk, its new nodes behind it."""
        self._out.write(encoded.text)
        self._lost += encoded.lost
        self._write_nodes(encoded.nodes)

    def _write_nodes(self, nodes: dict[str, str]) -> None:
        self._out.writelines(text for _, text in self._written.new(nodes))

    def encode_lineage(self, found: Sequence[Trace]) -> Lineage:
        """Make the elements of the origins of some records."""
        texts = []
        nodes: dict[str, str] = {}
        for trace in found:
            links = [("omst:origin", n.name) for n in trace.origins]
            text, _ = self._subject(trace.subject, "rdf:Description", links)
            end = "</rdf:Description>\n"
            texts.append(f"{text.removesuffix(end)}  <omst:position>{trace.container}/{MARK}</omst:position>\n{end}")
            texts += [self._subject(n.name, n.type, n.pairs)[0] for n in trace.origins]
            nodes |= {n.name: self._subject(n.name, n.type, n.pairs)[0] for n in trace.readings}
        return Lineage("".join(texts), [t.container for t in found], nodes, frozenset())

    def write_lineage(self, lineage: Lineage) -> None:
        """Write the origins of an encoded chunk."""
        if not self._positions:
            self._out.write(self._subject(f"<{self._base}>", "rdf:Description", [("rdf:type", f"<{DATASET}>")])[0])
        self._out.write(self._positions.put(lineage))
        self._write_nodes(lineage.nodes)

    def close(self) -> None:
        """End the document, and warn where texts lost characters."""
        self._out.write("</rdf:RDF>\n")
        if self._lost:
            logging.getLogger("omics_standards").warning(
                "dataset.rdf: XML holds no control characters; in %d texts they became U+FFFD; the other syntaxes keep them", self._lost
            )
