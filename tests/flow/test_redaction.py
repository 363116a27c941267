"""What is redacted stands in no file that is written: secrets are planted everywhere, then all outputs are searched for them."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from omics_standards import convert
from omics_standards.checks import privacy
from omics_standards.conversion import Options, convert_to
from omics_standards.tables import read

GOLDEN = Path(__file__).parents[1] / "golden"
# A file that breaks off cannot be planted by a parser that wants whole ones.
INPUTS = sorted(
    p for p in GOLDEN.glob("*/*/input*") if p.suffix in (".tsv", ".csv", ".txt", ".xml", ".json", ".soft") and p.parent.name != "broken-off"
)
NUMBER = "11010519491231002X"
EMAIL = "planted.person@secret-mail.org"
TELEPHONE = "+44 161 496 0999"
SECRET = f"{NUMBER} {EMAIL} {TELEPHONE}"
ALL = "json,turtle,ntriples,jsonld,tsv"
OPTIONS = Options(base="https://example.org/data/", today="2026-01-01", bundle="/no/bundle", redact=True)


def _planted(path: Path) -> str:
    """The text of an input with the secret at the end of every cell but those of the header."""
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".json":
        return json.dumps(_in_json(json.loads(text)))
    if path.suffix == ".xml":
        root = ET.fromstring(text)
        for element in root.iter():
            if element.text and element.text.strip():
                element.text += f" {SECRET}"
        return ET.tostring(root, encoding="unicode")
    book = read(path)
    first = max((s.header_row for s in book.sheets), default=1)
    out = io.StringIO(newline="")
    table = csv.writer(out, delimiter=book.delimiter or "\t", lineterminator="\n")
    for number, row in enumerate(csv.reader(text.splitlines(), delimiter=book.delimiter or "\t"), start=1):
        keep = number <= first or (row and row[0][:1] in "#!^@")
        table.writerow(row if keep else [f"{c} {SECRET}" if c.strip() else c for c in row])
    return out.getvalue()


def _in_json(value: object) -> object:
    if isinstance(value, dict):
        return {k: _in_json(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_in_json(v) for v in value]
    return f"{value} {SECRET}" if isinstance(value, str) else value


def _written(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): p.read_text(encoding="utf-8") for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("path", INPUTS, ids=lambda p: f"{p.parent.parent.name}/{p.parent.name}")
def test_nothing_planted_is_written(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / path.name
    source.write_text(_planted(path), encoding="utf-8")
    # Every row is of people, and nobody is staff: what is asked here is whether anything gets past the redaction.
    monkeypatch.setattr(privacy.Guard, "_whose", lambda _self, rows: ([True] * len(rows), frozenset({"human"})))
    monkeypatch.setattr(privacy, "private_columns", _of_nobody_else)
    monkeypatch.setattr(privacy, "STAFF", re.compile("(?!)"))
    outcome = convert_to([source], tmp_path / "out", ALL, OPTIONS)
    assert outcome.ledger.closes
    for name, text in _written(tmp_path / "out").items():
        for secret in (NUMBER, EMAIL, TELEPHONE, EMAIL.replace("@", "%40"), TELEPHONE.replace(" ", "%20")):
            assert secret not in text, (name, text[max(0, text.find(secret) - 200) :][:400])


def _of_nobody_else(plan, width):
    columns, organisms, subject, line = privacy_columns(plan, width)
    return [c._replace(staff=False) for c in columns], organisms, subject, line


privacy_columns = privacy.private_columns

HUMAN = """sample_name\torganism\tage\tsex\tgeo_loc_name\tcollection_date\tlat_lon\tbirth_date\tcollected_by\tdescription\t患者姓名\tfile
王小明_T1\tHomo sapiens\t93 years\tmale\tChina: Beijing\t04/13/2019\t31.23042 N 121.47371 E\t1931-05-17\tLi Na\tbiopsy of 王小明\t赵雪\t王小明_R1.fastq.gz
S2\tHomo sapiens\t45 years\tfemale\tChina: Beijing\t2019\t31.2 N 121.4 E\t1980\tLi Na\tsaw 赵雪 on ward 7\tBrownfield\tS2_R1.fastq.gz
S3\tMus musculus\t93 weeks\tmale\tChina: Beijing\t2019-05-06\t31.23042 N 121.47371 E\t2018-01-02\tLi Na\tmouse\t\tBrownfield_R1.fq.gz
"""
GONE = ("王小明", "赵雪", "04/13", "1931", "Brownfield", "%E7%8E%8B", '"minimum": 93', "31.23042 N 121.47371 E\\t1931")


def test_human_rows_are_redacted_and_others_are_left(tmp_path: Path) -> None:
    source = tmp_path / "王小明.tsv"
    source.write_text(HUMAN, encoding="utf-8")
    outcome = convert_to([source], tmp_path / "out", ALL, OPTIONS)
    assert outcome.ledger.closes
    written = _written(tmp_path / "out")
    for name, text in written.items():
        for secret in GONE:
            assert secret not in text, (name, secret)
    samples = {s["name"]: s for s in json.loads(written["dataset.json"])["biosamples"]}
    redacted, _, mouse = samples.values()
    assert redacted["name"].endswith("_T1")
    assert redacted["age"] == {"minimum": 89, "unit": "a"}
    assert redacted["collection_date"] == "2019"
    assert redacted["collection_location"] == {"latitude": 31.23, "longitude": 121.47}
    assert mouse["age"]["value"] == 93
    assert mouse["collection_date"] == "2019-05-06"
    assert mouse["collection_location"]["latitude"] == 31.23042
    table = [line.split("\t") for line in written["redactions.tsv"].splitlines()[1:]]
    assert {rule for *_, rule, _ in table} >= {"privacy-name", "privacy-age", "privacy-birth-date", "privacy-date", "privacy-coordinates"}
    assert json.loads(written["report.json"])["redactions"] == outcome.redactions
    assert outcome.inputs[0]["file"] in {row[0] for row in table if not row[1]}, "the name of the file was changed, too"


def test_one_person_has_one_stand_in(tmp_path: Path) -> None:
    source = tmp_path / "a.tsv"
    source.write_text(HUMAN, encoding="utf-8")
    data = convert(source, redact=True, bundle="/no/bundle", today="2026-01-01")
    stands = {r.replacement for r in data.redactions if "_R1" in r.replacement or "_T1" in r.replacement}
    names = {s.partition("_")[0] for s in stands}
    first = next(r.replacement for r in data.redactions if r.replacement.endswith("_T1")).partition("_")[0]
    assert f"{first}_R1.fastq.gz" in stands
    assert len(names) == 2  # 王小明 and Brownfield
    data.write(tmp_path / "out", "json")
    assert "王小明" not in "".join(_written(tmp_path / "out").values())


def test_a_workbook_tells_nothing_that_its_cells_hide(tmp_path: Path) -> None:
    from datetime import datetime

    import xlsxwriter

    source = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(source) as book:
        sheet = book.add_worksheet("王小明")
        months = book.add_format({"num_format": "mmm yyyy"})
        for column, header in enumerate(["sample_name", "organism", "birth_date", "age", "description", "王小明"]):
            sheet.write(0, column, header)
        sheet.write_row(1, 0, ["王小明", "Homo sapiens"])
        sheet.write_datetime(1, 2, datetime(1961, 7, 23), months)
        sheet.write_number(1, 3, 97.4321, book.add_format({"num_format": "0"}))
        sheet.write_row(1, 4, ["of 王小明", "x"])
        hidden = book.add_worksheet("notes on 王小明")
        hidden.write(0, 0, "x")
        hidden.hide()
    outcome = convert_to([source], tmp_path / "out", f"{ALL},xlsx", OPTIONS)
    assert outcome.ledger.closes
    shutil.unpack_archive(tmp_path / "out" / "dataset.xlsx", tmp_path / "out" / "unpacked", "zip")
    (tmp_path / "out" / "dataset.xlsx").unlink()
    for name, text in _written(tmp_path / "out").items():
        for secret in ("王小明", "1961-07", "Jul", "97.4", '"97"'):
            assert secret not in text, (name, secret)


def test_redaction_is_the_same_twice(tmp_path: Path) -> None:
    source = tmp_path / "a.tsv"
    source.write_text(HUMAN, encoding="utf-8")
    for name in ("one", "two"):
        convert_to([source], tmp_path / name, ALL, OPTIONS)
    assert _written(tmp_path / "one") == _written(tmp_path / "two")
