"""Places. In: a cell's text such as ``China: Beijing``; out: a Place with a country or sea of the INSDC list.

Understood are other spellings of listed names, a comma or a slash for the colon, and a country that stands last. A
region without its country, a name that two countries share, and a name that is not on the list have an issue that
proposes what to write.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Final, NamedTuple

from ..findings import Issue
from ..records import Place
from .missing import is_missing
from .parsed import Parsed
from .place_names import ALIASES, CODES, COUNTRIES, PARTS, PROPOSALS, SHARED, STATES
from .text import clean, edit_distance, normal

__all__ = ["COUNTRIES", "format_place", "read_place"]

_EXPECTED: Final = "a country or sea of the INSDC list, then a colon and the place, such as 'China: Beijing'"
_LIMIT: Final = 400

_RESIDUE: Final = re.compile(r'^/?(?:country|geo_loc_name)\s*=\s*"*\s*|^["\'“]+|["\'”]+$', re.IGNORECASE)
_ONTOLOGY: Final = re.compile(r"^GAZ\s*[:_]\s*(?=[A-Za-z])")
_SEPARATOR: Final = re.compile(r"\s*[,;/|]\s*|\s+[-–—]\s+|_")
_BRACKET: Final = re.compile(r"^(?P<out>.*?)\s*[(\[](?P<in>[^()\[\]]*)[)\]]\s*$")
_EDGES: Final = " \t,;:_/|-."
# Ambiguous as a last part: "Atlanta, Georgia" is no country.
_NOT_LAST: Final = frozenset({"Georgia", "Jersey"})
# Countries whose names are those of American towns as well: "Lebanon, NH".
_TOWNS: Final = frozenset(
    {
        "Lebanon",
        "Peru",
        "Cuba",
        "Mexico",
        "Jamaica",
        "Norway",
        "Poland",
        "Panama",
        "Georgia",
        "Jordan",
        "Denmark",
        "Sweden",
    }
)
# Listed beside China, and written with it: the narrower name is taken.
_BESIDE_CHINA: Final = frozenset({"Taiwan", "Hong Kong", "Macau"})
_OCEAN: Final = re.compile(r"\b(atlantic|pacific|indian|arctic|southern)\s+ocean\b|\b(mediterranean|baltic|north)\s+sea\b", re.IGNORECASE)


_LISTED: Final = frozenset(COUNTRIES)


class _Known(NamedTuple):
    """A listed name, the part of it that the text named (England), and whether it stood as the list spells it."""

    country: str
    part: str | None = None
    exact: bool = False


@cache
def _names() -> dict[str, _Known]:
    """Make the table of normal forms."""
    table: dict[str, _Known] = {normal(n): _Known(n, exact=True) for n in COUNTRIES}
    for name, spellings in ALIASES.items():
        for spelling in spellings:
            table.setdefault(normal(spelling), _Known(name))
    for part, name in PARTS.items():
        table.setdefault(normal(part), _Known(name, part))
    # What the model knows beside (Chinese names of every country). Short ones are codes, which only capitals tell
    # from words.
    from ..models.slots import MODEL

    shared = {normal(name) for name in SHARED}
    for name, known in MODEL.enums.get("InsdcCountry", {}).items():
        for spelling in known.aliases:
            form = normal(spelling)
            if name in _LISTED and ":" not in spelling and form not in shared and (len(form) > 3 or not form.isascii()):
                table.setdefault(form, _Known(name))
    return table


def _find(text: str) -> _Known | None:
    """Find a listed name or another spelling of one."""
    if text in _LISTED:
        return _Known(text, exact=True)
    if not text or len(text) > 80:
        return None
    form = normal(text)
    known = _names().get(form)
    if known is None and form.startswith("the"):
        known = _names().get(form[3:])
    if known is None:
        name = CODES.get(text)
        return _Known(name) if name else None
    return known._replace(exact=False)


def _tidy(text: str) -> str | None:
    """Return the rest of a place's name without stray separators, None where nothing is said."""
    text = clean(text.replace("\\,", ",")).strip(_EDGES)
    if "&" in text and ";" in text:
        text = html.unescape(text)
    if "," in text:
        text = ", ".join(p for p in re.split(r"\s*,\s*", text) if p and not is_missing(p))
    return text if text and text != "GAZ" and not is_missing(text) else None


