"""``attach``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .convert_commands import Bundle, ProfileFolders, ProfileName, options_of

if TYPE_CHECKING:
    from ..curation.attaching import Attached

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("attach")(attach)


def attach(
    folder: Annotated[Path, typer.Argument(help="What convert wrote, with dataset.json.", metavar="DIR")],
    files: Annotated[list[str], typer.Argument(help="What the archive sent back: tables, workbooks, receipts.", metavar="FILE...")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="A folder for the dataset with its accessions.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write into DIR, or over what -o holds already.")] = False,
    re_identify: Annotated[
        bool, typer.Option("--re-identify", help="Make the accessions the records' ids; left out, ids stay as they are.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="What became of each accession, as JSON Lines.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be attached; write nothing.")] = False,
    profile: ProfileName = None,
    profiles: ProfileFolders = None,
    bundle: Bundle = None,
) -> None:
    """Merge the accessions that an archive returned into a converted dataset; what does not fit is said, never forced."""
    from collections import Counter

    from ..conversion.loading import load
    from ..curation.attaching import STATUSES, identified
    from ..curation.attaching import attach as merge
    from ..curation.rewriting import check_place, rewrite

    target = output or folder
    if not dry_run:
        check_place(folder, target, force=force)
    dataset = load(folder)
    records, done, inputs = merge(dataset, files, options_of(profile, profiles, bundle, None))
    for entry in done:
        if as_json:
            typer.echo(json.dumps(entry.to_dict(), ensure_ascii=False))
        elif entry.status != "known":
            typer.echo(_line(entry))
    counts = Counter(e.status for e in done)
    said = ", ".join(f"{counts[s]} {s}" for s in STATUSES if counts[s]) or "no accession was found in these files"
    if not dry_run and counts["attached"]:
        rewrite(dataset, identified(records, done) if re_identify else records, inputs, folder, target)
        said = f"written {target}: {said}"
    typer.echo(said, err=True)
    raise typer.Exit(1 if counts["conflict"] or counts["ambiguous"] or counts["unmatched"] else 0)


def _line(entry: Attached) -> str:
    where = f"{entry.address.file}, {entry.address.cell}" if entry.address.cell else entry.address.file
    to = f" → {entry.record}" if entry.record else ""
    return f"{entry.status}\t{entry.accession}\t{entry.name}{to}\t{where}" + (f"\t{entry.detail}" if entry.detail else "")
