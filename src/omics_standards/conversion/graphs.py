"""RDF as it was written, read back into the entries of ``dataset.json``.

Records, values and value nodes stand in any graph; with origins (``--provenance``) the order of the records, the names under which
terms were read and the cells come back as well. Several records of one name (an accession that is a sample's and its assay's) are one
resource: origins say which of them says what.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ..emit.encode import PREFIXES
from ..emit.provenance import DATASET, STEP_BREAK, origin_path
from ..errors import ReadError
from ..models.prefixes import compress
from ..models.slots import MODEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["RDF_FILES", "read_rdf"]

RDF_FILES: Final = {".ttl": "turtle", ".nt": "nt", ".nq": "nquads", ".jsonld": "json-ld", ".rdf": "xml"}
"""Suffix to rdflib's name of the syntax, in the order in which a folder is searched."""

_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"


class Thing(NamedTuple):
    """An object of a triple: an IRI, or the text of a literal."""

    text: str
    iri: bool


def _whole(curie: str) -> str:
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local


_OMST: Final = MODEL.namespace
_CLASSES: Final = {_whole(c.uri): name for name, c in MODEL.classes.items() if c.container}
_SLOTS: Final = {
    name: {_whole(d.uri): slot for slot in c.slots if (d := MODEL.slot(name, slot)) is not None and slot not in ("id", "origin")}
    for name, c in MODEL.classes.items()
}


def read_rdf(path: Path) -> dict[str, Any]:
    """Read a file of RDF into what ``dataset.json`` holds.

    Parameters
    ----------
    path
        Its suffix says the syntax: a key of :data:`RDF_FILES`.

    Returns
    -------
    dict
        The base and, by container, the entries of the records; numbers as their text.

    Raises
    ------
    ReadError
        The file is absent, of no such syntax, or holds no record.
    """
    graph = _Graph()
    try:
        for subject, predicate, thing in _triples(path):
            graph.add(subject, predicate, thing)
    except OSError as e:
        raise ReadError(f"cannot read {path}: {e.strerror or e}") from e
    except (SyntaxError, ValueError) as e:
        raise ReadError(f"{path}: no {RDF_FILES[path.suffix]} ({str(e).splitlines()[0] if str(e) else type(e).__name__})") from e
    beside = path.with_name("description.ttl")
    if not graph.bases and beside != path and beside.exists():
        graph.bases.update(s for s, p, o in _triples(beside) if p == _TYPE and o.text == DATASET)
    data = graph.entries()
    if len(data) == 1:
        raise ReadError(f"{path} holds no record of the model (no subject of a class such as {_OMST}Biosample)")
    return data


def _triples(path: Path) -> Iterator[tuple[str, str, Thing]]:
    """Yield the triples of a file, literals as they are written."""
    try:
        import pyoxigraph
    except ImportError:
        yield from _by_rdflib(path)
        return
    forms = pyoxigraph.RdfFormat
    known = {".ttl": forms.TURTLE, ".nt": forms.N_TRIPLES, ".nq": forms.N_QUADS, ".jsonld": forms.JSON_LD, ".rdf": forms.RDF_XML}
    with path.open("rb") as source:
        quads = pyoxigraph.parse(source, format=known[path.suffix], base_iri=path.resolve().as_uri())
        literal = pyoxigraph.Literal
        for q in quads:
            yield q.subject.value, q.predicate.value, Thing(q.object.value, not isinstance(q.object, literal))


def _by_rdflib(path: Path) -> Iterator[tuple[str, str, Thing]]:
    import rdflib

    normalising = rdflib.NORMALIZE_LITERALS
    # Told otherwise, rdflib reads 35.50 as 35.5.
    rdflib.NORMALIZE_LITERALS = False
    try:
        graph = rdflib.Dataset(default_union=True)
        graph.parse(path, format=RDF_FILES[path.suffix])
    except OSError:
        raise
    except Exception as e:  # rdflib's parsers raise classes of their own without a common parent
        raise ValueError(str(e)) from e
    finally:
        rdflib.NORMALIZE_LITERALS = normalising
    for s, p, o in graph.triples((None, None, None)):
        yield str(s), str(p), Thing(str(o), not isinstance(o, rdflib.Literal))


