"""Croissant 1.0: the tables of a package as record sets, for machine learning; JSON-LD.

References
----------
https://docs.mlcommons.org/croissant/docs/croissant-spec.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..emit.tables import neutral
from .nodes import Nodes, nested, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..emit.typed import Column
    from .about import About
    from .keys import Keys
    from .nodes import Node
    from .payload import Payload, PayloadFile

__all__ = ["croissant"]

_CONFORMS: Final = "http://mlcommons.org/croissant/1.0"
# The context of the standard: its words and where they stand for something.
_CONTEXT: Final[Node] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_TYPES: Final = {
    "integer": "sc:Integer",
    "number": "sc:Float",
    "decimal": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "year": "sc:Integer",
}
# The name that the standard's own library knows Parquet by.
_PARQUET: Final = "application/x-parquet"


def croissant(about: About, payload: Payload, keys: Keys) -> Node:
    """Return the Croissant description of a package.

    Parameters
    ----------
    about
        The facts.
    payload
        The package's files; each table is a record set. Where a table is there as TSV and as Parquet, the Parquet file is read.
    keys
        Which columns refer to which table.
    """
    nodes = Nodes(about)
    root = nodes.root(about.iri)
    articles = [f"https://doi.org/{a.doi}" for a in about.articles if a.doi]
    if about.doi or articles:
        root["citeAs"] = f"https://doi.org/{about.doi}" if about.doi else articles[0]
    root["license"] = about.licence and (about.licence.iri or about.licence.text)
    described = nested(nodes.by_id, plain(root))
    chosen: dict[str, PayloadFile] = {}
    for file in sorted(payload.tables, key=lambda f: f.path.endswith(".parquet")):
        assert file.table is not None
        chosen[file.table.name] = file
    files = {name: f.path for name, f in chosen.items()}
    return {
        "@context": _CONTEXT,
        **described,
        "conformsTo": _CONFORMS,
        "distribution": [_file_object(f) for f in payload.tables],
        "recordSet": [_record_set(f, keys, files) for f in chosen.values()],
    }


def _file_object(file: PayloadFile) -> Node:
    parquet = file.path.endswith(".parquet")
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "description": file.title,
        "contentUrl": file.path,
        "encodingFormat": _PARQUET if parquet else file.media_type,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }


def _record_set(file: PayloadFile, keys: Keys, files: Mapping[str, str]) -> Node:
    table = file.table
    assert table is not None
    names = _field_names(table.columns)
    fields = [_field(file, c, f"{table.name}/{name}", keys, files) for c, name in zip(table.columns, names, strict=True)]
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": file.title,
        "key": {"@id": f"{table.name}/id"},
        "field": fields,
    }


def _field_names(columns: Iterable[Column]) -> list[str]:
    """Names of fields, which may hold no spaces; those of two columns that only differ in such signs are numbered."""
    names: dict[str, int] = {}
    found = []
    for column in columns:
        name = re.sub(r"[^\w.-]+", "_", column.name).strip("_") or "column"
        names[name] = names.get(name, 0) + 1
        found.append(name if names[name] == 1 else f"{name}__{names[name]}")
    return found


def _field(file: PayloadFile, column: Column, name: str, keys: Keys, files: Mapping[str, str]) -> Node:
    table = file.table
    assert table is not None
    parquet = file.path.endswith(".parquet")
    source: Node = {"fileObject": {"@id": file.path}, "extract": {"column": column.name if parquet else neutral(column.name)}}
    field: Node = {
        "@type": "cr:Field",
        "@id": name,
        "name": name,
        "description": column.describe(table.cls),
        "dataType": _TYPES.get(column.type, "sc:Text"),
        "source": source,
    }
    if column.several if parquet else column.plural:
        field["repeated"] = True
        if not parquet:
            source["transform"] = {"separator": column.delimiter}
    target = keys.target(table.cls, column)
    if target in files and not column.several:
        # By file and column: the standard's own library fails on references to record sets that have references themselves.
        field["references"] = {"fileObject": {"@id": files[target]}, "extract": {"column": "id"}}
    return field
