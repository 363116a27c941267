"""Builders that are killed at any moment, and several at once: what lies at the bundle's place is whole, old or new."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from omics_standards.errors import TermIndexError
from omics_standards.terms import Bundle
from omics_standards.terms.adding import add_file
from omics_standards.terms.build import build
from terms.carrier_wheels import carriers

TESTS = Path(__file__).resolve().parents[1]
MY = "data-version: 1\nontology: my\n\n[Term]\nid: MY:1\nname: thing\n"

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")

# Counts the calls of functions, of Python and of C, and ends itself without notice at one of them.
_SCRIPT = """
import os, signal, sys
from pathlib import Path
tests, what, wheels, target, moment = sys.argv[1:]
sys.path.insert(0, tests)
from omics_standards.terms.adding import add_file
from omics_standards.terms.build import build
from terms.carrier_wheels import carriers
manifest = carriers(Path(wheels))
last, calls = int(moment), 0
def count(frame, event, argument):
    global calls
    calls += 1
    if calls == last:
        os.kill(os.getpid(), signal.SIGKILL)
sys.setprofile(count)
if what == "build":
    build(target, wheels=wheels, manifest=manifest, force=True)
else:
    add_file(Path(wheels) / "my.obo", target=target)
sys.setprofile(None)
print(calls)
"""


def start(what: str, wheels: Path, target: Path, moment: int = 0) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _SCRIPT, str(TESTS), what, str(wheels), str(target), str(moment)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def moments(calls: int) -> list[int]:
    """Fourteen moments over the whole run, and ten close to its end, where the new bundle comes to its place."""
    return sorted({*range(1, calls, calls // 14), *range(calls - 60, calls, 6)})


@pytest.mark.parametrize("what", ["build", "add"])
def test_killed_at_any_moment_the_old_or_the_new_bundle_is_left(what: str, tmp_path: Path) -> None:
    wheels, target = tmp_path / "wheels", tmp_path / "cache" / "bundle.sqlite"
    manifest = carriers(wheels)
    (wheels / "my.obo").write_text(MY, encoding="utf-8")
    build(target, wheels=wheels, manifest=manifest, only=["MS", "UBERON"])
    old = target.read_bytes()
    output, errors = (process := start(what, wheels, target)).communicate(timeout=60)
    assert process.returncode == 0, errors
    new = target.read_bytes()
    assert new != old
    seen = set()
    for moment in moments(int(output)):
        target.write_bytes(old)
        process = start(what, wheels, target, moment)
        process.communicate(timeout=60)
        assert process.returncode == -signal.SIGKILL
        now = target.read_bytes()
        assert now in (old, new), f"killed at call {moment}"
        seen.add(now == new)
        with Bundle(target) as bundle:
            assert bundle.ground("liver", ("UBERON",)).id == "UBERON:0002107"
    assert seen == {False, True}  # some were killed before the new bundle was in its place, some after
    # What the killed ones left is cleared away by the next.
    add_file(wheels / "my.obo", target=target)
    assert sorted(p.name for p in target.parent.iterdir()) == ["bundle.sqlite", "bundle.sqlite.lock"]


def test_builders_and_adders_at_once_lose_nothing(tmp_path: Path) -> None:
    wheels, target = tmp_path / "wheels", tmp_path / "cache" / "bundle.sqlite"
    manifest = carriers(wheels)
    (wheels / "my.obo").write_text(MY, encoding="utf-8")
    build(target, wheels=wheels, manifest=manifest)
    processes = [start(what, wheels, target) for what in ("build", "add", "build")]
    looked = 0
    while any(process.poll() is None for process in processes):
        with Bundle(target) as bundle:  # a reader never meets a half-written one
            assert bundle.ground("liver", ("UBERON",)).id == "UBERON:0002107"
        looked += 1
    assert looked
    assert [process.communicate()[1] for process in processes] == [""] * 3
    assert [process.returncode for process in processes] == [0] * 3
    with Bundle(target) as bundle:
        assert bundle.ground("thing", ("MY",)).id == "MY:1"
        assert len(bundle.versions()) == 6


def test_a_full_disk_leaves_the_old_bundle(tmp_path: Path) -> None:
    wheels, target = tmp_path / "wheels", tmp_path / "cache" / "bundle.sqlite"
    manifest = carriers(wheels)
    build(target, wheels=wheels, manifest=manifest, only=["MS"])
    old = target.read_bytes()
    script = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))\n"
        "sys.path.insert(0, sys.argv[1])\nfrom pathlib import Path\nfrom omics_standards.errors import TermIndexError\n"
        "from omics_standards.terms.build import build\nfrom terms.carrier_wheels import carriers\n"
        "try: build(sys.argv[3], wheels=sys.argv[2], manifest=carriers(Path(sys.argv[2])))\n"
        "except TermIndexError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(TESTS), str(wheels), str(target)], capture_output=True, text=True, check=True, timeout=60
    )
    assert "could not be written" in done.stdout
    assert target.read_bytes() == old
    assert sorted(p.name for p in target.parent.iterdir()) == ["bundle.sqlite", "bundle.sqlite.lock"]


def test_what_is_cut_short_is_never_opened(tmp_path: Path) -> None:
    wheels, target = tmp_path / "wheels", tmp_path / "bundle.sqlite"
    build(target, wheels=wheels, manifest=carriers(wheels), only=["MS"])
    whole = target.read_bytes()
    for share in (0.0, 0.2, 0.5, 0.9):
        target.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(TermIndexError, match="build it again with: omics-standards ontologies build"):
            Bundle(target)
