"""``--report``, ``--lang``, ``fix`` and ``attach`` as other programs see them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from omics_standards.curation import get_language
from omics_standards.curation.fixing import WHY

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "gsa-liver.xlsx"


def run(*args: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from omics_standards.cli import main; main()", *map(str, args)]
    done = subprocess.run(
        command, capture_output=True, env={**os.environ, "OMICS_STANDARDS_BUNDLE": "/no/such/bundle"}, timeout=120, check=False
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_convert_writes_the_reports_beside_the_data(tmp_path: Path) -> None:
    done = run("convert", EXAMPLE, "-o", tmp_path / "out", "--report", "html,xlsx", "--lang", "zh", "--stamp", "2026-01-01")
    assert done.returncode == 1
    names = {p.name for p in (tmp_path / "out").iterdir()}
    assert names == {"report.json", "dataset.json", "dataset.ttl", "description.ttl", "report.html", "gsa-liver.checked.xlsx"}
    assert "不存在的日期" in done.stderr
    assert re.search(r"检查结果：\d+ 错误, \d+ 警告", done.stderr)
    assert "单元格：311 = " in done.stderr
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert "a day of the calendar" in {f["expected"] for f in report["findings"]}
    first = (tmp_path / "out" / "report.html").read_bytes()
    again = run("convert", EXAMPLE, "-o", tmp_path / "out", "--report", "html", "--lang", "zh", "--stamp", "2026-01-01", "-q")
    assert again.returncode == 1
    assert (tmp_path / "out" / "report.html").read_bytes() == first
    refused = run("convert", EXAMPLE, "-o", tmp_path / "out", "--report", "xlsx")
    assert refused.returncode == 2
    assert "--force" in refused.stderr


@pytest.mark.slow
def test_reports_are_the_same_for_every_number_of_processes(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    rows = [f"S{i}\tMus musculus\t{'2020-13' if i % 7 == 0 else '2020-05'}\tJapan\tliver" for i in range(34_000)]
    path.write_text("*sample_name\t*organism\t*collection_date\t*geo_loc_name\ttissue\n" + "\n".join(rows), encoding="utf-8")
    pages = []
    for jobs in (1, 2):
        run(
            "convert",
            path,
            "-o",
            tmp_path / str(jobs),
            "--report",
            "html",
            "--jobs",
            jobs,
            "--to",
            "ntriples",
            "-q",
            "--stamp",
            "2026-01-01",
        )
        pages.append((tmp_path / str(jobs) / "report.html").read_bytes())
    assert pages[0] == pages[1]
    assert b">29,142<" in pages[0]
    assert b"&gt; 10,000<" in pages[0]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("check", EXAMPLE, "--report", "html"), "-o"),
        (("check", EXAMPLE, "--report", "pdf", "-o", "out"), "html, xlsx"),
        (("convert", EXAMPLE, "-o", "out", "--report", "xlsx", "--redact"), "--report html alone"),
        (("fix", EXAMPLE), "--dry-run"),
        (("fix", EXAMPLE, "-o", EXAMPLE), "never overwritten"),
        (("fix", EXAMPLE, "-o", "a.tsv"), "stays of its kind"),
    ],
)
def test_wrong_use_ends_with_2_and_one_sentence(
    args: tuple[object, ...], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*args)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_redacted_reports_show_no_samples(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(
        "*sample_name\t*organism\tphone\tsex\nS1\tHomo sapiens\t13912345678\tmale\nS2\tHomo sapiens\t13712345678\tmale\n", encoding="utf-8"
    )
    done = run("convert", path, "-o", tmp_path / "out", "--report", "html", "--redact")
    assert "written" in done.stderr, done.stderr
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "13912345678" not in page
    assert '<span class="raw">male</span>' not in page


def test_check_in_chinese() -> None:
    done = run("check", EXAMPLE, "--lang", "zh")
    assert "不存在的日期" in done.stdout
    assert json.loads(run("check", EXAMPLE, "--lang", "zh", "--json").stdout.splitlines()[0])["code"]


def test_fix_says_each_change(tmp_path: Path) -> None:
    look = run("fix", EXAMPLE, "--dry-run", "--json")
    changes = [json.loads(line) for line in look.stdout.splitlines()]
    assert {(c["cell"], c["from"], c["to"]) for c in changes} >= {("Sample!M5", "14/3/2023", "2023-03-14")}
    done = run("fix", EXAMPLE, "-o", tmp_path)
    assert done.returncode == 0
    assert "2023-03-14" in done.stdout
    assert (tmp_path / "gsa-liver.xlsx").is_file()
    assert run("fix", EXAMPLE, "-o", tmp_path).returncode == 2
    assert run("fix", tmp_path / "gsa-liver.xlsx", "--dry-run").stdout == ""
    assert run("fix", tmp_path / "absent.xlsx", "--dry-run").returncode == 3


def test_fix_says_its_changes_in_chinese(tmp_path: Path) -> None:
    done = run("fix", EXAMPLE, "--dry-run", "--lang", "zh")
    reasons = {line.rpartition("\t")[2] for line in done.stdout.splitlines()}
    assert "日期写成 ISO 8601 格式" in reasons
    assert all(re.search("[\u4e00-\u9fff]", reason) for reason in reasons)
    assert "检查结果" in done.stderr
    (tmp_path / "a.tsv").write_text(
        "*sample_name\t*organism\t*collection_date\nS1\tMus musculus\t5 May 2020\nS2\tMus musculus\t5 May 2020\n", encoding="utf-8"
    )
    assert "及另外 1 处" in run("fix", tmp_path / "a.tsv", "--dry-run", "--lang", "zh").stdout


def test_every_reason_for_a_change_is_said_in_chinese() -> None:
    language = get_language("zh")
    assert [why for why in WHY.values() if not re.search("[\u4e00-\u9fff]", language.say(why))] == []


def test_attach_ends_with_1_where_something_is_left(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("*sample_name\t*organism\nS1\tMus musculus\n", encoding="utf-8")
    (tmp_path / "b.tsv").write_text("mine\ttheirs\nS1\tSAMN99000001\nS2\tSAMN99000002\n", encoding="utf-8")
    run("convert", tmp_path / "a.tsv", "-o", tmp_path / "out", "-q")
    done = run("attach", tmp_path / "out", tmp_path / "b.tsv", "-o", tmp_path / "new")
    assert done.returncode == 1
    assert [line.split("\t")[0] for line in done.stdout.splitlines()] == ["attached", "unmatched"]
    assert "SAMN99000001" in (tmp_path / "new" / "dataset.json").read_text(encoding="utf-8")
    assert run("attach", tmp_path / "nowhere", tmp_path / "b.tsv", "--dry-run").returncode == 3
