"""Classes of the omics_standards model, version 0.1.0. Generated from models/*.yaml by models/generate.py: do not edit.

Every field is checked by the slot table and every record by the rules of the model; the type of an error is the finding code.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, ValidatorFunctionWrapHandler, field_validator, model_validator

from .enforce import complete, fit, judge

version = "0.1.0"


class ConfiguredBaseModel(BaseModel):
    """What all classes share: no unknown slots, values checked when they are given, never the defaults."""

    om_class: ClassVar[str] = ""

    model_config = ConfigDict(
        extra="forbid",
        validate_assignment=True,
        validate_default=False,
        use_enum_values=True,
        defer_build=True,
    )

    @field_validator("*", mode="wrap")
    @classmethod
    def _fit(cls, value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        return fit(cls.om_class, value, handler, info)

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, data: Any) -> Any:
        return complete(cls.om_class, data)

    @model_validator(mode="after")
    def _judge(self, info: ValidationInfo) -> ConfiguredBaseModel:
        judge(self.om_class, self.__dict__, info)
        return self

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        """Show filled slots only."""
        return [(name, value) for name, value in super().__repr_args__() if value is not None]


class MissingReason(str, Enum):
    """Reasons why a value is absent (INSDC missing value reporting)."""

    not_applicable = "not applicable"
    missing = "missing"
    not_collected = "not collected"
    not_provided = "not provided"
    restricted_access = "restricted access"
    missing_control_sample = "missing: control sample"
    missing_sample_group = "missing: sample group"
    missing_synthetic_construct = "missing: synthetic construct"
    missing_lab_stock = "missing: lab stock"
    missing_third_party_data = "missing: third party data"
    missing_data_agreement_established_pre_2023 = "missing: data agreement established pre-2023"
    missing_endangered_species = "missing: endangered species"
    missing_human_identifiable = "missing: human-identifiable"


class Sex(str, Enum):
    """Sex of an individual, or of the individuals in a pool."""

    female = "female"
    male = "male"
    hermaphrodite = "hermaphrodite"
    intersex = "intersex"
    neuter = "neuter"
    asexual = "asexual"
    pooled_male_and_female = "pooled male and female"
    not_determined = "not determined"
    other = "other"


class SubjectKind(str, Enum):
    """What sort of source a subject is."""

    human = "human"
    animal = "animal"
    plant = "plant"
    microbe = "microbe"
    cell_line_donor = "cell line donor"
    environment = "environment"
    pool = "pool"
    other = "other"


class MaterialKind(str, Enum):
    """What was made from a sample."""

    pool = "pool"
    extract = "extract"
    labelled_extract = "labelled_extract"
    fraction = "fraction"
    library = "library"
    tissue_section = "tissue_section"
    tissue_block = "tissue_block"
    cell_suspension = "cell_suspension"
    sorted_cells = "sorted_cells"
    culture = "culture"
    organoid = "organoid"
    aliquot = "aliquot"
    analyte = "analyte"
    imaged_preparation = "imaged_preparation"
    control = "control"
    other = "other"


class MoleculeType(str, Enum):
    """Molecule that was taken out or read."""

    total_RNA = "total RNA"
    polyA_RNA = "polyA RNA"
    cytoplasmic_RNA = "cytoplasmic RNA"
    nuclear_RNA = "nuclear RNA"
    small_RNA = "small RNA"
    genomic_DNA = "genomic DNA"
    cell_free_DNA = "cell-free DNA"
    mitochondrial_DNA = "mitochondrial DNA"
    cDNA = "cDNA"
    protein = "protein"
    metabolite = "metabolite"
    lipid = "lipid"
    other = "other"


class ProcessType(str, Enum):
    """Kind of process between materials, assays and files."""

    collection = "collection"
    dissection = "dissection"
    growth = "growth"
    treatment = "treatment"
    pooling = "pooling"
    splitting = "splitting"
    preservation = "preservation"
    sectioning = "sectioning"
    staining = "staining"
    extraction = "extraction"
    labelling = "labelling"
    fractionation = "fractionation"
    enrichment = "enrichment"
    digestion = "digestion"
    library_preparation = "library_preparation"
    sequencing = "sequencing"
    mass_spectrometry = "mass_spectrometry"
    chromatography = "chromatography"
    nmr_spectroscopy = "nmr_spectroscopy"
    hybridisation = "hybridisation"
    scanning = "scanning"
    imaging = "imaging"
    data_processing = "data_processing"
    other = "other"


class Strandedness(str, Enum):
    """Which strand reads stand for."""

    unstranded = "unstranded"
    first_strand = "first strand"
    second_strand = "second strand"


class SuspensionType(str, Enum):
    """What a suspension holds."""

    cell = "cell"
    nucleus = "nucleus"


class ScanPolarity(str, Enum):
    """Polarity of the ions scanned."""

    positive = "positive"
    negative = "negative"
    alternating = "alternating"


class ProjectType(str, Enum):
    """What a project as a whole produces (INSDC BioProject and CNGB)."""

    Genome_sequencing_and_assembly = "Genome sequencing and assembly"
    Raw_sequence_reads = "Raw sequence reads"
    Genome_sequencing = "Genome sequencing"
    Assembly = "Assembly"
    Clone_ends = "Clone ends"
    Epigenomics = "Epigenomics"
    Exome = "Exome"
    Map = "Map"
    Metagenome = "Metagenome"
    Metagenomic_assembly = "Metagenomic assembly"
    Phenotype_or_Genotype = "Phenotype or Genotype"
    Proteome = "Proteome"
    Metabolome = "Metabolome"
    Random_survey = "Random survey"
    Targeted_loci_cultured = "Targeted loci cultured"
    Targeted_loci_environmental = "Targeted loci environmental"
    Targeted_Locus_Loci = "Targeted Locus (Loci)"
    Transcriptome_or_Gene_expression = "Transcriptome or Gene expression"
    Variation = "Variation"
    STomics = "STomics"
    Other = "Other"


class SampleScope(str, Enum):
    """How many organisms or isolates a project samples."""

    Monoisolate = "Monoisolate"
    Multiisolate = "Multiisolate"
    Multispecies = "Multispecies"
    Environment = "Environment"
    Synthetic = "Synthetic"
    Single_cell = "Single cell"
    Other = "Other"


class Relevance(str, Enum):
    """Field of application that a project serves."""

    Agricultural = "Agricultural"
    Medical = "Medical"
    Industrial = "Industrial"
    Environmental = "Environmental"
    Evolution = "Evolution"
    Model_organism = "Model organism"
    Other = "Other"


class OmicsLayer(str, Enum):
    """A layer of biology that is measured."""

    genomics = "genomics"
    transcriptomics = "transcriptomics"
    epigenomics = "epigenomics"
    single_cell = "single_cell"
    spatial = "spatial"
    proteomics = "proteomics"
    metabolomics = "metabolomics"
    metagenomics = "metagenomics"
    metatranscriptomics = "metatranscriptomics"
    imaging = "imaging"
    other = "other"


class AccessType(str, Enum):
    """Who may take the data."""

    open = "open"
    controlled = "controlled"
    registered = "registered"
    embargoed = "embargoed"
    private = "private"


class PublicationStatus(str, Enum):
    """State of a publication."""

    published = "published"
    in_press = "in press"
    submitted = "submitted"
    preprint = "preprint"
    in_preparation = "in preparation"


class AnalysisType(str, Enum):
    """Kind of analysis (INSDC analysis objects and others)."""

    sequence_assembly = "sequence_assembly"
    sequence_annotation = "sequence_annotation"
    reference_alignment = "reference_alignment"
    sequence_variation = "sequence_variation"
    transcriptome_assembly = "transcriptome_assembly"
    expression_quantification = "expression_quantification"
    peak_calling = "peak_calling"
    methylation_calling = "methylation_calling"
    taxonomic_profiling = "taxonomic_profiling"
    protein_identification = "protein_identification"
    metabolite_identification = "metabolite_identification"
    clustering = "clustering"
    normalisation = "normalisation"
    image_analysis = "image_analysis"
    processed_reads = "processed_reads"
    statistical_analysis = "statistical_analysis"
    other = "other"


class DataCategory(str, Enum):
    """What a file is in the course of the work."""

    raw = "raw"
    processed = "processed"
    reference = "reference"
    metadata = "metadata"
    quality_control = "quality_control"
    image = "image"
    supplementary = "supplementary"


class ReadIndex(str, Enum):
    """Which read of a fragment a file holds."""

    read1 = "read1"
    read2 = "read2"
    read3 = "read3"
    read4 = "read4"
    index1 = "index1"
    index2 = "index2"
    single = "single"
    interleaved = "interleaved"


class LibraryStrategy(str, Enum):
    """Sequencing technique that a library is made for (INSDC)."""

    WGS = "WGS"
    WGA = "WGA"
    WXS = "WXS"
    RNA_Seq = "RNA-Seq"
    ssRNA_seq = "ssRNA-seq"
    snRNA_seq = "snRNA-seq"
    miRNA_Seq = "miRNA-Seq"
    ncRNA_Seq = "ncRNA-Seq"
    FL_cDNA = "FL-cDNA"
    EST = "EST"
    Hi_C = "Hi-C"
    ATAC_seq = "ATAC-seq"
    WCS = "WCS"
    RAD_Seq = "RAD-Seq"
    CLONE = "CLONE"
    POOLCLONE = "POOLCLONE"
    AMPLICON = "AMPLICON"
    CLONEEND = "CLONEEND"
    FINISHING = "FINISHING"
    ChIP_Seq = "ChIP-Seq"
    MNase_Seq = "MNase-Seq"
    DNase_Hypersensitivity = "DNase-Hypersensitivity"
    Bisulfite_Seq = "Bisulfite-Seq"
    CTS = "CTS"
    MRE_Seq = "MRE-Seq"
    MeDIP_Seq = "MeDIP-Seq"
    MBD_Seq = "MBD-Seq"
    Tn_Seq = "Tn-Seq"
    VALIDATION = "VALIDATION"
    FAIRE_seq = "FAIRE-seq"
    SELEX = "SELEX"
    RIP_Seq = "RIP-Seq"
    ChIA_PET = "ChIA-PET"
    Synthetic_Long_Read = "Synthetic-Long-Read"
    Targeted_Capture = "Targeted-Capture"
    Tethered_Chromatin_Conformation_Capture = "Tethered Chromatin Conformation Capture"
    NOMe_Seq = "NOMe-Seq"
    ChM_Seq = "ChM-Seq"
    GBS = "GBS"
    Ribo_Seq = "Ribo-Seq"
    CUT_Tag = "CUT\u0026Tag"
    CUT_RUN = "CUT\u0026RUN"
    STOmics_RNA = "STOmics_RNA"
    OTHER = "OTHER"


class LibrarySource(str, Enum):
    """Kind of material that a library is made from (INSDC)."""

    GENOMIC = "GENOMIC"
    GENOMIC_SINGLE_CELL = "GENOMIC SINGLE CELL"
    TRANSCRIPTOMIC = "TRANSCRIPTOMIC"
    TRANSCRIPTOMIC_SINGLE_CELL = "TRANSCRIPTOMIC SINGLE CELL"
    TRANSCRIPTOMIC_SPATIAL = "TRANSCRIPTOMIC SPATIAL"
    METAGENOMIC = "METAGENOMIC"
    METATRANSCRIPTOMIC = "METATRANSCRIPTOMIC"
    SYNTHETIC = "SYNTHETIC"
    VIRAL_RNA = "VIRAL RNA"
    OTHER = "OTHER"


class LibrarySelection(str, Enum):
    """How the molecules of a library were selected or enriched (INSDC)."""

    RANDOM = "RANDOM"
    PCR = "PCR"
    RANDOM_PCR = "RANDOM PCR"
    RT_PCR = "RT-PCR"
    HMPR = "HMPR"
    MF = "MF"
    repeat_fractionation = "repeat fractionation"
    size_fractionation = "size fractionation"
    MSLL = "MSLL"
    cDNA = "cDNA"
    cDNA_randomPriming = "cDNA_randomPriming"
    cDNA_oligo_dT = "cDNA_oligo_dT"
    PolyA = "PolyA"
    Oligo_dT = "Oligo-dT"
    Inverse_rRNA = "Inverse rRNA"
    Inverse_rRNA_selection = "Inverse rRNA selection"
    ChIP = "ChIP"
    ChIP_Seq = "ChIP-Seq"
    MNase = "MNase"
    DNase = "DNase"
    Hybrid_Selection = "Hybrid Selection"
    Reduced_Representation = "Reduced Representation"
    Restriction_Digest = "Restriction Digest"
    _5_methylcytidine_antibody = "5-methylcytidine antibody"
    MBD2_protein_methyl_CpG_binding_domain = "MBD2 protein methyl-CpG binding domain"
    CAGE = "CAGE"
    RACE = "RACE"
    MDA = "MDA"
    padlock_probes_capture_method = "padlock probes capture method"
    cDNA_barcoded_with_spatial_and_molecular_identifier_FF = "cDNA barcoded with spatial and molecular identifier(FF)"
    ligated_probes_extended_with_spatial_and_molecular_identifier_FFPE = "ligated probes extended with spatial and molecular identifier(FFPE)"
    other = "other"
    unspecified = "unspecified"


class LibraryLayout(str, Enum):
    """Whether fragments are read from one end or both (INSDC)."""

    SINGLE = "SINGLE"
    PAIRED = "PAIRED"


class Platform(str, Enum):
    """Family of sequencing machines (INSDC)."""

    LS454 = "LS454"
    ILLUMINA = "ILLUMINA"
    HELICOS = "HELICOS"
    ABI_SOLID = "ABI_SOLID"
    COMPLETE_GENOMICS = "COMPLETE_GENOMICS"
    BGISEQ = "BGISEQ"
    OXFORD_NANOPORE = "OXFORD_NANOPORE"
    PACBIO_SMRT = "PACBIO_SMRT"
    ION_TORRENT = "ION_TORRENT"
    CAPILLARY = "CAPILLARY"
    DNBSEQ = "DNBSEQ"
    ELEMENT = "ELEMENT"
    AVITI = "AVITI"
    ULTIMA = "ULTIMA"
    VELA_DIAGNOSTICS = "VELA_DIAGNOSTICS"
    GENAPSYS = "GENAPSYS"
    GENEMIND = "GENEMIND"
    TAPESTRI = "TAPESTRI"


class StudyType(str, Enum):
    """Kind of study (INSDC)."""

    Whole_Genome_Sequencing = "Whole Genome Sequencing"
    Metagenomics = "Metagenomics"
    Transcriptome_Analysis = "Transcriptome Analysis"
    Resequencing = "Resequencing"
    Epigenetics = "Epigenetics"
    Synthetic_Genomics = "Synthetic Genomics"
    Forensic_or_Paleo_genomics = "Forensic or Paleo-genomics"
    Gene_Regulation_Study = "Gene Regulation Study"
    Cancer_Genomics = "Cancer Genomics"
    Population_Genomics = "Population Genomics"
    RNASeq = "RNASeq"
    Exome_Sequencing = "Exome Sequencing"
    Pooled_Clone_Sequencing = "Pooled Clone Sequencing"
    Transcriptome_Sequencing = "Transcriptome Sequencing"
    Other = "Other"


class InstrumentModel(str, Enum):
    """Model of the sequencing machine (INSDC, with CNGB and NGDC spellings)."""

    Illumina_Genome_Analyzer = "Illumina Genome Analyzer"
    Illumina_Genome_Analyzer_II = "Illumina Genome Analyzer II"
    Illumina_Genome_Analyzer_IIx = "Illumina Genome Analyzer IIx"
    Illumina_HiSeq_1000 = "Illumina HiSeq 1000"
    Illumina_HiSeq_1500 = "Illumina HiSeq 1500"
    Illumina_HiSeq_2000 = "Illumina HiSeq 2000"
    Illumina_HiSeq_2500 = "Illumina HiSeq 2500"
    Illumina_HiSeq_3000 = "Illumina HiSeq 3000"
    Illumina_HiSeq_4000 = "Illumina HiSeq 4000"
    Illumina_HiSeq_X = "Illumina HiSeq X"
    HiSeq_X_Ten = "HiSeq X Ten"
    HiSeq_X_Five = "HiSeq X Five"
    Illumina_MiSeq = "Illumina MiSeq"
    Illumina_MiniSeq = "Illumina MiniSeq"
    Illumina_iSeq_100 = "Illumina iSeq 100"
    Illumina_NovaSeq_6000 = "Illumina NovaSeq 6000"
    Illumina_NovaSeq_X = "Illumina NovaSeq X"
    Illumina_NovaSeq_X_Plus = "Illumina NovaSeq X Plus"
    NextSeq_500 = "NextSeq 500"
    NextSeq_550 = "NextSeq 550"
    NextSeq_1000 = "NextSeq 1000"
    NextSeq_2000 = "NextSeq 2000"
    PacBio_RS = "PacBio RS"
    PacBio_RS_II = "PacBio RS II"
    Sequel = "Sequel"
    Sequel_II = "Sequel II"
    Sequel_IIe = "Sequel IIe"
    Revio = "Revio"
    Vega = "Vega"
    Onso = "Onso"
    MinION = "MinION"
    GridION = "GridION"
    PromethION = "PromethION"
    DNBSEQ_T7 = "DNBSEQ-T7"
    DNBSEQ_G400 = "DNBSEQ-G400"
    DNBSEQ_G400_FAST = "DNBSEQ-G400 FAST"
    DNBSEQ_G50 = "DNBSEQ-G50"
    DNBSEQ_G800 = "DNBSEQ-G800"
    DNBSEQ_T1 = "DNBSEQ-T1"
    DNBSEQ_T5 = "DNBSEQ-T5"
    DNBSEQ_T10 = "DNBSEQ-T10"
    DNBSEQ_T10x4 = "DNBSEQ-T10\u00d74"
    DNBSEQ_T10x4RS = "DNBSEQ-T10x4RS"
    DNBSEQ_T20 = "DNBSEQ-T20"
    DNBSEQ_T20x2 = "DNBSEQ-T20\u00d72"
    BGISEQ_500 = "BGISEQ-500"
    BGISEQ_50 = "BGISEQ-50"
    MGISEQ_2000RS = "MGISEQ-2000RS"
    AB_SOLiD_System = "AB SOLiD System"
    AB_SOLiD_4_System = "AB SOLiD 4 System"
    AB_SOLiD_3_Plus_System = "AB SOLiD 3 Plus System"
    _454_GS_20 = "454 GS 20"
    _454_GS_FLX = "454 GS FLX"
    _454_GS_FLX_Titanium = "454 GS FLX Titanium"
    _454_GS_Junior = "454 GS Junior"
    Helicos_HeliScope = "Helicos HeliScope"
    Ion_Torrent_PGM = "Ion Torrent PGM"
    Ion_Torrent_Proton = "Ion Torrent Proton"
    Ion_Torrent_S5 = "Ion Torrent S5"
    Ion_Torrent_S5_XL = "Ion Torrent S5 XL"
    Ion_Torrent_Genexus = "Ion Torrent Genexus"
    Element_AVITI = "Element AVITI"
    UG_100 = "UG 100"
    GenoLab_M = "GenoLab M"
    unspecified = "unspecified"
    _454_GS = "454 GS"
    _454_GS_FLX_plus = "454 GS FLX+"
    AB_310_Genetic_Analyzer = "AB 310 Genetic Analyzer"
    AB_3130_Genetic_Analyzer = "AB 3130 Genetic Analyzer"
    AB_3130xL_Genetic_Analyzer = "AB 3130xL Genetic Analyzer"
    AB_3500_Genetic_Analyzer = "AB 3500 Genetic Analyzer"
    AB_3500xL_Genetic_Analyzer = "AB 3500xL Genetic Analyzer"
    AB_3730_Genetic_Analyzer = "AB 3730 Genetic Analyzer"
    AB_3730xL_Genetic_Analyzer = "AB 3730xL Genetic Analyzer"
    AB_5500_Genetic_Analyzer = "AB 5500 Genetic Analyzer"
    AB_5500xl_Genetic_Analyzer = "AB 5500xl Genetic Analyzer"
    AB_5500xl_W_Genetic_Analysis_System = "AB 5500xl-W Genetic Analysis System"
    AB_SOLiD_4hq_System = "AB SOLiD 4hq System"
    AB_SOLiD_PI_System = "AB SOLiD PI System"
    AB_SOLiD_System_2_0 = "AB SOLiD System 2.0"
    AB_SOLiD_System_3_0 = "AB SOLiD System 3.0"
    AVITI_24 = "AVITI 24"
    Complete_Genomics = "Complete Genomics"
    FASTASeq_300 = "FASTASeq 300"
    GENIUS = "GENIUS"
    GS111 = "GS111"
    Genapsys_Sequencer = "Genapsys Sequencer"
    GenoCare_1600 = "GenoCare 1600"
    Illumina_HiScanSQ = "Illumina HiScanSQ"
    Ion_GeneStudio_S5 = "Ion GeneStudio S5"
    Ion_GeneStudio_S5_Plus = "Ion GeneStudio S5 Plus"
    Ion_GeneStudio_S5_Prime = "Ion GeneStudio S5 Prime"
    Sentosa_SQ301 = "Sentosa SQ301"
    Tapestri = "Tapestri"
    UG_200 = "UG 200"


class FileFormat(str, Enum):
    """Format of a file (INSDC run and analysis file types, and those of other omics)."""

    sra = "sra"
    srf = "srf"
    sff = "sff"
    fastq = "fastq"
    fasta = "fasta"
    bam = "bam"
    cram = "cram"
    sam = "sam"
    vcf = "vcf"
    bcf = "bcf"
    tab = "tab"
    tsv = "tsv"
    csv = "csv"
    txt = "txt"
    xlsx = "xlsx"
    json = "json"
    xml = "xml"
    pdf = "pdf"
    bed = "bed"
    bigbed = "bigbed"
    wig = "wig"
    bigwig = "bigwig"
    gff = "gff"
    gff3 = "gff3"
    gtf = "gtf"
    narrowpeak = "narrowpeak"
    broadpeak = "broadpeak"
    hdf5 = "hdf5"
    h5ad = "h5ad"
    rds = "rds"
    loom = "loom"
    mtx = "mtx"
    mcool = "mcool"
    fast5 = "fast5"
    pod5 = "pod5"
    ab1 = "ab1"
    scf = "scf"
    gef = "gef"
    tiff = "tiff"
    ome_tiff = "ome-tiff"
    png = "png"
    jpeg = "jpeg"
    svs = "svs"
    czi = "czi"
    raw = "raw"
    wiff = "wiff"
    bruker_d = "bruker_d"
    mzml = "mzml"
    mzxml = "mzxml"
    mgf = "mgf"
    mzidentml = "mzidentml"
    mztab = "mztab"
    nmrml = "nmrml"
    fid = "fid"
    cel = "cel"
    idat = "idat"
    gpr = "gpr"
    zip = "zip"
    tar = "tar"
    agp = "agp"
    flatfile = "flatfile"
    other = "other"
    _454_native = "454_native"
    _454_native_seq = "454_native_seq"
    _454_native_qual = "454_native_qual"
    Helicos_native = "Helicos_native"
    Illumina_native = "Illumina_native"
    Illumina_native_seq = "Illumina_native_seq"
    Illumina_native_prb = "Illumina_native_prb"
    Illumina_native_int = "Illumina_native_int"
    Illumina_native_qseq = "Illumina_native_qseq"
    Illumina_native_scarf = "Illumina_native_scarf"
    SOLiD_native = "SOLiD_native"
    SOLiD_native_csfasta = "SOLiD_native_csfasta"
    SOLiD_native_qual = "SOLiD_native_qual"
    PacBio_HDF5 = "PacBio_HDF5"
    CompleteGenomics_native = "CompleteGenomics_native"
    OxfordNanopore_native = "OxfordNanopore_native"
    bai = "bai"
    crai = "crai"
    vcf_aggregate = "vcf_aggregate"
    tabix = "tabix"
    chromosome_list = "chromosome_list"
    sample_list = "sample_list"
    readme_file = "readme_file"
    phenotype_file = "phenotype_file"
    BioNano_native = "BioNano_native"
    Kallisto_native = "Kallisto_native"
    unlocalised_list = "unlocalised_list"
    info = "info"
    manifest = "manifest"
    csi = "csi"
    bcf_aggregate = "bcf_aggregate"


class InsdcCountry(str, Enum):
    """Countries and seas of the INSDC list."""

    Afghanistan = "Afghanistan"
    Albania = "Albania"
    Algeria = "Algeria"
    American_Samoa = "American Samoa"
    Andorra = "Andorra"
    Angola = "Angola"
    Anguilla = "Anguilla"
    Antarctica = "Antarctica"
    Antigua_and_Barbuda = "Antigua and Barbuda"
    Arctic_Ocean = "Arctic Ocean"
    Argentina = "Argentina"
    Armenia = "Armenia"
    Aruba = "Aruba"
    Ashmore_and_Cartier_Islands = "Ashmore and Cartier Islands"
    Atlantic_Ocean = "Atlantic Ocean"
    Australia = "Australia"
    Austria = "Austria"
    Azerbaijan = "Azerbaijan"
    Bahamas = "Bahamas"
    Bahrain = "Bahrain"
    Baker_Island = "Baker Island"
    Baltic_Sea = "Baltic Sea"
    Bangladesh = "Bangladesh"
    Barbados = "Barbados"
    Bassas_da_India = "Bassas da India"
    Belarus = "Belarus"
    Belgium = "Belgium"
    Belize = "Belize"
    Benin = "Benin"
    Bermuda = "Bermuda"
    Bhutan = "Bhutan"
    Bolivia = "Bolivia"
    Borneo = "Borneo"
    Bosnia_and_Herzegovina = "Bosnia and Herzegovina"
    Botswana = "Botswana"
    Bouvet_Island = "Bouvet Island"
    Brazil = "Brazil"
    British_Virgin_Islands = "British Virgin Islands"
    Brunei = "Brunei"
    Bulgaria = "Bulgaria"
    Burkina_Faso = "Burkina Faso"
    Burundi = "Burundi"
    Cambodia = "Cambodia"
    Cameroon = "Cameroon"
    Canada = "Canada"
    Cape_Verde = "Cape Verde"
    Cayman_Islands = "Cayman Islands"
    Central_African_Republic = "Central African Republic"
    Chad = "Chad"
    Chile = "Chile"
    China = "China"
    Christmas_Island = "Christmas Island"
    Clipperton_Island = "Clipperton Island"
    Cocos_Islands = "Cocos Islands"
    Colombia = "Colombia"
    Comoros = "Comoros"
    Cook_Islands = "Cook Islands"
    Coral_Sea_Islands = "Coral Sea Islands"
    Costa_Rica = "Costa Rica"
    Cote_d_Ivoire = "Cote d\u0027Ivoire"
    Croatia = "Croatia"
    Cuba = "Cuba"
    Curacao = "Curacao"
    Cyprus = "Cyprus"
    Czechia = "Czechia"
    Czech_Republic = "Czech Republic"
    Democratic_Republic_of_the_Congo = "Democratic Republic of the Congo"
    Denmark = "Denmark"
    Djibouti = "Djibouti"
    Dominica = "Dominica"
    Dominican_Republic = "Dominican Republic"
    Ecuador = "Ecuador"
    Egypt = "Egypt"
    El_Salvador = "El Salvador"
    Equatorial_Guinea = "Equatorial Guinea"
    Eritrea = "Eritrea"
    Estonia = "Estonia"
    Eswatini = "Eswatini"
    Ethiopia = "Ethiopia"
    Europa_Island = "Europa Island"
    Falkland_Islands_Islas_Malvinas = "Falkland Islands (Islas Malvinas)"
    Faroe_Islands = "Faroe Islands"
    Fiji = "Fiji"
    Finland = "Finland"
    France = "France"
    French_Guiana = "French Guiana"
    French_Polynesia = "French Polynesia"
    French_Southern_and_Antarctic_Lands = "French Southern and Antarctic Lands"
    Gabon = "Gabon"
    Gambia = "Gambia"
    Gaza_Strip = "Gaza Strip"
    Georgia = "Georgia"
    Germany = "Germany"
    Ghana = "Ghana"
    Gibraltar = "Gibraltar"
    Glorioso_Islands = "Glorioso Islands"
    Greece = "Greece"
    Greenland = "Greenland"
    Grenada = "Grenada"
    Guadeloupe = "Guadeloupe"
    Guam = "Guam"
    Guatemala = "Guatemala"
    Guernsey = "Guernsey"
    Guinea = "Guinea"
    Guinea_Bissau = "Guinea-Bissau"
    Guyana = "Guyana"
    Haiti = "Haiti"
    Heard_Island_and_McDonald_Islands = "Heard Island and McDonald Islands"
    Honduras = "Honduras"
    Hong_Kong = "Hong Kong"
    Howland_Island = "Howland Island"
    Hungary = "Hungary"
    Iceland = "Iceland"
    India = "India"
    Indian_Ocean = "Indian Ocean"
    Indonesia = "Indonesia"
    Iran = "Iran"
    Iraq = "Iraq"
    Ireland = "Ireland"
    Isle_of_Man = "Isle of Man"
    Israel = "Israel"
    Italy = "Italy"
    Jamaica = "Jamaica"
    Jan_Mayen = "Jan Mayen"
    Japan = "Japan"
    Jarvis_Island = "Jarvis Island"
    Jersey = "Jersey"
    Johnston_Atoll = "Johnston Atoll"
    Jordan = "Jordan"
    Juan_de_Nova_Island = "Juan de Nova Island"
    Kazakhstan = "Kazakhstan"
    Kenya = "Kenya"
    Kerguelen_Archipelago = "Kerguelen Archipelago"
    Kingman_Reef = "Kingman Reef"
    Kiribati = "Kiribati"
    Kosovo = "Kosovo"
    Kuwait = "Kuwait"
    Kyrgyzstan = "Kyrgyzstan"
    Laos = "Laos"
    Latvia = "Latvia"
    Lebanon = "Lebanon"
    Lesotho = "Lesotho"
    Liberia = "Liberia"
    Libya = "Libya"
    Liechtenstein = "Liechtenstein"
    Line_Islands = "Line Islands"
    Lithuania = "Lithuania"
    Luxembourg = "Luxembourg"
    Macau = "Macau"
    Madagascar = "Madagascar"
    Malawi = "Malawi"
    Malaysia = "Malaysia"
    Maldives = "Maldives"
    Mali = "Mali"
    Malta = "Malta"
    Marshall_Islands = "Marshall Islands"
    Martinique = "Martinique"
    Mauritania = "Mauritania"
    Mauritius = "Mauritius"
    Mayotte = "Mayotte"
    Mediterranean_Sea = "Mediterranean Sea"
    Mexico = "Mexico"
    Micronesia_Federated_States_of = "Micronesia, Federated States of"
    Midway_Islands = "Midway Islands"
    Moldova = "Moldova"
    Monaco = "Monaco"
    Mongolia = "Mongolia"
    Montenegro = "Montenegro"
    Montserrat = "Montserrat"
    Morocco = "Morocco"
    Mozambique = "Mozambique"
    Myanmar = "Myanmar"
    Namibia = "Namibia"
    Nauru = "Nauru"
    Navassa_Island = "Navassa Island"
    Nepal = "Nepal"
    Netherlands = "Netherlands"
    New_Caledonia = "New Caledonia"
    New_Zealand = "New Zealand"
    Nicaragua = "Nicaragua"
    Niger = "Niger"
    Nigeria = "Nigeria"
    Niue = "Niue"
    Norfolk_Island = "Norfolk Island"
    North_Korea = "North Korea"
    North_Macedonia = "North Macedonia"
    North_Sea = "North Sea"
    Northern_Mariana_Islands = "Northern Mariana Islands"
    Norway = "Norway"
    Oman = "Oman"
    Pacific_Ocean = "Pacific Ocean"
    Pakistan = "Pakistan"
    Palau = "Palau"
    Palmyra_Atoll = "Palmyra Atoll"
    Panama = "Panama"
    Papua_New_Guinea = "Papua New Guinea"
    Paracel_Islands = "Paracel Islands"
    Paraguay = "Paraguay"
    Peru = "Peru"
    Philippines = "Philippines"
    Pitcairn_Islands = "Pitcairn Islands"
    Poland = "Poland"
    Portugal = "Portugal"
    Puerto_Rico = "Puerto Rico"
    Qatar = "Qatar"
    Republic_of_the_Congo = "Republic of the Congo"
    Reunion = "Reunion"
    Romania = "Romania"
    Ross_Sea = "Ross Sea"
    Russia = "Russia"
    Rwanda = "Rwanda"
    Saint_Barthelemy = "Saint Barthelemy"
    Saint_Helena = "Saint Helena"
    Saint_Kitts_and_Nevis = "Saint Kitts and Nevis"
    Saint_Lucia = "Saint Lucia"
    Saint_Pierre_and_Miquelon = "Saint Pierre and Miquelon"
    Saint_Vincent_and_the_Grenadines = "Saint Vincent and the Grenadines"
    Samoa = "Samoa"
    San_Marino = "San Marino"
    Saint_Martin = "Saint Martin"
    Sao_Tome_and_Principe = "Sao Tome and Principe"
    Saudi_Arabia = "Saudi Arabia"
    Senegal = "Senegal"
    Serbia = "Serbia"
    Seychelles = "Seychelles"
    Sierra_Leone = "Sierra Leone"
    Singapore = "Singapore"
    Sint_Maarten = "Sint Maarten"
    Slovakia = "Slovakia"
    Slovenia = "Slovenia"
    Solomon_Islands = "Solomon Islands"
    Somalia = "Somalia"
    South_Africa = "South Africa"
    South_Georgia_and_the_South_Sandwich_Islands = "South Georgia and the South Sandwich Islands"
    South_Korea = "South Korea"
    South_Sudan = "South Sudan"
    Southern_Ocean = "Southern Ocean"
    Spain = "Spain"
    Spratly_Islands = "Spratly Islands"
    Sri_Lanka = "Sri Lanka"
    State_of_Palestine = "State of Palestine"
    Sudan = "Sudan"
    Suriname = "Suriname"
    Svalbard = "Svalbard"
    Sweden = "Sweden"
    Switzerland = "Switzerland"
    Syria = "Syria"
    Taiwan = "Taiwan"
    Tajikistan = "Tajikistan"
    Tanzania = "Tanzania"
    Tasman_Sea = "Tasman Sea"
    Thailand = "Thailand"
    Timor_Leste = "Timor-Leste"
    Togo = "Togo"
    Tokelau = "Tokelau"
    Tonga = "Tonga"
    Trinidad_and_Tobago = "Trinidad and Tobago"
    Tromelin_Island = "Tromelin Island"
    Tunisia = "Tunisia"
    Turkey = "Turkey"
    Turkmenistan = "Turkmenistan"
    Turks_and_Caicos_Islands = "Turks and Caicos Islands"
    Tuvalu = "Tuvalu"
    USA = "USA"
    Uganda = "Uganda"
    Ukraine = "Ukraine"
    United_Arab_Emirates = "United Arab Emirates"
    United_Kingdom = "United Kingdom"
    Uruguay = "Uruguay"
    Uzbekistan = "Uzbekistan"
    Vanuatu = "Vanuatu"
    Venezuela = "Venezuela"
    Viet_Nam = "Viet Nam"
    Wake_Island = "Wake Island"
    Virgin_Islands = "Virgin Islands"
    Wallis_and_Futuna = "Wallis and Futuna"
    West_Bank = "West Bank"
    Western_Sahara = "Western Sahara"
    Yemen = "Yemen"
    Zambia = "Zambia"
    Zimbabwe = "Zimbabwe"


class UcumUnit(str, Enum):
    """UCUM codes of the units that slots allow, with common spellings."""

    a = "a"
    mo = "mo"
    wk = "wk"
    d = "d"
    h = "h"
    min = "/min"
    s = "s"
    ms = "ms"
    m = "m"
    km = "km"
    cm = "cm"
    mm = "mm"
    um = "um"
    nm = "nm"
    in_i = "[in_i]"
    ft_i = "[ft_i]"
    kg = "kg"
    g = "g"
    mg = "mg"
    ug = "ug"
    ng = "ng"
    lb_av = "[lb_av]"
    kg_m2 = "kg/m2"
    L = "L"
    mL = "mL"
    uL = "uL"
    nL = "nL"
    cm3 = "cm3"
    mm3 = "mm3"
    Cel = "Cel"
    K = "K"
    degF = "[degF]"
    _ = "%"
    ppth = "[ppth]"
    ppm = "[ppm]"
    psu = "{psu}"
    mol_L = "mol/L"
    mmol_L = "mmol/L"
    umol_L = "umol/L"
    nmol_L = "nmol/L"
    pmol_L = "pmol/L"
    g_L = "g/L"
    mg_L = "mg/L"
    mg_mL = "mg/mL"
    ug_mL = "ug/mL"
    ng_mL = "ng/mL"
    ug_uL = "ug/uL"
    ng_uL = "ng/uL"
    pg_uL = "pg/uL"
    g_kg = "g/kg"
    mg_kg = "mg/kg"
    ug_kg = "ug/kg"
    mS_cm = "mS/cm"
    Gy = "Gy"
    iU = "[iU]"
    bp = "{bp}"
    Da = "Da"
    u = "u"
    mDa = "mDa"
    m_z = "{m/z}"
    cells = "{cells}"
    cells_mL = "{cells}/mL"
    cells_uL = "{cells}/uL"
    uL_min = "uL/min"
    mL_min = "mL/min"
    nL_min = "nL/min"
    MHz = "MHz"
    T = "T"
    _1 = "1"


class OmicsDataset(ConfiguredBaseModel):
    """The container of one conversion: all records by class. It has no node of its own in RDF."""

    om_class: ClassVar[str] = "OmicsDataset"

    model_version: str | None = Field(None, description="Version of the model that the records follow.")
    base: str | None = Field(None, description="IRI that identifiers without a prefix are relative to.")
    projects: list[Project] | None = Field(None, description="All records of class Project.")
    studies: list[Study] | None = Field(None, description="All records of class Study.")
    factors: list[Factor] | None = Field(None, description="All records of class Factor.")
    protocols: list[Protocol] | None = Field(None, description="All records of class Protocol.")
    datasets: list[Dataset] | None = Field(None, description="All records of class Dataset.")
    access_policies: list[AccessPolicy] | None = Field(None, description="All records of class AccessPolicy.")
    subjects: list[Subject] | None = Field(None, description="All records of class Subject.")
    biosamples: list[Biosample] | None = Field(None, description="All records of class Biosample.")
    materials: list[Material] | None = Field(None, description="All records of class Material.")
    processes: list[Process] | None = Field(None, description="All records of class Process.")
    sequencing_assays: list[SequencingAssay] | None = Field(None, description="All records of class SequencingAssay.")
    genomics_assays: list[GenomicsAssay] | None = Field(None, description="All records of class GenomicsAssay.")
    transcriptomics_assays: list[TranscriptomicsAssay] | None = Field(None, description="All records of class TranscriptomicsAssay.")
    epigenomics_assays: list[EpigenomicsAssay] | None = Field(None, description="All records of class EpigenomicsAssay.")
    metagenomics_assays: list[MetagenomicsAssay] | None = Field(None, description="All records of class MetagenomicsAssay.")
    single_cell_assays: list[SingleCellAssay] | None = Field(None, description="All records of class SingleCellAssay.")
    spatial_assays: list[SpatialAssay] | None = Field(None, description="All records of class SpatialAssay.")
    imaging_assays: list[ImagingAssay] | None = Field(None, description="All records of class ImagingAssay.")
    mass_spectrometry_assays: list[MassSpectrometryAssay] | None = Field(None, description="All records of class MassSpectrometryAssay.")
    proteomics_assays: list[ProteomicsAssay] | None = Field(None, description="All records of class ProteomicsAssay.")
    metabolomics_assays: list[MetabolomicsAssay] | None = Field(None, description="All records of class MetabolomicsAssay.")
    nmr_assays: list[NMRAssay] | None = Field(None, description="All records of class NMRAssay.")
    array_assays: list[ArrayAssay] | None = Field(None, description="All records of class ArrayAssay.")
    platforms: list[MeasuringPlatform] | None = Field(None, description="All records of class MeasuringPlatform.")
    runs: list[Run] | None = Field(None, description="All records of class Run.")
    data_files: list[DataFile] | None = Field(None, description="All records of class DataFile.")
    analyses: list[Analysis] | None = Field(None, description="All records of class Analysis.")
    people: list[Person] | None = Field(None, description="All records of class Person.")
    organizations: list[Organization] | None = Field(None, description="All records of class Organization.")
    publications: list[Publication] | None = Field(None, description="All records of class Publication.")
    entries: list[Entry] | None = Field(None, description="All records of class Entry.")


class NamedThing(ConfiguredBaseModel):
    """Anything that has an identifier and is described by a record of its own."""

    om_class: ClassVar[str] = "NamedThing"

    id: str = Field(..., description="Identifier of the record: a CURIE, an IRI, or an IRI relative to the base of the data set.")
    name: str | None = Field(None, description="Short local name of the record, as the laboratory or submitter wrote it.")
    title: str | None = Field(None, description="One line that tells a reader what the record is.")
    description: str | None = Field(None, description="Free text about the record.")
    accessions: list[str] | None = Field(None, description="Identifiers that archives have given to the record, as CURIEs or IRIs.")
    alternative_names: list[str] | None = Field(None, description="Further names of the same thing, identifiers of unknown form among them.")
    attributes: list[Attribute] | None = Field(None, description="Values that have no slot of their own, each under its header.")
    comments: list[str] | None = Field(None, description="Remarks about the record by those who made or curated it.")
    missing: list[MissingValue] | None = Field(None, description="Slots whose value is absent, each with the reason.")
    rejected: list[RejectedValue] | None = Field(None, description="Texts that their slot cannot carry, each with the code of the finding that says why.")
    origin: list[Origin] | None = Field(None, description="Where the values came from: file, sheet, cell, raw text and the steps to the value.")
    stub: bool | None = Field(None, description="True where the record is only referred to and nothing else of it is known here.")


class Entry(NamedThing):
    """A row of a sheet of no known format. It keeps the row's cells as attributes and claims nothing on what the row describes."""

    om_class: ClassVar[str] = "Entry"


