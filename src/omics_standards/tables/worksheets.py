"""The XML of a worksheet, for what python-calamine does not tell: a part of an .xlsx enters, texts of single cells leave.

Two passes, both streaming. :func:`survey` runs over every sheet and must be cheap: it searches for bytes, it parses
nothing. It says whether the sheet holds values, whether their rectangle is bounded, and whether any cell is
*special*: a number with a format of its own, an error, a formula without a saved value. Only then :func:`specials`
reads those cells.

python-calamine (0.9) gives numbers without their format, errors as empty texts, and ends the process where two filled
cells span a rectangle that memory cannot hold; hence this module.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.parsers import expat

from omics_standards.errors import ReadError

from .limits import MAX_COLUMNS, MAX_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .numberformats import NumberFormat, Shown
    from .parts import Archive

__all__ = ["Special", "Survey", "specials", "survey"]

_FIRST_CELL: Final = re.compile(rb"<(?:\w+:)?c[\s>/]")
_DIMENSION: Final = re.compile(rb"<dimension ref=\"[A-Z]{1,3}[0-9]+(?::([A-Z]{1,3})[0-9]+)?\"")
_ROW: Final = re.compile(rb"<(?:\w+:)?row [^>]*?\br=\"([0-9]{1,7})\"")
_ERROR: Final = b't="e"'
_UNSAVED: Final = re.compile(rb"</f>\s*(?:<v>\s*</v>\s*|<v ?/>\s*)?</c>")
_FILLED: Final = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"'][^>]*(?<!/)>(?!\s*</)")

_FORMULA: Final = rb"(?:<f[^>]*(?:/>|>[^<]*</f>)\s*)?"
_ERROR_CELL: Final = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]* t="e"[^>]*>\s*' + _FORMULA + rb"<v>([^<]*)</v>")
_UNSAVED_CELL: Final = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*>\s*<f[^>]*(?:/>|>([^<]*)</f>)\s*(?:<v>\s*</v>\s*|<v ?/>\s*)?</c>')
# More styles than this are not searched for one by one.
_STYLES: Final = 64
_VALUES: Final = (b"<v>", b"<v ", b"<is>", b"<is ")
_PREFIXED_VALUES: Final = (*_VALUES, b":v>", b":v ", b":is>", b":is ")
# A chunk is searched together with the end of the one before, so that no tag is cut in two.
_OVERLAP: Final = 400
# The row numbers within cells are checked up to this many bytes: beyond, the numbers of the rows themselves must do.
_CHECKED: Final = 8 << 20


class Survey(NamedTuple):
    """What a first look at a sheet says.

    Attributes
    ----------
    filled
        False where no cell holds a value.
    special
        True where :func:`specials` has something to say.
    regular
        True where cells are written as Excel writes them (``<c r="A1" ...``), so that they can be searched for.
    sorted
        True where rows stand in order.
    """

    filled: bool
    special: bool
    regular: bool
    sorted: bool


class Special(NamedTuple):
    """What a cell shows: a formatted number (``shown``), an ``error``, or neither, where a formula has no saved value."""

    shown: Shown | None = None
    error: str = ""
    formula: str = ""


def column_number(letters: bytes) -> int:
    """Return the number of a column, 1 for ``A``.

    Examples
    --------
    >>> column_number(b"D"), column_number(b"AB"), column_number(b"XFD")
    (4, 28, 16384)
    >>> column_number(b"")
    0
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def survey(archive: Archive, part: str, formats: list[NumberFormat]) -> Survey:
    """Look over a sheet without parsing it.

    Raises
    ------
    ReadError
        Where the filled cells span a larger rectangle than the limits allow, or the part is damaged.
    """
    look = _Look(archive, part, formats)
    tail = b""
    for data in archive.chunks(part):
        chunk = tail + data
        if not tail:
            look.begin(chunk)
        look.at(chunk)
        tail = chunk[-_OVERLAP:]
    if look.filled and look.rows * look.columns > archive.limits.max_cells:
        _check_extent(archive, part)
    return Survey(look.filled, look.special or not look.regular, look.regular, look.sorted)


