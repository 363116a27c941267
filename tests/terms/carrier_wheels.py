"""Small carrier wheels and a manifest that describes them: what a build is tested with."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import sys
import zipfile
from pathlib import Path

from omics_standards.terms.carriers import Carrier, Manifest, ManifestEntry, Source
from terms.tiny import obo_text

UNIMOD = b"""<?xml version="1.0" encoding="UTF-8"?>
<unimod xmlns="http://www.unimod.org/xmlns/schema/unimod_tables_1">
  <alt_names><alt_names_row mod_key="4" alt_name="Carboxyamidomethylation" record_id="2"></alt_names_row></alt_names>
  <modifications>
    <modifications_row record_id="35" ex_code_name="Oxidation" code_name="Hydroxylation" full_name="Oxidation or Hydroxylation"/>
    <modifications_row record_id="4" ex_code_name="" code_name="Carbamidomethyl" full_name="Iodoacetamide derivative"/>
  </modifications>
</unimod>"""

UBERON = {
    "UBERON:0001062": {"ancestors": {}, "label": "anatomical entity", "deprecated": False},
    "UBERON:0000061": {"ancestors": {"UBERON:0001062": 1}, "label": "anatomical structure", "deprecated": False},
    "UBERON:0002107": {
        "ancestors": {"UBERON:0000061": 1, "UBERON:0001062": 2},
        "label": "liver",
        "synonyms": ["iecur", "jecur"],
        "deprecated": False,
    },
    # What stood between this term and its ancestor is of another ontology: no ancestor is at distance 1.
    "UBERON:0002048": {"ancestors": {"UBERON:0001062": 3}, "label": "lung", "deprecated": False},
    "UBERON:0000027": {"ancestors": {}, "label": "", "deprecated": True, "replaced_by": "UBERON:0002107"},
    "UBERON:0000360": {"ancestors": {}, "label": "obsolete gland", "deprecated": True, "consider": ["obo.UBERON_0002107"]},
}
CVCL = {"CVCL_0030": {"ancestors": {}, "label": "HeLa", "deprecated": False}}


def _taxon(label: str, chain: list[int], synonyms: tuple[str, ...] = ()) -> dict[str, object]:
    ancestors = {f"NCBITaxon:{number}": i + 1 for i, number in enumerate(chain)}
    return {"ancestors": ancestors, "label": label, "synonyms": list(synonyms), "deprecated": False}


METAZOA = {
    "NCBITaxon:9606": _taxon("Homo sapiens", [40674, 33208, 2759, 1], ("human",)),
    "NCBITaxon:40674": _taxon("Mammalia", [33208, 2759, 1]),
    "NCBITaxon:33208": _taxon("Metazoa", [2759, 1]),
    "NCBITaxon:55087": _taxon("Bacillus <walking sticks>", [33208, 2759, 1], ("Bacillus",)),
}
NAMES = (
    "1\troot\n2759\tEukaryota\n33208\tMetazoa\n40674\tMammalia\n9606\tHomo sapiens\n562\tEscherichia coli\n1386\tBacillus <firmicutes>\n"
)


def zst(data: bytes) -> bytes:
    """Compress as the carrier does."""
    if sys.version_info >= (3, 14):
        from compression import zstd

        return zstd.compress(data)
    import zstandard

    return zstandard.ZstdCompressor().compress(data)


MEMBERS: dict[str, dict[str, bytes]] = {
    "guide": {
        "guide/uberon.json.zst": zst(json.dumps(UBERON).encode()),
        "guide/cvcl.json.zst": zst(json.dumps(CVCL).encode()),
        "guide/metazoa.json.zst": zst(json.dumps(METAZOA).encode()),
    },
    "vocab": {
        "vocab/ms.obo.gz": gzip.compress(obo_text("MS").encode(), mtime=0),
        "vocab/unimod.xml.gz": gzip.compress(UNIMOD, mtime=0),
    },
    "names": {"names/taxa.tsv.gz": gzip.compress(NAMES.encode(), mtime=0)},
}

_ENTRIES = (
    ("UBERON", "merged", (("guide", "cellxgene", "guide/uberon.json.zst"),)),
    ("CVCL", "none", (("guide", "cellxgene-stream", "guide/cvcl.json.zst"),)),
    ("MS", "is_a and part_of", (("vocab", "obo", "vocab/ms.obo.gz"),)),
    ("UNIMOD", "none", (("vocab", "unimod", "vocab/unimod.xml.gz"),)),
    ("NCBITaxon", "partial", (("guide", "taxonomy", "guide/metazoa.json.zst"), ("names", "taxonomy", "names/taxa.tsv.gz"))),
)


def write_wheel(folder: Path, package: str, members: dict[str, bytes]) -> Path:
    """Write a wheel that pip accepts, the same bytes each time."""
    path = folder / f"omst_test_{package}-1.0-py3-none-any.whl"
    info = f"omst_test_{package}-1.0.dist-info"
    files = {
        **members,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: omst-test-{package}\nVersion: 1.0\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": b"",
    }
    part = path.with_name(f"{path.name}.{os.getpid()}")  # other processes may be reading the wheel
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data)
    part.replace(path)
    return path


def carriers(folder: Path, members: dict[str, dict[str, bytes]] = MEMBERS) -> Manifest:
    """Write the wheels into a folder and return the manifest that describes them."""
    folder.mkdir(parents=True, exist_ok=True)
    described = {}
    for package, files in members.items():
        path = write_wheel(folder, package, files)
        data = path.read_bytes()
        name = f"omst-test-{package}"
        described[name] = Carrier(name, "1.0", path.name, hashlib.sha256(data).hexdigest(), len(data))
    entries = tuple(
        ManifestEntry(
            prefix,
            prefix,
            "",
            "",
            "v1",
            "CC0-1.0",
            hierarchy,
            (),
            tuple(Source(f"omst-test-{c}", reader, member) for c, reader, member in sources),
        )
        for prefix, hierarchy, sources in _ENTRIES
    )
    return Manifest(described, entries, "test")
