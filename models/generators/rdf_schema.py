"""SHACL shapes, OWL ontology and JSON-LD context, from the slot table: they say the same as the RDF that is written.

Text is written line by line in a fixed order: no serialiser, the same bytes everywhere.
"""

from __future__ import annotations

import json
from typing import Any

from .json_schema import VALUE_KINDS

XSD = {
    "string": "xsd:string",
    "integer": "xsd:integer",
    "decimal": "xsd:decimal",
    "boolean": "xsd:boolean",
    "enum": "xsd:string",
}
EDTF = "<http://id.loc.gov/datatypes/edtf>"
DATES = ["xsd:date", "xsd:gYearMonth", "xsd:gYear", "xsd:dateTime", EDTF]
# Slots that are not triples: the subject itself, and what only dataset.json and the provenance graph carry.
UNWRITTEN = {"id", "origin"}
SHAPE = "omsh:"
HEADS = ("omst", "rdf", "rdfs", "xsd", "owl", "skos", "dct", "prov", "schema")


def quote(text: str) -> str:
    """Write a literal of Turtle."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return f'"{escaped}"'


def _prefixes(table: dict[str, Any], **more: str) -> list[str]:
    lines = [f"@prefix {p}: <{table['prefixes'][p]}> ." for p in HEADS]
    return [*lines, *(f"@prefix {p}: <{iri}> ." for p, iri in more.items()), ""]


def _list(items: list[str]) -> str:
    """Write an RDF list; its nodes are blank in Turtle's own syntax only."""
    return "( " + " ".join(items) + " )"


def _below(table: dict[str, Any], parent: str) -> list[str]:
    classes = table["classes"]
    return [n for n, c in classes.items() if not c["abstract"] and (n == parent or parent in c["parents"])]


def _constraint(slot: dict[str, Any], table: dict[str, Any]) -> list[str]:
    kind = slot["kind"]
    if kind == "date":
        return ["sh:or " + _list([f"[ sh:datatype {d} ]" for d in DATES])]
    if kind == "enum":
        return ["sh:in " + _list([quote(v) for v in table["enums"][slot["range"]]])]
    if kind in VALUE_KINDS:
        return ["sh:nodeKind sh:IRI", f"sh:class omst:{VALUE_KINDS[kind]}"]
    if kind == "reference":
        below = _below(table, slot["range"])
        if slot["range"] == "NamedThing":
            return ["sh:nodeKind sh:IRI"]
        if len(below) == 1:
            return ["sh:nodeKind sh:IRI", f"sh:class omst:{below[0]}"]
        return ["sh:nodeKind sh:IRI", "sh:or " + _list([f"[ sh:class omst:{b} ]" for b in below])]
    if kind == "uri":
        return ["sh:nodeKind sh:IRI"]
    lines = [f"sh:datatype {XSD[kind]}"]
    if slot["pattern"]:
        lines.append(f"sh:pattern {quote(slot['pattern'])}")
    return lines


def _property_shape(name: str, shape: str, slot: dict[str, Any], table: dict[str, Any]) -> str:
    lines = [f"{SHAPE}{shape} a sh:PropertyShape", f"sh:path {slot['uri']}", f"sh:name {quote(slot['title']['en'])}@en"]
    if slot["title"]["zh"]:
        lines.append(f"sh:name {quote(slot['title']['zh'])}@zh")
    lines.append(f"sh:description {quote(slot['description'])}@en")
    if not slot["multivalued"] and name != "label":
        lines.append("sh:maxCount 1")
    if slot["required"]:
        lines.append("sh:minCount 1")
    lines += _constraint(slot, table)
    for bound, word in (("min", "sh:minInclusive"), ("max", "sh:maxInclusive")):
        if slot[bound] is not None and slot["kind"] in ("integer", "decimal"):
            lines.append(f"{word} {slot[bound]}")
    return " ;\n    ".join(lines) + " .\n"


def shapes(table: dict[str, Any]) -> str:
    """Return the SHACL shapes: one node shape per class, one property shape per slot."""
    out = _prefixes(table, sh="http://www.w3.org/ns/shacl#", omsh=f"{table['namespace']}shape/")
    for name, cls in table["classes"].items():
        if cls["abstract"] or cls["kind"] not in ("record", "value") or name in ("Origin", "Accession"):
            continue
        lines = [
            f"{SHAPE}{name} a sh:NodeShape",
            f"sh:targetClass {cls['uri']}",
            f"rdfs:label {quote(cls['title']['en'])}@en",
        ]
        lines.append("sh:nodeKind sh:IRI")
        for slot in cls["slots"]:
            if slot not in UNWRITTEN:
                lines.append(f"sh:property {SHAPE}{f'{name}.{slot}' if slot in cls['own'] else slot}")
        out.append(" ;\n    ".join(lines) + " .\n")
    for name, slot in table["slots"].items():
        if name not in UNWRITTEN:
            out.append(_property_shape(name, name, slot, table))
    for name, cls in table["classes"].items():
        out += [_property_shape(s, f"{name}.{s}", slot, table) for s, slot in cls["own"].items()]
    return "\n".join(out)


# --- OWL --------------------------------------------------------------------------------------------------------------