class OntologyTerm(ConfiguredBaseModel):
    """A term of an ontology, or a local term where no ontology is known to hold the text."""

    om_class: ClassVar[str] = "OntologyTerm"

    id: str = Field(..., description="Identifier of the record: a CURIE, an IRI, or an IRI relative to the base of the data set.")
    label: str | None = Field(None, description="Name of the ontology term.")


class Quantity(ConfiguredBaseModel):
    """A number or a range with a unit."""

    om_class: ClassVar[str] = "Quantity"

    value: Decimal | None = Field(None, description="The value: a number in a quantity, text in an attribute.")
    minimum: Decimal | None = Field(None, description="Lower bound of a range.")
    maximum: Decimal | None = Field(None, description="Upper bound of a range.")
    unit: str | None = Field(None, description="Unit as a UCUM code.")


class Place(ConfiguredBaseModel):
    """A country or sea with the rest of the place's name."""

    om_class: ClassVar[str] = "Place"

    country: InsdcCountry | None = Field(None, description="Country or sea, from the INSDC list.")
    region: str | None = Field(None, description="Rest of the place\u0027s name, from large to small.")


class GeoPoint(ConfiguredBaseModel):
    """A position in decimal degrees (WGS 84)."""

    om_class: ClassVar[str] = "GeoPoint"

    latitude: Decimal | None = Field(None, description="Degrees north of the equator (WGS 84), south negative.")
    longitude: Decimal | None = Field(None, description="Degrees east of Greenwich (WGS 84), west negative.")


