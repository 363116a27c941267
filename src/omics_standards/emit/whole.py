"""One file, put in place whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ..errors import ReadError, UsageError

__all__ = ["write_text"]


def write_text(path: str | os.PathLike[str], text: str, *, force: bool = False) -> None:
    """Write a text file beside its place and rename it, so that a full disk or a kill leaves what was there.

    Parameters
    ----------
    path
        Where it goes; the folder must exist.
    text
        What it holds.
    force
        Whether a file that is there is replaced.

    Raises
    ------
    UsageError
        There is a file, and it is not to be replaced.
    ReadError
        The place cannot be written.
    """
    place = Path(path)
    if place.exists() and not force:
        raise UsageError(f"{place} is there already; write elsewhere with -o, or replace it with --force")
    work = None
    try:
        number, work = tempfile.mkstemp(prefix=f".{place.name}-", dir=place.parent)
        with os.fdopen(number, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
        # A temporary file is its owner's alone; what stays has the rights of any new file.
        mask = os.umask(0)
        os.umask(mask)
        Path(work).chmod(0o666 & ~mask)
        Path(work).replace(place)
    except OSError as e:
        if work is not None:
            Path(work).unlink(missing_ok=True)
        raise ReadError(f"cannot write {place}: {e.strerror}") from e
