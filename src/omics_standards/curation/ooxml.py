"""A workbook as its parts, changed in place: what is not touched keeps its bytes, so that nothing of the owner's is lost.

A library that reads a workbook into objects and writes them anew loses what it does not know (saved values of formulas, drop-downs of
newer kinds, charts, drawings, rich text). Here single elements are put into the XML of a part, where the standard wants them
(ECMA-376-1, 18.3.1.99 for a worksheet, 18.8.39 for the styles); everything else is copied.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from ..errors import ReadError
from ..tables.limits import DEFAULT_LIMITS
from ..tables.parts import Archive, WorkbookParts, kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["MAIN", "RELATIONS", "Package", "Unsupported"]

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
# The earliest moment that a zip archive can name: new parts carry no time of their own.
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
# Bytes of all parts: they are held in memory here, where reading streams them.
_MOST: Final = 400 << 20


class Unsupported(Exception):
    """The workbook is written in a way that is not changed in place; says why."""


class Package:
    """The parts of an .xlsx or .xlsm.

    Parameters
    ----------
    path
        The workbook.

    Raises
    ------
    ReadError
        It is damaged, or no workbook.
    Unsupported
        It is larger than what is held in memory, or of the strict form of the standard.
    """

    def __init__(self, path: Path) -> None:
        archive = Archive(path, DEFAULT_LIMITS)
        if kind_of(archive) not in ("xlsx", "xlsm"):
            raise Unsupported("it is no .xlsx workbook")
        unpacked = sum(info.file_size for info in archive.members.values())
        if unpacked > _MOST:
            raise Unsupported(f"it unpacks to {unpacked >> 20:,} MB, more than the {_MOST >> 20} MB that are changed at once")
        archive.check_markup()
        self.sheets: dict[str, str] = dict(WorkbookParts.of(archive).sheets)
        self._archive = archive
        self._infos = dict(archive.members)
        self._changed: dict[str, bytes] = {}
        self._known = {m.casefold(): m for m in archive.members}
        self.main = self._known["xl/workbook.xml"]
        if MAIN.encode() not in self.read(self.main)[:4096]:
            raise Unsupported("it is of the strict form of the standard: save it as an ordinary .xlsx")

    def __contains__(self, part: str) -> bool:
        return part in self._changed or part.casefold() in self._known

    def read(self, part: str) -> bytes:
        """Return the bytes of a part as they are now; UTF-8, which other encodings are turned into."""
        if part in self._changed:
            return self._changed[part]
        data = self._archive.read(self._known[part.casefold()])
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            data = re.sub(r'encoding="[^"]*"', 'encoding="UTF-8"', data.decode("utf-16"), count=1).encode()
        return data.removeprefix(b"\xef\xbb\xbf")

    def write(self, part: str, data: bytes) -> None:
        """Change a part, or add one."""
        self._changed[self._known.get(part.casefold(), part)] = data

    def add(self, part: str, data: bytes, kind: str) -> None:
        """Add a part with its content type."""
        known = self.read("[Content_Types].xml")
        # A type for the ending holds for parts that have none of their own.
        if part.endswith(".vml"):
            if b'Extension="vml"' not in known:
                self.write("[Content_Types].xml", _before_end(known, "Types", f'<Default Extension="vml" ContentType={quoteattr(kind)}/>'))
        elif f'PartName="/{part}"'.encode() not in known:
            entry = f"<Override PartName={quoteattr('/' + part)} ContentType={quoteattr(kind)}/>"
            self.write("[Content_Types].xml", _before_end(known, "Types", entry))
        self.write(part, data)

    def free(self, stem: str, ending: str) -> str:
        """Return the name of a part that does not exist."""
        number = 1
        while f"{stem}{number}{ending}" in self:
            number += 1
        return f"{stem}{number}{ending}"

    # --- relations

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the relations of a part: id to kind (the last piece of its type) and part, or outside address."""
        rels = _rels(part)
        if rels not in self:
            return {}
        found = {}
        for element in ElementTree.fromstring(self.read(rels)):
            target = element.get("Target", "")
            if element.get("TargetMode") != "External":
                # An absolute target takes the place of the folder.
                target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
                target = self._known.get(target.casefold(), target)
            found[element.get("Id", "")] = (element.get("Type", "").rpartition("/")[2], target)
        return found

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation of a part to another; return its id."""
        rels, known = _rels(part), self.relations(part)
        number = 1
        while f"rIdOm{number}" in known:
            number += 1
        name = f"rIdOm{number}"
        entry = f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target={quoteattr("/" + target)}/>'
        empty = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_PACKAGE}/relationships"></Relationships>'
        self.write(rels, _before_end(self.read(rels) if rels in self else empty.encode(), "Relationships", entry))
        return name

    # --- styles

    @property
    def styles(self) -> str:
        """Name of the part of styles.

        Raises
        ------
        Unsupported
            There is none.
        """
        part = next((target for kind, target in self.relations(self.main).values() if kind == "styles"), "")
        if part not in self:
            raise Unsupported("it has no styles")
        return part

    def add_style(self, table: str, entries: Sequence[str]) -> int:
        """Add entries to a table of the styles (``fonts``, ``cellXfs``, ``dxfs``); return the number of the first."""
        data = self.read(self.styles)
        root = ElementTree.fromstring(data)
        known = next((e for e in root if e.tag == f"{{{MAIN}}}{table}"), None)
        first = len(known) if known is not None else 0
        prefix = _prefix(data)
        tag = f"{prefix}{table}"
        inner = "".join(entries).replace("<", f"<{prefix}").replace(f"<{prefix}/", f"</{prefix}") if prefix else "".join(entries)
        text = data.decode()
        count = f'count="{first + len(entries)}"'
        if known is None:
            at = re.search(rf"<{prefix}(?:tableStyles|colors|extLst)\b|</{prefix}styleSheet>", text)
            if at is None or table != "dxfs":
                raise Unsupported("its styles are not those of a workbook")
            text = f"{text[: at.start()]}<{tag} {count}>{inner}</{tag}>{text[at.start() :]}"
        else:
            opening = re.search(rf"<{tag}(?:\s[^>]*?)?(/?)>", text)
            assert opening is not None
            head = re.sub(r'\s+count="[^"]*"', "", opening[0].rstrip("/>")) + f" {count}>"
            if opening[1]:
                text = f"{text[: opening.start()]}{head}{inner}</{tag}>{text[opening.end() :]}"
            else:
                end = text.index(f"</{tag}>", opening.end())
                text = f"{text[: opening.start()]}{head}{text[opening.end() : end]}{inner}{text[end:]}"
        self.write(self.styles, text.encode())
        return first

    # --- the end

    def pack(self) -> bytes:
        """Return the workbook: parts in their order and with their times, new ones behind them."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, info in self._infos.items():
                if info.is_dir():
                    continue
                same = zipfile.ZipInfo(name, info.date_time)
                same.compress_type = zipfile.ZIP_STORED if info.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
                same.external_attr = info.external_attr
                archive.writestr(same, self._changed[name] if name in self._changed else self._archive.read(name))
            for name in sorted(self._changed.keys() - self._infos.keys()):
                new = zipfile.ZipInfo(name, _EARLIEST)
                new.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(new, self._changed[name])
        return out.getvalue()


def _rels(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def _prefix(data: bytes) -> str:
    """The prefix, with its colon, that the main names of a part have; mostly none."""
    found = re.search(rb'xmlns(?::(\w+))?="' + re.escape(MAIN.encode()) + rb'"', data)
    return f"{found[1].decode()}:" if found is not None and found[1] else ""


def _before_end(data: bytes, tag: str, entry: str) -> bytes:
    """Put an entry before the end of the outermost element of a part."""
    text = data.decode()
    end = re.search(rf"</(\w+:)?{tag}>\s*\Z", text)
    if end is None:
        empty = re.search(rf"<((?:\w+:)?{tag})(\s[^>]*?)?/>\s*\Z", text)
        if empty is None:
            raise ReadError(f"a part of the workbook is damaged: no end of {tag}")
        return f"{text[: empty.start()]}<{empty[1]}{empty[2] or ''}>{entry}</{empty[1]}>".encode()
    own = entry.replace("<", f"<{end[1]}", 1) if end[1] else entry
    return f"{text[: end.start()]}{own}{text[end.start() :]}".encode()
