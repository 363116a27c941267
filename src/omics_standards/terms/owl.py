"""A tolerant reader of OWL in RDF/XML: a binary stream in, :class:`SourceTerm` and :class:`Problem` out.

The file is parsed as a stream, one top-level element at a time: memory holds one of them. An element that cannot be
understood is passed over and named with its line. Documents that declare nested, external or long entities are
refused. Read are classes: labels, synonyms with their scope, superclasses, part_of restrictions, deprecation and what
replaces it, alternative ids, cross-references; logical definitions are passed over.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any, Final
from xml.parsers import expat

from .obo import MAX_PROBLEMS, Problem
from .reading import About, curie_of
from .sources import SourceTerm
from .xrefs import canonical_xrefs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .sources import Relation

__all__ = ["OwlFile"]

_CHUNK: Final = 1 << 18
MAX_TOKEN: Final = 8 << 20
"""Longest tag, and longest text of one top-level element, in bytes; UBERON's largest class has some 50,000."""
_MAX_DEPTH: Final = 200
_MAX_ENTITY: Final = 1000
_MAX_ENTITIES: Final = 1000

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
_OWL: Final = "http://www.w3.org/2002/07/owl#"
_OIO: Final = "http://www.geneontology.org/formats/oboInOwl#"
_OBO: Final = "http://purl.obolibrary.org/obo/"
_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_DC: Final = ("http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/")

_SCOPES: Final = {
    f"{_OIO}hasExactSynonym": "exact",
    f"{_OIO}hasNarrowSynonym": "narrow",
    f"{_OIO}hasBroadSynonym": "broad",
    f"{_OIO}hasRelatedSynonym": "related",
    f"{_OIO}hasSynonym": "related",
    f"{_SKOS}altLabel": "related",
    f"{_OBO}IAO_0000118": "related",  # "alternative term": OBI and others do not say how far it is the same
}
_REPLACED: Final = (f"{_OBO}IAO_0100001", f"{_OIO}replacedBy")
_PART_OF: Final = (f"{_OBO}BFO_0000050", "part_of")
_TITLES: Final = (*(f"{dc}title" for dc in _DC), f"{_RDFS}label")
_LICENCES: Final = (f"{_DC[1]}license", f"{_DC[0]}license", f"{_DC[0]}rights")
_VERSIONS: Final = ("http://usefulinc.com/ns/doap#Version", f"{_OWL}versionInfo")


