"""The accessor ``df.omics`` of pandas frames, and ``series.omics`` of series.

In: a frame of metadata, as people have it. Out: findings by cell, a dataset, the terms of a column, the frame with its doubtful
cells marked. ``import omics_standards.pandas`` registers it; ``import omics_standards`` alone loads no pandas.

>>> import pandas as pd
>>> import omics_standards.pandas
>>> df = pd.DataFrame({"sample_name": ["S1", "S2"], "organism": ["Mus musculus", "missing"]}, index=["a", "b"])
>>> found = df.omics.check("ncbi-biosample")
>>> found.loc[found["value"] == "missing", ["row", "column", "code"]].values.tolist()
[['b', 'organism', 'missing-bare']]
>>> df.iloc[:0].omics.check("ncbi-biosample", at_least="warning").empty
True
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from .conversion import check, convert, ground
from .errors import MissingDependencyError, UsageError
from .findings import CODES, SEVERITIES, row_numbers
from .mapping.headers import alias_slots, header_forms
from .models.slots import MODEL

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from pandas.io.formats.style import Styler

    from .conversion import Dataset
    from .findings import Finding, Severity

__all__ = ["OmicsFrame", "OmicsSeries"]

# The first row below the header, which is row 1 of a frame.
_FIRST: Final = 2
_COLUMNS: Final = ("row", "column", "position", "severity", "code", "value", "expected", "fix", "slot", "count")
_COLOURS: Final = {"error": "#f4c7c3", "warning": "#fce8b2", "info": "#d5e5f7"}


@pd.api.extensions.register_dataframe_accessor("omics")
class OmicsFrame:
    """What this package does with a frame: :meth:`check`, :meth:`convert`, :meth:`ground`, :meth:`marked`.

    Read files with ``dtype=str, na_filter=False``, so that ``007`` and ``NA`` are what the file says.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def check(self, profile: str | None = None, *, at_least: Severity = "info", **options: Any) -> pd.DataFrame:
        """Check the frame: everything that a conversion would say, a row per cell.

        Parameters
        ----------
        profile
            Id or family of a profile; None to recognise the frame by its columns.
        at_least
            Severity of what is told: ``error``, ``warning`` or ``info``.
        **options
            As in :func:`omics_standards.check`.

        Returns
        -------
        pandas.DataFrame
            ``row``: label of the frame's index (NA where the finding is about a column or the whole frame); ``column``: label of the
            column; ``position``: place of the row, from 0, which is sure where labels repeat; then severity, code, value, expected,
            fix, slot, and how many cells the finding stands for in all.
        """
        if at_least not in SEVERITIES:
            raise UsageError(f"at_least={at_least!r}: {', '.join(SEVERITIES)} are expected")
        told: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
        for finding in check(self._frame, profile, **options):
            if SEVERITIES[finding.severity] > SEVERITIES[at_least]:
                continue
            for position in self._positions(finding):
                own = (finding.severity, finding.code, finding.value, finding.expected, finding.fix, finding.slot, finding.count)
                label = self._frame.index[position] if position is not None else pd.NA
                for name, cell in zip(_COLUMNS, (label, self._label(finding), position, *own), strict=True):
                    told[name].append(cell)
        kinds = {"position": "Int64", "count": "int64", **dict.fromkeys(("severity", "code", "value", "expected", "fix", "slot"), "string")}
        return pd.DataFrame({n: pd.Series(cells, dtype=kinds.get(n, "object")) for n, cells in told.items()})

    def convert(self, profile: str | None = None, **options: Any) -> Dataset:
        """Convert the frame into a dataset; arguments as in :func:`omics_standards.convert`."""
        return convert(self._frame, profile, **options)

    def ground(self, column: Hashable, within: str | tuple[str, ...] = (), **options: Any) -> pd.DataFrame:
        """Find the ontology terms of a column's texts.

        Parameters
        ----------
        column
            Label of the column.
        within
            Ontologies to look in, in order of preference; () for those of ``slot``, or of the slot that the column's label names:
            ``tissue``, ``Cell type``, ``疾病``.
        **options
            ``slot``, ``organism``, ``branch`` and ``bundle``, as in :func:`omics_standards.ground`.

        Returns
        -------
        pandas.DataFrame
            With the frame's index: status, id, label, confidence, step, suggestions and version.

        Raises
        ------
        KeyError
            There is no such column.
        UsageError
            Two columns have that label, or it names no slot and neither ``within`` nor ``slot`` is given.

        Examples
        --------
        >>> df = pd.DataFrame({"Tissue": ["UBERON:0002107", None]}, index=["a", "b"])
        >>> df.omics.ground("Tissue", bundle="/no/such/bundle")["id"].tolist()
        ['UBERON:0002107', <NA>]
        >>> df.rename(columns={"Tissue": "cage"}).omics.ground("cage")
        Traceback (most recent call last):
        omics_standards.errors.UsageError: 'cage' names no slot that holds terms; say within='UBERON', or slot='tissue'
        """
        texts: Any = self._frame[column]
        if texts.ndim > 1:
            raise UsageError(f"{texts.shape[1]} columns are called {column!r}")
        return OmicsSeries(texts).ground(within, **options)

    def marked(self, profile: str | None = None, *, at_least: Severity = "warning", **options: Any) -> Styler:
        """Return the frame with its doubtful cells coloured, and what is said of them as tooltips.

        Parameters
        ----------
        profile, at_least, **options
            As in :meth:`check`.

        Returns
        -------
        pandas.io.formats.style.Styler
            For a notebook, ``.to_html()`` or ``.to_excel()``. Headers are coloured where a finding is about the column.

        Raises
        ------
        MissingDependencyError
            Jinja2 is not installed, which pandas needs for styles.
        UsageError
            Labels of rows or columns repeat, which pandas cannot style.
        """
        frame = self._frame
        if not (frame.index.is_unique and frame.columns.is_unique):
            raise UsageError("pandas styles frames with unique labels only: reset_index() first, or rename columns")
        found = self.check(profile, at_least=at_least, **options)
        worst = sorted(found.to_dict("records"), key=lambda f: -SEVERITIES[f["severity"]])
        places = {column: k for k, column in enumerate(frame.columns)}
        styles, texts = ([[""] * frame.shape[1] for _ in range(frame.shape[0])] for _ in range(2))
        heads: dict[Hashable, str] = {}
        for f in worst:  # the worst one comes last and gives the colour
            css = f"background-color: {_COLOURS[f['severity']]}; color: black"
            if pd.isna(f["position"]):
                heads[f["column"]] = css
            elif f["column"] in places:
                row, column = int(f["position"]), places[f["column"]]
                styles[row][column] = css
                told = "; ".join(t for t in (CODES[f["code"]].title, f["expected"], f["fix"]) if t)
                texts[row][column] = "\n".join(filter(None, (texts[row][column], escape(f"{f['severity']}: {told}"))))
        try:
            style = frame.style
        except (ImportError, AttributeError) as e:
            raise MissingDependencyError("styles of pandas need Jinja2: pip install jinja2") from e
        coloured = pd.DataFrame(styles, index=frame.index, columns=frame.columns)
        style = style.apply(lambda _: coloured, axis=None)
        style = style.apply_index(lambda labels: [heads.get(label, "") for label in labels], axis=1)
        return style.set_tooltips(pd.DataFrame(texts, index=frame.index, columns=frame.columns))

    def _positions(self, finding: Finding) -> Sequence[int | None]:
        """Places of the rows that a finding is about, from 0; [None] where it is about a column or the frame."""
        rows = [row - _FIRST for row in row_numbers(finding)]
        return [p for p in rows if 0 <= p < len(self._frame)] or [None]

    def _label(self, finding: Finding) -> Any:
        """Label of the column that a finding is about; NA where it is about the frame."""
        frame, column = self._frame, finding.address.column
        # A named index stands before the columns, as from_frame lays it out.
        named = any(name is not None for name in frame.index.names)
        labels = [*(frame.index.names if named else ()), *frame.columns]
        return labels[column - 1] if column and column <= len(labels) else pd.NA


@pd.api.extensions.register_series_accessor("omics")
class OmicsSeries:
    """What this package does with a series: :meth:`ground`."""

    def __init__(self, series: pd.Series[Any]) -> None:
        self._series = series

    def ground(self, within: str | tuple[str, ...] = (), **options: Any) -> pd.DataFrame:
        """Find the ontology terms of the texts; see :meth:`OmicsFrame.ground`."""
        if not within and options.get("slot") is None:
            options["slot"] = _slot_of(str(self._series.name))
        found: pd.DataFrame = ground(self._series, within, **options)
        return found


def _slot_of(label: str) -> str:
    """The slot that a label names, by its name or an alias in any language."""
    for cls in ("Biosample", *MODEL.records):
        known = alias_slots(cls)
        for form in header_forms(label):
            slot = known.get(form)
            if slot is not None and MODEL.slots[slot].kind == "term":
                return slot
    raise UsageError(f"{label!r} names no slot that holds terms; say within='UBERON', or slot='tissue'")
