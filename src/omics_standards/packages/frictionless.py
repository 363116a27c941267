"""A Frictionless Data Package 2.0: what the columns of the tables mean, of which type they are, and which refers to which.

References
----------
https://datapackage.org/standard/data-package/ and https://datapackage.org/standard/table-schema/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ..emit.tables import neutral
from ..models.prefixes import expand
from ..models.slots import MODEL
from .nodes import one_or_many

if TYPE_CHECKING:
    from ..emit.typed import Column
    from .about import About, Policy
    from .keys import Keys, LinkTable
    from .nodes import Node
    from .parties import Agent
    from .payload import Payload, PayloadFile

__all__ = ["DESCRIPTOR", "data_package"]

DESCRIPTOR: Final = "datapackage.json"
_PROFILES: Final = "https://datapackage.org/profiles/2.0/"
_TYPES: Final = {"text": "string", "decimal": "number"}
# Types that items of a list may have.
_ITEMS: Final = frozenset({"string", "integer", "boolean", "number", "date"})
# Vocabularies longer than this stand in the model, not in every package.
_WORDS: Final = 100


def data_package(about: About, payload: Payload, keys: Keys, links: list[tuple[PayloadFile, LinkTable]]) -> Node:
    """Return the descriptor of a package.

    Parameters
    ----------
    about
        The facts. Access policies stand under ``accessPolicies``, which is a word of ours, as the standard has none for them.
    payload
        The package's files; each table of text is a resource with its schema (Parquet files say their types themselves).
    keys
        References between tables, which become foreign keys.
    links
        Tables of pairs, for slots that may refer to several records.
    """
    files = [f for f in payload.tables if f.path.endswith(".tsv")]
    tables = {f.table.name for f in files if f.table is not None}
    resources = [_resource(f, keys, tables) for f in files] + [_link_resource(f, link, tables) for f, link in links]
    package: Node = {
        "$schema": f"{_PROFILES}datapackage.json",
        "name": about.name,
        "id": f"https://doi.org/{about.doi}" if about.doi else about.iri,
        "title": about.title,
        "description": about.description,
        "version": about.version,
        "homepage": about.url,
        "created": f"{about.stamp}T00:00:00Z" if about.stamp else "",
        "keywords": list(about.keywords),
        "licenses": _licences(about),
        "contributors": _contributors(about),
        "sources": [{"title": s.name, "sha256": s.sha256} if s.sha256 else {"title": s.name} for s in about.sources],
        "accessPolicies": [_policy(p) for p in about.policies],
        "resources": resources,
    }
    return {k: v for k, v in package.items() if v not in ("", None, [])}


def _licences(about: About) -> list[Node]:
    if about.licence is None:
        return []
    told = {"name": about.licence.spdx, "path": about.licence.iri, "title": about.licence.text}
    # A licence has a name or a path; words alone are neither, but a name may be any word.
    if not told["name"] and not told["path"]:
        told["name"] = "other"
    return [{k: v for k, v in told.items() if v}]


def _contributors(about: About) -> list[Node]:
    roles: dict[str, tuple[Agent, list[str]]] = {}
    publisher = (about.publisher,) if about.publisher else ()
    for role, agents in (("creator", about.creators), ("contact", about.contacts), ("publisher", publisher)):
        for agent in agents:
            roles.setdefault(agent.iri, (agent, []))[1].append(role)
    found = []
    for agent, names in roles.values():
        told = {
            "title": agent.name, "path": agent.orcid or agent.ror or agent.url, "email": agent.email, "givenName": agent.given,
            "familyName": agent.family, "organization": "; ".join(a.name for a in agent.affiliations), "roles": names,
        }  # fmt: skip
        found.append({k: v for k, v in told.items() if v})
    return found


def _policy(policy: Policy) -> Node:
    told: Node = {
        "id": policy.iri, "title": policy.title, "access": policy.access, "text": policy.words, "path": one_or_many(policy.urls),
        "duo": [{"id": d.curie, "iri": d.iri, "label": d.label} for d in policy.duo],
    }  # fmt: skip
    return {k: v for k, v in told.items() if v}


def _resource(file: PayloadFile, keys: Keys, tables: set[str]) -> Node:
    table = file.table
    assert table is not None
    schema: Node = {
        "$schema": f"{_PROFILES}tableschema.json",
        "fields": [_field(c, table.cls) for c in table.columns],
        "missingValues": [""],
        "primaryKey": ["id"],
    }
    foreign = []
    for column in table.columns:
        target = keys.target(table.cls, column)
        if target in tables and not column.several:
            foreign.append(_foreign(neutral(column.name), target, table.name))
    if foreign:
        schema["foreignKeys"] = foreign
    return _file(file, table.name, "tsv") | _delimited(schema)


def _file(file: PayloadFile, name: str, form: str) -> Node:
    return {
        "name": name, "title": file.title, "path": file.path, "format": form, "mediatype": file.media_type, "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }  # fmt: skip


def _delimited(schema: Node) -> Node:
    dialect = {"$schema": f"{_PROFILES}tabledialect.json", "delimiter": "\t", "lineTerminator": "\n", "doubleQuote": True}
    return {"type": "table", "encoding": "utf-8", "dialect": dialect, "schema": schema}


def _foreign(field: str, target: str, own: str) -> Node:
    # A reference into the same table names no resource.
    return {"fields": [field], "reference": {"fields": ["id"]} | ({"resource": target} if target != own else {"resource": ""})}


def _link_resource(file: PayloadFile, link: LinkTable, tables: set[str]) -> Node:
    own = MODEL.classes[link.cls].container or link.cls
    definition = MODEL.slots[link.slot]
    fields: list[Node] = [
        {"name": "id", "type": "string", "description": f"Identifier of the {link.cls}.", "constraints": {"required": True}},
        {
            "name": link.slot,
            "type": "string",
            "description": definition.description,
            "rdfType": expand(definition.uri),
            "constraints": {"required": True},
        },
    ]
    # Both columns refer elsewhere, even where it is one and the same table.
    foreign = [
        {"fields": [f], "reference": {"resource": t, "fields": ["id"]}} for f, t in (("id", own), (link.slot, link.target)) if t in tables
    ]
    schema: Node = {
        "$schema": f"{_PROFILES}tableschema.json",
        "fields": fields,
        "missingValues": [""],
        "primaryKey": ["id", link.slot],
        "foreignKeys": foreign,
    }
    return _file(file, link.name, "tsv") | _delimited({k: v for k, v in schema.items() if v})


def _field(column: Column, cls: str) -> Node:
    definition = MODEL.slot(cls, column.slot)
    kind = _TYPES.get(column.type, column.type)
    field: dict[str, Any] = {"name": neutral(column.name), "type": kind, "description": column.describe(cls)}
    if column.several:
        field["type"] = "list"
        field["delimiter"] = column.delimiter
        field["itemType"] = kind if kind in _ITEMS else "string"
    if column.part == "" and definition is not None and not column.attribute:
        field["title"] = column.name.replace("_", " ")
        field["rdfType"] = expand(definition.uri)
        words = MODEL.enums.get(definition.range, {})
        if definition.kind == "enum" and not column.several and 0 < len(words) <= _WORDS:
            field["constraints"] = {"enum": list(words)}
    if column.name == "id":
        field["constraints"] = {"required": True, "unique": True}
    return {k: v for k, v in field.items() if v not in ("", None)}
