"""What a bundle holds, changed by hand: which version of an ontology is in use, and which is taken out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from omics_standards.errors import TermIndexError

from .bundle import default_path
from .placing import BuildReport, changing, report_of
from .versions import split_version

if TYPE_CHECKING:
    import os

    from .answers import OntologyInfo
    from .carriers import Progress
    from .schema import BundleWriter

__all__ = ["remove_ontology", "use_version"]


def _silent(_: str) -> None:
    pass


def use_version(spec: str, *, target: str | os.PathLike[str] | None = None, progress: Progress = _silent) -> BuildReport:
    """Look terms of an ontology up in one of its versions from now on.

    Parameters
    ----------
    spec
        ``PREFIX@VERSION``; ``PREFIX`` alone leaves it to the newest again.
    target
        The bundle; None for the default one.
    progress
        Told what is being done.

    Raises
    ------
    TermIndexError
        The bundle has no such version; it stays as it was.
    """
    path = _place(target)
    with changing(path, progress) as writer:
        found = _find(writer, spec)
        version = split_version(spec)[1]
        writer.choose(found[0].prefix, version)
    report = report_of(path)
    used = next(info for info in report.ontologies if info.prefix == found[0].prefix and info.used)
    progress(f"in use: {used.spec}" + ("" if version else ", the newest"))
    return report


def remove_ontology(spec: str, *, target: str | os.PathLike[str] | None = None, progress: Progress = _silent) -> BuildReport:
    """Take an ontology out of the bundle.

    Parameters
    ----------
    spec
        ``PREFIX@VERSION``, or ``PREFIX`` for all its versions.
    target
        The bundle; None for the default one.
    progress
        Told what is being done.

    Raises
    ------
    TermIndexError
        The bundle has no such version; it stays as it was.
    """
    path = _place(target)
    with changing(path, progress) as writer:
        found = _find(writer, spec)
        for info in found:
            writer.remove(info.prefix, info.version)
        if not all(info.added for info in found):
            writer.forget_recipe()  # the next build brings back what it is made of
    for info in found:
        progress(f"removed: {info.spec} ({info.terms:,} terms)")
    return report_of(path)


def _place(target: str | os.PathLike[str] | None) -> Path:
    path = Path(target).absolute() if target is not None else default_path().absolute()
    if not path.is_file():
        raise TermIndexError(f"there is no bundle at {path}")
    return path


def _find(writer: BundleWriter, spec: str) -> list[OntologyInfo]:
    spelling, version = split_version(spec)
    infos = [info for info in writer.infos().values() if info.prefix.casefold() == spelling.casefold()]
    if not infos:
        there = ", ".join(dict.fromkeys(info.prefix for info in writer.infos().values()))
        raise TermIndexError(f"the bundle has no {spelling}; it has {there}")
    found = [info for info in infos if version in ("", info.version)]
    if not found:
        raise TermIndexError(f"the bundle has no {spec}; of {infos[0].prefix} it has {', '.join(info.version for info in infos)}")
    return found
