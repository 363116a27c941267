"""``model list`` and ``model show``: the model in the languages that other tools read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["register"]

model = typer.Typer(help="The model in the languages of other tools.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.add_typer(model, name="model")


@model.command("list")
def list_forms() -> None:
    """List the forms of the model: name, file, what it is for."""
    from ..models.forms import FORMS

    for name, (file, meaning) in FORMS.items():
        typer.echo(f"{name}\t{file}\t{meaning}")


@model.command("show")
def show_form(
    form: Annotated[str, typer.Argument(help="owl, shacl, context, frame, json-schema or slots.")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Where it goes; left out, it is printed.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Print the model as OWL, SHACL, JSON-LD context or frame, JSON Schema or slot table."""
    from ..models.forms import form_text
    from ..whole import write_whole

    text = form_text(form)
    if output is None:
        typer.echo(text, nl=False)
    else:
        write_whole(output, text, force=force)
