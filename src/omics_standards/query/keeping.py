"""A store that is kept on disk: loaded once, used again while the files that it was loaded from are the same."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..errors import ReadError, UsageError
from ..sparql import Session
from ..whole import write_whole
from .folders import opened, stamps_of, unchanged

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["kept_store", "note_update"]

_LIST: Final = "loaded.json"
_TRIPLES: Final = "triples"
_VERSION: Final = 1
"""Of the list's own form; a store of another one is loaded again."""


def kept_store(
    path: Path,
    folders: Sequence[str | Path],
    *,
    syntax: str | None = None,
    force: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> Path:
    """Return the store of some folders, loading it where that has not been done or they have changed since.

    Parameters
    ----------
    path
        Folder of the store.
    folders
        What conversions wrote; none takes the store as it is.
    syntax
        ttl, nt, nq or json; None takes of each folder the first that is there.
    force
        Load again even where updates would be lost, or another program's folder replaced.
    tell
        Told what is being done.

    Returns
    -------
    Path
        Where the store's own files are, for :class:`omics_standards.sparql.Session`.

    Raises
    ------
    UsageError
        The folder is not such a store, or holds updates that loading again would lose; both without ``force``.
    ReadError
        No folder was given and there is no store.

    Notes
    -----
    The new store is made beside the old one and takes its place when it is whole: a run that is ended leaves the old one.
    """
    known = _read(path)
    if known is None and path.exists() and not force and not (path.is_dir() and not any(path.iterdir())):
        raise UsageError(f"{path} is there and is no store that query wrote; name another place, or give --force to replace it")
    if not folders:
        if known is None:
            raise ReadError(f"{path} holds no store yet; name the folders to load: omics-standards query DIR --store {path} ...")
        return path / _TRIPLES
    if known is not None and known.get("version") == _VERSION and not force and unchanged(known["files"], folders, syntax):
        return path / _TRIPLES
    if known is not None and known.get("updated") and not force:
        raise UsageError(
            f"{path} holds updates, which loading the changed folders would lose; --force loads, leave the folders out to ask it as it is"
        )
    _load(path, folders, syntax, tell)
    return path / _TRIPLES


def note_update(path: Path) -> None:
    """Remember that a store is no longer what was loaded."""
    known = _read(path)
    assert known is not None
    if not known.get("updated"):
        _write(path, {**known, "updated": True})


def _read(path: Path) -> dict[str, Any] | None:
    try:
        known = json.loads((path / _LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return known if isinstance(known, dict) and "files" in known else None


def _write(path: Path, known: dict[str, Any]) -> None:
    write_whole(path / _LIST, json.dumps(known, indent=1) + "\n", force=True)


def _load(path: Path, folders: Sequence[str | Path], syntax: str | None, tell: Callable[[str], None]) -> None:
    target = path.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        # Before loading: what changes meanwhile is then seen as changed.
        stamps = stamps_of(folders, syntax)
        with opened(folders, syntax) as sources, Session(sources, store=work / _TRIPLES, writable=True) as session:
            tell(f"loading {', '.join(str(f) for f in folders)} into {path}")
            session.open()
            count = session.statements
        _write(work, {"version": _VERSION, "statements": count, "files": stamps, "updated": False})
        _put(work, target)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _put(work: Path, target: Path) -> None:
    """Let the new folder take the place of the old one."""
    if not target.exists():
        work.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}.old.", dir=target.parent)) / "store"
    target.rename(old)
    try:
        work.rename(target)
    except OSError:
        old.rename(target)
        raise
    finally:
        shutil.rmtree(old.parent, ignore_errors=True)