class Attribute(ConfiguredBaseModel):
    """A value that has no slot of its own, under its header."""

    om_class: ClassVar[str] = "Attribute"

    name: str | None = Field(None, description="The header or name under which the value stood.")
    value: str | None = Field(None, description="The value: a number in a quantity, text in an attribute.")
    unit: str | None = Field(None, description="Unit as a UCUM code.")
    term: OntologyTerm | None = Field(None, description="Ontology term that the value stands for.")


class MissingValue(ConfiguredBaseModel):
    """The statement that a slot's value is absent, and why."""

    om_class: ClassVar[str] = "MissingValue"

    slot: str = Field(..., description="Name of the slot.")
    reason: MissingReason = Field(..., description="INSDC reason why the value is absent.")
    raw: str | None = Field(None, description="The text as it stands in the source.")


class RejectedValue(ConfiguredBaseModel):
    """A text that its slot cannot carry, kept with the reason."""

    om_class: ClassVar[str] = "RejectedValue"

    slot: str = Field(..., description="Name of the slot.")
    raw: str | None = Field(None, description="The text as it stands in the source.")
    finding: str = Field(..., description="Code of the finding that says why.")


class Origin(ConfiguredBaseModel):
    """Where a value came from and by which steps."""

    om_class: ClassVar[str] = "Origin"

    slot: str = Field(..., description="Name of the slot.")
    file: str | None = Field(None, description="Name of the source file.")
    sheet: str | None = Field(None, description="Name of the sheet.")
    cell: str | None = Field(None, description="Address of the cell, as a spreadsheet shows it.")
    header: str | None = Field(None, description="Header of the column.")
    raw: str | None = Field(None, description="The text as it stands in the source.")
    steps: list[str] | None = Field(None, description="Names of the steps from the text to the value, in order.")


