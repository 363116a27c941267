"""Templates: what a person gets to fill in is read back as what was meant, for every archive and kind of sample."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

import omics_standards as om
from omics_standards.emit.preflight import check_grids
from omics_standards.emit.sheets import SheetGrid
from omics_standards.emit.templates import TemplateBlock, build_template, render_text, write_template
from omics_standards.emit.templates.notes import note
from omics_standards.errors import MissingDependencyError, UsageError
from omics_standards.mapping.headers import match_headers
from omics_standards.profiles.load import load_profiles
from omics_standards.profiles.requirements import kinds
from omics_standards.profiles.targets import find_layout, layouts

PROFILES = {p.id: p for p in load_profiles()}
ALL = [(t.name, k) for t in layouts() for k in ([k.name for k in kinds(t.profile, t.kinds)] if t.kinds else [""])]
# All kinds of the small targets, every fifteenth of those with hundreds.
SOME = [
    (t, k)
    for t in dict.fromkeys(t for t, _ in ALL)
    for k in [k for u, k in ALL if u == t][:: 15 if t in ("ncbi-biosample", "ddbj", "ena") else 1]
]


def recognised(dataset: om.Dataset) -> list[str]:
    return [str(s["profile"]) for i in dataset.inputs for s in i["sheets"] if s["profile"]]  # type: ignore[union-attr]


def tables_of(target: str) -> set[str]:
    where = find_layout(target)
    profile = PROFILES[where.profile]
    return {profile.id if len(profile.tables) == 1 else f"{profile.id}/{t}" for s in where.sheets for t in s.tables}


def converts_clean(target: str, kind: str, folder: Path, *, both: bool = True) -> None:
    made = build_template(target, kind)
    texts = (".tsv",) if made.text_sheet else ()
    for ending in (".xlsx", *texts) if both or not texts else texts:
        path = folder / f"filled{ending}"
        write_template(made, path, force=True)
        dataset = om.convert(path)
        told = [str(f) for f in dataset.findings if f.severity != "info"]
        assert told == [], (target, kind, ending)
        wanted = tables_of(target)
        if ending == ".tsv":
            assert len(recognised(dataset)) == 1
            assert set(recognised(dataset)) <= wanted
        else:
            assert set(recognised(dataset)) >= wanted - {"geo-template/pairs"}
            assert set(recognised(dataset)) <= wanted
        assert len(dataset) > 0


@pytest.mark.parametrize(("target", "kind"), SOME)
def test_a_filled_in_template_converts_clean(target: str, kind: str, tmp_path: Path) -> None:
    converts_clean(target, kind, tmp_path)


@pytest.mark.slow
def test_every_filled_in_template_converts_clean(tmp_path: Path) -> None:
    for target, kind in ALL:
        converts_clean(target, kind, tmp_path, both=False)  # the text where there is one, which is quicker


def test_the_archive_would_take_every_example_row() -> None:
    for target, kind in SOME:
        made = build_template(target, kind)
        grids: dict[str, SheetGrid] = {}
        for block in (b for sheet in made.sheets for b in sheet.blocks if any(c.example for c in b.columns)):
            grid = grids.setdefault(block.table, SheetGrid("sheet", [[], []], table=block.table, records=[None, ("Entry", "example")]))
            grid.rows[0] += headers(block)
            grid.rows[-1] += [c.example for c in block.columns]
            if block.units:
                grid.rows.insert(1, ["#units", *block.units[1:]])
                grid.records.insert(1, None)
        found = check_grids(grids.values(), PROFILES[made.target.profile], {made.target.kinds: kind})
        assert [(kind, f.header, p) for f in found.fields for p in f.problems] == []
        assert found.unknown == []


@pytest.mark.parametrize("target", [t.name for t in layouts()])
def test_the_example_is_one_thing_from_sheet_to_sheet(target: str, tmp_path: Path) -> None:
    write_template(build_template(target), tmp_path / "t.xlsx")
    dataset = om.convert(tmp_path / "t.xlsx")
    assert not [f for f in dataset.findings if f.code == "reference-dangling"]
    if target in ("gsa", "gsa-human", "ena"):
        (assay,) = dataset.records("SequencingAssay")
        (sample,) = dataset.records("Biosample")
        assert sample.id in str(dict(assay.items())["samples"])


def headers(block: TemplateBlock) -> list[str]:
    return [c.header for c in block.columns]


@pytest.mark.parametrize(("target", "kind"), [s for s in SOME if s[0] in ("gsa", "gsa-human", "ngdc-biosample", "ngdc-bioproject")])
def test_chinese_headers_are_read_as_the_same_columns(target: str, kind: str, tmp_path: Path) -> None:
    english, chinese = build_template(target, kind), build_template(target, kind, language="zh")
    for one, other in zip(english.sheets, chinese.sheets, strict=True):
        for a, b in zip(one.blocks, other.blocks, strict=True):
            table = PROFILES[english.target.profile].table(a.table)
            read = [[m.spec and (m.spec.to, m.spec.keep, m.number) for m in match_headers(table, headers(block))] for block in (a, b)]
            assert read[0] == read[1]
    assert any(re.search("[\u4e00-\u9fff]", c.header) for s in chinese.sheets for b in s.blocks for c in b.columns)
    write_template(chinese, tmp_path / "t.xlsx")
    dataset = om.convert(tmp_path / "t.xlsx")
    assert [str(f) for f in dataset.findings if f.severity != "info"] == []
    assert set(recognised(dataset)) == tables_of(target)
    write_template(english, tmp_path / "t.xlsx", force=True)
    assert said(om.convert(tmp_path / "t.xlsx")) == said(dataset)


def said(dataset: om.Dataset) -> list[tuple[object, ...]]:
    return [(r.cls, r.id, r.stub, sorted(map(str, r.items()))) for r in dataset.records()]


def test_both_languages_keep_the_archives_headers_and_add_notes() -> None:
    both = build_template("gsa", "plant", language="both")
    assert [c.header for c in both.sheets[0].blocks[0].columns] == [
        c.header for c in build_template("gsa", "plant").sheets[0].blocks[0].columns
    ]
    organism = next(c for c in both.sheets[0].blocks[0].columns if c.rule.name == "Organism")
    assert "物种" in note(organism, "both")
    assert "Required / 必填" in note(organism, "both")


def test_a_workbook_has_what_people_need(tmp_path: Path) -> None:
    write_template(build_template("gsa", "human"), tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == ["Sample", "Experiment", "Run", "Read me", "cv_lists"]
    assert book["cv_lists"].sheet_state == "hidden"
    sample, experiment = book["Sample"], book["Experiment"]
    assert sample.freeze_panes == "B2"
    assert sample["A1"].value == "*Sample name"
    assert "Required" in sample["A1"].comment.text
    colours = {c.value: c.fill.fgColor.rgb for c in sample[1]}
    assert colours["*Organism"] != colours["Disease"]
    assert sample["A5"].number_format == sample.column_dimensions["A"].number_format == "@" or sample.column_dimensions["A"].width > 9
    lists = {str(r.sqref): r.formula1 for r in experiment.data_validations.dataValidation}
    strategy = next(c.column_letter for c in experiment[1] if c.value == "* Strategy")
    layout = next(c.column_letter for c in experiment[1] if c.value == "*Layout")
    assert next(f for s, f in lists.items() if s.startswith(strategy)).startswith("cv_lists!")  # longer than 255 characters
    assert next(f for s, f in lists.items() if s.startswith(layout)) == '"SINGLE,PAIRED,FRAGMENT"'
    at = next(f for s, f in lists.items() if s.startswith(strategy))
    column = re.search(r"\$([A-Z]+)\$1", at)
    assert column is not None
    assert "RNA-Seq" in [c.value for c in book["cv_lists"][column[1]]]


def test_no_drop_down_is_longer_than_excel_takes(tmp_path: Path) -> None:
    write_template(build_template("ena", "ERC000030"), tmp_path / "t.xlsx")
    for sheet in openpyxl.load_workbook(tmp_path / "t.xlsx"):
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.formula1) <= 257
            assert rule.formula1.startswith(('"', "cv_lists!"))


def test_cells_are_text_so_that_nothing_is_turned_into_a_date(tmp_path: Path) -> None:
    write_template(build_template("ncbi", "human"), tmp_path / "t.xlsx")
    with zipfile.ZipFile(tmp_path / "t.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        styles = book.read("xl/styles.xml").decode()
    assert 'numFmtId="49"' in styles  # text
    assert "<v>" not in re.sub(r't="s"><v>', "", sheet)  # strings alone, no numbers


def test_the_same_template_has_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_template(build_template("gsa-human", language="both"), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_text_has_lead_header_units_and_example() -> None:
    lead, header, units, example = render_text(build_template("ena", "ERC000021")).splitlines()
    assert lead == "Checklist\tERC000021\tGSC MIxS sediment"
    cells = dict(zip(header.split("\t"), units.split("\t"), strict=True))
    assert cells["tax_id"] == "#units"
    assert cells["depth"] == "m"
    assert len(example.split("\t")) == len(header.split("\t"))


def test_columns_and_example_can_be_left_out() -> None:
    whole, few = build_template("ncbi", "human"), build_template("ncbi", "human", columns="required", example=False)
    assert {c.rule.requirement for c in few.sheets[0].blocks[0].columns} == {"required"}
    assert len(few.sheets[0].blocks[0].columns) < len(whole.sheets[0].blocks[0].columns)
    assert len(render_text(few).splitlines()) == 1


def test_a_file_is_not_overwritten_unasked(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text("mine")
    with pytest.raises(UsageError, match="--force"):
        write_template(build_template("sra"), path)
    assert path.read_text() == "mine"
    write_template(build_template("sra"), path, force=True)
    assert path.read_text().startswith("sample_name\t")


def test_a_failed_write_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "t.xlsx"
    path.write_text("mine")

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("omics_standards.emit.templates.workbook.write_workbook", broken)
    with pytest.raises(om.errors.ReadError, match="No space left"):
        write_template(build_template("gsa"), path, force=True)
    assert path.read_text() == "mine"
    assert [p.name for p in tmp_path.iterdir()] == ["t.xlsx"]


@pytest.mark.parametrize(("target", "name"), [("gsa", "t.tsv"), ("gsa", "t.pdf"), ("sra", "t")])
def test_what_cannot_be_written_is_refused(target: str, name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        write_template(build_template(target), tmp_path / name)
    assert not (tmp_path / name).exists()


def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(MissingDependencyError, match=r"omics-standards\[excel\]"):
        write_template(build_template("gsa"), tmp_path / "t.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_kind_where_there_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="one template for all samples"):
        build_template("sra", "human")
