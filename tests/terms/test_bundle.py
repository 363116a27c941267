from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from omics_standards.errors import TermIndexError
from omics_standards.terms import Bundle, NoBundle, default_path, get_terms, open_bundle
from omics_standards.terms.schema import encode_local
from terms.tiny import TERMS, VERSION, build_tiny_bundle, prefixes


def test_what_is_in_it(bundle: Bundle) -> None:
    assert bundle.versions() == dict.fromkeys(prefixes(), VERSION)
    info = bundle.info("UBERON")
    assert info is not None
    assert (info.width, info.terms, info.added) == (7, len([line for line in TERMS.splitlines() if line.startswith("UBERON")]), False)
    assert bundle.info("ENVO") is None
    assert bundle.info("NCBITaxon").width == 0  # type: ignore[union-attr]
    assert bundle.info("HANCESTRO").includes == ("AfPO",)  # type: ignore[union-attr]


def test_a_term_with_its_names_and_parents(bundle: Bundle) -> None:
    term = bundle.term("UBERON:0002107")
    assert term is not None
    assert (term.label, term.obsolete, term.ontology, term.version) == ("liver", False, "UBERON", VERSION)
    assert bundle.names("UBERON:0002107") == (
        ("label", "liver"),
        ("exact", "iecur"),
        ("exact", "jecur"),
        ("related", "hepatic gland"),
    )
    assert bundle.parents("UBERON:0002107") == (("is_a", "UBERON:0000061"), ("part_of", "UBERON:0002423"))
    assert bundle.ancestors("UBERON:0002107") == {"UBERON:0000061", "UBERON:0002423", "UBERON:0001062"}


@pytest.mark.parametrize("curie", ["UBERON:9999999", "ENVO:1", "UBERON:", "", "liver", "UBERON:\ud800", "UBERON:²"])
def test_what_is_not_there_is_none(bundle: Bundle, curie: str) -> None:
    assert bundle.term(curie) is None
    assert bundle.names(curie) == ()
    assert bundle.parents(curie) == ()
    assert bundle.is_under(curie, ["UBERON:0001062"]) in (None, False)


def test_obsolete_ids_are_followed_to_the_current_one(bundle: Bundle) -> None:
    assert bundle.resolve("UBERON:0002107") == "UBERON:0002107"
    assert bundle.resolve("UBERON:9000002") == "UBERON:0001466"
    assert bundle.resolve("EFO:0000887") == "UBERON:0002107"
    assert bundle.resolve("UBERON:9000008") == "UBERON:9000007"  # an alternative id
    assert bundle.resolve("UBERON:9000003") is None  # a circle
    assert bundle.resolve("UBERON:9000001") is None  # nothing took its place
    assert bundle.resolve("UBERON:9999999") is None
    assert bundle.term("UBERON:9000001").consider == ("UBERON:0002107",)  # type: ignore[union-attr]


def test_branches(bundle: Bundle) -> None:
    assert bundle.is_under("UBERON:0002107", ["UBERON:0001062"]) is True
    assert bundle.is_under("UBERON:0002107", ["UBERON:0002107"]) is True
    assert bundle.is_under("UBERON:0002107", ["UBERON:0000465"]) is False
    assert bundle.is_under("CL:0000182", ["UBERON:0001062"]) is True
    assert bundle.is_under("NCBITaxon:562", ["NCBITaxon:33208"]) is None
    assert bundle.is_under("NCBITaxon:9606", ["NCBITaxon:33208"]) is True
    assert bundle.is_under("NCBITaxon:9606", ["NCBITaxon:50557"]) is False


def test_a_circle_of_parents_ends(bundle: Bundle) -> None:
    assert bundle.ancestors("UBERON:9000005") == {"UBERON:9000006"}
    assert bundle.is_under("UBERON:9000005", ["UBERON:0001062"]) is False
    assert bundle.is_under("UBERON:9000006", ["UBERON:9000005"]) is True


