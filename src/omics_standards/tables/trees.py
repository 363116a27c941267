"""Trees as streams: a file of XML, JSON or YAML enters, its leaves leave one by one, each with the path it stands at.

A leaf is a text or an attribute of XML, a scalar of JSON or YAML. Nothing is guessed: ``007`` stays ``007``, ``1.50`` stays
``1.50``, and no file is held whole. XML is read without entities and without the network; a file that declares entities is
refused, since a few lines of them unfold to gigabytes. References inside YAML (``*name``) stay texts for the same reason.

Names of a path are those of the elements or keys; an attribute is ``@name``, the text between the children of an element
``text()``, an entry of a list in a list ``item``. The entries of a list under a key are repetitions of that key, as siblings of
one name are in XML.
"""

from __future__ import annotations

import codecs
import json
import re
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from xml.parsers import expat

from omics_standards.errors import ReadError

from .encoding import guess_encoding, sample_of
from .limits import DEFAULT_LIMITS, Limits
from .packed import decoded, open_text

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Leaf", "Tree", "tree_kind"]

_BLOCK: Final = 1 << 16
# Elements or brackets within each other. Real metadata has a dozen levels.
_DEPTH: Final = 100
# Bytes of one entry of JSON that must be held whole (an element of the outermost lists) and of a whole YAML file: documents
# beyond it are data, not metadata.
_ENTRY: Final = 64 << 20
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"


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


def tree_kind(head: str, name: str) -> str | None:
    r"""Say what kind of tree the first characters of a text belong to: ``xml``, ``json`` or ``yaml``; None for other texts.

    Examples
    --------
    >>> tree_kind("<?xml version='1.0'?><RUN_SET>", "a.xml"), tree_kind('[{"id": 1}]', "runs")
    ('xml', 'json')
    >>> tree_kind("samples:\n  - id: S1", "a.yaml"), tree_kind("id\tage", "a.tsv")
    ('yaml', None)
    """
    if _XML.match(head):
        return "xml"
    if _JSON.match(head):
        return "json"
    return "yaml" if Path(name).suffix.lower() in (".yaml", ".yml") and not head.lstrip().startswith("%PDF") else None


_XML: Final = re.compile(r"\s*<(\?xml|!doctype|!--|[A-Za-z_][\w:.\-]*(\s+[\w:.\-]+\s*=\s*[\"'][^<>]*)?/?>\s*<)", re.IGNORECASE)
_JSON: Final = re.compile(r"""\s*(\{\s*("[^"\t\n]*"\s*:|\}\s*$|"[^"\n]*$)|\[\s*([{\[\]]|"[^"\n]*"\s*[,\]]|-?\d[\d.eE+\-]*\s*[,\]]))""")


class Tree:
    """A file of XML, JSON or YAML; its leaves may be read any number of times.

    Attributes
    ----------
    kind
        ``xml``, ``json`` or ``yaml``.
    """

    __slots__ = ("kind", "limits", "path")

    def __init__(self, path: Path, kind: str, limits: Limits = DEFAULT_LIMITS) -> None:
        self.path = path
        self.kind = kind
        self.limits = limits

    def leaves(self) -> Iterator[Leaf]:
        """Yield the leaves in the order of the file.

        Raises
        ------
        ReadError
            Where the file is not well-formed, nests too deeply, declares entities, or has an entry that is too large.
        """
        try:
            yield from {"xml": _xml, "json": _json, "yaml": _yaml}[self.kind](self.path, self.limits)
        except RecursionError:
            raise ReadError(self._deep()) from None
        except OSError as error:
            from .sniff import refusal

            raise ReadError(refusal(self.path.name, error)) from error

    def head(self, count: int = 20_000) -> list[Leaf]:
        """Return the first leaves."""
        return list(islice(self.leaves(), count))

    def _deep(self) -> str:
        return _too_deep(self.path)

    def __repr__(self) -> str:
        return f"<Tree {self.path.name!r} ({self.kind})>"


def _too_deep(path: Path) -> str:
    return f"{path.name} nests more than {_DEPTH} levels: it is damaged, or no metadata"


