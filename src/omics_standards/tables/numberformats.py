"""Cells as a person sees them: a stored number and the code of its format enter, the text that is shown leaves.

Three liberties are taken, each because the text is read on by a program: dates are written as ISO 8601 in the
precision that the format shows (``mmm-yy`` gives ``2019-10``); the separators of thousands are left out (``1,234``
could be a decimal comma); what a format hides (digits, a day, a time) is said beside the text.

References
----------
ECMA-376 part 1 (5th edition, 2016), 18.8.30 numFmt and 18.8.31 numFmts; Microsoft, "Number format codes" (read
2026-11).
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from math import isfinite
from typing import Final, NamedTuple

__all__ = ["BUILTIN", "NumberFormat", "Shown", "general", "number_format", "plain"]

# ECMA-376 part 1, 18.8.30. Ids 27-36 and 50-58 stand for other codes in every East Asian edition of Excel: see _LOCAL.
BUILTIN: Final[dict[int, str]] = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "$#,##0;-$#,##0", 6: "$#,##0;-$#,##0", 7: "$#,##0.00;-$#,##0.00",
    8: "$#,##0.00;-$#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy",
    16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm",
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-"', 42: '$#,##0;-$#,##0;"-"', 43: '#,##0.00;-#,##0.00;"-"', 44: '$#,##0.00;-$#,##0.00;"-"',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
# Dates or times by the edition of Excel: 27 is a month in Chinese (2019年10月) and a day in Japanese (H31.10.5).
_LOCAL_TIMES: Final = frozenset({32, 33, 34, 35, 55, 56})
_LOCAL: Final = frozenset({*range(27, 37), *range(50, 59)})
BUILTIN.update({i: "[local]h:mm:ss" if i in _LOCAL_TIMES - {35, 55} else "[local]yyyy-mm-dd" for i in _LOCAL})

_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_LAST_DAY: Final = 2_958_465  # 9999-12-31
_1904: Final = 1_462

_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]|(?P<ampm>am/pm|a/p|上午/下午)|(?P<general>general)'
    r"|(?P<exponent>e[+\-])|(?P<date>y+|m+|d+|h+|s+|e+|g+|b+)|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)"
    r"|(?P<slash>/)|(?P<at>@)|(?P<end>;)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_ELAPSED: Final = re.compile(r"(h+|m+|s+)", re.IGNORECASE)
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)")


class Shown(NamedTuple):
    """The text of a cell.

    Attributes
    ----------
    text
        What a person sees.
    stored
        The stored value where the format hides a part of it, else ''.
    unknown
        True where the format does not tell how precise a date was meant.
    """

    text: str
    stored: str = ""
    unknown: bool = False


class _Token(NamedTuple):
    kind: str
    text: str


def general(value: float) -> str:
    """Write a number as the format ``General`` does in a wide cell: 15 digits, no trailing ``.0``.

    Examples
    --------
    >>> general(7.0), general(0.1 + 0.2), general(1e-7)
    ('7', '0.3', '1E-07')
    >>> general(float("nan"))
    'nan'
    """
    if not isfinite(value):
        return str(value)
    if abs(value) < 2**53 and value == int(value):
        return str(int(value))
    return f"{value:.15g}".upper()


def plain(value: object) -> str:
    """Write a value of Python or pandas whose format is not known: midnight as a date, whole numbers without a fraction.

    Examples
    --------
    >>> plain(dt.datetime(2019, 10, 5)), plain(dt.datetime(2019, 10, 5, 13, 30))
    ('2019-10-05', '2019-10-05T13:30:00')
    >>> plain(True), plain(7.0), plain(dt.timedelta(hours=26))
    ('TRUE', '7', '26:00:00')
    >>> plain("007")
    '007'
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return general(value)
    if isinstance(value, dt.datetime):
        return _moment(value)
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return _elapsed(value.total_seconds(), "h")
    return str(value)


def _moment(value: dt.datetime) -> str:
    if value.time() == dt.time() and value.tzinfo is None:
        return value.date().isoformat()
    return value.isoformat()


def _elapsed(seconds: float, unit: str) -> str:
    """Write a duration with its largest unit unbounded."""
    whole = round(abs(seconds))
    sign = "-" if seconds < 0 else ""
    if unit == "s":
        return f"{sign}{whole}"
    minutes, rest = divmod(whole, 60)
    if unit == "m":
        return f"{sign}{minutes}:{rest:02d}"
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours}:{minutes:02d}:{rest:02d}"


