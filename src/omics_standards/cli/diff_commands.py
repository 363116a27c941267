"""``diff``: what two datasets say differently."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..comparing import Comparison
    from ..comparing.text import Counts

__all__ = ["register"]

_Side = "A converted folder, a dataset.json, RDF, or what can be converted: a sheet, a workbook, a folder of them."


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("diff")(diff)


def diff(
    before: Annotated[str, typer.Argument(help=_Side, metavar="A")],
    after: Annotated[str, typer.Argument(help="The same, newer.", metavar="B")],
    as_json: Annotated[bool, typer.Option("--json", help="JSON Lines, one per difference.")] = False,
    to: Annotated[
        Literal["text", "json", "rdf-patch"], typer.Option("--to", help="rdf-patch turns the graph of A into that of B.")
    ] = "text",
    stat: Annotated[bool, typer.Option("--stat", help="Only counts, by class and slot.")] = False,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", help="A slot that is not compared; may be repeated.", metavar="SLOT")
    ] = None,
    no_renames: Annotated[bool, typer.Option("--no-renames", help="Do not look for records that go by another id.")] = False,
    colour: Annotated[
        Literal["auto", "always", "never"], typer.Option("--color", help="auto: on a terminal, unless NO_COLOR is set.")
    ] = "auto",
    base: Annotated[str | None, typer.Option("--base", help="IRI that local names of the patch are relative to; left out, A's.")] = None,
    profile: Annotated[str | None, typer.Option("--profile", help="Id or family of a profile, for sides that are converted first.")] = None,
    profiles: Annotated[list[str] | None, typer.Option("--profiles", help="A folder of further profiles; may be repeated.")] = None,
    decisions: Annotated[
        list[str] | None, typer.Option("--decisions", help="SSSOM file of curated decisions on texts; may be repeated.")
    ] = None,
    bundle: Annotated[str | None, typer.Option("--bundle", help="The ontology bundle to use.", envvar="OMICS_STANDARDS_BUNDLE")] = None,
    bundle_after: Annotated[
        str | None, typer.Option("--bundle-after", help="Another bundle for B: what do newer ontologies change?")
    ] = None,
) -> None:
    """Say which records were added, removed, renamed and changed, slot by slot; ends with 1 where the two differ."""
    from ..comparing import compare_sources
    from ..comparing.text import Counts
    from ..conversion import Options
    from ..conversion.base import checked_base

    how = Options(profile=profile, profiles=tuple(profiles or ()), decisions=tuple(decisions or ()), bundle=bundle)
    options = (how, Options(**{**vars(how), "bundle": bundle_after or bundle}))
    form = "json" if as_json else to
    _refuse(form, stat=stat, slots=ignore or [], base=base)
    counts = Counts()
    with compare_sources(before, after, options=options, renames=not no_renames, leave_out=ignore or ()) as found:
        if form == "rdf-patch":
            raise typer.Exit(1 if _patch(found, checked_base(base) if base else None) else 0)
        lines = _lines(found, counts, form=form, stat=stat, colour=_coloured(colour))
        for line in lines:
            sys.stdout.write(line)
        sys.stdout.flush()
        if not counts.differ:
            typer.echo(f"no difference in {sum(found.sizes[1].values()):,} records", err=True)
            for name, old, new in found.versions():
                typer.echo(f"{name}: {old or 'none'} → {new or 'none'}", err=True)
    raise typer.Exit(1 if counts.differ else 0)


def _refuse(form: str, *, stat: bool, slots: list[str], base: str | None) -> None:
    """Options that do not fit together."""
    from ..errors import UsageError
    from ..models.slots import MODEL

    unknown = [s for s in slots if s not in MODEL.slots]
    if unknown:
        raise UsageError(f"--ignore {unknown[0]}: no slot of the model; docs/model.md lists them")
    if form == "rdf-patch" and (stat or slots):
        raise UsageError("a patch is of all statements: leave out --stat and --ignore")
    if base is not None and form != "rdf-patch":
        raise UsageError("--base is for --to rdf-patch: local names are compared without a base")


def _coloured(colour: str) -> bool:
    # https://no-color.org: any text that is not empty says no.
    return colour == "always" or (colour == "auto" and sys.stdout.isatty() and not os.environ.get("NO_COLOR"))


def _patch(found: Comparison, base: str | None) -> int:
    from ..comparing import write_patch

    if base is None and found.before.base != found.after.base:
        typer.echo(f"local names are relative to {found.before.base} in this patch (B has {found.after.base})", err=True)
    return write_patch(found, sys.stdout, base)


def _lines(found: Comparison, counts: Counts, *, form: str, stat: bool, colour: bool) -> Iterator[str]:
    """The comparison, line by line."""
    from ..comparing.text import stat_lines, text_lines

    if form == "text":
        yield from stat_lines(found, counts, colour=colour) if stat else text_lines(found, counts, colour=colour)
        return
    for difference in found:
        counts.add(difference)
        if not stat:
            yield json.dumps(difference.to_dict(), ensure_ascii=False) + "\n"
    rows = counts.rows(found.sizes) if stat else (t.to_dict() for t in found.terms())
    yield from (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
