"""Plain numbers and yes/no. In: a cell's text and the column's decimal mark; out: decimal text, an int or a bool.

Numbers stay decimal text, as people wrote them: 35.50 stays 35.50. Whether a comma is a decimal mark is the column's
decision (:class:`DecimalMark`), never a cell's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..findings import Issue
from .parsed import Parsed
from .text import clean, normal, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["DecimalMark", "as_decimal", "read_boolean", "read_decimal", "read_integer", "settle_commas"]

_LIMIT: Final = 120
# Beyond this exponent a number in a metadata cell is a slip, and its decimal text would be longer than the cell.
_EXPONENT_LIMIT: Final = 40

NUMBER: Final = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3}|\s?[x×*]\s?10\s?\^?\s?[+-]?[0-9]{1,3})?"
_NUMBER: Final = re.compile(NUMBER)
_PLAIN_DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_POWER: Final = re.compile(r"(?:[eE]|\s?[x×*]\s?10\s?\^?\s?)([+-]?[0-9]+)$")
_THOUSANDS: Final = re.compile(r"(?<![0-9.,])([0-9]{1,3}(?:,[0-9]{3})+)(?![0-9,])(\.[0-9]+)?")
_ONE_GROUP: Final = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2},[0-9]{3}(?![0-9.,])")
_COMMA_DECIMAL: Final = re.compile(r"(?<![0-9,.])[0-9]+,[0-9]+(?![0-9,])")
_COMMA_EVIDENCE: Final = re.compile(r"(?<![0-9,.])[0-9][0-9.]*,[0-9]+(?![0-9,.])")
_POINT_DECIMAL: Final = re.compile(r"(?<![0-9.,])[0-9]*\.[0-9]+(?![0-9.]|,[0-9])")
_POINT_THOUSANDS: Final = re.compile(r"(?<![0-9,.])[0-9]{1,3}(?:\.[0-9]{3})+(?=,[0-9]|(?![0-9.,]))")


class DecimalMark:
    """What a column says about its decimal mark.

    ``mark`` is ``,`` where commas stand in numbers as only a decimal mark can (``0,5``) and points never do, ``.``
    where points do, None where neither is there, or both.

    Examples
    --------
    >>> [DecimalMark().collect(column).mark for column in (["0,5", "1,234"], ["1,234"], ["0.5"])]
    [',', None, '.']
    """

    __slots__ = ("comma", "point")

    def __init__(self) -> None:
        self.comma: str | None = None
        self.point: str | None = None

    def collect(self, texts: Iterable[str]) -> DecimalMark:
        """Take the texts of a column, or of a part of it, as evidence (distinct ones are enough); returns itself."""
        for text in texts:
            self.add(text)
        return self

    def add(self, text: str) -> None:
        """Take one text as evidence."""
        if len(text) > _LIMIT:
            return
        text = plain(text)
        if self.point is None and _POINT_DECIMAL.search(text):
            self.point = text
        if self.comma is None and "," in text:
            for found in _COMMA_EVIDENCE.finditer(text):
                if not _ONE_GROUP.fullmatch(found[0]):
                    self.comma = text

    @property
    def mark(self) -> str | None:
        """The column's decimal mark, None where it is not decided."""
        if self.comma and not self.point:
            return ","
        return "." if self.point and not self.comma else None


def as_decimal(text: str) -> str | None:
    """Write a number of ASCII digits as decimal text without exponent; None where it is no number or beyond 40 digits.

    Digits are kept as they stand; a leading plus, leading zeros and a bare point are made regular.

    Examples
    --------
    >>> as_decimal("35.50"), as_decimal(".1"), as_decimal("1.5e-3"), as_decimal("3x10^7")
    ('35.50', '0.1', '0.0015', '30000000')
    >>> as_decimal("1e999") is None
    True
    """
    if _PLAIN_DECIMAL.fullmatch(text) and text[0] != "-":
        return text
    if len(text) > _LIMIT or not _NUMBER.fullmatch(text):
        return None
    power = 0
    if found := _POWER.search(text):
        power = int(found[1])
        text = text[: found.start()]
        if abs(power) > _EXPONENT_LIMIT:
            return None
    sign = "-" if text[0] == "-" else ""
    whole, _, part = text.lstrip("+-").partition(".")
    if power > 0:
        part = part.ljust(power, "0")
        whole, part = whole + part[:power], part[power:]
    elif power < 0:
        whole = whole.rjust(-power, "0")
        whole, part = whole[:power], whole[power:] + part
    whole = whole.lstrip("0") or "0"
    if not part:
        return ("" if whole == "0" else sign) + whole
    return ("" if whole == "0" and not part.strip("0") else sign) + f"{whole}.{part}"


