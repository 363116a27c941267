"""What an ISA-JSON document says of an investigation and its studies, as the rows that the sections of an investigation file have.

Headers are those of ISA-Tab, so that one profile reads both.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .isatree import Node

__all__ = ["ARRAY_DESIGN", "annotated", "commented", "is_placeholder", "parts_of"]

Cells = list[tuple[str, "Node"]]
Told = tuple[Cells, Cells]
"""The cells of a row, and those that it repeats of what it stands below."""

_PUBLICATION: Final = {
    "pubMedID": "PubMed ID",
    "doi": "Publication DOI",
    "authorList": "Publication Author List",
    "title": "Publication Title",
}
_PERSON: Final = {
    "lastName": "Last Name", "firstName": "First Name", "midInitials": "Mid Initials", "email": "Email", "phone": "Phone", "fax": "Fax",
    "address": "Address", "affiliation": "Affiliation",
}  # fmt: skip
_ABOUT: Final = {
    "identifier": "Identifier", "title": "Title", "description": "Description", "submissionDate": "Submission Date",
    "publicReleaseDate": "Public Release Date",
}  # fmt: skip
# What isatools calls the protocol of steps that name none, and says of it (isatools 0.14, isatab.load and convert.isatab2json).
_NO_PROTOCOL: Final = re.compile(r"unknown( protocol)?", re.IGNORECASE)
_MADE_UP: Final = "This protocol was auto-generated where a protocol could not be determined."

# The parameter that stands for a column of ISA-Tab (isatools 0.14, isajson.validate, rule 1009).
ARRAY_DESIGN: Final = "#parameter/Array_Design_REF"


def annotated(node: Node, header: str) -> Cells:
    """The cells of an ontology annotation: name, accession, source."""
    if node.text:
        return [(header, node)]
    beside = {"annotationValue": "", "termAccession": " Term Accession Number", "termSource": " Term Source REF"}
    return [(header + more, inner) for key, more in beside.items() for inner in node.all(key)]


def commented(node: Node) -> Cells:
    """The cells of the comments on something."""
    found: Cells = []
    for comment in node.all("comments"):
        name = comment.one("name").text
        if name and comment.one("name").fate != "field":
            comment.frame("name")
            found += [(f"Comment[{name}]", value) for value in comment.all("value")]
    return found


def _plain(node: Node, keys: dict[str, str], lead: str) -> Cells:
    found = [(f"{lead} {header}".strip(), inner) for key, header in keys.items() for inner in node.all(key)]
    # What the specification's form of a key does not take (half a date) stands in a comment of its name.
    for comment in node.all("comments"):
        name = comment.one("name").text
        if name in keys.values() and not any(header == f"{lead} {name}" and leaf.text for header, leaf in found):
            comment.one("name").fate = "field"
            found += [(f"{lead} {name}", value) for value in comment.all("value")]
    return found


def is_placeholder(protocol: Node) -> bool:
    """Tell whether a protocol stands for none: it is called unknown, and nothing of its own is said of it."""
    apart = {id(n) for p in protocol.all("parameters") if p.id == ARRAY_DESIGN for n in p.leaves()}
    told = [n for n in protocol.leaves() if not n.name.startswith("@") and n.text != _MADE_UP and id(n) not in apart]
    return told == protocol.all("name") and _NO_PROTOCOL.fullmatch(protocol.one("name").text.strip()) is not None


def _protocol(node: Node) -> Cells:
    keys = {"name": "Name", "description": "Description", "uri": "URI", "version": "Version"}
    found = _plain(node, keys, "Study Protocol")
    found += [c for kind in node.all("protocolType") for c in annotated(kind, "Study Protocol Type")]
    for parameter in node.all("parameters"):
        for name in parameter.all("parameterName"):
            if parameter.id == ARRAY_DESIGN:
                # A column of its own, no parameter.
                name.frame("annotationValue")
            else:
                found += annotated(name, "Study Protocol Parameters Name")
    for component in node.all("components"):
        found += [("Study Protocol Components Name", name) for name in component.all("componentName")]
        found += [c for kind in component.all("componentType") for c in annotated(kind, "Study Protocol Components Type")]
    return [*found, *commented(node)]


def _assay(node: Node) -> Cells:
    found = [("Study Assay File Name", name) for name in node.all("filename")]
    for key, header in (("measurementType", "Measurement Type"), ("technologyType", "Technology Type")):
        found += [c for kind in node.all(key) for c in annotated(kind, f"Study Assay {header}")]
    found += [("Study Assay Technology Platform", name) for name in node.all("technologyPlatform")]
    return [*found, *commented(node)]


def _people(nodes: Iterable[Node], lead: str) -> Iterator[Cells]:
    for node in nodes:
        roles = [c for role in node.all("roles") for c in annotated(role, f"{lead} Person Roles")]
        yield [*_plain(node, _PERSON, f"{lead} Person"), *roles, *commented(node)]


def _publications(nodes: Iterable[Node], lead: str) -> Iterator[Cells]:
    for node in nodes:
        status = [c for one in node.all("status") for c in annotated(one, f"{lead} Publication Status")]
        yield [*_plain(node, _PUBLICATION, lead), *status, *commented(node)]


def parts_of(root: Node) -> list[tuple[str, list[Told]]]:
    """Return the sections of the investigation: the name that its table has in the profile, and a row for each thing told of.

    Parameters
    ----------
    root
        The document.
    """
    studies = root.all("studies")
    sources = {"name": "Name", "file": "File", "version": "Version", "description": "Description"}
    root.frame("filename")
    for leaf in [leaf for p in root.all("studies", "protocols") if is_placeholder(p) for leaf in p.leaves()]:
        leaf.fate = "frame"
    whole = _named(root, "Investigation")
    return [
        ("sources", [([*_plain(n, sources, "Term Source"), *commented(n)], []) for n in root.all("ontologySourceReferences")]),
        ("inv", [([*_plain(root, _ABOUT, "Investigation"), *commented(root)], [])]),
        ("investigation-publication", [(c, whole) for c in _publications(root.all("publications"), "Investigation")]),
        ("investigation-contact", [(c, whole) for c in _people(root.all("people"), "Investigation")]),
        ("study-publication", [(c, _named(s, "Study")) for s in studies for c in _publications(s.all("publications"), "Study")]),
        ("study-contact", [(c, _named(s, "Study")) for s in studies for c in _people(s.all("people"), "Study")]),
        ("one-study", [([*_plain(s, {**_ABOUT, "filename": "File Name"}, "Study"), *commented(s)], []) for s in studies]),
        ("design", [([*annotated(n, "Study Design Type"), *commented(n)], []) for n in root.all("studies", "studyDesignDescriptors")]),
        ("factor", [(_factor(n), _named(s, "Study")) for s in studies for n in s.all("factors")]),
        ("assay", [(_assay(n), _named(s, "Study")[:1]) for s in studies for n in s.all("assays")]),
        ("protocol", [(_protocol(n), _named(s, "Study")) for s in studies for n in s.all("protocols") if not is_placeholder(n)]),
    ]


def _named(node: Node, lead: str) -> Cells:
    """What an investigation or a study is known by, which the rows of what stands below it repeat."""
    return [(f"{lead} {header}", leaf) for key, header in (("identifier", "Identifier"), ("title", "Title")) for leaf in node.all(key)]


def _factor(node: Node) -> Cells:
    names = [("Study Factor Name", name) for name in node.all("factorName")]
    return [*names, *(c for kind in node.all("factorType") for c in annotated(kind, "Study Factor Type")), *commented(node)]
