"""Texts in gzip archives: a path enters, a stream of the text's bytes leaves; plain texts come as they are."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import IO, TYPE_CHECKING, Any, Final

from omics_standards.errors import ReadError

if TYPE_CHECKING:
    from pathlib import Path

    from .limits import Limits

__all__ = ["GZIP", "decoded", "open_text"]

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

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)

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


def decoded(path: Path, limits: Limits, encoding: str, newline: str | None = None) -> IO[str]:
    """Open a text as characters, unpacked where it is a gzip archive; bytes that its encoding does not have become U+FFFD.

    Raises
    ------
    ReadError
        On reading, as :func:`open_text` says.
    """
    stream = io.BufferedReader(open_text(path, limits))  # type: ignore[type-var]
    return io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline=newline)
