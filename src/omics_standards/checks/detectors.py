"""The list of detectors. A new one is a function from the columns of a sheet to detectors, and a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .damage import became_dates, damaged_ids, sentinels
from .facts import formats_and_names, identical_samples, prose, together
from .pairs import checksums, headers_alike, names_and_files
from .residue import garbled, header_residue, packed, residue
from .runs import assemblies, replicates
from .series import series
from .shift import shifted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .watch import Columns, Detector

__all__ = ["DETECTORS"]

DETECTORS: Final[tuple[Callable[[Columns], Iterable[Detector]], ...]] = (
    series,
    sentinels,
    became_dates,
    damaged_ids,
    residue,
    header_residue,
    packed,
    garbled,
    names_and_files,
    checksums,
    headers_alike,
    shifted,
    together,
    formats_and_names,
    prose,
    identical_samples,
    replicates,
    assemblies,
)
"""What looks at whole columns and tables, in the order in which findings are made."""
