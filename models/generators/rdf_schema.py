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
# What RDF alone says of values: their unit as a resource of QUDT, ...
QUDT = "http://qudt.org/schema/qudt/"
UNIT_TERMS: dict[str, Any] = {
    "Unit": f"{QUDT}Unit",
    "has_unit": {"@id": f"{QUDT}hasUnit", "@type": "@id"},
    "ucum_code": f"{QUDT}ucumCode",
    "exact_match": {"@id": "http://www.w3.org/2004/02/skos/core#exactMatch", "@type": "@id", "@container": "@set"},
}
# ... and where they come from: name, range, most per subject, English and Chinese name, meaning, names elsewhere.
PROVENANCE: list[tuple[str, str, int | None, str, str, str, str]] = [
    ("origin", "omst:Origin", None, "origin", "来源", "A cell that a record says something from.", "prov:wasDerivedFrom"),
    ("reading", "omst:Reading", None, "reading", "解读", "What the text of the cell was read as.", "prov:wasGeneratedBy"),
    ("result", "", None, "result", "结果", "A value that came of the cell.", "prov:generated"),
    ("position", "xsd:string", None, "position", "位置", "Class and place of the record among those of its class, from 1.", ""),
    ("rank", "xsd:integer", 1, "rank", "次序", "Place of the origin among those of its record, from 1.", ""),
]
READING = ("Reading", "reading", "解读", "What a text was read as: slot, raw text, steps in their order, and the values that came of it.")
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
    used = {"cell", "file", "header"}  # those of origins and readings
    out = _prefixes(table, sh="http://www.w3.org/ns/shacl#", omsh=f"{table['namespace']}shape/", qudt=QUDT)
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
                used.add(slot)
                lines.append(f"sh:property {SHAPE}{f'{name}.{slot}' if slot in cls['own'] else slot}")
        if name == "Quantity":
            lines.append(f"sh:property {SHAPE}hasUnit")
        out.append(" ;\n    ".join(lines) + " .\n")
    for name, slot in table["slots"].items():
        if name in used and any(name in c["slots"] and name not in c["own"] for c in table["classes"].values()):
            out.append(_property_shape(name, name, slot, table))
    for name, cls in table["classes"].items():
        out += [_property_shape(s, f"{name}.{s}", slot, table) for s, slot in cls["own"].items()]
    return "\n".join([*out, *_unit_shapes(), *_provenance_shapes()])


def _unit_shapes() -> list[str]:
    unit = [f"{SHAPE}hasUnit a sh:PropertyShape", "sh:path qudt:hasUnit", 'sh:name "unit"@en', "sh:maxCount 1", "sh:class qudt:Unit"]
    code = [f"{SHAPE}ucumCode a sh:PropertyShape", "sh:path qudt:ucumCode", 'sh:name "UCUM code"@en', "sh:minCount 1", "sh:maxCount 1"]
    node = [f"{SHAPE}Unit a sh:NodeShape", "sh:targetClass qudt:Unit", "sh:nodeKind sh:IRI", f"sh:property {SHAPE}ucumCode"]
    return [" ;\n    ".join(lines) + " .\n" for lines in (unit, [*code, "sh:datatype xsd:string"], node)]


def _provenance_shapes() -> list[str]:
    origin = [f"{SHAPE}Origin a sh:NodeShape", "sh:targetClass omst:Origin", "sh:nodeKind sh:IRI"]
    origin += [f"sh:property {SHAPE}{p}" for p in ("cell", "reading", "rank")]
    reading = [f"{SHAPE}Reading a sh:NodeShape", "sh:targetClass omst:Reading", "sh:nodeKind sh:IRI"]
    reading += [f"sh:property {SHAPE}{p}" for p in ("slot", "file", "header", "raw", "Reading.steps")]
    steps = [f"{SHAPE}Reading.steps a sh:PropertyShape", "sh:path omst:steps", "sh:maxCount 1", "sh:datatype xsd:string"]
    shapes = [origin, reading, steps]
    for name, target, most, title, _, meaning, _ in PROVENANCE:
        if name in ("reading", "rank"):
            lines = [f"{SHAPE}{name} a sh:PropertyShape", f"sh:path omst:{name}"]
            lines += [f"sh:name {quote(title)}@en", f"sh:description {quote(meaning)}@en"]
            lines += ["sh:minCount 1", *([f"sh:maxCount {most}"] if most else [])]
            shapes.append([*lines, f"sh:class {target}" if target.startswith("omst:") else f"sh:datatype {target}"])
    return [" ;\n    ".join(lines) + " .\n" for lines in shapes]


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
            same = "".join(f" ;\n    skos:exactMatch {s}" for s in value.get("same", ()))
            out.append(f"{value['meaning']} skos:notation {quote(text)} ;\n    skos:inScheme omst:{name}{same} .\n")
    return out


def _provenance_owl() -> list[str]:
    name, title, zh, meaning = READING
    lines = [f"omst:{name} a owl:Class", f"rdfs:label {quote(title)}@en", f"rdfs:label {quote(zh)}@zh"]
    lines.append(f"skos:definition {quote(meaning)}@en")
    out = [" ;\n    ".join([*lines, "skos:closeMatch prov:Activity"]) + " .\n"]
    for name, target, _, title, zh, meaning, match in PROVENANCE:
        kind = "owl:ObjectProperty" if target.startswith("omst:") else "owl:DatatypeProperty" if target else "rdf:Property"
        lines = [f"omst:{name} a {kind}", *([f"rdfs:range {target}"] if target else [])]
        lines += [f"rdfs:label {quote(title)}@en", f"rdfs:label {quote(zh)}@zh", f"skos:definition {quote(meaning)}@en"]
        out.append(" ;\n    ".join([*lines, *([f"skos:closeMatch {match}"] if match else [])]) + " .\n")
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
    body += _provenance_owl()
    for name, values in table["enums"].items():
        body += _enum_owl(name, values)
        matches |= {s.split(":")[0] for v in values.values() for s in v.get("same", ())}
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
    terms |= UNIT_TERMS | {"Reading": "omst:Reading"}
    for name, target, *_ in PROVENANCE:
        typed = {"@type": "@id"} if target.startswith("omst:") else {"@type": target} if target == "xsd:integer" else {}
        terms[name] = {"@id": f"omst:{name}", **typed, **({"@container": "@set"} if name != "rank" else {})}
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
