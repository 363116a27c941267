"""``query``: a dataset asked in SPARQL or by a named question, or sent to a server."""

from __future__ import annotations

import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from .ontology_commands import BundleOption

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..sparql import Answer, Session

__all__ = ["register"]

Form = Literal["table", "json", "csv", "tsv", "xml", "turtle", "ntriples"]

_SHOWN = 200  # rows of a table in a terminal
_GAP = 3  # places between columns
_NARROWEST = 6  # places; a table of many columns rather grows beyond the terminal


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("query")(query)


class _Request(NamedTuple):
    """What is asked, and how the answer is wanted."""

    text: str
    to: Form
    timeout: float | None
    allow_service: bool
    rows: int
    base: str | None


class _Named(NamedTuple):
    """A named question with what was said of it."""

    name: str
    folder: str | None
    settings: list[str]
    bundle: str | None
    subterms: bool


_Arguments = Annotated[
    list[str] | None,
    typer.Argument(help="Folders that convert wrote, or RDF files; then the SPARQL, - for standard input.", metavar="DIR... [SPARQL]"),
]
_File = Annotated[Path | None, typer.Option("--file", help="A file that holds the SPARQL.")]
_Question = Annotated[str | None, typer.Option("--question", help="A named question; --list shows them.")]
_Set = Annotated[
    list[str] | None,
    typer.Option("--set", help="Value of a parameter of the question; several values with | between them.", metavar="NAME=VALUE"),
]
_List = Annotated[bool, typer.Option("--list", help="List the named questions with their parameters.")]
_Show = Annotated[bool, typer.Option("--show", help="Print the SPARQL of the question instead of asking it.")]
_Questions = Annotated[str | None, typer.Option("--questions", help="A folder of further questions (*.rq).")]
_Subterms = Annotated[bool, typer.Option("--with-subterms", help="Terms that are asked for include those below them.")]
_To = Annotated[Form, typer.Option("--to", help="Form of the result; a graph is Turtle unless ntriples is said.")]
_Rows = Annotated[int, typer.Option("--rows", min=0, help="Rows shown in a table; 0 for all.")]
_Rdf = Annotated[str | None, typer.Option("--rdf", help="File to load: ttl, nt, nq or json; left out, the first of these that is there.")]
_Store = Annotated[
    Path | None,
    typer.Option("--store", help="Keep the store in this folder; it is used again while what it was loaded from is unchanged."),
]
_Update = Annotated[bool, typer.Option("--update", help="The text is SPARQL Update and changes the store; needs --store.")]
_Force = Annotated[bool, typer.Option("--force", help="Load the store again, even where updates are lost or another folder replaced.")]
_Timeout = Annotated[float, typer.Option("--timeout", min=0, help="Seconds that the query, or one request, may take; 0 for no limit.")]
_Service = Annotated[bool, typer.Option("--allow-service", help="Let the query ask other servers (SERVICE, LOAD).")]
_Endpoint = Annotated[
    str | None,
    typer.Option("--endpoint", help="Send the dataset to this server instead (SPARQL 1.1 Graph Store Protocol).", metavar="URL"),
]
_Graph = Annotated[
    str | None, typer.Option("--graph", help="IRI of the graph at the endpoint, or 'default'; left out, the base of the dataset's ids.")
]
_Replace = Annotated[bool, typer.Option("--replace", help="Empty the graph at the endpoint first; else statements are added.")]


def query(
    arguments: _Arguments = None,
    file: _File = None,
    question: _Question = None,
    settings: _Set = None,
    list_questions: _List = False,
    show: _Show = False,
    questions: _Questions = None,
    with_subterms: _Subterms = False,
    to: _To = "table",
    rows: _Rows = _SHOWN,
    rdf: _Rdf = None,
    store: _Store = None,
    update: _Update = False,
    force: _Force = False,
    timeout: _Timeout = 60,
    allow_service: _Service = False,
    endpoint: _Endpoint = None,
    graph: _Graph = None,
    replace: _Replace = False,
    bundle: BundleOption = None,
) -> None:
    """Ask converted datasets in SPARQL, or by a named question; or send them to a SPARQL server.

    Prefixes of the model, of archives and of ontologies need no declaration. Credentials of a server come from the environment
    (OMICS_STANDARDS_ENDPOINT_TOKEN, or _USER and _PASSWORD) or from a netrc file.
    """
    given = list(arguments or ())
    if list_questions:
        _list(questions)
        return
    _fitting(
        {"--question": question, "--set": settings, "--show": show, "--file": file, "--update": update, "--store": store,
         "--endpoint": endpoint, "--graph": graph, "--replace": replace}
    )  # fmt: skip
    if endpoint is not None:
        _send(given, rdf, endpoint, graph, replace=replace, timeout=timeout or None)
        return
    text = "" if question else _text(given, file)
    with ExitStack() as stack:
        session, bases = _session(stack, given, rdf, store, update=update, force=force)
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="omics-standards-")))
        if question:
            named = _Named(question, questions, settings or [], None if bundle is None else str(bundle), with_subterms)
            text = _filled(named, session, work / "words", bases, timeout or None)
        request = _Request(text, to, timeout or None, allow_service, rows, bases[0] if len(bases) == 1 else None)
        if show:
            typer.echo(text, nl=False)
        elif update:
            assert store is not None
            _update(session, request, store)
        else:
            _print(_ask(session, request, work / "result"), request)


