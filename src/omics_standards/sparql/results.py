"""Results of queries as Python has them: the SPARQL 1.1 results formats in, rows, tables and frames out."""

from __future__ import annotations

import json
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ..emit.turtle import TurtleWriter, forget_texts
from ..models.prefixes import compress
from .session import TIMEOUT, Session, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from ..records import Record

__all__ = ["Cell", "Table", "frame_of", "query_records", "read_table", "shorten"]

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_WHOLE: Final = frozenset(
    f"{_XSD}{name}"
    for name in (
        "byte", "int", "integer", "long", "negativeInteger", "nonNegativeInteger", "nonPositiveInteger", "positiveInteger", "short",
        "unsignedByte", "unsignedInt", "unsignedLong", "unsignedShort",
    )
)  # fmt: skip
_NUMBERS: Final = frozenset({f"{_XSD}decimal", f"{_XSD}double", f"{_XSD}float"})
_BOOLEAN: Final = f"{_XSD}boolean"


class Cell(NamedTuple):
    """A value of a result: its kind (uri, literal or bnode), its text, and the datatype of a literal that is not plain text."""

    kind: str
    text: str
    datatype: str = ""


class Table(NamedTuple):
    """A result: names of its columns, and rows in which an unbound value is None."""

    columns: list[str]
    rows: list[list[Cell | None]]


def read_table(path: Path) -> Table:
    """Read a result in SPARQL 1.1 Query Results JSON; that of an ASK has one column ``answer`` and one row.

    References
    ----------
    https://www.w3.org/TR/sparql11-results-json/
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    if "boolean" in data:
        return Table(["answer"], [[Cell("literal", "true" if data["boolean"] else "false", _BOOLEAN)]])
    columns = data["head"]["vars"]
    return Table(columns, [[_cell(row.get(name)) for name in columns] for row in data["results"]["bindings"]])


def _cell(entry: dict[str, Any] | None) -> Cell | None:
    if entry is None:
        return None
    value = entry["value"]
    return Cell(entry["type"], value if isinstance(value, str) else json.dumps(value), entry.get("datatype", ""))


def shorten(iri: str, base: str | None) -> str:
    """Return an IRI as records are named: relative to the base, by its prefix, or as it is.

    Examples
    --------
    >>> shorten("http://purl.obolibrary.org/obo/UBERON_0002107", None)
    'UBERON:0002107'
    >>> shorten("http://x/biosample/S1", "http://x/"), shorten("http://y/1", "http://x/")
    ('biosample/S1', 'http://y/1')
    """
    if base and iri.startswith(base) and len(iri) > len(base):
        return iri[len(base) :]
    return compress(iri) or iri


def frame_of(table: Table, base: str | None) -> pd.DataFrame:
    """Return a result as a frame.

    Parameters
    ----------
    table
        The result.
    base
        What local ids are relative to.

    Returns
    -------
    pandas.DataFrame
        Ids as :meth:`~omics_standards.conversion.Dataset.to_frame` writes them. Whole numbers (Int64), numbers (Float64) and truth values
        (boolean) where all values of a column are; everything else is text. An unbound value is missing (NA).
    """
    import pandas as pd

    made = {}
    for place, name in enumerate(table.columns):
        cells = [row[place] for row in table.rows]
        kinds = {cell.datatype if cell.kind == "literal" else "" for cell in cells if cell is not None}
        texts = [None if c is None else shorten(c.text, base) if c.kind == "uri" else c.text for c in cells]
        large = kinds <= _WHOLE and not all(t is None or _fits(t) for t in texts)
        if kinds and kinds <= _WHOLE and not large:
            made[name] = pd.Series([None if t is None else int(t) for t in texts], dtype="Int64")
        elif kinds and kinds <= _WHOLE | _NUMBERS and not large:
            made[name] = pd.Series([None if t is None else float(t) for t in texts], dtype="Float64")
        elif kinds == {_BOOLEAN}:
            made[name] = pd.Series([None if t is None else t in ("true", "1") for t in texts], dtype="boolean")
        else:
            made[name] = pd.Series(texts, dtype="string")
    return pd.DataFrame(made, columns=table.columns)


def _fits(text: str) -> bool:
    """Whether a whole number fits the frame's 64 bits."""
    return -(2**63) <= int(text) < 2**63


def _turtle(records: Iterable[Record], base: str, path: Path) -> None:
    with path.open("w", encoding="utf-8", errors="replace") as out:
        writer = TurtleWriter(out, base)
        writer.write(writer.encode(records))
        writer.close()


# Sessions by the object whose records they hold, so that a second question need not load again; each ends with its object.
_OPEN: Final[weakref.WeakKeyDictionary[object, tuple[Session, Path]]] = weakref.WeakKeyDictionary()


def query_records(owner: object, records: Sequence[Record], base: str, text: str, timeout: float | None = TIMEOUT) -> pd.DataFrame:
    """Ask records as a graph.

    Parameters
    ----------
    owner
        The object that holds the records; the store is kept as long as it lives, and loaded for the first question only.
    records
        What is asked.
    base
        IRI that local ids are relative to.
    text
        SELECT, ASK, CONSTRUCT or DESCRIBE.
    timeout
        Seconds the query may take; None for no limit.

    Returns
    -------
    pandas.DataFrame
        A row per solution; of an ASK one row with the column ``answer``; of a graph its statements as subject, predicate, object.

    Raises
    ------
    UsageError
        The text is not a query that only reads, or asks another server.
    QueryStopped
        It took too long.
    """
    if owner not in _OPEN:
        folder = Path(tempfile.mkdtemp(prefix="omics-standards-"))
        session = Session([Source(folder / "dataset.ttl", "ttl", base)])
        weakref.finalize(session, shutil.rmtree, folder, ignore_errors=True)
        forget_texts(records)
        _turtle(records, base, folder / "dataset.ttl")
        _OPEN[owner] = session, folder
    session, folder = _OPEN[owner]
    answer = session.ask(text, folder / "result", to="json", base=base, timeout=timeout)
    return frame_of(read_graph(answer.path) if answer.form == "graph" else read_table(answer.path), base)


def read_graph(path: Path) -> Table:
    """Read a graph as a table of its statements: subject, predicate, object."""
    import pyoxigraph as ox

    def cell(term: Any) -> Cell:
        if isinstance(term, ox.Literal):
            plain = term.datatype.value in (f"{_XSD}string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")
            return Cell("literal", term.value, "" if plain else term.datatype.value)
        return Cell("uri" if isinstance(term, ox.NamedNode) else "bnode", getattr(term, "value", str(term)))

    rows: list[list[Cell | None]] = [
        [cell(q.subject), cell(q.predicate), cell(q.object)] for q in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    ]
    return Table(["subject", "predicate", "object"], rows)
