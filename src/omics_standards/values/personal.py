"""Numbers and addresses that name one person. In: a text; out: where in it such a thing stands, and what it is.

Only what proves itself is told from the text alone: a number by its check digit and its form, an e-mail address, a telephone
number by its country code. Weaker forms (a bare mobile number, ten digits) count where the column or a word before them says so.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["Hit", "find_personal", "is_telephone", "suspicious"]


class Hit(NamedTuple):
    """Something personal in a text: ``kind`` (national-id, telephone, email, name), what it is, and from where to where it stands."""

    kind: str
    what: str
    start: int
    end: int


def _real_day(year: int, month: int, day: int) -> bool:
    try:
        return 1850 <= date(year, month, day).year <= 2100
    except ValueError:
        return False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# --- national numbers -------------------------------------------------------------------------------------------------

# First two digits of the codes of provinces (GB/T 2260), of residents of Hong Kong, Macao and Taiwan (81, 82, 83), and of foreign
# permanent residents (9, GA/T 2023).
_PROVINCES: Final = _words("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91")


def _chinese(text: str) -> bool:
    """GB 11643-1999: region, day of birth, serial, and a check character by ISO 7064 MOD 11-2.

    Examples
    --------
    >>> _chinese("11010519491231002X"), _chinese("110105194912310021"), _chinese("99010519491231002X")
    (True, False, False)
    """
    if text[:2] not in _PROVINCES or not _real_day(int(text[6:10]), int(text[10:12]), int(text[12:14])):
        return False
    rest = 0
    for digit in text[:17]:
        rest = (rest + int(digit)) * 2 % 11
    return "0123456789X"[(12 - rest) % 11] == text[17].upper()


def _nhs(text: str) -> bool:
    """NHS Data Dictionary, NHS NUMBER: weights 10 to 2, modulus 11; 10 is no check digit.

    Examples
    --------
    >>> _nhs("943 476 5919"), _nhs("943 476 5918")
    (True, False)
    """
    digits = [int(c) for c in text if c.isdigit()]
    check = -sum(d * w for d, w in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return check == digits[9] and len(set(digits)) > 1


def _ssn(text: str) -> bool:
    """US Social Security Administration, "Social Security Number Randomization" (2011): areas, groups and serials never given.

    Examples
    --------
    >>> _ssn("219-09-9999"), _ssn("666-12-1234"), _ssn("900-12-1234"), _ssn("219-00-1234")
    (True, False, False, False)
    """
    area, group, serial = text.split("-")
    return area not in ("000", "666") and area < "900" and group != "00" and serial != "0000"


_ODD: Final = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)


def _italian(text: str) -> bool:
    """Decree of the Italian Minister of Finance of 23 December 1976: the check letter of the codice fiscale.

    Examples
    --------
    >>> _italian("RSSMRA85T10A562S"), _italian("RSSMRA85T10A562T")
    (True, False)
    """
    places = [int(c) if c.isdigit() else ord(c) - 65 for c in text.upper()]
    total = sum(_ODD[p] if i % 2 == 0 else p for i, p in enumerate(places[:15]))
    return total % 26 == places[15]


def _brazilian(text: str) -> bool:
    """Receita Federal, CPF: two check digits, modulus 11.

    Examples
    --------
    >>> _brazilian("529.982.247-25"), _brazilian("529.982.247-26")
    (True, False)
    """
    digits = [int(c) for c in text if c.isdigit()]
    for n in (9, 10):
        if sum(d * w for d, w in zip(digits[:n], range(n + 1, 1, -1), strict=True)) * 10 % 11 % 10 != digits[n]:
            return False
    return len(set(digits)) > 1


def _korean(text: str) -> bool:
    """Resident Registration Act of Korea, enforcement rule: day of birth, sex and century, check digit modulus 11 (numbers until 2020).

    Examples
    --------
    >>> _korean("900101-1234568"), _korean("900101-1234567"), _korean("901301-1234568")
    (True, False, False)
    """
    digits = [int(c) for c in text if c.isdigit()]
    century = {9: 1800, 0: 1800, 1: 1900, 2: 1900, 5: 1900, 6: 1900}.get(digits[6], 2000)
    if not _real_day(century + int(text[:2]), int(text[2:4]), int(text[4:6])):
        return False
    total = sum(d * w for d, w in zip(digits[:12], (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5), strict=True))
    return (11 - total % 11) % 10 == digits[12]


# Verhoeff's scheme: multiplication in the dihedral group D5 and a permutation by place.
_TURNS: Final = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def _times(a: int, b: int) -> int:
    if a < 5:
        return (a + b) % 5 if b < 5 else 5 + (a + b) % 5
    return 5 + (a - b) % 5 if b < 5 else (a - b) % 5


def _indian(text: str) -> bool:
    """Unique Identification Authority of India: twelve digits, the first at least 2, the last by Verhoeff's scheme.

    Examples
    --------
    >>> _indian("2363 5870 1254"), _indian("2363 5870 1259"), _indian("1363 5870 1254")
    (True, False, False)
    """
    digits = [int(c) for c in text if c.isdigit()]
    check = 0
    for place, digit in enumerate(reversed(digits)):
        turned = digit
        for _ in range(place % 8):
            turned = _TURNS[turned]
        check = _times(check, turned)
    return check == 0 and digits[0] > 1


# What a number looks like, where a shape of its digits must be for it to be there (see `shape`), and what proves it.
_NUMBERS: Final[tuple[tuple[str, bytes, str, Callable[[str], bool]], ...]] = (
    ("Chinese resident identity number", b"0" * 17, r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])", _chinese),
    ("US social security number", b"000-00-0000", r"(?<![\w.-])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![\w.-])", _ssn),
    ("NHS number", b"000 000 0000", r"(?<![\w.-])[0-9]{3} [0-9]{3} [0-9]{4}(?![\w.-])", _nhs),
    ("Italian codice fiscale", b"AAAAAA00A00A000A", r"\b[A-Z]{6}[0-9]{2}[A-EHLMPRST][0-9]{2}[A-Z][0-9]{3}[A-Z]\b", _italian),
    ("Brazilian CPF", b"000.000.000-00", r"(?<![\w.-])[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}(?![\w.-])", _brazilian),
    ("Korean resident registration number", b"000000-0000000", r"(?<![\w.-])[0-9]{6}-[0-9]{7}(?![\w.-])", _korean),
    ("Aadhaar number", b"0000 0000 0000", r"(?<![\w.-])[2-9][0-9]{3} [0-9]{4} [0-9]{4}(?![\w.-])(?! [0-9])", _indian),
)  # fmt: skip
_COMPILED: Final = tuple((what, sign, re.compile(pattern), proves) for what, sign, pattern, proves in _NUMBERS)

# --- e-mail and telephone ---------------------------------------------------------------------------------------------

# The addresses that people have (RFC 5321 allows more); what stands behind "//" is an address of a server.
_EMAIL: Final = re.compile(r"(?<![\w.%+/-])[A-Za-z0-9_%+-]+(?:\.[A-Za-z0-9_%+-]+)*@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,24}(?![A-Za-z0-9-])(?!:)")
# ITU-T E.164: a plus sign, a country code, at most 15 digits in all. Less than nine are hardly a number with its area.
_INTERNATIONAL: Final = re.compile(
    r"(?<![\w+.)])\+[1-9][0-9]{0,2}[ .-]?(?:\([0-9]{1,4}\)[ .-]?)?[0-9]{1,4}(?:[ -]?[0-9]{2,4}){1,4}(?![\w.])"
)
_AMERICAN: Final = re.compile(r"(?<![\w)])\([2-9][0-9]{2}\) ?[0-9]{3}-[0-9]{4}(?![\w-])")
# A mobile number of mainland China (numbering plan of its ministry of industry), or any other, behind a word that says so.
_CALLS: Final = r"电话|手机|联系方式|微信|\b(?:tel(?:ephone|efono|efon)?|phone|mobile|fax|whatsapp)\b"
_CALLED: Final = re.compile(
    rf"(?:{_CALLS})[号码]*\s*(?:no|number)?[.:：=#\s]*"
    r"(?P<n>\(?\+?[0-9][0-9() .-]{6,18}[0-9])(?![\w])",
    re.IGNORECASE,
)
_MOBILE: Final = re.compile(r"(?:\+?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]{4}){2}")
_LEAST, _MOST = 7, 15


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def is_telephone(text: str) -> bool:
    """Tell whether a text under a header such as 'telephone' is a number that can be dialled.

    Examples
    --------
    >>> is_telephone("138 0013 8000"), is_telephone("0161 496 0000"), is_telephone("none")
    (True, True, False)
    """
    return _LEAST <= _digits(text) <= _MOST and re.fullmatch(r"[+(]?[0-9][0-9() ./-]*(?:(?:x|ext\.?) ?[0-9]+)?", text.strip()) is not None


def _telephones(text: str) -> Iterator[Hit]:
    for found in _CALLED.finditer(text):
        if _LEAST <= _digits(found["n"]) <= _MOST:
            yield Hit("telephone", "telephone number", *found.span("n"))
    for pattern in (_INTERNATIONAL, _AMERICAN):
        for found in pattern.finditer(text):
            if 9 <= _digits(found[0]) <= _MOST:
                yield Hit("telephone", "telephone number", *found.span())
    for found in _MOBILE.finditer(text):
        if found[0].startswith(("+86", "86-", "86 ")) and not text[found.end() : found.end() + 1].isalnum():
            yield Hit("telephone", "telephone number", *found.span())


def find_personal(text: str) -> list[Hit]:
    """Find the numbers and addresses in a text that name one person and prove it.

    Parameters
    ----------
    text
        Of a cell, a header or a name of a file.

    Returns
    -------
    list of Hit
        In the order of the text, none overlapping another; [] where there is none.

    References
    ----------
    Each number names the rule that its check digit is by; the list of what names a person follows 45 CFR 164.514(b)(2).

    Examples
    --------
    >>> [(h.kind, h.what) for h in find_personal("id 11010519491231002X, call +44 161 496 0000 or ada@example.org")]
    [('national-id', 'Chinese resident identity number'), ('telephone', 'telephone number'), ('email', 'e-mail address')]
    >>> find_personal("SAMN01234567, CAS 7732-18-5, 2019-03-04, run 110105194912310021")
    []
    """
    found: list[Hit] = []
    if "@" in text:
        found += (Hit("email", "e-mail address", *m.span()) for m in _EMAIL.finditer(text))
    if _digits(text) >= _LEAST:
        for what, _, pattern, proves in _COMPILED:
            found += (Hit("national-id", what, *m.span()) for m in pattern.finditer(text) if proves(m[0]))
        found += _telephones(text)
    return apart(found)


def apart(hits: Sequence[Hit]) -> list[Hit]:
    """Sort hits, and leave out those that lie in another one.

    Examples
    --------
    >>> apart([Hit("name", "x", 2, 4), Hit("name", "x", 0, 6)])
    [Hit(kind='name', what='x', start=0, end=6)]
    """
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


# --- whole batches ----------------------------------------------------------------------------------------------------

_SHAPE: Final = bytes(
    0x30 if chr(c) in "0123456789" else 0x41 if "A" <= chr(c) <= "Z" else c if chr(c) in " .-+()@/\n" else 0x61 for c in range(256)
)
_ALNUM: Final = bytes(c for c in range(128) if chr(c).isalnum()) + b"_"
# Shapes without which a text has nothing that find_personal finds, by the sign that stands in them.
_SIGNS: Final = {
    b"@": (b"@",),
    b"-": (b"000-00-0000", b"000000-0000000", b".000-00"),
    b" ": (b"000 000 0000", b"0000 0000 0000"),
    b"+": (b"+0",),
    b")": (b") 000-0", b")000-0"),
}
_CODICE: Final = b"AAAAAA00A00A000A"
_WORDS: Final = re.compile(rf"(?:{_CALLS})", re.IGNORECASE)
_PLAIN_WORDS: Final = ("tel", "phone", "mobile", "fax", "whatsapp", "电话", "手机", "联系方式", "微信")
# Checksums are full of runs of seventeen digits that stand in longer words.
_LONG_NUMBER: Final = re.compile(rb"(?<![0Aa])0{17}[0Aa](?![0Aa])")


def suspicious(joined: str) -> bool:
    r"""Tell whether texts, joined by line ends, may hold something personal; a needless yes costs time only.

    Examples
    --------
    >>> suspicious("S1\nS2\nSRR12345678"), suspicious("S1\nada@example.org"), suspicious("Tel. 0161 496 0000")
    (False, True, True)
    """
    data = joined.encode("utf-8", "replace")
    shape = data.translate(_SHAPE)
    between = data.translate(None, _ALNUM)
    if any(mark in between and any(sign in shape for sign in signs) for mark, signs in _SIGNS.items()):
        return True
    if _CODICE in shape or (_NUMBERS[0][1] in shape and _LONG_NUMBER.search(shape) is not None):
        return True
    # A word that announces a number stands apart from it, or is Chinese.
    if not between.replace(b"\n", b"") or b"000" not in shape:
        return False
    low = joined.lower()
    return any(word in low for word in _PLAIN_WORDS) and _WORDS.search(joined) is not None
