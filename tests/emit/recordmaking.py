"""Invented records of every class, with values of every kind that its slots hold."""

from __future__ import annotations

from hypothesis import strategies as st

from omics_standards.findings import CODES
from omics_standards.mapping.ids import local_path
from omics_standards.models.prefixes import compress
from omics_standards.models.slots import MODEL, SlotDef
from omics_standards.records import (
    Attribute,
    Field,
    GeoPoint,
    Link,
    Missing,
    Place,
    Plain,
    Quantity,
    Reading,
    Record,
    Rejected,
    Source,
    Term,
    Value,
)

# What breaks naive writers and readers, beside arbitrary text.
NASTY = ['say "hi"', "back\\slash", "two\nlines", "\r", "a\tb", "nul\x00", "中文", "🧬", "<http://x>", "UBERON:1", "35.50", "-", " ", "'", "\u2028", "\x7f", "a > b"]  # fmt: skip
TEXT = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12))
NUMBER = st.one_of(st.sampled_from(["35.50", "0", "-0.0", "007", "1e3", "12345678901234567890", "0.1"]), st.from_regex(r"-?[0-9]{1,5}(\.[0-9]{1,4})?", fullmatch=True))  # fmt: skip
DATE = st.sampled_from(
    ["2020", "2020-05", "2020-05-01", "2020-05-01T10:00:00Z", "2019/2020", "2020-05/2020-06", "2020~", "196X", "../2020"]
)
CURIE = st.sampled_from(["UBERON:0002107", "bioproject:PRJNA1", "ngdc.biosample:SAMC1", "orcid:0000-0002-1825-0097", "doi:10.1/a(b)c", "EFO:0000001", "geo:GSM1"])  # fmt: skip
IRI = st.sampled_from(
    ["https://example.org/a?b=c#d", "ftp://host/a.fastq.gz", "urn:x:y", "https://doi.org/10.1/b", "foo:bar", "https://example.org/é"]
)
LABEL = st.one_of(st.just(""), TEXT)
# Terms have one name each: the bundle's ids, and those of cells, are CURIEs where there is one.
TERM = st.one_of(st.builds(Term, CURIE | IRI.filter(lambda i: compress(i) is None), LABEL), st.builds(Term, st.none(), TEXT))
PART = st.none() | NUMBER


def _uris(slot: SlotDef) -> st.SearchStrategy[Value]:
    return IRI | st.sampled_from(["no address", "https://doi.org/10.1/a"]) if slot.range == "uri" else CURIE | IRI


def values(slot: SlotDef) -> st.SearchStrategy[Value]:
    """A value of a slot."""
    made: dict[str, st.SearchStrategy[Value]] = {
        "string": TEXT,
        "integer": st.integers(-(10**12), 10**12),
        "decimal": NUMBER,
        "boolean": st.booleans(),
        "date": DATE,
        "term": TERM,
        "quantity": st.builds(Quantity, PART, PART, PART, st.none() | st.sampled_from(["a", "{cells}/mL", "[in_i]", "furlong", "m/s2"])),
        "place": st.builds(Place, st.sampled_from([None, "China", "France"]), st.none() | TEXT),
        "geopoint": st.builds(GeoPoint, NUMBER, NUMBER),
        "attribute": st.builds(Attribute, TEXT, TEXT, st.none() | TEXT, st.none() | TERM),
        "reference": st.one_of(CURIE, TEXT.map(lambda t: local_path("Biosample", t))),
    }
    if slot.kind == "enum":
        return st.sampled_from(sorted(MODEL.enums[slot.range]))
    return _uris(slot) if slot.kind == "uri" else made[slot.kind]


@st.composite
def readings(draw: st.DrawFn, slot: SlotDef) -> Reading:
    """What a cell, or several, gave for a slot: values, or why there is none."""
    if slot.name == "missing":
        about, reason = draw(TEXT), draw(st.sampled_from(sorted(MODEL.enums["MissingReason"])))
        reading = Reading("missing", fate="missing", missing=Missing(about, reason, draw(LABEL)))
    elif slot.name == "rejected":
        about = draw(st.sampled_from(["tissue", "age"]))
        reading = Reading(about, fate="rejected", rejected=Rejected(about, draw(TEXT), draw(st.sampled_from(sorted(CODES)))))
    elif slot.kind == "reference" and draw(st.booleans()):
        return Link(slot.name, slot.range, str(draw(values(slot))))
    elif slot.kind == "string" and draw(st.booleans()):
        return Plain(slot.name, draw(TEXT))
    else:
        reading = Reading(slot.name, tuple(draw(st.lists(values(slot), min_size=1, max_size=3 if slot.multivalued else 1))))
    reading.steps = tuple(draw(st.lists(st.sampled_from(["label", "split", "unit of the column"]), max_size=3)))
    reading.raw = draw(st.none() | TEXT)
    return reading


@st.composite
def record(draw: st.DrawFn, cls: str, identifier: str | None = None) -> Record:
    """A record of a class, with any of its slots."""
    names = [s for s in MODEL.classes[cls].slots if s not in ("id", "origin", "stub")]
    chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=8, unique=True))
    found: list[Reading] = []
    for name in chosen:
        slot = MODEL.slot(cls, name)
        assert slot is not None
        found += draw(st.lists(readings(slot), min_size=1, max_size=2 if slot.multivalued else 1))
    fields = tuple(
        Field(r.slot, (i + 1,) if draw(st.integers(0, 5)) else (), (draw(TEXT),), Source("a.tsv", "Sheet 1")) for i, r in enumerate(found)
    )
    fields = tuple(f if f.columns else Field(f.slot, (), (), f.source) for f in fields)
    rows = tuple(draw(st.integers(2, 99)) for _ in found)
    own = identifier or draw(st.one_of(CURIE, st.just("https://example.org/r?x=1#y"), TEXT.map(lambda t: local_path(cls, t))))
    return Record(cls, own, tuple(found), fields, rows, stub=draw(st.booleans()))
