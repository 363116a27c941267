"""The report as one HTML page that needs nothing else: findings, ledger and coverage enter, the text of the page leaves.

Texts of cells enter the page in two ways only: escaped, and as a data island whose ``<`` are escaped; the script of the page puts
them in as text. The page's own policy (Content-Security-Policy) allows its one script and its one style by their hashes and
nothing else, neither from the network nor from within the page.
"""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any, Final

from ..findings import CODES, SEVERITIES, row_numbers
from ..records import FATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..findings import Finding
    from ..records import Ledger
    from ..terms import Suggestion
    from .coverage import ColumnCoverage, SheetCoverage
    from .language import Language

__all__ = ["Told", "need_of", "page"]

# Findings that stand in the page for browsers without scripts; all of them are in the data island.
_STATIC: Final = 200
# Longer texts are cut in the page; report.json has them whole.
_TEXT: Final = 500
_WORDS: Final = ("error", "warning", "info", "where", "column", "found", "expected", "fix", "cells", "rows", "also", "suggestions")
_LABELS: Final = {
    "contents": "Contents",
    "cells_title": "Where the cells went",
    "sheets_title": "Column by column",
    "kinds_title": "What was found",
    "findings_title": "Findings",
    "search": "Search",
    "severity_label": "Severity",
    "kind_label": "Kind",
    "place_label": "Sheet",
    "order_label": "Order",
    "all": "all",
    "by_place": "by cell",
    "by_severity": "by severity",
    "by_kind": "by kind",
    "by_column": "by column",
    "by_count": "by number of cells",
    "pages_label": "Pages of findings",
    "back": "Back",
    "next": "Next",
}


class Told:
    """What a page tells.

    Attributes
    ----------
    inputs
        As in ``report.json``.
    ledger
        Where the cells went; None after a check, which keeps no account that is shown.
    records
        Number of records by class.
    findings
        Sorted by file, sheet, row and column.
    sheets
        What became of each column.
    offers
        Terms that may be meant, by slot and text.
    versions
        As in ``report.json``.
    """

    def __init__(
        self,
        inputs: Sequence[Mapping[str, Any]],
        ledger: Ledger,
        records: Mapping[str, int],
        findings: Sequence[Finding],
        versions: Mapping[str, Any],
        sheets: Sequence[SheetCoverage] = (),
        offers: Mapping[tuple[str, str], Sequence[Suggestion]] | None = None,
    ) -> None:
        self.inputs = inputs
        self.ledger = ledger
        self.records = records
        self.findings = findings
        self.versions = versions
        self.sheets = sheets
        self.offers = offers or {}


def need_of(findings: Iterable[Finding]) -> dict[str, int]:
    """Count the distinct cells that findings of each severity speak of; a cell counts once, under the worst.

    What is said of a sheet or a file as a whole counts as no cell.

    Examples
    --------
    >>> from omics_standards.findings import Address, Issue
    >>> at = Address("a.tsv", "", 2, 3)
    >>> need_of([Issue("date-impossible").at(at), Issue("date-future").at(at), Issue("date-future").at(at._replace(row=3))])
    {'error': 1, 'warning': 1, 'info': 0}
    >>> need_of([])
    {'error': 0, 'warning': 0, 'info': 0}
    """
    met: set[tuple[object, ...]] = set()
    counts = dict.fromkeys(SEVERITIES, 0)
    for finding in sorted(findings, key=lambda f: SEVERITIES[f.severity]):
        at = finding.address
        if not at.column and at.path is None:
            continue
        rows: Sequence[int | None] = row_numbers(finding) or [at.row]
        for row in rows:
            cell = (at.file, at.sheet, row, at.column, at.path)
            if cell not in met:
                met.add(cell)
                counts[finding.severity] += 1
    return counts


