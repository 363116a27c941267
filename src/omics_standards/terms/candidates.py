"""Names near a text: an ontology's index of three-letter groups in, scored names out; nothing here is accepted.

A group weighs by its rarity, a name by the cosine between its groups and the text's. The index is read on first use.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from .index import encode_bag, grams_of
from .schema import encode_local

if TYPE_CHECKING:
    import sqlite3

    from .lookups import Local

__all__ = ["Candidate", "CandidateIndex"]

_MOST_POSTINGS: Final = 50_000  # read per text, rarest groups first: bounds the time, and the rest tells least
_LEAST_COSINE: Final = 0.15


class Candidate(NamedTuple):
    """A name near a text: how near (0 to 1), its scope, its term, its bag of words."""

    score: float
    scope: int
    local: Local
    bag: str


class CandidateIndex:
    """The index of one ontology.

    Parameters
    ----------
    parts
        The rows of the bundle's ``candidates`` table: part → data.
    """

    def __init__(self, parts: dict[str, bytes]) -> None:
        import numpy as np

        unpacked = {part: zlib.decompress(data) for part, data in parts.items()}
        self._bags = _Lines(np, unpacked["bags"])
        self._terms = _Lines(np, unpacked["terms"])
        self._scopes = unpacked["scopes"]
        codes = np.frombuffer(unpacked["grams"], dtype="<u4")
        starts = np.frombuffer(unpacked["starts"], dtype="<u4").astype(np.int64)
        self._names = _sums(np, np.frombuffer(unpacked["steps"], dtype="<u4"), starts)
        self._place = {code: i for i, code in enumerate(codes.tolist())}
        counts = np.diff(starts)
        self._unseen = float(np.log(len(self._bags) + 1) + _FLOOR) ** 2
        weights = (np.log((len(self._bags) + 1) / np.maximum(counts, 1)) + _FLOOR) ** 2
        squares = np.bincount(self._names, weights=np.repeat(weights, counts), minlength=len(self._bags))
        self._shares = (1 / np.sqrt(np.maximum(squares, 1e-9))).astype(np.float32)
        # Lists for what is read one by one: to take a number out of an array costs ten times as much.
        self._firsts: list[int] = starts.tolist()
        self._weigh: list[float] = weights.tolist()
        self._sums = np.zeros(len(self._bags), dtype=np.float32)
        self._vocabulary: frozenset[str] | None = None

    @classmethod
    def load(cls, db: sqlite3.Connection, number: int) -> CandidateIndex | None:
        """Read the index of an ontology; None where it has none."""
        parts = dict(db.execute("SELECT part, data FROM candidates WHERE ontology=?", (number,)))
        return cls(parts) if parts else None

    @property
    def vocabulary(self) -> frozenset[str]:
        """All words of the ontology's names."""
        if self._vocabulary is None:
            self._vocabulary = frozenset(self._bags.text().split())
        return self._vocabulary

    def near(self, bag: str, count: int) -> list[Candidate]:
        """Return up to ``count`` names, nearest first; of equals by scope and term."""
        import numpy as np

        places, total = [], 0.0
        for gram in grams_of(encode_bag(bag)):
            place = self._place.get(gram)
            if place is None:
                total += self._unseen
            else:
                places.append(place)
        if not places:
            return []
        firsts, weigh, names, sums = self._firsts, self._weigh, self._names, self._sums
        places.sort(key=lambda p: (firsts[p + 1] - firsts[p], p))
        total += sum([weigh[p] for p in places])
        sums.fill(0)
        read = 0
        for place in places:
            first, end = firsts[place], firsts[place + 1]
            read += end - first
            if read > _MOST_POSTINGS and read > end - first:
                break
            sums[names[first:end]] += weigh[place]
        length = total**0.5
        cosines = sums * self._shares
        found = np.flatnonzero(cosines > _LEAST_COSINE * length)
        if len(found) > count:
            kept = np.partition(cosines[found], len(found) - count)[len(found) - count]
            found = found[cosines[found] >= kept]
        best = [
            Candidate(min(1.0, float(cosines[i]) / length), self._scopes[i], encode_local(self._terms[i]), self._bags[i])
            for i in found.tolist()
        ]
        best.sort(key=lambda c: (-round(c.score, 4), c.scope, str(c.local), c.bag))
        return best[:count]


_FLOOR: Final = 0.3  # what a group weighs that all names have


def _sums(np: Any, steps: Any, starts: Any) -> Any:
    """Undo the differences: a running sum that begins anew at each start."""
    if not len(steps):
        return steps
    whole = np.cumsum(steps, dtype=np.int64)
    before = np.concatenate(([0], whole))[starts[:-1]]
    whole -= np.repeat(before, np.diff(starts))
    return whole.astype(np.int32)


class _Lines:
    """Lines of a text, each made when it is asked for: a list of 200,000 strings would take three times their letters."""

    def __init__(self, np: Any, data: bytes) -> None:
        self._data = data
        self._ends = np.append(np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == ord("\n")), len(data)).astype(np.uint32)

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, place: int) -> str:
        first = int(self._ends[place - 1]) + 1 if place else 0
        return self._data[first : int(self._ends[place])].decode()

    def text(self) -> str:
        """Return all lines."""
        return self._data.decode()
