"""The NCBI taxonomy from two carriers: Metazoa with parents and synonyms, and the scientific names of all kingdoms.

Two streams in, :class:`SourceTerm` out. The second source has names only: bacteria, plants, fungi, viruses and
metagenomes resolve, but have no parents, ranks or common names here.
"""

from __future__ import annotations

import gzip
from itertools import pairwise
from typing import IO, TYPE_CHECKING, Final

from . import SourceTerm
from .cellxgene import open_zst, read_entries, source_term

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PREFIX", "read_names", "read_taxonomy"]

PREFIX: Final = "NCBITaxon"
_MAX_TAXID: Final = 1 << 28  # a guard for the table of ids seen; NCBI's ids are below 4 million in 2026


class _Seen:
    """A growing set of small numbers, one bit each: 3.5 million ids cost 0.5 MB instead of 300."""

    def __init__(self) -> None:
        self._bits = bytearray()

    def add(self, number: int) -> None:
        byte, bit = divmod(number, 8)
        if byte >= len(self._bits):
            self._bits.extend(bytes(byte + 65536 - len(self._bits)))
        self._bits[byte] |= 1 << bit

    def __contains__(self, number: int) -> bool:
        byte, bit = divmod(number, 8)
        return byte < len(self._bits) and bool(self._bits[byte] >> bit & 1)


def read_names(stream: IO[bytes]) -> Iterator[tuple[int, str]]:
    r"""Yield taxid and scientific name from gzipped ``taxid<TAB>name`` lines; other lines are passed over.

    Examples
    --------
    >>> import io
    >>> list(read_names(io.BytesIO(gzip.compress(b"562\tEscherichia coli\nno tab\n"))))
    [(562, 'Escherichia coli')]
    """
    with gzip.open(stream, "rt", encoding="utf-8", errors="replace", newline="\n") as lines:
        for line in lines:
            taxid, _, name = line.partition("\t")
            name = name.rstrip("\r\n")
            if name and taxid.isascii() and taxid.isdigit() and len(taxid) <= 9:
                yield int(taxid), name


def read_taxonomy(metazoa: IO[bytes] | None, names: IO[bytes]) -> Iterator[SourceTerm]:
    """Read both sources; a taxon of the first is not repeated from the second.

    Parameters
    ----------
    metazoa
        The ``.json.zst`` file, one JSON object; None where it is not to be had.
    names
        The gzipped table of all names.

    Notes
    -----
    Each taxon has one parent, its ancestor at distance 1. The taxa above Metazoa are ancestors without an
    entry of their own: their parents are those in the chain of the first taxon, their labels come from the second
    source.
    """
    seen = _Seen()
    chain: list[str] = []
    above: set[str] = set()
    for identifier, entry in read_entries(open_zst(metazoa)) if metazoa is not None else ():
        ancestors = entry.get("ancestors") or {}
        if not chain and ancestors:
            chain = sorted(ancestors, key=lambda a: int(ancestors[a]))
            above = set(chain)
        above.discard(identifier)
        local = identifier.partition(":")[2]
        if local.isascii() and local.isdigit() and int(local) < _MAX_TAXID:
            seen.add(int(local))
        yield _with_homonym(source_term(identifier, entry, [a for a, d in ancestors.items() if d == 1]))
    parents = {child: parent for child, parent in pairwise(chain) if child in above}
    for taxid, name in read_names(names):
        if taxid not in seen:
            identifier = f"{PREFIX}:{taxid}"
            parent = parents.get(identifier)
            yield _with_homonym(SourceTerm(identifier, name, parents=(("merged", parent),) if parent else ()))


def _with_homonym(term: SourceTerm) -> SourceTerm:
    """Add the plain name of ``Bacillus <bacteria>``, so that ``Bacillus`` is seen to be the name of several taxa.

    The first source gives the plain name as a synonym for Metazoa only: without this, the bacteria would be walking
    sticks.
    """
    if not term.label.endswith(">"):
        return term
    plain, mark, _ = term.label.rpartition(" <")
    name = ("exact", plain)
    return term._replace(names=(*term.names, name)) if mark and plain and name not in term.names else term
