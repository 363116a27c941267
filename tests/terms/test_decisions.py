"""Decisions in SSSOM files: read, written, layered; broken ones are one sentence."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards.errors import DecisionError
from omics_standards.models.slots import MODEL
from omics_standards.terms.decisions import Decision, DecisionFile, Decisions, check_consistent, load_decisions, project_path
from omics_standards.terms.keys import exact_key
from omics_standards.terms.sssom import is_orcid, read_file
from omics_standards.values.text import clean

HEAD = """\
#curie_map:
#  UBERON: http://purl.obolibrary.org/obo/UBERON_
#  obo: http://purl.obolibrary.org/obo/
#  omst: https://w3id.org/omics-standards/
#mapping_set_id: https://example.org/decisions
#license: https://creativecommons.org/publicdomain/zero/1.0/
"""
COLUMNS = "subject_label\tpredicate_id\tpredicate_modifier\tobject_id\tmapping_justification\tsubject_type\tsubject_source\n"
LIVER = "hepar\tskos:exactMatch\t\tUBERON:0002107\tsemapv:ManualMappingCuration\trdfs literal\tomst:tissue\n"


def write(path: Path, *rows: str, head: str = HEAD, columns: str = COLUMNS) -> Path:
    path.write_text(head + columns + "".join(rows), encoding="utf-8")
    return path


# --- round trip


texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40).map(clean).filter(lambda t: t and exact_key(t))
slots = st.sampled_from(["", *(s.name for s in MODEL.slots.values() if s.kind == "term")])
names = st.lists(
    st.one_of(st.just("orcid:0000-0002-1825-0097"), st.from_regex(r"[A-Z][a-z]{1,8} [A-Z][a-z]{1,8}", fullmatch=True)),
    min_size=1,
    max_size=3,
    unique=True,
).map(lambda found: tuple(sorted(found, key=lambda n: not n.startswith("orcid"))))


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    kind = draw(st.sampled_from(["is", "not", "none"]))
    return Decision(
        text=draw(texts),
        slot=draw(slots),
        kind=kind,  # type: ignore[arg-type]
        id="" if kind == "none" else draw(st.from_regex(r"(UBERON:[0-9]{7}|CVCL:[0-9A-Z]{4}|LAB:[0-9]{3})", fullmatch=True)),
        label="" if kind == "none" else draw(st.one_of(st.just(""), texts)),
        predicate="skos:exactMatch"
        if kind != "is"
        else draw(st.sampled_from(["skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch"])),
        confidence=draw(st.floats(0, 1).map(lambda f: round(f, 3))),
        by=draw(names),
        date=draw(st.dates().map(str)),
        version="" if kind == "none" else draw(st.sampled_from(["", "v2026-04-01", "4.1.258"])),
        comment=draw(st.one_of(st.just(""), texts)),
    )


def consistent(found: list[Decision]) -> bool:
    try:
        check_consistent(found)
    except DecisionError:
        return False
    return True


@given(st.lists(decisions(), max_size=6, unique_by=lambda d: (d.key, d.id if d.kind == "not" else "")).filter(consistent))
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, found: list[Decision]) -> None:
    path = tmp_path_factory.mktemp("d") / "d.sssom.tsv"
    file = read_file(path, new=True)
    assert file.update(found) == (len(found), 0, 0)
    file.save()
    again = read_file(path)
    assert [d._replace(file="", line=0) for d in again.decisions()] == found
    assert again.text().encode() == path.read_bytes()
    assert again.update(found) == (0, 0, len(found))


def test_lines_are_those_of_an_editor(tmp_path: Path) -> None:
    path = write(tmp_path / "d.sssom.tsv", "\n", '"hep\nar"' + LIVER.removeprefix("hepar"), LIVER.replace("hepar", "jecur"))
    assert [(d.text, d.line) for d in read_file(path).decisions()] == [("hep ar", 9), ("jecur", 11)]
    assert path.read_text().splitlines()[10].startswith("jecur")


def test_what_other_programs_write_is_understood(tmp_path: Path) -> None:
    """Propagated slots, other spellings of a prefix, ids of literals, a subject that is a term of another vocabulary."""
    head = HEAD + "#subject_type: rdfs literal\n#mapping_date: 2026-01-31\n#subject_source: omst:tissue\n"
    columns = "subject_id\tsubject_label\tpredicate_id\tobject_id\tmapping_justification\tauthor_id\n"
    rows = "\thepar\towl:equivalentClass\tobo:UBERON_0002107\tsemapv:LexicalMatching\torcid:0000-0002-1825-0097\n"
    (one,) = read_file(write(tmp_path / "d.sssom.tsv", rows, head=head, columns=columns)).decisions()
    assert (one.text, one.slot, one.id, one.match, one.date) == ("hepar", "tissue", "UBERON:0002107", "exact", "2026-01-31")
    assert (one.by, one.justification) == (("orcid:0000-0002-1825-0097",), "semapv:LexicalMatching")


def test_a_changed_file_keeps_the_rows_that_were_not_touched(tmp_path: Path) -> None:
    columns = COLUMNS.rstrip("\n") + "\treviewer_label\tsee_also\n"
    row = LIVER.rstrip("\n") + "\tA. Reviewer\thttps://example.org/why\n"
    path = write(tmp_path / "d.sssom.tsv", row, LIVER.rstrip("\n").replace("hepar", "pulmo") + "\t\t\n", columns=columns)
    file = read_file(path)
    assert file.update([Decision("Pulmo", "tissue", "is", "UBERON:0002048", "lung"), Decision("lump", "tissue", "none")]) == (1, 1, 0)
    file.save()
    kept = read_file(path)
    assert [(d.text, d.kind, d.id) for d in kept.decisions()] == [
        ("hepar", "is", "UBERON:0002107"),
        ("Pulmo", "is", "UBERON:0002048"),
        ("lump", "none", ""),
    ]
    assert kept.records[0][1].reviewer_label == ["A. Reviewer"]
    assert kept.records[0][1].see_also == ["https://example.org/why"]
    assert str(kept.metadata.mapping_set_id) == "https://example.org/decisions"


def test_a_new_decision_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    path = write(tmp_path / "d.sssom.tsv", LIVER)
    file = read_file(path)
    assert file.update([Decision("hepar", "tissue", "not", "UBERON:0002107", "liver")]) == (0, 1, 0)
    assert [d.said() for d in file.decisions()] == ["'hepar' is not UBERON:0002107 (liver)"]
    assert file.update([Decision("hepar", "tissue", "none")]) == (1, 0, 0), "a text may be not a term, and of none"
    assert file.update([Decision("hepar", "tissue", "is", "UBERON:0002107", "liver")]) == (0, 1, 0)
    assert [d.said() for d in file.decisions()] == ["'hepar' is UBERON:0002107 (liver)"]


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "d.sssom.tsv", LIVER)
    before = path.read_bytes()
    file = read_file(path)
    file.update([Decision("lump", "tissue", "none")])

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fails)
    with pytest.raises(DecisionError, match="cannot be written: No space left"):
        file.save()
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["d.sssom.tsv"]


# --- the reference implementation


def validate(path: Path, caplog: pytest.LogCaptureFixture) -> int:
    """Let the reference implementation validate a file; how many mappings it takes from it."""
    sssom_parsers = pytest.importorskip("sssom.parsers", reason="the reference implementation of SSSOM is in the group test")
    from sssom.validators import validate as check

    caplog.clear()
    with caplog.at_level(logging.WARNING):
        msdf = sssom_parsers.parse_sssom_table(str(path))
        reports = check(msdf)
    assert [r.message for report in reports.values() for r in report.results] == []
    # It only warns of rows that it leaves out.
    assert [r.message for r in caplog.records if "not well-formed" in r.message] == []
    return len(sssom_parsers.to_mapping_set_document(msdf).mapping_set.mappings or ())


def test_files_pass_the_reference_validation(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "d.sssom.tsv"
    file = read_file(path, new=True)
    file.update(
        [
            Decision(
                'say "liver"',
                "tissue",
                "is",
                "UBERON:0002107",
                "liver",
                by=("orcid:0000-0002-1825-0097", "Ada | Bob"),
                date="2026-01-31",
                version="v1",
            ),
            Decision("BALF", "tissue", "is", "UBERON:0002048", "lung", "skos:broadMatch", 0.6, by=("Ada",), comment="nothing better; yet"),
            Decision("lump", "tissue", "none", by=("Ada",)),
            Decision("Tuareg", "", "not", "AfPO:0000145", "Tuareg", by=("Ada",)),
            Decision("肝", "tissue", "is", "UBERON:0002107", "liver", by=("Ada",)),
        ]
    )
    file.save()
    assert validate(path, caplog) == 5


def test_the_reference_validation_would_say_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = write(tmp_path / "d.sssom.tsv", LIVER.replace("hepar", "").replace("rdfs literal", ""))
    with pytest.raises(AssertionError):
        validate(path, caplog)


# --- the project's file


def test_the_project_s_file_is_in_the_package_and_in_its_canonical_form() -> None:
    root = Path(__file__).resolve().parents[2]
    assert project_path().read_bytes() == (root / "ontologies" / "decisions.sssom.tsv").read_bytes()
    assert read_file(project_path()).text().encode() == project_path().read_bytes()


def test_no_decisions_no_library(tmp_path: Path) -> None:
    script = (
        "import sys, omics_standards as om, pandas as pd; om.convert(pd.DataFrame({'sample_name': ['S1'], 'organism': ['mouse'], 'tissue': ['x']}), 'ncbi-biosample');"
        "print([m for m in sys.modules if m.startswith(('sssom', 'curies'))])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_reading_decisions_leaves_nothing_in_the_home(tmp_path: Path) -> None:
    """A part of the library makes a folder in the home of whoever imports it, and fails where it cannot."""
    file = write(tmp_path / "d.sssom.tsv", LIVER)
    script = "import sys, os; from omics_standards.terms import load_decisions; print(len(load_decisions([sys.argv[1]])), os.environ.get('PYSTOW_HOME'))"
    for home in (tmp_path / "home", Path("/proc/nowhere")):
        env = {k: v for k, v in os.environ.items() if not k.startswith("PYSTOW")} | {"HOME": str(home)}
        done = subprocess.run([sys.executable, "-c", script, str(file)], capture_output=True, text=True, env=env, check=False)
        assert done.stdout.strip() == "1 None", done.stderr
        assert not home.exists()


# --- layers


def layer(name: str, *found: Decision) -> DecisionFile:
    return DecisionFile(name, "0" * 64, found)


LIVER_IS = Decision("hepar", "tissue", "is", "UBERON:0002107", "liver")


def test_later_layers_win() -> None:
    known = Decisions([layer("project", LIVER_IS), layer("user", LIVER_IS._replace(id="UBERON:0002048")), layer("empty")])
    assert known.find("HEPAR", "tissue").id == "UBERON:0002048"  # type: ignore[union-attr]
    assert known.find("hepar", "disease") is None
    assert [f["file"] for f in known.used()] == ["project", "user"]
    assert len(known) == len(list(known)) == 1


def test_a_later_not_takes_a_decision_back_and_the_other_way_round() -> None:
    refused = LIVER_IS._replace(kind="not")
    known = Decisions([layer("project", LIVER_IS), layer("run", refused)])
    assert known.find("hepar", "tissue") is None
    assert set(known.refused("hepar", "tissue")) == {"UBERON:0002107"}
    known = Decisions([layer("project", refused), layer("run", LIVER_IS)])
    assert known.find("hepar", "tissue") == LIVER_IS
    assert known.refused("hepar", "tissue") == {}


def test_a_decision_for_the_slot_comes_before_one_for_all() -> None:
    known = Decisions([layer("a", LIVER_IS), layer("b", LIVER_IS._replace(slot="", id="UBERON:0002048"))])
    assert [known.find("hepar", slot).id for slot in ("tissue", "sampling_site")] == ["UBERON:0002107", "UBERON:0002048"]  # type: ignore[union-attr]
    known = Decisions([layer("a", LIVER_IS._replace(slot="")), layer("b", LIVER_IS._replace(kind="not"))])
    assert known.find("hepar", "tissue") is None
    assert known.find("hepar", "sampling_site") is not None


def test_layers_are_read_from_where_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    user, run = write(tmp_path / "user.sssom.tsv", LIVER), write(tmp_path / "run.sssom.tsv", LIVER.replace("0002107", "0002048"))
    monkeypatch.setenv("OMICS_STANDARDS_DECISIONS", str(user))
    assert load_decisions().find("hepar", "tissue").place == "user.sssom.tsv, line 8"  # type: ignore[union-attr]
    assert load_decisions([run]).find("hepar", "tissue").id == "UBERON:0002048"  # type: ignore[union-attr]
    assert not load_decisions(layers=False)
    monkeypatch.setenv("OMICS_STANDARDS_DECISIONS", str(tmp_path / "absent"))
    assert not load_decisions()
    monkeypatch.delenv("OMICS_STANDARDS_DECISIONS")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    if sys.platform == "linux":
        place = tmp_path / "config" / "omics-standards"
        place.mkdir(parents=True)
        write(place / "decisions.sssom.tsv", LIVER)
        assert load_decisions().find("hepar", "tissue") is not None


# --- broken files


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is no SSSOM file"),
        ("a,b\n1,2\n", "is no SSSOM file"),
        ("#just a note\n" + COLUMNS + LIVER, "hold no metadata"),
        ("#curie_map: [\n" + COLUMNS + LIVER, "the metadata are not YAML"),
        ("#curie_map: {}\n" + COLUMNS + LIVER, "mapping_set_id"),
        (HEAD + "#subject_type: [1, 2]\n" + COLUMNS + LIVER, "metadata are not those of SSSOM"),
        (HEAD + "name\tid\nx\ty\n", "line 7: the header of an SSSOM file is expected"),
        (HEAD + COLUMNS + LIVER.replace("UBERON:", "FOO:"), "line 8: object_id is 'FOO:0002107'; the prefix 'FOO' is not in curie_map"),
        (HEAD + COLUMNS + LIVER.replace("UBERON:", ""), "PREFIX:local is expected"),
        (HEAD + COLUMNS + LIVER.replace("hepar", ""), "line 8: subject_label is empty"),
        (HEAD + COLUMNS + LIVER.replace("exactMatch", "relatedMatch"), "does not say what a text means"),
        (HEAD + COLUMNS + LIVER.replace("\t\t", "\tMaybe\t"), "line 8: predicate_modifier"),
        (HEAD + COLUMNS + LIVER.replace("\t\tUBERON:0002107", "\tNot\tsssom:NoTermFound"), "Not with sssom:NoTermFound"),
        (HEAD + COLUMNS + LIVER.replace("omst:tissue", "omst:tisue"), "omst:tisue is no slot"),
        (HEAD + COLUMNS + LIVER.replace("omst:tissue", "omst:title"), "omst:title is no slot"),
        (HEAD + COLUMNS + LIVER.replace("UBERON:0002107", ""), "line 8: object_id: Field required"),
        (HEAD + COLUMNS + '"' + LIVER, "line 8: unexpected end of data"),
        (HEAD + COLUMNS + LIVER.rstrip("\n") + "\tmore\tstill\n", "line 8: 9 cells below 7 columns"),
        (HEAD + COLUMNS + LIVER + LIVER.replace("hepar", "Hepar").replace("0002107", "0002048"), "lines 8 and 9 contradict each other: 'hepar' is UBERON:0002107"),
        (HEAD + COLUMNS + LIVER + LIVER.replace("\t\t", "\tNot\t"), "lines 8 and 9 contradict each other"),
        (HEAD + COLUMNS + LIVER.replace("\t\t", "\tNot\t") + LIVER, "lines 8 and 9 contradict each other"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "d.sssom.tsv"
    path.write_text(text)
    with pytest.raises(DecisionError) as error:
        load_decisions([path])
    message = str(error.value)
    assert said in message
    assert "d.sssom.tsv" in message
    assert "\n" not in message
    assert error.value.exit_code == 3


def test_other_things_that_are_no_file_of_decisions(tmp_path: Path) -> None:
    path = tmp_path / "d.sssom.tsv"
    path.write_bytes(b"#x\n\xff\xfe\na\tb\n1\t2\n")
    with pytest.raises(DecisionError, match="is not UTF-8"):
        load_decisions([path])
    with pytest.raises(DecisionError, match="No such file"):
        load_decisions([tmp_path / "absent.sssom.tsv"])
    with pytest.raises(DecisionError, match="directory"):
        load_decisions([tmp_path])


def said_of(path: Path) -> str:
    try:
        return str(len(load_decisions([path])))
    except DecisionError as e:
        return str(e)


@given(st.binary(max_size=300))
def test_any_bytes_are_decisions_or_one_sentence(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("d") / "d.sssom.tsv"
    path.write_bytes(data)
    assert "\n" not in said_of(path)


@given(st.integers(0, len(HEAD + COLUMNS + LIVER) - 1), st.characters())
def test_a_slip_anywhere_is_decisions_or_one_sentence(tmp_path_factory: pytest.TempPathFactory, at: int, slip: str) -> None:
    path = tmp_path_factory.mktemp("d") / "d.sssom.tsv"
    whole = HEAD + COLUMNS + LIVER
    path.write_text(whole[:at] + slip + whole[at + 1 :], encoding="utf-8", errors="replace", newline="")
    assert "\n" not in said_of(path)


def test_orcid() -> None:
    assert is_orcid("0000-0002-1694-233x") == "orcid:0000-0002-1694-233X"
    assert is_orcid("0000-0002-1694-2331") is None
