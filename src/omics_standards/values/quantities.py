"""Numbers with a unit. In: a cell's text, the unit said elsewhere, what the slot allows; out: a Quantity in UCUM.

Numbers stay decimal text. A qualifier (about, ±, an open bound) is read and flagged, because a Quantity holds numbers
only: the words stay in the origin.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from ..findings import Issue
from ..records import Quantity
from .date_words import MONTHS
from .numbers import NUMBER, as_decimal, settle_commas
from .parsed import Parsed
from .text import clean, looks_garbled, plain
from .units import LOST, Unit, convert, read_unit, same_dimension

__all__ = ["Amount", "format_quantity", "read_amount", "read_quantity"]

_LIMIT: Final = 160
_EXPECTED: Final = "a number or a range with its unit, such as '5 cm' or '0-5 cm'"

_ABOUT: Final = re.compile(r"^(?:~|≈|ca?\.\s?|ca\s|circa\s|about\s|around\s|approx(?:imately|\.)?\s|约|大约)\s*", re.IGNORECASE)
_BOUND: Final = re.compile(
    r"^(<=|>=|≤|≥|<|>|less than|more than|at least|at most|up to|over|under|above|below|min\.?\s|max\.?\s)\s*"
    r"(?=[0-9.+-])",
    re.IGNORECASE,
)
_UPPER: Final = frozenset({"<=", "≤", "<", "less than", "at most", "up to", "under", "below", "max", "max."})
_STRICT: Final = frozenset({"<", ">", "less than", "more than", "over", "under", "above", "below"})
_MINUS: Final = re.compile(r"^(?:minus|neg(?:ative)?|零下)\s*(?=[0-9.])", re.IGNORECASE)
_WRAP: Final = re.compile(r"^[({\[]\s*(.*?)\s*[)}\]]$", re.DOTALL)
_ONE: Final = re.compile(rf"({NUMBER})(\+?)\s*,?\s*(.*)", re.DOTALL)
_SPREAD: Final = re.compile(rf"({NUMBER})\s*(?P<unit>[^\s±0-9]{{1,12}})?\s*(?:±|\+/-|\+-)\s*({NUMBER})\s*(.*)", re.DOTALL)
_JOINT: Final = r"\s*(?:-(?=\s*-[0-9.])|-{1,2}|~|\.\.+|_to_|\bto\b|\bthrough\b|\bbis\b|至|到)\s*"
_SPAN: Final = re.compile(
    rf"({NUMBER})\s*(?P<unit>(?!(?:to|through|bis)\b)[^\s\-~0-9.:,]{{1,14}}|%)?{_JOINT}({NUMBER})\s*(.*)", re.DOTALL | re.IGNORECASE
)
_LEADING_UNIT: Final = re.compile(r"^(pH|[x×]|(?:day|week|month|hour|year|minute)s?)\s*[:=_]?\s*(?=[0-9.])", re.IGNORECASE)
_DATE_OF_RANGE: Final = re.compile(r"(?:([0-9]{1,2})-([A-Za-z]{3})|([A-Za-z]{3})-([0-9]{1,2}))")


_SHARED: Final = {"ppt": ("[ppth]", "[pptr]")}  # parts per thousand (salinity) or per trillion


class Amount(NamedTuple):
    """A number or a range as it was read, with the text of its unit still to be understood."""

    quantity: Quantity | None
    unit_text: str = ""
    steps: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()


def _qualified(what: str) -> Issue:
    return Issue("quantity-qualified", "a number or a range", f"{what} stays in the origin; the number alone is carried")


def read_amount(text: str, *, decimal: str | None = None, code: str = "quantity-unreadable", expected: str = _EXPECTED) -> Amount:
    """Read the number or range at the beginning of a text and return what follows it as the unit's text.

    Parameters
    ----------
    text
        The cell's text; not blank.
    decimal
        The column's decimal mark, None where it is not decided.
    code, expected
        Finding code and expectation of a text that holds no number.

    Returns
    -------
    Amount
        ``quantity`` without unit, None where the text was not understood (``issues`` says why).
    """
    cleaned = plain(text)
    if len(cleaned) > _LIMIT:
        return Amount(None, issues=(Issue(code, expected, "keep the number and its unit alone in this column"),))
    if (damaged := _damaged(cleaned)) is not None:
        return Amount(None, issues=(damaged,))
    if found := _WRAP.match(cleaned):
        cleaned = found[1]
    settled, step, problem = settle_commas(cleaned, decimal, code)
    if problem:
        return Amount(None, issues=(problem,))
    steps = [step] if step else []
    issues: list[Issue] = []
    if found := _ABOUT.match(settled):
        settled = settled[found.end() :]
        issues.append(_qualified("'about'"))
    bound = ""
    if found := _BOUND.match(settled):
        bound = found[1].lower().strip()
        settled = settled[found.end() :]
    if found := _MINUS.match(settled):
        settled = "-" + settled[found.end() :]
        steps.append("minus written as sign")
    prefix = ""
    if found := _LEADING_UNIT.match(settled):
        prefix = found[1]
        settled = settled[found.end() :]
    amount = _numbers(settled, bound, code, expected)
    unit = amount.unit_text if amount.unit_text or not prefix else prefix
    return Amount(amount.quantity, unit, (*steps, *amount.steps), (*issues, *amount.issues))


def _numbers(text: str, bound: str, code: str, expected: str) -> Amount:
    single = _ONE.fullmatch(text)
    if single is None:
        return Amount(None, issues=(Issue(code, expected, ""),))
    rest = single[3].strip()
    if not rest or (rest[0] not in "-~.±+至到" and read_unit(_unwrap(rest)) is not None):
        return _single(single, bound, code, expected)
    if found := _SPREAD.fullmatch(text):
        number = as_decimal(found[1])
        if number is not None:
            return Amount(Quantity(number), found[4].strip() or found["unit"] or "", (), (_qualified(f"'± {found[3]}'"),))
    if (found := _SPAN.fullmatch(text)) and not bound:
        return _span(found, code, expected)
    return _single(single, bound, code, expected)


def _single(found: re.Match[str], bound: str, code: str, expected: str) -> Amount:
    number = as_decimal(found[1])
    if number is None:
        return Amount(None, issues=(Issue(code, expected, "write the number without an exponent"),))
    unit = found[3].strip()
    if found[2]:  # "90+"
        bound = bound or ">="
    if not bound:
        return Amount(Quantity(number), unit)
    issues = (_qualified(f"that the limit itself is left out ('{bound}')"),) if bound in _STRICT else ()
    quantity = Quantity(maximum=number) if bound in _UPPER else Quantity(minimum=number)
    return Amount(quantity, unit, ("open range",), issues)


def _span(found: re.Match[str], code: str, expected: str) -> Amount:
    low, high = as_decimal(found[1]), as_decimal(found[3])
    if low is None or high is None:
        return Amount(None, issues=(Issue(code, expected, ""),))
    first, last = found["unit"] or "", found[4].strip()
    if last[:1] in ("-", "/", ".", ":"):  # a date, a time, a version
        return Amount(None, issues=(Issue(code, expected, ""),))
    if first and last and read_unit(first) != read_unit(last):
        return Amount(None, issues=(Issue(code, "one unit for both ends of the range", ""),))
    if _greater(low, high):
        issue = Issue(
            "end-before-start",
            "a range from the smaller to the larger number",
            f"write {high}-{low} if the ends are swapped",
        )
        return Amount(None, issues=(issue,))
    return Amount(Quantity(minimum=low, maximum=high), last or first, ("range",))


def _greater(a: str, b: str) -> bool:
    """Compare two decimal texts exactly, however long."""
    from decimal import Decimal

    return Decimal(a) > Decimal(b)


def _damaged(text: str) -> Issue | None:
    """Recognise a range that a spreadsheet turned into a date: '2-Jan' was '1-2' (month and day)."""
    found = _DATE_OF_RANGE.fullmatch(text)
    month = MONTHS.get((found[2] or found[3]).lower()) if found else None
    if found is None or month is None:
        return None
    day = int(found[1] or found[4])
    if not 1 <= day <= 31:
        return None
    return Issue(
        "range-became-date",
        _EXPECTED,
        f"write {month}-{day} if this was a range before a spreadsheet made a date of it",
    )


def _unwrap(text: str) -> str:
    found = _WRAP.match(text)
    return found[1] if found and text[0] != "{" and text[0] != "[" else text


# --- units ------------------------------------------------------------------------------------------------------------


def _settle_unit(
    said: str, beside: str, default: str | None, expected: tuple[str, ...]
) -> tuple[Unit | None, tuple[str, ...], Issue | None]:
    """Decide the unit: in the cell before beside it, beside it before the column's; None where none is said."""
    unit = (_find_unit(said) or _by_slot(said, expected)) if said else None
    if said and unit is None:
        opening = _known_beginning(said)
        fix = f"write the unit as {opening!r} and keep the rest for another column" if opening else _lost_letter(said)
        return None, (), Issue("unit-unknown", _list_of(expected), fix)
    if beside and (companion := _find_unit(beside)) is None and unit is None:
        return None, (), Issue("unit-unknown", _list_of(expected), "")
    if beside and companion is not None and unit is not None and companion != unit:
        return (
            None,
            (),
            Issue("conflict", f"one unit, not {said!r} here and {beside!r} beside it", "correct one of the two cells"),
        )
    if unit is None and beside:
        return companion, ("unit from the cell beside",), None
    if unit is None and default:
        unit = _find_unit(default)
        problem = None if unit else Issue("unit-unknown", _list_of(expected), f"{default!r} is said for the whole column")
        return unit, ("unit of the column",) if unit else (), problem
    return unit, (), None


