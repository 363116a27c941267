"""Cells named by their surface markers: "CD8+ T cells", "CD3- CD56+ NK". A text in, markers and names to look up out.

Always suggestions. A marker says how cells were sorted, and a sorted cell need not be the type that the ontology defines by
more than that marker: what is CD4-positive in blood may be a T cell or a monocyte.

The Cell Ontology writes signs as words, markers with commas between them, and puts the word for the kind of T cell before or
after them (https://github.com/obophenotype/cell-ontology; the patterns below are those of its labels in release 2026-03-26).
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from ..values.text import clean, plain

__all__ = ["CellMarkers", "Marker", "read_cell_abbreviations", "read_cell_markers"]


class Marker(NamedTuple):
    """A marker and how much of it a cell has: ``positive``, ``negative``, ``bright``, ``high``, ``low``, ``dim``, ``intermediate``."""

    name: str
    sign: str


class CellMarkers(NamedTuple):
    """A cell and its markers.

    Parameters
    ----------
    base
        The text without its markers, abbreviations written out: "regulatory T cell"; "cell" where nothing else is said.
    markers
        In the order of the text.
    names
        Spellings to try in the ontology, the one that says most first, the bare cell last.
    """

    base: str
    markers: tuple[Marker, ...]
    names: tuple[str, ...]


_LONGEST: Final = 120
_SIGNS: Final = {
    "+": "positive", "++": "positive", "+++": "positive", "pos": "positive", "positive": "positive",
    "-": "negative", "neg": "negative", "negative": "negative", "bright": "bright", "br": "bright",
    "hi": "high", "high": "high", "lo": "low", "low": "low", "dim": "dim", "int": "intermediate", "intermediate": "intermediate",
}  # fmt: skip
_SIGN: Final = (
    r"\s?\(?(?P<sign>\+{1,3})\)?|[\s-]?(?P<word>positive|negative|pos|neg|bright|br|high|hi|low|lo|dim|intermediate|int)(?![a-z])"
    # A minus is a sign where no word goes on behind it: "CD3-", "CD3-CD56+", "CD3- NK", not "CD8-alpha".
    r"|\(?(?P<minus>-)\)?(?=\s|$|[,;/)]|CD[0-9]|[A-Z][A-Za-z0-9]{1,7}[+-])"
)
# CD molecules need no sign ("CD8 T cells"), if they are not half of another name ("CD8-alpha"); other markers are only known by
# theirs, and by a capital or a digit ("c-Kit+", "HLA-DR+", "Sca-1+"). "T-", "B-" and "NK-" begin names of cells.
_CD: Final = re.compile(
    rf"(?<![A-Za-z])(?P<name>CD[0-9]{{1,3}}(?:RA|RO|RB|[a-e](?![a-z]))?)(?![0-9])(?:{_SIGN}|(?![a-z/]|-[a-z]))", re.IGNORECASE
)
_OTHER: Final = re.compile(
    r"(?<![A-Za-z0-9-])(?P<name>(?!(?:T|B|NK|NKT|Th[0-9]*)[+-])(?:[a-z]-)?(?=[a-z]*[A-Z0-9])[A-Za-z][A-Za-z0-9]{1,9}(?:-[A-Z0-9]{1,3})?)"
    rf"(?:{_SIGN})"
)
_NO_MARKERS: Final = frozenset({"double", "triple", "single", "na", "ca2", "mg2", "zn2", "nh4"})  # how many, not which; ions
_ABBREVIATED: Final = {
    "treg": "regulatory T cell", "tregs": "regulatory T cell", "nk": "natural killer cell", "nks": "natural killer cell",
    "nkt": "NKT cell", "dc": "dendritic cell", "dcs": "dendritic cell", "pdc": "plasmacytoid dendritic cell",
    "hsc": "hematopoietic stem cell", "hscs": "hematopoietic stem cell", "hspc": "hematopoietic precursor cell",
    "tcm": "central memory T cell", "tem": "effector memory T cell", "tn": "naive T cell", "tconv": "T cell",
    "ctl": "cytotoxic T cell", "msc": "mesenchymal stem cell", "mscs": "mesenchymal stem cell", "t": "T cell", "b": "B cell",
    "th": "helper T cell", "th1": "T-helper 1 cell", "th2": "T-helper 2 cell", "th17": "T-helper 17 cell", "mono": "monocyte",
    "ilc": "innate lymphoid cell",
}  # fmt: skip
_PLURAL: Final = re.compile(
    r"\b(cell|lymphocyte|monocyte|macrophage|thymocyte|progenitor|blast|neutrophil|granulocyte|fibroblast)s\b", re.I
)
_JOINED: Final = re.compile(r"\b([TB])[\s-]?cells?\b")
# Said of cells with CD4 or CD8, these words leave "T cell" out.
_OF_T_CELLS: Final = frozenset(
    {"memory", "naive", "central", "central memory", "effector memory", "effector", "cytotoxic", "activated", "helper", "regulatory"}
)
_NO_T_CELLS: Final = re.compile(r"(?:monocyte|macrophage|dendritic cell|killer cell|thymocyte|B cell|granulocyte|neutrophil)$")
_T_CELL: Final = re.compile(r"(?P<kind>.*?)\s*\bT[\s-]?(?:cell|lymphocyte)$", re.IGNORECASE)
# Where CL puts the kind of a T cell: before the markers, or behind "alpha-beta".
_BEFORE: Final = {"naive": "naive thymus-derived", "naïve": "naive thymus-derived"}
_BEHIND: Final = frozenset({"memory", "cytotoxic", "regulatory", "intraepithelial"})


def read_cell_markers(text: str) -> CellMarkers | None:
    """Take a cell's name and its markers apart.

    Parameters
    ----------
    text
        A cell's text.

    Returns
    -------
    CellMarkers or None
        None where no marker stands in the text.

    Findings
    --------
    None: what is found is a suggestion.

    Examples
    --------
    >>> found = read_cell_markers("CD8+ T cells")
    >>> found.base, found.markers, found.names[0]
    ('T cell', (Marker(name='CD8', sign='positive'),), 'CD8-positive, alpha-beta T cell')
    >>> read_cell_markers("CD3- CD56+ NK").markers
    (Marker(name='CD3', sign='negative'), Marker(name='CD56', sign='positive'))
    >>> read_cell_markers("hepatocyte") is None
    True
    """
    if len(text) > _LONGEST:
        return None
    rest = plain(text)
    markers: list[Marker] = []
    for pattern in (_CD, _OTHER):
        pieces, at = [], 0
        for found in pattern.finditer(rest):
            if found["name"].lower() in _NO_MARKERS or (pattern is _OTHER and found["word"] and not _is_symbol(found["name"])):
                continue
            markers.append(_marker(found))
            pieces.append(rest[at : found.start()])
            at = found.end()
        rest = " ".join((*pieces, rest[at:]))
    if not markers:
        return None
    base = _base(rest)
    if base.lower() in _OF_T_CELLS and any(m.name in ("CD4", "CD8") for m in markers):
        base = f"{'central memory' if base.lower() == 'central' else base.lower()} T cell"
    return CellMarkers(base, tuple(markers), _names(base, markers, _short(rest)))


def read_cell_abbreviations(text: str) -> tuple[str, ...]:
    """Write out the abbreviations of cells in a text: the whole text first, then what each stands for.

    Examples
    --------
    >>> read_cell_abbreviations("Cycling NK cells")
    ('Cycling natural killer cell', 'natural killer cell')
    >>> read_cell_abbreviations("hepatocyte")
    ()
    """
    words = _short(plain(text)).replace("/", " ").split()
    if len(words) > 1 and words[-1].lower() in ("cell", "cells"):
        words.pop()
    written = [_ABBREVIATED.get(word.lower(), word) for word in words]
    alone = [out for word, out in zip(words, written, strict=True) if out != word]
    return tuple(dict.fromkeys((" ".join(written), *alone))) if alone else ()


def _is_symbol(name: str) -> bool:
    """Tell a gene's or protein's symbol from an English word before "high" or "negative"."""
    return any(c.isdigit() for c in name) or sum(c.isupper() for c in name) > 1


def _marker(found: re.Match[str]) -> Marker:
    sign = found["sign"] or found["minus"] or (found["word"] or "+").lower()
    name = found["name"]
    if name[:2].lower() == "cd":
        # CD45RA, CD11b: the number's letters as the nomenclature has them.
        name = "CD" + (name[2:].upper() if name[2:].upper().endswith(("RA", "RO", "RB")) else name[2:].lower())
    return Marker(name, _SIGNS[sign])


def _short(rest: str) -> str:
    return _PLURAL.sub(r"\1", clean(re.sub(r"[(),;/+]|\s-\s|^-|-$", " ", rest))).strip(" -")


def _base(rest: str) -> str:
    """Write out the name that is left when the markers are taken away."""
    words = _short(rest).split()
    if words and words[-1].lower() == "cell" and len(words) > 1 and words[-2].lower() in _ABBREVIATED:
        words.pop()
    if words:
        words[-1] = _ABBREVIATED.get(words[-1].lower(), words[-1])
    return _JOINED.sub(r"\1 cell", " ".join(words)) or "cell"


def _names(base: str, markers: list[Marker], short: str) -> tuple[str, ...]:
    written = ", ".join(f"{m.name}-{m.sign}" for m in markers)
    signs = "".join(f"{m.name}{({'positive': '+', 'negative': '-'}).get(m.sign, m.sign)}" for m in markers)
    names: list[str] = []
    if found := _T_CELL.match(base):
        names += _t_cells(clean(found["kind"]), written, markers)
    names += [f"{written} {base}", f"{written}, {base}", f"{signs} {base}"]
    if short and short != base:
        names += [f"{written} {short}", f"{signs} {short}"]
    if len(markers) > 1:
        names += [f"{m.name}-{m.sign} {base}" for m in markers]
    if not _NO_T_CELLS.search(base):
        names += [f"{m.name}-positive, alpha-beta T cell" for m in markers if m.name in ("CD4", "CD8") and m.sign == "positive"]
    return tuple(dict.fromkeys((*names, base) if base != "cell" else names))


def _t_cells(kind: str, written: str, markers: list[Marker]) -> list[str]:
    """Write a T cell as CL does, with all markers and with the one that makes its lineage."""
    lineage = [f"{m.name}-positive" for m in markers if m.name in ("CD4", "CD8") and m.sign == "positive"]
    if not lineage:
        return []
    names = []
    for marks in dict.fromkeys((written, ", ".join(lineage))):
        if kind.lower() in _BEHIND:
            names.append(f"{marks}, alpha-beta {kind.lower()} T cell")
        elif kind:
            names.append(f"{_BEFORE.get(kind.lower(), kind)} {marks}, alpha-beta T cell")
        else:
            names.append(f"{marks}, alpha-beta T cell")
    return names
