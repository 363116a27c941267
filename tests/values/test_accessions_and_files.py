import pytest

from omics_standards.values.accessions import PATTERNS, match_accession, read_accession, read_accessions
from omics_standards.values.files import file_format, read_file_cell, read_md5, read_sha256, read_size
from omics_standards.values.lists import split_cell, split_parallel
from omics_standards.values.uris import read_uri

# One of each kind, made up, in the form of the archive's own.
EXAMPLES = """
ngdc.bioproject:PRJCA000001 ngdc.biosample:SAMC000001 ngdc.gsa:CRA000001 ngdc.gsa:CRX000001 ngdc.gsa:CRR000001 ngdc.gsa:CRZ000001
ngdc.gsahuman:HRA000001 ngdc.gsahuman:HRI000001 ngdc.gsahuman:HRS000001 ngdc.gsahuman:HRX000001 ngdc.gsahuman:HRR0000001
ngdc.omix:OMIX338 ngdc.omix:OMIX001234-01 ngdc.gwh:GWHAAAA00000000.1 ngdc.gvm:GVM000001 ngdc.gen:GEND000001 genbase:C_AA000001.1
cngb.project:CNP0000001 cngb.sample:CNS0000001 cngb.experiment:CNX0000001 cngb.run:CNR0000001 cngb.assembly:CNA0000001
cngb.stomics:STT0000001 cngb.stomics:STSA0000001 cngb.stomics:STTS0000001 cngb.stomics:STEP0000001 cngb.stomics:STRN0000001
bioproject:PRJNA1 bioproject:PRJEB10 bioproject:PRJDB1 biosample:SAMN00000001 biosample:SAMEA0000001 biosample:SAMEG000001
biosample:SAMD00000001 insdc.sra:SRP000001 insdc.sra:ERS000001 insdc.sra:DRX000001 insdc.sra:SRR0000001 insdc.sra:ERZ000001
insdc.sra:SRA000001 insdc.gca:GCA_000000001.1 insdc.gca:GCF_000000001.2 geo:GSE1 geo:GSM11 geo:GPL571 geo:GDS507 gea:E-GEAD-305
arrayexpress:E-MTAB-1 arrayexpress:A-AFFY-1 biostudies:S-EPMC0000001 ega.study:EGAS00000000001 ega.dataset:EGAD00000000001
ega.sample:EGAN00000000001 ega.experiment:EGAX00000000001 ega.run:EGAR00000000001 ega.analysis:EGAZ00000000001
ega.file:EGAF00000000001 dbgap:phs000001 dbgap:phs000001.v2.p1 jga:JGAS000001 jga:JGAD000001 jga:JGAN000001 jga:JGAX000001
jga:JGAR000001 jga:JGAZ000001 jga:JGAP000001 px:PXD000001 px:RPXD000001 pride.project:PRD000001 iprox:IPX0000001000
jpost:JPST000001 massive:MSV000000001 metabolights:MTBLS1 metabobank:MTBKS1 mw.study:ST000001 mw.project:PR000001 node:OEP000001
node:OEX000001 node:OES000001 node:OER000001 node:OEZ000001 node:OED000001 kobic:KAP210001 kobic:KAS210001 kobic:SAMK000001
""".split()  # noqa: SIM905


@pytest.mark.parametrize("curie", EXAMPLES)
def test_read_accession_when_of_an_archive_then_its_curie_and_back(curie):
    accession = curie.partition(":")[2]
    assert match_accession(accession).curie == curie
    assert read_accession(accession) == (curie, (), ())
    assert read_accession(curie).value == curie
    assert read_accession(accession.lower()).value == curie


def test_patterns_when_an_example_fits_one_then_no_other():
    seen = {match_accession(c.partition(":")[2]).archive for c in EXAMPLES}
    assert seen == {p.archive for p in PATTERNS}
    leads = [lead for p in PATTERNS for lead in p.leads]
    assert len(leads) == len(set(leads))


@pytest.mark.parametrize(
    "text", ["S17", "WH19002", "SRR", "SRR12", "PXD1", "GSE", "sample one", "CRA 1", "ST12", "123456", "HRV-C", "E-MTAB", "", "SAMN1"]
)
def test_match_accession_when_none_then_none(text):
    assert match_accession(text) is None


