"""Indexes over the names of a bundle: what looser forms and near names are looked up in. Names in, two tables out.

``forms`` holds a hash of the bag of words and of the compact form of each name. ``candidates`` holds, per ontology, an
inverted index of three-letter groups. Both are made from the ``names`` table when a bundle is finished, for ontologies
that have none yet; the taxonomy, whose names are nearly always written as they are, is left out.
"""

from __future__ import annotations

import zlib
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from .forms import Forms, forms_of, initials_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from .lookups import Local

__all__ = ["INDEX_TABLES", "MOST_NAMES", "bag_hash", "build_indexes", "compact_hash", "grams_of", "initials_hash", "words_hash"]

MOST_NAMES: Final = 1_000_000
"""Ontologies with more names get no index: the taxonomy's would take as much room as all others together."""

_MOST_ABBREVIATED: Final = 150_000  # names; chemicals and gene functions are not abbreviated by their words' first letters

INDEX_TABLES: Final = {
    "forms": ("ontology INTEGER, form INTEGER, scope INTEGER, local", "ontology, form, scope, local"),
    "candidates": ("ontology INTEGER, part TEXT, data BLOB", "ontology, part"),
}
_OBSOLETE: Final = 5
_NAMES: Final = (
    "SELECT n.key, n.scope, n.local FROM names n JOIN terms t ON t.ontology = n.ontology AND t.local = n.local "
    "WHERE n.ontology = ? AND (t.flags & 1 = 0 OR n.scope = 5) ORDER BY n.key, n.scope, n.local"
)


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def bag_hash(forms: Forms) -> int:
    """Return what a bag of words is stored as."""
    return _hash("b:" + forms.bag)


def words_hash(words: Iterable[str]) -> int:
    """Return what a bag of these words, in their normal form, is stored as."""
    return _hash("b:" + " ".join(sorted(set(words))))


def compact_hash(forms: Forms) -> int:
    """Return what a compact form is stored as."""
    return _hash("c:" + forms.compact)


def initials_hash(letters: str) -> int:
    """Return what the first letters of a name's words are stored as."""
    return _hash("i:" + letters)


def grams_of(bag: bytes) -> set[int]:
    """Return the three-letter groups of a bag (each word with a blank on either side) as numbers.

    Examples
    --------
    >>> [g.to_bytes(3, "big") for g in sorted(grams_of(b"eye"))]
    [b' ey', b'eye', b'ye ']
    """
    padded = b" " + bag + b" "
    return {padded[i - 1] << 16 | padded[i] << 8 | padded[i + 1] for i in range(1, len(padded) - 1) if padded[i] != 32}


def build_indexes(db: sqlite3.Connection) -> None:
    """Index the ontologies that have no index yet.

    Parameters
    ----------
    db
        A bundle that is being written; the names are in place.
    """
    wanted = (
        "SELECT number FROM ontologies o WHERE NOT EXISTS (SELECT 1 FROM main.candidates c WHERE c.ontology = o.number) "
        "AND names <= ? ORDER BY number"
    )
    for (number,) in db.execute(wanted, (MOST_NAMES,)).fetchall():
        _index(db, int(number))


def _index(db: sqlite3.Connection, number: int) -> None:
    rows: set[tuple[int, int, Local]] = set()
    bags: list[str] = []
    terms: list[Local] = []
    scopes = bytearray()
    seen: set[tuple[str, Local]] = set()
    names = db.execute(_NAMES, (number,)).fetchall()
    abbreviated = len(names) <= _MOST_ABBREVIATED
    for key, scope, local in names:
        forms = forms_of(key)
        rows.add((bag_hash(forms), scope, local))
        if forms.compact:
            rows.add((compact_hash(forms), scope, local))
        if scope < 2 and abbreviated:
            rows.update((initials_hash(letters), scope, local) for letters in initials_of(key))
        if (forms.bag, local) not in seen:
            seen.add((forms.bag, local))
            bags.append(forms.bag)
            terms.append(local)
            scopes.append(scope)
    ordered = sorted(rows, key=lambda row: (row[0], row[1], isinstance(row[2], str), row[2]))
    db.executemany("INSERT OR IGNORE INTO main.forms VALUES (?,?,?,?)", ((number, *row) for row in ordered))
    parts = {"bags": "\n".join(bags).encode(), "scopes": bytes(scopes), "terms": "\n".join(map(str, terms)).encode(), **_postings(bags)}
    db.executemany(
        "INSERT INTO main.candidates VALUES (?,?,?)", ((number, part, zlib.compress(data, 1)) for part, data in sorted(parts.items()))
    )


def encode_bag(bag: str) -> bytes:
    """Return a bag as one byte per letter; letters beyond Latin-1 are alike, which costs a suggestion its rank, no more."""
    return bag.encode("latin-1", "replace")


def _postings(bags: list[str]) -> dict[str, bytes]:
    """Make the inverted index: the groups, where each one's names begin, and the names as differences."""
    import numpy as np

    grams: list[Any] = []
    for first, chunk in _chunks(bags):
        padded = [b" " + encode_bag(bag) + b" " for bag in chunk]
        lengths = np.fromiter(map(len, padded), dtype=np.int64, count=len(padded))
        letters = np.frombuffer(b"".join(padded), dtype=np.uint8).astype(np.uint64)
        owner = np.repeat(np.arange(first, first + len(padded), dtype=np.uint64), lengths)
        if len(letters) < 3:
            continue
        code = letters[:-2] << np.uint64(16) | letters[1:-1] << np.uint64(8) | letters[2:]
        inside = (owner[:-2] == owner[2:]) & (letters[1:-1] != 32)
        grams.append(_distinct(np, code[inside] << np.uint64(32) | owner[:-2][inside]))
    pairs = np.sort(np.concatenate(grams)) if grams else np.zeros(0, dtype=np.uint64)  # chunks share no name, so none stands twice
    names = (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
    gram = pairs >> np.uint64(32)
    starts = np.flatnonzero(np.concatenate((np.ones(min(1, len(gram)), dtype=bool), gram[1:] != gram[:-1])))
    codes = gram[starts]
    steps = np.diff(names, prepend=0)
    steps[starts] = names[starts]
    return {
        "grams": codes.astype("<u4").tobytes(),
        "starts": np.append(starts, len(names)).astype("<u4").tobytes(),
        "steps": steps.astype("<u4").tobytes(),
    }


def _distinct(np: Any, numbers: Any) -> Any:
    """Return the distinct numbers, sorted: np.unique, but by sorting, which for these is five times as fast as its hash table."""
    numbers = np.sort(numbers)
    return numbers[np.concatenate((np.ones(min(1, len(numbers)), dtype=bool), numbers[1:] != numbers[:-1]))]


def _chunks(bags: list[str]) -> Iterator[tuple[int, list[str]]]:
    # A chunk's letters take some 30 bytes each while they are sorted: 50 MB for 50,000 names.
    size = 50_000
    for first in range(0, len(bags), size):
        yield first, bags[first : first + size]
