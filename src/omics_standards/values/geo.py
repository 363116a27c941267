"""Positions on the globe. In: a cell's text (or two cells' texts); out: a GeoPoint in signed decimal degrees.

Read are the styles of the archives (``38.98 N 77.11 W``, signed pairs), degrees with minutes and seconds in whatever
signs they were typed or garbled to, and hemispheres before or behind the number. Decimal degrees keep their digits;
minutes and seconds become as many decimals as they can carry. Nothing outside the globe is taken, nothing is swapped
silently.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from ..findings import Issue
from ..records import GeoPoint
from .numbers import as_decimal
from .parsed import Parsed
from .text import clean, looks_garbled, plain

__all__ = ["format_lat_lon", "read_coordinate", "read_lat_lon", "read_point"]

_EXPECTED: Final = "latitude and longitude in decimal degrees, such as '38.98 N 77.11 W'"
_LIMIT: Final = 120

# The two styles that nearly all texts have.
_NCBI: Final = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?) ([NS]) ([0-9]{1,3}(?:\.[0-9]+)?) ([EW])")
_SIGNED: Final = re.compile(
    r"[(\[]?\s*([+-]?[0-9]{1,3}(?:\.[0-9]*)?)\s*°?\s*(?:\s*[,;/_|]\s*|\s+|(?=[+-]))([+-]?[0-9]{1,3}(?:\.[0-9]*)?)\s*°?\s*[)\]]?"
)
_COMMA_PAIR: Final = re.compile(r"([+-]?[0-9]{1,3},[0-9]+)\s*(?:[;/_|]|,?\s)\s*([+-]?[0-9]{1,3},[0-9]+)")
_LABELLED: Final = re.compile(
    r"\(?(?P<a>lat(?:itude)?|lon(?:g(?:itude)?)?)\.?\s*[:=]?\s*(?P<x>.+?)[\s,;_|]+(?P<b>lat(?:itude)?|lon(?:g(?:itude)?)?)\.?\s*[:=]?\s*(?P<y>.+?)\)?",
    re.IGNORECASE,
)
_HEMISPHERE_WORD: Final = re.compile(
    r"\b(north|south|east|west|nord|sud|est|ouest|norte|sur|este|oeste)(?:ern)?\b(?:\s*(?:latitude|longitude))?|北纬|南纬|东经|西经",
    re.IGNORECASE,
)
_HEMISPHERES: Final = {"北纬": "N", "南纬": "S", "东经": "E", "西经": "W", "ouest": "W", "oeste": "W"}
_LABEL: Final = re.compile(r"\b(?:lat(?:itude)?|long?(?:itude)?|gps|coordinates?|wgs\s?84|DD)\b[.:=]*", re.IGNORECASE)
_REMARK: Final = re.compile(r"(?<=[0-9NSEW\s])\([^()0-9]{1,60}\)$")  # "38.2737 N 141.0533 E (Soil sampling site)"
_SIGN_WORDS: Final = re.compile(r"\s*(degrees?|deg\.?|minutes?|min\.?|seconds?|sec\.?)\s*(?=[^a-z]|[NSEW]\b|$)", re.IGNORECASE)
_SIGN_OF: Final = {"d": "°", "m": "'", "s": '"'}
# Degree signs as they were typed or garbled: masculine ordinal, ring, Mac Roman read as Latin-1 (¡), Mac and DOS
# relatives.
_DEGREE_LOOK: Final = {ord(c): "°" for c in "º˚ᵒ⁰∘゜¡¼Á�\x8d度"}
_MINUTE_LOOK: Final = {ord("分"): "'", ord("秒"): '"', ord("Õ"): "'", ord("Ô"): "'", ord("Ó"): '"', ord("�"): "°"}
_PLAIN_LOOK: Final = {**_DEGREE_LOOK, **_MINUTE_LOOK}
_LOST_SIGN: Final = re.compile(r"(?<=[0-9])\s?\?{1,2}(?=[\s0-9NSEW,;]|$)")
_LETTER_D: Final = re.compile(r"(?<=[0-9])D(?=[0-9])")  # 53D59.23'N
_LETTER_O: Final = re.compile(r"(?<=[0-9])\s?o(?=\s?[0-9NSEW'])")

_TOKEN: Final = re.compile(
    r"(?P<number>[+-]?\s?[0-9]+(?:[.,][0-9]+)?)|(?P<letter>(?<![A-Za-z])[NSEWO](?![A-Za-z])|(?<=[0-9'\"°])[NSEWO](?![a-z]))|(?P<sign>[°'\"]+)|(?P<gap>(?:[\s,;/|_()\[\]:.=&]|[+-](?!\s?[0-9]))+)"
)
_LETTER: Final = re.compile(r"(?<![A-Za-z])[NSEWO](?![A-Za-z])|(?<=[0-9'\"°])[NSEWO](?![a-z])")
_NORTH_SOUTH: Final = frozenset("NS")


class _Failed(Exception):
    def __init__(self, code: str, fix: str = "", expected: str = _EXPECTED) -> None:
        super().__init__(code)
        self.issue = Issue(code, expected, fix)


class _Angle(NamedTuple):
    """One coordinate: absolute value as decimal text, sign, hemisphere letter or '', number of parts."""

    text: str
    negative: bool
    letter: str
    parts: int = 1


# --- one angle --------------------------------------------------------------------------------------------------------


def _angle(numbers: list[str], letter: str) -> _Angle:
    """Put degrees, minutes and seconds together."""
    negative = numbers[0].startswith("-")
    parts = [n.lstrip("+- ").replace(",", ".") for n in numbers]
    if any("." in p for p in parts[:-1]):
        raise _Failed(
            "coordinates-unreadable",
            "write decimal degrees, or degrees, minutes and seconds with decimals in the last only",
        )
    if any(n[0] in "+-" for n in numbers[1:]):
        raise _Failed("coordinates-unreadable")
    if len(parts) == 1:
        return _Angle(as_decimal(parts[0]) or "0", negative, letter, 1)
    if any(len(p.partition(".")[0]) > 2 for p in parts[1:]):
        raise _Failed("coordinates-unreadable", "write decimal degrees: minutes and seconds have two digits")
    if any(Decimal(p) >= 60 for p in parts[1:]):
        raise _Failed("coordinates-impossible", "write decimal degrees", "minutes and seconds below 60")
    whole = Decimal(parts[0]) + sum((Decimal(p) / 60**i for i, p in enumerate(parts[1:], 1)), Decimal(0))
    # A minute is 0.017 of a degree, a second 0.0003: 4 and 6 decimals lose nothing that was measured.
    places = min({2: 4, 3: 6}[len(parts)] + len(parts[-1].partition(".")[2]), 10)
    text = f"{whole:.{places}f}".rstrip("0").rstrip(".")
    return _Angle(text, negative, letter, len(parts))


def _signed(angle: _Angle) -> tuple[str, bool]:
    """Return the signed decimal text, and whether sign and letter were both there."""
    both = angle.negative and angle.letter != ""
    negative = angle.letter in ("S", "W") if angle.letter else angle.negative
    zero = not angle.text.strip("0.")
    return ("-" if negative and not zero else "") + angle.text, both


def _beyond(text: str, limit: int) -> bool:
    return abs(Decimal(text)) > limit


# --- tokens -----------------------------------------------------------------------------------------------------------


class _Scan(NamedTuple):
    """Numbers, letters and signs in order: kinds as a string of ``n``, ``l``, ``s``, and the tokens themselves."""

    kinds: str
    tokens: tuple[str, ...]

    def numbers(self, start: int, end: int) -> list[str]:
        return [t for k, t in zip(self.kinds[start:end], self.tokens[start:end], strict=True) if k == "n"]


def _scan(text: str) -> _Scan:
    kinds: list[str] = []
    tokens: list[str] = []
    lettered = len(_LETTER.findall(text)) > 1
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise _Failed("coordinates-unreadable")
        token, kind = found[0], found.lastgroup or ""
        if kind == "number" and token[0] in "+-" and at and text[at - 1] not in " ,;/|_([:=":
            # "42-02-05 N" and "62°14'S-58°38'W" join with a dash; without letters the same dash would be a sign, or
            # either.
            if lettered:
                token = token.lstrip("+- ")
            elif text[at - 1].isdigit():
                raise _Failed("coordinates-unreadable", "put a comma between latitude and longitude")
        at = found.end()
        if kind != "gap":
            kinds.append(kind[0])
            tokens.append(token)
    return _without_repeats("".join(kinds), tokens)


def _without_repeats(kinds: str, tokens: list[str]) -> _Scan:
    """Drop a letter that stands both before and behind its angle: "51° 32' N, E 5° 51' E"."""
    for found in re.finditer(r"l(?=((?:ns?){1,3})l)", kinds):
        first, last = found.start(), found.end() + len(found[1])
        if tokens[first] == tokens[last] and kinds.count("l") == 3:
            return _Scan(kinds[:first] + kinds[first + 1 :], tuple(tokens[:first] + tokens[first + 1 :]))
    return _Scan(kinds, tuple(tokens))


_BEHIND: Final = re.compile(r"(?:(?:ns?){1,3}l){1,2}")
_BEFORE: Final = re.compile(r"(?:l(?:ns?){1,3}){1,2}")
_FIRST_ONLY: Final = re.compile(r"(?:ns?){1,3}l(?:ns?){1,3}")
_SIDE_BEHIND: Final = re.compile(r"((?:ns?){1,3})l")
_SIDE_BEFORE: Final = re.compile(r"l((?:ns?){1,3})")


def _sides(scan: _Scan) -> list[_Angle]:
    """Cut the tokens into angles: at hemisphere letters where there are any, else by degree signs."""
    kinds = scan.kinds
    if "l" in kinds:
        if _FIRST_ONLY.fullmatch(kinds):  # "39.28N-0.22"
            cut = kinds.index("l")
            return [_checked(scan, 0, cut, scan.tokens[cut]), _checked(scan, cut + 1, len(kinds), "")]
        behind = _BEHIND.fullmatch(kinds) is not None
        if not behind and not _BEFORE.fullmatch(kinds):
            raise _Failed("coordinates-unreadable")
        return [
            _checked(scan, *found.span(1), scan.tokens[found.end() - 1 if behind else found.start()])
            for found in (_SIDE_BEHIND if behind else _SIDE_BEFORE).finditer(kinds)
        ]
    count = kinds.count("n")
    if count in (1, 3) or (count == 2 and re.fullmatch(r"nsns?", kinds) and _one_angle(scan)):
        return [_checked(scan, 0, len(kinds), "")]
    if count not in (2, 4, 6):
        raise _Failed("coordinates-unreadable")
    half = [i for i, k in enumerate(kinds) if k == "n"][count // 2]
    return [_checked(scan, 0, half, ""), _checked(scan, half, len(kinds), "")]


def _one_angle(scan: _Scan) -> bool:
    """Tell whether two numbers are degrees and minutes: only the second has a sign of minutes."""
    return scan.tokens[1] == "°" and scan.tokens[-1] in ("'", '"')


def _checked(scan: _Scan, start: int, end: int, letter: str) -> _Angle:
    """Make an angle; two numbers whose second has a sign of seconds leave open where the minutes are."""
    numbers = scan.numbers(start, end)
    last = next(
        (t for k, t in zip(scan.kinds[end - 1 : start : -1], scan.tokens[end - 1 : start : -1], strict=True) if k == "s"),
        "",
    )
    if len(numbers) == 2 and scan.kinds[end - 1] == "s" and '"' in last:
        raise _Failed("coordinates-unreadable", "write the minutes as well, or decimal degrees")
    return _angle(numbers, letter)


# --- pairs ------------------------------------------------------------------------------------------------------------


def _pair(first: _Angle, second: _Angle, steps: list[str], issues: list[Issue]) -> GeoPoint:
    """Decide which angle is the latitude, and check both against the globe."""
    if "O" in (first.letter, second.letter):
        # Ost is east, Ouest and Oeste are west.
        raise _Failed("coordinates-unreadable", "write E or W: 'O' is east in German and west in French and Spanish")
    if first.parts != second.parts and "." in (first.text if first.parts < second.parts else second.text):
        raise _Failed("coordinates-unreadable", "write both in decimal degrees", "latitude and longitude in one style")
    unsigned = [a for a in (first, second) if not a.letter and not a.negative]
    if unsigned and (first.letter or second.letter or (len(unsigned) == 2 and max(first.parts, second.parts) > 1)):
        raise _Failed("coordinates-unreadable", "add the hemisphere: N or S, E or W", "a hemisphere letter or a sign for both")
    axes = [_axis(first.letter), _axis(second.letter)]
    if axes[0] == axes[1] and axes[0]:
        raise _Failed("coordinates-unreadable", f"write N or S once and E or W once, not {first.letter} and {second.letter}")
    if axes[0] == "lon" or axes[1] == "lat":
        first, second = second, first
        steps.append("longitude stood first")
    (latitude, both_a), (longitude, both_b) = _signed(first), _signed(second)
    lettered = bool(first.letter or second.letter)
    if _beyond(latitude, 90):
        if not _beyond(longitude, 90) and not _beyond(latitude, 180):
            swapped = _swapped(first, second) if lettered else GeoPoint(longitude, latitude)
            raise _Failed("coordinates-swapped", f"write {format_lat_lon(swapped)!r} if the two are swapped")
        raise _Failed("coordinates-impossible", "", "a latitude between -90 and 90")
    if _beyond(longitude, 180):
        turned = GeoPoint(latitude, f"{Decimal(longitude) - 360:f}") if 180 < Decimal(longitude) <= 360 else None
        fix = f"write {format_lat_lon(turned)!r} if the longitude counts from 0 to 360" if turned else ""
        raise _Failed("coordinates-impossible", fix, "a longitude between -180 and 180")
    point = GeoPoint(latitude, longitude)
    if both_a or both_b:
        fix = f"write {format_lat_lon(point)!r} if the hemisphere letter is right"
        issues.append(Issue("coordinates-sign-and-hemisphere", "a sign or a hemisphere letter, not both", fix))
    return point


def _axis(letter: str) -> str:
    return "" if not letter else "lat" if letter in _NORTH_SOUTH else "lon"


def _swapped(first: _Angle, second: _Angle) -> GeoPoint:
    """Exchange the numbers of two lettered angles: '111.65 N 40.82 W' may have been meant as 40.82 N 111.65 W."""
    latitude = ("-" if first.letter == "S" else "") + second.text
    longitude = ("-" if second.letter == "W" else "") + first.text
    return GeoPoint(latitude, longitude)


def _prepared(text: str, steps: list[str], issues: list[Issue]) -> str:
    """Bring words, look-alikes and garbled signs to ° ' " and hemisphere letters."""
    if not text.isascii():
        better = looks_garbled(text)
        if better is not None or "�" in text:
            text = better or text
            issues.append(
                Issue(
                    "encoding-damaged",
                    "degree signs that survived",
                    "save the file as UTF-8 and check the degree signs",
                )
            )
        text = plain(text.translate(_PLAIN_LOOK))
    lost = _LOST_SIGN.sub("°", text)
    if lost != text:
        text = lost
        issues.append(Issue("encoding-damaged", "degree signs instead of question marks", "write the position in decimal degrees"))
    prepared = _HEMISPHERE_WORD.sub(lambda m: f" {_HEMISPHERES.get(m[0].lower(), m[0][:1].upper())} ", text)
    prepared = _SIGN_WORDS.sub(lambda m: _SIGN_OF[m[1][0].lower()] + " ", _LABEL.sub(" ", prepared))
    prepared = _LETTER_D.sub("°", _LETTER_O.sub("°", prepared)).replace("''", '"').replace('""', '"')
    prepared = re.sub(r"(?<=[NSEW])\s+and\s+", ", ", prepared)
    if found := _REMARK.search(prepared):
        prepared = prepared[: found.start()]
        steps.append("remark left out")
    if prepared.startswith("(N:E)"):
        prepared = prepared[5:].replace(":", ",")
    if prepared != text:
        steps.append("words and signs made regular")
    if re.search(r"(?<![A-Za-z])[nsew](?![A-Za-z])|(?<=[0-9'\"°])[nsew](?![a-z])", prepared):
        prepared = re.sub(r"(?<![A-Za-z])[nsew](?![A-Za-z])|(?<=[0-9'\"°])[nsew](?![a-z])", lambda m: m[0].upper(), prepared)
        steps.append("hemisphere in capitals")
    return clean(prepared.strip(" ,;."))


