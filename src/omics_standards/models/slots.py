"""The slot table: what every class and slot of the model is called, means and allows.

In: ``_slots.json``, generated from ``models/*.yaml``. Out: :data:`MODEL`, read once at import, and :func:`check_value`, the one place
that says whether a value fits its slot (the generated Pydantic classes and the bulk checks both ask it).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["MODEL", "ClassDef", "EnumValue", "Model", "SlotDef"]


class EnumValue(NamedTuple):
    """A permissible value: its ontology term (None where none is sure), other spellings, and what it means."""

    meaning: str | None
    aliases: tuple[str, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class SlotDef:
    """One slot of the model.

    Attributes
    ----------
    kind
        string, integer, decimal, boolean, date, uri, enum, term, quantity, place, geopoint, reference, attribute, missing, rejected or origin.
    range
        The class referred to, the enumeration's name, or the value class.
    ontologies, branch
        Prefixes of the ontologies a term may come from (empty: any), and the terms below which it must lie.
    units
        UCUM codes allowed for a quantity (empty: any).
    aliases
        Other names by language code; the first Chinese one is the title.
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
            name: {text: EnumValue(v["meaning"], tuple(v["aliases"]), v.get("description", "")) for text, v in values.items()}
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
        found = self.classes.get(cls)
        if found is None or name not in found.slots:
            return None
        return found.own.get(name) or self.slots.get(name)

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
    def containers(self) -> dict[str, str]:
        """Container slot to class, in the order in which they are written."""
        return {c.container: name for name, c in self.classes.items() if c.container}

    @cached_property
    def records(self) -> tuple[str, ...]:
        """Names of the classes that have records of their own."""
        return tuple(self.containers.values())


MODEL: Final = Model(json.loads(Path(__file__).with_name("_slots.json").read_text(encoding="utf-8")))
"""The slot table of this version."""
