"""``package`` on the command line: what is lacking is told on standard error, exit codes, nothing overwritten."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from packages.everything import records, write


def run(*args: object, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", "from omics_standards.cli import main; main()", "package", *map(str, args)], capture_output=True, text=True,
                          env={**os.environ, **env}, timeout=120, check=False)  # fmt: skip


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write(tmp_path / "in")


def test_what_is_lacking_is_told_with_the_option_that_gives_it(source: Path, tmp_path: Path) -> None:
    done = run(source, "-o", tmp_path / "out", "--as", "datacite,dcat")
    assert done.returncode == 1
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert "error: nobody says publisher (datacite requires it) or dct:publisher (dcat recommends it); give it with --publisher" in lines
    assert lines[-1].endswith("not said: 2 required, 2 recommended")
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"datacite.json", "dcat.ttl"}


def test_nothing_lacking_ends_with_0_and_recommended_ones_fail_on_warning(source: Path, tmp_path: Path) -> None:
    given = ("--publisher", "Institute of Nowhere", "--identifier", "doi:10.1234/data.1", "--access-url", "https://example.org/ask")
    assert run(source, "-o", tmp_path / "out", *given).returncode == 0
    assert json.loads((tmp_path / "out" / "datacite.json").read_text())["doi"] == "10.1234/data.1"
    assert run(source, "-o", tmp_path / "some", "--as", "dcat", "--fail-on", "error").returncode == 0
    assert run(source, "-o", tmp_path / "more", "--as", "dcat", "--fail-on", "warning").returncode == 1


def test_a_package_that_is_there_stays_without_force(source: Path, tmp_path: Path) -> None:
    run(source, "-o", tmp_path / "out", "--as", "dcat")
    before = (tmp_path / "out" / "dcat.ttl").read_bytes()
    again = run(source, "-o", tmp_path / "out", "--as", "dcat", "--title", "Another")
    assert again.returncode == 2
    assert "replace it with --force" in again.stderr
    assert (tmp_path / "out" / "dcat.ttl").read_bytes() == before
    run(source, "-o", tmp_path / "out", "--as", "dcat", "--title", "Another", "--force")
    assert b'dct:title "Another"' in (tmp_path / "out" / "dcat.ttl").read_bytes()


def test_times_come_from_stamp_or_the_reproducible_build_only(source: Path, tmp_path: Path) -> None:
    run(source, "-o", tmp_path / "none", "--as", "frictionless")
    assert "created" not in json.loads((tmp_path / "none" / "datapackage.json").read_text())
    run(source, "-o", tmp_path / "epoch", "--as", "frictionless", SOURCE_DATE_EPOCH="1700000000")
    assert json.loads((tmp_path / "epoch" / "datapackage.json").read_text())["created"] == "2023-11-14T00:00:00Z"
    assert run(source, "-o", tmp_path / "bad", "--stamp", "soon").returncode == 2


def test_list_shows_the_kinds() -> None:
    done = run("--list")
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == [
        "ro-crate",
        "dcat",
        "schema-org",
        "datacite",
        "croissant",
        "frictionless",
    ]


@pytest.mark.parametrize(("args", "code", "said"), [
    (("--as", "zip"), 2, "no package 'zip'"),
    (("--tables", "xls"), 2, "no package 'xls'"),
])  # fmt: skip
def test_misuse_is_one_sentence(source: Path, tmp_path: Path, args: tuple[str, ...], code: int, said: str) -> None:
    done = run(source, "-o", tmp_path / "out", *args)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_without_a_dataset_ends_with_3(tmp_path: Path) -> None:
    done = run(tmp_path, "-o", tmp_path / "out")
    assert done.returncode == 3
    assert "no converted dataset" in done.stderr


def test_a_disk_that_is_full_leaves_nothing(source: Path, tmp_path: Path) -> None:
    data = records()
    data["biosamples"] = [data["biosamples"][0] | {"id": f"biosample/S{k}", "description": "x" * 1000} for k in range(2000)]
    write(source, data)
    # A limit on the size of files stands in for a full disk: the write fails half-way.
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000));"
        "from omics_standards.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "package", str(source), "-o", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 3
    assert "cannot write into" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("signal_name", ["SIGTERM", "SIGKILL"])
def test_a_run_that_is_killed_leaves_the_old_package(source: Path, tmp_path: Path, signal_name: str) -> None:
    run(source, "-o", tmp_path / "out")
    before = {p: p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file()}
    code = (
        "import os, signal; from omics_standards.packages import writing;"
        f"writing.preview = lambda _: os.kill(os.getpid(), signal.{signal_name});"
        "from omics_standards.cli import main; main()"
    )
    arguments = ["package", str(source), "-o", str(tmp_path / "out"), "--title", "Another", "--force"]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode != 0
    assert {p: p.read_bytes() for p in before} == before
    left = [p.name for p in (tmp_path / "out").iterdir() if p.name.startswith(".")]
    # Nobody can tidy up after SIGKILL; what is left has a hidden name.
    assert not left or signal_name == "SIGKILL"
