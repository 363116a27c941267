"""Comments and colours on the cells of a worksheet: its XML and what is to be said of which cell enter, the XML leaves.

Colours are rules of conditional formatting that always hold: the cells keep their own formats, blank cells need not be made, and the
rules are known again by their formula, so that the next run takes them away. Comments are known by their author, or by their first line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.sax.saxutils import escape

from ..emit.tables import xlsx_text
from ..findings import column_letter
from .ooxml import MAIN, RELATIONS, Unsupported

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .ooxml import Package

__all__ = ["AUTHOR", "FILLS", "Mark", "clear", "mark"]

AUTHOR: Final = "omics-standards"
"""Who our comments are by."""

FILLS: Final = {"error": "FFFFC7CE", "warning": "FFFFEB9C", "info": "FFDDEBF7"}
"""Colours by severity, as spreadsheet programs use them for bad, neutral and note."""

# A rule that always holds, and that says whose it is.
_RULE: Final = f'N("{AUTHOR}")=0'
_RULE_XML: Final = re.compile(r"N\((?:\"|&quot;)" + re.escape(AUTHOR) + r"(?:\"|&quot;)\)=0")
_BLOCK: Final = re.compile(r"<((?:\w+:)?)conditionalFormatting\b[^>]*>.*?</\1conditionalFormatting>", re.DOTALL)
_ONE_RULE: Final = re.compile(r"<((?:\w+:)?)cfRule\b[^>]*(?:/>|(?<!/)>.*?</\1cfRule>)", re.DOTALL)
# Ranges of one rule: programs read rules of some thousand characters.
_RANGES: Final = 200
# Comments of a sheet. Each is a drawing, and programs get slow with more of them; colours have no limit.
COMMENTS: Final = 2_000
_COMMENT: Final = 1_500
# What stands behind conditional formatting and behind the drawing of comments in a worksheet (ECMA-376-1, 18.3.1.99).
_BEHIND_DRAWING: Final = ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst")
_BEHIND_FORMATS: Final = (
    *("dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks"),
    *("customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing"),
    *_BEHIND_DRAWING,
)
_COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_VML: Final = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_SHAPE_TYPE: Final = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


class Mark(NamedTuple):
    """What is to be said of one cell (row and column from 1): the worst severity, and a comment ('' for none)."""

    row: int
    column: int
    severity: str
    text: str


def mark(package: Package, part: str, marks: Sequence[Mark], fills: Mapping[str, int]) -> int:
    """Put marks on the cells of a sheet.

    Parameters
    ----------
    package, part
        The workbook, and the sheet's part in it; earlier marks of ours were taken away (:func:`clear`).
    marks
        One per cell.
    fills
        Number of the differential format of each severity.

    Returns
    -------
    int
        How many cells got no comment, because they have one of their owner's or there are too many.

    Raises
    ------
    Unsupported
        The sheet's XML has no rows.
    """
    body, tail, prefix = _split(package.read(part).decode())
    rules = ""
    priority = max((int(n) for n in re.findall(r'<(?:\w+:)?cfRule [^>]*?priority="(\d+)"', tail)), default=0)
    for number, (severity, fill) in enumerate(fills.items(), priority + 1):
        ranges = _ranges((m.row, m.column) for m in marks if m.severity == severity)
        for start in range(0, len(ranges), _RANGES):
            rules += (
                f'<{prefix}conditionalFormatting sqref="{" ".join(ranges[start : start + _RANGES])}"><{prefix}cfRule type="expression" '
                f'dxfId="{fill}" priority="{number}"><{prefix}formula>{escape(_RULE)}</{prefix}formula></{prefix}cfRule>'
                f"</{prefix}conditionalFormatting>"
            )
    tail = _insert(tail, rules, _BEHIND_FORMATS, prefix)
    package.write(part, (body + tail).encode())
    wanted = [m for m in marks if m.text]
    told = _comment(package, part, wanted[:COMMENTS])
    return len(wanted) - told


def clear(package: Package, part: str) -> None:
    """Take away what an earlier run has put onto a sheet."""
    text = package.read(part).decode()
    if AUTHOR in text:
        # A block of ours holds one rule; a program that has joined blocks may have put others beside it.
        package.write(part, _BLOCK.sub(_without_rule, text).encode())
    for kind, target in package.relations(part).values():
        if kind == "comments" and target in package and AUTHOR.encode() in package.read(target):
            _uncomment(package, part, target)


def _without_rule(block: re.Match[str]) -> str:
    text = _ONE_RULE.sub(lambda m: "" if _RULE_XML.search(m[0]) else m[0], block[0])
    return text if "cfRule" in text else ""


def _split(text: str) -> tuple[str, str, str]:
    """Cut a worksheet behind its rows; also say the prefix of its main names."""
    found = re.search(rf'xmlns(?::(\w+))?="{re.escape(MAIN)}"', text)
    prefix = f"{found[1]}:" if found is not None and found[1] else ""
    end = text.rfind(f"</{prefix}sheetData>")
    if end < 0:
        empty = re.search(rf"<{prefix}sheetData\s*/>", text)
        if empty is None:
            raise Unsupported("a sheet has no rows in its XML")
        return text[: empty.end()], text[empty.end() :], prefix
    end += len(f"</{prefix}sheetData>")
    return text[:end], text[end:], prefix


def _insert(tail: str, element: str, behind: Iterable[str], prefix: str) -> str:
    """Put an element before the first of those that stand behind it."""
    if not element:
        return tail
    # Rules may hold lists of extensions of their own: what is searched for stands behind the last rule.
    formats = f"</{prefix}conditionalFormatting>"
    start = tail.rfind(formats) + len(formats) if formats in tail else 0
    found = re.compile(rf"<(?:{prefix}(?:{'|'.join(behind)})\b|\w+:AlternateContent\b)|</{prefix}worksheet>").search(tail, start)
    if found is None:
        raise Unsupported("a sheet's XML has no end")
    return tail[: found.start()] + element + tail[found.start() :]


def _ranges(cells: Iterable[tuple[int, int]]) -> list[str]:
    """Write cells as ranges down their columns.

    Examples
    --------
    >>> _ranges([(2, 1), (3, 1), (9, 1), (2, 28)]), _ranges([])
    (['A2:A3', 'A9', 'AB2'], [])
    """
    runs: list[list[int]] = []
    for column, row in sorted({(c, r) for r, c in cells}):
        if runs and runs[-1][0] == column and runs[-1][2] == row - 1:
            runs[-1][2] = row
        else:
            runs.append([column, row, row])
    return [f"{column_letter(c)}{a}" + (f":{column_letter(c)}{b}" if b > a else "") for c, a, b in runs]


# --- comments


def _comment(package: Package, part: str, marks: Sequence[Mark]) -> int:
    """Put comments on cells that have none; return how many."""
    if not marks:
        return 0
    relations = package.relations(part)
    comments = next((target for kind, target in relations.values() if kind == "comments" and target in package), "")
    known = package.read(comments).decode() if comments else ""
    taken = set(re.findall(r'<(?:\w+:)?comment [^>]*?ref="([A-Z]+[0-9]+)"', known))
    fresh = [m for m in marks if f"{column_letter(m.column)}{m.row}" not in taken]
    if not fresh:
        return 0
    drawing = _drawing(package, part)
    if comments:
        package.write(comments, _more_comments(known, fresh).encode())
    else:
        comments = package.free("xl/comments", ".xml")
        empty = (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{MAIN}"><authors></authors>'
            "<commentList></commentList></comments>"
        )
        package.add(comments, _more_comments(empty, fresh).encode(), _COMMENTS_TYPE)
        package.relate(part, "comments", comments)
    package.write(drawing, _more_shapes(package.read(drawing).decode(), fresh).encode())
    return len(fresh)


def _drawing(package: Package, part: str) -> str:
    """The drawing that holds the boxes of a sheet's comments; made where there is none."""
    body, tail, prefix = _split(package.read(part).decode())
    relations = package.relations(part)
    found = re.search(rf"<{prefix}legacyDrawing\b[^>]*?\w+:id=\"([^\"]+)\"", tail)
    if found is not None and found[1] in relations and relations[found[1]][1] in package:
        return relations[found[1]][1]
    drawing = package.free("xl/drawings/vmlDrawingOm", ".vml")
    package.add(drawing, _VML.encode(), _VML_TYPE)
    name = package.relate(part, "vmlDrawing", drawing)
    element = f'<{prefix}legacyDrawing xmlns:r="{RELATIONS}" r:id="{name}"/>'
    package.write(part, (body + _insert(tail, element, _BEHIND_DRAWING, prefix)).encode())
    return drawing


