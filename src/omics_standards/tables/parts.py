"""The zip archive behind a workbook: its path enters, checked parts leave (which sheet is where, its number formats).

Everything is measured before anything is unpacked, and a part never yields more bytes than it declares.
"""

from __future__ import annotations

import errno
import lzma
import posixpath
import struct
import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.etree import ElementTree

from omics_standards.errors import ReadError

from .numberformats import BUILTIN, NumberFormat, number_format
from .sniff import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .limits import Limits

__all__ = ["Archive", "WorkbookParts", "kind_of"]

# Deflate turns one byte into 1,032 at most (RFC 1951): below this packed size a part cannot hold more than the limit,
# whatever it declares.
_DEFLATE: Final = 1_032
_RATIO_FROM: Final = 16 << 20
_CHUNK: Final = 1 << 18
# Bytes of a part that is held as a tree: styles of long-used workbooks reach some 10 MB.
_MAIN_PART: Final = 32 << 20
# Characters of a number format; Excel takes 255.
_CODE: Final = 255
# What a damaged or cut archive raises, from zipfile and zlib.
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError)

_OTHER: Final = (
    ("word/document.xml", "a Word document: copy its table into a spreadsheet and save that as .xlsx"),
    ("ppt/presentation.xml", "a PowerPoint presentation: give the spreadsheet itself"),
    ("META-INF/manifest.xml", "an OpenDocument file other than a spreadsheet: save its table as .ods or .xlsx"),
    ("xl/", "a workbook without its main part, so it is damaged: save it again from a spreadsheet program"),
)


