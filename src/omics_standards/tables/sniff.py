"""What a file is, by its first bytes: a path enters, a kind that can be read leaves, or a ReadError that names the other.

The content decides, not the extension. Each refusal is one sentence: what the file is, and what to do.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from omics_standards.errors import ReadError

from .compound import check_xls
from .encoding import BOMS, guess_utf16
from .packed import GZIP, open_text

if TYPE_CHECKING:
    from .limits import Limits

__all__ = ["refusal_of_text", "sniff"]

_HEAD: Final = 8192
_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".xltx", ".xltm", ".xlt"})
_UNPACK: Final = "unpack it and read the file inside"

# First bytes of kinds that hold no table this package reads. https://en.wikipedia.org/wiki/List_of_file_signatures
# (read 2026-11)
_MAGIC: Final[tuple[tuple[bytes, str, str], ...]] = (
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!", "a rar archive", _UNPACK),
    (b"%PDF", "a PDF document", "copy its table into a spreadsheet and save that as .xlsx"),
    (b"PAR1", "a Parquet file", "read it with pandas and pass the frame"),
    (b"SQLite format 3", "an SQLite database", "export the table as .tsv"),
    (b"RDX", "an R data file", "write the table from R as .tsv"),
    (b"\x89PNG", "a picture", "give the file that holds the table"),
    (b"\xff\xd8\xff", "a picture", "give the file that holds the table"),
    (b"{\\rtf", "a rich-text document", "copy its table into a spreadsheet and save that as .xlsx"),
)
# HDF5 file format specification 3.0, II.A: the signature.
HDF5: Final = b"\x89HDF\r\n\x1a\n"
_CFB: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sniff(path: Path, limits: Limits) -> str:
    """Say what kind of file this is.

    Parameters
    ----------
    path
        The file.
    limits
        The largest .xls.

    Returns
    -------
    str
        ``zip`` (a workbook, or any other zip archive), ``xls``, ``h5ad``, or ``text``.

    Raises
    ------
    ReadError
        Where the file is not there, may not be read, is empty, or is of a kind that holds no table.
    """
    name = path.name
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ReadError(f"{name} is a folder, not a file: name one of the files in it")
        if not stat.S_ISREG(status.st_mode):
            raise ReadError(f"{name} is not a regular file: save its content to a file first")
        with path.open("rb") as handle:
            head = handle.read(_HEAD)
    except OSError as error:
        raise ReadError(refusal(name, error)) from error
    if head.startswith(GZIP):
        head = _inside(path, limits)
        if not head or head.startswith((b"PK", _CFB)) or b"ustar" in head[:512]:
            raise ReadError(f"{name} is a gzip archive of no text: {_UNPACK}")
    if not head:
        raise ReadError(f"{name} is empty (0 bytes): export or download it again")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip"
    if head.startswith(_CFB):
        _check_compound(path, status.st_size, limits)
        return "xls"
    if head.startswith(HDF5):
        return "h5ad"
    for magic, kind, advice in _MAGIC:
        if head.startswith(magic):
            raise ReadError(f"{name} is {kind}: {advice}")
    if _is_binary(head):
        raise ReadError(f"{name} is neither text nor a workbook (it holds binary data): save the table as .xlsx or .tsv")
    if path.suffix.lower() in _WORKBOOKS:
        raise ReadError(refusal_of_text(name, head.decode("latin-1"), workbook=True))
    return "text"


def _check_compound(path: Path, size: int, limits: Limits) -> None:
    """Refuse a compound file that is no workbook: Office used them for all documents, and still does for encrypted ones."""
    if size > limits.max_packed:
        raise ReadError(
            f"{path.name} has {size >> 20:,} MB, more than a workbook may have here: "
            "save the sheet you need as .tsv, which is read as a stream"
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(refusal(path.name, error)) from error
    check_xls(path.name, data, limits)


def refusal(name: str, error: OSError) -> str:
    """Put an error of the operating system into a sentence."""
    if isinstance(error, FileNotFoundError):
        return f"{name} does not exist: check the name and the folder"
    if isinstance(error, PermissionError):
        return f"{name} may not be read (permission denied): change its permissions or ask its owner"
    return f"{name} cannot be read ({error.strerror or error}): check the disk, or copy the file and try again"


def _inside(path: Path, limits: Limits) -> bytes:
    """First bytes of what a gzip archive holds."""
    with open_text(path, limits) as handle:
        try:
            return handle.read(_HEAD)
        except OSError as error:
            raise ReadError(refusal(path.name, error)) from error


def _is_binary(head: bytes) -> bool:
    """Whether the bytes are no text in any encoding; NUL bytes alone do not decide, UTF-16 is full of them."""
    if head.startswith(tuple(bom for bom, _ in BOMS)):
        return False
    if guess_utf16(head) is not None:
        return False
    if head.count(0) > max(3, len(head) // 50):
        return True
    controls = sum(head.count(byte) for byte in range(1, 32) if byte not in (9, 10, 11, 12, 13, 26, 27, 28, 29, 30, 31))
    return controls > max(3, len(head) // 50)


_MARKUP: Final = re.compile(r"\s*<(\?xml|!doctype|!--|html\b|[A-Za-z_][\w:.\-]*(\s+[\w:.\-]+\s*=\s*[\"'][^<>]*)?/?>\s*<)", re.IGNORECASE)

# The first element behind declarations and comments; elements deeper down may be called table in any XML.
_ROOT: Final = re.compile(r"(?:\s|<\?[^>]*>|<!--.*?-->|<!doctype[^>]*>)*<([a-z_][\w:.\-]*)", re.DOTALL)
_HTML: Final = frozenset({"html", "head", "body", "table", "div", "meta", "title", "script", "style", "center", "p", "h1", "form"})


def refusal_of_text(name: str, head: str, *, workbook: bool = False) -> str:
    """Say why a text is not read as a table; '' where it may be one.

    Parameters
    ----------
    name
        The file's name.
    head
        Its first characters, without a byte order mark.
    workbook
        True where the name claims a workbook.

    Examples
    --------
    >>> refusal_of_text("samples.tsv", "<html><body>")
    'samples.tsv is a web page (HTML), perhaps of a login: download the file itself, or save its table as .xlsx'
    >>> refusal_of_text("run.xml", "<RUN><Database><Table name='SEQUENCE'/></Database></RUN>")
    ''
    >>> refusal_of_text("samples.tsv", "id" + chr(9) + "age")
    ''
    """
    if _MARKUP.match(head):
        lowered = head.lower()
        if "urn:schemas-microsoft-com:office:spreadsheet" in lowered:
            return f"{name} is an XML spreadsheet of Excel 2003: open it in a spreadsheet program and save it as .xlsx"
        root = _ROOT.match(lowered)
        if "<!doctype html" in lowered or (root is not None and root[1] in _HTML):
            return f"{name} is a web page (HTML), perhaps of a login: download the file itself, or save its table as .xlsx"
    if workbook:
        return f"{name} is a text file, not a workbook: rename it to .tsv or .csv, or save it as .xlsx from a spreadsheet"
    return ""
