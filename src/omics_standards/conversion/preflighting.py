"""Datasets against archives: what each would send back, asked before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..emit.preflight import Preflight, preflight
from ..profiles.targets import writers_of
from ..terms import get_terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .dataset import Dataset

__all__ = ["preflight_dataset"]


def preflight_dataset(
    dataset: Dataset,
    targets: Sequence[str],
    *,
    kind: str = "",
    tables: Sequence[str] = (),
    profiles: tuple[str, ...] = (),
    bundle: str | None = None,
) -> Preflight:
    """Say what archives would send back of a dataset.

    Parameters
    ----------
    dataset
        What was converted or loaded.
    targets
        Names of targets, ids of profiles, or families, as for an export.
    kind
        Sample type, package or checklist; '' for what the records say of themselves.
    tables
        Ids of the tables to write; () for those that the records need.
    profiles, bundle
        As in :func:`~omics_standards.conversion.api.convert`.

    Returns
    -------
    Preflight

    Raises
    ------
    UnknownFormatError
        A target does not exist.
    UsageError
        No target has the kind, or a format can be read only.
    """
    writers = {name: writers_of(name, profiles) for name in targets}
    return preflight(dataset.records(), writers, get_terms(bundle), kind=kind, tables=tables)
