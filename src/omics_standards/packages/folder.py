"""The folder of a package: written under a hidden name inside its place, put in place file by file at the end, or not at all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Self

from ..whole import WholeFolder, refuse

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

__all__ = ["PackageFolder"]


class PackageFolder(WholeFolder):
    """Where a package is written to; a context, which on an error leaves what was there untouched.

    Parameters
    ----------
    folder
        Made where it does not exist.
    names
        Names of all files and folders that a package may have here, each with the names of the descriptions that speak of it: where
        one of those is there, a package has put it there, and the next package takes it away again.
    force
        Whether those that are there are replaced; what else stands in the folder is left alone in any case.

    Raises
    ------
    UsageError
        One of them is there, and ``force`` is not set.
    ReadError
        The folder cannot be written.
    """

    def __init__(self, folder: str | os.PathLike[str], names: Mapping[str, Iterable[str]], *, force: bool) -> None:
        super().__init__(folder, force=force)
        self._names = names

    def __enter__(self) -> Self:
        refuse((self.folder / n for n in sorted(self._names)), force=self._force)
        # What an earlier package holds and this one does not would contradict it.
        self.superseded = [n for n, told in self._names.items() if any((self.folder / t).exists() for t in told)]
        return super().__enter__()

    def json(self, name: str, value: Any, *, in_page: bool = False) -> None:
        """Write a JSON file; one that will stand in a web page holds no ``<``, which could end its element."""
        text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
        self.text(name, text.replace("<", "\\u003c") if in_page else text)
