"""Trees that are made to harm: each is refused in one sentence, or read as what it says, and none takes long or calls anybody."""

from __future__ import annotations

import gzip
import json
import socket
from pathlib import Path
from typing import Any

import pytest

import omics_standards as om
from omics_standards.errors import ReadError
from omics_standards.tables import read
from omics_standards.tables.limits import Limits
from omics_standards.tables.trees import Tree

SMALL = Limits(max_line=1 << 20)


@pytest.fixture(autouse=True)
def _nobody_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_about: Any, **_more: Any) -> None:
        raise AssertionError("a file made the reader open a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def leaves(tmp_path: Path, text: str | bytes, kind: str, limits: Limits = SMALL) -> list[tuple[tuple[str, ...], str]]:
    path = tmp_path / f"attack.{kind}"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [(leaf.names, leaf.text) for leaf in Tree(path, kind, limits).leaves()]


LAUGHS = "<!DOCTYPE a [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{i} '&a{i - 1};&a{i - 1};'>" for i in range(1, 40)) + "]><a>&a39;</a>"
REFUSED = {
    "billion laughs": (LAUGHS, "declares entities"),
    "quadratic blow-up": ("<!DOCTYPE a [<!ENTITY x '" + "y" * 50_000 + "'>]><a>" + "&x;" * 50_000 + "</a>", "declares entities"),
    "a file of the machine": ("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "declares entities"),
    "an address": ("<!DOCTYPE a [<!ENTITY x SYSTEM 'http://127.0.0.1:9/x'>]><a>&x;</a>", "declares entities"),
    "a parameter entity": ("<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://127.0.0.1:9/x.dtd'> %x;]><a>b</a>", "declares entities"),
    "an entity of another file": ("<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/x.dtd'><a>&x;</a>", "another file, which is not fetched"),
    "elements within elements": ("<a>" * 200_000, "nests more than 100 levels"),
    "an attribute without an end": ('<a b="' + "c" * (3 << 20), "a text of more than 1 MB"),
    "a name without an end": ("<" + "a" * (3 << 20), "a text of more than 1 MB"),
    "kinds without number": ("<a>" + "".join(f"<b{i}/>" for i in range(70_000)) + "</a>", "more than 65,536 kinds"),
    "attributes without number": ("<a " + " ".join(f'b{i}="1"' for i in range(70_000)) + "/>", "more than 65,536 kinds"),
    "an archive as encoding": ('<?xml version="1.0" encoding="zlib"?><a>b</a>', "an encoding that cannot be read"),
    "a program as encoding": ('<?xml version="1.0" encoding="punycode"?><a>b</a>', "an encoding that cannot be read"),
    "no encoding at all": ('<?xml version="1.0" encoding="klingon"?><a>b</a>', "an encoding that cannot be read"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_xml_that_is_made_to_harm_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    text, why = REFUSED[name]
    with pytest.raises(ReadError, match=why) as caught:
        leaves(tmp_path, text, "xml")
    assert "\n" not in str(caught.value)


def test_a_document_type_elsewhere_is_not_looked_up(tmp_path: Path) -> None:
    assert leaves(tmp_path, "<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/x.dtd'><a>b &amp; c</a>", "xml") == [(("a", "text()"), "b & c")]


def test_includes_and_stylesheets_are_texts(tmp_path: Path) -> None:
    text = '<?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?><a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd"/></a>'
    assert leaves(tmp_path, text, "xml") == [(("a", "include", "@href"), "file:///etc/passwd")]


@pytest.mark.parametrize(
    "text", ["[" * 200_000, '{"a":' * 200_000, '[{"a":' + "[" * 3_000 + "]" * 3_000 + "}]", '{"a": ' + "[" * 150 + "]" * 150 + "}"]
)
def test_json_that_nests_too_deeply_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ReadError, match="nests more than 100 levels"):
        leaves(tmp_path, text, "json")


def test_numbers_of_json_stay_texts_however_large(tmp_path: Path) -> None:
    digits = "9" * 100_000
    assert leaves(tmp_path, f'{{"a": {digits}, "b": 1e999999999, "c": NaN, "d": -Infinity}}', "json") == [
        (("a",), digits), (("b",), "1e999999999"), (("c",), "NaN"), (("d",), "-Infinity"),
    ]  # fmt: skip


def test_keys_that_are_said_twice_are_both_kept(tmp_path: Path) -> None:
    path = tmp_path / "twice.json"
    path.write_text('[{"accession": "SAMEA99000001", "update": "2019-01-24", "name": "one", "name": "two", "taxId": 10090}]')
    dataset = om.convert(str(path), profile="ebi-biosamples")
    assert dataset.ledger.counts["mapped"] + dataset.ledger.counts["kept"] == 5
    (sample,) = [r for r in dataset if r.cls == "Biosample"]
    assert {"one", "two"} <= {getattr(v, "value", v) for r in sample.readings for v in r.values}


def test_halves_of_characters_are_replaced(tmp_path: Path) -> None:
    assert leaves(tmp_path, '{"a": "x\\ud800y"}', "json") == [(("a",), "x?y")]


def test_references_and_types_of_yaml_are_texts(tmp_path: Path) -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 30))
    found = leaves(tmp_path, bomb, "yaml")
    assert len(found) == 2 + 29 * 9
    assert found[2] == (("a1",), "*a0")
    assert leaves(tmp_path, "a: !!python/object/apply:os.system ['false']\nb: !x y\n", "yaml") == [(("a",), "false"), (("b",), "y")]


