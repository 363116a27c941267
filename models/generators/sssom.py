"""The mappings of classes and slots as SSSOM tables, one per vocabulary (``models/mappings/*.sssom.tsv``)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

HEADER = ["subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification"]
NAMESPACE = "https://w3id.org/omics-standards/"


def _rows(tables: Any) -> list[tuple[str, str, str, str]]:
    rows = []
    elements = [(c.class_uri, c.title, c) for c in tables.ordered()]
    seen: set[str] = set()
    for cls in tables.ordered():
        for name in tables.class_slots(cls):
            if name not in seen:
                seen.add(name)
                slot = tables.view.get_slot(name, attributes=True)
                elements.append((slot.slot_uri, slot.title or name.replace("_", " "), slot))
    for uri, label, element in elements:
        for predicate in ("exact", "close"):
            rows += [(str(uri), str(label), f"skos:{predicate}Match", str(m)) for m in getattr(element, f"{predicate}_mappings")]
    for enum_name, enum in tables.view.all_enums().items():
        for text, value in enum.permissible_values.items():
            if value.meaning:
                rows.append(
                    (
                        f"omst:{enum_name}#{str(text).replace(' ', '_')}",
                        str(text),
                        "skos:exactMatch",
                        str(value.meaning),
                    )
                )
    return rows


def generate(tables: Any) -> dict[str, str]:
    """Return file name to text."""
    groups: dict[str, list[tuple[str, str, str, str]]] = defaultdict(list)
    for row in _rows(tables):
        groups[row[3].split(":")[0]].append(row)
    prefixes = {p: str(ns.prefix_reference) for p, ns in tables.view.schema.prefixes.items()}
    files = {}
    for prefix, rows in sorted(groups.items()):
        name = prefix.replace("field.", "")
        lines = [
            f"#mapping_set_id: {NAMESPACE}mappings/{name}.sssom.tsv",
            f"#mapping_set_version: {tables.view.schema.version}",
            "#license: https://creativecommons.org/publicdomain/zero/1.0/",
            "#curie_map:",
            f"#  omst: {NAMESPACE}",
            "#  semapv: https://w3id.org/semapv/vocab/",
            "#  skos: http://www.w3.org/2004/02/skos/core#",
            f"#  {prefix}: {prefixes[prefix]}",
            "\t".join(HEADER),
        ]
        for subject, label, predicate, target in sorted(set(rows)):
            # An archive's field has no IRI of its own: the last part of ours is its spelling.
            shown = target.split(":", 1)[1].replace("_", " ") if prefix.startswith("field.") else ""
            lines.append("\t".join([subject, label, predicate, target, shown, "semapv:ManualMappingCuration"]))
        files[f"{name}.sssom.tsv"] = "\n".join(lines) + "\n"
    return files
