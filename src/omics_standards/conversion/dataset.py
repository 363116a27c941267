"""A dataset in memory: records, where each cell went, and what a person should look at."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Any

from ..emit.description import Made
from ..emit.files import OutputFolder, parse_formats
from ..emit.jsontext import record_to_dict
from ..emit.report import REDACTIONS, report_to_dict, write_redactions, write_report
from ..emit.turtle import forget_texts
from ..errors import UsageError
from ..models.slots import MODEL
from .linking import Links

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    import pandas as pd
    import rdflib
    from pydantic import BaseModel

    from ..checks import Redacted
    from ..findings import Finding
    from ..records import Ledger, Record
    from .flow import Outcome
    from .frames import Layout, Many

__all__ = ["Dataset"]


class Dataset:
    """What a conversion gives.

    Attributes
    ----------
    base
        IRI that local ids are relative to.
    ledger
        How many cells were mapped, kept, missing, structural, rejected.
    findings
        What a person should look at, sorted by file, sheet, row and column.
    inputs
        Files and sheets with what they were recognised as.
    versions
        Of the package, the model, the profiles and the ontologies.
    """

    def __init__(self, outcome: Outcome, records: Sequence[Record]) -> None:
        self._outcome = outcome
        self._records: dict[str, list[Record]] = {}
        for record in records:
            self._records.setdefault(record.cls, []).append(record)
        self._by_id = {(r.cls, r.id): r for r in records}

    @property
    def base(self) -> str:
        """IRI that local ids are relative to."""
        return self._outcome.base

    @property
    def ledger(self) -> Ledger:
        """Where every cell went."""
        return self._outcome.ledger

    @property
    def findings(self) -> list[Finding]:
        """What a person should look at."""
        return self._outcome.findings

    @property
    def inputs(self) -> list[dict[str, object]]:
        """Files and sheets with what they were recognised as."""
        return self._outcome.inputs

    @property
    def versions(self) -> dict[str, object]:
        """Versions of what the conversion used."""
        return self._outcome.versions

    @property
    def redactions(self) -> list[Redacted]:
        """Cells that were changed because they pointed at a person; [] where the run did not redact."""
        return self._outcome.redaction.table if self._outcome.redaction is not None else []

    @property
    def classes(self) -> list[str]:
        """Names of the classes that have records, in the model's order."""
        return [c for c in MODEL.records if c in self._records]

    def records(self, cls: str | None = None) -> list[Record]:
        """Return the records of a class, or all of them in the model's order of classes.

        Parameters
        ----------
        cls
            A class name such as ``Biosample``; an abstract one such as ``Assay`` stands for all of its kind; None for all.

        Raises
        ------
        KeyError
            The model has no such class.
        """
        if cls is None:
            return [r for c in self.classes for r in self._records[c]]
        if cls not in MODEL.classes:
            raise KeyError(f"no class {cls!r} in the model; this dataset has {', '.join(self.classes)}")
        return [r for c in self.classes if MODEL.is_a(c, cls) for r in self._records[c]]

    def record(self, cls: str, record_id: str) -> Record | None:
        """Return a record by class and id, None where there is none."""
        return self._by_id.get((cls, record_id))

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records())

    def __len__(self) -> int:
        return sum(map(len, self._records.values()))

    def models(self, cls: str) -> Iterator[BaseModel]:
        """Yield the generated Pydantic objects of a class.

        The rules of the model are reported as findings for converted data, so that real, dirty data is carried; values that
        their slot cannot hold are in the object's ``rejected`` list.
        """
        from .. import models

        for record in self.records(cls):
            generated = getattr(models, record.cls)
            yield generated.model_validate(record_to_dict(record, origin=False), context={"findings": []})

    def to_frame(
        self,
        cls: str | None = None,
        layout: Layout = "wide",
        *,
        ids: bool = True,
        typed: bool = False,
        with_: str | Sequence[str] = (),
        many: Many = "join",
    ) -> pd.DataFrame:
        """Return records as a frame.

        Parameters
        ----------
        cls
            A class name such as ``Biosample``; an abstract one such as ``Assay`` stands for all of its kind (then the first column
            says which). None for all records, in the tidy layout only.
        layout
            ``wide``: a row per record, a column per slot. ``tidy``: a row per value, with its cell, raw text and steps.
        ids
            Whether the ids of ontology terms stand beside their labels.
        typed
            Numbers as numbers: a quantity's number under the slot's name, ``_unit`` beside it (a range under ``_minimum`` and
            ``_maximum``), ``_country`` and ``_region`` of places, ``_latitude`` and ``_longitude`` of positions. Dates stay text: EDTF
            says more than a timestamp holds. A column in which a record has several values is text. Without it, all cells are text.
        with_
            Classes whose facts are put beside each record, as ``Biosample.tissue``: the nearest records of the class that it comes
            from (the samples of a run, their subjects), else those that come of it.
        many
            What to do where several records are linked: ``join`` their distinct values by ``; ``, or ``explode`` into a row for each.

        Returns
        -------
        pandas.DataFrame
            In the order of the sheets; columns in the model's order, then what was kept under its own name, is missing or was
            rejected. An absent value is missing (NA). See docs/frames.md.

        Raises
        ------
        KeyError
            The model has no such class.
        UsageError
            The arguments do not fit together.
        """
        from .frames import frame_of, joined_frame, tidy_frame

        if layout not in ("wide", "tidy"):
            raise UsageError(f"layout={layout!r}: 'wide' or 'tidy' is expected")
        names = (with_,) if isinstance(with_, str) else tuple(with_)
        if layout == "tidy":
            if names or typed:
                raise UsageError("the tidy layout has a column for numbers, and no linked records: leave out typed and with_")
            return tidy_frame(self.records(cls), ids=ids)
        if cls is None:
            raise UsageError("say which class: to_frame('Biosample'); layout='tidy' takes all of them, to_frames() makes a frame of each")
        if not names:
            return frame_of(cls, self.records(cls), ids=ids, typed=typed)
        return joined_frame(cls, self.records(cls), Links(self.records()), names, ids=ids, typed=typed, many=many)

    def to_frames(self, *, ids: bool = True, typed: bool = False) -> dict[str, pd.DataFrame]:
        """Return a wide frame of every class that has records, by class, in the model's order; see :meth:`to_frame`."""
        return {cls: self.to_frame(cls, ids=ids, typed=typed) for cls in self.classes}

    def to_graph(self) -> rdflib.Graph:
        """Return the dataset as an rdflib graph, the one that the Turtle file holds."""
        from io import StringIO

        import rdflib

        from ..emit.turtle import TurtleWriter

        forget_texts(self.records())
        out = StringIO()
        writer = TurtleWriter(out, self.base)
        writer.write(writer.encode(self.records()))
        writer.close()
        return rdflib.Graph().parse(data=out.getvalue(), format="turtle")

    def query(self, sparql: str, *, timeout: float | None = 60) -> pd.DataFrame:
        """Ask the dataset as a graph, the one of :meth:`to_graph`, in SPARQL.

        Parameters
        ----------
        sparql
            SELECT, ASK, CONSTRUCT or DESCRIBE; prefixes of the model, of archives and of ontologies need no declaration.
        timeout
            Seconds the query may take; None for no limit.

        Returns
        -------
        pandas.DataFrame
            A row per solution, ids as in :meth:`to_frame`; numbers and truth values have their types.

        Raises
        ------
        UsageError
            The query cannot be read, changes data, or asks another server.
        QueryStopped
            It took longer than ``timeout``.
        MissingDependencyError
            pyoxigraph is not installed (``omics-standards[query]``).
        """
        from ..sparql.results import query_records

        return query_records(self, self.records(), self.base, sparql, timeout)

    def report(self) -> dict[str, Any]:
        """Return what ``report.json`` holds."""
        counts = Counter({c: len(r) for c, r in self._records.items()})
        return report_to_dict(self.inputs, self.ledger, counts, self.findings, self.versions, self._outcome.redactions)

    def write(
        self,
        folder: str | os.PathLike[str],
        to: str | Sequence[str] = "json,turtle",
        *,
        provenance: bool = False,
        by: str | None = None,
        stamp: str | None = None,
    ) -> None:
        """Write the dataset and its report into a folder.

        Parameters
        ----------
        folder
            Made where it does not exist.
        to
            Formats: json, turtle, ntriples, nquads, jsonld, jsonld-framed, rdfxml, tsv, xlsx, parquet.
        provenance
            Whether the RDF says where each value comes from.
        by, stamp
            Who made it (an ORCID or a name) and when (an ISO date, or a date with time), for its description; None for silence.

        Raises
        ------
        UsageError
            A format does not exist.
        """
        forget_texts(self.records())
        with OutputFolder(folder, parse_formats(to), self.base, provenance=provenance) as out:
            out.write(out.encode(self.records()))
            counts = {c: len(r) for c, r in self._records.items()}
            out.describe(Made(self.inputs, self.versions, counts, by, stamp))
            write_report(out.text("report.json"), self.report())
            if self.redactions:
                write_redactions(out.text(REDACTIONS), self.redactions)

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self._records[c])} {MODEL.classes[c].container}" for c in self.classes)
        worst = Counter(f.severity for f in self.findings)
        said = ", ".join(f"{worst[s]} {s}s" for s in ("error", "warning") if worst[s]) or "nothing to look at"
        return f"<Dataset: {counts or 'no records'}; {self.ledger!r}; {said}>"

    def _repr_html_(self) -> str:
        """A summary for notebooks: files, records, ledger, and the first findings."""
        files = "".join(
            f"<tr><td>{escape(str(i['file']))}</td><td>{escape(str(s['sheet']))}</td>"
            f"<td>{escape(str(s['profile'] or '—'))}</td><td>{s['rows']}</td></tr>"
            for i in self.inputs
            for s in i["sheets"]  # type: ignore[attr-defined]
        )
        counts = "".join(f"<tr><td>{c}</td><td>{len(self._records[c])}</td></tr>" for c in self.classes)
        ledger = self.ledger.to_dict()
        fates = "".join(f"<th>{k}</th>" for k in ledger), "".join(f"<td>{v}</td>" for v in ledger.values())
        shown = [f for f in self.findings if f.severity != "info"][:10]
        rows = "".join(
            f"<tr><td>{f.severity}</td><td>{escape(f.address.cell)}</td><td>{escape(f.code)}</td>"
            f"<td>{escape(repr(f.value) if f.value else '')}</td>"
            f"<td>{escape(f.expected)}</td><td>{escape(f.fix)}</td></tr>"
            for f in shown
        )
        more = len([f for f in self.findings if f.severity != "info"]) - len(shown)
        return (
            "<div><b>Dataset</b><table><tr><th>file</th><th>sheet</th><th>format</th><th>rows</th></tr>"
            f"{files}</table><table><tr><th>class</th><th>records</th></tr>{counts}</table>"
            f"<table><tr>{fates[0]}</tr><tr>{fates[1]}</tr></table>"
            f"<table><tr><th></th><th>cell</th><th>finding</th><th>found</th><th>expected</th><th>fix</th></tr>{rows}</table>"
            + (f"<p>and {more} more in <code>.findings</code></p>" if more > 0 else "")
            + "</div>"
        )