def _prepare(text: str) -> tuple[str, list[str]]:
    """Take the residue of other formats off; the steps say what was taken."""
    steps: list[str] = []
    cleaned = clean(text.replace("：", ":").replace("，", ","))
    bare = clean(_RESIDUE.sub("", _RESIDUE.sub("", cleaned)))
    bare = bare.replace("\\,", ",").replace('""', '"')
    if "&" in bare and ";" in bare:
        bare = html.unescape(bare)
    if found := _ONTOLOGY.match(bare):
        bare = bare[found.end() :]
    if bare != cleaned:
        steps.append("residue of another format left out")
    return bare, steps


def _place(known: _Known, rest: str, steps: list[str]) -> Parsed:
    region = _tidy(rest)
    if region is not None:
        first, _, more = region.partition(",")
        inner = _find(first)
        if inner is not None and inner.country == known.country and inner.part is None:
            region = _tidy(more)  # "United Kingdom: United Kingdom", "Belgium, Belgium, Verviers"
            steps.append("repeated country left out")
    if known.part is not None:
        region = f"{known.part}, {region}" if region and normal(known.part) not in normal(region) else region or known.part
        steps.append("part of a country")
    elif not known.exact:
        steps.append("country as the INSDC list spells it")
    return Parsed(Place(known.country, region), tuple(steps))


def read_place(text: str) -> Parsed | None:
    """Read a place: country or sea, and the rest of its name.

    Parameters
    ----------
    text
        The cell's text.

    Returns
    -------
    Parsed or None
        With a Place; None for a blank text.

    Findings
    --------
    country-unknown

    Examples
    --------
    >>> read_place("USA:CA:San Diego").value, read_place("中国: 北京").value
    (Place(country='USA', region='CA:San Diego'), Place(country='China', region='北京'))
    >>> read_place("Beijing").issues[0].fix
    "write 'China: Beijing' if that is meant"
    """
    # The two forms that nine of ten texts have.
    head, colon, rest = text.partition(":")
    if head in _LISTED and len(text) <= _LIMIT:
        if not colon:
            return Parsed(Place(head))
        return _place(_Known(head, exact=True), rest, [])
    if not clean(text):
        return None
    if len(text) > _LIMIT:
        return Parsed(None, (), (Issue("country-unknown", _EXPECTED, "keep the name of the place alone in this column"),))
    bare, steps = _prepare(text)
    if (known := _find(bare)) is not None:
        return _place(known, "", steps)
    head, colon, rest = bare.partition(":")
    if colon:
        if (known := _find(head.strip(_EDGES)) or _with_bracket(head)) is not None:
            return _place(known, rest, steps)
        if (ocean := _OCEAN.search(head)) is not None and (known := _find(ocean[0])) is not None:
            return Parsed(Place(known.country, _tidy(f"{head}, {rest}")), (*steps, "ocean of a longer name"))
    else:
        answer = _without_colon(bare, steps)
        if answer is not None:
            return answer
    return Parsed(None, tuple(steps), (Issue("country-unknown", _EXPECTED, _proposal(bare)),))


def _with_bracket(text: str) -> _Known | None:
    """Read 'United Kingdom (England, Wales)': the bracket says no other country."""
    found = _BRACKET.match(text)
    known = _find(found["out"]) if found else None
    return known if known is not None and found is not None and _find(found["in"]) in (None, known) else None


def _without_colon(text: str, steps: list[str]) -> Parsed | None:
    """Read a place whose country is set off by something else than a colon, or by its place at the end."""
    if found := _OCEAN.search(text):
        inside = _find(found[0])
        if inside is not None and not _countries(_parts(text.replace(found[0], ""))):
            steps.append("ocean of a longer name")
            return Parsed(Place(inside.country, _tidy(text) if normal(text) != normal(found[0]) else None), tuple(steps))
    if (known := _with_bracket(text)) is not None and (found := _BRACKET.match(text)):
        return _place(known, found["in"], [*steps, "separator for the colon"])
    parts = _parts(text)
    if {k.country for k in _countries(parts).values()} & _BESIDE_CHINA:
        parts = [p for p in parts if (k := _find(p)) is None or k.country != "China"]
    if len(parts) < 2:
        known = _find(parts[0]) if parts else None
        return _place(known, "", [*steps, "separator for the colon"]) if known and parts[0] != text else None
    named = _named(parts)
    if len({k.country for k in named.values()}) != 1:
        return None
    at = next(iter(named))
    known = named[at]
    if at not in (0, len(parts) - 1) or (at and known.country in _NOT_LAST) or _contradicted(known.country, parts, at):
        return None
    steps.append("separator for the colon" if at == 0 else "country stood last")
    rest = text.partition(parts[0])[2] if at == 0 else ", ".join(parts[:-1])
    return _place(known, rest.strip(_EDGES + "[]()"), steps)