class _Look:
    """What is known of a sheet while its bytes run past."""

    def __init__(self, archive: Archive, part: str, formats: list[NumberFormat]) -> None:
        styles = [i for i, f in enumerate(formats) if f.matters]
        self._styled = _styled(styles) if 0 < len(styles) <= _STYLES else None
        self._small = archive.members[part].file_size <= _CHECKED
        self._beyond: re.Pattern[bytes] | None = None
        self._last = 0
        self.filled = False
        self.special = len(styles) > _STYLES
        self.regular = True
        self.sorted = True
        self.rows = 0
        self.columns = 702  # ZZ, where the sheet does not declare its columns

    def begin(self, chunk: bytes) -> None:
        """Look at the first bytes: how cells are written, and which columns are declared."""
        found = _FIRST_CELL.search(chunk)
        self.regular = found is None or chunk.startswith(b'<c r="', found.start())
        if declared := _DIMENSION.search(chunk):
            self.columns = min(column_number(declared[1] or b"A"), MAX_COLUMNS)
        self._beyond = _beyond(self.columns, rows=self._small)

    def at(self, chunk: bytes) -> None:
        """Look at the next bytes."""
        if not self.filled:
            self.filled = any(mark in chunk for mark in (_VALUES if self.regular else _PREFIXED_VALUES))
        if not self.special:
            # One letter is looked for a hundred times faster than a text, and a text from the end twice as fast as an expression.
            self.special = (
                (b"e" in chunk and chunk.rfind(_ERROR) >= 0)
                or (b"f" in chunk and chunk.rfind(b"</f>") >= 0 and _UNSAVED.search(chunk) is not None)
                or (self._styled is not None and self._styled.search(chunk) is not None)
            )
        if self._beyond is not None and self._beyond.search(chunk):
            self._beyond, self.columns, self.rows = None, MAX_COLUMNS, MAX_ROWS
        last = _last_row(chunk)
        self.sorted = self.sorted and (not last or last >= self._last)
        self._last = last or self._last
        self.rows = max(self.rows, last)


def _styled(styles: list[int]) -> re.Pattern[bytes]:
    """Match the end of a tag of a cell that has one of the styles and holds a number."""
    ids = b"|".join(b"%d" % i for i in styles)
    return re.compile(rb' s="(?:' + ids + rb')"(?: t="n")?(?: [cv]m="[0-9]+")*>\s*' + _FORMULA + rb"<(?:\w+:)?v")


def _beyond(columns: int, *, rows: bool) -> re.Pattern[bytes] | None:
    """Match a cell in a column beyond those declared (and, where ``rows``, in a row of six digits)."""
    name = b""
    while columns:
        columns, rest = divmod(columns - 1, 26)
        name = bytes([65 + rest]) + name
    choices = [b"[A-Z]{%d,3}[0-9]" % (len(name) + 1)] if len(name) < 3 else []
    for i, letter in enumerate(name):
        if letter < 90:
            choices.append(name[:i] + b"[%c-Z]" % (letter + 1) + b"[A-Z]" * (len(name) - i - 1) + b"[0-9]")
    if rows:
        choices.append(b"[A-Z]{1,3}[0-9]{6}")
    return re.compile(b' r="(?:' + b"|".join(choices) + b")") if choices else None


def _last_row(chunk: bytes) -> int:
    """Return the number of the last row that begins in a chunk, 0 where none does."""
    start = chunk.rfind(b"<row ")
    start = max(start, chunk.rfind(b":row ", start + 1))
    match = _ROW.search(chunk, chunk.rfind(b"<", 0, start + 1)) if start >= 0 else None
    return int(match[1]) if match else 0