class Accession(ConfiguredBaseModel):
    """The long form of an archive's identifier: archive, identifier and web address."""

    om_class: ClassVar[str] = "Accession"

    archive: str | None = Field(None, description="Name of the archive that gave the accession.")
    identifier: str = Field(..., description="The accession as the archive writes it.")
    iri: str | None = Field(None, description="Address of the accession on the web.")


class Project(NamedThing):
    """A piece of research under one aim and funding, which may hold other projects and studies."""

    om_class: ClassVar[str] = "Project"

    parent_projects: list[str] | None = Field(None, description="Larger projects that this one is part of.")
    project_type: list[ProjectType] | None = Field(None, description="What the project as a whole produces.")
    sample_scope: SampleScope | None = Field(None, description="How many organisms or isolates the project samples.")
    relevance: Relevance | None = Field(None, description="Field of application that the project serves.")
    keywords: list[str] | None = Field(None, description="Words under which the record should be found.")
    funding: list[str] | None = Field(None, description="Grants and funders, one each.")
    contacts: list[str] | None = Field(None, description="People to ask about the record.")
    organizations: list[str] | None = Field(None, description="Institutions that stand behind the record.")
    publications: list[str] | None = Field(None, description="Articles that describe the record.")
    related_to: list[str] | None = Field(None, description="Other records or archive entries that belong with this one.")
    start_date: str | None = Field(None, description="Day on which it began.")
    end_date: str | None = Field(None, description="Day on which it ended.")
    submission_date: str | None = Field(None, description="Day on which it was handed to the archive.")
    release_date: str | None = Field(None, description="Day from which it may be seen in public.")
    last_update_date: str | None = Field(None, description="Day of its last change in the archive.")
    licence: str | None = Field(None, description="Terms under which it may be used again.")
    urls: list[str] | None = Field(None, description="Web pages about the record.")
    organisms: list[OntologyTerm] | None = Field(None, description="All organisms that are studied.")
    broker: str | None = Field(None, description="Who handed the record to the archive for its owner.")


class Study(NamedThing):
    """An investigation with a design: what was compared, in which groups, by which protocols."""

    om_class: ClassVar[str] = "Study"

    projects: list[str] | None = Field(None, description="Projects that the record belongs to.")
    study_type: StudyType | None = Field(None, description="Kind of study in the words of the sequence archives.")
    design: str | None = Field(None, description="How the study was set up: groups, comparisons, controls, replicates.")
    design_types: list[OntologyTerm] | None = Field(None, description="Terms for the kind of design, such as case control or time series.")
    omics_layers: list[OmicsLayer] | None = Field(None, description="The layers of biology that were measured.")
    factors: list[str] | None = Field(None, description="Variables whose effect the study looks at.")
    protocols: list[str] | None = Field(None, description="Protocols that were followed.")
    keywords: list[str] | None = Field(None, description="Words under which the record should be found.")
    funding: list[str] | None = Field(None, description="Grants and funders, one each.")
    contacts: list[str] | None = Field(None, description="People to ask about the record.")
    organizations: list[str] | None = Field(None, description="Institutions that stand behind the record.")
    publications: list[str] | None = Field(None, description="Articles that describe the record.")
    related_to: list[str] | None = Field(None, description="Other records or archive entries that belong with this one.")
    start_date: str | None = Field(None, description="Day on which it began.")
    end_date: str | None = Field(None, description="Day on which it ended.")
    submission_date: str | None = Field(None, description="Day on which it was handed to the archive.")
    release_date: str | None = Field(None, description="Day from which it may be seen in public.")
    last_update_date: str | None = Field(None, description="Day of its last change in the archive.")
    licence: str | None = Field(None, description="Terms under which it may be used again.")
    urls: list[str] | None = Field(None, description="Web pages about the record.")
    disease: list[OntologyTerm] | None = Field(None, description="Disease of the individual, or \u0027normal\u0027 where there is none.")
    organisms: list[OntologyTerm] | None = Field(None, description="All organisms that are studied.")
    platforms: list[str] | None = Field(None, description="The platforms that were used.")
    broker: str | None = Field(None, description="Who handed the record to the archive for its owner.")


class Factor(NamedThing):
    """A variable whose effect a study looks at."""

    om_class: ClassVar[str] = "Factor"

    factor_type: OntologyTerm | None = Field(None, description="Term for the kind of variable.")
    unit: str | None = Field(None, description="Unit as a UCUM code.")


class Protocol(NamedThing):
    """A written procedure: how something is done."""

    om_class: ClassVar[str] = "Protocol"

    protocol_type: OntologyTerm | None = Field(None, description="Term for the kind of step the protocol describes.")
    protocol_version: str | None = Field(None, description="Version of the protocol that was followed.")
    parameter_names: list[str] | None = Field(None, description="Names of the settings that the protocol asks for.")
    components: list[str] | None = Field(None, description="Instruments, reagents and software that the protocol uses.")
    urls: list[str] | None = Field(None, description="Web pages about the record.")
    contacts: list[str] | None = Field(None, description="People to ask about the record.")


class Dataset(NamedThing):
    """The unit in which an archive releases data and grants access, such as a GSA, OMIX, GEO series or ProteomeXchange data set."""

    om_class: ClassVar[str] = "Dataset"

    projects: list[str] | None = Field(None, description="Projects that the record belongs to.")
    studies: list[str] | None = Field(None, description="Studies that the record belongs to.")
    access_policy: str | None = Field(None, description="The policy under which access is given.")
    access_type: AccessType | None = Field(None, description="Whether anyone may take the data or access must be asked for.")
    dataset_types: list[str] | None = Field(None, description="Kinds of data that the data set holds.")
    omics_layers: list[OmicsLayer] | None = Field(None, description="The layers of biology that were measured.")
    data_files: list[str] | None = Field(None, description="Files that belong to the record.")
    locations: list[str] | None = Field(None, description="Addresses from which the bytes can be had.")
    keywords: list[str] | None = Field(None, description="Words under which the record should be found.")
    contacts: list[str] | None = Field(None, description="People to ask about the record.")
    organizations: list[str] | None = Field(None, description="Institutions that stand behind the record.")
    publications: list[str] | None = Field(None, description="Articles that describe the record.")
    related_to: list[str] | None = Field(None, description="Other records or archive entries that belong with this one.")
    submission_date: str | None = Field(None, description="Day on which it was handed to the archive.")
    release_date: str | None = Field(None, description="Day from which it may be seen in public.")
    last_update_date: str | None = Field(None, description="Day of its last change in the archive.")
    licence: str | None = Field(None, description="Terms under which it may be used again.")
    urls: list[str] | None = Field(None, description="Web pages about the record.")
    dataset_version: str | None = Field(None, description="Version of the data set.")
    organisms: list[OntologyTerm] | None = Field(None, description="All organisms that are studied.")


class AccessPolicy(NamedThing):
    """The conditions under which controlled data may be had and used."""

    om_class: ClassVar[str] = "AccessPolicy"

    duo_codes: list[OntologyTerm] | None = Field(None, description="Terms of the Data Use Ontology that say what the data may be used for.")
    access_type: AccessType | None = Field(None, description="Whether anyone may take the data or access must be asked for.")
    policy_text: str | None = Field(None, description="The policy in its own words.")
    approval_number: str | None = Field(None, description="Number under which an authority has approved collection, sharing or export of the data.")
    ethics_statement: str | None = Field(None, description="What the ethics committee approved and what consent was given.")
    organizations: list[str] | None = Field(None, description="Institutions that stand behind the record.")
    contacts: list[str] | None = Field(None, description="People to ask about the record.")
    urls: list[str] | None = Field(None, description="Web pages about the record.")
    start_date: str | None = Field(None, description="Day on which it began.")
    end_date: str | None = Field(None, description="Day on which it ended.")


