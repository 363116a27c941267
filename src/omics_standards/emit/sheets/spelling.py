"""How a value is written in a cell: the steps of :mod:`omics_standards.mapping` run backwards.

A value has several spellings; they are tried in order, the one that people and archives write first, and each is read by the very
reader that will read the sheet. What no spelling brings back is a loss, and is said to be one.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ...mapping.parsers import MULTIPLES
from ...models.slots import MODEL
from ...records import Attribute, GeoPoint, Place, Quantity, Term
from ...values.geo import format_lat_lon
from ...values.places import format_place
from ...values.quantities import format_quantity
from ...values.units import read_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...profiles.schema import Column
    from ...records import Missing, Value

__all__ = ["absences", "name_in", "spellings"]

# UCUM codes of time as the columns for units of age spell them (NGDC, NCBI and ENA all take these words).
_TIMES = {"a": "year", "mo": "month", "wk": "week", "d": "day", "h": "hour", "min": "minute", "s": "second"}


def spellings(value: Value, spec: Column, parts: tuple[str, ...] = ("value",), unit: str = "") -> Iterator[tuple[str, ...]]:
    """Yield the ways to write a value in a cell and the cells beside it.

    Parameters
    ----------
    value
        A value of a slot.
    spec
        The profile's word on the column.
    parts
        What each of the cells is: ``value`` first, then its companions.
    unit
        UCUM code that the column has for numbers without one; '' where it has none.

    Yields
    ------
    tuple of str
        A text for each of ``parts``.

    Examples
    --------
    >>> from omics_standards.profiles.schema import Column
    >>> age = Column(to="sample.age")
    >>> next(spellings(Quantity("35", unit="a"), age, ("value", "unit"))), next(spellings(Quantity("35", unit="a"), age))
    (('35', 'year'), ('35 years',))
    >>> list(spellings(Quantity(), age))
    []
    """
    for texts in _spellings(value, spec, parts, unit):
        if texts.get("value") or any(texts.values()):
            yield tuple(texts.get(part, "") for part in parts)


def _spellings(value: Value, spec: Column, parts: tuple[str, ...], unit: str) -> Iterator[Mapping[str, str]]:
    for word in _meant(value, spec):
        yield {"value": word}
    match value:
        case Term():
            yield from _terms(value, parts)
        case Quantity():
            yield from _quantities(value, parts, unit, spec.units)
        case Place():
            if "region" in parts and value.country:
                yield {"value": value.country, "region": value.region or ""}
            yield {"value": format_place(value)}
        case GeoPoint():
            if "longitude" in parts:
                yield {"value": value.latitude, "longitude": value.longitude}
            else:
                yield {"value": format_lat_lon(value)}
        case Attribute():
            yield from _attributes(value, spec, parts)
        case bool():
            yield from ({"value": word} for word in (("yes", "true", "pooled") if value else ("no", "false", "not pooled")))
        case int() if unit in MULTIPLES:
            # Bytes in a column of megabytes.
            yield {"value": format((Decimal(value) / MULTIPLES[unit]).normalize(), "f")}
        case _:
            yield from ({"value": text} for text in _texts(str(value), spec))


def _meant(value: Value, spec: Column) -> list[str]:
    """Words of the format that mean the value."""
    known = (value.id, value.label) if isinstance(value, Term) else (value,)
    return [word for word, meant in spec.means.items() if meant in known]


def _terms(term: Term, parts: tuple[str, ...]) -> Iterator[Mapping[str, str]]:
    if term.id is not None and "accession" in parts:
        source, _, local = term.id.partition(":")
        texts = {"value": term.label, "accession": term.id}
        if "source" in parts:
            yield texts | {"source": source}
        else:
            # A column of taxonomy numbers holds numbers.
            yield texts | {"accession": local} if source == "NCBITaxon" else texts
            yield texts
    if term.label:
        yield {"value": term.label}
    if term.id is not None:
        yield {"value": term.id}


def _quantities(value: Quantity, parts: tuple[str, ...], unit: str, forms: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    number = format_quantity(value._replace(unit=None))
    if value.unit and value.unit in forms and "unit" not in parts:
        yield {"value": _formed(value, forms[value.unit])}
    if "unit" in parts and value.unit:
        yield {"value": number, "unit": _TIMES.get(value.unit, value.unit)}
        yield {"value": number, "unit": value.unit}
    if value.unit in (None, _code(unit)):
        yield {"value": number}
    if value.unit in _TIMES:
        word = _TIMES[value.unit]
        yield {"value": f"{number} {word}{'' if number == '1' else 's'}"}
    yield {"value": format_quantity(value)}


def _formed(value: Quantity, form: str) -> str:
    """A quantity whose every number has its unit, as ``40Y-85Y``."""
    if value.value is not None:
        return form.format(value.value)
    if value.minimum is not None and value.maximum is not None:
        return f"{form.format(value.minimum)}-{form.format(value.maximum)}"
    return f">={form.format(value.minimum)}" if value.minimum is not None else f"<={form.format(value.maximum)}"


@cache
def _code(unit: str) -> str:
    """The UCUM code of a unit as a profile or a header writes it."""
    known = read_unit(unit) if unit else None
    return known.code if known is not None else unit


def _attributes(value: Attribute, spec: Column, parts: tuple[str, ...]) -> Iterator[Mapping[str, str]]:
    texts = {"value": value.value, "unit": value.unit or "", "name": value.name}
    if value.term is not None and value.term.id:
        texts |= {"accession": value.term.id, "source": value.term.id.partition(":")[0]}
    if spec.as_ == "pairs":
        yield {"value": f"{value.name}: {value.value}"}
        yield {"value": f"{value.name}={value.value}"}
    yield {part: texts.get(part, "") for part in parts}
    if value.unit and "unit" not in parts:
        if value.unit in spec.units:
            yield {"value": spec.units[value.unit].format(value.value)}
        yield {"value": f"{value.value} {value.unit}"}


def _texts(text: str, spec: Column) -> Iterator[str]:
    """Spellings of texts, numbers, dates and identifiers."""
    prefix, colon, local = text.partition(":")
    if colon and (spec.kinds or prefix in MODEL.prefixes):
        yield local
    yield text


def name_in(record_id: str) -> str:
    """Return the name or accession that an id was made of, as a cell holds it; several names are joined.

    Examples
    --------
    >>> name_in("biosample/WH%2001"), name_in("biosample:SAMC1"), name_in("assay/S1/MiSeq")
    ('WH 01', 'SAMC1', 'S1_MiSeq')
    """
    if ":" in record_id:
        return record_id.partition(":")[2]
    return "_".join(map(unquote, record_id.split("/")[1:])) or unquote(record_id)


def absences(missing: Missing, quiet: frozenset[str]) -> list[str]:
    """Return the ways to say that a value is absent, the format's own word first, then the INSDC term.

    Examples
    --------
    >>> from omics_standards.records import Missing
    >>> absences(Missing("sex", "missing", "NA"), frozenset())
    ['missing', 'NA']
    >>> absences(Missing("sex", "missing", "not available"), frozenset({"not available"}))
    ['not available', 'missing']
    """
    own = [missing.raw] if missing.raw in quiet else []
    return list(dict.fromkeys([*own, missing.reason, *sorted(quiet), missing.raw]))
