"""Modifications of a proteomics search as SDRF writes them: ``NT=Oxidation;AC=UNIMOD:35;MT=Variable;TA=M;PP=Anywhere``.

In: a cell's text; out: the same notation, tidied, with every key that was there. Whether name and accession agree is for the
ontology to say, not for this module.
"""

from __future__ import annotations

import re
from typing import Final

from ..findings import Issue
from .parsed import Parsed
from .text import clean

__all__ = ["pairs_of", "read_modification"]

# The keys of SDRF-Proteomics, section "Protein modifications" (https://github.com/bigbio/proteomics-sample-metadata):
# NT name, AC accession, CF formula, MT type, PP position, TA target amino acids, MM monoisotopic mass, TS target site.
_TYPES: Final = ("fixed", "variable", "annotated")
_POSITIONS: Final = ("anywhere", "protein n-term", "protein c-term", "any n-term", "any c-term")
# IUPAC's letters (https://iupac.qmul.ac.uk/AminoAcid/A2021.html): the twenty, selenocysteine and pyrrolysine, and the
# ambiguous B, J, X, Z.
_RESIDUES: Final = frozenset("ACDEFGHIKLMNPQRSTVWYUOBJXZ")
_KEYED: Final = re.compile(r"\s*[A-Z]{2,4}\s*=")
_PAIR: Final = re.compile(r"\s*([A-Z]{2,4})\s*=\s*(.*?)\s*", re.DOTALL)
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?")
_COMMA: Final = re.compile(r"\s*,\s*")


def pairs_of(text: str) -> list[tuple[str, str]]:
    """Take ``KEY=value;KEY=value`` apart.

    Parameters
    ----------
    text
        A cell's text.

    Returns
    -------
    list of (key, value)
        In the order of the text, repeated keys and all; a piece without a key under ``""``. [] where a text has not that form.

    Examples
    --------
    >>> pairs_of("MT = Fixed; NT=Oxidation;spare")
    [('MT', 'Fixed'), ('NT', 'Oxidation'), ('', 'spare')]
    >>> pairs_of("Oxidation (M)")
    []
    """
    if not _KEYED.match(text):
        return []
    pieces = (clean(piece) for piece in text.split(";"))
    matched = ((piece, _PAIR.fullmatch(piece)) for piece in pieces if piece)
    return [(found[1], found[2]) if found else ("", piece) for piece, found in matched]


def read_modification(text: str) -> Parsed | None:
    """Read a modification in SDRF's notation.

    Parameters
    ----------
    text
        A cell's text; one in another notation is kept as it is.

    Returns
    -------
    Parsed or None
        With the notation as a text: keys in the order of the cell, no blank around ``;``, ``=`` and the commas of ``TA``.
        None for a blank text.

    Findings
    --------
    modification-part-unknown, modification-unnamed

    References
    ----------
    SDRF-Proteomics: https://github.com/bigbio/proteomics-sample-metadata

    Examples
    --------
    >>> read_modification("MT=Variable; TA=M, K ;NT=Oxidation").value
    'MT=Variable;TA=M,K;NT=Oxidation'
    >>> [i.expected for i in read_modification("NT=Acetyl;MT=sometimes;TA=1").issues]
    ['MT fixed, variable or annotated', 'TA letters of amino acids with commas between them']
    >>> read_modification("TA=M").issues[0].code, read_modification("Oxidation (M)").issues
    ('modification-unnamed', ())
    """
    tidy = clean(text)
    if not tidy:
        return None
    pairs = pairs_of(tidy)
    if not pairs:
        return Parsed(tidy, () if tidy == text else ("tidied",))
    pairs = [(key, _COMMA.sub(",", value) if key == "TA" else value) for key, value in pairs]
    written = ";".join(f"{key}={value}" if key else value for key, value in pairs)
    issues = [issue for key, value in pairs if (issue := _doubt(key, value)) is not None]
    if not any(value for key, value in pairs if key in ("NT", "AC")):
        issues.append(Issue("modification-unnamed", "NT=name or AC=accession of the modification"))
    return Parsed(written, () if written == text else ("tidied",), tuple(issues))


def _doubt(key: str, value: str) -> Issue | None:
    """Say what is wrong with the value of one key; None where nothing is."""
    code = "modification-part-unknown"
    if key == "MT" and value.lower() not in _TYPES:
        return Issue(code, "MT fixed, variable or annotated")
    if key == "PP" and value.lower() not in _POSITIONS:
        return Issue(code, "PP Anywhere, Protein N-term, Protein C-term, Any N-term or Any C-term")
    if key == "MM" and not _NUMBER.fullmatch(value):
        return Issue(code, "MM a mass in dalton")
    if key == "TA" and not all(part in _RESIDUES for part in value.split(",")):
        letters = value.replace(",", "").replace(" ", "")
        apart = ",".join(letters) if len(letters) > 1 and set(letters) <= _RESIDUES else ""
        return Issue(code, "TA letters of amino acids with commas between them", f"write TA={apart}" if apart else "")
    if not key:
        return Issue(code, "KEY=value", "give the piece its key")
    return None