def test_is_under_agrees_with_ancestors_for_all_pairs(tiny_bundle: Path) -> None:
    with Bundle(tiny_bundle) as bundle:
        terms = [f"UBERON:{i}" for i in ("0001062", "0000061", "0002107", "0002423", "0001114", "9000005", "9000006", "0002048")]
        for root in terms:
            for term in terms:
                assert bundle.is_under(term, [root]) == (term == root or root in bundle.ancestors(term)), (term, root)


@pytest.mark.parametrize(("local", "stored"), [("9606", 9606), ("0002107", "0002107"), ("C49152", "C49152"), ("0", "0"), ("²", "²")])
def test_ids_are_stored_without_loss(local: str, stored: object) -> None:
    assert encode_local(local) == stored
    assert str(encode_local(local)) == local


def test_default_path_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OMICS_STANDARDS_BUNDLE", str(tmp_path / "mine.sqlite"))
    assert default_path() == tmp_path / "mine.sqlite"
    assert isinstance(get_terms(), NoBundle)
    build_tiny_bundle(tmp_path / "mine.sqlite", only=("PATO",))
    assert get_terms().versions() == {"PATO": VERSION}
    monkeypatch.delenv("OMICS_STANDARDS_BUNDLE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_path().parts[-2:] == ("ontologies", "bundle.sqlite")


def _not_a_bundle(path: Path) -> None:
    path.write_text("not a database at all, but text long enough to be read as a page" * 100, encoding="utf-8")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _other_database(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE meta(key, value)")


def _cut(path: Path) -> None:
    build_tiny_bundle(path)
    os.truncate(path, 2048)


def _meta(path: Path, key: str, value: str) -> None:
    build_tiny_bundle(path, only=("PATO",))
    with sqlite3.connect(path) as db:
        db.execute("UPDATE meta SET value=? WHERE key=?", (value, key))
    db.close()


def _incomplete(path: Path) -> None:
    _meta(path, "complete", "0")


def _of_another_version(path: Path) -> None:
    _meta(path, "keys", "999")


@pytest.mark.parametrize("damage", [_not_a_bundle, _empty, _other_database, _cut, _incomplete, _of_another_version])
def test_a_broken_bundle_is_refused_with_the_command_that_mends_it(damage: object, tmp_path: Path) -> None:
    path = tmp_path / "broken.sqlite"
    damage(path)  # type: ignore[operator]
    with pytest.raises(TermIndexError, match="omics-standards ontologies build"):
        open_bundle(path)


def test_an_open_bundle_survives_its_replacement(tmp_path: Path) -> None:
    path = build_tiny_bundle(tmp_path / "a.sqlite")
    with Bundle(path) as bundle:
        other = build_tiny_bundle(tmp_path / "b.sqlite", only=("PATO",))
        other.replace(path)
        assert bundle.ground("liver", ("UBERON",)).status == "mapped"
    with Bundle(path) as bundle:
        assert bundle.ground("liver", ("UBERON",)).status == "unverifiable"


def test_a_path_with_odd_characters_opens(tiny_bundle: Path, tmp_path: Path) -> None:
    path = tmp_path / "odd ?#% nämé" / "b.sqlite"
    path.parent.mkdir()
    shutil.copyfile(tiny_bundle, path)
    with Bundle(path) as bundle:
        assert bundle.ground("liver", ("UBERON",)).status == "mapped"


def test_a_bundle_is_never_written_to(tiny_bundle: Path, bundle: Bundle) -> None:
    before = sorted(p.name for p in tiny_bundle.parent.iterdir()), tiny_bundle.read_bytes()
    with Bundle(tiny_bundle) as other:
        other.ground("live", ("UBERON",))
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            other._db.execute("DELETE FROM terms")
    assert (sorted(p.name for p in tiny_bundle.parent.iterdir()), tiny_bundle.read_bytes()) == before


def test_looking_up_loads_nothing_heavy() -> None:
    script = (
        "import sys, omics_standards.terms as t; t.get_terms('/no/such/bundle').ground('x', ('CL',)); "
        "print(*sorted({'yaml', 'zstandard', 'pronto', 'pydantic', 'platformdirs', 'subprocess', 'zipfile', "
        "'omics_standards.terms.build'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
