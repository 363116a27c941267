"""How a bundle comes to its place: one writer at a time, a whole new file or the old one, whatever happens.

The new file is written beside the old one and renamed over it when it is complete and flushed. A writer that is killed
leaves the old bundle and a ``.partial`` file, which the next one removes; writers of one bundle wait for each other.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from omics_standards.errors import TermIndexError

from .bundle import Bundle
from .locking import exclusive
from .schema import BundleWriter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .answers import OntologyInfo
    from .carriers import Progress
    from .obo import Problem

__all__ = ["BuildReport", "changing", "replacing", "report_of", "writing_alone"]


class BuildReport(NamedTuple):
    """What was done to a bundle.

    Attributes
    ----------
    path
        The bundle.
    ontologies
        What it holds now, all versions.
    size
        Bytes.
    reused
        True where the bundle was there already, from the same recipe, and nothing was done.
    skipped
        Prefix (or file name) → parts of the source that were passed over because they could not be understood.
    """

    path: Path
    ontologies: tuple[OntologyInfo, ...]
    size: int
    reused: bool = False
    skipped: dict[str, tuple[Problem, ...]] = {}  # noqa: RUF012 - a NamedTuple's default, never changed


@contextlib.contextmanager
def writing_alone(path: Path, progress: Progress) -> Iterator[None]:
    """Hold the bundle's lock, and clear away what a killed writer left.

    Raises
    ------
    TermIndexError
        The folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.with_name(path.name + ".lock")
        lock.touch()
    except OSError as error:
        raise TermIndexError(f"{path.parent} cannot be written: {error}") from error
    with exclusive(lock, lambda: progress("another build of this bundle is running; waiting for it")):
        for left in (*path.parent.glob(path.name + ".*.partial"), *path.parent.glob(path.name + ".*.partial.stage")):
            left.unlink(missing_ok=True)  # of a build that was killed: nobody else writes here while the lock is held
        yield


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give the name of a file to write; put it in the place of ``path`` if nothing is raised, else remove it."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        yield partial
        with partial.open("rb+") as stream:
            os.fsync(stream.fileno())
        partial.replace(path)
        _flush_folder(path.parent)
    except (OSError, sqlite3.Error) as error:
        raise TermIndexError(f"the bundle could not be written to {path}: {error}") from error
    finally:
        partial.unlink(missing_ok=True)


def _flush_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can."""
    with contextlib.suppress(OSError, AttributeError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def changing(path: Path, progress: Progress) -> Iterator[BundleWriter]:
    """Give a writer on a copy of the bundle (a new one where there is none); the copy takes its place at the end.

    Raises
    ------
    TermIndexError
        What is there is no bundle that can be extended, or the new one cannot be written.
    """
    with writing_alone(path, progress), replacing(path) as partial:
        if path.is_file():
            Bundle(path).close()  # raises where it is not a bundle that can be extended
            shutil.copyfile(path, partial)
        writer = BundleWriter(partial)
        try:
            yield writer
            writer.finish({})
        finally:
            writer.close()


def report_of(path: Path) -> BuildReport:
    """Return what a bundle holds."""
    with Bundle(path) as bundle:
        return BuildReport(path, bundle.ontologies(every=True), path.stat().st_size)
