"""Workbooks that are made anew: what every one of them needs."""

from __future__ import annotations

import datetime
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ..errors import MissingDependencyError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["new_workbook"]


@contextmanager
def new_workbook(path: Path, what: str, *, title: str = "", streamed: bool = False) -> Iterator[Any]:
    """Give a workbook to fill; it is written at the end.

    Parameters
    ----------
    path
        The file; it is overwritten.
    what
        What is written, for the message.
    title
        The document's title; '' for none.
    streamed
        Whether rows are written out as they come, so that memory does not grow with them; then none can be changed later.

    Yields
    ------
    xlsxwriter.Workbook
        One that keeps every text as a text.

    Raises
    ------
    MissingDependencyError
        xlsxwriter is not installed.
    OSError
        The file cannot be written.
    """
    try:
        import xlsxwriter
        from xlsxwriter.exceptions import FileCreateError
    except ImportError as e:
        raise MissingDependencyError(f"{what} needs xlsxwriter: pip install 'omics-standards[excel]'") from e
    options = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False, "constant_memory": streamed}
    try:
        with xlsxwriter.Workbook(str(path), options) as book:
            # Otherwise the moment of writing stands in the file and no two runs give the same bytes.
            moment = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)
            book.set_properties({"created": moment, **({"title": title} if title else {})})
            yield book
    except FileCreateError as e:
        # The library wraps what the system said.
        raise e.args[0] from None
