"""The steps by which a text becomes a term: their names, how sure each is, and which are told to a person."""

from __future__ import annotations

from typing import Final

__all__ = ["LOOSE", "STEPS", "UNVERIFIED"]

STEPS: Final[dict[str, float]] = {
    # accepted, with the confidence each gives
    "accession": 1.0,
    "accession-and-name": 1.0,
    "accession-and-near-name": 0.9,
    "label": 1.0,
    "synonym": 0.97,
    "label-folded": 0.95,
    "synonym-folded": 0.92,
    "obsolete-replaced": 0.9,
    "name-beside-accession": 0.9,
    "name-after-prefix": 0.9,
    "wording": 0.9,
    "word-order": 0.87,
    "spacing": 0.87,
    "known-sex": 0.95,
    "known-healthy": 0.9,
    "stage-number": 0.9,
    "stage-age": 0.9,
    "stage-word": 0.88,
    "stage-age-range": 0.85,
    "stage-bare-years": 0.8,
    "plain-words": 0.83,
    "part-beside-whole": 0.83,
    "title": 0.82,
    "spelling": 0.8,
    # not accepted
    "ambiguous-name": 0.0,
    "abbreviation": 0.0,
    "name-obsolete": 0.0,
    "accession-and-name-disagree": 0.0,
    "accession-obsolete": 0.0,
    "accession-wrong-ontology": 0.0,
    "accession-wrong-branch": 0.0,
    "accession-not-in-bundle": 0.0,
    "ontology-not-in-bundle": 0.0,
    "no-bundle": 0.0,
    "no-match": 0.0,
}
"""Every step an answer may name, with its confidence."""

LOOSE: Final = {
    "spelling": "a slip of the keyboard in a name",
    "plain-words": "a name with words that say no more",
    "title": "a name with another title",
    "part-beside-whole": "a name beside the whole it is part of",
    "stage-bare-years": "a number without a unit, read as years",
}
"""Steps that are accepted and said, with what they take a text for."""

UNVERIFIED: Final = "+branch-unverified"