def page(told: Told, language: Language) -> str:
    """Make the page.

    Parameters
    ----------
    told
        What it tells.
    language
        The language it is in.

    Returns
    -------
    str
        HTML, the same for the same input.
    """
    say = language.say
    style, script = (_asset(name) for name in ("page.css", "page.js"))
    names = ", ".join(str(i["file"]) for i in told.inputs[:5]) + ("…" if len(told.inputs) > 5 else "")
    parts = {key: escape(say(text)) for key, text in _LABELS.items()}
    parts |= {
        "lang": "zh-CN" if language.tag == "zh" else language.tag,
        "title": escape(language.phrase("Report on {name}", name=names)),
        "summary": escape(_summary(told, language)),
        "style": style,
        "style_hash": _hash(style),
        "script": script,
        "script_hash": _hash(script),
        "ledger": _ledger(told, language),
        "sheets": _sheets(told, language),
        "kinds": _kinds(told.findings, language),
        "count": escape(_count(told.findings, language)),
        "list": "\n".join(_article(f, told, language) for f in told.findings[:_STATIC]),
        "data": _island(told, language),
        "versions": escape(_versions(told.versions)),
    }
    return Template(_asset("page.html")).substitute(parts)


def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8").strip()


def _hash(text: str) -> str:
    """What a policy calls a text of the page by (CSP Level 3, hash-source)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _count(findings: Sequence[Finding], language: Language) -> str:
    if len(findings) <= _STATIC:
        return language.phrase("{n} findings", n=f"{len(findings):,}")
    return language.phrase("The first {n} of {of} findings; a browser that runs scripts shows all.", n=_STATIC, of=f"{len(findings):,}")


def _summary(told: Told, language: Language) -> str:
    """Say in one sentence what a person wants to know first."""
    heads = {(str(i["file"]), str(s["sheet"])): s.get("header_row") or 0 for i in told.inputs for s in i["sheets"]}
    counts = told.ledger.to_dict()
    serious = [f for f in told.findings if f.severity != "info"]
    need = need_of(serious)
    wanting = need["error"] + need["warning"]
    # Headers are no data, and blank cells were never counted: neither is missing among what is done.
    within = [f for f in serious if f.value and (f.address.row or 0) > heads.get((f.address.file, f.address.sheet), 0)]
    done = max(counts["cells"] - counts["structural"] - sum(need_of(within).values()), 0)
    if not counts["cells"]:
        return language.phrase("No cells were read.")
    if not wanting:
        return language.phrase("Nothing needs you: all {done} cells of the data are carried over.", done=f"{done:,}")
    first = language.phrase("1 cell needs you" if wanting == 1 else "{n} cells need you", n=f"{wanting:,}")
    which = language.phrase(
        "({errors} with errors, {warnings} with warnings)", errors=f"{need['error']:,}", warnings=f"{need['warning']:,}"
    )
    return language.phrase("{first} {which}; {done} are done.", first=first, which=which, done=f"{done:,}")


def _bar(counts: Mapping[str, int], language: Language, *, label: bool) -> str:
    """A bar of the fates; what it shows stands in words beside it, so that it may be left out by those who do not see it."""
    total = sum(counts.get(f, 0) for f in FATES) or 1
    start, pieces = 0.0, []
    for fate in FATES:
        share = 100 * counts.get(fate, 0) / total
        if share:
            pieces.append(f'<rect class="{fate}" x="{start:.3f}%" width="{share:.3f}%" height="100%"/>')
            start += share
    said = ", ".join(f"{language.say(f)} {counts[f]:,}" for f in FATES if counts.get(f))
    how = f'role="img" aria-label="{escape(said)}"' if label else 'aria-hidden="true"'
    return f'<svg class="bar" {how}>{"".join(pieces)}</svg>'


_FATE_WORDS: Final = {
    "mapped": "carried in a slot of the standard",
    "kept": "carried as an attribute under its own header",
    "missing": "says that the value is absent",
    "rejected": "cannot be carried until it is corrected",
    "structural": "header, comment, instruction or vocabulary",
}


def _ledger(told: Told, language: Language) -> str:
    counts = told.ledger.to_dict()
    items = "".join(
        f'<li><svg aria-hidden="true"><rect class="{f}" width="100%" height="100%"/></svg> '
        f"<strong>{counts[f]:,}</strong> {escape(language.say(f))} "
        f'<span class="soft">{escape(language.say(_FATE_WORDS[f]))}</span></li>'
        for f in FATES
    )
    total = escape(language.phrase("{n} cells in all", n=f"{counts['cells']:,}"))
    records = ", ".join(f"{n:,} {c}" for c, n in sorted(told.records.items()))
    made = f"<p>{escape(language.phrase('Records: {records}', records=records))}</p>" if records else ""
    return f'{_bar(counts, language, label=True)}<ul class="key">{items}</ul><p>{total}</p>{made}'


def _sheets(told: Told, language: Language) -> str:
    say = language.say
    known = {(str(i["file"]), str(s["sheet"])) for i in told.inputs for s in i["sheets"]}
    covered = {(s.file, s.sheet) for s in told.sheets}
    blocks = [_sheet(sheet, language, many=len(told.sheets) > 2) for sheet in told.sheets]
    rest = sorted(" / ".join(x for x in place if x) for place in known - covered)
    if rest:
        blocks.append(f"<p>{escape(say('Sheets without records'))}: {escape(', '.join(rest[:50]))}{'…' if len(rest) > 50 else ''}</p>")
    return "\n".join(blocks) or f"<p>{escape(say('No table was read.'))}</p>"


# What the cells of a column of the table are: short, numbers, or any text.
_COLUMNS: Final = {
    "column": "s",
    "header": "t",
    "slot": "t",
    **dict.fromkeys(("mapped", "kept", "missing", "rejected", "distinct"), "n"),
    "samples": "t",
}


def _sheet(sheet: SheetCoverage, language: Language, *, many: bool) -> str:
    say = language.say
    name = " / ".join(x for x in (sheet.file, sheet.sheet) if x)
    what = sheet.profile or say("of no known format")
    head = "".join(f'<th scope="col" class="{kind}">{escape(say(c))}</th>' for c, kind in _COLUMNS.items())
    rows = "\n".join(_column(c, language) for c in sheet.columns)
    caption = escape(
        language.phrase("{what}; {rows} rows, {columns} columns", what=what, rows=f"{sheet.rows:,}", columns=len(sheet.columns))
    )
    return (
        f"<details{'' if many else ' open'}><summary>{escape(name)}</summary>"
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(name)}"><table><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table></div></details>"
    )


def _column(column: ColumnCoverage, language: Language) -> str:
    fates = column.fates
    numbers = "".join(f'<td class="n">{fates.get(f, 0):,}</td>' for f in ("mapped", "kept", "missing", "rejected"))
    slots = "<br>".join(f"<code>{escape(s)}</code>" for s in column.slots)
    if not slots:
        slots = escape(language.say("kept as an attribute" if fates.get("kept") else "structure"))
    distinct = f"{'&gt; ' if column.many else ''}{column.distinct:,}"
    samples = " ".join(f'<span class="raw">{escape(_cut(s, 60))}</span>' for s in column.samples)
    needed = f' <span class="soft">({escape(language.say("required"))})</span>' if column.required else ""
    off = ' class="off"' if fates.get("rejected") else ""
    return (
        f'<tr{off}><td class="s">{escape(column.place)}</td><th scope="row">{escape(column.header)}{needed}</th>'
        f'<td>{slots}</td>{numbers}<td class="n">{distinct}</td><td>{samples}</td></tr>'
    )


def _kinds(findings: Sequence[Finding], language: Language) -> str:
    if not findings:
        return f"<p>{escape(language.say('Nothing to say.'))}</p>"
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.code, []).append(finding)
    ordered = sorted(groups.items(), key=lambda g: (min(SEVERITIES[f.severity] for f in g[1]), -sum(f.count for f in g[1]), g[0]))
    rows = []
    for code, own in ordered:
        worst = min((f.severity for f in own), key=SEVERITIES.__getitem__)
        columns = list(dict.fromkeys(f.header for f in own if f.header))
        where = ", ".join(columns[:6]) + ("…" if len(columns) > 6 else "")
        rows.append(
            f'<tr><td class="s"><span class="badge {worst}">{escape(language.say(worst))}</span></td>'
            f'<th scope="row"><a href="#findings" data-kind="{code}">{escape(language.title(code))}</a><br><code>{code}</code></th>'
            f'<td>{escape(language.meaning(code))}</td><td class="n">{sum(f.count for f in own):,}</td><td>{escape(where)}</td></tr>'
        )
    head = "".join(f'<th scope="col">{escape(language.say(t))}</th>' for t in ("severity", "what", "meaning", "cells", "columns"))
    label = escape(language.say("What was found"))
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table><thead><tr>{head}</tr></thead><tbody>\n'
        + "\n".join(rows)
        + "\n</tbody></table></div>"
    )


def _cut(text: str, most: int = _TEXT) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _article(finding: Finding, told: Told, language: Language) -> str:
    """A finding for browsers without scripts."""
    say, at = language.say, finding.address
    where = ", ".join(x for x in (at.file, at.cell) if x)
    entries = [("where", escape(where)), ("column", escape(finding.header + (f"  → {finding.slot}" if finding.slot else "")))]
    if finding.value is not None:
        entries.append(("found", f'<span class="raw">{escape(_cut(finding.value)) or "␣"}</span>'))
    entries += [("expected", escape(_cut(say(finding.expected)))), ("fix", escape(_cut(say(finding.fix))))]
    if finding.count > 1:
        entries.append(("cells", f"{finding.count:,}" + (escape(f" ({say('rows')} {_cut(finding.rows)})") if finding.rows else "")))
    offers = told.offers.get((finding.slot, finding.value or ""), ())
    entries.append(("suggestions", "; ".join(f"<code>{escape(s.id)}</code> {escape(s.label)}" for s in offers)))
    lines = "".join(f"<dt>{escape(say(name))}</dt><dd>{text}</dd>" for name, text in entries if text)
    return (
        f'<article class="{finding.severity}"><h3><span class="badge {finding.severity}">{escape(say(finding.severity))}</span> '
        f"{escape(language.title(finding.code))} <code>{finding.code}</code></h3><dl>{lines}</dl></article>"
    )


class _Texts:
    """Each text once, and its number."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def __call__(self, text: str | None) -> int:
        if text is None:
            return -1
        return self.numbers.setdefault(text, len(self.numbers))


