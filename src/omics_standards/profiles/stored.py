"""The package's profiles and validators, kept as JSON in the user's cache: YAML takes five times as long to read, at each start.

The file is only ever a copy: its name carries a hash of the YAML files and of the code that reads them, so that an edited
profile is read anew, and a cache that cannot be written or read is no more than slower.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pydantic import BaseModel

__all__ = ["cache_folder", "stored"]

_Kind = TypeVar("_Kind", bound="BaseModel")

_COPIES = 8  # of profiles and of validators: four installations of one user do not take each other's copies away
# The code whose change may change what a YAML file means, and the model that it must fit.
_READERS = ("schema.py", "documents.py", "load.py", "stored.py", "validators.py", "../models/_slots.json")


def cache_folder() -> Path:
    """Folder of the copies; ``OMICS_STANDARDS_CACHE`` or the user's cache folder."""
    set_ = os.environ.get("OMICS_STANDARDS_CACHE")
    if set_:
        return Path(set_) / "profiles"
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("omics-standards", appauthor=False)) / "profiles"


def stored(kind: type[_Kind], files: Sequence[Path], read: Callable[[Path], _Kind]) -> list[_Kind]:
    """Read what files hold, from the copy of all of them where there is one.

    Parameters
    ----------
    kind
        What each of them holds.
    files
        YAML files.
    read
        Reads one of them, where there is no copy.

    Returns
    -------
    list of Kind
        In the order of the files.
    """
    from pydantic import TypeAdapter, ValidationError

    from .documents import COPIED

    several = TypeAdapter(list[kind])  # type: ignore[valid-type]
    copy = cache_folder() / f"{kind.__name__.lower()}-{_key(files)}.json"
    try:
        return several.validate_json(copy.read_bytes(), context=COPIED)
    except (OSError, ValidationError):
        found = [read(f) for f in files]
    # What is set is said, not what differs from a default, so that the copy validates as its original did.
    _keep(copy, several.dump_json(found, by_alias=True, exclude_unset=True))
    return found


def _key(files: Sequence[Path]) -> str:
    found = hashlib.blake2b(digest_size=12)
    for file in (*files, *(Path(__file__).parent / n for n in _READERS)):
        found.update(f"\0{file}\0".encode())
        found.update(file.read_bytes())
    return found.hexdigest()


def _keep(copy: Path, content: bytes) -> None:
    """Write the copy in one step and take older ones away; a failure costs time at the next start and nothing else."""
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=copy.parent, prefix=".", delete=False) as f:
            try:
                f.write(content)
                f.flush()
                Path(f.name).replace(copy)
            except OSError:
                Path(f.name).unlink()
                raise
        for old in sorted(copy.parent.glob("*.json"), key=lambda f: f.stat().st_mtime, reverse=True)[_COPIES:]:
            old.unlink(missing_ok=True)
    except OSError:
        return
