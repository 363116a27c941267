"""What a template says and nobody meant: its explanations, its placeholders, its example rows. Also several things in one cell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..findings import Issue
from ..values.text import clean, looks_garbled
from .watch import Detector, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..findings import Finding
    from .watch import Columns, WatchedColumn

__all__ = ["garbled", "header_residue", "packed", "residue"]

# What forms say to those who fill them in, and no sample is called or described like.
_RESIDUE: Final = re.compile(
    r"""
    \(?(?:mandatory|required|optional|recommended|conditional\ mandatory)\)?[.:\s]\s*
      (?:please|enter|the|a|an|use|select|if|in|name|give)\b.*
    | \((?:mandatory|required|optional|必填|选填|必填项|选填项)\)(?:\s.*)?
    | (?:please\s+)?(?:enter|insert|type|fill\s+in|select|choose|specify|pick|provide|replace\s+(?:this|with))\s+
      (?:your|the|a|an|one|here|from|value|this|text|with)\b.*
    | <\s*(?:insert|enter|your|add|replace|select|choose)\b[^>]*>
    | \[\s*(?:insert|enter|your|add\ your|replace|select|choose)\b[^\]]*\]
    | your[\s_-](?:sample|project|file|data|text|organism|title|name|value|email|institute|lab)s?(?:[\s_-](?:name|id|title|here|value))?
    | lorem\s+ipsum.*
    | (?:e\.g\.|for\s+example|for\s+instance|例如|如)[,:，：\s].*
    | (?:example|sample|dummy|placeholder)[\s_]+(?:text|value|data|entry|row)s?
    | (?:x{3,8}|foo|foobar|asdf+|qwerty|placeholder|changeme|change_me|to\ be\ (?:filled|completed|added)|tbc|fixme|todo)
    | 请(?:选择|填写|输入).* | (?:示例|样例|范例)[:：]?.*
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_LONGEST: Final = 400
# Kinds of columns that take any text; what a template says is refused by the others.
_ANY_TEXT: Final = frozenset({"string", "kept", "attribute"})


def _is_residue(text: str) -> bool:
    """Tell whether a text is what a form says to those who fill it in.

    Examples
    --------
    >>> _is_residue("(Mandatory) The name of the sample"), _is_residue("please enter the date"), _is_residue("xxx")
    (True, True, True)
    >>> _is_residue("mandatory iron treatment"), _is_residue("select agent"), _is_residue("example mouse 3")
    (False, False, False)
    """
    return len(text) <= _LONGEST and _RESIDUE.fullmatch(clean(text)) is not None


class Residue(Detector):
    """Looks for what is left over of a template in one column."""

    def __init__(self, columns: Columns, seen: WatchedColumn) -> None:
        self._plan = columns.plan
        self._seen = seen
        self._texts = columns.texts(seen)
        self._rows = self._texts.want(_is_residue)

    def findings(self) -> Iterator[Finding]:
        """Tell each text with its rows.

        Findings
        --------
        template-residue
        """
        for text, rows in self._rows.items():
            issue = Issue(
                "template-residue", "what is true of this record", "replace it by the value, or remove the row if it is an example"
            )
            yield told(self._plan, self._seen, issue, rows, text)


# Names that the forms of GEO and ISA put where that of a characteristic belongs.
_HEADER: Final = re.compile(
    r"(?:characteristics?|factor\s?value|parameter\s?value|comment|attribute)\s*[:\[]\s*(?:tag|name|x{2,}|characteristic|attribute|your.*|insert.*)\s*\]?",
    re.IGNORECASE,
)


class HeaderResidue(Detector):
    """Looks at the headers of columns that hold something."""

    def __init__(self, columns: Columns, seen: WatchedColumn) -> None:
        self._plan = columns.plan
        self._seen = seen
        self._texts = columns.texts(seen)

    def findings(self) -> Iterator[Finding]:
        """Tell it on the header.

        Findings
        --------
        template-residue
        """
        if self._texts.filled:
            issue = Issue("template-residue", "what the column holds, such as 'characteristics: age'", "name the column for what it holds")
            yield told(self._plan, self._seen, issue, (), self._seen.header)


