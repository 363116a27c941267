"""The reports of a run, written beside its outputs: a page, and the workbooks that go back to their owners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..emit.files import parse_names
from ..whole import write_whole
from .language import get_language
from .offers import find_offers
from .page import Told, page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ..conversion.flow import Outcome
    from ..tables import Workbook
    from .coverage import Coverage

__all__ = ["KINDS", "PAGE", "parse_reports", "write_reports"]

KINDS: Final = ("html", "xlsx")
PAGE: Final = "report.html"


def parse_reports(text: str | None) -> tuple[str, ...]:
    """Read a list of kinds of reports.

    Raises
    ------
    UsageError
        One of them does not exist.

    Examples
    --------
    >>> parse_reports("html,xlsx"), parse_reports(None)
    (('html', 'xlsx'), ())
    >>> parse_reports("pdf")
    Traceback (most recent call last):
    omics_standards.errors.UsageError: no report 'pdf'; there are: html, xlsx
    """
    return parse_names(text, KINDS, "report") if text else ()


def write_reports(
    kinds: Sequence[str],
    folder: Path,
    outcome: Outcome,
    coverage: Coverage,
    books: Sequence[Workbook],
    *,
    lang: str = "en",
    bundle: str | None = None,
    decisions: Sequence[str] = (),
    force: bool = False,
) -> list[str]:
    """Write the reports of a run.

    Parameters
    ----------
    kinds
        Any of :data:`KINDS`.
    folder
        Where they go; made where it does not exist.
    outcome, coverage
        What the run found, and what it made of the columns.
    books
        The inputs, as :func:`omics_standards.conversion.inputs.open_inputs` opens them; used for ``xlsx`` only.
    lang
        A tag of :data:`omics_standards.curation.language.LANGUAGES`.
    bundle, decisions
        Where suggestions of terms come from, as in the conversion.
    force
        Overwrite a returned workbook that is there already; a person may have worked in it.

    Returns
    -------
    list of str
        What was written and what was not, in sentences.

    Raises
    ------
    ReadError
        The folder cannot be written to.
    UsageError
        A returned workbook is there already.
    """
    language = get_language(lang)
    said: list[str] = []
    offers = find_offers(outcome.findings, bundle=bundle, decisions=decisions)
    if "xlsx" in kinds:
        from .returning import return_workbooks

        said += return_workbooks(books, folder, outcome.findings, language, offers, force=force)
    if "html" in kinds:
        told = Told(outcome.inputs, outcome.ledger, outcome.records, outcome.findings, outcome.versions, coverage.sheets, offers)
        write_whole(folder / PAGE, page(told, language), force=True)
        said.append(language.phrase("written {path}", path=folder / PAGE))
    return said
