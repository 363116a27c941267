"""Writes the pages that are made from tables in the code: findings, command line, formats, model, questions.

    python docs/generate.py [--check]

``--check`` writes nothing and ends with 1 where a page is not what the code says.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

from omics_standards.findings import CODES
from omics_standards.models.slots import MODEL
from omics_standards.profiles import load_profiles
from omics_standards.profiles.validators import load_validators

HERE = Path(__file__).resolve().parent
NOTE = "<!-- made by docs/generate.py; edit the code it is made from -->\n\n"


def _rules(code: str) -> str:
    """Rules of other validators that a code stands for."""
    return ", ".join(f"{v.validator} {n}" for v in load_validators() for n, rule in v.rules.items() if code in rule.codes)


def findings() -> str:
    """One row per finding code."""
    lines = [
        "# Findings\n",
        "What a check or a conversion may say. A code never changes its meaning. How detectors look at whole columns: [detectors.md](detectors.md).\n",
        "The last column names rules of other validators that say the same; on sheets of their formats a finding carries them (`rules`), where",
        "the rule is about the slot.\n",
        "| code | severity | what | meaning | rules of others |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [f"| `{code}` | {c.severity} | {c.title} | {c.meaning} | {_rules(code)} |" for code, c in CODES.items()]
    lines += ["\n## Other validators\n"]
    lines += [f"* **{v.validator}**: {v.title}, {v.homepage}" for v in load_validators()]
    return "\n".join(lines) + "\n"


def measured() -> list[str]:
    """The table of what became of the cells of real files, as benchmarks/formats.py measured it."""
    with (HERE / "formats.tsv").open(encoding="utf-8") as f:
        rows = list(csv.DictReader(f, delimiter="\t"))
    lines = [
        "## Measured on real files\n",
        "Real files of each format, collected from public repositories (they are not part of this one): how many were recognised, and",
        "what became of their cells. *Mapped* cells fill a slot of the model, *kept* ones are attributes under their own name, *missing*",
        "ones say that there is no value, *structural* ones are headers and furniture, *rejected* ones could not be read and are reported.",
        "The share is mapped / (mapped + kept + rejected); templates and definitions count as files alone.",
        "`make formats` measures anew.\n",
        "| format | family | files | recognised | rows | cells | mapped | kept | missing | structural | rejected | share | errors | warnings | notes |",
        "| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |",
    ]
    names = ("format", "families", "files", "recognised", "rows", "cells", "mapped", "kept", "missing", "structural", "rejected", "share")
    lines += ["| " + " | ".join(r[n] for n in (*names, "error", "warning", "info")) + " |" for r in rows]
    return [*lines, ""]


def trips() -> list[str]:
    """The table of what comes back of real files that are written and read again, as benchmarks/trips.py measured it."""
    with (HERE / "trips.tsv").open(encoding="utf-8") as f:
        header, *rows = [line.rstrip("\n").split("\t") for line in f]
    lines = [
        "## Out and back\n",
        "Real files, written by the profile that reads them (`omics-standards export`) and read again. **share**: of the values that the "
        "records hold, those that the files carry; the rest is in the loss report. **otherwise**: files of which something reads back "
        "otherwise than it was and no loss says so. **bytes**: files of which a second write gave the same bytes. For a trip to another "
        "archive and back the share is that of the values that both formats have a place for, as their profiles say; a record that another "
        "points to is known by its name, since ids are relative to a format. `make trips` measures anew.\n",
        "| " + " | ".join(header) + " |",
        "| --- |" + " ---: |" * (len(header) - 1),
    ]
    return [*lines, *("| " + " | ".join(row) + " |" for row in rows), ""]


def formats() -> str:
    """One section per profile."""
    lines = ["# Formats\n", "Spreadsheet formats that are recognised; each is one YAML file in `src/omics_standards/profiles/data`.\n"]
    lines += measured() + trips()
    for p in load_profiles():
        lines += [f"## {p.title}\n", f"`{p.id}` (family `{p.family}`, version {p.version}) {p.description}\n"]
        if p.homepage:
            lines.append(f"<{p.homepage}>\n")
        for t in p.tables:
            classes = ", ".join(dict.fromkeys(r.cls for r in t.records.values()))
            lines.append(f"* **{t.title or t.id}**: {len(t.columns)} columns by name; records: {classes}")
        lines.append("")
    return "\n".join(lines)


def model() -> str:
    """Classes with their slots."""
    lines = ["# Model\n", f"Version {MODEL.version}. Source: `models/*.yaml` (LinkML). Only `id` is required.\n"]
    for name, c in MODEL.classes.items():
        if c.abstract:
            continue
        zh = c.title.get("zh", "")
        lines += [f"## {name}{f' · {zh}' if zh else ''}\n", c.description + "\n", "| slot | kind | meaning |", "| --- | --- | --- |"]
        for s in c.slots:
            slot = MODEL.slot(name, s)
            assert slot is not None
            extra = (
                f" ({', '.join(slot.ontologies)})"
                if slot.ontologies
                else f" ({', '.join(slot.units)})"
                if slot.units
                else f" ({slot.range})"
                if slot.kind in ("enum", "reference")
                else ""
            )
            many = ", several" if slot.multivalued else ""
            lines.append(f"| `{s}` | {slot.kind}{extra}{many} | {slot.description} |")
        lines.append("")
    return "\n".join(lines)


def cli() -> str:
    """The help of every command."""
    from omics_standards.cli.homes import HOMES, load_command

    lines = ["# Command line\n", "Data on standard output, logs on standard error. Exit codes: 0 clean, 1 findings at or above `--fail-on`, 2 wrong use,",
             "3 unreadable input or broken environment, 4 unverifiable terms under `--strict`; where several hold: 3, 2, 4, 1.\n"]  # fmt: skip

    def describe(command: object, path: str) -> None:
        for name, sub in sorted(getattr(command, "commands", {}).items()):
            describe(sub, f"{path} {name}")
        if getattr(command, "commands", None):
            return
        lines.extend([f"## `{path}`\n", (command.help or "").strip() + "\n", "| argument | what |", "| --- | --- |"])  # type: ignore[attr-defined]
        for p in command.params:  # type: ignore[attr-defined]
            names = ", ".join(f"`{o}`" for o in p.opts) if p.param_type_name == "option" else f"`{p.metavar or p.name.upper()}`"
            lines.append(f"| {names} | {getattr(p, 'help', '') or ''} |")
        lines.append("")

    for name in sorted(HOMES):
        describe(load_command(name), f"omics-standards {name}")
    return "\n".join(lines)


def questions() -> str:
    """The named questions of ``query``, with their parameters."""
    from omics_standards.query.questions import load_questions

    lines = [
        "# Questions with names\n",
        "What `omics-standards query DIR --question NAME` asks; how to query: [querying.md](querying.md).\n",
    ]
    for q in load_questions().values():
        lines += [f"## `{q.name}`\n", f"{q.title}. {q.description}\n"]
        if q.parameters:
            lines += ["| parameter | what | example |", "| --- | --- | --- |"]
        for p in q.parameters.values():
            note = ", required" if p.required else f", default {p.default}" if p.default else ""
            text = f"{p.description}{note}".replace("|", "\\|")
            lines.append(f"| `{p.name}` | {text} | {f'`{p.example}`' if p.example else ''} |")
        columns = " ".join(q.text.partition("SELECT")[2].partition("WHERE")[0].replace("DISTINCT", "").split())
        names = re.findall(
            r"AS \?(\w+)\)|(?:^| )\?(\w+)(?= |$)", re.sub(r"\((?:[^()]|\([^()]*\))*AS ", "(AS ", columns).replace("(AS", "AS")
        )
        lines += ["", "Columns: " + ", ".join(f"`{a or b}`" for a, b in names) + ".\n"]
    return "\n".join(lines)


PAGES = {"findings.md": findings, "formats.md": formats, "model.md": model, "cli.md": cli, "questions.md": questions}


def main() -> int:
    """Write or check all pages."""
    stale = []
    for name, make in PAGES.items():
        text = NOTE + make()
        path = HERE / name
        if "--check" in sys.argv:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(name)
        else:
            path.write_text(text, encoding="utf-8")
    if stale:
        print(f"docs: {', '.join(stale)} not what the code says; run: make docs")
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main())
