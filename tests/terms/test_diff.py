from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from omics_standards.cli import app
from omics_standards.errors import TermIndexError
from omics_standards.terms.adding import add_file
from omics_standards.terms.diff import Change, diff_ontologies, terms_used_in


def obo(version: str, *stanzas: str) -> str:
    return f"data-version: {version}\nontology: my\n" + "".join(f"\n[Term]\n{stanza}\n" for stanza in stanzas)


OLD = obo(
    "2025-01-01",
    "id: MY:1\nname: root",
    "id: MY:2\nname: stays\nis_a: MY:1",
    "id: MY:3\nname: goes out of use\nis_a: MY:1",
    "id: MY:4\nname: is taken over\nis_a: MY:1",
    "id: MY:5\nname: moves\nis_a: MY:1",
    "id: MY:6\nname: old name\nis_a: MY:1",
    "id: MY:7\nname: vanishes",
    "id: MY:8\nname: obsolete comes back\nis_obsolete: true",
    "id: MY:9\nname: was obsolete and vanishes\nis_obsolete: true",
    "id: MY:12\nname: no successor",
)
NEW = obo(
    "2026-01-01",
    "id: MY:1\nname: root",
    "id: MY:2\nname: stays\nis_a: MY:1\nalt_id: MY:4",
    "id: MY:3\nname: obsolete goes out of use\nis_obsolete: true\nconsider: MY:2\nconsider: OTHER:1",
    "id: MY:5\nname: moves\nis_a: MY:2\nrelationship: part_of MY:1",
    "id: MY:6\nname: new name\nis_a: MY:1",
    "id: MY:8\nname: comes back",
    "id: MY:10\nname: is new",
    "id: MY:11\nname: obsolete is new and obsolete\nis_obsolete: true",
    "id: MY:12\nname: obsolete no successor\nis_obsolete: true",
)
EXPECTED = (
    Change("obsolete", "MY:12", "no successor", "obsolete no successor"),
    Change("obsolete", "MY:3", "goes out of use", "obsolete goes out of use", consider=(("MY:2", "stays"), ("OTHER:1", ""))),
    Change("obsolete", "MY:4", "is taken over", "", replaced_by=(("MY:2", "stays"),)),
    Change("gone", "MY:7", "vanishes"),
    Change("moved", "MY:5", "moves", "moves", lost=("is_a MY:1",), gained=("is_a MY:2", "part_of MY:1")),
    Change("renamed", "MY:6", "old name", "new name"),
    Change("reinstated", "MY:8", "obsolete comes back", "comes back"),
    Change("new", "MY:10", "", "is new"),
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old.obo", tmp_path / "new.obo"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    return old, new


@pytest.fixture
def bundle(files: tuple[Path, Path], tmp_path: Path) -> Path:
    for file in files:
        add_file(file, target=tmp_path / "b.sqlite")
    return tmp_path / "b.sqlite"


def test_two_files_are_compared(files: tuple[Path, Path]) -> None:
    (found,) = diff_ontologies(*files)
    assert (found.prefix, found.old, found.new, found.terms) == ("MY", "2025-01-01", "2026-01-01", (8, 6))
    assert found.changes == EXPECTED
    assert found.counts()["obsolete"] == 3


def test_nothing_changed_between_a_version_and_itself(files: tuple[Path, Path], bundle: Path) -> None:
    assert diff_ontologies(files[0], files[0])[0].changes == ()
    assert diff_ontologies("MY", "MY@2026-01-01", target=bundle)[0].changes == ()


def test_versions_of_a_bundle_files_and_bundles_say_the_same(files: tuple[Path, Path], bundle: Path, tmp_path: Path) -> None:
    assert diff_ontologies("my@2025-01-01", "MY", target=bundle)[0].changes == EXPECTED
    assert diff_ontologies("MY@2025-01-01", files[1], target=bundle)[0].changes == EXPECTED
    alone = tmp_path / "alone.sqlite"
    add_file(files[0], target=alone)
    assert diff_ontologies(alone, bundle)[0].changes == EXPECTED
    back = diff_ontologies(bundle, alone, prefix="my")[0].counts()
    assert (back["new"], back["gone"], back["renamed"], back["moved"]) == (1, 1, 1, 1)


def test_only_the_terms_in_use_are_told(files: tuple[Path, Path], tmp_path: Path) -> None:
    text = json.dumps(
        {"biosamples": [{"id": "s1", "tissue": {"id": "MY:6", "label": "old name"}, "other": [{"id": "MY:2"}, {"id": "X:1"}]}]}
    )
    (tmp_path / "dataset.json").write_text(text, encoding="utf-8")
    assert terms_used_in(tmp_path) == {"s1", "MY:6", "MY:2", "X:1"}
    (found,) = diff_ontologies(*files, used=tmp_path)
    assert (found.changes, found.used) == ((EXPECTED[5],), 2)
    assert diff_ontologies(*files, used=["MY:7"])[0].changes == (EXPECTED[3],)
    with pytest.raises(TermIndexError, match="cannot be read"):
        diff_ontologies(*files, used=tmp_path / "none")


def test_terms_are_found_across_the_pieces_a_dataset_is_read_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from omics_standards.terms import diff

    curies = {f"MY:{i:07}" for i in range(2000)}
    (tmp_path / "dataset.json").write_text(json.dumps([{"id": c, "label": "x" * 37} for c in sorted(curies)]), encoding="utf-8")
    monkeypatch.setattr(diff, "_CHUNK", 777)
    assert terms_used_in(tmp_path / "dataset.json") == curies


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("NONE@1", "MY", "has no NONE"),
        ("MY@7", "MY", "has no MY@7; of MY it has 2025-01-01, 2026-01-01"),
        ("none.obo", "MY", "none.obo does not exist"),
    ],
)
def test_what_cannot_be_compared_is_said(old: str, new: str, said: str, bundle: Path, tmp_path: Path) -> None:
    with pytest.raises(TermIndexError, match=said):
        diff_ontologies(old, new, target=bundle)
    other = tmp_path / "other.obo"
    other.write_text("ontology: other\n\n[Term]\nid: OTHER:1\nname: x\n", encoding="utf-8")
    with pytest.raises(TermIndexError, match=r"nothing to compare: MY has MY, .*other\.obo has OTHER"):
        diff_ontologies("MY", other, target=bundle)


