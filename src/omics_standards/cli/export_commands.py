"""``export``: a converted dataset out to an archive's own files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from .progress import steps

if TYPE_CHECKING:
    from ..conversion.dataset import Dataset

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("export")(export)


def export(
    source: Annotated[Path | None, typer.Argument(help="A converted folder, or a sheet to be converted first.", metavar="DIR")] = None,
    to: Annotated[str, typer.Option("--to", help="What to write; --list shows all.")] = "",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Folder for the files and export.json.")] = None,
    tables: Annotated[str, typer.Option("--tables", help="Ids of the tables to write, separated by commas.")] = "",
    lang: Annotated[Literal["en", "zh"], typer.Option("--lang", help="Language of headers, where the archive takes both.")] = "en",
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there already.")] = False,
    no_verify: Annotated[bool, typer.Option("--no-verify", help="Do not read back what was written.")] = False,
    profiles: Annotated[list[str] | None, typer.Option("--profiles", help="A folder of further profiles; may be repeated.")] = None,
    bundle: Annotated[str | None, typer.Option("--bundle", help="The ontology bundle to use.", envvar="OMICS_STANDARDS_BUNDLE")] = None,
    fail_on: Annotated[
        Literal["error", "warning"], typer.Option("--fail-on", help="warning: exit with 1 where a value is lost or differs.")
    ] = "error",
    listed: Annotated[bool, typer.Option("--list", help="Show what can be written, and end.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No summary.")] = False,
    preflight: Annotated[
        bool, typer.Option("--preflight", help="Write nothing; say what the archive would send back. --to takes several, with commas.")
    ] = False,
    kind: Annotated[
        str,
        typer.Option(
            "--kind", "--sample-type", "--package", "--checklist", help="Of the samples; left out, what the records say of themselves."
        ),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="The preflight as JSON Lines.")] = False,
) -> None:
    """Write a dataset as an archive's own sheets; what they cannot hold is said in export.json."""
    from ..conversion.exporting import export_dataset, summary
    from ..errors import UsageError
    from ..profiles.load import load_profiles
    from ..profiles.targets import targets

    folders = tuple(profiles or ())
    if listed:
        for one in sorted(t for t in targets(load_profiles(folders)) if t.writers):
            typer.echo(f"{one.name}\t{'; '.join(p.title for p in one.writers)}")
        return
    if preflight and source is not None and to:
        wanted = [t.strip() for t in tables.split(",") if t.strip()]
        raise typer.Exit(_preflight(_opened(source, bundle, folders), to, kind, wanted, folders, bundle, as_json=as_json))
    if source is None or not to or output is None:
        raise UsageError("export needs a converted folder, --to TARGET and -o FOLDER; export --list shows the targets")
    tell = steps(quiet=quiet)
    tell(f"reading {source}")
    dataset = _opened(source, bundle, folders)
    written = export_dataset(
        dataset,
        to,
        output,
        force=force,
        language=lang,
        tables=[t.strip() for t in tables.split(",") if t.strip()],
        verify=not no_verify,
        kind=kind,
        profiles=folders,
        bundle=bundle,
        progress=tell,
    )
    if not quiet:
        typer.echo("\n".join([*summary(written), f"written to {output}"]), err=True)
    raise typer.Exit(1 if fail_on == "warning" and (written.losses or written.differing) else 0)


def _preflight(
    dataset: Dataset, to: str, kind: str, tables: list[str], folders: tuple[str, ...], bundle: str | None, *, as_json: bool
) -> int:
    """Print what archives would send back; the exit code says whether there is anything."""
    import json

    from ..conversion.preflighting import preflight_dataset
    from ..emit.preflight import matrix_lines, to_dicts

    names = [t.strip() for t in to.split(",") if t.strip()]
    found = preflight_dataset(dataset, names, kind=kind, tables=tables, profiles=folders, bundle=bundle)
    for line in (json.dumps(d, ensure_ascii=False) for d in to_dicts(found)) if as_json else matrix_lines(found):
        typer.echo(line)
    return 1 if found.failing else 0


def _opened(source: Path, bundle: str | None, folders: tuple[str, ...]):  # type: ignore[no-untyped-def]
    """A dataset that was converted before, or is converted now."""
    from ..conversion import convert, load

    if source.is_dir() and (source / "dataset.json").is_file():
        return load(source)
    return convert(source, bundle=bundle, profiles=folders)