def _tolerant(text: str, steps: list[str], issues: list[Issue]) -> GeoPoint:
    if found := _LABELLED.fullmatch(text):
        latitude_first = found["a"].lower().startswith("la")
        if latitude_first == found["b"].lower().startswith("la"):
            raise _Failed("coordinates-unreadable")
        first, second = (found["x"], found["y"]) if latitude_first else (found["y"], found["x"])
        steps.append("latitude and longitude by their labels")
        sides = [_sides(_scan(_prepared(t.strip(" ,;_"), steps, issues))) for t in (first, second)]
        if [len(s) for s in sides] != [1, 1]:
            raise _Failed("coordinates-unreadable")
        return _pair(sides[0][0], sides[1][0], steps, issues)
    if found := _COMMA_PAIR.fullmatch(text):
        steps.append("decimal comma")
        return _pair(_angle([found[1]], ""), _angle([found[2]], ""), steps, issues)
    prepared = _prepared(text, steps, issues)
    if found := _SIGNED.fullmatch(prepared):
        return _pair(_angle([found[1].rstrip(".")], ""), _angle([found[2].rstrip(".")], ""), steps, issues)
    sides_found = _sides(_scan(prepared))
    if len(sides_found) == 1:
        which = {"lat": "the longitude is absent", "lon": "the latitude is absent"}.get(_axis(sides_found[0].letter), "")
        raise _Failed("coordinates-half", which)
    return _pair(sides_found[0], sides_found[1], steps, issues)