def _fitting(given: Mapping[str, object]) -> None:
    """Refuse options that do not fit together."""
    from ..errors import UsageError

    needs = {"--set": "--question", "--show": "--question", "--graph": "--endpoint", "--replace": "--endpoint", "--update": "--store"}
    for option, other in needs.items():
        if given[option] and not given[other]:
            why = ": a store in memory would be gone with it" if option == "--update" else ""
            raise UsageError(f"{option} needs {other}{why}")
    apart = [("--endpoint", name) for name in ("--question", "--file", "--update", "--store")]
    for option, other in [*apart, ("--question", "--file"), ("--question", "--update")]:
        if given[option] and given[other]:
            raise UsageError(f"{option} and {other} do not go together; give one")


def _ask(session: Session, request: _Request, to: Path) -> Answer:
    return session.ask(
        request.text, to, to=_SYNTAX[request.to], base=request.base, timeout=request.timeout, allow_service=request.allow_service
    )


# The syntax of a table's file; graphs have one of their own.
_SYNTAX = {"table": "json", "json": "json", "csv": "csv", "tsv": "tsv", "xml": "xml", "turtle": "json", "ntriples": "nt"}


def _tell(text: str) -> None:
    typer.echo(text, err=True)


def _text(given: list[str], file: Path | None) -> str:
    """The SPARQL: a file's, standard input's, or the last argument, which is taken out of the list."""
    from ..errors import ReadError, UsageError

    if file is not None:
        try:
            return file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as e:
            raise ReadError(f"{file}: not UTF-8 ({e.reason} at byte {e.start})") from e
    if not given or _is_place(given[-1]):
        raise UsageError("say what to ask: SPARQL as the last argument, --file query.rq, or --question NAME (--list shows them)")
    text = given.pop()
    return sys.stdin.read() if text == "-" else text


def _is_place(text: str) -> bool:
    try:
        return Path(text).exists()
    except OSError:  # longer than a path can be
        return False


def _session(
    stack: ExitStack, folders: Sequence[str], rdf: str | None, store: Path | None, *, update: bool, force: bool
) -> tuple[Session, list[str]]:
    """The store to ask, and what local ids are relative to."""
    from ..query.folders import base_of, opened
    from ..query.keeping import kept_store
    from ..sparql import Session

    if store is None:
        session = Session(stack.enter_context(opened(folders, rdf)))
    else:
        session = Session(store=kept_store(store, folders, syntax=rdf, force=force, tell=_tell), writable=update)
    bases = [base for folder in folders if (base := base_of(folder))]
    return stack.enter_context(session), list(dict.fromkeys(bases))


def _filled(named: _Named, session: Session, work: Path, bases: Sequence[str], timeout: float | None) -> str:
    """The SPARQL of a question with its values."""
    from ..errors import UsageError
    from ..query.asking import DatasetWords
    from ..query.questions import question
    from ..terms import get_terms

    given = {}
    for setting in named.settings:
        key, equals, value = setting.partition("=")
        if not equals:
            raise UsageError(f"--set {setting!r}: name=value is expected")
        given[key.strip()] = value
    words = DatasetWords(session, work, bases, get_terms(named.bundle), subterms=named.subterms, timeout=timeout, tell=_tell)
    return question(named.name, named.folder).query(given, words)


def _update(session: Session, request: _Request, store: Path) -> None:
    from ..query.keeping import note_update

    note_update(store)  # before it: what is ended half-way has changed the store, too
    before, after = session.update(request.text, base=request.base, timeout=request.timeout, allow_service=request.allow_service)
    _tell(f"{before:,} statements before, {after:,} now")