def _sound(text: str) -> str:
    """Replace halves of surrogate pairs, which no encoding can write."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8") if _HALF.search(text) else text


_HALF: Final = re.compile("[\ud800-\udfff]")


# --- XML ----------------------------------------------------------------------------------------------------------------


class _Elements:
    """Takes the events of the parser and gathers leaves."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.names: list[str] = []
        self.places: list[int] = []
        self.counts: list[dict[str, int]] = [{}]
        self.texts: list[int] = []
        self.filled: list[bool] = []
        self.buffer: list[str] = []
        self.ready: list[Leaf] = []

    def start(self, tag: str, attributes: list[str]) -> None:
        self._text()
        name = _local(tag)
        if len(self.names) >= _DEPTH:
            raise ReadError(_too_deep(self.path))
        counts = self.counts[-1]
        counts[name] = place = counts.get(name, 0) + 1
        if self.filled:
            self.filled[-1] = True
        self.names.append(name)
        self.places.append(place)
        self.counts.append({})
        self.texts.append(0)
        self.filled.append(bool(attributes))
        for key, value in zip(attributes[::2], attributes[1::2], strict=True):
            space, _, local = key.rpartition(" ")
            self.ready.append(Leaf((*self.names, f"@xsi:{local}" if space == _XSI else f"@{local}"), (*self.places, 1), _sound(value)))

    def end(self, _tag: str) -> None:
        self._text()
        if not self.filled.pop():
            self.ready.append(Leaf(tuple(self.names), tuple(self.places), ""))
        self.names.pop()
        self.places.pop()
        self.counts.pop()
        self.texts.pop()

    def _text(self) -> None:
        """One text ends where an element begins or ends."""
        if not self.buffer:
            return
        text = "".join(self.buffer)
        self.buffer.clear()
        if not self.names or not text.strip():
            return
        self.filled[-1] = True
        self.texts[-1] += 1
        self.ready.append(Leaf((*self.names, "text()"), (*self.places, self.texts[-1]), _sound(text)))

    def take(self) -> list[Leaf]:
        ready, self.ready = self.ready, []
        return ready


def _local(tag: str) -> str:
    return tag.rpartition(" ")[2]


def _xml(path: Path, limits: Limits) -> Iterator[Leaf]:
    # A space cannot stand in a name: what is before it is the namespace.
    parser = expat.ParserCreate(namespace_separator=" ")
    elements = _Elements(path)
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartElementHandler = elements.start
    parser.EndElementHandler = elements.end
    parser.CharacterDataHandler = elements.buffer.append
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def refuse(*_about: object) -> None:
        raise ReadError(f"{path.name} declares entities, which are not unfolded: replace them by their text, and remove the declarations")

    parser.EntityDeclHandler = refuse
    waiting = 0
    try:
        for block in _xml_blocks(path, limits):
            parser.Parse(block, False)
            waiting = 0 if elements.ready else waiting + len(block)
            # One text or one tag that never ends.
            if waiting > limits.max_line:
                raise ReadError(f"{path.name} has a text of more than {limits.max_line >> 20} MB, which is no metadata")
            yield from elements.take()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        yield from elements.take()
        why = expat.ErrorString(error.code)
        raise ReadError(
            f"{path.name} is not well-formed XML (line {error.lineno}: {why}): download or export it again, or correct the line"
        ) from error
    except (LookupError, ValueError, UnicodeError) as error:
        raise ReadError(f"{path.name} is in an encoding that cannot be read ({error}): save it as UTF-8") from error
    yield from elements.take()