class Subject(NamedThing):
    """The individual or source that samples come from: donor, animal, plant accession, strain."""

    om_class: ClassVar[str] = "Subject"

    organism: OntologyTerm | None = Field(None, description="Organism that the material comes from, or the metagenome\u0027s name.")
    projects: list[str] | None = Field(None, description="Projects that the record belongs to.")
    subject_kind: SubjectKind | None = Field(None, description="What sort of individual or source the subject is.")
    sex: Sex | None = Field(None, description="Sex of the individual, by anatomy or genotype.")
    age: Quantity | None = Field(None, description="Age of the individual when the material was taken.")
    developmental_stage: OntologyTerm | None = Field(None, description="Stage of development or life of the individual when the material was taken.")
    birth_date: str | None = Field(None, description="Day of birth.")
    death_date: str | None = Field(None, description="Day of death.")
    birth_place: Place | None = Field(None, description="Country and region of birth.")
    is_alive: bool | None = Field(None, description="Whether the individual was alive at the last follow-up.")
    survival_time: Quantity | None = Field(None, description="Time from diagnosis or enrolment to death or last follow-up.")
    ancestry: list[OntologyTerm] | None = Field(None, description="Population that the individual\u0027s forebears come from, by genotype or report.")
    ethnicity: list[OntologyTerm] | None = Field(None, description="Group that the individual identifies with.")
    disease: list[OntologyTerm] | None = Field(None, description="Disease of the individual, or \u0027normal\u0027 where there is none.")
    disease_stage: str | None = Field(None, description="Stage of the disease when the material was taken.")
    disease_outcome: str | None = Field(None, description="How the disease went on.")
    health_state: str | None = Field(None, description="Health of the individual at the time of sampling.")
    phenotype: list[OntologyTerm] | None = Field(None, description="Observable traits of the individual or the material.")
    diagnosis_date: str | None = Field(None, description="Day of the diagnosis.")
    medical_history: list[str] | None = Field(None, description="Earlier and other illnesses, operations and findings.")
    strain: str | None = Field(None, description="Inbred line, strain or stock of the organism.")
    isolate: str | None = Field(None, description="Name of the individual isolate.")
    breed: str | None = Field(None, description="Breed of a domesticated animal.")
    cultivar: str | None = Field(None, description="Cultivated variety of a plant.")
    ecotype: str | None = Field(None, description="Population within the species that is adapted to a habitat.")
    genotype: str | None = Field(None, description="Observed genotype of the individual or the material.")
    genetic_modification: list[str] | None = Field(None, description="What was changed in the genome on purpose.")
    karyotype: str | None = Field(None, description="Number and form of the chromosomes.")
    ploidy: str | None = Field(None, description="Number of chromosome sets.")
    population: str | None = Field(None, description="Population that the individual was drawn from.")
    experiment_group: str | None = Field(None, description="Group of the design that the individual belongs to, such as case or control.")
    treatment: list[str] | None = Field(None, description="What was done to the individual or the material on purpose.")
    medication: list[str] | None = Field(None, description="Medicines that the individual took.")
    smoking_status: str | None = Field(None, description="Whether the individual smokes or smoked.")
    alcohol_status: str | None = Field(None, description="Whether and how much the individual drinks.")
    diet: str | None = Field(None, description="What the individual eats.")
    height: Quantity | None = Field(None, description="Body height or length.")
    body_weight: Quantity | None = Field(None, description="Body mass.")
    body_mass_index: Quantity | None = Field(None, description="Body mass divided by the square of height.")
    occupation: str | None = Field(None, description="Work of the individual.")
    education: str | None = Field(None, description="Highest level of schooling.")
    family_id: str | None = Field(None, description="Identifier of the family that the individual belongs to.")
    family_relationship: str | None = Field(None, description="Role of the individual within the family.")
    parents: list[str] | None = Field(None, description="Mother and father of the individual.")
    twin: str | None = Field(None, description="Whether the individual has a twin, and of which kind.")
    menopausal_status: str | None = Field(None, description="Menopausal status of the individual.")
    pregnancy_status: str | None = Field(None, description="Whether the individual is pregnant, or when.")
    residence: Place | None = Field(None, description="Country and region where the individual lives.")
    breeding_history: str | None = Field(None, description="How the individual or line was bred.")
    breeding_method: str | None = Field(None, description="Method of breeding.")
    stud_book_number: str | None = Field(None, description="Number in a stud or herd book.")
    biomaterial_provider: str | None = Field(None, description="Person, laboratory or collection that gave the material.")
    measurements: list[Attribute] | None = Field(None, description="Quantities that were measured on the sample or on the one it came from, each with its name and unit.")
    factor_values: list[Attribute] | None = Field(None, description="Values of the study\u0027s variables for this record.")


class MaterialEntity(NamedThing):
    """Any physical material that is sampled, made or measured."""

    om_class: ClassVar[str] = "MaterialEntity"

    organism: OntologyTerm | None = Field(None, description="Organism that the material comes from, or the metagenome\u0027s name.")
    projects: list[str] | None = Field(None, description="Projects that the record belongs to.")
    studies: list[str] | None = Field(None, description="Studies that the record belongs to.")
    derived_from: list[str] | None = Field(None, description="Material that this one was made or taken from.")
    subject: list[str] | None = Field(None, description="Individuals that the material comes from.")
    sample_type: OntologyTerm | None = Field(None, description="Kind of sample, such as tissue sample, cell culture or environmental sample.")
    material_type: OntologyTerm | None = Field(None, description="Kind of material, such as tissue, cell, organism part, DNA or RNA.")
    amount: Quantity | None = Field(None, description="Amount of material: mass, volume or number of cells.")
    biological_replicate: str | None = Field(None, description="Number or name of the biological replicate.")
    batch: str | None = Field(None, description="Batch in which the material was prepared or measured.")
    storage_conditions: str | None = Field(None, description="How the material was kept between sampling and use.")
    storage_temperature: Quantity | None = Field(None, description="Temperature at which the material was kept.")
    storage_duration: Quantity | None = Field(None, description="How long the material was kept before use.")
    storage_location: str | None = Field(None, description="Place where the material was kept.")
    preservation_method: str | None = Field(None, description="How the material was fixed or preserved.")
    factor_values: list[Attribute] | None = Field(None, description="Values of the study\u0027s variables for this record.")


class Biosample(MaterialEntity):
    """Biological material that was taken from a subject or an environment, as it is registered."""

    om_class: ClassVar[str] = "Biosample"

    tissue: OntologyTerm | None = Field(None, description="Part of the body or plant that the material was taken from.")
    cell_type: list[OntologyTerm] | None = Field(None, description="Types of cell in the material.")
    cell_subtype: str | None = Field(None, description="Finer type of cell, where no ontology term exists.")
    cell_line: OntologyTerm | None = Field(None, description="Cell line that the material is.")
    developmental_stage: OntologyTerm | None = Field(None, description="Stage of development or life of the individual when the material was taken.")
    disease: list[OntologyTerm] | None = Field(None, description="Disease of the individual, or \u0027normal\u0027 where there is none.")
    disease_stage: str | None = Field(None, description="Stage of the disease when the material was taken.")
    disease_outcome: str | None = Field(None, description="How the disease went on.")
    health_state: str | None = Field(None, description="Health of the individual at the time of sampling.")
    tumour_grade: str | None = Field(None, description="Grade of a tumour.")
    tumour_stage: str | None = Field(None, description="Stage of a tumour.")
    sampling_site: OntologyTerm | None = Field(None, description="Where the sample lay relative to the lesion or organ, such as tumour core or adjacent normal tissue.")
    sex: Sex | None = Field(None, description="Sex of the individual, by anatomy or genotype.")
    age: Quantity | None = Field(None, description="Age of the individual when the material was taken.")
    strain: str | None = Field(None, description="Inbred line, strain or stock of the organism.")
    isolate: str | None = Field(None, description="Name of the individual isolate.")
    breed: str | None = Field(None, description="Breed of a domesticated animal.")
    cultivar: str | None = Field(None, description="Cultivated variety of a plant.")
    ecotype: str | None = Field(None, description="Population within the species that is adapted to a habitat.")
    genotype: str | None = Field(None, description="Observed genotype of the individual or the material.")
    genetic_modification: list[str] | None = Field(None, description="What was changed in the genome on purpose.")
    genetic_background: str | None = Field(None, description="Strain or line in which a genetic change was made.")
    karyotype: str | None = Field(None, description="Number and form of the chromosomes.")
    ploidy: str | None = Field(None, description="Number of chromosome sets.")
    population: str | None = Field(None, description="Population that the individual was drawn from.")
    phenotype: list[OntologyTerm] | None = Field(None, description="Observable traits of the individual or the material.")
    ancestry: list[OntologyTerm] | None = Field(None, description="Population that the individual\u0027s forebears come from, by genotype or report.")
    ethnicity: list[OntologyTerm] | None = Field(None, description="Group that the individual identifies with.")
    individual_name: str | None = Field(None, description="Name or number of the individual as written beside the sample.")
    birth_date: str | None = Field(None, description="Day of birth.")
    death_date: str | None = Field(None, description="Day of death.")
    birth_place: Place | None = Field(None, description="Country and region of birth.")
    breeding_history: str | None = Field(None, description="How the individual or line was bred.")
    breeding_method: str | None = Field(None, description="Method of breeding.")
    stud_book_number: str | None = Field(None, description="Number in a stud or herd book.")
    height: Quantity | None = Field(None, description="Body height or length.")
    body_weight: Quantity | None = Field(None, description="Body mass.")
    body_mass_index: Quantity | None = Field(None, description="Body mass divided by the square of height.")
    experiment_group: str | None = Field(None, description="Group of the design that the individual belongs to, such as case or control.")
    treatment: list[str] | None = Field(None, description="What was done to the individual or the material on purpose.")
    compound: list[OntologyTerm] | None = Field(None, description="Chemical that the material was treated with.")
    dose: Quantity | None = Field(None, description="Dose or concentration of what was given.")
    time_point: Quantity | None = Field(None, description="Time since the start of a treatment, infection or experiment.")
    growth_protocol: str | None = Field(None, description="How the organism or cells were grown.")
    growth_conditions: str | None = Field(None, description="Conditions under which the organism or cells grew.")
    growth_medium: str | None = Field(None, description="Medium in which the organism or cells grew, with its supplements.")
    growth_phase: str | None = Field(None, description="Phase of growth when the material was taken.")
    treatment_protocol: str | None = Field(None, description="How the treatment was done.")
    extraction_protocol: str | None = Field(None, description="How nucleic acids, proteins or metabolites were taken out.")
    passage_number: str | None = Field(None, description="Number of passages of the cells.")
    passage_history: str | None = Field(None, description="How and how often an isolate was passaged.")
    optical_density: str | None = Field(None, description="Optical density of the culture.")
    perturbation: list[str] | None = Field(None, description="What was done to the environment of the sample.")
    collection_date: str | None = Field(None, description="When the sample was taken.")
    collected_by: list[str] | None = Field(None, description="Who took the sample.")
    identified_by: list[str] | None = Field(None, description="Who identified the organism.")
    collection_method: str | None = Field(None, description="How the sample was taken.")
    collection_device: str | None = Field(None, description="Device with which the sample was taken.")
    collection_place: Place | None = Field(None, description="Country or sea where the sample was taken, with the region below it.")
    collection_location: GeoPoint | None = Field(None, description="Position where the sample was taken, in decimal degrees (WGS 84).")
    continent: str | None = Field(None, description="Continent or ocean of the place where the sample was taken.")
    altitude: Quantity | None = Field(None, description="Height of the sampling point above the ground or sea, as in air.")
    elevation: Quantity | None = Field(None, description="Height of the sampling site above sea level.")
    depth: Quantity | None = Field(None, description="Depth below the surface of ground, sediment or water.")
    isolation_source: str | None = Field(None, description="Physical, environmental or bodily source that the sample or isolate came from.")
    env_broad_scale: OntologyTerm | None = Field(None, description="The major environmental system (biome) that the sample comes from.")
    env_local_scale: OntologyTerm | None = Field(None, description="Entities near the sample that have causal influence on it.")
    env_medium: OntologyTerm | None = Field(None, description="Material that surrounded the sample when it was taken.")
    habitat_classes: list[str] | None = Field(None, description="Classes of a habitat scheme that the sample falls into, the broad ones among them.")
    measurements: list[Attribute] | None = Field(None, description="Quantities that were measured on the sample or on the one it came from, each with its name and unit.")
    site_conditions: list[Attribute] | None = Field(None, description="Conditions of the place that a sample comes from and of what was done there before, each under its name.")
    regimens: list[Attribute] | None = Field(None, description="Treatments that an organism was kept under for some time, each under its name.")
    determination_methods: list[Attribute] | None = Field(None, description="Methods and references by which a property was determined, each under the name of the method\u0027s field.")
    host_conditions: list[Attribute] | None = Field(None, description="Circumstances and history of the host of a sample, each under its name.")
    laboratory_tests: list[Attribute] | None = Field(None, description="Laboratory tests of a sample: what was looked for, by which method, and what came out, each under its name.")
    organism_qualifiers: list[Attribute] | None = Field(None, description="Further names and ranks of the organism beside its taxon, each under its qualifier.")
    environment_package: str | None = Field(None, description="Kind of environment, by which a standard says what is to be told of the sample.")
    checklists: list[str] | None = Field(None, description="Checklists, packages and models of an archive or a standard that the record was checked against.")
    collection_site: str | None = Field(None, description="Name of the station, plot or other place where the sample was taken, as the collectors call it.")
    campaign: str | None = Field(None, description="Cruise, expedition or campaign in which the sample was taken.")
    time_of_day: str | None = Field(None, description="Time of the day at which the sample was taken, where the date does not carry it.")
    temperature: Quantity | None = Field(None, description="Temperature of the sample or its surroundings when it was taken.")
    ph: Decimal | None = Field(None, description="Acidity (pH) of the sample or its surroundings.")
    salinity: Quantity | None = Field(None, description="Concentration of salts in the sample.")
    oxygenation_status: str | None = Field(None, description="Whether the sample was aerobic or anaerobic.")
    relationship_to_oxygen: str | None = Field(None, description="Whether the organism needs, bears or shuns oxygen.")
    trophic_level: str | None = Field(None, description="How the organism feeds, or its place in the food chain.")
    biotic_relationship: str | None = Field(None, description="How the organism lives with its host or neighbours.")
    pathogenicity: str | None = Field(None, description="What the organism is known to be a pathogen of.")
    organism_count: str | None = Field(None, description="Count of cells or organisms in the sample, with its method.")
    size_fraction: str | None = Field(None, description="Fraction of particle sizes that was kept.")
    size_fraction_lower: Quantity | None = Field(None, description="Smallest size of the particles that were kept.")
    size_fraction_upper: Quantity | None = Field(None, description="Largest size of the particles that were kept.")
    biomaterial_provider: str | None = Field(None, description="Person, laboratory or collection that gave the material.")
    culture_collection: list[str] | None = Field(None, description="Culture collection and number of the strain.")
    specimen_voucher: list[str] | None = Field(None, description="Voucher of the specimen in a collection.")
    type_material: str | None = Field(None, description="Whether the material is the type of a name.")
    source_material_id: list[str] | None = Field(None, description="Identifier of the material in the hands of those who took it.")
    reference_for_biomaterial: str | None = Field(None, description="Publication or genome report about the material.")
    pathotype: str | None = Field(None, description="Pathogenic group of the strain.")
    serotype: str | None = Field(None, description="Serological type.")
    serovar: str | None = Field(None, description="Serological variety below the species.")
    subgroup: str | None = Field(None, description="Taxonomic or genetic group below the subspecies.")
    subtype: str | None = Field(None, description="Genetic type below the species, mostly of viruses.")
    subspecific_lineage: str | None = Field(None, description="Genetic lineage below the species.")
    propagation: str | None = Field(None, description="How the organism propagates, such as lytic or sexual.")
    encoded_traits: str | None = Field(None, description="Traits that a plasmid or virus carries.")
    estimated_genome_size: str | None = Field(None, description="Estimated size of the genome.")
    replicon_count: str | None = Field(None, description="Number of chromosomes and plasmids of the genome.")
    locus_tag_prefix: list[str] | None = Field(None, description="What the names of the genes of an annotated genome begin with.")
    metagenome_source: OntologyTerm | None = Field(None, description="The kind of metagenome that a genome was assembled from.")
    component_organisms: list[OntologyTerm] | None = Field(None, description="Organisms that a mixed sample consists of.")
    is_control: bool | None = Field(None, description="True where the material serves as a control.")
    control_type: str | None = Field(None, description="What the control controls for.")
    mock_community: str | None = Field(None, description="Name and make-up of a mock community.")
    is_pooled: bool | None = Field(None, description="True where the material joins several samples.")
    purpose_of_sampling: str | None = Field(None, description="Why the sample was taken.")
    purpose_of_sequencing: str | None = Field(None, description="Why the sample was sequenced.")
    sample_material_processing: str | None = Field(None, description="What was done to the sample before extraction.")
    sample_for_dna_extraction: Quantity | None = Field(None, description="Amount of sample that went into the extraction.")
    chemical_administration: list[str] | None = Field(None, description="Chemicals given to the host or site.")
    experimental_factor: list[str] | None = Field(None, description="The variable of the design, as named beside the sample.")
    host: OntologyTerm | None = Field(None, description="Organism that the sample\u0027s organism lives in or on.")
    laboratory_host: str | None = Field(None, description="Organism or cells in which a virus or strain was propagated in the laboratory, as given.")
    host_subject_id: str | None = Field(None, description="Identifier of the host individual.")
    host_disease: list[OntologyTerm] | None = Field(None, description="Disease of the host.")
    host_disease_stage: str | None = Field(None, description="Stage of the host\u0027s disease at the time of sampling.")
    host_disease_outcome: str | None = Field(None, description="How the host\u0027s disease ended.")
    host_health_state: str | None = Field(None, description="Health of the host at the time of sampling.")
    host_age: Quantity | None = Field(None, description="Age of the host at the time of sampling.")
    host_sex: Sex | None = Field(None, description="Sex of the host.")
    host_tissue: OntologyTerm | None = Field(None, description="Part of the host\u0027s body that the sample was taken from.")
    host_body_product: OntologyTerm | None = Field(None, description="Substance produced by the host\u0027s body, such as stool.")
    host_body_habitat: str | None = Field(None, description="Region of the host\u0027s body that is lived in.")
    host_genotype: str | None = Field(None, description="Genotype of the host.")
    host_phenotype: list[str] | None = Field(None, description="Traits of the host.")
    host_developmental_stage: str | None = Field(None, description="Stage of life of the host.")
    host_height: Quantity | None = Field(None, description="Height or length of the host.")
    host_body_weight: Quantity | None = Field(None, description="Mass of the host.")
    host_body_mass_index: Quantity | None = Field(None, description="Body mass index of the host.")
    host_body_temperature: Quantity | None = Field(None, description="Core temperature of the host.")
    host_diet: list[str] | None = Field(None, description="What the host eats.")
    host_last_meal: str | None = Field(None, description="Last meal of the host, with the time since.")
    host_family_relationship: list[str] | None = Field(None, description="Other sampled hosts that the host is related to.")
    host_occupation: str | None = Field(None, description="Occupation of a human host.")
    host_pulse: Quantity | None = Field(None, description="Resting pulse of the host.")
    host_description: str | None = Field(None, description="Further facts about the host.")
    host_disorder: list[str] | None = Field(None, description="Disorders of the host, each as written.")
    host_specificity: str | None = Field(None, description="Range of hosts that the organism can live in.")
    organizations: list[str] | None = Field(None, description="Institutions that stand behind the record.")
    contacts: list[str] | None = Field(None, description="People to ask about the record.")
    publications: list[str] | None = Field(None, description="Articles that describe the record.")
    urls: list[str] | None = Field(None, description="Web pages about the record.")
    access_type: AccessType | None = Field(None, description="Whether anyone may take the data or access must be asked for.")
    registration_status: str | None = Field(None, description="State of the record in its archive, such as live, suppressed or withdrawn.")
    status_date: str | None = Field(None, description="Day since which the record is in its state.")
    submission_account: list[str] | None = Field(None, description="Account or domain of an archive that owns the record.")
    broker: str | None = Field(None, description="Who handed the record to the archive for its owner.")
    submission_date: str | None = Field(None, description="Day on which it was handed to the archive.")
    release_date: str | None = Field(None, description="Day from which it may be seen in public.")
    last_update_date: str | None = Field(None, description="Day of its last change in the archive.")


