"""The slot table: what every class and slot of the model is called, means and allows.

In: ``_slots.json``, generated from ``models/*.yaml``. Out: :data:`MODEL`, read once at import, and :func:`check_value`,
the one place that says whether a value fits its slot (the generated Pydantic classes and the bulk checks both ask it).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from omics_standards.findings import CODES

from . import edtf
from .prefixes import compress, is_iri, is_iri_reference

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MODEL", "ClassDef", "EnumValue", "Model", "SlotDef", "check_value"]


class EnumValue(NamedTuple):
    """A permissible value: its ontology term (None where none is sure), other spellings, what it means, and its names elsewhere."""

    meaning: str | None
    aliases: tuple[str, ...]
    description: str = ""
    same: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SlotDef:
    """One slot of the model.

    Attributes
    ----------
    kind
        string, integer, decimal, boolean, date, uri, enum, term, quantity, place, geopoint, reference, attribute,
        missing, rejected or origin.
    range
        The class referred to, the enumeration's name, or the value class.
    ontologies
        Prefixes of the ontologies a term may come from, the preferred one first; empty: any.
    branch
        Terms below which a term must lie. A branch binds the terms of its own ontology only: ``MS:1000031`` says
        nothing of OBI terms.
    units
        UCUM codes allowed for a quantity (empty: any).
    aliases
        Other names by language code; the first Chinese one is the title.
    members
        Names of facts that are recorded here, each under its own name (slots of kind attribute).
    """

    name: str
    uri: str
    kind: str
    range: str
    multivalued: bool = False
    required: bool = False
    ontologies: tuple[str, ...] = ()
    branch: tuple[str, ...] = ()
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    members: tuple[str, ...] = ()
    pattern: str | None = None
    units: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    title: Mapping[str, str] = field(default_factory=dict)
    description: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassDef:
    """One class of the model.

    Attributes
    ----------
    kind
        ``record`` (stands in the container on its own), ``value`` (only inside a record) or ``abstract``.
    parents
        Nearest first.
    container
        Slot of ``OmicsDataset`` that holds its records, or None.
    path
        Path segment of local identifiers, such as ``biosample`` in ``<base>/biosample/S1``.
    slots
        All slots, inherited ones first.
    own
        Definitions that hold in this class only.
    rules
        Names of the rules of :mod:`omics_standards.models.rules` that look at its records.
    """

    name: str
    uri: str
    kind: str
    parents: tuple[str, ...]
    abstract: bool
    container: str | None
    path: str | None
    slots: tuple[str, ...]
    own: Mapping[str, SlotDef] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    title: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    description: str = ""


def _slot(name: str, raw: Mapping[str, Any]) -> SlotDef:
    return SlotDef(
        name=name,
        uri=raw["uri"],
        kind=raw["kind"],
        range=raw["range"],
        multivalued=raw["multivalued"],
        required=raw["required"],
        ontologies=tuple(raw["ontologies"] or ()),
        branch=tuple(raw["branch"] or ()),
        aliases={k: tuple(v) for k, v in raw["aliases"].items()},
        members=tuple(raw.get("members", ())),
        pattern=raw["pattern"],
        units=tuple(raw["units"] or ()),
        minimum=raw["min"],
        maximum=raw["max"],
        title=raw["title"],
        description=raw["description"],
        examples=tuple(raw["examples"]),
    )


def _class(name: str, raw: Mapping[str, Any]) -> ClassDef:
    return ClassDef(
        name=name,
        uri=raw["uri"],
        kind=raw["kind"],
        parents=tuple(raw["parents"]),
        abstract=raw["abstract"],
        container=raw["container"],
        path=raw["path"],
        slots=tuple(raw["slots"]),
        own={k: _slot(k, v) for k, v in raw["own"].items()},
        rules=tuple(raw["rules"]),
        title=raw["title"],
        aliases={k: tuple(v) for k, v in raw.get("aliases", {}).items()},
        description=raw["description"],
    )


class Model:
    """The whole slot table.

    Attributes
    ----------
    classes, slots, enums
        Definitions by name. ``slots`` has one definition per name; :meth:`slot` knows the class-local ones as well.
    prefixes
        CURIE prefix to IRI, as the RDF and JSON-LD output declare them.
    """

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.version: str = raw["version"]
        self.namespace: str = raw["namespace"]
        self.prefixes: dict[str, str] = dict(raw["prefixes"])
        self.slots: dict[str, SlotDef] = {k: _slot(k, v) for k, v in raw["slots"].items()}
        self.classes: dict[str, ClassDef] = {k: _class(k, v) for k, v in raw["classes"].items()}
        self.enums: dict[str, dict[str, EnumValue]] = {
            name: {
                text: EnumValue(v["meaning"], tuple(v["aliases"]), v.get("description", ""), tuple(v.get("same", ())))
                for text, v in values.items()
            }
            for name, values in raw["enums"].items()
        }

    def slot(self, cls: str, name: str) -> SlotDef | None:
        """Return the definition of a slot as it holds in a class, None where the class has no such slot.

        Examples
        --------
        >>> MODEL.slot("Biosample", "tissue").kind
        'term'
        >>> MODEL.slot("Biosample", "wings") is None
        True
        """
        return self._by_class.get((cls, name))

    def is_a(self, cls: str, parent: str) -> bool:
        """Say whether a class is the parent itself or descends from it.

        Examples
        --------
        >>> MODEL.is_a("ProteomicsAssay", "Assay"), MODEL.is_a("Run", "Assay")
        (True, False)
        """
        return cls == parent or (cls in self.classes and parent in self.classes[cls].parents)

    def below(self, parent: str) -> Iterator[str]:
        """Yield the concrete classes that a reference to ``parent`` may point at."""
        return (name for name, c in self.classes.items() if not c.abstract and self.is_a(name, parent))

    @cached_property
    def _by_class(self) -> dict[tuple[str, str], SlotDef]:
        return {(c.name, s): c.own.get(s) or self.slots[s] for c in self.classes.values() for s in c.slots}

    @cached_property
    def containers(self) -> dict[str, str]:
        """Container slot to class, in the order in which they are written."""
        return {c.container: name for name, c in self.classes.items() if c.container}

    @cached_property
    def records(self) -> tuple[str, ...]:
        """Names of the classes that have records of their own."""
        return tuple(self.containers.values())


_TABLE: Final = Path(__file__).with_name("_slots.json")

MODEL: Final = Model(json.loads(_TABLE.read_text(encoding="utf-8")))
"""The slot table of this version."""


# --- does a value fit its slot? ---------------------------------------------------------------------------------------
# Each checker takes the definition and one value (never a list) and returns a finding code or None. Values may be those
# of records.py, JSON values, or instances of the generated classes: compound ones are read through part().

_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
# RFC 3987 forbids these anywhere in an IRI; blanks are the usual slip.
_CURIE: Final = re.compile(r"([A-Za-z][A-Za-z0-9_.]*):([A-Za-z0-9_.-]+)")
_LOCAL_TERMS: Final = ("omst:term/", "https://w3id.org/omics-standards/term/")


def part(value: object, name: str) -> Any:
    """Return one field of a compound value: of a JSON object, a value of records.py or a generated class."""
    return value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)


@lru_cache(maxsize=256)
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.ASCII)


def _in_range(slot: SlotDef, number: float | Decimal) -> str | None:
    low, high = slot.minimum, slot.maximum
    return "out-of-range" if (low is not None and number < low) or (high is not None and number > high) else None


def _decimal_of(value: object) -> Decimal | None:
    """Return a finite number, None for everything else (a text must be a plain decimal)."""
    if isinstance(value, str):
        return Decimal(value) if _NUMBER.fullmatch(value) else None
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    number = Decimal(str(value))
    return number if number.is_finite() else None


def _check_string(slot: SlotDef, value: object) -> str | None:
    if not isinstance(value, str):
        return "pattern-mismatch"
    return "pattern-mismatch" if slot.pattern is not None and _pattern(slot.pattern).fullmatch(value) is None else None


def _check_integer(slot: SlotDef, value: object) -> str | None:
    return _in_range(slot, value) if isinstance(value, int) and not isinstance(value, bool) else "number-unreadable"


def _check_decimal(slot: SlotDef, value: object) -> str | None:
    number = _decimal_of(value)
    return "number-unreadable" if number is None else _in_range(slot, number)


def _check_boolean(_slot: SlotDef, value: object) -> str | None:
    return None if isinstance(value, bool) else "boolean-unreadable"


def _check_date(_slot: SlotDef, value: object) -> str | None:
    return edtf.check(value)


def _check_uri(slot: SlotDef, value: object) -> str | None:
    fits = is_iri if slot.range == "uri" else is_iri_reference
    if not isinstance(value, str) or not fits(value):
        return "uri-malformed"
    return "pattern-mismatch" if slot.pattern is not None and _pattern(slot.pattern).fullmatch(value) is None else None


def _check_reference(_slot: SlotDef, value: object) -> str | None:
    return None if isinstance(value, str) and is_iri_reference(value) else "uri-malformed"


def _check_enum(slot: SlotDef, value: object) -> str | None:
    return None if isinstance(value, str) and str(value) in MODEL.enums[slot.range] else "enum-unknown"


def _check_term(slot: SlotDef, value: object) -> str | None:
    identifier, label = part(value, "id"), part(value, "label")
    if identifier is None:  # a local term that has no IRI yet
        return None if isinstance(label, str) and label else "term-id-malformed"
    return check_term_id(slot, identifier)


def check_term_id(slot: SlotDef, identifier: object) -> str | None:
    """Return the code of what is wrong with a term's CURIE or IRI in a slot, None where it fits.

    Findings
    --------
    term-id-malformed, term-wrong-ontology
    """
    if not isinstance(identifier, str):
        return "term-id-malformed"
    if identifier.startswith(_LOCAL_TERMS):
        return None if is_iri_reference(identifier) else "term-id-malformed"
    curie = compress(identifier) if identifier.startswith(("http://", "https://")) else identifier
    if curie is None:
        return "term-wrong-ontology" if slot.ontologies else _check_reference(slot, identifier) and "term-id-malformed"
    found = _CURIE.fullmatch(curie)
    if found is None:
        return "term-id-malformed"
    return "term-wrong-ontology" if slot.ontologies and found[1] not in slot.ontologies else None


def _check_quantity(slot: SlotDef, value: object) -> str | None:
    numbers = [part(value, name) for name in ("value", "minimum", "maximum")]
    read = [_decimal_of(n) for n in numbers if n is not None]
    if not read or None in read:
        return "quantity-unreadable"
    low, high = (None if n is None else _decimal_of(n) for n in numbers[1:])
    if low is not None and high is not None and high < low:
        return "end-before-start"
    if any(_in_range(slot, n) for n in read if n is not None):
        return "out-of-range"
    unit = part(value, "unit")
    if unit is None or unit == "":
        return "unit-missing" if slot.units else None
    return "unit-not-allowed" if not isinstance(unit, str) or (slot.units and unit not in slot.units) else None


def _check_place(_slot: SlotDef, value: object) -> str | None:
    country, region = part(value, "country"), part(value, "region")
    if country is None:
        return None if isinstance(region, str) and region else "country-unknown"
    return None if isinstance(country, str) and country in MODEL.enums["InsdcCountry"] else "country-unknown"


def _check_geopoint(_slot: SlotDef, value: object) -> str | None:
    latitude, longitude = part(value, "latitude"), part(value, "longitude")
    if (latitude is None) != (longitude is None):
        return "coordinates-half"
    north, east = _decimal_of(latitude), _decimal_of(longitude)
    if north is None or east is None:
        return "coordinates-unreadable"
    return "out-of-range" if abs(north) > 90 or abs(east) > 180 else None


def _texts(value: object, *names: str) -> bool:
    return all(isinstance(part(value, name), str) for name in names)


def _check_attribute(_slot: SlotDef, value: object) -> str | None:
    if not _texts(value, "name", "value") or not part(value, "name") or not part(value, "value"):
        return "value-required"
    unit, term = part(value, "unit"), part(value, "term")
    if unit is not None and not isinstance(unit, str):
        return "unit-unknown"
    return None if term is None else _check_term(MODEL.slots["term"], term)


def _check_missing(_slot: SlotDef, value: object) -> str | None:
    if not _texts(value, "slot", "reason"):
        return "value-required"
    return None if part(value, "reason") in MODEL.enums["MissingReason"] else "enum-unknown"


def _check_rejected(_slot: SlotDef, value: object) -> str | None:
    if not _texts(value, "slot", "raw", "finding") or not part(value, "raw"):
        return "value-required"
    return None if part(value, "finding") in CODES else "enum-unknown"


def _check_origin(_slot: SlotDef, value: object) -> str | None:
    return None if _texts(value, "slot") else "value-required"


_CHECKS: Final[dict[str, Callable[[SlotDef, object], str | None]]] = {
    "string": _check_string,
    "integer": _check_integer,
    "decimal": _check_decimal,
    "boolean": _check_boolean,
    "date": _check_date,
    "uri": _check_uri,
    "enum": _check_enum,
    "term": _check_term,
    "quantity": _check_quantity,
    "place": _check_place,
    "geopoint": _check_geopoint,
    "reference": _check_reference,
    "attribute": _check_attribute,
    "missing": _check_missing,
    "rejected": _check_rejected,
    "origin": _check_origin,
}


def check_value(slot: SlotDef, value: object) -> str | None:
    """Return the code of what is wrong with one value in a slot, None where it fits.

    Parameters
    ----------
    slot
        The definition, from :meth:`Model.slot`.
    value
        One value (of a multivalued slot one entry): a value of :mod:`omics_standards.records`, a JSON value, or an
        instance of a generated class. Whether the ontology knows a term, and whether it lies in the branch, is not
        looked at here.

    Findings
    --------
    boolean-unreadable, coordinates-half, coordinates-unreadable, country-unknown, date-impossible, date-unreadable,
    end-before-start, enum-unknown, number-unreadable, out-of-range, pattern-mismatch, quantity-unreadable,
    term-id-malformed, term-wrong-ontology, unit-missing, unit-not-allowed, unit-unknown, uri-malformed, value-required

    Examples
    --------
    >>> check_value(MODEL.slots["age"], {"value": "35", "unit": "a"}) is None
    True
    >>> check_value(MODEL.slots["age"], {"value": "35"})
    'unit-missing'
    """
    return _CHECKS[slot.kind](slot, value)
