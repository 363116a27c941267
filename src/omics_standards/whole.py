"""Files and folders that are put in place whole or not at all.

What is written has a hidden name beside its place first and is renamed at the end, so that a full disk, an error or a kill leaves
what was there. Nothing that is there is replaced unless somebody said so.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Self

from .errors import OmicsStandardsError, ReadError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

__all__ = ["REPLACE", "WholeFolder", "refuse", "whole_file", "write_whole"]

REPLACE = "omics-standards-replace"
"""How text is encoded that no encoding of Unicode can hold: U+FFFD stands for a lone surrogate."""


def _replace(error: UnicodeError) -> tuple[bytes, int]:
    assert isinstance(error, UnicodeEncodeError)
    return "\ufffd".encode() * (error.end - error.start), error.end


codecs.register_error(REPLACE, _replace)


def _hidden(folder: Path, ending: str = "") -> Path:
    """A name that nobody else uses: two runs may write into one folder."""
    return folder / f".writing-{os.urandom(6).hex()}{ending}"


def refuse(places: Iterable[Path], *, force: bool) -> None:
    """Refuse to write where something is.

    Parameters
    ----------
    places
        Where files or folders are to go.
    force
        Whether they may be replaced.

    Raises
    ------
    UsageError
        One of them is there, and may not.

    Examples
    --------
    >>> refuse([Path("/nowhere/samples.tsv")], force=False)
    >>> refuse([Path("/")], force=False)
    Traceback (most recent call last):
    omics_standards.errors.UsageError: / is there already; write elsewhere with -o, or replace it with --force
    """
    there = next((place for place in places if not force and place.exists()), None)
    if there is not None:
        raise UsageError(f"{there} is there already; write elsewhere with -o, or replace it with --force")


@contextlib.contextmanager
def whole_file(path: str | os.PathLike[str], *, force: bool, refused: Callable[[str], OmicsStandardsError] | None = None) -> Iterator[Path]:
    """Give the name of a file to write; it is put in place of another if nothing is raised, and taken away otherwise.

    Parameters
    ----------
    path
        Where the file goes; its folder is made where it does not exist. A link to a file stays a link.
    force
        Whether a file that is there may be replaced.
    refused
        Makes the error to raise where the system refuses, of the reason; None for a :class:`ReadError`.

    Yields
    ------
    Path
        A name with the same ending.

    Raises
    ------
    UsageError
        There is a file, and it may not be replaced.
    ReadError
        The place cannot be written to, or the disk is full.

    Examples
    --------
    >>> import tempfile
    >>> place = Path(tempfile.mkdtemp(), "samples.tsv")
    >>> with whole_file(place, force=False) as work:
    ...     _ = work.write_text("name")
    >>> place.read_text()
    'name'
    """
    place = Path(path)
    refuse([place], force=force)
    work = None
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        target = place.resolve()
        work = _hidden(target.parent, target.suffix)
        yield work
        with work.open("rb+") as out:
            os.fsync(out.fileno())
        work.replace(target)
    except OSError as e:
        why = e.strerror or str(e)
        raise (refused(why) if refused else ReadError(f"cannot write {place}: {why}; choose another place with -o")) from e
    finally:
        if work is not None:
            work.unlink(missing_ok=True)


def write_whole(
    path: str | os.PathLike[str], content: str | bytes, *, force: bool, refused: Callable[[str], OmicsStandardsError] | None = None
) -> None:
    """Write a file in one piece.

    Parameters
    ----------
    path, force, refused
        As in :func:`whole_file`.
    content
        Bytes, or text that is written as UTF-8 with its own line ends.

    Raises
    ------
    UsageError
        There is a file, and it may not be replaced.
    ReadError
        The place cannot be written to, or the disk is full; what was there before is still there.
    """
    with whole_file(path, force=force, refused=refused) as work:
        work.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", REPLACE))


class WholeFolder:
    """A folder whose files are written under a hidden name inside it, and put in place together; a context.

    Parameters
    ----------
    folder
        Made where it does not exist; what else stands in it is left alone.
    force
        Whether files and folders of the names that are written may be replaced.
    own
        Names that are replaced in any case: what speaks of the others.

    Attributes
    ----------
    work
        Where to write meanwhile.
    superseded
        Names that are taken away at the end if they are not written: what an earlier run left, which would contradict this one.

    Raises
    ------
    UsageError
        At the end: one of the names is there, and may not be replaced.
    ReadError
        The folder cannot be written to, or the disk is full; what was there before is still there.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp(), "out")
    >>> with WholeFolder(folder, force=False) as out:
    ...     out.text("samples.tsv", "name")
    >>> [path.name for path in folder.iterdir()]
    ['samples.tsv']
    """

    def __init__(self, folder: str | os.PathLike[str], *, force: bool, own: Collection[str] = ()) -> None:
        self.folder = Path(folder)
        self.superseded: Collection[str] = ()
        self._force = force
        self._own = own
        self._made = False

    def __enter__(self) -> Self:
        try:
            self._made = not self.folder.exists()
            self.folder.mkdir(parents=True, exist_ok=True)
            self.work = _hidden(self.folder)
            self.work.mkdir()
        except OSError as e:
            raise ReadError(f"cannot write into {self.folder}: {e.strerror}; choose another folder with -o") from e
        return self

    def text(self, name: str, text: str) -> None:
        """Write a text file."""
        (self.work / name).write_bytes(text.encode("utf-8", REPLACE))

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        try:
            if kind is None:
                self._put_in_place()
                self._made = False
            elif isinstance(error, OSError) and self._here(error):
                raise error
        except OSError as e:
            raise ReadError(f"cannot write into {self.folder}: {e.strerror}; choose another folder with -o") from e
        finally:
            shutil.rmtree(self.work, ignore_errors=True)
            if self._made:
                # What a failed run made is taken away, unless somebody has put something into it meanwhile.
                with contextlib.suppress(OSError):
                    self.folder.rmdir()

    def _here(self, error: OSError) -> bool:
        """Tell whether an error is of writing here: no other file is named, and it is no output that nobody reads any more."""
        named = error.filename2 or error.filename  # of a copy, where it goes
        return not isinstance(error, BrokenPipeError) and (named is None or Path(os.fsdecode(named)).is_relative_to(self.folder))

    def _put_in_place(self) -> None:
        """Rename what was written; where one name fails, all are as they were."""
        new = sorted(p.name for p in self.work.iterdir())
        refuse((self.folder / n for n in new if n not in self._own), force=self._force)
        aside = _hidden(self.work)
        aside.mkdir()
        done: list[str] = []
        there = {n for n in (*new, *self.superseded) if (self.folder / n).exists()}
        try:
            for name in new:
                if name in there:
                    _set_aside(self.folder / name, aside / name, whole=(self.work / name).is_dir())
                done.append(name)
                (self.work / name).replace(self.folder / name)
            for name in sorted(there.difference(new)):
                done.append(name)
                (self.folder / name).replace(aside / name)
        except BaseException:
            for name in reversed(done):
                self._restore(name, aside / name, new=name not in there)
            raise

    def _restore(self, name: str, old: Path, *, new: bool) -> None:
        place = self.folder / name
        with contextlib.suppress(OSError):
            if place.is_dir() and (new or old.exists()):
                shutil.rmtree(place)
            elif new:
                place.unlink(missing_ok=True)
            if old.exists():
                old.replace(place)


def _set_aside(place: Path, aside: Path, *, whole: bool) -> None:
    """Keep what will be replaced, until all is in place; a file keeps its name meanwhile, so that a kill finds it there."""
    if whole or place.is_dir():
        place.replace(aside)
        return
    # Some file systems know no second names; there a file is replaced without.
    with contextlib.suppress(OSError, NotImplementedError):
        os.link(place, aside)