def header_residue(columns: Columns) -> Iterator[HeaderResidue]:
    """Make the detectors of columns under a header of the form."""
    return (HeaderResidue(columns, s) for s in columns.seen if _HEADER.fullmatch(clean(s.header)))


def residue(columns: Columns) -> Iterator[Residue]:
    """Make the detectors of columns of texts."""
    return (Residue(columns, s) for s in columns.seen if s.kind in _ANY_TEXT and s.part == "value")


# --- several things in one cell ---------------------------------------------------------------------------------------

_PAIR: Final = re.compile(r"\s*[A-Za-z][A-Za-z _-]{1,30}\s*[:=]\s*[^:=;|]{1,60}")
_BETWEEN: Final = re.compile(r"[;|\n]")
_LEAST_PAIRS: Final = 2
_LEAST_ROWS: Final = 3
_SHARE: Final = 0.8


def _keys(text: str) -> tuple[str, ...]:
    """Names of the values in a text such as ``age: 45; sex: male``; () where it is no list of those.

    Examples
    --------
    >>> _keys("age: 45; sex: male"), _keys("age: 45"), _keys("Trizol; 4 C overnight")
    (('age', 'sex'), (), ())
    """
    parts = [p for p in _BETWEEN.split(text) if p.strip()] if len(text) <= _LONGEST * 2 else []
    if len(parts) < _LEAST_PAIRS or not all(map(_PAIR.fullmatch, parts)):
        return ()
    keys = tuple(re.split("[:=]", p)[0].strip() for p in parts)
    # Keys of two letters are the notation of a format (NT=…;AC=…), which its step takes apart.
    return tuple(k.casefold() for k in keys) if all(len(k) > 2 for k in keys) else ()


class Packed(Detector):
    """Looks for a column whose cells each hold several named values."""

    def __init__(self, columns: Columns, seen: WatchedColumn) -> None:
        self._plan = columns.plan
        self._seen = seen
        self._texts = columns.texts(seen)
        self._rows = self._texts.want(_keys)

    def findings(self) -> Iterator[Finding]:
        """Tell it once, on all of its rows.

        Findings
        --------
        cell-packed
        """
        packed = self._rows
        if len(packed) < _LEAST_ROWS or len(packed) < _SHARE * len(self._texts.known):
            return
        first = next(iter(packed))
        names = list(dict.fromkeys(k for t in packed for k in _keys(t)))
        shown = ", ".join(names[:6]) + (", …" if len(names) > 6 else "")
        issue = Issue("cell-packed", "one value in a cell", f"give each of these a column of its own: {shown}")
        yield told(self._plan, self._seen, issue, sorted(r for rows in packed.values() for r in rows), first)


def packed(columns: Columns) -> Iterator[Packed]:
    """Make the detectors of columns of texts that no step takes apart."""
    for seen in columns.seen:
        step = getattr(seen.reader.read, "step", None)
        if seen.kind in ("kept", "string") and seen.part == "value" and not (step is not None and step.spec.split):
            yield Packed(columns, seen)


# --- damaged characters ------------------------------------------------------------------------------------------------


def _garbled(text: str) -> bool:
    return not text.isascii() and looks_garbled(text) is not None


class Garbled(Detector):
    """Looks for text that was decoded wrongly in a column that no step reads; steps look at the others."""

    def __init__(self, columns: Columns, seen: WatchedColumn) -> None:
        self._plan = columns.plan
        self._seen = seen
        self._texts = columns.texts(seen)
        self._rows = self._texts.want(_garbled)

    def findings(self) -> Iterator[Finding]:
        """Tell each text with its rows.

        Findings
        --------
        encoding-damaged
        """
        for text, rows in self._rows.items():
            issue = Issue("encoding-damaged", "text that was decoded as it was written", f"correct the cell to {looks_garbled(text)!r}")
            yield told(self._plan, self._seen, issue, rows, text)


def garbled(columns: Columns) -> Iterator[Garbled]:
    """Make the detectors of kept columns, and of the headers."""
    return (Garbled(columns, s) for s in columns.seen if s.kind == "kept")
