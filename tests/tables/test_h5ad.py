"""Annotated matrices: observations and notes are read, the matrix is not; other files are not followed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from omics_standards.errors import ReadError
from omics_standards.tables import read

h5py = pytest.importorskip("h5py")
np = pytest.importorskip("numpy")
STRINGS = h5py.string_dtype()


def write(path: Path, columns: dict[str, Any], uns: dict[str, Any] | None = None, rows: int = 3) -> Path:
    with h5py.File(path, "w") as root:
        obs = root.create_group("obs")
        obs.attrs["_index"] = "cell"
        obs.attrs["column-order"] = np.array(list(columns), dtype=STRINGS)
        obs["cell"] = np.array([f"c{n}" for n in range(rows)], dtype=STRINGS)
        for name, values in columns.items():
            if isinstance(values, tuple):
                group = obs.create_group(name)
                group["codes"] = np.array(values[0], dtype="i1")
                group["categories"] = np.array(values[1], dtype=STRINGS)
            elif isinstance(values, dict):
                group = obs.create_group(name)
                for part, array in values.items():
                    group[part] = array
            else:
                obs[name] = values
        notes = root.create_group("uns")
        for name, value in (uns or {}).items():
            notes[name] = value
        root.create_dataset("X", shape=(rows, 5), dtype="f4")
    return path


def rows_of(path: Path, sheet: str = "obs") -> tuple[tuple[str, ...], list[list[str]]]:
    found = next(s for s in read(path).sheets if s.name == sheet)
    return found.headers, [row for batch in found.batches() for row in batch.rows]


def test_observations_of_every_encoding(tmp_path: Path) -> None:
    columns = {
        "donor_id": ([0, 1, -1], ["d1", "dü"]),
        "is_primary_data": np.array([True, False, True]),
        "array_row": np.array([1, 2, 3]),
        "count": {"values": np.array([7, 8, 9]), "mask": np.array([False, True, False])},
        "note": np.array(["a", "", "b"], dtype=STRINGS),
        "umap": np.array([0.5, 1.5, 2.5]),
    }
    path = write(tmp_path / "a.h5ad", columns)
    headers, rows = rows_of(path)
    assert headers == ("cell", "donor_id", "is_primary_data", "array_row", "count", "note")
    assert rows == [["c0", "d1", "True", "1", "7", "a"], ["c1", "dü", "False", "2", "", ""], ["c2", "", "True", "3", "9", "b"]]
    shape, values = rows_of(path, "file")
    assert dict(zip(shape, values[0], strict=True)) == {
        "file": "a.h5ad",
        "observations": "3",
        "features": "5",
        "columns of numbers": "umap",
    }


def test_slices_make_one_table(tmp_path: Path) -> None:
    many = 10_001
    path = write(tmp_path / "a.h5ad", {"donor_id": ([0] * many, ["d"])}, rows=many)
    sheet = read(path).sheets[0]
    assert sum(len(b.rows) for b in sheet.batches()) == many
    assert sheet.cells == 2 * many + 2


def test_notes_are_read_colours_and_arrays_are_not(tmp_path: Path) -> None:
    uns = {"title": "A title", "n": 3, "spatial/is_single": True, "batch_condition": np.array(["x", "y"], dtype=STRINGS),
           "donor_id_colors": np.array(["#fff"], dtype=STRINGS), "distances": np.zeros((3, 3))}  # fmt: skip
    headers, (row,) = rows_of(write(tmp_path / "a.h5ad", {}, uns), "uns")
    assert dict(zip(headers, row, strict=True)) == {"batch_condition": "x; y", "n": "3", "spatial.is_single": "True", "title": "A title"}


def test_other_files_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "secret.h5ad", {"donor_id": ([0, 0, 0], ["secret"])})
    path = write(tmp_path / "a.h5ad", {})
    with h5py.File(path, "a") as root:
        root["obs"].attrs["column-order"] = np.array(["donor_id"], dtype=STRINGS)
        root["obs/donor_id"] = h5py.ExternalLink("secret.h5ad", "/obs/donor_id")
    with pytest.raises(ReadError, match="not followed"):
        read(path)
    with h5py.File(path, "a") as root:
        del root["obs/donor_id"]
        root["obs"].create_dataset("donor_id", (3,), "i1", external=[(str(tmp_path / "raw"), 0, 3)])
    with pytest.raises(ReadError, match="not followed"):
        read(path)


@pytest.mark.parametrize("spoil", ["none", "dataset", "cut", "lengths"])
def test_what_is_no_annotated_matrix_is_refused_in_one_sentence(tmp_path: Path, spoil: str) -> None:
    path = write(tmp_path / "a.h5ad", {"donor_id": ([0, 0, 0], ["d"])})
    with h5py.File(path, "a") as root:
        if spoil in ("none", "dataset"):
            del root["obs"]
        if spoil == "dataset":
            root["obs"] = np.zeros(3, dtype=[("index", "S2")])
        if spoil == "lengths":
            del root["obs/donor_id/codes"]
            root["obs/donor_id/codes"] = np.zeros(2, dtype="i1")
    if spoil == "cut":
        path.write_bytes(path.read_bytes()[:900])
    with pytest.raises(ReadError) as caught:
        rows_of(path)
    assert "\n" not in str(caught.value)


def test_without_the_extra_the_sentence_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.h5ad", {})
    monkeypatch.setitem(sys.modules, "h5py", None)
    with pytest.raises(ReadError, match=r"pip install 'omics-standards\[anndata\]'"):
        read(path)
