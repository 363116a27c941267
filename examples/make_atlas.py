"""Writes the example dataset of two omics layers; all people, names, accessions and facts in it are invented.

python examples/make_atlas.py

A workbook for GSA-Human (donors, samples, experiments, runs; half of its cells in Chinese) and an SDRF of the proteomics of some of the
same samples. They are one dataset: a sample's name is the same in both.
"""

from __future__ import annotations

import csv
import datetime
from pathlib import Path

import xlsxwriter

HERE = Path(__file__).with_name("atlas")

# Donor, sex, disease, smoking; as two collection sites wrote them.
DONORS = [
    ("D01", "男", "肝细胞癌", "是", "实验组"), ("D02", "女", "肝细胞癌", "否", "实验组"), ("D03", "male", "肝癌", "yes", "实验组"),
    ("D04", "F", "hepatocellular carcinoma", "no", "实验组"), ("D05", "男", "not applicable", "否", "对照组"),
    ("D06", "女", "不适用", "未收集", "对照组"), ("D07", "female", "not applicable", "not collected", "对照组"), ("D08", "男", "-", "是", "对照组"),
]  # fmt: skip
AGES = {"D01": "58", "D02": "61", "D03": "47", "D04": "66", "D05": "52", "D06": "未提供", "D07": "49", "D08": "not provided"}
# Sample, donor, tissue as it stands in the sheet, day, place.
SAMPLES = [
    ("D01-L", "D01", "肝脏", "2022-03-14", "中国: 上海"), ("D01-A", "D01", "癌旁肝组织", "2022-03-14", "中国: 上海"), ("D01-B", "D01", "血液", "2022-03-13", "中国: 上海"),
    ("D02-L", "D02", "肝", "2022-03-21", "中国: 上海"), ("D02-B", "D02", "blood", "2022-03-20", "China: Shanghai"),
    ("D03-L", "D03", "liver", "2022-04-02", "China: Beijing"), ("D03-S", "D03", "脾", "2022-04-02", "China: Beijing"), ("D03-B", "D03", "Blood", "2022-04", "China: Beijing"),
    ("D04-L", "D04", "Liver", "2022-04-19", "China: Beijing"), ("D04-K", "D04", "kidney", "2022-04-19", "China: Beijing"),
    ("D05-L", "D05", "liver", "2022-05-06", "China: Beijing"), ("D05-B", "D05", "blood", "未收集", "China: Beijing"),
    ("D06-L", "D06", "肝脏", "2022-05-11", "中国: 上海"), ("D06-G", "D06", "肺", "2022-05-11", "中国: 上海"),
    ("D07-L", "D07", "liver", "2022-06-01", "China: Beijing"), ("D07-H", "D07", "heart", "2022-06-01", "not collected"), ("D07-B", "D07", "whole blood", "2022-05-31", "China: Beijing"),
    ("D08-L", "D08", "liver", "14/6/2022", "China: Beijing"),
]  # fmt: skip
# What was measured: the first letter of a tissue's code says by what.
STRATEGIES = {
    "L": ("RNA-Seq", "ATAC-seq"),
    "A": ("RNA-Seq",),
    "B": ("WGS",),
    "S": ("RNA-Seq",),
    "K": ("RNA-Seq",),
    "G": ("RNA-Seq",),
    "H": ("RNA-Seq",),
}
SOURCES = {"RNA-Seq": ("TRANSCRIPTOMIC", "cDNA"), "ATAC-seq": ("GENOMIC", "other"), "WGS": ("GENOMIC", "RANDOM")}
# Samples whose proteins were measured: those of the liver, and two others.
PROTEOMES = [s for s in SAMPLES if s[0].endswith("-L")] + [SAMPLES[6], SAMPLES[9]]
TISSUES = {"L": "liver", "S": "spleen", "K": "kidney"}


def checksum(number: int) -> str:
    """An invented MD5."""
    return f"{(number * 0x9E3779B97F4A7C15F39CC0605CEDC835) % (1 << 128):032x}"


def workbook() -> dict[str, list[list[str]]]:
    """The sheets for GSA-Human."""
    donors = [["序号", "个体名称", "性别", "疾病名称", "是否吸烟", "实验分组"]]
    donors += [[str(n), d, sex, ill, smokes, group] for n, (d, sex, ill, smokes, group) in enumerate(DONORS, 1)]
    samples = [["ID", "Sample name", "Individual name", "Public description", "Sample title", "Organism", "Tissue", "Age", "Age unit", "Collection date", "Geographic location", "Freezer"]]  # fmt: skip
    samples += [
        [str(n), name, donor, f"Liver atlas, {name}", f"{tissue} of {donor}", "Homo sapiens" if n % 3 else "人", tissue, AGES[donor], "year" if AGES[donor].isdigit() else "",
         day, place, f"F{n % 4 + 1}"]
        for n, (name, donor, tissue, day, place) in enumerate(SAMPLES, 1)
    ]  # fmt: skip
    experiments = [["ID", "Experiment title", "BioSample name", "Platform", "Library name", "Strategy", "Source", "Selection", "Layout", "Read length for mate1(bp)", "Read length for mate 2(bp)"]]  # fmt: skip
    runs = [["ID", "Run title", "Experiment ID", "Run data file type", "File name 1", "MD5 checksum 1", "File name 2", "MD5 checksum 2"]]
    for name, *_ in SAMPLES:
        for strategy in STRATEGIES[name[-1]]:
            n = len(experiments)
            library = f"{name}-{strategy.split('-')[0].lower()}"
            platform = "DNBSEQ-T7" if strategy == "WGS" else "Illumina NovaSeq 6000"
            experiments.append(
                [f"E{n}", f"{strategy} of {name}", name, platform, library, strategy, *SOURCES[strategy], "PAIRED", "150", "150"]
            )
            files = [f"{library}_{mate}.fq.gz" for mate in ("R1", "R2")]
            runs.append([f"R{n}", f"{strategy} of {name}", f"E{n}", "fastq", files[0], checksum(2 * n), files[1], checksum(2 * n + 1)])
    return {"Individual": donors, "Sample": samples, "Experiment": experiments, "Run": runs}


def sdrf() -> list[list[str]]:
    """The proteomics of some of the samples."""
    header = ["source name", "characteristics[individual]", "characteristics[organism]", "characteristics[organism part]", "assay name", "technology type",
              "comment[label]", "comment[instrument]", "comment[fraction identifier]", "comment[data file]"]  # fmt: skip
    rows = [
        [name, donor, "homo sapiens", TISSUES[name[-1]], f"{name}-proteome", "proteomic profiling by mass spectrometry",
         "AC=MS:1002038;NT=label free sample", "NT=Q Exactive HF;AC=MS:1002523", "1", f"{name}_proteome.raw"]
        for name, donor, *_ in PROTEOMES
    ]  # fmt: skip
    return [header, *rows]


def write(folder: Path) -> None:
    """Write both files; the same bytes every time."""
    folder.mkdir(exist_ok=True)
    with xlsxwriter.Workbook(str(folder / "gsa-human.xlsx")) as book:
        book.set_properties({"created": datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)})
        for name, table in workbook().items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(table):
                for c, cell in enumerate(row):
                    sheet.write_string(r, c, cell)
    with (folder / "proteomics.sdrf.tsv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter="\t", lineterminator="\n").writerows(sdrf())


if __name__ == "__main__":
    write(HERE)