class Material(MaterialEntity):
    """Material made from a sample in the laboratory: extract, pool, fraction, section, suspension."""

    om_class: ClassVar[str] = "Material"

    material_kind: MaterialKind | None = Field(None, description="What was made from the sample: extract, pool, section, suspension and so on.")
    molecule_type: MoleculeType | None = Field(None, description="Molecule that was taken out or read.")
    sample_label: OntologyTerm | None = Field(None, description="Isotope tag, dye or other label that marks the sample in a mixture.")
    channel: str | None = Field(None, description="Channel in which the label is read.")
    fraction_identifier: str | None = Field(None, description="Number or name of the fraction, 1 where there was no fractionation.")
    extraction_protocol: str | None = Field(None, description="How nucleic acids, proteins or metabolites were taken out.")
    extraction_kit: str | None = Field(None, description="Kit used for extraction.")
    concentration: Quantity | None = Field(None, description="Concentration of the extract or suspension.")
    volume: Quantity | None = Field(None, description="Volume of the material.")
    rna_integrity_number: Decimal | None = Field(None, description="RNA integrity number (RIN).")
    dv200: Quantity | None = Field(None, description="Share of RNA fragments longer than 200 nucleotides.")
    dna_integrity_number: Decimal | None = Field(None, description="DNA integrity number (DIN).")
    absorbance_260_280: Decimal | None = Field(None, description="Ratio of absorbance at 260 and 280 nm.")
    absorbance_260_230: Decimal | None = Field(None, description="Ratio of absorbance at 260 and 230 nm.")
    cell_viability: Quantity | None = Field(None, description="Share of living cells.")
    cell_count: int | None = Field(None, description="Number of cells.")
    passage_number: str | None = Field(None, description="Number of passages of the cells.")
    growth_medium: str | None = Field(None, description="Medium in which the organism or cells grew, with its supplements.")
    section_thickness: Quantity | None = Field(None, description="Thickness of the tissue section.")
    section_width: Quantity | None = Field(None, description="Width of the tissue section.")
    section_length: Quantity | None = Field(None, description="Length of the tissue section.")
    section_position: str | None = Field(None, description="Position of the section among those cut from the block, such as 355/1000.")
    section_plane: str | None = Field(None, description="Plane or anatomical view of the section.")
    section_temperature: Quantity | None = Field(None, description="Temperature at which the section was cut.")
    embedding_method: str | None = Field(None, description="Medium in which, and way in which, the tissue was embedded.")
    staining: list[str] | None = Field(None, description="Stains applied.")
    permeabilisation_time: Quantity | None = Field(None, description="How long the tissue was made permeable.")
    tissue_score: Decimal | None = Field(None, description="Score of a large block that was cut smaller before sectioning.")


class Process(NamedThing):
    """A protocol applied at one time to given inputs, with its settings and outputs."""

    om_class: ClassVar[str] = "Process"

    process_type: ProcessType | None = Field(None, description="Kind of process.")
    protocol: str | None = Field(None, description="The protocol that was applied.")
    inputs: list[str] | None = Field(None, description="What went in.")
    outputs: list[str] | None = Field(None, description="What came out.")
    parameters: list[Attribute] | None = Field(None, description="Settings, each with value and unit.")
    performer: str | None = Field(None, description="Who carried it out.")
    start_date: str | None = Field(None, description="Day on which it began.")
    end_date: str | None = Field(None, description="Day on which it ended.")
    instrument: OntologyTerm | None = Field(None, description="Instrument that measured, as an ontology term.")


class Assay(NamedThing):
    """A measurement of one or more materials by one technology."""

    om_class: ClassVar[str] = "Assay"

    samples: list[str] | None = Field(None, description="Materials that were measured or that the file holds.")
    projects: list[str] | None = Field(None, description="Projects that the record belongs to.")
    studies: list[str] | None = Field(None, description="Studies that the record belongs to.")
    datasets: list[str] | None = Field(None, description="Data sets that the record is filed in.")
    omics_layer: OmicsLayer | None = Field(None, description="The layer of biology that the assay measures.")
    technology_type: OntologyTerm | None = Field(None, description="Technology of the assay, as an ontology term.")
    measurement_type: OntologyTerm | None = Field(None, description="What the assay measures, as an ontology term.")
    platform_name: str | None = Field(None, description="Platform of the assay in the lab\u0027s words.")
    assay_design: str | None = Field(None, description="How the assay or library was set up.")
    protocols: list[str] | None = Field(None, description="Protocols that were followed.")
    parameters: list[Attribute] | None = Field(None, description="Settings, each with value and unit.")
    technical_replicate: str | None = Field(None, description="Number or name of the technical replicate.")
    biological_replicate: str | None = Field(None, description="Number or name of the biological replicate.")
    batch: str | None = Field(None, description="Batch in which the material was prepared or measured.")
    performed_by: str | None = Field(None, description="Laboratory or person that carried the assay out.")
    assay_date: str | None = Field(None, description="Day of the measurement.")
    submission_date: str | None = Field(None, description="Day on which it was handed to the archive.")
    release_date: str | None = Field(None, description="Day from which it may be seen in public.")
    last_update_date: str | None = Field(None, description="Day of its last change in the archive.")
    organizations: list[str] | None = Field(None, description="Institutions that stand behind the record.")
    broker: str | None = Field(None, description="Who handed the record to the archive for its owner.")
    factor_values: list[Attribute] | None = Field(None, description="Values of the study\u0027s variables for this record.")
    conforms_to: list[str] | None = Field(None, description="Names and versions of the templates or reporting standards that the record follows.")


class SequencingAssay(Assay):
    """A sequencing library with the way it is sequenced (an experiment of the sequence archives)."""

    om_class: ClassVar[str] = "SequencingAssay"

    library_name: str | None = Field(None, description="Name of the library in the laboratory.")
    library_strategy: LibraryStrategy | None = Field(None, description="Sequencing technique that the library is made for.")
    library_source: LibrarySource | None = Field(None, description="Kind of molecule or material that is read.")
    library_selection: LibrarySelection | None = Field(None, description="How the molecules of the library were selected or enriched.")
    library_layout: LibraryLayout | None = Field(None, description="Whether fragments are read from one end or both.")
    platform: Platform | None = Field(None, description="Family of sequencing machines.")
    instrument_model: InstrumentModel | None = Field(None, description="Model of the sequencing machine.")
    library_construction_protocol: str | None = Field(None, description="How the library was built.")
    library_kit: str | None = Field(None, description="Kit with which the library was built.")
    sequencing_kit: str | None = Field(None, description="Kit used on the sequencing machine.")
    read_length_1: int | None = Field(None, description="Length of the first read in bases.")
    read_length_2: int | None = Field(None, description="Length of the second read in bases.")
    insert_size: Quantity | None = Field(None, description="Size of the fragment between the adapters.")
    nominal_length: int | None = Field(None, description="Intended size of the insert in bases.")
    nominal_deviation: Decimal | None = Field(None, description="Standard deviation of the insert size in bases.")
    planned_cycles: int | None = Field(None, description="Cycles that the run was planned for.")
    spot_layout: str | None = Field(None, description="Positions of barcodes and inserts in the reads.")
    strandedness: Strandedness | None = Field(None, description="Which strand the reads stand for.")
    molecule_type: MoleculeType | None = Field(None, description="Molecule that was taken out or read.")
    adapters: list[str] | None = Field(None, description="Adapter sequences, one each.")
    multiplex_identifiers: list[str] | None = Field(None, description="Index or barcode sequences of the sample in the library.")
    sequencing_method: str | None = Field(None, description="How the sequencing was done, in words.")
    sequencing_depth: str | None = Field(None, description="Depth or amount of sequence that was aimed at or reached.")
    amplification_cycles: int | None = Field(None, description="PCR cycles during library preparation.")
    target_gene: list[str] | None = Field(None, description="Gene or locus that was amplified or captured.")
    target_subfragment: list[str] | None = Field(None, description="Part of the target gene, such as V4.")
    pcr_primers: list[str] | None = Field(None, description="Primer names and sequences.")
    pcr_conditions: str | None = Field(None, description="Temperatures and times of the PCR.")
    nucleic_acid_extraction: str | None = Field(None, description="How nucleic acids were taken out, or a link to the protocol.")
    nucleic_acid_amplification: str | None = Field(None, description="How nucleic acids were amplified, or a link to the protocol.")
    reference_assembly: str | None = Field(None, description="Name or accession of the reference genome.")
    reference_url: str | None = Field(None, description="Web address of the reference genome.")