class NumberFormat:
    """A number format, compiled.

    Parameters
    ----------
    code
        As it stands in the workbook's styles.

    Attributes
    ----------
    matters
        False where the text is what ``General`` shows: then no cell of this format needs to be looked at.
    """

    __slots__ = ("_conditions", "_sections", "code", "matters")

    def __init__(self, code: str) -> None:
        self.code = code
        self._sections, self._conditions = _compile(code)
        kinds = {section.kind for section in self._sections}
        self.matters = kinds != {"general"}

    def show(self, stored: str, *, date_1904: bool = False) -> Shown:
        """Write a stored number.

        Parameters
        ----------
        stored
            The number as it stands in the sheet's XML.
        date_1904
            True where the workbook counts days from 1904.

        Examples
        --------
        >>> number_format("000").show("7").text, number_format("mmm-yy").show("43743").text
        ('007', '2019-10')
        >>> number_format("0.00").show("3.14159")
        Shown(text='3.14', stored='3.14159', unknown=False)
        >>> number_format("General").show("7").text
        '7'
        """
        try:
            value = float(stored)
        except ValueError:
            return Shown(stored)
        section, given = self._choose(value)
        if section.kind == "date":
            return section.date(value, date_1904)
        if section.kind == "elapsed":
            return Shown(_elapsed(value * 86_400, section.unit))
        if section.kind == "number":
            return section.number(value, signed=not given)
        return Shown(general(value))

    def _choose(self, value: float) -> tuple[_Section, bool]:
        """Return the section for a value, and whether that section says its sign itself."""
        sections = self._sections
        for section, condition in zip(sections, self._conditions, strict=True):
            if condition and _holds(value, *condition):
                return section, False
        if any(self._conditions):
            rest = [s for s, c in zip(sections, self._conditions, strict=True) if not c]
            return (rest[0] if rest else sections[-1]), False
        if value < 0 and len(sections) > 1:
            return sections[1], True
        if value == 0 and len(sections) > 2:
            return sections[2], True
        return sections[0], False


def _holds(value: float, operator: str, bound: float) -> bool:
    return {
        "<": value < bound,
        "<=": value <= bound,
        ">": value > bound,
        ">=": value >= bound,
        "=": value == bound,
        "<>": value != bound,
    }[operator]


@lru_cache(maxsize=512)
def number_format(code: str) -> NumberFormat:
    """Compile a number format; each code once.

    Examples
    --------
    >>> number_format("@").matters, number_format("0.0").matters
    (False, True)
    """
    return NumberFormat(code)