def _named(parts: list[str]) -> dict[int, _Known]:
    """Find the parts that are listed names, by position; Georgia beside the USA is the state."""
    named = _countries(parts)
    american = any(k.country == "USA" for k in named.values())
    return {i: k for i, k in named.items() if not (american and k.country == "Georgia")}


def _contradicted(country: str, parts: list[str], at: int) -> bool:
    """Tell whether the other parts name another country, or a state that makes the country's name that of a town."""
    for i, part in enumerate(parts):
        if i == at or (country == "USA" and part == "Georgia"):
            continue
        if part in STATES:
            if country in _TOWNS and STATES.get(part, country) != country:
                return True
            continue
        tokens = re.split(r"[\s.&]+", part)[:12]
        if country in _TOWNS and any(t in STATES for t in tokens):
            return True
        grams = (" ".join(tokens[k : k + n]) for n in (1, 2, 3) for k in range(len(tokens) - n + 1))
        if any(len(g) > 3 and (k := _find(g)) is not None and k.country != country for g in grams):
            return True
    return False


def _parts(text: str) -> list[str]:
    if found := _BRACKET.match(text):
        text = f"{found['out']}, {found['in']}"
    return [p for p in (p.strip(_EDGES) for p in _SEPARATOR.split(text)) if p]


def _countries(parts: list[str]) -> dict[int, _Known]:
    return {i: k for i, p in enumerate(parts[:12]) if (k := _find(p)) is not None and p not in STATES}


# --- proposals --------------------------------------------------------------------------------------------------------


@cache
def _proposals() -> dict[str, tuple[str, ...]]:
    """Map normal forms of regions, seas and shared names to what may be meant; the first name of a form counts."""
    table: dict[str, tuple[str, ...]] = {}
    for name, options in PROPOSALS.items():
        table.setdefault(normal(name), options)
    return table


def _proposal(text: str) -> str:
    """Say what may be meant, '' where nothing is near."""
    head, colon, rest = text.partition(":")
    tail = f": {clean(rest)}" if colon and clean(rest) else ""
    if options := _proposals().get(normal(head)):
        written = [o + tail if ":" not in o else o + tail.replace(": ", ", ") for o in options]
        return _write(*written)
    parts = _parts(text)
    countries = list(dict.fromkeys(k.country for k in _named(parts).values()))
    if len(countries) > 1:
        return f"name one country: {' or '.join(countries[:3])}"
    if len(parts) > 1 and (state := next((p for p in parts if p in STATES or p in _NOT_LAST), None)):
        return _write(f"{STATES.get(state, 'USA')}: {text}")
    for part in parts[::-1]:
        if (known := _find(part)) is not None or (known := _last_words(part)) is not None:
            return _write(f"{known.country}: {clean(text)}")
        if options := _proposals().get(normal(part)):
            return _write(f"{options[0].partition(':')[0]}: {clean(text)}")
    near = _nearest(normal(head))
    return _write(near + tail) if near else ""


def _write(*options: str) -> str:
    return f"write {' or '.join(map(repr, options))} if that is meant"


def _nearest(form: str) -> str | None:
    """Find the listed name whose spelling is at most two slips away."""
    if not 5 <= len(form) <= 40:
        return None
    reach = 1 if len(form) < 7 else 2
    near = [
        (edit_distance(form, f, reach), k.country) for f, k in _names().items() if f[:1] == form[0] and abs(len(f) - len(form)) <= reach
    ]
    best = min(near, default=(reach + 1, ""))
    return best[1] if best[0] <= reach else None


def _last_words(text: str) -> _Known | None:
    """Find a listed name in the last words of a text without separators."""
    tokens = text.replace(".", " ").split()
    for n in range(min(4, len(tokens) - 1), 0, -1):
        if (known := _find(" ".join(tokens[-n:]))) is not None:
            return known
    return None


def format_place(place: Place) -> str:
    """Write a place in the style of the INSDC archives; :func:`read_place` reads it back.

    Examples
    --------
    >>> format_place(Place("China", "Beijing")), format_place(Place("Norway"))
    ('China: Beijing', 'Norway')
    """
    if place.country is None:
        return place.region or ""
    return f"{place.country}: {place.region}" if place.region else place.country
