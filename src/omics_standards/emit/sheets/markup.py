"""A tree as text: XML, JSON or YAML, the same text for the same tree."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from ...errors import MissingDependencyError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .nesting import Node

__all__ = ["json_text", "number_of", "to_json", "to_xml", "to_yaml", "writable"]

# XML 1.0, production Char: what no document may hold.
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME: Final = re.compile(r"[A-Za-z_][\w.\-]*")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
_ANSWERS: Final = {"true": True, "false": False, "yes": True, "no": False}


def writable(text: str, syntax: str) -> bool:
    r"""Tell whether a text can stand in a document.

    Examples
    --------
    >>> writable("a < b", "xml"), writable("\x01", "xml"), writable("\x01", "json")
    (True, False, True)
    """
    return syntax != "xml" or _NOT_XML.search(text) is None


def _escaped(text: str, *, attribute: bool = False) -> str:
    text = _NOT_XML.sub("\ufffd", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    if attribute:
        text = text.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return text


def to_xml(root: Node, attributes: Mapping[str, str]) -> str:
    """Write a tree as XML: an element per line, attributes in it."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines += _elements(root, 0, attributes)
    return "\n".join(lines) + "\n"


def _elements(node: Node, depth: int, more: Mapping[str, str]) -> Iterator[str]:
    indent = "  " * depth
    inside = [c for c in node.children if not c.name.startswith("@") and _NAME.fullmatch(c.name)]
    told = [(c.name[1:], c.text) for c in node.children if c.name.startswith("@") and _NAME.fullmatch(c.name[1:])]
    tag = node.name + "".join(f' {k}="{_escaped(v, attribute=True)}"' for k, v in [*more.items(), *told])
    if not inside:
        yield f"{indent}<{tag}>{_escaped(node.text)}</{node.name}>" if node.text else f"{indent}<{tag}/>"
        return
    yield f"{indent}<{tag}>{_escaped(node.text)}"
    for child in inside:
        yield from _elements(child, depth + 1, {})
    yield f"{indent}</{node.name}>"


def plain(node: Node) -> Any:
    """A tree as objects, lists and scalars."""
    if not node.children:
        if not node.number:
            return node.text
        if node.text in _ANSWERS:
            return _ANSWERS[node.text]
        return _Number(node.text) if _NUMBER.fullmatch(node.text) else node.text
    if all(c.name == "item" for c in node.children):
        return [plain(c) for c in node.children]
    found: dict[str, Any] = {}
    if node.text:
        found["text()"] = node.text
    for child in node.children:
        value = plain(child)
        if child.name not in found:
            found[child.name] = [value] if child.listed else value
        else:
            before = found[child.name]
            found[child.name] = [*before, value] if isinstance(before, list) else [before, value]
    return found


class _Number(float):
    """A number that is written as it was told: 35.50 stays 35.50."""

    def __new__(cls, text: str) -> _Number:
        made = super().__new__(cls, text)
        made.text = text
        return made

    text: str

    def __repr__(self) -> str:
        return self.text


def number_of(text: str) -> float | str:
    r"""A text as a number that is written as it was told; the text, where it is none.

    Examples
    --------
    >>> json_text([number_of("35.50"), number_of("007")])
    '[\n  35.50,\n  "007"\n]\n'
    """
    return _Number(text) if _NUMBER.fullmatch(text) else text


def json_text(value: Any) -> str:
    """Write objects, lists and scalars as JSON."""
    return _json(value, 0) + "\n"


def to_json(root: Node) -> str:
    """Write a tree as JSON."""
    return json_text(plain(root))


def _json(value: Any, depth: int) -> str:
    pad = "  " * (depth + 1)
    if isinstance(value, _Number):
        return value.text
    if isinstance(value, dict) and value:
        inside = ",\n".join(f"{pad}{json.dumps(k, ensure_ascii=False)}: {_json(v, depth + 1)}" for k, v in value.items())
        return f"{{\n{inside}\n{pad[2:]}}}"
    if isinstance(value, list) and value:
        inside = ",\n".join(f"{pad}{_json(v, depth + 1)}" for v in value)
        return f"[\n{inside}\n{pad[2:]}]"
    return json.dumps(value, ensure_ascii=False)


def to_yaml(root: Node) -> str:
    """Write a tree as YAML.

    Raises
    ------
    MissingDependencyError
        PyYAML is not there.
    """
    try:
        import yaml
    except ImportError as e:  # pragma: no cover - a core dependency
        raise MissingDependencyError("writing YAML needs PyYAML: pip install PyYAML") from e

    class Dumper(yaml.SafeDumper):
        """Writes numbers as they were told, and indents lists."""

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:  # noqa: ARG002
            return super().increase_indent(flow, False)

    def number(dumper: yaml.SafeDumper, told: _Number) -> yaml.ScalarNode:
        kind = "float" if set(told.text) & set(".eE") else "int"
        return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", told.text)

    Dumper.add_representer(_Number, number)
    return str(yaml.dump(plain(root), Dumper=Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=10_000))
