"""``fix``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .convert_commands import Bundle, DecisionFiles, Lang, ProfileFolders, ProfileName, options_of

if TYPE_CHECKING:
    from ..curation.fixing import Change
    from ..curation.language import Language

__all__ = ["register"]

_WIDTH = 40


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("fix")(fix)


def fix(
    file: Annotated[Path, typer.Argument(help="A workbook (.xlsx, .xlsm) or delimited text.", metavar="FILE")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The fixed file, or a folder for it.", metavar="OUT")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be changed; write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Changes as JSON Lines.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite what is there already; the file itself never.")] = False,
    profile: ProfileName = None,
    profiles: ProfileFolders = None,
    bundle: Bundle = None,
    decisions: DecisionFiles = None,
    lang: Annotated[Lang, typer.Option("--lang", help="Language in which the changes are told; --json stays English.")] = "en",
) -> None:
    """Apply the safe fixes to a file, and say each: the fixed file converts to the same records, with nothing new to look at."""
    from ..curation import get_language
    from ..curation.fixing import fix as apply
    from ..errors import UsageError
    from ..whole import refuse, write_whole

    target = None
    if not dry_run:
        if output is None:
            raise UsageError("name the fixed file with -o, or look at the changes with --dry-run")
        target = output / file.name if output.is_dir() or not output.suffix else output
        if target.exists() and file.exists() and target.samefile(file):
            raise UsageError(f"{target} is the file itself, which is never overwritten: name another one with -o")
        refuse([target], force=force)
        if target.suffix.lower() != file.suffix.lower():
            raise UsageError(f"{target.name} would be of another kind than {file.name}: a fixed file stays of its kind")
    done = apply(file, options_of(profile, profiles, bundle, decisions))
    language = get_language(lang)
    for change in done.changes:
        typer.echo(json.dumps(change.to_dict(), ensure_ascii=False) if as_json else _line(change, language))
    cells = sum(len(c.rows) for c in done.changes)
    counts = {"cells": cells, "changes": len(done.changes), "before": done.before, "after": done.after}
    told = language.phrase("{cells} cells in {changes} changes; findings: {before} before, {after} after", **counts)
    if target is not None:
        write_whole(target, done.content, force=force)
        told = f"{language.phrase('written {path}', path=target)}: {told}"
    typer.echo(told, err=True)


def _line(change: Change, language: Language) -> str:
    from ..curation.fixing import WHY

    cell: str | None = change.address.cell
    if len(change.rows) > 1:
        cell = language.phrase("{cell} and {n} more", cell=cell, n=len(change.rows) - 1)
    before, after = (repr(t if len(t) <= _WIDTH else t[: _WIDTH - 1] + "…") for t in (change.before, change.after))
    return f"{cell}\t{change.header}\t{before}\t→ {after}\t{language.say(WHY[change.kind])}"
