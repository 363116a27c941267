"""What may be left out of a text, and what is a slip of the keyboard: texts in, texts or a yes out; no look-ups.

Only what cannot change the meaning in the ontology at hand is left out: "lung tissue" names the lung, "HeLa cells" the
cell line, "human ureter" the ureter. A word that narrows (fetal, left, cycling) stays, and the text stays unmapped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

__all__ = [
    "LONGEST_BARE",
    "SHARED_CODES",
    "after_rank",
    "is_bare_abbreviation",
    "is_class_of_compounds",
    "is_same_but_for_title",
    "is_slip",
    "split_off",
    "variants_of",
]

_ANATOMY: Final = frozenset({"UBERON", "FBbt", "WBbt", "ZFA", "PO", "BTO", "FMA", "MA", "EMAPA", "XAO"})
_CELL_LINES: Final = frozenset({"CVCL", "EFO", "CLO", "BTO"})
_CELLS: Final = frozenset({"CL", "BTO"})
_LINES_ONLY: Final = frozenset({"CVCL", "CLO"})  # the others have organs as well: "liver cells" are no liver
_OF_A_SPECIES: Final = _ANATOMY | _CELL_LINES | _CELLS | {"ENVO"}
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
_APART = re.compile(r"\s[-–]\s|[()\[\],;]")  # not "/", which may mean "or"
_MOST_PARTS: Final = 4
_MOST_WORDS: Final = 6
_LYMPHOID = re.compile(r"(?:\w\s|-)(?:B|T|NK|NKT)\s*\Z")  # "naive B", "CD4 T"; not "T" alone
# "ATCC HTB-22", "(CCL-2)", "passage 12": where a line is kept, and how often it was passed on, make no other line. A clone does.
_CATALOGUED = re.compile(
    r"[\s,;]*[(\[]\s*(?:(?:ATCC|ECACC|DSMZ|JCRB|RIKEN|KCLB|NCBI_Iran)\b[^()\[\]]*|(?:CCL|CRL|HTB|TIB|HB|ACC)[ -]?[0-9][0-9.]*)[)\]]\s*\Z"
    r"|[\s,;]+(?:ATCC|ECACC|DSMZ|JCRB|RIKEN)[\s:#-]*(?:(?:CCL|CRL|HTB|TIB|HB|ACC)[ -]?)?[0-9][0-9.]*\s*\Z"
    r"|[\s,;]*[(\[]?\bpassage(?:\s+(?:no\.?|number))?[\s:#]*[0-9]+[)\]]?\s*\Z",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?=.*[^\W\d_].*)(?=.*[0-9])\S+\Z")  # letters and digits: "T-47D"; a number alone is an age or a count
_CELL_NAME = re.compile(r"(?:cyte|blast|clast|phage|phil)\Z", re.IGNORECASE)  # "cytotrophoblast cell"
# What a cell is said to be like, where the slot is one of cells: "endothelial", "neural progenitor".
_CELL_ADJECTIVE = re.compile(
    r"(?:[a-z]*thelial|\bstromal|\bmesenchymal|\b(?:ecto|meso|endo|epi)dermal|\bependymal|\b(?:lymph|myel|erythr)oid|\bh(?:ae|e)matopoietic"
    r"|[a-z]*glial|\b(?:entero|neuro)?endocrine|\bexocrine|\bprogenitor|\bprecursor)\Z",
    re.IGNORECASE,
)
_INSTRUMENTS: Final = frozenset({"MS", "OBI", "EFO"})
_MAKER = re.compile(
    r"(?:Thermo(?:\s*Fisher)?(?:\s+Scientific)?|Bruker(?:\s+Daltonics?)?|AB\s*SCIEX|SCIEX|Applied Biosystems|Agilent(?:\s+Technologies)?"
    r"|Waters|Shimadzu|LECO|Illumina|PacBio|Oxford Nanopore(?:\s+Technologies)?)\s+(?=\S)",
    re.IGNORECASE,
)
_SERIES: Final = (
    ("Illumina", re.compile(r"\A(?:NextSeq|HiSeq|MiSeq|MiniSeq|NovaSeq|iSeq) ?[0-9X]", re.IGNORECASE)),
    ("Oxford Nanopore", re.compile(r"\A(?:MinION|GridION|PromethION)\b", re.IGNORECASE)),
    ("PacBio", re.compile(r"\A(?:Sequel|Revio|Onso|RS II)\b", re.IGNORECASE)),
)
"""Makers of sequencers by the names of their series, which nobody else uses."""
_RANKED = re.compile(r"[dkpcofgs]__([^\W\d_][^|;]*[^\W_])\Z")  # Greengenes' and SILVA's "s__Bos_taurus"
_ABBREVIATING: Final = frozenset({"CL", "MONDO", "DOID", "HP"})
LONGEST_BARE: Final = 3
"""Characters; a longer abbreviation is seldom another's."""
_LETTERS_ARE_NAMES: Final = frozenset({"UO", "CHEBI", "UNIMOD", "MOD"})  # "g", "K"
_SHORTEST: Final = {"UBERON": 2, "CVCL": 2}
"""Texts of so few characters are taken by several: brain regions and a fish's bones (SN); embryonic stem cells and a lymphoma (H9)."""
SHARED_CODES: Final = frozenset({"CVCL"})
"""Ontologies whose very labels are codes that others use as well."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")


def variants_of(text: str, prefix: str, *, first: bool = True) -> Iterator[str]:
    """Yield what else the text may be written as in an ontology, safest first.

    Parameters
    ----------
    text
        A cell's text.
    prefix
        The ontology that it is looked up in.
    first
        Whether it is the one to prefer: what is epithelial is a cell where cells are asked for, and may be a tissue elsewhere.

    Examples
    --------
    >>> list(variants_of("lung tissue", "UBERON")), list(variants_of("fetal lung", "UBERON"))
    (['lung'], [])
    >>> list(variants_of("S2 cells", "BTO"))[0], list(variants_of("liver cells", "BTO"))
    ('S2', [])
    >>> list(variants_of("Alzheimer disease (AD)", "MONDO")), list(variants_of("grip strength (left)", "MONDO"))
    (['Alzheimer disease'], [])
    >>> list(variants_of("A549 (ATCC CCL-185)", "CVCL")), list(variants_of("A549 clone 4", "CVCL"))
    (['A549'], [])
    >>> list(variants_of("endothelial", "CL")), list(variants_of("endothelial", "CL", first=False))
    (['endothelial cell'], [])
    """
    if _CAMEL.search(text):
        yield _CAMEL.sub(" ", text)
    # Elsewhere the species belongs to the name: human insulin, bovine tuberculosis, the mouse opossum.
    bare = _SPECIES.sub("", text) if prefix in _OF_A_SPECIES else text
    if bare != text:
        yield bare
    cleaned = [bare]
    if prefix in _ANATOMY:
        cleaned.append(_SAMPLE.sub(" ", bare))
    if prefix in _CELL_LINES:
        lines = (_LINE.sub("", bare).strip(), _KIND.sub("", bare).strip())
        cleaned += [line for line in lines if prefix in _LINES_ONLY or _CODE.match(line) or _CELL_NAME.search(line)]
    if prefix in _DISEASES:
        cleaned.append(_PATIENT.sub("", bare))
    for shorter in cleaned[1:]:
        tidy = " ".join(shorter.split()).strip(" ,;:-")
        if tidy and tidy != bare and len(tidy) > 1:
            yield tidy
    match = _BRACKETS.match(bare)
    if match and is_acronym(match[2], match[1]):
        yield match[1]
    if prefix in _CELL_LINES:
        line = _CATALOGUED.sub("", bare).strip(" ,;")
        if line != bare and len(line) > 1:
            yield line
    if prefix in _CELL_LINES and _CODE.match(bare):
        yield bare + " cell"  # EFO has both "T-47D cell" and "A549"
    if prefix == "CL" and (_LYMPHOID.search(bare) or (first and _CELL_ADJECTIVE.search(bare))):
        yield bare + " cell"
    if prefix in _INSTRUMENTS:
        yield from _made_by(bare)


def after_rank(text: str) -> tuple[str, str] | None:
    """Return the taxonomy's prefix and the name that stands after a letter for its rank; None where there is none.

    References
    ----------
    Greengenes and SILVA taxonomies as QIIME 2 writes them: https://docs.qiime2.org/2024.10/tutorials/feature-classifier/

    Examples
    --------
    >>> after_rank("s__Bos_taurus"), after_rank("s__"), after_rank("k__Bacteria; p__Firmicutes"), after_rank("is__Bos")
    (('NCBITaxon', 'Bos taurus'), None, None, None)
    """
    match = _RANKED.match(text.strip())
    return ("NCBITaxon", match[1].replace("_", " ")) if match else None


def _made_by(text: str) -> Iterator[str]:
    """Yield an instrument's name with the maker of its series put before it, or without the maker that stands before it."""
    if match := _MAKER.match(text):
        yield text[match.end() :]
    else:
        yield from (f"{maker} {text}" for maker, series in _SERIES for _ in series.findall(text)[:1])


