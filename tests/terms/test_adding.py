"""Adding files to a bundle: what is taken, which version is in use, and what broken files do."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards.errors import TermIndexError
from omics_standards.terms import Bundle
from omics_standards.terms.adding import add_file, read_terms
from omics_standards.terms.build import build
from omics_standards.terms.installed import remove_ontology, use_version
from terms.carrier_wheels import carriers
from terms.tiny import obo_text

SHARED = Path(__file__).resolve().parents[3] / "shared" / "ontologies"
SOURCES = Path(__file__).resolve().parents[2] / "src"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "cache" / "bundle.sqlite"
    build(path, wheels=tmp_path / "wheels", manifest=carriers(tmp_path / "wheels"))
    return path


def leftovers(target: Path) -> list[str]:
    return sorted(p.name for p in target.parent.iterdir() if p.name not in (target.name, target.name + ".lock"))


def obo(version: str, *stanzas: str, ontology: str = "my") -> str:
    head = f"format-version: 1.2\ndata-version: {version}\nontology: {ontology}\n"
    return head + "".join(f"\n[Term]\n{stanza}\n" for stanza in stanzas)


def write(folder: Path, text: str, name: str = "my.obo") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def add(target: Path, file: Path, prefix: str | None = None, *, use: bool = False) -> tuple[list[str], list[str]]:
    """Return what was said and the problems."""
    said: list[str] = []
    report = add_file(file, prefix, target=target, use=use, progress=said.append)
    assert leftovers(target) == []
    return said, [str(p) for problems in report.skipped.values() for p in problems]


# --- versions side by side


def test_the_newer_of_two_versions_is_in_use_and_both_can_be_looked_up(target: Path, tmp_path: Path) -> None:
    add(target, write(tmp_path, obo("releases/2024-01-01", "id: MY:1\nname: thing")))
    said, _ = add(target, write(tmp_path, obo("releases/2026-01-01", "id: MY:1\nname: gadget", "id: MY:2\nname: widget")))
    assert said[-1] == "in use from now on: MY@2026-01-01, the newest; kept beside it: 2024-01-01"
    with Bundle(target) as bundle:
        assert bundle.versions()["MY"] == "2026-01-01"
        assert [i.spec for i in bundle.ontologies(every=True) if i.prefix == "MY"] == ["MY@2024-01-01", "MY@2026-01-01"]
        assert bundle.ground("thing", ("MY",)).status == "unmapped"
        old = bundle.ground("thing", ("MY@2024-01-01",))
        assert (old.id, old.version) == ("MY:1", "2024-01-01")
        assert bundle.using("my@2024-01-01").term("MY:2") is None
        assert bundle.term("MY:2").label == "widget"  # type: ignore[union-attr]
        with pytest.raises(TermIndexError, match="no MY@1; of MY it has 2024-01-01, 2026-01-01"):
            bundle.ground("thing", ("MY@1",))


def test_an_older_version_does_not_take_the_place_of_a_newer_one_silently(target: Path, tmp_path: Path) -> None:
    add(target, write(tmp_path, obo("4.1.10", "id: MY:1\nname: new")))
    said, _ = add(target, write(tmp_path, obo("4.1.9", "id: MY:1\nname: old")))
    assert said[-1] == "in use stays MY@4.1.10: it is newer; to change that: omics-standards ontologies use MY@4.1.9"
    said, _ = add(target, write(tmp_path, obo("unnumbered", "id: MY:1\nname: odd")))
    assert said[-1].startswith("in use stays MY@4.1.10: which of them is newer cannot be told")
    with Bundle(target) as bundle:
        assert bundle.term("MY:1").label == "new"  # type: ignore[union-attr]


def test_a_part_of_an_ontology_does_not_take_its_place_for_being_newer(target: Path, tmp_path: Path) -> None:
    said, _ = add(target, write(tmp_path, obo("v9", "id: UBERON:0002107\nname: liver", ontology="uberon/subsets/slim")))
    assert said[-1].startswith("in use stays UBERON@v1: 1 terms beside 6 can only be a part of the ontology; to change that")
    with Bundle(target) as bundle:
        assert bundle.ground("lung", ("UBERON",)).status == "mapped"


def test_a_person_may_choose_and_the_choice_outlives_newer_ones_and_rebuilds(target: Path, tmp_path: Path) -> None:
    add(target, write(tmp_path, obo("2", "id: MY:1\nname: two")))
    add(target, write(tmp_path, obo("1", "id: MY:1\nname: one")), use=True)
    said, _ = add(target, write(tmp_path, obo("3", "id: MY:1\nname: three")))
    assert said[-1].startswith("in use stays MY@1: it was chosen")
    build(target, wheels=tmp_path / "wheels", manifest=carriers(tmp_path / "wheels"), force=True)
    with Bundle(target) as bundle:
        assert bundle.versions()["MY"] == "1"
    use_version("my", target=target)
    with Bundle(target) as bundle:
        assert bundle.versions()["MY"] == "3"
    use_version("MY@2", target=target)
    with Bundle(target) as bundle:
        assert bundle.term("MY:1").label == "two"  # type: ignore[union-attr]


def test_the_same_version_again_takes_the_place_of_the_first(target: Path, tmp_path: Path) -> None:
    add(target, write(tmp_path, obo("1", "id: MY:1\nname: thing")))
    said, _ = add(target, write(tmp_path, obo("1", "id: MY:2\nname: other thing")))
    assert "MY 1: 1 terms, 1 names, in place of the same version" in said
    with Bundle(target) as bundle:
        assert bundle.term("MY:1") is None
        assert bundle.ground("other thing", ("MY",)).id == "MY:2"


def test_versions_are_removed_one_by_one_or_all(target: Path, tmp_path: Path) -> None:
    for version in ("1", "2"):
        add(target, write(tmp_path, obo(version, f"id: MY:1\nname: {version} thing")))
    remove_ontology("MY@2", target=target)
    with Bundle(target) as bundle:
        assert bundle.versions()["MY"] == "1"
        assert bundle.term("MY:1").label == "1 thing"  # type: ignore[union-attr]
    for spec, said in (("MY@9", "no MY@9; of MY it has 1"), ("NONE", "no NONE; it has UBERON, CVCL")):
        before = target.read_bytes()
        with pytest.raises(TermIndexError, match=said):
            remove_ontology(spec, target=target)
        assert target.read_bytes() == before
    remove_ontology("my", target=target)
    remove_ontology("UBERON", target=target)
    with Bundle(target) as bundle:
        assert "MY" not in bundle.versions()
        assert bundle.ground("liver", ("UBERON",)).status == "unverifiable"
    # What a build makes comes back with the next one.
    assert not build(target, wheels=tmp_path / "wheels", manifest=carriers(tmp_path / "wheels")).reused
    with Bundle(target) as bundle:
        assert bundle.ground("liver", ("UBERON",)).status == "mapped"


def test_an_added_version_stands_beside_the_built_one(target: Path, tmp_path: Path) -> None:
    stanzas = [f"id: UBERON:000000{i}\nname: part {i}" for i in range(4)]
    file = write(tmp_path, obo("2", "id: UBERON:0002107\nname: liver of the new version", *stanzas, ontology="uberon"), "uberon.obo")
    add(target, file)
    with Bundle(target) as bundle:
        assert bundle.versions()["UBERON"] == "2"
    build(target, wheels=tmp_path / "wheels", manifest=carriers(tmp_path / "wheels"), force=True)
    with Bundle(target) as bundle:
        assert bundle.versions()["UBERON"] == "2"
        assert bundle.ground("liver", ("UBERON@v1",)).id == "UBERON:0002107"
        assert bundle.verify("UBERON:0002107", "liver", ("UBERON@v1",))[1] == ()


def test_what_was_added_to_a_bundle_of_another_schema_is_named(target: Path, tmp_path: Path) -> None:
    import sqlite3

    add(target, write(tmp_path, obo("1", "id: MY:1\nname: thing")))
    with sqlite3.connect(target) as db:
        db.execute("UPDATE meta SET value='0' WHERE key='schema'")
    db.close()
    said: list[str] = []
    build(target, wheels=tmp_path / "wheels", manifest=carriers(tmp_path / "wheels"), progress=said.append)
    assert any("add again what you had added: MY@1 (my.obo)" in line for line in said)


# --- what is taken


def test_the_ontology_that_the_header_names_is_taken_and_the_rest_is_said(target: Path, tmp_path: Path) -> None:
    text = obo("1", *(f"id: OTHER:{i}\nname: imported {i}" for i in range(9)), "id: MY:1\nname: thing")
    said, _ = add(target, write(tmp_path, text))
    assert "taken: MY; left (name them with --prefix): OTHER (9)" in said


def test_where_the_header_names_none_each_substantial_one_is_taken(target: Path, tmp_path: Path) -> None:
    stanzas = [f"id: {prefix}:{i}\nname: {prefix} {i}" for prefix, n in (("AA", 50), ("BB", 48), ("CC", 2)) for i in range(n)]
    said, _ = add(target, write(tmp_path, obo("1", *stanzas, ontology="stages")))
    assert "taken: AA, BB; left (name them with --prefix): CC (2)" in said
    said, _ = add(target, tmp_path / "my.obo", "cc,aa")
    assert "taken: CC, AA; left (name them with --prefix): BB (48)" in said
    with pytest.raises(TermIndexError, match=r"no ids DD:…; it has AA \(50\), BB \(48\), CC \(2\)"):
        add_file(tmp_path / "my.obo", "DD", target=target)


def test_of_a_vocabulary_without_parents_no_branch_can_be_told(target: Path, tmp_path: Path) -> None:
    add(target, write(tmp_path, obo("1", "id: MY:1\nname: thing", "id: MY:2\nname: other")))
    with Bundle(target) as bundle:
        assert bundle.is_under("MY:1", ["MY:2"]) is None
    add(target, write(tmp_path, obo("2", "id: MY:1\nname: thing", "id: MY:2\nname: other\nis_a: MY:1")))
    with Bundle(target) as bundle:
        assert bundle.is_under("MY:1", ["MY:2"]) is False


def test_cross_references_are_kept(target: Path, tmp_path: Path) -> None:
    stanza = 'id: MY:1\nname: thing\nxref: NCI:C9 "text"\nxref: UMLS:C1 {source="x"}\nxref: PMID:7\nxref: MSH:D1 ! a comment'
    add(target, write(tmp_path, obo("1", stanza, "id: MY:2\nname: none")))
    with Bundle(target) as bundle:
        assert bundle.xrefs("MY:1") == ("MESH:D1", "NCIT:C9", "UMLS:C1")
        assert bundle.xrefs("MY:2") == bundle.xrefs("NONE:1") == ()


# --- broken files


@pytest.mark.parametrize(
    ("content", "prefix", "said"),
    [
        (b"", None, "is empty"),
        (b" \n\n", None, "is empty"),
        (b"\x7fELF\x02\x01\x00\x00", None, "is a binary file"),
        (b"PK\x03\x04", None, "is a zip archive"),
        (b"@prefix owl: <x> .", None, "is Turtle; needed is OBO, OWL as RDF/XML, or obograph JSON"),
        (b"Prefix(:=<x>)", None, "functional syntax"),
        (b"name,id\nliver,1\n", None, r"holds no terms.*line 1: not a 'tag: value' line"),
        (b"[Term]\nid: MY:1\nname: x\n", "CL", r"no ids CL:…; it has MY \(1\)"),
        (gzip.compress(obo_text("CL").encode(), mtime=0)[:-30], None, "cannot be read: it ends early"),
        (gzip.compress(obo_text("CL").encode(), mtime=0)[:40] + b"x" * 90, None, "cannot be read"),
        (b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>", None, "is cut: the XML ends at line 1"),
        (b"<rdf:RDF/>", None, "the XML is damaged at line 1"),
        (b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a/>', None, "entity 'd' is external, nested or long"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', None, "entity 'b' is external, nested or long"),
        (b'{"graphs": [{"nodes": [', None, "is cut: the JSON ends at line 1"),
        (b'{"graphs": [{"nodes": [{"id" 1}' + b" " * 200, None, "the JSON is damaged at line 1"),
        (b'{"a": 1}', None, "no obograph"),
        (b'{"graphs": []}', None, "no obograph"),
        (b'{"graphs": ' + b"[" * 100_000, None, r"cannot be read|holds no terms"),
    ],
)
def test_a_file_that_cannot_be_added_leaves_the_old_bundle(
    content: bytes, prefix: str | None, said: str, target: Path, tmp_path: Path
) -> None:
    before = target.read_bytes()
    file = tmp_path / "bad.obo"
    file.write_bytes(content)
    with pytest.raises(TermIndexError, match=said):
        add_file(file, prefix, target=target)
    assert target.read_bytes() == before
    assert leftovers(target) == []


CHAIN = [f"id: MY:{i}\nname: thing {i}" + (f"\nis_a: MY:{i + 1}" if i < 40 else "") for i in range(1, 41)]


def test_an_obo_file_cut_in_half_is_refused(target: Path, tmp_path: Path) -> None:
    before = target.read_bytes()
    text = obo("1", *CHAIN)
    for end, said in (
        ("name: thing 20\nis_a: MY:", r"seems cut: .*1 parents are not in the file, the first: MY:, parent of MY:20 \(line 100\)"),
        ("id: MY:20", "seems cut: .*the first: MY:20, parent of MY:19"),
        ("name: thing 20\nis", "is cut: it ends in the middle of line 103"),
    ):
        cut = text[: text.index(end) + len(end)]
        file = write(tmp_path, cut if end != "id: MY:20" else cut[:-1])
        with pytest.raises(TermIndexError, match=said):
            add_file(file, target=target)
        assert target.read_bytes() == before
    # Cut between two lines it is a file like another, but what it lacks is said.
    _, problems = add(target, write(tmp_path, text[: text.index("[Term]\nid: MY:20\n")]))
    assert problems == ["line 95: 1 parents are not in the file, the first: MY:20, parent of MY:19; is the file whole?"]


def test_a_circle_of_is_a_is_told_and_does_no_harm(target: Path, tmp_path: Path) -> None:
    text = obo(
        "1", *CHAIN, "id: MY:50\nname: a\nis_a: MY:51", "id: MY:51\nname: b\nis_a: MY:52", "id: MY:52\nname: c\nis_a: MY:50\nis_a: MY:1"
    )
    _, problems = add(target, write(tmp_path, text))
    assert len(problems) == 1
    assert "is_a runs in a circle: MY:5" in problems[0]
    assert problems[0].startswith(f"line {text[: text.index('id: MY:50')].count(chr(10))}:")
    with Bundle(target) as bundle:
        assert "MY:1" in bundle.ancestors("MY:51")
        assert bundle.is_under("MY:50", ["MY:40"])
        assert bundle.is_under("MY:50", ["MY:999"]) is False


def test_two_terms_of_one_id_are_told(target: Path, tmp_path: Path) -> None:
    _, problems = add(target, write(tmp_path, obo("1", "id: MY:1\nname: first", "id: MY:1\nname: second")))
    assert problems == ["line 9: id MY:1 stands twice; the first is kept"]
    with Bundle(target) as bundle:
        assert bundle.term("MY:1").label == "first"  # type: ignore[union-attr]


_LIMITED = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from omics_standards.errors import TermIndexError
from omics_standards.terms.adding import add_file, read_terms
try:
    report = add_file(sys.argv[2], target=sys.argv[3])
    print([str(p) for problems in report.skipped.values() for p in problems])
except TermIndexError as error:
    print("refused:", error)
# Not getrusage: its figure begins with the size of the process that started this one.
print(next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""

OWL = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:owl="http://www.w3.org/2002/07/owl#" '
OWL += 'xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#">\n'
CLASS = '<owl:Class rdf:about="http://purl.obolibrary.org/obo/MY_{}">\n<rdfs:label>{}</rdfs:label></owl:Class>\n'
LONG: dict[str, tuple[str, str, str]] = {
    "obo": ("[Term]\nid: MY:1\nname: ", "\n\n[Term]\nid: MY:2\nname: thing\n", "line 3: a line of more than 1,048,576 bytes was left out"),
    "owl-text": (
        OWL + CLASS.format(1, "thing") + CLASS.format(2, "")[:-26],
        "</rdfs:label></owl:Class>\n</rdf:RDF>",
        "line 4: an element of more than 8,388,608 characters was left out: http://purl.obolibrary.org/obo/MY_2",
    ),
    "owl-tag": (OWL + '<owl:Class rdf:about="', '"/></rdf:RDF>', "line 2: a tag or comment of more than 8,388,608 bytes"),
    "json": (
        '{"graphs": [{"nodes": [\n{"id": "http://purl.obolibrary.org/obo/MY_1", "lbl": "',
        '"}]}]}',
        "line 2: a value of more than 8,388,608 characters",
    ),
}


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux tells it")
@pytest.mark.parametrize("form", list(LONG))
def test_a_very_long_line_costs_no_memory(form: str, target: Path, tmp_path: Path) -> None:
    before, after, said = LONG[form]
    megabytes = int(os.environ.get("OMST_LONG_LINE_MB", "100"))
    file = tmp_path / "long"
    with file.open("wb") as out:
        out.write(before.encode())
        for _ in range(megabytes):
            out.write(b"a" * (1 << 20))
        out.write(after.encode())
    command = [sys.executable, "-c", _LIMITED, str(SOURCES), str(file), str(target)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    *answer, memory = done.stdout.splitlines()
    assert said in " ".join(answer)
    assert int(memory) < 120  # an interpreter with these modules and numpy takes some 60; the line would add a hundred
    with Bundle(target) as bundle:
        assert bundle.ground("liver", ("UBERON",)).status == "mapped"


# --- whatever a file holds


WHOLE = (
    obo("2026-01-01", 'id: MY:1\nname: thing\nsynonym: "it" EXACT []\nis_a: MY:2 ! other\nxref: NCI:C1', "id: MY:2\nname: other"),
    OWL + CLASS.format(1, "thing") + CLASS.format(2, "other") + "</rdf:RDF>",
    '{"graphs": [{"nodes": [{"id": "MY:1", "lbl": "thing"}], "edges": [{"sub": "MY:1", "pred": "is_a", "obj": "MY:2"}]}]}',
)


@given(st.sampled_from(WHOLE), st.integers(0, 400), st.integers(0, 60), st.binary(max_size=40), st.booleans())
def test_a_spoilt_file_is_read_or_refused_in_one_sentence(text: str, start: int, length: int, instead: bytes, packed: bool) -> None:
    data = text.encode()
    data = data[:start] + instead + data[start + length :]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "spoilt"
        file.write_bytes(gzip.compress(data)[: -start or None] if packed else data)
        try:
            versions, terms = read_terms(file)
        except TermIndexError as error:
            sentence = str(error)
        else:
            sentence = "read"
            assert terms
            assert {t.id.partition(":")[0] for t in terms} == set(versions)
        assert "\n" not in sentence


# --- the files of the makers


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the collected ontology files")
@pytest.mark.parametrize(
    ("name", "prefixes", "least"),
    [
        ("bto.obo", "BTO", 6500), ("duo.owl", "DUO", 39), ("EDAM_1.25.owl", "EDAM", 3400), ("envo.obo", "ENVO", 4300),
        ("hancestro.owl", "HANCESTRO", 330), ("life-stages.obo", "HsapDv,MmusDv,GgalDv,SscrDv,BtauDv", 700), ("obi.obo", "OBI", 4200),
        ("pato-simple.obo", "PATO", 2700), ("po.obo", "PO", 1700), ("psi-ms.obo", "MS", 3900), ("uo.json", "UO", 570),
    ],
)  # fmt: skip
def test_real_files_are_added(name: str, prefixes: str, least: int, tmp_path: Path) -> None:
    report = add_file(SHARED / name, target=tmp_path / "b.sqlite")
    assert ",".join(i.prefix for i in report.ontologies) == prefixes
    assert sum(i.terms for i in report.ontologies) >= least
    assert all(i.version != "unversioned" and i.names > i.terms * 0.9 for i in report.ontologies)
    with Bundle(report.path) as bundle:
        assert all(bundle.info(i.prefix) == i for i in report.ontologies)
