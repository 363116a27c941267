"""Units of measurement: from the spellings people use to UCUM codes. In: a unit's text; out: :class:`Unit`.

The code is a UCUM code (https://ucum.org/ucum, version 2.2), with annotations in braces and brackets for what UCUM
lacks (``{cells}``, ``{bp}``, ``{psu}``). This module stands below all others of the package and needs none of them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from math import gcd
from typing import TYPE_CHECKING, Final, NamedTuple

from .unit_names import BASES, PREFIXES, UO_UNITS, PlainUnit

if TYPE_CHECKING:
    from fractions import Fraction

__all__ = ["LOST", "Unit", "convert", "read_unit", "same_dimension"]


class Unit(NamedTuple):
    """A unit of measurement.

    Attributes
    ----------
    code
        UCUM code.
    dimension
        Base dimensions with their exponents, sorted: ``(("length", 1),)``; () for plain fractions such as ``%``.
    factor
        How many of the dimension's base units one of it is, as an exact fraction written ``numerator/denominator``.
    offset
        Added after scaling: only for temperatures (``Cel``, ``[degF]``).
    """

    code: str
    dimension: tuple[tuple[str, int], ...]
    factor: str = "1"
    offset: str = "0"

    @property
    def kind(self) -> str:
        """The dimension in words: ``length``, ``mass/volume``, ``fraction`` ..."""
        return _kind(self.dimension)


# Names for the dimensions that come up in messages; the others are spelled out by their parts.
_KINDS: Final = {
    (): "fraction",
    (("length", 2),): "area",
    (("length", 3),): "volume",
    (("length", -3), ("mass", 1)): "mass per volume",
    (("amount", 1), ("length", -3)): "amount of substance per volume",
    (("count", 1), ("length", -3)): "count per volume",
    (("time", -1),): "frequency",
    (("length", 1), ("time", -1)): "speed",
    (("length", -2), ("mass", 1)): "mass per area",
}


def _kind(dimension: tuple[tuple[str, int], ...]) -> str:
    if dimension in _KINDS:
        return _KINDS[dimension]
    up = [name + (f"{power}" if power != 1 else "") for name, power in dimension if power > 0]
    down = [name + (f"{-power}" if power != -1 else "") for name, power in dimension if power < 0]
    return ".".join(up or ["1"]) + "".join("/" + d for d in down)


# --- the table --------------------------------------------------------------------------------------------------------


def _add(table: dict[str, Unit], name: str, unit: Unit) -> None:
    if name in table and table[name] != unit:
        raise ValueError(f"unit spelling {name!r} stands for both {table[name].code} and {unit.code}")
    table[name] = unit


def _ratio(factor: str, power: int = 0) -> str:
    """Multiply a fraction by a power of ten and reduce it."""
    up, _, down = factor.partition("/")
    above, below = int(up) * 10 ** max(power, 0), int(down or 1) * 10 ** max(-power, 0)
    common = gcd(above, below)
    return f"{above // common}" if below == common else f"{above // common}/{below // common}"


def _scaled(base: PlainUnit, prefix: str, power: int) -> Unit:
    return Unit(prefix + base.code, base.dimension, _ratio(base.factor, power))


@cache
def _tables() -> tuple[dict[str, Unit], dict[str, Unit]]:
    """Make the tables: spellings as they stand (``M`` is not ``m``), and spellings in lower case."""
    exact: dict[str, Unit] = {}
    words: dict[str, Unit] = {}
    for base in BASES:
        unit = Unit(base.code, base.dimension, _ratio(base.factor), base.offset)
        for symbol in (base.code, *base.symbols):
            _add(exact, symbol, unit)
        for name in base.names:
            _add(words, name, unit)
        for letter, power in ((p, PREFIXES[p][0]) for p in base.prefixes):
            scaled = _scaled(base, letter, power)
            for symbol in (base.code, *base.symbols):
                for spelled in (letter, *PREFIXES[letter][1]):
                    exact.setdefault(spelled + symbol, scaled)
            for name in base.names:
                if name.isascii() and name.isalpha() and len(name) > 2:
                    words.setdefault(PREFIXES[letter][2] + name, scaled)
    # A symbol in the wrong case ("KG", "ML", "UL") is understood where only one unit has its letters.
    folded: dict[str, Unit | None] = {}
    for symbol, unit in exact.items():
        if len(symbol) > 1 and folded.setdefault(symbol.lower(), unit) != unit:
            folded[symbol.lower()] = None
    for symbol, known in folded.items():
        if known is not None:
            words.setdefault(symbol, known)
    for code, target in UO_UNITS.items():
        _add(words, f"uo:{code}", exact[target])
    return exact, words


_WORD_GAPS: Final = re.compile(r"[\s_]+")
_LOOK: Final = str.maketrans("µμº˚²³⁻¹·⋅×−–／％（）每", "uu°°23-1..x--/%()/")
# What stands where a program could not write the first letter of a unit: '_m' was 'µm', and no metre.
LOST: Final = frozenset("_?\ufffd")
_UO: Final = re.compile(r"(?:http://purl\.obolibrary\.org/obo/)?UO[:_]([0-9]{7})")


def _simple(text: str) -> Unit | None:
    """Find one unit without exponents or fractions."""
    exact, words = _tables()
    if unit := exact.get(text):
        return unit
    lower = text.casefold()
    unit = words.get(lower) or words.get(lower.rstrip("."))
    if unit is None and lower.endswith("s") and len(lower) > 3:
        unit = words.get(lower[:-1]) or (words.get(lower[:-2]) if lower.endswith("es") else None)
    return unit


_FACTOR: Final = re.compile(r"(?P<unit>\{[^{}]+\}|.+?)(?:\^?(?P<power>-?[1-9]))?$")


def _factor(text: str, sign: int) -> tuple[Unit, int] | None:
    """Read one part of a compound unit: a simple unit with an exponent."""
    if unit := _simple(text):
        return unit, sign
    found = _FACTOR.match(text)
    if found is None or found["power"] is None:
        return None
    unit = _simple(found["unit"])
    return (unit, sign * int(found["power"])) if unit else None


def _split(text: str) -> list[tuple[str, int]] | None:
    """Split a compound unit at ``/``, ``per``, dots and blanks into parts with the sign of their exponent."""
    parts: list[tuple[str, int]] = []
    for i, side in enumerate(re.split(r"\s*/\s*|(?:^|\s+)per\s+", text)):
        for part in re.split(r"\s*[.*]\s*|\s+", side):
            if not part:
                if i == 0 and side == "":
                    continue  # "/min"
                return None
            if i == 0 and side == "1":
                continue  # "1/min"
            parts.append((part, 1 if i == 0 else -1))
    return parts if len(parts) <= 5 else None


def _compound(text: str) -> Unit | None:
    from fractions import Fraction

    parts = _split(text)
    factors = [_factor(*part) for part in parts] if parts else []
    if not factors or (len(factors) == 1 and factors[0] and factors[0][1] == 1):
        return None
    dimension: dict[str, int] = {}
    total = Fraction(1)
    up: list[str] = []
    down: list[str] = []
    for factor in factors:
        if factor is None or factor[0].offset != "0":
            return None
        unit, power = factor
        total *= Fraction(unit.factor) ** power
        for name, exponent in unit.dimension:
            dimension[name] = dimension.get(name, 0) + exponent * power
        code = unit.code if "/" not in unit.code else f"({unit.code})"
        (up if power > 0 else down).append(code + (str(abs(power)) if abs(power) > 1 else ""))
    code = ".".join(up) + "".join("/" + d for d in down)
    return Unit(code, tuple(sorted((n, p) for n, p in dimension.items() if p)), str(total))


@lru_cache(maxsize=2048)
def read_unit(text: str) -> Unit | None:
    """Understand the text of a unit.

    Parameters
    ----------
    text
        A symbol, a word (English, Chinese), a UCUM code, a compound (``mg/kg``, ``umol m-2 s-1``) or an accession of
        the Unit Ontology.

    Returns
    -------
    Unit or None
        None where the text is no unit, or stands for several (``ppt``: parts per thousand or per trillion).

    Examples
    --------
    >>> read_unit("degrees Celcius").code, read_unit("µl").code, read_unit("umol m-2 s-1").code
    ('Cel', 'uL', 'umol/m2/s')
    >>> read_unit("ppt"), read_unit("bananas"), read_unit("_m")
    (None, None, None)
    """
    if not text or len(text) > 60 or text[0] in LOST:
        return None
    exact, words = _tables()
    if unit := exact.get(text):
        return unit
    if (found := _UO.fullmatch(text)) is not None:
        return words.get(f"uo:{found[1]}")
    text = _WORD_GAPS.sub(" ", text.translate(_LOOK)).strip(" ,;")
    if not text:
        return None
    if text[:1] in "([{" and text[-1:] in ")]}" and not any(c in text[1:-1] for c in "()[]{}"):
        inner = text[1:-1].strip()
        if text[0] != "{":
            text = inner
    if unit := _simple(text):
        return unit
    if "/" in text or " " in text or "." in text or text[-1:].isdigit() or "*" in text:
        return _compound(text)
    return None


# --- dimensions -------------------------------------------------------------------------------------------------------


def same_dimension(code: str, other: str) -> bool:
    """Tell whether two units measure the same kind of thing.

    Examples
    --------
    >>> same_dimension("cm", "km"), same_dimension("cm", "g")
    (True, False)
    """
    a, b = read_unit(code), read_unit(other)
    return a is not None and b is not None and a.dimension == b.dimension


def convert(number: str, code: str, target: str) -> str | None:
    """Convert a decimal number between units of one dimension.

    Parameters
    ----------
    number
        Decimal text.
    code, target
        UCUM codes.

    Returns
    -------
    str or None
        Exact decimal text, or 15 significant digits where the exact number does not end; None where the dimensions
        differ, a unit is unknown or the text is no number.

    Examples
    --------
    >>> convert("35.5", "mm", "cm"), convert("98.6", "[degF]", "Cel")
    ('3.55', '37')
    >>> convert("1", "cm", "g") is None
    True
    """
    from fractions import Fraction

    source, goal = read_unit(code), read_unit(target)
    if source is None or goal is None or source.dimension != goal.dimension:
        return None
    try:
        value = Fraction(number) if len(number) <= 60 and "e" not in number.lower() else None
    except (ValueError, ZeroDivisionError):
        return None
    if value is None:
        return None
    return _decimal((value * Fraction(source.factor) + Fraction(source.offset) - Fraction(goal.offset)) / Fraction(goal.factor))


def _decimal(value: Fraction) -> str:
    """Write a fraction as decimal text."""
    from decimal import Context, Decimal

    quotient = Context(prec=15).divide(Decimal(value.numerator), Decimal(value.denominator))
    text = f"{quotient:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
