"""``profiles list`` and ``profiles show``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["profiles"]

profiles = typer.Typer(help="Formats that are known.", no_args_is_help=True)

_Folders = Annotated[list[str] | None, typer.Option("--profiles", help="A folder of further profiles; may be repeated.")]


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
