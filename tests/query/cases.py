"""A small dataset that is made by hand, so that every question has one right answer."""

from __future__ import annotations

from pathlib import Path

BASE = "https://example.org/d/"

# A person and a mouse; the person's liver was measured twice, a lobe of it by itself, the mouse's lung once; a fifth sample has no data.
TURTLE = f"""@base <{BASE}> .
@prefix omst: <https://w3id.org/omics-standards/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix obo: <http://purl.obolibrary.org/obo/> .

<subject/D1> a omst:Subject ; omst:name "Donor 1" ; omst:organism obo:NCBITaxon_9606 ; omst:disease obo:MONDO_0005148 .
<subject/M1> a omst:Subject ; omst:name "Mouse 1" ; omst:organism obo:NCBITaxon_10090 .

<biosample/L1> a omst:Biosample ; omst:name "liver-1" ; omst:subject <subject/D1> ; omst:organism obo:NCBITaxon_9606 ;
  omst:tissue obo:UBERON_0002107 ; omst:collection_date "2023-03"^^xsd:gYearMonth ; omst:collection_place <p/1> ; omst:missing <m/1> .
<biosample/L2> a omst:Biosample ; omst:name "lobe-1" ; omst:subject <subject/D1> ; omst:organism obo:NCBITaxon_9606 ;
  omst:tissue obo:UBERON_0001115 ; omst:collection_date "2023-04-01"^^xsd:date ; omst:collection_place <p/1> ; omst:attributes <a/1> .
<biosample/L3> a omst:Biosample ; omst:name "cells-1" ; omst:derived_from <biosample/L1> ; omst:cell_type obo:CL_0000182 ; omst:missing <m/1> ,
  <m/2> ; omst:attributes <a/1> , <a/2> .
<biosample/G1> a omst:Biosample ; omst:name "lung-1" ; omst:subject <subject/M1> ; omst:tissue obo:UBERON_0002048 ; omst:rejected <r/1> .
<biosample/X1> a omst:Biosample ; omst:name "spare" ; omst:organism obo:NCBITaxon_9606 ; omst:tissue <{"https://w3id.org/omics-standards/"}term/tissue/livre> .
<biosample/S1> a omst:Biosample ; omst:stub true .
<material/E1> a omst:Material ; omst:name "extract" ; omst:material_kind "extract" ; omst:derived_from <biosample/L1> .

<assay/A1> a omst:SequencingAssay ; omst:samples <material/E1> ; omst:library_strategy "RNA-Seq" ; omst:library_source "TRANSCRIPTOMIC" ;
  omst:library_layout "PAIRED" ; omst:platform "ILLUMINA" ; omst:instrument_model "Illumina NovaSeq 6000" .
<assay/A2> a omst:SingleCellAssay ; omst:samples <biosample/L3> ; omst:library_strategy "RNA-Seq" ; omst:library_source "TRANSCRIPTOMIC SINGLE CELL" ;
  omst:library_layout "PAIRED" ; omst:platform "ILLUMINA" ; omst:instrument_model "Illumina NovaSeq 6000" .
<assay/A3> a omst:ProteomicsAssay ; omst:samples <biosample/L2> .
<assay/A4> a omst:SequencingAssay ; omst:samples <biosample/G1> ; omst:library_strategy "ATAC-seq" ; omst:library_source "GENOMIC" .

<run/R1> a omst:Run ; omst:assay <assay/A1> ; omst:data_files <file/f1> .
<run/R2> a omst:Run ; omst:assay <assay/A2> ; omst:data_files <file/f2> , <file/f3> .
<run/R4> a omst:Run ; omst:assay <assay/A4> ; omst:data_files <file/f5> ; omst:datasets <dataset/HRA1> .
<process/P1> a omst:Process ; omst:inputs <biosample/L2> ; omst:outputs <file/f4> .
<file/f1> a omst:DataFile ; omst:file_name "f1.fastq.gz" ; omst:md5 "0123456789abcdef0123456789abcdef" ; omst:file_format "FASTQ" ; omst:file_size 100 .
<file/f2> a omst:DataFile ; omst:file_name "f2.fastq.gz" ; omst:sha256 "00" ; omst:file_format "FASTQ" ; omst:file_size 23 .
<file/f3> a omst:DataFile ; omst:file_name "f3.fastq.gz" ; omst:file_format "FASTQ" ; omst:rejected <r/2> .
<file/f4> a omst:DataFile ; omst:file_name "f4.raw" ; omst:md5 "0123456789abcdef0123456789abcdee" .
<file/f5> a omst:DataFile ; omst:file_name "f5.fastq.gz" ; omst:md5 "0123456789abcdef0123456789abcded" ; omst:file_format "FASTQ" .

<project/P> a omst:Project ; omst:publications <publication/1> .
<publication/1> a omst:Publication ; omst:title "An invented paper" ; omst:doi "10.1234/x" ; omst:pmid "1" ; omst:publication_date "2024"^^xsd:gYear .
<dataset/OPEN> a omst:Dataset ; omst:title "Open data" ; omst:access_type "open" .
<dataset/HRA1> a omst:Dataset ; omst:title "Controlled data" ; omst:access_policy <policy/1> ; omst:data_files <file/f1> .
<policy/1> a omst:AccessPolicy ; omst:access_type "controlled" ; omst:policy_text "Ask the committee" ; omst:duo_codes obo:DUO_0000042 .

<p/1> a omst:Place ; omst:country "China" ; omst:region "Beijing" .
<m/1> a omst:MissingValue ; omst:slot "sex" ; omst:reason "not collected" ; omst:raw "NA" .
<m/2> a omst:MissingValue ; omst:slot "age" ; omst:reason "missing" ; omst:raw "-" .
<r/1> a omst:RejectedValue ; omst:slot "collection_date" ; omst:raw "2023-02-30" ; omst:finding "date-impossible" .
<r/2> a omst:RejectedValue ; omst:slot "md5" ; omst:raw "xyz" ; omst:finding "checksum-malformed" .
<a/1> a omst:Attribute ; omst:name "Batch" ; omst:value "b1" .
<a/2> a omst:Attribute ; omst:name "Host diet" ; omst:value "chow" .
""" + "".join(
    f'{term} a omst:OntologyTerm ; rdfs:label "{label}" .\n'
    for term, label in {
        "obo:NCBITaxon_9606": "Homo sapiens",
        "obo:NCBITaxon_10090": "Mus musculus",
        "obo:UBERON_0002107": "liver",
        "obo:UBERON_0001115": "left lobe of liver",
        "obo:UBERON_0002048": "lung",
        "obo:CL_0000182": "hepatocyte",
        "obo:MONDO_0005148": "type 2 diabetes mellitus",
        "obo:DUO_0000042": "general research use",
        "<https://w3id.org/omics-standards/term/tissue/livre>": "livre",
    }.items()
)


def write(folder: Path) -> Path:
    """Write the dataset as a conversion would."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dataset.ttl").write_text(TURTLE, encoding="utf-8")
    return folder
