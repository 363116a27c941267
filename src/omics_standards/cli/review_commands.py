"""``terms review``, ``terms accept`` and ``terms decisions``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["register"]

_Bundle = Annotated[
    Path | None, typer.Option("--bundle", help="The bundle's file; left out, the one in the user's cache.", envvar="OMICS_STANDARDS_BUNDLE")
]
_Decisions = Annotated[
    list[str] | None, typer.Option("--decisions", help="SSSOM file of curated decisions on texts; may be repeated, later ones win.")
]


def register(terms: typer.Typer) -> None:
    """Add the commands to ``terms``."""
    terms.command("review")(review)
    terms.command("accept")(accept)
    terms.command("decisions")(decisions)


def review(
    folder: Annotated[Path, typer.Argument(help="What convert wrote, with dataset.json.", metavar="DIR")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A .tsv or .xlsx file; left out, TSV on standard output.", metavar="FILE")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a table that is there; somebody may have worked in it.")] = False,
    bundle: _Bundle = None,
    files: _Decisions = None,
) -> None:
    """Write the texts that a person should decide on, the riskiest and most frequent first, with suggestions."""
    from collections import Counter

    from ..conversion.review import STATUSES
    from ..conversion.review import review as find
    from ..conversion.review_table import table_text, write_table

    found = find(folder, bundle=bundle, decisions=tuple(files or ()))
    if output is None:
        typer.echo(table_text(found), nl=False)
        return
    write_table(found, output, force=force)
    counts = Counter(u.status for u in found)
    said = ", ".join(f"{counts[s]} {s}" for s in STATUSES if counts[s]) or "nothing is undecided"
    typer.echo(f"{output}: {len(found)} texts ({said})" if found else f"{output}: {said}", err=True)
    if found:
        typer.echo(f"fill in the column decision, then: omics-standards terms accept {output} --by ORCID", err=True)


def accept(
    file: Annotated[Path, typer.Argument(help="A table of terms review, filled in: TSV, CSV or a workbook.", metavar="FILE")],
    by: Annotated[str, typer.Option("--by", help="ORCID or name of the person who decided; several separated by |.")],
    to: Annotated[
        Path | None, typer.Option("--to", help="The SSSOM file that the decisions go into; left out, the user's.", metavar="FILE")
    ] = None,
    date: Annotated[str | None, typer.Option("--date", help="ISO date of the decisions; left out, SOURCE_DATE_EPOCH or today.")] = None,
    bundle: _Bundle = None,
    as_json: Annotated[bool, typer.Option("--json", help="Findings as JSON Lines.")] = False,
) -> None:
    """Take a filled-in review table into a file of decisions, which every later conversion replays."""
    from ..conversion.acceptance import accept as take

    done = take(file, by=by, to=to, bundle=bundle, date=date)
    for finding in done.findings:
        typer.echo(json.dumps(finding.to_dict(), ensure_ascii=False) if as_json else f"{finding}\n")
    refused = sum(f.severity == "error" for f in done.findings)
    typer.echo(
        f"{done.path}: {done.added} added, {done.changed} changed, {done.unchanged} as before; {refused} refused" if refused else
        f"{done.path}: {done.added} added, {done.changed} changed, {done.unchanged} as before",
        err=True,
    )  # fmt: skip
    raise typer.Exit(1 if refused else 0)


def decisions(
    files: _Decisions = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON Lines.")] = False,
) -> None:
    """List the decisions that are in force, and where each stands: the project's, the user's, those of --decisions."""
    from ..terms import load_decisions

    for one in load_decisions(tuple(files or ())):
        entry = one._asdict() | {"match": one.match}
        if as_json:
            typer.echo(json.dumps(entry, ensure_ascii=False))
        else:
            typer.echo("\t".join((one.slot or "any slot", one.said(), one.date, "|".join(one.by), one.place)))
