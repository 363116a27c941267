"""Turtle for a handful of nodes, all of them with a name: sorted, so that the same facts give the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..emit.encode import escape
from ..models.prefixes import PREFIXES, compress, is_iri
from ..values.dates import xsd_type
from .parties import sound

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Description", "Sheet", "dated", "literal", "typed"]

# Vocabularies of catalogues, beside those of the model.
_VOCABULARIES: Final = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": PREFIXES["dct"],
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": PREFIXES["prov"],
    "rdfs": PREFIXES["rdfs"],
    "skos": PREFIXES["skos"],
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": PREFIXES["xsd"],
}


def literal(text: str) -> str:
    """Return a plain literal, '' for an empty text."""
    return f'"{escape(text)}"' if text else ""


def typed(text: str, datatype: str) -> str:
    """Return a literal of a datatype, '' for an empty text."""
    return f'"{escape(text)}"^^{datatype}' if text else ""


def dated(text: str) -> str:
    """Return a date with its narrowest XSD type, '' for an empty text or one that is no date.

    Examples
    --------
    >>> dated("2024-05"), dated("2024-05-01"), dated("soon")
    ('"2024-05"^^xsd:gYearMonth', '"2024-05-01"^^xsd:date', '')
    """
    narrow = xsd_type(text) if text else None
    return f'"{text}"^^xsd:{narrow}' if narrow else ""


class Description:
    """A node: its types and properties."""

    def __init__(self, iri: str, *types: str) -> None:
        self.iri = iri
        self.pairs: dict[str, list[str]] = {"a": list(types)}

    def say(self, predicate: str, *objects: str) -> Description:
        """Add objects in Turtle's form; empty ones are left out."""
        found = self.pairs.setdefault(predicate, [])
        found += [o for o in objects if o and o not in found]
        return self


class Sheet:
    """All nodes of a file; a node that is described twice is described once."""

    def __init__(self) -> None:
        self.nodes: dict[str, Description] = {}

    def node(self, iri: str, *types: str) -> Description:
        """Describe a node; what was said of it before stays."""
        iri = sound(iri)
        known = self.nodes.setdefault(iri, Description(iri, *types))
        known.say("a", *types)
        return known

    def ref(self, iri: str) -> str:
        """Return an IRI in Turtle's form, '' where it can be none."""
        iri = sound(iri)
        return f"<{iri}>" if is_iri(iri) else ""

    def refs(self, iris: Iterable[str]) -> list[str]:
        """Return those texts that can be IRIs, in Turtle's form."""
        return [r for r in map(self.ref, iris) if r]

    def text(self) -> str:
        """Return the file."""
        lines = [f"@prefix {p}: <{iri}> .\n" for p, iri in sorted(_VOCABULARIES.items())]
        for node in self.nodes.values():
            if not is_iri(node.iri):
                continue  # nothing refers to it, see ref
            pairs = [f"{p} {', '.join(sorted(objects) if p != 'a' else objects)}" for p, objects in node.pairs.items() if objects]
            lines.append(f"\n<{node.iri}> " + " ;\n    ".join(pairs) + " .\n")
        return "".join(lines)


def curie_of(iri: str) -> str:
    """Return the CURIE of an IRI, the IRI itself where it has none."""
    return compress(iri) or iri
