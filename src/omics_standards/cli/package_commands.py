"""``package``."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Annotated, Literal

import typer

from .progress import steps

__all__ = ["register"]

_Many = list[str] | None


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("package")(package)


def _list(value: bool) -> None:
    if value:
        from ..packages import KINDS

        width = max(map(len, KINDS))
        for name, (file, meaning) in KINDS.items():
            typer.echo(f"{name:<{width}}  {file:<22}  {meaning}")
        raise typer.Exit


def _stamp(stamp: str | None) -> str:
    """The day of packaging: as asked for, else that of a reproducible build, else none."""
    from ..errors import UsageError

    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if stamp or not epoch:
        return stamp or ""
    try:
        return time.strftime("%Y-%m-%d", time.gmtime(int(epoch)))
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"SOURCE_DATE_EPOCH is {epoch!r}: a number of seconds since 1970 is expected") from None


def package(
    folder: Annotated[Path, typer.Argument(help="What convert wrote, with dataset.json.", metavar="DIR")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder of the package.")],
    kinds: Annotated[
        str, typer.Option("--as", help="Any of ro-crate, dcat, schema-org, datacite, croissant, frictionless; left out, all.")
    ] = "ro-crate,dcat,schema-org,datacite,croissant,frictionless",
    tables: Annotated[str, typer.Option("--tables", help="Files of the tables: tsv, parquet or both.")] = "tsv",
    force: Annotated[bool, typer.Option("--force", help="Replace the package that is there.")] = False,
    title: Annotated[str, typer.Option("--title", help="Title of the dataset, where its records give none or several.")] = "",
    description: Annotated[str, typer.Option("--description", help="What the dataset is.")] = "",
    publisher: Annotated[str, typer.Option("--publisher", help="Who publishes it; a ROR or web address may follow in <>.")] = "",
    licence: Annotated[
        str, typer.Option("--licence", "--license", help="Terms of use: an SPDX name such as CC-BY-4.0, an address, or words.")
    ] = "",
    creator: Annotated[_Many, typer.Option("--creator", help="Family, Given <ORCID> or an organization; may be repeated.")] = None,
    contact: Annotated[_Many, typer.Option("--contact", help="Whom to ask, with <e-mail address>; may be repeated.")] = None,
    identifier: Annotated[str, typer.Option("--identifier", help="A DOI, a CURIE or an IRI of the dataset.")] = "",
    url: Annotated[str, typer.Option("--url", help="The page about the dataset.")] = "",
    access_url: Annotated[str, typer.Option("--access-url", help="Where files are had that have no address of their own.")] = "",
    issued: Annotated[str, typer.Option("--issued", help="ISO date on which it was or will be public.")] = "",
    dataset_version: Annotated[str, typer.Option("--dataset-version", help="Version of the dataset.")] = "",
    keyword: Annotated[_Many, typer.Option("--keyword", help="A further keyword; may be repeated.")] = None,
    stamp: Annotated[str | None, typer.Option("--stamp", help="ISO date of packaging; left out, none is written.")] = None,
    fail_on: Annotated[
        Literal["error", "warning"],
        typer.Option("--fail-on", help="Exit with 1 where something required (error), or recommended (warning), is not said."),
    ] = "error",
    _listed: Annotated[bool, typer.Option("--list", callback=_list, is_eager=True, help="Show the kinds of package and end.")] = False,
) -> None:
    """Package a converted dataset to share it: RO-Crate, DCAT, schema.org, DataCite, Croissant, tables with a Data Package."""
    from ..packages import Given, told
    from ..packages import package as write

    given = Given(
        title=title, description=description, version=dataset_version, publisher=publisher, licence=licence,
        creators=tuple(creator or ()), contacts=tuple(contact or ()), identifier=identifier, url=url, access_url=access_url,
        issued=issued, stamp=_stamp(stamp), keywords=tuple(keyword or ()),
    )  # fmt: skip
    done = write(folder, output, kinds, given, tables, force=force, progress=steps())
    for line in (*told(done.lacks), *done.notes):
        typer.echo(line, err=True)
    counts = {s: sum(lack.severity == s for lack in done.lacks) for s in ("error", "warning")}
    typer.echo(
        f"{len(done.files)} files written to {output}; not said: {counts['error']} required, {counts['warning']} recommended", err=True
    )
    raise typer.Exit(1 if counts["error"] or (fail_on == "warning" and counts["warning"]) else 0)
