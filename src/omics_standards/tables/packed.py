"""Texts in gzip archives: a path enters, a stream of the text's bytes leaves; plain texts come as they are."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from typing import IO, TYPE_CHECKING, Final

from omics_standards.errors import ReadError

from .limits import BLOCK

if TYPE_CHECKING:
    from pathlib import Path

    from .limits import Limits

__all__ = ["GZIP", "DecodedText", "open_text"]

# RFC 1952, 2.3.1.
GZIP: Final = b"\x1f\x8b"
# Text packs to a hundredth at best where lines repeat; the ratio is looked at beyond this many bytes.
_LOOKED_AT: Final = 64 << 20


class _Unpacked(io.RawIOBase):
    """The content of a gzip archive, read once from start to end and bounded by how much it grows."""

    def __init__(self, path: Path, limits: Limits) -> None:
        super().__init__()
        self._name = path.name
        self._stream = gzip.open(path, "rb")  # noqa: SIM115 - closed by close()
        self._most = max(_LOOKED_AT, path.stat().st_size * limits.max_ratio)
        self._read = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._stream.read(size)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise ReadError(f"{self._name} is a gzip archive that is damaged or cut short ({error}): download it again") from error
        self._read += len(data)
        if self._read > self._most:
            raise ReadError(f"{self._name} unpacks to over {self._most:,} bytes, which no text does: unpack it and look what it holds")
        return data

    def close(self) -> None:
        self._stream.close()
        super().close()


def open_text(path: Path, limits: Limits) -> IO[bytes]:
    """Open a text, unpacked where it is a gzip archive.

    Raises
    ------
    ReadError
        On reading, where the archive is damaged or unpacks to more than a text would.
    """
    with path.open("rb") as handle:
        packed = handle.read(2) == GZIP
    return _Unpacked(path, limits) if packed else path.open("rb", buffering=0)  # type: ignore[return-value]


class DecodedText:
    """The characters of a text, packed or not, read as far as they are asked for; a bad byte becomes a replacement character."""

    def __init__(self, path: Path, limits: Limits, encoding: str) -> None:
        self._handle = open_text(path, limits)
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._ended = False

    def read(self, size: int = BLOCK) -> str:
        """Read some characters, at most as many as there are bytes in ``size``; '' at the end only."""
        text = ""
        while not text and not self._ended:
            data = self._handle.read(size)
            self._ended = not data
            text = self._decoder.decode(data, self._ended)
        return text

    def __enter__(self) -> DecodedText:
        return self

    def __exit__(self, *_about: object) -> None:
        self._handle.close()
