"""The dataset in the words of schema.org, as a flat set of nodes: RO-Crate, Bioschemas and Croissant are made of it."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from ..models.prefixes import expand
from ..models.slots import MODEL
from .parties import segment
from .payload import MEDIA_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .about import About, DataFile, Label, Policy
    from .parties import Agent, Article

__all__ = ["Node", "Nodes", "nested", "plain"]

Node = dict[str, Any]

# Ontology of a term, by the prefix of its CURIE: address of the whole, as OBO and EDAM publish them.
_SETS: Final = {"EFO": "http://www.ebi.ac.uk/efo/efo.owl", "EDAM": "http://edamontology.org/"}
_ACCESS: Final = {
    "open": "Open access.",
    "controlled": "Controlled access: to be asked for.",
    "registered": "Registered access.",
    "embargoed": "Not public before its release.",
    "private": "Not public.",
}
_MAIL: Final = "mailto:"
_EMPTY: Final[tuple[Any, ...]] = ("", [])
# Media types of files that are read as bytes, whatever is in them.
_BYTES: Final = {
    ".gz": "application/gzip",
    ".zip": "application/zip",
    ".bz2": "application/x-bzip2",
    ".tar": "application/x-tar",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".xml": "application/xml",
    ".pdf": "application/pdf",
}


def plain(node: Node) -> Node:
    """Leave out what is empty, and write one value as it is, not as a list of one.

    Examples
    --------
    >>> plain({"@id": "#a", "name": "", "x": ["y"], "n": 0})
    {'@id': '#a', 'x': 'y', 'n': 0}
    """
    said = {k: one_or_many(v) if isinstance(v, list | tuple) else v for k, v in node.items()}
    return {k: v for k, v in said.items() if v is not None and v not in _EMPTY}


def one_or_many(values: Iterable[Any]) -> Any:
    """One value as it is, several as a list."""
    found = list(values)
    return found[0] if len(found) == 1 else found


class Nodes:
    """Nodes by id, in the order in which they were first spoken of.

    Parameters
    ----------
    about
        The facts.
    study
        Type of a study in this vocabulary.
    """

    def __init__(self, about: About, study: str = "CreativeWork") -> None:
        self.about = about
        self._study = study
        self.by_id: dict[str, Node] = {}

    def add(self, node: Node) -> Node:
        """Add a node without its empty properties; return a reference to it."""
        self.by_id.setdefault(node["@id"], plain(node))
        return {"@id": node["@id"]}

    def term(self, label: Label) -> Node:
        """An ontology term; a local one has no set."""
        prefix = label.curie.partition(":")[0]
        local = prefix in ("omst", "http", "https")
        whole = "" if local else _SETS.get(prefix, f"http://purl.obolibrary.org/obo/{prefix.lower()}.owl")
        ref = {"@id": label.iri, "@type": "DefinedTerm", "name": label.label, "termCode": "" if local else label.curie}
        return self.add(ref | ({"inDefinedTermSet": whole} if whole else {}))

    def agent(self, agent: Agent) -> Node:
        """A person or an organization."""
        if not agent.person:
            url = agent.url or (agent.ror if agent.ror else "")
            point = self._point(agent) if agent in self.about.contacts else None
            node: Node = {
                "@id": agent.iri,
                "@type": "Organization",
                "name": agent.name,
                "url": url,
                "email": agent.email,
                "contactPoint": point,
            }
            return self.add(node)
        node = {
            "@id": agent.iri,
            "@type": "Person",
            "name": agent.name,
            "givenName": agent.given,
            "familyName": agent.family,
            "email": agent.email,
            "affiliation": [self.agent(a) for a in agent.affiliations],
            "contactPoint": self._point(agent) if agent in self.about.contacts else None,
            "jobTitle": one_or_many(agent.roles),
        }
        return self.add(node)

    def _point(self, agent: Agent) -> Node:
        """How to reach somebody: by e-mail where there is an address."""
        name = {"@type": "ContactPoint", "contactType": "data access", "name": f"Contact: {agent.name}"}
        email = f"{_MAIL}{agent.email}" if agent.email else ""
        return self.add({"@id": email or self.local("contact", agent.name), **name, "email": agent.email})

    def local(self, kind: str, name: str) -> str:
        """Id of a node that nothing else names."""
        return f"#{kind}-{segment('-'.join(name.split()))}"

    def article(self, article: Article) -> Node:
        """A publication."""
        codes = [c for c in (f"doi:{article.doi}" if article.doi else "", f"pubmed:{article.pmid}" if article.pmid else "") if c]
        node = {
            "@id": article.iri,
            "@type": "ScholarlyArticle",
            "name": article.title or next(iter(codes), article.iri),
            "identifier": one_or_many(codes),
            "author": [self.agent(a) for a in article.authors],
            "creditText": article.written,
            "datePublished": article.date,
        }
        if article.journal:
            node["isPartOf"] = self.add({"@id": self.local("journal", article.journal), "@type": "Periodical", "name": article.journal})
        return self.add(node)

    def policy(self, policy: Policy) -> Node:
        """An access policy: its own words, and what the Data Use Ontology calls what it allows."""
        return self.add(
            {
                "@id": policy.iri,
                "@type": "CreativeWork",
                "additionalType": "http://www.w3.org/ns/odrl/2/Policy",
                "name": policy.title or f"Access policy {policy.iri.rpartition('/')[2]}",
                "text": policy.words,
                "about": one_or_many(self.term(d) for d in policy.duo),
                "url": one_or_many(policy.urls),
                "conditionsOfAccess": _ACCESS.get(policy.access, ""),
            }
        )

    def licence(self) -> Node | None:
        """The terms of use."""
        licence = self.about.licence
        if licence is None:
            return None
        iri = licence.iri or self.local("licence", licence.text[:40])
        return self.add(
            {
                "@id": iri,
                "@type": "CreativeWork",
                "name": licence.spdx or licence.text,
                "url": licence.iri,
                "text": "" if licence.iri else licence.text,
            }
        )

    def data_file(self, file: DataFile, kind: str, iri: str) -> Node:
        """A data file that is not in the package."""
        sums = [f"md5:{file.md5}" if file.md5 else "", f"sha256:{file.sha256}" if file.sha256 else ""]
        node = {
            "@id": iri,
            "@type": kind,
            "name": file.name,
            "contentSize": str(file.size) if file.size is not None else "",
            "encodingFormat": self._formats(file),
            "contentUrl": one_or_many(file.locations),
            "sha256": file.sha256,
            "identifier": one_or_many(s for s in sums if s),
            "description": f"{file.category} data".replace("_", " ") if file.category else "",
        }
        return self.add(node)

    def _formats(self, file: DataFile) -> list[Any]:
        """The media type of a file's bytes, and its format as EDAM calls it."""
        ending = PurePosixPath(file.name).suffix.lower()
        media = MEDIA_TYPES.get(ending, _BYTES.get(ending) or MEDIA_TYPES.get(f".{file.format}", "application/octet-stream"))
        value = MODEL.enums["FileFormat"].get(file.format)
        if value is None or value.meaning is None:
            return [media]
        iri = expand(value.meaning) or value.meaning
        return [
            media,
            self.add(
                {"@id": iri, "@type": "DefinedTerm", "name": file.format, "termCode": value.meaning, "inDefinedTermSet": _SETS["EDAM"]}
            ),
        ]

    def sources(self) -> list[Node]:
        """The files that the dataset was converted from."""
        return [
            self.add(
                {
                    "@id": self.local("source", s.name),
                    "@type": "CreativeWork",
                    "name": s.name,
                    "identifier": f"sha256:{s.sha256}" if s.sha256 else "",
                }
            )
            for s in self.about.sources
        ]

    def root(self, iri: str) -> Node:
        """What is said of the dataset as a whole; the caller adds the files and puts it into the graph."""
        about = self.about
        node: Node = {
            "@id": iri,
            "@type": "Dataset",
            "name": about.title,
            "description": about.description,
            "version": about.version,
            "identifier": one_or_many(about.identifiers),
            "url": about.url,
            "sameAs": one_or_many(u for u in about.urls if u != about.url),
            "license": self.licence(),
            "publisher": self.agent(about.publisher) if about.publisher else None,
            "creator": one_or_many(self.agent(a) for a in about.creators),
            "maintainer": [self.agent(a) for a in about.contacts],
            "citation": one_or_many(self.article(a) for a in about.articles),
            "funding": one_or_many(self._grants()),
            "keywords": list(about.keywords),
            "about": [self.term(t) for t in (*about.organisms, *about.tissues, *about.diseases)],
            "measurementTechnique": [self.term(t) for t in about.assays],
            "datePublished": about.issued,
            "dateModified": about.modified,
            "temporalCoverage": "/".join(dict.fromkeys(about.period or ())),
            "spatialCoverage": one_or_many(self._places()),
            "size": one_or_many(self._sizes()),
            "isAccessibleForFree": True if about.access == "open" else None,
            "conditionsOfAccess": " ".join(x for x in (_ACCESS.get(about.access, ""), *(p.words for p in about.policies)) if x),
            "usageInfo": one_or_many(self.policy(p) for p in about.policies),
            "isBasedOn": self.sources() + self._studies(),
            "sdDatePublished": about.stamp,
        }
        return plain(node)

    def _grants(self) -> list[Node]:
        return [self.add({"@id": self.local("grant", g), "@type": "Grant", "name": g}) for g in self.about.funding]

    def _places(self) -> list[Node]:
        places = [self.add({"@id": self.local("place", p), "@type": "Place", "name": p}) for p in self.about.places]
        if self.about.box is not None:
            west, south, east, north = self.about.box
            shape = self.add(
                {"@id": "#box-shape", "@type": "GeoShape", "name": "Box around all positions", "box": f"{south} {west} {north} {east}"}
            )
            places.append(self.add({"@id": "#box", "@type": "Place", "name": "All sampling positions", "geo": shape}))
        return places

    def _sizes(self) -> list[Node]:
        return [
            self.add({"@id": f"#count-{c}", "@type": "QuantitativeValue", "name": f"{c.replace('_', ' ')}: {n}", "value": n, "unitText": c})
            for c, n in self.about.counts.items()
        ]

    def _studies(self) -> list[Node]:
        found = []
        for part in self.about.parts:
            if part.cls == "Study":
                node = {
                    "@id": part.iri,
                    "@type": self._study,
                    "name": part.title or part.curie or part.iri,
                    "description": part.description,
                    "identifier": part.curie,
                    "url": next(iter(part.urls), ""),
                }
                if self._study == "CreativeWork":
                    node["additionalType"] = "https://bioschemas.org/Study"
                found.append(self.add(node))
        return found


def nested(nodes: dict[str, Node], root: Node) -> Node:
    """Put the nodes into each other: each stands where it is first spoken of, later mentions name it only.

    Examples
    --------
    >>> nested({"#a": {"@id": "#a", "name": "A"}}, {"@id": "./", "x": {"@id": "#a"}, "y": [{"@id": "#a"}]})
    {'@id': './', 'x': {'@id': '#a', 'name': 'A'}, 'y': [{'@id': '#a'}]}
    """
    told: set[str] = {root["@id"]}

    def fill(value: Any) -> Any:
        if isinstance(value, list):
            return [fill(v) for v in value]
        if not isinstance(value, dict):
            return value
        name = value.get("@id")
        if len(value) == 1 and name in nodes and name not in told:
            told.add(name)
            value = nodes[name]
        return {k: fill(v) for k, v in value.items()}

    filled: Node = fill(root)
    return filled
