"""A bundle of a few dozen terms, built from OBO text: what tests ground against.

Ids and labels of common terms are those of the ontologies; terms numbered 9000000 and up are made up to show one thing.
"""

from __future__ import annotations

import io
from pathlib import Path

from omics_standards.terms.answers import OntologyInfo
from omics_standards.terms.obo import OboFile
from omics_standards.terms.schema import BundleWriter

VERSION = "tiny-1"

# One line per term: id | label | further tags, separated by ' | '. "=x" is an exact synonym, "<x" a narrow one (the name is narrower
# than the term), ">x" a broad one, "~x" a related one; "is_a X", "part_of X", "obsolete", "replaced_by X", "consider X", "alt X".
TERMS = """
UBERON:0001062 | anatomical entity
UBERON:0000061 | anatomical structure | is_a UBERON:0001062
UBERON:0000465 | material anatomical entity | is_a UBERON:0001062
UBERON:0002107 | liver | =iecur | =jecur | ~hepatic gland | is_a UBERON:0000061 | part_of UBERON:0002423
UBERON:0002423 | hepatobiliary system | =liver and biliary system | is_a UBERON:0000061
UBERON:0002048 | lung | =pulmo | is_a UBERON:0000061
UBERON:0002168 | left lung | is_a UBERON:0002048
UBERON:0000955 | brain | =the brain | ~encephalon | is_a UBERON:0000061
UBERON:0000178 | blood | =portion of blood | ~whole blood | is_a UBERON:0000465
UBERON:0001969 | blood plasma | =plasma | is_a UBERON:0000465
UBERON:0001977 | blood serum | =serum | is_a UBERON:0000465
UBERON:0002371 | bone marrow | is_a UBERON:0000465
UBERON:0002113 | kidney | is_a UBERON:0000061
UBERON:0000948 | heart | is_a UBERON:0000061
UBERON:0002106 | spleen | is_a UBERON:0000061
UBERON:0001155 | colon | is_a UBERON:0000061
UBERON:0001988 | feces | =faeces | =stool | is_a UBERON:0000465
UBERON:0001134 | skeletal muscle tissue | =skeletal muscle | is_a UBERON:0000061
UBERON:0000014 | zone of skin | =skin | >integument | is_a UBERON:0000061
UBERON:0001114 | right lobe of liver | =lobe of the liver | is_a UBERON:0000061 | part_of UBERON:0002107
UBERON:0001115 | left lobe of liver | =lobe of the liver | is_a UBERON:0000061 | part_of UBERON:0002107
UBERON:0001466 | pedal digit | =toe | is_a UBERON:0000061
UBERON:0000027 | | obsolete | replaced_by UBERON:0001466
UBERON:9000001 | obsolete hepatic lump | =lump of the liver | obsolete | consider UBERON:0002107
UBERON:9000002 | obsolete old toe | obsolete | replaced_by UBERON:0000027
UBERON:9000003 | obsolete circle one | obsolete | replaced_by UBERON:9000004
UBERON:9000004 | obsolete circle two | obsolete | replaced_by UBERON:9000003
UBERON:9000005 | chicken-and-egg part | is_a UBERON:9000006
UBERON:9000006 | egg-and-chicken part | is_a UBERON:9000005
UBERON:9000007 | loose thing | alt UBERON:9000008
UBERON:0010011 | set of basal nuclei | =basal nuclei | part_of UBERON:0000955
UBERON:0001874 | putamen | part_of UBERON:0010011
UBERON:2005085 | nasal artery | =NA
UBERON:2000442 | supraneural bone | =SN
UBERON:9000009 | obsolete organ of the belly | obsolete | consider UBERON:0002107 | consider UBERON:0002106

CL:0000000 | cell
CL:0000066 | epithelial cell | =epitheliocyte | is_a CL:0000000
CL:0000182 | hepatocyte | =hepatic cell | is_a CL:0000066
CL:0000084 | T cell | =T-lymphocyte | =T-cell | is_a CL:0000000
CL:0000624 | CD4-positive, alpha-beta T cell | is_a CL:0000084
CL:0000057 | fibroblast | is_a CL:0000000
CL:0000115 | endothelial cell | is_a CL:0000000
CL:9000001 | vasoactive interneuron | =VIP | is_a CL:0000000
CL:2000001 | peripheral blood mononuclear cell | =PBMC | is_a CL:0000000

MONDO:0000001 | disease
MONDO:0005070 | neoplasm | is_a MONDO:0000001
MONDO:0007254 | breast cancer | is_a MONDO:0005070
MONDO:0004989 | breast carcinoma | =carcinoma of breast | =carcinoma of the breast | is_a MONDO:0007254
MONDO:0004970 | adenocarcinoma | <mucinous adenocarcinoma of somewhere | is_a MONDO:0005070
MONDO:0100096 | COVID-19 | =2019 novel coronavirus disease | is_a MONDO:0000001
MONDO:0004975 | Alzheimer disease | =Alzheimer's disease | is_a MONDO:0000001
MONDO:0005148 | type 2 diabetes mellitus | =type 2 diabetes | =T2D | is_a MONDO:0000001

PATO:0000001 | quality
PATO:0000461 | normal | is_a PATO:0000001
PATO:0001345 | h minus | =M | is_a PATO:0000001
PATO:0000383 | female | is_a PATO:0000001
PATO:0000384 | male | is_a PATO:0000001

MS:1000031 | instrument model
MS:1000494 | Thermo Scientific instrument model | is_a MS:1000031
MS:1001911 | Q Exactive | is_a MS:1000494
MS:1002634 | Q Exactive Plus | is_a MS:1000494
MS:1002523 | Q Exactive HF | is_a MS:1000494
MS:1001742 | LTQ Orbitrap Velos | is_a MS:1000494
MS:1002732 | Orbitrap Fusion Lumos | is_a MS:1000494
MS:1001045 | cleavage agent name
MS:1001251 | Trypsin | is_a MS:1001045
MS:1001313 | Trypsin/P | is_a MS:1001045
MS:1001309 | Lys-C | is_a MS:1001045
MS:1001310 | Lys-C/P | is_a MS:1001045
MS:1002038 | label free sample
MS:1000044 | dissociation method
MS:1000133 | collision-induced dissociation | =CID | is_a MS:1000044
MS:1000422 | beam-type collision-induced dissociation | =HCD | is_a MS:1000044
MS:1002481 | higher energy beam-type collision-induced dissociation | is_a MS:1000422

UNIMOD:1 | Acetyl | =Acetylation
UNIMOD:4 | Carbamidomethyl | =Iodoacetamide derivative
UNIMOD:21 | Phospho | =Phosphorylation
UNIMOD:35 | Oxidation | =Hydroxylation
UNIMOD:737 | TMT6plex

UO:0000000 | unit
UO:0000033 | day | =d | is_a UO:0000000
UO:0000034 | week | is_a UO:0000000
UO:0000035 | month | is_a UO:0000000
UO:0000036 | year | =a | is_a UO:0000000
UO:0000022 | milligram | =mg | is_a UO:0000000

EFO:0001086 | A549
EFO:9000001 | Illumina NextSeq 550
EFO:9000002 | specimen cell type | =cell type
EFO:9000004 | water well
EFO:9000003 | plain sample | =sample
EFO:0000887 | obsolete_liver | obsolete | replaced_by UBERON:0002107

HsapDv:0000258 | adult stage
HsapDv:0000087 | adult stage | obsolete | consider HsapDv:0000258

CHEBI:15409 | (-)-menthol
CHEBI:76306 | (+)-menthol
CHEBI:25187 | p-menthan-3-ol
CHEBI:132966 | hippurates
CHEBI:145810 | insulin
CHEBI:18320 | 1,4-dithiothreitol

HANCESTRO:0005 | European | =white
HANCESTRO:0590 | European American | =White
AfPO:0000145 | Tuareg

CVCL:0030 | HeLa
CVCL:0023 | A-549
CVCL:XD71 | Vero E6-S
CVCL:1240 | H9
CVCL:9001 | NOS-2

NCBITaxon:1 | root
NCBITaxon:33208 | Metazoa | =animals | is_a NCBITaxon:1
NCBITaxon:40674 | Mammalia | =mammals | is_a NCBITaxon:33208
NCBITaxon:9606 | Homo sapiens | =human | is_a NCBITaxon:40674
NCBITaxon:10088 | Mus <genus> | =Mus | =mouse | is_a NCBITaxon:40674
NCBITaxon:10090 | Mus musculus | =house mouse | =mouse | is_a NCBITaxon:10088
NCBITaxon:10116 | Rattus norvegicus | =Norway rat | is_a NCBITaxon:40674
NCBITaxon:50557 | Insecta | is_a NCBITaxon:33208
NCBITaxon:28584 | Drosophila suzukii | is_a NCBITaxon:50557
NCBITaxon:7227 | Drosophila melanogaster | =fruit fly | is_a NCBITaxon:50557
NCBITaxon:55087 | Bacillus <walking sticks> | =Bacillus | is_a NCBITaxon:50557
NCBITaxon:1386 | Bacillus <firmicutes> | =Bacillus
NCBITaxon:562 | Escherichia coli
NCBITaxon:2697049 | Severe acute respiratory syndrome coronavirus 2 | =SARS-CoV-2
NCBITaxon:749906 | gut metagenome
NCBITaxon:408170 | human gut metagenome
NCBITaxon:3702 | Arabidopsis thaliana
NCBITaxon:4530 | Oryza sativa
NCBITaxon:4932 | Saccharomyces cerevisiae
"""

