"""Whatever stands in the records: every description can be read, every name in it leads somewhere, every cell comes back."""

from __future__ import annotations

import csv
import json
import tempfile
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, URIRef

from omics_standards.packages import Given, package
from packages.everything import records, write

# What breaks writers: quotes, markup, formulas, separators, controls, other scripts, lone surrogates.
ODD = st.one_of(
    st.text(min_size=1, max_size=12),
    st.sampled_from(["a\tb", "=1+1", '"', "</script>", "<b>&amp;", "; ", " | ", "||", "\n", "\r\n", "#", "%zz", "肝脏", "\x00", "\ud800", "a b", "\\", "{}", "[1]", "../..", "é" * 50]),
)  # fmt: skip


@st.composite
def odd_data(draw: st.DrawFn) -> dict[str, Any]:
    data = records()
    whole = data["datasets"][0]
    whole.update(title=draw(ODD), description=draw(ODD), licence=draw(ODD), keywords=[draw(ODD), draw(ODD)], dataset_version=draw(ODD))
    data["projects"][0]["funding"] = [draw(ODD)]
    data["access_policies"][0].update(title=draw(ODD), policy_text=draw(ODD))
    data["people"][1].update(given_name=draw(ODD), family_name=draw(ODD), email=draw(ODD), roles=["author", draw(ODD)])
    data["organizations"][0]["name"] = draw(ODD)
    data["publications"][0].update(doi=draw(ODD), title=draw(ODD), journal=draw(ODD), author_names=draw(ODD))
    data["data_files"][0].update(file_name=draw(ODD), md5=draw(ODD))
    sample = data["biosamples"][0]
    sample.update(
        description=draw(ODD), treatment=[draw(ODD), draw(ODD)], collection_date=draw(ODD), collection_place={"region": draw(ODD)}
    )
    sample["attributes"] = [{"name": draw(ODD), "value": draw(ODD), "unit": draw(ODD)}, {"name": draw(ODD), "value": draw(ODD)}]
    sample["disease"] = [{"id": "omst:term/disease/x", "label": draw(ODD)}]
    return data


@settings(max_examples=40)
@given(odd_data())
def test_odd_texts_break_no_description(data: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / "in"
        write(source, {})
        (source / "dataset.json").write_text(json.dumps(data), encoding="utf-8")
        out = Path(place) / "out"
        package(source, out, given=Given(publisher="Institute", identifier="10.1234/x"), tables=("tsv", "parquet"))

        graph = Graph().parse(out / "dcat.ttl")
        assert all(isinstance(s, URIRef) for s in graph.subjects())
        for name in ("schema-org.jsonld", "datacite.json", "croissant.json", "datapackage.json"):
            json.loads((out / name).read_text(encoding="utf-8"))
        nodes = {n["@id"]: n for n in json.loads((out / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]}
        said = [v for n in nodes.values() for value in n.values() for v in (value if isinstance(value, list) else [value])]
        assert {v["@id"] for v in said if isinstance(v, dict)} - set(nodes) == {"https://w3id.org/ro/crate/1.2"}
        assert "<script" not in (out / "ro-crate-preview.html").read_text(encoding="utf-8").lower()

        fields = {r["name"]: r["schema"]["fields"] for r in json.loads((out / "datapackage.json").read_text(encoding="utf-8"))["resources"]}
        with (out / "tables" / "biosamples.tsv").open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        assert list(rows[0]) == [f["name"] for f in fields["biosamples"]]
        assert len(rows) == len(pq.read_table(out / "tables" / "biosamples.parquet")) == 3
