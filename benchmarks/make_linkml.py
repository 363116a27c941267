"""Writes the JSON that linkml-convert reads: the dataset without origins, all ids and references as whole IRIs.

    python benchmarks/make_linkml.py FOLDER OUT.json

linkml-convert has no notion of a base, and asks for every prefix to be declared in the schema.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from omics_standards.emit.encode import PREFIXES
from omics_standards.models.slots import MODEL

PATHS = {c.path for c in MODEL.classes.values() if c.path}


def whole(value: Any, base: str) -> Any:
    """Write out all identifiers in a JSON value."""
    if isinstance(value, dict):
        return {k: whole(v, base) for k, v in value.items() if k != "origin"}
    if isinstance(value, list):
        return [whole(v, base) for v in value]
    if isinstance(value, str):
        head, slash, _ = value.partition("/")
        if slash and head in PATHS:
            return base + value
        prefix, colon, local = value.partition(":")
        if colon and prefix in PREFIXES:
            return PREFIXES[prefix] + local
    return value


if __name__ == "__main__":
    data = json.loads((Path(sys.argv[1]) / "dataset.json").read_text(encoding="utf-8"))
    Path(sys.argv[2]).write_text(json.dumps(whole(data, data["base"])), encoding="utf-8")