def read_lat_lon(text: str) -> Parsed | None:
    """Read latitude and longitude from one text.

    Parameters
    ----------
    text
        The cell's text.

    Returns
    -------
    Parsed or None
        With a GeoPoint; None for a blank text. A signed pair without letters is latitude, then longitude.

    Findings
    --------
    coordinates-unreadable, coordinates-impossible, coordinates-swapped, coordinates-sign-and-hemisphere,
    coordinates-half, encoding-damaged

    Examples
    --------
    >>> read_lat_lon("38.98 N 77.11 W").value
    GeoPoint(latitude='38.98', longitude='-77.11')
    >>> read_lat_lon("131.1500 N 32.8400 E").issues[0].fix
    "write '32.8400 N 131.1500 E' if the two are swapped"
    """
    if found := _NCBI.fullmatch(text):
        steps: list[str] = []
        issues: list[Issue] = []
        try:
            return Parsed(_pair(_Angle(found[1], False, found[2]), _Angle(found[3], False, found[4]), steps, issues))
        except _Failed as problem:
            return Parsed(None, (), (problem.issue,))
    cleaned = plain(text)
    if not cleaned:
        return None
    if len(cleaned) > _LIMIT or sum(c.isdigit() for c in cleaned) < 1:
        return Parsed(None, (), (Issue("coordinates-unreadable", _EXPECTED),))
    steps, issues = [], []
    try:
        return Parsed(_tolerant(cleaned, steps, issues), tuple(dict.fromkeys(steps)), tuple(dict.fromkeys(issues)))
    except _Failed as problem:
        return Parsed(None, tuple(dict.fromkeys(steps)), (problem.issue,))


