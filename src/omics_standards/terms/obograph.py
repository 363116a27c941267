"""A tolerant reader of obograph JSON: a binary stream in, :class:`SourceTerm` and :class:`Problem` out.

The text is decoded as a stream, one node or edge at a time. Nodes come before the edges that say their parents, so
parents are kept until the end, in ``extras``.

References
----------
geneontology/obographs, README-jsonformat.md (read 2026-11): the meaning of the fields.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import IO, TYPE_CHECKING, Any, Final

from .obo import MAX_PROBLEMS, Problem
from .owl import merged
from .reading import About, curie_of
from .sources import SourceTerm
from .xrefs import canonical_xrefs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .sources import Relation

__all__ = ["ObographFile"]

_CHUNK: Final = 1 << 18
MAX_VALUE: Final = 8 << 20
"""Longest node, edge or other value, in characters; UBERON's longest has some 20,000."""
_BLANK = re.compile(r"\s*")
_SCOPES: Final = {
    "hasExactSynonym": "exact", "hasNarrowSynonym": "narrow", "hasBroadSynonym": "broad", "hasRelatedSynonym": "related",
}  # fmt: skip
_PART_OF: Final = ("part_of", "BFO_0000050", "BFO:0000050")
_TERMS: Final = "http://purl.org/dc/terms/"
_DC: Final = "http://purl.org/dc/elements/1.1/"


