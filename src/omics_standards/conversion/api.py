"""The public verbs: :func:`convert`, :func:`check`, :func:`convert_to`; files or frames in, a dataset, findings or files out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import ConversionFailed
from ..findings import at_least
from .flow import Flow, Options, Outcome
from .inputs import open_inputs
from .memory import Memory

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from ..findings import Finding
    from ..records import Block, Record
    from ..tables import Workbook
    from .dataset import Dataset

__all__ = ["check", "convert", "convert_to", "examine"]


class _Nowhere:
    """A sink that drops the records: a check needs the findings alone."""

    def encode(self, _records: Sequence[Record]) -> None:
        """Nothing to make."""

    def encode_blocks(self, _blocks: Sequence[Block]) -> None:
        """Nothing to make."""

    def write(self, _encoded: object) -> None:
        """Nothing to keep."""


def convert(
    source: str | os.PathLike[str] | pd.DataFrame | Workbook | Iterable[str | os.PathLike[str]],
    profile: str | None = None,
    *,
    base: str | None = None,
    profiles: Sequence[str] = (),
    bundle: str | None = None,
    decisions: Sequence[str | os.PathLike[str]] = (),
    today: str | None = None,
    privacy: bool = True,
    redact: bool = False,
    strict: bool = False,
) -> Dataset:
    """Convert a spreadsheet into a dataset.

    Parameters
    ----------
    source
        A file, a folder, several files, a workbook that was read before, or a pandas frame.
    profile
        Id or family of a profile; None to recognise each sheet.
    base
        IRI that local ids are relative to; None to make one from the dataset's accession, else from the input's hash.
    profiles
        Folders of further profiles.
    bundle
        Path of an ontology bundle; None for the one in the user's cache.
    decisions
        SSSOM files of curated decisions on texts, which overrule the user's and the project's; later ones overrule earlier ones.
    today
        ISO date that sampling dates are compared with; None for the day of the run.
    privacy
        Whether rows of people are looked at for what points at one of them (docs/privacy.md).
    redact
        Whether that is left out of the dataset, its findings and its report.
    strict
        Raise where there are findings of severity error.

    Returns
    -------
    Dataset
        In memory. For tables that do not fit there, use the command line or :func:`convert_to`, which stream.

    Raises
    ------
    ReadError
        The file cannot be read.
    UnknownFormatError
        The profile does not exist or fits no sheet.
    UsageError
        The base is no IRI, or the day no date.
    DecisionError
        A file of decisions is broken, or contradicts itself.
    ConversionFailed
        Only with ``strict``; carries the findings.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"*sample_name": ["S1"], "*organism": ["Mus musculus"], "*collection_date": ["2020-05"]})
    >>> data = convert(frame)
    >>> data.records("Biosample")[0].values("collection_date")
    ('2020-05',)
    >>> convert("no/such/file.xlsx")
    Traceback (most recent call last):
    omics_standards.errors.ReadError: ...
    """
    from .dataset import Dataset

    sink = Memory()
    files = tuple(str(file) for file in decisions)
    options = Options(
        profile=profile, profiles=tuple(profiles), base=base, bundle=bundle, decisions=files, today=today, privacy=privacy, redact=redact
    )
    outcome = Flow(open_inputs(source), options).run(sink)
    if strict:
        errors = list(at_least(outcome.findings, "error"))
        if errors:
            raise ConversionFailed(f"{len(errors)} errors, the first: {errors[0]}", outcome.findings)
    return Dataset(outcome, sink.records)


def check(source: object, profile: str | None = None, **options: Any) -> list[Finding]:
    """Check a spreadsheet: everything that a conversion would say, without keeping the records.

    Parameters
    ----------
    source, profile
        As in :func:`convert`.
    **options
        Fields of :class:`~omics_standards.conversion.flow.Options`.

    Returns
    -------
    list of Finding
        Sorted by file, sheet, row and column; [] where there is nothing to say.

    Examples
    --------
    >>> import pandas as pd
    >>> [f.code for f in check(pd.DataFrame({"sample_name": ["S1"], "organism": ["missing"], "sex": ["1"]}), "ncbi-biosample")]
    ['missing-bare', 'code-without-legend']
    """
    return examine(source, Options(profile=profile, **options)).findings


def examine(source: object, options: Options | None = None) -> Outcome:
    """Check a spreadsheet as :func:`check` does, and return everything that is known at the end but the records.

    Parameters
    ----------
    source
        As in :func:`convert`.
    options
        How; None for the defaults.

    Examples
    --------
    >>> import pandas as pd
    >>> examine(pd.DataFrame({"sample_name": ["S1"], "organism": ["missing"]})).ledger
    Ledger(cells 4, mapped 1, kept 0, missing 1, structural 2, rejected 0)
    """
    return Flow(open_inputs(source), options or Options()).run(_Nowhere())


def convert_to(
    paths: Sequence[str | os.PathLike[str]], folder: str | os.PathLike[str], to: str = "json,turtle", options: Options | None = None
) -> Outcome:
    """Convert files into files, as a stream: memory does not grow with the rows of a flat table.

    Parameters
    ----------
    paths
        Files or folders; one dataset comes of them.
    folder
        Where ``report.json`` and the outputs go.
    to
        Output formats, separated by commas.
    options
        How; None for the defaults.

    Returns
    -------
    Outcome
        Ledger, findings and counts; the records are in the files.
    """
    from ..emit.description import Made, orcid_iri
    from ..emit.files import OutputFolder, parse_formats
    from ..emit.report import REDACTIONS, report_to_dict, write_redactions, write_report

    formats = parse_formats(to)
    if options is not None and options.by:
        orcid_iri(options.by)  # a slip is told before the work, not after it
    flow = Flow(open_inputs(list(paths)), options or Options())
    with OutputFolder(folder, formats, flow.outcome.base, provenance=flow.options.provenance) as out:
        outcome = flow.run(out)
        out.describe(Made(outcome.inputs, outcome.versions, outcome.records, flow.options.by, flow.options.stamp))
        said = (outcome.inputs, outcome.ledger, outcome.records, outcome.findings, outcome.versions, outcome.redactions)
        write_report(out.text("report.json"), report_to_dict(*said))
        if outcome.redaction is not None:
            write_redactions(out.text(REDACTIONS), outcome.redaction.table)
    return outcome
