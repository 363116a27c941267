"""Write everything that is derived from the LinkML files, or say what is out of date.

Usage: ``python models/generate.py`` (``make models``) writes; ``python models/generate.py --check`` changes nothing and
ends with 1 where a file differs. linkml is imported here and nowhere under ``src/``. Output is the same bytes from any
folder.
"""

from __future__ import annotations

import argparse
import difflib
import json
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent / "src" / "omics_standards" / "models"
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "src"))


def build() -> dict[Path, str]:
    """Return the text of every generated file by its path."""
    from generators import frame, json_schema, python_classes, rdf_schema, slot_table, sssom
    from linkml_runtime.dumpers import yaml_dumper
    from linkml_runtime.utils.schemaview import SchemaView

    from omics_standards.models.prefixes import PREFIXES

    view = SchemaView(str(HERE / "omics_standards.yaml"))
    view.merge_imports()
    with warnings.catch_warnings():
        # Deprecated in favour of one-definition calls, but it is what gen-pydantic's input needs: the whole schema at
        # once.
        warnings.simplefilter("ignore", DeprecationWarning)
        view.materialize_patterns()
    tables = slot_table.Tables(view, dict(PREFIXES))
    table = tables.table()
    lost = slot_table.placeholders(table)
    if lost:
        raise SystemExit(f"placeholder left in the pattern of: {', '.join(lost)}")
    merged = yaml_dumper.dumps(view.schema)
    writers: dict[Path, Callable[[], str]] = {
        PACKAGE / "_slots.json": lambda: json.dumps(table, ensure_ascii=False, indent=1) + "\n",
        PACKAGE / "_classes.py": lambda: python_classes.generate(merged),
        PACKAGE / "_schema.json": lambda: json_schema.generate(table),
        PACKAGE / "_shapes.ttl": lambda: rdf_schema.shapes(table),
        PACKAGE / "_model.owl.ttl": lambda: rdf_schema.ontology(table, tables),
        PACKAGE / "_context.jsonld": lambda: rdf_schema.context(table),
        PACKAGE / "_frame.jsonld": lambda: frame.generate(table, rdf_schema.context(table)),
    }
    files = {path: write() for path, write in writers.items()}
    files |= {HERE / "mappings" / name: text for name, text in sssom.generate(tables).items()}
    return files


def main(argv: list[str] | None = None) -> int:
    """Write the files, or compare them with what is there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="change nothing; end with 1 where a file differs")
    check = parser.parse_args(argv).check
    stale = 0
    for path, text in build().items():
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        if old == text:
            continue
        stale += 1
        name = path.relative_to(HERE.parent).as_posix()
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"wrote {name}")
            continue
        print(f"{name} is out of date; run `make models`", file=sys.stderr)
        diff = difflib.unified_diff(old.splitlines(), text.splitlines(), "committed", "generated", lineterm="", n=0)
        print("\n".join(list(diff)[:20]), file=sys.stderr)
    if not stale:
        print("all generated files are up to date")
    return 1 if check and stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
