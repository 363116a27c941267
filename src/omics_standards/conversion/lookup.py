"""The public verbs that answer one question: :func:`ground` a text, :func:`recognise` a workbook."""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import TYPE_CHECKING, overload

from ..errors import UsageError
from ..mapping.recognise import recognise as recognise_book
from ..mapping.species import ontologies_for
from ..models.slots import MODEL
from ..profiles.load import load_profiles
from ..terms import get_terms, load_decisions, terms_for, with_decisions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd

    from ..mapping.recognise import Recognition
    from ..tables import Workbook
    from ..terms import Grounding, Terms

__all__ = ["ground", "recognise"]


@lru_cache(maxsize=4)
def _terms(bundle: str | None) -> Terms:
    return with_decisions(get_terms(bundle), load_decisions())


@overload
def ground(  # type: ignore[overload-overlap] # a str is an iterable of str; the first that fits is meant
    text: str, within: str | tuple[str, ...] = (), *, slot: str | None = ..., organism: str = ..., branch: str | tuple[str, ...] = ...,
    bundle: str | None = ...,
) -> Grounding: ...  # fmt: skip


@overload
def ground(  # type: ignore[overload-overlap]
    text: pd.Series[str], within: str | tuple[str, ...] = (), *, slot: str | None = ..., organism: str = ...,
    branch: str | tuple[str, ...] = ..., bundle: str | None = ...,
) -> pd.DataFrame: ...  # fmt: skip


@overload
def ground(
    text: Iterable[str], within: str | tuple[str, ...] = (), *, slot: str | None = ..., organism: str = ...,
    branch: str | tuple[str, ...] = ..., bundle: str | None = ...,
) -> list[Grounding]: ...  # fmt: skip


def ground(
    text: str | Iterable[str] | pd.Series[str],
    within: str | tuple[str, ...] = (),
    *,
    slot: str | None = None,
    organism: str = "",
    branch: str | tuple[str, ...] = (),
    bundle: str | None = None,
) -> Grounding | list[Grounding] | pd.DataFrame:
    """Find the ontology terms of texts; what the user and the project decided comes first.

    Parameters
    ----------
    text
        A name or an accession, several of them, or a pandas Series of them. Each distinct text is looked up once.
    within
        Prefix of the ontology to look in, or several in order of preference; ``UBERON@v2026-04-01`` asks for a version. () takes
        those of ``slot``.
    slot
        A slot of the model that holds terms: its ontologies and its branch are used, and decisions made for it. None for none.
    organism
        Name or taxon of the organism: ontologies made for other species are left out. '' leaves out those made for any one
        species where they come from ``slot``.
    branch
        Accessions of terms that the answer must lie below; () for anywhere (or for the slot's branch).
    bundle
        Path of the bundle; None for the one in the user's cache.

    Returns
    -------
    Grounding, list of Grounding, or DataFrame
        For one text a Grounding, with status ``mapped``, ``ambiguous``, ``unmapped`` or ``unverifiable``; only ``mapped`` ones
        carry an accepted term. For several texts a list in their order. For a Series a frame with its index and the columns
        ``status``, ``id``, ``label``, ``confidence``, ``step``, ``suggestions`` (``'liver (UBERON:0002107); …'``) and ``version``;
        rows of missing values are ``<NA>`` throughout.

    Raises
    ------
    UsageError
        Neither ``within`` nor ``slot`` is given, or the slot holds no terms.
    TermIndexError
        The bundle cannot be read.

    Examples
    --------
    >>> ground("hepatocyte", within="CL", bundle="/no/such/bundle").status
    'unverifiable'
    >>> [g.id for g in ground(["liver", "UBERON_0002107"], within="UBERON", bundle="/no/such/bundle")]
    [None, 'UBERON:0002107']
    """
    terms = terms_for(_terms(bundle), slot or "")
    prefixes, roots = _where(within, slot, organism, branch, terms)
    if isinstance(text, str):
        return terms.ground(text, prefixes, roots)
    answers: dict[str, Grounding] = {}

    def answer(one: str) -> Grounding:
        if one not in answers:
            answers[one] = terms.ground(one, prefixes, roots)
        return answers[one]

    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(text, pandas.Series):
        return _frame(text, answer)
    return [answer(one) for one in text]


def _where(
    within: str | tuple[str, ...], slot: str | None, organism: str, branch: str | tuple[str, ...], terms: Terms
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ontologies and the branch to look in."""
    prefixes = (within,) if isinstance(within, str) and within else tuple(within)
    roots = (branch,) if isinstance(branch, str) else tuple(branch)
    if slot is not None:
        known = MODEL.slots.get(slot)
        if known is None or known.kind != "term":
            raise UsageError(f"no slot {slot!r} that holds terms; see docs/model.md")
        prefixes = prefixes or ontologies_for(organism, known.ontologies, terms)
        roots = roots or known.branch
    elif organism:
        prefixes = ontologies_for(organism, prefixes, terms)
    if not prefixes:
        raise UsageError("say where to look: within='UBERON', or slot='tissue'")
    return prefixes, roots


def _frame(texts: pd.Series[str], answer: Callable[[str], Grounding]) -> pd.DataFrame:
    import pandas as pd

    rows = [None if pd.isna(text) else answer(str(text)) for text in texts]
    columns: dict[str, list[object]] = {name: [] for name in ("status", "id", "label", "confidence", "step", "suggestions", "version")}
    for row in rows:
        for name, values in columns.items():
            value = getattr(row, name) if row is not None else pd.NA
            if name == "suggestions" and row is not None:
                value = "; ".join(f"{s.label} ({s.id})" for s in row.suggestions)
            values.append(pd.NA if value is None else value)
    frame = pd.DataFrame(columns, index=texts.index)
    kinds = {name: "Float64" if name == "confidence" else "string" for name in columns}
    return frame.astype(kinds)


def recognise(book: Workbook, *, profiles: tuple[str, ...] = ()) -> list[Recognition]:
    """Say which format each sheet of a workbook is.

    Parameters
    ----------
    book
        What :func:`omics_standards.read` gave.
    profiles
        Folders of further profiles.

    Returns
    -------
    list of Recognition
        One per sheet, with the best candidate (None for a sheet of no known format), all candidates, and the runner-up.
    """
    return recognise_book(book, load_profiles(profiles))