def _more_comments(text: str, marks: Sequence[Mark]) -> str:
    opening = re.search(r"<(\w+:)?commentList\b[^>]*?(/?)>", text)
    authors = re.search(r"<(?:\w+:)?authors\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?authors>)", text, re.DOTALL)
    if opening is None or authors is None:
        raise Unsupported("the comments of a sheet cannot be read")
    p = opening[1] or ""
    number = len(re.findall(rf"<{p}author\b", authors[1] or ""))
    entries = "".join(
        f'<{p}comment ref="{column_letter(m.column)}{m.row}" authorId="{number}"><{p}text><{p}r><{p}t xml:space="preserve">'
        f"{AUTHOR}:\n{escape(xlsx_text(m.text[:_COMMENT]))}</{p}t></{p}r></{p}text></{p}comment>"
        for m in sorted(marks)
    )
    if opening[2]:
        text = f"{text[: opening.start()]}<{p}commentList>{entries}</{p}commentList>{text[opening.end() :]}"
    else:
        text = text.replace(f"</{p}commentList>", f"{entries}</{p}commentList>", 1)
    names = f"<{p}authors>{authors[1] or ''}<{p}author>{AUTHOR}</{p}author></{p}authors>"
    return text[: authors.start()] + names + text[authors.end() :]