def read_coordinate(text: str, axis: str) -> Parsed | None:
    """Read one coordinate of a column of its own.

    Parameters
    ----------
    text
        The cell's text.
    axis
        ``latitude`` or ``longitude``.

    Returns
    -------
    Parsed or None
        With signed decimal text; None for a blank text.

    Raises
    ------
    ValueError
        For another axis.

    Findings
    --------
    as :func:`read_lat_lon`

    Examples
    --------
    >>> read_coordinate("77.11 W", "longitude").value
    '-77.11'
    >>> read_coordinate("121.4 E", "latitude").issues[0].code
    'coordinates-swapped'
    """
    if axis not in ("latitude", "longitude"):
        raise ValueError(f"axis is 'latitude' or 'longitude', not {axis!r}")
    cleaned = plain(text)
    if not cleaned:
        return None
    expected = f"a {axis} in decimal degrees, such as {'38.98' if axis == 'latitude' else '-77.11'}"
    if len(cleaned) > _LIMIT or not any(c.isdigit() for c in cleaned):
        return Parsed(None, (), (Issue("coordinates-unreadable", expected),))
    steps: list[str] = []
    issues: list[Issue] = []
    try:
        sides = _sides(_scan(_prepared(cleaned, steps, issues)))
        if len(sides) != 1:
            raise _Failed("coordinates-unreadable", "write the two coordinates in two columns", expected)
        value = _on_axis(sides[0], axis, expected, issues)
    except _Failed as problem:
        return Parsed(None, tuple(dict.fromkeys(steps)), (problem.issue,))
    return Parsed(value, tuple(dict.fromkeys(steps)), tuple(dict.fromkeys(issues)))


