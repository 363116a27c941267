"""Writes the floor: a bare program that emits the same Turtle for clean rows, and does nothing else.

    python benchmarks/make_bare.py SAMPLE.tsv BUNDLE OUT.py [ntriples]

The program is one f-string per row over ``csv.reader``. The texts of columns that repeat are looked up in dictionaries that
are written into it, ready made; nothing is checked, escaped only are quotes. It is what a person would write for this one
table, and the least that any pure Python converter of it costs.
"""

from __future__ import annotations

import sys
from pathlib import Path

from workload import HEADERS, vocabularies

from omics_standards.conversion.flow import Options, environment
from omics_standards.emit.encode import nodes_of, pair_of
from omics_standards.emit.ntriples import absolute, node_lines
from omics_standards.emit.turtle import _prefix, declare, header
from omics_standards.mapping.plan import compile_plan
from omics_standards.models.slots import MODEL
from omics_standards.profiles import load_profile
from omics_standards.tables import read
from omics_standards.terms import get_terms

HERE = Path(__file__).resolve().parent
BASE = "https://example.org/bench/"
ROLES = {"sample": "sample_name", "library": "library_ID", "run": "run_ID", "file": "filename"}


def make(sample: str, bundle: str) -> str:
    """Return the source of the program."""
    profile = load_profile(HERE / "profiles" / "workload.yaml")
    book = read(sample)
    sheet = book.sheets[0]
    plan = compile_plan(profile, profile.tables[0], sheet, environment(book, sheet, profile, get_terms(bundle), Options()))
    repeated: dict[str, set[str]] = {name: set() for name in vocabularies()}
    for batch in sheet.batches():
        for column, texts in zip(HEADERS, zip(*batch.rows, strict=True), strict=True):
            if column in repeated:
                repeated[column].update(texts)
    tables: dict[str, dict[str, str]] = {}
    nodes: dict[str, str] = {}
    prefixes: set[str] = set()
    for reader in plan.readers:
        name = HEADERS[reader.columns[0]]
        for text in sorted(repeated.get(name, set()) - {""}):
            reading = reader.read(text)
            assert reading.values, (name, text, reading)
            tables.setdefault(name, {"": ""})[text] = "".join(" ;\n    {} {}".format(*pair_of(reading.slot, v)) for v in reading.values)
            for node in (n for v in reading.values for n in nodes_of(reading.slot, v)):
                nodes[node.name] = node.turtle()
                prefixes.update(map(_prefix, node.names()))
    pieces = []
    for template in plan.templates:
        cls = MODEL.classes[template.cls]
        pieces.append(f"<{cls.path}/{{{ROLES[template.role]}}}> a {cls.uri}")
        for index in template.readers:
            reader = plan.readers[index]
            name = HEADERS[reader.columns[0]]
            slot = MODEL.slots[reader.slot]
            if name in tables:
                pieces.append(f"{{{name}_[{name}]}}")
            elif slot.kind == "integer":
                pieces.append(f' ;\\n    {slot.uri} "{{{name}}}"^^xsd:integer')
            elif name == "sample_title":
                pieces.append(f' ;\\n    {slot.uri} "{{{name}.replace(QUOTE, ESCAPED)}}"')
            else:
                pieces.append(f' ;\\n    {slot.uri} "{{{name}}}"')
        for slot_name, target in template.links:
            other = plan.templates[target]
            pieces.append(f" ;\\n    {MODEL.slots[slot_name].uri} <{MODEL.classes[other.cls].path}/{{{ROLES[other.role]}}}>")
        pieces.append(" .\\n")
    prefixes -= {"", "loc", "omst", "rdfs", "xsd"}
    lines = ["import csv, sys", "QUOTE, ESCAPED = '\"', '\\\\\"'"]
    lines += [f"{name}_ = {table!r}" for name, table in tables.items()]
    lines += [
        f"nodes = {nodes!r}",
        "with open(sys.argv[1], newline='', encoding='utf-8') as source, open(sys.argv[2], 'w', encoding='utf-8', buffering=1 << 20) as out:",
        "    rows = csv.reader(source, delimiter='\\t')",
        "    next(rows)",
        f"    out.write({(header(BASE) + declare(prefixes))!r})",
        "    write = out.write",
        f"    for {', '.join(HEADERS)} in rows:",
        "        write(f'''" + "".join(pieces) + "''')",
        "    out.writelines(nodes[name] for name in sorted(nodes))",
    ]
    return "\n".join(lines) + "\n"


