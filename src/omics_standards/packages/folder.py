"""The folder of a package: written under a hidden name inside its place, put in place file by file at the end, or not at all."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ReadError, UsageError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

__all__ = ["PackageFolder"]


class PackageFolder:
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
        self.folder = Path(folder)
        self._names = names
        self._force = force
        self._made = False

    def __enter__(self) -> PackageFolder:
        there = sorted(n for n in self._names if (self.folder / n).exists())
        if there and not self._force:
            raise UsageError(
                f"{self.folder} holds {there[0]}; nothing was written: choose another folder with -o, or replace it with --force"
            )
        try:
            self._made = not self.folder.exists()
            self.folder.mkdir(parents=True, exist_ok=True)
            self.work = Path(tempfile.mkdtemp(prefix=".writing-", dir=self.folder))
        except OSError as e:
            raise ReadError(f"cannot write into {self.folder}: {e.strerror}; choose another folder with -o") from e
        return self

    def text(self, name: str, text: str) -> None:
        """Write a text file."""
        (self.work / name).write_text(text, encoding="utf-8", newline="\n", errors="replace")

    def json(self, name: str, value: Any, *, in_page: bool = False) -> None:
        """Write a JSON file; one that will stand in a web page holds no ``<``, which could end its element."""
        text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
        self.text(name, text.replace("<", "\\u003c") if in_page else text)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        try:
            if kind is None:
                self._put_in_place()
            elif isinstance(error, OSError):
                raise ReadError(f"cannot write into {self.folder}: {error.strerror}") from error
        except OSError as e:
            raise ReadError(f"cannot write into {self.folder}: {e.strerror}") from e
        finally:
            shutil.rmtree(self.work, ignore_errors=True)
            if kind is not None and self._made:
                # What a failed run made is taken away, unless somebody has put something into it meanwhile.
                with contextlib.suppress(OSError):
                    self.folder.rmdir()

    def _put_in_place(self) -> None:
        new = sorted(p.name for p in self.work.iterdir())
        # What an earlier package holds and this one does not would contradict it.
        stale = [n for n, told in self._names.items() if n not in new and any((self.folder / t).exists() for t in told)]
        for name in new:
            target, old = self.folder / name, self.work / f".old-{name}"
            if target.is_dir():
                target.replace(old)
            try:
                (self.work / name).replace(target)
            except OSError:
                if old.exists():
                    old.replace(target)
                raise
        for name in stale:
            old = self.folder / name
            if old.is_dir():
                shutil.rmtree(old)
            else:
                old.unlink(missing_ok=True)