def settle_commas(text: str, decimal: str | None, code: str) -> tuple[str, str, Issue | None]:
    """Write the numbers in a text with a decimal point and without thousands separators.

    Parameters
    ----------
    text
        Text in plain form.
    decimal
        The column's decimal mark, None where it is not decided.
    code
        The finding code of a number that cannot be settled.

    Returns
    -------
    tuple
        The text, the step taken ('' where none was), and an error where a comma may be either mark (the text is then
        useless).
    """
    if "," not in text and not (decimal == "," and "." in text):
        return text, "", None
    if decimal == ",":
        text = _POINT_THOUSANDS.sub(lambda m: m[0].replace(".", ""), text)
        return _COMMA_DECIMAL.sub(lambda m: m[0].replace(",", "."), text), "decimal comma, as the column has it", None
    if found := _THOUSANDS.search(text):
        if decimal == "." or found[1].count(",") > 1 or found[2]:
            return _THOUSANDS.sub(lambda m: m[0].replace(",", ""), text), "thousands separator left out", None
        whole = text.replace(found[0], found[0].replace(",", ""))
        point = text.replace(found[0], found[0].replace(",", "."))
        return (
            text,
            "",
            Issue(code, "a number with a decimal point and without thousands separators", f"write {whole} or {point}"),
        )
    if found := _COMMA_DECIMAL.search(text):
        fix = f"write {text.replace(found[0], found[0].replace(',', '.'))}"
        return text, "", Issue(code, "a number with a decimal point", fix)
    return text, "", None


def _number(text: str, decimal: str | None) -> tuple[str | None, tuple[str, ...], tuple[Issue, ...]]:
    cleaned = plain(text)
    if len(cleaned) > _LIMIT:
        return None, (), (Issue("number-unreadable", "a number", "keep the number alone in this column"),)
    settled, step, issue = settle_commas(cleaned, decimal, "number-unreadable")
    if issue:
        return None, (), (issue,)
    value = as_decimal(settled)
    if value is None:
        found = _NUMBER.search(settled)
        number = as_decimal(found[0]) if found else None
        fix = f"write {number} alone" if number else ""
        return None, (), (Issue("number-unreadable", "a number alone", fix),)
    steps = [step] if step else []
    if _POWER.search(settled):
        steps.append("exponent written out")
    elif value != settled:
        steps.append("number made regular")
    return value, tuple(steps), ()


def read_decimal(text: str, *, decimal: str | None = None) -> Parsed | None:
    """Read a decimal number; its digits are kept.

    Parameters
    ----------
    text
        The cell's text.
    decimal
        The column's decimal mark (:attr:`DecimalMark.mark`), None where it is not decided.

    Returns
    -------
    Parsed or None
        With decimal text; None for a blank text.

    Findings
    --------
    number-unreadable

    Examples
    --------
    >>> read_decimal("7.40").value, read_decimal("0,5", decimal=",").value
    ('7.40', '0.5')
    >>> read_decimal("0,5").issues[0].fix
    'write 0.5'
    """
    if _PLAIN_DECIMAL.fullmatch(text) and text[0] != "-" and len(text) < _LIMIT:
        return Parsed(text)
    if not clean(text):
        return None
    return Parsed(*_number(text, decimal))


def read_integer(text: str, *, decimal: str | None = None) -> Parsed | None:
    """Read a whole number.

    Findings
    --------
    number-unreadable

    Examples
    --------
    >>> read_integer("150.0")
    Parsed(value=150, steps=('.0 left out',), issues=())
    >>> read_integer("1.5").issues[0].code
    'number-unreadable'
    """
    if not clean(text):
        return None
    value, steps, issues = _number(text, decimal)
    if value is None:
        return Parsed(None, steps, issues)
    whole, _, part = value.partition(".")
    if part.strip("0"):
        return Parsed(None, steps, (Issue("number-unreadable", "a whole number", ""),))
    return Parsed(int(whole), (*steps, ".0 left out") if part else steps)


_YES: Final = frozenset(("yes", "y", "true", "t", "是", "有", "对", "oui", "sí", "si", "ja"))
_NO: Final = frozenset(("no", "n", "false", "f", "否", "不是", "没有", "non", "nein", "nee"))


def read_boolean(text: str) -> Parsed | None:
    """Read yes or no.

    Findings
    --------
    boolean-unreadable, code-without-legend (``1`` and ``0``: read, and flagged)

    Examples
    --------
    >>> read_boolean("Yes").value, read_boolean("否").value
    (True, False)
    >>> read_boolean("maybe").issues[0].code
    'boolean-unreadable'
    """
    form = normal(text[:40])
    if not form and not clean(text):
        return None
    if form in _YES or form in _NO:
        return Parsed(form in _YES)
    if form in ("1", "0"):
        fix = "write yes or no"
        return Parsed(form == "1", ("1 read as yes, 0 as no",), (Issue("code-without-legend", "yes or no", fix, "info"),))
    return Parsed(None, (), (Issue("boolean-unreadable", "yes or no", ""),))
