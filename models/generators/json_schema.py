"""JSON Schema of the container (``_schema.json``): what ``dataset.json`` looks like.

Structure, vocabularies, patterns and ranges are enforced. Units and ontologies are not: a value that is doubtful there
is carried with a warning, so the file that carries it must be valid.
"""

from __future__ import annotations

import json
from typing import Any

DECIMAL = r"^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$"
REFERENCE = r'^[^\u0000-\u0020<>"{}|\\^`]+$'
VALUE_KINDS = {
    "term": "OntologyTerm",
    "quantity": "Quantity",
    "place": "Place",
    "geopoint": "GeoPoint",
    "attribute": "Attribute",
    "missing": "MissingValue",
    "rejected": "RejectedValue",
    "origin": "Origin",
}


def _limits(slot: dict[str, Any]) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    if slot["min"] is not None:
        limits["minimum"] = slot["min"]
    if slot["max"] is not None:
        limits["maximum"] = slot["max"]
    return limits


def _one(slot: dict[str, Any]) -> dict[str, Any]:
    kind = slot["kind"]
    if kind in VALUE_KINDS:
        return {"$ref": f"#/$defs/{VALUE_KINDS[kind]}"}
    if kind == "enum":
        return {"$ref": f"#/$defs/{slot['range']}"}
    if kind == "integer":
        return {"type": "integer", **_limits(slot)}
    if kind == "decimal":
        # A number, or its text where 35.50 must stay 35.50.
        return {"type": ["number", "string"], "pattern": DECIMAL, **_limits(slot)}
    if kind == "boolean":
        return {"type": "boolean"}
    if kind in ("reference", "uri"):
        return {"type": "string", "pattern": slot["pattern"] or REFERENCE}
    text: dict[str, Any] = {"type": "string"}
    if slot["pattern"]:
        text["pattern"] = slot["pattern"]
    return text


def _property(slot: dict[str, Any]) -> dict[str, Any]:
    one = _one(slot)
    schema = {"type": "array", "items": one} if slot["multivalued"] else one
    return {"description": slot["description"], **schema}


def _object(name: str, table: dict[str, Any]) -> dict[str, Any]:
    cls = table["classes"][name]
    slots = {s: cls["own"].get(s) or table["slots"][s] for s in cls["slots"]}
    properties = {s: _property(d) for s, d in slots.items()}
    schema: dict[str, Any] = {
        "type": "object",
        "title": cls["title"]["en"],
        "description": cls["description"],
        "properties": properties,
        "additionalProperties": False,
    }
    required = [s for s, d in slots.items() if d["required"]]
    if required:
        schema["required"] = required
    return schema


def generate(table: dict[str, Any]) -> str:
    """Return the JSON Schema of the container as text."""
    defs: dict[str, Any] = {n: _object(n, table) for n, c in table["classes"].items() if not c["abstract"]}
    defs |= {name: {"type": "string", "enum": list(values)} for name, values in table["enums"].items()}
    properties: dict[str, Any] = {
        "model_version": {"type": "string", "description": "Version of the model that the records follow."},
        "base": {"type": "string", "description": "IRI that identifiers without a prefix are relative to."},
    }
    for name, cls in table["classes"].items():
        if cls["container"]:
            text = f"All records of class {name}."
            properties[cls["container"]] = {"type": "array", "description": text, "items": {"$ref": f"#/$defs/{name}"}}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{table['namespace']}schema.json",
        "title": "OmicsDataset",
        "description": "All records of one conversion, by class.",
        "version": table["version"],
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "$defs": defs,
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