class _Node:
    """An element: name, attributes, text, children."""

    __slots__ = ("attributes", "children", "line", "name", "text")

    def __init__(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.name = name
        self.attributes = attributes
        self.line = line
        self.text: list[str] = []
        self.children: list[_Node] = []

    def value(self) -> str:
        """Return its text, or the IRI that it points to."""
        return " ".join("".join(self.text).split()) or self.attributes.get(f"{_RDF}resource", "")

    def about(self) -> str:
        """Return the IRI of what it describes."""
        return self.attributes.get(f"{_RDF}about", "")


class OwlFile:
    r"""An RDF/XML file that is read once, by :meth:`terms`; see :class:`omics_standards.terms.reading.OntologyReader`.

    Examples
    --------
    >>> import io
    >>> text = '''<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:owl="http://www.w3.org/2002/07/owl#"
    ...  xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#">
    ... <owl:Class rdf:about="http://purl.obolibrary.org/obo/X_1"><rdfs:label>liver</rdfs:label></owl:Class>
    ... <owl:Class rdf:about="http://example.org/lobe"/></rdf:RDF>'''
    >>> owl = OwlFile(io.BytesIO(text.encode()))
    >>> [(t.id, t.label) for t in owl.terms()], [str(p) for p in owl.problems]
    ([('X:1', 'liver')], ['line 4: class whose IRI is not made of a prefix and a number: http://example.org/lobe'])
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.line = 0
        self.problems: list[Problem] = []
        self.skipped = 0
        self.extras: dict[str, SourceTerm] = {}
        self.cut = False
        self._seen: set[str] = set()
        self._about: dict[str, list[str]] = {}
        self._base = ""

    def about(self) -> About:
        """Return what the file says of itself."""

        def first(*names: str) -> str:
            return next((v for name in names for v in self._about.get(name, ()) if v), "")

        iri = first(f"{_OWL}versionIRI")
        return About(
            first("about"), iri or first(*_VERSIONS), iri, first(*_TITLES), first(*_LICENCES), tuple(self._about.get(f"{_OWL}imports", ()))
        )

    def terms(self) -> Iterator[SourceTerm]:
        """Yield each usable class, in file order; a second description of one is kept in ``extras``.

        Raises
        ------
        ValueError
            The XML is damaged, cut, or declares entities that may not be expanded.
        """
        for node in _Elements(self._stream, self._note):
            if node.name == f"{_OWL}Ontology":
                self._header(node)
            elif node.name == f"{_OWL}Class" or (node.name == f"{_RDF}Description" and _types(node) & {f"{_OWL}Class", f"{_RDFS}Class"}):
                term = self._term(node)
                if term is not None:
                    yield term

    def _note(self, line: int, text: str) -> None:
        self.skipped += 1
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(line, text))

    def _header(self, node: _Node) -> None:
        self._about.setdefault("about", []).append(node.about())
        for child in node.children:
            self._about.setdefault(child.name, []).append(child.value())

    def _term(self, node: _Node) -> SourceTerm | None:
        iri = node.about() or node.attributes.get(f"{_RDF}ID", "")
        if not iri:
            return None  # an expression without a name
        identifier = curie_of(iri)
        if not identifier:
            self._note(node.line, f"class whose IRI is not made of a prefix and a number: {iri[:100]}")
            return None
        term = _understand(node, identifier)
        if identifier not in self._seen:
            self._seen.add(identifier)
            self.line = node.line
            return term
        if term.label:
            self._note(node.line, f"class {identifier} is labelled twice; the first label is kept")
        elif any((term.names, term.parents, term.xrefs, term.replaced_by)):
            self.extras[identifier] = merged(self.extras[identifier], term) if identifier in self.extras else term
        return None


def merged(term: SourceTerm, more: SourceTerm) -> SourceTerm:
    """Add what a second description of a term says to the first; label and state are the first's."""
    return term._replace(
        names=tuple(dict.fromkeys((*term.names, *more.names))),
        parents=tuple(dict.fromkeys((*term.parents, *more.parents))),
        replaced_by=tuple(dict.fromkeys((*term.replaced_by, *more.replaced_by))),
        consider=tuple(dict.fromkeys((*term.consider, *more.consider))),
        alternatives=tuple(dict.fromkeys((*term.alternatives, *more.alternatives))),
        xrefs=tuple(dict.fromkeys((*term.xrefs, *more.xrefs))),
    )


def _types(node: _Node) -> set[str]:
    return {child.attributes.get(f"{_RDF}resource", "") for child in node.children if child.name == f"{_RDF}type"}


def _understand(node: _Node, identifier: str) -> SourceTerm:
    labels: list[tuple[str, str]] = []
    names: list[tuple[str, str]] = []
    parents: list[tuple[Relation, str]] = []
    many: dict[str, list[str]] = {"replaced": [], "consider": [], "alternative": [], "xref": []}
    deprecated = False
    for child in node.children:
        value = child.value()
        if child.name == f"{_RDFS}label":
            labels.append((child.attributes.get("http://www.w3.org/XML/1998/namespace lang", "").lower(), value))
        elif child.name in _SCOPES:
            names.append((_SCOPES[child.name], value))
        elif child.name == f"{_RDFS}subClassOf":
            parents += _superclass(child)
        elif child.name == f"{_OWL}deprecated":
            deprecated = value.casefold() in ("true", "1")
        elif child.name in _REPLACED:
            many["replaced"].append(curie_of(value))
        elif child.name == f"{_OIO}consider":
            many["consider"].append(curie_of(value))
        elif child.name == f"{_OIO}hasAlternativeId":
            many["alternative"].append(curie_of(value))
        elif child.name in (f"{_OIO}hasDbXref", f"{_SKOS}exactMatch"):
            many["xref"].append(curie_of(value) if "://" in value else value)
    # The label is the English one, or the one without a language; those in other languages are names as good.
    labels.sort(key=lambda label: (label[0] != "" and not label[0].startswith("en"), label[0] != ""))
    names += [("exact", text) for _, text in labels[1:]]
    return SourceTerm(
        identifier,
        labels[0][1] if labels else "",
        tuple((scope, text) for scope, text in names if text),
        tuple(dict.fromkeys(parents)),
        deprecated,
        tuple(filter(None, many["replaced"])),
        tuple(filter(None, many["consider"])),
        tuple(filter(None, many["alternative"])),
        canonical_xrefs(many["xref"], identifier),
    )


def _superclass(node: _Node) -> list[tuple[Relation, str]]:
    direct = node.attributes.get(f"{_RDF}resource")
    if direct:
        curie = curie_of(direct)
        return [("is_a", curie)] if curie else []
    for child in node.children:
        if child.name == f"{_OWL}Class" and child.about():
            curie = curie_of(child.about())
            return [("is_a", curie)] if curie else []
        if child.name == f"{_OWL}Restriction":
            inside = {part.name: part.attributes.get(f"{_RDF}resource", "") for part in child.children}
            if inside.get(f"{_OWL}onProperty", "").endswith(_PART_OF):
                curie = curie_of(inside.get(f"{_OWL}someValuesFrom", ""))
                return [("part_of", curie)] if curie else []
    return []


class _Elements:
    """The children of a document's root, one by one."""

    def __init__(self, stream: IO[bytes], note: Any) -> None:
        self._stream = stream
        self._note = note
        self._done: list[_Node] = []
        self._open: list[_Node] = []
        self._depth = 0
        self._length = 0  # characters of the top-level element at hand
        self._quiet = 0  # bytes since the parser last saw something whole
        self._entities = 0
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._entity
        parser.CommentHandler = self._other
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def __iter__(self) -> Iterator[_Node]:
        try:
            while chunk := self._stream.read(_CHUNK):
                self._quiet += len(chunk)
                self._parser.Parse(chunk, False)
                if self._quiet > MAX_TOKEN:
                    raise ValueError(f"line {self._parser.CurrentLineNumber}: a tag or comment of more than {MAX_TOKEN:,} bytes")
                yield from self._done
                self._done.clear()
            self._parser.Parse(b"", True)
            yield from self._done
        except expat.ExpatError as error:
            where = "is cut: the XML ends" if error.code in _ENDS else "the XML is damaged"
            raise ValueError(f"{where} at line {error.lineno} ({expat.ErrorString(error.code)})") from None
        except LookupError as error:
            raise ValueError(f"the XML is damaged at line 1: {error}") from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._quiet = 0
        self._depth += 1
        if self._depth == 1:
            return
        if self._depth > _MAX_DEPTH:
            raise ValueError(f"line {self._parser.CurrentLineNumber}: elements more than {_MAX_DEPTH} deep")
        node = _Node(_joined(name), {_joined(k): v for k, v in attributes.items()}, self._parser.CurrentLineNumber)
        self._length += sum(map(len, attributes.values())) + 64
        if self._depth == 2:
            self._open = [node]
        elif self._length <= MAX_TOKEN:
            self._open[-1].children.append(node)
            self._open.append(node)

    def _end(self, _: str) -> None:
        self._quiet = 0
        self._depth -= 1
        if self._depth == 1:
            (node, *_rest) = self._open
            if self._length > MAX_TOKEN:
                self._note(node.line, f"an element of more than {MAX_TOKEN:,} characters was left out: {node.about()[:100]}")
            else:
                self._done.append(node)
            self._open = []
            self._length = 0
        elif self._depth > 1 and self._length <= MAX_TOKEN and len(self._open) == self._depth:
            self._open.pop()

    def _text(self, text: str) -> None:
        self._quiet = 0
        if self._open:
            self._length += len(text)
            if self._length <= MAX_TOKEN:
                self._open[-1].text.append(text)

    def _other(self, _: str) -> None:
        self._quiet = 0

    def _entity(self, name: str, parameter: int, value: str | None, base: object, system: object, public: object, notation: object) -> None:
        del base, public, notation
        self._entities += 1
        outside = value is None or system is not None or parameter
        if outside or self._entities > _MAX_ENTITIES or len(value or "") > _MAX_ENTITY or "&" in (value or ""):
            line = self._parser.CurrentLineNumber
            raise ValueError(f"line {line}: the entity {name[:40]!r} is external, nested or long; such a file is not read")


_ENDS: Final = (
    expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
    expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
)


def _joined(name: str) -> str:
    """Return namespace and local name as one IRI; ``xml:lang`` keeps the blank."""
    namespace, blank, local = name.rpartition(" ")
    return f"{namespace} {local}" if namespace.endswith("/namespace") else f"{namespace}{local}" if blank else name