class _Json:
    """JSON that is read piece by piece."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._read = stream.read
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("replace").decode
        self._raw = json.JSONDecoder(strict=False).raw_decode
        self._buffer = ""
        self._at = 0
        self.line = 1
        self.ended = False

    def _more(self) -> None:
        chunk = self._read(_CHUNK)
        if not chunk:
            self.ended = True
            raise ValueError(f"is cut: the JSON ends at line {self.line} in the middle of a value")
        if len(self._buffer) - self._at > MAX_VALUE:
            raise ValueError(f"line {self.line}: a value of more than {MAX_VALUE:,} characters")
        self._buffer = self._buffer[self._at :] + self._decode(chunk)
        self._at = 0

    def _move(self, end: int) -> None:
        self.line += self._buffer.count("\n", self._at, end)
        self._at = end

    def peek(self) -> str:
        """Return the next character that is not blank."""
        while True:
            end = _BLANK.match(self._buffer, self._at).end()  # type: ignore[union-attr]
            self._move(end)
            if end < len(self._buffer):
                return self._buffer[end]
            self._more()

    def take(self, expected: str) -> str:
        """Pass over one of the characters expected, and return it."""
        found = self.peek()
        if found not in expected:
            raise ValueError(f"the JSON is damaged at line {self.line}: {found!r}, expected {' or '.join(expected)}")
        self._at += 1
        return found

    def value(self) -> Any:
        """Return the next value, whole."""
        self.peek()
        while True:
            try:
                value, end = self._raw(self._buffer, self._at)
            except json.JSONDecodeError as error:
                # Within the text at hand: damage, if what follows is long enough to be sure that it is not merely cut.
                if error.pos < len(self._buffer) - 100 and not error.msg.startswith("Unterminated"):
                    line = self.line + self._buffer.count("\n", self._at, error.pos)
                    raise ValueError(f"the JSON is damaged at line {line}: {error.msg}") from None
                self._more()
                continue
            except RecursionError:
                raise ValueError(f"line {self.line}: a value that is nested too deeply") from None
            if end == len(self._buffer) and not self.ended and isinstance(value, int | float):
                self._more()  # a number may go on
                continue
            self._move(end)
            return value

    def items(self) -> Iterator[int]:
        """Pass over an array; yield the line of each item, which the caller takes."""
        self.take("[")
        if self.peek() == "]":
            self._at += 1
            return
        while True:
            self.peek()
            yield self.line
            if self.take(",]") == "]":
                return

    def entries(self) -> Iterator[str]:
        """Pass over an object; yield each key, whose value the caller takes."""
        self.take("{")
        if self.peek() == "}":
            self._at += 1
            return
        while True:
            key = self.value()
            self.take(":")
            yield str(key)
            if self.take(",}") == "}":
                return


class ObographFile:
    """An obograph file that is read once, by :meth:`terms`; see :class:`omics_standards.terms.reading.OntologyReader`.

    Examples
    --------
    >>> import io
    >>> text = '{"graphs": [{"nodes": [{"id": "http://purl.obolibrary.org/obo/X_1", "lbl": "liver", "type": "CLASS"}, 7]}]}'
    >>> graph = ObographFile(io.BytesIO(text.encode()))
    >>> [(t.id, t.label) for t in graph.terms()], [str(p) for p in graph.problems]
    ([('X:1', 'liver')], ['line 1: a node that is no object: 7'])
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._json = _Json(stream)
        self.line = 0
        self.problems: list[Problem] = []
        self.skipped = 0
        self.extras: dict[str, SourceTerm] = {}
        self.cut = False
        self._seen: set[str] = set()
        self._id = ""
        self._meta: dict[str, Any] = {}

    def about(self) -> About:
        """Return what the file says of itself."""
        said: dict[str, str] = {}
        for item in self._meta.get("basicPropertyValues") or ():
            if isinstance(item, dict):
                said.setdefault(str(item.get("pred")), str(item.get("val")))
        iri = str(self._meta.get("version") or "")
        info = said.get("http://www.w3.org/2002/07/owl#versionInfo", "")
        title = said.get(f"{_TERMS}title") or said.get(f"{_DC}title") or ""
        return About(self._id, iri or info, iri, title, said.get(f"{_TERMS}license", ""))

    def terms(self) -> Iterator[SourceTerm]:
        """Yield each usable class of the first graph; further graphs are imports and are passed over.

        Raises
        ------
        ValueError
            The JSON is damaged or cut, or is no obograph.
        """
        stream = self._json
        found = False
        for key in stream.entries():
            if key != "graphs" or stream.peek() != "[":
                stream.value()
                continue
            for number, line in enumerate(stream.items()):
                if number:
                    stream.value()
                    self._note(line, "a second graph (an import) was left out")
                else:
                    found = True
                    yield from self._graph()
        if not found:
            raise ValueError("it is JSON without the key 'graphs': no obograph")

    def _note(self, line: int, text: str) -> None:
        self.skipped += 1
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(line, text))

    def _graph(self) -> Iterator[SourceTerm]:
        stream = self._json
        for key in stream.entries():
            if key == "nodes" and stream.peek() == "[":
                for line in stream.items():
                    term = self._node(stream.value(), line)
                    if term is not None:
                        self.line = line
                        yield term
            elif key == "edges" and stream.peek() == "[":
                for line in stream.items():
                    self._edge(stream.value(), line)
            else:
                value = stream.value()
                if key == "id":
                    self._id = str(value)
                elif key == "meta" and isinstance(value, dict):
                    self._meta = value

    def _node(self, node: object, line: int) -> SourceTerm | None:
        if not isinstance(node, dict):
            self._note(line, f"a node that is no object: {node!r:.60}")
            return None
        if node.get("type", "CLASS") != "CLASS":
            return None
        iri = node.get("id")
        identifier = curie_of(iri) if isinstance(iri, str) else ""
        if not identifier:
            self._note(line, f"a node whose id is not made of a prefix and a number: {iri!r:.100}")
            return None
        if identifier in self._seen:
            self._note(line, f"id {identifier} stands twice; the first is kept")
            return None
        try:
            term = _understand(identifier, node)
        except (TypeError, AttributeError, KeyError, ValueError) as error:
            self._note(line, f"node {identifier} cannot be understood: {error!r:.100}")
            return None
        self._seen.add(identifier)
        return term

    def _edge(self, edge: object, line: int) -> None:
        if not isinstance(edge, dict) or not all(isinstance(edge.get(k), str) for k in ("sub", "pred", "obj")):
            self._note(line, f"an edge without subject, predicate or object: {edge!r:.60}")
            return
        predicate = edge["pred"]
        relation: Relation | None = "is_a" if predicate == "is_a" else "part_of" if predicate.endswith(_PART_OF) else None
        child, parent = curie_of(edge["sub"]), curie_of(edge["obj"])
        if relation and child and parent:
            more = SourceTerm(child, "", parents=((relation, parent),))
            known = self.extras.get(child)
            self.extras[child] = merged(known, more) if known else more


def _understand(identifier: str, node: dict[str, Any]) -> SourceTerm:
    meta = node.get("meta") or {}
    replaced, consider, alternatives = [], [], []
    for item in meta.get("basicPropertyValues") or ():
        predicate, value = str(item.get("pred")), str(item.get("val"))
        if predicate.endswith(("IAO_0100001", "#replacedBy")):
            replaced.append(curie_of(value))
        elif predicate.endswith("#consider"):
            consider.append(curie_of(value))
        elif predicate.endswith("#hasAlternativeId"):
            alternatives.append(curie_of(value))
    names = [(_SCOPES.get(s["pred"], "related"), str(s["val"])) for s in meta.get("synonyms") or ()]
    return SourceTerm(
        identifier,
        str(node.get("lbl") or ""),
        tuple((scope, text) for scope, text in names if text.strip()),
        (),
        bool(meta.get("deprecated")),
        tuple(filter(None, replaced)),
        tuple(filter(None, consider)),
        tuple(filter(None, alternatives)),
        canonical_xrefs((str(x["val"]) for x in meta.get("xrefs") or ()), identifier),
    )