def make_lines(sample: str, bundle: str) -> str:
    """Return the source of the program that writes N-Triples: the subject before each statement, every name written out."""
    profile = load_profile(HERE / "profiles" / "workload.yaml")
    book = read(sample)
    sheet = book.sheets[0]
    plan = compile_plan(profile, profile.tables[0], sheet, environment(book, sheet, profile, get_terms(bundle), Options()))
    repeated: dict[str, set[str]] = {name: set() for name in vocabularies()}
    for batch in sheet.batches():
        for column, texts in zip(HEADERS, zip(*batch.rows, strict=True), strict=True):
            if column in repeated:
                repeated[column].update(texts)
    tables: dict[str, dict[str, tuple[str, ...]]] = {}
    nodes: dict[str, str] = {}
    for reader in plan.readers:
        name = HEADERS[reader.columns[0]]
        for text in sorted(repeated.get(name, set())):
            reading = reader.read(text) if text else None
            pairs = [pair_of(reading.slot, v) for v in reading.values] if reading else []
            tables.setdefault(name, {"": ()})[text] = tuple(f" {absolute(p, BASE)} {absolute(o, BASE)} .\n" for p, o in pairs)
            for node in (n for v in (reading.values if reading else ()) for n in nodes_of(reading.slot, v)):
                nodes[node.name] = node_lines(node, BASE)
    pieces = []
    for template in plan.templates:
        cls = MODEL.classes[template.cls]
        subject = f"<{BASE}{cls.path}/{{{ROLES[template.role]}}}>"
        pieces.append(f"{subject} {absolute('rdf:type', BASE)} {absolute(cls.uri, BASE)} .\n")
        for index in template.readers:
            reader = plan.readers[index]
            name = HEADERS[reader.columns[0]]
            slot = MODEL.slots[reader.slot]
            uri = absolute(slot.uri, BASE)
            if name in tables and all(len(ends) == 1 for text, ends in tables[name].items() if text in repeated[name]):
                tables[name] = {text: ends[0] for text, ends in tables[name].items() if ends}  # type: ignore[misc]
                pieces.append(f"{subject}{{{name}_[{name}]}}")
            elif name in tables:
                pieces.append(f"{{every(f'{subject}', {name}_[{name}])}}")
            elif slot.kind == "integer":
                pieces.append(f'{subject} {uri} "{{{name}}}"^^{absolute("xsd:integer", BASE)} .\n')
            elif name == "sample_title":
                pieces.append(f'{subject} {uri} "{{{name}.replace(QUOTE, ESCAPED)}}" .\n')
            else:
                pieces.append(f'{subject} {uri} "{{{name}}}" .\n')
        for slot_name, target in template.links:
            other = plan.templates[target]
            there = f"<{BASE}{MODEL.classes[other.cls].path}/{{{ROLES[other.role]}}}>"
            pieces.append(f"{subject} {absolute(MODEL.slots[slot_name].uri, BASE)} {there} .\n")
    lines = ["import csv, sys", "QUOTE, ESCAPED = '\"', '\\\\\"'"]
    lines += ["def every(subject, ends):", "    return ''.join([subject + end for end in ends])"]
    lines += [f"{name}_ = {table!r}" for name, table in tables.items()]
    lines += [
        f"nodes = {nodes!r}",
        "with open(sys.argv[1], newline='', encoding='utf-8') as source, open(sys.argv[2], 'w', encoding='utf-8', buffering=1 << 20) as out:",
        "    rows = csv.reader(source, delimiter='\\t')",
        "    next(rows)",
        "    write = out.write",
        f"    for {', '.join(HEADERS)} in rows:",
        '        write(f"""' + "".join(pieces).replace("\n", "\\n").replace('"', '\\"') + '""")',
        "    out.writelines(nodes.values())",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    written = make_lines if sys.argv[4:] == ["ntriples"] else make
    Path(sys.argv[3]).write_text(written(sys.argv[1], sys.argv[2]), encoding="utf-8")
