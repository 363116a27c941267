"""The slot table (``_slots.json``): what the generated classes drop and the readers, checks and RDF writers need."""

from __future__ import annotations

import re
from typing import Any

from linkml_runtime.linkml_model.meta import ClassDefinition, SlotDefinition
from linkml_runtime.utils.schemaview import SchemaView

# Range in the YAML -> kind in the table. Classes that are records of their own are references.
KINDS = {
    "string": "string",
    "integer": "integer",
    "decimal": "decimal",
    "boolean": "boolean",
    "EdtfDate": "date",
    "uri": "uri",
    "CurieOrIri": "uri",
    "OntologyTerm": "term",
    "Quantity": "quantity",
    "Place": "place",
    "GeoPoint": "geopoint",
    "Attribute": "attribute",
    "MissingValue": "missing",
    "RejectedValue": "rejected",
    "Origin": "origin",
}


def note(element: Any, name: str) -> str:
    """Return the text of an annotation, '' where it is absent."""
    found = element.annotations.get(name) if hasattr(element.annotations, "get") else getattr(element.annotations, name, None)
    return str(found.value) if found is not None else ""


def words(text: str, separator: str | None = "|") -> list[str]:
    """Split a list that an annotation holds as one text."""
    return [w.strip() for w in text.split(separator) if w.strip()]


def plain(name: str) -> str:
    """Write a slot's name in words."""
    return name.replace("_", " ")


class Tables:
    """Everything that the writers share: the merged schema and the slot table made from it."""

    def __init__(self, view: SchemaView, prefixes: dict[str, str]) -> None:
        self.view = view
        self.root = next(c for c in view.all_classes().values() if c.tree_root)
        self.prefixes = prefixes

    def kind_of(self, slot: SlotDefinition) -> str:
        if slot.range in KINDS:
            return KINDS[slot.range]
        if slot.range in self.view.all_enums():
            return "enum"
        if slot.range in self.view.all_classes():
            return "reference"
        raise ValueError(f"slot {slot.name}: range {slot.range!r} has no kind in the slot table")

    def slot(self, slot: SlotDefinition) -> dict[str, Any]:
        kind = self.kind_of(slot)
        zh = words(note(slot, "zh"))
        aliases = [plain(slot.name), *(a for a in slot.aliases if a != plain(slot.name))]
        low, high = slot.minimum_value, slot.maximum_value
        return {
            "uri": slot.slot_uri,
            "kind": kind,
            "range": str(slot.range),
            "multivalued": bool(slot.multivalued),
            "required": bool(slot.required or slot.identifier),
            "ontologies": words(note(slot, "ontologies"), None) or None,
            "branch": words(note(slot, "branch"), None) or None,
            "aliases": {"en": aliases, "zh": zh},
            **({"members": members} if (members := words(note(slot, "members"))) else {}),
            "pattern": slot.pattern,
            "units": words(note(slot, "units"), None) or None,
            "min": None if low is None else float(low) if isinstance(low, float) else int(low),
            "max": None if high is None else float(high) if isinstance(high, float) else int(high),
            "title": {"en": str(slot.title or plain(slot.name)), "zh": zh[0] if zh else ""},
            "description": str(slot.description),
            "examples": [str(e.value) for e in slot.examples],
        }

    def parents(self, cls: ClassDefinition) -> list[str]:
        return [str(c) for c in self.view.class_ancestors(cls.name, reflexive=False)]

    def class_slots(self, cls: ClassDefinition) -> list[str]:
        """All slots of a class, those of its furthest ancestor first."""
        names: dict[str, None] = {}
        for name in [*reversed(self.parents(cls)), cls.name]:
            own = self.view.get_class(name)
            names.update(dict.fromkeys([*map(str, own.attributes), *map(str, own.slots)]))
        return list(names)

    def rules(self, cls: ClassDefinition) -> list[str]:
        found: list[str] = []
        for name in [*reversed(self.parents(cls)), cls.name]:
            found += words(note(self.view.get_class(name), "rules"))
        return found

    def classes(self) -> list[ClassDefinition]:
        """All classes but the container, in the order of the modules."""
        return [c for c in self.view.all_classes().values() if c.name != self.root.name]

    def cls(self, cls: ClassDefinition) -> dict[str, Any]:
        zh = words(note(cls, "zh"))
        return {
            "uri": cls.class_uri,
            "kind": note(cls, "kind"),
            "parents": self.parents(cls),
            "abstract": bool(cls.abstract),
            "container": note(cls, "container") or None,
            "path": note(cls, "path") or None,
            "slots": self.class_slots(cls),
            "own": {str(n): self.slot(self.view.induced_slot(n, cls.name)) for n in cls.attributes},
            "rules": self.rules(cls),
            "title": {"en": str(cls.title), "zh": zh[0] if zh else ""},
            "aliases": {"en": [str(cls.title), *(a for a in cls.aliases if a != cls.title)], "zh": zh},
            "description": str(cls.description),
        }

    def enums(self) -> dict[str, Any]:
        table: dict[str, Any] = {}
        for name, enum in self.view.all_enums().items():
            table[str(name)] = {
                str(text): {
                    "meaning": str(pv.meaning) if pv.meaning else None,
                    "aliases": [*map(str, pv.aliases), *words(note(pv, "zh"))],
                    "description": str(pv.description or ""),
                    **({"same": [str(m) for m in pv.exact_mappings]} if pv.exact_mappings else {}),
                }
                for text, pv in enum.permissible_values.items()
            }
        return table

    def ordered(self) -> list[ClassDefinition]:
        """Classes in the order of the container, abstract and value classes around them."""
        place = {str(n): i for i, n in enumerate(a.range for a in self.root.attributes.values())}
        return sorted(self.classes(), key=lambda c: (place.get(c.name, -1 if c.abstract else len(place)), c.name))

    def table(self) -> dict[str, Any]:
        """Build the table as it is written."""
        slots: dict[str, Any] = {}
        for cls in self.ordered():
            for name in self.class_slots(cls):
                if name not in slots:
                    slots[name] = self.slot(self.view.induced_slot(name, cls.name))
        # `value` is a decimal wherever nothing else is said; Attribute keeps its own definition.
        slots["value"] = self.slot(self.view.induced_slot("value", "Quantity"))
        return {
            "version": str(self.view.schema.version),
            "namespace": self.prefixes["omst"],
            "prefixes": self.prefixes,
            "classes": {str(c.name): self.cls(c) for c in self.ordered()},
            "slots": slots,
            "enums": self.enums(),
        }


def placeholders(table: dict[str, Any]) -> list[str]:
    """Return the slots whose pattern still holds a ``{name}`` (linkml 1.12.1 loses settings across modules)."""
    return [n for n, s in table["slots"].items() if s["pattern"] and re.search(r"\{[A-Za-z_]", s["pattern"])]