def _more_shapes(text: str, marks: Sequence[Mark]) -> str:
    end = text.rfind("</xml>")
    if end < 0:
        raise Unsupported("the drawing of a sheet's comments cannot be read")
    first = max((int(n) for n in re.findall(r"_x0000_s(\d+)", text)), default=1024) + 1
    shapes = "" if "_x0000_t202" in text else _SHAPE_TYPE
    for number, m in enumerate(marks, first):
        lines = min(4 + len(m.text) // 40 + m.text.count("\n"), 16)
        shapes += (
            f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;'
            f'width:240pt;height:{12 * lines}pt;z-index:{number - first + 1};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
            '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
            '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
            '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
            f"<x:Anchor>{m.column}, 12, {max(m.row - 2, 0)}, 4, {m.column + 4}, 12, {max(m.row - 2, 0) + lines}, 4</x:Anchor>"
            f"<x:AutoFill>False</x:AutoFill><x:Row>{m.row - 1}</x:Row><x:Column>{m.column - 1}</x:Column></x:ClientData></v:shape>"
        )
    return text[:end] + shapes + text[end:]


def _uncomment(package: Package, part: str, comments: str) -> None:
    """Take away our comments and their boxes."""
    text = package.read(comments).decode()
    authors = re.findall(r"<(?:\w+:)?author\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?author>)", text, re.DOTALL)
    ours = {str(i) for i, name in enumerate(authors) if name.strip() == AUTHOR}
    gone: set[str] = set()

    def drop(found: re.Match[str]) -> str:
        attributes = dict(re.findall(r'([\w:]+)="([^"]*)"', found[2]))
        # Some programs forget who wrote a comment, and none what it says.
        said = re.sub(r"<[^>]*>", "", found[3]).lstrip()
        if attributes.get("authorId") not in ours and not said.startswith(f"{AUTHOR}:"):
            return found[0]
        gone.add(attributes.get("ref", ""))
        return ""

    text = re.sub(r"<((?:\w+:)?)comment\b([^>]*)>(.*?)</\1comment>", drop, text, flags=re.DOTALL)
    package.write(comments, text.encode())
    for kind, target in package.relations(part).values():
        if kind == "vmlDrawing" and target in package:
            boxes = package.read(target).decode("utf-8", "replace")
            boxes = re.sub(r"<v:shape\b.*?</v:shape>", lambda m: "" if _cell_of(m[0]) in gone else m[0], boxes, flags=re.DOTALL)
            package.write(target, boxes.encode())


def _cell_of(shape: str) -> str:
    """The cell that the box of a comment belongs to; '' for other drawings."""
    row, column = re.search(r"<x:Row>(\d+)</x:Row>", shape), re.search(r"<x:Column>(\d+)</x:Column>", shape)
    return f"{column_letter(int(column[1]) + 1)}{int(row[1]) + 1}" if row and column else ""