def _on_axis(angle: _Angle, axis: str, expected: str, issues: list[Issue]) -> str:
    if angle.letter == "O":
        raise _Failed("coordinates-unreadable", "write E or W", expected)
    if angle.letter and _axis(angle.letter) != axis[:3]:
        raise _Failed("coordinates-swapped", f"'{angle.letter}' is no letter of a {axis}; check the two columns", expected)
    value, both = _signed(angle)
    if _beyond(value, 90 if axis == "latitude" else 180):
        if axis == "latitude" and not _beyond(value, 180):
            raise _Failed("coordinates-swapped", "check whether the columns of latitude and longitude are swapped", expected)
        raise _Failed("coordinates-impossible", "", expected)
    if both:
        fix = f"write {value} if the hemisphere letter is right"
        issues.append(Issue("coordinates-sign-and-hemisphere", "a sign or a hemisphere letter, not both", fix))
    return value


def read_point(latitude_text: str, longitude_text: str) -> Parsed | None:
    """Read a position from two cells.

    Findings
    --------
    as :func:`read_lat_lon`; coordinates-half where one of the cells is blank

    Examples
    --------
    >>> read_point("38.98", "-77.11").value
    GeoPoint(latitude='38.98', longitude='-77.11')
    >>> read_point("38.98", "").issues[0].code
    'coordinates-half'
    """
    latitude = read_coordinate(latitude_text, "latitude")
    longitude = read_coordinate(longitude_text, "longitude")
    if latitude is None and longitude is None:
        return None
    if latitude is None or longitude is None:
        absent = "latitude" if latitude is None else "longitude"
        return Parsed(None, (), (Issue("coordinates-half", "a latitude and a longitude", f"the {absent} is absent"),))
    steps = tuple(dict.fromkeys((*latitude.steps, *longitude.steps)))
    issues = tuple(dict.fromkeys((*latitude.issues, *longitude.issues)))
    if not isinstance(latitude.value, str) or not isinstance(longitude.value, str):
        return Parsed(None, steps, issues)
    return Parsed(GeoPoint(latitude.value, longitude.value), steps, issues)


def format_lat_lon(point: GeoPoint) -> str:
    """Write a position in the style of the INSDC archives; :func:`read_lat_lon` reads it back.

    Examples
    --------
    >>> format_lat_lon(GeoPoint("38.98", "-77.11")), format_lat_lon(GeoPoint("-0.5", "0"))
    ('38.98 N 77.11 W', '0.5 S 0 E')
    """
    latitude, longitude = point
    north = f"{latitude.lstrip('-')} {'S' if latitude.startswith('-') else 'N'}"
    return f"{north} {longitude.lstrip('-')} {'W' if longitude.startswith('-') else 'E'}"
