"""Annotated matrices (.h5ad): a path enters, the table of observations and the unstructured notes leave, never the matrix.

The table of observations is streamed; of the matrix only its shape is read, of columns of numbers only their names: those
are results. HDF5 is read by h5py, which the extra ``anndata`` installs.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from omics_standards.errors import ReadError

from .cells import Chunk, chunk_of
from .header import Layout
from .workbook import Sheet, Workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .limits import Limits
    from .notes import Notes

__all__ = ["read_h5ad"]

_ROWS: Final = 4096
# How deep notes are followed, how many are taken, and how many texts of a list: beyond that they are data.
_DEPTH, _NOTES, _LIST = 6, 2_000, 200


def read_h5ad(file: Path, path: str, limits: Limits) -> Workbook:
    """Open an annotated matrix.

    Parameters
    ----------
    file, path
        The file, and its path as the caller wrote it.
    limits
        How large it may be.

    Returns
    -------
    Workbook
        With the sheets ``obs`` (one row per observation), ``uns`` (one row) and ``file`` (one row: the shape).

    Raises
    ------
    ReadError
        Where h5py is not installed, or the file is damaged, or no annotated matrix.

    References
    ----------
    The on-disk format of AnnData: https://anndata.readthedocs.io/en/stable/fileformat-prose.html
    """
    with _opened(file) as root:
        obs = _group(root, "obs", file)
        names = _columns(obs)
        read: list[str] = []
        left: list[str] = []
        for name in names:
            (left if _measured(_inner(obs, name)) else read).append(name)
        if len(names) > limits.max_columns:
            raise ReadError(f"{file.name} has {len(names):,} columns of observations, more than are read here ({limits.max_columns:,})")
        notes = dict(_notes(root.get("uns"), "", 0))
        shape = _shape(root, obs)
    about = {"file": file.name, "observations": str(shape[0]), "features": str(shape[1]), "columns of numbers": "; ".join(left)}
    tables: list[tuple[str, _Observations | _Row]] = [
        ("obs", _Observations(file, read, limits)),
        ("uns", _Row(notes)),
        ("file", _Row(about)),
    ]
    sheets = [_sheet(source, name, index, file.name) for index, (name, source) in enumerate(tables)]
    return Workbook(path, "h5ad", sheets)


@contextmanager
def _opened(file: Path) -> Iterator[Any]:
    """Open the file; what goes wrong within becomes one sentence."""
    try:
        import h5py
    except ImportError as error:
        advice = "pip install 'omics-standards[anndata]', or export obs as .tsv"
        raise ReadError(f"{file.name} is an HDF5 file, which h5py reads: {advice}") from error
    try:
        with h5py.File(file, "r") as root:
            yield root
    except (OSError, RuntimeError, KeyError, ValueError, UnicodeDecodeError) as error:
        raise ReadError(f"{file.name} is damaged, or no annotated matrix ({error}): download or export it again") from error


def _inner(group: Any, name: str) -> Any:
    """A member of a group that is stored in this very file; None where there is none."""
    import h5py

    link = group.get(name, getlink=True)
    if link is None:
        return None
    if isinstance(link, h5py.ExternalLink):
        raise ReadError(f"{name!r} lies in another file ({link.filename}), which is not followed: save the object into one file")
    member = group[name]
    if isinstance(member, h5py.Dataset) and (member.is_virtual or member.external):
        raise ReadError(f"{name!r} lies in another file, which is not followed: save the object into one file")
    return member


def _group(root: Any, name: str, file: Path) -> Any:
    import h5py

    found = _inner(root, name)
    if isinstance(found, h5py.Dataset):
        raise ReadError(f"{file.name} is of a layout before AnnData 0.7: open it in a current anndata and save it again")
    if not isinstance(found, h5py.Group):
        raise ReadError(f"{file.name} is an HDF5 file without observations (obs), so no annotated matrix: export its table as .tsv")
    return found


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _columns(obs: Any) -> list[str]:
    """Names of the columns, that of the index first."""
    index = _text(obs.attrs.get("_index", "_index"))
    names = [_text(n) for n in obs.attrs.get("column-order", [])] or [n for n in obs if n not in (index, "__categories")]
    return [n for n in (index, *names) if n in obs]


def _measured(column: Any) -> bool:
    """Tell whether a column holds numbers that are no codes of categories."""
    import h5py

    return isinstance(column, h5py.Dataset) and column.dtype.kind == "f"


def _shape(root: Any, obs: Any) -> tuple[int, int]:
    """Rows and columns of the matrix, from what is said of it."""
    matrix = _inner(root, "X")
    said = getattr(matrix, "shape", None) if matrix is not None else None
    said = said if said is not None else matrix.attrs.get("shape") if matrix is not None else None
    if said is not None and len(said) == 2:
        return int(said[0]), int(said[1])
    features = _inner(root, "var")
    return _length(obs), _length(features) if features is not None and hasattr(features, "attrs") else 0


def _length(frame: Any) -> int:
    index = _inner(frame, _text(frame.attrs.get("_index", "_index")))
    return len(index) if index is not None else 0


def _notes(group: Any, lead: str, depth: int) -> Iterator[tuple[str, str]]:
    """Texts, numbers and short lists of texts among the unstructured notes; colours and arrays are for drawing."""
    import h5py

    if not isinstance(group, h5py.Group) or depth > _DEPTH:
        return
    for number, name in enumerate(group):
        member = _inner(group, name)
        if number >= _NOTES or name.endswith("_colors"):
            continue
        if isinstance(member, h5py.Group):
            yield from _notes(member, f"{lead}{name}.", depth + 1)
        elif member.shape == ():
            yield lead + name, _text(member[()])
        elif len(member.shape) == 1 and member.dtype.kind in "OSU" and len(member) <= _LIST:
            yield lead + name, "; ".join(map(_text, member[:]))


def _sheet(source: _Observations | _Row, name: str, index: int, file: str) -> Sheet:
    headers = tuple(source.headers)
    layout = Layout(1, headers, (), (), 2, sum(map(bool, headers)))
    return Sheet(source, [(1, list(headers))], layout, file=file, name=name, index=index, reason="" if headers else "empty")


class _Whole:
    """A source without merged cells."""

    delimited = False

    def merged(self, row: int) -> list[tuple[int, int]]:  # noqa: ARG002 - there are none
        """Return nothing: no cells are merged."""
        return []

    def spans(self) -> list[tuple[int, int, int, int]]:
        """Return nothing, as :meth:`merged` does."""
        return []


class _Row(_Whole):
    """A table of one row."""

    def __init__(self, cells: dict[str, str]) -> None:
        self.cells = {name: text for name, text in cells.items() if text.strip()}
        self.headers = list(self.cells)

    def chunks(self, notes: Notes) -> Iterator[Chunk]:  # noqa: ARG002 - nothing to say of texts
        """Yield the header and the row."""
        yield chunk_of([list(self.cells), list(self.cells.values())])


class _Observations(_Whole):
    """The table of observations, read in slices."""

    def __init__(self, file: Path, names: list[str], limits: Limits) -> None:
        self.file = file
        self.headers = names
        self.limits = limits

    def chunks(self, notes: Notes) -> Iterator[Chunk]:  # noqa: ARG002 - nothing to say of texts
        """Yield the header, then the rows."""
        yield chunk_of([list(self.headers)])
        if not self.headers:
            return
        with _opened(self.file) as root:
            obs = _group(root, "obs", self.file)
            columns = [_Column(obs, name) for name in self.headers]
            total = len(columns[0])
            for start in range(0, total, _ROWS):
                cells = [c.texts(start, min(start + _ROWS, total)) for c in columns]
                if any(len(c) != len(cells[0]) for c in cells):
                    raise ReadError(f"{self.file.name} has columns of different lengths in obs: export it again")
                yield chunk_of([list(row) for row in zip(*cells, strict=True)])


class _Column:
    """A column of observations, whatever its encoding."""

    def __init__(self, obs: Any, name: str) -> None:
        import h5py

        member = _inner(obs, name)
        self.categories: list[str] | None = None
        self.mask = None
        if isinstance(member, h5py.Group) and "codes" in member:
            self.values = _inner(member, "codes")
            self.categories = list(map(_text, _inner(member, "categories")[:]))
        elif isinstance(member, h5py.Group):  # numbers or truths with a mask of those that are absent
            self.values, self.mask = _inner(member, "values"), _inner(member, "mask")
        else:
            self.values = member
            older = _inner(obs, "__categories")  # AnnData 0.7
            if older is not None and name in older:
                self.categories = list(map(_text, _inner(older, name)[:]))
        if not isinstance(self.values, h5py.Dataset):
            raise ReadError(f"the column {name!r} of obs is of an encoding that is not known: save the object with a current anndata")

    def __len__(self) -> int:
        return len(self.values)

    def texts(self, start: int, stop: int) -> list[str]:
        """The cells of some rows; blank where there is no value."""
        values = self.values[start:stop].tolist()
        if self.categories is not None:
            known = self.categories
            return [known[code] if 0 <= code < len(known) else "" for code in values]
        absent = self.mask[start:stop].tolist() if self.mask is not None else ()
        texts = ["" if v is None or v != v else _text(v) for v in values]  # noqa: PLR0124 - only NaN differs from itself
        return ["" if gone else text for text, gone in zip(texts, absent, strict=True)] if absent else texts
