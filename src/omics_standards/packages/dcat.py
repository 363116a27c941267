"""DCAT 3 after the profile DCAT-AP 3: the dataset, its distributions, and who stands behind it, in Turtle without blank nodes.

References
----------
https://semiceu.github.io/DCAT-AP/releases/3.0.1/ ; vocabularies of the Publications Office of the European Union for access rights
and file types; IANA for media types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..models.slots import MODEL
from .parties import segment
from .payload import MEDIA_TYPES
from .turtle import Sheet, curie_of, dated, literal, typed

if TYPE_CHECKING:
    from .about import About, DataFile, Label, Policy
    from .parties import Agent

__all__ = ["catalogue_record"]

_AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
_RIGHTS: Final = {
    "open": "PUBLIC",
    "controlled": "RESTRICTED",
    "registered": "RESTRICTED",
    "embargoed": "NON_PUBLIC",
    "private": "NON_PUBLIC",
}
# The EU's data themes: biomedical data stand under health.
_HEALTH: Final = f"{_AUTHORITY}data-theme/HEAL"
_MEDIA: Final = "https://www.iana.org/assignments/media-types/"
_WKT: Final = "<http://www.opengis.net/ont/geosparql#wktLiteral>"
_PROFILE: Final = "http://data.europa.eu/r5r/"


class _Record:
    """Describes a dataset node by node."""

    def __init__(self, about: About) -> None:
        self.about = about
        self.sheet = Sheet()

    def local(self, *parts: str) -> str:
        """IRI of a node that nothing else names."""
        return self.about.base + "about/" + "/".join(segment(p) for p in parts)

    def term(self, label: Label) -> str:
        node = self.sheet.node(label.iri, "skos:Concept")
        node.say("skos:prefLabel", literal(label.label)).say(
            "skos:notation", literal("" if label.curie.startswith("omst:") else label.curie)
        )
        return self.sheet.ref(label.iri)

    def agent(self, agent: Agent) -> str:
        node = self.sheet.node(agent.iri, "foaf:Agent", "foaf:Person" if agent.person else "foaf:Organization")
        node.say("foaf:name", literal(agent.name)).say("foaf:homepage", *self.documents((agent.url,)))
        return self.sheet.ref(agent.iri)

    def contact(self, agent: Agent) -> str:
        iri = self.local("contact", agent.name)
        node = self.sheet.node(iri, "vcard:Kind", "vcard:Individual" if agent.person else "vcard:Organization")
        node.say("vcard:fn", literal(agent.name)).say("vcard:hasEmail", self.sheet.ref(f"mailto:{agent.email}") if agent.email else "")
        node.say("vcard:hasURL", self.sheet.ref(agent.orcid or agent.url))
        return self.sheet.ref(iri)

    def documents(self, iris: tuple[str, ...]) -> list[str]:
        for iri in iris:
            if self.sheet.ref(iri):
                self.sheet.node(iri, "foaf:Document")
        return self.sheet.refs(iris)

    def rights(self, access: str) -> str:
        if access not in _RIGHTS:
            return ""
        iri = f"{_AUTHORITY}access-right/{_RIGHTS[access]}"
        self.sheet.node(iri, "dct:RightsStatement", "skos:Concept").say(
            "skos:prefLabel", literal(_RIGHTS[access].replace("_", " ").lower())
        )
        return self.sheet.ref(iri)

    def policy(self, policy: Policy) -> str:
        node = self.sheet.node(policy.iri, "dct:RightsStatement")
        node.say("dct:title", literal(policy.title)).say("dct:description", literal(policy.words))
        node.say("dct:type", *(self.term(d) for d in policy.duo)).say("rdfs:seeAlso", *self.sheet.refs(policy.urls))
        return self.sheet.ref(policy.iri)

    def licence(self) -> str:
        licence = self.about.licence
        if licence is None:
            return ""
        iri = licence.iri or self.local("licence")
        self.sheet.node(iri, "dct:LicenseDocument").say("rdfs:label", literal(licence.spdx or licence.text))
        return self.sheet.ref(iri)

    def dataset(self) -> None:
        about, sheet = self.about, self.sheet
        node = sheet.node(about.iri, "dcat:Dataset", "dcat:Resource")
        node.say("dct:title", literal(about.title)).say("dct:description", literal(about.description))
        node.say("dct:identifier", *(literal(i) for i in about.identifiers or (about.iri,)))
        node.say("dcat:keyword", *map(literal, about.keywords)).say("dcat:version", literal(about.version))
        node.say("dct:publisher", self.agent(about.publisher) if about.publisher else "").say(
            "dct:creator", *map(self.agent, about.creators)
        )
        node.say("dcat:contactPoint", *map(self.contact, about.contacts)).say("dct:license", self.licence())
        node.say("dct:issued", dated(about.issued)).say("dct:modified", dated(about.modified))
        node.say("dct:accessRights", self.rights(about.access)).say("dct:rights", *map(self.policy, about.policies))
        sheet.node(_HEALTH, "skos:Concept").say("skos:prefLabel", literal("Health"))
        node.say("dcat:theme", sheet.ref(_HEALTH), *map(self.term, about.assays)).say("dct:subject", *map(self.term, about.subjects))
        node.say("dcat:landingPage", *self.documents((about.url,))).say(
            "foaf:page", *self.documents(tuple(u for u in about.urls if u != about.url))
        )
        self.coverage()
        self.articles()
        node.say("dct:provenance", self.provenance()).say("prov:wasGeneratedBy", self.activity())
        node.say("dct:hasPart", *(self.part(k) for k in range(len(about.parts)) if about.parts[k].cls == "Dataset"))
        node.say("dcat:distribution", *(d for f in about.files for d in self.distributions(f)))
        node.say("dct:extent", *(self.extent(c, n) for c, n in about.counts.items()))
        sheet.node(_PROFILE, "dct:Standard").say("dct:title", literal("DCAT-AP"))
        if about.stamp:
            record = sheet.node(self.local("record"), "dcat:CatalogRecord")
            record.say("foaf:primaryTopic", sheet.ref(about.iri)).say("dct:modified", dated(about.stamp)).say(
                "dct:conformsTo", sheet.ref(_PROFILE)
            )

    def extent(self, counted: str, number: int) -> str:
        iri = self.local("extent", counted)
        self.sheet.node(iri, "dct:SizeOrDuration").say("rdfs:label", literal(f"{counted.replace('_', ' ')}: {number}"))
        return self.sheet.ref(iri)

    def coverage(self) -> None:
        about, sheet = self.about, self.sheet
        node = sheet.node(about.iri)
        for place in about.places:
            iri = self.local("place", place)
            sheet.node(iri, "dct:Location").say("skos:prefLabel", literal(place))
            node.say("dct:spatial", sheet.ref(iri))
        if about.box is not None:
            west, south, east, north = about.box
            corners = f"{west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}"
            iri = self.local("box")
            shape = ("dcat:centroid", f"POINT({west} {south})") if about.box.is_point else ("dcat:bbox", f"POLYGON(({corners}))")
            sheet.node(iri, "dct:Location").say(shape[0], typed(shape[1], _WKT))
            node.say("dct:spatial", sheet.ref(iri))
        if about.period is not None:
            iri = self.local("period")
            begin, end = about.period
            sheet.node(iri, "dct:PeriodOfTime").say("dcat:startDate", dated(begin)).say("dcat:endDate", dated(end))
            node.say("dct:temporal", sheet.ref(iri))

    def articles(self) -> None:
        for article in self.about.articles:
            if not article.resolvable:
                continue
            self.sheet.node(article.iri).say("dct:title", literal(article.title)).say("dct:identifier", literal(curie_of(article.iri)))
            self.sheet.node(article.iri).say(
                "dct:bibliographicCitation", literal(", ".join(x for x in (article.journal, article.date) if x))
            )
            self.sheet.node(self.about.iri).say("dct:isReferencedBy", self.sheet.ref(article.iri))

    def provenance(self) -> str:
        iri = self.local("provenance")
        told = "; ".join(f"{s.name} (sha256 {s.sha256})" for s in self.about.sources)
        words = f"Converted by omics-standards {self.about.software}".strip() + (f" from {told}." if told else ".")
        self.sheet.node(iri, "dct:ProvenanceStatement").say("rdfs:label", literal(words))
        return self.sheet.ref(iri)

    def activity(self) -> str:
        iri, program = self.local("conversion"), f"{MODEL.namespace}#software"
        self.sheet.node(program, "prov:SoftwareAgent", "foaf:Agent").say(
            "foaf:name", literal(f"omics-standards {self.about.software}".strip())
        )
        activity = self.sheet.node(iri, "prov:Activity").say("prov:wasAssociatedWith", self.sheet.ref(program))
        for source in self.about.sources:
            name = self.local("source", source.name)
            entity = self.sheet.node(name, "prov:Entity").say("dct:title", literal(source.name))
            entity.say("spdx:checksum", self.checksum(name, "sha256", source.sha256))
            activity.say("prov:used", self.sheet.ref(name))
        return self.sheet.ref(iri)

    def checksum(self, owner: str, algorithm: str, value: str) -> str:
        if not value:
            return ""
        kind = f"http://spdx.org/rdf/terms#checksumAlgorithm_{algorithm}"
        self.sheet.node(kind, "spdx:ChecksumAlgorithm")
        iri = f"{owner}{'-' if '#' in owner else '#'}{algorithm}"
        self.sheet.node(iri, "spdx:Checksum").say("spdx:algorithm", self.sheet.ref(kind)).say(
            "spdx:checksumValue", typed(value, "xsd:hexBinary")
        )
        return self.sheet.ref(iri)

    def part(self, number: int) -> str:
        part = self.about.parts[number]
        node = self.sheet.node(part.iri, "dcat:Dataset", "dcat:Resource").say("dct:title", literal(part.title or part.curie))
        node.say("dct:description", literal(part.description or part.title)).say("dct:identifier", literal(part.curie))
        node.say("dct:rights", *self.sheet.refs(part.policies)).say("dcat:landingPage", *self.documents(part.urls))
        return self.sheet.ref(part.iri)

    def distributions(self, file: DataFile) -> list[str]:
        """One per address: an address is what a distribution must have."""
        found = []
        for k, place in enumerate(file.locations or ((self.about.access_url,) if self.about.access_url else ())):
            iri = f"{file.iri}#distribution" + (str(k + 1) if k else "")
            node = (
                self.sheet.node(iri, "dcat:Distribution").say("dct:title", literal(file.name)).say("dcat:accessURL", self.sheet.ref(place))
            )
            node.say("dct:description", literal(f"{file.category.replace('_', ' ')} data" if file.category else ""))
            node.say("dcat:downloadURL", self.sheet.ref(place) if file.locations else "")
            node.say("dcat:byteSize", typed("" if file.size is None else str(file.size), "xsd:nonNegativeInteger"))
            # A distribution has one checksum: the stronger of the two.
            node.say("spdx:checksum", self.checksum(iri, "sha256", file.sha256) or self.checksum(iri, "md5", file.md5))
            node.say("dct:license", self.licence()).say("dct:format", self.format(file.format)).say(
                "dcat:mediaType", self.media_type(file.format)
            )
            found.append(self.sheet.ref(iri))
        return found

    def format(self, name: str) -> str:
        if not name:
            return ""
        value = MODEL.enums["FileFormat"].get(name)
        curie = value.meaning if value is not None else None
        iri = MODEL.prefixes["EDAM"] + curie.partition(":")[2] if curie else f"{MODEL.namespace}term/file_format/{segment(name)}"
        self.sheet.node(iri, "dct:MediaTypeOrExtent").say("rdfs:label", literal(name))
        return self.sheet.ref(iri)

    def media_type(self, name: str) -> str:
        known = MEDIA_TYPES.get(f".{name}")
        if known is None:
            return ""
        self.sheet.node(_MEDIA + known, "dct:MediaType")
        return self.sheet.ref(_MEDIA + known)


def catalogue_record(about: About) -> str:
    """Return the catalogue record of a dataset in Turtle.

    The data files are its distributions, one per address; a ``dcat:CatalogRecord`` is there where the day of packaging is known.
    """
    record = _Record(about)
    record.dataset()
    return record.sheet.text()
