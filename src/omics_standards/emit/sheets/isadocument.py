"""ISA-JSON: the study, assay and investigation files that records make in ISA-Tab, as one document.

What each file says goes where the specification has it; the graph is in :mod:`.isaprocesses`.

References
----------
ISA model and serialisation specifications 1.0, doi:10.5281/zenodo.163640, section ISA-JSON; its JSON schemas.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from .composed import Composed, Document
from .isaprocesses import Declared, Sequence, annotation
from .markup import json_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .composed import SheetGrid

__all__ = ["as_document"]

Lines = dict[str, list[str]]
_FILE: Final = "isa.json"
_ABOUT: Final = {"identifier": "Identifier", "title": "Title", "description": "Description"}
_DATES: Final = {"submissionDate": "Submission Date", "publicReleaseDate": "Public Release Date"}
_PERSON: Final = {
    "lastName": "Last Name", "firstName": "First Name", "midInitials": "Mid Initials", "email": "Email", "phone": "Phone", "fax": "Fax",
    "address": "Address", "affiliation": "Affiliation",
}  # fmt: skip
_COMMENT: Final = re.compile(r"Comment\[(.*)\]", re.DOTALL)


def as_document(composed: Composed) -> Composed:
    """Turn the files of ISA-Tab into a document of ISA-JSON that says the same.

    Parameters
    ----------
    composed
        Study and assay files as grids, and the investigation file as a document.
    """
    if not composed.documents:
        return composed
    sections = _sections(composed.documents[0].text)
    grids = {g.name: g for g in composed.grids}
    starts = [i for i, (title, _) in enumerate(sections) if title == "STUDY"]
    whole = dict(sections[: starts[0] if starts else len(sections)])
    about = whole.get("INVESTIGATION", {})
    document: dict[str, Any] = {
        **_about(about, "Investigation"),
        "comments": _comments(about, 0, _odd_dates(about, "Investigation")),
        "ontologySourceReferences": [
            {k: _at(whole["ONTOLOGY SOURCE REFERENCE"], f"Term Source {h}", i) for k, h in _SOURCE.items()}
            for i in range(_width(whole.get("ONTOLOGY SOURCE REFERENCE", {})))
        ],
        "publications": _publications(whole.get("INVESTIGATION PUBLICATIONS", {}), "Investigation"),
        "people": _people(whole.get("INVESTIGATION CONTACTS", {}), "Investigation"),
        "studies": [_study(dict(sections[a:b]), grids) for a, b in zip(starts, [*starts[1:], len(sections)], strict=True)],
    }
    return replace(composed, grids=[], documents=[Document(_FILE, json_text(document))])


_SOURCE: Final = {"name": "Name", "file": "File", "version": "Version", "description": "Description"}


def _sections(text: str) -> list[tuple[str, Lines]]:
    """The sections of an investigation file: title, and values by key."""
    found: list[tuple[str, Lines]] = []
    for line in csv.reader(io.StringIO(text), delimiter="\t"):
        if len(line) == 1 and line[0].isupper():
            found.append((line[0], {}))
        elif line and found:
            found[-1][1].setdefault(line[0], line[1:])
    return found


def _at(lines: Mapping[str, list[str]], header: str, i: int) -> str:
    cells = lines.get(header, ())
    return cells[i] if i < len(cells) else ""


def _width(lines: Lines) -> int:
    """How many things a section tells of."""
    return max((i for cells in lines.values() for i, c in enumerate(cells, 1) if c.strip(";")), default=0)


def _iso(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return not text
    return len(text) == len("2020-01-01")


def _about(lines: Lines, lead: str) -> dict[str, Any]:
    found = {key: _at(lines, f"{lead} {header}", 0) for key, header in _ABOUT.items()}
    dates = {key: _at(lines, f"{lead} {header}", 0) for key, header in _DATES.items()}
    return found | {key: text if _iso(text) else "" for key, text in dates.items()}


def _odd_dates(lines: Lines, lead: str) -> dict[str, str]:
    """Dates that the schema does not take, by what they are called."""
    return {header: text for header in _DATES.values() if not _iso(text := _at(lines, f"{lead} {header}", 0))}


def _comments(lines: Lines, i: int, more: Mapping[str, str] | None = None) -> list[dict[str, str]]:
    found = [{"name": m[1], "value": text} for h in lines if (m := _COMMENT.fullmatch(h)) and (text := _at(lines, h, i))]
    return found + [{"name": name, "value": text} for name, text in (more or {}).items()]


def _term(lines: Lines, header: str, i: int) -> dict[str, Any]:
    accession, source = (_at(lines, header + end, i) for end in (" Term Accession Number", " Term Source REF"))
    return annotation(_at(lines, header, i), accession, source)


def _terms(lines: Lines, header: str, i: int) -> list[dict[str, Any]]:
    """The terms of a list in one cell."""
    names, *beside = (_at(lines, header + end, i).split(";") for end in ("", " Term Accession Number", " Term Source REF"))
    padded = [[*b, *[""] * len(names)] for b in beside]
    return [annotation(n.strip(), padded[0][k].strip(), padded[1][k].strip()) for k, n in enumerate(names) if n.strip()]


def _people(lines: Lines, lead: str) -> list[dict[str, Any]]:
    found = []
    for i in range(_width(lines)):
        told = {key: _at(lines, f"{lead} Person {header}", i) for key, header in _PERSON.items()}
        odd = {"Email": told["email"]} if told["email"] and "@" not in told["email"] else {}
        told["email"] = "" if odd else told["email"]
        found.append({**told, "roles": _terms(lines, f"{lead} Person Roles", i), "comments": _comments(lines, i, odd)})
    return found


def _publications(lines: Lines, lead: str) -> list[dict[str, Any]]:
    return [
        {
            "pubMedID": _at(lines, f"{lead} PubMed ID", i),
            "doi": _at(lines, f"{lead} Publication DOI", i),
            "authorList": _at(lines, f"{lead} Publication Author List", i),
            "title": _at(lines, f"{lead} Publication Title", i),
            "status": _term(lines, f"{lead} Publication Status", i),
            "comments": _comments(lines, i),
        }
        for i in range(_width(lines))
    ]


def _protocols(lines: Lines) -> list[dict[str, Any]]:
    found = []
    for i in range(_width(lines)):
        name = _at(lines, "Study Protocol Name", i)
        parameters = _terms(lines, "Study Protocol Parameters Name", i)
        kinds = _at(lines, "Study Protocol Components Type", i).split(";")
        components = _at(lines, "Study Protocol Components Name", i).split(";")
        uri = _at(lines, "Study Protocol URI", i)
        # RFC 3986: what no reference to a resource may hold.
        odd = {"URI": uri} if re.search(r'[\s<>"{}|\\^`]', uri) else {}
        made = {
            "@id": f"#protocol/{quote(name, safe='')}",
            "name": name,
            "protocolType": _term(lines, "Study Protocol Type", i),
            "description": _at(lines, "Study Protocol Description", i),
            "uri": "" if odd else uri,
            "version": _at(lines, "Study Protocol Version", i),
            "parameters": [
                {"@id": f"#parameter/{quote(name, safe='')}/{quote(p['annotationValue'], safe='')}", "parameterName": p} for p in parameters
            ],
            "components": [
                {"componentName": c.strip(), "componentType": annotation(kinds[k].strip() if k < len(kinds) else "")}
                for k, c in enumerate(components)
                if c.strip()
            ],
            "comments": _comments(lines, i, odd),
        }
        found.append(made)
    return found


def _factors(lines: Lines) -> list[dict[str, Any]]:
    return [
        {
            "@id": f"#factor/{quote(_at(lines, 'Study Factor Name', i), safe='')}",
            "factorName": _at(lines, "Study Factor Name", i),
            "factorType": _term(lines, "Study Factor Type", i),
            "comments": _comments(lines, i),
        }
        for i in range(_width(lines))
    ]


def _study(parts: dict[str, Lines], grids: Mapping[str, SheetGrid]) -> dict[str, Any]:
    about = parts["STUDY"]
    filename = _at(about, "Study File Name", 0)
    protocols, factors = _protocols(parts.get("STUDY PROTOCOLS", {})), _factors(parts.get("STUDY FACTORS", {}))
    declared = Declared(protocols, factors)
    listed = parts.get("STUDY ASSAYS", {})
    own = Sequence(declared, grids.get(filename), "study")
    assays = []
    for i in range(_width(listed)):
        name = _at(listed, "Study Assay File Name", i)
        technology = _term(listed, "Study Assay Technology Type", i)
        sequence = Sequence(declared, grids.get(name), f"assay{i + 1}", technology["annotationValue"])
        about_assay = {
            "@id": f"#assay/{i + 1}",
            "filename": name,
            "measurementType": _term(listed, "Study Assay Measurement Type", i),
            "technologyType": technology,
            "technologyPlatform": _at(listed, "Study Assay Technology Platform", i),
            "comments": _comments(listed, i),
        }
        assays.append(about_assay | sequence.of_assay())
    designs = parts.get("STUDY DESIGN DESCRIPTORS", {})
    return {
        "filename": filename,
        **_about(about, "Study"),
        "comments": _comments(about, 0, _odd_dates(about, "Study")),
        "studyDesignDescriptors": [_design(designs, i) for i in range(_width(designs))],
        "publications": _publications(parts.get("STUDY PUBLICATIONS", {}), "Study"),
        "people": _people(parts.get("STUDY CONTACTS", {}), "Study"),
        "factors": factors,
        "protocols": protocols,
        **own.of_study(),
        "assays": assays,
    }


def _design(lines: Lines, i: int) -> dict[str, Any]:
    told, comments = _term(lines, "Study Design Type", i), _comments(lines, i)
    return {**told, "comments": comments} if comments else told
