"""A tolerant reader of OBO 1.2 and 1.4 files: a binary stream in, :class:`SourceTerm` and :class:`Problem` out.

One bad line must not cost an ontology: a stanza that cannot be understood is skipped and named with its line, the
rest is read. Memory holds one stanza and the ids seen; a line longer than the limit is not read into memory.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from .reading import About
from .sources import SourceTerm
from .xrefs import canonical_xrefs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .sources import Relation

__all__ = ["OboFile", "Problem"]

MAX_LINE: Final = 1 << 20
"""Longest line read, in bytes; the longest of GO, MONDO, ENVO and psi-ms are below 20,000."""

MAX_STANZA: Final = 100_000
"""Most lines of one stanza or header; the longest of GO, MONDO and ENVO have a few hundred."""

MAX_PROBLEMS: Final = 1000

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"\s*(.*)\Z', re.DOTALL)
_SCOPE = re.compile(r"(EXACT|NARROW|BROAD|RELATED)\b")
# Types of synonyms that say that the name does not mean the term, or no longer: HP's own, and OBO's ambiguous, dubious
# and misnomer (https://github.com/information-artifact-ontology/ontology-metadata).
_DOUBTFUL = re.compile(r"\s+(obsolete_synonym|OMO:0003001|OMO:0003002|OMO:0003007)\b")
_ESCAPE = re.compile(r"\\(.)")
_ESCAPES: Final = {"n": "\n", "W": " ", "t": "\t"}
_IDENTIFIER = re.compile(r"[A-Za-z][\w.\-]*:[\w.\-]+\Z", re.ASCII)
_XREF_END = re.compile(r"\s+[\"{!]|\s+(?=\S+=)")  # what may follow an id: a text in quotes, qualifiers, a comment
_DUBLIN_CORE = re.compile(r"(dc|dcterms|terms|http://purl\.org/dc/(elements/1\.1|terms))[:/]")
_PLAIN_VERSION = re.compile(r"(releases/)?[\w.\-]+\Z")
_PART_OF: Final = ("part_of", "BFO:0000050")


class Problem(NamedTuple):
    """What was skipped, and the line it starts at."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}"


class _SkipStanzaError(Exception):
    """The stanza cannot be used."""


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda m: _ESCAPES.get(m[1], m[1]), text)


def _reference(value: str) -> str:
    """Return the id of ``UBERON:0000061 {source="x"} ! anatomical structure``."""
    return value.split(None, 1)[0] if value else ""