def test_where_one_side_merges_its_relations_moves_are_not_told(bundle: Path, tmp_path: Path) -> None:
    import sqlite3

    with sqlite3.connect(bundle) as db:
        db.execute("UPDATE ontologies SET hierarchy='merged' WHERE version='2025-01-01'")
    db.close()
    (found,) = diff_ontologies("MY@2025-01-01", "MY", target=bundle)
    assert not found.parents_compared
    assert found.changes == tuple(c for c in EXPECTED if c.kind != "moved")


def test_the_command_speaks_text_and_json(bundle: Path) -> None:
    run = CliRunner().invoke
    done = run(app, ["ontologies", "diff", "MY@2025-01-01", "MY@2026-01-01", "--bundle", str(bundle)])
    assert done.exit_code == 0
    assert "MY 2025-01-01 (8 terms) → 2026-01-01 (6): 3 obsolete, 1 gone, 1 moved, 1 renamed, 1 reinstated, 1 new" in done.stderr
    lines = done.stdout.splitlines()
    assert "obsolete\tMY:4\tis taken over → MY:2 stays" in lines
    assert "obsolete\tMY:3\tgoes out of use; consider MY:2 stays, OTHER:1" in lines
    assert "obsolete\tMY:12\tno successor; nothing takes its place" in lines
    assert "moved\tMY:5\tmoves −is_a MY:1 +is_a MY:2 +part_of MY:1" in lines
    assert "renamed\tMY:6\told name → new name" in lines
    done = run(app, ["ontologies", "diff", "MY@2025-01-01", "MY", "--json", "--bundle", str(bundle)])
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in rows] == [c.id for c in EXPECTED]
    assert rows[2]["replaced_by"] == [["MY:2", "stays"]]
    assert (rows[0]["ontology"], rows[0]["from"], rows[0]["to"], rows[0]["kind"]) == ("MY", "2025-01-01", "2026-01-01", "obsolete")
