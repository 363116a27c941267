"""The table of steps: name → maker of a parser. A parser takes the text (and companions by name) and gives a Parsed.

Everything that knows text lives in :mod:`omics_standards.values` and :mod:`omics_standards.terms`; here it is only wired to
slots, so that a new step is one line in :data:`PARSERS`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from ..findings import Issue
from ..models.slots import MODEL
from ..records import Attribute, Place, Term
from ..terms import terms_for
from ..terms.curies import PREFIXES, parse_accession, with_source
from ..values.accessions import read_accession
from ..values.ages import read_age
from ..values.dates import DateOrder, read_date
from ..values.enums import EnumIndex
from ..values.files import read_file_cell, read_md5, read_sha256
from ..values.geo import read_lat_lon, read_point
from ..values.modifications import pairs_of, read_modification
from ..values.numbers import DecimalMark, read_boolean, read_decimal, read_integer
from ..values.parsed import Parsed
from ..values.places import read_place
from ..values.quantities import read_quantity
from ..values.sex import read_sex, read_sex_legend
from ..values.text import clean, normal, split_header
from ..values.units import read_unit
from ..values.uris import read_doi, read_uri
from .ids import record_id
from .references import target_class
from .species import ontologies_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .steps import Step

    Parse = Callable[..., Parsed | None]

__all__ = ["MULTIPLES", "PARSERS", "keyed", "measured", "name_and_accession", "unit_of"]


# Identifiers that are written with a prefix or as an address, and are digits alone in the model.
_PUBMED = re.compile(
    r"(?:PMID\s*:?\s*|https?://(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/)(\d{1,9})/?", re.IGNORECASE
)


def _string(step: Step) -> Parse:
    bare = _PUBMED if step.slot.name == "pmid" else None

    def parse(text: str) -> Parsed:
        tidy = clean(text)
        if bare is not None and (found := bare.fullmatch(tidy)):
            return Parsed(found[1], ("prefix taken off",))
        return Parsed(tidy, () if tidy == text else ("tidied",))

    return parse


class _Dates:
    """Reads dates; asks the whole column which of day and month stands first as soon as one cell leaves it open."""

    def __init__(self, step: Step) -> None:
        self.step = step
        self.order: str | None = None
        self.asked = False

    def __call__(self, text: str) -> Parsed | None:
        parsed = read_date(text, order=self.order, today=self.step.env.today)
        if parsed is not None and not self.asked and any(i.code == "date-ambiguous" for i in parsed.issues):
            self.asked = True
            self.order = self._decide()
            if self.order is not None:
                return read_date(text, order=self.order, today=self.step.env.today)
        return parsed

    def _decide(self) -> str | None:
        evidence = DateOrder()
        for texts in column_texts(self.step):
            evidence.collect(texts)
        if evidence.order not in ("dmy", "mdy"):
            return None
        first = "day" if evidence.order == "dmy" else "month"
        self.step.note(
            Issue(
                "date-order-decided",
                f"the {first} first, as in {evidence.evidence!r}",
                f"nothing, if the whole column has the {first} first",
            )
        )
        return evidence.order


class _Commas:
    """Reads numbers; asks the whole column what its commas are as soon as one cell leaves it open."""

    def __init__(self, step: Step, read: Parse) -> None:
        self.step = step
        self.read = read
        self.mark: str | None = None
        self.asked = False

    def __call__(self, text: str, **companions: str) -> Parsed | None:
        parsed = self.read(text, decimal=self.mark, **companions)
        if self.asked or "," not in text or parsed is None or parsed.value is not None:
            return parsed
        self.asked = True
        evidence = DecimalMark()
        for texts in column_texts(self.step):
            evidence.collect(texts)
        self.mark = evidence.mark
        return self.read(text, decimal=self.mark, **companions) if self.mark else parsed


def column_texts(step: Step) -> Iterator[dict[str, None]]:
    """Look ahead: yield the distinct texts of the step's column, batch by batch; nothing where there is no sheet to read again."""
    sheet = step.env.sheet
    if sheet is None or step.column < 0:
        return
    # A reading of its own: the one that the flow is in the middle of counts its cells.
    for batch in sheet.with_header(sheet.header_row).batches():
        # In the order of the rows: the first piece of evidence is quoted to people.
        yield dict.fromkeys(row[step.column] for row in batch.rows if step.column < len(row))


