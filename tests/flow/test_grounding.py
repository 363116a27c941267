"""``om.ground``: one text, several, a Series; the slot's ontologies, and the organism's."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import omics_standards as om
from omics_standards.errors import UsageError
from omics_standards.mapping.species import ontologies_for
from omics_standards.terms import Bundle


@pytest.fixture
def path(tiny_bundle: Path) -> str:
    return str(tiny_bundle)


def test_several_texts_give_several_answers_in_their_order(path: str) -> None:
    texts = ["liver", "zork", "liver", "UBERON_0002107"]
    found = om.ground(texts, within="UBERON", bundle=path)
    assert [g.id for g in found] == ["UBERON:0002107", None, "UBERON:0002107", "UBERON:0002107"]
    assert found[0] == om.ground("liver", within="UBERON", bundle=path)
    assert om.ground([], within="UBERON", bundle=path) == []
    assert [g.id for g in om.ground(iter(texts[:1]), within=("CL", "UBERON"), bundle=path)] == ["UBERON:0002107"]


def test_a_series_gives_a_frame_with_its_index(path: str) -> None:
    series = pd.Series(["liver", None, "livvre", "liver tissue"], index=[10, 11, 12, 13], name="tissue")
    frame = om.ground(series, slot="tissue", bundle=path)
    assert list(frame.index) == [10, 11, 12, 13]
    assert list(frame.columns) == ["status", "id", "label", "confidence", "step", "suggestions", "version"]
    assert frame["id"].tolist()[0] == "UBERON:0002107"
    assert frame.loc[11].isna().all()
    assert pd.isna(frame.loc[12, "id"])
    assert frame.loc[12, "suggestions"].startswith("liver (UBERON:0002107)")
    assert frame.loc[13, ["step", "label"]].tolist() == ["plain-words", "liver"]
    assert om.ground(series.iloc[:0], slot="tissue", bundle=path).empty


def test_a_slot_brings_its_ontologies_and_branch(path: str) -> None:
    assert om.ground("Q Exactive", slot="instrument", bundle=path).id == "MS:1001911"
    assert om.ground("Trypsin", slot="instrument", bundle=path).id is None
    with pytest.raises(UsageError, match="no slot 'sample_name' that holds terms"):
        om.ground("liver", slot="sample_name", bundle=path)
    with pytest.raises(UsageError, match="say where to look"):
        om.ground("liver", bundle=path)


def test_an_organism_leaves_other_species_out(path: str) -> None:
    assert om.ground("adult stage", slot="developmental_stage", organism="Homo sapiens", bundle=path).id == "HsapDv:0000258"
    assert om.ground("adult stage", slot="developmental_stage", organism="Mus musculus", bundle=path).id is None
    assert om.ground("adult stage", within="HsapDv", bundle=path).id == "HsapDv:0000258"


def test_plants_have_their_own_ontologies_first_and_no_stages_of_animals(bundle: Bundle) -> None:
    tissue = ("UBERON", "CL", "ZFA", "PO")
    assert ontologies_for("Oryza sativa", tissue, bundle) == ("PO", "UBERON", "CL")
    assert ontologies_for("Homo sapiens", tissue, bundle) == ("UBERON", "CL")
    assert ontologies_for("", tissue, bundle) == ("UBERON", "CL")
    stage = ("HsapDv", "UBERON", "PO")
    assert ontologies_for("Oryza sativa", stage, bundle) == ("PO",)
    assert ontologies_for("Rattus norvegicus", stage, bundle) == ("UBERON",)


@pytest.fixture
def bundle(tiny_bundle: Path) -> Bundle:
    return Bundle(tiny_bundle)