def _xml_blocks(path: Path, limits: Limits) -> Iterator[bytes | str]:
    """Read a file as the parser takes it: bytes in the encodings that it knows, else decoded text."""
    with open_text(path, limits) as handle:
        head = handle.read(_BLOCK).lstrip()
        declared = re.match(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)""", head)
        name = declared[1].decode("ascii").lower() if declared else "utf-8"
        if name in ("utf-8", "utf8", "utf-16", "iso-8859-1", "us-ascii", "ascii"):
            yield head
            while block := handle.read(_BLOCK):
                yield block
            return
        decoder = codecs.getincrementaldecoder(name)("replace")
        yield decoder.decode(head)
        while block := handle.read(_BLOCK):
            yield decoder.decode(block)


# --- JSON ---------------------------------------------------------------------------------------------------------------


class _Pairs(list):  # type: ignore[type-arg]
    """An object of JSON with its keys in order, repeated ones repeated."""


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_Pairs, parse_float=str, parse_int=str, parse_constant=str, strict=False)
_BLANK: Final = re.compile(r"[\s\ufeff]*")


class _Text:
    """A text that is read as far as it is asked for, and forgotten behind."""

    def __init__(self, path: Path, limits: Limits) -> None:
        sample, complete = sample_of(path, 1 << 20)
        self.path = path
        self.handle = decoded(path, limits, guess_encoding(sample, complete=complete).name, newline="")
        self.text = ""
        self.at = 0
        self.ended = False

    def more(self) -> bool:
        """Read on; False at the end of the file."""
        if self.ended:
            return False
        # Read as much again as waits: an entry of any size is looked at a few times only.
        block = self.handle.read(max(_BLOCK, len(self.text) - self.at))
        self.ended = not block
        self.text, self.at = self.text[self.at :] + block, 0
        if len(self.text) > _ENTRY:
            raise ReadError(f"{self.path.name} has an entry of more than {_ENTRY >> 20} MB: it is data, not metadata")
        return not self.ended

    def peek(self) -> str:
        """The next character that is not blank; '' at the end."""
        while True:
            found = _BLANK.match(self.text, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def value(self) -> Any:
        """Read one value."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                if self.more():
                    continue
                raise self.broken(error.msg) from error
            # A number at the very end of what was read may go on.
            if end == len(self.text) and self.more():
                continue
            self.at = end
            return value

    def expect(self, character: str) -> None:
        """Step over a character that has to stand here."""
        if self.peek() != character:
            raise self.broken(f"{character!r} expected")
        self.at += 1

    def broken(self, why: str) -> ReadError:
        """Say that the file is damaged."""
        return ReadError(f"{self.path.name} is not well-formed JSON ({why}): download or export it again")


def _json(path: Path, limits: Limits) -> Iterator[Leaf]:
    text = _Text(path, limits)
    with text.handle:
        number = 0
        while text.peek():
            number += 1
            if number > 1 or text.peek() not in "[{":
                # JSON lines, or a lone value: entries of a list without brackets.
                yield from _walk(text.value(), ("item",), (number,), path)
            elif text.peek() == "[":
                yield from _items(text, (), (), path)
            else:
                yield from _keys(text, path)


def _items(text: _Text, names: tuple[str, ...], places: tuple[int, ...], path: Path) -> Iterator[Leaf]:
    """Stream the entries of a list; under a key they are repetitions of the key."""
    text.expect("[")
    number = 0
    while (character := text.peek()) != "]":
        if number:
            text.expect(",")
        elif not character:
            raise text.broken("the file ends within a list")
        number += 1
        value = text.value()
        if not names or (isinstance(value, list) and not isinstance(value, _Pairs)):
            yield from _walk(value, (*names, "item"), (*places, number), path)
        else:
            yield from _walk(value, names, (*places[:-1], number), path)
    text.at += 1


def _keys(text: _Text, path: Path) -> Iterator[Leaf]:
    """Stream the outermost object; lists in it are streamed, too."""
    text.expect("{")
    counts: dict[str, int] = {}
    first = True
    while (character := text.peek()) != "}":
        if not first:
            text.expect(",")
        elif not character:
            raise text.broken("the file ends within an object")
        first = False
        if text.peek() != '"':
            raise text.broken("a name in quotation marks expected")
        key = text.value()
        text.expect(":")
        counts[key] = place = counts.get(key, 0) + 1
        if text.peek() == "[":
            yield from _items(text, (_name(key),), (place,), path)
        else:
            yield from _walk(text.value(), (_name(key),), (place,), path)
    text.at += 1


def _name(key: str) -> str:
    """A key as a name of a path, which never is empty."""
    return _sound(key) or "(blank)"