_SCOPES = {"=": "EXACT", "<": "NARROW", ">": "BROAD", "~": "RELATED"}
_HIERARCHY = {"NCBITaxon": "partial", "CVCL": "none", "UNIMOD": "none"}
_INCLUDES = {"HANCESTRO": ("AfPO",)}


def obo_text(prefix: str) -> str:
    """The terms of one ontology as an OBO file."""
    stanzas = [f"format-version: 1.2\ndata-version: releases/{VERSION}\nontology: {prefix.lower()}\n"]
    for line in TERMS.splitlines():
        if not line.startswith(prefix + ":"):
            continue
        identifier, label, *tags = (part.strip() for part in line.split("|"))
        stanza = [f"[Term]\nid: {identifier}", *([f"name: {label}"] if label else [])]
        for tag in tags:
            word, _, value = tag.partition(" ")
            if tag[0] in _SCOPES:
                stanza.append(f'synonym: "{tag[1:]}" {_SCOPES[tag[0]]} []')
            elif word == "part_of":
                stanza.append(f"relationship: part_of {value}")
            else:
                stanza.append({"obsolete": "is_obsolete: true", "alt": f"alt_id: {value}"}.get(word, f"{word}: {value}"))
        stanzas.append("\n".join(stanza) + "\n")
    return "\n".join(stanzas)


def prefixes() -> list[str]:
    """Prefixes of the tiny bundle, in order."""
    return list(dict.fromkeys(line.partition(":")[0] for line in TERMS.splitlines() if line))


def build_tiny_bundle(path: Path, only: tuple[str, ...] = ()) -> Path:
    """Write the bundle to ``path`` (all ontologies, or those named) and return it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    writer = BundleWriter(path)
    try:
        for prefix in only or prefixes():
            obo = OboFile(io.BytesIO(obo_text(prefix).encode()), prefix)
            info = OntologyInfo(
                prefix,
                f"{prefix}, a few terms",
                VERSION,
                source="tests",
                hierarchy=_HIERARCHY.get(prefix, "is_a and part_of"),
                includes=_INCLUDES.get(prefix, ()),
            )
            writer.add(info, obo.terms())
        writer.finish({"recipe": "tiny"})
    finally:
        writer.close()
    return path