def split_off(text: str, prefix: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield (part, wholes) for texts of anatomy that name a part beside the wholes it belongs to ("brain - putamen (basal ganglia)").

    Whether the one is part of the others is for the caller to ask.

    Parameters
    ----------
    text
        A cell's text.
    prefix
        The ontology that it is looked up in.

    Examples
    --------
    >>> list(split_off("brain - putamen (basal ganglia)", "UBERON"))[1]
    ('putamen', ('brain', 'basal ganglia'))
    >>> list(split_off("brain nucleus accumbens", "UBERON"))[0], list(split_off("brain tumor", "MONDO"))
    (('nucleus accumbens', ('brain',)), [])
    """
    if prefix not in _ANATOMY:
        return
    stripped = (" ".join(_SAMPLE.sub(" ", part).split()) for part in _APART.split(text))
    said = [part for part in stripped if part]
    if 2 <= len(said) <= _MOST_PARTS:
        for i, part in enumerate(said):
            yield part, (*said[:i], *said[i + 1 :])
    words = " ".join(said).split()
    if 2 <= len(words) <= _MOST_WORDS:
        for i in range(1, len(words)):
            yield " ".join(words[i:]), (" ".join(words[:i]),)
        for i in range(1, len(words)):
            yield " ".join(words[:i]), (" ".join(words[i:]),)


def is_bare_abbreviation(text: str, prefix: str) -> bool:
    """Say whether a text is so short an abbreviation that a synonym says little: atlases and clinics use the same letters otherwise.

    ``DC2`` is a plasmacytoid dendritic cell to the Cell Ontology and a conventional one to most single-cell studies; ``AD`` is
    atopic dermatitis as well as Alzheimer disease. A person decides once, and the decision is remembered.

    Examples
    --------
    >>> is_bare_abbreviation("DC2", "CL"), is_bare_abbreviation("Ovum", "CL"), is_bare_abbreviation("mg", "UO")
    (True, False, False)
    >>> is_bare_abbreviation("M", "PATO"), is_bare_abbreviation("g", "UO"), is_bare_abbreviation("H9", "CVCL")
    (True, False, True)
    """
    if len(text) == 1:
        return prefix not in _LETTERS_ARE_NAMES
    if len(text) <= _SHORTEST.get(prefix, 0):
        return True
    return prefix in _ABBREVIATING and len(text) <= LONGEST_BARE and sum(c.isupper() or c.isdigit() for c in text) >= 2


def is_class_of_compounds(name: str) -> bool:
    """Say whether a chemical's name is a plural: ChEBI calls classes so ("phenols" is not phenol).

    Examples
    --------
    >>> is_class_of_compounds("hippurates"), is_class_of_compounds("cis-abscisic"), is_class_of_compounds("citrus")
    (True, False, False)
    """
    return name.endswith("s") and not name.endswith(("ss", "us", "is"))


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
    if prefix not in _DISEASES or (words and words[-1] == "cell"):
        return False  # "sickle cell" may be the trait as well
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


_ADJECTIVAL = re.compile(r"(?:al|ar|ary|ic|ous|oid|ing|ed|ine|ive|verse|an|ile|ent|ant|ior)\Z")
_BESIDE = re.compile(r"[a-z]+ [a-z]+\Z")


def is_head_moved(text: str, label: str, prefix: str) -> bool:
    """Say whether a text is a name of two nouns turned round, which makes another thing: the water of a well is no water well.

    With a comma, a bracket or an adjective ("water (saline)", "colon sigmoid") the noun that is meant stays the same; so it does
    in diseases ("cancer breast").

    Parameters
    ----------
    text, label
        Exact keys.
    prefix
        The ontology of the name.

    Examples
    --------
    >>> is_head_moved("well water", "water well", "ENVO"), is_head_moved("well, water", "water well", "ENVO")
    (True, False)
    >>> is_head_moved("colon sigmoid", "sigmoid colon", "UBERON"), is_head_moved("cancer breast", "breast cancer", "MONDO")
    (False, False)
    """
    if prefix in _DISEASES - _CELL_LINES or not _BESIDE.match(text) or not _BESIDE.match(label):
        return False
    return not any(_ADJECTIVAL.search(word) for word in text.split())


_LEAST_SLIP: Final = 6  # letters of a word; in a shorter one a slip makes another word too easily
_LEAST_ALONE: Final = 8  # of a word that stands alone: nothing beside it says what is meant ("simple" is no sample)
_TWO_SLIPS: Final = 10
_ANTONYMS: Final = (
    *("hyper", "hypo", "endo", "ecto", "exo", "inter", "intra", "pre", "pro", "post", "sub", "super", "supra", "infra", "macro", "micro"),
    *("mono", "bi", "di", "tri", "tetra", "poly", "oligo", "anti", "non", "un", "in", "a", "iso", "dys", "eu"),
)
"""Beginnings of words that turn their meaning: "hypothyroid" is no slip of "hyperthyroid"."""


def is_slip(words: Sequence[str], name: Sequence[str], vocabularies: Iterable[Collection[str]]) -> bool:
    """Say whether a text differs from a name by a slip in one word that no name of the ontology has.

    Parameters
    ----------
    words, name
        Words in their normal form.
    vocabularies
        All words of the names of each ontology looked in: a word that is among them was meant.

    Examples
    --------
    >>> is_slip(["diabetis", "mellitus"], ["diabetes", "mellitus"], [{"diabetes", "mellitus"}])
    True
    >>> is_slip(["hypothyroid"], ["hyperthyroid"], [{"hyperthyroid"}]), is_slip(["simple"], ["sample"], [{"sample"}])
    (False, False)
    >>> is_slip(["laterally"], ["literally"], [{"literally"}, {"laterally"}])
    False
    """
    ours, theirs = sorted(set(words)), sorted(set(name))
    odd = [w for w in ours if w not in theirs]
    other = [w for w in theirs if w not in ours]
    if len(odd) != 1 or len(other) != 1 or any(odd[0] in vocabulary for vocabulary in vocabularies):
        return False
    a, b = odd[0], other[0]
    if not a.isalpha() or not b.isalpha() or min(len(a), len(b)) < (_LEAST_SLIP if len(ours) > 1 else _LEAST_ALONE):
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
