"""Files made to harm: nothing is fetched, run, written elsewhere, or unpacked without bound; each is read or refused in one sentence."""

from __future__ import annotations

import gzip
import io
import socket
import time
import zipfile
from pathlib import Path

import pytest

from omics_standards.conversion import Options, convert_to
from omics_standards.errors import OmicsStandardsError, ReadError
from omics_standards.tables import read

OPTIONS = Options(today="2026-01-01", bundle="/no/bundle")
SAMPLE = "<SAMPLE_SET><SAMPLE alias='S1'><TITLE>{}</TITLE><SAMPLE_NAME><TAXON_ID>9606</TAXON_ID></SAMPLE_NAME></SAMPLE></SAMPLE_SET>"
LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{','.join([f'*{chr(97 + i)}'] * 10)}]\n" for i in range(9)
)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    tried: list[object] = []

    def connect(_self: socket.socket, address: object) -> None:
        tried.append(address)
        raise OSError("no network here")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **_: tried.append(a) or [])
    return tried


def _convert(path: Path, folder: Path) -> str:
    """The outputs as one text, or the refusal."""
    try:
        convert_to([path], folder, "json,turtle", OPTIONS)
    except OmicsStandardsError as error:
        return str(error)
    return "".join(p.read_text(encoding="utf-8") for p in folder.iterdir())


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE SAMPLE_SET SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE SAMPLE_SET PUBLIC "-//x" "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE SAMPLE_SET [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>',
        '<!DOCTYPE SAMPLE_SET [<!ENTITY x SYSTEM "{secret}">]>',
        '<?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?>',
    ],
)
def test_nothing_is_fetched_for_xml(head: str, tmp_path: Path, no_network: list[object]) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("do-not-read-me")
    path = tmp_path / "a.xml"
    path.write_text(
        f"<?xml version='1.0'?>{head.replace('{secret}', secret.as_uri())}{SAMPLE.format('&x;' if 'ENTITY x' in head else 'x')}"
    )
    assert "do-not-read-me" not in _convert(path, tmp_path / "out")
    assert no_network == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
def test_entities_do_not_expand(encoding: str, tmp_path: Path) -> None:
    rows = "".join(f'<!ENTITY e{i + 1} "{f"&e{i};" * 10}">' for i in range(12))
    path = tmp_path / "a.xml"
    path.write_bytes(
        f"<?xml version='1.0' encoding='{encoding}'?><!DOCTYPE a [<!ENTITY e0 'lol'>{rows}]>{SAMPLE.format('&e12;')}".encode(encoding)
    )
    assert "lollol" not in _convert(path, tmp_path / "out")


@pytest.mark.parametrize(
    "text",
    [
        "a: !!python/object/apply:os.mkdir [{place}]\n",
        "a: !!python/object/new:os.mkdir [{place}]\n",
        "- !!python/name:os.mkdir\n",
        LAUGHS,
        "biosample_set:\n- id: &a {x: *a}\n",
    ],
)
def test_yaml_runs_nothing_and_does_not_grow(text: str, tmp_path: Path) -> None:
    place = tmp_path / "made"
    path = tmp_path / "a.yaml"
    path.write_text(text.replace("{place}", str(place)))
    start = time.process_time()
    _convert(path, tmp_path / "out")
    assert time.process_time() - start < 20
    assert not place.exists()


@pytest.mark.parametrize("value", ["1" * 6_000, "-" + "9" * 6_000, "1e999999", "NaN", "[" * 100_000, '{"a":' * 100_000])
def test_json_of_any_size_is_read_or_refused(value: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(f'{{"samples": [{{"accession": "SAMEA1", "characteristics": {value}}}]}}')
    _convert(path, tmp_path / "out")


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv.gz"
    once = gzip.compress(b"a\tb\n" * (24 << 20), 9)
    path.write_bytes(once)
    with pytest.raises(ReadError, match="unpacks to over"):
        sum(len(batch.rows) for sheet in read(path).sheets for batch in sheet.batches())
    twice = tmp_path / "b.tsv.gz"
    twice.write_bytes(gzip.compress(gzip.compress(b"a\tb\n")))
    assert _convert(twice, tmp_path / "out")


@pytest.mark.parametrize("name", ["../../escaped.xml", "/tmp/escaped-from-workbook.xml", "xl/../../escaped.xml", "..\\escaped.xml"])
def test_members_of_a_workbook_stay_in_it(name: str, tmp_path: Path) -> None:
    import xlsxwriter

    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    path = folder / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, ["*sample_name", "*organism"])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, "<x/>")
    before = sorted(tmp_path.rglob("*"))
    _convert(path, folder / "out")
    assert [p for p in sorted(tmp_path.rglob("*")) if folder / "out" not in (p, *p.parents)] == before
    assert not Path("/tmp/escaped-from-workbook.xml").exists()


def test_a_member_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    import xlsxwriter

    secret = tmp_path / "secret.xml"
    secret.write_text("<sst>do-not-read-me</sst>")
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.add_worksheet().write_row(0, 0, ["*sample_name", "*organism"])
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w") as new:
        for member in old.infolist():
            if member.filename == "xl/sharedStrings.xml":
                link = zipfile.ZipInfo(member.filename)
                link.external_attr = 0o120777 << 16
                new.writestr(link, str(secret))
            else:
                new.writestr(member, old.read(member))
    assert "do-not-read-me" not in _convert(path, tmp_path / "out")
