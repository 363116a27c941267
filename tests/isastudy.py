"""A whole ISA-Tab study, invented: what the tools of the community have nothing to say of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# A bar stands for a tab.
INVESTIGATION = """ONTOLOGY SOURCE REFERENCE
Term Source Name|NCBITAXON|UO
Term Source File|https://example.org/taxa|https://example.org/units
Term Source Version|1|1
Term Source Description|NCBI taxonomy|Units
INVESTIGATION
Investigation Identifier|INV1
Investigation Title|Invented investigation
Investigation Description|Of invented mice
Investigation Submission Date|2020-05-01
Investigation Public Release Date|2020-06-01
INVESTIGATION PUBLICATIONS
Investigation PubMed ID|
Investigation Publication DOI|
Investigation Publication Author List|
Investigation Publication Title|
Investigation Publication Status|
Investigation Publication Status Term Accession Number|
Investigation Publication Status Term Source REF|
INVESTIGATION CONTACTS
Investigation Person Last Name|
Investigation Person First Name|
Investigation Person Mid Initials|
Investigation Person Email|
Investigation Person Phone|
Investigation Person Fax|
Investigation Person Address|
Investigation Person Affiliation|
Investigation Person Roles|
Investigation Person Roles Term Accession Number|
Investigation Person Roles Term Source REF|
STUDY
Study Identifier|ST1
Study Title|Invented study
Study Description|Livers of mice
Study Submission Date|2020-05-01
Study Public Release Date|2020-06-01
Study File Name|s_ST1.txt
STUDY DESIGN DESCRIPTORS
Study Design Type|
Study Design Type Term Accession Number|
Study Design Type Term Source REF|
STUDY PUBLICATIONS
Study PubMed ID|
Study Publication DOI|
Study Publication Author List|
Study Publication Title|
Study Publication Status|
Study Publication Status Term Accession Number|
Study Publication Status Term Source REF|
STUDY FACTORS
Study Factor Name|diet
Study Factor Type|diet
Study Factor Type Term Accession Number|
Study Factor Type Term Source REF|
STUDY ASSAYS
Study Assay File Name|a_ST1.txt
Study Assay Measurement Type|metabolite profiling
Study Assay Measurement Type Term Accession Number|
Study Assay Measurement Type Term Source REF|
Study Assay Technology Type|mass spectrometry
Study Assay Technology Type Term Accession Number|
Study Assay Technology Type Term Source REF|
Study Assay Technology Platform|
STUDY PROTOCOLS
Study Protocol Name|sample collection|extraction|mass spectrometry
Study Protocol Type|sample collection|extraction|mass spectrometry
Study Protocol Type Term Accession Number|||
Study Protocol Type Term Source REF|||
Study Protocol Description|taken|extracted|measured
Study Protocol URI|||
Study Protocol Version|||
Study Protocol Parameters Name|||
Study Protocol Parameters Name Term Accession Number|||
Study Protocol Parameters Name Term Source REF|||
Study Protocol Components Name|||
Study Protocol Components Type|||
Study Protocol Components Type Term Accession Number|||
Study Protocol Components Type Term Source REF|||
STUDY CONTACTS
Study Person Last Name|Curator
Study Person First Name|Example
Study Person Mid Initials|
Study Person Email|
Study Person Phone|
Study Person Fax|
Study Person Address|
Study Person Affiliation|
Study Person Roles|
Study Person Roles Term Accession Number|
Study Person Roles Term Source REF|
"""
STUDY = """Source Name|Characteristics[organism]|Term Source REF|Term Accession Number|Protocol REF|Sample Name|Factor Value[diet]
M1|Mus musculus|NCBITAXON|10090|sample collection|M1.liver|chow
M2|Mus musculus|NCBITAXON|10090|sample collection|M2.liver|fat
"""
ASSAY = """Sample Name|Protocol REF|Extract Name|Protocol REF|MS Assay Name|Raw Spectral Data File
M1.liver|extraction|M1.x|mass spectrometry|M1.ms|M1.mzML
M2.liver|extraction|M2.x|mass spectrometry|M2.ms|M2.mzML
"""


def _quoted(text: str, *, keyed: bool) -> str:
    """All cells in quotes, but for the keys of the investigation."""
    lines = [line.split("|") for line in text.splitlines()]
    return "".join("\t".join(c if keyed and i == 0 else f'"{c}"' for i, c in enumerate(cells)) + "\n" for cells in lines)


def write_study(folder: Path) -> Path:
    """Write the study into a folder that does not exist yet, and return it."""
    folder.mkdir()
    (folder / "i_investigation.txt").write_text(_quoted(INVESTIGATION, keyed=True), encoding="utf-8")
    (folder / "s_ST1.txt").write_text(_quoted(STUDY, keyed=False), encoding="utf-8")
    (folder / "a_ST1.txt").write_text(_quoted(ASSAY, keyed=False), encoding="utf-8")
    return folder
