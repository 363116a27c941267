"""Templates as files: a workbook or a tab-separated text, put in place in one step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import UsageError
from ...whole import refuse, whole_file

if TYPE_CHECKING:
    import os

    from .build import Template

__all__ = ["render_text", "write_template"]

_TEXTS = (".tsv", ".txt")


def render_text(template: Template) -> str:
    """Write the template as tab-separated text.

    Raises
    ------
    UsageError
        The target is a workbook of several sheets.

    Examples
    --------
    >>> from .build import build_template
    >>> print(render_text(build_template("sra")).partition(chr(9))[0])
    sample_name
    """
    sheet = template.text_sheet
    if sheet is None:
        names = ", ".join(s.name for s in template.sheets)
        raise UsageError(f"a template for {template.target.name} is a workbook ({names}): give -o a name that ends in .xlsx")
    (block,) = sheet.blocks
    rows = [[c.header for c in block.columns]]
    if any(block.units):
        rows.append(["#units", *block.units[1:]])
    if any(c.example for c in block.columns):
        rows.append([c.example for c in block.columns])
    return "".join(f"{line}\n" for line in (*sheet.lead, *("\t".join(row) for row in rows)))


def write_template(template: Template, path: str | os.PathLike[str], *, force: bool = False) -> None:
    """Write a template into a file.

    Parameters
    ----------
    template
        What to write.
    path
        A name that ends in ``.xlsx``, ``.tsv`` or ``.txt``; its folder is made where it is absent.
    force
        Replace a file of this name.

    Raises
    ------
    UsageError
        The file exists and ``force`` is False, its ending is another, or the target is no text.
    MissingDependencyError
        A workbook is asked for and xlsxwriter is not installed.
    ReadError
        The folder cannot be written to.
    """
    place = Path(path)
    ending = place.suffix.lower()
    if ending not in (".xlsx", *_TEXTS):
        raise UsageError(f"a template is written as .xlsx or .tsv, not as {place.name!r}")
    refuse([place], force=force)
    text = render_text(template) if ending in _TEXTS else None
    with whole_file(place, force=force) as work:
        if text is not None:
            work.write_text(text, encoding="utf-8", newline="\n")
        else:
            from .workbook import write_workbook

            write_workbook(template, work)