class OboFile:
    r"""An OBO file that is read once, by :meth:`terms`.

    Parameters
    ----------
    stream
        Binary, at its start.
    name
        Shown in messages.

    Attributes
    ----------
    header
        First value of each tag above the first stanza; complete once the first term was yielded.
    problems
        What was skipped; complete after :meth:`terms` is exhausted. At most 1,000 are kept, ``skipped`` counts all.

    Examples
    --------
    >>> import io
    >>> text = b'data-version: 1\n\n[Term]\nid: X:1\nname: liver\nsynonym: "iecur" EXACT []\n\n[Term]\nname: none\n'
    >>> obo = OboFile(io.BytesIO(text))
    >>> [(t.id, t.label, t.names) for t in obo.terms()]
    [('X:1', 'liver', (('exact', 'iecur'),))]
    >>> obo.header["data-version"], [str(p) for p in obo.problems]
    ('1', ['line 8: stanza without an id'])
    """

    def __init__(self, stream: IO[bytes], name: str = "") -> None:
        self._stream = stream
        self.name = name
        self.header: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.skipped = 0
        self.line = 0
        self.extras: dict[str, SourceTerm] = {}
        self.cut = False
        self._head: list[tuple[str, str]] = []
        self._seen: set[str] = set()

    def terms(self) -> Iterator[SourceTerm]:
        """Yield each usable term, in file order; a second stanza of one id is skipped.

        Raises
        ------
        ValueError
            The file ends in the middle of a tag: it is cut.
        """
        for kind, line, pairs in self._stanzas():
            if kind == "":
                for _, tag, value in pairs:
                    self.header.setdefault(tag, value)
                    self._head.append((tag, value))
            elif kind == "Term":
                try:
                    term = self._term(pairs)
                except _SkipStanzaError as error:
                    self._note(line, str(error))
                    continue
                self._seen.add(term.id)
                self.line = line
                yield term

    def about(self) -> About:
        """Return what the header says of the ontology."""
        said: dict[str, str] = {}
        for tag, value in self._head:
            if tag == "property_value":
                name, _, rest = value.partition(" ")
                quoted = _QUOTED.match(rest.strip())
                said.setdefault(_DUBLIN_CORE.sub("dc:", name), _unescape(quoted[1]) if quoted else rest.split(" ")[0])
        header = self.header
        ontology = header.get("ontology", "")
        version = header.get("data-version") or said.get("owl:versionInfo") or header.get("date") or ""
        # OBO 1.4, section 4.2: what the version IRI of a data-version is.
        plain = ontology and _PLAIN_VERSION.match(version)
        iri = version if "://" in version else f"http://purl.obolibrary.org/obo/{ontology}/{version}/{ontology}.owl" if plain else ""
        imports = tuple(value.split()[0] for tag, value in self._head if tag == "import" and value)
        return About(ontology, version, iri, said.get("dc:title", ""), said.get("dc:license", ""), imports)

    def _note(self, line: int, text: str) -> None:
        self.skipped += 1
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(line, text))

    def _lines(self) -> Iterator[tuple[int, str]]:
        number = 0
        readline = self._stream.readline
        while True:
            raw = readline(MAX_LINE)
            if not raw:
                return
            number += 1
            self.cut = not raw.endswith(b"\n")
            if len(raw) >= MAX_LINE and not raw.endswith(b"\n"):
                while raw and not raw.endswith(b"\n"):
                    raw = readline(MAX_LINE)
                    self.cut = not raw.endswith(b"\n")
                self._note(number, f"a line of more than {MAX_LINE:,} bytes was left out")
                continue
            yield number, raw.decode("utf-8", "replace").strip().lstrip("\ufeff")

    def _stanzas(self) -> Iterator[tuple[str, int, list[tuple[int, str, str]]]]:
        kind, start = "", 1
        pairs: list[tuple[int, str, str]] = []
        number = 0
        for number, line in self._lines():
            if not line or line[0] == "!":
                continue
            if line[0] == "[" and line[-1] == "]":
                yield kind, start, pairs
                kind, start, pairs = line[1:-1].strip(), number, []
                continue
            tag, colon, value = line.partition(":")
            if colon and len(pairs) < MAX_STANZA:
                pairs.append((number, tag.rstrip(), value.strip()))
                if len(pairs) == MAX_STANZA:
                    self._note(number, f"a stanza of more than {MAX_STANZA:,} lines; the rest of it is left out")
            elif colon:
                continue
            elif kind in ("", "Term"):
                self._note(number, f"not a 'tag: value' line: {line[:60]!r}")
        if self.cut and self.problems and self.problems[-1].line == number and self._seen:
            raise ValueError(f"is cut: it ends in the middle of line {number}")
        yield kind, start, pairs

    def _term(self, pairs: list[tuple[int, str, str]]) -> SourceTerm:
        single: dict[str, str] = {}
        names: list[tuple[str, str]] = []
        parents: list[tuple[Relation, str]] = []
        xrefs: list[str] = []
        many: dict[str, list[str]] = {"replaced_by": [], "consider": [], "alt_id": []}
        for number, tag, value in pairs:
            if tag in ("id", "name", "is_obsolete"):
                if tag == "id" and "id" in single:
                    raise _SkipStanzaError(f"two ids in one stanza: {single['id']} and {value[:60]}")
                single.setdefault(tag, value)
            elif tag == "synonym":
                self._synonym(number, value, names)
            elif tag == "is_a":
                parents.append(("is_a", _reference(value)))
            elif tag == "relationship":
                relation, _, target = value.partition(" ")
                if relation in _PART_OF:
                    parents.append(("part_of", _reference(target)))
            elif tag == "xref":
                xrefs.append(_XREF_END.split(value, maxsplit=1)[0])
            elif tag in many:
                many[tag].append(_reference(value))
        identifier = _reference(single.get("id", ""))
        if not identifier:
            raise _SkipStanzaError("stanza without an id")
        if not _IDENTIFIER.match(identifier):
            raise _SkipStanzaError(f"id is not PREFIX:local: {identifier[:60]!r}")
        if identifier in self._seen:
            raise _SkipStanzaError(f"id {identifier} stands twice; the first is kept")
        return SourceTerm(
            identifier,
            _unescape(single.get("name", "")),
            tuple(names),
            tuple(p for p in parents if p[1]),
            single.get("is_obsolete", "").startswith("true"),
            tuple(filter(None, many["replaced_by"])),
            tuple(filter(None, many["consider"])),
            tuple(filter(None, many["alt_id"])),
            canonical_xrefs(xrefs, identifier),
        )

    def _synonym(self, number: int, value: str, names: list[tuple[str, str]]) -> None:
        quoted = _QUOTED.match(value)
        if quoted is None:
            self._note(number, f"synonym without quotation marks left out: {value[:60]!r}")
            return
        # OBO 1.4, section 3.3: a synonym without a scope is RELATED.
        scope = _SCOPE.match(quoted[2])
        doubtful = scope is None or _DOUBTFUL.match(quoted[2], scope.end())
        names.append((scope[1].lower() if scope and not doubtful else "related", _unescape(quoted[1])))