def _lost_letter(said: str) -> str:
    """Say what a unit may have been whose first letter a program could not write, as most cannot write a µ somewhere."""
    unit = read_unit(f"u{said[1:]}") if said[:1] in LOST else None
    return f"write {unit.code!r} if the letter that was lost is a µ" if unit else ""


def _find_unit(text: str) -> Unit | None:
    """Read a unit's text, repaired where it is garbled."""
    text = _unwrap(clean(text))
    return read_unit(text) or read_unit(looks_garbled(text) or "")


def _by_slot(text: str, expected: tuple[str, ...]) -> Unit | None:
    """Understand a spelling that stands for two units, where the slot allows only one of them."""
    allowed = [code for code in _SHARED.get(text, ()) if code in expected]
    return read_unit(allowed[0]) if len(allowed) == 1 else None


def _known_beginning(text: str) -> str | None:
    """Return the unit that a longer text begins with ('cm from soil surface')."""
    first = re.split(r"[\s;,(]", text, maxsplit=1)[0]
    return first if first != text and read_unit(first) else None


def _list_of(codes: tuple[str, ...]) -> str:
    if not codes:
        return "a UCUM unit such as cm, mg/L or Cel"
    shown = ", ".join(codes[:8])
    return f"one of the units {shown}" if len(codes) > 1 else f"the unit {shown}"