def unit_of(step: Step) -> str:
    """The unit that the header, a row of units or the profile gives to bare numbers."""
    return split_header(step.header).unit or _from_units_row(step) or step.spec.unit or ""


def _from_units_row(step: Step) -> str:
    """The unit that a comment row ``#units`` has in the step's column (ENA's upload tables), '' where there is none."""
    for _, text in step.env.sheet.comments if step.env.sheet is not None and step.column >= 0 else ():
        if text.lower().startswith("#units\t"):
            cells = text.split("\t")
            return clean(cells[step.column]) if step.column < len(cells) else ""
    return ""


def _quantity(step: Step) -> Parse:
    default, allowed = unit_of(step), step.slot.units or None

    def parse(text: str, unit: str = "", decimal: str | None = None) -> Parsed | None:
        return read_quantity(text, unit_text=unit, default_unit=default or None, allowed=allowed, decimal=decimal)

    return _Commas(step, parse)


def _age(step: Step) -> Parse:
    default, allowed = unit_of(step), step.slot.units or None

    def parse(text: str, unit: str = "", decimal: str | None = None) -> Parsed | None:
        return read_age(text, unit, default_unit=default or None, allowed=allowed, decimal=decimal)

    return _Commas(step, parse)


@lru_cache(maxsize=256)
def enum_index(name: str) -> EnumIndex:
    """Return the look-up of a controlled vocabulary of the model."""
    return EnumIndex({text: value.aliases for text, value in MODEL.enums[name].items()})


# Words that answer the question of one slot with yes or no and that of no other.
_ANSWERS = {"is_alive": {"alive": True, "living": True, "存活": True, "dead": False, "deceased": False, "死亡": False}}


def _boolean(step: Step) -> Parse:
    answers = _ANSWERS.get(step.slot.name, {})

    def parse(text: str) -> Parsed | None:
        answer = answers.get(normal(text[:40]))
        return read_boolean(text) if answer is None else Parsed(answer, ("answer read as yes or no",))

    return parse


def _enum(step: Step) -> Parse:
    if step.slot.range == "Sex":
        legend = read_sex_legend(step.header)
        return lambda text: read_sex(text, legend)
    return enum_index(step.slot.range).read


def keyed(text: str) -> dict[str, str]:
    """Take ``NT=…;AC=…`` apart, as SDRF and its kin write name, accession and more in one cell; {} where a text has not that form.

    Examples
    --------
    >>> keyed("AC=MS:1001911; NT=Q Exactive")
    {'AC': 'MS:1001911', 'NT': 'Q Exactive'}
    >>> keyed("Q Exactive")
    {}
    """
    return {key: value for key, value in pairs_of(text) if key}


def name_and_accession(parts: Mapping[str, str], known: Mapping[str, str] = PREFIXES) -> tuple[str, str]:
    """Take name and accession of a term from a cell and those beside it.

    Parameters
    ----------
    parts
        ``value``, and perhaps ``accession`` and ``source``; the value may hold both as ``NT=…;AC=…``.
    known
        Casefolded prefix → canonical prefix.

    Returns
    -------
    tuple of str
        Each '' where there is none.

    Examples
    --------
    >>> name_and_accession({"value": "NT=Lys-C;AC=MS:1001309"})
    ('Lys-C', 'MS:1001309')
    >>> name_and_accession({"value": "year", "accession": "36", "source": "UO"}), name_and_accession({"value": "liver"})
    (('year', 'UO:36'), ('liver', ''))
    """
    text, accession = parts["value"], parts.get("accession", "")
    pairs = keyed(text)
    # CN: the name of a spiked compound.
    name = (pairs.get("NT") or pairs.get("CN", "")) if pairs else clean(text)
    curie = accession or pairs.get("AC", "")
    if pairs and not name and not curie:
        name = clean(text)
    source = parts.get("source", "")
    return name, with_source(curie, source, known) if source and curie else curie


