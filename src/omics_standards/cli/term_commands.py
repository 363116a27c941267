"""``terms ground``."""

from __future__ import annotations

import codecs
import json
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, cast

import typer

from . import review_commands, term_views
from .ontology_commands import BundleOption

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader

    from ..terms import Grounding

__all__ = ["register"]

_BLOCK: Final = 1_000  # lines; what cannot be accepted takes a millisecond each
_CHUNK: Final = 1 << 14  # bytes
_REMEMBERED: Final = 50_000  # answers, some 20 MB: texts of a column repeat
_encode: Final = json.JSONEncoder(ensure_ascii=False).encode

terms = typer.Typer(help="Ontology terms.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    term_views.register(terms)
    review_commands.register(terms)
    app.add_typer(terms, name="terms")


@terms.callback()
def _terms() -> None:
    """Ontology terms."""


def _blocks(source: str) -> Iterator[list[str]]:
    """Yield the lines of a file in blocks; of standard input what has come so far, so that who asks line by line is answered."""
    if source == "-":
        yield from _arriving()
        return
    with Path(source).open(encoding="utf-8", errors="surrogateescape") as lines:
        while block := [line.rstrip("\r\n") for line in islice(lines, _BLOCK)]:
            yield block


def _arriving() -> Iterator[list[str]]:
    decoder = codecs.getincrementaldecoder(sys.stdin.encoding or "utf-8")("surrogateescape")
    stream = cast("BufferedReader", sys.stdin.buffer)
    begun: list[str] = []
    while data := stream.read1(_CHUNK):
        first, *lines = decoder.decode(data).split("\n")
        begun.append(first)
        if lines:
            yield [line.rstrip("\r") for line in ("".join(begun), *lines[:-1])]
            begun = lines[-1:]
    last = "".join((*begun, decoder.decode(b"", final=True)))
    if last:
        yield [last.rstrip("\r")]


def _line(text: str, found: Grounding) -> str:
    """Return an answer as a line of JSON; its frame is written by hand, at a quarter of the cost."""
    curie = "null" if found.id is None else _encode(found.id)
    suggestions = _encode([s._asdict() for s in found.suggestions]) if found.suggestions else "[]"
    return (
        f'{{"text": {_encode(text)}, "status": "{found.status}", "id": {curie}, "label": {_encode(found.label)}, '
        f'"confidence": {found.confidence!r}, "step": "{found.step}", "suggestions": {suggestions}}}\n'
    )


@terms.command("ground")
def ground(
    within: Annotated[
        str, typer.Option("--in", help="Prefixes of the ontologies to look in, in order of preference, separated by commas.")
    ] = "",
    slot: Annotated[str | None, typer.Option("--slot", help="A slot of the model, whose ontologies and branch are used.")] = None,
    source: Annotated[str, typer.Argument(help="A file with one text per line; - reads standard input.", metavar="[FILE]")] = "-",
    organism: Annotated[str, typer.Option("--organism", help="Name or taxon: ontologies of other species are left out.")] = "",
    bundle: BundleOption = None,
    decisions: Annotated[
        list[str] | None, typer.Option("--decisions", help="SSSOM file of curated decisions on texts; may be repeated, later ones win.")
    ] = None,
) -> None:
    """Find the terms of texts, one per line; JSON Lines come out. What was decided on a text comes first."""
    from ..errors import UsageError
    from ..mapping.species import ontologies_for
    from ..models.slots import MODEL
    from ..terms import get_terms, load_decisions, terms_for, with_decisions

    prefixes = tuple(p.strip() for p in within.split(",") if p.strip())
    branch: tuple[str, ...] = ()
    if slot is not None:
        if slot not in MODEL.slots or MODEL.slots[slot].kind != "term":
            raise UsageError(f"no slot {slot!r} that holds terms; see docs/model.md")
        prefixes, branch = prefixes or MODEL.slots[slot].ontologies, MODEL.slots[slot].branch
    if not prefixes:
        raise UsageError("say where to look: --in UBERON,CL or --slot tissue")
    known = terms_for(with_decisions(get_terms(bundle), load_decisions(decisions or ())), slot or "")
    if organism:
        prefixes = ontologies_for(organism, prefixes, known)
    told: dict[str, str] = {}
    for block in _blocks(source):
        if len(told) > _REMEMBERED:
            told.clear()
        for text in block:
            if text not in told:
                told[text] = _line(text, known.ground(text, prefixes, branch))
        sys.stdout.write("".join([told[text] for text in block]))
        sys.stdout.flush()
