"""The sheet of findings of a returned workbook: findings enter, the XML of a worksheet leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from ..emit.tables import xlsx_text
from ..findings import column_letter
from ..tables.header import REPORT_MARK
from .ooxml import MAIN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..findings import Finding
    from .language import Language
    from .offers import Offers
    from .ooxml import Package

__all__ = ["NAMES", "put_sheet", "shown_offers"]

NAMES: Final = {"en": "Findings", "zh": "检查结果"}
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
# Header and width in characters.
_COLUMNS: Final = {
    "severity": 10, "what": 30, "sheet": 16, "cell": 9, "column": 20, "found": 30, "expected": 40,
    "fix": 44, "suggestions": 40, "cells": 8, "rows": 16, "slot": 26, "code": 22,
}  # fmt: skip
# Excel's limits (support.microsoft.com, "Excel specifications and limits").
_LINKS: Final = 65_530
_ROWS: Final = 1_048_000
_LINES: Final = 8


def shown_offers(offers: Offers, finding: Finding) -> str:
    """Terms that may be meant by a finding's text, as one text; '' for none.

    Examples
    --------
    >>> from omics_standards.findings import Finding
    >>> from omics_standards.terms import Suggestion
    >>> finding = Finding("term-not-found", "warning", value="livr", slot="Biosample.tissue")
    >>> shown_offers({("Biosample.tissue", "livr"): (Suggestion("UBERON:0002107", "liver", 0.9),)}, finding), shown_offers({}, finding)
    ('UBERON:0002107 liver (0.90)', '')
    """
    terms = offers.get((finding.slot, finding.value or ""), ())
    return "; ".join(f"{t.id} {t.label}" + (f" ({t.score:.2f})" if t.score else "") for t in terms)


def put_sheet(package: Package, findings: Sequence[Finding], names: Mapping[str, str], language: Language, offers: Offers) -> None:
    """Put the sheet of findings into a workbook, in the place of one that an earlier run has put there.

    Parameters
    ----------
    package
        The workbook.
    findings
        Those of its cells, in their order.
    names
        Name of each sheet of the findings in the workbook (that of a text is made up).
    language
        The language that they are told in.
    offers
        Terms that may be meant.
    """
    data = _sheet(package, findings, names, language, offers).encode()
    old = next((part for part in package.sheets.values() if _is_ours(package, part)), None)
    if old is not None:
        package.write(old, data)
        return
    part = package.free("xl/worksheets/sheetOm", ".xml")
    package.add(part, data, _TYPE)
    package.relate(package.main, "worksheet", part)
    _list(package, part, _free_name(package, NAMES.get(language.tag, "Findings")))


def _is_ours(package: Package, part: str) -> bool:
    """Whether the first text of a sheet is our mark: within the sheet, or in the table of shared texts, where a program has put it."""
    import re

    data = package.read(part)[:8192].decode("utf-8", "replace")
    if REPORT_MARK in data:
        return True
    first = re.search(r'<(?:\w+:)?c r="A1"[^>]*t="s"[^>]*><(?:\w+:)?v>(\d+)<', data)
    shared = next((target for kind, target in package.relations(package.main).values() if kind == "sharedStrings"), "")
    if first is None or shared not in package:
        return False
    texts = re.findall(rb"<(?:\w+:)?si\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?si>)", package.read(shared), re.DOTALL)
    return int(first[1]) < len(texts) and REPORT_MARK.encode() in texts[int(first[1])]


def _free_name(package: Package, name: str) -> str:
    taken = {n.casefold() for n in package.sheets}
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{name} {number}"
    return free


def _list(package: Package, part: str, name: str) -> None:
    """Name the new sheet in the workbook, behind the others."""
    import re

    from .ooxml import RELATIONS

    text = package.read(package.main).decode()
    end = re.search(r"</(\w+:)?sheets>", text)
    assert end is not None  # a workbook has sheets, or it would not have been read
    relation = next(i for i, (_, target) in package.relations(package.main).items() if target == part)
    number = max(map(int, re.findall(r'sheetId="(\d+)"', text)), default=0) + 1
    entry = f'<{end[1] or ""}sheet name={quoteattr(name)} sheetId="{number}" xmlns:r="{RELATIONS}" r:id="{relation}"/>'
    package.write(package.main, (text[: end.start()] + entry + text[end.start() :]).encode())
    package.sheets[name] = part


def _sheet(package: Package, findings: Sequence[Finding], names: Mapping[str, str], language: Language, offers: Offers) -> str:
    fonts = package.add_style("fonts", [_font("<b/>"), _font("<u/>", '<color rgb="FF0563C1"/>')])
    styles = package.add_style("cellXfs", [_style(0), _style(fonts, wrap=False), _style(fonts + 1, wrap=False)])
    text_style, bold, link = styles, styles + 1, styles + 2
    told = findings[:_ROWS]
    first = language.phrase("correct the other sheets, not this one; it is written anew by each run.")
    more = "" if len(told) == len(findings) else " " + language.phrase("{n} findings more are in report.json.", n=len(findings) - len(told))
    rows = [f'<row r="1">{_cell(1, 1, f"{REPORT_MARK} {first}{more}", bold)}</row>']
    rows.append('<row r="2">' + "".join(_cell(2, c, language.say(h), bold) for c, h in enumerate(_COLUMNS, 1)) + "</row>")
    links: list[str] = []
    for number, finding in enumerate(told, 3):
        at, where = finding.address, names.get(finding.address.sheet, finding.address.sheet)
        place = (column_letter(at.column or 0) + (str(at.row) if at.row else "")) if at.path is None else at.path
        linked = bool(at.row and at.column and where in package.sheets and len(links) < _LINKS)
        if linked:
            target = "'" + where.replace("'", "''") + f"'!{place}"
            links.append(f'<hyperlink ref="D{number}" location={quoteattr(target)} display={quoteattr(place)}/>')
        texts = (
            *(language.say(finding.severity), language.title(finding.code), where, place, finding.header, finding.value or ""),
            *(language.say(finding.expected), language.say(finding.fix), shown_offers(offers, finding)),
            *(str(finding.count), finding.rows, finding.slot, finding.code),
        )
        cells = "".join(_cell(number, c, t, link if c == 4 and linked else text_style) for c, t in enumerate(texts, 1) if t)
        # Not every program finds the height of wrapped text by itself.
        lines = min(max(-(-_wide(t) // w) for t, w in zip(texts, _COLUMNS.values(), strict=True)), _LINES)
        rows.append(f'<row r="{number}" ht="{15 * max(lines, 1)}" customHeight="1">{cells}</row>')
    widths = "".join(f'<col min="{i}" max="{i}" width="{w}" customWidth="1"/>' for i, w in enumerate(_COLUMNS.values(), 1))
    last = f"{column_letter(len(_COLUMNS))}{max(len(told) + 2, 2)}"
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols>{widths}</cols><sheetData>{"".join(rows)}</sheetData><autoFilter ref="A2:{last}"/>'
        + (f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "")
        + "</worksheet>"
    )


def _font(how: str, colour: str = "") -> str:
    return f'<font>{how}<sz val="11"/>{colour}<name val="Calibri"/></font>'


def _style(font: int, *, wrap: bool = True) -> str:
    wrapped = ' wrapText="1"' if wrap else ""
    return (
        f'<xf numFmtId="0" fontId="{font}" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">'
        f'<alignment vertical="top"{wrapped}/></xf>'
    )


def _wide(text: str) -> int:
    """Width of a text in characters of a table; Chinese ones are twice as wide."""
    return len(text) + sum("\u2e80" <= c <= "\uffef" for c in text)


def _cell(row: int, column: int, text: str, style: int) -> str:
    if text.isdigit() and len(text) < 10:
        return f'<c r="{column_letter(column)}{row}" s="{style}"><v>{text}</v></c>'
    shown = escape(xlsx_text(text))
    return f'<c r="{column_letter(column)}{row}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'