# How many of the unit of a slot of whole numbers (bytes, bases) one of a column's unit is, as archives give them rounded.
MULTIPLES = {"kB": 10**3, "MB": 10**6, "GB": 10**9, "kbp": 10**3, "Mbp": 10**6, "Gbp": 10**9}


def _integer(step: Step) -> Parse:
    """Read whole numbers; a column in MB or Mbp is written out in bytes or bases."""
    many = MULTIPLES.get(step.spec.unit or "")
    if many is None:
        return _Commas(step, read_integer)

    def parse(text: str, decimal: str | None = None) -> Parsed | None:
        parsed = read_decimal(text, decimal=decimal)
        if parsed is None or parsed.value is None:
            return parsed
        return Parsed(round(Decimal(str(parsed.value)) * many), (*parsed.steps, f"from {step.spec.unit}"), parsed.issues)

    return _Commas(step, parse)


# Where the terms of the OBO ontologies live (OBO Foundry identifier policy).
_PURL = "http://purl.obolibrary.org/obo/"


def _term(step: Step) -> Parse:
    within = tuple(step.spec.within) or ontologies_for("", step.slot.ontologies, step.env.terms)
    branch = step.slot.branch
    terms = terms_for(step.env.terms, step.slot.name)
    # A bare number beside or in place of a name is a taxon's number in NCBI's taxonomy, which is the only one that counts so.
    numbered = within[0] + ":" if tuple(within) == ("NCBITaxon",) else ""

    known = getattr(terms, "known", PREFIXES)

    def parse(text: str, accession: str = "", source: str = "") -> Parsed | None:
        if accession.startswith(_PURL):
            # In a cell of its own, the address that an ontology gives its term is another way to write the accession.
            accession = accession.removeprefix(_PURL).replace("_", ":", 1)
        name, curie = name_and_accession({"value": text, "accession": accession, "source": source}, known)
        if not name and not curie:
            return None
        if numbered:
            name, curie = ("", name) if name.isdecimal() and not curie else (name, curie)
            curie = numbered + curie if curie.isdecimal() else curie
        found, issues = terms.verify(curie, name, within, branch)
        if found.status == "mapped":
            return Parsed(Term(found.id, found.label), (found.step,), issues)
        # Unverifiable: the accession as it stands, if there is one; else, and in doubt, the text as a local term.
        unchecked = found.id if found.status == "unverifiable" else None
        label = found.label if unchecked and found.label else name or curie
        return Parsed(Term(unchecked, label), (found.step or found.status,), issues)

    return parse


def _modification(step: Step) -> Parse:
    """Keep the whole notation, and ask the ontology whether name and accession are one modification."""
    within = MODEL.slots["modifications"].ontologies
    terms = step.env.terms

    def parse(text: str) -> Parsed | None:
        parsed = read_modification(text)
        pairs = keyed(text)
        name, curie = pairs.get("NT", ""), pairs.get("AC", "")
        if parsed is None or not (name or curie):
            return parsed
        _, issues = terms.verify(curie, name, within, ())
        return parsed._replace(issues=(*parsed.issues, *issues))

    return parse


def _place(_step: Step) -> Parse:
    def parse(text: str, region: str = "", country: str = "") -> Parsed | None:
        # The country beside a place repeats what the place says, or stands alone.
        text = text or country
        parsed = read_place(text) if text else None
        if region and parsed is not None and isinstance(parsed.value, Place):
            whole = ", ".join(x for x in (clean(region), parsed.value.region) if x)
            return parsed._replace(value=Place(parsed.value.country, whole))
        if region and parsed is None:
            return Parsed(Place(None, clean(region)))
        return parsed

    return parse