class Archive:
    """A zip archive whose sizes were checked."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path = path
        self.limits = limits
        with self._readable(), zipfile.ZipFile(path) as archive:
            self.members = {info.filename: info for info in archive.infolist()}
            count = len(archive.infolist())
        self._check(count)

    @property
    def damaged(self) -> str:
        """The sentence for an archive that cannot be unpacked."""
        return f"{self.path.name} is damaged or cut short (its zip archive cannot be unpacked): copy or save it again"

    @contextmanager
    def _readable(self) -> Iterator[None]:
        """Put what goes wrong within into a sentence."""
        try:
            yield
        except OSError as error:
            # An invalid argument is a position that a damaged directory gives.
            raise ReadError(self.damaged if error.errno in (None, errno.EINVAL) else refusal(self.path.name, error)) from error
        except _BROKEN as error:
            raise ReadError(self.damaged) from error

    def _check(self, count: int) -> None:
        name, limits = self.path.name, self.limits
        advice = "save the sheet you need as .tsv, which is read as a stream"
        if count > limits.max_members:
            raise ReadError(f"{name} has {count:,} parts, more than a workbook may have here ({limits.max_members:,}): {advice}")
        if any(info.flag_bits & 1 for info in self.members.values()):
            raise ReadError(f"{name} is protected by a password: save it without one")
        unpacked = sum(info.file_size for info in self.members.values())
        packed = sum(info.compress_size for info in self.members.values())
        if unpacked > limits.max_unpacked:
            raise ReadError(
                f"{name} unpacks to {unpacked >> 20:,} MB, more than is read at once ({limits.max_unpacked >> 20:,} MB): {advice}"
            )
        if unpacked > _RATIO_FROM and unpacked > limits.max_ratio * packed:
            raise ReadError(
                f"{name} unpacks to {unpacked // max(packed, 1):,} times its size, as no real workbook does "
                f"(a zip bomb?): ask who sent it, or {advice}"
            )

    def chunks(self, part: str) -> Iterator[bytes]:
        """Yield the bytes of a part.

        Raises
        ------
        ReadError
            Where the part is damaged, or longer than it declares.
        """
        with self._readable(), zipfile.ZipFile(self.path) as archive, archive.open(self.members[part]) as handle:
            while data := handle.read(_CHUNK):
                yield data

    def read(self, part: str, limit: int | None = None) -> bytes:
        """Return all bytes of a part; a part beyond ``limit`` is refused."""
        size = self.members[part].file_size
        if limit is not None and size > limit:
            raise ReadError(
                f"{self.path.name} has a part {part} of {size >> 20:,} MB, where less than {limit >> 20} MB are expected: "
                "copy the sheet you need into a new workbook"
            )
        return b"".join(self.chunks(part))

    def verify(self, parts: list[str]) -> None:
        """Unpack parts that could hold more than they declare, keeping nothing."""
        for part in parts:
            info = self.members.get(part)
            if info is not None and info.compress_size * _DEFLATE > self.limits.max_unpacked:
                for _ in self.chunks(part):
                    pass

    def check_markup(self) -> None:
        """Refuse XML with a document type: no program writes one into a workbook, and an entity may unfold without end."""
        with self._readable(), zipfile.ZipFile(self.path) as archive:
            for part in self.members:
                if not part.endswith((".xml", ".rels", ".vml")):
                    continue
                with archive.open(self.members[part]) as handle:
                    head = handle.read(1024)
                    # A document type stands before the first element; a long comment may stand before that.
                    while b"<!--" in head and len(head) < 1 << 20 and (more := handle.read(1 << 16)):
                        head += more
                if b"<!DOCTYPE" in head.replace(b"\0", b""):
                    raise ReadError(
                        f"{self.path.name} declares XML entities in its part {part}, as no spreadsheet does: "
                        "do not open it, and ask who sent it"
                    )


def kind_of(archive: Archive) -> str:
    """Say which workbook a zip archive is: ``xlsx``, ``xlsm``, ``xlsb`` or ``ods``.

    Raises
    ------
    ReadError
        Where it is no workbook.
    """
    members, name = archive.members, archive.path.name
    if "mimetype" in members and b"opendocument.spreadsheet" in archive.read("mimetype", _MAIN_PART)[:200]:
        return "ods"
    folded = {member.casefold().replace("\\", "/") for member in members}
    if "xl/workbook.xml" in folded:
        types = next((m for m in members if m.casefold() == "[content_types].xml"), None)
        macros = types is not None and b"macroEnabled" in archive.read(types, _MAIN_PART)
        return "xlsm" if macros else "xlsx"
    if "xl/workbook.bin" in folded:
        return "xlsb"
    for part, text in _OTHER:
        if any(member.startswith(part.casefold()) for member in folded):
            raise ReadError(f"{name} is {text}")
    raise ReadError(f"{name} is a zip archive without a workbook: unpack it and read the file inside")


class WorkbookParts(NamedTuple):
    """What the main parts of an .xlsx say.

    Attributes
    ----------
    sheets
        Part of each sheet by the sheet's name.
    strings
        Name of the part of shared texts, or ''.
    formats
        The number format of each cell style.
    date_1904
        True where days are counted from 1904.
    """

    sheets: dict[str, str]
    strings: str
    formats: list[NumberFormat]
    date_1904: bool

    @classmethod
    def of(cls, archive: Archive) -> WorkbookParts:
        """Read the main parts of an .xlsx."""
        try:
            return cls._of(archive)
        except ElementTree.ParseError as error:
            raise ReadError(f"{archive.path.name} is damaged (its XML cannot be read): save it again from a spreadsheet program") from error

    @classmethod
    def _of(cls, archive: Archive) -> WorkbookParts:
        main = next(m for m in archive.members if m.casefold() == "xl/workbook.xml")
        targets = _targets(archive, main)
        root = ElementTree.fromstring(archive.read(main, _MAIN_PART))
        sheets = {}
        date_1904 = False
        known = {member.casefold(): member for member in archive.members}
        for element in root.iter():
            tag = _local(element.tag)
            if tag == "sheet":
                relation = next((v for k, v in element.attrib.items() if _local(k) == "id"), "")
                part = targets.get(relation, ("", ""))[1].casefold()
                if part in known:
                    sheets[element.get("name", "")] = known[part]
            elif tag == "workbookPr":
                date_1904 = element.get("date1904", "0").lower() in ("1", "true", "on")
        named = {kind: known[part.casefold()] for kind, part in targets.values() if part.casefold() in known}
        styles = named.get("styles", "")
        return cls(sheets, named.get("sharedStrings", ""), _formats(archive.read(styles, _MAIN_PART)) if styles else [], date_1904)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _targets(archive: Archive, main: str) -> dict[str, tuple[str, str]]:
    """Return kind and part of each relation of the main part."""
    folder, base = posixpath.split(main)
    part = f"{folder}/_rels/{base}.rels"
    part = next((m for m in archive.members if m.casefold() == part.casefold()), "")
    if not part:
        return {}
    found = {}
    for element in ElementTree.fromstring(archive.read(part, _MAIN_PART)).iter():
        if _local(element.tag) == "Relationship":
            target = element.get("Target", "")
            target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[element.get("Id", "")] = (element.get("Type", "").rpartition("/")[2], target)
    return found


def _formats(styles: bytes) -> list[NumberFormat]:
    """Return the number format of each cell style, in the order in which cells name them."""
    codes = dict(BUILTIN)
    formats: list[NumberFormat] = []
    root = ElementTree.fromstring(styles)
    for table in root:
        if _local(table.tag) == "numFmts":
            for entry in table:
                if entry.get("numFmtId", "").isdigit():
                    codes[int(entry.get("numFmtId", ""))] = entry.get("formatCode", "General")
        elif _local(table.tag) == "cellXfs":
            for style in table:
                number = style.get("numFmtId", "0")
                code = codes.get(int(number) if number.isdigit() else 0, "General")
                formats.append(number_format(code if len(code) <= _CODE else "General"))
    return formats
