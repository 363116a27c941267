"""Differences as people read them: like the differences of a version control system, a line a value, counts at the end."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from ..emit.jsontext import encode_sorted
from ..emit.normal import KINDS, slot_order
from ..models.slots import MODEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..emit.normal import Difference
    from .comparison import Comparison

__all__ = ["Counts", "shown", "stat_lines", "text_lines"]

# Control characters of a cell must not reach the terminal.
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_COLOURS: Final = {"-": "31", "+": "32", "~": "33", "@": "36", "!": "1"}
_BAR: Final = 40  # signs of the longest bar


def shown(value: Any) -> str:
    r"""Return a value of a normal form as a person writes it.

    Examples
    --------
    >>> shown({"id": "UBERON:0002107", "label": "liver"}), shown({"value": 8, "unit": "wk"}), shown(True)
    ('liver (UBERON:0002107)', '8 wk', 'true')
    >>> shown("two\nlines")
    'two\\nlines'
    """
    return _CONTROL.sub(_escaped, _plain(value))


def _escaped(sign: re.Match[str]) -> str:
    return {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(sign[0], f"\\u{ord(sign[0]):04x}")


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, dict):
        return str(value)
    if "label" in value:
        return f"{value['label']} ({value['id']})" if value["label"] else str(value["id"])
    if "name" in value and "value" in value:
        unit = f" {value['unit']}" if value.get("unit") else ""
        return f"{value['name']} = {value['value']}{unit}" + (f" ({value['term']['id']})" if value.get("term") else "")
    if "reason" in value:
        return f"{value['slot']}: {value['reason']}" + (f" ({value['raw']!r})" if value.get("raw") else "")
    if "finding" in value:
        return f"{value['slot']}: {value['raw']!r} ({value['finding']})"
    if "latitude" in value:
        return f"{value['latitude']}, {value['longitude']}"
    if "country" in value or "region" in value:
        return ": ".join(str(value[k]) for k in ("country", "region") if value.get(k))
    number = str(value["value"]) if "value" in value else f"{value.get('minimum', '')}-{value.get('maximum', '')}"
    return f"{number} {value['unit']}" if value.get("unit") else number


class Counts:
    """Counts differences as they pass.

    Attributes
    ----------
    records
        Per class, how many records are added, removed, renamed or changed (each counted once, as the first of these).
    slots
        Per class and slot, in how many records it differs.
    """

    def __init__(self) -> None:
        self.records: dict[str, Counter[str]] = {}
        self.slots: dict[str, Counter[str]] = {}
        self._last: tuple[str, str] | None = None

    def add(self, difference: Difference) -> None:
        """Count one difference; those of one record come together."""
        key = (difference.cls, difference.id)
        if difference.kind in ("added", "removed") or key != self._last:
            kind = "changed" if difference.kind == "relabelled" else difference.kind
            self.records.setdefault(difference.cls, Counter())[kind] += 1
        self._last = key if difference.kind not in ("added", "removed") else None
        if difference.slot:
            self.slots.setdefault(difference.cls, Counter())[difference.slot] += 1

    @property
    def differ(self) -> bool:
        """True where anything was counted."""
        return bool(self.records)

    def rows(self, sizes: tuple[Counter[str], Counter[str]]) -> Iterator[dict[str, Any]]:
        """Yield a row per class, in the model's order, with the number of records that say the same."""
        for cls in MODEL.records:
            told = self.records.get(cls, Counter())
            if cls in sizes[0] or cls in sizes[1] or told:
                named: dict[str, Any] = {k: told[k] for k in KINDS if k != "relabelled"}
                same = sizes[1][cls] - told["added"] - told["renamed"] - told["changed"]
                slots = {s: self.slots.get(cls, Counter())[s] for s in slot_order(cls, self.slots.get(cls, ()))}
                yield {"class": cls, **named, "same": same, "slots": slots}


def _said(row: dict[str, Any]) -> str:
    parts = [f"{row[k]} {k}" for k in (*KINDS, "same") if row.get(k) or k == "same"]
    return f"{row['class']}: {', '.join(parts)}"


