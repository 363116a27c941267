"""``dataset.json``: the records by class, with their origins; written as a stream.

Records of one class stand together, so each class is gathered in a temporary file and the files are joined at the end.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from typing import IO, TYPE_CHECKING

from ..models.slots import MODEL
from .jsoncolumns import block_lines
from .jsontext import record_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..records import Block, Record

__all__ = ["JsonWriter"]

# Lone surrogates, which no encoding of Unicode can hold.
_SURROGATE = re.compile("[\ud800-\udfff]")
# Below this size a class is gathered in memory.
_SPOOL = 4 << 20


def _writable(text: str) -> str:
    """Replace what no encoding can hold; to try costs less than to search."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


class JsonWriter:
    """Gathers records by class and writes the container at the end."""

    suffix = "json"

    def __init__(self, out: IO[str], base: str) -> None:
        self._out = out
        self._base = base
        self._classes: dict[str, IO[str]] = {}

    def encode(self, records: Sequence[Record]) -> dict[str, str]:
        """Make the JSON lines of a chunk of records, by class; the records must live until it returns."""
        lines: dict[str, list[str]] = {}
        around: dict[tuple[int, int, object], tuple[str, str]] = {}
        for record in records:
            lines.setdefault(record.cls, []).append(record_text(record, around))
        return {cls: _writable(",\n".join(texts)) for cls, texts in lines.items()}

    def encode_blocks(self, blocks: Sequence[Block]) -> dict[str, str]:
        """Make the same for the records of a batch, from its columns."""
        by_class: dict[str, list[list[str | None]]] = {}
        for block in blocks:
            by_class.setdefault(block.cls, []).append(block_lines(block))
        lines = {cls: [t for row in zip(*columns, strict=True) for t in row if t is not None] for cls, columns in by_class.items()}
        return {cls: _writable(",\n".join(texts)) for cls, texts in lines.items() if texts}

    def write(self, encoded: Mapping[str, str]) -> None:
        """Take over an encoded chunk."""
        for cls, text in encoded.items():
            if cls not in self._classes:
                self._classes[cls] = tempfile.SpooledTemporaryFile(_SPOOL, "w+", encoding="utf-8")  # noqa: SIM115
                self._classes[cls].write(text)
            else:
                self._classes[cls].write(",\n" + text)

    def close(self) -> None:
        """Join the classes in the model's order."""
        self._out.write("{")
        parts = {"base": self._base}
        self._out.write(",\n".join(f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in parts.items()))
        for container, cls in MODEL.containers.items():
            if cls in self._classes:
                spool = self._classes[cls]
                spool.seek(0)
                self._out.write(f',\n"{container}": [\n')
                shutil.copyfileobj(spool, self._out, 1 << 20)
                self._out.write("\n]")
                spool.close()
        self._out.write("}\n")
