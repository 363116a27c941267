"""Names brought to the form in which they are compared: text in, key out; no files, no ontologies.

Two forms, because a wrong term costs more than an unmapped one:

- the *exact* form forgives case, white space, Unicode variants, kinds of dash and kinds of quotation mark;
- the *folded* form also forgives accents and punctuation that separates words. It keeps what tells two things apart:
  ``+`` and ``-`` as signs (``CD4-``, ``(-)-menthol``), primes (``N,N'-``, ``5'``), ``/`` and ``:``
  (``PC(16:0/18:1)``), decimals.

A bundle stores the folded form of every name, and whether folding changed its exact form.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["KEY_VERSION", "exact_key", "folded_key"]

KEY_VERSION: Final = 1
"""Grows whenever a key of some text changes: a bundle built with another number would miss names, and is refused."""

_CONTROLS = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AE, 0x00A9])  # invisible, and the signs (R) and (C)
_DASHES = dict.fromkeys([0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE63, 0xFF0D], "-")
_SINGLE = dict.fromkeys([0x2018, 0x2019, 0x201A, 0x201B, 0x2032, 0x02B9, 0x02BC, 0x00B4, 0x0060, 0xFF07], "'")
_DOUBLE = dict.fromkeys([0x201C, 0x201D, 0x201E, 0x2033, 0x00AB, 0x00BB, 0xFF02], '"')
_UNIFY: Final[dict[int, str | None]] = {**_CONTROLS, **_DASHES, **_SINGLE, **_DOUBLE}

_PLAIN = re.compile(r"[a-z0-9 +/:]*\Z")
_JOINING_HYPHEN = re.compile(r"(?<=[\w)\]}])-(?=[\w(\[{])")  # "T-cell", not "CD4- cell", not "(-)-menthol"'s sign
_POSSESSIVE = re.compile(r"(?<=[^\W\d_]{2})'(?=s\b|\s|\Z)")  # "Crohn's", "Graves' disease", not "N,N'-dimethyl"
_FULL_STOP = re.compile(r"\.(?=\s|\Z)")  # "sp. ", not "1.2"
_WORD_UNDERSCORE = re.compile(r"(?<=[^\W_])_(?=[^\W_])")
_SEPARATORS = str.maketrans(dict.fromkeys('()[]{},;"', " "))
_SLASH = re.compile(r"\s*/\s*")


def exact_key(text: str) -> str:
    """Return the form in which two spellings of one name are the same but for case, blanks and Unicode variants.

    Parameters
    ----------
    text
        Any text.

    Examples
    --------
    >>> exact_key("  Crohn’s   Disease ")
    "crohn's disease"
    >>> exact_key("T-cell") == exact_key("T cell")
    False
    """
    if text.isascii():
        return " ".join(text.replace("`", "'").split()).lower()
    # Unicode's caseless compatibility matching (section 3.13, D146) normalises before and after folding case.
    # Dashes and quotes are unified first: NFKC would turn the acute accent into a blank and a combining mark.
    # Halves of surrogate pairs, left by a wrong decoding, cannot be written in UTF-8 and are in no name: nor is what stands for them.
    text = text.encode("utf-8", "replace").decode("utf-8")
    plain = unicodedata.normalize("NFKC", text.translate(_UNIFY)).casefold()
    return " ".join(unicodedata.normalize("NFKC", plain).translate(_UNIFY).split())


def folded_key(exact: str) -> str:
    """Return the form of an exact key in which accents and separating punctuation no longer count.

    Parameters
    ----------
    exact
        What :func:`exact_key` returned.

    Examples
    --------
    >>> folded_key("t-cell"), folded_key("carcinoma, breast (left)"), folded_key("crohn's disease")
    ('t cell', 'carcinoma breast left', 'crohn s disease')
    >>> folded_key("(-)-menthol"), folded_key("(+)-menthol"), folded_key("n,n'-dimethyl")
    ('- menthol', '+ menthol', "n n'-dimethyl")
    """
    if _PLAIN.match(exact) and "/" not in exact:
        return exact
    text = exact
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        text = unicodedata.normalize("NFKC", "".join(c for c in parts if not unicodedata.combining(c)))
    # Looking for a character costs far less than a search; most names of the 4 million have one or two of these.
    if "-" in text:
        text = _JOINING_HYPHEN.sub(" ", text)
    if "'" in text:
        text = _POSSESSIVE.sub(" ", text)
    if "_" in text:
        text = _WORD_UNDERSCORE.sub(" ", text)
    text = text.translate(_SEPARATORS)
    if "." in text:
        text = _FULL_STOP.sub(" ", text)
    if "/" in text:
        text = _SLASH.sub("/", text)
    return " ".join(text.split()) or exact