class _Paint:
    """Colours lines by their first sign."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def __call__(self, line: str, sign: str = "") -> str:
        code = _COLOURS.get(sign or line[:1]) if self._colour else None
        return f"\x1b[{code}m{line}\x1b[0m\n" if code else line + "\n"


def text_lines(comparison: Comparison, counts: Counts, *, colour: bool = False) -> Iterator[str]:
    """Yield a comparison as lines.

    Parameters
    ----------
    comparison
        Of two datasets.
    counts
        Takes the counts over.
    colour
        With colours for a terminal.
    """
    paint = _Paint(colour)
    started = False
    last: tuple[str, str] | None = None
    for difference in comparison:
        counts.add(difference)
        if not started:
            started = True
            yield from _head(comparison, paint)
        if difference.kind in ("added", "removed"):
            last = None
            yield paint(f"@@ {difference.cls} {shown(difference.id)} {difference.kind}")
            sign, forms = ("+", difference.after) if difference.kind == "added" else ("-", difference.before)
            for form in forms:
                yield from (paint(f"{sign} {s}: {shown(v)}") for s in slot_order(difference.cls, form) for v in form[s])
            continue
        if (difference.cls, difference.id) != last:
            last = (difference.cls, difference.id)
            old = f" renamed from {shown(difference.before[0])}" if difference.kind == "renamed" else ""
            yield paint(f"@@ {difference.cls} {shown(difference.id)}{old}")
        yield from map(paint, _changed(difference))
    if started:
        yield from _tail(comparison, counts, paint)


def _head(comparison: Comparison, paint: _Paint) -> Iterator[str]:
    yield paint(f"--- {comparison.before.name}", "!")
    yield paint(f"+++ {comparison.after.name}", "!")
    for name, old, new in comparison.versions():
        yield paint(f"    {name}: {old or 'none'} → {new or 'none'}")


def _changed(difference: Difference) -> Iterator[str]:
    """The values that one side has and the other has not."""
    if difference.kind == "renamed":
        return
    if difference.kind == "relabelled":
        for old, new in _relabelled(difference):
            yield f"~ {difference.slot}: {shown(old)} → {shown(new)}"
        return
    yield from (f"- {difference.slot}: {shown(v)}" for v in _only(difference.before, difference.after))
    yield from (f"+ {difference.slot}: {shown(v)}" for v in _only(difference.after, difference.before))


def _only(values: Iterable[Any], others: Iterable[Any]) -> list[Any]:
    known = {encode_sorted(v) for v in others}
    return [v for v in values if encode_sorted(v) not in known]


def _relabelled(difference: Difference) -> Iterator[tuple[Any, Any]]:
    """Pairs of values whose term has another label."""

    def bare(value: Any) -> str:
        return str((value.get("term") or value).get("id", "")) + (f" {value['name']} {value['value']}" if "name" in value else "")

    now = {bare(v): v for v in difference.after if isinstance(v, dict)}
    for old in _only(difference.before, difference.after):
        yield old, now.get(bare(old), "")


def _tail(comparison: Comparison, counts: Counts, paint: _Paint) -> Iterator[str]:
    terms = comparison.terms()
    if terms:
        yield "\n"
        yield paint("terms that the same cells lead to:", "!")
        for term in terms:
            text = f" {shown(term.text)!r}:" if term.text else ""
            said = " → ".join(shown(t) for t in (term.before, term.after) if t)
            often = f" ({term.records} records)" if term.records > 1 else ""
            yield paint(f"  {term.kind} {term.slot}:{text} {said}{often}")
    yield "\n"
    for row in counts.rows(comparison.sizes):
        yield paint(_said(row))


def stat_lines(comparison: Comparison, counts: Counts, *, colour: bool = False) -> Iterator[str]:
    """Yield counts only: per class how many records differ, per slot in how many of them.

    Parameters
    ----------
    comparison, counts, colour
        As in :func:`text_lines`.
    """
    paint = _Paint(colour)
    for difference in comparison:
        counts.add(difference)
    for row in counts.rows(comparison.sizes) if counts.differ else ():
        yield paint(_said(row), "!")
        most = max(row["slots"].values(), default=0)
        wide = max(map(len, row["slots"]), default=0)
        for slot, number in row["slots"].items():
            bar = "#" * max(1, number * min(_BAR, most) // most)
            yield paint(f"  {slot:{wide}}  {number:>{len(str(most))}} {bar}")
