"""Cleaning and normal forms. In: any text; out: text that can be compared, a header's parts, repairs of mojibake."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from .units import read_unit

__all__ = [
    "Header",
    "clean",
    "edit_distance",
    "looks_garbled",
    "normal",
    "plain",
    "split_header",
    "words",
]

# Characters that show nothing and mean nothing in a cell: C0 controls, soft hyphen, zero-width and direction marks,
# BOM. The white space among the controls (tab, newline, ...) is left to str.split.
_INVISIBLE: Final = dict.fromkeys(
    [*(c for c in range(32) if not chr(c).isspace()), 0x7F, 0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F),
     *range(0x2060, 0x206A), 0xFEFF, *range(0xFFF9, 0xFFFD)]
)  # fmt: skip


def clean(text: str) -> str:
    r"""Strip a text, drop invisible characters, and make one blank of every run of white space of any kind.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        The text itself where there is nothing to clean.

    Examples
    --------
    >>> clean("\u00a0Homo  sapiens\u3000")
    'Homo sapiens'
    >>> clean("Homo sapiens")
    'Homo sapiens'
    """
    # isprintable is false for every blank but U+0020 and for all controls: one pass in C settles most texts.
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    return " ".join(text.translate(_INVISIBLE).split())


# Full-width forms of ASCII (U+FF01 to U+FF5E), as Chinese and Japanese keyboards give them, and typographic twins of
# ASCII punctuation. NFKC is not used here: it turns the superscript of "10²" into "102" and "½" into "1⁄2".
_PLAIN: Final = {
    **{0xFF01 + i: chr(0x21 + i) for i in range(94)},
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-"),
    **dict.fromkeys(map(ord, "‘’‚‛`´′ʹʼ"), "'"),
    **dict.fromkeys(map(ord, "“”„″ʺ〃"), '"'),
    **dict.fromkeys(map(ord, "～〜∼˜"), "~"),
    **dict.fromkeys(map(ord, "：﹕"), ":"),
    **dict.fromkeys(map(ord, "，、﹐"), ","),
    **dict.fromkeys(map(ord, "；﹔"), ";"),
    ord("。"): ".",
    ord("µ"): "μ",
}


def plain(text: str) -> str:
    """Clean a text and write full-width letters, typographic dashes and quotation marks as ASCII.

    The form that the parsers of dates, numbers and coordinates start from; it is for reading, never a value.

    Examples
    --------
    >>> plain("２０１９–１０")
    '2019-10'
    >>> plain("5 m²")
    '5 m²'
    """
    return clean(text) if text.isascii() else clean(text.translate(_PLAIN))


# --- normal form ------------------------------------------------------------------------------------------------------

# What separates words: everything but letters, digits and the few signs that tell two names apart (CD4+, <5, ♀).
_BETWEEN: Final = re.compile(r"(?:[^\w+%<>≤≥±♀♂]|_)+")
_DASHES: Final = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")


def _join(run: re.Match[str]) -> str:
    """Say what stands for a run of separators in the normal form."""
    text, start, end = run.string, run.start(), run.end()
    if start and end - start > (end < len(text)) and text[start] == "-" and text[start - 1].isalnum():
        return "- " if end < len(text) else "-"  # a minus that closes a word is a sign: CD4- is not CD4
    if start and end < len(text) and text[start - 1].isdigit() and text[end].isdigit():
        return " "  # 1.2 is not 12
    return ""


def normal(text: str) -> str:
    """Return the normal form by which headers, vocabulary words and names are compared.

    Case, blanks, punctuation, underscores, camelCase, stars and full-width forms make no difference; a sign that
    closes a name (``CD4+``, ``CD4-``), comparison signs and the border between two numbers do. It is for comparing,
    not for showing.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        '' for a text without letters, digits or signs. ``normal(normal(x)) == normal(x)`` for every text.

    Examples
    --------
    >>> normal("*Organism_Part"), normal("OrganismPart"), normal("organism part")
    ('organismpart', 'organismpart', 'organismpart')
    >>> normal("CD4+ T cell") == normal("CD4- T cell")
    False
    """
    if text.isascii():
        return text.lower() if text.isalnum() else _BETWEEN.sub(_join, text.lower())
    for _ in range(4):  # what is dropped may have kept two characters apart that compose; stable after two rounds in practice
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        squeezed = _BETWEEN.sub(_join, folded.translate(_DASHES))
        if squeezed == text:
            break
        text = squeezed
    return text


def words(text: str) -> str:
    """Return a text in lower case with single blanks for everything between its words: to show or to make a name from.

    Two texts may differ here and have the same :func:`normal` form.

    Examples
    --------
    >>> words("BALF_and cultured-virus"), words("*Organism (host)")
    ('balf and cultured virus', 'organism host')
    """
    folded = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold().translate(_DASHES)
    return clean(_BETWEEN.sub(lambda m: "-" if m[0][0] == "-" and m.end() == len(m.string) else " ", folded))


def edit_distance(a: str, b: str, limit: int) -> int:
    """Count the edits between two words; neighbouring letters swapped are one edit.

    Parameters
    ----------
    a, b
        Short words: the time grows with the product of their lengths.
    limit
        Anything beyond it is answered as ``limit + 1``.

    Examples
    --------
    >>> edit_distance("vietman", "vietnam", 2), edit_distance("liver", "brain", 2)
    (2, 3)
    """
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i, *[0] * len(b)]
        for j, y in enumerate(b, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                row[j] = min(row[j], older[j - 2] + 1)
        if min(row) > limit:
            return limit + 1
    return row[-1]


# --- headers ----------------------------------------------------------------------------------------------------------


class Header(NamedTuple):
    """The parts of a column's header.

    Attributes
    ----------
    normal
        Normal form of the name alone.
    owner
        ``exp``, ``run`` or ``sample`` where the header says whose attribute it is (``Title (run)``), else ''.
    unit
        The unit in brackets or after a comma, as it stands there ('' where there is none).
    required
        True where a star or a word marks the column as mandatory.
    suffix
        The type suffix of older Run Selector tables (``_s`` for strings, ``_l`` for numbers ...), else ''.
    """

    normal: str
    owner: str = ""
    unit: str = ""
    required: bool = False
    suffix: str = ""


_REQUIRED: Final = re.compile(r"\s*[(\[【]\s*(required|mandatory|必填|必填项|必须)\s*[)\]】]", re.IGNORECASE)
# What a cell may hold, in brackets behind the name: the form of a date, or the words to choose from.
_CHOICE: Final = r"(?:[MFYN01]|male|female|yes|no|男|女|雌|雄|公|母|是|否|有|无)"
_LEGEND: Final = re.compile(
    r"\s*[(（]\s*(?:(?=[^)）]*(?:YY|年))[YMDHSTZ年月日时分秒/.:\- ]{3,24}"
    rf"|{_CHOICE}(?:\s*[/|、,，或]\s*{_CHOICE})+)\s*[)）]\s*$",
    re.IGNORECASE,
)
_OPTIONAL: Final = re.compile(r"\s*[(\[【]\s*(optional|recommended|选填|可选)\s*[)\]】]", re.IGNORECASE)
# "GEO_Accession (exp)" of the Run Selector, and what R's make.names does to it: "GEO_Accession..exp.".
_OWNER: Final = re.compile(r"(?:\s*\(|\.\.)(exp|experiment|run|sample)(?:\)|\.)$", re.IGNORECASE)
# Type suffixes of the Run Selector's tables until 2018: age_s, InsertSize_l, LoadDate_dt, tissue_sam_ss.
_SUFFIX: Final = re.compile(r"(?<=[A-Za-z0-9)])((?:_(?:sam|exp|run))?_(?:s|l|sam|dt|ss|i|f|b))$")
_UNIT: Final = re.compile(r"^(?P<name>.*\S)\s*(?:\((?P<a>[^()]{1,24})\)|\[(?P<b>[^\[\]]{1,24})\]|,\s*(?P<c>[^\s,()]{1,12}))$")
# In SDRF, MAGE-TAB and ISA-Tab the bracket holds the name itself: "Factor Value[day]" has no unit.
_BRACKET_IS_NAME: Final = frozenset({"characteristics", "comment", "factorvalue", "parametervalue", "sampleattribute"})
# Units at the end of a header without brackets: total_length_cm, age_years. Letters alone (m, g, s, l) are too often something else.
_UNIT_SUFFIX: Final = re.compile(
    r"^(?P<name>.*[A-Za-z])[_. ](?P<u>mm|cm|km|kg|mg|ug|ml|years|yrs|months|weeks|days|hours|hrs|minutes|celsius|degc)$", re.IGNORECASE
)
_REPEAT: Final = re.compile(r"\]\.[0-9]+$")  # "comment[modification parameters].1", as pandas writes a repeated header


def split_header(text: str, *, suffixes: bool = True) -> Header:
    """Take a header apart: name, owner, unit, whether it is required.

    Parameters
    ----------
    text
        The header as it stands in the file.
    suffixes
        Whether ``_s``, ``_l``, ``_sam``, ``_dt``, ``_ss`` at the end are the Run Selector's type suffixes (and not,
        say, seconds or litres).

    Examples
    --------
    >>> split_header("*Read length for mate1 (bp)")
    Header(normal='readlengthformate1', owner='', unit='bp', required=True, suffix='')
    >>> split_header("Characteristics[day]").unit
    ''
    >>> split_header("total_length_cm").unit, split_header("Days").unit
    ('cm', '')
    >>> split_header("Collection date (YYYY-MM-DD)").normal, split_header("性别（男/女）").normal, split_header("tissue (left)").normal
    ('collectiondate', '性别', 'tissueleft')
    """
    name = plain(text)[:1000]
    # Two stars mark one of a group of which a single cell must be filled (NCBI, GEO).
    required = (name.startswith("*") and not name.startswith("**")) or name.endswith("*") or _REQUIRED.search(name) is not None
    name = _LEGEND.sub("", _OPTIONAL.sub("", _REQUIRED.sub("", name))).strip("* ")
    name = _REPEAT.sub("]", name)
    owner = suffix = unit = ""
    if found := _OWNER.search(name):
        owner = found[1].lower().replace("experiment", "exp")
        name = name[: found.start()]
    if suffixes and (found := _SUFFIX.search(name)):
        suffix = found[1]
        name = name[: found.start()]
    if found := _UNIT.match(name):
        inside = (found["a"] or found["b"] or found["c"]).strip()
        if normal(found["name"]) not in _BRACKET_IS_NAME and read_unit(inside) is not None:
            unit = inside
            name = found["name"]
    elif found := _UNIT_SUFFIX.match(name):
        name, unit = found["name"], found["u"]
    return Header(normal(name), owner, unit, required, suffix)


# --- garbled text -----------------------------------------------------------------------------------------------------

# cp1252 with its five undefined bytes passed through, as browsers and most converters do it.
_TO_BYTE: Final = {ord(bytes([b]).decode("cp1252")): b for b in range(128, 160) if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
# Two-byte marks of Chinese text (GBK) and of Korean (EUC-KR) that were read as Latin-1: commas, brackets, degrees.
_EAST_ASIAN: Final = {
    "£¬": "，", "£º": "：", "£»": "；", "£¨": "（", "£©": "）", "¡£": "。", "¡ã": "°", "¡Æ": "°", "¡¢": "、", "¡ª": "—",
    "¡ä": "′", "¡å": "″", "¡¯": "’", "¡Ç": "′", "¡È": "″", "¦Ì": "μ", "¡æ": "℃",
}  # fmt: skip
_DEGREE_OF_MAC: Final = re.compile(r"(?<=[0-9])\s?¡(?=\s?[0-9'’]|\s?[NSEWC]\b|,|$)")  # 0xA1 is the degree sign of Mac Roman
_MICRO_OF_LATIN2: Final = re.compile(r"(?<=[0-9 ])[ľČ](?=[lLgGmM]\b)")  # 0xB5, the micro sign, read as ISO 8859-2: "5 ľL"
_QUOTES_OF_CP1252: Final = re.compile(r"[\x82\x84\x85\x91-\x97]")
_C1: Final = re.compile(r"[\x80-\x9f]")
_LETTER_OF_MAC: Final = re.compile(r"(?<=[a-z])[\x80-\x9f](?=[a-z])|(?<=[A-Z])[\x80-\x9f](?=[a-z])")


def _once(text: str) -> str:
    """Undo one wrong decoding, or return the text."""
    try:
        raw = bytes(code if (code := ord(c)) < 256 else _TO_BYTE[code] for c in text)
        return raw.decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        pass
    for wrong, right in _EAST_ASIAN.items():
        text = text.replace(wrong, right)
    text = _MICRO_OF_LATIN2.sub("μ", _DEGREE_OF_MAC.sub("°", text))
    if _C1.search(text):
        text = _LETTER_OF_MAC.sub(lambda m: m[0].encode("latin-1").decode("mac-roman"), text)
        text = _QUOTES_OF_CP1252.sub(lambda m: m[0].encode("latin-1").decode("cp1252"), text)
    return text


def looks_garbled(text: str) -> str | None:
    r"""Return a repaired text where this one was decoded wrongly once or more (mojibake), else None.

    Knows UTF-8 read as Latin-1 or cp1252 (up to three times over), the degree sign and letters of Mac Roman, the
    punctuation of GBK, and the micro sign read as ISO 8859-2. The repair is a proposal: nobody changes the raw text.

    Parameters
    ----------
    text
        Any text; beyond 20,000 characters it is not looked at.

    Examples
    --------
    >>> looks_garbled("-80Ã\x82Â°C"), looks_garbled("60¡58'N")
    ('-80°C', "60°58'N")
    >>> looks_garbled("Tübingen")
    """
    if text.isascii() or len(text) > 20_000:
        return None
    repaired = text
    for _ in range(3):
        better = _once(repaired)
        if better == repaired:
            break
        repaired = better
    return None if repaired == text else repaired
