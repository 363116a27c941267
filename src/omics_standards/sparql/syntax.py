"""What a SPARQL text would do, found without running it: its form, and whether it would ask another server.

The store's parser reads SERVICE wherever its grammar allows it and has no switch to refuse it. So the text is cut into tokens here,
and where a sign can be read in two ways (``<`` opens an IRI or compares) both ways are followed: a word is found if any way of
reading the text comes upon it. What is refused may then be harmless, in texts that nobody writes; what is allowed never asks.

References
----------
SPARQL 1.1 Query Language, 19.8 Grammar: comments, IRIREF, STRING_LITERAL, PNAME, LANGTAG. Keywords need no blank behind them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

__all__ = ["calls_out", "form_of", "is_update", "uses_word"]

_BLANK: Final = re.compile(r"(?:[\s\ufeff]+|#[^\r\n]*)+")
_IRI: Final = re.compile(r'<[^<>"{}|^`\x00-\x20\\]*(?:\\[uU][0-9A-Fa-f]+[^<>"{}|^`\x00-\x20\\]*)*>')
_LONG: Final = {q: re.compile(rf"{q * 3}(?:{q}{{0,2}}(?:[^{q}\\]|\\.))*{q * 3}", re.DOTALL) for q in "\"'"}
_SHORT: Final = {q: re.compile(rf"{q}(?:[^{q}\\\r\n]|\\.)*{q}") for q in "\"'"}
_VARIABLE: Final = re.compile(r"[?$]\w+")
_TAG: Final = re.compile(r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*")
_LABEL: Final = re.compile(r"_:\w+")
_WORD: Final = re.compile(r"[^\W\d_][\w-]*")
_LOCAL: Final = re.compile(r":(?:[\w:%-]|\\.)*")

_GAP: Final = r"(?:\s|\ufeff|#[^\r\n]*(?:[\r\n]|$))*"
# What stands behind a keyword that asks a server: SILENT, then a variable, an IRI or a name with a colon; behind SERVICE then a brace.
_CALLS: Final = {
    "service": re.compile(rf"{_GAP}(?:SILENT{_GAP})?(?:[?$<][^\s{{}}]*?|[^\s{{}}]*?:[^\s{{}}]*?){_GAP}\{{", re.IGNORECASE),
    "load": re.compile(rf"{_GAP}(?:SILENT{_GAP})?(?:<|[^\s{{}}]*?:)", re.IGNORECASE),
}

_PROLOGUE: Final = re.compile(
    rf"{_GAP}(?:BASE{_GAP}<[^>]*>|PREFIX{_GAP}[\w.-]*:{_GAP}<[^>]*>|VERSION{_GAP}(?:\"[^\"]*\"|'[^']*'))", re.IGNORECASE
)
_FIRST: Final = re.compile(rf"{_GAP}([A-Za-z]+)")
_FORMS: Final = ("select", "ask", "construct", "describe")
_UPDATES: Final = ("insert", "delete", "load", "clear", "create", "drop", "copy", "move", "add", "with")


def form_of(text: str) -> str:
    r"""Return the first keyword behind the prologue: select, ask, construct, describe, insert and so on; '' where there is none.

    Examples
    --------
    >>> form_of("PREFIX select: <http://x/> # ask\nASK { ?s select:p 1 }")
    'ask'
    >>> form_of("?s ?p ?o")
    ''
    """
    at = 0
    while found := _PROLOGUE.match(text, at):
        at = found.end()
    first = _FIRST.match(text, at)
    word = first[1].lower() if first else ""
    return next((form for form in (*_FORMS, *_UPDATES) if word.startswith(form)), "")


def is_update(text: str) -> bool:
    """Tell whether a text is SPARQL Update, which changes a store.

    Examples
    --------
    >>> is_update("DELETE WHERE { ?s ?p ?o }"), is_update("SELECT * { ?s ?p 'DELETE' }")
    (True, False)
    """
    return form_of(text) in _UPDATES


def calls_out(text: str, *, update: bool = False) -> bool:
    """Tell whether a text may ask another server: SERVICE anywhere, LOAD in an update.

    Examples
    --------
    >>> calls_out("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }"), calls_out("SELECT * { ?s ?p 'SERVICE <http://x/> {' } # SERVICE")
    (True, False)
    """
    return uses_word(text, "service") or (update and uses_word(text, "load"))


@lru_cache(maxsize=64)
def uses_word(text: str, keyword: str) -> bool:
    """Tell whether a keyword stands in a text outside of its strings, comments, IRIs, variables and names.

    Parameters
    ----------
    text
        Of SPARQL; it need not be right.
    keyword
        ``service`` or ``load``, with what must stand behind it.

    Examples
    --------
    >>> uses_word("SELECT * { ?a ?b true LOAD <http://x/> }", "load"), uses_word("SELECT ?load { ?load a <http://x/load> }", "load")
    (True, False)
    """
    seen: set[int] = set()
    waiting = [0]
    while waiting:
        at = waiting.pop()
        while at < len(text) and at not in seen:
            seen.add(at)
            if (word := _WORD.match(text, at)) and _is_keyword(text, word, keyword):
                return True
            at, *others = _ends(text, at)
            waiting.extend(others)
    return False


def _is_keyword(text: str, word: re.Match[str], keyword: str) -> bool:
    # To a parser that reads letter by letter, trueSERVICE, SERVICESILENT and SERVICEex:name are two words each.
    starts = [at for at in range(word.start(), word.end()) if text[at : at + len(keyword)].lower() == keyword]
    return any(_CALLS[keyword].match(text, at + len(keyword)) for at in starts)


def _ends(text: str, at: int) -> list[int]:
    """Where the token that begins here may end; most have one end."""
    sign = text[at]
    if found := _BLANK.match(text, at):
        return [found.end()]
    if sign == "<":
        found = _IRI.match(text, at)
        return [found.end(), at + 1] if found else [at + 1]
    if sign in "\"'":
        found = _LONG[sign].match(text, at) or _SHORT[sign].match(text, at)
        return [found.end() if found else at + 1]
    if sign == "\\":
        return [at + 2]
    for pattern in (_VARIABLE, _TAG, _LABEL, _LOCAL, _WORD):
        if found := pattern.match(text, at):
            return [found.end()]
    return [at + 1]