class _Graph:
    """The triples of a file by subject, and what they say of records."""

    def __init__(self) -> None:
        self.bases: set[str] = set()
        self._said: dict[str, dict[str, list[Thing]]] = {}

    def add(self, subject: str, predicate: str, thing: Thing) -> None:
        """Take a triple."""
        of_predicate = self._said.setdefault(subject, {}).setdefault(predicate, [])
        if thing not in of_predicate:
            of_predicate.append(thing)
        if predicate == _TYPE and thing.text == DATASET:
            self.bases.add(subject)

    def things(self, subject: str, predicate: str) -> list[Thing]:
        """Objects of a subject's predicate."""
        return self._said.get(subject, {}).get(predicate, [])

    def text(self, subject: str, name: str) -> str:
        """Text of the one value of a slot; '' where there is none."""
        found = self.things(subject, _OMST + name)
        return min(t.text for t in found) if found else ""

    def _typed(self) -> Iterator[tuple[str, list[str]]]:
        for subject, said in self._said.items():
            classes = [_CLASSES[t.text] for t in said.get(_TYPE, ()) if t.text in _CLASSES]
            if classes:
                yield subject, classes

    def _base(self) -> str:
        """The base that the file names; else the one that most records of local names are told by."""
        if self.bases:
            return min(self.bases)
        counts: Counter[str] = Counter()
        for subject, classes in self._typed():
            for cls in classes:
                before, found, _ = subject.partition(f"/{MODEL.classes[cls].path}/")
                if (found and compress(subject) is None) or subject.startswith(f"{_OMST}data/"):
                    counts[before + "/"] += 1
        return max(counts.items(), key=lambda c: (c[1], c[0]))[0] if counts else ""

    def entries(self) -> dict[str, Any]:
        """The records by container, in their positions; those without one in the order of the file."""
        names = _Names(self._base())
        found: dict[str, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
        for subject, classes in self._typed():
            places = dict(t.text.rpartition("/")[::2] for t in self.things(subject, f"{_OMST}position"))
            for cls in classes:
                container = str(MODEL.classes[cls].container)
                place = places.get(container, "")
                entry = _Entry(self, names, subject, cls, several=len(classes) > 1).made()
                found[container].append((int(place) if place.isdigit() else 1 << 62, entry))
        ordered = {c: [e for _, e in sorted(found[c], key=lambda pair: pair[0])] for c in MODEL.containers if c in found}
        return {"base": names.base, **ordered}


class _Names:
    """IRIs as the ids they were."""

    def __init__(self, base: str) -> None:
        self.base = base

    def id(self, iri: str) -> str:
        """The id of a record or term: a path below the base, a CURIE where there is one, or the IRI."""
        if self.base and iri.startswith(self.base) and len(iri) > len(self.base):
            return iri[len(self.base) :]
        return compress(iri) or iri


class _Entry:
    """One record as ``dataset.json`` has it."""

    def __init__(self, graph: _Graph, names: _Names, subject: str, cls: str, *, several: bool) -> None:
        self.graph, self.names, self.subject, self.cls = graph, names, subject, cls
        path = names.base + origin_path(str(MODEL.classes[cls].container), names.id(subject)) + "/"
        found = [t.text for t in graph.things(subject, f"{_OMST}origin") if t.text.startswith(path)]
        self.origins = sorted(found, key=lambda o: int(graph.text(o, "rank") or 0))
        # What each origin says, by slot: the values, and the names under which terms were read.
        self.told: dict[str, list[Thing]] = defaultdict(list)
        self.labels: dict[tuple[str, str], list[str]] = defaultdict(list)
        for origin in self.origins:
            self._take(origin)
        self.several = several and bool(self.told)

    def _take(self, origin: str) -> None:
        own = self.graph.things(origin, f"{_OMST}result")
        for reading in self.graph.things(origin, f"{_OMST}reading"):
            slot = self.graph.text(reading.text, "slot")
            results = self.graph.things(reading.text, f"{_OMST}result")
            self.told[slot] += own + results
            for label in self.graph.things(reading.text, _LABEL):
                for result in results:
                    if label.text not in (known := self.labels[slot, result.text]):
                        known.append(label.text)

    def made(self) -> dict[str, Any]:
        """The entry."""
        entry: dict[str, Any] = {"id": self.names.id(self.subject)}
        for predicate, slot in _SLOTS[self.cls].items():
            things = self.graph.things(self.subject, predicate)
            if self.several:
                everything = [t for told in self.told.values() for t in told] if slot in ("missing", "rejected") else self.told[slot]
                things = [t for t in things if t in everything]
            if not things:
                continue
            definition = MODEL.slot(self.cls, slot)
            assert definition is not None
            values = [v for t in self._ordered(slot, things) for v in self._values(slot, definition.kind, definition.range, t)]
            entry[slot] = values if definition.multivalued else values[0]
        cells = [c for origin in self.origins if (c := self._cell(origin)) is not None]
        return entry | ({"origin": cells} if cells else {})

    def _ordered(self, slot: str, things: list[Thing]) -> list[Thing]:
        """Values in the order of their origins, so that the first of several is the one that was taken."""
        rank = {thing: i for i, thing in reversed(list(enumerate(self.told.get(slot, ()))))}
        return sorted(things, key=lambda t: (rank.get(t, len(rank)), t.text))

    def _values(self, slot: str, kind: str, range_: str, thing: Thing) -> Iterator[object]:
        """The JSON of a value; several of a term that was read under several names."""
        if kind == "term":
            yield from self._terms(slot, thing.text, thing.text)
        elif kind == "attribute":
            plain = self._parts(thing.text, "name", "value", "unit")
            terms = self.graph.things(thing.text, f"{_OMST}term")
            if not terms:
                yield plain
            for term in terms[:1]:
                yield from (plain | {"term": t} for t in self._terms(slot, thing.text, term.text))
        elif kind in _PARTS:
            yield self._parts(thing.text, *_PARTS[kind])
        elif kind == "reference":
            yield self.names.id(thing.text)
        elif kind == "uri":
            own = compress(thing.text) or thing.text
            yield from self.labels.get((slot, thing.text)) or [own if thing.iri and range_ != "uri" else thing.text]
        elif kind == "integer":
            yield int(thing.text)
        else:
            yield thing.text in ("true", "1") if kind == "boolean" else thing.text

    def _terms(self, slot: str, result: str, term: str) -> Iterator[dict[str, str]]:
        labels = self.labels.get((slot, result)) or [min((t.text for t in self.graph.things(term, _LABEL)), default="")]
        yield from ({"id": compress(term) or term, "label": label} for label in labels)

    def _parts(self, node: str, *names: str) -> dict[str, str]:
        return {n: min(t.text for t in found) for n in names if (found := self.graph.things(node, _OMST + n))}

    def _cell(self, origin: str) -> dict[str, object] | None:
        """An origin as ``dataset.json`` has it, None for one that is no cell."""
        cell = self.graph.text(origin, "cell")
        readings: Iterable[Thing] = self.graph.things(origin, f"{_OMST}reading")
        if not cell or not readings:
            return None
        reading = min(t.text for t in readings)
        steps = self.graph.text(reading, "steps")
        texts = {n: self.graph.text(reading, n) for n in ("slot", "file", "header", "raw")}
        entry = {
            "slot": texts["slot"],
            "file": texts["file"],
            "cell": cell,
            "header": texts["header"],
            "steps": steps.split(STEP_BREAK) if steps else [],
            "raw": texts["raw"],
        }
        return {key: value for key, value in entry.items() if value}


_PARTS: Final = {
    "quantity": ("value", "minimum", "maximum", "unit"),
    "geopoint": ("latitude", "longitude"),
    "place": ("country", "region"),
    "missing": ("slot", "reason", "raw"),
    "rejected": ("slot", "raw", "finding"),
}
