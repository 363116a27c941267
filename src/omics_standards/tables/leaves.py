"""What the readers of trees have in common: the leaf, and what is said of a file that breaks off."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from omics_standards.errors import ReadError

from .limits import DEPTH

__all__ = ["BrokenTree", "Leaf", "Part", "sound", "too_deep"]

_HALF: Final = re.compile("[\ud800-\udfff]")

# A leaf as the readers hand it on: names, places and text. Millions of them pass, so they are plain.
Part = tuple[tuple[str, ...], tuple[int, ...], str]


class Leaf(NamedTuple):
    """One text of a tree.

    Attributes
    ----------
    names
        The names from the root to the leaf.
    places
        For each name, which sibling of that name it is, from 1 on.
    text
        As it stands in the file; '' for an element that has no text of its own.
    """

    names: tuple[str, ...]
    places: tuple[int, ...]
    text: str


class BrokenTree(ReadError):
    """A file is not well-formed from some line on; what stands before it was read.

    Attributes
    ----------
    line
        Where it breaks, from 1 on.
    why
        In the words of the parser.
    whole
        True where all that was read before is whole; False where the last leaves may belong to something that breaks off.
    """

    def __init__(self, message: str, line: int, why: str, *, whole: bool = False) -> None:
        super().__init__(message)
        self.line = line
        self.why = why
        self.whole = whole


def too_deep(name: str) -> str:
    """Say that a file nests too deeply."""
    return f"{name} nests more than {DEPTH} levels: it is damaged, or no metadata"


def sound(text: str) -> str:
    """Replace halves of surrogate pairs, which no encoding can write.

    Examples
    --------
    >>> sound("α"), sound(chr(0xD83D) + "!")
    ('α', '?!')
    """
    return text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() and _HALF.search(text) else text
