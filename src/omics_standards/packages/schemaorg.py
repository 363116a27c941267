"""schema.org JSON-LD after the Bioschemas profile Dataset 1.0, to be put into a web page; studies and samples as Bioschemas types.

References
----------
https://bioschemas.org/profiles/Dataset/1.0-RELEASE
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..emit.encode import term_id
from ..records import Term
from .about import full
from .nodes import Nodes, nested, one_or_many, plain

if TYPE_CHECKING:
    from ..conversion import Dataset
    from .about import About
    from .nodes import Node

__all__ = ["SAMPLES", "dataset_markup"]

_PROFILE: Final = "https://bioschemas.org/profiles/Dataset/1.0-RELEASE"
_CONTEXT: Final = [
    "https://schema.org/",
    {"BioSample": "https://bioschemas.org/BioSample", "Study": "https://bioschemas.org/Study", "dct": "http://purl.org/dc/terms/"},
]
# Samples are listed up to this number: the markup is for web pages, and the tables have them all.
SAMPLES: Final = 1000


def dataset_markup(about: About, dataset: Dataset) -> Node:
    """Return the markup of a dataset: one object, in which all that it speaks of is described.

    Parameters
    ----------
    about
        The facts.
    dataset
        Its samples are listed where they are not more than :data:`SAMPLES`.
    """
    nodes = Nodes(about, study="Study")
    root = nodes.root(about.iri)
    root["dct:conformsTo"] = {"@id": _PROFILE}
    homes = [(f, f.locations or ((about.access_url,) if about.access_url else ())) for f in about.files]
    root["distribution"] = [nodes.data_file(f._replace(locations=where), "DataDownload", f.iri) for f, where in homes if where]
    root["hasPart"] = [
        nodes.add(
            {"@id": p.iri, "@type": "Dataset", "name": p.title or p.curie or p.iri, "description": p.description, "identifier": p.curie}
        )
        for p in about.parts
        if p.cls == "Dataset"
    ]
    root["mentions"] = [nodes.add(s) for s in _samples(about, dataset)]
    markup = nested(nodes.by_id, plain(root))
    return {"@context": _CONTEXT, **markup}


def _samples(about: About, dataset: Dataset) -> list[Node]:
    records = [r for r in dataset.records("Biosample") if not r.stub]
    if len(records) > SAMPLES:
        return []
    found = []
    for r in records:
        name = next((str(v) for slot in ("title", "name") for v in r.values(slot)), r.id)
        taxa = [
            {"@id": full(about.base, term_id("organism", v)), "@type": "Taxon", "name": v.label}
            for v in r.values("organism")
            if isinstance(v, Term)
        ]
        found.append(
            {"@id": full(about.base, r.id), "@type": "BioSample", "name": name, "identifier": r.id, "taxonomicRange": one_or_many(taxa)}
        )
    return found
