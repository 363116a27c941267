"""Where each value comes from, as named nodes: no blank node, no quoted triple, so that every store and syntax can hold it.

A record points at its *origins*, one per cell that it says something from, ranked; an origin holds the cell's address and points at
the *reading* of its text: slot, header, raw text, steps and what came of it. Readings are named by their content, so that a thousand
cells of one text share one. A value that is its cell's text (a name, an identifier) stands on the origin itself. ``position`` is the
record's place among those of its class: with it the graph gives back ``dataset.json`` to the byte.

Text is made for a whole batch at once, with a mark where a position goes: places are counted where batches are written in order.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from ..models.prefixes import compress
from ..models.slots import MODEL
from ..records import BLANK, Attribute, Plain, Term
from .encode import PREFIXES, Node, content_hash, escape, pair_of, resource, said_by
from .jsontext import cell_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..records import Field, Reading, Record, Value

__all__ = ["DATASET", "GRAPH", "MARK", "STEP_BREAK", "Lineage", "Positions", "Trace", "origin_path", "traces"]

GRAPH: Final = "provenance"
"""Name of the graph of origins in N-Quads, below the base."""
DATASET: Final = "http://rdfs.org/ns/void#Dataset"
"""Class of the base: the dataset itself."""
STEP_BREAK: Final = "\n"
"""What stands between the steps of a reading; no step holds one."""
MARK: Final = "\x00"
"""Stands where a position goes; written text escapes all control characters."""


class Trace(NamedTuple):
    """The origins of a record: its name, its class's container, its origins, and the readings that they share with others."""

    subject: str
    container: str
    origins: list[Node]
    readings: list[Node]


class Lineage(NamedTuple):
    """The text of the traces of a batch in some syntax, with marks for positions, and the shared nodes by name."""

    text: str
    containers: list[str]
    nodes: dict[str, str]
    prefixes: frozenset[str]


class Positions:
    """Counts the records of each class in the order in which they are written."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def __bool__(self) -> bool:
        return bool(self._counts)

    def put(self, lineage: Lineage) -> str:
        """Return a batch's text with its positions in place of the marks."""
        parts = lineage.text.split(MARK)
        out = [parts[0]]
        for container, part in zip(lineage.containers, parts[1:], strict=True):
            self._counts[container] += 1
            out += (str(self._counts[container]), part)
        return "".join(out)


def origin_path(container: str, record_id: str) -> str:
    """Return the path of a record's origins below the base, without their rank.

    Examples
    --------
    >>> origin_path("biosamples", "biosample/S1"), origin_path("biosamples", "geo:GSM1")
    ('origin/biosamples/biosample/S1', 'origin/biosamples/geo%3AGSM1')
    """
    whole = resource(record_id)
    plain = record_id if whole == f"<{record_id}>" and ":" not in record_id else None
    if plain is None:
        prefix, _, local = record_id.partition(":")
        # Whole IRIs may hold what a path cannot: they are named by their hash.
        plain = f"{prefix}%3A{local}" if whole == record_id and prefix in PREFIXES else content_hash(record_id)
    return f"origin/{container}/{plain}"


def traces(records: Iterable[Record]) -> Iterator[Trace]:
    """Yield the traces of records; the records must live until the last is taken."""
    known: dict[tuple[int, int, int], list[Node]] = {}
    for record in records:
        container = MODEL.classes[record.cls].container
        if container is not None:
            yield _trace(record, container, known)


def _trace(record: Record, container: str, known: dict[tuple[int, int, int], list[Node]]) -> Trace:
    path = origin_path(container, record.id)
    origins: list[Node] = []
    readings: list[Node] = []
    for i, (reading, field) in enumerate(zip(record.readings, record.fields, strict=True)):
        if reading is BLANK:
            continue
        row = record.row_of(i)
        own = [("omst:result", pair_of(reading.slot, v)[1]) for v in reading.values] if isinstance(reading, Plain) else []
        for k in range(len(field.columns) or 1):
            if field.columns and reading.raw_text(k) == "":
                continue  # a companion that is blank in this row
            key = (id(field), k, hash(reading.slot) if own else id(reading))
            nodes = known.get(key)
            if nodes is None:
                nodes = known[key] = list(_readings(reading, field, k))
                readings += nodes
            rank = len(origins) + 1
            cell = cell_text(field, row, field.columns[k], k) if field.columns else ""
            pairs = [("omst:rank", f'"{rank}"^^xsd:integer'), *([("omst:cell", f'"{escape(cell)}"')] if cell else [])]
            pairs += [("omst:reading", n.name) for n in nodes]
            origins.append(Node(f"<{path}/{rank}>", "omst:Origin", pairs + own))
    if record.stub:
        # Two records of one name may differ in this alone: no cell says so, but each record does.
        rank = len(origins) + 1
        pairs = [("omst:rank", f'"{rank}"^^xsd:integer'), ("omst:reading", _STUB.name)]
        origins.append(Node(f"<{path}/{rank}>", "omst:Origin", pairs))
        if (0, 0, 0) not in known:
            known[0, 0, 0] = [_STUB]
            readings.append(_STUB)
    return Trace(resource(record.id), container, origins, readings)


_STUB: Final = Node("reading:stub", "omst:Reading", [("omst:slot", '"stub"'), ("omst:result", '"true"^^xsd:boolean')])


def _readings(reading: Reading, field: Field, k: int) -> Iterator[Node]:
    """Yield the nodes of what a cell was read as: one, or one per value where several have names of their own."""
    slot = reading.missing.slot if reading.missing is not None else reading.slot
    texts = {
        "omst:slot": slot,
        "omst:file": field.source.file if field.source.among and field.columns else "",
        "omst:header": field.headers[k] if field.headers else "",
        "omst:steps": STEP_BREAK.join(reading.steps),
        "omst:raw": reading.raw_text(k) or "",
    }
    pairs = [(p, f'"{escape(t)}"') for p, t in texts.items() if t]
    said = [] if isinstance(reading, Plain) else list(said_by(reading))
    named = len(said) > 1 and any(_label(s, v) is not None for s, v in said)
    for values in [[s] for s in said] if named else [said]:
        results = [("omst:result", pair_of(s, v)[1]) for s, v in values]
        labels = {label for s, v in values if (label := _label(s, v)) is not None}
        whole = pairs + results + [("rdfs:label", f'"{escape(label)}"') for label in sorted(labels)]
        yield Node(f"reading:{content_hash(*(t for pair in whole for t in pair))}", "omst:Reading", whole)


def _label(slot: str, value: Value) -> str | None:
    """The name under which a term was read: a term has one label in the graph, and may have been read under several.

    Of an address, how it was written where its IRI does not say it: that of an archive's page is the same as its accession's.
    """
    definition = MODEL.slots[slot]
    if definition.kind == "uri" and definition.range != "uri":
        return str(value) if compress(str(value)) is not None else None
    if isinstance(value, Attribute):
        value = value.term  # type: ignore[assignment]
    return value.label if isinstance(value, Term) else None