def _point(_step: Step) -> Parse:
    def parse(text: str, longitude: str = "") -> Parsed | None:
        return read_point(text, longitude)

    return parse


def _accession(step: Step) -> Parse:
    kinds = tuple(step.spec.kinds) or None

    def parse(text: str) -> Parsed | None:
        return read_accession(text, kinds)

    return parse


def _file(step: Step) -> Parse:
    part = {"file_size": "size", "read_index": "mate", "file_format": "format", "compression": "compression"}.get(step.slot.name)

    # Where the cell is the file's address too, its folder is said there.
    addressed = any(target.endswith(".locations") for target in step.spec.to)

    def parse(text: str) -> Parsed | None:
        if step.slot.name == "locations":
            return read_uri(text)
        cell = read_file_cell(text)
        if cell is None:
            return None
        if part is not None:
            found = getattr(cell, part)
            return Parsed(found, (f"{part} of the file cell",)) if found is not None else None
        if cell.folder and addressed:
            return Parsed(cell.name, ("end of the address",))
        if cell.folder:
            # Two files of one name in two folders are two files.
            unsafe = Issue("file-name-unsafe", "a file name without folders", f"write {cell.name}, if no other file has this name")
            return Parsed(cell.folder + cell.name, (), (*cell.issues, unsafe))
        return Parsed(cell.name, cell.steps, cell.issues)

    return parse


def _attribute(step: Step) -> Parse:
    inside = re.search(r"\[(.+)\]", step.header)
    name = clean(inside[1]) if inside else clean(step.header)

    called, default = name, step.spec.unit
    known = getattr(step.env.terms, "known", PREFIXES)

    def parse(text: str, accession: str = "", source: str = "", unit: str = "", name: str = "") -> Parsed | None:
        # A second reading beside a term: only what the term does not carry is worth saying twice.
        if not step.counted and not {key for key, _ in pairs_of(text)} - {"NT", "AC"}:
            return None
        label = clean(text) or clean(accession)
        if not label:
            return None
        curie = with_source(accession, source, known) if source and accession else accession
        found = parse_accession(curie, known, loose=True) if curie else None
        if found is not None:
            return Parsed(Attribute(clean(name) or called, label, clean(unit) or default, Term(f"{found.prefix}:{found.local}", label)))
        if accession and text:
            label = f"{label} ({clean(accession)})"
        return Parsed(Attribute(clean(name) or called, label, clean(unit) or default))

    return parse


# A number and what may be its unit, in the one spelling that is put together again in just that way.
_MEASURED = re.compile(r"(-?\d+(?:\.\d+)?) (\S.*)")


_PER = re.compile(r"(?:[A-Za-z]+|10+)(?:/| per )(\S+)")
# The fractions of the Unit Ontology (UO:0000163, UO:0000205).
_PERCENT = re.compile(r"(?:mass|volume|weight) percent(?:age)?", re.IGNORECASE)


def measured(value: Attribute) -> Attribute:
    """Take the unit behind a number, or name and accession, out of an attribute's text, where a format has no cells for them.

    Examples
    --------
    >>> measured(Attribute("dose", "20 uM")), measured(Attribute("dose", "20 drops"))
    (Attribute(name='dose', value='20', unit='uM', term=None), Attribute(name='dose', value='20 drops', unit=None, term=None))
    >>> measured(Attribute("drug", "NT=aspirin;AC=CHEBI:15365")).term
    Term(id='CHEBI:15365', label='aspirin')
    """
    if value.unit is not None or value.term is not None:
        return value
    pairs = keyed(value.value)
    if pairs.keys() == {"NT", "AC"} and pairs["NT"] and (found := parse_accession(pairs["AC"], PREFIXES, loose=True)) is not None:
        return value._replace(value=pairs["NT"], term=Term(f"{found.prefix}:{found.local}", pairs["NT"]))
    hit = _MEASURED.fullmatch(value.value)
    return value._replace(value=hit[1], unit=hit[2]) if hit is not None and _is_unit(hit[2]) else value


