"""What a dataset says of itself as a whole: the facts that every description of it is written from.

In: a converted dataset and what a person adds (:class:`Given`). Out: :class:`About`. Nothing is invented: a fact that neither
says is absent here, and :mod:`.lacks` tells which description needs it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from ..emit.encode import term_id
from ..models.prefixes import compress, expand, is_iri
from ..models.slots import MODEL
from ..records import GeoPoint, Place, Term
from .licences import Licence, licence_of
from .parties import Agent, Article, People, sound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..conversion import Dataset
    from ..records import Record, Value

__all__ = ["About", "Box", "DataFile", "Given", "Label", "Part", "Policy", "Source", "about", "full"]

# Records that speak of the dataset as a whole, the one that is the unit of sharing first.
_WHOLE: Final = ("Dataset", "Project", "Study")
# Records that are about the dataset rather than in it; they are not counted.
_AROUND: Final = frozenset({*_WHOLE, "AccessPolicy", "Person", "Organization", "Publication", "Entry"})
# Extended date-time (EDTF) with qualifiers: the year, month and day that it begins with.
_DAY = re.compile(r"(?<!\d)(\d{4}(?:-\d\d(?:-\d\d)?)?)(?![\dX])")


@dataclass(frozen=True)
class Given:
    """What the person who shares the dataset adds to what its records say; an empty value leaves the records alone.

    Attributes
    ----------
    title, description, version
        Of the dataset as a whole.
    publisher, licence
        Name of who publishes; an SPDX name, a web address or the words of the terms of use.
    creators, contacts
        Names as ``Family, Given`` for people, anything else for organizations; ``<...>`` behind them an ORCID, a ROR or an e-mail address.
    identifier, url, access_url
        A DOI, CURIE or IRI; the page about the dataset; where files can be had that have no address of their own.
    issued, stamp
        ISO dates: when it was or will be made public; when the package is made.
    keywords
        Added to those of the records.
    """

    title: str = ""
    description: str = ""
    version: str = ""
    publisher: str = ""
    licence: str = ""
    creators: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    identifier: str = ""
    url: str = ""
    access_url: str = ""
    issued: str = ""
    stamp: str = ""
    keywords: tuple[str, ...] = ()


class Label(NamedTuple):
    """A term: its IRI, its CURIE (the IRI again where there is none) and its label."""

    iri: str
    curie: str
    label: str


class Box(NamedTuple):
    """The smallest box around all positions, in degrees, as decimal texts."""

    west: str
    south: str
    east: str
    north: str

    @property
    def is_point(self) -> bool:
        """Whether all positions are one."""
        return self.west == self.east and self.south == self.north


class Policy(NamedTuple):
    """An access policy."""

    iri: str
    title: str
    access: str
    duo: tuple[Label, ...]
    text: str
    ethics: str
    approval: str
    urls: tuple[str, ...]

    @property
    def words(self) -> str:
        """All that it says in its own words."""
        parts = (self.text, self.ethics, f"Approval: {self.approval}" if self.approval else "")
        return "\n\n".join(p for p in parts if p)


class DataFile(NamedTuple):
    """A data file of the dataset, which is not in the package."""

    iri: str
    name: str
    size: int | None
    md5: str
    sha256: str
    format: str
    locations: tuple[str, ...]
    category: str


class Source(NamedTuple):
    """A file that the dataset was converted from."""

    name: str
    sha256: str


class Part(NamedTuple):
    """A data set of an archive, or a study, that the dataset consists of."""

    cls: str
    iri: str
    curie: str
    title: str
    description: str
    urls: tuple[str, ...]
    policies: tuple[str, ...]


@dataclass
class About:
    """The facts, each as the descriptions need it: IRIs are absolute, dates are ISO texts, lists are in a fixed order."""

    iri: str
    base: str
    name: str
    title: str = ""
    description: str = ""
    version: str = ""
    identifiers: tuple[str, ...] = ()
    doi: str = ""
    url: str = ""
    urls: tuple[str, ...] = ()
    access_url: str = ""
    licence: Licence | None = None
    publisher: Agent | None = None
    creators: tuple[Agent, ...] = ()
    contacts: tuple[Agent, ...] = ()
    articles: tuple[Article, ...] = ()
    funding: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    issued: str = ""
    modified: str = ""
    submitted: str = ""
    stamp: str = ""
    access: str = ""
    policies: tuple[Policy, ...] = ()
    organisms: tuple[Label, ...] = ()
    tissues: tuple[Label, ...] = ()
    diseases: tuple[Label, ...] = ()
    assays: tuple[Label, ...] = ()
    places: tuple[str, ...] = ()
    box: Box | None = None
    period: tuple[str, str] | None = None
    counts: dict[str, int] = field(default_factory=dict)
    files: tuple[DataFile, ...] = ()
    parts: tuple[Part, ...] = ()
    sources: tuple[Source, ...] = ()
    software: str = ""
    undecided: dict[str, int] = field(default_factory=dict)

    @property
    def subjects(self) -> tuple[Label, ...]:
        """What the dataset is about, as terms: organisms, tissues, diseases, assays."""
        return tuple(dict.fromkeys((*self.organisms, *self.tissues, *self.diseases, *self.assays)))


def full(base: str, identifier: str) -> str:
    """Return a record's or term's id as an absolute IRI.

    Examples
    --------
    >>> full("https://example.org/d/", "biosample/S1"), full("https://example.org/d/", "UBERON:0002107")
    ('https://example.org/d/biosample/S1', 'http://purl.obolibrary.org/obo/UBERON_0002107')
    """
    whole = expand(identifier) or (identifier if ":" in identifier and is_iri(identifier) else base + identifier.replace(":", "%3A"))
    return sound(whole)


def about(dataset: Dataset, given: Given) -> About:
    """Gather what a dataset says of itself.

    Where several records could speak for the whole (two studies, each with a title), none of them does: how many there were is
    in ``undecided``, by field.
    """
    return _Gathering(dataset, given).result()


def texts(record: Record, slot: str) -> list[str]:
    """Return the values of a slot as texts."""
    return [str(v) for v in record.values(slot)]


def first(record: Record, slot: str) -> str:
    """Return the first value of a slot as text, '' where it has none."""
    return next(iter(texts(record, slot)), "")


class _Gathering:
    """One pass over the records."""

    def __init__(self, dataset: Dataset, given: Given) -> None:
        self.dataset = dataset
        self.given = given
        self.base = dataset.base
        self.levels = [[r for r in dataset.records(cls) if not r.stub] for cls in _WHOLE]
        # Records that alone stand for their level: only they can speak for the whole.
        self.chiefs = [level[0] for level in self.levels if len(level) == 1]
        self.whole = [r for level in self.levels for r in level]
        self.people = People(dataset, self.full)
        self.undecided: dict[str, int] = {}

    def full(self, identifier: str) -> str:
        return full(self.base, identifier)

    def said(self, slot: str) -> str:
        """What the record says that speaks for the whole, else those nearest to it; several that say different things leave it open."""
        for level in ([self.chiefs[0]] if self.chiefs else [], *self.levels):
            values = {v for r in level for v in texts(r, slot)[:1]}
            if len(values) == 1:
                return values.pop()
            if values:
                self.undecided[slot] = len(values)
                return ""
        return ""

    def union(self, slot: str) -> tuple[str, ...]:
        """All that the records on the whole say, each once."""
        return tuple(dict.fromkeys(v for r in self.whole for v in texts(r, slot)))

    def result(self) -> About:
        """Put the facts together."""
        chief = next(iter(self.chiefs), None)
        identifiers = self.identifiers(chief)
        iri = self.full(identifiers[0]) if identifiers else self.base
        found = About(iri, self.base, self.name(identifiers), identifiers=identifiers, stamp=self.given.stamp, undecided=self.undecided)
        found.doi = next((i.partition(":")[2] for i in identifiers if i.startswith("doi:")), "")
        self.words(found)
        self.parties(found)
        self.contents(found)
        self.coverage(found)
        found.parts = tuple(self.parts(chief))
        found.keywords = tuple(dict.fromkeys((*self.given.keywords, *self.union("keywords"), *(t.label for t in found.subjects))))
        return found

    def words(self, found: About) -> None:
        """Title, description, dates, terms of use and addresses."""
        given = self.given
        found.title = given.title or self.said("title")
        found.description = given.description or self.said("description")
        found.version = given.version or self.said("dataset_version")
        found.urls = tuple(u for u in self.union("urls") if is_iri(u))
        own = found.iri if found.identifiers and found.iri.startswith("http") else ""
        found.url = given.url or next(iter(found.urls), own)
        found.access_url = given.access_url
        found.licence = licence_of(given.licence or self.said("licence"))
        found.issued = given.issued or _day(self.said("release_date"))
        found.modified = _day(self.said("last_update_date"))
        found.submitted = _day(self.said("submission_date"))
        found.policies = tuple(self.policies())
        found.access = self.access(found.policies)

    def parties(self, found: About) -> None:
        """Who made the dataset, who publishes it, whom to ask, who paid, and what has been written about it."""
        given, people = self.given, self.people
        asked = self.union("contacts")
        behind = [people.organization(i) for i in self.union("organizations")]
        found.publisher = people.named(given.publisher, "publisher") if given.publisher else None
        found.creators = tuple(people.named(n, "creator") for n in given.creators) or people.creators(asked, behind)
        found.contacts = tuple(people.named(n, "contact") for n in given.contacts) or people.contacts(asked)
        found.articles = tuple(people.articles(self.union("publications")))
        found.funding = self.union("funding")

    def contents(self, found: About) -> None:
        """What the dataset is about, how many records of which kind it has, its files, and what it was made from."""
        dataset = self.dataset
        found.organisms, found.tissues, found.diseases, found.assays = (tuple(self.terms(slots)) for slots in _TERMS)
        for cls in (c for c in dataset.classes if c not in _AROUND):
            number = sum(not r.stub for r in dataset.records(cls) if r.cls == cls)
            if number:
                found.counts[MODEL.classes[cls].container or cls] = number
        found.files = tuple(self.files())
        found.sources = tuple(Source(str(i["file"]), str(i.get("sha256", ""))) for i in dataset.inputs)
        found.software = str(dataset.versions.get("omics-standards", ""))

    def identifiers(self, chief: Record | None) -> tuple[str, ...]:
        """Identifiers of the whole as CURIEs or IRIs: what was given first, then the archive's."""
        given = self.given.identifier.strip()
        if re.match(r"10\.\d{4,9}/\S", given):
            given = f"doi:{given}"
        given = compress(given) or given
        own = [] if chief is None else [chief.id, *texts(chief, "accessions")]
        return tuple(dict.fromkeys(i for i in (given, *own) if i and (expand(i) or (":" in i and is_iri(i)))))

    def name(self, identifiers: tuple[str, ...]) -> str:
        """A short name of small letters, digits, points, dashes and underscores."""
        word = identifiers[0].rpartition(":")[2].rpartition("/")[2] if identifiers else self.base.rstrip("/").rpartition("/")[2]
        return re.sub(r"[^a-z0-9._-]+", "-", word.casefold()).strip("-._") or "dataset"

    def terms(self, slots: tuple[tuple[str, str], ...]) -> Iterator[Label]:
        found: dict[str, Label] = {}
        for cls, slot in slots:
            values = dict.fromkeys(v for r in self.dataset.records(cls) for v in r.values(slot) if v not in _NOT_SAID)
            for label in (self.label(slot, value) for value in values):
                found.setdefault(label.iri, label)
        return iter(sorted(found.values(), key=lambda t: (t.label.casefold(), t.iri)))

    def label(self, slot: str, value: Value) -> Label:
        if isinstance(value, Term):
            curie = term_id(slot, value)
            return Label(self.full(curie), curie, value.label or curie)
        meaning = MODEL.enums.get(MODEL.slots[slot].range, {}).get(str(value))
        curie = (
            meaning.meaning if meaning is not None and meaning.meaning else f"omst:term/{slot}/{re.sub('[^A-Za-z0-9]+', '-', str(value))}"
        )
        return Label(self.full(curie), curie, str(value).replace("_", " "))

    def policies(self) -> Iterator[Policy]:
        for r in self.dataset.records("AccessPolicy"):
            duo = tuple(self.label("duo_codes", v) for v in r.values("duo_codes"))
            words = (first(r, s) for s in ("policy_text", "ethics_statement", "approval_number"))
            title = first(r, "title") or first(r, "name")
            text, ethics, approval = words
            text = text or first(r, "description")
            yield Policy(self.full(r.id), title, first(r, "access_type"), duo, text, ethics, approval, tuple(texts(r, "urls")))

    def access(self, policies: tuple[Policy, ...]) -> str:
        """How the data are had: as the data sets say, else as their policies do; where they differ, the strictest."""
        stated = [first(r, "access_type") for r in self.levels[0]] + [p.access for p in policies]
        order = ("private", "embargoed", "controlled", "registered", "open")
        return next((a for a in order if a in stated), "")

    def coverage(self, found: About) -> None:
        """Places, the box around all positions, and the first and last day of sampling."""
        places: dict[str, None] = {}
        points: list[GeoPoint] = []
        days: list[str] = []
        for r in self.dataset.records("Biosample"):
            for slot, values in r.items():
                if slot == "collection_place":
                    places.update((": ".join(x for x in v if x), None) for v in values if isinstance(v, Place))
                elif slot == "collection_location":
                    points += [v for v in values if isinstance(v, GeoPoint)]
                elif slot == "collection_date":
                    days += [d for v in values for d in _DAY.findall(str(v))]
        if points:
            longitudes, latitudes = (sorted({getattr(p, s) for p in points}, key=float) for s in ("longitude", "latitude"))
            found.box = Box(longitudes[0], latitudes[0], longitudes[-1], latitudes[-1])
        found.places = tuple(sorted(places))
        if days:
            # 2020 ends after 2020-05-01 does: the last day is the one whose period ends last.
            found.period = (min(days), max(days, key=lambda d: d + "-99-99"[len(d) - 4 :]))

    def files(self) -> Iterator[DataFile]:
        for r in self.dataset.records("DataFile"):
            size = first(r, "file_size")
            form = first(r, "file_format")
            places = tuple(u for u in texts(r, "locations") if is_iri(u))
            name = first(r, "file_name") or first(r, "name")
            sums = first(r, "md5").lower(), first(r, "sha256").lower()
            yield DataFile(self.full(r.id), name or r.id, int(size) if size else None, *sums, form, places, first(r, "data_category"))

    def parts(self, chief: Record | None) -> Iterable[Part]:
        """The data sets and studies below the record that speaks for the whole."""
        for cls, level in zip(_WHOLE, self.levels, strict=True):
            if cls == "Project":
                continue
            for r in level:
                if r is not chief:
                    policies = tuple(self.full(p) for p in texts(r, "access_policy")) if cls == "Dataset" else ()
                    curie = r.id if expand(r.id) else ""
                    title = first(r, "title") or first(r, "name")
                    yield Part(cls, self.full(r.id), curie, title, first(r, "description"), tuple(texts(r, "urls")), policies)


# Words of vocabularies for what the vocabulary lacks: nobody looks for them in a catalogue.
_NOT_SAID: Final = frozenset({"OTHER", "other", "unspecified"})
# Where organisms, tissues, diseases and assays stand.
_TERMS: Final[tuple[tuple[tuple[str, str], ...], ...]] = (
    (("Biosample", "organism"), ("Subject", "organism"), ("Project", "organisms"), ("Study", "organisms"), ("Dataset", "organisms")),
    (("Biosample", "tissue"), ("Biosample", "cell_type")),
    (("Biosample", "disease"), ("Subject", "disease"), ("Study", "disease")),
    (
        ("Assay", "technology_type"),
        ("Assay", "measurement_type"),
        ("Assay", "library_strategy"),
        ("Assay", "omics_layer"),
        ("Study", "omics_layers"),
        ("Dataset", "omics_layers"),
    ),
)


def _day(text: str) -> str:
    """The calendar day, month or year that a date begins with."""
    hit = _DAY.match(text)
    return hit[1] if hit else ""
