"""Writes the workbooks among the golden inputs; contents are invented. Delimited inputs are edited by hand.

python tests/golden/make_inputs.py
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import xlsxwriter

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "examples"))

import make  # noqa: E402 - the example workbook's maker


def write(path: Path, sheets: dict[str, list[list[object]]], hidden: tuple[str, ...] = ()) -> None:
    """Write a workbook; the same bytes every time."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)})
        month = book.add_format({"num_format": "mmm-yy"})
        padded = book.add_format({"num_format": "000"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    if isinstance(cell, datetime.date):
                        sheet.write_datetime(r, c, datetime.datetime(cell.year, cell.month, cell.day), month)
                    elif isinstance(cell, int):
                        sheet.write_number(r, c, cell, padded)
                    elif cell != "":
                        sheet.write_string(r, c, str(cell))


def newer_run_headers() -> dict[str, list[list[object]]]:
    """GSA with the second generation of the Run sheet's headers (two blanks in the last one, as exported)."""
    sheets = make.rows()
    run = sheets["Run"]
    run[0] = [
        *run[0][:6],
        "Read filename 1",
        "Read file1 MD5",
        "DownLoad Read file1",
        "Read filename 2",
        "Read file2 MD5",
        "DownLoad  Read file2",
    ]
    return {"Sample": sheets["Sample"][:3], "Experiment": sheets["Experiment"][:3], "Run": run[:3]}


def geo_second() -> dict[str, list[list[object]]]:
    """GEO's workbook with STUDY, an example sheet, and checksums of two kinds side by side."""
    return {
        "Metadata": [
            ["# advice to whoever fills this in"],
            [],
            ["STUDY"],
            ["# more advice"],
            ["*title", "Roots of invented plants"],
            ["*summary (abstract)", "A summary."],
            ["*experimental design", "Two plants."],
            ["contributor", "Ada,B,Example"],
            ["contributor"],
            ["SAMPLES"],
            ["*library name", "*title", "*library strategy", "*organism", "**tissue", "**cell line", "mood", "*molecule",
             "*single or paired-end", "*instrument model", "processed data file", "*raw file", "raw file"],
            ["L1", "root 1", "RNA-Seq", "Arabidopsis thaliana", "root", "", "calm", "total RNA", "paired-end", "Illumina HiSeq 2000",
             "counts.txt", "r1_1.fq.gz", "r1_2.fq.gz"],
            ["L2", "root 2", "RNA-Seq", "Arabidopsis thaliana", "root", "", "", "total RNA", "paired-end", "Illumina HiSeq 2000",
             "counts.txt", "r2_1.fq.gz", "r2_2.fq.gz"],
            ["L3"],
            [],
            ["PROTOCOLS"],
            ["growth protocol", "On agar."],
            ["*extract protocol", "With a kit."],
            [],
            ["*data processing step", "First step."],
            ["data processing step", "Second step."],
            ["*genome build/assembly", "TAIR10"],
            ["PAIRED-END EXPERIMENTS"],
            ["file name 1", "file name 2"],
            ["r1_1.fq.gz", "r1_2.fq.gz"],
        ],
        "MD5 Checksums": [
            ["# advice"],
            ["RAW FILES", "", "", "PROCESSED DATA FILES"],
            ["file name", "file checksum", "", "file name", "file checksum"],
            ["r1_1.fq.gz", "d41d8cd98f00b204e9800998ecf8427e", "", "counts.txt", "0cc175b9c0f1b6a831c399e269772661"],
            ["r1_2.fq.gz", "900150983cd24fb0d6963f7d28e17f72"],
        ],
        "RNA-seq EXAMPLE": [["STUDY"], ["*title", "An example"], ["SAMPLES"], ["*library name", "*title"], ["E1", "no data"]],
    }  # fmt: skip


def geo_first() -> dict[str, list[list[object]]]:
    """GEO's older workbook with SERIES, whose samples nobody has filled in."""
    return {
        "METADATA TEMPLATE ": [
            ["# High-throughput sequencing metadata template"],
            ["SERIES "],
            ["title"],
            ["summary"],
            ["SAMPLES"],
            ["Sample name", "title", "source name", "organism", "characteristics: tag", "molecule", "raw file", "raw file"],
            ["Sample 1"],
            ["Sample 2"],
            ["PROTOCOLS"],
            ["growth protocol"],
            ["PROCESSED DATA FILES"],
            ["file name", "file type", "file checksum"],
        ],
        "EXAMPLE 1": [["SERIES "], ["title", "An example"], ["SAMPLES"], ["Sample name", "title"], ["Sample 1", "no data"]],
    }


def sra() -> dict[str, list[list[object]]]:
    """SRA metadata with its instruction and vocabulary sheets; three-digit names are numbers shown with leading zeros."""
    head = ["sample_name", "library_ID", "title", "library_strategy", "library_source", "library_selection", "library_layout", "platform",
            "instrument_model", "design_description", "filetype", "filename", "filename2", "filename3", "assembly", "fasta_file"]  # fmt: skip
    common = ["RADseq of an invented fish", "RAD-Seq", "GENOMIC", "Reduced Representation"]
    rows: list[list[object]] = [head]
    for i, (layout, files) in enumerate(
        [("paired", ["F7_R1.fq.gz", "F7_R2.fq.gz"]), ("single", ["F8.bam"]), ("paired", ["F9_R1.fq.gz"])], start=7
    ):
        kind = "bam" if files[0].endswith("bam") else "fastq"
        rows.append([i, f"L{i}", *common, layout, "ILLUMINA", "Illumina HiSeq 2500", "ddRAD with two enzymes", kind, *files])
    help_text = ["Instructions:", "Each column that has a red triangle has a comment; point at it to read what is asked for in the column.",
                 "You must save the spreadsheet under a name of your own before you fill it in, and send it as it is.",
                 "Each row in the template represents one library, and all files of the row are its reads."]  # fmt: skip
    vocabulary: list[list[object]] = [[""], ["Strategy"]]
    vocabulary += [
        [word, f"What {word} means, in a sentence that nobody reads twice."]
        for word in ("WGA", "WGS", "WXS", "RNA-Seq", "RAD-Seq", "AMPLICON")
    ]
    vocabulary += [
        [""],
        ["Source"],
        *([word, f"Material of the kind {word.lower()}, described at length."] for word in ("GENOMIC", "TRANSCRIPTOMIC")),
    ]
    return {"Contact Info and Instructions": [["", t] for t in help_text], "SRA_data": rows, "Library and Platform Terms": vocabulary}


def public_health() -> dict[str, list[list[object]]]:
    """A band row above the header; samples with their libraries and assemblies in one row; an example sheet; a hidden sheet."""
    band = ["Submission info", "", "", "", "Sample info", "", "", "", "", "", "", "Assembly info", "", "SRA - Illumina info"]
    head = ["sample_name", "ncbi-spuid", "ncbi-spuid-sra", "ncbi-bioproject", "isolate", "host", "organism", "collection_date", "country", "state",
            "lat_lon", "assembly_method", "mean_coverage", "illumina_sequencing_instrument", "illumina_library_strategy", "illumina_library_source",
            "illumina_library_selection", "illumina_library_layout", "illumina_sra_file_path_1", "illumina_sra_file_path_2", "test_field_1"]  # fmt: skip
    row = ["XX01", "VIR_USA_XX01", "VIR_XX01", "PRJNA990002", "VIR_USA_XX01", "Homo sapiens", "SARS-CoV-2", datetime.date(2022, 6, 1), "USA", "IL", "na",
           "invented assembler 1.0", "40.5", "Illumina MiSeq", "WGS", "METAGENOMIC", "RANDOM", "paired", "reads/XX01_R1.fastq.gz", "reads/XX01_R2.fastq.gz", "5"]  # fmt: skip
    data: list[list[object]] = [band, head, row]
    return {"VIR_Metadata": data, "VIR_Examples": [band, head, row], "Notes": [["old", "numbers"], ["1", "2"]]}


def ena() -> dict[str, list[list[object]]]:
    """ENA's upload workbook: a row under each header says whether the column is mandatory; vocabularies in hidden sheets."""
    told = ["(Mandatory) What it is called", "(Optional) What else there is to say"]
    study = ["alias", "title", "study_type", "new_study_type", "study_abstract"]
    experiment = ["alias", "title", "study_alias", "sample_alias", "design_description", "library_name", "library_strategy", "library_source",
                  "library_selection", "library_layout", "insert_size", "library_construction_protocol", "platform", "instrument_model"]  # fmt: skip
    run = ["alias", "experiment_alias", "file_name", "file_format"]
    sample = ["alias", "title", "taxon_id", "scientific_name", "sample_description", "collection date",
              "geographic location (country and/or sea)", "host subject id", "host sex"]  # fmt: skip
    return {
        "study": [study, told, ["st-1", "Viruses of the moor", "Metagenomics", "", "Made up."]],
        "cv_study": [["", "", "Metagenomics"], ["", "", "Other"]],
        "experiment": [
            experiment,
            told,
            [
                "ex-1",
                "One library",
                "st-1",
                "sa-1",
                "as usual",
                "L1",
                "AMPLICON",
                "VIRAL RNA",
                "PCR",
                "single",
                "0",
                "by the book",
                "OXFORD_NANOPORE",
                "MinION",
            ],
        ],
        "run": [run, told, ["ru-1", "ex-1", "moor_virus.fastq.gz", "fastq"]],
        "sample": [sample, told, ["sa-1", "Swab", "2697049", "", "taken in spring", "2020-03", "Sweden", "P-17", "female"]],
    }


def dra() -> dict[str, list[list[object]]]:
    """DDBJ's DRA workbook: two tables one below the other, lists and ranges of accessions, several files of a run."""
    experiment = ["Alias", "Title", "BioSample Used", "Library Name", "Library Source", "Library Selection", "Library Strategy",
                  "Library Construction Protocol", "Instrument", "Library Layout", "Insert Size"]  # fmt: skip
    return {
        "DRA_Submission": [["Submitting organization", "Hold Until", "BioProject accession"],
                           ["Institute of Invented Genetics", "2019-01-01", "PRJDB99002"], [""],
                           ["Submitter Name", "Submitter E-mail"], ["Ada Example", "ada@example.org"], ["Bo Example", "bo@example.org"]],
        "DRA_Experiment": [experiment,
                           ["E-1", "Pool", "SAMD99000001,SAMD99000005-SAMD99000007", "L1", "GENOMIC", "RANDOM", "WGS", "by the book",
                            "Illumina MiSeq", "paired (FR)", "400"],
                           ["E-2", "One", "SAMD99000002", "L2", "GENOMIC", "RANDOM", "WGS", "by the book", "Sequel IIe", "single", ""]],
        "DRA_Run": [["Alias", "Title", "Experiment Referenced"], ["R-1", "First", "E-1"], ["R-2", "Second", "E-2"]],
        "DRA_Run-file": [["File Name", "Run contains files", "File Type", "MD5 Checksum"],
                         ["r1_R1.fastq.gz", "R-1", "fastq", "00112233445566778899aabbccddeeff"],
                         ["r1_R2.fastq.gz", "R-1", "fastq", "10112233445566778899aabbccddeeff"],
                         ["r2.bam", "R-2", "bam", "20112233445566778899aabbccddeeff"]],
        "Admin": [["Library Source", "Library Selection", "Library Strategy", "Instrument", "Library Layout", "File Type", "Analysis type"],
                  ["GENOMIC", "RANDOM", "WGS", "Sequel IIe", "single", "fastq", "DE_NOVO_ASSEMBLY"],
                  ["METAGENOMIC", "PCR", "WGA", "Illumina MiSeq", "paired", "bam", "REFERENCE_ALIGNMENT"]],
    }  # fmt: skip


def ega() -> dict[str, list[list[object]]]:
    """EGA's workbook: a row of explanations, a row that says where the data begin, an example, then the data."""
    told = ["TODO: what the submitter calls it", "TODO: the centre"]
    begin = ["Provide your real metadata below this row"]
    study = [
        "Study_alias*",
        "Center_name*",
        "Broker_name",
        "Study_title*",
        "Existing_study_type*",
        "Study_abstract",
        "Tag",
        "Value",
        "Units",
    ]
    sample = ["Sample_alias*", "Center_name*", "Title*", "NCBI_taxid*", "Scientific_name*", "Common_name*", "Description", "Tag", "Value", "Units",
              "Tag", "Value", "Units"]  # fmt: skip
    experiment = ["Experiment_alias*", "Center_name*", "Title", "Study_refname*", "Design_description*", "Sample_accession*", "Library_name",
                  "Library_strategy*", "Library_source*", "Library_selection*", "Experiment_layout*", "Platform*", "LS454.Instrument_model",
                  "ILLUMINA.Instrument_model"]  # fmt: skip
    return {
        "study": [study, told, begin, ["Example!_moor", "X", "EGA", "t", "Other"],
                  ["moor", "MOOR-LAB", "EGA", "People of the moor", "Exome Sequencing", "Made up.", "Author", "nobody"]],
        "sample": [sample, told, begin, ["Example!_HG", "X", "t", "9606", "homo sapiens", "human"],
                   ["donor-1", "MOOR-LAB", "Blood", "9606", "Homo sapiens", "human", "taken fasting", "sex", "female", "", "dose", "5", "mg"]],
        "experiment": [experiment, told, begin,
                       ["ex-1", "MOOR-LAB", "Exome", "moor", "as usual", "donor-1", "L1", "WXS", "GENOMIC", "Hybrid Selection", "PAIRED",
                        "ILLUMINA", "", "Illumina HiSeq 2500"]],
    }  # fmt: skip


def gsa_human() -> dict[str, list[list[object]]]:
    """GSA-Human: people in a sheet of their own; the header of their accession is written in two ways."""
    return {
        "Individual": [["*individual_name", "*gender", "existed_individual_accession", "*experiment_group", "disease name", "height", "body_weight"],
                       ["P-01", "female", "", "Case", "asthma", "165", "60"], ["P-02", "male", "", "Control", "", "180", "82"]],
        "Sample": [["*sample_name", "*tissue", "*individual_ID", "*age", "*age_unit", "*public_description", "*sample_title", "*collection_date",
                    "*biomaterial_provider"],
                   ["B-01", "blood", "P-01", "34", "year", "Blood taken fasting", "Blood of a case", "2021-04-01", "Moor Hospital"],
                   ["B-02", "blood", "P-02", "41", "year", "Blood taken fasting", "Blood of a control", "2021-04-02", "Moor Hospital"],
                   ["B-03", "blood", "P-03", "old", "year", "Blood taken fasting", "Nobody's blood", "2021-04-02", "Moor Hospital"]],
    }  # fmt: skip


def main() -> None:
    """Write all of them."""
    make.write(HERE / "ngdc-gsa" / "typical" / "input.xlsx")
    write(HERE / "ngdc-gsa" / "newer-run-headers" / "input.xlsx", newer_run_headers())
    write(HERE / "ncbi-sra-metadata" / "workbook" / "input.xlsx", sra())
    write(HERE / "ncbi-biosample" / "public-health-workbook" / "input.xlsx", public_health(), hidden=("Notes",))
    write(HERE / "geo-template" / "second" / "input.xlsx", geo_second())
    write(HERE / "geo-template" / "first-unfilled" / "input.xlsx", geo_first())
    write(HERE / "ngdc-gsa" / "human" / "input.xlsx", gsa_human())
    write(HERE / "ena" / "workbook" / "input.xlsx", ena(), hidden=("cv_study",))
    write(HERE / "ddbj" / "dra-workbook" / "input.xlsx", dra())
    write(HERE / "ega" / "workbook" / "input.xlsx", ega())


def hca() -> dict[str, list[list[object]]]:
    """HCA with names for people, descriptions, examples and names for programs above the line below which data stand."""

    def sheet(kind: str, fields: list[str], rows: list[list[object]]) -> list[list[object]]:
        people = [f.rsplit(".", 1)[-1].replace("_", " ").upper() for f in fields]
        about = [f"What the {p.lower()} is." for p in people]
        names = [f if "." in f.split("_core")[0] else f"{kind}.{f}" for f in fields]
        return [people, about, ["For example: A1"], names, ["FILL OUT INFORMATION BELOW THIS ROW"], *rows]

    core = "biomaterial_core.biomaterial_id"
    return {
        "Project": sheet("project", ["project_core.project_short_name", "project_core.project_title"], [["Invented", "Cells of nobody"]]),
        "Donor organism": sheet(
            "donor_organism",
            [core, "biomaterial_core.ncbi_taxon_id", "genus_species.text", "sex", "is_living", "organism_age", "organism_age_unit.text"],
            [["D1", "9606", "Homo sapiens", "female", "yes", "40-44", "year"]],
        ),
        "Specimen from organism": sheet(
            "specimen_from_organism",
            [core, "organ.text", "organ.ontology", f"donor_organism.{core}"],
            [["S1", "liver", "UBERON:0002107", "D1"]],
        ),
        "Cell suspension": sheet("cell_suspension", [core, "estimated_cell_count", f"specimen_from_organism.{core}"], [["C1", "5000", "S1"]]),
        "Sequence file": sheet(
            "sequence_file",
            ["file_core.file_name", "file_core.format", "read_index", f"cell_suspension.{core}", "library_preparation_protocol.protocol_core.protocol_id"],
            [["C1_R1.fastq.gz", "fastq.gz", "read1", "C1", "L1"], ["C1_R2.fastq.gz", "fastq.gz", "read2", "C1", "L1"]],
        ),
        "Library preparation protocol": sheet(
            "library_preparation_protocol", ["protocol_core.protocol_id", "protocol_core.protocol_name"], [["L1", "Droplets"]]
        ),
    }  # fmt: skip


def faang() -> dict[str, list[list[object]]]:
    """FAANG samples: units and accessions of terms right of their column, one sheet without rows, one of allowed values."""
    head: list[object] = ["Sample Name", "Sample Description", "Material", "Term Source ID", "Project"]
    return {
        "submission": [["Submission Title", "Submission Description"], ["Invented horses", "None of them lives"]],
        "organism": [[*head, "Organism", "Term Source ID", "Sex", "Term Source ID", "Birth Weight", "Unit"],
                     ["H1", "a mare", "organism", "OBI_0100026", "FAANG", "Mus musculus", "NCBITaxon_10090", "female", "PATO_0000383", "50", "kilograms"]],
        "specimen from organism": [
            [*head, "Animal Age At Collection", "Unit", "Organism Part", "Term Source ID", "Derived From"],
            ["H1_liver", "liver of H1", "specimen from organism", "OBI_0001479", "FAANG", "23.5", "month", "liver", "UBERON_0002107", "H1"],
        ],
        "cell line": [[*head, "Cell Line", "Derived From"]],
        "faang_field_values": [["biomaterial provider", "organism"], ["Nowhere Institute", "Mus musculus"], ["Other", "Homo sapiens"]],
    }  # fmt: skip


def ghga() -> dict[str, list[list[object]]]:
    """GHGA: five rows below the header say what each column is; sheets with two underscores describe the others."""

    def sheet(names: list[str], rows: list[list[object]]) -> list[list[object]]:
        n = len(names)
        return [
            [*names],
            ["", *["What it is."] * (n - 1)],
            ["string"] * n,
            ["single value"] * n,
            ["unrestricted"] * n,
            ["required"] * n,
            *rows,
        ]

    return {
        "Individual": sheet(["alias", "sex", "geographical_region"], [["I1", "FEMALE", "Italy"]]),
        "Biospecimen": sheet(["alias", "individual", "tissue", "name"], [["B1", "I1", "liver", "first"]]),
        "Sample": sheet(["alias", "biospecimen", "type"], [["S1", "B1", "RNA"]]),
        "StudyFile": sheet(["alias", "study", "checksum", "checksum_type", "dataset", "format", "name", "size"],
                           [["F1", "ST1", "a" * 64, "SHA256", "DS1", "BAM", "one.bam", "12"]]),
        "__sheet_meta": [["sheet", "n_cols"], ["Individual", "3"], ["Sample", "3"]],
    }  # fmt: skip


def phenopackets() -> dict[str, list[list[object]]]:
    """Individuals with the row of types below the header."""
    head: list[object] = ["PMID", "title", "individual_id", "disease_id", "disease_label", "transcript", "allele_1", "age_of_onset",
                          "age_at_last_encounter", "sex", "HPO"]  # fmt: skip
    types: list[object] = ["str", "str", "str", "str", "str", "str", "str", "age", "age", "M:F:O:U", "na"]
    row: list[object] = [
        "PMID:12345678",
        "A case of nobody",
        "P1",
        "OMIM:100000",
        "an invented syndrome",
        "NM_000000.1",
        "c.1A>G",
        "P1Y",
        "P30Y",
        "F",
        "na",
    ]
    return {"Sheet1": [head, types, row]}


if __name__ == "__main__":
    main()
    write(HERE / "hca" / "workbook" / "input.xlsx", hca())
    write(HERE / "faang" / "samples" / "input.xlsx", faang(), hidden=("faang_field_values",))
    write(HERE / "ghga" / "submission" / "input.xlsx", ghga(), hidden=("__sheet_meta",))
    write(HERE / "phenopackets-table" / "typical" / "input.xlsx", phenopackets())
