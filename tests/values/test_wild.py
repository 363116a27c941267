"""Shares understood of the values that archives really hold; skipped where the collection is not beside the repository."""

from collections import Counter
from pathlib import Path

import pytest

from omics_standards.values.accessions import match_accession
from omics_standards.values.geo import read_lat_lon
from omics_standards.values.missing import read_missing
from omics_standards.values.places import read_place

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the collection of real files is not here")


def rows(path, *, limit):
    with (SHARED / path).open(encoding="utf-8", errors="replace") as lines:
        for line, _ in zip(lines, range(limit), strict=False):
            count, _, text = line.rstrip("\n").partition("\t")
            yield text, int(count)


def shares(texts, parse):
    counts = Counter()
    for text, count in texts:
        absent = read_missing(text)
        if absent is not None and not absent.trailing:
            counts["missing"] += count
        else:
            parsed = parse(text)
            counts["read" if parsed is not None and parsed.value is not None else "flagged"] += count
    whole = sum(counts.values())
    return {kind: count / whole for kind, count in counts.items()}


def test_lat_lon_when_wild_then_nearly_all_is_told():
    found = shares(rows("cases/wild_values/cmungall_biosample-analysis__distinct-lat_lon.tsv", limit=30_000), read_lat_lon)
    assert found["missing"] > 0.44
    assert found["flagged"] < 0.005


def test_geo_loc_name_when_wild_then_nearly_all_is_told():
    found = shares(rows("cases/wild_values/cmungall_biosample-analysis__distinct-geo_loc_name.tsv", limit=30_000), read_place)
    assert found["flagged"] < 0.01


def test_missing_words_when_wild_then_all_are_known():
    lines = (SHARED / "fields/missing_values_in_the_wild.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert [t for t in (line.partition("\t")[0] for line in lines) if read_missing(t) is None] == []


def test_accessions_when_listed_then_matched():
    lines = (SHARED / "fields/accession_patterns.tsv").read_text(encoding="utf-8").splitlines()
    column = lines[0].split("\t").index("example")
    missed = [e for e in (line.split("\t")[column] for line in lines[1:]) if match_accession(e) is None]
    assert missed == ["9606"]  # a taxon's number is an accession only where a taxon is expected