class GenomicsAssay(SequencingAssay):
    """Sequencing of genomes or chosen regions of them."""

    om_class: ClassVar[str] = "GenomicsAssay"

    target_regions: str | None = Field(None, description="Regions of the genome that were aimed at.")
    capture_kit: str | None = Field(None, description="Kit with which the regions were captured.")
    restriction_enzymes: list[str] | None = Field(None, description="Restriction enzymes used.")
    expected_coverage: Decimal | None = Field(None, description="Depth of coverage that was aimed at.")
    matched_control: list[str] | None = Field(None, description="Normal sample of the same individual to compare with.")


class TranscriptomicsAssay(SequencingAssay):
    """Sequencing of transcripts of bulk material."""

    om_class: ClassVar[str] = "TranscriptomicsAssay"

    rna_enrichment: str | None = Field(None, description="How the wanted RNA was enriched or rRNA removed.")
    spike_in: str | None = Field(None, description="Spike-in added.")
    end_bias: str | None = Field(None, description="End of the transcript that the reads favour.")
    primer: str | None = Field(None, description="Primer of reverse transcription.")


class EpigenomicsAssay(SequencingAssay):
    """Sequencing that reads marks, contacts or openness of DNA and chromatin."""

    om_class: ClassVar[str] = "EpigenomicsAssay"

    assay_target: str | None = Field(None, description="Protein, mark or modification that the assay looks at.")
    antibody: str | None = Field(None, description="Antibody used, by name.")
    antibody_supplier: str | None = Field(None, description="Maker of the antibody.")
    antibody_catalogue_number: str | None = Field(None, description="Catalogue number of the antibody.")
    antibody_lot: str | None = Field(None, description="Lot of the antibody.")
    control_assay: list[str] | None = Field(None, description="Assays that serve as input or background control.")
    fragmentation_method: str | None = Field(None, description="How the chromatin or DNA was broken.")
    fragment_size: Quantity | None = Field(None, description="Size of the fragments after breaking.")
    crosslinking: str | None = Field(None, description="Cross-linking agent, time and temperature.")
    bisulfite_conversion: str | None = Field(None, description="Kit or protocol of bisulfite or enzymatic conversion.")
    restriction_enzymes: list[str] | None = Field(None, description="Restriction enzymes used.")


class MetagenomicsAssay(SequencingAssay):
    """Sequencing of a community: shotgun, transcripts or marker genes."""

    om_class: ClassVar[str] = "MetagenomicsAssay"

    library_size: int | None = Field(None, description="Number of clones or fragments in the library.")
    library_vector: str | None = Field(None, description="Vector of a clone library.")
    library_screening: str | None = Field(None, description="Strategy by which clones were screened.")
    reference_database: str | None = Field(None, description="Database that sequences were compared with.")
    contamination_screen: str | None = Field(None, description="How contamination was looked for.")
    host_depletion: str | None = Field(None, description="How host reads or cells were removed.")
    size_fraction: str | None = Field(None, description="Fraction of particle sizes that was kept.")
    sequence_quality_check: str | None = Field(None, description="Whether sequences were checked by software or by hand.")
    chimera_check: str | None = Field(None, description="Software that removed chimeras.")


class SingleCellAssay(SequencingAssay):
    """Sequencing that tells single cells or nuclei apart."""

    om_class: ClassVar[str] = "SingleCellAssay"

    single_cell_method: str | None = Field(None, description="Name of the single-cell protocol.")
    chemistry: str | None = Field(None, description="Version of the reagents that make the barcoded library.")
    single_cell_isolation: str | None = Field(None, description="How cells or nuclei were set apart.")
    suspension_type: SuspensionType | None = Field(None, description="Whether cells or nuclei were suspended.")
    feature_types: list[str] | None = Field(None, description="What is read in each cell besides RNA, such as antibody tags.")
    target_cell_count: int | None = Field(None, description="Cells or nuclei that were aimed at.")
    cell_count: int | None = Field(None, description="Number of cells.")
    cell_barcode_read: str | None = Field(None, description="Read in which the cell barcode stands.")
    cell_barcode_offset: int | None = Field(None, description="First base of the cell barcode.")
    cell_barcode_length: int | None = Field(None, description="Length of the cell barcode in bases.")
    umi_barcode_read: str | None = Field(None, description="Read in which the molecular identifier stands.")
    umi_barcode_offset: int | None = Field(None, description="First base of the molecular identifier.")
    umi_barcode_length: int | None = Field(None, description="Length of the molecular identifier in bases.")
    sample_barcode: str | None = Field(None, description="Barcode that tells samples apart within the library.")
    cdna_read: str | None = Field(None, description="Read in which the cDNA stands.")
    cdna_offset: int | None = Field(None, description="First base of the cDNA.")
    cdna_length: int | None = Field(None, description="Length of the cDNA in bases.")
    input_molecule: str | None = Field(None, description="Molecule that reverse transcription starts from.")
    end_bias: str | None = Field(None, description="End of the transcript that the reads favour.")
    primer: str | None = Field(None, description="Primer of reverse transcription.")
    spike_in: str | None = Field(None, description="Spike-in added.")
    hashing_method: str | None = Field(None, description="How several samples were mixed and told apart.")
    cell_viability: Quantity | None = Field(None, description="Share of living cells.")


class Run(NamedThing):
    """One pass of an instrument for an assay, which gives data files."""

    om_class: ClassVar[str] = "Run"

    assay: str | None = Field(None, description="The assay that the run belongs to.")
    samples: list[str] | None = Field(None, description="Materials that were measured or that the file holds.")
    projects: list[str] | None = Field(None, description="Projects that the record belongs to.")
    datasets: list[str] | None = Field(None, description="Data sets that the record is filed in.")
    data_files: list[str] | None = Field(None, description="Files that belong to the record.")
    file_format: FileFormat | None = Field(None, description="Format of the file.")
    run_date: str | None = Field(None, description="Day on which the run was made.")
    platform_unit: str | None = Field(None, description="Flow cell, lane and barcode as one text.")
    flowcell_id: str | None = Field(None, description="Identifier of the flow cell.")
    lane: str | None = Field(None, description="Lane of the flow cell.")
    run_center: str | None = Field(None, description="Centre where the machine stood.")
    spots: int | None = Field(None, description="Number of spots (fragments) in the run.")
    bases: int | None = Field(None, description="Number of bases in the run.")
    average_length: Decimal | None = Field(None, description="Average length of a spot in bases.")
    reference_assembly: str | None = Field(None, description="Name or accession of the reference genome.")
    reference_url: str | None = Field(None, description="Web address of the reference genome.")
    submission_date: str | None = Field(None, description="Day on which it was handed to the archive.")
    release_date: str | None = Field(None, description="Day from which it may be seen in public.")
    data_volume: int | None = Field(None, description="Size of all files of the run in bytes.")
    technical_replicate: str | None = Field(None, description="Number or name of the technical replicate.")
    fraction_identifier: str | None = Field(None, description="Number or name of the fraction, 1 where there was no fractionation.")
    urls: list[str] | None = Field(None, description="Web pages about the record.")
    sample_label: OntologyTerm | None = Field(None, description="Isotope tag, dye or other label that marks the sample in a mixture.")
    channel: str | None = Field(None, description="Channel in which the label is read.")
    spots_with_mates: int | None = Field(None, description="Number of spots of which both mates were read.")
    submission_accession: list[str] | None = Field(None, description="Identifier of the submission with which the record came to its archive.")
    consent: str | None = Field(None, description="Terms under which the subjects let the data be used: public, or the consent code of a controlled archive.")
    storage_formats: list[str] | None = Field(None, description="Forms in which the archive holds the data of the run.")
    storage_providers: list[str] | None = Field(None, description="Stores and clouds that hold the data of the run.")
    storage_regions: list[str] | None = Field(None, description="Regions of the stores and clouds that hold the data of the run.")
    storage_access: list[str] | None = Field(None, description="How the stores and clouds give the data of the run out: to anyone, to whom, from where without a fee.")
    read_statistics: list[Attribute] | None = Field(None, description="Counts over the reads of the run, each with its name, such as how many bases are adenine.")
    access_type: AccessType | None = Field(None, description="Whether anyone may take the data or access must be asked for.")
    last_update_date: str | None = Field(None, description="Day of its last change in the archive.")
    organizations: list[str] | None = Field(None, description="Institutions that stand behind the record.")
    broker: str | None = Field(None, description="Who handed the record to the archive for its owner.")


class DataFile(NamedThing):
    """A file with its name, size, checksum and places."""

    om_class: ClassVar[str] = "DataFile"

    file_name: str | None = Field(None, description="Name of the file, without folder.")
    file_size: int | None = Field(None, description="Size of the file in bytes.")
    md5: str | None = Field(None, description="MD5 checksum of the file, 32 hexadecimal digits.")
    sha256: str | None = Field(None, description="SHA-256 checksum of the file, 64 hexadecimal digits.")
    file_format: FileFormat | None = Field(None, description="Format of the file.")
    data_category: DataCategory | None = Field(None, description="Whether the file is raw, processed, a reference or metadata.")
    locations: list[str] | None = Field(None, description="Addresses from which the bytes can be had.")
    read_index: ReadIndex | None = Field(None, description="Which read of the fragment the file holds.")
    samples: list[str] | None = Field(None, description="Materials that were measured or that the file holds.")
    run: str | None = Field(None, description="The run that made the file.")
    source_files: list[str] | None = Field(None, description="Files that this one was made from.")
    sample_label: OntologyTerm | None = Field(None, description="Isotope tag, dye or other label that marks the sample in a mixture.")
    channel: str | None = Field(None, description="Channel in which the label is read.")
    access_type: AccessType | None = Field(None, description="Whether anyone may take the data or access must be asked for.")
    compression: str | None = Field(None, description="Compression of the file.")
    release_date: str | None = Field(None, description="Day from which it may be seen in public.")
    reference_assembly: str | None = Field(None, description="Name or accession of the reference genome.")


class SpatialAssay(SequencingAssay):
    """Sequencing or counting of molecules with their place in the tissue."""

    om_class: ClassVar[str] = "SpatialAssay"

    spatial_method: str | None = Field(None, description="Name of the spatial technique.")
    slide_id: str | None = Field(None, description="Serial number of the slide or chip.")
    array_id: str | None = Field(None, description="Identifier of the array.")
    capture_area: str | None = Field(None, description="Area of the slide that caught the sample.")
    spot_count: int | None = Field(None, description="Spots or bins under tissue.")
    spot_size: Quantity | None = Field(None, description="Diameter of a spot or edge of a bin.")
    spot_distance: Quantity | None = Field(None, description="Distance between the centres of two spots.")
    resolution: Quantity | None = Field(None, description="Smallest distance that is told apart.")
    panel_name: str | None = Field(None, description="Panel of targets.")
    target_count: int | None = Field(None, description="Number of targets in the panel.")
    permeabilisation_time: Quantity | None = Field(None, description="How long the tissue was made permeable.")
    staining: list[str] | None = Field(None, description="Stains applied.")
    tissue_images: list[str] | None = Field(None, description="Images of the tissue that belong to the assay.")
    chemistry: str | None = Field(None, description="Version of the reagents that make the barcoded library.")
    umi_barcode_read: str | None = Field(None, description="Read in which the molecular identifier stands.")
    umi_barcode_length: int | None = Field(None, description="Length of the molecular identifier in bases.")
    spatial_barcode_length: int | None = Field(None, description="Length of the spatial barcode in bases.")


class ImagingAssay(Assay):
    """A measurement that makes images, such as microscopy of stained tissue."""

    om_class: ClassVar[str] = "ImagingAssay"

    imaging_method: str | None = Field(None, description="Kind of imaging.")
    instrument: OntologyTerm | None = Field(None, description="Instrument that measured, as an ontology term.")
    microscope_objective: str | None = Field(None, description="Objective of the microscope.")
    magnification: str | None = Field(None, description="Magnification.")
    staining: list[str] | None = Field(None, description="Stains applied.")
    fluorophores: list[str] | None = Field(None, description="Fluorescent dyes or proteins.")
    antibodies: list[str] | None = Field(None, description="Antibodies used, by name.")
    channel_names: list[str] | None = Field(None, description="Names of the image channels in order.")
    pixel_size: Quantity | None = Field(None, description="Edge of a pixel on the sample.")
    z_step: Quantity | None = Field(None, description="Distance between two planes.")
    exposure_time: Quantity | None = Field(None, description="Time of exposure of a channel.")
    imaging_cycles: int | None = Field(None, description="Cycles of staining and imaging.")
    panel_name: str | None = Field(None, description="Panel of targets.")
    target_count: int | None = Field(None, description="Number of targets in the panel.")
    resolution: Quantity | None = Field(None, description="Smallest distance that is told apart.")


