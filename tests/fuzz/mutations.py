"""Files broken in the ways in which files break, and in some in which only an adversary breaks them.

In: the bytes of a file and a seed. Out: other bytes. The same bytes and seed give the same.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import re
import zipfile
import zlib
from collections.abc import Callable
from xml.sax.saxutils import escape

__all__ = ["MUTATIONS", "mutate"]

NASTY = (
    "", " ", "\u00a0", "\u200b", "NA", "n/a", "missing: restricted access", "=1+1", "=cmd|' /C calc'!A0", "+", "-", "@x", "'", '"', '""', '"a', 'a"b', "\\", "\\t",
    "0", "-0", "00", "1e309", "1e-400", "-1", "9" * 60, "9" * 5000, "1.0", "1,5", "1.234.567,8", "nan", "inf", "-inf", "0x10", "1_000", "１２３", "٣", "½", "²",
    "2020-13-45", "0000-00-00", "9999-12-31", "-5000-01-01", "1/0", "31/02/2020", "2020-01-01/1999", "20200229", "45000", "43831.75", "May", "24:61", "P1Y", "PT", "2-Jan",
    "NT=", "AC=;NT=", "NT=x;AC=MS:1;;=;", "UBERON:", ":1", "UBERON:0002107 liver", "UBERON:" + "1" * 400, "NCBITaxon:9606", "SAMN", "SRR0", "GSM" + "9" * 30,
    "90 N 180 E", "91 N", "1e5 N 2 W", "12°60'61\"N", "N", "0 0", "-80.5 W", "a@b.cc", "11010519491231002X", "+1 (555) 555-5555", "王小明", "\U0001f9a0", "\u202eabc", "e\u0301" * 50,
    "\ud7ff", "\ufeff", "\ufffd", "\x00", "\x0b", "\x1b[31m", "\x85", "\u2028", "a;b;;c;", "|", "a|b", "[]", "{}", '{"a":', "<a>", "</a>", "&amp;", "&x;", "<!--", "]]>", "../../etc/passwd",
    "C:\\a", "file:///etc/passwd", "http://[::1", "http://a b", "%", "%00", "%zz", "true", "None", "[x](y)", "{n}", "Homo sapiens", "x" * 40_000, "é" * 3_000, "\t", "a\nb", "a\r\nb",
)  # fmt: skip

Mutation = Callable[[bytes, random.Random], bytes]


# --- bytes


def flip(data: bytes, rng: random.Random) -> bytes:
    """Change some bytes."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 3, 20, 200))):
        out[rng.randrange(len(out))] = rng.randrange(256)
    return bytes(out)


def cut(data: bytes, rng: random.Random) -> bytes:
    """End the file early."""
    return data[: rng.randrange(len(data))]


def lose(data: bytes, rng: random.Random) -> bytes:
    """Leave out a range."""
    start = rng.randrange(len(data))
    return data[:start] + data[start + rng.choice((1, 7, 100, 5_000)) :]


def repeat(data: bytes, rng: random.Random) -> bytes:
    """Say a range twice."""
    start = rng.randrange(len(data))
    end = start + rng.choice((1, 7, 100, 5_000))
    return data[:end] + data[start:end] * rng.choice((1, 2, 20)) + data[end:]


def insert(data: bytes, rng: random.Random) -> bytes:
    """Put something nasty anywhere."""
    start = rng.randrange(len(data) + 1)
    return data[:start] + rng.choice(NASTY).encode("utf-8", "replace") + data[start:]