def _names(element: dict[str, Any]) -> list[str]:
    lines = [f"rdfs:label {quote(element['title']['en'])}@en"]
    if element["title"]["zh"]:
        lines.append(f"rdfs:label {quote(element['title']['zh'])}@zh")
    for language, aliases in element["aliases"].items():
        shown = element["title"].get(language)
        lines += [f"skos:altLabel {quote(a)}@{language}" for a in aliases if a != shown]
    return [*lines, f"skos:definition {quote(element['description'])}@en"]


def _range(slot: dict[str, Any]) -> tuple[str, str | None]:
    kind = slot["kind"]
    if kind in VALUE_KINDS:
        return "owl:ObjectProperty", f"omst:{VALUE_KINDS[kind]}"
    if kind == "reference":
        return "owl:ObjectProperty", f"omst:{slot['range']}"
    if kind == "uri":
        return "owl:ObjectProperty", None
    if kind == "enum":
        return "owl:DatatypeProperty", f"omst:{slot['range']}"
    return "owl:DatatypeProperty", None if kind == "date" else XSD[kind]


def _enum_owl(name: str, values: dict[str, Any]) -> list[str]:
    """Write a vocabulary as a datatype, and beside the term of each value the word that stands for it."""
    members = _list([quote(v) for v in values])
    out = [f"omst:{name} a rdfs:Datatype ;\n    owl:equivalentClass [ a rdfs:Datatype ; owl:oneOf {members} ] .\n"]
    for text, value in values.items():
        if value["meaning"]:
            out.append(f"{value['meaning']} skos:notation {quote(text)} ;\n    skos:inScheme omst:{name} .\n")
    return out


def ontology(table: dict[str, Any], tables: Any) -> str:
    """Return the model as an OWL ontology in Turtle."""
    meanings = {v["meaning"].split(":")[0] for values in table["enums"].values() for v in values.values() if v["meaning"]}
    known = {p: str(ns.prefix_reference) for p, ns in tables.view.schema.prefixes.items()}
    matches: set[str] = set()
    body: list[str] = []
    for name, cls in table["classes"].items():
        lines = [f"{cls['uri']} a owl:Class", *(f"rdfs:subClassOf omst:{p}" for p in cls["parents"][:1]), *_names(cls)]
        mapped = _matches(tables.view.get_class(name))
        matches |= {m.split(" ")[1].split(":")[0] for m in mapped}
        body.append(" ;\n    ".join([*lines, *mapped]) + " .\n")
    for name, slot in table["slots"].items():
        if name in UNWRITTEN or slot["uri"] == "rdfs:label":
            continue
        kind, target = _range(slot)
        if name == "value":
            kind, target = "owl:DatatypeProperty", None
        lines = [f"{slot['uri']} a {kind}", *([f"rdfs:range {target}"] if target else []), *_names(slot)]
        mapped = _matches(tables.view.get_slot(name, attributes=True))
        matches |= {m.split(" ")[1].split(":")[0] for m in mapped}
        body.append(" ;\n    ".join([*lines, *mapped]) + " .\n")
    for name, values in table["enums"].items():
        body += _enum_owl(name, values)
    more = {p: known.get(p) or table["prefixes"][p] for p in sorted((matches | meanings) - set(HEADS))}
    iri = f"<{table['namespace']}model>"
    head = [
        f"{iri} a owl:Ontology ;",
        f"    owl:versionInfo {quote(table['version'])} ;",
        f"    dct:title {quote('omics_standards')}@en .\n",
    ]
    return "\n".join([*_prefixes(table, **more), *head, *body])


def _matches(element: Any) -> list[str]:
    exact = [f"skos:exactMatch {m}" for m in element.exact_mappings]
    return [*exact, *(f"skos:closeMatch {m}" for m in element.close_mappings)]


# --- JSON-LD ----------------------------------------------------------------------------------------------------------


def context(table: dict[str, Any]) -> str:
    """Return the JSON-LD context.

    A prefix that is also the name of a slot (``doi``, ``orcid``) is left out: identifiers are best written as whole
    IRIs. Decimals are coerced from strings; dates carry their datatype themselves.
    """
    terms: dict[str, Any] = {"@version": 1.1, "id": "@id", "type": "@type"}
    for prefix, iri in table["prefixes"].items():
        if prefix not in table["slots"]:
            terms[prefix] = {"@id": iri, "@prefix": True}
    local: dict[str, dict[str, Any]] = {}
    for name, slot in table["slots"].items():
        if name not in UNWRITTEN:
            terms[name] = _term(slot) if name != "value" else {"@id": slot["uri"]}
    for name, cls in table["classes"].items():
        for slot_name in cls["slots"]:
            if slot_name == "value" and slot_name not in cls["own"]:
                continue
            if slot_name == "value" and cls["own"][slot_name]["kind"] == "decimal":
                local[name] = {"value": _term(cls["own"][slot_name])}
        terms[name] = {"@id": cls["uri"], "@context": local[name]} if name in local else cls["uri"]
    terms["origin"] = None
    return json.dumps({"@context": terms}, ensure_ascii=False, indent=1) + "\n"


def _term(slot: dict[str, Any]) -> dict[str, Any]:
    kind = slot["kind"]
    term: dict[str, Any] = {"@id": slot["uri"]}
    if kind in ("reference", "uri") or kind in VALUE_KINDS:
        term["@type"] = "@id"
    elif kind == "decimal":
        term["@type"] = "xsd:decimal"
    if slot["multivalued"]:
        term["@container"] = "@set"
    return term