def _print(answer: Answer, request: _Request) -> None:
    """Write a result to standard output."""
    from ..errors import UsageError

    if answer.form == "boolean" and request.to not in ("json", "xml"):
        typer.echo("true" if answer.answer else "false")
        return
    if answer.form == "table" and request.to == "table":
        _table(answer.path, request.rows, request.base)
        return
    if answer.form == "graph" and request.to not in ("table", "turtle", "ntriples"):
        raise UsageError("the result is a graph: --to turtle or ntriples")
    if answer.form == "table" and request.to in ("turtle", "ntriples"):
        raise UsageError("the result is a table: --to table, json, csv, tsv or xml")
    sys.stdout.flush()
    with answer.path.open("rb") as result:
        shutil.copyfileobj(result, sys.stdout.buffer)
    if answer.form == "boolean" or request.to in ("json", "xml"):
        sys.stdout.buffer.write(b"\n")  # their last line has no end
    sys.stdout.buffer.flush()


def _table(path: Path, limit: int, base: str | None) -> None:
    """Print rows in aligned columns, cut to the terminal's width; in full where no terminal reads them."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from ..sparql.results import read_table, shorten

    result = read_table(path)
    shown = result.rows[:limit] if limit else result.rows
    texts = [["" if c is None else shorten(c.text, base) if c.kind == "uri" else " ".join(c.text.split()) for c in row] for row in shown]
    # A sign of Chinese takes two places.
    widths = [max(Text(t).cell_len for t in column) for column in zip(result.columns, *texts, strict=True)]
    gaps = _GAP * len(widths)
    cap = _cap(widths, Console().width - gaps) if sys.stdout.isatty() else max(widths, default=0)
    console = Console(width=max(sum(min(w, cap) for w in widths) + gaps, _NARROWEST), highlight=False)
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for place, name in enumerate(result.columns):
        cells = [row[place] for row in shown]
        number = any(c is not None for c in cells) and all(
            c is None or c.datatype.endswith(("#integer", "#decimal", "#double")) for c in cells
        )
        table.add_column(
            Text(name), no_wrap=True, overflow="ellipsis", justify="right" if number else "left", width=min(widths[place], cap)
        )
    for row in texts:
        table.add_row(*map(Text, row))
    console.print(table)
    if len(shown) < len(result.rows):
        _tell(f"{len(shown):,} of {len(result.rows):,} rows; --rows 0 shows all, --to csv writes them")
    elif not shown:
        _tell("no rows")


def _cap(widths: Sequence[int], room: int) -> int:
    """The width at which the widest columns are cut so that all fit: narrow ones stay whole.

    Examples
    --------
    >>> _cap([4, 30, 50], 60), _cap([4, 30, 50], 100), _cap([40] * 9, 20)
    (28, 50, 6)
    """
    cap = max(widths, default=0)
    while cap > _NARROWEST and sum(min(w, cap) for w in widths) > room:
        cap -= 1
    return cap


def _list(folder: str | None) -> None:
    from ..query.questions import load_questions

    for one in load_questions(folder).values():
        typer.echo(f"{one.name}\n    {one.title}. {one.description}")
        for parameter in one.parameters.values():
            extra = " (required)" if parameter.required else f" (default {parameter.default})" if parameter.default else ""
            example = f", e.g. --set {parameter.name}={_quoted(parameter.example)}" if parameter.example else ""
            typer.echo(f"      {parameter.name}: {parameter.description}{extra}{example}")


def _quoted(text: str) -> str:
    import shlex

    return shlex.quote(text)


def _send(folders: Sequence[str], rdf: str | None, url: str, graph: str | None, *, replace: bool, timeout: float | None) -> None:
    """Send each folder into its graph."""
    from ..errors import UsageError
    from ..models.prefixes import is_iri
    from ..query.endpoint import DEFAULT_GRAPH, send
    from ..query.folders import base_of, opened

    targets: dict[str, list[str]] = {}
    for folder in folders:
        name = graph or base_of(folder)
        if name is None:
            raise UsageError(f"{folder} does not say the base of its ids; name a graph: --graph IRI, or --graph default")
        if name != DEFAULT_GRAPH and not is_iri(name):
            raise UsageError(f"--graph {name!r}: an IRI, or the word default, is expected")
        targets.setdefault(name, []).append(folder)
    if not targets:
        raise UsageError("say which folder to send: omics-standards query DIR --endpoint URL")
    for name, group in targets.items():
        with opened(group, rdf) as sources:
            sent = send(sources, url, name, replace=replace, timeout=timeout, tell=_tell)
        again = f", {sent.repeated} of them again" if sent.repeated else ""
        _tell(f"{sent.statements:,} statements sent to graph {name} in {sent.requests} requests{again}")
