"""Looser forms of names: what they make one, and what they must keep apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards.terms.forms import agree, forms_of, initials_of, words_of
from omics_standards.terms.keys import exact_key, folded_key


def same(a: str, b: str) -> str:
    return agree(forms_of(folded_key(exact_key(a))), forms_of(folded_key(exact_key(b))))


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        ("Enteroendocrine Cells", "enteroendocrine cell", "wording"),
        ("apraxias", "apraxia", "wording"),
        ("spermatogonia", "spermatogonium", "wording"),
        ("larvae", "larva", "wording"),
        ("nuclei", "nucleus", "wording"),
        ("tumours of the oesophagus", "tumor of esophagus", "wording"),
        ("Leukaemias", "leukemia", "wording"),
        ("electrospray ionisation", "electrospray ionization", "wording"),
        ("labelled fibres", "labeled fiber", "wording"),
        ("TGF-β receptor", "TGF-beta receptor", "wording"),
        ("µl", "ul", "wording"),
        ("CD8+ T cells", "CD8-positive T cell", "wording"),
        ("CD14low monocytes", "CD14low monocyte", "wording"),
        ("glycogenosis type IIa", "glycogenosis type 2A", "wording"),
        ("Layer V", "layer 5", "wording"),
        ("fifth lumbar ganglion", "lumbar ganglion 5", "word-order"),
        ("4th ventricle", "fourth ventricle", "wording"),
        ("Disorders of lens", "lens disease", "word-order"),
        ("Arenavirus infectious disease", "infection by arenavirus", "word-order"),
        ("Carcinoma, Merkel Cell", "Merkel cell carcinoma", "word-order"),
        ("Cone dystrophy, X-linked, 3", "X-linked cone dystrophy 3", "word-order"),
        ("pancreatic duct", "duct of pancreas", "word-order"),
        ("Artery - Tibial", "tibial artery", "word-order"),
        ("lower left lobe", "left lower lobe", "word-order"),
        ("HEC-1-A", "HEC1A", "spacing"),
        ("IonTrap", "ion trap", "spacing"),
    ],
)
def test_one_name_in_two_spellings(text: str, name: str, form: str) -> None:
    assert same(text, name) == form
    assert same(name, text) == form


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("CD4+ T cell", "CD4- T cell"),
        ("CD4+ CD8- thymocyte", "CD4- CD8+ thymocyte"),
        ("CD14low monocyte", "CD14 high monocyte"),
        ("diabetes type 1", "diabetes type 2"),
        ("hepatitis A", "hepatitis"),
        ("chromosome X", "chromosome 10"),
        ("2-methyl-4-chlorobenzene", "4-methyl-2-chlorobenzene"),
        ("alpha 1 beta 2 subunit", "alpha 2 beta 1 subunit"),
        ("left atrium and right ventricle", "right atrium and left ventricle"),
        ("autosomal dominant 3, recessive 4", "autosomal recessive 3, dominant 4"),
        ("ZR-75-30", "ZR-7530"),
        ("without fever", "with fever"),
        ("gas", "ga"),
        ("uterus", "uteri of the cervix"),
        ("(-)-menthol", "(+)-menthol"),
        ("adenocarcinoma of lung", "adenocarcinoma"),
        ("neoplasm of lung", "malignant neoplasm of lung"),
        ("breast neoplasm", "breast tumor"),
    ],
)
def test_two_things_stay_two(a: str, b: str) -> None:
    assert same(a, b) == ""
    assert same(b, a) == ""


TEXTS = st.text(st.characters(codec="utf-8"), max_size=60) | st.from_regex(r"[A-Za-z0-9αβ+\-,() ]{1,40}", fullmatch=True)


@given(TEXTS)
def test_any_text_has_forms_and_agrees_with_itself(text: str) -> None:
    key = folded_key(exact_key(text))
    forms = forms_of(key)
    assert forms == forms_of(key)
    assert "\n" not in forms.bag
    assert agree(forms, forms) == "wording"
    assert all(" " not in word for word in forms.words)
    assert forms.words or not any(c.isalnum() for c in key)


@given(
    st.lists(
        st.sampled_from(["liver", "lung", "cell", "carcinoma", "fetal", "renal", "small", "node", "gland", "duct"]),
        min_size=1,
        max_size=6,
        unique=True,
    ),
    st.randoms(),
)
def test_order_is_all_that_word_order_forgives(words: list[str], random: object) -> None:
    turned = list(words)
    random.shuffle(turned)  # type: ignore[attr-defined]
    assert same(" ".join(words), " ".join(turned)) in ("wording", "word-order")
    assert same(" ".join(words), " ".join([*turned, "zebrafish"])) == ""


@given(TEXTS, TEXTS)
def test_agreement_is_the_same_in_both_directions(a: str, b: str) -> None:
    assert same(a, b) == same(b, a)


def test_words_keep_signs_with_what_they_belong_to() -> None:
    assert words_of("cd4 positive cd8 negative cell") == ["cd4+", "cd8-", "cell"]
    assert words_of("positive") == ["positive"]


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("granulocyte monocyte progenitor cell", ("gmpc", "gmp")),
        ("chronic obstructive pulmonary disease", ("copd",)),
        ("liver", ()),
        ("type 2 diabetes mellitus of the young", ()),
    ],
)
def test_initials(name: str, letters: tuple[str, ...]) -> None:
    assert initials_of(name) == letters
