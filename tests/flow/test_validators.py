"""Rules of other validators on our findings: on sheets of their formats, where the rule is about the slot, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

import omics_standards as om
from omics_standards.conversion import Options, convert_to
from omics_standards.findings import CODES, Issue
from omics_standards.profiles.validators import Rule, load_validators, with_rules
from omics_standards.tables import from_rows
from realfiles import real_files

DDBJ = [p for p in real_files("ddbj_validator_cases") if "_ok" in p.stem]
# Named for the one rule that they are right in; in these the taxon's number is that of another organism, or of none, which DDBJ
# calls an error, too (BS_R0004, BS_R0045).
NOT_OK = {
    "105_taxonomy_warning_ok.xml",
    "106_invalid_metagenome_source_ok.xml",
    "03_SSUB000019_tax_ok_org_notmatch.xml",
    "04_SSUB000019_tax_ng_org_ok.xml",
    "05_SSUB000019_tax_notexist_org_ok.xml",
    "06_SSUB000019_tax_root_org_ok.xml",
}

HEADERS = ["sample_name", "sample_title", "organism", "taxonomy_id", "bioproject_id", "lat_lon", "geo_loc_name", "collection_date"]
BAD = ["S1", "one", "Mus musculus", "10090", "PRJDB1", "99.1 N 98 W", "Atlantis: north", "2099-01-01"]


def rules(profile: str, *cells: str) -> dict[str, tuple[str, ...]]:
    data = om.convert(from_rows(HEADERS, [list(cells)]), profile, bundle="/no/bundle", today="2026-01-01")
    return {f.code: f.rules for f in data.findings}


def test_findings_on_a_sheet_of_ddbj_carry_the_rules_of_ddbj() -> None:
    found = rules("ddbj", *BAD)
    assert found["coordinates-impossible"] == ("DDBJ BS_R0139",)
    assert found["country-unknown"] == ("DDBJ BS_R0008",)
    assert found["date-future"] == ("DDBJ BS_R0040",)


def test_findings_on_sheets_of_others_carry_none() -> None:
    found = rules("ncbi-biosample", *BAD)
    assert found["coordinates-impossible"] == ()


def test_rules_are_about_their_slots() -> None:
    families = {("", ""): "ddbj"}
    (host,) = with_rules([Issue("term-not-found").at(slot="Biosample.host")], families)
    (tissue,) = with_rules([Issue("term-not-found").at(slot="Biosample.tissue")], families)
    assert (host.rules, tissue.rules) == (("DDBJ BS_R0015",), ())
    assert host.to_dict()["rules"] == ["DDBJ BS_R0015"]
    assert "rules" not in tissue.to_dict()
    assert "DDBJ BS_R0015" in str(host)


def test_every_rule_names_codes_that_there_are() -> None:
    for validator in load_validators():
        for rule in validator.rules.values():
            assert rule.codes
            assert set(rule.codes) <= CODES.keys()
    with pytest.raises(ValidationError, match="no finding codes: no-such-code"):
        Rule(codes=("no-such-code",))


def test_rules_come_back_from_a_folder(tmp_path: Path) -> None:
    table = tmp_path / "samples.tsv"
    table.write_text("\t".join(HEADERS) + "\n" + "\t".join(BAD) + "\n", encoding="utf-8")
    convert_to([table], tmp_path / "out", "json", Options(profile="ddbj", bundle="/no/bundle", today="2026-01-01"))
    assert [f.rules for f in om.load(tmp_path / "out").findings if f.code == "coordinates-impossible"] == [("DDBJ BS_R0139",)]


@pytest.mark.skipif(not DDBJ, reason="the cases of DDBJ's validator are not at hand")
@pytest.mark.parametrize("path", DDBJ, ids=lambda p: p.name)
def test_what_ddbj_finds_in_order_gives_no_error(path: Path) -> None:
    errors = [f for f in om.convert(path, today="2026-01-01").findings if f.severity == "error"]
    if path.name in NOT_OK:
        assert {f.code for f in errors} <= {"term-label-mismatch", "term-id-unknown"}
    else:
        assert errors == []
