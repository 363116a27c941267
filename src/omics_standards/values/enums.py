"""Controlled vocabularies. In: a vocabulary with its other spellings, and a cell's text; out: a word of the vocabulary.

A word in another case is that word, silently. Other punctuation is noted, a spelling that the vocabulary knows is
taken, and everything else is refused with the nearest words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..findings import Issue
from .parsed import Parsed
from .text import clean, edit_distance, normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["EnumIndex"]

_LIMIT = 200


class EnumIndex:
    """A vocabulary, ready to be looked up.

    Parameters
    ----------
    permissible
        Words of the vocabulary, each with its other spellings.

    Attributes
    ----------
    shared
        Normal forms that two words share, with these words: they are refused, never guessed.

    Examples
    --------
    >>> strategies = EnumIndex({"RNA-Seq": ["rna sequencing", "转录组测序"], "WGS": ["whole genome sequencing"]})
    >>> strategies.read("RNA_seq").value, strategies.read("转录组测序").value
    ('RNA-Seq', 'RNA-Seq')
    >>> strategies.read("RNA-Sec").issues[0].fix
    "write 'RNA-Seq' if that is meant"
    """

    __slots__ = ("_by_alias", "_by_case", "_by_form", "_by_text", "_words", "shared")

    def __init__(self, permissible: Mapping[str, Iterable[str]]) -> None:
        self._words = dict.fromkeys(permissible)
        self.shared: dict[str, tuple[str, ...]] = {}
        # Other spellings as they stand: signs such as "-" have no normal form.
        self._by_text = {clean(a): w for w, names in permissible.items() for a in names if not normal(a)}
        self._by_case = self._unique((w.casefold(), w) for w in permissible)
        self._by_form = self._unique((normal(w), w) for w in permissible)
        aliases = ((normal(a), w) for w, names in permissible.items() for a in names)
        own = set(map(normal, permissible))
        # A word of the vocabulary is never another word's other spelling.
        self._by_alias = self._unique((form, word) for form, word in aliases if form and form not in own)

    def _unique(self, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
        found: dict[str, list[str]] = {}
        for form, word in pairs:
            if word not in found.setdefault(form, []):
                found[form].append(word)
        self.shared |= {form: tuple(words) for form, words in found.items() if len(words) > 1}
        return {form: words[0] for form, words in found.items() if len(words) == 1}

    def read(self, text: str) -> Parsed | None:
        """Find the word of the vocabulary that a text is.

        Returns
        -------
        Parsed or None
            With the word as the vocabulary spells it; None for a blank text.

        Findings
        --------
        enum-respelled, enum-unknown
        """
        if text in self._words:
            return Parsed(text)
        cleaned = clean(text)
        if not cleaned:
            return None
        if cleaned in self._words:
            return Parsed(cleaned, ("tidied",))
        if len(cleaned) > _LIMIT:
            return Parsed(None, (), (Issue("enum-unknown", self._expected(), "keep the word alone in this column"),))
        if word := self._by_case.get(cleaned.casefold()):
            return Parsed(word, ("in the vocabulary's case",))
        form = normal(cleaned)
        if word := self._by_form.get(form):
            return Parsed(word, ("in the vocabulary's spelling",), (Issue("enum-respelled", f"{word!r}", f"write {word!r}"),))
        if word := self._by_alias.get(form) or self._by_text.get(cleaned):
            return Parsed(word, ("known spelling of a word of the vocabulary",))
        return Parsed(None, (), (Issue("enum-unknown", self._expected(), self._proposal(form)),))

    def nearest(self, text: str) -> tuple[str, ...]:
        """Return at most three words of the vocabulary whose spelling is near, the nearest first.

        Examples
        --------
        >>> EnumIndex({"GENOMIC": [], "METAGENOMIC": []}).nearest("genomik")
        ('GENOMIC',)
        >>> EnumIndex({"GENOMIC": []}).nearest("banana")
        ()
        """
        form = normal(text[:_LIMIT])
        if form in self.shared:
            return self.shared[form][:3]
        if not form or len(form) > 60:
            return ()
        reach = 1 if len(form) < 6 else 2 if len(form) < 12 else 3
        near: dict[str, int] = {}
        for known, word in (*self._by_form.items(), *self._by_alias.items()):
            if abs(len(known) - len(form)) <= reach:
                edits = edit_distance(form, known, reach)
                if edits <= reach:
                    near[word] = min(edits, near.get(word, edits))
        if not near and len(form) > 3:
            near = {w: len(f) for f, w in self._by_form.items() if form in f or (len(f) > 3 and f in form)}
        return tuple(sorted(near, key=lambda w: (near[w], w)))[:3]

    def _proposal(self, form: str) -> str:
        near = self.nearest(form)
        if near:
            return f"write {' or '.join(map(repr, near))} if that is meant"
        other = next((w for w in self._words if w.casefold() == "other"), None)
        return "write the word of the vocabulary that fits" + (f", or {other!r} where none does" if other else "")

    def _expected(self) -> str:
        words = list(self._words)
        return f"one of {', '.join(words[:8])}{f' and {len(words) - 8} more' if len(words) > 8 else ''}"