class _Section:
    """One of the up to four parts of a format."""

    __slots__ = ("_simple", "digits", "kind", "local", "tokens", "unit")

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.unit = ""
        self.local = any(t.kind == "bracket" and t.text == "local" for t in tokens)
        kinds = {t.kind for t in tokens}
        elapsed = next((t for t in tokens if t.kind == "bracket" and _ELAPSED.fullmatch(t.text)), None)
        self.digits = "digit" in kinds
        if elapsed:
            self.kind, self.unit = "elapsed", elapsed.text[0].lower()
        elif kinds & {"date", "ampm"} and not self.digits:
            self.kind = "date"
        elif kinds & {"general", "at"} or not tokens:
            # A literal beside General ("General" "mg") is shown as well.
            literal = any(t.kind == "literal" and t.text.strip() for t in tokens) and "general" in kinds
            self.kind = "number" if literal else "general"
        else:
            self.kind = "number"
        self._simple = _simple(tokens) if self.kind == "number" else None

    # --- dates ---

    def date(self, value: float, date_1904: bool) -> Shown:
        """Write a day number in the precision of the format."""
        shows = self._parts()
        serial = value + (_1904 if date_1904 else 0)
        if not 0 <= serial < _LAST_DAY + 1:
            return Shown(general(value))
        if serial < 1:
            if shows & {"h", "n", "s"}:
                return Shown(_clock(serial), "", False)
            return Shown(general(value))
        if 60 <= serial < 61 and not date_1904:
            return Shown("1900-02-29")  # the day that Lotus 1-2-3 invented; it is what the cell shows
        moment = _moment_of(serial)
        full, clock = moment.date().isoformat(), moment.strftime("%H:%M:%S")
        hidden_time = "" if moment.time() == dt.time() else f"{full}T{clock}"
        if not shows & {"y", "m", "d"} and shows:
            return Shown(clock, f"{full}T{clock}")
        if self.local:
            return Shown(full, hidden_time, moment.day == 1)
        if "y" not in shows or ("d" in shows and "m" not in shows):
            return Shown(self._as_written(moment) or full, full, unknown=True)
        if "d" in shows:
            return Shown(f"{full}T{clock}") if shows & {"h", "n", "s"} else Shown(full, hidden_time)
        if "m" in shows:
            return Shown(full[:7], full if moment.day != 1 or hidden_time else "")
        return Shown(full[:4], full if full[5:] != "01-01" or hidden_time else "")

    def _parts(self) -> set[str]:
        """Parts of a moment that the format shows: y m d h n s, n for minutes."""
        found: set[str] = set()
        dates = [t.text.lower() for t in self.tokens if t.kind == "date"]
        for i, token in enumerate(dates):
            letter = token[0]
            if letter == "m" and len(token) <= 2:
                minute = (i and dates[i - 1][0] == "h") or (i + 1 < len(dates) and dates[i + 1][0] == "s")
                found.add("n" if minute else "m")
            elif letter == "d":
                found |= {"d"} if len(token) <= 2 else set()  # ddd is the day's name
            elif letter in "ymhs":
                found.add(letter)
            elif letter in "eb":
                found.add("y")
        return found

    def _as_written(self, moment: dt.datetime) -> str:
        """Write the date as the cell shows it, for formats without a year."""
        written = []
        for token in self.tokens:
            text = token.text.lower()
            if token.kind == "literal":
                written.append(token.text)
            elif token.kind == "slash":
                written.append("/")
            elif token.kind == "date" and text[0] == "d":
                names = (str(moment.day), f"{moment.day:02d}", moment.strftime("%a"), moment.strftime("%A"))
                written.append(names[min(len(text), 4) - 1])
            elif token.kind == "date" and text[0] == "m":
                name = _MONTHS[moment.month - 1]
                written.append((str(moment.month), f"{moment.month:02d}", name[:3], name, name[0])[min(len(text), 5) - 1])
            elif token.kind == "date" and text[0] == "y":
                written.append(str(moment.year))
        return "".join(written).strip()

    # --- numbers ---

    def number(self, value: float, *, signed: bool) -> Shown:
        """Write a number with the digits of the format; ``signed`` where the section leaves the sign to the program."""
        if self._simple is not None and 0 <= value < 1e15:
            width, step = self._simple
            amount = Decimal(f"{value:.15g}")
            rounded = amount.quantize(step, rounding=ROUND_HALF_UP)
            return Shown(f"{rounded:f}".zfill(width), "" if rounded == amount else general(value))
        kinds = {t.kind for t in self.tokens}
        exact = general(value)
        try:
            amount = abs(Decimal(f"{value:.15g}"))
        except InvalidOperation:
            return Shown(exact)
        if "general" in kinds:
            shown = {"general": general(abs(value))}
            written = [t.text if t.kind == "literal" else shown.get(t.kind, "") for t in self.tokens]
            return self._finish(written, value, signed, "")
        if not self.digits:
            literal = "".join(t.text for t in self.tokens if t.kind == "literal").strip()
            return Shown(literal, exact) if literal.strip("-–— ") else Shown(exact)
        if abs(value) >= 1e15 or ("slash" in kinds and not self._literal_slash()):
            return Shown(exact)
        written, kept = self._exponential(amount) if "exponent" in kinds else self._decimal(amount)
        return self._finish(written, value, signed, exact if not kept else "")

    def _literal_slash(self) -> bool:
        """Whether a slash is punctuation (``0/00``) rather than the bar of a fraction (``# ?/?``)."""
        return not any(t.kind == "digit" and t.text == "?" for t in self.tokens)

    def _finish(self, written: list[str], value: float, signed: bool, stored: str) -> Shown:
        text = "".join(written).strip()
        if not text.strip("-–— "):
            # The accounting formats show zero as a dash, "#" as nothing; read on, that would say that the value is
            # absent.
            return Shown(general(value))
        if value < 0 and text.startswith("(") and text.endswith(")"):
            text = text[1:-1].strip()
        if value < 0 and "-" not in text and (signed or any(c.isdigit() for c in text)) and any(c in "123456789" for c in text):
            text = "-" + text
        return Shown(text, stored)

    def _decimal(self, amount: Decimal) -> tuple[list[str], bool]:
        """Write the digits into their places; also return whether no digit was lost."""
        tokens = self.tokens
        last = max(i for i, t in enumerate(tokens) if t.kind == "digit")
        point = next((i for i, t in enumerate(tokens) if t.kind == "point"), len(tokens))
        whole = [i for i, t in enumerate(tokens) if t.kind == "digit" and i < point]
        fraction = [i for i, t in enumerate(tokens) if t.kind == "digit" and i > point]
        # Commas behind the last digit (of the whole number or of all) divide by a thousand each; any other separates
        # thousands.
        scale = _commas(tokens, last) or _commas(tokens, whole[-1] if whole else last)
        scaled = amount.scaleb(2 * sum(t.kind == "percent" for t in tokens) - 3 * scale)
        rounded = scaled.quantize(Decimal(1).scaleb(-len(fraction)), rounding=ROUND_HALF_UP)
        digits, _, decimals = f"{rounded:f}".partition(".")
        placed = dict(zip(fraction, decimals, strict=False))
        for i in reversed(fraction):
            if tokens[i].text == "0" or placed[i] != "0":
                break
            placed[i] = ""
        placed.update(_place(digits.lstrip("0"), whole, tokens))
        shown = any(placed[i] for i in fraction)
        written = []
        for i, token in enumerate(tokens):
            if token.kind == "digit":
                written.append(placed[i])
            elif token.kind in ("literal", "slash", "percent") or (token.kind == "point" and shown):
                if token.kind == "point" and not whole:
                    written.append("0")
                written.append(token.text)
        return written, rounded == scaled

    def _exponential(self, amount: Decimal) -> tuple[list[str], bool]:
        mark = next(i for i, t in enumerate(self.tokens) if t.kind == "exponent")
        mantissa = self.tokens[:mark]
        point = next((i for i, t in enumerate(mantissa) if t.kind == "point"), mark)
        places = sum(t.kind == "digit" for t in mantissa[point:])
        width = sum(t.kind == "digit" for t in self.tokens[mark:])
        text = f"{amount:.{places}e}"
        digits, _, power = text.partition("e")
        sign = "-" if power.startswith("-") else "+" if self.tokens[mark].text.endswith("+") else ""
        return [digits, "E", sign, power.lstrip("+-").zfill(max(width, 1))], Decimal(text) == amount


