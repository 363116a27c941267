"""Writes what the peers need: for morph-kgc a table whose terms are resolved already, and a mapping that yields the same triples.

    python benchmarks/make_peers.py TABLE.tsv BUNDLE FOLDER

morph-kgc only maps: it looks up no term, reads no quantity, checks nothing. So the work is done for it beforehand: the table
it gets holds the IRI and the parts of every value that is a node of its own.
"""

from __future__ import annotations

import csv
import sys
from itertools import zip_longest
from pathlib import Path

from workload import HEADERS, vocabularies

from omics_standards.conversion.flow import Options, environment
from omics_standards.emit.encode import PREFIXES, nodes_of
from omics_standards.emit.ntriples import absolute
from omics_standards.mapping.plan import Plan, compile_plan
from omics_standards.models.slots import MODEL
from omics_standards.profiles import load_profile
from omics_standards.tables import Sheet, read
from omics_standards.terms import get_terms

HERE = Path(__file__).resolve().parent
BASE = "https://example.org/bench/"
ROLES = {"sample": "sample_name", "library": "library_ID", "run": "run_ID", "file": "filename"}
XSD = "http://www.w3.org/2001/XMLSchema#"


def plan_of(table: str, bundle: str) -> tuple[Plan, Sheet]:
    """Return the plan of the benchmark's profile for a table."""
    profile = load_profile(HERE / "profiles" / "workload.yaml")
    book = read(table)
    sheet = book.sheets[0]
    return compile_plan(profile, profile.tables[0], sheet, environment(book, sheet, profile, get_terms(bundle), Options())), sheet