_WORDS: Final = {True: "true", False: "false", None: ""}


def _walk(value: Any, names: tuple[str, ...], places: tuple[int, ...], path: Path) -> Iterator[Leaf]:
    """Yield the leaves of a value of JSON."""
    if len(names) > _DEPTH:
        raise ReadError(_too_deep(path))
    if isinstance(value, str):
        yield Leaf(names, places, _sound(value))
    elif isinstance(value, _Pairs):
        counts: dict[str, int] = {}
        for key, inner in value:
            name = _name(key)
            counts[name] = counts.get(name, 0) + 1
            yield from _walk(inner, (*names, name), (*places, counts[name]), path)
        if not value:
            yield Leaf(names, places, "")
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            if (isinstance(inner, list) and not isinstance(inner, _Pairs)) or names[-1] == "item":
                yield from _walk(inner, (*names, "item"), (*places, number), path)
            else:
                yield from _walk(inner, names, (*places[:-1], number), path)
    else:
        yield Leaf(names, places, _WORDS[value])


# --- YAML ---------------------------------------------------------------------------------------------------------------


def _yaml(path: Path, limits: Limits) -> Iterator[Leaf]:
    import yaml

    sample, complete = sample_of(path, 1 << 20)
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    number = 0
    try:
        with decoded(path, limits, guess_encoding(sample, complete=complete).name) as handle:
            walker = _Events(path)
            for event in yaml.parse(handle, Loader=loader):
                leaf = walker.see(event)
                if leaf is not None:
                    number += 1
                    yield leaf
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark is not None else ""
        why = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise ReadError(f"{path.name} is not well-formed YAML ({where}{why}): correct the line, or export the file again") from error


class _Level:
    """An open list or mapping of YAML."""

    __slots__ = ("counts", "empty", "key", "listed", "names", "number", "places")

    def __init__(self, names: tuple[str, ...], places: tuple[int, ...], *, listed: bool) -> None:
        self.names = names
        self.places = places
        self.listed = listed
        self.key: str | None = None
        self.counts: dict[str, int] = {}
        self.number = 0
        self.empty = True


class _Events:
    """Makes leaves of the events of the YAML parser; nothing is composed, so references unfold to nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.levels: list[_Level] = []
        self.counts: dict[str, int] = {}
        self.number = 0

    def see(self, event: Any) -> Leaf | None:
        kind = type(event).__name__
        if kind in ("ScalarEvent", "AliasEvent"):
            text = event.value if kind == "ScalarEvent" else f"*{event.anchor}"
            return self._scalar(_sound(text))
        if kind in ("MappingStartEvent", "SequenceStartEvent"):
            listed = kind == "SequenceStartEvent"
            names, places = self._place(listed=listed)
            if len(self.levels) >= _DEPTH:
                raise ReadError(_too_deep(self.path))
            level = _Level(names, places, listed=listed)
            if not self.levels:
                # A second document of the file goes on counting where the first one ended.
                level.counts, level.number = self.counts, self.number
            self.levels.append(level)
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            level = self.levels.pop()
            if not self.levels:
                self.number = level.number
            if level.empty and level.names:
                return Leaf(level.names, level.places, "")
        return None

    def _scalar(self, text: str) -> Leaf | None:
        if not self.levels:
            return Leaf(("item",), (1,), text) if text else None
        level = self.levels[-1]
        if not level.listed and level.key is None:
            level.key = text or "(blank)"
            level.empty = False
            return None
        names, places = self._place(listed=False)
        return Leaf(names, places, text)

    def _place(self, *, listed: bool) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """Where the value that begins now stands."""
        if not self.levels:
            return (), ()
        level = self.levels[-1]
        level.empty = False
        if level.listed:
            level.number += 1
            if listed or not level.names or level.names[-1] == "item":
                return (*level.names, "item"), (*level.places, level.number)
            return level.names, (*level.places[:-1], level.number)
        # A mapping as a key of a mapping has no text to be named by.
        key, level.key = level.key or "(blank)", None
        level.counts[key] = level.counts.get(key, 0) + 1
        return (*level.names, key), (*level.places, level.counts[key])
