"""Rows that are paths: what is read from them is written so that reading it again gives the same records."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omics_standards.emit.sheets.lanes import lay_over
from omics_standards.emit.sheets.pathed import compose_paths
from omics_standards.emit.sheets.paths import Network, Step
from omics_standards.records import Link, Reading, Record, Term
from omics_standards.terms import NoBundle
from paths import PROFILES, files_of, read, said, write

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
CASES = [
    (profile, case)
    for folder, profile in {
        "sdrf-proteomics": "sdrf-proteomics",
        "magetab-sdrf": "magetab-sdrf",
        "magetab-idf": "magetab-sdrf",
        "isa-tab": "isa-tab",
        "isa-investigation": "isa-tab",
    }.items()
    for case in sorted((GOLDEN / folder).iterdir())
]


def _missing(before: list[Record], after: list[Record]) -> set[tuple[str, str]]:
    first, second = said(before), said(after)
    return {key for key, facts in first.items() if facts - second.get(key, set())}


@pytest.mark.parametrize(("profile", "case"), CASES, ids=lambda c: c if isinstance(c, str) else f"{c.parent.name}/{c.name}")
def test_what_is_read_is_written_and_read_again(profile: str, case: Path, tmp_path: Path, tiny_bundle: Path) -> None:
    records = read(sorted(case.glob("input*")), tiny_bundle)
    composed = write(profile, records, tmp_path / "one", tiny_bundle)
    again = read(tmp_path / "one", tiny_bundle)
    # What is not there is said, record by record, and nothing else is said to be lost.
    told = {(loss.cls, loss.id) for loss in composed.losses}
    unsaid = {key for key in _missing(records, again) - told if key[0] not in ("Entry",)}
    assert not unsaid
    # The second write is the first, byte for byte.
    write(profile, again, tmp_path / "two", tiny_bundle)
    assert {p.name: p.read_bytes() for p in (tmp_path / "two").iterdir()} == {p.name: p.read_bytes() for p in (tmp_path / "one").iterdir()}


def _sheet(tmp_path: Path, name: str, rows: list[list[str]]) -> Path:
    path = tmp_path / name
    path.write_text("\n".join("\t".join(r) for r in rows) + "\n", encoding="utf-8")
    return path


ISA = ["Sample Name", "Protocol REF", "Parameter Value[volume]", "Extract Name", "Protocol REF", "MS Assay Name", "Raw Spectral Data File"]


def test_a_pool_has_a_row_for_each_thing_pooled(tmp_path: Path) -> None:
    rows = [ISA, *([s, "extraction", "5", "E1", "spectrometry", a, f"{a}.raw"] for s in ("S1", "S2", "S3") for a in ("A1", "A2"))]
    records = read(_sheet(tmp_path, "a_pool.txt", rows))
    grid = next(g for g in compose_paths(PROFILES["isa-tab"], records, NoBundle()).grids if g.name == "a_pool.txt")
    assert grid.rows[0] == ISA
    assert sorted(grid.rows[1:]) == sorted(rows[1:])


def test_a_row_claims_no_pair_that_nobody_claimed(tmp_path: Path) -> None:
    # One assay of two extracts, each with a file of its own: the product of the four would be four rows.
    header = ["Sample Name", "Extract Name", "MS Assay Name", "Raw Spectral Data File", "Protocol REF"]
    rows = [["S1", "E1", "A", "one.raw", ""], ["S2", "E2", "A", "two.raw", ""]]
    records = read(_sheet(tmp_path, "a_pairs.txt", [header, *rows]))
    grid = next(g for g in compose_paths(PROFILES["isa-tab"], records, NoBundle()).grids if g.name == "a_pairs.txt")
    assert [r[:4] for r in grid.rows[1:]] == [r[:4] for r in rows]


def test_a_conflict_stands_in_rows_of_its_own(tmp_path: Path) -> None:
    header = [
        "source name",
        "characteristics[organism]",
        "characteristics[age]",
        "assay name",
        "technology type",
        "comment[label]",
        "comment[data file]",
    ]
    rows = [
        ["S1", "Homo sapiens", age, f"run {n}", "proteomic profiling by mass spectrometry", "label free sample", f"{n}.raw"]
        for n, age in enumerate(("30Y", "40Y"))
    ]
    records = read(_sheet(tmp_path, "x.sdrf.tsv", [header, *rows]))
    assert any(r.rejected for record in records for r in record.readings)
    composed = write("sdrf-proteomics", records, tmp_path / "out")
    column = composed.grids[0].rows[0].index("characteristics[age]")
    assert [r[column] for r in composed.grids[0].rows[1:]] == ["30Y", "40Y"]
    assert said(read(tmp_path / "out")) == said(records)


def test_numbers_have_the_units_that_the_format_takes(tmp_path: Path) -> None:
    written = {
        "characteristics[age]": ("40-85 years", "40Y-85Y"),
        "characteristics[temperature]": ("37 Cel", "37 °C"),
        "characteristics[dose]": ("25 umol/L", "25 uM"),
        "comment[fragment mass tolerance]": ("20 mDa", "20 mmu"),
        "comment[precursor mass tolerance]": ("10 ppm", "10 ppm"),
    }
    header = ["source name", "characteristics[organism]", *written, "assay name", "technology type", "comment[label]", "comment[data file]"]
    row = ["S1", "Homo sapiens", *(given for given, _ in written.values()), "run 1", "x", "label free sample", "1.raw"]
    records = read(_sheet(tmp_path, "x.sdrf.tsv", [header, row]))
    head, cells = write("sdrf-proteomics", records, tmp_path / "out").grids[0].rows
    assert {h: cells[head.index(h)] for h in written} == {h: wanted for h, (_, wanted) in written.items()}
    assert said(read(tmp_path / "out")) == said(records)


def test_columns_are_called_as_the_specification_calls_them(tmp_path: Path) -> None:
    # Other names of the same slots are read, too; those of the templates are written.
    said_as = {
        "characteristics[weight]": "70 kg",
        "characteristics[culture medium]": "DMEM",
        "characteristics[tumour stage]": "T2N1M0",
        "comment[minimum mz]": "400",
        "comment[acquisition date]": "2022-06-01",
    }
    header = ["source name", "characteristics[organism]", *said_as, "assay name", "technology type", "comment[label]", "comment[data file]"]
    row = ["S1", "Homo sapiens", *said_as.values(), "run 1", "proteomic profiling by mass spectrometry", "label free sample", "1.raw"]
    grid = write("sdrf-proteomics", read(_sheet(tmp_path, "x.sdrf.tsv", [header, row])), tmp_path / "out").grids[0]
    assert {h for h in grid.rows[0] if h not in header} == {"characteristics[tumor stage]", "comment[ms min mz]"}
    assert {h for h in header if h not in grid.rows[0]} == {"characteristics[tumour stage]", "comment[minimum mz]"}


def test_a_study_declares_every_sample_that_its_assays_name(tmp_path: Path) -> None:
    study = [["Source Name", "Protocol REF", "Sample Name"], ["P1", "collection", "S1"]]
    rows = [ISA, *([s, "extraction", "5", f"E {s}", "spectrometry", f"A {s}", f"{s}.raw"] for s in ("S1", "S2"))]
    folder = tmp_path / "read"
    folder.mkdir()
    _sheet(folder, "s_one.txt", study)
    _sheet(folder, "a_one.txt", rows)
    composed = write("isa-tab", read(folder), tmp_path / "out")
    grid = next(g for g in composed.grids if g.table == "study")
    name, source = grid.rows[0].index("Sample Name"), grid.rows[0].index("Source Name")
    # The second is nowhere said to be taken from anything: it has a source of its name, and no protocol.
    assert [(r[source], r[name]) for r in grid.rows[1:]] == [("P1", "S1"), ("S2", "S2")]
    assert grid.rows[2][grid.rows[0].index("Protocol REF")] == ""


def test_ages_and_terms_of_assays_are_written_as_sdrf_wants_them(tmp_path: Path) -> None:
    header = ["source name", "characteristics[organism]", "characteristics[age]", "assay name"]
    header += ["technology type", "comment[instrument]", "comment[label]", "comment[data file]", "comment[fragment mass tolerance]"]
    told = ["NT=Q Exactive;AC=MS:1001911", "proteomic profiling by mass spectrometry"]
    ages = ("58Y", "6M", "30Y-40Y", "3W")
    rows = [
        [f"S{n}", "Homo sapiens", age, f"run {n}", told[1], told[0], "label free sample", f"{n}.raw", "20 mmu"]
        for n, age in enumerate(ages)
    ]
    records = read(_sheet(tmp_path, "x.sdrf.tsv", [header, *rows]))
    composed = write("sdrf-proteomics", records, tmp_path / "out")
    heads = composed.grids[0].rows[0]
    assert tuple(r[heads.index("characteristics[age]")] for r in composed.grids[0].rows[1:]) == ages
    assert {r[heads.index("comment[fragment mass tolerance]")] for r in composed.grids[0].rows[1:]} == {"20 mmu"}
    assert {r[heads.index("comment[instrument]")] for r in composed.grids[0].rows[1:]} == {told[0]}


def test_a_sample_known_by_its_accession_is_the_one_that_its_name_stands_for() -> None:
    told = (Reading("name", ("S1",)), Reading("accessions", ("ngdc.biosample:SAMC000001",)), Reading("description", ("a liver",)))
    composed = compose_paths(
        PROFILES["sdrf-proteomics"], [Record("Biosample", "ngdc.biosample:SAMC000001", told, (None,) * 3, 0)], NoBundle()
    )  # type: ignore[arg-type]
    assert composed.losses == []
    assert composed.renamed == {"ngdc.biosample:SAMC000001": "biosample/S1"}


def test_assays_and_runs_that_another_format_names_otherwise_are_not_lost(tmp_path: Path) -> None:
    header = ["source name", "characteristics[organism]", "assay name", "technology type", "comment[label]", "comment[data file]"]
    rows = [[f"S{n}", "Homo sapiens", f"run {n}", "proteomic profiling by mass spectrometry", "TMT126", f"{n}.raw"] for n in (1, 2)]
    records = read(_sheet(tmp_path, "x.sdrf.tsv", [header, *rows]))
    composed = compose_paths(PROFILES["isa-tab"], records, NoBundle())
    assert composed.losses == []
    # A name of an assay holds in its file only, and a run is told by its assay and its file.
    assert composed.renamed["assay/run%201"] == "assay/a_assay.txt/run%201"
    assert {old for old in composed.renamed if old.startswith("run/")} == {r.id for r in records if r.cls == "Run"}


def test_what_the_format_has_no_place_for_is_said() -> None:
    name = Reading("name", ("P1",))
    lone = Record("Person", "person/P1", (name,), (None,), 0)  # type: ignore[arg-type]
    composed = compose_paths(PROFILES["sdrf-proteomics"], [lone], NoBundle())
    assert [(loss.cls, loss.id, loss.why) for loss in composed.losses] == [("Person", "person/P1", "no table")]
    assert composed.grids == []


def test_another_format_is_refused() -> None:
    with pytest.raises(KeyError, match="ngdc-gsa"):
        compose_paths(PROFILES["ngdc-gsa"], [], NoBundle())


def test_records_that_point_in_a_circle_end() -> None:
    def made(name: str, of: str) -> Record:
        readings = (Reading("name", (name,)), Link("derived_from", "MaterialEntity", f"material/{of}"))
        return Record("Material", f"material/{name}", readings, (None, None), 0)  # type: ignore[arg-type]

    records = [made("A", "B"), made("B", "A")]
    network = Network([PROFILES["magetab-sdrf"].table("array")], records)
    assert [len(w) for w in network.ways(records[0])] == [2]


def test_steps_that_some_rows_skip_share_columns() -> None:
    def step(role: str, name: str) -> Step:
        return Step(role, Record("Material", name, (), (), 0))

    lanes, rows = lay_over([(step("sample", "s"), step("assay", "a")), (step("sample", "t"), step("extract", "e"), step("assay", "b"))])
    assert lanes == ["sample", "extract", "assay"]
    assert [[r.id if r else "" for r in row] for row in rows] == [["s", "", "a"], ["t", "e", "b"]]


NAMES = st.sampled_from(["", "1", "2"])
ROW = st.tuples(st.sampled_from(["1", "2"]), st.booleans(), NAMES, st.booleans(), NAMES, st.sampled_from(["1", "2", "3"]))


@given(rows=st.lists(ROW, min_size=1, max_size=5))
@settings(max_examples=60)
def test_any_rows_of_steps_come_back(rows: list[tuple[str, bool, str, bool, str, str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    header = ["Sample Name", "Protocol REF", "Extract Name", "Protocol REF", "MS Assay Name", "Raw Spectral Data File"]
    cells = [
        [f"S{s}", "extraction" if p else "", f"E{e}" if e else "", "run" if q else "", f"A{a}" if a else "", f"{f}.raw"]
        for s, p, e, q, a, f in rows
    ]
    folder = tmp_path_factory.mktemp("rows")
    records = read(_sheet(folder, "a_rows.txt", [header, *cells]))
    composed = write("isa-tab", records, folder / "out")
    # Without an assay nobody knows which of several files a row is from; here there is one.
    again = read(folder / "out")
    told = {(loss.cls, loss.id) for loss in composed.losses}
    assert not _missing(records, again) - told
    # A study has a source for each sample; where nobody says what it was taken from, one of its name.
    before = said(records)
    added = {(k, f) for k, facts in said(again).items() if k in before for f in facts - before[k]}
    assert {f[0] for _, f in added} <= {"derived_from"}
    assert all(str(f[1]).startswith("biosample/source/") for _, f in added)


def test_writing_says_the_same_whatever_the_order_of_records(tmp_path: Path) -> None:
    rows = [ISA, *([s, "extraction", "5", f"E{s}", "spectrometry", f"A{s}", f"{s}.raw"] for s in ("S2", "S10", "S1"))]
    records = read(_sheet(tmp_path, "a_x.txt", rows))
    one, two = (compose_paths(PROFILES["isa-tab"], r, NoBundle()) for r in (records, records[::-1]))
    assert {n: sorted(t.splitlines()) for n, t in files_of(one, quoted=True).items() if n.startswith("a_")} == {
        n: sorted(t.splitlines()) for n, t in files_of(two, quoted=True).items() if n.startswith("a_")
    }


SDRF_HEADER = ["source name", "assay name", "technology type", "comment[label]", "comment[data file]"]


def test_a_unit_stands_behind_its_number_where_there_is_no_cell_for_it(tmp_path: Path) -> None:
    header = [*SDRF_HEADER, "characteristics[amount of broth]", "factor value[dose]", "factor value[drug]"]
    rows = [["S1", "R1", "proteomic profiling by mass spectrometry", "x", "1.raw", "3 ml", "7 ug/l", "NT=aspirin;AC=CHEBI:15365"]]
    records = read(_sheet(tmp_path, "x.sdrf.tsv", [header, *rows]))
    sample = next(r for r in records if r.cls == "Biosample")
    assert {(v.name, v.value, v.unit) for v in sample.values("attributes")} == {("amount of broth", "3", "ml")}
    told = {v.name: v for v in sample.values("factor_values")}
    assert (told["dose"].value, told["dose"].unit) == ("7", "ug/l")
    assert told["drug"].term == Term("CHEBI:15365", "aspirin")
    # ISA-Tab has cells for units, accessions and their sources.
    write("isa-tab", records, tmp_path / "isa")
    text = (tmp_path / "isa" / "s_study.txt").read_text(encoding="utf-8").replace('"', "")
    assert "\tFactor Value[dose]\tUnit\tFactor Value[drug]\tTerm Source REF\tTerm Accession Number" in text
    assert "\t7\tug/l\taspirin\tCHEBI\tCHEBI:15365" in text
    composed = write("sdrf-proteomics", read(tmp_path / "isa"), tmp_path / "back")
    back = dict(zip(composed.grids[0].rows[0], composed.grids[0].rows[1], strict=True))
    assert [back[h] for h in header[-3:]] == rows[0][-3:]


@pytest.mark.parametrize("text", ["7 drops", "1 hour after meals", "about 7 ug", "7ug", "AC=CHEBI:15365", "NT=aspirin;AC=of nothing"])
def test_what_is_no_number_with_a_unit_stays_as_it_is(text: str, tmp_path: Path) -> None:
    rows = [["S1", "R1", "proteomic profiling by mass spectrometry", "x", "1.raw", text]]
    records = read(_sheet(tmp_path, "x.sdrf.tsv", [[*SDRF_HEADER, "factor value[dose]"], *rows]))
    told = next(v for r in records for v in r.values("factor_values"))
    assert (told.value, told.unit, told.term) == (text, None, None)
    grid = write("sdrf-proteomics", records, tmp_path / "out").grids[0]
    assert grid.rows[1][grid.rows[0].index("factor value[dose]")] == text


def test_assays_of_one_name_in_two_files_are_two_assays_of_an_sdrf(tmp_path: Path) -> None:
    header = ["Sample Name", "Protocol REF", "MS Assay Name", "Raw Spectral Data File"]
    folder = tmp_path / "read"
    folder.mkdir()
    for ion in ("neg", "pos"):
        _sheet(
            folder, f"a_{ion}.txt", [header, ["S1", "spectrometry", "QC1", f"{ion}.raw"], ["S1", "spectrometry", f"only {ion}", "x.raw"]]
        )
    grid = write("sdrf-proteomics", read(folder), tmp_path / "out").grids[0]
    name, file = grid.rows[0].index("assay name"), grid.rows[0].index("comment[data file]")
    assert {(r[name], r[file]) for r in grid.rows[1:]} == {
        ("QC1 a_neg", "neg.raw"), ("QC1 a_pos", "pos.raw"), ("only neg", "x.raw"), ("only pos", "x.raw"),
    }  # fmt: skip


def test_sources_that_were_pooled_are_the_members_of_a_pool(tmp_path: Path) -> None:
    study = [["Source Name", "Sample Name"], ["P1", "pool"], ["P2", "pool"]]
    assay = [["Sample Name", "Protocol REF", "MS Assay Name", "Raw Spectral Data File"], ["pool", "spectrometry", "A", "a.raw"]]
    folder = tmp_path / "read"
    folder.mkdir()
    _sheet(folder, "s_one.txt", study)
    _sheet(folder, "a_one.txt", assay)
    grid = write("sdrf-proteomics", read(folder), tmp_path / "out").grids[0]
    row = next(r for r in grid.rows[1:] if r[grid.rows[0].index("source name")] == "pool")
    assert row[grid.rows[0].index("characteristics[pooled sample]")] == "SN=P1;SN=P2"


def _study_part(name: str) -> str:
    """The part of an investigation that one study is, with a person, a paper, a factor and a protocol of its own."""
    return f"""STUDY
