"""What may be left out of a text, and what is a slip of the keyboard: texts in, texts or a yes out; no look-ups.

Only what cannot change the meaning in the ontology at hand is left out: "lung tissue" names the lung, "HeLa cells" the
cell line, "human ureter" the ureter. A word that narrows (fetal, left, cycling) stays, and the text stays unmapped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

__all__ = ["is_bare_abbreviation", "is_same_but_for_title", "is_slip", "split_off", "variants_of"]

_ANATOMY: Final = frozenset({"UBERON", "FBbt", "WBbt", "ZFA", "PO", "BTO", "FMA", "MA", "EMAPA", "XAO"})
_CELL_LINES: Final = frozenset({"CVCL", "EFO", "CLO", "BTO"})
_CELLS: Final = frozenset({"CL", "BTO"})
_DISEASES: Final = frozenset({"MONDO", "DOID", "EFO", "HP", "NCIT", "ORDO", "MESH"})

_SAMPLE_WORDS = r"(?:tissues?|biops(?:y|ies)|samples?|specimens?|whole)"
# At either end only: between others, such a word may part two statements ("kidney biopsy, cortex").
_SAMPLE = re.compile(rf"\A(?:{_SAMPLE_WORDS}\b[\s:,-]*)+|(?:[\s,-]*\b{_SAMPLE_WORDS})+\s*\Z", re.IGNORECASE)
_LINE = re.compile(r"\b(?:cell[ -]?lines?|cells?)\s*\Z", re.IGNORECASE)
_KIND = re.compile(r"\b(?:cell[ -]?lines?)\s*\Z|\Acell[ -]?line[: ]", re.IGNORECASE)
_SPECIES = re.compile(
    r"\A(?:normal\s+)?(?:human|homo sapiens|h\.? sapiens|mouse|murine|mus musculus|m\.? musculus|rat|rattus norvegicus|porcine|bovine)\s+",
    re.IGNORECASE,
)
_PATIENT = re.compile(
    r"\s*\b(?:patients?|cases?|subjects?)\s*\Z|\A(?:patients?|subjects?) with\s+|\A(?:doctor |physician )?diagnosed (?:with )?",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\A(.{3,}?)\s*[(\[]([^()\[\]]{2,})[)\]]\s*\Z", re.DOTALL)
_LYMPHOID = re.compile(r"(?:\w\s|-)(?:B|T|NK|NKT)\s*\Z")  # "naive B", "CD4 T"; not "T" alone
_ABBREVIATING: Final = frozenset({"CL", "MONDO", "DOID", "HP"})
_LONGEST_BARE: Final = 3
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")


def variants_of(text: str, prefix: str) -> Iterator[str]:
    """Yield what else the text may be written as in an ontology, safest first.

    Parameters
    ----------
    text
        A cell's text.
    prefix
        The ontology that it is looked up in.

    Examples
    --------
    >>> list(variants_of("lung tissue", "UBERON")), list(variants_of("fetal lung", "UBERON"))
    (['lung'], [])
    >>> list(variants_of("Alzheimer disease (AD)", "MONDO")), list(variants_of("grip strength (left)", "MONDO"))
    (['Alzheimer disease'], [])
    """
    if _CAMEL.search(text):
        yield _CAMEL.sub(" ", text)
    bare = _SPECIES.sub("", text)
    if bare != text:
        yield bare
    cleaned = [bare]
    if prefix in _ANATOMY:
        cleaned.append(_SAMPLE.sub(" ", bare))
    if prefix in _CELL_LINES:
        cleaned.append(_LINE.sub("", bare))
        cleaned.append(_KIND.sub("", bare))
    if prefix in _DISEASES:
        cleaned.append(_PATIENT.sub("", bare))
    for shorter in cleaned[1:]:
        tidy = " ".join(shorter.split()).strip(" ,;:-")
        if tidy and tidy != bare and len(tidy) > 1:
            yield tidy
    match = _BRACKETS.match(bare)
    if match and is_acronym(match[2], match[1]):
        yield match[1]
    if prefix in _CELL_LINES and any(c.isdigit() for c in bare) and " " not in bare:
        yield bare + " cell"  # EFO has both "T-47D cell" and "A549"
    if prefix == "CL" and _LYMPHOID.search(bare):
        yield bare + " cell"


def split_off(words: Sequence[str], prefix: str) -> Iterator[tuple[str, str]]:
    """Yield (part, whole) for texts of anatomy that name a part after or before the whole it belongs to ("brain hypothalamus").

    Whether the one is part of the other is for the caller to ask.

    Examples
    --------
    >>> list(split_off(["brain", "nucleus", "accumbens"], "UBERON"))[0]
    ('nucleus accumbens', 'brain')
    >>> list(split_off(["brain", "tumor"], "MONDO"))
    []
    """
    if prefix in _ANATOMY and 2 <= len(words) <= 6:
        for i in range(1, len(words)):
            yield " ".join(words[i:]), " ".join(words[:i])
        for i in range(1, len(words)):
            yield " ".join(words[:i]), " ".join(words[i:])


def is_bare_abbreviation(text: str, prefix: str) -> bool:
    """Say whether a text is so short an abbreviation that a synonym says little: atlases and clinics use the same letters otherwise.

    ``DC2`` is a plasmacytoid dendritic cell to the Cell Ontology and a conventional one to most single-cell studies; ``AD`` is
    atopic dermatitis as well as Alzheimer disease. A person decides once, and the decision is remembered.

    Examples
    --------
    >>> is_bare_abbreviation("DC2", "CL"), is_bare_abbreviation("Ovum", "CL"), is_bare_abbreviation("mg", "UO")
    (True, False, False)
    """
    return prefix in _ABBREVIATING and len(text) <= _LONGEST_BARE and sum(c.isupper() or c.isdigit() for c in text) >= 2


def is_acronym(short: str, long: str) -> bool:
    """Say whether a text is made of the first letters of another's words, in their order.

    Examples
    --------
    >>> is_acronym("AD", "Alzheimer's disease"), is_acronym("COPD", "chronic obstructive pulmonary disease")
    (True, True)
    >>> is_acronym("left", "hand grip strength")
    False
    """
    letters = short.strip().casefold().replace(".", "").replace("-", "")
    initials = [w[0] for w in re.findall(r"[^\W_]+", long.casefold().replace("'s", ""))]
    if not 2 <= len(letters) <= 8 or not letters.isalnum():
        return False
    rest = iter(initials)
    return initials[:1] == [letters[0]] and len(letters) >= len(initials) - 2 and all(c in rest for c in letters)


_TITLES: Final = frozenset({"syndrome", "disease"})
_INHERITED: Final = frozenset({"hereditary", "familial", "inherited", "autosomal", "dominant", "recessive"})


def is_same_but_for_title(words: Sequence[str], name: Sequence[str], prefix: str) -> bool:
    """Say whether a disease's name differs from the text only by a word that gives no other disease.

    A title ("syndrome", "disease") may stand in the name alone, after two words that tell; a word for inheritance may stand in
    either where both bear one number, since the numbers of such series are given once.

    Parameters
    ----------
    words, name
        Words in their normal form.
    prefix
        The ontology of the name.

    Examples
    --------
    >>> is_same_but_for_title(["crouzon", "acanthosis"], ["crouzon", "acanthosis", "syndrome"], "MONDO")
    True
    >>> is_same_but_for_title(["lung"], ["lung", "disease"], "MONDO")
    False
    >>> is_same_but_for_title(["spastic", "paraplegia", "8"], ["hereditary", "spastic", "paraplegia", "8"], "MONDO")
    True
    """
    if prefix not in _DISEASES:
        return False
    ours, theirs = set(words), set(name)
    more, less = theirs - ours, ours - theirs
    shared = ours & theirs
    if not (more or less) or len(shared) < 2:
        return False
    if not less and more <= _TITLES:
        return True
    if more and less and more <= _TITLES and less <= _TITLES:
        return True  # one title for another, after two words that tell
    other = more | less
    numbered = any(c.isdigit() for w in shared for c in w)
    return numbered and other <= _INHERITED | _TITLES and not less & _TITLES and not {"dominant", "recessive"} <= other


_LEAST_SLIP: Final = 6  # letters of a word; in a shorter one a slip makes another word too easily
_TWO_SLIPS: Final = 10
_ANTONYMS: Final = (
    *("hyper", "hypo", "endo", "ecto", "exo", "inter", "intra", "pre", "pro", "post", "sub", "super", "supra", "infra", "macro", "micro"),
    *("mono", "bi", "di", "tri", "tetra", "poly", "oligo", "anti", "non", "un", "in", "a", "iso", "dys", "eu"),
)
"""Beginnings of words that turn their meaning: "hypothyroid" is no slip of "hyperthyroid"."""


def is_slip(words: Sequence[str], name: Sequence[str], vocabulary: Collection[str]) -> bool:
    """Say whether a text differs from a name by a slip in one word that no name of the ontology has.

    Parameters
    ----------
    words, name
        Words in their normal form.
    vocabulary
        All words of the ontology's names: a word that is among them was meant.

    Examples
    --------
    >>> is_slip(["diabetis", "mellitus"], ["diabetes", "mellitus"], {"diabetes", "mellitus"})
    True
    >>> is_slip(["hypothyroid"], ["hyperthyroid"], {"hyperthyroid"}), is_slip(["lateral"], ["literal"], {"lateral", "literal"})
    (False, False)
    """
    ours, theirs = sorted(set(words)), sorted(set(name))
    odd = [w for w in ours if w not in theirs]
    other = [w for w in theirs if w not in ours]
    if len(odd) != 1 or len(other) != 1 or odd[0] in vocabulary:
        return False
    a, b = odd[0], other[0]
    if not a.isalpha() or not b.isalpha() or min(len(a), len(b)) < _LEAST_SLIP:
        return False
    if _lead(a) != _lead(b):
        return False
    return _distance(a, b) <= (2 if min(len(a), len(b)) >= _TWO_SLIPS else 1)


def _lead(word: str) -> str:
    return max((lead for lead in _ANTONYMS if word.startswith(lead)), key=len, default="")


def _distance(a: str, b: str) -> int:
    """Return how many letters must be changed, put in, left out, or swapped with their neighbour (restricted Damerau-Levenshtein)."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        above, row = row, [i]
        for j, y in enumerate(b, start=1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (x != y))
            if before and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = above
    return row[-1]
