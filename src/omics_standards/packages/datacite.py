"""DataCite metadata (kernel 4.6) as JSON, to be sent with a DOI.

References
----------
DataCite Metadata Schema 4.6, https://doi.org/10.14454/mzv1-5b55 ; properties are named as DataCite's REST API names them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .turtle import curie_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .about import About, Label
    from .nodes import Node
    from .parties import Agent
    from .payload import Payload

__all__ = ["datacite_record"]

_KERNEL: Final = "http://datacite.org/schema/kernel-4"
_DUO: Final = "http://purl.obolibrary.org/obo/duo.owl"
_ACCESS: Final = {
    # Vocabulary of the Confederation of Open Access Repositories (vocabularies.coar-repositories.org/access_rights).
    "open": ("open access", "c_abf2"), "controlled": ("restricted access", "c_16ec"), "registered": ("restricted access", "c_16ec"),
    "embargoed": ("embargoed access", "c_f1cf"), "private": ("metadata only access", "c_14cb"),
}  # fmt: skip
_COAR: Final = "http://purl.org/coar/access_right/"


def _clean(value: Any) -> Any:
    """Leave out what is empty, at every depth."""
    if isinstance(value, dict):
        return {k: c for k, v in value.items() if (c := _clean(v)) not in ("", None, [], {})}
    return [_clean(v) for v in value] if isinstance(value, list) else value


def _agent(agent: Agent) -> Node:
    identifiers = []
    if agent.orcid:
        identifiers.append({"nameIdentifier": agent.orcid, "nameIdentifierScheme": "ORCID", "schemeUri": "https://orcid.org"})
    if agent.ror:
        identifiers.append({"nameIdentifier": agent.ror, "nameIdentifierScheme": "ROR", "schemeUri": "https://ror.org"})
    name = f"{agent.family}, {agent.given}" if agent.family and agent.given else agent.name
    return {
        "name": name, "nameType": "Personal" if agent.person else "Organizational", "givenName": agent.given, "familyName": agent.family,
        "nameIdentifiers": identifiers,
        "affiliation": [{"name": a.name} | _ror("affiliationIdentifier", a) for a in agent.affiliations],
    }  # fmt: skip


def _subject(label: Label) -> Node:
    prefix = label.curie.partition(":")[0]
    if prefix in ("omst", "http", "https"):
        return {"subject": label.label}
    return {"subject": label.label, "subjectScheme": prefix, "valueUri": label.iri, "classificationCode": label.curie}


def _rights(about: About) -> Iterator[Node]:
    if about.licence is not None:
        spdx = {"rightsIdentifier": about.licence.spdx, "rightsIdentifierScheme": "SPDX", "schemeUri": "https://spdx.org/licenses/"}
        yield {"rights": about.licence.text, "rightsUri": about.licence.iri, **(spdx if about.licence.spdx else {})}
    if about.access in _ACCESS:
        words, code = _ACCESS[about.access]
        yield {
            "rights": words,
            "rightsUri": _COAR + code,
            "rightsIdentifier": code,
            "rightsIdentifierScheme": "COAR Access Rights",
            "schemeUri": _COAR,
        }
    for policy in about.policies:
        for duo in policy.duo:
            yield {
                "rights": duo.label,
                "rightsUri": duo.iri,
                "rightsIdentifier": duo.curie,
                "rightsIdentifierScheme": "DUO",
                "schemeUri": _DUO,
            }
        if policy.words or policy.urls:
            yield {"rights": policy.words or policy.title, "rightsUri": next(iter(policy.urls), "")}


def _dates(about: About) -> Iterator[Node]:
    for kind, day in (("Issued", about.issued), ("Submitted", about.submitted), ("Updated", about.modified)):
        if day:
            yield {"date": day, "dateType": kind}
    if about.period:
        # RKMS-ISO8601: both ends of a range are of one form.
        begin, end = about.period
        length = min(len(begin), len(end))
        whole = f"{begin} to {end}" if len(begin) != len(end) else ""
        yield {"date": "/".join(dict.fromkeys((begin[:length], end[:length]))), "dateType": "Collected", "dateInformation": whole}


def _related(about: About) -> Iterator[Node]:
    for article in about.articles:
        if article.doi or article.pmid:
            kind, code = ("DOI", article.doi) if article.doi else ("PMID", article.pmid)
            yield {
                "relatedIdentifier": code,
                "relatedIdentifierType": kind,
                "relationType": "IsDescribedBy",
                "resourceTypeGeneral": "JournalArticle",
            }
    for part in about.parts:
        if part.curie:
            kind = "HasPart" if part.cls == "Dataset" else "IsDerivedFrom"
            yield {"relatedIdentifier": part.iri, "relatedIdentifierType": "URL", "relationType": kind}


def _descriptions(about: About) -> Iterator[Node]:
    if about.description:
        yield {"description": about.description, "descriptionType": "Abstract"}
    for policy in about.policies:
        if policy.words:
            yield {"description": f"Access policy {policy.title}: {policy.words}".replace("  ", " "), "descriptionType": "Other"}
    told = "; ".join(f"{s.name} (sha256 {s.sha256})" for s in about.sources)
    yield {
        "description": f"Converted by omics-standards {about.software}".strip() + (f" from {told}." if told else "."),
        "descriptionType": "TechnicalInfo",
    }


def _geo(about: About) -> Iterator[Node]:
    for place in about.places:
        yield {"geoLocationPlace": place}
    if about.box is not None:
        west, south, east, north = map(float, about.box)
        if about.box.is_point:
            yield {"geoLocationPoint": {"pointLongitude": west, "pointLatitude": south}}
        else:
            box = {"westBoundLongitude": west, "eastBoundLongitude": east, "southBoundLatitude": south, "northBoundLatitude": north}
            yield {"geoLocationBox": box}


def datacite_record(about: About, payload: Payload) -> Node:
    """Return the record of a dataset; a property that nobody said is absent.

    Parameters
    ----------
    about
        The facts.
    payload
        The files of the package: their media types are the formats.
    """
    size = sum(f.size or 0 for f in about.files)
    sizes = [f"{c.replace('_', ' ')}: {n}" for c, n in about.counts.items()] + ([f"bytes: {size}"] if size else [])
    others = [i for i in about.identifiers if not i.startswith("doi:")]
    formats = sorted({f.format for f in about.files if f.format} | {f.media_type for f in payload.files})
    record: Node = {
        "schemaVersion": _KERNEL,
        "doi": about.doi,
        "url": about.url,
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Omics metadata and data"},
        "titles": [{"title": about.title}] if about.title else [],
        "creators": [_agent(a) for a in about.creators],
        "publisher": {"name": about.publisher.name} | _ror("publisherIdentifier", about.publisher) if about.publisher else {},
        "publicationYear": about.issued[:4],
        "contributors": [_agent(a) | {"contributorType": "ContactPerson"} for a in about.contacts],
        "subjects": list(
            {s["subject"]: s for s in ([{"subject": k} for k in about.keywords] + [_subject(t) for t in about.subjects])}.values()
        ),
        "dates": list(_dates(about)),
        "alternateIdentifiers": [
            {"alternateIdentifier": curie_of(i), "alternateIdentifierType": "CURIE" if ":" in curie_of(i) else "local"} for i in others
        ],
        "relatedIdentifiers": list(_related(about)),
        "sizes": sizes,
        "formats": formats,
        "version": about.version,
        "rightsList": list({str(r): r for r in _rights(about)}.values()),
        "descriptions": list(_descriptions(about)),
        "geoLocations": list(_geo(about)),
        "fundingReferences": [{"funderName": f} for f in about.funding],
    }
    cleaned: Node = _clean(record)
    return cleaned


def _ror(prefix: str, agent: Agent) -> Node:
    """An organization's ROR under names with a prefix, nothing where it has none."""
    return {prefix: agent.ror, f"{prefix}Scheme": "ROR", "schemeUri": "https://ror.org"} if agent.ror else {}
