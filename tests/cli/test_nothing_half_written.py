"""Every command that writes: a full disk and a kill leave what was there, and nothing is replaced that nobody gave up."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from omics_standards.cli.app import app, main

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and limits on the size of files")

SAMPLES = "*sample_name\t*organism\t*collection_date\ttissue\nS1\tMus musculus\t14/3/2023\tliver\nS2\tMus musculus\t2023-03-15\tbrain\n"
RETURNED = "mine\ttheirs\nS1\tSAMN99000001\nS2\tSAMN99000002\n"


class Case(NamedTuple):
    """A command: its arguments, what it writes, whether it needs leave to replace it, and a package that it needs."""

    arguments: str
    writes: str
    force: bool = True
    needs: str = ""


CASES = {
    "convert": Case("convert {samples} -o {out} --to json,turtle,ntriples,nquads,jsonld,jsonld-framed,rdfxml,tsv", "dataset.ttl", False),
    "convert-xlsx": Case("convert {samples} -o {out} --to xlsx", "dataset.xlsx", False, "xlsxwriter"),
    "convert-parquet": Case("convert {samples} -o {out} --to parquet", "tables", False, "pyarrow"),
    "convert-redacted": Case("convert {samples} -o {out} --redact", "redactions.tsv", False),
    "export": Case("export {dataset} --to ncbi -o {out}", "export.json"),
    "export-workbook": Case("export {dataset} --to gsa -o {out}", "gsa.xlsx", needs="xlsxwriter"),
    "package": Case("package {dataset} -o {out}", "dcat.ttl"),
    "template": Case("template sra -o {out}/t.tsv", "t.tsv"),
    "template-workbook": Case("template gsa -o {out}/t.xlsx", "t.xlsx", needs="xlsxwriter"),
    "report": Case("check {samples} --report html -o {out}", "report.html", False),
    "returned": Case("check {samples} --report xlsx -o {out}", "samples.tsv.checked.xlsx", needs="xlsxwriter"),
    "fix": Case("fix {samples} -o {out}/fixed.tsv", "fixed.tsv"),
    "attach": Case("attach {dataset} {returned} -o {out}", "dataset.json"),
    "review": Case("terms review {dataset} -o {out}/review.tsv", "review.tsv"),
    "review-workbook": Case("terms review {dataset} -o {out}/review.xlsx", "review.xlsx", needs="xlsxwriter"),
    "model": Case("model show owl -o {out}/model.ttl", "model.ttl"),
    "draft": Case("profiles draft {samples} -o {out}/mine.yaml", "mine.yaml"),
}


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("given")
    (folder / "samples.tsv").write_text(SAMPLES, encoding="utf-8")
    (folder / "returned.tsv").write_text(RETURNED, encoding="utf-8")
    assert CliRunner().invoke(app, ["convert", str(folder / "samples.tsv"), "-o", str(folder / "dataset"), "-q"]).exit_code in (0, 1)
    return {"samples": folder / "samples.tsv", "returned": folder / "returned.tsv", "dataset": folder / "dataset"}


def _arguments(case: Case, given: dict[str, Path], out: Path, *, force: bool = True) -> list[str]:
    places = {name: str(path) for name, path in given.items()} | {"out": str(out)}
    return [part.format(**places) for part in case.arguments.split()] + ["--force"] * (force and case.force)


def _held(folder: Path) -> dict[str, bytes]:
    """What stands in a folder under names that are not hidden."""
    files = (p for p in folder.rglob("*") if p.is_file())
    return {name: p.read_bytes() for p in files if not (name := p.relative_to(folder).as_posix()).startswith(".")}


def _run(arguments: list[str], out: Path, trouble: str) -> tuple[int, str]:
    """Run a command in a process of its own, in which something happens to the folder that it writes into; exit code and output."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        with open(reading, encoding="utf-8") as told:  # noqa: PTH123 - a pipe: the limit on files does not hold for it
            said = told.read()
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said
    try:
        os.dup2(writing, 1)
        os.dup2(writing, 2)
        sys.argv = ["omics-standards", *arguments]
        sys.stdout, sys.stderr = (open(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))  # noqa: SIM115
        sys.addaudithook(_trouble(str(out), trouble))
        try:
            main()
        except SystemExit as e:
            sys.stderr.flush()
            os._exit(e.code if isinstance(e.code, int) else 0)
        except BaseException:  # noqa: BLE001 - the test looks for what it says
            import traceback

            traceback.print_exc()
            sys.stderr.flush()
    finally:
        os._exit(99)


def _trouble(out: str, trouble: str):
    """A full disk from the first file that is opened there for writing; or a kill before the first file is put in place."""
    import resource

    def heard(event: str, args: tuple[object, ...]) -> None:
        if trouble == "full" and event == "open" and str(args[0]).startswith(out) and _writes(args):
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))
        if trouble == "killed" and event == "os.rename" and str(args[1]).startswith(out):
            os.kill(os.getpid(), signal.SIGKILL)

    return heard


def _writes(args: tuple[object, ...]) -> bool:
    mode, flags = args[1], args[2]
    return any(m in mode for m in "wxa+") if isinstance(mode, str) else bool(int(str(flags)) & (os.O_WRONLY | os.O_RDWR))


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    found = CASES[request.param]
    if found.needs:
        pytest.importorskip(found.needs)
    return found


@pytest.mark.parametrize("trouble", ["full", "killed"])
def test_what_was_there_is_there_still(case: Case, trouble: str, given: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = CliRunner().invoke(app, _arguments(case, given, out))
    assert (out / case.writes).exists(), done.output
    # Whoever looks for what was there must not find what would have been written.
    for path in (p for p in out.rglob("*") if p.is_file() and p.name != "report.json"):
        path.write_bytes(b"mine")
    before = _held(out)
    code, said = _run(_arguments(case, given, out), out, trouble)
    assert "Traceback" not in said
    assert _held(out) == before
    left = [p for p in out.iterdir() if p.name.startswith(".")]
    if trouble == "full":
        assert code == 3, said
        assert "File too large" in said
        assert str(out) in said
        assert left == []
    else:
        assert code == -signal.SIGKILL
        # Nobody can tidy up after that; what is left has a hidden name.
        assert left != []


def test_a_full_disk_leaves_no_new_folder(case: Case, given: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    code, said = _run(_arguments(case, given, out), out, "full")
    assert code == 3, said
    assert not list(tmp_path.rglob(".writing*"))
    assert not out.exists() or list(out.iterdir()) == []


def test_nothing_is_replaced_without_leave(case: Case, given: dict[str, Path], tmp_path: Path) -> None:
    if not case.force:
        pytest.skip("replaces what an earlier run wrote")
    out = tmp_path / "out"
    CliRunner().invoke(app, _arguments(case, given, out))
    before = _held(out)
    code, said = _run(_arguments(case, given, out, force=False), out, "none")
    assert code == 2, said
    assert "--force" in said
    assert _held(out) == before
