"""Near names: the index against a plain computation of what it promises."""

from __future__ import annotations

import io
import math
import sqlite3
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards.terms import Bundle
from omics_standards.terms.answers import OntologyInfo
from omics_standards.terms.candidates import CandidateIndex
from omics_standards.terms.forms import forms_of
from omics_standards.terms.index import encode_bag, grams_of
from omics_standards.terms.obo import OboFile
from omics_standards.terms.schema import BundleWriter


def index_of(bundle: Bundle, prefix: str) -> CandidateIndex:
    number = bundle.number_of(prefix)
    assert number is not None
    found = bundle.candidates(number)
    assert found is not None
    return found


def bags_of(path: Path, prefix: str) -> set[str]:
    with sqlite3.connect(path) as db:
        rows = db.execute(
            "SELECT n.key FROM names n JOIN terms t USING(ontology, local) JOIN ontologies o ON o.number = n.ontology "
            "WHERE o.prefix = ? AND (t.flags & 1 = 0 OR n.scope = 5)",
            (prefix,),
        )
        return {forms_of(key).bag for (key,) in rows}


@pytest.mark.parametrize("text", ["liver", "lobe of liver", "livre", "hepatobiliary", "skeletal muscles", "zzz", "the brain"])
def test_scores_are_cosines_of_weighted_letter_groups(bundle: Bundle, text: str) -> None:
    names = [(c.bag, c.local) for c in index_of(bundle, "UBERON").near("", 5)]
    assert names == []
    with sqlite3.connect(bundle.path) as db:
        rows = db.execute(
            "SELECT n.key, n.local FROM names n JOIN terms t USING(ontology, local) JOIN ontologies o ON o.number = n.ontology "
            "WHERE o.prefix = 'UBERON' AND (t.flags & 1 = 0 OR n.scope = 5)"
        ).fetchall()
    docs = sorted({(forms_of(key).bag, local) for key, local in rows})
    counts = Counter(g for bag, _ in docs for g in grams_of(encode_bag(bag)))
    weight = {g: (math.log((len(docs) + 1) / n) + 0.3) ** 2 for g, n in counts.items()}
    unseen = (math.log(len(docs) + 1) + 0.3) ** 2
    bag = forms_of(text).bag
    asked = grams_of(encode_bag(bag))

    def length(grams: set[int]) -> float:
        return math.sqrt(sum(weight.get(g, unseen) for g in grams))

    expected = {}
    for doc, local in docs:
        grams = grams_of(encode_bag(doc))
        cosine = sum(weight[g] for g in grams & asked) / (length(grams) * length(asked))
        if cosine > 0.16:
            expected[doc, local] = cosine
    found = {(c.bag, c.local): c.score for c in index_of(bundle, "UBERON").near(bag, 1000)}
    assert set(expected) <= set(found)
    for place, cosine in expected.items():
        assert found[place] == pytest.approx(min(1.0, cosine), abs=2e-3)


@given(st.text(max_size=40), st.integers(1, 12))
def test_near_names_come_in_order_and_no_more_than_asked(bundle: Bundle, text: str, count: int) -> None:
    index = index_of(bundle, "CL")
    found = index.near(forms_of(text).bag, count)
    assert len(found) <= count
    assert [round(c.score, 4) for c in found] == sorted((round(c.score, 4) for c in found), reverse=True)
    assert found == index.near(forms_of(text).bag, count)
    assert all(0 < c.score <= 1 for c in found)


def test_the_vocabulary_is_the_words_of_the_names(bundle: Bundle) -> None:
    words = {word for bag in bags_of(bundle.path, "MONDO") for word in bag.split()}
    assert index_of(bundle, "MONDO").vocabulary == words
    assert "adenocarcinoma" in words


def test_an_ontology_without_an_index_is_searched_in_the_alphabet(bundle: Bundle, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes(bundle.path.read_bytes())
    with sqlite3.connect(copy) as db:
        db.execute("DELETE FROM candidates")
    db.close()
    with Bundle(copy) as bare:
        assert bare.candidates(1) is None
        assert bare.ground("hepatocyt", ("CL",)).suggestions[0].id == "CL:0000182"
        assert bundle.ground("hepatocyt", ("CL",)).id == "CL:0000182"  # with it, the slip is seen to be one


def test_words_beyond_latin_are_near_only_where_they_share_letters(tmp_path: Path) -> None:
    obo = 'ontology: po\n\n[Term]\nid: PO:0009005\nname: root\nsynonym: "根っこ" EXACT []\n\n[Term]\nid: PO:0009046\nname: flower\nsynonym: "花びら" EXACT []\n'
    path = tmp_path / "plants.sqlite"
    writer = BundleWriter(path)
    try:
        writer.add(OntologyInfo("PO", "plants", "1", source="tests"), OboFile(io.BytesIO(obo.encode()), "PO").terms())
        writer.finish({"recipe": "plants"})
    finally:
        writer.close()
    with Bundle(path) as plants:
        assert plants.ground("肝细胞", ("PO",)).suggestions == ()  # to the index all three are "???"
        assert [s.id for s in plants.ground("根っ", ("PO",)).suggestions] == ["PO:0009005"]
