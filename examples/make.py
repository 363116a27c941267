"""Writes the example workbooks; all names, accessions and facts in them are invented.

python examples/make.py
"""

from __future__ import annotations

import datetime
from pathlib import Path

import xlsxwriter

SAMPLE = [
    "ID", "Sample name", "Accession", "Public description", "Project accession", "Sample title", "Organism", "Tissue", "Sex",
    "Age", "Age unit", "Disease", "Collection date", "Geographic location", "Latitude_longitude", "Biomaterial provider", "Batch of mice",
]  # fmt: skip
EXPERIMENT = [
    "ID", "Accession", "Experiment title", "BioProject accession", "BioSample name", "BioSample accession", "Platform",
    "Library Construction / Experimental Design", "Library name", "Strategy", "Source", "Selection", "Layout",
    "Read length for mate1(bp)", "Read length for mate 2(bp)", "Insert size (bp)",
]  # fmt: skip
RUN = [
    "ID", "Accession", "Run title", "BioProject accession", "Experiment accession", "Run data file type",
    "File name 1", "MD5 checksum 1", "DownLoad1", "File name 2", "MD5 checksum 2", "DownLoad2",
]  # fmt: skip

# One slip of each common kind: a misspelled tissue, a reason without a word for it, Chinese, an impossible date, a swapped
# pair of coordinates, a unit without a number, an unknown strategy, a paired run with one file, a broken checksum.
SAMPLES = [
    ("liver-01", "Mus musculus", "liver", "male", "8", "week", "not applicable", "2023-03-14", "China: Beijing", "39.90 N 116.40 E"),
    ("liver-02", "Mus musculus", "Liver", "雌", "8", "week", "not applicable", "2023-03-14", "中国: 北京", "39.90 N 116.40 E"),
    ("liver-03", "mouse", "hepatic tissue", "F", "10", "week", "NA", "2023-03-15", "China:Beijing", "39.90 N 116.40 E"),
    ("liver-04", "Mus musculus", "livre", "male", "10", "week", "not appliacable", "14/3/2023", "China: Beijing", "116.40 N 39.90 E"),
    ("lung-01", "Mus musculus", "lung", "female", "12", "week", "lung carcinoma", "2023-03", "China: Shanghai", "31.23 N 121.47 E"),
    ("lung-02", "Mus musculus", "lung", "1", "", "week", "lung carcinoma", "2023-02-30", "China: Shanghai", "31.23 N -121.47 E"),
]


def hexadecimal(number: int) -> str:
    """An invented checksum."""
    return f"{(number * 0x9E3779B97F4A7C15F39CC0605CEDC835) % (1 << 128):032x}"


def rows() -> dict[str, list[list[object]]]:
    """The three sheets."""
    samples: list[list[object]] = [SAMPLE]
    experiments: list[list[object]] = [EXPERIMENT]
    runs: list[list[object]] = [RUN]
    for i, (name, organism, tissue, sex, age, unit, disease, date, place, point) in enumerate(SAMPLES, start=1):
        sample, experiment, run = f"SAMC99{i:04d}", f"CRX99{i:04d}", f"CRR99{i:04d}"
        samples.append(
            [i, name, sample, f"Liver ageing atlas, {name}", "PRJCA990001", f"Mouse {name}", organism, tissue, sex, age, unit, disease,
             date, place, point, "Institute of Example Biology, Beijing", f"B{i // 3 + 1}"]
        )  # fmt: skip
        strategy = "RNA-seq" if i != 3 else "bulk RNA"
        experiments.append(
            [i, experiment, f"RNA of {name}", "PRJCA990001", name, sample, "Illumina NovaSeq 6000" if i != 5 else "DNBSEQ-T7",
             "Poly(A) selection, fragmentation, first-strand synthesis with random hexamers", f"lib-{name}", strategy,
             "TRANSCRIPTOMIC", "cDNA", "PAIRED", 150, 150, 300]
        )  # fmt: skip
        mates = 1 if i == 6 else 2
        row: list[object] = [i, run, f"RNA of {name}", "PRJCA990001", experiment, "fastq"]
        for mate, tag in zip((1, 2), ("f1", "r2"), strict=True):
            if mate <= mates:
                md5 = hexadecimal(10 * i + mate) if (i, mate) != (4, 2) else hexadecimal(42)[:-1]
                link = f"ftp://download.example.org/gsa/CRA990001/{run}/{run}_{tag}.fastq.gz"
                row += [f"{run}_{tag}.fastq.gz ({90_000_000 + 1234 * i + mate} bytes)", md5, link]
        runs.append(row + [""] * (len(RUN) - len(row)))
    return {"Sample": samples, "Experiment": experiments, "Run": runs}


def write(path: Path) -> None:
    """Write the workbook; the same bytes every time."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)})
        for name, table in rows().items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(table):
                for c, cell in enumerate(row):
                    if isinstance(cell, int):
                        sheet.write_number(r, c, cell)
                    elif cell != "":
                        sheet.write_string(r, c, str(cell))


if __name__ == "__main__":
    write(Path(__file__).with_name("gsa-liver.xlsx"))
