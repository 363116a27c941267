"""What other projects' validators say of a package: run by a Python that has roc-validator and mlcroissant; prints JSON.

``python peers.py PACKAGE`` gives the issues of the crate at REQUIRED severity, what mlcroissant says, and how many records it read.
Nothing is fetched: a context stands in for the one of RO-Crate 1.2, with the words that the crate uses.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

# Words of the context that are not schema.org's (RO-Crate 1.2, context.jsonld).
OTHERS = {"File": "http://schema.org/MediaObject", "conformsTo": "http://purl.org/dc/terms/conformsTo"}


def context(document: dict[str, Any]) -> dict[str, str]:
    words = {k for node in document["@graph"] for k in node if not k.startswith("@")}
    for node in document["@graph"]:
        words |= {node["@type"]} if isinstance(node["@type"], str) else set(node["@type"])
    return {w: f"http://schema.org/{w}" for w in words} | OTHERS


def crate(folder: Path) -> list[str]:
    import requests
    from requests.adapters import HTTPAdapter
    from rocrate_validator import services

    body = json.dumps({"@context": context(json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8")))}).encode()

    def send(self: HTTPAdapter, request: requests.PreparedRequest, **_: object) -> requests.Response:
        answer = requests.Response()
        answer.status_code = 200 if request.url == "https://w3id.org/ro/crate/1.2/context" else 404
        answer.url, answer.request = str(request.url), request
        answer.headers["Content-Type"] = "application/ld+json"
        answer._content, answer.raw = body, io.BytesIO(body)
        return answer

    HTTPAdapter.send = send  # type: ignore[method-assign]
    wanted = services.ValidationSettings(
        rocrate_uri=str(folder),
        profile_identifier="ro-crate-1.2",
        requirement_severity="REQUIRED",
        no_cache=True,
        skip_availability_check=True,
    )
    return [f"{i.check.identifier}: {i.message}" for i in services.validate(wanted).get_issues()]


def croissant(folder: Path) -> tuple[str, dict[str, int]]:
    import mlcroissant

    try:
        dataset = mlcroissant.Dataset(str(folder / "croissant.json"))
    except mlcroissant.ValidationError as e:
        return str(e), {}
    sets = [s.name for s in dataset.metadata.record_sets]
    return dataset.metadata.ctx.issues.report(), {name: len(list(dataset.records(name))) for name in sets}


if __name__ == "__main__":
    place = Path(sys.argv[1])
    said, read = croissant(place)
    print(json.dumps({"crate": crate(place), "croissant": said, "read": read}))
