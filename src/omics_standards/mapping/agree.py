"""Whether two values of one slot contradict each other, or one of them says the same less precisely."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from ..models.slots import MODEL
from ..records import Place, Quantity, Term
from ..values.units import convert

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..records import Reading, Value

__all__ = ["finer"]

# A day's beginning in UTC: how exports write a date without a time.
_MIDNIGHT = re.compile(r"T00:00(:00)?(\.0+)?(Z|[+-]00:00)?$")
_ZONE = re.compile(r"(Z|[+-]00:00)$")
# Sizes in MB and GB count 2^20 and 2^30 bytes in some exports, 10^6 and 10^9 in others (IEC 80000-13 tells them apart; SRA does not).
_BINARY = {10**3: 2**10, 10**6: 2**20, 10**9: 2**30}


def finer(first: Reading, second: Reading) -> int:
    """Compare two readings of one slot of one value.

    Parameters
    ----------
    first, second
        Each with one value.

    Returns
    -------
    int
        1 where the first says all that the second says, 2 where the second says more, 0 where they contradict each other.

    Examples
    --------
    >>> from omics_standards.records import Reading
    >>> day, time, other = (Reading("release_date", (d,)) for d in ("2018-10-08", "2018-10-08T13:20:30", "2018-10-09"))
    >>> finer(day, time), finer(time, day), finer(other, time)
    (2, 1, 0)
    """
    a, b = first.values[0], second.values[0]
    if len(first.values) != 1 or len(second.values) != 1 or type(a) is not type(b):
        return 0
    if a == b:
        return 1
    compare = _COMPARED.get(MODEL.slots[first.slot].kind)
    if compare is not None:
        return 1 if compare(a, b) else 2 if compare(b, a) else 0
    if isinstance(a, int) and not isinstance(a, bool):
        return 1 if _rounded(second, a) else 2 if _rounded(first, int(str(b))) else 0
    return 0


def _date(fine: Value, coarse: Value) -> bool:
    """Tell whether a date is the other one with more said.

    Examples
    --------
    >>> _date("2018-10-08T13:20:30", "2018-10-08T00:00:00Z"), _date("2018-10-08", "2018"), _date("2018-10-08", "2018-1")
    (True, True, False)
    """
    short = _MIDNIGHT.sub("", str(coarse))
    long = _ZONE.sub("", _MIDNIGHT.sub("", str(fine)))
    short = _ZONE.sub("", short)
    return long == short or (long.startswith(short) and long[len(short)] in "-T" and short[:4].isdigit())


def _term(fine: Value, coarse: Value) -> bool:
    """A term says what its label alone says."""
    return isinstance(fine, Term) and isinstance(coarse, Term) and coarse.id is None and fine.label.casefold() == coarse.label.casefold()


def _place(fine: Value, coarse: Value) -> bool:
    """A country with a region says what the country says."""
    return isinstance(fine, Place) and isinstance(coarse, Place) and fine.country == coarse.country and coarse.region in (None, fine.region)


def _quantity(fine: Value, coarse: Value) -> bool:
    """The same amount in another unit, or with a unit where the other has none."""
    if not isinstance(fine, Quantity) or not isinstance(coarse, Quantity):
        return False
    if coarse.unit is None:
        return _same_numbers(fine, coarse)
    if fine.unit is None or fine.unit == coarse.unit:
        return fine.unit == coarse.unit and _same_numbers(fine, coarse)
    if fine.value is None or coarse.value is None:
        return False
    converted = convert(fine.value, fine.unit, coarse.unit)
    return converted is not None and Fraction(converted) == Fraction(coarse.value)


def _same_numbers(a: Quantity, b: Quantity) -> bool:
    return all((x is None) == (y is None) and (x is None or Fraction(x) == Fraction(y or 0)) for x, y in zip(a[:3], b[:3], strict=True))


def _rounded(coarse: Reading, number: int) -> bool:
    """Tell whether a whole number is another one, given in a larger unit (MB for bytes) and rounded there."""
    value, raw = int(str(coarse.values[0])), coarse.raw_text() or ""
    if not any(step.startswith("from ") for step in coarse.steps) or not re.fullmatch(r"\d+(\.\d+)?", raw):
        return False
    decimals = len(raw.partition(".")[2])
    for unit in (int(value / Fraction(raw)),) if value else _BINARY:
        for counted in (unit, _BINARY.get(unit, unit)):
            if abs(Fraction(raw) * counted - number) < Fraction(counted, 10**decimals):
                return True
    return False


_COMPARED: dict[str, Callable[[Value, Value], bool]] = {"date": _date, "term": _term, "place": _place, "quantity": _quantity}