Study Identifier\t"{name}"
Study Title\t"About {name}"
Study File Name\t"s_{name}.txt"
STUDY DESIGN DESCRIPTORS
Study Design Type\t""
STUDY PUBLICATIONS
Study Publication DOI\t"10.1234/{name}"
Study Publication Title\t"Of {name}"
STUDY FACTORS
Study Factor Name\t"dose of {name}"
Study Factor Type\t"dose"
STUDY ASSAYS
Study Assay File Name\t"a_{name}.txt"
Study Assay Measurement Type\t"metabolite profiling"
Study Assay Technology Type\t"mass spectrometry"
STUDY PROTOCOLS
Study Protocol Name\t"sampling {name}"\t"shaking"
Study Protocol Description\t""\t"as in {name}"
STUDY CONTACTS
Study Person Last Name\t"Both"\t"Of {name}"
Study Person First Name\t"Ann"\t"Ada"
"""


def _two_studies(folder: Path) -> Path:
    folder.mkdir()
    head = 'INVESTIGATION\nInvestigation Identifier\t"INV"\nINVESTIGATION CONTACTS\nInvestigation Person Last Name\t"Over"\n'
    (folder / "i_investigation.txt").write_text(head + _study_part("one") + _study_part("two"), encoding="utf-8")
    for name in ("one", "two"):
        study = [["Source Name", "Protocol REF", "Sample Name", f"Factor Value[dose of {name}]"], *(
            [f"P {name} {n}", f"sampling {name}", f"S {name} {n}", str(n)] for n in (1, 2)
        )]  # fmt: skip
        _sheet(folder, f"s_{name}.txt", study)
        # Of the second sample nothing was measured.
        assay = (
            ["Sample Name", "Protocol REF", "MS Assay Name", "Raw Spectral Data File"],
            [f"S {name} 1", "shaking", f"A {name}", f"{name}.raw"],
        )
        _sheet(folder, f"a_{name}.txt", list(assay))
    return folder


def _parts(text: str) -> list[dict[str, list[str]]]:
    """The lines of each study, and of what stands before them."""
    found: list[dict[str, list[str]]] = [{}]
    for line in text.splitlines():
        if line == "STUDY":
            found.append({})
        key, *cells = line.split("\t")
        found[-1][key] = [c.strip('"') for c in cells]
    return found


def test_each_study_has_its_people_papers_factors_protocols_and_files(tmp_path: Path) -> None:
    records = read(_two_studies(tmp_path / "read"))
    studies = {str(r.values("name")[0]): r for r in records if r.cls == "Study"}
    assert [str(v) for v in studies["two"].values("contacts")] == ["person/Ann/Both", "person/Ada/Of%20two"]
    assert [str(v) for v in studies["one"].values("protocols")] == ["protocol/sampling%20one", "protocol/shaking"]
    assert [str(v) for v in next(r for r in records if r.cls == "Project").values("contacts")] == ["person/Over"]
    composed = write("isa-tab", records, tmp_path / "out")
    assert composed.losses == []
    head, *parts = _parts((tmp_path / "out" / "i_investigation.txt").read_text(encoding="utf-8"))
    assert head["Investigation Person Last Name"] == ["Over"]
    for name, part in zip(("one", "two"), parts, strict=True):
        assert part["Study Identifier"] == [name]
        assert part["Study Person Last Name"] == ["Both", f"Of {name}"]
        assert part["Study Publication Title"] == [f"Of {name}"]
        assert part["Study Factor Name"] == [f"dose of {name}"]
        # What the two say differently of one protocol, each says in its own place.
        described = dict(zip(part["Study Protocol Name"], part["Study Protocol Description"], strict=True))
        assert described == {f"sampling {name}": "", "shaking": f"as in {name}"}
        assert part["Study Assay File Name"] == [f"a_{name}.txt"]
        assert part["Study File Name"] == [f"s_{name}.txt"]
    grids = {g.name: g for g in composed.grids}
    for name in ("one", "two"):
        sample = grids[f"s_{name}.txt"].rows[0].index("Sample Name")
        measured = [r[sample] for r in grids[f"s_{name}.txt"].rows[1:]]
        assert f"S {name} 1" in measured
    assert said(read(tmp_path / "out")) == said(records)


def test_who_is_of_no_study_stands_with_the_first_and_that_is_said() -> None:
    def made(cls: str, path: str, name: str) -> Record:
        return Record(cls, f"{path}/{name}", (Reading("name" if cls != "Person" else "family_name", (name,)),), (None,), 0)  # type: ignore[arg-type]

    records = [
        made("Study", "study", "one"),
        made("Study", "study", "two"),
        made("Person", "person", "Ann"),
        made("Protocol", "protocol", "P"),
    ]
    composed = compose_paths(PROFILES["isa-tab"], records, NoBundle())
    _, one, two = _parts(next(d.text for d in composed.documents if d.name.startswith("i_")))
    assert (one["Study Person Last Name"], one["Study Protocol Name"]) == (["Ann"], ["P"])
    assert (two["Study Person Last Name"], two["Study Protocol Name"]) == ([], [])
    assert {("Study", "study/one", "contacts"), ("Study", "study/one", "protocols")} <= composed.made