def _is_unit(text: str) -> bool:
    """Tell whether a text is a unit: a known one, or so many of something per known unit, which UCUM has no code for."""
    if read_unit(text) is not None or _PERCENT.fullmatch(text):
        return True
    hit = _PER.fullmatch(text)
    # As in "Thousand/microL" of blood counts.
    return hit is not None and read_unit(hit[1].replace("microL", "uL")) is not None


def _measured(step: Step) -> Parse:
    plain = _attribute(step)

    def parse(text: str, **beside: str) -> Parsed | None:
        parsed = plain(text, **beside)
        value = parsed.value if parsed is not None else None
        return parsed._replace(value=measured(value)) if parsed is not None and isinstance(value, Attribute) else parsed

    return parse


# What stands between a name and its value, where several pairs share a cell.
_PAIR = re.compile(r"\s*([^:=]+?)\s*[:=]\s*(.*\S)\s*", re.DOTALL)


def _pairs(step: Step) -> Parse:
    whole = clean(step.header)

    def parse(text: str) -> Parsed:
        hit = _PAIR.fullmatch(text)
        return Parsed(Attribute(clean(hit[1]), clean(hit[2])) if hit else Attribute(whole, clean(text)))

    return parse


_POOLED = re.compile(r"(?:SN\s*=\s*[^;]+;?\s*)+|pooled|yes|true", re.IGNORECASE)
_NOT_POOLED = re.compile(r"not\s*pooled|no|false", re.IGNORECASE)


# One of the samples that were pooled.
_MEMBER = re.compile(r"\s*SN\s*=\s*(.+?)\s*")


def _pool(step: Step) -> Parse:
    """Tell whether a sample is a pool; for a slot of references, which samples were pooled in it."""

    def member(text: str) -> Parsed | None:
        hit = _MEMBER.fullmatch(text)
        return Parsed(record_id("Biosample", clean(hit[1])), ("member of the pool",)) if hit else None

    if step.slot.kind == "reference":
        return member

    def parse(text: str) -> Parsed:
        tidy = clean(text)
        if _POOLED.fullmatch(tidy):
            return Parsed(True, ("pool",))
        if _NOT_POOLED.fullmatch(tidy):
            return Parsed(False, ("pool",))
        return Parsed(None, (), (Issue("boolean-unreadable", "pooled, not pooled, or SN=name;SN=name of the samples that were pooled"),))

    return parse


def _version(_step: Step) -> Parse:
    """Name and version of a template or standard: ``NT=human;VV=v1.1.0`` is ``human v1.1.0``."""

    def parse(text: str) -> Parsed:
        pairs = keyed(text)
        whole = clean(f"{pairs.get('NT', '')} {pairs.get('VV', '')}")
        return Parsed(whole, ("name and version",)) if whole else Parsed(clean(text))

    return parse


def _reference(step: Step) -> Parse:
    target = target_class(step.slot.name) or step.slot.range

    def parse(text: str) -> Parsed:
        return Parsed(record_id(target, clean(text)))

    return parse


PARSERS: dict[str, Callable[[Step], Parse]] = {
    "string": _string,
    "path": _string,
    "integer": _integer,
    "decimal": lambda step: _Commas(step, read_decimal),
    "boolean": _boolean,
    "date": _Dates,
    "quantity": _quantity,
    "age": _age,
    "enum": _enum,
    "term": _term,
    "modification": _modification,
    "place": _place,
    "geopoint": lambda _: read_lat_lon,
    "point": _point,
    "accession": _accession,
    "uri": lambda _: read_uri,
    "file": _file,
    "attribute": _attribute,
    "measured": _measured,
    "pairs": _pairs,
    "md5": lambda _: read_md5,
    "doi": lambda _: read_doi,
    "sha256": lambda _: read_sha256,
    "pool": _pool,
    "reference": _reference,
    "version": _version,
}
"""Names of steps and what makes them."""
