"""A template as an Excel workbook: coloured headers with notes, drop-downs, text cells, an example row, and a sheet that explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ..books import new_workbook
from .notes import legend, note, read_me

if TYPE_CHECKING:
    from pathlib import Path

    from .build import Template, TemplateBlock, TemplateColumn, TemplateSheet

__all__ = ["write_workbook"]

# Excel's own limits of a list that stands in the rule itself (https://support.microsoft.com/office, "Data validation").
_INLINE_CHARACTERS: Final = 255
_INLINE_VALUES: Final = 256
# Rows that get drop-downs and text format.
_ROWS: Final = 2000
_BLOCK_ROWS: Final = 40
# Number of Excel's own format for text, which is in every workbook.
_TEXT: Final = 49
_README: Final = "Read me"
_LISTS: Final = "cv_lists"

# Fill of the header by requirement: strong for what must be there, pale for what may be.
COLOURS: Final = {"required": "#F4B183", "group": "#9DC3E6", "recommended": "#FFE699", "optional": "#EDEDED"}


class _Book:
    """A workbook in the making: its formats, and the hidden sheet of long lists."""

    def __init__(self, template: Template, book: Any) -> None:
        self.template = template
        self.book = book
        self.text = book.add_format({"num_format": _TEXT})
        self.example = book.add_format({"num_format": _TEXT, "italic": True, "font_color": "#7F7F7F"})
        self.title = book.add_format({"bold": True, "font_size": 12})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.heads = {
            kind: book.add_format(
                {"bold": kind in ("required", "group"), "bg_color": colour, "border": 1, "num_format": _TEXT, "valign": "top"}
            )
            for kind, colour in COLOURS.items()
        }
        self.lists: dict[tuple[str, ...], str] = {}

    def source(self, values: tuple[str, ...]) -> list[str] | str:
        """Where a drop-down finds its values: in the rule itself where they fit there, else in the hidden sheet."""
        short = len(values) < _INLINE_VALUES and len(",".join(values)) <= _INLINE_CHARACTERS
        # A value with a comma would be two.
        if short and not any("," in v or '"' in v for v in values):
            return list(values)
        if values not in self.lists:
            self.lists[values] = f"={_LISTS}!${_letter(len(self.lists))}$1:${_letter(len(self.lists))}${len(values)}"
        return self.lists[values]

    def close(self) -> None:
        """Write the hidden sheet."""
        if not self.lists:
            return
        sheet = self.book.add_worksheet(_LISTS)
        for j, values in enumerate(self.lists):
            for i, value in enumerate(values):
                sheet.write_string(i, j, value, self.text)
        sheet.hide()


def _letter(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def write_workbook(template: Template, path: Path) -> None:
    """Write a template as a workbook.

    Parameters
    ----------
    template
        What to write.
    path
        The file; it is overwritten.

    Raises
    ------
    MissingDependencyError
        xlsxwriter is not installed.
    """
    with new_workbook(path, title=f"{template.target.title} {template.kind}".strip()) as book:
        made = _Book(template, book)
        for sheet in template.sheets:
            _write_sheet(made, sheet)
        _write_readme(made)
        made.close()


def _write_sheet(made: _Book, sheet: TemplateSheet) -> None:
    page = made.book.add_worksheet(sheet.name)
    if len(sheet.blocks) == 1 and sheet.blocks[0].shape == "rows" and not sheet.blocks[0].title:
        _write_rows(made, page, sheet.blocks[0], 0, _ROWS)
        for j, column in enumerate(sheet.blocks[0].columns):
            page.set_column(j, j, _width(column), made.text)
        page.freeze_panes(2 if any(sheet.blocks[0].units) else 1, 1)
        return
    page.set_column(0, 0, 34, made.text)
    page.set_column(1, 40, 22, made.text)
    row = 0
    for block in sheet.blocks:
        page.write_string(row, 0, block.title, made.title)
        row += 1
        if block.shape == "keys":
            row = _write_keys(made, page, block, row)
        else:
            _write_rows(made, page, block, row, _BLOCK_ROWS)
            row += 2 + (_BLOCK_ROWS if block is not sheet.blocks[-1] else 0)
        row += 1


def _write_rows(made: _Book, page: Any, block: TemplateBlock, top: int, rows: int) -> None:
    for j, column in enumerate(block.columns):
        _write_header(made, page, column, top, j)
        _add_choices(made, page, column, (top + 1, j, top + rows, j))
        below = top + 1
        if any(block.units):
            if unit := block.units[j] if j else "#units":
                page.write_string(below, j, unit, made.text)
            below += 1
        if column.example:
            page.write_string(below, j, column.example, made.example)


def _write_keys(made: _Book, page: Any, block: TemplateBlock, top: int) -> int:
    for i, column in enumerate(block.columns, start=top):
        _write_header(made, page, column, i, 0)
        _add_choices(made, page, column, (i, 1, i, 1))
        if column.example:
            page.write_string(i, 1, column.example, made.example)
    return top + len(block.columns)


def _write_header(made: _Book, page: Any, column: TemplateColumn, row: int, index: int) -> None:
    page.write_string(row, index, column.header, made.heads[column.rule.requirement])
    text = note(column, made.template.language)
    lines = sum(1 + len(line) // 48 for line in text.splitlines())
    size = {"width": 320, "height": min(30 + 16 * lines, 420)}
    page.write_comment(row, index, text, {"author": "omics-standards", **size})


def _add_choices(made: _Book, page: Any, column: TemplateColumn, place: tuple[int, int, int, int]) -> None:
    if not column.choices:
        return
    # Words for an absent value are offered where the field must not stay empty.
    absent = tuple(w for w in column.rule.missing if w not in column.choices) if column.rule.requirement in ("required", "group") else ()
    rule: dict[str, Any] = {"validate": "list", "source": made.source((*column.choices, *absent)), "ignore_blank": True}
    if column.open:
        rule["show_error"] = False
    else:
        # A warning: archives add values faster than anybody's lists.
        told = "The archive does not list this value; choose one of the list if you can."
        rule |= {"error_type": "warning", "error_title": "Not in the list", "error_message": told}
    page.data_validation(*place, rule)


def _width(column: TemplateColumn) -> int:
    return max(10, min(42, max(len(column.header) * (2 if column.header == column.chinese else 1), len(column.example)) + 3))


def _write_readme(made: _Book) -> None:
    page = made.book.add_worksheet(_README)
    page.set_column(0, 0, 110, made.wrapped)
    row = 0
    for line in read_me(made.template):
        page.write_string(row, 0, line, made.wrapped)
        row += 1
    for kind, line in legend(made.template.language):
        page.write_string(row, 0, line, made.heads[kind])
        row += 1
