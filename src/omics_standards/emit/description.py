"""What a dataset is: how much it holds (VoID), and what it was made of, with what, by whom and when (PROV).

Who and when stand there only where the run was told: the same input gives the same bytes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote

from ..errors import UsageError
from ..models.slots import MODEL
from .encode import NAMESPACE, PREFIXES, Node, content_hash, escape, resource

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["FILE", "Made", "describe", "description_text", "orcid_iri"]

FILE: Final = "description.ttl"
"""The file beside the dataset."""

_ORCID: Final = re.compile(r"(?:https?://orcid\.org/|orcid:)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", re.IGNORECASE)
# Vocabularies that every graph may use.
_VOCABULARIES: Final = (NAMESPACE, PREFIXES["qudt"])


class Made(NamedTuple):
    """How a dataset was made.

    Attributes
    ----------
    inputs
        Files with their sha256, as ``report.json`` has them.
    versions
        Of what the run used, as ``report.json`` has them.
    records
        Number of records by class.
    by
        Who ran it: an ORCID or a name; None where nobody said.
    stamp
        When: an ISO date, or a date with time; None where nobody said.
    """

    inputs: Sequence[Mapping[str, Any]]
    versions: Mapping[str, Any]
    records: Mapping[str, int]
    by: str | None = None
    stamp: str | None = None


def orcid_iri(text: str) -> str | None:
    """Return the IRI of an ORCID, None for a text that is none.

    Parameters
    ----------
    text
        Sixteen digits in groups of four, alone or as an address.

    Raises
    ------
    UsageError
        It has the form of an ORCID, but its check digit is another.

    References
    ----------
    ISO 7064 MOD 11-2, as https://support.orcid.org/hc/en-us/articles/360006897674 describes it.

    Examples
    --------
    >>> orcid_iri("0000-0002-1825-0097")
    'https://orcid.org/0000-0002-1825-0097'
    >>> orcid_iri("Example Curator") is None
    True
    """
    found = _ORCID.fullmatch(text.strip())
    if found is None:
        return None
    digits = found[1].upper().replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if digits[-1] != ("X" if check == 10 else str(check)):
        raise UsageError(f"{text!r} is no ORCID: its last digit does not fit the others; look it up at https://orcid.org")
    return f"https://orcid.org/{found[1].upper()}"


def _text(text: str) -> str:
    return f'"{escape(text)}"'


def _count(number: int) -> str:
    return f'"{number}"^^xsd:integer'


def _versioned(kind: str, name: str, version: str) -> Node:
    """A thing of some version: a profile, an ontology, the model, the program."""
    path = f"{NAMESPACE}{kind}/{quote(name, safe='')}/{quote(version, safe='')}" if name else f"{NAMESPACE}{kind}/{quote(version, safe='')}"
    label = f"{name} {version}" if name else f"omics_standards {kind} {version}"
    return Node(f"<{path}>", "prov:Entity", [("rdfs:label", _text(label)), ("owl:versionInfo", _text(version))])


def _sources(made: Made) -> list[Node]:
    nodes: dict[str, Node] = {}
    versions = made.versions.get("profiles") or {}
    for entry in made.inputs:
        name, sha256 = str(entry["file"]), str(entry.get("sha256") or "")
        node = nodes.setdefault(f"<source/{sha256 or content_hash(name)}>", Node("", "prov:Entity", []))
        node.name = f"<source/{sha256 or content_hash(name)}>"
        pairs = [("rdfs:label", _text(name)), *([("omst:sha256", _text(sha256))] if sha256 else [])]
        profiles = sorted({str(s["profile"]).partition("/")[0] for s in entry.get("sheets", ()) if s.get("profile")})
        pairs += [("dct:conformsTo", _versioned("profile", p, str(versions[p])).name) for p in profiles if p in versions]
        node.pairs += [p for p in pairs if p not in node.pairs]
    return list(nodes.values())


def _used(versions: Mapping[str, Any]) -> list[Node]:
    """Profiles, ontologies and decisions, each in its version."""
    nodes = [_versioned("profile", n, str(v)) for n, v in sorted((versions.get("profiles") or {}).items())]
    nodes += [_versioned("ontology", n, str(v)) for n, v in sorted((versions.get("ontologies") or {}).items())]
    for entry in versions.get("decisions") or ():
        pairs = [("rdfs:label", _text(str(entry["file"]))), ("omst:sha256", _text(str(entry["sha256"])))]
        nodes.append(Node(f"<{NAMESPACE}decisions/{entry['sha256']}>", "prov:Entity", pairs))
    return nodes


def _agent(by: str) -> Node:
    orcid = orcid_iri(by)
    if orcid is not None:
        return Node(f"<{orcid}>", "prov:Person", [("rdfs:label", _text(orcid.rpartition("/")[2]))])
    return Node(f"<agent/{content_hash(by)}>", "prov:Agent", [("rdfs:label", _text(by))])


def describe(base: str, made: Made, triples: int | None = None, values: Mapping[str, int] | None = None) -> list[Node]:
    """Describe a dataset.

    Parameters
    ----------
    base
        IRI of the dataset, which its local names lie below.
    made
        How it was made.
    triples
        How many statements were written, provenance apart; None where nobody counted.
    values
        Number of value nodes (terms, quantities, …) by class as a CURIE.

    Returns
    -------
    list of Node
        The dataset first; names are relative to the base.
    """
    sources, used = _sources(made), _used(made.versions)
    model = _versioned("model", "", str(made.versions.get("model", MODEL.version)))
    program = _versioned("software", "omics-standards", str(made.versions.get("omics-standards", "0")))
    program.type = "prov:SoftwareAgent"
    partitions = {MODEL.classes[c].uri: n for c, n in made.records.items() if n} | dict(values or {})
    parts = [
        Node(f"<partition/{quote(uri.partition(':')[2])}>", "void:Dataset", [("void:class", uri), ("void:entities", _count(n))])
        for uri, n in sorted(partitions.items())
    ]
    activity = Node("<conversion>", "prov:Activity", [("rdfs:label", _text("conversion"))])
    activity.pairs += [("prov:used", n.name) for n in [*sources, model, *used]]
    activity.pairs.append(("prov:wasAssociatedWith", program.name))
    agents = [_agent(made.by)] if made.by else []
    activity.pairs += [("prov:wasAssociatedWith", a.name) for a in agents]
    if made.stamp:
        timed = "T" in made.stamp
        when = f'"{escape(made.stamp)}"^^xsd:{"dateTime" if timed else "date"}'
        activity.pairs.append(("prov:endedAtTime" if timed else "dct:date", when))
    about = [("rdfs:label", _text(", ".join(str(e["file"]) for e in made.inputs) or "dataset")), ("void:uriSpace", _text(base))]
    about += [("dct:conformsTo", model.name), *(("void:vocabulary", resource(v)) for v in _VOCABULARIES)]
    about += [("void:triples", _count(triples))] if triples is not None else []
    about += [("void:entities", _count(sum(made.records.values())))]
    about += [("void:classPartition", p.name) for p in parts]
    about += [("prov:wasDerivedFrom", s.name) for s in sources] + [("prov:wasGeneratedBy", activity.name)]
    dataset = Node(f"<{base}>", "void:Dataset", [*about, ("rdf:type", "prov:Entity")])
    return [dataset, *parts, activity, *sources, model, *used, program, *agents]


def description_text(base: str, nodes: Iterable[Node]) -> str:
    """Return a description as a Turtle file."""
    nodes = list(nodes)
    names = {t for n in nodes for t in n.names() if t[0] not in '<"'}
    prefixes = sorted({n.partition(":")[0] for n in names} | {"xsd"})
    return (
        f"@base <{base}> .\n" + "".join(f"@prefix {p}: <{PREFIXES[p]}> .\n" for p in prefixes) + "\n" + "\n".join(n.turtle() for n in nodes)
    )
