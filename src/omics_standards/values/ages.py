"""Ages. In: a cell's text and its unit cell; out: a Quantity of time.

Ages are written as nothing else is: ``54y``, ``30Y6M``, ``40Y-85Y``, ``P56`` (postnatal day), ``8-10 weeks old``,
``38岁``, ISO 8601 durations. An ``M`` is a month here. A life stage (``adult``, ``fetal``, ``E14.5``) is no age: it
belongs to the developmental stage.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from ..findings import Issue
from ..records import Quantity
from .parsed import Parsed
from .quantities import fit_unit, read_amount
from .text import clean, normal, plain
from .units import Unit, convert, read_unit

__all__ = ["read_age", "read_age_unit"]

_EXPECTED: Final = "an age such as '38 years', '8-10 weeks', '54y' or '30Y6M'"
_ALLOWED: Final = ("a", "mo", "wk", "d", "h", "min")
_LIMIT: Final = 120

_LETTERS: Final = {"y": "a", "a": "a", "yo": "a", "m": "mo", "w": "wk", "d": "d", "h": "h"}
_NUMBER: Final = r"[0-9]+(?:\.[0-9]+)?"
# 30Y6M, 40Y, 1726D, 30Y06M10D; ISO 8601 durations have a P before.
_PARTS: Final = re.compile(
    rf"(?:(?P<y>{_NUMBER})\s*(?:y|yr|yrs|years?|岁|年))?\s*(?:and\s+|,\s*)?(?:(?P<m>{_NUMBER})\s*(?:m|mo|mos|months?|个月|月))?\s*(?:and\s+|,\s*)?"
    rf"(?:(?P<w>{_NUMBER})\s*(?:w|wk|wks|weeks?|周))?\s*(?:and\s+|,\s*)?(?:(?P<d>{_NUMBER})\s*(?:d|days?|天))?(?:\s*T(?P<h>{_NUMBER})H)?",
    re.IGNORECASE,
)
_POSTNATAL: Final = re.compile(
    r"(?:P|PND?|post[\s-]?natal(?:\s+day)?|postnatal-day)\s*[-_]?\s*(?P<n>[0-9]+(?:\.[0-9]+)?)(?:\s*(?:d|days?))?",
    re.IGNORECASE,
)
_EMBRYONIC: Final = re.compile(r"(?:E|ED|embryonic(?:\s+day)?|embryo)\s*[-_]?\s*[0-9]+(?:\.[0-9]+)?(?:\s*(?:d|days?))?", re.IGNORECASE)
# Counted from another moment than birth; the number is an age, the moment stays in the origin.
_SINCE: Final = re.compile(
    r"(?P<n>.*[0-9+])\s*(?P<u>h|d|w|days?|hours?|weeks?)?[\s-]*"
    r"(?P<since>pf|pcw|pc|gw|wpc|wpf|dpf|hpf|dpa|dap|das|dai|dpi|dag|pmw|post[\s-]?(?:fertili[sz]ation|conception|anthesis|germination|sowing|hatch(?:ing)?))",
    re.IGNORECASE,
)
_SINCE_UNITS: Final = {"p": "wk", "g": "wk", "w": "wk", "d": "d", "h": "h"}
_OLD: Final = re.compile(r"[\s-]*(?:of age|old)$", re.IGNORECASE)
_HYPHEN: Final = re.compile(r"(?<=[0-9])-(?=(?:year|month|week|day|hour)s?\b)", re.IGNORECASE)  # 38-year-old
_LEAD: Final = re.compile(r"^(?:aged?|年龄)\s*[:=]?\s*(?=[0-9<>~P])", re.IGNORECASE)
_TO: Final = re.compile(r"\s*(?:-{1,2}|~|_to_|\bto\b|至|到)\s*", re.IGNORECASE)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_STAGES: Final = frozenset(
    _words(
        """adult adults fetal foetal fetus foetus embryo embryonic embryos juvenile juveniles infant infants child
        children newborn newborns neonate neonatal adolescent adolescents elderly aged old young mature immature
        larva larvae larval pupa pupae nymph egg eggs seedling seedlings sapling vegetative flowering senescent
        teenager toddler puppy weaned weanling perinatal prenatal postnatal subadult middleaged youngadult
        earlyadult lateadult humanadultstage adultstage blastocyst gastrula neurula l1 l2 l3 l4 dauer instar
        pubertal prepubertal lactating yearling geriatric senior 成人 成年 成体 幼年 幼体 婴儿 儿童 青少年 老年
        胎儿 新生儿 胚胎 苗期 花期"""
    )
)
_STAGE_WORD: Final = re.compile(
    r"^(?:stage|embryo|fet|foet|adult|juvenile|infant|larv|pup|instar|neonat|theiler|carnegie|hh)", re.IGNORECASE
)


def read_age_unit(text: str) -> Unit | None:
    """Understand the text of a unit of age: a time unit, a single letter of SDRF, or an accession of the Unit Ontology.

    Examples
    --------
    >>> read_age_unit("Year").code, read_age_unit("M").code
    ('a', 'mo')
    >>> read_age_unit("kg") is None
    True
    """
    stripped = _OLD.sub("", plain(text)).strip()
    if code := _LETTERS.get(stripped.lower()):
        return read_unit(code)
    unit = read_unit(stripped)
    return unit if unit is not None and unit.dimension == (("time", 1),) else None


def _months(parts: dict[str, str]) -> tuple[str, str] | None:
    """Write years with months as months, weeks with days as days; None where the sum is not exact."""
    filled = {k: v for k, v in parts.items() if float(v)} or dict(list(parts.items())[:1])
    if len(filled) == 1:
        ((letter, number),) = filled.items()
        return number, _LETTERS[letter]
    target = {("y", "m"): "mo", ("w", "d"): "d"}.get(tuple(filled))  # type: ignore[arg-type]
    if target is None:
        return None
    from decimal import Decimal

    total = Decimal(0)
    for letter, number in filled.items():
        converted = convert(number, _LETTERS[letter], target)
        if converted is None:
            return None
        total += Decimal(converted)
    return f"{total:f}", target


class _Sum(NamedTuple):
    """An age in one unit, and whether it was written in two."""

    number: str
    unit: str
    joined: bool


def _parts(text: str) -> _Sum | Issue | None:
    """Read '30Y6M' and its like."""
    found = _PARTS.fullmatch(text)
    parts = {k: v for k, v in found.groupdict().items() if v} if found else {}
    if not parts:
        return None
    joined = _months(parts)
    if joined is None:
        return Issue("age-unreadable", _EXPECTED, "write the age in one unit: years and days together have no exact length")
    return _Sum(*joined, len(parts) > 1)


def _stage(text: str) -> Issue | None:
    form = normal(text)
    if form in _STAGES or _EMBRYONIC.fullmatch(text) or (_STAGE_WORD.match(text) and len(text) < 60):
        return Issue("age-is-stage", _EXPECTED, f"write {text!r} in the column of the developmental stage")
    return None


def read_age(
    text: str,
    unit_text: str = "",
    *,
    default_unit: str | None = None,
    allowed: tuple[str, ...] | None = None,
    decimal: str | None = None,
) -> Parsed | None:
    """Read an age or a range of ages.

    Parameters
    ----------
    text
        The cell's text.
    unit_text
        Text of the age unit cell, '' where there is none.
    default_unit
        Unit of the column, used where neither cell says one.
    allowed
        UCUM codes that the slot allows; None: all units of age.
    decimal
        The column's decimal mark, None where it is not decided.

    Returns
    -------
    Parsed or None
        With a Quantity; None for a blank text. Years with months become months, exactly.

    Findings
    --------
    age-unreadable, age-is-stage, quantity-qualified, unit-missing, unit-unknown, unit-not-allowed, conflict,
    end-before-start

    Examples
    --------
    >>> read_age("30Y6M").value, read_age("8-10 weeks old").value.unit
    (Quantity(value='366', minimum=None, maximum=None, unit='mo'), 'wk')
    >>> read_age("adult").issues[0].code, read_age("24471").issues[0].code
    ('age-is-stage', 'unit-missing')
    """
    cleaned = plain(text)
    if not cleaned:
        return None
    if len(cleaned) > _LIMIT:
        return Parsed(None, (), (Issue("age-unreadable", _EXPECTED, "keep the age alone in this column"),))
    listed = allowed or _ALLOWED
    beside = read_age_unit(unit_text) if clean(unit_text) else None
    if clean(unit_text) and beside is None:
        return Parsed(None, (), (Issue("unit-unknown", "a unit of age beside it: years, months, weeks, days or hours", ""),))
    body = _HYPHEN.sub(" ", _OLD.sub("", _LEAD.sub("", cleaned)))
    for read in (_whole, _special):
        answer = read(body, listed, beside)
        if answer is not None:
            return answer
    return _numeric(body, listed, beside, default_unit, decimal)


def _agree(unit: Unit, beside: Unit | None) -> Issue | None:
    if beside is None or beside == unit:
        return None
    return Issue("conflict", f"one unit, not {unit.code} here and {beside.code} beside it", "correct one of the two cells")


def _done(quantity: Quantity, code: str, listed: tuple[str, ...], beside: Unit | None, *steps: str, issue: Issue | None = None) -> Parsed:
    unit = read_unit(code)
    if unit is not None and (clash := _agree(unit, beside)):
        return Parsed(None, steps, (clash,))
    fitted = fit_unit(quantity, unit, listed, convertible=False)
    return Parsed(fitted.value, steps, (*((issue,) if issue else ()), *fitted.issues))


def _whole(text: str, listed: tuple[str, ...], beside: Unit | None) -> Parsed | None:
    """Read ages in letters and ISO durations, and ranges of them."""
    iso = len(text) > 2 and text[0] in "Pp" and text[-1].isalpha()
    ends = _TO.split(text)
    if len(ends) > 2:
        return None
    read = [_parts(e.strip().lstrip("Pp") if iso else e.strip()) for e in ends]
    if any(r is None for r in read):
        return None
    if problem := next((r for r in read if isinstance(r, Issue)), None):
        return Parsed(None, (), (problem,))
    sums = [r for r in read if isinstance(r, _Sum)]
    steps = (["ISO 8601 duration"] if iso else []) + (["written in one unit"] if any(s.joined for s in sums) else [])
    if len(sums) == 1:
        number, code, _ = sums[0]
        return _done(Quantity(number), code, listed, beside, *steps)
    (low, first, _), (high, last, _) = sums
    if first != last:
        target = "mo" if {first, last} <= {"a", "mo"} else "d" if {first, last} <= {"wk", "d"} else ""
        low, high = (convert(low, first, target) or "", convert(high, last, target) or "") if target else ("", "")
        if not low or not high:
            return Parsed(None, (), (Issue("age-unreadable", _EXPECTED, "write both ends of the range in one unit"),))
        last = target
    if float(low) > float(high):
        return Parsed(None, (), (Issue("end-before-start", "a range from the younger to the older age", ""),))
    return _done(Quantity(minimum=low, maximum=high), last, listed, beside, *steps, "range")


def _special(text: str, listed: tuple[str, ...], beside: Unit | None) -> Parsed | None:
    """Read postnatal days and counts from another moment than birth; tell life stages."""
    if found := _POSTNATAL.fullmatch(text):
        return _done(Quantity(found["n"]), "d", listed, beside, "postnatal day")
    if issue := _stage(text):
        return Parsed(None, (), (issue,))
    if found := _SINCE.fullmatch(text):
        since = found["since"].lower()
        code = _LETTERS[found["u"][0].lower()] if found["u"] else _SINCE_UNITS.get(since[0], "wk")
        if since in ("gw", "pcw", "pmw"):
            code = "wk"
        amount = read_amount(found["n"], code="age-unreadable", expected=_EXPECTED)
        if amount.quantity is None or amount.unit_text:
            return None
        issue = Issue(
            "quantity-qualified",
            "an age counted from birth",
            f"the moment it is counted from ({text[found.end('n') :].strip()!r}) stays in the origin",
        )
        return _done(amount.quantity, code, listed, beside, *amount.steps, issue=issue)
    return None


def _numeric(text: str, listed: tuple[str, ...], beside: Unit | None, default: str | None, decimal: str | None) -> Parsed:
    """Read a number or a range with a unit in words, or without one."""
    amount = read_amount(text, decimal=decimal, code="age-unreadable", expected=_EXPECTED)
    if amount.quantity is None:
        return Parsed(None, amount.steps, amount.issues)
    steps: tuple[str, ...] = amount.steps
    if amount.unit_text:
        unit = read_age_unit(amount.unit_text)
        if unit is None:
            return Parsed(None, steps, (*amount.issues, _unknown_unit(amount.unit_text, amount.quantity)))
        if clash := _agree(unit, beside):
            return Parsed(None, steps, (*amount.issues, clash))
    elif beside is not None:
        unit, steps = beside, (*steps, "unit from the cell beside")
    else:
        unit = read_age_unit(default) if default else None
        steps = (*steps, "unit of the column") if unit else steps
    number = amount.quantity.value or amount.quantity.minimum or amount.quantity.maximum or ""
    if number.startswith("-"):
        return Parsed(None, steps, (*amount.issues, Issue("age-unreadable", "an age that is not negative", "")))
    fitted = fit_unit(amount.quantity, unit, listed, convertible=False)
    return Parsed(fitted.value, (*steps, *fitted.steps), (*amount.issues, *fitted.issues))


def _unknown_unit(text: str, quantity: Quantity) -> Issue:
    """Say what is wrong with the words after the number."""
    words = re.split(r"[\s;,(]", text, maxsplit=1)
    if len(words) == 2 and read_age_unit(words[0]) is not None:
        number = quantity.value or f"{quantity.minimum}-{quantity.maximum}"
        rest = words[1].strip()
        if read_age_unit(rest) is not None:
            return Issue("age-unreadable", _EXPECTED, f"write {number} with one unit: {words[0]} or {rest}")
        return Issue("age-unreadable", _EXPECTED, f"write '{number} {words[0]}' and keep {rest[:60]!r} for another column")
    if read_unit(text) is not None:
        return Issue("unit-not-allowed", "a unit of age: years, months, weeks, days or hours", "")
    return Issue("unit-unknown", "a unit of age: years, months, weeks, days or hours", "")
