"""JSON-LD: ``{"@context", "@graph"}`` with the generated context and a type on every object; the same graph as the Turtle."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ..models import slots as model_slots
from ..models.edtf import EDTF
from ..models.slots import MODEL
from ..records import Attribute, GeoPoint, Missing, Place, Quantity, Rejected, Term
from .encode import PREFIXES, literal_of, node_name, resource, said_by, unit_node
from .ntriples import TYPED
from .provenance import DATASET, MARK, Lineage, Positions
from .units import unit_facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..records import Record, Value
    from .encode import Node
    from .provenance import Trace

__all__ = ["JsonLdWriter", "context", "record_to_jsonld"]

# Nodes of origins that are remembered as written; a node written twice says the same thing twice.
_REMEMBERED = 200_000
_CLASS_OF = {
    Term: "OntologyTerm", Quantity: "Quantity", Place: "Place", GeoPoint: "GeoPoint",
    Attribute: "Attribute", Missing: "MissingValue", Rejected: "RejectedValue",
}  # fmt: skip


@cache
def context() -> dict[str, Any]:
    """Return the JSON-LD context that is generated from the model."""
    path = Path(model_slots.__file__).with_name("_context.jsonld")
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["@context"]
    return loaded


def _object(slot: str, value: Value) -> object:
    cls = _CLASS_OF.get(type(value))
    if cls is None:
        kind = MODEL.slots[slot].kind
        if kind in ("reference", "uri"):
            form = literal_of(slot, value)
            return {"@value": str(value)} if form[0] == '"' else _whole(form)
        return value if kind == "boolean" else int(str(value)) if kind == "integer" else _literal(kind, value)
    name = node_name(slot, value) or ""
    entry: dict[str, object] = {"id": _whole(name), "type": cls}
    if isinstance(value, Term):
        return entry | ({"label": value.label} if value.label else {})
    for part, inner in value._asdict().items():  # type: ignore[union-attr]
        if inner is None or (inner == "" and isinstance(value, Place)):
            continue
        if isinstance(inner, Term):
            entry[part] = _object("attributes", inner)
        elif isinstance(value, Quantity | GeoPoint) and part != "unit":
            entry[part] = {"@value": inner, "@type": "xsd:decimal"}
        else:
            entry[part] = {"@value": inner} if isinstance(value, Attribute) and part == "value" else inner
    if isinstance(value, Quantity) and value.unit is not None:
        entry["has_unit"] = _unit(value.unit)
    return entry


def _unit(code: str) -> dict[str, object]:
    """The resource of a unit, as the Turtle has it."""
    said: dict[str, object] = {"id": _whole(unit_node(code).name), "type": "Unit"}
    for predicate, form in unit_node(code).pairs:
        if predicate == "qudt:ucumCode":
            said["ucum_code"] = code
        elif predicate == "rdfs:label":
            said["label"] = unit_facts(code)[1]
        else:
            said.setdefault("exact_match", []).append(_whole(form))  # type: ignore[attr-defined]
    return said


def _whole(name: str) -> str:
    """Write a Turtle name as an IRI: in JSON-LD a prefix of the same name as a slot would be taken for the slot."""
    if name[0] == "<":
        return name[1:-1]
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def _literal(kind: str, value: Value) -> object:
    text = str(value)
    if kind == "decimal":
        return {"@value": text, "@type": "xsd:decimal"}
    if kind == "date":
        from ..values.dates import xsd_type

        narrow = xsd_type(text)
        return {"@value": text, "@type": f"xsd:{narrow}" if narrow else EDTF}
    return text


def record_to_jsonld(record: Record) -> dict[str, Any]:
    """Return a record as a JSON-LD object."""
    entry: dict[str, Any] = {"id": _whole(resource(record.id)), "type": record.cls}
    slots: dict[str, list[object]] = {}
    for reading in record.readings:
        for slot, value in said_by(reading):
            found = _object(slot, value)
            if found not in slots.setdefault(slot, []):
                slots[slot].append(found)
    if record.stub:
        slots["stub"] = [True]
    return entry | {slot: values[0] if len(values) == 1 else values for slot, values in slots.items()}


def _node_text(node: Node) -> str:
    """Write a node of origins; the literals of Turtle, as they are made here, are those of JSON."""
    said: dict[str, list[str]] = {}
    for predicate, form in node.pairs:
        said.setdefault(predicate.partition(":")[2], []).append(_form_text(form))
    entries = [f', "{key}": {forms[0]}' if len(forms) == 1 else f', "{key}": [{", ".join(forms)}]' for key, forms in said.items()]
    kind = node.type.partition(":")[2]
    return f'{{"id": {json.dumps(_whole(node.name), ensure_ascii=False)}, "type": "{kind}"{"".join(entries)}}}'


def _form_text(form: str) -> str:
    if form[0] != '"':
        return f'{{"id": {json.dumps(_whole(form), ensure_ascii=False)}}}'
    typed = TYPED.fullmatch(form)
    return f'{{"@value": {typed[1]}, "@type": "{_whole(typed[2])}"}}' if typed else form


class JsonLdWriter:
    """Writes records as one JSON-LD document, a record a line."""

    suffix = "jsonld"

    def __init__(self, out: IO[str], base: str) -> None:
        self._out = out
        self._base = base
        self._first = True
        self._positions = Positions()
        self._written: set[str] = set()
        head = json.dumps({**context(), "@base": base}, ensure_ascii=False, indent=1)
        out.write(f'{{"@context": {head},\n"@graph": [\n')

    def encode(self, records: Iterable[Record]) -> str:
        """Make the lines of a chunk."""
        return ",\n".join(json.dumps(record_to_jsonld(r), ensure_ascii=False) for r in records)

    def encode_lineage(self, found: Sequence[Trace]) -> Lineage:
        """Make the lines of the origins of some records."""
        nodes: dict[str, str] = {}
        lines = []
        for trace in found:
            about = json.dumps({"id": _whole(trace.subject), "origin": [_whole(n.name) for n in trace.origins]}, ensure_ascii=False)
            lines.append(f'{about[:-1]}, "position": ["{trace.container}/{MARK}"]}}')
            lines += [_node_text(n) for n in trace.origins]
            for node in trace.readings:
                nodes[node.name] = _node_text(node)
        return Lineage(",\n".join(lines), [t.container for t in found], nodes, frozenset())

    def write_lineage(self, lineage: Lineage) -> None:
        """Write the origins of an encoded chunk."""
        if not self._positions:
            self.write(json.dumps({"id": self._base, "type": DATASET}))
        self.write(self._positions.put(lineage))
        for name, text in lineage.nodes.items():
            if name not in self._written:
                self.write(text)
                if len(self._written) < _REMEMBERED:
                    self._written.add(name)

    def write(self, encoded: str) -> None:
        """Take over an encoded chunk."""
        if encoded:
            self._out.write(encoded if self._first else ",\n" + encoded)
            self._first = False

    def close(self) -> None:
        """End the document."""
        self._out.write("\n]}\n")
