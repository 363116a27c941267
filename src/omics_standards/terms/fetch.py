"""Download an ontology of the manifest and add it to the bundle: a prefix in, a new version in the bundle out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from omics_standards.errors import TermIndexError

from .adding import add_file
from .bundle import default_path
from .carriers import Manifest, ManifestEntry, Progress, read_manifest
from .download import LIMITS, Limits, download
from .locking import exclusive

if TYPE_CHECKING:
    import os

    from .placing import BuildReport

__all__ = ["fetch_ontology"]


def fetch_ontology(
    name: str,
    *,
    target: str | os.PathLike[str] | None = None,
    latest: bool = False,
    use: bool = False,
    manifest: Manifest | None = None,
    limits: Limits = LIMITS,
    progress: Progress = lambda _: None,
) -> BuildReport:
    """Download an ontology from where its makers publish it, and add it to the bundle beside its other versions.

    Parameters
    ----------
    name
        Its prefix, in any case.
    target
        The bundle; None for the default one.
    latest
        Take the newest instead of the version whose sha256 is known.
    use
        Look terms up in it from now on, even if it is not the newest.
    manifest
        None for the package's own.
    limits
        How patient the download is.
    progress
        Told what is being done, one line at a time.

    Raises
    ------
    TermIndexError
        The manifest has no such ontology, it cannot be downloaded, or is not the file expected, or cannot be added.
        The old bundle stays as it was; what was received of a cut download is kept for the next try.
    """
    entry = _entry(name, manifest or read_manifest())
    path = Path(target).absolute() if target is not None else default_path().absolute()
    pinned = bool(entry.sha256) and not latest
    url = entry.url if pinned or not entry.latest else entry.latest
    file = path.parent / "downloads" / (Path(urlsplit(url).path).name or entry.prefix.lower())
    file.parent.mkdir(parents=True, exist_ok=True)
    with exclusive(file.parent / f"{entry.prefix}.lock", lambda: progress(f"{entry.prefix} is being fetched already; waiting")):
        try:
            _get(entry, url, file, pinned=pinned, limits=limits, progress=progress)
            return add_file(file, entry.prefix, target=path, use=use, progress=progress)
        finally:
            file.unlink(missing_ok=True)


def _get(entry: ManifestEntry, url: str, file: Path, *, pinned: bool, limits: Limits, progress: Progress) -> None:
    progress(f"downloading {entry.prefix} from {url}")
    try:
        got = download(url, file, sha256=entry.sha256 if pinned else "", limits=limits, progress=progress)
    except TermIndexError as error:
        if pinned and "not the file expected" in str(error):
            raise TermIndexError(
                f"{error}; to take what {entry.latest} gives now, unchecked: omics-standards ontologies fetch {entry.prefix} --latest"
            ) from None
        raise TermIndexError(
            f"{error}; by hand: download it from {entry.homepage or url} and run: omics-standards ontologies add FILE"
        ) from None
    if pinned:
        progress(f"{got.size:,} bytes, sha256 {got.sha256}, as expected")
    else:
        progress(f"{got.size:,} bytes from {got.url}, sha256 {got.sha256}: recorded, but no known hash could be checked")


def _entry(name: str, manifest: Manifest) -> ManifestEntry:
    for entry in manifest.entries:
        if entry.prefix.casefold() == name.strip().casefold():
            return entry
    known = ", ".join(e.prefix for e in manifest.entries)
    raise TermIndexError(f"the manifest has no ontology {name}; it has {known}; for others: omics-standards ontologies add FILE")
