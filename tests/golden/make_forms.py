"""Writes the workbooks of the archives' forms among the golden inputs; contents are invented.

python tests/golden/make_forms.py
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from make_inputs import write  # noqa: E402 - the neighbour's writer

MD5 = [f"{n:032x}" for n in range(0xA0, 0xB0)]


def gsa_submission() -> dict[str, list[list[object]]]:
    """GSA as submitted: required columns with an asterisk, local ids E1 and R1 in place of accessions."""
    experiment = [
        "*ID", "*Experiment title", "*BioProject accession", "*BioSample name", "*Platform", "*Library Construction / Experimental Design",
        "Library name", "* Strategy", "*Source", "*Selection", "*Layout", "*Read length for mate 1(bp)", "Read length for mate 2 (bp)",
        "Insert size (bp)", "Nominal size (bp)", "Nominal standard deviation (bp)", "Planned number of cycles",
    ]  # fmt: skip
    design = "Ribosomal RNA removed, cDNA made with random hexamers, fragments of 300 bp amplified in 12 cycles"
    run = [
        "*ID", "*Run title", "*BioProject accession", "*Experiment accession", "*Run data file type", "*File name 1", "*MD5 checksum 1",
        "File name 2", "MD5 checksum 2", "Reference file name", "MD5 for reference file", "Assembly Name or Accession",
        "Assembly Accession URL",
    ]  # fmt: skip
    return {
        "Sample": [
            ["*Sample name", "*Public description", "*Sample title", "*Organism", "Cultivar", "*Tissue", "*Development stage",
             "*Biomaterial provider", "Collection date", "Geographic location", "custom_attributes_1"],
            ["rice-a1", "Flag leaf of field-grown rice at heading", "Rice flag leaf 1", "Oryza sativa", "Nipponbare", "leaf", "heading",
             "Institute of Example Crops, Beijing", "2022-08-15", "China: Hainan", "plot 4"],
            ["rice-a2", "Root of field-grown rice at heading", "Rice root 1", "Oryza sativa", "Nipponbare", "root", "heading",
             "Institute of Example Crops, Beijing", "2022-08", "China: Hainan", "plot 5"],
        ],
        "Experiment": [
            ["One library to a row; columns with * must be filled in"],
            experiment,
            ["必填", "必填", "必填", "必填", "必填", "必填", "选填", "必填", "必填", "必填", "必填", "必填"],
            ["E1", "RNA of rice-a1", "PRJCA990003", "rice-a1", "DNBSEQ-T7", design, "lib-a1", "RNA-Seq", "TRANSCRIPTOMIC", "cDNA", "PAIRED", "150", "150", "300"],
            ["E2", "RNA of rice-a2", "PRJCA990003", "rice-a2", "Illumina NovaSeq 6000", design, "lib-a2", "RNA-Seq", "TRANSCRIPTOMIC", "cDNA", "SINGLE", "100"],
        ],
        "Run": [
            run,
            ["R1", "rice-a1 lane 1", "PRJCA990003", "E1", "fastq", "rice-a1_R1.fq.gz", MD5[0], "rice-a1_R2.fq.gz", MD5[1]],
            ["R2", "rice-a2 lane 1", "PRJCA990003", "E2", "fastq", "rice-a2.fq.gz", MD5[2]],
        ],
    }  # fmt: skip


def gsa_chinese() -> dict[str, list[list[object]]]:
    """The same workbook as a laboratory fills it in, in Chinese."""
    return {
        "样本": [
            ["序号", "*样本名称", "*公开描述", "*样本标题", "*物种", "性别", "年龄", "年龄单位", "*组织", "采集日期", "采集地点", "经纬度", "生物材料提供者"],
            ["1", "鼠肝-1", "八周龄小鼠的肝脏", "小鼠肝脏一", "Mus musculus", "雌", "8", "周", "肝脏", "2023年3月5日", "中国:北京", "39.90 N 116.40 E", "示例生物研究所"],
            ["2", "鼠肝-2", "十周龄小鼠的肝脏", "小鼠肝脏二", "Mus musculus", "雄", "10", "周", "肝脏", "2023年3月", "中国:上海", "31.23 N 121.47 E", "示例生物研究所"],
        ],
        "实验": [
            ["实验标题", "项目编号", "样本名称", "测序平台", "建库方法", "文库名称", "建库策略", "文库来源", "文库选择", "测序布局", "读长1", "读长2", "插入片段长度"],
            ["鼠肝-1转录组", "PRJCA990004", "鼠肝-1", "DNBSEQ-T7", "去除核糖体RNA后随机引物反转录,片段扩增十二个循环", "lib-1", "RNA-Seq", "TRANSCRIPTOMIC", "cDNA", "双端", "150", "150", "300"],
        ],
        "测序": [
            ["测序反应标题", "项目编号", "实验编号", "数据文件类型", "文件名1", "MD5校验码1", "文件名2", "MD5校验码2"],
            ["鼠肝-1第一道", "PRJCA990004", "鼠肝-1转录组", "fastq", "ms1_R1.fq.gz", MD5[3], "ms1_R2.fq.gz", MD5[4]],
        ],
    }  # fmt: skip


def gsa_human_submission() -> dict[str, list[list[object]]]:
    """GSA for Human as submitted: study, individuals, families, samples, a cell line."""
    return {
        "Study": [
            ["title", "description", "prj_accession", "study_type", "disease_name", "is_controlled_access", "release_time", "submitter"],
            ["Exomes of an invented family", "Exomes of three people with and without an invented disease", "PRJCA990005", "Disease study", "asthma", "yes", "2027-01-01", "Example Curator"],
        ],
        "Individual": [
            ["*individual_name", "*gender", "existed_individual_accession", "*experiment_group", "disease name", "disease_stage", "treatment", "survival time ",
             "is_smoker", "is_drinker", "height", "body_weight", "body_mass_index", "ethnicity", "province", "occupation", "race", "birthplace", "custom_attributes_1"],
            ["P01", "male", "HRI990001", "Case set", "asthma", "", "none", "", "no", "no", "172", "65", "22.0", "Han", "Beijing", "teacher", "Asian", "Beijing", "A"],
            ["P02", "female", "", "Control set", "", "", "", "", "no", "yes", "160", "55", "21.5", "Han", "Beijing", "", "Asian", "Beijing", "B"],
            ["P03", "female", "", "Control set", "", "", "", "", "no", "no", "150", "45", "20.0", "Han", "Beijing", "", "Asian", "Beijing", "B"],
        ],
        "Family": [
            ["family_id", "individual_name", "family_relationship", "father", "mother"],
            ["F1", "P03", "child", "P01", "P02"],
        ],
        "Sample": [
            ["*sample_name", "*tissue", "*individual_ID", "*age", "*age_unit", "*public_description", "*sample_title", "*collection_date", "*biomaterial_provider",
             "culture_collection", "karyotype", "phenotype", "population", "custom_attributes_1"],
            ["S01", "peripheral blood", "P01", "41", "year", "Blood of the first person of the family", "Blood 1", "2021-05-06", "Example Hospital, 1 Example Road, Beijing", "", "46,XY", "", "", "tube 1"],
            ["S02", "saliva", "P02", "39", "year", "Saliva of the second person of the family", "Saliva 2", "2021-05", "Example Hospital, 1 Example Road, Beijing"],
        ],
        "Cell line": [
            ["*cell_line_name", "sample_name", "organism", "tissue", "disease", "is_commercial", "vendor", "catalog_number", "passage_number", "public_description"],
            ["HEX-1", "CL01", "Homo sapiens", "kidney", "", "yes", "Example Cell Bank", "EC-0001", "7", "An invented line of kidney cells"],
        ],
    }  # fmt: skip


def gsa_human_export() -> dict[str, list[list[object]]]:
    """GSA for Human as exported: accessions, and a header that changes its case from sheet to sheet."""
    return {
        "Individual": [
            ["Accession", "Individual Name", "Gender", "Experiment group", "Disease name", "Height", "Body weight", "Ethnicity", "Smoking status"],
            ["HRI990001", "P01", "male", "Case set", "asthma", "172", "65", "Han", "no"],
            ["HRI990002", "P02", "female", "Control set", "", "160", "55", "Han", "no"],
        ],
        "Sample": [
            ["Accession", "Sample Name", "Individual Accession", "Individual Name", "Public description", "Sample title", "Tissue", "Age", "Age unit", "Collection date", "Biomaterial provider"],
            ["HRS990001", "S01", "HRI990001", "P01", "Blood of the first person", "Blood 1", "blood", "41", "year", "2021-05-06", "Example Hospital, Beijing"],
            ["HRS990002", "S02", "HRI990002", "P02", "Blood of the second person", "Blood 2", "blood", "39", "year", "2021-05", "Example Hospital, Beijing"],
        ],
        "Experiment": [
            ["Accession", "Experiment title", "BioProject accession", "BioSample name", "BioSample accession", "Individual accession", "Platform",
             "Library Construction / Experimental Design", "Library name", "Strategy", "Source", "Selection", "Layout", "Read length for mate1(bp)", "Read length for mate 2(bp)"],
            ["HRX990001", "Exome of S01", "PRJCA990005", "S01", "HRS990001", "HRI990001", "DNBSEQ-T7", "Exons caught with probes, 8 cycles of amplification", "L1", "WXS", "GENOMIC", "Hybrid Selection", "PAIRED", "150", "150"],
            ["HRX990002", "Exome of S02", "PRJCA990005", "S02", "HRS990002", "HRI990002", "DNBSEQ-T7", "Exons caught with probes, 8 cycles of amplification", "L2", "WXS", "GENOMIC", "Hybrid Selection", "PAIRED", "150", "150"],
        ],
        "Run": [
            ["Accession", "Run title", "BioProject accession", "Experiment accession", "Run data file type", "File name 1", "MD5 checksum 1", "DownLoad1", "File name 2", "MD5 checksum 2", "DownLoad2"],
            ["HRR990001", "S01 lane 1", "PRJCA990005", "HRX990001", "fastq", "HRR990001_f1.fastq.gz (900 bytes)", MD5[11], "", "HRR990001_r2.fastq.gz (901 bytes)", MD5[12], ""],
        ],
    }  # fmt: skip


def gsa_metagenome() -> dict[str, list[list[object]]]:
    """The Sample sheet of an export of metagenomes; other columns than those of a pathogen."""
    return {
        "Sample": [
            ["ID", "Sample name", "Accession", "Public description", "Project accession", "Sample title", "Organism", "Env_broad_scale", "Env_local_scale",
             "Env_medium", "Depth", "Depth unit", "Elevation", "Temperature", "pH", "Total nitrogen", "Host", "Collection date", "Geographic location", "Latitude_longitude",
             "Samp_collect_device", "Reference_for_biomaterial", "Other db", "Accession in other db", "Other db url"],
            ["1", "soil-1", "SAMC990401", "Top soil of a meadow", "PRJCA990012", "Meadow 1", "soil metagenome", "grassland biome", "meadow", "soil", "10", "cm", "1900 m",
             "12.5", "6.8", "1.2 g/kg", "not applicable", "2022-07-01", "China: Tibet", "29.65 N 91.10 E", "corer", "", "", "", ""],
            ["2", "soil-2", "SAMC990402", "Deep soil of a meadow", "PRJCA990012", "Meadow 2", "soil metagenome", "grassland biome", "meadow", "soil", "30", "cm", "1900 m",
             "11.0", "6.9", "0.8 g/kg", "not applicable", "2022-07-01", "China: Tibet", "29.65 N 91.11 E", "corer", "", "", "", ""],
        ],
    }  # fmt: skip


def biosample_types() -> dict[str, list[list[object]]]:
    """NGDC BioSample: a sheet for each type of sample."""
    first = ["*Sample name", "*Public description", "*Sample title", "*Organism", "Taxonomy ID"]
    place = ["Collection date", "Geographic location", "Latitude and longitude"]
    where = ["2020-06-01", "China: Yunnan", "25.04 N 102.71 E"]
    return {
        "Human": [
            [*first, "*Sex", "*Age", "*Age unit", "*Tissue", "Disease", "Biomaterial provider", *place],
            ["H1", "Blood of a donor", "Donor blood", "Homo sapiens", "9606", "male", "35", "year", "blood", "", "Example Hospital, Beijing", *where],
        ],
        "Plant": [
            [*first, "Cultivar", "Ecotype", "*Tissue", "*Dev stage", "*Biomaterial provider", "Growth protocol", *place],
            ["P1", "Leaf of a seedling", "Seedling leaf", "Oryza sativa", "4530", "Nipponbare", "", "leaf", "seedling", "Example Farm, Sanya", "pots", *where],
        ],
        "Model organism or animal": [
            [*first, "Breed", "Strain", "*Sex", "*Age", "*Age unit", "*Tissue", "Dev stage", "Birth date", "Stud book number", *place],
            ["A1", "Muscle of a pig", "Pig muscle", "Sus scrofa", "9823", "Duroc", "", "female", "6", "month", "muscle", "adult", "2019-12", "77", *where],
        ],
        "Microbe": [
            [*first, "Strain", "Isolate", "Isolation source", "Culture collection", "Host", "Mating type", "Temperature", "pH", *place],
            ["M1", "Isolate of a hot spring", "Spring isolate", "Bacillus subtilis", "1423", "EX-1", "", "spring water", "EXC:1", "", "", "45", "7.2", *where],
        ],
        "Pathogen clinical": [
            [*first, "Strain", "Collected by", "Host", "Host disease", "Host age", "Host age unit", "Host sex", "Isolation source", "Serotype", "Serovar", *place],
            ["C1", "Isolate of a patient", "Clinical isolate", "Salmonella enterica", "28901", "EX-2", "Example CDC", "Homo sapiens", "gastroenteritis", "44", "year", "male", "stool", "", "Typhi", *where],
        ],
        "Metagenome": [
            [*first, "Env_Broad_Scale", "Env_Local_Scale", "Environment_Medium", "Depth", "Elevation", "Host", *place],
            ["G1", "Soil of a meadow", "Meadow soil", "soil metagenome", "410658", "grassland biome", "meadow", "soil", "10 cm", "1900 m", "", *where],
        ],
        "Virus": [
            [*first, "Strain", "Isolate", "Host", "Lab host", "Isolation source", "Passage history", *place],
            ["V1", "Virus of a bat", "Bat virus", "Betacoronavirus sp.", "1928434", "", "bat/EX-3/2020", "Rhinolophus", "", "guano", "none", *where],
        ],
        "Cell line": [
            [*first, "*Cell line", "Cell type", "Sex", "Disease", "Passage number", "Cell line vendor", "Is commercial"],
            ["L1", "Line of kidney cells", "Kidney line", "Homo sapiens", "9606", "HEX-1", "epithelial cell", "female", "", "7", "Example Cell Bank", "yes"],
        ],
    }  # fmt: skip


def omix() -> dict[str, list[list[object]]]:
    """OMIX: data sets and their files."""
    return {
        "Dataset": [
            ["OMIX ID", "Title", "Description", "Data type", "BioProject accession", "Accessibility", "Release date", "Submitter", "Organization", "DOI"],
            ["OMIX990001", "Proteins of an invented cohort", "Tables of protein abundance in plasma", "Proteomics; Clinical information", "PRJCA990006", "Controlled access", "2026-12-31", "Example Curator", "Institute of Example Biology", "10.1234/example"],
        ],
        "Files": [
            ["OMIX ID", "File ID", "File name", "File title", "File type", "File size", "MD5", "BioSample accession"],
            ["OMIX990001", "OMIX990001-01", "proteins.txt", "Abundances", "txt", "120345", MD5[5], "SAMC990101"],
            ["OMIX990001", "OMIX990001-02", "people.csv", "Clinical table", "csv", "2 MB", MD5[6], ""],
        ],
    }  # fmt: skip


def stomics() -> dict[str, list[list[object]]]:
    """CNGB: a spatial data set with its tissue sections."""
    return {
        "Project": [
            ["*Project title", "*Summary", "Relevance", "*Project data type", "*Sample scope", "Contributors", "Experimental protocols"],
            ["Map of an invented brain", "Where genes speak in a brain that nobody has", "Model organism", "STomics", "Monoisolate", "Example Curator", "Sections were cut cold"],
        ],
        "Sample": [
            ["*sample name", "*sample title", "*taxonomy ID", "*organism", "*isolate", "*tissue", "*sex", "*age", "*development stage", "*biomaterial provider",
             "*geographic location", "*collection date", "latitude and longitude", "strain", "disease", "description"],
            ["brain-1", "Left half of a brain", "10090", "Mus musculus", "mouse 1", "brain", "male", "8 weeks", "adult", "Institute of Example Biology, Shenzhen",
             "China:Shenzhen", "2023-01-08", "22.54 N 114.06 E", "C57BL/6J", "not applicable", "Frozen at once"],
        ],
        "Tissue Section": [
            ["sample name", "*tissue section alias", "*tissue section ID", "*tissue type", "tissue freezing and embedding", "*section resource", "slice position",
             "*cryosectioning temperature", "*tissue section size", "*section thickness", "RIN", "tissue score", "DV200", "*staining protocol", "optimal permeabilization time"],
            ["brain-1", "sec-1", "Section 355 of the brain", "fresh frozen (FF)", "simultaneously", "sagittal section", "355/1000", "-20 °C", "6.5 mm*6.5 mm", "10 μm", "8.1", "", "65%", "ssDNA staining", "12 minutes"],
        ],
        "Experiment&Run": [
            ["*spatial slide", "tissue section alias", "*experiment title", "*library name", "*library strategy", "*library source", "*library selection", "*sequencer", "*library layout", "*nominal size", "*spot layout",
             "file name 1", "md5 1", "file name 2", "md5 2"],
            ["SS200000001", "sec-1", "Stereo-seq of Mus musculus: brain", "lib-st-1", "STOmics_RNA", "TRANSCRIPTOMIC SPATIAL", "cDNA barcoded with spatial and molecular identifier(FF)", "DNBSEQ-G400(MGISEQ-2000)",
             "paired", "250", "Spatial barcode: read1 1-25; UMI: read1 41-50", "st_1.fq.gz", MD5[7], "st_2.fq.gz", MD5[8]],
        ],
    }  # fmt: skip


def jga() -> dict[str, list[list[object]]]:
    """JGA: a line of Japanese above the header, rows named by their object."""
    return {
        "JGA_Sample": [
            ["# 必須項目は全て記入してください"],
            ["Alias", "sample_name", "Title", "Description", "subject_id", "sex", "age", "residence", "birth_location", "disease", "ICD10", "collection_date",
             "affection_status", "tissue", "population", "histological_type", "my own attribute"],
            ["Sample-1", "S1", "Blood of a donor", "Taken fasting", "D1", "male", "45 years", "Japan:Tokyo", "Japan", "asthma", "J45", "2020-05", "Case", "blood", "JPT", "", "x"],
            ["Sample-2", "S2", "Blood of another donor", "Taken fasting", "D2", "female", "47 years", "Japan:Osaka", "Japan", "", "", "2020-06", "Control", "blood", "JPT", "", "y"],
        ],
        "JGA_Experiment": [
            ["# 実験ごとに一行"],
            ["Alias", "Sample Referenced", "Title", "Library Name", "Library Source", "Library Selection", "Library Strategy", "Library Construction Protocol", "Instrument", "Library Layout"],
            ["Experiment-1", "Sample-1", "Genome of S1", "L1", "GENOMIC", "RANDOM", "WGS", "Sonicated", "Illumina HiSeq X Ten", "PAIRED"],
        ],
        "JGA_Data": [
            ["# データ"],
            ["Alias", "Experiment Referenced", "Title"],
            ["Data-1", "Experiment-1", "Genome of S1, lane 1"],
        ],
        "JGA_Dataset": [
            ["# データセット"],
            ["Alias", "Data Referenced", "Analysis Referenced", "Policy Referenced", "Title", "Description", "Dataset Type"],
            ["Dataset-1", "Data-1", "", "JGAP000001", "Genomes of two donors", "Two genomes", "Whole genome sequencing"],
        ],
        "JGA_File": [["# ファイル"], ["Filename", "MD5 Checksum"], ["S1_R1.fastq.gz", MD5[9]], ["S1_R2.fastq.gz", MD5[10]]],
    }  # fmt: skip


def nmdc() -> dict[str, list[list[object]]]:
    """NMDC as its portal gives it: titles for headers, a sheet per environment and facility."""
    return {
        "soil": [
            ["sample name", "analysis/data type", "globally unique ID", "geographic location (country and/or sea,region)", "geographic location (latitude and longitude)", "collection date",
             "depth, meters", "elevation, meters", "broad-scale environmental context", "local environmental context", "environmental medium", "growth facility", "storage conditions", "sample linkage"],
            ["soil-1", "metagenomics", "IGSN:EX0001", "USA: Colorado, Rocky Mountains", "40.5 -106.0", "2021-06-01", "0.1", "2900", "grassland biome [ENVO:01000177]", "meadow ecosystem [ENVO:00000108]",
             "soil [ENVO:00001998]", "field", "frozen", ""],
        ],
        "jgi_mg": [
            ["sample name", "analysis/data type", "DNA seq project ID", "JGI sample ID", "nucleic acid concentration in ng/ul", "JGI sample volume in ul", "nucleic acid absorbance 260/280", "JGI container type", "plate position", "JGI proposal number"],
            ["soil-1", "metagenomics", "1234", "187654", "100", "25", "1.9", "plate", "B2", "503000"],
        ],
    }  # fmt: skip


def annotated_matrix(path: Path) -> None:
    """An annotated matrix with two donors, as the schema wants it: ids of terms, no labels."""
    import h5py
    import numpy as np

    strings = h5py.string_dtype()
    columns = {
        "cell_type_ontology_term_id": ([0, 1, 0], ["CL:0000182", "CL:0000235"]),
        "assay_ontology_term_id": ([0, 0, 0], ["EFO:0009899"]),
        "disease_ontology_term_id": ([0, 0, 0], ["PATO:0000461"]),
        "sex_ontology_term_id": ([0, 0, 1], ["PATO:0000384", "PATO:0000383"]),
        "tissue_ontology_term_id": ([0, 0, 0], ["UBERON:0002107"]),
        "tissue_type": ([0, 0, 0], ["tissue"]),
        "development_stage_ontology_term_id": ([0, 0, 0], ["unknown"]),
        "self_reported_ethnicity_ontology_term_id": ([0, 0, 0], ["unknown"]),
        "donor_id": ([0, 0, 1], ["donor-1", "donor-2"]),
        "suspension_type": ([0, 0, 0], ["cell"]),
    }
    with h5py.File(path, "w") as root:
        obs = root.create_group("obs")
        obs.attrs["_index"] = "_index"
        obs.attrs["column-order"] = np.array([*columns, "is_primary_data", "umap_1"], dtype=strings)
        obs["_index"] = np.array(["AAAC-1", "AAAG-1", "AACC-1"], dtype=strings)
        for name, (codes, categories) in columns.items():
            group = obs.create_group(name)
            group["codes"] = np.array(codes, dtype="i1")
            group["categories"] = np.array(categories, dtype=strings)
        obs["is_primary_data"] = np.array([True, True, False])
        obs["umap_1"] = np.array([0.5, 1.5, 2.5])
        uns = root.create_group("uns")
        uns["title"] = "Invented livers"
        uns["organism_ontology_term_id"] = "NCBITaxon:9606"
        uns["schema_version"] = "7.1.0"
        root.create_dataset("X", shape=(3, 100), dtype="f4")


def standard() -> dict[str, list[list[object]]]:
    """Sheets of the standard itself: records point to each other by names, an assay of two files stands in two rows."""
    return {
        "Project": [["project_name", "title", "description"], ["atlas", "Atlas of an invented organ", "What changes in it with age"]],
        "Study": [["study_name", "project_name", "title", "design"], ["livers", "atlas", "Livers", "Young against old, two of each"]],
        "Subject": [
            ["subject_name", "project_name", "organism", "subject_kind", "sex", "age", "strain"],
            ["m1", "atlas", "Mus musculus", "animal", "male", "8 weeks", "C57BL/6"],
            ["m2", "atlas", "Mus musculus", "animal", "female", "not collected", "C57BL/6"],
        ],
        "Biosample": [
            ["biosample_name", "subject_name", "study_name", "title", "organism", "tissue", "collection_date", "collection_place", "ear tag"],
            ["m1-liver", "m1", "livers", "Liver of m1", "Mus musculus", "liver", "2023-03-05", "China: Beijing", "77"],
            ["m2-liver", "m2", "livers", "Liver of m2", "Mus musculus", "liver", "2023-03", "China: Beijing", "78"],
        ],
        "Sequencing": [
            ["assay_name", "biosample_name", "study_name", "library_strategy", "library_layout", "instrument_model", "run_name", "file_name", "file_format", "md5"],
            ["m1-rna", "m1-liver", "livers", "RNA-Seq", "paired", "Illumina NovaSeq 6000", "m1-lane1", "m1_R1.fastq.gz", "fastq", MD5[0]],
            ["m1-rna", "m1-liver", "livers", "RNA-Seq", "paired", "Illumina NovaSeq 6000", "m1-lane1", "m1_R2.fastq.gz", "fastq", MD5[1]],
            ["m2-rna", "m2-liver", "livers", "RNA-seq", "single", "NovaSeq", "m2-lane1", "m2.fastq.gz", "fastq", MD5[2]],
        ],
        "Proteomics": [
            ["assay_name", "biosample_name", "instrument", "sample_label", "run_name", "file_name", "file_format"],
            ["m1-ms", "m1-liver", "Q Exactive", "label free sample", "m1-ms-1", "m1.raw", "raw"],
        ],
    }  # fmt: skip


def main() -> None:
    """Write all of them."""
    annotated_matrix(HERE / "cellxgene" / "matrix" / "input.h5ad")
    books = {
        "ngdc-gsa/submission": gsa_submission(),
        "ngdc-gsa/chinese": gsa_chinese(),
        "ngdc-gsa/human-submission": gsa_human_submission(),
        "ngdc-gsa/human-export": gsa_human_export(),
        "ngdc-gsa/metagenome": gsa_metagenome(),
        "ngdc-biosample/types": biosample_types(),
        "ngdc-omix/workbook": omix(),
        "cnsa/stomics": stomics(),
        "nmdc-sheet/portal": nmdc(),
        "ddbj/jga-workbook": jga(),
        "omics-standards/workbook": standard(),
    }
    for case, sheets in books.items():
        (HERE / case).mkdir(parents=True, exist_ok=True)
        write(HERE / case / "input.xlsx", sheets)


if __name__ == "__main__":
    main()