def _check_extent(archive: Archive, part: str) -> None:
    """Measure the rectangle of the filled cells exactly."""
    top, bottom, left, right, tail = MAX_ROWS, 0, MAX_COLUMNS, 0, b""
    known: dict[bytes, int] = {}
    for data in archive.chunks(part):
        chunk = tail + data
        for letters, digits in _FILLED.findall(chunk):
            column = known.get(letters) or known.setdefault(letters, column_number(letters))
            row = int(digits)
            top, bottom, left, right = min(top, row), max(bottom, row), min(left, column), max(right, column)
        tail = chunk[-_OVERLAP:]
    check_rectangle(archive, bottom - top + 1, right - left + 1)


def check_rectangle(archive: Archive, rows: int, columns: int) -> None:
    """Refuse a sheet whose filled cells span too large a rectangle."""
    if rows > 0 and rows * columns > archive.limits.max_cells:
        raise ReadError(
            f"{archive.path.name} has a sheet whose filled cells span {rows:,} rows and {columns:,} columns, more than is "
            f"read at once ({archive.limits.max_cells:,} cells): delete stray cells far from the table, or save the sheet "
            "as .tsv, which is read as a stream"
        )


def specials(
    archive: Archive, part: str, formats: list[NumberFormat], look: Survey, *, date_1904: bool
) -> Iterator[tuple[int, dict[int, Special]]]:
    """Yield the special cells of a sheet, row by row: number of the row, and its cells by column (both from 1).

    Parameters
    ----------
    archive, part
        The workbook, and the sheet's part in it.
    formats
        The number format of each cell style.
    look
        What :func:`survey` said of the sheet.
    date_1904
        True where days are counted from 1904.
    """
    reader = _Cells(formats, date_1904)
    rows = _searched(archive, part, reader) if look.regular else _parsed(archive, part, reader)
    if look.sorted:
        yield from rows
    else:
        everything: dict[int, dict[int, Special]] = {}
        for number, cells in rows:
            everything.setdefault(number, {}).update(cells)
        yield from sorted(everything.items())


class _Cells:
    """Turns what stands in the XML of a cell into what it shows, each distinct cell once."""

    def __init__(self, formats: list[NumberFormat], date_1904: bool) -> None:
        self.formats = formats
        self.date_1904 = date_1904
        self.matter = frozenset(i for i, f in enumerate(formats) if f.matters)
        self._known: dict[tuple[bytes, bytes], Special] = {}

    def number(self, style: bytes, value: bytes) -> Special:
        """Return what a stored number shows in a style."""
        special = self._known.get((style, value))
        if special is None:
            shown = self.formats[int(style)].show(value.decode("ascii", "replace").strip(), date_1904=self.date_1904)
            special = Special(shown)
            if len(self._known) < 100_000:
                self._known[style, value] = special
        return special


class _Searcher:
    """Finds the special cells in the bytes of a sheet that is written as Excel writes it."""

    def __init__(self, reader: _Cells) -> None:
        self._reader = reader
        self._columns: dict[bytes, int] = {}
        styles = sorted(reader.matter)
        ids = b"|".join(b"%d" % i for i in styles)
        self._marks = _styled(styles) if styles else None
        self._cells = re.compile(
            rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: t="n")? s="('
            + ids
            + rb')"(?: t="n")?(?: [cv]m="[0-9]+")*>\s*'
            + _FORMULA
            + rb"<v>([^<]*)</v>"
        )

    def rows(self, chunk: bytes) -> list[tuple[int, dict[int, Special]]] | None:
        """Return the special cells of a chunk of whole rows; None where some are written in another way."""
        rows: dict[int, dict[int, Special]] = {}
        if self._marks is not None and self._marks.search(chunk):
            cells = self._cells.findall(chunk)
            if len(cells) != len(self._marks.findall(chunk)):
                return None
            for letters, digits, style, value in cells:
                self._put(rows, letters, digits, self._reader.number(style, value))
        if _ERROR in chunk:
            errors = _ERROR_CELL.findall(chunk)
            if len(errors) != chunk.count(_ERROR):
                return None
            for letters, digits, error in errors:
                self._put(rows, letters, digits, Special(error=error.decode("utf-8", "replace")))
        if _UNSAVED.search(chunk):
            for letters, digits, formula in _UNSAVED_CELL.findall(chunk):
                self._put(rows, letters, digits, Special(formula=_unescape(formula.decode("utf-8", "replace"))))
        return sorted(rows.items())

    def _put(self, rows: dict[int, dict[int, Special]], letters: bytes, digits: bytes, special: Special) -> None:
        column = self._columns.get(letters) or self._columns.setdefault(letters, column_number(letters))
        rows.setdefault(int(digits), {})[column] = special


