"""The XML that we write for ENA and DDBJ, under the archives' schemas: what those refuse, the preflight has said before.

The schemas are those that isatools carries (.venv-peers); what the archives have listed since stands in the shared folder. The one of
studies is not among them: of it the two things are checked that it requires.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

import pytest

import archiverules as rules
import omics_standards as om
from complaints import PEERS
from omics_standards.conversion.exporting import export_dataset
from omics_standards.conversion.preflighting import preflight_dataset
from omics_standards.errors import UsageError
from realfiles import SHARED

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
CASES = SHARED / "cases"
SCHEMAS = next(Path(PEERS).parents[1].glob("lib/python*/site-packages/isatools/resources/sra_schemas"), None) if PEERS else None
FAMILIES = (
    "ddbj", "ddbj-biosample-xml", "ddbj-dra-xml", "ena", "ena-filereport", "ena-xml", "ffq", "geo-template", "isa-tab", "magetab-sdrf", "mixs",
    "ncbi-biosample", "ncbi-run-selector", "ncbi-runinfo", "ncbi-sra-metadata", "ncbi-sra-xml", "ngdc-biosample", "ngdc-gsa", "qiime2",
)  # fmt: skip
REAL = ("ena_templates", "ena_xml", "ddbj_validator_cases", "ncbi_biosample", "ngdc_gsa")
LARGEST = 60_000
# Files that test a rule each are alike otherwise.
EACH = {"ddbj_validator_cases": 4}
OF = {"SAMPLE": "SRA.sample", "EXPERIMENT": "SRA.experiment", "RUN": "SRA.run", "PROJECT": "ENA.project", "SUBMISSION": "SRA.submission"}
# The word that a message is about; what would be right stands behind it.
REFUSED = re.compile(r"(?:The value |: )'([^']*)' is not|^Element '([^']*)': This element is not expected")
VALIDATE = """
import json, sys
from lxml import etree
schemas, documents = sys.argv[1], json.load(sys.stdin)
known, found = {}, {}
for path, name in documents:
    if name not in known: known[name] = etree.XMLSchema(etree.parse(f"{schemas}/{name}.xsd"))
    known[name].validate(etree.parse(path))
    found[path] = [str(e.message) for e in known[name].error_log]
json.dump(found, sys.stdout)
"""

pytestmark = pytest.mark.skipif(SCHEMAS is None, reason="make setup makes .venv-peers, whose isatools carries the schemas")


def _inputs() -> dict[str, list[Path]]:
    found = {f"{f}/{p.name}": sorted(p.glob("input*")) for f in FAMILIES for p in sorted((GOLDEN / f).glob("*")) if p.is_dir()}
    for family in REAL:
        files = [p for p in sorted((CASES / family).rglob("*")) if p.is_file() and p.stat().st_size < LARGEST]
        found |= {f"{family}/{p.name}": [p] for p in files[:: EACH.get(family, 1)]}
    return {name: files for name, files in found.items() if files}


INPUTS = _inputs()


def _validated(documents: list[tuple[str, str]]) -> dict[str, list[str]]:
    told = json.dumps(documents)
    run = subprocess.run([PEERS, "-c", VALIDATE, str(SCHEMAS)], input=told, capture_output=True, text=True, check=False, timeout=600)
    assert run.returncode == 0, run.stderr[-2000:]
    return dict(json.loads(run.stdout))


def _newer() -> set[str]:
    """Words that the archives list by now, whatever the schemas at hand say."""
    if not (SHARED / "fields").is_dir():
        return set()
    values = {row["value"] for name in ("ena_templates_cv.tsv", "insdc_controlled_vocabularies.tsv") for row in rules.tsv(name)}
    return values - {"", "unspecified"}


def _study(path: Path) -> list[str]:
    said = []
    for study in ElementTree.parse(path).getroot().iter("STUDY"):
        title, kind = study.findtext("DESCRIPTOR/STUDY_TITLE"), study.find("DESCRIPTOR/STUDY_TYPE")
        said += ["no STUDY_TITLE"] if title is None else []
        said += ["no STUDY_TYPE"] if kind is None or not kind.get("existing_study_type") else []
    return said


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], tuple[set[str], dict[str, list[str]]]]:
    """By target and input: the tables whose preflight fails, and by kind of element what its schema has against it."""
    failing: dict[tuple[str, str], set[str]] = {}
    documents: dict[str, tuple[tuple[str, str], str]] = {}
    told: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, files in INPUTS.items():
        dataset = om.convert(files if len(files) > 1 else files[0])
        for target in ("ena-xml", "ddbj-xml"):
            folder = tmp_path_factory.mktemp("written")
            try:
                done = export_dataset(dataset, target, folder, verify=False)
            except UsageError:
                continue
            failing[target, name] = {f.table for f in preflight_dataset(dataset, [target]).fields if f.failing}
            for file in done.files:
                root = ElementTree.parse(folder / file).getroot().tag.removesuffix("_SET")
                if root == "STUDY":
                    told[target, name][root] += _study(folder / file)
                elif root in OF:
                    documents[str(folder / file)] = (target, name), root
    newer = _newer()
    for path, messages in _validated([(path, OF[root]) for path, (_, root) in documents.items()]).items():
        key, root = documents[path]
        told[key][root] += [m for m in messages if not any(v in newer for pair in REFUSED.findall(m) for v in pair)]
    return {key: (failing[key], told[key]) for key in failing}


@pytest.mark.parametrize("target", ["ena-xml", "ddbj-xml"])
def test_what_a_schema_refuses_is_said_before(target: str, written: dict[tuple[str, str], tuple[set[str], dict[str, list[str]]]]) -> None:
    seen = [(key, failing, told) for key, (failing, told) in written.items() if key[0] == target]
    assert len(seen) > 30
    assert any(messages for _, _, told in seen for messages in told.values())
    # What a run refuses may be a matter of its files.
    parts = {"RUN": {"run", "file"}, "SUBMISSION": set()}
    silent = [
        (key[1], root, messages[:2])
        for key, failing, told in seen
        for root, messages in told.items()
        if messages and not failing & parts.get(root, {root.lower()})
    ]
    assert silent == []


def test_a_clean_preflight_is_a_valid_document(written: dict[tuple[str, str], tuple[set[str], dict[str, list[str]]]]) -> None:
    clean = {key: told for key, (failing, told) in written.items() if not failing}
    assert len(clean) > 10
    assert {key: dict(told) for key, told in clean.items() if any(told.values())} == {}
