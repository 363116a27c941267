"""Units as resources: the QUDT unit of a UCUM code, or the code itself as an IRI where QUDT has none."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from ..models.slots import MODEL

__all__ = ["UNIT_NAMESPACES", "ucum_local_name", "unit_facts"]

UNIT_NAMESPACES: Final = {
    "qudt": "http://qudt.org/schema/qudt/",
    "unit": "http://qudt.org/vocab/unit/",
    "uom": "https://w3id.org/uom/",
}
"""Prefixes of units: the schema and the vocabulary of QUDT, and UCUM codes as IRIs (https://w3id.org/uom/)."""

# A factor of a UCUM code: what divides it, its letters (brackets and braces hold any), its exponent.
_FACTOR: Final = re.compile(r"([./]?)((?:\[[^\[\]]*\]|\{[^{}]*\}|[^./\[\]{}()0-9+-])+|1)([+-]?[0-9]+)?")


def ucum_local_name(code: str) -> str:
    """Return the name that a UCUM code has below https://w3id.org/uom/: division as negative exponents, sorted, percent-encoded.

    Parameters
    ----------
    code
        A UCUM code.

    Returns
    -------
    str
        A code that is no product of plain factors is encoded as it stands.

    References
    ----------
    Draft specification for encoding UCUM units as linked data URIs (ontodev/units, README).

    Examples
    --------
    >>> ucum_local_name("m/s2"), ucum_local_name("[in_i]"), ucum_local_name("/min")
    ('m.s-2', '%5Bin_i%5D', 'min-1')
    >>> ucum_local_name("(no code")
    '%28no%20code'
    """
    factors: list[tuple[int, str]] = []
    at = 0
    while at < len(code):
        hit = _FACTOR.match(code, at)
        if hit is None:
            return quote(code, safe="")
        power = int(hit[3] or 1) * (-1 if hit[1] == "/" else 1)
        factors.append((-power, hit[2]))
        at = hit.end()
    return quote(".".join(f"{name}{-power if power != -1 else ''}" for power, name in sorted(factors)), safe="")


@lru_cache(maxsize=1024)
def unit_facts(code: str) -> tuple[str, str | None, tuple[str, ...]]:
    """Return the CURIE that stands for a UCUM code, the unit's name, and the CURIEs of the same unit elsewhere.

    Parameters
    ----------
    code
        A UCUM code.

    Returns
    -------
    tuple
        The name is None for a unit that the model does not list; its CURIE is that of the code itself.

    Examples
    --------
    >>> unit_facts("wk")
    ('unit:WK', 'week', ('UO:0000034', 'uom:wk'))
    >>> unit_facts("furlong")
    ('uom:furlong', None, ())
    """
    known = MODEL.enums["UcumUnit"].get(code)
    own = f"uom:{ucum_local_name(code)}"
    if known is None:
        return own, None, ()
    terms = [known.meaning] if known.meaning else []
    names = [*known.same, *terms, own] if known.same else [own, *terms]
    return names[0], known.aliases[0], tuple(names[1:])
