"""Whole batches of a column at a time: whether all of their texts are values as they stand.

A column of a million identifiers, file names or checksums holds a million distinct texts, and nearly always every one of them is
clean. To ask each of them takes longer than to write them; to ask the batch, joined, takes a few passes in C. The answer is only
ever "yes, all" or "look at each": what a look at each would give is the same, and a property test compares the two.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..records import CurieColumn, PlainColumn
from ..values.accessions import PATTERNS, fits_kinds, match_all
from ..values.missing import none_missing, spellings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .steps import Step

__all__ = ["Clean", "CleanAccessions", "clean_of", "safe_names"]

# Unsigned integers as they are written in JSON and XSD, within 64 bits.
_INTEGERS = re.compile(r"(?:(?:0|[1-9][0-9]{0,17})?\n)*").fullmatch
# Characters that need no escape in an IRI path segment (RFC 3987, unreserved).
_SAFE = re.compile(r"[A-Za-z0-9._~\n-]*").fullmatch


class Clean(NamedTuple):
    """A test of whole batches; ``number`` where the texts stand for integers."""

    test: Callable[[Sequence[str]], bool]
    number: bool = False

    def column(self, slot: str, texts: Sequence[str]) -> PlainColumn | None:
        """Return the texts as a column where all of them (blank ones apart) are values as they stand."""
        return PlainColumn(slot, texts, number=self.number) if self.test(texts) else None


class CleanAccessions(NamedTuple):
    """The same for accessions of one archive, of one of the kinds that are expected (None: any)."""

    kinds: tuple[str, ...] | None

    def column(self, slot: str, texts: Sequence[str]) -> PlainColumn | None:
        """Return the texts as a column where all of them (blank ones apart) are accessions of one archive.

        Examples
        --------
        >>> runs = CleanAccessions(("Run",))
        >>> runs.column("accessions", ["SRR000001", ""]).prefix, runs.column("accessions", ["SRX000001"])
        ('insdc.sra', None)
        """
        known = match_all(texts)
        return (
            CurieColumn(slot, texts, known.prefix) if known is not None and (self.kinds is None or fits_kinds(known, self.kinds)) else None
        )


def tidy(texts: Sequence[str]) -> bool:
    """Tell whether all texts are plain ASCII without control characters or needless blanks, and none is a word for absence.

    Examples
    --------
    >>> tidy(["S 1", "", "S 2"]), tidy(["S 1", "S  2"]), tidy(["S1", "NA"])
    (True, False, False)
    """
    joined = "\n".join(texts)
    return (
        joined.isascii()
        and joined.count("\n") == len(texts) - 1
        and joined.replace("\n", "").isprintable()
        and "  " not in joined
        and "\n " not in joined
        and " \n" not in joined
        and joined[:1] != " "
        and joined[-1:] != " "
        and none_missing(texts)
    )


def integers(texts: Sequence[str]) -> bool:
    """Tell whether all texts are unsigned integers in their canonical form.

    Examples
    --------
    >>> integers(["1", "", "20"]), integers(["007"]), integers(["1.0"])
    (True, False, False)
    """
    return _INTEGERS("\n".join(texts) + "\n") is not None


def patterned(pattern: str) -> Callable[[Sequence[str]], bool]:
    """Make the test of a slot whose values have a form of their own.

    Examples
    --------
    >>> patterned("^[0-9a-f]{4}$")(["00ff", "", "abcd"]), patterned("^[0-9a-f]{4}$")(["00ff", "x"])
    (True, False)
    """
    body = pattern.removeprefix("^").removesuffix("$")
    matches = re.compile(rf"(?:(?:{body})?\n)*").fullmatch
    # No word for absence has such a form: then none need be looked for.
    absent = any(re.fullmatch(body, w) for w in spellings())

    def test(texts: Sequence[str]) -> bool:
        joined = "\n".join(texts) + "\n"
        if joined.count("\n") != len(texts) or matches(joined) is None:
            return False
        plain = " " not in joined and joined.isascii() and joined.replace("\n", "").isprintable()
        return (not absent or none_missing(texts)) if plain else tidy(texts)

    return test


def clean_of(step: Step) -> Clean | CleanAccessions | None:
    """Return the test of whole batches for a step, None where each text must be looked at."""
    if step.spec.split or not step.counted or step.words:
        return None
    if step.kind == "accession" and step.slot.kind == "uri" and step.slot.pattern is None:
        return CleanAccessions(tuple(step.spec.kinds) or None)
    if step.kind == "string" and step.slot.pattern is None:
        return Clean(tidy)
    if step.kind in ("string", "md5", "sha256") and step.slot.pattern is not None:
        return Clean(patterned(step.slot.pattern))
    # A greatest or least value other than 0 must be compared number by number.
    if step.kind == "integer" and not step.spec.unit and not step.slot.minimum and step.slot.maximum is None:
        return Clean(integers, number=True)
    return None


def safe_names(texts: Sequence[str], *, values: bool = False) -> bool:
    r"""Tell whether all texts can stand in an IRI path as they are, and none of them begins like an accession or is blank.

    ``values`` says that the texts are known to be no words for absence.

    Examples
    --------
    >>> safe_names(["S1", "S-2"]), safe_names(["S1", ""]), safe_names(["SAMN1"]), safe_names(["a b"])
    (True, False, False, False)
    >>> safe_names(["a\nb"])
    False
    """
    joined = "\n".join(texts)
    if "" in texts or joined.count("\n") >= len(texts) or _SAFE(joined) is None or "\n." in joined or joined[:1] == ".":
        return False
    if any(start.upper() in _ACCESSION_STARTS for start in {t[:2] for t in texts}):
        return False
    return values or none_missing(texts)


_ACCESSION_STARTS = frozenset(lead[:2].upper() for pattern in PATTERNS for lead in pattern.leads)
