"""What DCAT-AP 3.0.1 asks of the classes we write, as a table of facts, and the SHACL shapes that follow from it.

Read off the tables of https://semiceu.github.io/DCAT-AP/releases/3.0.1/ (cardinalities, ranges); the published shapes say the same of
these properties. Ranges that are classes are asked for by a type in the same file, so that nothing has to be fetched.
"""

from __future__ import annotations

from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, RDF, SH, SKOS, XSD

SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")

LITERAL = SH.Literal
IRI = SH.IRI
DATE = object()

# class → (property, at least, at most, what a value is: kind of node, datatype, class, or DATE)
FACTS: dict[URIRef, list[tuple[URIRef, int, int | None, object]]] = {
    DCAT.Dataset: [
        (DCTERMS.title, 1, None, LITERAL), (DCTERMS.description, 1, None, LITERAL), (DCTERMS.identifier, 0, None, LITERAL),
        (DCAT.keyword, 0, None, LITERAL), (DCTERMS.publisher, 0, 1, FOAF.Agent), (DCTERMS.creator, 0, None, FOAF.Agent),
        (DCAT.contactPoint, 0, None, VCARD.Kind), (DCAT.distribution, 0, None, DCAT.Distribution), (DCTERMS.spatial, 0, None, DCTERMS.Location),
        (DCTERMS.temporal, 0, None, DCTERMS.PeriodOfTime), (DCAT.theme, 0, None, SKOS.Concept), (DCTERMS.accessRights, 0, 1, DCTERMS.RightsStatement),
        (DCTERMS.issued, 0, 1, DATE), (DCTERMS.modified, 0, 1, DATE), (DCTERMS.provenance, 0, None, DCTERMS.ProvenanceStatement),
        (DCAT.landingPage, 0, None, FOAF.Document), (FOAF.page, 0, None, FOAF.Document), (DCAT["version"], 0, 1, LITERAL),
        (PROV.wasGeneratedBy, 0, None, PROV.Activity), (DCTERMS.isReferencedBy, 0, None, IRI), (DCTERMS.hasPart, 0, None, DCAT.Dataset),
        (DCTERMS.rights, 0, None, DCTERMS.RightsStatement), (DCTERMS.license, 0, None, DCTERMS.LicenseDocument),
    ],
    DCAT.Distribution: [
        (DCAT.accessURL, 1, None, IRI), (DCAT.downloadURL, 0, None, IRI), (DCTERMS.title, 0, None, LITERAL), (DCTERMS.format, 0, 1, DCTERMS.MediaTypeOrExtent),
        (DCAT.mediaType, 0, 1, DCTERMS.MediaType), (DCTERMS.license, 0, 1, DCTERMS.LicenseDocument), (DCAT.byteSize, 0, 1, XSD.nonNegativeInteger),
        (SPDX.checksum, 0, 1, SPDX.Checksum),
    ],
    SPDX.Checksum: [(SPDX.algorithm, 1, 1, SPDX.ChecksumAlgorithm), (SPDX.checksumValue, 1, 1, XSD.hexBinary)],
    FOAF.Agent: [(FOAF.name, 1, None, LITERAL), (DCTERMS.type, 0, 1, SKOS.Concept)],
    DCTERMS.PeriodOfTime: [(DCAT.startDate, 0, 1, DATE), (DCAT.endDate, 0, 1, DATE)],
    DCTERMS.Location: [(DCAT.bbox, 0, 1, GEO.wktLiteral), (DCAT.centroid, 0, 1, GEO.wktLiteral)],
    SKOS.Concept: [(SKOS.prefLabel, 1, None, LITERAL)],
    VCARD.Kind: [(VCARD.fn, 1, None, LITERAL), (VCARD.hasEmail, 0, None, IRI)],
    DCAT.CatalogRecord: [(FOAF.primaryTopic, 1, 1, DCAT.Resource), (DCTERMS.modified, 1, 1, DATE), (DCTERMS.conformsTo, 0, None, DCTERMS.Standard)],
}  # fmt: skip
_DATES = (XSD.date, XSD.dateTime, XSD.gYear, XSD.gYearMonth)


def shapes() -> Graph:
    """The facts as SHACL."""
    graph = Graph()
    for cls, properties in FACTS.items():
        shape = BNode()
        graph.add((shape, RDF.type, SH.NodeShape))
        graph.add((shape, SH.targetClass, cls))
        for path, least, most, kind in properties:
            node = BNode()
            graph.add((shape, SH.property, node))
            graph.add((node, SH.path, path))
            graph.add((node, SH.minCount, Literal(least)))
            if most is not None:
                graph.add((node, SH.maxCount, Literal(most)))
            if kind is DATE:
                options = [BNode() for _ in _DATES]
                for option, datatype in zip(options, _DATES, strict=True):
                    graph.add((option, SH.datatype, datatype))
                graph.add((node, SH["or"], _list(graph, options)))
            elif kind in (LITERAL, IRI):
                graph.add((node, SH.nodeKind, kind))
            elif str(kind).startswith((str(XSD), str(GEO))):
                graph.add((node, SH.datatype, kind))
            else:
                graph.add((node, SH["class"], kind))
    return graph


def _list(graph: Graph, items: list[BNode]) -> URIRef | BNode:
    rest: URIRef | BNode = RDF.nil
    for item in reversed(items):
        node = BNode()
        graph.add((node, RDF.first, item))
        graph.add((node, RDF.rest, rest))
        rest = node
    return rest
