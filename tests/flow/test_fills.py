"""Dragged and copied accessions: one finding with its rows, in whatever batches and processes the rows are read."""

from __future__ import annotations

from pathlib import Path

import pytest

import omics_standards as om
from omics_standards.checks import fills as fills_module
from omics_standards.conversion import Options, convert_to
from omics_standards.conversion import flow as flow_module
from omics_standards.findings import Finding
from omics_standards.tables import from_rows

PROFILE = """
id: bench
family: bench
title: bench sheet
tables:
  - id: rows
    join: one-record-per-row
    recognise: {all: [sid]}
    records:
      sample: {class: Biosample, id: [sid]}
      assay: {class: ProteomicsAssay, id: [sid], links: {samples: [sample]}}
    main: assay
    columns:
      sid: sample.name
      organ: {to: sample.tissue, with: {accession: organ id, source: organ source}}
      illness: sample.disease
      enzyme: assay.cleavage_agents
      machine: assay.instrument
      notes: sample.description
"""
HEADERS = ["sid", "organ", "organ id", "organ source", "illness", "enzyme", "machine", "notes"]


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    path = tmp_path / "bench.yaml"
    path.write_text(PROFILE, encoding="utf-8")
    return path


class Sheet:
    """Rows under HEADERS; what is not said is blank."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []

    def add(self, **cells: str) -> None:
        self.rows.append([f"S{len(self.rows) + 1}", *(cells.get(h.replace(" ", "_"), "") for h in HEADERS[1:])])

    def findings(self, profile: Path, bundle: Path | str) -> list[Finding]:
        data = om.convert(from_rows(HEADERS, self.rows), str(profile), bundle=str(bundle))
        assert data.ledger.closes
        return [f for f in data.findings if f.code.startswith(("term-", "drag-", "copied-"))]


def test_a_dragged_keyed_cell_is_one_finding(profile: Path, tiny_bundle: Path) -> None:
    sheet = Sheet()
    for i in range(60):
        sheet.add(enzyme=f"NT=Lys-C;AC=MS:{1001309 + i}")
    (found,) = sheet.findings(profile, tiny_bundle)
    assert (found.code, found.severity, found.count, found.rows) == ("drag-fill-accession", "error", 59, "3-61")
    assert (found.address.cell, found.value, found.header) == ("F3", "NT=Lys-C;AC=MS:1001310", "enzyme")
    assert found.expected == "one accession beside 'Lys-C', MS:1001309, and not 59 from MS:1001310 to MS:1001368"
    assert found.fix.startswith("write MS:1001309 in all of these rows")


def test_a_dragged_accession_in_the_cell_beside_is_told_where_it_stands(profile: Path, tiny_bundle: Path) -> None:
    sheet = Sheet()
    for i in range(40):
        sheet.add(organ="liver", organ_id=f"UBERON:{2107 + i:07}")
    (found,) = sheet.findings(profile, tiny_bundle)
    assert (found.code, found.address.cell, found.header, found.value) == ("drag-fill-accession", "C3", "organ id", "UBERON:0002108")
    assert found.rows == "3-41"


def test_bare_numbers_beside_their_source_are_seen_too(profile: Path, tiny_bundle: Path) -> None:
    sheet = Sheet()
    for i in range(5):
        sheet.add(organ="liver", organ_id=str(2107 + i), organ_source="UBERON")
    codes = [(f.code, f.rows) for f in sheet.findings(profile, tiny_bundle)]
    assert ("drag-fill-accession", "3-6") in codes
    assert all(code in ("drag-fill-accession", "term-id-malformed") for code, _ in codes)


def test_three_rows_are_a_series_and_two_are_not(profile: Path, tiny_bundle: Path) -> None:
    for count, codes in ((2, {"term-id-unknown"}), (3, {"drag-fill-accession"})):
        sheet = Sheet()
        for i in range(count):  # from an id on that is not the enzyme's own
            sheet.add(enzyme=f"NT=Lys-C;AC=MS:{1009000 + i}")
        assert {f.code for f in sheet.findings(profile, tiny_bundle)} == codes
    sheet = Sheet()
    for i in range(3):  # the first is right: three rows dragged, two of them wrong
        sheet.add(enzyme=f"NT=Lys-C;AC=MS:{1001309 + i}")
    (found,) = sheet.findings(profile, tiny_bundle)
    assert (found.code, found.rows) == ("drag-fill-accession", "3-4")


def test_blocks_of_one_name_and_of_several_names(profile: Path, tiny_bundle: Path) -> None:
    sheet = Sheet()
    for i in range(8):
        for _ in range(3):  # each accession stands for three fractions
            sheet.add(machine=f"NT=Q Exactive Plus;AC=MS:{1002634 + i}")
    for i in range(8):
        sheet.add(machine=f"NT=Q Exactive HF;AC=MS:{1002523 + i}")
    found = sheet.findings(profile, tiny_bundle)
    assert [(f.code, f.rows, f.count) for f in found] == [("drag-fill-accession", "5-25", 21), ("drag-fill-accession", "27-33", 7)]


def test_numbers_are_counted_once_however_their_cells_are_spelt(profile: Path, tiny_bundle: Path) -> None:
    sheet = Sheet()
    for i in range(1, 6):
        sheet.add(enzyme=f"NT=Lys-C;AC=MS:{1001309 + i}")
        sheet.add(enzyme=f"NT=Lys-C; AC=MS_{1001309 + i}")
    (found,) = sheet.findings(profile, tiny_bundle)
    assert (found.rows, found.count) == ("2-11", 10)
    assert "and not 5 from MS:1001310 to MS:1001314" in found.expected


@pytest.mark.parametrize("number", ["9" * 40, "1e308", "-5", "0x10", "１２３４"])
def test_numbers_beyond_reason_are_survived(profile: Path, tiny_bundle: Path, number: str) -> None:
    sheet = Sheet()
    for i in range(4):
        sheet.add(enzyme=f"NT=Lys-C;AC=MS:{number}{i}")
        sheet.add(organ="liver", organ_id=f"{number}{i}", organ_source="UBERON")
    assert sheet.findings(profile, tiny_bundle)


def test_a_series_is_seen_whatever_the_order_of_the_rows(profile: Path, tiny_bundle: Path) -> None:
    sheet = Sheet()
    for i in (5, 2, 8, 1, 7, 3, 6, 4):
        sheet.add(enzyme=f"NT=Lys-C;AC=MS:{1001309 + i}")
    (found,) = sheet.findings(profile, tiny_bundle)
    assert (found.code, found.rows) == ("drag-fill-accession", "2-9")


def test_single_mistakes_stay_findings_of_their_own(profile: Path, tiny_bundle: Path) -> None:
    sheet = Sheet()
    for i in range(6):
        sheet.add(enzyme=f"NT=Lys-C;AC=MS:{1001310 + i}")
    sheet.add(enzyme="NT=Lys-C;AC=MS:1001251")
    sheet.add(machine="NT=Q Exactive;AC=MS:1002634")
    found = sheet.findings(profile, tiny_bundle)
    assert [(f.code, f.address.cell) for f in found] == [
        ("drag-fill-accession", "F2"),
        ("term-label-mismatch", "F8"),
        ("term-label-mismatch", "G9"),
    ]


def test_numbers_in_names_and_texts_are_no_series(profile: Path, tiny_bundle: Path) -> None:
    sheet = Sheet()
    for i in range(30):
        sheet.add(notes=f"sample {i + 1} of the row", organ="liver", organ_id="UBERON:0002107")
    assert sheet.findings(profile, tiny_bundle) == []
    sheet = Sheet()
    for i in range(30):  # names that count are no accessions
        sheet.add(organ=f"lump {i + 1}")
    assert {f.code for f in sheet.findings(profile, tiny_bundle)} == {"term-not-found"}
    sheet = Sheet()
    for number in ("126", "127", "128", "129"):  # names that change with their accessions
        sheet.add(machine=f"NT=scale {number};AC=MS:{1003000 + int(number)}")
    assert "drag-fill-accession" not in {f.code for f in sheet.findings(profile, tiny_bundle)}


def test_one_accession_copied_beside_other_names(profile: Path, tiny_bundle: Path) -> None:
    sheet = Sheet()
    for organ in ("liver", "lung", "brain", "kidney", "lung", "heart"):
        sheet.add(organ=organ, organ_id="UBERON:0002107")
    (found,) = sheet.findings(profile, tiny_bundle)
    assert (found.code, found.severity, found.rows, found.count) == ("copied-accession", "error", "3-7", 5)
    assert "UBERON:0002107 stands beside 4 names of other terms: 'lung', 'brain', 'kidney', …" in found.expected
    sheet = Sheet()
    for organ in ("liver", "Liver", "iecur", "jecur", "hepatic gland"):  # five names of one term
        sheet.add(organ=organ, organ_id="UBERON:0002107")
    assert sheet.findings(profile, tiny_bundle) == []


def test_without_a_bundle_the_series_is_told_all_the_same(profile: Path) -> None:
    sheet = Sheet()
    for i in range(10):
        sheet.add(enzyme=f"NT=Lys-C;AC=MS:{1001309 + i}")
    (found,) = sheet.findings(profile, "/no/bundle")
    assert (found.code, found.rows) == ("drag-fill-accession", "2-11")
    assert found.fix.startswith("write the accession of 'Lys-C' in all of these rows")


@pytest.mark.parametrize("many", [8, 256])
def test_batches_and_processes_change_nothing(
    profile: Path, tiny_bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(flow_module, "BATCH_ROWS", 7)
    monkeypatch.setattr(flow_module, "CHUNK_BATCHES", 3)
    monkeypatch.setattr(fills_module, "_MANY", many)
    lines = ["\t".join(HEADERS)]
    for i in range(500):
        enzyme = f"NT=Lys-C;AC=MS:{1001309 + i}" if i % 50 != 20 else "NT=Trypsin;AC=MS:1001251"
        lines.append(f"S{i}\tliver\tUBERON:{2107 + i:07}\t\t\t{enzyme}\tNT=Q Exactive;AC=MS:1001911\tsample {i}")
    table = tmp_path / "bench.tsv"
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    reports = []
    for jobs in (1, 2):
        options = Options(profile=str(profile), jobs=jobs, bundle=str(tiny_bundle), today="2026-01-01")
        convert_to([table], tmp_path / f"out{jobs}", "json", options)
        reports.append((tmp_path / f"out{jobs}" / "report.json").read_bytes())
        found = [f for f in convert_to([table], tmp_path / f"again{jobs}", "json", options).findings if "fill" in f.code]
        assert [(f.address.cell, f.count) for f in found] == [("C3", 499), ("F3", 489)]
        assert found[0].rows == "3-501"
        assert found[1].rows.startswith("3-21,23-71,73-")
    assert reports[0] == reports[1]


def test_a_long_series_keeps_numbers_and_rows_only(profile: Path, tiny_bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[int] = []
    finish = fills_module.Fills.finish

    def counted(self: fills_module.Fills, hits: object) -> list[Finding]:
        kept.append(sum(map(len, self._groups.values())))
        return finish(self, hits)  # type: ignore[arg-type]

    monkeypatch.setattr(fills_module.Fills, "finish", counted)
    sheet = Sheet()
    for i in range(3000):
        sheet.add(enzyme=f"NT=Lys-C;AC=MS:{1001309 + i}")
    (found,) = sheet.findings(profile, tiny_bundle)
    assert (found.rows, kept) == ("3-3001", [0])
