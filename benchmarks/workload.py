"""The workload: a flat table of 30 columns, skewed as real metadata is, and the ontology its terms come from.

    python benchmarks/workload.py ROWS OUT.tsv [OUT.xlsx]

Everything is seeded; the vocabularies are invented words with the sizes that real columns have: 50 organisms, 200 tissues,
300 diseases, 120 cell types, 400 places and positions, 40 instruments, 20 strategies. Samples, runs, libraries, files and
checksums are unique; a fifth of the diseases and positions and a third of the cell types are empty; titles hold quotes.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

HEADERS = [
    "sample_name", "sample_title", "organism", "tissue", "cell_type", "disease", "sex", "age", "collection_date", "geo_loc_name",
    "lat_lon", "isolate", "treatment", "collected_by", "growth_conditions", "storage_conditions", "description",
    "library_ID", "library_strategy", "library_source", "library_selection", "library_layout", "platform", "instrument_model",
    "design_description", "run_ID", "filetype", "filename", "md5", "file_size",
]  # fmt: skip

SIZES = {"NCBITaxon": 50, "UBERON": 200, "CL": 120, "MONDO": 300}
_FIRST_ID = {"NCBITaxon": 9_000_001, "UBERON": 9_100_001, "CL": 9_200_001, "MONDO": 9_300_001}
_SYLLABLES = ("ba", "co", "di", "fe", "gu", "ha", "ji", "ko", "lu", "me", "ni", "po", "ra", "se", "ti", "vo", "wy", "xa", "ze")
_KIND = {"NCBITaxon": "ensis", "UBERON": " gland", "CL": " cell", "MONDO": " syndrome"}
_COUNTRIES = ("China", "Japan", "Germany", "Brazil", "Kenya", "Canada", "France", "India", "Norway", "Peru")


def names(prefix: str) -> list[str]:
    """Invented names of the terms of an ontology."""
    rng = random.Random(prefix)
    found: dict[str, None] = {}
    while len(found) < SIZES[prefix]:
        word = "".join(rng.choice(_SYLLABLES) for _ in range(4))
        found[
            "".join((word.capitalize() + " " + "".join(rng.choice(_SYLLABLES) for _ in range(3))) if prefix == "NCBITaxon" else word)
            + _KIND[prefix]
        ] = None
    return list(found)


def curie(prefix: str, index: int) -> str:
    """The accession of a term."""
    number = _FIRST_ID[prefix] + index
    return f"{prefix}:{number}" if prefix == "NCBITaxon" else f"{prefix}:{number:07d}"


def write_ontologies(folder: Path) -> list[Path]:
    """Write one OBO file per ontology."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for prefix in SIZES:
        lines = ["format-version: 1.2", f"ontology: {prefix.lower()}", "data-version: workload-1", ""]
        for i, name in enumerate(names(prefix)):
            lines += ["[Term]", f"id: {curie(prefix, i)}", f"name: {name}", ""]
        path = folder / f"{prefix}.obo"
        path.write_text("\n".join(lines), encoding="utf-8")
        paths.append(path)
    return paths


class _Skewed:
    """Draws from a list, the n-th item with a weight of 1/n."""

    def __init__(self, items: list[str]) -> None:
        self.items = items
        self.weights = list(accumulate(1 / n for n in range(1, len(items) + 1)))

    def draw(self, rng: random.Random, count: int) -> list[str]:
        return rng.choices(self.items, cum_weights=self.weights, k=count)


def vocabularies() -> dict[str, list[str]]:
    """The texts of every column whose texts repeat."""
    from omics_standards.models.slots import MODEL

    rng = random.Random("vocabularies")
    places = [f"{rng.choice(_COUNTRIES)}: {''.join(rng.choice(_SYLLABLES) for _ in range(3)).capitalize()} {i}" for i in range(400)]
    points = [f"{rng.uniform(0, 80):.4f} {'NS'[i % 2]} {rng.uniform(0, 179):.4f} {'EW'[i % 3 % 2]}" for i in range(400)]
    instruments = [v for v in MODEL.enums["InstrumentModel"] if v.startswith(("Illumina", "DNBSEQ", "Sequel"))][:40]
    return {
        "organism": names("NCBITaxon"),
        "tissue": names("UBERON"),
        "cell_type": names("CL"),
        "disease": names("MONDO"),
        "sex": ["female", "male"],
        "age": [f"{n} {u}" for u in ("years", "months") for n in range(1, 81)],
        "collection_date": [f"{y}-{m:02d}-{d:02d}" for y in range(2015, 2024) for m in range(1, 13) for d in (3, 11, 19, 27)],
        "geo_loc_name": places,
        "lat_lon": points,
        "treatment": ["vehicle", "dexamethasone 10 nM", "heat shock", "rapamycin 100 nM"],
        "collected_by": [f"{a} Laboratory" for a in ("North", "South", "East", "West")],
        "growth_conditions": ["37 degrees, 5 percent CO2", "room air"],
        "storage_conditions": ["frozen at -80", "fresh", "RNAlater"],
        "library_strategy": list(MODEL.enums["LibraryStrategy"])[:20],
        "library_source": list(MODEL.enums["LibrarySource"])[:9],
        "library_selection": list(MODEL.enums["LibrarySelection"])[:15],
        "library_layout": ["SINGLE"],
        "platform": ["ILLUMINA", "DNBSEQ", "PACBIO_SMRT"],
        "instrument_model": instruments,
        "design_description": [f"Protocol {n}: poly(A) selection and random priming, as described" for n in range(12)],
        "filetype": ["fastq"],
    }


def rows(count: int, batch: int = 10_000) -> Iterator[list[str]]:
    """Yield the rows of the table."""
    rng = random.Random(20_240_601)
    columns = {name: _Skewed(items) for name, items in vocabularies().items()}
    empty = {"disease": 0.2, "lat_lon": 0.2, "cell_type": 0.3}
    for start in range(0, count, batch):
        size = min(batch, count - start)
        drawn = {name: column.draw(rng, size) for name, column in columns.items()}
        for name, share in empty.items():
            drawn[name] = ["" if rng.random() < share else text for text in drawn[name]]
        for i in range(size):
            n = start + i
            row = {name: texts[i] for name, texts in drawn.items()}
            row |= {
                "sample_name": f"S{n:07d}",
                "sample_title": f'"{row["tissue"]}" of donor {n}',
                "isolate": f"isolate-{n}",
                "description": f"Sample {n} of the series",
                "library_ID": f"L{n:07d}",
                "run_ID": f"R{n:07d}",
                "filename": f"S{n:07d}_R1.fastq.gz",
                "md5": f"{rng.getrandbits(128):032x}",
                "file_size": str(rng.randrange(10**8, 10**10)),
            }
            yield [row[h] for h in HEADERS]


def write_tsv(path: Path, count: int) -> None:
    """Write the table as tab-separated text."""
    import csv

    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, delimiter="\t", lineterminator="\n")
        table.writerow(HEADERS)
        table.writerows(rows(count))


def write_xlsx(path: Path, count: int) -> None:
    """Write the table as a workbook of text cells."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("samples")
        sheet.write_row(0, 0, HEADERS)
        for i, row in enumerate(rows(count), start=1):
            for j, cell in enumerate(row):
                if cell:
                    sheet.write_string(i, j, cell)


if __name__ == "__main__":
    write_tsv(Path(sys.argv[2]), int(sys.argv[1]))
    if len(sys.argv) > 3:
        write_xlsx(Path(sys.argv[3]), int(sys.argv[1]))