def _searched(archive: Archive, part: str, reader: _Cells) -> Iterator[tuple[int, dict[int, Special]]]:
    """Find the special cells of a sheet by searching; by parsing from where that fails."""
    searcher = _Searcher(reader)
    last = 0
    for chunk in _whole_rows(archive.chunks(part)):
        rows = searcher.rows(chunk)
        if rows is None:
            yield from (row for row in _parsed(archive, part, reader) if row[0] > last)
            return
        yield from rows
        last = rows[-1][0] if rows else last


def _whole_rows(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut the bytes of a sheet behind rows."""
    parts: list[bytes] = []
    for data in chunks:
        cut = data.rfind(b"</row>") + 6
        if cut > 5:
            yield b"".join((*parts, data[:cut]))
            parts = [data[cut:]]
        else:
            parts.append(data)
    yield b"".join(parts)


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&apos;", "'").replace("&amp;", "&")


class _Parser:
    """Finds the special cells of a sheet that is not written as Excel writes it: prefixes, implied positions."""

    def __init__(self, reader: _Cells) -> None:
        self._reader = reader
        self.done: list[tuple[int, dict[int, Special]]] = []
        self._row = self._column = 0
        self._cells: dict[int, Special] = {}
        self._cell: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._open = ""
        self.expat = expat.ParserCreate()
        self.expat.buffer_text = True
        self.expat.StartElementHandler = self._start
        self.expat.EndElementHandler = self._end
        self.expat.CharacterDataHandler = self._text

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "row":
            self._row = int(attributes["r"]) if attributes.get("r", "").isdigit() else self._row + 1
            self._column, self._cells = 0, {}
        elif tag == "c":
            place = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", attributes.get("r", ""))
            if place:
                self._column, self._row = column_number(place[1].encode()), int(place[2])
            else:
                self._column += 1
            self._cell, self._texts = attributes, {}
        elif tag in ("v", "f"):
            self._open = tag
            self._texts[tag] = ""

    def _text(self, text: str) -> None:
        if self._open:
            self._texts[self._open] += text

    def _end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag in ("v", "f"):
            self._open = ""
        elif tag == "c":
            self._close_cell()
        elif tag == "row" and self._cells:
            self.done.append((self._row, self._cells))

    def _close_cell(self) -> None:
        kind, style, value = self._cell.get("t", "n"), self._cell.get("s", "0"), self._texts.get("v", "")
        if kind == "e":
            self._cells[self._column] = Special(error=value)
        elif not value.strip() and "f" in self._texts and kind in ("n", "str"):
            self._cells[self._column] = Special(formula=self._texts["f"])
        elif kind == "n" and value.strip() and style.isdigit() and int(style) in self._reader.matter:
            self._cells[self._column] = self._reader.number(style.encode(), value.encode())


def _parsed(archive: Archive, part: str, reader: _Cells) -> Iterator[tuple[int, dict[int, Special]]]:
    parser = _Parser(reader)
    try:
        for data in archive.chunks(part):
            parser.expat.Parse(data, False)
            yield from parser.done
            parser.done.clear()
    except expat.ExpatError as error:
        raise ReadError(f"{archive.path.name} is damaged (its XML cannot be read): save it again from a spreadsheet program") from error
