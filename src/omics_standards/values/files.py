"""Files. In: a cell that names a file, or a checksum; out: name, size, format, and which read the file holds."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from ..findings import Issue
from .parsed import Parsed
from .text import clean, plain

__all__ = ["FileCell", "file_format", "read_file_cell", "read_md5", "read_sha256", "read_size"]


class FileCell(NamedTuple):
    """What a cell says about a file.

    Attributes
    ----------
    name
        The file's name without folders.
    size
        Bytes, None where they are not said or not said exactly.
    format
        Word of the model's file formats by the extension, None where the extension is none of them.
    compression
        ``gzip``, ``bzip2``, ``xz``, ``zstd`` or None.
    mate
        ``read1``, ``read2``, ``index1``, ``index2``, or None where the name says none.
    folder
        What stood before the name: a folder or an address, '' in most cases.
    steps, issues
        As in :class:`.parsed.Parsed`.
    """

    name: str
    size: int | None = None
    format: str | None = None
    compression: str | None = None
    mate: str | None = None
    folder: str = ""
    steps: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()


_COMPRESSIONS: Final = {"gz": "gzip", "gzip": "gzip", "bgz": "gzip", "bz2": "bzip2", "xz": "xz", "zst": "zstd"}
# The extension is the word itself, for these words of the model's FileFormat ...
_SAME: Final = (
    "bam cram sam sff srf sra bcf bed wig gff gff3 gtf narrowpeak broadpeak bai crai fast5 pod5 scf agp h5ad "
    "rds loom mtx tsv csv txt tab json xml pdf raw wiff mzml mzxml mgf mztab nmrml fid cel idat gpr png svs czi "
    "zip "
)
# ... and another one for those.
_OTHER: Final = {
    "fastq": "fq fastq",
    "fasta": "fa fas fasta fna ffn faa",
    "vcf": "vcf gvcf",
    "bigbed": "bb bigbed",
    "bigwig": "bw bigwig",
    "tabix": "tbi",
    "ab1": "ab1 abi",
    "hdf5": "h5 hdf5",
    "mcool": "mcool cool",
    "gef": "gef gem",
    "xlsx": "xlsx xls",
    "bruker_d": "d",
    "mzidentml": "mzid mzidentml",
    "tiff": "tif tiff",
    "jpeg": "jpg jpeg",
    "tar": "tar tgz",
}
_FORMATS: Final[dict[str, str]] = {
    **{word: word for word in _SAME.split()},
    **{extension: word for word, extensions in _OTHER.items() for extension in extensions.split()},
}
_DOUBLE: Final = {
    "ome.tif": "ome-tiff",
    "ome.tiff": "ome-tiff",
    "wiff.scan": "wiff",
    "tar.gz": "tar",
    "tar.bz2": "tar",
    "tar.xz": "tar",
}

_SAFE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
# "CRR456568_f1.fastq.gz (93743554 bytes)", as NGDC's run sheets write it; "(1.2 GB)", as people do.
_SIZED: Final = re.compile(r"(?P<name>.*\S)\s*[(\[]\s*(?P<n>[0-9][0-9.,]*)\s*(?P<u>bytes?|[kmgt]i?b?|b)\s*[)\]]", re.IGNORECASE)
_SIZE: Final = re.compile(r"(?P<n>[0-9][0-9.,]*)\s*(?P<u>bytes?|[kmgt]i?b?|b)?", re.IGNORECASE)
_FOLDER: Final = re.compile(r"^(.*[/\\])([^/\\]+)[/\\]?$", re.DOTALL)
# Illumina's bcl2fastq (_R1_001), SRA (_1), NGDC (_f1, _r2), and dotted forms (.F., .R1.).
_MATE: Final = re.compile(
    r"[._-](?:(?P<i>I[12])|[Rr](?:ead|EAD)?(?P<r>[12])|(?P<f>[fF]1)|(?P<b>[12])|(?P<w>F|R|fwd|rev|forward|reverse))(?:[._-][0-9]{3})?(?=\.|_?$)"
)
_READS: Final = frozenset({"fastq", "fasta", "sam", None})


def _stem_and_format(name: str) -> tuple[str, str | None, str | None]:
    """Take a name's extensions off: stem, format, compression."""
    lower = name.lower()
    for double, known in _DOUBLE.items():
        if lower.endswith("." + double):
            return name[: -len(double) - 1], known, _COMPRESSIONS.get(double.rpartition(".")[2])
    stem, _, last = name.rpartition(".")
    compression = _COMPRESSIONS.get(last.lower()) if stem else None
    unpacked = stem if compression else name
    stem, _, last = unpacked.rpartition(".")
    word = _FORMATS.get(last.lower()) if stem else None
    if word is None:
        return unpacked, None, compression
    return stem, word, "gzip" if last.lower() == "tgz" else compression


def file_format(name: str) -> str | None:
    """Return the format that a file name's extension stands for, None where it stands for none known.

    Examples
    --------
    >>> file_format("a_R1.fq.gz"), file_format("spectra.mzML"), file_format("a.tar.gz")
    ('fastq', 'mzml', 'tar')
    >>> file_format("README") is None
    True
    """
    return _stem_and_format(name)[1]


