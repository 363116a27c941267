"""The generated forms of the model, as they ship with the package."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ..errors import UsageError

__all__ = ["FORMS", "form_text"]

FORMS: Final[dict[str, tuple[str, str]]] = {
    "owl": ("_model.owl.ttl", "classes, slots and vocabularies as an OWL ontology in Turtle, with English and Chinese names"),
    "shacl": ("_shapes.ttl", "shapes that every graph which is written conforms to, in Turtle"),
    "context": ("_context.jsonld", "JSON-LD context"),
    "frame": ("_frame.jsonld", "JSON-LD frame: the tree from projects and studies down to files"),
    "json-schema": ("_schema.json", "JSON Schema of dataset.json"),
    "slots": ("_slots.json", "the slot table: names, kinds, ranges, units, ontologies, aliases"),
}
"""Name of a form to its file beside this one, and what it is."""


def form_text(name: str) -> str:
    """Return a form of the model.

    Parameters
    ----------
    name
        A key of :data:`FORMS`.

    Raises
    ------
    UsageError
        There is no such form; the message lists those that there are.

    Examples
    --------
    >>> form_text("shacl").startswith("@prefix omst:")
    True
    >>> form_text("shex")
    Traceback (most recent call last):
    omics_standards.errors.UsageError: no form 'shex' of the model; there are: owl, shacl, context, frame, json-schema, slots
    """
    if name not in FORMS:
        raise UsageError(f"no form {name!r} of the model; there are: {', '.join(FORMS)}")
    return Path(__file__).with_name(FORMS[name][0]).read_text(encoding="utf-8")
