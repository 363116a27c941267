"""``profiles list``, ``profiles show`` and ``profiles draft``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["register"]

profiles = typer.Typer(help="Formats that are known.", no_args_is_help=True)

_Folders = Annotated[list[str] | None, typer.Option("--profiles", help="A folder of further profiles; may be repeated.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.add_typer(profiles, name="profiles")


@profiles.command("list")
def list_profiles(folders: _Folders = None, as_json: Annotated[bool, typer.Option("--json", help="JSON Lines.")] = False) -> None:
    """List the profiles: id, family, title."""
    from ..profiles.load import load_profiles

    for p in load_profiles(tuple(folders or ())):
        if as_json:
            typer.echo(
                json.dumps({"id": p.id, "family": p.family, "title": p.title, "version": p.version, "tables": [t.id for t in p.tables]})
            )
        else:
            typer.echo(f"{p.id}\t{p.family}\t{p.title}")


@profiles.command("show")
def show_profile(name: Annotated[str, typer.Argument(help="Id or family.")], folders: _Folders = None) -> None:
    """Print a profile as it is written."""
    from ..profiles.load import load_profiles, select

    for p in select(load_profiles(tuple(folders or ())), name):
        typer.echo(Path(p.source).read_text(encoding="utf-8"), nl=False)


@profiles.command("draft")
def draft_profile(
    file: Annotated[str, typer.Argument(help="A spreadsheet or a delimited text.")],
    output: Annotated[str | None, typer.Option("-o", "--output", help="Where the profile goes; left out, it is printed.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a profile that is there; somebody may have worked in it.")] = False,
    folders: _Folders = None,
    bundle: Annotated[str | None, typer.Option("--bundle", help="The ontology bundle to use.", envvar="OMICS_STANDARDS_BUNDLE")] = None,
) -> None:
    """Propose a slot for every column of a file, and write an editable profile that converts it."""
    from ..conversion.drafts import draft_profile as draft

    name = Path(output).name.removesuffix(".yaml").removesuffix(".yml") if output else None
    made = draft(file, profiles=tuple(folders or ()), bundle=bundle, name=name)
    if made.known:
        typer.echo(f"{made.source} is known already ({', '.join(made.known)}): convert reads it without a profile", err=True)
    if output:
        from ..whole import write_whole

        write_whole(output, made.text, force=force)
    else:
        typer.echo(made.text, nl=False)
    counts = f"{made.count('certain')} columns certain, {made.count('look')} to look at, {made.count('kept')} kept as attributes"
    typer.echo(f"{counts}{f': {output}' if output else ''}", err=True)