@pytest.mark.parametrize(
    ("text", "curie"),
    [
        ("    PRJNA563695", "bioproject:PRJNA563695"),
        ("GEO: GSE146256", "geo:GSE146256"),
        ("BioSample:SAMN41019184", "biosample:SAMN41019184"),
        ("https://www.ncbi.nlm.nih.gov/geo/query/acc.cgi?acc=GSM1611598", "geo:GSM1611598"),
        ("https://ngdc.cncb.ac.cn/gsa/browse/CRA006587/CRR456568", "ngdc.gsa:CRR456568"),
        ("PRJNA 563695", "bioproject:PRJNA563695"),
        ("PHS000747.V2.P1", "dbgap:phs000747.v2.p1"),
    ],
)
def test_read_accession_when_dressed_up_then_bare(text, curie):
    parsed = read_accession(text)
    assert parsed.value == curie
    assert parsed.issues == ()


def test_read_accession_when_kind_is_wrong_then_said():
    parsed = read_accession("SRR28752446", ("Biosample",))
    assert parsed.value is None
    assert parsed.issues[0].code == "accession-wrong-kind"
    assert "Run" in parsed.issues[0].fix
    assert read_accession("SRX28752446", ("SequencingAssay",)).value == "insdc.sra:SRX28752446"
    assert read_accession("9606", ("Taxon",)).value == "NCBITaxon:9606"
    assert read_accession("9606").value is None


def test_read_accession_when_in_a_sentence_then_fix_names_it():
    assert read_accession("see SRR28752446 please").issues[0].fix == "write SRR28752446 alone"
    assert read_accession("SRR28752446 and SRR28752447").issues[0].fix == "write one accession to a cell"
    assert read_accession("ebi:SAMN").value is None


def test_read_accessions_when_list_or_range_then_each():
    def values(text):
        return [p.value for p in read_accessions(text)]

    assert values("SRS473742,SRS473743; SRS473744") == [f"insdc.sra:SRS47374{n}" for n in (2, 3, 4)]
    assert values("SAMD00005658-SAMD00005660") == [f"biosample:SAMD000056{n}" for n in (58, 59, 60)]
    assert values("SAMD00005658 - 00005659") == ["biosample:SAMD00005658", "biosample:SAMD00005659"]
    assert values("GEO: GSE1") == ["geo:GSE1"] or values("GEO: GSE1") == []
    assert values("SAMD00005660-SAMD00005658") == [None]
    assert values("SRR000001-SRR99999999999") == [None]
    assert values("E-MTAB-4377") == ["arrayexpress:E-MTAB-4377"]
    assert values(" ") == []


@pytest.mark.parametrize(
    ("text", "name", "size", "kind", "mate"),
    [
        ("CRR456568_f1.fastq.gz (93743554 bytes)", "CRR456568_f1.fastq.gz", 93743554, "fastq", "read1"),
        ("CRR456568_r2.fastq.gz", "CRR456568_r2.fastq.gz", None, "fastq", "read2"),
        ("A_S1_L001_R1_001.fastq.gz", "A_S1_L001_R1_001.fastq.gz", None, "fastq", "read1"),
        ("A_S1_L001_I1_001.fastq.gz", "A_S1_L001_I1_001.fastq.gz", None, "fastq", "index1"),
        ("SRR1_2.fq", "SRR1_2.fq", None, "fastq", "read2"),
        ("APCL_L0269.F.fq.gz", "APCL_L0269.F.fq.gz", None, "fastq", "read1"),
        ("APCL_L2456.R1.fq.gz", "APCL_L2456.R1.fq.gz", None, "fastq", "read1"),
        ("Iso-1_R1_.fq.gz", "Iso-1_R1_.fq.gz", None, "fastq", "read1"),
        ("APCL_L0255-RG.bam", "APCL_L0255-RG.bam", None, "bam", None),
        ("20130228_MH_TIL-10_1.raw", "20130228_MH_TIL-10_1.raw", None, "raw", None),
        ("reads.tar.gz", "reads.tar.gz", None, "tar", None),
        ("slide.ome.tif", "slide.ome.tif", None, "ome-tiff", None),
        ("s.mzML", "s.mzML", None, "mzml", None),
        ("FILES/D00-N001.raw.zip", "D00-N001.raw.zip", None, "zip", None),
        ("README", "README", None, None, None),
    ],
)
def test_read_file_cell_when_a_file_then_its_parts(text, name, size, kind, mate):
    cell = read_file_cell(text)
    assert (cell.name, cell.size, cell.format, cell.mate) == (name, size, kind, mate)
    assert cell.issues == ()


