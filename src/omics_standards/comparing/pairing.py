"""Records that are gone on one side and new on the other: which of them are the same under another id.

Only what is unambiguous is paired: an accession or a checksum that one record of each side has, or contents that one record of
each side has, names apart. Everything else stays removed and added.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from ..emit.jsontext import encode_sorted
from ..emit.normal import mapped

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from ..emit.normal import NormalForm
    from .comparison import Comparison, Key

__all__ = ["pair"]

# Slots whose values name one thing; and names, which change with the id that is made of them.
_TELLING: Final = ("accessions", "sha256", "md5")
_NAMES: Final = ("name", "alternative_names", "file_name", "library_name")
# Contents of fewer slots than this are no evidence: many samples say nothing but their organism.
_LEAST: Final = 2
# References among renamed records (samples of assays of runs) are followed once more after the first round.
_ROUNDS: Final = 2


def pair(comparison: Comparison, removed: Iterable[Key], added: Iterable[Key]) -> dict[Key, Key]:
    """Pair records that were renamed.

    Parameters
    ----------
    comparison
        Reads the records.
    removed, added
        Records of one side only, in the order of their side: the model's, so that samples stand before what refers to them.

    Returns
    -------
    dict
        Key before → key after.
    """
    gone, new = list(removed), list(added)
    pairs: dict[Key, Key] = {}
    if not gone or not new:
        return pairs
    classes = [c for c in dict.fromkeys(k.cls for k in gone) if any(k.cls == c for k in new)]
    for _ in range(_ROUNDS):
        before = len(pairs)
        ids = {o.id: n.id for o, n in pairs.items()}
        for cls in classes:
            left = [k for k in gone if k.cls == cls and k not in pairs]
            taken = set(pairs.values())
            found = _of_class(comparison, left, [k for k in new if k.cls == cls and k not in taken], ids)
            pairs.update(found)
            ids.update((o.id, n.id) for o, n in found.items())
        if len(pairs) == before:
            break
    return pairs


def _of_class(comparison: Comparison, gone: list[Key], new: list[Key], ids: Mapping[str, str]) -> dict[Key, Key]:
    """Pairs of one class: by what names a thing, then by contents."""
    if not gone or not new:
        return {}
    told = {k: _signs(mapped(comparison.old_form(k), k.cls, ids)) for k in gone}
    tells = {k: _signs(comparison.new_form(k)) for k in new}
    pairs: dict[Key, Key] = {}
    for part in (0, 1):
        taken = set(pairs.values())
        old_signs = _only({k: s[part] for k, s in told.items() if k not in pairs})
        new_signs = _only({k: s[part] for k, s in tells.items() if k not in taken})
        wanted: dict[Key, set[Key]] = {}
        asked: dict[Key, set[Key]] = {}
        for sign in old_signs.keys() & new_signs.keys():
            wanted.setdefault(old_signs[sign], set()).add(new_signs[sign])
            asked.setdefault(new_signs[sign], set()).add(old_signs[sign])
        # Two accessions that point at two records are ambiguous.
        pairs.update((o, n) for o, ns in wanted.items() if len(ns) == 1 for n in ns if len(asked[n]) == 1)
    return dict(sorted(pairs.items()))


def _signs(form: NormalForm) -> tuple[list[Hashable], list[Hashable]]:
    """What tells a record from others: values that name it, and a hash of its contents."""
    telling: list[Hashable] = [(slot, value) for slot in _TELLING for value in form.get(slot, ())]
    contents = {s: v for s, v in form.items() if s not in _NAMES}
    if len(contents) < _LEAST:
        return telling, []
    return telling, [blake2b(encode_sorted(contents).encode("utf-8", "replace"), digest_size=16).digest()]


def _only(signs: Mapping[Key, list[Hashable]]) -> dict[Hashable, Key]:
    """Signs that one record alone has."""
    found: dict[Hashable, Key | None] = {}
    for key, own in signs.items():
        for sign in own:
            found[sign] = None if sign in found else key
    return {sign: key for sign, key in found.items() if key is not None}
