"""``terms search`` and ``terms show``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Final

import typer

from .ontology_commands import BundleOption

if TYPE_CHECKING:
    from pathlib import Path

    from ..terms import Bundle

__all__ = ["register"]

_Json = Annotated[bool, typer.Option("--json", help="JSON Lines.")]


def register(terms: typer.Typer) -> None:
    """Add the commands to ``terms``."""
    terms.command("search")(search)
    terms.command("show")(show)


_FORMS: Final = {"names": "{scope:<12}{text}", "parents": "{relation:<12}{id}  {label}", "children": "child       {id}  {label}"}


def _open(bundle: Path | None) -> Bundle:
    from ..errors import TermIndexError
    from ..terms import BUILD_COMMAND, open_bundle

    found = open_bundle(bundle)
    if found is None:
        raise TermIndexError(f"no ontology bundle is built yet; build it with: {BUILD_COMMAND}")
    return found


def search(
    text: Annotated[str, typer.Argument(help="Some letters or words of a name.")],
    within: Annotated[str, typer.Option("--in", help="Prefixes of the ontologies to look in, separated by commas; left out, all.")] = "",
    count: Annotated[int, typer.Option("--count", "-n", help="At most.", min=1, max=1000)] = 20,
    as_json: _Json = False,
    bundle: BundleOption = None,
) -> None:
    """Search terms by name: what is the text, begins with it, or is near it."""
    from ..terms.search import search as find

    prefixes = tuple(p.strip() for p in within.split(",") if p.strip())
    found = find(_open(bundle), text, prefixes, count=count)
    if not found:
        typer.echo(f"nothing like {text!r}" + (f" in {', '.join(prefixes)}" if prefixes else ""), err=True)
    for term in found:
        if as_json:
            typer.echo(json.dumps(term._asdict(), ensure_ascii=False))
        else:
            by = "" if term.scope == "label" else f"\t{term.scope}: {term.name}"
            typer.echo(f"{term.id}\t{term.label}{by}")


def show(
    curies: Annotated[
        list[str], typer.Argument(help="Accessions in any spelling: UBERON:0002107, UBERON_0002107, an IRI.", metavar="ID...")
    ],
    as_json: _Json = False,
    bundle: BundleOption = None,
) -> None:
    """Show all that the bundle knows of terms: names with their scope, parents, children, what replaced them, where they are from."""
    from ..terms.curies import parse_accession
    from ..terms.verify import known_spelling

    known = _open(bundle)
    missing = 0
    for text in curies:
        accession = parse_accession(text, known.known, loose=True)
        term = known.term(known_spelling(known, accession)) if accession else None
        if accession is None or term is None:
            missing += 1
            info = known.info(accession.prefix) if accession else None
            where = f"{info.prefix} {info.version}" if info else "the bundle"
            typer.echo(f"{text}: no such term in {where}", err=True)
            continue
        data = _data(known, term.id)
        typer.echo(json.dumps(data, ensure_ascii=False) if as_json else _text(data))
    if missing:
        raise typer.Exit(1)


def _data(bundle: Bundle, curie: str) -> dict[str, object]:
    from ..models.prefixes import PREFIXES
    from ..terms.search import neighbourhood

    term = bundle.term(curie)
    if term is None:
        raise KeyError(curie)
    around = neighbourhood(bundle, curie)
    info = bundle.info(term.ontology)
    prefix, _, local = curie.partition(":")
    return {
        "id": curie,
        "label": term.label,
        "iri": PREFIXES[prefix] + local if prefix in PREFIXES else None,
        "obsolete": term.obsolete,
        "replaced_by": list(term.replaced_by),
        "consider": list(term.consider),
        "names": [{"scope": n.scope, "text": n.text} for n in bundle.names(curie)],
        "parents": [{"relation": r, "id": i, "label": label} for r, i, label in around.parents],
        "children": [{"id": i, "label": label} for i, label in around.children],
        "child_count": around.child_count,
        "xrefs": list(bundle.xrefs(curie)),
        "ontology": f"{term.ontology} {term.version}",
        "licence": info.licence if info else "",
    }


def _text(data: dict[str, object]) -> str:
    lines = [f"{data['id']}  {data['label']}" + ("  (obsolete)" if data["obsolete"] else "")]
    for title, key in (("iri", "iri"), ("replaced by", "replaced_by"), ("consider", "consider")):
        value = data[key]
        if value:
            lines.append(f"  {title:<12}{', '.join(map(str, value)) if isinstance(value, list) else value}")
    for key, form in (
        ("names", "{scope:<12}{text}"),
        ("parents", "{relation:<12}{id}  {label}"),
        ("children", "child       {id}  {label}"),
    ):
        entries = data[key]
        if isinstance(entries, list):
            lines += ["  " + form.format(**entry) for entry in entries]
    shown = data["children"]
    if isinstance(shown, list) and isinstance(data["child_count"], int) and data["child_count"] > len(shown):
        lines.append(f"  … and {data['child_count'] - len(shown)} more children")
    if data["xrefs"] and isinstance(data["xrefs"], list):
        lines.append(f"  {'also':<12}{', '.join(data['xrefs'])}")
    lines.append(f"  {'from':<12}{data['ontology']} ({data['licence']})")
    return "\n".join(lines)
