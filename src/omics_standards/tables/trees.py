"""Trees as streams: a file of XML, JSON or YAML enters, its leaves leave one by one, each with the path it stands at.

A leaf is a text or an attribute of XML, a scalar of JSON or YAML. Nothing is guessed: ``007`` stays ``007``, ``1.50`` stays
``1.50``, and no file is held whole. XML is read without entities and without the network; a file that declares entities is
refused, since a few lines of them unfold to gigabytes. References inside YAML (``*name``) stay texts for the same reason.

Names of a path are those of the elements or keys; an attribute is ``@name``, the text between the children of an element
``text()``, an entry of a list in a list ``item``. The entries of a list under a key are repetitions of that key, as siblings of
one name are in XML.
"""

from __future__ import annotations

import json
import re
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from omics_standards.errors import ReadError

from .encoding import guess_encoding, sample_of
from .leaves import BrokenTree, Leaf, Part, sound, too_deep
from .limits import BLOCK, DEFAULT_LIMITS, DEPTH, Limits
from .packed import DecodedText
from .xmlleaves import xml_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Leaf", "Tree", "tree_kind"]

# Bytes of one entry of JSON that must be held whole (an element of the outermost lists) and of a whole YAML file: documents
# beyond it are data, not metadata.
_ENTRY: Final = 64 << 20
# Leaves that are handed on at once.
_MANY: Final = 2_000


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

    def blocks(self) -> Iterator[list[Part]]:
        """Yield the leaves in the order of the file, as plain tuples, some thousands at a time.

        Raises
        ------
        BrokenTree
            Where the file ends or breaks off; what stands before was yielded.
        ReadError
            Where the file nests too deeply, declares entities, or has an entry that is too large.
        """
        try:
            yield from {"xml": xml_blocks, "json": _json, "yaml": _yaml}[self.kind](self.path, self.limits)
        except RecursionError:
            raise ReadError(too_deep(self.path.name)) from None
        except OSError as error:
            from .sniff import refusal

            raise ReadError(refusal(self.path.name, error)) from error

    def leaves(self) -> Iterator[Leaf]:
        """Yield the leaves one by one; raises what :meth:`blocks` raises."""
        for block in self.blocks():
            yield from map(Leaf._make, block)

    def head(self, count: int = 5_000) -> list[Leaf]:
        """Return the first leaves; of a file that breaks off among them, those before."""
        found: list[Leaf] = []
        try:
            found.extend(islice(self.leaves(), count))
        except BrokenTree:
            if not found:
                raise
        return found

    def __repr__(self) -> str:
        return f"<Tree {self.path.name!r} ({self.kind})>"


# --- JSON ---------------------------------------------------------------------------------------------------------------


class _Pairs(list):  # type: ignore[type-arg]
    """An object of JSON with its keys in order, repeated ones repeated."""


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_Pairs, parse_float=str, parse_int=str, parse_constant=str, strict=False)
_BLANK: Final = re.compile(r"[\s\ufeff]*")


class _Text:
    """A text that is read as far as it is asked for, and forgotten behind."""

    def __init__(self, path: Path, limits: Limits) -> None:
        sample, complete = sample_of(path, 1 << 20, limits)
        self.path = path
        self.handle = DecodedText(path, limits, guess_encoding(sample, complete=complete).name)
        self.text = ""
        self.at = 0
        self.line = 1
        self.ended = False

    def more(self) -> bool:
        """Read on; False at the end of the file."""
        if self.ended:
            return False
        # Read as much again as waits: an entry of any size is looked at a few times only.
        block = self.handle.read(max(BLOCK, len(self.text) - self.at))
        self.ended = not block
        self.line += self.text.count("\n", 0, self.at)
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
                # What is wrong far from the end of what was read is wrong; but for a text without an end, more of it may help.
                late = len(self.text) - error.pos <= BLOCK or error.msg.startswith("Unterminated")
                broken = self.broken(error.msg, error.pos)
                if late and self.more():
                    continue
                raise broken from error
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

    def broken(self, why: str, at: int | None = None) -> BrokenTree:
        """Say that the file is damaged, here or at another place of what was read."""
        line = self.line + self.text.count("\n", 0, self.at if at is None else at)
        message = f"{self.path.name} is not well-formed JSON (line {line}: {why}): download or export it again"
        # Entries are read whole or not at all.
        return BrokenTree(message, line, why, whole=True)


