"""People, organizations and articles of a dataset, as its descriptions name them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from ..models.prefixes import is_iri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ..conversion import Dataset
    from ..records import Record

__all__ = ["Agent", "Article", "People", "segment", "sound"]

# Roles of those who made the data; who is only to be asked about it is a contact.
_MAKERS = re.compile(r"\b(author|creator|investigator|submitter|data producer|experiment performer|principal|pi)\b", re.IGNORECASE)
# What stays as it is in an IRI (RFC 3987), those signs apart that have a meaning which cannot be guessed.
_SAFE: Final = "%/:?&=@+,;~!$'()*"
_ROR: Final = re.compile(r"ror\.org/(0[a-z0-9]{6}\d\d)")
_ORCID: Final = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")


def sound(iri: str) -> str:
    """Return an IRI with those signs escaped that none may hold, as some DOIs do.

    Examples
    --------
    >>> sound("https://doi.org/10.1002/(SICI)1<2::AID>3.0")
    'https://doi.org/10.1002/(SICI)1%3C2::AID%3E3.0'
    >>> sound("https://example.org/a%20b")
    'https://example.org/a%20b'
    """
    if is_iri(iri):
        return iri
    path, mark, fragment = iri.partition("#")
    escaped = quote(path, safe=_SAFE, errors="replace") + mark + quote(fragment, safe=_SAFE, errors="replace")
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", escaped)


def segment(text: str) -> str:
    """Return a text as one part of a path.

    Examples
    --------
    >>> segment("a/b c")
    'a%2Fb%20c'
    """
    return quote(text, safe="", errors="replace")


class Agent(NamedTuple):
    """A person or an organization. ``orcid`` and ``ror`` are IRIs; ``affiliations`` are organizations."""

    iri: str
    person: bool
    name: str
    given: str = ""
    family: str = ""
    email: str = ""
    orcid: str = ""
    ror: str = ""
    affiliations: tuple[Agent, ...] = ()
    roles: tuple[str, ...] = ()
    url: str = ""


class Article(NamedTuple):
    """A publication. ``iri`` is its DOI's or PubMed's address, else the record's; ``written`` its authors as one text."""

    iri: str
    title: str
    doi: str
    pmid: str
    authors: tuple[Agent, ...]
    written: str
    journal: str
    date: str
    resolvable: bool


class People:
    """Looks people, organizations and articles up by the ids that other records refer to them by."""

    def __init__(self, dataset: Dataset, full: Callable[[str], str]) -> None:
        self._dataset = dataset
        self._full = full

    def _first(self, record: Record, slot: str) -> str:
        return next((str(v) for v in record.values(slot)), "")

    def person(self, identifier: str) -> Agent:
        """Describe a person."""
        record = self._dataset.record("Person", identifier)
        if record is None:
            return Agent(self._full(identifier), person=True, name=identifier.rpartition("/")[2])
        given, middle, family = (self._first(record, s) for s in ("given_name", "middle_name", "family_name"))
        given = " ".join(x for x in (given, middle) if x)
        name = self._first(record, "name") or ", ".join(x for x in (family, given) if x) or identifier.rpartition("/")[2]
        orcid = self._first(record, "orcid")
        where = tuple(self.organization(str(o)) for o in record.values("affiliations"))
        iri = f"https://orcid.org/{orcid}" if orcid else self._full(identifier)
        return Agent(
            iri, person=True, name=f"{given} {family}" if given and family else name, given=given, family=family,
            email=self._first(record, "email"), orcid=iri if orcid else "", affiliations=where,
            roles=tuple(str(r) for r in record.values("roles")),
        )  # fmt: skip

    def organization(self, identifier: str) -> Agent:
        """Describe an organization."""
        record = self._dataset.record("Organization", identifier)
        if record is None:
            return Agent(self._full(identifier), person=False, name=identifier.rpartition("/")[2])
        ror = self._first(record, "ror_id")
        ror = self._full(ror) if ror else ""
        name = self._first(record, "title") or self._first(record, "name") or identifier.rpartition("/")[2]
        return Agent(
            ror or self._full(identifier),
            person=False,
            name=name,
            email=self._first(record, "email"),
            ror=ror,
            url=self._first(record, "urls"),
        )

    def creators(self, contacts: Sequence[str], organizations: Sequence[Agent]) -> tuple[Agent, ...]:
        """Those who made the data: people whose role says so, else the organizations behind the records."""
        people = [self.person(i) for i in contacts]
        makers = [p for p in people if any(_MAKERS.search(r) for r in p.roles)]
        return tuple(dict.fromkeys(makers or organizations))

    def contacts(self, contacts: Iterable[str]) -> tuple[Agent, ...]:
        """People to ask."""
        return tuple(dict.fromkeys(self.person(i) for i in contacts))

    def articles(self, identifiers: Iterable[str]) -> Iterator[Article]:
        """Describe publications."""
        for identifier in identifiers:
            record = self._dataset.record("Publication", identifier)
            if record is None:
                continue
            doi, pmid = self._first(record, "doi"), self._first(record, "pmid")
            iri = (
                sound(f"https://doi.org/{doi}")
                if doi
                else f"https://pubmed.ncbi.nlm.nih.gov/{pmid}"
                if pmid
                else self._first(record, "urls")
            )
            people = sorted((self._dataset.record("Person", str(a)) for a in record.values("authors")), key=self._rank)
            authors = tuple(self.person(p.id) for p in people if p is not None)
            yield Article(
                iri or self._full(identifier), self._first(record, "title"), doi, pmid, authors, self._first(record, "author_names"),
                self._first(record, "journal"), self._first(record, "publication_date"), resolvable=bool(iri),
            )  # fmt: skip

    def _rank(self, record: Record | None) -> tuple[int, str]:
        rank = "" if record is None else self._first(record, "author_rank")
        return (int(rank) if rank else 1 << 30, "" if record is None else record.id)

    def named(self, text: str, role: str) -> Agent:
        """Describe somebody by name: ``Family, Given`` is a person, anything else an organization.

        An ORCID, a ROR or an e-mail address may stand behind the name in ``<>``.
        """
        name, _, extra = text.partition("<")
        name, extra = name.strip(), extra.rstrip("> ").strip()
        orcid = f"https://orcid.org/{hit[0]}" if (hit := _ORCID.search(extra)) else ""
        family, comma, given = (x.strip() for x in name.partition(","))
        person = bool(orcid) or (bool(comma and given) and "," not in given)
        ror = f"https://ror.org/{hit[1]}" if (hit := _ROR.search(extra)) else ""
        email = extra.removeprefix("mailto:") if "@" in extra else ""
        local = self._full(f"{role}/{segment(name)}")
        if person:
            shown = f"{given} {family}" if given else family
            return Agent(orcid or local, person=True, name=shown, given=given, family=family if given else "", email=email, orcid=orcid)
        url = extra if extra.startswith("http") and not ror else ""
        return Agent(ror or local, person=False, name=name, email=email, ror=ror, url=url)