class Resolved:
    """The columns of values that are nodes: the IRI, then the parts of the node; a unit that a node points to is one, too."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.of: dict[str, list[str]] = {}
        self.parts: dict[str, list[str]] = {}
        self.types: dict[str, str] = {}
        self.resources: set[str] = set()
        self.memo: dict[tuple[str, str], list[str]] = {}
        known = vocabularies()
        for reader in plan.readers:
            header = HEADERS[reader.columns[0]]
            for text in known.get(header, ())[:1]:
                for i, node in enumerate(nodes_of(reader.slot, reader.read(text).values[0])):
                    name = f"{header}__unit" if i else header
                    self.of.setdefault(header, []).append(name)
                    self.parts[name] = [p for p, _ in node.pairs]
                    self.types[name] = node.type
                    self.resources |= {f"{name}__{k}" for k, (_, o) in enumerate(node.pairs) if not o.startswith('"')}

    def cells(self, header: str, text: str) -> list[str]:
        """Return IRI and parts of the nodes of a text."""
        if (header, text) not in self.memo:
            reader = next(r for r in self.plan.readers if HEADERS[r.columns[0]] == header)
            found: list[str] = []
            nodes = list(nodes_of(reader.slot, reader.read(text).values[0])) if text else []
            for name, node in zip_longest(self.of[header], nodes):
                if node is None:
                    found += [""] * (1 + len(self.parts[name]))
                    continue
                if [p for p, _ in node.pairs] != self.parts[name]:
                    raise SystemExit(f"{header} {text!r} has other parts than the first text of its column")
                found.append(absolute(node.name, BASE)[1:-1])
                found += [
                    o.rpartition("^^")[0].strip('"') if "^^" in o else o.strip('"') if o.startswith('"') else absolute(o, BASE)[1:-1]
                    for _, o in node.pairs
                ]
            self.memo[header, text] = found
        return self.memo[header, text]

    def literal(self, header: str, text: str) -> str:
        """Return the text of a literal after its vocabulary was looked up."""
        if (header, text) not in self.memo:
            reader = next(r for r in self.plan.readers if HEADERS[r.columns[0]] == header)
            value = reader.read(text).values[0] if text else ""
            self.memo[header, text] = [str(value)]
        return self.memo[header, text][0]


def write_table(resolved: Resolved, source: str, target: Path) -> None:
    """Write the table that morph-kgc reads."""
    repeated = set(vocabularies())
    with Path(source).open(newline="", encoding="utf-8") as rows, target.open("w", newline="", encoding="utf-8") as out:
        table = csv.writer(out, lineterminator="\n")
        head = [h for h in HEADERS if h not in resolved.of]
        for header, parts in resolved.parts.items():
            head += [f"{header}__iri", *(f"{header}__{i}" for i in range(len(parts)))]
        table.writerow(head)
        for row in csv.DictReader(rows, delimiter="\t"):
            cells = [resolved.literal(h, row[h]) if h in repeated else row[h] for h in HEADERS if h not in resolved.of]
            for header in resolved.of:
                cells += resolved.cells(header, row[header])
            table.writerow(cells)


def full(curie: str) -> str:
    """Write out a CURIE."""
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local


def literal_map(predicate: str, column: str, datatype: str = "") -> str:
    """Return a predicate-object map that takes a literal from a column."""
    kind = f" ; rr:datatype <{datatype}>" if datatype else ""
    return f'  rr:predicateObjectMap [ rr:predicate <{predicate}> ; rr:objectMap [ rml:reference "{column}"{kind} ] ] ;\n'


def mapping(resolved: Resolved, table: Path) -> str:
    """Return the RML mapping."""
    plan = resolved.plan
    head = "@prefix rr: <http://www.w3.org/ns/r2rml#> .\n@prefix rml: <http://semweb.mmlab.be/ns/rml#> .\n@prefix ql: <http://semweb.mmlab.be/ns/ql#> .\n\n"
    source = f'  rml:logicalSource [ rml:source "{table}" ; rml:referenceFormulation ql:CSV ] ;\n'
    blocks = []
    for template in plan.templates:
        cls = MODEL.classes[template.cls]
        body = f'<#{template.role}>\n{source}  rr:subjectMap [ rr:template "{BASE}{cls.path}/{{{ROLES[template.role]}}}" ; rr:class <{full(cls.uri)}> ] ;\n'
        for index in template.readers:
            reader = plan.readers[index]
            header, slot = HEADERS[reader.columns[0]], MODEL.slots[reader.slot]
            if header in resolved.parts:
                body += f'  rr:predicateObjectMap [ rr:predicate <{full(slot.uri)}> ; rr:objectMap [ rml:reference "{header}__iri" ; rr:termType rr:IRI ] ] ;\n'
            else:
                sample = {"integer": XSD + "integer", "date": XSD + "date"}.get(slot.kind, "")
                body += literal_map(full(slot.uri), header, sample)
        for slot_name, target in template.links:
            other = plan.templates[target]
            iri = f"{BASE}{MODEL.classes[other.cls].path}/{{{ROLES[other.role]}}}"
            body += (
                f'  rr:predicateObjectMap [ rr:predicate <{full(MODEL.slots[slot_name].uri)}> ; rr:objectMap [ rr:template "{iri}" ] ] ;\n'
            )
        blocks.append(body.rstrip(" ;\n") + " .\n")
    for header, parts in resolved.parts.items():
        body = f'<#{header}>\n{source}  rr:subjectMap [ rml:reference "{header}__iri" ; rr:termType rr:IRI ; rr:class <{full(resolved.types[header])}> ] ;\n'
        for i, predicate in enumerate(parts):
            if f"{header}__{i}" in resolved.resources:
                body += f'  rr:predicateObjectMap [ rr:predicate <{full(predicate)}> ; rr:objectMap [ rml:reference "{header}__{i}" ; rr:termType rr:IRI ] ] ;\n'
                continue
            number = resolved.types[header] in ("omst:Quantity", "omst:GeoPoint") and "unit" not in predicate
            body += literal_map(full(predicate), f"{header}__{i}", XSD + "decimal" if number else "")
        blocks.append(body.rstrip(" ;\n") + " .\n")
    return head + "\n".join(blocks)


def main(table: str, bundle: str, folder: str) -> None:
    """Write the resolved table, the mapping and the configuration."""
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    plan, _ = plan_of(table, bundle)
    resolved = Resolved(plan)
    write_table(resolved, table, out / "resolved.csv")
    (out / "mapping.ttl").write_text(mapping(resolved, out / "resolved.csv"), encoding="utf-8")
    (out / "morph.ini").write_text(
        f"[CONFIGURATION]\noutput_file: {out / 'morph.nt'}\noutput_format: N-TRIPLES\nnumber_of_processes: 1\nna_values: ,\nlogging_level: CRITICAL\n\n[TABLE]\nmappings: {out / 'mapping.ttl'}\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
