"""``template``: empty sheets to fill in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from ..errors import UsageError

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("template")(template)


def template(
    target: Annotated[
        str | None, typer.Argument(help="Where the sheets will be sent to, such as gsa, ncbi or ena.", metavar="[TARGET]")
    ] = None,
    kind: Annotated[
        str,
        typer.Option(
            "--kind", "--sample-type", "--package", "--checklist", help="Sample type, package or checklist; left out, the target's default."
        ),
    ] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A .xlsx or .tsv file; left out, TSV on standard output.", metavar="FILE")
    ] = None,
    language: Annotated[
        Literal["en", "zh", "both"], typer.Option("--lang", help="Of headers and notes; both keeps English headers with notes in both.")
    ] = "en",
    columns: Annotated[Literal["all", "recommended", "required"], typer.Option("--columns", help="Which columns.")] = "all",
    example: Annotated[bool, typer.Option("--example/--no-example", help="With a filled-in row.")] = True,
    force: Annotated[bool, typer.Option("--force", help="Replace a file of this name.")] = False,
    list_: Annotated[bool, typer.Option("--list", help="List the targets; with a target, its kinds.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The list as JSON Lines.")] = False,
) -> None:
    """Write a template to fill in: the archive's columns with drop-downs, notes and an example row."""
    if list_ or target is None:
        if not list_:
            raise UsageError("name a target; list them with: omics-standards template --list")
        _list(target, as_json=as_json)
        return
    from ..emit.templates import build_template, render_text, write_template

    made = build_template(target, kind, language=language, columns=columns, example=example)
    if output is None:
        typer.echo(render_text(made), nl=False)
        return
    write_template(made, output, force=force)
    # The text form is one of the sheets.
    sheets = made.sheets if output.suffix.lower() == ".xlsx" else [s for s in (made.text_sheet,) if s is not None]
    counts = ", ".join(f"{s.name} {sum(len(b.columns) for b in s.blocks)} columns" for s in sheets)
    typer.echo(f"{output}: {made.target.title}{f', {made.kind}' if made.kind else ''} ({counts})", err=True)


def _list(target: str | None, *, as_json: bool) -> None:
    from ..profiles.requirements import kinds
    from ..profiles.targets import find_layout, layouts

    if target is None:
        for one in layouts():
            if as_json:
                sheets = [s.name for s in one.sheets]
                typer.echo(
                    json.dumps({"target": one.name, "aliases": one.aliases, "profile": one.profile, "title": one.title, "sheets": sheets})
                )
            else:
                count = len(kinds(one.profile, one.kinds)) if one.kinds else 0
                typer.echo(f"{one.name}\t{one.title}\t{f'{count} kinds' if count else ''}")
        return
    found = find_layout(target)
    for kind in kinds(found.profile, found.kinds) if found.kinds else []:
        typer.echo(json.dumps({"kind": kind.name, "title": kind.title}) if as_json else f"{kind.name}\t{kind.title}")
