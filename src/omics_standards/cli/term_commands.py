"""``terms ground``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .ontology_commands import BundleOption

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["terms"]

terms = typer.Typer(help="Ontology terms.", no_args_is_help=True)


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
    bundle: BundleOption = None,
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