def fit_unit(quantity: Quantity, unit: Unit | None, allowed: tuple[str, ...], *, convertible: bool) -> Parsed:
    """Put a unit on a quantity, where the slot allows it.

    Findings
    --------
    unit-missing, unit-not-allowed
    """
    if unit is None:
        if not allowed or "1" in allowed:
            return Parsed(quantity) if "1" in allowed else Parsed(quantity, (), (Issue("unit-missing", _list_of(allowed), ""),))
        return Parsed(
            quantity,
            (),
            (Issue("unit-missing", _list_of(allowed), "write the unit beside the number or in the header"),),
        )
    if not allowed or unit.code in allowed:
        return Parsed(quantity._replace(unit=unit.code))
    for code in allowed:
        if read_unit(code) == unit:  # another spelling of the same unit in the model: M for mol/L
            return Parsed(quantity._replace(unit=code))
    target = next((code for code in allowed if same_dimension(code, unit.code)), None)
    if target is None:
        return Parsed(None, (), (Issue("unit-not-allowed", _list_of(allowed), f"{unit.code} measures {unit.kind}"),))
    value, low, high = (None if n is None else convert(n, unit.code, target) for n in quantity[:3])
    changed = Quantity(value, low, high, target)
    if convertible:
        return Parsed(changed, (f"{unit.code} converted to {target}",))
    return Parsed(None, (), (Issue("unit-not-allowed", _list_of(allowed), f"write {format_quantity(changed)}"),))


def read_quantity(
    text: str,
    *,
    unit_text: str = "",
    default_unit: str | None = None,
    allowed: tuple[str, ...] | None = None,
    decimal: str | None = None,
    convert: bool = False,
) -> Parsed | None:
    """Read a number or a range with its unit.

    Parameters
    ----------
    text
        The cell's text.
    unit_text
        Text of the unit cell beside it, '' where there is none.
    default_unit
        Unit of the column (from its header or the format), used where neither cell says one.
    allowed
        UCUM codes that the slot allows; None or empty: any. With ``1`` among them a number without a unit is right.
    decimal
        The column's decimal mark (:attr:`.numbers.DecimalMark.mark`), None where it is not decided.
    convert
        Whether a unit of the right dimension that the slot does not list is converted to the first one that it does.

    Returns
    -------
    Parsed or None
        With a Quantity; None for a blank text.

    Findings
    --------
    quantity-unreadable, quantity-qualified, range-became-date, unit-missing, unit-unknown, unit-not-allowed,
    conflict, end-before-start

    Examples
    --------
    >>> read_quantity("0-20cm").value
    Quantity(value=None, minimum='0', maximum='20', unit='cm')
    >>> read_quantity("5 kg", allowed=("cm", "m")).issues[0].fix
    'kg measures mass'
    """
    if not clean(text):
        return None
    amount = read_amount(text, decimal=decimal)
    if amount.quantity is None:
        return Parsed(None, amount.steps, amount.issues)
    listed = allowed or ()
    unit, steps, problem = _settle_unit(amount.unit_text, clean(unit_text), default_unit, listed)
    if problem:
        return Parsed(None, amount.steps, (*amount.issues, problem))
    fitted = fit_unit(amount.quantity, unit, listed, convertible=convert)
    return Parsed(fitted.value, (*amount.steps, *steps, *fitted.steps), (*amount.issues, *fitted.issues))


def format_quantity(quantity: Quantity) -> str:
    """Write a quantity as text that :func:`read_quantity` reads back.

    Examples
    --------
    >>> format_quantity(Quantity(minimum="0", maximum="5", unit="cm")), format_quantity(Quantity("35.50", unit="kg"))
    ('0-5 cm', '35.50 kg')
    >>> format_quantity(Quantity())
    ''
    """
    if quantity.value is not None:
        number = quantity.value
    elif quantity.minimum is not None and quantity.maximum is not None:
        joint = " to " if quantity.maximum.startswith("-") else "-"
        number = f"{quantity.minimum}{joint}{quantity.maximum}"
    elif quantity.minimum is not None:
        number = f"≥{quantity.minimum}"
    elif quantity.maximum is not None:
        number = f"≤{quantity.maximum}"
    else:
        return ""
    return f"{number} {quantity.unit}" if quantity.unit else number