def test_yaml_that_nests_too_deeply_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="nests more than 100 levels"):
        leaves(tmp_path, "a: " + "[" * 50_000, "yaml")


def test_an_archive_of_zeros_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xml.gz"
    with gzip.open(path, "wb", compresslevel=9) as handle:
        handle.write(b"<a>")
        for _ in range(100):
            handle.write(b"<b>" + b"0" * 1_000_000 + b"</b>")
    with pytest.raises(ReadError, match="unpacks to over"):
        list(Tree(path, "xml", Limits(max_ratio=20)).leaves())


@pytest.mark.parametrize(
    ("name", "text"), [("a.xml", "<a><b c='1'>2</b></a>"), ("a.json", '[{"c": 1, "d": "2"}]'), ("a.yaml", "a:\n  - c: 1\n    d: 2\n")]
)
def test_packed_trees_are_read_as_they_are(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    with gzip.open(tmp_path / f"{name}.gz", "wt") as handle:
        handle.write(text)
    plain, packed = (Tree(tmp_path / n, name.partition(".")[2]) for n in (name, f"{name}.gz"))
    assert list(plain.leaves()) == list(packed.leaves()) != []


# --- files that break off ---------------------------------------------------------------------------------------------

WHOLE = {
    "xml": "<SAMPLE_SET>\n" + "".join(f'<SAMPLE alias="s{i}"><TITLE>title {i}</TITLE></SAMPLE>\n' for i in range(9)) + "</SAMPLE_SET>\n",
    "json": json.dumps([{"accession": f"SAMEA9900000{i}", "name": f"s{i}", "update": "2020-01-02"} for i in range(9)], indent=0),
    "yaml": "water_data:\n" + "".join(f"- samp_name: s{i}\n  env_medium: water\n  geo_loc_name: 'France'\n" for i in range(9)),
}
BREAKS = [
    # In XML and YAML the record before the break is left out, too, where the next one had not begun: it may have gone on.
    ("xml", WHOLE["xml"][:300], 5, 7),
    ("xml", WHOLE["xml"].replace("<TITLE>title 7", "<TITLE>a < b"), 7, 9),
    ("xml", WHOLE["xml"].replace("title 6</TITLE>", "title 6</TITEL>"), 6, 8),
    ("json", WHOLE["json"][:400], 5, 29),
    ("json", WHOLE["json"].replace('"s7"', "s7"), 7, 39),
    ("json", WHOLE["json"].replace('"s6",', '"s6"'), 6, 35),
    ("yaml", WHOLE["yaml"].replace("s7\n", "s7: [\n"), 7, 23),
    ("yaml", WHOLE["yaml"].replace("name: s6", "name: 's6"), 6, 22),
]


@pytest.mark.parametrize(("kind", "text", "whole", "line"), BREAKS)
def test_of_a_file_that_breaks_off_the_records_before_are_kept_and_the_line_is_said(
    tmp_path: Path, kind: str, text: str, whole: int, line: int
) -> None:
    path = tmp_path / f"broken.{kind}"
    path.write_text(text)
    dataset = om.convert(str(path))
    (finding,) = [f for f in dataset.findings if f.code == "file-broken"]
    assert (finding.severity, str(finding.value).partition(":")[0]) == ("error", f"line {line}")
    assert len([r for r in dataset if r.cls == "Biosample"]) == whole
    assert sum(dataset.ledger.counts.values()) == dataset.ledger.cells


@pytest.mark.parametrize("kind", WHOLE)
def test_a_whole_file_breaks_nowhere(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"whole.{kind}"
    path.write_text(WHOLE[kind])
    dataset = om.convert(str(path))
    assert "file-broken" not in {f.code for f in dataset.findings}
    assert len([r for r in dataset if r.cls == "Biosample"]) == 9


@pytest.mark.parametrize(
    ("kind", "text"),
    [("xml", '<SAMPLE alias="s1"><TITLE>one'), ("json", '{"accession": "SAMEA99000001", "name"'), ("yaml", "samples: {a: [")],
)
def test_a_file_that_breaks_within_its_first_record_is_refused(tmp_path: Path, kind: str, text: str) -> None:
    path = tmp_path / f"short.{kind}"
    path.write_text(text)
    with pytest.raises(ReadError, match="not well-formed") as caught:
        om.convert(str(path))
    assert "\n" not in str(caught.value)
    assert read(path).tree is not None