def _json(path: Path, limits: Limits) -> Iterator[list[Part]]:
    text = _Text(path, limits)
    with text.handle:
        number = 0
        while text.peek():
            number += 1
            if number > 1 or text.peek() not in "[{":
                # JSON lines, or a lone value: entries of a list without brackets.
                found: list[Part] = []
                _walk(text.value(), ("item",), (number,), path.name, found)
                yield found
            elif text.peek() == "[":
                yield from _items(text, (), (), path.name)
            else:
                yield from _keys(text, path.name)


def _items(text: _Text, names: tuple[str, ...], places: tuple[int, ...], file: str) -> Iterator[list[Part]]:
    """Stream the entries of a list; under a key they are repetitions of the key."""
    text.expect("[")
    number = 0
    found: list[Part] = []
    try:
        while (character := text.peek()) != "]":
            if number:
                text.expect(",")
            elif not character:
                raise text.broken("the file ends within a list")
            number += 1
            value = text.value()
            if not names or (isinstance(value, list) and not isinstance(value, _Pairs)):
                _walk(value, (*names, "item"), (*places, number), file, found)
            else:
                _walk(value, names, (*places[:-1], number), file, found)
            if len(found) > _MANY:
                yield found
                found = []
    except BrokenTree:
        yield found
        raise
    text.at += 1
    yield found


def _keys(text: _Text, file: str) -> Iterator[list[Part]]:
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
            yield from _items(text, (_name(key),), (place,), file)
        else:
            found: list[Part] = []
            _walk(text.value(), (_name(key),), (place,), file, found)
            yield found
    text.at += 1


def _name(key: str) -> str:
    """A key as a name of a path, which never is empty."""
    return sound(key) or "(blank)"


_WORDS: Final = {True: "true", False: "false", None: ""}


def _walk(value: Any, names: tuple[str, ...], places: tuple[int, ...], file: str, found: list[Part]) -> None:
    """Gather the leaves of a value of JSON."""
    if isinstance(value, str):
        found.append((names, places, sound(value)))
    elif isinstance(value, _Pairs):
        if len(names) >= DEPTH:
            raise ReadError(too_deep(file))
        counts: dict[str, int] = {}
        for key, inner in value:
            name = _name(key)
            counts[name] = place = counts.get(name, 0) + 1
            _walk(inner, (*names, name), (*places, place), file, found)
        if not value:
            found.append((names, places, ""))
    elif isinstance(value, list):
        if len(names) >= DEPTH:
            raise ReadError(too_deep(file))
        for number, inner in enumerate(value, 1):
            if (isinstance(inner, list) and not isinstance(inner, _Pairs)) or names[-1] == "item":
                _walk(inner, (*names, "item"), (*places, number), file, found)
            else:
                _walk(inner, names, (*places[:-1], number), file, found)
    else:
        found.append((names, places, _WORDS[value]))


# --- YAML ---------------------------------------------------------------------------------------------------------------


def _yaml(path: Path, limits: Limits) -> Iterator[list[Part]]:
    import yaml

    sample, complete = sample_of(path, 1 << 20, limits)
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: list[Part] = []
    try:
        with DecodedText(path, limits, guess_encoding(sample, complete=complete).name) as handle:
            walker = _Events(path.name)
            for event in yaml.parse(handle, Loader=loader):
                leaf = walker.see(event)
                if leaf is not None:
                    found.append(leaf)
                    if len(found) > _MANY:
                        yield found
                        found = []
    except yaml.YAMLError as error:
        yield found
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        why = getattr(error, "problem", None) or str(error).splitlines()[0]
        message = f"{path.name} is not well-formed YAML (line {line}: {why}): correct the line, or export the file again"
        raise BrokenTree(message, line, why) from error
    yield found


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

    def __init__(self, file: str) -> None:
        self.file = file
        self.levels: list[_Level] = []
        self.counts: dict[str, int] = {}
        self.number = 0

    def see(self, event: Any) -> Part | None:
        kind = type(event).__name__
        if kind in ("ScalarEvent", "AliasEvent"):
            text = event.value if kind == "ScalarEvent" else f"*{event.anchor}"
            return self._scalar(sound(text))
        if kind in ("MappingStartEvent", "SequenceStartEvent"):
            listed = kind == "SequenceStartEvent"
            names, places = self._place(listed=listed)
            if len(self.levels) >= DEPTH:
                raise ReadError(too_deep(self.file))
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
                return level.names, level.places, ""
        return None

    def _scalar(self, text: str) -> Part | None:
        if not self.levels:
            return (("item",), (1,), text) if text else None
        level = self.levels[-1]
        if not level.listed and level.key is None:
            level.key = text or "(blank)"
            level.empty = False
            return None
        names, places = self._place(listed=False)
        return names, places, text

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