def test_read_file_cell_when_name_is_unsafe_then_said():
    cell = read_file_cell("A14 10cm S3-profile.imzML")
    assert cell.name == "A14 10cm S3-profile.imzML"
    assert cell.issues[0].code == "file-name-unsafe"
    assert "A14_10cm_S3-profile.imzML" in cell.issues[0].fix
    assert read_file_cell("../../etc/passwd").folder == "../../etc/"
    assert read_file_cell("-rf.fq").issues[0].code == "file-name-unsafe"
    assert read_file_cell("=cmd|' /C calc'!A0").issues[0].code == "file-name-unsafe"
    assert read_file_cell("  ") is None


def test_sizes_when_rounded_then_not_taken():
    assert read_file_cell("a.bam (1.2 GB)").size is None
    assert read_file_cell("a.bam (1.2 GB)").issues[0].code == "number-unreadable"
    assert read_size("93,743,554").value == 93743554
    assert read_size("12.0").value == 12
    assert read_size("1.2 GB").value is None
    assert read_size("big").issues[0].code == "number-unreadable"


def test_file_format_when_known_then_word_of_the_model():
    assert [file_format(n) for n in ("a.FQ.GZ", "a.fna", "a.wiff.scan", "a.d", "a.unknown", ".bam")] == [
        "fastq",
        "fasta",
        "wiff",
        "bruker_d",
        None,
        None,
    ]


def test_checksums_when_sound_then_lower_case():
    md5 = "d41d8cd98f00b204e9800998ecf8427e"
    assert read_md5(md5) == (md5, (), ())
    assert read_md5(f" {md5.upper()} ").value == md5
    assert read_md5(f"md5: {md5}").value == md5
    assert read_md5(md5 * 2).issues[0].fix == "copy the checksum again: these are 64 digits"
    assert read_sha256(md5 * 2).value == md5 * 2
    assert read_sha256("xyz").issues[0].code == "checksum-malformed"
    assert read_md5("") is None


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("doi:10.1000/182", "https://doi.org/10.1000/182"),
        ("http://dx.doi.org/10.1000/182", "https://doi.org/10.1000/182"),
        ("10.1000/182", "https://doi.org/10.1000/182"),
        ("www.example.org", "https://www.example.org"),
        ("https:/example.org/a b", "https://example.org/a%20b"),
        ("<https://example.org/>", "https://example.org/"),
        ("ftp://example.org/x", "ftp://example.org/x"),
    ],
)
def test_read_uri_when_an_address_then_absolute(text, iri):
    parsed = read_uri(text)
    assert parsed.value == iri
    assert read_uri(parsed.value).value == iri


def test_read_uri_when_none_then_refused():
    assert read_uri("see https://example.org/x.").issues[0].fix == "write https://example.org/x alone"
    assert read_uri("javascript:alert(1)").value is None
    assert read_uri("") is None


def test_lists_when_split_then_clean_pieces():
    assert split_cell(" a ;b;; c;", ";") == ("a", "b", "c")
    assert split_cell("a;;b", ";", keep_empty=True) == ("a", "", "b")
    assert split_cell("a;b", "") == ("a;b",)
    assert split_parallel(["a;b", "1;2;"], [";"]).rows == (("a", "1"), ("b", "2"))
    assert split_parallel(["a;b", ""], [";"]).rows == (("a", ""), ("b", ""))
    unequal = split_parallel(["Type 2 Diabetes Mellitus,Schizophrenia", "NCIT:C26747;NCIT:C3362;X:1"], [",", ";"])
    assert unequal.rows == ()
    assert unequal.issues[0].code == "lists-unequal"
    with pytest.raises(ValueError, match="delimiters"):
        split_parallel(["a", "b", "c"], [",", ";"])