def _mate(stem: str, word: str | None) -> str | None:
    if word not in _READS:
        return None
    marks = list(_MATE.finditer(stem))
    if not marks or marks[-1].end() < len(stem) - 4:
        return None
    found = marks[-1]
    if found["i"]:
        return f"index{found['i'][1]}"
    if found["r"] or found["b"]:
        return f"read{found['r'] or found['b']}"
    if found["f"]:
        return "read1"
    return "read1" if found["w"][0] in "Ff" else "read2"


def _bytes(number: str, unit: str | None) -> tuple[int | None, bool]:
    """Return bytes, and whether they are exact; (None, False) where the number is none."""
    digits = number.replace(",", "")
    letter = (unit or "b")[0].lower()
    if letter == "b":
        return (int(digits), True) if digits.isdigit() and len(digits) <= 18 else (None, False)
    return None, False


def read_file_cell(text: str) -> FileCell | None:
    """Read a cell that names one file.

    Parameters
    ----------
    text
        The cell's text, with the file's size in brackets or a folder before it.

    Returns
    -------
    FileCell or None
        None for a blank text.

    Findings
    --------
    file-name-unsafe, number-unreadable (a size that is not exact)

    Examples
    --------
    >>> cell = read_file_cell("CRR456568_f1.fastq.gz (93743554 bytes)")
    >>> cell.name, cell.size, cell.format, cell.mate
    ('CRR456568_f1.fastq.gz', 93743554, 'fastq', 'read1')
    >>> read_file_cell("my reads.fq").issues[0].fix
    'write my_reads.fq, and rename the file'
    """
    # File names are all different, so that none is remembered: the clean ones take the short way.
    if _SAFE.fullmatch(text):
        stem, word, compression = _stem_and_format(text)
        return FileCell(text, None, word, compression, _mate(stem, word))
    cleaned = clean(text)
    if not cleaned:
        return None
    steps: list[str] = []
    issues: list[Issue] = []
    size: int | None = None
    if found := _SIZED.fullmatch(cleaned[:2000]):
        cleaned = found["name"]
        size, exact = _bytes(found["n"], found["u"])
        steps.append("size read from the cell")
        if not exact:
            issues.append(_inexact(f"{found['n']} {found['u']}"))
    folder = ""
    if found := _FOLDER.match(cleaned):
        folder, cleaned = found[1], found[2]
        steps.append("folder left out")
    if not _SAFE.fullmatch(cleaned):
        safe = re.sub(r"[^A-Za-z0-9._-]+", "_", cleaned).strip("_-.")
        fix = f"write {safe}, and rename the file" if safe else ""
        issues.append(
            Issue(
                "file-name-unsafe",
                "letters, digits, dots, dashes and underscores, beginning with a letter or digit",
                fix,
            )
        )
    stem, word, compression = _stem_and_format(cleaned)
    return FileCell(cleaned, size, word, compression, _mate(stem, word), folder, tuple(steps), tuple(issues))


def _inexact(said: str) -> Issue:
    return Issue("number-unreadable", "the size in bytes", f"{said} is rounded; write the number of bytes", "warning")


def read_size(text: str) -> Parsed | None:
    """Read a file's size in bytes; a rounded size is not taken.

    Findings
    --------
    number-unreadable

    Examples
    --------
    >>> read_size("93,743,554 bytes").value
    93743554
    >>> read_size("1.2 GB").issues[0].fix
    '1.2 GB is rounded; write the number of bytes'
    """
    cleaned = plain(text)
    if not cleaned:
        return None
    found = _SIZE.fullmatch(cleaned[:100])
    if found is None:
        return Parsed(None, (), (Issue("number-unreadable", "the size in bytes"),))
    size, exact = _bytes(found["n"].removesuffix(".0"), found["u"])
    if not exact:
        return Parsed(None, (), (_inexact(cleaned[:60]),))
    return Parsed(size, () if str(size) == text else ("bytes as a number",))


def _digest(text: str, digits: int, name: str) -> Parsed | None:
    if len(text) == digits and _HEX.fullmatch(text):
        return Parsed(text)
    cleaned = clean(text)
    if not cleaned:
        return None
    bare = re.sub(rf"^(?:{name.replace('-', '-?')})\s*[:=]\s*", "", cleaned[:200], flags=re.IGNORECASE).strip("\"'")
    lower = bare.lower()
    if len(lower) == digits and _HEX.fullmatch(lower):
        return Parsed(lower, ("in lower case",) if lower != bare else ("tidied",))
    fix = f"copy the checksum again: these are {len(bare)} digits" if re.fullmatch(r"[0-9A-Fa-f]+", bare) else ""
    return Parsed(None, (), (Issue("checksum-malformed", f"{digits} hexadecimal digits ({name})", fix),))


_HEX: Final = re.compile(r"[0-9a-f]+")


def read_md5(text: str) -> Parsed | None:
    """Read an MD5 checksum.

    Findings
    --------
    checksum-malformed

    Examples
    --------
    >>> read_md5("D41D8CD98F00B204E9800998ECF8427E").value
    'd41d8cd98f00b204e9800998ecf8427e'
    >>> read_md5("d41d8cd9").issues[0].fix
    'copy the checksum again: these are 8 digits'
    """
    return _digest(text, 32, "MD5")


def read_sha256(text: str) -> Parsed | None:
    """Read a SHA-256 checksum.

    Findings
    --------
    checksum-malformed

    Examples
    --------
    >>> read_sha256("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855").issues
    ()
    >>> read_sha256("e3b0").issues[0].code
    'checksum-malformed'
    """
    return _digest(text, 64, "SHA-256")