def _simple(tokens: list[_Token]) -> tuple[int, Decimal] | None:
    """Return width and last place of a format of zeros, ``000`` or ``0.00``, as nearly all are; None for any other."""
    code = "".join(t.text for t in tokens if t.kind != "bracket")
    whole, point, fraction = code.partition(".")
    if not whole or (point and not fraction) or set(whole + fraction) != {"0"}:
        return None
    return len(code), Decimal(1).scaleb(-len(fraction))


def _commas(tokens: list[_Token], edge: int) -> int:
    count = 0
    while edge + count + 1 < len(tokens) and tokens[edge + count + 1].kind == "comma":
        count += 1
    return count


def _place(digits: str, places: list[int], tokens: list[_Token]) -> dict[int, str]:
    """Put the digits of a whole number into their places, from the right; the first place takes what is left over."""
    placed: dict[int, str] = {}
    for i in reversed(places):
        if i == places[0]:
            placed[i] = digits or ("0" if tokens[i].text == "0" else "")
        else:
            placed[i] = digits[-1:] or ("0" if tokens[i].text == "0" else "")
            digits = digits[:-1]
    # A place that must show a digit makes all places right of it show one: "0##" gives 007.
    shown = False
    for i in places:
        shown = shown or bool(placed[i])
        if shown and not placed[i]:
            placed[i] = "0"
    return placed


def _moment_of(serial: float) -> dt.datetime:
    """Return the moment of a day number, to the second: day 1 is 1900-01-01, day 61 is 1900-03-01."""
    seconds = round(serial * 86_400)
    return dt.datetime(1899, 12, 31 if serial < 60 else 30) + dt.timedelta(seconds=seconds)


def _clock(fraction: float) -> str:
    seconds = round(fraction * 86_400) % 86_400
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _compile(code: str) -> tuple[list[_Section], list[tuple[str, float] | None]]:
    parts: list[list[_Token]] = [[]]
    conditions: list[tuple[str, float] | None] = [None]
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or ""
        text = match[match.lastgroup] if match.lastgroup else ""
        if kind == "end":
            parts.append([])
            conditions.append(None)
        elif kind == "bracket":
            if condition := _CONDITION.fullmatch(text):
                conditions[-1] = (condition[1], float(condition[2]))
            elif text.startswith("$") and (symbol := text[1:].partition("-")[0]):
                parts[-1].append(_Token("literal", symbol))
            else:
                parts[-1].append(_Token("bracket", text))
        elif kind in ("quoted", "escaped", "other"):
            parts[-1].append(_Token("literal", text))
        elif kind:
            parts[-1].append(_Token(kind, text))
    sections = [_Section(tokens) for tokens in parts[:3]]
    return sections, conditions[: len(sections)]