def other_encoding(data: bytes, rng: random.Random) -> bytes:
    """Write the text in another encoding, or in two."""
    text = data.decode("utf-8", "replace")
    name = rng.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "cp1252", "shift_jis", "utf-8-sig", "utf-7", "mac-roman"))
    done = text.encode(name, "replace")
    return done if rng.random() < 0.7 else data[: len(data) // 2] + done[len(done) // 2 :]


def mojibake(data: bytes, _rng: random.Random) -> bytes:
    """Decode the text wrongly once."""
    return data.decode("cp1252", "replace").encode()


def line_ends(data: bytes, rng: random.Random) -> bytes:
    """Write other line ends, or several kinds."""
    text = data.replace(b"\r\n", b"\n")
    ends = rng.choice(((b"\r",), (b"\r\n",), (b"\n\n",), (b"\r\n", b"\n", b"\r"), (b"",), (b"\x85",), (b"\x0b\n",)))
    return b"".join(line + rng.choice(ends) for line in text.split(b"\n"))


# --- lines and cells


def lines(data: bytes, rng: random.Random) -> bytes:
    """Drop, repeat, swap or shuffle lines."""
    rows = data.split(b"\n")
    for _ in range(rng.choice((1, 3, 10))):
        i, j = rng.randrange(len(rows)), rng.randrange(len(rows))
        what = rng.randrange(5)
        if what == 0 and len(rows) > 1:
            del rows[i]
        elif what == 1:
            rows.insert(i, rows[j % len(rows)])
        elif what == 2:
            rows[i], rows[j] = rows[j], rows[i]
        elif what == 3:
            rows.insert(i, b"")
        else:
            tail = rows[1:]
            rng.shuffle(tail)
            rows = rows[:1] + tail
    return b"\n".join(rows)


def _delimiter(data: bytes) -> bytes:
    first = data.split(b"\n", 1)[0]
    return max((b"\t", b",", b";"), key=first.count)


def cells(data: bytes, rng: random.Random) -> bytes:
    """Put nasty texts into cells, swap cells, lose cells, add cells."""
    between = _delimiter(data)
    rows = [line.split(between) for line in data.split(b"\n")]
    for _ in range(rng.choice((1, 5, 40, 400))):
        row = rng.choice(rows)
        at = rng.randrange(len(row))
        what = rng.randrange(6)
        if what < 3:
            row[at] = rng.choice(NASTY).encode("utf-8", "replace")
        elif what == 3:
            other = rng.choice(rows)
            row[at] = other[rng.randrange(len(other))]
        elif what == 4 and len(row) > 1:
            del row[at]
        else:
            row.insert(at, b"x")
    return b"\n".join(between.join(row) for row in rows)


def header(data: bytes, rng: random.Random) -> bytes:
    """Change names of columns: repeated, blank, swapped, nasty, gone; or of the second row, which some formats have."""
    between = _delimiter(data)
    rows = data.split(b"\n")
    at = rng.choice((0, 0, 0, min(1, len(rows) - 1)))
    names = rows[at].split(between)
    for _ in range(rng.choice((1, 2, 6))):
        i, j = rng.randrange(len(names)), rng.randrange(len(names))
        what = rng.randrange(5)
        if what == 0:
            names[i] = names[j]
        elif what == 1:
            names[i] = b""
        elif what == 2:
            names[i], names[j] = names[j], names[i]
        elif what == 3:
            names[i] = rng.choice(NASTY).encode("utf-8", "replace")
        else:
            names[i] = names[i].swapcase() + rng.choice((b"", b"*", b" (unit)", b"[1]", b"_1"))
    rows[at] = between.join(names)
    return b"\n".join(rows)


def one_column(data: bytes, rng: random.Random) -> bytes:
    """Put one text, or running ones, into a whole column."""
    between = _delimiter(data)
    rows = [line.split(between) for line in data.split(b"\n")]
    at, text = rng.randrange(len(rows[0])), rng.choice(NASTY).encode("utf-8", "replace")
    for number, row in enumerate(rows[1:]):
        if at < len(row):
            row[at] = text if rng.random() < 0.9 else str(number).encode()
    return b"\n".join(between.join(row) for row in rows)


def quotes(data: bytes, rng: random.Random) -> bytes:
    """Put quotation marks where they open or close something."""
    out = data
    for _ in range(rng.choice((1, 2, 9))):
        start = rng.randrange(len(out) + 1)
        out = out[:start] + rng.choice((b'"', b'""', b"'", b'"\t', b',"', b'"\n', b'\\"')) + out[start:]
    return out


def delimiters(data: bytes, rng: random.Random) -> bytes:
    """Use another delimiter, everywhere or in some lines."""
    old, new = _delimiter(data), rng.choice((b"\t", b",", b";", b"|", b" ", b"  "))
    if rng.random() < 0.5:
        return data.replace(old, new)
    return b"\n".join(line.replace(old, new) if rng.random() < 0.2 else line for line in data.split(b"\n"))


def transpose(data: bytes, _rng: random.Random) -> bytes:
    """Swap rows and columns."""
    between = _delimiter(data)
    rows = [line.split(between) for line in data.split(b"\n")[:200]]
    width = max(map(len, rows))
    return b"\n".join(between.join(row[i] if i < len(row) else b"" for row in rows) for i in range(min(width, 500)))


def wide(data: bytes, rng: random.Random) -> bytes:
    """Make one row, or all, very wide."""
    between = _delimiter(data)
    rows = data.split(b"\n")
    at = rng.randrange(len(rows))
    rows[at] += between * rng.choice((1, 50, 3_000)) + b"x"
    return b"\n".join(rows)


# --- trees


def deep(data: bytes, rng: random.Random) -> bytes:
    """Nest elements or lists deeply."""
    depth = rng.choice((10, 200, 3_000, 100_000))
    start = rng.randrange(len(data) + 1)
    opened, closed = rng.choice(((b"<a>", b"</a>"), (b"[", b"]"), (b'{"a":', b"}"), (b"- ", b"")))
    return data[:start] + opened * depth + (closed * depth if rng.random() < 0.7 else b"") + data[start:]


def markup(data: bytes, rng: random.Random) -> bytes:
    """Rename, lose or repeat tags and keys; change the kinds of values."""
    pattern = rng.choice(
        (rb"</?[\w:.-]+", rb'"[^"\n]{0,60}"\s*:', rb">[^<>]{1,80}<", rb':\s*(?:"[^"\n]{0,80}"|[0-9.]+)', rb"^\s*-?\s*\w+:")
    )
    found = list(re.finditer(pattern, data, re.MULTILINE))
    if not found:
        return insert(data, rng)
    out = data
    for hit in sorted(rng.sample(found, min(len(found), rng.choice((1, 3, 15)))), key=lambda m: -m.start()):
        new = rng.choice(
            (
                b"",
                hit[0] * 2,
                b"<x",
                b"</x",
                b'"x":',
                b": [1, {}]",
                b": null",
                b": {}",
                b": -1e999",
                b"><![CDATA[x]]><",
                b"><b/>t<",
                b">&bad;<",
                b': ""',
            )
        )
        out = out[: hit.start()] + new + out[hit.end() :]
    return out


def leaves(data: bytes, rng: random.Random) -> bytes:
    """Put nasty texts where values stand, so that the file as such stays whole."""
    as_xml = data.lstrip(b"\xef\xbb\xbf \n\r\t")[:1] == b"<"
    share = rng.choice((0.01, 0.1, 0.5))

    def other(hit: re.Match[bytes]) -> bytes:
        if rng.random() > share:
            return hit[0]
        text = "".join(c for c in rng.choice(NASTY) if c >= " ")
        return f">{escape(text)}<".encode("utf-8", "replace") if as_xml else hit[1] + json.dumps(text).encode()

    pattern = rb">([^<>]*[^<>\s][^<>]*)<" if as_xml else rb'(:\s*|\[\s*|,\s*)(?:"(?:[^"\\\n]|\\.)*"|-?[0-9.]+)(?!\s*:)'
    return re.sub(pattern, other, data)


_EVIL = (
    b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>', b'<!DOCTYPE a [<!ENTITY x "' + b"y" * 1000 + b'"><!ENTITY z "' + b"&x;" * 1000 + b'">]>',
    b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">', b'<?xml version="1.0" encoding="utf-16"?>', b'<?xml version="1.1" encoding="x-unknown"?>', b"<?xml-stylesheet href='x'?>", b"<!--" * 5,
)  # fmt: skip


def evil(data: bytes, rng: random.Random) -> bytes:
    """Put declarations of entities and the like in front."""
    start = data.find(b"?>") + 2 if data.lstrip()[:5] == b"<?xml" and rng.random() < 0.8 else 0
    body = re.sub(rb">([^<>]{1,40})<", rb">&x;&z;<", data[start:], count=2)
    return data[:start] + rng.choice(_EVIL) + body


# --- archives


def packed(data: bytes, rng: random.Random) -> bytes:
    """Pack the file, well or badly."""
    done = gzip.compress(data, mtime=0)
    what = rng.randrange(4)
    if what == 0:
        return done[: rng.randrange(len(done))]
    return (done, done + done, flip(done, rng))[what - 1]


def members(data: bytes, rng: random.Random) -> bytes:
    """Change the members of a zip archive: broken, swapped, gone, twice, called something that leads out of it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(name, archive.read(name)) for name in archive.namelist()]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, RuntimeError):
        return flip(data, rng)
    for _ in range(rng.choice((1, 1, 2, 5))):
        if not parts:
            break
        i, j = rng.randrange(len(parts)), rng.randrange(len(parts))
        name, content = parts[i]
        what = rng.randrange(8)
        if what < 4 and content:
            parts[i] = (name, rng.choice((flip, cut, repeat, markup, deep, evil, leaves, leaves, leaves, leaves))(content, rng))
        elif what == 4 and rng.random() < 0.3:
            parts[i], parts[j] = (name, parts[j][1]), (parts[j][0], content)
        elif what == 4:
            del parts[i]
        elif what == 5:
            parts.append(parts[i])
        elif what == 6:
            parts.append(
                (rng.choice(("../x.xml", "/etc/x", "xl/../../y", "xl\\worksheets\\sheet1.xml", "xl/worksheets/sheet99.xml")), content)
            )
        elif content:
            text = re.sub(rb"<(v|t)([^>]*)>[^<]*<", lambda m: b"<" + m[1] + m[2] + b">" + rng.choice((b"-1", b"1e99", b"99999999", b"#REF!", b"", b"x"))
                          + b"<" if rng.random() < 0.2 else m[0], content)  # fmt: skip
            parts[i] = (name, text)
    out = io.BytesIO()
    import warnings

    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # a name twice
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


_ANY: tuple[Mutation, ...] = (flip, cut, lose, repeat, insert)
_TEXT: tuple[Mutation, ...] = (
    other_encoding, mojibake, line_ends, lines, cells, cells, cells, header, header, one_column, one_column, quotes, delimiters, transpose, wide, packed,
)  # fmt: skip
_TREE: tuple[Mutation, ...] = (other_encoding, mojibake, deep, markup, leaves, leaves, leaves, leaves, evil, lines, quotes, packed)
MUTATIONS: dict[str, tuple[Mutation, ...]] = {
    "zip": (flip, cut, *[members] * 12),
    "tree": _ANY + _TREE,
    "text": _ANY + _TEXT,
    "other": _ANY,
}


def kind_of(data: bytes) -> str:
    """Say which mutations suit a file."""
    if data[:2] == b"PK":
        return "zip"
    if b"\x00" in data[:2000] or data[:2] == b"\x1f\x8b":
        return "other"
    return "tree" if data.lstrip(b"\xef\xbb\xbf \n\r\t")[:1] in (b"<", b"{", b"[") else "text"


def mutate(data: bytes, seed: int | str) -> bytes:
    """Break a file in one to three ways.

    Examples
    --------
    >>> mutate(b"a,b", 1) == mutate(b"a,b", 1), mutate(b"a,b" * 50, 1) == mutate(b"a,b" * 50, 2)
    (True, False)
    """
    rng = random.Random(f"{seed}")
    out = data
    for _ in range(rng.choice((1, 1, 2, 3))):
        if out:
            out = rng.choice(MUTATIONS[kind_of(out)])(out, rng)
    return out
