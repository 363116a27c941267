"""RO-Crate 1.2: the package's folder as a crate, its files described, the data files elsewhere as web-based data entities.

References
----------
RO-Crate Metadata Specification 1.2, https://w3id.org/ro/crate/1.2
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

from ..models.slots import MODEL
from .about import full
from .nodes import Nodes, one_or_many, plain

if TYPE_CHECKING:
    from .about import About
    from .nodes import Node
    from .payload import Payload, PayloadFile

__all__ = ["METADATA", "PREVIEW", "crate", "preview"]

METADATA: Final = "ro-crate-metadata.json"
PREVIEW: Final = "ro-crate-preview.html"
_SPECIFICATION: Final = "https://w3id.org/ro/crate/1.2"


def crate(about: About, payload: Payload) -> Node:
    """Return the crate's metadata document.

    Parameters
    ----------
    about
        The facts.
    payload
        The files of the package that are written before this one.
    """
    nodes = Nodes(about)
    root = nodes.root("./")
    root["author"] = root.pop("creator", None)
    root["identifier"] = [_identifier(nodes, i) for i in about.identifiers]
    inside = [nodes.add(_file(f)) for f in payload.files]
    inside.append(
        nodes.add({"@id": PREVIEW, "@type": "CreativeWork", "name": "Preview", "encodingFormat": "text/html", "about": {"@id": "./"}})
    )
    outside, mentioned = _data_files(nodes)
    parts = [_part(nodes, p.iri, p.title, p.description, p.curie, p.policies) for p in about.parts if p.cls == "Dataset"]
    root["hasPart"] = inside[:-1] + outside + parts
    root["mentions"] = [*mentioned, _made(nodes, inside[:-1])]
    descriptor = {
        "@id": METADATA,
        "@type": "CreativeWork",
        "name": "RO-Crate metadata",
        "about": {"@id": "./"},
        "conformsTo": {"@id": _SPECIFICATION},
        "encodingFormat": "application/ld+json",
    }
    whole = [descriptor, plain(root), *nodes.by_id.values()]
    return {"@context": f"{_SPECIFICATION}/context", "@graph": whole}


def _identifier(nodes: Nodes, identifier: str) -> Node:
    """An identifier with its scheme and its address, which is how a crate tells identifiers."""
    scheme, _, value = identifier.partition(":")
    iri = full(nodes.about.base, identifier)
    return nodes.add(
        {
            "@id": f"#id-{scheme}-{value}",
            "@type": "PropertyValue",
            "name": identifier,
            "propertyID": scheme,
            "value": identifier,
            "url": iri,
        }
    )


def _file(file: PayloadFile) -> Node:
    return {
        "@id": file.path,
        "@type": "File",
        "name": file.path,
        "description": file.title,
        "encodingFormat": file.media_type,
        "contentSize": str(file.size),
        "sha256": file.sha256,
    }


def _data_files(nodes: Nodes) -> tuple[list[Node], list[Node]]:
    """Data files with an address are part of the crate; of those without one the crate can only speak."""
    outside, mentioned = [], []
    for file in nodes.about.files:
        if file.locations:
            outside.append(nodes.data_file(file, "File", file.locations[0]))
        else:
            mentioned.append(nodes.data_file(file, "CreativeWork", file.iri))
    return outside, mentioned


def _part(nodes: Nodes, iri: str, title: str, description: str, curie: str, policies: tuple[str, ...]) -> Node:
    known = {p.iri: p for p in nodes.about.policies}
    return nodes.add(
        {
            "@id": iri,
            "@type": "Dataset",
            "name": title or curie or iri,
            "description": description,
            "identifier": curie,
            "usageInfo": one_or_many(nodes.policy(known[p]) for p in policies if p in known),
        }
    )


def _made(nodes: Nodes, results: list[Node]) -> Node:
    """How the files came about: which program made them of which files."""
    about = nodes.about
    program = nodes.add(
        {
            "@id": f"{MODEL.namespace}#software",
            "@type": "SoftwareApplication",
            "name": "omics-standards",
            "version": about.software or "unknown",
            "url": MODEL.namespace,
            "softwareVersion": about.software,
        }
    )
    action = {
        "@id": "#conversion",
        "@type": "CreateAction",
        "name": "Conversion to the omics standard",
        "instrument": program,
        "object": nodes.sources(),
        "result": results,
        "endTime": about.stamp,
    }
    return nodes.add(action)


def preview(document: Node) -> str:
    """Return a page that shows a crate: what is said of the whole, then its files and whatever else it names."""
    by_id = {n["@id"]: n for n in document["@graph"]}
    root = by_id["./"]

    def shown(value: Any) -> str:
        if isinstance(value, list):
            return "<br>".join(shown(v) for v in value)
        if isinstance(value, dict):
            name = str(value["@id"])
            text = escape(str(by_id.get(name, {}).get("name", name)))
            link = name if name.startswith(("http://", "https://", "mailto:")) else f"#{escape(name)}" if name in by_id else ""
            return f'<a href="{escape(link)}">{text}</a>' if link else text
        text = escape(str(value))
        return f'<a href="{text}">{text}</a>' if text.startswith(("http://", "https://")) else text

    def table(node: Node) -> str:
        rows = "".join(
            f"<tr><th>{escape(k)}</th><td>{shown(v)}</td></tr>"
            for k, v in node.items()
            if k not in ("@id", "@type", "name", "hasPart", "mentions")
        )
        return (
            f'<section id="{escape(str(node["@id"]))}"><h2>{escape(str(node.get("name", node["@id"])))}</h2><table>{rows}</table></section>'
        )

    files = "".join(_file_row(by_id[r["@id"]]) for r in root.get("hasPart", ()))
    rest = "".join(table(n) for n in document["@graph"] if n["@id"] not in ("./", METADATA, PREVIEW))
    title = escape(str(root.get("name", "Dataset")))
    head = f'<meta charset="utf-8">\n<title>{title}</title>\n{_STYLE}'
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{head}\n</head>\n<body>\n<h1>{title}</h1>\n{table(root | {"name": "About"})}\n'
        f"<h2>Files</h2>\n<table><tr><th>name</th><th>format</th><th>bytes</th></tr>{files}</table>\n"
        f"<details><summary>Everything else that is named here</summary>{rest}</details>\n</body>\n</html>\n"
    )


def _file_row(node: Node) -> str:
    cells = "".join(f"<td>{escape(str(node.get(k, '')))}</td>" for k in ("encodingFormat", "contentSize"))
    return f'<tr><td><a href="{escape(str(node["@id"]))}">{escape(str(node.get("name", node["@id"])))}</a></td>{cells}</tr>\n'


_STYLE: Final = (
    "<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.25rem .75rem;border-bottom:1px solid #ddd}"
    "th{font-weight:600;white-space:nowrap;width:12rem}h2{font-size:1.1rem;margin-top:1.5rem}td{overflow-wrap:anywhere}</style>"
)