class MassSpectrometryAssay(Assay):
    """A measurement of masses of molecules."""

    om_class: ClassVar[str] = "MassSpectrometryAssay"

    instrument: OntologyTerm | None = Field(None, description="Instrument that measured, as an ontology term.")
    sample_label: OntologyTerm | None = Field(None, description="Isotope tag, dye or other label that marks the sample in a mixture.")
    channel: str | None = Field(None, description="Channel in which the label is read.")
    fraction_identifier: str | None = Field(None, description="Number or name of the fraction, 1 where there was no fractionation.")
    acquisition_method: OntologyTerm | None = Field(None, description="How the spectrometer chooses what to fragment, such as DDA or DIA.")
    dissociation_method: OntologyTerm | None = Field(None, description="How ions are broken.")
    collision_energy: str | None = Field(None, description="Collision energy, with its unit or as normalised energy.")
    ionisation_method: OntologyTerm | None = Field(None, description="How ions are made.")
    ms1_mass_analyser: OntologyTerm | None = Field(None, description="Analyser of the survey scan.")
    ms2_mass_analyser: OntologyTerm | None = Field(None, description="Analyser of the fragment scan.")
    polarity: ScanPolarity | None = Field(None, description="Polarity of the ions that are scanned.")
    precursor_mass_tolerance: Quantity | None = Field(None, description="Tolerance on the mass of the precursor in the search.")
    fragment_mass_tolerance: Quantity | None = Field(None, description="Tolerance on the mass of fragments in the search.")
    minimum_mz: Decimal | None = Field(None, description="Least m/z that is scanned.")
    maximum_mz: Decimal | None = Field(None, description="Greatest m/z that is scanned.")
    minimum_charge: int | None = Field(None, description="Least charge of precursors.")
    maximum_charge: int | None = Field(None, description="Greatest charge of precursors.")
    minimum_retention_time: Quantity | None = Field(None, description="Start of acquisition on the chromatogram.")
    maximum_retention_time: Quantity | None = Field(None, description="End of acquisition on the chromatogram.")
    isolation_window_width: Quantity | None = Field(None, description="Width of the isolation window.")
    separation: OntologyTerm | None = Field(None, description="How analytes are separated before the spectrometer.")
    fractionation_method: OntologyTerm | None = Field(None, description="How the sample was split into fractions.")
    chromatography_type: str | None = Field(None, description="Kind of chromatography.")
    chromatography_column: str | None = Field(None, description="Column: maker, model, dimensions.")
    mobile_phase: list[str] | None = Field(None, description="Mobile phases in order, A first.")
    gradient: str | None = Field(None, description="Course of the gradient.")
    flow_rate: Quantity | None = Field(None, description="Flow rate of the mobile phase.")
    injection_volume: Quantity | None = Field(None, description="Volume injected.")
    injection_order: int | None = Field(None, description="Position in the injection sequence.")
    sample_role: str | None = Field(None, description="Role of the injection, such as sample, blank or quality control.")
    extraction_protocol: str | None = Field(None, description="How nucleic acids, proteins or metabolites were taken out.")
    enrichment_process: list[OntologyTerm] | None = Field(None, description="What was enriched, such as phosphopeptides.")
    depletion: str | None = Field(None, description="Whether abundant proteins were removed.")
    sample_volume: Quantity | None = Field(None, description="Volume of sample that was used.")
    internal_standard: list[str] | None = Field(None, description="Internal standards added.")
    raw_file_names: list[str] | None = Field(None, description="Names of raw files as written in the assay, where they are not files of the data set.")


class ProteomicsAssay(MassSpectrometryAssay):
    """A mass spectrometry or affinity measurement of proteins."""

    om_class: ClassVar[str] = "ProteomicsAssay"

    cleavage_agents: list[OntologyTerm] | None = Field(None, description="Proteases or chemicals that cut the proteins.")
    missed_cleavages: int | None = Field(None, description="Missed cleavages that the search allows.")
    modification_parameters: list[str] | None = Field(None, description="Modifications of the search in the full notation, one each.")
    modifications: list[OntologyTerm] | None = Field(None, description="Chemical modifications of the search as ontology terms, whether fixed or variable.")
    reduction_reagent: OntologyTerm | None = Field(None, description="Reagent that reduced disulfide bonds.")
    alkylation_reagent: OntologyTerm | None = Field(None, description="Reagent that alkylated cysteines.")
    quantification_method: OntologyTerm | None = Field(None, description="How amounts were measured.")
    cross_linker: OntologyTerm | None = Field(None, description="Reagent that cross-linked proteins.")
    bait: str | None = Field(None, description="Protein that was used as bait.")
    spiked_compounds: list[str] | None = Field(None, description="Compounds or peptides that were added in known amounts.")
    search_database: str | None = Field(None, description="Sequence database that spectra were searched against.")
    mhc_complex: str | None = Field(None, description="MHC complex whose peptides were taken.")
    panel_name: str | None = Field(None, description="Panel of targets.")
    plate: str | None = Field(None, description="Plate and well.")


class MetabolomicsAssay(MassSpectrometryAssay):
    """A mass spectrometry measurement of metabolites or lipids."""

    om_class: ClassVar[str] = "MetabolomicsAssay"

    analyte_class: list[str] | None = Field(None, description="Classes of compound that the method looks for.")
    sample_matrix: str | None = Field(None, description="Matrix of the sample, such as plasma.")
    extraction_solvent: list[str] | None = Field(None, description="Solvents of the extraction.")
    derivatisation: str | None = Field(None, description="How analytes were derivatised.")
    derivatisation_agent: str | None = Field(None, description="Reagent of the derivatisation.")
    carrier_gas: str | None = Field(None, description="Carrier gas.")
    oven_program: str | None = Field(None, description="Temperatures of the oven over time.")
    metabolite_assignment_files: list[str] | None = Field(None, description="Tables that assign metabolites to features.")
    targeted: bool | None = Field(None, description="True where only chosen metabolites are measured.")
    normalisation_method: str | None = Field(None, description="How values were normalised.")


class NMRAssay(Assay):
    """A measurement by nuclear magnetic resonance."""

    om_class: ClassVar[str] = "NMRAssay"

    instrument: OntologyTerm | None = Field(None, description="Instrument that measured, as an ontology term.")
    nmr_probe: str | None = Field(None, description="Probe of the spectrometer.")
    tube_type: str | None = Field(None, description="Tube that held the sample.")
    solvent: str | None = Field(None, description="Solvent of the sample.")
    sample_ph: Decimal | None = Field(None, description="Acidity (pH) of the sample in the tube.")
    acquisition_temperature: Quantity | None = Field(None, description="Temperature during the measurement.")
    magnetic_field_strength: Quantity | None = Field(None, description="Strength of the magnetic field.")
    irradiation_frequency: Quantity | None = Field(None, description="Frequency at which the observed nucleus resonates.")
    pulse_sequence: str | None = Field(None, description="Pulse sequence.")
    number_of_transients: int | None = Field(None, description="Scans that were added up.")
    relaxation_delay: Quantity | None = Field(None, description="Delay between two scans.")
    acquisition_nucleus: str | None = Field(None, description="Nucleus that was observed, such as 1H.")
    internal_standard: list[str] | None = Field(None, description="Internal standards added.")
    extraction_protocol: str | None = Field(None, description="How nucleic acids, proteins or metabolites were taken out.")
    raw_file_names: list[str] | None = Field(None, description="Names of raw files as written in the assay, where they are not files of the data set.")


class Analysis(NamedThing):
    """A computation on data: its inputs, software, settings, reference and outputs."""

    om_class: ClassVar[str] = "Analysis"

    analysis_type: AnalysisType | None = Field(None, description="Kind of analysis.")
    inputs: list[str] | None = Field(None, description="What went in.")
    outputs: list[str] | None = Field(None, description="What came out.")
    software: list[str] | None = Field(None, description="Programs with their versions.")
    parameters: list[Attribute] | None = Field(None, description="Settings, each with value and unit.")
    pipeline_url: str | None = Field(None, description="Web address of the workflow.")
    analysis_date: str | None = Field(None, description="Day of the analysis.")
    analysis_center: str | None = Field(None, description="Where the analysis was done.")
    projects: list[str] | None = Field(None, description="Projects that the record belongs to.")
    studies: list[str] | None = Field(None, description="Studies that the record belongs to.")
    datasets: list[str] | None = Field(None, description="Data sets that the record is filed in.")
    samples: list[str] | None = Field(None, description="Materials that were measured or that the file holds.")
    reference_assembly: str | None = Field(None, description="Name or accession of the reference genome.")
    reference_url: str | None = Field(None, description="Web address of the reference genome.")
    genome_build: str | None = Field(None, description="Genome build that positions refer to.")
    assembly_method: str | None = Field(None, description="How the genome was assembled.")
    assembly_name: str | None = Field(None, description="Name of the assembly that was made.")
    genome_coverage: Decimal | None = Field(None, description="Depth of coverage of the assembly.")
    assembly_quality: str | None = Field(None, description="Quality of the assembly.")
    annotation_method: str | None = Field(None, description="How features were annotated.")
    normalisation_method: str | None = Field(None, description="How values were normalised.")
    data_processing: list[str] | None = Field(None, description="Steps of data processing in order.")
    reference_database: str | None = Field(None, description="Database that sequences were compared with.")
    search_database: str | None = Field(None, description="Sequence database that spectra were searched against.")
    organizations: list[str] | None = Field(None, description="Institutions that stand behind the record.")
    broker: str | None = Field(None, description="Who handed the record to the archive for its owner.")


class ArrayAssay(Assay):
    """A measurement on an array: hybridisation of nucleic acids, or binding of proteins."""

    om_class: ClassVar[str] = "ArrayAssay"

    array_design: str | None = Field(None, description="Name or accession of the array design.")
    array_design_url: str | None = Field(None, description="Web address of the array design.")
    sample_label: OntologyTerm | None = Field(None, description="Isotope tag, dye or other label that marks the sample in a mixture.")
    channel: str | None = Field(None, description="Channel in which the label is read.")
    labelled_extract: list[str] | None = Field(None, description="The labelled extracts that were put on the array.")
    hybridisation_protocol: str | None = Field(None, description="How the array was hybridised.")
    scan_protocol: str | None = Field(None, description="How the array was scanned.")
    instrument: OntologyTerm | None = Field(None, description="Instrument that measured, as an ontology term.")
    genome_build: str | None = Field(None, description="Genome build that positions refer to.")
    array_id: str | None = Field(None, description="Identifier of the array.")
    array_position: str | None = Field(None, description="Position of the sample on the slide.")
    normalisation_method: str | None = Field(None, description="How values were normalised.")
    raw_file_names: list[str] | None = Field(None, description="Names of raw files as written in the assay, where they are not files of the data set.")


class MeasuringPlatform(NamedThing):
    """A design of array or a kind of instrument that assays are done with, as an archive registers it."""

    om_class: ClassVar[str] = "MeasuringPlatform"

    platform_type: str | None = Field(None, description="Kind of the platform: spotted or synthesised, of nucleic acids, proteins or tissues.")
    manufacturer: str | None = Field(None, description="Who made it.")
    manufacture_protocol: str | None = Field(None, description="How it was made.")
    organisms: list[OntologyTerm] | None = Field(None, description="All organisms that are studied.")
    contacts: list[str] | None = Field(None, description="People to ask about the record.")
    samples: list[str] | None = Field(None, description="Materials that were measured or that the file holds.")
    studies: list[str] | None = Field(None, description="Studies that the record belongs to.")
    urls: list[str] | None = Field(None, description="Web pages about the record.")
    submission_date: str | None = Field(None, description="Day on which it was handed to the archive.")
    release_date: str | None = Field(None, description="Day from which it may be seen in public.")
    last_update_date: str | None = Field(None, description="Day of its last change in the archive.")


class Person(NamedThing):
    """A person who made, submitted or answers for something."""

    om_class: ClassVar[str] = "Person"

    given_name: str | None = Field(None, description="Given name.")
    family_name: str | None = Field(None, description="Family name.")
    middle_name: str | None = Field(None, description="Middle names or initials.")
    email: str | None = Field(None, description="E-mail address.")
    orcid: str | None = Field(None, description="ORCID identifier of a person, four groups of four.")
    telephone: str | None = Field(None, description="Telephone number.")
    address: str | None = Field(None, description="Postal address.")
    affiliations: list[str] | None = Field(None, description="Organizations that the person belongs to.")
    roles: list[str] | None = Field(None, description="Roles of the person.")
    author_rank: int | None = Field(None, description="Place in the list of authors, 1 for the first.")


class Organization(NamedThing):
    """An institution, company, centre or laboratory."""

    om_class: ClassVar[str] = "Organization"

    ror_id: str | None = Field(None, description="Identifier of the Research Organization Registry.")
    organization_type: str | None = Field(None, description="Kind of organization.")
    address: str | None = Field(None, description="Postal address.")
    email: str | None = Field(None, description="E-mail address.")
    telephone: str | None = Field(None, description="Telephone number.")
    urls: list[str] | None = Field(None, description="Web pages about the record.")
    parent_organizations: list[str] | None = Field(None, description="Larger organizations that it belongs to.")
    abbreviation: str | None = Field(None, description="Short form of the name.")


class Publication(NamedThing):
    """An article, preprint, thesis or book."""

    om_class: ClassVar[str] = "Publication"

    doi: str | None = Field(None, description="Digital object identifier, without the resolver.")
    pmid: str | None = Field(None, description="Identifier in PubMed.")
    pmcid: str | None = Field(None, description="Identifier in PubMed Central.")
    authors: list[str] | None = Field(None, description="People who wrote it.")
    author_names: str | None = Field(None, description="Authors as one text, as the source wrote them.")
    journal: str | None = Field(None, description="Journal or series.")
    publication_date: str | None = Field(None, description="Day or year of publication.")
    publication_status: PublicationStatus | None = Field(None, description="Whether it is published, in press or a preprint.")
    journal_volume: str | None = Field(None, description="Volume of the journal.")
    journal_issue: str | None = Field(None, description="Issue of the journal.")
    page_range: str | None = Field(None, description="Pages.")
    urls: list[str] | None = Field(None, description="Web pages about the record.")
