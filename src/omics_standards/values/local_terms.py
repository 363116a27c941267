"""Names of local terms: texts that no ontology holds, as resources of their own. In: slot and text; out: a CURIE."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Final

from .text import clean

__all__ = ["local_term_id"]

# Labels that their path gives back, but for the case of their letters; and how long a path may be that people still read.
_PLAIN = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*").fullmatch
_LONGEST: Final = 80
_SURROGATE = re.compile("[\ud800-\udfff]")
# 80 bits make a clash among 10^9 texts less likely than 10^-6.
_HASH_BYTES: Final = 10


def local_term_id(slot: str, text: str) -> str:
    """Return the CURIE of a text in a slot, made from the slot's name and the normal form of the text.

    Parameters
    ----------
    slot
        Name of the slot.
    text
        The text as it is written.

    Examples
    --------
    >>> local_term_id("tissue", "BALF and cultured virus")
    'omst:term/tissue/balf-and-cultured-virus'
    >>> local_term_id("cell_type", "CD4+") == local_term_id("cell_type", "CD4-")
    False
    """
    normal = clean(text).casefold()
    if _PLAIN(normal) and len(normal) <= _LONGEST:
        return f"omst:term/{slot}/{normal.replace(' ', '-')}"
    # Signs that a path cannot hold may be all that tells two labels apart: CD4+ and CD4-.
    start = re.sub(r"[^a-z0-9]+", "-", normal)[: _LONGEST // 2].strip("-")
    whole = normal or text
    if not whole.isascii():
        whole = _SURROGATE.sub("\ufffd", whole)
    return f"omst:term/{slot}/{f'{start}-' if start else ''}{blake2b(whole.encode(), digest_size=_HASH_BYTES).hexdigest()}"
