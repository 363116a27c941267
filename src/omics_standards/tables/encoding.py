"""Which characters the bytes of a text stand for: a sample of bytes enters, an encoding with its evidence leaves.

UTF-8 is tried strictly first. Bytes that are not UTF-8 are GB18030 (Chinese Windows and Excel) or cp1252 (Western
Windows) in practice; their high bytes tell them apart: Chinese characters are pairs of them, Western letters stand
alone between ASCII letters.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from .limits import DEFAULT_LIMITS
from .packed import open_text

if TYPE_CHECKING:
    from pathlib import Path

    from .limits import Limits

__all__ = ["BOMS", "Encoding", "guess_encoding", "guess_utf16", "sample_of"]

_HIGH: Final = re.compile(rb"[\x80-\xff]+")
_READ: Final = 1 << 20

BOMS: Final[tuple[tuple[bytes, str], ...]] = (
    # UTF-32 first: its little-endian mark begins like that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Encoding(NamedTuple):
    """An encoding as Python names it, and whether it had to be worked out."""

    name: str
    guessed: bool = False
    evidence: str = ""


def sample_of(path: Path, size: int, limits: Limits = DEFAULT_LIMITS) -> tuple[bytes, bool]:
    """Return the bytes that tell the encoding, and whether the file ends with them.

    Parameters
    ----------
    path
        The text.
    size
        Bytes to return, from the first megabyte that is not plain ASCII; the file's start where all of it is.
    limits
        How much a packed text may unpack to.
    """
    with open_text(path, limits) as handle:
        head = handle.read(_READ)
        if head.startswith(tuple(bom for bom, _ in BOMS)) or b"\0" in head:
            return head, False
        block = head
        while block and block.isascii():
            block = handle.read(_READ)
        if not block:
            return head, False
        data = block + handle.read(max(0, size - len(block)))
        return data, not handle.read(1)


def guess_encoding(sample: bytes, *, complete: bool = False) -> Encoding:
    r"""Work out the encoding of a text.

    Parameters
    ----------
    sample
        Bytes of the file, from its start or from a line that is not ASCII.
    complete
        True where the file ends with them; else the last character may be cut off.

    Returns
    -------
    Encoding
        ``guessed`` is False for a byte order mark and for valid UTF-8.

    Examples
    --------
    >>> guess_encoding("S1\t肝脏".encode("gb18030"))
    Encoding(name='gb18030', guessed=True, evidence='2 pairs of bytes are Chinese characters')
    >>> guess_encoding("S1\t5 µm".encode())
    Encoding(name='utf-8', guessed=False, evidence='')
    """
    for bom, name in BOMS:
        if sample.startswith(bom):
            return Encoding(name)
    wide = guess_utf16(sample)
    if wide:
        return wide
    if _fits(sample, "utf-8", complete=complete):
        return Encoding("utf-8")
    damage = _damaged_utf8(sample)
    if damage:
        return damage
    runs = _HIGH.findall(sample)
    paired = sum(len(run) for run in runs if len(run) % 2 == 0)
    total = sum(map(len, runs))
    # A Western letter beside another ("Ãœ") makes a pair by chance; a Chinese character with a trail byte below 0x80
    # breaks one.
    if _fits(sample, "gb18030", complete=complete) and paired >= 0.7 * total and _common(runs) >= 0.5:
        return Encoding("gb18030", True, f"{paired // 2} pairs of bytes are Chinese characters")
    return Encoding("cp1252", True, f"{len(runs)} bytes or groups of bytes are Western letters")


def _fits(sample: bytes, name: str, *, complete: bool = False) -> bool:
    """Whether the bytes are text in this encoding; unless ``complete``, up to a character cut off at the end."""
    try:
        codecs.getincrementaldecoder(name)("strict").decode(sample, final=complete)
    except UnicodeDecodeError:
        return False
    return True


def guess_utf16(sample: bytes) -> Encoding | None:
    """Recognise UTF-16 without a mark by its NUL bytes: every ASCII character (tab, digit) has one, always on one side."""
    head = sample[: 1 << 16]
    head = head[: len(head) // 2 * 2]
    if head.count(0) < max(2, len(head) // 100):
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    name = "utf-16-le" if odd > even else "utf-16-be"
    if not _fits(head, name):
        return None
    # Some characters (U+4E00, "one" in Chinese) have their zero on the other side; so the text has to look like one, too.
    text = head.decode(name, "replace")
    # Latin, Greek, Cyrillic, punctuation and symbols, Chinese, Japanese, full-width forms. Compiled here: it takes 4 ms.
    plausible = "[\t\n\v\f\r -~\xa0-\u04ff\u2000-\u2bff\u3000-\u9fff\ud800-\udfff\uff00-\uffef\U00010000-\U0010ffff]"
    if len(re.findall(plausible, text)) < 0.85 * len(text):
        return None
    return Encoding(name, True, f"every other byte is zero where the text is ASCII ({max(even, odd)} of them)")


def _damaged_utf8(sample: bytes) -> Encoding | None:
    """Recognise UTF-8 with a few broken characters: another encoding would garble all the good ones."""
    text = sample.decode("utf-8", "replace")
    bad = text.count("\ufffd") - sample.count(b"\xef\xbf\xbd")
    good = sum(1 for c in text if c > "\x7f") - text.count("\ufffd")
    if good >= 4 and good >= 4 * bad:
        return Encoding("utf-8", True, f"{good} characters are UTF-8, {bad} are not")
    return None


def _common(runs: list[bytes]) -> float:
    """Share of byte pairs that are in daily use: GB 2312 symbols (rows 1-9) and level 1 (rows 16-55, lead bytes B0-D7)."""
    pairs = [(run[i], run[i + 1]) for run in runs if len(run) % 2 == 0 for i in range(0, len(run), 2)]
    if not pairs:
        return 0.0
    return sum(1 for lead, trail in pairs if (0xB0 <= lead <= 0xD7 or 0xA1 <= lead <= 0xA9) and trail >= 0xA1) / len(pairs)
