"""What a description needs by its own rules and the dataset does not say, and which option says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .about import About

__all__ = ["Lack", "lacks", "told"]

Severity = Literal["error", "warning"]


class Lack(NamedTuple):
    """A property that a kind of package asks for and that nobody said.

    ``severity`` is ``error`` where the kind requires the property, ``warning`` where it recommends it.
    """

    kind: str
    severity: Severity
    property: str
    option: str
    why: str = ""


def told(found: Iterable[Lack]) -> list[str]:
    """Say what is lacking, a line for each option that would fill it, what some kind requires first.

    Examples
    --------
    >>> told([Lack("dcat", "warning", "dct:publisher", "--publisher"), Lack("datacite", "error", "publisher", "--publisher")])
    ['error: nobody says publisher (datacite requires it) or dct:publisher (dcat recommends it); give it with --publisher']
    """
    by_option: dict[str, list[Lack]] = {}
    for lack in found:
        by_option.setdefault(lack.option, []).append(lack)
    lines = []
    for option, lacking in by_option.items():
        groups: dict[tuple[str, str], list[str]] = {}
        for lack in sorted(lacking, key=lambda x: x.severity):
            groups.setdefault((lack.severity, lack.property), []).append(lack.kind)
        said = [
            f"{prop} ({', '.join(kinds)} {'require' if severity == 'error' else 'recommend'}{'s' if len(kinds) == 1 else ''} it)"
            for (severity, prop), kinds in groups.items()
        ]
        why = next((f"; {lack.why}" for lack in lacking if lack.why), "")
        lines.append(f"{min(x.severity for x in lacking)}: nobody says {' or '.join(said)}{why}; give it with {option}")
    return sorted(lines, key=lambda line: not line.startswith("error"))


# Field of About → option that fills it.
_OPTIONS: Final = {
    "title": "--title", "description": "--description", "licence": "--licence", "publisher": "--publisher", "creators": "--creator",
    "contacts": "--contact", "issued": "--issued", "identifiers": "--identifier", "doi": "--identifier", "url": "--url",
    "keywords": "--keyword", "version": "--dataset-version",
}  # fmt: skip
# Kind → field → (name of the property there, whether it is required). Sources: RO-Crate 1.2, "Root Data Entity"; DCAT-AP 3.0.1,
# chapters 7 and 8; Bioschemas Dataset 1.0-RELEASE, minimum and recommended; DataCite 4.6, chapter 2; Croissant 1.0, "Dataset-level
# information"; Data Package 2.0, "Package properties".
_RULES: Final[dict[str, dict[str, tuple[str, bool]]]] = {
    "ro-crate": {
        "title": ("name", True), "description": ("description", True), "licence": ("license", True), "issued": ("datePublished", True),
        "publisher": ("publisher", False), "creators": ("author", False), "identifiers": ("identifier", False),
    },
    "dcat": {
        "title": ("dct:title", True), "description": ("dct:description", True), "publisher": ("dct:publisher", False),
        "contacts": ("dcat:contactPoint", False), "keywords": ("dcat:keyword", False), "licence": ("dct:license", False),
    },
    "schema-org": {
        "title": ("name", True), "description": ("description", True), "licence": ("license", True), "identifiers": ("identifier", True),
        "url": ("url", True), "keywords": ("keywords", True), "creators": ("creator", False), "publisher": ("publisher", False),
        "issued": ("datePublished", False), "version": ("version", False),
    },
    "datacite": {
        "title": ("titles", True), "publisher": ("publisher", True), "creators": ("creators", True), "issued": ("publicationYear", True),
        "doi": ("identifier (a DOI)", True), "description": ("descriptions", False), "licence": ("rightsList", False),
        "version": ("version", False),
    },
    "croissant": {
        "title": ("name", True), "description": ("description", True), "licence": ("license", True), "url": ("url", True),
        "creators": ("creator", True), "issued": ("datePublished", True), "publisher": ("publisher", False), "version": ("version", False),
    },
    "frictionless": {
        "title": ("title", False), "description": ("description", False), "licence": ("licenses", False), "version": ("version", False),
    },
}  # fmt: skip
_SLOTS: Final = {
    "title": "title",
    "description": "description",
    "licence": "licence",
    "issued": "release_date",
    "version": "dataset_version",
}


def lacks(kind: str, about: About) -> list[Lack]:
    """Return what a kind of package asks for and the dataset does not say, what is required first."""
    found = []
    for name, (prop, required) in _RULES[kind].items():
        if not getattr(about, name):
            many = about.undecided.get(_SLOTS.get(name, ""), 0)
            why = f"{many} records say different things" if many else ""
            found.append(Lack(kind, "error" if required else "warning", prop, _OPTIONS[name], why))
    if kind in ("dcat", "schema-org"):
        homeless = sum(not f.locations for f in about.files)
        if homeless and not about.access_url:
            prop = "an address of each file" if kind == "dcat" else "contentUrl of each file"
            found.append(Lack(kind, "warning", prop, "--access-url", f"{homeless} of {len(about.files)} files have none and are left out"))
    return sorted(found, key=lambda lack: lack.severity != "error")
