"""Workbooks that are written anew: the same cells give the same bytes, texts stay texts, and what the disk refuses is said as such."""

from __future__ import annotations

import datetime
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ..errors import MissingDependencyError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

__all__ = ["new_workbook"]


@contextmanager
def new_workbook(path: str | os.PathLike[str], *, title: str = "", stream: bool = False) -> Iterator[Any]:
    """Make a workbook with xlsxwriter, and write it to its place at the end.

    Parameters
    ----------
    path
        The file; it is overwritten.
    title
        Of the document; '' for none.
    stream
        Rows are written once, in order, and take no memory.

    Yields
    ------
    xlsxwriter.Workbook

    Raises
    ------
    MissingDependencyError
        xlsxwriter is not installed.
    OSError
        The disk is full, or the place cannot be written to.
    """
    try:
        import xlsxwriter
        from xlsxwriter.exceptions import FileCreateError
    except ImportError as e:
        raise MissingDependencyError("a workbook needs xlsxwriter: pip install 'omics-standards[excel]'") from e
    options = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False, "constant_memory": stream}
    try:
        with xlsxwriter.Workbook(str(path), options) as book:
            # Otherwise the moment of writing stands in the file and no two runs give the same bytes.
            moment = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)
            book.set_properties({"created": moment, "title": title} if title else {"created": moment})
            yield book
    except FileCreateError as e:
        # xlsxwriter wraps what the disk says into an exception of its own, which is no OSError.
        raise (e.args[0] if e.args and isinstance(e.args[0], OSError) else OSError(str(e))) from e
