"""``dataset.json`` line by line, as :class:`~omics_standards.emit.jsonfile.JsonWriter` lays it out: a line for each record.

A file of gigabytes need not be in memory to be read. Whoever has laid his file out otherwise has it read whole.
"""

from __future__ import annotations

import json
import re
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from ..models.slots import MODEL

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["JsonLine", "JsonLines", "NotInLines"]

_CONTAINER: Final = re.compile(rb'"(\w+)": \[\r?\n')


class NotInLines(Exception):
    """The file is not laid out with a line for each record, or ends before its end."""


class JsonLine(NamedTuple):
    """The line of a record: its class, where it starts in the file, and the line with what ends it."""

    cls: str
    place: int
    line: bytes


class JsonLines:
    r"""The lines of a ``dataset.json``.

    Parameters
    ----------
    file
        Opened for reading; it may be read elsewhere between two lines.

    Attributes
    ----------
    base
        IRI that local ids are relative to.

    Raises
    ------
    NotInLines
        The file is laid out otherwise; when iterating, too.

    Examples
    --------
    >>> from io import BytesIO
    >>> lines = JsonLines(BytesIO(b'{"base": "https://example.org/",\n"biosamples": [\n{"id": "biosample/S1"}\n]}\n'))
    >>> lines.base, [(line.cls, line.place) for line in lines]
    ('https://example.org/', [('Biosample', 49)])
    >>> JsonLines(BytesIO(b'[]'))
    Traceback (most recent call last):
    omics_standards.emit.jsonlines.NotInLines
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        file.seek(0)
        first = file.readline()
        self._alone = first.rstrip().endswith(b"}")
        try:
            told = json.loads(first.rstrip(b",\r\n") + (b"" if self._alone else b"}"))
        except ValueError as e:
            raise NotInLines from e
        if not isinstance(told, dict) or told.keys() != {"base"}:
            raise NotInLines
        self.base = str(told["base"])

    def __iter__(self) -> Iterator[JsonLine]:
        self._file.seek(0)
        place = len(self._file.readline())
        cls: str | None = None
        last = b"]}" if self._alone else b""
        more = False  # whether a record follows a comma, or may follow the name of a container
        while line := self.line(place):
            start, place, last = place, place + len(line), line.rstrip()
            if line.startswith(b'{"id"') and cls is not None and more:
                more = last.endswith(b",")
                yield JsonLine(cls, start, line)
            elif not more and (container := _CONTAINER.fullmatch(line)) is not None:
                cls, more = MODEL.containers.get(container[1].decode()), True
                if cls is None:
                    raise NotInLines
            elif more or last not in (b"],", b"]}"):
                raise NotInLines
        if last != b"]}":  # cut off
            raise NotInLines

    def line(self, place: int) -> bytes:
        """Return the line that starts at a place of the file, b'' behind its end."""
        if self._file.tell() != place:
            self._file.seek(place)
        return self._file.readline()