def _island(told: Told, language: Language) -> str:
    """All findings as data for the page's script: JSON in which no text can end the element that holds it."""
    texts, say = _Texts(), language.say
    rows = []
    for f in told.findings:
        at = f.address
        offers = told.offers.get((f.slot, f.value or ""), ())
        also = ", ".join(a.beside(at) for a in f.addresses[1:6]) or None
        rows.append(
            [
                *(
                    texts(t)
                    for t in (f.severity, f.code, at.file or None, at.sheet or None, at.cell or None, f.header or None, f.slot or None)
                ),
                texts(None if f.value is None else _cut(f.value)),
                texts(_cut(say(f.expected)) or None),
                texts(_cut(say(f.fix)) or None),
                f.count,
                texts(_cut(f.rows) or None),
                texts(also),
                [[texts(s.id), texts(s.label), round(s.score, 4) or None] for s in offers],
            ]
        )
    codes = {code: language.title(code) for code in sorted({f.code for f in told.findings}) if code in CODES}
    words = {word: say(word) for word in _WORDS} | {"shown": language.phrase("{n} of {of} findings", n="{n}", of="{of}")}
    data = {"texts": list(texts.numbers), "words": words, "codes": codes, "findings": rows}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text.encode("utf-8", "replace").decode()


def _versions(versions: Mapping[str, Any]) -> str:
    said = []
    for name, version in versions.items():
        if isinstance(version, dict):
            said += [f"{k} {v}" for k, v in version.items() if isinstance(v, str)]
        else:
            said.append(f"{name} {version}")
    return ", ".join(said)
