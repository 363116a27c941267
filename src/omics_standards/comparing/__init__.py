"""Comparison of two datasets: what was added, removed, renamed and changed, by stable id and slot.

In: two converted folders, ``dataset.json`` files, datasets in memory, or sheets. Out: differences one by one, as text, as counts,
or as an RDF patch that turns the graph of one into that of the other.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from .comparison import Comparison
from .patch import write_patch
from .sides import open_side
from .terms import TermChange

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    from ..conversion import Dataset, Options

__all__ = ["Comparison", "TermChange", "compare_sources", "write_patch"]


@contextmanager
def compare_sources(
    before: str | os.PathLike[str] | Dataset,
    after: str | os.PathLike[str] | Dataset,
    *,
    options: tuple[Options | None, Options | None] = (None, None),
    renames: bool = True,
    leave_out: Iterable[str] = (),
) -> Iterator[Comparison]:
    """Compare two datasets.

    Parameters
    ----------
    before, after
        Folders that a conversion wrote, ``dataset.json`` files, datasets in memory, or files and folders that can be converted.
    options
        How to convert either side where that is needed; None for the defaults.
    renames
        Whether records that are gone and new are paired where accession, checksum or contents say without doubt that they are one.
    leave_out
        Slots that are not compared.

    Yields
    ------
    Comparison
        Iterable over differences while the sides are open.

    Raises
    ------
    ReadError
        A side does not exist, or is damaged.

    Examples
    --------
    >>> import pandas as pd
    >>> from omics_standards.conversion import convert
    >>> def sheet(tissue):
    ...     return convert(pd.DataFrame({"*sample_name": ["S1"], "*organism": ["Mus musculus"], "isolate": [tissue]}), "ncbi-biosample")
    >>> with compare_sources(sheet("a"), sheet("b")) as found:
    ...     [(d.kind, d.id, d.slot) for d in found]
    [('changed', 'biosample/S1', 'isolate')]
    >>> with compare_sources(sheet("a"), sheet("a")) as found:
    ...     list(found)
    []
    """
    with open_side(before, options[0]) as old, open_side(after, options[1]) as new:
        yield Comparison(old, new, renames=renames, leave_out=frozenset(leave_out))
