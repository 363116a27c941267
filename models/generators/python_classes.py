"""The generated Pydantic classes (``_classes.py``): gen-pydantic with templates of ours.

Known faults of linkml 1.12.1 that are designed around here: inherited slots are repeated in every class; a reference to
an abstract class and a container list of a class with descendants become unions without a discriminator; rules,
patterns of dates and the characters of identifiers are not enforced. The templates give one base class whose validators
ask the slot table and the rules.
"""

from __future__ import annotations

import keyword
import re
from pathlib import Path
from typing import Any

from linkml.generators.pydanticgen import PydanticGenerator
from linkml.generators.pydanticgen.build import ClassResult, SlotResult
from linkml_runtime.linkml_model.meta import ClassDefinition, SlotDefinition

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"


class LeanPydanticGenerator(PydanticGenerator):
    """gen-pydantic that writes each slot once and takes the range of a list as exactly the class named."""

    def generate_class(self, cls: ClassDefinition) -> ClassResult:
        result = super().generate_class(cls)
        inherited = {str(s) for p in self.schemaview.class_ancestors(cls.name, reflexive=False) for s in self.schemaview.class_slots(p)}
        attributes: dict[str, Any] = result.cls.attributes or {}
        own = {name: a for name, a in attributes.items() if name not in inherited}
        result.cls.attributes = dict(sorted(own.items(), key=lambda item: item[0] not in cls.attributes)) or None
        return result

    def generate_enum_label(self, label: str) -> str:
        """Make a Python name of a permissible value: ``missing: lab stock`` -> ``missing_lab_stock``."""
        name = re.sub(r"\W+", "_", label.replace("+", "_plus").replace("×", "x")).strip("_")
        return f"_{name}" if not name or name[0].isdigit() or keyword.iskeyword(name) else name

    def get_class_slot_range(self, slot_range: str, inlined: bool, inlined_as_list: bool) -> str:
        if inlined or inlined_as_list:
            return str(self._get_class_python_name(slot_range))
        return str(super().get_class_slot_range(slot_range, inlined, inlined_as_list))

    def generate_slot(self, slot: SlotDefinition, cls: ClassDefinition) -> SlotResult:
        result = super().generate_slot(slot, cls)
        written = str(result.attribute.range)
        if written.startswith("Optional[") and written.endswith("]"):
            result.attribute.range = f"{written[len('Optional[') : -1]} | None"
        return result


def generate(merged_yaml: str) -> str:
    """Return the Python module of the merged schema."""
    generator = LeanPydanticGenerator(
        merged_yaml,
        template_dir=str(TEMPLATES),
        metadata_mode=None,
        extra_fields="forbid",
        gen_mixin_inheritance=False,
        mergeimports=True,
    )
    text = str(generator.serialize())
    text = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{4,}", "\n\n\n", text).rstrip() + "\n"
