"""The leaves of XML as a stream: texts and attributes, each with the path it stands at.

A path is made once per kind of element, not once per element: the elements of a file are few kinds, however many there are.
Nothing is fetched and nothing is unfolded: a file that declares entities is refused before the first of them is used, and a
document type that stands elsewhere is not looked up.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from omics_standards.errors import ReadError

from .leaves import BrokenTree, sound, too_deep
from .limits import BLOCK, DEPTH
from .packed import open_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .leaves import Part
    from .limits import Limits

__all__ = ["xml_blocks"]

_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
# Kinds of elements and attributes, by path. The largest schemas of the archives have some hundreds.
_KINDS: Final = 65_536
# Encodings of Python that no file is written in, some of which take the square of a text's length.
_NO_TEXT: Final = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"})


class _Node:
    """A kind of element, attribute or text: its path, and the kinds within it by the name that the parser gives them."""

    __slots__ = ("attributes", "children", "name", "names", "text")

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self.name = names[-1] if names else ""
        self.text = (*names, "text()")
        self.children: dict[str, _Node] = {}
        self.attributes: dict[str, tuple[str, ...]] = {}


class _Elements:
    """Takes the events of the parser and gathers leaves."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.node = _Node(())
        self.places: tuple[int, ...] = ()
        # Of each open element: its kind and place, how many children of each name it had, how many texts, whether it has a leaf.
        self.open: list[tuple[_Node, tuple[int, ...], dict[str, int]]] = []
        self.counts: dict[str, int] = {}
        self.texts: list[int] = []
        self.filled: list[bool] = []
        self.buffer: list[str] = []
        self.ready: list[Part] = []
        self.kinds = 0

    def start(self, tag: str, attributes: list[str]) -> None:
        if self.buffer:
            self._text()
        node = self.node.children.get(tag)
        if node is None:
            node = self._child(tag)
        counts = self.counts
        counts[node.name] = place = counts.get(node.name, 0) + 1
        if self.filled:
            self.filled[-1] = True
        self.open.append((self.node, self.places, counts))
        self.node = node
        self.places = places = (*self.places, place)
        self.counts = {}
        self.texts.append(0)
        self.filled.append(bool(attributes))
        if attributes:
            known, inside = node.attributes, (*places, 1)
            for i in range(0, len(attributes), 2):
                key, value = attributes[i], attributes[i + 1]
                self.ready.append((known.get(key) or self._attribute(node, key), inside, sound(value)))

    def end(self, _tag: str) -> None:
        if self.buffer:
            self._text()
        if not self.filled.pop():
            self.ready.append((self.node.names, self.places, ""))
        self.texts.pop()
        self.node, self.places, self.counts = self.open.pop()

    def _text(self) -> None:
        """One text ends where an element begins or ends."""
        text = self.buffer[0] if len(self.buffer) == 1 else "".join(self.buffer)
        self.buffer.clear()
        if text.isspace() or not self.texts:
            return
        self.filled[-1] = True
        self.texts[-1] += 1
        self.ready.append((self.node.text, (*self.places, self.texts[-1]), sound(text)))

    def _child(self, tag: str) -> _Node:
        if len(self.open) >= DEPTH:
            raise ReadError(too_deep(self.path.name))
        self._count()
        # A space cannot stand in a name: what is before it is the namespace.
        node = self.node.children[tag] = _Node((*self.node.names, tag.rpartition(" ")[2]))
        return node

    def _attribute(self, node: _Node, key: str) -> tuple[str, ...]:
        self._count()
        space, _, local = key.rpartition(" ")
        names = node.attributes[key] = (*node.names, f"@xsi:{local}" if space == _XSI else f"@{local}")
        return names

    def _count(self) -> None:
        self.kinds += 1
        if self.kinds > _KINDS:
            raise ReadError(f"{self.path.name} has more than {_KINDS:,} kinds of elements and attributes: it is data, not metadata")

    def take(self) -> list[Part]:
        ready, self.ready = self.ready, []
        return ready


def xml_blocks(path: Path, limits: Limits) -> Iterator[list[Part]]:
    """Yield the leaves of a file of XML, some thousands at a time.

    Parameters
    ----------
    path
        The file.
    limits
        How long a text or a tag may be.

    Raises
    ------
    BrokenTree
        Where the file ends or breaks within an element; what stands before was yielded.
    ReadError
        Where the file declares entities, nests too deeply, has too many kinds of elements, or too long a text.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    elements = _Elements(path)
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartElementHandler = elements.start
    parser.EndElementHandler = elements.end
    parser.CharacterDataHandler = elements.buffer.append
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def refuse(*_about: object) -> int:
        raise ReadError(f"{path.name} declares entities, which are not unfolded: replace them by their text, and remove the declarations")

    def skipped(name: str, _parameter: object) -> None:
        raise ReadError(f"{path.name} uses &{name}; whose text stands in another file, which is not fetched: replace it by its text")

    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.SkippedEntityHandler = skipped
    waiting = 0
    try:
        for block in _encoded(path, limits):
            parser.Parse(block, False)
            waiting = 0 if elements.ready else waiting + len(block)
            # One text or one tag that never ends.
            if waiting > limits.max_line:
                raise ReadError(f"{path.name} has a text of more than {limits.max_line >> 20} MB, which is no metadata")
            yield elements.take()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        yield elements.take()
        why = expat.ErrorString(error.code)
        fix = "download or export it again, or correct the line"
        raise BrokenTree(f"{path.name} is not well-formed XML (line {error.lineno}: {why}): {fix}", error.lineno, why) from error
    except (LookupError, ValueError, UnicodeError) as error:
        raise ReadError(f"{path.name} is in an encoding that cannot be read ({error}): save it as UTF-8") from error
    yield elements.take()


def _encoded(path: Path, limits: Limits) -> Iterator[bytes | str]:
    """Read a file as the parser takes it: bytes in the encodings that it knows, else decoded text."""
    with open_text(path, limits) as handle:
        head = handle.read(BLOCK).lstrip()
        declared = re.match(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)""", head)
        name = declared[1].decode("ascii").lower() if declared else "utf-8"
        if name in ("utf-8", "utf8", "utf-16", "iso-8859-1", "us-ascii", "ascii"):
            yield head
            while block := handle.read(BLOCK):
                yield block
            return
        # Only what turns characters into bytes is an encoding of a text: others unpack archives, or work like programs.
        if name.replace("_", "-") in _NO_TEXT:
            raise LookupError(f"no encoding of a text: {name}")
        _ = "".encode(name)
        decoder = codecs.getincrementaldecoder(name)("replace")
        yield decoder.decode(head)
        while block := handle.read(BLOCK):
            yield decoder.decode(block)
